"""Configs: YAML files that extend one another, checked by pydantic, with errors that name the key.

`extends` names a file or a list of files, relative to the file it appears in. Mappings merge,
everything else is replaced, and `--set a.b=c` is applied last; `a.0.b=c` changes the first item of
a list. Types are exact: a number written as text is an error. Files have no variables, no includes
inside a value and no defaults; the defaults are in the pydantic model of each section.
"""

import re
import reprlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from hrm_core.errors import ConfigError, listing, suggest

# Which member of a union did not fit; pydantic puts it into the path of the key.
_UNION_TAGS = {"int", "float", "bool", "str", "list[int]", "list[str]"}

_SCIENTIFIC = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+")

_OCTAL = re.compile(r"[-+]?0\d+")
_MERGE_TAG = "tag:yaml.org,2002:merge"

# Errors of invalid YAML. PyYAML passes on some of Python's: the date 2024-13-45 is a ValueError.
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError)

# Names of types in messages, by the error type of pydantic.
_EXPECTED = {
    "int_type": "int",
    "float_type": "float",
    "bool_type": "bool",
    "string_type": "str",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
}


class Section(BaseModel):
    """A part of a config: frozen, with exact types, finite numbers and no unknown keys.

    Attributes:
        renamed: Current names of fields by the names that earlier versions or other projects use.
        ignored: Keys that are left out unread, since another program reads them in the same file.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    renamed: ClassVar[Mapping[str, str]] = {}
    ignored: ClassVar[Collection[str]] = ()

    @model_validator(mode="before")
    @classmethod
    def _leave_out(cls, values: Any) -> Any:
        left_out = set(cls.ignored) - cls.model_fields.keys()
        if not left_out or not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if key not in left_out}


SectionType = TypeVar("SectionType", bound=Section)


class _Loader(yaml.SafeLoader):
    """The safe YAML loader, but duplicate keys and numbers that mislead are errors."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._checked: set[int] = set()

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Put the mappings of `<<` in; called for a node again if another mapping merges it."""
        if id(node) not in self._checked:
            self._checked.add(id(node))
            self._check_keys(node)
        super().flatten_mapping(node)

    def _check_keys(self, node: yaml.MappingNode) -> None:
        keys = [
            "<<" if key.tag == _MERGE_TAG else self.construct_object(key, deep=True)
            for key, _ in node.value
        ]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                problem = f"the key {key!r} occurs twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)

    def construct_number(self, node: yaml.ScalarNode) -> int | float:
        """Read a number, unless YAML 1.1 means another one than its reader: `0100` or `1:30`."""
        is_int = node.tag.endswith(":int")
        text = node.value.replace("_", "")
        value = self.construct_yaml_int(node) if is_int else self.construct_yaml_float(node)
        if ":" in text:
            base, meant = 60, f"{value}"
        elif is_int and _OCTAL.fullmatch(text) and int(text) != value:
            base, meant = 8, f"{int(text)} or {value}"
        else:
            return value
        problem = (
            f"YAML reads {node.value} as {value}, in base {base}. Write {meant}, or "
            f"'{node.value}' in quotes for a text"
        )
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


for _kind in ("int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_number)


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return `below` overridden by `above`: mappings merge, everything else is replaced.

    A mapping of positions, such as {"0": ...}, changes these items of a list, counted from 0.

    Raises:
        ConfigError: If a list has no item at such a position.
    """
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(old, value)
        elif isinstance(old, list) and _has_positions(value):
            merged[key] = _merge_items(key, old, value)
        else:
            merged[key] = value
    return merged


def _has_positions(value: object) -> bool:
    if not isinstance(value, Mapping) or not value:
        return False
    return all(isinstance(key, str) and key.isdecimal() for key in value)


def _merge_items(name: str, below: list[Any], above: Mapping[str, Any]) -> list[Any]:
    items = {str(position): item for position, item in enumerate(below)}
    for position in above:
        if position not in items:
            raise ConfigError(
                f"{name}.{position}: no such item; the list has {len(below)}, counted from 0. "
                "To add one, set the whole list"
            )
    return list(merge(items, above).values())


def read_config(path: Path | str) -> dict[str, Any]:
    """Read a YAML file and the files it extends into one mapping.

    Raises:
        ConfigError: If a file is missing, is not YAML, is not a mapping, or extends itself.
    """
    return _read(Path(path), ())


def _read(path: Path, chain: tuple[Path, ...]) -> dict[str, Any]:
    if path.resolve() in chain:
        raise ConfigError(f"{path}: extends itself, through {' -> '.join(p.name for p in chain)}.")
    values = _read_one(path)
    parents = values.pop("extends", [])
    parents = [parents] if isinstance(parents, str) else parents
    if not isinstance(parents, list) or not all(isinstance(parent, str) for parent in parents):
        raise ConfigError(f"{path}: extends: expected a path or a list of paths, got {parents!r}.")
    merged: dict[str, Any] = {}
    for parent in parents:
        merged = merge(merged, _read(path.parent / parent, (*chain, path.resolve())))
    return merge(merged, values)


