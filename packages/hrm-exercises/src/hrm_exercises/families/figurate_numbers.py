"""Numbers that a formula gives: triangular, pentagonal, Mersenne and others."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


# Formula of the n-th number, first numbers, the step from number n - 1 to number n.
_FIGURATE = {
    "triangular": ("n * (n + 1) // 2", "1, 3, 6, 10", "n"),
    "square": ("n * n", "1, 4, 9, 16", "2 * n - 1"),
    "pentagonal": ("n * (3 * n - 1) // 2", "1, 5, 12, 22", "3 * n - 2"),
    "hexagonal": ("n * (2 * n - 1)", "1, 6, 15, 28", "4 * n - 3"),
    "heptagonal": ("n * (5 * n - 3) // 2", "1, 7, 18, 34", "5 * n - 4"),
    "octagonal": ("n * (3 * n - 2)", "1, 8, 21, 40", "6 * n - 5"),
    "decagonal": ("n * (4 * n - 3)", "1, 10, 27, 52", "8 * n - 7"),
    "tetrahedral": ("n * (n + 1) * (n + 2) // 6", "1, 4, 10, 20", "n * (n + 1) // 2"),
    "square pyramidal": ("n * (n + 1) * (2 * n + 1) // 6", "1, 5, 14, 30", "n * n"),
    "centered square": ("n * n + (n - 1) * (n - 1)", "1, 5, 13, 25", "4 * (n - 1)"),
    "centered hexagonal": ("3 * n * (n - 1) + 1", "1, 7, 19, 37", "6 * (n - 1)"),
    "star": ("6 * n * (n - 1) + 1", "1, 13, 37, 73", "12 * (n - 1)"),
    "pronic": ("n * (n + 1)", "2, 6, 12, 20", "2 * n"),
    "cube": ("n ** 3", "1, 8, 27, 64", "3 * n * (n - 1) + 1"),
    "octahedral": ("n * (2 * n * n + 1) // 3", "1, 6, 19, 44", "n * n + (n - 1) * (n - 1)"),
}


@family(kind=tuple(_FIGURATE), ask=("nth", "list", "check"))
def figurate_numbers(choose: Chooser, kind: str, ask: str) -> Exercise:
    """Find, list or check triangular, square, pentagonal... numbers."""
    formula, start, step = _FIGURATE[kind]
    noun = f"{kind} number" if kind != "cube" else "cube number"
    short = kind.replace(" ", "_")
    first = int(start.partition(",")[0])
    if ask == "nth":
        return Exercise(
            texts=(
                f"find the nth {noun}",
                f"find the <n>-th {noun}; the first ones are {start}",
                f"Given a positive integer n, return the n-th {noun}.",
                f"compute the {noun} with number n in the sequence {start} and so on",
            ),
            names=(f"nth_{short}", f"{short}_number", f"find_{short}"),
            solutions=(
                _returns("n", formula),
                f"def solve(n):\n    number = {first}\n    for i in range(2, n + 1):\n"
                f"        number += {step.replace('n', 'i')}\n    return number",
            ),
            arguments=[(n,) for n in choose.sample(range(2, 31), 5)] + [(1,)],
        )
    term = formula.replace("n", "i")
    if ask == "list":
        return Exercise(
            texts=(
                f"list the first <n> {noun}s",
                f"generate a list with the first n {noun}s: {start} and so on",
                f"Given n, return the first n {noun}s in order.",
                f"I need the first <n> of the {noun}s ({start} and so on) in a list.",
            ),
            names=(f"first_{short}_numbers", f"list_{short}", f"{short}_numbers"),
            solutions=(
                _returns("n", f"[{term} for i in range(1, n + 1)]"),
                f"def solve(n):\n    result = []\n    for i in range(1, n + 1):\n"
                f"        result.append({term})\n    return result",
            ),
            arguments=[(n,) for n in choose.sample(range(2, 12), 4)] + [(1,)],
        )
    values = [eval(formula, {"n": n}) for n in range(1, 13)]  # noqa: S307
    return Exercise(
        texts=(
            f"check whether a number is {'an' if noun[0] == 'o' else 'a'} {noun}",
            f"check if the given positive integer is one of the {noun}s ({start} and so on)",
            f"Return True if a number is {noun}, else False.".replace(noun, f"one of the {noun}s"),
            f"find out whether a number belongs to the {noun}s or not",
        ),
        names=(f"is_{short}", f"is_{short}_number", f"check_{short}"),
        solutions=(
            f"def solve(number):\n    n = 1\n    while {formula} < number:\n        n += 1\n"
            f"    return {formula} == number",
            _returns("number", f"any({term} == number for i in range(1, number + 1))"),
        ),
        arguments=[(number,) for number in choose.sample(values, 3)]
        + [(choose.integer(1, 150),) for _ in range(3)]
        + [(values[2] + 1,)],
        synonyms={"n": ("i", "m", "index")},
    )


_FORMULAS = {
    "mersenne": ("Mersenne number 2 ** n - 1", "2 ** n - 1", "(1 << n) - 1"),
    "fermat": ("Fermat number 2 ** (2 ** n) + 1", "2 ** (2 ** n) + 1", "(1 << (1 << n)) + 1"),
    "woodall": ("Woodall number n * 2 ** n - 1", "n * 2 ** n - 1", "(n << n) - 1"),
    "cullen": ("Cullen number n * 2 ** n + 1", "n * 2 ** n + 1", "(n << n) + 1"),
    "thabit": ("Thabit number 3 * 2 ** n - 1", "3 * 2 ** n - 1", "(3 << n) - 1"),
    "carol": ("Carol number (2 ** n - 1) ** 2 - 2", "(2 ** n - 1) ** 2 - 2",
              "4 ** n - 2 ** (n + 1) - 1"),
    "kynea": ("Kynea number (2 ** n + 1) ** 2 - 2", "(2 ** n + 1) ** 2 - 2",
              "4 ** n + 2 ** (n + 1) - 1"),
    "power_plus": ("number n * 2 ** n + n", "n * 2 ** n + n", "n * (2 ** n + 1)"),
    "repunit": ("repunit, the number made of n ones", "int('1' * n)", "(10 ** n - 1) // 9"),
    "lazy_caterer": ("largest number of pieces that n straight cuts make of a round cake",
                     "(n * n + n + 2) // 2", "1 + sum(range(1, n + 1))"),
    "cake": ("largest number of pieces that n plane cuts make of a cube",
             "(n ** 3 + 5 * n + 6) // 6", "(n * (n * n + 5) + 6) // 6"),
    "handshakes": ("number of handshakes when each of n people greets every other one once",
                   "n * (n - 1) // 2", "sum(range(n))"),
}  # fmt: skip


@family(kind=tuple(_FORMULAS))
def number_by_formula(choose: Chooser, kind: str) -> Exercise:
    """Compute the n-th Mersenne, Woodall, Carol... number."""
    what, one, other = _FORMULAS[kind]
    name = what.partition(" number")[0] if what[0].isupper() else ""
    article = "the" if not name else "the n-th"
    high = 6 if kind == "fermat" else 15
    return Exercise(
        texts=(
            f"find {article} {what}",
            f"find the nth {name} number" if name else f"calculate {article} {what}",
            f"Given a positive integer n, return {article} {what}.",
            f"compute {article} {what}",
        ),
        names=(f"{kind}_number", f"nth_{kind}", kind),
        solutions=(_returns("n", one), _returns("n", other)),
        arguments=[(n,) for n in choose.sample(range(1, high), 5)],
    )


_WOODALL_LIKE = {
    "woodall": ("n * 2 ** n - 1", "a Woodall number, that is, n * 2 ** n - 1 for a positive n"),
    "mersenne": ("2 ** n - 1", "one less than a power of two (a Mersenne number)"),
    "factorial": ("math.factorial(n)", "the factorial of a positive integer"),
    "power_of_three": ("3 ** (n - 1)", "a power of three (1 counts)"),
    "repunit": ("(10 ** n - 1) // 9", "written with ones only"),
}


@family(kind=tuple(_WOODALL_LIKE))
def is_number_of_form(choose: Chooser, kind: str) -> Exercise:
    """Check whether a formula gives a number."""
    formula, what = _WOODALL_LIKE[kind]
    examples = {
        "woodall": (1, 7, 23, 63, 159, 383),
        "mersenne": (1, 3, 7, 15, 31, 63, 127),
        "factorial": (1, 2, 6, 24, 120, 720),
        "power_of_three": (1, 3, 9, 27, 81, 243),
        "repunit": (1, 11, 111, 1111),
    }[kind]
    head = "import math\n\n" if "math." in formula else ""
    other = {
        "woodall": """
            def solve(number):
                number += 1
                n = 1
                while n << n < number:
                    n += 1
                return n << n == number
            """,
        "mersenne": _returns("number", "number & (number + 1) == 0"),
        "factorial": """
            def solve(number):
                i = 1
                while number % i == 0 and number > 1:
                    number //= i
                    i += 1
                return number == 1
            """,
        "power_of_three": """
            def solve(number):
                while number % 3 == 0:
                    number //= 3
                return number == 1
            """,
        "repunit": _returns("number", "set(str(number)) == {'1'}"),
    }[kind]
    return Exercise(
        texts=(
            f"check whether a positive integer is {what}",
            f"check if the given number is {what}",
            f"Return True if a positive integer is {what}; otherwise False.",
        ),
        names=(f"is_{kind}", f"check_{kind}", f"{kind}_check"),
        solutions=(
            f"{head}def solve(number):\n    n = 1\n    while {formula} < number:\n        n += 1\n"
            f"    return {formula} == number",
            other,
        ),
        arguments=[(number,) for number in choose.sample(examples, 3)]
        + [(choose.integer(2, 150),) for _ in range(3)]
        + [(examples[-1] + 1,)],
        synonyms={"n": ("i", "m", "exponent")},
    )


_PROGRESSIONS = {
    "arithmetic": {
        "nth": ("start + (n - 1) * step", "start if n == 1 else solve(start, step, n - 1) + step"),
        "list": ("[start + i * step for i in range(n)]",
                 "list(range(start, start + n * step, step)) if step else [start] * n"),
        "sum": ("n * (2 * start + (n - 1) * step) // 2",
                "sum(start + i * step for i in range(n))"),
    },
    "geometric": {
        "nth": ("start * step ** (n - 1)", "start if n == 1 else solve(start, step, n - 1) * step"),
        "list": ("[start * step ** i for i in range(n)]",
                 "[start * pow(step, i) for i in range(n)]"),
        "sum": ("sum(start * step ** i for i in range(n))",
                "start * n if step == 1 else start * (step ** n - 1) // (step - 1)"),
    },
}  # fmt: skip


@family(kind=("arithmetic", "geometric"), ask=("nth", "list", "sum"))
def terms_of_progression(choose: Chooser, kind: str, ask: str) -> Exercise:
    """Find a term, the first terms or the sum of a progression."""
    one, other = _PROGRESSIONS[kind][ask]
    step = {"arithmetic": "common difference", "geometric": "common ratio"}[kind]
    what = {
        "nth": "the n-th term",
        "list": "a list of the first n terms",
        "sum": "the sum of the first n terms",
    }[ask]
    does = "compute" if ask == "list" else "find"
    arguments = []
    for n in choose.sample(range(1, 9), 5):
        ratio = choose.integer(1, 5) if kind == "geometric" else choose.integer(-4, 9)
        arguments.append((choose.integer(1, 10), ratio, n))
    return Exercise(
        texts=(
            f"{does} {what} of {'an' if kind[0] == 'a' else 'a'} {kind} progression with first "
            f"term <start> and {step} <step>",
            f"Given the first term, the {step} and n of {'an' if kind[0] == 'a' else 'a'} {kind} "
            f"sequence, return {what}.",
            f"{does} {what.replace(' n ', ' <n> ')} of the {kind} series that begins with <start> "
            f"and {'grows by' if kind[0] == 'a' else 'is multiplied by'} <step> at each step",
            f"A sequence starts with a number, and each next term is the previous one "
            f"{'plus' if kind[0] == 'a' else 'times'} a fixed number. Given both numbers and n, "
            f"return {what}.",
        ),
        names=(
            f"{kind}_{ask}", f"{kind}_progression", f"{ask}_of_{kind}",
            "ap_term" if kind[0] == "a" else "gp_term",
        )[: 4 if ask == "nth" else 3],
        solutions=(_returns("start, step, n", one), _returns("start, step, n", other)),
        arguments=arguments,
        synonyms={
            "start": ("a", "first", "a1", "first_term"),
            "step": ("d", "difference", "diff") if kind[0] == "a" else ("r", "ratio", "q"),
        },
    )  # fmt: skip


_MORE_RECOGNIZE_PROGRESSION = {
    "is_arithmetic": (
        "Does a list grow by the same amount from number to number? Return True or False."
    ),
    "is_geometric": "Is a list of positive numbers a geometric progression? Return True or False.",
    "next_term": "Which number comes next in an arithmetic progression?",
    "missing": "find the missing number in an arithmetic progression",
    "name": "Is a list of numbers 'arithmetic', 'geometric' or 'neither'? Return the right word.",
}


@family(ask=("is_arithmetic", "is_geometric", "next_term", "missing", "name"))
def recognize_progression(choose: Chooser, ask: str) -> Exercise:
    """Check, name or complete a progression."""
    texts, names, solutions = _RECOGNIZE[ask]
    arithmetic, geometric, others = [], [], []
    for _ in range(3):
        start, step, num = choose.integer(1, 12), choose.integer(1, 7), choose.integer(3, 6)
        arithmetic.append([start + i * step for i in range(num)])
        geometric.append([start * (step + 1) ** i for i in range(min(num, 5))])
        others.append([*arithmetic[-1][:-1], arithmetic[-1][-1] + choose.integer(1, 3)])
    if ask == "missing":
        arguments = []
        for numbers in [*arithmetic, *([n * 3 for n in row] for row in arithmetic)]:
            longer = [*numbers, 2 * numbers[-1] - numbers[-2]]
            place = choose.integer(1, len(longer) - 2)
            arguments.append(longer[:place] + longer[place + 1 :])
    elif ask == "next_term":
        arguments = arithmetic + [[n * -2 + 50 for n in numbers] for numbers in arithmetic]
    else:
        arguments = [*arithmetic[:2], *geometric[:2], *others[:3]]
    return Exercise(
        texts=(*texts, _MORE_RECOGNIZE_PROGRESSION[ask]),
        names=names,
        solutions=solutions,
        arguments=[(numbers,) for numbers in arguments],
        synonyms={"step": ("d", "diff", "difference", "gap"), "ratio": ("r", "q")},
    )


_RECOGNIZE = {
    "is_arithmetic": (
        (
            "check whether the numbers of a list form an arithmetic progression",
            "check if all differences of neighboring numbers in a list are equal",
            "Return True if a list of at least three numbers is an arithmetic sequence, else "
            "False.",
        ),
        ("is_arithmetic", "is_arithmetic_progression", "same_differences"),
        (
            """
            def solve(numbers):
                step = numbers[1] - numbers[0]
                for index in range(1, len(numbers)):
                    if numbers[index] - numbers[index - 1] != step:
                        return False
                return True
            """,
            """
            def solve(numbers):
                return len({second - first for first, second in zip(numbers, numbers[1:])}) == 1
            """,
        ),
    ),
    "is_geometric": (
        (
            "check whether the positive numbers of a list form a geometric progression",
            "check if each number in a list of at least three positive integers is the previous "
            "one times the same factor",
            "Return True if a list of positive integers is a geometric sequence, else False.",
        ),
        ("is_geometric", "is_geometric_progression", "same_ratio"),
        (
            """
            def solve(numbers):
                for index in range(2, len(numbers)):
                    if numbers[index] * numbers[0] != numbers[index - 1] * numbers[1]:
                        return False
                return True
            """,
            """
            from fractions import Fraction

            def solve(numbers):
                ratio = Fraction(numbers[1], numbers[0])
                return all(
                    Fraction(second, first) == ratio
                    for first, second in zip(numbers, numbers[1:])
                )
            """,
        ),
    ),
    "next_term": (
        (
            "find the next number of an arithmetic progression that is given as a list",
            "continue an arithmetic sequence by one term and return that term",
            "Given the first terms of a sequence with constant differences, return the term that "
            "follows.",
        ),
        ("next_term", "continue_sequence", "next_number"),
        (
            "def solve(numbers):\n    return numbers[-1] + numbers[1] - numbers[0]",
            "def solve(numbers):\n    step = numbers[-1] - numbers[-2]\n"
            "    return numbers[-1] + step",
        ),
    ),
    "missing": (
        (
            "find the number that is missing in an arithmetic progression, which is not at its "
            "ends",
            "One term of an increasing arithmetic sequence was removed, but not the first or the "
            "last. Find it.",
            "Given an increasing list that would be an arithmetic sequence if one inner number "
            "were added, return that number.",
        ),
        ("missing_term", "find_missing", "gap_in_progression"),
        (
            """
            def solve(numbers):
                step = (numbers[-1] - numbers[0]) // len(numbers)
                for number in numbers:
                    if number + step not in numbers:
                        return number + step
            """,
            """
            def solve(numbers):
                total = (numbers[0] + numbers[-1]) * (len(numbers) + 1) // 2
                return total - sum(numbers)
            """,
        ),
    ),
    "name": (
        (
            "return 'arithmetic', 'geometric' or 'neither' for a list of positive numbers",
            "tell which kind of progression a list of at least three positive integers is: "
            "'arithmetic', 'geometric' or 'neither'",
            "Given a list of positive integers that are not all equal, say whether it is an "
            "'arithmetic' or a 'geometric' sequence, or 'neither'.",
        ),
        ("kind_of_progression", "classify_sequence", "progression_type"),
        (
            """
            def solve(numbers):
                pairs = list(zip(numbers, numbers[1:]))
                if all(second - first == numbers[1] - numbers[0] for first, second in pairs):
                    return 'arithmetic'
                if all(second * numbers[0] == first * numbers[1] for first, second in pairs):
                    return 'geometric'
                return 'neither'
            """,
        ),
    ),
}
