"""The config of an evaluation: what a YAML file, `--set` and the flags together say."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from hrm_core.config import Section
from hrm_core.errors import listing, suggest
from hrm_core.generation import SamplingParams
from hrm_core.tokenizer_config import TokenizerConfig
from hrm_datasets.prompts import PROMPT_STYLES
from hrm_eval._sandbox.layers import Layer
from hrm_eval.sandbox import ALL_LAYERS, Limits


class DatasetConfig(Section):
    """Which problems; what does not name the dataset is said of the quick run.

    That is the first 25 of MBPP `dev`.

    Attributes:
        name: A registered dataset.
        split: One of its splits; its default split, if not given.
        source: Local file or folder; the Hugging Face hub, if not given.
        limit: At most so many problems, from the first on.
        task_ids: Only these.
        fingerprint: What the problems must be, as `summary.json` gives it; any, if not given.
    """

    name: str = "mbpp"
    split: str | None = None
    source: str | None = None
    limit: int | None = Field(default=None, ge=1)
    task_ids: list[str] = []
    fingerprint: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _quick_unless_named(cls, values: Any) -> Any:
        if isinstance(values, dict) and "name" not in values:
            return {"split": "dev", "limit": 25, **values}
        return values

    @field_validator("task_ids", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return [str(item) for item in value] if isinstance(value, list) else value


class SamplingConfig(SamplingParams):
    """How answers are drawn; see `SamplingParams` for the rest.

    Attributes:
        num_samples: Answers a problem.
        seed: Of the whole run.
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
        device: `auto` takes CUDA, then MPS, then the CPU.
        dtype: `auto` takes bfloat16 on CUDA and float32 elsewhere.
        batch_size: Answers written at a time; if `auto` or not given, as many as the memory has
            room for, and no more than pay.
        compile: Compile the decoding steps with torch.compile; for our stacks, on a GPU.
    """

    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    batch_size: int | None = Field(default=None, ge=1)
    compile: bool = False

    @field_validator("batch_size", mode="before")
    @classmethod
    def _auto_is_none(cls, value: Any) -> Any:
        return None if value == "auto" else value


class SandboxConfig(Limits):
    """Limits of a program, how many run side by side, and how isolated they must be.

    Attributes:
        workers: Programs at a time; the number of CPUs, if not given.
        require_isolation: Layers of isolation without which no program is run; `all` is every one.
    """

    renamed: ClassVar[Mapping[str, str]] = {"timeout": "timeout_seconds", "memory": "memory_mb"}

    workers: int | None = Field(default=None, ge=1)
    require_isolation: list[str] = []

    @field_validator("require_isolation")
    @classmethod
    def _known_layers(cls, value: list[str]) -> list[str]:
        known = [ALL_LAYERS, *(layer.value for layer in Layer)]
        for name in value:
            if name not in known:
                near = suggest(name, known)
                raise ValueError(f"unknown layer {name!r} (known: {listing(known)}).{near}")
        return value


class RunConfig(Section):
    """All of an evaluation.

    Attributes:
        model_stack: The stack that builds a fresh model, `sapient` if not given; and the stack that
            a checkpoint must belong to, any if not given.
        model: Shape of a fresh model; checked by the stack.
        model_reference: The model to evaluate, as `--model` takes it.
        tokenizer: Tokenizer of a fresh model.
        dataset: Which problems; the first 25 of MBPP `dev`, if none is named.
        prompt: Prompt style.
        sampling: How answers are drawn.
        engine: How the model runs.
        sandbox: Limits of the programs.
        training: Belongs to hrm-train; not read here.
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

    model_stack: str | None = None
    model: dict[str, Any] = {}
    model_reference: str | None = None
    tokenizer: TokenizerConfig = TokenizerConfig()
    dataset: DatasetConfig = Field(default_factory=DatasetConfig)
    prompt: str = "instruct"
    sampling: SamplingConfig = SamplingConfig()
    engine: EngineConfig = EngineConfig()
    sandbox: SandboxConfig = SandboxConfig()
    training: dict[str, Any] = {}

    @field_validator("prompt")
    @classmethod
    def _known_style(cls, value: str) -> str:
        if value not in PROMPT_STYLES:
            near = suggest(value, PROMPT_STYLES)
            raise ValueError(
                f"unknown prompt style {value!r} (known: {listing(PROMPT_STYLES)}).{near}"
            )
        return value
