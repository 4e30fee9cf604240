import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib import metadata

import pytest

from hrm_core import plugins
from hrm_eval import cli
from hrm_eval._sandbox.harness import pool
from hrm_eval.flags import FLAGS

CODE = "def greet_person(name):\n    return f'Hello, {name}!'\n"


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def run_cli(*arguments, **options):
    command = [sys.executable, "-m", "hrm_eval.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from hrm_eval import cli; cli.main(['--help']); "
        "heavy = ('torch', 'numpy', 'transformers', 'datasets', 'yaml', 'pydantic'); "
        "print('HEAVY', [m for m in heavy if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "HEAVY []" in result.stdout
    assert "Generate answers, run the tests" in result.stdout


COMMANDS = {one.name or one.callback.__name__ for one in cli.app.registered_commands}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    assert call(command, "--help") == 0
    printed = capsys.readouterr().out
    if command == "run":
        # The library that prints them takes some brackets for colours.
        assert [flag.option for flag in FLAGS if flag.help not in printed] == []


def test_a_run_on_the_starter_problems_prints_pass_at_1_and_the_folder(tmp_path, capsys):
    out = tmp_path / "run"
    assert call("run", "--model", "reference", "--dataset", "starter", "--out", out) == 0
    printed = capsys.readouterr()
    assert "Pass@1  100.00%" in printed.out
    assert "starter/25" in printed.out
    assert str(out) in printed.out.replace("\n", "")
    assert re.search(r"judged 25/25", printed.err)
    assert json.loads((out / "summary.json").read_text())["num_problems"] == 25


def test_every_flag_reaches_the_config(tmp_path):
    out = tmp_path / "run"
    flags = {
        "--limit": 2, "--task-ids": "1,starter/3,5", "--samples": 2, "--temperature": 0.7,
        "--top-p": 0.9, "--top-k": 11, "--max-new-tokens": 33, "--seed": 4, "--prompt": "docstring",
        "--device": "cpu", "--batch-size": 3, "--timeout": 5, "--memory-mb": 512, "--workers": 1,
        "--split": "test", "--rerank": "prompt-tests", "--k": "1,2",
    }  # fmt: skip
    pairs = [part for pair in flags.items() for part in pair]
    assert call("run", "--model", "reference", "--dataset", "starter", *pairs, "--out", out) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert [row["task_id"] for row in summary["problems"]] == ["starter/1", "starter/3"]
    assert summary["sampling"] == {
        "temperature": 0.7, "top_p": 0.9, "top_k": 11, "max_new_tokens": 33,
        "num_samples": 2, "seed": 4,
    }  # fmt: skip
    text = (out / "config.yaml").read_text()
    for line in (
        "prompt: docstring", "batch_size: 3", "timeout_seconds: 5", "memory_mb: 512",
        "rerank: prompt-tests", "k:\n- 1\n- 2\n",
    ):  # fmt: skip
        assert line in text


def test_flags_win_over_set_and_set_over_the_file(tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text(
        "dataset: {name: starter, limit: 1}\nsampling: {seed: 1, top_k: 1, top_p: 0.5}\n"
    )
    out = tmp_path / "run"
    status = call(
        "run", "--model", "reference", "--config", config, "--set", "sampling.seed=2",
        "--set", "sampling.top_k=2", "--seed", 3, "--out", out,
    )  # fmt: skip
    assert status == 0
    sampling = json.loads((out / "summary.json").read_text())["sampling"]
    assert (sampling["top_p"], sampling["top_k"], sampling["seed"]) == (0.5, 2, 3)


def test_a_folder_without_a_run_is_not_resumed_with_the_default_model(tmp_path, capsys):
    assert cli.main(["run", "--resume", "--out", str(tmp_path / "mistyped")]) == 2
    error = capsys.readouterr().err
    assert "--resume: there is no run in" in error
    assert "repeat the whole command" in error
    assert not (tmp_path / "mistyped").exists()


def test_a_run_is_resumed_from_its_folder_alone(tmp_path, capsys):
    out = tmp_path / "run"
    arguments = ["--model", "reference", "--dataset", "starter", "--out", out]
    assert call("generate", *arguments) == 0
    assert call("run", "--resume", "--out", out, "--set", "sampling.seed=9") == 2
    assert "sampling.seed was 0 in" in capsys.readouterr().err
    assert call("run", "--resume", "--out", out) == 0
    assert "Pass@1  100.00%" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["run", "--model", "reference", "--dataset", "mbp"], 2, "Did you mean 'mbpp'?"),
        (["run", "--model", "no-such"], 2, "unknown model 'no-such'"),
        (["run", "--set", "model.preset=nano"], 2, "--model: missing. The config describes a new"),
        (["run", "--model", "reference", "--dataset", "starter", "--split", "tset"], 2, "'test'?"),
        (["run", "--model", "reference", "--dataset", "starter", "--task-ids", "99"], 2, "'99'"),
        (["run", "--model", "reference", "--set", "model_stack=natve"], 2, "mean 'native'?"),
        (["run", "--model", "reference", "--set", "smpling.seed=1"], 2, "Did you mean 'sampling'?"),
        (["run", "--model", "reference", "--set", "sampling.seed=x"], 2, "expected int, got 'x'"),
        (["run", "--model", "reference", "--set", "sampling.seed"], 2, "expected KEY=VALUE"),
        (["run", "--model", "reference", "--prompt", "fewshot"], 2, "Did you mean 'few-shot'?"),
        (["run", "--model", "reference", "--rerank", "x"], 2, "rerank: expected 'prompt-tests'"),
        (["run", "--model", "reference", "--config", "none.yaml"], 2, "no such config file"),
        (["run", "--model", "reference", "--task-ids", ","], 2, "--task-ids: expected task ids"),
        (["run", "--model", "reference", "--limit", "x"], 2, "Invalid value for '--limit'"),
        (["run", "--resume"], 2, "--resume: expected the folder"),
        (["score", "x", "--dataset", "starter", "--resume"], 2, "--resume: expected the folder"),
        (["run", "--judge-only"], 2, "Name it with --resume --out FOLDER"),
        (["score", "x", "--dataset", "starter", "--judge-only"], 2, "Name it with --resume"),
        (["run", "--judge-only", "--resume", "--out", "none"], 2, "there is no run in none"),
        (["generate", "--judge-only"], 2, "No such option"),
        (["run", "--model", "reference", "--k", "1,x"], 2, "--k: expected numbers"),
        (["run", "--model", "reference", "--k", "5"], 2, "--samples, or choose a smaller k"),
        (["run", "--model", "reference", "--set", "k=5"], 2, "k: expected list, got 5 (int)"),
        (["run", "--model", "reference", "--task-ids", "@none"], 2, "none cannot be read"),
        (["run", "--versoin"], 2, "No such option"),
        (["run", "--modle", "x"], 2, "No such option"),
        (["list", "stcks"], 2, "Did you mean 'stacks'?"),
        (["run", "--model", "x.gguf", "--dataset", "starter"], 2, "unknown model 'x.gguf'"),
        (["run", "--model", "reference", "--source", "none"], 5, "none: no such file"),
        (["score", "none.jsonl", "--dataset", "starter"], 5, "no such completions file"),
        (["score", ".", "--dataset", "starter"], 5, "programs such as HumanEval_0/0.py, got a fo"),
        (["show", ".", "1"], 5, "not the folder of a run"),
    ],
)  # fmt: skip
def test_bad_input_has_a_message_and_its_exit_status(
    tmp_path, monkeypatch, capsys, arguments, status, message
):
    monkeypatch.chdir(tmp_path)
    exit_status = call(*arguments)
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert exit_status == status
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there are no completions"),
        ("nonsense\n", ":1: not JSON"),
        ('{"task_id": "starter/1", "compl', "the last line is cut off"),
        ('{"task_id": "starter/77", "completion": ""}\n', "unknown task id 'starter/77'"),
    ],
)
def test_a_bad_completions_file_has_status_5_and_writes_nothing(tmp_path, capsys, content, message):
    path = tmp_path / "samples.jsonl"
    path.write_text(content)
    assert call("score", path, "--dataset", "starter", "--out", tmp_path / "run") == 5
    assert message in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_files_of_other_harnesses_can_be_scored(tmp_path, capsys):
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": "Starter/1", "solution": CODE}) + "\n")
    assert call("score", path, "--dataset", "starter", "--out", tmp_path / "run") == 0
    printed = capsys.readouterr().out
    assert "Pass@1  100.00%" in printed
    assert "Not counted: 24 problems without" in printed


