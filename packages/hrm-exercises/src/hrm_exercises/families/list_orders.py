"""Elements of lists in another order: rotated, reversed, swapped, moved."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    ask_whether,
    item_lists,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_ROTATIONS = {
    "left": Task(
        (
            "rotate {} to the left by <k> positions",
            "move the first <k> elements of {} to its end",
            "shift the elements of {} left by <k> places so that the first ones reappear at the "
            "end",
        ),
        ("rotate_left", "left_rotate", "shift_left"),
        (
            """
            def solve(items, k):
                if not items:
                    return items
                k %= len(items)
                return items[k:] + items[:k]
            """,
            """
            def solve(items, k):
                for _ in range(k):
                    if items:
                        items.append(items.pop(0))
                return items
            """,
            """
            from collections import deque

            def solve(items, k):
                result = deque(items)
                result.rotate(-k)
                return list(result)
            """,
        ),
    ),
    "right": Task(
        (
            "rotate {} to the right by <k> positions",
            "shift all elements of {} to the right by <k> places; what falls off comes in at the "
            "front",
            "rotate {} <k> times, moving the last element to the front each time",
        ),
        ("rotate_right", "right_rotate", "shift_right"),
        (
            """
            def solve(items, k):
                if not items:
                    return items
                k %= len(items)
                return items[len(items) - k:] + items[:len(items) - k]
            """,
            """
            def solve(items, k):
                for _ in range(k):
                    if items:
                        items.insert(0, items.pop())
                return items
            """,
            """
            from collections import deque

            def solve(items, k):
                result = deque(items)
                result.rotate(k)
                return list(result)
            """,
        ),
    ),
}


@family(direction=tuple(_ROTATIONS))
def rotate_by_k(choose: Chooser, direction: str) -> Exercise:
    """Rotate a list by k places."""
    task = _ROTATIONS[direction]
    lists = item_lists(choose, 5, (3, 8))
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(0, 3)) for items in lists[:3]]
        + [(items, len(items) + choose.integer(0, 3)) for items in lists[3:]]
        + [([], 2), ([1, 2, 3], 1)],
    )


_CYCLES = {
    "one_left": Task(
        (
            "move the first element of {} to the end",
            "rotate {} by one place to the left",
            "put the first element of {} behind all the others",
        ),
        ("first_to_end", "rotate_once", "move_first_to_last"),
        (
            returns("items", "items[1:] + items[:1]"),
            """
            def solve(items):
                items.append(items.pop(0))
                return items
            """,
        ),
    ),
    "one_right": Task(
        (
            "move the last element of {} to the front",
            "rotate {} by one place to the right",
            "put the last element of {} before all the others",
        ),
        ("last_to_front", "rotate_right_once", "move_last_to_first"),
        (
            returns("items", "items[-1:] + items[:-1]"),
            """
            def solve(items):
                items.insert(0, items.pop())
                return items
            """,
        ),
    ),
    "all": Task(
        (
            "return all rotations of {}, starting with the list itself and rotating left",
            "list every left rotation of {}, beginning with the unrotated list",
        ),
        ("all_rotations", "list_rotations", "rotations"),
        (
            returns("items", "[items[index:] + items[:index] for index in range(len(items))]"),
            """
            def solve(items):
                result = []
                for index in range(len(items)):
                    result.append(items[index:] + items[:index])
                return result
            """,
        ),
    ),
    "halves": Task(
        (
            "exchange the two halves of {} (a middle element stays in the middle)",
            "swap the first and the second half of {}; with an odd length, the middle stays",
        ),
        ("swap_halves", "exchange_halves", "second_half_first"),
        (
            """
            def solve(items):
                half = len(items) // 2
                end = len(items) - half
                return items[end:] + items[half:end] + items[:half]
            """,
        ),
    ),
}


@family(way=tuple(_CYCLES))
def rotate_without_a_number(choose: Chooser, way: str) -> Exercise:
    """Rotate by one, exchange halves, list all rotations."""
    task = _CYCLES[way]
    sizes = (2, 4) if way == "all" else (3, 8)
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in item_lists(choose, 5, sizes)] + [([9],)],
    )


@family(sort=("lists", "sorted"))
def is_it_a_rotation(choose: Chooser, sort: str) -> Exercise:
    """Check whether a list is a rotation of another list or of a sorted one."""
    arguments: list[tuple[list[int], ...]] = []
    for index in range(6):
        numbers = choose.sample(range(1, 30), (3, 6))
        if sort == "sorted":
            numbers.sort()
        k = choose.integer(0, len(numbers) - 1)
        rotated = numbers[k:] + numbers[:k]
        if index % 2:
            rotated = choose.shuffled(rotated)
        arguments.append((numbers, rotated) if sort == "lists" else (rotated,))
    if sort == "lists":
        return Exercise(
            texts=(
                "check whether one list is a rotation of another list",
                "check if the second list can be made by rotating the first one",
                "Given two lists, return True if one of them is a rotation of the other, else "
                "return False.",
                "determine if two lists are rotations of each other",
            ),
            names=("is_rotation", "are_rotations", "check_rotation"),
            solutions=(
                """
                def solve(first, second):
                    if len(first) != len(second):
                        return False
                    for index in range(len(first)):
                        if first[index:] + first[:index] == second:
                            return True
                    return first == second
                """,
                """
                def solve(first, second):
                    if first == second:
                        return True
                    return any(
                        first[index:] + first[:index] == second for index in range(len(first))
                    )
                """,
            ),
            arguments=[*arguments, ([1, 2], [2, 1, 2])],
        )
    return Exercise(
        texts=ask_whether(
            choose.one_of(NUMBERS),
            (
                "is a rotated version of a sorted list",
                "could become sorted in ascending order by a rotation",
            ),
        ),
        names=("is_rotated_sorted", "is_sorted_and_rotated", "check_rotated"),
        solutions=(
            """
            def solve(numbers):
                drops = 0
                for index in range(len(numbers)):
                    if numbers[index - 1] > numbers[index]:
                        drops += 1
                return drops <= 1
            """,
            """
            def solve(numbers):
                for index in range(len(numbers)):
                    rotated = numbers[index:] + numbers[:index]
                    if rotated == sorted(numbers):
                        return True
                return not numbers
            """,
        ),
        arguments=[*arguments, ([],), ([2, 1, 4, 3],)],
    )


_REVERSALS = {
    "whole": Task(
        ("reverse {}", "reverse the order of the elements of {}", "return {} in reverse order"),
        ("reverse_list", "reversed_list", "flip"),
        (
            returns("items", "items[::-1]"),
            returns("items", "list(reversed(items))"),
            """
            def solve(items):
                result = []
                for item in items:
                    result.insert(0, item)
                return result
            """,
            """
            def solve(items):
                items.reverse()
                return items
            """,
        ),
    ),
    "in_place": Task(
        (
            "reverse {} in place by swapping elements from both ends",
            "reverse {} without slices or reverse(): exchange the outer elements and move inwards",
        ),
        ("reverse_in_place", "reverse_by_swapping", "two_pointer_reverse"),
        (
            """
            def solve(items):
                left = 0
                right = len(items) - 1
                while left < right:
                    items[left], items[right] = items[right], items[left]
                    left += 1
                    right -= 1
                return items
            """,
            """
            def solve(items):
                for index in range(len(items) // 2):
                    other = len(items) - 1 - index
                    items[index], items[other] = items[other], items[index]
                return items
            """,
        ),
    ),
    "with_itself": Task(
        (
            "append the reverse of {} to it",
            "return {} followed by its elements in reverse order",
        ),
        ("mirror_list", "list_and_reverse", "make_palindrome"),
        (returns("items", "items + items[::-1]"),),
    ),
    "halves": Task(
        (
            "reverse each half of {} separately (the second half is the longer one)",
            "reverse the first half and the second half of {}; a middle element belongs to the "
            "second",
        ),
        ("reverse_halves", "flip_halves", "reverse_each_half"),
        (
            """
            def solve(items):
                half = len(items) // 2
                return items[:half][::-1] + items[half:][::-1]
            """,
        ),
    ),
}


@family(what=tuple(_REVERSALS))
def reverse_a_whole_list(choose: Chooser, what: str) -> Exercise:
    """Reverse a list in several ways."""
    task = _REVERSALS[what]
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in item_lists(choose, 5, (2, 8))] + [([],), ([5],)],
    )


_PART_REVERSALS = {
    "first_k": Task(
        (
            "reverse the first <k> elements of {}",
            "reverse {} up to position <k> and leave the rest as it is",
        ),
        ("reverse_first_k", "reverse_prefix", "reverse_up_to"),
        (
            returns("items, k", "items[:k][::-1] + items[k:]"),
            """
            def solve(items, k):
                items[:k] = reversed(items[:k])
                return items
            """,
        ),
    ),
    "last_k": Task(
        (
            "reverse the last <k> elements of {}",
            "reverse only the part of {} that is made of its last <k> elements",
        ),
        ("reverse_last_k", "reverse_suffix", "reverse_end"),
        (
            """
            def solve(items, k):
                start = len(items) - k
                return items[:start] + items[start:][::-1]
            """,
        ),
    ),
    "groups": Task(
        (
            "reverse {} in groups of <k> elements; the last group may be shorter",
            "cut {} into blocks of <k> and reverse each block (a shorter last one too)",
        ),
        ("reverse_in_groups", "reverse_blocks", "reverse_chunks"),
        (
            """
            def solve(items, k):
                result = []
                for index in range(0, len(items), k):
                    result += items[index:index + k][::-1]
                return result
            """,
            """
            def solve(items, k):
                for index in range(0, len(items), k):
                    items[index:index + k] = reversed(items[index:index + k])
                return items
            """,
        ),
    ),
    "except_first": Task(
        (
            "reverse {} but keep the first <k> elements in place",
            "reverse everything in {} after the first <k> elements",
        ),
        ("reverse_after", "reverse_rest", "reverse_from"),
        (returns("items, k", "items[:k] + items[k:][::-1]"),),
    ),
}


@family(part=tuple(_PART_REVERSALS))
def reverse_a_part_of_a_list(choose: Chooser, part: str) -> Exercise:
    """Reverse k elements or groups of k."""
    task = _PART_REVERSALS[part]
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(2, 4)) for items in item_lists(choose, 5, (4, 9))]
        + [([1, 2, 3], 3), ([4, 5, 6, 7], 1)],
    )


@family(ends=("inclusive", "exclusive"))
def reverse_between_indexes(choose: Chooser, ends: str) -> Exercise:
    """Reverse a slice of a list."""
    extra = " + 1" if ends == "inclusive" else ""
    told = "both included" if ends == "inclusive" else "the second one not included"
    arguments = []
    for items in item_lists(choose, 6, (4, 9)):
        start = choose.integer(0, len(items) - 2)
        end = choose.integer(start + 1, len(items) - 1)
        arguments.append((items, start, end if ends == "inclusive" else end + 1))
    return Exercise(
        texts=ask_to(
            choose.one_of(ITEMS),
            (
                f"reverse the part of {{}} from index <start> to index <end>, {told}",
                f"reverse the elements of {{}} between two given indexes, {told}",
                f"reverse {{}} only between the indexes <start> and <end> ({told})",
            ),
        ),
        names=("reverse_between", "reverse_sublist", "reverse_slice"),
        solutions=(
            f"""
            def solve(items, start, end):
                return items[:start] + items[start:end{extra}][::-1] + items[end{extra}:]
            """,
            f"""
            def solve(items, start, end):
                items[start:end{extra}] = items[start:end{extra}][::-1]
                return items
            """,
        ),
        arguments=arguments,
        synonyms={"start": ("i", "low", "m", "left"), "end": ("j", "high", "stop", "right")},
    )


_SWAPS = {
    "ends": Task(
        (
            "swap the first and the last element of {}",
            "interchange the first element of {} with the last",
        ),
        ("swap_first_last", "swap_ends", "interchange_ends"),
        (
            """
            def solve(numbers):
                numbers[0], numbers[-1] = numbers[-1], numbers[0]
                return numbers
            """,
            """
            def solve(numbers):
                temp = numbers[0]
                numbers[0] = numbers[len(numbers) - 1]
                numbers[len(numbers) - 1] = temp
                return numbers
            """,
        ),
    ),
    "neighbours": Task(
        (
            "swap each pair of neighbours in {}: the first with the second, the third with the "
            "fourth and so on",
            "exchange every two adjacent elements of {}; a last one without a partner stays",
        ),
        ("swap_pairs", "swap_neighbours", "exchange_adjacent"),
        (
            """
            def solve(numbers):
                for index in range(0, len(numbers) - 1, 2):
                    numbers[index], numbers[index + 1] = numbers[index + 1], numbers[index]
                return numbers
            """,
            """
            def solve(numbers):
                result = []
                for index in range(0, len(numbers), 2):
                    result.extend(reversed(numbers[index:index + 2]))
                return result
            """,
        ),
    ),
    "extremes": Task(
        (
            "swap the smallest and the largest element of {} (all elements differ)",
            "exchange the positions of the minimum and the maximum in {}",
        ),
        ("swap_min_max", "exchange_extremes", "swap_smallest_largest"),
        (
            """
            def solve(numbers):
                low = numbers.index(min(numbers))
                high = numbers.index(max(numbers))
                numbers[low], numbers[high] = numbers[high], numbers[low]
                return numbers
            """,
        ),
    ),
    "max_last": Task(
        (
            "swap the largest element of {} with the last one",
            "bring the maximum of {} to the end by exchanging it with the last element",
        ),
        ("swap_max_with_last", "max_to_end", "largest_last"),
        (
            """
            def solve(numbers):
                index = numbers.index(max(numbers))
                numbers[index], numbers[-1] = numbers[-1], numbers[index]
                return numbers
            """,
        ),
    ),
    "min_first": Task(
        (
            "swap the smallest element of {} with the first one",
            "bring the minimum of {} to the front by exchanging it with the first element",
        ),
        ("swap_min_with_first", "min_to_front", "smallest_first"),
        (
            """
            def solve(numbers):
                index = numbers.index(min(numbers))
                numbers[index], numbers[0] = numbers[0], numbers[index]
                return numbers
            """,
        ),
    ),
}


@family(which=tuple(_SWAPS))
def swap_certain_elements(choose: Chooser, which: str) -> Exercise:
    """Swap the ends, the neighbours or the extremes of a list."""
    task = _SWAPS[which]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.sample(range(1, 60), (3, 8)),) for _ in range(5)] + [([4],), ([8, 2],)],
    )


@family(counted=(0, 1))
def swap_two_places(choose: Chooser, counted: int) -> Exercise:
    """Swap the elements at two indexes or positions."""
    arguments = []
    for items in item_lists(choose, 6, (3, 8)):
        i, j = choose.sample(range(len(items)), 2)
        arguments.append((items, i + counted, j + counted))
    less = " - 1" if counted else ""
    noun = "positions" if counted else "indexes"
    hint = ", where positions are counted from 1" if counted else ""
    return Exercise(
        texts=ask_to(
            choose.one_of(ITEMS),
            (
                f"swap the elements of {{}} at two given {noun}{hint}",
                f"exchange the elements of {{}} at {noun} <i> and <j>{hint}",
                f"swap two elements of {{}}, given by their {noun}{hint}",
            ),
        ),
        names=("swap_elements", "swap_positions", "exchange_elements", "swap_at"),
        solutions=(
            f"""
            def solve(items, i, j):
                items[i{less}], items[j{less}] = items[j{less}], items[i{less}]
                return items
            """,
            f"""
            def solve(items, i, j):
                temp = items[i{less}]
                items[i{less}] = items[j{less}]
                items[j{less}] = temp
                return items
            """,
        ),
        arguments=arguments,
        synonyms={"i": ("pos1", "m", "p", "x"), "j": ("pos2", "n", "q", "y")},
    )


_MOVES = {
    "zeros_end": ("all zeros", "to the end", "== 0", "!= 0", False),
    "zeros_front": ("all zeros", "to the front", "== 0", "!= 0", True),
    "negatives_end": ("all negative numbers", "to the end", "< 0", ">= 0", False),
    "negatives_front": ("all negative numbers", "to the beginning", "< 0", ">= 0", True),
    "evens_front": ("the even numbers", "before the odd ones", "% 2 == 0", "% 2 != 0", True),
    "evens_end": ("the even numbers", "behind the odd ones", "% 2 == 0", "% 2 != 0", False),
    "positives_front": ("all positive numbers", "to the front", "> 0", "<= 0", True),
    "large_end": ("all numbers above 10", "to the end", "> 10", "<= 10", False),
    "threes_front": ("the multiples of 3", "to the front", "% 3 == 0", "% 3 != 0", True),
}


@family(move=tuple(_MOVES))
def move_numbers_of_a_kind(choose: Chooser, move: str) -> Exercise:
    """Move some elements to one end and keep the order of all others."""
    what, where, condition, opposite, front = _MOVES[move]
    verb = choose.one_of(("move", "move", "shift", "put"))
    moved = f"[number for number in numbers if number {condition}]"
    others = f"[number for number in numbers if number {opposite}]"
    one, other = (moved, others) if front else (others, moved)
    key = opposite if front else condition
    return Exercise(
        texts=ask_to(
            choose.one_of(NUMBERS),
            (
                f"{verb} {what} of {{}} {where} without changing the order of the others",
                f"{verb} {what} in {{}} {where} and keep the relative order of all elements",
                f"{verb} {what} of {{}} {where}",
            ),
        ),
        names=(f"move_{move}", f"{move.split('_')[0]}_to_{move.split('_')[1]}", "rearrange"),
        solutions=(
            f"""
            def solve(numbers):
                moved = {moved}
                others = {others}
                return {"moved + others" if front else "others + moved"}
            """,
            f"""
            def solve(numbers):
                return {one} + {other}
            """,
            f"""
            def solve(numbers):
                return sorted(numbers, key=lambda number: number {key})
            """,
            f"""
            def solve(numbers):
                moved = []
                others = []
                for number in numbers:
                    if number {condition}:
                        moved.append(number)
                    else:
                        others.append(number)
                return {"moved + others" if front else "others + moved"}
            """,
        ),
        arguments=[
            ([0 if choose.chance(0.2) else n for n in numbers],)
            for numbers in number_lists(choose, 5, (4, 9), -9, 20)
        ]
        + [([0, 5, 0, -3, 6, 12],), ([],)],
        synonyms={"key": ("key",)},
    )


@family(where=("end", "front"))
def move_a_given_value(choose: Chooser, where: str) -> Exercise:
    """Move all occurrences of a value to one end."""
    others = "[number for number in numbers if number != item]"
    moved = "[item] * numbers.count(item)"
    told = choose.one_of(
        ("to the end",) if where == "end" else ("to the front", "to the beginning")
    )
    lists = number_lists(choose, 5, (4, 9), 0, 5)
    return Exercise(
        texts=ask_to(
            choose.one_of(NUMBERS),
            (
                f"move all occurrences of <item> in {{}} {told}",
                f"move every element of {{}} that equals a given value {told}, the others keep "
                "their order",
            ),
        ),
        names=(f"move_to_{where}", f"push_to_{where}", f"value_to_{where}"),
        solutions=(
            returns(
                "numbers, item", f"{others} + {moved}" if where == "end" else f"{moved} + {others}"
            ),
            f"""
            def solve(numbers, item):
                count = numbers.count(item)
                others = {others}
                return {"others + [item] * count" if where == "end" else "[item] * count + others"}
            """,
        ),
        arguments=[(numbers, choose.one_of(numbers)) for numbers in lists] + [([1, 2], 7)],
    )


_ORDERS = {
    "outside_in": Task(
        (
            "the elements in the order first, last, second, second to last and so on",
            "a list that takes elements alternately from the front and the back",
        ),
        ("outside_in", "alternate_ends", "front_and_back"),
        (
            """
            def solve(items):
                result = []
                left = 0
                right = len(items) - 1
                while left < right:
                    result.append(items[left])
                    result.append(items[right])
                    left += 1
                    right -= 1
                if left == right:
                    result.append(items[left])
                return result
            """,
            """
            def solve(items):
                rest = list(items)
                result = []
                while rest:
                    result.append(rest.pop(0))
                    if rest:
                        result.append(rest.pop())
                return result
            """,
        ),
    ),
    "evens_then_odds": Task(
        ("the elements at even indexes followed by those at odd indexes",),
        ("even_then_odd_indexes", "regroup_by_index", "unshuffle"),
        (returns("items", "items[::2] + items[1::2]"),),
    ),
    "riffle": Task(
        (
            "the perfect shuffle of {}: elements of the first and the second half in turn",
            "the elements of the two halves of {} alternately, beginning with the first half",
        ),
        ("perfect_shuffle", "riffle", "interleave_halves"),
        (
            """
            def solve(items):
                half = len(items) // 2
                result = []
                for index in range(half):
                    result.append(items[index])
                    result.append(items[half + index])
                return result
            """,
            """
            def solve(items):
                half = len(items) // 2
                pairs = zip(items[:half], items[half:])
                return [item for pair in pairs for item in pair]
            """,
        ),
    ),
}


@family(order=tuple(_ORDERS))
def regular_reordering(choose: Chooser, order: str) -> Exercise:
    """Return the elements in another regular order."""
    task = _ORDERS[order]
    if order == "riffle":
        arguments = [(choose.integers(num, 0, 20),) for num in (4, 6, 8, 2)] + [([],)]
    else:
        arguments = [(items,) for items in item_lists(choose, 5, (3, 9))] + [([],)]
    given = "a list of even length" if order == "riffle" else choose.one_of(ITEMS)
    return Exercise(
        texts=ask_for(given, task.asks, choose.one_of(("of", "from"))),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
    )
