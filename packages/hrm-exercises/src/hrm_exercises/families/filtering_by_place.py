"""Numbers kept by their index, their neighbours or what comes before; outliers."""

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

# What is kept, the condition, the opposite condition, the smallest and largest number to draw.

_INDEX_CONDITIONS = {
    "even_index": ("at even indexes", "index % 2 == 0"),
    "odd_index": ("at odd indexes", "index % 2 == 1"),
    "equals": ("that are equal to their index", "number == index"),
    "greater": ("that are greater than their index", "number > index"),
    "even_at_even": (
        "that are even and stand at an even index",
        "number % 2 == 0 and index % 2 == 0",
    ),
    "odd_at_odd": ("that are odd and stand at an odd index", "number % 2 == 1 and index % 2 == 1"),
    "third": ("whose index is a multiple of 3", "index % 3 == 0"),
    "multiple": (
        "that are divisible by their position, counted from 1,",
        "number % (index + 1) == 0",
    ),
}


@family(condition=tuple(_INDEX_CONDITIONS), result=("list", "sum", "count"))
def numbers_by_index_and_value(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep, add up or count elements by a condition on index and value."""
    told, test = _INDEX_CONDITIONS[condition]
    told = told.rstrip(",")
    value = {
        "list": "[number for {} if {}]",
        "sum": "sum(number for {} if {})",
        "count": "sum(1 for {} if {})",
    }[result]
    start, step = {"list": ("[]", "append(number)"), "sum": ("0", "number"), "count": ("0", "1")}[
        result
    ]
    line = f"result.{step}" if result == "list" else f"result += {step}"
    what = {
        "list": "the elements of {}",
        "sum": "the sum of the elements of {}",
        "count": "the number of elements of {}",
    }[result]
    other = {
        "list": "all numbers of {}",
        "sum": "the total of all numbers of {}",
        "count": "how many elements there are in {}",
    }[result]
    by_index = result == "count" and "number" not in test
    loop = "index in range(len(numbers))" if by_index else "index, number in enumerate(numbers)"
    lists = [choose.integers((4, 9), 0, 12) for _ in range(5)]
    for numbers in lists:
        place = choose.integer(0, len(numbers) - 1)
        numbers[place] = place
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), (f"{what} {told}", f"{other} {told}")),
        names=(f"{result}_{condition}", f"{condition}_elements", f"{result}_by_index"),
        solutions=(
            returns("numbers", value.format(loop, test)),
            f"""
            def solve(numbers):
                result = {start}
                for {loop}:
                    if {test}:
                        {line}
                return result
            """,
            f"""
            def solve(numbers):
                result = {start}
                for index in range(len(numbers)):
                    if {test.replace("number", "numbers[index]")}:
                        {line.replace("number", "numbers[index]")}
                return result
            """,
        ),
        arguments=[(numbers,) for numbers in lists] + [([],), ([0, 3, 2, 4],)],
    )


_NEIGHBOUR_CONDITIONS = {
    "greater_than_previous": (
        "that are greater than the element before them",
        "numbers[index] > numbers[index - 1]",
        "range(1, len(numbers))",
    ),
    "less_than_previous": (
        "that are smaller than the element before them",
        "numbers[index] < numbers[index - 1]",
        "range(1, len(numbers))",
    ),
    "equals_previous": (
        "that are equal to the element before them",
        "numbers[index] == numbers[index - 1]",
        "range(1, len(numbers))",
    ),
    "greater_than_next": (
        "that are greater than the element after them",
        "numbers[index] > numbers[index + 1]",
        "range(len(numbers) - 1)",
    ),
    "double_previous": (
        "that are at least twice as large as the element before them",
        "numbers[index] >= 2 * numbers[index - 1]",
        "range(1, len(numbers))",
    ),
    "sum_of_neighbours": (
        "that are equal to the sum of their two neighbours",
        "numbers[index] == numbers[index - 1] + numbers[index + 1]",
        "range(1, len(numbers) - 1)",
    ),
    "between": (
        "that lie strictly between their two neighbours",
        "numbers[index - 1] < numbers[index] < numbers[index + 1] or numbers[index - 1] > "
        "numbers[index] > numbers[index + 1]",
        "range(1, len(numbers) - 1)",
    ),
}


@family(condition=tuple(_NEIGHBOUR_CONDITIONS), result=("list", "count"))
def numbers_compared_with_neighbours(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep or count the elements greater than the one before ..."""
    told, test, span = _NEIGHBOUR_CONDITIONS[condition]
    if result == "list":
        asks = (f"the elements of {{}} {told}", f"all numbers of {{}} {told}")
        short = returns("numbers", f"[numbers[index] for index in {span} if {test}]")
        start, step = "[]", "result.append(numbers[index])"
    else:
        asks = (
            f"the number of elements of {{}} {told}",
            f"how many elements there are in {{}} {told}",
        )
        short = returns("numbers", f"sum(1 for index in {span} if {test})")
        start, step = "0", "result += 1"
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks),
        names=(f"{result}_{condition}", f"{condition}_{result}", f"elements_{condition}"),
        solutions=(
            short,
            f"""
            def solve(numbers):
                result = {start}
                for index in {span}:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=[(choose.integers((4, 9), 1, 9),) for _ in range(5)]
        + [([2, 5, 3, 3, 7, 9],), ([4],)],
    )


_WHILE = {
    "until_negative": Task(
        ("the elements of {} before the first negative number (all if there is none)",),
        ("until_negative", "before_first_negative", "take_until_negative"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if number < 0:
                        break
                    result.append(number)
                return result
            """,
            """
            from itertools import takewhile

            def solve(numbers):
                return list(takewhile(lambda number: number >= 0, numbers))
            """,
        ),
    ),
    "from_negative": Task(
        ("the elements of {} from the first negative number on (an empty list if there is none)",),
        ("from_negative", "from_first_negative", "drop_until_negative"),
        (
            """
            def solve(numbers):
                for index, number in enumerate(numbers):
                    if number < 0:
                        return numbers[index:]
                return []
            """,
            """
            from itertools import dropwhile

            def solve(numbers):
                return list(dropwhile(lambda number: number >= 0, numbers))
            """,
        ),
    ),
    "leading_even": Task(
        ("the even numbers at the start of {}, up to but not including the first odd number",),
        ("leading_evens", "even_prefix", "take_while_even"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if number % 2 != 0:
                        break
                    result.append(number)
                return result
            """,
            """
            def solve(numbers):
                index = 0
                while index < len(numbers) and numbers[index] % 2 == 0:
                    index += 1
                return numbers[:index]
            """,
        ),
    ),
    "without_leading_zeros": Task(
        (
            "{} without the zeros at its beginning",
            "what is left of {} after the zeros at the beginning are removed",
        ),
        ("remove_leading_zeros", "strip_leading_zeros", "without_leading_zeros"),
        (
            """
            def solve(numbers):
                index = 0
                while index < len(numbers) and numbers[index] == 0:
                    index += 1
                return numbers[index:]
            """,
            """
            def solve(numbers):
                while numbers and numbers[0] == 0:
                    numbers.pop(0)
                return numbers
            """,
        ),
    ),
    "without_trailing_zeros": Task(
        (
            "{} without the zeros at its end",
            "what is left of {} after the zeros at the end are removed",
        ),
        ("remove_trailing_zeros", "strip_trailing_zeros", "without_trailing_zeros"),
        (
            """
            def solve(numbers):
                while numbers and numbers[-1] == 0:
                    numbers.pop()
                return numbers
            """,
            """
            def solve(numbers):
                end = len(numbers)
                while end > 0 and numbers[end - 1] == 0:
                    end -= 1
                return numbers[:end]
            """,
        ),
    ),
    "rising_start": Task(
        ("the longest strictly increasing beginning",),
        ("increasing_prefix", "rising_start", "leading_increase"),
        (
            """
            def solve(numbers):
                result = numbers[:1]
                for number in numbers[1:]:
                    if number <= result[-1]:
                        break
                    result.append(number)
                return result
            """,
        ),
    ),
    "sum_before_zero": Task(
        ("the sum of all elements before the first 0 in {} (of all elements if there is no 0)",),
        ("sum_until_zero", "sum_before_zero", "add_until_zero"),
        (
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    if number == 0:
                        break
                    total += number
                return total
            """,
            """
            def solve(numbers):
                if 0 in numbers:
                    return sum(numbers[:numbers.index(0)])
                return sum(numbers)
            """,
        ),
    ),
    "count_before_even": Task(
        ("how many elements come before the first even number in {} (all if there is none)",),
        ("count_before_even", "elements_before_even", "until_first_even"),
        (
            """
            def solve(numbers):
                count = 0
                for number in numbers:
                    if number % 2 == 0:
                        break
                    count += 1
                return count
            """,
            """
            def solve(numbers):
                for index, number in enumerate(numbers):
                    if number % 2 == 0:
                        return index
                return len(numbers)
            """,
        ),
    ),
}


