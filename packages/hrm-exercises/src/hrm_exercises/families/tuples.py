"""Access to single tuples, their parts and properties."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.family import Exercise, family


def _tuple(
    choose: Chooser, num: int | tuple[int, int], low: int = 0, high: int = 20
) -> tuple[int, ...]:
    return tuple(choose.integers(num, low, high))


_PLACES = {
    "first": ("record[0]", "first", "the first element", ()),
    "last": ("record[-1]", "last", "the last element", ("record[len(record) - 1]",)),
    "second": ("record[1]", "second", "the second element", ()),
    "second_last": ("record[-2]", "second_to_last", "the second to last element", ()),
    "middle": ("record[len(record) // 2]", "middle", "the middle element", ()),
    "ends": ("(record[0], record[-1])", "both_ends", "the first and the last element", ()),
}


@family(place=tuple(_PLACES))
def element_of_tuple(choose: Chooser, place: str) -> Exercise:
    """Return an element at a fixed place of a tuple."""
    expression, name, noun, others = _PLACES[place]
    size = choose.one_of((3, 5, 7))
    arguments: list[tuple[Any, ...]] = [(_tuple(choose, size),) for _ in range(4)]
    arguments += [(tuple(choose.words(3)),), (tuple(choose.words(5)),)]
    return Exercise(
        texts=(
            f"get {noun} of a tuple",
            f"find {noun} of the given tuple",
            f"Given a tuple, return {noun}{' as a tuple' if place == 'ends' else ''}.",
            f"access {noun} of a tuple of {'odd length' if place == 'middle' else 'several items'}",
        ),
        names=(f"{name}_element", f"get_{name}", f"{name}_of_tuple", f"tuple_{name}"),
        solutions=[
            f"""
            def solve(record):
                return {way}
            """
            for way in (expression, *others)
        ],
        arguments=arguments,
    )


_EXTENDED = {
    "append": ("record + (item,)", "add an item to the end of", "append"),
    "prepend": ("(item,) + record", "add an item to the front of", "prepend"),
    "both": ("(item,) + record + (item,)", "put an item before and after", "surround"),
    "intersperse": (None, "put an item between all elements of", "intersperse"),
}


@family(way=tuple(_EXTENDED))
def add_item_to_tuple(choose: Chooser, way: str) -> Exercise:
    """Make a tuple with one more item from another."""
    expression, does, name = _EXTENDED[way]
    solutions = (
        [
            f"""
            def solve(record, item):
                return {expression}
            """,
            f"""
            def solve(record, item):
                return ({"item, " if way != "append" else ""}*record{
                ", item" if way == "both" else ""
            }{", item" if way == "append" else ""})
            """,
        ]
        if expression
        else [
            """
            def solve(record, item):
                result = []
                for index, value in enumerate(record):
                    if index > 0:
                        result.append(item)
                    result.append(value)
                return tuple(result)
            """,
            """
            def solve(record, item):
                result = ()
                for value in record:
                    result += (value, item)
                return result[:-1]
            """,
        ]
    )
    return Exercise(
        texts=(
            f"{does} a tuple",
            f"{does} a given tuple and return the new tuple",
            f"Tuples cannot be changed. Return a new tuple: {does} the tuple <record>.",
            f"take a tuple and an item, and {does} the tuple",
        ),
        names=(f"{name}_to_tuple", f"tuple_{name}", f"{name}_item"),
        solutions=solutions,
        arguments=[(_tuple(choose, (1, 6)), choose.integer(0, 30)) for _ in range(4)]
        + [(tuple(choose.words((2, 4))), choose.word()), ((), choose.integer(1, 9))],
    )


_CHANGED = {
    "replace": (
        "(record, index, item)",
        "record[:index] + (item,) + record[index + 1:]",
        "values[index] = item",
        "replace the element at an index of a tuple by another item",
        "return a copy of a tuple where the element at position <index> is <item>",
    ),
    "insert": (
        "(record, index, item)",
        "record[:index] + (item,) + record[index:]",
        "values.insert(index, item)",
        "insert an item into a tuple at an index",
        "return a copy of a tuple with <item> inserted before position <index>",
    ),
    "delete": (
        "(record, index)",
        "record[:index] + record[index + 1:]",
        "del values[index]",
        "remove the element at an index of a tuple",
        "return a copy of a tuple without the element at position <index>",
    ),
}


@family(change=tuple(_CHANGED))
def changed_copy_of_tuple(choose: Chooser, change: str) -> Exercise:
    """Replace, insert or delete at an index; a new tuple is returned."""
    parameters, expression, statement, does, copy = _CHANGED[change]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        record = _tuple(choose, (2, 7)) if choose.chance(0.7) else tuple(choose.words((2, 5)))
        index = choose.integer(0, len(record) - 1)
        item = choose.integer(20, 99) if isinstance(record[0], int) else choose.word()
        arguments.append((record, index) if change == "delete" else (record, index, item))
    return Exercise(
        texts=(
            does,
            copy,
            f"{does} (counting from zero)",
            f"Since tuples are immutable, I need a function to {copy}.",
        ),
        names=(f"{change}_in_tuple", f"tuple_{change}", f"{change}_at_index", f"{change}_element"),
        solutions=(
            f"""
            def solve{parameters}:
                return {expression}
            """,
            f"""
            def solve{parameters}:
                values = list(record)
                {statement}
                return tuple(values)
            """,
        ),
        arguments=arguments,
        synonyms={"record": ("tup", "test_tup", "t", "tuple1")},
    )


_CHECKS = {
    "same": ("len(set(record)) <= 1", "all elements of a tuple are the same", "all_same"),
    "distinct": (
        "len(set(record)) == len(record)",
        "all elements of a tuple differ",
        "all_distinct",
    ),
    "ascending": (
        "all(a <= b for a, b in zip(record, record[1:]))",
        "a tuple is sorted in ascending order",
        "is_sorted",
    ),
    "palindrome": ("record == record[::-1]", "a tuple reads the same backwards", "is_palindrome"),
    "none": ("None in record", "a tuple contains None", "has_none"),
    "repeats": (
        "len(set(record)) < len(record)",
        "a tuple has duplicate elements",
        "has_duplicates",
    ),
}


@family(check=tuple(_CHECKS), answer=("bool", "text"))
def check_one_tuple(choose: Chooser, check: str, answer: str) -> Exercise:
    """Check a property of one tuple."""
    condition, claim, name = _CHECKS[check]
    of_it = claim.replace("of a tuple", "of it").replace("a tuple", "it")
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        values: Any = [*choose.sample(range(10, 40), (2, 6))]
        if index % 2 == 0:
            repeated = values[:1] * len(values)
            values = {
                "same": repeated,
                "distinct": values,
                "ascending": sorted(choose.integers((2, 6), 0, 30)),
                "palindrome": values + values[::-1][choose.integer(0, 1) :],
                "none": [*values[1:], None, values[0]],
                "repeats": [*values, values[0]],
            }[check]
        elif check == "distinct":
            values = [*values, values[0]]
        arguments.append((tuple(values),))
    texts: tuple[str, ...]
    if answer == "text":
        texts = (
            f"return 'Yes' if {claim} and 'No' otherwise",
            f"check whether {claim} and answer with 'Yes' or 'No'",
            f"Given a tuple, answer 'Yes' or 'No': is it true that {of_it}?",
            f"check if {claim}. The result is the string 'Yes' or 'No'",
        )
    else:
        texts = (
            f"check whether {claim}",
            f"check if {claim}{or_not(claim)}",
            f"Return True if {claim}, False otherwise.",
            f"find out if it is true that {claim}",
            f"Given a tuple, test whether {of_it}.",
        )
    expression = condition if answer == "bool" else f"'Yes' if {condition} else 'No'"
    no, yes = ("False", "True") if answer == "bool" else ("'No'", "'Yes'")
    return Exercise(
        texts=texts,
        names=(name, f"tuple_{name}", f"check_{name}", "check_tuple"),
        solutions=(
            f"""
            def solve(record):
                return {expression}
            """,
            f"""
            def solve(record):
                if {condition}:
                    return {yes}
                return {no}
            """,
        ),
        arguments=arguments,
    )


_SLICES = {
    "first_k": ("record[:k]", "the first <k> elements", True),
    "last_k": ("record[len(record) - k:]", "the last <k> elements", True),
    "without_first_k": ("record[k:]", "everything but the first <k> elements", True),
    "every_kth": ("record[::k]", "every <k>-th element, starting with the first,", True),
    "inner": ("record[1:-1]", "all elements but the first and the last", False),
    "reversed": ("record[::-1]", "the elements in reverse order", False),
    "even_places": ("record[::2]", "the elements at even indices", False),
    "odd_places": ("record[1::2]", "the elements at odd indices", False),
    "halves": (
        "(record[:len(record) // 2], record[len(record) // 2:])",
        "the two halves (the second is longer if the length is odd)",
        False,
    ),
}


@family(part=tuple(_SLICES))
def slice_of_tuple(choose: Chooser, part: str) -> Exercise:
    """Return a part of a tuple by slicing."""
    expression, noun, has_k = _SLICES[part]
    solutions = [
        f"""
        def solve(record{", k" if has_k else ""}):
            return {expression}
        """
    ]
    if part == "reversed":
        solutions.append("""
        def solve(record):
            return tuple(reversed(record))
        """)
    if part in ("even_places", "odd_places"):
        solutions.append(f"""
        def solve(record):
            result = []
            for index, item in enumerate(record):
                if index % 2 == {int(part == "odd_places")}:
                    result.append(item)
            return tuple(result)
        """)
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        record = _tuple(choose, (3, 9)) if index % 3 else tuple(choose.words((3, 6)))
        arguments.append((record, choose.integer(1, 3)) if has_k else (record,))
    return Exercise(
        texts=(
            f"return {noun} of a tuple",
            f"get {noun} from the given tuple",
            f"Given a tuple, return {noun} as a tuple.".replace(",  ", ", "),
            f"extract {noun} from a tuple".replace(",  ", ", "),
        ),
        names=(f"tuple_{part}", f"get_{part}", f"slice_{part}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"record": ("tup", "test_tup", "t", "tuple1")},
    )


@family(picked=("both", "smallest", "largest"), k=(None, 2, 3))
def extremes_of_tuple(choose: Chooser, picked: str, k: int | None) -> Exercise:
    """Return the k smallest and/or the k largest elements of a tuple; k may be an argument."""
    number = "k" if k is None else str(k)
    shown = "<k>" if k is None else {2: "two", 3: "three"}[k]
    parts = {
        "smallest": f"ordered[:{number}]",
        "largest": f"ordered[-{number}:]",
        "both": f"ordered[:{number}] + ordered[-{number}:]",
    }
    noun = {
        "smallest": f"the {shown} smallest elements",
        "largest": f"the {shown} largest elements",
        "both": f"the {shown} smallest and the {shown} largest elements",
    }[picked]
    parameters = "record, k" if k is None else "record"
    one_line = {
        "smallest": f"tuple(sorted(record)[:{number}])",
        "largest": f"tuple(sorted(record)[-{number}:])",
        "both": f"tuple(sorted(record)[:{number}] + sorted(record)[-{number}:])",
    }
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        record = _tuple(choose, (6, 9), 0, 60)
        arguments.append((record, choose.integer(1, 3)) if k is None else (record,))
    return Exercise(
        texts=(
            f"extract {noun} of a tuple",
            f"find {noun} in a given tuple and return them as a tuple in ascending order",
            f"Given a tuple of numbers, return a tuple of {noun}, sorted in ascending order.",
            f"get {noun} of a tuple, smallest first",
        ),
        names=(
            f"{picked}_k_elements",
            f"extract_{picked}",
            f"tuple_{picked}",
            f"{picked}_of_tuple",
        ),
        solutions=(
            f"""
            def solve({parameters}):
                ordered = sorted(record)
                return tuple({parts[picked]})
            """,
            f"""
            def solve({parameters}):
                return {one_line[picked]}
            """,
        ),
        arguments=arguments,
    )


_SUMMARIES = {
    "min_max": ("(min(record), max(record))", "the smallest and the largest element"),
    "sum_product": ("(sum(record), math.prod(record))", "the sum and the product of the elements"),
    "even_odd": (
        "(sum(x % 2 == 0 for x in record), sum(x % 2 == 1 for x in record))",
        "the number of even and the number of odd elements",
    ),
    "signs": (
        "(sum(x > 0 for x in record), sum(x < 0 for x in record))",
        "the number of positive and the number of negative elements",
    ),
    "size_distinct": (
        "(len(record), len(set(record)))",
        "the length and the number of distinct elements",
    ),
    "range_sum": (
        "(max(record) - min(record), sum(record))",
        "the range (largest minus smallest) and the sum of the elements",
    ),
}


@family(summary=tuple(_SUMMARIES))
def two_facts_about_tuple(choose: Chooser, summary: str) -> Exercise:
    """Return a pair of two figures about a tuple of numbers."""
    expression, noun = _SUMMARIES[summary]
    start = "import math\n" if "math" in expression else ""
    one, other = expression[1:-1].rsplit(", ", 1)
    return Exercise(
        texts=(
            f"find {noun} of a tuple of integers",
            f"return a tuple of two values: {noun} of a given tuple",
            f"Given a tuple of numbers, compute {noun} and return both.",
            f"take a tuple of whole numbers and return {noun} as a pair",
        ),
        names=(f"tuple_{summary}", f"{summary}_of_tuple", f"get_{summary}"),
        solutions=(
            f"{start}def solve(record):\n    return {expression}",
            f"{start}def solve(record):\n"
            f"    one = {one}\n    other = {other}\n    return one, other",
        ),
        arguments=[(_tuple(choose, (2, 8), -9, 9),) for _ in range(6)] + [(_tuple(choose, 1, 1),)],
        synonyms={"one": ("first", "a", "left"), "other": ("second", "b", "right")},
    )


_NESTED = {
    "sum": (
        "total = 0",
        "total += sum(item)",
        "total += item",
        "total",
        "add up all numbers of a tuple that holds numbers and tuples of numbers",
        "find the sum of a tuple in which some elements are tuples themselves",
    ),
    "flatten": (
        "result = []",
        "result.extend(item)",
        "result.append(item)",
        "tuple(result)",
        "flatten a tuple of numbers and tuples of numbers into one tuple",
        "turn a tuple with tuples inside into a flat tuple",
    ),
    "count": (
        "count = 0",
        "count += len(item)",
        "count += 1",
        "count",
        "count the numbers in a tuple that holds numbers and tuples of numbers",
        "count all numbers in a tuple, including those in the tuples inside it",
    ),
    "largest": (
        "result = []",
        "result.append(max(item))",
        "result.append(item)",
        "max(result)",
        "find the largest number in a tuple of numbers and tuples of numbers",
        "find the maximum of a tuple where elements may be tuples themselves",
    ),
    "loose": (
        "result = []",
        "continue",
        "result.append(item)",
        "tuple(result)",
        "remove the tuples from a tuple of numbers and tuples",
        "drop all nested tuples from a tuple and keep the plain numbers",
    ),
}


@family(task=tuple(_NESTED))
def tuple_with_inner_tuples(choose: Chooser, task: str) -> Exercise:
    """Sum, flatten or count a tuple with one level of tuples inside."""
    start, inner, plain, end, *texts = _NESTED[task]
    arguments = []
    for _ in range(6):
        items = [
            _tuple(choose, (1, 3), 1, 20) if choose.chance(0.4) else choose.integer(1, 20)
            for _ in range(choose.integer(2, 6))
        ]
        arguments.append((tuple(items),))
    return Exercise(
        texts=(
            *texts,
            f"The elements of a tuple are integers or tuples of integers. The task: {texts[0]}.",
            f"{texts[1]} (one level of nesting)",
        ),
        names=(f"nested_tuple_{task}", f"{task}_nested", f"{task}_of_tuple", f"tuple_{task}"),
        solutions=(
            f"""
            def solve(record):
                {start}
                for item in record:
                    if isinstance(item, tuple):
                        {inner}
                    else:
                        {plain}
                return {end}
            """,
        ),
        arguments=arguments,
    )


_FINDS = {
    "count": ("record.count(item)", "count how often an item occurs in a tuple"),
    "contains": ("item in record", "check whether an item is in a tuple"),
    "first": (
        "record.index(item) if item in record else -1",
        "find the index of the first occurrence of an item in a tuple, or -1 if there is none",
    ),
    "last": (
        "len(record) - 1 - record[::-1].index(item) if item in record else -1",
        "find the index of the last occurrence of an item in a tuple, or -1 if there is none",
    ),
    "all": (
        "[index for index, value in enumerate(record) if value == item]",
        "list all indices at which an item occurs in a tuple",
    ),
    "remove": (
        "tuple(value for value in record if value != item)",
        "remove all occurrences of an item from a tuple",
    ),
}


@family(search=tuple(_FINDS))
def find_item_in_tuple(choose: Chooser, search: str) -> Exercise:
    """Count, locate or remove an item of a tuple."""
    expression, does = _FINDS[search]
    loops = {
        "count": """
            def solve(record, item):
                count = 0
                for value in record:
                    if value == item:
                        count += 1
                return count
            """,
        "first": """
            def solve(record, item):
                for index, value in enumerate(record):
                    if value == item:
                        return index
                return -1
            """,
        "contains": """
            def solve(record, item):
                return any(value == item for value in record)
            """,
        "last": """
            def solve(record, item):
                for index in range(len(record) - 1, -1, -1):
                    if record[index] == item:
                        return index
                return -1
            """,
    }
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        record = (
            _tuple(choose, (3, 8), 1, 6) if index % 2 else tuple(choose.letters((4, 8), "abcde"))
        )
        absent: int | str = 7 if index % 2 else "z"
        arguments.append((record, choose.one_of(record) if choose.chance(0.6) else absent))
    answer = does.replace("an item", "<item>").replace("a tuple", "the tuple")
    given = does.replace("an item", "the item").replace("a tuple", "it")
    return Exercise(
        texts=(
            does,
            f"Given a tuple and an item, {given}.",
            f"take a tuple and a value and {answer}",
            does.replace("an item", "a given element").replace("a tuple", "a given tuple"),
        ),
        names=(f"{search}_in_tuple", f"tuple_{search}", f"{search}_occurrence", f"find_{search}"),
        solutions=[
            f"""
            def solve(record, item):
                return {expression}
            """,
            *([loops[search]] if search in loops else []),
        ],
        arguments=arguments,
    )
