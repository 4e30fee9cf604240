"""Compares what a program printed with the expected output, token by token.

Tokens are what lies between ASCII space. Not covered: problems with several right outputs.
"""

import re
from decimal import Decimal
from itertools import zip_longest
from math import isfinite

_MAX_SHOWN = 60
# Found one by one, since millions of tokens would not fit into memory.
_TOKEN = re.compile(rb"[^ \t\n\r\x0b\x0c]+")
# Longer ones are compared as text, since they may take long to convert.
_NUMBER = re.compile(
    rb"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,6})?"
)


def find_difference(
    printed: bytes, expected: str, *, tolerance: float | None, ignores_case: bool
) -> str | None:
    """Return the first token that differs, in words; None if there is none.

    Args:
        printed: What the program printed.
        expected: What it should have printed.
        tolerance: See `hrm_datasets.problems.InputOutput`.
        ignores_case: Whether upper and lower case are the same.
    """
    right = expected.encode(errors="surrogatepass")
    if printed == right:
        return None
    pairs = zip_longest(_TOKEN.finditer(printed), _TOKEN.finditer(right))
    for number, (token, wanted) in enumerate(pairs, start=1):
        if token is None:
            had = f"only {number - 1} tokens" if number > 1 else "nothing"
            return f"It printed {had}; token {number} is missing, expected {_show(wanted[0])}."
        if wanted is None:
            place = f"token {number}{_line(printed, token.start())}"
            return f"It printed more than expected: {place} is {_show(token[0])}."
        if token[0] != wanted[0] and not _is_equal(
            token[0], wanted[0], tolerance, ignores_case=ignores_case
        ):
            place = f"Token {number}{_line(printed, token.start())}"
            return f"{place} is {_show(token[0])}, expected {_show(wanted[0])}."
    return None


def _is_equal(token: bytes, wanted: bytes, tolerance: float | None, *, ignores_case: bool) -> bool:
    if ignores_case and token.lower() == wanted.lower():
        return True
    if tolerance is None or not (_NUMBER.fullmatch(token) and _NUMBER.fullmatch(wanted)):
        return False
    if tolerance == 0 or (_is_integer(token) and _is_integer(wanted)):
        return Decimal(token.decode("ascii")) == Decimal(wanted.decode("ascii"))
    difference = abs(float(token) - float(wanted))
    return isfinite(difference) and difference <= tolerance


def _is_integer(token: bytes) -> bool:
    return token.lstrip(b"+-").isdigit()


def _line(printed: bytes, position: int) -> str:
    """Return the line of a position in words; empty if there is only one line."""
    if b"\n" not in printed.strip():
        return ""
    number = printed.count(b"\n", 0, position) + 1
    return f" (line {number})"


def _show(token: bytes) -> str:
    text = token.decode("utf-8", "backslashreplace")
    return repr(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}...")
