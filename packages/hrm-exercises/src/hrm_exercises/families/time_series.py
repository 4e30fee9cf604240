"""Lists of prices, temperatures and scores: values that follow each other in time."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, returns
from hrm_exercises.family import Exercise, family

_PRICES = {
    "one_trade": Task(
        (
            "Given the prices of a stock on consecutive days, return the largest profit from "
            "buying once and selling once later (0 if there is no profit).",
            "find the maximum profit of one purchase and one later sale, given a list of daily "
            "prices; return 0 if prices only fall",
            "A list holds the price of a share for each day. Find the best profit if you buy on "
            "one day and sell on a later day, or 0.",
        ),
        ("max_profit", "best_trade", "stock_profit"),
        (
            """
            def solve(prices):
                best = 0
                lowest = prices[0]
                for price in prices:
                    lowest = min(lowest, price)
                    best = max(best, price - lowest)
                return best
            """,
            """
            def solve(prices):
                best = 0
                for i in range(len(prices)):
                    for j in range(i + 1, len(prices)):
                        best = max(best, prices[j] - prices[i])
                return best
            """,
        ),
    ),
    "many_trades": Task(
        (
            "Given daily prices, return the largest total profit if you may buy and sell as often "
            "as you like but never hold more than one share.",
            "find the total profit when you gain from every rise between two consecutive days in "
            "a list of prices",
            "add up all increases from one day to the next in a list of prices",
        ),
        ("total_profit", "profit_of_all_rises", "max_profit_many_trades"),
        (
            """
            def solve(prices):
                total = 0
                for index in range(1, len(prices)):
                    if prices[index] > prices[index - 1]:
                        total += prices[index] - prices[index - 1]
                return total
            """,
            returns("prices", "sum(max(y - x, 0) for x, y in zip(prices, prices[1:]))"),
        ),
    ),
    "best_day": Task(
        (
            "find the index of the day with the largest increase over the day before, given a "
            "list of prices (the first such day; there are at least two prices)",
            "Given a list of prices, return the index of the price that rose most compared with "
            "the previous one; the first if there are several.",
            "return the index of the biggest jump upwards in a list of daily prices, that is the "
            "day where price minus previous price is largest (the first such day)",
        ),
        ("best_day", "day_of_largest_gain", "biggest_rise"),
        (
            """
            def solve(prices):
                best = 1
                for index in range(1, len(prices)):
                    gain = prices[index] - prices[index - 1]
                    if gain > prices[best] - prices[best - 1]:
                        best = index
                return best
            """,
            """
            def solve(prices):
                gains = [y - x for x, y in zip(prices, prices[1:])]
                return gains.index(max(gains)) + 1
            """,
        ),
    ),
    "changes": Task(
        (
            "compute the percentage change from each price to the next in a list, rounded to 1 "
            "digit",
            "Given a list of prices, return the changes from day to day in percent, rounded to "
            "one decimal.",
            "return the daily changes of a list of prices in percent of the previous price (1 "
            "digit after the point)",
        ),
        ("percent_changes", "daily_changes", "returns_in_percent"),
        (
            returns("prices", "[round(100 * (y - x) / x, 1) for x, y in zip(prices, prices[1:])]"),
            """
            def solve(prices):
                result = []
                for index in range(1, len(prices)):
                    change = prices[index] - prices[index - 1]
                    result.append(round(100 * change / prices[index - 1], 1))
                return result
            """,
        ),
    ),
    "drop": Task(
        (
            "find the largest drop from a price to a later, lower price in a list (0 if there is "
            "none)",
            "Given a list of prices, return the maximum loss between an earlier and a later day, "
            "or 0 if the prices never fall.",
            "return how much a price fell at most from any day to any later day (0 if it never "
            "fell)",
        ),
        ("largest_drop", "max_drawdown", "worst_loss"),
        (
            """
            def solve(prices):
                worst = 0
                highest = prices[0]
                for price in prices:
                    highest = max(highest, price)
                    worst = max(worst, highest - price)
                return worst
            """,
            """
            def solve(prices):
                worst = 0
                for i in range(len(prices)):
                    for j in range(i + 1, len(prices)):
                        worst = max(worst, prices[i] - prices[j])
                return worst
            """,
        ),
    ),
    "rises": Task(
        (
            "count the days on which the price was higher than on the day before",
            "Given a list of daily prices, return on how many days the price rose.",
            "find how often a price in a list is greater than the one just before it",
        ),
        ("count_rises", "days_with_gain", "rising_days"),
        (
            returns("prices", "sum(1 for x, y in zip(prices, prices[1:]) if y > x)"),
            """
            def solve(prices):
                count = 0
                for index in range(1, len(prices)):
                    if prices[index] > prices[index - 1]:
                        count += 1
                return count
            """,
        ),
    ),
    "turns": Task(
        (
            "count how often a list of prices changes direction from rising to falling or from "
            "falling to rising (no two neighbours are equal)",
            "Given a list of prices in which neighbours differ, return the number of turning "
            "points.",
            "find the number of prices that are higher or lower than both of their neighbours, "
            "for a list without equal neighbours",
        ),
        ("turning_points", "count_turns", "direction_changes"),
        (
            """
            def solve(prices):
                count = 0
                for index in range(1, len(prices) - 1):
                    before = prices[index] - prices[index - 1]
                    after = prices[index + 1] - prices[index]
                    if before * after < 0:
                        count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_PRICES))
