"""Finding, replacing and splitting with regular expressions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.regular_expressions import PATTERN_NAMES, by_regex, fitting
from hrm_exercises.families.strings import noisy_text, returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_NAMES = {**PATTERN_NAMES, "match": ("m", "found", "hit"), "key": ("key",)}


def _text_with(choose: Chooser, *parts: str) -> str:
    """Return words with the parts at random places between them."""
    words = choose.words((1, 4))
    for part in parts:
        words.insert(choose.integer(0, len(words)), part)
    return " ".join(words)


def _numbers(choose: Chooser, form: str = "whole") -> list[str]:
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
        text = _text_with(choose, *_numbers(choose))
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
        synonyms={**_NAMES, "digits": ("part", "current", "s1")},
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
        arguments=[(_text_with(choose, *_numbers(choose, form)),) for _ in range(5)]
        + [(choose.sentence(2),)],
        synonyms=_NAMES,
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
        synonyms=_NAMES,
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
        texts.append(_text_with(choose, *parts))
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
            f"extract the first of the {what} from a string{how}",
            f"Given a text, return the first of the {what} in it, or None if there are none.",
            f"get only the first of the {what} of a text{how}",
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
        synonyms={**_NAMES, "found": ("matches", "result", "parts"), "part": ("p", "x", "s1")},
    )


_REPLACED = {
    "digits_hash": ("replace every digit of a text by '#'", r"\d", "#", "numbers"),
    "numbers_n": ("replace every number in a text by 'N'", r"\d+", "N", "numbers"),
    "remove_digits": ("remove all digits from a text", r"\d", "", "numbers"),
    "remove_non_digits": ("remove everything except digits from a text", r"\D", "", "numbers"),
    "spaces_underscore": (
        "replace every run of spaces in a text by one underscore",
        r" +",
        "_",
        "spaces",
    ),
    "many_spaces": ("replace several spaces in a row by a single one", r" +", " ", "spaces"),
    "remove_whitespace": ("remove all whitespace from a text", r"\s+", "", "spaces"),
    "commas_spaces": (
        "replace spaces, commas and periods in a text by semicolons",
        r"[ ,.]",
        ";",
        "marks",
    ),
    "no_special": (
        "remove all characters except letters, digits and spaces",
        r"[^a-zA-Z0-9 ]",
        "",
        "marks",
    ),
    "only_alphanumeric": (
        "delete everything that is neither a letter nor a digit",
        r"[^a-zA-Z0-9]",
        "",
        "marks",
    ),
    "repeated_marks": ("reduce repeated exclamation marks in a text to one", r"!+", "!", "marks"),
    "vowels_star": ("replace each vowel of a text by '*'", r"[aeiouAEIOU]", "*", "marks"),
    "vowel_groups": (
        "replace each group of vowels in a text by a single '-'",
        r"[aeiouAEIOU]+",
        "-",
        "marks",
    ),
    "remove_parentheses": (
        "remove the parts of a text in round brackets, with the brackets and the space before them",
        r" \(.*?\)",
        "",
        "brackets",
    ),
    "remove_tags": ("remove all HTML tags from a text", r"<.*?>", "", "tags"),
    "leading_zeros": (
        "remove the leading zeros of all numbers in a text",
        r"\b0+(\d)",
        r"\1",
        "zeros",
    ),
    "remove_comment": (
        "remove a comment, which begins with '#', and the spaces before it from a line",
        r"\s*#.*",
        "",
        "comment",
    ),
    "remove_lower": ("remove all lowercase letters from a string", r"[a-z]", "", "marks"),
    "remove_between": (
        "delete everything before the first digit of a text",
        r"^\D+",
        "",
        "numbers",
    ),
}


def _source_text(choose: Chooser, source: str) -> str:
    """Return a text in which a pattern of `_REPLACED` occurs."""
    word = choose.word()
    if source == "numbers":
        return _text_with(choose, *_numbers(choose))
    if source == "spaces":
        return choose.sentence((2, 4)).replace(" ", " " * choose.integer(1, 3))
    if source == "marks":
        return noisy_text(choose) + choose.one_of(("!!", ", ok.", "", "!!!", "."))
    if source == "brackets":
        return f"{word} ({choose.word()}) {choose.word()}"
    if source == "tags":
        return f"<b>{word}</b> {choose.word()}<p>" + choose.one_of(("", "<br>x"))
    if source == "zeros":
        return _text_with(choose, f"00{choose.integer(1, 99)}", f"0{choose.integer(0, 9)}", "120")
    return f"{word} = 1" + choose.one_of(("", "  # " + choose.word(), " # x # y"))


@family(kind=tuple(_REPLACED))
def replace_by_pattern(choose: Chooser, kind: str) -> Exercise:
    """Replace or remove what matches a pattern."""
    act, pattern, new, source = _REPLACED[kind]
    texts = [_source_text(choose, source) for _ in range(6)]
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"{act}{how}",
            f"{act} and return the result{how}",
            f"clean a string: {act}{how}",
            f"{act[0].upper()}{act[1:]}{how}.",
        ),
        names=(kind, f"{kind}_by_regex", "clean_text", "substitute", "change_text"),
        solutions=(
            f"""
            import re

            def solve(text):
                return re.sub(r"{pattern}", r"{new}", text)
            """.replace('r"' + new + '"', f'"{new}"' if "\\" not in new else f'r"{new}"'),
            f"""
            import re

            def solve(text):
                pattern = re.compile(r"{pattern}")
                return pattern.sub({f'"{new}"' if chr(92) not in new else f'r"{new}"'}, text)
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms=_NAMES,
    )


