import dataclasses
import textwrap

import pytest

from hrm_core.errors import DataError
from hrm_datasets import InputOutput, Problem
from hrm_datasets.overlap import HeldOut, normal_functions

TEN = "a man a plan a canal panama said the king"
LOOP = """
def speak_now(*a):
    return [n for n in a if n or not n and n is not None]


def most(values: list) -> int:
    'The most.'
    best = 0
    for number, value in enumerate(values):
        if value > values[best] and number % 2 == 0:
            best = number
    return best
"""


@pytest.fixture
def problem():
    return Problem(
        task_id="toys/1",
        text=f"Say: {TEN}.",
        entry_point="speak_now",
        tests=(
            "assert speak_now(1, 2, 3, 4, 5, 6, 7, 8) == 'eleven'",
            "assert speak_now('a b', [1, 22, 333, 4444]) == 4",
        ),
        reference=LOOP,
    )


@pytest.fixture(params=["made", "loaded"])
def held_out(request, problem, tmp_path):
    held_out = HeldOut([problem])
    if request.param == "loaded":
        held_out.save(tmp_path / "held_out.json")
        held_out = HeldOut.load(tmp_path / "held_out.json")
    return held_out


@pytest.mark.parametrize(
    "text",
    [
        TEN,
        f"before {TEN} after",
        TEN.upper(),
        "A man, a plan,\n a canal: Panama! (said the King)",
        "assert SPEAK_NOW(1, 2, 3, 4, 5, 6, 7, 8)",
        "return [n for n in a if n or not n]",
    ],
)
def test_ten_shared_consecutive_words_are_an_overlap(held_out, text):
    shared = held_out.find(text)
    assert (shared.problem, shared.kind) == ("toys/1", "words")
    assert len(shared.what.strip("'").split()) == 10


@pytest.mark.parametrize(
    "text",
    [
        " ".join(TEN.split()[:9]),
        " ".join(TEN.split()[1:]),
        TEN.replace("plan", "map"),
        "speak_now",
        "x = speak_now(1)",
        "assert other() == 1",
        "",
    ],
)
def test_nine_shared_words_or_a_call_are_no_overlap(held_out, text):
    assert held_out.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "def speak_now(): pass",
        "import re\n\nasync def speak_now(a):\n    return a",
        "class A:\n    def speak_now(self): pass",
        "class speak_now:\n    pass",
    ],
)
def test_defining_the_tested_function_is_an_overlap(held_out, text):
    shared = held_out.find(text)
    assert (shared.problem, shared.what) == ("toys/1", "the function 'speak_now'")
    assert held_out.find_name("speak_now").kind == "name"


@pytest.mark.parametrize(
    "test",
    [
        "assert speak_now('a b',[1,22,333,4444])==4",
        '  assert say( "a b", [1, 22, 333, 4444] ) ==  4',
    ],
)
def test_the_same_test_of_another_name_or_with_other_spaces_is_an_overlap(held_out, test):
    assert held_out.find(f"Do it.\n{test}\n").kind == "test"


def test_a_short_test_of_another_function_is_no_overlap(problem):
    short = dataclasses.replace(problem, tests=("assert speak_now(0) == 0",))
    assert HeldOut([short]).find("assert say(0) == 0") is None
    assert HeldOut([short]).find("assert speak_now(0)==0").kind == "test"


def test_a_solution_with_other_names_and_docstring_is_an_overlap(held_out):
    code = """
import math

def place(xs):
    top = 0
    for i, x in enumerate(xs):
        if x > xs[top] and i % 2 == 0:
            top = i
    return top
"""
    assert held_out.find(code, code=code).what == "the code of 'place'"
    assert held_out.find(code) is None
    assert held_out.find_solution(code.replace("x > xs", "x >= xs")) is None
    assert held_out.find_solution("def place(xs:") is None


COPY = """def place(xs):
    top: int = 0
    for i, x in enumerate(xs):
        if x > xs[top] and i % 2 == 0:
            top = i
    return top
"""


