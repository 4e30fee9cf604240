"""Paths through grids and triangles of numbers, counted or weighed."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("two_moves", "diagonal", "square", "through_row"))
def count_grid_paths(choose: Chooser, task: str) -> Exercise:
    """Count the ways from one corner of an empty grid to the other."""
    texts, names, solutions = {
        "two_moves": (
            (
                "count the paths from the top left to the bottom right cell of a grid if one can "
                "only move right or down",
                "find the number of ways through a grid with <rows> rows and <columns> columns, "
                "from the upper left to the lower right cell, with steps to the right and down",
                "A robot stands in the top left cell of a grid and moves only right or down. "
                "Return the number of different paths to the bottom right cell.",
                "count unique paths in an m x n grid (moves: right, down)",
            ),
            ("count_paths", "unique_paths", "grid_paths", "robot_paths"),
            (
                """
                def solve(rows, columns):
                    if rows == 1 or columns == 1:
                        return 1
                    return solve(rows - 1, columns) + solve(rows, columns - 1)
                """,
                """
                from math import comb


                def solve(rows, columns):
                    return comb(rows + columns - 2, rows - 1)
                """,
                """
                def solve(rows, columns):
                    paths = [1] * columns
                    for _ in range(rows - 1):
                        for j in range(1, columns):
                            paths[j] += paths[j - 1]
                    return paths[-1]
                """,
            ),
        ),
        "diagonal": (
            (
                "count the paths from the top left to the bottom right cell of a grid with moves "
                "right, down and diagonally down to the right",
                "find the number of ways through a grid of <rows> by <columns> cells from one "
                "corner to the opposite one, by steps right, down, or diagonally right and down",
                "You may move one cell right, one cell down, or one cell down and right at once. "
                "Return the number of paths between opposite corners of the grid.",
                "Number of paths through a grid with right, down and diagonal (right-down) steps.",
            ),
            ("count_diagonal_paths", "paths_with_diagonals", "delannoy_paths"),
            (
                """
                def solve(rows, columns):
                    if rows == 1 or columns == 1:
                        return 1
                    return (
                        solve(rows - 1, columns)
                        + solve(rows, columns - 1)
                        + solve(rows - 1, columns - 1)
                    )
                """,
                """
                def solve(rows, columns):
                    paths = [[1] * columns for _ in range(rows)]
                    for i in range(1, rows):
                        for j in range(1, columns):
                            paths[i][j] = paths[i - 1][j] + paths[i][j - 1] + paths[i - 1][j - 1]
                    return paths[-1][-1]
                """,
            ),
        ),
        "square": (
            (
                "count the lattice paths along the lines of a square of n by n fields, from one "
                "corner to the opposite one, always to the right or up",
                "find in how many shortest ways one can walk along the lines from corner to "
                "opposite corner of an n by n board",
                "Given the side length n of a square grid, return the number of paths of n steps "
                "right and n steps up.",
                "Number of lattice paths from (0, 0) to (n, n) with unit steps right and up.",
            ),
            ("lattice_paths", "square_paths", "count_lattice_paths"),
            (
                """
                from math import comb


                def solve(n):
                    return comb(2 * n, n)
                """,
                """
                from math import factorial


                def solve(n):
                    return factorial(2 * n) // factorial(n) ** 2
                """,
                """
                def solve(n):
                    paths = [1] * (n + 1)
                    for _ in range(n):
                        for i in range(1, n + 1):
                            paths[i] += paths[i - 1]
                    return paths[n]
                """,
            ),
        ),
        "through_row": (
            (
                "count the paths of a token from the top row of a grid to the bottom row, if each "
                "step goes one row down and at most one column to the left or right",
                "find the number of ways to get from any cell of the first row to any cell of "
                "the last row with steps straight down or diagonally down",
                "In a grid a piece moves down one row and sideways by -1, 0 or 1 columns. Return "
                "how many paths there are from the first row to the last row.",
                "Number of ways from the top row to the bottom row if each step leads one row "
                "down, at most one column aside.",
            ),
            ("count_falling_paths", "top_to_bottom_paths", "falling_paths"),
            (
                """
                def solve(rows, columns):
                    paths = [1] * columns
                    for _ in range(rows - 1):
                        padded = [0] + paths + [0]
                        paths = [sum(padded[j:j + 3]) for j in range(columns)]
                    return sum(paths)
                """,
                """
                def solve(rows, columns):
                    def count(row, column):
                        if column < 0 or column >= columns:
                            return 0
                        if row == rows - 1:
                            return 1
                        return sum(count(row + 1, column + step) for step in (-1, 0, 1))

                    return sum(count(0, column) for column in range(columns))
                """,
            ),
        ),
    }[task]  # fmt: skip
    limit = 4 if task == "through_row" else 6
    arguments: list[tuple[Any, ...]] = [
        (choose.integer(1, limit), choose.integer(2, 6)) for _ in range(5)
    ]
    arguments += [(1, 1), (3, 3)]
    if task == "square":
        arguments = [(n,) for n in choose.sample(range(1, 11), 5)] + [(0,)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"rows": ("m", "height", "r"), "columns": ("n", "width", "cols", "c")},
    )


def _maze(choose: Chooser, rows: int, columns: int, share: float) -> list[list[int]]:
    """Return a grid of 0 for free cells and 1 for walls; both corners are free."""
    maze = [[int(choose.chance(share)) for _ in range(columns)] for _ in range(rows)]
    maze[0][0] = maze[-1][-1] = 0
    return maze


@family(task=("count", "exists", "reachable"), wall=(1, "#"))
def grid_paths_with_walls(choose: Chooser, task: str, wall: object) -> Exercise:
    """Move right and down around walls."""
    is_text = wall == "#"
    free = '"."' if is_text else "0"
    blocked = '"#"' if is_text else "1"
    cells = (
        "a list of strings, where '#' is a wall and '.' is free"
        if is_text
        else "a matrix, where 1 is a wall and 0 is free"
    )
    if task == "count":
        texts: tuple[str, ...] = (
            f"count the paths from the top left to the bottom right of a grid with walls, with "
            f"moves right and down only; the grid is {cells}",
            f"The grid is {cells}. Return the number of ways from the upper left to the lower "
            "right cell by steps to the right or down.",
            f"find how many paths lead through a maze given as {cells}, if one only moves right "
            "or down from the first to the last cell",
            f"A robot crosses {cells}, from the top left to the bottom right, and only goes right "
            "or down. In how many ways can it do this?",
        )
        names: tuple[str, ...] = ("count_paths", "paths_with_walls", "paths_around_obstacles")
        end, none, join = "1", "0", "{} + {}"
        table = f"""
            def solve(grid):
                columns = len(grid[0])
                paths = [1] + [0] * (columns - 1)
                for row in grid:
                    for j in range(columns):
                        if row[j] == {blocked}:
                            paths[j] = 0
                        elif j > 0:
                            paths[j] += paths[j - 1]
                return paths[-1]
            """
    elif task == "exists":
        texts = (
            f"check whether one can get from the top left to the bottom right of a grid with "
            f"moves right and down only; the grid is {cells}",
            f"The grid is {cells}. Return True if a way with steps to the right or down leads "
            "from the first to the last cell, and False if not.",
            f"test if a maze can be crossed from the upper left to the lower right cell by moving "
            f"right or down, where the maze is {cells}",
            f"Is there a path from the first cell to the last one of {cells}, if only steps to the "
            "right and down are allowed?",
        )
        names = ("has_path", "path_exists", "can_cross", "is_reachable")
        end, none, join = "True", "False", "{} or {}"
        table = f"""
            def solve(grid):
                columns = len(grid[0])
                reached = [True] + [False] * (columns - 1)
                for row in grid:
                    for j in range(columns):
                        if row[j] == {blocked}:
                            reached[j] = False
                        elif j > 0:
                            reached[j] = reached[j] or reached[j - 1]
                return reached[-1]
            """
    else:
        texts = (
            f"count the free cells of a grid that can be reached from the top left cell with "
            f"moves right and down only; the grid is {cells}",
            f"The grid is {cells}. Return how many cells can be reached from the upper left cell "
            "(itself included) by steps to the right or down.",
            f"find the number of cells that lie on a path which starts in the top left corner and "
            f"goes only right and down, in a maze given as {cells}",
            f"Water flows from the top left cell of {cells} to the right and down. How many cells "
            "get wet, the first one included?",
        )
        names = ("count_reachable", "reachable_cells", "num_reachable")
        table = f"""
            def solve(grid):
                reached = set()
                for i, row in enumerate(grid):
                    for j, cell in enumerate(row):
                        if cell == {free}:
                            if (i, j) == (0, 0) or (i - 1, j) in reached or (i, j - 1) in reached:
                                reached.add((i, j))
                return len(reached)
            """
    solutions = [table]
    if task != "reachable":
        solutions.append(
            f"""
            def solve(grid):
                def search(i, j):
                    if i == len(grid) or j == len(grid[0]) or grid[i][j] == {blocked}:
                        return {none}
                    if i == len(grid) - 1 and j == len(grid[0]) - 1:
                        return {end}
                    return {join.format("search(i + 1, j)", "search(i, j + 1)")}

                return search(0, 0)
            """
        )
    arguments: list[tuple[Any, ...]] = []
    for share in (0, 0.15, 0.2, 0.25, 0.35, 0.45):
        maze = _maze(choose, choose.integer(2, 4), choose.integer(2, 5), share)
        if is_text:
            arguments.append((["".join(".#"[cell] for cell in row) for row in maze],))
        else:
            arguments.append((maze,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"grid": ("maze", "board", "matrix")},
    )


@family(goal=("min", "max"), task=("corner", "corner_diagonal", "falling", "triangle"))
def best_grid_path_sum(choose: Chooser, goal: str, task: str) -> Exercise:
    """Find the path with the smallest or largest sum of its cells."""
    most, cost = {"min": ("minimum", "cheapest"), "max": ("maximum", "most valuable")}[goal]
    texts, names, solutions = {
        "corner": (
            (
                f"find the {most} sum of the cells on a path from the top left to the bottom "
                "right of a matrix, moving right or down",
                f"find the total of the {cost} path through a grid of numbers from the upper left "
                "to the lower right corner, if one only moves right and down",
                f"Given a matrix, start in the first cell and move right or down until the last "
                f"cell. Return the {most} sum of the numbers on the way.",
                f"{most.capitalize()} path sum in a grid (right and down moves).",
            ),
            (f"{goal}_path_sum", f"{most}_path", f"{goal}_cost_path"),
            (
                f"""
                def solve(matrix):
                    best = [row[:] for row in matrix]
                    for i in range(len(best)):
                        for j in range(len(best[0])):
                            if i > 0 and j > 0:
                                best[i][j] += {goal}(best[i - 1][j], best[i][j - 1])
                            elif i > 0:
                                best[i][j] += best[i - 1][j]
                            elif j > 0:
                                best[i][j] += best[i][j - 1]
                    return best[-1][-1]
                """,
                f"""
                def solve(matrix):
                    def walk(i, j):
                        if i == 0 and j == 0:
                            return matrix[0][0]
                        options = []
                        if i > 0:
                            options.append(walk(i - 1, j))
                        if j > 0:
                            options.append(walk(i, j - 1))
                        return matrix[i][j] + {goal}(options)

                    return walk(len(matrix) - 1, len(matrix[0]) - 1)
                """,
            ),
        ),
        "corner_diagonal": (
            (
                f"find the {most} sum of the cells on a path from the top left to the bottom "
                "right of a matrix, moving right, down or diagonally down-right",
                f"find the total of the {cost} path between the first and the last cell of a "
                "grid with steps right, down, and right-down",
                f"Given a matrix of numbers, move right, down or diagonally (right and down) from "
                f"the top left to the bottom right corner. Return the {most} sum of the visited "
                "cells.",
                f"{most.capitalize()} path sum in a grid with moves right, down and right-down.",
            ),
            (f"{goal}_diagonal_path", f"{most}_path_sum", f"{goal}_cost"),
            (
                f"""
                def solve(matrix):
                    def walk(i, j):
                        if i == 0 and j == 0:
                            return matrix[0][0]
                        options = []
                        if i > 0:
                            options.append(walk(i - 1, j))
                        if j > 0:
                            options.append(walk(i, j - 1))
                        if i > 0 and j > 0:
                            options.append(walk(i - 1, j - 1))
                        return matrix[i][j] + {goal}(options)

                    return walk(len(matrix) - 1, len(matrix[0]) - 1)
                """,
                f"""
                def solve(matrix):
                    best = {{}}
                    for i, row in enumerate(matrix):
                        for j, value in enumerate(row):
                            before = [(i - 1, j), (i, j - 1), (i - 1, j - 1)]
                            options = [best[cell] for cell in before if cell in best]
                            best[i, j] = value + ({goal}(options) if options else 0)
                    return best[len(matrix) - 1, len(matrix[0]) - 1]
                """,
            ),
        ),
        "falling": (
            (
                f"find the {most} sum of a path from the top row to the bottom row of a matrix, "
                "where each step goes straight down or diagonally down",
                f"find the total of the {cost} falling path of a matrix: it starts anywhere in "
                "the first row and moves down to the same or a neighbouring column",
                "Choose one number in each row so that the columns of consecutive rows differ by "
                f"at most 1. Return the {most} sum.",
                f"{most.capitalize()} falling path sum of a matrix.",
            ),
            (f"{goal}_falling_path", f"{goal}_falling_sum", f"{most}_fall"),
            (
                f"""
                def solve(matrix):
                    best = matrix[0]
                    for row in matrix[1:]:
                        best = [
                            row[j] + {goal}(best[max(j - 1, 0):j + 2]) for j in range(len(row))
                        ]
                    return {goal}(best)
                """,
                f"""
                def solve(matrix):
                    def fall(i, j):
                        if i == len(matrix) - 1:
                            return matrix[i][j]
                        columns = [c for c in (j - 1, j, j + 1) if 0 <= c < len(matrix[0])]
                        return matrix[i][j] + {goal}(fall(i + 1, c) for c in columns)

                    return {goal}(fall(0, j) for j in range(len(matrix[0])))
                """,
            ),
        ),
        "triangle": (
            (
                f"find the {most} sum of a path from the top to the bottom of a triangle of "
                "numbers, where one moves to one of the two numbers below",
                f"find the total of the {cost} way down a number triangle; from position i of a "
                "row one gets to i or i + 1 in the next row",
                "A triangle is given as a list of rows of length 1, 2, 3 and so on. Start at the "
                f"top, move to adjacent numbers in the row below, and return the {most} total.",
                f"{most.capitalize()} total from top to bottom of a number triangle.",
            ),
            (f"{goal}_triangle_path", f"triangle_{goal}_sum", f"{most}_path_total"),
            (
                f"""
                def solve(triangle):
                    best = triangle[-1]
                    for row in triangle[-2::-1]:
                        best = [row[i] + {goal}(best[i], best[i + 1]) for i in range(len(row))]
                    return best[0]
                """,
                f"""
                def solve(triangle):
                    def walk(row, i):
                        if row == len(triangle) - 1:
                            return triangle[row][i]
                        return triangle[row][i] + {goal}(walk(row + 1, i), walk(row + 1, i + 1))

                    return walk(0, 0)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for rows in (1, 2, 3, 3, 3, 4):
        if task == "triangle":
            arguments.append(([choose.integers(size + 1, 1, 20) for size in range(rows)],))
        else:
            columns = choose.integer(2, 4)
            arguments.append(([choose.integers(columns, 1, 15) for _ in range(rows)],))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"best": ("dp", "costs", "sums")},
    )


