import pytest

from hrm_core.generation import Finished, FinishReason, Generation
from hrm_datasets import Problem, ProblemSet
from hrm_eval import engines, evaluation, generation
from hrm_eval.extraction import extract_code
from hrm_eval.sandbox import Limits, Sandbox

TWICE_TESTS = ("assert twice(2) == 4", "assert twice(-3) == -6")


def adder(task_id, **changes):
    fields = {
        "task_id": task_id,
        "text": "Write a function to add two numbers.",
        "entry_point": "add",
        "tests": ("assert add(1, 2) == 3", "assert add(-1, 5) == 4"),
        "reference": "def add(a, b):\n    return a + b\n",
    }
    return Problem(**{**fields, **changes})


@pytest.fixture
def toys():
    return ProblemSet(
        name="toys", split="test", problems=tuple(adder(f"toys/{n}") for n in range(1, 5))
    )


@pytest.fixture
def humaneval_like():
    stub = 'from math import pi\n\n\ndef area(r):\n    """Area of a circle."""\n'
    problem = adder(
        "humaneval/0",
        text=stub,
        entry_point="area",
        tests=("def check(f):\n    assert f(0) == 0\ncheck(area)\n",),
        reference=stub + "    return pi * r * r\n",
        stub=stub,
    )
    return ProblemSet(name="humaneval", split="test", problems=(problem,))


class FakeGenerator:
    """Answers every request with the same texts, one for each sample, or the same for all.

    It can be interrupted after some answers.
    """

    def __init__(self, *texts, breaks_after=None):
        self.texts = texts or ("def add(a, b):\n    return a + b\n",)
        self.breaks_after = breaks_after
        self.description = {"name": "fake", "stack": "none", "device": "cpu"}
        self.requests, self.params = [], None
        self.finish_reason = FinishReason.STOP

    def generate(self, requests, params, *, done=()):
        self.requests, self.params = requests, params
        given = 0
        for index, request in enumerate(requests):
            for sample in range(request.num_samples):
                if (index, sample) in done:
                    continue
                if given == self.breaks_after:
                    raise KeyboardInterrupt
                given += 1
                answer = Generation(
                    text=self.texts[sample % len(self.texts)],
                    num_tokens=7,
                    finish_reason=self.finish_reason,
                    seconds=0.5,
                )
                yield Finished(index, sample, answer)


@pytest.fixture
def use_fakes(monkeypatch, toys):
    """Replace the model by this generator and the dataset by the toy problems."""

    def install(generator, problems=toys):
        opened = []

        def open_model(reference, options):
            opened.append((reference, options))
            return generator

        def load_problems(name, split=None, source=None, task_ids=(), limit=None):
            return problems.select(task_ids, limit)

        monkeypatch.setattr(generation, "open_model", open_model)
        monkeypatch.setattr(evaluation, "choose_engine", lambda reference, stack: ("fake", ""))
        monkeypatch.setattr(evaluation, "load_problems", load_problems)
        monkeypatch.setattr(generation, "load_problems", load_problems)
        return opened

    return install


@pytest.fixture
def make_generator():
    return FakeGenerator


@pytest.fixture
def only_engines(monkeypatch):
    """Make these the only engines that `choose_engine` sees."""
    from types import SimpleNamespace

    def install(*names):
        monkeypatch.setattr(
            engines, "installed_plugins", lambda group: [SimpleNamespace(name=n) for n in names]
        )

    return install


@pytest.fixture(scope="session")
def judge_answer():
    """Return a function that extracts the program of an answer and says whether it passes."""
    with Sandbox(Limits(timeout_seconds=5)) as sandbox:

        def judge(answer, *, stub="", entry_point="twice", tests=TWICE_TESTS, **settings):
            problem = Problem(
                task_id="case/1", text="", entry_point=entry_point, tests=tests, stub=stub
            )
            return sandbox.judge(extract_code(answer, problem, **settings), problem).passed

        yield judge
