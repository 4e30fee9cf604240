"""Requests to a server with OpenAI's interface: what is sent, and what may come back instead.

The client sends a request again after errors of the network and of the server, at growing
intervals or when the server says. An answer that cannot be read is asked for again as well.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hrm_core.chat import Chat
from hrm_core.errors import UsageError
from hrm_core.generation import (
    PROMPT_TOO_LONG,
    Generation,
    GenerationRequest,
    SamplingParams,
    derive_seed,
)
from hrm_core.text import without_surrogates
from hrm_eval.engines.openai_errors import (
    KEPT,
    Explainer,
    ServerError,
    cause_of,
    is_too_long,
    words_of,
)
from hrm_eval.engines.openai_replies import (
    ServerReply,
    UnreadableError,
    read_model_names,
    read_reply,
)
from hrm_eval.run_config import ServerConfig

if TYPE_CHECKING:
    import openai

_READINGS = 3
# Most tokens that a chat template adds to a prompt.
_TEMPLATE_TOKENS = 256
# Seeds of some servers have no more bits.
_SEED_BITS = 31
_CONNECT_SECONDS = 10.0
_LIST_SECONDS = 60.0

# Names of the parameter with the number of tokens; newer models of OpenAI refuse the first.
_MAX_TOKENS, _NEWER_MAX_TOKENS = "max_tokens", "max_completion_tokens"


@dataclass(frozen=True, kw_only=True)
class SampleRequest:
    """One answer to ask for.

    Attributes:
        index: Number of its request.
        number: Number of the sample.
        request: Its request.
        params: Its sampling settings.
        is_chat: Whether the prompt is the message of a user, or a text to continue.
    """

    index: int
    number: int
    request: GenerationRequest
    params: SamplingParams
    is_chat: bool

    @property
    def where(self) -> str:
        """Its name in messages."""
        return self.request.task_id or f"request {self.index}"

    @property
    def path(self) -> str:
        """Address of its endpoint below the URL of the server."""
        return "/chat/completions" if self.is_chat else "/completions"

    @property
    def stop(self) -> tuple[str, ...]:
        """Strings that end it."""
        return self.request.chat_stop if self.is_chat else self.request.stop

    @property
    def prompt(self) -> str:
        """Its prompt, with lone surrogates replaced."""
        return without_surrogates(self.request.prompt)


class Server:
    """A model of a server.

    Args:
        model: Name of the model on the server.
        url: Base of the server's addresses, such as `http://localhost:8000/v1`.
        settings: How to ask it.
        chat: What the prompts are given to it with.

    Attributes:
        served_model: What the server calls the model, if it says; None before the first answer.
    """

    def __init__(self, model: str, url: str, settings: ServerConfig, chat: Chat) -> None:
        self._settings, self._chat = settings, chat
        self._limit_name = _MAX_TOKENS
        self._explainer = Explainer(
            url=url,
            model=model,
            known_models=(),
            key=os.environ.get(settings.api_key_variable, "").strip(),
            key_variable=settings.api_key_variable,
        )
        self.served_model: str | None = None

    def most_tokens(self, sample: SampleRequest) -> int:
        """Return the most tokens that a request may take; a token has at least one byte."""
        texts = (self._chat.system, sample.prompt, self._chat.answer_start)
        num_bytes = sum(len(text.encode("utf-8", "replace")) for text in texts)
        return num_bytes + _TEMPLATE_TOKENS + sample.params.max_new_tokens

    def check(self) -> None:
        """Check that a server answers and takes the key, and read the names of its models.

        Raises:
            UsageError: If it does not.
        """
        import openai

        timeout = openai.Timeout(_LIST_SECONDS, connect=_CONNECT_SECONDS)
        try:
            with openai.OpenAI(**self._address, timeout=timeout, max_retries=0) as client:
                names = read_model_names(client.get("/models", cast_to=str))
        except openai.APIConnectionError as error:
            raise UsageError(
                f"{self._explainer.url}: no server answers: {cause_of(error)}. Start it, or "
                "correct the URL"
            ) from error
        except openai.AuthenticationError as error:
            raise self._explainer.refused_key(error) from error
        except openai.APIError:
            # Some servers do not list their models, or not to every key; the first answer will show
            # whether it is one.
            return
        self._explainer = replace(self._explainer, known_models=names)

    @property
    def _address(self) -> dict[str, Any]:
        # The client wants a key even for servers without keys, which ignore it.
        return {"base_url": self._explainer.url, "api_key": self._explainer.key or "none"}

    @contextmanager
    def open_client(self, loop: asyncio.AbstractEventLoop) -> "Iterator[openai.AsyncOpenAI]":
        """Open a client, which waits as long as `ask` lets it."""
        import openai

        client = openai.AsyncOpenAI(
            **self._address,
            timeout=openai.Timeout(None, connect=_CONNECT_SECONDS),
            max_retries=self._settings.max_retries,
        )
        try:
            yield client
        finally:
            asyncio.run_coroutine_threadsafe(_close(client), loop).result()

    async def ask(self, client: "openai.AsyncOpenAI", sample: SampleRequest) -> Generation:
        """Return the answer to a sample.

        Raises:
            UsageError: If the server refuses the key, the model or a setting.
            ServerError: If the server fails.
        """
        import openai

        started, seconds = time.perf_counter(), self._settings.timeout_seconds
        where = f"{sample.where}: {self._explainer.url}"
        sent = self._body(sample, sample.params.max_new_tokens)
        try:
            async with asyncio.timeout(seconds):
                answer = await self._read_answer(client, sample)
        except TimeoutError as error:
            raise ServerError(
                f"{where} gives no answer within {seconds:g} s. {KEPT} Continue with --resume, and "
                "if the server is slow with a smaller --concurrency or a larger "
                "--set server.timeout_seconds=N"
            ) from error
        except UnreadableError as error:
            raise ServerError(
                f"{where} {error}. {KEPT} Fix the URL or the server, then continue with --resume"
            ) from error
        except openai.APIStatusError as error:
            raise self._explainer.explain(error, where, sample.path, sent) from error
        except openai.APIError as error:
            raise ServerError(
                f"{where} cannot be reached: {cause_of(error)}. {KEPT} Start the server again, "
                "then continue with --resume"
            ) from error
        return replace(answer, seconds=time.perf_counter() - started)

    async def _read_answer(self, client: "openai.AsyncOpenAI", sample: SampleRequest) -> Generation:
        """Return the answer to a sample, asked for again if it cannot be read."""
        problem = UnreadableError()
        for _ in range(_READINGS):
            body = await self._send(client, sample)
            if body is None:
                return PROMPT_TOO_LONG
            try:
                reply = read_reply(self._explainer.without_key(body), sample.stop)
            except UnreadableError as error:
                problem = error
                continue
            self._check_counts(reply, sample)
            self.served_model = self.served_model or reply.model or self._explainer.model
            return _to_generation(reply)
        raise problem

    async def _send(self, client: "openai.AsyncOpenAI", sample: SampleRequest) -> str | None:
        """Return the body of the server's answer, or None if the prompt leaves no room for one.

        If it leaves room for fewer tokens than wanted, the answer may have half of them, a quarter
        and so on.
        """
        max_tokens = sample.params.max_new_tokens
        body = await self._post_if_short(client, sample, max_tokens)
        if body is not None or max_tokens == 1:
            return body
        smallest = await self._post_if_short(client, sample, 1)
        while smallest is not None and body is None and max_tokens > 2:
            max_tokens //= 2
            body = await self._post_if_short(client, sample, max_tokens)
        return body or smallest

    async def _post_if_short(
        self, client: "openai.AsyncOpenAI", sample: SampleRequest, max_tokens: int
    ) -> str | None:
        """Send a request; None if prompt and answer are longer than the context."""
        import openai

        try:
            return await self._post(client, sample, max_tokens)
        except openai.BadRequestError as error:
            if not is_too_long(error):
                raise
            return None

    async def _post(
        self, client: "openai.AsyncOpenAI", sample: SampleRequest, max_tokens: int
    ) -> str:
        """Send a request, and if the server wants the other name of a parameter, once more."""
        import openai

        body = self._body(sample, max_tokens)
        try:
            return await client.post(sample.path, cast_to=str, body=body)
        except openai.BadRequestError as error:
            wants_newer = _NEWER_MAX_TOKENS in words_of(error) and not is_too_long(error)
            if not wants_newer or _MAX_TOKENS not in body:
                raise
            self._limit_name = _NEWER_MAX_TOKENS
        return await client.post(sample.path, cast_to=str, body=self._body(sample, max_tokens))

    def _body(self, sample: SampleRequest, max_tokens: int) -> dict[str, Any]:
        """Return the parameters of a request."""
        params = sample.params
        body: dict[str, Any] = {
            "model": self._explainer.model,
            self._limit_name: max_tokens,
            "temperature": params.temperature,
            "stop": list(sample.stop) or None,
        }
        if sample.is_chat:
            body |= self._chat_body(sample.prompt)
        else:
            body["prompt"] = sample.prompt + self._chat.answer_start
        if params.temperature > 0:
            seed = derive_seed(sample.request.seed, sample.number) % 2**_SEED_BITS
            body |= {"top_p": params.top_p, "top_k": params.top_k or None, "seed": seed}
        body |= self._settings.parameters
        return {name: value for name, value in body.items() if value is not None}

    def _chat_body(self, prompt: str) -> dict[str, Any]:
        """Return the parameters of a chat. The names of those besides messages are vLLM's."""
        chat = self._chat
        messages = [{"role": "system", "content": chat.system}] if chat.system else []
        messages.append({"role": "user", "content": prompt})
        body: dict[str, Any] = {"messages": messages}
        if chat.template_args:
            body["chat_template_kwargs"] = dict(chat.template_args)
        if chat.answer_start:
            messages.append({"role": "assistant", "content": chat.answer_start})
            body |= {"add_generation_prompt": False, "continue_final_message": True}
        return body

    def _check_counts(self, reply: ServerReply, sample: SampleRequest) -> None:
        """Check that the server keeps the length of answers, and counts tokens if that matters.

        Raises:
            UsageError: If it does not.
        """
        url, most = self._explainer.url, sample.params.max_new_tokens
        if reply.num_tokens is None:
            if self._settings.max_total_tokens is not None:
                raise UsageError(
                    f"--max-total-tokens: {url} does not count tokens, so the limit cannot be "
                    "kept. Leave it out"
                )
        # Some servers also count the tokens at the ends of an answer.
        elif reply.num_tokens > 2 * most:
            raise UsageError(
                f"--max-new-tokens: {url} wrote {reply.num_tokens} tokens instead of at most "
                f"{most}. If it has another name for the limit, give that, such as "
                f"--set server.parameters.max_output_tokens={most}"
            )


def _to_generation(reply: ServerReply) -> Generation:
    return Generation(
        text=reply.text,
        num_tokens=reply.num_tokens or 0,
        finish_reason=reply.finish_reason,
        seconds=0.0,
        num_prompt_tokens=reply.num_prompt_tokens or 0,
    )


async def _close(client: "openai.AsyncOpenAI") -> None:
    """Cancel the requests under way, so that the server stops as well, and close the client."""
    requests = asyncio.all_tasks() - {asyncio.current_task()}
    for request in requests:
        request.cancel()
    await asyncio.gather(*requests, return_exceptions=True)
    await client.close()
