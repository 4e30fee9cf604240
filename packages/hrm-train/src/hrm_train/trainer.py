"""The training loop.

It knows batches, losses and steps. What a loss is belongs to the architecture
(`LanguageModel.training_step`); devices, precision and processes belong to accelerate.
"""

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import gather_object
from torch import Tensor, nn

from hrm_core.checkpoint import Checkpoint
from hrm_core.errors import ConfigError, HrmError
from hrm_core.generation import derive_seed
from hrm_core.layers import BlockStack
from hrm_core.model import LanguageModel, TrainingBatch, TrainingStep
from hrm_train.averages import WeightAverage
from hrm_train.checkpoints import save_checkpoint
from hrm_train.console import Progress
from hrm_train.optimizers import make_optimizer
from hrm_train.pass_at_1 import PassMeasurement
from hrm_train.processes import exchange, in_main, settle, spread
from hrm_train.run_folder import TrainingFolder
from hrm_train.schedules import lr_factor
from hrm_train.sequences import Row, RowStream, make_batch
from hrm_train.state import whole
from hrm_train.stop_signal import Ending
from hrm_train.train_config import TrainingConfig, TrainRunConfig

# Losses that a spike is told by.
_RECENT = 50
_LEAST_RECENT = 10
# Nats. Where next to nothing is left of the loss, a spike of many times that is no divergence.
_LEAST_SPIKE = 1.0


class DivergenceError(HrmError):
    """The loss is no number, or has jumped."""


