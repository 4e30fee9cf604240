"""Schedules: meetings, rooms, platforms, jobs with deadlines."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _spans(choose: Chooser, num: int | tuple[int, int], high: int = 18) -> list[tuple[int, int]]:
    """Return pairs of a start and a later end."""
    count = num if isinstance(num, int) else choose.integer(*num)
    starts = [choose.integer(0, high) for _ in range(count)]
    return [(start, start + choose.integer(1, 7)) for start in starts]


@family(task=("most", "chosen", "removals", "attend_all", "rooms"))
def meetings_that_fit(choose: Chooser, task: str) -> Exercise:
    """Choose meetings or activities that do not overlap."""
    texts, names, solutions = {
        "most": (
            (
                "find the largest number of activities that one person can do, given a list of "
                "(start, end) pairs; an activity may start when another one ends",
                "find how many meetings at most fit into one room, where each meeting is a tuple "
                "of its start and end and may begin at the end of the one before",
                "Given the start and end times of activities as pairs, return the maximum number "
                "of activities that do not overlap.",
                "solve the activity selection problem and return how many activities can be "
                "chosen (touching times are allowed)",
                "Max number of non-overlapping meetings from a list of (start, end) tuples.",
            ),
            ("max_activities", "activity_selection", "max_meetings", "count_meetings"),
            (
                """
                def solve(meetings):
                    count = 0
                    last = float("-inf")
                    for start, end in sorted(meetings, key=lambda meeting: meeting[1]):
                        if start >= last:
                            count += 1
                            last = end
                    return count
                """,
                """
                def solve(meetings):
                    count = 0
                    free_from = None
                    for end, start in sorted((end, start) for start, end in meetings):
                        if free_from is None or start >= free_from:
                            count += 1
                            free_from = end
                    return count
                """,
            ),
        ),
        "chosen": (
            (
                "choose as many non-overlapping activities as possible by always taking the one "
                "that ends first (of those, the one that starts first), and return them in this "
                "order",
                "select activities greedily by their end times and return the list of the chosen "
                "(start, end) pairs",
                "Sort the (start, end) pairs by their end, and then by their start. Go through "
                "them and keep each one that does not start before the end of the last kept one. "
                "Return the kept pairs.",
                "Given (start, end) tuples, return the list that the greedy algorithm for "
                "activity selection picks: earliest end first, ties by the earlier start.",
            ),
            ("select_activities", "choose_meetings", "greedy_schedule", "activity_selection"),
            (
                """
                def solve(meetings):
                    result = []
                    for start, end in sorted(meetings, key=lambda pair: (pair[1], pair[0])):
                        if not result or start >= result[-1][1]:
                            result.append((start, end))
                    return result
                """,
                """
                def solve(meetings):
                    result = []
                    last = float("-inf")
                    for end, start in sorted((end, start) for start, end in meetings):
                        if start >= last:
                            result.append((start, end))
                            last = end
                    return result
                """,
            ),
        ),
        "removals": (
            (
                "find the minimum number of intervals that must be removed so that the others do "
                "not overlap (intervals that only touch do not overlap)",
                "find how few (start, end) pairs have to be deleted to leave no two overlapping "
                "ones",
                "Given a list of intervals, return the smallest number of intervals to drop such "
                "that the rest is free of overlaps; sharing an end point is fine.",
                "Minimum removals to make a list of (start, end) intervals non-overlapping.",
            ),
            ("min_removals", "erase_overlaps", "intervals_to_remove", "remove_overlapping"),
            (
                """
                def solve(intervals):
                    removed = 0
                    last = float("-inf")
                    for start, end in sorted(intervals, key=lambda interval: interval[1]):
                        if start >= last:
                            last = end
                        else:
                            removed += 1
                    return removed
                """,
                """
                def solve(intervals):
                    kept = []
                    for start, end in sorted(intervals, key=lambda interval: interval[1]):
                        if not kept or start >= kept[-1][1]:
                            kept.append((start, end))
                    return len(intervals) - len(kept)
                """,
            ),
        ),
        "attend_all": (
            (
                "check whether one person can attend all meetings of a list of (start, end) "
                "pairs, where a meeting may start when another ends",
                "test if no two of the given meetings overlap in time (touching is allowed)",
                "Return True if a person can go to every meeting in the list, otherwise False. "
                "Each meeting is a tuple (start, end).",
                "Given meeting times, return whether they are free of conflicts. One meeting can "
                "begin exactly when another is over.",
            ),
            ("can_attend_all", "no_conflicts", "has_no_overlap", "attend_meetings"),
            (
                """
                def solve(meetings):
                    ordered = sorted(meetings)
                    for first, second in zip(ordered, ordered[1:]):
                        if second[0] < first[1]:
                            return False
                    return True
                """,
                """
                def solve(meetings):
                    ordered = sorted(meetings)
                    return all(a[1] <= b[0] for a, b in zip(ordered, ordered[1:]))
                """,
            ),
        ),
        "rooms": (
            (
                "find the minimum number of rooms needed for a list of meetings, given as "
                "(start, end) pairs; a room is free again at the end of a meeting",
                "find how many meeting rooms are needed so that all meetings can take place",
                "Given the start and end times of meetings, return the smallest number of rooms "
                "such that no two overlapping meetings share a room. A meeting may start in a "
                "room when another one ends there.",
                "Number of conference rooms required for a list of (start, end) meetings.",
            ),
            ("min_rooms", "meeting_rooms", "rooms_needed", "count_rooms"),
            (
                """
                def solve(meetings):
                    starts = sorted(start for start, end in meetings)
                    ends = sorted(end for start, end in meetings)
                    rooms = done = 0
                    for start in starts:
                        if done < len(ends) and start >= ends[done]:
                            done += 1
                        else:
                            rooms += 1
                    return rooms
                """,
                """
                import heapq


                def solve(meetings):
                    ends = []
                    for start, end in sorted(meetings):
                        if ends and ends[0] <= start:
                            heapq.heapreplace(ends, end)
                        else:
                            heapq.heappush(ends, end)
                    return len(ends)
                """,
                """
                def solve(meetings):
                    best = 0
                    for moment, _ in meetings:
                        running = sum(1 for start, end in meetings if start <= moment < end)
                        best = max(best, running)
                    return best
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [(_spans(choose, (3, 6)),) for _ in range(4)]
    arguments += [(_spans(choose, 1),), ([],)]
    if task == "attend_all":
        for _ in range(4):
            points = sorted(choose.sample(range(24), 6))
            arguments.append((choose.shuffled(list(zip(points[::2], points[1::2], strict=True))),))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "meetings": ("activities", "intervals", "times", "pairs"),
            "intervals": ("pairs", "ranges", "spans"),
            "key": ("key",),
        },
    )


