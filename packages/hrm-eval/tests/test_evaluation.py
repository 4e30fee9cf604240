import json
import re
from dataclasses import replace

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, DataError, UnknownPluginError, UsageError
from hrm_core.generation import FinishReason
from hrm_eval import evaluation, generation
from hrm_eval.completions import read_own
from hrm_eval.judgements import read_judgements
from hrm_eval.records import RecordWriter
from hrm_eval.run_config import DatasetConfig, RunConfig
from hrm_eval.run_folder import RunFolder


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "run")


def config(**values):
    return from_mapping(
        RunConfig, {"model_reference": "fake", "dataset": {"name": "toys"}, **values}
    )


def evaluate(folder, *, resume=False, **values):
    return evaluation.run_evaluation(config(**values), folder, resume=resume)


def test_a_run_writes_every_file_and_reports_the_score(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    summary = evaluate(folder)
    assert summary.pass_at_k == {"1": 1.0}
    assert json.loads(folder.summary.read_text()) == summary.to_record()
    assert len(read_own(folder.completions)) == len(read_judgements(folder.verdicts)) == 4
    assert folder.stored_config()["dataset"]["fingerprint"] == summary.dataset["fingerprint"]
    assert folder.stored_config()["sampling"]["max_new_tokens"] == 512


def test_a_summary_has_the_keys_of_the_contract(use_fakes, make_generator, folder):
    use_fakes(make_generator("def add(a, b):\n    return 3\n"))
    summary = evaluate(folder, sampling={"num_samples": 2, "temperature": 0.5})
    assert summary.pass_at_k == {"1": 0.0, "2": 0.0}
    assert set(summary.ci95) == {"1", "2"}
    assert (summary.num_problems, summary.num_samples) == (4, 8)
    assert summary.status_counts == {"wrong_answer": 8}
    assert (summary.model, summary.stack, summary.device) == ("fake", "none", "cpu")
    assert summary.dataset["name"] == "toys"
    assert summary.sampling["temperature"] == 0.5
    assert summary.sandbox["two_processes"] is True
    assert summary.sandbox["num_judged_in_shared_process"] == 0
    assert "hrm-eval" in summary.versions
    assert summary.seconds > 0
    first = summary.problems[0]
    assert first.task_id == "toys/1"
    assert (first.num_passed, first.num_samples) == (0, 2)
    assert first.generation_seconds == 1.0
    assert first.execution_seconds > 0


def test_each_request_has_its_prompt_and_its_own_seed(use_fakes, make_generator, folder):
    generator = make_generator()
    use_fakes(generator)
    evaluate(folder, sampling={"num_samples": 3, "seed": 5, "top_k": 7})
    assert len({request.seed for request in generator.requests}) == 4
    assert all(request.num_samples == 3 for request in generator.requests)
    assert generator.requests[0].task_id == "toys/1"
    assert "assert add(1, 2) == 3" in generator.requests[0].prompt
    assert generator.params.top_k == 7


def test_few_shot_shows_the_second_to_fourth_problem_of_the_prompt_split(
    use_fakes, make_generator, folder
):
    generator = make_generator()
    use_fakes(generator)
    evaluate(folder, prompt="few-shot")
    assert re.findall(r"Example \d", generator.requests[0].prompt) == [
        "Example 6",
        "Example 7",
        "Example 8",
    ]
    assert generator.requests[0].prompt.count("[DONE]") == 3
    assert generator.requests[0].stop == ("\n[DONE]",)


def test_few_shot_is_refused_where_it_shows_solutions_of_the_problems(
    use_fakes, make_generator, folder, monkeypatch, toys
):
    use_fakes(make_generator())
    monkeypatch.setattr(generation, "load_problems", lambda *args, **options: toys)
    with pytest.raises(UsageError, match=r"--prompt few-shot: shows the solutions of toys/1, "):
        evaluate(folder, prompt="few-shot")
    assert not folder.completions.exists()


@pytest.mark.parametrize(
    ("count", "solution", "message"), [(2, "x = 1", "has 2"), (4, "", "has 0")]
)
def test_few_shot_needs_three_solved_examples(
    use_fakes, make_generator, folder, monkeypatch, toys, count, solution, message
):
    use_fakes(make_generator())
    examples = tuple(replace(one, reference=solution) for one in toys.problems[:count])
    pool = replace(toys, problems=examples)
    monkeypatch.setattr(generation, "load_problems", lambda *args, **options: pool)
    with pytest.raises(UsageError, match=f"needs 3 solved examples, .* of toys {message}"):
        evaluate(folder, prompt="few-shot")


def test_a_source_without_examples_is_an_error_with_both_cures(
    use_fakes, make_generator, folder, monkeypatch
):
    def refuse(*args, **options):
        raise DataError("test.jsonl: no rows of the split.")

    use_fakes(make_generator())
    monkeypatch.setattr(generation, "load_problems", refuse)
    with pytest.raises(DataError, match=r"--prompt few-shot: .* test.jsonl: .* --prompt paper"):
        evaluate(folder, prompt="few-shot")


def test_a_run_is_not_resumed_with_other_examples_in_its_prompts(
    use_fakes, make_generator, folder, monkeypatch, toys
):
    use_fakes(make_generator())
    evaluate(folder, prompt="few-shot")
    example = replace(toys.problems[0], task_id="toys/9", text="Add.")
    others = replace(toys, problems=(example,) * 4)
    monkeypatch.setattr(generation, "load_problems", lambda *args, **options: others)
    sampling = {"num_samples": 2, "temperature": 0.5}
    with pytest.raises(UsageError, match="prompt_sha256"):
        evaluate(folder, prompt="few-shot", sampling=sampling, resume=True)
    evaluate(RunFolder(folder.path / "another"), prompt="few-shot")


@pytest.mark.parametrize("breaks_after", range(5))
def test_an_interrupted_run_continues_where_it_stopped(
    use_fakes, make_generator, folder, breaks_after
):
    generator = make_generator(breaks_after=breaks_after)
    use_fakes(generator)
    if breaks_after < 4:
        with pytest.raises(KeyboardInterrupt):
            evaluate(folder)
    assert len(read_own(folder.completions)) == (breaks_after if breaks_after < 4 else 0)
    generator.breaks_after = None
    summary = evaluate(folder, resume=True)
    assert summary.num_samples == 4
    assert [c.task_id for c in read_own(folder.completions)] == [f"toys/{n}" for n in range(1, 5)]


def test_a_finished_run_is_resumed_without_opening_the_model(use_fakes, make_generator, folder):
    opened = use_fakes(make_generator())
    first = evaluate(folder)
    again = evaluate(folder, resume=True)
    assert len(opened) == 1
    assert again.problems == first.problems
    assert len(read_judgements(folder.verdicts)) == 4


def test_a_run_that_failed_to_start_can_be_repeated(use_fakes, make_generator, folder):
    generator = make_generator()
    use_fakes(generator)

    def refuse(requests, params, *, done=()):
        raise UsageError("toys/1: the prompt has 99 tokens")

    answer, generator.generate = generator.generate, refuse
    with pytest.raises(UsageError, match="99 tokens"):
        evaluate(folder)
    generator.generate = answer
    assert evaluate(folder).num_samples == 4


def test_a_program_whose_verdict_was_lost_is_judged_again(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    evaluate(folder)
    lines = folder.verdicts.read_text().splitlines(keepends=True)
    folder.verdicts.write_text("".join(lines[:2]) + lines[2][:20])
    assert evaluate(folder, resume=True).num_samples == 4
    assert len(read_judgements(folder.verdicts)) == 4


def test_a_verdict_is_dropped_when_its_program_changes(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    evaluate(folder)
    text = folder.completions.read_text()
    folder.completions.write_text(text.replace("return a + b", "return 0", 1))
    summary = evaluate(folder, resume=True)
    assert summary.status_counts == {"passed": 3, "wrong_answer": 1}
    assert len(read_judgements(folder.verdicts)) == 4


def test_answers_of_another_run_in_the_folder_are_an_error(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    evaluate(folder)
    text = folder.completions.read_text()
    folder.completions.write_text(text.replace("toys/4", "toys/44"))
    with pytest.raises(DataError, match="sample 0 of toys/44 does not belong to this run"):
        evaluate(folder, resume=True)


def test_a_run_with_more_samples_keeps_its_answers_and_adds_the_others(
    use_fakes, make_generator, folder
):
    right, wrong = (f"def add(a, b):\n    return a + {name}\n" for name in "ba")
    generator = make_generator(right, wrong, wrong)
    opened = use_fakes(generator)
    assert evaluate(folder, sampling={"num_samples": 1}).pass_at_k == {"1": 1.0}
    first = folder.completions.read_text()
    more = {"sampling": {"num_samples": 3}}
    generator.breaks_after = 5
    with pytest.raises(KeyboardInterrupt):
        evaluate(folder, resume=True, **more)
    # The results of one sample are not those of this run any more.
    assert not folder.summary.exists()
    generator.breaks_after = None
    summary = evaluate(folder, resume=True, **more)
    assert len(opened) == 3
    assert summary.pass_at_k == {"1": pytest.approx(1 / 3), "3": 1.0}
    assert folder.completions.read_text().startswith(first)
    assert sorted(c.key for c in read_own(folder.completions)) == [
        (f"toys/{task}", sample) for task in range(1, 5) for sample in range(3)
    ]
    assert folder.stored_config()["sampling"]["num_samples"] == 3


def test_fewer_samples_than_there_are_is_refused_and_changes_nothing(
    use_fakes, make_generator, folder
):
    use_fakes(make_generator())
    evaluate(folder, sampling={"num_samples": 3})
    before = {path: path.read_bytes() for path in folder.path.iterdir()}
    with pytest.raises(
        UsageError, match=r"has 3 answers to a problem already, got 2\. Use --sampl"
    ):
        evaluate(folder, resume=True, sampling={"num_samples": 2})
    assert {path: path.read_bytes() for path in folder.path.iterdir()} == before


def test_more_answers_at_temperature_0_are_refused_also_when_a_run_goes_on(
    use_fakes, make_generator, folder, monkeypatch
):
    use_fakes(make_generator())
    monkeypatch.setattr(generation, "choose_engine", lambda reference, stack: ("local", ""))
    evaluate(folder)
    with pytest.raises(UsageError, match=r"sampling\.temperature: at 0, all 3 answers"):
        evaluate(folder, resume=True, sampling={"num_samples": 3})
    assert evaluate(folder, resume=True).pass_at_k == {"1": 1.0}


def test_the_k_of_pass_at_k_can_be_chosen_also_afterwards(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    samples = {"num_samples": 4}
    assert list(evaluate(folder, sampling=samples, k=[2, 3]).pass_at_k) == ["1", "2", "3"]
    assert list(evaluate(folder, resume=True, sampling=samples, k=[1]).pass_at_k) == ["1"]
    assert list(evaluate(folder, resume=True, sampling=samples).pass_at_k) == ["1", "4"]


def test_a_k_above_the_number_of_answers_is_refused_before_the_model_is_opened(
    use_fakes, make_generator, folder, samples
):
    opened = use_fakes(make_generator())
    with pytest.raises(
        UsageError, match=r"--k: .* to a problem, 4, got 5\. Draw more with --sampl"
    ):
        evaluate(folder, sampling={"num_samples": 4}, k=[1, 5])
    with pytest.raises(UsageError, match=r"2, got 3\. .* has no more for toys/1"):
        score(samples, folder, k=[3])
    assert opened == []
    assert not folder.path.exists()


@pytest.mark.parametrize("ks", [[], [0], [1, -2]])
def test_a_k_below_1_is_a_config_error(ks):
    with pytest.raises(ConfigError, match="k: expected numbers of at least 1"):
        config(k=ks)


@pytest.mark.parametrize(
    ("is_chat", "settings", "is_told"),
    [
        (False, {}, True),
        (True, {}, False),
        (False, {"template": False}, False),
        (False, {"prompt": "few-shot"}, False),
    ],
)
def test_a_base_model_without_stop_strings_is_told(
    use_fakes, make_generator, folder, capsys, is_chat, settings, is_told
):
    generator = make_generator()
    generator.is_chat = is_chat
    use_fakes(generator)
    values = {"model_reference": "fake", "dataset": {"name": "toys"}, **settings}
    config = from_mapping(RunConfig, values)
    evaluation.run_evaluation(config, folder, resume=False, judge=False)
    assert ("fake has no chat template" in capsys.readouterr().err) == is_told


def test_a_run_is_not_resumed_with_another_model(use_fakes, make_generator, folder):
    generator = make_generator(breaks_after=2)
    use_fakes(generator)
    with pytest.raises(KeyboardInterrupt):
        evaluate(folder)
    generator.breaks_after = None
    generator.description["weights"] = "other"
    with pytest.raises(UsageError, match="the model's weights was None, got 'other'"):
        evaluate(folder, resume=True)
    del generator.description["weights"]
    assert evaluate(folder, resume=True).num_samples == 4


@pytest.mark.parametrize("resume", [False, True], ids=["new", "resumed"])
def test_a_folder_that_another_process_uses_is_refused(use_fakes, make_generator, folder, resume):
    generator = make_generator(breaks_after=2)
    use_fakes(generator)
    if resume:
        with pytest.raises(KeyboardInterrupt):
            evaluate(folder)
    generator.breaks_after = None
    answer, refused = generator.generate, []

    def answer_after_another(requests, params, *, done=()):
        for another in ({"resume": True}, {"resume": False}):
            with pytest.raises(UsageError, match=r"another process uses .*choose another"):
                evaluate(folder, **another)
            refused.append(another)
        return answer(requests, params, done=done)

    generator.generate = answer_after_another
    assert evaluate(folder, resume=resume).num_samples == 4
    assert len(refused) == 2
    generator.generate = answer
    with folder.locked():
        with pytest.raises(UsageError, match="another process uses"):
            evaluation.run_evaluation(config(), folder, resume=True, judge_again=True)
        source = folder.path.parent / "answers.jsonl"
        source.write_bytes(folder.completions.read_bytes())
        with pytest.raises(UsageError, match="another process uses"):
            score(source, folder)


def test_a_process_that_may_not_write_answers_leaves_the_config_alone(
    use_fakes, make_generator, folder
):
    generator = make_generator()
    use_fakes(generator)
    folder.path.mkdir()
    with (
        RecordWriter(folder.completions),
        pytest.raises(UsageError, match="another process is writing this file"),
    ):
        evaluate(folder)
    assert {path.name for path in folder.path.iterdir()} == {".lock", "completions.jsonl"}


def test_a_resumed_run_judges_what_was_only_generated(use_fakes, make_generator, folder):
    opened = use_fakes(make_generator())
    assert evaluation.run_evaluation(config(), folder, resume=False, judge=False) is None
    assert not folder.verdicts.exists()
    assert evaluate(folder, resume=True).num_samples == 4
    assert len(opened) == 1


def test_the_stored_config_has_the_limits_of_the_verdicts(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    evaluation.run_evaluation(config(), folder, resume=False, judge=False)
    evaluate(folder, resume=True, sandbox={"timeout_seconds": 5.0})
    assert folder.stored_config()["sandbox"]["timeout_seconds"] == 5.0


def test_the_full_answer_is_kept_next_to_the_program(use_fakes, make_generator, folder):
    answer = "Sure:\n```python\ndef add(a, b):\n    return a + b\n```\n"
    use_fakes(make_generator(answer))
    evaluate(folder)
    completion = read_own(folder.completions)[0]
    assert completion.text == answer
    assert completion.completion == "def add(a, b):\n    return a + b\n"


@pytest.mark.parametrize(
    ("finish_reason", "num_passed"), [(FinishReason.STOP, 0), (FinishReason.LENGTH, 4)]
)
def test_a_copy_that_is_cut_off_by_the_length_does_not_count(
    use_fakes, make_generator, folder, finish_reason, num_passed
):
    generator = make_generator("def add(a, b):\n    return a + b\n\ndef add(a, b):\n    return a")
    generator.finish_reason = finish_reason
    use_fakes(generator)
    assert evaluate(folder).pass_at_k == {"1": num_passed / 4}


@pytest.mark.parametrize(("prompt", "num_passed"), [("few-shot", 4), ("docstring", 0)])
def test_only_the_style_of_a_mark_is_cut_by_it(
    use_fakes, make_generator, folder, prompt, num_passed
):
    right, wrong = (f"def add(a, b):\n    return a + {name}\n" for name in "ba")
    use_fakes(make_generator(f"{right}[DONE]\n{wrong}[DONE]\n"))
    assert evaluate(folder, prompt=prompt).pass_at_k == {"1": num_passed / 4}


def test_marks_of_thoughts_belong_to_the_run(use_fakes, make_generator, folder):
    right, wrong = (f"def add(a, b):\n    return a + {name}\n" for name in "ba")
    use_fakes(make_generator(f"[PLAN]\n{wrong}[/PLAN]\n{right}"))
    marks = [["[PLAN]", "[/PLAN]"]]
    assert evaluate(folder, thought_marks=marks).pass_at_k == {"1": 1.0}
    assert folder.stored_config()["thought_marks"] == marks
    with pytest.raises(UsageError, match="--resume: thought_marks was"):
        evaluate(folder, resume=True)


@pytest.mark.parametrize("described", [{"model_stack": "native"}, {"model": {"preset": "nano"}}])
def test_a_run_does_not_replace_the_new_model_of_a_config(
    use_fakes, make_generator, folder, described
):
    use_fakes(make_generator())
    with pytest.raises(UsageError, match=r"--model: missing\. The config describes a new model"):
        evaluate(folder, model_reference=None, **described)
    assert not folder.path.exists()


def test_a_run_with_an_unknown_stack_is_a_usage_error(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    with pytest.raises(UnknownPluginError, match="unknown model stack 'natve'"):
        evaluate(folder, model_stack="natve")
    assert not folder.path.exists()


@pytest.mark.parametrize("values", [{}, {"model": {}, "model_stack": None}])
def test_without_a_model_the_shipped_one_runs(use_fakes, make_generator, folder, values):
    opened = use_fakes(make_generator())
    evaluate(folder, model_reference=None, **values)
    assert [reference for reference, _ in opened] == ["hrm-nano"]
    assert folder.stored_config()["model_reference"] == "hrm-nano"
    assert folder.stored_config()["dataset"]["name"] == "toys"


def test_data_with_another_fingerprint_are_refused(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    with pytest.raises(DataError, match=r"dataset\.fingerprint: expected abc, got"):
        evaluate(folder, dataset={"name": "toys", "fingerprint": "abc"})


def score(path, folder, *, resume=False, **settings):
    config = RunConfig(dataset=DatasetConfig(name="toys"), **settings)
    return evaluation.run_scoring(path, config, folder, resume=resume)


@pytest.fixture
def samples(tmp_path):
    path = tmp_path / "samples.jsonl"
    right, wrong = "def add(a, b):\n    return a + b\n", "def add(a, b):\n    return '\ud800'\n"
    rows = [("toys/1", right), ("toys/1", wrong), ("toys/2", ""), ("toys/2", "x" * 1_000_000)]
    path.write_text("".join(json.dumps({"task_id": t, "completion": c}) + "\n" for t, c in rows))
    return path


def test_a_completions_file_is_scored_and_unanswered_problems_are_counted(
    use_fakes, make_generator, folder, samples
):
    use_fakes(make_generator())
    summary = score(samples, folder)
    assert summary.pass_at_k == {"1": 0.25, "2": 0.5}
    assert (summary.num_problems, summary.num_problems_without_answer) == (2, 2)
    assert summary.sampling is None
    assert summary.model == str(samples)
    assert summary.status_counts["passed"] == 1


def test_scoring_is_resumed_only_with_the_same_file(use_fakes, make_generator, folder, samples):
    use_fakes(make_generator())
    first = score(samples, folder)
    assert score(samples, folder, resume=True).problems == first.problems
    samples.write_text(samples.read_text() + "\n")
    with pytest.raises(UsageError, match="has other answers than those that are scored"):
        score(samples, folder, resume=True)
