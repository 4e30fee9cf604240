"""Elements that stand out: missing, k-th, closest."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_MISSING = {
    "from_one": Task(
        (
            "Given a list that contains the numbers from 1 to n in any order except one, find the "
            "missing number.",
            "find the missing number in a list of n - 1 different integers from 1 to n",
            "find the one number from 1 to n that is missing in a list, where n is one more than "
            "the length of the list",
            "A list holds all integers from 1 to n but one. Return the missing one.",
        ),
        ("missing_number", "find_missing", "missing_from_one"),
        (
            """
            def solve(numbers):
                n = len(numbers) + 1
                return n * (n + 1) // 2 - sum(numbers)
            """,
            """
            def solve(numbers):
                for number in range(1, len(numbers) + 2):
                    if number not in numbers:
                        return number
            """,
        ),
    ),
    "from_zero": Task(
        (
            "Given a list that contains the numbers from 0 to n in any order except one, find the "
            "missing number.",
            "find the missing number in a list of n different integers from 0 to n",
            "A list of length n holds different numbers from 0 to n. Find the number that is "
            "missing.",
            "find the one number between 0 and the length of a list that the list lacks",
        ),
        ("missing_number", "missing_from_zero", "absent_number"),
        (
            """
            def solve(numbers):
                n = len(numbers)
                return n * (n + 1) // 2 - sum(numbers)
            """,
            """
            def solve(numbers):
                return sum(range(len(numbers) + 1)) - sum(numbers)
            """,
            """
            def solve(numbers):
                for number in range(len(numbers) + 1):
                    if number not in numbers:
                        return number
            """,
        ),
    ),
    "consecutive": Task(
        (
            "find the missing number in a list of consecutive integers from which one was removed",
            "Given a sorted list of consecutive numbers with one gap, return the number that is "
            "missing.",
            "find the number that is missing between the first and the last element of a sorted "
            "list of consecutive integers",
        ),
        ("missing_in_sequence", "find_gap", "missing_consecutive"),
        (
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index + 1] - numbers[index] > 1:
                        return numbers[index] + 1
            """,
            """
            def solve(numbers):
                for number in range(numbers[0], numbers[-1]):
                    if number not in numbers:
                        return number
            """,
        ),
    ),
    "evenly_spaced": Task(
        (
            "find the missing term of an arithmetic progression from which one inner term was "
            "removed",
            "Given a list of numbers with equal distances, from which one inner number was "
            "removed, return that number.",
            "find the number that is missing in an arithmetic sequence",
        ),
        ("missing_term", "missing_in_progression", "find_missing_term"),
        (
            """
            def solve(numbers):
                step = (numbers[-1] - numbers[0]) // len(numbers)
                for index in range(len(numbers) - 1):
                    if numbers[index + 1] - numbers[index] != step:
                        return numbers[index] + step
            """,
            """
            def solve(numbers):
                step = (numbers[-1] - numbers[0]) // len(numbers)
                for number in range(numbers[0], numbers[-1], step):
                    if number not in numbers:
                        return number
            """,
        ),
    ),
}


@family(kind=tuple(_MISSING))
def the_missing_number(choose: Chooser, kind: str) -> Exercise:
    """Find the one number that is missing."""
    task = _MISSING[kind]
    arguments: list[tuple[list[int]]] = []
    for _ in range(6):
        num = choose.integer(4, 9)
        start = {"from_one": 1, "from_zero": 0}.get(kind, choose.integer(1, 30))
        step = choose.integer(2, 7) if kind == "evenly_spaced" else 1
        numbers = [start + step * index for index in range(num)]
        if kind in ("from_one", "from_zero"):
            del numbers[choose.integer(0, num - 1)]
            numbers = choose.shuffled(numbers)
        else:
            del numbers[choose.integer(1, num - 2)]
        arguments.append((numbers,))
    solutions, with_length = sized(choose, task.solutions, arguments)
    if kind in ("from_one", "from_zero"):
        solutions, with_length = task.solutions, list(arguments)
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=solutions,
        arguments=with_length,
        synonyms={"step": ("diff", "d", "gap")},
    )


