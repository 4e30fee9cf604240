"""Reading times, amounts in two units, version numbers and Roman numerals."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_CLOCKS = {
    "to_minutes": (
        "convert a time such as '7:05' to minutes since midnight",
        "hours * 60 + minutes",
    ),
    "to_12": (
        "convert a time on a 24-hour clock, such as '15:05', to a 12-hour clock, such as '3:05 pm'",
        "str((hours + 11) % 12 + 1) + ':' + str(minutes).zfill(2)"
        " + (' am' if hours < 12 else ' pm')",
    ),
    "to_next_hour": (
        "find how many minutes a time such as '7:45' is away from the next full hour (0 at a full "
        "hour)",
        "(60 - minutes) % 60",
    ),
    "part_of_day": (
        "return 'morning' before 12:00, 'afternoon' from 12:00 to 17:59, and 'evening' from 18:00 "
        "on, for a time such as '9:30'",
        "'morning' if hours < 12 else 'afternoon' if hours < 18 else 'evening'",
    ),
    "tuple": ("split a time such as '7:05' into a tuple of two integers", "(hours, minutes)"),
    "pad": (
        "write a time such as '7:5' with two digits for hours and minutes, as '07:05'",
        "str(hours).zfill(2) + ':' + str(minutes).zfill(2)",
    ),
    "seconds": (
        "convert a time such as '7:05' to seconds since midnight",
        "(hours * 60 + minutes) * 60",
    ),
    "digit_sum": (
        "find the sum of the hours and the minutes of a time such as '7:05'",
        "hours + minutes",
    ),
}
_CLOCKS_RETOLD = {
    "to_minutes": (
        "How many minutes have passed since midnight at a time that is given as hours and "
        "minutes, such as '7:05'?"
    ),
    "to_12": (
        "Given a time from '0:00' to '23:59', return it with am or pm, for example '12:30 "
        "am' for '0:30'."
    ),
    "to_next_hour": (
        "Given a time as 'H:MM', return the number of minutes until the next full hour."
    ),
    "part_of_day": (
        "Given a time as 'H:MM', say whether it is morning, afternoon (from 12:00) or "
        "evening (from 18:00)."
    ),
    "tuple": "return the hours and the minutes of a time like '7:05' as a tuple of numbers",
    "pad": "add leading zeros to a time like '7:5', so that it looks like '07:05'",
    "seconds": "How many seconds after midnight is a time such as '7:05'?",
    "digit_sum": "Given a time as 'H:MM', return hours plus minutes.",
}


@family(result=tuple(_CLOCKS))
def read_clock_time(choose: Chooser, result: str) -> Exercise:
    """Read a time of day written as hours and minutes."""
    act, expression = _CLOCKS[result]
    times = [f"{choose.integer(0, 23)}:{choose.integer(0, 59):02}" for _ in range(6)]
    if result == "pad":
        times = [f"{choose.integer(0, 23)}:{choose.integer(0, 59)}" for _ in range(6)]
    by_hand = "\n                ".join(
        f"{name} = int(parts[{place}])"
        for place, name in enumerate(("hours", "minutes"))
        if name in expression
    )
    return Exercise(
        texts=(
            act,
            _CLOCKS_RETOLD[result],
            *ways_to_ask(act),
            f"Given a time as a string, {act.replace('a time', 'it', 1)}."
            if result in ("to_minutes", "seconds")
            else f"{act}; the time is a string",
            f"read a time of day: {act}",
        ),
        names=(f"time_{result}", "convert_time", "parse_time", f"clock_{result}"),
        solutions=(
            f"""
            def solve(text):
                hours, minutes = map(int, text.split(":"))
                return {expression}
            """,
            f"""
            def solve(text):
                parts = text.split(":")
                {by_hand}
                return {expression}
            """,
        ),
        arguments=[(time,) for time in times] + [(choose.one_of(("0:00", "12:00", "23:59")),)],
        synonyms={
            "text": ("time", "clock", "s", "time_str"),
            "hours": ("h", "hour", "hh"),
            "minutes": ("m", "minute", "mm"),
        },
    )


_CLOCK_PAIRS = {
    "difference": (
        "find how many minutes lie between two times such as '7:30' and '9:15' of the same day; "
        "the second is not earlier",
        "end - start",
    ),
    "over_midnight": (
        "find the number of minutes from one time to another; if the second is earlier, it is on "
        "the next day",
        "(end - start) % 1440",
    ),
    "text": (
        "find the time between two times of a day, not in reverse order, and return it in the form "
        "'H:MM'",
        "str((end - start) // 60) + ':' + str((end - start) % 60).zfill(2)",
    ),
    "earlier": (
        "check whether the first of two times on a clock is earlier than the second",
        "start < end",
    ),
    "longer": (
        "check whether at least one hour passes between two times of the same day, given in order",
        "end - start >= 60",
    ),
}
_CLOCK_PAIRS_RETOLD = {
    "difference": (
        "Given the start and the end of a meeting as 'H:MM' on the same day, return its "
        "length in minutes."
    ),
    "over_midnight": (
        "A shift starts at <first> and ends at <second>, possibly after midnight. Return its "
        "length in minutes."
    ),
    "text": (
        "Given the start and the end of a trip on one day as 'H:MM', return how long it "
        "took, also as 'H:MM'."
    ),
    "earlier": (
        "Return True if the time <first> comes before the time <second> on the same day, "
        "else False."
    ),
    "longer": (
        "Given the start and the end of a lesson on one day, find out if it takes 60 minutes "
        "or more."
    ),
}


@family(result=tuple(_CLOCK_PAIRS))
def compare_clock_times(choose: Chooser, result: str) -> Exercise:
    """Compute with two times of day."""
    act, expression = _CLOCK_PAIRS[result]
    arguments = []
    for number in range(6):
        times = [choose.integer(0, 1439), choose.integer(0, 1439)]
        if choose.chance(0.6):
            times[1] = min(1439, times[0] + choose.integer(0, 100))
        if result in ("difference", "text", "longer", "earlier"):
            times.sort(reverse=result == "earlier" and number % 2 == 1)
        arguments.append(tuple(f"{time // 60}:{time % 60:02}" for time in times))
    return Exercise(
        texts=(
            act,
            _CLOCK_PAIRS_RETOLD[result],
            *ways_to_ask(act),
            f"{act}; both times are strings such as '{arguments[0][0]}'",
        ),
        names=("time_between", f"{result}_of_times", "compare_times", "minutes_between"),
        solutions=(
            f"""
            def solve(first, second):
                hours, minutes = map(int, first.split(":"))
                start = hours * 60 + minutes
                hours, minutes = map(int, second.split(":"))
                end = hours * 60 + minutes
                return {expression}
            """,
            f"""
            def to_minutes(text):
                hours, minutes = text.split(":")
                return int(hours) * 60 + int(minutes)


            def solve(first, second):
                start, end = to_minutes(first), to_minutes(second)
                return {expression}
            """,
        ),
        arguments=arguments,
        synonyms={
            "first": ("time1", "begin", "t1", "a"),
            "second": ("time2", "finish", "t2", "b"),
            "start": ("one", "m1"),
            "end": ("two", "m2"),
        },
    )


_DURATIONS = {
    "hours_minutes": (
        "convert a duration such as '2h30m' to minutes",
        "int(first) * 60 + int(second)",
        "{0}h{1}m",
        "text.rstrip('m').split('h')",
    ),
    "minutes_seconds": (
        "convert a length of a song such as '3:25' (minutes and seconds) to seconds",
        "int(first) * 60 + int(second)",
        "{0}:{1:02}",
        "text.split(':')",
    ),
    "feet_inches": (
        "convert a height such as '5ft 7in' to inches (a foot has 12 inches)",
        "int(first) * 12 + int(second)",
        "{0}ft {1}in",
        "text.removesuffix('in').split('ft ')",
    ),
    "kilos": (
        "convert a weight such as '2kg 300g' to grams",
        "int(first) * 1000 + int(second)",
        "{0}kg {1}g",
        "text.removesuffix('g').split('kg ')",
    ),
    "euros": (
        "convert an amount such as '3 euros 5 cents' to cents",
        "int(first) * 100 + int(second)",
        "{0} euros {1} cents",
        "text.removesuffix(' cents').split(' euros ')",
    ),
    "weeks": (
        "convert a period such as '2w3d' (weeks and days) to days",
        "int(first) * 7 + int(second)",
        "{0}w{1}d",
        "text.rstrip('d').split('w')",
    ),
}
_DURATIONS_RETOLD = {
    "hours_minutes": "Given a text of the form '2h30m', return the whole duration in minutes.",
    "minutes_seconds": "Given the length of a song as 'M:SS', return the number of seconds.",
    "feet_inches": (
        "Given a height in feet and inches, such as '5ft 7in', return it in inches only."
    ),
    "kilos": "Given a weight such as '2kg 300g', return the number of grams in all.",
    "euros": "How many cents are '3 euros 5 cents'? Return the number for any text of this form.",
    "weeks": "Given a text such as '2w3d', return the number of days in all.",
}


@family(kind=tuple(_DURATIONS))
def read_amount_of_two_units(choose: Chooser, kind: str) -> Exercise:
    """Read an amount that is given in two units."""
    act, expression, form, split = _DURATIONS[kind]
    highest = {"feet_inches": 11, "weeks": 6, "kilos": 999}.get(kind, 59)
    texts = [form.format(choose.integer(0, 9), choose.integer(0, highest)) for _ in range(6)]
    return Exercise(
        texts=(
            act,
            _DURATIONS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} and return an integer",
            f"read a text: {act}",
        ),
        names=("parse_amount", f"read_{kind}", f"{kind}_to_number", "convert_text"),
        solutions=(
            f"""
            def solve(text):
                first, second = {split}
                return {expression}
            """,
            rf"""
            import re

            def solve(text):
                first, second = re.findall(r"\d+", text)
                return {expression}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"first": ("a", "large", "one"), "second": ("b", "small", "two")},
    )


