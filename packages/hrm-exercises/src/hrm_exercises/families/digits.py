"""The digits of whole numbers."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_CONDITIONS = {
    "even": "int(digit) % 2 == 0",
    "odd": "int(digit) % 2 == 1",
    "prime": "digit in '2357'",
    "nonzero": "digit != '0'",
}


@family(kind=tuple(_CONDITIONS), measure=("count", "sum", "list"))
def digits_of_a_kind(choose: Chooser, kind: str, measure: str) -> Exercise:
    """Count, add up or list the even, odd, prime or nonzero digits of a number."""
    condition = _CONDITIONS[kind]
    start, step, end = {
        "count": ("0", "total += 1", "sum(1 for digit in str(number) if {})"),
        "sum": ("0", "total += int(digit)", "sum(int(digit) for digit in str(number) if {})"),
        "list": ("[]", "total.append(int(digit))", "[int(digit) for digit in str(number) if {}]"),
    }[measure]
    does = {"count": "count", "sum": "find the sum of", "list": "list"}[measure]
    wanted = {"count": "how many", "sum": "the sum of all", "list": "a list of the"}[measure]
    return Exercise(
        texts=(
            f"{does} the {kind} digits of a given number",
            f"{does} all {kind} digits in an integer",
            f"Given a non-negative integer, return {wanted} {kind} digits"
            f"{' it has' if measure == 'count' else ' in it'}.",
            f"take a whole number and {does} its {kind} digits",
        ),
        names=(f"{measure}_{kind}_digits", f"{kind}_digits", f"{kind}_digit_{measure}"),
        solutions=(
            f"""
            def solve(number):
                return {end.format(condition)}
            """,
            f"""
            def solve(number):
                total = {start}
                for digit in str(number):
                    if {condition}:
                        {step}
                return total
            """,
        ),
        arguments=[(choose.integer(0, 10 ** choose.integer(2, 8)),) for _ in range(5)]
        + [(choose.one_of((0, 7, 2468, 13579, 1000)),)],
    )


@family()
def digital_root(choose: Chooser) -> Exercise:
    """Add up digits until one digit is left."""
    return Exercise(
        texts=(
            "add up the digits of a number again and again until only one digit is left",
            "find the digital root of a non-negative integer",
            "repeatedly sum the digits of a number until a single digit remains",
            "Given an integer, keep adding its digits until the result has one digit, and return "
            "that digit.",
        ),
        names=("digital_root", "add_digits", "reduce_to_one_digit", "single_digit"),
        solutions=(
            """
            def solve(number):
                while number > 9:
                    number = sum(int(digit) for digit in str(number))
                return number
            """,
            """
            def solve(number):
                if number == 0:
                    return 0
                return 1 + (number - 1) % 9
            """,
        ),
        arguments=[(choose.integer(10, 10**7),) for _ in range(5)] + [(0,), (9,)],
    )
