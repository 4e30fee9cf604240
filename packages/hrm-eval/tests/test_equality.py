"""Equality between instances of the program's classes, which the judge decides where it can."""

import textwrap
from collections.abc import Iterator

import pytest

from hrm_datasets.problems import Problem
from hrm_eval._sandbox.judge.task import Task
from hrm_eval.sandbox import Limits, Sandbox, Verdict


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=3, memory_mb=256), workers=1) as sandbox:
        yield sandbox


def judge(
    sandbox: Sandbox, program: str, *tests: str, reference: str, entry_point: str = "swap"
) -> Verdict:
    problem = Problem(
        task_id="toy/1",
        text="",
        entry_point=entry_point,
        tests=tests,
        reference=textwrap.dedent(reference),
    )
    return sandbox.judge(textwrap.dedent(program), problem)


SWAP = "def swap(p):\n    return Pair(p.b, p.a)\n"
BY_TUPLES = """
class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b
    def __eq__(self, o):
        return (self.a, self.b) == (o.a, o.b)
"""
CHECKED = """
class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b
    def __eq__(self, other):
        if not isinstance(other, Pair):
            return NotImplemented
        return self.a == other.a and self.b == other.b
    def __hash__(self):
        return hash((self.a, self.b))
"""
BY_DICT = """
class Pair:
    def __init__(self, a, b=0):
        self.a = a
        self.b = b
    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__
"""
DATACLASS = """
from dataclasses import dataclass
@dataclass
class Pair:
    a: "int"
    b: int = 0
"""
FROZEN = """
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Pair:
    a: int
    b: int = 0
"""
DERIVED = """
class Base:
    def __init__(self, a, b):
        self.a, self.b = a, b
    def key(self):
        return [self.a, self.b]
    def __eq__(self, other):
        return self.key() == other.key()
class Pair(Base):
    pass
"""
OTHER_NAMES = """
class Pair:
    def __init__(self, first, second):
        self._first, self._second = first, second
    @property
    def a(self): return self._first
    @a.setter
    def a(self, value): self._first = value
    @property
    def b(self): return self._second
    def __eq__(self, other):
        return isinstance(other, Pair) and self._first == other._first and self.b == other.b
"""
ONE_TUPLE = """
class Pair:
    def __init__(self, *values):
        self.values = values
    def __getattr__(self, name):
        return self.values["ab".index(name)]
    def __eq__(self, other):
        return self.values == other.values
"""
NAMED_TUPLE = "from collections import namedtuple\nPair = namedtuple('Pair', 'a b')\n"
PAIRS = {
    "tuples": BY_TUPLES,
    "checked": CHECKED,
    "dict": BY_DICT,
    "dataclass": DATACLASS,
    "frozen": FROZEN,
    "derived": DERIVED,
}
PAIR_TESTS = (
    "assert swap(Pair(1, 2)) == Pair(2, 1)",
    "assert Pair(2, 1) == swap(Pair(1, 2))",
    "expected = Pair(2, 1)\nassert swap(Pair(1, 2)) == expected",
    "assert [swap(Pair(1, 2)), 3] == [Pair(2, 1), 3]",
    "assert swap(Pair('x', [1])) == Pair([1], 'x')",
    "assert swap(Pair(1, 2)) != Pair(1, 2)\nassert not swap(Pair(1, 2)) != Pair(2, 1)",
    "p = Pair(1, 2)\nassert swap(swap(p)) == p and swap(p) == Pair(2, 1)",
    "p = Pair(1, 2)\np.a = 5\nassert swap(p) == Pair(2, 5)",
    "assert swap(Pair(1, Pair(2, 3))) == Pair(Pair(2, 3), 1)",
    "assert swap(Pair(1, 2)) in [Pair(0, 0), Pair(2, 1)]",
    "assert Pair(1, 2) == Pair(1, 2) and Pair(1, 2) != Pair(1, 3)",
    "assert Pair(1, 2) != 1 and Pair(1, 2).a == 1",
)


@pytest.mark.parametrize("program", [*PAIRS, "other names"])
@pytest.mark.parametrize("reference", PAIRS)
def test_a_right_program_passes_whatever_its_class_is_like(
    sandbox, program: str, reference: str
) -> None:
    tests = PAIR_TESTS
    if "frozen" in (program, reference):
        tests = tuple(test for test in tests if "p.a = 5" not in test)
    source = {**PAIRS, "other names": OTHER_NAMES}[program].replace("NotImplemented", "False")
    text = PAIRS[reference].replace("(o.a, o.b)", "(getattr(o, 'a', 0), getattr(o, 'b', 0))")
    verdict = judge(sandbox, source + SWAP, *tests, reference=text + SWAP)
    assert (verdict.passed, verdict.shared_process) == (True, False), verdict.message


