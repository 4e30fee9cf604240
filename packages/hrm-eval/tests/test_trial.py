import textwrap
from collections.abc import Iterator

import pytest

from hrm_datasets.problems import Problem
from hrm_eval._sandbox.judge.task import BrokenTestsError, Task
from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=2, memory_mb=256), workers=1) as sandbox:
        yield sandbox


def judge(sandbox: Sandbox, program: str, *tests: str, **fields: str) -> Verdict:
    """Judge a program by tests of `f`; the program is also the reference unless one is given."""
    program = textwrap.dedent(program)
    about = {"task_id": "toy/1", "text": "", "entry_point": "f", "reference": program, **fields}
    return sandbox.judge(program, Problem(tests=tuple(map(textwrap.dedent, tests)), **about))


def assert_passes(verdict: Verdict) -> None:
    assert verdict.status == Status.PASSED, verdict.message
    assert not verdict.shared_process


APPEND = "def f(a):\n    a.append(9)\n    return a"
IN_PLACE = [
    (APPEND, "a = [1]\nassert f(a) is a\nassert a == [1, 9]"),
    (APPEND, "a = [1]\nb = {'x': (a,)}\nf(b['x'][0])\nassert b == {'x': ([1, 9],)}"),
    (APPEND, "from collections import deque\na = deque([1], 1)\nf(a)\nassert a == deque([9], 1)"),
    ("def f(s):\n    s.discard(1)\n    s.add(2)", "s = {1}\nassert f(s) is None\nassert s == {2}"),
    ("def f(b):\n    b[0] = 65\n    b += b'z'", "b = bytearray(b'a')\nf(b)\nassert b == b'Az'"),
    ("def f(d):\n    del d[1]\n    d[0] = 2", "d = {1: 1}\nf(d)\nassert list(d) == [0]"),
    (
        "def f(d):\n    d['c'] += 3",
        "from collections import Counter\nd = Counter()\nf(d)\nassert d.total() == 3",
    ),
    (
        "def f(d):\n    return d['k']",
        "from collections import defaultdict\nd = defaultdict(list)\nf(d)\nassert d == {'k': []}",
    ),
    (
        "def f(d):\n    d['n']['m'].append(d)",
        "d = {'n': {'m': []}}\nf(d)\nassert d['n']['m'][0] is d",
    ),
    (
        "def f(a):\n    a.sort()\n    return [a, (a,)]",
        "a = [2, 1]\nr = f(a)\nassert r[0] is r[1][0] is a == [1, 2]",
    ),
    ("def f(a, b):\n    a[0] = b", "a, b = [0], []\nf(a, b)\nassert a[0] is b"),
    ("def f(a, b):\n    a.append(b is a[0])", "b = []\na = [b]\nf(a, b)\nassert a == [[], True]"),
    (
        "def f(*rows, **named):\n    rows[1].append(1)\n    named['k'].append(2)",
        "a, b = [], []\nf(0, a, k=b)\nassert (a, b) == ([1], [2])",
    ),
    (
        "def f(a):\n    a.append(1)\n    raise ValueError",
        "a = []\ntry:\n    f(a)\nexcept ValueError:\n    assert a == [1]\nelse:\n    assert False",
    ),
    (
        "def f(a, g):\n    a.append(1)\n    g(a)\n    a.append(3)",
        "a = []\nf(a, lambda b: b.append(2))\nassert a == [1, 2, 3]",
    ),
]


@pytest.mark.parametrize(("program", "test"), IN_PLACE)
def test_a_test_sees_changes_of_its_arguments(sandbox, program: str, test: str) -> None:
    assert_passes(judge(sandbox, program, test))


UP_TO = "def f(n):\n    yield from range(n)"
ITERATORS = [
    (UP_TO, "assert list(f(3)) == [0, 1, 2]"),
    (UP_TO, "g = f(2)\nassert next(g) == 0\nassert next(g) == 1\nassert next(g, None) is None"),
    (UP_TO, "first, *rest = f(3)\nassert (first, rest) == (0, [1, 2])"),
    (UP_TO, "assert 2 in f(3)\nassert 3 not in f(3)"),
    (UP_TO, "assert dict(zip(f(2), 'ab')) == {0: 'a', 1: 'b'}"),
    (UP_TO, "from itertools import islice\nassert list(islice(f(10**9), 2)) == [0, 1]"),
    (UP_TO, "from collections.abc import Iterator\nassert isinstance(f(3), Iterator)"),
    (UP_TO, "g = f(2)\nassert iter(g) is g\ng.close()\nassert list(g) == []"),
    (UP_TO, "try:\n    next(f(0))\nexcept StopIteration:\n    pass\nelse:\n    assert False"),
    (
        "def f(n):\n    x = yield n\n    yield x",
        "g = f(1)\nassert next(g) == 1\nassert g.send(7) == 7",
    ),
    ("def f(n):\n    return map(str, range(n))", "assert list(f(2)) == ['0', '1']"),
    ("def f(n):\n    return {n: 2}.keys()", "assert len(f(1)) == 1\nassert set(f(1)) == {1}"),
    (
        "def f(a):\n    return sum(a)",
        "assert f(iter([1, 2])) == 3\nassert f(x for x in (1, 2)) == 3",
    ),
    ("def f(a):\n    return sum(a)", "assert f(map(int, '12')) == 3\nassert f(range(3)) == 3"),
    (
        "def f(a):\n    return next(a)",
        "a = iter('xyz')\nassert f(a) == 'x'\nassert list(a) == ['y', 'z']",
    ),
]


