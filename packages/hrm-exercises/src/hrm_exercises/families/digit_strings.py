"""Strings of digits, or of zeros and ones."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_DIGIT_STRINGS = {
    "largest_window": (
        "find the largest number formed by <k> neighboring digits of a string of digits",
        "text, k",
        "max(int(text[i:i + k]) for i in range(len(text) - k + 1))",
    ),
    "largest_product": (
        "find the largest product of <k> neighboring digits of a string of digits",
        "text, k",
        "max(prod(map(int, text[i:i + k])) for i in range(len(text) - k + 1))",
    ),
    "largest_sum": (
        "find the largest sum of <k> neighboring digits of a string of digits",
        "text, k",
        "max(sum(map(int, text[i:i + k])) for i in range(len(text) - k + 1))",
    ),
    "remove_one": (
        "find the largest number that remains if one digit of a string of digits is deleted",
        "text",
        "max(int(text[:i] + text[i + 1:]) for i in range(len(text)))",
    ),
    "smallest_order": (
        "arrange the digits of a string so that they form the largest possible number, and return "
        "it as a string",
        "text",
        "''.join(sorted(text, reverse=True))",
    ),
    "add": (
        "add the digits of a string in pairs (first and second, third and fourth, ...) and return "
        "the list of sums; the length is even",
        "text",
        "[int(text[i]) + int(text[i + 1]) for i in range(0, len(text), 2)]",
    ),
}
_DIGIT_STRINGS_RETOLD = {
    "largest_window": (
        "Look at all groups of <k> digits that stand together in a string of digits and "
        "return the largest as a number."
    ),
    "largest_product": (
        "Given a string of digits, multiply <k> digits in a row. Return the largest product "
        "there is."
    ),
    "largest_sum": (
        "Given a string of digits, add <k> digits in a row. Return the largest sum there is."
    ),
    "remove_one": (
        "delete exactly one digit of a string of digits so that the number left is as large "
        "as possible, and return this number"
    ),
    "smallest_order": "sort the digits of a string from the largest to the smallest",
    "add": (
        "Given an even number of digits in a string, return a list with the sum of the first "
        "two, of the next two and so on."
    ),
}


@family(kind=tuple(_DIGIT_STRINGS))
def numbers_in_digit_string(choose: Chooser, kind: str) -> Exercise:
    """Find the best number that can be read or made from a string of digits."""
    act, parameters, expression = _DIGIT_STRINGS[kind]
    texts = [choose.letters(2 * choose.integer(2, 4), "0123456789") for _ in range(5)]
    return Exercise(
        texts=(
            act,
            _DIGIT_STRINGS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} (the argument is a string such as '{texts[0]}')"
            if parameters == "text"
            else f"{act} such as '{texts[0]}'",
            f"I have digits as a text. {act[0].upper()}{act[1:]}.",
        ),
        names=("digit_string", f"{kind}_of_digits", kind, "best_number"),
        solutions=(
            returning(
                parameters, expression, "from math import prod" if "prod" in expression else ""
            ),
        ),
        arguments=[
            (text, choose.integer(1, 3)) if "k" in parameters else (text,) for text in texts
        ],
        synonyms={"text": ("digits", "s", "number_text", "string")},
    )


_BINARY = {
    "flips_to_same": (
        "find the smallest number of characters to change so that all characters of a string of "
        "zeros and ones are equal",
        "min(text.count('0'), text.count('1'))",
    ),
    "flips_to_alternate": (
        "find how many characters of a string of zeros and ones must at least be changed so that "
        "zeros and ones alternate",
        "min(k, len(text) - k)",
    ),
    "deletions": (
        "find how many characters must be deleted from a string of zeros and ones so that no two "
        "neighbors are equal",
        "sum(1 for a, b in zip(text, text[1:]) if a == b)",
    ),
    "inverted": (
        "exchange zeros and ones in a string",
        "''.join('1' if char == '0' else '0' for char in text)",
    ),
    "longest_ones": (
        "find the length of the longest run of ones in a string of zeros and ones",
        "max(len(part) for part in text.split('0'))",
    ),
    "longest_gap": (
        "find the largest number of zeros between a one and the next one in a string of zeros and "
        "ones (there are at least two ones)",
        "max(len(part) for part in text.strip('0').split('1'))",
    ),
    "groups_of_ones": (
        "count the groups of consecutive ones in a string of zeros and ones",
        "len([part for part in text.split('0') if part])",
    ),
    "only_one_group": (
        "check whether all ones of a string of zeros and ones stand together",
        "'0' not in text.strip('0')",
    ),
    "balanced_splits": (
        "count after how many characters of a string of zeros and ones the numbers of zeros and "
        "ones read so far are equal",
        "sum(text[:i].count('0') == text[:i].count('1') for i in range(1, len(text) + 1))",
    ),
}


@family(kind=tuple(_BINARY))
def strings_of_zeros_and_ones(choose: Chooser, kind: str) -> Exercise:
    """Count or change zeros and ones in a string."""
    act, expression = _BINARY[kind]
    texts = [choose.letters((4, 10), choose.one_of(("01", "001", "011"))) for _ in range(8)]
    if kind == "longest_gap":
        texts = [f"1{text}1" for text in texts]
    if kind == "only_one_group":
        texts[:3] = [
            text[:3].replace("1", "0") + "1" * choose.integer(1, 3) + "0" * (len(text) % 3)
            for text in texts[:3]
        ]
    solution = returning("text", expression)
    if kind == "flips_to_alternate":
        solution = """
            def solve(text):
                k = sum(1 for index, char in enumerate(text) if int(char) != index % 2)
                return min(k, len(text) - k)
            """
    of_it = act.replace("a string of zeros and ones", "it").replace("a string", "it")
    return Exercise(
        texts=(
            act,
            f"{act}, for example in '{texts[0]}'"
            if act.endswith("ones")
            else f"{act[0].upper()}{act[1:]}.",
            f"Given a binary string, {of_it}.",
            f"I have a text of zeros and ones. {of_it[0].upper()}{of_it[1:]}.",
        ),
        names=(kind, f"binary_{kind}", f"{kind}_of_bits", "zeros_and_ones"),
        solutions=(solution,),
        arguments=[(text,) for text in texts],
        synonyms={"k": ("changes", "wrong", "flips"), "part": ("run", "group", "piece")},
    )
