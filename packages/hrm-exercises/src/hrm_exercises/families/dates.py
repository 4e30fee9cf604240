"""Dates: leap years, months, weekdays, differences, forms of writing."""

import calendar
import datetime
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _date(choose: Chooser, first: int = 1950, last: int = 2060) -> datetime.date:
    year, month = choose.integer(first, last), choose.integer(1, 12)
    return datetime.date(year, month, choose.integer(1, calendar.monthrange(year, month)[1]))


def _returns(parameters: str, expression: str, head: str = "") -> str:
    return f"{head}def solve({parameters}):\n    return {expression}"


_LEAP = "year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)"

_LEAP_STEPS = """
def solve(year):
    if year % 400 == 0:
        return True
    if year % 100 == 0:
        return False
    return year % 4 == 0
"""

_IS_LEAP = f"def is_leap(year):\n    return {_LEAP}\n\n"

_LEAP_TASKS = {
    "check": (
        ("check whether a year is a leap year", "check if the given year is a leap year or not",
         "Given a year of the Gregorian calendar, return True if it is a leap year, else False.",
         "find out if a year has a 29th of February"),
        (_returns("year", _LEAP), _LEAP_STEPS,
         _returns("year", "calendar.isleap(year)", "import calendar\n\n")),
    ),
    "days": (
        ("find the number of days in a year", "return 366 for a leap year and 365 for other years",
         "Given a year, return how many days it has."),
        (_returns("year", f"366 if {_LEAP} else 365"),
         _returns("year", "366 if calendar.isleap(year) else 365", "import calendar\n\n")),
    ),
    "february": (
        ("find the number of days of February in a year",
         "return 28 or 29 for the length of February in the given year",
         "Given a year, how many days does its February have?"),
        (_returns("year", f"29 if {_LEAP} else 28"),
         _returns("year", "calendar.monthrange(year, 2)[1]", "import calendar\n\n")),
    ),
    "next": (
        ("find the next leap year after a year", "return the first leap year that is later than "
         "the given year", "Given a year, which is the next leap year (not the year itself)?"),
        (_IS_LEAP + "def solve(year):\n    year += 1\n    while not is_leap(year):\n"
         "        year += 1\n    return year",
         "import calendar\n\ndef solve(year):\n    year += 1\n"
         "    while not calendar.isleap(year):\n        year += 1\n    return year"),
    ),
    "count": (
        ("count the leap years from <start> to <stop>, both included",
         "find how many leap years there are in a range of years with both ends",
         "Given a first and a last year, return the number of leap years among them, both "
         "included."),
        ("import calendar\n\ndef solve(start, stop):\n"
         "    return sum(calendar.isleap(year) for year in range(start, stop + 1))",
         "import calendar\n\ndef solve(start, stop):\n"
         "    return calendar.leapdays(start, stop + 1)",
         _IS_LEAP + "def solve(start, stop):\n    count = 0\n"
         "    for year in range(start, stop + 1):\n        if is_leap(year):\n"
         "            count += 1\n    return count"),
    ),
    "list": (
        ("list the leap years from <start> to <stop>, both included",
         "find all leap years in a range of years with both ends",
         "Given a first and a last year, return the list of leap years among them."),
        ("import calendar\n\ndef solve(start, stop):\n"
         "    return [year for year in range(start, stop + 1) if calendar.isleap(year)]",
         _IS_LEAP + "def solve(start, stop):\n    result = []\n"
         "    for year in range(start, stop + 1):\n        if is_leap(year):\n"
         "            result.append(year)\n    return result"),
    ),
}  # fmt: skip


_MORE_LEAP_YEARS = {
    "check": "Does the year have a February 29? Return True or False.",
    "days": "How many days does a year have? Return 365 or 366.",
    "february": "get the last day of February for a given year",
    "next": "I have a year. When is the next leap year after it?",
    "count": "How many leap years are there between two years, ends included?",
    "list": "get all leap years between two years, ends included",
}


