"""Numbers from matrices, rows and columns by index, matrices changed and made."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, ask_to, returns
from hrm_exercises.families.matrices import MATRICES, draw_matrix
from hrm_exercises.family import Exercise, family

_NUMBERS = {
    "det2": (
        "the determinant of a 2 x 2 matrix",
        "determinant_2x2",
        2,
        ("matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]",),
    ),
    "trace": (
        "the trace of a square matrix, that is the sum of its main diagonal",
        "trace",
        3,
        (
            "sum(matrix[i][i] for i in range(len(matrix)))",
            "sum(row[i] for i, row in enumerate(matrix))",
        ),
    ),
    "diagonal_difference": (
        "the absolute difference between the sums of both diagonals of a square matrix",
        "diagonal_difference",
        3,
        ("abs(sum(row[i] - row[-1 - i] for i, row in enumerate(matrix)))",),
    ),
    "diagonal_total": (
        "the sum of both diagonals of a square matrix, where the center of a matrix of odd size "
        "counts twice",
        "sum_of_both_diagonals",
        3,
        ("sum(row[i] + row[-1 - i] for i, row in enumerate(matrix))",),
    ),
    "middle": (
        "the sum of the middle row and the middle column of a square matrix of odd size (the "
        "center counts twice)",
        "middle_cross_sum",
        3,
        ("sum(matrix[len(matrix) // 2]) + sum(row[len(matrix) // 2] for row in matrix)",),
    ),
    "squares": (
        "the sum of the squares of all elements of a matrix",
        "sum_of_squared_elements",
        3,
        ("sum(item ** 2 for row in matrix for item in row)",),
    ),
    "even": (
        "the number of even elements of a matrix",
        "count_even_in_matrix",
        3,
        ("sum(1 for row in matrix for item in row if item % 2 == 0)",),
    ),
    "negative": (
        "the number of negative elements of a matrix",
        "count_negative_in_matrix",
        3,
        ("sum(1 for row in matrix for item in row if item < 0)",),
    ),
    "mean": (
        "the average of all elements of a matrix, rounded to 2 digits",
        "matrix_average",
        3,
        ("round(sum(map(sum, matrix)) / (len(matrix) * len(matrix[0])), 2)",),
    ),
}


@family(what=tuple(_NUMBERS))
def number_from_a_matrix(choose: Chooser, what: str) -> Exercise:
    """Determinant, trace, counts."""
    noun, name, size, expressions = _NUMBERS[what]
    solutions = [returns("matrix", expression) for expression in expressions]
    loops = {
        "diagonal_difference": """
            def solve(matrix):
                n = len(matrix)
                first = sum(matrix[i][i] for i in range(n))
                second = sum(matrix[i][n - 1 - i] for i in range(n))
                return abs(first - second)
            """,
        "diagonal_total": """
            def solve(matrix):
                total = 0
                for i in range(len(matrix)):
                    total += matrix[i][i]
                    total += matrix[i][len(matrix) - 1 - i]
                return total
            """,
        "even": """
            def solve(matrix):
                count = 0
                for row in matrix:
                    for item in row:
                        if item % 2 == 0:
                            count += 1
                return count
            """,
        "negative": """
            def solve(matrix):
                count = 0
                for row in matrix:
                    for item in row:
                        if item < 0:
                            count += 1
                return count
            """,
        "det2": """
            def solve(matrix):
                (a, b), (c, d) = matrix
                return a * d - b * c
            """,
    }
    if what in loops:
        solutions.append(loops[what])
    matrices = [draw_matrix(choose, size, size, -9, 20) for _ in range(5)]
    if size == 3 and what != "middle":
        matrices[0] = draw_matrix(choose, 2, 2, -9, 20)
    return Exercise(
        texts=(
            f"find {noun}",
            f"calculate {noun}",
            f"return {noun}",
            f"compute {noun}",
            f"write down {noun}",
        )[:4],
        names=(name, f"find_{name}", f"get_{name}"),
        solutions=solutions,
        arguments=[(matrix,) for matrix in matrices],
        synonyms={"first": ("main", "one"), "second": ("other", "two")},
    )


_MADE = {
    "identity": (
        "the identity matrix of size <n>",
        "identity_matrix",
        "n",
        "[[1 if i == j else 0 for j in range(n)] for i in range(n)]",
    ),
    "exchange": (
        "the matrix of size <n> with ones on the diagonal from the upper right to the lower left "
        "and zeros elsewhere",
        "exchange_matrix",
        "n",
        "[[1 if i + j == n - 1 else 0 for j in range(n)] for i in range(n)]",
    ),
    "counted": (
        "a square matrix of size <n> that contains 1, 2, 3 ... row by row",
        "counting_matrix",
        "n",
        "[[i * n + j + 1 for j in range(n)] for i in range(n)]",
    ),
    "upper": (
        "a square matrix of size <n> with ones on and above the main diagonal and zeros below",
        "upper_ones",
        "n",
        "[[1 if j >= i else 0 for j in range(n)] for i in range(n)]",
    ),
    "distance": (
        "a square matrix of size <n> whose element in row i and column j is the distance |i - j|",
        "distance_matrix",
        "n",
        "[[abs(i - j) for j in range(n)] for i in range(n)]",
    ),
    "minimum": (
        "a square matrix of size <n> whose element in row i and column j (from 1) is the smaller "
        "one of i and j",
        "minimum_matrix",
        "n",
        "[[min(i, j) for j in range(1, n + 1)] for i in range(1, n + 1)]",
    ),
    "frame": (
        "a square matrix of size <n> with ones on the border and zeros inside",
        "frame_matrix",
        "n",
        "[[1 if i in (0, n - 1) or j in (0, n - 1) else 0 for j in range(n)] for i in range(n)]",
    ),
}


@family(what=tuple(_MADE))
def square_matrix_of_size_n(choose: Chooser, what: str) -> Exercise:
    """Make an identity matrix and others of a size."""
    noun, name, parameter, expression = _MADE[what]
    cell = expression[2:].partition(" for j in ")[0]
    span = "range(1, n + 1)" if what == "minimum" else "range(n)"
    return Exercise(
        texts=(
            f"create {noun}",
            f"return {noun}",
            f"make {noun} as a list of lists",
            f"Given a number <n>, return {noun}.",
        ),
        names=(name, f"make_{name}", f"create_{name}"),
        solutions=(
            returns(parameter, expression),
            f"""
            def solve(n):
                result = []
                for i in {span}:
                    line = []
                    for j in {span}:
                        line.append({cell})
                    result.append(line)
                return result
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(1, 6), 5)],
        synonyms={"line": ("row", "new_row")},
    )


