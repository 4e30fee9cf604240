import json
from contextlib import nullcontext

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import DataError, UsageError
from hrm_eval import evaluation, isolation, judging_again
from hrm_eval.console import print_interrupted
from hrm_eval.judgements import read_judgements
from hrm_eval.run_config import DatasetConfig, RunConfig, SandboxConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Status, Verdict


class StubbornJudges:
    """Gives every program the same verdict, and can be interrupted after some of them."""

    layers = {"cgroup": True}

    def __init__(self, status, breaks_after=None):
        self.status, self.breaks_after = status, breaks_after
        self.judged = []

    def judge_all(self, jobs):
        for key, _, _ in jobs:
            if len(self.judged) == self.breaks_after:
                raise KeyboardInterrupt
            self.judged.append(key)
            verdict = Verdict(
                status=self.status, seconds=0.1, cpu_seconds=0.1, peak_memory_bytes=0,
                tests=(self.status,), message="",
            )  # fmt: skip
            yield key, verdict


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "run")


@pytest.fixture
def judge_with(monkeypatch, use_fakes, make_generator, folder):
    """Evaluate the toy problems with these judges."""
    use_fakes(make_generator())

    def judge(judges, *, timeout=3.0, again=True, **values):
        monkeypatch.setattr(evaluation, "open_judges_for", lambda *_: nullcontext(judges))
        sandbox = {"timeout_seconds": timeout}
        settings = {"model_reference": "fake", "dataset": {"name": "toys"}, "sandbox": sandbox}
        config = from_mapping(RunConfig, settings | values)
        resume = folder.has_completions()
        return evaluation.run_evaluation(config, folder, resume=resume, judge_again=again)

    return judge


@pytest.fixture
def finished(judge_with, folder):
    """A run whose programs all took too long."""
    judge_with(StubbornJudges(Status.TIMEOUT), again=False)
    return {path: path.read_bytes() for path in folder.path.iterdir()}


def statuses(folder):
    return {judgement.verdict.status for judgement in read_judgements(folder.verdicts)}


def test_all_answers_are_judged_again_and_the_summary_says_so(finished, judge_with, folder):
    judges = StubbornJudges(Status.PASSED)
    summary = judge_with(judges, timeout=9.0)
    assert len(judges.judged) == 4
    assert summary.pass_at_k == {"1": 1.0}
    expected = {
        "settings": {"sandbox.timeout_seconds": [3.0, 9.0]},
        "num_answers": 4, "num_changed": 4, "num_passed_before": 0, "num_passed": 4,
    }  # fmt: skip
    assert json.loads(folder.summary.read_text())["judged_again"] == expected
    assert statuses(folder) == {Status.PASSED}
    assert folder.stored_config()["sandbox"]["timeout_seconds"] == 9.0
    assert not folder.draft.path.exists()
    # The note stays when the run is resumed.
    again = judge_with(StubbornJudges(Status.TIMEOUT), timeout=9.0, again=False)
    assert again.judged_again.num_changed == 4
    assert again.pass_at_k == {"1": 1.0}


def test_the_layers_are_those_that_all_verdicts_had(judge_with, folder):
    weak, strong = StubbornJudges(Status.PASSED, breaks_after=3), StubbornJudges(Status.PASSED)
    weak.layers = {"cgroup": False}
    with pytest.raises(KeyboardInterrupt):
        judge_with(weak, again=False)
    required = {"sandbox": {"timeout_seconds": 3.0, "require_isolation": ["cgroup"]}}
    with pytest.raises(UsageError, match=r"verdicts in .* without cgroup"):
        judge_with(strong, again=False, **required)
    assert strong.judged == []
    judge_with(strong, again=False)
    assert len(strong.judged) == 1
    assert json.loads(folder.summary.read_text())["sandbox"]["cgroup"] is False
    summary = judge_with(StubbornJudges(Status.PASSED))
    assert summary.sandbox["cgroup"] is True


def test_the_layers_stay_if_nothing_is_left_to_judge(finished, judge_with, folder):
    weak = StubbornJudges(Status.PASSED)
    weak.layers = {"cgroup": False}
    assert judge_with(weak, again=False).sandbox["cgroup"] is True
    # Older versions have them in the summary only.
    folder.isolation.unlink()
    assert judge_with(weak, again=False).sandbox["cgroup"] is True


def test_the_same_limits_can_judge_again(finished, judge_with):
    summary = judge_with(StubbornJudges(Status.TIMEOUT))
    assert (summary.judged_again.settings, summary.judged_again.num_changed) == ({}, 0)


def test_nothing_changes_until_all_new_verdicts_are_there(finished, judge_with, folder):
    with pytest.raises(KeyboardInterrupt):
        judge_with(StubbornJudges(Status.PASSED, breaks_after=3), timeout=9.0)
    assert {path: path.read_bytes() for path in folder.path.iterdir() if path.is_file()} == finished
    # The run itself goes on with its old limits, and the other verdicts wait.
    old = StubbornJudges(Status.PASSED)
    assert judge_with(old, again=False).judged_again is None
    assert old.judged == []
    rest = StubbornJudges(Status.PASSED)
    assert judge_with(rest, timeout=9.0).judged_again.num_changed == 4
    assert len(rest.judged) == 1


def test_an_interrupt_says_that_the_old_verdicts_stay(finished, judge_with, folder, capsys):
    with pytest.raises(KeyboardInterrupt):
        judge_with(StubbornJudges(Status.PASSED, breaks_after=3), timeout=9.0)
    print_interrupted(folder)
    printed = capsys.readouterr().err
    assert "4 answers judged so far, 0 passed (0.0%)." in printed
    assert "The old verdicts count until all new ones are there." in printed


