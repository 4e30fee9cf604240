"""Areas, perimeters, volumes and angles of shapes."""

import re

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# What people call the measures of a shape.
_MEASURES = {
    "length": ("l", "a", "x"),
    "width": ("w", "b", "y"),
    "height": ("h", "c", "z"),
    "side": ("a", "s", "length", "edge"),
    "base": ("b", "a", "bottom"),
    "radius": ("r", "rad", "x"),
    "angle": ("a", "theta", "degrees"),
    "n": ("sides", "k", "num_sides"),
    "a": ("x", "side1", "p"),
    "b": ("y", "side2", "q"),
    "c": ("z", "side3", "r"),
}


def _returns(parameters: str, expression: str) -> str:
    head = "import math\n\n" if "math." in expression else ""
    return f"{head}def solve({parameters}):\n    return {expression}"


def _stepwise(parameters: str, name: str, expression: str) -> str:
    head = "import math\n\n" if "math." in expression else ""
    return f"{head}def solve({parameters}):\n    {name} = {expression}\n    return {name}"


# Parameters with what they are, and the expression.
_AREAS = {
    "square": ("side", "a square with side <side>", "side * side", "side ** 2"),
    "rectangle": ("length, width", "a rectangle with length <length> and width <width>",
                  "length * width", "width * length"),
    "triangle": ("base, height", "a triangle with base <base> and height <height>",
                 "base * height / 2", "0.5 * base * height"),
    "parallelogram": ("base, height", "a parallelogram with base <base> and height <height>",
                      "base * height", "height * base"),
    "trapezoid": ("a, b, height",
                  "a trapezoid with the parallel sides <a> and <b> and the height <height>",
                  "(a + b) / 2 * height", "(a + b) * height / 2"),
    "rhombus": ("a, b", "a rhombus with the diagonals <a> and <b>", "a * b / 2", "0.5 * a * b"),
    "kite": ("a, b", "a kite with the diagonals <a> and <b>", "a * b / 2", "0.5 * a * b"),
    "circle": ("radius", "a circle with radius <radius>", "math.pi * radius ** 2",
               "math.pi * radius * radius"),
    "semicircle": ("radius", "a half circle with radius <radius>", "math.pi * radius ** 2 / 2",
                   "math.pi * radius * radius / 2"),
    "ellipse": ("a, b", "an ellipse with the half axes <a> and <b>", "math.pi * a * b",
                "a * b * math.pi"),
    "sector": ("radius, angle",
               "a sector of a circle with radius <radius> and an angle of <angle> degrees",
               "math.pi * radius ** 2 * angle / 360", "angle / 360 * math.pi * radius ** 2"),
    "ring": ("a, b", "a ring between two circles with the outer radius <a> and the inner radius "
             "<b>", "math.pi * (a ** 2 - b ** 2)", "math.pi * a ** 2 - math.pi * b ** 2"),
    "equilateral_triangle": ("side", "an equilateral triangle with side <side>",
                             "math.sqrt(3) / 4 * side ** 2", "3 ** 0.5 * side * side / 4"),
    "hexagon": ("side", "a regular hexagon with side <side>", "3 * math.sqrt(3) / 2 * side ** 2",
                "6 * math.sqrt(3) / 4 * side ** 2"),
    "regular_polygon": ("n, side", "a regular polygon with <n> sides of length <side>",
                        "n * side ** 2 / (4 * math.tan(math.pi / n))",
                        "n * side * side / 4 / math.tan(math.pi / n)"),
    "square_from_diagonal": ("a", "a square with the diagonal <a>", "a * a / 2", "0.5 * a ** 2"),
    "frame": ("length, width, a", "a frame of width <a> around a picture of <length> by <width>",
              "(length + 2 * a) * (width + 2 * a) - length * width",
              "2 * a * (length + width) + 4 * a * a"),
}  # fmt: skip

