"""The layers of isolation that all verdicts of a run had: commands and machines may differ."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hrm_core.errors import UsageError
from hrm_core.model_folder import read_json
from hrm_eval.records import write_whole
from hrm_eval.run_folder import RunFolder


def read_layers(folder: RunFolder) -> dict[str, bool]:
    """Return whether each layer was on for all verdicts in a folder; empty if that is not known."""
    if folder.isolation.is_file():
        return dict(read_json(folder.isolation))
    # Runs of older versions have it there only.
    return layers_in(read_json(folder.summary)) if folder.summary.is_file() else {}


def layers_in(summary: Mapping[str, Any]) -> dict[str, bool]:
    """Return whether each layer was on, as `summary.json` tells it; empty if it does not."""
    stored = summary.get("sandbox", {})
    return {name: is_on for name, is_on in stored.items() if isinstance(is_on, bool)}


def write_layers(
    folder: RunFolder, old: Mapping[str, bool], new: Mapping[str, bool]
) -> dict[str, bool]:
    """Store and return the layers that were on for the old verdicts and for the new ones.

    Args:
        folder: Folder of the verdicts.
        old: Layers of the old verdicts; empty if there are none.
        new: Layers of the new ones; empty if there are none.
    """
    shared = {name: old.get(name, True) and new.get(name, True) for name in {**new, **old}}
    write_whole(folder.isolation, json.dumps(shared, indent=2) + "\n")
    return shared


def refuse_lacking(folder: RunFolder, layers: Mapping[str, bool], required: Sequence[str]) -> None:
    """Refuse verdicts without a required layer.

    Args:
        folder: Folder of the verdicts.
        layers: Their layers.
        required: Names of layers; `all` means every layer.

    Raises:
        UsageError: If one is lacking.
    """
    lacking = [
        name for name, is_on in layers.items() if not is_on and {name, "all"} & set(required)
    ]
    if lacking:
        raise UsageError(
            f"--require-isolation: verdicts in {folder.path} were given without "
            f"{', '.join(lacking)}. Judge all answers again with --judge-only, or choose another "
            "folder"
        )
