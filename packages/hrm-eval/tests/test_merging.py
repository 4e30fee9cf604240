import json
import shutil
from contextlib import nullcontext
from dataclasses import replace

import pytest

from hrm_core.config import from_mapping, read_config, to_yaml
from hrm_core.errors import DataError, UsageError
from hrm_eval import evaluation
from hrm_eval.cli import main
from hrm_eval.completions import read_own
from hrm_eval.isolation import read_layers
from hrm_eval.judgements import read_judgements
from hrm_eval.merging import merge_runs
from hrm_eval.run_config import DatasetConfig, RunConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.runs import load_run
from hrm_eval.sandbox import Status, Verdict

RIGHT, WRONG = (f"def add(a, b):\n    return a + {name}\n" for name in "ba")
TIMES = ("seconds", "finished_at")
TIMES_OF_PROBLEMS = ("generation_seconds", "execution_seconds")


class ReadingJudges:
    """Passes the programs that say `a + b`."""

    layers = {"landlock": True, "cgroup": True}

    def judge_all(self, jobs):
        for key, program, _ in jobs:
            status = Status.PASSED if "a + b" in program else Status.WRONG_ANSWER
            yield key, Verdict(
                status=status, seconds=0.1, cpu_seconds=0.1, peak_memory_bytes=0,
                tests=(status,), message="",
            )  # fmt: skip


@pytest.fixture
def make_run(monkeypatch, use_fakes, make_generator, tmp_path):
    """Return a function that runs a model on a shard of the toy problems, or on all."""
    generator = make_generator(RIGHT, WRONG, RIGHT)
    use_fakes(generator)
    monkeypatch.setattr(evaluation, "open_judges_for", lambda *_: nullcontext(ReadingJudges()))

    def make(name, shard=None, *, judge=True, breaks_after=None, **values):
        folder = RunFolder(tmp_path / name)
        settings = {
            "model_reference": "fake",
            "sampling": {"num_samples": 3, "temperature": 0.5},
            "dataset": {"name": "toys", "shard": shard},
        }
        generator.breaks_after = breaks_after
        config = from_mapping(RunConfig, settings | values)
        with pytest.raises(KeyboardInterrupt) if breaks_after else nullcontext():
            evaluation.run_evaluation(config, folder, resume=folder.has_completions(), judge=judge)
        generator.breaks_after = None
        return folder

    return make


@pytest.fixture
def make_shards(make_run):
    """Return a function that makes the runs of all shards and returns their folders."""

    def make(count, **values):
        return [make_run(f"{n}", f"{n}/{count}", **values).path for n in range(1, count + 1)]

    return make


@pytest.fixture
def merged(tmp_path):
    return RunFolder(tmp_path / "merged")


def without_times(summary):
    kept = {key: value for key, value in summary.items() if key not in TIMES}
    kept["problems"] = [
        {key: value for key, value in problem.items() if key not in TIMES_OF_PROBLEMS}
        for problem in summary["problems"]
    ]
    return kept


def read_summary(folder):
    return json.loads(folder.summary.read_text())


def change(path, **values):
    """Change settings of a run's config; a section is merged."""
    config = read_config(path / "config.yaml")
    for key, value in values.items():
        config[key] = {**config[key], **value} if isinstance(value, dict) else value
    (path / "config.yaml").write_text(to_yaml(config))


def change_summary(path, **values):
    summary = json.loads((path / "summary.json").read_text())
    (path / "summary.json").write_text(json.dumps({**summary, **values}))


def by_key(records):
    return sorted(records, key=lambda record: record.key)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_merged_shards_equal_the_run_made_in_one_piece(make_run, make_shards, merged, count):
    whole = make_run("whole")
    shards = make_shards(count)
    found = merge_runs(shards[::-1], merged)
    assert found.notes == ()
    assert read_summary(merged) == found.summary.to_record()
    assert without_times(read_summary(merged)) == without_times(read_summary(whole))
    assert found.summary.pass_at_k == {"1": pytest.approx(2 / 3), "3": 1.0}
    assert found.summary.seconds == pytest.approx(
        sum(read_summary(RunFolder(path))["seconds"] for path in shards)
    )
    assert by_key(read_own(merged.completions)) == by_key(read_own(whole.completions))
    assert by_key(read_judgements(merged.verdicts)) == by_key(read_judgements(whole.verdicts))
    assert merged.config.read_text() == whole.config.read_text()
    assert merged.model.read_text() == whole.model.read_text()
    assert load_run(merged.path).is_finished


def test_a_merged_run_can_be_resumed_with_more_samples(make_run, make_shards, merged):
    merge_runs(make_shards(2), merged)
    more = make_run("merged", sampling={"num_samples": 4, "temperature": 0.5})
    assert read_summary(more)["num_samples"] == 16