_CONVERSIONS = {
    "camel_to_snake": (
        "convert a name in camel case to snake case",
        r"""
        import re

        def solve(text):
            return re.sub(r"([A-Z])", r"_\1", text).lower()
        """,
        r"""
        def solve(text):
            return "".join("_" + char.lower() if char.isupper() else char for char in text)
        """,
        "camel",
    ),
    "snake_to_camel": (
        "convert a name in snake case to camel case",
        r"""
        import re

        def solve(text):
            return re.sub(r"_(\w)", lambda match: match.group(1).upper(), text)
        """,
        r"""
        def solve(text):
            first, *others = text.split("_")
            return first + "".join(part.capitalize() for part in others)
        """,
        "snake",
    ),
    "snake_to_pascal": (
        "convert a name in snake case to one in which each word starts with a capital letter and "
        "the underscores are gone",
        r"""
        def solve(text):
            return "".join(part.capitalize() for part in text.split("_"))
        """,
        r"""
        import re

        def solve(text):
            return re.sub(r"(?:^|_)(\w)", lambda match: match.group(1).upper(), text)
        """,
        "snake",
    ),
    "pascal_to_snake": (
        "convert a name like 'BlueRiver' to snake case, like 'blue_river'",
        r"""
        import re

        def solve(text):
            return re.sub(r"(?<!^)([A-Z])", r"_\1", text).lower()
        """,
        r"""
        def solve(text):
            result = text[0].lower()
            for char in text[1:]:
                if char.isupper():
                    result += "_"
                result += char.lower()
            return result
        """,
        "pascal",
    ),
    "snake_to_kebab": (
        "replace the underscores of a name by hyphens",
        r"""
        def solve(text):
            return text.replace("_", "-")
        """,
        r"""
        import re

        def solve(text):
            return re.sub(r"_", "-", text)
        """,
        "snake",
    ),
    "kebab_to_camel": (
        "convert a name with hyphens, like 'blue-river', to camel case, like 'blueRiver'",
        r"""
        def solve(text):
            words = text.split("-")
            return words[0] + "".join(word.capitalize() for word in words[1:])
        """,
        r"""
        import re

        def solve(text):
            return re.sub(r"-(\w)", lambda match: match.group(1).upper(), text)
        """,
        "kebab",
    ),
    "pascal_to_words": (
        "put a space before each capital letter of a name like 'BlueRiver', except the first one",
        r"""
        import re

        def solve(text):
            return re.sub(r"(\w)([A-Z])", r"\1 \2", text)
        """,
        r"""
        def solve(text):
            result = ""
            for char in text:
                if char.isupper() and result:
                    result += " "
                result += char
            return result
        """,
        "pascal",
    ),
    "camel_to_words": (
        "split a name in camel case into lowercase words separated by spaces",
        r"""
        import re

        def solve(text):
            return re.sub(r"([A-Z])", r" \1", text).lower()
        """,
        r"""
        def solve(text):
            return "".join(" " + char.lower() if char.isupper() else char for char in text)
        """,
        "camel",
    ),
}