_ALL_MISSING = {
    "up_to_n": Task(
        (
            "all numbers from 1 to <n> that are not in {}",
            "a list of the numbers 1 to <n> that {} lacks",
        ),
        ("missing_up_to", "all_missing", "absent_numbers"),
        (
            returns(
                "numbers, n", "[number for number in range(1, n + 1) if number not in numbers]"
            ),
            """
            def solve(numbers, n):
                result = []
                for number in range(1, n + 1):
                    if number not in numbers:
                        result.append(number)
                return result
            """,
            returns("numbers, n", "sorted(set(range(1, n + 1)) - set(numbers))"),
        ),
    ),
    "count": Task(
        (
            "how many numbers from 1 to <n> are missing in {}",
            "the number of integers from 1 to <n> that do not occur in {}",
        ),
        ("count_missing", "number_missing", "how_many_missing"),
        (
            returns("numbers, n", "n - len(set(numbers) & set(range(1, n + 1)))"),
            returns("numbers, n", "sum(1 for number in range(1, n + 1) if number not in numbers)"),
        ),
    ),
    "kth": Task(
        (
            "the <n>-th positive integer that does not occur in {}",
            "the <n>-th number of 1, 2, 3 ... that is missing in {}",
        ),
        ("kth_missing", "nth_missing_positive", "find_kth_missing"),
        (
            """
            def solve(numbers, n):
                number = 0
                while n > 0:
                    number += 1
                    if number not in numbers:
                        n -= 1
                return number
            """,
        ),
    ),
    "next": Task(
        (
            "the smallest number greater than <n> that is not in {}",
            "the first integer above <n> that {} does not contain",
        ),
        ("next_free", "next_missing", "first_free_above"),
        (
            """
            def solve(numbers, n):
                number = n + 1
                while number in numbers:
                    number += 1
                return number
            """,
        ),
    ),
}


@family(what=tuple(_ALL_MISSING))
def missing_numbers_up_to_n(choose: Chooser, what: str) -> Exercise:
    """List or count the missing numbers."""
    task = _ALL_MISSING[what]
    lists = [sorted(choose.sample(range(1, 11), (3, 7))) for _ in range(6)]
    if choose.chance(0.4):
        lists = [choose.shuffled(numbers) for numbers in lists]
    low, high = (1, 4) if what in ("kth", "next") else (8, 12)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers, choose.integer(low, high)) for numbers in lists] + [([], 3)],
        synonyms={"n": ("k", "m", "limit"), "number": ("x", "i", "num", "candidate")},
    )


_SMALLEST_MISSING = {
    "positive": (
        "the smallest positive integer that does not occur",
        "first_missing_positive",
        "1",
    ),
    "natural": ("the smallest non-negative integer that does not occur", "smallest_missing", "0"),
    "even": ("the smallest positive even number that does not occur", "smallest_missing_even", "2"),
    "between": ("all integers between the minimum and the maximum that do not occur", "gaps", ""),
}


@family(what=tuple(_SMALLEST_MISSING))
def smallest_missing_number(choose: Chooser, what: str) -> Exercise:
    """Find the smallest integer that is not in a list."""
    noun, name, start = _SMALLEST_MISSING[what]
    step = 2 if what == "even" else 1
    if what == "between":
        solutions = [
            returns(
                "numbers",
                "[number for number in range(min(numbers), max(numbers)) if number not in numbers]",
            ),
            """
            def solve(numbers):
                result = []
                for number in range(min(numbers), max(numbers) + 1):
                    if number not in numbers:
                        result.append(number)
                return result
            """,
        ]
    else:
        solutions = [
            f"""
            def solve(numbers):
                result = {start}
                while result in numbers:
                    result += {step}
                return result
            """,
            f"""
            from itertools import count

            def solve(numbers):
                seen = set(numbers)
                for number in count({start}{", 2" if step == 2 else ""}):
                    if number not in seen:
                        return number
            """,
        ]
    lists = [choose.shuffled(choose.sample(range(int(start or 1), 9), (3, 7))) for _ in range(4)]
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS), (noun, f"{noun} at all" if what != "between" else noun)
        ),
        names=(name, f"find_{name}", f"{what}_missing_number"),
        solutions=solutions,
        arguments=[
            *((numbers,) for numbers in lists),
            ([1, 2, 3],),
            ([7, 8, 10],),
            ([2, 4, 1, 0],),
            ([-3, 5, 1, 2],),
        ],
        synonyms={"count": ("count",)},
    )


