"""Tic-tac-toe and rock paper scissors."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_THREES = (
    (0, 1, 2),
    (3, 4, 5),
    (6, 7, 8),
    (0, 3, 6),
    (1, 4, 7),
    (2, 5, 8),
    (0, 4, 8),
    (2, 4, 6),
)


def _board(choose: Chooser, num_moves: int) -> list[list[str]]:
    """Return a tic-tac-toe board after some random moves, or the first line; X begins."""
    cells = [" "] * 9
    for turn, place in enumerate(choose.sample(range(9), num_moves)):
        cells[place] = "XO"[turn % 2]
        if any(cells[a] == cells[b] == cells[c] != " " for a, b, c in _THREES):
            break
    return [cells[:3], cells[3:6], cells[6:]]


def _won_board(choose: Chooser) -> list[list[str]]:
    """Return a board on which one player has a line."""
    line = choose.one_of(_THREES)
    winner, other = choose.one_of((("X", "O"), ("O", "X")))
    cells = [winner if place in line else " " for place in range(9)]
    free = [place for place in range(9) if place not in line]
    for place in choose.sample(free, 2):
        cells[place] = other
    return [cells[:3], cells[3:6], cells[6:]]


_LINES = """
                    lines = board + [list(column) for column in zip(*board)]
                    lines.append([board[i][i] for i in range(3)])
                    lines.append([board[i][2 - i] for i in range(3)])"""


@family(
    task=("winner", "has_won", "count", "turn", "state", "moves", "rows"), form=("rows", "text")
)
def tic_tac_toe(choose: Chooser, task: str, form: str) -> Exercise:
    """Look at a board of tic-tac-toe."""
    empty = "' '"
    given = (
        f"a list of three rows with 'X', 'O' or {empty}"
        if form == "rows"
        else f"a string of nine characters (X, O or {empty}), row after row"
    )
    rows = (
        ""
        if form == "rows"
        else """
                    board = [list(board[i:i + 3]) for i in (0, 3, 6)]"""
    )
    flat = '"".join(map("".join, board))' if form == "rows" else "board"
    texts, names, solutions = {
        "winner": (
            (
                f"find the winner of a game of tic-tac-toe: 'X', 'O', or None if nobody has three "
                f"in a row; the board is {given}",
                f"The board of a tic-tac-toe game is {given}. Return 'X' or 'O' if this player "
                "has a line of three, else None.",
                f"check who has won at tic-tac-toe on a board given as {given}, and return the "
                "letter of the winner or None",
                f"Who won? Given {given} from noughts and crosses, return the player with three "
                "in a line (None for nobody).",
            ),
            ("winner", "tic_tac_toe_winner", "who_won", "find_winner"),
            (
                f"""
                def solve(board):{rows}{_LINES}
                    for player in "XO":
                        if [player] * 3 in lines:
                            return player
                    return None
                """,
                f"""
                def solve(board):{rows}
                    for i in range(3):
                        if board[i][0] == board[i][1] == board[i][2] != " ":
                            return board[i][0]
                        if board[0][i] == board[1][i] == board[2][i] != " ":
                            return board[0][i]
                    center = board[1][1]
                    if center != " ":
                        if board[0][0] == center == board[2][2]:
                            return center
                        if board[0][2] == center == board[2][0]:
                            return center
                    return None
                """,
            ),
        ),
        "has_won": (
            (
                f"check whether a player has three in a row at tic-tac-toe; the board is {given}",
                f"The board is {given}. Return True if the given player ('X' or 'O') has a row, "
                "a column or a diagonal, else False.",
                f"test if 'X' or 'O', the second argument, has won on a tic-tac-toe board that is "
                f"{given}",
                f"Given {given} and a player, has the player won at noughts and crosses?",
            ),
            ("has_won", "is_winner", "three_in_a_row", "check_win"),
            (
                f"""
                def solve(board, player):{rows}{_LINES}
                    return [player] * 3 in lines
                """,
                f"""
                def solve(board, player):{rows}
                    for i in range(3):
                        if all(board[i][j] == player for j in range(3)):
                            return True
                        if all(board[j][i] == player for j in range(3)):
                            return True
                    if all(board[i][i] == player for i in range(3)):
                        return True
                    return all(board[i][2 - i] == player for i in range(3))
                """,
            ),
        ),
        "count": (
            (
                f"count the free cells of a tic-tac-toe board, which is {given}",
                f"The board is {given}. Return how many moves are still possible, as the number "
                "of empty cells.",
                f"find the number of empty places on a board given as {given}",
                f"How many cells are still free at tic-tac-toe? The board is {given}.",
            ),
            ("free_cells", "count_empty", "empty_places"),
            (
                """
                def solve(board):
                    return sum(row.count(" ") for row in board)
                """
                if form == "rows"
                else """
                def solve(board):
                    return board.count(" ")
                """,
                """
                def solve(board):
                    count = 0
                    for row in board:
                        for cell in row:
                            if cell == " ":
                                count += 1
                    return count
                """,
            ),
        ),
        "turn": (
            (
                f"find whose turn it is at tic-tac-toe, 'X' or 'O', if X begins; the board is "
                f"{given}",
                f"The board is {given}, and X made the first move. Return the letter of the "
                "player who moves next.",
                f"return who has the next move on a board given as {given}: X starts, and the "
                "players take turns",
                f"Whose turn is it, 'X' or 'O'? The board is {given}; X has begun.",
            ),
            ("whose_turn", "next_player", "player_to_move"),
            (
                f"""
                def solve(board):
                    cells = {flat}
                    return "X" if cells.count("X") == cells.count("O") else "O"
                """,
                f"""
                def solve(board):
                    cells = {flat}
                    if cells.count(" ") % 2 == 1:
                        return "X"
                    return "O"
                """,
            ),
        ),
        "state": (
            (
                f"describe a tic-tac-toe board: return 'X wins', 'O wins', 'draw' if it is full, "
                f"or 'open'; the board is {given}",
                f"The board is {given}. Return the state of the game as 'X wins', 'O wins', "
                "'draw' (no free cell) or 'open'.",
                f"find out how a game of tic-tac-toe stands ('X wins', 'O wins', 'draw' or "
                f"'open') from {given}",
                f"Given {given} of noughts and crosses, return 'X wins', 'O wins', 'draw' or "
                "'open'.",
            ),
            ("game_state", "result", "tic_tac_toe_state"),
            (
                f"""
                def solve(board):{rows}{_LINES}
                    for player in "XO":
                        if [player] * 3 in lines:
                            return player + " wins"
                    if any(" " in row for row in board):
                        return "open"
                    return "draw"
                """,
            ),
        ),
        "moves": (
            (
                f"list the free cells of a tic-tac-toe board as (row, column) tuples, counted from "
                f"0, row by row; the board is {given}",
                f"The board is {given}. Return the list of possible moves as tuples of the row and "
                "the column of each empty cell.",
                f"find all empty cells, as (row, column) with numbers from 0, of a board given as "
                f"{given}",
                f"Where can the next sign be put? The board is {given}; return (row, column) "
                "tuples, counted from 0, row by row.",
            ),
            ("possible_moves", "free_places", "list_moves"),
            (
                f"""
                def solve(board):{rows}
                    return [(i, j) for i in range(3) for j in range(3) if board[i][j] == " "]
                """,
                f"""
                def solve(board):{rows}
                    moves = []
                    for i, row in enumerate(board):
                        for j, cell in enumerate(row):
                            if cell == " ":
                                moves.append((i, j))
                    return moves
                """,
            ),
        ),
        "rows": (
            (
                f"draw a tic-tac-toe board as text: the cells of a row are separated by '|' and "
                f"the rows by newlines; the board is {given}",
                f"The board is {given}. Return a string with three lines; put '|' between the "
                "cells of a line.",
                f"turn a board given as {given} into lines like 'X|O| ', joined by newlines",
                f"Print a tic-tac-toe board into a string: three lines with '|' between cells, "
                f"from {given}.",
            ),
            ("draw_board", "board_text", "show_board"),
            (
                f"""
                def solve(board):{rows}
                    return "\\n".join("|".join(row) for row in board)
                """,
                f"""
                def solve(board):{rows}
                    lines = []
                    for row in board:
                        lines.append("|".join(row))
                    return "\\n".join(lines)
                """,
            ),
        ),
    }[task]  # fmt: skip
    boards = [_won_board(choose) for _ in range(3)] + [_board(choose, n) for n in (0, 3, 4, 6, 9)]
    if task == "state":
        boards.append([["X", "O", "X"], ["X", "O", "O"], ["O", "X", "X"]])
    elif task == "turn":
        boards = [_board(choose, n) for n in (0, 1, 2, 3, 4, 5, 6, 7)]
    arguments: list[tuple[Any, ...]] = []
    for board in boards:
        shown: Any = board if form == "rows" else "".join(map("".join, board))
        extra = (choose.one_of("XO"),) if task == "has_won" else ()
        arguments.append((shown, *extra))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "board": ("grid", "b", "game") if form == "rows" else ("cells_text", "b", "state"),
            "row": ("row",),
            "count": ("free",),
        },
    )


@family(task=("winner", "score", "beats", "rounds", "counter", "both_counts"))
def rock_paper_scissors(choose: Chooser, task: str) -> Exercise:
    """Decide rounds of rock, paper, scissors."""
    texts, names, solutions = {
        "winner": (
            (
                "decide a round of rock paper scissors: return 1 if the first player wins, 2 if "
                "the second wins, and 0 for a draw",
                "find who wins at rock, paper, scissors; the arguments are 'rock', 'paper' or "
                "'scissors', and the result is 1, 2 or 0 for a tie",
                "Given the choices of two players in rock-paper-scissors, return the number of "
                "the winner, or 0 if they are equal.",
                "Rock beats scissors, scissors beat paper, paper beats rock. Return 1 or 2 for "
                "the winner, 0 if nobody wins.",
            ),
            ("rps_winner", "rock_paper_scissors", "decide_round", "winner"),
            (
                """
                def solve(first, second):
                    beats = {"rock": "scissors", "scissors": "paper", "paper": "rock"}
                    if first == second:
                        return 0
                    return 1 if beats[first] == second else 2
                """,
                """
                def solve(first, second):
                    if first == second:
                        return 0
                    wins = [("rock", "scissors"), ("scissors", "paper"), ("paper", "rock")]
                    if (first, second) in wins:
                        return 1
                    return 2
                """,
                """
                def solve(first, second):
                    signs = ["rock", "scissors", "paper"]
                    return (signs.index(second) - signs.index(first)) % 3
                """,
            ),
        ),
        "score": (
            (
                "find the score of the first player in several rounds of rock paper scissors, "
                "given as tuples of letters R, P, S: a win counts 1, a loss -1, a draw 0",
                "add up rounds of rock paper scissors from a list of (own, other) letters: +1 for "
                "each win and -1 for each defeat",
                "Given pairs of 'R', 'P' and 'S', return how many more rounds the first player "
                "won than lost.",
                "Rock paper scissors: wins minus losses of the first player for a list of (own, "
                "other) letters.",
            ),
            ("rps_score", "net_wins", "score_rounds"),
            (
                """
                def solve(rounds):
                    wins = ("RS", "SP", "PR")
                    score = 0
                    for own, other in rounds:
                        if own + other in wins:
                            score += 1
                        elif own != other:
                            score -= 1
                    return score
                """,
                """
                def solve(rounds):
                    wins = {("R", "S"), ("S", "P"), ("P", "R")}
                    won = sum(1 for own, other in rounds if (own, other) in wins)
                    lost = sum(1 for own, other in rounds if (other, own) in wins)
                    return won - lost
                """,
            ),
        ),
        "beats": (
            (
                "check whether the first sign beats the second one in rock, paper, scissors",
                "test if 'rock', 'paper' or 'scissors' wins against another of these",
                "Given two signs of rock-paper-scissors, return True if the first one wins, else "
                "False (also for a draw).",
                "Does the first sign win against the second (rock, paper, scissors)? A draw is no"
                " win.",
            ),
            ("beats", "wins_against", "is_stronger"),
            (
                """
                def solve(first, second):
                    return (first, second) in {
                        ("rock", "scissors"),
                        ("scissors", "paper"),
                        ("paper", "rock"),
                    }
                """,
                """
                def solve(first, second):
                    beaten = {"rock": "scissors", "scissors": "paper", "paper": "rock"}
                    return beaten[first] == second
                """,
            ),
        ),
        "rounds": (
            (
                "find who wins a match of rock paper scissors: the players' signs are two equally "
                "long strings of R, P and S; return 'first', 'second' or 'draw' by the number of "
                "won rounds",
                "Given two strings with the signs R, P, S of two players, return which player won "
                "more rounds: 'first', 'second', or 'draw'.",
                "compare two strings of R, P and S round by round (R beats S, S beats P, P beats "
                "R) and return 'first', 'second' or 'draw'",
                "Rock paper scissors with strings of R, P and S: who wins more rounds, 'first' or"
                " 'second', or is it a 'draw'?",
            ),
            ("match_winner", "play_match", "rps_match"),
            (
                """
                def solve(first, second):
                    wins = {"RS", "SP", "PR"}
                    one = sum(a + b in wins for a, b in zip(first, second))
                    two = sum(b + a in wins for a, b in zip(first, second))
                    if one == two:
                        return "draw"
                    return "first" if one > two else "second"
                """,
                """
                def solve(first, second):
                    difference = 0
                    for a, b in zip(first, second):
                        if a + b in ("RS", "SP", "PR"):
                            difference += 1
                        elif a != b:
                            difference -= 1
                    if difference > 0:
                        return "first"
                    if difference < 0:
                        return "second"
                    return "draw"
                """,
            ),
        ),
        "counter": (
            (
                "return the sign that beats a given sign in rock, paper, scissors",
                "find what wins against 'rock', 'paper' or 'scissors'",
                "Given a sign of rock-paper-scissors, return the one that defeats it.",
                "What should I show to beat the given sign?",
            ),
            ("counter", "what_beats", "winning_sign"),
            (
                """
                def solve(sign):
                    return {"rock": "paper", "paper": "scissors", "scissors": "rock"}[sign]
                """,
                """
                def solve(sign):
                    if sign == "rock":
                        return "paper"
                    if sign == "paper":
                        return "scissors"
                    return "rock"
                """,
            ),
        ),
        "both_counts": (
            (
                "count how often each player wins in a list of rounds of rock paper scissors, "
                "given as tuples of words; return a tuple (wins of the first, wins of the second)",
                "Given rounds as pairs of 'rock', 'paper' and 'scissors', return a tuple with the "
                "numbers of rounds that the first and the second player won.",
                "find the result of several rounds of rock, paper, scissors as (first, second) "
                "points; a draw gives no point",
                "How many rounds of rock paper scissors does each player win? Return a tuple.",
            ),
            ("count_wins", "rps_points", "match_points"),
            (
                """
                def solve(rounds):
                    beats = {"rock": "scissors", "scissors": "paper", "paper": "rock"}
                    points = [0, 0]
                    for one, two in rounds:
                        if beats[one] == two:
                            points[0] += 1
                        elif beats[two] == one:
                            points[1] += 1
                    return tuple(points)
                """,
                """
                def solve(rounds):
                    beats = {"rock": "scissors", "scissors": "paper", "paper": "rock"}
                    won = sum(1 for one, two in rounds if beats[one] == two)
                    lost = sum(1 for one, two in rounds if beats[two] == one)
                    return (won, lost)
                """,
            ),
        ),
    }[task]  # fmt: skip
    words = ("rock", "paper", "scissors")
    arguments: list[tuple[Any, ...]]
    if task in ("winner", "beats"):
        arguments = [(a, b) for a in words for b in words]
    elif task == "counter":
        arguments = [(word,) for word in words]
    elif task == "rounds":
        arguments = []
        for _ in range(7):
            size = choose.integer(1, 7)
            arguments.append((choose.letters(size, "RPS"), choose.letters(size, "RPS")))
    else:
        signs = "RPS" if task == "score" else words
        arguments = [
            ([(choose.one_of(signs), choose.one_of(signs)) for _ in range(choose.integer(1, 6))],)
            for _ in range(6)
        ]
        arguments.append(([],))
    if task == "both_counts":
        arguments = [argument for argument in arguments if argument[0]]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("player1", "p1", "a", "one"),
            "second": ("player2", "p2", "b", "two"),
            "rounds": ("games", "pairs", "plays"),
        },
    )
