import json
from dataclasses import replace

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import UsageError
from hrm_datasets import Asserts, InputOutput, ProblemSet
from hrm_datasets.prompts import PROMPT_STYLES, render_prompt
from hrm_eval import evaluation
from hrm_eval.completions import Completion
from hrm_eval.console import print_summary
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.metrics import wilson_interval
from hrm_eval.rerank import choose_answers, shown_tests
from hrm_eval.run_config import DatasetConfig, RunConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Status, Verdict

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
EXAMPLE = "    >>> area(0)\n    0\n"


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "run")


@pytest.fixture
def circles(humaneval_like):
    """Return a set of one problem whose prompt shows an example instead of the tests."""
    problem = humaneval_like.problems[0]
    stub = problem.stub.replace('circle."""', f'circle.\n\n{EXAMPLE}    """')
    tests = Asserts(["def check(f):\n    assert 3 < f(1) < 4\ncheck(area)\n"])
    shown = replace(problem, text=stub, stub=stub, tests=tests)
    return replace(humaneval_like, problems=(shown,))


def evaluate(folder, num_samples, *, resume=False, judge=True, **values):
    settings = {
        "model_reference": "fake",
        "dataset": {"name": "toys"},
        "sampling": {"num_samples": num_samples},
        "rerank": "prompt-tests",
        **values,
    }
    return evaluation.run_evaluation(
        from_mapping(RunConfig, settings), folder, resume=resume, judge=judge
    )


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_prompts_of_a_problem_without_a_stub_show_all_its_tests(toys, style):
    problem = toys.problems[0]
    shown = shown_tests(problem, render_prompt(problem, style, (problem,)))
    shows_one = style in ("bigcode-mbpp", "evalplus-chat")
    assert shown == (problem.tests[:1] if shows_one else problem.tests)


def test_a_test_counts_as_shown_only_as_a_whole(toys):
    problem = replace(toys.problems[0], tests=["assert add(1, 1) == 2", "assert add(1, 2) == 3"])
    assert shown_tests(problem, "Add.\nassert add(1, 1) == 20\nassert add(1, 2) == 3") == (
        "assert add(1, 2) == 3",
    )


@pytest.mark.parametrize("style", ["instruct", "docstring"])
@pytest.mark.parametrize(
    ("docstring", "tests"),
    [
        (">>> f([1], 2)\n[1, 2]", ["assert f([1], 2) == [1, 2]"]),
        (
            ">>> f(1) == 2\nTrue\n>>> f(0)\n'a'",
            ["assert (f(1) == 2) == True", "assert f(0) == 'a'"],
        ),
        (">>> x = [1]\n>>> x.append(2)\n>>> f(x)\n3", ["x = [1]\nx.append(2)\nassert f(x) == 3"]),
        (">>> f(1,\n...   2)\n3", ["assert f(1, 2) == 3"]),
        (">>> f(1)\n<object f>\n>>> f(2)\n2", ["assert f(2) == 2"]),
        (">>> f(1)\nTraceback (most recent call last):\nValueError: 1", []),
        (">>> f(1\n2\n>>> if\n", []),
        (">>>f(1)\n2", []),
        (">>> f(1)\n{[]: 1}\n>>> y = f(1)\n2\n>>> f('[')\n'['", ["assert f('[') == '['"]),
        (">>> 1 + 1\n2", []),
        ("f(1) is 2.\nassert f(1) == 2", []),
    ],
)
def test_examples_of_a_docstring_become_tests(humaneval_like, style, docstring, tests):
    lines = "\n    ".join(docstring.splitlines())
    stub = f'import math\n\n\ndef f(*values):\n    """Do it.\n\n    {lines}\n    """\n'
    problem = replace(humaneval_like.problems[0], entry_point="f", text=stub, stub=stub)
    assert list(shown_tests(problem, render_prompt(problem, style))) == tests
    assert shown_tests(problem, "another prompt") == ()


def test_a_stub_that_is_not_python_has_no_examples(humaneval_like):
    problem = replace(humaneval_like.problems[0], stub="def area(r):\n    # >>> area(0)\n")
    assert shown_tests(problem, problem.stub) == ()


def test_the_tests_of_a_program_are_those_that_the_prompt_shows(toys):
    cases = [("1", "2", True), ("5", "10", True), ("3", "6")]
    tests = InputOutput(cases, time_limit_seconds=2)
    problem = replace(toys.problems[0], tests=tests)
    shown = shown_tests(problem, render_prompt(problem, "instruct"))
    assert shown == InputOutput(cases[:2], time_limit_seconds=2)
    assert not shown_tests(problem, "another prompt")
    silent = replace(problem, tests=InputOutput([("1", "", True), ("3", "6")]))
    assert not shown_tests(silent, render_prompt(silent, "instruct"))


