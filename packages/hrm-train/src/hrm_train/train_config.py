"""The config of a training run, merged from a YAML file, `--set` and flags.

The same file may contain the sections of an evaluation, which `hrm-eval` reads and training
ignores.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from hrm_core.config import Section
from hrm_core.errors import listing, suggest
from hrm_core.tokenizer_config import TokenizerConfig
from hrm_datasets.prompts import PROMPT_STYLES

# How many sequences of streamed data are shuffled together.
SHUFFLE_BUFFER = 10_000


class SplitConfig(Section):
    """One split of a dataset of problems.

    Attributes:
        name: Name of a registered dataset.
        split: Name of the split.
        source: Local file or folder with the published rows. Default: the Hugging Face hub.
    """

    name: str
    split: str
    source: str | None = None


class ProblemsConfig(SplitConfig):
    """One split of a dataset of problems to train on.

    Attributes:
        limit: Number of problems, counted from the first. A split without end, such as `train` of
            `exercises`, needs it; with `data.streaming`, each epoch draws the next ones.
        seed: Seed of a split without end. Default: 0.
        easy_first: Let the difficulty of a split without end rise during the first epoch. Needs
            `data.streaming`, and a limit of several times the 10,000 problems that are shuffled
            together.
    """

    limit: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0)
    easy_first: bool = False


class DataConfig(Section):
    """The training data.

    Attributes:
        problems: Dataset splits to train on; the response is the reference solution.
        files: Files to train on: JSON Lines with `prompt` (or `instruction`) and `response`, or
            with `text`; a `.json` file may also be one list of such objects. A file with another
            suffix is JSON Lines if its first line is a JSON object, or else plain text, one
            document per file. Files may be gzipped (`.gz`).
        streaming: Read the files again in each epoch instead of keeping their tokens in memory, and
            draw new problems of a split without end.
        workers: Number of processes that read and tokenize the next epochs ahead of time, for
            streamed data on a GPU. 0: the training reads between its steps, which a CPU hardly
            notices.
        prompt: Prompt style of the problems; use the style of the evaluation.
        untested: Share of the problems whose prompts do not show their tests, so that the model
            learns to answer a bare question.
        named: Share of these bare questions that name the function. Needs `untested`.
        stubs: Share of the problems that are asked as the head of a function with a docstring, as
            in HumanEval, where the solution is a function; `untested` and `stubs` together are at
            most 1.
        validation: Dataset splits on which the validation loss is measured.
        validation_files: Files on which it is measured too, in the same formats as `files`.
        held_out: Dataset splits that no training example may overlap with. Default: the `test`
            split of each dataset in `problems` that has one, from the same source. A split without
            end keeps out its tests by itself.
        shared_words: Number of consecutive words that an example may not share with a held-out
            problem.
        overlap: `refuse` to train if examples overlap, `drop` such examples, or `allow` them.
    """

    problems: list[ProblemsConfig] = []
    files: list[str] = []
    streaming: bool = False
    workers: int = Field(default=0, ge=0)
    prompt: str = "instruct"
    untested: float = Field(default=0.0, ge=0, le=1)
    named: float = Field(default=0.0, ge=0, le=1)
    stubs: float = Field(default=0.0, ge=0, le=1)
    validation: list[SplitConfig] = []
    validation_files: list[str] = []
    held_out: list[SplitConfig] | None = None
    shared_words: int = Field(default=10, ge=2)
    overlap: Literal["refuse", "drop", "allow"] = "refuse"

    @model_validator(mode="after")
    def _check_workers(self) -> Self:
        if self.workers and not self.streaming:
            raise ValueError(
                "workers: only streamed data is read ahead. Set streaming: true, or remove workers"
            )
        return self

    @model_validator(mode="after")
    def _check_named(self) -> Self:
        if self.named and not self.untested:
            raise ValueError(
                "named: only questions without tests can name the function. Set untested, or "
                "remove named"
            )
        return self

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        for number, problems in enumerate(self.problems):
            if problems.easy_first and not self.streaming:
                raise ValueError(
                    f"problems.{number}.easy_first: data that is kept in memory is shuffled as a "
                    "whole. Set streaming: true, or remove easy_first"
                )
            if problems.easy_first and (problems.limit or 0) <= SHUFFLE_BUFFER:
                raise ValueError(
                    f"problems.{number}.easy_first: {SHUFFLE_BUFFER:,} problems are shuffled "
                    f"together, got limit {problems.limit}. Set a limit of several times as many, "
                    "or remove easy_first"
                )
        return self

    @model_validator(mode="after")
    def _check_forms(self) -> Self:
        # Decimal shares may add up to a little more.
        if self.untested + self.stubs > 1 + 1e-9:
            raise ValueError(
                f"stubs: each problem is asked in one form, but untested {self.untested} and stubs "
                f"{self.stubs} are more than 1 together. Lower one of them"
            )
        return self

    @field_validator("prompt")
    @classmethod
    def _known_style(cls, value: str) -> str:
        # The others show solved problems, or are given to a model in another form than in training.
        styles = [
            name
            for name, style in PROMPT_STYLES.items()
            if not style.needs_examples and style.template is None
        ]
        if value not in styles:
            message = f"unknown prompt style {value!r} (known: {listing(styles)})."
            raise ValueError(message + suggest(value, styles))
        return value


class OptimizerConfig(Section):
    """The optimizer.

    Attributes:
        name: `adam_atan2`, the optimizer of HRM-Text, or `adamw`.
        lr: Learning rate after the warm-up.
        betas: Decay rates of the running means of the gradient and of its square.
        weight_decay: Decoupled weight decay, applied to every weight.
        clip: Maximum norm of the gradient of all weights. Default: no clipping, which `adam_atan2`
            does not need.
        average: Decay of the moving average of the weights, which is validated, evaluated and
            exported; 0 disables the average.
    """

    renamed: ClassVar[Mapping[str, str]] = {
        "learning_rate": "lr",
        "ema_decay": "average",
        "ema": "average",
        "max_grad_norm": "clip",
    }

    name: Literal["adam_atan2", "adamw"] = "adam_atan2"
    lr: float = Field(default=3e-4, gt=0, le=1)
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

    @model_validator(mode="after")
    def _check_decay(self) -> Self:
        if self.lr * self.weight_decay >= 1:
            raise ValueError(
                f"weight_decay: each step would remove all of a weight, since lr {self.lr} times "
                f"weight_decay {self.weight_decay} is 1 or more. Lower weight_decay"
            )
        return self


class ScheduleConfig(Section):
    """The learning rate schedule.

    Attributes:
        name: Shape after the warm-up: `constant`, or `cosine` decay.
        warmup_steps: Number of steps of the linear warm-up. Default: 50, or half of the run if it
            is shorter than 100 steps.
        min_ratio: Learning rate that the cosine decay falls to, as a share of `lr`. The step after
            the last one would have it.
    """

    name: Literal["constant", "cosine"] = "cosine"
    warmup_steps: int | None = Field(default=None, ge=0)
    min_ratio: float = Field(default=0.1, ge=0, le=1)


class PassAt1Config(Section):
    """Pass@1 during the training, measured by `hrm-eval`.

    Attributes:
        dataset: Dataset split to measure on. It is held out from the training data.
        limit: Number of problems, taken from the start of the split.
        every_steps: Number of steps between two measurements. Pass@1 is also measured after the
            last step.
        max_new_tokens: Maximum number of tokens of an answer.
    """

    dataset: SplitConfig
    limit: int = Field(default=10, ge=1)
    every_steps: int = Field(ge=1)
    max_new_tokens: int = Field(default=256, ge=1)


class TrainingConfig(Section):
    """Settings of the training.

    Attributes:
        data: The training data.
        num_steps: Number of optimizer steps.
        batch_size: Number of rows per optimizer step, over all processes. A row is one sequence
            of tokens in a batch.
        micro_batch_size: Number of rows per forward and backward pass of a process; the gradients
            of the passes are summed. Default: all rows of the process.
        sequence_length: Number of tokens per row. Default: the context of the model.
        packed: Put several examples into a row, if the architecture supports it. They do not
            attend to each other.
        optimizer: The optimizer.
        schedule: The learning rate schedule.
        seed: Seed of the initial weights, the order of the data and all other random numbers.
        device: `auto` uses CUDA, or else MPS, or else the CPU. A device that is named must be
            there.
        dtype: `bfloat16` computes in bfloat16 and keeps the weights in float32 (autocast); `auto`
            does so if the device is faster with it.
        compile: Compile the stacks of blocks with torch.compile.
        checkpointing: Recompute activations in the backward pass, which saves memory.
        processes: Number of processes that `hrm-train run` starts on a CPU; they divide the batch
            and the cores. Ignored under `torchrun` and the like. Default: one for each core, at
            most 8, if the batch can be divided and the run is not short.
        sharding: `ddp` copies all weights to every process; `fsdp` divides them (FSDP2).
        log_every_steps: Number of steps between two lines of the log.
        validate_every_steps: Number of steps between two measurements of the validation loss. It is
            also measured at each checkpoint.
        save_every_steps: Number of steps between two checkpoints.
        keep_last: Number of checkpoints to keep, besides the best one.
        spike: The run ends if a loss exceeds the median of the recent losses by this factor and by
            1 nat.
        pass_at_1: Pass@1 during the training. Default: not measured.
        trackers: Experiment trackers that receive the log, besides the console and `log.jsonl`.
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
    seed: int = Field(default=0, ge=0, lt=2**63)
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    compile: bool = False
    checkpointing: bool = False
    processes: int | None = Field(default=None, ge=1)
    sharding: Literal["ddp", "fsdp"] = "ddp"
    log_every_steps: int = Field(default=10, ge=1)
    validate_every_steps: int = Field(default=100, ge=1)
    save_every_steps: int = Field(default=100, ge=1)
    keep_last: int = Field(default=2, ge=1)
    spike: float = Field(default=10.0, gt=1)
    pass_at_1: PassAt1Config | None = None
    trackers: list[Literal["tensorboard", "wandb", "trackio"]] = ["tensorboard"]


class TrainRunConfig(Section):
    """All settings of a training run. Other keys of `hrm-eval` in the same file are ignored.

    Attributes:
        model_stack: Stack of a new model; a checkpoint to fine-tune must belong to it. Default:
            `sapient`, or the stack of the checkpoint.
        model: Architecture and shape of a new model; checked by the stack.
        model_reference: Checkpoint to fine-tune: a folder, the name of a shipped model or a hub
            id. Default: a new model with random weights.
        tokenizer: Tokenizer of a new model.
        training: Settings of the training.
        dataset: Section of `hrm-eval`; ignored by training.
        prompt: Section of `hrm-eval`; ignored by training.
        sampling: Section of `hrm-eval`; used by `improve` only.
        engine: Section of `hrm-eval`; used by `improve` only.
        sandbox: Section of `hrm-eval`; also used by `training.pass_at_1` and `improve`.
    """

    renamed: ClassVar[Mapping[str, str]] = {"stack": "model_stack", "train": "training"}
    ignored: ClassVar[Collection[str]] = (
        "improve",
        "k",
        "prompt_sha256",
        "rerank",
        "server",
        "system",
        "template",
        "template_args",
        "thought_marks",
        "trackers",
    )

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
            raise ValueError("text and file: give only one of them")
        return value
