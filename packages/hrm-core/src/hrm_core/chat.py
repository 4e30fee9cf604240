"""Chats: how a prompt becomes messages, and a chat template turns these into text.

A chat template is a jinja text in the tokenizer files of a model. It is rendered as transformers
renders it, without that library. Needs jinja2, which the extra `torch` of hrm-core installs.

Not covered: tools, documents, pictures, and chats of several turns.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hrm_core.errors import DataError, UsageError, listing, suggest
from hrm_core.model_folder import read_json

TOKENIZER_CONFIG_FILE = "tokenizer_config.json"
CHAT_TEMPLATE_FILE = "chat_template.jinja"

# What a template may raise: its own errors, and those of Python for the values it works on.
TEMPLATE_ERRORS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

# Any tokenizer of a model that writes code knows parts of this text.
CODE = "def f(x):\n    return x"

# Stands for the rest of an answer, which the model writes. No template trims or changes it.
_REST = "-the-rest-of-the-answer-"

# How the names of special tokens end, such as `bos_token`.
_TOKEN = "_token"

# Variables of every chat; a run cannot set them.
_OWN_VARIABLES = {"messages", "tools", "documents", "add_generation_prompt"}

Message = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Chat:
    """The chat around each prompt: system message, template, start of the answer.

    Attributes:
        template: False gives the model the bare prompts; True refuses a model that has neither a
            chat template nor a prompt format; None uses what the model has.
        system: Message of the system before each prompt; none if empty.
        answer_start: Text with which each answer begins; the model goes on from there.
        template_args: Values for variables of the chat template, such as `enable_thinking`.
    """

    template: bool | None = None
    system: str = ""
    answer_start: str = ""
    template_args: Mapping[str, Any] = field(default_factory=dict)

    def check(self, reference: str, template: "ChatTemplate | None", *, has_format: bool) -> None:
        """Check that a model supports these settings.

        Args:
            reference: Name of the model in messages.
            template: Its chat template.
            has_format: Whether it wraps prompts without a template.

        Raises:
            UsageError: If a setting needs a chat template that the model does not have or that is
                not used, or the template does not know one of the arguments.
        """
        if self.template and template is None and not has_format:
            raise UsageError(
                "--template: the prompt style or the flag asks for a chat template, and "
                f"{reference} has none. Choose a style for bare prompts, such as --prompt paper, "
                "or add --no-template"
            )
        if self.template is False or template is None:
            reason = (
                "the prompts are bare"
                if self.template is False
                else f"{reference} has no chat template"
            )
            for name, value in (("system", self.system), ("template-args", self.template_args)):
                if value:
                    raise UsageError(f"--{name}: needs a chat template, but {reason}. Leave it out")
            return
        for name in self.template_args:
            if name not in template.variables:
                raise UsageError(
                    f"--template-args: {template.where} has no variable {name!r} (it has: "
                    f"{listing(template.variables)}).{suggest(name, template.variables)}"
                )

    def render(self, text: str, template: Callable[..., str]) -> str:
        """Return the text for the model, up to where its answer goes on.

        Args:
            text: The prompt, which becomes the message of a user.
            template: Renders messages, as `ChatTemplate.render` does.

        Raises:
            ValueError: If the template leaves out the start of the answer.
        """
        messages = [{"role": "system", "content": self.system}] if self.system else []
        messages.append({"role": "user", "content": text})
        if not self.answer_start:
            return template(messages, add_generation_prompt=True, **self.template_args)
        messages.append({"role": "assistant", "content": self.answer_start + _REST})
        rendered = template(messages, add_generation_prompt=False, **self.template_args)
        before, rest, _ = rendered.partition(_REST)
        if not rest:
            raise ValueError("the answer is left out")
        return before

    def check_prompts(self, encode: Callable[[str], Sequence[int]], where: str) -> None:
        """Check that a chat template shows the prompt; one for pictures may leave out a text.

        Args:
            encode: Turns a prompt into the token ids for the model.
            where: The template, for messages.

        Raises:
            UsageError: If it leaves the prompt out or refuses it.
        """
        if list(encode(CODE)) == list(encode(2 * CODE)):
            raise self.refusal(where, "the message of the user is left out")

    def refusal(self, where: str, reason: object) -> UsageError:
        """Return the error for a template that cannot render a prompt."""
        cure = "Leave --system out" if self.system else "Fix the template"
        return UsageError(
            f"{where}: its chat template refuses the prompt: {reason}. {cure}, or give the model "
            "bare prompts with --no-template"
        )


PLAIN_CHAT = Chat()


class ChatTemplate:
    """A chat template, rendered as transformers does.

    Attributes:
        source: The jinja text.
        tokens: Texts of the special tokens by their names, such as `bos_token`.
        where: The file, for messages.
    """

    def __init__(self, source: str, tokens: Mapping[str, str], where: str) -> None:
        """Compile a template.

        Raises:
            DataError: If it is no jinja.
        """
        self.source, self.tokens, self.where = source, dict(tokens), where
        try:
            self._template = _ENVIRONMENT.from_string(source)
        except TemplateSyntaxError as error:
            raise DataError(
                f"{where}: line {error.lineno} of the chat template: {error.message}. Copy the "
                "tokenizer files again, or correct it"
            ) from error

    @cached_property
    def variables(self) -> frozenset[str]:
        """Names that the template reads and does not set, without those that every chat has."""
        names = meta.find_undeclared_variables(_ENVIRONMENT.parse(self.source))
        known = _OWN_VARIABLES | _ENVIRONMENT.globals.keys()
        return frozenset(name for name in names - known if not name.endswith(_TOKEN))

    def text_after_answer(self) -> str:
        """Return what follows an answer, such as its end token; empty if that is unknown."""
        messages = [{"role": "user", "content": CODE}, {"role": "assistant", "content": _REST}]
        try:
            rendered = self.render(messages, add_generation_prompt=False)
        except TEMPLATE_ERRORS:
            return ""
        return rendered.partition(_REST)[2]

    def render(
        self, messages: Sequence[Message], *, add_generation_prompt: bool, **args: Any
    ) -> str:
        """Return the text of messages.

        Args:
            messages: Mappings with `role` and `content`.
            add_generation_prompt: Whether the start of an answer follows the messages.
            args: Values for variables of the template.
        """
        return self._template.render(
            messages=[dict(message) for message in messages],
            tools=None,
            documents=None,
            add_generation_prompt=add_generation_prompt,
            **self.tokens,
            **args,
        )


def read_chat_template(folder: Path) -> ChatTemplate | None:
    """Return the chat template of a model folder, or None if it has none.

    `chat_template.jinja` goes before `tokenizer_config.json`. Of several templates, it is the one
    with the name `default`.

    Raises:
        DataError: If a file cannot be read, or the template is no jinja.
    """
    config_path, path = folder / TOKENIZER_CONFIG_FILE, folder / CHAT_TEMPLATE_FILE
    config = _read_object(config_path)
    if path.exists():
        try:
            source = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: cannot be read: {error}") from error
        return ChatTemplate(source, _special_tokens(folder, config), str(path))
    named = config.get("chat_template")
    if isinstance(named, list):
        named = {
            item.get("name"): item.get("template") for item in named if isinstance(item, dict)
        }.get("default")
    elif named is None:
        return None
    if not isinstance(named, str):
        raise DataError(
            f"{config_path}: chat_template: expected a text, or a list with one that is called "
            "'default'. Fix it, or remove it to give the model bare prompts"
        )
    return ChatTemplate(named, _special_tokens(folder, config), str(config_path))


def _read_object(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; it is empty if there is no file."""
    values = read_json(path) if path.exists() else {}
    if not isinstance(values, dict):
        raise DataError(f"{path}: expected an object. Copy the file again")
    return values