_RANKS = {
    "smallest": (
        ("the <k>-th smallest element", "the <k>th smallest number"),
        ("kth_smallest", "find_kth_smallest", "nth_smallest"),
        ("sorted(numbers)[k - 1]", "heapq.nsmallest(k, numbers)[-1]"),
    ),
    "largest": (
        ("the <k>-th largest element", "the <k>th largest number"),
        ("kth_largest", "find_kth_largest", "nth_largest"),
        (
            "sorted(numbers, reverse=True)[k - 1]",
            "sorted(numbers)[-k]",
            "heapq.nlargest(k, numbers)[-1]",
        ),
    ),
    "smallest_distinct": (
        (
            "the <k>-th smallest distinct value",
            "the <k>-th smallest element of {}, where equal elements count once",
        ),
        ("kth_smallest_distinct", "kth_distinct_minimum", "unique_kth_smallest"),
        ("sorted(set(numbers))[k - 1]",),
    ),
    "largest_distinct": (
        (
            "the <k>-th largest distinct value",
            "the <k>-th largest element of {}, where equal elements count once",
        ),
        ("kth_largest_distinct", "kth_distinct_maximum", "unique_kth_largest"),
        ("sorted(set(numbers), reverse=True)[k - 1]", "sorted(set(numbers))[-k]"),
    ),
    "k_smallest": (
        (
            "the <k> smallest elements of {} in ascending order",
            "a sorted list of the <k> smallest numbers",
        ),
        ("k_smallest", "smallest_elements", "n_smallest"),
        ("sorted(numbers)[:k]", "heapq.nsmallest(k, numbers)"),
    ),
    "k_largest": (
        (
            "the <k> largest elements of {} in descending order",
            "the <k> largest numbers of {}, the largest first",
        ),
        ("k_largest", "largest_elements", "n_largest"),
        ("sorted(numbers, reverse=True)[:k]", "heapq.nlargest(k, numbers)"),
    ),
    "sum_smallest": (
        ("the sum of the <k> smallest elements", "the total of the <k> smallest numbers"),
        ("sum_k_smallest", "sum_of_smallest", "add_smallest"),
        ("sum(sorted(numbers)[:k])", "sum(heapq.nsmallest(k, numbers))"),
    ),
    "sum_largest": (
        ("the sum of the <k> largest elements", "the total of the <k> largest numbers"),
        ("sum_k_largest", "sum_of_largest", "add_largest"),
        (
            "sum(sorted(numbers, reverse=True)[:k])",
            "sum(sorted(numbers)[-k:])",
            "sum(heapq.nlargest(k, numbers))",
        ),
    ),
    "product_largest": (
        ("the product of the <k> largest elements", "the product of the <k> greatest numbers"),
        ("product_k_largest", "product_of_largest", "multiply_largest"),
        ("math.prod(sorted(numbers)[-k:])", "math.prod(heapq.nlargest(k, numbers))"),
    ),
    "difference": (
        (
            "the difference between the sum of the <k> largest and the sum of the <k> smallest "
            "elements",
        ),
        ("difference_of_extremes", "top_minus_bottom", "spread_of_k"),
        ("sum(sorted(numbers)[-k:]) - sum(sorted(numbers)[:k])",),
    ),
}


