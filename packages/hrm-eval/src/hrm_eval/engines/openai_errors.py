"""What servers refuse and where they fail, as errors that say what to do."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrm_core.errors import HrmError, UsageError, short_listing, suggest

if TYPE_CHECKING:
    import openai

KEPT = "The answers so far are kept."
_MAX_WORDS = 300
# Keys of real services have 20 characters or more.
_MIN_SECRET = 16
_OVERLOADED = (408, 409, 429)
_ESSENTIAL = ("model", "messages", "prompt")
_TEMPLATE_ARGS = "chat_template_kwargs"

# What servers say of a request that is longer than the context of the model.
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum model length|max_model_len", re.IGNORECASE
)


class ServerError(HrmError):
    """A server failed, went away or gave no answer."""


def words_of(error: "openai.APIStatusError") -> str:
    """Return what a server says about an error, in one line."""
    body = error.body
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail") or body
    return " ".join(str(body or "no reason given").split())


def is_too_long(error: "openai.APIStatusError") -> bool:
    """Return whether a request is longer than the context of the model."""
    return _TOO_LONG.search(f"{error.code} {words_of(error)}") is not None


def cause_of(error: BaseException) -> str:
    """Return the first cause of an error of the network, which says more than the last."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__


def _refused_parameter(
    error: "openai.APIStatusError", words: str, sent: Collection[str]
) -> str | None:
    """Return the first parameter that a server names of those that it can do without."""
    named = [str(error.param), *re.findall(r"\w+", words)]
    return next((name for name in named if name in sent and name not in _ESSENTIAL), None)


@dataclass(frozen=True, kw_only=True)
class Explainer:
    """Explains the errors of a server.

    Attributes:
        url: Base of its addresses.
        model: The model that it is asked for.
        known_models: Models that it says it has; empty if it does not say.
        key: The API key, which no message may show; empty if there is none.
        key_variable: The environment variable of the key.
    """

    url: str
    model: str
    known_models: Collection[str]
    key: str
    key_variable: str

    def explain(
        self, error: "openai.APIStatusError", where: str, path: str, sent: Collection[str]
    ) -> HrmError:
        """Return the error for a request that a server refused, after all retries.

        Args:
            error: The error of the client.
            where: The task and the server, for the message.
            path: The address of the request below the URL.
            sent: Names of its parameters.
        """
        status, words = error.status_code, self._words(error)
        if status == 401:
            return self.refused_key(error)
        if status == 403:
            return UsageError(
                f"{where} forbids the request (403): {words}. If the API key may not use the "
                f"model, put another into the environment variable {self.key_variable}; if the "
                "prompt is refused, leave the problem out"
            )
        if status == 404:
            return self._not_found(words, path)
        if status >= 500 or status in _OVERLOADED:
            return ServerError(
                f"{where} answers {status} again and again: {words}. {KEPT} Continue with "
                "--resume, and if the server is overloaded with a smaller --concurrency"
            )
        return UsageError(
            f"{where} refuses the request ({status}): {words}. "
            f"{self._cure(words, path, _refused_parameter(error, words, sent))}"
        )

    def refused_key(self, error: "openai.APIStatusError") -> UsageError:
        """Return the error for a key that is missing or wrong."""
        variable = self.key_variable
        problem = f"refuses the API key in {variable}" if self.key else "wants an API key"
        return UsageError(
            f"{self.url} {problem} ({error.status_code}): {self._words(error)}. Put the right key "
            f"into the environment variable {variable}, or name another variable with "
            "--set server.api_key_variable=NAME"
        )

    def _not_found(self, words: str, path: str) -> UsageError:
        if self.model in self.known_models:
            other = "completions" if "chat" in path else "chat"
            return UsageError(
                f"{self.url} has no {path} for {self.model!r}: {words}. Use --endpoint {other}"
            )
        if self.known_models or self.model in words:
            return UsageError(
                f"{self.url} has no model {self.model!r}: {words}. {self._other_models()}"
            )
        return UsageError(
            f"{self.url}: no server with OpenAI's interface answers here: {words}. Fix the "
            "URL; most end in /v1"
        )

    def _cure(self, words: str, path: str, parameter: str | None) -> str:
        if parameter == _TEMPLATE_ARGS:
            return "Leave --template-args out"
        if parameter is None and "template" in words and "chat" in path:
            return "If the model has no chat template, use --endpoint completions"
        if self.model in words and self.model not in self.known_models:
            return self._other_models()
        if parameter is not None:
            return f"Change it, or leave it out with --set server.parameters.{parameter}=null"
        return "Change the settings, or the server"

    def _other_models(self) -> str:
        if not self.known_models:
            return "Fix the name"
        names = short_listing(self.known_models)
        return f"It has: {names}.{suggest(self.model, self.known_models)}"

    def _words(self, error: "openai.APIStatusError") -> str:
        words = self.without_key(words_of(error))
        return words if len(words) <= _MAX_WORDS else f"{words[:_MAX_WORDS]}..."

    def without_key(self, text: str) -> str:
        """Return what a server sent with stars for the key, which it may repeat.

        A short key, such as the `x` of a local server, is no secret, and its letters may be part of
        an answer.
        """
        if len(self.key) < _MIN_SECRET:
            return text
        return text.replace(self.key, "***")
