"""Forms of dates, weekdays, centuries, times of day."""

import calendar
import datetime
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_LINE = (
    "names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']\n"
)


def _date(choose: Chooser) -> datetime.date:
    year, month = choose.integer(1950, 2060), choose.integer(1, 12)
    return datetime.date(year, month, choose.integer(1, calendar.monthrange(year, month)[1]))


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


# The forms of dates: how people describe one, and its parts in order.
_FORMS = {
    "iso": ("yyyy-mm-dd", "-", ("year", "month", "day"), "%Y-%m-%d"),
    "european": ("dd/mm/yyyy", "/", ("day", "month", "year"), "%d/%m/%Y"),
    "american": ("mm/dd/yyyy", "/", ("month", "day", "year"), "%m/%d/%Y"),
    "dotted": ("dd.mm.yyyy", ".", ("day", "month", "year"), "%d.%m.%Y"),
    "compact": ("yyyymmdd", "", ("year", "month", "day"), "%Y%m%d"),
    "reversed": ("dd-mm-yyyy", "-", ("day", "month", "year"), "%d-%m-%Y"),
}


_READ_FORMS = ("iso", "european", "american", "dotted")


@family(change=tuple(f"{a} to {b}" for a in _READ_FORMS for b in _FORMS if a != b))
def change_form_of_date(choose: Chooser, change: str) -> Exercise:
    """Write a date in another form."""
    source, _, target = change.partition(" to ")
    form, mark, parts, code = _FORMS[source]
    new_form, new_mark, new_parts, new_code = _FORMS[target]
    joined = f"'{new_mark}'.join([{', '.join(new_parts)}])"
    if not new_mark:
        joined = " + ".join(new_parts)
    return Exercise(
        texts=(
            f"convert a date from the form {form} to the form {new_form}",
            f"change the format of a date from {form} to {new_form}",
            f"Given a date written as {form}, return it as {new_form}.",
            f"rewrite a {form} date in the {new_form} form",
        ),
        names=("change_date_format", "convert_date", "reformat_date", f"{source}_to_{target}"),
        solutions=(
            f"def solve(text):\n    {', '.join(parts)} = text.split('{mark}')\n"
            f"    return {joined}",
            f"from datetime import datetime\n\ndef solve(text):\n"
            f"    return datetime.strptime(text, '{code}').strftime('{new_code}')",
        ),
        arguments=[(_date(choose).strftime(code),) for _ in range(5)],
        synonyms={"text": ("date", "s", "date_text"), "year": ("y", "year"),
                  "month": ("m", "month"), "day": ("d", "day")},
    )  # fmt: skip


@family(source=_READ_FORMS)
def parts_of_date_text(choose: Chooser, source: str) -> Exercise:
    """Read year, month and day from a text."""
    form, mark, parts, code = _FORMS[source]
    return Exercise(
        texts=(
            f"convert a date in the form {form} to a tuple (year, month, day) of integers",
            f"read year, month and day from a date written as {form} and return them as a tuple",
            f"Given a {form} date as text, return three integers in a tuple: year, month, day.",
        ),
        names=("parse_date", "date_parts", f"read_{source}_date"),
        solutions=(
            f"def solve(text):\n    {', '.join(parts)} = map(int, text.split('{mark}'))\n"
            "    return (year, month, day)",
            f"from datetime import datetime\n\ndef solve(text):\n"
            f"    date = datetime.strptime(text, '{code}')\n"
            "    return (date.year, date.month, date.day)",
        ),
        arguments=[(_date(choose).strftime(code),) for _ in range(5)],
        synonyms={"text": ("s", "date_text")},
    )


