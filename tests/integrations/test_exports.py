"""Exported runs, read back or judged again by the tools that they are for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hrm_eval import cli
from hrm_eval.exports.formats import export_run
from hrm_eval.printable import escape_surrogates
from hrm_eval.runs import load_run

# The libraries of others warn of much that is not ours.
pytestmark = pytest.mark.filterwarnings("default")

STUB = 'def f{n}(x):\n    """Return x + {n}."""\n'
ANSWERS = (
    ("humaneval/0", "    return x + 0\n"),
    ("humaneval/0", "    return x - 1\n"),
    ("humaneval/1", "def f1(x):\n    return x + 1\n"),
    ("humaneval/1", "import math\n\n\ndef f1(x):\n    return math.floor(x) + 1\n"),
    ("humaneval/2", "    return x\n"),
    ("humaneval/2", "    return '\ud800\x00'\n"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with made-up problems in the form of HumanEval(+), and a run on them."""
    folder = tmp_path_factory.mktemp("scored")
    problems = [
        {
            "task_id": f"HumanEval/{n}",
            "prompt": STUB.format(n=n),
            "canonical_solution": f"    return x + {n}\n",
            "test": f"def check(candidate):\n    assert candidate(4) == {4 + n}\n",
            "entry_point": f"f{n}",
        }
        for n in range(3)
    ]
    more = {"contract": "", "base_input": [[4]], "plus_input": [[5]], "atol": 0}
    answers = [{"task_id": task_id, "completion": text} for task_id, text in ANSWERS]
    files = {
        "problems.jsonl": problems,
        "plus.jsonl": [{**problem, **more} for problem in problems],
        "answers.jsonl": answers,
    }
    for name, rows in files.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    flags = ["--dataset", "humaneval", "--source", str(folder / "problems.jsonl")]
    flags += ["--out", str(folder / "run"), "--workers", "1"]
    assert cli.main(["score", str(folder / "answers.jsonl"), *flags]) == 0
    return folder


@pytest.fixture
def run(folder):
    run = load_run(folder / "run")
    assert run.pass_at_k == {1: 0.5, 2: pytest.approx(2 / 3)}
    return run


def test_evalplus_loads_the_programs(run, tmp_path):
    data = pytest.importorskip("evalplus.data", exc_type=ImportError)
    path, _ = export_run(run, "evalplus", tmp_path / "samples.jsonl")
    solutions = [(s["task_id"], s["solution"]) for s in data.load_solutions(str(path))]
    assert solutions == [
        (f"HumanEval/{s.completion.task_id[-1]}", s.completion.completion) for s in run.samples
    ]