@pytest.mark.parametrize(
    "code",
    [
        COPY,
        f"{COPY}\nassert place([1]) == 0\n",
        f"{COPY}\nif __name__ == '__main__':\n    print(place([1]))\n",
        f"{COPY}import math\n",
        f"{COPY}\nclass A:\n    def other(self):\n        return lambda x: x\n",
        f"key = lambda x: x\n{COPY}\n@cache\ndef other(n):\n    return n if n else other(1)\n",
        COPY.replace("def place(xs):", "def place(\n    xs,\n):"),
    ],
    ids=["alone", "assert", "main", "import", "class", "decorator", "long head"],
)
def test_a_copied_solution_is_found_before_and_after_other_code(held_out, problem, code):
    assert held_out.find_solution(code).what == "the code of 'place'"
    trailing = dataclasses.replace(problem, reference=f"{problem.reference}\nassert True\n")
    assert HeldOut([trailing]).find_solution(code) is not None


FENCED = f"```python\n{COPY}```\n"


@pytest.mark.parametrize(
    "text",
    [
        FENCED,
        FENCED.replace("\n", "\r\n"),
        FENCED.replace("```", "~~~~"),
        f"This finds the place.\n\n{FENCED}\nIt isn't slow, is it?\n",
        f"```\npip install it\n```\nThen:\n```py\nx = 1\n```\nLast:\n{FENCED}",
        f"First:\n```python\nx = [\n\nAgain:\n{FENCED}",
        f"It is:\n```python\n{COPY}",
        f"It is: {FENCED}",
        FENCED.replace("\n```", "```"),
        f"````markdown\n{FENCED}````\n",
        "1. So:\n" + textwrap.indent(FENCED, "   "),
    ],
    ids=[
        "alone", "line ends", "tildes", "prose", "several", "never closed before", "never closed",
        "opened in prose", "closed in code", "nested", "indented",
    ],
)  # fmt: skip
def test_a_copied_solution_is_found_between_code_fences(held_out, text):
    assert held_out.find(text, code=text).what == "the code of 'place'"
    other = text.replace("x > xs", "x >= xs")
    assert held_out.find(other, code=other) is None


def test_a_builtin_around_the_tested_call_does_not_hide_its_name(problem):
    test = "assert set(speak_now('a b', [1, 22, 333, 4444])) == {4}"
    index = HeldOut([dataclasses.replace(problem, tests=(test,))])
    assert index.find_test(test.replace("speak_now", "say")).kind == "test"
    assert index.find_test(test.replace("set(", "list(")) is None


def test_short_functions_that_everybody_writes_are_no_overlap(problem):
    short = Problem(
        task_id="toys/2", text="x", entry_point="f", tests=("assert f(1)",),
        reference="def f(a):\n    return a[::-1]\n",
    )  # fmt: skip
    assert HeldOut([short]).find_solution("def g(text):\n    return text[::-1]\n") is None


COPIED = LOOP.replace("speak_now", "shout").replace("most", "least")


@pytest.mark.parametrize("deep", [" + ".join(["x"] * 2000), f"x{'.strip()' * 500}"])
def test_a_function_that_is_nested_too_deeply_is_left_out(held_out, deep):
    code = f"def deep(x):\n    return {deep}\n"
    assert normal_functions(code) == []
    assert [name for name, _ in normal_functions(code + LOOP)] == ["most"]
    assert held_out.find(code) is None
    assert held_out.find_solution(code + COPIED).kind == "solution"


def test_half_of_a_surrogate_pair_is_compared_as_well():
    problem = Problem(
        task_id="toys/1",
        text="x",
        entry_point="f",
        tests=("assert f('\ud800', [1, 22, 333, 4444]) == 4",),
        reference="def f(a, b):\n    return b\n",
    )
    assert HeldOut([problem]).find("assert g('\ud800', [1, 22, 333, 4444]) == 4").kind == "test"


def test_the_number_of_words_can_be_set(problem):
    held_out = HeldOut([problem], shared_words=3)
    assert held_out.find("a CANAL panama").what == "'a canal panama'"
    assert held_out.find("canal panama") is None


def test_an_index_that_is_cut_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "held_out.json"
    path.write_text('{"shared_words": 10')
    with pytest.raises(DataError, match=r"held_out\.json: not an index"):
        HeldOut.load(path)


def test_a_program_is_found_by_its_text_and_reference_but_not_by_its_inputs():
    numbers = " ".join(map(str, range(20)))
    tests = InputOutput([(numbers, "190", True)])
    held_out = HeldOut([Problem(task_id="a/1", text=TEN, tests=tests, reference=LOOP)])
    assert held_out.find(TEN).problem == "a/1"
    assert held_out.find("", LOOP.replace("most", "least")).problem == "a/1"
    assert held_out.find(f"Add {numbers}.\ndef f(): pass") is None
    assert held_out.find_name("") is None