_SQUARES = {
    "side": (
        "the side length of the largest square of ones (0 if there is none)",
        ("largest_square_side", "max_square", "biggest_square_side"),
        "max(sizes.values(), default=0)",
        "max(total, k)",
    ),
    "area": (
        "the area of the largest square of ones (0 if there is none)",
        ("largest_square_area", "max_square_area", "biggest_square"),
        "max(sizes.values(), default=0) ** 2",
        "max(total, k * k)",
    ),
    "count": (
        "the number of squares that consist of ones only, of any size",
        ("count_squares", "num_squares_of_ones", "count_one_squares"),
        "sum(sizes.values())",
        "total + 1",
    ),
}


@family(task=tuple(_SQUARES))
def squares_of_ones(choose: Chooser, task: str) -> Exercise:
    """Find squares of ones in a matrix of zeros and ones."""
    thing, names, end, update = _SQUARES[task]
    return Exercise(
        texts=(
            f"find {thing} in a matrix of zeros and ones",
            f"Given a binary matrix, return {thing}.",
            f"The rows of a grid hold only 0 and 1. Return {thing}.",
            f"get {thing} for a list of rows of 0s and 1s",
        ),
        names=names,
        solutions=(
            f"""
            def solve(matrix):
                sizes = {{}}
                for i, row in enumerate(matrix):
                    for j, cell in enumerate(row):
                        if cell == 1:
                            before = [(i - 1, j), (i, j - 1), (i - 1, j - 1)]
                            sizes[i, j] = 1 + min(sizes.get(place, 0) for place in before)
                return {end}
            """,
            f"""
            def solve(matrix):
                m, n = len(matrix), len(matrix[0])
                total = 0
                for i in range(m):
                    for j in range(n):
                        for k in range(1, min(m - i, n - j) + 1):
                            if all(all(row[j:j + k]) for row in matrix[i:i + k]):
                                total = {update}
                return total
            """,
        ),
        arguments=[
            ([[int(choose.chance(share)) for _ in range(columns)] for _ in range(rows)],)
            for rows, columns, share in (
                (2, 2, 0.7),
                (2, 3, 0.8),
                (3, 3, 0.8),
                (3, 4, 0.85),
                (3, 3, 0.9),
                (1, 4, 0.5),
                (2, 2, 0.0),
            )
        ],
    )
