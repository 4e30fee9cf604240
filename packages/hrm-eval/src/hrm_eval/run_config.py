"""The config of an evaluation, merged from a YAML file, `--set` and the flags."""

import re
from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from hrm_core.config import Section, from_mapping, merge, parse_overrides, read_config
from hrm_core.errors import UsageError, listing, suggest
from hrm_core.generation import SamplingParams
from hrm_core.tokenizer_config import TokenizerConfig
from hrm_eval._sandbox.layer import Layer
from hrm_eval.prompt_styles import find_style
from hrm_eval.sandbox import ALL_LAYERS, Limits

RerankMethod = Literal["prompt-tests"]
TrackerName = Literal["tensorboard", "wandb", "trackio", "mlflow"]

# What runs if nothing is chosen: the model that this project ships, on problems it has not seen.
SHIPPED_MODEL = "hrm-nano"
# Several answers at temperature 0 would be the same.
SAMPLES_TEMPERATURE = 0.8
_SHIPPED_MODEL_DATASET = {"name": "exercises", "split": "validation"}


# Parameters of a request that decide what comes back, and what to use instead.
_SET_BY_THE_RUN = {
    "model": "Write --model openai:NAME@URL",
    "messages": "Choose a prompt style with --prompt",
    "prompt": "Choose a prompt style with --prompt",
    "n": "Use --samples",
    "stream": "Leave it out",
}
# A null leaves these out, as some servers want.
_NUMBERS_OF_TOKENS = ("max_tokens", "max_completion_tokens")


def require_positive(value: list[int] | None) -> list[int] | None:
    """Return a list of numbers, or None.

    Raises:
        ValueError: If the list is empty, or a number is below 1.
    """
    if value is not None and not (value and min(value) >= 1):
        raise ValueError(f"expected numbers of at least 1, got {value!r}. Write [1, 5, 10]")
    return value