_PERIMETERS = {
    "square": ("side", "a square with side <side>", "4 * side", "side + side + side + side"),
    "rectangle": ("length, width", "a rectangle with length <length> and width <width>",
                  "2 * (length + width)", "2 * length + 2 * width"),
    "triangle": ("a, b, c", "a triangle with the sides <a>, <b> and <c>", "a + b + c",
                 "sum([a, b, c])"),
    "isosceles_triangle": ("base, side", "an isosceles triangle with base <base> and legs <side>",
                           "base + 2 * side", "2 * side + base"),
    "circle": ("radius", "a circle with radius <radius>", "2 * math.pi * radius",
               "radius * 2 * math.pi"),
    "semicircle": ("radius", "a half circle with radius <radius>, its diameter included",
                   "math.pi * radius + 2 * radius", "radius * (math.pi + 2)"),
    "rhombus": ("side", "a rhombus with side <side>", "4 * side", "side * 4"),
    "regular_polygon": ("n, side", "a regular polygon with <n> sides of length <side>", "n * side",
                        "side * n"),
    "parallelogram": ("a, b", "a parallelogram with the sides <a> and <b>", "2 * (a + b)",
                      "2 * a + 2 * b"),
    "sector": ("radius, angle",
               "a sector with radius <radius> and angle <angle> degrees, both straight edges "
               "included", "2 * radius + math.pi * radius * angle / 180",
               "2 * radius + 2 * math.pi * radius * angle / 360"),
}  # fmt: skip

_VOLUMES = {
    "cube": ("side", "a cube with edge <side>", "side ** 3", "side * side * side"),
    "box": ("length, width, height",
            "a box with length <length>, width <width> and height <height>",
            "length * width * height", "height * length * width"),
    "cylinder": ("radius, height", "a cylinder with radius <radius> and height <height>",
                 "math.pi * radius ** 2 * height", "math.pi * radius * radius * height"),
    "cone": ("radius, height", "a cone with radius <radius> and height <height>",
             "math.pi * radius ** 2 * height / 3", "1 / 3 * math.pi * radius ** 2 * height"),
    "sphere": ("radius", "a sphere with radius <radius>", "4 / 3 * math.pi * radius ** 3",
               "4 * math.pi * radius ** 3 / 3"),
    "hemisphere": ("radius", "a half sphere with radius <radius>", "2 / 3 * math.pi * radius ** 3",
                   "2 * math.pi * radius ** 3 / 3"),
    "pyramid": ("side, height", "a pyramid with a square base of side <side> and height <height>",
                "side ** 2 * height / 3", "side * side * height / 3"),
    "triangular_prism": ("base, height, length",
                         "a prism of length <length> over a triangle with base <base> and height "
                         "<height>", "base * height / 2 * length", "0.5 * base * height * length"),
    "tetrahedron": ("side", "a regular tetrahedron with edge <side>",
                    "side ** 3 / (6 * math.sqrt(2))", "math.sqrt(2) / 12 * side ** 3"),
    "torus": ("a, b", "a ring (torus) with the middle radius <a> and the tube radius <b>",
              "2 * math.pi ** 2 * a * b ** 2", "math.pi * b * b * 2 * math.pi * a"),
    "pipe": ("a, b, height",
             "a pipe of length <height> with the outer radius <a> and the inner radius <b>",
             "math.pi * (a ** 2 - b ** 2) * height",
             "math.pi * a ** 2 * height - math.pi * b ** 2 * height"),
}  # fmt: skip

