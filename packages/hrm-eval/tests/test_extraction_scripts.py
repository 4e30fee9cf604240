import time

import pytest

from hrm_datasets import InputOutput, Problem
from hrm_eval.extraction import extract_code

PROBLEM = Problem(task_id="a/1", text="Print twice the number.", tests=InputOutput([("1", "2")]))
SCRIPT = "n = int(input())\nprint(2 * n)\n"
SOLVE = "def solve():\n    n = int(input())\n    print(2 * n)\n\n\nsolve()\n"
MAIN = (
    "import sys\n\n\ndef main():\n    print(2 * int(sys.stdin.readline()))\n\n\n"
    'if __name__ == "__main__":\n    main()\n'
)


@pytest.mark.parametrize("program", [SCRIPT, SOLVE, MAIN, "print(2 * int(input()))\n"])
@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        "```python\n{}```\n",
        "Sure! Here is the program:\n\n```python\n{}```\n\nIt reads a number and doubles it.\n",
        "python\n{}",
        "For the input\n\n```\n1\n```\n\nit prints 2.\n\n```py\n{}```\n",
        "<think>\n```python\nprint(input())\n```\n</think>\n```python\n{}```",
        "> ```python\n> {}> ```\n",
    ],
)
def test_the_whole_program_is_kept(program, answer):
    text = answer.replace("{}", program.replace("\n", "\n> ").removesuffix("> ")
                          if answer.startswith(">") else program)  # fmt: skip
    assert extract_code(text, PROBLEM) == program


def test_calls_and_prints_are_no_demonstrations():
    program = SOLVE + "\n\n# Example\nprint()\n"
    assert extract_code(f"```python\n{program}```", PROBLEM) == program


def test_a_block_that_reads_no_input_is_passed_over():
    answer = (
        f"Doubling works like this:\n```python\nprint(2 * 21)\n```\nSo:\n```python\n{SCRIPT}```"
    )
    assert extract_code(answer, PROBLEM) == SCRIPT


def test_a_function_and_its_call_may_be_in_two_blocks():
    definition = "def solve():\n    print(2 * int(input()))\n"
    answer = f"```python\n{definition}```\nCall it:\n```python\nsolve()\n```"
    assert extract_code(answer, PROBLEM) == f"{definition}\nsolve()\n"


DOUBLE = "def double(n):\n    return 2 * n\n"
MAIN_OF_DOUBLE = "n = int(input())\nprint(double(n))\n"


def blocks_of(*blocks):
    return "\nThen:\n".join(f"```python\n{block}```" for block in blocks)


@pytest.mark.parametrize(
    ("blocks", "program"),
    [
        # What a program needs is put before it.
        (
            ["import sys\nfrom operator import mul\n", "print(mul(2, int(input())))\n"],
            "from operator import mul\n\nprint(mul(2, int(input())))\n",
        ),
        (
            ["from operator import *\n", "print(mul(2, int(input())))\n"],
            "from operator import *\n\nprint(mul(2, int(input())))\n",
        ),
        (
            ["import sys\n", "print(2 * int(sys.stdin.read()))\n"],
            "import sys\n\nprint(2 * int(sys.stdin.read()))\n",
        ),
        ([DOUBLE, MAIN_OF_DOUBLE], f"{DOUBLE}\n{MAIN_OF_DOUBLE}"),
        ([f"{DOUBLE}print(double(21))\n", MAIN_OF_DOUBLE], f"{DOUBLE}\n{MAIN_OF_DOUBLE}"),
        ([DOUBLE, "print(double(21))\n", MAIN_OF_DOUBLE], f"{DOUBLE}\n{MAIN_OF_DOUBLE}"),
        ([MAIN_OF_DOUBLE, f"{DOUBLE}print(double(21))\n"], f"{DOUBLE}\n{MAIN_OF_DOUBLE}"),
        (
            ["TWO = 2\n", "def double(n):\n    return TWO * n\n", MAIN_OF_DOUBLE],
            f"TWO = 2\n\ndef double(n):\n    return TWO * n\n\n{MAIN_OF_DOUBLE}",
        ),
        (
            [DOUBLE, f"from __future__ import annotations\n{MAIN_OF_DOUBLE}"],
            f"from __future__ import annotations\n{DOUBLE}\n{MAIN_OF_DOUBLE}",
        ),
        # Steps do not replace the whole program, and are joined if there is none.
        (["n = int(input())\n", "print(2 * n)\n", SCRIPT], SCRIPT),
        ([DOUBLE, MAIN_OF_DOUBLE, SCRIPT], SCRIPT),
        (["n = int(input())\n", "print(2 * n)\n"], "n = int(input())\n\nprint(2 * n)\n"),
        (
            ["input()\nn = int(input())\n", "print(2 * n)\n"],
            "input()\nn = int(input())\n\nprint(2 * n)\n",
        ),
        (
            ["n = int(input())\n", "m = 2 * n\n", "print(m)\n"],
            "n = int(input())\n\nm = 2 * n\n\nprint(m)\n",
        ),
        (
            [
                "table = []\nfor _ in range(1):\n    table.append(int(input()))\n",
                f"{DOUBLE}k = double(1)\n",
                "print(k * table[0] + 0 * int(input()))\n",
            ],
            "table = []\nfor _ in range(1):\n    table.append(int(input()))\n\n"
            f"{DOUBLE}k = double(1)\n\nprint(k * table[0] + 0 * int(input()))\n",
        ),
        # Input is read in order, so that no block that reads is left out.
        (
            ["n = int(input())\n", "xs = input().split()\n", "print(*xs)\n"],
            "n = int(input())\n\nxs = input().split()\n\nprint(*xs)\n",
        ),
        (
            ["it = iter(input().split())\n", "n = next(it)\n", "print(*it)\n"],
            "it = iter(input().split())\n\nn = next(it)\n\nprint(*it)\n",
        ),
        # What reads but never prints is better than what does neither.
        (["print(42)\n", "n = int(input())\n"], "print(42)\n\nn = int(input())\n"),
        (["min(1, 2)\n", "n = int(input())\n"], "n = int(input())\n"),
    ],
)
def test_a_program_may_be_spread_over_several_blocks(blocks, program):
    assert extract_code(blocks_of(*blocks), PROBLEM) == program


