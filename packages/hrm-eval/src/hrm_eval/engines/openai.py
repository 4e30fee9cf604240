"""The engine `openai`, for models of any server that has OpenAI's interface.

Such servers are vLLM, SGLang, llama.cpp's server, `transformers serve`, and many services. Several
requests are under way at a time.

Not covered: showing an answer while it is written. The server does the arithmetic, so the same
model may answer differently on another server, and under another load of the same server.
"""

import asyncio
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from itertools import chain
from urllib.parse import urlsplit

from hrm_core.errors import HrmError, UsageError
from hrm_core.generation import (
    NO_SAMPLES_DONE,
    Finished,
    Generation,
    GenerationRequest,
    SamplingParams,
)
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions
from hrm_eval.engines.openai_requests import SampleRequest, Server
from hrm_eval.engines.token_budget import TokenBudget

_OPENAI_URL = "https://api.openai.com/v1"
_URL_VARIABLE = "OPENAI_BASE_URL"
_REFERENCE = re.compile(r"(?P<name>.+?)(?:@(?P<url>https?://.+))?", re.DOTALL)
_CURE_REFERENCE = "Write openai:NAME@URL, such as openai:my-model@http://localhost:8000/v1"


class ServerGenerator:
    """A model of a server: a `hrm_core.generation.Generator`.

    Args:
        model: Name of the model on the server.
        url: Base of the server's addresses, such as `http://localhost:8000/v1`.
        options: `server`, `chat` and `num_tokens_used` are used.
    """

    def __init__(self, model: str, url: str, options: EngineOptions) -> None:
        self._settings, self._chat = options.server, options.chat
        self._server = Server(model, url, options.server, options.chat)
        self._budget = TokenBudget(options.server.max_total_tokens, options.num_tokens_used)
        self._description = {
            "name": model,
            "stack": "openai",
            "device": "server",
            "arithmetic": "of the server",
            "url": url,
        }

    @property
    def description(self) -> dict[str, str]:
        """Facts about the model; what the server calls it is known after the first answer."""
        served = self._server.served_model
        return {**self._description, **({"served_model": served} if served else {})}

    def check(self) -> None:
        """Check that the server answers; see `Server.check`."""
        self._server.check()

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NO_SAMPLES_DONE,
    ) -> Iterator[Finished]:
        """Return each answer as it comes; see `hrm_core.generation.Generator`.

        The call waits for the first answer, so that a wrong name or setting is an error at once,
        and the description says what the server calls the model.

        Raises:
            UsageError: If a prompt is empty, or the server refuses the key, the model or a setting.
            ServerError: If the server fails.
            TokensUsedUpError: If there are not enough tokens left for all answers.
            ValueError: If a stop string is empty.
        """
        samples = [
            sample
            for sample in self._samples(requests, params)
            if (sample.index, sample.number) not in done
        ]
        answers = self._answers(samples)
        first: list[Finished] = []
        for finished in answers:
            first.append(finished)
            if self._server.served_model is not None:
                break
        return chain(first, answers)

    def _samples(
        self, requests: Sequence[GenerationRequest], params: SamplingParams
    ) -> Iterator[SampleRequest]:
        for index, request in enumerate(requests):
            where = request.task_id or f"request {index}"
            is_chat = self._is_chat(request)
            if not is_chat and (self._chat.system or self._chat.template_args):
                raise UsageError(
                    "--system, --template-args: need a chat, and the prompts are continued. Leave "
                    "them out, or add --endpoint chat"
                )
            if not request.prompt:
                raise UsageError(f"{where}: the prompt is empty. Write a prompt")
            if "" in (*request.stop, *request.chat_stop):
                raise ValueError(f"{where}: a stop string must have a character")
            for number in range(request.num_samples):
                yield SampleRequest(
                    index=index,
                    number=number,
                    request=request,
                    params=request.params or params,
                    is_chat=is_chat,
                )

    def _is_chat(self, request: GenerationRequest) -> bool:
        if self._settings.endpoint is not None:
            return self._settings.endpoint == "chat"
        if self._chat.template is not None:
            return self._chat.template
        # Only the styles that a model continues have stop strings.
        return not request.stop

    def _answers(self, samples: Sequence[SampleRequest]) -> Iterator[Finished]:
        """Yield the answers as they come. After an error, those under way come first."""
        waiting = deque(samples)
        running: dict[Future[Generation], tuple[SampleRequest, Callable[[int], None]]] = {}
        failure: HrmError | None = None
        with _event_loop() as loop, self._server.open_client(loop) as client:
            while True:
                while failure is None and self._has_room_for(waiting, len(running)):
                    sample = waiting.popleft()
                    count = self._budget.begin(self._server.most_tokens(sample))
                    asking = asyncio.run_coroutine_threadsafe(
                        self._server.ask(client, sample), loop
                    )
                    running[asking] = sample, count
                if not running:
                    break
                ended = wait(running, return_when=FIRST_COMPLETED).done.pop()
                sample, count = running.pop(ended)
                try:
                    answer = ended.result()
                except HrmError as error:
                    failure = failure or error
                    count(0)
                    continue
                count(answer.num_prompt_tokens + answer.num_tokens)
                yield Finished(sample.index, sample.number, answer)
        if failure is not None:
            raise failure
        if waiting:
            raise self._budget.refusal(self._server.most_tokens(waiting[0]))

    def _has_room_for(self, waiting: Sequence[SampleRequest], num_running: int) -> bool:
        return (
            bool(waiting)
            and num_running < self._settings.concurrency
            and self._budget.allows(self._server.most_tokens(waiting[0]))
        )


