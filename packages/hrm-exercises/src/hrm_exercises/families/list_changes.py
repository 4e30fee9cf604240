"""Lists with elements removed, inserted or replaced."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_to,
    item_lists,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_REMOVALS = {
    "all": Task(
        (
            "remove all occurrences of a given value from {}",
            "remove every occurrence of <item> from {}",
            "delete all elements of {} that are equal to <item>",
        ),
        ("remove_all", "remove_value", "delete_occurrences"),
        (
            returns("numbers, item", "[number for number in numbers if number != item]"),
            """
            def solve(numbers, item):
                result = []
                for number in numbers:
                    if number != item:
                        result.append(number)
                return result
            """,
            returns("numbers, item", "list(filter(lambda number: number != item, numbers))"),
        ),
    ),
    "first": Task(
        (
            "remove the first occurrence of a given value from {}",
            "delete the first occurrence of <item> in {}, if there is one",
        ),
        ("remove_first", "remove_first_occurrence", "remove_once"),
        (
            """
            def solve(numbers, item):
                result = list(numbers)
                if item in result:
                    result.remove(item)
                return result
            """,
            """
            def solve(numbers, item):
                if item not in numbers:
                    return numbers
                index = numbers.index(item)
                return numbers[:index] + numbers[index + 1:]
            """,
        ),
    ),
    "last": Task(
        (
            "remove the last occurrence of a given value from {}",
            "delete the last element of {} that is equal to <item>, if there is one",
        ),
        ("remove_last", "remove_last_occurrence", "drop_last_match"),
        (
            """
            def solve(numbers, item):
                for index in range(len(numbers) - 1, -1, -1):
                    if numbers[index] == item:
                        return numbers[:index] + numbers[index + 1:]
                return numbers
            """,
            """
            def solve(numbers, item):
                result = numbers[::-1]
                if item in result:
                    result.remove(item)
                return result[::-1]
            """,
        ),
    ),
    "all_but_one": Task(
        (
            "remove all occurrences of a given value from {} except the first one",
            "keep only the first occurrence of <item> in {} and drop its repetitions",
        ),
        ("keep_first_occurrence", "remove_repeats_of", "keep_one"),
        (
            """
            def solve(numbers, item):
                result = []
                for number in numbers:
                    if number != item or item not in result:
                        result.append(number)
                return result
            """,
        ),
    ),
}


@family(which=tuple(_REMOVALS))
def remove_a_value(choose: Chooser, which: str) -> Exercise:
    """Remove all, the first or the last occurrence of a value."""
    task = _REMOVALS[which]
    lists = number_lists(choose, 6, (4, 9), 0, 6)
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers, choose.one_of(numbers)) for numbers in lists]
        + [(choose.integers((2, 5), 1, 5), 9)],
    )


_REMOVALS_BY_PLACE = {
    "index": Task(
        (
            "remove the element at index <i> from {}",
            "delete the element of {} at a given index",
        ),
        ("remove_at", "remove_index", "delete_element"),
        (
            returns("items, i", "items[:i] + items[i + 1:]"),
            """
            def solve(items, i):
                result = list(items)
                result.pop(i)
                return result
            """,
            """
            def solve(items, i):
                del items[i]
                return items
            """,
        ),
    ),
    "position": Task(
        (
            "remove the element at position <i> of {}, where positions start at 1",
            "remove the <i>-th element from {}, counting from 1",
        ),
        ("remove_nth", "remove_position", "drop_nth_element"),
        (
            returns("items, i", "items[:i - 1] + items[i:]"),
            """
            def solve(items, i):
                result = list(items)
                del result[i - 1]
                return result
            """,
        ),
    ),
    "pop": Task(
        (
            "remove the element at index <i> from {} and return it together with the remaining "
            "list as a tuple",
            "take the element at a given index out of {}; return a tuple of that element and the "
            "rest",
        ),
        ("pop_element", "take_out", "pop_at"),
        (
            """
            def solve(items, i):
                item = items.pop(i)
                return (item, items)
            """,
            returns("items, i", "(items[i], items[:i] + items[i + 1:])"),
        ),
    ),
    "from_index": Task(
        (
            "cut {} off before index <i>, removing that element and all that follow",
            "remove all elements of {} from index <i> on",
        ),
        ("cut_off", "truncate_at", "remove_from"),
        (returns("items, i", "items[:i]"),),
    ),
}


@family(which=tuple(_REMOVALS_BY_PLACE))
def remove_by_place(choose: Chooser, which: str) -> Exercise:
    """Remove the element at an index."""
    task = _REMOVALS_BY_PLACE[which]
    low = 1 if which == "position" else 0
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (items, choose.integer(low, len(items) - 1)) for items in item_lists(choose, 6, (2, 8))
        ],
        synonyms={"i": ("k", "pos", "index", "n", "p")},
    )


@family(what=("values", "indexes"), keep=(False, True))
def remove_or_keep_several(choose: Chooser, what: str, *, keep: bool) -> Exercise:
    """Remove or keep the elements that a second list names, by value or by index."""
    sign = "in" if keep else "not in"
    verb = choose.one_of(("keep only", "select") if keep else ("remove", "delete", "drop"))
    condition = f"number {sign} second" if what == "values" else f"index {sign} second"
    loop = "number in numbers" if what == "values" else "index, number in enumerate(numbers)"
    arguments = []
    for numbers in number_lists(choose, 6, (4, 9), 0, 12):
        pool = sorted(set(numbers)) if what == "values" else list(range(len(numbers)))
        arguments.append((numbers, sorted(choose.sample(pool, (1, 3)))))
    named = {
        "values": ("that occur in a second list", "that also appear in another list"),
        "indexes": ("at the indexes that a second list contains", "at the given indexes"),
    }[what]
    return Exercise(
        texts=(
            f"{verb} the elements of a list {named[0]}",
            f"{verb} all those elements of a list {named[1]}"
            if verb != "keep only"
            else f"keep only those elements of a list {named[1]}",
            f"Given two lists, {verb} those elements of the first list {named[0]}.",
            f"{verb} from the first list the elements {named[0]}",
            f"{verb} elements {named[1]}",
        ),
        names=(
            f"{'keep' if keep else 'remove'}_{what}",
            f"{'select' if keep else 'drop'}_by_{what}",
            "filter_list",
        ),
        solutions=(
            returns("numbers, second", f"[number for {loop} if {condition}]"),
            f"""
            def solve(numbers, second):
                result = []
                for {loop}:
                    if {condition}:
                        result.append(number)
                return result
            """,
        ),
        arguments=[*arguments, ([4, 5, 6], [])],
        synonyms={
            "second": (["wanted", "chosen"] if keep else ["unwanted", "removed", "to_remove"])
        },
    )


_INSERTIONS = {
    "at_index": Task(
        (
            "insert an element into {} at index <i>",
            "put <item> into {} so that it has the given index",
        ),
        ("insert_at", "insert_element", "put_at_index"),
        (
            """
            def solve(items, i, item):
                result = list(items)
                result.insert(i, item)
                return result
            """,
            returns("items, i, item", "items[:i] + [item] + items[i:]"),
        ),
    ),
    "at_position": Task(
        ("insert an element into {} at position <i>, where the first position is 1",),
        ("insert_at_position", "insert_as_nth", "add_at_position"),
        (
            returns("items, i, item", "items[:i - 1] + [item] + items[i - 1:]"),
            """
            def solve(items, i, item):
                items.insert(i - 1, item)
                return items
            """,
        ),
    ),
    "every": Task(
        (
            "insert an element into {} after every <i> elements",
            "add <item> after each group of <i> elements of {}",
        ),
        ("insert_every", "insert_after_every_k", "add_after_groups"),
        (
            """
            def solve(items, i, item):
                result = []
                for count, element in enumerate(items, 1):
                    result.append(element)
                    if count % i == 0:
                        result.append(item)
                return result
            """,
        ),
    ),
}


@family(where=tuple(_INSERTIONS))
def insert_at_a_place(choose: Chooser, where: str) -> Exercise:
    """Insert an element at an index or after every k elements."""
    task = _INSERTIONS[where]
    low = 0 if where == "at_index" else 1
    lists = number_lists(choose, 5, (3, 7), 1, 30)
    synonyms = ("k", "n") if where == "every" else ("pos", "place", "index", "k", "n")
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(low, 3), choose.integer(0, 99)) for items in lists]
        + [(choose.words((3, 5)), 2, choose.word())],
        synonyms={"i": synonyms, "element": ("element", "x", "entry")},
    )


_PLACED_INSERTIONS = {
    "front": Task(
        ("insert an element at the beginning of {}", "put <item> in front of {}"),
        ("add_to_front", "prepend", "insert_first"),
        (
            returns("items, item", "[item] + items"),
            """
            def solve(items, item):
                items.insert(0, item)
                return items
            """,
        ),
    ),
    "end": Task(
        ("add an element to the end of {}", "append <item> to {}"),
        ("add_to_end", "append_item", "push_back"),
        (
            returns("items, item", "items + [item]"),
            """
            def solve(items, item):
                items.append(item)
                return items
            """,
        ),
    ),
    "both": Task(
        (
            "add an element at both ends of {}",
            "put <item> before the first and after the last element of {}",
        ),
        ("wrap_list", "surround", "add_both_ends"),
        (
            returns("items, item", "[item] + items + [item]"),
            returns("items, item", "[item, *items, item]"),
        ),
    ),
    "before_each": Task(
        (
            "insert an element before each element of {}",
            "put <item> in front of every element of {}",
        ),
        ("insert_before_each", "add_before_every", "prefix_elements"),
        (
            returns("items, item", "[value for element in items for value in (item, element)]"),
            """
            def solve(items, item):
                result = []
                for element in items:
                    result.append(item)
                    result.append(element)
                return result
            """,
        ),
    ),
    "after_each": Task(
        ("insert an element after each element of {}", "put <item> behind every element of {}"),
        ("insert_after_each", "add_after_every", "follow_elements"),
        (
            """
            def solve(items, item):
                result = []
                for element in items:
                    result.extend([element, item])
                return result
            """,
            returns("items, item", "[value for element in items for value in (element, item)]"),
        ),
    ),
    "between": Task(
        (
            "insert an element between all neighbours of {}",
            "put <item> between every two consecutive elements of {}",
        ),
        ("intersperse", "insert_between", "put_between"),
        (
            """
            def solve(items, item):
                result = []
                for index, element in enumerate(items):
                    if index > 0:
                        result.append(item)
                    result.append(element)
                return result
            """,
            """
            def solve(items, item):
                result = [item] * max(2 * len(items) - 1, 0)
                result[::2] = items
                return result
            """,
        ),
    ),
    "middle": Task(
        ("insert an element into the middle of {}, that is at index length // 2",),
        ("insert_middle", "add_in_middle", "put_in_center"),
        (
            """
            def solve(items, item):
                middle = len(items) // 2
                return items[:middle] + [item] + items[middle:]
            """,
            """
            def solve(items, item):
                items.insert(len(items) // 2, item)
                return items
            """,
        ),
    ),
}


@family(where=tuple(_PLACED_INSERTIONS))
def insert_at_ends_or_between(choose: Chooser, where: str) -> Exercise:
    """Insert an element at the ends, between neighbours or around each element."""
    task = _PLACED_INSERTIONS[where]
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (items, choose.one_of((choose.integer(0, 99), 0, choose.word())))
            for items in item_lists(choose, 5, (2, 7))
        ]
        + [([], 5), ([1], 0)],
        synonyms={"element": ("element", "x", "entry")},
    )


_REPLACEMENTS = {
    "all": Task(
        (
            "replace all occurrences of <old> in {} with <new>",
            "replace every occurrence of one value in {} by another one",
            "change each element of {} that equals <old> to <new>",
        ),
        ("replace_all", "replace_value", "substitute"),
        (
            returns(
                "numbers, old, new", "[new if number == old else number for number in numbers]"
            ),
            """
            def solve(numbers, old, new):
                for index in range(len(numbers)):
                    if numbers[index] == old:
                        numbers[index] = new
                return numbers
            """,
        ),
    ),
    "first": Task(
        (
            "replace the first occurrence of <old> in {} with <new>",
            "replace only the first element of {} that equals <old> by <new>",
        ),
        ("replace_first", "replace_once", "change_first"),
        (
            """
            def solve(numbers, old, new):
                result = list(numbers)
                if old in result:
                    result[result.index(old)] = new
                return result
            """,
            """
            def solve(numbers, old, new):
                for index, number in enumerate(numbers):
                    if number == old:
                        numbers[index] = new
                        break
                return numbers
            """,
        ),
    ),
    "swap": Task(
        (
            "swap two values in {}: each <old> becomes <new> and each <new> becomes <old>",
            "exchange all occurrences of <old> and <new> in {}",
        ),
        ("swap_values", "exchange_values", "swap_two_numbers"),
        (
            """
            def solve(numbers, old, new):
                result = []
                for number in numbers:
                    if number == old:
                        result.append(new)
                    elif number == new:
                        result.append(old)
                    else:
                        result.append(number)
                return result
            """,
            """
            def solve(numbers, old, new):
                swap = {old: new, new: old}
                return [swap.get(number, number) for number in numbers]
            """,
        ),
    ),
    "larger": Task(
        (
            "replace every element of {} that is greater than <old> with <new>",
            "set all numbers above <old> in {} to <new>",
        ),
        ("replace_larger", "cap_values", "replace_above"),
        (
            returns("numbers, old, new", "[new if number > old else number for number in numbers]"),
            """
            def solve(numbers, old, new):
                result = []
                for number in numbers:
                    if number > old:
                        result.append(new)
                    else:
                        result.append(number)
                return result
            """,
        ),
    ),
}


@family(which=tuple(_REPLACEMENTS))
def replace_a_value(choose: Chooser, which: str) -> Exercise:
    """Replace all, the first or the larger elements by a value."""
    task = _REPLACEMENTS[which]
    arguments: list[tuple[list[int], int, int]] = []
    for numbers in number_lists(choose, 6, (4, 9), 0, 6):
        old = choose.one_of(numbers)
        arguments.append((numbers, old, (old + choose.integer(1, 6)) % 8))
    old_names = ("k", "limit") if which == "larger" else ("a", "x", "old_value", "target")
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={"old": old_names, "new": ("b", "y", "new_value", "replacement", "value")},
    )


_SET_AT = {
    "index": Task(
        (
            "replace the element of {} at index <i> with a new value",
            "set the element at index <i> of {} to <item>",
        ),
        ("set_at", "replace_at_index", "update_element"),
        (
            """
            def solve(items, i, item):
                items[i] = item
                return items
            """,
            returns("items, i, item", "items[:i] + [item] + items[i + 1:]"),
        ),
    ),
    "every": Task(
        (
            "replace every <i>-th element of {} with <item>, counting from 1",
            "set all elements of {} whose position (from 1) is a multiple of <i> to <item>",
        ),
        ("replace_every_kth", "set_every_nth", "mark_every"),
        (
            """
            def solve(items, i, item):
                for index in range(i - 1, len(items), i):
                    items[index] = item
                return items
            """,
            returns(
                "items, i, item",
                "[item if index % i == 0 else element for index, element in enumerate(items, 1)]",
            ),
        ),
    ),
    "first": Task(
        (
            "replace each of the first <i> elements of {} with <item>",
            "overwrite the first <i> elements of {} with <item>",
        ),
        ("overwrite_start", "fill_first", "replace_first_k"),
        (
            returns("items, i, item", "[item] * i + items[i:]"),
            """
            def solve(items, i, item):
                for index in range(i):
                    items[index] = item
                return items
            """,
        ),
    ),
    "last": Task(
        (
            "replace each of the last <i> elements of {} with <item>",
            "overwrite the last <i> elements of {} with <item>",
        ),
        ("overwrite_end", "fill_last", "replace_last_k"),
        (
            returns("items, i, item", "items[:len(items) - i] + [item] * i"),
            """
            def solve(items, i, item):
                for index in range(len(items) - i, len(items)):
                    items[index] = item
                return items
            """,
        ),
    ),
}


@family(which=tuple(_SET_AT))
def replace_by_place(choose: Chooser, which: str) -> Exercise:
    """Replace the elements at some indexes."""
    task = _SET_AT[which]
    low = 0 if which == "index" else 1
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (items, choose.integer(low, 3), choose.one_of((0, choose.integer(0, 99), "x")))
            for items in item_lists(choose, 6, (4, 8))
        ],
        synonyms={"i": ("k", "n", "m"), "element": ("x", "entry", "old")},
    )


_REPLACED_BY_KIND = {
    "negative_zero": ("negative number", "0", "number < 0", "0"),
    "even_half": ("even number", "its half", "number % 2 == 0", "number // 2"),
    "odd_double": ("odd number", "its double", "number % 2 != 0", "number * 2"),
    "negative_absolute": ("negative number", "its absolute value", "number < 0", "-number"),
    "odd_next": ("odd number", "the next larger even number", "number % 2 != 0", "number + 1"),
    "even_square": ("even number", "its square", "number % 2 == 0", "number ** 2"),
    "three_zero": ("multiple of 3", "0", "number % 3 == 0", "0"),
    "positive_one": ("positive number", "1", "number > 0", "1"),
}


@family(rule=tuple(_REPLACED_BY_KIND))
def replace_numbers_of_a_kind(choose: Chooser, rule: str) -> Exercise:
    """Replace the even, odd, negative ... numbers of a list."""
    kind, by, condition, value = _REPLACED_BY_KIND[rule]
    article = "an" if kind[0] in "aeiou" else "a"
    given = choose.one_of(NUMBERS)
    return Exercise(
        texts=(
            f"replace every {kind} in {given} with {by}",
            f"replace each {kind} of a list by {by} and keep the others",
            f"Given a list of integers, return a new list in which each {kind} is replaced with "
            f"{by}.",
            f"return a copy of a list where any {kind} has become {by}",
            f"change all elements of a list: if an element is {article} {kind}, it becomes {by}, "
            "else it stays",
        ),
        names=(f"replace_{rule}", "replace_numbers", "transform_list", f"change_{kind.split()[0]}"),
        solutions=(
            returns("numbers", f"[{value} if {condition} else number for number in numbers]"),
            f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    if {condition}:
                        result.append({value})
                    else:
                        result.append(number)
                return result
            """,
            f"""
            def solve(numbers):
                for index, number in enumerate(numbers):
                    if {condition}:
                        numbers[index] = {value}
                return numbers
            """,
        ),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8), -15, 25)]
        + [([],), ([-4, 3, 6],)],
    )


