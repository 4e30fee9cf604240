"""The flags of `hrm-eval run`, `generate`, `score`, `check` and `ask`, each declared once.

A flag names the key of the config that it sets. Nothing heavy is imported here, so that `--help`
answers at once.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from hrm_core.errors import UsageError, listing, suggest
from hrm_eval import shell_values

Function = TypeVar("Function", bound=Callable[..., Any])


def _keep(value: Any) -> Any:
    return value


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _parse_task_ids(text: str, option: str = "--task-ids") -> list[str]:
    if text.startswith("@"):
        from hrm_eval.task_ids import read_task_ids

        return read_task_ids(Path(text[1:]), option)
    task_ids = _split(text)
    if not task_ids:
        raise UsageError(f"{option}: expected task ids, got {text!r}. Write {option} 11,12")
    return task_ids


def _parse_layers(text: str) -> list[str]:
    layers = _split(text)
    if not layers:
        raise UsageError(
            f"--require-isolation: expected layers, got {text!r}. Write --require-isolation all"
        )
    return layers


def _parse_trackers(text: str) -> list[str]:
    trackers = _split(text)
    if not trackers:
        raise UsageError(f"--trackers: expected names, got {text!r}. Write --trackers tensorboard")
    return trackers


def _parse_ks(text: str) -> list[int]:
    words = _split(text)
    if not words or not all(word.isascii() and word.isdecimal() for word in words):
        raise UsageError(f"--k: expected numbers of at least 1, got {text!r}. Write --k 1,5,10")
    return [int(word) for word in words]


def _parse_thought_marks(text: str) -> list[list[str]]:
    marks = text.split()
    if not marks or len(marks) % 2:
        raise UsageError(
            f"--thought-marks: expected an opening and a closing mark, got {text!r}. "
            "Write --thought-marks '[PLAN] [/PLAN]'"
        )
    return [list(pair) for pair in zip(marks[::2], marks[1::2], strict=True)]


def _parse_template_args(assignments: list[str]) -> dict[str, Any]:
    from hrm_core.config import parse_value

    values = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(
                f"--template-args: expected NAME=VALUE, got {assignment!r}. "
                "Write --template-args enable_thinking=false"
            )
        values[name] = parse_value(text, where=f"--template-args {name}")
    return values


def _parse_batch_size(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


@dataclass(frozen=True)
class Flag:
    """A flag that sets one key of the config.

    Attributes:
        option: What users type, such as `--top-p`.
        key: Dotted path of the key, such as `sampling.top_p`.
        type: Type of the value on the command line.
        help: Its line in `--help`.
        parse: Turns the value into that of the config.
        is_for_score: Whether `hrm-eval score` has this flag too.
        is_required: Whether the command refuses to run without it.
        values: Returns the values that a shell proposes; None for none, or for files.
    """

    option: str
    key: str
    type: type
    help: str
    parse: Callable[[Any], Any] = _keep
    is_for_score: bool = False
    is_required: bool = False
    values: Callable[[], Sequence[str]] | None = None

    @property
    def name(self) -> str:
        """Name of the parameter in Python."""
        return self.option.partition("/")[0].strip("-").replace("-", "_")

    @property
    def parameter(self) -> inspect.Parameter:
        """The parameter that Typer makes the option from."""
        option = typer.Option(self.option, help=self.help, autocompletion=self.values)
        kind = self.type if self.is_required else self.type | None
        return inspect.Parameter(
            self.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if self.is_required else None,
            annotation=Annotated[kind, option],
        )


FLAGS = (
    Flag(
        "--model", "model_reference", str,
        "A shipped model, a checkpoint folder, a .gguf file, a hub id, openai:NAME@URL (a model of "
        "a server), or 'reference' (the dataset's own solutions). Without it, hrm-nano runs, on "
        "exercises unless --dataset is given.",
        values=shell_values.models,
    ),
    Flag(
        "--dataset", "dataset.name", str, "Dataset; see: hrm-eval list datasets.",
        is_for_score=True, values=shell_values.datasets,
    ),
    Flag("--split", "dataset.split", str, "Split of the dataset.", is_for_score=True),
    Flag(
        "--source", "dataset.source", str,
        "Local file or folder with the data, instead of the hub.", is_for_score=True,
    ),
    Flag("--limit", "dataset.limit", int, "Maximum number of problems."),
    Flag(
        "--task-ids", "dataset.task_ids", str,
        "Only these problems, such as 11,12, or @FILE with one id a line or a JSON list.",
        parse=_parse_task_ids, is_for_score=True,
    ),
    Flag(
        "--shard", "dataset.shard", str,
        "Only one of several shards of the problems, such as 2/8; join their runs with: hrm-eval "
        "merge.",
        is_for_score=True,
    ),
    Flag(
        "--exclude", "dataset.exclude", str,
        "Leave out these problems, such as 11,12, or @FILE, as hrm-eval check writes it.",
        parse=partial(_parse_task_ids, option="--exclude"), is_for_score=True,
    ),
    Flag("--samples", "sampling.num_samples", int, "Answers per problem."),
    Flag("--temperature", "sampling.temperature", float, "Sampling temperature; 0 is greedy."),
    Flag("--top-p", "sampling.top_p", float, "Nucleus sampling; 1 is off."),
    Flag("--top-k", "sampling.top_k", int, "Most likely tokens to keep; 0 keeps all."),
    Flag("--max-new-tokens", "sampling.max_new_tokens", int, "Maximum length of an answer."),
    Flag("--seed", "sampling.seed", int, "Seed of the sampling."),
    Flag(
        "--rerank", "rerank", str,
        "prompt-tests: choose one of the answers by the tests in the prompt, and report it beside "
        "Pass@k.",
        is_for_score=True, values=shell_values.one_of("prompt-tests"),
    ),
    Flag(
        "--k", "k", str,
        "Values of k for pass@k, such as 1,5,10. Default: 1, 10, 100 and the answers per problem.",
        parse=_parse_ks, is_for_score=True,
    ),
    Flag(
        "--trackers", "trackers", str,
        "Experiment trackers that get the results: tensorboard, wandb, trackio, mlflow.",
        parse=_parse_trackers, is_for_score=True,
        values=shell_values.one_of("tensorboard", "wandb", "trackio", "mlflow"),
    ),
    Flag(
        "--prompt", "prompt", str,
        "Prompt style, or a prompt file such as ./my_prompt.jinja; see: hrm-eval list prompts.",
        values=shell_values.prompts,
    ),
    Flag("--system", "system", str, "Message of the system before each prompt."),
    Flag(
        "--template/--no-template", "template", bool,
        "Give the model the prompts through its chat template, or bare. Default: as the style "
        "says.",
    ),
    Flag(
        "--template-args", "template_args", list[str],
        "Variable of the chat template, such as enable_thinking=false; may be repeated.",
        parse=_parse_template_args,
    ),
    Flag(
        "--thought-marks", "thought_marks", str,
        "Marks before and after thoughts, such as '<plan> </plan>', besides those that are known.",
        parse=_parse_thought_marks, is_for_score=True,
    ),
    Flag(
        "--device", "engine.device", str, "auto, cpu, cuda or mps.",
        values=shell_values.one_of("auto", "cpu", "cuda", "mps"),
    ),
    Flag(
        "--batch-size", "engine.batch_size", str,
        "Answers generated at a time; auto chooses a size that fits the memory.",
        parse=_parse_batch_size,
    ),
    Flag(
        "--endpoint", "server.endpoint", str,
        "Of a server: chat, or completions for continuations. Default: as the prompt style needs.",
        values=shell_values.one_of("chat", "completions"),
    ),
    Flag("--concurrency", "server.concurrency", int, "Requests to a server at a time."),
    Flag(
        "--max-total-tokens", "server.max_total_tokens", int,
        "Stop before a server has read and written more tokens than this.",
    ),
    Flag(
        "--timeout", "sandbox.timeout_seconds", float, "Maximum CPU seconds of a program.",
        is_for_score=True,
    ),
    Flag(
        "--test-timeout", "sandbox.test_timeout_seconds", float,
        "Maximum CPU seconds of loading a program, and of each test.", is_for_score=True,
    ),
    Flag(
        "--memory-mb", "sandbox.memory_mb", int,
        "Maximum memory of each process of a program, in MiB.", is_for_score=True,
    ),
    Flag(
        "--executor", "sandbox.executor", str,
        "Where programs are judged: local (this machine) or ray (a Ray cluster).",
        is_for_score=True, values=shell_values.one_of("local", "ray"),
    ),
    Flag("--workers", "sandbox.workers", int, "Programs judged at a time.", is_for_score=True),
    Flag(
        "--require-isolation", "sandbox.require_isolation", str,
        "Isolation layers without which no program runs, such as landlock,seccomp, or 'all'; see: "
        "hrm-eval doctor.",
        parse=_parse_layers, is_for_score=True,
    ),
)  # fmt: skip

SCORE_FLAGS = tuple(
    replace(flag, is_required=flag.option == "--dataset") for flag in FLAGS if flag.is_for_score
)

_CHECK_SECTIONS = {"dataset", "sandbox"}

CHECK_FLAGS = tuple(
    flag
    for flag in FLAGS
    if flag.key.partition(".")[0] in _CHECK_SECTIONS and flag.key != "dataset.name"
)

_ASK_HELP = {
    "--model": "A shipped model, a checkpoint folder, a .gguf file, a hub id or openai:NAME@URL. "
    "Default: hrm-nano.",
    "--samples": "Answers to draw; those that pass every --test are printed. Default: 1.",
    "--temperature": "Sampling temperature; 0 is greedy. Default: 0, with several --samples 0.8.",
}
_ASK_SECTIONS = {
    "model_reference", "sampling", "prompt", "system", "template", "template_args",
    "thought_marks", "engine", "server", "sandbox",
}  # fmt: skip

ASK_FLAGS = tuple(
    replace(flag, help=_ASK_HELP.get(flag.option, flag.help))
    for flag in FLAGS
    if flag.key.partition(".")[0] in _ASK_SECTIONS and flag.option != "--executor"
)


def with_flags(flags: Sequence[Flag]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command these flags.

    The command must have a parameter `settings`. It receives the flags that the user gave, as the
    nested mapping that a config file would contain.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_settings(**values: Any) -> None:
            flag_values = {flag: values.pop(flag.name) for flag in flags}
            command(settings=to_settings(flag_values), **values)

        signature = inspect.signature(command)
        others = [p for p in signature.parameters.values() if p.name != "settings"]
        # Options are listed in the order of the parameters; arguments come before all options.
        arguments = [p for p in others if p.kind is not inspect.Parameter.KEYWORD_ONLY]
        options = [p for p in others if p.kind is inspect.Parameter.KEYWORD_ONLY]
        parameters = [*arguments, *(flag.parameter for flag in flags), *options]
        with_settings.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=parameters
        )
        with_settings.__annotations__ = {p.name: p.annotation for p in parameters}
        return with_settings

    return decorate


def to_settings(values: Mapping[Flag, Any]) -> dict[str, Any]:
    """Return the parsed values of flags as a nested mapping; a value of None is left out."""
    settings: dict[str, Any] = {}
    for flag, value in values.items():
        if value is not None:
            *sections, name = flag.key.split(".")
            section = settings
            for part in sections:
                section = section.setdefault(part, {})
            section[name] = flag.parse(value)
    return settings


def with_options(flags: Sequence[Flag]) -> Callable[[Function], Function]:
    """Return a decorator that shows these flags in the signature of a function with `**options`.

    So `help`, a notebook and an editor know the names; `read_options` reads the values.
    """

    def decorate(function: Function) -> Function:
        signature = inspect.signature(function)
        *others, _ = signature.parameters.values()
        options = [
            flag.parameter.replace(default=None, annotation=Any)
            for flag in flags
            if flag.name not in signature.parameters
        ]
        signature = signature.replace(parameters=[*others, *options])
        function.__signature__ = signature  # type: ignore[attr-defined]
        return function

    return decorate


def read_options(
    function: str, flags: Sequence[Flag], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the options of a Python function as the nested mapping of a config file.

    Args:
        function: Name of the function, for messages.
        flags: The flags that are the names of the options. The values are those of the config, not
            text on a command line, so a list is a list.
        options: The values; None counts as not given.

    Raises:
        TypeError: If an option is unknown.
    """
    by_name = {flag.name: replace(flag, parse=_plain) for flag in flags}
    for name in options:
        if name not in by_name:
            raise TypeError(
                f"{function}() has no option {name!r} (known: {listing(by_name)})."
                f"{suggest(name, by_name)}"
            )
    return to_settings({by_name[name]: value for name, value in options.items()})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
