"""What a model writes around its function: every case is judged by running its program."""

import pytest

from hrm_datasets import InputOutput, Problem
from hrm_eval.extraction import extract_code

RIGHT = "def twice(x):\n    return 2 * x\n"

# None of these may fail the function that they follow.
DEMONSTRATIONS = {
    "loop": "for a in range(3):\n    assert twice(a) == 0\n",
    "main": "def main():\n    print(twice(int(input())))\n\nmain()\n",
    "guard": "if __name__ == '__main__':\n    raise SystemExit(1)\n",
    "input": "n = int(input())\nprint(twice(n))\n",
    "exit": "import sys\nsys.exit(1)\n",
    "quit": "quit()\n",
    "os exit": "import os\nos._exit(0)\n",
    "argparse": (
        "import argparse\n"
        "p = argparse.ArgumentParser()\n"
        "p.add_argument('x')\n"
        "args = p.parse_args()\n"
        "print(twice(args.x))\n"
    ),
    "unittest": (
        "import unittest\n"
        "\n"
        "class TestTwice(unittest.TestCase):\n"
        "    def test(self):\n"
        "        self.assertEqual(twice(1), 3)\n"
        "\n"
        "unittest.main()\n"
    ),
    "pytest": (
        "import pytest_not_there\n\ndef test_twice():\n    assert twice(1) == 3\n\ntest_twice()\n"
    ),
    "file": "with open('input.txt') as f:\n    for line in f:\n        print(twice(int(line)))\n",
    "file2": "data = open('missing.txt').read()\n",
    "stdin": (
        "import sys\nsys.stdin = open('missing.txt')\nfor line in sys.stdin:\n    print(line)\n"
    ),
    "while": "while True:\n    pass\n",
    "raise": "raise ValueError\n",
    "try": "try:\n    twice(None)\nexcept ValueError:\n    pass\n",
    "del": "del twice\n",
    "missing pkg": "import matplotlib_not_there.pyplot as plt\nplt.plot([twice(1)])\n",
    "undefined": "Output\n",
    "prose": "Example usage:\ntwice(2)\n",
    "assign": "x = twice('a', 'b')\n",
    "same name as local": "y = twice()\n",
    "class demo": "class Demo:\n    value = twice()\n",
    "decorated demo": "@app.route('/')\ndef home():\n    return twice(1)\n",
    "star": "from nonexistent_pkg import *\n",
    "semis": "import sys; sys.exit(0)\n",
    "match": "match twice(1):\n    case 2:\n        raise SystemExit\n",
    "doctest": "import doctest\ndoctest.testmod(raise_on_error=True)\n",
    "result": "result = [twice(v) for v in None]\n",
    "lambda": "f = (lambda: 1 / 0)()\n",
    "async": "import asyncio\nasync def m():\n    twice(1, 2)\nasyncio.run(m())\n",
    "aug": "total = 0\ntotal += twice()\n",
    "global func": (
        "def run_tests():\n"
        "    global passed\n"
        "    passed = twice(1) == 3\n"
        "    assert passed\n"
        "run_tests()\n"
    ),
    "tuple": "a, b = twice(1), undefined\n",
    "walrus": "print(n := undefined)\n",
    "timeit": "import timeit\ntimeit.timeit(lambda: twice(1, 2), number=1)\n",
    "class run": (
        "class Demo:\n    @staticmethod\n    def run():\n        twice(None)\n\nDemo.run()\n"
    ),
    "method of a result": "twice(1).bit_length().no()\n",
    "handed over": "def check(f):\n    assert f(1) == 3\n\ncheck(twice)\n",
    "loop over functions": "for f in [twice]:\n    assert f(1) == 3\n",
    "thread": "from threading import Thread\nThread(target=twice(1).no).start()\n",
    "del of a result": "results = [twice(1)]\ndel results[5]\n",
    "name of the function": "twice = twice(1)\n",
    "redirect": "import sys\nsys.argv = ['x']\nsys.exit(twice(0))\n",
}


@pytest.mark.parametrize("form", ["```python\n{}\n{}```", "{}\n{}"], ids=["fenced", "plain"])
@pytest.mark.parametrize("demonstration", DEMONSTRATIONS.values(), ids=DEMONSTRATIONS)
def test_demonstrations_after_the_function_are_dropped(judge_answer, demonstration, form):
    assert judge_answer(form.format(RIGHT, demonstration))


