"""`hrm_eval.evaluate`, `score`, `load_run` and `compare`, as people call them from Python."""

import inspect
import json
from pathlib import Path

import pytest
from rich.console import Console

import hrm_eval
from hrm_core.errors import ConfigError, DataError, HrmError, UsageError
from hrm_datasets import load_problems
from hrm_eval import cli
from hrm_eval.exports.table import COLUMNS, sample_rows
from hrm_eval.flags import FLAGS, SCORE_FLAGS

WRONG = "def f():\n    pass\n"


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """A run in which one of two answers passes."""
    answers = {"starter/1": [WRONG, load_problems("starter").find(1).reference]}
    out = tmp_path_factory.mktemp("runs") / "half"
    return hrm_eval.score(answers, "starter", out=out, workers=1)


def test_evaluate_returns_the_run_that_the_command_writes():
    run = hrm_eval.evaluate("reference", "starter", limit=2, workers=1)
    assert run.pass_at_k == {1: 1.0}
    assert run.failures() == []
    assert run.folder.path.parent == Path("runs")
    flags = ["--model=reference", "--dataset=starter", "--limit=2", "--workers=1", "--out=b"]
    assert cli.main(["run", *flags]) == 0
    again = hrm_eval.load_run("b")
    assert again.config == run.config
    assert [s.completion for s in again.samples] == [s.completion for s in run.samples]


def test_evaluate_takes_the_settings_of_flags_of_a_file_and_of_a_mapping(use_fakes, make_generator):
    use_fakes(generator := make_generator())
    Path("config.yaml").write_text("sampling: {num_samples: 2, temperature: 0.5}\n")
    run = hrm_eval.evaluate("any", "toys", config="config.yaml", samples=3, timeout=5.0, workers=1)
    assert len(run.samples) == 12
    assert generator.params.temperature == 0.5
    assert run.config["sandbox"]["timeout_seconds"] == 5.0
    config = {"sampling": {"top_k": 7}, "sandbox": {"workers": 1}}
    run = hrm_eval.evaluate("any", "toys", config=config, source=Path("x"))
    assert generator.params.top_k == 7
    assert run.config["dataset"]["source"] == "x"


def test_evaluate_goes_on_with_a_run(use_fakes, make_generator):
    use_fakes(make_generator())
    first = hrm_eval.evaluate("any", "toys", out="a", temperature=0.5, limit=1, workers=1)
    more = hrm_eval.evaluate(out="a", resume=True, samples=2)
    assert (len(first.samples), len(more.samples)) == (1, 2)
    assert more.config["sampling"]["temperature"] == 0.5


def test_evaluate_takes_a_generator(use_fakes, make_generator):
    use_fakes(make_generator("nobody asks this one"))
    run = hrm_eval.evaluate(make_generator(), "toys", workers=1)
    assert (run.model, run.pass_at_k) == ("fake", {1: 1.0})
    assert run.summary["model"] == "fake"


def test_an_interrupt_says_where_the_run_is_and_how_to_go_on(use_fakes, make_generator):
    use_fakes(make_generator(breaks_after=1))
    with pytest.raises(KeyboardInterrupt) as caught:
        hrm_eval.evaluate("any", "toys", out="cut")
    assert caught.value.__notes__ == [
        "What there is: hrm_eval.load_run('cut'). "
        "Go on with: hrm_eval.evaluate(out='cut', resume=True)"
    ]
    assert len(hrm_eval.load_run("cut").samples) == 1


def test_without_progress_nothing_is_printed(capfd):
    run = hrm_eval.evaluate("reference", "starter", limit=1, workers=1, progress=False)
    run.report()
    assert capfd.readouterr() == ("", "")
    hrm_eval.evaluate(out=run.folder.path, resume=True, workers=1)
    assert "judged 1/1" in capfd.readouterr().err


