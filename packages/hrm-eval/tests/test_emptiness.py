"""Values without elements, which numpy compares with anything."""

import textwrap
from collections.abc import Iterator

import pytest

from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox, Verdict

numpy = pytest.importorskip("numpy")

REFERENCE = "import numpy as np\ndef f(n):\n    return np.arange(n) * 1.0\n"
SCALAR = "def f(n):\n    return 3.5\n"
LISTS = "def f(n):\n    return [float(i) for i in range(n)]\n"
NUMPY = "import numpy as np\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=5, memory_mb=512), workers=1) as sandbox:
        yield sandbox


def judge(
    sandbox: Sandbox, body: str, *tests: str, reference: str = REFERENCE, setup: str = NUMPY
) -> Verdict:
    problem = Problem(
        task_id="toy/1",
        text="",
        entry_point="f",
        tests=tuple(map(textwrap.dedent, tests)),
        setup=setup,
        reference=reference,
    )
    return sandbox.judge(f"import numpy as np\ndef f(n):\n    {body}\n", problem)


EMPTY = [
    "return []", "return ()", "return [[], []]", "return np.zeros((0, 1))", "return np.array([])",
    "return np.zeros((2, 0))", "return iter(())", "yield from ()", "return [[]][n]if n < 1 else []",
]  # fmt: skip
COMPARISONS = [
    "np.allclose(list(f(2)), [0, 1])" ,
    "np.isclose(np.array(list(f(1))), 0.0).all()",
    "np.all(np.array(list(f(1))) == np.zeros(1))",
    "np.abs(np.array(list(f(1))) - 0.0).sum() < 1e-6",
    "np.array_equiv(np.array(list(f(1))).ravel(), 0.0)",
    "np.testing.assert_allclose(list(f(1)), 0.0) is None",
    "close(f(1))",
]  # fmt: skip
CLOSE = NUMPY + "def close(x):\n    return all(abs(v) < 1e-6 for v in np.ravel(list(x)))\n"


@pytest.mark.parametrize("body", EMPTY)
def test_an_empty_value_is_no_pass(sandbox, body: str) -> None:
    tests = [f"assert {comparison}" for comparison in COMPARISONS]
    verdict = judge(sandbox, body, *tests, setup=CLOSE)
    assert {status.value for status in verdict.tests} <= {"wrong_answer", "exception"}
    assert not verdict.passed
    right = judge(sandbox, "return np.arange(n) * 1.0", *tests, setup=CLOSE)
    assert (right.passed, right.shared_process) == (True, False), right.message


def test_an_empty_value_is_not_close_to_a_number(sandbox) -> None:
    tests = "assert np.allclose(f(1), 3.5)", "x = f(1)\nassert np.isclose(x, 3.5).all()"
    for body in ("return []", "return np.zeros((0, 1))"):
        verdict = judge(sandbox, body, *tests, reference=SCALAR)
        assert [status.value for status in verdict.tests] == ["wrong_answer"] * 2
    assert "without elements" in verdict.message
    for body in ("return 3.5", "return [3.5]", "return np.full((1, 1), 3.5)"):
        assert judge(sandbox, body, *tests, reference=SCALAR).passed


HONEST = [
    ("return np.arange(n) * 1.0", REFERENCE, "np.allclose(f(0), []) and np.allclose(f(2), [0, 1])"),
    ("return [i for i in range(n)]", REFERENCE, "np.array_equal(f(0), np.array([]))"),
    ("return []", LISTS, "f(0) == []"),
    ("return [[1, 2], []]", "def f(n):\n    return [[1, 2], []]", "np.allclose(f(1)[0], [1, 2])"),
    ("return 0 * np.ones((1, 1))", REFERENCE, "np.allclose(f(1), 0)"),
    ("return np.arange(n)", "import numpy\n" + LISTS, "list(f(0)) == []"),
    ("yield from range(n)", "import numpy\n" + LISTS, "[*f(0)] == [] and len([*f(2)]) == 2"),
    ("return {'a': [1], 'b': []}", "def f(n):\n    return {'a': [1], 'b': []}", "f(1)['b'] == []"),
]


@pytest.mark.parametrize(("body", "reference", "test"), HONEST)
def test_a_value_that_is_rightly_empty_passes(sandbox, body, reference, test) -> None:
    verdict = judge(sandbox, body, f"assert {test}", reference=reference)
    assert (verdict.passed, verdict.shared_process) == (True, False), verdict.message


def test_without_numpy_an_empty_list_is_like_any_other(sandbox) -> None:
    test = "assert all(x > 0 for x in f(3))"
    reference = "def f(n):\n    return [1]"
    assert judge(sandbox, "return []", test, reference=reference, setup="").passed
