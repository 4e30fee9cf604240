"""Properties of matrices, and values in them."""

from collections.abc import Callable

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, ask_to, ask_whether, returns
from hrm_exercises.families.matrices import MATRICES, SQUARES, draw_matrices, draw_matrix
from hrm_exercises.family import Exercise, family

_CHECKS = {
    "square": Task(
        ("is square", "has as many rows as columns"),
        ("is_square_matrix", "is_square", "check_square"),
        (
            returns("matrix", "all(len(row) == len(matrix) for row in matrix)"),
            """
            def solve(matrix):
                for row in matrix:
                    if len(row) != len(matrix):
                        return False
                return True
            """,
        ),
    ),
    "symmetric": Task(
        ("is symmetric", "is equal to its transpose"),
        ("is_symmetric", "equals_transpose", "check_symmetry"),
        (
            """
            def solve(matrix):
                n = len(matrix)
                return all(matrix[i][j] == matrix[j][i] for i in range(n) for j in range(n))
            """,
            returns("matrix", "matrix == [list(column) for column in zip(*matrix)]"),
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(i):
                        if matrix[i][j] != matrix[j][i]:
                            return False
                return True
            """,
        ),
    ),
    "identity": Task(
        ("is an identity matrix", "has ones on the main diagonal and zeros everywhere else"),
        ("is_identity", "check_identity", "is_unit_matrix"),
        (
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(len(matrix)):
                        if matrix[i][j] != (1 if i == j else 0):
                            return False
                return True
            """,
            """
            def solve(matrix):
                n = len(matrix)
                return matrix == [[1 if i == j else 0 for j in range(n)] for i in range(n)]
            """,
        ),
    ),
    "diagonal": Task(
        ("is a diagonal matrix (only zeros off the main diagonal)",),
        ("is_diagonal", "check_diagonal", "is_diagonal_matrix"),
        (
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(len(matrix)):
                        if i != j and matrix[i][j] != 0:
                            return False
                return True
            """,
        ),
    ),
    "upper": Task(
        ("is upper triangular (only zeros below the main diagonal)",),
        ("is_upper_triangular", "upper_triangular", "check_upper"),
        (
            returns(
                "matrix", "all(matrix[i][j] == 0 for i in range(len(matrix)) for j in range(i))"
            ),
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(i):
                        if matrix[i][j] != 0:
                            return False
                return True
            """,
        ),
    ),
    "lower": Task(
        ("is lower triangular (only zeros above the main diagonal)",),
        ("is_lower_triangular", "lower_triangular", "check_lower"),
        (
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(i + 1, len(matrix)):
                        if matrix[i][j] != 0:
                            return False
                return True
            """,
            returns("matrix", "not any(any(row[i + 1:]) for i, row in enumerate(matrix))"),
        ),
    ),
    "magic": Task(
        ("is a magic square: all rows, columns and both diagonals have the same sum",),
        ("is_magic_square", "check_magic", "magic_square"),
        (
            """
            def solve(matrix):
                n = len(matrix)
                sums = {sum(row) for row in matrix}
                sums.update(sum(column) for column in zip(*matrix))
                sums.add(sum(matrix[i][i] for i in range(n)))
                sums.add(sum(matrix[i][n - 1 - i] for i in range(n)))
                return len(sums) == 1
            """,
        ),
    ),
    "toeplitz": Task(
        (
            "is a Toeplitz matrix, where each diagonal from upper left to lower right has equal "
            "elements",
        ),
        ("is_toeplitz", "constant_diagonals", "check_toeplitz"),
        (
            """
            def solve(matrix):
                for i in range(1, len(matrix)):
                    for j in range(1, len(matrix[i])):
                        if matrix[i][j] != matrix[i - 1][j - 1]:
                            return False
                return True
            """,
            returns("matrix", "all(x[:-1] == y[1:] for x, y in zip(matrix, matrix[1:]))"),
        ),
    ),
    "row_sums": Task(
        ("has the same sum in all rows",),
        ("equal_row_sums", "rows_have_same_sum", "same_row_sums"),
        (
            returns("matrix", "len({sum(row) for row in matrix}) == 1"),
            returns("matrix", "all(sum(row) == sum(matrix[0]) for row in matrix)"),
        ),
    ),
    "sorted_rows": Task(
        ("has only rows that are sorted in ascending order",),
        ("rows_are_sorted", "all_rows_sorted", "check_rows_sorted"),
        (
            returns("matrix", "all(row == sorted(row) for row in matrix)"),
            """
            def solve(matrix):
                for row in matrix:
                    if row != sorted(row):
                        return False
                return True
            """,
        ),
    ),
    "zero": Task(
        ("contains only zeros", "is a zero matrix"),
        ("is_zero_matrix", "all_zero", "only_zeros"),
        (
            returns("matrix", "all(item == 0 for row in matrix for item in row)"),
            returns("matrix", "not any(any(row) for row in matrix)"),
        ),
    ),
    "sparse": Task(
        (
            "has more zeros than other elements",
            "is sparse: more than half of its elements are zero",
        ),
        ("is_sparse", "mostly_zeros", "check_sparse"),
        (
            """
            def solve(matrix):
                zeros = sum(row.count(0) for row in matrix)
                return zeros > len(matrix) * len(matrix[0]) / 2
            """,
            """
            def solve(matrix):
                zeros = 0
                others = 0
                for row in matrix:
                    for item in row:
                        if item == 0:
                            zeros += 1
                        else:
                            others += 1
                return zeros > others
            """,
        ),
    ),
}


@family(claim=tuple(_CHECKS))
def properties_of_a_matrix(choose: Chooser, claim: str) -> Exercise:
    """Check whether a matrix is symmetric, triangular, magic ..."""
    task = _CHECKS[claim]
    square = claim in ("symmetric", "identity", "diagonal", "upper", "lower", "magic")
    matrices = []
    for index in range(7):
        rows = choose.integer(2, 3)
        columns = rows if square else choose.integer(2, 4)
        matrix = draw_matrix(choose, rows, columns, 0, 9)
        if index % 2:
            matrix = _with_property(choose, claim, matrix)
        if index == 5 and claim in ("identity", "diagonal", "upper", "lower"):
            matrix[1][0] += 1
        matrices.append(matrix)
    return Exercise(
        texts=ask_whether(choose.one_of(SQUARES if square else MATRICES), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(matrix,) for matrix in matrices],
        synonyms={"column": ("col", "c"), "x": ("row1", "upper"), "y": ("row2", "lower")},
    )


def _with_property(choose: Chooser, claim: str, matrix: list[list[int]]) -> list[list[int]]:
    """Return a matrix of a similar size that has a property."""
    rows, columns = len(matrix), len(matrix[0])
    keep: dict[str, Callable[[int, int], int]] = {
        "identity": lambda i, j: int(i == j),
        "diagonal": lambda i, j: matrix[i][j] if i == j else 0,
        "upper": lambda i, j: matrix[i][j] if i <= j else 0,
        "lower": lambda i, j: matrix[i][j] if i >= j else 0,
        "symmetric": lambda i, j: matrix[max(i, j)][min(i, j)],
        "toeplitz": lambda i, j: matrix[0][j - i] if j >= i else matrix[i - j][0],
        "row_sums": lambda i, j: matrix[0][(i + j) % columns],
        "sorted_rows": lambda i, j: sorted(matrix[i])[j],
        "zero": lambda i, j: 0,
        "sparse": lambda i, j: matrix[i][j] if i == j else 0,
    }
    if claim == "square":
        return draw_matrix(choose, rows, rows, 0, 9)
    if claim == "magic":
        start, step = choose.integer(0, 5), choose.integer(1, 4)
        magic = choose.one_of(([2, 7, 6, 9, 5, 1, 4, 3, 8], [4, 9, 2, 3, 5, 7, 8, 1, 6]))
        return [[start + step * n for n in magic[i : i + 3]] for i in (0, 3, 6)]
    cell = keep[claim]
    return [[cell(i, j) for j in range(columns)] for i in range(rows)]


_BY_VALUE = {
    "contains": Task(
        ("check whether {} contains <item>", "return True if <item> occurs in {}, else False"),
        ("matrix_contains", "is_in_matrix", "search_matrix"),
        (
            returns("matrix, item", "any(item in row for row in matrix)"),
            """
            def solve(matrix, item):
                for row in matrix:
                    for number in row:
                        if number == item:
                            return True
                return False
            """,
        ),
    ),
    "place": Task(
        (
            "find the first place of <item> in {} as a tuple (row, column), or (-1, -1)",
            "return the row and the column index of <item> in {} as a tuple; (-1, -1) if it is "
            "missing",
        ),
        ("find_in_matrix", "position_in_matrix", "locate"),
        (
            """
            def solve(matrix, item):
                for i in range(len(matrix)):
                    for j in range(len(matrix[i])):
                        if matrix[i][j] == item:
                            return (i, j)
                return (-1, -1)
            """,
            """
            def solve(matrix, item):
                for i, row in enumerate(matrix):
                    if item in row:
                        return (i, row.index(item))
                return (-1, -1)
            """,
        ),
    ),
    "count": Task(
        (
            "count how often <item> occurs in {}",
            "find the number of elements of {} that are equal to <item>",
        ),
        ("count_in_matrix", "occurrences_in_matrix", "matrix_count"),
        (
            returns("matrix, item", "sum(row.count(item) for row in matrix)"),
            """
            def solve(matrix, item):
                count = 0
                for row in matrix:
                    for number in row:
                        if number == item:
                            count += 1
                return count
            """,
        ),
    ),
    "places": Task(
        (
            "list all places (row, column) of {} where <item> occurs",
            "find the positions of all elements of {} that equal <item>, as a list of tuples",
        ),
        ("all_positions", "find_all_in_matrix", "places_of_value"),
        (
            """
            def solve(matrix, item):
                result = []
                for i, row in enumerate(matrix):
                    for j, number in enumerate(row):
                        if number == item:
                            result.append((i, j))
                return result
            """,
            """
            def solve(matrix, item):
                return [
                    (i, j)
                    for i in range(len(matrix))
                    for j in range(len(matrix[i]))
                    if matrix[i][j] == item
                ]
            """,
        ),
    ),
    "greater": Task(
        ("count the elements of {} that are greater than <item>",),
        ("count_greater_in_matrix", "matrix_count_above", "elements_above"),
        (returns("matrix, item", "sum(1 for row in matrix for number in row if number > item)"),),
    ),
    "rows": Task(
        ("return the rows of {} that contain <item>", "list all rows of {} in which <item> occurs"),
        ("rows_with_value", "rows_containing", "select_rows"),
        (
            returns("matrix, item", "[row for row in matrix if item in row]"),
            """
            def solve(matrix, item):
                result = []
                for row in matrix:
                    if item in row:
                        result.append(row)
                return result
            """,
        ),
    ),
    "rows_without": Task(
        ("remove all rows of {} that contain <item>",),
        ("remove_rows_with", "drop_rows", "rows_without_value"),
        (returns("matrix, item", "[row for row in matrix if item not in row]"),),
    ),
    "row_sums": Task(
        ("return the rows of {} whose sum is greater than <item>",),
        ("rows_with_large_sum", "rows_above", "filter_rows_by_sum"),
        (returns("matrix, item", "[row for row in matrix if sum(row) > item]"),),
    ),
    "count_row": Task(
        ("return a list with the number of occurrences of <item> in each row of {}",),
        ("count_per_row", "row_counts", "occurrences_per_row"),
        (returns("matrix, item", "[row.count(item) for row in matrix]"),),
    ),
}


@family(what=tuple(_BY_VALUE))
def value_in_a_matrix(choose: Chooser, what: str) -> Exercise:
    """Find, count or select by a value."""
    task = _BY_VALUE[what]
    arguments: list[tuple[list[list[int]], int]] = []
    for index, matrix in enumerate(draw_matrices(choose, 7, high=9)):
        item = choose.one_of(choose.one_of(matrix)) if index % 2 else choose.integer(0, 9)
        arguments.append((matrix, choose.integer(8, 18) if what == "row_sums" else item))
    return Exercise(
        texts=ask_to(choose.one_of(MATRICES), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={"item": ("x", "target", "value", "k")},
    )
