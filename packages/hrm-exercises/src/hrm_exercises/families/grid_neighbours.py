"""Cells with their neighbours, and robots that move over a grid."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _grid(choose: Chooser, rows: int, columns: int, share: float) -> list[list[int]]:
    """Return a grid of 0 and 1; `share` is the probability of 1."""
    return [[int(choose.chance(share)) for _ in range(columns)] for _ in range(rows)]


@family(task=("count_ones", "count_equal", "sum_around", "life", "life_grid", "mines", "peaks"))
def neighbours_in_a_grid(choose: Chooser, task: str) -> Exercise:
    """Look at the cells around a cell."""
    texts, names, solutions = {
        "count_ones": (
            (
                "count the ones among the up to eight neighbours of the cell (row, column) in a "
                "matrix of zeros and ones",
                "find how many of the cells around a given cell of a grid are 1, diagonal ones "
                "included",
                "Given a binary matrix and the row and column of a cell, return the number of "
                "neighbours (8 directions) that are 1.",
                "How many living neighbours has a cell? The grid holds 1 for alive and 0 for "
                "dead.",
            ),
            ("count_neighbours", "live_neighbours", "ones_around", "count_adjacent"),
            (
                """
                def solve(grid, row, column):
                    count = 0
                    for i in range(max(0, row - 1), min(len(grid), row + 2)):
                        for j in range(max(0, column - 1), min(len(grid[0]), column + 2)):
                            if (i, j) != (row, column):
                                count += grid[i][j]
                    return count
                """,
                """
                def solve(grid, row, column):
                    total = 0
                    for di in (-1, 0, 1):
                        for dj in (-1, 0, 1):
                            i, j = row + di, column + dj
                            inside = 0 <= i < len(grid) and 0 <= j < len(grid[0])
                            if inside and (di, dj) != (0, 0):
                                total += grid[i][j]
                    return total
                """,
            ),
        ),
        "count_equal": (
            (
                "count the neighbours above, below, left and right of the cell (row, column) that "
                "have the same value as the cell",
                "find how many of the four cells beside a given cell of a matrix are equal to it",
                "Given a matrix and the row and column of a cell, return the number of its direct "
                "neighbours (no diagonals) with an equal value.",
                "How many side neighbours of a cell share its number?",
            ),
            ("equal_neighbours", "count_same", "same_beside"),
            (
                """
                def solve(grid, row, column):
                    count = 0
                    for di, dj in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                        i, j = row + di, column + dj
                        if 0 <= i < len(grid) and 0 <= j < len(grid[0]):
                            if grid[i][j] == grid[row][column]:
                                count += 1
                    return count
                """,
                """
                def solve(grid, row, column):
                    value = grid[row][column]
                    count = 0
                    if row > 0 and grid[row - 1][column] == value:
                        count += 1
                    if row < len(grid) - 1 and grid[row + 1][column] == value:
                        count += 1
                    if column > 0 and grid[row][column - 1] == value:
                        count += 1
                    if column < len(grid[0]) - 1 and grid[row][column + 1] == value:
                        count += 1
                    return count
                """,
            ),
        ),
        "sum_around": (
            (
                "find the sum of the numbers in the up to eight cells around the cell (row, "
                "column) of a matrix, without the cell itself",
                "add up all neighbours, diagonal ones too, of a given cell",
                "Given a matrix and the row and column of a cell, return the sum of the adjacent "
                "cells in all eight directions.",
                "Sum of the cells surrounding a cell of a grid.",
            ),
            ("sum_around", "neighbour_sum", "surrounding_sum"),
            (
                """
                def solve(grid, row, column):
                    total = -grid[row][column]
                    for line in grid[max(0, row - 1):row + 2]:
                        total += sum(line[max(0, column - 1):column + 2])
                    return total
                """,
                """
                def solve(grid, row, column):
                    total = 0
                    for i in range(row - 1, row + 2):
                        for j in range(column - 1, column + 2):
                            if (i, j) == (row, column):
                                continue
                            if 0 <= i < len(grid) and 0 <= j < len(grid[0]):
                                total += grid[i][j]
                    return total
                """,
            ),
        ),
        "life": (
            (
                "find the next state of a cell in Conway's game of life, given its state (1 alive, "
                "0 dead) and the number of its living neighbours",
                "apply the rules of the game of life to one cell: a living cell with two or three "
                "living neighbours stays alive, a dead one with three becomes alive, all others "
                "are dead",
                "Given 0 or 1 for a cell and the count of living neighbours, return the state of "
                "the cell in the next generation of Conway's Game of Life.",
                "Is a cell alive (1) or dead (0) in the next generation? The arguments are its "
                "state and how many of its neighbours live.",
            ),
            ("next_state", "life_rule", "next_cell"),
            (
                """
                def solve(cell, count):
                    if count == 3 or (cell == 1 and count == 2):
                        return 1
                    return 0
                """,
                """
                def solve(cell, count):
                    if cell == 1:
                        return 1 if count in (2, 3) else 0
                    return 1 if count == 3 else 0
                """,
            ),
        ),
        "life_grid": (
            (
                "compute the next generation of Conway's game of life for a grid of 0 (dead) and "
                "1 (alive); outside the grid everything is dead",
                "apply one step of the game of life to a matrix: living cells with two or three "
                "living neighbours survive, dead cells with exactly three come to life",
                "Given a matrix of zeros and ones, return the matrix after one step of the Game "
                "of Life (8 neighbours, no wrapping around).",
                "Game of life: return the next board.",
            ),
            ("game_of_life", "next_generation", "life_step"),
            (
                """
                def solve(grid):
                    m, n = len(grid), len(grid[0])
                    result = []
                    for i in range(m):
                        row = []
                        for j in range(n):
                            count = -grid[i][j]
                            for x in range(max(0, i - 1), min(m, i + 2)):
                                for y in range(max(0, j - 1), min(n, j + 2)):
                                    count += grid[x][y]
                            alive = count == 3 or (count == 2 and grid[i][j] == 1)
                            row.append(1 if alive else 0)
                        result.append(row)
                    return result
                """,
                """
                def solve(grid):
                    def neighbours(i, j):
                        rows = grid[max(0, i - 1):i + 2]
                        return sum(sum(row[max(0, j - 1):j + 2]) for row in rows) - grid[i][j]

                    return [
                        [
                            int(neighbours(i, j) == 3 or (cell == 1 and neighbours(i, j) == 2))
                            for j, cell in enumerate(row)
                        ]
                        for i, row in enumerate(grid)
                    ]
                """,
            ),
        ),
        "mines": (
            (
                "replace each '.' of a minefield by the number of mines '*' around it (as a "
                "digit), and keep the mines",
                "fill in the numbers of a minesweeper board given as a list of strings with '*' "
                "for mines and '.' for free cells",
                "Given a list of strings with '*' and '.', return it with every '.' replaced by "
                "the count of '*' among its up to eight neighbours.",
                "Minesweeper: annotate the board with mine counts, zero included.",
            ),
            ("annotate", "minesweeper", "count_mines", "mine_numbers"),
            (
                """
                def solve(board):
                    result = []
                    for i, line in enumerate(board):
                        text = ""
                        for j, cell in enumerate(line):
                            if cell == "*":
                                text += "*"
                            else:
                                rows = board[max(0, i - 1):i + 2]
                                around = [row[max(0, j - 1):j + 2] for row in rows]
                                text += str("".join(around).count("*"))
                        result.append(text)
                    return result
                """,
                """
                def solve(board):
                    def mines(i, j):
                        count = 0
                        for x in range(i - 1, i + 2):
                            for y in range(j - 1, j + 2):
                                if 0 <= x < len(board) and 0 <= y < len(board[0]):
                                    if board[x][y] == "*":
                                        count += 1
                        return count

                    return [
                        "".join(
                            "*" if cell == "*" else str(mines(i, j))
                            for j, cell in enumerate(line)
                        )
                        for i, line in enumerate(board)
                    ]
                """,
            ),
        ),
        "peaks": (
            (
                "count the cells of a matrix that are greater than all their neighbours above, "
                "below, left and right",
                "find how many local maxima a matrix has, where a cell is compared with the up to "
                "four cells beside it",
                "Given a matrix of heights, return the number of peaks: cells that are strictly "
                "higher than each direct neighbour (no diagonals).",
                "How many cells of a grid are larger than every cell that shares a side with "
                "them?",
            ),
            ("count_peaks", "local_maxima", "num_peaks"),
            (
                """
                def solve(grid):
                    count = 0
                    for i in range(len(grid)):
                        for j in range(len(grid[0])):
                            is_peak = True
                            for x, y in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                                if 0 <= x < len(grid) and 0 <= y < len(grid[0]):
                                    if grid[x][y] >= grid[i][j]:
                                        is_peak = False
                            if is_peak:
                                count += 1
                    return count
                """,
                """
                def solve(grid):
                    heights = {
                        (i, j): cell for i, row in enumerate(grid) for j, cell in enumerate(row)
                    }
                    count = 0
                    for (i, j), height in heights.items():
                        beside = ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
                        if all(height > heights[place] for place in beside if place in heights):
                            count += 1
                    return count
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for rows, columns in ((1, 3), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3)):
        place = (choose.integer(0, rows - 1), choose.integer(0, columns - 1))
        numbers = [choose.integers(columns, 1, 9) for _ in range(rows)]
        free = task in ("life_grid", "mines", "peaks")
        share = {"mines": 0.3, "count_equal": 0.6}.get(task, 0.45)
        board: list[Any] = _grid(choose, rows, columns, share)
        if task in ("sum_around", "peaks"):
            board = numbers
        elif task == "mines":
            board = ["".join(".*"[cell] for cell in row) for row in board]
        arguments.append((board,) if free else (board, *place))
    if task == "life":
        arguments = [(cell, count) for cell in (0, 1) for count in choose.sample(range(9), 4)]
        arguments += [(1, 2), (0, 3)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "row": ("row",) if task not in ("count_ones", "count_equal") else ("r", "y", "i0"),
            "column": ("c", "col") if task != "sum_around" else ("column",),
            "grid": ("matrix", "board", "world"),
            "cell": ("cell",) if task != "life" else ("state", "alive"),
            "count": ("count",) if task != "life" else ("neighbours", "n", "around"),
        },
    )


