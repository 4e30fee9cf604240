import io
import os
import pty
import re
import select
import subprocess
import sys
from types import SimpleNamespace

import pytest

import hrm_eval
from hrm_core.chat import Chat
from hrm_core.errors import UsageError
from hrm_core.generation import Finished, FinishReason, Generation
from hrm_eval import asking, cli
from hrm_eval._sandbox.harness import pool
from hrm_eval.flags import ASK_FLAGS
from hrm_eval.sandbox import SandboxError

QUESTION = "Write a function to double a number."
TEST = "assert double(2) == 4"
RIGHT = "def double(x):\n    return 2 * x\n"
ALSO_RIGHT = "def double(x):\n    return x + x\n"
WRONG = "def double(x):\n    return x\n"
BROKEN = "def double(x)\n"


class Author:
    """Gives these answers one after the other, and shows them letter by letter."""

    def __init__(self, *texts, reason=FinishReason.STOP):
        self.texts, self.reason = texts, reason
        self.description = {"name": "author", "stack": "none", "device": "cpu"}
        self.request, self.params = None, None

    def generation(self, text):
        return Generation(text=text, num_tokens=7, finish_reason=self.reason, seconds=0.5)

    def generate(self, requests, params, *, done=()):
        (self.request,), self.params = requests, params
        # The last answer ends first.
        for number in reversed(range(self.request.num_samples)):
            yield Finished(0, number, self.generation(self.texts[number]))


class Typist(Author):
    def stream(self, request, params, show):
        self.request, self.params = request, params
        (text,) = self.texts
        for letter in text:
            show(letter)
        return self.generation(text)


@pytest.fixture
def use(monkeypatch):
    """Make a generator the model, and return the options with which it is opened."""

    def install(generator):
        opened = []

        def open_model(reference, options):
            opened.append((reference, options))
            return generator

        monkeypatch.setattr(asking, "open_model", open_model)
        monkeypatch.setattr(asking, "choose_engine", lambda reference, stack: ("fake", reference))
        return opened

    return install


def call(*arguments):
    return cli.main(["ask", *map(str, arguments)])


def test_an_answer_has_its_program_its_text_and_its_verdict(use):
    text = f"Sure:\n```python\n{RIGHT}```\nAsk me anything."
    opened = use(Author(text))
    reply = hrm_eval.ask(QUESTION, tests=[TEST])
    (answer,) = reply.answers
    assert (answer.program, answer.text, answer.passed) == (RIGHT, text, True)
    assert (answer.num_tokens, answer.finish_reason, answer.seconds) == (7, "stop", 0.5)
    assert reply.program == RIGHT
    assert "assert double(2) == 4" in reply.prompt
    assert repr(reply) == f"<Reply of hrm-nano: passed>\n{RIGHT}"
    assert opened[0][0] == "hrm-nano"


@pytest.mark.parametrize("author", [Author, Typist])
def test_an_answer_has_the_start_that_its_prompt_gives_it(use, author, tmp_path, capsys):
    prompt = tmp_path / "p.jinja"
    prompt.write_text('{% set answer_start = "def double(" %}{{ text }}')
    use(author("x):\n    return 2 * x\n"))
    assert call(QUESTION, "--test", TEST, "--prompt", prompt) == 0
    assert capsys.readouterr().out == RIGHT
    (answer,) = hrm_eval.ask(QUESTION, prompt=str(prompt)).answers
    assert answer.text == RIGHT


def test_without_tests_nothing_is_judged(use, monkeypatch):
    monkeypatch.setattr(asking, "Sandbox", None)
    use(Author(f"```python\n{WRONG}```"))
    reply = hrm_eval.ask(QUESTION)
    assert reply.answers[0].verdict is None
    assert not reply.answers[0].passed
    assert (reply.verdicts, reply.passing) == ([], {})
    assert repr(reply) == f"<Reply of hrm-nano: not judged>\n{WRONG}"


def test_programs_that_pass_are_kept_once_the_most_frequent_first(use):
    answers = [WRONG, RIGHT, ALSO_RIGHT, f"```python\n{ALSO_RIGHT}\n```", BROKEN, WRONG]
    use(Author(*answers))
    reply = hrm_eval.ask(QUESTION, tests=[TEST], samples=6)
    assert list(reply.passing.items()) == [(ALSO_RIGHT, 2), (RIGHT, 1)]
    assert reply.program == ALSO_RIGHT
    assert reply.summary == "3 of 6 answers pass (2 different programs)"
    assert [answer.passed for answer in reply.answers] == [False, True, True, True, False, False]
    assert [answer.text for answer in reply.answers] == answers