def _read_one(path: Path) -> dict[str, Any]:
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as error:
        near = suggest(path.name, (p.name for p in path.parent.glob("*.yaml")))
        raise ConfigError(f"{path}: no such config file.{near}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except _YAML_ERRORS as error:
        raise ConfigError(f"{path}: not valid YAML: {error}") from error
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ConfigError(
            f"{path}: expected a mapping of names to values, got {type(values).__name__}."
        )
    return values


def parse_overrides(assignments: Iterable[str]) -> dict[str, Any]:
    """Parse `a.b=c` assignments into one nested mapping; values are YAML.

    Raises:
        ConfigError: If an assignment has no `=` or an empty key, its value is not YAML, or an
            earlier assignment gave a plain value to one of its outer keys.

    Examples:
        >>> parse_overrides(["sampling.seed=1"])  # {"sampling": {"seed": 1}}
    """
    overrides: dict[str, Any] = {}
    for assignment in assignments:
        keys, value = _parse_override(assignment)
        outer: Any = overrides
        for depth, key in enumerate(keys[:-1], start=1):
            outer = outer.get(key, {})
            if not isinstance(outer, dict):
                set_before = f"--set {'.'.join(keys[:depth])}={outer}"
                raise ConfigError(
                    f"--set {assignment}: contradicts {set_before}. Leave one of them out"
                )
        for key in reversed(keys):
            value = {key: value}
        overrides = merge(overrides, value)
    return overrides


def _parse_override(assignment: str) -> tuple[list[str], Any]:
    dotted, equals, text = assignment.partition("=")
    keys = dotted.strip().split(".")
    if not equals or not all(keys):
        raise ConfigError(
            f"--set: expected KEY=VALUE, got {assignment!r}. Write --set sampling.seed=1"
        )
    return keys, parse_value(text, where=f"--set {dotted}")


def parse_value(text: str, *, where: str) -> Any:
    """Return the YAML value of a text on the command line.

    Args:
        text: The text.
        where: What the user typed before it, for messages.

    Raises:
        ConfigError: If it is not YAML.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except _YAML_ERRORS as error:
        # The text is short, so that the place of the problem in it need not be said.
        problem = getattr(error, "problem", None) or error
        raise ConfigError(
            f"{where}: {reprlib.repr(text)} is not a YAML value: {problem}"
        ) from error


def from_mapping(section: type[SectionType], values: object, *, where: str = "") -> SectionType:
    """Validate a mapping and return it as a section.

    Args:
        section: The pydantic model with the keys and their types.
        values: The user's values; anything but a mapping is an error.
        where: Dotted path of `values` in the whole config, for messages.

    Raises:
        ConfigError: For the first key that is unknown or missing, or whose value is invalid.
    """
    try:
        return section.model_validate(dict(values) if isinstance(values, Mapping) else values)
    except ValidationError as error:
        raise ConfigError(_explain(section, error.errors(include_url=False)[0], where)) from error


def _explain(section: type[Section], error: ErrorDetails, where: str) -> str:
    path = [str(part) for part in error["loc"] if part not in _UNION_TAGS]
    dotted = ".".join([*([where] if where else []), *path])
    value = error["input"]
    if error["type"] == "extra_forbidden":
        owner = _section_at(section, path[:-1])
        return f"{dotted}: unknown key.{_cure_unknown_key(owner, path[-1])}"
    if error["type"] == "missing":
        return f"{dotted}: missing. It has no default; set it."
    if error["type"] == "value_error":
        problem = str(error["ctx"]["error"])
        return f"{dotted}: {problem}" if dotted else problem
    expected = _EXPECTED.get(error["type"])
    if expected is None:
        problem = error["msg"].removeprefix("Input should be ")
        return f"{dotted}: expected {problem}, got {value!r}."
    message = f"{dotted}: expected {expected}, got {value!r} ({type(value).__name__})."
    if isinstance(value, str) and _SCIENTIFIC.fullmatch(value):
        is_int = float(value).is_integer() and error["type"].startswith("int")
        cure = str(int(float(value))) if is_int else _with_point(value)
        message += f" YAML reads {value} as text; write {cure}"
    return message


def _with_point(number: str) -> str:
    """Return a number as YAML 1.1 reads a float: `5e-5` becomes `5.0e-5`."""
    digits, _, exponent = number.lower().partition("e")
    sign = "" if exponent[0] in "+-" else "+"
    return f"{digits if '.' in digits else digits + '.0'}e{sign}{exponent}"


def _section_at(section: type[Section], path: Iterable[str]) -> type[Section]:
    """Return the section at a path; the index of an item in a list is a part of the path, too."""
    for part in path:
        field = section.model_fields.get(part)
        inner = _find_section(field.annotation) if field else None
        section = inner or section
    return section


def _find_section(annotation: Any) -> type[Section] | None:
    """Return the section in an annotation such as `Section | None` or `list[Section]`."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, Section) else None
    return next(filter(None, map(_find_section, get_args(annotation))), None)


def _cure_unknown_key(section: type[Section], key: str) -> str:
    if key in section.renamed:
        return f" Use {section.renamed[key]!r}."
    near = suggest(key, section.model_fields)
    return near or f" Known keys: {listing(section.model_fields)}."


def flatten(values: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """Return the values of nested mappings by dotted key.

    Args:
        values: Mappings within mappings; empty ones give nothing.
        path: Dotted key of `values` itself.

    Examples:
        >>> flatten({"sampling": {"seed": 1}})
        {'sampling.seed': 1}
    """
    flat: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{path}.{key}" if path else key
        flat |= flatten(value, name) if isinstance(value, Mapping) else {name: value}
    return flat


def to_yaml(values: Mapping[str, Any]) -> str:
    """Return a mapping as YAML text, in the order of its keys."""
    return yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True)
