"""Twenty problems in the form of CodeContests: right programs pass, wrong ones fail as they should.

Each has a reference solution, and wrong programs with the status and a part of the message that
they should get.
"""

import json
import random
from dataclasses import dataclass

import pytest

from hrm_datasets.code_contests import CODE_CONTESTS
from hrm_eval.sandbox import Limits, Sandbox

_SUMS = [random.Random(n).choices(range(1000), k=50_000) for n in range(2)]
_SLOW_SUM = (
    "n = int(input())\nprint(sum(1 for a in range(n) for b in range(n) if (a * b) % 7 == 3))"
)


@dataclass
class Contest:
    """A problem: its reference, pairs of input and output, and programs that fail."""

    reference: str
    tests: list[tuple[str, str]]
    wrong: dict[str, tuple[str, str]]
    seconds: float | None = 1.0
    megabytes: int = 256
    num_public: int = 1
    language: int = 3


PROBLEMS = {
    "sum of two numbers": Contest(
        "print(sum(map(int, input().split())))",
        [("1 2\n", "3\n"), ("-5 5\n", "0\n")],
        {
            "print(3)": ("wrong_answer", "Token 1 is '3', expected '0'."),
            "print(*map(int, input().split()))": ("wrong_answer", "Token 1 is '1', expected '3'."),
        },
    ),
    "trailing spaces are expected": Contest(
        "print(*range(int(input())))",
        [("3\n", "0 1 2 \n"), ("1\n", "0 \n\n")],
        {"print(*range(1, int(input())))": ("wrong_answer", "Token 1 is '1', expected '0'.")},
    ),
    "trailing spaces are printed": Contest(
        "for i in range(int(input())): print(i, end=' ')",
        [("3\n", "0 1 2\n"), ("1\n", "0")],
        {
            "print(''.join(map(str, range(int(input())))))": (
                "wrong_answer",
                "Token 1 is '012', expected '0'.",
            )
        },
    ),
    "one number a line": Contest(
        "print(*sorted(input().split(), key=int), sep='\\n')",
        [("3 10 2\n", "2\n3\n10\n")],
        {
            "print(*sorted(input().split()), sep='\\n')": (
                "wrong_answer",
                "Token 1 (line 1) is '10', expected '2'.",
            )
        },
    ),
    "mean with six digits": Contest(
        "n, *v = map(int, open(0).read().split())\nprint('%.6f' % (sum(v) / n))",
        [("3\n1 1 2\n", "1.333333333\n"), ("2\n1 2\n", "1.5\n")],
        {
            "n, *v = map(int, open(0).read().split())\nprint(sum(v) // n)": (
                "wrong_answer",
                "Token 1 is '1', expected '1.333333333'.",
            )
        },
    ),
    "square root in full": Contest(
        "print(float(input()) ** 0.5)",
        [("2\n", "1.4142136\n"), ("1e12\n", "1000000\n")],
        {
            "print(round(float(input()) ** 0.5, 3))": (
                "wrong_answer",
                "Token 1 is '1.414', expected '1.4142136'.",
            )
        },
    ),
    "large integers are exact": Contest(
        "print(int(input()) + 1)",
        [("9007199254740992\n", "9007199254740993\n")],
        {"print(int(float(input()) + 1))": ("wrong_answer", "is '9007199254740992', expected")},
    ),
    "yes or no in any case": Contest(
        "print('Yes' if int(input()) % 2 else 'no')",
        [("3\n", "YES\n"), ("4\n", "NO\n")],
        {"print('YES')": ("wrong_answer", "Token 1 is 'YES', expected 'NO'.")},
    ),
    "a filter that may print nothing": Contest(
        "for word in input().split():\n    if word.isdigit(): print(word)",
        [("a 1 b 2\n", "1\n2\n"), ("a b\n", "")],
        {
            "print(*[w for w in input().split() if w.isdigit()] or ['none'])": (
                "wrong_answer",
                "It printed more than expected: token 1 is 'none'",
            )
        },
    ),
    "many lines of output": Contest(
        "n = int(input())\nprint('\\n'.join(map(str, range(n))))",
        [("200000\n", "\n".join(map(str, range(200_000)))), ("1\n", "0\n")],
        {
            "n = int(input())\nprint(*range(n - 1))": (
                "wrong_answer",
                "It printed only 199999 tokens; token 200000 is missing, expected '199999'.",
            ),
            "while True: print('0' * 1000)": ("output_limit", "more than 16 MiB"),
        },
    ),
    "many numbers of input": Contest(
        "import sys\ndata = sys.stdin.buffer.read().split()\nprint(sum(map(int, data[1:])))",
        [(f"{len(v)}\n{' '.join(map(str, v))}\n", f"{sum(v)}\n") for v in _SUMS],
        {
            "n = int(input())\nprint(sum(int(input()) for _ in range(n)))": (
                "exception",
                "ValueError: invalid literal for int()",
            )
        },
    ),
    "test cases until the end of input": Contest(
        "while True:\n    try: print(2 * int(input()))\n    except EOFError: break",
        [("1\n2\n3\n", "2\n4\n6\n"), ("5", "10\n")],
        {"while True: print(2 * int(input()))": ("exception", "EOFError")},
    ),
    "a main function": Contest(
        "import sys\n\ndef main():\n    print(max(map(int, sys.stdin.read().split())))\n    "
        "sys.exit(0)\n\nif __name__ == '__main__':\n    main()",
        [("1 5 3\n", "5\n")],
        {
            "def main():\n    print(max(map(int, input().split())))": (
                "wrong_answer",
                "It printed nothing; token 1 is missing, expected '5'.",
            ),
            "print(max(map(int, input().split())))\nraise SystemExit(2)": (
                "exited",
                "It ended with exit status 2.",
            ),
        },
    ),
    "a deep recursion in a thread": Contest(
        "import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(2**26)\n"
        "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\n"
        "t = threading.Thread(target=lambda: print(depth(int(input()))))\nt.start()\nt.join()",
        [("50000\n", "50000\n")],
        {
            "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\nprint(depth(int(input())))": (
                "exception",
                "RecursionError",
            )
        },
    ),
    "pairs in time": Contest(
        "n = int(input())\nc = [n // 7 + (r < n % 7) for r in range(7)]\n"
        "print(sum(c[a] * c[b] for a in range(7) for b in range(7) if a * b % 7 == 3))",
        [("10\n", "10\n"), ("100000\n", "1224481632\n")],
        {_SLOW_SUM: ("timeout", "the limit is 0.3 s. The problem sets it.")},
        seconds=0.3,
    ),
    "sieve in little memory": Contest(
        "n = int(input())\ns = bytearray([1]) * (n + 1)\ns[:2] = b'\\0\\0'\n"
        "for i in range(2, int(n ** 0.5) + 1):\n    if s[i]: s[i * i::i] = bytes(n // i - i + 1)\n"
        "print(sum(s))",
        [("10\n", "4\n"), ("1000000\n", "78498\n")],
        {
            "n = int(input())\nx = [bytes(1000) for _ in range(100_000)]\nprint(4)": (
                "memory_limit",
                "The problem sets a limit of 32 MiB",
            )
        },
        megabytes=32,
    ),
    "text in other scripts": Contest(
        "print(input()[::-1])",
        [("Größe\n", "eßörG\n"), ("日本\n", "本日\n")],
        {"print(input())": ("wrong_answer", "Token 1 is 'Größe', expected 'eßörG'.")},
    ),
    "no limits": Contest(
        "print(int(input()) ** 2)",
        [("7\n", "49\n")],
        {
            "import time\ntime.sleep(99)": ("timeout", "neither running nor waiting for a CPU"),
            "print(int(input()) ^ 2)": ("wrong_answer", "Token 1 is '5', expected '49'."),
            "print(int(input()) ** 2": ("syntax_error", "SyntaxError"),
        },
        seconds=None,
        megabytes=0,
    ),
    "hidden tests only": Contest(
        "a, b = map(int, input().split())\nprint(a // b)",
        [("7 2\n", "3\n"), ("-7 2\n", "-4\n")],
        {
            "a, b = map(int, input().split())\nprint(int(a / b))": (
                "wrong_answer",
                "test 2 of 2, with the input:\n-7 2\nToken 1 is '-3', expected '-4'.",
            )
        },
        num_public=0,
    ),
    "solutions in other languages only": Contest(
        "#include <iostream>", [("1\n", "1\n")], {"print(2)": ("wrong_answer", "")}, language=2
    ),
}


