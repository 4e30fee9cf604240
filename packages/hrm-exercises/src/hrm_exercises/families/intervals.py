"""Intervals, written as pairs of a start and an end."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _interval(choose: Chooser, high: int = 25, longest: int = 8) -> tuple[int, int]:
    """Return a start and a later end."""
    start = choose.integer(0, high)
    return start, start + choose.integer(1, longest)


def _intervals(choose: Chooser, num: tuple[int, int] = (2, 5)) -> list[tuple[int, int]]:
    """Return some intervals."""
    return [_interval(choose) for _ in range(choose.integer(*num))]


def _as_form(intervals: list[tuple[int, int]], form: str) -> list[Any]:
    """Return the intervals as tuples or lists."""
    return intervals if form == "tuple" else [list(interval) for interval in intervals]


@family(task=("merge", "merge_apart", "count", "length"), form=("tuple", "list"))
def merging_intervals(choose: Chooser, task: str, form: str) -> Exercise:
    """Merge intervals that overlap."""
    pair = "({0}, {1})" if form == "tuple" else "[{0}, {1}]"
    kind = "(start, end) tuples" if form == "tuple" else "[start, end] lists"
    start_end = pair.format("start", "end")
    texts, names = {
        "merge": (
            (
                f"merge all overlapping intervals of a list of {kind}, and return them sorted by "
                "their start; intervals that touch are merged too",
                f"combine the intervals of a list that overlap or touch; each interval is given "
                f"as {start_end}",
                f"Given {kind}, join those that have a point in common, and return the remaining "
                "intervals in ascending order.",
                f"merge overlapping ranges, for example {pair.format(1, 4)} and {pair.format(3, 6)}"
                f" become {pair.format(1, 6)}",
            ),
            ("merge_intervals", "merge_overlapping", "combine_ranges", "merge_ranges"),
        ),
        "merge_apart": (
            (
                f"merge the intervals of a list of {kind} that overlap, but keep those apart that "
                "only touch in an end point; return them sorted",
                f"combine overlapping intervals, each written as {start_end}, where intervals that "
                "share only a point do not overlap; the result is in ascending order",
                f"Given {kind} with half-open ranges, join those that really overlap (an interval "
                "that starts at the end of another one stays separate). Return them by start.",
                "Merge overlapping intervals, where touching ends don't count as overlap.",
            ),
            ("merge_open_intervals", "merge_strictly_overlapping", "join_ranges"),
        ),
        "count": (
            (
                f"count the separate blocks that remain when all overlapping or touching "
                f"intervals of a list of {kind} are merged",
                "find how many intervals are left after merging all that overlap or touch",
                f"Given {kind}, return the number of connected parts of the line that they cover.",
                "return the number of intervals after merging a list of them",
            ),
            ("count_merged", "num_blocks", "merged_count"),
        ),
        "length": (
            (
                f"find the total length that is covered by a list of {kind}; parts that are "
                "covered more than once count once",
                "find the length of the union of some intervals",
                f"Given {kind}, return how much of the number line they cover together.",
                "total covered length of a list of intervals, overlaps counted only once".replace(
                    "total", "compute the total", 1
                ),
            ),
            ("covered_length", "total_length", "union_length", "measure_union"),
        ),
    }[task]  # fmt: skip
    sign = "<" if task == "merge_apart" else "<="
    last = "result[-1][1]"
    if form == "tuple":
        update = "result[-1] = (result[-1][0], max(result[-1][1], end))"
    else:
        update = "result[-1][1] = max(result[-1][1], end)"
    end_line = {
        "merge": "return result",
        "merge_apart": "return result",
        "count": "return len(result)",
        "length": "return sum(end - start for start, end in result)",
    }[task]
    solutions = [
        f"""
        def solve(intervals):
            result = []
            for start, end in sorted(intervals):
                if result and start {sign} {last}:
                    {update}
                else:
                    result.append({pair.format("start", "end")})
            {end_line}
        """
    ]
    if task == "length":
        solutions.append(
            """
            def solve(intervals):
                covered = set()
                for start, end in intervals:
                    covered.update(range(start, end))
                return len(covered)
            """
        )
    elif task == "count":
        solutions.append(
            """
            def solve(intervals):
                count = 0
                reach = None
                for start, end in sorted(intervals):
                    if reach is None or start > reach:
                        count += 1
                        reach = end
                    else:
                        reach = max(reach, end)
                return count
            """
        )
    else:
        solutions.append(
            f"""
            def solve(intervals):
                ordered = sorted(intervals)
                if not ordered:
                    return []
                result = []
                low, high = ordered[0]
                for start, end in ordered[1:]:
                    if start {sign} high:
                        high = max(high, end)
                    else:
                        result.append({pair.format("low", "high")})
                        low, high = start, end
                result.append({pair.format("low", "high")})
                return result
            """
        )
    arguments = [(_as_form(_intervals(choose, (2, 6)), form),) for _ in range(4)]
    start = choose.integer(1, 9)
    touching = [(start, start + 3), (start + 3, start + 5), (start + 7, start + 8)]
    arguments += [(_as_form(touching, form),), ([],), (_as_form(_intervals(choose, (1, 1)), form),)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"intervals": ("ranges", "pairs", "spans", "lst")},
    )


@family(task=("overlap", "touch_or_overlap", "contains", "disjoint", "equal_length"))
def relations_of_two_intervals(choose: Chooser, task: str) -> Exercise:
    """Compare two intervals."""
    texts, names, expressions = {
        "overlap": (
            (
                "check whether two intervals (start, end) overlap in more than a single point",
                "test if two time spans overlap, where one may begin when the other ends",
                "Given two tuples (start, end), return True if the intervals share more than one "
                "point, and False otherwise.",
                "Do two appointments collide? They don't if one ends when the other starts.",
            ),
            ("overlaps", "do_overlap", "is_overlapping", "collide"),
            (
                "first[0] < second[1] and second[0] < first[1]",
                "max(first[0], second[0]) < min(first[1], second[1])",
            ),
        ),
        "touch_or_overlap": (
            (
                "check whether two closed intervals (start, end) have at least one point in common",
                "test if two ranges overlap; both ends belong to a range",
                "Given two tuples (low, high) with inclusive bounds, return True if some number "
                "lies in both, else False.",
                "Two intervals include their ends. Return whether they intersect.",
            ),
            ("intersect", "have_common_point", "ranges_overlap", "is_intersecting"),
            (
                "first[0] <= second[1] and second[0] <= first[1]",
                "max(first[0], second[0]) <= min(first[1], second[1])",
            ),
        ),
        "contains": (
            (
                "check whether the first interval (start, end) contains the second one completely",
                "test if the range <second> lies inside the range <first> (equal ends are fine)",
                "Given two tuples (low, high), return True if every point of the second interval "
                "belongs to the first one, otherwise False.",
                "Return whether an interval includes another one.",
            ),
            ("contains", "includes", "covers", "is_inside"),
            (
                "first[0] <= second[0] and second[1] <= first[1]",
                "first[0] <= second[0] <= second[1] <= first[1]",
            ),
        ),
        "disjoint": (
            (
                "check whether two closed intervals (start, end) have no point in common",
                "test if two ranges are completely separate; both ends belong to a range",
                "Given two tuples (low, high) with inclusive bounds, return True if they do not "
                "meet at all, else False.",
                "Return True when one closed interval ends before the other one starts.",
            ),
            ("are_disjoint", "is_separate", "no_overlap", "do_not_meet"),
            (
                "first[1] < second[0] or second[1] < first[0]",
                "not (first[0] <= second[1] and second[0] <= first[1])",
            ),
        ),
        "equal_length": (
            (
                "check whether two intervals (start, end) have the same length",
                "test if two ranges, given as tuples of start and end, are equally long",
                "Given two tuples (start, end), return True if the intervals have equal lengths "
                "and False if not.",
                "Do two periods last equally long? Each is a pair of its start and end.",
            ),
            ("same_length", "equal_length", "equally_long"),
            ("first[1] - first[0] == second[1] - second[0]",),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(7):
        low, high = _interval(choose, 12, 10)
        shift = choose.integer(-3, 3)
        other = {
            0: (low, high),
            1: (high, high + choose.integer(1, 5)),
            2: (low + shift, high + shift),
            3: (high + choose.integer(1, 5), high + choose.integer(6, 9)),
            4: (low - choose.integer(0, 3), high + choose.integer(0, 3)),
            5: (low, max(low + 1, high - choose.integer(0, 2))),
            6: _interval(choose, 12, 10),
        }[place]
        arguments.append((other, (low, high)) if choose.chance(0.5) else ((low, high), other))
    solutions = [
        f"""
        def solve(first, second):
            return {expression}
        """
        for expression in expressions
    ]
    solutions.append(
        f"""
        def solve(first, second):
            if {expressions[0]}:
                return True
            return False
        """
    )
    if task in ("overlap", "touch_or_overlap"):
        sign = "<" if task == "overlap" else "<="
        solutions.append(
            f"""
            def solve(first, second):
                a, b = first
                c, d = second
                return a {sign} d and c {sign} b
            """
        )
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("one", "interval1", "r1", "x", "left"),
            "second": ("two", "interval2", "r2", "y", "right"),
        },
    )


@family(task=("intersection", "length", "hull", "gap", "difference", "all"))
def combining_intervals(choose: Chooser, task: str) -> Exercise:
    """Compute the common part, the gap or the hull of intervals."""
    texts, names, solutions = {
        "intersection": (
            (
                "find the intersection of two closed intervals as a tuple, or None if they have "
                "no common point",
                "return the common part of two ranges (start, end), None if there is none; both "
                "ends belong to the ranges",
                "Given two tuples (low, high), return the interval of the numbers that lie in "
                "both of them, or None.",
                "Where do two intervals overlap? Return the overlap as (start, end), or None.",
            ),
            ("intersection", "common_part", "overlap", "intersect_ranges"),
            (
                """
                def solve(first, second):
                    start = max(first[0], second[0])
                    end = min(first[1], second[1])
                    return (start, end) if start <= end else None
                """,
                """
                def solve(first, second):
                    start = max(first[0], second[0])
                    end = min(first[1], second[1])
                    if start > end:
                        return None
                    return (start, end)
                """,
            ),
        ),
        "length": (
            (
                "find the length of the overlap of two intervals, 0 if they do not overlap",
                "find how long two time spans (start, end) overlap",
                "Given two tuples (start, end), return the length of their common part (0 for "
                "none).",
                "How many minutes do two meetings have in common? Each is a tuple of its start "
                "and end minute.",
            ),
            ("overlap_length", "common_length", "shared_time"),
            (
                """
                def solve(first, second):
                    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
                """,
                """
                def solve(first, second):
                    start = max(first[0], second[0])
                    end = min(first[1], second[1])
                    if end > start:
                        return end - start
                    return 0
                """,
            ),
        ),
        "hull": (
            (
                "find the smallest interval that contains two given intervals",
                "return the shortest range (start, end) that covers both of two ranges",
                "Given two tuples (low, high), return the interval from the lowest to the highest "
                "of their ends.",
                "Combine two spans into one that reaches from the earlier start to the later end.",
            ),
            ("hull", "bounding_interval", "cover_both", "span_of_both"),
            (
                """
                def solve(first, second):
                    return (min(first[0], second[0]), max(first[1], second[1]))
                """,
                """
                def solve(first, second):
                    ends = first + second
                    return (min(ends), max(ends))
                """,
            ),
        ),
        "gap": (
            (
                "find the distance between two intervals, 0 if they touch or overlap",
                "find how large the gap between two ranges (start, end) is",
                "Given two tuples (low, high), return the length of the space between them, or 0 "
                "if there is none.",
                "How much time lies between two appointments? Return 0 if they overlap or touch.",
            ),
            ("gap", "interval_distance", "space_between", "gap_length"),
            (
                """
                def solve(first, second):
                    return max(0, max(first[0], second[0]) - min(first[1], second[1]))
                """,
                """
                def solve(first, second):
                    if first[1] < second[0]:
                        return second[0] - first[1]
                    if second[1] < first[0]:
                        return first[0] - second[1]
                    return 0
                """,
            ),
        ),
        "difference": (
            (
                "find the parts of the first interval that are not covered by the second one, as "
                "a list of (start, end) tuples from left to right",
                "subtract an interval from another one: return the list of the pieces that remain "
                "of the first (without empty pieces)",
                "Given two tuples (start, end), return what is left of the first interval when "
                "the second one is cut out, as a list of tuples.",
                "A free period (start, end) is partly booked. Return the list of the periods that "
                "stay free.",
            ),
            ("subtract_interval", "cut_out", "interval_difference", "remaining_parts"),
            (
                """
                def solve(first, second):
                    result = []
                    if first[0] < min(first[1], second[0]):
                        result.append((first[0], min(first[1], second[0])))
                    if max(first[0], second[1]) < first[1]:
                        result.append((max(first[0], second[1]), first[1]))
                    return result
                """,
                """
                def solve(first, second):
                    left = (first[0], min(first[1], second[0]))
                    right = (max(first[0], second[1]), first[1])
                    return [(start, end) for start, end in (left, right) if start < end]
                """,
            ),
        ),
        "all": (
            (
                "find the common part of all intervals of a non-empty list, or None if there is "
                "no common point",
                "return the intersection of a list of closed intervals (start, end) as a tuple, "
                "None if it is empty",
                "Given a list of (low, high) tuples, return the interval that lies in all of "
                "them, or None.",
                "When can everybody meet? Each tuple says from when to when a person is free. "
                "Return the common period, or None.",
            ),
            ("intersect_all", "common_interval", "common_time", "shared_period"),
            (
                """
                def solve(intervals):
                    start = max(interval[0] for interval in intervals)
                    end = min(interval[1] for interval in intervals)
                    return (start, end) if start <= end else None
                """,
                """
                def solve(intervals):
                    low, high = intervals[0]
                    for start, end in intervals[1:]:
                        low = max(low, start)
                        high = min(high, end)
                    if low > high:
                        return None
                    return (low, high)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(7):
        low, high = _interval(choose, 12, 10)
        if task == "all":
            spans = [
                (low - choose.integer(0, 5), high + choose.integer(-2, 5))
                for _ in range(choose.integer(1, 4))
            ]
            if place % 3 == 0:
                spans.append((high + 6, high + 9))
            arguments.append((choose.shuffled(spans),))
            continue
        other = (low + choose.integer(-9, 9), 0)
        other = (other[0], other[0] + choose.integer(1, 9))
        if place == 0:
            other = (high + 2, high + 6)
        if place == 1:
            other = (low - 1, low)
        arguments.append((other, (low, high)) if choose.chance(0.5) else ((low, high), other))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("one", "interval1", "r1", "x", "left_one"),
            "second": ("two", "interval2", "r2", "y", "other"),
            "intervals": ("ranges", "periods", "spans"),
        },
    )


