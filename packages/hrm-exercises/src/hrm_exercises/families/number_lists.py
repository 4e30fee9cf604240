"""Lists of numbers: bits, divisors, equalizing, joined digits, alternation, repeated lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    ask_for,
    ask_to,
    ask_whether,
    number_lists,
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


_ALTERNATIONS = {
    "sign": ("positive", "negative", "number > 0", "number < 0"),
    "parity": ("even", "odd", "number % 2 == 0", "number % 2 != 0"),
}


@family(kinds=tuple(_ALTERNATIONS), lengths=("equal", "any"))
def alternate_two_kinds_of_numbers(choose: Chooser, kinds: str, lengths: str) -> Exercise:
    """Put positive and negative, or even and odd numbers in turn."""
    one, other, condition, opposite = _ALTERNATIONS[kinds]
    arguments = []
    for num in (2, 3, 4, 2, 3):
        count = num if lengths == "equal" else choose.integer(1, 4)
        if kinds == "sign":
            numbers = choose.integers(num, 1, 20) + [-n for n in choose.integers(count, 1, 20)]
        else:
            numbers = [2 * n for n in choose.integers(num, 0, 12)]
            numbers += [2 * n + 1 for n in choose.integers(count, 0, 12)]
        arguments.append((choose.shuffled(numbers),))
    rest = "" if lengths == "equal" else "; what is left of one kind comes last"
    nothing = f" (there are as many {one} as {other} ones)" if lengths == "equal" else ""
    equal = f"""
        def solve(numbers):
            first = [number for number in numbers if {condition}]
            second = [number for number in numbers if {opposite}]
            result = []
            for x, y in zip(first, second):
                result.extend([x, y])
            return result
        """
    general = f"""
        def solve(numbers):
            first = [number for number in numbers if {condition}]
            second = [number for number in numbers if {opposite}]
            result = []
            while first and second:
                result.append(first.pop(0))
                result.append(second.pop(0))
            return result + first + second
        """
    return Exercise(
        texts=ask_to(
            choose.one_of(("a list of numbers", "a given list", "an array of integers", "a list")),
            (
                f"rearrange {{}} so that {one} and {other} numbers alternate, beginning with a "
                f"{one} "
                f"one, each kind in its order{rest}{nothing}".replace("a even", "an even"),
                f"put the {one} and the {other} numbers of {{}} in turn, a {one} one first, "
                f"without "
                f"changing the order within each kind{rest}{nothing}".replace("a even", "an even"),
            ),
        ),
        names=(f"alternate_{kinds}", f"alternate_{one}_{other}", "rearrange_alternately"),
        solutions=(equal, general) if lengths == "equal" else (general,),
        arguments=arguments,
        synonyms={
            "first": (f"{one}s", "one"),
            "second": (f"{other}s", "two"),
            "x": ("a", "p"),
            "y": ("b", "q"),
        },
    )


_ROTATED = {
    "left": (
        "the element at index <i> of {} after it was rotated to the left by <k> places",
        "element_after_left_rotation",
        "(i + k) % len(numbers)",
        "numbers[k:] + numbers[:k]",
    ),
    "right": (
        "the element at index <i> of {} after it was rotated to the right by <k> places",
        "element_after_right_rotation",
        "(i - k) % len(numbers)",
        "numbers[len(numbers) - k:] + numbers[:len(numbers) - k]",
    ),
    "reversed": (
        "the element at index <i> of {} after its first <k> elements were reversed",
        "element_after_reversal",
        "",
        "numbers[:k][::-1] + numbers[k:]",
    ),
    "sorted": (
        "the element at index <i> of {} after its first <k> elements were sorted",
        "element_after_partial_sort",
        "",
        "sorted(numbers[:k]) + numbers[k:]",
    ),
}


@family(change=tuple(_ROTATED))
def element_after_a_change(choose: Chooser, change: str) -> Exercise:
    """Return an element after a rotation, a reversal or a partial sort."""
    noun, name, place, changed = _ROTATED[change]
    solutions = [
        f"""
        def solve(numbers, k, i):
            numbers = {changed}
            return numbers[i]
        """
    ]
    if place:
        solutions.append(returns("numbers, k, i", f"numbers[{place}]"))
    arguments = [
        (
            numbers,
            choose.integer(1, len(numbers) - 1),
            choose.integer(0, len(numbers) - 1),
        )
        for numbers in number_lists(choose, 6, (4, 8), 0, 50)
    ]
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            f"find {noun.format('a list')}",
            f"return {noun.format('a list of numbers')}",
        ),
        names=(name, f"get_{name}", f"after_{change}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"i": ("index", "pos", "place"), "k": ("n", "d", "m")},
    )


_TWO_SORTED = {
    "kth": (
        "the <k>-th smallest element of two sorted lists together",
        "kth_of_two_sorted",
        "sorted(first + second)[k - 1]",
    ),
    "kth_largest": (
        "the <k>-th largest element of two sorted lists together",
        "kth_largest_of_two",
        "sorted(first + second)[-k]",
    ),
    "first_k": (
        "the <k> smallest elements of two sorted lists together, in ascending order",
        "k_smallest_of_two",
        "sorted(first + second)[:k]",
    ),
    "sum_k": (
        "the sum of the <k> smallest elements of two sorted lists together",
        "sum_of_k_smallest_of_two",
        "sum(sorted(first + second)[:k])",
    ),
}


@family(what=tuple(_TWO_SORTED))
def kth_element_of_two_sorted_lists(choose: Chooser, what: str) -> Exercise:
    """Find elements of a rank in two sorted lists."""
    noun, name, expression = _TWO_SORTED[what]
    result = {
        "kth": "merged[k - 1]",
        "kth_largest": "merged[len(merged) - k]",
        "first_k": "merged[:k]",
        "sum_k": "sum(merged[:k])",
    }[what]
    arguments: list[tuple[list[int], list[int], int]] = []
    for _ in range(6):
        first, second = (
            sorted(choose.integers((2, 5), 0, 30)),
            sorted(choose.integers((1, 5), 0, 30)),
        )
        arguments.append((first, second, choose.integer(1, len(first) + len(second))))
    return Exercise(
        texts=(
            f"find {noun}",
            f"return {noun}",
            f"Given two sorted lists and a number <k>, return "
            f"{noun.replace('two sorted lists', 'both')}.",
            f"get {noun}",
        ),
        names=(name, f"find_{name}", f"{what}_in_two_lists"),
        solutions=(
            returns("first, second, k", expression),
            f"""
            def solve(first, second, k):
                merged = []
                i = j = 0
                while i < len(first) and j < len(second):
                    if first[i] <= second[j]:
                        merged.append(first[i])
                        i += 1
                    else:
                        merged.append(second[j])
                        j += 1
                merged += first[i:] + second[j:]
                return {result}
            """,
        ),
        arguments=arguments,
        synonyms={"merged": ("result", "both", "all_numbers"), "k": ("n", "m")},
    )


_RUN_CODES = {
    "decode": Task(
        (
            "expand a list of pairs (element, count) to a list in which each element occurs as "
            "often as its count says",
            "decode a run-length encoded list of tuples (element, count)",
            "Given a list of tuples (element, count), return the list with each element repeated "
            "count times.",
        ),
        ("decode_runs", "run_length_decode", "expand_pairs"),
        (
            """
            def solve(pairs):
                result = []
                for item, count in pairs:
                    result.extend([item] * count)
                return result
            """,
            returns("pairs", "[item for item, count in pairs for _ in range(count)]"),
        ),
    ),
    "length": Task(
        (
            "find the length of the list that a run-length code of tuples (element, count) "
            "stands for",
            "add up the counts of a list of tuples (element, count)",
            "Given a list of tuples (element, count), return how many elements the expanded list "
            "has.",
        ),
        ("decoded_length", "length_of_runs", "total_count"),
        (
            returns("pairs", "sum(count for _, count in pairs)"),
            """
            def solve(pairs):
                total = 0
                for _, count in pairs:
                    total += count
                return total
            """,
        ),
    ),
    "swapped": Task(
        (
            "expand a list of pairs (count, element) to a list in which each element occurs "
            "count times",
            "decode a run-length encoded list of lists [count, element]",
            "Given a list of pairs of a count and an element, return the list with each element "
            "repeated that many times.",
        ),
        ("decode_count_first", "expand_counts", "decompress_list"),
        (
            """
            def solve(pairs):
                result = []
                for count, item in pairs:
                    result += [item] * count
                return result
            """,
            returns("pairs", "[item for count, item in pairs for _ in range(count)]"),
        ),
    ),
    "longest": Task(
        (
            "find the element with the largest count in a list of tuples (element, count), the "
            "first one if there are several",
            "return the element of the longest run in a run-length code of tuples (element, "
            "count); of equally long ones the first",
            "Given a list of tuples (element, count), return the element whose count is largest "
            "(the first of equals).",
        ),
        ("element_of_longest_run", "largest_count_element", "longest_run_element"),
        (
            returns("pairs", "max(pairs, key=lambda pair: pair[1])[0]"),
            """
            def solve(pairs):
                best = pairs[0]
                for pair in pairs:
                    if pair[1] > best[1]:
                        best = pair
                return best[0]
            """,
        ),
    ),
}


@family(what=tuple(_RUN_CODES))
def run_length_codes_of_lists(choose: Chooser, what: str) -> Exercise:
    """Decode lists of elements with counts."""
    task = _RUN_CODES[what]
    arguments: list[tuple[list[object]]] = []
    letters = choose.chance(0.4)
    for num in (1, 2, 3, 4, 3):
        pairs: list[object] = []
        for _ in range(num):
            item: object = choose.letters(1) if letters else choose.integer(0, 9)
            count = choose.integer(1, 4)
            pairs.append((count, item) if what == "swapped" else (item, count))
        arguments.append((pairs,))
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=arguments if what == "longest" else [*arguments, ([],)],
        synonyms={"key": ("key",), "pair": ("p", "t", "run")},
    )


_TRIPLES = {
    "list": (
        "all triples (x, y, z) of elements of {} at increasing indexes whose sum is <k>",
        "triples_with_total",
        "[triple for triple in combinations(numbers, 3) if sum(triple) == k]",
    ),
    "exists": (
        "True if three elements of {} at different indexes have the sum <k>, else False",
        "has_triple_total",
        "any(sum(triple) == k for triple in combinations(numbers, 3))",
    ),
    "closest": (
        "the sum of three elements of {} at different indexes that is closest to <k> (the "
        "smaller one of two)",
        "closest_triple_sum",
        "min((sum(triple) for triple in combinations(numbers, 3)), key=lambda total: (abs(total "
        "- k), total))",
    ),
    "largest": (
        "the largest sum of three elements of {} at different indexes that is at most <k>, or None",
        "largest_triple_sum",
        "max((sum(triple) for triple in combinations(numbers, 3) if sum(triple) <= k), "
        "default=None)",
    ),
}


@family(what=tuple(_TRIPLES))
def triples_with_a_given_sum(choose: Chooser, what: str) -> Exercise:
    """List or find three elements with a given sum."""
    noun, name, expression = _TRIPLES[what]
    loop = {
        "list": (
            "result = []",
            "if total == k:",
            "result.append((numbers[i], numbers[j], numbers[m]))",
            "result",
        ),
        "exists": ("", "if total == k:", "return True", "False"),
        "closest": (
            "best = sum(numbers[:3])",
            "if (abs(total - k), total) < (abs(best - k), best):",
            "best = total",
            "best",
        ),
        "largest": (
            "best = None",
            "if total <= k and (best is None or total > best):",
            "best = total",
            "best",
        ),
    }[what]
    start = f"{loop[0]}\n                " if loop[0] else ""
    arguments: list[tuple[list[int], int]] = []
    for index in range(6):
        numbers = choose.sample(range(-5, 15), (4, 6))
        arguments.append((numbers, sum(numbers[1:4]) if index % 2 else choose.integer(0, 25)))
    given = choose.one_of(NUMBERS)
    texts = (*ask_for(given, (noun,)), f"return {noun.format('a list')}")
    if what == "exists":
        texts = ask_whether(
            given,
            (
                "contains three elements at different indexes that add up to <k>",
                "has a triple of elements with the sum <k>",
            ),
        )
    return Exercise(
        texts=texts,
        names=(name, f"find_{name}", f"three_sum_{what}"),
        solutions=(
            f"""
            from itertools import combinations

            def solve(numbers, k):
                return {expression}
            """,
            f"""
            def solve(numbers, k):
                {start}for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        for m in range(j + 1, len(numbers)):
                            total = numbers[i] + numbers[j] + numbers[m]
                            {loop[1]}
                                {loop[2]}
                return {loop[3]}
            """,
        ),
        arguments=arguments,
        synonyms={"key": ("key",), "k": ("target", "n", "limit"), "triple": ("group", "t")},
    )


_REPEATED = {
    "sum": (
        "the largest sum of consecutive elements in <k> copies of {}, one after another",
        "max_sum_of_repeated",
    ),
    "longest": (
        "the length of the longest run of equal neighbours in <k> copies of {}, one after another",
        "longest_run_in_repeated",
    ),
    "count": (
        "how many neighbours are equal in <k> copies of {}, one after another",
        "equal_neighbours_in_repeated",
    ),
}


@family(what=tuple(_REPEATED))
def value_of_a_repeated_list(choose: Chooser, what: str) -> Exercise:
    """Values of a list that is repeated k times."""
    noun, name = _REPEATED[what]
    solution = {
        "sum": """
            def solve(numbers, k):
                best = current = numbers[0]
                for number in (numbers * k)[1:]:
                    current = max(number, current + number)
                    best = max(best, current)
                return best
            """,
        "longest": """
            from itertools import groupby

            def solve(numbers, k):
                return max(len(list(run)) for _, run in groupby(numbers * k))
            """,
        "count": """
            def solve(numbers, k):
                repeated = numbers * k
                return sum(1 for x, y in zip(repeated, repeated[1:]) if x == y)
            """,
    }[what]
    low, high = (-6, 6) if what == "sum" else (1, 3)
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            f"find {noun.format('a list')}",
            f"return {noun.format('a list of numbers')}",
        ),
        names=(name, f"find_{name}", f"repeated_{what}"),
        solutions=(solution,),
        arguments=[(choose.integers((2, 6), low, high), choose.integer(1, 3)) for _ in range(6)],
        synonyms={"current": ("here", "running"), "x": ("a", "p"), "y": ("b", "q")},
    )