_VERSIONS = {
    "newer": (
        "check whether the first of two versions such as '1.10.2' is newer than the second",
        "first, second",
        "[int(part) for part in first.split('.')] > [int(part) for part in second.split('.')]",
    ),
    "compare": (
        "compare two version numbers such as '1.2.0' and return 1, 0 or -1 if the first is newer, "
        "equal or older",
        "first, second",
        "",
    ),
    "bump": (
        "increase the last number of a version such as '1.2.9' by one",
        "text",
        "'.'.join(text.split('.')[:-1] + [str(int(text.split('.')[-1]) + 1)])",
    ),
    "minor": (
        "increase the second number of a version of three numbers by one and set the third to 0",
        "text",
        "text.split('.')[0] + '.' + str(int(text.split('.')[1]) + 1) + '.0'",
    ),
    "major": (
        "return the first number of a version such as '3.11.4' as an integer",
        "text",
        "int(text.split('.')[0])",
    ),
    "newest": (
        "find the newest version in a list of versions of three numbers",
        "words",
        "max(words, key=lambda word: [int(part) for part in word.split('.')])",
    ),
    "sort": (
        "sort a list of version numbers of three numbers from the oldest to the newest",
        "words",
        "sorted(words, key=lambda word: [int(part) for part in word.split('.')])",
    ),
    "tuple": (
        "convert a version such as '1.2.3' to a tuple of integers",
        "text",
        "tuple(int(part) for part in text.split('.'))",
    ),
}
_VERSIONS_RETOLD = {
    "newer": (
        "Given two version numbers as strings, return True if <first> is a later version "
        "than <second>."
    ),
    "compare": (
        "Return 1 if version <first> is later than version <second>, -1 if it is earlier, "
        "and 0 if they are equal."
    ),
    "bump": "make the next patch version of a version number, for example '1.2.10' after '1.2.9'",
    "minor": "return the next minor version, for example '1.3.0' for '1.2.7'",
    "major": "get the major version (the number before the first dot) of a version number",
    "newest": "Given version numbers such as '1.10.2' in a list, return the highest one.",
    "sort": (
        "Given a list of versions such as '1.10.2' and '1.9.0', return it in ascending order."
    ),
    "tuple": "split a version number at its dots and return its parts as a tuple of numbers",
}


