"""Finding numbers, words and marked parts of texts with regular expressions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.regular_expressions import PATTERN_NAMES, by_regex, fitting
from hrm_exercises.families.strings import returning
from hrm_exercises.family import Exercise, family

MATCH_NAMES = {**PATTERN_NAMES, "match": ("m", "found", "hit"), "key": ("key",)}


def text_with(choose: Chooser, *parts: str) -> str:
    """Return words with the parts at random places between them."""
    words = choose.words((1, 4))
    for part in parts:
        words.insert(choose.integer(0, len(words)), part)
    return " ".join(words)


def some_numbers(choose: Chooser, form: str = "whole") -> list[str]:
    """Return a few whole, decimal or signed numbers as texts."""
    numbers = []
    for _ in range(choose.integer(1, 3)):
        number = str(choose.integer(0, 10 ** choose.integer(1, 4)))
        if form == "decimal":
            number += choose.one_of(("", f".{choose.integer(1, 99)}"))
        elif form == "signed":
            number = choose.one_of(("-", "")) + number
        numbers.append(number)
    return numbers


_NUMBERS = {
    "list": ("a list of all numbers", "[int(match) for match in re.findall(r'\\d+', text)]"),
    "texts": ("a list of all numbers as strings", "re.findall(r'\\d+', text)"),
    "sum": ("the sum of all numbers", "sum(int(match) for match in re.findall(r'\\d+', text))"),
    "max": ("the largest number", "max(int(match) for match in re.findall(r'\\d+', text))"),
    "min": ("the smallest number", "min(int(match) for match in re.findall(r'\\d+', text))"),
    "count": ("the number of numbers", "len(re.findall(r'\\d+', text))"),
    "first": ("the first number", "int(re.search(r'\\d+', text).group())"),
    "last": ("the last number", "int(re.findall(r'\\d+', text)[-1])"),
    "longest": (
        "the number with the most digits, as a string (the first one if several are equally long)",
        "max(re.findall(r'\\d+', text), key=len)",
    ),
    "positions": (
        "a list of the indexes at which the numbers begin",
        "[match.start() for match in re.finditer(r'\\d+', text)]",
    ),
    "pairs": (
        "a list of (number, index of its first digit) tuples for all numbers",
        "[(int(match.group()), match.start()) for match in re.finditer(r'\\d+', text)]",
    ),
}


_NUMBERS_BY_HAND = {
    "list": "numbers",
    "sum": "sum(numbers)",
    "max": "max(numbers)",
    "min": "min(numbers)",
    "count": "len(numbers)",
    "first": "numbers[0]",
    "last": "numbers[-1]",
}


@family(result=tuple(_NUMBERS))
def numbers_inside_text(choose: Chooser, result: str) -> Exercise:
    """Find the whole numbers inside a text."""
    what, expression = _NUMBERS[result]
    texts = []
    for _ in range(5):
        text = text_with(choose, *some_numbers(choose))
        texts.append(text if choose.chance(0.6) else text.replace(" ", ""))
    solutions = [
        f"""
        import re

        def solve(text):
            return {expression}
        """,
    ]
    if result in _NUMBERS_BY_HAND:
        solutions.append(
            f"""
            def solve(text):
                numbers = []
                digits = ""
                for char in text + " ":
                    if char.isdigit():
                        digits += char
                    elif digits:
                        numbers.append(int(digits))
                        digits = ""
                return {_NUMBERS_BY_HAND[result]}
            """
        )
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"find {what} in a text{how}",
            f"return {what} that a string contains{how}",
            f"extract {what} from a string{how}",
            f"Given a text with numbers in it, return {what}.",
            f"get {what} from a text of words and numbers{how}",
        ),
        names=(
            f"{result}_number",
            "extract_numbers",
            f"find_{result}",
            "get_numbers",
            "numbers_in",
        ),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
        synonyms={**MATCH_NAMES, "digits": ("part", "current", "s1")},
    )


_SPECIAL_NUMBERS = {
    "signed": ("whole numbers (also negative ones)", r"-?\d+", "int(match)", "signed"),
    "decimal": (
        "numbers (with or without a decimal point) as floats",
        r"\d+\.?\d*",
        "float(match)",
        "decimal",
    ),
    "decimal_texts": ("decimal numbers with a point (as strings)", r"\d+\.\d+", "match", "decimal"),
    "of_k_digits": ("numbers of exactly two digits (as strings)", r"\b\d{2}\b", "match", "whole"),
    "long": ("numbers of three or more digits", r"\b\d{3,}\b", "int(match)", "whole"),
    "digits": ("single digits as integers", r"\d", "int(match)", "whole"),
}


@family(kind=tuple(_SPECIAL_NUMBERS))
def special_numbers_inside_text(choose: Chooser, kind: str) -> Exercise:
    """Find numbers of a special form inside a text."""
    what, pattern, expression, form = _SPECIAL_NUMBERS[kind]
    call = f're.findall(r"{pattern}", text)'
    body = call if expression == "match" else f"[{expression} for match in {call}]"
    how = by_regex(choose)
    solutions = [f"import re\n\ndef solve(text):\n    return {body}\n"]
    if expression != "match":
        function = expression.partition("(")[0]
        solutions.append(
            f"import re\n\ndef solve(text):\n    return list(map({function}, {call}))\n"
        )
    return Exercise(
        texts=(
            f"find all {what} in a text{how}",
            f"extract {what} from a string into a list{how}",
            f"return a list of the {what} that a text contains{how}",
            f"Given a string, list all {what} in it.",
        ),
        names=("extract_numbers", f"find_{kind}", "numbers_in_text", f"{kind}_numbers"),
        solutions=solutions,
        arguments=[(text_with(choose, *some_numbers(choose, form)),) for _ in range(5)]
        + [(choose.sentence(2),)],
        synonyms=MATCH_NAMES,
    )


_WORDS = {
    "of_k": ("words of exactly {0} letters", r"\b[a-zA-Z]{{{0}}}\b"),
    "at_least_k": ("words with at least {0} letters", r"\b[a-zA-Z]{{{0},}}\b"),
    "k_to_six": ("words that have {0} to 6 letters", r"\b[a-zA-Z]{{{0},6}}\b"),
    "starts": ("words that begin with '{1}'", r"\b{1}[a-zA-Z]*"),
    "ends": ("words that end with '{1}'", r"\b[a-zA-Z]*{1}\b"),
    "starts_vowel": ("words that start with a vowel", r"\b[aeiouAEIOU][a-zA-Z]*"),
    "capitalized": ("words that start with a capital letter", r"\b[A-Z][a-zA-Z]*"),
    "all_caps": ("words in capital letters of two or more letters", r"\b[A-Z]{{2,}}\b"),
    "a_or_e": ("words that start with 'a' or 'e'", r"\b[ae][a-zA-Z]*"),
    "plain": ("words (runs of letters)", r"[a-zA-Z]+"),
    "with_digit": (
        "words like 'ab12', that is, letters followed by digits",
        r"\b[a-zA-Z]+[0-9]+\b",
    ),
    "double": ("words that contain a double 'o' or a double 'e'", r"\b[a-zA-Z]*(?:oo|ee)[a-zA-Z]*"),
    "hyphen": ("words with a hyphen like 'well-known'", r"\b[a-z]+-[a-z]+\b"),
}


_EXAMPLES = {
    "starts": ("{0}pple", "{0}nd", "{0}ime", "{0}lder", "{0}"),
    "ends": ("pin{0}", "lam{0}", "wood{0}", "o{0}", "ba{0}"),
    "capitalized": ("Ada", "Oslo", "Reed", "Paris"),
    "all_caps": ("USA", "OK", "NASA", "TV", "A"),
    "a_or_e": ("apple", "eat", "and", "ever", "a"),
    "with_digit": ("ab12", "x7", "item30", "12ab"),
    "double": ("moon", "tree", "see", "wood", "too"),
    "hyphen": ("self-made", "well-known", "part-time"),
}


@family(kind=tuple(_WORDS), result=("list", "count", "first"))
def words_by_pattern(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the words of a text that match a pattern."""
    what, pattern = _WORDS[kind]
    size, letter = choose.integer(3, 5), choose.one_of("aest")
    what, pattern = what.format(size, letter), pattern.format(size, letter)
    goal, expression = {
        "list": (f"find all {what}", "{}"),
        "count": (f"count the {what}", "len({})"),
        "first": (f"find the first of the {what}", ""),
    }[result]
    texts = []
    for number in range(6):
        words = [choose.word().title() if choose.chance(0.2) else choose.word() for _ in range(3)]
        examples = _EXAMPLES.get(kind, ("a", "at", "eat", "tree", "wide", "OK", "mountain"))
        if number % 3:
            words += choose.sample([word.format(letter) for word in examples], (1, 2))
        texts.append(" ".join(choose.shuffled(words)) + choose.one_of((".", "!", "", " 7")))
    if result == "first":
        solutions = [
            f"""
            import re

            def solve(text):
                match = re.search(r"{pattern}", text)
                return match.group() if match else None
            """,
            f"""
            import re

            def solve(text):
                words = re.findall(r"{pattern}", text)
                if words:
                    return words[0]
                return None
            """,
        ]
    else:
        call = expression.format(f're.findall(r"{pattern}", text)')
        solutions = [
            f"import re\n\ndef solve(text):\n    return {call}\n",
            f"""
            import re

            def solve(text):
                pattern = re.compile(r"{pattern}")
                return {expression.format("pattern.findall(text)")}
            """,
        ]
    how = by_regex(choose)
    nothing = ", or None" if result == "first" else ""
    return Exercise(
        texts=(
            f"{goal} in a text{nothing}{how}",
            f"{goal} in a string{nothing}{how}",
            f"{goal} of a sentence{nothing}{how}",
            f"Given a text, {goal} in it{nothing}.",
        ),
        names=("find_words", f"{result}_{kind}", f"words_{kind}", "match_words", "get_words"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms=MATCH_NAMES,
    )


_THINGS = {
    "quoted": ("texts in double quotes (without the quotes)", r'"(.*?)"', ('"{}"', '"{} {}"')),
    "single_quoted": (
        "texts in single quotes (without the quotes)",
        r"'(.*?)'",
        ("'{}'", "'{} {}'"),
    ),
    "round": ("texts in round brackets (without the brackets)", r"\((.*?)\)", ("({})", "({} {})")),
    "square": (
        "texts in square brackets (without the brackets)",
        r"\[(.*?)\]",
        ("[{}]", "[{} {}]"),
    ),
    "hashtags": ("hashtags (each with its '#')", r"#\w+", ("#{}", "#{}1")),
    "mentions": (
        "user names that follow an '@' sign (without that sign)",
        r"@(\w+)",
        ("@{}", "@{}_{}"),
    ),
    "emails": ("e-mail addresses", r"[\w.]+@\w+\.\w+", ("{}@{}.com", "{}.x@mail.org")),
    "domains": ("domain names of e-mail addresses", r"@([\w.]+)", ("{}@{}.com", "{}.x@mail.org")),
    "dates": (
        "dates of the form YYYY-MM-DD",
        r"\d{4}-\d{2}-\d{2}",
        ("2024-03-15", "1999-12-31", "2023-07-04"),
    ),
    "years": (
        "years (numbers of four digits)",
        r"\b\d{4}\b",
        ("1998", "2024", "12", "31999"),
    ),
    "times": (
        "times such as '9:30' or '18:05'",
        r"\d{1,2}:\d{2}",
        ("9:30", "18:05", "12:00", "7:45"),
    ),
    "prices": (
        "prices in dollars like '$5' or '$7.50'",
        r"\$\d+(?:\.\d\d)?",
        ("$5", "$7.50", "$120", "12"),
    ),
    "percentages": (
        "percentages as integers (without the sign)",
        r"(\d+)%",
        ("5%", "40%", "100%", "12"),
    ),
    "words_before_colon": (
        "words that stand directly before a colon",
        r"(\w+):",
        ("{}:", "{}: {}"),
    ),
    "tags": (
        "names of opening HTML tags (without the angle brackets)",
        r"<(\w+)>",
        ("<b>", "<p>", "</b>", "<h1>"),
    ),
    "phones": (
        "phone numbers such as '555-0142'",
        r"\d{3}-\d{4}",
        ("555-0142", "123-4567", "987-6543"),
    ),
}


@family(kind=tuple(_THINGS), result=("list", "first"))
def extract_marked_parts(choose: Chooser, kind: str, result: str) -> Exercise:
    """Extract quoted texts, hashtags, dates and other marked parts."""
    what, pattern, forms = _THINGS[kind]
    texts = []
    for _ in range(5):
        parts = [
            choose.one_of(forms).format(choose.word(), choose.word())
            for _ in range(choose.integer(1, 3))
        ]
        texts.append(text_with(choose, *parts))
    quote = "'''" if "'" in pattern else "'"
    raw = f"r{quote}{pattern}{quote}" if quote == "'" else f'r"{pattern}"'
    group = (
        "match.group(1)"
        if "(" in pattern.replace("(?:", "").replace("\\(", "")
        else "match.group()"
    )
    convert = kind == "percentages"
    if result == "first":
        value = f"int({group})" if convert else group
        solutions = [
            f"""
            import re

            def solve(text):
                match = re.search({raw}, text)
                if match:
                    return {value}
                return None
            """,
            f"""
            import re

            def solve(text):
                found = re.findall({raw}, text)
                return {"int(found[0])" if convert else "found[0]"} if found else None
            """,
        ]
    else:
        call = f"re.findall({raw}, text)"
        call = f"[int(part) for part in {call}]" if convert else call
        value = f"int({group})" if convert else group
        solutions = [
            returning("text", call, "import re"),
            returning("text", f"[{value} for match in re.finditer({raw}, text)]", "import re"),
        ]
    how = by_regex(choose)
    if result == "first":
        texts_of_task = (
            f"find the first of the {what} in a text, or None{how}",
            f"extract the first of the {what} from a string{how}; return None without one",
            f"Given a text, return the first of the {what} in it, or None if there are none.",
            f"get only the first of the {what} of a text{how} (None if there are none)",
        )
    else:
        texts_of_task = (
            f"extract all {what} from a text{how}",
            f"find the {what} in a string{how}",
            f"return a list of the {what} in a text{how}",
            f"Given a text, return all {what} in it.",
        )
    return Exercise(
        texts=texts_of_task,
        names=(f"extract_{kind}", f"find_{kind}", f"get_{kind}", "extract_parts"),
        solutions=solutions,
        arguments=[(text,) for text in texts] + [(choose.sentence(2),)],
        synonyms={**MATCH_NAMES, "found": ("matches", "result", "parts"), "part": ("p", "x", "s1")},
    )


_PARSED = {
    "date": (
        "extract year, month and day as integers from the date YYYY-MM-DD in a text",
        r"(\d{4})-(\d{2})-(\d{2})",
        "tuple(int(part) for part in match.groups())",
        "it was {2}-0{0}-1{1} then",
    ),
    "time": (
        "find a time like '9:05' in a text and return hours and minutes as integers",
        r"(\d+):(\d+)",
        "(int(match.group(1)), int(match.group(2)))",
        "at {0}:1{1} we go",
    ),
    "url": (
        "return protocol and host of a web address, such as ('https', 'site.org')",
        r"(\w+)://([\w.]+)",
        "match.groups()",
        "https://{3}.org/{4}",
    ),
    "log": (
        "return level and message of a log line like '[ERROR] disk full' as a tuple",
        r"\[(\w+)\] (.*)",
        "(match.group(1), match.group(2))",
        "[ERROR] {3} {4}",
    ),
    "assignment": (
        "return name and value of a line like 'size = 12' as a tuple of a string and an integer",
        r"(\w+)\s*=\s*(\d+)",
        "(match.group(1), int(match.group(2)))",
        "{3} = {2}",
    ),
    "size": (
        "return width and height of a text such as '640x480' as integers",
        r"(\d+)x(\d+)",
        "(int(match.group(1)), int(match.group(2)))",
        "{2}x{0}0",
    ),
    "person": (
        "return a dictionary with the keys 'name' and 'age' for a text like 'Ada (36)'",
        r"(?P<name>\w+) \((?P<age>\d+)\)",
        "{'name': match.group('name'), 'age': int(match.group('age'))}",
        "{5} ({0}{1})",
    ),
    "email": (
        "split an e-mail address into user and domain and return them as a tuple",
        r"(.+)@(.+)",
        "match.groups()",
        "{3}.{4}@mail.com",
    ),
    "length": (
        "return number and unit of a length such as '12 cm' or '3km' as a tuple",
        r"(\d+)\s*(\w+)",
        "(int(match.group(1)), match.group(2))",
        "{2} cm",
    ),
}


@family(kind=tuple(_PARSED))
def parse_by_groups(choose: Chooser, kind: str) -> Exercise:
    """Take the parts of a text with the groups of a regular expression."""
    act, pattern, expression, form = _PARSED[kind]
    texts = []
    for _ in range(8):
        if kind == "log":
            form = "[" + choose.one_of(("ERROR", "INFO", "DEBUG")) + "] {3} {4}"
        if kind == "url":
            form = choose.one_of(("https", "http", "ftp")) + "://{3}.org/{4}"
        if kind == "length":
            form = choose.one_of(("{2} cm", "{2}km", "{0} m", "{0}{1}mm"))
        if kind == "assignment":
            form = choose.one_of(("{3} = {2}", "{3}={0}"))
        digits = choose.integers(2, 1, 9)
        texts.append(
            form.format(
                *digits, choose.integer(1900, 2030), choose.word(), choose.word(), choose.person()
            )
        )
    how = by_regex(choose)
    return Exercise(
        texts=(
            act,
            f"{act}{how}",
            f"{act[0].upper()}{act[1:]}{how}.",
            f"parse a text: {act}",
        ),
        names=(f"parse_{kind}", f"extract_{kind}", f"read_{kind}", "parse"),
        solutions=(
            f"""
            import re

            def solve(text):
                match = re.search(r"{pattern}", text)
                return {expression}
            """,
            f"""
            import re

            def solve(text):
                pattern = re.compile(r"{pattern}")
                match = pattern.search(text)
                return {expression}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={**MATCH_NAMES, "part": ("p", "x")},
    )
