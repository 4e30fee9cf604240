"""Conversions between containers, numbers and text."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_TUP: _Synonyms = {"record": ("tup", "t", "test_tup", "tuple1", "values")}

_CONTAINERS = {
    "list_to_tuple": ("items", "tuple(items)", "(*items,)", "convert a list to a tuple"),
    "tuple_to_list": ("record", "list(record)", "[*record]", "convert a tuple to a list"),
    "list_to_set": ("items", "set(items)", "{item for item in items}", "convert a list to a set"),
    "tuple_to_set": (
        "record",
        "set(record)",
        "{item for item in record}",
        "convert a tuple to a set",
    ),
    "set_to_list": (
        "items",
        "sorted(items)",
        "sorted(list(items))",
        "convert a set of numbers to a sorted list",
    ),
    "text_to_list": (
        "text",
        "list(text)",
        "[char for char in text]",
        "convert a string to a list of its characters",
    ),
    "text_to_tuple": (
        "text",
        "tuple(text)",
        "tuple(char for char in text)",
        "convert a string to a tuple of its characters",
    ),
    "text_to_set": (
        "text",
        "set(text)",
        "{char for char in text}",
        "convert a string to the set of its characters",
    ),
    "chars_to_text": ("items", "''.join(items)", "", "convert a list of characters to a string"),
    "tuple_to_text": ("record", "''.join(record)", "", "convert a tuple of characters to a string"),
    "lists_to_tuples": (
        "matrix",
        "[tuple(row) for row in matrix]",
        "list(map(tuple, matrix))",
        "convert a list of lists to a list of tuples",
    ),
    "tuples_to_lists": (
        "matrix",
        "[list(row) for row in matrix]",
        "list(map(list, matrix))",
        "convert a list of tuples to a list of lists",
    ),
    "singletons": (
        "items",
        "[(item,) for item in items]",
        "",
        "put each element of a list into a tuple of its own",
    ),
    "nested_tuple": (
        "matrix",
        "tuple(tuple(row) for row in matrix)",
        "tuple(map(tuple, matrix))",
        "convert a list of lists to a tuple of tuples",
    ),
    "range_to_list": (
        "n",
        "list(range(n))",
        "[number for number in range(n)]",
        "list the numbers from 0 to <n> - 1",
    ),
}


@family(kind=tuple(_CONTAINERS))
def convert_container(choose: Chooser, kind: str) -> Exercise:
    """Convert lists, tuples, sets and strings to each other."""
    parameter, one, two, does = _CONTAINERS[kind]
    source, _, target = does.removeprefix("convert ").partition(" to ")
    source = source if does.startswith("convert") else ""
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        numbers = choose.integers((1, 6), 0, 20)
        words = choose.words((1, 4))
        value: Any = numbers if index % 2 else words
        if kind in ("chars_to_text", "tuple_to_text"):
            value = list(choose.word())
        elif kind == "set_to_list":
            value = set(numbers)
        elif parameter == "text":
            value = choose.word() if index % 2 else choose.sentence((1, 2))
        elif parameter == "matrix":
            value = [choose.integers((1, 3), 0, 9) for _ in range(choose.integer(1, 4))]
            value = [tuple(row) for row in value] if kind == "tuples_to_lists" else value
        elif parameter == "n":
            value = index
        arguments.append((tuple(value) if parameter == "record" else value,))
    return Exercise(
        texts=(
            does,
            f"{does} and return it" if source else f"{does} and return the list",
            f"I have {source} and need it as {target}." if source else f"Write code to {does}.",
            f"turn {source.replace('a ', 'a given ', 1)} into {target}"
            if source
            else f"Return a new list: {does}.",
        ),
        names=(kind, f"convert_{kind}", kind.replace("_to_", "2"), "convert"),
        solutions=[f"def solve({parameter}):\n    return {way}" for way in (one, two) if way],
        arguments=arguments,
        synonyms=_TUP,
    )


_EACH = {
    "ints": ("int(item)", "int", "a list of numeric strings", "a list of integers"),
    "floats": ("float(item)", "float", "a list of strings such as '2.5'", "a list of floats"),
    "texts": ("str(item)", "str", "a list of integers", "a list of strings"),
    "bools": ("bool(item)", "bool", "a list of integers", "a list of booleans (False for 0)"),
    "flags": ("int(item)", "int", "a list of booleans", "a list of 1 and 0"),
    "rounded": (
        "int(item)",
        "int",
        "a list of floats",
        "a list of integers, by cutting off the fraction",
    ),
    "chars": ("chr(item)", "chr", "a list of character codes", "a list of characters"),
    "codes": ("ord(item)", "ord", "a list of characters", "a list of their character codes"),
    "as_floats": ("float(item)", "float", "a list of integers", "a list of floats"),
}


@family(kind=tuple(_EACH), container=("list", "tuple"))
def convert_each_element(choose: Chooser, kind: str, container: str) -> Exercise:
    """Convert each element of a list or tuple to another type."""
    expression, function, given, wanted = _EACH[kind]
    if container == "tuple":
        given, wanted = given.replace("a list", "a tuple"), wanted.replace("a list", "a tuple")
    arguments = []
    for _ in range(6):
        numbers = choose.integers((1, 6), -20, 99)
        values: dict[str, list[Any]] = {
            "ints": [str(number) for number in numbers],
            "floats": [str(value) for value in choose.decimals((1, 5), -5, 20)],
            "bools": [number % 3 for number in numbers],
            "flags": [number % 2 == 0 for number in numbers],
            "rounded": list(choose.decimals((1, 5), -5, 20, 2)),
            "chars": [97 + number % 26 for number in numbers],
            "codes": list(choose.word()),
        }
        value = values.get(kind, numbers)
        arguments.append((value if container == "list" else tuple(value),))
    return Exercise(
        texts=(
            f"convert {given} to {wanted}",
            f"Given {given}, return {wanted}.",
            f"turn {given} into {wanted}",
            f"change the type of all elements: {given} becomes {wanted}",
        ),
        names=(f"to_{kind}", f"convert_to_{kind}", f"{container}_to_{kind}", f"{kind}_{container}"),
        solutions=(
            f"def solve(items):\n    return {container}(map({function}, items))",
            f"def solve(items):\n    return [{expression} for item in items]"
            if container == "list"
            else f"def solve(items):\n    return tuple({expression} for item in items)",
            f"""
            def solve(items):
                result = []
                for item in items:
                    result.append({expression})
                return {"result" if container == "list" else "tuple(result)"}
            """,
        ),
        arguments=arguments,
    )


_SEPARATORS = {"comma": ",", "space": " ", "dash": "-", "semicolon": ";", "slash": "/", "plus": "+"}
_SHOWN = {
    "comma": "commas",
    "space": "spaces",
    "dash": "hyphens",
    "semicolon": "semicolons",
    "slash": "slashes",
    "plus": "plus signs",
}


@family(separator=tuple(_SEPARATORS), result=("list", "tuple", "sum", "texts"))
def parse_separated_numbers(choose: Chooser, separator: str, result: str) -> Exercise:
    """Split a string of numbers and convert them, or add them up."""
    sign, shown = _SEPARATORS[separator], _SHOWN[separator]
    noun, pattern = {
        "list": ("a list of integers", "[int(part) for part in text.split('{}')]"),
        "tuple": ("a tuple of integers", "tuple(int(part) for part in text.split('{}'))"),
        "sum": ("the sum of the numbers", "sum(int(part) for part in text.split('{}'))"),
        "texts": ("a list of strings", "text.split('{}')"),
    }[result]
    mapped = {
        "list": "list(map(int, text.split('{}')))",
        "tuple": "tuple(map(int, text.split('{}')))",
        "sum": "sum(map(int, text.split('{}')))",
    }.get(result)
    example = sign.join(("3", "14", "7"))
    verb = "add up" if result == "sum" else "split"
    by_hand = """
            def solve(text):
                total = 0
                for part in text.split('{}'):
                    total += int(part)
                return total
            """
    ways = [f"def solve(text):\n    return {way.format(sign)}" for way in (pattern, mapped) if way]
    return Exercise(
        texts=(
            f"{verb} the numbers in a string like '{example}'"
            + ("" if result == "sum" else f" and return {noun}"),
            f"convert a string of numbers separated by {shown} to {noun}"
            if result != "sum"
            else f"find the sum of the numbers in a string, where they are separated by {shown}",
            f"Given a string of integers with {shown} between them, return {noun}.",
            f"I have text such as '{example}' and need {noun}.",
        ),
        names=(f"parse_{result}", "parse_numbers", f"text_to_{result}", f"split_by_{separator}"),
        solutions=[*ways, *([by_hand.format(sign)] if result == "sum" else [])],
        arguments=[
            (sign.join(str(number) for number in choose.integers((1, 6), 0, 99)),) for _ in range(6)
        ],
        synonyms={"part": ("piece", "p", "field")},
    )


@family(separator=tuple(_SEPARATORS), given=("list", "tuple", "range"))
def numbers_to_separated_text(choose: Chooser, separator: str, given: str) -> Exercise:
    """Join numbers to a string with a separator."""
    sign, shown = _SEPARATORS[separator], _SHOWN[separator]
    parameter, noun = {
        "list": ("numbers", "a list of integers"),
        "tuple": ("numbers", "a tuple of integers"),
        "range": ("n", "the numbers from 1 to <n>"),
    }[given]
    sequence = "range(1, n + 1)" if given == "range" else "numbers"
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        numbers = choose.integers((1, 6), 0, 99)
        value: Any = {"list": numbers, "tuple": tuple(numbers), "range": index + 1}[given]
        arguments.append((value,))
    return Exercise(
        texts=(
            f"join {noun} to a string, separated by {shown}",
            f"write {noun} as text with {shown} between them",
            f"Return a string of {noun}, separated by {shown}.",
            f"convert {noun} to a string like '{sign.join(('1', '2', '3'))}'",
        ),
        names=(
            f"{given}_to_text",
            "join_numbers",
            f"numbers_with_{separator}",
            "numbers_to_string",
        ),
        solutions=(
            f"def solve({parameter}):\n    return '{sign}'.join(str(number) for number in "
            f"{sequence})",
            f"def solve({parameter}):\n    return '{sign}'.join(map(str, {sequence}))",
            f"""
            def solve({parameter}):
                result = ''
                for number in {sequence}:
                    if result:
                        result += '{sign}'
                    result += str(number)
                return result
            """,
        ),
        arguments=arguments,
    )


_DIGITS = {
    "number_to_list": (
        "number",
        "[int(digit) for digit in str(number)]",
        "convert a positive integer to a list of its digits",
    ),
    "list_to_number": (
        "numbers",
        "int(''.join(map(str, numbers)))",
        "convert a list of digits to a number",
    ),
    "number_to_tuple": (
        "number",
        "tuple(int(digit) for digit in str(number))",
        "convert a positive integer to a tuple of its digits",
    ),
    "number_to_text": (
        "number",
        "' '.join(str(number))",
        "write the digits of a number with spaces between them",
    ),
    "reversed_list": (
        "number",
        "[int(digit) for digit in str(number)][::-1]",
        "list the digits of a number in reverse order",
    ),
    "add_one": (
        "numbers",
        "[int(digit) for digit in str(int(''.join(map(str, numbers))) + 1)]",
        "add one to a number that is given as a list of digits",
    ),
    "digit_words": (
        "number",
        "[_NAMES[int(digit)] for digit in str(number)]",
        "list the digits of a number as English words",
    ),
}


@family(kind=tuple(_DIGITS))
def digits_as_list(choose: Chooser, kind: str) -> Exercise:
    """Convert numbers to digits and back."""
    parameter, expression, does = _DIGITS[kind]
    given = "a positive integer" if parameter == "number" else "a list of digits"
    start = ""
    if kind == "digit_words":
        start = "_NAMES = 'zero one two three four five six seven eight nine'.split()\n\n"
    solutions = [f"{start}def solve({parameter}):\n    return {expression}"]
    by_hand = {
        "number_to_list": """
            def solve(number):
                result = []
                while number > 0:
                    result.insert(0, number % 10)
                    number //= 10
                return result
            """,
        "list_to_number": """
            def solve(numbers):
                total = 0
                for digit in numbers:
                    total = 10 * total + digit
                return total
            """,
        "reversed_list": """
            def solve(number):
                result = []
                while number > 0:
                    result.append(number % 10)
                    number //= 10
                return result
            """,
        "add_one": """
            def solve(numbers):
                result = list(numbers)
                index = len(result) - 1
                while index >= 0 and result[index] == 9:
                    result[index] = 0
                    index -= 1
                if index < 0:
                    return [1] + result
                result[index] += 1
                return result
            """,
        "number_to_tuple": "def solve(number):\n    return tuple(map(int, str(number)))",
        "digit_words": """
            def solve(number):
                names = 'zero one two three four five six seven eight nine'.split()
                result = []
                for digit in str(number):
                    result.append(names[int(digit)])
                return result
            """,
    }.get(kind)
    of_it = {
        "list_to_number": "convert it to a number",
        "add_one": "add one to the number that they form and return the digits of the sum",
    }.get(kind, does.replace("a number", "this number").replace(given, "it"))
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        number = choose.integer(10, 10 ** choose.integer(2, 6))
        if kind == "add_one" and index % 2:
            number = 10 ** choose.integer(1, 3) * choose.integer(1, 10) - 1
        digits = [int(digit) for digit in str(number)]
        arguments.append((number,) if parameter == "number" else (digits,))
    return Exercise(
        texts=(
            does,
            f"Given {given}, {of_it}.",
            f"{does} and return the result",
        ),
        names=(kind, f"digits_{kind}", f"convert_{kind}", "convert_digits"),
        solutions=[*solutions, *([by_hand] if by_hand else [])],
        arguments=arguments,
        synonyms={"numbers": ("digits", "digit_list", "nums"), "names": ("words", "digit_names")},
    )


_PARSED = {
    "colon_pairs": ("a:1,b:2", "a dictionary of strings", (",", ":", "value")),
    "number_values": ("a=1&b=2", "a dictionary with integer values", ("&", "=", "int(value)")),
    "semicolons": ("a=1;b=2", "a dictionary with integer values", (";", "=", "int(value)")),
    "spaces": ("a:1 b:2", "a dictionary with integer values", (" ", ":", "int(value)")),
}


@family(form=tuple(_PARSED), result=("dict", "pairs", "keys"))
def parse_key_value_text(choose: Chooser, form: str, result: str) -> Exercise:
    """Parse text of keys and values."""
    example, noun, (outer, inner, value) = _PARSED[form]
    kind = "integers" if value.startswith("int") else "strings"
    wanted = {
        "dict": noun,
        "pairs": f"a list of (key, value) tuples with {kind} as values",
        "keys": "a list of the keys",
    }[result]
    start, step = {
        "dict": ("{}", f"result[name] = {value}"),
        "pairs": ("[]", f"result.append((name, {value}))"),
        "keys": ("[]", "result.append(name)"),
    }[result]
    solutions = [
        f"""
            def solve(text):
                result = {start}
                for part in text.split('{outer}'):
                    name, value = part.split('{inner}')
                    {step}
                return result
            """
    ]
    pairs = f"(part.split('{inner}') for part in text.split('{outer}'))"
    one_line = {
        "keys": f"[part.split('{inner}')[0] for part in text.split('{outer}')]",
        "dict": f"{{name: {value} for name, value in {pairs}}}",
        "pairs": f"[(name, {value}) for name, value in {pairs}]",
    }
    solutions.append(f"def solve(text):\n    return {one_line[result]}")
    arguments = []
    for _ in range(6):
        words = list(dict.fromkeys(choose.words((1, 4))))
        arguments.append((outer.join(f"{word}{inner}{choose.integer(0, 50)}" for word in words),))
    return Exercise(
        texts=(
            f"parse a string like '{example}' into {wanted}",
            f"convert text such as '{example}' to {wanted}",
            f"Given a string in the form '{example}', return {wanted}.",
            f"read keys and values from a string like '{example}' and return {wanted}",
        ),
        names=(f"parse_{result}", f"text_to_{result}", "parse_pairs", f"string_to_{result}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"part": ("piece", "p", "field"), "name": ("key", "k", "label")},
    )


_WRITTEN = {
    "equals": ("', '.join({0} + '=' + str({1}) for {0}, {1} in mapping.items())", "a=1, b=2"),
    "query": ("'&'.join({0} + '=' + str({1}) for {0}, {1} in mapping.items())", "a=1&b=2"),
    "lines": ("'\\n'.join({0} + ': ' + str({1}) for {0}, {1} in mapping.items())", "a: 1\\nb: 2"),
    "arrows": (
        "', '.join({0} + ' -> ' + str({1}) for {0}, {1} in mapping.items())",
        "a -> 1, b -> 2",
    ),
    "sorted": (
        "', '.join({0} + '=' + str({1}) for {0}, {1} in sorted(mapping.items()))",
        "a=1, b=2",
    ),
    "stars": ("'\\n'.join({0} + ' ' + '*' * {1} for {0}, {1} in mapping.items())", "a *\\nb **"),
    "counts": ("''.join({0} + str({1}) for {0}, {1} in mapping.items())", "a1b2"),
}


@family(form=tuple(_WRITTEN))
def dict_to_text(choose: Chooser, form: str) -> Exercise:
    """Write a dict of numbers as text."""
    pattern, example = _WRITTEN[form]
    expression = pattern.format("name", "value")
    formats = {"equals": "'{}={}'", "query": "'{}={}'", "lines": "'{}: {}'", "arrows": "'{} -> {}'"}
    solutions = [f"def solve(mapping):\n    return {expression}"]
    if form in formats:
        glue = expression.partition(".join")[0]
        solutions.append(
            "def solve(mapping):\n"
            f"    return {glue}.join({formats[form]}.format(name, value) for name, value in "
            "mapping.items())"
        )
        solutions.append(f"""
            def solve(mapping):
                parts = []
                for name, value in mapping.items():
                    parts.append({formats[form]}.format(name, value))
                return {glue}.join(parts)
            """)
    rule = ", with the keys in sorted order" if form == "sorted" else ""
    return Exercise(
        texts=(
            f"convert a dictionary to a string like '{example}'{rule}",
            f"write the items of a dict as text in the form '{example}'{rule}",
            f"Given a dictionary of numbers, return a string such as '{example}'{rule}.",
            f"format a dictionary as '{example}'{rule}",
        ),
        names=(f"dict_to_{form}", "dict_to_string", "format_dict", f"{form}_text"),
        solutions=solutions,
        arguments=[
            (
                {
                    word: choose.integer(1, 9 if form in ("stars", "counts") else 90)
                    for word in (
                        choose.sample("abcdxyz", (1, 4))
                        if choose.chance(0.5)
                        else choose.words((1, 3))
                    )
                },
            )
            for _ in range(7)
        ],
        synonyms={"name": ("key", "k", "label"), "parts": ("pieces", "items", "lines")},
    )


_TABLE = {
    "rows_to_lines": (
        "matrix",
        "'\\n'.join(' '.join(str(item) for item in row) for row in matrix)",
        "write a list of lists of numbers as text: spaces between the numbers, a line for each "
        "list",
    ),
    "lines_to_rows": (
        "text",
        "[[int(part) for part in line.split()] for line in text.split('\\n')]",
        "read lines of numbers separated by spaces into a list of lists of integers",
    ),
    "csv_rows": (
        "text",
        "[line.split(',') for line in text.split('\\n')]",
        "split text with lines of comma-separated fields into a list of lists of strings",
    ),
    "csv_column": (
        "text, n",
        "[line.split(',')[n] for line in text.split('\\n')]",
        "return column <n> (counted from 0) of lines of comma-separated fields as a list of "
        "strings",
    ),
    "csv_dicts": (
        "text",
        "[dict(zip(text.split('\\n')[0].split(','), line.split(','))) for line in "
        "text.split('\\n')[1:]]",
        "convert comma-separated lines, of which the first has the field names, to a list of "
        "dictionaries",
    ),
    "line_sums": (
        "text",
        "[sum(int(part) for part in line.split()) for line in text.split('\\n')]",
        "add up the numbers in each line of a text and return the list of sums",
    ),
    "line_lengths": (
        "text",
        "[len(line) for line in text.split('\\n')]",
        "list the lengths of the lines of a text",
    ),
    "numbered": (
        "text",
        "'\\n'.join(str(number) + ': ' + line for number, line in enumerate(text.split('\\n'), 1))",
        "number the lines of a text: put '1: ' before the first line, '2: ' before the second "
        "and so on",
    ),
}


@family(kind=tuple(_TABLE))
def table_and_text(choose: Chooser, kind: str) -> Exercise:
    """Convert tables to lines of text and back."""
    parameters, expression, does = _TABLE[kind]
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if kind in ("lines_to_rows", "csv_rows", "line_sums", "line_lengths"):
        inner = expression[1:].partition(" for line in text.split")[0]
        solutions.append(f"""
            def solve(text):
                result = []
                for line in text.splitlines():
                    result.append({inner})
                return result
            """)
    if kind == "csv_dicts":
        solutions.append("""
            def solve(text):
                header, *lines = text.split('\\n')
                names = header.split(',')
                return [dict(zip(names, line.split(','))) for line in lines]
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(2, 3)
        rows = [choose.integers(size, 0, 50) for _ in range(choose.integer(1, 4))]
        fields = [[choose.word(), str(choose.integer(1, 90)), choose.person()] for _ in rows]
        lines = "\n".join(",".join(row[:size]) for row in fields)
        value: Any = {
            "rows_to_lines": rows,
            "csv_rows": lines,
            "csv_column": lines,
            "csv_dicts": ",".join(("item", "price", "owner")[:size]) + "\n" + lines,
            "line_lengths": "\n".join(choose.sentence((1, 4)) for _ in rows),
            "numbered": "\n".join(choose.sentence((1, 3)) for _ in rows),
        }.get(kind, "\n".join(" ".join(map(str, row)) for row in rows))
        arguments.append((value, choose.integer(0, size - 1)) if kind == "csv_column" else (value,))
    return Exercise(
        texts=(
            does,
            f"Please {does}.",
            f"I need a function that can {does}.",
            f"The function should {does}.",
        ),
        names=(kind, f"convert_{kind}", f"text_{kind}", f"table_{kind}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "line": ("row", "record"),
            "part": ("piece", "field"),
            "names": ("fields", "columns"),
        },
    )
