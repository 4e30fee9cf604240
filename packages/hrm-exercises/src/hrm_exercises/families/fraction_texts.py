"""Numbers in formats: thousands, fractions, units, matrices and spreadsheet columns."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.families.text_formats import wordings
from hrm_exercises.family import Exercise, family

_NUMBER_FORMATS = {
    "thousands": (
        "write a whole number with commas between groups of three digits",
        "'{:,}'.format(number)",
        "int",
    ),
    "from_thousands": (
        "convert a number with commas such as '1,234' to an integer",
        "int(text.replace(',', ''))",
        "commas",
    ),
    "from_money": (
        "convert a price such as '$1,234.50' to a float",
        "float(text.replace('$', '').replace(',', ''))",
        "money",
    ),
    "percent": (
        "convert a percentage such as '45%' to an integer",
        "int(text.rstrip('%'))",
        "percent",
    ),
    "fraction_of_percent": (
        "convert a percentage such as '45%' to a fraction such as 0.45",
        "int(text[:-1]) / 100",
        "percent",
    ),
    "two_places": (
        "write a number with exactly two digits after the point, as a string",
        "'{:.2f}'.format(number)",
        "float",
    ),
    "money": (
        "write an amount with a dollar sign, commas between thousands and two digits after the "
        "point, as a string",
        "'${:,.2f}'.format(number)",
        "float",
    ),
    "zeros": (
        "write a non-negative number with leading zeros so that it has at least five digits",
        "str(number).zfill(5)",
        "int",
    ),
    "sign": (
        "write a whole number with its sign, also '+' for a positive one, as a string (0 has none)",
        "'+' + str(number) if number > 0 else str(number)",
        "signed",
    ),
    "ordinal": (
        "write a positive number as an ordinal such as '1st', '2nd', '3rd', '4th' or '11th'",
        "str(number) + ('th' if number // 10 % 10 == 1 else"
        " {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th'))",
        "ordinal",
    ),
    "decimals": (
        "count the digits after the decimal point of a number that is given as a string",
        "len(text.partition('.')[2])",
        "decimal_text",
    ),
    "spaces": (
        "remove the spaces from a number such as '12 345' and return it as an integer",
        "int(text.replace(' ', ''))",
        "spaces",
    ),
}


_NUMBER_FORMATS_RETOLD = {
    "thousands": "format an integer with thousands separators, as in '1,234,567'",
    "from_thousands": (
        "remove the thousands separators from a text such as '1,234,567' and return the number"
    ),
    "from_money": "Given a price with a dollar sign and commas, return the amount as a number.",
    "percent": "get the number from a text such as '45%'",
    "fraction_of_percent": "Given a text such as '45%', return the number divided by 100.",
    "two_places": "round a number to two decimal places and return it as a text such as '3.10'",
    "money": "format an amount of dollars like '$1,234.50'",
    "zeros": "fill up a number with zeros on the left to five digits and return a string",
    "sign": "return a string with the sign '+' or '-' in front of a number, except for 0",
    "ordinal": "add the right English ending (st, nd, rd or th) to a number",
    "decimals": (
        "How many digits stand behind the point of a number in a string? There are none "
        "without a point."
    ),
    "spaces": "Given a number with spaces between groups of digits, return it as an integer.",
}


@family(form=tuple(_NUMBER_FORMATS))
def format_or_read_number(choose: Chooser, form: str) -> Exercise:
    """Write numbers in a format, or read them from one."""
    act, expression, source = _NUMBER_FORMATS[form]
    values: list[object] = []
    for _ in range(6):
        number = choose.integer(0, 10 ** choose.integer(2, 7))
        amount = choose.decimal(0, 10 ** choose.integer(1, 5), 2)
        values.append(
            {
                "int": number,
                "commas": f"{number:,}",
                "money": f"${amount:,.2f}",
                "percent": f"{choose.integer(0, 120)}%",
                "float": amount,
                "signed": choose.integer(-50, 50),
                "ordinal": choose.integer(1, 124),
                "decimal_text": choose.one_of((str(amount), str(number), f"{amount:.3f}")),
                "spaces": f"{number:,}".replace(",", " "),
            }[source]
        )
    if source == "ordinal":
        values += [11, 2, 23]
    parameter = (
        "text" if source in ("commas", "money", "percent", "decimal_text", "spaces") else "number"
    )
    return Exercise(
        texts=(
            act,
            _NUMBER_FORMATS_RETOLD[form],
            *ways_to_ask(act),
        ),
        names=(f"format_{form}", f"number_{form}", "format_number", "convert_number"),
        solutions=(returning(parameter, expression),),
        arguments=[(value,) for value in values],
    )


_FRACTIONS = {
    "parse": (
        "convert a fraction such as '3/4' to a tuple of two integers",
        "tuple(int(part) for part in text.split('/'))",
    ),
    "value": (
        "compute the value of a fraction such as '3/4' as a float",
        "int(text.split('/')[0]) / int(text.split('/')[1])",
    ),
    "reduce": ("reduce a fraction such as '6/8' to lowest terms, as the string '3/4'", ""),
    "add": (
        "add two fractions such as '1/2' and '1/3' and return the sum in lowest terms, as '5/6'",
        "",
    ),
    "larger": (
        "return the larger of two fractions such as '1/2' and '3/5', unchanged as a string (the "
        "first if they are equal)",
        "",
    ),
    "proper": (
        "check whether a positive fraction such as '3/4' is less than one",
        "int(text.split('/')[0]) < int(text.split('/')[1])",
    ),
    "invert": (
        "swap numerator and denominator of a fraction such as '3/4'",
        "'/'.join(reversed(text.split('/')))",
    ),
}


_FRACTIONS_RETOLD = {
    "parse": "split a text like '3/4' into numerator and denominator and return both as numbers",
    "value": "divide the numerator of a text such as '3/4' by its denominator",
    "reduce": (
        "Given a fraction as a text, divide both numbers by their greatest common divisor "
        "and return the new text."
    ),
    "add": (
        "Given two fractions as texts, return their sum as a reduced fraction, also as a text."
    ),
    "larger": "Given two fractions as texts, return the one with the greater value.",
    "proper": (
        "Given a fraction as a text, find out if its numerator is smaller than its denominator."
    ),
    "invert": "return the reciprocal of a fraction that is written like '3/4'",
}


_FRACTION_SOLUTIONS = {
    "reduce": """
        from math import gcd

        def solve(text):
            top, bottom = map(int, text.split("/"))
            divisor = gcd(top, bottom)
            return str(top // divisor) + "/" + str(bottom // divisor)
        """,
    "add": """
        from math import gcd

        def solve(first, second):
            a, b = map(int, first.split("/"))
            c, d = map(int, second.split("/"))
            top, bottom = a * d + c * b, b * d
            divisor = gcd(top, bottom)
            return str(top // divisor) + "/" + str(bottom // divisor)
        """,
    "larger": """
        def solve(first, second):
            a, b = map(int, first.split("/"))
            c, d = map(int, second.split("/"))
            return first if a * d >= c * b else second
        """,
}


@family(task=tuple(_FRACTIONS))
def fractions_written_as_text(choose: Chooser, task: str) -> Exercise:
    """Read fractions such as '3/4'."""
    act, expression = _FRACTIONS[task]
    arguments = []
    for _ in range(6):
        fractions = [f"{choose.integer(1, 12)}/{choose.integer(2, 12)}" for _ in range(2)]
        arguments.append(tuple(fractions if task in ("add", "larger") else fractions[:1]))
    return Exercise(
        texts=(
            act,
            _FRACTIONS_RETOLD[task],
            *ways_to_ask(act),
        ),
        names=(f"fraction_{task}", f"{task}_fraction", "fractions", "parse_fraction"),
        solutions=(_FRACTION_SOLUTIONS.get(task) or returning("text", expression),),
        arguments=arguments,
        synonyms={
            "text": ("fraction", "s", "frac"),
            "first": ("f1", "frac1", "one"),
            "second": ("f2", "frac2", "two"),
        },
    )


_SIZES = {
    "bytes": (
        "convert a size such as '3KB' or '2MB' to bytes (1 KB has 1000 bytes, 1 MB 1,000,000)",
        {"KB": 1000, "MB": 1000000},
    ),
    "grams": ("convert a weight such as '500g' or '2kg' to grams", {"kg": 1000, "g": 1}),
    "millimeters": (
        "convert a length such as '5cm', '2m' or '7mm' to millimeters",
        {"cm": 10, "mm": 1, "m": 1000},
    ),
    "seconds": (
        "convert a duration such as '5min', '2h' or '30s' to seconds",
        {"min": 60, "h": 3600, "s": 1},
    ),
    "money": (
        "convert an amount such as '5k' or '2m' to a number, where k stands for thousand and m for "
        "million",
        {"k": 1000, "m": 1000000},
    ),
}


_SIZES_RETOLD = {
    "bytes": (
        "Given a file size in KB or MB (thousands or millions of bytes), return the number "
        "of bytes."
    ),
    "grams": "Given a weight with the unit g or kg behind it, return it in grams.",
    "millimeters": (
        "Given a length with the unit mm, cm or m behind it, return it in millimeters."
    ),
    "seconds": "Given a time with the unit s, min or h behind it, return it in seconds.",
    "money": "Given a number with k (thousand) or m (million) behind it, return the full number.",
}


@family(unit=tuple(_SIZES))
def number_with_unit(choose: Chooser, unit: str) -> Exercise:
    """Convert a number with its unit behind it."""
    act, factors = _SIZES[unit]
    texts = [f"{choose.integer(1, 90)}{choose.one_of(tuple(factors))}" for _ in range(6)]
    tests = "\n                ".join(
        f"if text.endswith({name!r}):\n"
        f"                    return int(text[:-{len(name)}]){f' * {factor}' if factor > 1 else ''}"
        for name, factor in factors.items()
    )
    return Exercise(
        texts=(_SIZES_RETOLD[unit], *wordings(act)),
        names=(f"to_{unit}", f"convert_to_{unit}", "parse_size", f"read_{unit}"),
        solutions=(
            f"""
            def solve(text):
                {tests}
            """,
            rf"""
            import re

            def solve(text):
                factors = {factors!r}
                match = re.match(r"(\d+)(\w+)", text)
                return int(match.group(1)) * factors[match.group(2)]
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("size", "amount", "s"), "factors": ("units", "table"), "match": ("m",)},
    )


