import dataclasses
import random
import textwrap

import pytest

from hrm_core.errors import DataError
from hrm_datasets import InputOutput, Problem
from hrm_datasets.functions import normal_functions
from hrm_datasets.overlap import HeldOut

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
        "speak_now = lambda *a: a",
        "    speak_now: Callable[[int], int] = lambda a: a",
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
        "assert speak_now('a b', [1, 22, 333, 4444]) == 4, 'wrong, isn\\'t it?'",
        "assert speak_now('a b', [1, 22, 333, 4444]) == 4  # ok",
        "assert say(\n    'a b',  # two\n    [1, 22, 333, 4444],\n) == 4",
        "assert say('a b', [1, 22, 333, 4444]) \\\n    == 4",
    ],
)
def test_the_same_test_of_another_name_or_with_other_spaces_is_an_overlap(held_out, test):
    assert held_out.find(f"Do it.\n{test}\n").kind == "test"


def test_an_assert_that_never_ends_hides_no_other(held_out):
    text = "assert say(\n" * 3 + "assert speak_now('a b', [1, 22, 333, 4444]) == 4\n"
    assert held_out.find_test(text).kind == "test"


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
METHOD = COPY.replace("place(xs)", "place(self, xs)")


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
        f"async {COPY}",
        f"@cache\n{COPY}",
        "class Solution:\n" + textwrap.indent(METHOD, "    "),
        "class A:\n  class B:\n" + textwrap.indent(METHOD, "    "),
        "if True:\n" + textwrap.indent(COPY, "    "),
        textwrap.indent(COPY, "    "),
        f"This finds the place:\n\n{COPY}",
        f"%matplotlib inline\n{COPY}",
        f"{COPY}\nprint place([1])\n",
        "".join(f"{'...' if n else '>>>'} {line}" for n, line in enumerate(COPY.splitlines(True))),
    ],
    ids=[
        "alone", "assert", "main", "import", "class", "decorator", "long head", "async",
        "decorated", "method", "class in a class", "if", "indented", "prose", "magic", "Python 2",
        "prompts",
    ],
)  # fmt: skip
def test_a_copied_solution_is_found_before_and_after_other_code(held_out, problem, code):
    assert held_out.find_solution(code).what == "the code of 'place'"
    trailing = dataclasses.replace(problem, reference=f"{problem.reference}\nassert True\n")
    assert HeldOut([trailing]).find_solution(code) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "def most(xs):\n    count = 0\n    def add(n):\n        nonlocal count\n"
            "        count += n * n if n % 2 == 0 else n\n    for n in xs:\n        add(n)\n"
            "    return count\n",
            "count",
        ),
        (
            "def most(xs):\n    try:\n        return max(x * x - 1 for x in xs if x)\n"
            "    except ValueError as count:\n        print(count, len(xs) + 1)\n        raise\n",
            "count",
        ),
        (
            "def most(xs):\n    import math as count\n"
            "    return sum(count.sqrt(x) for x in xs if x > 0 and x % 2 == 0 or x > 100)\n",
            "count",
        ),
        (
            "def most(xs):\n    match xs:\n        case [first, *count]:\n"
            "            return first * 2 + len(count) if count else first - 1\n"
            "        case {'a': 1, **rest}:\n            return rest\n    return None\n",
            "count",
        ),
    ],
    ids=["nonlocal", "exception", "import", "match"],
)
def test_every_kind_of_name_may_differ_in_a_copied_solution(problem, old, new):
    held_out = HeldOut([dataclasses.replace(problem, reference=old)])
    copy = old.replace(new, "total").replace("most", "least")
    assert held_out.find_solution(copy).what == "the code of 'least'"


