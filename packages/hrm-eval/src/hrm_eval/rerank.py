"""Choosing one of several answers to a problem by the tests that its prompt showed.

Of the answers that pass every shown test, the most frequent program is chosen; layout and comments
do not tell programs apart. Of several such programs, the one with the lowest sample number is
chosen. If no answer passes, the lowest sample number is chosen; if a prompt shows no test, every
answer counts as passing.

Not covered: tests that a prompt describes in words. If the prompts show every test that judges the
answers, as those of MBPP do, a chosen answer passes wherever any answer does, and the result is
pass@n.
"""

import ast
import doctest
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hrm_core.errors import UsageError
from hrm_datasets import Asserts, InputOutput, Problem, ProblemSet
from hrm_datasets.problems import Tests
from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement
from hrm_eval.judging import Judges, judge_completions
from hrm_eval.metrics import wilson_interval
from hrm_eval.run_folder import RunFolder

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, kw_only=True)
class Reranking:
    """The results of the chosen answers; the fields are those of `rerank` in `summary.json`.

    Attributes:
        name: What the value is; it is not Pass@1.
        value: Share of the problems whose chosen answer passes every test of the problem.
        ci95: Lower and upper end of its 95 % interval.
        num_tests: Number of tests that judge the answers, over all problems.
        num_tests_shown: How many of them the prompts showed.
        num_examples_shown: Number of other tests in the prompts: the examples of docstrings.
        num_problems_without_shown_tests: Problems whose prompts showed no test that can be run.
        saw_every_test: Whether the prompts showed every test, so that the value is pass@n.
        chosen: Sample number of the chosen answer by task.
    """

    name: str
    value: float
    ci95: Sequence[float]
    num_tests: int
    num_tests_shown: int
    num_examples_shown: int
    num_problems_without_shown_tests: int
    saw_every_test: bool
    chosen: Mapping[str, int]

    @property
    def note(self) -> str:
        """What the value means, in sentences for users."""
        if self.saw_every_test:
            note = (
                f"The prompts showed all {self.num_tests} tests that judge the answers, so this "
                "counts every problem that any sample solves. It is pass@n over all samples: an "
                "upper bound that has seen the answer key."
            )
        else:
            note = (
                f"The prompts showed {self.num_tests_shown} of the {self.num_tests} tests that "
                f"judge the answers ({self.num_tests_shown / self.num_tests:.0%}), and "
                f"{self.num_examples_shown} other examples."
            )
        if self.num_problems_without_shown_tests:
            note += (
                f" Those of {self.num_problems_without_shown_tests} problems showed none; there, "
                "the most frequent program was chosen."
            )
        return note


def check_rerank(problems: ProblemSet, prompts: Mapping[str, str], num_samples: int) -> None:
    """Check that there are answers to choose from, and tests to choose by.

    Args:
        problems: The problems.
        prompts: The prompt of each problem that has answers, by task; empty if it is unknown.
        num_samples: Largest number of answers to a problem.

    Raises:
        UsageError: If no problem has several answers, a prompt is unknown, or no prompt shows a
            test.
    """
    if num_samples < 2:
        raise UsageError(
            "--rerank: chooses one of several answers to a problem, but there is only one. "
            "Generate several with: --samples 32 --temperature 0.8"
        )
    if not all(prompts.values()):
        raise UsageError(
            "--rerank: some answers come without their prompts, so nobody knows which tests those "
            "showed. Score the completions.jsonl of a run"
        )
    if not any(shown_tests(problem, prompts.get(problem.task_id, "")) for problem in problems):
        raise UsageError(
            f"--rerank: the prompts of {problems.name}/{problems.split} show no tests that can be "
            "run. Leave --rerank out"
        )


def shown_tests(problem: Problem, prompt: str) -> Tests:
    """Return the tests that a prompt shows and that can be run.

    They are the tests of the problem that stand in the prompt, and the examples (`>>> f(1)`) in the
    docstring of its stub, with results that are Python literals.
    """
    tests = [test for test in problem.tests.texts if f"\n{test}\n" in f"\n{prompt}\n"]
    if isinstance(problem.tests, InputOutput):
        public = problem.tests.public
        shown = [case for case in public.cases if case.text in tests]
        is_test = any(case.stdout.strip() for case in shown)
        return replace(public, cases=tuple(shown) if is_test else ())
    if problem.stub.strip() and problem.stub.strip() in prompt:
        tests += _examples(problem)
    return Asserts(tests)


def _examples(problem: Problem) -> Iterator[str]:
    """Yield the examples of a docstring as assertions, with the statements before each."""
    try:
        tree = parse(problem.stub)
        docstrings = [
            ast.get_docstring(node) or ""
            for node in tree.body
            if isinstance(node, _Definition) and node.name == problem.entry_point
        ]
        examples = doctest.DocTestParser().get_examples("\n\n".join(docstrings))
    except NOT_PYTHON:
        return
    statements: list[str] = []
    for example in examples:
        try:
            if not example.want:
                parse(example.source)
                statements.append(example.source.rstrip())
                continue
            call, result = _expression(example.source), _expression(example.want)
            ast.literal_eval(result)
        except (TypeError, *NOT_PYTHON):
            continue
        compared = ast.Compare(left=call, ops=[ast.Eq()], comparators=[result])
        test = "\n".join([*statements, ast.unparse(ast.Assert(test=compared))])
        if f"{problem.entry_point}(" in test:
            statements = []
            yield test


