"""Times of day and durations."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_CLOCK = {
    "to_24": (
        ("convert a time like '07:05 PM' to the 24-hour form '19:05'",
         "turn a 12-hour time with AM or PM into a 24-hour time",
         "Given a time as 'hh:mm AM' or 'hh:mm PM', return it as 'hh:mm' in 24-hour form; 12 AM is "
         "midnight."),
        ("def solve(text):\n    hour = int(text[:2]) % 12\n    if text.endswith('PM'):\n"
         "        hour += 12\n    return str(hour).zfill(2) + text[2:5]",
         "from datetime import datetime\n\ndef solve(text):\n"
         "    return datetime.strptime(text, '%I:%M %p').strftime('%H:%M')"),
        "12",
    ),
    "to_12": (
        ("convert a 24-hour time like '19:05' to the form '07:05 PM'",
         "turn a 24-hour time into a 12-hour time with AM or PM",
         "Given a time as 'hh:mm' from '00:00' to '23:59', return it in 12-hour form with two "
         "digits, a space, and AM or PM."),
        ("def solve(text):\n    hour = int(text[:2])\n    half = 'AM' if hour < 12 else 'PM'\n"
         "    hour = hour % 12 or 12\n    return str(hour).zfill(2) + text[2:] + ' ' + half",
         "from datetime import datetime\n\ndef solve(text):\n"
         "    return datetime.strptime(text, '%H:%M').strftime('%I:%M %p')"),
        "24",
    ),
    "to_minutes": (
        ("find the number of minutes from midnight to a time like '13:45'",
         "convert a time of day 'hh:mm' to minutes since midnight",
         "Given a 24-hour time as text, return how many minutes of the day have passed."),
        ("def solve(text):\n    hours, minutes = text.split(':')\n"
         "    return int(hours) * 60 + int(minutes)",
         "def solve(text):\n    return 60 * int(text[:2]) + int(text[3:])"),
        "24",
    ),
    "from_minutes": (
        ("convert minutes since midnight to a time like '13:45'",
         "write the time of day that is a number of minutes after midnight as 'hh:mm'",
         "Given a number of minutes from 0 to 1439, return the 24-hour time with two digits each."),
        ("def solve(number):\n    return '{:02d}:{:02d}'.format(number // 60, number % 60)",
         "def solve(number):\n    hours, minutes = divmod(number, 60)\n"
         "    return str(hours).zfill(2) + ':' + str(minutes).zfill(2)"),
        "minutes",
    ),
    "is_valid": (
        ("check whether a string is a valid 24-hour time of the form 'hh:mm'",
         "check if a text with two digits, a colon and two digits is a time from 00:00 to 23:59",
         "Return True if 'hh:mm' is a time that exists on a 24-hour clock, else False."),
        ("def solve(text):\n    hours, minutes = text.split(':')\n"
         "    return int(hours) < 24 and int(minutes) < 60",
         "import re\n\ndef solve(text):\n"
         "    return bool(re.fullmatch(r'([01][0-9]|2[0-3]):[0-5][0-9]', text))"),
        "any",
    ),
    "part": (
        ("return 'night' for times before 06:00, 'morning' before 12:00, 'afternoon' before 18:00 "
         "and 'evening' otherwise",
         "find the part of the day of a time 'hh:mm': night until 6, morning until 12, afternoon "
         "until 18, then evening",
         "Given a 24-hour time, return 'night' (from 00:00), 'morning' (from 06:00), 'afternoon' "
         "(from 12:00) or 'evening' (from 18:00)."),
        ("def solve(text):\n    hour = int(text[:2])\n    if hour < 6:\n"
         "        return 'night'\n    if hour < 12:\n        return 'morning'\n"
         "    if hour < 18:\n        return 'afternoon'\n    return 'evening'",
         "def solve(text):\n"
         "    return ['night', 'morning', 'afternoon', 'evening'][int(text[:2]) // 6]"),
        "24",
    ),
    "add": (
        ("add <k> minutes to a time like '13:45' and return the new time; after 23:59 comes 00:00",
         "find the time of day that is k minutes after 'hh:mm'",
         "Given a 24-hour time as text and a number of minutes, return the time that many minutes "
         "later, also past midnight."),
        ("def solve(text, k):\n    total = (int(text[:2]) * 60 + int(text[3:]) + k) % 1440\n"
         "    return '{:02d}:{:02d}'.format(total // 60, total % 60)",
         "from datetime import datetime, timedelta\n\ndef solve(text, k):\n"
         "    moment = datetime.strptime(text, '%H:%M') + timedelta(minutes=k)\n"
         "    return moment.strftime('%H:%M')"),
        "24 k",
    ),
    "between": (
        ("count the minutes from one time like '13:45' to a later one on the same day",
         "find the difference in minutes of two times of day, the earlier one first",
         "Given two 24-hour times as text, the second not earlier, return the minutes between "
         "them."),
        ("def solve(first, second):\n    def minutes(text):\n"
         "        return int(text[:2]) * 60 + int(text[3:])\n\n"
         "    return minutes(second) - minutes(first)",
         "from datetime import datetime\n\ndef solve(first, second):\n"
         "    start = datetime.strptime(first, '%H:%M')\n"
         "    end = datetime.strptime(second, '%H:%M')\n"
         "    return int((end - start).total_seconds()) // 60"),
        "two",
    ),
    "overnight": (
        ("count the minutes from the time <first> to the time <second>, which is on the next day "
         "if it is earlier on the clock",
         "find how long it is from one time of day to another in minutes, going past midnight if "
         "needed",
         "Given two 24-hour times as text, return the minutes from the first to the next "
         "occurrence of the second (0 if they are equal)."),
        ("def solve(first, second):\n    start = int(first[:2]) * 60 + int(first[3:])\n"
         "    end = int(second[:2]) * 60 + int(second[3:])\n    return (end - start) % 1440",
         "def solve(first, second):\n    start = int(first[:2]) * 60 + int(first[3:])\n"
         "    end = int(second[:2]) * 60 + int(second[3:])\n    if end < start:\n"
         "        end += 24 * 60\n    return end - start"),
        "any two",
    ),
    "open": (
        ("check whether a shop is open at a time 'hh:mm'; it opens at <first> and closes at "
         "<second>, the closing time not included",
         "check if a time of day lies in a range of opening hours on the same day: arguments are "
         "the opening time, the closing time and the time",
         "Given opening time, closing time and a time of the same day as 'hh:mm', return True if "
         "the time is from the opening on and before the closing."),
        (_returns("first, second, text", "first <= text < second"),
         _returns("first, second, text", "text >= first and text < second")),
        "open",
    ),
    "zone": (
        ("find the hour in another time zone that is <k> hours ahead (behind if negative)",
         "add a time difference to an hour from 0 to 23 and stay on the clock",
         "Given an hour of the day and a shift in hours, return the hour on a 24-hour clock after "
         "the shift."),
        (_returns("hour, k", "(hour + k) % 24"),
         "def solve(hour, k):\n    hour += k\n    if hour >= 24:\n        hour -= 24\n"
         "    if hour < 0:\n        hour += 24\n    return hour"),
        "hour",
    ),
}  # fmt: skip


def _time(choose: Chooser) -> str:
    return f"{choose.integer(0, 23):02d}:{choose.integer(0, 59):02d}"


_MORE_TIMES_OF_DAY = {
    "to_24": "convert 12-hour time, such as '11:30 PM', to 24-hour time",
    "to_12": "convert 24-hour time, such as '23:30', to 12-hour time",
    "to_minutes": "I have a time such as '08:15'. How many minutes is it after midnight?",
    "from_minutes": "Write a function that turns minutes after midnight into a text like '08:15'.",
    "is_valid": "Is the text 'hh:mm' a valid time? Return True or False.",
    "part": (
        "Return whether it is 'night', 'morning', 'afternoon' or 'evening' at a time like '14:20'."
    ),
    "add": "What time is it <k> minutes later? Return it in the same form.",
    "between": (
        "I have two times of one day like '08:15' and '09:00'. Return the minutes between them."
    ),
    "overnight": (
        "How many minutes does it take from one clock time to the next occurrence of another?"
    ),
    "open": (
        "Is the shop open? Arguments are the opening time, the closing time and the current "
        "time, all as 'hh:mm'."
    ),
    "zone": (
        "What hour is it elsewhere if the clock there is <k> hours ahead? Return a number "
        "from 0 to 23."
    ),
}


@family(ask=tuple(_CLOCK))
def times_of_day(choose: Chooser, ask: str) -> Exercise:
    """Convert, check, add and compare times of day."""
    texts, solutions, kind = _CLOCK[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        early, late = sorted((_time(choose), _time(choose)))
        half = f"{choose.integer(1, 12):02d}:{late[3:]} {choose.one_of(('AM', 'PM'))}"
        wrong = choose.one_of(("24:00", "12:60", "25:30", "07:75", "31:10"))
        arguments.append({
            "12": (half,),
            "24": (choose.one_of((early, late)),),
            "24 k": (late, choose.integer(1, 500)),
            "minutes": (choose.integer(0, 1439),),
            "any": (wrong if i % 2 else early,),
            "two": (early, late),
            "any two": (_time(choose), _time(choose)),
            "open": ("08:00", "18:30", early if i % 2 else f"{choose.integer(8, 17):02d}:15"),
            "hour": (choose.integer(0, 23), choose.integer(-12, 12)),
        }[kind])  # fmt: skip
    if kind == "12":
        arguments += [("12:05 AM",), ("12:30 PM",)]
    elif kind == "24":
        arguments += [("00:10",), ("12:00",), (choose.one_of(("03:20", "20:15")),)]
    elif kind == "open":
        arguments.append((choose.one_of(("07:30", "09:00")), "12:00", "12:00"))
    return Exercise(
        texts=(*texts, _MORE_TIMES_OF_DAY[ask]),
        names={
            "to_24": ("to_24_hours", "convert_time", "military_time"),
            "to_12": ("to_12_hours", "with_am_pm", "twelve_hour_time"),
            "to_minutes": ("minutes_since_midnight", "time_to_minutes", "minutes_of_day"),
            "from_minutes": ("minutes_to_time", "time_of_day", "clock_time"),
            "is_valid": ("is_valid_time", "valid_time", "check_time"),
            "part": ("part_of_day", "day_part", "time_name"),
            "add": ("add_minutes", "time_after", "shift_time"),
            "between": ("minutes_between", "time_difference", "duration"),
            "overnight": ("minutes_until", "overnight_minutes", "time_span"),
            "open": ("is_open", "shop_is_open", "within_hours"),
            "zone": ("hour_in_zone", "shift_hour", "other_time_zone"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "text": ("time", "s", "clock"),
            "first": ("start_time", "t1", "begin"),
            "second": ("end_time", "t2", "finish"),
            "k": ("minutes_", "n", "shift"),
            "hour": ("h", "hours_"),
        },
    )


_DURATIONS = {
    "sum": (
        ("add up durations of the form 'h:mm' and return the sum in the same form",
         "find the total of a list of times like '1:30' (hours and minutes) as such a text",
         "Given a list of durations 'h:mm', return their sum as 'h:mm'; hours may have more than "
         "two digits."),
        ("def solve(items):\n    total = 0\n    for item in items:\n"
         "        hours, minutes = item.split(':')\n"
         "        total += int(hours) * 60 + int(minutes)\n"
         "    return '{}:{:02d}'.format(total // 60, total % 60)",
         "def solve(items):\n    hours = sum(int(item.split(':')[0]) for item in items)\n"
         "    minutes = sum(int(item.split(':')[1]) for item in items)\n"
         "    return str(hours + minutes // 60) + ':' + str(minutes % 60).zfill(2)"),
    ),
    "longest": (
        ("find the longest duration of a list of times like '1:30' (hours and minutes)",
         "return the largest of some durations written 'h:mm', the first of equal ones",
         "Given a nonempty list of durations 'h:mm', return the longest one as it is written."),
        ("def solve(items):\n    def minutes(text):\n        hours, rest = text.split(':')\n"
         "        return int(hours) * 60 + int(rest)\n\n    return max(items, key=minutes)",
         "def solve(items):\n"
         "    return max(items, key=lambda item: [int(part) for part in item.split(':')])"),
    ),
    "count_over": (
        ("count the durations of a list, written 'h:mm', that are longer than an hour",
         "find how many times like '1:30' in a list are above 60 minutes",
         "Given a list of durations 'h:mm', return how many of them take more than one hour."),
        ("def solve(items):\n    count = 0\n    for item in items:\n"
         "        hours, minutes = map(int, item.split(':'))\n"
         "        if hours * 60 + minutes > 60:\n            count += 1\n    return count",
         "def solve(items):\n    return sum(\n"
         "        1 for item in items\n"
         "        if int(item.split(':')[0]) * 60 + int(item.split(':')[1]) > 60\n    )"),
    ),
    "average": (
        ("find the average of durations written 'h:mm' in minutes, rounded down",
         "compute the mean length in whole minutes of a list of times like '1:30'",
         "Given a nonempty list of durations 'h:mm', return their average in minutes, without the "
         "fraction."),
        ("def solve(items):\n    total = 0\n    for item in items:\n"
         "        hours, minutes = item.split(':')\n"
         "        total += int(hours) * 60 + int(minutes)\n    return total // len(items)",
         "def solve(items):\n    minutes = [int(item.split(':')[0]) * 60 + "
         "int(item.split(':')[1]) for item in items]\n"
         "    return sum(minutes) // len(minutes)"),
    ),
}  # fmt: skip


_MORE_LISTS_OF_DURATIONS = {
    "sum": "I have durations such as '0:45' and '1:20'. Return their total in this form.",
    "longest": "Which duration of the list is the longest? Return it.",
    "count_over": "How many of the durations are over one hour?",
    "average": "What is the average of the durations in whole minutes?",
}


@family(ask=tuple(_DURATIONS))
def lists_of_durations(choose: Chooser, ask: str) -> Exercise:
    """Add up or compare durations of hours and minutes."""
    texts, solutions = _DURATIONS[ask]
    arguments = []
    for _ in range(5):
        num = choose.integer(1, 5)
        arguments.append((
            [f"{choose.integer(0, 3)}:{choose.integer(0, 59):02d}" for _ in range(num)],
        ))  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_LISTS_OF_DURATIONS[ask]),
        names={
            "sum": ("total_duration", "sum_of_times", "add_durations"),
            "longest": ("longest_duration", "max_time", "longest_time"),
            "count_over": ("count_long", "longer_than_hour", "over_an_hour"),
            "average": ("average_minutes", "mean_duration", "average_duration"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"items": ("times", "durations", "lst"), "key": ("key",)},
    )
