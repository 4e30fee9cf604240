import ast

import pytest

from hrm_datasets.entry_points import defined_names, find_entry_point, find_tested_name

CASES = {
    "function": ("def f(a): return a", "assert f(2) == 2", "f"),
    "inner-call": ("def f(a): return a", "assert int(f(2)) == 2", "f"),
    "helper": ("def g(a): return a\ndef f(a): return g(a)", "assert set(f([1])) == {1}", "f"),
    "argument": ("class P: pass\ndef f(ps): return 1", "assert f([P(), P()]) == 1", "f"),
    "class": ("class Stack: pass", "assert Stack().items == []", "Stack"),
    "constant": ("import re\nDIGIT = '1'\ndef f(a): return a", "assert f(1) == 1", "f"),
    "library-call": ("def f(a): return a", "import math\nassert math.isclose(f(1.0), 1.0)", "f"),
    "async": ("async def f(a): return a", "import asyncio\nassert asyncio.run(f(1)) == 1", "f"),
    "lambda": ("f = lambda a: a", "assert f(1) == 1", "f"),
    "annotated": ("f: object = lambda a: a", "assert f(1) == 1", "f"),
    "alias": ("def _f(a): return a\nf = _f", "assert f(1) == 1", "f"),
    "two-names": ("f = g = lambda a: a", "assert g(1) == 1", "g"),
    "tuple": ("f, g = abs, max", "assert f(-1) == 1", "f"),
    "walrus": ("(f := abs)", "assert f(-1) == 1", "f"),
    "partial": ("from functools import partial\nf = partial(max, 1)", "assert f(0) == 1", "f"),
    "import": ("from math import gcd", "assert gcd(4, 6) == 2", "gcd"),
    "import-as": ("from math import gcd as f", "assert f(4, 6) == 2", "f"),
    "import-beside": ("from math import gcd\ndef _g(a): return a", "assert gcd(4, 6) == 2", "gcd"),
    "if": ("if True:\n    def f(a): return a\nelse:\n    f = None", "assert f(1) == 1", "f"),
    "try": ("try:\n    from m import f\nexcept ImportError:\n    def f(a): return a", "f(1)", "f"),
    "with": ("import io\nwith io.StringIO():\n    def f(a): return a", "assert f(1) == 1", "f"),
    "for": ("for _ in [1]:\n    def f(a): return a", "assert f(1) == 1", "f"),
    "match": ("match 1:\n    case 1:\n        def f(a): return a", "assert f(1) == 1", "f"),
    "decorated": (
        "import functools\n@functools.cache\ndef f(a): return a",
        "assert f(1) == 1",
        "f",
    ),
    "handed-over": (
        "from functools import reduce\ndef add(a, b): return a + b",
        "from functools import reduce\nassert reduce(add, [1, 2]) == 3",
        "add",
    ),
    "handed-over-lambda": ("f: object = lambda a: a", "assert list(map(f, [1])) == [1]", "f"),
    "handed-over-import": (
        "from math import gcd",
        "from functools import reduce\nreduce(gcd, x)",
        "gcd",
    ),
    "keyword": ("def f(a): return -a", "assert sorted([1, 2], key=f) == [2, 1]", "f"),
    "check": ("def f(a): return a", "def check(g):\n    assert g(1) == 1\ncheck(f)", "f"),
    "method": ("class P:\n    def twice(n): return 2 * n", "assert P().twice(1) == 2", "P"),
    "alias-in-test": ("def f(a): return a", "g = f\nassert g(1) == 1", "f"),
    "decorator-in-test": ("def f(g): return g", "@f\ndef h(): return 1\nassert h() == 1", "f"),
    "exception": ("class E(Exception): pass", "try:\n    x()\nexcept E:\n    pass", "E"),
    "constant-first": ("LIMIT = 3\ndef f(a): return a", "assert LIMIT == sum(map(f, [3]))", "f"),
    "called-first": (
        "def g(a): return a\nf = max",
        "assert sorted([1], key=g) == f([1], [0])",
        "f",
    ),
    "comprehension": ("f = abs\nxs = [g for g in [f]]", "g = 1\nassert f(g) == 1", "f"),
}


@pytest.mark.parametrize(("code", "test", "entry_point"), CASES.values(), ids=CASES)
def test_the_entry_point_is_what_the_tests_call_or_hand_over(code, test, entry_point):
    assert find_entry_point(ast.parse(code), [ast.parse(test)]) == entry_point


@pytest.mark.parametrize(
    ("code", "test"),
    [
        ("def f(a): return a", "assert g(1) == 1"),
        ("import math\ndef f(a): return a", "assert math.pi > 3"),
        ("def f(a):\n    def g(): pass", "g()"),
        ("class P:\n    def g(self): pass", "assert g(1)"),
        ("def f(a): return a", "assert x.f(1) == 1"),
        ("def f(a): return a", "f = 1"),
        ("f = [g for g in [1]]", "assert g(1)"),
        ("", "assert f(1)"),
    ],
    ids=["other", "module", "nested", "method", "attribute", "assigned", "comprehension", "empty"],
)
def test_without_a_name_of_the_code_in_the_tests_there_is_no_entry_point(code, test):
    assert find_entry_point(ast.parse(code), [ast.parse(test)]) is None


def test_all_tests_are_read_before_a_mention_counts():
    tests = [ast.parse("assert sorted([1], key=g) == [1]"), ast.parse("assert f(1) == 1")]
    code = ast.parse("def g(a): return a\ndef f(a): return g(a)")
    assert find_entry_point(code, tests) == "f"


def test_the_names_of_a_module_are_those_it_defines_and_imports():
    code = (
        "import os.path\nfrom math import pi as p\nx = 1\nif x:\n    def f(y): z = y\nclass C: w=1"
    )
    assert defined_names(ast.parse(code)) == {"os", "p", "x", "f", "C"}


WITHOUT_REFERENCE = {
    "function": ("assert f(2) == 4", "f"),
    "inner-call": ("assert sorted(f([2, 1])) == [1, 2]", "f"),
    "library": ("import math\nassert math.isclose(f(2), 4)", "f"),
    "imported": ("from math import isclose\nassert isclose(f(2), 4)", "f"),
    "handed-over": ("assert list(map(f, [1])) == [1]", "f"),
    "called-before-mentioned": ("assert f(x) == 4", "f"),
    "class": ("s = Stack()\ns.push(1)\nassert s.items == [1]", "Stack"),
    "test-function": ("def test_f():\n    assert f(2) == 4", "f"),
    "lambda": ("assert (lambda g: g(f))(len) == 1", "f"),
    "loop": ("for n in range(3):\n    assert f(n) == n", "f"),
    "nothing": ("assert 1 + 1 == 2", None),
    "only-python": ("assert len([1]) == 1", None),
    "only-a-method": ("assert solution.f(2) == 4", None),
}


@pytest.mark.parametrize(
    ("test", "expected"), WITHOUT_REFERENCE.values(), ids=WITHOUT_REFERENCE.keys()
)
def test_without_a_reference_the_entry_point_is_what_the_tests_do_not_define(test, expected):
    assert find_tested_name([ast.parse("import re"), ast.parse(test)]) == expected
