"""Averages, medians, deviations and shares of lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    ask_for,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_AVERAGES = {
    "mean": Task(
        ("the average", "the arithmetic mean", "the average of all elements"),
        ("average", "mean", "average_of_list"),
        (
            returns("numbers", "sum(numbers) / len(numbers)"),
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number
                return total / len(numbers)
            """,
        ),
    ),
    "rounded": Task(
        (
            "the average of {} rounded to two decimal places",
            "the mean of {} with 2 digits after the point",
        ),
        ("rounded_average", "mean_two_digits", "average_rounded"),
        (
            returns("numbers", "round(sum(numbers) / len(numbers), 2)"),
            """
            from statistics import fmean

            def solve(numbers):
                return round(fmean(numbers), 2)
            """,
        ),
    ),
    "zero": Task(
        ("the average of {}, or 0 if it is empty", "the mean of {} (0 for an empty list)"),
        ("safe_average", "average_or_zero", "mean_or_zero"),
        (
            """
            def solve(numbers):
                if not numbers:
                    return 0
                return sum(numbers) / len(numbers)
            """,
            returns("numbers", "sum(numbers) / len(numbers) if numbers else 0"),
        ),
    ),
    "floor": Task(
        (
            "the average of {} rounded down to an integer",
            "the integer part of the average of {} (no number is negative)",
        ),
        ("floor_average", "integer_average", "average_rounded_down"),
        (returns("numbers", "sum(numbers) // len(numbers)"),),
    ),
    "median": Task(
        (
            "the median",
            "the middle value of {} in sorted order (the mean of both middle values if the "
            "length is even)",
        ),
        ("median", "find_median", "median_of_list"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                middle = len(numbers) // 2
                if len(numbers) % 2 == 1:
                    return numbers[middle]
                return (numbers[middle - 1] + numbers[middle]) / 2
            """,
            """
            import statistics

            def solve(numbers):
                return statistics.median(numbers)
            """,
        ),
    ),
    "low_median": Task(
        (
            "the lower median of {}: of two middle values the smaller one",
            "the middle value of the sorted list (the smaller one if there are two)",
        ),
        ("low_median", "lower_median", "smaller_middle"),
        (
            returns("numbers", "sorted(numbers)[(len(numbers) - 1) // 2]"),
            """
            import statistics

            def solve(numbers):
                return statistics.median_low(numbers)
            """,
        ),
    ),
    "trimmed": Task(
        (
            "the average of {} without one smallest and one largest element",
            "the mean of all elements of {} except one minimum and one maximum",
        ),
        ("trimmed_mean", "average_without_extremes", "inner_average"),
        (
            """
            def solve(numbers):
                rest = sorted(numbers)[1:-1]
                return sum(rest) / len(rest)
            """,
            """
            def solve(numbers):
                total = sum(numbers) - max(numbers) - min(numbers)
                return total / (len(numbers) - 2)
            """,
        ),
    ),
    "midrange": Task(
        (
            "the average of the smallest and the largest element",
            "the midrange of {}, that is the mean of its minimum and its maximum",
        ),
        ("midrange", "mean_of_extremes", "average_of_min_max"),
        (returns("numbers", "(min(numbers) + max(numbers)) / 2"),),
    ),
    "geometric": Task(
        (
            "the geometric mean of {}, rounded to 4 digits",
            "the n-th root of the product of the n elements of {}, rounded to 4 digits",
        ),
        ("geometric_mean", "root_of_product", "geometric_average"),
        (
            """
            import math

            def solve(numbers):
                return round(math.prod(numbers) ** (1 / len(numbers)), 4)
            """,
            """
            def solve(numbers):
                product = 1
                for number in numbers:
                    product *= number
                return round(product ** (1 / len(numbers)), 4)
            """,
        ),
    ),
    "harmonic": Task(
        (
            "the harmonic mean of {} (length divided by the sum of the reciprocals), rounded to "
            "4 digits",
        ),
        ("harmonic_mean", "harmonic_average", "mean_of_rates"),
        (
            returns("numbers", "round(len(numbers) / sum(1 / number for number in numbers), 4)"),
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += 1 / number
                return round(len(numbers) / total, 4)
            """,
        ),
    ),
    "square_mean": Task(
        (
            "the root mean square of {}, rounded to 4 digits",
            "the square root of the average of the squares of {}, rounded to 4 digits",
        ),
        ("root_mean_square", "quadratic_mean", "rms"),
        (
            """
            import math

            def solve(numbers):
                return round(math.sqrt(sum(number ** 2 for number in numbers) / len(numbers)), 4)
            """,
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number ** 2
                return round((total / len(numbers)) ** 0.5, 4)
            """,
        ),
    ),
}


@family(what=tuple(_AVERAGES))
def averages_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Mean, median and other averages."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    task = _AVERAGES[what]
    low = (
        1 if what in ("geometric", "harmonic", "floor", "square_mean") else choose.one_of((0, -20))
    )
    arguments = [(choose.integers((3, 8), low, choose.one_of((12, 50))),) for _ in range(5)]
    arguments += [([2, 9, 4, 7],), ([6, 1, 8],)] if what != "zero" else [([],), ([5],)]
    return Exercise(
        texts=ask_for(given, task.asks, "of"),
        names=task.names,
        solutions=task.solutions,
        arguments=as_given(given, arguments),
        synonyms={"middle": ("mid", "half", "m"), "product": ("result", "p")},
    )


_SPREADS = {
    "variance": Task(
        (
            "the population variance of {}, rounded to 2 digits",
            "the variance of {} (the mean of the squared distances from the mean), rounded to 2 "
            "digits",
        ),
        ("variance", "population_variance", "variance_of_list"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                return round(sum((number - mean) ** 2 for number in numbers) / len(numbers), 2)
            """,
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                total = 0
                for number in numbers:
                    total += (number - mean) ** 2
                return round(total / len(numbers), 2)
            """,
        ),
    ),
    "deviation": Task(
        (
            "the population standard deviation of {}, rounded to 2 digits",
            "the standard deviation of {} (divide by the length), rounded to 2 digits",
        ),
        ("standard_deviation", "std_dev", "population_deviation"),
        (
            """
            import math

            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                variance = sum((number - mean) ** 2 for number in numbers) / len(numbers)
                return round(math.sqrt(variance), 2)
            """,
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                total = 0
                for number in numbers:
                    total += (number - mean) ** 2
                return round((total / len(numbers)) ** 0.5, 2)
            """,
        ),
    ),
    "sample": Task(
        ("the sample variance of {} (divide by the length minus 1), rounded to 2 digits",),
        ("sample_variance", "unbiased_variance", "variance_of_sample"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                total = sum((number - mean) ** 2 for number in numbers)
                return round(total / (len(numbers) - 1), 2)
            """,
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                total = 0
                for number in numbers:
                    total += (number - mean) ** 2
                return round(total / (len(numbers) - 1), 2)
            """,
        ),
    ),
    "absolute": Task(
        ("the mean absolute deviation of {} from its mean, rounded to 2 digits",),
        ("mean_absolute_deviation", "average_deviation", "mean_distance_from_mean"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                return round(sum(abs(number - mean) for number in numbers) / len(numbers), 2)
            """,
        ),
    ),
    "ratio": Task(
        ("the largest element of {} divided by its smallest one, rounded to 2 digits",),
        ("max_min_ratio", "largest_to_smallest", "ratio_of_extremes"),
        (returns("numbers", "round(max(numbers) / min(numbers), 2)"),),
    ),
    "above": Task(
        ("the elements that are greater than the average", "all elements of {} above its mean"),
        ("above_average", "greater_than_mean", "above_mean"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                return [number for number in numbers if number > mean]
            """,
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                result = []
                for number in numbers:
                    if number > mean:
                        result.append(number)
                return result
            """,
        ),
    ),
    "count_above": Task(
        (
            "the number of elements that are greater than the average",
            "how many elements of {} are above its mean",
        ),
        ("count_above_average", "number_above_mean", "count_greater_than_mean"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                return sum(1 for number in numbers if number > mean)
            """,
            """
            def solve(numbers):
                total = sum(numbers)
                count = 0
                for number in numbers:
                    if number * len(numbers) > total:
                        count += 1
                return count
            """,
        ),
    ),
    "centered": Task(
        ("the differences of the elements of {} from their average, each rounded to 2 digits",),
        ("center_list", "deviations_from_mean", "subtract_mean"),
        (
            """
            def solve(numbers):
                mean = sum(numbers) / len(numbers)
                return [round(number - mean, 2) for number in numbers]
            """,
        ),
    ),
    "normalized": Task(
        (
            "the elements of {} scaled so that the minimum becomes 0 and the maximum 1, rounded "
            "to 2 digits",
        ),
        ("normalize", "scale_to_unit", "min_max_scale"),
        (
            """
            def solve(numbers):
                low = min(numbers)
                high = max(numbers)
                return [round((number - low) / (high - low), 2) for number in numbers]
            """,
        ),
    ),
    "shares": Task(
        ("the share of each element of {} in the total as a percentage, rounded to 1 digit",),
        ("percentages", "percent_of_total", "shares_in_percent"),
        (
            """
            def solve(numbers):
                total = sum(numbers)
                return [round(100 * number / total, 1) for number in numbers]
            """,
            returns("numbers", "[round(100 * number / sum(numbers), 1) for number in numbers]"),
        ),
    ),
}