def test_a_program_that_is_only_partly_right_does_not_pass(use):
    use(Author(WRONG))
    reply = hrm_eval.ask(QUESTION, tests=["assert double(0) == 0", TEST])
    assert reply.summary == "wrong_answer"
    assert reply.program == WRONG


@pytest.mark.parametrize(
    ("options", "temperature"),
    [({}, 0.0), ({"samples": 3}, 0.8), ({"samples": 3, "temperature": 0.3}, 0.3)],
)
def test_several_answers_are_drawn_at_a_temperature(use, options, temperature):
    author = Author(RIGHT, RIGHT, RIGHT)
    use(author)
    hrm_eval.ask(QUESTION, tests=[TEST], **options)
    assert author.params.temperature == temperature


def test_every_option_of_the_command_is_one_of_the_function(use):
    author = Author(RIGHT)
    opened = use(author)
    options = {
        "top_p": 0.9, "top_k": 5, "max_new_tokens": 33, "seed": 3, "prompt": "docstring",
        "thought_marks": [["<a>", "</a>"]], "device": "cpu", "batch_size": 4, "timeout": 5.0,
        "test_timeout": 2.0, "memory_mb": 512, "workers": 1, "require_isolation": ["two_processes"],
            "endpoint": "chat", "concurrency": 2, "max_total_tokens": 9000,
        "system": "Be short.", "template": True, "template_args": {"enable_thinking": False},
    }  # fmt: skip
    others = {"model": "m", "samples": 1, "temperature": 0.5}
    assert options.keys() | others.keys() == {flag.name for flag in ASK_FLAGS}
    hrm_eval.ask(QUESTION, tests=[TEST], **others, **options)
    assert author.params.model_dump() == {
        "temperature": 0.5, "top_p": 0.9, "top_k": 5, "max_new_tokens": 33
    }  # fmt: skip
    assert author.request.prompt == f'"""\n{QUESTION}\n\n{TEST}\n"""\n'
    assert author.request.stop
    ((reference, engine),) = opened
    assert (reference, engine.device, engine.batch_size) == ("m", "cpu", 4)
    assert engine.chat == Chat(
        template=True, system="Be short.", template_args={"enable_thinking": False}
    )


def test_an_option_that_does_not_exist_is_a_type_error():
    with pytest.raises(TypeError, match=r"no option 'temprature' .*Did you mean 'temperature'\?"):
        hrm_eval.ask(QUESTION, temprature=1.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"samples": 5}, r"--samples: 5 answers are chosen by tests, .*--test 'assert"),
        (
            {"samples": 5, "tests": [TEST], "temperature": 0.0},
            "sampling.temperature: at 0, all 5 answers",
        ),
        ({"prompt": "few-shot"}, "--prompt: 'few-shot' shows solved problems .*instruct"),
        ({"model": "reference"}, "--model: 'reference' knows the solutions of a dataset"),
        ({"max_new_tokens": 0}, r"sampling.max_new_tokens: .*"),
        ({"temperature": "warm"}, "sampling.temperature: expected float, got 'warm'"),
    ],
)
def test_settings_that_make_no_sense_are_refused_before_the_model_is_opened(use, options, message):
    opened = use(Author(RIGHT))
    with pytest.raises(UsageError, match=message):
        hrm_eval.ask(QUESTION, **options)
    assert not opened


def test_a_question_that_leaves_no_room_is_refused(use):
    use(Author("", reason=FinishReason.PROMPT_TOO_LONG))
    with pytest.raises(UsageError, match="leaves no room for an answer"):
        hrm_eval.ask(QUESTION)


def test_a_sandbox_that_cannot_start_is_told_before_the_model_is_opened(use, monkeypatch):
    monkeypatch.setattr(pool, "_make_cgroup", lambda *_: (None, "not permitted"))
    opened = use(Author(RIGHT))
    with pytest.raises(SandboxError, match="does not give 'cgroup'"):
        hrm_eval.ask(QUESTION, tests=[TEST], require_isolation=["cgroup"])
    assert not opened


