"""Checking whether a text has a given format: dates, times, phone numbers, codes and the like."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.families.regular_expressions import (
    PATTERN_NAMES,
    answers,
    by_regex,
    fitting,
    matching,
)
from hrm_exercises.families.strings import returning
from hrm_exercises.family import Exercise, family

# Description, pattern, right examples and wrong examples.
_CODES = {
    "postal_five": (
        "a postal code of five digits",
        r"\d{5}",
        ("12345", "80331", "00150", "99999"),
        ("1234", "123456", "12a45", "1 2345", ""),
    ),
    "postal_nine": (
        "a postal code of five digits, possibly followed by a hyphen and four more digits",
        r"\d{5}(-\d{4})?",
        ("12345", "12345-6789", "90210-0001", "55555"),
        ("1234", "12345-67", "12345-", "12345 6789", "abcde"),
    ),
    "plate": (
        "a license plate of two or three capital letters, a hyphen and four digits",
        r"[A-Z]{2,3}-\d{4}",
        ("AB-1234", "XYZ-0001", "KLM-9876", "QR-5555"),
        ("A-1234", "AB1234", "ab-1234", "ABCD-1234", "AB-123"),
    ),
    "product": (
        "a product code of three capital letters followed by three digits",
        r"[A-Z]{3}\d{3}",
        ("ABC123", "XYZ000", "QQQ987", "KLM456"),
        ("AB123", "ABC12", "abc123", "ABC-123", "ABC1234"),
    ),
    "pin": (
        "a PIN of exactly four or exactly six digits",
        r"\d{4}|\d{6}",
        ("1234", "0000", "123456", "987654"),
        ("12345", "123", "12a4", "1234567", ""),
    ),
    "hex_color": (
        "a color such as '#1a2B3c', that is, '#' and six hexadecimal digits",
        r"#[0-9a-fA-F]{6}",
        ("#1a2B3c", "#FFFFFF", "#000000", "#abcdef"),
        ("1a2B3c", "#fff", "#12345g", "#1234567", "#"),
    ),
    "card": (
        "a card number of four groups of four digits with hyphens in between",
        r"\d{4}(-\d{4}){3}",
        ("1234-5678-9012-3456", "0000-1111-2222-3333", "4444-5555-6666-7777"),
        ("1234567890123456", "1234-5678-9012", "1234-5678-9012-345", "1234 5678 9012 3456"),
    ),
    "mac": (
        "a hardware address of six pairs of hexadecimal digits separated by colons",
        r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}",
        ("00:1A:2b:3C:4d:5E", "FF:FF:FF:FF:FF:FF", "01:23:45:67:89:ab"),
        ("00:1A:2b:3C:4d", "00-1A-2b-3C-4d-5E", "00:1A:2b:3C:4d:5G", "001A2b3C4d5E"),
    ),
    "roman": (
        "a non-empty text made of the Roman digits I, V, X, L, C, D and M only",
        r"[IVXLCDM]+",
        ("XIV", "MMXX", "I", "CDL"),
        ("", "ABC", "XIVa", "iv", "X V"),
    ),
    "seat": (
        "a seat such as '12C': a row of one or two digits and a letter from A to F",
        r"\d{1,2}[A-F]",
        ("12C", "1A", "30F", "9B"),
        ("C12", "123A", "12G", "12", "7c"),
    ),
    "chess": (
        "a square of a chess board, such as 'e4'",
        r"[a-h][1-8]",
        ("e4", "a1", "h8", "c7"),
        ("i4", "e9", "E4", "e44", "4e", ""),
    ),
    "version": (
        "a version number of three numbers separated by dots",
        r"\d+\.\d+\.\d+",
        ("1.2.3", "10.0.1", "0.0.0", "2.11.30"),
        ("1.2", "1.2.3.4", "1.2.x", "v1.2.3", "1,2,3"),
    ),
}


def _examples(choose: Chooser, right: tuple[str, ...], wrong: tuple[str, ...]) -> list[tuple[str]]:
    return [(text,) for text in [*choose.sample(right, 3), *choose.sample(wrong, 3)]]


def _format_wordings(choose: Chooser, what: str, yes: str, no: str) -> list[str]:
    how = by_regex(choose)
    texts = [
        f"check whether a string is {what}{how}",
        f"check if the given text is {what}{or_not(what)}{how}",
        f"validate that a string is {what}{how}",
        f"Find out if a string is {what}{how}.",
    ]
    if yes == "True":
        texts += [f"return true if a string is {what}, else false{how}"]
    else:
        texts += [f"return {yes} if a string is {what}, otherwise {no}{how}"]
    return texts


@family(code=tuple(_CODES), answer=("bool", "text"))
def is_valid_code(choose: Chooser, code: str, answer: str) -> Exercise:
    """Check the format of codes of letters and digits."""
    what, pattern, right, wrong = _CODES[code]
    yes, no = answers(choose, answer)
    grouped = f"({pattern})" if "|" in pattern else pattern
    return Exercise(
        texts=_format_wordings(choose, what, yes, no),
        names=(f"is_{code}", f"check_{code}", f"valid_{code}", "validate", "is_valid"),
        solutions=matching(pattern, "fullmatch", yes, no)
        + matching(f"^{grouped}$", "match", yes, no)[:1],
        arguments=_examples(choose, right, wrong),
        synonyms=PATTERN_NAMES,
    )


_NUMBER_FORMATS = {
    "integer": (
        "a whole number with an optional sign",
        r"[+-]?\d+",
        ("12", "-5", "+7", "0", "007"),
        ("", "1.5", "--2", "3a", "+", "1 2"),
    ),
    "decimal": (
        "a decimal number with an optional minus sign and digits on both sides of the point",
        r"-?\d+\.\d+",
        ("3.14", "-0.5", "10.0", "123.456"),
        ("3", ".5", "5.", "1.2.3", "a.b", "--1.5"),
    ),
    "two_decimals": (
        "a number with exactly two digits after the decimal point",
        r"\d+\.\d{2}",
        ("3.14", "0.50", "123.45", "10.00"),
        ("3.1", "3.141", "3", ".50", "a.50", "3,14"),
    ),
    "up_to_two_decimals": (
        "a number with at most two digits after an optional decimal point",
        r"\d+(\.\d{1,2})?",
        ("3.1", "3.14", "123", "0.5"),
        ("3.141", "3.", ".5", "1,5", "abc", ""),
    ),
    "percent": (
        "a whole number followed by a percent sign",
        r"\d+%",
        ("50%", "0%", "100%", "7%"),
        ("50", "%50", "5.5%", "50 %", "50%%"),
    ),
    "price": (
        "a price such as '$12' or '$3.50', that is, a dollar sign and a number with two digits or "
        "none after the point",
        r"\$\d+(\.\d{2})?",
        ("$12", "$3.50", "$0.99", "$100"),
        ("12", "$3.5", "$", "3.50$", "$1.234"),
    ),
    "binary": (
        "a binary number",
        r"[01]+",
        ("0", "101", "1111", "10"),
        ("", "102", "1 0", "abc", "0b1"),
    ),
    "thousands": (
        "a number with a comma between groups of three digits, such as '1,234,567'",
        r"\d{1,3}(,\d{3})*",
        ("1,234", "999", "12,345,678", "7"),
        ("1234", "1,23", ",123", "12,3456", "1,,234"),
    ),
    "scientific": (
        "a number in the form '1.5e10', with an optional sign before the exponent",
        r"\d+\.\d+e[+-]?\d+",
        ("1.5e10", "2.0e-3", "9.99e+2", "0.1e1"),
        ("1.5", "e10", "1.5e", "1e10", "1.5E10x"),
    ),
    "no_leading_zero": (
        "a whole number without leading zeros",
        r"0|[1-9]\d*",
        ("0", "7", "100", "12"),
        ("007", "01", "", "-3", "1a"),
    ),
}


@family(kind=tuple(_NUMBER_FORMATS), answer=("bool", "text"))
def is_number_of_format(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check the format of a number in a text."""
    what, pattern, right, wrong = _NUMBER_FORMATS[kind]
    yes, no = answers(choose, answer)
    grouped = f"({pattern})" if "|" in pattern else pattern
    return Exercise(
        texts=_format_wordings(choose, what, yes, no),
        names=(f"is_{kind}", f"check_{kind}", "valid_number", "check_number", "is_valid"),
        solutions=matching(pattern, "fullmatch", yes, no)
        + matching(f"^{grouped}$", "search", yes, no)[:1],
        arguments=_examples(choose, right, wrong),
        synonyms=PATTERN_NAMES,
    )