@pytest.mark.parametrize(
    "demonstration",
    [
        "# example for the input 3\nprint(2 * 3)\n",
        '"""Shows what stdin and open(0) are for."""\nprint(2 * 3)\n',
        'def solve(input):\n    return 2 * int(input)\n\n\nprint(solve("3"))\n',
        'input = "3"\nprint(2 * int(input))\n',
        'print("The input is 3")\n',
        "print(solve(input=3))\n",
        'import io\nimport sys\n\nsys.stdin = io.StringIO("3")\nprint(2 * 3)\n',
        'import subprocess\n\nprint(subprocess.run("a", stdin=None))\n',
        "process.stdin.write(3)\nprint(process)\n",
        "print(file.read(0))\n",
    ],
)
def test_a_block_that_only_mentions_input_is_passed_over(demonstration):
    assert extract_code(blocks_of(demonstration, SCRIPT), PROBLEM) == SCRIPT


@pytest.mark.parametrize(
    "program",
    [
        "print(2 * int(open(0).read()))\n",
        'print(2 * int(open("/dev/stdin").read()))\n',
        "import os\n\nos.write(1, str(2 * int(os.read(0, 9))).encode())\n",
        "import os\n\nprint(2 * int(os.fdopen(0).read()))\n",
        "import sys as s\n\ns.stdout.write(str(2 * int(s.stdin.read())))\n",
        "from sys import stdin, stdout\n\nstdout.write(str(2 * int(stdin.read())))\n",
        "from sys import stdin as lines\n\nprint(2 * int(next(lines)))\n",
        "from sys import *\n\nprint(2 * int(stdin.read()))\n",
        "import sys\n\ninput = sys.stdin.readline\nprint(2 * int(input()))\n",
        "print(2 * int(__import__('sys').stdin.read()))\n",
        "import fileinput\n\nfor line in fileinput.input():\n    print(2 * int(line))\n",
        'for line in iter(input, ""):\n    print(2 * int(line))\n',
        "print(*(2 * n for n in map(int, [input()])))\n",
        "try:\n    input = raw_input\nexcept NameError:\n    pass\nprint(2 * int(input()))\n",
        "def main():\n    global n\n    n = int(input())\n\n\nmain()\nprint(2 * n)\n",
    ],
)
def test_every_way_to_read_and_write_counts(program):
    assert extract_code(blocks_of("print(2 * 3)\n", program), PROBLEM) == program


def test_many_blocks_of_another_kind_do_not_hide_the_program():
    others = "```cpp\nint main() {}\n```\n" * 200 + "```python\nn = int(input()\n```\n" * 50
    assert extract_code(f"{others}```python\n{SCRIPT}```", PROBLEM) == SCRIPT


@pytest.mark.parametrize("language", ["text", "c"])
def test_a_program_in_a_block_of_the_wrong_language_is_found(language):
    answer = f"```\n1\n```\n{blocks_of(DOUBLE)}\n```{language}\n{SCRIPT}```"
    assert extract_code(answer, PROBLEM) == SCRIPT


