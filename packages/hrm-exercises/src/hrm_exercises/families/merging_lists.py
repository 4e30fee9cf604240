"""Lists joined, merged, flattened, paired with each other or with their neighbours."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    item_lists,
    items_of_a_kind,
    returns,
)
from hrm_exercises.family import Exercise, family

TWO = ("two lists", "two given lists", "two arrays", "the given two lists")

_JOINS = {
    "plain": Task(
        ("concatenate {}", "append the second of {} to the first", "join {} into one list"),
        ("concatenate", "join_lists", "append_list"),
        (
            returns("first, second", "first + second"),
            """
            def solve(first, second):
                result = list(first)
                result.extend(second)
                return result
            """,
            returns("first, second", "[*first, *second]"),
        ),
    ),
    "without_repeats": Task(
        (
            "append those elements of the second of {} to the first that it does not contain yet",
            "extend the first of {} by the elements of the second that are not in it yet",
        ),
        ("extend_unique", "merge_without_repeats", "add_missing"),
        (
            """
            def solve(first, second):
                result = list(first)
                for item in second:
                    if item not in result:
                        result.append(item)
                return result
            """,
        ),
    ),
    "reversed": Task(
        ("append the second of {} in reverse order to the first",),
        ("append_reversed", "join_with_reverse", "concatenate_reversed"),
        (
            returns("first, second", "first + second[::-1]"),
            returns("first, second", "first + list(reversed(second))"),
        ),
    ),
    "sorted": Task(
        ("concatenate {} and sort the result", "merge {} into one sorted list"),
        ("merge_and_sort", "sorted_merge", "combined_sorted"),
        (
            returns("first, second", "sorted(first + second)"),
            """
            def solve(first, second):
                result = first + second
                result.sort()
                return result
            """,
        ),
    ),
    "front": Task(
        ("put the second of {} in front of the first",),
        ("prepend_list", "second_before_first", "join_reversed_order"),
        (returns("first, second", "second + first"),),
    ),
    "replace_last": Task(
        ("replace the last element of the first of {} with all elements of the second",),
        ("replace_last_with_list", "swap_last_for_list", "extend_at_last"),
        (
            returns("first, second", "first[:-1] + second"),
            """
            def solve(first, second):
                first[-1:] = second
                return first
            """,
        ),
    ),
    "middle": Task(
        ("insert the second of {} into the middle (index length // 2) of the first",),
        ("insert_in_middle", "nest_list", "put_inside"),
        (
            """
            def solve(first, second):
                middle = len(first) // 2
                return first[:middle] + second + first[middle:]
            """,
            """
            def solve(first, second):
                middle = len(first) // 2
                first[middle:middle] = second
                return first
            """,
        ),
    ),
}


@family(way=tuple(_JOINS))
def join_two_lists(choose: Chooser, way: str) -> Exercise:
    """Concatenate two lists in some way."""
    task = _JOINS[way]
    kind = choose.integer(0, 7)
    if way in ("sorted", "without_repeats"):
        arguments = [
            (choose.integers((2, 5), 0, 9), choose.integers((1, 5), 0, 9)) for _ in range(5)
        ]
    else:
        arguments = [
            (items_of_a_kind(choose, kind, (2, 5)), items_of_a_kind(choose, kind, (1, 5)))
            for _ in range(5)
        ]
    return Exercise(
        texts=ask_to(choose.one_of(TWO), task.asks, "them"),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([1, 2], [])],
    )


@family(order=("ascending", "descending"), unique=(False, True))
def merge_two_sorted_lists(choose: Chooser, order: str, *, unique: bool) -> Exercise:
    """Merge two sorted lists with two indexes."""
    up = order == "ascending"
    sign = "<=" if up else ">="
    once = " without repetitions" if unique else ""
    reverse = "" if up else ", reverse=True"
    test = "if not result or result[-1] != number:\n                        " if unique else ""
    arguments: list[tuple[list[int], list[int]]] = []
    for _ in range(5):
        first, second = choose.integers((2, 5), 0, 20), choose.integers((1, 5), 0, 20)
        if unique:
            second.append(choose.one_of(first))
        arguments.append((sorted(first, reverse=not up), sorted(second, reverse=not up)))
    merged = "set(first + second)" if unique else "first + second"
    return Exercise(
        texts=(
            f"merge two lists that are sorted in {order} order into one list in {order} "
            f"order{once}",
            f"Given two lists in {order} order, merge them into one such list{once}.",
            f"combine two sorted lists ({order}) into a single sorted list{once}",
            f"merge two {order} lists so that the result is {order} as well{once}",
        ),
        names=("merge_sorted", "merge_sorted_lists", "merge_two_lists", f"merge_{order}"),
        solutions=(
            f"""
            def solve(first, second):
                result = []
                i = j = 0
                while i < len(first) or j < len(second):
                    if j == len(second) or (i < len(first) and first[i] {sign} second[j]):
                        number = first[i]
                        i += 1
                    else:
                        number = second[j]
                        j += 1
                    {test}result.append(number)
                return result
            """,
            returns("first, second", f"sorted({merged}{reverse})"),
        ),
        arguments=[*arguments, ([], []), ([3], [])],
    )


_FLATTENINGS = {
    "once": Task(
        ("flatten {}", "turn {} into one list", "join all inner lists of {} to a single list"),
        ("flatten", "flatten_list", "join_sublists"),
        (
            returns("rows", "[item for row in rows for item in row]"),
            """
            def solve(rows):
                result = []
                for row in rows:
                    result.extend(row)
                return result
            """,
            """
            from itertools import chain

            def solve(rows):
                return list(chain.from_iterable(rows))
            """,
            returns("rows", "sum(rows, [])"),
        ),
    ),
    "sorted": Task(
        ("flatten {} and sort the elements", "return all elements of {} in ascending order"),
        ("flatten_and_sort", "sorted_elements", "flat_sorted"),
        (
            returns("rows", "sorted(item for row in rows for item in row)"),
            """
            def solve(rows):
                result = []
                for row in rows:
                    result += row
                return sorted(result)
            """,
        ),
    ),
    "unique": Task(
        (
            "flatten {} and drop repeated elements, keeping the order of first appearance",
            "list the distinct elements of {} in the order in which they first appear",
        ),
        ("flatten_unique", "distinct_elements", "flat_without_repeats"),
        (
            """
            def solve(rows):
                result = []
                for row in rows:
                    for item in row:
                        if item not in result:
                            result.append(item)
                return result
            """,
            returns("rows", "list(dict.fromkeys(item for row in rows for item in row))"),
        ),
    ),
    "even": Task(
        ("flatten {} and keep only the even numbers", "collect all even numbers of {} in one list"),
        ("flatten_even", "even_elements", "flat_evens"),
        (
            returns("rows", "[item for row in rows for item in row if item % 2 == 0]"),
            """
            def solve(rows):
                result = []
                for row in rows:
                    for item in row:
                        if item % 2 == 0:
                            result.append(item)
                return result
            """,
        ),
    ),
    "backwards": Task(
        ("flatten {} and reverse the result",),
        ("flatten_reversed", "reverse_flat", "flat_backwards"),
        (
            returns("rows", "[item for row in rows for item in row][::-1]"),
            """
            def solve(rows):
                result = []
                for row in reversed(rows):
                    result.extend(reversed(row))
                return result
            """,
        ),
    ),
}


@family(way=tuple(_FLATTENINGS))
def flatten_one_level(choose: Chooser, way: str) -> Exercise:
    """Join the inner lists of a list of lists."""
    task = _FLATTENINGS[way]
    lists = [[choose.integers((0, 4), 0, 12) for _ in range(num)] for num in (2, 3, 3, 4, 5)]
    given = ("a list of lists", "a given list of lists", "a nested list", "the given list of lists")
    return Exercise(
        texts=ask_to(choose.one_of(given), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(rows,) for rows in lists] + [([],)],
        synonyms={"rows": ("lists", "nested", "list_of_lists", "matrix", "lst")},
    )


_NEIGHBOURS = {
    "pairs": ("the pairs (tuples) of consecutive elements", "neighbour_pairs", "({a}, {b})"),
    "sums": ("the sums of consecutive elements", "add_consecutive", "{a} + {b}"),
    "differences": (
        "the differences of consecutive elements (each element minus the one before)",
        "consecutive_differences",
        "{b} - {a}",
    ),
    "products": ("the products of consecutive elements", "multiply_consecutive", "{a} * {b}"),
    "distances": (
        "the absolute differences of neighbouring elements",
        "neighbour_distances",
        "abs({b} - {a})",
    ),
    "maxima": (
        "the larger element of each pair of neighbours",
        "larger_neighbours",
        "max({a}, {b})",
    ),
    "minima": (
        "the smaller element of each pair of neighbours",
        "smaller_neighbours",
        "min({a}, {b})",
    ),
    "means": ("the averages of consecutive elements", "midpoints", "({a} + {b}) / 2"),
    "rises": (
        "for each pair of consecutive elements whether the second is larger (True or False)",
        "rising_steps",
        "{b} > {a}",
    ),
}


@family(what=tuple(_NEIGHBOURS))
def values_of_neighbours(choose: Chooser, what: str) -> Exercise:
    """Sums, differences, pairs ... of consecutive elements."""
    noun, name, expression = _NEIGHBOURS[what]
    one = expression.format(a="x", b="y")
    two = expression.format(a="numbers[index]", b="numbers[index + 1]")
    head = noun if noun.startswith("for each") else f"a list of {noun}"
    return Exercise(
        texts=(
            *ask_for(
                choose.one_of(NUMBERS),
                (noun.replace("elements (", "elements of {} (") if "(each" in noun else noun,),
                "of" if not noun.startswith("for") else "in",
            ),
            f"return {head} of a list"
            if head != noun
            else "say for each pair of consecutive elements of a list whether the second is larger",
        ),
        names=(name, f"{name}_list", f"{what}_of_neighbours"),
        solutions=(
            returns("numbers", f"[{one} for x, y in zip(numbers, numbers[1:])]"),
            returns("numbers", f"[{two} for index in range(len(numbers) - 1)]"),
            f"""
            def solve(numbers):
                result = []
                for index in range(len(numbers) - 1):
                    result.append({two})
                return result
            """,
        ),
        arguments=[(choose.integers((3, 8), -5, 20),) for _ in range(5)] + [([4],), ([],)],
        synonyms={"x": ("a", "one", "previous"), "y": ("b", "other", "following")},
    )


_CROSS = {
    "all": (
        "all pairs (x, y) with x from the first and y from the second list",
        "all_pairs",
        "(x, y)",
        "",
    ),
    "different": (
        "all pairs (x, y) of different elements, x from the first and y from the second list",
        "different_pairs",
        "(x, y)",
        "x != y",
    ),
    "sums": (
        "the sums of each element of the first list and each element of the second",
        "all_sums",
        "x + y",
        "",
    ),
    "products": (
        "the products of each element of the first list with each of the second",
        "all_products",
        "x * y",
        "",
    ),
    "smaller": (
        "all pairs (x, y) with x from the first list, y from the second and x < y",
        "increasing_pairs",
        "(x, y)",
        "x < y",
    ),
    "even": (
        "all pairs (x, y), x from the first and y from the second list, whose sum is even",
        "even_sum_pairs",
        "(x, y)",
        "(x + y) % 2 == 0",
    ),
}


@family(what=tuple(_CROSS))
def pairs_from_two_lists(choose: Chooser, what: str) -> Exercise:
    """Combine each element of a list with each of another."""
    noun, name, value, condition = _CROSS[what]
    tail = f" if {condition}" if condition else ""
    line = f"if {condition}:\n                            " if condition else ""
    return Exercise(
        texts=(
            f"return {noun}",
            f"Given two lists, return a list of {noun}.",
            f"find {noun}",
            f"list {noun}",
            f"take two lists and return {noun}",
        ),
        names=(name, f"list_{name}", f"{name}_of_two_lists"),
        solutions=(
            returns("first, second", f"[{value} for x in first for y in second{tail}]"),
            f"""
            def solve(first, second):
                result = []
                for x in first:
                    for y in second:
                        {line}result.append({value})
                return result
            """,
        ),
        arguments=[(choose.integers((1, 4), 0, 9), choose.integers((1, 3), 0, 9)) for _ in range(6)]
        + [([], [1])],
        synonyms={"x": ("p", "one"), "y": ("q", "other")},
    )


_SELECTIONS = {
    "indexes": Task(
        (
            "pick the elements of the first list at the indexes that the second list contains",
            "return the elements of a list at given indexes, in the order of the indexes",
            "Given a list and a list of indexes, return the elements at these indexes.",
        ),
        ("pick_indexes", "select_indices", "elements_at"),
        (
            returns("first, second", "[first[index] for index in second]"),
            """
            def solve(first, second):
                result = []
                for index in second:
                    result.append(first[index])
                return result
            """,
        ),
    ),
    "mask": Task(
        (
            "return those elements of the first list for which the second list has True",
            "filter a list by a list of booleans of the same length",
            "Given a list and a list of flags, return the elements whose flag is True.",
        ),
        ("apply_mask", "compress_list", "select_flagged"),
        (
            returns("first, second", "[x for x, flag in zip(first, second) if flag]"),
            """
            from itertools import compress

            def solve(first, second):
                return list(compress(first, second))
            """,
        ),
    ),
    "counts": Task(
        (
            "repeat each element of the first list as often as the second list says",
            "expand a list: the second list tells how often each element is to be repeated",
            "Given a list of elements and a list of counts, return each element that many times.",
        ),
        ("expand", "repeat_by_counts", "repeat_as_told"),
        (
            """
            def solve(first, second):
                result = []
                for x, count in zip(first, second):
                    result.extend([x] * count)
                return result
            """,
            returns(
                "first, second", "[x for x, count in zip(first, second) for _ in range(count)]"
            ),
        ),
    ),
    "order": Task(
        (
            "sort the first list by the numbers at the same indexes in the second list",
            "arrange the elements of a list in ascending order of their weights in a second list",
            "Given a list and a list of different numbers of the same length, sort the first by "
            "the second.",
        ),
        ("sort_by_other", "arrange_by_weight", "sort_by_second"),
        (
            """
            def solve(first, second):
                pairs = sorted(zip(second, first))
                return [x for _, x in pairs]
            """,
            """
            def solve(first, second):
                order = sorted(range(len(first)), key=lambda index: second[index])
                return [first[index] for index in order]
            """,
        ),
    ),
}


@family(by=tuple(_SELECTIONS))
def one_list_steered_by_another(choose: Chooser, by: str) -> Exercise:
    """Pick, repeat or sort elements as a second list says."""
    task = _SELECTIONS[by]
    arguments: list[tuple[list[object], list[object]]] = []
    for items in item_lists(choose, 6, (3, 6)):
        num = len(items)
        kinds: dict[str, list[object]] = {
            "indexes": [*choose.integers((1, 4), 0, num - 1)],
            "mask": [choose.chance(0.5) for _ in range(num)],
            "counts": [*choose.integers(num, 0, 3)],
            "order": [*choose.sample(range(1, 20), num)],
        }
        arguments.append((items, kinds[by]))
    names = {
        "mask": ("flags", "mask"),
        "counts": ("counts", "times"),
        "order": ("weights", "keys"),
        "indexes": ("indexes", "indices"),
    }
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={"key": ("key",), "first": ("items", "lst", "values"), "second": names[by]},
    )
