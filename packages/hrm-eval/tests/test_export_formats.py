import pandas
import pyarrow
import pytest
from pyarrow import parquet

from hrm_core.errors import UsageError
from hrm_eval import cli
from hrm_eval.exports import table
from hrm_eval.exports.formats import FORMATS, export_run
from hrm_eval.exports.table import COLUMNS, sample_rows
from hrm_eval.runs import load_run

HOSTILE = '=cmd()\r\nx = "\x00\x1b[2J,\ud800"\n\n</script>\U0001f600'


@pytest.fixture
def run(make_run):
    return load_run(
        make_run(
            {"task_id": "starter/1", "sample": 0, "status": "passed", "completion": HOSTILE},
            {"task_id": "starter/1", "sample": 1, "status": "timeout"},
            {"task_id": "starter/2", "sample": 0, "status": "wrong_answer", "message": "a,b"},
            {"task_id": "starter/2", "sample": 1, "status": "syntax_error", "tests": []},
        )
    )


@pytest.fixture
def unfinished(make_run):
    return load_run(
        make_run(
            {"task_id": "starter/1", "status": "passed"},
            {"task_id": "starter/2", "status": None},
            name="unfinished",
            finished=False,
        )
    )


def test_pandas_reads_the_same_table_from_csv_and_parquet(run):
    rows = sample_rows(run)
    tables = [
        pandas.read_csv(export_run(run, "csv")[0], keep_default_na=False, na_values={"chosen": ""}),
        pandas.read_parquet(export_run(run, "parquet")[0]),
    ]
    for found in tables:
        assert list(found) == list(COLUMNS)
        assert found.groupby("task_id")["passed"].mean().mean() == run.pass_at_k[1] == 0.25
        assert found["chosen"].isna().all()
        for name in ("program", "message", "status", "num_tests_begun", "execution_seconds"):
            assert found[name].tolist() == [row[name] for row in rows]


def test_parquet_has_the_same_types_for_every_run(run, unfinished):
    schemas = [parquet.read_schema(export_run(one, "parquet")[0]) for one in (run, unfinished)]
    assert schemas[0] == schemas[1]
    assert schemas[0].field("passed").type == pyarrow.bool_()


def test_a_run_that_is_not_finished_exports_what_there_is(unfinished):
    path, notes = export_run(unfinished, "csv")
    assert pandas.read_csv(path)["status"].isna().tolist() == [False, True]
    assert notes == [
        "This run is not finished: 2 answers are there, and 1 are judged. Exported: all answers "
        f"so far. Continue with: hrm-eval run --resume --out {unfinished.folder.path}"
    ]
    _, notes = export_run(unfinished, "lm-eval")
    assert "Exported: the 1 problems all of whose answers so far are judged." in notes[0]


@pytest.mark.parametrize("name", ["model-index", "eval-results"])
def test_a_result_for_the_public_needs_a_finished_run(unfinished, name):
    with pytest.raises(UsageError, match=r"needs a finished run\. .* Continue with: hrm-eval run"):
        export_run(unfinished, name)
    assert not list(unfinished.folder.path.rglob("*.yaml"))[1:]


def test_results_need_an_answer_that_is_judged(make_run):
    run = load_run(make_run({"task_id": "starter/1", "status": None}, finished=False))
    with pytest.raises(UsageError, match=r"lm-eval needs results\. .* and 0 are judged"):
        export_run(run, "lm-eval")


@pytest.mark.parametrize("name", ["model-index", "lm-eval", "csv"])
def test_the_result_of_rerank_is_not_exported_as_pass_at_1(make_run, reranking, name):
    answers = [
        {"task_id": f"starter/{n}", "sample": n % 2, "status": status}
        for n, status in ((1, "wrong_answer"), (2, "wrong_answer"))
    ]
    run = load_run(make_run(*answers, reranking=reranking))
    assert run.summary["rerank"]["value"] == 0.5
    path, notes = export_run(run, name)
    assert "The result of --rerank is not Pass@1" in notes[0]
    files = [path] if path.is_file() else sorted(path.rglob("*.json*"))
    assert files
    assert not any("0.5\n" in file.read_text() for file in files)


def test_a_format_that_does_not_exist_is_an_error_with_the_nearest_name(run):
    with pytest.raises(UsageError, match=r"unknown format 'parquette' .*Did you mean 'parquet'\?"):
        export_run(run, "parquette")


@pytest.mark.parametrize("name", ["csv", "parquet", "model-index"])
def test_a_place_that_cannot_be_written_is_an_error(run, tmp_path, name):
    with pytest.raises(UsageError, match=r"--out: .* cannot be written: No such file"):
        export_run(run, name, tmp_path / "missing" / "file")


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_an_export_that_fails_leaves_the_old_file(run, monkeypatch, name):
    path, _ = export_run(run, name)
    old, names = path.read_bytes(), sorted(path.parent.iterdir())
    row = {**sample_rows(run)[0], "no such column": 1, "sample": "text"}
    monkeypatch.setattr(table, "sample_rows", lambda run: [row])
    with pytest.raises((ValueError, pyarrow.ArrowException)):
        export_run(run, name)
    assert path.read_bytes() == old
    assert sorted(path.parent.iterdir()) == names


def test_the_command_lists_the_formats(capsys):
    assert cli.main(["list", "formats"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in FORMATS)


def test_the_command_writes_the_file_and_says_where(run, tmp_path, capsys):
    out = tmp_path / "table.csv"
    command = ["export", str(run.folder.path), "--format", "csv", "--out", str(out)]
    assert cli.main(command) == 0
    assert capsys.readouterr().out == f"Export: {out}\n"
    assert len(pandas.read_csv(out)) == 4


def test_a_library_that_is_not_installed_is_named(run, monkeypatch, capsys):
    from hrm_core import plugins

    monkeypatch.setattr(plugins, "find_spec", lambda name: None)
    assert cli.main(["export", str(run.folder.path), "--format", "inspect"]) == 3
    error = capsys.readouterr().err
    assert "--format inspect needs 'inspect_ai', which is not installed" in error
    assert "pip install 'inspect-ai'" in error
