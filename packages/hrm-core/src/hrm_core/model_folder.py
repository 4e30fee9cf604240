"""Finds the folder of a model by its name, and the stack that can read it.

Needs no torch, so that a missing stack is reported before anything heavy is imported.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrm_core.errors import (
    DataError,
    PluginLoadError,
    UsageError,
    beginning,
    listing,
    suggest,
)
from hrm_core.plugins import (
    Group,
    find_plugin,
    installed_plugins,
    known_plugins,
    require_module,
)

CONFIG_FILE = "config.json"
_ADAPTER_FILE = "adapter_config.json"

# Folders that Sapient publishes have a model_type of transformers and no model_stack.
_PUBLISHED_TYPES = {"hrm_text": "sapient"}

# What a training run calls its checkpoints.
_IN_A_RUN = ("last", "best")
# How many checkpoints in a folder a message names.
_MAX_NAMED = 5

_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")

# Files that a stack or transformers may need, except weights in the older format.
_HUB_FILES = ["*.json", "*.safetensors", "*.jinja", "*.model", "*.txt", "tokenizer*"]
_OLDER_WEIGHTS = ["pytorch_model*.bin"]


def find_model_folder(reference: Path | str, *, config_only: bool = False) -> Path:
    """Return the local folder of a model; a hub id is downloaded, or found in the cache.

    Args:
        reference: The name of a shipped model (a plug-in of `hrm.models`), a folder, or a hub id
            such as `sapientinc/HRM-Text-1B`. A folder that is called like a shipped model needs a
            path: `./hrm-nano`, or a `Path`.
        config_only: Download only `config.json`, which is enough to find the stack.

    Raises:
        UsageError: If the reference is none of these.
        DataError: If the folder cannot be read or has no `config.json`, or the download fails.
        PluginNotFoundError: If it names a shipped model of this project that is not installed.
        PluginLoadError: If the package of a shipped model is broken.
    """
    if isinstance(reference, str) and reference in known_plugins(Group.MODELS):
        return _shipped_folder(reference)
    return _find_folder(str(reference), config_only=config_only)


def _find_folder(reference: str, *, config_only: bool) -> Path:
    """Return a folder, or that of a hub id; see `find_model_folder`."""
    try:
        path = Path(reference).expanduser()
        is_folder, exists = path.is_dir(), path.exists()
        has_config = is_folder and (path / CONFIG_FILE).is_file()
    except RuntimeError as error:
        raise UsageError(f"unknown model {reference!r}: {error}") from error
    except OSError as error:
        raise DataError(f"{reference}: cannot be read: {error.strerror}") from error
    if has_config:
        return path
    if is_folder:
        raise DataError(
            f"{path}: no {CONFIG_FILE} in this folder, so it is not a checkpoint."
            f"{_cure_of_folder(path)}"
        )
    if "://" in reference:
        raise UsageError(
            f"unknown model {reference!r}. Name a model behind a server as openai:NAME@URL"
        )
    if _HUB_ID.fullmatch(reference) and not exists:
        return _download(reference, config_only=config_only)
    shipped = [plugin.name for plugin in installed_plugins(Group.MODELS)]
    raise UsageError(
        f"unknown model {reference!r}: not a folder, not a hub id (ORGANIZATION/NAME), and not a "
        f"shipped model (shipped: {listing(shipped)})."
        f"{suggest(reference, known_plugins(Group.MODELS))}"
    )


def _cure_of_folder(path: Path) -> str:
    """Return what to do about a folder that is no checkpoint, for the end of a message."""
    if (path / _ADAPTER_FILE).is_file():
        return (
            " It is an adapter of PEFT: load it, and save the whole model with "
            "merge_and_unload().save_pretrained(FOLDER)"
        )
    inside = [path / name for name in _IN_A_RUN if (path / name / CONFIG_FILE).is_file()]
    others = [file.parent for file in path.glob(f"*/{CONFIG_FILE}") if file.parent not in inside]
    inside += sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)
    return f" Name a checkpoint in it: {listing(map(str, inside[:_MAX_NAMED]))}" if inside else ""


def _shipped_folder(name: str) -> Path:
    plugin = find_plugin(Group.MODELS, name)
    folder = plugin.load()
    if not isinstance(folder, str | Path) or not (Path(folder) / CONFIG_FILE).is_file():
        raise PluginLoadError(
            f"{plugin.group.noun} {name!r} ({plugin.distribution}): expected {plugin.target!r} to "
            f"be a folder with {CONFIG_FILE}, got {beginning(folder)}.\n{plugin.repair}"
        )
    return Path(folder)


def _download(hub_id: str, *, config_only: bool) -> Path:
    require_module("huggingface_hub", needed_by=f"model {hub_id!r}", install="hrm-core[torch]")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    patterns = [CONFIG_FILE] if config_only else _HUB_FILES
    # The bases include the errors of the hub's HTTP library, which some of its functions let pass.
    failures: tuple[Any, ...] = (OSError, *HfHubHTTPError.__bases__)
    try:
        folder = Path(snapshot_download(hub_id, allow_patterns=patterns))
        if config_only or any(folder.glob("*.safetensors")):
            return folder
        snapshot_download(hub_id, allow_patterns=_OLDER_WEIGHTS)
        if any(weights for pattern in _OLDER_WEIGHTS for weights in folder.glob(pattern)):
            return folder
    except HFValidationError as error:
        raise UsageError(
            f"unknown model {hub_id!r}: not a folder, and not a hub id: {error}"
        ) from error
    except failures as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise DataError(
            f"model {hub_id!r} is not a folder here, is not in the cache, and cannot be downloaded "
            f"from the Hugging Face hub: {reason}\n"
            "Name a local folder, or go online once so that it is cached."
        ) from error
    raise DataError(
        f"model {hub_id!r}: {folder} has no weights, as if only its config were in the cache. Go "
        "online once so that all its files are cached, or name a local folder"
    )


def read_model_json(folder: Path) -> dict[str, Any]:
    """Read the `config.json` of a model folder.

    Raises:
        DataError: If it is missing, is not JSON, or names no `model_type`.
    """
    path = folder / CONFIG_FILE
    values = read_json(path)
    if not isinstance(values, dict) or not isinstance(values.get("model_type"), str):
        raise DataError(f"{path}: model_type is missing, so the kind of model is unknown.")
    return values


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        DataError: If it is missing or not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path}: cannot be read as JSON: {error}") from error


def stack_name(model_json: Mapping[str, Any]) -> str | None:
    """Return the name of the stack that reads a checkpoint, or None if no HRM stack does."""
    named = model_json.get("model_stack")
    return named if isinstance(named, str) else _PUBLISHED_TYPES.get(model_json["model_type"])
