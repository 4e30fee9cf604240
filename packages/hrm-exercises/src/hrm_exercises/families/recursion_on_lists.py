"""Recursion over lists, texts and lists in lists."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.recursion import RecursiveTask, recursive_exercise
from hrm_exercises.family import Exercise, family


def _folding(empty: str, combine: str) -> tuple[str, ...]:
    """Return two styles of a recursion over a list that may be empty."""
    return (
        f"""
        def solve(numbers):
            if not numbers:
                return {empty}
            return {combine}
        """,
        f"""
        def solve(numbers):
            if len(numbers) == 0:
                return {empty}
            return {combine}
        """,
        f"""
        def solve(numbers):
            return {empty} if not numbers else {combine}
        """,
    )


def _folding_some(combine: str) -> tuple[str, ...]:
    """Return two styles of a recursion over a list that is not empty."""
    return (
        f"""
        def solve(numbers):
            if len(numbers) == 1:
                return numbers[0]
            return {combine}(numbers[0], solve(numbers[1:]))
        """,
        f"""
        def solve(numbers):
            if len(numbers) == 1:
                return numbers[0]
            rest = solve(numbers[1:])
            return numbers[0] if numbers[0] {">" if combine == "max" else "<"} rest else rest
        """,
    )


_FOLDS: dict[str, RecursiveTask] = {
    "sum": (
        "find the sum of a list of numbers",
        "add up all elements of a list",
        "the sum of the elements of a list, 0 for an empty list",
        ("sum_list", "recursive_sum", "list_sum", "add_all"),
        (
            *_folding("0", "numbers[0] + solve(numbers[1:])"),
            *_folding("0", "solve(numbers[:-1]) + numbers[-1]"),
        ),
    ),
    "product": (
        "find the product of a list of numbers",
        "multiply all elements of a list",
        "the product of the elements of a list, 1 for an empty list",
        ("product_list", "recursive_product", "multiply_all"),
        _folding("1", "numbers[0] * solve(numbers[1:])"),
    ),
    "length": (
        "find the length of a list without len",
        "count the elements of a list",
        "the number of elements in a list",
        ("list_length", "count_elements", "recursive_length"),
        _folding("0", "1 + solve(numbers[1:])")[::2],
    ),
    "max": (
        "find the largest element of a list",
        "find the maximum of a list of numbers",
        "the largest number in a list",
        ("find_max", "recursive_max", "largest", "max_element"),
        _folding_some("max"),
    ),
    "min": (
        "find the smallest element of a list",
        "find the minimum of a list of numbers",
        "the smallest number in a list",
        ("find_min", "recursive_min", "smallest", "min_element"),
        _folding_some("min"),
    ),
    "even_count": (
        "count the even numbers in a list",
        "find how many elements of a list are even",
        "the number of even elements in a list",
        ("count_even", "even_count", "num_even"),
        _folding("0", "(1 if numbers[0] % 2 == 0 else 0) + solve(numbers[1:])")[:2],
    ),
    "alternating": (
        "find the alternating sum of a list (first minus second plus third and so on)",
        "add and subtract the elements of a list in turn, starting with a plus",
        "the alternating sum a - b + c - d ... of a list",
        ("alternating_sum", "plus_minus_sum", "alternate_sum"),
        _folding("0", "numbers[0] - solve(numbers[1:])"),
    ),
    "reverse": (
        "reverse a list",
        "turn a list around so that the last element comes first",
        "the elements of a list in reverse order",
        ("reverse_list", "recursive_reverse", "reversed_list"),
        _folding("[]", "solve(numbers[1:]) + [numbers[0]]"),
    ),
    "all_positive": (
        "check whether all numbers of a list are positive",
        "test if every element of a list is greater than zero",
        "True if a list has only positive numbers, else False",
        ("all_positive", "only_positive", "is_all_positive"),
        _folding("True", "numbers[0] > 0 and solve(numbers[1:])")[:2],
    ),
}


@family(task=tuple(_FOLDS))
def recursive_list_folds(choose: Chooser, task: str) -> Exercise:
    """Reduce a list to one value, element by element."""
    low = 1 if task == "product" else -9
    arguments = [(choose.integers((3, 7), low, 12),) for _ in range(5)]
    arguments.append((choose.integers(1, low, 12),))
    if task == "all_positive":
        arguments += [(choose.integers((2, 6), 1, 20),) for _ in range(3)]
    elif task not in ("max", "min"):
        arguments.append(([],))
    return recursive_exercise(_FOLDS[task], arguments)


def _building(step: str) -> tuple[str, ...]:
    """Return two styles of a recursion that makes a list of a list, with a second argument."""
    return (
        f"""
        def solve(numbers, k):
            if not numbers:
                return []
            return {step}
        """,
        f"""
        def solve(numbers, k):
            if numbers == []:
                return []
            return {step}
        """,
    )


_LISTS_WITH_K: dict[str, RecursiveTask] = {
    "multiply": (
        "multiply each element of a list by a number",
        "scale all numbers of a list by the factor <k>",
        "a list of all elements multiplied by <k>",
        ("multiply_each", "scale_list", "times_k"),
        _building("[numbers[0] * k] + solve(numbers[1:], k)"),
    ),
    "add": (
        "add a number to each element of a list",
        "increase every element of a list by <k>",
        "a list in which <k> is added to each number",
        ("add_to_each", "increase_all", "add_k"),
        _building("[numbers[0] + k] + solve(numbers[1:], k)"),
    ),
    "remove": (
        "remove all occurrences of a value from a list",
        "drop every element of a list that equals <k>",
        "the list without the elements that are equal to <k>",
        ("remove_all", "drop_value", "without_value"),
        (
            """
            def solve(numbers, k):
                if not numbers:
                    return []
                if numbers[0] == k:
                    return solve(numbers[1:], k)
                return [numbers[0]] + solve(numbers[1:], k)
            """,
            """
            def solve(numbers, k):
                if not numbers:
                    return []
                kept = [] if numbers[0] == k else [numbers[0]]
                return kept + solve(numbers[1:], k)
            """,
        ),
    ),
    "count": (
        "count how often a value occurs in a list",
        "count the elements of a list that equal <k>",
        "the number of occurrences of a value in a list",
        ("count_value", "occurrences", "count_occurrences"),
        (
            """
            def solve(numbers, k):
                if not numbers:
                    return 0
                if numbers[0] == k:
                    return 1 + solve(numbers[1:], k)
                return solve(numbers[1:], k)
            """,
            """
            def solve(numbers, k):
                if not numbers:
                    return 0
                return int(numbers[0] == k) + solve(numbers[1:], k)
            """,
        ),
    ),
    "larger": (
        "keep only the elements of a list that are greater than a number",
        "filter the numbers of a list that are larger than <k>",
        "the elements of a list that are greater than <k>",
        ("greater_than", "filter_larger", "keep_larger"),
        (
            """
            def solve(numbers, k):
                if not numbers:
                    return []
                rest = solve(numbers[1:], k)
                return [numbers[0]] + rest if numbers[0] > k else rest
            """,
            """
            def solve(numbers, k):
                if not numbers:
                    return []
                if numbers[0] > k:
                    return [numbers[0]] + solve(numbers[1:], k)
                return solve(numbers[1:], k)
            """,
        ),
    ),
    "position": (
        "find the index of a value in a list, or -1 if it is not there",
        "search a list for <k> and return its first position (-1 if it is missing)",
        "the first index of a value in a list, and -1 if there is none",
        ("linear_search", "find_index", "recursive_search"),
        (
            """
            def solve(numbers, k, start=0):
                if start == len(numbers):
                    return -1
                if numbers[start] == k:
                    return start
                return solve(numbers, k, start + 1)
            """,
            """
            def solve(numbers, k):
                if not numbers:
                    return -1
                if numbers[0] == k:
                    return 0
                place = solve(numbers[1:], k)
                return -1 if place == -1 else place + 1
            """,
        ),
    ),
}


@family(task=tuple(_LISTS_WITH_K))
def recursive_lists_with_a_value(choose: Chooser, task: str) -> Exercise:
    """Change, filter or search a list with a value, element by element."""
    synonyms = {"k": ("value", "x", "target")}
    if task in ("multiply", "add"):
        synonyms = {"k": ("factor", "m", "x") if task == "multiply" else ("amount", "x", "step")}
    arguments: list[tuple[Any, ...]] = []
    for _ in range(5):
        numbers = choose.integers((3, 8), 1, 8)
        arguments.append((numbers, choose.one_of(numbers)))
    arguments += [([], 3), (choose.integers(4, 1, 5), choose.integer(6, 9))]
    return recursive_exercise(_LISTS_WITH_K[task], arguments, synonyms)


def _spelling(empty: str, step: str) -> tuple[str, ...]:
    """Return two styles of a recursion over the characters of a text."""
    return (
        f"""
        def solve(text):
            if not text:
                return {empty}
            return {step}
        """,
        f"""
        def solve(text):
            if text == "":
                return {empty}
            return {step}
        """,
        f"""
        def solve(text):
            if len(text) == 0:
                return {empty}
            else:
                return {step}
        """,
    )


_STRINGS: dict[str, RecursiveTask] = {
    "reverse": (
        "reverse a string",
        "return the characters of a string from back to front",
        "a string in reverse order",
        ("reverse_string", "recursive_reverse", "reverse_text"),
        (
            *_spelling('""', "solve(text[1:]) + text[0]"),
            *_spelling('""', "text[-1] + solve(text[:-1])"),
        ),
    ),
    "length": (
        "find the length of a string without len",
        "count the characters of a string",
        "the number of characters in a string",
        ("string_length", "count_chars", "recursive_len"),
        _spelling("0", "1 + solve(text[1:])")[:2],
    ),
    "vowels": (
        "count the vowels in a string of small letters",
        "find how many vowels (a, e, i, o, u) a lowercase string has",
        "the number of vowels in a lowercase string",
        ("count_vowels", "vowel_count", "num_vowels"),
        (
            *_spelling("0", '(1 if text[0] in "aeiou" else 0) + solve(text[1:])')[:2],
            *_spelling("0", 'int(text[0] in "aeiou") + solve(text[1:])')[:1],
        ),
    ),
    "spaces": (
        "remove all spaces from a string",
        "delete the blanks in a text",
        "a string without its spaces",
        ("remove_spaces", "strip_spaces", "delete_blanks"),
        _spelling('""', '("" if text[0] == " " else text[0]) + solve(text[1:])'),
    ),
    "double": (
        "write every character of a string twice",
        "double each character in a string",
        "a string in which each character is repeated",
        ("double_chars", "repeat_each_char", "duplicate_letters"),
        _spelling('""', "text[0] * 2 + solve(text[1:])"),
    ),
    "star": (
        "put a star (*) between neighbouring characters of a string",
        "insert '*' between all characters of a string",
        "a string with an asterisk between each two characters",
        ("star_string", "insert_stars", "all_star"),
        (
            """
            def solve(text):
                if len(text) <= 1:
                    return text
                return text[0] + "*" + solve(text[1:])
            """,
            """
            def solve(text):
                if len(text) < 2:
                    return text
                return solve(text[:-1]) + "*" + text[-1]
            """,
        ),
    ),
    "neighbours": (
        "shorten each run of equal characters in a string to one character",
        "remove repeated neighbouring characters from a string",
        "a string in which no character directly follows itself, by dropping the repetitions",
        ("remove_adjacent_duplicates", "squeeze", "collapse_runs"),
        (
            """
            def solve(text):
                if len(text) < 2:
                    return text
                if text[0] == text[1]:
                    return solve(text[1:])
                return text[0] + solve(text[1:])
            """,
        ),
    ),
    "palindrome": (
        "check whether a string is a palindrome",
        "test if a string reads the same forwards and backwards",
        "True if a string is a palindrome, False otherwise",
        ("is_palindrome", "palindrome", "check_palindrome"),
        (
            """
            def solve(text):
                if len(text) < 2:
                    return True
                if text[0] != text[-1]:
                    return False
                return solve(text[1:-1])
            """,
            """
            def solve(text):
                if len(text) <= 1:
                    return True
                return text[0] == text[-1] and solve(text[1:-1])
            """,
        ),
    ),
    "first_capital": (
        "find the first capital letter of a string (None if there is none)",
        "return the first uppercase letter in a text, or None",
        "the first capital letter in a string, None if it has none",
        ("first_capital", "first_uppercase", "find_capital"),
        (
            """
            def solve(text):
                if not text:
                    return None
                if text[0].isupper():
                    return text[0]
                return solve(text[1:])
            """,
            """
            def solve(text, start=0):
                if start >= len(text):
                    return None
                if text[start].isupper():
                    return text[start]
                return solve(text, start + 1)
            """,
        ),
    ),
}


@family(task=tuple(_STRINGS))
def recursive_strings(choose: Chooser, task: str) -> Exercise:
    """Build, count or check a text character by character."""
    if task == "palindrome":
        words = []
        for odd in (True, True, False):
            half = choose.word()
            words.append(half + half[::-1][int(odd) :])
        words += [*choose.words(3), choose.letters(1)]
    elif task == "first_capital":
        words = [choose.sentence((1, 3)) for _ in range(5)]
        words = [word[: len(word) // 2] + word[len(word) // 2 :].title() for word in words]
        words += [choose.word(), ""]
    elif task == "neighbours":
        words = ["".join(char * choose.integer(1, 3) for char in choose.word()) for _ in range(5)]
        words += [choose.word(), ""]
    elif task == "spaces":
        words = [choose.sentence((2, 5)) for _ in range(5)] + [choose.word(), ""]
    else:
        words = [*choose.words(5), choose.sentence(2), ""]
    return recursive_exercise(_STRINGS[task], [(word,) for word in words])


def _nested(choose: Chooser, depth: int) -> list[Any]:
    """Return a list of numbers and of such lists."""
    return [
        _nested(choose, depth - 1) if depth and choose.chance(0.35) else choose.integer(1, 20)
        for _ in range(choose.integer(1 if depth < 2 else 3, 4))
    ]


def _walk(start: str, inner: str, leaf: str) -> tuple[str, ...]:
    """Return a recursion over nested lists in a loop."""
    return (
        f"""
        def solve(items):
            result = {start}
            for item in items:
                if isinstance(item, list):
                    {inner}
                else:
                    {leaf}
            return result
        """,
    )


_NESTED: dict[str, RecursiveTask] = {
    "flatten": (
        "flatten a nested list",
        "turn a list with lists at any depth into a flat list",
        "the flat list of all elements of a nested list",
        ("flatten", "flatten_list", "flat_list", "unnest"),
        (
            *_walk("[]", "result.extend(solve(item))", "result.append(item)"),
            """
            def solve(items):
                if not items:
                    return []
                if isinstance(items[0], list):
                    return solve(items[0]) + solve(items[1:])
                return [items[0]] + solve(items[1:])
            """,
        ),
    ),
    "sum": (
        "find the sum of all numbers in a nested list",
        "add up the numbers of a list that may contain lists at any depth",
        "the sum of all numbers in a list of numbers and lists",
        ("nested_sum", "deep_sum", "sum_nested"),
        (
            *_walk("0", "result += solve(item)", "result += item"),
            """
            def solve(items):
                return sum(solve(item) if isinstance(item, list) else item for item in items)
            """,
        ),
    ),
    "count": (
        "count the numbers in a nested list",
        "find how many numbers a list of numbers and lists holds at all depths",
        "the number of elements of a nested list that are not lists",
        ("count_nested", "deep_count", "count_leaves"),
        (
            *_walk("0", "result += solve(item)", "result += 1"),
            """
            def solve(items):
                return sum(solve(item) if isinstance(item, list) else 1 for item in items)
            """,
        ),
    ),
    "depth": (
        "find the depth of a nested list, where a flat list has depth 1",
        "find how deeply lists are nested in a list (1 for a list without lists)",
        "the nesting depth of a list, 1 for a flat one",
        ("list_depth", "max_depth", "nesting_depth"),
        (
            """
            def solve(items):
                depth = 0
                for item in items:
                    if isinstance(item, list):
                        depth = max(depth, solve(item))
                return depth + 1
            """,
            """
            def solve(items):
                if not isinstance(items, list):
                    return 0
                return 1 + max(solve(item) for item in items)
            """,
        ),
    ),
    "max": (
        "find the largest number in a nested list",
        "find the maximum of all numbers in a list with lists at any depth",
        "the largest number anywhere in a nested list",
        ("nested_max", "deep_max", "max_nested"),
        (
            """
            def solve(items):
                return max(solve(item) if isinstance(item, list) else item for item in items)
            """,
            """
            def solve(items):
                best = None
                for item in items:
                    value = solve(item) if isinstance(item, list) else item
                    if best is None or value > best:
                        best = value
                return best
            """,
        ),
    ),
    "reverse": (
        "reverse a nested list and all lists inside it",
        "reverse a list of numbers and lists at every level",
        "a nested list with the order reversed at each depth",
        ("deep_reverse", "reverse_nested", "reverse_all_levels"),
        (
            """
            def solve(items):
                if not isinstance(items, list):
                    return items
                return [solve(item) for item in items[::-1]]
            """,
            """
            def solve(items):
                result = []
                for item in reversed(items):
                    result.append(solve(item) if isinstance(item, list) else item)
                return result
            """,
        ),
    ),
    "double": (
        "double every number in a nested list and keep its structure",
        "multiply all numbers of a list with lists at any depth by 2",
        "the nested list with each number doubled",
        ("double_nested", "deep_double", "double_all"),
        (
            """
            def solve(items):
                return [solve(item) if isinstance(item, list) else item * 2 for item in items]
            """,
            """
            def solve(items):
                result = []
                for item in items:
                    if isinstance(item, list):
                        result.append(solve(item))
                    else:
                        result.append(2 * item)
                return result
            """,
        ),
    ),
}


@family(task=tuple(_NESTED))
def recursive_nested_lists(choose: Chooser, task: str) -> Exercise:
    """Handle lists in lists at any depth."""
    arguments = [(_nested(choose, choose.integer(1, 3)),) for _ in range(5)]
    return recursive_exercise(_NESTED[task], [*arguments, (choose.integers((1, 4), 1, 20),)])
