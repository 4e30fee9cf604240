"""Nim and other games of taking away, connect four, battleship, queens."""

from functools import reduce
from operator import xor
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _heaps(choose: Chooser, *, lost: bool) -> list[int]:
    """Return sizes of heaps; if `lost`, the player to move loses the game of nim."""
    heaps = choose.integers((1, 5), 1, 15)
    last = reduce(xor, heaps)
    return [*heaps, last] if lost and last else heaps


@family(task=("nim_sum", "can_win", "sticks", "move", "take_out", "coin_row"))
def games_of_taking_away(choose: Chooser, task: str) -> Exercise:
    """Find who wins nim and its relatives."""
    texts, names, solutions = {
        "nim_sum": (
            (
                "compute the nim sum of some heaps, that is the bitwise xor of their sizes",
                "find the nim sum of a list of heap sizes",
                "Given the sizes of heaps in the game of nim, return their exclusive or.",
                "combine all numbers of a list of heaps by xor",
            ),
            ("nim_sum", "xor_heaps", "nim_value"),
            (
                """
                def solve(heaps):
                    result = 0
                    for heap in heaps:
                        result ^= heap
                    return result
                """,
                """
                from functools import reduce


                def solve(heaps):
                    return reduce(lambda a, b: a ^ b, heaps, 0)
                """,
            ),
        ),
        "can_win": (
            (
                "check whether the player to move wins at nim with best play, where who takes the "
                "last object wins",
                "test if the first player can force a win in a game of nim with the given heaps; "
                "a move takes any number from one heap, and the last to take wins",
                "Given the heap sizes of a nim game (taking the last object wins), return True if "
                "the player whose turn it is can win, else False.",
                "Does the player to move win at nim with these heaps? Taking the last object "
                "wins.",
            ),
            ("first_player_wins", "wins_nim", "can_win_nim"),
            (
                """
                def solve(heaps):
                    result = 0
                    for heap in heaps:
                        result ^= heap
                    return result != 0
                """,
                """
                from functools import reduce
                from operator import xor


                def solve(heaps):
                    return reduce(xor, heaps, 0) != 0
                """,
            ),
        ),
        "sticks": (
            (
                "check whether the first player wins a game in which two players take 1 to k "
                "sticks from n sticks in turn, and who takes the last one wins",
                "test if one can force a win when <n> stones are left, each move takes between 1 "
                "and <k> of them, and taking the last stone wins",
                "There are n sticks, and a move removes at least 1 and at most k of them. The "
                "player who takes the last stick wins. Return True if the player to move can win.",
                "Can the player to move win if each player takes 1 to k of n sticks and the last "
                "stick wins?",
            ),
            ("can_win", "first_wins", "wins_stick_game"),
            (
                """
                def solve(n, k):
                    return n % (k + 1) != 0
                """,
                """
                def solve(n, k):
                    winning = [False]
                    for left in range(1, n + 1):
                        moves = range(1, min(k, left) + 1)
                        winning.append(any(not winning[left - move] for move in moves))
                    return winning[n]
                """,
            ),
        ),
        "move": (
            (
                "find the winning move in a game where two players take 1 to k of n sticks in "
                "turn and who takes the last one wins: return how many to take, or 0 if no move "
                "wins",
                "return how many stones to take so that the opponent is left with a losing "
                "position, if each move takes 1 to <k> of <n> stones and the last stone wins; 0 "
                "if that is impossible",
                "On the table are n sticks, and a player takes 1 to k of them; the last stick "
                "wins. Return the number that the player to move should take, 0 if every move "
                "loses.",
                "How many sticks should I take (1 to k of n, the last one wins)? Return 0 if I "
                "lose anyway.",
            ),
            ("winning_move", "best_move", "sticks_to_take"),
            (
                """
                def solve(n, k):
                    return n % (k + 1)
                """,
                """
                def solve(n, k):
                    for move in range(1, min(n, k) + 1):
                        if (n - move) % (k + 1) == 0:
                            return move
                    return 0
                """,
            ),
        ),
        "take_out": (
            (
                "find the winner of a game in which two players in turn subtract 1, 3 or 4 from a "
                "number and who cannot move loses: 1 for the first player, 2 for the second",
                "return 1 or 2 for the player who wins with best play if a move takes 1, 3 or 4 "
                "of n stones and the player without a move loses",
                "Two players remove 1, 3 or 4 coins from a pile of n coins in turn. Who cannot "
                "move loses. Return the number of the player, 1 or 2, who wins.",
                "Which player (1 or 2) wins a pile of n coins when 1, 3 or 4 are taken in turn "
                "and who is stuck loses?",
            ),
            ("game_winner", "winner_of_134", "subtraction_game"),
            (
                """
                def solve(n):
                    wins = []
                    for left in range(n + 1):
                        moves = [move for move in (1, 3, 4) if move <= left]
                        wins.append(any(not wins[left - move] for move in moves))
                    return 1 if wins[n] else 2
                """,
                """
                from functools import lru_cache


                @lru_cache(maxsize=None)
                def solve(n):
                    for move in (1, 3, 4):
                        if move <= n and solve(n - move) == 2:
                            return 1
                    return 2
                """,
            ),
        ),
        "coin_row": (
            (
                "find the largest sum that the first player can be sure of, if two players in turn "
                "take a coin from the left or right end of a row of coins",
                "compute how much the first player gets at least with best play when the players "
                "alternately take a number from one of the ends of a list",
                "Given a row of coin values, two players take coins from either end in turn. "
                "Return the best total for the player who begins if both play well.",
                "Two players take coins from the ends of a row in turn. How much can the first "
                "one get for certain?",
            ),
            ("best_total", "coin_game", "first_player_gain"),
            (
                """
                def solve(coins):
                    if not coins:
                        return 0
                    left = sum(coins) - solve(coins[1:])
                    right = sum(coins) - solve(coins[:-1])
                    return max(left, right)
                """,
                """
                def solve(coins):
                    def lead(i, j):
                        if i > j:
                            return 0
                        return max(coins[i] - lead(i + 1, j), coins[j] - lead(i, j - 1))

                    return (sum(coins) + lead(0, len(coins) - 1)) // 2
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]]
    if task in ("sticks", "move"):
        arguments = []
        for place in range(6):
            k = choose.integer(2, 5)
            lost = (k + 1) * choose.integer(1, 5)
            arguments.append((lost if place % 2 else choose.integer(1, 30), k))
    elif task == "take_out":
        arguments = [(choose.integer(1, 40),) for _ in range(6)]
        arguments += [(0,), (2,), (7 * choose.integer(1, 4),)]
    elif task == "coin_row":
        arguments = [(choose.integers((1, 6), 1, 20),) for _ in range(6)] + [([],)]
    else:
        arguments = [(_heaps(choose, lost=place % 2 == 1),) for place in range(6)] + [([],)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "heaps": ("piles", "numbers", "sizes"),
            "n": ("n", "sticks", "stones"),
            "k": ("k", "most", "limit"),
            "coins": ("values", "row_of_coins", "numbers"),
        },
    )


def _board_game(choose: Chooser, task: str, place: int) -> tuple[Any, ...]:
    """Return arguments for a task of `other_board_games`; odd places give the rarer answers."""
    rows, columns = choose.integer(2, 4), choose.integer(2, 4)
    if task == "drop":
        heights = choose.integers(columns, 0, rows)
        board = [
            [choose.one_of("RY") if rows - i <= heights[j] else " " for j in range(columns)]
            for i in range(rows)
        ]
        return board, choose.integer(0, columns - 1), choose.one_of("RY")
    if task == "four_row":
        line = choose.letters(7, "RY ")
        cut = choose.integer(0, 3)
        return (line[:cut] + choose.one_of("RY") * 4 + line[cut:3] if place % 2 else line,)
    if task == "ships":
        sea = [choose.letters(columns, ".#") for _ in range(rows)]
        num_shots = choose.integer(1, 5)
        spots = [(i, j) for i in range(rows) for j in range(columns)]
        return sea, choose.sample(spots, num_shots)
    if task == "ladder":
        starts = sorted(choose.sample(range(2, 20), 5))
        return choose.integers((2, 6), 1, 6), {start: choose.integer(0, 24) for start in starts}
    if task == "guess":
        secret = choose.letters(4, "ABCDEF")
        near = "".join(choose.shuffled(secret))
        return secret, near if place % 3 == 0 else choose.letters(4, "ABCDEF")
    safe = choose.one_of(([1, 3, 0, 2], [2, 0, 3, 1], [0, 2, 4, 1, 3], [0], [3, 1, 4, 2, 0]))
    return (safe if place % 2 else choose.shuffled(list(range(choose.integer(2, 5)))),)


@family(task=("drop", "four_row", "ships", "ladder", "guess", "safe_queens", "count_queens"))
def other_board_games(choose: Chooser, task: str) -> Exercise:
    """Play connect four, battleship, snakes and ladders, and place queens."""
    texts, names, solutions = {
        "drop": (
            (
                "drop a piece into a column of a connect four board, a list of rows from top to "
                "bottom with ' ' for empty cells: it lands in the lowest free cell; a full column "
                "changes nothing; return the board",
                "Given a board (list of rows, the top row first, ' ' is empty), a column and a "
                "piece, let the piece fall in the column and return the board. If the column is "
                "full, return the board unchanged.",
                "play a move of connect four: put the piece into the lowest empty cell (' ') of "
                "the column and return the rows; ignore a move into a full column",
                "Connect four: let a piece fall into a column (the top row comes first, ' ' is "
                "empty) and return the board; a full column stays as it is.",
            ),
            ("drop_piece", "connect_four_move", "drop"),
            (
                """
                def solve(board, column, piece):
                    for row in reversed(board):
                        if row[column] == " ":
                            row[column] = piece
                            break
                    return board
                """,
                """
                def solve(board, column, piece):
                    for i in range(len(board) - 1, -1, -1):
                        if board[i][column] == " ":
                            board[i][column] = piece
                            return board
                    return board
                """,
            ),
        ),
        "four_row": (
            (
                "check whether a string contains four equal letters R or Y in a row, as in a line "
                "of connect four (spaces are empty cells)",
                "test if a line of connect four, a string of 'R', 'Y' and ' ', has four "
                "consecutive pieces of one color",
                "Given a string of R, Y and spaces, return True if 'R' or 'Y' occurs four times "
                "in succession, else False.",
                "Are there four R or four Y side by side in the string?",
            ),
            ("four_in_a_row", "has_four", "line_wins"),
            (
                """
                def solve(line):
                    return "RRRR" in line or "YYYY" in line
                """,
                """
                def solve(line):
                    run = 0
                    for i, char in enumerate(line):
                        run = run + 1 if i > 0 and line[i - 1] == char else 1
                        if run == 4 and char != " ":
                            return True
                    return False
                """,
            ),
        ),
        "ships": (
            (
                "say the result of shots at a battleship board, which is a list of strings with "
                "'#' for ships and '.' for water: return a list of 'hit' or 'miss' for (row, "
                "column) shots counted from 0",
                "Given a board of strings ('#' is a ship, '.' is water) and a list of (row, "
                "column) shots, return 'hit' or 'miss' for each shot in a list.",
                "check shots at a sea chart of '#' and '.': for every (row, column) the answer is "
                "'hit' or 'miss'",
                "Battleship: answer each shot (row, column) with 'hit' for '#' and 'miss' for "
                "'.'.",
            ),
            ("fire", "shot_results", "check_shots"),
            (
                """
                def solve(board, shots):
                    return ["hit" if board[i][j] == "#" else "miss" for i, j in shots]
                """,
                """
                def solve(board, shots):
                    result = []
                    for row, column in shots:
                        if board[row][column] == "#":
                            result.append("hit")
                        else:
                            result.append("miss")
                    return result
                """,
            ),
        ),
        "ladder": (
            (
                "find the final place in a game of snakes and ladders that starts at 0, given the "
                "list of rolls and a dictionary that maps the start of each snake or ladder to its "
                "end",
                "Given dice rolls and a dictionary of jumps (from place to place), return the "
                "place after all rolls. After a roll you follow the jump of the place, if it has "
                "one.",
                "play snakes and ladders from place 0: add each roll, then jump if the new place "
                "is a key of the dictionary; return where you end",
                "Where does a player end who starts at 0, adds each roll and follows the jumps in"
                " the dictionary?",
            ),
            ("snakes_and_ladders", "final_place", "play_rolls"),
            (
                """
                def solve(rolls, jumps):
                    place = 0
                    for roll in rolls:
                        place += roll
                        place = jumps.get(place, place)
                    return place
                """,
                """
                def solve(rolls, jumps):
                    place = 0
                    for roll in rolls:
                        place = place + roll
                        if place in jumps:
                            place = jumps[place]
                    return place
                """,
            ),
        ),
        "guess": (
            (
                "answer a guess in Mastermind: return a tuple with the number of right colors in "
                "the right place and the number of other colors that are right but in the wrong "
                "place",
                "compare a guess with the secret code, two strings of equal length; return "
                "(exact, misplaced), where each letter counts once",
                "Given a secret and a guess in the game bulls and cows, return the tuple (bulls, "
                "cows): letters in the right place, and further common letters.",
                "Mastermind answer for a secret and a guess: (right place, right color but wrong "
                "place).",
            ),
            ("mastermind", "bulls_and_cows", "score_guess"),
            (
                """
                def solve(secret, guess):
                    exact = sum(1 for a, b in zip(secret, guess) if a == b)
                    common = sum(min(secret.count(c), guess.count(c)) for c in set(guess))
                    return (exact, common - exact)
                """,
                """
                from collections import Counter


                def solve(secret, guess):
                    exact = 0
                    for a, b in zip(secret, guess):
                        if a == b:
                            exact += 1
                    common = Counter(secret) & Counter(guess)
                    return exact, sum(common.values()) - exact
                """,
            ),
        ),
        "safe_queens": (
            (
                "check whether queens on a chessboard do not attack each other, where the list "
                "says in which row the queen of each column stands",
                "test if no two queens are in the same row or on the same diagonal; columns[i] is "
                "the row of the queen in column i".replace("columns", "<queens>"),
                "Given a list with the row of the queen in each column, return True if no queen "
                "attacks another one, else False.",
                "Do the queens leave each other in peace? Element i is the row of the queen in "
                "column i.",
            ),
            ("queens_are_safe", "valid_queens", "is_solution"),
            (
                """
                def solve(queens):
                    for i in range(len(queens)):
                        for j in range(i + 1, len(queens)):
                            distance = abs(queens[i] - queens[j])
                            if distance == 0 or distance == j - i:
                                return False
                    return True
                """,
                """
                from itertools import combinations


                def solve(queens):
                    return all(
                        abs(a - b) not in (0, j - i)
                        for (i, a), (j, b) in combinations(enumerate(queens), 2)
                    )
                """,
            ),
        ),
        "count_queens": (
            (
                "count the ways to place n queens on an n by n chessboard so that none attacks "
                "another one",
                "find the number of solutions of the n queens problem",
                "Given n, return in how many ways n queens can stand on an n x n board without "
                "attacking each other.",
                "Number of solutions for n queens.",
            ),
            ("count_queens", "n_queens", "num_solutions"),
            (
                """
                def solve(n):
                    def place(queens):
                        if len(queens) == n:
                            return 1
                        count = 0
                        for row in range(n):
                            safe = all(
                                row != other and abs(row - other) != len(queens) - column
                                for column, other in enumerate(queens)
                            )
                            if safe:
                                count += place(queens + [row])
                        return count

                    return place([])
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [_board_game(choose, task, place) for place in range(6)]
    if task == "count_queens":
        arguments = [(n,) for n in (1, 2, 3, 4, 5)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "row": ("row",),
            "line": ("text", "s"),
            "board": ("grid", "rows"),
            "count": ("count",),
            "queens": ("positions", "columns", "rows"),
        },
    )
