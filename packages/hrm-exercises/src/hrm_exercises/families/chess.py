"""The squares and pieces of chess."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_SQUARE = "'a1' to 'h8'"


@family(
    task=(
        "color", "same_color", "knight", "knight_moves", "rook", "bishop", "queen", "king",
        "to_numbers", "material", "king_distance", "knight_distance",
    )
)  # fmt: skip
def chess_squares(choose: Chooser, task: str) -> Exercise:
    """Reason about squares and pieces of chess."""
    distances = """
                    columns = abs(ord(first[0]) - ord(second[0]))
                    rows = abs(int(first[1]) - int(second[1]))"""
    texts, names, solutions = {
        "color": (
            (
                f"find the color, 'black' or 'white', of a square of the chessboard ({_SQUARE}), "
                "where a1 is black",
                "return 'black' or 'white' for the name of a chess square such as 'e4'; a1 is "
                "black",
                "Given the name of a square on a chessboard, return its color as 'white' or "
                "'black'.",
                "Is a chess square 'black' or 'white'? The square a1 is black.",
            ),
            ("square_color", "chess_color", "color_of_square"),
            (
                """
                def solve(square):
                    column = ord(square[0]) - ord("a") + 1
                    row = int(square[1])
                    return "black" if (column + row) % 2 == 0 else "white"
                """,
                """
                def solve(square):
                    if ("abcdefgh".index(square[0]) + int(square[1])) % 2 == 1:
                        return "black"
                    return "white"
                """,
            ),
        ),
        "same_color": (
            (
                f"check whether two squares of the chessboard ({_SQUARE}) have the same color",
                "test if two chess squares, given by names such as 'e4', are both white or both "
                "black",
                "Given the names of two squares of a chessboard, return True if their colors are "
                "equal, else False.",
                "Do two squares of a chessboard have equal colors?",
            ),
            ("same_color", "equal_colors", "is_same_color"),
            (
                """
                def solve(first, second):
                    one = (ord(first[0]) + int(first[1])) % 2
                    two = (ord(second[0]) + int(second[1])) % 2
                    return one == two
                """,
                f"""
                def solve(first, second):{distances}
                    return (columns + rows) % 2 == 0
                """,
            ),
        ),
        "knight": (
            (
                f"check whether a knight can go from one square to another ({_SQUARE}) in one move",
                "test if two chess squares are a knight's move apart",
                "Given the names of two squares, return True if a knight on the first attacks the "
                "second, else False.",
                "Is it a legal knight move from the first square to the second?",
            ),
            ("knight_move", "is_knight_move", "knight_attacks"),
            (
                f"""
                def solve(first, second):{distances}
                    return (columns, rows) in ((1, 2), (2, 1))
                """,
                f"""
                def solve(first, second):{distances}
                    return columns * rows == 2
                """,
            ),
        ),
        "knight_moves": (
            (
                f"count the squares that a knight can reach in one move from a square ({_SQUARE})",
                "find how many moves a knight has from a chess square on an empty board",
                "Given the name of a square, return the number of squares that a knight attacks "
                "from there.",
                "How many squares does a knight attack from the given square?",
            ),
            ("count_knight_moves", "knight_mobility", "num_knight_moves"),
            (
                """
                def solve(square):
                    x, y = ord(square[0]) - ord("a"), int(square[1]) - 1
                    count = 0
                    for dx in (-2, -1, 1, 2):
                        for dy in (-2, -1, 1, 2):
                            if abs(dx) != abs(dy) and 0 <= x + dx < 8 and 0 <= y + dy < 8:
                                count += 1
                    return count
                """,
                """
                def solve(square):
                    x, y = "abcdefgh".index(square[0]), int(square[1]) - 1
                    steps = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
                    return sum(1 for a, b in steps if x + a in range(8) and y + b in range(8))
                """,
            ),
        ),
        "rook": (
            (
                f"check whether a rook attacks a square from another one ({_SQUARE}) on an empty "
                "board",
                "test if a rook can move between two different chess squares in one move",
                "Given the names of two squares, return True if they are different and in the "
                "same row or column, else False.",
                "Can a rook get from one square to another one in a single move on an empty "
                "board? Staying is no move.",
            ),
            ("rook_attacks", "is_rook_move", "rook_move"),
            (
                """
                def solve(first, second):
                    if first == second:
                        return False
                    return first[0] == second[0] or first[1] == second[1]
                """,
                """
                def solve(first, second):
                    return (first[0] == second[0]) != (first[1] == second[1])
                """,
            ),
        ),
        "bishop": (
            (
                f"check whether a bishop attacks a square from another one ({_SQUARE}) on an "
                "empty board",
                "test if a bishop can move between two different chess squares in one move",
                "Given the names of two squares, return True if they are different and on the "
                "same diagonal, else False.",
                "Can a bishop get from one square to another one in a single move on an empty "
                "board? Staying is no move.",
            ),
            ("bishop_attacks", "is_bishop_move", "on_diagonal"),
            (
                f"""
                def solve(first, second):{distances}
                    return columns == rows and rows > 0
                """,
                """
                def solve(first, second):
                    if first == second:
                        return False
                    columns = ord(first[0]) - ord(second[0])
                    rows = int(first[1]) - int(second[1])
                    return abs(columns) == abs(rows)
                """,
            ),
        ),
        "queen": (
            (
                f"check whether a queen attacks a square from another one ({_SQUARE}) on an empty "
                "board",
                "test if a queen can move between two different chess squares in one move",
                "Given the names of two squares, return True if they are different and in the "
                "same row, column or diagonal, else False.",
                "Can a queen get from one square to another one in a single move on an empty "
                "board? Staying is no move.",
            ),
            ("queen_attacks", "is_queen_move", "queen_move"),
            (
                f"""
                def solve(first, second):{distances}
                    if columns == 0 and rows == 0:
                        return False
                    return columns == 0 or rows == 0 or columns == rows
                """,
                f"""
                def solve(first, second):{distances}
                    return first != second and (columns * rows == 0 or columns == rows)
                """,
            ),
        ),
        "king": (
            (
                f"check whether a king can go from one square to another ({_SQUARE}) in one move",
                "test if two chess squares are neighbours, also diagonally",
                "Given the names of two squares, return True if they are different and touch each "
                "other, else False.",
                "Are the two squares one king's move apart?",
            ),
            ("king_move", "is_king_move", "are_adjacent"),
            (
                f"""
                def solve(first, second):{distances}
                    return max(columns, rows) == 1
                """,
                f"""
                def solve(first, second):{distances}
                    return first != second and columns <= 1 and rows <= 1
                """,
            ),
        ),
        "to_numbers": (
            (
                "convert the name of a chess square to a tuple (column, row) with numbers from 1 "
                "to 8",
                "turn a square such as 'c5' into its numbers, here (3, 5)",
                "Given a name like 'h1', return the column (a is 1) and the row as a tuple.",
                "split a chess square into column number and row number",
            ),
            ("square_to_numbers", "parse_square", "coordinates"),
            (
                """
                def solve(square):
                    return (ord(square[0]) - ord("a") + 1, int(square[1]))
                """,
                """
                def solve(square):
                    return ("abcdefgh".index(square[0]) + 1, int(square[1]))
                """,
            ),
        ),
        "material": (
            (
                "find the total value of chess pieces, given as letters: pawn P 1, knight N 3, "
                "bishop B 3, rook R 5, queen Q 9, king K 0",
                "add up the values of the pieces in a string such as 'QRP' (Q 9, R 5, B and N 3, "
                "P 1, K 0)",
                "Given a string of the letters K, Q, R, B, N and P, return how many points the "
                "pieces are worth together (0, 9, 5, 3, 3 and 1).",
                "Total value of chess pieces (Q 9, R 5, B 3, N 3, P 1, K 0) given as a string.",
            ),
            ("material", "piece_values", "count_material"),
            (
                """
                def solve(pieces):
                    values = {"P": 1, "N": 3, "B": 3, "R": 5, "Q": 9, "K": 0}
                    return sum(values[piece] for piece in pieces)
                """,
                """
                def solve(pieces):
                    values = {"Q": 9, "R": 5, "B": 3, "N": 3, "P": 1}
                    total = 0
                    for piece in pieces:
                        total += values.get(piece, 0)
                    return total
                """,
            ),
        ),
        "king_distance": (
            (
                f"find the number of moves that a king needs from one square to another "
                f"({_SQUARE})",
                "compute the distance between two chess squares in king's moves",
                "Given the names of two squares, return the smallest number of moves of a king "
                "between them.",
                "How many moves does a king need from the first square to the second?",
            ),
            ("king_distance", "king_steps", "moves_of_king"),
            (
                f"""
                def solve(first, second):{distances}
                    return max(columns, rows)
                """,
                """
                def solve(first, second):
                    columns = abs("abcdefgh".index(first[0]) - "abcdefgh".index(second[0]))
                    rows = abs(int(first[1]) - int(second[1]))
                    return columns if columns > rows else rows
                """,
            ),
        ),
        "knight_distance": (
            (
                f"find the smallest number of moves of a knight from one square to another "
                f"({_SQUARE})",
                "compute the distance between two chess squares in knight's moves",
                "Given the names of two squares, return how many moves a knight needs at least "
                "to get from the first to the second.",
                "Minimum number of knight moves between two squares of the chessboard.",
            ),
            ("knight_distance", "knight_steps", "min_knight_moves"),
            (
                """
                from collections import deque


                def solve(first, second):
                    steps = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
                    start = (ord(first[0]) - ord("a"), int(first[1]) - 1)
                    target = (ord(second[0]) - ord("a"), int(second[1]) - 1)
                    distances = {start: 0}
                    queue = deque([start])
                    while target not in distances:
                        x, y = queue.popleft()
                        for dx, dy in steps:
                            place = (x + dx, y + dy)
                            inside = 0 <= place[0] < 8 and 0 <= place[1] < 8
                            if inside and place not in distances:
                                distances[place] = distances[x, y] + 1
                                queue.append(place)
                    return distances[target]
                """,
            ),
        ),
    }[task]  # fmt: skip

    def square(x: int, y: int) -> str:
        return f"{'abcdefgh'[x % 8]}{y % 8 + 1}"

    arguments: list[tuple[Any, ...]] = []
    steps = {
        "knight": ((1, 2), (2, -1), (-2, 1)),
        "rook": ((0, 3), (4, 0), (-2, 0)),
        "bishop": ((2, 2), (3, -3), (-1, 1)),
        "queen": ((2, 2), (0, 3), (5, 0)),
        "king": ((1, 1), (0, -1), (-1, 0)),
    }
    for place in range(8):
        x, y = choose.integer(2, 5), choose.integer(2, 5)
        dx, dy = choose.one_of(steps.get(task, ((1, 3), (2, 2), (4, 1), (0, 2))))
        other = (
            square(x + dx, y + dy)
            if place % 2
            else square(choose.integer(0, 7), choose.integer(0, 7))
        )
        if task in ("color", "knight_moves", "to_numbers"):
            arguments.append((square(choose.integer(0, 7), choose.integer(0, 7)),))
        elif task == "material":
            arguments.append((choose.letters((1, 8), "KQRRBBNNPPPP"),))
        else:
            arguments.append((square(x, y), other))
    arguments.append(("",) if task == "material" else arguments[0])
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "square": ("cell", "field", "position"),
            "first": ("start", "a", "square1", "one"),
            "second": ("end", "b", "square2", "two"),
            "row": ("row",),
            "pieces": ("letters", "army", "text"),
        },
    )
