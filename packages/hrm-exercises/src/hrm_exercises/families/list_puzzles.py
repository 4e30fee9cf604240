"""Alternation, elements after changes, sorted lists together, codes, triples."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    ask_whether,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_ALTERNATIONS = {
    "sign": ("positive", "negative", "number > 0", "number < 0"),
    "parity": ("even", "odd", "number % 2 == 0", "number % 2 != 0"),
}


@family(kinds=tuple(_ALTERNATIONS), lengths=("equal", "any"))
def alternate_two_kinds_of_numbers(choose: Chooser, kinds: str, lengths: str) -> Exercise:
    """Put positive and negative, or even and odd numbers in turn."""
    one, other, condition, opposite = _ALTERNATIONS[kinds]
    arguments = []
    for num in (2, 3, 4, 2, 3):
        count = num if lengths == "equal" else choose.integer(1, 4)
        if kinds == "sign":
            numbers = choose.integers(num, 1, 20) + [-n for n in choose.integers(count, 1, 20)]
        else:
            numbers = [2 * n for n in choose.integers(num, 0, 12)]
            numbers += [2 * n + 1 for n in choose.integers(count, 0, 12)]
        arguments.append((choose.shuffled(numbers),))
    rest = "" if lengths == "equal" else "; what is left of one kind comes last"
    nothing = f" (there are as many {one} as {other} ones)" if lengths == "equal" else ""
    equal = f"""
        def solve(numbers):
            first = [number for number in numbers if {condition}]
            second = [number for number in numbers if {opposite}]
            result = []
            for x, y in zip(first, second):
                result.extend([x, y])
            return result
        """
    general = f"""
        def solve(numbers):
            first = [number for number in numbers if {condition}]
            second = [number for number in numbers if {opposite}]
            result = []
            while first and second:
                result.append(first.pop(0))
                result.append(second.pop(0))
            return result + first + second
        """
    return Exercise(
        texts=ask_to(
            choose.one_of(("a list of numbers", "a given list", "an array of integers", "a list")),
            (
                f"rearrange {{}} so that {one} and {other} numbers alternate, beginning with a "
                f"{one} "
                f"one, each kind in its order{rest}{nothing}".replace("a even", "an even"),
                f"put the {one} and the {other} numbers of {{}} in turn, a {one} one first, "
                f"without "
                f"changing the order within each kind{rest}{nothing}".replace("a even", "an even"),
            ),
        ),
        names=(f"alternate_{kinds}", f"alternate_{one}_{other}", "rearrange_alternately"),
        solutions=(equal, general) if lengths == "equal" else (general,),
        arguments=arguments,
        synonyms={
            "first": (f"{one}s", "one"),
            "second": (f"{other}s", "two"),
            "x": ("a", "p"),
            "y": ("b", "q"),
        },
    )


_ROTATED = {
    "left": (
        "the element at index <i> of {} after it was rotated to the left by <k> places",
        "element_after_left_rotation",
        "(i + k) % len(numbers)",
        "numbers[k:] + numbers[:k]",
    ),
    "right": (
        "the element at index <i> of {} after it was rotated to the right by <k> places",
        "element_after_right_rotation",
        "(i - k) % len(numbers)",
        "numbers[len(numbers) - k:] + numbers[:len(numbers) - k]",
    ),
    "reversed": (
        "the element at index <i> of {} after its first <k> elements were reversed",
        "element_after_reversal",
        "",
        "numbers[:k][::-1] + numbers[k:]",
    ),
    "sorted": (
        "the element at index <i> of {} after its first <k> elements were sorted",
        "element_after_partial_sort",
        "",
        "sorted(numbers[:k]) + numbers[k:]",
    ),
}


@family(change=tuple(_ROTATED))
def element_after_a_change(choose: Chooser, change: str) -> Exercise:
    """Return an element after a rotation, a reversal or a partial sort."""
    noun, name, place, changed = _ROTATED[change]
    solutions = [
        f"""
        def solve(numbers, k, i):
            numbers = {changed}
            return numbers[i]
        """
    ]
    if place:
        solutions.append(returns("numbers, k, i", f"numbers[{place}]"))
    arguments = [
        (
            numbers,
            choose.integer(1, len(numbers) - 1),
            choose.integer(0, len(numbers) - 1),
        )
        for numbers in number_lists(choose, 6, (4, 8), 0, 50)
    ]
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            f"find {noun.format('a list')}",
            f"return {noun.format('a list of numbers')}",
        ),
        names=(name, f"get_{name}", f"after_{change}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"i": ("index", "pos", "place"), "k": ("n", "d", "m")},
    )


_TWO_SORTED = {
    "kth": (
        "the <k>-th smallest element of two sorted lists together",
        "kth_of_two_sorted",
        "sorted(first + second)[k - 1]",
    ),
    "kth_largest": (
        "the <k>-th largest element of two sorted lists together",
        "kth_largest_of_two",
        "sorted(first + second)[-k]",
    ),
    "first_k": (
        "the <k> smallest elements of two sorted lists together, in ascending order",
        "k_smallest_of_two",
        "sorted(first + second)[:k]",
    ),
    "sum_k": (
        "the sum of the <k> smallest elements of two sorted lists together",
        "sum_of_k_smallest_of_two",
        "sum(sorted(first + second)[:k])",
    ),
}


@family(what=tuple(_TWO_SORTED))
def kth_element_of_two_sorted_lists(choose: Chooser, what: str) -> Exercise:
    """Find elements of a rank in two sorted lists."""
    noun, name, expression = _TWO_SORTED[what]
    result = {
        "kth": "merged[k - 1]",
        "kth_largest": "merged[len(merged) - k]",
        "first_k": "merged[:k]",
        "sum_k": "sum(merged[:k])",
    }[what]
    arguments: list[tuple[list[int], list[int], int]] = []
    for _ in range(6):
        first, second = (
            sorted(choose.integers((2, 5), 0, 30)),
            sorted(choose.integers((1, 5), 0, 30)),
        )
        arguments.append((first, second, choose.integer(1, len(first) + len(second))))
    return Exercise(
        texts=(
            f"find {noun}",
            f"return {noun}",
            f"Given two sorted lists and a number <k>, return "
            f"{noun.replace('two sorted lists', 'both')}.",
            f"get {noun}",
        ),
        names=(name, f"find_{name}", f"{what}_in_two_lists"),
        solutions=(
            returns("first, second, k", expression),
            f"""
            def solve(first, second, k):
                merged = []
                i = j = 0
                while i < len(first) and j < len(second):
                    if first[i] <= second[j]:
                        merged.append(first[i])
                        i += 1
                    else:
                        merged.append(second[j])
                        j += 1
                merged += first[i:] + second[j:]
                return {result}
            """,
        ),
        arguments=arguments,
        synonyms={"merged": ("result", "both", "all_numbers"), "k": ("n", "m")},
    )


_RUN_CODES = {
    "decode": Task(
        (
            "expand a list of pairs (element, count) to a list in which each element occurs as "
            "often as its count says",
            "decode a run-length encoded list of tuples (element, count)",
            "Given a list of tuples (element, count), return the list with each element repeated "
            "count times.",
        ),
        ("decode_runs", "run_length_decode", "expand_pairs"),
        (
            """
            def solve(pairs):
                result = []
                for item, count in pairs:
                    result.extend([item] * count)
                return result
            """,
            returns("pairs", "[item for item, count in pairs for _ in range(count)]"),
        ),
    ),
    "length": Task(
        (
            "find the length of the list that a run-length code of tuples (element, count) stands "
            "for",
            "add up the counts of a list of tuples (element, count)",
            "Given a list of tuples (element, count), return how many elements the expanded list "
            "has.",
        ),
        ("decoded_length", "length_of_runs", "total_count"),
        (
            returns("pairs", "sum(count for _, count in pairs)"),
            """
            def solve(pairs):
                total = 0
                for _, count in pairs:
                    total += count
                return total
            """,
        ),
    ),
    "swapped": Task(
        (
            "expand a list of pairs (count, element) to a list in which each element occurs count "
            "times",
            "decode a run-length encoded list of lists [count, element]",
            "Given a list of pairs of a count and an element, return the list with each element "
            "repeated that many times.",
        ),
        ("decode_count_first", "expand_counts", "decompress_list"),
        (
            """
            def solve(pairs):
                result = []
                for count, item in pairs:
                    result += [item] * count
                return result
            """,
            returns("pairs", "[item for count, item in pairs for _ in range(count)]"),
        ),
    ),
    "longest": Task(
        (
            "find the element with the largest count in a list of tuples (element, count), the "
            "first one if there are several",
            "return the element of the longest run in a run-length code of tuples (element, "
            "count); of equally long ones the first",
            "Given a list of tuples (element, count), return the element whose count is largest "
            "(the first of equals).",
        ),
        ("element_of_longest_run", "largest_count_element", "longest_run_element"),
        (
            returns("pairs", "max(pairs, key=lambda pair: pair[1])[0]"),
            """
            def solve(pairs):
                best = pairs[0]
                for pair in pairs:
                    if pair[1] > best[1]:
                        best = pair
                return best[0]
            """,
        ),
    ),
}


@family(what=tuple(_RUN_CODES))
def run_length_codes_of_lists(choose: Chooser, what: str) -> Exercise:
    """Decode lists of elements with counts."""
    task = _RUN_CODES[what]
    arguments: list[tuple[list[object]]] = []
    letters = choose.chance(0.4)
    for num in (1, 2, 3, 4, 3):
        pairs: list[object] = []
        for _ in range(num):
            item: object = choose.letters(1) if letters else choose.integer(0, 9)
            count = choose.integer(1, 4)
            pairs.append((count, item) if what == "swapped" else (item, count))
        arguments.append((pairs,))
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=arguments if what == "longest" else [*arguments, ([],)],
        synonyms={"key": ("key",), "pair": ("p", "t", "run")},
    )


_TRIPLES = {
    "list": (
        "all triples (x, y, z) of elements of {} at increasing indexes whose sum is <k>",
        "triples_with_total",
        "[triple for triple in combinations(numbers, 3) if sum(triple) == k]",
    ),
    "exists": (
        "True if three elements of {} at different indexes have the sum <k>, else False",
        "has_triple_total",
        "any(sum(triple) == k for triple in combinations(numbers, 3))",
    ),
    "closest": (
        "the sum of three elements of {} at different indexes that is closest to <k> (the "
        "smaller one if two are equally close)",
        "closest_triple_sum",
        "min((sum(triple) for triple in combinations(numbers, 3)), key=lambda total: (abs(total - "
        "k), total))",
    ),
    "largest": (
        "the largest sum of three elements of {} at different indexes that is at most <k>, or None",
        "largest_triple_sum",
        "max((sum(triple) for triple in combinations(numbers, 3) if sum(triple) <= k), "
        "default=None)",
    ),
}


@family(what=tuple(_TRIPLES))
def triples_with_a_given_sum(choose: Chooser, what: str) -> Exercise:
    """List or find three elements with a given sum."""
    noun, name, expression = _TRIPLES[what]
    loop = {
        "list": (
            "result = []",
            "if total == k:",
            "result.append((numbers[i], numbers[j], numbers[m]))",
            "result",
        ),
        "exists": ("", "if total == k:", "return True", "False"),
        "closest": (
            "best = sum(numbers[:3])",
            "if (abs(total - k), total) < (abs(best - k), best):",
            "best = total",
            "best",
        ),
        "largest": (
            "best = None",
            "if total <= k and (best is None or total > best):",
            "best = total",
            "best",
        ),
    }[what]
    start = f"{loop[0]}\n                " if loop[0] else ""
    arguments: list[tuple[list[int], int]] = []
    for index in range(6):
        numbers = choose.sample(range(-5, 15), (4, 6))
        arguments.append((numbers, sum(numbers[1:4]) if index % 2 else choose.integer(0, 25)))
    given = choose.one_of(NUMBERS)
    texts = (*ask_for(given, (noun,)), f"return {noun.format('a list')}")
    if what == "exists":
        texts = ask_whether(
            given,
            (
                "contains three elements at different indexes that add up to <k>",
                "has a triple of elements with the sum <k>",
            ),
        )
    return Exercise(
        texts=texts,
        names=(name, f"find_{name}", f"three_sum_{what}"),
        solutions=(
            f"""
            from itertools import combinations

            def solve(numbers, k):
                return {expression}
            """,
            f"""
            def solve(numbers, k):
                {start}for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        for m in range(j + 1, len(numbers)):
                            total = numbers[i] + numbers[j] + numbers[m]
                            {loop[1]}
                                {loop[2]}
                return {loop[3]}
            """,
        ),
        arguments=arguments,
        synonyms={"key": ("key",), "k": ("target", "n", "limit"), "triple": ("group", "t")},
    )


_REPEATED = {
    "sum": (
        "the largest sum of consecutive elements in <k> copies of {}, one after another",
        "max_sum_of_repeated",
    ),
    "longest": (
        "the length of the longest run of equal neighbours in <k> copies of {}, one after another",
        "longest_run_in_repeated",
    ),
    "count": (
        "how many neighbours are equal in <k> copies of {}, one after another",
        "equal_neighbours_in_repeated",
    ),
}


@family(what=tuple(_REPEATED))
def value_of_a_repeated_list(choose: Chooser, what: str) -> Exercise:
    """Values of a list that is repeated k times."""
    noun, name = _REPEATED[what]
    solution = {
        "sum": """
            def solve(numbers, k):
                best = current = numbers[0]
                for number in (numbers * k)[1:]:
                    current = max(number, current + number)
                    best = max(best, current)
                return best
            """,
        "longest": """
            from itertools import groupby

            def solve(numbers, k):
                return max(len(list(run)) for _, run in groupby(numbers * k))
            """,
        "count": """
            def solve(numbers, k):
                repeated = numbers * k
                return sum(1 for x, y in zip(repeated, repeated[1:]) if x == y)
            """,
    }[what]
    low, high = (-6, 6) if what == "sum" else (1, 3)
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            f"find {noun.format('a list')}",
            f"return {noun.format('a list of numbers')}",
        ),
        names=(name, f"find_{name}", f"repeated_{what}"),
        solutions=(solution,),
        arguments=[(choose.integers((2, 6), low, high), choose.integer(1, 3)) for _ in range(6)],
        synonyms={"current": ("here", "running"), "x": ("a", "p"), "y": ("b", "q")},
    )