_NONES = {
    "zero": (
        ("replace every None in {} with 0", "fill the missing (None) values of {} with 0"),
        "fill_with_zero",
    ),
    "drop": (
        ("remove all None values from {}", "drop the missing (None) values of {}"),
        "remove_none",
    ),
    "count": (
        ("count the None values in {}", "find how many values of {} are missing (None)"),
        "count_none",
    ),
    "previous": (
        (
            "replace every None in {} with the last value before it (None at the start stays)",
            "fill the gaps (None) of {} with the previous value, if there is one",
        ),
        "forward_fill",
    ),
}


@family(what=tuple(_NONES))
def missing_values_in_a_list(choose: Chooser, what: str) -> Exercise:
    """Replace, remove or count None."""
    asks, name = _NONES[what]
    solutions = {
        "zero": (
            returns("items", "[0 if item is None else item for item in items]"),
            """
            def solve(items):
                result = []
                for item in items:
                    if item is None:
                        result.append(0)
                    else:
                        result.append(item)
                return result
            """,
        ),
        "drop": (
            returns("items", "[item for item in items if item is not None]"),
            returns("items", "list(filter(lambda item: item is not None, items))"),
        ),
        "count": (
            returns("items", "items.count(None)"),
            returns("items", "sum(1 for item in items if item is None)"),
        ),
        "previous": (
            """
            def solve(items):
                result = []
                last = None
                for item in items:
                    if item is not None:
                        last = item
                    result.append(last)
                return result
            """,
        ),
    }[what]
    lists = [
        [None if choose.chance(0.35) else choose.integer(0, 20) for _ in range(num)]
        for num in (4, 5, 6, 7)
    ]
    return Exercise(
        texts=ask_to(choose.one_of(("a list", "a list of numbers", "a given list")), asks),
        names=(name, f"{name}_values", "handle_missing"),
        solutions=solutions,
        arguments=[(items,) for items in lists]
        + [([None, 3, None, None, 0],), ([choose.integer(0, 9), 4],), ([],)],
    )