_CHANGES = {
    "swap_rows": Task(
        (
            "swap the rows of {} with the indexes <i> and <j>",
            "exchange two rows of {}, given by their indexes",
        ),
        ("swap_rows", "exchange_rows", "swap_two_rows"),
        (
            """
            def solve(matrix, i, j):
                matrix[i], matrix[j] = matrix[j], matrix[i]
                return matrix
            """,
        ),
    ),
    "swap_columns": Task(
        (
            "swap the columns of {} with the indexes <i> and <j>",
            "exchange two columns of {}, given by their indexes",
        ),
        ("swap_columns", "exchange_columns", "swap_two_columns"),
        (
            """
            def solve(matrix, i, j):
                for row in matrix:
                    row[i], row[j] = row[j], row[i]
                return matrix
            """,
        ),
    ),
    "minor": Task(
        (
            "remove row <i> and column <j> from {} (indexes from 0)",
            "return what is left of {} without the row with index <i> and the column with index "
            "<j>",
        ),
        ("remove_row_and_column", "minor_matrix", "submatrix"),
        (
            returns(
                "matrix, i, j", "[row[:j] + row[j + 1:] for row in matrix[:i] + matrix[i + 1:]]"
            ),
            """
            def solve(matrix, i, j):
                result = []
                for index, row in enumerate(matrix):
                    if index != i:
                        result.append(row[:j] + row[j + 1:])
                return result
            """,
        ),
    ),
    "cross": Task(
        (
            "find the sum of row <i> and column <j> of {}, where the element that is in both "
            "counts once",
        ),
        ("cross_sum", "row_and_column_sum", "sum_of_cross"),
        (returns("matrix, i, j", "sum(matrix[i]) + sum(row[j] for row in matrix) - matrix[i][j]"),),
    ),
    "neighbours": Task(
        (
            "find the sum of the elements above, below, left and right of the cell in row <i> "
            "and column <j> of {} (as far as they exist)",
        ),
        ("neighbour_sum", "sum_of_neighbours", "adjacent_cells_sum"),
        (
            """
            def solve(matrix, i, j):
                total = 0
                for row, column in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                    if 0 <= row < len(matrix) and 0 <= column < len(matrix[0]):
                        total += matrix[row][column]
                return total
            """,
        ),
    ),
    "element": Task(
        (
            "return the element of {} in row <i> and column <j> (indexes from 0), or None if "
            "there is no such place",
        ),
        ("get_cell", "element_or_none", "safe_cell"),
        (
            """
            def solve(matrix, i, j):
                if 0 <= i < len(matrix) and 0 <= j < len(matrix[0]):
                    return matrix[i][j]
                return None
            """,
        ),
    ),
}


@family(what=tuple(_CHANGES))
def rows_and_columns_by_index(choose: Chooser, what: str) -> Exercise:
    """Swap or remove rows and columns; the surroundings of a cell."""
    task = _CHANGES[what]
    arguments = []
    for matrix in [
        draw_matrix(choose, *size, 0, 20)
        for size in ((2, 3), (3, 3), (3, 2), (4, 3), (3, 4), (2, 2))
    ]:
        rows, columns = len(matrix), len(matrix[0])
        if what == "swap_rows":
            i, j = choose.sample(range(rows), 2)
        elif what == "swap_columns":
            i, j = choose.sample(range(columns), 2)
        else:
            i, j = choose.integer(0, rows - 1), choose.integer(0, columns - 1)
        if what == "element" and choose.chance(0.3):
            i += rows
        arguments.append((matrix, i, j))
    return Exercise(
        texts=(*ask_to(choose.one_of(MATRICES), task.asks), task.asks[0].format("a matrix")),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={
            "i": ("r", "m", "x"),
            "j": ("c", "n", "y"),
            "column": ("col", "q"),
            "row": ("line", "p"),
        },
    )
