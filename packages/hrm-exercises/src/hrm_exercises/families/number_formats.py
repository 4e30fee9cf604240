"""Numbers as formatted text, and formatted text as numbers."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_FORMATS = {
    "two_digits": (
        "'{:.2f}'.format(number)",
        "format(number, '.2f')",
        "with 2 digits after the point",
        "float",
    ),
    "one_digit": (
        "'{:.1f}'.format(number)",
        "format(number, '.1f')",
        "with 1 digit after the point",
        "float",
    ),
    "thousands": (
        "'{:,}'.format(number)",
        "format(number, ',')",
        "with commas between groups of three digits",
        "large",
    ),
    "zeros": (
        "'{:05d}'.format(number)",
        "str(number).zfill(5)",
        "with leading zeros to 5 digits",
        "small",
    ),
    "width": (
        "'{:6d}'.format(number)",
        "str(number).rjust(6)",
        "right-aligned in 6 characters",
        "small",
    ),
    "signed": (
        "'{:+d}'.format(number)",
        "format(number, '+d')",
        "with a plus or minus sign",
        "signed",
    ),
    "percent": (
        "'{:.1%}'.format(number)",
        "format(number, '.1%')",
        "as a percentage with 1 digit, such as '12.5%' for 0.125",
        "share",
    ),
    "dollars": (
        "'$' + '{:,.2f}'.format(number)",
        "'$' + format(number, ',.2f')",
        "as dollars, such as '$1,234.50'",
        "money",
    ),
    "hexadecimal": (
        "'{:x}'.format(number)",
        "format(number, 'x')",
        "in hexadecimal digits",
        "small",
    ),
    "binary": ("'{:08b}'.format(number)", "format(number, '08b')", "as 8 binary digits", "byte"),
    "exponent": (
        "'{:.2e}'.format(number)",
        "format(number, '.2e')",
        "in scientific notation with 2 digits, such as '1.23e+04'",
        "large",
    ),
    "brackets": (
        "'(' + str(-number) + ')' if number < 0 else str(number)",
        "",
        "with negative numbers in parentheses instead of a minus sign, such as '(5)'",
        "signed",
    ),
}


def _number(choose: Chooser, kind: str) -> Any:
    """Return a number that suits a format."""
    if kind == "float":
        # A last digit of 5 would raise the question of how to round it.
        return round(choose.integer(-500, 2000) / 10 + choose.one_of((0.0, 0.02, 0.06, 0.08)), 2)
    if kind == "share":
        return choose.decimal(0, 1.5, 3)
    if kind == "money":
        return choose.decimal(0, 9999, 1)
    low, high = {
        "large": (100, 10 ** choose.integer(3, 8)),
        "small": (0, 9999),
        "signed": (-99, 99),
    }.get(kind, (0, 255))
    return choose.integer(low, high)


@family(form=tuple(_FORMATS), many=(False, True))
def format_number(choose: Chooser, form: str, *, many: bool) -> Exercise:
    """Format a number or each number of a list."""
    one, two, done, kind = _FORMATS[form]
    if many:
        solutions = [
            f"def solve(numbers):\n    return [{way} for number in numbers]"
            for way in (one, two)
            if way
        ]
        solutions.append(f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    result.append({one})
                return result
            """)
        texts: tuple[str, ...] = (
            f"format the numbers of a list {done} and return a list of strings",
            f"Given a list of numbers, return a list of strings: each number {done}.",
            f"convert a list of numbers to strings, each {done}",
        )
        arguments: list[tuple[Any, ...]] = [
            ([_number(choose, kind) for _ in range(choose.integer(1, 5))],) for _ in range(6)
        ]
    else:
        solutions = [f"def solve(number):\n    return {way}" for way in (one, two) if way]
        texts = (
            f"format a number {done}",
            f"Given a number, return it as a string {done}.",
            f"convert a number to a string {done}",
            f"write a number as text {done}",
        )
        arguments = [(_number(choose, kind),) for _ in range(7)]
    return Exercise(
        texts=texts,
        names=(
            f"format_{form}",
            f"to_{form}",
            f"{form}_text",
            "format_numbers" if many else "format_number",
        ),
        solutions=solutions,
        arguments=arguments,
    )