def test_shards_that_are_only_generated_are_judged_after_merging(make_run, make_shards, merged):
    assert merge_runs(make_shards(2, judge=False), merged).summary is None
    assert not merged.verdicts.exists()
    make_run("merged")
    assert read_summary(merged)["num_problems"] == 4


def test_a_missing_shard_is_named(make_shards, merged):
    shards = make_shards(4)
    with pytest.raises(UsageError, match="these shards are missing: 2/4, 4/4"):
        merge_runs(shards[::2], merged)
    assert not merged.path.exists()


def test_a_shard_that_is_given_twice_is_named(make_shards, tmp_path, merged):
    shards = make_shards(2)
    copy = shutil.copytree(shards[1], tmp_path / "copy")
    with pytest.raises(UsageError, match=r"copy: is shard 2/2, and so is .*/2\. Name one of them"):
        merge_runs([*shards, copy], merged)


def test_shards_of_different_numbers_are_refused(make_run, merged):
    runs = [make_run(name, shard).path for name, shard in (("a", "1/2"), ("b", "2/3"))]
    with pytest.raises(UsageError, match=r"b: is shard 2/3, but .*/a is 1/2"):
        merge_runs(runs, merged)


def test_a_run_that_is_no_shard_is_refused(make_run, merged):
    with pytest.raises(UsageError, match=r"whole: expected the run of a shard.*--shard 1/8"):
        merge_runs([make_run("whole").path], merged)


def test_unfinished_shards_say_how_far_they_are(make_run, merged):
    first = make_run("a", "1/2", breaks_after=4)
    second = make_run("b", "2/2")
    second.summary.unlink()
    with pytest.raises(UsageError) as caught:
        merge_runs([first.path, second.path], merged)
    message = str(caught.value)
    assert "a: shard 1/2 is not finished: 4 of 6 answers, 0 judged." in message
    assert "b: shard 2/2 is not finished: 6 of 6 answers, 6 judged." in message
    assert "Continue each of these runs with --resume --out FOLDER" in message
    for name, shard in (("a", "1/2"), ("b", "2/2")):
        make_run(name, shard)
    assert merge_runs([first.path, second.path], merged).summary.num_samples == 12


@pytest.mark.parametrize(
    ("values", "difference"),
    [
        ({"model_reference": "other"}, "model_reference is 'other', but 'fake'"),
        ({"prompt": "docstring"}, "prompt is 'docstring', but 'instruct'"),
        ({"sampling": {"seed": 1}}, "sampling.seed is 1, but 0"),
        ({"sampling": {"num_samples": 2}}, "sampling.num_samples is 2, but 3"),
        ({"sandbox": {"memory_mb": 512}}, "sandbox.memory_mb is 512, but 1024"),
        ({"dataset": {"fingerprint": "abc"}}, "dataset.fingerprint is 'abc', but"),
        ({"engine": {"dtype": "float16"}}, "engine.dtype is 'float16', but 'auto'"),
    ],
)
def test_shards_with_other_settings_are_refused(make_shards, merged, values, difference):
    shards = make_shards(2)
    change(shards[1], **values)
    with pytest.raises(UsageError, match=rf"/2: {difference}.* in .*/1\. Shards of one run"):
        merge_runs(shards, merged)
    assert not merged.path.exists()


def test_shards_of_other_weights_are_refused(make_shards, merged):
    shards = make_shards(2)
    model = json.loads((shards[1] / "model.json").read_text())
    (shards[1] / "model.json").write_text(json.dumps({**model, "weights": "other"}))
    with pytest.raises(UsageError, match=r"/2: model.weights is 'other', but None in .*/1"):
        merge_runs(shards, merged)


def test_what_no_answer_depends_on_may_differ_between_shards(make_shards, merged):
    shards = make_shards(2)
    change(
        shards[1],
        sandbox={"workers": 3, "executor": "ray"},
        dataset={"source": "elsewhere"},
        server={"max_total_tokens": 900, "concurrency": 2},
        k=[2],
        trackers=["trackio"],
        training={"steps": 3},
    )
    for path, url in zip(shards, "ab", strict=True):
        model = json.loads((path / "model.json").read_text())
        (path / "model.json").write_text(json.dumps({**model, "url": url}))
    found = merge_runs(shards, merged)
    assert found.notes == ()
    assert list(found.summary.pass_at_k) == ["1", "3"]


def test_other_versions_and_missing_layers_are_told(make_shards, merged):
    shards = make_shards(2)
    layers = {"landlock": True, "cgroup": False, "num_judged_in_shared_process": 0}
    change_summary(shards[1], versions={"torch": "0"}, sandbox=layers)
    found = merge_runs(shards, merged)
    assert found.summary.sandbox == layers
    assert read_layers(merged) == {"landlock": True, "cgroup": False}
    assert found.summary.versions == read_summary(RunFolder(shards[0]))["versions"]
    assert any("versions.torch is '0', but" in note for note in found.notes)
    assert any("isolation.cgroup is False, but True in" in note for note in found.notes)


