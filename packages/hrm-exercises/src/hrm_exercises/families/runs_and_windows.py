"""Running values, windows, runs of neighbours and contiguous parts of lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_RUNNING = {
    "sum": Task(
        (
            "the cumulative sums",
            "the running totals",
            "a list in which each element of {} is replaced by the sum of all elements up to it",
        ),
        ("cumulative_sum", "running_total", "prefix_sums"),
        (
            """
            def solve(numbers):
                result = []
                total = 0
                for number in numbers:
                    total += number
                    result.append(total)
                return result
            """,
            """
            from itertools import accumulate

            def solve(numbers):
                return list(accumulate(numbers))
            """,
            returns("numbers", "[sum(numbers[:index + 1]) for index in range(len(numbers))]"),
        ),
    ),
    "max": Task(
        (
            "the cumulative maxima",
            "the largest element so far at each index",
            "a list with the running maximum",
        ),
        ("cumulative_max", "running_max", "largest_so_far"),
        (
            """
            from itertools import accumulate

            def solve(numbers):
                return list(accumulate(numbers, max))
            """,
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if result and result[-1] > number:
                        result.append(result[-1])
                    else:
                        result.append(number)
                return result
            """,
            returns("numbers", "[max(numbers[:index + 1]) for index in range(len(numbers))]"),
        ),
    ),
    "min": Task(
        (
            "the cumulative minima",
            "the smallest element so far at each index",
            "a list with the running minimum",
        ),
        ("cumulative_min", "running_min", "smallest_so_far"),
        (
            """
            from itertools import accumulate

            def solve(numbers):
                return list(accumulate(numbers, min))
            """,
            """
            def solve(numbers):
                result = []
                for index in range(len(numbers)):
                    result.append(min(numbers[:index + 1]))
                return result
            """,
        ),
    ),
    "product": Task(
        ("the cumulative products", "the products of the first 1, 2, 3 ... elements"),
        ("cumulative_product", "running_product", "prefix_products"),
        (
            """
            def solve(numbers):
                result = []
                product = 1
                for number in numbers:
                    product *= number
                    result.append(product)
                return result
            """,
            """
            from itertools import accumulate
            from operator import mul

            def solve(numbers):
                return list(accumulate(numbers, mul))
            """,
        ),
    ),
    "suffix": Task(
        (
            "the suffix sums (each element plus all that follow it)",
            "a list with the sum of each element of {} and all elements after it",
        ),
        ("suffix_sums", "sums_from_here", "remaining_totals"),
        (
            returns("numbers", "[sum(numbers[index:]) for index in range(len(numbers))]"),
            """
            def solve(numbers):
                result = []
                total = 0
                for number in reversed(numbers):
                    total += number
                    result.append(total)
                return result[::-1]
            """,
        ),
    ),
    "mean": Task(
        (
            "the running averages, rounded to 2 digits",
            "the averages of the first 1, 2, 3 ... elements of {}, each rounded to 2 digits",
        ),
        ("running_average", "cumulative_mean", "average_so_far"),
        (
            """
            def solve(numbers):
                result = []
                total = 0
                for count, number in enumerate(numbers, 1):
                    total += number
                    result.append(round(total / count, 2))
                return result
            """,
            """
            def solve(numbers):
                return [
                    round(sum(numbers[:index]) / index, 2) for index in range(1, len(numbers) + 1)
                ]
            """,
        ),
    ),
    "before": Task(
        (
            "a list with the sum of all elements before each element of {} (0 for the first)",
            "the sums of what comes before each element, without the element itself",
        ),
        ("sums_before", "exclusive_prefix_sums", "total_before_each"),
        (
            """
            def solve(numbers):
                result = []
                total = 0
                for number in numbers:
                    result.append(total)
                    total += number
                return result
            """,
            returns("numbers", "[sum(numbers[:index]) for index in range(len(numbers))]"),
        ),
    ),
    "others": Task(
        ("a list in which each element of {} is replaced by the sum of all other elements",),
        ("sum_of_others", "sum_except_self", "others_total"),
        (
            """
            def solve(numbers):
                total = sum(numbers)
                return [total - number for number in numbers]
            """,
            returns("numbers", "[sum(numbers) - number for number in numbers]"),
        ),
    ),
    "other_products": Task(
        ("a list in which each element of {} is replaced by the product of all other elements",),
        ("product_except_self", "product_of_others", "others_product"),
        (
            """
            import math

            def solve(numbers):
                return [
                    math.prod(numbers[:index] + numbers[index + 1:])
                    for index in range(len(numbers))
                ]
            """,
            """
            def solve(numbers):
                result = []
                for i in range(len(numbers)):
                    product = 1
                    for j in range(len(numbers)):
                        if i != j:
                            product *= numbers[j]
                    result.append(product)
                return result
            """,
        ),
    ),
}


