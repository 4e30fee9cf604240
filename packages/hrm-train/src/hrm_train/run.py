"""A training run from its config: the processes, the model, and what is written down of it."""

import atexit
import os
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from accelerate import Accelerator, DistributedDataParallelKwargs, InitProcessGroupKwargs
from accelerate.utils import AutocastKwargs

from hrm_core.checkpoint import Checkpoint, load_checkpoint, new_checkpoint, new_tokenizer
from hrm_core.config import from_mapping, read_config
from hrm_core.costs import StepCosts, measure_step
from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_core.plugins import DEFAULT_STACK, require_module
from hrm_core.tokenizer import Tokenizer
from hrm_train.checkpoints import restore_checkpoint
from hrm_train.console import Progress, product_rate
from hrm_train.data import Data, load_data, load_rows
from hrm_train.pass_at_1 import require_evaluation
from hrm_train.processes import check_alike, in_all, in_main, keep_freed_memory, leave
from hrm_train.run_folder import TrainingFolder
from hrm_train.train_config import TrainingConfig, TrainRunConfig
from hrm_train.trainer import Trainer

# How long processes wait for one another; the main process measures Pass@1 alone meanwhile.
_PATIENCE = timedelta(hours=4)


def starting_point(config: TrainRunConfig, texts: Iterable[str]) -> Checkpoint:
    """Return the checkpoint that a run starts from: fresh, or one to fine-tune.

    Raises:
        UsageError: If the checkpoint belongs to another stack than the config asks for.
        ConfigError: If the model section is impossible, or given with a checkpoint.
        DataError: If a file is missing or corrupt.
    """
    if config.model_reference is not None:
        return _to_fine_tune(config)
    if config.tokenizer.file is not None:
        tokenizer = Tokenizer.load(Path(config.tokenizer.file).expanduser())
    else:
        tokenizer = trained_tokenizer(config, texts)
    return new_checkpoint(
        config.model_stack or DEFAULT_STACK,
        config.model,
        (),
        seed=config.training.seed,
        tokenizer=tokenizer,
    )


def trained_tokenizer(config: TrainRunConfig, texts: Iterable[str]) -> Tokenizer:
    """Return a tokenizer for a fresh model, trained on `tokenizer.text`, or else on these texts.

    Raises:
        ConfigError: If the config names a tokenizer, or the model section is impossible.
        DataError: If a file cannot be read, or there is no text.
    """
    named = config.model_reference or config.tokenizer.file
    if named is not None:
        raise ConfigError(f"tokenizer: {named} is one already, so that there is none to train")
    files = [Path(name).expanduser() for name in config.tokenizer.text]
    chosen = (_read(path) for path in files) if files else texts
    return new_tokenizer(config.model_stack or DEFAULT_STACK, config.model, chosen)


def _to_fine_tune(config: TrainRunConfig) -> Checkpoint:
    import torch

    if config.model:
        raise ConfigError(
            f"model: {config.model_reference} has a shape already; leave the section out to "
            "fine-tune it"
        )
    if config.tokenizer.file or config.tokenizer.text:
        raise ConfigError(
            f"tokenizer: {config.model_reference} has one already; leave the section out to "
            "fine-tune it"
        )
    checkpoint = load_checkpoint(str(config.model_reference), dtype=torch.float32)
    if config.model_stack not in (None, checkpoint.stack):
        raise UsageError(
            f"model_stack: the config says {config.model_stack!r}, but the checkpoint "
            f"{config.model_reference} belongs to {checkpoint.stack!r}"
        )
    return checkpoint


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"tokenizer.text: {path} cannot be read: {error}") from error


def make_accelerator(settings: TrainRunConfig, folder: Path) -> Accelerator:
    """Return what knows of processes, devices and precision.

    Raises:
        ConfigError: If the processes do not divide the batch.
        PluginNotFoundError: If a tracker, or what measures Pass@1, is not installed.
        UsageError: If other processes were launched than accelerate joins.
    """
    config = settings.training
    require_evaluation(settings)
    for tracker in config.trackers:
        require_module(
            tracker, needed_by=f"training.trackers: {tracker}", install=f"hrm-train[{tracker}]"
        )
    accelerator = Accelerator(
        cpu=_runs_on_cpu(config),
        mixed_precision="bf16" if config.dtype == "bfloat16" else "no",
        log_with=list(config.trackers) or None,
        project_dir=str(folder),
        kwargs_handlers=[
            # With weights that autocast keeps in bfloat16 over all passes of a recurrent stack,
            # FSDP2 loses most of their gradients.
            AutocastKwargs(cache_enabled=False),
            # The embedding of an HRM-Text has no gradient while only the last cycle has one.
            DistributedDataParallelKwargs(find_unused_parameters=True),
            InitProcessGroupKwargs(timeout=_PATIENCE if config.pass_at_1 else None),
        ],
    )
    if accelerator.num_processes > 1:
        atexit.register(leave, accelerator)
    expected = int(os.environ.get("WORLD_SIZE", "1"))
    if accelerator.num_processes != expected:
        raise UsageError(
            f"WORLD_SIZE: {expected} processes were launched, but accelerate joins "
            f"{accelerator.num_processes}. Unset what else configures it (ACCELERATE_*)"
        )
    _check_batch(config, accelerator.num_processes)
    if accelerator.device.type == "cpu":
        keep_freed_memory()
    return accelerator


