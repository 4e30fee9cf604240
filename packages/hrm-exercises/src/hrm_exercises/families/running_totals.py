"""Running balances, goals, and points of two players."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, returns
from hrm_exercises.family import Exercise, family

_BALANCES = {
    "first_negative": Task(
        (
            "find the index of the first transaction after which the balance is below 0, starting "
            "from 0; return -1 if it never is",
            "Given deposits (positive) and withdrawals (negative) in order, return the index at "
            "which the balance first becomes negative, or -1.",
            "A bank account starts at 0. Return the index of the operation that first brings it "
            "below 0, or -1 if none does.",
        ),
        ("first_overdraft", "below_zero_index", "when_negative"),
        (
            """
            def solve(changes):
                balance = 0
                for index, change in enumerate(changes):
                    balance += change
                    if balance < 0:
                        return index
                return -1
            """,
            """
            from itertools import accumulate

            def solve(changes):
                for index, balance in enumerate(accumulate(changes)):
                    if balance < 0:
                        return index
                return -1
            """,
        ),
    ),
    "ever_negative": Task(
        (
            "check whether the sum of the first elements of a list ever falls below 0",
            "Given a list of deposits and withdrawals, return True if the balance, which starts "
            "at 0, is ever negative, else False.",
            "return True if some running total of a list is negative and False otherwise",
        ),
        ("ever_overdrawn", "goes_below_zero", "is_ever_negative"),
        (
            """
            def solve(changes):
                balance = 0
                for change in changes:
                    balance += change
                    if balance < 0:
                        return True
                return False
            """,
            """
            from itertools import accumulate

            def solve(changes):
                return any(balance < 0 for balance in accumulate(changes))
            """,
        ),
    ),
    "lowest": Task(
        (
            "find the lowest balance of an account that starts at 0, given its deposits and "
            "withdrawals in order (the start counts as well)",
            "Given a list of changes, return the minimum of the running total, including the 0 at "
            "the start.",
            "return the smallest value that the sum of the first elements of a list takes, where "
            "the empty sum 0 counts, too",
        ),
        ("lowest_balance", "minimum_balance", "deepest_point"),
        (
            """
            def solve(changes):
                balance = 0
                lowest = 0
                for change in changes:
                    balance += change
                    lowest = min(lowest, balance)
                return lowest
            """,
            """
            from itertools import accumulate

            def solve(changes):
                return min(accumulate(changes, initial=0))
            """,
        ),
    ),
    "start": Task(
        (
            "find the smallest non-negative start value with which no running total of a list "
            "becomes negative",
            "Given gains and losses in order, return with how much money one has to start, at "
            "least, so that the balance is never below 0.",
            "return the minimum initial balance (0 or more) that keeps an account from going "
            "below 0 during all changes of a list",
        ),
        ("minimum_start", "needed_money", "initial_balance"),
        (
            """
            def solve(changes):
                balance = 0
                needed = 0
                for change in changes:
                    balance += change
                    needed = max(needed, -balance)
                return needed
            """,
            """
            from itertools import accumulate

            def solve(changes):
                return max(0, -min(accumulate(changes, initial=0)))
            """,
        ),
    ),
    "highest": Task(
        (
            "find the highest altitude of a trip that starts at altitude 0, given the changes of "
            "altitude in order (the start counts)",
            "A hiker starts at height 0; a list says how much each step leads up or down. Return "
            "the greatest height.",
            "return the maximum of the running total of a list, where the start value 0 counts, "
            "too",
        ),
        ("highest_altitude", "greatest_height", "highest_point"),
        (
            """
            def solve(changes):
                height = 0
                best = 0
                for change in changes:
                    height += change
                    if height > best:
                        best = height
                return best
            """,
            """
            from itertools import accumulate

            def solve(changes):
                return max(accumulate(changes, initial=0))
            """,
        ),
    ),
    "returns": Task(
        (
            "count how often the running total of a list is 0 (without the start)",
            "Given the changes of a balance that starts at 0, return after how many of them it is "
            "exactly 0.",
            "find the number of beginnings of a list (of at least one element) whose sum is 0",
        ),
        ("returns_to_zero", "count_zero_balances", "zero_totals"),
        (
            """
            def solve(changes):
                balance = 0
                count = 0
                for change in changes:
                    balance += change
                    if balance == 0:
                        count += 1
                return count
            """,
            """
            from itertools import accumulate

            def solve(changes):
                return list(accumulate(changes)).count(0)
            """,
        ),
    ),
}


@family(what=tuple(_BALANCES))
def running_balances(choose: Chooser, what: str) -> Exercise:
    """Overdrafts, lowest and highest points of running totals."""
    task = _BALANCES[what]
    lists = [choose.integers((3, 8), -6, 7 if index % 2 else 4) for index in range(5)]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(changes,) for changes in lists] + [([3, -3, 2, -2],), ([5, 1, -2],), ([],)],
        synonyms={
            "changes": ("operations", "steps", "transactions", "numbers", "lst"),
            "change": ("step", "amount", "x"),
            "balance": ("total", "current", "account"),
            "height": ("total", "current", "altitude"),
        },
    )


_DAYS = {
    "first": (
        "the first day (counted from 1) on which the total reaches at least <k>, or 0 if it never "
        "does",
        "day_reached",
        "return day",
        "return 0",
    ),
    "index": (
        "the index of the entry with which the running total first exceeds <k>, or -1",
        "index_exceeded",
        "return day - 1",
        "return -1",
    ),
}


@family(what=tuple(_DAYS))
def when_a_total_reaches_a_goal(choose: Chooser, what: str) -> Exercise:
    """Find when a running total reaches a goal."""
    noun, name, found, missing = _DAYS[what]
    sign = ">=" if what == "first" else ">"
    thing = choose.one_of(
        ("steps per day", "pages read per day", "daily savings", "kilometers per day")
    )
    arguments = []
    for _ in range(6):
        amounts = choose.integers((3, 7), 1, 15)
        arguments.append((amounts, choose.integer(5, sum(amounts) + 8)))
    return Exercise(
        texts=(
            f"find {noun}, given a list of {thing} and a goal <k>",
            f"Given a list of {thing} and a number <k>, return {noun}.",
            f"A list holds the {thing}. Return {noun}.",
            f"return {noun}, for a list of positive numbers",
        ),
        names=(name, f"{what}_time_goal_is_met", "goal_reached"),
        solutions=(
            f"""
            def solve(numbers, k):
                total = 0
                for day, number in enumerate(numbers, 1):
                    total += number
                    if total {sign} k:
                        {found}
                {missing}
            """,
            f"""
            from itertools import accumulate

            def solve(numbers, k):
                for day, total in enumerate(accumulate(numbers), 1):
                    if total {sign} k:
                        {found}
                {missing}
            """,
        ),
        arguments=arguments,
        synonyms={"k": ("goal", "target", "limit", "n")},
    )


_TWO_TEAMS = {
    "lead": Task(
        (
            "count in how many rounds the first player scored more than the second, given their "
            "points per round",
            "Given two lists of points per round, return how many rounds the first player won.",
            "find the number of indexes at which the first list has the greater number",
        ),
        ("rounds_won", "count_wins", "first_player_wins"),
        (
            returns("first, second", "sum(1 for x, y in zip(first, second) if x > y)"),
            """
            def solve(first, second):
                count = 0
                for index in range(len(first)):
                    if first[index] > second[index]:
                        count += 1
                return count
            """,
        ),
    ),
    "winner": Task(
        (
            "return 'first', 'second' or 'draw', depending on which of two lists has more points "
            "in total",
            "Given the points of two players, tell who has the larger sum: return 'first', "
            "'second' or 'draw'.",
            "compare the sums of two lists and return 'first', 'second' or 'draw'",
        ),
        ("winner", "who_wins", "compare_totals"),
        (
            """
            def solve(first, second):
                if sum(first) > sum(second):
                    return 'first'
                if sum(first) < sum(second):
                    return 'second'
                return 'draw'
            """,
        ),
    ),
    "points": Task(
        (
            "compare two lists index by index and return a tuple with the numbers of indexes "
            "where the first and where the second is greater",
            "Given the points per round of two players, return how many rounds each of them won, "
            "as a tuple; a tie counts for nobody.",
            "count the rounds won by the first and by the second player and return both counts as "
            "a tuple",
        ),
        ("rounds_of_each", "compare_rounds", "wins_of_both"),
        (
            """
            def solve(first, second):
                wins = sum(1 for x, y in zip(first, second) if x > y)
                losses = sum(1 for x, y in zip(first, second) if x < y)
                return (wins, losses)
            """,
            """
            def solve(first, second):
                wins = losses = 0
                for x, y in zip(first, second):
                    if x > y:
                        wins += 1
                    elif x < y:
                        losses += 1
                return (wins, losses)
            """,
        ),
    ),
    "changes": Task(
        (
            "count after how many rounds the first player has more points in total than the second",
            "Given the points per round of two players, return after how many rounds the first "
            "one is ahead in total.",
            "find the number of indexes where the running total of the first list is greater than "
            "that of the second",
        ),
        ("rounds_in_the_lead", "times_ahead", "count_leads"),
        (
            """
            def solve(first, second):
                count = 0
                total = 0
                for x, y in zip(first, second):
                    total += x - y
                    if total > 0:
                        count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_TWO_TEAMS))
def points_of_two_players(choose: Chooser, what: str) -> Exercise:
    """Compare the points per round of two players."""
    task = _TWO_TEAMS[what]
    arguments = [
        (choose.integers(num, 0, 9), choose.integers(num, 0, 9)) for num in (2, 3, 4, 5, 6)
    ]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([3, 4], [4, 3]), ([], [])],
        synonyms={
            "first": ("points1", "player1", "a", "left"),
            "second": ("points2", "player2", "b", "right"),
            "x": ("p", "one"),
            "y": ("q", "other"),
        },
    )
