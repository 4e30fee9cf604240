"""The bodies of OpenAI's interface that servers send, of which we read what we need."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field, ValidationError

from hrm_core.errors import beginning
from hrm_core.generation import FinishReason

# Servers have many names for an answer that ended by itself, and few for others.
_FINISH_REASONS = {
    **dict.fromkeys(("length", "max_tokens", "model_length"), FinishReason.LENGTH),
    "content_filter": FinishReason.CONTENT_FILTER,
}
# The server ended the answer for reasons of its own, such as a shutdown.
_FAILED = {"abort", "error"}


class UnreadableError(Exception):
    """An answer is not complete, or has not the form of OpenAI's interface.

    The message says what the server does, such as "gives no answer in the form of ...".
    """


class _Message(BaseModel):
    content: str | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None


class _Choice(BaseModel):
    message: _Message | None = None
    text: str | None = None
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Body(BaseModel):
    model: str | None = None
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


@dataclass(frozen=True, kw_only=True)
class ServerReply:
    """The answer to a request.

    Attributes:
        text: What the model wrote, up to the first stop string, which some servers leave in.
            Thoughts that the server has taken out are put back whole, in marks.
        finish_reason: Why the answer ended.
        model: What the server calls the model; None if it does not say.
        num_prompt_tokens: Number of tokens of the prompt; None if the server does not count.
        num_tokens: Number of tokens of the answer; None if the server does not count.
    """

    text: str
    finish_reason: FinishReason
    model: str | None
    num_prompt_tokens: int | None
    num_tokens: int | None


def read_reply(body: str, stop: Sequence[str] = ()) -> ServerReply:
    """Return the answer that a server sent, from either endpoint.

    Args:
        body: The body of the server's answer.
        stop: The stop strings. None ends the thoughts that the server has taken out.

    Raises:
        UnreadableError: If it is not complete, or of another form.
    """
    try:
        found = _Body.model_validate_json(body)
    except ValidationError as error:
        raise _other_form(f"got {beginning(body)}") from error
    choice, usage = found.choices[0], found.usage
    text = _text(choice, stop)
    if text is None:
        raise _other_form(f"got {beginning(body)}")
    if not choice.finish_reason:
        raise _other_form(f"got no finish_reason: {beginning(body)}")
    if choice.finish_reason in _FAILED:
        raise UnreadableError(f"breaks off the answer again and again ({choice.finish_reason!r})")
    return ServerReply(
        text=text,
        finish_reason=_FINISH_REASONS.get(choice.finish_reason, FinishReason.STOP),
        model=found.model,
        num_prompt_tokens=usage.prompt_tokens if usage is not None else None,
        num_tokens=usage.completion_tokens if usage is not None else None,
    )


def _other_form(what: str) -> UnreadableError:
    return UnreadableError(f"gives no answer in the form of OpenAI's interface: {what}")


def _text(choice: _Choice, stop: Sequence[str]) -> str | None:
    message = choice.message
    if message is None:
        return None if choice.text is None else _cut(choice.text, stop)
    answer = message.content or ""
    thoughts = message.reasoning_content or message.reasoning
    if not thoughts:
        return _cut(answer, stop)
    if answer:
        return f"<think>\n{thoughts}\n</think>\n\n{_cut(answer, stop)}"
    if _FINISH_REASONS.get(choice.finish_reason or "") is FinishReason.LENGTH:
        return f"<think>\n{thoughts}"
    # A server that expects thoughts from a model that does not think takes its answer for them.
    return f"{thoughts}\n</think>\n"


def _cut(text: str, stop: Sequence[str]) -> str:
    for string in stop:
        text = text.partition(string)[0]
    return text


def read_model_names(body: str) -> list[str]:
    """Return the names in a server's list of models; none if the list has another form."""
    try:
        return [str(model["id"]) for model in json.loads(body)["data"]]
    except (ValueError, KeyError, TypeError):
        return []