@family(kind=tuple(_CONVERSIONS))
def convert_case_of_name(choose: Chooser, kind: str) -> Exercise:
    """Convert names between camel case, snake case and the like."""
    act, *solutions, form = _CONVERSIONS[kind]
    texts = []
    for _ in range(6):
        words = choose.words((1, 4))
        if form == "camel":
            texts.append(words[0] + "".join(word.title() for word in words[1:]))
        elif form == "pascal":
            texts.append("".join(word.title() for word in words))
        else:
            texts.append({"snake": "_", "kebab": "-"}[form].join(words))
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"{act}{how}",
            act,
            *ways_to_ask(act),
            f"Given the name of a variable, {act.replace('a name', 'the name', 1)}.",
        ),
        names=(kind, f"convert_{kind}", "convert_name", "change_case"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
        synonyms={
            **_NAMES,
            "text": ("name", "s", "identifier", "string"),
            "first": ("first",),
            "part": ("word", "p"),
        },
    )


_SPLITS = {
    "comma_or_semicolon": ("at commas and semicolons", r"[,;]", ",;"),
    "marks_and_spaces": (
        "at commas, semicolons or colons with the spaces behind them",
        r"[,;:] *",
        (", ", "; ", ":", ","),
    ),
    "non_letters": (
        "at every run of characters that are not letters",
        r"[^a-zA-Z]+",
        (" ", ", ", "12", "--"),
    ),
    "digits": ("at every number", r"\d+", ("1", "22", "305")),
    "spaces": ("at runs of one or more spaces", r" +", (" ", "  ", "   ")),
    "hyphen_underscore": ("at hyphens and underscores", r"[-_]", "-_"),
    "and_or": (
        "at the words 'and' and 'or' with the spaces around them",
        r" and | or ",
        (" and ", " or "),
    ),
    "operators": ("at the signs + and -", r"[+-]", "+-"),
    "lines": ("at line breaks and tabs", r"[\n\t]", "\n\t"),
}


@family(kind=tuple(_SPLITS), result=("list", "count"))
def split_by_pattern(choose: Chooser, kind: str, result: str) -> Exercise:
    """Split a text at several separators."""
    where, pattern, separators = _SPLITS[kind]
    texts = []
    for _ in range(5):
        text = choose.word()
        for word in choose.words((1, 4)):
            text += choose.one_of(separators) + word
        texts.append(text)
    shape = {"list": "{}", "count": "len({})"}[result]
    goal = {"list": "return the list of parts", "count": "return the number of parts"}[result]
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"split a text {where} and {goal}{how}",
            f"divide a string {where}; {goal}{how}",
            f"Given a text, split it {where}{how}. {goal.capitalize()}.",
            f"cut a string {where} and {goal}",
        ),
        names=("split_text", f"split_{kind}", "split_string", f"{result}_of_parts"),
        solutions=(
            returning("text", shape.format(f're.split(r"{pattern}", text)'), "import re"),
            f"""
            import re

            def solve(text):
                pattern = re.compile(r"{pattern}")
                return {shape.format("pattern.split(text)")}
            """,
        ),
        arguments=[(text,) for text in texts] + [(choose.word(),)],
        synonyms=_NAMES,
    )


_PIECES = {
    "at_capitals": (
        "split a string at its capital letters, each part starting with one",
        r"""
        import re

        def solve(text):
            return re.findall(r"[A-Z][^A-Z]*", text)
        """,
        r"""
        def solve(text):
            result = []
            for char in text:
                if char.isupper():
                    result.append(char)
                else:
                    result[-1] += char
            return result
        """,
    ),
    "letters_and_digits": (
        "split a string of letters and digits into a list of its runs of letters and runs of "
        "digits",
        r"""
        import re

        def solve(text):
            return re.findall(r"[a-z]+|[0-9]+", text)
        """,
        r"""
        from itertools import groupby

        def solve(text):
            return ["".join(group) for _, group in groupby(text, str.isdigit)]
        """,
    ),
    "letters_then_digits": (
        "split a code such as 'AB123' into its letters and its number, as a tuple (text, number)",
        r"""
        import re

        def solve(text):
            match = re.match(r"([a-zA-Z]+)(\d+)", text)
            return match.group(1), int(match.group(2))
        """,
        r"""
        def solve(text):
            letters = text.rstrip("0123456789")
            return letters, int(text[len(letters):])
        """,
    ),
    "tokens": (
        "split an arithmetic expression into its numbers and signs",
        r"""
        import re

        def solve(text):
            return re.findall(r"\d+|[-+*/()]", text)
        """,
        r"""
        def solve(text):
            result = []
            previous = ""
            for char in text:
                if char.isdigit() and previous.isdigit():
                    result[-1] += char
                else:
                    result.append(char)
                previous = char
            return result
        """,
    ),
}


