"""Sorted lists: by keys, by several keys, by custom orders, in parts; ranks."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_KEY = {"key": ("key",)}

_PLAIN = {
    "ascending": (
        ("sort {} in ascending order", "sort {}", "arrange {} from smallest to largest"),
        "sort_ascending",
        "",
    ),
    "descending": (
        (
            "sort {} in descending order",
            "sort {} from largest to smallest",
            "arrange the elements of {} in decreasing order",
        ),
        "sort_descending",
        "reverse=True",
    ),
    "absolute": (
        ("sort {} by absolute value", "sort {} by the distance of the elements from zero"),
        "sort_by_absolute",
        "key=abs",
    ),
    "last_digit": (
        (
            "sort {} by the last digit; equal ones keep their order",
            "arrange {} by the last digits of its elements",
        ),
        "sort_by_last_digit",
        "key=lambda number: number % 10",
    ),
    "digit_sum": (
        (
            "sort {} by the sum of digits; equal ones keep their order",
            "arrange {} in ascending order of digit sums",
        ),
        "sort_by_digit_sum",
        "key=lambda number: sum(int(digit) for digit in str(number))",
    ),
    "length": (
        ("sort {} by the number of digits; equal ones keep their order",),
        "sort_by_digit_count",
        "key=lambda number: len(str(number))",
    ),
    "parity": (
        (
            "sort {} so that even numbers come first, each group in ascending order",
            "put the even numbers of {} before the odd ones, both sorted in ascending order",
        ),
        "even_first",
        "key=lambda number: (number % 2, number)",
    ),
    "odd_first": (
        (
            "sort {} so that odd numbers come first, each group in ascending order",
            "put the odd numbers of {} before the even ones, both sorted in ascending order",
        ),
        "odd_first",
        "key=lambda number: (number % 2 == 0, number)",
    ),
    "text": (
        (
            "sort {} as if the numbers were strings",
            "sort {} in lexicographic order of the decimal texts",
        ),
        "sort_as_strings",
        "key=str",
    ),
    "reversed_digits": (
        ("sort {} by the numbers that result from reading the digits backwards",),
        "sort_by_reversed_digits",
        "key=lambda number: int(str(number)[::-1])",
    ),
    "remainder": (
        ("sort {} by the remainder after division by 5, equal ones by size",),
        "sort_by_remainder",
        "key=lambda number: (number % 5, number)",
    ),
    "absolute_down": (
        ("sort {} by absolute value in descending order; equal ones keep their order",),
        "largest_absolute_first",
        "key=abs, reverse=True",
    ),
}


@family(by=tuple(_PLAIN))
def sort_numbers_by_a_key(choose: Chooser, by: str) -> Exercise:
    """Sort numbers by size, digits, parity ..."""
    asks, name, options = _PLAIN[by]
    low = -30 if by in ("ascending", "descending", "absolute", "absolute_down") else 1
    tail = f", {options}" if options else ""
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), asks),
        names=(name, f"{name}_list", "sort_numbers" if low == 1 else "sort_list"),
        solutions=(
            returns("numbers", f"sorted(numbers{tail})"),
            f"""
            def solve(numbers):
                numbers.sort({options})
                return numbers
            """,
        ),
        arguments=[(choose.integers((3, 8), low, choose.one_of((40, 150))),) for _ in range(5)]
        + [([7],), ([],)],
        synonyms=_KEY,
    )


_WORD_KEYS = {
    "alphabet": (("sort {} alphabetically", "arrange {} in alphabetical order"), "sort_words", ""),
    "backwards": (("sort {} in reverse alphabetical order",), "sort_words_reverse", "reverse=True"),
    "case": (
        (
            "sort {} alphabetically without regard to case",
            "sort {} alphabetically and ignore upper and lower case",
        ),
        "sort_ignoring_case",
        "key=str.lower",
    ),
    "length": (
        (
            "sort {} by length; words of equal length keep their order",
            "sort {} from the shortest to the longest word",
        ),
        "sort_by_length",
        "key=len",
    ),
    "length_down": (
        ("sort {} from the longest to the shortest word; equal lengths keep their order",),
        "longest_first",
        "key=len, reverse=True",
    ),
    "length_alphabet": (
        ("sort {} by length, and alphabetically where the length is equal",),
        "sort_by_length_then_alphabet",
        "key=lambda word: (len(word), word)",
    ),
    "length_down_alphabet": (
        ("sort {} by length, the longest first; equally long ones alphabetically",),
        "sort_longest_then_alphabet",
        "key=lambda word: (-len(word), word)",
    ),
    "last_letter": (
        ("sort {} by the last letter; equal ones keep their order",),
        "sort_by_last_letter",
        "key=lambda word: word[-1]",
    ),
    "vowels": (
        ("sort {} by the number of vowels; equal ones keep their order",),
        "sort_by_vowels",
        "key=lambda word: sum(char in 'aeiou' for char in word.lower())",
    ),
    "reversed": (
        ("sort {} by the words read backwards",),
        "sort_by_reversed",
        "key=lambda word: word[::-1]",
    ),
    "second_letter": (
        ("sort {} by the second letter; equal ones keep their order",),
        "sort_by_second_letter",
        "key=lambda word: word[1]",
    ),
    "distinct": (
        ("sort {} by the number of different letters; equal ones keep their order",),
        "sort_by_distinct_letters",
        "key=lambda word: len(set(word))",
    ),
}


@family(by=tuple(_WORD_KEYS))
def sort_words_by_a_key(choose: Chooser, by: str) -> Exercise:
    """Sort words by alphabet, length, vowels ..."""
    asks, name, options = _WORD_KEYS[by]
    tail = f", {options}" if options else ""
    lists = [choose.words((3, 7)) for _ in range(6)]
    if by == "case":
        lists = [[w.capitalize() if choose.chance(0.5) else w for w in words] for words in lists]
    given = (
        "a list of words",
        "a list of strings",
        "a given list of words",
        "the given list of strings",
    )
    return Exercise(
        texts=ask_to(choose.one_of(given), asks),
        names=(name, f"{name}_list", "sort_strings"),
        solutions=(
            returns("words", f"sorted(words{tail})"),
            f"""
            def solve(words):
                words.sort({options})
                return words
            """,
        ),
        arguments=[(words,) for words in lists] + [([],)],
        synonyms={**_KEY, "char": ("c", "ch", "letter")},
    )


_PAIR_KEYS = {
    "second": (
        (
            "sort {} by the second element; equal ones keep their order",
            "sort {} in ascending order of the last elements",
        ),
        "sort_by_second",
        "pair[1]",
        "",
    ),
    "second_down": (
        ("sort {} by the second element in descending order; equal ones keep their order",),
        "sort_by_second_descending",
        "pair[1]",
        "reverse=True",
    ),
    "second_first": (
        ("sort {} by the second element and, if equal, by the first one",),
        "sort_by_second_then_first",
        "(pair[1], pair[0])",
        "",
    ),
    "first_second_down": (
        ("sort {} by the first element ascending and, if equal, by the second one descending",),
        "sort_first_up_second_down",
        "(pair[0], -pair[1])",
        "",
    ),
    "second_down_first": (
        ("sort {} by the second element descending and, if equal, by the first one ascending",),
        "sort_second_down_first_up",
        "(-pair[1], pair[0])",
        "",
    ),
    "sum": (
        ("sort {} by the sum of the two elements; equal ones keep their order",),
        "sort_by_sum",
        "pair[0] + pair[1]",
        "",
    ),
    "difference": (
        ("sort {} by the absolute difference of the two elements; equal ones keep their order",),
        "sort_by_difference",
        "abs(pair[0] - pair[1])",
        "",
    ),
    "larger": (
        ("sort {} by the larger of the two elements; equal ones keep their order",),
        "sort_by_larger",
        "max(pair)",
        "",
    ),
    "product": (
        ("sort {} by the product of the two elements; equal ones keep their order",),
        "sort_by_product",
        "pair[0] * pair[1]",
        "",
    ),
}


@family(by=tuple(_PAIR_KEYS))
def sort_pairs_by_several_keys(choose: Chooser, by: str) -> Exercise:
    """Sort pairs of numbers by one or two keys."""
    asks, name, value, options = _PAIR_KEYS[by]
    tail = f", {options}" if options else ""
    lists = [
        [(choose.integer(1, 9), choose.integer(1, 9)) for _ in range(num)]
        for num in (3, 4, 5, 6, 4)
    ]
    given = (
        "a list of tuples",
        "a list of pairs",
        "a given list of tuples",
        "a list of pairs of numbers",
    )
    return Exercise(
        texts=ask_to(choose.one_of(given), asks),
        names=(name, f"{name}_element", "sort_pairs", "sort_tuples"),
        solutions=(
            returns("pairs", f"sorted(pairs, key=lambda pair: {value}{tail})"),
            f"""
            def solve(pairs):
                pairs.sort(key=lambda pair: {value}{tail})
                return pairs
            """,
        ),
        arguments=[(pairs,) for pairs in lists] + [([(2, 1), (1, 2), (2, 2), (1, 1)],)],
        synonyms={**_KEY, "pair": ("x", "p", "t", "item")},
    )


_ROW_KEYS = {
    "each": (
        ("sort each inner list of {}", "sort every sublist of {} in ascending order"),
        "sort_sublists",
        "[sorted(row) for row in rows]",
    ),
    "each_down": (
        ("sort each inner list of {} in descending order",),
        "sort_sublists_descending",
        "[sorted(row, reverse=True) for row in rows]",
    ),
    "sum": (
        ("sort {} by the sums of the inner lists; equal ones keep their order",),
        "sort_by_sublist_sum",
        "sorted(rows, key=sum)",
    ),
    "length": (
        (
            "sort {} by the length of the inner lists; equal ones keep their order",
            "order the sublists of {} from the shortest to the longest",
        ),
        "sort_by_sublist_length",
        "sorted(rows, key=len)",
    ),
    "max": (
        ("sort {} by the largest element of each inner list; equal ones keep their order",),
        "sort_by_sublist_max",
        "sorted(rows, key=max)",
    ),
    "last": (
        ("sort {} by the last element of each inner list; equal ones keep their order",),
        "sort_by_sublist_last",
        "sorted(rows, key=lambda row: row[-1])",
    ),
    "length_down": (
        (
            "sort {} by the length of the inner lists, the longest first; equal ones keep their "
            "order",
        ),
        "longest_sublist_first",
        "sorted(rows, key=len, reverse=True)",
    ),
    "average": (
        ("sort {} by the averages of the inner lists; equal ones keep their order",),
        "sort_by_average",
        "sorted(rows, key=lambda row: sum(row) / len(row))",
    ),
    "all": (
        ("sort each inner list of {} and then the list of these lists",),
        "sort_inside_and_outside",
        "sorted(sorted(row) for row in rows)",
    ),
}


@family(by=tuple(_ROW_KEYS))
def sort_lists_of_lists(choose: Chooser, by: str) -> Exercise:
    """Sort the inner lists or the order of them."""
    asks, name, expression = _ROW_KEYS[by]
    solutions = [returns("rows", expression)]
    if by in ("each", "each_down"):
        option = "reverse=True" if by == "each_down" else ""
        function = f"lambda row: sorted(row, {option})" if option else "sorted"
        solutions += [
            f"""
            def solve(rows):
                for row in rows:
                    row.sort({option})
                return rows
            """,
            returns("rows", f"list(map({function}, rows))"),
        ]
    elif by != "all":
        options = expression.partition(", ")[2][:-1]
        solutions.append(
            f"""
            def solve(rows):
                rows.sort({options})
                return rows
            """
        )
    lists = [[choose.integers((1, 4), 0, 20) for _ in range(num)] for num in (2, 3, 3, 4, 5)]
    given = ("a list of lists", "a given list of lists", "the given list of lists", "a nested list")
    return Exercise(
        texts=ask_to(choose.one_of(given), asks),
        names=(name, f"{name}_of_lists", "sort_nested"),
        solutions=solutions,
        arguments=[(rows,) for rows in lists] + [([],)],
        synonyms={**_KEY, "rows": ("lists", "nested", "matrix", "lst")},
    )


_CUSTOM = {
    "order": Task(
        (
            "sort the first list so that its elements are in the order in which the second list "
            "has them",
            "sort a list by the positions of its elements in an order list",
            "Given a list and a list with the wanted order of all values, sort the first by it.",
        ),
        ("sort_by_order", "custom_sort", "order_like"),
        (
            returns("items, order", "sorted(items, key=order.index)"),
            """
            def solve(items, order):
                rank = {item: index for index, item in enumerate(order)}
                return sorted(items, key=lambda item: rank[item])
            """,
            """
            def solve(items, order):
                result = []
                for item in order:
                    result.extend([item] * items.count(item))
                return result
            """,
        ),
    ),
    "order_rest": Task(
        (
            "put the elements of the first list that occur in the second in the order of the "
            "second; all others follow in ascending order",
            "sort a list like a second list; elements that the second list lacks come last, sorted",
            "Given two lists, arrange the first in the order of the second, then its remaining "
            "elements in ascending order.",
        ),
        ("relative_sort", "sort_like_second", "order_then_rest"),
        (
            """
            def solve(items, order):
                result = []
                for item in order:
                    result.extend([item] * items.count(item))
                rest = [item for item in items if item not in order]
                return result + sorted(rest)
            """,
            """
            def solve(items, order):
                rank = {item: index for index, item in enumerate(order)}
                return sorted(items, key=lambda item: (rank.get(item, len(order)), item))
            """,
        ),
    ),
}


@family(by=tuple(_CUSTOM))
def sort_by_a_given_order(choose: Chooser, by: str) -> Exercise:
    """Sort by the positions in a second list."""
    task = _CUSTOM[by]
    arguments = []
    for _ in range(6):
        order = choose.sample(range(1, 9), (3, 6))
        pool = order if by == "order" else list(range(1, 10))
        arguments.append(([choose.one_of(pool) for _ in range(choose.integer(4, 8))], order))
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={
            **_KEY,
            "order": ("pattern", "wanted", "template"),
            "rank": ("place", "positions"),
        },
    )


_FREQUENCY = {
    "up": (
        "sort {} by frequency, the rarest first; equally frequent values by size",
        "sort_by_frequency",
        "counts[number], number",
    ),
    "down": (
        "sort {} by frequency, the most frequent first; equally frequent values by size",
        "most_frequent_first",
        "-counts[number], number",
    ),
    "down_down": (
        "sort {} by frequency, the most frequent first; equally frequent values from large to "
        "small",
        "frequency_sort",
        "-counts[number], -number",
    ),
}


@family(order=tuple(_FREQUENCY), result=("elements", "distinct"))
def sort_by_frequency_of_values(choose: Chooser, order: str, result: str) -> Exercise:
    """Sort elements by how often they occur."""
    ask, name, key = _FREQUENCY[order]
    if result == "distinct":
        ask = ask.replace("sort {}", "list the distinct values of {}")
        name = f"distinct_{name}"
    source = "numbers" if result == "elements" else "set(numbers)"
    counter = "numbers" if result == "elements" else "counts"
    return Exercise(
        texts=ask_to(
            choose.one_of(NUMBERS),
            (
                ask,
                ask.replace("; equally", ", and equally").replace("values by", "values sorted by")
                if result == "elements"
                else ask,
            ),
        ),
        names=(name, f"{name}_of_values", "by_frequency"),
        solutions=(
            f"""
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                return sorted({counter}, key=lambda number: ({key}))
            """,
            returns(
                "numbers",
                f"sorted({source}, key=lambda number: ({key}))".replace(
                    "counts[number]", "numbers.count(number)"
                ),
            ),
        ),
        arguments=[(choose.integers((5, 9), 1, 5),) for _ in range(5)] + [([3, 1],), ([],)],
        synonyms=_KEY,
    )


_PARTIAL = {
    "first_k": (
        ("sort the first <k> elements of {} and leave the rest as it is",),
        "sort_first_k",
        "sorted(numbers[:k]) + numbers[k:]",
    ),
    "last_k": (
        ("sort the last <k> elements of {} and leave the others in place",),
        "sort_last_k",
        "numbers[:len(numbers) - k] + sorted(numbers[len(numbers) - k:])",
    ),
    "first_down": (
        ("sort the first <k> elements of {} in descending order and keep the others",),
        "sort_first_k_descending",
        "sorted(numbers[:k], reverse=True) + numbers[k:]",
    ),
    "up_down": (
        ("sort the first <k> elements of {} in ascending and the rest in descending order",),
        "up_then_down",
        "sorted(numbers[:k]) + sorted(numbers[k:], reverse=True)",
    ),
    "down_up": (
        ("sort the first <k> elements of {} in descending and the rest in ascending order",),
        "down_then_up",
        "sorted(numbers[:k], reverse=True) + sorted(numbers[k:])",
    ),
    "both": (
        ("sort the first <k> elements and the remaining elements of {} separately",),
        "sort_two_parts",
        "sorted(numbers[:k]) + sorted(numbers[k:])",
    ),
}


@family(part=tuple(_PARTIAL))
def sort_a_part_of_a_list(choose: Chooser, part: str) -> Exercise:
    """Sort the first or last k elements."""
    asks, name, expression = _PARTIAL[part]
    head = asks[0].format("a list of numbers")
    steps = {
        "first_k": "numbers[:k] = sorted(numbers[:k])",
        "last_k": "numbers[len(numbers) - k:] = sorted(numbers[len(numbers) - k:])",
        "first_down": "numbers[:k] = sorted(numbers[:k], reverse=True)",
    }.get(part)
    solutions = [returns("numbers, k", expression)]
    if steps:
        solutions.append(
            f"""
            def solve(numbers, k):
                {steps}
                return numbers
            """
        )
    else:
        one, two = expression.split(" + ")
        solutions.append(
            f"""
            def solve(numbers, k):
                head = {one}
                tail = {two}
                return head + tail
            """
        )
    return Exercise(
        texts=(
            *ask_to(choose.one_of(NUMBERS), asks),
            head,
            f"Given a list and a number <k>, {asks[0].format('the list')}.",
        ),
        names=(name, f"{name}_elements", "partial_sort"),
        solutions=solutions,
        arguments=[
            (numbers, choose.integer(2, 4)) for numbers in number_lists(choose, 5, (4, 8), 0, 30)
        ]
        + [([3, 2, 1], 3), ([5, 4, 9], 0)],
    )


_IN_PLACE = {
    "even": (
        ("sort the even numbers of {} among themselves and keep the odd numbers at their places",),
        "sort_even_numbers_only",
        "number % 2 == 0",
        "",
    ),
    "odd": (
        ("sort the odd numbers of {} among themselves and keep the even numbers at their places",),
        "sort_odd_numbers_only",
        "number % 2 != 0",
        "",
    ),
    "positive": (
        ("sort the positive numbers of {} among themselves; all others stay where they are",),
        "sort_positive_only",
        "number > 0",
        "",
    ),
    "not_minus_one": (
        ("sort all elements of {} except those that are -1, which stay in place",),
        "sort_around_minus_one",
        "number != -1",
        "",
    ),
    "odd_down": (
        ("sort the odd numbers of {} in descending order and keep the even numbers in place",),
        "sort_odd_descending_only",
        "number % 2 != 0",
        ", reverse=True",
    ),
}


@family(kind=tuple(_IN_PLACE))
def sort_only_some_numbers(choose: Chooser, kind: str) -> Exercise:
    """Sort the numbers of a kind, others keep their places."""
    asks, name, condition, option = _IN_PLACE[kind]
    lists = [choose.integers((4, 8), -6, 20) for _ in range(5)]
    if kind == "not_minus_one":
        lists = [[-1 if choose.chance(0.3) else abs(n) for n in numbers] for numbers in lists]
    plain = asks[0].format("a list")
    return Exercise(
        texts=(*ask_to(choose.one_of(NUMBERS), asks), plain),
        names=(name, f"{name}_in_list", "sort_some"),
        solutions=(
            f"""
            def solve(numbers):
                moved = sorted([number for number in numbers if {condition}]{option})
                result = []
                for number in numbers:
                    if {condition}:
                        result.append(moved.pop(0))
                    else:
                        result.append(number)
                return result
            """,
            f"""
            def solve(numbers):
                moved = iter(sorted([number for number in numbers if {condition}]{option}))
                return [next(moved) if {condition} else number for number in numbers]
            """,
        ),
        arguments=[(numbers,) for numbers in lists] + [([],), ([5, 4, 3, 2],)],
        synonyms={"moved": ("chosen", "kept", "selected")},
    )


_INDEX_SORTS = {
    "even_indexes": (
        ("sort the elements at even indexes of {} and leave the others in place",),
        "numbers[::2] = sorted(numbers[::2])",
    ),
    "odd_indexes": (
        ("sort the elements at odd indexes of {} and leave the others in place",),
        "numbers[1::2] = sorted(numbers[1::2])",
    ),
    "even_up_odd_down": (
        (
            "sort the elements of {} at even indexes in ascending and those at odd indexes in "
            "descending order",
        ),
        "numbers[::2] = sorted(numbers[::2])\n                numbers[1::2] = "
        "sorted(numbers[1::2], reverse=True)",
    ),
    "halves": (
        (
            "sort the first half of {} in ascending and the second half in descending order (a "
            "middle element belongs to the second)",
        ),
        "half = len(numbers) // 2\n                numbers = sorted(numbers[:half]) + "
        "sorted(numbers[half:], reverse=True)",
    ),
    "without_ends": (
        ("sort {} but keep the first and the last element in place",),
        "numbers[1:-1] = sorted(numbers[1:-1])",
    ),
}


@family(which=tuple(_INDEX_SORTS))
def sort_at_certain_indexes(choose: Chooser, which: str) -> Exercise:
    """Sort the elements at even or odd indexes, in halves ..."""
    asks, steps = _INDEX_SORTS[which]
    return Exercise(
        texts=(*ask_to(choose.one_of(NUMBERS), asks), asks[0].format("the given list")),
        names=(f"sort_{which}", f"{which}_sorted", "sort_by_index_rule"),
        solutions=(
            f"""
            def solve(numbers):
                {steps}
                return numbers
            """,
        ),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (4, 9), 0, 40)] + [([2, 1],)],
    )


_ZIGZAGS = {
    "min_max": Task(
        (
            "arrange {} as smallest, largest, second smallest, second largest and so on",
            "reorder {} so that minimum and maximum of the remaining elements alternate, minimum "
            "first",
        ),
        ("alternate_min_max", "strange_sort", "min_max_order"),
        (
            """
            def solve(numbers):
                rest = sorted(numbers)
                result = []
                while rest:
                    result.append(rest.pop(0))
                    if rest:
                        result.append(rest.pop())
                return result
            """,
            """
            def solve(numbers):
                numbers = sorted(numbers)
                result = []
                left = 0
                right = len(numbers) - 1
                while left <= right:
                    result.append(numbers[left])
                    if left < right:
                        result.append(numbers[right])
                    left += 1
                    right -= 1
                return result
            """,
        ),
    ),
    "max_min": Task(
        (
            "arrange {} as largest, smallest, second largest, second smallest and so on",
            "reorder {} so that maximum and minimum of the remaining elements alternate, maximum "
            "first",
        ),
        ("alternate_max_min", "max_min_order", "rearrange_max_min"),
        (
            """
            def solve(numbers):
                rest = sorted(numbers)
                result = []
                while rest:
                    result.append(rest.pop())
                    if rest:
                        result.append(rest.pop(0))
                return result
            """,
        ),
    ),
    "wave": Task(
        (
            "sort {} and then swap each two neighbours (first with second, third with fourth ...) "
            "so that it forms a wave",
            "bring {} into wave form: sort it and exchange the elements at indexes 0 and 1, 2 and "
            "3 and so on",
        ),
        ("wave_sort", "wave_form", "sort_in_wave"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                for index in range(0, len(numbers) - 1, 2):
                    numbers[index], numbers[index + 1] = numbers[index + 1], numbers[index]
                return numbers
            """,
        ),
    ),
    "mountain": Task(
        (
            "arrange {} so that it rises and then falls: every second element of the sorted list "
            "from the first on, then the others backwards",
        ),
        ("mountain_order", "rise_and_fall", "pyramid_sort"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return numbers[::2] + numbers[1::2][::-1]
            """,
        ),
    ),
    "pairs": Task(
        (
            "sort {} and return a list of tuples (smallest, largest), (second smallest, second "
            "largest) ...; an element left over is dropped",
        ),
        ("pair_extremes", "min_max_pairs", "couple_ends"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return [(numbers[i], numbers[-1 - i]) for i in range(len(numbers) // 2)]
            """,
            """
            def solve(numbers):
                numbers = sorted(numbers)
                result = []
                for i in range(len(numbers) // 2):
                    result.append((numbers[i], numbers[len(numbers) - 1 - i]))
                return result
            """,
        ),
    ),
}


