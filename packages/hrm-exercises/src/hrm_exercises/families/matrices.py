"""Rows, columns, diagonals, sums and extremes of matrices."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import ask_for, returns
from hrm_exercises.family import Exercise, family

MATRICES = (
    "a matrix",
    "a given matrix",
    "a matrix of numbers",
    "a matrix (a list of lists)",
    "the given matrix",
    "a 2d list",
)
SQUARES = ("a square matrix", "a given square matrix", "the given square matrix", "an n x n matrix")


def draw_matrix(
    choose: Chooser, rows: int, columns: int, low: int = 0, high: int = 20
) -> list[list[int]]:
    """Return a matrix of numbers."""
    return [choose.integers(columns, low, high) for _ in range(rows)]


def draw_matrices(
    choose: Chooser, num: int = 6, *, square: bool = False, low: int = 0, high: int = 20
) -> list[list[list[int]]]:
    """Return matrices of several sizes."""
    sizes: Sequence[tuple[int, int]] = ((2, 3), (3, 3), (3, 2), (2, 2), (1, 3), (4, 3), (3, 4))
    if square:
        sizes = ((2, 2), (3, 3), (3, 3), (4, 4), (1, 1), (2, 2), (3, 3))
    return [draw_matrix(choose, *size, low, high) for size in choose.shuffled(sizes[:num])]


_PARTS = {
    "columns": (
        ("the columns of {} as a list of lists", "a list of all columns"),
        "columns",
        (
            "[list(column) for column in zip(*matrix)]",
            "[[row[j] for row in matrix] for j in range(len(matrix[0]))]",
        ),
    ),
    "first_column": (
        ("the first column", "the first element of each row"),
        "first_column",
        ("[row[0] for row in matrix]",),
    ),
    "last_column": (
        ("the last column", "the last element of each row"),
        "last_column",
        ("[row[-1] for row in matrix]",),
    ),
    "flat": (
        (
            "all elements of {} row by row as one list",
            "a flat list of all elements of {} in the order of the rows",
        ),
        "flatten_matrix",
        ("[item for row in matrix for item in row]", "sum(matrix, [])"),
    ),
    "by_columns": (
        ("all elements of {} column by column as one list",),
        "flatten_by_columns",
        (
            "[item for column in zip(*matrix) for item in column]",
            "[row[j] for j in range(len(matrix[0])) for row in matrix]",
        ),
    ),
    "corners": (
        ("the four corners of {} as a list: upper left, upper right, lower left, lower right",),
        "corners",
        ("[matrix[0][0], matrix[0][-1], matrix[-1][0], matrix[-1][-1]]",),
    ),
    "size": (
        (
            "the numbers of rows and columns of {} as a tuple",
            "the size of {} as a tuple (rows, columns)",
        ),
        "matrix_size",
        ("(len(matrix), len(matrix[0]))",),
    ),
    "first_row": (("the first row",), "first_row", ("matrix[0]",)),
    "inner": (
        ("what is left of {} without its first and last row and column",),
        "inner_matrix",
        ("[row[1:-1] for row in matrix[1:-1]]",),
    ),
}


@family(part=tuple(_PARTS))
def part_of_a_matrix(choose: Chooser, part: str) -> Exercise:
    """Columns, corners, size, elements of a matrix."""
    asks, name, expressions = _PARTS[part]
    solutions = [returns("matrix", expression) for expression in expressions]
    if part in ("first_column", "flat"):
        step = "append(row[0])" if part == "first_column" else "extend(row)"
        solutions.append(
            f"""
            def solve(matrix):
                result = []
                for row in matrix:
                    result.{step}
                return result
            """
        )
    return Exercise(
        texts=ask_for(choose.one_of(MATRICES), asks, "of"),
        names=(name, f"get_{name}", f"{name}_of_grid"),
        solutions=solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose)],
        synonyms={"column": ("col", "c")},
    )


_DIAGONALS = {
    "main": (
        (
            "the main diagonal of {} as a list",
            "the elements on the diagonal of {} from the upper left to the lower right",
        ),
        "main_diagonal",
        "matrix[i][i]",
    ),
    "anti": (
        (
            "the secondary diagonal of {}, from the upper right to the lower left",
            "the anti-diagonal of {}, beginning in the upper right corner",
        ),
        "anti_diagonal",
        "matrix[i][len(matrix) - 1 - i]",
    ),
    "anti_up": (
        ("the diagonal of {} from the lower left to the upper right corner",),
        "rising_diagonal",
        "matrix[len(matrix) - 1 - i][i]",
    ),
}


@family(which=tuple(_DIAGONALS), what=("list", "sum", "product", "max"))
def diagonal_of_a_matrix(choose: Chooser, which: str, what: str) -> Exercise:
    """Elements, sum, product or maximum of a diagonal."""
    asks, name, element = _DIAGONALS[which]
    cells = f"{element} for i in range(len(matrix))"
    if what == "list":
        solutions: tuple[str, ...] = (
            returns("matrix", f"[{cells}]"),
            f"""
            def solve(matrix):
                result = []
                for i in range(len(matrix)):
                    result.append({element})
                return result
            """,
        )
    else:
        noun = {"sum": "sum", "product": "product", "max": "largest element"}[what]
        where = {
            "main": "main diagonal",
            "anti": "secondary diagonal (from upper right to lower left)",
            "anti_up": "diagonal from the lower left to the upper right corner",
        }[which]
        asks = (
            f"the {noun} of the {where} of {{}}",
            f"the {noun} on the {where} of {{}}"
            if what == "max"
            else f"the {noun} of all elements on the {where} of {{}}",
        )
        name = f"{name}_{what}"
        start, step = {
            "sum": ("0", "total += {}"),
            "product": ("1", "total *= {}"),
            "max": ("matrix[0][0]", "total = max(total, {})"),
        }[what]
        if what == "max" and which != "main":
            start = "matrix[0][-1]" if which == "anti" else "matrix[-1][0]"
        loop = f"""
            def solve(matrix):
                total = {start}
                for i in range(len(matrix)):
                    {step.format(element)}
                return total
            """.replace("total", "best" if what == "max" else "total")
        direct = {"sum": f"sum({cells})", "max": f"max({cells})", "product": f"math.prod({cells})"}[
            what
        ]
        imports = "import math\n\n" if what == "product" else ""
        solutions = (imports + returns("matrix", direct), loop)
    return Exercise(
        texts=ask_for(choose.one_of(SQUARES), asks, "of"),
        names=(name, f"get_{name}", f"{name}_of_grid"),
        solutions=solutions,
        arguments=[
            (matrix,) for matrix in draw_matrices(choose, square=True, high=choose.one_of((9, 30)))
        ],
    )


_SUMS = {
    "rows": (
        ("the sums of all rows as a list", "the sum of each row"),
        "row_sums",
        ("[sum(row) for row in matrix]", "list(map(sum, matrix))"),
    ),
    "columns": (
        ("the sums of all columns as a list", "the sum of each column"),
        "column_sums",
        (
            "[sum(column) for column in zip(*matrix)]",
            "[sum(row[j] for row in matrix) for j in range(len(matrix[0]))]",
        ),
    ),
    "total": (
        ("the sum of all elements", "the total of all numbers"),
        "matrix_sum",
        ("sum(sum(row) for row in matrix)", "sum(item for row in matrix for item in row)"),
    ),
    "row_means": (
        (
            "the average of each row, rounded to 2 digits",
            "the row averages of {}, rounded to 2 digits",
        ),
        "row_averages",
        ("[round(sum(row) / len(row), 2) for row in matrix]",),
    ),
    "column_means": (
        ("the average of each column of {}, rounded to 2 digits",),
        "column_averages",
        ("[round(sum(column) / len(column), 2) for column in zip(*matrix)]",),
    ),
    "row_products": (
        ("the product of each row", "the products of the rows of {} as a list"),
        "row_products",
        ("[math.prod(row) for row in matrix]",),
    ),
    "row_max": (
        ("the largest element of each row", "the maxima of the rows of {} as a list"),
        "row_maxima",
        ("[max(row) for row in matrix]", "list(map(max, matrix))"),
    ),
    "row_min": (
        ("the smallest element of each row", "the minima of the rows of {} as a list"),
        "row_minima",
        ("[min(row) for row in matrix]", "list(map(min, matrix))"),
    ),
    "column_max": (
        ("the largest element of each column", "the maxima of the columns of {} as a list"),
        "column_maxima",
        ("[max(column) for column in zip(*matrix)]", "list(map(max, zip(*matrix)))"),
    ),
    "column_min": (
        ("the smallest element of each column", "the minima of the columns of {} as a list"),
        "column_minima",
        ("[min(column) for column in zip(*matrix)]",),
    ),
    "both": (
        ("a tuple of the list of all row sums and the list of all column sums",),
        "row_and_column_sums",
        ("([sum(row) for row in matrix], [sum(column) for column in zip(*matrix)])",),
    ),
}


@family(what=tuple(_SUMS))
def sums_of_rows_and_columns(choose: Chooser, what: str) -> Exercise:
    """Sums, averages, maxima of all rows or columns."""
    asks, name, expressions = _SUMS[what]
    imports = "import math\n\n" if "math" in expressions[0] else ""
    solutions = [imports + returns("matrix", expression) for expression in expressions]
    if what == "columns":
        solutions.append(
            """
            def solve(matrix):
                result = [0] * len(matrix[0])
                for row in matrix:
                    for j in range(len(row)):
                        result[j] += row[j]
                return result
            """
        )
    elif what == "total":
        solutions.append(
            """
            def solve(matrix):
                total = 0
                for row in matrix:
                    for number in row:
                        total += number
                return total
            """
        )
    elif what in ("rows", "row_max", "row_min"):
        function = {"rows": "sum", "row_max": "max", "row_min": "min"}[what]
        solutions.append(
            f"""
            def solve(matrix):
                result = []
                for row in matrix:
                    result.append({function}(row))
                return result
            """
        )
    return Exercise(
        texts=ask_for(choose.one_of(MATRICES), asks, choose.one_of(("of", "in"))),
        names=(name, f"{name}_of_grid", f"get_{name}"),
        solutions=solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose, high=choose.one_of((9, 30)))],
        synonyms={"column": ("col", "c")},
    )


_REGIONS = {
    "above": ("above the main diagonal", "j > i"),
    "below": ("below the main diagonal", "j < i"),
    "on_or_above": ("on or above the main diagonal", "j >= i"),
    "on_or_below": ("on or below the main diagonal", "j <= i"),
    "border": ("on the border", "i in (0, n - 1) or j in (0, n - 1)"),
    "inner": ("that are not on the border", "0 < i < n - 1 and 0 < j < n - 1"),
    "diagonals": ("on the two diagonals (a common center counts once)", "i == j or i + j == n - 1"),
    "even": ("at places where row index plus column index is even", "(i + j) % 2 == 0"),
}


@family(region=tuple(_REGIONS), what=("sum", "list"))
def region_of_a_square_matrix(choose: Chooser, region: str, what: str) -> Exercise:
    """Sum or list of the elements above the diagonal, on the border ..."""
    where, condition = _REGIONS[region]
    size = "n = len(matrix)\n                " if "n - 1" in condition else ""
    if what == "sum":
        asks = (
            f"the sum of the elements of {{}} {where}",
            f"the sum of all numbers of {{}} {where}",
        )
        start, step = "total = 0", "total += matrix[i][j]"
        result = "total"
    else:
        asks = (
            f"the elements of {{}} {where}, row by row",
            f"a list of all numbers of {{}} {where}, in the order of the rows",
        )
        start, step = "result = []", "result.append(matrix[i][j])"
        result = "result"
    inline = condition.replace("n - 1", "len(matrix) - 1")
    cells = f"matrix[i][j] for i in range(len(matrix)) for j in range(len(matrix)) if {inline}"
    solutions = [
        f"""
            def solve(matrix):
                {size}{start}
                for i in range(len(matrix)):
                    for j in range(len(matrix)):
                        if {condition}:
                            {step}
                return {result}
            """
    ]
    if not size:
        solutions.append(returns("matrix", f"sum({cells})" if what == "sum" else f"[{cells}]"))
    return Exercise(
        texts=ask_for(choose.one_of(SQUARES), asks),
        names=(f"{what}_{region}", f"{region}_{what}", f"matrix_{region}_{what}"),
        solutions=solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose, square=True, high=9)],
        synonyms={"n": ("size", "last", "num")},
    )


_EXTREMES = {
    "max": (
        ("the largest element", "the maximum of all elements"),
        "matrix_max",
        ("max(max(row) for row in matrix)", "max(item for row in matrix for item in row)"),
    ),
    "min": (
        ("the smallest element", "the minimum of all elements"),
        "matrix_min",
        ("min(min(row) for row in matrix)", "min(item for row in matrix for item in row)"),
    ),
    "range": (
        ("the difference between the largest and the smallest element",),
        "matrix_range",
        ("max(map(max, matrix)) - min(map(min, matrix))",),
    ),
    "best_row": (
        ("the index of the row with the largest sum (the first one if there are several)",),
        "index_of_largest_row_sum",
        (),
    ),
    "best_row_itself": (
        ("the row with the largest sum (the first one if there are several)",),
        "row_with_largest_sum",
        ("max(matrix, key=sum)",),
    ),
    "best_column": (
        ("the index of the column with the largest sum (the first one if there are several)",),
        "index_of_largest_column_sum",
        (),
    ),
    "place": (
        (
            "the place of the largest element of {} as a tuple (row, column); the first one in "
            "reading order",
        ),
        "position_of_max",
        (),
    ),
    "max_of_min": (
        ("the largest of the minima of all rows",),
        "max_of_row_minima",
        ("max(min(row) for row in matrix)",),
    ),
    "min_of_max": (
        ("the smallest of the maxima of all rows",),
        "min_of_row_maxima",
        ("min(max(row) for row in matrix)",),
    ),
    "row_sum": (
        ("the largest sum of a row", "the maximum row sum"),
        "largest_row_sum",
        ("max(sum(row) for row in matrix)", "max(map(sum, matrix))"),
    ),
    "column_sum": (
        ("the smallest sum of a column", "the minimum column sum"),
        "smallest_column_sum",
        ("min(sum(column) for column in zip(*matrix))",),
    ),
}
_EXTREME_LOOPS = {
    "best_row": (
        """
        def solve(matrix):
            sums = [sum(row) for row in matrix]
            return sums.index(max(sums))
        """,
        """
        def solve(matrix):
            best = 0
            for i in range(len(matrix)):
                if sum(matrix[i]) > sum(matrix[best]):
                    best = i
            return best
        """,
    ),
    "best_column": (
        """
        def solve(matrix):
            sums = [sum(column) for column in zip(*matrix)]
            return sums.index(max(sums))
        """,
    ),
    "place": (
        """
        def solve(matrix):
            best = (0, 0)
            for i in range(len(matrix)):
                for j in range(len(matrix[i])):
                    if matrix[i][j] > matrix[best[0]][best[1]]:
                        best = (i, j)
            return best
        """,
        """
        def solve(matrix):
            largest = max(max(row) for row in matrix)
            for i, row in enumerate(matrix):
                if largest in row:
                    return (i, row.index(largest))
        """,
    ),
}


@family(what=tuple(_EXTREMES))
def extremes_of_a_matrix(choose: Chooser, what: str) -> Exercise:
    """Largest and smallest elements, rows and columns."""
    asks, name, expressions = _EXTREMES[what]
    solutions = [returns("matrix", expression) for expression in expressions]
    solutions += _EXTREME_LOOPS.get(what, ())
    return Exercise(
        texts=ask_for(
            choose.one_of(MATRICES),
            tuple(ask.replace(" (the first", " of {} (the first") for ask in asks),
            choose.one_of(("of", "in")),
        ),
        names=(name, f"get_{name}", f"find_{name}"),
        solutions=solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose, low=-9, high=30)],
        synonyms={"key": ("key",), "column": ("col", "c")},
    )
