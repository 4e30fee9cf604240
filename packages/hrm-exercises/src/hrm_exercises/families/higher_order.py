"""Functions that take or return functions, and tasks for map, filter, reduce and lambda."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# Functions of one number, as tests write them.
ON_NUMBERS = (
    "lambda x: x + 1",
    "lambda x: x * 2",
    "lambda x: x ** 2",
    "lambda x: x - 3",
    "lambda x: 10 - x",
    "lambda x: x // 2",
    "abs",
    "lambda x: -x",
)
CONDITIONS = (
    "lambda x: x > 3",
    "lambda x: x % 2 == 0",
    "lambda x: x < 0",
    "lambda x: x % 3 == 0",
    "lambda x: x != 5",
    "lambda x: x % 2",
)
OPERATIONS = (
    "lambda a, b: a + b",
    "lambda a, b: a * b",
    "lambda a, b: a - b",
    "max",
    "min",
    "lambda a, b: 2 * a + b",
)
FUNCTION_NAMES = {
    "function": ("func", "f", "fn"),
    "condition": ("predicate", "test", "cond", "func"),
    "first_function": ("f", "func1", "outer"),
    "second_function": ("g", "func2", "inner"),
    "functions": ("funcs", "function_list", "fs"),
    "key": ("key",),
}


def a_list(choose: Chooser) -> str:
    """Return the source of a list of numbers."""
    return str(choose.integers((3, 6), -6, 12))


@family(task=("map", "filter", "reject", "reduce", "any", "all", "count", "find", "index"))
def own_map_and_filter(choose: Chooser, task: str) -> Exercise:
    """Write a version of map, filter or reduce that gets a function."""
    texts: Sequence[str]
    names: Sequence[str]
    solutions: Sequence[str]
    texts, names, solutions = {
        "map": (
            (
                "apply a given function to each element of a list and return the list of results",
                "Write your own version of map, which returns a list; the function comes first.",
                "Given a function and a list, return a new list with the function applied to "
                "every element.",
                "take a function and a list of numbers, and return what the function gives for "
                "each number",
            ),
            ("apply_to_all", "my_map", "map_list", "transform"),
            (
                """
                def solve(function, items):
                    return [function(item) for item in items]
                """,
                """
                def solve(function, items):
                    return list(map(function, items))
                """,
                """
                def solve(function, items):
                    result = []
                    for item in items:
                        result.append(function(item))
                    return result
                """,
            ),
        ),
        "filter": (
            (
                "keep the elements of a list for which a given function returns a true value",
                "Write your own version of filter, which returns a list; the function comes first.",
                "Given a condition (a function) and a list, return the list of the elements that "
                "satisfy the condition.",
                "take a function and a list, and select those elements on which the function is "
                "true",
            ),
            ("my_filter", "keep_if", "select", "filter_list"),
            (
                """
                def solve(condition, items):
                    return [item for item in items if condition(item)]
                """,
                """
                def solve(condition, items):
                    return list(filter(condition, items))
                """,
                """
                def solve(condition, items):
                    result = []
                    for item in items:
                        if condition(item):
                            result.append(item)
                    return result
                """,
            ),
        ),
        "reject": (
            (
                "remove all elements of a list for which a given function returns a true value",
                "drop the elements that satisfy a condition, given as a function, from a list",
                "Given a function and a list, return the elements on which the function is false.",
                "take a function and a list, and return the list without the elements for which "
                "the function is true",
            ),
            ("reject", "remove_if", "drop_if", "filter_out"),
            (
                """
                def solve(condition, items):
                    return [item for item in items if not condition(item)]
                """,
                """
                def solve(condition, items):
                    result = []
                    for item in items:
                        if not condition(item):
                            result.append(item)
                    return result
                """,
                """
                from itertools import filterfalse


                def solve(condition, items):
                    return list(filterfalse(condition, items))
                """,
            ),
        ),
        "reduce": (
            (
                "combine the elements of a list from left to right with a function of two "
                "arguments and a start value",
                "Write your own version of reduce with the arguments function, list and initial "
                "value.",
                "Given a function of two arguments, a list and a start value, fold the list from "
                "the left and return the final value.",
                "take a two-argument function, a list and a first value, and apply the function "
                "to the value so far and each element in turn",
            ),
            ("my_reduce", "fold", "fold_left", "accumulate_all"),
            (
                """
                def solve(function, items, start):
                    result = start
                    for item in items:
                        result = function(result, item)
                    return result
                """,
                """
                from functools import reduce


                def solve(function, items, start):
                    return reduce(function, items, start)
                """,
            ),
        ),
        "any": (
            (
                "check whether a given function is true for at least one element of a list",
                "test if some element of a list satisfies a condition that is given as a function",
                "Given a function and a list, return True if any element passes the test of the "
                "function, else False.",
                "take a condition and a list, and return whether the condition holds for any "
                "element",
            ),
            ("any_match", "has_any", "exists", "some"),
            (
                """
                def solve(condition, items):
                    return any(condition(item) for item in items)
                """,
                """
                def solve(condition, items):
                    for item in items:
                        if condition(item):
                            return True
                    return False
                """,
                """
                def solve(condition, items):
                    return any(map(condition, items))
                """,
            ),
        ),
        "all": (
            (
                "check whether a given function is true for every element of a list",
                "test if all elements of a list satisfy a condition that is given as a function",
                "Given a function and a list, return True if each element passes the test of the "
                "function, else False (True for an empty list).",
                "take a condition and a list, and return whether the condition holds everywhere",
            ),
            ("all_match", "every", "for_all", "holds_for_all"),
            (
                """
                def solve(condition, items):
                    return all(condition(item) for item in items)
                """,
                """
                def solve(condition, items):
                    for item in items:
                        if not condition(item):
                            return False
                    return True
                """,
            ),
        ),
        "count": (
            (
                "count the elements of a list for which a given function is true",
                "find how many elements of a list satisfy a condition, which is a function",
                "Given a function and a list, return the number of elements on which the "
                "function returns a true value.",
                "take a condition and a list, and count the matches",
            ),
            ("count_if", "count_matches", "how_many", "num_matching"),
            (
                """
                def solve(condition, items):
                    return sum(1 for item in items if condition(item))
                """,
                """
                def solve(condition, items):
                    count = 0
                    for item in items:
                        if condition(item):
                            count += 1
                    return count
                """,
                """
                def solve(condition, items):
                    return len(list(filter(condition, items)))
                """,
            ),
        ),
        "find": (
            (
                "find the first element of a list for which a given function is true, or None",
                "return the first element that satisfies a condition (None if none does)",
                "Given a function and a list, return the first element on which the function "
                "returns a true value, and None if there is no such element.",
                "take a condition and a list, and return the first match or None",
            ),
            ("find_first", "first_match", "detect", "find"),
            (
                """
                def solve(condition, items):
                    for item in items:
                        if condition(item):
                            return item
                    return None
                """,
                """
                def solve(condition, items):
                    return next((item for item in items if condition(item)), None)
                """,
                """
                def solve(condition, items):
                    return next(filter(condition, items), None)
                """,
            ),
        ),
        "index": (
            (
                "find the index of the first element of a list for which a given function is "
                "true, or -1",
                "return the position of the first element that satisfies a condition (-1 if none "
                "does)",
                "Given a function and a list, return the index of the first element on which the "
                "function returns a true value, and -1 if there is no such element.",
                "take a condition and a list, and return where the first match is, or -1",
            ),
            ("find_index", "index_of_first", "position_of"),
            (
                """
                def solve(condition, items):
                    for index, item in enumerate(items):
                        if condition(item):
                            return index
                    return -1
                """,
                """
                def solve(condition, items):
                    return next((i for i, item in enumerate(items) if condition(item)), -1)
                """,
            ),
        ),
    }[task]  # fmt: skip
    if task == "map":
        calls = [f"solve({f}, {a_list(choose)})" for f in choose.sample(ON_NUMBERS, 4)]
        calls += ["solve(len, ['a', 'bcd', ''])", "solve(lambda x: x, [])"]
        calls.append(f"solve(str.upper, {choose.words(3)})")
    elif task == "reduce":
        calls = [
            f"solve({f}, {a_list(choose)}, {choose.integer(0, 3)})"
            for f in choose.sample(OPERATIONS, 5)
        ]
        calls.append("solve(lambda a, b: a + b, [], 7)")
    else:
        calls = [f"solve({f}, {a_list(choose)})" for f in choose.sample(CONDITIONS, 5)]
        calls.append(f"solve(lambda x: x > 50, {a_list(choose)})")
        calls.append("solve(lambda word: len(word) > 4, " + str(choose.words(4)) + ")")
        if task == "all":
            calls += [
                f"solve(lambda x: x < 20, {a_list(choose)})",
                f"solve(lambda x: x >= -6, {a_list(choose)})",
                "solve(str.isalpha, " + str(choose.words(3)) + ")",
            ]
    return Exercise(
        texts=texts, names=names, solutions=solutions, calls=calls, synonyms=FUNCTION_NAMES
    )


@family(
    task=(
        "compose", "compose_many", "pipeline", "repeat", "until", "twice", "flip", "partial",
        "negate", "constant", "both",
    )
)  # fmt: skip
def combining_functions(choose: Chooser, task: str) -> Exercise:
    """Combine functions to new ones, or apply them again and again."""
    texts: Sequence[str]
    names: Sequence[str]
    solutions: Sequence[str]
    texts, names, solutions = {
        "compose": (
            (
                "return the composition of two functions, which applies the second one first",
                "compose two functions f and g to a function that maps x to f(g(x))",
                "Given two functions, return a new function that calls the first one with the "
                "result of the second one.",
                "Take functions f and g of one argument and return the function x -> f(g(x)).",
            ),
            ("compose", "compose_two", "after", "combine_functions"),
            (
                """
                def solve(first_function, second_function):
                    return lambda x: first_function(second_function(x))
                """,
                """
                def solve(first_function, second_function):
                    def composed(x):
                        return first_function(second_function(x))

                    return composed
                """,
            ),
        ),
        "compose_many": (
            (
                "compose any number of functions to one function, where the last one is applied "
                "first",
                "return the composition of all functions that are passed as arguments; the "
                "rightmost acts first",
                "Write a function that accepts functions as arguments (*functions) and returns "
                "their composition: the last function is called first.",
                "The composition of f, g and h maps x to f(g(h(x))). Write it for any number of "
                "functions, which are the arguments.",
            ),
            ("compose", "compose_all", "chain"),
            (
                """
                def solve(*functions):
                    def composed(x):
                        for function in reversed(functions):
                            x = function(x)
                        return x

                    return composed
                """,
                """
                from functools import reduce


                def solve(*functions):
                    return reduce(lambda f, g: lambda x: f(g(x)), functions)
                """,
            ),
        ),
        "pipeline": (
            (
                "apply a list of functions one after another to a value and return the result",
                "send a value through a pipeline, that is a list of functions, from left to right",
                "Given a list of functions and a value, call the first function with the value, "
                "the second one with its result and so on. Return the last result.",
                "pass a value through all functions of a list in order",
            ),
            ("pipeline", "apply_all", "run_pipeline", "apply_in_order"),
            (
                """
                def solve(functions, value):
                    for function in functions:
                        value = function(value)
                    return value
                """,
                """
                from functools import reduce


                def solve(functions, value):
                    return reduce(lambda result, function: function(result), functions, value)
                """,
            ),
        ),
        "repeat": (
            (
                "apply a function n times to a value and return the result",
                "call a function again and again on its own result, <n> times in all, starting "
                "with a given value",
                "Given a function, a value and n, return f(f(...f(value))) with n calls; n = 0 "
                "gives the value itself.",
                "repeat a function n times on a value",
            ),
            ("apply_n_times", "repeat", "iterate", "apply_repeatedly"),
            (
                """
                def solve(function, value, n):
                    for _ in range(n):
                        value = function(value)
                    return value
                """,
                """
                def solve(function, value, n):
                    if n == 0:
                        return value
                    return solve(function, function(value), n - 1)
                """,
            ),
        ),
        "until": (
            (
                "apply a function to a value again and again until a condition holds, and return "
                "the value",
                "repeat a function on its own result as long as a condition (also a function) is "
                "false for it",
                "Given a condition, a function and a value, replace the value by the result of "
                "the function until the condition is true for it. Return it.",
                "iterate a function until a test function returns true; the arguments are the "
                "test, the function and the first value",
            ),
            ("apply_until", "until", "iterate_until"),
            (
                """
                def solve(condition, function, value):
                    while not condition(value):
                        value = function(value)
                    return value
                """,
                """
                def solve(condition, function, value):
                    if condition(value):
                        return value
                    return solve(condition, function, function(value))
                """,
            ),
        ),
        "twice": (
            (
                "return a function that applies a given function twice",
                "turn a function of one argument into one that calls it two times in a row",
                "Given a function f, return the function that maps x to f(f(x)).",
                "Make a function that does the same as the given one, but twice.",
            ),
            ("twice", "double_apply", "apply_twice", "do_twice"),
            (
                """
                def solve(function):
                    return lambda x: function(function(x))
                """,
                """
                def solve(function):
                    def wrapper(x):
                        return function(function(x))

                    return wrapper
                """,
            ),
        ),
        "flip": (
            (
                "return a function that calls a given function of two arguments with the "
                "arguments exchanged",
                "flip the order of the two arguments of a function",
                "Given a function f of two arguments, return the function that maps a, b to "
                "f(b, a).",
                "Swap the parameters of a two-argument function and return the new function.",
            ),
            ("flip", "swap_arguments", "reverse_arguments"),
            (
                """
                def solve(function):
                    return lambda a, b: function(b, a)
                """,
                """
                def solve(function):
                    def flipped(a, b):
                        return function(b, a)

                    return flipped
                """,
            ),
        ),
        "partial": (
            (
                "fix the first argument of a function of two arguments and return a function of "
                "the second one",
                "bind a value to the first parameter of a two-argument function",
                "Given a function f and a value a, return the function that maps b to f(a, b).",
                "Partial application: return the given two-argument function with its first "
                "argument filled in.",
            ),
            ("bind_first", "partial_apply", "fix_first", "apply_first"),
            (
                """
                def solve(function, value):
                    return lambda other: function(value, other)
                """,
                """
                from functools import partial


                def solve(function, value):
                    return partial(function, value)
                """,
            ),
        ),
        "negate": (
            (
                "return a function that gives the opposite truth value of a given function",
                "negate a condition: make a function that is True where the given one is false",
                "Given a function that tests something, return the function that returns True "
                "exactly when the test fails.",
                "Make the logical complement of a predicate.",
            ),
            ("negate", "complement", "opposite", "invert_test"),
            (
                """
                def solve(condition):
                    return lambda x: not condition(x)
                """,
                """
                def solve(condition):
                    def negated(x):
                        return not condition(x)

                    return negated
                """,
            ),
        ),
        "constant": (
            (
                "return a function that ignores its arguments and always returns a given value",
                "make a constant function of a value; it accepts any number of arguments",
                "Given a value, return a function that returns this value whatever it is called "
                "with.",
                "Write a function factory: the result always answers with the same value.",
            ),
            ("constantly", "always", "make_constant"),
            (
                """
                def solve(value):
                    return lambda *args: value
                """,
                """
                def solve(value):
                    def constant(*args):
                        return value

                    return constant
                """,
            ),
        ),
        "both": (
            (
                "return a function that is True where two given conditions both hold",
                "combine two test functions with a logical and",
                "Given two predicates, return a function that says for its argument whether both "
                "of them are true.",
                "Make one condition out of two: it returns True if both return a true value, "
                "otherwise False.",
            ),
            ("both", "and_then_test", "conjunction", "combine_conditions"),
            (
                """
                def solve(first_function, second_function):
                    return lambda x: bool(first_function(x) and second_function(x))
                """,
                """
                def solve(first_function, second_function):
                    def combined(x):
                        if first_function(x) and second_function(x):
                            return True
                        return False

                    return combined
                """,
            ),
        ),
    }[task]  # fmt: skip
    draws = [choose.sample(ON_NUMBERS, 3) for _ in range(6)]
    x = [choose.integer(-5, 12) for _ in range(6)]
    pairs = list(zip(draws, x, strict=True))
    conditions = [choose.sample(CONDITIONS, 2) for _ in range(7)]
    calls = {
        "compose": [f"solve({f}, {g})({v})" for (f, g, _), v in pairs],
        "compose_many": [
            f"solve({', '.join(fs[: choose.integer(1, 3)])})({v})" for fs, v in pairs
        ],
        "pipeline": [
            f"solve([{', '.join(fs[: choose.integer(1, 3)])}], {v})" for fs, v in pairs
        ]
        + ["solve([], 4)"],
        "repeat": [
            f"solve({f}, {v}, {choose.integer(0, 4)})" for (f, _, _), v in pairs
        ],
        "until": [
            f"solve(lambda x: x > {choose.integer(20, 90)}, lambda x: x * 2, {abs(v) + 1})"
            for v in x[:3]
        ]
        + [
            f"solve(lambda x: x % {choose.integer(4, 9)} == 0, lambda x: x + 1, {v})"
            for v in x[3:]
        ],
        "twice": [f"solve({f})({v})" for (f, _, _), v in pairs],
        "flip": [
            f"solve({f})({a}, {b})"
            for f, a, b in zip(
                (
                    "lambda a, b: a - b",
                    "lambda a, b: a // b",
                    "pow",
                    "lambda a, b: 10 * a + b",
                    "divmod",
                ),
                choose.integers(5, 1, 9),
                choose.integers(5, 1, 9),
                strict=True,
            )
        ],
        "partial": [
            f"solve({f}, {v})({choose.integer(1, 9)})"
            for f, v in zip(choose.shuffled(OPERATIONS), x, strict=True)
        ],
        "negate": [f"solve({c})({v})" for (c, _), v in zip(conditions, x, strict=False)]
        + ["solve(str.isdigit)('12a')", "solve(bool)(1)", "solve(bool)('')"],
        "constant": [
            f"solve({v})()" for v in choose.sample(range(20), 3)
        ]
        + [f"solve({choose.word()!r})({x[2]})", f"solve([])({x[3]}, {x[4]})"],
        "both": [
            f"solve({a}, {b})({choose.integer(-6, 15)})" for a, b in conditions
        ],
    }[task]  # fmt: skip
    return Exercise(
        texts=texts, names=names, solutions=solutions, calls=calls, synonyms=FUNCTION_NAMES
    )
