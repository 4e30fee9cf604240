"""Reading numbers that are written as text: expressions, words and ranges."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import ways_to_ask
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


_EXPRESSIONS_RETOLD = {
    "two": (
        "Given a calculation such as '12 + 5', '7 - 9' or '3 * 4' as a string, return its result."
    ),
    "sum": "Given whole numbers with plus signs between them in a string, return the total.",
    "product": "Given whole numbers with '*' between them in a string, return their product.",
    "plus_minus": (
        "Given a string of numbers that are added and subtracted, such as '8-3+12', return "
        "the result."
    ),
    "precedence": (
        "A string has numbers with + and * between them. Multiply first, then add, and "
        "return the result."
    ),
    "left_to_right": (
        "A string has numbers and the signs + and *, separated by spaces. Apply the signs in "
        "the order in which they stand, without the usual precedence."
    ),
    "check": (
        "Given an addition with its result, such as '3 + 4 = 7', return whether the result "
        "is right."
    ),
    "solve": "Given a text of the form 'x + a = b', return the number that x stands for.",
    "words": (
        "Given a calculation in words such as '5 plus 3', with plus, minus or times, return "
        "its result."
    ),
    "prefix": (
        "Given a text with + or * followed by two numbers, apply the sign to the numbers and "
        "return the result."
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
        texts=(_EXPRESSIONS_RETOLD[kind], *wordings(act)),
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


_NUMBER_WORD_TASKS_RETOLD = {
    "to_digit": "Which digit does an English word such as 'seven' stand for?",
    "to_number": (
        "read the digits of a number from English words, so that 'one zero five' becomes 105"
    ),
    "sum": "Given words from 'zero' to 'nine' in one string, return the sum of the numbers.",
    "spell": "write the digits of a number in words, so that 105 becomes 'one zero five'",
    "sort": (
        "Given a string of words from 'zero' to 'nine', put the words in the order of their "
        "numbers."
    ),
    "count_letters": (
        "Write each digit of a number as an English word. Return how many letters these "
        "words have in all."
    ),
    "contains": (
        "Find the words from 'zero' to 'nine' in a sentence and return their values as a list."
    ),
}


@family(task=tuple(_NUMBER_WORD_TASKS))
def digits_as_english_words(choose: Chooser, task: str) -> Exercise:
    """Convert between digits and their English words."""
    act, expression = _NUMBER_WORD_TASKS[task]
    parameter = "number" if "number)" in expression else "text"
    arguments: list[tuple[str] | tuple[int]] = []
    for word in choose.sample(_NUMBER_WORDS, 6):
        words = [word] + [choose.one_of(_NUMBER_WORDS) for _ in range(choose.integer(0, 3))]
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
            _NUMBER_WORD_TASKS_RETOLD[task],
            *ways_to_ask(act),
        ),
        names=(f"words_{task}", "digit_words", f"{task}_words", "number_words"),
        solutions=(
            f"""
            def solve({parameter}):
                digits = [
                    "zero", "one", "two", "three", "four",
                    "five", "six", "seven", "eight", "nine",
                ]
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
        "expand a list of numbers and ranges such as '1-3,7' into the list of all its numbers",
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


_RANGES_RETOLD = {
    "expand": (
        "Given a text such as '1-3,7' as used for pages to print, return the list of the "
        "page numbers."
    ),
    "count": "Given the pages to print as a text like '1-3,7', return the number of pages.",
    "contains": (
        "Given ranges such as '1-3,7-9' and a number, find out if one of the ranges includes "
        "the number."
    ),
    "compress": (
        "Given increasing integers in a list, return them as a short text: runs of "
        "successive numbers become ranges such as '4-6'."
    ),
    "single": (
        "Given two numbers with a hyphen between them, list all integers from the first to "
        "the second."
    ),
}


@family(task=tuple(_RANGES))
def ranges_written_as_text(choose: Chooser, task: str) -> Exercise:
    """Read and write ranges of numbers such as '1-3,7'."""
    act, *solutions = _RANGES[task]
    arguments: list[tuple[object, ...]] = []
    for _ in range(8):
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
            _RANGES_RETOLD[task],
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
