"""Writes the pages of `docs/reference` that are made from the code: config keys and commands.

    nox -s reference                      # or, with all packages installed:
    python docs/_generate/reference.py

The pages are part of the repository, so that they can be read there and the site can be built
without PyTorch. `tests/test_reference.py` fails when one of them differs from the code. API pages
are not made here but by `api_pages.py`, while the site is built.
"""

import argparse
import inspect
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import typer
from pydantic.fields import FieldInfo
from typer.main import get_command

from hrm_core import errors
from hrm_core.config import Section
from hrm_core.costs import count_parameters
from hrm_core.plugins import DEFAULT_STACK, Group, installed_plugins
from hrm_core.stack import Stack
from hrm_eval.cli import app as eval_app
from hrm_eval.flags import FLAGS
from hrm_eval.run_config import RunConfig
from hrm_exercises.cli import make_parser as exercises_parser
from hrm_train.cli import app as train_app
from hrm_train.improve import ImproveConfig
from hrm_train.train_config import ProblemsConfig, TrainRunConfig

FOLDER = Path(__file__).parent.parent / "reference"
_COMMAND_VALUES = {int: "integer", float: "number", Path: "path", list[Path]: "path"}
_MADE = "<!-- Made from the code by docs/_generate/reference.py. Change the docstrings instead. -->"
_CONSTRAINTS = {"ge": "at least {}", "gt": "above {}", "le": "at most {}", "lt": "below {}"}


class Key(NamedTuple):
    """One key of a config."""

    name: str
    value: str
    default: str
    meaning: str
    flag: str = ""


def _flags() -> dict[tuple[type[Section], str], str]:
    """Return the flag of `hrm-eval run` for each key that has one, by section and name."""
    flags = {}
    for flag in FLAGS:
        *path, name = flag.key.split(".")
        section: type[Section] = RunConfig
        for part in path:
            inner = _inner(section.model_fields[part])
            assert inner is not None
            section = inner
        flags[section, name] = f"`{flag.option}`"
    return flags


def pages() -> dict[str, str]:
    """Return the text of each page by its file name."""
    return {"config.md": config_page(), "commands.md": commands_page()}


def config_page() -> str:
    """Return the reference of all config keys."""
    parts = [
        "# Config keys",
        _MADE,
        "Each section of a config file, with the meaning, the type and the default of every key. "
        "[Configs](../configs.md) explains how files, `--set` and flags combine.",
        "A key is written with dots on the command line: `--set training.optimizer.lr=1.0e-3`. "
        "*Not set* means that the key may be left out or set to `null`; *derived*, that the value "
        "follows from other keys. A *section* has a table of its own below.",
        "## Evaluation",
        "Read by `hrm-eval`. The keys of the top level:",
        *_section(RunConfig, "", 3),
        "## Training",
        "Read by `hrm-train`. The same file can hold both kinds of sections: each program ignores "
        "the sections of the other. The keys of the top level:",
        *_section(TrainRunConfig, "", 3, skip=_shared_sections()),
        "### `improve`",
        "Read by `hrm-train improve` alone, besides the keys above. " + _summary(ImproveConfig),
        _table(_keys(ImproveConfig)),
        "## Models",
        "The keys under `model` depend on the stack (`model_stack`) and on the architecture "
        "(`model.architecture`). A preset (`model.preset`) gives values to all keys that have no "
        "default; keys in the config replace those of the preset.",
        *_models(),
    ]
    return "\n\n".join(parts) + "\n"


def _shared_sections() -> set[type[Section]]:
    """Return the sections that the part on evaluation describes already."""
    return {inner for field in RunConfig.model_fields.values() if (inner := _inner(field))}


def _section(
    section: type[Section], path: str, level: int, skip: set[type[Section]] | None = None
) -> Iterator[str]:
    """Yield the table of a section and then those of the sections inside it."""
    yield _table(_keys(section))
    for name, field in section.model_fields.items():
        dotted = f"{path}.{name}" if path else name
        item = _item(field)
        if item is ProblemsConfig:
            # The other lists of splits have fewer keys, all of which are among these.
            yield f"{'#' * level} Each of `{dotted}`"
            yield _summary(item)
            yield _table(_keys(item))
        inner = _inner(field)
        if inner is None or inner in (skip or ()):
            continue
        yield f"{'#' * level} `{dotted}`"
        yield _summary(inner)
        yield from _section(inner, dotted, level, skip)


def _models() -> Iterator[str]:
    stacks: list[Stack] = [plugin.load() for plugin in installed_plugins(Group.STACKS)]
    for stack in sorted(stacks, key=lambda stack: (stack.name != DEFAULT_STACK, stack.name)):
        for architecture, model_type in stack.architectures.items():
            config_type = model_type.config_type
            yield f"### `{architecture}` of the stack `{stack.name}`"
            yield _summary(config_type)
            if architecture == stack.default_architecture:
                yield "The default architecture of this stack."
            yield _table(_keys(config_type))
            yield _presets(stack, architecture)


