"""Numbers in strings: lists of numeric strings and safe conversion."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_KEEP_KEY: _Synonyms = {"key": ("key",)}


_NUMERIC = {
    "keep": (
        "[word for word in words if word.isdigit()]",
        "keep only the strings of a list that consist of digits",
    ),
    "ints": (
        "[int(word) for word in words if word.isdigit()]",
        "return the numbers among the strings of a list, as integers",
    ),
    "sum": (
        "sum(int(word) for word in words if word.isdigit())",
        "add up the numbers among the strings of a list",
    ),
    "convert": (
        "[int(word) if word.isdigit() else word for word in words]",
        "convert the strings of a list that consist of digits to integers and keep the others",
    ),
    "drop": (
        "[word for word in words if not word.isdigit()]",
        "remove the strings of a list that are numbers",
    ),
    "largest": (
        "max((int(word) for word in words if word.isdigit()), default=0)",
        "find the largest number among the strings of a list, 0 if there is none",
    ),
    "increment": (
        "[str(int(word) + k) if word.isdigit() else word for word in words]",
        "add <k> to the numbers among the strings of a list; the result is a list of strings",
    ),
    "count": (
        "sum(1 for word in words if word.isdigit())",
        "count the strings of a list that are numbers",
    ),
}


@family(task=tuple(_NUMERIC))
def numeric_strings_in_list(choose: Chooser, task: str) -> Exercise:
    """Handle a list of strings of which some are whole numbers."""
    expression, does = _NUMERIC[task]
    parameters = "words, k" if "<k>" in does else "words"
    loops = {
        "keep": ("[]", "result.append(word)"),
        "ints": ("[]", "result.append(int(word))"),
        "sum": ("0", "result += int(word)"),
        "count": ("0", "result += 1"),
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if task in loops:
        start, step = loops[task]
        solutions.append(f"""
            def solve(words):
                result = {start}
                for word in words:
                    if word.isdigit():
                        {step}
                return result
            """)
    if task == "convert":
        solutions.append("""
            def solve(words):
                result = []
                for word in words:
                    try:
                        result.append(int(word))
                    except ValueError:
                        result.append(word)
                return result
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        words = [
            str(choose.integer(0, 99)) if choose.chance(0.5) else choose.word()
            for _ in range(choose.integer(2, 6))
        ]
        arguments.append((words, choose.integer(1, 9)) if "<k>" in does else (words,))
    return Exercise(
        texts=(
            does,
            "Some strings of a list are whole numbers, the others are words. The function "
            f"should {does.replace('a list', 'this list', 1)}.",
            f"Given a list of strings such as ['7', 'red'], {does.replace(' of a list', '', 1)}.",
        ),
        names=(
            f"numeric_{task}",
            f"{task}_numbers",
            f"{task}_numeric_strings",
            "numbers_in_strings",
        ),
        solutions=solutions,
        arguments=arguments,
    )


_SORTED = {
    "numbers": ("sorted(map(int, words))", "a list of integers in ascending order"),
    "texts": ("sorted(words, key=int)", "the same strings in ascending order of their numbers"),
    "descending": (
        "sorted(words, key=int, reverse=True)",
        "the same strings in descending order of their numbers",
    ),
    "largest": ("max(words, key=int)", "the string with the largest number"),
    "total": ("str(sum(map(int, words)))", "the sum of the numbers as a string"),
}


@family(result=tuple(_SORTED))
def order_numeric_strings(choose: Chooser, result: str) -> Exercise:
    """Sort or compare numeric strings by their values."""
    expression, noun = _SORTED[result]
    others = {
        "numbers": """
            def solve(words):
                result = [int(word) for word in words]
                result.sort()
                return result
            """,
        "texts": "def solve(words):\n    numbers = sorted(int(word) for word in words)\n"
        "    return [str(number) for number in numbers]",
        "total": """
            def solve(words):
                total = 0
                for word in words:
                    total += int(word)
                return str(total)
            """,
    }
    return Exercise(
        texts=(
            f"return {noun}, given a list of numeric strings",
            f"Given a list of numbers as strings, return {noun}.",
            f"take a list of strings such as ['10', '9', '-3'] and return {noun}",
        ),
        names=(f"numeric_{result}", f"sort_numeric_{result}", f"{result}_of_strings"),
        solutions=[
            f"def solve(words):\n    return {expression}",
            *([others[result]] if result in others else []),
        ],
        arguments=[
            ([str(number) for number in choose.integers((2, 7), -20, 250)],) for _ in range(6)
        ],
        synonyms=_KEEP_KEY,
    )


_SAFE = {
    "int_or_none": ("int(text)", "None", "an integer, or None if this is not possible"),
    "int_or_default": ("int(text)", "k", "an integer, or <k> if this is not possible"),
    "is_int": ("", "", "whether it is an integer, perhaps with a sign (True or False)"),
    "float_or_zero": ("float(text)", "0.0", "a float, or 0.0 if this is not possible"),
    "is_float": ("", "", "whether it can be converted to a float (True or False)"),
    "type_name": ("", "", "'int', 'float' or 'str', whatever it can be converted to first"),
}


@family(task=tuple(_SAFE))
def convert_text_safely(choose: Chooser, task: str) -> Exercise:
    """Convert text to a number where this is possible."""
    value, missing, noun = _SAFE[task]
    parameters = "text, k" if "<k>" in noun else "text"
    if task in ("is_int", "is_float"):
        function = task.removeprefix("is_")
        body = f"""
                try:
                    {function}(text)
                except ValueError:
                    return False
                return True"""
        verb = "check for a string"
    elif task == "type_name":
        body = """
                for kind in (int, float):
                    try:
                        kind(text)
                    except ValueError:
                        continue
                    return kind.__name__
                return 'str'"""
        verb = "tell for a string:"
    else:
        body = f"""
                try:
                    return {value}
                except ValueError:
                    return {missing}"""
        verb = "convert a string to"
    texts_drawn = [str(choose.integer(-99, 999)), choose.word(), str(choose.decimal(-9, 99)), ""]
    texts_drawn += [
        f"{choose.integer(1, 9)}{choose.letters(2)}",
        f"+{choose.integer(1, 50)}",
        "--1",
    ]
    arguments = [
        (drawn, choose.integer(-1, 0)) if "<k>" in noun else (drawn,) for drawn in texts_drawn
    ]
    return Exercise(
        texts=(
            f"{verb} {noun}",
            f"Given a string, return {noun}.".replace("return whether", "check whether"),
            f"read a string of input and {'check' if 'whether' in noun else 'return'} {noun}",
        ),
        names=(f"safe_{task}", task, f"text_{task}", f"parse_{task}"),
        solutions=(
            f"""
            def solve({parameters}):{body}
            """,
        ),
        arguments=arguments,
        synonyms={"k": ("default", "fallback"), "kind": ("type_", "convert", "cast")},
    )