def test_evalplus_finds_the_same_pass_at_1(run, folder, tmp_path):
    pytest.importorskip("evalplus.evaluate", exc_type=ImportError)
    path, _ = export_run(run, "evalplus", tmp_path / "samples.jsonl")
    command = [sys.executable, "-m", "evalplus.evaluate", "--dataset", "humaneval"]
    command += ["--samples", str(path), "--base-only", "--parallel", "2"]
    plus = str(folder / "plus.jsonl")
    environment = {**os.environ, "HUMANEVAL_OVERRIDE_PATH": plus, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "pass@1:\t0.500" in done.stdout
    results = json.loads((tmp_path / "samples_eval_results.json").read_text())["eval"]
    passed = [r["base_status"] == "pass" for rows in results.values() for r in rows]
    assert passed == [s.passed for s in run.samples]


def test_lm_eval_finds_the_files_and_prints_the_same_pass_at_1(run, tmp_path):
    utils = pytest.importorskip("lm_eval.utils")
    path, _ = export_run(run, "lm-eval", tmp_path / "logs")
    names = [str(file) for file in path.rglob("*.json*")]
    (results,) = utils.get_results_filenames(names)
    (samples,) = utils.get_sample_results_filenames(names)
    assert utils.get_file_task_name(Path(samples).name) == "humaneval"
    assert utils.get_file_datetime(Path(samples).name) in results
    assert Path(samples).parent.name == utils.sanitize_model_name(run.model)
    record = json.loads(Path(results).read_text())
    table = utils.make_table(record)
    assert "|humaneval|" in table
    assert "|pass_at_1|↑  |0.5000|" in table.replace(" ", "").replace("↑|", "↑  |")


def test_lm_eval_computes_the_same_values_and_hashes(run, tmp_path):
    utils = pytest.importorskip("lm_eval.utils")
    metrics = pytest.importorskip("lm_eval.api.metrics")
    path, _ = export_run(run, "lm-eval", tmp_path / "logs")
    (file,) = path.rglob("samples_*.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    (file,) = path.rglob("results_*.json")
    record = json.loads(file.read_text())
    results = record["results"]["humaneval"]
    values = [line["pass_at_1"] for line in lines]
    assert metrics.mean(values) == results["pass_at_1,extract_code"] == run.pass_at_k[1]
    error = metrics.mean_stderr(values)
    assert results["pass_at_1_stderr,extract_code"] == pytest.approx(error)
    for line in lines:
        text = json.dumps(line["doc"], indent=2, ensure_ascii=False)
        assert line["doc_hash"] == utils.hash_string(text)
        assert line["prompt_hash"] == utils.hash_string(line["arguments"]["gen_args_0"]["arg_0"])
        assert line["target_hash"] == utils.hash_string(line["target"])
    parts = [s["doc_hash"] + s["prompt_hash"] + s["target_hash"] for s in lines]
    assert record["task_hashes"]["humaneval"] == utils.hash_string("".join(parts))


def test_a_result_of_lm_eval_has_no_field_that_lm_eval_does_not_know(run, tmp_path):
    schema = pytest.importorskip("lm_eval.result_schema")
    path, _ = export_run(run, "lm-eval", tmp_path / "logs")
    (file,) = path.rglob("results_*.json")
    assert json.loads(file.read_text()).keys() <= schema.EvalResults.__annotations__.keys()
    (file,) = path.rglob("samples_*.jsonl")
    line = json.loads(file.read_text().splitlines()[0])
    assert line.keys() - set(line["metrics"]) == schema.SampleResult.__annotations__.keys()


def test_inspect_reads_the_same_pass_at_k_and_programs(run):
    log = pytest.importorskip("inspect_ai.log")
    scorer = pytest.importorskip("inspect_ai.scorer")
    path, _ = export_run(run, "inspect")
    read = log.read_eval_log(str(path))
    assert read.status == "success"
    values = {score.reducer: score.metrics["accuracy"].value for score in read.results.scores}
    assert values == {"mean": run.pass_at_k[1], "pass_at_2": pytest.approx(run.pass_at_k[2])}
    found = {(s.id, s.epoch - 1): s.scores["hrm_eval"] for s in read.samples}
    assert len(found) == len(run.samples) == len(ANSWERS)
    for sample in run.samples:
        score = found[sample.completion.key]
        assert (score.value == scorer.CORRECT) == sample.passed
        assert score.answer == escape_surrogates(sample.completion.completion)
        assert score.explanation == sample.verdict.message
        assert score.metadata["status"] == sample.verdict.status


def test_inspect_counts_the_tokens_of_the_prompt_and_of_the_answer(tmp_path):
    log = pytest.importorskip("inspect_ai.log")
    answer = {
        "task_id": "starter/1", "sample": 0, "completion": "x", "text": "x", "prompt": "Add.",
        "num_prompt_tokens": 50, "num_tokens": 7, "finish_reason": "stop", "seconds": 0.5,
    }  # fmt: skip
    (tmp_path / "answers.jsonl").write_text(json.dumps(answer))
    flags = ["--dataset", "starter", "--out", str(tmp_path / "run"), "--workers", "1"]
    assert cli.main(["score", str(tmp_path / "answers.jsonl"), *flags]) == 0
    path, _ = export_run(load_run(tmp_path / "run"), "inspect")
    (sample,) = log.read_eval_log(str(path)).samples
    usage = sample.output.usage
    assert (usage.input_tokens, usage.output_tokens, usage.total_tokens) == (50, 7, 57)


def test_inspect_makes_a_table_of_the_samples(run):
    analysis = pytest.importorskip("inspect_ai.analysis")
    path, _ = export_run(run, "inspect")
    table = analysis.samples_df(str(path))
    assert (table["score_hrm_eval"] == "C").mean() == run.pass_at_k[1]
    (evals,) = analysis.evals_df(str(path)).to_dict("records")
    assert evals["score_headline_value"] == run.pass_at_k[1]
    assert evals["dataset_samples"] == 3


def test_a_run_that_is_not_finished_is_a_log_of_inspect_that_has_only_begun(run, tmp_path):
    log = pytest.importorskip("inspect_ai.log")
    for name in ("config.yaml", "completions.jsonl"):
        (tmp_path / name).write_bytes((run.folder.path / name).read_bytes())
    lines = run.folder.verdicts.read_text().splitlines(keepends=True)
    (tmp_path / "verdicts.jsonl").write_text("".join(lines[:3]))
    path, notes = export_run(load_run(tmp_path), "inspect")
    read = log.read_eval_log(str(path))
    assert (read.status, len(read.samples)) == ("started", 2)
    assert "Exported: the 1 problems" in notes[0]
