"""The training loop: steps and what is due between them, until the last step or a signal."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from hrm_core.errors import HrmError
from hrm_core.memory import is_out_of_memory
from hrm_train.checkpoints import save_checkpoint
from hrm_train.console import Console
from hrm_train.pass_at_1 import PassAt1
from hrm_train.processes import in_any, in_main
from hrm_train.reader import RowReader
from hrm_train.run_folder import TrainingFolder
from hrm_train.sequences import TokenRow
from hrm_train.stop_signal import StopSignal
from hrm_train.trackers import log_values
from hrm_train.trainer import DivergenceError, StepResult, Trainer


class DeviceMemoryError(HrmError):
    """A step needs more memory than the device has."""


@dataclass
class TrainingLoop:
    """Runs the steps of a trainer, and everything that is due between them.

    Attributes:
        trainer: Runs the steps; its position says how many are finished.
        folder: Receives checkpoints and the log.
        console: Prints progress.
        pass_at_1: Measures checkpoints.
        data_summary: Describes the training data; stored in each checkpoint.
        stop_signal: Tells when the run was asked to stop.
    """

    trainer: Trainer
    folder: TrainingFolder
    console: Console
    pass_at_1: PassAt1
    data_summary: Mapping[str, Any]
    stop_signal: StopSignal = field(default_factory=StopSignal)

    def run(self, reader: RowReader, validation: Sequence[TokenRow]) -> None:
        """Run the remaining steps.

        Args:
            reader: The rows of the remaining steps.
            validation: Rows of the validation loss; may be empty.

        Raises:
            DivergenceError: If the loss or its gradient is not finite, or the loss jumps.
            DeviceMemoryError: If a step needs more memory than the device has.
            SaveError: If a checkpoint, the log or a tracker cannot be written.
            TrackerError: If a tracker refuses the log.
            KeyboardInterrupt: After Ctrl-C; a checkpoint has been saved.
            SystemExit: After SIGTERM, SIGHUP or SIGUSR1; a checkpoint has been saved.
        """
        try:
            self._run_steps(reader, validation)
        except (KeyboardInterrupt, SystemExit):
            self.console.stopped(self.trainer.position.step, self.folder.checkpoints())
            raise

    def _run_steps(self, reader: RowReader, validation: Sequence[TokenRow]) -> None:
        trainer, position = self.trainer, self.trainer.position
        # The run may have been killed between a checkpoint and its measurement.
        self.pass_at_1.measure(trainer.accelerator, position.step)
        while position.step < trainer.config.num_steps:
            with self.stop_signal:
                stop_agreed = self._advance(reader, validation)
                # A request may arrive while the checkpoint is validated and saved.
                if not stop_agreed and self.pass_at_1.is_due(position.step):
                    stop_agreed = in_any(lambda: self.stop_signal.requested)
            if stop_agreed:
                self.stop_signal.stop()
            self.pass_at_1.measure(trainer.accelerator, position.step)

    def _advance(self, reader: RowReader, validation: Sequence[TokenRow]) -> bool:
        """Run one step and what is due after it; return whether the run has to stop."""
        trainer, step = self.trainer, self.trainer.position.step + 1
        began = time.perf_counter()
        batch = reader.take(trainer.config.batch_size)
        with self._memory_explained(step):
            result = self._step(batch)
        trainer.position.epoch, trainer.position.row = reader.epoch, reader.row
        metrics = {**result.metrics, "seconds": time.perf_counter() - began}
        is_save_due = self._is_save_due(step)
        if is_save_due or step % trainer.config.validate_every_steps == 0:
            with self._memory_explained(step):
                metrics |= trainer.validate(validation)
        self._log(step, metrics)
        if is_save_due or result.stop_agreed:
            validation_loss = metrics.get("validation_loss")
            save_checkpoint(trainer, self.folder, self.data_summary, validation_loss)
            self.console.saved(self.folder.path / "last")
        return result.stop_agreed

    def _step(self, batch: Sequence[TokenRow]) -> StepResult:
        try:
            return self.trainer.step(batch, lambda: self.stop_signal.requested)
        except DivergenceError as error:
            raise DivergenceError(f"{error}. {_advice(self.folder.checkpoints())}") from error

    @contextmanager
    def _memory_explained(self, step: int) -> Iterator[None]:
        try:
            yield
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            trainer = self.trainer
            raise DeviceMemoryError(
                f"step {step}: {trainer.accelerator.device} has too little memory for passes over "
                f"{trainer.rows_per_pass} x {trainer.row_length} tokens. "
                f"{_memory_cure(trainer)}. {_advice(self.folder.checkpoints())}"
            ) from error

    def _is_save_due(self, step: int) -> bool:
        config = self.trainer.config
        is_last = step == config.num_steps
        return is_last or step % config.save_every_steps == 0 or self.pass_at_1.is_due(step)

    def _log(self, step: int, metrics: dict[str, float]) -> None:
        """Show a step, and write it to the log and the trackers if that is due."""
        config, accelerator = self.trainer.config, self.trainer.accelerator
        line = self.console.step(metrics)
        is_due = step == config.num_steps or step % config.log_every_steps == 0
        if is_due or "validation_loss" in metrics:
            in_main(accelerator, partial(self._write, step, line))

    def _write(self, step: int, line: Mapping[str, Any]) -> None:
        self.folder.append_log(line)
        values = {name: value for name, value in line.items() if name != "step"}
        log_values(self.trainer.accelerator, values, step)


def _memory_cure(trainer: Trainer) -> str:
    """Say what needs less memory: settings that do not change the training, if some are left."""
    settings = []
    size = trainer.rows_per_pass
    if size > 1:
        # The largest smaller number that divides the rows.
        smaller = max(n for n in range(1, size) if trainer.rows_per_process % n == 0)
        settings.append(f"training.micro_batch_size={smaller}")
    if not trainer.config.checkpointing:
        settings.append("training.checkpointing=true")
    if settings:
        return f"Set {' or '.join(settings)}"
    return "Train with several processes and training.sharding=fsdp, or train a smaller model"


def _advice(checkpoints: Sequence[Path]) -> str:
    """Say where a failed run can be resumed. After a divergence the newest may be bad already."""
    if not checkpoints:
        return "There is no checkpoint yet; --resume starts from the first step"
    *older, newest = checkpoints
    earlier = f"; to go back to {older[-1]}, remove the newer folder first" if older else ""
    return f"{newest} is kept; continue with --resume{earlier}"
