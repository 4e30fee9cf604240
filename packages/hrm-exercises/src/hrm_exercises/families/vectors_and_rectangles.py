"""Vectors, walks on a grid, circles and rectangles."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Point = tuple[int, int]


def _point(choose: Chooser, high: int = 10) -> _Point:
    return choose.integer(-high, high), choose.integer(-high, high)


def _returns(parameters: str, expression: str) -> str:
    head = "import math\n\n" if "math." in expression else ""
    return f"{head}def solve({parameters}):\n    return {expression}"


_VECTORS = {
    "dot": (
        ("find the dot product of two vectors of equal length",
         "multiply two lists of numbers place by place and add the products",
         "Given two vectors as lists, return their scalar product."),
        ("def solve(first, second):\n    return sum(a * b for a, b in zip(first, second))",
         "def solve(first, second):\n    total = 0\n    for index in range(len(first)):\n"
         "        total += first[index] * second[index]\n    return total"),
    ),
    "add": (
        ("add two vectors of equal length", "find the sum of two lists of numbers, place by place",
         "Given two vectors as lists, return the list of the sums of their entries."),
        ("def solve(first, second):\n    return [a + b for a, b in zip(first, second)]",
         "def solve(first, second):\n    result = []\n    for index in range(len(first)):\n"
         "        result.append(first[index] + second[index])\n    return result"),
    ),
    "cross": (
        ("find the cross product of two vectors with three entries",
         "compute the vector product of two lists of three numbers",
         "Given two vectors in space, return their cross product as a list."),
        ("def solve(first, second):\n    a, b, c = first\n    d, e, f = second\n"
         "    return [b * f - c * e, c * d - a * f, a * e - b * d]",
         "def solve(first, second):\n    return [\n"
         "        first[1] * second[2] - first[2] * second[1],\n"
         "        first[2] * second[0] - first[0] * second[2],\n"
         "        first[0] * second[1] - first[1] * second[0],\n    ]"),
    ),
    "length": (
        ("find the length of a vector, rounded to 3 digits",
         "compute the Euclidean norm of a list of numbers, to 3 decimal places",
         "Given a vector as a list, return the square root of the sum of its squared entries, "
         "rounded to 3 digits."),
        ("import math\n\ndef solve(first):\n"
         "    return round(math.sqrt(sum(a * a for a in first)), 3)",
         "def solve(first):\n    total = 0\n    for a in first:\n        total += a ** 2\n"
         "    return round(total ** 0.5, 3)"),
    ),
    "scale": (
        ("multiply each entry of a vector by <factor>",
         "scale a list of numbers by a factor",
         "Given a vector as a list and a number, return the vector with all entries multiplied by "
         "it."),
        ("def solve(first, factor):\n    return [factor * a for a in first]",
         "def solve(first, factor):\n    result = []\n    for a in first:\n"
         "        result.append(a * factor)\n    return result"),
    ),
    "perpendicular": (
        ("check whether two vectors are perpendicular",
         "check if the dot product of two lists of numbers is zero",
         "Return True if two vectors of equal length stand at a right angle to each other."),
        ("def solve(first, second):\n    return sum(a * b for a, b in zip(first, second)) == 0",
         "def solve(first, second):\n    total = 0\n    for index, a in enumerate(first):\n"
         "        total += a * second[index]\n    return total == 0"),
    ),
    "distance": (
        ("find the distance between two points in space, rounded to 2 digits",
         "compute the Euclidean distance between two lists of three coordinates, to 2 decimal "
         "places",
         "Given two points with three coordinates, return how far apart they are, rounded to 2 "
         "digits."),
        ("import math\n\ndef solve(first, second):\n    return round(math.dist(first, second), 2)",
         "import math\n\ndef solve(first, second):\n"
         "    return round(math.sqrt(sum((a - b) ** 2 for a, b in zip(first, second))), 2)"),
    ),
}  # fmt: skip


_MORE_VECTORS = {
    "dot": "compute dot product of two lists",
    "add": "add two lists of equal length element by element",
    "cross": "compute cross product of two 3D vectors",
    "length": "How long is a vector? Return its length, rounded to 3 digits.",
    "scale": "multiply all elements of a list by a number",
    "perpendicular": "Are two vectors at a right angle? Return True or False.",
    "distance": "How far apart are two points in 3D space? Round to 2 digits.",
}


@family(ask=tuple(_VECTORS))
def vectors(choose: Chooser, ask: str) -> Exercise:
    """Compute with vectors that are lists of numbers."""
    texts, solutions = _VECTORS[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        num = 3 if ask in ("cross", "distance") else choose.integer(2, 5)
        first, second = choose.integers(num, -6, 9), choose.integers(num, -6, 9)
        if ask == "perpendicular" and i % 2:
            first, second = first[:2], [-first[1], first[0]]
        if ask == "length":
            arguments.append((first,))
        elif ask == "scale":
            arguments.append((first, choose.integer(-4, 6)))
        else:
            arguments.append((first, second))
    return Exercise(
        texts=(*texts, _MORE_VECTORS[ask]),
        names={
            "dot": ("dot_product", "scalar_product", "dot"),
            "add": ("add_vectors", "vector_sum", "sum_of_vectors"),
            "cross": ("cross_product", "vector_product", "cross"),
            "length": ("vector_length", "norm", "magnitude"),
            "scale": ("scale_vector", "multiply_vector", "scaled"),
            "perpendicular": ("are_perpendicular", "is_right_angle", "orthogonal"),
            "distance": ("distance_in_space", "space_distance", "distance3d"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("u", "v", "vector", "vec1"),
            "second": ("w", "other", "vec2"),
            "factor": ("k", "scalar", "s"),
        },
    )


_WALKS = {
    "end": (
        ("find the end of a walk from (0, 0): U is a step up (y + 1), D down, L left (x - 1), R "
         "right",
         "follow a string of the moves U, D, L and R from the origin and return the last point as "
         "a tuple",
         "A robot starts at (0, 0). Given its moves as letters (U up, D down, L left, R right), "
         "return where it ends."),
        ("def solve(text):\n    x = text.count('R') - text.count('L')\n"
         "    y = text.count('U') - text.count('D')\n    return (x, y)",
         "def solve(text):\n    moves = {'U': (0, 1), 'D': (0, -1), 'L': (-1, 0), 'R': (1, 0)}\n"
         "    x, y = 0, 0\n    for char in text:\n        x += moves[char][0]\n"
         "        y += moves[char][1]\n    return (x, y)"),
    ),
    "returns": (
        ("check whether a walk of the moves U, D, L and R ends where it began",
         "check if a robot that follows a string of moves (up, down, left, right) comes back to "
         "its start",
         "Return True if a string has as many 'U' as 'D' and as many 'L' as 'R', so that the walk "
         "is closed."),
        ("def solve(text):\n    return (\n        text.count('U') == text.count('D')\n"
         "        and text.count('L') == text.count('R')\n    )",
         "def solve(text):\n    x, y = 0, 0\n    for char in text:\n"
         "        if char == 'U':\n            y += 1\n        elif char == 'D':\n"
         "            y -= 1\n        elif char == 'L':\n            x -= 1\n        else:\n"
         "            x += 1\n    return x == 0 and y == 0"),
    ),
    "distance": (
        ("find how many steps are needed to get back to the start of a walk of the moves U, D, L "
         "and R",
         "compute the Manhattan distance between start and end of a walk given as a string of U, "
         "D, L and R",
         "Given the moves of a robot on a grid as letters (U, D, L, R), return the least number of "
         "moves back to the start."),
        ("def solve(text):\n    x = text.count('R') - text.count('L')\n"
         "    y = text.count('U') - text.count('D')\n    return abs(x) + abs(y)",),
    ),
    "visited": (
        ("count the different points that a walk of the moves U, D, L and R visits, the start "
         "included",
         "find how many distinct grid points a robot touches that follows a string of moves from "
         "(0, 0)",
         "Given a string of U, D, L and R, return the number of different positions on the way, "
         "with the first one."),
        ("def solve(text):\n    x, y = 0, 0\n    seen = {(0, 0)}\n    for char in text:\n"
         "        if char == 'U':\n            y += 1\n        elif char == 'D':\n"
         "            y -= 1\n        elif char == 'L':\n            x -= 1\n        else:\n"
         "            x += 1\n        seen.add((x, y))\n    return len(seen)",),
    ),
    "compass": (
        ("find the direction ('N', 'E', 'S' or 'W') in which one looks after a series of turns, "
         "starting with north; L is a quarter turn to the left, R to the right",
         "apply the turns in a string of L and R to the direction north and return the new "
         "direction as a letter",
         "A robot looks north. Given its quarter turns as a string of 'L' and 'R', return 'N', "
         "'E', 'S' or 'W'."),
        ("def solve(text):\n    return 'NESW'[(text.count('R') - text.count('L')) % 4]",
         "def solve(text):\n    index = 0\n    for char in text:\n"
         "        index += 1 if char == 'R' else -1\n    return 'NESW'[index % 4]"),
    ),
}  # fmt: skip


_MORE_WALKS_ON_GRID = {
    "end": "Where does a robot stop that starts at (0, 0) and follows the moves U, D, L and R?",
    "returns": (
        "Does a robot come back to its start after the moves U, D, L and R of a string? "
        "Return True or False."
    ),
    "distance": "How far from home is a robot after the moves U, D, L and R, counted in steps?",
    "visited": (
        "How many different cells does a robot visit with the moves U, D, L and R, the first "
        "cell counted?"
    ),
    "compass": (
        "I look north and turn left or right by 90 degrees for every L or R. Where do I look "
        "in the end? Return N, E, S or W."
    ),
}


@family(ask=tuple(_WALKS))
def walks_on_grid(choose: Chooser, ask: str) -> Exercise:
    """Follow moves on a grid."""
    texts, solutions = _WALKS[ask]
    letters = "LR" if ask == "compass" else "UDLR"
    walks = [choose.letters((1, 9), letters) for _ in range(5)] + [""]
    if ask == "returns":
        half = choose.letters((1, 4), letters)
        opposite = {"U": "D", "D": "U", "L": "R", "R": "L"}
        walks += ["".join(choose.shuffled(half + "".join(opposite[c] for c in half)))]
    return Exercise(
        texts=(*texts, _MORE_WALKS_ON_GRID[ask]),
        names={
            "end": ("final_position", "walk_end", "follow_moves"),
            "returns": ("returns_to_start", "is_closed_walk", "comes_back"),
            "distance": ("steps_back", "distance_from_start", "way_home"),
            "visited": ("count_visited", "visited_points", "distinct_positions"),
            "compass": ("final_direction", "facing", "direction_after_turns"),
        }[ask],
        solutions=solutions,
        arguments=[(walk,) for walk in walks],
        synonyms={
            "text": ("moves", "path", "steps", "s") if ask != "end" else ("path", "s", "walk")
        },
    )


_CIRCLES = {
    "inside": (
        ("check whether the point (<x>, <y>) lies inside or on the circle around (<a>, <b>) with "
         "radius <r>",
         "Given x, y, the center a, b and the radius r, return True if the point is in the circle, "
         "its edge included.",
         "check if a point is not farther from the center of a circle than the radius; arguments "
         "are x, y, then center and radius"),
        "x, y, a, b, r", "(x - a) ** 2 + (y - b) ** 2 <= r ** 2",
        "math.hypot(x - a, y - b) <= r",
    ),
    "overlap": (
        ("check whether two circles touch or overlap; each is given by center and radius: <x1>, "
         "<y1>, <r1>, <x2>, <y2>, <r2>",
         "Given the centers and radii of two discs as x1, y1, r1, x2, y2, r2, return True if they "
         "have a common point.",
         "check if the distance between the centers of two circles is at most the sum of their "
         "radii"),
        "x1, y1, r1, x2, y2, r2", "(x1 - x2) ** 2 + (y1 - y2) ** 2 <= (r1 + r2) ** 2",
        "math.hypot(x1 - x2, y1 - y2) <= r1 + r2",
    ),
    "in_rectangle": (
        ("check whether the point (<x>, <y>) lies in the rectangle with the corners (<x1>, <y1>) "
         "and (<x2>, <y2>), lower left and upper right, edges included",
         "Given x, y and an upright rectangle as x1, y1, x2, y2 (lower left and upper right "
         "corner), return True if the point is in it or on its edge.",
         "check if a point is inside a rectangle with sides parallel to the axes"),
        "x, y, x1, y1, x2, y2", "x1 <= x <= x2 and y1 <= y <= y2",
        "x >= x1 and x <= x2 and y >= y1 and y <= y2",
    ),
}  # fmt: skip


@family(ask=tuple(_CIRCLES))
def points_in_circles_and_rectangles(choose: Chooser, ask: str) -> Exercise:
    """Check whether a point lies in a circle or rectangle, or circles overlap."""
    texts, parameters, *expressions = _CIRCLES[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(7):
        (x, y), (a, b) = _point(choose, 8), _point(choose, 8)
        r, other = choose.integer(1, 6), choose.integer(1, 6)
        if ask == "in_rectangle":
            corners = (a, b, a + choose.integer(2, 12), b + choose.integer(2, 12))
            if i % 2:
                x, y = choose.integer(a, corners[2]), choose.integer(b, corners[3])
            arguments.append((x, y, *corners))
        elif ask == "inside":
            if i % 2:
                a, b = x + choose.integer(-2, 2), y + choose.integer(-2, 2)
            arguments.append((x, y, a, b, r if i < 6 else 3))
        else:
            arguments.append((x, y, r, a, b, other))
    return Exercise(
        texts=texts,
        names={
            "inside": ("point_in_circle", "in_circle", "is_inside_circle"),
            "overlap": ("circles_overlap", "circles_touch", "discs_meet"),
            "in_rectangle": ("point_in_rectangle", "in_rectangle", "is_inside_rectangle"),
        }[ask],
        solutions=tuple(_returns(parameters, expression) for expression in expressions),
        arguments=arguments,
    )


_RECTANGLES = {
    "overlap": (
        ("check whether two upright rectangles (x1, y1, x2, y2) overlap; a common edge alone "
         "doesn't count",
         "check if the rectangles <first> and <second>, given by lower left and upper right "
         "corner, have a common area",
         "Given two rectangles as tuples (left, bottom, right, top), return True if they overlap."),
        "first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and "
        "second[1] < first[3]",
        "max(first[0], second[0]) < min(first[2], second[2]) and "
        "max(first[1], second[1]) < min(first[3], second[3])",
    ),
    "common_area": (
        ("find the area that two upright rectangles (x1, y1, x2, y2) have in common",
         "compute the overlap area of the rectangles <first> and <second>, given by lower left and "
         "upper right corner (0 if they don't overlap)",
         "Given two rectangles as tuples (left, bottom, right, top), return the area of their "
         "intersection."),
        "max(0, min(first[2], second[2]) - max(first[0], second[0])) * "
        "max(0, min(first[3], second[3]) - max(first[1], second[1]))",
        None,
    ),
    "contains": (
        ("check whether the first of two upright rectangles (x1, y1, x2, y2) contains the second",
         "check if the rectangle <second> lies completely in the rectangle <first>; edges may "
         "touch",
         "Given two rectangles as tuples (left, bottom, right, top), return True if the second is "
         "inside the first."),
        "first[0] <= second[0] and first[1] <= second[1] and second[2] <= first[2] and "
        "second[3] <= first[3]",
        None,
    ),
    "larger": (
        ("return the one of two upright rectangles (x1, y1, x2, y2) that has the larger area, the "
         "first one on a tie",
         "find the rectangle with the greater area among <first> and <second>, which are given by "
         "two corners",
         "Given two rectangles as tuples (left, bottom, right, top), return the larger one; if "
         "their areas are equal, return the first."),
        "max(first, second, key=lambda r: (r[2] - r[0]) * (r[3] - r[1]))",
        None,
    ),
    "union_box": (
        ("find the smallest upright rectangle that contains two rectangles (x1, y1, x2, y2)",
         "compute the bounding box of the rectangles <first> and <second> as a tuple",
         "Given two rectangles as tuples (left, bottom, right, top), return the smallest rectangle "
         "around both."),
        "(min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), "
        "max(first[3], second[3]))",
        None,
    ),
}  # fmt: skip


_MORE_TWO_RECTANGLES = {
    "overlap": "Do two rectangles (left, bottom, right, top) overlap? Touching is not enough.",
    "common_area": "How large is the area that two rectangles (left, bottom, right, top) share?",
    "contains": (
        "Does the first rectangle (left, bottom, right, top) contain the second? Return True "
        "or False."
    ),
    "larger": (
        "Which of two rectangles (left, bottom, right, top) has more area? Return it, the "
        "first if they are equal."
    ),
    "union_box": (
        "I have two rectangles (left, bottom, right, top). Return the smallest one that "
        "covers both."
    ),
}


@family(ask=tuple(_RECTANGLES))
def two_rectangles(choose: Chooser, ask: str) -> Exercise:
    """Compare two rectangles with sides parallel to the axes."""
    texts, one, other = _RECTANGLES[ask]
    arguments = []
    for i in range(6):
        rectangles = []
        for _ in range(2):
            x, y = choose.integer(0, 8), choose.integer(0, 8)
            rectangles.append((x, y, x + choose.integer(1, 8), y + choose.integer(1, 8)))
        if ask == "contains" and i % 2:
            x1, y1, x2, y2 = rectangles[1]
            rectangles[0] = (x1 - choose.integer(0, 3), y1 - 1, x2 + 1, y2 + choose.integer(0, 3))
        arguments.append(tuple(rectangles))
    arguments.append(((0, 0, 2, 2), (2, 0, 4, 2)))
    arguments.append(((0, 0, 5, 5), (3, 3, 8, 6)))
    return Exercise(
        texts=(*texts, _MORE_TWO_RECTANGLES[ask]),
        names={
            "overlap": ("rectangles_overlap", "do_overlap", "is_overlap"),
            "common_area": ("overlap_area", "common_area", "intersection_area"),
            "contains": ("contains_rectangle", "is_inside", "encloses"),
            "larger": ("larger_rectangle", "bigger_area", "max_rectangle"),
            "union_box": ("bounding_rectangle", "enclosing_box", "union_box"),
        }[ask],
        solutions=tuple(_returns("first, second", code) for code in (one, other) if code),
        arguments=arguments,
        synonyms={
            "first": ("a", "rect1", "r1"),
            "second": ("b", "rect2", "r2"),
            "key": ("key",),
        },
    )