@pytest.mark.parametrize(
    "demonstration", ["sum = total([1, 2])", "a, sum = 1, total([1])", "sum: int = total([1])"]
)
def test_a_demonstration_does_not_replace_a_builtin_that_the_function_calls(
    judge_answer, demonstration
):
    program = f"def total(xs):\n    return sum(xs)\n\n{demonstration}\nprint(sum)\n"
    tests = ["assert total([1, 2]) == 3"]
    assert judge_answer(f"```python\n{program}```", entry_point="total", tests=tests)


def test_a_builtin_that_the_program_replaces_stays_replaced(judge_answer):
    program = "def total(xs):\n    return sum(xs)\n\ndef add(xs):\n    return 7\n\nsum = add\n"
    tests = ["assert total([1, 2]) == 7"]
    assert judge_answer(f"```python\n{program}```", entry_point="total", tests=tests)


# Each of these fails without one of its statements, or with one that is to be dropped.
PROGRAMS = {
    "object prepared": (
        "class Solver:\n"
        "    def prepare(self):\n"
        "        self.k = 2\n"
        "\n"
        "solver = Solver()\n"
        "\n"
        "def twice(x):\n"
        "    return solver.k * x\n"
        "\n"
        "solver.prepare()\n"
    ),
    "input replaced": (
        "import sys\n\ndef twice(x):\n    return 2 * x if sys.maxsize else 0\n\n"
        "sys.stdin = open('missing.txt')\n"
    ),
    "decorated demonstration": (
        "from functools import cache\n\n@cache\ndef twice(x):\n    return 2 * x\n\n"
        "@cache\ndef plot():\n    return plt.x\n\nimport no_such_package as plt\n"
    ),
    "thread": (
        "import sys, threading\n\ndef twice(x):\n    return 2 * x\n\n"
        "def main():\n    print(twice(int(input())))\n\nsys.setrecursionlimit(10**6)\n"
        "t = threading.Thread(target=main)\nt.start()\nt.join()\n"
    ),
    "class builds": (
        "class Table:\n    rows = {}\n\n    @classmethod\n    def build(cls, k):\n"
        "        cls.rows[0] = k\n\ndef twice(x):\n    return Table.rows[0] * x\n\nTable.build(2)\n"
    ),
    "class builds a table": (
        "T = []\n\nclass Table:\n    @staticmethod\n    def build():\n        T.append(2)\n\n"
        "def twice(x):\n    return T[0] * x\n\nTable.build()\n"
    ),
    "class demonstrates": (
        "class Solution:\n    @staticmethod\n    def double(x):\n        return 2 * x\n\n"
        "    @staticmethod\n    def main():\n        print(twice(int(input())))\n\n"
        "def twice(x):\n    return Solution.double(x)\n\nSolution.main()\nSolution().main()\n"
        "Solution().double(None, None, None)\nSolution().update(3)\n"
    ),
    "class reads input": (
        "class Solution:\n    k = 2\n\n    @classmethod\n    def main(cls):\n"
        "        cls.k = int(input())\n\n"
        "def twice(x):\n    return Solution.k * x\n\nSolution.main()\n"
    ),
    "attribute changed": (
        "def twice(x):\n    return twice.memo['k'] * x\n\ntwice.memo = {}\ntwice.memo.update(k=2)\n"
    ),
    "attributes changed": ("def twice(x):\n    return twice.k * x\n\ntwice.__dict__.update(k=2)\n"),
    "attribute of a helper changed": (
        "def helper(x):\n    return helper.memo[0] * x\n\nhelper.memo = []\n\n"
        "def twice(x):\n    return helper(x)\n\nfor n in (2, 3):\n    helper.memo.append(n)\n"
    ),
    "register": (
        "from functools import singledispatch\n\n@singledispatch\ndef twice(x):\n"
        "    raise TypeError\n\ndef double(x):\n    return 2 * x\n\ntwice.register(int, double)\n"
    ),
    "register of a helper": (
        "from functools import singledispatch\n\n@singledispatch\ndef helper(x):\n"
        "    raise TypeError\n\ndef twice(x):\n    return helper(x)\n\n"
        "helper.register(int, lambda x: 2 * x)\n"
    ),
    "abstract class": (
        "from abc import ABC\n\nclass Number(ABC):\n    pass\n\n"
        "def twice(x):\n    return 2 * x if isinstance(x, Number) else 0\n\nNumber.register(int)\n"
    ),
    "context": (
        "from decimal import Decimal, getcontext\n\ndef twice(x):\n"
        "    return 2 * x if len(str(Decimal(1) / 3)) == 7 else 0\n\n"
        "ctx = getcontext()\nctx.prec = 5\n"
    ),
    "precision added": (
        "import decimal\n\ndef twice(x):\n"
        "    return 2 * x if len(str(decimal.Decimal(1) / 3)) == 80 else 0\n\n"
        "from decimal import getcontext\ngetcontext().prec += 50\n"
    ),
    "item deleted": "def twice(x):\n    return H[0] * x\n\nH = [1, 2]\ndel H[0]\n",
    "filled in a thread": (
        "from threading import Thread\n\nT = []\n\ndef twice(x):\n    return T[0] * x\n\n"
        "def fill():\n    T.append(2)\n\nthread = Thread(target=fill)\nthread.start()\n"
        "thread.join()\n"
    ),
    "main in a thread": (
        "from threading import Thread\n\nT = [2]\n\ndef twice(x):\n    return T[0] * x\n\n"
        "def main():\n    T[0] = int(input())\n    print(twice(1))\n\n"
        "thread = Thread(target=main)\nthread.start()\nthread.join()\n"
    ),
    "registered by a function": (
        "OPS = []\n\ndef register(f):\n    OPS.append(f)\n\ndef double(x):\n"
        "    return twice(x - 1) + 2 if x > 0 else 2 * x\n\n"
        "def twice(x):\n    return OPS[0](x)\n\nregister(double)\n"
    ),
    "mentioned, not called": (
        "OPS = []\n\ndef twice(x):\n    return OPS[0](x)\n\n"
        "def double(x):\n    return twice(x - 1) + 2 if x > 0 else 2 * x\n\nOPS.append(double)\n"
    ),
    "next": (
        "T = iter([1, 2])\nK = []\n\ndef twice(x):\n    K.extend(T)\n    return K[0] * x\n\n"
        "next(T)\n"
    ),
    "globals assigned": "def twice(x):\n    return K * x\n\nglobals()['K'] = 2\n",
    "helper after": "def twice(x):\n    return h(x)\n\ndef h(x):\n    return 2 * x\n",
    "const after": "def twice(x):\n    return K * x\n\nK = 2\n",
    "import after": "def twice(x):\n    return operator.mul(x, 2)\n\nimport operator\n",
    "from after": "def twice(x):\n    return m(x, 2)\n\nfrom operator import mul as m\n",
    "star after": "def twice(x):\n    return mul(x, 2)\n\nfrom operator import *\n",
    "chain after": (
        "def twice(x):\n"
        "    return a(x)\n"
        "\n"
        "def a(x):\n"
        "    return b(x)\n"
        "\n"
        "def b(x):\n"
        "    return K * x\n"
        "\n"
        "J = 2\n"
        "K = J\n"
    ),
    "table loop": (
        "def twice(x):\n    return T[x]\n\nT = {}\nfor i in range(-5, 5):\n    T[i] = 2 * i\n"
    ),
    "table append": "def twice(x):\n    return T[0] * x\n\nT = []\nT.append(2)\n",
    "table fill": (
        "def twice(x):\n    return T[0] * x\n\nT = []\n\ndef fill():\n    T.append(2)\n\nfill()\n"
    ),
    "table fill arg": (
        "def twice(x):\n    return T[0] * x\n\nT = []\n\ndef fill(t):\n    t.append(2)\n\nfill(T)\n"
    ),
    "global fill": (
        "def twice(x):\n    return K * x\n\ndef init():\n    global K\n    K = 2\n\ninit()\n"
    ),
    "class method": (
        "class A:\n"
        "    pass\n"
        "\n"
        "def twice(x):\n"
        "    return A().f(x)\n"
        "\n"
        "def f(self, x):\n"
        "    return 2 * x\n"
        "\n"
        "A.f = f\n"
    ),
    "registry": (
        "OPS = {}\n"
        "def register(n):\n"
        "    def w(f):\n"
        "        OPS[n] = f\n"
        "        return f\n"
        "    return w\n"
        "\n"
        "def twice(x):\n"
        "    return OPS['d'](x)\n"
        "\n"
        "@register('d')\n"
        "def _d(x):\n"
        "    return 2 * x\n"
    ),
    "singledispatch": (
        "from functools import singledispatch\n"
        "\n"
        "@singledispatch\n"
        "def twice(x):\n"
        "    raise TypeError\n"
        "\n"
        "@twice.register\n"
        "def _(x: int):\n"
        "    return 2 * x\n"
    ),
    "subclasses": (
        "class Op:\n"
        "    pass\n"
        "\n"
        "def twice(x):\n"
        "    return Op.__subclasses__()[0]().f(x)\n"
        "\n"
        "class D(Op):\n"
        "    def f(self, x):\n"
        "        return 2 * x\n"
    ),
    "reclimit": (
        "import sys\n"
        "\n"
        "def twice(x):\n"
        "    return 2 * x if sys.getrecursionlimit() == 7000 else 0\n"
        "\n"
        "sys.setrecursionlimit(7000)\n"
    ),
    "reclimit2": (
        "def twice(x):\n"
        "    import sys\n"
        "    return 2 * x if sys.getrecursionlimit() == 7000 else 0\n"
        "\n"
        "import sys\n"
        "sys.setrecursionlimit(7000)\n"
    ),
    "prec": (
        "from decimal import Decimal, getcontext\n"
        "\n"
        "def twice(x):\n"
        "    return 2 * x if getcontext().prec == 5 else 0\n"
        "\n"
        "getcontext().prec = 5\n"
    ),
    "wrap": (
        "def twice(x):\n"
        "    return x\n"
        "\n"
        "def deco(f):\n"
        "    return lambda x: 2 * f(x)\n"
        "\n"
        "twice = deco(twice)\n"
    ),
    "cache": (
        "import functools\n"
        "def twice(x):\n"
        "    return 2 * x\n"
        "\n"
        "twice = functools.lru_cache(None)(twice)\n"
    ),
    "attr": "def twice(x):\n    return twice.k * x\n\ntwice.k = 2\n",
    "try import": (
        "def twice(x):\n"
        "    return op.mul(2, x)\n"
        "\n"
        "try:\n"
        "    import operator as op\n"
        "except ImportError:\n"
        "    op = None\n"
    ),
    "if def": "def twice(x):\n    return h(x)\n\nif True:\n    def h(x):\n        return 2 * x\n",
    "globals": (
        "def twice(x):\n    return globals()['h_' + 'x'](x)\n\ndef h_x(x):\n    return 2 * x\n"
    ),
    "annassign": "def twice(x):\n    return K * x\n\nK: int = 2\n",
    "tuple const": "def twice(x):\n    return K * x\n\nJ, K = 1, 2\n",
    "alias": "def double(x):\n    return 2 * x\n\ntwice = double\n",
    "method alias": (
        "class Solution:\n"
        "    def twice(self, x):\n"
        "        return 2 * x\n"
        "\n"
        "twice = Solution().twice\n"
        "print(twice(2))\n"
    ),
    "solution": (
        "class Solution:\n"
        "    def double(self, x):\n"
        "        return 2 * x\n"
        "\n"
        "def twice(x):\n"
        "    return Solution().double(x)\n"
        "\n"
        "solution = Solution()\n"
        "solution.double()\n"
    ),
    "memo clear": "memo = {1: 3}\ndef twice(x):\n    return memo.get(x, 2 * x)\n\nmemo.clear()\n",
    "memo demo": (
        "memo = {}\n"
        "def twice(x):\n"
        "    if x not in memo:\n"
        "        memo[x] = 2 * x\n"
        "    return memo[x]\n"
        "\n"
        "memo.clear()\n"
        "for v in range(3):\n"
        "    memo.clear()\n"
        "    assert twice(v) == 7\n"
    ),
    "input before": "def helper():\n    return input()\n\ndef twice(x):\n    return 2 * x\n",
    "assert before": (
        "def h(x):\n    return x\nassert h(1) == 2\ndef twice(x):\n    return 2 * x\n"
    ),
    "with": (
        "import contextlib\n"
        "def twice(x):\n"
        "    return K * x\n"
        "with contextlib.suppress(Exception):\n"
        "    K = 2\n"
    ),
    "nonlocal": (
        "def make():\n"
        "    k = 0\n"
        "    def f(x):\n"
        "        nonlocal k\n"
        "        k = 2\n"
        "        return k * x\n"
        "    return f\n"
        "\n"
        "twice = make()\n"
    ),
    "comp": "def twice(x):\n    return [K * v for v in [x]][0]\nK = 2\n",
    "default arg": "K = 2\ndef twice(x, k=K):\n    return k * x\n",
    "type hint": (
        "from typing import List\ndef twice(x: 'List') -> 'T':\n    return 2 * x\nT = List[int]\n"
    ),
    "heapify": "import heapq\ndef twice(x):\n    return H[0] * x\nH = [5, 2]\nheapq.heapify(H)\n",
    "decorator before": "def deco(f):\n    return f\n@deco\ndef twice(x):\n    return 2 * x\n",
    "overload": (
        "from typing import overload\n"
        "@overload\n"
        "def twice(x: int) -> int: ...\n"
        "@overload\n"
        "def twice(x: float) -> float: ...\n"
        "def twice(x):\n"
        "    return 2 * x\n"
    ),
    "method global same name": (
        "class S:\n"
        "    def h(self, x):\n"
        "        return h(x)\n"
        "\n"
        "def twice(x):\n"
        "    return S().h(x)\n"
        "\n"
        "def h(x):\n"
        "    return 2 * x\n"
    ),
    "in module": (
        "def twice(x):\n"
        "    return N(x).v\n"
        "class N:\n"
        "    def __init__(self, x):\n"
        "        self.v = K * x\n"
        "K = 2\n"
    ),
    "enum": (
        "import enum\n"
        "def twice(x):\n"
        "    return E.A.value * x\n"
        "class E(enum.Enum):\n"
        "    A = 2\n"
        "print(E.B)\n"
    ),
    "dataclass": (
        "def twice(x):\n"
        "    return P(x).v * 2\n"
        "from dataclasses import dataclass\n"
        "@dataclass\n"
        "class P:\n"
        "    v: int\n"
    ),
}


