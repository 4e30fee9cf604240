"""Queues: counting out in circles, serving people, jobs and requests."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("josephus", "order", "hot_potato", "every_second"))
def counting_out_in_a_circle(choose: Chooser, task: str) -> Exercise:
    """Count out people who stand in a circle."""
    texts, names, solutions = {
        "josephus": (
            (
                "solve the Josephus problem: n people numbered from 1 stand in a circle and every "
                "k-th one leaves; return the number of the last one",
                "find the last remaining of the numbers 1 to <n> in a circle if every <k>-th is "
                "removed, counting on from the removed one",
                "People 1 to n stand in a circle. Count to k and remove the person you reach, "
                "then count on from the next one. Return who stays.",
                "Given n and k, return the safe position of the Josephus problem (counted from "
                "1).",
            ),
            ("josephus", "last_one", "safe_position", "survivor"),
            (
                """
                def solve(n, k):
                    people = list(range(1, n + 1))
                    index = 0
                    while len(people) > 1:
                        index = (index + k - 1) % len(people)
                        people.pop(index)
                    return people[0]
                """,
                """
                def solve(n, k):
                    position = 0
                    for size in range(2, n + 1):
                        position = (position + k) % size
                    return position + 1
                """,
                """
                from collections import deque


                def solve(n, k):
                    people = deque(range(1, n + 1))
                    while len(people) > 1:
                        people.rotate(1 - k)
                        people.popleft()
                    return people[0]
                """,
            ),
        ),
        "order": (
            (
                "list the order in which n people in a circle, numbered from 1, are counted out "
                "if every k-th one leaves",
                "return the numbers 1 to <n> in the order in which they are removed from a circle "
                "when each <k>-th one goes",
                "People 1 to n stand in a circle, and every k-th person leaves until nobody is "
                "left. Return the list of their numbers in the order of leaving.",
                "Josephus permutation for n people and step k.",
            ),
            ("josephus_order", "elimination_order", "josephus_permutation"),
            (
                """
                def solve(n, k):
                    people = list(range(1, n + 1))
                    result = []
                    index = 0
                    while people:
                        index = (index + k - 1) % len(people)
                        result.append(people.pop(index))
                    return result
                """,
                """
                from collections import deque


                def solve(n, k):
                    people = deque(range(1, n + 1))
                    result = []
                    while people:
                        for _ in range(k - 1):
                            people.append(people.popleft())
                        result.append(people.popleft())
                    return result
                """,
            ),
        ),
        "hot_potato": (
            (
                "simulate the game hot potato: children in a circle pass a potato k times, "
                "starting with the first, and who holds it then is out; return the winner",
                "find who wins when the names of a list stand in a circle, a potato is handed on "
                "<k> times and the one who gets it last leaves (the next one goes on)",
                "Given a list of names and k: the first one holds a potato, it is passed on k "
                "times, the holder drops out and the next one takes it. Return the last name.",
                "Hot potato: who is left if the potato moves on k places each round and its "
                "holder goes out?",
            ),
            ("hot_potato", "potato_winner", "last_child"),
            (
                """
                from collections import deque


                def solve(people, k):
                    circle = deque(people)
                    while len(circle) > 1:
                        circle.rotate(-k)
                        circle.popleft()
                    return circle[0]
                """,
                """
                def solve(people, k):
                    circle = list(people)
                    while len(circle) > 1:
                        for _ in range(k):
                            circle.append(circle.pop(0))
                        circle.pop(0)
                    return circle[0]
                """,
            ),
        ),
        "every_second": (
            (
                "find the last remaining person of a circle of names if every second one leaves, "
                "beginning with the second",
                "return the name that stays when the names of a list stand in a circle and each "
                "second one is crossed out",
                "Names stand in a circle. The first stays, the second leaves, the third stays and "
                "so on around the circle until one is left. Return this name.",
                "Cross out every other name of a circular list until only one remains.",
            ),
            ("last_name", "every_other", "last_remaining"),
            (
                """
                from collections import deque


                def solve(people):
                    circle = deque(people)
                    while len(circle) > 1:
                        circle.append(circle.popleft())
                        circle.popleft()
                    return circle[0]
                """,
                """
                def solve(people):
                    circle = list(people)
                    while len(circle) > 1:
                        circle = circle[2:] + circle[:1]
                    return circle[0]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 9) if place else 1
        names_of_people = list(dict.fromkeys(choose.person() for _ in range(size)))
        if task == "every_second":
            arguments.append((names_of_people,))
        elif task == "hot_potato":
            arguments.append((names_of_people, choose.integer(1, 7)))
        else:
            arguments.append(
                (size + (choose.integer(0, 20) if task == "josephus" else 0), choose.integer(1, 6))
            )
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"k": ("step", "m", "num"), "people": ("names", "children", "players")},
    )