_SURFACES = {
    "cube": ("side", "a cube with edge <side>", "6 * side ** 2", "6 * side * side"),
    "box": ("length, width, height",
            "a box with length <length>, width <width> and height <height>",
            "2 * (length * width + width * height + length * height)",
            "2 * length * width + 2 * width * height + 2 * length * height"),
    "cylinder": ("radius, height", "a closed cylinder with radius <radius> and height <height>",
                 "2 * math.pi * radius * (radius + height)",
                 "2 * math.pi * radius ** 2 + 2 * math.pi * radius * height"),
    "sphere": ("radius", "a sphere with radius <radius>", "4 * math.pi * radius ** 2",
               "4 * math.pi * radius * radius"),
    "cone": ("radius, height", "a cone with radius <radius> and height <height>, base included",
             "math.pi * radius * (radius + math.sqrt(radius ** 2 + height ** 2))",
             "math.pi * radius ** 2 + math.pi * radius * math.hypot(radius, height)"),
    "tetrahedron": ("side", "a regular tetrahedron with edge <side>", "math.sqrt(3) * side ** 2",
                    "3 ** 0.5 * side * side"),
    "open_box": ("length, width, height",
                 "a box without lid with length <length>, width <width> and height <height>",
                 "length * width + 2 * height * (length + width)",
                 "length * width + 2 * width * height + 2 * length * height"),
    "pyramid": ("side, height",
                "a pyramid with a square base of side <side> and the slant height <height>, base "
                "included", "side ** 2 + 2 * side * height", "side * (side + 2 * height)"),
}  # fmt: skip

_DIAGONALS = {
    "square": ("side", "a square with side <side>", "side * math.sqrt(2)",
               "math.sqrt(2 * side ** 2)"),
    "rectangle": ("length, width", "a rectangle with length <length> and width <width>",
                  "math.sqrt(length ** 2 + width ** 2)", "math.hypot(length, width)"),
    "cube": ("side", "a cube with edge <side>, through its center", "side * math.sqrt(3)",
             "math.sqrt(3 * side ** 2)"),
    "box": ("length, width, height",
            "a box with length <length>, width <width> and height <height>, from corner to "
            "opposite corner", "math.sqrt(length ** 2 + width ** 2 + height ** 2)",
            "(length ** 2 + width ** 2 + height ** 2) ** 0.5"),
}  # fmt: skip

_KINDS = {
    "area": _AREAS,
    "perimeter": _PERIMETERS,
    "volume": _VOLUMES,
    "surface_area": _SURFACES,
    "diagonal": _DIAGONALS,
}


# Shapes that their name and parameters describe fully.
_PLAIN = [
    "square",
    "rectangle",
    "triangle",
    "parallelogram",
    "circle",
    "equilateral_triangle",
    "hexagon",
    "cube",
    "box",
    "cylinder",
    "cone",
    "sphere",
    "hemisphere",
    "tetrahedron",
    "open_box",
    "rhombus",
]


def _sizes(choose: Chooser, parameters: str, *, whole: bool) -> tuple[float, ...]:
    """Return a value for each parameter: positive numbers, an angle, sides; b is below a."""
    names = parameters.split(", ")
    values: list[float] = [choose.integer(1, 20) for _ in names]
    if not whole and choose.chance(0.2):
        values = [choose.decimal(0.5, 12, 1) for _ in names]
    for index, name in enumerate(names):
        if name == "angle":
            values[index] = choose.integer(2, 35) * 10
        elif name == "n":
            values[index] = choose.integer(3, 12)
        elif name == "b" and len(names) > 1 and names[index - 1] == "a":
            values[index - 1] = values[index] + choose.integer(1, 9)
    return tuple(round(value, 1) if type(value) is float else value for value in values)


def _all_sizes(choose: Chooser, parameters: str, *, whole: bool) -> list[tuple[float, ...]]:
    sizes = [_sizes(choose, parameters, whole=whole) for _ in range(5)]
    if "," in parameters:
        return sizes
    return [sizes[0], *((size,) for size in choose.sample(range(1, 31), 4))]


