"""The prompt style of a run: one of `hrm_datasets.prompts.PROMPT_STYLES`, or a file of one's own.

A prompt file is a jinja text with the fields of a problem. `{% set stop = ["..."] %}` and
`{% set answer_start = "..." %}` at its top level are the stop strings and the start of each answer.

Not covered: files that include or extend others.
"""

import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_core.chat import TEMPLATE_ERRORS
from hrm_core.errors import UsageError, listing, suggest
from hrm_datasets import Problem
from hrm_datasets.prompts import (
    EXAMPLE,
    NUM_EXAMPLES,
    PROMPT_STYLES,
    PromptStyle,
    example_problems,
    render_in_style,
)

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.nodes import Node
    from jinja2.nodes import Template as Syntax
    from jinja2.sandbox import SandboxedEnvironment

_SUFFIXES = (".jinja", ".j2")
_FIELDS = ("task_id", "text", "tests", "entry_point", "setup", "stub")
# Solved problems of the split `prompt`, with the fields above and their solution.
_EXAMPLES = "examples"


def find_style(name: str) -> PromptStyle:
    """Return a prompt style.

    Args:
        name: A key of `PROMPT_STYLES`, or the path of a prompt file: it ends in `.jinja` or `.j2`,
            or contains a slash.

    Raises:
        UsageError: If there is no such style or file, or the file is no jinja, or uses a name that
            is no field of a problem.
    """
    if name in PROMPT_STYLES:
        return PROMPT_STYLES[name]
    if name.endswith(_SUFFIXES) or "/" in name:
        return _read_style(Path(name).expanduser())
    hint = suggest(name, PROMPT_STYLES)
    raise UsageError(
        f"unknown prompt style {name!r} (known: {listing(PROMPT_STYLES)}; or a file "
        f"./NAME.jinja).{hint}"
    )


def show_styles(names: Sequence[str]) -> str:
    """Return an example problem in each of these styles, as the model gets it.

    Raises:
        UsageError: If a style is unknown or cannot be read.
    """
    return "\n\n".join(_show(name, find_style(name)) for name in names)


def _show(name: str, style: PromptStyle) -> str:
    text = render_in_style(EXAMPLE, name, style, example_problems())
    parts = [f"===== {name}: {style.summary}", text]
    if style.answer_start:
        parts += ["----- the answer begins with", style.answer_start]
    if style.stop:
        parts.append(f"----- stop strings: {', '.join(map(json.dumps, style.stop))}")
    return "\n".join(part.removesuffix("\n") for part in parts)


def _read_style(path: Path) -> PromptStyle:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"--prompt: {path} cannot be read: {reason}") from error
    environment = _environment()
    template, syntax = _compile(environment, source, path)
    settings = _settings(syntax, path)
    _check_names(syntax, path)
    needs_examples = any(name == _EXAMPLES for name, _ in _names_read(syntax))

    def render(problem: Problem, examples: tuple[Problem, ...]) -> str:
        solved = [{**_values(p), "solution": p.reference} for p in examples]
        return _render(template, path, {**_values(problem), _EXAMPLES: solved})

    return PromptStyle(
        summary=str(path),
        render=render,
        source=source,
        needs_examples=needs_examples,
        num_shots=NUM_EXAMPLES if needs_examples else 0,
        stop=tuple(settings.get("stop", ())),
        chat_stop=tuple(settings.get("stop", ())),
        answer_start=settings.get("answer_start", ""),
    )


def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _compile(
    environment: "SandboxedEnvironment", source: str, path: Path
) -> "tuple[Template, Syntax]":
    from jinja2 import TemplateSyntaxError

    try:
        code = environment.compile(source, str(path), str(path))
        template = environment.template_class.from_code(environment, code, {})
        return template, environment.parse(source)
    except TemplateSyntaxError as error:
        raise UsageError(f"--prompt: {path}: line {error.lineno}: {error.message}") from error


def _settings(syntax: "Syntax", path: Path) -> dict[str, Any]:
    """Return the stop strings and the start of answers that the file sets at its top level."""
    from jinja2 import nodes

    found: dict[str, Any] = {}
    for node in syntax.body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            name = node.target.name
            if name in _SETTINGS:
                found[name] = _constant(node.node)
                is_right, expected = _SETTINGS[name]
                if not is_right(found[name]):
                    raise UsageError(
                        f"--prompt: {path}: line {node.lineno}: {name}: expected {expected}"
                    )
    return found


def _constant(node: "Node") -> Any:
    """Return the value of an expression, or None if it is no constant."""
    from jinja2 import nodes

    try:
        return node.as_const() if isinstance(node, nodes.Expr) else None
    except nodes.Impossible:
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


_SETTINGS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "stop": (_is_list_of_texts, 'a list of texts, such as ["\\n[DONE]"]'),
    "answer_start": (_is_text, 'a text, such as "def "'),
}


def _check_names(syntax: "Syntax", path: Path) -> None:
    """Refuse a name that is no field, or no field at all, before any problem is loaded."""
    known = [*_FIELDS, _EXAMPLES]
    names = _names_read(syntax)
    for name, line in names:
        if name not in known:
            raise UsageError(
                f"--prompt: {path}: line {line}: unknown field {name!r} (known: {listing(known)})."
                f"{suggest(name, known)}"
            )
    if not {name for name, _ in names} & {*_FIELDS}:
        raise UsageError(
            f"--prompt: {path}: shows nothing of the problem. Write a field into it, such as "
            "{{ text }}"
        )


def _names_read(syntax: "Syntax") -> list[tuple[str, int]]:
    """Return the names that a template reads and does not set, with the line of each."""
    from jinja2 import meta, nodes
    from jinja2.defaults import DEFAULT_NAMESPACE

    undeclared = meta.find_undeclared_variables(syntax) - DEFAULT_NAMESPACE.keys()
    found = [
        (node.name, node.lineno) for node in syntax.find_all(nodes.Name) if node.name in undeclared
    ]
    return sorted(set(found), key=lambda pair: pair[1])


def _values(problem: Problem) -> dict[str, Any]:
    values = {name: getattr(problem, name) for name in _FIELDS}
    return {**values, "tests": [] if problem.stub else list(problem.tests.texts)}


def _render(template: "Template", path: Path, values: Mapping[str, Any]) -> str:
    try:
        return template.render(values)
    except TEMPLATE_ERRORS as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == str(path)]
        where = f"{path}: line {lines[-1]}" if lines else str(path)
        raise UsageError(
            f"--prompt: {where}: {values['task_id']}: {error or type(error).__name__}"
        ) from error
