"""Nested lists: flattening, recursion to any depth, searching and checks."""

import re
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_ROWS: _Synonyms = {
    "matrix": ("lists", "list_of_lists", "nested", "data", "lst", "list1"),
    "row": ("sublist", "inner", "part", "r", "sub"),
    "key": ("key",),
}


def _rows(
    choose: Chooser, num: tuple[int, int] = (1, 5), size: tuple[int, int] = (1, 4), high: int = 20
) -> list[list[int]]:
    """Return lists of integers of different lengths."""
    return [choose.integers(size, 0, high) for _ in range(choose.integer(*num))]


def _nested(choose: Chooser, depth: int) -> list[Any]:
    """Return a list of integers and lists, nested up to a depth."""
    items: list[Any] = []
    for _ in range(choose.integer(1, 4)):
        deeper = depth > 1 and choose.chance(0.4)
        items.append(_nested(choose, depth - 1) if deeper else choose.integer(-5, 20))
    return items


_FLATTENED = {
    "list": ("[x for row in matrix for x in row]", "into one list"),
    "sorted": ("sorted(x for row in matrix for x in row)", "into one sorted list"),
    "unique": (
        "sorted({x for row in matrix for x in row})",
        "into a sorted list without duplicates",
    ),
    "in_order": (
        "list(dict.fromkeys(x for row in matrix for x in row))",
        "into a list without repetitions, keeping the order",
    ),
    "text": (
        "' '.join(str(x) for row in matrix for x in row)",
        "into a string of numbers with spaces",
    ),
    "alternating": (
        "",
        "into one list, with every second sublist (the second, the fourth and so on) reversed",
    ),
}


@family(result=tuple(_FLATTENED))
def flatten_list_of_lists(choose: Chooser, result: str) -> Exercise:
    """Flatten one level of lists."""
    expression, noun = _FLATTENED[result]
    loops = {
        "list": ("result.extend(row)", "result"),
        "sorted": ("result += row", "sorted(result)"),
        "unique": ("result += row", "sorted(set(result))"),
    }
    if result == "alternating":
        solutions = [
            """
            def solve(matrix):
                result = []
                for index, row in enumerate(matrix):
                    result += row[::-1] if index % 2 else row
                return result
            """,
            """
            def solve(matrix):
                result = []
                forwards = True
                for row in matrix:
                    result.extend(row if forwards else reversed(row))
                    forwards = not forwards
                return result
            """,
        ]
    else:
        solutions = [f"def solve(matrix):\n    return {expression}"]
    if result == "list":
        solutions.append(
            "from itertools import chain\n\ndef solve(matrix):\n    return "
            "list(chain.from_iterable(matrix))"
        )
        solutions.append("def solve(matrix):\n    return sum(matrix, [])")
    if result in loops:
        step, end = loops[result]
        solutions.append(f"""
            def solve(matrix):
                result = []
                for row in matrix:
                    {step}
                return {end}
            """)
    return Exercise(
        texts=(
            f"flatten a list of lists {noun}",
            f"Given a list of lists, flatten it {noun}.",
            f"merge the sublists of a nested list {noun}",
            f"join all lists in a list {noun}",
        ),
        names=(f"flatten_{result}", "flatten_list", "merge_sublists", f"flat_{result}"),
        solutions=solutions,
        arguments=[(_rows(choose, (2, 5), (0, 4), 9),) for _ in range(6)],
        synonyms=_ROWS,
    )


