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
