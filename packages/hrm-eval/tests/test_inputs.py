import os
from pathlib import Path

import pytest

from hrm_core.errors import DataError
from hrm_datasets import Plus, Problem, Rule
from hrm_datasets.evalplus import MBPP_PLUS
from hrm_eval._sandbox.judge.agreement import RULES, is_floats, is_right
from hrm_eval.sandbox import Limits, Sandbox, Status

P, W = Status.PASSED, Status.WRONG_ANSWER


@pytest.fixture(scope="module", params=["namespaces", "no namespaces"])
def sandbox(request):
    limits = Limits(timeout_seconds=1.0, test_timeout_seconds=0.2, memory_mb=512)
    with Sandbox(limits, workers=1, use_namespaces=request.param == "namespaces") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def short():
    limits = Limits(timeout_seconds=0.2, test_timeout_seconds=0.1, memory_mb=512)
    with Sandbox(limits, workers=1) as sandbox:
        yield sandbox


def problem(reference, base, plus=(), **changes):
    """Return a problem whose entry point is `f`."""
    tests = Plus(base=tuple(base), plus=tuple(plus), **changes)
    return Problem(
        task_id="toy/1", text="", entry_point="f", tests=tests, reference=f"def f({reference}"
    )


SUM = problem("xs): return sum(xs)", [([1, 2],), ([],)], [([3],), ([-1, 1],), ([5, 5, 5],)])


@pytest.mark.parametrize(
    ("program", "tests"),
    [
        ("def f(xs): return sum(xs)", (P, P)),
        ("def f(xs):\n    total = sum(xs)\n    xs.clear()\n    return total", (P, P)),
        ("def f(xs): return float(sum(xs))", (P, P)),
        ("def f(xs): return sum(xs) if len(xs) < 3 else 0", (P, W)),
        ("def f(xs): return sum(xs) or 1", (W, W)),
        ("def f(xs): return sum(xs) if xs else None", (W, P)),
        ("def f(xs): return 1 / 0", (Status.EXCEPTION, Status.EXCEPTION)),
        ("def f(xs): assert len(xs) < 3; return sum(xs)", (P, Status.EXCEPTION)),
        ("def f(xs): return str(sum(xs))", (W, W)),
        ("import sys\ndef f(xs): return sum(xs) if xs[:2] != [5, 5] else sys.exit()",
         (P, Status.EXITED)),
        ("import os\ndef f(xs): return sum(xs) if xs[:2] != [5, 5] else os._exit(0)",
         (P, Status.EXITED)),
        ("def f(xs):\n    while xs[:2] == [5, 5]: pass\n    return sum(xs)", (P, Status.TIMEOUT)),
        ("def f(xs):\n    while not xs: pass\n    return 7", (W, )),
        ("def f(xs", ()),
        ("x = 1", ()),
        ("f = 1", (Status.EXCEPTION, Status.EXCEPTION)),
    ],
)  # fmt: skip
def test_base_and_plus_inputs_have_a_status_each(sandbox, program, tests):
    verdict = sandbox.judge(program, SUM)
    assert verdict.tests == tests
    assert verdict.passed == (tests == (P, P))
    assert bool(verdict.message) != verdict.passed
    assert not verdict.shared_process


def test_a_problem_without_plus_inputs_can_pass(sandbox):
    assert sandbox.judge("def f(x): return x", problem("x): return x", [(1,)])).tests == (P, P)


def test_the_message_names_the_first_wrong_input_with_both_results(sandbox):
    verdict = sandbox.judge("def f(xs): return sum(xs) if len(xs) < 3 else 0", SUM)
    assert verdict.message == ("plus tests:\ninput 3 of 3: f([5, 5, 5])\nreturned 0\nexpected 15")


def test_the_message_of_a_time_out_names_the_input(sandbox):
    message = sandbox.judge("def f(xs):\n    while xs == []: pass\n    return 3", SUM).message
    assert message.startswith("base tests:\ninput 2 of 2: f([])\nIt used 0.")