_CONTACTS = {
    "phone_dashes": (
        "a phone number of the form 123-456-7890",
        r"\d{3}-\d{3}-\d{4}",
        ("123-456-7890", "555-000-1234", "800-111-2222"),
        ("1234567890", "123-4567-890", "123-456-789", "(123) 456-7890", "abc-def-ghij"),
    ),
    "phone_brackets": (
        "a phone number of the form (123) 456-7890",
        r"\(\d{3}\) \d{3}-\d{4}",
        ("(123) 456-7890", "(555) 000-1234", "(800) 111-2222"),
        ("123-456-7890", "(123)456-7890", "(12) 456-7890", "(123) 4567890"),
    ),
    "mobile": (
        "a mobile number of ten digits that starts with 7, 8 or 9",
        r"[789]\d{9}",
        ("9876543210", "7000000001", "8123456789"),
        ("6876543210", "987654321", "98765432100", "98765-43210", "nine"),
    ),
    "international": (
        "a phone number that starts with '+' and has 8 to 15 digits after it",
        r"\+\d{8,15}",
        ("+4912345678", "+12025550123", "+12345678"),
        ("4912345678", "+1234567", "++4912345678", "+49 12345678", "+1234567890123456"),
    ),
    "email": (
        "a simple e-mail address: letters, digits, dots or underscores, then '@', a word, a dot "
        "and two or three lowercase letters",
        r"[\w.]+@\w+\.[a-z]{2,3}",
        ("ada@mail.com", "ben.li@site.org", "user_1@host.de"),
        ("ada.mail.com", "ada@mail", "@mail.com", "ada@@mail.com", "ada@mail.c", "a b@mail.com"),
    ),
    "url": (
        "a web address that starts with 'http://' or 'https://' and goes on without spaces",
        r"https?://\S+",
        ("http://site.org", "https://a.com/b", "https://mail.com"),
        ("site.org", "ftp://site.org", "https://", "http:/site.org", "http://a b.com"),
    ),
    "username": (
        "a user name of 3 to 12 letters, digits or underscores that starts with a letter",
        r"[a-zA-Z]\w{2,11}",
        ("ada_36", "Ben", "user_name_1", "x99"),
        ("ab", "1user", "_ada", "ada-36", "averyverylongname", ""),
    ),
    "hashtag": (
        "a hashtag: '#' followed by letters or digits",
        r"#[a-zA-Z0-9]+",
        ("#python", "#2024", "#Abc1"),
        ("python", "#", "##x", "#a b", "#a-b"),
    ),
    "file": (
        "the name of a text or data file, that is, a name of letters, digits or underscores that "
        "ends with '.txt' or '.csv'",
        r"\w+\.(txt|csv)",
        ("notes.txt", "data_1.csv", "a.txt"),
        ("notes.pdf", ".txt", "notes.txt.bak", "my notes.txt", "notestxt"),
    ),
}