@pytest.mark.parametrize("reference", PAIRS)
def test_a_class_with_other_attributes_or_a_named_tuple_passes(sandbox, reference: str) -> None:
    for pair in (ONE_TUPLE, NAMED_TUPLE):
        verdict = judge(
            sandbox,
            pair + SWAP,
            "assert swap(Pair(1, 2)) == Pair(2, 1)",
            "e = Pair(2, 1)\nassert e == swap(Pair(1, 2))",
            reference=PAIRS[reference] + SWAP,
        )
        assert verdict.passed, verdict.message
        assert not verdict.asked_program


ALL_EQUAL = "    def __eq__(self, other): return True\n"
INIT = "class Pair:\n    def __init__(self, a, b=0):\n        self.a, self.b = a, b\n"
LAST = """
seen = []
class Pair:
    def __init__(self, a, b=0):
        self.v = a, b
        seen.append(self.v)
    def __eq__(self, o): return True
class Peek(Pair):
    def __init__(self): pass
    a = property(lambda self: seen[-1][0])
    b = property(lambda self: seen[-1][1])
"""
CHEATS = {
    "wrong": BY_TUPLES + "def swap(p): return p",
    "equal": INIT + ALL_EQUAL + "def swap(p): return p",
    "equal reflected": INIT + "    def __ne__(self, o): return False\n" + ALL_EQUAL
    + "def swap(p): return Pair(0, 0)",
    "another class": INIT + "class R:\n" + ALL_EQUAL + "def swap(p): return R()",
    "subclass": INIT + "class R(Pair):\n" + ALL_EQUAL + "def swap(p): return R(7, 7)",
    "last of its own class": LAST + "def swap(p): return Peek()",
    "tuple": "class Pair(tuple):\n    def __new__(c, *v): return tuple.__new__(c, v)\n" + ALL_EQUAL
    + "    a = property(lambda s: s[0])\n    b = property(lambda s: s[1])\ndef swap(p): return p",
}  # fmt: skip


@pytest.mark.parametrize("reference", ["tuples", "checked", "dataclass", "derived"])
@pytest.mark.parametrize("name", CHEATS)
def test_a_class_that_is_equal_to_anything_does_not_pass(
    sandbox, name: str, reference: str
) -> None:
    for test in (
        "assert swap(Pair(1, 2)) == Pair(2, 1)",
        "assert Pair(2, 1) == swap(Pair(1, 2))",
        "want = Pair(2, 1)\ngot = swap(Pair(1, 2))\nassert not got != want",
        "assert [swap(Pair(1, 2))] == [Pair(2, 1)]",
        "assert swap(Pair(1, 2)) in [Pair(2, 1)]",
    ):
        verdict = judge(sandbox, CHEATS[name], test, reference=PAIRS[reference] + SWAP)
        assert not verdict.passed, test


