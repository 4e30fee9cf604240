"""Averages of numbers and lists, and percentages."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_TWO = {
    "first": ("a", "x", "num1", "n1", "one"),
    "second": ("b", "y", "num2", "n2", "other"),
    "third": ("c", "z", "num3", "n3"),
}


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_MEANS = {
    "average": (
        "the average of two numbers",
        "(first + second) / 2",
        "sum([first, second]) / 2",
    ),
    "geometric": (
        "the geometric mean of two positive numbers",
        "math.sqrt(first * second)",
        "(first * second) ** 0.5",
    ),
    "harmonic": (
        "the harmonic mean of two positive numbers",
        "2 * first * second / (first + second)",
        "2 / (1 / first + 1 / second)",
    ),
    "quadratic": (
        "the root mean square of two numbers",
        "math.sqrt((first ** 2 + second ** 2) / 2)",
        "((first * first + second * second) / 2) ** 0.5",
    ),
    "whole_average": (
        "the average of two numbers, rounded down to an integer",
        "(first + second) // 2",
        "math.floor((first + second) / 2)",
    ),
}


@family(mean=tuple(_MEANS))
def mean_of_two_numbers(choose: Chooser, mean: str) -> Exercise:
    """Compute a mean of two numbers."""
    what, one, other = _MEANS[mean]
    return Exercise(
        texts=(
            f"find {what}",
            f"calculate {what}",
            f"Return {what}.",
            f"compute {what}",
        ),
        names=(f"{mean}_mean", f"{mean}_of_two", f"get_{mean}"),
        solutions=tuple(
            ("import math\n\n" if "math." in expression else "")
            + _returns("first, second", expression)
            for expression in (one, other)
        ),
        arguments=[(choose.integer(1, 60), choose.integer(1, 60)) for _ in range(5)]
        + [(4, 16), (7, 7)],
        synonyms=_TWO,
    )


_MORE_AVERAGES_OF_SCORES = {
    "mean": "I have a list of scores. Return the average, rounded to 2 digits.",
    "weighted": (
        "I have scores and how much each one counts. Return the weighted average, rounded to "
        "2 digits."
    ),
    "without_extremes": (
        "I have a list of scores. Throw out one best and one worst score and return the "
        "average of the rest, rounded to 2 digits."
    ),
    "even_up_to": "What is the average of the even numbers from 2 to <n>?",
    "above": "How many scores of the list are above its average?",
    "grade": (
        "Which letter grade does the average of the scores give? 90 and more is 'A', 80 and "
        "more 'B', 70 and more 'C', less 'F'."
    ),
}


@family(ask=("mean", "weighted", "without_extremes", "even_up_to", "above", "grade"))
def averages_of_scores(choose: Chooser, ask: str) -> Exercise:
    """Average a list in several ways."""
    texts, names, solutions = _AVERAGES[ask]
    if ask == "weighted":
        arguments: list[tuple[object, ...]] = []
        for _ in range(6):
            num = choose.integer(1, 5)
            arguments.append((choose.integers(num, 0, 100), choose.integers(num, 1, 5)))
    elif ask == "even_up_to":
        arguments = [(n,) for n in choose.sample(range(2, 61), 6)]
    else:
        shortest = 3 if ask == "without_extremes" else 1
        lowest = choose.integer(55, 70) if ask == "grade" else 30
        arguments = [(choose.integers((shortest, 7), lowest, 100),) for _ in range(6)]
    return Exercise(
        texts=(*texts, _MORE_AVERAGES_OF_SCORES[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"scores": ("marks", "grades", "points"), "weights": ("w", "weight_list")},
    )


_AVERAGES = {
    "mean": (
        (
            "find the average of a list of scores, rounded to 2 decimal places",
            "compute the mean of some marks (2 digits after the point)",
            "Given a list of scores, return their average rounded to 2 digits.",
        ),
        ("average_score", "mean_score", "average_marks"),
        (
            _returns("scores", "round(sum(scores) / len(scores), 2)"),
            """
            def solve(scores):
                total = 0
                for score in scores:
                    total += score
                return round(total / len(scores), 2)
            """,
            "from statistics import mean\n\n" + _returns("scores", "float(round(mean(scores), 2))"),
        ),
    ),
    "weighted": (
        (
            "find the weighted average of a list of scores with a list of weights, rounded to 2 "
            "digits",
            "compute the mean of <scores> weighted by <weights> and round it to 2 decimal places",
            "Given scores and their weights, return the weighted mean rounded to 2 digits.",
        ),
        ("weighted_average", "weighted_mean", "average_with_weights"),
        (
            """
            def solve(scores, weights):
                total = sum(score * weight for score, weight in zip(scores, weights))
                return round(total / sum(weights), 2)
            """,
            """
            def solve(scores, weights):
                total = 0
                for index in range(len(scores)):
                    total += scores[index] * weights[index]
                return round(total / sum(weights), 2)
            """,
        ),
    ),
    "without_extremes": (
        (
            "find the average of a list of scores without one highest and one lowest score, "
            "rounded to 2 digits",
            "drop the best and the worst mark and average the rest to 2 decimal places",
            "Judges give at least 3 scores. Leave out the highest and the lowest and return the "
            "mean of the others, rounded to 2 digits.",
        ),
        ("trimmed_mean", "judge_score", "average_without_extremes"),
        (
            """
            def solve(scores):
                rest = sorted(scores)[1:-1]
                return round(sum(rest) / len(rest), 2)
            """,
            _returns(
                "scores",
                "round((sum(scores) - max(scores) - min(scores)) / (len(scores) - 2), 2)",
            ),
        ),
    ),
    "even_up_to": (
        (
            "find the average of all even numbers from 2 to <n>",
            "compute the mean of the even numbers that are not greater than a given number",
            "Given n >= 2, return the average of the even numbers from 2 up to n.",
        ),
        ("average_even", "mean_of_even_numbers", "average_of_evens"),
        (
            """
            def solve(n):
                numbers = list(range(2, n + 1, 2))
                return sum(numbers) / len(numbers)
            """,
            """
            def solve(n):
                total = 0
                count = 0
                for number in range(2, n + 1):
                    if number % 2 == 0:
                        total += number
                        count += 1
                return total / count
            """,
        ),
    ),
    "above": (
        (
            "count the scores that are above the average of a list",
            "find how many marks in a list are greater than their mean",
            "Given a list of scores, return the number of those above the average.",
        ),
        ("count_above_average", "above_average", "num_above_mean"),
        (
            """
            def solve(scores):
                average = sum(scores) / len(scores)
                return sum(1 for score in scores if score > average)
            """,
            """
            def solve(scores):
                count = 0
                for score in scores:
                    if score * len(scores) > sum(scores):
                        count += 1
                return count
            """,
        ),
    ),
    "grade": (
        (
            "turn the average of a list of scores into a grade: 'A' from 90, 'B' from 80, 'C' from "
            "70, otherwise 'F'",
            "return the letter grade for the mean of some marks ('A' for 90 and more, 'B' for 80 "
            "and more, 'C' for 70 and more, else 'F')",
            "Given scores from 0 to 100, average them and return 'A' if the average is at least "
            "90, 'B' if it is at least 80, 'C' if it is at least 70, and 'F' otherwise.",
        ),
        ("letter_grade", "average_grade", "grade_of_average"),
        (
            """
            def solve(scores):
                average = sum(scores) / len(scores)
                if average >= 90:
                    return 'A'
                if average >= 80:
                    return 'B'
                if average >= 70:
                    return 'C'
                return 'F'
            """,
            """
            def solve(scores):
                average = sum(scores) / len(scores)
                for limit, letter in [(90, 'A'), (80, 'B'), (70, 'C')]:
                    if average >= limit:
                        return letter
                return 'F'
            """,
        ),
    ),
}


_PERCENT = {
    "of": (
        ("find <p> percent of a number",
         "calculate what a given percentage of a number is",
         "Given a number and a percentage, return that part of the number."),
        "number, p", "number * p / 100", "p / 100 * number",
    ),
    "which": (
        ("find what percentage one number is of another",
         "express <part> as a percentage of <number>",
         "Given a part and a whole, return how many percent of the whole the part is."),
        "part, number", "part / number * 100", "100 * part / number",
    ),
    "change": (
        ("calculate the percentage change from an old value to a new one",
         "find by how many percent a value has changed (negative if it fell)",
         "Given an old and a new value, return the change in percent of the old value."),
        "old, new", "(new - old) / old * 100", "100 * (new - old) / old",
    ),
    "increase": (
        ("increase a number by a percentage",
         "raise <number> by <p> percent",
         "Given a number and a percentage, return the number after it grew by that percentage."),
        "number, p", "number * (1 + p / 100)",
        "number + number * p / 100",
    ),
    "decrease": (
        ("decrease a number by a percentage",
         "lower <number> by <p> percent",
         "Given a number and a percentage, return the number after it shrank by that percentage."),
        "number, p", "number * (1 - p / 100)",
        "number - number * p / 100",
    ),
    "original": (
        ("find the number of which <part> is <p> percent",
         "compute the whole from a part and the percentage that the part is",
         "Given a part and its percentage of the whole, return the whole."),
        "part, p", "part * 100 / p", "part / (p / 100)",
    ),
}  # fmt: skip


_MORE_PERCENTAGES = {
    "of": "How much is <p> percent of a number?",
    "which": "How many percent of <number> is <part>?",
    "change": "By how many percent did a value change from <old> to <new>?",
    "increase": "add a percentage to a number",
    "decrease": "subtract a percentage from a number",
    "original": "I know that <part> is <p> percent of something. Return the whole.",
}


@family(ask=tuple(_PERCENT))
def percentages(choose: Chooser, ask: str) -> Exercise:
    """Compute with percentages."""
    texts, parameters, one, other = _PERCENT[ask]
    arguments: list[tuple[int, int]] = []
    for _ in range(6):
        number, percent = choose.integer(1, 100) * 4, choose.integer(1, 20) * 5
        arguments.append(
            (choose.integer(1, number), number) if ask == "which" else (number, percent)
        )
        if ask == "change":
            arguments[-1] = (number, max(1, number + choose.integer(-3, 5) * number // 4))
    return Exercise(
        texts=(*texts, _MORE_PERCENTAGES[ask]),
        names={
            "of": ("percent_of", "percentage_of_number", "get_percentage"),
            "which": ("what_percent", "percentage", "part_in_percent"),
            "change": ("percent_change", "percentage_change", "change_in_percent"),
            "increase": ("increase_by_percent", "add_percent", "raise_by_percent"),
            "decrease": ("decrease_by_percent", "subtract_percent", "lower_by_percent"),
            "original": ("whole_from_part", "find_whole", "original_number"),
        }[ask],
        solutions=(_returns(parameters, one), _returns(parameters, other)),
        arguments=arguments,
        synonyms={
            "p": ("rate", "r", "x"),
            "part": ("share", "a", "piece"),
            "old": ("before", "old_value", "start"),
            "new": ("after", "new_value", "end"),
        },
    )
