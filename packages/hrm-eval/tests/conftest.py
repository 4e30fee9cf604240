import json
import shutil
from dataclasses import replace

import pytest

from hrm_core.config import merge, to_yaml
from hrm_core.generation import Finished, FinishReason, Generation
from hrm_datasets import Problem, ProblemSet, load_problems
from hrm_eval import engines, evaluation, generation
from hrm_eval.completions import Completion
from hrm_eval.extraction import extract_code
from hrm_eval.judgements import Judgement
from hrm_eval.records import write_records, write_whole
from hrm_eval.rerank import Reranking
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict
from hrm_eval.summary import Answers, summarize, write_summary

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

        def load_problems(name, split=None, source=None, *, task_ids=(), limit=None, **_):
            if split == "prompt":
                examples = (adder(f"toys/{n}", text=f"Example {n}: add.") for n in range(5, 9))
                return replace(problems, split=split, problems=tuple(examples))
            return problems.select(task_ids, limit)

        monkeypatch.setattr(generation, "open_model", open_model)
        monkeypatch.setattr(generation, "choose_engine", lambda reference, stack: ("fake", ""))
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


@pytest.fixture
def make_run(tmp_path):
    """Return a function that writes the folder of a run on the starter problems.

    Each answer is a mapping with `task_id`, `status` (None if it is not judged), and other fields
    of `Completion` and `Verdict`. `completion` is the program.
    """

    def make(*answers, name="run", finished=True, reranking=None, **config):
        folder = RunFolder(tmp_path / name)
        folder.path.mkdir(parents=True)
        problems = load_problems("starter")
        dataset = {
            "name": "starter", "split": problems.split, "fingerprint": problems.fingerprint
        }  # fmt: skip
        sampling = {"temperature": 0.0, "num_samples": 1}
        folder.claim(
            {"model_reference": "fake", "dataset": dataset, "sampling": sampling, **config}
        )
        completions, judgements = [], []
        for answer in answers:
            completion, judgement = _split_answer(**answer)
            completions.append(completion)
            judgements += [judgement] if judgement is not None else []
        write_records(folder.completions, completions)
        write_records(folder.verdicts, judgements)
        if finished:
            model = {"name": "fake", "stack": "none", "device": "cpu"}
            all_answers = Answers(
                problems=problems, completions=completions, model=model, sampling=sampling
            )
            layers = {"landlock": True, "cgroup": False}
            summary = summarize(all_answers, judgements, layers, seconds=75.0, reranking=reranking)
            write_summary(folder.summary, summary)
        return folder.path

    return make


def _split_answer(*, task_id, status, sample=0, tests=None, message="", **fields):
    program = fields.pop("completion", "def f():\n    return 1\n")
    text = fields.pop("text", program)
    completion = Completion(
        task_id=task_id,
        sample=sample,
        completion=program,
        text=text,
        prompt=fields.pop("prompt", "Write a function."),
        num_tokens=fields.pop("num_tokens", 12),
        finish_reason="stop",
        seconds=1.5,
    )
    if status is None:
        return completion, None
    verdict = Verdict(
        status=Status(status),
        seconds=0.02,
        cpu_seconds=0.01,
        peak_memory_bytes=11 * 2**20,
        tests=tuple(map(Status, tests if tests is not None else [status])),
        message=message,
        **fields,
    )
    return completion, Judgement(
        task_id=task_id,
        sample=sample,
        program_sha256=completion.program_sha256,
        verdict=verdict,
    )


@pytest.fixture
def reranking():
    return Reranking(
        name="pass@1 after filtering 2 samples by the tests in the prompt",
        value=0.5,
        ci95=[0.2, 0.8],
        num_tests=6,
        num_tests_shown=6,
        num_examples_shown=0,
        num_problems_without_shown_tests=0,
        saw_every_test=True,
        chosen={"starter/1": 1, "starter/2": 0},
    )


@pytest.fixture(scope="module")
def chromium():
    """Start the Chromium of this machine without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Return a function that opens a file; nothing may reach the console or leave the page."""
    contexts, complaints, requests = [], [], []

    def open_file(path, link="", **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url.partition("#")[0]))
        page.goto(f"{path.as_uri()}{link}")
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert complaints == []
    assert len(requests) == len(contexts)


def judged_sample(task_id, sample, status):
    completion = Completion(
        task_id=task_id,
        sample=sample,
        completion=f"# {status}",
        prompt=f"Solve {task_id}.",
        num_tokens=2,
        finish_reason="stop",
        seconds=0.5,
    )
    verdict = Verdict(
        status=status, seconds=0.01, cpu_seconds=0.0, peak_memory_bytes=0, tests=(), message=""
    )
    judgement = Judgement(
        task_id=task_id,
        sample=sample,
        program_sha256=completion.program_sha256,
        verdict=verdict,
    )
    return completion, judgement


@pytest.fixture
def write_run(tmp_path):
    """Return a function that writes a run: for each task, whether each of its answers passed.

    `summary` and the other keywords change the summary and the config; without a summary the run
    is not finished, and the last answer is not judged.
    """

    def write(name, passed, *, summary=(), **changes):
        folder = RunFolder(tmp_path / name)
        folder.path.mkdir(parents=True)
        config = {
            "model_reference": "model",
            "dataset": {"name": "toys", "split": "test", "fingerprint": "1"},
            "prompt": "instruct",
            "sampling": {"num_samples": max(map(len, passed.values())), "seed": 0},
            "sandbox": {"timeout_seconds": 10.0, "workers": None},
        }
        write_whole(folder.config, to_yaml(merge(config, changes)))
        samples = [
            judged_sample(task, number, Status.PASSED if is_right else Status.WRONG_ANSWER)
            for task, answers in passed.items()
            for number, is_right in enumerate(answers)
        ]
        write_records(folder.completions, [completion for completion, _ in samples])
        num_judged = len(samples) - (summary is None)
        write_records(folder.verdicts, [judgement for _, judgement in samples[:num_judged]])
        if summary is not None:
            results = {
                "pass_at_k": {},
                "ci95": {},
                "num_samples": len(samples),
                "num_problems_without_answer": 0,
                "status_counts": {},
                "seconds": 1.0,
                "device": "cpu",
                "sandbox": {"landlock": True},
                "versions": {"torch": "2"},
                "problems": [{"task_id": task} for task in sorted(passed)],
            }
            write_whole(folder.summary, json.dumps(merge(results, dict(summary))))
        return folder.path

    return write