@family(kind=tuple(_CONTACTS), answer=("bool", "text"))
def is_valid_contact(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check phone numbers, addresses and names on the internet."""
    what, pattern, right, wrong = _CONTACTS[kind]
    yes, no = answers(choose, answer)
    return Exercise(
        texts=_format_wordings(choose, what, yes, no),
        names=(f"is_{kind}", f"check_{kind}", f"valid_{kind}", "validate", "is_valid"),
        solutions=matching(pattern, "fullmatch", yes, no)
        + matching(f"^{pattern}$", "search", yes, no)[:1],
        arguments=_examples(choose, right, wrong),
        synonyms=PATTERN_NAMES,
    )


_TIMES = {
    "time_24": (
        "a time from 00:00 to 23:59 with two digits for hours and minutes",
        r"([01]\d|2[0-3]):[0-5]\d",
        ("00:00", "23:59", "12:30", "09:05"),
        ("24:00", "9:30", "12:60", "12-30", "1230", "ab:cd"),
    ),
    "time_12": (
        "a time such as '9:30 am' or '12:05 pm' on a clock with twelve hours",
        r"(1[0-2]|[1-9]):[0-5]\d (am|pm)",
        ("9:30 am", "12:05 pm", "1:00 pm", "11:59 am"),
        ("13:00 pm", "9:30", "0:30 am", "9:60 am", "9:30am", "09:30 am"),
    ),
    "date_form": (
        "a date of the form YYYY-MM-DD (only the form is checked)",
        r"\d{4}-\d{2}-\d{2}",
        ("2024-03-15", "1999-12-31", "2000-01-01"),
        ("24-03-15", "2024/03/15", "2024-3-5", "15-03-2024", "2024-03-15x"),
    ),
    "date_month": (
        "a date of the form DD.MM.YYYY with a day from 01 to 31 and a month from 01 to 12",
        r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.\d{4}",
        ("15.03.2024", "31.12.1999", "01.01.2000"),
        ("32.01.2024", "15.13.2024", "15-03-2024", "5.3.2024", "00.01.2000"),
    ),
    "month_year": (
        "a month and a year in the form MM/YY",
        r"(0[1-9]|1[0-2])/\d{2}",
        ("03/24", "12/99", "01/00"),
        ("13/24", "3/24", "03-24", "03/2024", "00/24"),
    ),
    "year": (
        "a year from 1900 to 2099",
        r"(19|20)\d{2}",
        ("1900", "1999", "2024", "2099"),
        ("1899", "2100", "99", "20245", "year"),
    ),
    "duration": (
        "a duration such as '1h30m', that is, hours and minutes, each a number with its letter",
        r"\d+h\d+m",
        ("1h30m", "10h5m", "0h45m"),
        ("1h", "30m", "1:30", "h30m", "1h30"),
    ),
}


@family(kind=tuple(_TIMES), answer=("bool", "text"))
def is_valid_time_or_date(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check the format of times and dates."""
    what, pattern, right, wrong = _TIMES[kind]
    yes, no = answers(choose, answer)
    return Exercise(
        texts=_format_wordings(choose, what, yes, no),
        names=(f"is_{kind}", f"check_{kind}", f"valid_{kind}", "validate", "is_valid"),
        solutions=matching(pattern, "fullmatch", yes, no)
        + matching(f"^{pattern}$", "search", yes, no)[:1],
        arguments=_examples(choose, right, wrong),
        synonyms=PATTERN_NAMES,
    )


_ADDRESSES = {
    "ipv4": (
        "four numbers from 0 to 255, separated by dots",
        "len(parts) == 4 and all(part.isdigit() and int(part) <= 255 for part in parts)",
        ("192.168.0.1", "0.0.0.0", "255.255.255.255", "10.20.30.40"),
        ("256.1.1.1", "1.2.3", "1.2.3.4.5", "a.b.c.d", "1..2.3", "1.2.3.999"),
    ),
    "two_octets": (
        "two numbers below 100, separated by a dot",
        "len(parts) == 2 and all(part.isdigit() and int(part) < 100 for part in parts)",
        ("1.2", "99.0", "12.34"),
        ("1", "100.1", "1.2.3", "a.1", "."),
    ),
}


@family(kind=tuple(_ADDRESSES), answer=("bool", "text"))
def is_valid_dotted_number(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check numbers that are separated by dots."""
    what, condition, right, wrong = _ADDRESSES[kind]
    yes, no = answers(choose, answer)
    expression = condition if yes == "True" else f"{yes} if {condition} else {no}"
    name = "an IP address, that is, " if kind == "ipv4" else ""
    return Exercise(
        texts=[
            f"check whether a string is {name}{what}",
            f"check if the given text consists of {what}",
            f"test whether a text has exactly {what}",
            f"Find out if a string is made of {what}.",
        ],
        names=(f"is_{kind}", "check_address", "valid_address", "check_parts"),
        solutions=(
            f"""
            def solve(text):
                parts = text.split(".")
                return {expression}
            """,
            f"""
            def solve(text):
                parts = text.split(".")
                if len(parts) != {4 if kind == "ipv4" else 2}:
                    return {no}
                for part in parts:
                    if not part.isdigit() or int(part) > {255 if kind == "ipv4" else 99}:
                        return {no}
                return {yes}
            """,
        ),
        arguments=_examples(choose, right, wrong),
        synonyms={"part": ("p", "piece", "x"), "parts": ("pieces", "fields", "p1")},
    )


_IDENTIFIERS = {
    "python": (
        "a valid Python identifier",
        r"[a-zA-Z_]\w*",
        "text.isidentifier()",
        ("total", "_x1", "Name", "a_b_c"),
        ("1a", "a-b", "", "a b", "x!"),
    ),
    "starts_letter": (
        "a name that starts with a letter and goes on with letters or digits",
        r"[a-zA-Z][a-zA-Z0-9]*",
        "text.isalnum() and text[0].isalpha()",
        ("total", "x1", "Name2", "A"),
        ("1a", "_x", "", "a_b", "x y"),
    ),
    "class_name": (
        "a class name: a capital letter followed by letters or digits",
        r"[A-Z][a-zA-Z0-9]*",
        "text.isalnum() and text[0].isupper()",
        ("Account", "A1", "BankAccount"),
        ("account", "1A", "", "Bank_Account", "Bank Account"),
    ),
    "private": (
        "a name that starts with one underscore followed by lowercase letters",
        r"_[a-z]+",
        "",
        ("_total", "_x", "_name"),
        ("total", "__total", "_", "_Total", "_a1"),
    ),
    "dunder": (
        "a name between two underscores on each side, such as '__init__'",
        r"__[a-z]+__",
        "",
        ("__init__", "__len__", "__add__"),
        ("_init_", "init", "__init", "____", "__Init__"),
    ),
}


@family(kind=tuple(_IDENTIFIERS), answer=("bool", "text"))
def is_valid_identifier(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check names of variables and classes."""
    what, pattern, method, right, wrong = _IDENTIFIERS[kind]
    yes, no = answers(choose, answer)
    solutions = matching(pattern, "fullmatch", yes, no)
    if method:
        solutions.append(
            returning("text", method if yes == "True" else f"{yes} if {method} else {no}")
        )
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"check whether a string is {what}{how}",
            f"find out if a string is {what}{or_not(what)}{how}",
            f"Test whether the given text is {what}{how}.",
            f"return {yes} if a string is {what}, else {no}{how}",
        ),
        names=("is_identifier", f"is_{kind}", "check_name", "valid_name"),
        solutions=fitting(how, solutions),
        arguments=_examples(choose, right, wrong),
        synonyms=PATTERN_NAMES,
    )


