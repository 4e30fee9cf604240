"""What a test sees of a value that stays in the program: the same as of the value itself.

Each operation on each object is tried in plain Python and in the sandbox.
"""

import textwrap
from collections.abc import Iterator
from typing import Any

import pytest

from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox

# Programs whose `f()` returns an ordinary object.
OBJECTS = {
    "generator": "def f():\n    yield 1\n    yield 2",
    "map": "def f():\n    return map(str, [1, 2])",
    "list iterator": "def f():\n    return iter([1, 2])",
    "function": 'def f():\n    def g(x=1):\n        """Text."""\n        return x\n    return g',
    "lambda": "def f():\n    return lambda *args: args",
    "method": "def f():\n    return [1, 2].append",
    "bound method": "class A:\n    def m(self): return 3\ndef f():\n    return A().m",
    "partial": "from functools import partial\ndef f():\n    return partial(int, '12')",
    "object": "def f():\n    return object()",
    "bare": "class A:\n    pass\ndef f():\n    return A()",
    "documented": 'class A:\n    """Text."""\n    x = 1\ndef f():\n    return A()',
    "class": "class A:\n    def __len__(self): return 2\ndef f():\n    return A",
    "unhashable": "class A:\n    def __eq__(self, x): return self is x\ndef f():\n    return A()",
    "sized": "class A:\n    def __len__(self): return 0\ndef f():\n    return A()",
    "iterable": "class A:\n    def __iter__(self): return iter((1, 2))\ndef f():\n    return A()",
    "iterator": """
        class A:
            def __init__(self): self.n = 2
            def __iter__(self): return self
            def __next__(self):
                if not self.n: raise StopIteration
                self.n -= 1
                return self.n
        def f(): return A()""",
    "only next": "class A:\n    def __next__(self): return 1\ndef f():\n    return A()",
    "getitem": """
        class A:
            def __getitem__(self, i): return [1, 2][i]
        def f(): return A()""",
    "contains": "class A:\n    def __contains__(self, x): return x == 1\ndef f():\n    return A()",
    "sequence": """
        from collections.abc import Sequence
        class A(Sequence):
            def __len__(self): return 2
            def __getitem__(self, i): return (1, 2)[i]
        def f(): return A()""",
    "mapping": """
        from collections.abc import Mapping
        class A(Mapping):
            def __len__(self): return 1
            def __iter__(self): return iter("a")
            def __getitem__(self, i): return {"a": 1}[i]
        def f(): return A()""",
    "callable": "class A:\n    def __call__(self): return 3\ndef f():\n    return A()",
    "context": """
        class A:
            def __enter__(self): return 4
            def __exit__(self, *error): return True
        def f(): return A()""",
    "false": "class A:\n    def __bool__(self): return False\ndef f():\n    return A()",
    "number": """
        class A:
            def __int__(self): return 3
            def __index__(self): return 1
            def __float__(self): return 1.5
            def __neg__(self): return -3
            def __round__(self, n=None): return 7
        def f(): return A()""",
    "dataclass": """
        from dataclasses import dataclass
        @dataclass
        class A:
            x: int = 1
        def f(): return A()""",
    "frozen": """
        from dataclasses import dataclass
        @dataclass(frozen=True, order=True)
        class A:
            x: int = 1
        def f(): return A()""",
    "slots": "class A:\n    __slots__ = ('x',)\ndef f():\n    return A()",
    "enum member": "from enum import Enum\nclass A(Enum):\n    B = 1\ndef f():\n    return A.B",
    "enum": "from enum import Enum\nclass A(Enum):\n    B = 1\n    C = 2\ndef f():\n    return A",
    "coroutine": "class A:\n    def __await__(self): yield 1\ndef f():\n    return A()",
    "match": "import re\ndef f():\n    return re.match('(a)', 'ab')",
    "list subclass": "class A(list):\n    y = 1\ndef f():\n    return A([1, 2])",
    "str subclass": "class A(str):\n    __slots__ = ()\ndef f():\n    return A('ab')",
    "int subclass": "class A(int):\n    pass\ndef f():\n    return A(3)",
    "named tuple": """
        from collections import namedtuple
        A = namedtuple("A", "x")
        def f(): return A(1)""",
    "error": "class A(ValueError):\n    pass\ndef f():\n    return A(1)",
    "error class": "class A(ValueError):\n    pass\ndef f():\n    return A",
    "keys": "def f():\n    return {1: 2, 2: 3}.keys()",
    "zip": "def f():\n    return zip([1, 2], 'ab')",
    "cached": """
        from functools import lru_cache
        @lru_cache
        def g(): return 3
        def f(): return g""",
    "property": "def f():\n    return property(len)",
    "module": "import math\ndef f():\n    return math",
}