def _shape_exercise(choose: Chooser, measure: str, shape: str) -> Exercise:
    parameters, what, *expressions = _KINDS[measure][shape]
    noun = measure.replace("_", " ")
    rounded = choose.chance(0.4) and ("math." in expressions[0] or "/" in expressions[0])
    ending = ", rounded to 2 digits" if rounded else ""
    if rounded:
        expressions = [f"round({expression}, 2)" for expression in expressions]
    texts = [
        f"find the {noun} of {what}{ending}",
        f"calculate the {noun} of {what}{ending}",
        f"Return the {noun} of {what}{ending}.",
    ]
    named = all(len(parameter) > 1 for parameter in parameters.split(", "))
    if shape in _PLAIN and " with " in what and "diagonals" not in what and named:
        short = what.partition(" with ")[0]
        texts += [
            f"compute the {noun} of {short} from its {_listed(parameters)}{ending}",
            f"Given its {_listed(parameters)}, return the {noun} of {short}{ending}.",
            f"work out the {noun} of {short}{ending}",
        ]
    else:
        texts.append(f"determine the {noun} of {what}{ending}")
    return Exercise(
        texts=texts,
        names=(
            f"{measure}_of_{shape}",
            f"{shape}_{measure}",
            f"find_{measure}",
            f"{measure}_{shape}",
        ),
        solutions=(
            _returns(parameters, expressions[0]),
            _returns(parameters, expressions[1]),
            _stepwise(parameters, "result", expressions[0]),
        ),
        arguments=_all_sizes(choose, parameters, whole=rounded),
        synonyms=_MEASURES,
    )


def _listed(names: str) -> str:
    first, _, last = names.rpartition(", ")
    return f"{first} and {last}" if first else last


@family(shape=tuple(_AREAS))
def area_of_shape(choose: Chooser, shape: str) -> Exercise:
    """Compute the area of a flat shape."""
    return _shape_exercise(choose, "area", shape)


@family(shape=tuple(_PERIMETERS))
def perimeter_of_shape(choose: Chooser, shape: str) -> Exercise:
    """Compute the perimeter of a flat shape."""
    return _shape_exercise(choose, "perimeter", shape)


@family(shape=tuple(_VOLUMES))
def volume_of_solid(choose: Chooser, shape: str) -> Exercise:
    """Compute the volume of a solid."""
    return _shape_exercise(choose, "volume", shape)


@family(shape=tuple(_SURFACES))
def surface_area_of_solid(choose: Chooser, shape: str) -> Exercise:
    """Compute the surface area of a solid."""
    return _shape_exercise(choose, "surface_area", shape)


@family(shape=tuple(_DIAGONALS))
def diagonal_of_shape(choose: Chooser, shape: str) -> Exercise:
    """Compute the diagonal of a shape."""
    return _shape_exercise(choose, "diagonal", shape)


_INVERSE = {
    "side_from_area": ("side of a square from its area", "area", "math.sqrt(area)", "area ** 0.5"),
    "side_from_perimeter": ("side of a square from its perimeter", "perimeter", "perimeter / 4",
                            "perimeter * 0.25"),
    "radius_from_area": ("radius of a circle from its area", "area", "math.sqrt(area / math.pi)",
                         "(area / math.pi) ** 0.5"),
    "radius_from_circumference": ("radius of a circle from its circumference", "circumference",
                                  "circumference / (2 * math.pi)", "circumference / 2 / math.pi"),
    "edge_from_volume": ("edge of a cube from its volume", "volume", "volume ** (1 / 3)",
                         "math.exp(math.log(volume) / 3)"),
    "width_from_area": ("width of a rectangle from its area and its length", "area, length",
                        "area / length"),
    "width_from_perimeter": ("width of a rectangle from its perimeter and its length",
                             "perimeter, length", "perimeter / 2 - length",
                             "(perimeter - 2 * length) / 2"),
    "height_from_volume": ("height of a cylinder from its volume and its radius", "volume, radius",
                           "volume / (math.pi * radius ** 2)", "volume / math.pi / radius ** 2"),
    "height_of_triangle": ("height of a triangle from its area and its base", "area, base",
                           "2 * area / base", "area / (base / 2)"),
}  # fmt: skip