def to_row(number, name, contest):
    tests = [{"input": list(i), "output": list(o)} for i, o in _columns(contest)]
    limit = contest.seconds
    whole = int(limit or 0)
    return {
        "name": f"{number}_A. {name}",
        "description": f"Solve: {name}.",
        "source": 2,
        "public_tests": tests[0],
        "private_tests": tests[1],
        "generated_tests": {"input": [], "output": []},
        "solutions": {
            "language": [2, contest.language],
            "solution": ["int main() {}", contest.reference],
        },
        "time_limit": limit and {"seconds": whole, "nanos": round((limit - whole) * 1e9)},
        "memory_limit_bytes": contest.megabytes * 2**20,
        "input_file": "",
        "output_file": "",
    }


def _columns(contest):
    public, private = contest.tests[: contest.num_public], contest.tests[contest.num_public :]
    return [tuple(zip(*part, strict=True)) or ((), ()) for part in (public, private)]


@pytest.fixture(scope="module")
def problems(tmp_path_factory):
    path = tmp_path_factory.mktemp("contests") / "test.jsonl"
    rows = [to_row(n, *item) for n, item in enumerate(PROBLEMS.items(), start=1)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    loaded = CODE_CONTESTS.load(source=path)
    return dict(zip(PROBLEMS, loaded, strict=True))


@pytest.fixture(scope="module")
def verdicts(problems):
    """The verdicts on all programs, by problem and program."""
    limits = Limits(timeout_seconds=1.0, test_timeout_seconds=0.5)
    with Sandbox(limits, workers=2) as sandbox:
        return dict(
            sandbox.judge_all(
                ((name, program), program, problems[name])
                for name, contest in PROBLEMS.items()
                for program in (contest.reference, *contest.wrong)
            )
        )


def test_the_file_has_twenty_problems(problems):
    assert len(problems) == 20


@pytest.mark.parametrize("name", [name for name in PROBLEMS if PROBLEMS[name].language == 3])
def test_the_reference_passes(problems, verdicts, name):
    verdict = verdicts[name, problems[name].reference]
    assert verdict.passed, verdict.message
    assert len(verdict.tests) == len(PROBLEMS[name].tests)


def test_a_solution_in_another_language_is_no_reference(problems):
    assert problems["solutions in other languages only"].reference == ""


@pytest.mark.parametrize(
    ("name", "program"), [(name, program) for name in PROBLEMS for program in PROBLEMS[name].wrong]
)
def test_a_wrong_program_fails_for_the_right_reason(verdicts, name, program):
    status, message = PROBLEMS[name].wrong[program]
    verdict = verdicts[name, program]
    assert verdict.status == status, verdict.message
    assert message in verdict.message
