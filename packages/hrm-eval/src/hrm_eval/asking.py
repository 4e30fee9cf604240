"""The command `hrm-eval ask`: a model answers a question, and tests judge its programs.

Not covered: a dialogue. Each question stands alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hrm_core.config import from_mapping
from hrm_core.cpus import available_cores
from hrm_core.errors import UsageError
from hrm_core.generation import (
    Finished,
    FinishReason,
    GenerationRequest,
    SamplingParams,
    StreamingGenerator,
    derive_seed,
)
from hrm_datasets import Problem, ProblemSet
from hrm_datasets.prompts import render_in_style
from hrm_eval.engines import EngineOptions, choose_engine, open_model
from hrm_eval.flags import ASK_FLAGS, read_options, with_options
from hrm_eval.generation import make_chat, make_completion, token_counter
from hrm_eval.progress import StageProgress, print_notes
from hrm_eval.prompt_styles import find_style
from hrm_eval.question import make_problem
from hrm_eval.run_config import (
    SAMPLES_TEMPERATURE,
    SHIPPED_MODEL,
    RunConfig,
    refuse_equal_answers,
)
from hrm_eval.sandbox import Sandbox, Verdict

Show = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of a model.

    Attributes:
        program: The program in the answer; without tests, the first code in it.
        text: All that the model wrote, after the start that the prompt style gave it.
        num_tokens: Number of tokens generated.
        finish_reason: Why it ended; `length` means that it was cut off.
        seconds: Wall time of the generation.
        verdict: What the tests say about the program; None without tests.
    """

    program: str
    text: str
    num_tokens: int
    finish_reason: FinishReason
    seconds: float
    verdict: Verdict | None = None

    @property
    def passed(self) -> bool:
        """Whether the program passed every test; false without tests."""
        return self.verdict is not None and self.verdict.passed