HOSTILE = {
    "pieces": "```python\nprint(a)\n```\n" * 5000,
    "chain": "".join(f"```python\na{n} = f(a{n - 1})\n```\n" for n in range(5000)),
    "late reading": "".join(f"```python\nprint(a{n})\n```\n" for n in range(5000)) + SCRIPT,
    "large piece": f"```python\n{'a = f(b)' + chr(10)}{'b = f(a, b)' + chr(10) * 2}```\n" * 2000,
    "needed by all": f"```python\n{'a = f(a)' + chr(10)}```\n"
    + "```python\n"
    + "a.append(f(a))\n" * 5000
    + "```\n"
    + "```python\nprint(a, b)\n```\n" * 500
    + "```text\n```\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_takes_bounded_time(name):
    started = time.process_time()
    assert isinstance(extract_code(HOSTILE[name], PROBLEM), str)
    assert time.process_time() - started < 5


def test_the_first_of_several_programs_counts():
    answer = f"```python\n{SCRIPT}```\nOr:\n```python\n{SOLVE}```"
    assert extract_code(answer, PROBLEM) == SCRIPT


def test_a_program_that_needs_no_input_is_found():
    assert extract_code("So:\n```python\nprint(42)\n```", PROBLEM) == "print(42)\n"


def test_code_without_fences_is_found_in_prose():
    answer = f"Here is the program.\n\n{SCRIPT}\nIt doubles the number, as it should.\n"
    assert extract_code(answer, PROBLEM).strip() == SCRIPT.strip()


def test_an_answer_without_a_program_stays_as_it_is():
    assert extract_code("I do not know.", PROBLEM) == "I do not know."


def test_a_program_that_does_not_parse_is_kept_whole():
    broken = "n = int(input())\nprint 2 * n\n"
    assert extract_code(f"So:\n```python\n{broken}```\nDone.", PROBLEM) == broken


def test_the_beginning_of_a_block_without_an_end_counts():
    answer = f"```python\n{SCRIPT}\nThis program reads a number.\n"
    assert extract_code(answer, PROBLEM).strip() == SCRIPT.strip()


def test_marks_of_a_prompt_style_count():
    answer = f"{SCRIPT}[DONE]\nAnother task\n[BEGIN]\n{SOLVE}[DONE]"
    assert extract_code(answer, PROBLEM, marks=("[BEGIN]", "[DONE]")) == SCRIPT


def test_a_definition_that_was_cut_off_does_not_replace_the_whole_one():
    answer = f"```python\n{SOLVE}\n\ndef solve():\n    n = int(inp"
    assert extract_code(answer, PROBLEM, was_cut=True).rstrip() == SOLVE.rstrip()


@pytest.mark.parametrize("program", [SCRIPT, SOLVE, MAIN])
@pytest.mark.parametrize("form", ["{}\n{}", "```python\n{}{}```\n", "The program:\n\n{}\n{}"])
@pytest.mark.parametrize(
    "words", ["Input\n\n3\n\nOutput\n\n6\n", "Explanation\n", "Input: n\n'3'\n"]
)
def test_words_after_the_program_are_dropped(program, form, words):
    assert extract_code(form.format(program, words), PROBLEM).rstrip() == program.rstrip()


def test_a_text_at_the_end_of_a_program_stays():
    program = f'{SCRIPT}"""Prints twice the number."""\n'
    assert extract_code(f"```python\n{program}```", PROBLEM) == program


@pytest.mark.parametrize(
    "program",
    [
        "print(2 * int(input()))\n",
        "print(\n    2 * int(input())\n)\n",
        "__import__('sys').stdout.write(str(2 * int(input())))\n",
        "main = lambda: print(2 * int(input()))\nmain()\n",
    ],
)
def test_a_program_without_fences_may_begin_with_a_call(program):
    answer = f"The program is:\n\n{program}\nIt's short.\n"
    assert extract_code(answer, PROBLEM).strip() == program.strip()


@pytest.mark.parametrize("form", ["<answer>{}</answer>", "<pre><code>{}</code></pre>\n\nDone."])
def test_a_program_that_is_glued_to_a_mark_is_found(form):
    assert extract_code(form.format(SCRIPT.rstrip()), PROBLEM).strip() == SCRIPT.strip()


def test_a_program_in_a_code_span_is_found():
    answer = "Use `input()` to read it, so `print(2*int(input()))`. That's all."
    assert extract_code(answer, PROBLEM) == "print(2*int(input()))"
    assert extract_code(f"{answer}\n\n```python\n{SCRIPT}```", PROBLEM) == SCRIPT


def test_calls_that_are_mentioned_do_not_hide_the_program():
    answer = f"The call\nprint(2 * 3)\nprints six, so:\n\n{SCRIPT}\nIt's short.\n"
    assert extract_code(answer, PROBLEM).strip() == SCRIPT.strip()