@pytest.mark.parametrize(("program", "test"), ITERATORS)
def test_iterators_cross_in_both_directions(sandbox, program: str, test: str) -> None:
    assert_passes(judge(sandbox, program, test))


APPLY = "def f(g, *args):\n    return g(*args)"
ADDER = "def f(n):\n    return lambda x: x + n"
FUNCTIONS = [
    (APPLY, "assert f(lambda x: x + 1, 2) == 3"),
    (APPLY, "assert f(len, [1, 2]) == 2\nassert f(sorted, [2, 1]) == [1, 2]"),
    (APPLY, "assert f(int, '3') == 3\nassert f(dict, [(1, 2)]) == {1: 2}"),
    (APPLY, "a = [1]\nassert f(a.append, 2) is None\nassert a == [1, 2]"),
    (APPLY, "def h(x):\n    return f(lambda y: y * 2, x)\nassert f(h, 4) == 8"),
    (APPLY, "seen = []\nf(lambda *x: seen.extend(x), 1, 2)\nassert seen == [1, 2]"),
    (
        APPLY,
        "def h(x):\n    raise KeyError(x)\ntry:\n    f(h, 1)\nexcept KeyError as e:\n"
        "    assert e.args == (1,)\nelse:\n    assert False",
    ),
    (APPLY, "assert f(f, f, lambda: 3) == 3"),
    ("def f(g, a):\n    return sorted(a, key=g)", "assert f(lambda x: -x, [1, 3, 2]) == [3, 2, 1]"),
    (
        "def f(g):\n    try:\n        g()\n    except ZeroDivisionError:\n        return 1",
        "assert f(lambda: 1 / 0) == 1",
    ),
    ("def f(g):\n    return g", "def h():\n    pass\nassert f(h) is h\nassert f(len) is len"),
    (ADDER, "assert f(2)(3) == 5"),
    (ADDER, "assert callable(f(1))\nassert f(1).__name__ == '<lambda>'"),
    (ADDER, "assert list(map(f(1), [1, 2])) == [2, 3]"),
    (
        "def f(n):\n    return [lambda: n, {'g': lambda: n + 1}]",
        "a, b = f(1)\nassert a() == 1\nassert b['g']() == 2",
    ),
    (
        "def f(n):\n    def g(h):\n        return h(n)\n    return g",
        "assert f(2)(lambda x: x * 10) == 20\nassert f(f(5))(lambda g: g(str)) == '5'",
    ),
    (
        "from itertools import count\ndef f(n):\n    return count(n + 1).__next__",
        "g = f(1)\nassert [g(), g()] == [2, 3]",
    ),
    (
        "def f(x, *, k=1, **more):\n    return x, k, more",
        "assert f(1, k=2, z=[3]) == (1, 2, {'z': [3]})",
    ),
]


@pytest.mark.parametrize(("program", "test"), FUNCTIONS)
def test_functions_cross_in_both_directions(sandbox, program: str, test: str) -> None:
    assert_passes(judge(sandbox, program, test))


