"""Rows and columns of matrices by index, matrices changed as a whole."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, ask_for, ask_to, returns
from hrm_exercises.families.matrices import MATRICES, SQUARES, draw_matrices, draw_matrix
from hrm_exercises.family import Exercise, family

_KTH = {
    "column": Task(
        (
            "return column <k> of {} as a list (indexes from 0)",
            "extract the column of {} with the index <k>",
        ),
        ("get_column", "kth_column", "extract_kth_column"),
        (
            returns("matrix, k", "[row[k] for row in matrix]"),
            """
            def solve(matrix, k):
                result = []
                for row in matrix:
                    result.append(row[k])
                return result
            """,
        ),
    ),
    "column_sum": Task(
        ("find the sum of column <k> of {} (indexes from 0)",),
        ("kth_column_sum", "sum_of_column", "column_total"),
        (returns("matrix, k", "sum(row[k] for row in matrix)"),),
    ),
    "row_sum": Task(
        ("find the sum of row <k> of {} (indexes from 0)",),
        ("kth_row_sum", "sum_of_row", "row_total"),
        (returns("matrix, k", "sum(matrix[k])"),),
    ),
    "remove_column": Task(
        (
            "remove column <k> from {} (indexes from 0)",
            "delete the column of {} with the index <k>",
        ),
        ("remove_column", "delete_column", "drop_column"),
        (
            returns("matrix, k", "[row[:k] + row[k + 1:] for row in matrix]"),
            """
            def solve(matrix, k):
                for row in matrix:
                    del row[k]
                return matrix
            """,
        ),
    ),
    "remove_row": Task(
        ("remove row <k> from {} (indexes from 0)", "delete the row of {} with the index <k>"),
        ("remove_row", "delete_row", "drop_row"),
        (
            returns("matrix, k", "matrix[:k] + matrix[k + 1:]"),
            """
            def solve(matrix, k):
                matrix.pop(k)
                return matrix
            """,
        ),
    ),
    "sort": Task(
        ("sort the rows of {} by their elements in column <k>; equal ones keep their order",),
        ("sort_by_column", "sort_rows_by_column", "order_rows"),
        (returns("matrix, k", "sorted(matrix, key=lambda row: row[k])"),),
    ),
    "max": Task(
        ("find the largest element in column <k> of {} (indexes from 0)",),
        ("max_in_column", "largest_in_column", "column_maximum"),
        (returns("matrix, k", "max(row[k] for row in matrix)"),),
    ),
    "shift": Task(
        ("rotate each row of {} to the left by <k> places",),
        ("rotate_rows", "shift_rows_left", "rotate_each_row"),
        (
            """
            def solve(matrix, k):
                k %= len(matrix[0])
                return [row[k:] + row[:k] for row in matrix]
            """,
        ),
    ),
    "shift_down": Task(
        ("rotate the rows of {} downwards by <k> places, so that the last rows come to the top",),
        ("rotate_rows_down", "shift_rows_down", "cycle_rows"),
        (
            """
            def solve(matrix, k):
                k %= len(matrix)
                return matrix[len(matrix) - k:] + matrix[:len(matrix) - k]
            """,
        ),
    ),
}


@family(what=tuple(_KTH))
def kth_row_or_column(choose: Chooser, what: str) -> Exercise:
    """Return, remove, sum the k-th row or column."""
    task = _KTH[what]
    sizes = ((2, 3), (3, 3), (3, 2), (4, 3), (3, 4), (2, 2))
    return Exercise(
        texts=(*ask_to(choose.one_of(MATRICES), task.asks), task.asks[0].format("a matrix")),
        names=task.names,
        solutions=task.solutions,
        arguments=[(draw_matrix(choose, *size, 0, 20), choose.integer(0, 1)) for size in sizes[:3]]
        + [
            (draw_matrix(choose, *size, 0, 20), choose.integer(0, min(size) - 1))
            for size in sizes[3:]
        ],
        synonyms={
            "key": ("key",),
            "k": ("n", "c") if "row" not in what else ("n", "r"),
        },
    )


_UPDATES = {
    "zeros": Task(
        ("set every row and every column of {} that contains a 0 to zeros",),
        ("zero_rows_and_columns", "spread_zeros", "set_zeros"),
        (
            """
            def solve(matrix):
                rows = {i for i, row in enumerate(matrix) if 0 in row}
                columns = {j for row in matrix for j, number in enumerate(row) if number == 0}
                return [
                    [0 if i in rows or j in columns else number for j, number in enumerate(row)]
                    for i, row in enumerate(matrix)
                ]
            """,
            """
            def solve(matrix):
                result = [row[:] for row in matrix]
                for i in range(len(matrix)):
                    for j in range(len(matrix[0])):
                        if matrix[i][j] == 0:
                            result[i] = [0] * len(matrix[0])
                            for row in result:
                                row[j] = 0
                return result
            """,
        ),
    ),
    "border": Task(
        ("put a border of zeros around {}", "surround {} with zeros on all four sides"),
        ("add_border", "surround_with_zeros", "pad_matrix"),
        (
            """
            def solve(matrix):
                width = len(matrix[0]) + 2
                result = [[0] * width]
                for row in matrix:
                    result.append([0] + row + [0])
                result.append([0] * width)
                return result
            """,
        ),
    ),
    "row_sums": Task(
        ("append the sum of each row of {} to it", "add a last column with the row sums to {}"),
        ("append_row_sums", "with_row_sums", "add_sum_column"),
        (
            returns("matrix", "[row + [sum(row)] for row in matrix]"),
            """
            def solve(matrix):
                for row in matrix:
                    row.append(sum(row))
                return matrix
            """,
        ),
    ),
    "column_sums": Task(
        ("add a last row with the column sums to {}",),
        ("append_column_sums", "with_column_sums", "add_sum_row"),
        (returns("matrix", "matrix + [[sum(column) for column in zip(*matrix)]]"),),
    ),
    "sorted_rows": Task(
        ("sort each row of {} in ascending order", "sort the elements of {} row by row"),
        ("sort_rows", "sort_each_row", "rows_sorted"),
        (
            returns("matrix", "[sorted(row) for row in matrix]"),
            """
            def solve(matrix):
                for row in matrix:
                    row.sort()
                return matrix
            """,
        ),
    ),
    "sorted_columns": Task(
        ("sort each column of {} in ascending order from top to bottom",),
        ("sort_columns", "sort_each_column", "columns_sorted"),
        (
            """
            def solve(matrix):
                columns = [sorted(column) for column in zip(*matrix)]
                return [list(row) for row in zip(*columns)]
            """,
        ),
    ),
    "ends": Task(
        (
            "interchange the first and the last row of {}",
            "swap the top row and the bottom row of {}",
        ),
        ("swap_first_last_row", "interchange_end_rows", "swap_top_bottom"),
        (
            """
            def solve(matrix):
                matrix[0], matrix[-1] = matrix[-1], matrix[0]
                return matrix
            """,
        ),
    ),
    "column_ends": Task(
        (
            "interchange the first and the last column of {}",
            "swap the first and the last element of each row of {}",
        ),
        ("swap_first_last_column", "interchange_end_columns", "swap_row_ends"),
        (
            """
            def solve(matrix):
                for row in matrix:
                    row[0], row[-1] = row[-1], row[0]
                return matrix
            """,
        ),
    ),
    "parity": Task(
        ("replace each element of {} by 1 if it is odd and by 0 if it is even",),
        ("parity_matrix", "odd_as_one", "matrix_mod_two"),
        (
            returns("matrix", "[[number % 2 for number in row] for row in matrix]"),
            """
            def solve(matrix):
                result = []
                for row in matrix:
                    result.append([1 if number % 2 == 1 else 0 for number in row])
                return result
            """,
        ),
    ),
    "double": Task(
        ("double each element of {}",),
        ("double_matrix", "twice_each_element", "matrix_times_two"),
        (
            returns("matrix", "[[number * 2 for number in row] for row in matrix]"),
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(len(matrix[i])):
                        matrix[i][j] *= 2
                return matrix
            """,
        ),
    ),
    "unique_rows": Task(
        ("remove repeated rows from {} and keep the first of each",),
        ("unique_rows", "remove_duplicate_rows", "distinct_rows"),
        (
            """
            def solve(matrix):
                result = []
                for row in matrix:
                    if row not in result:
                        result.append(row)
                return result
            """,
        ),
    ),
}


