"""Answers that do not stop where the program ends: every case is judged by running its program."""

import pytest

from hrm_datasets import Problem
from hrm_eval.extraction import extract_code

RIGHT = "def twice(x):\n    return 2 * x\n"
WRONG = "def twice(x):\n    return x\n"


@pytest.mark.parametrize(
    ("answer", "was_cut", "passes"),
    [
        # The cut copy parses, and so would replace the function.
        (f"{RIGHT}\n\n{RIGHT}\n\ndef twice(x):\n    return 2", True, True),
        (f"{RIGHT}\n\n{RIGHT}\n\ndef twice(x):\n    return 2", None, True),
        (f"{RIGHT}\n\ndef twice(y):\n    return 2", True, True),
        (f"{RIGHT}\n\ndef twice(x):\n    return 2 *", None, True),
        (f'{RIGHT}\n\ndef twice(x):\n    """Double.', None, True),
        (f'{RIGHT}\n\ndef twice(x):\n    """Double."""', None, True),
        (f"{RIGHT}\n\ndef twice(x):\n    y = 3", None, True),
        (
            "def twice(x):\n    y = 2 * x\n    return y\n\ndef twice(x):\n    y = 2 * x\n",
            None,
            True,
        ),
        ("twice = lambda x: 2 * x\ntwice = lambda x: 2", None, True),
        (
            "def h(x):\n    return 2 * x\n\ndef twice(x):\n    return h(x)\n\n"
            "def h(x):\n    return 2",
            None,
            True,
        ),
        (
            "class A:\n    def f(self, x):\n        return 2 * x\n\ndef twice(x):\n"
            "    return A().f(x)\n\nclass A:\n    def f(self, x):\n        return 2",
            None,
            True,
        ),
        (f"```python\n{RIGHT}\n\ndef twice(x):\n    return 22", None, True),
        # The last complete definition counts, also where it is wrong.
        (f"{RIGHT}\n{WRONG}\ndef twice(x):\n    return 2", True, False),
        (f"{WRONG}\n{RIGHT}\ndef twice(x):\n    return 2", True, True),
        # The answer was not cut off, or nothing says so.
        (f"{RIGHT}\n\ndef twice(x):\n    return 2", False, False),
        (f"{RIGHT}\n{WRONG.rstrip()}", None, False),
        (f"{WRONG}\n{RIGHT.rstrip()}", None, True),
        (f"```python\n{RIGHT}\n\ndef twice(x):\n    return 2\n```", True, False),
        # The only definition counts, cut off or not.
        (RIGHT.rstrip(), True, True),
        ("def twice(x):\n    return 2", True, False),
    ],
)
def test_what_a_cut_off_tail_redefines_does_not_count(judge_answer, answer, was_cut, passes):
    assert judge_answer(answer, was_cut=was_cut) is passes


STUB = (
    "from typing import List\n\n\ndef twice(x: int) -> int:\n"
    '    """ Double the number.\n    >>> twice(2)\n    4\n    """\n'
)
BODY = "    return 2 * x\n"

