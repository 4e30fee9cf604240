"""Word problems: ages, body mass, work, mixtures, growth, recipes."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_BODY = {
    "bmi": (
        ("find the body mass index, weight in kilograms divided by the square of the height in "
         "meters, rounded to 1 digit",
         "compute the BMI from <weight> in kilograms and <height> in meters, to 1 decimal place",
         "Given a weight in kilograms and a height in meters, return the body mass index rounded "
         "to 1 digit."),
        "weight, height",
        ("def solve(weight, height):\n    return round(weight / height ** 2, 1)",
         "def solve(weight, height):\n    bmi = weight / (height ** 2)\n    return round(bmi, 1)"),
    ),
    "bmi_class": (
        ("return 'underweight', 'normal', 'overweight' or 'obese' for a weight (kilograms) and "
         "height (meters) with a body mass index below 18.5, below 25, below 30, or higher",
         "classify a weight (kilograms) and height (meters) by the BMI: 'underweight' below 18.5, "
         "'normal' below 25, 'overweight' below 30, else 'obese'",
         "Given weight in kilograms and height in meters, say whether the body mass index means "
         "'underweight' (below 18.5), 'normal' (below 25), 'overweight' (below 30) or 'obese'."),
        "weight, height",
        ("def solve(weight, height):\n    bmi = weight / height ** 2\n    if bmi < 18.5:\n"
         "        return 'underweight'\n    if bmi < 25:\n        return 'normal'\n"
         "    if bmi < 30:\n        return 'overweight'\n    return 'obese'",),
    ),
    "dog_years": (
        ("convert the age of a dog to human years: the first two years count 10.5 each, every "
         "further year 4",
         "find the age of a dog in human years (10.5 for each of the first two years, then 4 a "
         "year)",
         "Given the age of a dog in years, return its age in human years: 10.5 per year for two "
         "years, 4 per year after that."),
        "age",
        ("def solve(age):\n    if age <= 2:\n        return age * 10.5\n"
         "    return 21 + (age - 2) * 4.0",
         "def solve(age):\n    return min(age, 2) * 10.5 + max(age - 2, 0) * 4"),
    ),
    "stage": (
        ("return 'child' for ages below 13, 'teenager' below 20, 'adult' below 65 and 'senior' "
         "otherwise",
         "classify an age: 'child' up to 12, 'teenager' up to 19, 'adult' up to 64, else 'senior'",
         "Given an age in years, return 'child' (under 13), 'teenager' (under 20), 'adult' (under "
         "65) or 'senior'."),
        "age",
        ("def solve(age):\n    if age < 13:\n        return 'child'\n    if age < 20:\n"
         "        return 'teenager'\n    if age < 65:\n        return 'adult'\n"
         "    return 'senior'",
         "def solve(age):\n"
         "    for limit, name in [(13, 'child'), (20, 'teenager'), (65, 'adult')]:\n"
         "        if age < limit:\n            return name\n    return 'senior'"),
    ),
    "twice_as_old": (
        ("find in how many years a parent will be twice as old as a child (negative if that is "
         "past)",
         "compute the number of years until <parent> is twice <age>, both ages in years",
         "Given the age of a parent and of a child, return after how many years the parent's age "
         "is double the child's; a negative number means years ago."),
        "parent, age",
        (_returns("parent, age", "parent - 2 * age"),
         "def solve(parent, age):\n    difference = parent - age\n"
         "    return difference - age"),
    ),
}  # fmt: skip


_MORE_BODY_AND_AGE = {
    "bmi": "What is the body mass index of a person? Round it to 1 digit.",
    "bmi_class": (
        "Is a person 'underweight', 'normal', 'overweight' or 'obese' by the body mass index "
        "(limits 18.5, 25 and 30)?"
    ),
    "dog_years": (
        "How old is a dog in human years? Each of its first two years counts 10.5, all others 4."
    ),
    "stage": (
        "Is a person a 'child' (to 12), a 'teenager' (to 19), an 'adult' (to 64) or a 'senior'?"
    ),
    "twice_as_old": (
        "In how many years will I be twice as old as my child? Given are my age and the child's."
    ),
}


@family(ask=tuple(_BODY))
def body_and_age(choose: Chooser, ask: str) -> Exercise:
    """Compute body mass indexes and questions of age."""
    texts, parameters, solutions = _BODY[ask]
    arguments: list[tuple[float, ...]] = []
    for i in range(6):
        age = choose.integer(1, 90)
        height = choose.integer(150, 195) / 100
        arguments.append({
            "weight, height": (choose.integer(40, 120), height),
            "parent, age": (choose.integer(30, 60), choose.integer(1, 28)),
        }.get(parameters, (age if ask == "stage" else i + choose.integer(0, 3) * 5,)))  # fmt: skip
    if ask == "stage":
        arguments += [(12,), (13,), (65,)]
    return Exercise(
        texts=(*texts, _MORE_BODY_AND_AGE[ask]),
        names={
            "bmi": ("body_mass_index", "bmi", "compute_bmi"),
            "bmi_class": ("bmi_class", "weight_class", "classify_bmi"),
            "dog_years": ("dog_years", "dog_age", "human_years"),
            "stage": ("stage_of_life", "age_group", "classify_age"),
            "twice_as_old": ("twice_as_old", "years_until_double", "double_age"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "weight": ("w", "kg", "mass"),
            "height": ("h", "meters", "size"),
            "age": ("years", "n", "a"),
            "parent": ("mother", "older", "p"),
        },
    )


_WORK = {
    "together": (
        ("find how long two workers need together for a job that takes them <first> and <second> "
         "hours alone",
         "compute the time in which two pipes fill a tank that they fill alone in given times",
         "Given the hours that two machines need alone for the same work, return the hours that "
         "they need together."),
        "first, second", "first * second / (first + second)", "1 / (1 / first + 1 / second)",
    ),
    "days": (
        ("find how many days <workers> workers need for a job that takes <others> workers <days> "
         "days",
         "compute the duration of a job for another number of workers; all work equally fast",
         "Given a number of workers and the days they need, and another number of workers, return "
         "the days that these need; arguments: others, days, workers."),
        "others, days, workers", "others * days / workers", "days * others / workers",
    ),
    "mixture": (
        ("find the concentration in percent of a mixture of <a> liters with <p> percent and <b> "
         "liters with <q> percent",
         "compute the percentage of salt when two salt solutions are mixed; arguments are amount "
         "and percentage of the first, then of the second",
         "Given the amounts and concentrations of two solutions as a, p, b, q, return the "
         "concentration of the mixture in percent."),
        "a, p, b, q", "(a * p + b * q) / (a + b)", "(a * p / 100 + b * q / 100) / (a + b) * 100",
    ),
    "snail": (
        ("count the days a snail needs to climb out of a well of depth <depth> if it climbs <up> "
         "by day and slides down <down> at night",
         "find on which day a snail reaches the top of a pole: each day it climbs some meters, "
         "each night it slips back fewer",
         "Given a depth, the climb per day and the smaller slide per night, return the day on "
         "which the snail gets out."),
        "depth, up, down",
        """