HELPER = """
LIMIT = 10


def is_good(n):
    return n % LIMIT > 3


def count_good(numbers):
    count = 0
    for n in numbers:
        if is_good(n) and n < LIMIT and not is_good(n + 1):
            count += n
    return count
"""


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"is_good": "accepted"}, True),
        ({"is_good": "accepted", "LIMIT": "most", "count_good": "total", "numbers": "xs"}, True),
        # The other helper is another task, unless it has the name of the one that is held out.
        ({"is_good": "accepted", "% LIMIT > 3": "% LIMIT == 3"}, False),
        ({"% LIMIT > 3": "% LIMIT == 3"}, True),
        ({"is_good(n + 1)": "is_good(n + 2)"}, False),
    ],
)
def test_helper_functions_and_constants_of_a_program_may_have_other_names(
    problem, changes, is_found
):
    held_out = HeldOut([dataclasses.replace(problem, reference=HELPER)])
    code = HELPER
    for old, new in changes.items():
        code = code.replace(old, new)
    assert (held_out.find_solution(code) is not None) == is_found


def test_functions_that_use_each_other_are_compared_with_each_other(problem):
    even = "def is_even(n):\n    return n == 0 or is_odd(n - 1) and n * n - 3 * n != 7 * n - 1\n"
    odd = "def is_odd(n):\n    return n != 0 and is_even(n - 1)\n"
    held_out = HeldOut([dataclasses.replace(problem, reference=even + odd)])
    copy = (even + odd).replace("is_even", "first").replace("is_odd", "second")
    assert held_out.find_solution(copy).what == "the code of 'first'"
    assert normal_functions(copy, with_used=True)[:1] == normal_functions(copy)


def test_what_may_differ_does_not_make_a_function_long_enough(problem):
    short = "def most(values: dict[str, list[int]], *, key: str | None = None) -> list[int]:\n"
    short += "    'The most.'\n    return values[key]\n"
    assert HeldOut([dataclasses.replace(problem, reference=short)]).find_solution(short) is None


def test_an_integer_too_long_for_python_is_compared_with_nothing(held_out):
    code = (
        f"def long(x):\n    return [x + n for n in range(0x{'f' * 5000}) if n % 2 == 0 or n > x]\n"
    )
    assert normal_functions(code, min_nodes=0) == []
    assert held_out.find_solution(code + COPY).what == "the code of 'place'"


def test_many_blank_lines_are_searched_once(held_out):
    # A search that starts again at each line would take hours.
    assert held_out.find(" \n" * 200_000, code="x") is None


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


@pytest.mark.parametrize(
    ("text", "where", "is_found"),
    [
        ("Find the\nlargest word of a text.", "# find the largest word of a text\n", True),
        (
            "Write a function to swap two numbers.",
            "You are an expert Python programmer, and here is your task: Write a function to swap "
            "two numbers. Your code should pass these tests:",
            True,
        ),
        ("Write a function to swap two numbers.", "Write a function to swap the numbers.", False),
        (
            "Find the n\u2019th smart number of a list.",
            "FIND the n'th smart number of a list",
            True,
        ),
        ("Return the sum of a list.", "Return the sum\nof a list of squares.", False),
        ("Return the sum of a list.", "So:\nreturn the sum of a list!", True),
        ("Add two numbers.", "Add two numbers.", False),
    ],
    ids=["line", "inside", "other word", "length 8", "6 words inside", "6 words", "3 words"],
)
@pytest.mark.parametrize("saved", [False, True])
def test_a_short_text_is_found_inside_a_line_or_as_a_line(
    problem, tmp_path, text, where, is_found, saved
):
    held_out = HeldOut([dataclasses.replace(problem, text=text)])
    if saved:
        held_out.save(tmp_path / "held_out.json")
        held_out = HeldOut.load(tmp_path / "held_out.json")
    shared = held_out.find(where)
    assert (shared is not None and shared.kind == "words") == is_found


@pytest.mark.parametrize("count", [7, 8, 9, 10, 12])
def test_short_texts_and_passages_are_found_where_a_naive_search_finds_them(problem, count):
    draw = random.Random(count)
    words = draw.choices("abc", k=count)
    held_out = HeldOut([dataclasses.replace(problem, text=" ".join(words))])
    size = min(count, 10)
    found = []
    for cut in [0, 1, 2, 3] * 10:
        text = [*draw.choices("abc", k=5), *words[cut:], *draw.choices("abc", k=5)]
        expected = windows(words, size) & windows(text, size)
        found.append(held_out.find_passage(" ".join(text)) is not None)
        assert found[-1] == bool(expected)
    assert 10 <= sum(found) < 40


def windows(words, size):
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


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
