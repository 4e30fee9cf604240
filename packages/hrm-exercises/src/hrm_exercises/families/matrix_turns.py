"""Matrices turned, walked through and combined."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, ask_for, ask_to, returns
from hrm_exercises.families.matrices import MATRICES, draw_matrices, draw_matrix
from hrm_exercises.family import Exercise, family

_TURNS = {
    "transpose": Task(
        ("transpose {}", "exchange the rows and columns of {}", "find the transpose of {}"),
        ("transpose", "transpose_matrix", "swap_rows_and_columns"),
        (
            returns("matrix", "[list(column) for column in zip(*matrix)]"),
            returns("matrix", "[[row[j] for row in matrix] for j in range(len(matrix[0]))]"),
            """
            def solve(matrix):
                result = []
                for j in range(len(matrix[0])):
                    column = []
                    for i in range(len(matrix)):
                        column.append(matrix[i][j])
                    result.append(column)
                return result
            """,
        ),
    ),
    "clockwise": Task(
        ("rotate {} by 90 degrees clockwise", "turn {} to the right by 90 degrees"),
        ("rotate_clockwise", "rotate_right_90", "turn_matrix"),
        (
            returns("matrix", "[list(row) for row in zip(*matrix[::-1])]"),
            returns("matrix", "[[row[j] for row in matrix[::-1]] for j in range(len(matrix[0]))]"),
        ),
    ),
    "counterclockwise": Task(
        ("rotate {} by 90 degrees counterclockwise", "turn {} to the left by 90 degrees"),
        ("rotate_counterclockwise", "rotate_left_90", "turn_left"),
        (
            returns("matrix", "[list(row) for row in zip(*matrix)][::-1]"),
            """
            def solve(matrix):
                result = []
                for j in range(len(matrix[0]) - 1, -1, -1):
                    result.append([row[j] for row in matrix])
                return result
            """,
        ),
    ),
    "half": Task(
        ("rotate {} by 180 degrees",),
        ("rotate_180", "rotate_half_turn", "upside_down"),
        (
            returns("matrix", "[row[::-1] for row in matrix[::-1]]"),
            """
            def solve(matrix):
                result = []
                for row in reversed(matrix):
                    result.append(list(reversed(row)))
                return result
            """,
        ),
    ),
    "horizontal": Task(
        (
            "reverse each row of {}",
            "mirror {} so that left and right are exchanged",
            "flip {} horizontally",
        ),
        ("flip_horizontal", "mirror_rows", "reverse_rows_elements"),
        (
            returns("matrix", "[row[::-1] for row in matrix]"),
            """
            def solve(matrix):
                result = []
                for row in matrix:
                    result.append(row[::-1])
                return result
            """,
        ),
    ),
    "vertical": Task(
        (
            "reverse the order of the rows of {}",
            "mirror {} so that top and bottom are exchanged",
            "flip {} vertically",
        ),
        ("flip_vertical", "reverse_rows", "mirror_vertical"),
        (returns("matrix", "matrix[::-1]"), returns("matrix", "list(reversed(matrix))")),
    ),
    "anti_transpose": Task(
        ("mirror {} at the diagonal from the lower left to the upper right corner",),
        ("anti_transpose", "mirror_at_anti_diagonal", "flip_anti_diagonal"),
        (
            returns("matrix", "[list(column)[::-1] for column in zip(*matrix)][::-1]"),
            """
            def solve(matrix):
                rows = len(matrix)
                columns = len(matrix[0])
                return [
                    [matrix[rows - 1 - i][columns - 1 - j] for i in range(rows)]
                    for j in range(columns)
                ]
            """,
        ),
    ),
}


@family(turn=tuple(_TURNS))
def turn_or_mirror_a_matrix(choose: Chooser, turn: str) -> Exercise:
    """Transpose, rotate, flip."""
    task = _TURNS[turn]
    return Exercise(
        texts=ask_to(choose.one_of(MATRICES), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose)],
        synonyms={
            "column": ("col", "c", "new_row"),
            "rows": ("m", "height"),
            "columns": ("n", "width"),
        },
    )


_WALKS = {
    "spiral": Task(
        (
            "the elements of {} in spiral order, clockwise from the upper left corner",
            "all elements of {} in the order of a clockwise spiral that begins in the upper left "
            "corner",
        ),
        ("spiral_order", "spiral", "spiral_walk"),
        (
            """
            def solve(matrix):
                result = []
                rest = [row[:] for row in matrix]
                while rest:
                    result += rest.pop(0)
                    rest = [list(column) for column in zip(*rest)][::-1]
                return result
            """,
            """
            def solve(matrix):
                result = []
                top, bottom = 0, len(matrix) - 1
                left, right = 0, len(matrix[0]) - 1
                while top <= bottom and left <= right:
                    for j in range(left, right + 1):
                        result.append(matrix[top][j])
                    for i in range(top + 1, bottom + 1):
                        result.append(matrix[i][right])
                    if top < bottom and left < right:
                        for j in range(right - 1, left - 1, -1):
                            result.append(matrix[bottom][j])
                        for i in range(bottom - 1, top, -1):
                            result.append(matrix[i][left])
                    top, bottom = top + 1, bottom - 1
                    left, right = left + 1, right - 1
                return result
            """,
        ),
    ),
    "snake": Task(
        (
            "the elements of {} in snake order: first row from left to right, second row from "
            "right to left and so on",
        ),
        ("snake_order", "snake_walk", "boustrophedon"),
        (
            """
            def solve(matrix):
                result = []
                for i, row in enumerate(matrix):
                    result.extend(row if i % 2 == 0 else row[::-1])
                return result
            """,
            """
            def solve(matrix):
                result = []
                for i in range(len(matrix)):
                    if i % 2 == 0:
                        result += matrix[i]
                    else:
                        result += reversed(matrix[i])
                return result
            """,
        ),
    ),
    "column_snake": Task(
        (
            "the elements of {} in column-wise snake order: first column downwards, second "
            "column upwards and so on",
        ),
        ("column_snake", "columns_zigzag", "up_and_down_walk"),
        (
            """
            def solve(matrix):
                result = []
                for j, column in enumerate(zip(*matrix)):
                    result.extend(column if j % 2 == 0 else column[::-1])
                return result
            """,
        ),
    ),
    "diagonals": Task(
        (
            "the diagonals of {} from lower left to upper right, as lists, beginning in the "
            "upper left corner",
        ),
        ("rising_diagonals", "all_diagonals", "list_diagonals"),
        (
            """
            def solve(matrix):
                rows = len(matrix)
                columns = len(matrix[0])
                result = []
                for total in range(rows + columns - 1):
                    line = []
                    for i in range(rows - 1, -1, -1):
                        if 0 <= total - i < columns:
                            line.append(matrix[i][total - i])
                    result.append(line)
                return result
            """,
        ),
    ),
    "border": Task(
        ("the elements on the border of {}, row by row",),
        ("border_elements", "matrix_border", "frame"),
        (
            """
            def solve(matrix):
                result = []
                for i, row in enumerate(matrix):
                    if i in (0, len(matrix) - 1):
                        result.extend(row)
                    else:
                        result.append(row[0])
                        if len(row) > 1:
                            result.append(row[-1])
                return result
            """,
        ),
    ),
    "reverse": Task(
        ("all elements of {} in reverse reading order (from the lower right corner)",),
        ("reverse_reading_order", "read_backwards", "elements_backwards"),
        (
            returns("matrix", "[item for row in matrix[::-1] for item in row[::-1]]"),
            returns("matrix", "[item for row in matrix for item in row][::-1]"),
        ),
    ),
    "sorted": Task(
        ("all elements of {} in ascending order",),
        ("sorted_elements", "matrix_sorted", "all_in_order"),
        (
            returns("matrix", "sorted(item for row in matrix for item in row)"),
            """
            def solve(matrix):
                result = []
                for row in matrix:
                    result.extend(row)
                result.sort()
                return result
            """,
        ),
    ),
    "distinct": Task(
        ("the distinct elements of {} in ascending order",),
        ("distinct_in_matrix", "unique_elements_of_matrix", "different_values"),
        (returns("matrix", "sorted({item for row in matrix for item in row})"),),
    ),
    "common": Task(
        ("a sorted list of the values that occur in every row of {}",),
        ("common_in_all_rows", "values_in_every_row", "shared_by_rows"),
        (
            """
            def solve(matrix):
                common = set(matrix[0])
                for row in matrix[1:]:
                    common &= set(row)
                return sorted(common)
            """,
            returns("matrix", "sorted({x for x in matrix[0] if all(x in row for row in matrix)})"),
        ),
    ),
}


@family(walk=tuple(_WALKS))
def walk_through_a_matrix(choose: Chooser, walk: str) -> Exercise:
    """Elements in spiral order, as a snake, by diagonals ..."""
    task = _WALKS[walk]
    high = 5 if walk in ("common", "distinct") else 30
    return Exercise(
        texts=ask_for(choose.one_of(MATRICES), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(matrix,) for matrix in draw_matrices(choose, 7, low=1, high=high)],
        synonyms={
            "column": ("col", "c"),
            "rows": ("m", "height"),
            "columns": ("n", "width"),
            "line": ("diagonal", "part"),
        },
    )


_OPERATIONS = {
    "add": ("add {}", "add_matrices", "{} + {}"),
    "subtract": ("subtract the second of {} from the first", "subtract_matrices", "{} - {}"),
    "multiply": ("multiply {} element by element", "multiply_elementwise", "{} * {}"),
    "max": ("take the larger element at each place of {}", "matrix_of_maxima", "max({}, {})"),
    "equal": (
        "compare {} place by place (True where they are equal, else False)",
        "compare_matrices",
        "{} == {}",
    ),
}


@family(operation=tuple(_OPERATIONS))
def two_matrices_place_by_place(choose: Chooser, operation: str) -> Exercise:
    """Add, subtract, multiply two matrices place by place."""
    action, name, expression = _OPERATIONS[operation]
    cells = expression.format("first[i][j]", "second[i][j]")
    short = expression.format("x", "y")
    arguments = []
    for size in ((2, 2), (2, 3), (3, 3), (3, 2), (1, 4)):
        first, second = draw_matrix(choose, *size), draw_matrix(choose, *size)
        if operation == "equal":
            second = [row[:1] + other[1:] for row, other in zip(first, second, strict=True)]
        arguments.append((first, second))
    return Exercise(
        texts=(
            *ask_to(
                choose.one_of(
                    ("two matrices", "two given matrices", "two matrices of the same size")
                ),
                (action,),
                "them",
            ),
            f"{action.format('two matrices')} and return the new matrix",
        ),
        names=(name, f"{name}_of_same_size", f"{operation}_two_matrices"),
        solutions=(
            f"""
            def solve(first, second):
                result = []
                for i in range(len(first)):
                    line = []
                    for j in range(len(first[0])):
                        line.append({cells})
                    result.append(line)
                return result
            """,
            returns(
                "first, second", f"[[{short} for x, y in zip(a, b)] for a, b in zip(first, second)]"
            ),
            f"""
            def solve(first, second):
                return [
                    [{cells} for j in range(len(first[0]))] for i in range(len(first))
                ]
            """,
        ),
        arguments=arguments,
        synonyms={
            "first": ("matrix1", "left", "m1"),
            "second": ("matrix2", "right", "m2"),
            "line": ("row", "new_row"),
        },
    )


_PRODUCTS = {
    "matrix": Task(
        (
            "multiply two matrices",
            "find the product of two matrices",
            "Given two matrices whose sizes fit, return their matrix product.",
            "perform matrix multiplication of two matrices",
        ),
        ("multiply_matrices", "matrix_product", "matmul"),
        (
            """
            def solve(first, second):
                result = []
                for row in first:
                    line = []
                    for j in range(len(second[0])):
                        line.append(sum(row[k] * second[k][j] for k in range(len(second))))
                    result.append(line)
                return result
            """,
            """
            def solve(first, second):
                columns = list(zip(*second))
                return [
                    [sum(x * y for x, y in zip(row, column)) for column in columns]
                    for row in first
                ]
            """,
            """
            def solve(first, second):
                rows = len(first)
                width = len(second[0])
                result = [[0] * width for _ in range(rows)]
                for i in range(rows):
                    for j in range(width):
                        for k in range(len(second)):
                            result[i][j] += first[i][k] * second[k][j]
                return result
            """,
        ),
    ),
    "vector": Task(
        (
            "multiply a matrix with a vector",
            "find the product of a matrix and a vector given as a list",
            "Given a matrix and a list whose length is the number of columns, return their "
            "product as a list.",
        ),
        ("multiply_by_vector", "matrix_times_vector", "apply_matrix"),
        (
            returns("first, second", "[sum(x * y for x, y in zip(row, second)) for row in first]"),
            """
            def solve(first, second):
                result = []
                for row in first:
                    total = 0
                    for j in range(len(row)):
                        total += row[j] * second[j]
                    result.append(total)
                return result
            """,
        ),
    ),
    "scalar": Task(
        (
            "multiply each element of a matrix by a number",
            "find the product of a matrix and a number",
            "Given a matrix and a number, return the matrix with each element multiplied by the "
            "number.",
        ),
        ("scale_matrix", "multiply_by_number", "scalar_product"),
        (
            returns("first, second", "[[number * second for number in row] for row in first]"),
            """
            def solve(first, second):
                result = []
                for row in first:
                    result.append([number * second for number in row])
                return result
            """,
        ),
    ),
    "power": Task(
        (
            "raise a 2 x 2 matrix to a power n (n is at least 1)",
            "multiply a 2 x 2 matrix with itself until the factor occurs n times",
            "Given a 2 x 2 matrix and a number n of at least 1, return the n-th power of the "
            "matrix.",
        ),
        ("matrix_power", "power_of_matrix", "matrix_to_the_n"),
        (
            """
            def solve(first, second):
                (a, b), (c, d) = first
                result = first
                for _ in range(second - 1):
                    (p, q), (r, s) = result
                    result = [[p * a + q * c, p * b + q * d], [r * a + s * c, r * b + s * d]]
                return result
            """,
        ),
    ),
}


@family(by=tuple(_PRODUCTS))
def products_of_matrices(choose: Chooser, by: str) -> Exercise:
    """Multiply matrices, vectors and numbers."""
    task = _PRODUCTS[by]
    arguments: list[tuple[object, object]] = []
    for rows, inner, columns in ((2, 2, 2), (2, 3, 2), (3, 2, 3), (3, 3, 3), (1, 3, 1)):
        if by == "power":
            arguments.append((draw_matrix(choose, 2, 2, 0, 3), choose.integer(1, 4)))
        elif by == "matrix":
            arguments.append(
                (draw_matrix(choose, rows, inner, 0, 6), draw_matrix(choose, inner, columns, 0, 6))
            )
        elif by == "vector":
            arguments.append((draw_matrix(choose, rows, inner, 0, 9), choose.integers(inner, 0, 9)))
        else:
            arguments.append((draw_matrix(choose, rows, inner, -5, 12), choose.integer(-3, 9)))
    second = {"vector": ("vector", "v"), "scalar": ("k", "factor", "n"), "power": ("n", "exponent")}
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={
            "first": ("matrix1", "left", "m1") if by == "matrix" else ("matrix", "m", "grid"),
            "second": second.get(by, ("matrix2", "right", "m2")),
            "columns": ("cols", "turned"),
            "x": ("u", "one"),
            "y": ("v", "other"),
            "k": ("k",),
        },
    )
