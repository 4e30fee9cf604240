"""Replacing, splitting and rearranging texts with regular expressions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.extraction import MATCH_NAMES, some_numbers, text_with
from hrm_exercises.families.regular_expressions import by_regex, fitting
from hrm_exercises.families.strings import noisy_text, returning, ways_to_ask
from hrm_exercises.family import Exercise, family

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
        return text_with(choose, *some_numbers(choose))
    if source == "spaces":
        return choose.sentence((2, 4)).replace(" ", " " * choose.integer(1, 3))
    if source == "marks":
        return noisy_text(choose) + choose.one_of(("!!", ", ok.", "", "!!!", "."))
    if source == "brackets":
        return f"{word} ({choose.word()}) {choose.word()}"
    if source == "tags":
        return f"<b>{word}</b> {choose.word()}<p>" + choose.one_of(("", "<br>x"))
    if source == "zeros":
        return text_with(choose, f"00{choose.integer(1, 99)}", f"0{choose.integer(0, 9)}", "120")
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
            f"{act}{',' if ',' in act else ''} and return the result{how}",
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
        synonyms=MATCH_NAMES,
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
_CONVERSIONS_RETOLD = {
    "camel_to_snake": "Given a camel case name such as 'blueRiver', return 'blue_river'.",
    "snake_to_camel": "Given a snake case name such as 'blue_river', return 'blueRiver'.",
    "snake_to_pascal": "Given a snake case name such as 'blue_river', return 'BlueRiver'.",
    "pascal_to_snake": (
        "put an underscore before each capital letter except the first one and write "
        "everything in lower case"
    ),
    "snake_to_kebab": "change a name like 'blue_river' to 'blue-river'",
    "kebab_to_camel": (
        "remove the hyphens of a name and write the letters behind them as capitals"
    ),
    "pascal_to_words": "separate the words of a name like 'BlueRiver' with spaces",
    "camel_to_words": (
        "Given a camel case name such as 'blueRiver', return its words in lower case with "
        "spaces, 'blue river'."
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
            _CONVERSIONS_RETOLD[kind],
            f"{act}{how}",
            act,
            *ways_to_ask(act),
            f"Given the name of a variable, {act.replace('a name', 'the name', 1)}.",
        ),
        names=(kind, f"convert_{kind}", "convert_name", "change_case"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
        synonyms={
            **MATCH_NAMES,
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
        synonyms=MATCH_NAMES,
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
        synonyms=MATCH_NAMES,
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
_BY_FUNCTION_RETOLD = {
    "double": (
        "Given a text with numbers in it, return the text with each number multiplied by two."
    ),
    "increase": (
        "Given a text with numbers in it, return the text with each number increased by one."
    ),
    "square": (
        "Given a text with numbers in it, return it with the squares of the numbers instead."
    ),
    "reverse_numbers": (
        "Given a text with numbers in it, write each number backwards and leave the words alone."
    ),
    "brackets": "Given a text with numbers in it, write [ before and ] behind each number.",
    "pad": (
        "Given a text with numbers in it, add leading zeros to numbers of fewer than three digits."
    ),
    "reverse_words": (
        "Given a lowercase text with numbers in it, turn the letters of each word around but "
        "not the digits of the numbers."
    ),
    "capitalize": (
        "Given a lowercase text, write the first letter of each word with at least four "
        "letters as a capital."
    ),
    "spell": (
        "Given a text, put in the place of each digit the length of its English name, so "
        "that 1 (one) becomes 3."
    ),
    "lengths": (
        "Given a lowercase text with numbers in it, write the number of letters instead of "
        "each word."
    ),
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
            _BY_FUNCTION_RETOLD[kind],
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
        arguments=[(text_with(choose, *some_numbers(choose)),) for _ in range(5)],
        synonyms=MATCH_NAMES,
    )


_REORDERED = {
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
            f"{act}{',' if ',' in act else ''} and return the result{how}",
        ),
        names=(kind, f"change_{kind}", "rearrange", "convert", "reformat"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
        synonyms=MATCH_NAMES,
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
_MASKS_RETOLD = {
    "all_but_last_four": (
        "Given an account number as a string, show only its last four digits and stars "
        "instead of the others."
    ),
    "email": (
        "Given an e-mail address, keep the first letter and everything from the '@' on, and "
        "write stars instead of the rest."
    ),
    "middle": (
        "Given a word of two or more letters, show its first and last letter and stars in between."
    ),
    "first_letters": (
        "Given a word, show its first two letters and a '#' instead of each other letter."
    ),
}


@family(kind=tuple(_MASKS))
def mask_part_of_text(choose: Chooser, kind: str) -> Exercise:
    """Hide part of a number, an address or a word."""
    act, pattern, by_hand, source = _MASKS[kind]
    sign = act[act.index("'") + 1]
    texts = [
        word if source == "word" else f"{word}{len(word)}@mail.com" for word in choose.words(8)
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
            _MASKS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act}{how}",
            f"{act} and return the new string",
        ),
        names=("mask", f"mask_{kind}", "hide", f"hide_{source}", "censor"),
        solutions=fitting(how, solutions),
        arguments=[(text,) for text in texts],
    )