class TrainingModule(nn.Module):
    """A model whose forward pass is a training step, so that any wrapper of modules takes part."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, batch: TrainingBatch, carry: Any, progress: float, generator: torch.Generator
    ) -> TrainingStep:
        """Return the loss of a step; in evaluation mode, the validation loss."""
        if self.training:
            return self.model.training_step(batch, carry, progress, generator)
        return TrainingStep(self.model.validation_loss(batch), carry, {})


@dataclass
class Position:
    """How far a run has come.

    Attributes:
        step: Optimizer steps made.
        num_rows: Rows taken from the stream, by all processes.
        best: Lowest validation loss so far.
        recent: The last losses.
    """

    step: int = 0
    num_rows: int = 0
    best: float = math.inf
    recent: list[float] = field(default_factory=list)


class Trainer:
    """A run of training: a model, its optimizer, and where it stands."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        settings: TrainRunConfig,
        accelerator: Accelerator,
        folder: TrainingFolder,
    ) -> None:
        """Prepare the model for the processes and devices there are.

        Args:
            checkpoint: What to train; its model is moved.
            settings: How.
            accelerator: Which processes and devices.
            folder: Where checkpoints and the log go.
        """
        config = settings.training
        self.config, self.accelerator, self.folder = config, accelerator, folder
        self.is_fine_tuning = settings.model_reference is not None
        self.checkpoint, self.model = checkpoint, checkpoint.model.train()
        if not self.model.is_causal:
            raise ConfigError(
                "model.causal: a model that sees the next tokens reads them off and does not learn "
                "to write them, got false. Leave it out"
            )
        self.row_length = _row_length(config, self.model)
        self.is_packed = config.packed and self.model.can_pack
        for stack in self.model.modules():
            if isinstance(stack, BlockStack):
                stack.recomputes_activations = config.checkpointing
                if config.compile:
                    stack.compile(dynamic=False)
        module = TrainingModule(self.model)
        self.module = spread(module, accelerator, sharding=config.sharding)
        self.optimizer = make_optimizer(self.model.parameters(), config.optimizer)
        self.average = (
            WeightAverage(self.model, config.optimizer.average)
            if config.optimizer.average
            else None
        )
        self.passes = PassMeasurement(settings, folder)
        self.position = Position()
        self.ending = Ending()
        self.carries: list[Any] = [None] * self.num_micro_batches
        # What is learnt, in numbers; noted in checkpoints.
        self.learnt: dict[str, Any] = {}
        seed = derive_seed(config.seed, "draws", accelerator.process_index)
        self.generator = torch.Generator(accelerator.device).manual_seed(seed)
        torch.manual_seed(derive_seed(config.seed, "torch", accelerator.process_index))

    @property
    def rows_per_process(self) -> int:
        """Rows of each batch that a process takes."""
        return self.config.batch_size // self.accelerator.num_processes

    @property
    def num_micro_batches(self) -> int:
        """Forward and backward passes of an optimizer step."""
        return self.rows_per_process // (self.config.micro_batch_size or self.rows_per_process)

    def progress_at(self, step: int) -> float:
        """Return the share of the training that is done after so many steps.

        What an architecture works up to, a model to fine-tune has behind it.
        """
        return 1.0 if self.is_fine_tuning else step / self.config.num_steps

    def train(self, stream: RowStream, validation: Sequence[Row], progress: Progress) -> None:
        """Make the steps that are left.

        Args:
            stream: The rows of the run, from its first step on.
            validation: Rows whose loss is measured.
            progress: Told of every step.

        Raises:
            DivergenceError: If the loss or its gradient is no number, or the loss jumps.
            SaveError: If a checkpoint cannot be written.
        """
        config, position = self.config, self.position
        rows = islice(stream.rows(), position.num_rows, None)
        # A kill may have come between a checkpoint and its measurement.
        self.passes.measure(self)
        while position.step < config.num_steps:
            with self.ending:
                self._advance(rows, validation, progress)
            if self.ending.is_agreed:
                self.ending.end()
            self.passes.measure(self)

    def _advance(self, rows: Iterator[Row], validation: Sequence[Row], progress: Progress) -> None:
        """Make a step, and what is due after it."""
        config, position = self.config, self.position
        began = time.perf_counter()
        metrics = self.step(list(islice(rows, config.batch_size)))
        metrics["seconds"] = time.perf_counter() - began
        is_last = position.step == config.num_steps
        saves = is_last or position.step % config.save_every_steps == 0
        saves = saves or self.passes.is_due(position.step)
        if saves or position.step % config.validate_every_steps == 0:
            metrics |= self.validate(validation)
        self.note(metrics, progress, is_last=is_last)
        if saves or self.ending.is_agreed:
            save_checkpoint(self, metrics.get("validation_loss"))
            progress.saved(self)

    def step(self, rows: Sequence[Row]) -> dict[str, float]:
        """Make one optimizer step on a batch of rows, the same in every process."""
        config, position = self.config, self.position
        lr = config.optimizer.lr * lr_factor(position.step, config.num_steps, config.schedule)
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        loss, metrics = self._backward(rows)
        weights = [weight for weight in self.module.parameters() if weight.grad is not None]
        norm = nn.utils.get_total_norm([w.grad for w in weights if w.grad is not None])
        metrics["gradient_norm"] = float(whole(norm))
        self._check_divergence(loss, metrics["gradient_norm"], rows)
        if config.optimizer.clip is not None:
            nn.utils.clip_grads_with_norm_(weights, config.optimizer.clip, norm)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        if self.average is not None:
            self.average.update(self.model, position.step)
        num_tokens = sum(sequence.length for row in rows for sequence in row)
        position.step += 1
        position.num_rows += len(rows)
        position.recent = [*position.recent, loss][-_RECENT:]
        metrics |= {"step": position.step, "loss": loss, "lr": lr}
        metrics |= {"batch_tokens": num_tokens, "batch_labels": _num_labels(rows)}
        return metrics

    def _backward(self, rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
        """Add up the gradients of a batch; return its loss and metrics, means over all its labels.

        Wrappers average gradients over processes, so each loss is weighted by its share of the
        labels, and by the number of processes. Where an architecture carries rows, how many labels
        there were is known afterwards, and the gradients are divided then.
        """
        accelerator = self.accelerator
        num_labels = _num_labels(rows)
        own = rows[accelerator.process_index :: accelerator.num_processes]
        size = len(own) // self.num_micro_batches
        progress = self.progress_at(self.position.step)
        sums: list[Tensor] = []
        for number in range(self.num_micro_batches):
            micro = own[number * size : (number + 1) * size]
            is_last = number == self.num_micro_batches - 1
            with exchange(self.module, accelerator, is_last=is_last):
                with accelerator.autocast():
                    found = self.module(
                        self._batch(micro), self.carries[number], progress, self.generator
                    )
                counted = _num_labels(micro) if found.num_labels is None else found.num_labels
                weight = counted / num_labels
                (found.loss * (weight * accelerator.num_processes)).backward()
            self.carries[number] = found.carry
            means = torch.stack([found.loss.detach(), *found.metrics.values()]).float()
            sums.append(torch.cat([means, means.new_ones(1)]) * weight)
        asked = sums[0].new_tensor([self.ending.is_asked])
        total = torch.cat([torch.stack(sums).sum(dim=0), asked])
        *values, share, num_asked = accelerator.reduce(total, "sum").tolist()
        self.ending.is_agreed = num_asked > 0
        loss, *others = (value / share for value in values)
        if found.num_labels is not None:
            for parameter in self.module.parameters():
                if parameter.grad is not None:
                    parameter.grad.div_(share)
        return loss, dict(zip(found.metrics, others, strict=True))

    def _batch(self, rows: Sequence[Row]) -> TrainingBatch:
        model = self.model
        batch = make_batch(
            rows,
            self.row_length,
            is_packed=self.is_packed,
            prefix_lm=model.prefix_lm,
            pad_id=model.config.pad_token_id or 0,
        )
        return batch.to(self.accelerator.device)

    def _check_divergence(self, loss: float, norm: float, rows: Sequence[Row]) -> None:
        recent, step = self.position.recent, self.position.step + 1
        limit = math.inf
        if len(recent) >= _LEAST_RECENT:
            usual = statistics.median(recent)
            limit = max(self.config.spike * usual, usual + _LEAST_SPIKE)
        if math.isfinite(loss) and math.isfinite(norm) and loss <= limit:
            return
        before = f", where it was {statistics.median(recent):.4g}" if recent else ""
        names = [sequence.name for row in rows for sequence in row]
        carried = "" if self.carries[0] is None else " and rows that go on from earlier ones"
        raise DivergenceError(
            f"step {step}: the loss is {loss:.4g}{before}; the norm of its gradient {norm:.4g}. "
            f"The batch: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}{carried}. "
            f"{_kept(self.folder.checkpoints())}. Lower "
            "training.optimizer.lr, set training.optimizer.clip, or raise training.spike if a loss "
            "may jump so; then go on with --resume"
        )

    @torch.no_grad()
    def validate(self, rows: Sequence[Row]) -> dict[str, float]:
        """Return the mean loss of some rows with the averaged weights; nothing, without rows.

        The processes share the rows.
        """
        if not rows:
            return {}
        accelerator = self.accelerator
        size = max(1, self.rows_per_process // self.num_micro_batches)
        batches = [rows[start : start + size] for start in range(0, len(rows), size)]
        total = 0.0
        with self._averaged():
            self.module.eval()
            # As many in every process: a sharded module gathers its weights in all at once.
            for first in range(0, len(batches), accelerator.num_processes):
                number = first + accelerator.process_index
                some = batches[min(number, len(batches) - 1)]
                with accelerator.autocast():
                    found = self.module(self._batch(some), None, 1.0, self.generator)
                if number < len(batches):
                    total += float(found.loss) * _num_labels(some)
            self.module.train()
            settle(self.module)
        return {"validation_loss": sum(gather_object([total])) / _num_labels(rows)}

    def _averaged(self) -> AbstractContextManager[None]:
        return nullcontext() if self.average is None else self.average.applied_to(self.model)

    def note(self, metrics: dict[str, float], progress: Progress, *, is_last: bool) -> None:
        """Show a step, and write it to the log where it is due."""
        due = is_last or self.position.step % self.config.log_every_steps == 0
        due = due or "validation_loss" in metrics
        line = progress.step(metrics)
        if due:
            in_main(self.accelerator, partial(self.folder.append_log, line))
            self.accelerator.log(
                {name: value for name, value in line.items() if name != "step"},
                step=self.position.step,
            )


def _row_length(config: TrainingConfig, model: LanguageModel) -> int:
    context = model.config.max_position_embeddings
    length = config.sequence_length or context
    if length > context:
        raise ConfigError(
            f"training.sequence_length: the context of the model is {context} tokens, got "
            f"{length}. Lower it, or raise model.max_position_embeddings"
        )
    return length


def _kept(checkpoints: Sequence[Path]) -> str:
    """Say what is left to go on from: the newest may have gone wrong already."""
    if not checkpoints:
        return "There is no checkpoint yet"
    before = f", and {checkpoints[-2]} from before it" if len(checkpoints) > 1 else ""
    return f"{checkpoints[-1]} is kept{before}"


def _num_labels(rows: Sequence[Row]) -> int:
    return sum(sequence.num_labels for row in rows for sequence in row)