@family(task=("reverse_k", "rotate", "printer", "tickets", "round_robin", "recent"))
def queue_puzzles(choose: Chooser, task: str) -> Exercise:
    """Serve queues of people, jobs or requests."""
    texts, names, solutions = {
        "reverse_k": (
            (
                "reverse the first k elements of a queue, given as a list, and keep the order of "
                "the rest",
                "return a list in which the first <k> elements are in reverse order",
                "Given a queue (front first) and k, turn around its first k elements.",
                "Reverse first k items of a queue.",
            ),
            ("reverse_first_k", "reverse_front", "turn_first_k"),
            (
                """
                def solve(items, k):
                    return items[:k][::-1] + items[k:]
                """,
                """
                def solve(items, k):
                    stack = items[:k]
                    result = []
                    while stack:
                        result.append(stack.pop())
                    return result + items[k:]
                """,
            ),
        ),
        "rotate": (
            (
                "rotate a queue k times: each time the front element moves to the back",
                "move the first element of a list to its end <k> times",
                "Given a queue as a list (front first) and a number k, return the queue after k "
                "times the front person has gone to the back.",
                "In a circle dance the first of a line goes to the end, k times. Return the line.",
            ),
            ("rotate_queue", "front_to_back", "rotate_left"),
            (
                """
                from collections import deque


                def solve(items, k):
                    queue = deque(items)
                    queue.rotate(-k)
                    return list(queue)
                """,
                """
                def solve(items, k):
                    queue = list(items)
                    for _ in range(k):
                        queue.append(queue.pop(0))
                    return queue
                """,
                """
                def solve(items, k):
                    k %= len(items)
                    return items[k:] + items[:k]
                """,
            ),
        ),
        "printer": (
            (
                "find when the document at a given index is printed (1 for first), if a printer "
                "takes documents from a queue and moves one to the back whenever a document with "
                "a higher priority waits",
                "simulate a printer queue: a job with a lower priority than another waiting one "
                "goes to the back, otherwise it is printed; return the turn of the job at index "
                "<k>, counted from 1",
                "Given the priorities of print jobs in a queue and an index, return as which one "
                "(from 1 on) this job is printed. A job is put at the back while a more important "
                "one is waiting.",
                "Printer queue with priorities: as which document (1, 2, ...) does the one at the"
                " given index come out?",
            ),
            ("print_turn", "printer_queue", "when_printed"),
            (
                """
                from collections import deque


                def solve(priorities, k):
                    queue = deque(enumerate(priorities))
                    turn = 0
                    while True:
                        index, priority = queue.popleft()
                        if any(priority < other for _, other in queue):
                            queue.append((index, priority))
                            continue
                        turn += 1
                        if index == k:
                            return turn
                """,
                """
                def solve(priorities, k):
                    queue = list(enumerate(priorities))
                    turn = 0
                    while queue:
                        first = queue.pop(0)
                        if any(first[1] < other[1] for other in queue):
                            queue.append(first)
                        else:
                            turn += 1
                            if first[0] == k:
                                return turn
                """,
            ),
        ),
        "tickets": (
            (
                "find how long the person at index k takes to buy all tickets, if everybody in "
                "the queue buys one ticket per second in turn and goes to the back for more",
                "compute the seconds until person <k> has all tickets, where the list says how "
                "many tickets each person in the line wants and one is sold per second",
                "Each person buys one ticket at a time (1 second) and then queues again at the "
                "end if more are wanted. Return the time at which the person at index k is done.",
                "People in a line want some tickets each, but may buy only one at a time. When "
                "has person k got all of them?",
            ),
            ("time_to_buy", "ticket_time", "seconds_needed"),
            (
                """
                from collections import deque


                def solve(tickets, k):
                    queue = deque(enumerate(tickets))
                    seconds = 0
                    while True:
                        person, wanted = queue.popleft()
                        seconds += 1
                        if wanted > 1:
                            queue.append((person, wanted - 1))
                        elif person == k:
                            return seconds
                """,
                """
                def solve(tickets, k):
                    seconds = 0
                    for i, wanted in enumerate(tickets):
                        if i <= k:
                            seconds += min(wanted, tickets[k])
                        else:
                            seconds += min(wanted, tickets[k] - 1)
                    return seconds
                """,
            ),
        ),
        "round_robin": (
            (
                "list the names of tasks in the order in which round robin scheduling finishes "
                "them, given (name, duration) pairs and the time slice",
                "simulate round robin: each task in turn runs for at most <k> units and goes to "
                "the back of the queue if it is not done; return the names by their completion",
                "Given tasks as (name, time) tuples and a quantum, run them in turn for one "
                "quantum each until all are done. Return the names in the order of completion.",
                "Round robin: names of (name, time) tasks in the order in which they are done, "
                "for a time slice k.",
            ),
            ("round_robin", "finish_order", "schedule_round_robin"),
            (
                """
                from collections import deque


                def solve(tasks, k):
                    queue = deque(tasks)
                    result = []
                    while queue:
                        name, duration = queue.popleft()
                        if duration > k:
                            queue.append((name, duration - k))
                        else:
                            result.append(name)
                    return result
                """,
                """
                def solve(tasks, k):
                    rounds = []
                    for place, (name, duration) in enumerate(tasks):
                        turns = (duration + k - 1) // k
                        rounds.append((turns, place, name))
                    return [name for _, _, name in sorted(rounds)]
                """,
            ),
        ),
        "recent": (
            (
                "find for each request time of an ascending list how many requests came within "
                "the last k seconds (itself included, at least time - k)",
                "count, for every time t in a sorted list, the times between t - <k> and t, both "
                "included, that are not later in the list",
                "Given sorted request times and k, return a list that says for each request how "
                "many requests up to it lie in the period from t - k to t.",
                "Number of recent requests: for each time t of a sorted list, how many of the "
                "times so far are at least t - k?",
            ),
            ("recent_requests", "count_recent", "requests_in_window"),
            (
                """
                from collections import deque


                def solve(times, k):
                    queue = deque()
                    result = []
                    for time in times:
                        queue.append(time)
                        while queue[0] < time - k:
                            queue.popleft()
                        result.append(len(queue))
                    return result
                """,
                """
                def solve(times, k):
                    result = []
                    for i, time in enumerate(times):
                        count = sum(1 for earlier in times[:i + 1] if earlier >= time - k)
                        result.append(count)
                    return result
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 7)
        numbers = choose.integers(size, 1, 9)
        if task in ("reverse_k", "rotate"):
            values: list[Any] = numbers if place % 2 else [choose.person() for _ in numbers]
            arguments.append((values, choose.integer(0, size if task == "reverse_k" else 9)))
        elif task in ("printer", "tickets"):
            arguments.append(([min(n, 5) for n in numbers], choose.integer(0, size - 1)))
        elif task == "round_robin":
            labels = choose.sample("ABCDEFGH", (2, 5))
            arguments.append(([(x, choose.integer(1, 9)) for x in labels], choose.integer(1, 4)))
        else:
            arguments.append((sorted(choose.integers(size, 0, 30)), choose.integer(1, 10)))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "k": ("n", "m", "num") if task in ("reverse_k", "rotate", "recent") else ("k",),
            "items": ("queue_items", "lst", "line", "data"),
            "tasks": ("jobs", "processes"),
            "times": ("requests", "moments"),
        },
    )
