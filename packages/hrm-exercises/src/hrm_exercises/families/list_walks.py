"""Jumps through lists, commands, pairs near a limit, heights side by side."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, returns
from hrm_exercises.family import Exercise, family

_JUMPS = {
    "count": Task(
        (
            "start at index 0 of a list and go forward by the number that stands there, again and "
            "again, until you are beyond the end; return the number of jumps",
            "Given a list of positive jump widths, return how many jumps lead from index 0 beyond "
            "the end.",
            "count the jumps that are needed to leave a list to the right if each element says "
            "how far the jump from it goes",
        ),
        ("count_jumps", "jumps_to_leave", "number_of_jumps"),
        (
            """
            def solve(numbers):
                index = 0
                count = 0
                while index < len(numbers):
                    index += numbers[index]
                    count += 1
                return count
            """,
        ),
    ),
    "visited": Task(
        (
            "start at index 0 of a list and go forward by the number that stands there until you "
            "are beyond the end; return the visited indexes",
            "Given a list of positive jump widths, return the indexes at which one lands, "
            "beginning with 0, until the end is passed.",
            "list the indexes that are visited when each element says how far to jump forward "
            "from it",
        ),
        ("visited_indexes", "jump_path", "landing_places"),
        (
            """
            def solve(numbers):
                result = []
                index = 0
                while index < len(numbers):
                    result.append(index)
                    index += numbers[index]
                return result
            """,
        ),
    ),
    "sum": Task(
        (
            "start at index 0 of a list, jump forward by the number that stands there until the "
            "end is passed, and return the sum of the visited numbers",
            "Given a list of positive jump widths, return the total of the elements on which one "
            "lands, beginning with the first.",
            "add up the elements that are visited when each element says how far to jump forward",
        ),
        ("sum_of_visited", "jump_total", "add_visited"),
        (
            """
            def solve(numbers):
                index = 0
                total = 0
                while index < len(numbers):
                    total += numbers[index]
                    index += numbers[index]
                return total
            """,
        ),
    ),
    "cycle": Task(
        (
            "A list says for each index which index follows. Start at index 0 and return the "
            "number of different indexes visited before one is repeated.",
            "Given a list that maps each index to the next one, return how many indexes are "
            "visited from index 0 until an index comes again.",
            "follow a list of pointers (each element is an index) from index 0 and count the "
            "distinct indexes that are reached",
        ),
        ("reachable_indexes", "length_until_repeat", "follow_pointers"),
        (
            """
            def solve(numbers):
                seen = set()
                index = 0
                while index not in seen:
                    seen.add(index)
                    index = numbers[index]
                return len(seen)
            """,
            """
            def solve(numbers):
                visited = []
                index = 0
                while index not in visited:
                    visited.append(index)
                    index = numbers[index]
                return len(visited)
            """,
        ),
    ),
}


@family(what=tuple(_JUMPS))
def jump_through_a_list(choose: Chooser, what: str) -> Exercise:
    """Jump from index to index as the elements say."""
    task = _JUMPS[what]
    lists = [choose.integers((4, 9), 1, 4) for _ in range(6)]
    if what == "cycle":
        lists = [[choose.integer(0, num - 1) for _ in range(num)] for num in (3, 4, 5, 6, 7, 8)]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists] + [([0] if what == "cycle" else [2, 1, 1],)],
        synonyms={"numbers": ("jumps", "steps", "lst", "path", "arr")},
    )


@family(commands=("stack", "list", "counter"))
def carry_out_commands(choose: Chooser, commands: str) -> Exercise:
    """Carry out a list of commands on a list or a number."""
    if commands == "stack":
        task = Task(
            (
                "carry out stack commands: a number is pushed, the word 'pop' removes the last "
                "number, if there is one; return the stack",
                "Given a list of numbers and the word 'pop', push each number on a stack, remove "
                "the top one for each 'pop' (nothing happens if it is empty), and return the "
                "stack as a list.",
                "process a list: append each number to a result and delete its last element at "
                "each 'pop', if it is not empty",
            ),
            ("run_stack", "process_stack", "stack_commands"),
            (
                """
                def solve(items):
                    result = []
                    for item in items:
                        if item == 'pop':
                            if result:
                                result.pop()
                        else:
                            result.append(item)
                    return result
                """,
            ),
        )
        pool: list[object] = ["pop", "pop", 4, 7, 1, 9, 3]
    elif commands == "list":
        task = Task(
            (
                "carry out commands on an empty list: a number is appended, 'reverse' reverses "
                "the list, 'sort' sorts it; return the list",
                "Given a list of numbers and the words 'reverse' and 'sort', append each number "
                "to a new list, reverse or sort that list where the words stand, and return it.",
                "process a list of commands: append numbers, reverse at 'reverse', sort at "
                "'sort', and return the result",
            ),
            ("run_commands", "process_commands", "list_commands"),
            (
                """
                def solve(items):
                    result = []
                    for item in items:
                        if item == 'reverse':
                            result.reverse()
                        elif item == 'sort':
                            result.sort()
                        else:
                            result.append(item)
                    return result
                """,
            ),
        )
        pool = ["reverse", "sort", 5, 8, 2, 6, 1]
    else:
        task = Task(
            (
                "start with 0 and carry out a list of commands: 'up' adds 1, 'down' subtracts 1, "
                "'double' doubles; return the number at the end",
                "Given a list of the words 'up', 'down' and 'double', return the value of a "
                "counter that starts at 0 after all of them.",
                "find the final value of a counter, given the commands 'up' (plus 1), 'down' "
                "(minus 1) and 'double' (times 2) in a list",
            ),
            ("final_value", "run_counter", "counter_commands"),
            (
                """
                def solve(items):
                    value = 0
                    for item in items:
                        if item == 'up':
                            value += 1
                        elif item == 'down':
                            value -= 1
                        else:
                            value *= 2
                    return value
                """,
            ),
        )
        pool = ["up", "up", "down", "double"]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[([choose.one_of(pool) for _ in range(num)],) for num in (3, 4, 5, 6, 8)]
        + [([],)],
        synonyms={"items": ("commands", "operations", "steps", "lst")},
    )


_TWO_POINTERS = {
    "closest_sum": Task(
        (
            "find the sum of two elements of {} that is closest to <k> (the smaller sum if two are "
            "equally close)",
            "Given a list and a number <k>, return the sum of two different places that is "
            "nearest to <k>, the smaller one if two are equally near.",
            "return the two-element sum closest to a target; of two equally close sums the "
            "smaller one",
        ),
        ("closest_pair_sum", "nearest_two_sum", "two_sum_closest"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                sums = [x + y for x, y in combinations(numbers, 2)]
                return min(sums, key=lambda total: (abs(total - k), total))
            """,
            """
            def solve(numbers, k):
                best = numbers[0] + numbers[1]
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        total = numbers[i] + numbers[j]
                        if (abs(total - k), total) < (abs(best - k), best):
                            best = total
                return best
            """,
        ),
    ),
    "max_below": Task(
        (
            "find the largest sum of two elements that is less than <k>, or -1 if there is none "
            "(all numbers are positive)",
            "Given a list of positive numbers and a number <k>, return the greatest sum of two "
            "elements at different places below <k>, or -1.",
            "return the maximum sum of a pair of elements that stays below a limit (-1 if no pair "
            "does)",
        ),
        ("largest_pair_sum_below", "best_sum_under", "two_sum_less_than"),
        (
            """
            def solve(numbers, k):
                best = -1
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        total = numbers[i] + numbers[j]
                        if best < total < k:
                            best = total
                return best
            """,
            """
            def solve(numbers, k):
                numbers = sorted(numbers)
                left = 0
                right = len(numbers) - 1
                best = -1
                while left < right:
                    total = numbers[left] + numbers[right]
                    if total < k:
                        best = max(best, total)
                        left += 1
                    else:
                        right -= 1
                return best
            """,
        ),
    ),
    "boats": Task(
        (
            "find the smallest number of boats for people of given weights if each boat carries "
            "at most two people and at most the weight <k> (nobody is heavier)",
            "Given a list of weights and a limit <k>, return how many boats are needed when a "
            "boat takes one or two people with a total of at most <k>.",
            "return the minimum number of groups of one or two elements whose sums do not exceed "
            "a limit that no element exceeds",
        ),
        ("number_of_boats", "min_boats", "pair_up_weights"),
        (
            """
            def solve(numbers, k):
                numbers = sorted(numbers)
                left = 0
                right = len(numbers) - 1
                count = 0
                while left <= right:
                    if numbers[left] + numbers[right] <= k:
                        left += 1
                    right -= 1
                    count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_TWO_POINTERS))
def pairs_near_a_limit(choose: Chooser, what: str) -> Exercise:
    """Find pairs with a sum close to or below a limit."""
    task = _TWO_POINTERS[what]
    arguments: list[tuple[list[int], int]] = []
    for _ in range(6):
        numbers = choose.integers((3, 7), 1, 20)
        k = choose.integer(20, 32) if what == "boats" else choose.integer(5, 35)
        arguments.append((numbers, k))
    return Exercise(
        texts=[ask.format("a list") for ask in task.asks],
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([8, 5, 1], 20)],
        synonyms={"key": ("key",), "k": ("target", "limit", "n"), "x": ("a", "p"), "y": ("b", "q")},
    )


_HEIGHTS = {
    "water": Task(
        (
            "find how much rain water is caught between walls of given heights and width 1",
            "Given the heights of walls of width 1 that stand side by side, return the amount of "
            "water that stays between them after rain.",
            "compute the trapped rain water for a list of heights",
        ),
        ("trapped_water", "rain_water", "water_between_walls"),
        (
            """
            def solve(heights):
                total = 0
                for index, height in enumerate(heights):
                    level = min(max(heights[:index + 1]), max(heights[index:]))
                    total += level - height
                return total
            """,
            """
            def solve(heights):
                total = 0
                for index in range(len(heights)):
                    left = max(heights[:index + 1])
                    right = max(heights[index:])
                    total += min(left, right) - heights[index]
                return total
            """,
        ),
    ),
    "container": Task(
        (
            "find the largest area between two lines of given heights: the distance of their "
            "indexes times the smaller height",
            "Given heights at the indexes 0, 1, 2 ..., return the maximum of (j - i) times the "
            "smaller one of the heights at i and j.",
            "return how much water the best container between two of the given vertical lines can "
            "hold",
        ),
        ("largest_container", "max_area", "most_water"),
        (
            """
            def solve(heights):
                best = 0
                left = 0
                right = len(heights) - 1
                while left < right:
                    area = (right - left) * min(heights[left], heights[right])
                    best = max(best, area)
                    if heights[left] < heights[right]:
                        left += 1
                    else:
                        right -= 1
                return best
            """,
            """
            def solve(heights):
                best = 0
                for i in range(len(heights)):
                    for j in range(i + 1, len(heights)):
                        best = max(best, (j - i) * min(heights[i], heights[j]))
                return best
            """,
        ),
    ),
    "visible": Task(
        (
            "count the buildings that can be seen from the left, that is those that are higher "
            "than all buildings before them",
            "Given the heights of buildings from left to right, return how many are visible from "
            "the left side.",
            "find the number of heights in a list that are greater than all heights before them",
        ),
        ("visible_buildings", "seen_from_left", "count_visible"),
        (
            """
            def solve(heights):
                count = 0
                highest = 0
                for height in heights:
                    if height > highest:
                        count += 1
                        highest = height
                return count
            """,
        ),
    ),
    "sunset": Task(
        (
            "list the indexes of the buildings that can see the sunset on the right, that is "
            "those that are higher than all buildings after them",
            "Given the heights of buildings from left to right, return the indexes of those with "
            "no building of at least their height to the right.",
            "return the indexes of all heights that are greater than every later height, in "
            "ascending order",
        ),
        ("sunset_view", "see_to_the_right", "open_view"),
        (
            returns(
                "heights",
                "[i for i in range(len(heights)) if all(h < heights[i] for h in heights[i + 1:])]",
            ),
            """
            def solve(heights):
                result = []
                highest = 0
                for index in range(len(heights) - 1, -1, -1):
                    if heights[index] > highest:
                        result.append(index)
                        highest = heights[index]
                return result[::-1]
            """,
        ),
    ),
    "outline": Task(
        (
            "find the perimeter of a row of columns of given heights and width 1 that stand side "
            "by side, including the bottom",
            "Given the heights of neighbouring columns of width 1, return the length of the "
            "outline of the whole figure.",
            "compute the outline of a bar chart with bars of width 1 and given positive heights",
        ),
        ("skyline_perimeter", "outline_length", "bar_chart_outline"),
        (
            """
            def solve(heights):
                total = 2 * len(heights)
                before = 0
                for height in heights + [0]:
                    total += abs(height - before)
                    before = height
                return total
            """,
        ),
    ),
    "order": Task(
        (
            "count how many people stand at a different place than in the line sorted by height",
            "Given the heights of people in a row, return how many of them are not where they "
            "would be if the row were sorted in ascending order.",
            "find the number of indexes at which a list of heights differs from its sorted version",
        ),
        ("wrong_places", "height_checker", "out_of_order_people"),
        (
            returns("heights", "sum(1 for x, y in zip(heights, sorted(heights)) if x != y)"),
            """
            def solve(heights):
                wanted = sorted(heights)
                count = 0
                for index in range(len(heights)):
                    if heights[index] != wanted[index]:
                        count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_HEIGHTS))
def heights_side_by_side(choose: Chooser, what: str) -> Exercise:
    """Water, views and outlines of columns of given heights."""
    task = _HEIGHTS[what]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integers((3, 8), 1, 9),) for _ in range(6)]
        + [([3, 1, 2, 1, 4],), ([1, 2],)],
        synonyms={
            "heights": ("walls", "numbers", "columns", "lst", "values"),
            "height": ("h", "value", "x"),
            "x": ("a", "p"),
            "y": ("b", "q"),
        },
    )
