"""Engines: what runs a model. Each is a plug-in, and `open_model` picks one from a reference."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hrm_core.errors import UsageError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder, read_model_json, stack_name
from hrm_core.plugins import Group, find_plugin, installed_plugins, load_plugin
from hrm_datasets import ProblemSet


@dataclass(frozen=True, kw_only=True)
class EngineOptions:
    """How an engine shall run a model.

    Attributes:
        device: `auto`, `cpu`, `cuda` or `mps`.
        dtype: `auto` or the name of a torch dtype.
        batch_size: Rows at a time; as many as the memory has room for, if not given.
        compile: Compile the decoding steps, which only our stacks can.
        problems: The problems that will be asked.
        model_stack: The stack that the model must belong to; any, if not given.
    """

    device: str
    dtype: str
    batch_size: int | None
    compile: bool = False
    problems: ProblemSet
    model_stack: str | None = None


Engine = Callable[[str, EngineOptions], Generator]


def open_model(reference: str, options: EngineOptions) -> Generator:
    """Open a model.

    Args:
        reference: A shipped name, a checkpoint folder, a `.gguf` file, a hub id, `reference`, or
            `ENGINE:REST` to choose the engine oneself.
        options: How to run it.

    Raises:
        UsageError: If there is no such model, or it is of another stack than asked for.
        DataError: If it is corrupt.
        PluginNotFoundError: If its stack or a library is not installed.
    """
    name, rest = choose_engine(reference, options.model_stack)
    engine: Engine = load_plugin(Group.ENGINES, name)
    return engine(rest, options)


def choose_engine(reference: str, model_stack: str | None = None) -> tuple[str, str]:
    """Return the engine for a reference, and what to hand to it.

    It imports no engine, so that a wrong reference is found out before anything heavy is done;
    `open_model` says what it raises.
    """
    if reference == "reference":
        return "reference", reference
    engines = {plugin.name for plugin in installed_plugins(Group.ENGINES)}
    prefix, colon, rest = reference.partition(":")
    if colon and prefix in engines:
        return prefix, rest
    if Path(reference).suffix == ".gguf":
        try:
            there = Path(reference).expanduser().is_file()
        except (OSError, RuntimeError) as error:
            raise UsageError(f"unknown model {reference!r}: {error}") from error
        if not there:
            raise UsageError(f"unknown model {reference!r}: no such file")
        return "transformers", reference
    model_json = read_model_json(find_model_folder(reference, config_only=True))
    stack = stack_name(model_json)
    if stack is None:
        return "transformers", reference
    find_plugin(Group.STACKS, stack)
    if model_stack not in (None, stack):
        raise UsageError(
            f"model_stack: the config says {model_stack!r}, but the checkpoint {reference} belongs "
            f"to {stack!r}. Write model_stack: {stack}, or name another checkpoint"
        )
    return "local", reference