@pytest.mark.parametrize("form", ["```python\n{}```", "{}"], ids=["fenced", "plain"])
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_what_the_function_reaches_is_kept(judge_answer, program, form):
    assert judge_answer(form.format(program))


WRONG_PROGRAMS = {
    "wrong assign": "def twice(x):\n    return K * x\n\nK = 3\n",
    "needed input": "def twice(x):\n    return K * x\n\nK = int(input())\n",
    "undefined": "def twice(x):\n    return K * x\n",
    "raise before": "raise SystemExit\ndef twice(x):\n    return 2 * x\n",
    "overridden": "def twice(x):\n    return 2 * x\n\ntwice = None\n",
    "overridden def": (
        "def twice(x):\n    return 2 * x\n\ndef twice(x):\n    return 3\nprint(1)\n"
    ),
    "bad import before": "import nonexistent_pkg\ndef twice(x):\n    return 2 * x\n",
}


@pytest.mark.parametrize("program", WRONG_PROGRAMS.values(), ids=WRONG_PROGRAMS)
def test_a_wrong_program_stays_wrong(judge_answer, program):
    assert not judge_answer(f"```python\n{program}```")


@pytest.mark.parametrize(
    ("program", "test"),
    [
        (f"{RIGHT}\ndef thrice(x):\n    return 3 * x\n", "assert thrice(2) == 6"),
        (f"{RIGHT}\nclass Box:\n    def __init__(self, x):\n        self.x = x\n", "Box(1).x"),
        (f"{RIGHT}\nLIMIT = 3\n", "x = LIMIT\nassert x == 3"),
        (f"{RIGHT}\nimport math\n", "assert math.pi > 3"),
    ],
)
def test_what_the_tests_use_is_kept(judge_answer, program, test):
    assert judge_answer(program, tests=("assert twice(2) == 4", test))