def solve(depth, up, down):
    day = 1
    height = up
    while height < depth:
        height += up - down
        day += 1
    return day
""", """
import math

def solve(depth, up, down):
    if depth <= up:
        return 1
    return 1 + math.ceil((depth - up) / (up - down))
"""),
    "trips": (
        ("count the trips of a lift that carries at most <limit> kilograms, if people with the "
         "given weights get in one after another in their order as long as the limit allows",
         "find how many lift rides a queue of people needs; each ride takes people from the front "
         "until the next one would be too heavy",
         "Given weights in the order of a queue and the greatest load of a lift (no one is "
         "heavier), return the number of rides."),
        "weights, limit",
        """
def solve(weights, limit):
    trips = 0
    load = limit + 1
    for weight in weights:
        if load + weight > limit:
            trips += 1
            load = 0
        load += weight
    return trips
""", """
def solve(weights, limit):
    trips = 0
    index = 0
    while index < len(weights):
        load = 0
        while index < len(weights) and load + weights[index] <= limit:
            load += weights[index]
            index += 1
        trips += 1
    return trips
"""),
    "bacteria": (
        ("find how many bacteria there are after <hours> hours if <start> of them double every "
         "<k> hours (only full periods count)",
         "compute the size of a population that doubles in a fixed time; start, hours and the "
         "doubling time are given",
         "Given a number of cells, the hours passed and the hours in which they double, return "
         "how many there are after the full doublings."),
        "start, hours, k", "start * 2 ** (hours // k)",
        """