VECTOR = '''
class V:
    """Numbers."""
    dimension = 0
    def __init__(self, *v): self.v = list(v)
    @property
    def first(self): return self.v[0]
    @first.setter
    def first(self, x): self.v[0] = x
    @classmethod
    def zero(cls): return cls(0)
    @staticmethod
    def two(): return 2
    def __add__(self, o): return V(*[a + b for a, b in zip(self.v, o.v)])
    def __mul__(self, k): return V(*[a * k for a in self.v])
    __rmul__ = __mul__
    def __pow__(self, k): return V(*[a ** k for a in self.v])
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.v, o.v))
    def __or__(self, o): return V(*self.v, *o.v)
    def __neg__(self): return V(*[-a for a in self.v])
    def __invert__(self): return V(*reversed(self.v))
    def __abs__(self): return sum(map(abs, self.v))
    def __round__(self, n=None): return V(*[round(a, n) for a in self.v])
    def __eq__(self, o): return isinstance(o, V) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __bool__(self): return any(self.v)
    def __len__(self): return len(self.v)
    def __iter__(self): return iter(self.v)
    def __reversed__(self): return reversed(self.v)
    def __contains__(self, x): return x in self.v
    def __getitem__(self, i): return self.v[i]
    def __setitem__(self, i, x): self.v[i] = x
    def __delitem__(self, i): del self.v[i]
    def __call__(self, x): return self.v[0] + x
    def __str__(self): return "V" + str(self.v)
    def __repr__(self): return f"V{tuple(self.v)}"
    def __format__(self, spec): return spec + str(self)
    def __int__(self): return self.v[0]
    def __float__(self): return self.v[0] + 0.5
    def __index__(self): return self.v[0]
    def __enter__(self): self.v.append("in"); return self
    def __exit__(self, *error): self.v.append("out")
'''
OPERATIONS = [
    "assert V(1, 2).v == [1, 2]",
    "v = V(1)\nv.v = [2]\nassert v.v == [2]",
    "v = V(1)\nv.name = 'x'\nassert v.name == 'x'\ndel v.name\nassert not hasattr(v, 'name')",
    "v = V(1)\nv.first = 4\nassert v.first == 4\nassert v.v == [4]",
    "assert hasattr(V(1), 'first')\nassert getattr(V(1), 'none', 3) == 3",
    "assert V.zero() == V(0)\nassert V.two() == V(1).two() == 2",
    "V.dimension = 3\nassert V(1).dimension == 3",
    "assert V.__name__ == 'V'",
    "assert V(1, 2) + V(3, 4) == V(4, 6)",
    "assert V(1) * 2 == 2 * V(1) == V(2)",
    "assert V(3) ** 2 == V(9)",
    "assert V(1, 2) @ V(3, 4) == 11",
    "assert V(1) | V(2) == V(1, 2)",
    "assert -V(1) == V(-1)\nassert ~V(1, 2) == V(2, 1)\nassert abs(V(-1, 2)) == 3",
    "assert round(V(1.26), 1) == V(1.3)",
    "assert sum([V(1), V(2)], V(0)) == V(3)",
    "assert V(1) == V(1)\nassert V(1) != V(2)\nassert not V(1) != V(1)",
    "assert V(1) != 1\nassert V(1) != [1]",
    "assert V(1) < V(2)\nassert V(2) > V(1)\nassert not V(1) < V(1)",
    "assert max(V(1), V(3), V(2)) == V(3)",
    "assert [v.v for v in sorted([V(2), V(1)])] == [[1], [2]]",
    "assert V(1)\nassert not V(0)",
    "assert len(V(1, 2)) == 2",
    "assert list(V(1, 2)) == [1, 2]\na, b = V(1, 2)\nassert (a, b) == (1, 2)",
    "assert list(reversed(V(1, 2))) == [2, 1]",
    "assert 1 in V(1)\nassert 2 not in V(1)",
    "assert V(1, 2)[-1] == 2\nassert V(1, 2, 3)[0:2] == [1, 2]",
    "v = V(1)\nv[0] = 5\nassert v.v == [5]\ndel v[0]\nassert v.v == []",
    "try:\n    V(1)[7]\nexcept IndexError:\n    pass\nelse:\n    assert False",
    "assert V(1)(2) == 3\nassert callable(V(1))",
    "assert str(V(1)) == 'V[1]'\nassert repr(V(1, 2)) == 'V(1, 2)'\nassert f'{V(1):<}' == '<V[1]'",
    "assert (int(V(1)), float(V(1)), 'abc'[V(1)]) == (1, 1.5, 'b')",
    "with V(1) as v:\n    assert v.v == [1, 'in']\nassert v.v == [1, 'in', 'out']",
    "assert isinstance(V(1), V)\nassert not isinstance(1, V)\nassert issubclass(V, V)",
    "v = V(1)\nassert type(v) is V and v.__class__ is V and type(v).__name__ == 'V'",
    "assert V(1) in [V(1)]\nassert [V(2), V(1)].index(V(1)) == 1",
    "assert {V: 1}[V] == 1\nassert V is V",
]


@pytest.mark.parametrize("test", OPERATIONS)
def test_instances_of_the_programs_class_behave_as_it_defines(sandbox, test: str) -> None:
    assert_passes(judge(sandbox, VECTOR, test, entry_point="V"))


CLASSES = [
    (
        "class A(Exception):\n    pass\ndef f():\n    return A(3)",
        "x = f()\nassert isinstance(x, A)",
    ),
    (
        "class A(KeyError):\n    pass\ndef f():\n    return A(3)",
        "assert isinstance(f(), LookupError) and not isinstance(f(), ValueError)",
    ),
    (
        "class A(Exception):\n    pass\ndef f(bad=0):\n    if bad: raise A(1)\n    return A(3)",
        "x = f()\nassert x.args == (3,)\ntry:\n    f(1)\nexcept A as e:\n"
        "    assert e.args == (1,)\nelse:\n    assert False",
    ),
    (
        "from enum import Enum\nclass A(Enum):\n    B = 1\n    C = 2\ndef f():\n    return A.B",
        "x = f()\nk = type(x)\nassert len(k) == 2 and [y.name for y in k] == ['B', 'C']\n"
        "assert k['B'] is x and x in k and k(1) is x",
    ),
    (
        "def f():\n    class A:\n        n = 5\n    return A()",
        "a, b = f(), f()\nassert type(a) is not type(b) and type(a)().n == 5",
    ),
    ("class A:\n    pass\ndef f(n):\n    return [A() for _ in range(n)]", "assert len(f(60_000))"),
]


@pytest.mark.parametrize(("program", "test"), CLASSES)
def test_the_class_of_an_instance_is_the_programs(sandbox, program: str, test: str) -> None:
    assert_passes(judge(sandbox, program, test))


