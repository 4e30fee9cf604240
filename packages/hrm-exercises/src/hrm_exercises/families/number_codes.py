"""Colors, addresses and spreadsheet columns as numbers."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_MORE_HEXADECIMAL_AND_ADDRESSES = {
    "to_rgb": "convert hex color to rgb to a tuple of three integers",
    "from_rgb": "Rgb to hex color: convert three integers to a string like '#00ff7f'.",
    "is_color": "Is a string a hex color like '#09af3c' (lower case)? Return True or False.",
    "gray": "Is a hex color gray? Return True or False.",
    "ip_to_int": "convert IP address to integer",
    "int_to_ip": "convert integer to IP address",
    "ip_bits": "I have an IP address. Return it with every part as 8 binary digits.",
}


@family(ask=("to_rgb", "from_rgb", "is_color", "gray", "ip_to_int", "int_to_ip", "ip_bits"))
def hexadecimal_and_addresses(choose: Chooser, ask: str) -> Exercise:
    """Convert colors and IP addresses."""
    texts, names, solutions = _CODES[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        rgb = choose.integers(3, 0, 255)
        if i == 5:
            rgb = [0, 128, 255]
        color = "#" + "".join(format(value, "02x") for value in rgb)
        parts = [*rgb, choose.integer(0, 255)]
        address = ".".join(map(str, parts))
        bad = (color[:-1], "#12g4ff", color + "0", color[1:], "#xyz123")
        arguments.append({
            "to_rgb": (color,),
            "from_rgb": tuple(rgb),
            "is_color": (bad[i % 5] if i % 2 else color,),
            "gray": (color if i % 2 else "#" + format(rgb[0], "02x") * 3,),
            "ip_to_int": (address,),
            "int_to_ip": (sum(part << 8 * (3 - k) for k, part in enumerate(parts)),),
            "ip_bits": (address,),
        }[ask])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_HEXADECIMAL_AND_ADDRESSES[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "text": ("s", "color", "hex_color") if "color" in texts[0] else ("s", "ip", "address"),
            "number": ("n", "value", "num"),
        },
    )


_CODES = {
    "to_rgb": (
        (
            "convert a color like '#ff8000' to a tuple of its red, green and blue values",
            "read a hexadecimal color string and return the three numbers from 0 to 255",
            "Given a color as '#' and six hexadecimal digits, return the tuple (red, green, blue).",
        ),
        ("hex_to_rgb", "color_to_rgb", "parse_color"),
        (
            "def solve(text):\n"
            "    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))",
            "def solve(text):\n    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))",
        ),
    ),
    "from_rgb": (
        (
            "convert red, green and blue values to a color string like '#ff8000' in lower case",
            "write three numbers from 0 to 255 as a hexadecimal color with a leading '#'",
            "Given red, green and blue, return '#' and two lower-case hexadecimal digits for each "
            "color value.",
        ),
        ("rgb_to_hex", "color_code", "make_color"),
        (
            "def solve(red, green, blue):\n"
            "    return '#{:02x}{:02x}{:02x}'.format(red, green, blue)",
            "def solve(red, green, blue):\n"
            "    return '#' + ''.join(format(value, '02x') for value in (red, green, blue))",
        ),
    ),
    "is_color": (
        (
            "check whether a string is a color: '#' and six hexadecimal digits in lower case",
            "check if a text has the form '#rrggbb', where the letters stand for the digits 0 to 9 "
            "and a to f",
            "Return True if a string is '#' followed by exactly six characters from 0-9 and a-f "
            "(a valid color), else False.",
        ),
        ("is_color", "valid_color", "is_hex_color"),
        (
            "import re\n\ndef solve(text):\n    return bool(re.fullmatch('#[0-9a-f]{6}', text))",
            "def solve(text):\n    return (\n        len(text) == 7\n"
            "        and text[0] == '#'\n"
            "        and all(char in '0123456789abcdef' for char in text[1:])\n    )",
        ),
    ),
    "gray": (
        (
            "check whether a color like '#7f7f7f' is a shade of gray, with equal red, green and "
            "blue",
            "check if the three pairs of hexadecimal digits of a color '#rrggbb' are equal",
            "Given a color as '#' and six hexadecimal digits, return True if its red, green and "
            "blue parts are the same.",
        ),
        ("is_gray", "is_shade_of_gray", "gray_color"),
        (
            "def solve(text):\n    return text[1:3] == text[3:5] == text[5:7]",
            "def solve(text):\n    return text[1:] == text[1:3] * 3",
        ),
    ),
    "ip_to_int": (
        (
            "convert an IPv4 address such as '10.0.0.1' to an integer",
            "find the 32-bit number of a dotted address with four parts",
            "Given an IPv4 address as text, return a * 256 ** 3 + b * 256 ** 2 + c * 256 + d for "
            "its parts a.b.c.d.",
        ),
        ("ip_to_int", "address_to_number", "ip_number"),
        (
            "def solve(text):\n    result = 0\n    for part in text.split('.'):\n"
            "        result = result * 256 + int(part)\n    return result",
            "def solve(text):\n    a, b, c, d = map(int, text.split('.'))\n"
            "    return a * 256 ** 3 + b * 256 ** 2 + c * 256 + d",
        ),
    ),
    "int_to_ip": (
        (
            "convert a 32-bit integer to an IPv4 address such as '10.0.0.1'",
            "write an integer below 2 ** 32 as four numbers from 0 to 255 with dots",
            "Given a number, return the dotted IPv4 address that it stands for.",
        ),
        ("int_to_ip", "number_to_address", "ip_from_number"),
        (
            "def solve(number):\n    parts = []\n    for _ in range(4):\n"
            "        parts.insert(0, str(number % 256))\n        number //= 256\n"
            "    return '.'.join(parts)",
            "def solve(number):\n    return '.'.join(\n"
            "        str(number >> shift & 255) for shift in (24, 16, 8, 0)\n    )",
        ),
    ),
    "ip_bits": (
        (
            "write an IPv4 address in binary, 8 digits for each part, with dots between them",
            "convert the four numbers of a dotted address to 8-bit binary, keeping the dots",
            "Given an IPv4 address as text, replace each part by its 8 binary digits.",
        ),
        ("ip_to_binary", "address_bits", "binary_address"),
        (
            "def solve(text):\n"
            "    return '.'.join(format(int(part), '08b') for part in text.split('.'))",
            "def solve(text):\n    result = []\n    for part in text.split('.'):\n"
            "        result.append(bin(int(part))[2:].zfill(8))\n    return '.'.join(result)",
        ),
    ),
}


@family(direction=("to_letters", "to_number"))
def spreadsheet_columns(choose: Chooser, direction: str) -> Exercise:
    """Convert between the numbers and the letters of the columns of a spreadsheet."""
    if direction == "to_number":
        return Exercise(
            texts=(
                "find the number of a spreadsheet column from its letters: A is 1, Z is 26, AA is "
                "27",
                "convert a column title such as 'AB' to its column number",
                "Given the letters of a column in a spreadsheet, return its number, counting from "
                "1.",
            ),
            names=("column_number", "title_to_number", "column_index"),
            solutions=(
                """
                def solve(text):
                    result = 0
                    for char in text:
                        result = result * 26 + ord(char) - ord('A') + 1
                    return result
                """,
                """
                import string

                def solve(text):
                    total = 0
                    for place, char in enumerate(reversed(text)):
                        total += (string.ascii_uppercase.index(char) + 1) * 26 ** place
                    return total
                """,
            ),
            arguments=[(choose.letters((1, 3)).upper(),) for _ in range(5)] + [("Z",), ("AA",)],
        )
    return Exercise(
        texts=(
            "find the letters of a spreadsheet column from its number: 1 is A, 26 is Z, 27 is AA",
            "convert a column number to its column title",
            "Given the number of a column in a spreadsheet (counting from 1), return its letters.",
        ),
        names=("column_letters", "number_to_title", "column_title"),
        solutions=(
            """
            def solve(number):
                result = ''
                while number > 0:
                    number, rest = divmod(number - 1, 26)
                    result = chr(ord('A') + rest) + result
                return result
            """,
            """
            def solve(number):
                if number == 0:
                    return ''
                return solve((number - 1) // 26) + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[(number - 1) % 26]
            """,
        ),
        arguments=[(choose.integer(1, 10 ** choose.integer(1, 4)),) for _ in range(5)]
        + [(26,), (27,), (703,)],
    )