_MATRICES = {
    "rows": (
        "convert a text such as '1 2;3 4' to a list of rows, each a list of integers",
        "[[int(value) for value in row.split()] for row in text.split(';')]",
    ),
    "row_sums": (
        "return the list of the row sums of a matrix that is written as '1 2;3 4'",
        "[sum(int(value) for value in row.split()) for row in text.split(';')]",
    ),
    "total": (
        "find the sum of all numbers in a text such as '1 2;3 4'",
        "sum(int(value) for row in text.split(';') for value in row.split())",
    ),
    "size": (
        "return the number of rows and the number of columns of a matrix written as '1 2;3 4'",
        "(len(text.split(';')), len(text.split(';')[0].split()))",
    ),
    "column": (
        "return the first column of a matrix written as '1 2;3 4' as a list of integers",
        "[int(row.split()[0]) for row in text.split(';')]",
    ),
    "flat": (
        "return all numbers of a matrix written as '1 2;3 4' as one list of integers",
        "[int(value) for value in text.replace(';', ' ').split()]",
    ),
}


_MATRICES_RETOLD = {
    "rows": "Read a matrix from a text in which ';' ends a row and spaces separate the numbers.",
    "row_sums": (
        "In a text, ';' separates rows and spaces separate numbers. Return the sum of each "
        "row in a list."
    ),
    "total": "Add all numbers of a matrix that is given as a text with ';' between its rows.",
    "size": (
        "How many rows and columns has a matrix that is given as a text such as '1 2;3 4'? "
        "Return both as a tuple."
    ),
    "column": "Given a matrix as a text such as '1 2;3 4', list the first number of every row.",
    "flat": (
        "read the numbers of a text with rows such as '1 2;3 4' one after the other into a list"
    ),
}