@family(form=tuple(_ZIGZAGS))
def alternate_small_and_large(choose: Chooser, form: str) -> Exercise:
    """Arrange small and large elements alternately."""
    task = _ZIGZAGS[form]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8), 0, 40)]
        + [([5],), ([],)],
    )


_RANKINGS = {
    "argsort": (
        (
            "the indexes of {} in the order that would sort it (equal elements by index)",
            "the list of indexes that sorts {}",
        ),
        "argsort",
        "sorted(range(len(numbers)), key=lambda index: numbers[index])",
    ),
    "argsort_down": (
        ("the indexes of {} from the largest to the smallest element (equal elements by index)",),
        "argsort_descending",
        "sorted(range(len(numbers)), key=lambda index: -numbers[index])",
    ),
    "rank": (
        (
            "the rank of each element of {}: 1 for the smallest value, 2 for the next and so on; "
            "equal elements share a rank",
        ),
        "rank_elements",
        "[sorted(set(numbers)).index(number) + 1 for number in numbers]",
    ),
    "rank_down": (
        (
            "the place of each element of {} when the largest value has place 1; equal elements "
            "share a place and none is skipped",
        ),
        "rank_descending",
        "[sorted(set(numbers), reverse=True).index(number) + 1 for number in numbers]",
    ),
    "smaller": (
        ("for each element of {} the number of elements that are smaller than it",),
        "count_smaller_for_each",
        "[sum(1 for other in numbers if other < number) for number in numbers]",
    ),
    "greater": (
        ("for each element of {} how many elements are greater than it",),
        "count_greater_for_each",
        "[sum(1 for other in numbers if other > number) for number in numbers]",
    ),
    "competition": (
        ("the place of each score in {} (1 plus the number of better scores)",),
        "places_of_scores",
        "[1 + sum(1 for other in numbers if other > number) for number in numbers]",
    ),
}


