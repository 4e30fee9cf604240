"""Put the checkpoint of a training run into the package, in bfloat16.

    python packages/hrm-nano/make/export.py RUN/best

Only what a reader of the model needs is written: the averaged weights, the config and the
tokenizer, without the state of the training. The record of the run (its log, settings and data)
goes to docs/models/hrm-nano.
"""

import argparse
import shutil
from pathlib import Path

import torch

from hrm_core import load_checkpoint
from hrm_core.costs import count_parameters
from hrm_core.errors import DataError, HrmError, UsageError
from hrm_nano import MODEL_FOLDER

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "docs" / "models" / "hrm-nano"
RECORD_FILES = ("config.yaml", "data.json", "log.jsonl")


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("checkpoint", type=Path, help="RUN/best or RUN/last of hrm-train")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="folder of the model")
    parser.add_argument("--record", type=Path, default=RECORD, help="folder of the run's record")
    options = parser.parse_args(arguments)
    try:
        export(options.checkpoint, options.out, options.record)
    except HrmError as error:
        raise SystemExit(f"export: {error}") from error


def export(checkpoint: Path, out: Path, record: Path) -> None:
    """Write the model in bfloat16 to `out`, and copy the record of its run to `record`.

    Args:
        checkpoint: `RUN/best` or `RUN/last`.
        out: Folder of the model; its files are replaced.
        record: Folder for the run's settings, data summary and log.

    Raises:
        DataError: If the checkpoint cannot be read or has no tokenizer, or `RUN` has no record.
        UsageError: If there is no checkpoint, or a folder cannot be written.
    """
    run = checkpoint.parent
    missing = [name for name in RECORD_FILES if not (run / name).is_file()]
    if missing:
        raise DataError(f"{run}: no {missing[0]}, so it is no training run. Name RUN/best")
    # Weights are averaged in float32, and bfloat16 keeps the exponents of float32.
    loaded = load_checkpoint(checkpoint, dtype=torch.bfloat16)
    loaded.require_tokenizer()
    try:
        # First, so that the model is only replaced together with its record.
        record.mkdir(parents=True, exist_ok=True)
        for name in RECORD_FILES:
            shutil.copyfile(run / name, record / name)
    except OSError as error:
        raise UsageError(
            f"--record: {record} cannot be written: {error.strerror}. Name another folder"
        ) from error
    loaded.save(out)
    size = sum(path.stat().st_size for path in out.iterdir())
    num = count_parameters(loaded.model)
    print(f"{out}: {num:,} parameters, {size / 1e6:.1f} MB; record of the run: {record}")


if __name__ == "__main__":
    main()