@family(what=tuple(_UPDATES))
def change_a_whole_matrix(choose: Chooser, what: str) -> Exercise:
    """Set zeros, add borders and sums, sort rows ..."""
    task = _UPDATES[what]
    matrices = draw_matrices(choose, 6, high=20)
    if what == "zeros":
        matrices = draw_matrices(choose, 6, high=4)
    elif what == "unique_rows":
        matrices = [[*draw_matrix(choose, 3, 2, 0, 1), [0, 1], [0, 1]] for _ in range(5)]
    return Exercise(
        texts=(*ask_to(choose.one_of(MATRICES), task.asks), task.asks[0].format("a matrix")),
        names=task.names,
        solutions=task.solutions,
        arguments=[(matrix,) for matrix in matrices],
        synonyms={
            "column": ("col", "c"),
            "columns": ("cols", "turned"),
            "rows": ("lines", "zero_rows"),
        },
    )


_RESHAPES = {
    "rows": (
        "a matrix with rows of <k> elements (the length of the list is a multiple of <k>)",
        "to_rows",
        "[numbers[i:i + k] for i in range(0, len(numbers), k)]",
    ),
    "columns": (
        "a matrix with <k> rows that is filled column by column (the length of the list is a "
        "multiple of <k>)",
        "fill_by_columns",
        "[numbers[i::k] for i in range(k)]",
    ),
    "num_rows": (
        "a matrix with <k> rows that is filled row by row (the length of the list is a multiple "
        "of <k>)",
        "to_k_rows",
        "[numbers[i * len(numbers) // k:(i + 1) * len(numbers) // k] for i in range(k)]",
    ),
}


