"""Windows that slide over a list, and views along a row of heights."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("max", "min", "sum", "average", "distinct", "first_negative"))
def sliding_windows(choose: Chooser, task: str) -> Exercise:
    """Say something about each window of k neighbouring elements."""
    thing, noun, value, names = {
        "max": (
            "the maximum",
            "largest element",
            "max(numbers[i:i + k])",
            ("window_max", "sliding_window_maximum", "max_of_windows"),
        ),
        "min": (
            "the minimum",
            "smallest element",
            "min(numbers[i:i + k])",
            ("window_min", "sliding_window_minimum", "min_of_windows"),
        ),
        "sum": (
            "the sum",
            "sum",
            "sum(numbers[i:i + k])",
            ("window_sums", "sliding_sums", "sum_of_windows"),
        ),
        "average": (
            "the average, rounded to 2 digits,",
            "average (rounded to 2 digits)",
            "round(sum(numbers[i:i + k]) / k, 2)",
            ("moving_average", "window_averages", "sliding_average"),
        ),
        "distinct": (
            "the number of different values",
            "number of different values",
            "len(set(numbers[i:i + k]))",
            ("distinct_in_windows", "count_distinct", "window_distinct"),
        ),
        "first_negative": (
            "the first negative number (0 if there is none)",
            "first negative number, or 0",
            "next((x for x in numbers[i:i + k] if x < 0), 0)",
            ("first_negatives", "first_negative_in_windows", "window_negative"),
        ),
    }[task]  # fmt: skip
    solutions = [
        f"""
        def solve(numbers, k):
            return [{value} for i in range(len(numbers) - k + 1)]
        """,
        f"""
        def solve(numbers, k):
            result = []
            for i in range(len(numbers) - k + 1):
                result.append({value})
            return result
        """,
    ]
    if task in ("max", "min"):
        sign = "<=" if task == "max" else ">="
        solutions.append(
            f"""
            from collections import deque


            def solve(numbers, k):
                queue = deque()
                result = []
                for i, number in enumerate(numbers):
                    while queue and numbers[queue[-1]] {sign} number:
                        queue.pop()
                    queue.append(i)
                    if queue[0] <= i - k:
                        queue.popleft()
                    if i >= k - 1:
                        result.append(numbers[queue[0]])
                return result
            """
        )
    elif task == "sum":
        solutions.append(
            """
            def solve(numbers, k):
                total = sum(numbers[:k])
                result = [total]
                for i in range(k, len(numbers)):
                    total += numbers[i] - numbers[i - k]
                    result.append(total)
                return result
            """
        )
    low = -9 if task in ("first_negative", "sum") else 1
    high = 5 if task == "distinct" else 20
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        numbers = choose.integers((4, 9), low, high)
        arguments.append((numbers, choose.integer(2, len(numbers)) if place else 1))
    return Exercise(
        texts=(
            f"find {thing} of every window of k consecutive elements of a list",
            f"return a list of the {noun} of each contiguous sublist of length <k>",
            f"Given a list and a window size k, slide the window over the list and return the "
            f"{noun} for every position.",
            f"compute, for all sublists of <k> neighbouring elements, the {noun}",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"k": ("n", "size", "w")},
    )


@family(task=("warmer", "span", "taller_seen", "view", "histogram", "rain"))
def heights_and_temperatures(choose: Chooser, task: str) -> Exercise:
    """Look left or right along a row of heights, prices or temperatures."""
    texts, names, solutions = {
        "warmer": (
            (
                "find for each day how many days one has to wait for a warmer temperature (0 if "
                "it never gets warmer)",
                "Given daily temperatures, return a list with the number of days until a higher "
                "temperature for every day, or 0 if there is none.",
                "return, for a list of temperatures, the distance of each one to the next higher "
                "one, and 0 where none follows",
                "How many days until it is warmer? Answer for each day of a list of temperatures "
                "(0 for never).",
            ),
            ("days_until_warmer", "daily_temperatures", "wait_for_warmer"),
            (
                """
                def solve(temperatures):
                    result = [0] * len(temperatures)
                    stack = []
                    for i, temperature in enumerate(temperatures):
                        while stack and temperatures[stack[-1]] < temperature:
                            day = stack.pop()
                            result[day] = i - day
                        stack.append(i)
                    return result
                """,
                """
                def solve(temperatures):
                    result = []
                    for i in range(len(temperatures)):
                        days = 0
                        for j in range(i + 1, len(temperatures)):
                            if temperatures[j] > temperatures[i]:
                                days = j - i
                                break
                        result.append(days)
                    return result
                """,
            ),
        ),
        "span": (
            (
                "find the stock span of each day: the number of consecutive days up to this day "
                "on which the price was at most the price of the day",
                "Given daily prices, return for each day how many days in a row, ending with it, "
                "had a price less than or equal to its price.",
                "compute the spans of stock prices (how long the price has not been higher, "
                "today included)",
                "return the list of stock spans for a list of prices",
            ),
            ("stock_span", "price_spans", "calculate_span"),
            (
                """
                def solve(prices):
                    result = []
                    for i in range(len(prices)):
                        span = 1
                        while span <= i and prices[i - span] <= prices[i]:
                            span += 1
                        result.append(span)
                    return result
                """,
                """
                def solve(prices):
                    result = []
                    stack = []
                    for i, price in enumerate(prices):
                        while stack and prices[stack[-1]] <= price:
                            stack.pop()
                        result.append(i - stack[-1] if stack else i + 1)
                        stack.append(i)
                    return result
                """,
            ),
        ),
        "taller_seen": (
            (
                "count the buildings that can see the sunset in the west, if the buildings stand "
                "in a row from west to east and a building sees over lower ones only",
                "find how many elements of a list are greater than all elements before them",
                "Buildings of the given heights stand in a row and are looked at from the left. "
                "Return how many are visible, if a building hides all that are not taller.",
                "count elements that are strictly larger than everything to their left",
            ),
            ("count_visible", "buildings_with_view", "visible_from_left"),
            (
                """
                def solve(heights):
                    count = 0
                    tallest = 0
                    for height in heights:
                        if height > tallest:
                            count += 1
                            tallest = height
                    return count
                """,
                """
                def solve(heights):
                    count = 0
                    for i in range(len(heights)):
                        if all(heights[j] < heights[i] for j in range(i)):
                            count += 1
                    return count
                """,
            ),
        ),
        "view": (
            (
                "list the indices of the buildings that have a view of the ocean on the right, "
                "where all buildings to the right must be lower",
                "return the positions of all elements that are greater than every element after "
                "them, in ascending order",
                "The ocean is to the right of a row of buildings. Return the indices of those "
                "whose view is not blocked by an equally tall or taller building.",
                "find the indices of elements which are larger than all elements to their right",
            ),
            ("ocean_view", "leaders", "indices_with_view"),
            (
                """
                def solve(heights):
                    result = []
                    tallest = 0
                    for i in range(len(heights) - 1, -1, -1):
                        if heights[i] > tallest:
                            result.append(i)
                            tallest = heights[i]
                    return result[::-1]
                """,
                """
                def solve(heights):
                    return [
                        i
                        for i in range(len(heights))
                        if all(heights[i] > height for height in heights[i + 1:])
                    ]
                """,
            ),
        ),
        "histogram": (
            (
                "find the area of the largest rectangle in a histogram with bars of width 1",
                "compute the largest rectangular area that fits into neighbouring bars of the "
                "given heights",
                "Given the heights of bars of width 1 that stand side by side, return the "
                "greatest area of a rectangle inside them.",
                "Largest rectangle in a histogram.",
            ),
            ("largest_rectangle", "max_histogram_area", "largest_area"),
            (
                """
                def solve(heights):
                    best = 0
                    for i in range(len(heights)):
                        lowest = heights[i]
                        for j in range(i, len(heights)):
                            lowest = min(lowest, heights[j])
                            best = max(best, lowest * (j - i + 1))
                    return best
                """,
                """
                def solve(heights):
                    stack = []
                    best = 0
                    for i, height in enumerate(heights + [0]):
                        while stack and heights[stack[-1]] >= height:
                            top = heights[stack.pop()]
                            left = stack[-1] if stack else -1
                            best = max(best, top * (i - left - 1))
                        stack.append(i)
                    return best
                """,
            ),
        ),
        "rain": (
            (
                "find how much rain water a row of bars of width 1 can hold after rain",
                "compute the units of water that are trapped between bars of the given heights",
                "Given an elevation map as a list of heights, return how much water stays on it.",
                "Trapping rain water: return the total for a list of bar heights.",
            ),
            ("trap_water", "trapped_water", "rain_water"),
            (
                """
                def solve(heights):
                    total = 0
                    for i, height in enumerate(heights):
                        level = min(max(heights[:i + 1]), max(heights[i:]))
                        total += level - height
                    return total
                """,
                """
                def solve(heights):
                    left, right = 0, len(heights) - 1
                    left_max = right_max = total = 0
                    while left <= right:
                        if left_max <= right_max:
                            left_max = max(left_max, heights[left])
                            total += left_max - heights[left]
                            left += 1
                        else:
                            right_max = max(right_max, heights[right])
                            total += right_max - heights[right]
                            right -= 1
                    return total
                """,
            ),
        ),
    }[task]  # fmt: skip
    low, high = (50, 90) if task == "warmer" else (1, 12)
    arguments = [(choose.integers((3, 8), low, high),) for _ in range(6)] + [([low],)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "heights": ("h", "buildings", "bars", "nums"),
            "prices": ("price_list", "nums"),
            "temperatures": ("temps", "days_list"),
        },
    )