_WEEKDAYS = {
    "later": (
        ("find which weekday it is <k> days after a weekday",
         "return the name of the day of the week k days after a day such as 'Monday'",
         "Given the English name of a weekday and a number of days, return the weekday after that "
         "many days."),
        (_DAYS_LINE + "\ndef solve(day, k):\n    return names[(names.index(day) + k) % 7]",
         f"def solve(day, k):\n    {_DAYS_LINE}    index = names.index(day)\n"
         "    for _ in range(k):\n        index = (index + 1) % 7\n    return names[index]"),
    ),
    "earlier": (
        ("find which weekday it was <k> days before a weekday",
         "return the name of the day of the week k days before a day such as 'Monday'",
         "Given the English name of a weekday and a number of days, return the weekday that many "
         "days ago."),
        (_DAYS_LINE + "\ndef solve(day, k):\n    return names[(names.index(day) - k) % 7]",),
    ),
    "until": (
        ("count the days from one weekday to the next occurrence of another (0 if they are equal)",
         "find how many days one has to wait from the weekday <day> to the weekday <other>",
         "Given the names of two weekdays, return how many days after the first the second comes, "
         "from 0 to 6."),
        (_DAYS_LINE + "\ndef solve(day, other):\n"
         "    return (names.index(other) - names.index(day)) % 7",
         f"def solve(day, other):\n    {_DAYS_LINE}    count = 0\n"
         "    while names[(names.index(day) + count) % 7] != other:\n        count += 1\n"
         "    return count"),
    ),
    "is_weekend": (
        ("check whether a weekday, given by name, is at the weekend",
         "check if a day such as 'Friday' is a Saturday or Sunday",
         "Return True for 'Saturday' and 'Sunday', and False for other weekday names."),
        (_returns("day", "day in ('Saturday', 'Sunday')"),
         _returns("day", "day.startswith('S')")),
    ),
    "number": (
        ("find the number of a weekday from its English name, where Monday is 1",
         "return 1 for 'Monday', 2 for 'Tuesday' and so on up to 7",
         "Given the name of a weekday, return its number in the week; the week begins with Monday "
         "as 1."),
        (_DAYS_LINE + "\ndef solve(day):\n    return names.index(day) + 1",),
    ),
    "name": (
        ("find the English name of a weekday from its number, where 0 is Monday",
         "return 'Monday' for 0, 'Tuesday' for 1 and so on up to 6",
         "Given a number from 0 to 6, return the name of the weekday; the week begins with "
         "Monday."),
        (_DAYS_LINE + "\ndef solve(number):\n    return names[number]",
         "import calendar\n\ndef solve(number):\n    return calendar.day_name[number]"),
    ),
    "short": (
        ("return the first three letters of a weekday's name in lower case",
         "abbreviate a weekday such as 'Tuesday' to 'tue'",
         "Given the English name of a weekday, return its three-letter abbreviation in lower "
         "case."),
        (_returns("day", "day[:3].lower()"), _returns("day", "day.lower()[0:3]")),
    ),
}  # fmt: skip


_MORE_WEEKDAY_NAMES = {
    "later": "Today is a given weekday. What day is it in <k> days? Return its name.",
    "earlier": "Today is a given weekday. What day was it <k> days ago? Return its name.",
    "until": (
        "Write a function that takes two weekday names and returns how many days pass from "
        "the first to the next such second day (0 to 6)."
    ),
    "is_weekend": "Is the given day at the weekend? Return True or False.",
    "number": "convert weekday name to number (Monday is 1)",
    "name": "I have the number of a weekday, 0 for Monday. Return its English name.",
    "short": "shorten a weekday to three lower case letters",
}


