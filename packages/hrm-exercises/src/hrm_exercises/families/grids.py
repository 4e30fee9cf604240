"""Grids of cells: islands, flood fill, mazes."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_AROUND = {
    4: ("((0, 1), (1, 0), (0, -1), (-1, 0))", "horizontally or vertically"),
    8: (
        "((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))",
        "horizontally, vertically or diagonally",
    ),
}


def _grid(choose: Chooser, rows: int, columns: int, share: float) -> list[list[int]]:
    """Return a grid of 0 and 1; `share` is the probability of 1."""
    return [[int(choose.chance(share)) for _ in range(columns)] for _ in range(rows)]


def _grids(choose: Chooser, share: float = 0.5) -> list[list[list[int]]]:
    """Return grids of several sizes."""
    sizes = ((1, 3), (2, 3), (3, 3), (3, 4), (4, 4), (3, 5))
    grids = [_grid(choose, rows, columns, share) for rows, columns in sizes]
    return [*grids, [[0, 0], [0, 0]]]


_REGIONS = {
    "count": (
        "the number of islands",
        "count the islands",
        ("count_islands", "num_islands", "islands"),
        "count += 1",
        "count",
    ),
    "largest": (
        "the area of the largest island (0 if there is none)",
        "find the size of the biggest island",
        ("largest_island", "max_area", "biggest_island"),
        "best = max(best, size)",
        "best",
    ),
    "sizes": (
        "the sorted list of the sizes of all islands",
        "list the sizes of the islands in ascending order",
        ("island_sizes", "sizes_of_islands", "region_sizes"),
        "sizes.append(size)",
        "sorted(sizes)",
    ),
}


@family(task=tuple(_REGIONS), around=(4, 8), cells=("numbers", "text"))
def islands_in_a_grid(choose: Chooser, task: str, around: int, cells: str) -> Exercise:
    """Find connected groups of land cells."""
    thing, does, names, update, end = _REGIONS[task]
    steps, connected = _AROUND[around]
    text = cells == "text"
    land = '"#"' if text else "1"
    given = (
        "a list of strings, where '#' is land and '.' is water"
        if text
        else "a matrix, where 1 is land and 0 is water"
    )
    start = {"count": "count = 0", "largest": "best = 0", "sizes": "sizes = []"}[task]
    use_size = task != "count"
    arguments: list[tuple[Any, ...]] = []
    for grid in _grids(choose, 0.5 if around == 4 else 0.35):
        rows = ["".join(".#"[cell] for cell in row) for row in grid]
        arguments.append((rows if text else grid,))
    size_line = "size = 0" if use_size else ""
    grow = "size += 1" if use_size else ""
    iterative = f"""
        def solve(grid):
            seen = set()
            {start}
            for row in range(len(grid)):
                for column in range(len(grid[0])):
                    if grid[row][column] != {land} or (row, column) in seen:
                        continue
                    {size_line}
                    stack = [(row, column)]
                    seen.add((row, column))
                    while stack:
                        i, j = stack.pop()
                        {grow}
                        for di, dj in {steps}:
                            x, y = i + di, j + dj
                            if 0 <= x < len(grid) and 0 <= y < len(grid[0]):
                                if grid[x][y] == {land} and (x, y) not in seen:
                                    seen.add((x, y))
                                    stack.append((x, y))
                    {update}
            return {end}
        """
    recursive = f"""
        def solve(grid):
            land = {{
                (i, j)
                for i, row in enumerate(grid)
                for j, cell in enumerate(row)
                if cell == {land}
            }}

            def sink(i, j):
                if (i, j) not in land:
                    return 0
                land.remove((i, j))
                return 1 + sum(sink(i + di, j + dj) for di, dj in {steps})

            sizes = []
            for i in range(len(grid)):
                for j in range(len(grid[0])):
                    if (i, j) in land:
                        sizes.append(sink(i, j))
            return {
        {"count": "len(sizes)", "largest": "max(sizes, default=0)", "sizes": "sorted(sizes)"}[task]
    }
        """
    solutions = [
        "\n".join(filter(str.strip, iterative.splitlines())),
        recursive,
    ]
    return Exercise(
        texts=(
            f"find {thing} in a grid, which is {given}; cells of an island are connected "
            f"{connected}",
            f"{does} in a map that is given as {given}, if land cells belong together when they "
            f"touch {connected}",
            f"The map is {given}. An island is a group of land cells that are connected "
            f"{connected}. Return {thing}.",
            f"Given {given}, return {thing}; land is connected {connected}.",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"grid": ("matrix", "board", "world", "area_map"), "row": ("row",)},
    )


@family(task=("fill", "size", "distance_grid"))
def flood_fill(choose: Chooser, task: str) -> Exercise:
    """Start at a cell and spread over equal neighbours."""
    texts, names, solutions = {
        "fill": (
            (
                "flood fill an image: starting at a cell, give a new color to it and to all cells "
                "of the same color that are connected with it horizontally or vertically",
                "fill the area of equal numbers around the cell (row, column) of a matrix with a "
                "new number, and return the matrix",
                "Given a grid of color numbers, a row, a column and a new color, recolor the "
                "connected area (4 directions) that contains the cell. Return the grid.",
                "Paint bucket: replace the color of a cell and of all connected cells with the "
                "same color. Return the new grid.",
            ),
            ("flood_fill", "paint", "fill_area", "bucket_fill"),
            (
                """
                def solve(image, row, column, color):
                    old = image[row][column]

                    def fill(i, j):
                        if not (0 <= i < len(image) and 0 <= j < len(image[0])):
                            return
                        if image[i][j] != old:
                            return
                        image[i][j] = color
                        fill(i + 1, j)
                        fill(i - 1, j)
                        fill(i, j + 1)
                        fill(i, j - 1)

                    if old != color:
                        fill(row, column)
                    return image
                """,
                """
                def solve(image, row, column, color):
                    old = image[row][column]
                    if old == color:
                        return image
                    stack = [(row, column)]
                    while stack:
                        i, j = stack.pop()
                        if 0 <= i < len(image) and 0 <= j < len(image[0]) and image[i][j] == old:
                            image[i][j] = color
                            stack += [(i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)]
                    return image
                """,
            ),
        ),
        "size": (
            (
                "count the cells of the connected area of equal numbers that contains the cell "
                "(row, column) of a matrix; neighbours are left, right, above and below",
                "find how many cells a flood fill from a given cell of a grid would reach",
                "Given a matrix, a row and a column, return the size of the region of equal "
                "values around this cell (4 directions).",
                "How large is the area of the same color as the given cell? Cells are connected "
                "by their sides.",
            ),
            ("area_size", "region_size", "fill_size", "count_connected"),
            (
                """
                def solve(image, row, column):
                    color = image[row][column]
                    seen = set()
                    stack = [(row, column)]
                    while stack:
                        i, j = stack.pop()
                        if (i, j) in seen or not (0 <= i < len(image) and 0 <= j < len(image[0])):
                            continue
                        if image[i][j] == color:
                            seen.add((i, j))
                            stack += [(i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)]
                    return len(seen)
                """,
                """
                from collections import deque


                def solve(image, row, column):
                    color = image[row][column]
                    seen = {(row, column)}
                    queue = deque(seen)
                    while queue:
                        i, j = queue.popleft()
                        for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                            if (x, y) in seen:
                                continue
                            if 0 <= x < len(image) and 0 <= y < len(image[0]):
                                if image[x][y] == color:
                                    seen.add((x, y))
                                    queue.append((x, y))
                    return len(seen)
                """,
            ),
        ),
        "distance_grid": (
            (
                "find, for each cell of a matrix of zeros and ones, the distance to the nearest "
                "zero in steps to the sides (there is at least one zero)",
                "replace every number of a binary matrix by the number of steps (up, down, left, "
                "right) to the closest 0",
                "Given a matrix of 0 and 1 with some 0 in it, return a matrix of the same size "
                "with the distance of every cell to the nearest 0; diagonal steps don't exist.",
                "Distance of every cell to the nearest 0 in a matrix of 0 and 1 (steps to the "
                "four sides).",
            ),
            ("nearest_zero", "distance_to_zero", "distance_matrix"),
            (
                """
                def solve(matrix):
                    zeros = [
                        (i, j)
                        for i, row in enumerate(matrix)
                        for j, cell in enumerate(row)
                        if cell == 0
                    ]
                    return [
                        [min(abs(i - x) + abs(j - y) for x, y in zeros) for j in range(len(row))]
                        for i, row in enumerate(matrix)
                    ]
                """,
                """
                from collections import deque


                def solve(matrix):
                    m, n = len(matrix), len(matrix[0])
                    result = [[0 if cell == 0 else -1 for cell in row] for row in matrix]
                    queue = deque(
                        (i, j) for i in range(m) for j in range(n) if matrix[i][j] == 0
                    )
                    while queue:
                        i, j = queue.popleft()
                        for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                            if 0 <= x < m and 0 <= y < n and result[x][y] == -1:
                                result[x][y] = result[i][j] + 1
                                queue.append((x, y))
                    return result
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for rows, columns in ((1, 3), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3)):
        if task == "distance_grid":
            grid = _grid(choose, rows, columns, 0.75)
            grid[choose.integer(0, rows - 1)][choose.integer(0, columns - 1)] = 0
            arguments.append((grid,))
            continue
        image = [[choose.one_of((1, 1, 1, 2, 2, 3)) for _ in range(columns)] for _ in range(rows)]
        place = (choose.integer(0, rows - 1), choose.integer(0, columns - 1))
        color = (choose.integer(1, 5),) if task == "fill" else ()
        arguments.append((image, *place, *color))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "row": ("r", "sr", "y0"),
            "column": ("c", "col", "x0"),
            "image": ("grid", "picture", "pixels"),
            "color": ("new_color", "paint_color", "shade"),
        },
    )