def solve(start, hours, k):
    while hours >= k:
        start *= 2
        hours -= k
    return start
"""),
    "half_life": (
        ("find what remains of <start> after <years> years if half of it decays every <k> years",
         "compute the rest of a substance from its amount, the years passed and its half-life",
         "Given an amount, the time passed and the half-life, return the amount that is left."),
        "start, years, k", "start * 0.5 ** (years / k)", "start / 2 ** (years / k)",
    ),
}  # fmt: skip


_MORE_WORK_GROWTH_AND_MIXTURES = {
    "together": (
        "I need <first> hours for a job, my friend needs <second>. How long do we need together?"
    ),
    "days": "If <others> workers need <days> days, how many days do <workers> workers need?",
    "mixture": (
        "I mix <a> liters of <p> percent with <b> liters of <q> percent. What is the "
        "percentage of the mixture?"
    ),
    "snail": (
        "A snail climbs <up> a day and slips <down> a night in a well of depth <depth>. On "
        "which day is it out?"
    ),
    "trips": (
        "How many times must a lift go up? People enter in order while the load is at most <limit>."
    ),
    "bacteria": (
        "How many cells are there after <hours> hours if <start> cells double every <k> hours?"
    ),
    "half_life": "How much of <start> is left after <years> years with a half-life of <k> years?",
}


@family(ask=tuple(_WORK))
def work_growth_and_mixtures(choose: Chooser, ask: str) -> Exercise:
    """Solve word problems about work, mixtures, growth and decay."""
    texts, parameters, one, other = _WORK[ask]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        small = choose.integer(1, 6)
        weights = choose.integers((1, 8), 40, 110)
        arguments.append({
            "together": (choose.integer(2, 12), choose.integer(2, 12)),
            "days": (choose.integer(1, 9), choose.integer(2, 20), choose.integer(1, 9)),
            "mixture": (small, choose.integer(1, 50), choose.integer(1, 9), choose.integer(1, 50)),
            "snail": (choose.integer(3, 40), small + choose.integer(1, 4), small),
            "trips": (weights, choose.integer(11, 30) * 10),
            "bacteria": (choose.integer(1, 50), choose.integer(0, 20), small),
            "half_life": (choose.integer(1, 40) * 8, choose.integer(0, 30), small * 2),
        }[ask])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_WORK_GROWTH_AND_MIXTURES[ask]),
        names={
            "together": ("time_together", "hours_together", "fill_time"),
            "days": ("days_needed", "job_days", "workers_and_days"),
            "mixture": ("mixture_concentration", "mix_solutions", "percent_of_mixture"),
            "snail": ("snail_days", "days_to_climb", "snail_in_well"),
            "trips": ("lift_trips", "count_rides", "elevator_rides"),
            "bacteria": ("bacteria_count", "population", "after_doublings"),
            "half_life": ("remaining_amount", "half_life", "decay"),
        }[ask],
        solutions=tuple(
            code if code.startswith("\n") else _returns(parameters, code) for code in (one, other)
        ),
        arguments=arguments,
        synonyms={
            "first": ("a", "hours1", "x"),
            "second": ("b", "hours2", "y"),
            "start": ("amount", "n0", "cells"),
            "weights": ("people", "queue", "lst"),
            "k": ("period", "t", "half") if ask in ("bacteria", "half_life") else ("k",),
        },
    )


_RECIPES = {
    "scale": (
        ("scale a recipe, a dict from ingredient to amount, from <old> to <new> portions; amounts "
         "stay whole and are rounded down",
         "change the amounts of a recipe dictionary for another number of portions with integer "
         "division",
         "Given a dict of amounts for one number of portions, return the amounts for another "
         "number, rounded down to integers."),
        ("def solve(recipe, old, new):\n"
         "    return {name: amount * new // old for name, amount in recipe.items()}",
         "def solve(recipe, old, new):\n    result = {}\n    for name in recipe:\n"
         "        result[name] = recipe[name] * new // old\n    return result"),
    ),
    "portions": (
        ("count how many portions can be made with a pantry: both dicts map ingredients to "
         "amounts, the first is the recipe for one portion",
         "find how often a recipe can be cooked from what is there; a missing ingredient means 0 "
         "times",
         "Given a dict of the amounts for one portion and a dict of the supplies, return the "
         "largest number of portions."),
        ("def solve(recipe, pantry):\n"
         "    return min(pantry.get(name, 0) // recipe[name] for name in recipe)",
         "def solve(recipe, pantry):\n    best = None\n"
         "    for name, amount in recipe.items():\n"
         "        possible = pantry.get(name, 0) // amount\n"
         "        if best is None or possible < best:\n            best = possible\n"
         "    return best"),
    ),
    "missing": (
        ("find what must be bought for a recipe: a dict from ingredient to the amount missing in "
         "the pantry (only ingredients of which something is missing)",
         "compare a recipe with the supplies and return a dictionary of the amounts that are still "
         "needed",
         "Given a dict of needed amounts and a dict of supplies, return a dict with the positive "
         "differences, in the order of the recipe."),
        ("def solve(recipe, pantry):\n    result = {}\n    for name, amount in recipe.items():\n"
         "        need = amount - pantry.get(name, 0)\n        if need > 0:\n"
         "            result[name] = need\n    return result",
         "def solve(recipe, pantry):\n    return {\n        name: recipe[name] - pantry.get(name, "
         "0)\n        for name in recipe\n        if recipe[name] > pantry.get(name, 0)\n    }"),
    ),
}  # fmt: skip


_INGREDIENTS = ("flour", "sugar", "milk", "butter", "eggs", "salt", "rice", "oil", "cocoa", "honey")


@family(ask=tuple(_RECIPES))
def recipes(choose: Chooser, ask: str) -> Exercise:
    """Scale recipes and compare them with supplies."""
    texts, solutions = _RECIPES[ask]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(5):
        names = choose.sample(_INGREDIENTS, (1, 4))
        recipe = {name: choose.integer(1, 20) * 5 for name in names}
        most = 15 if ask == "missing" else 60
        pantry = {name: choose.integer(0, most) * 10 for name in choose.shuffled(names)}
        if choose.chance(0.3):
            pantry.popitem()
        if ask == "scale":
            arguments.append((recipe, choose.integer(1, 4), choose.integer(2, 9)))
        else:
            arguments.append((recipe, pantry))
    return Exercise(
        texts=texts,
        names={
            "scale": ("scale_recipe", "adjust_portions", "resize_recipe"),
            "portions": ("max_portions", "how_many_portions", "possible_portions"),
            "missing": ("missing_ingredients", "shopping_for_recipe", "still_needed"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "recipe": ("needed", "ingredients", "amounts"),
            "pantry": ("supplies", "stock", "available"),
            "old": ("portions", "persons_before"),
            "new": ("wanted", "persons"),
        },
    )
