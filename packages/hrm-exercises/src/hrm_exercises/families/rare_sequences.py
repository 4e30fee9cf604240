"""Rarer sequences: Hofstadter's, Catalan's, look-and-say."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_NESTED = {
    "hofstadter_q": (
        "1, 1, and Q(n) = Q(n - Q(n - 1)) + Q(n - Q(n - 2)), counted from n = 1",
        (0, 1, 1), "terms[i - terms[i - 1]] + terms[i - terms[i - 2]]",
    ),
    "golomb": (
        "1, and G(n) = 1 + G(n - G(G(n - 1))), counted from n = 1",
        (0, 1), "1 + terms[i - terms[terms[i - 1]]]",
    ),
    "conway": (
        "1, 1, and A(n) = A(A(n - 1)) + A(n - A(n - 1)), counted from n = 1",
        (0, 1, 1), "terms[terms[i - 1]] + terms[i - terms[i - 1]]",
    ),
    "stern": (
        "1, and S(2 n) = S(n) and S(2 n + 1) = S(n) + S(n + 1), counted from n = 1",
        (0, 1), "terms[i // 2] if i % 2 == 0 else terms[i // 2] + terms[i // 2 + 1]",
    ),
}  # fmt: skip


@family(sequence=tuple(_NESTED), ask=("nth", "list"))
def sequence_that_looks_back(choose: Chooser, sequence: str, ask: str) -> Exercise:
    """Compute Hofstadter's, Golomb's or Stern's sequence."""
    rule, start, step = _NESTED[sequence]
    result = "terms[n]" if ask == "nth" else "terms[1:n + 1]"
    num = len(start)
    wanted = "its n-th term" if ask == "nth" else "a list of its first n terms"
    title = {
        "hofstadter_q": "Hofstadter Q",
        "golomb": "Golomb",
        "conway": "Hofstadter-Conway",
        "stern": "Stern diatomic",
    }[sequence]
    recursive = _NESTED_RECURSION[sequence]
    solutions = [
        f"def solve(n):\n    terms = {list(start)}\n    for i in range({num}, n + 1):\n"
        f"        terms.append({step})\n    return {result}"
    ]
    if ask == "nth":
        solutions.append(
            f"def solve(n):\n    if n < {num}:\n        return 1\n    return {recursive}"
        )
    return Exercise(
        texts=(
            f"{'find the <n>-th term' if ask == 'nth' else 'list the first <n> terms'} of the "
            f"{title} sequence: it begins {rule}",
            f"A sequence begins {rule}. Given n >= 1, return {wanted}.",
            f"I need {wanted.replace('its', 'the')} of the {title} sequence.",
            f"compute {'the nth number' if ask == 'nth' else 'the first n numbers'} of the {title} "
            "sequence",
        ),
        names=(f"{sequence}_sequence", sequence, f"{sequence}_{ask}"),
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(3, 12), 4)] + [(1,)],
        synonyms={"terms": ("seq", "q", "values", "table")},
    )


_NESTED_RECURSION = {
    "hofstadter_q": "solve(n - solve(n - 1)) + solve(n - solve(n - 2))",
    "golomb": "1 + solve(n - solve(solve(n - 1)))",
    "conway": "solve(solve(n - 1)) + solve(n - solve(n - 1))",
    "stern": "solve(n // 2) if n % 2 == 0 else solve(n // 2) + solve(n // 2 + 1)",
}


_CATALAN_SUM = """
def solve(n):
    terms = [1]
    for i in range(1, n + 1):
        terms.append(sum(terms[j] * terms[i - 1 - j] for j in range(i)))
    return terms[n]
"""