@family(task=("final", "visited", "returns", "furthest", "turns", "rotten"))
def robots_on_a_grid(choose: Chooser, task: str) -> Exercise:
    """Follow moves on a plane or spread over a grid."""
    texts, names, solutions = {
        "final": (
            (
                "find where a robot ends that starts at (0, 0) and follows a string of moves U, "
                "D, L and R (U increases y, R increases x)",
                "compute the final position (x, y) after the moves 'U' (up), 'D' (down), 'L' "
                "(left) and 'R' (right) from the origin",
                "Given a string of the letters U, D, L, R, return the coordinates (x, y) that are "
                "reached from (0, 0). Up is +y and right is +x.",
                "A robot starts at the origin. Return its position as a tuple after all moves in "
                "the string.",
            ),
            ("final_position", "robot_position", "follow_moves", "end_point"),
            (
                """
                def solve(moves):
                    x = y = 0
                    for move in moves:
                        if move == "U":
                            y += 1
                        elif move == "D":
                            y -= 1
                        elif move == "R":
                            x += 1
                        else:
                            x -= 1
                    return (x, y)
                """,
                """
                def solve(moves):
                    x = moves.count("R") - moves.count("L")
                    y = moves.count("U") - moves.count("D")
                    return (x, y)
                """,
                """
                def solve(moves):
                    steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
                    x, y = 0, 0
                    for move in moves:
                        dx, dy = steps[move]
                        x += dx
                        y += dy
                    return (x, y)
                """,
            ),
        ),
        "visited": (
            (
                "count the different points that a robot visits which starts at (0, 0) and "
                "follows the moves U, D, L and R of a string (the start counts)",
                "find how many distinct positions are on the way of a robot from the origin, "
                "including the origin",
                "Given a string of U, D, L and R, each a step of length 1, return the number of "
                "different points that are visited, the starting point included.",
                "How many houses get at least one present, if Santa starts at a house and moves "
                "by the letters U, D, L, R of a string?",
            ),
            ("count_visited", "visited_points", "houses_visited"),
            (
                """
                def solve(moves):
                    steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
                    x, y = 0, 0
                    seen = {(0, 0)}
                    for move in moves:
                        x += steps[move][0]
                        y += steps[move][1]
                        seen.add((x, y))
                    return len(seen)
                """,
                """
                def solve(moves):
                    x = y = 0
                    visited = [(0, 0)]
                    for move in moves:
                        if move == "U":
                            y += 1
                        elif move == "D":
                            y -= 1
                        elif move == "R":
                            x += 1
                        elif move == "L":
                            x -= 1
                        if (x, y) not in visited:
                            visited.append((x, y))
                    return len(visited)
                """,
            ),
        ),
        "returns": (
            (
                "check whether a robot returns to its start after a string of moves U, D, L and R",
                "test if the moves of a string (U, D, L, R) form a closed way",
                "Given a string of moves U, D, L and R, return True if the robot ends where it "
                "began, and False otherwise.",
                "Does the walk end at the origin? Each letter (U, D, L, R) is one step.",
            ),
            ("returns_to_start", "is_closed", "judge_circle", "back_home"),
            (
                """
                def solve(moves):
                    return moves.count("U") == moves.count("D") and moves.count(
                        "L"
                    ) == moves.count("R")
                """,
                """
                def solve(moves):
                    x = y = 0
                    for move in moves:
                        if move == "U":
                            y += 1
                        elif move == "D":
                            y -= 1
                        elif move == "R":
                            x += 1
                        elif move == "L":
                            x -= 1
                    return x == 0 and y == 0
                """,
            ),
        ),
        "furthest": (
            (
                "find the largest distance |x| + |y| from the start that a robot has during the "
                "moves U, D, L and R of a string",
                "compute how far a robot gets from the origin at most, in steps along the grid, "
                "while it follows a string of U, D, L and R",
                "Given a string of moves (U, D, L, R), return the greatest Manhattan distance "
                "from the starting point that is reached on the way.",
                "Return the maximum of abs(x) + abs(y) over all points of a walk from (0, 0).",
            ),
            ("max_distance", "furthest_distance", "greatest_distance"),
            (
                """
                def solve(moves):
                    x = y = best = 0
                    for move in moves:
                        if move == "U":
                            y += 1
                        elif move == "D":
                            y -= 1
                        elif move == "R":
                            x += 1
                        else:
                            x -= 1
                        best = max(best, abs(x) + abs(y))
                    return best
                """,
                """
                def solve(moves):
                    steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
                    x, y = 0, 0
                    distances = [0]
                    for move in moves:
                        dx, dy = steps[move]
                        x, y = x + dx, y + dy
                        distances.append(abs(x) + abs(y))
                    return max(distances)
                """,
            ),
        ),
        "turns": (
            (
                "find where a robot ends that starts at (0, 0) facing north and follows the "
                "commands F (one step forward), L (turn left) and R (turn right)",
                "compute the position (x, y) of a turtle after the commands F, L and R of a "
                "string, if it first looks in the direction of +y",
                "Given a string of F (forward), L and R (turn by 90 degrees on the spot), return "
                "the final (x, y) of a robot that starts at the origin and looks up.",
                "A robot looks north, which is +y. Return the coordinates that it reaches with "
                "the given commands F, L, R.",
            ),
            ("turtle_position", "follow_commands", "robot_end"),
            (
                """
                def solve(commands):
                    x, y = 0, 0
                    dx, dy = 0, 1
                    for command in commands:
                        if command == "F":
                            x += dx
                            y += dy
                        elif command == "L":
                            dx, dy = -dy, dx
                        else:
                            dx, dy = dy, -dx
                    return (x, y)
                """,
                """
                def solve(commands):
                    directions = [(0, 1), (1, 0), (0, -1), (-1, 0)]
                    x = y = facing = 0
                    for command in commands:
                        if command == "R":
                            facing = (facing + 1) % 4
                        elif command == "L":
                            facing = (facing - 1) % 4
                        else:
                            x += directions[facing][0]
                            y += directions[facing][1]
                    return (x, y)
                """,
            ),
        ),
        "rotten": (
            (
                "find the number of minutes until all oranges are rotten (2), if each minute the "
                "fresh ones (1) beside a rotten one rot; 0 is empty; -1 if some stay fresh",
                "simulate rotting oranges in a grid (0 empty, 1 fresh, 2 rotten) and return the "
                "minutes until none is fresh, or -1 if that never happens",
                "Fire (2) spreads each minute to trees (1) above, below, left and right of it; 0 "
                "is bare ground. Return the time until no tree is left, -1 if one survives.",
                "Rotting oranges: minutes until every 1 has become 2, or -1.",
            ),
            ("minutes_until_rotten", "rotting_oranges", "spread_time"),
            (
                """
                from collections import deque


                def solve(grid):
                    queue = deque()
                    fresh = 0
                    for i, row in enumerate(grid):
                        for j, cell in enumerate(row):
                            if cell == 2:
                                queue.append((i, j, 0))
                            elif cell == 1:
                                fresh += 1
                    minutes = 0
                    while queue:
                        i, j, minutes = queue.popleft()
                        for x, y in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                            if 0 <= x < len(grid) and 0 <= y < len(grid[0]) and grid[x][y] == 1:
                                grid[x][y] = 2
                                fresh -= 1
                                queue.append((x, y, minutes + 1))
                    return minutes if fresh == 0 else -1
                """,
                """
                def solve(grid):
                    cells = {(i, j): v for i, row in enumerate(grid) for j, v in enumerate(row)}
                    minutes = 0
                    while 1 in cells.values():
                        spread = [
                            (i, j)
                            for (i, j), v in cells.items()
                            if v == 1
                            and any(
                                cells.get(place) == 2
                                for place in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))
                            )
                        ]
                        if not spread:
                            return -1
                        for place in spread:
                            cells[place] = 2
                        minutes += 1
                    return minutes
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        moves = choose.letters((3, 10), "UDLR")
        if task == "rotten":
            columns = choose.integer(2, 4)
            grid = [[choose.one_of((0, 1, 1, 1, 1, 2)) for _ in range(columns)] for _ in "xx"]
            arguments.append((grid if place else [[0, 2]],))
        elif task == "turns":
            arguments.append((choose.letters((3, 10), "FFFLR"),))
        elif task == "returns" and place % 2:
            back = moves[::-1].translate(str.maketrans("UDLR", "DURL"))
            arguments.append(("".join(choose.shuffled(moves + back)),))
        else:
            arguments.append((moves,))
    if task != "rotten":
        arguments.append(("",))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "moves": ("path", "steps_taken", "s", "directions"),
            "commands": ("text", "cmds"),
        },
    )
