"""Calculations with tuples, element by element."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import as_they
from hrm_exercises.family import Exercise, family


def _tuple(
    choose: Chooser, num: int | tuple[int, int], low: int = 0, high: int = 20
) -> tuple[int, ...]:
    return tuple(choose.integers(num, low, high))


_ELEMENTWISE = {
    "add": ("+", "addition", "sums"),
    "subtract": ("-", "subtraction", "differences"),
    "multiply": ("*", "multiplication", "products"),
    "divide": ("//", "floor division", "floored quotients"),
    "modulo": ("%", "modulo", "remainders"),
    "power": ("**", "exponentiation", "powers"),
    "xor": ("^", "bitwise xor", "bitwise xor values"),
    "and": ("&", "bitwise and", "bitwise and values"),
    "or": ("|", "bitwise or", "bitwise or values"),
}


@family(operation=tuple(_ELEMENTWISE))
def elementwise_on_two_tuples(choose: Chooser, operation: str) -> Exercise:
    """Combine two tuples of equal length element by element with an operator."""
    operator, noun, plural = _ELEMENTWISE[operation]
    high = 6 if operation == "power" else 40
    arguments = []
    for _ in range(5):
        size = choose.integer(2, 6)
        second = _tuple(choose, size, 1, 4 if operation == "power" else 12)
        arguments.append((_tuple(choose, size, 0, high), second))
    by_hand = f"""
        def solve(first, second):
            result = []
            for index in range(len(first)):
                result.append(first[index] {operator} second[index])
            return tuple(result)
        """
    return Exercise(
        texts=(
            f"perform {noun} on two tuples element by element",
            f"do element-wise {noun} of two given tuples",
            f"Given two tuples of the same length, return a tuple with the {plural} of the "
            "elements at the same positions.",
            f"return the {plural} of the corresponding elements of two tuples",
            f"I have two tuples of equal length. I want the element-wise {plural} as a new tuple.",
        ),
        names=(f"{operation}_tuples", f"tuple_{operation}", f"elementwise_{operation}"),
        solutions=(
            f"""
            def solve(first, second):
                return tuple(x {operator} y for x, y in zip(first, second))
            """,
            f"""
            def solve(first, second):
                return tuple(map(lambda x, y: x {operator} y, first, second))
            """,
            by_hand,
        ),
        arguments=arguments,
        synonyms={
            "first": ("tup1", "a", "t1", "test_tup1", "tuple1"),
            "second": ("tup2", "b", "t2", "test_tup2", "tuple2"),
            "x": ("a", "i", "one", "left"),
            "y": ("b", "j", "other", "right"),
        },
    )


_PICKED = {"larger": ("max", ">", "maximum"), "smaller": ("min", "<", "minimum")}


@family(kind=tuple(_PICKED), container=("tuple", "list"))
def elementwise_extreme(choose: Chooser, kind: str, container: str) -> Exercise:
    """Keep the larger or smaller of the elements at each position of two tuples."""
    function, sign, noun = _PICKED[kind]
    arguments = []
    for _ in range(6):
        size = choose.integer(1, 6)
        arguments.append((_tuple(choose, size, -20, 20), _tuple(choose, size, -20, 20)))
    return Exercise(
        texts=(
            f"take the {kind} element at each position of two tuples and return a {container}",
            f"find the element-wise {noun} of two tuples as a {container}",
            f"Given two tuples of numbers of equal length, return a {container} that holds the "
            f"{kind} of both numbers at every index.",
            f"compare two tuples by position and return a {container} of the {kind} values",
        ),
        names=(f"{kind}_elements", f"elementwise_{function}", f"{noun}_of_tuples"),
        solutions=(
            f"""
            def solve(first, second):
                return {container}(map({function}, first, second))
            """,
            f"""
            def solve(first, second):
                return {container}({function}(a, b) for a, b in zip(first, second))
            """,
            f"""
            def solve(first, second):
                result = []
                for a, b in zip(first, second):
                    result.append(a if a {sign} b else b)
                return {"tuple(result)" if container == "tuple" else "result"}
            """,
        ),
        arguments=arguments,
    )


_SCALED = {
    "add": ("number + k", "increased by <k>"),
    "multiply": ("number * k", "multiplied by <k>"),
    "subtract": ("number - k", "decreased by <k>"),
    "power": ("number ** k", "raised to the power <k>"),
    "floor": ("number // k", "divided by <k>, rounded down"),
    "remainder": ("number % k", "replaced by its remainder on division by <k>"),
}


@family(operation=tuple(_SCALED))
def apply_number_to_tuple(choose: Chooser, operation: str) -> Exercise:
    """Apply an operation with a number k to each element of a tuple."""
    expression, done = _SCALED[operation]
    return Exercise(
        texts=(
            f"return a tuple with each element {done}",
            f"build a new tuple from a given one, with every element {done}",
            f"Given a tuple of integers and a number <k>, return a tuple in which each element is "
            f"{done}.",
            f"go through a tuple of numbers and return them as a tuple, each {done}",
        ),
        names=(f"{operation}_tuple_elements", f"tuple_{operation}_k", f"{operation}_each"),
        solutions=(
            f"""
            def solve(numbers, k):
                return tuple({expression} for number in numbers)
            """,
            f"""
            def solve(numbers, k):
                return tuple(map(lambda number: {expression}, numbers))
            """,
            f"""
            def solve(numbers, k):
                result = ()
                for number in numbers:
                    result += ({expression},)
                return result
            """,
        ),
        arguments=[
            (
                _tuple(choose, (1, 7), 0, 9 if operation == "power" else 50),
                choose.integer(2, 3 if operation == "power" else 9),
            )
            for _ in range(6)
        ],
        synonyms={"numbers": ("tup", "test_tup", "t", "values", "nums")},
    )


_NEIGHBOURS = {
    "add": ("a + b", "sums", "add"),
    "multiply": ("a * b", "products", "multiply"),
    "subtract": ("b - a", "differences (later minus earlier)", "subtract"),
    "absolute": ("abs(a - b)", "absolute differences", "find the absolute difference of"),
    "largest": ("max(a, b)", "maxima", "take the maximum of"),
    "pair": ("(a, b)", "pairs", "pair up"),
}


@family(operation=tuple(_NEIGHBOURS))
def neighbors_in_tuple(choose: Chooser, operation: str) -> Exercise:
    """Combine each element of a tuple with the next one."""
    expression, plural, verb = _NEIGHBOURS[operation]
    return Exercise(
        texts=(
            f"{verb} the adjacent elements of a tuple",
            f"return a tuple with the {plural} of neighboring elements of a given tuple",
            f"Given a tuple, return the {plural} of all two consecutive elements as a tuple.",
            f"find the {plural} of every element and the element after it in a tuple",
        ),
        names=(f"{operation}_adjacent", f"{operation}_neighbors", f"adjacent_{operation}"),
        solutions=(
            f"""
            def solve(record):
                return tuple({expression} for a, b in zip(record, record[1:]))
            """,
            f"""
            def solve(record):
                result = []
                for index in range(len(record) - 1):
                    a, b = record[index], record[index + 1]
                    result.append({expression})
                return tuple(result)
            """,
        ),
        arguments=[(_tuple(choose, (2, 8), -9, 15),) for _ in range(5)]
        + [(_tuple(choose, 1),), (_tuple(choose, 2),)],
    )


_COMPARED = {
    "greater": (">", "greater than"),
    "smaller": ("<", "smaller than"),
    "at_least": (">=", "greater than or equal to"),
    "different": ("!=", "different from"),
}


@family(relation=tuple(_COMPARED), quantity=("all", "any", "count"))
def compare_tuples_by_position(choose: Chooser, relation: str, quantity: str) -> Exercise:
    """Compare the elements of two tuples at the same positions."""
    sign, words = _COMPARED[relation]
    arguments = []
    for _ in range(7):
        size = choose.integer(1, 5)
        first = _tuple(choose, size, 1, 30)
        shift = choose.one_of((-1, 1)) if choose.chance(0.6) else 0
        second = tuple(
            value + shift * choose.integer(1, 5) if shift else choose.integer(1, 30)
            for value in first
        )
        if relation == "different" and choose.chance(0.5):
            second = first if quantity == "any" else (first[0], *second[1:])
        arguments.append((first, second))
    counted = f"sum(1 for x, y in zip(first, second) if x {sign} y)"
    expression = (
        counted if quantity == "count" else f"{quantity}(x {sign} y for x, y in zip(first, second))"
    )
    loop = {
        "count": ("count = 0", "count += 1", sign, "count"),
        "any": ("", "return True", sign, "False"),
        "all": (
            "",
            "return False",
            {">": "<=", "<": ">=", ">=": "<", "!=": "=="}[sign],
            "True",
        ),
    }[quantity]
    each = {"all": "every element", "any": "at least one element", "count": ""}[quantity]
    texts: tuple[str, ...] = (
        f"check whether {each} of the first tuple is {words} the element at the same position of "
        "the second tuple",
        f"check if {each} of one tuple is {words} its corresponding element in another tuple",
        f"Given two tuples of equal length, return True if {each} of the first is {words} its "
        "counterpart in the second, else False.",
        f"test two tuples: is {each} of the first {words} the one at the same index of the second",
    )
    if quantity == "count":
        texts = (
            f"count the positions at which the first tuple's element is {words} the second's",
            f"count how many elements of a tuple are {words} the corresponding elements of another",
            "Given two tuples of equal length, return the number of indices where the element of "
            f"the first is {words} that of the second.",
            f"find the number of elements in one tuple that are {words} the elements at the same "
            "place in a second tuple",
        )
    start = f"{loop[0]}\n                " if loop[0] else ""
    return Exercise(
        texts=texts,
        names=(
            f"{quantity}_{relation}",
            f"check_{relation}",
            f"{relation}_tuples",
            "compare_tuples",
        ),
        solutions=(
            f"""
            def solve(first, second):
                return {expression}
            """,
            f"""
            def solve(first, second):
                {start}for x, y in zip(first, second):
                    if x {loop[2]} y:
                        {loop[1]}
                return {loop[3]}
            """,
        ),
        arguments=arguments,
        synonyms={"first": ("tup1", "a", "t1"), "second": ("tup2", "b", "t2")},
    )


_JOINED = {
    "common": (
        "sorted(set(first) & set(second))",
        "x in second",
        "the elements that occur in both tuples",
        "common",
    ),
    "only_first": (
        "sorted(set(first) - set(second))",
        "x not in second",
        "the elements of the first tuple that are not in the second",
        "only_in_first",
    ),
    "dissimilar": (
        "sorted(set(first) ^ set(second))",
        None,
        "the elements that occur in exactly one of two tuples",
        "dissimilar",
    ),
    "all": (
        "sorted(set(first) | set(second))",
        None,
        "the distinct elements of two tuples",
        "all_distinct",
    ),
}


@family(kind=tuple(_JOINED), container=("tuple", "list"))
def compare_elements_of_two_tuples(choose: Chooser, kind: str, container: str) -> Exercise:
    """Return the common, different or all elements of two tuples, sorted."""
    expression, condition, noun, name = _JOINED[kind]
    wrapped = expression if container == "list" else f"tuple({expression})"
    solutions = [
        f"""
        def solve(first, second):
            return {wrapped}
        """
    ]
    if condition:
        end = "result" if container == "list" else "tuple(result)"
        solutions.append(f"""
        def solve(first, second):
            result = []
            for x in sorted(set(first)):
                if {condition}:
                    result.append(x)
            return {end}
        """)
    return Exercise(
        texts=(
            f"find {noun}, as a sorted {container}",
            f"return {noun} in ascending order as a {container}",
            f"Given two tuples of integers, return a sorted {container} of "
            f"{as_they(noun, 'two tuples')}, each only once.",
            f"collect {noun} in a {container}, smallest first and without repetitions",
        ),
        names=(f"{name}_elements", f"find_{name}", f"{name}_of_tuples", f"tuple_{kind}"),
        solutions=solutions,
        arguments=[(_tuple(choose, (2, 6), 1, 9), _tuple(choose, (2, 6), 1, 9)) for _ in range(6)]
        + [((), _tuple(choose, 2))],
        synonyms={"first": ("tup1", "a", "t1"), "second": ("tup2", "b", "t2"), "x": ("item", "el")},
    )


_CUTS = {
    "chunks": (
        "tuple(record[index:index + k] for index in range(0, len(record), k))",
        "split a tuple into tuples of <k> elements; the last one may be shorter",
        "Cut a tuple into pieces of length <k> (the last piece holds what is left) and return a "
        "tuple of tuples.",
        "break a tuple up into chunks of size <k>",
    ),
    "windows": (
        "tuple(record[index:index + k] for index in range(len(record) - k + 1))",
        "list all runs of <k> consecutive elements of a tuple as a tuple of tuples",
        "Slide a window of length <k> over a tuple and return all windows in a tuple.",
        "get all slices of length <k> of a tuple",
    ),
    "rotate_left": (
        "record[k % len(record):] + record[:k % len(record)]",
        "rotate a tuple to the left by <k> places",
        "Move the first element of a tuple to its end, and do this <k> times.",
        "shift the elements of a tuple <k> steps to the left, wrapping around",
    ),
    "rotate_right": (
        "record[-k % len(record):] + record[:-k % len(record)]",
        "rotate a tuple to the right by <k> places",
        "Move the last element of a tuple to the front, and do this <k> times.",
        "shift the elements of a tuple <k> steps to the right, wrapping around",
    ),
    "repeat": (
        "record * k",
        "repeat a tuple <k> times",
        "Return a tuple that contains the elements of the given tuple <k> times over.",
        "concatenate <k> copies of a tuple",
    ),
    "repeat_each": (
        "tuple(item for item in record for _ in range(k))",
        "repeat each element of a tuple <k> times",
        "Return a tuple in which every element of the given tuple occurs <k> times in a row.",
        "duplicate every element of a tuple so that it occurs <k> times, keeping the order",
    ),
}


@family(cut=tuple(_CUTS))
def rearrange_tuple_by_number(choose: Chooser, cut: str) -> Exercise:
    """Chunks, windows, rotations and repetitions of a tuple."""
    expression, *texts = _CUTS[cut]
    return Exercise(
        texts=texts,
        names=(f"tuple_{cut}", f"{cut}_tuple", f"make_{cut}"),
        solutions=(
            f"""
            def solve(record, k):
                return {expression}
            """,
        ),
        arguments=[(_tuple(choose, (4, 8)), choose.integer(1, 4)) for _ in range(5)]
        + [(tuple(choose.words((3, 5))), choose.integer(1, 3))],
        synonyms={"record": ("tup", "test_tup", "t", "tuple1")},
    )


@family(repeated=("values", "digits"), unit=("text", "number"))
def tuple_to_joined_value(choose: Chooser, repeated: str, unit: str) -> Exercise:
    """Write the numbers of a tuple one after another as text or as one number."""
    digits = repeated == "digits"
    noun = "digits" if digits else "positive integers"
    wanted = "a string" if unit == "text" else "one integer"
    example = "(4, 0, 7) into {}407{}" if digits else "(12, 3, 45) into {}12345{}"
    example = example.format(*["'" * (unit == "text")] * 2)
    joined = "''.join(str(number) for number in numbers)"
    mapped = "''.join(map(str, numbers))"
    if unit == "number":
        joined, mapped = f"int({joined})", f"int({mapped})"
    solutions = [
        f"def solve(numbers):\n    return {joined}",
        f"def solve(numbers):\n    return {mapped}",
    ]
    if digits and unit == "number":
        solutions.append("""
        def solve(numbers):
            total = 0
            for digit in numbers:
                total = 10 * total + digit
            return total
        """)
    return Exercise(
        texts=(
            f"join a tuple of {noun} into {wanted}",
            f"convert a tuple of {noun} to {wanted} by writing them one after another",
            f"Given a tuple of {noun}, concatenate them and return {wanted}.",
            f"turn a tuple of {noun} such as {example}",
        ),
        names=(f"tuple_to_{unit}", "join_tuple", f"{repeated}_to_{unit}", "concatenate_tuple"),
        solutions=solutions,
        arguments=[
            (_tuple(choose, (2, 6), 1, 9 if digits else choose.one_of((99, 999))),)
            for _ in range(6)
        ],
        synonyms={"numbers": ("tup", "test_tup", "t", "digits_", "nums")},
    )