def _special_tokens(folder: Path, config: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of the special tokens by name; older folders have a file for them."""
    values = {**_read_object(folder / "special_tokens_map.json"), **config}
    tokens = {}
    for name, value in values.items():
        content = value.get("content") if isinstance(value, dict) else value
        if name.endswith(_TOKEN) and isinstance(content, str):
            tokens[name] = content
    return tokens


class _GenerationBlock(Extension):
    """Accepts `{% generation %}`, with which templates mark answers for training."""

    tags = {"generation"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the content of the block."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body).set_lineno(line)


def _raise_exception(message: str) -> None:
    raise TemplateError(message)


def _to_json(
    value: Any,
    ensure_ascii: bool = False,  # noqa: FBT001, FBT002 (as templates call it)
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,  # noqa: FBT001, FBT002
) -> str:
    """Jinja's own filter would replace characters that mean something in HTML."""
    return json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        indent=indent,
        separators=separators,
        sort_keys=sort_keys,
    )


def _strftime_now(text: str) -> str:
    return datetime.now().strftime(text)


def _environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of transformers.

    Source: transformers 5.23, utils/chat_template_utils.py.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_GenerationBlock, loopcontrols]
    )
    environment.filters["tojson"] = _to_json
    environment.globals["raise_exception"] = _raise_exception
    environment.globals["strftime_now"] = _strftime_now
    return environment


_ENVIRONMENT = _environment()