def _expression(source: str) -> ast.expr:
    match parse(source.strip()).body:
        case [ast.Expr(value=value)]:
            return value
    raise ValueError("expected one expression")


def choose_answers(
    judges: Judges,
    problems: ProblemSet,
    completions: Sequence[Completion],
    judgements: Sequence[Judgement],
    folder: RunFolder,
) -> Reranking:
    """Choose one answer to each problem, and return how many of them pass all tests.

    Programs run only where the prompt shows other tests than those that have judged them, and the
    same program once; these verdicts are written to `folder.prompt_verdicts`.

    Args:
        judges: What judges programs.
        problems: The problems.
        completions: All answers, with their prompts.
        judgements: The verdicts of all tests, one for each answer.
        folder: Folder of the run.

    Raises:
        SandboxError: If programs cannot be run; the verdicts written so far stay.
    """
    by_task: dict[str, list[Completion]] = defaultdict(list)
    for completion in sorted(completions, key=lambda c: c.sample):
        by_task[completion.task_id].append(completion)
    answered = [problem for problem in problems if problem.task_id in by_task]
    shown = {p.task_id: shown_tests(p, by_task[p.task_id][0].prompt) for p in answered}
    passed = {judgement.key for judgement in judgements if judgement.verdict.passed}
    others = tuple(
        replace(problem, tests=shown[problem.task_id])
        for problem in answered
        if shown[problem.task_id] and shown[problem.task_id] != problem.tests
    )
    ids_of_others = {problem.task_id for problem in others}
    passed_shown = {key for key in passed if key[0] not in ids_of_others}
    if others:
        passed_shown |= _pass_others(judges, replace(problems, problems=others), by_task, folder)
    chosen = [
        _choose(by_task[task_id], passed_shown if tests else None)
        for task_id, tests in shown.items()
    ]
    return _summarize(answered, by_task, shown, chosen, passed)


def _pass_others(
    judges: Judges,
    problems: ProblemSet,
    by_task: Mapping[str, Sequence[Completion]],
    folder: RunFolder,
) -> set[tuple[str, int]]:
    """Judge the distinct programs for some problems; return the keys of the answers that pass."""
    answers = [answer for problem in problems for answer in by_task[problem.task_id]]
    distinct = {(a.task_id, a.program_sha256): a for a in reversed(answers)}
    judgements = judge_completions(
        judges,
        problems,
        list(reversed(distinct.values())),
        folder.prompt_verdicts,
        stage="judged by the tests in the prompt",
    )
    passed = {(j.task_id, j.program_sha256) for j in judgements if j.verdict.passed}
    return {a.key for a in answers if (a.task_id, a.program_sha256) in passed}


def _choose(
    answers: Sequence[Completion], passed: Collection[tuple[str, int]] | None
) -> Completion:
    """Return the first answer with the most frequent program of those that passed.

    Args:
        answers: All answers to one problem by sample number.
        passed: Keys of the answers that pass; None if there are no tests.
    """
    filtered = [answer for answer in answers if passed is None or answer.key in passed]
    if not filtered:
        return answers[0]
    forms = [_normal_form(answer.completion) for answer in filtered]
    ((most_frequent, _),) = Counter(forms).most_common(1)
    return filtered[forms.index(most_frequent)]


def _normal_form(program: str) -> str:
    """Return the syntax tree as text, so that layout and comments make no difference."""
    try:
        return ast.dump(parse(program))
    except NOT_PYTHON:
        return program


def _summarize(
    problems: Sequence[Problem],
    by_task: Mapping[str, Sequence[Completion]],
    shown: Mapping[str, Tests],
    chosen: Sequence[Completion],
    passed: Collection[tuple[str, int]],
) -> Reranking:
    counts = sorted({len(answers) for answers in by_task.values()})
    samples = " to ".join(str(count) for count in dict.fromkeys((counts[0], counts[-1])))
    value = sum(answer.key in passed for answer in chosen) / len(chosen)
    num_tests = sum(len(problem.tests) for problem in problems)
    num_tests_shown = sum(
        test in shown[problem.task_id].texts for problem in problems for test in problem.tests.texts
    )
    return Reranking(
        name=f"pass@1 after filtering {samples} samples by the tests in the prompt",
        value=value,
        ci95=list(wilson_interval(value, len(chosen))),
        num_tests=num_tests,
        num_tests_shown=num_tests_shown,
        num_examples_shown=sum(map(len, shown.values())) - num_tests_shown,
        num_problems_without_shown_tests=sum(not tests for tests in shown.values()),
        saw_every_test=num_tests_shown == num_tests,
        chosen={answer.task_id: answer.sample for answer in chosen},
    )
