"""Progress on the console: loss, speed, share of the peak rate and time left."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from hrm_core.costs import StepCosts

_SECONDS_BETWEEN_LINES = 5.0


def note(message: str) -> None:
    """Print a message to standard error at once."""
    print(message, file=sys.stderr, flush=True)


class Console:
    """Prints progress, and completes the metrics of the log with speed."""

    def __init__(
        self,
        *,
        num_steps: int,
        costs: Callable[[int], StepCosts],
        rate: float,
        is_shown: bool,
    ) -> None:
        """Start the clock.

        Args:
            num_steps: Number of steps of the whole run.
            costs: Returns the FLOPs per token of a step; the first step is 1.
            rate: Peak floating-point operations per second of all processes together.
            is_shown: Whether to print; true in the main process only.
        """
        self._num_steps, self._costs, self._rate = num_steps, costs, rate
        self._is_shown = is_shown
        self._step_seconds: float | None = None
        self._last_step = time.monotonic()
        self._last_line = 0.0

    def step(self, metrics: dict[str, float]) -> dict[str, float]:
        """Print a step if a line is due, and return its metrics together with the speed."""
        seconds, now = metrics["seconds"], time.monotonic()
        # Includes the work between two steps: validation, checkpoints and Pass@1.
        passed, smooth = now - self._last_step, self._step_seconds
        self._step_seconds = passed if smooth is None else 0.9 * smooth + 0.1 * passed
        self._last_step = now
        step, num_tokens = int(metrics["step"]), metrics["batch_tokens"]
        costs = self._costs(step)
        flops = num_tokens * costs.flops
        flops -= (num_tokens - metrics["batch_labels"]) * costs.label_flops
        speed, share = num_tokens / seconds, flops / seconds / self._rate
        line = {**metrics, "tokens_per_second": speed, "share_of_peak": share}
        due = now - self._last_line >= _SECONDS_BETWEEN_LINES or "validation_loss" in metrics
        if self._is_shown and (due or step == self._num_steps):
            self._last_line = now
            left = (self._num_steps - step) * self._step_seconds
            self._print(line, step, left)
        return line

    def _print(self, line: dict[str, float], step: int, left: float) -> None:
        validation = line.get("validation_loss")
        note(
            f"step {step}/{self._num_steps}  loss {line['loss']:.3f}"
            + (f"  validation {validation:.3f}" if validation is not None else "")
            + f"  lr {line['lr']:.1e}  {line['tokens_per_second']:,.0f} tokens/s"
            f"  {100 * line['share_of_peak']:.0f} % of peak  {_clock(left)} left"
        )

    def stopped(self, step: int, checkpoints: Sequence[Path]) -> None:
        """Print where `--resume` will continue a stopped run."""
        if self._is_shown:
            place = f"from {checkpoints[-1]}" if checkpoints else "from its start"
            note(f"stopped after step {step}; --resume continues {place}")

    def saved(self, path: Path) -> None:
        """Print that a checkpoint was written."""
        if self._is_shown:
            note(f"saved {path}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