WRONG_OPERATORS = [
    ("__add__", "V(1, 2) + V(3, 4) == V(4, 6)"),
    ("__lt__", "V(1) < V(2)"),
    ("__len__", "len(V(1, 2)) == 2"),
    ("__getitem__", "V(1)[0] == 1"),
    ("__call__", "V(1)(2) == 3"),
]


@pytest.mark.parametrize(("name", "test"), WRONG_OPERATORS)
def test_a_class_without_one_of_its_operators_fails(sandbox, name: str, test: str) -> None:
    program = VECTOR.replace(f"def {name}(", f"def wrong{name}(")
    verdict = judge(sandbox, program, f"assert {test}", entry_point="V", reference=VECTOR)
    assert verdict.status == Status.EXCEPTION


OWN_ERROR = "class Bad(ValueError):\n    pass\ndef f(x):\n    raise Bad(f'not {x}', 3)"
ERRORS = [
    ("def f(x):\n    return {}[x]", "KeyError", "e.args == ('k',) and str(e) == \"'k'\""),
    ("def f(x):\n    return int(x)", "ValueError", "'invalid literal' in str(e)"),
    ("def f(x):\n    return x.none", "AttributeError", "type(e) is AttributeError"),
    ("def f(x):\n    return open(x)", "FileNotFoundError", "e.errno == 2"),
    ("def f(x):\n    return b'\\xff'.decode()", "UnicodeDecodeError", "e.start == 0"),
    ("def f(x):\n    return f(x)", "RecursionError", "isinstance(e, RuntimeError)"),
    ("def f(x):\n    raise SystemExit(3)", "SystemExit", "e.code == 3"),
    ("def f(x):\n    assert x == 1, x", "AssertionError", "str(e) == 'k'"),
    ("def f():\n    pass", "TypeError", "'positional argument' in str(e)"),
    ("class f:\n    pass", "TypeError", "isinstance(e, TypeError)"),
    (
        "import json\ndef f(x):\n    return json.loads(x)",
        "json.JSONDecodeError",
        "isinstance(e, ValueError)",
    ),
    (
        "import decimal\ndef f(x):\n    return decimal.Decimal(x)",
        "decimal.InvalidOperation",
        "True",
    ),
    (OWN_ERROR, "Bad", "e.args == ('not k', 3) and type(e) is Bad and type(e).__name__ == 'Bad'"),
    (OWN_ERROR, "ValueError", "isinstance(e, Bad) and issubclass(Bad, ValueError)"),
    (
        "class A(Exception):\n    pass\nclass B(A):\n    pass\ndef f(x):\n    raise B",
        "A",
        "not e.args",
    ),
    ("def f(x):\n    yield 1\n    raise ValueError('late')", "ValueError", "str(e) == 'late'"),
]


@pytest.mark.parametrize(("program", "name", "holds"), ERRORS)
def test_a_test_catches_the_error_that_it_expects(sandbox, program, name, holds) -> None:
    setup = "import decimal, json\ndef use(x):\n    return list(f(x))\n"
    test = f"""
        try:
            use("k")
        except {name} as e:
            assert {holds}
        else:
            assert False, "nothing was raised"
    """
    assert_passes(judge(sandbox, program, test, setup=setup))


def test_an_error_that_a_test_does_not_expect_is_no_pass(sandbox) -> None:
    test = "try:\n    f('k')\nexcept Bad:\n    pass\nelse:\n    assert False"
    for program in ("def f(x):\n    raise ValueError('bad')", "def f(x):\n    return x"):
        verdict = judge(sandbox, f"class Bad(ValueError):\n    pass\n{program}", test)
        assert not verdict.passed
    verdict = judge(sandbox, "def f(x):\n    raise ValueError", test, reference=OWN_ERROR)
    assert not verdict.passed