def test_the_message_of_an_exception_has_the_traceback(sandbox):
    message = sandbox.judge("def f(xs): return xs[0]", SUM).message
    assert message.startswith("base tests:\ninput 1 of 2: f([1, 2])\nreturned 1\nexpected 3")
    message = sandbox.judge("def f(xs): return sum(xs) + 0 * xs[0]", SUM).message
    assert message.startswith(
        'base tests:\ninput 2 of 2: f([])\n  File "solution.py", line 1, in f'
    )


@pytest.mark.parametrize(
    ("returned", "expected", "changes", "is_passed"),
    [
        ("1", "True", {}, True),
        ("[1, 2.0]", "[True, 2]", {}, True),
        ("(1, 2)", "[1, 2]", {}, False),
        ("{1, 2}", "{2, 1}", {}, True),
        ("{'b': 1, 'a': [(2,)]}", "{'a': [(2,)], 'b': 1}", {}, True),
        ("-0.0", "0", {}, True),
        ("0.1 + 0.2", "0.3", {}, True),
        ("1e9 + 1", "1e9", {}, True),
        ("1e9 + 1000", "1e9", {}, False),
        ("[0.1 + 0.2, 1]", "[0.3, 1.0]", {}, True),
        ("(0.1 + 0.2, 1.0)", "[0.3, 1.0]", {}, False),
        ("[0.3]", "[0.3, 1.0]", {}, False),
        ("[[0.1 + 0.2]]", "[[0.3]]", {}, False),
        ("[[0.1 + 0.2]]", "[[0.3]]", {"tolerance": 1e-6}, True),
        ("[[1.0, 2.0]]", "[[1.0], [2.0]]", {"tolerance": 1e-6}, False),
        ("3", "2.9999999", {}, False),
        ("7", "8", {"tolerance": 1.0}, True),
        ("'7'", "'8'", {"tolerance": 1.0}, False),
        ("2 ** 70", "2 ** 70 + 1", {"tolerance": 1.0}, False),
        ("float('nan')", "float('nan')", {}, True),
        ("[float('inf'), 1.0]", "[float('inf'), 1.0]", {}, True),
        ("1.0", "float('inf')", {}, False),
        ("1j + 1e-9", "1j", {"tolerance": 1e-6}, True),
        ("[2, 1, 1]", "(1, 2)", {"rule": Rule.SAME_ELEMENTS}, True),
        ("(x for x in [2, 1])", "[1, 2]", {"rule": Rule.SAME_ELEMENTS}, True),
        ("[1]", "[1, 2]", {"rule": Rule.SAME_ELEMENTS}, False),
        ("[[1]]", "[1]", {"rule": Rule.SAME_ELEMENTS}, False),
        ("__import__('re').match('a', 'a')", "__import__('re').match('a', 'a')",
         {"rule": Rule.NOT_NONE}, True),
        ("True", "__import__('re').match('a', 'a')", {"rule": Rule.NOT_NONE}, True),
        ("False", "None", {"rule": Rule.NOT_NONE}, True),
        ("None", "__import__('re').match('a', 'a')", {"rule": Rule.NOT_NONE}, False),
        ("''", "None", {"rule": Rule.NOT_NONE}, False),
        ("'x'", "1", {"rule": Rule.ANYTHING}, True),
        ("0", "17", {"rule": Rule.OR_ZERO}, True),
        ("1", "17", {"rule": Rule.OR_ZERO}, False),
        ("__import__('fractions').Fraction(1, 2)", "0.5", {}, True),
        ("__import__('collections').Counter('ab')", "{'a': 1, 'b': 1}", {}, True),
        ("__import__('collections').namedtuple('P', 'x y')(1, 2)", "(1, 2)", {}, True),
        ("{'a': 1}.keys()", "['a']", {}, False),
    ],
)  # fmt: skip
def test_results_agree_by_the_rules_of_evalplus(sandbox, returned, expected, changes, is_passed):
    one = problem(f"x): return {expected}", [(0,)], **changes)
    assert sandbox.judge(f"def f(x): return {returned}", one).passed == is_passed


