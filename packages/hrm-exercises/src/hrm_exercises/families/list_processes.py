"""Lists that are changed step by step: circles, eliminations, repeated sums."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task
from hrm_exercises.family import Exercise, family

_CIRCLES = {
    "survivor": Task(
        (
            "People numbered from 1 to <n> stand in a circle and every <k>-th one leaves. Return "
            "the number of the last one.",
            "find the survivor of the Josephus problem for <n> people (numbered from 1) when "
            "every <k>-th one is removed",
            "Given <n> and <k>, remove every <k>-th of the numbers 1 to <n> in a circle until one "
            "is left, and return it.",
        ),
        ("josephus", "survivor", "last_in_circle"),
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
                place = 0
                for size in range(2, n + 1):
                    place = (place + k) % size
                return place + 1
            """,
        ),
    ),
    "order": Task(
        (
            "return the order in which people numbered from 1 to <n> leave a circle when every "
            "<k>-th one has to go",
            "find the elimination order of the Josephus problem for <n> people and step <k>",
            "Given <n> and <k>, remove every <k>-th of the numbers 1 to <n> in a circle until "
            "none is left, and return them in the order of removal.",
        ),
        ("elimination_order", "josephus_order", "leaving_order"),
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
                    people.rotate(1 - k)
                    result.append(people.popleft())
                return result
            """,
        ),
    ),
}


@family(what=tuple(_CIRCLES))
def every_kth_leaves_the_circle(choose: Chooser, what: str) -> Exercise:
    """Eliminate every k-th person of a circle."""
    task = _CIRCLES[what]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integer(3, 12), choose.integer(2, 5)) for _ in range(5)]
        + [(1, 3), (5, 1)],
        synonyms={"people": ("circle", "rest", "persons"), "k": ("step", "m")},
    )


_ELIMINATIONS = {
    "second": Task(
        (
            "remove every second element of a list, beginning with the first, again and again "
            "until one element is left, and return it",
            "Given a list, keep only the elements at odd indexes and repeat this until a single "
            "element remains. Return that element.",
            "find the element that is left when the elements at even indexes are dropped again "
            "and again until one remains",
        ),
        ("last_remaining", "drop_every_other", "survivor_of_halving"),
        (
            """
            def solve(items):
                while len(items) > 1:
                    items = items[1::2]
                return items[0]
            """,
        ),
    ),
    "ends": Task(
        (
            "drop the first and the last element of a list until at most two elements are left, "
            "and return what is left",
            "Given a list, remove one element at each end again and again while it has more than "
            "two elements. Return the rest.",
            "return the middle one or two elements of a list by removing elements from both ends",
        ),
        ("peel_ends", "middle_elements", "shrink_from_both_ends"),
        (
            """
            def solve(items):
                while len(items) > 2:
                    items = items[1:-1]
                return items
            """,
            """
            def solve(items):
                while len(items) > 2:
                    items.pop(0)
                    items.pop()
                return items
            """,
        ),
    ),
    "pairs": Task(
        (
            "remove two equal neighbours from a list again and again until no two neighbours are "
            "equal",
            "Given a list, delete adjacent equal pairs repeatedly until there are none, and "
            "return the rest.",
            "return what is left of a list when equal neighbours cancel each other as often as "
            "possible",
        ),
        ("cancel_pairs", "remove_adjacent_pairs", "reduce_list"),
        (
            """
            def solve(items):
                result = []
                for item in items:
                    if result and result[-1] == item:
                        result.pop()
                    else:
                        result.append(item)
                return result
            """,
            """
            def solve(items):
                index = 0
                while index < len(items) - 1:
                    if items[index] == items[index + 1]:
                        del items[index:index + 2]
                        index = max(index - 1, 0)
                    else:
                        index += 1
                return items
            """,
        ),
    ),
    "opposites": Task(
        (
            "remove neighbours that are the negatives of each other from a list of nonzero "
            "numbers, again and again until there are none",
            "Given a list of nonzero integers, let each number cancel with an opposite number "
            "right after it until nothing changes. Return the rest.",
            "return what is left of a list when adjacent elements with the sum 0 are removed "
            "repeatedly",
        ),
        ("cancel_opposites", "remove_zero_sums", "annihilate"),
        (
            """
            def solve(items):
                result = []
                for item in items:
                    if result and result[-1] + item == 0:
                        result.pop()
                    else:
                        result.append(item)
                return result
            """,
        ),
    ),
    "doubles": Task(
        (
            "move through a list from left to right and merge two equal neighbours to their sum; "
            "a merged number does not merge again",
            "Given a list of numbers, combine each pair of equal neighbours to one number (their "
            "sum), from left to right and each number at most once.",
            "slide and merge a row as in the game 2048 without zeros: equal neighbours become "
            "their sum, each number merges at most once, from left to right",
        ),
        ("merge_equal", "slide_and_merge", "combine_neighbours"),
        (
            """
            def solve(items):
                result = []
                index = 0
                while index < len(items):
                    if index + 1 < len(items) and items[index] == items[index + 1]:
                        result.append(2 * items[index])
                        index += 2
                    else:
                        result.append(items[index])
                        index += 1
                return result
            """,
        ),
    ),
}


@family(what=tuple(_ELIMINATIONS))
def eliminate_until_nothing_changes(choose: Chooser, what: str) -> Exercise:
    """Remove or merge elements again and again."""
    task = _ELIMINATIONS[what]
    high = 3 if what in ("pairs", "doubles") else 20
    lists = [choose.integers((4, 9), 1, high) for _ in range(5)]
    if what == "opposites":
        lists = [
            [n * choose.one_of((-1, 1)) for n in choose.integers((4, 9), 1, 3)] for _ in range(5)
        ]
    examples = {"pairs": [1, 2, 2, 1, 3], "opposites": [4, 2, -2, -4, 1], "doubles": [2, 2, 2, 4]}
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in lists] + [([7],), (examples.get(what, [5, 8]),)],
    )


_TRIANGLES = {
    "last": Task(
        (
            "replace a list by the sums of its neighbours until one number is left, and return it",
            "Given a list, build the list of sums of neighbouring elements again and again; "
            "return the number at the end.",
            "find the number on top of a pyramid whose bottom row is given and where each number "
            "is the sum of the two below it",
        ),
        ("pyramid_top", "sum_until_one", "top_of_pyramid"),
        (
            """
            def solve(numbers):
                while len(numbers) > 1:
                    numbers = [x + y for x, y in zip(numbers, numbers[1:])]
                return numbers[0]
            """,
            """
            def solve(numbers):
                if len(numbers) == 1:
                    return numbers[0]
                row = []
                for index in range(len(numbers) - 1):
                    row.append(numbers[index] + numbers[index + 1])
                return solve(row)
            """,
        ),
    ),
    "rows": Task(
        (
            "return all rows of the pyramid that begins with a list and in which each row "
            "consists of the sums of neighbours of the row before",
            "Given a list, return the list of lists that starts with it, where each next list has "
            "the sums of neighbouring elements, down to one element.",
            "list the rows of a number triangle: the given list, its neighbour sums, their "
            "neighbour sums and so on",
        ),
        ("pyramid_rows", "triangle_of_sums", "all_rows"),
        (
            """
            def solve(numbers):
                result = [numbers]
                while len(result[-1]) > 1:
                    row = result[-1]
                    result.append([x + y for x, y in zip(row, row[1:])])
                return result
            """,
        ),
    ),
    "differences": Task(
        (
            "replace a list by the absolute differences of its neighbours until one number is "
            "left, and return it",
            "Given a list, take absolute differences of neighbouring elements again and again; "
            "return the last number.",
            "find the number at the tip of a triangle of absolute differences that begins with a "
            "list",
        ),
        ("difference_tip", "differences_until_one", "last_difference"),
        (
            """
            def solve(numbers):
                while len(numbers) > 1:
                    numbers = [abs(x - y) for x, y in zip(numbers, numbers[1:])]
                return numbers[0]
            """,
        ),
    ),
    "k_differences": Task(
        (
            "return the second differences of a list: the differences of the differences of "
            "neighbours",
            "Given a list, subtract each element from the next one, do the same with the result, "
            "and return that list.",
            "compute the differences of consecutive elements twice in a row",
        ),
        ("second_differences", "differences_twice", "double_difference"),
        (
            """
            def solve(numbers):
                for _ in range(2):
                    numbers = [y - x for x, y in zip(numbers, numbers[1:])]
                return numbers
            """,
        ),
    ),
    "rounds": Task(
        (
            "find how many rounds a knock-out tournament needs if the elements of a list are "
            "paired in each round, one of each pair goes on and an element without a partner goes "
            "on as well",
            "Given a list of players, return the number of rounds until one is left when each "
            "round halves the number of players (rounded up).",
            "count how often the length of a list has to be halved, rounding up, until it is 1",
        ),
        ("number_of_rounds", "knockout_rounds", "tournament_rounds"),
        (
            """
            def solve(numbers):
                size = len(numbers)
                count = 0
                while size > 1:
                    size = (size + 1) // 2
                    count += 1
                return count
            """,
            """
            def solve(numbers):
                count = 0
                while len(numbers) > 1:
                    numbers = numbers[::2]
                    count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_TRIANGLES))
def repeat_with_neighbours(choose: Chooser, what: str) -> Exercise:
    """Replace a list by sums or differences of neighbours, again and again."""
    task = _TRIANGLES[what]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integers(num, 1, 9),) for num in (3, 4, 5, 6, 2)] + [([8],)],
        synonyms={
            "x": ("a", "one"),
            "y": ("b", "other"),
            "row": ("line", "sums"),
            "size": ("length", "n"),
        },
    )