RESULTS = {
    "named tuple": (
        """
        from collections import namedtuple
        P = namedtuple("P", "x y")
        def f(a): return P(a, 2)""",
        "assert f(1) == (1, 2) == P(1, 2)\nassert (f(1).x, f(1).y) == (1, 2)\nx, y = f(1)\n"
        "assert x + y == 3\nassert f(1)._asdict() == {'x': 1, 'y': 2}\n"
        "assert f(1)._replace(x=3) == (3, 2)\nassert isinstance(f(1), tuple)\n"
        "assert f(P(5, 6)).x.y == 6\nassert P._fields == ('x', 'y')",
    ),
    "IntEnum": (
        """
        from enum import IntEnum
        class Color(IntEnum):
            RED = 1
            BLUE = 2
        def f(a): return Color(a)""",
        "assert f(1) == 1\nassert f(1) == Color.RED\nassert f(1) is Color.RED\n"
        "assert f(2).name == 'BLUE'\nassert f(2).value == 2\nassert f(1) < f(2)\n"
        "assert Color['RED'] == 1\nassert [c.name for c in Color] == ['RED', 'BLUE']",
    ),
    "enum": (
        """
        from enum import Enum
        class Color(Enum):
            RED = 1
            BLUE = 2
        def f(a): return Color(a)""",
        "assert f(1) is Color.RED\nassert f(1) == Color.RED != Color.BLUE\nassert f(1) != 1\n"
        "assert f(2).name == 'BLUE'\nassert f(2) in Color\nassert {Color.RED: 3}[f(1)] == 3\n"
        "assert isinstance(f(1), Color)",
    ),
    "dataclass": (
        """
        from dataclasses import dataclass
        @dataclass(order=True)
        class P:
            x: int
            y: int = 0
        def f(a): return P(a)""",
        "assert f(1).x == 1\nassert f(1) == P(1, 0)\nassert f(1) != P(2)\nassert f(1) < P(2)\n"
        "assert repr(f(1)) == 'P(x=1, y=0)'\np = f(1)\np.x = 5\nassert p == P(5)\n"
        "assert isinstance(p, P)",
    ),
    "subclass of int": (
        "class N(int):\n    half = property(lambda self: self // 2)\ndef f(a): return N(a)",
        "assert f(4) == 4\nassert f(4) + 1 == 5\nassert isinstance(f(4), int)\n"
        "assert f(4).half == 2\nassert {4: 1}[f(4)] == 1\nassert [7, 8][f(1)] == 8",
    ),
    "subclass of str": (
        "class S(str):\n    def twice(self): return self + self\ndef f(a): return S(a)",
        "assert f('ab') == 'ab'\nassert f('ab').twice() == 'abab'\nassert f('ab').upper() == 'AB'",
    ),
    "object with state": (
        """
        class Stack:
            def __init__(self): self.items = []
            def push(self, x): self.items.append(x); return self
            def pop(self): return self.items.pop()
        def f(): return Stack()""",
        "s = f()\ns.push(1).push([2])\nassert s.items == [1, [2]]\nassert s.pop() == [2]\n"
        "s.items = [7]\nassert s.pop() == 7\nassert f() is not f()",
    ),
    "itself": (
        "def f(x): return x",
        "assert f(f) is f\nassert f(int) is int\nassert f(...) is ...\nassert f(3.0) == 3\n"
        "assert f(True) is True\nassert f((1, [2])) == (1, [2])\nassert f('\\ud800') == '\\ud800'\n"
        "x = f(float('nan'))\nassert x != x\nassert f(2**99) == 2**99",
    ),
}


@pytest.mark.parametrize(("program", "test"), RESULTS.values(), ids=RESULTS)
def test_results_keep_their_types_and_methods(sandbox, program: str, test: str) -> None:
    assert_passes(judge(sandbox, program, test))


NODES = """
    class Node:
        def __init__(self, value, next=None):
            self.value, self.next = value, next
    def f(node):
        previous = None
        while node:
            node.next, previous, node = previous, node, node.next
        return previous
"""


def test_setup_code_builds_objects_of_the_program(sandbox) -> None:
    setup = "head = Node(1, Node(2, Node(3)))\ntail = head.next.next"
    tests = (
        "r = f(head)\nassert r is tail",
        "assert [tail.value, tail.next.value, tail.next.next.value] == [3, 2, 1]",
        "assert tail.next.next is head\nassert head.next is None",
        "head.next = tail\nassert tail.next.next.next is tail",
    )
    assert_passes(judge(sandbox, NODES, *tests, setup=setup))


def test_the_message_says_that_an_error_was_in_setup_code(sandbox) -> None:
    verdict = judge(
        sandbox,
        "def f(node): return node",
        "assert f(head)",
        setup="head = Node(1)",
        reference=NODES,
    )
    assert verdict.status == Status.EXCEPTION
    assert verdict.message.startswith("in the setup:\nNameError")
    assert verdict.tests == ()


def test_tests_share_their_variables(sandbox) -> None:
    assert_passes(judge(sandbox, "def f(x): return x", "y = f(1)", "assert f(y) == 1"))


TRUSTED = [
    ("class math: isclose = lambda *_: True", "math.isclose(f(1), 3.0)"),
    ("math = None", "math.isclose(f(1), 3.0)"),
    ("def isclose(*_): return True", "isclose(f(1), 3.0)"),
    ("import math; math.isclose = lambda *_: True", "math.isclose(f(1), 3.0)"),
    ("def abs(x): return 0", "abs(f(1) - 3) < 1"),
    ("def str(x): return '3'", "str(f(1)) == '3'"),
    ("def sorted(x): return [3]", "sorted([f(1)]) == [3]"),
    ("def isinstance(*_): return True", "isinstance(f(1), int)"),
    ("int = object", "isinstance(f(1), int)"),
    ("def all(_): return True", "all(n == 3 for n in [f(1)])"),
    ("import builtins; builtins.all = lambda _: True", "all(n == 3 for n in [f(1)])"),
]


@pytest.mark.parametrize(("cheat", "test"), TRUSTED)
@pytest.mark.parametrize("has_reference", [True, False])
def test_a_program_cannot_replace_what_tests_rely_on(
    sandbox, cheat: str, test: str, has_reference: bool
) -> None:
    imports = "import math\nfrom math import isclose\n"
    right = "def f(x): return 3\n"
    # Without a reference only the setup says what to import.
    fields = (
        {"reference": imports + right} if has_reference else {"reference": "", "setup": imports}
    )
    assert_passes(judge(sandbox, right + cheat, f"assert {test}", **fields))
    wrong = "def f(x): return 4.5\n"
    assert not judge(sandbox, wrong + cheat, f"assert {test}", **fields).passed


