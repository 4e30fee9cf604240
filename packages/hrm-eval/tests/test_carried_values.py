"""Values that keep their class and identity between tests and program, in both directions.

In each row, a right program passes in two processes, and a wrong one does not pass.
"""

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox, Verdict


class Row(NamedTuple):
    """A problem, with a right and a wrong program that define `f`."""

    right: str
    test: str
    wrong: str
    setup: str = ""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=3, memory_mb=512), workers=1) as sandbox:
        yield sandbox


def judge(sandbox: Sandbox, program: str, row: Row) -> Verdict:
    problem = Problem(
        task_id="toy/1",
        text="",
        entry_point="f",
        tests=(textwrap.dedent(row.test),),
        setup=textwrap.dedent(row.setup),
        reference=textwrap.dedent(row.right),
    )
    return sandbox.judge(textwrap.dedent(program), problem)


def check(sandbox: Sandbox, row: Row) -> None:
    right = judge(sandbox, row.right, row)
    assert (right.passed, right.shared_process) == (True, False), right.message
    wrong = judge(sandbox, row.wrong, row)
    assert not wrong.passed
    assert not wrong.shared_process


BOX = "from collections import namedtuple\nBox = namedtuple('Box', 'w h')\n"
TYPED_BOX = """
    from typing import NamedTuple
    class Box(NamedTuple):
        w: int
        h: int = 2
        @property
        def area(self): return self.w * self.h
        def scaled(self, k): return Box(self.w * k, self.h * k)
"""
LEVEL = "from enum import IntEnum\nclass Level(IntEnum):\n    LOW = 1\n    HIGH = 2\n"
COLOR = """
    from enum import Enum
    class Color(Enum):
        RED = 'r'
        BLUE = 'b'
        @property
        def title(self): return self.name.title()
        @classmethod
        def first(cls): return cls.RED
"""
WORD = "from enum import StrEnum\nclass Word(StrEnum):\n    A = 'a'\n    B = 'b'\n"
MODE = "from enum import Flag, auto\nclass Mode(Flag):\n    R = auto()\n    W = auto()\n"
PLANET = """
    from enum import Enum
    class Planet(Enum):
        EARTH = (6, 2)
        MARS = (3, 1)
        def __init__(self, mass, radius):
            self.mass, self.radius = mass, radius
"""
POINT = """
    from dataclasses import dataclass, field
    @dataclass
    class Point:
        x: int
        y: int = 0
        tags: list = field(default_factory=list)
        def norm(self): return abs(self.x) + abs(self.y)
"""
FROZEN = """
    from dataclasses import dataclass
    @dataclass(frozen=True, order=True)
    class P:
        x: int
        y: int = 0
"""
SLOTS = """
    from dataclasses import dataclass
    @dataclass(slots=True)
    class P:
        x: int
        y: int = 0
"""
NODE = """
    class Node:
        def __init__(self, value, next=None):
            self.value, self.next = value, next
"""
ACCOUNT = """
    class Account:
        rate = 2
        def __init__(self, balance): self._balance, self.log = balance, []
        @property
        def balance(self): return self._balance
        @staticmethod
        def double(x): return 2 * x
        @classmethod
        def empty(cls): return cls(0)
        def deposit(self, amount):
            if amount < 0: raise ValueError(amount)
            self._balance += amount
            self.log.append(amount)
            return self
        def __eq__(self, other): return self._balance == other._balance
        def __lt__(self, other): return self._balance < other._balance
        def __len__(self): return len(self.log)
        def __contains__(self, x): return x in self.log
        def __call__(self, x): return self._balance + x
"""
TESTS_CLASSES = {
    "named tuple": Row(
        "def f(p): return p.w * p.h", "assert f(Box(2, 3)) == 6", "def f(p): return p.w", BOX
    ),
    "named tuple in a list": Row(
        "def f(ps): return max(ps, key=lambda p: p.h)",
        "assert f([Box(1, 5), Box(2, 3)]).h == 5\nassert type(f([Box(1, 1)])) is Box",
        "def f(ps): return tuple(ps[-1])",
        BOX,
    ),
    "named tuple made by the program": Row(
        "def f(p): return p._replace(w=5)",
        "r = f(Box(1, 2))\nassert r == Box(5, 2) and r.w == 5 and isinstance(r, Box)",
        "def f(p): return (5, 2)",
        BOX,
    ),
    "class of a named tuple": Row(
        "def f(kind, *a): return kind(*a)",
        "assert f(Box, 1, 2) == Box(1, 2)\nassert type(f(Box, 1, 2)) is Box",
        "def f(kind, *a): return a",
        BOX,
    ),
    "typed named tuple": Row(
        "def f(p): return p.area + p.scaled(2).w + type(p)(1).h",
        "assert f(Box(3, 4)) == 12 + 6 + 2",
        "def f(p): return p.w + p.h",
        TYPED_BOX,
    ),
    "IntEnum": Row(
        "def f(e): return e.name", "assert f(Level.LOW) == 'LOW'", "def f(e): return e", LEVEL
    ),
    "IntEnum returned": Row(
        "def f(e): return type(e)(e.value + 1)",
        "assert f(Level.LOW) is Level.HIGH",
        "def f(e): return e.value + 1",
        LEVEL,
    ),
    "Enum": Row(
        "def f(e): return [e.value, e.title, type(e).first() is e, [m.name for m in type(e)]]",
        "assert f(Color.RED) == ['r', 'Red', True, ['RED', 'BLUE']]",
        "def f(e): return ['r', 'Red', True, ['RED']]",
        COLOR,
    ),
    "Enum as a key": Row(
        "def f(d, e): return d[e]",
        "assert f({Color.RED: 1, Color.BLUE: 2}, Color.BLUE) == 2",
        "def f(d, e): return 1",
        COLOR,
    ),
    "Enum class": Row(
        "def f(kind): return [kind('b'), kind['RED'], len(kind)]",
        "assert f(Color) == [Color.BLUE, Color.RED, 2]",
        "def f(kind): return [kind('b'), kind['BLUE'], len(kind)]",
        COLOR,
    ),
    "Enum with attributes": Row(
        "def f(p): return p.mass / p.radius",
        "assert f(Planet.EARTH) == 3",
        "def f(p): return p.mass",
        PLANET,
    ),
    "StrEnum": Row(
        "def f(w): return w.name + w.upper() + f'{w}'",
        "assert f(Word.B) == 'BBb'",
        "def f(w): return 'BB' + repr(w)",
        WORD,
    ),
    "str and Enum": Row(
        "def f(w): return w.name + w.upper()",
        "assert f(W.B) == 'BX'",
        "def f(w): return w.name + w",
        "from enum import Enum\nclass W(str, Enum):\n    A = 'a'\n    B = 'x'\n",
    ),
    "Flag": Row(
        "def f(m): return [type(m).W in m, m & type(m).R, m | type(m).W]",
        "assert f(Mode.R) == [False, Mode.R, Mode.R | Mode.W]\nassert f(Mode(3))[0]",
        "def f(m): return [False, m, m]",
        MODE,
    ),
    "dataclass": Row(
        "def f(p): return p.x + p.norm()",
        "assert f(Point(1, -2)) == 4",
        "def f(p): return p.x",
        POINT,
    ),
    "dataclass in place": Row(
        "def f(p):\n    p.x = 7\n    p.tags.append('a')\n    return p",
        "p = Point(1)\nassert f(p) is p\nassert p == Point(7, 0, ['a'])",
        "def f(p):\n    p.x = 7\n    return p",
        POINT,
    ),
    "dataclass made by the program": Row(
        "from dataclasses import replace, asdict, fields\n"
        "def f(p): return [replace(p, x=3), type(p)(4, 5), asdict(p), len(fields(p))]",
        "a, b, c, d = f(Point(1, 2))\nassert a == Point(3, 2) and b == Point(4, 5)\n"
        "assert c == {'x': 1, 'y': 2, 'tags': []} and d == 3",
        "def f(p): return [p, type(p)(4, 5), {'x': 1, 'y': 2, 'tags': []}, 3]",
        POINT,
    ),
    "frozen dataclass": Row(
        "def f(ps):\n    try:\n        ps[0].x = 1\n    except AttributeError:\n"
        "        return sorted(set(ps))",
        "assert f([P(2), P(1), P(2)]) == [P(1), P(2)]",
        "def f(ps): return sorted(ps)",
        FROZEN,
    ),
    "frozen dataclass by its error": Row(
        "import dataclasses\ndef f(p):\n    try:\n        p.x = 1\n"
        "    except dataclasses.FrozenInstanceError:\n        return 'frozen'",
        "assert f(P(2)) == 'frozen'",
        "def f(p): p.x = 1",
        FROZEN,
    ),
    "dataclass in a set": Row(
        "def f(ps, d): return {p.x for p in ps} | {d[p] for p in d}",
        "assert f({P(1), P(2, 3)}, {P(4): 5}) == {1, 2, 5}",
        "def f(ps, d): return {1, 2} | d.keys()",
        FROZEN,
    ),
    "dataclass in a set of the program": Row(
        "def f(kind, xs): return {kind(x) for x in xs}, {kind(9): xs}",
        "assert f(P, [1, 2]) == ({P(2), P(1)}, {P(9): [1, 2]})",
        "def f(kind, xs): return {kind(x) for x in xs}, {kind(8): xs}",
        FROZEN,
    ),
    "object with a hash in a cycle": Row(
        "def f(xs):\n    (x,) = xs\n    return x.me is x and x in xs and x in x.all",
        "x = H(3)\nx.me, x.all = x, [x]\nassert f({x}) is True",
        "def f(xs): return xs is None",
        "class H:\n    def __init__(self, x): self.x = x\n    def __hash__(self): return self.x\n"
        "    def __eq__(self, other): return self.x == other.x\n",
    ),
    "many objects": Row(
        "def f(node):\n    n = 0\n    while node: node, n = node.next, n + node.value\n"
        "    return n",
        "node = None\nfor i in range(3000): node = Node(i, node)\n"
        "assert f(node) == sum(range(3000))",
        "def f(node): return 0",
        NODE,
    ),
    "many objects that are compared": Row(
        "def f(xs):\n    for x in sorted(xs): x.rank = xs.index(x)\n"
        "    return [x.value for x in sorted(xs)]",
        "xs = [A(n * 37 % 101) for n in range(101)]\nys = sorted(xs)\n"
        "assert f(xs) == list(range(101)) and [xs[y.rank] is y for y in ys] == [True] * 101",
        "def f(xs): return [x.value for x in sorted(xs)]",
        """
        class A:
            def __init__(self, value): self.value, self.rank = value, 0
            def __lt__(self, other): return self.value < other.value
            def __eq__(self, other): return self.value == other.value
        """,
    ),
    "objects that lead to others": Row(
        "def f(xs):\n    for x in xs:\n        x.next.value = 1\n    return xs[0].total()",
        "xs = [Node(0, Node(0)) for _ in range(60)]\n"
        "assert f(xs) == 1 and sum(x.total() for x in xs) == 60",
        "def f(xs):\n    xs[0].next.value = 1\n    return xs[0].total()",
        NODE
        + "        def total(self): return self.value + (self.next.total() if self.next else 0)",
    ),
    "class of a library as a base": Row(
        "def f(s): return [list(s), 3 in s, s[1], len(s), s.index(2)]",
        "assert f(Twice([1, 2])) == [[1, 2, 1, 2], False, 2, 4, 1]",
        "def f(s): return [list(s), True, s[1], len(s), s.index(2)]",
        """
        from collections.abc import Sequence
        class Twice(Sequence):
            def __init__(self, xs): self.xs = xs
            def __len__(self): return 2 * len(self.xs)
            def __getitem__(self, i):
                if i >= len(self): raise IndexError
                return self.xs[i % len(self.xs)]
        """,
    ),
    "Counter as a base": Row(
        "def f(c):\n    c['a'] += 1\n    return c.top()",
        "c = C('aab')\nassert f(c) == 'a' and c == {'a': 3, 'b': 1}",
        "def f(c): return 'a'",
        "from collections import Counter\nclass C(Counter):\n"
        "    def top(self): return self.most_common(1)[0][0]\n",
    ),
    "method with a cache": Row(
        "def f(m): return [m.twice(2), m.twice(2), m.calls]",
        "assert f(Memo()) == [4, 4, 1]",
        "def f(m): return [m.twice(2), m.twice(3), m.calls]",
        "import functools\nclass Memo:\n    calls = 0\n    @functools.lru_cache\n"
        "    def twice(self, x):\n        self.calls += 1\n        return 2 * x\n",
    ),
    "dataclass with slots": Row(
        "def f(p):\n    p.y = p.x\n    return p",
        "p = P(2)\nassert f(p) is p and p.y == 2 and p == P(2, 2)",
        "def f(p): return p",
        SLOTS,
    ),
    "int": Row(
        "def f(n): return [n.half, type(n).__name__, n + 1]",
        "assert f(N(4)) == [2, 'N', 5]",
        "def f(n): return [n // 2, 'int', n + 1]",
        "class N(int):\n    half = property(lambda self: self // 2)\n",
    ),
    "str with attributes": Row(
        "def f(s): return s.lang + s.twice()",
        "s = S('ab')\ns.lang = 'de'\nassert f(s) == 'deabab'",
        "def f(s): return s + s",
        "class S(str):\n    def twice(self): return self + self\n",
    ),
    "float": Row(
        "def f(x): return x.celsius()",
        "assert f(F(212.0)) == 100",
        "def f(x): return x",
        "class F(float):\n    def celsius(self): return (self - 32) / 1.8\n",
    ),
    "list in place": Row(
        "def f(s):\n    s.push(3)\n    s.append(4)\n    return s.top()",
        "s = Stack([1])\nassert f(s) == 4 and s == [1, 3, 4] and s.pushed == 1",
        "def f(s):\n    s.append(3)\n    s.append(4)\n    return s.top()",
        "class Stack(list):\n    pushed = 0\n    def push(self, x):\n        self.append(x)\n"
        "        self.pushed += 1\n    def top(self): return self[-1]\n",
    ),
    "dict": Row(
        "def f(d):\n    d['new'] = 1\n    return d.missing + d['no']",
        "d = D(a=1)\nd.missing = 5\nassert f(d) == 12 and d == {'a': 1, 'new': 1}",
        "def f(d): return 12",
        "class D(dict):\n    def __missing__(self, key): return 7\n",
    ),
    "linked list": Row(
        "def f(node):\n    last = None\n    while node:\n"
        "        node.next, last, node = last, node, node.next\n    return last",
        "a = Node(1, Node(2, Node(3)))\nc = a.next.next\nr = f(a)\n"
        "assert r is c and r.next.value == 2 and r.next.next is a and a.next is None",
        "def f(node): return node.next.next",
        NODE,
    ),
    "linked list made by the program": Row(
        "def f(kind, xs):\n    head = None\n    for x in reversed(xs): head = kind(x, head)\n"
        "    return head",
        "n = f(Node, [1, 2])\nassert type(n) is Node and (n.value, n.next.value) == (1, 2)\n"
        "assert n.next.next is None",
        "def f(kind, xs): return kind(xs[0], kind(xs[0]))",
        NODE,
    ),
    "cycle": Row(
        "def f(node):\n    return node.next.next is node",
        "a = Node(1)\na.next = Node(2, a)\nassert f(a) is True",
        "def f(node): return node.next is node",
        NODE,
    ),
    "object with methods": Row(
        "def f(a):\n    a.deposit(5).deposit(6)\n    a.log.append(7)\n"
        "    return [a.balance, len(a), 6 in a, a(1), a.rate, a.double(4), a < type(a)(50),\n"
        "            a == type(a)(12), type(a).empty().balance]",
        "a = Account(1)\nassert f(a) == [12, 3, True, 13, 2, 8, True, True, 0]\n"
        "assert a.log == [5, 6, 7] and a == Account(12)",
        "def f(a):\n    a.deposit(11)\n    a.log.append(7)\n"
        "    return [12, 3, True, 13, 2, 8, True, True, 0]",
        ACCOUNT,
    ),
    "object whose method raises": Row(
        "def f(a):\n    try:\n        a.deposit(-1)\n    except ValueError as e:\n"
        "        return e.args",
        "assert f(Account(1)) == (-1,)",
        "def f(a): return (1,)",
        ACCOUNT,
    ),
    "object that the program keeps": Row(
        "kept = []\ndef f(a, x):\n    kept.append(a)\n    kept[0].deposit(x)\n"
        "    return kept[0] is a",
        "a = Account(0)\nassert f(a, 1)\na.deposit(10)\nassert f(a, 2)\n"
        "assert a.balance == 13 and not f(Account(0), 5) and a.balance == 18",
        "def f(a, x):\n    a.deposit(x)\n    return True",
        ACCOUNT,
    ),
    "class with a base and super": Row(
        "def f(shape): return shape.describe() + str(isinstance(shape, type(shape).__mro__[1]))",
        "assert f(Square(2)) == 'shape of 4True'",
        "def f(shape): return 'shape of 4'",
        """
        from abc import ABC, abstractmethod
        class Shape(ABC):
            @abstractmethod
            def area(self): ...
            def describe(self): return f"shape of {self.area()}"
        class Square(Shape):
            def __init__(self, a):
                super().__init__()
                self.a = a
            def area(self): return self.a ** 2
        """,
    ),
    "class attribute": Row(
        "def f(kind):\n    kind()\n    kind()\n    return kind.count",
        "assert f(Count) == 2 and Count.count == 2",
        "def f(kind): return 2",
        "class Count:\n    count = 0\n    def __init__(self): Count.count += 1\n",
    ),
    "class that the program derives from": Row(
        "def f(base):\n    class Loud(base):\n        def word(self): return 'LOUD'\n"
        "    return Loud().say()",
        "assert f(Base) == 'I say LOUD'",
        "def f(base): return base().say()",
        "class Base:\n    def word(self): return 'x'\n"
        "    def say(self): return 'I say ' + self.word()\n",
    ),
    "iterable object": Row(
        "def f(xs): return [x for x in xs]",
        "assert f(Countdown(3)) == [3, 2, 1]",
        "def f(xs): return [3, 2]",
        "class Countdown:\n    def __init__(self, n): self.n = n\n"
        "    def __iter__(self): return self\n"
        "    def __next__(self):\n        if not self.n: raise StopIteration\n        self.n -= 1\n"
        "        return self.n + 1\n",
    ),
    "context manager": Row(
        "def f(c):\n    with c as v:\n        c.seen.append(v)\n",
        "c = C()\nf(c)\nassert c.seen == ['in', 5, 'out']",
        "def f(c): c.seen += ['in', 'out']",
        "class C:\n    def __init__(self): self.seen = []\n    def __enter__(self):\n"
        "        self.seen.append('in')\n        return 5\n"
        "    def __exit__(self, *error): self.seen.append('out')\n",
    ),
    "exception class raised": Row(
        "def f(kind): raise kind('bad', 3)",
        "try:\n    f(Bad)\nexcept Bad as e:\n    assert e.args == ('bad', 3) and e.code == 3\n"
        "else:\n    assert False",
        "def f(kind): raise ValueError('bad', 3)",
        "class Bad(Exception):\n    def __init__(self, text, code):\n"
        "        super().__init__(text, code)\n        self.code = code\n",
    ),
    "exception caught and raised again": Row(
        "def f(g, n):\n    for _ in range(n):\n        try:\n            return g()\n"
        "        except Exception as e:\n            last = e\n    raise last",
        "def boom():\n    raise Bad('x')\ntry:\n    f(boom, 2)\nexcept Bad as e:\n"
        "    assert e.args == ('x',)\nelse:\n    assert False",
        "def f(g, n): raise Exception('x')",
        "class Bad(Exception): pass\n",
    ),
    "exception with a note": Row(
        "def f(g):\n    try:\n        g()\n    except Exception as e:\n"
        "        e.add_note('x')\n        e.seen = 1\n        raise",
        "def g(): raise Bad(1)\ntry:\n    f(g)\nexcept Bad as e:\n    assert e.seen == 1\n"
        "else:\n    assert False",
        "def f(g): g()",
        "class Bad(Exception): pass\n",
    ),
    "exception that the system raises": Row(
        "def f(g):\n    try:\n        g()\n    except OSError as e:\n        return e.errno",
        "def g(): raise FileNotFoundError(2, 'x')\nassert f(g) == 2",
        "def f(g):\n    try:\n        g()\n    except IndexError as e:\n        return 2",
    ),
    "exception as a value": Row(
        "def f(e): return [type(e), str(e), e, ValueError('mine')]",
        "e = KeyError('x')\na, b, c, d = f(e)\nassert (a, b) == (KeyError, \"'x'\") and c is e\n"
        "assert isinstance(d, ValueError) and d.args == ('mine',)",
        "def f(e): return [type(e), str(e), KeyError('x'), ValueError('mine')]",
    ),
    "exceptions by their class": Row(
        "def f(g, kinds):\n    try:\n        g()\n    except kinds as e:\n"
        "        return type(e).__name__",
        "def boom():\n    raise Worse('x')\nassert f(boom, (Bad, KeyError)) == 'Worse'",
        "def f(g, kinds): return 'Bad'",
        "class Bad(Exception): pass\nclass Worse(Bad): pass\n",
    ),
}
LIBRARY_VALUES = {
    "StringIO": Row(
        "def f(file): print('x', file=file)",
        "import io\nfile = io.StringIO()\nf(file)\nassert file.getvalue() == 'x\\n'",
        "def f(file): print('y', file=file)",
    ),
    "StringIO read": Row(
        "def f(file): return [file.readline(), file.read(2)]",
        "import io\nfile = io.StringIO('a\\nbcd')\nassert f(file) == ['a\\n', 'bc']\n"
        "assert file.read() == 'd'",
        "def f(file): return ['a\\n', file.getvalue()[2:4]]",
    ),
    "StringIO that the program keeps": Row(
        "class f:\n    def __init__(self, file): self.file = file\n"
        "    def log(self, x): self.file.write(f'{x};')",
        "import io\nfile = io.StringIO()\nlog = f(file)\nlog.log(1)\n"
        "assert file.getvalue() == '1;'\n"
        "file.write('mine;')\nlog.log(2)\nassert file.getvalue() == '1;mine;2;'",
        "class f:\n    def __init__(self, file): self.file = file\n"
        "    def log(self, x): self.file.write('1;')",
    ),
    "BytesIO": Row(
        "def f(file):\n    data = file.read()\n    file.seek(0)\n    file.write(data[::-1])",
        "import io\nfile = io.BytesIO(b'abc')\nf(file)\nassert file.getvalue() == b'cba'",
        "def f(file): file.read()",
    ),
    "closed file": Row(
        "def f(file): file.close()",
        "import io\nfile = io.StringIO('a')\nf(file)\nassert file.closed",
        "def f(file): pass",
    ),
    "generator's send": Row(
        "def f(gen):\n    next(gen)\n    return gen.send(5)",
        "def gen():\n    got = yield 1\n    yield got * 2\nassert f(gen()) == 10",
        "def f(gen):\n    next(gen)\n    return gen.send(4)",
    ),
    "generator's throw": Row(
        "def f(gen):\n    next(gen)\n    return gen.throw(ValueError('x'))",
        "def gen():\n    try:\n        yield 1\n    except ValueError as e:\n        yield e.args\n"
        "assert f(gen()) == ('x',)",
        "def f(gen):\n    next(gen)\n    return gen.throw(KeyError('x'))",
    ),
    "generator's close": Row(
        "def f(gen):\n    next(gen)\n    gen.close()",
        "seen = []\ndef gen():\n    try:\n        yield 1\n    finally:\n"
        "        seen.append('end')\nf(gen())\nassert seen == ['end']",
        "def f(gen): next(gen)",
    ),
    "generator's value": Row(
        "def f(gen):\n    def outer():\n        x = yield from gen\n        yield x\n"
        "    return list(outer())",
        "def gen():\n    yield 1\n    return [2]\nassert f(gen()) == [1, [2]]",
        "def f(gen): return [1, 2]",
    ),
    "generator by its type": Row(
        "import types\ndef f(x): return isinstance(x, types.GeneratorType)",
        "assert f(x for x in [1]) is True and f([1]) is False",
        "def f(x): return True",
    ),
    "function's name and text": Row(
        "import functools\ndef f(g):\n    @functools.wraps(g)\n    def inner(*a): return g(*a)\n"
        "    return inner",
        "def hello(x):\n    'Say it.'\n    return x\n"
        "assert (f(hello).__name__, f(hello).__doc__) == ('hello', 'Say it.') and f(hello)(1) == 1",
        "def f(g):\n    def inner(*a): return g(*a)\n    return inner",
    ),
    "function's own attributes": Row(
        "def f(g):\n    g.seen = g.limit + 1\n    return g.limit",
        "def hello(): pass\nhello.limit = 3\nassert f(hello) == 3 and hello.seen == 4",
        "def f(g): return 3",
    ),
    "function that counts its calls": Row(
        "def f(g):\n    g()\n    g()\n    return g.calls",
        "def hello(): hello.calls += 1\nhello.calls = 0\nassert f(hello) == 2 and hello.calls == 2",
        "def f(g):\n    g()\n    return 2",
    ),
    "function's parameters": Row(
        "def f(g):\n    n = g.__code__.co_argcount\n"
        "    return lambda *a: g(*a) if len(a) == n else n",
        "def add(a, b, c): return a + b + c\nassert f(add)(1, 2, 3) == 6 and f(add)(1) == 3",
        "def f(g): return lambda *a: g(*a) if len(a) == 3 else 4",
    ),
    "function's parameters of all kinds": Row(
        "def f(g):\n    return [g(1), g(1, 2, 3, k=4, m=5), g.__defaults__, g.__kwdefaults__]",
        "def g(a, /, b=7, *rest, k=8, **more): return a, b, rest, k, more\n"
        "assert f(g) == [(1, 7, (), 8, {}), (1, 2, (3,), 4, {'m': 5}), (7,), {'k': 8}]",
        "def f(g): return [g(1), g(1, 2, 3, k=4, m=5), None, None]",
    ),
    "function with the wrong arguments": Row(
        "def f(g):\n    try:\n        g(1, 2)\n    except TypeError:\n        return 'no'",
        "assert f(lambda x: x) == 'no'",
        "def f(g): return g(1)",
    ),
    "function stays one": Row(
        "kept = []\ndef f(g):\n    kept.append(g)\n    return kept[0] is g and g in kept",
        "g = lambda: 1\nassert f(g) and f(g) and not f(lambda: 1)",
        "def f(g): return True",
    ),
    "method of a type": Row(
        "def f(g, xs): return [g(x) for x in xs]",
        "assert f(str.upper, ['a', 'b']) == ['A', 'B']",
        "def f(g, xs): return xs",
    ),
    "partial": Row(
        "def f(g): return g(3), g.args",
        "import functools\nassert f(functools.partial(pow, 2)) == (8, (2,))",
        "def f(g): return g(3), (3,)",
    ),
    "regular expression": Row(
        "def f(r, s): return r.findall(s)",
        "import re\nr = re.compile('a.')\nassert f(r, 'abac') == ['ab', 'ac']",
        "def f(r, s): return ['ab']",
    ),
    "module": Row(
        "def f(m): return m.floor(2.5)", "import math\nassert f(math) == 2", "def f(m): return 3"
    ),
    "class of a library": Row(
        "def f(kind, x): return kind(x)",
        "from decimal import Decimal\nfrom collections import Counter, deque\n"
        "assert f(Decimal, '1.5') == Decimal('1.5') and f(Counter, 'aa') == Counter(a=2)\n"
        "assert f(deque, [1]) == deque([1])",
        "def f(kind, x): return x",
    ),
    "defaultdict of the tests": Row(
        "def f(d): return [d['a'], d['b']]",
        "from collections import defaultdict\nd = defaultdict(lambda: 7, a=1)\n"
        "assert f(d) == [1, 7] and d == {'a': 1, 'b': 7}",
        "def f(d): return [1, 7]",
    ),
    "defaultdict of the program": Row(
        "from collections import defaultdict\ndef f(): return defaultdict(lambda: 5, a=1)",
        "d = f()\nassert d['x'] == 5 and d == {'a': 1, 'x': 5}",
        "from collections import defaultdict\ndef f(): return defaultdict(lambda: 4, a=1)",
    ),
    "defaultdict of defaultdicts": Row(
        "from collections import defaultdict\ndef f():\n"
        "    d = defaultdict(lambda: defaultdict(int))\n    d['a']['b'] += 1\n    return d",
        "d = f()\nassert d == {'a': {'b': 1}} and d['q']['r'] == 0",
        "def f(): return {'a': {'b': 1}}",
    ),
    "Path": Row(
        "from pathlib import Path\ndef f(p): return Path(p).parent",
        "from pathlib import Path, PurePath\nassert f('/a/b') == Path('/a') == f(Path('/a/b'))\n"
        "assert f(PurePath('/a/b')).name == 'a'",
        "def f(p): return '/a'",
    ),
    "UUID": Row(
        "import uuid\ndef f(): return uuid.UUID(int=5)",
        "import uuid\nassert f() == uuid.UUID(int=5)",
        "import uuid\ndef f(): return str(uuid.UUID(int=5))",
    ),
    "time zones": Row(
        "from datetime import timedelta\ndef f(t): return t + timedelta(hours=12)",
        "from datetime import datetime, timezone\nfrom zoneinfo import ZoneInfo\n"
        "t = f(datetime(2024, 3, 30, 20, tzinfo=ZoneInfo('Europe/Berlin')))\n"
        "assert t.tzname() == 'CEST' and t.tzinfo.key == 'Europe/Berlin' and t.hour == 8\n"
        "assert f(datetime(2024, 3, 30, tzinfo=timezone.utc)).tzinfo is timezone.utc",
        "from datetime import timedelta, timezone\n"
        "def f(t): return (t + timedelta(hours=12)).astimezone(timezone.utc)",
    ),
    "array": Row(
        "def f(a):\n    a.append(3)\n    return a[:1]",
        "from array import array\na = array('i', [1])\n"
        "assert f(a) == array('i', [1]) and a == array('i', [1, 3])",
        "def f(a): return a",
    ),
    "UserList": Row(
        "from collections import UserList\ndef f(xs): return UserList(sorted(xs))",
        "from collections import UserList\nassert f([2, 1]) == UserList([1, 2]) == [1, 2]",
        "from collections import UserList\ndef f(xs): return UserList(xs)",
    ),
    "memoryview in place": Row(
        "def f(b): b[0] = 65",
        "b = bytearray(b'abc')\nf(memoryview(b))\nassert b == b'Abc'",
        "def f(b): bytearray(b)[0] = 65",
    ),
    "large argument": Row(
        "def f(xs): return len(xs)",
        "assert f([0] * 3_000_000) == 3_000_000",
        "def f(xs): return len(xs) - 1",
    ),
    "memoryview": Row(
        "def f(b): return memoryview(b)[1:]",
        "r = f(b'abc')\nassert r == b'bc' and isinstance(r, memoryview)",
        "def f(b): return b[1:]",
    ),
}
NUMPY = {
    "in place": Row(
        "import numpy as np\ndef f(a): np.fill_diagonal(a, 0)",
        "import numpy as np\na = np.ones((2, 2))\nf(a)\nassert a.tolist() == [[0, 1], [1, 0]]",
        "def f(a): pass",
    ),
    "sorted in place": Row(
        "def f(a):\n    a.sort()\n    return a",
        "import numpy as np\na = np.array([2, 1])\nassert f(a) is a and a.tolist() == [1, 2]",
        "import numpy as np\ndef f(a): return np.sort(a)",
    ),
    "a view in place": Row(
        "def f(row): row += 1",
        "import numpy as np\na = np.zeros((2, 2), int)\nf(a[0])\n"
        "assert a.tolist() == [[1, 1], [0, 0]]",
        "def f(row): return row + 1",
    ),
    "an int that is none": Row(
        "def f(xs): return sum(xs)",
        "assert isinstance(f([1, 2]), int)",
        "import numpy as np\ndef f(xs): return np.sum(xs)",
    ),
    "True that is none": Row(
        "def f(xs): return 1 in xs",
        "assert f([1]) is True",
        "import numpy as np\ndef f(xs): return np.any(np.array(xs) == 1)",
    ),
    "text of a list": Row(
        "def f(xs): return [max(xs)]",
        "assert str(f([1, 2])) == '[2]'",
        "import numpy as np\ndef f(xs): return [np.max(xs)]",
    ),
    "overflow": Row(
        "def f(x): return x",
        "assert f(2 ** 62) * 4 == 2 ** 64",
        "import numpy as np\ndef f(x): return np.int64(x)",
    ),
    "float32": Row(
        "import numpy as np\ndef f(x): return np.float32(x)",
        "import numpy as np\nassert type(f(0.1)) is np.float32 and f(0.1) == np.float32(0.1)",
        "import numpy as np\ndef f(x): return np.float64(x)",
    ),
    "float32 of the tests": Row(
        "def f(x): return type(x).__name__",
        "import numpy as np\nassert f(np.float32(1)) == 'float32' and f(np.int8(1)) == 'int8'",
        "def f(x): return 'float32'",
    ),
    "datetime64": Row(
        "import numpy as np\ndef f(d): return d + np.timedelta64(1, 'D')",
        "import numpy as np\nassert f(np.datetime64('2024-02-28')) == np.datetime64('2024-02-29')",
        "def f(d): return d",
    ),
    "array of text": Row(
        "import numpy as np\ndef f(a): return np.char.upper(a)",
        "import numpy as np\nassert (f(np.array(['a', 'bc'])) == np.array(['A', 'BC'])).all()",
        "def f(a): return a",
    ),
    "class of numpy": Row(
        "def f(kind, x): return kind(x)",
        "import numpy as np\nassert type(f(np.float32, 1)) is np.float32",
        "def f(kind, x): return x",
    ),
}
PANDAS = {
    "frame": Row(
        "def f(df): return df.groupby('k').v.sum().reset_index()",
        "import pandas as pd\ndf = pd.DataFrame({'k': ['a', 'b', 'a'], 'v': [1, 2, 3]})\n"
        "assert f(df).equals(pd.DataFrame({'k': ['a', 'b'], 'v': [4, 2]}))",
        "def f(df): return df",
    ),
    "frame in place": Row(
        "def f(df): df['c'] = df.a + df.b",
        "import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [2]})\nf(df)\n"
        "assert df.c.tolist() == [3]",
        "def f(df): return df.a + df.b",
    ),
    "series": Row(
        "def f(s): return s.fillna(0) > 1",
        "import pandas as pd\nr = f(pd.Series([1, None, 3], name='x'))\n"
        "pd.testing.assert_series_equal(r, pd.Series([False, False, True], name='x'))",
        "def f(s): return (s.fillna(0) > 1).tolist()",
    ),
    "timestamp": Row(
        "import pandas as pd\ndef f(t): return pd.Timestamp(t) + pd.Timedelta(days=1)",
        "import pandas as pd\nassert f('2024-02-28') == pd.Timestamp('2024-02-29')",
        "import pandas as pd\ndef f(t): return pd.Timestamp(t)",
    ),
}
IDENTITY = {
    "math.nan": Row(
        "import math\ndef f(x): return [x, math.nan]",
        "import math\nassert f(1) == [1, math.nan]",
        "def f(x): return [x, float('nan')]",
    ),
    "numpy.nan": Row(
        "import numpy as np\ndef f(x): return [x, np.nan]",
        "import numpy as np\nassert f(1) == [1, np.nan]",
        "import math\ndef f(x): return [x, math.nan]",
    ),
    "a NaN of the tests": Row(
        "def f(xs): return list(xs)",
        "n = float('nan')\nassert f([n, 1]) == [n, 1]",
        "def f(xs): return [float(str(x)) for x in xs]",
    ),
    "a NaN among many numbers": Row(
        "def f(xs): return xs[::-1]",
        "n = float('nan')\nassert f([n] + [0.5] * 30) == [0.5] * 30 + [n]",
        "def f(xs): return [0.5] * 30 + [float('nan')]",
    ),
    "another NaN of the tests": Row(
        "def f(*xs): return list(xs)",
        "import numpy as np\nfrom decimal import Decimal\n"
        "xs = [Decimal('nan'), complex('nan'), np.float64('nan'), np.datetime64('NaT')]\n"
        "assert f(*xs) == xs",
        "import copy\ndef f(*xs): return [complex(x) for x in xs[:2]] + [*xs[2:]]",
    ),
    "a NaN twice": Row(
        "def f():\n    n = float('nan')\n    return [n, n]",
        "r = f()\nassert r[0] is r[1] and r[0] in r[1:]",
        "def f(): return [float('nan'), float('nan')]",
    ),
    "many NaN": Row(
        "def f(xs): return xs + [xs[0]] * 110_000",
        "xs = [float('nan') for _ in range(110_000)]\nassert f(xs) == xs + [xs[0]] * 110_000",
        "def f(xs): return xs + [xs[1]] * 110_000",
    ),
    "a NaN later": Row(
        "n = float('nan')\ndef f(): return (n,)",
        "assert f() == f()",
        "def f(): return (float('nan'),)",
    ),
}
MAKE = """
    from dataclasses import dataclass, field
    @dataclass
    class Inner:
        z: int
    @dataclass
    class P:
        'A point.'
        x: int
        tags: list = field(default_factory=list)
        inner: Inner = None
    def f(x): return P(x, ['a'], Inner(7))
"""
STAND_INS = {
    "asdict": Row(
        MAKE,
        "from dataclasses import asdict, astuple\n"
        "assert asdict(f(1)) == {'x': 1, 'tags': ['a'], 'inner': {'z': 7}}\n"
        "assert astuple(f(1)) == (1, ['a'], (7,))",
        MAKE.replace("Inner(7)", "Inner(8)"),
    ),
    "fields": Row(
        MAKE,
        "from dataclasses import fields, is_dataclass\nassert is_dataclass(f(1))\n"
        "assert [g.name for g in fields(f(1))] == ['x', 'tags', 'inner']\n"
        "assert is_dataclass(P) and len(fields(P)) == 3",
        MAKE.replace("z: int", "z: int; y: int = 0").replace(
            "        x: int\n", "        q: int\n"
        ),
    ),
    "replace": Row(
        MAKE,
        "from dataclasses import replace\na = f(1)\nb = replace(a, x=5)\n"
        "assert (b.x, b.tags, a.x) == (5, ['a'], 1) and b == replace(f(9), x=5)",
        MAKE.replace("P(x, ['a']", "P(x, ['b']"),
    ),
    "class called error": Row(
        "class error:\n    x = 1\ndef f(): return error()",
        "assert f().x == 1 and type(f()).__name__ == 'error'",
        "class error:\n    x = 2\ndef f(): return error()",
    ),
    "no dataclass": Row(
        "class P:\n    def __init__(self, x): self.x = x\ndef f(x): return P(x)",
        "from dataclasses import is_dataclass\nassert not is_dataclass(f(1))",
        MAKE,
    ),
    "names and attributes of a class": Row(
        MAKE,
        "assert type(f(1)).__name__ == 'P' == f(1).__class__.__name__\n"
        "assert f(1).__doc__ == 'A point.'\nassert list(vars(f(1))) == ['x', 'tags', 'inner']\n"
        "assert type(f(1)) is type(f(2)) and f(1).__class__ is P",
        MAKE.replace("class P", "class Q").replace("return P", "return Q") + "    P = Q\n",
    ),
    "hash": Row(
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    x: int\n"
        "def f(x): return P(x)",
        "assert {f(1), f(1), f(2)} == {f(1), f(2)} and {f(1): 5}[f(1)] == 5",
        "class P:\n    def __init__(self, x): self.x = x\ndef f(x): return P(x)",
    ),
    "no hash": Row(
        "class P:\n    def __eq__(self, other): return True\ndef f(x): return P()",
        "try:\n    {f(1)}\nexcept TypeError:\n    pass\nelse:\n    assert False",
        "def f(x): return x",
    ),
    "copy": Row(
        MAKE,
        "import copy\na = f(1)\nb, c = copy.copy(a), copy.deepcopy(a)\nb.x = 2\n"
        "assert (a.x, b.x, c.x) == (1, 2, 1) and a == c and a is not c and a != b",
        MAKE + "    P.__copy__ = lambda self: self\n",
    ),
    "copy of a named tuple": Row(
        "from collections import namedtuple\nP = namedtuple('P', 'x')\ndef f(x): return P(x)",
        "import copy\nassert copy.copy(f(1)).x == copy.deepcopy(f(1)).x == 1",
        "def f(x): return (1,)",
    ),
    "json": Row(
        "def f(x): return {'a': [x, None, True]}",
        "import json\nassert json.dumps(f(1)) == '{\"a\": [1, null, true]}'",
        "import numpy as np\ndef f(x): return {'a': [np.int64(x), None, True]}",
    ),
    "kinds of iterators": Row(
        "def f(kind, g=None): return kind(g, [1]) if g else (x for x in [1])",
        "import types\nassert isinstance(f(map, str), map) and isinstance(f(filter, str), filter)\n"
        "assert isinstance(f(0), types.GeneratorType) and not isinstance(f(map, str), filter)\n"
        "assert isinstance(f, types.FunctionType) and isinstance(f(map, str).__next__, object)",
        "def f(kind, g=None): return map(g, [1]) if g else iter([1])",
    ),
    "length of a large list": Row(
        "def f(n): return [str(i) for i in range(n)]",
        "r = f(2 * 10 ** 6)\nassert len(r) == 2 * 10 ** 6 and r and isinstance(r, list)\n"
        "assert not isinstance(r, tuple)",
        "def f(n): return [str(i) for i in range(n - 1)]",
    ),
    "length of a large text": Row(
        "def f(n): return 'x' * n",
        "assert len(f(2 * 10 ** 7)) == 2 * 10 ** 7",
        "def f(n): return 'x' * (n + 1)",
    ),
    "length of many containers": Row(
        "def f(n): return [[i] for i in range(n)]",
        "assert len(f(300_000)) == 300_000",
        "def f(n): return [[i] for i in range(n // 2)]",
    ),
    "a large value handed on": Row(
        "def f(x): return sum(x) if isinstance(x, list) else [0.5] * x",
        "assert f(f(4 * 10 ** 6)) == 2 * 10 ** 6",
        "def f(x): return sum(x) if isinstance(x, list) else [0.25] * x",
    ),
}
ROWS = {
    f"{group}: {name}": row
    for group, rows in (
        ("class", TESTS_CLASSES),
        ("library", LIBRARY_VALUES),
        ("numpy", NUMPY),
        ("pandas", PANDAS),
        ("identity", IDENTITY),
        ("stand-in", STAND_INS),
    )
    for name, row in rows.items()
}


