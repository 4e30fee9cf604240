"""Functions that make functions: closures with a state, and decorators."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("adder", "multiplier", "power", "line", "greater", "divisible", "prefix", "clamp"))
def functions_that_make_functions(choose: Chooser, task: str) -> Exercise:
    """Return a function that remembers a value."""
    makes, also, names, parameters, expression, inner = {
        "adder": (
            "adds a given number to its argument",
            "x -> x + n",
            ("make_adder", "adder", "create_adder"),
            "n",
            "x + n",
            "x",
        ),
        "multiplier": (
            "multiplies its argument by a given number",
            "x -> x * n",
            ("make_multiplier", "multiplier", "times"),
            "n",
            "x * n",
            "x",
        ),
        "power": (
            "raises its argument to a given power",
            "x -> x ** n",
            ("make_power", "power_function", "to_the_power"),
            "n",
            "x ** n",
            "x",
        ),
        "line": (
            "computes a * x + b for its argument x, with given a and b",
            "x -> a * x + b",
            ("make_line", "linear", "line_function"),
            "a, b",
            "a * x + b",
            "x",
        ),
        "greater": (
            "checks whether its argument is greater than a given number",
            "x -> x > n",
            ("greater_than", "make_threshold", "is_above"),
            "n",
            "x > n",
            "x",
        ),
        "divisible": (
            "checks whether its argument is divisible by a given number",
            "x -> x % n == 0",
            ("divisible_by", "make_divisor_test", "is_multiple_of"),
            "n",
            "x % n == 0",
            "x",
        ),
        "prefix": (
            "puts a given prefix before its argument, a string",
            "s -> prefix + s",
            ("make_prefixer", "add_prefix", "prefixer"),
            "prefix",
            "prefix + x",
            "x",
        ),
        "clamp": (
            "limits its argument to the range from low to high",
            "x -> the nearest number between low and high",
            ("make_clamp", "limiter", "clamp_to"),
            "low, high",
            "max(low, min(high, x))",
            "x",
        ),
    }[task]
    calls = []
    for _ in range(6):
        x = choose.integer(-4, 9)
        n = choose.integer(2, 4) if task in ("power", "divisible") else choose.integer(1, 9)
        if task == "prefix":
            calls.append(f"solve({choose.word()!r})({choose.word()!r})")
        elif task == "line":
            calls.append(f"solve({n}, {choose.integer(-5, 9)})({x})")
        elif task == "clamp":
            calls.append(f"solve({n}, {n + choose.integer(1, 9)})({choose.integer(-5, 25)})")
        else:
            calls.append(f"solve({n})({x})")
    if task == "divisible":
        calls += ["solve(3)(9)", "solve(5)(12)", "solve(2)(8)"]
    if task in ("adder", "multiplier"):
        calls.append("f = solve(5)\nf(f(2))")
    return Exercise(
        texts=(
            f"return a function that {makes}",
            f"make a function of the form {also}",
            f"Write a function factory: it returns a function that {makes}.",
            f"Using a closure, return a new function that {makes}.",
            f"Return the function {also}.",
        ),
        names=names,
        solutions=(
            f"""
            def solve({parameters}):
                return lambda {inner}: {expression}
            """,
            f"""
            def solve({parameters}):
                def inner({inner}):
                    return {expression}

                return inner
            """,
        ),
        calls=calls,
        synonyms={"n": ("n",), "a": ("a",)},
    )


@family(task=("counter", "accumulator", "history", "once", "memo", "toggle", "cycle"))
def closures_with_a_state(choose: Chooser, task: str) -> Exercise:
    """Return a function that changes what it remembers."""
    texts, names, solutions = {
        "counter": (
            (
                "return a function that returns 1, 2, 3 and so on when it is called again and "
                "again",
                "make a counter: a function without arguments that counts its calls",
                "Using a closure, return a function that says how many times it was called.",
                "Each call of the returned function gives the next whole number, from 1 on.",
            ),
            ("make_counter", "counter", "create_counter"),
            (
                """
                def solve():
                    calls = 0

                    def step():
                        nonlocal calls
                        calls += 1
                        return calls

                    return step
                """,
                """
                import itertools


                def solve():
                    numbers = itertools.count(1)
                    return lambda: next(numbers)
                """,
            ),
        ),
        "accumulator": (
            (
                "return a function that adds its argument to a running total, which starts at a "
                "given value, and returns the total",
                "make an accumulator with a start value: every call adds a number and returns the "
                "sum so far",
                "Using a closure, return a function that keeps a total, adds each number it is "
                "called with, and returns the new total.",
                "The returned function remembers a sum. Calling it with x increases the sum by x "
                "and returns it.",
            ),
            ("make_accumulator", "accumulator", "running_total"),
            (
                """
                def solve(start):
                    amount = start

                    def add(x):
                        nonlocal amount
                        amount += x
                        return amount

                    return add
                """,
                """
                def solve(start):
                    state = [start]

                    def add(x):
                        state[0] += x
                        return state[0]

                    return add
                """,
            ),
        ),
        "history": (
            (
                "return a function that appends its argument to a list and returns all arguments "
                "it has got so far",
                "make a function that remembers its arguments: each call returns the list of all "
                "of them, the latest last",
                "Using a closure, return a function that records what it is called with and "
                "returns the record as a new list.",
                "Make a function that returns the list of everything it has been called with, in "
                "order.",
            ),
            ("make_recorder", "recorder", "remember"),
            (
                """
                def solve():
                    history = []

                    def record(x):
                        history.append(x)
                        return list(history)

                    return record
                """,
            ),
        ),
        "once": (
            (
                "return a version of a function that runs only once: later calls return the first "
                "result again",
                "wrap a function so that it is called at most once and its first result is "
                "repeated",
                "Given a function, return a function that calls it the first time and afterwards "
                "always returns that first result, whatever the arguments are.",
                "Let a function run only the first time it is called; every later call gives the "
                "old result.",
            ),
            ("once", "call_once", "run_once"),
            (
                """
                def solve(function):
                    results = []

                    def wrapper(*args):
                        if not results:
                            results.append(function(*args))
                        return results[0]

                    return wrapper
                """,
                """
                def solve(function):
                    called = False
                    answer = None

                    def wrapper(*args):
                        nonlocal called, answer
                        if not called:
                            answer = function(*args)
                            called = True
                        return answer

                    return wrapper
                """,
            ),
        ),
        "memo": (
            (
                "Write a decorator that caches the results of a function of one argument.",
                "memoize a function of one argument: return a version that computes each result "
                "only once",
                "Given a function of one (hashable) argument, return a function that gives the "
                "same results but calls the original only for new arguments.",
                "Return a caching version of a one-argument function.",
            ),
            ("memoize", "cached", "remember_results"),
            (
                """
                def solve(function):
                    cache = {}

                    def wrapper(x):
                        if x not in cache:
                            cache[x] = function(x)
                        return cache[x]

                    return wrapper
                """,
                """
                from functools import lru_cache


                def solve(function):
                    return lru_cache(maxsize=None)(function)
                """,
            ),
        ),
        "toggle": (
            (
                "return a function that switches between two given values: its first call returns "
                "the first one, the next call the second one, and so on",
                "make a toggle of two values; each call of the returned function gives the other "
                "one",
                "Using a closure, return a function without arguments that alternately returns "
                "two values, starting with the first.",
                "Each call of the returned function switches: first value, second value, first "
                "value and so on.",
            ),
            ("make_toggle", "toggle", "alternate"),
            (
                """
                def solve(a, b):
                    following = [a, b]

                    def switch():
                        following.reverse()
                        return following[1]

                    return switch
                """,
                """
                from itertools import cycle


                def solve(a, b):
                    states = cycle((a, b))
                    return lambda: next(states)
                """,
            ),
        ),
        "cycle": (
            (
                "return a function that gives the elements of a list one after another, and "
                "starts again at the end",
                "make a function that returns the next element of a list on every call, in a "
                "circle",
                "Using a closure, return a function without arguments that goes through a list "
                "again and again, one element a call.",
                "Make a function of a list that hands out its elements one by one, and again from"
                " the start after the last.",
            ),
            ("make_cycler", "cycler", "next_element", "rotate_calls"),
            (
                """
                def solve(items):
                    index = -1

                    def step():
                        nonlocal index
                        index = (index + 1) % len(items)
                        return items[index]

                    return step
                """,
                """
                from itertools import cycle


                def solve(items):
                    endless = cycle(items)
                    return lambda: next(endless)
                """,
            ),
        ),
    }[task]  # fmt: skip
    calls = []
    for place in range(5):
        n = 1 + place if task in ("counter", "toggle") else choose.integer(1, 4)
        numbers = choose.integers(n + 1, -5, 9)
        if task in ("counter", "toggle"):
            values = choose.one_of((("on", "off"), (0, 1), ("left", "right"), (True, False)))
            arguments = ", ".join(map(repr, values)) if task == "toggle" else ""
            calls.append(f"f = solve({arguments})\n[f() for _ in range({n + place})]")
        elif task == "cycle":
            calls.append(f"f = solve({choose.words((1, 3))})\n[f() for _ in range({n + 2})]")
        elif task == "memo":
            calls.append(
                "calls = []\ndef sq(x):\n    calls.append(x)\n    return x * x\n"
                f"f = solve(sq)\n([f(x) for x in {choose.integers(n + 2, 1, 3)}], calls)"
            )
        else:
            functions = ("lambda x: x + 1", "lambda x: x * x", "abs", "lambda x: [x]")
            argument = {
                "accumulator": str(choose.integer(0, 20)),
                "history": "",
                "once": choose.one_of(functions),
            }[task]
            calls.append(f"f = solve({argument})\n[f(x) for x in {numbers}]")
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={"function": ("func", "f", "fn"), "index": ("position", "place")},
    )


@family(task=("double", "add_result", "default", "uppercase", "check", "log", "swap", "retry"))
def small_decorators(choose: Chooser, task: str) -> Exercise:
    """Write a decorator, used as a plain function or with @."""
    a, b, c = choose.integers(3, 1, 9)
    n = choose.integer(-9, -1)
    texts, names, solutions, calls = {
        "double": (
            (
                "Write a decorator that doubles the result of a function.",
                "wrap a function so that its result is multiplied by 2",
                "Write a decorator: the decorated function returns twice what the original "
                "function returns.",
                "Given a function, return a function with the same arguments and the double "
                "result.",
            ),
            ("double_result", "doubled", "twice_the_result"),
            (
                """
                def solve(function):
                    def wrapper(*args, **kwargs):
                        return 2 * function(*args, **kwargs)

                    return wrapper
                """,
                """
                from functools import wraps


                def solve(function):
                    @wraps(function)
                    def wrapper(*args):
                        return function(*args) * 2

                    return wrapper
                """,
            ),
            (
                f"@solve\ndef add(a, b):\n    return a + b\nadd({a}, {b})",
                f"solve(abs)({n})",
                f"solve(max)({a}, {b})",
                f"solve(lambda x: x + 1)({choose.integer(1, 30)})",
                f"solve(len)({choose.word()!r})",
            ),
        ),
        "add_result": (
            (
                "Write a decorator with an argument: it adds a given number to the result of a "
                "function.",
                "make a decorator factory that increases the result of a function by n",
                "Write a decorator that takes a number and adds it to everything the decorated "
                "function returns.",
                "Decorator with a parameter n: results become larger by n.",
            ),
            ("add_to_result", "plus", "increase_result"),
            (
                """
                def solve(n):
                    def decorator(function):
                        def wrapper(*args):
                            return function(*args) + n

                        return wrapper

                    return decorator
                """,
                """
                def solve(n):
                    return lambda function: lambda *args: function(*args) + n
                """,
            ),
            (
                f"@solve({c})\ndef sq(x):\n    return x * x\nsq({c})",
                f"solve({choose.integer(2, 9)})(abs)({n})",
                f"solve({choose.integer(10, 20)})(len)({choose.word()!r})",
                f"solve({choose.integer(-9, -2)})(lambda a, b: a * b)({choose.integer(2, 9)}, 3)",
            ),
        ),
        "default": (
            (
                "Write a decorator that returns None instead of raising a ZeroDivisionError.",
                "wrap a function so that a division by zero gives None",
                "Write a decorator: if the function divides by zero, the decorated function "
                "returns None; otherwise it returns the usual result.",
                "Given a function, return a safe version that returns None when a "
                "ZeroDivisionError occurs.",
            ),
            ("safe", "none_on_zero", "safe_division", "guard_zero"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        try:
                            return function(*args)
                        except ZeroDivisionError:
                            return None

                    return wrapper
                """,
                """
                from functools import wraps


                def solve(function):
                    @wraps(function)
                    def wrapper(*args):
                        try:
                            return function(*args)
                        except ZeroDivisionError:
                            return None

                    return wrapper
                """,
            ),
            (
                f"solve(lambda a, b: a // b)({10 + a * b}, 0)",
                f"solve(lambda a, b: a // b)({10 + a * b}, {choose.integer(2, 5)})",
                f"@solve\ndef remainder(a, b):\n    return a % b\nremainder({10 + a * b}, {c % 4})",
                f"solve(divmod)({10 + a * b}, {c % 4})",
                f"solve(divmod)({10 + a * b}, 7)",
            ),
        ),
        "uppercase": (
            (
                "Write a decorator that changes the result of a function, a string, to upper case.",
                "wrap a function so that the text it returns is in capital letters",
                "Write a decorator: the decorated function returns what the original returns, but "
                "in upper case.",
                "Given a function that returns text, return a function that shouts.",
            ),
            ("uppercase", "shout", "make_upper", "upper_result"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        return function(*args).upper()

                    return wrapper
                """,
                """
                def solve(function):
                    return lambda *args: function(*args).upper()
                """,
            ),
            (
                f"@solve\ndef greet(name):\n    return 'hello ' + name\ngreet({choose.person()!r})",
                f"solve(lambda text: text[::-1])({choose.word()!r})",
                f"solve(str.strip)({'  ' + choose.word()!r})",
                f"solve(lambda a, b: a + b)({choose.word()!r}, {choose.word()!r})",
            ),
        ),
        "check": (
            (
                "Write a decorator that returns 0 if an argument is negative and calls the "
                "function otherwise.",
                "wrap a function of numbers so that it gives 0 whenever one of its arguments is "
                "less than zero",
                "Write a decorator: the decorated function returns 0 as soon as any positional "
                "argument is negative, else the usual result.",
                "Decorator for functions of numbers: with a negative argument the result is 0.",
            ),
            ("non_negative", "zero_if_negative", "check_arguments"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        if any(x < 0 for x in args):
                            return 0
                        return function(*args)

                    return wrapper
                """,
                """
                def solve(function):
                    def wrapper(*args):
                        for x in args:
                            if x < 0:
                                return 0
                        return function(*args)

                    return wrapper
                """,
            ),
            (
                f"@solve\ndef add(a, b):\n    return a + b\nadd({choose.integer(-9, 9)}, {c})",
                f"solve(lambda a, b: a * b)({a}, {b})",
                f"solve(lambda a, b: a * b)({c}, {n})",
                f"solve(lambda x: x + 10)({choose.integer(-20, 20)})",
                f"solve(max)({choose.integer(0, 9)}, {choose.integer(0, 9)}, 4)",
            ),
        ),
        "log": (
            (
                "Write a decorator that counts the calls of a function in its attribute calls.",
                "wrap a function so that the attribute <calls> of the wrapper says how often it "
                "was called".replace("<calls>", "'calls'"),
                "Write a decorator: the decorated function works as before, and its attribute "
                "calls holds the number of calls so far.",
                "Decorator that counts calls; the count is found in the attribute calls of the "
                "decorated function.",
            ),
            ("count_calls", "counted", "call_counter"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        wrapper.calls += 1
                        return function(*args)

                    wrapper.calls = 0
                    return wrapper
                """,
                """
                from functools import wraps


                def solve(function):
                    @wraps(function)
                    def wrapper(*args):
                        wrapper.calls += 1
                        return function(*args)

                    wrapper.calls = 0
                    return wrapper
                """,
            ),
            (
                "@solve\ndef sq(x):\n    return x * x\nsq.calls",
                f"f = solve(lambda x: x + 1)\n([f(x) for x in {[a, b, c]}], f.calls)",
                f"f = solve(abs)\nf(-1)\nf({choose.integer(-9, 9)})\nf.calls",
                f"f = solve(max)\n(f({a}, {b}), f.calls)",
            ),
        ),
        "swap": (
            (
                "Write a decorator that passes the arguments of a function in reverse order.",
                "wrap a function so that it gets its positional arguments from last to first",
                "Write a decorator: the decorated function calls the original with all arguments "
                "reversed.",
                "Given a function, return one that calls it with the arguments in the opposite "
                "order.",
            ),
            ("reverse_args", "backwards", "swap_args"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        return function(*args[::-1])

                    return wrapper
                """,
                """
                def solve(function):
                    return lambda *args: function(*reversed(args))
                """,
            ),
            (
                f"@solve\ndef subtract(a, b):\n    return a - b\nsubtract({c}, {10 + a})",
                f"solve(lambda a, b, c: [a, b, c])({a}, {b}, 0)",
                f"solve(pow)({choose.integer(1, 3)}, {choose.integer(2, 5)})",
                f"solve(lambda a, b: a + b)({choose.word()!r}, {choose.word()!r})",
            ),
        ),
        "retry": (
            (
                "Write a decorator that calls a function twice and returns a tuple of both "
                "results.",
                "wrap a function so that it runs two times with the same arguments; return both "
                "results as a tuple",
                "Write a decorator: the decorated function returns a pair of the results of two "
                "calls of the original.",
                "Decorator: call the function two times and return both results as a pair.",
            ),
            ("call_twice", "both_results", "run_twice"),
            (
                """
                def solve(function):
                    def wrapper(*args):
                        return (function(*args), function(*args))

                    return wrapper
                """,
                """
                def solve(function):
                    return lambda *args: tuple(function(*args) for _ in range(2))
                """,
            ),
            (
                f"@solve\ndef cube(x):\n    return x ** 3\ncube({c})",
                f"numbers = {choose.integers(4, 1, 9)}\nsolve(numbers.pop)()",
                f"solve(abs)({n})",
                f"solve(lambda a, b: a + b)({choose.word()!r}, 's')",
            ),
        ),
    }[task]  # fmt: skip
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={"function": ("func", "f", "fn"), "n": ("n", "amount")},
    )