@family(result=tuple(_MATRICES))
def matrix_written_as_text(choose: Chooser, result: str) -> Exercise:
    """Read a matrix that is written with semicolons between rows."""
    act, expression = _MATRICES[result]
    texts = []
    for _ in range(5):
        columns = choose.integer(1, 3)
        rows = [choose.integers(columns, -5, 20) for _ in range(choose.integer(1, 3))]
        texts.append(";".join(" ".join(map(str, row)) for row in rows))
    return Exercise(
        texts=(_MATRICES_RETOLD[result], *wordings(act)),
        names=("read_matrix", f"matrix_{result}", "parse_matrix", f"text_to_{result}"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
    )


_COLUMNS = {
    "to_number": (
        "convert the name of a spreadsheet column such as 'A', 'Z' or 'AB' to its number (A is 1)",
        """
        def solve(text):
            result = 0
            for char in text:
                result = result * 26 + ord(char) - ord("A") + 1
            return result
        """,
    ),
    "to_name": (
        "convert the number of a spreadsheet column to its name (1 is A, 26 is Z, 27 is AA)",
        """
        def solve(number):
            result = ""
            while number > 0:
                number, rest = divmod(number - 1, 26)
                result = chr(ord("A") + rest) + result
            return result
        """,
    ),
    "next": (
        "return the name of the spreadsheet column to the right of a column of one letter from A "
        "to Y",
        """
        def solve(text):
            return chr(ord(text) + 1)
        """,
    ),
    "cell": (
        "split the name of a spreadsheet cell such as 'AB12' into its column and its row number",
        r"""
        import re

        def solve(text):
            match = re.match(r"([A-Z]+)(\d+)", text)
            return match.group(1), int(match.group(2))
        """,
        """
        def solve(text):
            column = text.rstrip("0123456789")
            return column, int(text[len(column):])
        """,
    ),
}


_COLUMNS_RETOLD = {
    "to_number": (
        "Columns of a spreadsheet are called A, B, ..., Z, AA, AB and so on. Which number "
        "has the column with a given name, if A is 1?"
    ),
    "to_name": (
        "Columns of a spreadsheet are called A, B, ..., Z, AA, AB and so on. Return the name "
        "of the <number>-th column."
    ),
    "next": "Given a letter from A to Y, return the letter after it.",
    "cell": "Given a cell name such as 'AB12', return a tuple of its letters and its number.",
}


@family(task=tuple(_COLUMNS))
def spreadsheet_names(choose: Chooser, task: str) -> Exercise:
    """Convert names of columns and cells of a spreadsheet."""
    act, *solutions = _COLUMNS[task]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = [*(choose.letters((1, 2), letters) for _ in range(5)), "Z"]
    values: Sequence[object] = names
    if task == "to_name":
        values = [choose.integer(1, 60), choose.integer(27, 800), 26, 27, choose.integer(1, 20)]
    elif task == "next":
        values = choose.sample(letters[:-1], 5)
    elif task == "cell":
        values = [f"{name}{choose.integer(1, 200)}" for name in names]
    return Exercise(
        texts=(
            act,
            _COLUMNS_RETOLD[task],
            *ways_to_ask(act),
        ),
        names=(f"column_{task}", "spreadsheet_column", f"cell_{task}", "column_name"),
        solutions=solutions,
        arguments=[(value,) for value in values],
        synonyms={"text": ("column", "name", "s", "cell"), "match": ("m",)},
    )
