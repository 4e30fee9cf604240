"""Lists of numbers: bits, pairs, divisors, equalizing, joined digits, special elements."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    ask_for,
    ask_to,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_BITS = {
    "xor": ("the bitwise xor of all elements", "xor_of_list", "^", "0", "operator.xor"),
    "or": ("the bitwise or of all elements", "or_of_list", "|", "0", "operator.or_"),
    "and": ("the bitwise and of all elements", "and_of_list", "&", "-1", "operator.and_"),
}


@family(operation=tuple(_BITS))
def bitwise_over_a_list(choose: Chooser, operation: str) -> Exercise:
    """Combine all elements with xor, or, and."""
    noun, name, sign, start, function = _BITS[operation]
    given = choose.one_of(NUMBERS_OR_TUPLES)
    return Exercise(
        texts=ask_for(
            given,
            (noun, noun.replace("all elements", "all numbers"), noun.replace("bitwise ", "")),
            choose.one_of(("of", "in")),
        ),
        names=(name, f"{operation}_all", f"bitwise_{operation}", f"list_{operation}"),
        solutions=(
            f"""
            from functools import reduce

            def solve(numbers):
                return reduce(lambda x, y: x {sign} y, numbers)
            """,
            f"""
            def solve(numbers):
                result = numbers[0]
                for number in numbers[1:]:
                    result {sign}= number
                return result
            """,
            f"""
            from functools import reduce
            import operator

            def solve(numbers):
                return reduce({function}, numbers, {start})
            """,
        ),
        arguments=as_given(
            given, [(choose.integers((2, 7), 1, 63),) for _ in range(6)] + [([12],)]
        ),
        synonyms={"x": ("a", "p"), "y": ("b", "q")},
    )


_BIT_PAIRS = {
    "sum_xor": (
        "the sum of the xor values of all pairs of elements (i < j)",
        "sum_of_pair_xors",
        "sum({} ^ {})",
    ),
    "max_xor": ("the largest xor value of two elements", "max_pair_xor", "max({} ^ {})"),
    "sum_and": (
        "the sum of the bitwise and of all pairs of elements (i < j)",
        "sum_of_pair_ands",
        "sum({} & {})",
    ),
    "sum_difference": (
        "the sum of the absolute differences of all pairs of elements (i < j)",
        "sum_of_pair_differences",
        "sum(abs({} - {}))",
    ),
    "sum_product": (
        "the sum of the products of all pairs of elements (i < j)",
        "sum_of_pair_products",
        "sum({} * {})",
    ),
    "max_sum": (
        "the largest sum of two elements at different places",
        "max_pair_total",
        "max({} + {})",
    ),
}


@family(what=tuple(_BIT_PAIRS))
def value_over_all_pairs(choose: Chooser, what: str) -> Exercise:
    """Sum or maximum of xor, differences, products over all pairs."""
    noun, name, expression = _BIT_PAIRS[what]
    kind, _, inner = expression.partition("(")
    cell = inner[:-1].format("numbers[i]", "numbers[j]")
    short = inner[:-1].format("x", "y")
    start = "total = 0" if kind == "sum" else "best = 0"
    step = f"total += {cell}" if kind == "sum" else f"best = max(best, {cell})"
    solutions, arguments = sized(
        choose,
        (
            f"""
            def solve(numbers):
                {start}
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        {step}
                return {"total" if kind == "sum" else "best"}
            """,
            f"""
            from itertools import combinations

            def solve(numbers):
                return {kind}({short} for x, y in combinations(numbers, 2))
            """,
        ),
        [(choose.integers((2, 6), 1, 20),) for _ in range(6)],
    )
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            (
                noun.replace(" (i < j)", " of {} (each pair counts once)")
                if "(i" in noun
                else noun,
                noun.replace(" (i < j)", ""),
            ),
            "of",
        ),
        names=(name, f"{name}_of_list", f"pairs_{what}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("a", "p"), "y": ("b", "q")},
    )


_DIVISORS = {
    "gcd": (
        ("the greatest common divisor of all elements", "the gcd of all numbers"),
        "gcd_of_list",
        "gcd",
    ),
    "lcm": (
        ("the least common multiple of all elements", "the lcm of all numbers"),
        "lcm_of_list",
        "lcm",
    ),
}


@family(what=tuple(_DIVISORS))
def gcd_or_lcm_of_a_list(choose: Chooser, what: str) -> Exercise:
    """Greatest common divisor or least common multiple of a list."""
    asks, name, function = _DIVISORS[what]
    step = (
        "result = math.gcd(result, number)"
        if what == "gcd"
        else "result = result * number // math.gcd(result, number)"
    )
    factor = choose.integer(1, 6)
    lists = [[n * factor for n in choose.integers((2, 5), 1, 12)] for _ in range(6)]
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks, choose.one_of(("of", "in"))),
        names=(name, f"{what}_all", f"find_{what}", f"list_{what}"),
        solutions=(
            f"""
            import math

            def solve(numbers):
                result = numbers[0]
                for number in numbers[1:]:
                    {step}
                return result
            """,
            f"""
            import math

            def solve(numbers):
                return math.{function}(*numbers)
            """,
        ),
        arguments=[(numbers,) for numbers in lists] + [([9],), ([4, 6],)],
    )


_EQUALIZING = {
    "to_max": (
        "the smallest number of increments by 1 that make all elements of {} equal",
        "increments_to_equal",
        "sum(max(numbers) - number for number in numbers)",
    ),
    "to_min": (
        "the smallest number of decrements by 1 that make all elements of {} equal",
        "decrements_to_equal",
        "sum(number - min(numbers) for number in numbers)",
    ),
    "to_median": (
        "the smallest number of steps (adding or subtracting 1) that make all elements of {} equal",
        "steps_to_equal",
        "",
    ),
    "changes": (
        "how many elements of {} must be changed, at least, so that all are equal",
        "changes_to_equal",
        "len(numbers) - max(numbers.count(number) for number in numbers)",
    ),
    "even": (
        "how many elements of {} must be increased by 1 so that all are even",
        "changes_to_even",
        "sum(number % 2 for number in numbers)",
    ),
    "rising": (
        "the smallest number of increments by 1 that make {} strictly increasing",
        "increments_to_increase",
        "",
    ),
    "opposite": (
        "the smallest number of elements of {} whose sign must be changed so that all have the "
        "same sign (no element is 0)",
        "sign_changes_needed",
        "min(sum(number > 0 for number in numbers), sum(number < 0 for number in numbers))",
    ),
    "distinct": (
        "how many elements of {} must be replaced so that all elements are different",
        "replacements_to_distinct",
        "len(numbers) - len(set(numbers))",
    ),
}
_EQUALIZING_LOOPS = {
    "to_max": """
        def solve(numbers):
            largest = max(numbers)
            total = 0
            for number in numbers:
                total += largest - number
            return total
        """,
    "to_min": """
        def solve(numbers):
            smallest = min(numbers)
            total = 0
            for number in numbers:
                total += number - smallest
            return total
        """,
    "to_median": """
        def solve(numbers):
            middle = sorted(numbers)[len(numbers) // 2]
            return sum(abs(number - middle) for number in numbers)
        """,
    "changes": """
        from collections import Counter

        def solve(numbers):
            return len(numbers) - max(Counter(numbers).values())
        """,
    "even": """
        def solve(numbers):
            count = 0
            for number in numbers:
                if number % 2 == 1:
                    count += 1
            return count
        """,
    "rising": """
        def solve(numbers):
            count = 0
            for index in range(1, len(numbers)):
                if numbers[index] <= numbers[index - 1]:
                    needed = numbers[index - 1] + 1
                    count += needed - numbers[index]
                    numbers[index] = needed
            return count
        """,
}


@family(goal=tuple(_EQUALIZING))
def operations_to_reach_a_goal(choose: Chooser, goal: str) -> Exercise:
    """Count the steps that make all elements equal, even, increasing ..."""
    noun, name, expression = _EQUALIZING[goal]
    solutions = [returns("numbers", expression)] if expression else []
    if goal in _EQUALIZING_LOOPS:
        solutions.append(_EQUALIZING_LOOPS[goal])
    low, high = (-9, 9) if goal == "opposite" else (1, choose.one_of((6, 20)))
    lists = [[n or 3 for n in choose.integers((3, 7), low, high)] for _ in range(6)]
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            f"find {noun.format('a list')}",
            f"Find {noun.format('a list of integers')}.",
        ),
        names=(name, f"min_{name}", f"count_{name}"),
        solutions=solutions,
        arguments=[(numbers,) for numbers in lists] + [([4],)],
        synonyms={
            "needed": ("wanted", "target"),
            "largest": ("top", "biggest"),
            "smallest": ("low", "least"),
        },
    )


_JOINED = {
    "largest": Task(
        (
            "arrange {} so that the joined numbers are as large as possible, and return the "
            "result as a string",
            "form the largest number from all elements of {}, written one after another, as a "
            "string",
        ),
        ("largest_number", "biggest_concatenation", "arrange_largest"),
        (
            """
            from functools import cmp_to_key

            def solve(numbers):
                words = [str(number) for number in numbers]
                words.sort(key=cmp_to_key(lambda x, y: -1 if x + y > y + x else 1))
                return ''.join(words)
            """,
            """
            from itertools import permutations

            def solve(numbers):
                words = [str(number) for number in numbers]
                return max(''.join(order) for order in permutations(words))
            """,
        ),
    ),
    "joined": Task(
        (
            "join the elements of {} to one number",
            "write the elements of {} one after another and return the resulting integer",
        ),
        ("join_numbers", "concatenate_numbers", "numbers_to_one"),
        (
            returns("numbers", "int(''.join(str(number) for number in numbers))"),
            returns("numbers", "int(''.join(map(str, numbers)))"),
        ),
    ),
    "digits": Task(
        (
            "form the largest number from the digits in {} (each from 0 to 9)",
            "arrange the digits of {} so that they form the largest number, and return it as an "
            "integer",
        ),
        ("largest_from_digits", "max_digit_arrangement", "biggest_from_digits"),
        (
            returns(
                "numbers", "int(''.join(str(number) for number in sorted(numbers, reverse=True)))"
            ),
            """
            def solve(numbers):
                result = 0
                for number in sorted(numbers, reverse=True):
                    result = result * 10 + number
                return result
            """,
        ),
    ),
    "smallest": Task(
        (
            "form the smallest number from the digits in {} (each from 1 to 9)",
            "arrange the digits of {}, none of which is 0, so that they form the smallest number",
        ),
        ("smallest_from_digits", "min_digit_arrangement", "least_from_digits"),
        (
            returns("numbers", "int(''.join(str(number) for number in sorted(numbers)))"),
            """
            def solve(numbers):
                result = 0
                for number in sorted(numbers):
                    result = result * 10 + number
                return result
            """,
        ),
    ),
    "plus_one": Task(
        (
            "add 1 to the number whose digits are the elements of {}, and return the digits of "
            "the result as a list",
        ),
        ("plus_one", "increment_digits", "add_one_to_digits"),
        (
            """
            def solve(numbers):
                number = int(''.join(map(str, numbers))) + 1
                return [int(digit) for digit in str(number)]
            """,
            """
            def solve(numbers):
                index = len(numbers) - 1
                while index >= 0 and numbers[index] == 9:
                    numbers[index] = 0
                    index -= 1
                if index < 0:
                    return [1] + numbers
                numbers[index] += 1
                return numbers
            """,
        ),
    ),
}


@family(what=tuple(_JOINED))
def numbers_written_one_after_another(choose: Chooser, what: str) -> Exercise:
    """Form numbers from the elements of a list."""
    task = _JOINED[what]
    size, low, high = {"largest": ((2, 4), 1, 99), "joined": ((2, 6), 1, 40)}.get(
        what, ((2, 6), 1, 9)
    )
    lists = [choose.sample(range(low, high + 1), size) for _ in range(5)]
    extra = [[1, 9, 9]] if what == "plus_one" else [[5, 3, 8]]
    return Exercise(
        texts=ask_to(
            choose.one_of(("a list of digits", "a list"))
            if what in ("digits", "smallest", "plus_one")
            else choose.one_of(NUMBERS),
            task.asks,
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in [*lists, *extra]] + [([7],)],
        synonyms={
            "key": ("key",),
            "words": ("texts", "parts", "strings"),
            "x": ("a", "p"),
            "y": ("b", "q"),
        },
    )


_FIRSTS = {
    "difference": (
        "the first even number minus the first odd number",
        "difference_of_first_even_odd",
        "even - odd",
    ),
    "product": (
        "the product of the first even and the first odd number",
        "product_of_first_even_odd",
        "even * odd",
    ),
    "sum": (
        "the sum of the first even and the first odd number",
        "sum_of_first_even_odd",
        "even + odd",
    ),
    "tuple": (
        "the first even and the first odd number of {} as a tuple",
        "first_even_and_odd",
        "(even, odd)",
    ),
    "distance": (
        "the absolute difference of the first even and the first odd number",
        "distance_of_first_even_odd",
        "abs(even - odd)",
    ),
}


@family(what=tuple(_FIRSTS))
def first_even_and_first_odd(choose: Chooser, what: str) -> Exercise:
    """Combine the first even and the first odd number."""
    noun, name, expression = _FIRSTS[what]
    lists = [[*choose.integers((2, 6), 1, 30), choose.integer(1, 10) * 2, 7] for _ in range(6)]
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            (noun, noun.replace(" number", " element")),
            choose.one_of(("of", "in")),
        ),
        names=(name, f"{what}_even_odd", f"first_even_odd_{what}"),
        solutions=(
            f"""
            def solve(numbers):
                even = next(number for number in numbers if number % 2 == 0)
                odd = next(number for number in numbers if number % 2 == 1)
                return {expression}
            """,
            f"""
            def solve(numbers):
                even = odd = None
                for number in numbers:
                    if number % 2 == 0 and even is None:
                        even = number
                    elif number % 2 == 1 and odd is None:
                        odd = number
                return {expression}
            """,
            f"""
            def solve(numbers):
                even = [number for number in numbers if number % 2 == 0][0]
                odd = [number for number in numbers if number % 2 == 1][0]
                return {expression}
            """,
        ),
        arguments=[(choose.shuffled(numbers),) for numbers in lists],
        synonyms={"even": ("first_even", "e"), "odd": ("first_odd", "o")},
    )


_EXTREME_COUNTS = {
    "min": ("how often the smallest element occurs", "count_minimum", "min(numbers)"),
    "max": ("how often the largest element occurs", "count_maximum", "max(numbers)"),
    "first": ("how often the first element occurs", "count_of_first", "numbers[0]"),
    "last": ("how often the last element occurs", "count_of_last", "numbers[-1]"),
    "length": (
        "how often the length of {} occurs as an element in it",
        "count_of_length",
        "len(numbers)",
    ),
}


@family(which=tuple(_EXTREME_COUNTS))
def occurrences_of_a_special_element(choose: Chooser, which: str) -> Exercise:
    """Count the occurrences of the minimum, maximum, first, last element."""
    noun, name, value = _EXTREME_COUNTS[which]
    given = choose.one_of(NUMBERS_OR_TUPLES)
    asks = (noun, noun.replace("how often", "the number of times that").replace("occurs", "occurs"))
    return Exercise(
        texts=ask_for(given, asks, "in"),
        names=(name, f"{name}_in_list", f"occurrences_of_{which}"),
        solutions=(
            returns("numbers", f"numbers.count({value})"),
            f"""
            def solve(numbers):
                wanted = {value}
                count = 0
                for number in numbers:
                    if number == wanted:
                        count += 1
                return count
            """,
            f"""
            def solve(numbers):
                wanted = {value}
                return sum(1 for number in numbers if number == wanted)
            """,
        ),
        arguments=as_given(given, [(choose.integers((3, 9), 1, 6),) for _ in range(6)] + [([4],)]),
        synonyms={"wanted": ("target", "special", "x")},
    )
