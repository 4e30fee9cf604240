"""Reading small formats: key=value pairs, separated lines, tables and brackets."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_SEPARATORS = {
    "equals_comma": ("key=value pairs separated by commas", ",", "="),
    "colon_semicolon": ("key:value pairs separated by semicolons", ";", ":"),
    "equals_ampersand": ("a query string such as 'a=1&b=2'", "&", "="),
    "dash_space": ("key-value pairs separated by spaces", " ", "-"),
}


@family(form=tuple(_SEPARATORS), values=("text", "int", "keys", "sum"))
def parse_key_value_pairs(choose: Chooser, form: str, values: str) -> Exercise:
    """Read key and value pairs from a text."""
    what, between, inside = _SEPARATORS[form]
    goal, result = {
        "text": ("return the pairs as a dictionary of strings", "result"),
        "int": ("return a dictionary whose values are integers", "result"),
        "keys": ("return the list of keys", "list(result)"),
        "sum": ("return the sum of the values, which are integers", "sum(result.values())"),
    }[values]
    convert = "int(value)" if values in ("int", "sum") else "value"
    texts = []
    for _ in range(5):
        pairs = [
            key
            + inside
            + (choose.word() if values in ("text", "keys") else str(choose.integer(0, 99)))
            for key in dict.fromkeys(choose.words((1, 4)))
        ]
        texts.append(between.join(pairs))
    short = {
        "text": f"dict(pair.split({inside!r}) for pair in text.split({between!r}))",
        "keys": f"[pair.split({inside!r})[0] for pair in text.split({between!r})]",
        "sum": f"sum(int(pair.split({inside!r})[1]) for pair in text.split({between!r}))",
    }
    solutions = [
        f"""
        def solve(text):
            result = {{}}
            for pair in text.split({between!r}):
                key, value = pair.split({inside!r})
                result[key] = {convert}
            return {result}
        """,
    ]
    if values in short:
        solutions.append(returning("text", short[values]))
    else:
        solutions.append(
            f"""
            def solve(text):
                pairs = [pair.split({inside!r}) for pair in text.split({between!r})]
                return {{key: int(value) for key, value in pairs}}
            """
        )
    return Exercise(
        texts=(
            f"parse {what} and {goal}",
            f"read {what} from a text and {goal}",
            f"A string contains {what}. {goal[0].upper()}{goal[1:]}.",
            f"Given {what}, {goal}.",
        ),
        names=("parse_pairs", "parse", "read_pairs", f"pairs_to_{values}", "string_to_dict"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"pair": ("part", "item", "p"), "pairs": ("parts", "fields", "pairs_")},
    )


_FIELDS = {
    "list": (
        "return the list of fields without spaces around them",
        "[field.strip() for field in text.split(',')]",
    ),
    "integers": ("return the list of integers", "[int(field) for field in text.split(',')]"),
    "tuple": ("return the integers as a tuple", "tuple(int(field) for field in text.split(','))"),
    "sum": ("return the sum of the integers", "sum(int(field) for field in text.split(','))"),
    "max": ("return the largest of the integers", "max(int(field) for field in text.split(','))"),
    "sorted": (
        "return the integers in ascending order, joined by commas again",
        "','.join(str(n) for n in sorted(int(field) for field in text.split(',')))",
    ),
    "even": (
        "return the list of the even integers",
        "[int(field) for field in text.split(',') if int(field) % 2 == 0]",
    ),
    "floats": (
        "return the list of numbers as floats",
        "[float(field) for field in text.split(',')]",
    ),
    "average": (
        "return the average of the integers, rounded to 2 digits",
        "round(sum(int(field) for field in text.split(',')) / len(text.split(',')), 2)",
    ),
    "count": (
        "return the number of fields that are not empty",
        "len([field for field in text.split(',') if field.strip()])",
    ),
    "squares": (
        "return the list of the squares of the integers",
        "[int(field) ** 2 for field in text.split(',')]",
    ),
}


@family(result=tuple(_FIELDS))
def read_comma_separated_text(choose: Chooser, result: str) -> Exercise:
    """Read a line of values that are separated by commas."""
    goal, expression = _FIELDS[result]
    comma = choose.one_of((",", ", ")) if result != "sorted" else ","
    texts = []
    for _ in range(6):
        if result in ("list", "count"):
            words = [word if choose.chance(0.8) else "" for word in choose.words((1, 4))]
            texts.append(choose.one_of((",", " , ", ", ")).join([choose.word(), *words]))
        elif result == "floats":
            texts.append(comma.join(str(value) for value in choose.decimals((1, 4), -9, 9)))
        else:
            texts.append(comma.join(str(value) for value in choose.integers((1, 5), -20, 99)))
    kind = "fields" if result in ("list", "count") else "numbers"
    solutions = [returning("text", expression)]
    if result in ("integers", "sum", "max", "tuple"):
        function = {"integers": "list", "tuple": "tuple"}.get(result, result)
        solutions.append(returning("text", f"{function}(map(int, text.split(',')))"))
    return Exercise(
        texts=(
            f"read {kind} separated by commas from a string and {goal}",
            f"Given a string of {kind} separated by commas, {goal}.",
            f"split a string at its commas and {goal}",
            f"A text contains {kind} with commas between them. {goal[0].upper()}{goal[1:]}.",
        ),
        names=(f"read_{kind}", "parse_line", "parse_csv", f"csv_{result}", f"string_to_{result}"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"field": ("part", "x", "s1", "value"), "n": ("n", "x", "num")},
    )


_ROWS = {
    "dicts": (
        "return a list of dictionaries, one for each further line",
        "[dict(zip(header, row)) for row in rows]",
    ),
    "column": (
        "return the list of the values in the column with a given name",
        "[row[header.index(name)] for row in rows]",
    ),
    "total": (
        "return the sum of the integers in the column with a given name",
        "sum(int(row[header.index(name)]) for row in rows)",
    ),
    "count": ("return the number of lines after the header", "len(rows)"),
    "best": (
        "return the first field of the line with the largest integer in the column with a given "
        "name",
        "max(rows, key=lambda row: int(row[header.index(name)]))[0]",
    ),
    "lists": ("return the further lines as lists of strings", "rows"),
}


@family(result=tuple(_ROWS))
def read_table_with_header(choose: Chooser, result: str) -> Exercise:
    """Read lines of comma-separated values below a header."""
    goal, expression = _ROWS[result]
    with_name = "name" in expression
    header = "header" if "header" in expression else "_"
    read_header = ""
    if header == "header":
        read_header = 'header = lines[0].split(",")\n                '
    arguments = []
    for _ in range(5):
        lines = ["item,price,count"]
        prices = choose.sample(range(1, 60), 3)
        prices = prices[: choose.integer(1, 3)]
        lines += [f"{choose.thing()},{price},{choose.integer(0, 9)}" for price in prices]
        name = "price" if result == "best" else choose.one_of(("price", "count"))
        arguments.append(("\n".join(lines), *((name,) if with_name else ())))
    return Exercise(
        texts=(
            f"read a table in a text: the first line holds the names of the columns, fields are "
            f"separated by commas; {goal}",
            f"A text has lines of fields separated by commas, and the first line is a header. "
            f"{goal[0].upper()}{goal[1:]}.",
            f"Given a text with a header line and lines of values separated by commas, {goal}.",
            f"parse lines of comma-separated values with a header line and {goal}",
        ),
        names=("read_table", "parse_table", f"table_{result}", "parse_csv", "read_rows"),
        solutions=(
            f"""
            def solve({"text, name" if with_name else "text"}):
                lines = text.split("\\n")
                {read_header}rows = [line.split(",") for line in lines[1:]]
                return {expression}
            """,
            f"""
            def solve({"text, name" if with_name else "text"}):
                {header}, *rows = [line.split(",") for line in text.splitlines()]
                return {expression}
            """,
        ),
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "text": ("data", "content", "table", "s"),
            "name": ("column", "field", "col"),
            "row": ("r", "fields"),
            "rows": ("records", "body"),
        },
    )


_BRACKETS = {
    "balanced": "check whether the brackets ( and ) in a string are balanced",
    "depth": "find the greatest depth of nested round brackets in a string; they are balanced",
    "count": "count the pairs of round brackets in a string; all of them are balanced",
    "missing": (
        "find how many brackets must at least be added to a string of ( and ) to balance it"
    ),
    "kinds": (
        "check whether all brackets (), [] and {} in a string are balanced and nested properly"
    ),
    "outer": (
        "remove the outermost pair of round brackets of a string if it encloses the whole string "
        "(it then starts with '(' and this bracket is closed by the last character)"
    ),
    "match": (
        "find the index of the bracket that closes the bracket at index <n>; all round brackets "
        "are balanced"
    ),
    "depths": ("list the depth of nesting at each character that is an opening round bracket"),
}
_BRACKETS_RETOLD = {
    "balanced": (
        "Does every ( in a string have a matching ) behind it, and every ) a matching ( before it?"
    ),
    "depth": (
        "Given a string with balanced brackets, return how many brackets are open at the "
        "same time at most."
    ),
    "count": "Given a string with balanced brackets, return the number of pairs.",
    "missing": (
        "A string consists of ( and ). Return the smallest number of brackets to insert so "
        "that all are matched."
    ),
    "kinds": (
        "Given a string with round, square and curly brackets, find out if each one is "
        "closed by the right bracket in the right order."
    ),
    "outer": (
        "If the first and the last character of a string are brackets that belong together, "
        "return the string without them, else return it unchanged."
    ),
    "match": (
        "At index <n> of a string there is a '('. Return the index of the ')' that belongs to it."
    ),
    "depths": (
        "For each '(' of a string, find how many brackets are open there, including itself. "
        "Return a list."
    ),
}


def _brackets(choose: Chooser, size: int, kinds: str = "()") -> str:
    """Return balanced brackets, possibly of several kinds."""
    if size <= 0:
        return ""
    place = choose.integer(0, len(kinds) // 2 - 1) * 2
    inside = choose.integer(0, size - 1)
    inner = _brackets(choose, inside, kinds)
    return kinds[place] + inner + kinds[place + 1] + _brackets(choose, size - 1 - inside, kinds)


_BRACKET_SOLUTIONS = {
    "balanced": (
        """
        def solve(text):
            depth = 0
            for char in text:
                if char == "(":
                    depth += 1
                elif char == ")":
                    depth -= 1
                    if depth < 0:
                        return False
            return depth == 0
        """,
        """
        def solve(text):
            stack = []
            for char in text:
                if char == "(":
                    stack.append(char)
                elif char == ")":
                    if not stack:
                        return False
                    stack.pop()
            return not stack
        """,
    ),
    "depth": (
        """
        def solve(text):
            depth = best = 0
            for char in text:
                if char == "(":
                    depth += 1
                    best = max(best, depth)
                elif char == ")":
                    depth -= 1
            return best
        """,
    ),
    "count": (
        """
        def solve(text):
            return text.count("(")
        """,
        """
        def solve(text):
            count = 0
            for char in text:
                if char == ")":
                    count += 1
            return count
        """,
    ),
    "missing": (
        """
        def solve(text):
            depth = missing = 0
            for char in text:
                if char == "(":
                    depth += 1
                elif depth > 0:
                    depth -= 1
                else:
                    missing += 1
            return missing + depth
        """,
        """
        def solve(text):
            while "()" in text:
                text = text.replace("()", "")
            return len(text)
        """,
    ),
    "kinds": (
        """
        def solve(text):
            closing = {")": "(", "]": "[", "}": "{"}
            stack = []
            for char in text:
                if char in closing.values():
                    stack.append(char)
                elif char in closing:
                    if not stack or stack.pop() != closing[char]:
                        return False
            return not stack
        """,
        """
        def solve(text):
            text = "".join(char for char in text if char in "()[]{}")
            size = None
            while size != len(text):
                size = len(text)
                text = text.replace("()", "").replace("[]", "").replace("{}", "")
            return text == ""
        """,
    ),
    "outer": (
        """
        def solve(text):
            if not text.startswith("("):
                return text
            depth = 0
            for index, char in enumerate(text):
                if char == "(":
                    depth += 1
                elif char == ")":
                    depth -= 1
                if depth == 0:
                    return text[1:-1] if index == len(text) - 1 else text
            return text
        """,
    ),
    "match": (
        """
        def solve(text, n):
            depth = 0
            for index in range(n, len(text)):
                if text[index] == "(":
                    depth += 1
                elif text[index] == ")":
                    depth -= 1
                    if depth == 0:
                        return index
        """,
        """
        def solve(text, n):
            depth = 1
            while depth > 0:
                n += 1
                if text[n] == "(":
                    depth += 1
                elif text[n] == ")":
                    depth -= 1
            return n
        """,
    ),
    "depths": (
        """
        def solve(text):
            depth = 0
            result = []
            for char in text:
                if char == "(":
                    depth += 1
                    result.append(depth)
                elif char == ")":
                    depth -= 1
            return result
        """,
        """
        def solve(text):
            result = []
            for index, char in enumerate(text):
                if char == "(":
                    before = text[:index + 1]
                    result.append(before.count("(") - before.count(")"))
            return result
        """,
    ),
}


@family(task=tuple(_BRACKETS))
def brackets_in_text(choose: Chooser, task: str) -> Exercise:
    """Check brackets, or measure how deep they are nested."""
    act = _BRACKETS[task]
    of_it = act.replace(" in a string", "", 1).replace("of a string if it", "if it")
    of_it = of_it.replace("added to a string of ( and ) to balance it", "added to balance it")
    kinds = "()[]{}" if task == "kinds" else "()"
    texts = []
    for number in range(8):
        text = _brackets(choose, number % 4 + choose.integer(1, 2), kinds)
        if task in ("balanced", "kinds", "missing") and number % 2:
            place = choose.integer(0, len(text) - 1)
            text = text[:place] + choose.one_of(("", ")", kinds[-2])) + text[place + 1 :]
        if task in ("balanced", "depth", "count", "depths") and choose.chance(0.4):
            text = "a" + text.replace("()", "(b+c)") + "d"
        if task == "outer" and number % 2:
            text = f"({text})"
        texts.append(text)
    of_it = act.replace("a string of ( and )", "it").replace(" in a string", "", 1)
    of_it = of_it.replace(" of a string", "")
    return Exercise(
        texts=(
            act,
            _BRACKETS_RETOLD[task],
            *ways_to_ask(act),
            f"Given a string with brackets, {of_it}.",
            f"take a text and {of_it}",
            f"I have a text with brackets. {of_it[0].upper()}{of_it[1:]}.",
        ),
        names=(f"brackets_{task}", "check_brackets", f"{task}_brackets", "parentheses"),
        solutions=_BRACKET_SOLUTIONS[task],
        arguments=[
            (text, choose.one_of([i for i, char in enumerate(text) if char == "("]))
            if task == "match"
            else (text,)
            for text in texts
        ],
        synonyms={
            "depth": ("level", "open_", "d"),
            "stack": ("opened", "st"),
            "missing": ("needed", "add"),
        },
    )