FENCED = f"Here it is:\n```python\n{CODE}```\n"


@pytest.mark.parametrize(
    ("flags", "status", "note"),
    [
        ([], "passed", "the code of 1 answers was taken out of its fences"),
        (["--extract"], "passed", ""),
        (["--no-extract"], "syntax_error", ""),
    ],
    ids=["default", "extract", "no-extract"],
)
def test_fenced_answers_are_extracted_unless_told_otherwise(tmp_path, capsys, flags, status, note):
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": "Starter_1", "completion": FENCED}) + "\n")
    out = tmp_path / "run"
    arguments = ["score", path, "--dataset", "starter", "--out", out]
    assert call(*arguments, *flags) == 0
    assert note in capsys.readouterr().err
    assert list(json.loads((out / "summary.json").read_text())["status_counts"]) == [status]
    assert call(*arguments, *flags, "--resume") == 0
    other = "--extract" if status == "syntax_error" else "--no-extract"
    assert call(*arguments, other, "--resume") == 2
    assert "--resume: extract was" in capsys.readouterr().err


def test_marks_of_thoughts_and_no_extract_are_a_usage_error(tmp_path, capsys):
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": "Starter_1", "completion": CODE}) + "\n")
    flags = ["--no-extract", "--thought-marks", "[PLAN] [/PLAN]", "--out", tmp_path / "run"]
    assert call("score", path, "--dataset", "starter", *flags) == 2
    assert "Leave out --no-extract" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_folder_of_programs_can_be_scored_and_resumed_until_it_changes(tmp_path, capsys):
    program = tmp_path / "samples" / "Starter_1" / "0.py"
    program.parent.mkdir(parents=True)
    program.write_text(CODE)
    arguments = ["score", tmp_path / "samples", "--dataset", "starter", "--out", tmp_path / "run"]
    assert call(*arguments) == 0
    assert "Pass@1  100.00%" in capsys.readouterr().out
    assert call(*arguments, "--resume") == 0
    arguments[1] = (tmp_path / "samples").rename(tmp_path / "moved")
    assert call(*arguments, "--resume") == 0
    (arguments[1] / "Starter_1" / "0.py").write_text(CODE + "\n")
    assert call(*arguments, "--resume") == 2
    assert "has other answers than those that are scored in" in capsys.readouterr().err