@family(what=tuple(_WHILE))
def elements_up_to_a_condition(choose: Chooser, what: str) -> Exercise:
    """Take or drop elements while a condition holds."""
    task = _WHILE[what]
    lists = [choose.integers((4, 8), -4, 12) for _ in range(4)]
    if "zeros" in what:
        lists = [
            [0] * choose.integer(0, 2) + choose.integers((2, 5), 0, 5) + [0] * choose.integer(0, 2)
            for _ in range(4)
        ]
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, "of"),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists]
        + [([4, 2, 8, 0, -1, 3],), ([],), ([2, 6, 9, 7],)],
    )


_OUTLIERS = {
    "max": (
        "all occurrences of the largest element",
        "remove_maximum",
        "[number for number in numbers if number != max(numbers)]",
    ),
    "min": (
        "all occurrences of the smallest element",
        "remove_minimum",
        "[number for number in numbers if number != min(numbers)]",
    ),
    "both": (
        "all occurrences of the smallest and of the largest element",
        "remove_extremes",
        "[number for number in numbers if min(numbers) < number < max(numbers)]",
    ),
    "above_mean": (
        "all elements above the average",
        "remove_above_average",
        "[number for number in numbers if number <= sum(numbers) / len(numbers)]",
    ),
    "below_mean": (
        "all elements below the average",
        "remove_below_average",
        "[number for number in numbers if number >= sum(numbers) / len(numbers)]",
    ),
    "far": (
        "all elements that differ from the average by more than 10",
        "remove_outliers",
        "[number for number in numbers if abs(number - sum(numbers) / len(numbers)) <= 10]",
    ),
}