@family(task=tuple(_VERSIONS))
def version_numbers(choose: Chooser, task: str) -> Exercise:
    """Compare, sort or increase version numbers."""
    act, parameters, expression = _VERSIONS[task]

    def version() -> str:
        return ".".join(str(choose.integer(0, 12)) for _ in range(3))

    arguments: list[tuple[str, ...] | tuple[list[str]]] = []
    for number in range(6):
        one = version()
        if parameters == "words":
            arguments.append(([version() for _ in range(choose.integer(2, 4))],))
        elif parameters == "text":
            arguments.append((one,))
        else:
            arguments.append(
                (one, one if number == 0 else one[:-1] + "7" if number % 2 else version())
            )
    solutions = [returning(parameters, expression)] if expression else []
    if task == "compare":
        solutions = [
            """
            def solve(first, second):
                a = [int(part) for part in first.split(".")]
                b = [int(part) for part in second.split(".")]
                if a > b:
                    return 1
                if a < b:
                    return -1
                return 0
            """,
            """
            def solve(first, second):
                for a, b in zip(first.split("."), second.split(".")):
                    if int(a) != int(b):
                        return 1 if int(a) > int(b) else -1
                return 0
            """,
        ]
    if task == "tuple":
        solutions.append(returning("text", "tuple(map(int, text.split('.')))"))
    return Exercise(
        texts=(
            act,
            _VERSIONS_RETOLD[task],
            *ways_to_ask(act),
            f"{act}; versions are strings",
            f"work with version numbers: {act}",
        ),
        names=("versions", f"{task}_version", "version_number", f"version_{task}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "first": ("v1", "version1", "left"),
            "second": ("v2", "version2", "right"),
            "text": ("version", "v", "s"),
            "words": ("versions", "lst", "items_"),
            "word": ("v", "version", "x"),
            "part": ("p", "n"),
        },
    )


