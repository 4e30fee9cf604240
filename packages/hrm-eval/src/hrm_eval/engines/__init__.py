"""Engines run models. Each is a plug-in, and `open_model` chooses one by the model reference."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hrm_core.chat import PLAIN_CHAT, Chat
from hrm_core.errors import UsageError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder, read_model_json, stack_name
from hrm_core.plugins import Group, find_plugin, installed_plugins, load_plugin
from hrm_datasets import ProblemSet
from hrm_eval.run_config import ServerConfig


@dataclass(frozen=True, kw_only=True)
class EngineOptions:
    """How an engine runs a model.

    Attributes:
        device: `auto`, `cpu`, `cuda` or `mps`.
        dtype: `auto` or the name of a torch dtype.
        batch_size: Number of answers generated at a time; chosen by the engine if None.
        compile: Compile the decoding steps; the engine `transformers` refuses this.
        problems: The problems of the run.
        model_stack: The stack that the model must belong to; any stack if None. The engines
            `openai` and `reference` have none and ignore it.
        chat: The chat around each prompt.
        server: How a server is asked; only for the engine `openai`.
        num_tokens_used: Tokens of prompts and answers that the run has used before, which count
            towards `server.max_total_tokens`.
    """

    device: str
    dtype: str
    batch_size: int | None
    compile: bool = False
    problems: ProblemSet
    model_stack: str | None = None
    chat: Chat = PLAIN_CHAT
    server: ServerConfig = field(default_factory=ServerConfig)
    num_tokens_used: int = 0


_WITHOUT_SERVER = ("local", "reference", "transformers")

Engine = Callable[[str, EngineOptions], Generator]
# Opens one model, such as one that is in memory already.
Opener = Callable[[EngineOptions], Generator]


def open_model(reference: str, options: EngineOptions) -> Generator:
    """Open a model.

    Args:
        reference: A shipped model, a checkpoint folder, a `.gguf` file, a hub id, `reference`,
            `openai:NAME@URL`, or `ENGINE:REST` to choose another engine explicitly.
        options: How to run it.

    Raises:
        UsageError: If the model is unknown, or belongs to another stack than `options.model_stack`.
        DataError: If the model is corrupt.
        PluginNotFoundError: If its stack or a library is not installed.
    """
    name, rest = choose_engine(reference, options.model_stack)
    if name in _WITHOUT_SERVER:
        refuse_server_settings(options, reference)
    engine: Engine = load_plugin(Group.ENGINES, name)
    return engine(rest, options)


def refuse_server_settings(options: EngineOptions, name: str) -> None:
    """Refuse settings of a server for a model that runs here.

    Raises:
        UsageError: If there are any.
    """
    if options.server != ServerConfig():
        raise UsageError(
            f"server: only a model openai:NAME@URL has these settings, got {name!r}. Leave "
            "--endpoint, --concurrency, --max-total-tokens and --set server.KEY out"
        )


def is_gguf(reference: str) -> bool:
    """Return whether a reference names a GGUF file; upper case in its suffix does not matter."""
    return Path(reference).suffix.lower() == ".gguf"


def choose_engine(reference: str, model_stack: str | None = None) -> tuple[str, str]:
    """Return the name of the engine for a reference, and the reference to pass to that engine.

    No engine is imported, so a wrong reference is reported before anything slow happens.

    Raises:
        HrmError: As `open_model`.
    """
    name, rest = _find_engine(reference)
    if model_stack is not None and name == "local":
        model_json = read_model_json(find_model_folder(rest, config_only=True))
        check_stack(rest, stack_name(model_json), model_stack)
    elif model_stack is not None and name == "transformers":
        raise UsageError(
            f"model_stack: the config says {model_stack!r}, but {rest} is a model of transformers "
            "and belongs to no stack. Leave model_stack out, or choose another checkpoint"
        )
    return name, rest


def _find_engine(reference: str) -> tuple[str, str]:
    if reference == "reference":
        return "reference", reference
    engines = {plugin.name for plugin in installed_plugins(Group.ENGINES)}
    prefix, colon, rest = reference.partition(":")
    if colon and prefix in engines:
        return prefix, rest
    if is_gguf(reference):
        try:
            exists = Path(reference).expanduser().is_file()
        except (OSError, RuntimeError) as error:
            raise UsageError(f"unknown model {reference!r}: {error}") from error
        if not exists:
            raise UsageError(f"unknown model {reference!r}: no such file")
        return "transformers", reference
    model_json = read_model_json(find_model_folder(reference, config_only=True))
    stack = stack_name(model_json)
    if stack is None:
        return "transformers", reference
    find_plugin(Group.STACKS, stack)
    return "local", reference


def check_stack(reference: str, stack: str | None, model_stack: str | None) -> None:
    """Check that a checkpoint belongs to the stack that a config names, if it names one.

    Args:
        reference: The checkpoint, for the message.
        stack: Its stack; None if no stack reads it, which whoever loads it reports.
        model_stack: See `EngineOptions`.

    Raises:
        UsageError: If it belongs to another stack.
    """
    if None not in (stack, model_stack) and stack != model_stack:
        raise UsageError(
            f"model_stack: the config says {model_stack!r}, but the checkpoint {reference} belongs "
            f"to {stack!r}. Write model_stack: {stack}, or choose another checkpoint"
        )