def _runs_on_cpu(config: TrainingConfig) -> bool:
    import torch

    has_other = torch.cuda.is_available() or torch.backends.mps.is_available()
    return config.device == "cpu" or not has_other


def _check_batch(config: TrainingConfig, num_processes: int) -> None:
    size, micro = config.batch_size, config.micro_batch_size
    share = size // num_processes
    if size % num_processes:
        raise ConfigError(
            f"training.batch_size: {num_processes} processes do not divide {size} rows. Write "
            f"{num_processes * max(1, round(size / num_processes))}"
        )
    if micro is not None and share % micro:
        raise ConfigError(
            f"training.micro_batch_size: {micro} does not divide the {share} rows that each of "
            f"{num_processes} processes takes of training.batch_size {size}"
        )


def train(config: TrainRunConfig, out: Path, *, resume: bool) -> Path:
    """Train, and return the folder of the last checkpoint.

    Args:
        config: All settings.
        out: Folder of the run.
        resume: Go on with the run in it.

    Raises:
        HrmError: With a cure, for all that a user can cause; see the functions above.
    """
    folder = TrainingFolder(out)
    accelerator = make_accelerator(config, out)
    start = in_main(accelerator, partial(_start, folder, config, resume=resume))
    data = in_all(accelerator, partial(load_data, config.training))
    checkpoint = in_all(accelerator, partial(_checkpoint, config, data, start))
    trainer = Trainer(checkpoint, config, accelerator, folder)
    load = partial(load_rows, checkpoint, config.training, data, trainer)
    stream, validation, lengths = in_all(accelerator, load)
    check_alike(accelerator, lengths.digest)
    trainer.learnt = lengths.summary() | stream.summary()
    if start is not None:
        restore_checkpoint(trainer, start)
    in_main(accelerator, partial(_claim, folder, config, trainer, resume=resume))
    name = folder.path.resolve().name
    accelerator.init_trackers(
        "hrm-train",
        config=_flat(config.training.model_dump()),
        init_kwargs={"wandb": {"name": name, "dir": str(folder.path)}, "trackio": {"name": name}},
    )
    progress = _progress(trainer)
    try:
        trainer.train(stream, validation, progress)
    except (KeyboardInterrupt, SystemExit):
        progress.stopped(trainer.position.step, folder.checkpoints())
        raise
    # A process that leaves early can keep the others from ending.
    accelerator.wait_for_everyone()
    for tracker in accelerator.trackers:
        tracker.finish()
    return folder.path / "last"


def _start(folder: TrainingFolder, config: TrainRunConfig, *, resume: bool) -> Path | None:
    """Return the checkpoint to go on from; None, if the run begins.

    Raises:
        UsageError: If a new run cannot have the folder.
        DataError: If there is no run to go on with.
        ConfigError: If it has another model, or has learnt what it now shall not.
    """
    if not resume:
        folder.check_free()
        return None
    start = folder.resume_point()
    folder.lock()
    stored = from_mapping(TrainRunConfig, read_config(folder.config))
    has, asked = stored.model_dump(), config.model_dump()
    for name in ("model_stack", "model_reference", "model", "tokenizer"):
        if asked[name] != has[name]:
            raise ConfigError(
                f"{name}: a run goes on with the model that it has, and this one was begun with "
                f"{has[name]}, got {asked[name]}. Leave it as it was, or begin another run"
            )
    before, now = stored.training.data.overlap, config.training.data.overlap
    if before == "allow" != now:
        raise ConfigError(
            "training.data.overlap: the run has learnt rows that overlap with held-out problems, "
            f"and stays 'allow', got {now!r}. Begin another run"
        )
    return start


def _checkpoint(config: TrainRunConfig, data: Data, start: Path | None) -> Checkpoint:
    if start is not None:
        return load_checkpoint(start)
    return starting_point(config, (example.text for example in data.examples))


def _claim(
    folder: TrainingFolder, config: TrainRunConfig, trainer: Trainer, *, resume: bool
) -> None:
    """Write down what the run is, or has become."""
    # Without the sections of an evaluation that are not there, so that hrm-eval reads it, too.
    settings = {key: value for key, value in config.model_dump().items() if value is not None}
    if resume:
        folder.go_on(settings, trainer.position.step)
    else:
        folder.claim(settings)
    folder.write_data(trainer.learnt)


def _progress(trainer: Trainer) -> Progress:
    import torch

    model, accelerator, config = trainer.model, trainer.accelerator, trainer.config
    counted: dict[str, StepCosts] = {}

    def costs(step: int) -> StepCosts:
        progress = trainer.progress_at(step - 1)
        key = repr(sorted(model.training_options(progress).items()))
        if key not in counted:
            counted[key] = measure_step(type(model), model.config, trainer.row_length, progress)
        return counted[key]

    dtype = torch.bfloat16 if config.dtype == "bfloat16" else torch.float32
    return Progress(
        num_steps=config.num_steps,
        costs=costs,
        rate=product_rate(accelerator.device, dtype) * accelerator.num_processes,
        is_shown=accelerator.is_main_process,
    )


def _flat(values: dict[str, Any], path: str = "") -> dict[str, str]:
    """Return settings as trackers take them: one level, texts."""
    flat: dict[str, str] = {}
    for key, value in values.items():
        name = f"{path}.{key}" if path else key
        flat |= _flat(value, name) if isinstance(value, dict) else {name: str(value)}
    return flat
