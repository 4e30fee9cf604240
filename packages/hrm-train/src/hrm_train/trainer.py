"""Optimizer steps and validation of one model.

The loss itself is computed by the architecture (`LanguageModel.training_step`); accelerate deals
with devices, precision and processes. Not covered: checkpoints, the log and the console; see
`loop`.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
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
from hrm_train.optimizers import make_optimizer, scale_learning_rates
from hrm_train.processes import exchange, reshard, spread
from hrm_train.schedules import lr_factor
from hrm_train.sequences import TokenRow, make_batch
from hrm_train.state import whole
from hrm_train.train_config import TrainingConfig, TrainRunConfig

# A loss is compared with the median of this many earlier losses, once there are enough of them.
_NUM_RECENT = 50
_MIN_RECENT = 10
# In nats. A loss close to zero may grow many times over without diverging.
_MIN_SPIKE = 1.0


class DivergenceError(HrmError):
    """The loss or its gradient is not finite, or the loss has jumped."""


class TrainingModule(nn.Module):
    """A model whose forward pass is a training step, so that DDP and FSDP can wrap it."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, batch: TrainingBatch, carry: Any, fraction_done: float, generator: torch.Generator
    ) -> TrainingStep:
        """Return the training loss of a batch or, in evaluation mode, its validation loss."""
        if self.training:
            return self.model.training_step(batch, carry, fraction_done, generator)
        return TrainingStep(self.model.validation_loss(batch), carry, {})


@dataclass
class Position:
    """Progress of a run, which every checkpoint stores.

    Attributes:
        step: Number of finished optimizer steps.
        epoch: Number of the epoch of the next row.
        row: Number of the next row within its epoch, over all processes.
        best: Lowest validation loss so far.
        recent: Losses of the latest steps.
    """

    step: int = 0
    epoch: int = 0
    row: int = 0
    best: float = math.inf
    recent: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class StepResult:
    """The result of one optimizer step, the same in every process.

    Attributes:
        metrics: Values for the log, by name.
        stop_agreed: Whether at least one process was asked to stop.
    """

    metrics: dict[str, float]
    stop_agreed: bool


def _never() -> bool:
    return False