OPERATIONS = [
    *(
        f"isinstance(x, abc.{name})"
        for name in (
            "Iterable", "Iterator", "Sized", "Hashable", "Callable", "Container", "Collection",
            "Reversible", "Sequence", "Mapping", "Generator", "Awaitable",
        )
    ),
    "isinstance(x, AbstractContextManager)",
    "isinstance(x, FunctionType)",
    "isinstance(x, type)",
    "isinstance(x, (int, float, str, list, dict))",
    *(
        f"hasattr(x, '__{name}__')"
        for name in (
            "len", "iter", "next", "getitem", "call", "contains", "bool", "enter", "add", "index",
            "hash", "eq", "doc", "dict", "name", "wrapped", "array", "await", "iadd",
        )
    ),
    "callable(x)",
    "x.__doc__ == 'Text.'",
    "x.__doc__ is None",
    "x.__name__ in ('g', '<lambda>', 'append', 'm', 'A', 'math')",
    "x.__class__.__name__ == 'A'",
    "type(x).__name__ in ('A', 'generator', 'map', 'function', 'method', 'object', 'module')",
    "hash(x) == hash(x)",
    "x in {x}",
    "{x: 1}[x] == 1",
    "len({x, x}) == 1",
    "len(x) == 2",
    "len(x) == 0",
    "x[0] == 1",
    "x['a'] == 1",
    "x + 1",
    "1 + x",
    "x * 2",
    "x == x",
    "x != x",
    "x == 1",
    "x < x",
    "not x < 1",
    "next(x) == 1 or True",
    "list(x) == [1, 2] or True",
    "sorted(x, key=str) is not None",
    "iter(x) is x",
    "list(reversed(x)) is not None",
    "1 in x",
    "9 in x",
    "bool(x)",
    "not x",
    "x() == 3 or True",
    "str(x) is not None",
    "repr(x).startswith('<')",
    "f'{x}' is not None",
    "f'{x:5}' is not None",
    "int(x) == 3",
    "float(x) == 1.5",
    "[1, 2][x] == 2",
    "-x == -3",
    "abs(x)",
    "round(x) == 7",
    "vars(x) is not None",
    "x.__dict__ == {} or True",
    "x.missing",
    "getattr(x, 'missing', 1) == 1",
    "is_dataclass(x)",
    "max(x) is not None",
    "dict(x) == {'a': 1}",
    "[*x] or True",
    "sum(1 for _ in x) < 5",
    "[y for y in zip(x, x)] is not None",
    "issubclass(type(x), abc.Sized)",
]  # fmt: skip
STATEMENTS = [
    "with x:\n    pass",
    "with x as y:\n    assert y == 4",
    "for _ in x:\n    break",
    "a, b = x",
    "x[0] = 1",
    "del x[0]",
    "x.new = 1\nassert x.new == 1",
    "del x.missing",
    "x += 1",
    "str.join('', map(str, x))",
    "match x:\n    case [_, _]:\n        pass\n    case _:\n        assert False",
]
IMPORTS = """
from collections import abc
from contextlib import AbstractContextManager
from dataclasses import is_dataclass
from types import FunctionType
"""
TESTS = [
    *(f"x = f()\nassert {operation}" for operation in OPERATIONS),
    *(f"x = f()\n{statement}" for statement in STATEMENTS),
]


def passes_in_python(program: str, test: str) -> bool:
    namespace: dict[str, Any] = {"__name__": "solution"}
    try:
        exec(f"{program}\n{IMPORTS}\n{test}", namespace)
    except Exception:  # noqa: BLE001 (whatever a test raises)
        return False
    return True


# What differs. A program would see what a test looks for, so `in` is refused unless it can be done
# by iterating. A match can be indexed and not iterated over, which no class in Python can say.
DIFFERENT = {
    "contains": ["x = f()\nassert 1 in x"],
    "match": ["x = f()\nassert hasattr(x, '__iter__')"],
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=3, memory_mb=256), workers=1) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_behaves_for_a_test_as_in_plain_python(sandbox, name: str) -> None:
    program = textwrap.dedent(OBJECTS[name]).strip()
    # With a reference, what fails could be tried again in one process.
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=tuple(TESTS), setup=IMPORTS)
    verdict = sandbox.judge(program, problem)
    passed = [status == "passed" for status in verdict.tests]
    expected = [
        passes_in_python(program, test) != (test in DIFFERENT.get(name, ())) for test in TESTS
    ]
    assert dict(zip(TESTS, passed, strict=True)) == dict(zip(TESTS, expected, strict=True))
    assert not verdict.shared_process


# What a program sees of iterators of the tests.
SHOW = """
def f(x):
    seen = [type(x).__name__, isinstance(x, (map, zip, filter, enumerate, reversed))]
    for use in (lambda: x.missing, lambda: len(x), lambda: x[0], lambda: x + 1, lambda: x()):
        try:
            seen.append(use())
        except Exception as error:
            seen.append(f"{type(error).__name__}: {error}")
    return seen
"""


@pytest.mark.parametrize(
    "iterator",
    [
        "iter([1])", "iter((1,))", "iter({1})", "iter({1: 2}.items())", "iter('a')", "iter(int, 1)",
        "map(abs, [1])", "zip([1], [2])", "filter(None, [1])", "enumerate([1])", "reversed([1])",
        "iter(range(2))", "(i for i in [1])", "itertools.count()", "itertools.chain([1])",
    ],
)  # fmt: skip
def test_an_iterator_of_the_tests_says_what_python_says_of_it(sandbox, iterator: str) -> None:
    namespace: dict[str, Any] = {}
    exec(f"import itertools\n{SHOW}\nseen = f({iterator})", namespace)
    # Classes in C have a second name, for messages; a class in Python has one.
    expected = repr(namespace["seen"]).replace("itertools.", "")
    test = f"import itertools\nassert f({iterator}) == {expected}"
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=(test,))
    verdict = sandbox.judge(SHOW, problem)
    assert verdict.passed, verdict.message