def test_the_reference_may_return_floats_for_some_inputs_only(sandbox):
    # As in EvalPlus: from the first float on, differences are tolerated in the rest of the part.
    one = problem("x): return x", [(1.5,), (10**8,)], [(10**8,)])
    program = "def f(x): return x + 1 if isinstance(x, int) else x"
    assert sandbox.judge(program, one).tests == (P, W)


def test_special_results_of_evalplus_are_right():
    assert is_right("or_surface", 35, 99, (3, 4), 0.0)
    assert not is_right("or_surface", 34, 99, (3, 4), 0.0)
    assert is_right("or_digit_distance", 1, 99, (1, 2), 0.0)
    assert is_right("or_digit_distance", 7, 99, (123, 256), 0.0)
    assert is_right("or_digit_distance", 9, 99, (9, 100), 0.0) is False
    assert is_right("root", -0.5, None, ([1, 2],), 1e-4)
    assert not is_right("root", 0.5, None, ([1, 2],), 1e-4)


def test_every_rule_of_the_datasets_is_known_to_the_judge():
    assert sorted(RULES) == sorted(rule.value for rule in Rule)


@pytest.mark.parametrize(
    ("value", "answer"),
    [(1.0, True), (1, False), ([1.0, 2.0], True), ((1.0,), True), ([1.0, 1], False), ([], False)],
)
def test_floats_are_floats_and_sequences_of_them(value, answer):
    assert is_floats(value) == answer


ROOT = problem("xs): return -xs[0] / xs[1]", [([1, 2],)], [([-10, 5],)], rule=Rule.ROOT,
               tolerance=1e-4)  # fmt: skip


def test_a_root_is_checked_with_the_arguments_that_the_judge_has(sandbox):
    assert sandbox.judge("def f(xs): return -xs[0] / xs[1] + 1e-6", ROOT).passed
    assert sandbox.judge("def f(xs): return 0.0", ROOT).tests == (W, W)
    cheat = "def f(xs):\n    xs[:] = [0, 0]\n    return 1.0"
    assert sandbox.judge(cheat, ROOT).tests == (W, W)


HOSTILE = {
    "equal to everything": "class E:\n    __eq__ = lambda a, b: True\n    __hash__ = lambda a: 0\n"
    "def f(xs): return E()",
    "a subclass of int": "class E(int):\n    __eq__ = lambda a, b: True\n"
    "    __hash__ = lambda a: 0\ndef f(xs): return E(4)",
    "looks for expected values": "import gc\ndef f(xs):\n    found = [x for x in gc.get_objects()"
    " if isinstance(x, list) and 15 in x]\n    return 15 if found else 0",
    "writes answers itself": "import os, marshal, struct\ndef f(xs):\n"
    "    data = marshal.dumps(3, 2)\n"
    "    os.write(3, struct.pack('<Ic', len(data) + 1, b'=') + data)\n    return 3",
    "a damaged hash": "import os, struct\ndef f(xs):\n"
    "    os.write(3, struct.pack('<Ic', 3, b'#') + b'xx')\n    return 3",
    "an unknown request": "import os, struct\ndef f(xs):\n"
    "    os.write(3, struct.pack('<Ic', 3, b'+') + b'xx')\n    return 3",
}


@pytest.mark.parametrize("program", HOSTILE.values(), ids=HOSTILE)
def test_a_program_cannot_pass_by_what_its_results_are(sandbox, program):
    verdict = sandbox.judge(program, SUM)
    assert not verdict.passed
    assert verdict.tests[:1] != (P,)


def test_expected_values_are_nowhere_in_the_process_of_the_program(sandbox):
    one = problem("x): return '8a51' + '77e0' + x", [("a",)], [("b",)])
    program = """
import gc
def f(x):
    text = '8a51' + '77e0'
    for owner in gc.get_objects():
        for value in gc.get_referents(owner):
            if type(value) in (str, bytes) and text in str(value) and value != text:
                return value
    return ''
"""
    verdict = sandbox.judge(program.replace("'8a51'", "chr(56) + 'a51'"), one)
    assert verdict.tests == (W, W), verdict