_DEEP = {
    "flatten": (
        "[]",
        "result.extend(solve(item))",
        "result.append(item)",
        "flatten a list that is nested to any depth",
        "turn a deeply nested list into a flat one",
    ),
    "sum": (
        "0",
        "result += solve(item)",
        "result += item",
        "add up all numbers of a list that is nested to any depth",
        "find the sum of a list of numbers and lists of numbers, at all levels",
    ),
    "count": (
        "0",
        "result += solve(item)",
        "result += 1",
        "count the numbers in a list that is nested to any depth",
        "find how many elements that are not lists a nested list has at all levels",
    ),
    "depth": (
        "1",
        "result = max(result, 1 + solve(item))",
        "pass",
        "find the depth of a nested list, which is 1 for a flat list",
        "return how deep the lists in a list are nested",
    ),
    "lists": (
        "1",
        "result += solve(item)",
        "pass",
        "count the lists in a nested list, including the list itself",
        "find the number of lists that a nested list consists of; a flat list has 1",
    ),
    "doubled": (
        "[]",
        "result.append(solve(item))",
        "result.append(2 * item)",
        "double all numbers of a nested list and keep its structure",
        "return a nested list of the same form in which each number is doubled",
    ),
    "positive": (
        "0",
        "result += solve(item)",
        "result += item > 0",
        "count the positive numbers in a list that is nested to any depth",
        "find how many numbers in a nested list are greater than zero, at all levels",
    ),
    "reversed": (
        "[]",
        "result.insert(0, solve(item))",
        "result.insert(0, item)",
        "reverse a nested list and all lists in it",
        "reverse a list at all levels of nesting",
    ),
}


@family(task=tuple(_DEEP))
def deeply_nested_list(choose: Chooser, task: str) -> Exercise:
    """Handle lists that are nested to any depth, by recursion."""
    start, inner, plain, *texts = _DEEP[task]
    if plain == "pass":
        branch = f"if isinstance(item, list):\n                        {inner}"
    else:
        branch = f"""if isinstance(item, list):
                        {inner}
                    else:
                        {plain}"""
    one_line = {
        "sum": "sum(solve(item) if isinstance(item, list) else item for item in items)",
        "count": "sum(solve(item) if isinstance(item, list) else 1 for item in items)",
        "doubled": "[solve(item) if isinstance(item, list) else 2 * item for item in items]",
        "reversed": "[solve(item) if isinstance(item, list) else item for item in items[::-1]]",
    }.get(task)
    solutions = [
        f"""
            def solve(items):
                result = {start}
                for item in items:
                    {branch}
                return result
            """
    ]
    if one_line:
        solutions.append(f"def solve(items):\n    return {one_line}")
    if task == "flatten":
        solutions.append("""
            def solve(items):
                if not isinstance(items, list):
                    return [items]
                result = []
                for item in items:
                    result += solve(item)
                return result
            """)
    if task == "depth":
        solutions.append("""
            def solve(items):
                if not isinstance(items, list):
                    return 0
                return 1 + max((solve(item) for item in items), default=0)
            """)
    return Exercise(
        texts=(
            *texts,
            f"{texts[0]} by recursion",
            f"A list holds numbers and further lists. The task: {texts[1]}.",
        ),
        names=(f"nested_{task}", f"deep_{task}", f"{task}_nested", f"{task}_recursive"),
        solutions=solutions,
        arguments=[(_nested(choose, choose.integer(1, 3)),) for _ in range(5)]
        + [([choose.integer(1, 5), [2, [choose.integer(1, 9), 4]], 5],)],
    )


_COUNTED = {
    "element": (
        "sum(row.count(item) for row in matrix)",
        "count how often an item occurs in all sublists",
    ),
    "lists_with": (
        "sum(1 for row in matrix if item in row)",
        "count the sublists that contain an item",
    ),
    "in_all": ("all(item in row for row in matrix)", "check whether an item is in every sublist"),
    "in_any": ("any(item in row for row in matrix)", "check whether an item is in any sublist"),
    "index": (
        "next((index for index, row in enumerate(matrix) if item in row), -1)",
        "find the index of the first sublist that contains an item, or -1",
    ),
    "positions": (
        "[(i, j) for i, row in enumerate(matrix) for j, value in enumerate(row) if value == item]",
        "list the positions (row, column) of an item in a list of lists",
    ),
}