@family(what=tuple(_RUNNING))
def running_values_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Cumulative sums, maxima, products, averages."""
    task = _RUNNING[what]
    low, high = (1, 6) if "product" in what else (-9, 20)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, choose.one_of(("of", "of", "for"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integers((3, 7), low, high),) for _ in range(5)] + [([5],), ([],)],
        synonyms={"product": ("result_", "p", "current")},
    )


_WINDOWS = {
    "sums": (
        "the sums of all windows of <k> consecutive elements",
        "window_sums",
        "[sum({})",
        "list",
    ),
    "max": (
        "the maxima of all windows of <k> consecutive elements",
        "sliding_maximum",
        "[max({})",
        "list",
    ),
    "min": (
        "the minima of all windows of <k> consecutive elements",
        "sliding_minimum",
        "[min({})",
        "list",
    ),
    "mean": (
        "the moving averages over <k> elements of {}, rounded to 2 digits",
        "moving_average",
        "[round(sum({}) / k, 2)",
        "list",
    ),
    "distinct": (
        "the number of distinct elements in each window of <k> consecutive elements",
        "distinct_in_windows",
        "[len(set({}))",
        "list",
    ),
    "range": (
        "the difference between maximum and minimum of each window of <k> consecutive elements",
        "window_ranges",
        "[max({0}) - min({0})",
        "list",
    ),
    "max_sum": (
        "the largest sum of <k> consecutive elements",
        "max_window_sum",
        "max(sum({})",
        "one",
    ),
    "min_sum": (
        "the smallest sum of <k> consecutive elements",
        "min_window_sum",
        "min(sum({})",
        "one",
    ),
    "min_of_max": (
        "the smallest of the maxima of all windows of <k> consecutive elements",
        "min_of_window_max",
        "min(max({})",
        "one",
    ),
    "best_mean": (
        "the largest average of <k> consecutive elements of {}, rounded to 2 digits",
        "max_window_average",
        "",
        "one",
    ),
}


@family(what=tuple(_WINDOWS))
def windows_of_k_elements(choose: Chooser, what: str) -> Exercise:
    """Sums, maxima, averages of sliding windows."""
    noun, name, start, result = _WINDOWS[what]
    end = "]" if result == "list" else ")"
    window = "numbers[index:index + k]"
    span = "range(len(numbers) - k + 1)"
    solutions = []
    if start:
        solutions.append(returns("numbers, k", f"{start.format(window)} for index in {span}{end}"))
    if what in ("sums", "max_sum", "min_sum", "best_mean", "mean"):
        step = {
            "sums": ("result = [total]", "result.append(total)", "result"),
            "mean": (
                "result = [round(total / k, 2)]",
                "result.append(round(total / k, 2))",
                "result",
            ),
            "max_sum": ("best = total", "best = max(best, total)", "best"),
            "min_sum": ("best = total", "best = min(best, total)", "best"),
            "best_mean": ("best = total", "best = max(best, total)", "round(best / k, 2)"),
        }[what]
        solutions.append(
            f"""
            def solve(numbers, k):
                total = sum(numbers[:k])
                {step[0]}
                for index in range(k, len(numbers)):
                    total += numbers[index] - numbers[index - k]
                    {step[1]}
                return {step[2]}
            """
        )
    elif result == "list":
        value = start[1:].format("window")
        solutions.append(
            f"""
            def solve(numbers, k):
                result = []
                for index in range(len(numbers) - k + 1):
                    window = numbers[index:index + k]
                    result.append({value})
                return result
            """
        )
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            (noun, noun.replace("windows of <k> consecutive", "sublists of <k> neighbouring")),
            choose.one_of(("of", "in")),
        ),
        names=(name, f"{name}_of_list", f"get_{name}"),
        solutions=solutions,
        arguments=[(choose.integers((4, 8), 0, 15), choose.integer(2, 4)) for _ in range(5)]
        + [([3, 1, 2], 3), ([4, 7, 5], 1)],
        synonyms={"window": ("part", "chunk", "w")},
    )


_WINDOW_COUNTS = {
    "sum": (
        "the number of windows of <k> consecutive elements of {} whose sum is at least <limit>",
        "windows_reaching",
        "sum({}) >= limit",
    ),
    "average": (
        "the number of windows of <k> consecutive elements of {} whose average is greater than "
        "<limit>",
        "windows_above_average",
        "sum({}) / k > limit",
    ),
    "max": (
        "the number of windows of <k> consecutive elements of {} that contain only numbers below "
        "<limit>",
        "windows_below",
        "max({}) < limit",
    ),
}


@family(what=tuple(_WINDOW_COUNTS))
def count_windows_with_a_limit(choose: Chooser, what: str) -> Exercise:
    """Count windows whose sum, average or maximum meets a limit."""
    noun, name, condition = _WINDOW_COUNTS[what]
    inline = condition.format("numbers[index:index + k]")
    arguments = []
    for _ in range(6):
        k = choose.integer(2, 3)
        limit = choose.integer(8, 14) * (k if what == "sum" else 1)
        arguments.append((choose.integers((4, 8), 0, 20), k, limit))
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            noun.replace("the number of", "count the").format("a list"),
        ),
        names=(name, f"count_{name}", "count_windows"),
        solutions=(
            returns(
                "numbers, k, limit", f"sum(1 for index in range(len(numbers) - k + 1) if {inline})"
            ),
            f"""
            def solve(numbers, k, limit):
                count = 0
                for index in range(len(numbers) - k + 1):
                    if {inline}:
                        count += 1
                return count
            """,
        ),
        arguments=arguments,
        synonyms={"limit": ("threshold", "t", "m", "bound")},
    )


_RUN_CONDITIONS = {
    "equal": ("equal elements", "numbers[index] == numbers[index - 1]"),
    "rising": ("strictly increasing elements", "numbers[index] > numbers[index - 1]"),
    "falling": ("strictly decreasing elements", "numbers[index] < numbers[index - 1]"),
    "consecutive": ("elements that count up by one", "numbers[index] == numbers[index - 1] + 1"),
    "alternating": (
        "elements that alternate between even and odd",
        "numbers[index] % 2 != numbers[index - 1] % 2",
    ),
    "not_falling": ("elements that never decrease", "numbers[index] >= numbers[index - 1]"),
}


@family(kind=tuple(_RUN_CONDITIONS), result=("length", "elements"))
def longest_run_of_neighbours(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the longest run of equal, rising ... neighbours."""
    noun, condition = _RUN_CONDITIONS[kind]
    signs = {" == ": " != ", " != ": " == ", " > ": " <= ", " < ": " >= ", " >= ": " < "}
    sign = next(sign for sign in signs if sign in condition)
    opposite = condition.replace(sign, signs[sign])
    if result == "length":
        asks = (
            f"the length of the longest run of {noun}",
            f"how long the longest run of consecutive {noun} in {{}} is"
            if "elements that" not in noun
            else f"the length of the longest run of neighbouring {noun}",
        )
        solutions = (
            f"""
            def solve(numbers):
                if not numbers:
                    return 0
                best = current = 1
                for index in range(1, len(numbers)):
                    if {condition}:
                        current += 1
                    else:
                        current = 1
                    best = max(best, current)
                return best
            """,
            f"""
            def solve(numbers):
                best = 0
                current = 0
                for index in range(len(numbers)):
                    if index > 0 and {condition}:
                        current += 1
                    else:
                        current = 1
                    if current > best:
                        best = current
                return best
            """,
        )
    else:
        asks = (
            f"the longest run of {noun} in {{}} as a list (the first one if there are several)",
            f"the first longest contiguous sublist of {noun} in {{}}",
        )
        solutions = (
            f"""
            def solve(numbers):
                best = []
                current = []
                for index in range(len(numbers)):
                    if index > 0 and {condition}:
                        current.append(numbers[index])
                    else:
                        current = [numbers[index]]
                    if len(current) > len(best):
                        best = current[:]
                return best
            """,
            f"""
            def solve(numbers):
                best = []
                start = 0
                for index in range(len(numbers)):
                    if index > 0 and {opposite}:
                        start = index
                    if index + 1 - start > len(best):
                        best = numbers[start:index + 1]
                return best
            """,
        )
    lists = [_runs(choose, kind) for _ in range(5)]
    chosen, arguments = sized(
        choose, solutions, [(numbers,) for numbers in lists] + [([],), ([4],)]
    )
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks, choose.one_of(("in", "of"))),
        names=(f"longest_{kind}_run", f"longest_run_{result}", f"max_{kind}_streak"),
        solutions=chosen,
        arguments=arguments,
        synonyms={"current": ("run", "length", "streak"), "best": ("longest", "result")},
    )


