"""Distinct elements, many sets at once, missing numbers and subsets."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_SETS: _Synonyms = {
    "first": ("a", "set1", "s1", "x"),
    "second": ("b", "set2", "s2", "y"),
    "third": ("c", "set3", "s3", "z"),
}


def _numbers(
    choose: Chooser, low: int = 1, high: int = 10, num: tuple[int, int] = (1, 6)
) -> set[int]:
    """Return a set of integers."""
    return set(choose.sample(range(low, high + 1), num))


_THREE = {
    "common": ("first & second & third", "the elements that occur in all three sets"),
    "all": ("first | second | third", "all elements of three sets"),
    "only_first": ("first - second - third", "the elements of the first set that are in no other"),
    "two_or_more": (
        "first & second | first & third | second & third",
        "the elements that are in at least two of three sets",
    ),
}


@family(kind=tuple(_THREE), container=("sets", "lists"))
def operation_on_three_sets(choose: Chooser, kind: str, container: str) -> Exercise:
    """Combine three sets or lists."""
    expression, noun = _THREE[kind]
    methods = {
        "common": "first.intersection(second, third)",
        "all": "first.union(second, third)",
        "only_first": "first.difference(second, third)",
        "two_or_more": "{x for x in first | second | third if "
        "(x in first) + (x in second) + (x in third) >= 2}",
    }
    ways = [expression, methods[kind]]
    if container == "lists":
        noun = noun.replace("three sets", "three lists").replace("first set", "first list")
        ways = [
            "sorted("
            + expression.replace("first", "set(first)")
            .replace("second", "set(second)")
            .replace("third", "set(third)")
            + ")",
            "sorted(set(first)." + methods[kind].removeprefix("first.") + ")"
            if kind != "two_or_more"
            else "sorted(x for x in set(first + second + third) if "
            "(x in first) + (x in second) + (x in third) >= 2)",
        ]
    after = " as a sorted list without duplicates" if container == "lists" else ""
    short = {
        "common": "the elements that occur in all of them",
        "all": "all their elements",
        "two_or_more": "the elements that are in at least two of them",
    }.get(kind, noun)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        some = [_numbers(choose, 1, 8, (2, 6)) for _ in range(3)]
        lists = [choose.sample(range(1, 9), (2, 6)) for _ in range(3)]
        arguments.append(tuple(some) if container == "sets" else tuple(lists))
    return Exercise(
        texts=(
            f"find {noun}{after}",
            f"return {noun}{after}",
            f"Given three {container}, return {short}{after}.",
            f"take three {container} of integers and compute {short}{after}",
        ),
        names=(f"{kind}_of_three", f"three_{container}_{kind}", f"{kind}_elements"),
        solutions=[f"def solve(first, second, third):\n    return {way}" for way in ways],
        arguments=arguments,
        synonyms=_SETS,
    )


_UNIQUE = {
    "ordered": (
        "list(dict.fromkeys(items))",
        "remove duplicates from a list and keep the order",
        "delete the repeated elements of a list; the first one of each stays",
    ),
    "sorted": (
        "sorted(set(items))",
        "return the distinct elements of a list in ascending order",
        "sort a list and leave out repetitions",
    ),
    "descending": (
        "sorted(set(items), reverse=True)",
        "return the distinct elements of a list, largest first",
        "sort the unique values of a list in descending order",
    ),
    "count": (
        "len(set(items))",
        "count the distinct elements of a list",
        "find how many different values a list has",
    ),
    "sum": (
        "sum(set(items))",
        "add up the distinct numbers of a list, each of them once",
        "find the sum of the unique values of a list",
    ),
    "all_unique": (
        "len(set(items)) == len(items)",
        "check whether all elements of a list are distinct",
        "check if a list has no duplicates",
    ),
    "num_repeated": (
        "len(items) - len(set(items))",
        "count how many elements must be removed from a list so that nothing is repeated",
        "find the difference between the length of a list and its number of distinct elements",
    ),
    "once": (
        "[item for item in items if items.count(item) == 1]",
        "return the elements that occur exactly once in a list",
        "keep the elements of a list that are not repeated, in their order",
    ),
    "repeated": (
        "sorted({item for item in items if items.count(item) > 1})",
        "return the elements that occur more than once in a list, in ascending order",
        "find the duplicates in a list and return them sorted",
    ),
    "last_kept": (
        "list(dict.fromkeys(items[::-1]))[::-1]",
        "remove duplicates from a list so that the last occurrence of each element stays",
        "keep only the last one of equal elements in a list, in their order",
    ),
}


@family(wanted=tuple(_UNIQUE))
def distinct_elements_of_list(choose: Chooser, wanted: str) -> Exercise:
    """Remove, count or list repeated elements of a list."""
    expression, does, other = _UNIQUE[wanted]
    loops = {
        "ordered": """
            def solve(items):
                result = []
                for item in items:
                    if item not in result:
                        result.append(item)
                return result
            """,
        "all_unique": """
            def solve(items):
                seen = set()
                for item in items:
                    if item in seen:
                        return False
                    seen.add(item)
                return True
            """,
        "num_repeated": """
            def solve(items):
                seen = set()
                count = 0
                for item in items:
                    if item in seen:
                        count += 1
                    seen.add(item)
                return count
            """,
        "once": """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                return [item for item in items if counts[item] == 1]
            """,
        "repeated": """
            from collections import Counter

            def solve(items):
                return sorted(item for item, count in Counter(items).items() if count > 1)
            """,
        "last_kept": """
            def solve(items):
                return [item for index, item in enumerate(items) if item not in items[index + 1:]]
            """,
        "sorted": """
            def solve(items):
                result = []
                for item in sorted(items):
                    if item not in result:
                        result.append(item)
                return result
            """,
    }
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        if wanted == "all_unique" and index % 2:
            arguments.append((choose.sample(range(1, 30), (2, 7)),))
        elif wanted != "sum" and index == 2:
            some = choose.words(3)
            arguments.append(([choose.one_of(some) for _ in range(choose.integer(2, 6))],))
        else:
            arguments.append((choose.integers((2, 8), 1, 7),))
    return Exercise(
        texts=(
            does,
            f"Given a list of items, {does.replace('a list', 'it')}.",
            does.replace("a list", "the given list"),
            other,
            f"Given a list, {other.replace('a list', 'it')}.",
            "I have a list that may have repeated elements. Please "
            f"{does.replace('a list', 'this list')}.",
        ),
        names=(f"{wanted}_elements", f"unique_{wanted}", f"distinct_{wanted}", f"{wanted}_in_list"),
        solutions=[
            f"def solve(items):\n    return {expression}",
            *([loops[wanted]] if wanted in loops else []),
        ],
        arguments=arguments,
    )


_MANY = {
    "common": ("set.intersection(*map(set, matrix))", "&", "the numbers that occur in every list"),
    "all": ("set().union(*matrix)", "|", "the different numbers in the lists"),
}


@family(kind=tuple(_MANY), result=("sorted", "count"), container=("lists", "sets"))
def combine_many_sets(choose: Chooser, kind: str, result: str, container: str) -> Exercise:
    """Intersect or unite any number of lists or sets."""
    expression, sign, noun = _MANY[kind]
    if container == "sets":
        noun = noun.replace("list", "set")
        expression = expression.replace("map(set, matrix)", "matrix")
    function = {"sorted": "sorted", "count": "len"}[result]
    wanted = f"a sorted list of {noun}" if result == "sorted" else f"the number of {noun}"
    wanted = wanted.replace("number of the ", "number of ")
    start, operand = (
        ("set(matrix[0])", "set(row)") if container == "lists" else ("matrix[0]", "row")
    )
    arguments = []
    for _ in range(6):
        common = choose.sample(range(1, 9), (0, 2))
        rows = [
            list(dict.fromkeys(common + choose.sample(range(1, 12), (1, 4))))
            for _ in range(choose.integer(2, 4))
        ]
        arguments.append((rows,) if container == "lists" else ([set(row) for row in rows],))
    return Exercise(
        texts=(
            f"return {wanted}, given a list of {container}",
            f"Given a list of {container} of integers, return {wanted}.",
            f"take a list of {container} and find {wanted}",
        ),
        names=(
            f"{kind}_of_all",
            f"{result}_{kind}",
            f"{kind}_in_{container}",
            f"combine_{container}",
        ),
        solutions=(
            f"def solve(matrix):\n    return {function}({expression})",
            f"""
            def solve(matrix):
                result = {start}
                for row in matrix[1:]:
                    result = result {sign} {operand}
                return {function}(result)
            """,
        ),
        arguments=arguments,
        synonyms={"matrix": ("lists", "groups", "data", "lst"), "row": ("group", "part", "items_")},
    )


_MISSING = {
    "one": (
        "the number from 1 to <n> that is missing in a list",
        "find the missing number of a list that has the other numbers from 1 to <n>",
    ),
    "all": (
        "all numbers from 1 to <n> that are missing in a list",
        "find the missing numbers in a list of numbers from 1 to <n>",
    ),
    "smallest": (
        "the smallest positive integer that is not in a list",
        "find the first gap in a list of positive integers, counting from 1",
    ),
}


@family(kind=tuple(_MISSING))
def missing_from_range(choose: Chooser, kind: str) -> Exercise:
    """Find numbers of a range that a list lacks, with sets."""
    noun, short = _MISSING[kind]
    solutions: tuple[str, ...]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(7):
        n = choose.integer(3, 9)
        gaps = choose.sample(range(1, n + 1), 1 if kind == "one" else (0, 3))
        numbers = choose.shuffled([number for number in range(1, n + 1) if number not in gaps])
        arguments.append((numbers,) if kind == "smallest" else (numbers, n))
    if kind == "one":
        solutions = (
            "def solve(numbers, n):\n    return sum(range(1, n + 1)) - sum(numbers)",
            "def solve(numbers, n):\n    return (set(range(1, n + 1)) - set(numbers)).pop()",
            """
            def solve(numbers, n):
                for number in range(1, n + 1):
                    if number not in numbers:
                        return number
            """,
        )
    elif kind == "all":
        solutions = (
            "def solve(numbers, n):\n    return sorted(set(range(1, n + 1)) - set(numbers))",
            "def solve(numbers, n):\n    return [x for x in range(1, n + 1) if x not in numbers]",
        )
    else:
        solutions = (
            """
            def solve(numbers):
                number = 1
                while number in numbers:
                    number += 1
                return number
            """,
            "def solve(numbers):\n    return min(set(range(1, len(numbers) + 2)) - set(numbers))",
        )
    return Exercise(
        texts=(
            f"find {noun}",
            f"return {noun} of distinct positive integers",
            f"Given a list of different positive integers, return {noun.replace('a list', 'it')}.",
            short,
        ),
        names=("missing_number", f"missing_{kind}", f"find_missing_{kind}", "lacking_numbers"),
        solutions=solutions,
        arguments=arguments,
    )


_POWERS = {
    "all": ("range(len(items) + 1)", "all subsets of a list, as lists ordered by size"),
    "nonempty": (
        "range(1, len(items) + 1)",
        "all non-empty subsets of a list, as lists ordered by size",
    ),
    "size": ("", "all subsets with <k> elements of a list, as lists"),
}


@family(kind=tuple(_POWERS), counted=(False, True))
def subsets_of_list(choose: Chooser, kind: str, *, counted: bool) -> Exercise:
    """List the subsets of a list with itertools, or count those with a given sum."""
    sizes, noun = _POWERS[kind]
    parameters = "items, k" if kind == "size" else "items"
    outer = f" for size in {sizes}" if sizes else ""
    size = "size" if sizes else "k"
    condition = "sum(part) % 2 == 0"
    if counted:
        noun = noun.partition(",")[0].removeprefix("all ")
        noun = noun.replace("of a list", "of a list of numbers")
        noun += " (the empty one included)" if kind == "all" else ""
        body = f"sum(1{outer} for part in combinations(items, {size}) if {condition})"
    else:
        body = f"[list(part){outer} for part in combinations(items, {size})]"
    texts: tuple[str, ...] = (
        f"generate {noun}",
        f"return {noun}, in the order of itertools.combinations",
        f"Given a list of distinct items, find {noun.replace('of a list', 'of it')}.",
    )
    if counted:
        texts = (
            f"count the {noun} whose sum is even",
            f"find the number of {noun} that have an even sum",
            "Given a list of distinct integers, count its "
            f"{noun.replace(' of a list of numbers', '')} "
            "with an even sum.",
        )
    by_loops = "sum(part) % 2 == 0" if counted else ""
    action = "result += 1" if counted else "result.append(list(part))"
    indent = "\n" + " " * (20 if sizes else 16)
    guarded = f"if {by_loops}:{indent}        {action}" if by_loops else action
    inner = f"for part in combinations(items, {size}):{indent}    {guarded}"
    loop = f"for size in {sizes}:{indent}{inner}" if sizes else inner
    some: list[list[Any]] = [choose.sample(range(1, 12), (2, 4)) for _ in range(5)]
    some += [choose.sample(range(1, 12), 3)] if counted else [choose.sample("abcd", 3)]
    return Exercise(
        texts=texts,
        names=("subsets", f"{kind}_subsets", "list_subsets" if not counted else "count_subsets"),
        solutions=(
            f"from itertools import combinations\n\ndef solve({parameters}):\n    return {body}",
            f"""
            from itertools import combinations

            def solve({parameters}):
                result = {"0" if counted else "[]"}
                {loop}
                return result
            """,
        ),
        arguments=[(one, choose.integer(1, 3)) if kind == "size" else (one,) for one in some],
        synonyms={"part": ("subset", "combo", "chosen")},
    )