_COUNTS = {
    "catalan": (
        "Catalan number", "the number of ways to arrange n pairs of brackets correctly",
        _CATALAN_SUM,
        "import math\n\ndef solve(n):\n    return math.comb(2 * n, n) // (n + 1)",
    ),
    "derangement": (
        "number of derangements", "the number of ways to order n things so that none keeps its "
        "place",
        "def solve(n):\n    if n == 0:\n        return 1\n    if n == 1:\n        return 0\n"
        "    return (n - 1) * (solve(n - 1) + solve(n - 2))",
        "def solve(n):\n    result = 1\n    for i in range(1, n + 1):\n"
        "        result = i * result + (-1) ** i\n    return result",
    ),
    "bell": (
        "Bell number", "the number of ways to divide a set of n things into nonempty groups",
        "def solve(n):\n    row = [1]\n    for _ in range(n):\n        new = [row[-1]]\n"
        "        for value in row:\n            new.append(new[-1] + value)\n        row = new\n"
        "    return row[0]",
        "import math\n\ndef solve(n):\n    if n == 0:\n        return 1\n"
        "    return sum(math.comb(n - 1, k) * solve(k) for k in range(n))",
    ),
    "motzkin": (
        "Motzkin number", "M(n) with M(0) = M(1) = 1 and (n + 2) M(n) = (2 n + 1) M(n - 1) + "
        "(3 n - 3) M(n - 2)",
        "def solve(n):\n    terms = [1, 1]\n    for i in range(2, n + 1):\n"
        "        terms.append(((2 * i + 1) * terms[-1] + (3 * i - 3) * terms[-2]) // (i + 2))\n"
        "    return terms[n]",
        "def solve(n):\n    if n < 2:\n        return 1\n"
        "    return solve(n - 1) + sum(solve(i) * solve(n - 2 - i) for i in range(n - 1))",
    ),
    "central_binomial": (
        "central binomial coefficient", "the number of ways to choose n of 2 n things",
        "import math\n\ndef solve(n):\n    return math.comb(2 * n, n)",
        "def solve(n):\n    result = 1\n    for i in range(1, n + 1):\n"
        "        result = result * (n + i) // i\n    return result",
    ),
    "sylvester": (
        "term of Sylvester's sequence", "S(n) with S(0) = 2 and S(n) = S(n - 1) ** 2 - S(n - 1) + "
        "1",
        "def solve(n):\n    result = 2\n    for _ in range(n):\n"
        "        result = result * result - result + 1\n    return result",
        "def solve(n):\n    if n == 0:\n        return 2\n    previous = solve(n - 1)\n"
        "    return previous ** 2 - previous + 1",
    ),
}  # fmt: skip


@family(sequence=tuple(_COUNTS))
def nth_number_that_counts(choose: Chooser, sequence: str) -> Exercise:
    """Compute Catalan, Bell or similar numbers."""
    noun, meaning, one, other = _COUNTS[sequence]
    term = f"find the nth {noun}" if "number of" not in noun else f"find the {noun} of n things"
    high = 5 if sequence == "sylvester" else 7
    return Exercise(
        texts=(
            f"{term}, where n may be 0",
            term,
            f"Given n, return {meaning}.",
            f"compute {meaning.replace(' n ', ' <n> ').replace('2 <n>', '2 * <n>')}"
            if "with" not in meaning
            else f"calculate {meaning}",
        ),
        names=(f"{sequence}_number", f"nth_{sequence}", sequence),
        solutions=(one, other),
        arguments=[(n,) for n in choose.sample(range(1, high), 4)] + [(0,)],
        synonyms={"row": ("line", "triangle_row", "current"), "new": ("following", "next_row")},
    )


@family(count=("terms", "nth"), start=("one", "given"))
def look_and_say(choose: Chooser, count: str, start: str) -> Exercise:
    """Build the look-and-say sequence."""
    given = start == "given"
    parameters = "text, n" if given else "n"
    begin = "" if given else "    text = '1'\n"
    loop = (
        "    for _ in range(n - 1):\n"
        "        text = ''.join(str(len(list(group))) + char for char, group in groupby(text))\n"
    )
    collect = loop.replace("        text =", "        result.append(text)\n        text =")
    other_step = """        new = ''
        index = 0
        while index < len(text):
            stop = index
            while stop < len(text) and text[stop] == text[index]:
                stop += 1
            new += str(stop - index) + text[index]
            index = stop
        text = new
"""
    head = f"from itertools import groupby\n\ndef solve({parameters}):\n{begin}"
    plain = f"def solve({parameters}):\n{begin}"
    if count == "nth":
        one = head + loop + "    return text"
        other = plain + "    for _ in range(n - 1):\n" + other_step + "    return text"
    else:
        one = (
            head + "    result = []\n" + collect.replace("range(n - 1)", "range(n)")
            + "    return result"
        )  # fmt: skip
        other = (
            plain + "    result = [text]\n    for _ in range(n - 1):\n" + other_step
            + "        result.append(text)\n    return result"
        )  # fmt: skip
    wanted = "the n-th text" if count == "nth" else "a list of the first n texts"
    first = "a given text of digits" if given else "'1'"
    return Exercise(
        texts=(
            f"find {wanted} of the look-and-say sequence that begins with {first}",
            f"The look-and-say sequence starts with {first}; each next text says how many equal "
            f"digits in a row the previous one has ('21' becomes '1211'). Return {wanted}.",
            f"compute {wanted} of the sequence in which every text describes the runs of equal "
            f"digits of the text before it, starting with {first}",
        ),
        names=("look_and_say", "say_what_you_see", "count_and_say"),
        solutions=(one, other),
        arguments=[
            (str(choose.integer(1, 333)), n) if given else (n,)
            for n in choose.sample(range(1, 6), 4)
        ],
        synonyms={"new": ("following", "said", "next_text"), "stop": ("end", "j")},
    )
