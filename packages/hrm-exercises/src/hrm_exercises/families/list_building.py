"""Lists made from numbers, by repetition, by transformation of each element."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    Task,
    ask_to,
    item_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_UP_TO = {
    "numbers": ("the numbers from 1 to <n>", "one_to_n", "number", ""),
    "down": ("the numbers from <n> down to 1", "countdown", "", ""),
    "squares": ("the squares of 1 to <n>", "squares", "number ** 2", ""),
    "cubes": ("the cubes of the numbers 1 to <n>", "cubes", "number ** 3", ""),
    "evens": ("the even numbers from 1 to <n>", "even_numbers", "number", "number % 2 == 0"),
    "odds": ("the odd numbers from 1 to <n>", "odd_numbers", "number", "number % 2 == 1"),
    "fives": ("the multiples of 5 from 1 to <n>", "multiples_of_five", "number", "number % 5 == 0"),
    "not_threes": (
        "the numbers from 1 to <n> that are not divisible by 3",
        "not_divisible_by_three",
        "number",
        "number % 3 != 0",
    ),
    "three_or_five": (
        "the numbers from 1 to <n> that are divisible by 3 or 5",
        "divisible_by_three_or_five",
        "number",
        "number % 3 == 0 or number % 5 == 0",
    ),
    "text": ("the numbers from 1 to <n> as strings", "numbers_as_text", "str(number)", ""),
    "fizz": (
        "the numbers from 1 to <n>, but with 'Fizz' for multiples of 3, 'Buzz' for multiples of 5 "
        "and 'FizzBuzz' for multiples of both",
        "fizz_buzz",
        "",
        "",
    ),
}


@family(what=tuple(_UP_TO))
def list_of_numbers_up_to_n(choose: Chooser, what: str) -> Exercise:
    """Make a list of the numbers from 1 to n of some kind."""
    noun, name, value, condition = _UP_TO[what]
    tail = f" if {condition}" if condition else ""
    solutions = [returns("n", f"[{value} for number in range(1, n + 1){tail}]")]
    test = f"if {condition}:\n                        " if condition else ""
    solutions.append(
        f"""
            def solve(n):
                result = []
                for number in range(1, n + 1):
                    {test}result.append({value})
                return result
            """
    )
    if what == "down":
        solutions = [
            returns("n", "list(range(n, 0, -1))"),
            returns("n", "[number for number in range(n, 0, -1)]"),
            """
            def solve(n):
                result = []
                while n > 0:
                    result.append(n)
                    n -= 1
                return result
            """,
        ]
    elif what == "fizz":
        solutions = [
            """
            def solve(n):
                result = []
                for number in range(1, n + 1):
                    if number % 15 == 0:
                        result.append('FizzBuzz')
                    elif number % 3 == 0:
                        result.append('Fizz')
                    elif number % 5 == 0:
                        result.append('Buzz')
                    else:
                        result.append(number)
                return result
            """
        ]
    elif what in ("numbers", "evens", "odds", "fives"):
        start, step = {"numbers": (1, 1), "evens": (2, 2), "odds": (1, 2), "fives": (5, 5)}[what]
        stride = f", {step}" if step > 1 else ""
        solutions.append(returns("n", f"list(range({start}, n + 1{stride}))"))
    return Exercise(
        texts=(
            f"return a list of {noun}",
            f"create a list with {noun}",
            f"Given a number <n>, return a list of {noun}.",
            f"make a list that contains {noun}",
            f"generate {noun} as a list",
        ),
        names=(name, f"{name}_list", f"make_{name}"),
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(5, 21), 4)] + [(1,), (0,), (3,)],
    )


_MADE = {
    "range": Task(
        (
            "a list of all integers from <low> to <high>, both included",
            "all whole numbers between <low> and <high> (inclusive)",
        ),
        ("numbers_between", "inclusive_range", "make_range"),
        (
            returns("low, high", "list(range(low, high + 1))"),
            """
            def solve(low, high):
                result = []
                number = low
                while number <= high:
                    result.append(number)
                    number += 1
                return result
            """,
        ),
    ),
    "between": Task(
        ("all integers strictly between <low> and <high>",),
        ("strictly_between", "open_range", "numbers_inside"),
        (returns("low, high", "list(range(low + 1, high))"),),
    ),
    "even": Task(
        (
            "the even numbers from <low> to <high> (inclusive) as a list",
            "a list of all even integers between <low> and <high>, both included",
        ),
        ("evens_between", "even_range", "list_evens"),
        (
            returns("low, high", "[number for number in range(low, high + 1) if number % 2 == 0]"),
            """
            def solve(low, high):
                result = []
                for number in range(low, high + 1):
                    if number % 2 == 0:
                        result.append(number)
                return result
            """,
        ),
    ),
    "odd": Task(
        (
            "the odd numbers from <low> to <high> (inclusive) as a list",
            "a list of all odd integers between <low> and <high>, both included",
        ),
        ("odds_between", "odd_range", "list_odds"),
        (
            returns("low, high", "[number for number in range(low, high + 1) if number % 2 != 0]"),
            """
            def solve(low, high):
                result = []
                for number in range(low, high + 1):
                    if number % 2 != 0:
                        result.append(number)
                return result
            """,
        ),
    ),
    "squares": Task(
        (
            "a list with the squares of all numbers from <low> to <high>",
            "the squares of the integers <low> to <high>, both ends included",
        ),
        ("squares_between", "square_range", "list_of_squares"),
        (returns("low, high", "[number ** 2 for number in range(low, high + 1)]"),),
    ),
    "down": Task(
        (
            "the integers from <high> down to <low>",
            "a list that counts down from <high> to <low>",
        ),
        ("count_down", "descending_range", "reverse_range"),
        (
            returns("low, high", "list(range(high, low - 1, -1))"),
            returns("low, high", "list(range(low, high + 1))[::-1]"),
        ),
    ),
}


@family(what=tuple(_MADE))
def list_of_numbers_between(choose: Chooser, what: str) -> Exercise:
    """Make a list of the integers between two numbers."""
    task = _MADE[what]
    arguments = []
    for _ in range(6):
        low = choose.integer(-8, 20)
        arguments.append((low, low + choose.integer(1, 12)))
    texts: list[str] = []
    for ask in task.asks:
        texts += [
            f"return {ask}",
            f"Given two integers <low> and <high>, return {ask}.",
            f"find {ask}",
        ]
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, (5, 5)],
        synonyms={"low": ("start", "a", "m", "l"), "high": ("end", "b", "n", "r")},
    )


_SIZED = {
    "multiples": Task(
        (
            "the first <k> multiples of <number>",
            "a list with <k> multiples of <number>, beginning with <number> itself",
        ),
        ("first_multiples", "multiples", "times_table"),
        (
            returns("number, k", "[number * index for index in range(1, k + 1)]"),
            """
            def solve(number, k):
                result = []
                for index in range(1, k + 1):
                    result.append(number * index)
                return result
            """,
        ),
    ),
    "powers": Task(
        (
            "the first <k> powers of <number>, from the power 0 on",
            "a list of <k> powers of <number>, beginning with 1",
        ),
        ("first_powers", "powers_list", "list_powers"),
        (
            returns("number, k", "[number ** index for index in range(k)]"),
            """
            def solve(number, k):
                result = []
                power = 1
                for _ in range(k):
                    result.append(power)
                    power *= number
                return result
            """,
        ),
    ),
    "copies": Task(
        (
            "a list that contains <number> exactly <k> times",
            "a list of length <k> in which every element is <number>",
        ),
        ("repeat_number", "fill_list", "constant_list"),
        (
            returns("number, k", "[number] * k"),
            returns("number, k", "[number for _ in range(k)]"),
        ),
    ),
    "consecutive": Task(
        (
            "<k> consecutive numbers that begin with <number>",
            "a list of <k> numbers where the first is <number> and each is one more than the last",
        ),
        ("consecutive_numbers", "run_from", "next_numbers"),
        (
            returns("number, k", "list(range(number, number + k))"),
            returns("number, k", "[number + index for index in range(k)]"),
        ),
    ),
    "lists": Task(
        (
            "a list of <k> lists that each contain just <number>",
            "<k> separate lists with the single element <number>, in a list",
        ),
        ("list_of_lists", "single_lists", "make_lists"),
        (returns("number, k", "[[number] for _ in range(k)]"),),
    ),
    "doubling": Task(
        (
            "<k> numbers that start with <number>, each twice as large as the one before",
            "a list of length <k> that starts with <number> and doubles from element to element",
        ),
        ("doubling_list", "double_each_time", "doubled_sequence"),
        (
            returns("number, k", "[number * 2 ** index for index in range(k)]"),
            """
            def solve(number, k):
                result = []
                for _ in range(k):
                    result.append(number)
                    number *= 2
                return result
            """,
        ),
    ),
}


@family(what=tuple(_SIZED))
def list_of_k_numbers(choose: Chooser, what: str) -> Exercise:
    """Make a list of k numbers from a first number."""
    task = _SIZED[what]
    texts: list[str] = []
    for ask in task.asks:
        texts += [
            f"return {ask}",
            f"Given two numbers <number> and <k>, return {ask}.",
            f"create {ask}",
        ]
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integer(1, 12), choose.integer(2, 7)) for _ in range(5)]
        + [(choose.integer(1, 9), 1), (2, 0)],
        synonyms={"number": ("x", "start", "base", "value", "a")},
    )


_GRIDS = {
    "zeros": Task(
        ("a matrix of zeros with <rows> rows and <columns> columns",),
        ("zero_matrix", "make_zeros", "empty_grid"),
        (
            returns("rows, columns", "[[0] * columns for _ in range(rows)]"),
            """
            def solve(rows, columns):
                result = []
                for _ in range(rows):
                    result.append([0] * columns)
                return result
            """,
        ),
    ),
    "counted": Task(
        (
            "a matrix with <rows> rows and <columns> columns that is filled row by row with 1, 2, "
            "3 ...",
        ),
        ("numbered_matrix", "counting_grid", "fill_with_numbers"),
        (
            returns(
                "rows, columns",
                "[[i * columns + j + 1 for j in range(columns)] for i in range(rows)]",
            ),
            """
            def solve(rows, columns):
                result = []
                number = 1
                for _ in range(rows):
                    line = []
                    for _ in range(columns):
                        line.append(number)
                        number += 1
                    result.append(line)
                return result
            """,
        ),
    ),
    "product": Task(
        (
            "a <rows> x <columns> multiplication table as a list of lists, starting with 1 x 1",
            "a table with <rows> rows and <columns> columns where row i, column j (from 1) is i * "
            "j",
        ),
        ("multiplication_table", "product_table", "times_table_grid"),
        (
            returns(
                "rows, columns",
                "[[i * j for j in range(1, columns + 1)] for i in range(1, rows + 1)]",
            ),
            """
            def solve(rows, columns):
                result = []
                for i in range(1, rows + 1):
                    line = []
                    for j in range(1, columns + 1):
                        line.append(i * j)
                    result.append(line)
                return result
            """,
        ),
    ),
    "sum": Task(
        (
            "a list of lists with <rows> rows and <columns> columns where the element in row i "
            "and column j (from 0) is i + j",
        ),
        ("addition_table", "index_sums", "sum_grid"),
        (returns("rows, columns", "[[i + j for j in range(columns)] for i in range(rows)]"),),
    ),
    "checker": Task(
        ("a <rows> x <columns> checkerboard of 0 and 1 with 0 in the upper left corner",),
        ("checkerboard", "chess_pattern", "alternating_grid"),
        (
            returns(
                "rows, columns", "[[(i + j) % 2 for j in range(columns)] for i in range(rows)]"
            ),
            """
            def solve(rows, columns):
                result = []
                for i in range(rows):
                    line = []
                    for j in range(columns):
                        line.append(0 if (i + j) % 2 == 0 else 1)
                    result.append(line)
                return result
            """,
        ),
    ),
    "empty": Task(
        ("a list of <rows> lists that each contain <columns> empty lists",),
        ("nested_empty_lists", "empty_cells", "make_buckets"),
        (returns("rows, columns", "[[[] for _ in range(columns)] for _ in range(rows)]"),),
    ),
}


@family(what=tuple(_GRIDS))
def make_a_grid(choose: Chooser, what: str) -> Exercise:
    """Make a matrix of a given size."""
    task = _GRIDS[what]
    texts: list[str] = []
    for ask in task.asks:
        texts += [
            f"create {ask}",
            f"return {ask}",
            f"make {ask}",
            f"Given two numbers <rows> and <columns>, return {ask}.",
        ]
    sizes = choose.sample([(i, j) for i in range(1, 5) for j in range(1, 5)], 6)
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=task.solutions,
        arguments=sizes,
        synonyms={"rows": ("m", "height", "num_rows", "r"), "columns": ("n", "width", "cols", "c")},
    )


_REPEATS = {
    "each_twice": Task(
        (
            "repeat every element of {} twice in a row",
            "return {} with each element doubled, so that [1, 2] becomes [1, 1, 2, 2]",
        ),
        ("repeat_twice", "duplicate_elements", "stutter"),
        (
            returns("items", "[item for item in items for _ in range(2)]"),
            """
            def solve(items):
                result = []
                for item in items:
                    result.append(item)
                    result.append(item)
                return result
            """,
        ),
    ),
    "list_twice": Task(
        (
            "return {} followed by itself",
            "concatenate {} with a copy of itself",
        ),
        ("double_list", "list_twice", "repeat_list"),
        (returns("items", "items + items"), returns("items", "items * 2")),
    ),
    "growing": Task(
        ("repeat the first element of {} once, the second twice, the third three times and so on",),
        ("repeat_by_position", "growing_repeats", "repeat_more"),
        (
            """
            def solve(items):
                result = []
                for index, item in enumerate(items, 1):
                    result.extend([item] * index)
                return result
            """,
            returns("items", "[item for index, item in enumerate(items, 1) for _ in range(index)]"),
        ),
    ),
    "pairs": Task(
        (
            "turn {} into a list of pairs (tuples) where both parts are the same element",
            "make a tuple (x, x) of each element x of {}",
        ),
        ("pair_with_itself", "twin_tuples", "double_into_pairs"),
        (
            returns("items", "[(item, item) for item in items]"),
            returns("items", "list(zip(items, items))"),
        ),
    ),
}


@family(way=tuple(_REPEATS))
def repeat_the_elements(choose: Chooser, way: str) -> Exercise:
    """Repeat each element or the whole list."""
    task = _REPEATS[way]
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in item_lists(choose, 5, (2, 5))] + [([],), ([7],)],
    )


_K_REPEATS = {
    "each": Task(
        (
            "repeat every element of {} <k> times",
            "return {} with each element replaced by <k> copies of it",
        ),
        ("repeat_each", "repeat_elements", "multiply_elements"),
        (
            returns("items, k", "[item for item in items for _ in range(k)]"),
            """
            def solve(items, k):
                result = []
                for item in items:
                    for _ in range(k):
                        result.append(item)
                return result
            """,
        ),
    ),
    "list": Task(
        (
            "repeat {} <k> times",
            "return a list that consists of <k> copies of {} one after another",
        ),
        ("repeat_list", "tile", "copy_list_k_times"),
        (
            returns("items, k", "items * k"),
            """
            def solve(items, k):
                result = []
                for _ in range(k):
                    result.extend(items)
                return result
            """,
        ),
    ),
    "nested": Task(
        ("return a list of <k> copies of {}", "put <k> copies of {} into a new list of lists"),
        ("copies", "nested_copies", "clone_list"),
        (
            returns("items, k", "[list(items) for _ in range(k)]"),
            returns("items, k", "[items[:] for _ in range(k)]"),
        ),
    ),
    "to_length": Task(
        (
            "repeat {} as often as needed and cut it to length <k>",
            "return the first <k> elements of an endless repetition of {}",
        ),
        ("cycle_to_length", "repeat_to_length", "endless_take"),
        (
            returns("items, k", "[items[index % len(items)] for index in range(k)]"),
            """
            from itertools import cycle, islice

            def solve(items, k):
                return list(islice(cycle(items), k))
            """,
        ),
    ),
    "pad_right": Task(
        (
            "append zeros to {} until it has <k> elements; longer lists stay as they are",
            "fill {} up with zeros at the end to the length <k>",
        ),
        ("pad_zeros", "pad_right", "fill_up"),
        (
            returns("items, k", "items + [0] * (k - len(items))"),
            """
            def solve(items, k):
                while len(items) < k:
                    items.append(0)
                return items
            """,
        ),
    ),
    "pad_left": Task(
        (
            "put zeros in front of {} until it has <k> elements; longer lists stay as they are",
            "fill {} up with zeros at the beginning to the length <k>",
        ),
        ("pad_left", "left_fill", "leading_zeros"),
        (
            returns("items, k", "[0] * (k - len(items)) + items"),
            """
            def solve(items, k):
                while len(items) < k:
                    items.insert(0, 0)
                return items
            """,
        ),
    ),
    "fit": Task(
        (
            "bring {} to length <k>: cut off what is too much or append zeros",
            "return {} with exactly <k> elements, cut at the end or filled up with zeros",
        ),
        ("fit_to_length", "resize", "set_length"),
        (
            """
            def solve(items, k):
                if len(items) >= k:
                    return items[:k]
                return items + [0] * (k - len(items))
            """,
            returns("items, k", "(items + [0] * k)[:k]"),
        ),
    ),
}


@family(way=tuple(_K_REPEATS))
def repeat_k_times_or_to_length(choose: Chooser, way: str) -> Exercise:
    """Repeat elements k times; bring a list to a length."""
    task = _K_REPEATS[way]
    low, high = (2, 9) if way in ("to_length", "pad_right", "pad_left", "fit") else (0, 4)
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(low, high)) for items in item_lists(choose, 5, (2, 5))]
        + [([1], 3), ([4, 2, 0], 2)],
    )
