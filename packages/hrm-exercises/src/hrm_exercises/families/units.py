"""Units: temperature, length, weight, data, speed, spans of time, recipes, work."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_TEMPERATURES = {
    "c_to_f": ("Celsius", "Fahrenheit", "{} * 9 / 5 + 32", "{} * 1.8 + 32"),
    "f_to_c": ("Fahrenheit", "Celsius", "({} - 32) * 5 / 9", "({} - 32) / 1.8"),
    "c_to_k": ("Celsius", "kelvins", "{} + 273.15", "273.15 + {}"),
    "k_to_c": ("kelvins", "Celsius", "{} - 273.15", "-273.15 + {}"),
    "f_to_k": ("Fahrenheit", "kelvins", "({} - 32) * 5 / 9 + 273.15", "({} + 459.67) * 5 / 9"),
}


@family(pair=tuple(_TEMPERATURES), form=("one", "list"))
def convert_temperature(choose: Chooser, pair: str, form: str) -> Exercise:
    """Convert temperatures between Celsius, Fahrenheit and kelvins."""
    source, target, one, other = _TEMPERATURES[pair]
    low, high = (200, 400) if source == "kelvins" else (-40, 120)
    if form == "list":
        digits = 2 if "kelvins" in (source, target) else 1
        one = f"round({one}, {digits})"
        return Exercise(
            texts=(
                f"convert a list of temperatures from {source} to {target}, rounded to "
                f"{digits} {'digits' if digits > 1 else 'digit'}",
                f"turn each temperature of a list from {source} into {target}, rounded to "
                f"{digits} {'decimal places' if digits > 1 else 'decimal place'}",
                f"I have a list of temperatures in {source}. Return them in {target}, rounded to "
                f"{digits} {'digits' if digits > 1 else 'digit'}.",
                f"Given temperatures in {source}, return the list of them in {target}, rounded to "
                f"{digits} {'digits' if digits > 1 else 'digit'}.",
            ),
            names=(f"convert_{pair}", f"list_{pair}", "convert_temperatures"),
            solutions=(
                _returns("numbers", f"[{one.format('number')} for number in numbers]"),
                f"def solve(numbers):\n    result = []\n    for number in numbers:\n"
                f"        result.append({one.format('number')})\n    return result",
            ),
            arguments=[(choose.integers((1, 5), low, high),) for _ in range(4)] + [([],)],
            synonyms={"numbers": ("temps", "temperatures", "values", "degrees")},
        )
    return Exercise(
        texts=(
            f"convert a temperature from {source} to {target}",
            f"convert {source} to {target}",
            f"Given a temperature in {source}, return it in {target}.",
            f"find out how much a temperature in {source} is in {target}",
        ),
        names=(
            f"{source.lower()}_to_{target.lower()}",
            pair,
            f"to_{target.lower()}",
            "convert_temperature",
        ),
        solutions=(
            _returns("degrees", one.format("degrees")),
            _returns("degrees", other.format("degrees")),
        ),
        arguments=[(choose.integer(low, high),) for _ in range(5)]
        + [(choose.one_of((0, 32, 100, 212) if low < 0 else (273, 300, 373)),)],
        synonyms={"degrees": ("t", "temp", "temperature", "c" if source == "Celsius" else "f")},
    )


# Units: source, target, factor as an expression, a whole number if possible.
_UNITS = {
    "km_to_miles": ("kilometers", "miles", "/ 1.609344"),
    "miles_to_km": ("miles", "kilometers", "* 1.609344"),
    "inches_to_cm": ("inches", "centimeters", "* 2.54"),
    "cm_to_inches": ("centimeters", "inches", "/ 2.54"),
    "feet_to_meters": ("feet", "meters", "* 0.3048"),
    "meters_to_feet": ("meters", "feet", "/ 0.3048"),
    "yards_to_feet": ("yards", "feet", "* 3"),
    "pounds_to_kg": ("pounds", "kilograms", "* 0.45359237"),
    "kg_to_pounds": ("kilograms", "pounds", "/ 0.45359237"),
    "ounces_to_grams": ("ounces", "grams", "* 28.35"),
    "liters_to_milliliters": ("liters", "milliliters", "* 1000"),
    "hours_to_minutes": ("hours", "minutes", "* 60"),
    "days_to_hours": ("days", "hours", "* 24"),
    "weeks_to_days": ("weeks", "days", "* 7"),
    "hours_to_seconds": ("hours", "seconds", "* 3600"),
    "kmh_to_ms": ("kilometers per hour", "meters per second", "/ 3.6"),
    "ms_to_kmh": ("meters per second", "kilometers per hour", "* 3.6"),
    "kilobytes_to_bytes": ("kilobytes", "bytes", "* 1024"),
    "square_meters_to_hectares": ("square meters", "hectares", "/ 10000"),
    "dozens_to_pieces": ("dozens", "pieces", "* 12"),
}


@family(pair=tuple(_UNITS))
def convert_unit(choose: Chooser, pair: str) -> Exercise:
    """Convert lengths, weights, times and so on."""
    source, target, factor = _UNITS[pair]
    whole = "." not in factor and "/" not in factor
    rounded = not whole and choose.chance(0.4)
    number = factor.partition(" ")[2]
    note = "" if whole else f" ({_known_factor(source, target, factor)})"
    ending = ", rounded to 2 digits" if rounded else ""
    expression = f"number {factor}"
    expression = f"round({expression}, 2)" if rounded else expression
    return Exercise(
        texts=(
            f"convert {source} to {target}{note}{ending}",
            f"find how many {target} a number of {source} is{note}{ending}",
            f"Given a number of {source}, return it in {target}{ending}{note}.",
            f"change {source} into {target}{ending}{note}",
        ),
        names=(pair, f"convert_{pair}", f"to_{target.replace(' ', '_')}"),
        solutions=(
            _returns("number", expression),
            f"def solve(number):\n    factor = {number}\n"
            f"    return {expression.replace(number, 'factor')}",
        ),
        arguments=[(n,) for n in choose.sample(range(1, 200), 5)] + [(0,)],
        synonyms={
            "number": ("n", "value", "amount", source.split()[0]),
            "factor": ("rate", "per_unit", "ratio"),
        },
    )


def _known_factor(source: str, target: str, factor: str) -> str:
    number = factor.partition(" ")[2]
    singular = {"feet": "foot", "inches": "inch"}
    if factor.startswith("*"):
        return (
            f"1 {singular.get(source, source.removesuffix('s'))} is {number} {target}"[:60]
            if " per " not in source
            else f"multiply by {number}"
        )
    if " per " in source or " " in source:
        return f"divide by {number}"
    return f"1 {singular.get(target, target.removesuffix('s'))} is {number} {source}"


_SPANS = {
    "to_hms": (
        ("convert a number of seconds to a tuple of hours, minutes and seconds",
         "split seconds into hours, minutes (below 60) and seconds (below 60)",
         "Given a time span in seconds, return (hours, minutes, seconds)."),
        ("def solve(seconds):\n    minutes, seconds = divmod(seconds, 60)\n"
         "    hours, minutes = divmod(minutes, 60)\n    return (hours, minutes, seconds)",
         "def solve(seconds):\n    return (seconds // 3600, seconds % 3600 // 60, seconds % 60)"),
        ("hours_minutes_seconds", "split_seconds", "to_hms"),
    ),
    "to_text": (
        ("write a number of seconds as 'hh:mm:ss' with two digits each",
         "format a time span in seconds (below 100 hours) like '01:02:03'",
         "Given seconds, return a string of hours, minutes and seconds with two digits each and "
         "colons between."),
        ("def solve(seconds):\n    return '{:02d}:{:02d}:{:02d}'.format(\n"
         "        seconds // 3600, seconds // 60 % 60, seconds % 60\n    )",
         "def solve(seconds):\n    parts = [seconds // 3600, seconds % 3600 // 60, seconds % 60]\n"
         "    return ':'.join(str(part).zfill(2) for part in parts)"),
        ("format_seconds", "seconds_to_text", "format_time"),
    ),
    "minutes_text": (
        ("write a number of minutes as hours and minutes like '2h 5m'",
         "format minutes as text: 125 becomes '2h 5m', and 40 becomes '0h 40m'",
         "Given a number of minutes, return a string with full hours and the remaining minutes, "
         "such as '1h 30m'."),
        ("def solve(minutes):\n    return '{}h {}m'.format(minutes // 60, minutes % 60)",
         "def solve(minutes):\n    hours, rest = divmod(minutes, 60)\n"
         "    return str(hours) + 'h ' + str(rest) + 'm'"),
        ("format_minutes", "minutes_to_text", "hours_and_minutes"),
    ),
    "days": (
        ("convert a number of hours to a tuple of weeks, days and hours",
         "split hours into weeks, days (below 7) and hours (below 24)",
         "Given a number of hours, return (weeks, days, hours) with as many weeks and then days as "
         "possible."),
        ("def solve(hours):\n    days, hours = divmod(hours, 24)\n"
         "    weeks, days = divmod(days, 7)\n    return (weeks, days, hours)",
         "def solve(hours):\n    return (hours // 168, hours % 168 // 24, hours % 24)"),
        ("weeks_days_hours", "split_hours", "hours_to_weeks"),
    ),
    "years": (
        ("convert a number of days to a tuple of years of 365 days, weeks and days",
         "split days into years (365 days each), weeks and remaining days",
         "Given a number of days, return (years, weeks, days), counting 365 days as a year."),
        ("def solve(days):\n    years, days = divmod(days, 365)\n"
         "    weeks, days = divmod(days, 7)\n    return (years, weeks, days)",
         "def solve(days):\n    return (days // 365, days % 365 // 7, days % 365 % 7)"),
        ("years_weeks_days", "split_days", "days_to_years"),
    ),
    "from_hms": (
        ("convert hours, minutes and seconds to seconds",
         "find how many seconds <hours> hours, <minutes> minutes and <seconds> seconds are "
         "altogether",
         "Given hours, minutes and seconds, return the whole time span in seconds."),
        (_returns("hours, minutes, seconds", "hours * 3600 + minutes * 60 + seconds"),
         _returns("hours, minutes, seconds", "(hours * 60 + minutes) * 60 + seconds")),
        ("to_seconds", "hms_to_seconds", "total_seconds"),
    ),
    "parse": (
        ("convert a time span such as '01:02:03' (hours, minutes, seconds) to seconds",
         "find the number of seconds in a text of the form 'h:mm:ss'",
         "Given a string with hours, minutes and seconds separated by colons, return the total of "
         "seconds."),
        ("def solve(text):\n    hours, minutes, seconds = map(int, text.split(':'))\n"
         "    return hours * 3600 + minutes * 60 + seconds",
         "def solve(text):\n    total = 0\n    for part in text.split(':'):\n"
         "        total = total * 60 + int(part)\n    return total"),
        ("parse_time", "text_to_seconds", "read_duration"),
    ),
    "parse_letters": (
        ("convert a duration like '2h 15m' to minutes (hours come first)",
         "find the number of minutes in a text with hours and minutes such as '1h 5m'",
         "Given a string like '3h 20m', return the total of minutes."),
        ("def solve(text):\n    hours, minutes = text.split()\n"
         "    return int(hours[:-1]) * 60 + int(minutes[:-1])",
         "import re\n\ndef solve(text):\n"
         "    hours, minutes = re.findall(r'[0-9]+', text)\n"
         "    return 60 * int(hours) + int(minutes)"),
        ("parse_duration", "duration_in_minutes", "read_minutes"),
    ),
}  # fmt: skip


_MORE_SPANS_OF_TIME = {
    "to_hms": "convert seconds to hours, minutes and seconds to a tuple",
    "to_text": "convert seconds to a string hh:mm:ss",
    "minutes_text": "Minutes to text: 90 is '1h 30m'.",
    "days": "convert hours to weeks, days and hours to a tuple",
    "years": "convert days to years, weeks and days to a tuple (365 days are a year)",
    "from_hms": "How many seconds are some hours, minutes and seconds together?",
    "parse": "convert hh:mm:ss to seconds",
    "parse_letters": "How many minutes is a duration like '4h 10m'?",
}


@family(ask=tuple(_SPANS))
def spans_of_time(choose: Chooser, ask: str) -> Exercise:
    """Split time spans into units, or put them together."""
    texts, solutions, names = _SPANS[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        amount = choose.integer(1, 10 ** choose.integer(2, 4)) if i else choose.one_of((0, 59, 60))
        hours, minutes = choose.integer(0, 12), choose.integer(0, 59)
        seconds = choose.integer(0, 59)
        arguments.append({
            "to_text": (amount * (2 if i % 2 else 1),),
            "from_hms": (hours, minutes, seconds),
            "parse": (f"{hours:02d}:{minutes:02d}:{seconds:02d}",),
            "parse_letters": (f"{hours}h {minutes}m",),
        }.get(ask, (amount,)))  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_SPANS_OF_TIME[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "seconds": ("secs", "s", "total_secs"),
            "minutes": ("mins", "m", "minute"),
            "hours": ("h", "hrs", "hour"),
            "parts": ("pieces", "fields", "units"),
        },
    )


_MOTION = {
    "speed": (
        ("find the average speed for a distance and a time",
         "compute how fast one is that covers <distance> in <time>",
         "Given a distance and the time needed for it, return the speed."),
        "distance, time", "distance / time", None,
    ),
    "distance": (
        ("find the distance covered at a speed in a time",
         "compute how far one gets in <time> at the speed <speed>",
         "Given a speed and a time, return the distance."),
        "speed, time", "speed * time", "time * speed",
    ),
    "time": (
        ("find the time needed for a distance at a given speed",
         "compute how long it takes to cover <distance> at the speed <speed>",
         "Given a distance and a speed, return the time."),
        "distance, speed", "distance / speed", None,
    ),
    "minutes": (
        ("find how many minutes a trip of <distance> kilometers takes at <speed> kilometers per "
         "hour, rounded to the nearest whole minute",
         "compute the length of a trip in minutes from kilometers and km/h, rounded with round",
         "Given a distance in kilometers and a speed in kilometers per hour, return the time in "
         "minutes, rounded to an integer."),
        "distance, speed", "round(distance / speed * 60)", None,
    ),
    "two_way": (
        ("find the average speed of a trip there at the speed <first> and back at <second>",
         "compute the mean speed if the same way is covered at two different speeds",
         "Given the speeds of the way out and the way back, return the average speed of the whole "
         "trip."),
        "first, second", "2 * first * second / (first + second)", "2 / (1 / first + 1 / second)",
    ),
    "meet": (
        ("find after how many hours two cars meet that start <distance> kilometers apart and drive "
         "towards each other at <first> and <second> kilometers per hour",
         "compute the time until two vehicles that approach each other meet, from their distance "
         "and speeds",
         "Two trains are a distance apart and move towards each other. Given the distance and "
         "both speeds, return the time until they meet."),
        "distance, first, second", "distance / (first + second)", None,
    ),
    "catch_up": (
        ("find after how long a runner at speed <first> catches up with a walker at the lower "
         "speed <second> who is <distance> ahead",
         "compute the time in which a faster car makes up the lead of a slower one",
         "Given a lead, the speed of the pursuer and the lower speed of the pursued, return the "
         "time until they are level."),
        "distance, first, second", "distance / (first - second)", None,
    ),
    "fuel": (
        ("find how many liters of fuel a trip of <distance> kilometers needs at <consumption> "
         "liters per 100 kilometers",
         "compute the fuel for a distance from the consumption per 100 km",
         "Given a distance in kilometers and the liters used per 100 kilometers, return the liters "
         "needed."),
        "distance, consumption", "distance * consumption / 100", "distance / 100 * consumption",
    ),
    "range": (
        ("find how far a car gets with <fuel> liters if it needs <consumption> liters per 100 "
         "kilometers",
         "compute the range of a car from the fuel in its tank and its consumption per 100 km",
         "Given the liters in the tank and the liters used per 100 kilometers, return the "
         "kilometers that are possible."),
        "fuel, consumption", "fuel * 100 / consumption", "fuel / consumption * 100",
    ),
}  # fmt: skip


_MORE_SPEED_DISTANCE_AND_TIME = {
    "speed": "How fast am I if I cover <distance> in <time>?",
    "distance": "How far do I get at a constant speed in a given time?",
    "time": "How long does a way take me at a constant speed?",
    "minutes": (
        "How many minutes do I drive? Given are kilometers and kilometers per hour; round to "
        "a whole number."
    ),
    "two_way": (
        "I drive there at one speed and back at another. Return my average speed for the whole way."
    ),
    "meet": (
        "Two cars drive towards each other. When do they meet? Given are their distance and "
        "both speeds."
    ),
    "catch_up": (
        "When does the faster one catch the slower one who is <distance> ahead? Given are "
        "also both speeds."
    ),
    "fuel": "How much fuel do I need? Given are the kilometers and the liters per 100 kilometers.",
    "range": "How far can I drive? Given are the liters of fuel and the liters per 100 kilometers.",
}


@family(ask=tuple(_MOTION))
def speed_distance_and_time(choose: Chooser, ask: str) -> Exercise:
    """Compute speeds, distances, times and fuel."""
    texts, parameters, one, other = _MOTION[ask]
    arguments = []
    for _ in range(6):
        slow = choose.integer(2, 60)
        values = {
            "distance": choose.integer(5, 400),
            "time": choose.integer(1, 12),
            "speed": choose.integer(10, 120),
            "first": slow + choose.integer(1, 40),
            "second": slow,
            "consumption": choose.integer(4, 12),
            "fuel": choose.integer(10, 70),
        }
        arguments.append(tuple(values[name] for name in parameters.split(", ")))
    return Exercise(
        texts=(*texts, _MORE_SPEED_DISTANCE_AND_TIME[ask]),
        names={
            "speed": ("average_speed", "speed", "compute_speed"),
            "distance": ("distance_covered", "distance", "how_far"),
            "time": ("travel_time", "time_needed", "how_long"),
            "minutes": ("trip_minutes", "minutes_of_trip", "travel_minutes"),
            "two_way": ("round_trip_speed", "average_of_speeds", "mean_speed"),
            "meet": ("time_to_meet", "meeting_time", "hours_until_meeting"),
            "catch_up": ("time_to_catch_up", "catch_up", "overtaking_time"),
            "fuel": ("fuel_needed", "liters_for_trip", "fuel_consumption"),
            "range": ("car_range", "how_far_with_fuel", "kilometers_left"),
        }[ask],
        solutions=tuple(_returns(parameters, code) for code in (one, other) if code),
        arguments=arguments,
        synonyms={
            "distance": ("d", "km", "way"),
            "time": ("t", "hours", "duration"),
            "speed": ("v", "velocity", "kmh"),
            "first": ("v1", "speed1", "a"),
            "second": ("v2", "speed2", "b"),
            "fuel": ("liters", "tank", "f"),
            "consumption": ("per_100", "c", "usage"),
        },
    )


_SIZES = {
    "human": (
        ("write a number of bytes with the largest unit of B, KB, MB and GB in which it is at "
         "least 1, cut to a whole number, such as '3 MB' (steps of 1024)",
         "format a file size: divide by 1024 as long as the number is at least 1024 (units B, KB, "
         "MB, GB) and drop the fraction",
         "Given a size in bytes below 1024 ** 4, return text like '512 B' or '20 KB' with whole "
         "numbers, rounded down."),
        ("def solve(size):\n    units = ['B', 'KB', 'MB', 'GB']\n    index = 0\n"
         "    while size >= 1024:\n        size //= 1024\n        index += 1\n"
         "    return str(size) + ' ' + units[index]",
         "def solve(size):\n    for unit in ('B', 'KB', 'MB', 'GB'):\n        if size < 1024:\n"
         "            return str(size) + ' ' + unit\n        size //= 1024"),
        ("human_size", "format_size", "file_size_text"),
    ),
    "parse": (
        ("convert a file size such as '3 MB' to bytes (1 KB is 1024 bytes)",
         "find the number of bytes of a text with a whole number and one of the units B, KB, MB, "
         "GB",
         "Given a size like '20 KB', return it in bytes; the units B, KB, MB and GB grow by the "
         "factor 1024."),
        ("def solve(text):\n    number, unit = text.split()\n"
         "    return int(number) * 1024 ** ['B', 'KB', 'MB', 'GB'].index(unit)",
         "def solve(text):\n    factors = {'B': 1, 'KB': 1024, 'MB': 1024 ** 2, 'GB': 1024 ** 3}\n"
         "    number, unit = text.split(' ')\n    return int(number) * factors[unit]"),
        ("parse_size", "size_in_bytes", "to_bytes"),
    ),
    "metric": (
        ("convert a length with a unit, such as '5 km', to meters; units are mm, cm, m and km",
         "find the number of meters of a text with a whole number and a metric unit (mm, cm, m or "
         "km)",
         "Given a length like '120 cm', return it in meters as a float."),
        ("def solve(text):\n    number, unit = text.split()\n"
         "    millimeters = {'mm': 1, 'cm': 10, 'm': 1000, 'km': 1000000}\n"
         "    return int(number) * millimeters[unit] / 1000",),
        ("length_in_meters", "to_meters", "parse_length"),
    ),
    "same_length": (
        ("check whether two lengths such as '2 m' and '200 cm' are equal; units are mm, cm, m and "
         "km",
         "check if two texts with a whole number and a metric unit (mm, cm, m, km) mean the same "
         "length",
         "Return True if two lengths like '3 km' and '3000 m' are the same, else False."),
        ("def millimeters(text):\n    number, unit = text.split()\n"
         "    return int(number) * {'mm': 1, 'cm': 10, 'm': 1000, 'km': 1000000}[unit]\n\n"
         "def solve(first, second):\n    return millimeters(first) == millimeters(second)",),
        ("same_length", "equal_lengths", "compare_lengths"),
    ),
}  # fmt: skip


@family(ask=tuple(_SIZES))
def sizes_with_units(choose: Chooser, ask: str) -> Exercise:
    """Write or read sizes with units."""
    texts, solutions, names = _SIZES[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        number = choose.integer(1, 999)
        small, large, factor = choose.one_of(
            (("cm", "m", 100), ("m", "km", 1000), ("mm", "cm", 10))
        )
        arguments.append({
            "human": (choose.integer(1, 1023) * 1024 ** (i % 4) + (i > 2),),
            "parse": (f"{number} {('B', 'KB', 'MB', 'GB')[i % 4]}",),
            "metric": (f"{number} {('mm', 'cm', 'm', 'km')[i % 4]}",),
            "same_length": (
                f"{number} {large}",
                f"{number * factor + (choose.one_of((1, -1)) if i % 2 else 0)} {small}",
            ),
        }[ask])  # fmt: skip
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"size": ("num_bytes", "n", "b"), "unit": ("u", "name", "suffix"),
                  "first": ("a", "length1"), "second": ("b", "length2")},
    )  # fmt: skip
