"""Points, lines, circles and rectangles in the plane, vectors, walks on a grid."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Point = tuple[int, int]


def _point(choose: Chooser, high: int = 10) -> _Point:
    return choose.integer(-high, high), choose.integer(-high, high)


def _points(choose: Chooser, num: int | tuple[int, int], high: int = 10) -> list[_Point]:
    length = num if isinstance(num, int) else choose.integer(*num)
    return [_point(choose, high) for _ in range(length)]


def _returns(parameters: str, expression: str) -> str:
    head = "import math\n\n" if "math." in expression else ""
    return f"{head}def solve({parameters}):\n    return {expression}"


_DISTANCES = {
    "euclidean": (
        "distance", "math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2)", "math.hypot(x2 - x1, y2 - y1)",
    ),
    "manhattan": (
        "Manhattan distance (the sum of the differences of both coordinates)",
        "abs(x1 - x2) + abs(y1 - y2)", "sum([abs(x2 - x1), abs(y2 - y1)])",
    ),
    "chebyshev": (
        "Chebyshev distance (the larger of the differences of both coordinates)",
        "max(abs(x1 - x2), abs(y1 - y2))", "max([abs(x2 - x1), abs(y2 - y1)])",
    ),
    "squared": (
        "square of the distance", "(x2 - x1) ** 2 + (y2 - y1) ** 2",
        "(x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2)",
    ),
}  # fmt: skip


@family(kind=tuple(_DISTANCES), form=("numbers", "points"))
def distance_of_two_points(choose: Chooser, kind: str, form: str) -> Exercise:
    """Compute a distance of two points."""
    noun, *expressions = _DISTANCES[kind]
    ending = ""
    if kind == "euclidean" and choose.chance(0.5):
        ending = ", rounded to 2 digits"
        expressions = [f"round({expression}, 2)" for expression in expressions]
    points = [(_point(choose), _point(choose)) for _ in range(5)]
    start = _point(choose, 5)
    points.append((start, (start[0] + 3, start[1] - 4)))
    if form == "numbers":
        return Exercise(
            texts=(
                f"find the {noun} between the points (<x1>, <y1>) and (<x2>, <y2>){ending}",
                f"calculate the {noun} between two points, given by their coordinates x1, y1, x2 "
                f"and y2{ending}",
                f"I have two points, given as x1, y1, x2 and y2. Return the {noun} between "
                f"them{ending}.",
                f"Given four numbers x1, y1, x2, y2, return the {noun} between the points (x1, y1) "
                f"and (x2, y2){ending}.",
            ),
            names=(f"{kind}_distance", "distance", "point_distance", "distance_between"),
            solutions=tuple(_returns("x1, y1, x2, y2", expression) for expression in expressions),
            arguments=[(*first, *second) for first, second in points],
            synonyms={"x1": ("x1", "a"), "y1": ("y1", "b"), "x2": ("x2", "c"), "y2": ("y2", "d")},
        )
    bodies = []
    for expression in expressions:
        head = "import math\n\n" if "math." in expression else ""
        bodies.append(
            f"{head}def solve(first, second):\n    x1, y1 = first\n    x2, y2 = second\n"
            f"    return {expression}"
        )
    indexed = expressions[0]
    for name, code in {
        "x1": "first[0]",
        "y1": "first[1]",
        "x2": "second[0]",
        "y2": "second[1]",
    }.items():
        indexed = indexed.replace(name, code)
    return Exercise(
        texts=(
            f"find the {noun} between two points, given as tuples (x, y){ending}",
            f"calculate the {noun} between the points <first> and <second>{ending}",
            f"Given two points as pairs of coordinates, return the {noun} between them{ending}.",
            f"I have two points (x, y). Return the {noun} between them{ending}.",
        ),
        names=(f"{kind}_distance", "distance", "point_distance", "distance_between"),
        solutions=(*bodies, _returns("first, second", indexed)),
        arguments=points,
        synonyms={"first": ("p", "a", "point1", "p1"), "second": ("q", "b", "point2", "p2")},
    )


_TWO_POINTS = {
    "midpoint": (
        ("find the midpoint of two points, given as tuples",
         "compute the point in the middle between <first> and <second>",
         "Given two points (x, y), return the tuple with the averages of their coordinates."),
        "((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)",
        "tuple((a + b) / 2 for a, b in zip(first, second))",
    ),
    "slope": (
        ("find the slope of the line through two points with different x",
         "compute the slope of a line from two of its points (x, y)",
         "Given two points with different x coordinates, return the slope of the line through "
         "them."),
        "(second[1] - first[1]) / (second[0] - first[0])",
        "(first[1] - second[1]) / (first[0] - second[0])",
    ),
    "slope_or_none": (
        ("find the slope of the line through two points, or None if the line is vertical",
         "compute the slope from two different points (x, y); a vertical line has none, so return "
         "None",
         "Given two points, return the slope of their line, or None if both have the same x."),
        "None if first[0] == second[0] else (second[1] - first[1]) / (second[0] - first[0])",
        None,
    ),
    "reflect": (
        ("reflect the point <first> in the point <second>",
         "find the point on the other side of <second>, just as far away as <first>",
         "Given a point and a center, return the point after a half turn around the center."),
        "(2 * second[0] - first[0], 2 * second[1] - first[1])",
        "tuple(2 * b - a for a, b in zip(first, second))",
    ),
    "shift": (
        ("move the point <first> by the vector <second>",
         "add a vector to a point; both are pairs of numbers",
         "Given a point and a shift (dx, dy), return the moved point."),
        "(first[0] + second[0], first[1] + second[1])",
        "tuple(a + b for a, b in zip(first, second))",
    ),
    "same_line": (
        ("check whether two points lie on one horizontal or vertical line",
         "check if two points (x, y) have the same x or the same y",
         "Return True if the line through two different points is parallel to an axis."),
        "first[0] == second[0] or first[1] == second[1]",
        "any(a == b for a, b in zip(first, second))",
    ),
    "rectangle_area": (
        ("find the area of the rectangle that has two points as opposite corners (its sides are "
         "parallel to the axes)",
         "compute the area of an upright rectangle from two opposite corners",
         "Given two opposite corners of a rectangle with sides parallel to the axes, return its "
         "area."),
        "abs(first[0] - second[0]) * abs(first[1] - second[1])",
        "abs((first[0] - second[0]) * (first[1] - second[1]))",
    ),
    "knight": (
        ("check whether a chess knight can go from the square <first> to the square <second> in "
         "one move",
         "check if two squares, given as pairs of numbers, are one knight's move apart",
         "Return True if the coordinates of two squares differ by 1 and 2, in either order."),
        "sorted((abs(first[0] - second[0]), abs(first[1] - second[1]))) == [1, 2]",
        "(first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2 == 5",
    ),
    "king": (
        ("count the moves that a chess king needs from the square <first> to the square <second> "
         "(steps may be diagonal)",
         "find the least number of steps to neighboring cells, diagonal ones too, between two "
         "cells of a grid",
         "Given two cells of a grid, return how many king's moves lie between them."),
        "max(abs(first[0] - second[0]), abs(first[1] - second[1]))",
        "max(abs(a - b) for a, b in zip(first, second))",
    ),
}  # fmt: skip


_MORE_TWO_POINTS = {
    "midpoint": "Which point is in the middle between two points? Return it as a tuple.",
    "slope": "How steep is the line through two points? Return its slope.",
    "slope_or_none": "How steep is the line through two points? Return None for a vertical line.",
    "reflect": "I mirror the point <first> at the point <second>. Where does it land?",
    "shift": "I move a point by a vector. Return its new place.",
    "same_line": "Do two points share a coordinate? Return True or False.",
    "rectangle_area": "How large is an upright rectangle? Given are two opposite corners.",
    "knight": "Can a knight jump from one square to the other? Return True or False.",
    "king": "How many moves does a king need from one cell to another?",
}


@family(ask=tuple(_TWO_POINTS))
def two_points(choose: Chooser, ask: str) -> Exercise:
    """Find midpoints, slopes, reflections and so on of two points."""
    texts, *expressions = _TWO_POINTS[ask]
    arguments: list[tuple[_Point, _Point]] = []
    for i in range(6):
        first, second = _point(choose), _point(choose)
        if ask in ("slope", "slope_or_none") and first[0] == second[0]:
            second = (second[0] + 1, second[1])
        if ask in ("slope", "slope_or_none") and first[1] == second[1]:
            second = (second[0], second[1] + 1)
        if ask == "slope_or_none" and i % 3 == 0:
            second = (first[0], first[1] + i + 2)
        if ask == "same_line" and i % 2:
            second = (first[0], second[1]) if i == 1 else (second[0] + 21, first[1])
        if ask == "knight":
            first = (choose.integer(1, 6), choose.integer(1, 6))
            step = choose.one_of(((1, 2), (2, 1))) if i % 2 else _point(choose, 2)
            second = (first[0] + step[0], first[1] + step[1])
        arguments.append((first, second))
    return Exercise(
        texts=(*texts, _MORE_TWO_POINTS[ask]),
        names={
            "midpoint": ("midpoint", "find_midpoint", "middle_point"),
            "slope": ("slope", "find_slope", "line_slope"),
            "slope_or_none": ("slope", "safe_slope", "slope_or_none"),
            "reflect": ("reflect_point", "half_turn", "mirror_in_point"),
            "shift": ("move_point", "translate", "shift_point"),
            "same_line": ("on_axis_line", "aligned", "parallel_to_axis"),
            "rectangle_area": ("rectangle_area", "area_of_corners", "box_area"),
            "knight": ("is_knight_move", "knight_can_move", "knight_jump"),
            "king": ("king_moves", "king_distance", "moves_of_king"),
        }[ask],
        solutions=tuple(_returns("first, second", code) for code in expressions if code),
        arguments=arguments,
        synonyms={"first": ("p", "a1", "point1", "p1"), "second": ("q", "b1", "point2", "p2")},
    )


_ONE_POINT = {
    "quadrant": (
        ("find the quadrant (1 to 4) of a point with nonzero coordinates",
         "return the number of the quadrant in which the point (<x>, <y>) lies; 1 is top right, "
         "and they are counted counterclockwise",
         "Given x and y, both not 0, return the quadrant of the point as a number from 1 to 4."),
        ("def solve(x, y):\n    if x > 0:\n        return 1 if y > 0 else 4\n"
         "    return 2 if y > 0 else 3",
         "def solve(x, y):\n    if x > 0 and y > 0:\n        return 1\n"
         "    elif x < 0 and y > 0:\n        return 2\n    elif x < 0 and y < 0:\n"
         "        return 3\n    else:\n        return 4"),
    ),
    "rotate": (
        ("rotate the point (<x>, <y>) by 90 degrees counterclockwise around the origin",
         "turn a point a quarter turn to the left around (0, 0)",
         "Given x and y, return the tuple of the coordinates after a counterclockwise rotation by "
         "90 degrees about the origin."),
        ("def solve(x, y):\n    return (-y, x)",),
    ),
    "mirror_x": (
        ("reflect the point (<x>, <y>) in the x axis",
         "mirror a point at the horizontal axis and return its coordinates as a tuple",
         "Given x and y, return the tuple with the mirror image of the point across the x axis."),
        ("def solve(x, y):\n    return (x, -y)",),
    ),
    "from_origin": (
        ("find the distance of the point (<x>, <y>) from the origin, rounded to 3 digits",
         "compute how far a point is from (0, 0), to 3 decimal places",
         "Given x and y, return the distance of the point from the origin, rounded to 3 digits."),
        (_returns("x, y", "round(math.hypot(x, y), 3)"),
         _returns("x, y", "round((x ** 2 + y ** 2) ** 0.5, 3)")),
    ),
    "position": (
        ("return 'origin', 'x axis', 'y axis' or 'plane' for the place of the point (<x>, <y>)",
         "tell whether a point is the 'origin', on the 'x axis', on the 'y axis', or else in the "
         "'plane'",
         "Given x and y, return 'origin' for (0, 0), 'x axis' or 'y axis' if the point lies on an "
         "axis, otherwise 'plane'."),
        ("def solve(x, y):\n    if x == 0 and y == 0:\n        return 'origin'\n"
         "    if y == 0:\n        return 'x axis'\n    if x == 0:\n        return 'y axis'\n"
         "    return 'plane'",),
    ),
    "color": (
        ("find the color of the chessboard square in column <x> and row <y>, where (1, 1) is "
         "'black' and neighbors have different colors ('white' and 'black')",
         "return 'black' or 'white' for a square of a chessboard, given by column and row from 1 "
         "to 8; the square (1, 1) is black",
         "Given the column and row of a chessboard square (1 to 8 each), return its color, 'black' "
         "or 'white', when (1, 1) is black."),
        ("def solve(x, y):\n    return 'black' if (x + y) % 2 == 0 else 'white'",
         "def solve(x, y):\n    if x % 2 == y % 2:\n        return 'black'\n    return 'white'"),
    ),
    "to_polar": (
        ("convert the point (<x>, <y>) to polar coordinates: a tuple of the distance to the origin "
         "and the angle in degrees, both rounded to 2 digits",
         "find distance and angle (in degrees, from -180 to 180) of a point as seen from the "
         "origin, rounded to 2 digits",
         "Given x and y, return (r, angle) with the angle in degrees, both rounded to 2 decimal "
         "places."),
        ("import math\n\ndef solve(x, y):\n    angle = math.degrees(math.atan2(y, x))\n"
         "    return (round(math.hypot(x, y), 2), round(angle, 2))",),
    ),
}  # fmt: skip


_MORE_ONE_POINT = {
    "quadrant": "In which quadrant is a point that isn't on an axis? Return 1, 2, 3 or 4.",
    "rotate": (
        "I turn a point by a quarter turn counterclockwise around (0, 0). Return its new "
        "coordinates as a tuple."
    ),
    "mirror_x": "I mirror a point at the x axis. Return its new coordinates as a tuple.",
    "from_origin": "How far is a point from the origin? Round to 3 digits.",
    "position": (
        "Where is a point: at the 'origin', on the 'x axis', on the 'y axis' or elsewhere in "
        "the 'plane'?"
    ),
    "color": (
        "Which color has a square of the chessboard? The square (1, 1) is 'black', its "
        "neighbors are 'white'."
    ),
    "to_polar": (
        "Cartesian to polar coordinates: return distance and angle in degrees, both rounded "
        "to 2 digits."
    ),
}


@family(ask=tuple(_ONE_POINT))
def one_point(choose: Chooser, ask: str) -> Exercise:
    """Locate, rotate or mirror a point."""
    texts, solutions = _ONE_POINT[ask]
    if ask == "quadrant":
        arguments = [
            (choose.integer(1, 20) * sx, choose.integer(1, 20) * sy)
            for sx, sy in ((1, 1), (-1, 1), (-1, -1), (1, -1), (1, 1))
        ]
    elif ask == "color":
        arguments = [(choose.integer(1, 8), choose.integer(1, 8)) for _ in range(6)]
        arguments += [(1, 1), (4, 1)]
    elif ask == "position":
        a, b = choose.integer(1, 9), choose.integer(-9, -1)
        arguments = [(0, 0), (a, 0), (0, b), (a, b), (b, 0)]
    else:
        arguments = [_point(choose, 12) for _ in range(6)]
    return Exercise(
        texts=(*texts, _MORE_ONE_POINT[ask]),
        names={
            "quadrant": ("quadrant", "find_quadrant", "which_quadrant"),
            "rotate": ("rotate_point", "quarter_turn", "turn_left"),
            "mirror_x": ("mirror_point", "reflect_in_x_axis", "flip_point"),
            "from_origin": ("distance_from_origin", "norm_of_point", "origin_distance"),
            "position": ("place_of_point", "point_position", "where_is_point"),
            "color": ("square_color", "chess_color", "color_of_square"),
            "to_polar": ("to_polar", "polar_coordinates", "cartesian_to_polar"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("x", "a", "column" if ask == "color" else "px"),
                  "y": ("y", "b", "row_" if ask == "color" else "py")},
    )  # fmt: skip


_THREE_POINTS = {
    "collinear": (
        ("check whether three points lie on one line", "check if the points <a>, <b> and <c> are "
         "collinear", "Return True if three points (x, y) are on the same straight line."),
        "(b[0] - a[0]) * (c[1] - a[1]) == (c[0] - a[0]) * (b[1] - a[1])",
        "a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]) == 0",
    ),
    "area": (
        ("find the area of the triangle with the corners <a>, <b> and <c>",
         "compute the area of a triangle from its three corner points (x, y)",
         "Given three points as tuples, return the area of the triangle between them."),
        "abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2",
        "abs(a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1])) / 2",
    ),
    "fourth": (
        ("find the fourth corner of the parallelogram whose corners are, in order, <a>, <b>, <c> "
         "and the one that is asked",
         "compute the missing corner opposite of <b> in the parallelogram with the corners <a>, "
         "<b>, <c>",
         "Given three corners a, b, c of a parallelogram in order, return the fourth one, which "
         "lies opposite of b."),
        "(a[0] + c[0] - b[0], a[1] + c[1] - b[1])",
        "tuple(x + z - y for x, y, z in zip(a, b, c))",
    ),
    "turn": (
        ("return 'left', 'right' or 'straight' for the turn at <b> on the way from <a> over <b> to "
         "<c>",
         "tell in which direction the path through three points turns: 'left', 'right' or "
         "'straight'",
         "Given points a, b, c, say whether one turns 'left' or 'right' at b, or goes 'straight' "
         "on the line."),
        """