_ROMANS = {
    "to_int": (
        "convert a Roman numeral to an integer",
        """
        def solve(text):
            values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
            total = 0
            previous = 0
            for char in reversed(text):
                value = values[char]
                if value < previous:
                    total -= value
                else:
                    total += value
                previous = value
            return total
        """,
        """
        def solve(text):
            values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
            total = 0
            for index, char in enumerate(text):
                if index + 1 < len(text) and values[char] < values[text[index + 1]]:
                    total -= values[char]
                else:
                    total += values[char]
            return total
        """,
    ),
    "to_roman": (
        "write a number from 1 to 3999 as a Roman numeral",
        """
        def solve(number):
            values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
            signs = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
            result = ""
            for value, sign in zip(values, signs):
                while number >= value:
                    result += sign
                    number -= value
            return result
        """,
        """
        def solve(number):
            pairs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                     (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
            result = ""
            for value, sign in pairs:
                result += sign * (number // value)
                number %= value
            return result
        """,
    ),
    "additive": (
        "add up the values of the letters of a Roman numeral in which letters never get smaller "
        "values before larger ones",
        """
        def solve(text):
            values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
            return sum(values[char] for char in text)
        """,
    ),
    "sum": (
        "add two Roman numerals and return the sum as an integer",
        """
        def to_number(text):
            values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
            total = 0
            for char, other in zip(text, text[1:] + "I"):
                total += -values[char] if values[char] < values[other] else values[char]
            return total


        def solve(first, second):
            return to_number(first) + to_number(second)
        """,
    ),
}
_ROMANS_RETOLD = {
    "to_int": "Given a number in Roman numerals, such as 'XIV', return its value.",
    "to_roman": "Given a positive integer below 4000, return how the Romans wrote it.",
    "additive": (
        "Sum the values of the letters of a Roman numeral that needs no subtraction, such as "
        "'XVII'."
    ),
    "sum": (
        "Given two numbers as Roman numerals, return what they give together as a normal number."
    ),
}


_ROMAN_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(number: int) -> str:
    result = ""
    for value, sign in _ROMAN_VALUES:
        result += sign * (number // value)
        number %= value
    return result


@family(task=tuple(_ROMANS))
def roman_numerals(choose: Chooser, task: str) -> Exercise:
    """Convert Roman numerals."""
    act, *solutions = _ROMANS[task]
    numbers = [choose.integer(1, choose.one_of((20, 100, 3999))) for _ in range(5)] + [
        choose.one_of((4, 9, 40, 90, 400, 900)),
    ]
    arguments: list[tuple[object, ...]] = [(_roman(number),) for number in numbers]
    if task == "to_roman":
        arguments = [(number,) for number in numbers]
    elif task == "sum":
        arguments = [(_roman(number), _roman(choose.integer(1, 50))) for number in numbers]
    elif task == "additive":
        arguments = [
            ("".join(char * choose.integer(0, 2) for char in "MCXV") + choose.one_of(("I", "II")),)
            for _ in range(8)
        ]
    return Exercise(
        texts=(
            act,
            _ROMANS_RETOLD[task],
            *ways_to_ask(act),
            f"{act} (I is 1, V is 5, X is 10, L is 50, C is 100, D is 500 and M is 1000)",
            f"work with Roman numerals: {act}",
        ),
        names=("roman", f"roman_{task}", "convert_roman", "roman_numeral"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "text": ("roman", "numeral", "s"),
            "values": ("numerals", "value_of", "table"),
            "sign": ("symbol", "letters"),
            "previous": ("prev", "last"),
        },
    )