def test_a_program_is_chosen_by_its_public_tests(folder, toys, use_fakes, make_generator):
    tests = InputOutput([("1", "2", True), ("3", "6")])
    problem = replace(toys.problems[0], tests=tests, entry_point="")
    answers = ("print(1)\n", "print(2)\n", "print(2 * int(input()))\n", "print(2*int(input()))\n")
    use_fakes(make_generator(*answers), replace(toys, problems=(problem,)))
    result = evaluate(folder, 4).rerank
    assert (result.num_tests, result.num_tests_shown, result.value) == (2, 1, 1.0)
    assert result.chosen == {problem.task_id: 2}


class TestsInPrompt:
    """Judges whose verdict is the first word of a program; they count what they judge."""

    layers = {}
    __test__ = False

    def __init__(self):
        self.judged = []

    def judge_all(self, jobs):
        for key, program, problem in jobs:
            self.judged.append((program, problem.tests))
            status = Status.PASSED if program.startswith("ok") else Status.WRONG_ANSWER
            yield key, verdict(status)


def verdict(status):
    return Verdict(
        status=status, seconds=0.1, cpu_seconds=0.1, peak_memory_bytes=0, tests=(), message=""
    )


@pytest.mark.parametrize(
    ("programs", "chosen"),
    [
        (["no", "ok = 1", "ok = 2"], 1),
        (["ok = 1", "ok = 2", "ok = 2"], 1),
        (["ok = 2", "ok = 1", "ok = 1", "ok = 2"], 0),
        (["ok = 1", "ok = 2", "ok  =  2  # the same"], 1),
        (["no", "no", "no", "ok = (", "ok ="], 3),
        (["no = 1", "no = 2", "no = 2"], 0),
    ],
    ids=["passes", "most-frequent", "tie", "layout", "not-python", "none-passes"],
)
def test_one_answer_is_chosen_by_the_rule(circles, folder, programs, chosen):
    folder.path.mkdir()
    prompt = render_prompt(circles.problems[0], "instruct")
    completions = [
        Completion(task_id="humaneval/0", sample=n, completion=program, prompt=prompt)
        for n, program in enumerate(programs)
    ]
    judges = TestsInPrompt()
    results = choose_answers(judges, circles, completions[::-1], [], folder)
    assert results.chosen == {"humaneval/0": chosen}
    assert sorted(judges.judged) == [(p, ("assert area(0) == 0",)) for p in sorted(set(programs))]


def test_without_tests_in_the_prompt_the_most_frequent_program_is_chosen(
    toys, humaneval_like, folder
):
    problems = (*toys.problems[:1], *humaneval_like.problems)
    completions = [
        Completion(task_id=problem.task_id, sample=n, completion=program, prompt=prompt)
        for problem in problems
        for prompt in [render_prompt(problem, "instruct")]
        for n, program in enumerate(["ok = 1", "no", "no"])
    ]
    judgements = [
        Judgement(task_id="toys/1", sample=0, program_sha256="", verdict=verdict(Status.PASSED))
    ]
    judges = TestsInPrompt()
    mixed = ProblemSet(name="mixed", split="test", problems=problems)
    results = choose_answers(judges, mixed, completions, judgements, folder)
    assert results.chosen == {"toys/1": 0, "humaneval/0": 1}
    assert (results.num_tests, results.num_tests_shown, results.num_examples_shown) == (3, 2, 0)
    assert results.num_problems_without_shown_tests == 1
    assert not results.saw_every_test
    assert judges.judged == []


def test_prompts_that_show_every_test_give_pass_at_n_without_judging_again(
    use_fakes, make_generator, folder, capsys
):
    use_fakes(make_generator(WRONG, RIGHT, WRONG))
    summary = evaluate(folder, 3)
    assert summary.pass_at_k == pytest.approx({"1": 1 / 3, "3": 1.0})
    results = summary.rerank
    assert (results.value, results.ci95) == (1.0, list(wilson_interval(1.0, 4)))
    assert results.chosen == {f"toys/{n}": 1 for n in range(1, 5)}
    assert (results.num_tests, results.num_tests_shown, results.saw_every_test) == (8, 8, True)
    assert not folder.prompt_verdicts.exists()
    assert json.loads(folder.summary.read_text())["rerank"]["value"] == 1.0
    print_summary(summary, folder.path)
    printed = capsys.readouterr().out
    assert "Pass@1   33.33%" in printed
    assert "pass@1 after filtering 3 samples by the tests in the prompt  100.00%" in printed
    assert "showed all 8 tests that judge" in printed
    assert "It is pass@n over all samples: an upper bound" in printed