NORMAL = """
from math import gcd
class Ratio:
    def __init__(self, n, d):
        g = gcd(n, d)
        self.n, self.d = n // g, d // g
    def __eq__(self, o): return (self.n, self.d) == (o.n, o.d)
def add(a, b): return Ratio(a.n * b.d + b.n * a.d, a.d * b.d)
"""
NOT_NORMAL = """
class Ratio:
    def __init__(self, n, d): self.n, self.d = n, d
    def __eq__(self, o): return self.n * o.d == o.n * self.d
def add(a, b): return Ratio(a.n * b.d + b.n * a.d, a.d * b.d)
"""
ROWS = """
class M:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __eq__(self, o): return self.rows == o.rows
def turn(m): return M([list(c) for c in zip(*m.rows)])
"""
TUPLES = ROWS.replace("[list(r) for r in rows]", "tuple(map(tuple, rows))")
LINKED = """
class Node:
    def __init__(self, value, next=None): self.value, self.next = value, next
class L:
    def __init__(self, values):
        self.head = None
        for v in reversed(values): self.head = Node(v, self.head)
    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next
    def __eq__(self, o): return list(self) == list(o)
def rev(l): return L([*l][::-1])
"""
ARRAY = """
class L:
    def __init__(self, values): self.items = list(values)
    def __iter__(self): return iter(self.items)
    def __eq__(self, o): return self.items == o.items
def rev(l): return L(self_items(l)[::-1])
def self_items(l): return l.items
"""
TREE = """
class T:
    def __init__(self, v, left=None, right=None): self.v, self.left, self.right = v, left, right
    def __eq__(self, o):
        return isinstance(o, T) and (self.v, self.left, self.right) == (o.v, o.left, o.right)
def flip(t): return t and T(t.v, flip(t.right), flip(t.left))
"""
COUNTED = """
class P:
    made = 0
    def __init__(self, x):
        P.made += 1
        self.x = x
    def __eq__(self, o): return self.x == o.x
def inc(p): return P(p.x + 1)
"""
STRICT = """
class P:
    def __init__(self, x):
        if x < 0: raise ValueError("negative")
        self.x = x
    def __eq__(self, o): return self.x == o.x
def inc(p): return P(p.x + 1)
"""
OTHERS = {
    "normalized": (
        NORMAL,
        NOT_NORMAL,
        "add",
        "assert add(Ratio(1, 2), Ratio(1, 2)) == Ratio(1, 1)",
    ),
    "tuples": (ROWS, TUPLES, "turn", "assert turn(M([[1, 2], [3, 4]])) == M([[1, 3], [2, 4]])"),
    "lists": (TUPLES, ROWS, "turn", "assert M([[1, 3], [2, 4]]) == turn(M([[1, 2], [3, 4]]))"),
    "linked": (LINKED, LINKED, "rev", "assert rev(L([1, 2, 3])) == L([3, 2, 1])"),
    "linked in an array": (LINKED, ARRAY, "rev", "assert L([3, 2, 1]) == rev(L([1, 2, 3]))"),
    "array as a list": (ARRAY, LINKED, "rev", "assert L([3, 2, 1]) == rev(L([1, 2, 3]))"),
    "tree": (TREE, TREE, "flip", "assert flip(T(1, T(2), T(3))) == T(1, T(3), T(2))"),
    "counted": (COUNTED, COUNTED, "inc", "p = P(1)\nassert P.made == 1\nassert inc(p) == P(2)"),
    "strict": (
        STRICT,
        STRICT,
        "inc",
        "try:\n    P(-1)\nexcept ValueError as e:\n    assert str(e) == 'negative'\n"
        "else:\n    assert False\nassert inc(P(1)) == P(2)",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_program_that_keeps_its_values_in_another_form_passes(sandbox, name: str) -> None:
    reference, program, entry_point, test = OTHERS[name]
    verdict = judge(sandbox, program, test, reference=reference, entry_point=entry_point)
    assert (verdict.passed, verdict.shared_process) == (True, False), verdict.message


def test_the_verdict_says_that_the_program_was_asked(sandbox) -> None:
    no_eq = INIT + SWAP
    test = "assert swap(Pair(1, 2)) == Pair(2, 1)"
    asked = judge(sandbox, BY_TUPLES + SWAP, test, reference=no_eq)
    assert (asked.passed, asked.asked_program) == (True, True)
    decided = judge(sandbox, BY_TUPLES + SWAP, test, reference=BY_TUPLES + SWAP)
    assert (decided.passed, decided.asked_program) == (True, False)


def test_a_constructor_that_fails_is_no_pass(sandbox) -> None:
    program = BY_TUPLES.replace("self.a = a", "self.a = a.real\n        assert a < 3") + SWAP
    tests = "Pair(5, 1)", "p = Pair(5, 1)\nassert p == Pair(5, 1)", "assert Pair(1, 1).a == 1"
    verdict = judge(sandbox, program, *tests, reference=BY_TUPLES + SWAP)
    assert [status == "passed" for status in verdict.tests] == [False, False, True]


def test_different_classes_that_the_task_does_not_name_compare_as_the_program_says(sandbox) -> None:
    program = "class A:\n    def __eq__(self, o): return True\ndef swap(n): return A()"
    verdict = judge(sandbox, program, "assert swap(1) == swap(2)", reference=program)
    assert (verdict.passed, verdict.asked_program) == (True, True)


TESTED = (
    "assert Pair(1, 2) == Pair(1, 2)",
    "assert Pair(1, 2) != Pair(1, 3)",
    "assert not Pair(1, 2) == Pair(2, 1)",
    "assert Pair(1, 2) in [Pair(0, 0), Pair(1, 2)]",
)
OPERATORS = {
    "none": (INIT, [False, True, True, False]),
    "always": (INIT + ALL_EQUAL, [True, False, False, False]),
    "never": (INIT + "    def __eq__(self, o): return False\n", [False, True, True, False]),
    "one field": (
        INIT + "    def __eq__(self, o): return self.a == o.a\n",
        [True, False, True, True],
    ),
    "right": (BY_TUPLES, [True] * 4),
    "right by another name": (ONE_TUPLE, [True] * 4),
}


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_that_the_tests_are_about_has_to_be_right(sandbox, name: str) -> None:
    program, expected = OPERATORS[name]
    verdict = judge(sandbox, program, *TESTED, reference=DATACLASS, entry_point="Pair")
    assert [status == "passed" for status in verdict.tests] == expected


CALLBACKS = BY_TUPLES + "def swap(g, *rest):\n    p = g(1)\n    return Pair(p.b, p.a)\n"


@pytest.mark.parametrize(
    "test",
    [
        "assert swap(lambda x: Pair(x, 2)) == Pair(2, 1)",
        "class Box: pass\nbox = Box()\nbox.pair = Pair(1, 2)\n"
        "assert swap(lambda x: box.pair, box) == Pair(2, 1)",
    ],
)
def test_an_instance_reaches_the_program_by_any_way(sandbox, test: str) -> None:
    verdict = judge(sandbox, CALLBACKS, test, reference=CALLBACKS)
    assert (verdict.passed, verdict.shared_process) == (True, False), verdict.message


LIST = """
class Node:
    def __init__(self, value, next=None): self.value, self.next = value, next
class L:
    def __init__(self, values):
        self.head = None
        for v in reversed(values): self.head = Node(v, self.head)
    def __eq__(self, o):
        a, b = self.head, o.head
        while a and b and a.value == b.value:
            a, b = a.next, b.next
        return a is None and b is None
"""
PEEKING_LIST = (
    LIST
    + """
seen = []
class M(L):
    def __init__(self): pass
    head = property(lambda self: seen[-1])
first = L.__init__
def init(self, values):
    first(self, values)
    seen.append(self.head)
L.__init__ = init
def rev(l): return M()
"""
)


def test_an_expected_value_of_parts_is_unknown_to_the_program(sandbox) -> None:
    right = (
        LIST
        + "def rev(l):\n    out = []\n    node = l.head\n    while node:\n"
        + ("        out.insert(0, node.value)\n        node = node.next\n    return L(out)\n")
    )
    tests = "assert rev(L([1, 2])) == L([2, 1])", "e = L([2, 1])\nassert e == rev(L([1, 2]))"
    cheated = judge(sandbox, PEEKING_LIST, *tests, reference=right, entry_point="rev")
    assert [status == "passed" for status in cheated.tests] == [False, False]
    verdict = judge(sandbox, right, *tests, reference=right, entry_point="rev")
    assert (verdict.passed, verdict.shared_process) == (True, False), verdict.message


CONSTRUCTORS = {
    "self.a = a": True,
    "self.a = sorted(a)": True,
    "self.a = []\n        for x in a: self.a.append(x)": True,
    "self.a = P(1) if a else None": True,
    "self.put(a)": True,
    "node = P(a)\n        node.next = None\n        self.node = node": True,
    "P.count += 1": False,
    "self.count(a)": False,
    "a.append(self)": False,
    "a[0] = self": False,
    "a.child = self": False,
    "self.a.child = self": False,
    "print(a)": False,
    "seen.append(a)": False,
    "global x\n        x = a": False,
    "self.a = open(a)": False,
    "self.a = next(a)": False,
}


@pytest.mark.parametrize("body", CONSTRUCTORS)
def test_a_constructor_may_wait_if_it_only_sets_attributes(body: str) -> None:
    source = f"""
class P:
    count = 0
    def __init__(self, a):
        {body}
    def put(self, a): self.a = a
    def count(self, a): P.count += 1
    def __eq__(self, o): return self.a == o.a
"""
    task = Task(
        entry_point="f", tests=("assert f(P(1)) == P(2)",), setup="", reference=source, stub=""
    )
    assert task.compared_classes == {"P": CONSTRUCTORS[body]}