def test_some_tasks_of_a_file_can_be_scored(tmp_path, capsys):
    path = tmp_path / "samples.jsonl"
    path.write_text("".join(json.dumps({"task_id": n, "solution": CODE}) + "\n" for n in (1, 2, 3)))
    arguments = ["score", path, "--dataset", "starter", "--task-ids", "1,3"]
    assert call(*arguments, "--out", tmp_path / "run") == 0
    printed = capsys.readouterr()
    assert "starter/test: 2 problems, 2 samples" in printed.out
    assert f"{path}: 1 answers to other problems are left out." in printed.err


def test_answers_by_position_name_the_flag_that_leaves_problems_out(tmp_path, capsys):
    path = tmp_path / "samples.json"
    path.write_text(json.dumps([[CODE], [CODE]]))
    arguments = ["score", path, "--dataset", "starter", "--out", tmp_path / "run"]
    assert call(*arguments, "--exclude", "3") == 2
    error = capsys.readouterr().err
    assert f"--exclude: {path} has its answers in the order of the dataset" in error
    assert "Leave --exclude out" in error
    assert "--task-ids" not in error


def test_rows_of_a_source_that_are_left_out_are_printed(tmp_path, capsys):
    row = {"text": "Add.", "code": "def add(a, b): return a + b", "test_setup_code": "",
           "test_list": ["assert add(1, 2) == 3"]}  # fmt: skip
    source = tmp_path / "mbpp.jsonl"
    source.write_text("".join(json.dumps(row | {"task_id": n}) + "\n" for n in (2, 11, 12, 601)))
    arguments = ["run", "--model", "reference", "--dataset", "mbpp", "--source", source]
    assert call(*arguments, "--out", tmp_path / "test") == 0
    printed = capsys.readouterr()
    assert "mbpp/test: 2 problems" in printed.out
    assert f"{source}: 2 of 4 rows are left out, because they are not of the split" in printed.err
    assert call(*arguments, "--split", "all", "--out", tmp_path / "all") == 0
    printed = capsys.readouterr()
    assert "mbpp/all: 4 problems" in printed.out
    assert "left out" not in printed.err