@family(ask=tuple(_LEAP_TASKS))
def leap_years(choose: Chooser, ask: str) -> Exercise:
    """Check, count or list leap years."""
    texts, solutions = _LEAP_TASKS[ask]
    arguments: list[tuple[int, ...]]
    if ask in ("count", "list"):
        arguments = []
        for _ in range(5):
            start = choose.integer(1890, 2090)
            arguments.append((start, start + choose.integer(3, 30)))
    else:
        arguments = [(4 * choose.integer(450, 525),), (choose.integer(1800, 2100),)]
        arguments += [(choose.one_of((1700, 1800, 1900, 2100)),), (choose.one_of((1600, 2000)),)]
        arguments += [(choose.integer(1900, 2030),) for _ in range(3)]
    return Exercise(
        texts=(*texts, _MORE_LEAP_YEARS[ask]),
        names={
            "check": ("is_leap_year", "leap_year", "check_leap"),
            "days": ("days_in_year", "year_length", "number_of_days"),
            "february": ("february_days", "days_of_february", "length_of_february"),
            "next": ("next_leap_year", "following_leap_year", "first_leap_after"),
            "count": ("count_leap_years", "num_leap_years", "leap_years_between"),
            "list": ("list_leap_years", "leap_years", "leap_years_in_range"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"year": ("y", "n", "yr"), "start": ("first_year", "a"), "stop": ("last", "b")},
    )


_MONTHS_LINE = (
    "months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', "
    "'September',\n          'October', 'November', 'December']\n"
)

_MONTH_TASKS = {
    "name": (
        ("find the English name of a month from its number (1 to 12)",
         "return the month name for a number: 1 is 'January'",
         "Given the number of a month, return its name in English."),
        (f"{_MONTHS_LINE}\ndef solve(number):\n    return months[number - 1]",
         "import calendar\n\ndef solve(number):\n    return calendar.month_name[number]"),
    ),
    "number": (
        ("find the number of a month (1 to 12) from its English name",
         "return the month number for a name such as 'March'",
         "Given the English name of a month, return its number; January is 1."),
        (f"{_MONTHS_LINE}\ndef solve(name):\n    return months.index(name) + 1",
         "import calendar\n\ndef solve(name):\n    return list(calendar.month_name).index(name)"),
    ),
    "short": (
        ("return the first three letters of the English name of a month, given its number",
         "find the abbreviation of a month such as 'Jan' from its number (1 to 12)",
         "Given the number of a month, return its three-letter abbreviation in English."),
        (f"{_MONTHS_LINE}\ndef solve(number):\n    return months[number - 1][:3]",
         "import calendar\n\ndef solve(number):\n    return calendar.month_abbr[number]"),
    ),
    "days": (
        ("find the number of days of a month in a year that is not a leap year",
         "return how many days the month with a given number (1 to 12) has, if February has 28",
         "Given the number of a month, return its length in days in a common year."),
        ("def solve(number):\n    if number == 2:\n        return 28\n"
         "    if number in (4, 6, 9, 11):\n        return 30\n    return 31",
         "def solve(number):\n"
         "    return [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1]"),
    ),
    "has_30": (
        ("check whether the month with a given number has 30 days",
         "check if a month (1 to 12) has exactly 30 days",
         "Return True if the month with the given number is 30 days long, else False."),
        ("def solve(number):\n    return number in (4, 6, 9, 11)",
         "def solve(number):\n    if number == 4 or number == 6 or number == 9 or number == 11:\n"
         "        return True\n    return False"),
    ),
    "has_31": (
        ("check whether the month with a given name has 31 days",
         "check if the month with an English name such as 'May' contains 31 days or not",
         "Return True if the named month is 31 days long, else False."),
        ("def solve(name):\n    return name not in ('February', 'April', 'June', 'September', "
         "'November')",
         "def solve(name):\n    return name in ['January', 'March', 'May', 'July', 'August', "
         "'October', 'December']"),
    ),
    "quarter": (
        ("find the quarter of the year (1 to 4) of a month from its number",
         "return in which quarter the month with a given number (1 to 12) lies",
         "Given the number of a month, return the number of its quarter: January is in quarter 1."),
        ("def solve(number):\n    return (number - 1) // 3 + 1",
         "def solve(number):\n    if number <= 3:\n        return 1\n    if number <= 6:\n"
         "        return 2\n    if number <= 9:\n        return 3\n    return 4"),
    ),
    "season": (
        ("return the season of a month from its number: 'winter' for 12, 1, 2, 'spring' for 3 to "
         "5, 'summer' for 6 to 8, 'autumn' for 9 to 11",
         "find the season ('spring', 'summer', 'autumn' or 'winter') of a month from 1 to 12; "
         "spring begins with month 3",
         "Given the number of a month, return its season, when each season has three months and "
         "winter begins with 12."),
        ("def solve(number):\n"
         "    return ['winter', 'spring', 'summer', 'autumn'][number % 12 // 3]",
         "def solve(number):\n    if number in (12, 1, 2):\n        return 'winter'\n"
         "    if number <= 5:\n        return 'spring'\n    if number <= 8:\n"
         "        return 'summer'\n    return 'autumn'"),
    ),
    "later": (
        ("find which month it is <k> months after a month, both as numbers from 1 to 12",
         "add k months to a month number and return the new month number (after 12 comes 1)",
         "Given the number of a month and k, return the number of the month that is k months "
         "later."),
        ("def solve(number, k):\n    return (number - 1 + k) % 12 + 1",
         "def solve(number, k):\n    for _ in range(k):\n        number += 1\n"
         "        if number > 12:\n            number = 1\n    return number"),
    ),
}  # fmt: skip


_MORE_NAMES_AND_LENGTHS_OF_MONTHS = {
    "name": "convert month number to month name",
    "number": "convert month name to month number",
    "short": "I have the number of a month. Return its short name with three letters.",
    "days": "How many days does a month have in a normal year? The month is given as a number.",
    "has_30": "Does the month have 30 days? Return True or False for a month number.",
    "has_31": "Does the month with this name have 31 days? Return True or False.",
    "quarter": "Which quarter does a month belong to? Return 1, 2, 3 or 4.",
    "season": (
        "Month to season: return 'winter', 'spring', 'summer' or 'autumn' for a month number."
    ),
    "later": "It is a given month (1 to 12). Which month will it be in <k> months?",
}


@family(ask=tuple(_MONTH_TASKS))
def names_and_lengths_of_months(choose: Chooser, ask: str) -> Exercise:
    """Name months, find their lengths, quarters and seasons."""
    texts, solutions = _MONTH_TASKS[ask]
    months = choose.sample(range(1, 13), 6)
    if ask in ("has_30", "has_31", "days"):
        months += [2, choose.one_of((4, 6, 9, 11)), choose.one_of((1, 3, 5, 7))]
    arguments: list[tuple[Any, ...]] = [(month,) for month in months]
    if ask in ("number", "has_31"):
        arguments = [(calendar.month_name[month],) for month in months]
    if ask == "later":
        arguments = [(month, choose.integer(1, 30)) for month in months]
    return Exercise(
        texts=(*texts, _MORE_NAMES_AND_LENGTHS_OF_MONTHS[ask]),
        names={
            "name": ("month_name", "name_of_month", "get_month"),
            "number": ("month_number", "number_of_month", "month_to_number"),
            "short": ("month_abbreviation", "short_month", "abbreviate_month"),
            "days": ("days_in_month", "month_length", "month_days"),
            "has_30": ("has_thirty_days", "is_thirty_days", "month_with_thirty"),
            "has_31": ("has_thirty_one_days", "is_long_month", "long_month"),
            "quarter": ("quarter", "quarter_of_month", "find_quarter"),
            "season": ("season", "season_of_month", "get_season"),
            "later": ("add_months", "month_later", "month_after"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"number": ("month", "m", "n"), "name": ("month", "month_name", "m")},
    )


_DATE_HEAD = "import datetime\n\n"
_THREE = "year, month, day"

_DATE_TASKS = {
    "weekday": (
        ("find the English weekday of a date, given as year, month and day",
         "return on which day of the week (such as 'Monday') a date falls",
         "Given year, month and day, return the name of the weekday."),
        (_DATE_HEAD + "def solve(year, month, day):\n    names = ['Monday', 'Tuesday', "
         "'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']\n"
         "    return names[datetime.date(year, month, day).weekday()]",
         "import calendar\n\ndef solve(year, month, day):\n"
         "    return calendar.day_name[calendar.weekday(year, month, day)]",
         _returns(_THREE, "datetime.date(year, month, day).strftime('%A')", _DATE_HEAD)),
    ),
    "is_weekend": (
        ("check whether a date, given as year, month and day, is a Saturday or Sunday",
         "check if the day with the given year, month and day is at a weekend",
         "Return True if a date falls on a weekend, else False; arguments are year, month, day."),
        (_returns(_THREE, "datetime.date(year, month, day).weekday() >= 5", _DATE_HEAD),
         _returns(_THREE, "datetime.date(year, month, day).isoweekday() in (6, 7)", _DATE_HEAD)),
    ),
    "is_valid": (
        ("check whether year, month and day form a valid date",
         "check if a date given by three numbers (year, month, day) exists in the calendar",
         "Return True if there is a date with the given year, month and day, else False."),
        (_DATE_HEAD + "def solve(year, month, day):\n    try:\n"
         "        datetime.date(year, month, day)\n        return True\n"
         "    except ValueError:\n        return False",
         "import calendar\n\ndef solve(year, month, day):\n    if not 1 <= month <= 12:\n"
         "        return False\n    return 1 <= day <= calendar.monthrange(year, month)[1]"),
    ),
    "day_of_year": (
        ("find which day of the year a date is (January 1 is day 1)",
         "return the number of a day in its year from year, month and day",
         "Given year, month and day, return how many days of the year have begun, that day "
         "included."),
        (_returns(_THREE, "datetime.date(year, month, day).timetuple().tm_yday", _DATE_HEAD),
         _DATE_HEAD + "def solve(year, month, day):\n"
         "    first = datetime.date(year, 1, 1)\n"
         "    return (datetime.date(year, month, day) - first).days + 1",
         "import calendar\n\ndef solve(year, month, day):\n"
         "    days = sum(calendar.monthrange(year, m)[1] for m in range(1, month))\n"
         "    return days + day"),
    ),
    "days_left": (
        ("count the days from a date to the end of its year (December 31 gives 0)",
         "find how many days of the year remain after a day, given as year, month and day",
         "Given year, month and day, return how many days follow in the same year."),
        (_DATE_HEAD + "def solve(year, month, day):\n    last = datetime.date(year, 12, 31)\n"
         "    return (last - datetime.date(year, month, day)).days",
         "import calendar\n\ndef solve(year, month, day):\n"
         "    days = sum(calendar.monthrange(year, m)[1] for m in range(month, 13))\n"
         "    return days - day"),
    ),
    "next_day": (
        ("find the day after a date, as a tuple (year, month, day)",
         "return the date of tomorrow for a date given by year, month and day",
         "Given year, month and day, return the next day as a tuple of three numbers."),
        (_DATE_HEAD + "def solve(year, month, day):\n"
         "    date = datetime.date(year, month, day) + datetime.timedelta(days=1)\n"
         "    return (date.year, date.month, date.day)",
         "import calendar\n\ndef solve(year, month, day):\n"
         "    if day < calendar.monthrange(year, month)[1]:\n"
         "        return (year, month, day + 1)\n    if month < 12:\n"
         "        return (year, month + 1, 1)\n    return (year + 1, 1, 1)"),
    ),
    "days_in_month": (
        ("find the number of days of a month in a year", "return how many days <month> has in "
         "<year>", "Given a year and the number of a month, return the length of the month."),
        ("import calendar\n\ndef solve(year, month):\n"
         "    return calendar.monthrange(year, month)[1]",
         _IS_LEAP + "def solve(year, month):\n    if month == 2:\n"
         "        return 29 if is_leap(year) else 28\n"
         "    return 30 if month in (4, 6, 9, 11) else 31"),
    ),
    "iso_week": (
        ("find the ISO week number of a date, given as year, month and day",
         "return in which calendar week (ISO 8601) a day lies",
         "Given year, month and day, return the number of the ISO week."),
        (_returns(_THREE, "datetime.date(year, month, day).isocalendar()[1]", _DATE_HEAD),
         _DATE_HEAD + "def solve(year, month, day):\n    date = datetime.date(year, month, day)\n"
         "    return date.isocalendar()[1]"),
    ),
    "iso_text": (
        ("write a date given as year, month and day as text like '2024-03-07'",
         "format three numbers (year, month, day) as an ISO date",
         "Given year (four digits), month and day, return the string 'yyyy-mm-dd'."),
        (_returns(_THREE, "datetime.date(year, month, day).isoformat()", _DATE_HEAD),
         _returns(_THREE, "'{}-{:02d}-{:02d}'.format(year, month, day)"),
         "def solve(year, month, day):\n"
         "    return str(year) + '-' + str(month).zfill(2) + '-' + str(day).zfill(2)"),
    ),
    "long_text": (
        ("write a date given as year, month and day as text like 'March 7, 2024'",
         "format a date in English with the month's name, the day and the year",
         "Given year, month and day, return a string such as 'July 14, 1998'."),
        ("import calendar\n\ndef solve(year, month, day):\n"
         "    return '{} {}, {}'.format(calendar.month_name[month], day, year)",
         f"{_MONTHS_LINE}\ndef solve(year, month, day):\n"
         "    return months[month - 1] + ' ' + str(day) + ', ' + str(year)"),
    ),
}  # fmt: skip


_MORE_DATE_FROM_THREE_NUMBERS = {
    "weekday": (
        "What day of the week is a date? Return the English name; the arguments are year, "
        "month and day."
    ),
    "is_weekend": "Is the date at a weekend? Return True or False for year, month and day.",
    "is_valid": "Does the date exist? Return True or False for year, month and day.",
    "day_of_year": "I have year, month and day. Which day of that year is it, counted from 1?",
    "days_left": "How many days are left in the year after the given date?",
    "next_day": "What is the date one day later? Return it as (year, month, day).",
    "days_in_month": "How many days does the month have in that year?",
    "iso_week": "get the week number of a date",
    "iso_text": (
        "I have year, month and day as numbers. Return the date as text in the form yyyy-mm-dd."
    ),
    "long_text": (
        "Write a function that returns a date in words, for example 'May 1, 2019', from year, "
        "month and day."
    ),
}


@family(ask=tuple(_DATE_TASKS))
def date_from_three_numbers(choose: Chooser, ask: str) -> Exercise:
    """Answer a question about a date that is given as year, month and day."""
    texts, solutions = _DATE_TASKS[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(6):
        date = _date(choose)
        row: tuple[int, ...] = (date.year, date.month, date.day)
        if ask == "is_valid" and i % 2:
            row = (date.year, *choose.one_of(((2, 30), (13, 1), (4, 31), (0, 5), (6, 31), (9, 0))))
        if ask == "is_weekend" and i % 2:
            date += datetime.timedelta(days=choose.integer(5, 6) - date.weekday())
            row = (date.year, date.month, date.day)
        arguments.append(row[:2] if ask == "days_in_month" else row)
    year = choose.integer(1980, 2040)
    if ask == "days_in_month":
        arguments.append((year, 2))
    elif ask == "iso_week":
        arguments.append((year, 1, choose.integer(5, 28)))
    else:
        arguments += [(year, 12, 31), (year - year % 4, 2, 29 if ask == "is_valid" else 28)]
    return Exercise(
        texts=(*texts, _MORE_DATE_FROM_THREE_NUMBERS[ask]),
        names={
            "weekday": ("weekday_name", "day_of_week", "which_weekday"),
            "is_weekend": ("is_weekend", "weekend_day", "falls_on_weekend"),
            "is_valid": ("is_valid_date", "date_exists", "check_date_numbers"),
            "day_of_year": ("day_of_year", "day_number", "days_passed"),
            "days_left": ("days_left_in_year", "days_until_new_year", "remaining_days"),
            "next_day": ("next_day", "day_after", "tomorrow"),
            "days_in_month": ("days_in_month", "month_length", "last_day_of_month"),
            "iso_week": ("week_number", "iso_week", "calendar_week"),
            "iso_text": ("iso_date", "format_date", "date_text"),
            "long_text": ("long_date", "date_in_words", "english_date"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"year": ("y", "yr"), "month": ("m", "mon"), "day": ("d", "dd"),
                  "date": ("date_", "when")},
    )  # fmt: skip


_PARSE = "datetime.date.fromisoformat({})"

_TWO_DATES = {
    "days": (
        ("count the days between two dates like '2024-03-07' (the second is not earlier)",
         "find how many days after <first> the date <second> is; both are ISO dates",
         "Given two dates as 'yyyy-mm-dd', the earlier one first, return the number of days from "
         "one to the other."),
        (_returns("first, second", f"({_PARSE.format('second')} - {_PARSE.format('first')}).days",
                  _DATE_HEAD),
         "from datetime import datetime\n\ndef solve(first, second):\n"
         "    start = datetime.strptime(first, '%Y-%m-%d')\n"
         "    end = datetime.strptime(second, '%Y-%m-%d')\n    return (end - start).days"),
    ),
    "absolute": (
        ("count the days between two ISO dates in any order",
         "find the distance in days of the dates <first> and <second>, written 'yyyy-mm-dd'",
         "Given two dates as 'yyyy-mm-dd', return how many days lie between them, never "
         "negative."),
        (_returns("first, second",
                  f"abs(({_PARSE.format('second')} - {_PARSE.format('first')}).days)", _DATE_HEAD),
         _DATE_HEAD + f"def solve(first, second):\n    a = {_PARSE.format('first')}\n"
         f"    b = {_PARSE.format('second')}\n    return max(a - b, b - a).days"),
    ),
    "earlier": (
        ("return the earlier one of two dates that are written 'yyyy-mm-dd'",
         "find which of the ISO dates <first> and <second> comes first",
         "Given two dates like '2024-03-07', return the one that is earlier."),
        (_returns("first, second", "min(first, second)"),
         "def solve(first, second):\n    if first <= second:\n        return first\n"
         "    return second"),
    ),
    "same_month": (
        ("check whether two dates like '2024-03-07' lie in the same month of the same year",
         "check if two ISO dates have equal year and month",
         "Return True if two dates, written 'yyyy-mm-dd', belong to the same month and year."),
        (_returns("first, second", "first[:7] == second[:7]"),
         _returns("first, second", "first.split('-')[:2] == second.split('-')[:2]")),
    ),
    "same_weekday": (
        ("check whether two dates like '2024-03-07' fall on the same day of the week",
         "check if two ISO dates have the same weekday",
         "Return True if the dates <first> and <second>, written 'yyyy-mm-dd', are the same day of "
         "the week."),
        (_returns("first, second",
                  f"{_PARSE.format('first')}.weekday() == {_PARSE.format('second')}.weekday()",
                  _DATE_HEAD),
         _DATE_HEAD + f"def solve(first, second):\n    a = {_PARSE.format('first')}\n"
         f"    b = {_PARSE.format('second')}\n    return (a - b).days % 7 == 0"),
    ),
    "age": (
        ("find the age in full years on a date, from the date of birth; both are ISO dates",
         "compute how old someone born on <first> is on <second>, in whole years",
         "Given a birthday and a later date as 'yyyy-mm-dd', return the age in completed years."),
        (_DATE_HEAD + f"def solve(first, second):\n    born = {_PARSE.format('first')}\n"
         f"    today = {_PARSE.format('second')}\n    age = today.year - born.year\n"
         "    if (today.month, today.day) < (born.month, born.day):\n        age -= 1\n"
         "    return age",
         "def solve(first, second):\n    age = int(second[:4]) - int(first[:4])\n"
         "    return age if second[5:] >= first[5:] else age - 1"),
    ),
    "months": (
        ("count the months from the month of one ISO date to the month of a later one",
         "find how many months lie between the months of <first> and <second>, without regard to "
         "the days",
         "Given two dates as 'yyyy-mm-dd', the earlier first, return the difference of their "
         "months, counting 12 for each year."),
        ("def solve(first, second):\n    years = int(second[:4]) - int(first[:4])\n"
         "    return 12 * years + int(second[5:7]) - int(first[5:7])",
         _DATE_HEAD + f"def solve(first, second):\n    a = {_PARSE.format('first')}\n"
         f"    b = {_PARSE.format('second')}\n"
         "    return (b.year - a.year) * 12 + b.month - a.month"),
    ),
    "weekdays": (
        ("count the days from Monday to Friday from <first> to <second>, both included; both are "
         "ISO dates",
         "find how many working days (no Saturdays and Sundays) a range of dates has, with both "
         "ends",
         "Given two dates as 'yyyy-mm-dd', return the number of weekdays, Monday to Friday, in "
         "that range, its ends included."),
        (_DATE_HEAD + f"def solve(first, second):\n    date = {_PARSE.format('first')}\n"
         f"    last = {_PARSE.format('second')}\n    count = 0\n    while date <= last:\n"
         "        if date.weekday() < 5:\n            count += 1\n"
         "        date += datetime.timedelta(days=1)\n    return count",
         _DATE_HEAD + f"def solve(first, second):\n    start = {_PARSE.format('first')}\n"
         f"    days = ({_PARSE.format('second')} - start).days + 1\n"
         "    return sum(\n        1 for i in range(days)\n"
         "        if (start + datetime.timedelta(days=i)).weekday() < 5\n    )"),
    ),
}  # fmt: skip


_MORE_TWO_DATES = {
    "days": "I have two dates as text. How many days pass from the first to the second?",
    "absolute": "How many days are two dates apart? Their order doesn't matter.",
    "earlier": "Which of two dates is earlier? Return it.",
    "same_month": "Are two dates in the same month of the same year? Return True or False.",
    "same_weekday": "Are two dates on the same weekday? Return True or False.",
    "age": "How old is a person on a date? Given are the birthday and that date as text.",
    "months": "count month difference of two yyyy-mm-dd dates, ignoring the days",
    "weekdays": "How many weekdays (Monday to Friday) lie from one date to another, both counted?",
}


@family(ask=tuple(_TWO_DATES))
def two_dates(choose: Chooser, ask: str) -> Exercise:
    """Compare two dates that are written as text."""
    texts, solutions = _TWO_DATES[ask]
    arguments = []
    for i in range(6):
        first = _date(choose, 1960, 2020)
        gap = choose.integer(0, 10 ** choose.integer(1, 3))
        if ask == "weekdays":
            gap = choose.integer(0, 30)
        elif ask == "age":
            gap = choose.integer(1, 30000)
        elif ask == "same_weekday" and i % 2:
            gap = 7 * choose.integer(1, 60)
        elif ask == "same_month" and i % 2:
            first, gap = first.replace(day=choose.integer(1, 14)), choose.integer(1, 13)
        second = first + datetime.timedelta(days=gap)
        if ask in ("absolute", "earlier") and choose.chance(0.5):
            first, second = second, first
        arguments.append((first.isoformat(), second.isoformat()))
    return Exercise(
        texts=(*texts, _MORE_TWO_DATES[ask]),
        names={
            "days": ("days_between", "count_days", "day_difference"),
            "absolute": ("days_apart", "date_distance", "days_between"),
            "earlier": ("earlier_date", "first_of_two_dates", "min_date"),
            "same_month": ("same_month", "in_same_month", "equal_months"),
            "same_weekday": ("same_weekday", "equal_weekdays", "weekday_match"),
            "age": ("age_on_date", "compute_age", "age_in_years"),
            "months": ("months_between", "month_difference", "count_months"),
            "weekdays": ("count_weekdays", "working_days", "business_days"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("start", "date1", "d1", "begin"),
            "second": ("end", "date2", "d2", "finish"),
        }
        if ask not in ("days", "weekdays")
        else {"first": ("date1", "d1", "a"), "second": ("date2", "d2", "b")},
    )


_SHIFTS = {
    "add_days": (
        ("add <n> days to a date like '2024-03-07' and return the new date in the same form",
         "find the date that is n days after an ISO date",
         "Given a date as 'yyyy-mm-dd' and a number of days, return the date that many days "
         "later."),
        (_DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    return (date + datetime.timedelta(days=n)).isoformat()",
         "from datetime import datetime, timedelta\n\ndef solve(text, n):\n"
         "    date = datetime.strptime(text, '%Y-%m-%d') + timedelta(days=n)\n"
         "    return date.strftime('%Y-%m-%d')"),
    ),
    "subtract_days": (
        ("find the date that is <n> days before a date like '2024-03-07'",
         "subtract n days from an ISO date and return an ISO date",
         "Given a date as 'yyyy-mm-dd' and a number of days, return the date that many days "
         "earlier."),
        (_DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    return str(date - datetime.timedelta(days=n))",
         "from datetime import datetime, timedelta\n\ndef solve(text, n):\n"
         "    date = datetime.strptime(text, '%Y-%m-%d') - timedelta(days=n)\n"
         "    return date.strftime('%Y-%m-%d')"),
    ),
    "list_days": (
        ("list the dates of <n> days in a row, beginning with a date like '2024-03-07'",
         "generate n successive ISO dates from a first one on",
         "Given a date as 'yyyy-mm-dd' and n, return a list of n dates in the same form: that day "
         "and the following ones."),
        (_DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    return [(date + datetime.timedelta(days=i)).isoformat() for i in range(n)]",
         _DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    result = []\n    for _ in range(n):\n        result.append(str(date))\n"
         "        date += datetime.timedelta(days=1)\n    return result"),
    ),
    "next_weekday": (
        ("find the first date after a date like '2024-03-07' that has the weekday <n> (0 is "
         "Monday, 6 is Sunday)",
         "return the next ISO date, later than a given one, that falls on a weekday given as a "
         "number from 0 (Monday) to 6",
         "Given a date as 'yyyy-mm-dd' and a weekday number (Monday is 0), return the next date "
         "with that weekday, not the date itself."),
        (_DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    date += datetime.timedelta(days=1)\n    while date.weekday() != n:\n"
         "        date += datetime.timedelta(days=1)\n    return date.isoformat()",
         _DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n"
         "    days = (n - date.weekday() - 1) % 7 + 1\n"
         "    return str(date + datetime.timedelta(days=days))"),
    ),
    "add_years": (
        ("find the date <n> years after a date like '2024-03-07'; February 29 becomes February 28 "
         "in years without it",
         "add n years to an ISO date (use February 28 if there is no February 29)",
         "Given a date as 'yyyy-mm-dd' and a number of years, return the same day n years later, "
         "or February 28 instead of a missing February 29."),
        (_DATE_HEAD + f"def solve(text, n):\n    date = {_PARSE.format('text')}\n    try:\n"
         "        return date.replace(year=date.year + n).isoformat()\n"
         "    except ValueError:\n"
         "        return date.replace(year=date.year + n, day=28).isoformat()",),
    ),
}  # fmt: skip


_MORE_SHIFTED_DATES = {
    "add_days": "What date is it <n> days after the given one?",
    "subtract_days": "What date was it <n> days before the given one?",
    "list_days": (
        "I have a start date and a number of days. Return all the dates as a list of texts."
    ),
    "next_weekday": "When is the next day with the weekday number <n> (Monday is 0) after a date?",
    "add_years": (
        "Return the date that is <n> years later; a February 29 that doesn't exist becomes "
        "February 28."
    ),
}


@family(ask=tuple(_SHIFTS))
def shifted_dates(choose: Chooser, ask: str) -> Exercise:
    """Find dates some days or years later."""
    texts, solutions = _SHIFTS[ask]
    arguments = []
    for i in range(6):
        number = {
            "list_days": choose.integer(1, 5),
            "next_weekday": choose.integer(0, 6),
            "add_years": choose.integer(1, 20),
        }.get(ask, choose.integer(1, 10 ** choose.integer(1, 3)))
        text = _date(choose).isoformat()
        if i == 0 and ask == "add_years":
            text = f"{choose.integer(490, 505) * 4}-02-29"
        arguments.append((text, number))
    arguments.append((f"{choose.integer(1990, 2040)}-12-31", 1))
    arguments.append((f"{choose.integer(1990, 2040)}-03-01", 2))
    return Exercise(
        texts=(*texts, _MORE_SHIFTED_DATES[ask]),
        names={
            "add_days": ("add_days", "date_after", "shift_date"),
            "subtract_days": ("days_before", "subtract_days", "date_before"),
            "list_days": ("list_dates", "successive_dates", "date_range"),
            "next_weekday": ("next_weekday", "following_weekday", "next_date_with_weekday"),
            "add_years": ("add_years", "anniversary", "years_later"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "text": ("date_text", "s", "iso"),
            "n": ("n", "k", "num") if ask in ("add_years", "list_days") else ("n", "k"),
        },
    )