def solve(a, b, c):
    cross = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    if cross > 0:
        return 'left'
    if cross < 0:
        return 'right'
    return 'straight'
""", None,
    ),
    "nearer": (
        ("return whichever of the points <b> and <c> is closer to <a> (<b> if both are equally "
         "far)",
         "find the nearer one of two points to a first point; on a tie take the second argument",
         "Given points a, b, c, return b or c, the one with the smaller distance to a; prefer b on "
         "a tie."),
        "b if math.dist(a, b) <= math.dist(a, c) else c",
        "min(b, c, key=lambda p: (p[0] - a[0]) ** 2 + (p[1] - a[1]) ** 2)",
    ),
}  # fmt: skip


@family(ask=tuple(_THREE_POINTS))
def three_points(choose: Chooser, ask: str) -> Exercise:
    """Answer a question about three points."""
    texts, one, other = _THREE_POINTS[ask]
    arguments = []
    for i in range(6):
        a, b, c = _points(choose, 3, 8)
        if ask in ("collinear", "turn") and i % 2 == 0:
            step = (choose.integer(1, 3), choose.integer(-3, 3))
            b = (a[0] + step[0], a[1] + step[1])
            c = (a[0] + 2 * step[0] + i % 3, a[1] + 2 * step[1])
        arguments.append((a, b, c))
    start = _point(choose, 5)
    arguments.append((start, (start[0] + 1, start[1] + 2), (start[0] + 3, start[1] + 6)))
    solutions = [one if one.startswith("\n") else _returns("a, b, c", one)]
    if other:
        solutions.append(_returns("a, b, c", other))
    return Exercise(
        texts=texts,
        names={
            "collinear": ("are_collinear", "on_one_line", "is_collinear"),
            "area": ("triangle_area", "area_of_corners", "area_from_points"),
            "fourth": ("fourth_corner", "missing_corner", "complete_parallelogram"),
            "turn": ("turn_direction", "which_turn", "orientation"),
            "nearer": ("nearer_point", "closer_point", "nearest_of_two"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"a": ("p", "p1"), "b": ("q", "p2"), "c": ("r", "p3"), "key": ("key",),
                  "p": ("p", "point")} if ask != "nearer" else {"key": ("key",)},
    )  # fmt: skip


_POINT_LISTS = {
    "closest": (
        ("find the point of a list that is closest to the origin; of several, the first",
         "return the point with the smallest distance to (0, 0)",
         "Given a list of points (x, y), return the one nearest to the origin, the first on a "
         "tie."),
        ("def solve(points):\n"
         "    return min(points, key=lambda point: point[0] ** 2 + point[1] ** 2)",
         "def solve(points):\n    nearest = points[0]\n    for point in points:\n"
         "        if point[0] ** 2 + point[1] ** 2 < nearest[0] ** 2 + nearest[1] ** 2:\n"
         "            nearest = point\n    return nearest"),
    ),
    "sorted": (
        ("sort points by their distance to the origin, nearest first (equally far points keep "
         "their order)",
         "order a list of points (x, y) by how far they are from (0, 0)",
         "Given a list of points, return it sorted by increasing distance from the origin."),
        ("def solve(points):\n"
         "    return sorted(points, key=lambda point: point[0] ** 2 + point[1] ** 2)",
         "import math\n\ndef solve(points):\n"
         "    return sorted(points, key=lambda point: math.hypot(*point))"),
    ),
    "box": (
        ("find the bounding box of a list of points as a tuple (smallest x, smallest y, largest x, "
         "largest y)",
         "compute the smallest upright rectangle that contains all points; return min x, min y, "
         "max x and max y as a tuple",
         "Given a nonempty list of points, return (min_x, min_y, max_x, max_y)."),
        ("def solve(points):\n    xs = [x for x, y in points]\n    ys = [y for x, y in points]\n"
         "    return (min(xs), min(ys), max(xs), max(ys))",
         "def solve(points):\n    xs, ys = zip(*points)\n"
         "    return (min(xs), min(ys), max(xs), max(ys))"),
    ),
    "centroid": (
        ("find the average point of a list of points, with both coordinates rounded to 2 digits",
         "compute the center of mass of points (x, y), rounded to 2 decimal places",
         "Given a nonempty list of points, return a tuple with the mean of their x and the mean of "
         "their y, rounded to 2 digits."),
        ("def solve(points):\n    x = sum(point[0] for point in points) / len(points)\n"
         "    y = sum(point[1] for point in points) / len(points)\n"
         "    return (round(x, 2), round(y, 2))",
         "def solve(points):\n    xs, ys = zip(*points)\n"
         "    return (round(sum(xs) / len(xs), 2), round(sum(ys) / len(ys), 2))"),
    ),
    "length": (
        ("find the length of a path through the points of a list, rounded to 2 digits",
         "add up the distances of neighboring points in a list, to 2 decimal places",
         "Given a list of points that are visited in order, return the length of the way, rounded "
         "to 2 digits (0.0 for a single point)."),
        ("import math\n\ndef solve(points):\n    total = 0.0\n"
         "    for first, second in zip(points, points[1:]):\n"
         "        total += math.dist(first, second)\n    return round(total, 2)",
         "import math\n\ndef solve(points):\n    total = 0.0\n"
         "    for index in range(1, len(points)):\n"
         "        x = points[index][0] - points[index - 1][0]\n"
         "        y = points[index][1] - points[index - 1][1]\n"
         "        total += math.hypot(x, y)\n    return round(total, 2)"),
    ),
    "polygon_area": (
        ("find the area of a polygon from the list of its corners (shoelace formula)",
         "compute the area of a simple polygon whose corners are listed in order",
         "Given the corner points of a polygon in order, return its area."),
        ("def solve(points):\n    total = 0\n    for index in range(len(points)):\n"
         "        x1, y1 = points[index - 1]\n        x2, y2 = points[index]\n"
         "        total += x1 * y2 - x2 * y1\n    return abs(total) / 2",
         "def solve(points):\n    pairs = zip(points, points[1:] + points[:1])\n"
         "    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in pairs)) / 2"),
    ),
    "in_circle": (
        ("count the points of a list whose distance to the origin is at most <radius>",
         "find how many points (x, y) lie inside or on a circle around (0, 0)",
         "Given a list of points and a radius, return the number of points in the circle around "
         "the origin, its edge included."),
        ("def solve(points, radius):\n"
         "    return sum(1 for x, y in points if x * x + y * y <= radius * radius)",
         "import math\n\ndef solve(points, radius):\n    count = 0\n    for x, y in points:\n"
         "        if math.sqrt(x ** 2 + y ** 2) <= radius:\n            count += 1\n"
         "    return count"),
    ),
    "quadrants": (
        ("count the points of a list that lie in the first quadrant (x and y positive)",
         "find how many points (x, y) of a list have two positive coordinates",
         "Given a list of points, return the number of those right of and above the origin."),
        ("def solve(points):\n    return sum(1 for x, y in points if x > 0 and y > 0)",
         "def solve(points):\n    count = 0\n    for point in points:\n"
         "        if point[0] > 0 and point[1] > 0:\n            count += 1\n    return count"),
    ),
    "closest_pair": (
        ("find the smallest distance between two points in a list, rounded to 2 digits",
         "return the distance of the closest pair of points, to 2 decimal places",
         "Given a list of at least two points, return the smallest distance between two of them, "
         "rounded to 2 digits."),
        ("import math\nfrom itertools import combinations\n\ndef solve(points):\n"
         "    return round(min(math.dist(p, q) for p, q in combinations(points, 2)), 2)",
         "import math\n\ndef solve(points):\n    result = []\n"
         "    for i in range(len(points)):\n        for j in range(i):\n"
         "            result.append(math.dist(points[i], points[j]))\n"
         "    return round(min(result), 2)"),
    ),
    "move_all": (
        ("move all points of a list by <dx> and <dy>",
         "shift each point (x, y) of a list by the same vector and return the new list",
         "Given a list of points, dx and dy, return the points (x + dx, y + dy)."),
        ("def solve(points, dx, dy):\n    return [(x + dx, y + dy) for x, y in points]",
         "def solve(points, dx, dy):\n    result = []\n    for x, y in points:\n"
         "        result.append((x + dx, y + dy))\n    return result"),
    ),
}  # fmt: skip


_MORE_LISTS_OF_POINTS = {
    "closest": "Which point of a list is nearest to the origin? Return the first such point.",
    "sorted": "I have a list of points. Sort them by how far they are from the origin.",
    "box": "Bounding box of a list of points: find (min x, min y, max x, max y).",
    "centroid": "I have a list of points. Return their average point, rounded to 2 digits.",
    "length": "How long is the way along the points of a list? Round to 2 digits.",
    "polygon_area": "How large is a polygon? Given is the list of its corners in order.",
    "in_circle": "How many points of a list are not farther than <radius> from the origin?",
    "quadrants": "How many points of a list have positive x and positive y?",
    "closest_pair": (
        "How near are the two nearest points of a list? Round the distance to 2 digits."
    ),
    "move_all": "I have a list of points. Add <dx> to each x and <dy> to each y.",
}


@family(ask=tuple(_POINT_LISTS))
def lists_of_points(choose: Chooser, ask: str) -> Exercise:
    """Sort, measure or count the points of a list."""
    texts, solutions = _POINT_LISTS[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(5):
        points = _points(choose, (2, 6))
        if ask == "polygon_area":
            points = _star_polygon(choose)
        if ask == "length" and i == 4:
            points = points[:1]
        extra: tuple[int, ...] = ()
        if ask == "in_circle":
            extra = (choose.integer(3, 12),)
        elif ask == "move_all":
            extra = _point(choose, 5)
        arguments.append((points, *extra))
    return Exercise(
        texts=(*texts, _MORE_LISTS_OF_POINTS[ask]),
        names={
            "closest": ("closest_to_origin", "nearest_point", "nearest_to_origin"),
            "sorted": ("sort_points", "sort_by_distance", "order_points"),
            "box": ("bounding_box", "enclosing_rectangle", "extent"),
            "centroid": ("centroid", "average_point", "center_of_points"),
            "length": ("path_length", "length_of_path", "total_distance"),
            "polygon_area": ("polygon_area", "shoelace", "area_of_polygon"),
            "in_circle": ("points_in_circle", "count_in_circle", "inside_circle"),
            "quadrants": ("count_first_quadrant", "positive_points", "points_top_right"),
            "closest_pair": ("closest_pair", "smallest_distance", "min_distance"),
            "move_all": ("move_points", "shift_points", "translate_points"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "points": ("pts", "point_list", "coords", "lst"),
            "point": ("p", "pt"),
            "radius": ("r", "limit"),
            "key": ("key",),
        },
    )


def _star_polygon(choose: Chooser) -> list[_Point]:
    """Return corners around the origin, ordered by their direction, so that no edges cross."""
    directions = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]
    chosen = choose.sample(range(8), (3, 6))
    while max((b - a) % 8 for a, b in _neighbors(sorted(chosen))) >= 4:
        chosen = choose.sample(range(8), (3, 6))
    corners = []
    for place in sorted(chosen):
        factor = choose.integer(1, 8)
        corners.append((directions[place][0] * factor, directions[place][1] * factor))
    return corners


def _neighbors(places: list[int]) -> list[tuple[int, int]]:
    return list(zip(places, places[1:] + places[:1], strict=True))


_LINES = {
    "through": (
        ("find slope and intercept of the line through two points with different x, as a tuple",
         "compute m and b of the line y = m x + b through the points <first> and <second>",
         "Given two points (x, y) with different x, return (slope, intercept) of their line."),
        """