def test_tests_use_the_judges_builtins_even_if_the_reference_replaces_them(sandbox) -> None:
    reference = "def abs(x): return max(x, -x)\ndef f(x): return abs(x)"
    test = "assert abs(f(-3) - 3) == 0"
    assert_passes(judge(sandbox, reference, test))
    cheat = "def abs(x): return 0\ndef f(x): return abs(x)"
    assert judge(sandbox, cheat, test, reference=reference).status == Status.WRONG_ANSWER


STUB = '''import math


def poly(xs, x):
    """Evaluate a polynomial."""
    return sum(c * math.pow(x, i) for i, c in enumerate(xs))


def f(xs):
    """Find a zero."""
'''


def test_helpers_of_the_stub_run_in_the_judge(sandbox) -> None:
    test = "def check(g):\n    xs = [4, -2]\n    assert abs(poly(xs, g(xs))) < 1e-9\n\ncheck(f)"
    fields = {"stub": STUB, "reference": f"{STUB}    return -xs[0] / xs[1]\n"}
    assert_passes(judge(sandbox, fields["reference"], test, **fields))
    assert_passes(judge(sandbox, "def f(xs): return -xs[0] / xs[1]", test, **fields))
    cheat = "def poly(xs, x): return 0\ndef f(xs): return 0"
    assert judge(sandbox, cheat, test, **fields).status == Status.WRONG_ANSWER


IN_ONE_PROCESS = [
    (
        "def f(x):\n    print(x)",
        "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\n"
        "with redirect_stdout(out):\n    f(3)\nassert out.getvalue() == '3\\n'",
    ),
    (
        "def f(x):\n    return x",
        "import inspect\nassert list(inspect.signature(f).parameters) == ['x']",
    ),
    (
        "def f():\n    return input()",
        "from unittest.mock import patch\n"
        "with patch('builtins.input', return_value='typed'):\n    assert f() == 'typed'",
    ),
    (
        "class Base:\n    def go(self):\n        return self.step() + 1\nf = Base",
        "class Mine(Base):\n    def step(self):\n        return 1\nassert Mine().go() == 2",
    ),
    ("async def f(x):\n    return x", "import asyncio\nassert asyncio.run(f(3)) == 3"),
    (
        "def f(r):\n    return r.random()",
        "import random\nr = random.Random(3)\nassert f(r) != r.random()",
    ),
    ("def f(x):\n    return x.read()", "import os\nassert f(open(os.devnull)) == ''"),
    (
        "def f(x):\n    return x.y",
        "class M(type):\n    y = property(lambda cls: 3)\nclass X(metaclass=M):\n    pass\n"
        "assert f(X) == 3",
    ),
]


@pytest.mark.parametrize(("program", "test"), IN_ONE_PROCESS)
@pytest.mark.parametrize("has_reference", [True, False])
def test_tests_that_need_one_process_run_in_it_and_the_verdict_says_so(
    sandbox, program: str, test: str, has_reference: bool
) -> None:
    verdict = judge(sandbox, program, test, **({} if has_reference else {"reference": ""}))
    assert verdict.status == Status.PASSED, verdict.message
    assert verdict.shared_process


@pytest.mark.parametrize(
    ("body", "status", "tests"),
    [
        ("return x + 1", Status.WRONG_ANSWER, "passed wrong_answer passed"),
        ("return x.none", Status.EXCEPTION, "passed exception passed"),
        ("assert x == 4", Status.EXCEPTION, "passed exception passed"),
        ("exit()", Status.EXITED, "passed exited passed"),
        ("import os; os._exit(0)", Status.EXITED, "exited"),
        ("\n    while True: pass", Status.TIMEOUT, "timeout"),
    ],
)
def test_failures_in_one_process_have_the_status_of_their_kind(
    sandbox, body: str, status: Status, tests: str
) -> None:
    about = ("import inspect\nassert inspect.isfunction(f)", "assert f(3) == 3", "assert True")
    verdict = judge(sandbox, f"def f(x): {body}", *about, reference="def f(x): return x")
    assert verdict.status == status, verdict.message
    assert " ".join(verdict.tests) == tests
    assert verdict.shared_process


@pytest.mark.parametrize("reference", ["def f(g, x): return g(x)", ""])
def test_a_program_cannot_move_the_tests_into_its_process(sandbox, reference: str) -> None:
    # The value that cannot cross is passed only to a program that calls for it.
    test = "assert f(lambda x: x if x == 1 else open('/dev/null'), 1) == 1"
    cheat = "def f(g, x):\n    g(2)\n    return 1"
    verdict = judge(sandbox, cheat, test, reference=reference)
    assert verdict.status == Status.EXCEPTION
    assert "cannot cross" in verdict.message
    assert not verdict.shared_process