@pytest.mark.parametrize("name", ROWS)
def test_a_value_keeps_its_class_and_identity_between_tests_and_program(sandbox, name) -> None:
    for module in ("numpy", "pandas"):
        if module in ROWS[name].right + ROWS[name].test:
            pytest.importorskip(module)
    check(sandbox, ROWS[name])


LIAR = """
class Liar:
    __hash__ = lambda self: hash(RIGHT)
    def __eq__(self, other): return True
    def __ne__(self, other): return False
"""
P = "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    x: int\n"
LIES = {
    "in a field of the tests' class": ("assert f(P) == P(7)", "def f(kind): return kind(Liar())"),
    "that claims the tests' class": (
        "assert f(P) == P(7)",
        "def f(kind):\n    Liar.__class__ = property(lambda self: kind)\n    return Liar()",
    ),
    "of a class derived from the tests' class": (
        "assert f(P) == P(7)",
        "def f(kind):\n    class X(kind):\n        __eq__ = Liar.__eq__\n"
        "        __hash__ = Liar.__hash__\n    return X(1)",
    ),
    "in a set": ("assert f(7) in {7, 8}", "def f(x): return Liar()"),
    "as a key": ("assert {7: 1}[f(7)] == 1", "def f(x): return Liar()"),
    "in an array": (
        "import numpy\nassert (f(1) == numpy.array([7], dtype=object)).all()",
        "import numpy\ndef f(x): return numpy.array([Liar()], dtype=object)",
    ),
    "in a UserList": (
        "from collections import UserList\nassert f(1) == UserList([7])",
        "from collections import UserList\ndef f(x): return UserList([Liar()])",
    ),
    "as a default": (
        "assert f(1)['a'] == 7",
        "from collections import defaultdict\ndef f(x): return defaultdict(Liar)",
    ),
    "in a dataclass": (
        "from dataclasses import asdict\nassert asdict(f(1)) == {'x': 7}",
        "from dataclasses import dataclass\n@dataclass\nclass Q:\n    x: int\n"
        "def f(x): return Q(Liar())",
    ),
    "as the copy of an object": (
        "import copy\nassert copy.deepcopy(f(1)) == 7",
        "def f(x):\n    Liar.__deepcopy__ = lambda self, memo: Liar()\n    return Liar()",
    ),
    "as the dict of an object": (
        "assert vars(f(1)) == {'x': 7}",
        "def f(x):\n    Liar.__dict__ = property(lambda self: Liar())\n    return Liar()",
    ),
    "in an error": (
        "assert f(1).args == (7,)",
        "def f(x): return ValueError(Liar())",
    ),
    "that replaces a method": (
        "p = Mutable()\nf(p)\nassert p.is_right(7)",
        "def f(p): p.is_right = lambda x: True",
    ),
    "that replaces a class's attribute": (
        "f(Mutable)\nassert Mutable.right == 7",
        "def f(kind): kind.right = 7",
    ),
    "that replaces a class's method": (
        "p = Mutable()\nf(p)\nassert p.is_right(7)",
        "def f(p): type(p).is_right = lambda self, x: True",
    ),
    "that replaces a function's code": (
        "def g(x): return x == 8\nf(g)\nassert g(7)",
        "def f(g): g.__code__ = (lambda x: True).__code__",
    ),
    "about a length": (
        "r = f(1)\nassert len(r) == 3 and r == [1, 2, 3]",
        "def f(x): return ['x' * 2 ** 23] * 3",
    ),
}


@pytest.mark.parametrize(("test", "program"), LIES.values(), ids=LIES)
@pytest.mark.parametrize("has_reference", [True, False])
def test_an_object_that_is_equal_to_everything_does_not_pass(
    sandbox, test: str, program: str, has_reference: bool
) -> None:
    if "numpy" in test:
        pytest.importorskip("numpy")
    setup = P + "class Mutable:\n    right = 8\n    def is_right(self, x): return x == self.right\n"
    reference = "def f(*a): return a" if has_reference else ""
    verdict = sandbox.judge(
        f"RIGHT = 7\n{LIAR}\n{program}",
        Problem(
            task_id="toy/1",
            text="",
            entry_point="f",
            tests=(test,),
            setup=setup,
            reference=reference,
        ),
    )
    assert not verdict.passed
    assert not verdict.shared_process or not has_reference