def _full(ask: str) -> str:
    """Return what is asked together with "a list"."""
    return ask.format("a list") if "{}" in ask else f"{ask} of a list"


@family(what=tuple(_SPREADS))
def spread_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Variance, deviations, elements above average, scaling."""
    task = _SPREADS[what]
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), task.asks),
            f"calculate {_full(task.asks[0])}",
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.sample(range(1, 40), (3, 7)),) for _ in range(5)]
        + [([2, 4],), ([1, 5, 9],)],
        synonyms={"mean": ("average", "avg", "m")},
    )


_SHARES = {
    "negative": ("negative numbers", "number < 0"),
    "positive": ("positive numbers", "number > 0"),
    "zero": ("zeros", "number == 0"),
    "even": ("even numbers", "number % 2 == 0"),
    "odd": ("odd numbers", "number % 2 != 0"),
}


@family(kind=tuple(_SHARES), unit=("ratio", "percent"))
def share_of_numbers_of_a_kind(choose: Chooser, kind: str, unit: str) -> Exercise:
    """Find the ratio or the percentage of even, negative ... elements."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    noun, condition = _SHARES[kind]
    value = (
        "round(count / len(numbers), 2)"
        if unit == "ratio"
        else "round(100 * count / len(numbers), 1)"
    )
    told = "rounded to 2 digits" if unit == "ratio" else "rounded to 1 digit"
    word = (
        choose.one_of(("ratio", "share", "fraction", "proportion"))
        if unit == "ratio"
        else "percentage"
    )
    lists = [choose.integers((3, 9), -4, 6) for _ in range(6)]
    solutions, arguments = sized(
        choose,
        (
            f"""
            def solve(numbers):
                count = sum(1 for number in numbers if {condition})
                return {value}
            """,
            f"""
            def solve(numbers):
                count = 0
                for number in numbers:
                    if {condition}:
                        count += 1
                return {value}
            """,
        ),
        [(numbers,) for numbers in lists],
    )
    return Exercise(
        texts=ask_for(
            given,
            (
                f"the {word} of {noun} in {{}}, {told}",
                f"the {word} of the elements of {{}} that are {noun}, {told}",
            ),
        ),
        names=(f"{kind}_{unit}", f"{unit}_of_{kind}", f"{word}_of_{kind}_numbers"),
        solutions=solutions,
        arguments=as_given(given, arguments),
    )
