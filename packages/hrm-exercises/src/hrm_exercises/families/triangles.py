"""Triangles: their kinds, areas, right angles."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_MEASURES = {
    "a": ("x", "side1", "p"),
    "b": ("y", "side2", "q"),
    "c": ("z", "side3", "r"),
}


def _returns(parameters: str, expression: str) -> str:
    head = "import math\n\n" if "math." in expression else ""
    return f"{head}def solve({parameters}):\n    return {expression}"


_TRIANGLES = {
    "valid": (
        ("check whether three lengths can be the sides of a triangle",
         "check if a triangle with the sides <a>, <b> and <c> exists (it must not be flat)",
         "Return True if each of three positive numbers is less than the sum of the other two."),
        "a + b > c and a + c > b and b + c > a",
        "a + b + c > 2 * max(a, b, c)",
    ),
    "right": (
        ("check whether three lengths are the sides of a right triangle, in any order",
         "check if a triangle with the sides <a>, <b> and <c> has a right angle",
         "Return True if the squares of two of three positive integers add up to the square of "
         "the third."),
        "a * a + b * b == c * c or a * a + c * c == b * b or b * b + c * c == a * a",
        "2 * max(a, b, c) ** 2 == a ** 2 + b ** 2 + c ** 2",
    ),
    "equilateral": (
        ("check whether a triangle with the sides <a>, <b> and <c> is equilateral",
         "check if a triangle is equilateral or not, given its sides",
         "Return True if all three sides of a triangle are equal, else False."),
        "a == b == c", "len({a, b, c}) == 1",
    ),
    "isosceles": (
        ("check whether a triangle has two equal sides (or three)",
         "check if a triangle is isosceles or not, given its sides",
         "Return True if at least two of the sides of a triangle are equal, else False."),
        "a == b or b == c or a == c", "len({a, b, c}) < 3",
    ),
    "scalene": (
        ("check whether all sides of a triangle are different",
         "check if a triangle is scalene or not, given its sides",
         "Return True if no two sides of a triangle have the same length, else False."),
        "a != b and b != c and a != c", "len({a, b, c}) == 3",
    ),
}  # fmt: skip


@family(ask=tuple(_TRIANGLES), form=("numbers", "list"))
def kind_of_triangle_check(choose: Chooser, ask: str, form: str) -> Exercise:
    """Check what kind of triangle three sides make."""
    wordings, *expressions = _TRIANGLES[ask]
    texts = list(wordings)
    triples = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25)]
    factor = choose.integer(2, 4)
    rows = [tuple(choose.shuffled(choose.one_of(triples)))]
    rows.append((3 * factor, 4 * factor, 5 * factor))
    side, base = choose.integer(4, 12), choose.integer(1, 7)
    rows += [(side, side, side), tuple(choose.shuffled((side, side, base)))]
    rows += [(base, side + base, side + 2 * base), (side, side + 1, side + 2)]
    if ask == "valid":
        rows.append((base, side, side + base + 1))
    if form == "list":
        texts = [
            text.replace("the sides <a>, <b> and <c>", "three sides, given as a list,").replace(
                "given its sides", "given a list of its sides"
            )
            for text in texts
        ]
        unpack = "    a, b, c = sides\n"
        solutions = tuple(
            f"def solve(sides):\n{unpack}    return {expression}" for expression in expressions
        )
    else:
        solutions = tuple(_returns("a, b, c", expression) for expression in expressions)
    names = ("is_triangle", "valid_triangle", "triangle_exists")
    return Exercise(
        texts=texts,
        names=names if ask == "valid" else (f"is_{ask}", f"check_{ask}", f"{ask}_triangle"),
        solutions=solutions,
        arguments=[(list(row),) if form == "list" else row for row in rows],
        synonyms={**_MEASURES, "sides": ("lengths", "triangle", "lst", "edges")},
    )


_ABOUT_TRIANGLES = {
    "name_by_sides": (
        ("return 'equilateral', 'isosceles' or 'scalene' for a triangle with the sides <a>, <b> "
         "and <c>",
         "classify a triangle by its sides as 'equilateral', 'isosceles' or 'scalene'",
         "Given the three sides of a triangle, say whether it is 'equilateral', 'isosceles' or "
         "'scalene'."),
        ("def solve(a, b, c):\n    if a == b == c:\n        return 'equilateral'\n"
         "    if a == b or b == c or a == c:\n        return 'isosceles'\n    return 'scalene'",
         "def solve(a, b, c):\n    return {1: 'equilateral', 2: 'isosceles', 3: 'scalene'}"
         "[len({a, b, c})]"),
    ),
    "name_by_angles": (
        ("return 'acute', 'right' or 'obtuse' for a triangle with the sides <a>, <b> and <c>",
         "classify a triangle by its largest angle, given its sides: 'acute', 'right' or 'obtuse'",
         "Given the three sides of a triangle, say whether its largest angle is 'acute', 'right' "
         "or 'obtuse'."),
        ("def solve(a, b, c):\n    a, b, c = sorted([a, b, c])\n"
         "    if a * a + b * b == c * c:\n        return 'right'\n"
         "    if a * a + b * b > c * c:\n        return 'acute'\n    return 'obtuse'",
         "def solve(a, b, c):\n    longest = max(a, b, c)\n"
         "    rest = a ** 2 + b ** 2 + c ** 2 - 2 * longest ** 2\n    if rest == 0:\n"
         "        return 'right'\n    return 'acute' if rest > 0 else 'obtuse'"),
    ),
    "heron": (
        ("find the area of a triangle with the sides <a>, <b> and <c>, rounded to 2 digits",
         "compute the area of a triangle from its three sides (Heron's formula), to 2 decimal "
         "places",
         "Given the three sides of a triangle, return its area, rounded to 2 digits."),
        ("import math\n\ndef solve(a, b, c):\n    s = (a + b + c) / 2\n"
         "    return round(math.sqrt(s * (s - a) * (s - b) * (s - c)), 2)",
         "def solve(a, b, c):\n    half = (a + b + c) / 2\n"
         "    area = (half * (half - a) * (half - b) * (half - c)) ** 0.5\n"
         "    return round(area, 2)"),
    ),
    "inradius": (
        ("find the radius of the circle inside a triangle that touches its sides <a>, <b> and <c>, "
         "rounded to 3 digits",
         "compute the inradius of a triangle from its sides: area divided by half the perimeter, "
         "to 3 decimal places",
         "Given the three sides of a triangle, return the radius of its inscribed circle, rounded "
         "to 3 digits."),
        ("import math\n\ndef solve(a, b, c):\n    s = (a + b + c) / 2\n"
         "    area = math.sqrt(s * (s - a) * (s - b) * (s - c))\n    return round(area / s, 3)",
         "import math\n\ndef solve(a, b, c):\n    s = (a + b + c) / 2\n"
         "    return round(math.sqrt((s - a) * (s - b) * (s - c) / s), 3)"),
    ),
}  # fmt: skip


_MORE_TRIANGLE_FROM_SIDES = {
    "name_by_sides": (
        "Is a triangle 'equilateral', 'isosceles' or 'scalene'? Given are its three sides."
    ),
    "name_by_angles": "Is a triangle 'acute', 'right' or 'obtuse'? Given are its three sides.",
    "heron": "What is the area of a triangle with three given sides, rounded to 2 digits?",
    "inradius": "find inradius of a triangle from its sides, rounded to 3 digits",
}


@family(ask=tuple(_ABOUT_TRIANGLES))
def triangle_from_sides(choose: Chooser, ask: str) -> Exercise:
    """Name a triangle, or compute its area or inradius, from its sides."""
    texts, solutions = _ABOUT_TRIANGLES[ask]
    rows = [tuple(choose.shuffled(choose.one_of(((3, 4, 5), (5, 12, 13), (6, 8, 10)))))]
    side, base = choose.integer(5, 12), choose.integer(1, 8)
    rows += [(side, side, side), tuple(choose.shuffled((side, side, base)))]
    for _ in range(3):
        first, second = choose.integer(4, 14), choose.integer(4, 14)
        rows.append((first, second, choose.integer(abs(first - second) + 1, first + second - 1)))
    return Exercise(
        texts=(*texts, _MORE_TRIANGLE_FROM_SIDES[ask]),
        names={
            "name_by_sides": ("triangle_type", "classify_triangle", "kind_of_triangle"),
            "name_by_angles": ("triangle_angles", "angle_type", "classify_by_angles"),
            "heron": ("triangle_area", "heron", "area_from_sides"),
            "inradius": ("inradius", "inner_circle_radius", "incircle"),
        }[ask],
        solutions=solutions,
        arguments=rows,
        synonyms={**_MEASURES, "s": ("half", "p", "semi")},
    )


_PYTHAGORAS = {
    "hypotenuse": (
        ("find the hypotenuse of a right triangle with the legs <a> and <b>",
         "compute the longest side of a right triangle from its two shorter sides",
         "Given the two legs of a right triangle, return the length of its hypotenuse."),
        "math.sqrt(a ** 2 + b ** 2)", "math.hypot(a, b)",
    ),
    "leg": (
        ("find the missing leg of a right triangle with the hypotenuse <a> and one leg <b>",
         "compute the second leg of a right triangle from its hypotenuse and a leg",
         "Given the hypotenuse and one leg of a right triangle, return the other leg."),
        "math.sqrt(a ** 2 - b ** 2)", "(a * a - b * b) ** 0.5",
    ),
    "ladder": (
        ("find how high up a wall a ladder of length <a> reaches if its foot is <b> away from the "
         "wall",
         "compute the height that a leaning ladder reaches, from its length and the distance of "
         "its foot",
         "A ladder leans against a wall. Given its length and the distance of its foot from the "
         "wall, return the height of its top."),
        "math.sqrt(a ** 2 - b ** 2)", "(a * a - b * b) ** 0.5",
    ),
}  # fmt: skip


@family(ask=tuple(_PYTHAGORAS))
def sides_of_right_triangle(choose: Chooser, ask: str) -> Exercise:
    """Use the theorem of Pythagoras."""
    wordings, *expressions = _PYTHAGORAS[ask]
    texts = list(wordings)
    rounded = choose.chance(0.5)
    ending = ", rounded to 2 digits"
    if rounded:
        expressions = [f"round({expression}, 2)" for expression in expressions]
        texts = [
            text[:-1] + ending + "." if text.endswith(".") else text + ending for text in texts
        ]
    arguments = []
    for _ in range(4):
        b = choose.integer(1, 20)
        arguments.append(
            (choose.integer(1, 20) if ask == "hypotenuse" else b + choose.integer(1, 9), b)
        )
    arguments.append(choose.one_of(((4, 3), (12, 5))) if ask == "hypotenuse" else (10, 6))
    return Exercise(
        texts=texts,
        names={
            "hypotenuse": ("hypotenuse", "find_hypotenuse", "longest_side"),
            "leg": ("missing_leg", "find_leg", "other_leg"),
            "ladder": ("ladder_height", "height_of_ladder", "ladder"),
        }[ask],
        solutions=tuple(_returns("a, b", expression) for expression in expressions),
        arguments=arguments,
        synonyms=_MEASURES,
    )