_RULES = (
    ("has at least {0} characters", r".{{{0},}}"),
    ("contains a digit", r"[0-9]"),
    ("contains an uppercase letter", r"[A-Z]"),
    ("contains a lowercase letter", r"[a-z]"),
    ("contains one of the characters @, # and $", r"[@#$]"),
)


@family(answer=("bool", "text", "missing"))
def is_valid_password_by_regex(choose: Chooser, answer: str) -> Exercise:
    """Check rules for a password with regular expressions."""
    size = choose.integer(6, 8)
    rules = choose.sample(_RULES, (2, 4))
    rules = [(rule.format(size), pattern.format(size)) for rule, pattern in rules]
    spoken = ", ".join(rule for rule, _ in rules[:-1]) + f" and {rules[-1][0]}"
    yes, no = answers(choose, "bool" if answer == "bool" else "text")
    passwords = []
    for word in choose.words(7):
        password = choose.one_of((word, word.title(), word.upper(), word[:3]))
        password += choose.one_of(("", "12", "7", "2024")) + choose.one_of(("", "#", "@", "$", "!"))
        passwords.append((password,))
    checks = "\n                ".join(
        f'if not re.search(r"{pattern}", text):\n                    return {no}'
        for _, pattern in rules
    )
    patterns = ", ".join(f'r"{pattern}"' for _, pattern in rules)
    if answer == "missing":
        return Exercise(
            texts=(
                f"count how many of these rules a password breaks: it {spoken}",
                f"A good password {spoken}. Count how many of these rules the given password "
                "breaks.",
                f"A password is safe if it {spoken}. Return how many of these conditions fail.",
                f"count the conditions that a password does not meet; it is good if it {spoken}",
            ),
            names=("broken_rules", "check_password", "password_errors"),
            solutions=(
                f"""
                import re

                def solve(text):
                    patterns = [{patterns}]
                    return sum(1 for pattern in patterns if not re.search(pattern, text))
                """,
            ),
            arguments=[*passwords, ("Abcdefg1#",)],
            synonyms={"text": ("password", "pw", "s"), "patterns": ("rules", "checks")},
        )
    return Exercise(
        texts=(
            f"check a password: it is valid if it {spoken}",
            f"A password is good if it {spoken}. Return {yes} for a good password, else {no}.",
            f"check whether a password {spoken}{by_regex(choose)}",
            f"return {yes} if a password {spoken}; otherwise {no}",
        ),
        names=("check_password", "valid_password", "is_strong", "password_ok"),
        solutions=(
            f"""
            import re

            def solve(text):
                {checks}
                return {yes}
            """,
            f"""
            import re

            def solve(text):
                for pattern in [{patterns}]:
                    if not re.search(pattern, text):
                        return {no}
                return {yes}
            """,
        ),
        arguments=[*passwords, ("Abcdefg1#",)],
        synonyms={"text": ("password", "pw", "s"), "pattern": ("rule", "p")},
    )