def _keys(section: type[Section]) -> list[Key]:
    return [
        Key(
            name,
            _value(field),
            _default(field),
            _meaning(section, name),
            _FLAGS.get((section, name), ""),
        )
        for name, field in section.model_fields.items()
    ]


def _table(keys: list[Key]) -> str:
    rows = [[f"`{key.name}`", key.meaning, key.value, key.default, key.flag] for key in keys]
    rows = [["key", "meaning", "value", "default", "flag"], ["---"] * 5, *rows]
    if not any(key.flag for key in keys):
        rows = [row[:-1] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _presets(stack: Stack, architecture: str) -> str:
    """Return the table of an architecture's presets, with the parameters of their models."""
    presets = {
        name: values
        for name, values in stack.presets.items()
        if values.get("architecture", stack.default_architecture) == architecture
    }
    fields = [key for key in next(iter(presets.values())) if key != "architecture"]
    head = ["preset", *(f"`{field}`" for field in fields), "parameters (M)"]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for name, values in presets.items():
        default = " (default)" if stack.default_presets.get(architecture) == name else ""
        cells = [f"`{name}`{default}", *(f"{values[field]:,}" for field in fields)]
        lines.append(f"| {' | '.join([*cells, _parameters(stack, name)])} |")
    return "\n".join(["Presets:", "", *lines])


def _parameters(stack: Stack, preset: str) -> str:
    import torch

    config = stack.parse({"preset": preset})
    with torch.device("meta"):
        model = stack.model_type(config.architecture)(config)
    return f"{count_parameters(model) / 1e6:,.1f}"


def _inner(field: FieldInfo) -> type[Section] | None:
    """Return the section class of a key, also of an optional one; None if the key is no section."""
    for kind in (field.annotation, *get_args(field.annotation)):
        if isinstance(kind, type) and issubclass(kind, Section):
            return None if get_origin(field.annotation) is list else kind
    return None


def _item(field: FieldInfo) -> type[Section] | None:
    """Return the section class of the items of a list; None for another key."""
    for kind in get_args(field.annotation) if get_origin(field.annotation) is list else ():
        if isinstance(kind, type) and issubclass(kind, Section):
            return kind
    return None


def _value(field: FieldInfo) -> str:
    kind = "section" if _inner(field) else _kind(field.annotation)
    limits = [
        text.format(f"{getattr(limit, name):,}".removesuffix(".0"))
        for limit in field.metadata
        for name, text in _CONSTRAINTS.items()
        if getattr(limit, name, None) is not None
    ]
    return ", ".join([kind, *limits])


def _kind(annotation: Any) -> str:
    """Return the type of a key in words."""
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{argument}`" for argument in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(kind) for kind in arguments if kind is not type(None))
    if origin is list:
        return f"list of {_kind(arguments[0])}"
    if origin in (dict, Mapping):
        return "mapping"
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return f"mapping of {', '.join(f'`{name}`' for name in annotation.model_fields)}"
    return {int: "integer", float: "number", bool: "`true` or `false`", str: "text"}.get(
        annotation, "anything"
    )


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, Section):
        return ""
    if value is None:
        return "not set"
    floor = next((limit.gt for limit in field.metadata if hasattr(limit, "gt")), None)
    if value == floor and isinstance(value, int | float):
        # A default that breaks its own limit marks a value that is derived from other keys.
        return "derived"
    return f"`{_yaml(value)}`"


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_yaml(item) for item in value)}]"
    return "{}" if value == {} else str(value)


def _summary(section: type[Section]) -> str:
    """Return the docstring of a section up to its list of attributes."""
    text, _, _ = inspect.cleandoc(section.__doc__ or "").partition("\nAttributes:")
    return text.strip()


def _meaning(section: type[Section], name: str) -> str:
    for owner in section.__mro__:
        attributes = _attributes(owner)
        if name in attributes:
            return attributes[name].replace("|", "\\|")
    raise LookupError(f"{section.__qualname__}: {name} is missing under `Attributes:`")


def _attributes(owner: type) -> dict[str, str]:
    """Return the descriptions under `Attributes:` in the docstring of a class."""
    _, _, rest = inspect.cleandoc(owner.__dict__.get("__doc__") or "").partition("\nAttributes:\n")
    block = re.match(r"(?:(?: {4}.*)?\n?)*", rest)
    entries = re.split(r"^ {4}(?=\w+:)", block[0] if block else "", flags=re.MULTILINE)
    pairs = (entry.partition(":") for entry in entries if entry.strip())
    return {name: " ".join(text.split()) for name, _, text in pairs}


def commands_page() -> str:
    """Return the reference of all commands."""
    parts = [
        "# Commands",
        _MADE,
        "Every command with its arguments and options. `--help` prints the same.",
        *_commands("hrm-eval", eval_app),
        *_commands("hrm-train", train_app),
        *_parsers("hrm-exercises", exercises_parser("hrm-exercises")),
        "## Exit status",
        "A script can tell from the exit status what went wrong.",
        "| status | meaning |\n| --- | --- |\n" + "\n".join(_statuses()),
    ]
    return "\n\n".join(parts) + "\n"


def _commands(program: str, app: typer.Typer) -> Iterator[str]:
    group: Any = get_command(app)
    yield f"## `{program}`"
    yield _sentence(group.help)
    yield _options(group.params)
    for name, command in group.commands.items():
        yield f"### `{program} {name}`"
        yield _sentence(command.help)
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option"]
        required = " ".join(f"{o.opts[0]} {_value_name(o)}" for o in options if o.required)
        usage = [program, name, *map(_argument, arguments), required]
        yield f"```text\n{' '.join(word for word in usage if word)} [OPTIONS]\n```"
        if command.params:
            yield _options([*arguments, *options])


def _parsers(program: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the same as `_commands` for a command that is made with argparse."""
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    yield f"## `{program}`"
    yield _sentence(parser.description)
    yield _table_of_options(map(_action, _shown(parser)))
    for name, command in commands.choices.items():
        yield f"### `{program} {name}`"
        yield _sentence(command.description)
        actions = sorted(_shown(command), key=lambda action: bool(action.option_strings))
        arguments = [_name(a) for a in actions if not a.option_strings]
        required = [
            f"{a.option_strings[0]} {a.dest.upper()}"
            for a in actions
            if a.option_strings and a.required
        ]
        yield f"```text\n{' '.join([program, name, *arguments, *required])} [OPTIONS]\n```"
        if actions:
            yield _table_of_options(map(_action, actions))


def _shown(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    hidden = (argparse._HelpAction, argparse._SubParsersAction)
    return [action for action in parser._actions if not isinstance(action, hidden)]


def _name(action: argparse.Action) -> str:
    name = (action.option_strings or [action.dest.upper()])[0]
    return f"[{name}]" if action.nargs == "?" else name


def _action(action: argparse.Action) -> str:
    kinds = {Path: "path", None: "text"}
    value = "" if action.nargs == 0 else kinds.get(action.type, "integer")
    is_required = action.required and bool(action.option_strings)
    return _row(_name(action), action.help, value, action.default, is_required=is_required)


def _options(parameters: Sequence[Any]) -> str:
    """Return the table of some arguments and options."""
    return _table_of_options(map(_parameter, parameters))


def _table_of_options(rows: Iterable[str]) -> str:
    return "\n".join(["| option | meaning | value |", "| --- | --- | --- |", *rows])


def _argument(parameter: Any) -> str:
    name = _value_name(parameter)
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _value_name(parameter: Any) -> str:
    return parameter.metavar or parameter.name.upper()


def _parameter(parameter: Any) -> str:
    is_argument = parameter.param_type_name == "argument"
    names = [*parameter.opts[:1], *parameter.secondary_opts]
    name = _argument(parameter) if is_argument else "/".join(names)
    kind = parameter.type_descriptor.annotation
    value = "" if kind is bool else _COMMAND_VALUES.get(kind, "text")
    return _row(name, parameter.help, value, parameter.default, is_required=parameter.required)


def _row(name: str, text: str | None, value: str, default: Any, *, is_required: bool) -> str:
    # Brackets would be a link, or a tag.
    meaning = _sentence(text).replace("[", r"\[").replace("<", "&lt;")
    if is_required:
        meaning += " Required."
    elif default is not False and default not in (None, [], (), argparse.SUPPRESS):
        meaning += f" Default: `{default}`."
    return f"| `{name.replace('|', chr(92) + '|')}` | {meaning} | {value} |"


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _statuses() -> Iterator[str]:
    meanings: dict[int, list[str]] = {0: ["Done, whatever the score."]}
    for error in _subclasses(errors.HrmError):
        if error.__module__ == errors.__name__ and error is not errors.HrmError:
            meanings.setdefault(error.exit_code, []).append(_summary_of(error))
    meanings[1] = ["Any other failure."]
    meanings[130] = ["Interrupted (Ctrl-C). The results so far are saved."]
    meanings[143] = ["Terminated (SIGTERM). The results so far are saved."]
    for status, sentences in sorted(meanings.items()):
        yield f"| {status} | {' '.join(sentences)} |"


def _subclasses(kind: type[errors.HrmError]) -> Iterator[type[errors.HrmError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _subclasses(inner)


def _summary_of(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").partition("\n")[0]


_FLAGS = _flags()


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