@family(kind=tuple(_PIECES))
def split_into_runs(choose: Chooser, kind: str) -> Exercise:
    """Split a text between kinds of characters."""
    act, one, other = _PIECES[kind]
    texts = []
    for _ in range(5):
        num = choose.integer(1, 4)
        numbers = [str(number) for number in choose.integers(num, 1, 999)]
        words = choose.words(num)
        texts.append(
            {
                "at_capitals": "".join(word.title() for word in words),
                "letters_and_digits": "".join(map("".join, zip(words, numbers, strict=True))),
                "letters_then_digits": words[0][:3].upper() + numbers[0],
                "tokens": "+".join(numbers) + f"*({numbers[0]}-1)",
            }[kind]
        )
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"{act}{how}",
            act,
            f"{act[0].upper()}{act[1:]}{how}.",
            f"take a string without spaces and {act}{how}".replace("split a string", "split it"),
        ),
        names=(f"split_{kind}", "split_text", "split_parts", "tokenize"),
        solutions=fitting(how, (one, other)),
        arguments=[(text,) for text in texts],
        synonyms=_NAMES,
    )


_BY_FUNCTION = {
    "double": ("double every number in a text", r"\d+", "str(int(match.group()) * 2)"),
    "increase": ("add 1 to every number in a text", r"\d+", "str(int(match.group()) + 1)"),
    "square": (
        "replace every number in a text by its square",
        r"\d+",
        "str(int(match.group()) ** 2)",
    ),
    "reverse_numbers": (
        "reverse the digits of every number in a text",
        r"\d+",
        "match.group()[::-1]",
    ),
    "brackets": (
        "put every number of a text in square brackets",
        r"\d+",
        "'[' + match.group() + ']'",
    ),
    "pad": (
        "pad every number in a text with zeros to three digits",
        r"\d+",
        "match.group().zfill(3)",
    ),
    "reverse_words": (
        "reverse every word of a text but leave numbers as they are",
        r"[a-z]+",
        "match.group()[::-1]",
    ),
    "capitalize": (
        "capitalize every word of four or more letters in a text",
        r"[a-z]{4,}",
        "match.group().capitalize()",
    ),
    "spell": (
        "replace every digit in a text by the number of letters of its English name",
        r"\d",
        "str(len(DIGITS[int(match.group())]))",
    ),
    "lengths": ("replace every word in a text by its length", r"[a-z]+", "str(len(match.group()))"),
}


@family(kind=tuple(_BY_FUNCTION))
def replace_by_function(choose: Chooser, kind: str) -> Exercise:
    """Replace each match by something computed from it."""
    act, pattern, expression = _BY_FUNCTION[kind]
    constant = ""
    if kind == "spell":
        constant = (
            "DIGITS = ['zero', 'one', 'two', 'three', 'four',\n"
            "          'five', 'six', 'seven', 'eight', 'nine']\n\n"
        )
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"{act}{how}",
            f"{act} and return the new text{how}",
            *ways_to_ask(act),
            f"change a text of words and numbers: {act}",
        ),
        names=(f"{kind}_in_text", f"{kind}_all", "change_numbers", "transform"),
        solutions=(
            returning(
                "text",
                f're.sub(r"{pattern}", lambda match: {expression}, text)',
                ("import re\n\n" + constant).strip(),
            ),
            f"import re\n\n{constant}def solve(text):\n"
            f"    def change(match):\n        return {expression}\n\n"
            f'    return re.sub(r"{pattern}", change, text)\n',
        ),
        arguments=[(_text_with(choose, *_numbers(choose)),) for _ in range(5)],
        synonyms=_NAMES,
    )


_REORDERED = {
    "iso_to_day_first": (
        "change a date from the form YYYY-MM-DD to DD-MM-YYYY",
        r"(\d{4})-(\d{2})-(\d{2})",
        r"\3-\2-\1",
        "date",
    ),
    "iso_to_slashes": (
        "change a date from the form YYYY-MM-DD to MM/DD/YYYY",
        r"(\d{4})-(\d{2})-(\d{2})",
        r"\2/\3/\1",
        "date",
    ),
    "iso_to_dots": (
        "write a date given as YYYY-MM-DD in the form DD.MM.YYYY",
        r"(\d{4})-(\d{2})-(\d{2})",
        r"\3.\2.\1",
        "date",
    ),
    "month_year": (
        "turn a date given as YYYY-MM-DD into MM/YYYY",
        r"(\d{4})-(\d{2})-(\d{2})",
        r"\2/\1",
        "date",
    ),
    "swap_names": (
        "change every 'Last, First' in a text to 'First Last'",
        r"(\w+), (\w+)",
        r"\2 \1",
        "name",
    ),
    "swap_pair": (
        "swap the two sides of every equation like 'a=b' in a text",
        r"(\w+)=(\w+)",
        r"\2=\1",
        "pair",
    ),
    "double_letters": ("write every letter of a text twice", r"([a-z])", r"\1\1", "pair"),
    "remove_double_words": (
        "remove a word that is repeated directly after itself in a text",
        r"\b(\w+) \1\b",
        r"\1",
        "double",
    ),
    "quote_words": ("put every word of a text in double quotes", r"(\w+)", r'"\1"', "pair"),
    "thousands": (
        "insert a comma after the first digit of every number of four digits in a text",
        r"\b(\d)(\d{3})\b",
        r"\1,\2",
        "number",
    ),
}


