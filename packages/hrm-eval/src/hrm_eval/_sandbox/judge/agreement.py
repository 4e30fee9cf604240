"""Whether a result is right, by the rules of EvalPlus.

Not covered: the shapes that numpy stretches; `[[1.0], [2.0]]` is not `[[1.0, 1.0], [2.0, 2.0]]`.

Source: evalplus 0.3.1, `evalplus.eval`, and numpy's `allclose`, which it uses.
"""

import math
from collections.abc import Callable
from typing import Any

# What EvalPlus allows where the reference returns floats and the problem names no tolerance.
FLOAT_TOLERANCE = 1e-6
_RELATIVE_TOLERANCE = 1e-7

# Larger integers are objects to numpy, which compares them only exactly.
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1

# Whether a result is right, from the result, what is expected, the arguments and the tolerance.
Rule = Callable[[Any, Any, tuple[Any, ...], float], bool]
_ExactRule = Callable[[Any, Any, tuple[Any, ...]], bool]


def _is_none_alike(result: Any, expected: Any, _: tuple[Any, ...]) -> bool:
    is_expected = expected is not None
    return result is is_expected if type(result) is bool else (result is not None) is is_expected


def _is_surface(result: Any, expected: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether the result is the expected one, or the surface of a square pyramid of a height."""
    if _equal(result, expected, arguments):
        return True
    base_edge, height = arguments
    slant_height = math.hypot(base_edge / 2, height)
    surface = round(base_edge**2 + 2 * base_edge * slant_height)
    return bool(abs(result - surface) <= 0)


def _is_digit_distance(result: Any, expected: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether the result is the expected one, or the sum of the differences of the digits."""
    if _equal(result, expected, arguments):
        return True
    first, second = map(str, arguments)
    size = max(len(first), len(second))
    pairs = zip(first.zfill(size), second.zfill(size), strict=True)
    return bool(result == sum(abs(int(one) - int(other)) for one, other in pairs))


def _equal(result: Any, expected: Any, _: tuple[Any, ...]) -> bool:
    return bool(result == expected)


def _or_close(rule: _ExactRule) -> Rule:
    """Return the rule by which a result is also right if its numbers are about those expected."""

    def is_right(result: Any, expected: Any, arguments: tuple[Any, ...], tolerance: float) -> bool:
        if rule(result, expected, arguments):
            return True
        is_alike = tolerance > 0 and type(result) is type(expected)
        return is_alike and _close(result, expected, tolerance)

    return is_right


def _is_root(result: Any, _: Any, arguments: tuple[Any, ...], tolerance: float) -> bool:
    """Whether the result is about a root of the polynomial, whichever root is expected."""
    (coefficients,) = arguments
    value = sum(c * math.pow(result, power) for power, c in enumerate(coefficients))
    return abs(value) <= tolerance


# See `hrm_datasets.Rule`.
RULES: dict[str, Rule] = {
    "equal": _or_close(_equal),
    "same_elements": _or_close(lambda result, expected, _: set(result) == set(expected)),
    "not_none": _or_close(_is_none_alike),
    "anything": _or_close(lambda result, expected, _: True),
    "or_zero": _or_close(lambda result, expected, _: bool(result == expected or result == 0)),
    "or_surface": _or_close(_is_surface),
    "or_digit_distance": _or_close(_is_digit_distance),
    "root": _is_root,
}


def is_right(
    rule: str, result: Any, expected: Any, arguments: tuple[Any, ...], tolerance: float
) -> bool:
    """Return whether a result is right; raises what a comparison of such values raises.

    Args:
        rule: A key of `RULES`.
        result: What the program returned.
        expected: What the reference solution returned.
        arguments: The arguments of the call.
        tolerance: Largest difference of numbers that count as equal; 0 for none.
    """
    return RULES[rule](result, expected, arguments, tolerance)


def is_floats(value: Any) -> bool:
    """Whether a value is a float, or a list or tuple of floats, but not an empty one."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(item, float) for item in value)
    return isinstance(value, float)


def _close(result: Any, expected: Any, tolerance: float) -> bool:
    """Whether numbers are about equal, or all those in lists and tuples of the same shape."""
    if isinstance(expected, list | tuple):
        return (
            isinstance(result, list | tuple)
            and len(result) == len(expected)
            and all(_close(a, b, tolerance) for a, b in zip(result, expected, strict=True))
        )
    if not (_is_number(result) and _is_number(expected)):
        return False
    if result == expected or (result != result and expected != expected):
        return True
    limit = tolerance + _RELATIVE_TOLERANCE * abs(expected)
    return math.isfinite(limit) and bool(abs(result - expected) <= limit)


def _is_number(value: Any) -> bool:
    return isinstance(value, float | complex) or (
        isinstance(value, int) and _SMALLEST <= value <= _LARGEST
    )