def test_an_out_folder_with_another_run_or_a_file_in_its_place_is_refused(tmp_path, capsys):
    out = tmp_path / "run"
    arguments = ["run", "--model", "reference", "--dataset", "starter", "--limit", 1, "--out"]
    assert call(*arguments, out) == 0
    before = {path: path.read_bytes() for path in out.iterdir()}
    assert call(*arguments, out) == 2
    assert "contains the files of another run" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    assert call(*arguments, out / "config.yaml") == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("task_id", ["1_A", "1_a", "code-contests/1_A"])
def test_show_finds_an_id_with_letters(make_run, capsys, task_id):
    path = make_run({"task_id": "code-contests/1_A", "status": "passed"}, finished=False)
    assert call("show", path, task_id) == 0
    assert "code-contests/1_A sample 0: passed" in capsys.readouterr().out


def test_show_prints_no_verdict_on_an_earlier_program(make_run, capsys):
    path = make_run({"task_id": "starter/1", "status": "passed", "message": "All is well."})
    completions = path / "completions.jsonl"
    completions.write_text(completions.read_text().replace("return 1", "return 2"))
    assert call("show", path, "1") == 0
    printed = capsys.readouterr().out
    assert "starter/1 sample 0: not judged yet" in printed
    assert "return 2" in printed
    assert "All is well." not in printed


def test_show_prints_the_prompt_the_program_and_the_verdict(tmp_path, capsys):
    out = tmp_path / "run"
    path = tmp_path / "samples.jsonl"
    rows = [{"task_id": 1, "completion": "def greet_person(n):\n    return '\x1b[31m' + n\n"}]
    path.write_text(json.dumps(rows[0]) + "\n")
    call("score", path, "--dataset", "starter", "--out", out)
    capsys.readouterr()
    assert call("show", out, "1") == 0
    printed = capsys.readouterr().out
    assert "starter/1 sample 0: wrong_answer" in printed
    assert "def greet_person(n)" in printed
    assert "\x1b[31m" not in printed
    assert call("show", out, "starter/2") == 2
    assert "no answer to task 'starter/2'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("datasets", "starter"),
        ("engines", "reference"),
        ("prompts", "few-shot"),
        ("stacks", "model stack"),
        ("models", "shipped model"),
    ],
)
def test_list_shows_what_is_installed(capsys, what, expected):
    assert call("list", what) == 0
    assert expected in capsys.readouterr().out


def test_doctor_tries_the_sandbox_and_lists_its_layers(capsys):
    assert call("doctor") == 0
    printed = capsys.readouterr().out
    assert "sandbox trial: passed" in printed
    assert re.search(r"isolation: two_processes\s+│ on", printed)
    assert re.search(r"isolation: rlimits\s+│ on", printed)