@family(what=tuple(_RANKS))
def element_of_a_rank(choose: Chooser, what: str) -> Exercise:
    """Return the k-th smallest or the k largest elements and the like."""
    asks, names, expressions = _RANKS[what]
    solutions = []
    for expression in expressions:
        imports = "".join(
            f"import {name}\n" for name in ("heapq", "math") if f"{name}." in expression
        )
        body = returns("numbers, k", expression)
        solutions.append(f"{imports}\n{body}" if imports else body)
    if "heap" not in what and what in ("smallest", "k_smallest"):
        solutions.append(
            f"""
            def solve(numbers, k):
                numbers.sort()
                return numbers[{"k - 1" if what == "smallest" else ":k"}]
            """
        )
    low = 1 if what == "product_largest" else -10
    if choose.chance(0.15) and any("heapq" in solution for solution in solutions):
        solutions = [solution for solution in solutions if "heapq" in solution]
        asks = (f"{asks[0].replace(' of {}', '')} using heapq",)
        asks = tuple(ask.replace(" using", " of {} using") for ask in asks)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks, choose.one_of(("of", "in", "in"))),
        names=names,
        solutions=solutions,
        arguments=[
            (choose.shuffled([*choose.sample(range(low, 40), (4, 8)), n]), choose.integer(1, 4))
            for n in choose.integers(5, max(low, 1), 9)
        ]
        + [([6, 2, 9], 1), ([5, 1, 4, 2], 4)],
    )


_CLOSEST = {
    "value": Task(
        (
            "the element that is closest to <k> (the smaller one of two that are equally close)",
            "the number of {} nearest to <k>; if two are equally near, the smaller one",
        ),
        ("closest", "nearest_value", "closest_to"),
        (
            returns("numbers, k", "min(numbers, key=lambda number: (abs(number - k), number))"),
            """
            def solve(numbers, k):
                best = numbers[0]
                for number in numbers:
                    if abs(number - k) < abs(best - k):
                        best = number
                    elif abs(number - k) == abs(best - k) and number < best:
                        best = number
                return best
            """,
        ),
    ),
    "index": Task(
        (
            "the index of the element of {} that is closest to <k>, the first one if there are "
            "several",
            "the first index of the element of {} with the smallest distance from <k>",
        ),
        ("index_of_closest", "closest_index", "nearest_position"),
        (
            """
            def solve(numbers, k):
                best = 0
                for index in range(len(numbers)):
                    if abs(numbers[index] - k) < abs(numbers[best] - k):
                        best = index
                return best
            """,
            """
            def solve(numbers, k):
                distances = [abs(number - k) for number in numbers]
                return distances.index(min(distances))
            """,
        ),
    ),
    "distance": Task(
        (
            "the smallest distance of an element of {} from <k>",
            "how far the nearest element of {} is from <k>",
        ),
        ("smallest_distance", "min_distance_to", "distance_to_closest"),
        (
            returns("numbers, k", "min(abs(number - k) for number in numbers)"),
            """
            def solve(numbers, k):
                best = abs(numbers[0] - k)
                for number in numbers:
                    best = min(best, abs(number - k))
                return best
            """,
        ),
    ),
    "farthest": Task(
        ("the element of {} that is farthest from <k> (the first one if there are several)",),
        ("farthest", "most_distant", "farthest_from"),
        (
            returns("numbers, k", "max(numbers, key=lambda number: abs(number - k))"),
            """
            def solve(numbers, k):
                best = numbers[0]
                for number in numbers:
                    if abs(number - k) > abs(best - k):
                        best = number
                return best
            """,
        ),
    ),
    "sorted": Task(
        ("the elements of {} ordered by their distance from <k>, smaller numbers first if equal",),
        ("sort_by_distance", "by_closeness", "order_by_distance"),
        (returns("numbers, k", "sorted(numbers, key=lambda number: (abs(number - k), number))"),),
    ),
    "within": Task(
        (
            "all elements of {} whose distance from 20 is at most <k>",
            "the numbers of {} that differ from 20 by no more than <k>",
        ),
        ("near_twenty", "within_distance", "close_elements"),
        (
            returns("numbers, k", "[number for number in numbers if abs(number - 20) <= k]"),
            """
            def solve(numbers, k):
                result = []
                for number in numbers:
                    if abs(number - 20) <= k:
                        result.append(number)
                return result
            """,
        ),
    ),
}


