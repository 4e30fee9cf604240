"""Sorted lists: by keys, by several keys, by custom orders."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_to,
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