def _runs(choose: Chooser, kind: str) -> list[int]:
    """Return a list in which runs of a kind are likely."""
    numbers: list[int] = []
    for _ in range(choose.integer(2, 3)):
        start, num = choose.integer(1, 9), choose.integer(1, 4)
        step = {"equal": 0, "rising": 2, "falling": -2, "consecutive": 1, "alternating": 1}.get(
            kind, 1
        )
        numbers += [start + step * index for index in range(num)]
    return numbers


_VALUE_RUNS = {
    "ones": ("ones", "number == 1", (0, 1)),
    "zeros": ("zeros", "number == 0", (0, 1)),
    "even": ("even numbers", "number % 2 == 0", (0, 9)),
    "odd": ("odd numbers", "number % 2 == 1", (0, 9)),
    "positive": ("positive numbers", "number > 0", (-5, 9)),
    "big": ("numbers above 5", "number > 5", (0, 12)),
}


@family(kind=tuple(_VALUE_RUNS), result=("longest", "count"))
def runs_of_a_kind_of_number(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the longest run of ones, even numbers ..., or count the runs."""
    noun, condition, (low, high) = _VALUE_RUNS[kind]
    if result == "longest":
        asks = (
            f"the largest number of consecutive {noun}",
            f"the length of the longest run of {noun}",
        )
        solutions = (
            f"""
            def solve(numbers):
                best = 0
                count = 0
                for number in numbers:
                    if {condition}:
                        count += 1
                        best = max(best, count)
                    else:
                        count = 0
                return best
            """,
            f"""
            from itertools import groupby

            def solve(numbers):
                runs = groupby(numbers, key=lambda number: {condition})
                return max((len(list(run)) for flag, run in runs if flag), default=0)
            """,
        )
    else:
        asks = (
            f"the number of runs of {noun} (a run may be a single element)",
            f"how many groups of neighbouring {noun} {{}} contains",
        )
        solutions = (
            f"""
            def solve(numbers):
                count = 0
                inside = False
                for number in numbers:
                    if {condition}:
                        if not inside:
                            count += 1
                        inside = True
                    else:
                        inside = False
                return count
            """,
            f"""
            from itertools import groupby

            def solve(numbers):
                runs = groupby(numbers, key=lambda number: {condition})
                return sum(1 for flag, _ in runs if flag)
            """,
        )
    return Exercise(
        texts=ask_for(
            "a list of zeros and ones" if kind in ("ones", "zeros") else choose.one_of(NUMBERS),
            asks,
        ),
        names=(f"{result}_{kind}_run", f"{result}_run_of_{kind}", f"{kind}_{result}"),
        solutions=solutions,
        arguments=[(choose.integers((5, 10), low, high),) for _ in range(5)]
        + [([],), ([1, 1, 0, 1, 1, 1, 0],)],
        synonyms={
            "key": ("key",),
            "best": ("longest", "largest", "most"),
            "flag": ("ok", "inside"),
        },
    )


_GROUPS = {
    "lists": (
        "the runs of equal neighbours in {} as lists",
        "group_equal_neighbours",
        "[list(run) for _, run in groupby(items)]",
    ),
    "pairs": (
        "the run-length encoding, a list of tuples (element, length of the run),",
        "run_length_encoding",
        "[(item, len(list(run))) for item, run in groupby(items)]",
    ),
    "lengths": (
        "the lengths of the runs of equal neighbours",
        "run_lengths",
        "[len(list(run)) for _, run in groupby(items)]",
    ),
    "count": (
        "the number of runs of equal neighbours",
        "count_runs",
        "sum(1 for _ in groupby(items))",
    ),
    "singles": (
        "the elements that form a run of length 1 (both neighbours differ from them)",
        "isolated_elements",
        "[item for item, run in groupby(items) if len(list(run)) == 1]",
    ),
}


@family(what=tuple(_GROUPS))
def groups_of_equal_neighbours(choose: Chooser, what: str) -> Exercise:
    """Group equal neighbours."""
    noun, name, expression = _GROUPS[what]
    loop = {
        "lists": ("result.append([item])", "result[-1].append(item)", "result"),
        "pairs": ("result.append((item, 1))", "result[-1] = (item, result[-1][1] + 1)", "result"),
        "lengths": ("result.append(1)", "result[-1] += 1", "result"),
    }.get(what)
    solutions = [f"from itertools import groupby\n\n{returns('items', expression)}"]
    if loop:
        solutions.append(
            f"""
            def solve(items):
                result = []
                for index, item in enumerate(items):
                    if index == 0 or item != items[index - 1]:
                        {loop[0]}
                    else:
                        {loop[1]}
                return {loop[2]}
            """
        )
    elif what == "count":
        solutions.append(
            """
            def solve(items):
                count = 0
                for index, item in enumerate(items):
                    if index == 0 or item != items[index - 1]:
                        count += 1
                return count
            """
        )
    letters = choose.chance(0.3)
    lists: list[list[object]] = [
        [*choose.letters(num, "ab")] if letters else [*choose.integers(num, 1, 3)]
        for num in (4, 5, 6, 8, 9)
    ]
    return Exercise(
        texts=ask_for(
            choose.one_of(("a list", "a given list", "an array", "a list of elements")),
            (noun.replace("encoding, a", "encoding of {}, a").rstrip(","),),
            "of",
        ),
        names=(name, f"{name}_of_list", f"get_{name}"),
        solutions=solutions,
        arguments=[(items,) for items in lists] + [([],), ([1],)],
    )