@family(shape=tuple(_RESHAPES))
def matrix_from_a_list(choose: Chooser, shape: str) -> Exercise:
    """Cut a list into rows or columns of a matrix."""
    noun, name, expression = _RESHAPES[shape]
    arguments = [(choose.integers(k * choose.integer(1, 4), 0, 20), k) for k in (2, 3, 2, 4, 1, 3)]
    loops = {
        "rows": """
            def solve(numbers, k):
                result = []
                for i in range(0, len(numbers), k):
                    result.append(numbers[i:i + k])
                return result
            """,
        "columns": """
            def solve(numbers, k):
                result = [[] for _ in range(k)]
                for i, number in enumerate(numbers):
                    result[i % k].append(number)
                return result
            """,
        "num_rows": """
            def solve(numbers, k):
                size = len(numbers) // k
                return [numbers[i * size:(i + 1) * size] for i in range(k)]
            """,
    }
    return Exercise(
        texts=(
            f"turn a list into {noun}",
            f"convert a flat list to {noun}",
            f"Given a list and a number <k>, return {noun}.",
            f"reshape a list to {noun}",
        ),
        names=(name, f"reshape_{shape}", "list_to_matrix"),
        solutions=(loops[shape], returns("numbers, k", expression))
        if shape != "num_rows"
        else (loops[shape],),
        arguments=arguments,
    )


_SQUARE_TASKS = {
    "diagonal_list": Task(
        (
            "both diagonals of {} as a tuple of two lists (first the main one, then that from "
            "the upper right)",
        ),
        ("both_diagonals", "two_diagonals", "diagonal_lists"),
        (
            """
            def solve(matrix):
                n = len(matrix)
                first = [matrix[i][i] for i in range(n)]
                second = [matrix[i][n - 1 - i] for i in range(n)]
                return (first, second)
            """,
        ),
    ),
    "upper": Task(
        ("{} with all elements below the main diagonal replaced by 0",),
        ("keep_upper_triangle", "upper_triangle", "clear_below_diagonal"),
        (
            """
            def solve(matrix):
                n = len(matrix)
                return [[matrix[i][j] if j >= i else 0 for j in range(n)] for i in range(n)]
            """,
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    for j in range(i):
                        matrix[i][j] = 0
                return matrix
            """,
        ),
    ),
    "swap_diagonals": Task(
        ("{} with its two diagonals exchanged within each row",),
        ("swap_diagonals", "exchange_diagonals", "interchange_diagonals"),
        (
            """
            def solve(matrix):
                for i in range(len(matrix)):
                    row = matrix[i]
                    row[i], row[-1 - i] = row[-1 - i], row[i]
                return matrix
            """,
        ),
    ),
    "det3": Task(
        ("the determinant of {}, which is 3 x 3",),
        ("determinant_3x3", "det_3x3", "three_by_three_determinant"),
        (
            """
            def solve(matrix):
                (a, b, c), (d, e, f), (g, h, i) = matrix
                return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
            """,
        ),
    ),
    "layers": Task(
        ("the sums of the layers of {} from the border inwards, as a list",),
        ("layer_sums", "ring_sums", "sums_of_rings"),
        (
            """
            def solve(matrix):
                n = len(matrix)
                result = [0] * ((n + 1) // 2)
                for i in range(n):
                    for j in range(n):
                        result[min(i, j, n - 1 - i, n - 1 - j)] += matrix[i][j]
                return result
            """,
        ),
    ),
    "ones_row": Task(
        ("the index of the row of {} with the most ones (the first such row)",),
        ("row_with_most_ones", "most_ones", "best_row_of_ones"),
        (
            """
            def solve(matrix):
                counts = [row.count(1) for row in matrix]
                return counts.index(max(counts))
            """,
            """
            def solve(matrix):
                best = 0
                for i, row in enumerate(matrix):
                    if row.count(1) > matrix[best].count(1):
                        best = i
                return best
            """,
        ),
    ),
}


@family(what=tuple(_SQUARE_TASKS))
def tasks_on_square_matrices(choose: Chooser, what: str) -> Exercise:
    """Diagonals, triangles, layers, determinants of square matrices."""
    task = _SQUARE_TASKS[what]
    if what == "det3":
        matrices = [draw_matrix(choose, 3, 3, -3, 6) for _ in range(5)]
    else:
        matrices = draw_matrices(choose, 6, square=True, high=1 if what == "ones_row" else 20)
    return Exercise(
        texts=(
            *ask_for(choose.one_of(SQUARES), task.asks),
            f"return {task.asks[0].format('a square matrix')}",
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[(matrix,) for matrix in matrices],
        synonyms={"first": ("main", "one"), "second": ("other", "two"), "i": ("i",)},
    )