@family(ask=tuple(_INVERSE))
def measure_from_area_or_volume(choose: Chooser, ask: str) -> Exercise:
    """Find a side or radius from an area, perimeter or volume."""
    what, parameters, *expressions = _INVERSE[ask]
    rounded = choose.chance(0.5)
    ending = ", rounded to 2 digits" if rounded else ""
    if rounded:
        expressions = [f"round({expression}, 2)" for expression in expressions]
    arguments: list[tuple[int, ...]] = []
    for _ in range(6):
        length = choose.integer(1, 12)
        big = choose.integer(2, 300)
        if "length" in parameters:
            big = 2 * (length + choose.integer(1, 30))
        arguments.append((big, length) if "," in parameters else (big,))
    given = _listed(parameters).replace(" and ", " and the ")
    return Exercise(
        texts=(
            f"find the {what}{ending}",
            f"calculate the {what}{ending}",
            f"Given the {given}, return the {what.partition(' from ')[0]}{ending}.",
            f"return the {what}{ending}",
        ),
        names=(ask, f"find_{ask}", f"get_{ask.partition('_')[0]}"),
        solutions=tuple(_returns(parameters, expression) for expression in expressions),
        arguments=arguments,
        synonyms={
            "area": ("a", "s", "size"),
            "perimeter": ("p", "length_around", "u"),
            "circumference": ("c", "u", "length_around"),
            "volume": ("v", "size", "content"),
            "length": ("l", "side"),
            "radius": ("r", "rad"),
            "base": ("b", "bottom"),
        },
    )


_ANGLES = {
    "third": ("find the third angle of a triangle from two angles, in degrees",
              "Given two angles of a triangle in degrees, return the third.",
              "a, b", "180 - a - b", "180 - (a + b)"),
    "to_radians": ("convert an angle from degrees to radians, rounded to 4 digits",
                   "Given an angle in degrees, return it in radians, rounded to 4 digits.",
                   "angle", "round(math.radians(angle), 4)", "round(angle * math.pi / 180, 4)"),
    "to_degrees": ("convert an angle from radians to degrees, rounded to 2 digits",
                   "Given an angle in radians, return it in degrees, rounded to 2 digits.",
                   "angle", "round(math.degrees(angle), 2)", "round(angle * 180 / math.pi, 2)"),
    "normalize": ("bring an angle in degrees into the range from 0 to 359",
                  "Given any whole angle in degrees, return the same direction as an angle from 0 "
                  "to 359.",
                  "angle", "angle % 360", "(angle % 360 + 360) % 360"),
    "supplement": ("find the supplementary angle of an angle, both in degrees",
                   "Given an angle of at most 180 degrees, return the angle that completes it to "
                   "180 degrees.",
                   "angle", "180 - angle", "-(angle - 180)"),
    "complement": ("find the complementary angle of an angle, both in degrees",
                   "Given an angle of at most 90 degrees, return the angle that completes it to a "
                   "right angle.",
                   "angle", "90 - angle", "-(angle - 90)"),
    "inner_sum": ("find the sum of the inner angles of a polygon with <n> sides, in degrees",
                  "Given the number of sides of a polygon, return the sum of its inner angles in "
                  "degrees.",
                  "n", "(n - 2) * 180", "180 * n - 360"),
    "inner": ("find an inner angle of a regular polygon with <n> sides, in degrees",
              "Given the number of sides of a regular polygon, return one of its inner angles in "
              "degrees.",
              "n", "(n - 2) * 180 / n", "180 - 360 / n"),
    "outer": ("find an outer angle of a regular polygon with <n> sides, in degrees",
              "Given the number of sides of a regular polygon, return one of its outer angles in "
              "degrees.",
              "n", "360 / n", "180 - (n - 2) * 180 / n"),
    "between": ("find the smaller angle between two directions that are given in degrees (0 to "
                "359)",
                "Given two directions in degrees, return the angle between them, at most 180.",
                "a, b", "min((a - b) % 360, (b - a) % 360)", "180 - abs(abs(a - b) - 180)"),
    "clock": ("find the smaller angle between the hands of a clock at <hour>:<minute>, in degrees",
              "Given the hour and the minute of a clock with hands, return the smaller angle "
              "between the hands in degrees.",
              "hour, minute",
              "min(abs(30 * hour - 5.5 * minute), 360 - abs(30 * hour - 5.5 * minute))",
              "180 - abs(180 - abs(30 * hour - 5.5 * minute))"),
}  # fmt: skip