def test_layers_that_the_programs_are_judged_without_are_told(use, monkeypatch, capsys):
    monkeypatch.setattr(pool, "_make_cgroup", lambda *_: (None, "not permitted"))
    use(Typist(RIGHT))
    assert call(QUESTION, "--test", TEST) == 0
    assert re.search("Isolation without: .*cgroup", capsys.readouterr().err)
    assert call(QUESTION) == 0
    assert capsys.readouterr().err == ""


def test_the_pieces_of_a_single_answer_are_shown(use):
    use(Typist(RIGHT))
    pieces = []
    reply = hrm_eval.ask(QUESTION, tests=[TEST], show=pieces.append)
    assert pieces == list(RIGHT)
    assert reply.answers[0].passed


def test_an_engine_that_cannot_stream_says_so_and_shows_the_whole_answer(use, capsys):
    use(Author(RIGHT))
    pieces = []
    hrm_eval.ask(QUESTION, show=pieces.append)
    assert pieces == [RIGHT]
    assert capsys.readouterr().err == (
        "hrm-nano: its engine shows no answer before it is complete.\n"
    )


@pytest.mark.parametrize(
    ("text", "arguments", "status", "printed", "told"),
    [
        (RIGHT, [], 0, RIGHT, ""),
        (RIGHT.rstrip(), [], 0, RIGHT, ""),
        (RIGHT, ["--test", TEST], 0, RIGHT, "passed\n"),
        (WRONG, ["--test", TEST], 1, WRONG, "wrong_answer\ntest 1 of 1: assert double(2) == 4\n"),
        (BROKEN, ["--test", TEST], 1, BROKEN, "syntax_error\nin the program:\n"),
        ("", [], 0, "", "The answer is empty.\n"),
    ],
    ids=["right", "no newline", "passed", "wrong", "broken", "empty"],
)  # fmt: skip
def test_the_command_prints_the_answer_alone_and_tells_the_verdict_elsewhere(
    use, capsys, text, arguments, status, printed, told
):
    use(Typist(text))
    assert call(QUESTION, *arguments) == status
    captured = capsys.readouterr()
    assert captured.out == printed
    assert captured.err.startswith(told)
    assert told or not captured.err


def test_the_command_says_that_an_answer_was_cut_off(use, capsys):
    use(Typist("def", reason=FinishReason.LENGTH))
    assert call(QUESTION, "--max-new-tokens", 7) == 0
    assert "cut off after 7 tokens: by --max-new-tokens" in capsys.readouterr().err


def test_the_test_of_the_user_is_shown_as_it_is(use, capsys):
    use(Typist(WRONG))
    test = "assert double('a:b:c') == 'a:b:'"
    assert call(QUESTION, "--test", test) == 1
    assert test in capsys.readouterr().err


def test_the_command_prints_several_programs_as_one_python_file(use, capsys):
    use(Author(WRONG, RIGHT, ALSO_RIGHT, ALSO_RIGHT))
    assert call(QUESTION, "--test", TEST, "--samples", 4) == 0
    captured = capsys.readouterr()
    assert captured.out == f"# 2 of 4 answers\n{ALSO_RIGHT}\n# 1 of 4 answers\n{RIGHT}\n"
    assert "3 of 4 answers pass (2 different programs)." in captured.err
    assert "generated 4/4" in captured.err
    compile(captured.out, "answers", "exec")


def test_the_command_shows_a_verdict_if_no_answer_passes(use, capsys):
    use(Author(WRONG, BROKEN, WRONG))
    assert call(QUESTION, "--test", TEST, "--test", "assert double(0) == 0", "--samples", 3) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "0 of 3 answers pass.\nVerdicts: wrong_answer 2, syntax_error 1. " in captured.err
    assert "test 1 of 2: assert double(2) == 4" in captured.err


def test_controls_and_foreign_letters_reach_a_file_as_they_are(use, capsys):
    use(Typist("x = '\x1b[31m é [/bold]'\n"))
    assert call(QUESTION) == 0
    assert capsys.readouterr().out == "x = '\x1b[31m é [/bold]'\n"


def test_letters_that_the_output_cannot_encode_are_escaped(use, monkeypatch):
    use(Typist("x = 'é'\n"))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert call(QUESTION) == 0
    assert raw.getvalue() == b"x = '\\xe9'\n"


