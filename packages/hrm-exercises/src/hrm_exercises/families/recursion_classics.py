"""Well known recursive algorithms: searching, sorting, number bases, famous functions."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("index", "found", "insertion", "count_smaller"))
def recursive_binary_search(choose: Chooser, task: str) -> Exercise:
    """Halve a sorted list until the place is found."""
    thing, names = {
        "index": (
            "the index of a number in a sorted list without repetitions, or -1 if it is missing",
            ("binary_search", "recursive_binary_search", "find_index"),
        ),
        "found": (
            "whether a sorted list contains a number",
            ("binary_search", "contains_sorted", "is_in_sorted_list"),
        ),
        "insertion": (
            "the first position at which a number can be inserted into a sorted list so that the "
            "list stays sorted",
            ("insertion_point", "insert_position", "find_position"),
        ),
        "count_smaller": (
            "how many numbers of a sorted list are smaller than a given number",
            ("count_smaller", "num_smaller", "smaller_than"),
        ),
    }[task]  # fmt: skip
    of_target = thing.replace("a number", "the target").replace("a given number", "the target")
    of_target = of_target.replace("a sorted list", "the list").replace(
        "the list without repetitions,", "the list (it has no repetitions),"
    )
    halving = """
        def solve(numbers, target, low=0, high=None):
            if high is None:
                high = len(numbers){less}
            if low {stop} high:
                return {missing}
            middle = (low + high) // 2
            {found}
            if numbers[middle] < target:
                return solve(numbers, target, middle + 1, high)
            return solve(numbers, target, low, middle{step})
        """
    slicing = """
        def solve(numbers, target):
            if not numbers:
                return {missing}
            middle = len(numbers) // 2
            {found}
            if numbers[middle] < target:
                {right}
            return solve(numbers[:middle], target)
        """
    if task in ("index", "found"):
        hit = "middle" if task == "index" else "True"
        missing = "-1" if task == "index" else "False"
        found = f"if numbers[middle] == target:\n                return {hit}"
        solutions = [
            halving.format(less=" - 1", stop=">", missing=missing, found=found, step=" - 1")
        ]
        if task == "found":
            right = "return solve(numbers[middle + 1:], target)"
            solutions.append(slicing.format(missing=missing, found=found, right=right))
    else:
        solutions = [
            halving.format(less="", stop="==", missing="low", found="", step=""),
            slicing.format(
                missing="0",
                found="",
                right="return middle + 1 + solve(numbers[middle + 1:], target)",
            ),
        ]
    solutions = ["\n".join(filter(str.strip, code.splitlines())) for code in solutions]
    arguments = []
    for place in range(7):
        start = choose.integer(-5, 5)
        numbers = sorted(set(choose.integers((4, 9), start, 40)))
        target = choose.one_of(numbers) if place % 2 else choose.integer(-6, 45)
        arguments.append((numbers, target))
    arguments += [([], 3)]
    of_them = {
        "index": "the index of the number (no number is repeated), or -1 if it is missing",
        "found": "whether the list contains the number",
        "insertion": "the first position at which it can be inserted so that the list stays sorted",
        "count_smaller": "how many elements of the list are smaller than the number",
    }[task]
    return Exercise(
        texts=(
            f"find {thing}, using binary search and recursion",
            f"Use a recursive binary search to find {thing}.",
            f"Given a sorted list and a number, return {of_them}. Use recursion.",
            f"return {thing}, with a recursive binary search",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"target": ("x", "key", "wanted"), "middle": ("mid", "m"), "low": ("left", "lo")},
    )


@family(algorithm=("merge", "quick", "insertion", "selection"), order=("ascending", "descending"))
def recursive_sorting(choose: Chooser, algorithm: str, order: str) -> Exercise:
    """Sort a list with a recursive algorithm."""
    up = order == "ascending"
    less, most = ("<=", "min") if up else (">=", "max")
    after = ">" if up else "<"
    before = "<" if up else ">"
    solutions = {
        "merge": (
            f"""
            def solve(numbers):
                if len(numbers) < 2:
                    return numbers
                middle = len(numbers) // 2
                left = solve(numbers[:middle])
                right = solve(numbers[middle:])
                result = []
                while left and right:
                    if left[0] {less} right[0]:
                        result.append(left.pop(0))
                    else:
                        result.append(right.pop(0))
                return result + left + right
            """,
            f"""
            def solve(numbers):
                if len(numbers) <= 1:
                    return numbers
                middle = len(numbers) // 2
                left, right = solve(numbers[:middle]), solve(numbers[middle:])
                result = []
                i = j = 0
                while i < len(left) and j < len(right):
                    if left[i] {less} right[j]:
                        result.append(left[i])
                        i += 1
                    else:
                        result.append(right[j])
                        j += 1
                result.extend(left[i:])
                result.extend(right[j:])
                return result
            """,
        ),
        "quick": (
            f"""
            def solve(numbers):
                if len(numbers) < 2:
                    return numbers
                pivot = numbers[0]
                before = [x for x in numbers[1:] if x {before} pivot]
                after = [x for x in numbers[1:] if x {after}= pivot]
                return solve(before) + [pivot] + solve(after)
            """,
            f"""
            def solve(numbers):
                if len(numbers) <= 1:
                    return numbers
                pivot = numbers[len(numbers) // 2]
                before = [x for x in numbers if x {before} pivot]
                equal = [x for x in numbers if x == pivot]
                after = [x for x in numbers if x {after} pivot]
                return solve(before) + equal + solve(after)
            """,
        ),
        "insertion": (
            f"""
            def solve(numbers):
                if len(numbers) < 2:
                    return numbers
                result = solve(numbers[:-1])
                index = len(result)
                while index > 0 and result[index - 1] {after} numbers[-1]:
                    index -= 1
                return result[:index] + [numbers[-1]] + result[index:]
            """,
        ),
        "selection": (
            f"""
            def solve(numbers):
                if not numbers:
                    return []
                best = {most}(numbers)
                rest = list(numbers)
                rest.remove(best)
                return [best] + solve(rest)
            """,
            f"""
            def solve(numbers):
                if len(numbers) <= 1:
                    return numbers
                index = numbers.index({most}(numbers))
                return [numbers[index]] + solve(numbers[:index] + numbers[index + 1:])
            """,
        ),
    }[algorithm]
    way = "" if up else " in descending order"
    return Exercise(
        texts=(
            f"sort a list of numbers{way} with recursive {algorithm} sort",
            f"implement {algorithm} sort recursively, and return the sorted list"
            f"{' (smallest first)' if up else ' (largest first)'}",
            f"Sort a list in {order} order. Use {algorithm} sort, written with recursion.",
            f"Given a list of integers, return it sorted{way}, using a recursive version of "
            f"{algorithm} sort.",
        ),
        names=(
            f"{algorithm}_sort",
            f"recursive_{algorithm}_sort",
            f"{algorithm}_sort_{order}",
            f"{algorithm}sort",
        ),
        solutions=solutions,
        arguments=[(choose.integers((3, 9), -20, 60),) for _ in range(6)] + [([],), ([4],)],
        synonyms={"pivot": ("p", "middle_value")},
    )


@family(base=(2, 3, 8, 16))
def recursive_base_conversion(choose: Chooser, base: int) -> Exercise:
    """Write a number in another base by dividing again and again."""
    noun = {2: "binary", 3: "ternary", 8: "octal", 16: "hexadecimal"}[base]
    article = "an" if base == 8 else "a"
    digit = '"0123456789abcdef"[n % 16]' if base == 16 else f"str(n % {base})"
    smallest = '"0123456789abcdef"[n]' if base == 16 else "str(n)"
    note = ", with small letters as digits above 9" if base == 16 else ""
    return Exercise(
        texts=(
            f"convert a non-negative integer to {article} {noun} string using recursion{note}",
            f"Write a recursive function that returns the {noun} representation of a number as "
            f"text{note}.",
            f"recursively find the digits of a whole number in base {base}, as a string{note}",
            f"Given a non-negative integer, return its {noun} form as a string, without a prefix"
            f"{note}. Use recursion.",
        ),
        names=(f"to_{noun}", f"{noun}_string", f"number_to_{noun}", f"to_base_{base}"),
        solutions=(
            f"""
            def solve(n):
                if n < {base}:
                    return {smallest}
                return solve(n // {base}) + {digit}
            """,
            f"""
            def solve(n):
                return {smallest} if n < {base} else solve(n // {base}) + {digit}
            """,
        ),
        arguments=[(choose.integer(base, 999),) for _ in range(5)] + [(0,), (1,), (base,)],
    )


@family(task=("value", "ones", "zeros"))
def recursive_binary_numbers(choose: Chooser, task: str) -> Exercise:
    """Read or inspect binary digits."""
    does, names, solutions = {
        "value": (
            "convert a binary string to a decimal number",
            ("binary_to_decimal", "from_binary", "binary_value"),
            (
                """
                def solve(text):
                    if text == "":
                        return 0
                    return solve(text[:-1]) * 2 + int(text[-1])
                """,
                """
                def solve(text):
                    if not text:
                        return 0
                    return int(text[0]) * 2 ** (len(text) - 1) + solve(text[1:])
                """,
            ),
        ),
        "ones": (
            "count the ones in the binary form of a non-negative integer",
            ("count_ones", "count_set_bits", "ones_in_binary"),
            (
                """
                def solve(n):
                    if n == 0:
                        return 0
                    return n % 2 + solve(n // 2)
                """,
                """
                def solve(n):
                    if n == 0:
                        return 0
                    return (n & 1) + solve(n >> 1)
                """,
            ),
        ),
        "zeros": (
            "count the zeros in the binary form of a positive integer",
            ("count_zeros", "zeros_in_binary", "count_unset_bits"),
            (
                """
                def solve(n):
                    if n == 1:
                        return 0
                    return (1 if n % 2 == 0 else 0) + solve(n // 2)
                """,
                """
                def solve(n):
                    if n <= 1:
                        return 0
                    return 1 - n % 2 + solve(n // 2)
                """,
            ),
        ),
    }[task]  # fmt: skip
    numbers = [choose.integer(2, 10 ** choose.integer(1, 4)) for _ in range(6)] + [1]
    arguments: list[tuple[Any, ...]] = [(number,) for number in numbers]
    if task == "value":
        arguments = [(f"{number:b}",) for number in numbers] + [("0",)]
    return Exercise(
        texts=(
            f"{does} using recursion",
            f"{does} recursively",
            f"Use recursion to {does}.",
            f"Write a recursive function to {does}.",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
    )


@family(task=("ackermann", "collatz_steps", "collatz_list", "mccarthy", "hofstadter", "stern"))
def famous_recursive_functions(choose: Chooser, task: str) -> Exercise:
    """Write down a function that is known for its recursive definition."""
    texts, names, solutions = {
        "ackermann": (
            (
                "compute the Ackermann function of two small non-negative integers",
                "calculate A(m, n), where A(0, n) = n + 1, A(m, 0) = A(m - 1, 1) and A(m, n) = "
                "A(m - 1, A(m, n - 1))",
                "Return the value of the Ackermann function for m and n, using recursion.",
                "Ackermann function for small arguments m and n.",
            ),
            ("ackermann", "ackermann_function", "ack"),
            (
                """
                def solve(m, n):
                    if m == 0:
                        return n + 1
                    if n == 0:
                        return solve(m - 1, 1)
                    return solve(m - 1, solve(m, n - 1))
                """,
            ),
        ),
        "collatz_steps": (
            (
                "count the steps of the Collatz sequence of a number until it reaches 1, using "
                "recursion",
                "find recursively how many steps n needs to become 1, if an even n is halved and "
                "an odd n becomes 3n + 1",
                "Halve a number if it is even, else multiply it by 3 and add 1. Return how many "
                "times this must be done until the number is 1.",
                "How many Collatz steps does it take from n to 1? Use recursion.",
            ),
            ("collatz_steps", "steps_to_one", "collatz_length"),
            (
                """
                def solve(n):
                    if n == 1:
                        return 0
                    if n % 2 == 0:
                        return 1 + solve(n // 2)
                    return 1 + solve(3 * n + 1)
                """,
                """
                def solve(n):
                    if n == 1:
                        return 0
                    return 1 + solve(n // 2 if n % 2 == 0 else 3 * n + 1)
                """,
            ),
        ),
        "collatz_list": (
            (
                "list the Collatz sequence from a number down to 1, using recursion",
                "recursively build the list that starts with n and ends with 1, where an even "
                "number is followed by its half and an odd one by three times it plus one",
                "Return all numbers of the Collatz sequence that starts with n, up to the first 1.",
                "Collatz sequence of n as a list, from n to 1, with recursion.",
            ),
            ("collatz", "collatz_sequence", "hailstone"),
            (
                """
                def solve(n):
                    if n == 1:
                        return [1]
                    if n % 2 == 0:
                        return [n] + solve(n // 2)
                    return [n] + solve(3 * n + 1)
                """,
                """
                def solve(n):
                    if n == 1:
                        return [1]
                    return [n] + solve(n // 2 if n % 2 == 0 else 3 * n + 1)
                """,
            ),
        ),
        "mccarthy": (
            (
                "compute McCarthy's 91 function: M(n) = n - 10 for n > 100, and M(M(n + 11)) "
                "otherwise",
                "implement the McCarthy 91 function recursively",
                "Return n - 10 if n is greater than 100; else apply the function twice to n + 11.",
                "Apply the 91 function of McCarthy to an integer.",
            ),
            ("mccarthy", "mccarthy_91", "m91"),
            (
                """
                def solve(n):
                    if n > 100:
                        return n - 10
                    return solve(solve(n + 11))
                """,
            ),
        ),
        "hofstadter": (
            (
                "compute the Hofstadter G sequence, with G(0) = 0 and G(n) = n - G(G(n - 1))",
                "find the value of G(n), where G(0) is 0 and G(n) = n - G(G(n - 1)) for n > 0",
                "Return term n of the sequence G with G(0) = 0 and G(n) = n - G(G(n - 1)).",
                "Hofstadter's G sequence: value at n.",
            ),
            ("hofstadter_g", "g_sequence", "hofstadter"),
            (
                """
                def solve(n):
                    if n == 0:
                        return 0
                    return n - solve(solve(n - 1))
                """,
                """
                def solve(n):
                    return 0 if n == 0 else n - solve(solve(n - 1))
                """,
            ),
        ),
        "stern": (
            (
                "find term n of the Stern sequence: s(0) = 0, s(1) = 1, s(2n) = s(n) and "
                "s(2n + 1) = s(n) + s(n + 1)",
                "compute Stern's diatomic sequence at n, using recursion",
                "Return s(n), where s(0) = 0, s(1) = 1, an even n has the value of its half, and "
                "an odd n has the sum of the values of the two whole numbers around its half.",
                "Value number n of Stern's sequence 0, 1, 1, 2, 1, 3, 2, 3, ... (n = 0 gives 0).",
            ),
            ("stern", "diatomic", "stern_sequence"),
            (
                """
                def solve(n):
                    if n < 2:
                        return n
                    if n % 2 == 0:
                        return solve(n // 2)
                    return solve(n // 2) + solve(n // 2 + 1)
                """,
            ),
        ),
    }[task]  # fmt: skip
    low, high = {
        "ackermann": (0, 3),
        "collatz_steps": (2, 60),
        "collatz_list": (2, 24),
        "mccarthy": (60, 140),
        "hofstadter": (1, 14),
        "stern": (2, 99),
    }[task]
    arguments: list[tuple[Any, ...]] = [(n,) for n in choose.sample(range(low, high + 1), 6)]
    if task in ("collatz_steps", "collatz_list"):
        arguments.append((1,))
        arguments = [(n,) for (n,) in arguments if n not in (27, 31, 41, 47, 54, 55)] + [(6,)]
    if task == "ackermann":
        arguments = [(choose.integer(0, 1), choose.integer(0, 9)) for _ in range(3)]
        arguments += [(2, choose.integer(0, 4)), (3, 1), (2, 1)]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)