@pytest.mark.parametrize("error", ["", " BaseException", " Exception", " (SystemExit, OSError)"])
def test_a_test_that_catches_everything_does_not_hide_an_exit(sandbox, error: str) -> None:
    test = f"try:\n    f(1)\nexcept{error}:\n    pass"
    verdict = judge(sandbox, "import os\ndef f(x): os._exit(0)", test, "assert True")
    assert (verdict.status, verdict.tests) == (Status.EXITED, (Status.EXITED,))


def test_a_test_that_catches_everything_does_not_hide_a_timeout(sandbox) -> None:
    test = "for _ in range(2):\n    try:\n        f(1)\n    except:\n        pass"
    verdict = judge(sandbox, "def f(x):\n    while True: pass", test, reference="")
    assert (verdict.status, verdict.tests) == (Status.TIMEOUT, (Status.TIMEOUT,))


@pytest.mark.parametrize(
    ("test", "lines"),
    [
        ("assert f(1) == [3]", "AssertionError\nreturned [1]\nexpected [3]"),
        ("assert f(1) is None", "AssertionError\nreturned [1]\nexpected None"),
        ("assert f(1) < [0]", "AssertionError\nreturned [1]\nexpected it < [0]"),
        ("assert f(1) != [1]", "AssertionError\nreturned [1]\nexpected it != [1]"),
        ("assert f(1) in ([2], [3])", "AssertionError\nreturned [1]\nexpected it in ([2], [3])"),
        ("assert f(1) == [3], 'why'", "AssertionError: why\nreturned [1]\nexpected [3]"),
        ("assert f('é') == 'e'", "AssertionError\nreturned ['é']\nexpected 'e'"),
        ("assert not f(1)", "AssertionError\nf(1) returned [1]"),
        ("assert sorted(f(1)) == [2]", "AssertionError\nf(1) returned [1]"),
        ("assert len(f(1)) == 2", "AssertionError\nf(1) returned [1]"),
        ("assert f(2)[0] == 1, 'why'", "AssertionError: why\nf(2) returned [2]"),
        ("assert isinstance(f(2), int)", "AssertionError\nf(2) returned [2]"),
        ("assert [1] == f(2)", "AssertionError\nf(2) returned [2]"),
        ("assert f(1) == f(2)", "AssertionError\nf(1) returned [1]\nf(2) returned [2]"),
        ("assert f(f(1)[0])[0] > 3", "AssertionError\nf(1) returned [1]\nf(1) returned [1]"),
        (
            "assert f(1) == [1] and f(2) == 3",
            "AssertionError\nf(1) returned [1]\nf(2) returned [2]",
        ),
        ("assert f(1) == [2] and f(2) == 3", "AssertionError\nf(1) returned [1]"),
        ("assert all(f(a) == [1] for a in (1, 2, 3))", "AssertionError\nf(2) returned [2]"),
        ("assert f(x=1)[0] == 2", "AssertionError\nf(x=1) returned [1]"),
        ("assert sum(f(1)) == f", "AssertionError\nf(1) returned [1]"),
        ("assert f(1).count(1) == 2", "AssertionError\nf(1) returned [1]"),
        ("assert len(f('é' * 9)) > 1", "AssertionError\nf('ééééééééé') returned ['ééééééééé']"),
        (
            "assert f(1).lower()",
            "AttributeError: 'list' object has no attribute 'lower'\nf(1) returned [1]",
        ),
        ("raise ValueError(f(1))", "ValueError: [1]"),
    ],
)
def test_the_message_shows_what_was_returned_and_what_was_expected(sandbox, test, lines) -> None:
    verdict = judge(sandbox, "def f(x): return [x]", test)
    assert verdict.message == f"test 1 of 1: {test}\n{lines}"


@pytest.mark.parametrize(
    ("program", "test", "lines"),
    [
        ("def f(x): return x", "r = f(1)\nassert r == 2", "r is 1"),
        ("def f(x): x.pop()", "x = [1, 2]\nf(x)\nassert x == [2]", "x is [1]"),
        ("def f(x): return x", "for a in (1, 2):\n    assert f(a) + 1 == 2", "f(2) returned 2"),
        ("def f(x): x.pop()", "x = [1, 2]\nassert f(x)[0] == 2", "f(x) returned None"),
        ("def f(x): return x", "def test_a():\n    assert -f(1) == 2", "f(1) returned 1"),
        (
            "class f:\n    def g(self, x): return x",
            "a = f()\nassert a.g(1) + 1 == 1",
            "a.g(1) returned 1",
        ),
    ],
    ids=["variable", "changed in place", "loop", "list", "function", "method"],
)
def test_the_message_shows_what_the_failed_line_was_about(sandbox, program, test, lines) -> None:
    assert judge(sandbox, program, test).message.endswith(lines)


@pytest.mark.parametrize("expected", ["float('nan')", "[float('nan')]", "(1, {2: float('nan')})"])
def test_the_message_says_that_nan_equals_nothing(sandbox, expected: str) -> None:
    verdict = judge(sandbox, "def f(x): return eval(x)", f"assert f({expected!r}) == {expected}")
    assert "nan equals nothing" in verdict.message
    assert "math.isnan" in verdict.message
    other = judge(sandbox, f"def f(x): return {expected}", "assert f(1) == 1")
    assert "isnan" not in other.message


