"""Each element of a list transformed, with a number or by its index."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_MAPS = {
    "square": ("square", "squared", "number ** 2", "the square"),
    "cube": ("cube", "cubed", "number ** 3", "the cube"),
    "double": ("double", "doubled", "number * 2", "twice the value"),
    "triple": ("triple", "tripled", "number * 3", "three times the value"),
    "negate": ("negate", "negated", "-number", "the negative"),
    "absolute": ("take the absolute value of", "absolute", "abs(number)", "the absolute value"),
    "increment": ("add 1 to", "incremented", "number + 1", "the successor"),
    "decrement": ("subtract 1 from", "decremented", "number - 1", "the predecessor"),
    "half": ("halve (rounding down)", "halved", "number // 2", "half, rounded down,"),
    "text": ("convert to a string", "as_strings", "str(number)", "the string form"),
    "digit": ("take the last digit of", "last_digits", "abs(number) % 10", "the last digit"),
    "parity": (
        "replace by 'even' or 'odd'",
        "even_or_odd",
        "'even' if number % 2 == 0 else 'odd'",
        "the word 'even' or 'odd'",
    ),
    "sign": (
        "replace by its sign (-1, 0 or 1)",
        "signs",
        "1 if number > 0 else -1 if number < 0 else 0",
        "the sign (-1, 0 or 1)",
    ),
}


@family(what=tuple(_MAPS))
def transform_each_number(choose: Chooser, what: str) -> Exercise:
    """Square, double, negate ... each element."""
    verb, name, expression, value = _MAPS[what]
    given = choose.one_of(NUMBERS)
    first = f"{verb} each element of {given}"
    if verb.startswith("convert"):
        first = f"convert each element of {given} to a string"
    elif verb.startswith("replace"):
        first = f"replace each element of {given} {verb[8:]}"
    elif verb.startswith("halve"):
        first = f"halve each element of {given} and round down"
    loop = f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    result.append({expression})
                return result
            """
    comprehension = returns("numbers", f"[{expression} for number in numbers]")
    mapped = returns("numbers", f"list(map(lambda number: {expression}, numbers))")
    texts: tuple[str, ...] = (
        first,
        first.replace("each element", "every number"),
        f"return a list with {value} for each element of {given}",
        f"Given a list of integers, return a new list that contains {value} of every element.",
        f"take {given} and return {value} of each of its elements",
    )
    solutions: tuple[str, ...] = (comprehension, mapped, loop)
    if choose.chance(0.25):
        way, solution = choose.one_of(
            (
                ("using a lambda function", mapped),
                ("with map and lambda", mapped),
                ("using list comprehension", comprehension),
                ("with a for loop", loop),
            )
        )
        solutions = (solution,)
        texts = tuple(f"{text.rstrip('.')} {way}" for text in texts[:3])
    return Exercise(
        texts=texts,
        names=(name, f"{name}_list", f"{what}_elements", f"{what}_all"),
        solutions=solutions,
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8), -12, 40)]
        + [([],), ([0],)],
    )


_K_MAPS = {
    "add": ("add <k> to each element of {}", "add_k", "number + k"),
    "subtract": ("subtract <k> from each element of {}", "subtract_k", "number - k"),
    "multiply": ("multiply each element of {} by <k>", "multiply_by_k", "number * k"),
    "power": ("raise each element of {} to the power <k>", "power_elements", "number ** k"),
    "divide": ("divide each element of {} by <k>, rounding down", "floor_divide", "number // k"),
    "remainder": (
        "replace each element of {} by its remainder after division by <k>",
        "remainders",
        "number % k",
    ),
    "distance": (
        "replace each element of {} by its distance from <k>",
        "distances",
        "abs(number - k)",
    ),
    "cap": ("replace all elements of {} that are larger than <k> by <k>", "cap", "min(number, k)"),
    "raise": (
        "replace all elements of {} that are smaller than <k> by <k>",
        "at_least",
        "max(number, k)",
    ),
    "compare": (
        "replace each element of {} by True if it is greater than <k> and by False if not",
        "greater_than_k",
        "number > k",
    ),
}


@family(what=tuple(_K_MAPS))
def transform_each_number_with_k(choose: Chooser, what: str) -> Exercise:
    """Add k to each element, multiply by k ..."""
    action, name, expression = _K_MAPS[what]
    low, high = (2, 4) if what == "power" else (2, 9)
    size = 9 if what == "power" else 40
    return Exercise(
        texts=(
            *ask_to(choose.one_of(NUMBERS), (action,)),
            f"{action.format('a list')} and return the new list",
        ),
        names=(name, f"{name}_list", f"{what}_all", f"{what}_each"),
        solutions=(
            returns("numbers, k", f"[{expression} for number in numbers]"),
            returns("numbers, k", f"list(map(lambda number: {expression}, numbers))"),
            f"""
            def solve(numbers, k):
                result = []
                for number in numbers:
                    result.append({expression})
                return result
            """,
        ),
        arguments=[(choose.integers((3, 7), -5, size), choose.integer(low, high)) for _ in range(5)]
        + [([], 3), ([0, 1, 10], 2)],
    )


_BY_INDEX = {
    "add": ("add its index to each element of {}", "number + index", "add_index"),
    "subtract": ("subtract its index from each element of {}", "number - index", "subtract_index"),
    "multiply": (
        "multiply each element of {} by its index (from 0)",
        "number * index",
        "times_index",
    ),
    "even_double": (
        "double the elements of {} at even indexes and keep the others",
        "number * 2 if index % 2 == 0 else number",
        "double_even_indexes",
    ),
    "odd_negate": (
        "change the sign of the elements of {} at odd indexes",
        "-number if index % 2 == 1 else number",
        "alternate_signs",
    ),
    "odd_zero": (
        "set the elements of {} at odd indexes to 0",
        "0 if index % 2 == 1 else number",
        "clear_odd_indexes",
    ),
    "power": (
        "raise each element of {} to the power of its index",
        "number ** index",
        "power_index",
    ),
    "pair": (
        "turn each element of {} into a tuple (index, element)",
        "(index, number)",
        "index_pairs",
    ),
    "parity": (
        "replace each element of {} by True if it has the same parity as its index, else by False",
        "number % 2 == index % 2",
        "parity_matches",
    ),
}


@family(what=tuple(_BY_INDEX))
def transform_each_number_by_its_index(choose: Chooser, what: str) -> Exercise:
    """Combine each element with its index."""
    action, expression, name = _BY_INDEX[what]
    by_place = expression.replace("number", "numbers[index]")
    return Exercise(
        texts=(
            *ask_to(choose.one_of(NUMBERS), (action,)),
            f"{action.format('a list')} and return a new list",
        ),
        names=(name, f"{name}_list", f"{what}_by_index"),
        solutions=(
            returns("numbers", f"[{expression} for index, number in enumerate(numbers)]"),
            f"""
            def solve(numbers):
                result = []
                for index, number in enumerate(numbers):
                    result.append({expression})
                return result
            """,
            f"""
            def solve(numbers):
                result = []
                for index in range(len(numbers)):
                    result.append({by_place})
                return result
            """,
        ),
        arguments=[(choose.integers((2, 6), -4, 12),) for _ in range(5)] + [([],), ([5],)],
    )