def test_a_folder_that_another_command_uses_is_not_written_to(make_shards, merged):
    with merged.locked(), pytest.raises(UsageError, match="another process uses"):
        merge_runs(make_shards(2), merged)
    assert not merged.path.exists() or not list(merged.path.iterdir())


def test_an_answer_to_a_problem_of_another_shard_is_an_error(make_shards, merged):
    shards = make_shards(2)
    path = shards[0] / "completions.jsonl"
    path.write_text(path.read_text().replace("toys/1", "toys/2"))
    with pytest.raises(DataError, match=r"toys/2 does not belong to shard 1/2\."):
        merge_runs(shards, merged)


def test_the_folder_of_another_run_is_not_written_to(make_shards, merged):
    shards = make_shards(2)
    merge_runs(shards, merged)
    before = merged.summary.read_bytes()
    with pytest.raises(UsageError, match="contains the files of another run"):
        merge_runs(shards, merged)
    assert merged.summary.read_bytes() == before


def test_what_a_merge_that_was_cut_has_written_is_no_run(make_shards, merged, monkeypatch):
    def fail(*_, **__):
        raise KeyboardInterrupt

    shards = make_shards(2)
    with monkeypatch.context() as patched:
        patched.setattr("hrm_eval.merging.summarize", fail)
        with pytest.raises(KeyboardInterrupt):
            merge_runs(shards, merged)
    with pytest.raises(UsageError, match=r"run: completions\.jsonl.*Remove them"):
        merge_runs(shards, merged)


def test_a_choice_by_the_tests_in_the_prompt_is_merged_too(
    make_run, make_shards, merged, monkeypatch, use_fakes, make_generator, toys
):
    # The second test is not in the prompt, so programs are judged by the first alone as well.
    stub = 'def add(a, b):\n    """Add.\n\n    >>> add(1, 2)\n    3\n    """\n'
    problems = tuple(replace(p, stub=stub, tests=p.tests.texts[1:]) for p in toys)
    use_fakes(make_generator(WRONG, RIGHT, RIGHT), replace(toys, problems=problems))
    values = {"rerank": "prompt-tests", "prompt": "docstring"}
    whole = make_run("whole", **values)
    found = merge_runs(make_shards(3, **values), merged)
    assert found.summary.rerank.num_examples_shown == 4
    assert without_times(read_summary(merged)) == without_times(read_summary(whole))


def test_shards_of_a_scored_file_equal_the_file_scored_in_one_piece(make_run, merged, tmp_path):
    path = tmp_path / "samples.json"
    path.write_text(json.dumps([[RIGHT, WRONG], [WRONG, WRONG], [RIGHT, RIGHT], [WRONG, RIGHT]]))

    def score(name, shard=None):
        folder = RunFolder(tmp_path / name)
        config = RunConfig(dataset=DatasetConfig(name="toys", shard=shard))
        evaluation.run_scoring(path, config, folder, resume=False)
        return folder

    whole = score("whole")
    merge_runs([score(f"{n}", f"{n}/3").path for n in (1, 2, 3)], merged)
    assert without_times(read_summary(merged)) == without_times(read_summary(whole))
    assert by_key(read_own(merged.completions)) == by_key(read_own(whole.completions))
    assert merged.config.read_text() == whole.config.read_text()


def test_a_file_without_answers_to_a_shard_is_an_error(make_run, tmp_path):
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": "toys/1", "completion": RIGHT}))
    config = RunConfig(dataset=DatasetConfig(name="toys", shard="2/4"))
    with pytest.raises(DataError, match="no answers to the problems of this --shard"):
        evaluation.run_scoring(path, config, RunFolder(tmp_path / "x"), resume=False)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "2", "1/0", "a/b", "1/2/3"])
def test_a_shard_that_does_not_exist_is_a_usage_error(tmp_path, capsys, shard):
    arguments = ["--model", "reference", "--dataset", "starter", "--out", str(tmp_path / "run")]
    assert main(["run", *arguments, "--shard", shard]) == 2
    assert "dataset.shard: expected a shard such as '2/8'" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_the_commands_make_and_merge_shards(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    flags = ["--model", "reference", "--dataset", "starter", "--limit", "5", "--workers", "1"]
    assert main(["run", *flags, "--out", "whole"]) == 0
    for number in (1, 2):
        assert main(["run", *flags, "--shard", f"{number}/2", "--out", str(number)]) == 0
    assert main(["merge", "1", "2", "--out", "merged"]) == 0
    assert "reference on starter/test: 5 problems, 5 samples" in capsys.readouterr().out
    whole, merged = (read_summary(RunFolder(tmp_path / name)) for name in ("whole", "merged"))
    assert without_times(merged) == without_times(whole)
    assert main(["generate", *flags, "--shard", "1/2"]) == 0
    assert next(tmp_path.glob("runs/*-starter-reference-1-of-2/completions.jsonl")).is_file()