@family(which=tuple(_OUTLIERS))
def remove_extreme_numbers(choose: Chooser, which: str) -> Exercise:
    """Remove the largest, smallest or unusual elements."""
    noun, name, expression = _OUTLIERS[which]
    prepared = expression
    first = ""
    for call, variable in (
        ("max(numbers)", "largest"),
        ("min(numbers)", "smallest"),
        ("sum(numbers) / len(numbers)", "mean"),
    ):
        if call in expression:
            prepared = prepared.replace(call, variable)
            first += f"{variable} = {call}\n                "
    return Exercise(
        texts=ask_to(
            choose.one_of(NUMBERS),
            (
                f"remove {noun} from {{}}",
                f"return {{}} without {noun.replace('all occurrences of ', '')}"
                if "occurrences" in noun
                else f"take {noun} out of {{}}",
                f"delete {noun} in {{}}",
            ),
        ),
        names=(name, f"{name}_from_list", f"without_{which}"),
        solutions=(
            f"""
            def solve(numbers):
                {first}return {prepared}
            """,
        ),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (4, 9), 0, 30)]
        + [([5, 5, 9],), ([3, 40, 7],)],
        synonyms={
            "largest": ("top", "high", "max_value"),
            "smallest": ("low", "min_value"),
            "mean": ("average", "avg"),
        },
    )