@family(ask=tuple(_ANGLES))
def angles(choose: Chooser, ask: str) -> Exercise:
    """Compute with angles."""
    short, long, parameters, *expressions = _ANGLES[ask]
    arguments: list[tuple[float, ...]] = []
    for i in range(6):
        degrees = choose.integer(1, 89)
        arguments.append({
            "third": (degrees, choose.integer(1, 89)),
            "to_degrees": (choose.decimal(0, 7, 2),),
            "normalize": (choose.integer(-900, 900),),
            "to_radians": (choose.integer(0, 72) * 5,),
            "supplement": (choose.integer(0, 180),),
            "complement": (degrees,),
            "between": (choose.integer(0, 359), choose.integer(0, 359)),
            "clock": (choose.integer(1, 11), choose.integer(0, 59)),
        }.get(ask, (2 * i + choose.integer(3, 4),)))  # fmt: skip
    return Exercise(
        texts=(
            short,
            long,
            re.sub("^find", "compute", short),
            re.sub("^find", "return", short),
        ),
        names={
            "third": ("third_angle", "find_angle", "missing_angle"),
            "to_radians": ("to_radians", "degrees_to_radians", "deg_to_rad"),
            "to_degrees": ("to_degrees", "radians_to_degrees", "rad_to_deg"),
            "normalize": ("normalize_angle", "angle_in_circle", "reduce_angle"),
            "supplement": ("supplementary_angle", "supplement", "angle_to_180"),
            "complement": ("complementary_angle", "complement", "angle_to_90"),
            "inner_sum": ("sum_of_angles", "inner_angle_sum", "polygon_angle_sum"),
            "inner": ("inner_angle", "interior_angle", "polygon_angle"),
            "outer": ("outer_angle", "exterior_angle", "turning_angle"),
            "between": ("angle_between", "smaller_angle", "angle_difference"),
            "clock": ("clock_angle", "angle_of_hands", "hands_angle"),
        }[ask],
        solutions=tuple(_returns(parameters, expression) for expression in expressions),
        arguments=arguments,
        synonyms={"a": ("x", "first", "alpha"), "b": ("y", "second", "beta"),
                  "angle": ("degrees" if ask != "to_degrees" else "radians", "x", "theta")},
    )  # fmt: skip