def test_tests_with_warnings_are_read_silently(judge_answer):
    tests = (r"assert twice(2) != '\.'", "assert helper(1) == 1")
    assert judge_answer(f"{RIGHT}\ndef helper(x):\n    return x\n", tests=tests)


def test_lines_that_stay_are_unchanged():
    problem = Problem(task_id="a/1", text="", entry_point="twice", tests=("assert twice(1) == 2",))
    program = (
        "import sys; TWO = 2  # two\n\n\ndef twice(x):\n    return times(x)  # so\n\n\n"
        "def times(x):\n\treturn TWO * x\n\n\n"
    )
    answer = f"{program}@wraps\ndef main():\n    print(twice(1))\n\n# End\nTWO = 2; main()\n"
    assert extract_code(answer, problem) == f"{program}\n# End\nTWO = 2\n"


def test_words_demonstrations_and_a_cut_off_tail_go_together(judge_answer):
    answer = f"python\n\n{RIGHT}\nprint(twice(1))\nmain()\nx = 1\n\ndef twice(x):\n    return 2"
    assert judge_answer(answer, was_cut=True)
    assert judge_answer(f"[BEGIN]\n{RIGHT}[DONE]\n")


def test_a_program_that_reads_standard_input_is_kept_whole():
    problem = Problem(
        task_id="a/1", text="", entry_point="main", tests=InputOutput([("1", "2")]), stub=""
    )
    program = "def main():\n    print(2 * int(input()))\n\n\nmain()\n"
    assert extract_code(f"```python\n{program}```", problem) == program