@family(form=("two_lists", "pairs"))
def platforms_for_trains(choose: Chooser, form: str) -> Exercise:
    """Count the platforms that a station needs."""
    two = form == "two_lists"
    given = (
        "the lists of the arrival and departure times"
        if two
        else "a list of (arrival, departure) pairs"
    )
    head = (
        "def solve(arrivals, departures):"
        if two
        else "def solve(trains):\n    arrivals = [train[0] for train in trains]\n"
        "    departures = [train[1] for train in trains]"
    )
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        trains = sorted(
            (hour := choose.integer(6, 20), hour + choose.integer(1, 4))
            for _ in range(choose.integer(2, 6))
        )
        as_times = [(a * 100 + choose.integer(0, 5) * 10, d * 100) for a, d in trains]
        as_times = [(a, max(d, a + 10)) for a, d in as_times]
        if two:
            arguments.append(([a for a, _ in as_times], [d for _, d in as_times]))
        else:
            arguments.append((as_times,))
    return Exercise(
        texts=(
            f"find the minimum number of platforms a station needs, given {given} of the trains; "
            "a train that arrives when another one departs needs another platform",
            f"find how many platforms are needed so that no train waits, from {given}; a platform "
            "is still taken at the departure time",
            f"Given {given} of trains as numbers like 930, return the largest number of trains "
            "that are in the station at the same time (both times included).",
            f"Minimum platforms for {given} (a departing train still blocks its platform at that "
            "time).",
        ),
        names=("min_platforms", "platforms_needed", "count_platforms", "find_platforms"),
        solutions=(
            head
            + """
    best = 0
    for time in arrivals:
        present = 0
        for arrival, departure in zip(arrivals, departures):
            if arrival <= time <= departure:
                present += 1
        best = max(best, present)
    return best
""",
            head
            + """
    arrivals, departures = sorted(arrivals), sorted(departures)
    best = present = gone = 0
    for arrival in arrivals:
        present += 1
        while departures[gone] < arrival:
            present -= 1
            gone += 1
        best = max(best, present)
    return best
""",
        ),
        arguments=arguments,
        synonyms={"arrivals": ("arr", "arrive"), "departures": ("dep", "leave")} if two else {},
    )