CIRCLES = (
    "    return r\n",  # passes the example, but not the tests
    "    return 1 + r\n",
    "    return r\n",
    "    return pi * r * r\n",
)


def test_hidden_tests_do_not_choose(use_fakes, make_generator, folder, circles, capsys):
    use_fakes(make_generator(*CIRCLES), circles)
    summary = evaluate(folder, 4)
    assert summary.rerank.chosen == {"humaneval/0": 0}
    assert (summary.rerank.value, summary.pass_at_k["4"]) == (0.0, 1.0)
    assert {j.sample for j in read_judgements(folder.prompt_verdicts)} == {0, 1, 3}
    print_summary(summary, folder.path)
    assert (
        "showed 0 of the 1 tests that judge the answers (0%), and 1 other"
        in capsys.readouterr().out
    )


def test_a_resumed_run_chooses_the_same_without_judging_again(
    use_fakes, make_generator, folder, circles
):
    use_fakes(make_generator(*CIRCLES), circles)
    first = evaluate(folder, 4)
    stored = folder.prompt_verdicts.read_text()
    assert evaluate(folder, 4, resume=True).rerank == first.rerank
    assert folder.prompt_verdicts.read_text() == stored
    folder.prompt_verdicts.write_text(stored[: len(stored) // 2])
    assert evaluate(folder, 4, resume=True).rerank == first.rerank


def test_a_finished_run_can_be_reranked_and_left_as_it_was(use_fakes, make_generator, folder):
    use_fakes(make_generator(WRONG, RIGHT))
    plain = evaluate(folder, 2, rerank=None)
    assert plain.rerank is None
    reranked = evaluate(folder, 2, resume=True)
    assert reranked.rerank.value == 1.0
    assert reranked.pass_at_k == plain.pass_at_k
    assert folder.stored_config()["rerank"] == "prompt-tests"
    assert evaluate(folder, 2, resume=True, rerank=None).rerank is None


def test_generate_keeps_the_setting_for_the_run_that_judges(use_fakes, make_generator, folder):
    use_fakes(make_generator(WRONG, RIGHT))
    assert evaluate(folder, 2, judge=False) is None
    settings = folder.settings_to_resume()
    config = from_mapping(RunConfig, settings)
    assert evaluation.run_evaluation(config, folder, resume=True).rerank.value == 1.0


def test_one_answer_to_each_problem_is_nothing_to_choose_from(use_fakes, make_generator, folder):
    use_fakes(make_generator())
    with pytest.raises(UsageError, match=r"--rerank: chooses one of several .* --samples 32"):
        evaluate(folder, 1)
    assert not folder.path.exists()


def test_prompts_without_tests_are_refused(use_fakes, make_generator, folder, humaneval_like):
    use_fakes(make_generator(), humaneval_like)
    with pytest.raises(UsageError, match="the prompts of humaneval/test show no tests that can be"):
        evaluate(folder, 2)
    assert not folder.path.exists()


def score(path, folder):
    config = RunConfig(dataset=DatasetConfig(name="toys"), rerank="prompt-tests")
    return evaluation.run_scoring(path, config, folder, resume=False)


def test_the_answers_of_a_run_are_scored_with_the_same_choice(
    use_fakes, make_generator, folder, tmp_path
):
    use_fakes(make_generator(WRONG, RIGHT))
    first = evaluate(folder, 2)
    lines = folder.completions.read_text().splitlines(keepends=True)
    samples = tmp_path / "samples.jsonl"
    samples.write_text("".join(lines[:-1]))
    results = score(samples, RunFolder(tmp_path / "scored")).rerank
    assert results.name == "pass@1 after filtering 1 to 2 samples by the tests in the prompt"
    assert results.chosen == {**first.rerank.chosen, "toys/4": 0}
    assert results.value == 0.75


def test_answers_without_their_prompts_are_not_reranked(
    use_fakes, make_generator, folder, tmp_path
):
    use_fakes(make_generator())
    samples = tmp_path / "samples.jsonl"
    samples.write_text((json.dumps({"task_id": "toys/1", "completion": RIGHT}) + "\n") * 2)
    with pytest.raises(UsageError, match="--rerank: some answers come without their prompts"):
        score(samples, folder)
    assert not folder.path.exists()