def test_large_results_are_compared_without_crossing(sandbox):
    one = problem("n): return [('Red',) * 9] * n", [(3,)], [(2000,), (70_000,)])
    assert sandbox.judge("def f(n): return [('Red',) * 9 for _ in range(n)]", one).passed
    verdict = sandbox.judge("def f(n): return [('Red',) * 9] * min(n, 1999)", one)
    assert verdict.tests == (P, W)
    message = "\nreturned a value of 153928 bytes\nexpected a value of 154005 bytes"
    assert message in verdict.message
    verdict = sandbox.judge("def f(n): return [['Red'] * 9] * n", one)
    assert verdict.tests == (W, W)


def test_a_result_that_is_nested_too_deeply_is_wrong(sandbox):
    one = problem("x): return [[x]]", [(1,)])
    deep = "def f(x):\n    for _ in range(5000): x = [x]\n    return x"
    assert sandbox.judge(deep, one).status in (Status.OUTPUT_LIMIT, W)


def test_programs_keep_state_between_the_inputs(sandbox):
    one = problem("x): return x", [(1,), (2,)], [(3,)])
    program = "seen = []\ndef f(x):\n    seen.append(x)\n    return x if len(seen) == x else 0"
    assert sandbox.judge(program, one).passed


def test_what_a_program_does_to_its_arguments_changes_nothing_else(sandbox):
    shared = [1, 2]
    one = problem("xs): xs.clear(); return len(xs)", [(shared,), (shared,)], [(shared,)])
    program = "def f(xs):\n    n = len(xs)\n    xs.clear()\n    return 0 if n == 2 else 9"
    assert sandbox.judge(program, one).passed
    assert shared == [1, 2]


LOOP = "n):\n    for i in range(n): pass\n    return n"


def test_a_slow_reference_raises_the_limits(short):
    one = problem(LOOP, [(10,)], [(20_000_000,)])
    verdict = short.judge(one.reference, one)
    assert verdict.passed
    assert verdict.cpu_seconds > 0.1


def test_all_inputs_together_may_take_six_times_as_long_as_other_tests(short):
    busy = (
        "import time\ndef f(n):\n    end = time.process_time() + 0.04\n"
        "    while time.process_time() < end: pass\n    return n"
    )
    verdict = short.judge(busy, problem("n): return n", [(1,)] * 8))
    assert verdict.passed
    assert verdict.cpu_seconds > 0.2
    assert short.judge(busy, problem("n): return n", [(1,)] * 40)).tests == (Status.TIMEOUT,)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("x): return 1 / 0", r"toy/1: the reference solution fails.*\n  File.*ZeroDivisionError"),
        ("x", r"toy/1: the reference solution fails.*'\(' was never closed"),
        (
            "x): return (x for x in [1])",
            r"input 1 of 1: f\(1\)\nit returns a generator, which cann",
        ),
        (
            "x): __import__('os')._exit(4)",
            r"the reference solution does not end well.*: It ended wit",
        ),
    ],
)
def test_a_reference_that_fails_is_an_error_of_the_problem(sandbox, reference, message):
    one = problem(reference, [(1,)])
    with pytest.raises(DataError, match=f"(?s){message}"):
        sandbox.judge("def f(x): return 1", one)


def test_the_20_published_problems_pass_with_their_references():
    path = Path(os.environ.get("HRM_SHARED", ""), "data", "mbpp_plus_sample.jsonl")
    if not path.is_file():
        pytest.skip("HRM_SHARED does not say where data/mbpp_plus_sample.jsonl is")
    problems = MBPP_PLUS.load(source=path)
    with Sandbox(Limits(), workers=2) as sandbox:
        jobs = [(one.task_id, one.reference, one) for one in problems]
        verdicts = dict(sandbox.judge_all(jobs))
    assert {key: v.tests for key, v in verdicts.items()} == dict.fromkeys(verdicts, (P, P))
    assert len(verdicts) == 20