_PARSED = {
    "thousands": ("int(text.replace(',', ''))", "an integer", "with commas such as '1,234,567'"),
    "dollars": ("float(text.replace('$', '').replace(',', ''))", "a float", "such as '$1,234.50'"),
    "percent": ("int(text.rstrip('%')) / 100", "a fraction", "such as '45%'"),
    "unit": ("int(text.split()[0])", "an integer", "with a unit such as '12 kg'"),
    "quotient": ("int(text.split('/')[0]) / int(text.split('/')[1])", "a float", "such as '3/4'"),
    "minutes": (
        "int(text.split(':')[0]) * 60 + int(text.split(':')[1])",
        "a number of minutes",
        "that is a time such as '2:45'",
    ),
    "hexadecimal": ("int(text, 16)", "an integer", "in hexadecimal such as 'ff'"),
    "binary": ("int(text, 2)", "an integer", "in binary such as '1011'"),
    "decimal_comma": (
        "float(text.replace(',', '.'))",
        "a float",
        "with a decimal comma such as '3,75'",
    ),
    "hash": (
        "int(text.lstrip('#0') or '0')",
        "an integer",
        "with a '#' and leading zeros such as '#0042'",
    ),
    "range": (
        "tuple(int(part) for part in text.split('-'))",
        "a tuple of two integers",
        "that is a range such as '3-8'",
    ),
}