@family(search=tuple(_COUNTED))
def find_item_in_sublists(choose: Chooser, search: str) -> Exercise:
    """Count or locate an item in a list of lists."""
    expression, does = _COUNTED[search]
    loops = {
        "element": ("count = 0", "count += row.count(item)", "count"),
        "lists_with": ("count = 0", "if item in row:\n                        count += 1", "count"),
        "in_all": ("", "if item not in row:\n                        return False", "True"),
        "in_any": ("", "if item in row:\n                        return True", "False"),
    }
    solutions = [f"def solve(matrix, item):\n    return {expression}"]
    if search in loops:
        start, body, end = loops[search]
        solutions.append(f"""
            def solve(matrix, item):
                {start or "# Look at each list."}
                for row in matrix:
                    {body}
                return {end}
            """)
    if search == "index":
        solutions.append("""
            def solve(matrix, item):
                for index, row in enumerate(matrix):
                    if item in row:
                        return index
                return -1
            """)
    if search == "positions":
        solutions.append("""
            def solve(matrix, item):
                result = []
                for i, row in enumerate(matrix):
                    for j, value in enumerate(row):
                        if value == item:
                            result.append((i, j))
                return result
            """)
    solutions = [one.replace("                # Look at each list.\n", "") for one in solutions]
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        rows: list[list[Any]] = [[*row] for row in _rows(choose, (2, 4), (1, 4), 5)]
        if index % 3 == 0:
            rows = [list(choose.letters((1, 4), "abcd")) for _ in range(choose.integer(2, 4))]
        item: Any = choose.one_of(rows[0])
        if search == "in_all" and index % 2 == 0:
            rows = [choose.shuffled(list({*row, item})) if item not in row else row for row in rows]
            rows = [sorted(row) for row in rows]
        elif index == 1:
            item = 9
        arguments.append((rows, item))
    of_item = does.replace("an item", "the item").replace(" in a list of lists", "")
    return Exercise(
        texts=(
            does,
            does.replace("an item", "the element <item>"),
            f"Given a list of lists and an item, {of_item}.",
        ),
        names=(f"{search}_in_lists", f"sublists_{search}", f"find_{search}", "search_lists"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_ROWS | {"item": ("x", "target", "value_")},
    )


_COMPARED = {
    "same_length": (
        "all(len(row) == len(matrix[0]) for row in matrix)",
        "all sublists have the same length",
    ),
    "sorted": ("all(row == sorted(row) for row in matrix)", "every sublist is in ascending order"),
    "no_empty": ("all(row for row in matrix)", "no sublist is empty"),
    "distinct": (
        "len(set(map(tuple, matrix))) == len(matrix)",
        "no two sublists are equal",
    ),
    "equal_sums": ("len({sum(row) for row in matrix}) == 1", "all sublists have the same sum"),
    "subset": (
        "all(row in second for row in matrix)",
        "all sublists of the first list are in the second list",
    ),
}


@family(check=tuple(_COMPARED))
def check_sublists(choose: Chooser, check: str) -> Exercise:
    """Check a property of all lists in a list."""
    condition, claim = _COMPARED[check]
    parameters = "matrix, second" if check == "subset" else "matrix"
    by_hand = {
        "same_length": ("len(row) != len(matrix[0])", "row"),
        "sorted": ("row != sorted(row)", "row"),
        "no_empty": ("len(row) == 0", "row"),
        "equal_sums": ("sum(row) != sum(matrix[0])", "row"),
        "subset": ("row not in second", "row"),
    }.get(check)
    solutions = [f"def solve({parameters}):\n    return {condition}"]
    if by_hand:
        solutions.append(f"""
            def solve({parameters}):
                for row in matrix:
                    if {by_hand[0]}:
                        return False
                return True
            """)
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        rows = _rows(choose, (2, 4), (0, 3) if check == "no_empty" else (1, 4), 9)
        if index % 2 == 0:
            size = choose.integer(2, 3)
            rows = {
                "same_length": [(row * size)[:size] for row in rows],
                "sorted": [sorted(row) for row in rows],
                "no_empty": [[*row, 1] for row in rows],
                "distinct": [[*row, place] for place, row in enumerate(rows)],
                "equal_sums": [[*row, 40 - sum(row)] for row in rows],
                "subset": rows,
            }[check]
        elif check == "distinct":
            rows.append(rows[0])
        if check == "subset":
            some = choose.sample(rows, (1, len(rows)))
            arguments.append((some if index % 2 == 0 else [*some, [7, 7]], rows))
        else:
            arguments.append((rows,))
    return Exercise(
        texts=(
            f"check whether {claim}",
            f"check if {claim}, given a list of lists"
            if check != "subset"
            else f"check if {claim}, given two lists of lists",
            f"Return True if {claim}, else False.",
        ),
        names=(f"check_{check}", f"sublists_{check}", f"are_{check}", "check_lists"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_ROWS,
    )


_MIXED = {
    "sum": (
        "sum(x for x in items if not isinstance(x, list))",
        "add up the plain numbers of a list, not those in sublists",
    ),
    "keep": (
        "[x for x in items if isinstance(x, list)]",
        "keep only the sublists of a list that also has numbers",
    ),
    "drop": (
        "[x for x in items if not isinstance(x, list)]",
        "remove the sublists from a list of numbers and lists",
    ),
    "count": (
        "sum(isinstance(x, list) for x in items)",
        "count the sublists in a list of numbers and lists",
    ),
    "before": (
        "",
        "count the elements of a list before its first sublist; if it has none, all count",
    ),
    "sums": (
        "[sum(x) if isinstance(x, list) else x for x in items]",
        "replace each sublist of a list of numbers and lists by its sum",
    ),
    "first": (
        "",
        "return the first sublist of a list of numbers and lists, or None if there is none",
    ),
}


@family(task=tuple(_MIXED))
def numbers_and_sublists(choose: Chooser, task: str) -> Exercise:
    """Handle a list that holds numbers and lists of numbers."""
    expression, does = _MIXED[task]
    given = does.replace("a list of numbers and lists", "it")
    given = given.replace("a list that also has numbers", "it").replace("a list", "it")
    loops = {
        "before": (
            "count = 0",
            "if isinstance(x, list):\n                        break\n"
            "                    count += 1",
            "count",
        ),
        "first": ("", "if isinstance(x, list):\n                        return x", "None"),
        "keep": (
            "result = []",
            "if isinstance(x, list):\n                        result.append(x)",
            "result",
        ),
        "drop": (
            "result = []",
            "if not isinstance(x, list):\n                        result.append(x)",
            "result",
        ),
        "sum": (
            "total = 0",
            "if not isinstance(x, list):\n                        total += x",
            "total",
        ),
        "count": ("count = 0", "if type(x) is list:\n                        count += 1", "count"),
    }
    solutions = [f"def solve(items):\n    return {expression}"] if expression else []
    if task in loops:
        start, body, end = loops[task]
        first = f"{start}\n                " if start else ""
        solutions.append(f"""
            def solve(items):
                {first}for x in items:
                    {body}
                return {end}
            """)
    arguments = []
    for index in range(6):
        numbers: list[Any] = choose.integers((2, 5), 1, 20)
        lists: list[Any] = [choose.integers((1, 3), 1, 9) for _ in range(choose.integer(1, 3))]
        arguments.append((choose.shuffled(numbers + lists if index else numbers),))
    of_this = re.sub(
        "a list( of numbers and lists| that also has numbers)?", "this list", does, count=1
    )
    return Exercise(
        texts=(
            does,
            f"Some elements of a list are lists themselves. The function should {of_this}.",
            f"Given a list of integers and lists of integers, {given}.",
        ),
        names=(f"{task}_sublists", f"mixed_{task}", f"{task}_numbers_and_lists", "handle_mixed"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("item", "element", "value")},
    )
