"""Reading commands, moves, lists, results and logs that are written as text."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.families.text_formats import wordings
from hrm_exercises.family import Exercise, family

_COMMANDS = {
    "position": (
        "follow a text of moves U, D, L and R (up, down, left, right) from (0, 0) and return the "
        "final position as a tuple (x, y); up increases y",
        "(x, y)",
    ),
    "distance": (
        "follow moves U, D, L and R from the origin and return the sum of the absolute values of "
        "the final coordinates",
        "abs(x) + abs(y)",
    ),
    "home": ("check whether a walk of moves U, D, L and R ends where it began", "(x, y) == (0, 0)"),
    "highest": (
        "follow moves U, D, L and R from (0, 0) and return the largest y that is reached",
        "top",
    ),
}


_COMMANDS_RETOLD = {
    "position": (
        "You start at (0, 0). Each letter moves you by one: U increases y, D decreases y, R "
        "increases x and L decreases x. Return the point that you reach."
    ),
    "distance": (
        "After the moves U, D, L and R of a string, how many moves are needed at least to "
        "get back to the start?"
    ),
    "home": (
        "Given a string of the moves U, D, L and R, return True if they lead back to the "
        "start, else False."
    ),
    "highest": (
        "Each U of a string of moves goes one up and each D one down from height 0; L and R "
        "do not change the height. Return the greatest height, at least 0."
    ),
}


@family(result=tuple(_COMMANDS))
def follow_moves_in_text(choose: Chooser, result: str) -> Exercise:
    """Follow moves that are written as letters."""
    act, expression = _COMMANDS[result]
    texts = [choose.letters((2, 8), "UDLR") for _ in range(5)]
    if result == "home":
        texts[:3] = ["".join(choose.shuffled("UD" * choose.integer(1, 2) + "LR")) for _ in range(3)]
    short = {
        "position": "(text.count('R') - text.count('L'), text.count('U') - text.count('D'))",
        "distance": (
            "abs(text.count('R') - text.count('L')) + abs(text.count('U') - text.count('D'))"
        ),
        "home": "text.count('U') == text.count('D') and text.count('L') == text.count('R')",
    }
    track = "\n                    top = max(top, y)" if result == "highest" else ""
    start = "x = y = top = 0" if result == "highest" else "x = y = 0"
    solutions = [
        f"""
            def solve(text):
                {start}
                for char in text:
                    if char == "U":
                        y += 1
                    elif char == "D":
                        y -= 1
                    elif char == "R":
                        x += 1
                    else:
                        x -= 1{track}
                return {expression}
            """,
    ]
    if result in short:
        solutions.append(returning("text", short[result]))
    return Exercise(
        texts=(
            act,
            _COMMANDS_RETOLD[result],
            *ways_to_ask(act),
            f"A robot walks on a grid. {act[0].upper()}{act[1:]}.",
        ),
        names=("follow_moves", "walk", f"walk_{result}", "robot", "moves"),
        solutions=solutions,
        arguments=[(text,) for text in texts] + [("",)],
        synonyms={"text": ("moves", "path", "s"), "char": ("move", "step", "c")},
    )


_STEPS = {
    "counter": (
        "run commands such as 'add 5', 'sub 2' and 'mul 3' in a list, starting from 0, and return "
        "the result",
        ("add", "sub", "mul"),
        """
        def solve(words):
            result = 0
            for line in words:
                name, value = line.split()
                if name == "add":
                    result += int(value)
                elif name == "sub":
                    result -= int(value)
                else:
                    result *= int(value)
            return result
        """,
    ),
    "stack": (
        "run commands 'push x' and 'pop' in a list, where 'push x' puts the integer x on a stack "
        "and 'pop' removes the top if there is one, and return the stack as a list",
        ("push", "push", "pop"),
        """
        def solve(words):
            stack = []
            for line in words:
                if line == "pop":
                    if stack:
                        stack.pop()
                else:
                    stack.append(int(line.split()[1]))
            return stack
        """,
    ),
    "position": (
        "follow commands such as 'forward 5' and 'back 2' in a list and return the final position "
        "on a line, starting from 0",
        ("forward", "back"),
        """
        def solve(words):
            result = 0
            for line in words:
                name, value = line.split()
                result += int(value) if name == "forward" else -int(value)
            return result
        """,
    ),
    "set": (
        "run commands such as 'set a 5' and 'del a' in a list and return the final variables as a "
        "dictionary; a variable that does not exist may be deleted without effect",
        ("set", "set", "del"),
        """
        def solve(words):
            result = {}
            for line in words:
                parts = line.split()
                if parts[0] == "set":
                    result[parts[1]] = int(parts[2])
                else:
                    result.pop(parts[1], None)
            return result
        """,
    ),
}


_STEPS_RETOLD = {
    "counter": (
        "A counter starts at 0. A list holds commands to add, subtract (sub) or multiply "
        "(mul) by a number. Return the value of the counter at the end."
    ),
    "stack": (
        "Given a list of the commands 'push x' and 'pop', return what is on the stack at the "
        "end, from bottom to top; popping an empty stack has no effect."
    ),
    "position": (
        "You stand at 0 on a line. Given a list of steps such as 'forward 5' or 'back 2', "
        "return where you are at the end."
    ),
    "set": (
        "Given a list of the commands 'set name number' and 'del name', return the variables "
        "that exist at the end with their values."
    ),
}


@family(kind=tuple(_STEPS))
def run_text_commands(choose: Chooser, kind: str) -> Exercise:
    """Run simple commands that are written as text."""
    act, names, solution = _STEPS[kind]
    arguments = []
    for _ in range(5):
        lines = []
        for _ in range(choose.integer(1, 5)):
            name, value = choose.one_of(names), choose.integer(1, 9)
            variable = choose.one_of("abc")
            lines.append(
                {"pop": "pop", "set": f"set {variable} {value}", "del": f"del {variable}"}.get(
                    name, f"{name} {value}"
                )
            )
        arguments.append((lines,))
    return Exercise(
        texts=(
            act,
            _STEPS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act}; the commands are strings",
        ),
        names=("run_commands", "execute", f"run_{kind}", "interpret"),
        solutions=(solution,),
        arguments=[*arguments, ([],)],
        synonyms={"words": ("commands", "lines_", "program"), "line": ("command", "step", "cmd")},
    )


_SHOPPING = {
    "dict": (
        "read a shopping list such as '3 apples, 2 pears' and return a dictionary with the number "
        "of each thing",
        "{part.split()[1]: int(part.split()[0]) for part in text.split(', ')}",
    ),
    "total": (
        "find how many things there are in all on a shopping list such as '3 apples, 2 pears'",
        "sum(int(part.split()[0]) for part in text.split(', '))",
    ),
    "names": (
        "return the list of the things on a shopping list such as '3 apples, 2 pears', without the "
        "numbers",
        "[part.split()[1] for part in text.split(', ')]",
    ),
    "most": (
        "return the thing with the largest number on a shopping list such as '3 apples, 2 pears'",
        "max(text.split(', '), key=lambda part: int(part.split()[0])).split()[1]",
    ),
    "count": (
        "count the different things on a shopping list such as '3 apples, 2 pears'",
        "len(text.split(', '))",
    ),
    "double": (
        "double all numbers on a shopping list such as '3 apples, 2 pears' and return the new list "
        "in the same form",
        "', '.join(str(2 * int(part.split()[0])) + ' ' + part.split()[1]"
        " for part in text.split(', '))",
    ),
}


_SHOPPING_RETOLD = {
    "dict": (
        "Given a text such as '3 apples, 2 pears', return a dictionary from things to their "
        "numbers."
    ),
    "total": "Given a text such as '3 apples, 2 pears', add up the numbers.",
    "names": "Given a text such as '3 apples, 2 pears', list the things only.",
    "most": "Given a text such as '3 apples, 2 pears', return the thing with the highest number.",
    "count": "Given a text such as '3 apples, 2 pears', return how many entries it has.",
    "double": (
        "Given a text such as '3 apples, 2 pears', return the text for twice as many of everything."
    ),
}


_THINGS = ("apple", "egg", "plate", "pen", "cup", "pear", "shirt", "stamp", "ring", "melon", "nail")


@family(result=tuple(_SHOPPING))
def read_shopping_list(choose: Chooser, result: str) -> Exercise:
    """Read a list of numbers and things from a text."""
    act, expression = _SHOPPING[result]
    texts = []
    for _ in range(5):
        things = choose.sample(_THINGS, (1, 4))
        numbers = choose.sample(range(2, 13), len(things))
        texts.append(", ".join(f"{n} {thing}s" for n, thing in zip(numbers, things, strict=True)))
    return Exercise(
        texts=(_SHOPPING_RETOLD[result], *wordings(act)),
        names=("shopping_list", f"list_{result}", "read_list", f"{result}_of_list"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"key": ("key",), "part": ("p", "entry", "x")},
    )


_TRUTHS = {
    "bool": (
        "convert 'yes', 'true', 'on' and '1', in upper or lower case, to True and every other text "
        "to False",
        "text.lower() in ('yes', 'true', 'on', '1')",
    ),
    "none": (
        "convert 'yes' to True and 'no' to False in upper or lower case, and other texts to None",
        "{'yes': True, 'no': False}.get(text.lower())",
    ),
    "value": (
        "convert a text to an integer if it has only digits, else return the text unchanged",
        "int(text) if text.isdigit() else text",
    ),
    "default": (
        "convert a text of digits to an integer, and return <n> for any other text",
        "int(text) if text.isdigit() else n",
    ),
    "count": (
        "count how often 'yes' occurs, in upper or lower case, in a list of answers",
        "sum(1 for word in words if word.lower() == 'yes')",
    ),
}


_TRUTHS_RETOLD = {
    "bool": (
        "Given a text, return True if it is one of yes, true, on and 1 (in any case), "
        "otherwise False."
    ),
    "none": (
        "Given an answer, return True for yes, False for no (in any case) and None for "
        "everything else."
    ),
    "value": (
        "Given a string, return the number if all its characters are digits; otherwise "
        "return the string itself."
    ),
    "default": (
        "Given a string and a default value <n>, return the string as a number if it has "
        "only digits, else the default."
    ),
    "count": (
        "Given a list of answers, return the number of times somebody said yes, in any case."
    ),
}


@family(result=tuple(_TRUTHS))
def convert_text_to_value(choose: Chooser, result: str) -> Exercise:
    """Convert texts to truth values and numbers."""
    act, expression = _TRUTHS[result]
    options = ("yes", "No", "YES", "true", "on", "off", "1", "0", "maybe", "no", "42", "7a", "")
    arguments: list[tuple[object, ...]] = []
    for text in [*choose.sample(options, 5), *choose.sample(("yes", "On", "TRUE", "12", "305"), 3)]:
        if result == "count":
            arguments.append((choose.sample(("yes", "no", "Yes", "NO", "YES", "maybe"), (2, 5)),))
        else:
            arguments.append((text, choose.integer(-1, 0)) if result == "default" else (text,))
    parameters = {"count": "words", "default": "text, n"}.get(result, "text")
    return Exercise(
        texts=(
            act,
            _TRUTHS_RETOLD[result],
            *ways_to_ask(act),
        ),
        names=("convert_value", f"to_{result}", "parse_value", "read_answer"),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={"words": ("answers", "replies", "lst"), "word": ("answer", "x", "w")},
    )


_SCORES = {
    "winner": (
        "return 'home', 'away' or 'draw' for a result such as '3-1'",
        "'home' if home > away else 'away' if home < away else 'draw'",
    ),
    "goals": ("return the number of all goals in a result such as '3-1'", "home + away"),
    "points": (
        "return the points of the home team for a result such as '3-1': 3 for a win, 1 for a draw, "
        "0 for a loss",
        "3 if home > away else 1 if home == away else 0",
    ),
    "difference": (
        "return the goal difference of the home team for a result such as '1-3'",
        "home - away",
    ),
    "reverse": (
        "write a result such as '3-1' from the view of the other team, as '1-3'",
        "str(away) + '-' + str(home)",
    ),
}


_SCORES_RETOLD = {
    "winner": (
        "Given the result of a match as 'goals-goals' with the home team first, tell who "
        "won: 'home', 'away' or nobody ('draw')."
    ),
    "goals": "Given the result of a match such as '3-1', add up the goals of both teams.",
    "points": (
        "A win gives 3 points and a draw 1 point. Given a result with the goals of the home "
        "team first, return the points of the home team."
    ),
    "difference": (
        "Given the result of a match, subtract the goals of the away team from those of the "
        "home team, which stand first."
    ),
    "reverse": (
        "Given the result of a match such as '3-1', return it with the two numbers swapped."
    ),
}


@family(result=tuple(_SCORES))
def read_match_result(choose: Chooser, result: str) -> Exercise:
    """Read the result of a match from a text."""
    act, expression = _SCORES[result]
    texts = [f"{choose.integer(0, 5)}-{choose.integer(0, 5)}" for _ in range(5)]
    texts.append("{0}-{0}".format(choose.integer(0, 3)))
    return Exercise(
        texts=(_SCORES_RETOLD[result], *wordings(act)),
        names=("match_result", f"result_{result}", "read_score", f"score_{result}"),
        solutions=(
            f"""
            def solve(text):
                home, away = map(int, text.split("-"))
                return {expression}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("score", "match", "s"), "home": ("a", "first"), "away": ("b", "second")},
    )