@family(
    task=("filter", "count", "first", "all", "index"),
    kind=("phone_dashes", "email", "username", "hashtag"),
)
def valid_texts_of_list(choose: Chooser, task: str, kind: str) -> Exercise:
    """Select those texts of a list that have a format."""
    what, pattern, right, wrong = _CONTACTS[kind]
    act, expression = {
        "filter": ("return a list of those strings that are", "[word for word in words if {}]"),
        "count": ("count those strings that are", "sum(1 for word in words if {})"),
        "first": (
            "return the first string that is",
            "next((word for word in words if {}), None)",
        ),
        "all": ("check whether every string is", "all({} for word in words)"),
        "index": (
            "return the indexes of those strings that are",
            "[index for index, word in enumerate(words) if {}]",
        ),
    }[task]
    nothing = ", or None" if task == "first" else ""
    arguments = []
    for number in range(10):
        mixed = choose.sample(right, (1, 2)) + choose.sample(wrong, (0, 2))
        if task == "all" and number % 2:
            mixed = choose.sample(right, (1, 3))
        arguments.append((choose.shuffled(mixed),))
    test = f're.fullmatch(r"{pattern}", word)'
    if task == "all":
        expression = "all(bool({}) for word in words)"
    return Exercise(
        texts=(
            f"Given a list of strings, {act} {what}{nothing}.",
            f"find strings of a format in a list: {act} {what}{nothing}",
            f"go through a list of strings and {act} {what}{nothing}",
            f"{act} {what}{nothing}; the argument is a list of strings",
        ),
        names=(f"{task}_valid", f"{task}_{kind}", "check_list", "find_valid"),
        solutions=(returning("words", expression.format(test), "import re"),),
        arguments=arguments,
    )