@contextmanager
def _event_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run an event loop in a thread, because the caller may have one itself, as a notebook has."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def parse_reference(reference: str) -> tuple[str, str]:
    """Return the name of a model and the URL of its server.

    A URL without a path gets `/v1`, where most servers have OpenAI's interface.

    Raises:
        UsageError: If the reference has another form, or the URL contains a secret.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None or (match["url"] is None and "@" in match["name"]):
        raise UsageError(f"--model: expected NAME@URL, got {reference!r}. {_CURE_REFERENCE}")
    url = (match["url"] or os.environ.get(_URL_VARIABLE) or _OPENAI_URL).rstrip("/")
    try:
        parts = urlsplit(url)
        is_valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_valid = False
    if not is_valid:
        raise UsageError(f"--model: expected the URL of a server, got {url!r}. {_CURE_REFERENCE}")
    if parts.username or parts.password or parts.query:
        raise UsageError(
            f"--model: the URL of {parts.hostname} contains a password or a query, which the run "
            "would store. Put an API key into the environment variable OPENAI_API_KEY instead"
        )
    return match["name"], url if parts.path else f"{url}/v1"


def _refuse_settings_of_devices(options: EngineOptions) -> None:
    """Refuse settings that the server decides."""
    usual = EngineOptions(device="auto", dtype="auto", batch_size=None, problems=options.problems)
    for key in ("device", "dtype", "batch_size", "compile"):
        value = getattr(options, key)
        if value != getattr(usual, key):
            cure = "Use --concurrency" if key == "batch_size" else "Choose it where the server runs"
            raise UsageError(f"engine.{key}: a server decides this itself, got {value!r}. {cure}")


def open_openai(reference: str, options: EngineOptions) -> ServerGenerator:
    """Open a model of a server.

    Args:
        reference: `NAME@URL`; without a URL, that in `OPENAI_BASE_URL`, or OpenAI's own.
        options: How to ask it.

    Raises:
        PluginNotFoundError: If the client is not installed.
        UsageError: If the reference is wrong, no server answers or it refuses the key, or a setting
            is for devices of this machine.
    """
    name, url = parse_reference(reference)
    _refuse_settings_of_devices(options)
    require_module("openai", needed_by="engine 'openai'", install="hrm-eval[openai]")
    generator = ServerGenerator(name, url, options)
    generator.check()
    return generator