def test_doctor_prints_what_it_finds_as_json(capsys):
    assert call("doctor", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["exit_status"] == 0
    assert found["versions"]["hrm-eval"] == metadata.version("hrm-eval")
    assert found["sandbox"]["trials"] == {
        "passed": "passed", "wrong_answer": "wrong_answer", "exited": "exited"
    }  # fmt: skip
    assert found["sandbox"]["isolation"]["two_processes"] is None
    assert found["sandbox"]["error"] is None
    (starter,) = [one for one in found["plugins"] if one["name"] == "starter"]
    assert (starter["group"], starter["error"]) == ("dataset", None)


def test_doctor_reports_what_is_broken_as_json_with_the_exit_status(monkeypatch, capsys):
    monkeypatch.setattr(pool, "_make_cgroup", lambda *_: (None, "not permitted"))
    broken = metadata.EntryPoint("tiny", "os:sep", "hrm.models")
    monkeypatch.setattr(
        plugins.metadata, "entry_points", lambda group: [broken] if group == "hrm.models" else []
    )
    assert call("doctor", "--json") == 4
    found = json.loads(capsys.readouterr().out)
    assert found["exit_status"] == 4
    assert "config.json" in found["plugins"][0]["error"]
    assert found["sandbox"]["isolation"]["cgroup"] == "not permitted"


@pytest.fixture
def nothing_installed(monkeypatch):
    """Hide the datasets and the shipped models that are installed here."""
    entry_points = plugins.metadata.entry_points
    hidden = ("hrm.datasets", "hrm.models")
    monkeypatch.setattr(
        plugins.metadata,
        "entry_points",
        lambda group: [] if group in hidden else entry_points(group=group),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "shipped model 'hrm-nano' is not installed (installed: none).\n"
         "Install it with: pip install hrm-nano\n"),
        (["--dataset", "starter"], "Install it with: pip install hrm-nano\n"),
        (["--model", "hrm-nano"], "Install it with: pip install hrm-nano\n"),
        (["--model", "reference", "--dataset", "exercises"],
         "dataset 'exercises' is not installed (installed: none).\n"
         "Install it with: pip install hrm-exercises\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["run", "generate"])
def test_a_default_that_is_not_installed_says_what_to_install(
    nothing_installed, tmp_path, capsys, command, arguments, message
):
    assert call(command, *arguments, "--out", tmp_path / "run") == 3
    assert capsys.readouterr().err.endswith(message)
    assert not (tmp_path / "run").exists()


def test_describing_the_shipped_model_says_how_to_install_it(nothing_installed, capsys):
    assert call("describe", "hrm-nano") == 3
    assert "Install it with: pip install hrm-nano" in capsys.readouterr().err


def test_doctor_finds_a_shipped_model_that_is_incomplete(monkeypatch, capsys):
    broken = metadata.EntryPoint("tiny", "os:sep", "hrm.models")
    monkeypatch.setattr(
        plugins.metadata, "entry_points", lambda group: [broken] if group == "hrm.models" else []
    )
    assert call("doctor") == 4
    printed = capsys.readouterr().out
    assert "shipped model tiny" in printed
    assert "config.json" in printed


def test_an_interrupt_has_status_130_and_prints_how_to_continue(
    tmp_path, capsys, use_fakes, make_generator
):
    use_fakes(make_generator(breaks_after=2))
    out = tmp_path / "run"
    assert call("run", "--model", "fake", "--dataset", "toys", "--out", out) == 130
    printed = capsys.readouterr().err
    assert f"--resume --out {out}" in printed
    assert len((out / "completions.jsonl").read_text().splitlines()) == 2


def test_a_terminated_run_leaves_no_program_and_no_folder(tmp_path):
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": 1, "solution": "import time\ntime.sleep(60)\n"}) + "\n")
    command = [sys.executable, "-m", "hrm_eval.cli", "score", str(path), "--dataset", "starter",
               "--out", str(tmp_path / "run")]  # fmt: skip
    folder = tmp_path / "tmp"
    folder.mkdir()
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(folder)})
    deadline = time.monotonic() + 30
    while not (tmp_path / "run" / "completions.jsonl").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1)
    process.terminate()
    assert process.wait(timeout=30) == 143
    assert list(folder.iterdir()) == []


def test_an_interrupt_before_the_first_answer_promises_no_results(
    tmp_path, capsys, use_fakes, make_generator
):
    use_fakes(make_generator(breaks_after=0))
    out = tmp_path / "run"
    assert call("run", "--model", "fake", "--dataset", "toys", "--out", out) == 130
    printed = capsys.readouterr().err
    assert "Interrupted before the first answer." in printed
    assert f"--resume --out {out}" in printed


def test_an_interrupt_says_what_there_is_so_far(tmp_path, capsys, use_fakes, make_generator):
    use_fakes(make_generator())
    out = tmp_path / "run"
    arguments = ["run", "--model", "fake", "--dataset", "toys", "--out", out]
    assert call(*arguments) == 0
    use_fakes(make_generator(breaks_after=3))
    assert call(*arguments, "--resume", "--samples", 2) == 130
    printed = capsys.readouterr().err
    assert "generated 7/8" in printed
    assert f"Interrupted. {out} has 7 answers." in printed
    assert "4 answers judged so far, 4 passed (100.0%)." in printed


def test_more_samples_are_added_and_all_are_judged_again(tmp_path, capsys):
    out = tmp_path / "run"
    ids = tmp_path / "ids.txt"
    ids.write_text("1\nstarter/3\n")
    arguments = ["--dataset", "starter", "--task-ids", f"@{ids}", "--out", out]
    assert call("run", "--model", "reference", *arguments) == 0
    assert call("run", "--resume", "--out", out, "--samples", 3, "--k", "2") == 0
    printed = capsys.readouterr()
    assert "2 problems, 6 samples" in printed.out
    assert "Pass@2  100.00%" in printed.out
    assert "Pass@3" not in printed.out
    assert "judged 2/6" in printed.err
    assert call("run", "--resume", "--out", out, "--timeout", 7) == 2
    assert "Judge all answers again with --judge-only" in capsys.readouterr().err
    assert call("run", "--judge-only", "--resume", "--out", out, "--timeout", 7) == 0
    printed = capsys.readouterr()
    assert "judged 0/6" in printed.err
    assert "loading the model" not in printed.err
    assert (
        "Judged again with sandbox.timeout_seconds 10.0 -> 7.0: the verdicts of 0 of 6 samples"
        in (printed.out)
    )


