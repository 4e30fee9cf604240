"""From what a user calls a model to the folder that holds it, and to the stack that can read it.

Needs no torch, so that a missing stack is found out before anything heavy is imported.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, UsageError, listing, suggest
from hrm_core.plugins import Group, find_plugin, installed_plugins, require_module

CONFIG_FILE = "config.json"

# Sapient publishes folders that transformers defined; they name no stack of ours.
_PUBLISHED_TYPES = {"hrm_text": "sapient"}

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def find_model_folder(reference: str) -> Path:
    """Return the local folder of a model; a hub id is downloaded, or found in the cache.

    Args:
        reference: A folder, the name of a shipped model, or a hub id such as
            `sapientinc/HRM-Text-1B`.

    Raises:
        UsageError: If it is none of them.
        DataError: If the folder holds no `config.json`, or the hub cannot be reached.
    """
    path = Path(reference).expanduser()
    if path.is_dir():
        if not (path / CONFIG_FILE).is_file():
            message = f"{path}: no {CONFIG_FILE} in this folder, so it is not a checkpoint."
            raise DataError(message)
        return path
    shipped = [plugin.name for plugin in installed_plugins(Group.MODELS)]
    if reference in shipped:
        return Path(find_plugin(Group.MODELS, reference).load())
    if _HUB_ID.fullmatch(reference) and not path.exists():
        return _download(reference)
    message = (
        f"unknown model {reference!r}: not a folder, not a hub id (ORGANISATION/NAME), and not a "
        f"shipped model (shipped: {listing(shipped)}).{suggest(reference, shipped)}"
    )
    raise UsageError(message)


def _download(hub_id: str) -> Path:
    require_module("huggingface_hub", needed_by=f"model {hub_id!r}", install="hrm-core[torch]")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    patterns = ["*.json", "*.safetensors", "*.jinja", "tokenizer*", "*.model"]
    try:
        return Path(snapshot_download(hub_id, allow_patterns=patterns))
    except (HfHubHTTPError, OSError) as error:
        reason = str(error).splitlines()[0]
        message = (
            f"model {hub_id!r} is not a folder here, is not in the cache, and the Hugging Face hub "
            f"cannot give it: {reason}\n"
            "Name a local folder, or go online once so that it is cached."
        )
        raise DataError(message) from error


def read_model_json(folder: Path) -> dict[str, Any]:
    """Read the `config.json` of a model folder.

    Raises:
        DataError: If it is missing, is not JSON, or names no `model_type`.
    """
    path = folder / CONFIG_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be read as JSON: {error}"
        raise DataError(message) from error
    if not isinstance(values, dict) or not isinstance(values.get("model_type"), str):
        message = f"{path}: no model_type in it, so nothing can tell what model this is."
        raise DataError(message)
    return values


def stack_name(model_json: Mapping[str, Any]) -> str | None:
    """Return the stack that reads a checkpoint, or None if it is not a stack's checkpoint."""
    named = model_json.get("model_stack")
    return named if isinstance(named, str) else _PUBLISHED_TYPES.get(model_json["model_type"])