@family(task=("steps", "reachable", "reached_cells"), walls=("numbers", "text"))
def shortest_way_through_a_maze(choose: Chooser, task: str, walls: str) -> Exercise:
    """Search a maze with breadth-first search."""
    text = walls == "text"
    free = '"."' if text else "0"
    given = (
        "a list of strings ('#' is a wall, '.' is free)"
        if text
        else "a matrix (1 is a wall, 0 is free)"
    )
    bfs = """
        from collections import deque


        def solve(maze):
            distances = {{(0, 0): 0}}
            queue = deque([(0, 0)])
            while queue:
                i, j = queue.popleft()
                for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                    if 0 <= x < len(maze) and 0 <= y < len(maze[0]) and maze[x][y] == {free}:
                        if (x, y) not in distances:
                            distances[x, y] = distances[i, j] + 1
                            queue.append((x, y))
            return {end}
        """
    target = "(len(maze) - 1, len(maze[0]) - 1)"
    dfs = f"""
        def solve(maze):
            seen = {{(0, 0)}}
            stack = [(0, 0)]
            while stack:
                i, j = stack.pop()
                for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                    if 0 <= x < len(maze) and 0 <= y < len(maze[0]):
                        if maze[x][y] == {free} and (x, y) not in seen:
                            seen.add((x, y))
                            stack.append((x, y))
            return {"len(seen)" if task == "reached_cells" else f"{target} in seen"}
        """
    texts, names, solutions = {
        "steps": (
            (
                "find the smallest number of steps from the top left to the bottom right cell of "
                f"a maze, moving up, down, left or right, or -1 if there is no way; the maze is "
                f"{given}",
                f"The maze is {given}. Return the length of the shortest path from the first to "
                "the last cell in steps, -1 if it can't be reached.",
                f"find the shortest way through {given} from the upper left to the lower right "
                "corner, counted in moves to the sides (-1 for none)",
                "use breadth-first search to find how many moves lead from corner (0, 0) to the "
                f"opposite corner of {given}; return -1 if none do",
            ),
            ("shortest_path", "min_steps", "maze_steps", "solve_maze"),
            (
                bfs.format(free=free, end=f"distances.get({target}, -1)"),
                f"""
                def solve(maze):
                    seen = {{(0, 0)}}
                    current = [(0, 0)]
                    steps = 0
                    while current:
                        if {target} in current:
                            return steps
                        following = []
                        for i, j in current:
                            for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                                inside = 0 <= x < len(maze) and 0 <= y < len(maze[0])
                                if inside and maze[x][y] == {free} and (x, y) not in seen:
                                    seen.add((x, y))
                                    following.append((x, y))
                        current = following
                        steps += 1
                    return -1
                """,
            ),
        ),
        "reachable": (
            (
                "check whether there is a way from the top left to the bottom right cell of a "
                f"maze, moving up, down, left or right; the maze is {given}",
                f"The maze is {given}. Return True if one can walk from the first to the last "
                "cell, else False.",
                f"test if {given} can be crossed from the upper left to the lower right corner "
                "with moves to the sides",
                f"Given {given}, is the exit in the last cell connected with the start in the "
                "first cell? Diagonal moves are not allowed.",
            ),
            ("has_path", "can_escape", "is_solvable", "path_exists"),
            (dfs, bfs.format(free=free, end=f"{target} in distances")),
        ),
        "reached_cells": (
            (
                "count the cells of a maze that can be reached from the top left cell (itself "
                f"included), moving up, down, left or right; the maze is {given}",
                f"The maze is {given}. Return the number of free cells that are connected with "
                "the first cell, counting it too.",
                f"find how many cells of {given} can be visited from the upper left corner with "
                "moves to the sides, including the corner",
                f"Given {given}, how many cells can a mouse reach that starts in the free cell at "
                "the top left? Count this cell as well.",
            ),
            ("count_reachable", "reachable_cells", "cells_reached"),
            (dfs, bfs.format(free=free, end="len(distances)")),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for rows, columns, share in (
        (1, 4, 0.1),
        (2, 3, 0.3),
        (3, 3, 0.3),
        (3, 4, 0.3),
        (4, 4, 0.35),
        (3, 5, 0.2),
    ):
        maze = _grid(choose, rows, columns, share)
        maze[0][0] = maze[-1][-1] = 0
        rows_of_text = ["".join(".#"[cell] for cell in row) for row in maze]
        arguments.append((rows_of_text if text else maze,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"maze": ("grid", "matrix", "field", "board")},
    )