@family(what=tuple(_CLOSEST))
def closest_element_to_k(choose: Chooser, what: str) -> Exercise:
    """Find the element closest to a number."""
    task = _CLOSEST[what]
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (numbers, choose.integer(0, 35)) for numbers in number_lists(choose, 5, (3, 8), -5, 45)
        ]
        + [([4, 8, 15, 24], 6), ([7], 10)],
        synonyms={"key": ("key",), "k": ("n", "target", "x", "value")},
    )


_CLOSE_PAIRS = {
    "difference": Task(
        (
            "the smallest difference between any two elements",
            "the minimum distance between two elements",
        ),
        ("min_difference", "smallest_difference", "closest_gap"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return min(numbers[i + 1] - numbers[i] for i in range(len(numbers) - 1))
            """,
            """
            def solve(numbers):
                best = abs(numbers[0] - numbers[1])
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        best = min(best, abs(numbers[i] - numbers[j]))
                return best
            """,
        ),
    ),
    "pair": Task(
        (
            "the two elements of {} with the smallest difference as a tuple (smaller one first); "
            "the smallest such pair if there are several",
        ),
        ("closest_pair_of_numbers", "closest_two", "nearest_pair"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                pairs = list(zip(numbers, numbers[1:]))
                return min(pairs, key=lambda pair: pair[1] - pair[0])
            """,
            """
            def solve(numbers):
                numbers = sorted(numbers)
                best = (numbers[0], numbers[1])
                for i in range(len(numbers) - 1):
                    if numbers[i + 1] - numbers[i] < best[1] - best[0]:
                        best = (numbers[i], numbers[i + 1])
                return best
            """,
        ),
    ),
    "largest_gap": Task(
        (
            "the largest difference between neighbours in the sorted order",
            "the largest gap between two numbers that follow each other when the list is sorted",
        ),
        ("largest_gap", "maximum_gap", "widest_gap"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return max(numbers[i + 1] - numbers[i] for i in range(len(numbers) - 1))
            """,
            """
            def solve(numbers):
                numbers.sort()
                best = 0
                for x, y in zip(numbers, numbers[1:]):
                    if y - x > best:
                        best = y - x
                return best
            """,
        ),
    ),
    "later": Task(
        (
            "the largest difference numbers[j] - numbers[i] with i < j",
            "the greatest rise from an element to a later one (it may be negative)",
        ),
        ("largest_rise", "max_later_difference", "best_increase"),
        (
            """
            def solve(numbers):
                smallest = numbers[0]
                best = numbers[1] - numbers[0]
                for number in numbers[1:]:
                    best = max(best, number - smallest)
                    smallest = min(smallest, number)
                return best
            """,
            """
            def solve(numbers):
                return max(
                    numbers[j] - numbers[i]
                    for i in range(len(numbers))
                    for j in range(i + 1, len(numbers))
                )
            """,
        ),
    ),
}


@family(what=tuple(_CLOSE_PAIRS))
def difference_of_two_elements(choose: Chooser, what: str) -> Exercise:
    """Find the smallest or largest difference of two elements."""
    task = _CLOSE_PAIRS[what]
    if what == "later":
        asks = tuple(ask.replace("numbers[", "<numbers>[") for ask in task.asks)
    else:
        asks = task.asks
    texts = ask_for(choose.one_of(NUMBERS), asks)
    solutions, arguments = sized(
        choose,
        task.solutions,
        [(choose.sample(range(-10, 60), (3, 7)),) for _ in range(5)] + [([4, 9],), ([8, 5, 5, 1],)],
    )
    if what != "difference":
        solutions, arguments = task.solutions, [items[:1] for items in arguments]
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"key": ("key",), "pair": ("p", "t"), "x": ("a", "one"), "y": ("b", "other")},
    )
