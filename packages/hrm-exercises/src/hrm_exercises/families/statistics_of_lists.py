"""Sums, products, extremes and other numbers that describe a list."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    as_they,
    ask_for,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_TOTALS = {
    "sum": Task(
        ("the sum of all elements", "the sum", "the total of the numbers"),
        ("sum_of_list", "total", "add_all"),
        (
            returns("numbers", "sum(numbers)"),
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number
                return total
            """,
            """
            def solve(numbers):
                total = 0
                for index in range(len(numbers)):
                    total += numbers[index]
                return total
            """,
        ),
    ),
    "product": Task(
        ("the product of all elements", "the result of multiplying all numbers"),
        ("product_of_list", "multiply_all", "product"),
        (
            """
            def solve(numbers):
                product = 1
                for number in numbers:
                    product *= number
                return product
            """,
            """
            import math

            def solve(numbers):
                return math.prod(numbers)
            """,
            """
            from functools import reduce

            def solve(numbers):
                return reduce(lambda x, y: x * y, numbers, 1)
            """,
        ),
    ),
    "absolute": Task(
        ("the sum of the absolute values", "the total of the absolute values of all elements"),
        ("sum_of_absolutes", "absolute_sum", "total_absolute"),
        (
            returns("numbers", "sum(abs(number) for number in numbers)"),
            returns("numbers", "sum(map(abs, numbers))"),
        ),
    ),
    "squares": Task(
        ("the sum of the squares", "the sum of the squared elements"),
        ("sum_of_squares_of_list", "sum_squares", "squared_sum"),
        (
            returns("numbers", "sum(number ** 2 for number in numbers)"),
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number * number
                return total
            """,
        ),
    ),
    "cubes": Task(
        ("the sum of the cubes of all elements",),
        ("sum_of_cubes_of_list", "sum_cubes", "cubed_sum"),
        (
            returns("numbers", "sum(number ** 3 for number in numbers)"),
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number ** 3
                return total
            """,
        ),
    ),
    "alternating": Task(
        (
            "the alternating sum (first minus second plus third and so on)",
            "the sum of the elements at even indexes of {} minus the sum of those at odd indexes",
        ),
        ("alternating_sum", "even_minus_odd_indexes", "plus_minus_sum"),
        (
            returns("numbers", "sum(numbers[::2]) - sum(numbers[1::2])"),
            """
            def solve(numbers):
                total = 0
                for index, number in enumerate(numbers):
                    if index % 2 == 0:
                        total += number
                    else:
                        total -= number
                return total
            """,
        ),
    ),
    "weighted": Task(
        (
            "the sum of all elements multiplied by their positions (the first has position 1)",
            "the sum of each element times its place, counted from 1",
        ),
        ("weighted_sum", "position_sum", "sum_times_position"),
        (
            returns("numbers", "sum(index * number for index, number in enumerate(numbers, 1))"),
            """
            def solve(numbers):
                total = 0
                for index in range(len(numbers)):
                    total += (index + 1) * numbers[index]
                return total
            """,
        ),
    ),
    "recursive": Task(
        ("the sum of {} by recursion", "the sum of all elements of {} with a recursive function"),
        ("recursive_sum", "sum_recursively", "add_recursively"),
        (
            """
            def solve(numbers):
                if not numbers:
                    return 0
                return numbers[0] + solve(numbers[1:])
            """,
        ),
    ),
    "digits": Task(
        ("the sum of the digits of all elements (signs are ignored)",),
        ("sum_of_all_digits", "total_digit_sum", "digits_of_list"),
        (
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    for digit in str(abs(number)):
                        total += int(digit)
                return total
            """,
            returns(
                "numbers", "sum(int(digit) for number in numbers for digit in str(abs(number)))"
            ),
        ),
    ),
}


@family(what=tuple(_TOTALS))
def total_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Sum, product, sum of squares ..."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    task = _TOTALS[what]
    high = 9 if what == "product" else choose.one_of((12, 60))
    arguments = [(choose.integers((3, 7), -9, high),) for _ in range(5)] + [([5],), ([],)]
    solutions, with_length = task.solutions, list(arguments)
    if what != "recursive":
        solutions, with_length = sized(choose, task.solutions, arguments)
    return Exercise(
        texts=ask_for(given, task.asks, choose.one_of(("of", "of", "in"))),
        names=task.names,
        solutions=solutions,
        arguments=as_given(given, with_length),
        synonyms={"product": ("result", "total", "p"), "x": ("a", "p"), "y": ("b", "q")},
    )


_KINDS = {
    "even": ("even numbers", "number % 2 == 0"),
    "odd": ("odd numbers", "number % 2 != 0"),
    "positive": ("positive numbers", "number > 0"),
    "negative": ("negative numbers", "number < 0"),
    "three": ("numbers that are divisible by 3", "number % 3 == 0"),
    "above_ten": ("numbers greater than 10", "number > 10"),
    "one_digit": ("numbers from 0 to 9", "0 <= number <= 9"),
}


@family(kind=tuple(_KINDS), what=("sum", "product", "max", "min", "mean"))
def value_of_numbers_of_a_kind(choose: Chooser, kind: str, what: str) -> Exercise:
    """Sum, product, maximum ... of the even, odd, positive ... elements."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    noun, condition = _KINDS[kind]
    chosen = f"[number for number in numbers if {condition}]"
    source = f"(number for number in numbers if {condition})"
    asks: tuple[str, ...]
    if what == "sum":
        asks = (f"the sum of the {noun}", f"the sum of all {noun}")
        solutions: tuple[str, ...] = (
            returns("numbers", f"sum(number for number in numbers if {condition})"),
            f"""
            def solve(numbers):
                total = 0
                for number in numbers:
                    if {condition}:
                        total += number
                return total
            """,
        )
    elif what == "product":
        asks = (
            f"the product of the {noun}",
            f"the product of all {noun} in {{}} (1 if there are none)",
        )
        solutions = (
            f"""
            def solve(numbers):
                product = 1
                for number in numbers:
                    if {condition}:
                        product *= number
                return product
            """,
            f"""
            import math

            def solve(numbers):
                return math.prod(number for number in numbers if {condition})
            """,
        )
    elif what == "mean":
        asks = (
            f"the average of the {noun} in {{}}, or 0 if there are none",
            f"the mean of all {noun} in {{}} (0 if there are none)",
        )
        solutions = (
            f"""
            def solve(numbers):
                chosen = {chosen}
                if not chosen:
                    return 0
                return sum(chosen) / len(chosen)
            """,
            f"""
            def solve(numbers):
                total = 0
                count = 0
                for number in numbers:
                    if {condition}:
                        total += number
                        count += 1
                return total / count if count else 0
            """,
        )
    else:
        word = {"max": "largest", "min": "smallest"}[what]
        sign = {"max": ">", "min": "<"}[what]
        plural = noun.replace("numbers", "number", 1).replace("that are", "that is")
        asks = (
            f"the {word} {plural} in {{}}, or None if there is none",
            f"the {word} of all {noun} in {{}} (None if there are none)",
        )
        solutions = (
            returns("numbers", f"{what}({source}, default=None)"),
            f"""
            def solve(numbers):
                chosen = {chosen}
                return {what}(chosen) if chosen else None
            """,
            f"""
            def solve(numbers):
                best = None
                for number in numbers:
                    if {condition} and (best is None or number {sign} best):
                        best = number
                return best
            """,
        )
    low, high = (-6, 15) if what == "product" else (-15, 40)
    return Exercise(
        texts=ask_for(given, asks, choose.one_of(("in", "of"))),
        names=(f"{what}_of_{kind}", f"{what}_{kind}", f"{kind}_{what}"),
        solutions=solutions,
        arguments=as_given(
            given,
            [(choose.integers((3, 7), low, high),) for _ in range(5)]
            + [([-4, 12, 3, -7, 8],), ([],)],
        ),
        synonyms={
            "product": ("result", "total", "p"),
            "chosen": ("selected", "matching", "subset"),
        },
    )


_EXTREMES = {
    "max": Task(
        ("the largest element", "the maximum", "the largest number"),
        ("largest", "find_max", "maximum"),
        (
            returns("numbers", "max(numbers)"),
            """
            def solve(numbers):
                best = numbers[0]
                for number in numbers:
                    if number > best:
                        best = number
                return best
            """,
            """
            def solve(numbers):
                best = numbers[0]
                for index in range(1, len(numbers)):
                    if numbers[index] > best:
                        best = numbers[index]
                return best
            """,
        ),
    ),
    "min": Task(
        ("the smallest element", "the minimum", "the smallest number"),
        ("smallest", "find_min", "minimum"),
        (
            returns("numbers", "min(numbers)"),
            """
            def solve(numbers):
                smallest = numbers[0]
                for number in numbers:
                    if number < smallest:
                        smallest = number
                return smallest
            """,
        ),
    ),
    "both": Task(
        (
            "the smallest and the largest element of {} as a tuple",
            "a tuple of the minimum and the maximum",
        ),
        ("min_and_max", "smallest_and_largest", "extremes"),
        (
            returns("numbers", "(min(numbers), max(numbers))"),
            """
            def solve(numbers):
                smallest = largest = numbers[0]
                for number in numbers:
                    if number < smallest:
                        smallest = number
                    if number > largest:
                        largest = number
                return (smallest, largest)
            """,
        ),
    ),
    "range": Task(
        (
            "the difference between the largest and the smallest element",
            "the range (maximum minus minimum)",
        ),
        ("value_range", "max_min_difference", "spread"),
        (
            returns("numbers", "max(numbers) - min(numbers)"),
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return numbers[-1] - numbers[0]
            """,
        ),
    ),
    "sum": Task(
        ("the sum of the largest and the smallest element",),
        ("max_min_sum", "sum_of_extremes", "add_extremes"),
        (
            returns("numbers", "max(numbers) + min(numbers)"),
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return numbers[0] + numbers[-1]
            """,
        ),
    ),
    "product": Task(
        ("the product of the largest and the smallest element",),
        ("max_min_product", "product_of_extremes", "multiply_extremes"),
        (returns("numbers", "max(numbers) * min(numbers)"),),
    ),
    "middle": Task(
        (
            "the sum of all elements except one smallest and one largest",
            "the sum of {} without one minimum and one maximum",
        ),
        ("sum_without_extremes", "inner_sum", "sum_of_middle"),
        (
            returns("numbers", "sum(numbers) - max(numbers) - min(numbers)"),
            returns("numbers", "sum(sorted(numbers)[1:-1])"),
        ),
    ),
    "absolute": Task(
        (
            "the element with the largest absolute value (the first one of equals)",
            "the element of {} that is farthest from zero (the first one if there are several)",
        ),
        ("largest_absolute", "farthest_from_zero", "max_by_absolute"),
        (
            returns("numbers", "max(numbers, key=abs)"),
            """
            def solve(numbers):
                best = numbers[0]
                for number in numbers:
                    if abs(number) > abs(best):
                        best = number
                return best
            """,
        ),
    ),
    "nearest": Task(
        (
            "the element that is closest to zero (the first one of equals)",
            "the element of {} with the smallest absolute value (the first one if there are "
            "several)",
        ),
        ("closest_to_zero", "smallest_absolute", "min_by_absolute"),
        (
            returns("numbers", "min(numbers, key=abs)"),
            """
            def solve(numbers):
                best = numbers[0]
                for number in numbers[1:]:
                    if abs(number) < abs(best):
                        best = number
                return best
            """,
        ),
    ),
    "digits": Task(
        (
            "the element with the largest sum of digits (the first one of equals; signs are "
            "ignored)",
        ),
        ("largest_digit_sum", "max_digit_sum_element", "best_digit_sum"),
        (
            """
            def solve(numbers):
                sums = [sum(int(digit) for digit in str(abs(number))) for number in numbers]
                return numbers[sums.index(max(sums))]
            """,
        ),
    ),
}


@family(what=tuple(_EXTREMES))
def extremes_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Maximum, minimum, range and their sum."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    task = _EXTREMES[what]
    arguments = [(numbers,) for numbers in number_lists(choose, 5, (3, 9), -30, 60)] + [
        ([8, 3],),
        ([-4, -9, 2],),
    ]
    solutions, with_length = sized(choose, task.solutions, arguments)
    return Exercise(
        texts=ask_for(given, task.asks, choose.one_of(("of", "in", "in"))),
        names=task.names,
        solutions=solutions,
        arguments=as_given(given, with_length),
        synonyms={"key": ("key",), "smallest": ("low", "min_val"), "largest": ("high", "max_val")},
    )


_SECONDS = {
    "largest": Task(
        ("the second largest number",),
        ("second_largest", "second_max", "find_second_largest"),
        (
            returns("numbers", "sorted(set(numbers))[-2]"),
            """
            def solve(numbers):
                distinct = sorted(set(numbers), reverse=True)
                return distinct[1]
            """,
            """
            def solve(numbers):
                largest = max(numbers)
                return max(number for number in numbers if number != largest)
            """,
        ),
    ),
    "smallest": Task(
        ("the second smallest number",),
        ("second_smallest", "second_min", "find_second_smallest"),
        (
            returns("numbers", "sorted(set(numbers))[1]"),
            """
            def solve(numbers):
                smallest = min(numbers)
                return min(number for number in numbers if number != smallest)
            """,
        ),
    ),
    "largest_none": Task(
        ("the second largest distinct number of {}, or None if there is no such number",),
        ("second_largest_or_none", "safe_second_largest", "second_max_or_none"),
        (
            """
            def solve(numbers):
                distinct = sorted(set(numbers))
                if len(distinct) < 2:
                    return None
                return distinct[-2]
            """,
            """
            def solve(numbers):
                first = second = None
                for number in numbers:
                    if first is None or number > first:
                        first, second = number, first
                    elif number != first and (second is None or number > second):
                        second = number
                return second
            """,
        ),
    ),
    "smallest_none": Task(
        ("the second smallest distinct number of {}, or None if there is no such number",),
        ("second_smallest_or_none", "safe_second_smallest", "second_min_or_none"),
        (
            """
            def solve(numbers):
                distinct = sorted(set(numbers))
                return distinct[1] if len(distinct) > 1 else None
            """,
        ),
    ),
    "third": Task(
        ("the third largest distinct number of {}, or the largest if there are fewer than three",),
        ("third_largest", "third_maximum", "third_or_largest"),
        (
            """
            def solve(numbers):
                distinct = sorted(set(numbers), reverse=True)
                if len(distinct) < 3:
                    return distinct[0]
                return distinct[2]
            """,
            """
            def solve(numbers):
                distinct = sorted(set(numbers))
                return distinct[-3] if len(distinct) >= 3 else distinct[-1]
            """,
        ),
    ),
    "difference": Task(
        (
            "the difference between the largest and the second largest number (equal numbers "
            "count as one)",
        ),
        ("top_two_difference", "lead", "gap_between_top_two"),
        (
            """
            def solve(numbers):
                distinct = sorted(set(numbers))
                return distinct[-1] - distinct[-2]
            """,
        ),
    ),
    "both": Task(
        (
            "the two largest distinct numbers as a tuple, the largest first",
            "a tuple of the largest and the second largest number (equal numbers count as one)",
        ),
        ("top_two", "two_largest", "largest_and_second"),
        (
            """
            def solve(numbers):
                distinct = sorted(set(numbers), reverse=True)
                return (distinct[0], distinct[1])
            """,
            returns("numbers", "tuple(sorted(set(numbers))[:-3:-1])"),
        ),
    ),
    "sum": Task(
        ("the sum of the two largest elements",),
        ("sum_of_top_two", "two_largest_sum", "max_pair_sum"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return numbers[-1] + numbers[-2]
            """,
            returns("numbers", "sum(sorted(numbers)[-2:])"),
        ),
    ),
    "product": Task(
        (
            "the largest product of two elements",
            "the maximum product of any two elements at different places",
        ),
        ("max_pair_product", "largest_product_of_two", "best_product"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return max(numbers[0] * numbers[1], numbers[-1] * numbers[-2])
            """,
            """
            from itertools import combinations

            def solve(numbers):
                return max(x * y for x, y in combinations(numbers, 2))
            """,
        ),
    ),
    "product_three": Task(
        (
            "the largest product of three elements",
            "the maximum product of any three elements at different places",
        ),
        ("max_triple_product", "largest_product_of_three", "best_product_of_three"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                low = numbers[0] * numbers[1] * numbers[-1]
                high = numbers[-1] * numbers[-2] * numbers[-3]
                return max(low, high)
            """,
            """
            from itertools import combinations

            def solve(numbers):
                return max(x * y * z for x, y, z in combinations(numbers, 3))
            """,
        ),
    ),
}


@family(what=tuple(_SECONDS))
def second_and_third_in_size(choose: Chooser, what: str) -> Exercise:
    """Second largest, third largest, two largest."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    task = _SECONDS[what]
    low = -12 if "product" in what else choose.one_of((1, -20))
    lists = [choose.sample(range(low, 40), (4, 8)) for _ in range(5)]
    lists[0].append(max(lists[0]))
    lists += [[7, 3, 9]]
    if "none" in what or what == "third":
        lists += [[5, 5], [8], [4, 9]]
    return Exercise(
        texts=ask_for(given, task.asks, choose.one_of(("in", "in", "of"))),
        names=task.names,
        solutions=task.solutions,
        arguments=as_given(given, [(numbers,) for numbers in lists]),
        synonyms={
            "distinct": ("unique", "ordered", "different"),
            "x": ("a", "p"),
            "y": ("b", "q"),
            "z": ("c", "r"),
        },
    )


_TWO_LISTS = {
    "minimum": (
        "the smallest absolute difference of an element of one list and an element of another",
        "smallest_difference_between_lists",
        "min(abs(x - y) for x in first for y in second)",
    ),
    "maximum": (
        "the largest product of an element of the first list and an element of the second list",
        "largest_cross_product",
        "max(x * y for x in first for y in second)",
    ),
    "sums": (
        "the difference of the sums of two lists (first minus second)",
        "difference_of_sums",
        "sum(first) - sum(second)",
    ),
    "median": (
        "the median of all elements of two lists together (an odd number of elements)",
        "median_of_two_lists",
        "sorted(first + second)[(len(first) + len(second)) // 2]",
    ),
    "larger": (
        "the larger one of the sums of two lists",
        "larger_sum",
        "max(sum(first), sum(second))",
    ),
    "bigger_list": (
        "the one of two lists with the larger sum (the first one if the sums are equal)",
        "list_with_larger_sum",
        "first if sum(first) >= sum(second) else second",
    ),
    "max": (
        "the largest element that occurs in any of two lists",
        "max_of_two_lists",
        "max(first + second)",
    ),
    "paired": (
        "the smallest possible sum of absolute differences if each element of the first list is "
        "paired with one of the second",
        "min_pairing_sum",
        "sum(abs(x - y) for x, y in zip(sorted(first), sorted(second)))",
    ),
    "products": (
        "the smallest possible sum of products if each element of the first list is paired with "
        "one of the second",
        "min_product_pairing",
        "sum(x * y for x, y in zip(sorted(first), sorted(second, reverse=True)))",
    ),
}


@family(what=tuple(_TWO_LISTS))
def number_from_two_lists(choose: Chooser, what: str) -> Exercise:
    """Compute a number from two lists."""
    noun, name, expression = _TWO_LISTS[what]
    arguments: list[tuple[list[int], list[int]]] = []
    for num in (2, 3, 4, 3, 5):
        other = num + 1 if what == "median" else num
        if what in ("sums", "larger", "bigger_list", "max", "minimum", "maximum"):
            other = choose.integer(2, 5)
        low = 1 if what == "products" else -5
        arguments.append((choose.integers(num, low, 25), choose.integers(other, low, 25)))
    of_them = as_they(noun, "two lists")
    return Exercise(
        texts=(
            f"find {noun}",
            f"return {noun}",
            f"Given two lists, return {of_them}.",
            f"calculate {noun}",
            f"take two lists and return {of_them}",
        ),
        names=(name, f"find_{name}", f"{what}_of_lists"),
        solutions=(returns("first, second", expression),),
        arguments=arguments,
        synonyms={"x": ("p", "one"), "y": ("q", "other")},
    )