@family(ask=tuple(_WEEKDAYS))
def weekday_names(choose: Chooser, ask: str) -> Exercise:
    """Count on in the week, name and number weekdays."""
    texts, solutions = _WEEKDAYS[ask]
    arguments: list[tuple[Any, ...]] = []
    for day in choose.sample(_DAYS, 6):
        if ask in ("later", "earlier"):
            arguments.append((day, choose.integer(0, 40)))
        elif ask == "until":
            arguments.append((day, choose.one_of(_DAYS)))
        elif ask == "name":
            arguments.append((_DAYS.index(day),))
        else:
            arguments.append((day,))
    if ask == "is_weekend":
        arguments.append((choose.one_of(("Saturday", "Sunday")),))
    return Exercise(
        texts=(*texts, _MORE_WEEKDAY_NAMES[ask]),
        names={
            "later": ("weekday_after", "day_after", "add_to_weekday"),
            "earlier": ("weekday_before", "days_ago", "day_before"),
            "until": ("days_until", "days_to_weekday", "wait_for_weekday"),
            "is_weekend": ("is_weekend", "weekend", "day_off"),
            "number": ("weekday_number", "number_of_weekday", "day_number"),
            "name": ("weekday_name", "name_of_weekday", "day_name"),
            "short": ("short_weekday", "abbreviate_day", "day_abbreviation"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"day": ("d", "weekday", "name"), "k": ("n", "days", "shift"),
                  "names": ("days_of_week", "week", "weekdays"), "other": ("target", "goal")},
    )  # fmt: skip


_CALENDARS = {
    "century": (
        ("find the century of a year; 1901 to 2000 is century 20",
         "return in which century a positive year lies (the year 100 is in the first)",
         "Given a year, return the number of its century, where centuries end with years such as "
         "1900."),
        (_returns("year", "(year + 99) // 100"), _returns("year", "(year - 1) // 100 + 1")),
        "year",
    ),
    "decade": (
        ("write the decade of a year as text: 1987 gives '1980s'",
         "return the decade in which a year lies, as a string that ends with 's'",
         "Given a year, return text such as '1990s' for its decade."),
        (_returns("year", "str(year // 10 * 10) + 's'"), _returns("year", "str(year)[:-1] + '0s'")),
        "year",
    ),
    "chinese": (
        ("find the Chinese zodiac animal of a year; 2020 is the year of the 'rat', followed by ox, "
         "tiger, rabbit, dragon, snake, horse, goat, monkey, rooster, dog and pig",
         "return the animal of a year in the twelve-year cycle rat, ox, tiger, rabbit, dragon, "
         "snake, horse, goat, monkey, rooster, dog, pig (2020 is a rat)",
         "Given a year, return its animal of the Chinese zodiac (rat, ox, tiger, rabbit, dragon, "
         "snake, horse, goat, monkey, rooster, dog, pig), when 2020 was a rat."),
        ("def solve(year):\n    animals = ['rat', 'ox', 'tiger', 'rabbit', 'dragon', 'snake', "
         "'horse', 'goat',\n               'monkey', 'rooster', 'dog', 'pig']\n"
         "    return animals[(year - 2020) % 12]",
         "def solve(year):\n    animals = 'rat ox tiger rabbit dragon snake horse goat monkey "
         "rooster dog pig'\n    return animals.split()[(year - 4) % 12]"),
        "year",
    ),
    "friday": (
        ("count the Fridays that are the 13th day of a month in a year",
         "find how many times in a year the 13th is a Friday",
         "Given a year, return the number of months whose 13th day is a Friday."),
        ("import datetime\n\ndef solve(year):\n    return sum(\n"
         "        datetime.date(year, month, 13).weekday() == 4 for month in range(1, 13)\n    )",
         "import calendar\n\ndef solve(year):\n    count = 0\n    for month in range(1, 13):\n"
         "        if calendar.weekday(year, month, 13) == 4:\n            count += 1\n"
         "    return count"),
        "year",
    ),
    "sundays": (
        ("count the months of a year that begin with a Sunday",
         "find how many times in a year the first of a month is a Sunday",
         "Given a year, return in how many of its months the first day is a Sunday."),
        ("import datetime\n\ndef solve(year):\n    count = 0\n    for month in range(1, 13):\n"
         "        if datetime.date(year, month, 1).weekday() == 6:\n            count += 1\n"
         "    return count",
         "import calendar\n\ndef solve(year):\n    return sum(1 for month in range(1, 13) "
         "if calendar.weekday(year, month, 1) == 6)"),
        "year",
    ),
    "first_monday": (
        ("find the day of the first Monday of a month, given year and month",
         "return on which day of the month (1 to 7) the first Monday falls",
         "Given a year and the number of a month, return the day number of the month's first "
         "Monday."),
        ("import datetime\n\ndef solve(year, month):\n    day = 1\n"
         "    while datetime.date(year, month, day).weekday() != 0:\n        day += 1\n"
         "    return day",
         "import calendar\n\ndef solve(year, month):\n"
         "    return (7 - calendar.weekday(year, month, 1)) % 7 + 1"),
        "month",
    ),
    "last_day": (
        ("find the weekday of the last day of a month, as an English name",
         "return on which weekday (such as 'Friday') a month ends, given year and month",
         "Given a year and the number of a month, return the weekday of its last day."),
        ("import calendar\n\ndef solve(year, month):\n"
         "    last = calendar.monthrange(year, month)[1]\n"
         "    return calendar.day_name[calendar.weekday(year, month, last)]",
         "import calendar\nimport datetime\n\ndef solve(year, month):\n"
         "    day = calendar.monthrange(year, month)[1]\n"
         "    return datetime.date(year, month, day).strftime('%A')"),
        "month",
    ),
    "count_weekday": (
        ("count how often the weekday <k> (0 is Monday) occurs in a month, given year and month",
         "find how many days of a month fall on the weekday with number k, from 0 for Monday to 6",
         "Given a year, a month and a weekday number (Monday is 0), return how many such days the "
         "month has."),
        ("import calendar\n\ndef solve(year, month, k):\n"
         "    days = calendar.monthrange(year, month)[1]\n    return sum(\n"
         "        calendar.weekday(year, month, day) == k for day in range(1, days + 1)\n    )",
         "import calendar\n\ndef solve(year, month, k):\n    return sum(\n"
         "        1 for week in calendar.monthcalendar(year, month) if week[k] != 0\n    )"),
        "weekday",
    ),
    "same_calendar": (
        ("find the next year that begins with the same weekday and has the same length as a year",
         "return the first later year with the same calendar as a given year",
         "Given a year, return the next one whose dates all fall on the same weekdays."),
        ("import calendar\n\ndef solve(year):\n    other = year + 1\n"
         "    while (calendar.weekday(other, 1, 1) != calendar.weekday(year, 1, 1)\n"
         "           or calendar.isleap(other) != calendar.isleap(year)):\n        other += 1\n"
         "    return other",),
        "year",
    ),
}  # fmt: skip


_MORE_YEARS_AND_CALENDARS = {
    "century": "Which century does a year belong to? Return it as a number.",
    "decade": "I have a year. Return its decade as text like '1970s'.",
    "chinese": "find the animal of the Chinese zodiac for a year",
    "friday": "How many times is the 13th of a month a Friday in the given year?",
    "sundays": "count how many months of a year start on a Sunday",
    "first_monday": "What is the date of the first Monday of a month? Return only the day.",
    "last_day": "On which weekday does a month end? Return the English name.",
    "count_weekday": "count the Mondays, Tuesdays, ... (weekday <k>, 0 for Monday) of a month",
    "same_calendar": (
        "I have a calendar of a year. In which later year can I use it again for the first time?"
    ),
}


@family(ask=tuple(_CALENDARS))
def years_and_calendars(choose: Chooser, ask: str) -> Exercise:
    """Find centuries, zodiac animals, Fridays the 13th and so on."""
    texts, solutions, kind = _CALENDARS[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(6):
        year = choose.integer(1950, 2060)
        if ask in ("century", "decade"):
            year = choose.integer(1000, 2100) if i else choose.one_of((1900, 2000, 1801, 1700))
        arguments.append({
            "year": (year,),
            "month": (year, choose.integer(1, 12)),
            "weekday": (year, choose.integer(1, 12), choose.integer(0, 6)),
        }[kind])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_YEARS_AND_CALENDARS[ask]),
        names={
            "century": ("century", "century_of_year", "find_century"),
            "decade": ("decade", "decade_of_year", "decade_text"),
            "chinese": ("zodiac_animal", "chinese_zodiac", "animal_of_year"),
            "friday": ("count_friday_13", "friday_thirteenths", "unlucky_days"),
            "sundays": ("months_beginning_sunday", "count_sundays", "sunday_firsts"),
            "first_monday": ("first_monday", "first_monday_of_month", "monday_day"),
            "last_day": ("last_weekday", "weekday_of_month_end", "month_ends_on"),
            "count_weekday": ("count_weekday", "weekdays_in_month", "how_many_weekdays"),
            "same_calendar": ("same_calendar", "next_same_calendar", "calendar_repeats"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"year": ("y", "yr"), "month": ("m", "mon"), "k": ("weekday", "w", "d")},
    )


_DATE_LISTS = {
    "sort": (
        ("sort a list of dates written dd/mm/yyyy from the earliest to the latest",
         "order dates of the form dd/mm/yyyy by time",
         "Given a list of dates as dd/mm/yyyy, return it in chronological order."),
        ("def solve(dates):\n    return sorted(dates, key=lambda date: date.split('/')[::-1])",
         "from datetime import datetime\n\ndef solve(dates):\n"
         "    return sorted(dates, key=lambda date: datetime.strptime(date, '%d/%m/%Y'))"),
        "%d/%m/%Y",
    ),
    "latest": (
        ("find the latest date of a list of dates like '2024-03-07'",
         "return the most recent one of some ISO dates",
         "Given a nonempty list of dates as 'yyyy-mm-dd', return the last one in time."),
        (_returns("dates", "max(dates)"),
         "def solve(dates):\n    best = dates[0]\n    for date in dates:\n"
         "        if date > best:\n            best = date\n    return best"),
        "%Y-%m-%d",
    ),
    "by_year": (
        ("count the dates of each year in a list of dates like '2024-03-07', as a dict from year "
         "to count",
         "build a dictionary that says how many ISO dates of a list lie in which year (an integer)",
         "Given dates as 'yyyy-mm-dd', return a dict whose keys are years as integers and whose "
         "values are counts."),
        ("def solve(dates):\n    counts = {}\n    for date in dates:\n"
         "        year = int(date[:4])\n"
         "        counts[year] = counts.get(year, 0) + 1\n    return counts",
         "from collections import Counter\n\ndef solve(dates):\n"
         "    return dict(Counter(int(date.split('-')[0]) for date in dates))"),
        "%Y-%m-%d",
    ),
    "in_month": (
        ("list the dates of a list, written yyyy-mm-dd, that lie in the month with the number <k>",
         "keep only the ISO dates whose month is k (1 to 12)",
         "Given dates as 'yyyy-mm-dd' and the number of a month, return the dates in that month, "
         "of any year."),
        ("def solve(dates, k):\n    return [date for date in dates if int(date[5:7]) == k]",
         "def solve(dates, k):\n    result = []\n    for date in dates:\n"
         "        if int(date.split('-')[1]) == k:\n            result.append(date)\n"
         "    return result"),
        "%Y-%m-%d",
    ),
    "span": (
        ("find the number of days from the earliest to the latest date of a list of dates like "
         "'2024-03-07'",
         "return how many days the ISO dates of a list span (0 for a single date)",
         "Given a nonempty list of dates as 'yyyy-mm-dd', return the days between the first and "
         "the last in time."),
        ("import datetime\n\ndef solve(dates):\n"
         "    days = [datetime.date.fromisoformat(date) for date in dates]\n"
         "    return (max(days) - min(days)).days",
         "from datetime import date\n\ndef solve(dates):\n"
         "    first = date.fromisoformat(min(dates))\n"
         "    last = date.fromisoformat(max(dates))\n    return (last - first).days"),
        "%Y-%m-%d",
    ),
    "weekend": (
        ("count the dates of a list, written yyyy-mm-dd, that fall on a Saturday or Sunday",
         "find how many ISO dates of a list are at a weekend",
         "Given dates as 'yyyy-mm-dd', return how many of them are Saturdays or Sundays."),
        ("import datetime\n\ndef solve(dates):\n    return sum(\n"
         "        datetime.date.fromisoformat(text).weekday() >= 5 for text in dates\n    )",
         "import datetime\n\ndef solve(dates):\n    count = 0\n    for text in dates:\n"
         "        if datetime.date.fromisoformat(text).weekday() in (5, 6):\n"
         "            count += 1\n    return count"),
        "%Y-%m-%d",
    ),
}  # fmt: skip


_MORE_LISTS_OF_DATES = {
    "sort": "I have dates like '31/12/2020' in a list. Sort them by time.",
    "latest": "Which date of the list is the latest? Return it.",
    "by_year": "How many dates fall into each year? Return a dict with integer years as keys.",
    "in_month": "filter a list of yyyy-mm-dd dates by the month <k>",
    "span": "I have a list of dates. How many days are between the first and the last one?",
    "weekend": "count weekend dates in a list",
}


@family(ask=tuple(_DATE_LISTS))
def lists_of_dates(choose: Chooser, ask: str) -> Exercise:
    """Sort, count or filter dates."""
    texts, solutions, code = _DATE_LISTS[ask]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(5):
        dates = [_date(choose) for _ in range(choose.integer(1, 6))]
        if ask == "by_year":
            start = choose.integer(1990, 2030)
            dates = [
                date.replace(year=start + date.day % 3, day=min(date.day, 28)) for date in dates
            ]
        row: tuple[Any, ...] = ([date.strftime(code) for date in dates],)
        arguments.append((*row, choose.one_of(dates).month) if ask == "in_month" else row)
    return Exercise(
        texts=(*texts, _MORE_LISTS_OF_DATES[ask]),
        names={
            "sort": ("sort_dates", "order_dates", "dates_in_order"),
            "latest": ("latest_date", "most_recent", "last_date"),
            "by_year": ("dates_per_year", "count_by_year", "year_counts"),
            "in_month": ("dates_in_month", "filter_by_month", "only_month"),
            "span": ("span_of_dates", "days_covered", "date_span"),
            "weekend": ("count_weekend_dates", "weekend_days", "num_weekends"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "dates": ("lst", "date_list", "days_list"),
            "key": ("key",),
            "k": ("month", "m"),
        },
    )