@family(task=("containing", "count", "index", "any", "all"))
def points_in_intervals(choose: Chooser, task: str) -> Exercise:
    """Say in which intervals a number lies."""
    texts, names, solutions = {
        "containing": (
            (
                "list all intervals (start, end) of a list that contain a number, both ends "
                "included",
                "find the ranges of a list in which <x> lies",
                "Given (low, high) tuples and a number, return the tuples with low <= number <= "
                "high, in their order.",
                "Filter a list of closed intervals: keep those that include the given point.",
            ),
            ("intervals_with_point", "containing_intervals", "ranges_around"),
            (
                """
                def solve(intervals, x):
                    return [(start, end) for start, end in intervals if start <= x <= end]
                """,
                """
                def solve(intervals, x):
                    result = []
                    for start, end in intervals:
                        if start <= x <= end:
                            result.append((start, end))
                    return result
                """,
            ),
        ),
        "count": (
            (
                "count the intervals (start, end) of a list that contain a number, both ends "
                "included",
                "find in how many ranges of a list the point <x> lies",
                "Given (low, high) tuples and a number, return how many of the closed intervals "
                "include the number.",
                "Shops are open from start to end (both included). How many are open at the given "
                "hour?",
            ),
            ("count_containing", "num_open", "how_many_contain"),
            (
                """
                def solve(intervals, x):
                    return sum(1 for start, end in intervals if start <= x <= end)
                """,
                """
                def solve(intervals, x):
                    count = 0
                    for start, end in intervals:
                        if start <= x <= end:
                            count += 1
                    return count
                """,
            ),
        ),
        "index": (
            (
                "find the index of the first interval of a list that contains a number (start "
                "included, end excluded), or -1",
                "find the position of the first range (start, end) with start <= number < end; "
                "return -1 if there is none",
                "Given half-open intervals as tuples and a number, return the index of the first "
                "one that includes the number, and -1 if none does.",
                "Which bucket does <x> belong to? Buckets are (low, high) tuples without their "
                "upper end. Return the index, or -1.",
            ),
            ("find_interval", "bucket_index", "which_range"),
            (
                """
                def solve(intervals, x):
                    for index, (start, end) in enumerate(intervals):
                        if start <= x < end:
                            return index
                    return -1
                """,
                """
                def solve(intervals, x):
                    for i in range(len(intervals)):
                        if intervals[i][0] <= x < intervals[i][1]:
                            return i
                    return -1
                """,
            ),
        ),
        "any": (
            (
                "check whether a number lies in at least one interval (start, end) of a list, "
                "both ends included",
                "test if the point <x> is covered by some range of the list",
                "Given closed intervals as tuples and a number, return True if any of them "
                "contains the number, else False.",
                "Is the shop open? The list holds its opening periods (from, to), both included. "
                "Return True or False for an hour.",
            ),
            ("is_covered", "in_any_interval", "is_open", "is_in_ranges"),
            (
                """
                def solve(intervals, x):
                    return any(start <= x <= end for start, end in intervals)
                """,
                """
                def solve(intervals, x):
                    for start, end in intervals:
                        if start <= x <= end:
                            return True
                    return False
                """,
            ),
        ),
        "all": (
            (
                "check whether a number lies in all intervals (start, end) of a list, both ends "
                "included",
                "test if every range of the list contains <x>",
                "Given closed intervals as tuples and a number, return True if each of them "
                "contains the number, and False otherwise.",
                "Everybody says when they are free, as (from, to) with both hours included. "
                "Return whether all of them are free at the given hour.",
            ),
            ("in_all_intervals", "everyone_free", "is_common_point"),
            (
                """
                def solve(intervals, x):
                    return all(start <= x <= end for start, end in intervals)
                """,
                """
                def solve(intervals, x):
                    for start, end in intervals:
                        if x < start or x > end:
                            return False
                    return True
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(7):
        x = choose.integer(5, 20)
        inside = [
            (x - choose.integer(0, 5), x + choose.integer(0 if task != "index" else 1, 5))
            for _ in range(choose.integer(1, 3))
        ]
        outside = [(x + choose.integer(1, 4), x + choose.integer(5, 9)), (x - 6, x - 2)]
        spans = choose.shuffled(outside + inside)
        if task == "all" and place % 2:
            spans = inside
        elif task != "all" and place % 2:
            spans = outside if place == 1 else outside + inside[:1]
        if task == "any":
            spans = outside if place % 2 else spans
        arguments.append((spans, x))
    if task != "all":
        arguments.append(([], choose.integer(1, 9)))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "x": ("number", "point", "n", "value"),
            "intervals": ("ranges", "spans", "pairs"),
        },
    )