def require_json(value: Any) -> Any:
    """Return a value that JSON can express.

    Raises:
        ValueError: If the value or one in it is of another type, such as a date of YAML, or is no
            finite number.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            _require_json_scalar(key)
            require_json(item)
    elif isinstance(value, list | tuple):
        for item in value:
            require_json(item)
    else:
        _require_json_scalar(value)
    return value


def _require_json_scalar(value: Any) -> None:
    is_finite = not isinstance(value, float) or isfinite(value)
    if not (is_finite and isinstance(value, str | int | float | None)):
        raise ValueError(
            f"expected a value of JSON, got {value!r} ({type(value).__name__}). "
            f"For a text, write it in quotes: '{value}'"
        )


# A value that goes into `summary.json` or a request.
JsonValue = Annotated[Any, AfterValidator(require_json)]


def parse_shard(text: str) -> tuple[int, int]:
    """Return the number of a shard and the number of all shards from a text such as `2/8`.

    Raises:
        ValueError: If the text has another form, or there is no such shard.
    """
    numbers = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    number, count = map(int, numbers.groups()) if numbers else (0, 0)
    if not 1 <= number <= count:
        raise ValueError(f"expected a shard such as '2/8', from 1/8 to 8/8, got {text!r}")
    return number, count


class DatasetConfig(Section):
    """The problems to evaluate.

    A section without `name` selects the first 25 problems of MBPP `dev`, a quick run; its other
    keys change that selection. If no model is named either, it selects the validation split of
    `exercises`.

    Attributes:
        name: A registered dataset.
        split: One of its splits; its default split if not given.
        source: Local file or folder with the data; the source of the dataset if not given.
        limit: Maximum number of problems, counted from the first.
        seed: Seed of a split whose problems are drawn without end, such as `train` of `exercises`;
            0 if not given.
        task_ids: Use only these problems; all problems if empty.
        shard: One of several shards of these problems, such as `2/8`: the second problem and every
            eighth after it. `hrm-eval merge` joins the runs of all shards.
        exclude: Leave out these problems; `limit` counts those that are left. None is left out if
            not given.
        fingerprint: Expected fingerprint of the problems, as in `summary.json`; a run on other
            problems is refused. That of a shard is that of the whole. Not checked if not given.
    """

    name: str = "mbpp"
    split: str | None = None
    source: str | None = None
    limit: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0)
    task_ids: list[str] = []
    shard: str | None = None
    exclude: list[str] | None = None
    fingerprint: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _quick_unless_named(cls, values: Any) -> Any:
        if isinstance(values, dict) and "name" not in values:
            return {"split": "dev", "limit": 25, **values}
        return values

    @field_validator("task_ids", "exclude", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return [str(item) for item in value] if isinstance(value, list) else value

    @field_validator("shard")
    @classmethod
    def _known_shard(cls, value: str | None) -> str | None:
        if value is not None:
            parse_shard(value)
        return value


class SamplingConfig(SamplingParams):
    """How answers are sampled; `SamplingParams` describes the other keys.

    Attributes:
        num_samples: Number of answers per problem.
        seed: Seed of the sampling; each problem gets its own seed derived from it.
    """

    renamed: ClassVar[Mapping[str, str]] = {
        "samples": "num_samples",
        "max_tokens": "max_new_tokens",
        "max_length": "max_new_tokens",
    }

    num_samples: int = Field(default=1, ge=1)
    seed: int = Field(default=0, ge=0)


class EngineConfig(Section):
    """How the model runs.

    Attributes:
        device: `auto` uses CUDA if available, else MPS, else the CPU.
        dtype: `auto` uses bfloat16 on CUDA and float32 elsewhere; on CPUs that multiply bfloat16
            fast, our own models read prompts in it.
        batch_size: Number of answers generated at a time. If `auto` or not given, as many as fit
            into memory, up to the size beyond which larger batches are no faster.
        compile: Compile the decoding steps with torch.compile, which pays in long runs on a GPU.
            The engine `transformers` cannot.
    """

    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    batch_size: int | None = Field(default=None, ge=1)
    compile: bool = False

    @field_validator("batch_size", mode="before")
    @classmethod
    def _auto_is_none(cls, value: Any) -> Any:
        if value == "auto":
            return None
        if isinstance(value, str):
            raise ValueError(f"expected an int or 'auto', got {value!r}")  # noqa: TRY004 (pydantic)
        return value


class ServerConfig(Section):
    """How a server is asked, for a model `openai:NAME@URL`.

    Attributes:
        endpoint: `chat` gives each prompt as the message of a user, `completions` lets the model
            continue it. If not given, `completions` for the prompt styles that are continued, which
            have stop strings, and `chat` for the others.
        concurrency: Number of requests at a time.
        timeout_seconds: Maximum time of an answer, from the first request to the last retry.
        max_retries: How often a request is sent again after an error of the server or the network.
        max_total_tokens: Maximum number of tokens of all prompts and answers of the run. A run that
            would exceed it stops, and can be resumed with a larger one. No maximum if not given.
        api_key_variable: Environment variable with the API key. The key itself is stored nowhere.
        parameters: Parameters of every request that are added to ours or replace them, such as
            `{reasoning_effort: low}`. The value null leaves a parameter out.
    """

    endpoint: Literal["chat", "completions"] | None = None
    concurrency: int = Field(default=16, ge=1)
    timeout_seconds: float = Field(default=600.0, gt=0.0)
    max_retries: int = Field(default=8, ge=0)
    max_total_tokens: int | None = Field(default=None, ge=1)
    api_key_variable: str = "OPENAI_API_KEY"
    parameters: dict[str, JsonValue] = {}

    @field_validator("parameters")
    @classmethod
    def _not_what_the_run_sets(cls, value: dict[str, Any]) -> dict[str, Any]:
        for name, cure in _SET_BY_THE_RUN.items():
            if name in value:
                raise ValueError(f"{name!r} is set by the run. {cure}")
        for name in _NUMBERS_OF_TOKENS:
            if value.get(name) is not None:
                raise ValueError(f"{name!r} is set by the run. Use --max-new-tokens")
        return value


class SandboxConfig(Limits):
    """Limits of the programs, where and how many run at a time, and which isolation they require.

    Attributes:
        executor: Where programs are judged: `local` is this machine, and `ray` a Ray cluster.
        workers: Number of programs judged at a time; the number of CPUs if not given, those of the
            whole cluster with Ray.
        require_isolation: Isolation layers without which no program is run; `all` means every
            layer.
    """

    renamed: ClassVar[Mapping[str, str]] = {"timeout": "timeout_seconds", "memory": "memory_mb"}

    executor: Literal["local", "ray"] = "local"
    workers: int | None = Field(default=None, ge=1)
    require_isolation: list[str] = []

    @field_validator("require_isolation")
    @classmethod
    def _known_layers(cls, value: list[str]) -> list[str]:
        known = [ALL_LAYERS, *(layer.value for layer in Layer)]
        for name in value:
            if name not in known:
                hint = suggest(name, known)
                raise ValueError(f"unknown layer {name!r} (known: {listing(known)}).{hint}")
        return value


class RunConfig(Section):
    """The whole config of an evaluation.

    Attributes:
        model_stack: Name of a model stack. A new model is built by it (by `sapient` if not given),
            and a checkpoint must belong to it (to any stack if not given).
        model: Shape of a new model; checked by the stack.
        model_reference: The model to evaluate, in any form that `--model` accepts; `hrm-nano` if
            not given, unless the config describes a new model (`model_stack` or `model`).
        tokenizer: Tokenizer of a new model.
        dataset: The problems. If no dataset is named, the first 25 of MBPP `dev`, or the validation
            split of `exercises` if no model is named either.
        prompt: Prompt style, or a prompt file such as `./my_prompt.jinja`.
        prompt_sha256: Expected hash of the prompt style, as in `summary.json`; a run with another
            text is refused. Not checked if not given.
        system: Message of the system before each prompt, for a model with a chat template.
        template: Whether prompts go through the chat template (or prompt format) of the model;
            without, they are bare. If not given, as the prompt style says.
        template_args: Values for variables of the chat template, such as
            `{enable_thinking: false}`.
        thought_marks: Pairs of marks around the thoughts of the model, `[[OPEN, CLOSE], ...]`, for
            a model whose marks are not known; `<think>` and the like are.
        sampling: How answers are sampled.
        rerank: How one of several answers to a problem is chosen. `prompt-tests` chooses among
            those that pass the tests in the prompt; its result has a name of its own and is not
            Pass@1. Nothing is chosen if not given.
        k: Values of k for pass@k, each at most the number of answers to a problem; 1 is reported as
            well. If not given, 1, 10, 100 and the number of answers.
        trackers: Experiment trackers that receive the settings and the results.
        engine: How the model runs.
        server: How a server is asked, for a model `openai:NAME@URL`.
        sandbox: Limits and isolation of the programs.
        training: Settings of hrm-train; ignored here, so that one file serves both commands.
    """

    renamed: ClassVar[Mapping[str, str]] = {
        "stack": "model_stack",
        "eval": "dataset",
        "generation": "sampling",
        "learning_rate": "training.learning_rate",
        "lr": "training.learning_rate",
        "batch_size": "engine.batch_size",
        "device": "engine.device",
        "hidden_dim": "model.hidden_size",
        "num_layers": "model.num_layers_per_stack",
        "num_heads": "model.num_attention_heads",
        "high_level_layers": "model.num_layers_per_stack",
        "low_level_layers": "model.num_layers_per_stack",
        "max_seq_len": "model.max_position_embeddings",
        "vocab_size": "model.vocab_size",
    }
    ignored: ClassVar[Collection[str]] = ("improve",)

    model_stack: str | None = None
    model: dict[str, Any] = {}
    model_reference: str | None = None
    tokenizer: TokenizerConfig = TokenizerConfig()
    dataset: DatasetConfig = Field(default_factory=DatasetConfig)
    prompt: str = "instruct"
    prompt_sha256: str | None = None
    system: str | None = None
    template: bool | None = None
    template_args: dict[str, JsonValue] = {}
    thought_marks: list[list[str]] | None = None
    sampling: SamplingConfig = SamplingConfig()
    rerank: RerankMethod | None = None
    k: list[int] | None = None
    trackers: list[TrackerName] = []
    engine: EngineConfig = EngineConfig()
    server: ServerConfig = ServerConfig()
    sandbox: SandboxConfig = SandboxConfig()
    training: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _shipped_unless_chosen(cls, values: Any) -> Any:
        if not isinstance(values, dict) or values.get("model_reference") is not None:
            return values
        if values.get("model_stack") is not None or values.get("model"):
            return values
        dataset = values.get("dataset", {})
        if isinstance(dataset, dict) and "name" not in dataset:
            dataset = {**_SHIPPED_MODEL_DATASET, **dataset}
        return {**values, "model_reference": SHIPPED_MODEL, "dataset": dataset}

    @field_validator("thought_marks")
    @classmethod
    def _pairs_of_marks(cls, value: list[list[str]] | None) -> list[list[str]] | None:
        for pair in value or ():
            if len(pair) != 2 or not all(mark.strip() for mark in pair) or pair[0] == pair[1]:
                raise ValueError(
                    f"expected pairs of two different marks, got {pair!r}. "
                    "Write [['[PLAN]', '[/PLAN]']]"
                )
        return value

    @field_validator("k")
    @classmethod
    def _positive(cls, value: list[int] | None) -> list[int] | None:
        return require_positive(value)

    @field_validator("prompt")
    @classmethod
    def _known_style(cls, value: str) -> str:
        try:
            find_style(value)
        except UsageError as error:
            raise ValueError(str(error).removeprefix("--prompt: ")) from error
        return value


def read_run_config(
    file: Path | Mapping[str, Any] | None,
    assignments: Sequence[str] | None,
    settings: Mapping[str, Any],
    *,
    base: Mapping[str, Any] | None = None,
) -> RunConfig:
    """Return the config of an evaluation; later sources win.

    Args:
        file: A YAML file, or its content.
        assignments: Those of `--set`.
        settings: Those of the flags.
        base: Settings below all others.

    Raises:
        ConfigError: If a source cannot be read, or a setting is unknown or invalid.
    """
    in_file = read_config(file) if isinstance(file, Path) else file or {}
    values = merge(merge(base or {}, in_file), parse_overrides(assignments or []))
    return from_mapping(RunConfig, merge(values, settings))


def named_checkpoint(file: Path | None, assignments: Sequence[str] | None) -> str | None:
    """Return the checkpoint that a config names itself; `read_run_config` fills in a default."""
    values = read_config(file) if file else {}
    named: str | None = merge(values, parse_overrides(assignments or [])).get("model_reference")
    return named


def refuse_equal_answers(sampling: SamplingConfig) -> None:
    """Refuse several answers of one model to a problem that would all be the same.

    Raises:
        UsageError: If there are several answers, and the temperature is 0.
    """
    if sampling.num_samples > 1 and sampling.temperature == 0.0:
        raise UsageError(
            f"sampling.temperature: at 0, all {sampling.num_samples} answers to a problem are the "
            f"same. Raise it, such as --temperature {SAMPLES_TEMPERATURE}, or ask for one answer"
        )