@family(task=("total_wait", "average_wait", "latest", "profit", "in_time"))
def job_scheduling(choose: Chooser, task: str) -> Exercise:
    """Put jobs in an order."""
    texts, names, solutions = {
        "total_wait": (
            (
                "find the smallest total waiting time of customers who are served one after "
                "another, given how long each one takes",
                "order the service times so that the sum of all waiting times is minimal, and "
                "return this sum (waiting ends when the own service begins)",
                "Given a list of service times, return the minimum possible sum of the times "
                "that people wait before they are served.",
                "People wait in a queue, and each needs a known time at the counter. In the best "
                "order, how long do all of them wait together before it is their turn?",
            ),
            ("min_waiting_time", "total_waiting_time", "minimum_wait"),
            (
                """
                def solve(times):
                    total = 0
                    waited = 0
                    for time in sorted(times):
                        total += waited
                        waited += time
                    return total
                """,
                """
                def solve(times):
                    ordered = sorted(times)
                    n = len(ordered)
                    return sum(time * (n - 1 - i) for i, time in enumerate(ordered))
                """,
            ),
        ),
        "average_wait": (
            (
                "find the average waiting time if jobs are done in the given order, where a job "
                "waits until all jobs before it are done (all arrive at time 0)",
                "compute the average waiting time of first come, first served scheduling for a "
                "list of burst times",
                "Given the durations of jobs in the order in which they are processed, return "
                "the mean time that a job waits before it starts.",
                "First come first served: all processes arrive at 0. Return the average of the "
                "waiting times.",
            ),
            ("average_waiting_time", "fcfs_average_wait", "mean_wait"),
            (
                """
                def solve(times):
                    total = 0
                    waited = 0
                    for time in times:
                        total += waited
                        waited += time
                    return total / len(times)
                """,
                """
                def solve(times):
                    waits = [sum(times[:i]) for i in range(len(times))]
                    return sum(waits) / len(waits)
                """,
            ),
        ),
        "latest": (
            (
                "find the time when all jobs are done if k workers take the jobs of a list in "
                "order, each job going to the worker who is free first",
                "simulate <k> machines that process jobs from a queue (the next job always goes "
                "to the machine that is free earliest) and return when the last job ends",
                "Given job durations and the number of workers, assign each job in turn to the "
                "worker with the least work so far. Return the largest total of a worker.",
                "Customers stand in one line before <k> tills. Each takes a known time, and the "
                "next one goes to the first free till. Return the time when everybody is done.",
            ),
            ("finish_time", "queue_time", "total_time", "makespan"),
            (
                """
                def solve(times, k):
                    tills = [0] * k
                    for time in times:
                        index = tills.index(min(tills))
                        tills[index] += time
                    return max(tills)
                """,
                """
                import heapq


                def solve(times, k):
                    free = [0] * k
                    for time in times:
                        heapq.heappush(free, heapq.heappop(free) + time)
                    return max(free)
                """,
            ),
        ),
        "profit": (
            (
                "find the maximum profit of jobs with deadlines: each job takes one day, only one "
                "job is done a day, and a job (deadline, profit) pays if it is done by its "
                "deadline",
                "schedule jobs of one day each, given as pairs of deadline and profit, so that "
                "the total profit of the jobs done in time is as large as possible",
                "Given (deadline, profit) pairs of jobs that take one unit of time each, return "
                "the greatest total profit. Days are numbered from 1.",
                "Job sequencing with deadlines: return the best total profit for a list of "
                "(deadline, profit) jobs, one job per day.",
            ),
            ("max_profit", "job_sequencing", "best_profit", "schedule_jobs"),
            (
                """
                def solve(jobs):
                    taken = set()
                    total = 0
                    for deadline, profit in sorted(jobs, key=lambda job: -job[1]):
                        for day in range(deadline, 0, -1):
                            if day not in taken:
                                taken.add(day)
                                total += profit
                                break
                    return total
                """,
                """
                import heapq


                def solve(jobs):
                    chosen = []
                    for deadline, profit in sorted(jobs):
                        heapq.heappush(chosen, profit)
                        if len(chosen) > deadline:
                            heapq.heappop(chosen)
                    return sum(chosen)
                """,
            ),
        ),
        "in_time": (
            (
                "check whether all jobs can be finished by their deadlines if they are done one "
                "after another; a job is a pair (duration, deadline)",
                "test if some order of the jobs, given as (duration, deadline) pairs, meets all "
                "deadlines, starting at time 0",
                "Return True if one worker can complete every job (duration, deadline) in time, "
                "and False otherwise. Jobs are not interrupted.",
                "Given the durations and deadlines of tasks as tuples, can they all be done in "
                "time by one person who starts now, at time 0?",
            ),
            ("can_meet_deadlines", "all_in_time", "is_feasible", "can_finish"),
            (
                """
                def solve(jobs):
                    time = 0
                    for duration, deadline in sorted(jobs, key=lambda job: job[1]):
                        time += duration
                        if time > deadline:
                            return False
                    return True
                """,
                """
                def solve(jobs):
                    return all(
                        sum(duration for duration, other in jobs if other <= deadline) <= deadline
                        for _, deadline in jobs
                    )
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 6)
        times = choose.integers(size, 1, 12)
        if task == "latest":
            arguments.append((times, choose.integer(1, 4)))
        elif task == "profit":
            arguments.append(([(choose.integer(1, 4), choose.integer(5, 90)) for _ in times],))
        elif task == "in_time":
            slack = choose.integer(0, 3) if place % 2 else choose.integer(-6, -1)
            ends = [sum(times[: i + 1]) for i in range(size)]
            jobs = [(t, max(1, e + slack)) for t, e in zip(times, ends, strict=True)]
            arguments.append((choose.shuffled(jobs),))
        else:
            arguments.append((times,))
    if task == "total_wait":
        arguments.append(([],))
    elif task in ("average_wait", "latest"):
        arguments.append(([5],) if task == "average_wait" else ([], 2))
    else:
        arguments.append(([(1, 3)],))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "times": ("durations", "t", "service_times", "customers"),
            "jobs": ("tasks", "pairs", "work"),
            "k": ("n", "workers", "tills"),
            "key": ("key",),
        },
    )