def prices_on_consecutive_days(choose: Chooser, what: str) -> Exercise:
    """Profit, drops, changes in a list of prices."""
    task = _PRICES[what]
    lists = []
    for _ in range(6):
        prices = [choose.integer(5, 40)]
        for _ in range(choose.integer(2, 7)):
            step = choose.integer(1, 9) * choose.one_of((-1, 1))
            prices.append(prices[-1] + step if prices[-1] + step > 0 else prices[-1] + abs(step))
        lists.append(prices)
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(prices,) for prices in lists] + [([9, 7, 4, 1],), ([5, 6, 8],)],
        synonyms={
            "prices": ("values", "quotes", "numbers", "lst", "data"),
            "price": ("value", "p", "x"),
            "x": ("before", "a"),
            "y": ("after", "b"),
            "lowest": ("cheapest", "low"),
            "worst": ("result", "loss"),
        },
    )


_TEMPERATURES = {
    "warmer": Task(
        (
            "find for each day the number of days until a warmer temperature, or 0 if there is "
            "none",
            "Given daily temperatures, return a list that says for each day how many days one has "
            "to wait for a warmer one (0 if it never gets warmer).",
            "return for each temperature in a list the distance to the next higher temperature (0 "
            "if there is none)",
        ),
        ("days_until_warmer", "wait_for_warmer", "next_warmer_day"),
        (
            """
            def solve(temperatures):
                result = [0] * len(temperatures)
                for i in range(len(temperatures)):
                    for j in range(i + 1, len(temperatures)):
                        if temperatures[j] > temperatures[i]:
                            result[i] = j - i
                            break
                return result
            """,
            """
            def solve(temperatures):
                result = [0] * len(temperatures)
                stack = []
                for index, temperature in enumerate(temperatures):
                    while stack and temperatures[stack[-1]] < temperature:
                        day = stack.pop()
                        result[day] = index - day
                    stack.append(index)
                return result
            """,
        ),
    ),
    "frost": Task(
        (
            "count the days with a temperature below 0",
            "Given a list of temperatures, return the number of frost days (below 0).",
            "find how many temperatures of a list are below the freezing point 0",
        ),
        ("frost_days", "count_frost", "days_below_zero"),
        (
            returns("temperatures", "sum(1 for temperature in temperatures if temperature < 0)"),
            returns(
                "temperatures",
                "len([temperature for temperature in temperatures if temperature < 0])",
            ),
        ),
    ),
    "spread": Task(
        (
            "find the difference between the highest and the lowest temperature of a list",
            "Given a list of temperatures, return by how much the warmest day was warmer than the "
            "coldest.",
            "return the range of a list of temperatures",
        ),
        ("temperature_range", "temperature_spread", "warmest_minus_coldest"),
        (returns("temperatures", "max(temperatures) - min(temperatures)"),),
    ),
    "average_above": Task(
        (
            "find the indexes of all days that were warmer than the average of the list",
            "Given daily temperatures, list the days (indexes from 0) with a temperature above "
            "the average.",
            "return the indexes of the temperatures that are greater than the mean of all",
        ),
        ("warm_days", "days_above_average", "warmer_than_average"),
        (
            """
            def solve(temperatures):
                average = sum(temperatures) / len(temperatures)
                return [day for day, value in enumerate(temperatures) if value > average]
            """,
            """
            def solve(temperatures):
                average = sum(temperatures) / len(temperatures)
                result = []
                for day in range(len(temperatures)):
                    if temperatures[day] > average:
                        result.append(day)
                return result
            """,
        ),
    ),
    "streak": Task(
        (
            "find the length of the longest period of consecutive days with temperatures above 0",
            "Given daily temperatures, return how many days the longest frost-free period (always "
            "above 0) lasted.",
            "return the largest number of consecutive positive temperatures in a list",
        ),
        ("longest_warm_period", "longest_thaw", "frost_free_days"),
        (
            """
            def solve(temperatures):
                best = 0
                count = 0
                for temperature in temperatures:
                    if temperature > 0:
                        count += 1
                        best = max(best, count)
                    else:
                        count = 0
                return best
            """,
        ),
    ),
    "fahrenheit": Task(
        (
            "convert a list of temperatures from Celsius to Fahrenheit, rounded to 1 digit",
            "Given temperatures in degrees Celsius, return them in Fahrenheit with one digit "
            "after the point.",
            "return a list of Celsius values as Fahrenheit (times 1.8 plus 32), rounded to 1 digit",
        ),
        ("to_fahrenheit", "celsius_list_to_fahrenheit", "convert_temperatures"),
        (
            returns("temperatures", "[round(value * 1.8 + 32, 1) for value in temperatures]"),
            """
            def solve(temperatures):
                result = []
                for value in temperatures:
                    result.append(round(value * 1.8 + 32, 1))
                return result
            """,
        ),
    ),
    "crossings": Task(
        (
            "count how often the temperature changes its sign from one day to the next (no "
            "temperature is 0)",
            "Given a list of temperatures without zeros, return how often frost and thaw follow "
            "each other.",
            "find the number of neighbours with different signs in a list of nonzero temperatures",
        ),
        ("sign_changes", "count_crossings", "frost_changes"),
        (
            returns(
                "temperatures",
                "sum(1 for x, y in zip(temperatures, temperatures[1:]) if x * y < 0)",
            ),
            """
            def solve(temperatures):
                count = 0
                for index in range(1, len(temperatures)):
                    if (temperatures[index] > 0) != (temperatures[index - 1] > 0):
                        count += 1
                return count
            """,
        ),
    ),
}


