"""Interfaces, configs, generation and checkpoints for Hierarchical Reasoning Models.

Importing this package imports no torch; `load_checkpoint` and `Checkpoint` need the extra `torch`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_core.checkpoint import Checkpoint, load_checkpoint

__all__ = ["Checkpoint", "load_checkpoint"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("hrm_core.checkpoint"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