def test_verdicts_of_other_limits_are_not_mixed(finished, judge_with):
    with pytest.raises(KeyboardInterrupt):
        judge_with(StubbornJudges(Status.PASSED, breaks_after=3), timeout=9.0)
    judges = StubbornJudges(Status.PASSED)
    judge_with(judges, timeout=8.0)
    assert len(judges.judged) == 4


def test_a_draft_that_goes_on_takes_over_what_changes_no_verdict(finished, judge_with, folder):
    with pytest.raises(KeyboardInterrupt):
        judge_with(StubbornJudges(Status.PASSED, breaks_after=3), timeout=9.0)
    rest = StubbornJudges(Status.PASSED)
    judge_with(rest, timeout=9.0, k=[1])
    assert len(rest.judged) == 1
    assert folder.stored_config()["k"] == [1]


def test_a_draft_that_is_half_deleted_does_not_replace_the_verdicts(
    finished, judge_with, folder, monkeypatch
):
    with pytest.raises(KeyboardInterrupt):
        judge_with(StubbornJudges(Status.PASSED, breaks_after=3), timeout=9.0)

    def delete_half(path, **_):
        if path.exists():
            (path / "config.yaml").unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(judging_again.shutil, "rmtree", delete_half)
        with pytest.raises(KeyboardInterrupt):
            judge_with(StubbornJudges(Status.PASSED), timeout=8.0)
    assert judge_with(StubbornJudges(Status.PASSED), again=False).judged_again is None
    assert statuses(folder) == {Status.TIMEOUT}
    assert judge_with(StubbornJudges(Status.PASSED), timeout=8.0).judged_again.num_changed == 4
    assert {path.name for path in folder.path.iterdir()} == {
        *(path.name for path in finished),
        "judged_again.json",
    }


@pytest.mark.parametrize("step", range(4))
def test_a_replacement_that_is_cut_is_finished_when_the_run_goes_on(
    finished, judge_with, folder, monkeypatch, step
):
    replace, moved = type(folder.path).replace, []

    def cut(source, target):
        if source.parent == folder.draft.path and len(moved) == step:
            raise KeyboardInterrupt
        moved.append(source.name) if source.parent == folder.draft.path else None
        return replace(source, target)

    with monkeypatch.context() as context:
        # The drafts of whole files lie in the same folder.
        for module in (judging_again, isolation):
            context.setattr(module, "write_whole", lambda path, text: path.write_text(text))
        context.setattr(RunFolder, "claim", lambda f, v: f.config.write_text(json.dumps(v)))
        context.setattr(type(folder.path), "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            judge_with(StubbornJudges(Status.PASSED), timeout=9.0)
    timeout = 9.0 if step else 3.0
    judges = StubbornJudges(Status.PASSED)
    summary = judge_with(judges, timeout=timeout, again=False)
    assert judges.judged == []
    assert statuses(folder) == ({Status.PASSED} if step else {Status.TIMEOUT})
    assert (summary.judged_again is not None) == bool(step)
    assert folder.draft.path.exists() == (not step)


def test_a_run_with_missing_answers_is_not_judged_again(finished, judge_with, folder):
    lines = folder.completions.read_text().splitlines(keepends=True)
    folder.completions.write_text("".join(lines[:3]))
    with pytest.raises(
        UsageError, match=r"3 of 4 answers\. Generate the others first with: hrm-eval"
    ):
        judge_with(StubbornJudges(Status.PASSED))
    with pytest.raises(UsageError, match="3 of 8 answers"):
        judge_with(StubbornJudges(Status.PASSED), sampling={"num_samples": 2})
    assert statuses(folder) == {Status.TIMEOUT}


def test_there_must_be_a_run_to_judge_again(judge_with, folder):
    with pytest.raises(DataError, match="not the folder of a run"):
        judge_with(StubbornJudges(Status.PASSED))
    assert not folder.path.exists()


def test_a_run_that_was_never_judged_is_judged_without_a_note(judge_with, folder, use_fakes):
    config = from_mapping(RunConfig, {"model_reference": "fake", "dataset": {"name": "toys"}})
    evaluation.run_evaluation(config, folder, resume=False, judge=False)
    assert judge_with(StubbornJudges(Status.PASSED)).judged_again is None
    assert statuses(folder) == {Status.PASSED}


def test_verdicts_of_the_tests_in_the_prompt_are_replaced_as_well(finished, judge_with, folder):
    folder.prompt_verdicts.write_text("")
    judge_with(StubbornJudges(Status.PASSED), timeout=9.0)
    assert not folder.prompt_verdicts.exists()


def test_a_scored_file_can_be_judged_again(
    monkeypatch, use_fakes, make_generator, folder, tmp_path
):
    use_fakes(make_generator())
    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps({"task_id": "toys/1", "completion": "x = 1"}) + "\n")
    results = []
    for status, timeout, again in ((Status.TIMEOUT, 3.0, False), (Status.PASSED, 9.0, True)):
        judges = StubbornJudges(status)
        monkeypatch.setattr(evaluation, "open_judges_for", lambda *_, j=judges: nullcontext(j))
        config = RunConfig(
            dataset=DatasetConfig(name="toys"), sandbox=SandboxConfig(timeout_seconds=timeout)
        )
        results.append(
            evaluation.run_scoring(path, config, folder, resume=again, judge_again=again)
        )
    assert results[0].pass_at_k == {"1": 0.0}
    assert results[1].pass_at_k == {"1": 1.0}
    assert results[1].judged_again.settings == {"sandbox.timeout_seconds": [3.0, 9.0]}