@family(kind=tuple(_REORDERED))
def rearrange_by_groups(choose: Chooser, kind: str) -> Exercise:
    """Rearrange the groups of a match."""
    act, pattern, new, source = _REORDERED[kind]
    texts = []
    for _ in range(5):
        day, month = choose.integer(1, 28), choose.integer(1, 12)
        word = choose.word()
        texts.append(
            {
                "date": f"{choose.integer(1950, 2030)}-{month:02}-{day:02}",
                "name": f"{choose.person()}, {choose.person()}"
                + choose.one_of(("", "; Reed, Ada")),
                "pair": f"{choose.word()}={choose.word()}" + choose.one_of(("", " x=" + word)),
                "double": " ".join([*choose.words(1), word, word, *choose.words(1)]),
                "number": f"{choose.word()} {choose.integer(1000, 9999)} {choose.integer(1, 999)}",
            }[source]
        )
    by_hand = {
        "iso_to_day_first": "'-'.join(reversed(text.split('-')))",
        "iso_to_dots": "'.'.join(text.split('-')[::-1])",
        "month_year": "text[5:7] + '/' + text[:4]",
        "iso_to_slashes": "text[5:7] + '/' + text[8:] + '/' + text[:4]",
        "double_letters": "''.join(char * 2 if char.isalpha() else char for char in text)",
    }
    quote = "'" if '"' in new else '"'
    call = f're.sub(r"{pattern}", r{quote}{new}{quote}, text)'
    solutions = [returning("text", call, "import re")]
    if kind in by_hand:
        solutions.append(f"def solve(text):\n    return {by_hand[kind]}\n")
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"{act}{how}",
            act,
            f"{act[0].upper()}{act[1:]}{how}.",
            f"{act} and return the result{how}",
        ),
        names=(kind, f"change_{kind}", "rearrange", "convert", "reformat"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
        synonyms=_NAMES,
    )


_MASKS = {
    "all_but_last_four": (
        "replace all but the last four characters of a number by '*'",
        r".(?=.{4})",
        "'*' * (len(text) - 4) + text[-4:]",
        "number",
    ),
    "email": (
        "hide the user name of an e-mail address except its first letter behind '*'",
        r"(?<=.)[^@](?=[^@]*@)",
        "text[0] + '*' * (text.index('@') - 1) + text[text.index('@'):]",
        "email",
    ),
    "middle": (
        "replace all characters of a word except the first and the last one by '*'",
        r"(?<=.).(?=.)",
        "text[0] + '*' * (len(text) - 2) + text[-1]",
        "word",
    ),
    "first_letters": (
        "hide everything but the first two characters of a word behind '#'",
        r"(?<=..).",
        "text[:2] + '#' * (len(text) - 2)",
        "word",
    ),
}


@family(kind=tuple(_MASKS))
def mask_part_of_text(choose: Chooser, kind: str) -> Exercise:
    """Hide part of a number, an address or a word."""
    act, pattern, by_hand, source = _MASKS[kind]
    sign = act[act.index("'") + 1]
    texts = [
        word if source == "word" else f"{word}{len(word)}@mail.com" for word in choose.words(5)
    ]
    if source == "number":
        texts = [str(choose.integer(10**5, 10 ** choose.integer(6, 12))) for _ in range(5)]
    solutions = [
        f"import re\n\ndef solve(text):\n    return re.sub(r'{pattern}', '{sign}', text)\n"
    ]
    if by_hand:
        solutions = [f"def solve(text):\n    return {by_hand}\n", *solutions]
    how = by_regex(choose)
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
            f"{act}{how}",
            f"{act} and return the new string",
        ),
        names=("mask", f"mask_{kind}", "hide", f"hide_{source}", "censor"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
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
    for _ in range(5):
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
        synonyms={**_NAMES, "part": ("p", "x")},
    )