_LOGS = {
    "count": (
        "count the lines of a log that start with a given level such as 'ERROR'",
        "sum(1 for line in lines if line.startswith(level))",
    ),
    "messages": (
        "return the messages of all lines of a log that have a given level, as a list",
        "[line.split(': ')[1] for line in lines if line.split(': ')[0] == level]",
    ),
    "first": (
        "return the first message of a log with a given level, or None",
        "next((line.split(': ')[1] for line in lines if line.split(': ')[0] == level), None)",
    ),
    "levels": (
        "return a dictionary with the number of lines of each level in a log",
        "dict(Counter(line.split(': ')[0] for line in lines))",
    ),
}


@family(result=tuple(_LOGS))
def read_log_lines(choose: Chooser, result: str) -> Exercise:
    """Read levels and messages from the lines of a log."""
    act, expression = _LOGS[result]
    arguments: list[tuple[object, ...]] = []
    for _ in range(5):
        lines = [
            f"{choose.one_of(('INFO', 'ERROR', 'WARNING'))}: {choose.sentence(2)}"
            for _ in range(choose.integer(1, 4))
        ]
        level = choose.one_of(("ERROR", "INFO", "WARNING"))
        arguments.append((lines,) if result == "levels" else (lines, level))
    parameters = "lines" if result == "levels" else "lines, level"
    return Exercise(
        texts=(
            f"read a list of lines of the form 'LEVEL: message': {act}",
            f"{act}; each line looks like 'ERROR: disk full'",
            f"{act[0].upper()}{act[1:]}. A line has the form 'LEVEL: message'.",
            "The lines of a log are given as a list of strings like 'INFO: started'. Write a "
            f"function to {act}.",
        ),
        names=("read_log", f"log_{result}", "parse_log", f"{result}_of_log"),
        solutions=(
            returning(
                parameters,
                expression,
                "from collections import Counter" if "Counter" in expression else "",
            ),
        ),
        arguments=arguments,
        synonyms={"lines": ("log", "entries", "rows"), "line": ("entry", "row", "l")},
    )
