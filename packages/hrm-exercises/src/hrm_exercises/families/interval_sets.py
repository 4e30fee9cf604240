"""Sets of intervals: gaps between them, overlaps of many, coverage."""

from itertools import pairwise
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


@family(task=("gaps", "free_total", "longest_gap", "missing_ranges"))
def gaps_between_intervals(choose: Chooser, task: str) -> Exercise:
    """Find what intervals leave free."""
    texts, names, solutions = {
        "gaps": (
            (
                "find the gaps between the intervals of a list, as (start, end) tuples from left "
                "to right; intervals may overlap",
                "list the free periods between booked periods, given as (start, end) tuples in "
                "any order",
                "Given a list of (start, end) tuples, return the uncovered intervals between the "
                "first start and the last end, in ascending order.",
                "My appointments are (from, to) tuples. Return the breaks between them as tuples.",
            ),
            ("find_gaps", "free_periods", "gaps_between", "breaks"),
            (
                """
                def solve(intervals):
                    gaps = []
                    reach = None
                    for start, end in sorted(intervals):
                        if reach is not None and start > reach:
                            gaps.append((reach, start))
                        reach = end if reach is None else max(reach, end)
                    return gaps
                """,
                """
                def solve(intervals):
                    ordered = sorted(intervals)
                    gaps = []
                    for i in range(1, len(ordered)):
                        reach = max(end for _, end in ordered[:i])
                        if ordered[i][0] > reach:
                            gaps.append((reach, ordered[i][0]))
                    return gaps
                """,
            ),
        ),
        "free_total": (
            (
                "find how many hours of a day (0 to 24) are free, given booked periods as (start, "
                "end) tuples of whole hours that may overlap",
                "compute the free time of a day of 24 hours from a list of busy periods (from, to)",
                "Given the busy periods of a day as (start, end) tuples with hours from 0 to 24, "
                "return the number of hours that are not covered.",
                "A room is booked from start to end hour, several times a day. Return how many "
                "hours of the 24 it is empty.",
            ),
            ("free_hours", "hours_free", "free_time", "empty_hours"),
            (
                """
                def solve(intervals):
                    busy = set()
                    for start, end in intervals:
                        busy.update(range(start, end))
                    return 24 - len(busy)
                """,
                """
                def solve(intervals):
                    free = 0
                    for hour in range(24):
                        if not any(start <= hour < end for start, end in intervals):
                            free += 1
                    return free
                """,
            ),
        ),
        "longest_gap": (
            (
                "find the length of the longest gap between the intervals of a list (0 if there "
                "is none); intervals may overlap",
                "find how long the longest break between appointments (start, end) is, 0 for no "
                "break",
                "Given (start, end) tuples in any order, return the greatest length of an "
                "uncovered stretch between two of them, or 0.",
                "The list holds busy periods. Return the length of the longest free period "
                "between the first and the last of them, 0 if there is no free time.",
            ),
            ("longest_gap", "max_gap", "longest_break", "largest_space"),
            (
                """
                def solve(intervals):
                    ordered = sorted(intervals)
                    longest = 0
                    reach = ordered[0][1]
                    for start, end in ordered[1:]:
                        longest = max(longest, start - reach)
                        reach = max(reach, end)
                    return longest
                """,
                """
                def solve(intervals):
                    longest = 0
                    reach = None
                    for start, end in sorted(intervals):
                        if reach is None:
                            reach = end
                        else:
                            longest = max(longest, start - reach)
                            reach = max(reach, end)
                    return longest
                """,
            ),
        ),
        "missing_ranges": (
            (
                "find the free slots of a working day from 9 to 17, given sorted (start, end) "
                "meetings that do not overlap, as a list of tuples",
                "list the free periods between 9 and 17 o'clock when the meetings of the day are "
                "sorted and do not overlap",
                "The working day lasts from 9 to 17. Given its meetings as (start, end) tuples in "
                "order and without overlaps, return the list of the free (start, end) slots.",
                "Return the times when I am free between 9 and 17, as tuples. My meetings are "
                "given in order and never overlap.",
            ),
            ("free_slots", "find_free_slots", "available_times"),
            (
                """
                def solve(meetings):
                    slots = []
                    time = 9
                    for start, end in meetings:
                        if start > time:
                            slots.append((time, start))
                        time = end
                    if time < 17:
                        slots.append((time, 17))
                    return slots
                """,
                """
                def solve(meetings):
                    ends = [9] + [end for _, end in meetings]
                    starts = [start for start, _ in meetings] + [17]
                    return [(a, b) for a, b in zip(ends, starts) if a < b]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        if task == "missing_ranges":
            hours = sorted(choose.sample(range(9, 18), choose.one_of((2, 4))))
            meetings = list(zip(hours[::2], hours[1::2], strict=True))
            arguments.append((meetings if place else [],))
        elif task == "free_total":
            spans = [_interval(choose, 17, 7) for _ in range(choose.integer(1, 4))]
            arguments.append((spans if place else [],))
        else:
            arguments.append((_intervals(choose, (2, 5)),))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"intervals": ("ranges", "busy", "periods"), "meetings": ("appointments", "busy")},
    )


def _cover(choose: Chooser, place: int) -> tuple[Any, ...]:
    """Return intervals and one that they cover, or do not if the place is odd."""
    start = choose.integer(0, 8)
    cuts = sorted({start, *(start + choose.integer(1, 12) for _ in range(3))})
    spans = [(a - choose.integer(0, 2), b) for a, b in pairwise(cuts)]
    if place % 2:
        spans = spans[1:] or [(start + 1, start + 3)]
    return choose.shuffled(spans), (start, cuts[-1])


def _addition(choose: Chooser, place: int) -> tuple[Any, ...]:
    """Return sorted, separate intervals and a further one."""
    points = sorted(choose.sample(range(30), 6))
    separate = list(zip(points[::2], points[1::2], strict=True))
    return separate if place else [], _interval(choose, 24, 9)


def _interval_pairs(choose: Chooser, _place: int) -> tuple[Any, ...]:
    """Return pairs of intervals, some of them nested."""
    pairs = []
    for _ in range(choose.integer(2, 4)):
        low, high = _interval(choose, 9, 9)
        inner = (low + choose.integer(0, high - low), high)
        pairs.append(((low, high), inner if choose.chance(0.5) else _interval(choose, 9, 9)))
    return (pairs,)


def _lifetimes(choose: Chooser) -> list[tuple[int, int]]:
    """Return pairs of years."""
    spans = _intervals(choose, (2, 6))
    return [(1900 + 3 * start, 1900 + 3 * end + start) for start, end in spans]


@family(task=("deepest", "deepest_time", "covers", "add", "nested", "remove_nested"))
def sets_of_intervals(choose: Chooser, task: str) -> Exercise:
    """Look at many intervals together."""
    arguments: list[tuple[Any, ...]]
    texts, names, solutions = {
        "deepest": (
            (
                "find the largest number of intervals (start, end) that overlap at one time; an "
                "interval is over at its end",
                "find how many visitors at most were present together, given their (arrival, "
                "departure) times; somebody who leaves is gone at this time",
                "Given half-open intervals as tuples, return the greatest number of intervals "
                "that contain a common point.",
                "Guests come and go at the times (from, to). Return the largest number of guests "
                "at the same time; who goes at t does not meet who comes at t.",
            ),
            ("max_overlap", "most_visitors", "max_guests", "peak"),
            (
                """
                def solve(intervals):
                    events = []
                    for start, end in intervals:
                        events.append((start, 1))
                        events.append((end, -1))
                    best = current = 0
                    for _, change in sorted(events):
                        current += change
                        best = max(best, current)
                    return best
                """,
                """
                def solve(intervals):
                    best = 0
                    for moment, _ in intervals:
                        count = sum(1 for start, end in intervals if start <= moment < end)
                        best = max(best, count)
                    return best
                """,
            ),
        ),
        "deepest_time": (
            (
                "find the earliest integer time at which the most intervals (start, end) overlap; "
                "both ends belong to an interval",
                "find the first year in which most people were alive, given (birth, death) years, "
                "both included",
                "Given closed intervals of integers as tuples, return the smallest integer that "
                "lies in as many of them as possible.",
                "People were members from one year to another (both included). Return the first "
                "year with the largest number of members.",
            ),
            ("busiest_time", "year_with_most", "peak_year"),
            (
                """
                def solve(intervals):
                    best_time, best_count = None, 0
                    for time in sorted(start for start, _ in intervals):
                        count = sum(1 for start, end in intervals if start <= time <= end)
                        if count > best_count:
                            best_time, best_count = time, count
                    return best_time
                """,
                """
                from collections import Counter


                def solve(intervals):
                    counts = Counter()
                    for start, end in intervals:
                        counts.update(range(start, end + 1))
                    most = max(counts.values())
                    return min(time for time in counts if counts[time] == most)
                """,
            ),
        ),
        "covers": (
            (
                "check whether the intervals (start, end) of a list cover every point of a given "
                "interval",
                "test if the interval <target> is completely covered by a list of intervals",
                "Given a list of (start, end) tuples and another tuple, return True if there is "
                "no gap between the start and the end of the other one, else False.",
                "Guards work from start to end. Are they enough for the whole shift (start, end)? "
                "Return True or False.",
            ),
            ("covers", "is_fully_covered", "no_gap_in"),
            (
                """
                def solve(intervals, target):
                    reach = target[0]
                    for start, end in sorted(intervals):
                        if start <= reach:
                            reach = max(reach, end)
                    return reach >= target[1]
                """,
                """
                def solve(intervals, target):
                    covered = set()
                    for start, end in intervals:
                        covered.update(range(start, end))
                    return all(place in covered for place in range(target[0], target[1]))
                """,
            ),
        ),
        "add": (
            (
                "insert an interval into a sorted list of intervals that do not overlap, and "
                "merge where it overlaps or touches",
                "add a new (start, end) tuple to a sorted list of separate intervals, joining it "
                "with those that it overlaps or touches",
                "Given sorted, separate intervals as tuples and a new one, return the sorted list "
                "with the new one merged in.",
                "Insert a new booking into a sorted list of bookings; bookings that meet or "
                "overlap become one.",
            ),
            ("insert_interval", "add_interval", "insert_and_merge"),
            (
                """
                def solve(intervals, new):
                    result = []
                    for start, end in sorted(intervals + [new]):
                        if result and start <= result[-1][1]:
                            result[-1] = (result[-1][0], max(result[-1][1], end))
                        else:
                            result.append((start, end))
                    return result
                """,
                """
                def solve(intervals, new):
                    before = [pair for pair in intervals if pair[1] < new[0]]
                    after = [pair for pair in intervals if pair[0] > new[1]]
                    middle = intervals[len(before):len(intervals) - len(after)] + [new]
                    low = min(start for start, _ in middle)
                    high = max(end for _, end in middle)
                    return before + [(low, high)] + after
                """,
            ),
        ),
        "nested": (
            (
                "count the pairs of ranges in which one range contains the other one; each pair "
                "is a tuple of two (low, high) tuples",
                "find how many pairs of a list consist of two intervals of which one lies within "
                "the other (equal ends are fine)",
                "Two people share each task: a pair in the list holds their (low, high) sections. "
                "Return how many pairs have one section that contains the other.",
                "Given a list of pairs of closed intervals, count the pairs in which one interval "
                "fully contains the other.",
            ),
            ("count_nested_pairs", "fully_contained", "num_containing_pairs"),
            (
                """
                def solve(pairs):
                    count = 0
                    for (a, b), (c, d) in pairs:
                        if a <= c and d <= b or c <= a and b <= d:
                            count += 1
                    return count
                """,
                """
                def contains(outer, inner):
                    return outer[0] <= inner[0] and inner[1] <= outer[1]


                def solve(pairs):
                    return sum(
                        1 for one, two in pairs if contains(one, two) or contains(two, one)
                    )
                """,
            ),
        ),
        "remove_nested": (
            (
                "remove all intervals that lie inside another interval of the list, and keep the "
                "order of the others (all intervals are different)",
                "drop the (start, end) tuples that are covered by another single tuple of the list",
                "Given different closed intervals as tuples, return those that are not contained "
                "in another one, in the given order.",
                "Filter out every range that is completely inside some other range of the list.",
            ),
            ("remove_covered", "drop_nested", "outer_intervals"),
            (
                """
                def solve(intervals):
                    result = []
                    for one in intervals:
                        inside = False
                        for two in intervals:
                            if one != two and two[0] <= one[0] and one[1] <= two[1]:
                                inside = True
                        if not inside:
                            result.append(one)
                    return result
                """,
                """
                def solve(intervals):
                    return [
                        (a, b)
                        for a, b in intervals
                        if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in intervals)
                    ]
                """,
            ),
        ),
    }[task]  # fmt: skip
    draws = {"covers": _cover, "add": _addition, "nested": _interval_pairs}
    if task in draws:
        arguments = [draws[task](choose, place) for place in range(6)]
    elif task == "deepest_time":
        arguments = [(_lifetimes(choose),) for _ in range(6)]
    elif task == "remove_nested":
        arguments = [
            (list(dict.fromkeys([*_intervals(choose, (2, 5)), _interval(choose, 20, 15)])),)
            for _ in range(6)
        ]
    else:
        arguments = [(_intervals(choose, (2, 6)),) for _ in range(6)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "intervals": ("ranges", "spans", "pairs"),
            "target": ("wanted", "shift", "whole"),
            "new": ("interval", "added", "new_interval"),
            "pairs": ("data", "sections", "lst"),
        },
    )