def test_a_question_is_read_from_standard_input(use, monkeypatch):
    typist = Typist(RIGHT)
    use(typist)
    stdin = SimpleNamespace(buffer=io.BytesIO(f"\ufeff{QUESTION}\n\nÉ\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert call("-") == 0
    assert typist.request.prompt.startswith(f"{QUESTION}\n\nÉ\n\nAnswer with Python code")


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        ([], b"", "QUESTION: missing. Write: hrm-eval ask 'Write a function to ...'"),
        ([""], b"", "question: it is empty, got ''. Say what the program shall do"),
        (["-"], b"\n", "question: it is empty, got '\\n'"),
        (["-"], b"\xff", "QUESTION: standard input must be UTF-8, but invalid start byte"),
        (["Add.", "--test", "assert"], b"", "test 1 is not Python: line 1"),
        (["Add.", "--test", "f(2) == 4"], b"", "test 1 asserts nothing"),
        (["Add.", "--samples", "4"], b"", "--samples: 4 answers"),
        (["Add.", "--samples", "0"], b"", "sampling.num_samples"),
        (["Add.", "--prompt", "instrct"], b"", "Did you mean 'instruct'?"),
        (["Add.", "--set", "model.hidden_size=32"], b"", "--model: missing. The config describes"),
        (
            ["Add.", "--test", TEST, "--set", "sandbox.executor=ray"],
            b"",
            "sandbox.executor: an answer to a question is judged on this machine, got 'ray'",
        ),
        (["Add.", "--rounds", "4"], b"", "No such option"),
    ],
)
def test_bad_input_has_status_2_a_message_and_no_answer(
    use, capsys, monkeypatch, arguments, stdin, message
):
    opened = use(Author(RIGHT))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
    assert call(*arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
    assert not opened


def test_an_unknown_model_is_told_before_a_sandbox_is_started(monkeypatch, capsys):
    monkeypatch.setattr(asking, "Sandbox", None)
    assert call(QUESTION, "--model", "no-such", "--test", TEST) == 2
    assert "unknown model 'no-such'" in capsys.readouterr().err


def test_the_help_names_the_defaults_of_the_code():
    helps = {flag.option: flag.help for flag in ASK_FLAGS}
    assert helps["--model"].endswith(f"Default: {asking.SHIPPED_MODEL}.")
    assert helps["--temperature"].endswith(f"--samples {asking.SAMPLES_TEMPERATURE}.")


def test_asking_imports_no_torch():
    code = (
        "import sys, hrm_eval\n"
        "assert 'hrm_eval.asking' not in sys.modules\n"
        "hrm_eval.ask\n"
        "assert 'torch' not in sys.modules\n"
        "hrm_eval.ask\n"
        "assert callable(hrm_eval.ask)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


TERMINAL = """
import sys
from hrm_eval import asking, cli
from hrm_core.generation import FinishReason, Generation


class Typist:
    description = {}

    def stream(self, request, params, show):
        for piece in ("def ", "f(x):\\n", "    return '\\x1b[31m'"):
            show(piece)
            sys.stdin.readline()
        return Generation(text="...", num_tokens=3, finish_reason=FinishReason.STOP, seconds=0.0)

    def generate(self, requests, params, *, done=()):
        raise AssertionError


asking.open_model = lambda reference, options: Typist()
asking.choose_engine = lambda reference, stack: ("fake", reference)
sys.exit(cli.main(["ask", "Write a function."]))
"""


def read_until(descriptor, text):
    """Read from a descriptor until this text has come."""
    seen = ""
    while text not in seen:
        ready, _, _ = select.select([descriptor], [], [], 30)
        assert ready, f"nothing came after {seen!r}"
        seen += os.read(descriptor, 1024).decode()
    return seen


@pytest.mark.parametrize("is_terminal", [True, False], ids=["terminal", "pipe"])
def test_each_piece_is_printed_before_the_next_is_written(is_terminal):
    reader, writer = pty.openpty() if is_terminal else os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", TERMINAL], stdin=subprocess.PIPE, stdout=writer
    )
    os.close(writer)
    # The engine waits for a line before it goes on.
    last = "return '\\x1b[31m'" if is_terminal else "return '\x1b[31m'"
    for piece in ("def ", "f(x):", last):
        assert read_until(reader, piece).strip().endswith(piece.strip())
        process.stdin.write(b"\n")
        process.stdin.flush()
    process.stdin.close()
    assert process.wait(timeout=30) == 0
    os.close(reader)
