"""The config of a training run: what a YAML file, `--set` and the flags together say.

The same file may hold the sections of an evaluation, which `hrm-eval` reads and training leaves
alone.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from hrm_core.config import Section
from hrm_core.errors import listing, suggest
from hrm_core.tokenizer_config import TokenizerConfig
from hrm_datasets.prompts import PROMPT_STYLES


class ProblemsConfig(Section):
    """Problems whose own solutions are learnt, or that are kept out of the training.

    Attributes:
        name: A registered dataset.
        split: One of its splits.
        source: Local file or folder; the Hugging Face hub, if not given.
    """

    name: str
    split: str
    source: str | None = None


class DataConfig(Section):
    """What is learnt.

    Attributes:
        problems: Splits of registered datasets; the answer is the reference solution.
        files: JSON Lines with `prompt` (or `instruction`) and `response`, or with `text`; or plain
            text files, one document each.
        streaming: Read the files again for each epoch instead of holding their tokens in memory.
        prompt: Prompt style of problems; that of the evaluation.
        validation: Splits whose loss is measured.
        validation_files: Files, as above, whose loss is measured.
        held_out: Splits that no training row may overlap with. Unless named, the `test` split of
            each dataset that is trained on, from the same source.
        shared_words: A row overlaps if it has so many words in a row in common with a problem.
        overlap: `refuse` to train if rows overlap, `drop` such rows, or `allow` them.
    """

    problems: list[ProblemsConfig] = []
    files: list[str] = []
    streaming: bool = False
    prompt: str = "instruct"
    validation: list[ProblemsConfig] = []
    validation_files: list[str] = []
    held_out: list[ProblemsConfig] | None = None
    shared_words: int = Field(default=10, ge=2)
    overlap: Literal["refuse", "drop", "allow"] = "refuse"

    @field_validator("prompt")
    @classmethod
    def _known_style(cls, value: str) -> str:
        styles = [name for name, style in PROMPT_STYLES.items() if not style.needs_examples]
        if value not in styles:
            message = f"unknown prompt style {value!r} (known: {listing(styles)})."
            raise ValueError(message + suggest(value, styles))
        return value


class OptimizerConfig(Section):
    """How weights are updated.

    Attributes:
        name: `adam_atan2`, as HRM-Text is trained, or `adamw`.
        lr: Learning rate after the warm-up.
        betas: Shares of the running means of gradient and square that a step keeps.
        weight_decay: Decoupled, on every weight.
        clip: Largest norm of the gradient of all weights; no limit, if not given. `adam_atan2`
            needs none.
        average: Decay of the moving average of the weights, which is evaluated and exported; 0 for
            none.
    """

    renamed: ClassVar[Mapping[str, str]] = {
        "learning_rate": "lr",
        "ema_decay": "average",
        "ema": "average",
        "max_grad_norm": "clip",
    }

    name: Literal["adam_atan2", "adamw"] = "adam_atan2"
    lr: float = Field(default=3e-4, gt=0)
    betas: list[float] = Field(default=[0.9, 0.95], min_length=2, max_length=2)
    weight_decay: float = Field(default=0.1, ge=0)
    clip: float | None = Field(default=None, gt=0)
    average: float = Field(default=0.999, ge=0, lt=1)

    @field_validator("betas")
    @classmethod
    def _check_betas(cls, value: list[float]) -> list[float]:
        if not all(0.0 <= beta < 1.0 for beta in value):
            raise ValueError(f"expected two numbers from 0 up to below 1, got {value}")
        return value


class ScheduleConfig(Section):
    """How the learning rate moves.

    Attributes:
        name: After the warm-up, `constant` or `cosine`.
        warmup_steps: Steps of the linear rise.
        min_ratio: Share of the learning rate at which the cosine ends.
    """

    name: Literal["constant", "cosine"] = "cosine"
    warmup_steps: int = Field(default=50, ge=0)
    min_ratio: float = Field(default=0.1, ge=0, le=1)


class PassConfig(Section):
    """Pass@1 during the training, measured by `hrm-eval`.

    Attributes:
        dataset: The problems; the first `limit` of them.
        limit: How many.
        every_steps: Steps between two measurements.
        max_new_tokens: Longest answer.
    """

    dataset: ProblemsConfig
    limit: int = Field(default=10, ge=1)
    every_steps: int = Field(ge=1)
    max_new_tokens: int = Field(default=256, ge=1)


class TrainingConfig(Section):
    """How training runs.

    Attributes:
        data: What is learnt.
        num_steps: Optimizer steps.
        batch_size: Rows of one optimizer step, over all processes.
        micro_batch_size: Rows that a process reads at a time; all of its rows, if not given.
        sequence_length: Tokens of a row; the context of the model, if not given.
        packed: Put several sequences into a row, none seeing another, if the architecture can.
        optimizer: How weights are updated.
        schedule: How the learning rate moves.
        seed: Of fresh weights, of the order of the data and of all that is drawn.
        device: `auto` takes CUDA, then MPS, then the CPU.
        dtype: `bfloat16` computes so, with weights in float32 (autocast).
        compile: Compile the stacks of blocks with torch.compile.
        checkpointing: Compute activations again in the backward pass, which spares memory.
        sharding: `ddp` keeps all weights in every process, `fsdp` a share of them (FSDP2).
        log_every_steps: Steps between two lines of the log.
        validate_every_steps: Steps between two measurements of the validation loss, which each
            checkpoint has, too.
        save_every_steps: Steps between two checkpoints.
        keep_last: Checkpoints kept besides the best.
        spike: A loss so many times the median of the last ones, and 1 nat above it, ends the run.
        pass_at_1: Pass@1 during the training; not measured, if not given.
        trackers: Where the log goes besides the console and `log.jsonl`.
    """

    renamed: ClassVar[Mapping[str, str]] = {
        "learning_rate": "optimizer.lr",
        "lr": "optimizer.lr",
        "steps": "num_steps",
        "max_steps": "num_steps",
        "warmup_steps": "schedule.warmup_steps",
        "ema_decay": "optimizer.average",
    }

    data: DataConfig = DataConfig()
    num_steps: int = Field(default=1000, ge=1)
    batch_size: int = Field(default=16, ge=1)
    micro_batch_size: int | None = Field(default=None, ge=1)
    sequence_length: int | None = Field(default=None, ge=2)
    packed: bool = True
    optimizer: OptimizerConfig = OptimizerConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    seed: int = Field(default=0, ge=0)
    device: Literal["auto", "cpu"] = "auto"
    dtype: Literal["float32", "bfloat16"] = "float32"
    compile: bool = False
    checkpointing: bool = False
    sharding: Literal["ddp", "fsdp"] = "ddp"
    log_every_steps: int = Field(default=10, ge=1)
    validate_every_steps: int = Field(default=100, ge=1)
    save_every_steps: int = Field(default=100, ge=1)
    keep_last: int = Field(default=2, ge=1)
    spike: float = Field(default=10.0, gt=1)
    pass_at_1: PassConfig | None = None
    trackers: list[Literal["tensorboard", "wandb", "trackio"]] = ["tensorboard"]


class TrainRunConfig(Section):
    """All of a training run.

    Attributes:
        model_stack: The stack of a fresh model, `sapient` if not given; and that which a checkpoint
            must belong to.
        model: Shape of a fresh model; checked by the stack.
        model_reference: A checkpoint to start from (fine-tuning): a folder, a shipped name or a hub
            id; fresh weights, if not given.
        tokenizer: Tokenizer of a fresh model.
        training: How training runs.
        dataset: Belongs to `hrm-eval`, as do the following; not read here.
        prompt: See `dataset`.
        sampling: See `dataset`.
        engine: See `dataset`.
        sandbox: Also of the programs that Pass@1 runs.
    """

    renamed: ClassVar[Mapping[str, str]] = {"stack": "model_stack", "train": "training"}

    model_stack: str | None = None
    model: dict[str, Any] = {}
    model_reference: str | None = None
    tokenizer: TokenizerConfig = TokenizerConfig()
    training: TrainingConfig = TrainingConfig()
    dataset: Any = None
    prompt: Any = None
    sampling: Any = None
    engine: Any = None
    sandbox: Any = None

    @field_validator("tokenizer")
    @classmethod
    def _check_tokenizer(cls, value: TokenizerConfig) -> TokenizerConfig:
        if value.text and value.file:
            raise ValueError("text and file: give one of them")
        return value
