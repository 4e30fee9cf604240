"""`hrm-eval ask` and `hrm_eval.ask` with a model that runs."""

import pytest

import hrm_eval
from hrm_eval import cli
from hrm_eval.completions import read_own

QUESTION = "Write a function to add two numbers."
TEST = "assert add(1, 2) == 3"


def call(*arguments):
    return cli.main(["ask", QUESTION, *map(str, arguments)])


@pytest.fixture
def shipped(tiny_checkpoint, tmp_path, monkeypatch):
    """The name of a model that an installed package ships."""
    info = tmp_path / "toy_model-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-model\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[hrm.models]\ntoy-nano = toy_model:FOLDER\n")
    (tmp_path / "toy_model.py").write_text(f"FOLDER = {str(tiny_checkpoint)!r}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "toy-nano"


@pytest.mark.parametrize("prompt", ["instruct", "docstring"])
def test_a_shipped_model_is_asked_by_its_name(shipped, capsys, prompt):
    pieces = []
    settings = {"max_new_tokens": 24, "temperature": 1.0, "seed": 3, "prompt": prompt}
    reply = hrm_eval.ask(QUESTION, model=shipped, show=pieces.append, **settings)
    (answer,) = reply.answers
    assert answer.text == "".join(pieces)
    assert 5 < len(pieces) <= answer.num_tokens
    assert hrm_eval.ask(QUESTION, model=shipped, **settings).answers[0].text == answer.text
    capsys.readouterr()
    flags = ["--max-new-tokens", 24, "--temperature", 1.0, "--seed", 3, "--prompt", prompt]
    assert call("--model", shipped, *flags) == 0
    captured = capsys.readouterr()
    assert captured.out.removesuffix("\n") == answer.text.removesuffix("\n")
    assert ("cut off after 24 tokens" in captured.err) == (answer.finish_reason == "length")


def test_the_prompt_is_that_of_a_run_with_the_same_problem(tiny_checkpoint, tmp_path):
    source = tmp_path / "problems.jsonl"
    source.write_text(
        '{"task_id": 11, "text": "Write a function to add two numbers.", '
        '"code": "def add(a, b): return a + b", "test_list": ["assert add(1, 2) == 3"], '
        '"test_setup_code": ""}\n'
    )
    short, out = ["--max-new-tokens", "8"], tmp_path / "run"
    command = ["generate", "--model", str(tiny_checkpoint), "--dataset", "mbpp"]
    assert cli.main([*command, "--source", str(source), *short, "--out", str(out)]) == 0
    (completion,) = read_own(out / "completions.jsonl")
    reply = hrm_eval.ask(QUESTION, model=str(tiny_checkpoint), tests=[TEST], max_new_tokens=8)
    assert (reply.prompt, reply.answers[0].text) == (completion.prompt, completion.text)


def test_random_answers_do_not_pass(tiny_checkpoint, capsys):
    flags = ["--samples", 3, "--max-new-tokens", 8, "--test", TEST]
    assert call("--model", tiny_checkpoint, *flags) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "0 of 3 answers pass." in captured.err


def test_a_question_longer_than_the_context_is_refused(tiny_checkpoint, capsys):
    assert cli.main(["ask", "add " * 2000, "--model", str(tiny_checkpoint)]) == 2
    assert "leaves no room for an answer" in capsys.readouterr().err
