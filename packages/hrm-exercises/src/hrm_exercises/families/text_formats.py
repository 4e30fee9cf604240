"""Reading paths, addresses, commands, lists, dates and logs that are written as text."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family


def wordings(act: str) -> tuple[str, ...]:
    """Return wordings for an act on a text."""
    return (
        act,
        *ways_to_ask(act),
        f"{act}; the argument is a string",
    )


_PATHS = {
    "extension": (
        "return the extension of a file name such as 'notes.txt', without the dot, or '' if it has "
        "none",
        "text.rsplit('.', 1)[1] if '.' in text else ''",
        ("{0}.txt", "{0}.{1}.py", "{0}", "{0}_1.csv"),
    ),
    "stem": (
        "return a file name without its extension",
        "text.rsplit('.', 1)[0]",
        ("{0}.txt", "{0}.{1}.py", "{0}_1.csv"),
    ),
    "name": (
        "return the file name at the end of a path with slashes",
        "text.split('/')[-1]",
        ("/home/{0}/{1}.txt", "{0}/{1}.py", "/{0}.csv", "{0}"),
    ),
    "folder": (
        "return the folder of a path such as '/home/ada/notes.txt', without the file name and the "
        "slash before it",
        "text.rsplit('/', 1)[0]",
        ("/home/{0}/{1}.txt", "{0}/{1}.py", "/{0}/{1}/a.csv"),
    ),
    "depth": (
        "count the folders in a path such as '/home/ada/notes.txt' (the last part is a file)",
        "len([part for part in text.split('/') if part]) - 1",
        ("/home/{0}/{1}.txt", "/{0}.py", "/{0}/{1}/b/a.csv"),
    ),
    "parts": (
        "return the list of the parts of a path between slashes, without empty ones",
        "[part for part in text.split('/') if part]",
        ("/home/{0}/{1}.txt", "{0}//{1}", "/{0}/", "{0}"),
    ),
    "change": (
        "replace the extension of a file name by 'bak'",
        "text.rsplit('.', 1)[0] + '.bak'",
        ("{0}.txt", "{0}.{1}.py", "{0}_1.csv"),
    ),
    "is_image": (
        "check whether a file name ends with '.png' or '.jpg' in upper or lower case",
        "text.lower().endswith(('.png', '.jpg'))",
        ("{0}.png", "{0}.JPG", "{0}.txt", "png", "{0}.jpg.py"),
    ),
    "hidden": (
        "check whether the file at the end of a path has a name that starts with a dot",
        "text.split('/')[-1].startswith('.')",
        ("/home/.{0}", "/.git/{0}", ".{0}", "{0}.txt", "/a/.{0}/.b"),
    ),
}


@family(task=tuple(_PATHS))
def file_names_and_paths(choose: Chooser, task: str) -> Exercise:
    """Take file names and paths apart."""
    act, expression, forms = _PATHS[task]
    forms = tuple(choose.shuffled(forms))
    texts = [form.format(choose.word(), choose.word()) for form in (*forms, *forms)][:6]
    return Exercise(
        texts=wordings(act),
        names=("file_" + task, "path_" + task, f"get_{task}", "file_name"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("path", "filename", "name", "s"), "part": ("p", "piece")},
    )


_ADDRESSES = {
    "user": ("return the part of an e-mail address before the '@'", "text.split('@')[0]"),
    "domain": ("return the domain of an e-mail address", "text.split('@')[1]"),
    "provider": (
        "return the part of an e-mail address between the '@' and the next dot",
        "text.split('@')[1].split('.')[0]",
    ),
    "ending": (
        "return what stands behind the last dot of an e-mail address",
        "text.split('.')[-1]",
    ),
    "name": (
        "turn the user part of an e-mail address such as 'ada.reed@mail.com' into a name such as "
        "'Ada Reed'",
        "text.split('@')[0].replace('.', ' ').title()",
    ),
    "same_domain": (
        "check whether two e-mail addresses have the same domain",
        "first.split('@')[1] == second.split('@')[1]",
    ),
    "domains": (
        "return a sorted list of the different domains of a list of e-mail addresses",
        "sorted({word.split('@')[1] for word in words})",
    ),
    "count": (
        "count how many e-mail addresses of a list end with '.com'",
        "sum(1 for word in words if word.endswith('.com'))",
    ),
}


@family(task=tuple(_ADDRESSES))
def parts_of_email_addresses(choose: Chooser, task: str) -> Exercise:
    """Take e-mail addresses apart."""
    act, expression = _ADDRESSES[task]

    def address() -> str:
        user = f"{choose.person()}.{choose.word()}".lower()
        return f"{user}@{choose.one_of(('mail', 'site', 'post'))}.{choose.one_of(('com', 'org'))}"

    arguments: list[tuple[object, ...]] = []
    for number in range(6):
        one = address()
        if "words" in expression:
            arguments.append(([address() for _ in range(choose.integer(1, 4))],))
        elif "first" in expression:
            other = choose.word() + "@" + one.split("@")[1] if number % 2 else address()
            arguments.append((one, other))
        else:
            arguments.append((one,))
    parameters = "first, second" if "first" in expression else "text"
    if "words" in expression:
        parameters = "words"
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
        ),
        names=(f"email_{task}", f"get_{task}", "parse_email", f"{task}_of_email"),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={
            "text": ("email", "address", "s"),
            "words": ("emails", "addresses", "lst"),
            "word": ("email", "address", "e"),
            "first": ("email1", "a"),
            "second": ("email2", "b"),
        },
    )


_URLS = {
    "protocol": ("return the protocol of a web address, such as 'https'", "text.split('://')[0]"),
    "host": ("return the host name of a web address, such as 'www.site.org'", "text.split('/')[2]"),
    "path": (
        "return the list of the parts of the path of a web address, that is, what stands between "
        "slashes behind the host",
        "text.split('?')[0].split('/')[3:]",
    ),
    "secure": ("check whether a web address starts with 'https://'", "text.startswith('https://')"),
    "without_www": (
        "return the host of a web address without a leading 'www.'",
        "text.split('/')[2].removeprefix('www.')",
    ),
    "query": (
        "return what stands behind the '?' of a web address, or '' if there is no '?'",
        "text.partition('?')[2]",
    ),
    "parameters": (
        "return the parameters behind the '?' of a web address as a dictionary of strings; there "
        "is at least one",
        "dict(pair.split('=') for pair in text.split('?')[1].split('&'))",
    ),
    "ending": (
        "return the last part of the host of a web address, such as 'org'",
        "text.split('/')[2].split('.')[-1]",
    ),
}


@family(task=tuple(_URLS))
def parts_of_web_addresses(choose: Chooser, task: str) -> Exercise:
    """Take web addresses apart."""
    act, expression = _URLS[task]
    texts = []
    for number in range(6):
        host = choose.one_of(("www.", "")) + choose.word() + choose.one_of((".org", ".com", ".net"))
        text = f"{choose.one_of(('http', 'https'))}://{host}/" + "/".join(choose.words((1, 2)))
        if task == "parameters" or (task == "query" and number % 2):
            text += f"?{choose.word()}={choose.integer(1, 99)}"
            text += choose.one_of(("", f"&page={choose.integer(1, 9)}"))
        texts.append(text)
    return Exercise(
        texts=wordings(act),
        names=(f"url_{task}", f"get_{task}", "parse_url", f"{task}_of_url"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("url", "address", "link", "s"), "pair": ("part", "p")},
    )


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
        texts=wordings(act),
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


@family(result=tuple(_SCORES))
def read_match_result(choose: Chooser, result: str) -> Exercise:
    """Read the result of a match from a text."""
    act, expression = _SCORES[result]
    texts = [f"{choose.integer(0, 5)}-{choose.integer(0, 5)}" for _ in range(5)]
    texts.append("{0}-{0}".format(choose.integer(0, 3)))
    return Exercise(
        texts=wordings(act),
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


_DATES = {
    "parts": (
        "convert a date YYYY-MM-DD to a tuple (year, month, day) of integers",
        "(year, month, day)",
    ),
    "spoken": (
        "write a date YYYY-MM-DD like '5 March 2024'",
        "str(day) + ' ' + names[month - 1] + ' ' + str(year)",
    ),
    "month": ("return the English name of the month of a date YYYY-MM-DD", "names[month - 1]"),
    "quarter": ("return the quarter, 1 to 4, of a date YYYY-MM-DD", "(month - 1) // 3 + 1"),
    "slashes": (
        "write a date YYYY-MM-DD as D/M/YYYY without leading zeros",
        "str(day) + '/' + str(month) + '/' + str(year)",
    ),
    "short": (
        "write a date YYYY-MM-DD with the first three letters of the month, like '05-Mar-2024'",
        "str(day).zfill(2) + '-' + names[month - 1][:3] + '-' + str(year)",
    ),
    "summer": (
        "check whether a date YYYY-MM-DD lies in June, July or August",
        "month in (6, 7, 8)",
    ),
}


@family(result=tuple(_DATES))
def read_date_text(choose: Chooser, result: str) -> Exercise:
    """Read a date that is written as YYYY-MM-DD."""
    act, expression = _DATES[result]
    dates = [
        f"{choose.integer(1950, 2030)}-{choose.integer(1, 12):02}-{choose.integer(1, 28):02}"
        for _ in range(5)
    ] + [f"{choose.integer(2000, 2020)}-0{choose.integer(6, 8)}-15"]
    months = (
        """
                names = ["January", "February", "March", "April", "May", "June", "July",
                         "August", "September", "October", "November", "December"]"""
        if "names" in expression
        else ""
    )
    return Exercise(
        texts=wordings(act),
        names=("read_date", f"date_{result}", "parse_date", f"{result}_of_date"),
        solutions=(
            f"""
            def solve(text):{months}
                year, month, day = map(int, text.split("-"))
                return {expression}
            """,
            f"""
            def solve(text):{months}
                year = int(text[:4])
                month = int(text[5:7])
                day = int(text[8:])
                return {expression}
            """,
        ),
        arguments=[(date,) for date in dates],
        synonyms={"text": ("date", "s", "day_text"), "names": ("months", "month_names")},
    )