CONTINUATIONS = {
    "plain": BODY,
    "blank line first": f"\n{BODY}",
    "call": f"{BODY}\n\ntwice(input())\n",
    "comment": f"{BODY}# Test\n    return 3\n",
    "def": f"{BODY}\n\n{WRONG}",
    "class": f"{BODY}class A:\n    pass\n",
    "guard": f"{BODY}\nif __name__ == '__main__':\n    main()\n",
    "print": f"{BODY}print(twice(",
    "import": f"{BODY}\nimport no_such_package\n",
    "prose": f"{BODY}\nThe function doubles the number.",
    "fence": f"{BODY}```\n\nIt doubles.",
    "fence and another answer": f"{BODY}```\n\nOr:\n\n```python\n{WRONG}```",
    "lesser indentation": f"{BODY}  and so on",
    "string at the margin": '    s = """\ndef f():\n# no\n"""\n    return 2 * x\n\nfoo(',
    "bracket at the margin": "    s = [\n1,\n2,\n]\n    return 2 * x\n\nfoo bar",
    "nested function": "    def h(y):\n        return 2 * y\n    return h(x)\n\n\nx = h(2)",
    "import in the body": f"    import math\n{BODY}",
    "docstring again": f'    """Doubles."""\n{BODY}',
    "thoughts": f"<think>\n    return x\n</think>\n{BODY}",
    "carriage returns": "    return 2 * x\r\n\r\nprint(1\r\n",
    # Other indentation, as a whole.
    "tab": "\treturn 2 * x\n",
    "tabs": "\tif x:\n\t\treturn 2 * x\n\treturn 0\n\ndef f():\n\tpass\n",
    "two spaces": "  if x:\n    return 2 * x\n  return 0\n\nprint(1)\n",
    "two spaces, deeper first": "  if not x:\n      return 0\n  return 2 * x\n",
    "two spaces, flat": "  y = 2\n  return y * x\n",
    "name as a variable": "    twice = 2\n    return twice * x\n",
    "name as a variable, fenced": "```python\n    twice = 2\n    return twice * x\n```",
    "name as a variable, spaces lost": "twice = 2\n    return twice * x\n",
    "eight spaces": "        return 2 * x\n",
    "none": "y = 2\nreturn y * x\n",
    # The first line has lost a space, or all.
    "one space lost": "   y = 2\n    return y * x\n",
    "one space lost, one line": "   return 2 * x\n",
    "all spaces lost": "y = 2\n    return y * x\n",
    "all spaces lost, block": "if x:\n        return 2 * x\n    return 0\n",
    "all spaces lost, run-on": f"return 2 * x\n\n\n{WRONG}",
    # In a block, or the whole function.
    "fenced": f"```python\n{BODY}```",
    "fenced, spaces lost": "```python\nreturn 2 * x\n```",
    "whole": RIGHT,
    "whole, indented": "    def twice(x):\n        return 2 * x\n",
    "whole, fenced": f"Sure:\n```python\n{RIGHT}```",
    "stub repeated": STUB + BODY,
    "stub shown first": f"The task:\n```python\n{STUB}```\nThe solution:\n```python\n{RIGHT}```",
}


@pytest.mark.parametrize("answer", CONTINUATIONS.values(), ids=CONTINUATIONS)
def test_a_continuation_ends_where_it_leaves_the_body(judge_answer, answer):
    assert judge_answer(answer, stub=STUB)


@pytest.mark.parametrize(
    "answer",
    [
        "    return x\n",
        f"    return x\n\n\n{RIGHT}",
        "",
        "    pass\n",
        "print(twice(2))\n",
        "I cannot.",
        "    return 2 * (x\n",
        "    y = 2\n# so\n    return y * x\n",
        "    y = 2\n      return y * x\n",
        "```python\ndef double(x):\n    return 2 * x\n```",
    ],
)
def test_a_wrong_continuation_is_not_repaired(judge_answer, answer):
    assert not judge_answer(answer, stub=STUB)


def test_a_continuation_of_a_method_may_define_more_methods(judge_answer):
    stub = "class Twice:\n    def of(self, x):\n        '''Double.'''\n"
    body = "        return self.times(x, 2)\n\n    def times(self, x, n):\n        return n * x\n"
    tests = ("assert Twice().of(2) == 4",)
    assert judge_answer(f"{body}\nfoo(", stub=stub, entry_point="Twice", tests=tests)


def test_a_continuation_that_parses_is_appended_unchanged():
    problem = Problem(task_id="a/1", text="", entry_point="twice", tests=(), stub=STUB)
    body = "    s = '\t'\n\n    return 2 * x  # so\n"
    assert extract_code(f"{body}\nprint(1)\n", problem) == f"{STUB}{body}\n"


def test_the_body_of_a_function_that_is_cut_off_is_no_program():
    problem = Problem(task_id="a/1", text="", entry_point="twice", tests=("assert twice(1) == 2",))
    answer = (
        "```python\ndef twice(x):\n    total = 0\n    for i in range(x):\n        total = f(f(f("
    )
    assert extract_code(answer, problem, was_cut=True) == answer