_COUNTED = {
    "squares_in_grid": (
        ("count all squares, of every size, in a grid of <n> by <n> cells",
         "Given n, return how many squares a chessboard with n rows and n columns contains, of all "
         "sizes.",
         "find the number of squares in an n x n square grid"),
        "n", "n * (n + 1) * (2 * n + 1) // 6", "sum(i * i for i in range(1, n + 1))",
    ),
    "rectangles_in_grid": (
        ("count all rectangles (squares too) in a grid with <rows> rows and <columns> columns",
         "Given the number of rows and columns, return how many rectangles a grid contains.",
         "find the number of rectangles, of every size, in a grid"),
        "rows, columns", "rows * (rows + 1) // 2 * (columns * (columns + 1) // 2)",
        "sum(i * j for i in range(1, rows + 1) for j in range(1, columns + 1))",
    ),
    "diagonals": (
        ("count the diagonals of a polygon with <n> sides",
         "Given the number of corners of a convex polygon, return how many diagonals it has.",
         "find the number of diagonals of an n-sided polygon"),
        "n", "n * (n - 3) // 2", "sum(1 for i in range(n) for j in range(i) if 1 < i - j < n - 1)",
    ),
    "tiles": (
        ("find how many square tiles of side <a> are needed to cover a floor of <length> by "
         "<width>; tiles can't be cut, and may stick out",
         "Given the length and width of a floor and the side of a tile, return how many whole "
         "tiles cover the floor.",
         "count the tiles for a rectangular floor, rounding up in both directions"),
        "length, width, a", "-(-length // a) * -(-width // a)",
        "((length + a - 1) // a) * ((width + a - 1) // a)",
    ),
    "cut_squares": (
        ("count the squares that are left off when the largest possible square is cut from a "
         "rectangle of <length> by <width> again and again until nothing remains",
         "Given two sides of a rectangle, cut off the biggest possible square repeatedly and "
         "return the number of squares.",
         "find how many squares a sheet of paper is cut into, if each cut takes the largest square "
         "that fits at one end"),
        "length, width",
        """
def solve(length, width):
    count = 0
    while width > 0:
        count += length // width
        length, width = width, length % width
    return count
""", """
def solve(length, width):
    count = 0
    while length > 0 and width > 0:
        if length < width:
            length, width = width, length
        length -= width
        count += 1
    return count
"""),
    "largest_tile": (
        ("find the side of the largest square tile with which a floor of <length> by <width> can "
         "be covered exactly",
         "Given the whole length and width of a floor, return the greatest side of equal square "
         "tiles that fit without cutting.",
         "compute how large square tiles can be if they have to fill a rectangle without a gap"),
        "length, width", "math.gcd(length, width)",
        "max(i for i in range(1, length + 1) if length % i == 0 and width % i == 0)",
    ),
    "small_cubes": (
        ("count the cubes with edge <a> that fit into a box of <length> by <width> by <height>",
         "Given the three edges of a box and the edge of a cube, return how many such cubes the "
         "box can hold in straight rows.",
         "find how many equal cubes fit into a box, without turning them"),
        "length, width, height, a", "(length // a) * (width // a) * (height // a)",
        "int(length / a) * int(width / a) * int(height / a)",
    ),
    "painted": (
        ("count the small cubes without paint when a cube of <n> by <n> by <n> small cubes is "
         "painted outside",
         "A cube made of n x n x n unit cubes is painted on its surface. Return how many unit "
         "cubes have no painted side.",
         "find the number of inner cubes of an n x n x n cube"),
        "n", "max(n - 2, 0) ** 3", "(n - 2) ** 3 if n > 2 else 0",
    ),
}  # fmt: skip


_MORE_COUNTING_SHAPES = {
    "squares_in_grid": "How many squares can be seen in an n by n grid?",
    "rectangles_in_grid": (
        "How many rectangles can be seen in a grid with <rows> rows and <columns> columns?"
    ),
    "diagonals": "How many diagonals does a polygon have? Given is the number of its sides.",
    "tiles": (
        "How many square tiles with side <a> do I need for a floor of <length> by <width>, "
        "without cutting?"
    ),
    "cut_squares": (
        "How many squares do I get if I always cut the biggest square from a rectangle of "
        "<length> by <width>?"
    ),
    "largest_tile": (
        "What is the biggest square tile that covers a floor of <length> by <width> without "
        "cutting?"
    ),
    "small_cubes": "How many cubes with edge <a> fit into a box, in straight rows?",
    "painted": (
        "I paint a big cube of n x n x n small cubes. How many small cubes stay without paint?"
    ),
}


@family(ask=tuple(_COUNTED))
def counting_shapes(choose: Chooser, ask: str) -> Exercise:
    """Count squares, rectangles, tiles or cubes."""
    texts, parameters, one, other = _COUNTED[ask]
    names = parameters.split(", ")
    arguments = []
    for i in range(6):
        row = [choose.integer(2, 24) for _ in names]
        if names == ["n"]:
            row = [i + choose.integer(3, 4)] if i else [3 if ask == "diagonals" else 1]
        if names[-1] == "a":
            row[-1] = choose.integer(1, 6)
        if ask == "largest_tile":
            row = [side * (i + 1) for side in row]
        arguments.append(tuple(row))
    return Exercise(
        texts=(*texts, _MORE_COUNTING_SHAPES[ask]),
        names=(f"count_{ask}" if ask != "largest_tile" else "largest_tile_side", ask, f"num_{ask}"),
        solutions=(one, other)
        if one.startswith("\n")
        else (_returns(parameters, one), _returns(parameters, other)),
        arguments=arguments,
        synonyms={**_MEASURES, "n": ("size", "k", "m"), "rows": ("m", "r"), "columns": ("n", "c"),
                  "a": ("side", "s", "edge")},
    )  # fmt: skip