def solve(first, second):
    slope = (second[1] - first[1]) / (second[0] - first[0])
    return (slope, first[1] - slope * first[0])
""",
    ),
    "value": (
        ("find the y of the line through two points at a given x",
         "continue the straight line through <first> and <second> to x and return y there",
         "Given two points with different x and a number x, return the height of the line through "
         "them at x."),
        """
def solve(first, second, x):
    slope = (second[1] - first[1]) / (second[0] - first[0])
    return first[1] + slope * (x - first[0])
""",
    ),
    "on_line": (
        ("check whether the point <point> lies on the line y = m x + b",
         "Given m, b and a point (x, y), return True if y equals m * x + b.",
         "check if a point is on the straight line with slope m and intercept b"),
        """
def solve(m, b, point):
    x, y = point
    return y == m * x + b
""",
    ),
    "parallel": (
        ("check whether the line through the first two points is parallel to the line through the "
         "other two",
         "Given points a, b, c and d, return True if the lines ab and cd are parallel.",
         "check if two lines, given by two different points each, have the same direction"),
        """
def solve(a, b, c, d):
    return (b[0] - a[0]) * (d[1] - c[1]) == (b[1] - a[1]) * (d[0] - c[0])
""",
    ),
}  # fmt: skip


@family(ask=tuple(_LINES))
def straight_lines(choose: Chooser, ask: str) -> Exercise:
    """Find or use the equation of a line."""
    texts, solution = _LINES[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        (x, y), m = _point(choose, 6), choose.integer(-4, 5)
        run = choose.one_of((1, 2, 4))
        second = (x + run, y + m * (1 if i % 2 else run))
        if ask == "through":
            arguments.append(((x, y), second))
        elif ask == "value":
            arguments.append(((x, y), second, choose.integer(-5, 12)))
        elif ask == "on_line":
            arguments.append((m, y, (x, m * x + y + i % 2)))
        else:
            c = _point(choose, 6)
            shift = (run * 2, (second[1] - y) * 2) if i % 2 else (run, choose.integer(-5, 5))
            arguments.append(((x, y), second, c, (c[0] + shift[0], c[1] + shift[1])))
    return Exercise(
        texts=texts,
        names={
            "through": ("line_through", "slope_and_intercept", "line_equation"),
            "value": ("line_at", "extrapolate", "height_of_line"),
            "on_line": ("on_line", "is_on_line", "point_on_line"),
            "parallel": ("are_parallel", "is_parallel", "parallel_lines"),
        }[ask],
        solutions=(solution,),
        arguments=arguments,
        synonyms={"first": ("p", "p1", "point1"), "second": ("q", "p2", "point2"),
                  "slope": ("m", "k", "steepness") if ask != "on_line" else ("slope",)},
    )  # fmt: skip