def test_a_run_says_at_once_what_it_does(tmp_path):
    code = (
        "import sys; from hrm_eval import cli, progress; say = progress._print_line\n"
        "def note(text):\n"
        "    heavy = [m for m in ('torch', 'numpy', 'yaml') if m in sys.modules]\n"
        "    say(f'{text} {heavy}' if text == 'starting' else text)\n"
        "progress._print_line = note; cli.main(sys.argv[1:])"
    )
    arguments = ["run", "--model", "reference", "--dataset", "starter", "--out", tmp_path / "run"]
    command = [sys.executable, "-c", code, *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = result.stderr.splitlines()
    assert lines[:4] == [
        "starting []",
        "loading problems of starter",
        "loading the model reference",
        "generated 0/25, 0 s, reading the prompts",
    ]
    assert "starting the sandbox" in lines
    assert len(lines) <= 8


def test_the_version_is_that_of_the_package(capsys):
    assert call("--version") == 0
    assert capsys.readouterr().out == f"hrm-eval {metadata.version('hrm-eval')}\n"


def complete(*words):
    """Return what a shell proposes for the last of these words, and the heavy modules."""
    code = (
        "import sys; from hrm_eval import cli; cli.main([]); "
        "heavy = ('torch', 'numpy', 'transformers', 'datasets', 'yaml'); "
        "print('HEAVY', [m for m in heavy if m in sys.modules])"
    )
    environment = {
        **os.environ,
        "COMP_WORDS": " ".join(["hrm-eval", *words]),
        "COMP_CWORD": str(len(words)),
        "_HRM_EVAL_COMPLETE": "complete_bash",
    }
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    *proposed, last = result.stdout.splitlines()
    assert last == "HEAVY []"
    return proposed


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        (["gen"], ["generate"]),
        (["run", "--judge"], ["--judge-only"]),
        (["run", "--dataset", "st"], ["starter"]),
        (["score", "x", "--dataset", "st"], ["starter"]),
        (["run", "--model", "ref"], ["reference"]),
        (["run", "--prompt", "few"], ["few-shot"]),
        (["run", "--device", "c"], ["cpu", "cuda"]),
        (["list", "pro"], ["prompts"]),
    ],
)
def test_a_shell_completes_commands_flags_and_names_without_heavy_imports(words, proposed):
    assert complete(*words) == proposed


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("flag", ["--show-completion", "--install-completion"])
def test_completion_is_installed_for_the_shell_that_asks(tmp_path, flag):
    (tmp_path / ".bashrc").write_text("# mine\n")
    script = f"{sys.executable} -c 'from hrm_eval import cli; cli.main([\"{flag}\"])'; true"
    environment = {**os.environ, "HOME": str(tmp_path)}
    result = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    installed = tmp_path / ".bash_completions" / "hrm-eval.sh"
    if flag == "--show-completion":
        assert "complete -o default -F _hrm_eval_completion hrm-eval" in result.stdout
        assert [path.name for path in tmp_path.iterdir()] == [".bashrc"]
        assert (tmp_path / ".bashrc").read_text() == "# mine\n"
    else:
        assert str(installed) in result.stdout
        assert "_HRM_EVAL_COMPLETE=complete_bash" in installed.read_text()
        assert (tmp_path / ".bashrc").read_text() == f"# mine\n\nsource '{installed}'\n"


def test_the_command_exits_with_its_status(tmp_path):
    result = run_cli("run", "--model", "no-such", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith("hrm-eval: unknown model 'no-such'")


def test_a_missing_required_layer_is_status_1(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(pool, "_make_cgroup", lambda *_: (None, "not permitted"))
    out = tmp_path / "run"
    words = ("--model", "reference", "--dataset", "starter", "--limit", "1", "--out", out)
    assert call("run", *words, "--require-isolation", "two_processes,cgroup") == 1
    message = capsys.readouterr().err
    assert "--require-isolation: this machine does not give 'cgroup': not permitted." in message
    assert call("run", "--resume", *words, "--require-isolation", "two_processes") == 0
    assert re.search(r"Isolation without: .*cgroup", capsys.readouterr().out)