def test_score_of_a_file_equals_that_of_its_content(half):
    records = [
        {"task_id": sample.completion.task_id, "solution": sample.completion.completion}
        for sample in half.samples
    ]
    Path("samples.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    for completions, name in (("samples.jsonl", "samples.jsonl"), (records, "completions")):
        run = hrm_eval.score(completions, "starter", k=[2], workers=1)
        assert run.model == name
        assert run.pass_at_k == {1: 0.5, 2: 1.0}
        assert [s.completion for s in run.samples] == [s.completion for s in half.samples]


def test_score_is_resumed_with_the_same_answers_only(half):
    answers = {"starter/1": [sample.completion.completion for sample in half.samples]}
    out = half.folder.path
    again = hrm_eval.score(answers, "starter", out=out, resume=True, workers=1)
    assert [s.verdict for s in again.samples] == [s.verdict for s in half.samples]
    with pytest.raises(UsageError, match="has other answers than those that are scored"):
        hrm_eval.score({"starter/1": [WRONG]}, "starter", out=out, resume=True)


def test_a_run_as_a_table_of_pandas_has_a_row_for_each_answer(half):
    frame = half.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["passed"].tolist() == [False, True]
    assert frame.groupby("task_id")["passed"].mean().to_dict() == {"starter/1": 0.5}
    assert frame["program"].tolist() == [row["program"] for row in sample_rows(half)]
    assert frame["num_tokens"].isna().all()
    assert frame.dtypes["num_tokens"].name == "Int64"


def test_a_run_shows_itself_in_a_line_a_table_and_a_notebook(half):
    assert repr(half).startswith("<Run of completions on starter/test: Pass@1 50.00% (95 %")
    assert repr(half).endswith("1 problems, 2 answers>")
    console = Console(width=100)
    with console.capture() as captured:
        console.print(half)
    assert "Pass@2" in captured.get()
    assert "<td style='text-align: left'>missing_entry_point 1, passed 1</td>" in half._repr_html_()


def test_a_run_that_is_not_finished_shows_how_far_it_is(make_run):
    answers = [{"task_id": f"starter/{n}", "status": s} for n, s in ((1, "passed"), (2, None))]
    run = hrm_eval.load_run(make_run(*answers, finished=False))
    assert "Pass@1 100.00%" in repr(run)
    assert repr(run).endswith("2 problems, 2 answers, 1 judged, not finished>")
    empty = hrm_eval.load_run(
        make_run({"task_id": "starter/1", "status": None}, finished=False, name="empty")
    )
    assert "nothing judged yet" in repr(empty)


def test_markup_in_the_name_of_a_model_is_shown_as_text(make_run):
    answer = {"task_id": "starter/1", "status": "passed"}
    run = hrm_eval.load_run(make_run(answer, model_reference="<script>[red]\x1b"))
    assert "&lt;script&gt;[red]\\x1b" in run._repr_html_()
    console = Console(width=100)
    with console.capture() as captured:
        console.print(run)
    assert "<script>[red]\\x1b" in captured.get()


def test_a_report_is_written_into_the_folder_or_elsewhere(half):
    assert half.report() == half.folder.path / "report.html"
    assert half.report("page.html").read_text() == half.folder.report.read_text()


def test_compare_takes_runs_and_folders_and_shows_what_the_command_prints(write_run, capsys):
    old = write_run("old", {"toys/1": [True], "toys/2": [True]}, summary={})
    new = write_run("new", {"toys/1": [True], "toys/2": [False]}, summary={})
    comparison = hrm_eval.compare(hrm_eval.load_run(old), new)
    assert comparison.pairs[0].difference == -0.5
    assert cli.main(["compare", str(old), str(new)]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[0] == repr(comparison).splitlines()[0] == "toys/test: 2 problems"
    assert "B - A: -50.0 points" in repr(comparison)


@pytest.mark.parametrize(
    ("function", "flags", "also"),
    [
        (hrm_eval.evaluate, FLAGS, {"config", "out", "resume", "progress"}),
        (hrm_eval.score, SCORE_FLAGS, {"completions", "extract", "out", "resume", "progress"}),
    ],
)
def test_every_flag_is_an_option_in_the_signature(function, flags, also):
    assert set(inspect.signature(function).parameters) == {flag.name for flag in flags} | also


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: hrm_eval.evaluate("nope", "starter"), UsageError, "unknown model 'nope'"),
        (lambda: hrm_eval.evaluate("reference", "startr"), HrmError, "Did you mean 'starter'?"),
        (
            lambda: hrm_eval.evaluate("reference", "starter", limt=1),
            TypeError,
            "evaluate() has no option 'limt'",
        ),
        (
            lambda: hrm_eval.evaluate("reference", "starter", limit="1"),
            ConfigError,
            "dataset.limit: expected int, got '1'",
        ),
        (lambda: hrm_eval.evaluate(7), TypeError, "a Checkpoint or a Generator, got int. Wrap a"),
        (lambda: hrm_eval.evaluate(resume=True), UsageError, "--resume: expected the folder"),
        (
            lambda: hrm_eval.score({}, "starter", resume=True),
            UsageError,
            "--resume: expected the folder",
        ),
        (lambda: hrm_eval.score(7, "starter"), TypeError, "expected a path, a mapping of task ids"),
        (lambda: hrm_eval.score(b"x", "starter"), TypeError, "got bytes"),
        (lambda: hrm_eval.score("no.jsonl", "starter"), DataError, "no.jsonl: no such completions"),
        (lambda: hrm_eval.score([], "starter"), DataError, "there are no completions"),
        (lambda: hrm_eval.score({"1": 3}, "starter"), DataError, "1: expected text, got 3"),
        (
            lambda: hrm_eval.score([{"task_id": 99, "solution": ""}], "starter"),
            DataError,
            "completions[0]: unknown task id '99' in starter/test",
        ),
        (lambda: hrm_eval.score({}, "starter", samples=3), TypeError, "has no option 'samples'"),
        (lambda: hrm_eval.load_run("nope"), DataError, "nope: not the folder of a run"),
        (lambda: hrm_eval.compare("nope"), UsageError, "expected at least 2 runs"),
        (lambda: hrm_eval.compare("a", 3), TypeError, "expected runs or their folders, got 3"),
    ],
)
def test_wrong_arguments_are_named(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_the_folder_of_another_run_is_refused_and_kept(half):
    before = half.folder.completions.read_bytes()
    with pytest.raises(UsageError, match="contains the files of another run"):
        hrm_eval.evaluate("reference", "starter", out=half.folder.path)
    with pytest.raises(UsageError, match="contains the files of another run"):
        hrm_eval.score({1: WRONG}, "starter", out=half.folder.path)
    assert half.folder.completions.read_bytes() == before


@pytest.mark.parametrize("option", [{"device": "cpu"}, {"batch_size": 4}])
def test_options_that_do_not_fit_a_model_in_memory_are_refused(make_generator, option):
    with pytest.raises(UsageError, match=f"{min(option)}: "):
        hrm_eval.evaluate(make_generator(), "starter", **option)


@pytest.mark.parametrize("option", [{"system": "Be brief."}, {"prompt": "evalplus-chat"}])
def test_a_generator_takes_no_settings_of_a_chat(use_fakes, make_generator, option):
    use_fakes(make_generator())
    with pytest.raises(UsageError, match="prompt: a generator wraps its prompts itself"):
        hrm_eval.evaluate(make_generator(), "toys", **option)


def test_a_generator_takes_styles_that_fit_the_way_it_was_made(use_fakes, make_generator):
    use_fakes(make_generator())
    bare, chat = make_generator(), make_generator()
    chat.is_chat = True
    assert len(hrm_eval.evaluate(bare, "toys", prompt="paper", out="bare").samples) == 4
    with pytest.raises(UsageError, match=r"needs bare prompts.*made for a chat.*template=False"):
        hrm_eval.evaluate(chat, "toys", prompt="paper")
    assert len(hrm_eval.evaluate(chat, "toys", template=True, out="chat").samples) == 4
    with pytest.raises(UsageError, match=r"needs a chat.*made for bare prompts.*template=True"):
        hrm_eval.evaluate(bare, "toys", template=True)


def test_a_model_in_memory_takes_no_settings_of_a_server(use_fakes, make_generator):
    use_fakes(make_generator())
    with pytest.raises(UsageError, match="server: only a model openai:NAME@URL has these settings"):
        hrm_eval.evaluate(make_generator(), "toys", concurrency=3)