@family(what=tuple(_RANKINGS))
def ranks_of_elements(choose: Chooser, what: str) -> Exercise:
    """Ranks of the elements and the indexes that sort a list."""
    asks, name, expression = _RANKINGS[what]
    solutions = [returns("numbers", expression)]
    if what in ("rank", "rank_down"):
        option = ", reverse=True" if what == "rank_down" else ""
        solutions.append(
            f"""
            def solve(numbers):
                ranks = {{}}
                for index, number in enumerate(sorted(set(numbers){option}), 1):
                    ranks[number] = index
                return [ranks[number] for number in numbers]
            """
        )
    elif what in ("smaller", "greater", "competition"):
        sign = "<" if what == "smaller" else ">"
        solutions.append(
            f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    count = {1 if what == "competition" else 0}
                    for other in numbers:
                        if other {sign} number:
                            count += 1
                    result.append(count)
                return result
            """
        )
    return Exercise(
        texts=(*ask_for(choose.one_of(NUMBERS), asks), f"return {asks[0].format('a list')}"),
        names=(name, f"{name}_of_list", f"{what}_list"),
        solutions=solutions,
        arguments=[(choose.integers((3, 7), 0, 30),) for _ in range(5)] + [([20, 10, 20],), ([4],)],
        synonyms={**_KEY, "other": ("y", "m")},
    )


_GROUP_SORTS = {
    "binary": (("a list of zeros and ones", "a list of 0s and 1s"), (0, 1), "sort_zeros_ones"),
    "three": (
        ("a list of zeros, ones and twos", "a list that contains only 0, 1 and 2"),
        (0, 1, 2),
        "sort_colors",
    ),
}


@family(values=tuple(_GROUP_SORTS), order=("ascending", "descending"))
def sort_few_values_by_counting(choose: Chooser, values: str, order: str) -> Exercise:
    """Sort lists of 0 and 1, or of 0, 1 and 2."""
    givens, pool, name = _GROUP_SORTS[values]
    shown = pool if order == "ascending" else pool[::-1]
    reverse = "" if order == "ascending" else ", reverse=True"
    parts = " + ".join(f"[{value}] * numbers.count({value})" for value in shown)
    return Exercise(
        texts=ask_to(
            choose.one_of(givens),
            (f"sort {{}} in {order} order", f"sort {{}} in {order} order by counting the values"),
        ),
        names=(name, f"{name}_{order}", "counting_sort_small"),
        solutions=(
            returns("numbers", parts),
            f"""
            def solve(numbers):
                result = []
                for value in {shown}:
                    result.extend([value] * numbers.count(value))
                return result
            """,
            returns("numbers", f"sorted(numbers{reverse})"),
        ),
        arguments=[([choose.one_of(pool) for _ in range(num)],) for num in (3, 5, 6, 8, 4)]
        + [([],)],
    )


_MIXED = {
    "numbers_first": (
        "sort a mixed list of numbers and strings: numbers first, then strings, each sorted",
        "numbers_then_strings",
    ),
    "strings_first": (
        "sort a mixed list of numbers and strings: strings first, then numbers, each sorted",
        "strings_then_numbers",
    ),
}


@family(order=tuple(_MIXED))
def sort_a_mixed_list(choose: Chooser, order: str) -> Exercise:
    """Sort numbers and strings separately."""
    told, name = _MIXED[order]
    first, second = ("numbers", "words") if order == "numbers_first" else ("words", "numbers")
    word = "strings" if order == "strings_first" else "numbers"
    lists = [
        [choose.word() if choose.chance(0.5) else choose.integer(0, 50) for _ in range(num)]
        for num in (3, 4, 5, 6, 7)
    ]
    return Exercise(
        texts=(
            told,
            f"Given a list that contains integers and strings, return all {word} in ascending "
            "order followed by the sorted rest.",
            f"sort a list of mixed integers and strings so that the {word} come first",
            f"sort a mixed list: the {word} in ascending order, then the others in ascending order",
        ),
        names=(name, "sort_mixed_list", "sort_mixed", f"sort_{order}"),
        solutions=(
            f"""
            def solve(items):
                numbers = sorted(item for item in items if isinstance(item, int))
                words = sorted(item for item in items if isinstance(item, str))
                return {first} + {second}
            """,
            f"""
            def solve(items):
                numbers = []
                words = []
                for item in items:
                    if isinstance(item, int):
                        numbers.append(item)
                    else:
                        words.append(item)
                return sorted({first}) + sorted({second})
            """,
        ),
        arguments=[(items,) for items in lists] + [([3, "b", "a", 1],), ([],)],
        synonyms={"numbers": ("ints", "integers"), "words": ("texts", "strings_")},
    )