@dataclass(frozen=True, kw_only=True, repr=False)
class Reply:
    """The answers of a model to one question.

    Attributes:
        model: The model, as it was named.
        prompt: What the model was given, before the special tokens of its prompt format.
        answers: The answers, in the order of their samples.
        missing_layers: Layers of isolation that the programs were judged without.
    """

    model: str
    prompt: str
    answers: tuple[Answer, ...]
    missing_layers: tuple[str, ...] = ()

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdict on each answer; empty without tests."""
        return [answer.verdict for answer in self.answers if answer.verdict is not None]

    @cached_property
    def passing(self) -> Mapping[str, int]:
        """The distinct programs that pass, most frequent first, with their number of answers."""
        programs = [answer.program.strip("\n") + "\n" for answer in self.answers if answer.passed]
        return dict(Counter(programs).most_common())

    @property
    def program(self) -> str:
        """The program that passes most often; if none passes, that of the first answer."""
        return next(iter(self.passing), self.answers[0].program)

    @property
    def summary(self) -> str:
        """The result in a few words."""
        if len(self.answers) == 1:
            verdicts = self.verdicts
            return verdicts[0].status.value if verdicts else "not judged"
        num_passed = sum(self.passing.values())
        distinct = f" ({len(self.passing)} different programs)" if len(self.passing) > 1 else ""
        return f"{num_passed} of {len(self.answers)} answers pass{distinct}"

    def __repr__(self) -> str:
        return f"<Reply of {self.model}: {self.summary}>\n{self.program}"


@with_options(ASK_FLAGS)
def ask(
    question: str,
    *,
    model: str = SHIPPED_MODEL,
    tests: Sequence[str] = (),
    samples: int = 1,
    show: Show | None = None,
    **options: Any,
) -> Reply:
    """Ask a model to write a program, and judge it by tests.

    Args:
        question: The task in words, such as "Write a function to add two numbers."
        model: A shipped model, a checkpoint folder, a `.gguf` file or a hub id.
        tests: Statements such as `assert add(1, 2) == 3`. The model sees them, and they judge what
            it writes.
        samples: Number of answers to draw. More than one needs tests.
        show: Is called with each piece of a single answer as it comes. An engine that cannot stream
            hands over the whole answer at its end.
        **options: The other options of `hrm-eval ask`, such as `temperature=0.8`,
            `max_new_tokens=100`, `seed=1`, `prompt="docstring"`, `device="cpu"` or `timeout=5.0`.

    Raises:
        TypeError: If an option is unknown, or `tests` is a single text.
        UsageError: If the question or a test is empty, a test is not Python or cannot fail, the
            model is unknown or has no room for the question, or a setting is invalid.
        DataError: If the model is corrupt.
        PluginNotFoundError: If the model, its stack or a library is not installed.
        SandboxError: If programs cannot be run.

    Examples:
        >>> hrm_eval.ask("Write a function to double a number.", tests=["assert f(2) == 4"])
        <Reply of hrm-nano: passed>
        def f(x):
            return 2 * x
    """
    values = {"model": model, "samples": samples, **options}
    settings = read_options("ask", ASK_FLAGS, values)
    return answer_question(question, tests, from_mapping(RunConfig, settings), show)


def answer_question(
    question: str, tests: Sequence[str], config: RunConfig, show: Show | None = None
) -> Reply:
    """Return the answers of a model; `ask` describes the arguments and the errors.

    Args:
        question: The task in words.
        tests: The tests.
        config: All settings; its dataset is not used.
        show: Is called with each piece of a single answer.
    """
    problem = make_problem(question, tests)
    config = _choose_model(_choose_sampling(config, has_tests=bool(problem.tests)))
    model = str(config.model_reference)
    with ExitStack() as stack:
        sandbox = stack.enter_context(_open_sandbox(config)) if problem.tests else None
        prompt, answers = _generate(problem, config, show)
        if sandbox is None:
            return Reply(model=model, prompt=prompt, answers=tuple(answers))
        return Reply(
            model=model,
            prompt=prompt,
            answers=tuple(_judge(sandbox, problem, answers)),
            missing_layers=tuple(sandbox.missing),
        )


def _choose_model(config: RunConfig) -> RunConfig:
    """Return the config with a model.

    Raises:
        UsageError: If it describes a new model, or the model cannot answer a question.
    """
    if config.model_reference is None:
        if config.model_stack is not None or config.model:
            raise UsageError(
                "--model: missing. The config describes a new model, which can answer nothing. "
                f"Name a trained one, such as --model {SHIPPED_MODEL}"
            )
        config = config.model_copy(update={"model_reference": SHIPPED_MODEL})
    if config.model_reference == "reference":
        raise UsageError(
            "--model: 'reference' knows the solutions of a dataset, and a question has none. Name "
            f"a model, such as --model {SHIPPED_MODEL}"
        )
    # Report a wrong name before anything slow happens.
    choose_engine(str(config.model_reference), config.model_stack)
    return config


def _choose_sampling(config: RunConfig, *, has_tests: bool) -> RunConfig:
    """Return the config with a temperature that fits the number of answers.

    Raises:
        UsageError: If settings contradict each other, or make no sense for a question.
    """
    sampling = config.sampling
    if find_style(config.prompt).needs_examples:
        raise UsageError(
            f"--prompt: {config.prompt!r} shows solved problems of a dataset, and a question has "
            "none. Choose another style, such as --prompt instruct"
        )
    if sampling.num_samples == 1:
        return config
    if not has_tests:
        raise UsageError(
            f"--samples: {sampling.num_samples} answers are chosen by tests, and there are "
            "none. Add one, such as --test 'assert f(2) == 4', or leave --samples out"
        )
    if "temperature" not in sampling.model_fields_set:
        sampling = sampling.model_copy(update={"temperature": SAMPLES_TEMPERATURE})
    refuse_equal_answers(sampling)
    return config.model_copy(update={"sampling": sampling})


def _open_sandbox(config: RunConfig) -> Sandbox:
    """Start no more processes than there are answers."""
    settings = config.sandbox
    if settings.executor != "local":
        raise UsageError(
            f"sandbox.executor: an answer to a question is judged on this machine, got "
            f"{settings.executor!r}. Leave it out"
        )
    workers = settings.workers or min(config.sampling.num_samples, available_cores())
    return Sandbox(settings, workers=workers, require=settings.require_isolation)


def _generate(problem: Problem, config: RunConfig, show: Show | None) -> tuple[str, list[Answer]]:
    """Return the prompt and the answers, which are not judged yet.

    Raises:
        UsageError: If the prompt leaves no room for an answer.
    """
    style = find_style(config.prompt)
    request = GenerationRequest(
        prompt=render_in_style(problem, config.prompt, style),
        num_samples=config.sampling.num_samples,
        seed=derive_seed(config.sampling.seed, problem.task_id),
        stop=style.stop,
        chat_stop=style.chat_stop,
        task_id=problem.task_id,
    )
    answers: dict[int, Answer] = {}
    for finished in _finished(problem, request, config, show):
        generation = finished.generation
        if generation.finish_reason is FinishReason.PROMPT_TOO_LONG:
            raise UsageError(
                "question: the prompt leaves no room for an answer in the context of the model. "
                "Write a shorter question, or fewer tests"
            )
        answers[finished.sample] = Answer(
            program=make_completion(problem, request, finished, config, style).completion,
            text=style.answer_start + generation.text,
            num_tokens=generation.num_tokens,
            finish_reason=generation.finish_reason,
            seconds=generation.seconds,
        )
    return request.prompt, [answers[sample] for sample in sorted(answers)]


def _finished(
    problem: Problem, request: GenerationRequest, config: RunConfig, show: Show | None
) -> Iterator[Finished]:
    """Open the model, and yield the answers as they end."""
    problems = ProblemSet(name="question", split="question", problems=(problem,))
    style = find_style(config.prompt)
    options = EngineOptions(
        **config.engine.model_dump(),
        problems=problems,
        model_stack=config.model_stack,
        server=config.server,
        chat=make_chat(config, style),
    )
    generator = open_model(str(config.model_reference), options)
    params = SamplingParams(**config.sampling.model_dump(include=set(SamplingParams.model_fields)))
    if request.num_samples > 1:
        with StageProgress(
            "generated", total=request.num_samples, count_tokens=token_counter(generator)
        ) as progress:
            for finished in generator.generate([request], params):
                yield finished
                progress.advance(num_tokens=finished.generation.num_tokens)
        return
    if show is not None and style.answer_start:
        show(style.answer_start)
    if show is None:
        yield from generator.generate([request], params)
    elif isinstance(generator, StreamingGenerator):
        yield Finished(0, 0, generator.stream(request, params, show))
    else:
        print_notes(
            [f"{config.model_reference}: its engine shows no answer before it is complete."]
        )
        for finished in generator.generate([request], params):
            show(finished.generation.text)
            yield finished


def _judge(sandbox: Sandbox, problem: Problem, answers: Sequence[Answer]) -> list[Answer]:
    jobs = ((number, answer.program, problem) for number, answer in enumerate(answers))
    verdicts = dict(sandbox.judge_all(jobs))
    return [replace(answer, verdict=verdicts[number]) for number, answer in enumerate(answers)]
