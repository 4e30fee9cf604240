"""Tasks for lambda functions, map, filter and reduce, closures and decorators."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_KEPT = {"key": ("key",)}

_MAPPED = {
    "squares": ("the square", "number ** 2", "numbers"),
    "cubes": ("the cube", "number ** 3", "numbers"),
    "doubles": ("the double", "number * 2", "numbers"),
    "negatives": ("the negative", "-number", "numbers"),
    "texts": ("the text form", "str(number)", "numbers"),
    "remainders": ("the remainder of the division by 3", "number % 3", "numbers"),
    "lengths": ("the length", "len(word)", "words"),
    "upper": ("the upper case form", "word.upper()", "words"),
    "reversed": ("the reversed text", "word[::-1]", "words"),
    "first_letters": ("the first letter", "word[0]", "words"),
}


@family(task=tuple(_MAPPED))
def map_with_a_lambda(choose: Chooser, task: str) -> Exercise:
    """Change each element with map and a lambda function."""
    thing, expression, kind = _MAPPED[task]
    variable = "number" if kind == "numbers" else "word"
    noun = "number" if kind == "numbers" else "word"
    arguments: list[tuple[Any, ...]] = [
        (choose.integers((2, 7), -9, 30) if kind == "numbers" else choose.words((2, 5)),)
        for _ in range(6)
    ]
    return Exercise(
        texts=(
            f"find {thing} of each {noun} in a list using map and a lambda function",
            f"Given a list of {noun}s, return a list with {thing} of every {noun}. Use map.",
            f"use a lambda function to get {thing} of all {noun}s of a list",
            f"map each {noun} of a list to {thing.replace('the ', 'its ', 1)} and return the "
            "results as a list",
        ),
        names=(f"{task}_of_list", f"map_{task}", f"get_{task}", f"{task}_with_map"),
        solutions=(
            f"""
            def solve({kind}):
                return list(map(lambda {variable}: {expression}, {kind}))
            """,
            f"""
            def solve({kind}):
                result = map(lambda x: {expression.replace(variable, "x")}, {kind})
                return list(result)
            """,
        ),
        arguments=[*arguments, ([],)],
    )


_FILTERED = {
    "even": ("even numbers", "x % 2 == 0"),
    "odd": ("odd numbers", "x % 2 != 0"),
    "positive": ("positive numbers", "x > 0"),
    "negative": ("negative numbers", "x < 0"),
    "multiples_of_three": ("multiples of 3", "x % 3 == 0"),
    "two_digit": ("two-digit numbers (from 10 to 99)", "10 <= x <= 99"),
    "above_average": ("numbers above the average", "x > sum(numbers) / len(numbers)"),
    "palindromes": ("words that are palindromes", "x == x[::-1]"),
    "long_words": ("words with more than 5 letters", "len(x) > 5"),
    "vowel_words": ("words that start with a vowel", 'x[0] in "aeiou"'),
}


@family(task=tuple(_FILTERED), measure=("list", "count"))
def filter_with_a_lambda(choose: Chooser, task: str, measure: str) -> Exercise:
    """Select elements with filter and a lambda function."""
    thing, condition = _FILTERED[task]
    kind = "words" if "words" in thing else "numbers"
    does = "find all" if measure == "list" else "count the"
    wanted = "a list of all" if measure == "list" else "the number of"
    call = f"filter(lambda x: {condition}, {kind})"
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        if kind == "numbers":
            arguments.append((choose.integers((3, 8), -20, 130),))
        else:
            words = choose.words((3, 6))
            extra = choose.sample(("level", "noon", "radar", "apple", "orange", "eye", "under"), 2)
            arguments.append((choose.shuffled(words + extra),))
    return Exercise(
        texts=(
            f"{does} {thing} in a list using filter and a lambda function",
            f"Given a list of {kind}, return {wanted} {thing}. Use filter.",
            f"use a lambda function to {does} {thing} of a list",
            f"{'filter' if measure == 'list' else 'count'} the {thing} of a given list with a "
            "lambda function",
        ),
        names=(
            (f"filter_{task}", f"find_{task}", f"get_{task}", f"{task}_only")
            if measure == "list"
            else (f"count_{task}", f"num_{task}", f"{task}_count")
        ),
        solutions=(
            f"""
            def solve({kind}):
                return {f"list({call})" if measure == "list" else f"len(list({call}))"}
            """,
            f"""
            def solve({kind}):
                result = list({call})
                return {"result" if measure == "list" else "len(result)"}
            """,
        ),
        arguments=arguments,
    )


_REDUCED = {
    "sum": ("the sum", "a + b", "0"),
    "product": ("the product", "a * b", "1"),
    "maximum": ("the maximum", "a if a > b else b", ""),
    "minimum": ("the minimum", "a if a < b else b", ""),
    "number": ("the number that is written by the digits", "10 * a + b", "0"),
    "xor": ("the bitwise xor", "a ^ b", "0"),
    "longest": ("the longest word (the first of several)", "b if len(b) > len(a) else a", ""),
    "joined": ("the text with all words joined by hyphens", 'a + "-" + b', ""),
}


@family(task=tuple(_REDUCED))
def reduce_with_a_lambda(choose: Chooser, task: str) -> Exercise:
    """Combine all elements with functools.reduce."""
    thing, expression, start = _REDUCED[task]
    words = task in ("longest", "joined")
    kind = "words" if words else "numbers"
    given = {"number": "list of digits"}.get(task, f"list of {kind}")
    end = f", {start}" if start else ""
    low, high = {"product": (1, 9), "number": (0, 9), "xor": (0, 31)}.get(task, (-20, 50))
    arguments: list[tuple[Any, ...]] = [
        (choose.words((1, 5)) if words else choose.integers((1, 7), low, high),) for _ in range(6)
    ]
    return Exercise(
        texts=(
            f"find {thing} of a {given} using reduce and a lambda function",
            f"Given a non-empty {given}, return {thing}. Use functools.reduce.",
            f"use reduce to get {thing} of a {given}",
            f"compute {thing} of a {given} with reduce",
        ),
        names=(f"reduce_{task}", f"{task}_with_reduce", f"find_{task}", f"get_{task}"),
        solutions=(
            f"""
            from functools import reduce


            def solve({kind}):
                return reduce(lambda a, b: {expression}, {kind}{end})
            """,
            f"""
            import functools


            def solve({kind}):
                return functools.reduce(lambda a, b: {expression}, {kind})
            """,
        ),
        arguments=arguments,
    )


_SORTED = {
    "second": ("the second element of each tuple", "pair[1]", "pairs"),
    "last_down": ("the second element of each tuple in descending order", "-pair[1]", "pairs"),
    "sum": ("the sum of each tuple", "sum(pair)", "numeric"),
    "difference": (
        "the absolute difference of each tuple's elements",
        "abs(pair[0] - pair[1])",
        "numeric",
    ),
    "length": ("the length of the words", "len(word)", "words"),
    "last_letter": ("the last letter of the words", "word[-1]", "words"),
    "length_then_word": ("length, then alphabetically", "(len(word), word)", "words"),
    "absolute": ("the absolute value", "abs(number)", "numbers"),
    "last_digit": ("the last digit", "number % 10", "positive"),
    "parity": ("even or odd, the even numbers first", "number % 2", "positive"),
    "field": ("the key 'age'", 'person["age"]', "records"),
}


def _sortable(choose: Chooser, kind: str, size: int) -> list[Any]:
    """Return a list of a kind."""
    if kind == "pairs":
        return [(choose.thing(), choose.integer(1, 60)) for _ in range(size)]
    if kind == "numeric":
        return [(choose.integer(-9, 20), choose.integer(-9, 20)) for _ in range(size)]
    if kind == "records":
        return [{"name": choose.person(), "age": choose.integer(18, 80)} for _ in range(size)]
    if kind == "words":
        return list(choose.words(size))
    low, high = (-30, 30) if kind == "numbers" else (0, 120)
    return list(choose.integers(size, low, high))


@family(task=tuple(_SORTED))
def sort_with_a_lambda(choose: Chooser, task: str) -> Exercise:
    """Sort by a lambda function as the key."""
    thing, expression, kind = _SORTED[task]
    given, parameter, variable = {
        "pairs": ("list of (name, number) tuples", "pairs", "pair"),
        "numeric": ("list of pairs of numbers", "pairs", "pair"),
        "words": ("list of words", "words", "word"),
        "numbers": ("list of numbers", "numbers", "number"),
        "positive": ("list of non-negative integers", "numbers", "number"),
        "records": ("list of dictionaries of people", "people", "person"),
    }[kind]
    arguments = [(_sortable(choose, kind, choose.integer(2, 6)),) for _ in range(6)]
    return Exercise(
        texts=(
            f"sort a {given} by {thing} using a lambda function",
            f"Given a {given}, return it sorted by {thing}; equal ones keep their order.",
            f"use a lambda function to order a {given} by {thing}",
            f"order the elements of a {given} by {thing}",
        ),
        names=(f"sort_by_{task}", f"order_by_{task}", f"lambda_sort_{task}", f"sorted_{task}"),
        solutions=(
            f"""
            def solve({parameter}):
                return sorted({parameter}, key=lambda {variable}: {expression})
            """,
            f"""
            def solve({parameter}):
                result = list({parameter})
                result.sort(key=lambda {variable}: {expression})
                return result
            """,
        ),
        arguments=arguments,
        synonyms={
            **_KEPT,
            "pair": ("x", "t", "p"),
            "person": ("x", "p"),
            "people": ("records", "data"),
        },
    )


_TWO_LISTS = {
    "add": ("the sums", "a + b", "numbers"),
    "subtract": ("the differences (first minus second)", "a - b", "numbers"),
    "multiply": ("the products", "a * b", "numbers"),
    "maximum": ("the larger ones", "a if a > b else b", "numbers"),
    "average": ("the averages", "(a + b) / 2", "numbers"),
    "compare": ("True where the elements are equal and False elsewhere", "a == b", "equal"),
    "powers": ("the powers (first to the power of second)", "a ** b", "powers"),
    "join": ("the words joined by a space", 'a + " " + b', "words"),
    "repeat": ("each word repeated as often as the number says", "a * b", "repeat"),
}


@family(task=tuple(_TWO_LISTS))
def map_over_two_lists(choose: Chooser, task: str) -> Exercise:
    """Combine two lists element by element with map and a lambda function."""
    thing, expression, kind = _TWO_LISTS[task]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(1, 6)
        first: list[Any] = choose.integers(size, -9, 20)
        second: list[Any] = choose.integers(size, -9, 20)
        if kind == "equal":
            second = [number if choose.chance(0.5) else number + 1 for number in first]
        elif kind == "powers":
            first, second = choose.integers(size, 1, 9), choose.integers(size, 0, 4)
        elif kind in ("words", "repeat"):
            first = choose.words(size)
            second = choose.words(size) if kind == "words" else choose.integers(size, 0, 3)
        arguments.append((first, second))
    return Exercise(
        texts=(
            f"combine two lists using map and a lambda function: return a list of {thing}",
            f"Given two lists of equal length, return a list of {thing}. Use map.",
            f"use a lambda function on two lists to get, position by position, {thing}",
            f"map two lists to {thing}, as a list",
        ),
        names=(f"{task}_lists", f"map_{task}", f"{task}_two_lists", f"lambda_{task}"),
        solutions=(
            f"""
            def solve(first, second):
                return list(map(lambda a, b: {expression}, first, second))
            """,
            f"""
            def solve(first, second):
                result = map(lambda a, b: {expression}, first, second)
                return list(result)
            """,
        ),
        arguments=[*arguments, ([], [])],
        synonyms={
            "first": ("list1", "nums1", "x", "l1"),
            "second": ("list2", "nums2", "y", "l2"),
        },
    )


_CONVERTED = {
    "ints": ("strings", "list of integers", "map(int, words)", "list"),
    "floats": ("strings of decimal numbers", "list of floats", "map(float, words)", "list"),
    "tuple": ("strings", "tuple of integers", "map(int, words)", "tuple"),
    "letters": ("words", "list of the lists of their letters", "map(list, words)", "list"),
    "lengths": ("words", "tuple of their lengths", "map(len, words)", "tuple"),
    "texts": ("integers", "list of strings", "map(str, words)", "list"),
    "sets": ("words", "list of the sorted lists of their letters", "map(sorted, words)", "list"),
    "bools": ("integers", "list of booleans (False for 0)", "map(bool, words)", "list"),
}


@family(task=tuple(_CONVERTED))
def convert_with_map(choose: Chooser, task: str) -> Exercise:
    """Convert the elements of a list with map and a built-in function."""
    source, target, call, kind = _CONVERTED[task]
    parameter = "numbers" if source == "integers" else "words"
    call = call.replace("words", parameter)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        numbers = choose.integers((1, 6), -20, 150)
        if task in ("ints", "tuple"):
            arguments.append(([str(number) for number in numbers],))
        elif task == "floats":
            arguments.append(([str(number / 4) for number in numbers],))
        elif task == "bools":
            arguments.append(([number if choose.chance(0.6) else 0 for number in numbers],))
        else:
            arguments.append((numbers if source == "integers" else choose.words((1, 4)),))
    return Exercise(
        texts=(
            f"convert a list of {source} to a {target} using map",
            f"Given a list of {source}, return a {target}. Use the map function.",
            f"use map with a built-in function to turn a list of {source} into a {target}",
            f"turn a list of {source} into a {target}",
        ),
        names=(f"to_{task}", f"convert_to_{task}", f"map_{task}", f"make_{task}"),
        solutions=(
            f"""
            def solve({parameter}):
                return {kind}({call})
            """,
            f"""
            def solve({parameter}):
                result = {call}
                return {kind}(result)
            """,
        ),
        arguments=[*arguments, ([],)],
    )
