"""Reading numbers that are written as text: expressions, words, ranges, fractions and units."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.families.text_formats import wordings
from hrm_exercises.family import Exercise, family

_EXPRESSIONS = {
    "two": (
        "evaluate a text such as '12 + 5' with two whole numbers and one of the signs +, - and *",
        """
        def solve(text):
            first, sign, second = text.split()
            if sign == "+":
                return int(first) + int(second)
            if sign == "-":
                return int(first) - int(second)
            return int(first) * int(second)
        """,
        """
        import operator

        def solve(text):
            signs = {"+": operator.add, "-": operator.sub, "*": operator.mul}
            first, sign, second = text.split()
            return signs[sign](int(first), int(second))
        """,
    ),
    "sum": (
        "compute a sum such as '3+10+7' that is written as a text",
        """
        def solve(text):
            return sum(int(part) for part in text.split("+"))
        """,
        """
        def solve(text):
            return sum(map(int, text.split("+")))
        """,
    ),
    "product": (
        "compute a product such as '3*10*7' that is written as a text",
        """
        from math import prod

        def solve(text):
            return prod(int(part) for part in text.split("*"))
        """,
        """
        def solve(text):
            result = 1
            for part in text.split("*"):
                result *= int(part)
            return result
        """,
    ),
    "plus_minus": (
        "evaluate a text such as '8-3+12' that has only whole numbers and the signs + and -",
        """
        def solve(text):
            return sum(int(part) for part in text.replace("-", "+-").split("+"))
        """,
        """
        import re

        def solve(text):
            return sum(int(part) for part in re.findall(r"[+-]?[0-9]+", text))
        """,
    ),
    "precedence": (
        "evaluate a text such as '2+3*4' with whole numbers, + and *, where * comes before +",
        """
        from math import prod

        def solve(text):
            return sum(prod(map(int, part.split("*"))) for part in text.split("+"))
        """,
        """
        def solve(text):
            total = 0
            for part in text.split("+"):
                product = 1
                for number in part.split("*"):
                    product *= int(number)
                total += product
            return total
        """,
    ),
    "left_to_right": (
        "evaluate a text such as '2 + 3 * 4' strictly from left to right, so that it gives 20; "
        "the signs are + and *",
        """
        def solve(text):
            parts = text.split()
            result = int(parts[0])
            for index in range(1, len(parts), 2):
                if parts[index] == "+":
                    result += int(parts[index + 1])
                else:
                    result *= int(parts[index + 1])
            return result
        """,
    ),
    "check": (
        "check whether an equation such as '3 + 4 = 7' is true; it has two numbers and + on the "
        "left and one number on the right",
        """
        def solve(text):
            left, right = text.split("=")
            return sum(int(part) for part in left.split("+")) == int(right)
        """,
        """
        def solve(text):
            first, _, second, _, third = text.split()
            return int(first) + int(second) == int(third)
        """,
    ),
    "solve": (
        "find x in an equation such as 'x + 4 = 9' and return it as an integer",
        """
        def solve(text):
            _, _, second, _, third = text.split()
            return int(third) - int(second)
        """,
        """
        def solve(text):
            left, right = text.split("=")
            return int(right) - int(left.split("+")[1])
        """,
    ),
    "words": (
        "compute a text such as '5 plus 3' or '5 minus 3' or '5 times 3'",
        """
        def solve(text):
            first, word, second = text.split()
            if word == "plus":
                return int(first) + int(second)
            if word == "minus":
                return int(first) - int(second)
            return int(first) * int(second)
        """,
    ),
    "prefix": (
        "evaluate a text such as '+ 3 4' or '* 3 4', in which the sign stands before two whole "
        "numbers",
        """
        def solve(text):
            sign, first, second = text.split()
            return int(first) + int(second) if sign == "+" else int(first) * int(second)
        """,
    ),
}


@family(kind=tuple(_EXPRESSIONS))
def evaluate_arithmetic_text(choose: Chooser, kind: str) -> Exercise:
    """Evaluate small arithmetic expressions without eval."""
    act, *solutions = _EXPRESSIONS[kind]
    texts = []
    for index in range(6):
        numbers = [str(number) for number in choose.integers(choose.integer(2, 4), 1, 20)]
        one, two = choose.integers(2, 1, 30)
        total = one + two + (index % 2) * choose.integer(-1, 1)
        signs = [
            choose.one_of("+*" if kind in ("precedence", "left_to_right") else "+-")
            for _ in numbers
        ]
        mixed = "".join(a + b for a, b in zip(numbers, signs, strict=True))[:-1]
        texts.append(
            {
                "two": f"{one} {choose.one_of('+-*')} {two}",
                "sum": "+".join(numbers),
                "product": "*".join(numbers),
                "check": f"{one} + {two} = {total}",
                "solve": f"x + {one} = {two}",
                "words": f"{one} {choose.one_of(('plus', 'minus', 'times'))} {two}",
                "prefix": f"{choose.one_of('+*')} {one} {two}",
                "left_to_right": mixed.replace("+", " + ").replace("*", " * "),
            }.get(kind, mixed)
        )
    return Exercise(
        texts=wordings(act),
        names=("evaluate", "calculate", f"evaluate_{kind}", "compute_text", "calc"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={
            "first": ("a", "left", "x"),
            "second": ("b", "right", "y"),
            "part": ("p", "term"),
        },
    )


_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip


_NUMBER_WORD_TASKS = {
    "to_digit": (
        "convert an English word from 'zero' to 'nine' to its digit as an integer",
        "digits.index(text)",
    ),
    "to_number": (
        "convert words for digits separated by spaces, such as 'four two', to the number 42",
        "int(''.join(str(digits.index(word)) for word in text.split()))",
    ),
    "sum": (
        "add up the values of words for digits, such as 'one' or 'seven', separated by spaces",
        "sum(digits.index(word) for word in text.split())",
    ),
    "spell": (
        "spell the digits of a non-negative number as English words separated by spaces",
        "' '.join(digits[int(char)] for char in str(number))",
    ),
    "sort": (
        "sort words for digits, separated by spaces in a text, by their value and return them in "
        "the same form",
        "' '.join(sorted(text.split(), key=digits.index))",
    ),
    "count_letters": (
        "count the letters that are needed to spell each digit of a number in English",
        "sum(len(digits[int(char)]) for char in str(number))",
    ),
    "contains": (
        "list the values of all words for digits that occur as words in a sentence",
        "[digits.index(word) for word in text.split() if word in digits]",
    ),
}


@family(task=tuple(_NUMBER_WORD_TASKS))
def digits_as_english_words(choose: Chooser, task: str) -> Exercise:
    """Convert between digits and their English words."""
    act, expression = _NUMBER_WORD_TASKS[task]
    parameter = "number" if "number)" in expression else "text"
    arguments: list[tuple[str] | tuple[int]] = []
    for _ in range(6):
        words = [choose.one_of(_NUMBER_WORDS) for _ in range(choose.integer(1, 4))]
        if parameter == "number":
            arguments.append((choose.integer(0, 99999),))
        elif task == "to_digit":
            arguments.append((words[0],))
        elif task == "contains":
            arguments.append((" ".join(choose.shuffled([*words, *choose.words(2)])),))
        else:
            arguments.append((" ".join(words),))
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
        ),
        names=(f"words_{task}", "digit_words", f"{task}_words", "number_words"),
        solutions=(
            f"""
            def solve({parameter}):
                digits = ["zero", "one", "two", "three", "four",
                          "five", "six", "seven", "eight", "nine"]
                return {expression}
            """,
            f"""
            def solve({parameter}):
                digits = "zero one two three four five six seven eight nine".split()
                return {expression}
            """,
        ),
        arguments=arguments,
        synonyms={"key": ("key",), "digits": ("names", "numbers_", "digit_names")},
    )


_RANGES = {
    "expand": (
        "expand a list of numbers and ranges such as '1-3,7' to the list of all its numbers",
        """
        def solve(text):
            result = []
            for part in text.split(","):
                if "-" in part:
                    low, high = part.split("-")
                    result.extend(range(int(low), int(high) + 1))
                else:
                    result.append(int(part))
            return result
        """,
        """
        def solve(text):
            result = []
            for part in text.split(","):
                ends = [int(end) for end in part.split("-")]
                result += list(range(ends[0], ends[-1] + 1))
            return result
        """,
    ),
    "count": (
        "count how many numbers a list of numbers and ranges such as '1-3,7' stands for",
        """
        def solve(text):
            count = 0
            for part in text.split(","):
                ends = part.split("-")
                count += int(ends[-1]) - int(ends[0]) + 1
            return count
        """,
    ),
    "contains": (
        "check whether a number lies in one of the ranges of a text such as '1-3,7-9'",
        """
        def solve(text, number):
            for part in text.split(","):
                low, high = part.split("-")
                if int(low) <= number <= int(high):
                    return True
            return False
        """,
    ),
    "compress": (
        "write a sorted list of different numbers as a text of ranges, such as '1-3,7' for "
        "[1, 2, 3, 7]",
        """
        def solve(numbers):
            parts = []
            for number in numbers:
                if parts and parts[-1][1] == number - 1:
                    parts[-1][1] = number
                else:
                    parts.append([number, number])
            return ",".join(str(a) if a == b else str(a) + "-" + str(b) for a, b in parts)
        """,
    ),
    "single": (
        "turn a range such as '3-6' into the list of its numbers, both ends included",
        """
        def solve(text):
            low, high = map(int, text.split("-"))
            return list(range(low, high + 1))
        """,
        """
        def solve(text):
            ends = text.split("-")
            return [number for number in range(int(ends[0]), int(ends[1]) + 1)]
        """,
    ),
}


@family(task=tuple(_RANGES))
def ranges_written_as_text(choose: Chooser, task: str) -> Exercise:
    """Read and write ranges of numbers such as '1-3,7'."""
    act, *solutions = _RANGES[task]
    arguments: list[tuple[object, ...]] = []
    for _ in range(6):
        low = 0
        parts: list[str] = []
        numbers: list[int] = []
        for _ in range(choose.integer(1, 3)):
            low += choose.integer(2, 4)
            high = low + choose.integer(0, 3)
            single = high == low and task != "contains"
            parts.append(str(low) if single else f"{low}-{high}")
            numbers += range(low, high + 1)
            low = high
        if task == "compress":
            arguments.append((numbers,))
        elif task == "single":
            arguments.append((f"{numbers[0]}-{numbers[0] + choose.integer(0, 6)}",))
        elif task == "contains":
            arguments.append((",".join(parts), choose.integer(2, numbers[-1] + 1)))
        else:
            arguments.append((",".join(parts),))
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
        ),
        names=("ranges", f"{task}_ranges", "parse_ranges", "range_text"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "low": ("start", "a_", "lo"),
            "high": ("stop", "b_", "hi"),
            "part": ("p", "piece"),
        },
    )


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
        texts=wordings(act),
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
        texts=wordings(act),
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
            *ways_to_ask(act),
        ),
        names=(f"column_{task}", "spreadsheet_column", f"cell_{task}", "column_name"),
        solutions=solutions,
        arguments=[(value,) for value in values],
        synonyms={"text": ("column", "name", "s", "cell"), "match": ("m",)},
    )