class Trainer:
    """A model with its optimizer and the progress of its training."""

    def __init__(
        self, checkpoint: Checkpoint, settings: TrainRunConfig, accelerator: Accelerator
    ) -> None:
        """Move the model to its device, and spread it over the processes.

        Args:
            checkpoint: The model to train; it is changed in place.
            settings: All settings of the run.
            accelerator: The processes and devices to use.

        Raises:
            ConfigError: If the model is not causal, its context is shorter than a row, or its
                config asks for a training that it does not implement.
        """
        config = settings.training
        self.config, self.accelerator = config, accelerator
        self.is_fine_tuning = settings.model_reference is not None
        self.checkpoint, self.model = checkpoint, checkpoint.model.train()
        if not self.model.is_causal:
            raise ConfigError(
                "model.causal: a model that sees the next tokens cannot learn to predict them, got "
                "false. Leave it out"
            )
        # Called for its errors: the first step, which calls it too, comes after the data is read.
        self.model.training_options(self.fraction_done(0))
        self.row_length = _row_length(config, self.model)
        self.is_packed = config.packed and self.model.can_pack
        for stack in self.model.modules():
            if isinstance(stack, BlockStack):
                stack.recomputes_activations = config.checkpointing
                if config.compile:
                    stack.compile(dynamic=False)
        module = TrainingModule(self.model)
        self.module = spread(module, accelerator, sharding=config.sharding)
        self.optimizer = make_optimizer(self.model.named_parameters(), config.optimizer)
        self.average = (
            WeightAverage(self.model, config.optimizer.average)
            if config.optimizer.average
            else None
        )
        self.position = Position()
        self.carries: list[Any] = [None] * self.num_micro_batches
        seed = derive_seed(config.seed, "draws", accelerator.process_index)
        self.generator = torch.Generator(accelerator.device).manual_seed(seed)
        torch.manual_seed(derive_seed(config.seed, "torch", accelerator.process_index))

    @property
    def rows_per_process(self) -> int:
        """Number of rows that each process reads per optimizer step."""
        return self.config.batch_size // self.accelerator.num_processes

    @property
    def rows_per_pass(self) -> int:
        """Number of rows that each process reads per forward and backward pass."""
        return self.config.micro_batch_size or self.rows_per_process

    @property
    def num_micro_batches(self) -> int:
        """Number of forward and backward passes per optimizer step."""
        return self.rows_per_process // self.rows_per_pass

    def fraction_done(self, step: int) -> float:
        """Return the share of the training that is finished after `step` steps.

        Architectures use it to deepen their gradient as the training proceeds. Fine-tuning uses the
        full depth from the start, so its share is always 1.
        """
        return 1.0 if self.is_fine_tuning else step / self.config.num_steps

    def step(
        self, rows: Sequence[TokenRow], stop_requested: Callable[[], bool] = _never
    ) -> StepResult:
        """Run one optimizer step.

        Args:
            rows: Rows of the whole batch, the same in every process.
            stop_requested: Returns whether this process was asked to stop. It is called after the
                backward passes, so that a request that arrives during them counts for this step.

        Raises:
            DivergenceError: If the loss or its gradient is not finite, or the loss jumps. The
                weights are not changed.
        """
        config, position = self.config, self.position
        factor = lr_factor(position.step, config.num_steps, config.schedule)
        scale_learning_rates(self.optimizer, factor)
        loss, metrics, stop_agreed = self._backward(rows, stop_requested)
        metrics["gradient_norm"] = self._check_and_clip(loss, rows)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        if self.average is not None:
            self.average.update(self.model, position.step)
        num_tokens = sum(sequence.length for row in rows for sequence in row)
        position.step += 1
        position.recent = [*position.recent, loss][-_NUM_RECENT:]
        metrics |= {"step": position.step, "loss": loss}
        metrics["lr"] = config.optimizer.lr * factor
        metrics |= {"batch_tokens": num_tokens, "batch_labels": _num_labels(rows)}
        return StepResult(metrics, stop_agreed)

    def _backward(
        self, rows: Sequence[TokenRow], stop_requested: Callable[[], bool]
    ) -> tuple[float, dict[str, float], bool]:
        """Accumulate the gradients of a batch.

        DDP and FSDP average gradients over processes, so each loss is weighted by its share of the
        labels times the number of processes. An architecture that carries rows over from earlier
        batches knows the number of labels only afterwards; its gradients are divided at the end.

        Returns:
            The loss and the metrics of the architecture, means over all labels of the batch, and
            whether any process was asked to stop.
        """
        accelerator = self.accelerator
        num_labels = _num_labels(rows)
        local_rows = rows[accelerator.process_index :: accelerator.num_processes]
        size = len(local_rows) // self.num_micro_batches
        fraction_done = self.fraction_done(self.position.step)
        sums: list[Tensor] = []
        for number in range(self.num_micro_batches):
            micro = local_rows[number * size : (number + 1) * size]
            is_last = number == self.num_micro_batches - 1
            with exchange(self.module, accelerator, is_last=is_last):
                with accelerator.autocast():
                    output = self.module(
                        self._batch(micro), self.carries[number], fraction_done, self.generator
                    )
                counted = _num_labels(micro) if output.num_labels is None else output.num_labels
                weight = counted / num_labels
                (output.loss * (weight * accelerator.num_processes)).backward()
            self.carries[number] = output.carry
            means = torch.stack([output.loss.detach(), *output.metrics.values()]).float()
            sums.append(torch.cat([means, means.new_ones(1)]) * weight)
        # The request to stop travels with the sums, so that a step has one reduction.
        request = sums[0].new_tensor([stop_requested()])
        total = torch.cat([torch.stack(sums).sum(dim=0), request])
        *values, share, num_requests = accelerator.reduce(total, "sum").tolist()
        loss, *others = (value / share for value in values)
        if output.num_labels is not None:
            self._divide_gradients(share)
        return loss, dict(zip(output.metrics, others, strict=True)), num_requests > 0

    def _divide_gradients(self, divisor: float) -> None:
        for parameter in self.module.parameters():
            if parameter.grad is not None:
                parameter.grad.div_(divisor)

    def _check_and_clip(self, loss: float, rows: Sequence[TokenRow]) -> float:
        """Return the norm of the gradient before clipping.

        Raises:
            DivergenceError: See `step`.
        """
        weights = [weight for weight in self.module.parameters() if weight.grad is not None]
        norm = nn.utils.get_total_norm([w.grad for w in weights if w.grad is not None])
        value = float(whole(norm))
        self._check_divergence(loss, value, rows)
        if self.config.optimizer.clip is not None:
            nn.utils.clip_grads_with_norm_(weights, self.config.optimizer.clip, norm)
        return value

    def _batch(self, rows: Sequence[TokenRow]) -> TrainingBatch:
        model = self.model
        batch = make_batch(
            rows,
            self.row_length,
            is_packed=self.is_packed,
            prefix_lm=model.prefix_lm,
            pad_id=model.config.pad_token_id or 0,
        )
        return batch.to(self.accelerator.device)

    def _check_divergence(self, loss: float, norm: float, rows: Sequence[TokenRow]) -> None:
        recent, step = self.position.recent, self.position.step + 1
        limit = math.inf
        if len(recent) >= _MIN_RECENT:
            median = statistics.median(recent)
            limit = max(self.config.spike * median, median + _MIN_SPIKE)
        if math.isfinite(loss) and math.isfinite(norm) and loss <= limit:
            return
        before = f" (recent median {statistics.median(recent):.4g})" if recent else ""
        names = [sequence.name for row in rows for sequence in row]
        carried = "" if self.carries[0] is None else ", and rows carried over from earlier batches"
        raise DivergenceError(
            f"step {step}: training diverged: the loss is {loss:.4g}{before}, the gradient norm "
            f"{norm:.4g}. The batch: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}"
            f"{carried}. Lower training.optimizer.lr, set training.optimizer.clip, or raise "
            "training.spike if such a jump is expected"
        )

    @torch.no_grad()
    def validate(self, rows: Sequence[TokenRow]) -> dict[str, float]:
        """Return the mean loss of some rows under the averaged weights.

        The processes divide the rows among themselves.

        Returns:
            `validation_loss`, or nothing if there are no rows.
        """
        if not rows:
            return {}
        accelerator = self.accelerator
        size = self.rows_per_pass
        batches = [rows[start : start + size] for start in range(0, len(rows), size)]
        total = 0.0
        with self._averaged():
            self.module.eval()
            # Every process runs the same number of batches, because the forward pass of a sharded
            # module gathers weights from all of them.
            for first in range(0, len(batches), accelerator.num_processes):
                number = first + accelerator.process_index
                batch = batches[min(number, len(batches) - 1)]
                with accelerator.autocast():
                    output = self.module(self._batch(batch), None, 1.0, self.generator)
                if number < len(batches):
                    total += float(output.loss) * _num_labels(batch)
            self.module.train()
            reshard(self.module)
        return {"validation_loss": sum(gather_object([total])) / _num_labels(rows)}

    def _averaged(self) -> AbstractContextManager[None]:
        return nullcontext() if self.average is None else self.average.applied_to(self.model)


def _row_length(config: TrainingConfig, model: LanguageModel) -> int:
    context = model.config.max_position_embeddings
    length = config.sequence_length or context
    if length > context:
        raise ConfigError(
            f"training.sequence_length: the context of the model is {context} tokens, got "
            f"{length}. Lower it, or raise model.max_position_embeddings"
        )
    return length


def _num_labels(rows: Sequence[TokenRow]) -> int:
    return sum(sequence.num_labels for row in rows for sequence in row)
