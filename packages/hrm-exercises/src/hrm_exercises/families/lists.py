"""Access to lists: single elements, slices, parts."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    item_lists,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_PLACES = {
    "first": Task(("the first element",), ("first_element", "get_first", "head"), ("items[0]",)),
    "last": Task(
        ("the last element",),
        ("last_element", "get_last", "last_item"),
        ("items[-1]", "items[len(items) - 1]"),
    ),
    "second": Task(
        ("the second element", "the element after the first one"),
        ("second_element", "get_second", "second_item"),
        ("items[1]",),
    ),
    "second_to_last": Task(
        ("the second to last element", "the last but one element", "the next to last element"),
        ("second_to_last", "last_but_one", "penultimate"),
        ("items[-2]", "items[len(items) - 2]"),
    ),
    "middle": Task(
        (
            "the middle element of {} (the right one of two if the length is even)",
            "the element in the middle of {}; if there are two, the second of them",
            "the middle element",
        ),
        ("middle_element", "get_middle", "middle_item"),
        ("items[len(items) // 2]",),
    ),
    "both_ends": Task(
        (
            "the first and the last element of {} as a tuple",
            "a tuple of the first and last elements of {}",
        ),
        ("first_and_last", "both_ends", "ends_of_list"),
        ("(items[0], items[-1])", "(items[0], items[len(items) - 1])"),
    ),
}


@family(place=tuple(_PLACES))
def element_at_a_fixed_place(choose: Chooser, place: str) -> Exercise:
    """Return the first, last, middle ... element."""
    task = _PLACES[place]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "of", "in", "from"))),
        names=task.names,
        solutions=[returns("items", expression) for expression in task.solutions],
        arguments=[(items,) for items in item_lists(choose, 6, (2, 8))],
    )


_NUMBERED = {
    "index": Task(
        ("the element at index <k>", "the element of {} at a given index, counted from 0"),
        ("element_at", "get_element", "item_at_index"),
        (returns("items, k", "items[k]"),),
    ),
    "position": Task(
        (
            "the <k>-th element of {}, where the first one has number 1",
            "the element at position <k> of {} (positions start at 1)",
            "the <k>th element of {}, counting from 1",
        ),
        ("kth_element", "nth_item", "element_at_position"),
        (returns("items, k", "items[k - 1]"),),
    ),
    "from_end": Task(
        (
            "the <k>-th element from the end of {} (1 means the last one)",
            "the <k>th last element",
            "the element of {} that comes <k>-th when you count from the end",
        ),
        ("kth_from_end", "nth_last", "element_from_end"),
        (returns("items, k", "items[-k]"), returns("items, k", "items[len(items) - k]")),
    ),
}


@family(counted=tuple(_NUMBERED))
def element_at_a_given_place(choose: Chooser, counted: str) -> Exercise:
    """Return the element at a place that is an argument."""
    task = _NUMBERED[counted]
    offset = 0 if counted == "index" else 1
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "in", "from"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (items, choose.integer(offset, len(items) - 1 + offset))
            for items in item_lists(choose, 6, (2, 9))
        ],
    )


_SAFE = {
    "none": Task(
        (
            "get the element at index <i> of {}, or None if there is no such index",
            "return the element of {} at a given index; return None if the index is out of range",
        ),
        ("safe_get", "get_or_none", "element_or_none"),
        (
            """
            def solve(items, i):
                if 0 <= i < len(items):
                    return items[i]
                return None
            """,
            """
            def solve(items, i):
                return items[i] if 0 <= i < len(items) else None
            """,
        ),
    ),
    "default": Task(
        (
            "get the element at index <i> of {}, or a default if the index is out of range",
            "return the element of {} at <i>, or <default> if the list is too short",
        ),
        ("get_with_default", "element_or_default", "safe_index"),
        (
            """
            def solve(items, i, default):
                if 0 <= i < len(items):
                    return items[i]
                return default
            """,
            """
            def solve(items, i, default):
                try:
                    return items[i]
                except IndexError:
                    return default
            """,
        ),
    ),
    "cyclic": Task(
        (
            "get the element at index <i> of {}, starting over at the end of the list",
            "treat {} as a circle and return the element <i> steps after the first",
        ),
        ("cyclic_get", "circular_element", "wrap_around"),
        (returns("items, i", "items[i % len(items)]"),),
    ),
}


@family(otherwise=tuple(_SAFE))
def element_if_the_index_exists(choose: Chooser, otherwise: str) -> Exercise:
    """Return an element, or something else for an index that is too large."""
    task = _SAFE[otherwise]
    extra = {"default": (choose.integer(-1, 0),)}.get(otherwise, ())
    lists = item_lists(choose, 6, (2, 7))
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(0, len(items) - 1), *extra) for items in lists[:4]]
        + [(items, len(items) + choose.integer(0, 4), *extra) for items in lists[4:]],
        synonyms={"i": ("k", "pos", "index", "n"), "default": ("fallback", "other", "missing")},
    )


_SLICES = {
    "first_k": Task(
        ("the first <k> elements", "the first <k> items"),
        ("first_k", "take", "get_first_elements"),
        (returns("items, k", "items[:k]"),),
    ),
    "last_k": Task(
        ("the last <k> elements", "the last <k> items", "<k> elements from the end"),
        ("last_k", "take_last", "tail_of_list"),
        (
            returns("items, k", "items[len(items) - k:]"),
            returns("items, k", "items[-k:] if k > 0 else []"),
        ),
    ),
    "without_first_k": Task(
        (
            "everything but the first <k> elements",
            "the elements of {} that follow the first <k> ones",
        ),
        ("drop_first", "skip_elements", "without_first_k"),
        (returns("items, k", "items[k:]"),),
    ),
    "without_last_k": Task(
        (
            "all elements of {} except the last <k>",
            "what remains of {} without the last <k> elements",
        ),
        ("drop_last", "without_last_k", "cut_end"),
        (returns("items, k", "items[:len(items) - k]"),),
    ),
    "both_k": Task(
        ("the first <k> and the last <k> elements", "the <k> elements at the start and at the end"),
        ("first_and_last_k", "ends", "both_sides"),
        (returns("items, k", "items[:k] + items[len(items) - k:]"),),
    ),
    "inner": Task(
        (
            "what is left of {} after <k> elements are cut off at both ends",
            "the elements of {} that are not among the first <k> or last <k>",
        ),
        ("inner_part", "trim_ends", "cut_both_ends"),
        (returns("items, k", "items[k:len(items) - k]"),),
    ),
}


@family(part=tuple(_SLICES))
def slice_of_k_elements(choose: Chooser, part: str) -> Exercise:
    """Return the first or last k elements, or all but these."""
    task = _SLICES[part]
    lists = item_lists(choose, 6, (4, 9))
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "from"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(1, 2)) for items in lists[:3]]
        + [(items, choose.integer(0, len(items) // 2)) for items in lists[3:]],
    )


_FIXED_SLICES = {
    "tail": Task(
        ("all elements of {} except the first", "everything after the first element"),
        ("without_first", "tail", "rest_of_list"),
        ("items[1:]",),
    ),
    "init": Task(
        ("all elements of {} except the last one", "everything before the last element"),
        ("without_last", "all_but_last", "drop_last_element"),
        ("items[:-1]", "items[:len(items) - 1]"),
    ),
    "core": Task(
        (
            "the elements between the first and the last one",
            "all elements of {} but the first and the last",
        ),
        ("without_ends", "inner_elements", "remove_first_and_last"),
        ("items[1:-1]", "items[1:len(items) - 1]"),
    ),
    "first_half": Task(
        ("the first half of {} (without the middle element if the length is odd)",),
        ("first_half", "left_half", "front_half"),
        ("items[:len(items) // 2]",),
    ),
    "second_half": Task(
        ("the second half of {} (with the middle element if the length is odd)",),
        ("second_half", "right_half", "back_half"),
        ("items[len(items) // 2:]",),
    ),
    "even_indexes": Task(
        ("the elements at even indexes", "every other element of {}, beginning with the first"),
        ("even_index_elements", "every_other", "elements_at_even_indices"),
        (
            "items[::2]",
            "[items[index] for index in range(0, len(items), 2)]",
            "[item for index, item in enumerate(items) if index % 2 == 0]",
        ),
    ),
    "odd_indexes": Task(
        ("the elements at odd indexes", "every second element of {}, beginning with the second"),
        ("odd_index_elements", "every_second", "elements_at_odd_indices"),
        (
            "items[1::2]",
            "[items[index] for index in range(1, len(items), 2)]",
            "[item for index, item in enumerate(items) if index % 2 == 1]",
        ),
    ),
}


@family(part=tuple(_FIXED_SLICES))
def fixed_part_of_a_list(choose: Chooser, part: str) -> Exercise:
    """Return a part of a list that needs no further argument."""
    task = _FIXED_SLICES[part]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "of", "from"))),
        names=task.names,
        solutions=[returns("items", expression) for expression in task.solutions],
        arguments=[(items,) for items in item_lists(choose, 5, (3, 9))] + [([7],)],
    )


_STEPS = {
    "from_first": Task(
        (
            "every <k>-th element of {}, starting with the first",
            "each <k>th item of {}, beginning at index 0",
        ),
        ("every_kth", "nth_elements", "take_every"),
        (
            returns("items, k", "items[::k]"),
            returns("items, k", "[items[index] for index in range(0, len(items), k)]"),
        ),
    ),
    "from_kth": Task(
        (
            "every <k>-th element of {}, beginning with the <k>-th",
            "the elements of {} whose position, counted from 1, is a multiple of <k>",
        ),
        ("every_kth_element", "multiples_of_k_positions", "kth_items"),
        (
            returns("items, k", "items[k - 1::k]"),
            returns(
                "items, k",
                "[item for index, item in enumerate(items, 1) if index % k == 0]",
            ),
        ),
    ),
    "without_kth": Task(
        (
            "what remains of {} when every <k>-th element is left out, counting from 1",
            "all elements of {} whose position (from 1) is not a multiple of <k>",
        ),
        ("drop_every_kth", "skip_every_kth", "remove_every_nth"),
        (
            returns(
                "items, k",
                "[items[index] for index in range(len(items)) if (index + 1) % k != 0]",
            ),
            """
            def solve(items, k):
                result = []
                for index, item in enumerate(items, 1):
                    if index % k != 0:
                        result.append(item)
                return result
            """,
        ),
    ),
    "from_end": Task(
        (
            "every <k>-th element of {}, going backwards from the last one",
            "each <k>th item of {} from right to left, beginning with the last element",
        ),
        ("every_kth_backwards", "backward_steps", "reversed_every_kth"),
        (
            returns("items, k", "items[::-k]"),
            returns("items, k", "[items[index] for index in range(len(items) - 1, -1, -k)]"),
        ),
    ),
}


@family(way=tuple(_STEPS))
def every_kth_element_of_a_list(choose: Chooser, way: str) -> Exercise:
    """Return or leave out every k-th element."""
    task = _STEPS[way]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "in", "from"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(2, 4)) for items in item_lists(choose, 6, (4, 10))],
    )


_RANGES = {
    "inclusive": Task(
        (
            "the elements of {} from index <start> to index <end>, both included",
            "the part of {} between two indexes, including both ends",
        ),
        ("sublist", "slice_inclusive", "part_between"),
        (
            returns("numbers, start, end", "numbers[start:end + 1]"),
            returns("numbers, start, end", "[numbers[index] for index in range(start, end + 1)]"),
        ),
    ),
    "exclusive": Task(
        ("the elements of {} from index <start> up to, but not including, index <end>",),
        ("sublist", "slice_of_list", "get_slice"),
        (returns("numbers, start, end", "numbers[start:end]"),),
    ),
    "sum": Task(
        (
            "the sum of the elements of {} from index <start> to index <end> (inclusive)",
            "the total of all numbers of {} between two indexes, both included",
        ),
        ("range_sum", "sum_between", "sum_of_slice"),
        (
            returns("numbers, start, end", "sum(numbers[start:end + 1])"),
            """
            def solve(numbers, start, end):
                total = 0
                for index in range(start, end + 1):
                    total += numbers[index]
                return total
            """,
        ),
    ),
    "max": Task(
        ("the largest element of {} between index <start> and index <end>, both included",),
        ("range_max", "max_between", "largest_in_slice"),
        (returns("numbers, start, end", "max(numbers[start:end + 1])"),),
    ),
    "outside": Task(
        (
            "the elements that remain of {} when those from index <start> to index <end> "
            "(inclusive) are removed",
        ),
        ("remove_range", "cut_out", "delete_slice"),
        (
            returns("numbers, start, end", "numbers[:start] + numbers[end + 1:]"),
            """
            def solve(numbers, start, end):
                result = list(numbers)
                del result[start:end + 1]
                return result
            """,
        ),
    ),
}


@family(result=tuple(_RANGES))
def part_between_two_indexes(choose: Chooser, result: str) -> Exercise:
    """Return the part between two indexes, or something about it."""
    task = _RANGES[result]
    arguments = []
    for numbers in number_lists(choose, 6, (4, 10)):
        start = choose.integer(0, len(numbers) - 2)
        arguments.append((numbers, start, choose.integer(start, len(numbers) - 1)))
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, choose.one_of(("of", "in", "from"))),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={"start": ("i", "low", "m", "begin"), "end": ("j", "high", "stop", "n")},
    )