@family(what=tuple(_TEMPERATURES))
def temperatures_on_consecutive_days(choose: Chooser, what: str) -> Exercise:
    """Waiting for warmer days, frost days, warm periods."""
    task = _TEMPERATURES[what]
    lists = [[n or 5 for n in choose.integers((3, 8), -9, 18)] for _ in range(6)]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(values,) for values in lists] + [([-3, -5, 2, 4],)],
        synonyms={
            "temperatures": ("temps", "values", "degrees", "numbers", "lst"),
            "temperature": ("temp", "t", "degree"),
            "x": ("before", "a"),
            "y": ("after", "b"),
            "average": ("mean", "avg"),
        },
    )


_SCORES = {
    "records": Task(
        (
            "count how often a player beat the best score so far, given the scores of all games "
            "in order; the first game does not count",
            "Given a list of scores, return how many times the record was broken after the first "
            "game.",
            "find the number of scores in a list that are greater than all scores before them, "
            "without counting the first",
        ),
        ("count_records", "broken_records", "new_bests"),
        (
            """
            def solve(scores):
                best = scores[0]
                count = 0
                for score in scores[1:]:
                    if score > best:
                        best = score
                        count += 1
                return count
            """,
        ),
    ),
    "both": Task(
        (
            "count how often the best and how often the worst score so far was broken; return "
            "both counts as a tuple",
            "Given the scores of a season, return a tuple: how many times the maximum and how "
            "many times the minimum so far changed.",
            "return the numbers of new maxima and of new minima after the first score of a list, "
            "as a tuple",
        ),
        ("best_and_worst_changes", "record_changes", "new_max_and_min"),
        (
            """
            def solve(scores):
                best = worst = scores[0]
                highs = lows = 0
                for score in scores[1:]:
                    if score > best:
                        best = score
                        highs += 1
                    elif score < worst:
                        worst = score
                        lows += 1
                return (highs, lows)
            """,
        ),
    ),
    "drop_worst": Task(
        (
            "find the average of a list of scores without the lowest one, rounded to 2 digits",
            "Given at least two scores, drop one lowest score and return the average of the "
            "others, rounded to two digits.",
            "return the mean of all scores but the worst one (2 digits after the point)",
        ),
        ("average_without_lowest", "drop_lowest", "mean_without_worst"),
        (
            """
            def solve(scores):
                return round((sum(scores) - min(scores)) / (len(scores) - 1), 2)
            """,
            """
            def solve(scores):
                rest = sorted(scores)[1:]
                return round(sum(rest) / len(rest), 2)
            """,
        ),
    ),
    "grades": Task(
        (
            "turn each score of a list into a grade: 'A' from 90 on, 'B' from 75 on, 'C' from 60 "
            "on, else 'F'",
            "Given a list of scores, return the list of grades, where at least 90 is 'A', at "
            "least 75 is 'B', at least 60 is 'C' and everything below is 'F'.",
            "return the letter grades of a list of scores (90: 'A', 75: 'B', 60: 'C', below: 'F')",
        ),
        ("grades", "letter_grades", "scores_to_grades"),
        (
            """
            def solve(scores):
                result = []
                for score in scores:
                    if score >= 90:
                        result.append('A')
                    elif score >= 75:
                        result.append('B')
                    elif score >= 60:
                        result.append('C')
                    else:
                        result.append('F')
                return result
            """,
        ),
    ),
    "passed": Task(
        (
            "find the share of scores that are at least 60, in percent and rounded to 1 digit",
            "Given a list of scores, return how many percent of them are 60 or more, rounded to "
            "one digit.",
            "return the percentage of passed exams (60 points or more) in a list of scores, with "
            "1 digit after the point",
        ),
        ("pass_rate", "percent_passed", "passed_share"),
        (
            """
            def solve(scores):
                passed = sum(1 for score in scores if score >= 60)
                return round(100 * passed / len(scores), 1)
            """,
            """
            def solve(scores):
                passed = [score for score in scores if score >= 60]
                return round(len(passed) / len(scores) * 100, 1)
            """,
        ),
    ),
    "improved": Task(
        (
            "check whether each score is at least as good as the one before",
            "Given a list of scores, return True if they never got worse, else False.",
            "return true if no score of a list is lower than the score just before it, else false",
        ),
        ("never_got_worse", "always_improving", "no_setback"),
        (
            returns("scores", "all(x <= y for x, y in zip(scores, scores[1:]))"),
            """
            def solve(scores):
                for index in range(1, len(scores)):
                    if scores[index] < scores[index - 1]:
                        return False
                return True
            """,
        ),
    ),
}


@family(what=tuple(_SCORES))
def scores_in_order(choose: Chooser, what: str) -> Exercise:
    """Records, grades, averages of scores."""
    task = _SCORES[what]
    lists = [choose.integers((3, 8), 30, 100) for _ in range(6)]
    if what == "improved":
        lists = [sorted(scores) if index % 2 else scores for index, scores in enumerate(lists)]
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(scores,) for scores in lists] + [([60, 75, 90, 59],)],
        synonyms={
            "scores": ("points", "results", "marks", "values", "lst"),
            "score": ("point", "s", "mark", "x"),
            "passed": ("good", "successes"),
            "x": ("before", "a"),
            "y": ("after", "b"),
        },
    )
