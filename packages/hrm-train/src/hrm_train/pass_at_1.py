"""Pass@1 during the training: checkpoints are evaluated by `hrm-eval`.

Decoding is greedy and uses the exported weights, which are the averaged ones. The main process
measures while the others wait.

Not covered: several samples per problem, and k above 1; run `hrm-eval` on a checkpoint for those.
"""

import shutil
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from accelerate import Accelerator

from hrm_core.checkpoint import Checkpoint
from hrm_core.errors import ConfigError
from hrm_core.plugins import require_module
from hrm_datasets.prompts import render_prompt
from hrm_train.console import note
from hrm_train.processes import in_main
from hrm_train.run_folder import TrainingFolder
from hrm_train.splits import load_split
from hrm_train.trackers import log_values
from hrm_train.train_config import PassAt1Config, TrainRunConfig

if TYPE_CHECKING:
    from hrm_eval.run_config import RunConfig


def require_evaluation(settings: TrainRunConfig) -> None:
    """Check that Pass@1 can be measured, if the config enables it.

    Raises:
        PluginNotFoundError: If `hrm-eval` is not installed.
        ConfigError: If the `sandbox` section is invalid.
    """
    if settings.training.pass_at_1 is not None:
        require_module("hrm_eval", needed_by="training.pass_at_1", install="hrm-train[eval]")
        _evaluation(settings, settings.training.pass_at_1, Path("last"))


def check_prompts(settings: TrainRunConfig, checkpoint: Checkpoint) -> None:
    """Check that the model can read the prompts of Pass@1, if the config enables it.

    Raises:
        ConfigError: If a prompt leaves no room for an answer in the context of the model.
        HrmError: If the problems cannot be loaded.
    """
    config = settings.training.pass_at_1
    if config is None:
        return
    context, style = checkpoint.config.max_position_embeddings, settings.training.data.prompt
    problems = list(islice(load_split(config.dataset), config.limit))
    lengths = {p.task_id: len(checkpoint.encode_prompt(render_prompt(p, style))) for p in problems}
    too_long = [f"{name} ({length})" for name, length in lengths.items() if length >= context]
    if too_long:
        more = ", ..." if len(too_long) > 3 else ""
        raise ConfigError(
            f"training.pass_at_1: {len(too_long)} of {len(problems)} prompts leave no room for an "
            f"answer in the model's context of {context} tokens: {', '.join(too_long[:3])}{more}. "
            "Lower training.pass_at_1.limit, name another split, or raise "
            "model.max_position_embeddings"
        )


def _evaluation(settings: TrainRunConfig, config: PassAt1Config, checkpoint: Path) -> "RunConfig":
    """Return the config of the evaluation of a checkpoint."""
    from hrm_core.config import from_mapping
    from hrm_eval.run_config import RunConfig

    values = {
        "model_reference": str(checkpoint),
        "dataset": {**config.dataset.model_dump(), "limit": config.limit},
        "prompt": settings.training.data.prompt,
        "sampling": {"max_new_tokens": config.max_new_tokens},
        "engine": {"device": settings.training.device},
    }
    if settings.sandbox is not None:
        values["sandbox"] = settings.sandbox
    return from_mapping(RunConfig, values)


class PassAt1:
    """Measures Pass@1 at regular steps, if the config enables it."""

    def __init__(self, settings: TrainRunConfig, folder: TrainingFolder) -> None:
        """Read the settings.

        Args:
            settings: All settings of the run. Without `training.pass_at_1`, nothing is measured.
            folder: Folder of the run; each measurement writes a folder below `evaluations`.
        """
        self._settings, self._folder = settings, folder
        self._config = settings.training.pass_at_1

    def is_due(self, step: int) -> bool:
        """Return whether a measurement is due after `step` steps, such as after the last one."""
        if self._config is None or step == 0:
            return False
        return step % self._config.every_steps == 0 or step == self._settings.training.num_steps

    def measure(self, accelerator: Accelerator, step: int) -> None:
        """Measure the checkpoint of a step, unless it is not due or is in the log already.

        Every process has to call this, after the checkpoint is saved. The value gets a separate
        line in the log, so that a kill during the measurement loses nothing else.

        Raises:
            HrmError: If the value cannot be logged; see also `hrm_eval.evaluation.run_evaluation`.
        """
        if self.is_due(step):
            in_main(accelerator, partial(self._measure, accelerator, step))

    def _measure(self, accelerator: Accelerator, step: int) -> None:
        if self._is_logged(step):
            return
        value = self._evaluate(self._folder.last_checkpoint())
        self._folder.append_log({"step": step, "pass_at_1": value})
        log_values(accelerator, {"pass_at_1": value}, step)
        note(f"step {step}  Pass@1 {100 * value:.1f} %")

    def _is_logged(self, step: int) -> bool:
        return any(line["step"] == step and "pass_at_1" in line for line in self._folder.read_log())

    def _evaluate(self, checkpoint: Path) -> float:
        from hrm_eval.evaluation import run_evaluation
        from hrm_eval.run_folder import RunFolder

        assert self._config is not None
        out = self._folder.path / "evaluations" / checkpoint.name
        # A killed measurement may have left files; measurements are too short to be resumed.
        shutil.rmtree(out, ignore_errors=True)
        config = _evaluation(self._settings, self._config, checkpoint)
        summary = run_evaluation(config, RunFolder(out), resume=False)
        assert summary is not None
        return summary.pass_at_k["1"]
