"""Digits that are arranged, dropped or changed for the best number."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("largest_number", "smallest_number", "remove_digits", "swap_once", "max_69"))
def arranging_digits_greedily(choose: Chooser, task: str) -> Exercise:
    """Arrange or drop digits for the largest or smallest number."""
    texts, names, solutions = {
        "largest_number": (
            (
                "find the largest number that can be written with the given digits, as an integer",
                "arrange the digits of a list so that they form the largest possible number",
                "Given a list of digits, return the greatest integer that uses each of them once.",
                "Put the digits in the order that gives the biggest number and return it.",
            ),
            ("largest_number", "biggest_from_digits", "max_number"),
            (
                """
                def solve(digits):
                    return int("".join(str(d) for d in sorted(digits, reverse=True)))
                """,
                """
                def solve(digits):
                    result = 0
                    for digit in sorted(digits, reverse=True):
                        result = result * 10 + digit
                    return result
                """,
            ),
        ),
        "smallest_number": (
            (
                "find the smallest number that can be written with the given digits and does not "
                "start with 0 (not all digits are 0)",
                "arrange the digits of a list so that they form the smallest possible number "
                "without a leading zero",
                "Given a list of digits, return the least integer that uses all of them and has "
                "no zero in front.",
                "Smallest number from all given digits; a zero must not come first.",
            ),
            ("smallest_number", "min_from_digits", "least_number"),
            (
                """
                def solve(digits):
                    ordered = sorted(digits)
                    for i, digit in enumerate(ordered):
                        if digit > 0:
                            ordered.insert(0, ordered.pop(i))
                            break
                    return int("".join(map(str, ordered)))
                """,
                """
                def solve(digits):
                    first = min(d for d in digits if d > 0)
                    rest = sorted(digits)
                    rest.remove(first)
                    return int("".join(str(d) for d in [first] + rest))
                """,
            ),
        ),
        "remove_digits": (
            (
                "remove k digits from a number so that the remaining digits form the smallest "
                "possible number, which is returned as an integer",
                "delete <k> digits of a positive integer without changing the order of the "
                "others; return the smallest number that can remain",
                "Given a number with more than k digits, leave out exactly k of its digits so "
                "that the rest is minimal. Leading zeros are dropped. Return an integer.",
                "Smallest number left after deleting k digits.",
            ),
            ("remove_k_digits", "smallest_after_removal", "drop_digits"),
            (
                """
                def solve(number, k):
                    stack = []
                    for digit in str(number):
                        while k > 0 and stack and stack[-1] > digit:
                            stack.pop()
                            k -= 1
                        stack.append(digit)
                    if k > 0:
                        stack = stack[:-k]
                    return int("".join(stack))
                """,
                """
                from itertools import combinations


                def solve(number, k):
                    text = str(number)
                    kept = combinations(text, len(text) - k)
                    return min(int("".join(digits)) for digits in kept)
                """,
            ),
        ),
        "swap_once": (
            (
                "find the largest number that can be made by swapping at most two digits of a "
                "number once",
                "exchange two digits of a non-negative integer at most once, so that it becomes "
                "as large as possible",
                "Given a number, you may swap one pair of its digits. Return the maximum value "
                "that is possible (the number itself if no swap helps).",
                "Largest number by at most one swap of two digits.",
            ),
            ("maximum_swap", "swap_digits", "largest_by_swap"),
            (
                """
                def solve(number):
                    best = number
                    digits = list(str(number))
                    for i in range(len(digits)):
                        for j in range(i + 1, len(digits)):
                            digits[i], digits[j] = digits[j], digits[i]
                            best = max(best, int("".join(digits)))
                            digits[i], digits[j] = digits[j], digits[i]
                    return best
                """,
                """
                def solve(number):
                    digits = list(str(number))
                    ordered = sorted(digits, reverse=True)
                    for i, digit in enumerate(digits):
                        if digit != ordered[i]:
                            j = len(digits) - 1 - digits[::-1].index(ordered[i])
                            digits[i], digits[j] = digits[j], digits[i]
                            break
                    return int("".join(digits))
                """,
            ),
        ),
        "max_69": (
            (
                "change at most one digit of a positive integer to 9 so that it becomes as large "
                "as possible",
                "find the largest number that results from replacing one digit of a number by 9",
                "Given a positive integer, replace the digit whose change to 9 gives the greatest "
                "number, and return this number. If all digits are 9, return it unchanged.",
                "Max value of a number after changing a single digit into a 9.",
            ),
            ("change_to_nine", "maximize_one_digit", "largest_with_nine"),
            (
                """
                def solve(number):
                    text = str(number)
                    for i, char in enumerate(text):
                        if char != "9":
                            return int(text[:i] + "9" + text[i + 1:])
                    return number
                """,
                """
                def solve(number):
                    text = str(number)
                    return max(int(text[:i] + "9" + text[i + 1:]) for i in range(len(text)))
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]]
    if task in ("largest_number", "smallest_number"):
        arguments = [([*choose.integers((1, 5), 0, 9), choose.integer(1, 9)],) for _ in range(5)]
        arguments += [([choose.integer(1, 9)],), ([0, 3, 0],)]
    elif task == "remove_digits":
        arguments = [(choose.integer(1000, 999999), choose.integer(1, 3)) for _ in range(5)] + [
            (choose.integer(10, 99), 0),
            (choose.one_of((10200, 12345, 54321)), 2),
        ]
    else:
        arguments = [(choose.integer(12, 10 ** choose.integer(2, 5)),) for _ in range(5)]
        arguments += [(choose.one_of((9, 99, 9973, 7)),), (choose.integer(90, 98),)]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)