@family(form=tuple(_PARSED), many=(False, True))
def parse_formatted_number(choose: Chooser, form: str, *, many: bool) -> Exercise:
    """Convert formatted text to numbers."""
    expression, noun, example = _PARSED[form]
    by_steps = {
        "quotient": "first, second = text.split('/')\n    return int(first) / int(second)",
        "minutes": "first, second = text.split(':')\n    return 60 * int(first) + int(second)",
        "percent": "return int(text[:-1]) / 100",
        "range": "first, second = text.split('-')\n    return int(first), int(second)",
    }.get(form)
    drawn = []
    for _ in range(24 if many else 7):
        n = choose.integer(1, 99)
        drawn.append(
            {
                "thousands": f"{choose.integer(100, 9999999):,}",
                "dollars": f"${choose.decimal(1, 5000, 2):,.2f}",
                "percent": f"{choose.integer(0, 150)}%",
                "unit": f"{n} {choose.one_of(('kg', 'km', 'cm', 'liters', 'g'))}",
                "quotient": f"{choose.integer(1, 20)}/{choose.one_of((2, 4, 5, 8, 10))}",
                "minutes": f"{choose.integer(0, 23)}:{choose.integer(0, 59):02d}",
                "hexadecimal": f"{choose.integer(0, 70000):x}",
                "binary": f"{choose.integer(0, 300):b}",
                "decimal_comma": f"{choose.integer(0, 50)},{choose.integer(1, 99)}",
                "hash": f"#{choose.integer(1, 9999):05d}",
                "range": f"{n}-{n + choose.integer(1, 40)}",
            }[form]
        )
    if many:
        each = expression.replace("part", "piece")
        solutions = [
            f"def solve(words):\n    return [{each.replace('text', 'word')} for word in words]",
            f"""
            def solve(words):
                result = []
                for word in words:
                    result.append({each.replace("text", "word")})
                return result
            """,
        ]
        plural = example.replace("that is a time", "that are times").replace(
            "that is a", "that are a"
        )
        plural = plural.replace("that are a range", "that are ranges")
        texts: tuple[str, ...] = (
            f"convert each element of a list of strings {plural} to {noun}",
            f"Given a list of strings {plural}, return a list in which each is {noun}.",
            f"parse a list of strings {plural} and return the list of the results ({noun} each)",
        )
        arguments: list[tuple[Any, ...]] = []
        while drawn:
            size = choose.integer(2, 4)
            arguments.append((drawn[:size],))
            drawn = drawn[size:]
    else:
        solutions = [f"def solve(text):\n    return {expression}"]
        if by_steps:
            solutions.append(f"def solve(text):\n    {by_steps}")
        texts = (
            f"convert a string {example} to {noun}",
            f"Given a string {example}, return {noun}.",
            f"parse a string {example} and return {noun}",
            f"read {noun} from a string {example}",
        )
        arguments = [(one,) for one in drawn]
    return Exercise(
        texts=texts,
        names=(f"parse_{form}", f"{form}_to_number", f"read_{form}", f"from_{form}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"piece": ("part", "p", "side"), "part": ("piece", "p", "side")},
    )


_TEMPLATES = {
    "greeting": (
        "name",
        "'Hello, ' + name + '!'",
        "'Hello, {}!'.format(name)",
        "greet a person",
        "'Hello, Ada!'",
    ),
    "age": (
        "name, age",
        "name + ' is ' + str(age) + ' years old.'",
        "'{} is {} years old.'.format(name, age)",
        "write a sentence about a person's age",
        "'Ada is 36 years old.'",
    ),
    "file": (
        "name, n",
        "name + '_' + str(n).zfill(3) + '.txt'",
        "'{}_{:03d}.txt'.format(name, n)",
        "make a file name of a word and a number with three digits",
        "'report_007.txt'",
    ),
    "point": (
        "x, y",
        "'(' + str(x) + ', ' + str(y) + ')'",
        "'({}, {})'.format(x, y)",
        "write a point as text",
        "'(3, 4)'",
    ),
    "clock": (
        "hours, minutes",
        "str(hours).zfill(2) + ':' + str(minutes).zfill(2)",
        "'{:02d}:{:02d}'.format(hours, minutes)",
        "write a time of hours and minutes with two digits each",
        "'07:05'",
    ),
    "date": (
        "year, month, day",
        "str(year) + '-' + str(month).zfill(2) + '-' + str(day).zfill(2)",
        "'{}-{:02d}-{:02d}'.format(year, month, day)",
        "write a date of a year, a month and a day",
        "'2024-03-09'",
    ),
    "price": (
        "name, price",
        "name + ': $' + format(price, '.2f')",
        "'{}: ${:.2f}'.format(name, price)",
        "write a product and its price with two digits",
        "'apple: $1.50'",
    ),
    "sum": (
        "x, y",
        "str(x) + ' + ' + str(y) + ' = ' + str(x + y)",
        "'{} + {} = {}'.format(x, y, x + y)",
        "write the sum of two numbers as an equation",
        "'2 + 3 = 5'",
    ),
    "initials": (
        "name, surname",
        "name[0] + '. ' + surname",
        "'{}. {}'.format(name[0], surname)",
        "shorten a first name and join it with the surname",
        "'A. Lovelace'",
    ),
    "tag": (
        "name, content",
        "'[' + name + ']' + content + '[/' + name + ']'",
        "'[{0}]{1}[/{0}]'.format(name, content)",
        "put text between an opening and a closing tag",
        "'[b]code[/b]'",
    ),
    "user": (
        "name, n",
        "name.lower() + str(n)",
        "'{}{}'.format(name.lower(), n)",
        "make a user name of a name in lower case and a number",
        "'ada42'",
    ),
    "ratio": (
        "x, y",
        "str(x) + ' of ' + str(y) + ' (' + str(100 * x // y) + '%)'",
        "'{} of {} ({}%)'.format(x, y, 100 * x // y)",
        "write a count out of a total with its percentage, rounded down",
        "'3 of 4 (75%)'",
    ),
}


@family(template=tuple(_TEMPLATES))
def text_from_values(choose: Chooser, template: str) -> Exercise:
    """Make a short text of one to three values."""
    parameters, joined, formatted, does, example = _TEMPLATES[template]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        x, y = choose.integer(0, 20), choose.integer(20, 60)
        arguments.append(
            {
                "greeting": (choose.person(),),
                "age": (choose.person(), y),
                "file": (choose.word(), choose.integer(0, 150)),
                "clock": (choose.integer(0, 23), choose.integer(0, 59)),
                "date": (choose.integer(1950, 2030), choose.integer(1, 12), choose.integer(1, 28)),
                "price": (choose.thing(), choose.decimal(0.5, 40, 1)),
                "initials": (
                    choose.person(),
                    choose.one_of(("Moore", "Fox", "Lee", "Novak", "Rossi")),
                ),
                "tag": (choose.one_of(("b", "p", "h1", "em")), choose.sentence((1, 3))),
                "user": (choose.person(), x),
            }.get(template, (x, y))
        )
    words = parameters.replace(", ", ">, <")
    return Exercise(
        texts=(
            f"{does}, such as {example}",
            f"{does} and return a string like {example}",
            f"Given <{words}>, return a string such as {example}.",
            f"build a string in the form {example} from the arguments <{words}>",
        ),
        names=(f"{template}_text", f"make_{template}", f"format_{template}", f"write_{template}"),
        solutions=(
            f"def solve({parameters}):\n    return {joined}",
            f"def solve({parameters}):\n    return {formatted}",
        ),
        arguments=arguments,
        synonyms={
            "name": ("word", "label"),
            "x": ("a", "first", "p"),
            "y": ("b", "second", "q"),
            "n": ("number", "num", "i"),
        },
    )


@family(case=("one", "list", "irregular", "none"))
def count_with_noun(choose: Chooser, case: str) -> Exercise:
    """Write a number with a noun in singular or plural."""
    texts, solutions = {
        "one": (
            (
                "write a number and a noun, with an 's' at the noun unless the number is 1",
                "Given a number and a noun, return text like '1 cup' or '3 cups'.",
                "return a count such as '1 apple' or '4 apples' as a string",
            ),
            (
                "def solve(n, word):\n    return str(n) + ' ' + word + ('' if n == 1 else 's')",
                """
                def solve(n, word):
                    if n != 1:
                        word += 's'
                    return '{} {}'.format(n, word)
                """,
            ),
        ),
        "list": (
            (
                "convert a list of (number, noun) tuples to a list of strings like '1 cup' or '3 "
                "cups'",
                "Given pairs of a number and a noun, return texts such as '2 pens' (no 's' for "
                "1) in a list.",
                "write each (number, noun) pair of a list as text, with an 's' unless the number "
                "is 1",
            ),
            (
                """
                def solve(pairs):
                    return [str(n) + ' ' + word + ('' if n == 1 else 's') for n, word in pairs]
                """,
                """
                def solve(pairs):
                    result = []
                    for n, word in pairs:
                        ending = '' if n == 1 else 's'
                        result.append(str(n) + ' ' + word + ending)
                    return result
                """,
            ),
        ),
        "irregular": (
            (
                "write a number with a noun: its singular form for 1, else its plural form; both "
                "are given",
                "Given a number, a singular and a plural noun, return text such as '1 mouse' or "
                "'2 mice'.",
                "return a count like '3 geese' from a number, the singular form and the plural "
                "form",
            ),
            (
                "def solve(n, word, plural):\n    return str(n) + ' ' + (word if n == 1 else "
                "plural)",
                """
                def solve(n, word, plural):
                    if n == 1:
                        return '1 ' + word
                    return '{} {}'.format(n, plural)
                """,
            ),
        ),
        "none": (
            (
                "write a number and a noun as text: 'no cups' for 0, '1 cup' for 1, else like '3 "
                "cups'",
                "Given a number and a noun, return for example 'no pens', '1 pen' or '5 pens'.",
                "return a count in words such as 'no apples', '1 apple' or '2 apples'",
            ),
            (
                """
                def solve(n, word):
                    if n == 0:
                        return 'no ' + word + 's'
                    if n == 1:
                        return '1 ' + word
                    return str(n) + ' ' + word + 's'
                """,
                """
                def solve(n, word):
                    count = 'no' if n == 0 else str(n)
                    return count + ' ' + word + ('' if n == 1 else 's')
                """,
            ),
        ),
    }[case]
    things = ("cup", "pen", "egg", "lamp", "card", "stamp", "apple", "ticket")
    irregular = (
        ("mouse", "mice"),
        ("goose", "geese"),
        ("child", "children"),
        ("knife", "knives"),
        ("man", "men"),
    )
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        n = (1, 0, *choose.integers(4, 2, 40))[index]
        if case == "list":
            arguments.append(
                ([(choose.integer(0, 3), choose.one_of(things)) for _ in range(index + 1)],)
            )
        elif case == "irregular":
            arguments.append((n, *choose.one_of(irregular)))
        else:
            arguments.append((n, choose.one_of(things)))
    return Exercise(
        texts=texts,
        names=("pluralize", "count_noun", f"plural_{case}", "number_and_noun"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"word": ("noun", "thing", "singular"), "n": ("number", "num", "amount")},
    )


@family(many=(False, True))
def ordinal_number(choose: Chooser, *, many: bool) -> Exercise:
    """Write 1st, 2nd, 3rd, 4th..., with the exceptions 11th to 13th."""
    function = """
            def with_ending(number):
                if 10 <= number % 100 <= 20:
                    return str(number) + 'th'
                ending = {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')
                return str(number) + ending
            """
    if many:
        function += """
            def solve(numbers):
                return [with_ending(number) for number in numbers]
            """
    else:
        function = function.replace("def with_ending", "def solve")
    values = [choose.integer(1, 130) for _ in range(5)] + [
        choose.integer(11, 13),
        choose.integer(1, 3),
    ]
    return Exercise(
        texts=(
            "convert the positive integers of a list to ordinal numbers such as '1st' or '12th'",
            "Given a list of positive integers, return a list of strings like '1st', '2nd', "
            "'3rd', '4th'.",
            "write each number of a list as an ordinal: 1 becomes '1st', 22 becomes '22nd', 11 "
            "'11th'",
        )
        if many
        else (
            "convert a positive integer to an ordinal number such as '1st' or '12th'",
            "Given a positive integer, return its ordinal as a string like '1st', '2nd', '3rd' "
            "or '4th'.",
            "add the right ending to a number: 1 becomes '1st', 22 becomes '22nd', 11 becomes "
            "'11th'",
        ),
        names=(
            "ordinal",
            "to_ordinal",
            "ordinals" if many else "ordinal_text",
            "number_with_ending",
        ),
        solutions=(function,),
        arguments=[(choose.sample(values, (2, 5)),) for _ in range(6)]
        if many
        else [(value,) for value in values],
        synonyms={"ending": ("suffix", "end"), "with_ending": ("as_ordinal", "with_suffix")},
    )