def test_a_line_of_the_setup_is_not_shown_as_one_of_the_test(sandbox) -> None:
    setup = "def same(a, b):\n    x = 1\n    assert a == b"
    verdict = judge(sandbox, "def f(x): return x", "y = 2\nsame(f(1), y)", setup=setup)
    assert "line 2, in <module>: same(f(1), y)\nAssertionError\nf(1) returned 1" in verdict.message


def test_a_form_feed_does_not_shift_the_line_that_is_shown(sandbox) -> None:
    verdict = judge(sandbox, "def f(x): return x", "x = 'a\x0cb'\ny = 2\nassert f(1) == y")
    assert "\nline 3, in <module>: assert f(1) == y\n" in verdict.message


def test_the_message_of_a_long_test_names_the_line_that_failed(sandbox) -> None:
    test = """
        def check(g):
            for x in range(3):
                expected = x if x < 2 else 7
                assert g(x) == expected

        check(f)
    """
    verdict = judge(sandbox, "def f(x): return x", "assert True", test)
    assert verdict.message.startswith("test 2 of 2: def check(g):")
    where = "line 5, in check: assert g(x) == expected\nAssertionError\nreturned 2\nexpected 7"
    assert verdict.message.endswith(where)
    assert verdict.tests == (Status.PASSED, Status.WRONG_ANSWER)


def test_the_message_of_an_error_names_the_line_of_the_test_and_of_the_program(sandbox) -> None:
    message = judge(sandbox, "def f(x):\n    return x / 0", "a = 1\nf(a)").message
    assert "line 2, in <module>: f(a)\n" in message
    assert 'File "solution.py", line 2, in f\n    return x / 0' in message
    assert message.endswith("ZeroDivisionError: division by zero")


def task(*tests: str, **fields: str) -> Task:
    about = {"entry_point": "f", "setup": "", "reference": "", "stub": "", **fields}
    return Task(tests=tests, **about)


@pytest.mark.parametrize(
    ("test", "fields", "names"),
    [
        ("assert f(1) == len([g])", {}, ("f", "g")),
        ("assert f(1) == g(h)", {"reference": "def f(x): pass\ndef g(x): pass"}, ("f", "g")),
        ("assert f(A, B, C)", {"reference": "A = B = g()\n(C, D), E = x"}, ("f", "A", "B", "C")),
        ("assert f(1) < EPS", {"reference": "EPS = 1e-6\ndef f(x): pass"}, ("f",)),
        ("assert f(1) < N", {"reference": "N = 1\ndef f(x): global N"}, ("f", "N")),
        ("assert g(f(1), 2)", {"reference": "def g(a, b): pass\ndef f(x): pass"}, ("f",)),
        ("assert g(f(1))", {"reference": "def g(a): f(a)\ndef f(x): pass"}, ("f", "g")),
        ("assert math.pi", {"reference": "import math\ndef f(): pass"}, ("f",)),
        ("assert h(f(1))", {"stub": "def h(x): pass", "reference": "def h(x): pass"}, ("f",)),
        ("assert abs(f(1))", {"reference": "def abs(x): pass"}, ("f",)),
        ("assert f(x)", {"setup": "x = Node()", "reference": "class Node: pass"}, ("f", "Node")),
        ("def check(g):\n    assert g(Node())", {"reference": "class Node: pass"}, ("f", "Node")),
    ],
)
def test_the_names_of_the_program_are_those_that_the_dataset_gives_it(test, fields, names) -> None:
    assert task(test, **fields).names == names


@pytest.mark.parametrize(
    ("tests", "calls"),
    [
        (("assert f(1, 'a') == 3", "assert 3 == f([{}], -1)"), ((1, "a"), ([{}], -1))),
        (("assert sorted(f()) == [1]",), ((),)),
        (("assert f(1) == 2", "assert f(x) == 3"), ()),
        (("assert f(f(1)) == 2",), ()),
        (("assert f(1) == f(2)",), ()),
        (("assert f(a=1) == 2",), ()),
        (("assert True or f(1)",), ()),
        (("assert [f(1) for _ in range(2)]",), ()),
        (("assert 1 < f(1) < 2",), ()),
        (("assert (lambda: f(1))",), ()),
        (("assert f(1) == 2, f(1)",), ()),
        (("x = 1",), ()),
        (("assert g(f(1))",), ()),
    ],
)
def test_calls_are_sent_ahead_only_if_each_test_makes_one_plain_call(tests, calls) -> None:
    assert task(*tests).calls == calls


def test_tests_are_about_classes_only_if_the_entry_point_is_one() -> None:
    classes, test = "class A: pass\nclass B: pass\ndef g(): pass\n", "assert f(A(), g)"
    assert task(test, reference=f"{classes}class f: pass").class_names == {"f", "A"}
    assert task(test, reference=f"{classes}def f(x): pass").class_names == frozenset()
    assert task(test).class_names == frozenset()


def test_tests_that_are_not_python_are_broken() -> None:
    for broken in ("assert f(", "assert f(1)\x00", "return"):
        with pytest.raises(BrokenTestsError, match=r"Error: "):
            task(broken).test_codes  # noqa: B018 (compiled when asked for)
