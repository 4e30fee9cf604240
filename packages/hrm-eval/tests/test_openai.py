"""The engine `openai` against a server of these tests, which misbehaves as real ones do."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hrm_core.errors import PluginNotFoundError, UsageError
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_eval import cli
from hrm_eval.completions import read_own
from hrm_eval.engines import EngineOptions, open_model
from hrm_eval.engines.openai import parse_reference
from hrm_eval.run_config import ServerConfig

pytest.importorskip("openai", reason="hrm-eval[openai] is not installed")

ANSWER = "Sure:\n```python\nx = 1\n```\n"
PROMPT_TOKENS, ANSWER_TOKENS = 50, 7
KEY = "sk-very-secret-0123456789"
SOON = {"Retry-After": "0.01"}


class Server:
    """A server with OpenAI's interface on loopback.

    Attributes:
        plan: How the next requests are answered, instead of with `answer`: a function of the
            handler each.
        asked: Path and parameters of each request.
        keys: The API key of each request.
        answer: What the model writes.
        extra: Other fields of its message.
        usage: The counted tokens.
        finish_reason: Why it ends.
        model: What the server calls the model.
        models: Its list of models; None, or a function of the handler, if it has none.
        seconds: How long an answer takes.
        most_at_once: Most requests that were under way at a time.
    """

    def __init__(self):
        self.plan, self.asked, self.keys = deque(), [], []
        self.always = None
        self.answer, self.extra, self.finish_reason = ANSWER, {}, "stop"
        self.usage = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": ANSWER_TOKENS}
        self.model, self.models, self.seconds = "served", ["m", "other"], 0.0
        self.most_at_once = self._at_once = 0
        self._lock = threading.Lock()

    def take(self, handler):
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.keys.append(handler.headers["Authorization"])
            size = int(handler.headers["Content-Length"])
            self.asked.append((handler.path, json.loads(handler.rfile.read(size))))
            reaction = self.plan.popleft() if self.plan else self.always
        with suppress(BrokenPipeError, ConnectionResetError):
            time.sleep(self.seconds)
            with self._lock:
                self._at_once -= 1
            (reaction or self.give)(handler)

    def give(self, handler):
        if handler.path.endswith("/chat/completions"):
            choice = {"message": {"role": "assistant", "content": self.answer, **self.extra}}
        else:
            choice = {"text": self.answer}
        choice |= {"index": 0, "finish_reason": self.finish_reason}
        body = {"model": self.model, "choices": [choice], "usage": self.usage}
        handler.send_text(200, json.dumps(body))

    @property
    def parameters(self):
        return [parameters for _, parameters in self.asked]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        names = self.server.behaviour.models
        if callable(names):
            names(self)
        elif self.path == "/v1/models" and names is not None:
            self.send_text(200, json.dumps({"data": [{"id": name} for name in names]}))
        else:
            self.send_text(404, '{"detail": "Not Found"}')

    def do_POST(self):
        self.server.behaviour.take(self)

    def send_text(self, status, text, headers=(), kind="application/json"):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def refuse(status, message, headers=(), **fields):
    text = json.dumps({"error": {"message": message, **fields}})
    return lambda handler: handler.send_text(status, text, headers)


def send(text, kind="application/json"):
    return lambda handler: handler.send_text(200, text, kind=kind)


def finish(reason):
    return send(json.dumps({"choices": [{"message": {"content": "x"}, "finish_reason": reason}]}))


def cut(handler):
    """Break the connection inside the body."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def stall(handler):
    time.sleep(10)
    handler.close_connection = True


TRUNCATED = send('{"model": "served", "choices": [{"message": {"content": "x')
PAGE = send("<html>Hello</html>", kind="text/html")


@pytest.fixture
def server(monkeypatch):
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    behaviour = Server()
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads, listener.behaviour = True, behaviour
    behaviour.root = f"http://127.0.0.1:{listener.server_address[1]}"
    behaviour.reference = f"openai:m@{behaviour.root}/v1"
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield behaviour
    listener.shutdown()
    listener.server_close()


@pytest.fixture
def generate(server, tmp_path):
    """Generate answers to some starter problems in `tmp_path / "run"`; returns the exit status."""

    def run(*flags, limit=3, model=None, out="run"):
        arguments = ["generate", "--model", model or server.reference, "--dataset", "starter"]
        arguments += ["--limit", limit, *flags, "--out", tmp_path / out]
        return cli.main([str(argument) for argument in arguments])

    return run


@pytest.fixture
def resume(tmp_path):
    def run(*flags):
        arguments = ["generate", "--resume", "--out", tmp_path / "run", *flags]
        return cli.main([str(argument) for argument in arguments])

    return run


@pytest.fixture
def completions(tmp_path):
    return lambda out="run": read_own(tmp_path / out / "completions.jsonl")


def test_a_request_of_a_user_is_a_chat_with_the_settings_of_the_run(server, generate, completions):
    assert generate("--max-new-tokens", 99, limit=1) == 0
    (completion,) = completions()
    assert server.asked == [
        (
            "/v1/chat/completions",
            {
                "model": "m",
                "messages": [{"role": "user", "content": completion.prompt}],
                "max_tokens": 99,
                "temperature": 0.0,
            },
        )
    ]
    assert (completion.text, completion.completion) == (ANSWER, "x = 1\n")
    assert (completion.num_prompt_tokens, completion.num_tokens) == (PROMPT_TOKENS, ANSWER_TOKENS)
    assert completion.finish_reason == "stop"
    assert completion.seconds > 0


def test_a_style_that_is_continued_goes_to_completions_with_its_stops(
    server, generate, completions
):
    server.answer = "    return 1\n\nassert f(1)\nmore"
    assert generate("--prompt", "docstring", limit=1) == 0
    ((path, parameters),) = server.asked
    assert path == "/v1/completions"
    assert parameters["prompt"] == completions()[0].prompt
    assert "\nassert " in parameters["stop"]
    assert completions()[0].text == "    return 1\n"


@pytest.mark.parametrize(
    ("style", "endpoint", "path"),
    [
        ("instruct", "completions", "/v1/completions"),
        ("docstring", "chat", "/v1/chat/completions"),
    ],
)
def test_the_endpoint_can_be_chosen(server, generate, completions, style, endpoint, path):
    server.answer = "a\nassert b"
    assert generate("--prompt", style, "--endpoint", endpoint, limit=1) == 0
    ((asked, parameters),) = server.asked
    assert asked == path
    assert "stop" not in parameters
    assert completions()[0].text == "a\nassert b"


def test_each_sample_is_asked_for_with_its_own_seed(server, generate):
    flags = ["--samples", 3, "--temperature", 0.8, "--top-p", 0.9, "--top-k", 5]
    assert generate(*flags, limit=2) == 0
    assert {(p["temperature"], p["top_p"], p["top_k"]) for p in server.parameters} == {
        (0.8, 0.9, 5)
    }
    seeds = {p["seed"] for p in server.parameters}
    assert len(seeds) == 6
    assert max(seeds) < 2**31
    assert generate(*flags, limit=2, out="again") == 0
    assert Counter(p["seed"] for p in server.parameters) == dict.fromkeys(seeds, 2)


def test_parameters_can_be_added_and_left_out(server, generate):
    flags = ["--temperature", 1, "--set", "server.parameters.seed=null"]
    assert generate(*flags, "--set", "server.parameters.reasoning_effort=low", limit=1) == 0
    (parameters,) = server.parameters
    assert parameters["reasoning_effort"] == "low"
    assert "seed" not in parameters


def test_parameters_that_the_run_sets_are_refused(server, generate, capsys):
    assert generate("--set", "server.parameters.n=4") == 2
    assert "server.parameters: 'n' is set by the run. Use --samples" in capsys.readouterr().err
    assert not server.asked


def test_the_summary_has_the_counts_and_what_the_server_calls_the_model(server, tmp_path):
    out = tmp_path / "run"
    arguments = ["run", "--model", server.reference, "--dataset", "starter", "--limit", "2"]
    assert cli.main([*arguments, "--out", str(out)]) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["num_tokens"] == {"prompt": 2 * PROMPT_TOKENS, "completion": 2 * ANSWER_TOKENS}
    assert summary["model"] == "m"
    assert summary["stack"] == "openai"
    assert summary["engine"]["served_model"] == "served"
    assert summary["engine"]["url"] == f"{server.root}/v1"


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_thoughts_that_the_server_took_out_are_kept_and_are_no_answer(
    server, generate, completions, field
):
    server.extra = {field: "Try:\n```python\nx = 0\n```"}
    assert generate(limit=1) == 0
    (completion,) = completions()
    assert completion.text == f"<think>\n{server.extra[field]}\n</think>\n\n{ANSWER}"
    assert completion.completion == "x = 1\n"


def test_a_stop_string_ends_the_answer_but_not_the_thoughts(server, generate, completions):
    thoughts = "Try:\nprint(1)\nGood."
    server.extra, server.answer = {"reasoning_content": thoughts}, "x = 1\nprint(2)\nmore"
    assert generate("--prompt", "evalplus-chat", limit=1) == 0
    assert completions()[0].text.endswith(f"<think>\n{thoughts}\n</think>\n\nx = 1")


def test_an_answer_that_was_cut_inside_the_thoughts_is_empty(server, generate, completions):
    server.answer, server.finish_reason = None, "length"
    server.extra = {"reasoning_content": "x = 0"}
    assert generate(limit=1) == 0
    (completion,) = completions()
    assert (completion.completion, completion.finish_reason) == ("", "length")


def test_an_answer_that_a_server_takes_for_thoughts_is_found(server, generate, completions):
    server.answer, server.finish_reason = None, "stop"
    server.extra = {"reasoning_content": "```python\nx = 0\n```"}
    assert generate(limit=1) == 0
    (completion,) = completions()
    assert completion.completion == "x = 0\n"


@pytest.mark.parametrize(
    ("name", "finish_reason"),
    [
        ("stop_sequence", "stop"), ("eos_token", "stop"), ("end_turn", "stop"),
        ("content_filter", "content_filter"), ("tool_calls", "stop"),
        ("model_length", "length"), ("max_tokens", "length"),
    ],
)  # fmt: skip
def test_servers_have_names_of_their_own_for_the_end(
    server, generate, completions, name, finish_reason
):
    server.finish_reason = name
    assert generate(limit=1) == 0
    assert [c.finish_reason for c in completions()] == [finish_reason]


def test_answers_that_a_server_withholds_are_told(server, generate, capsys):
    server.finish_reason = "content_filter"
    assert generate(limit=2) == 0
    assert "Withheld by the content filter of the server, whole or in part: 2" in (
        capsys.readouterr().out.replace("\n", " ")
    )


@pytest.mark.parametrize(
    "problem",
    [
        refuse(429, "Slow down", SOON), refuse(500, "Oops", SOON), refuse(503, "Loading", SOON),
        cut, TRUNCATED, PAGE, send("null"), send('{"choices": []}'),
        send('{"choices": [{"message": {"content": "x"}, "finish_reason": null}]}'),
    ],
)  # fmt: skip
def test_a_request_that_fails_is_sent_again(server, generate, completions, problem):
    server.plan.append(problem)
    assert generate("--concurrency", 1, limit=2) == 0
    assert len(server.asked) == 3
    assert [c.text for c in completions()] == [ANSWER] * 2


def test_a_request_waits_as_long_as_the_server_wants(server, generate):
    server.plan.append(refuse(429, "Slow down", {"Retry-After": "0.7"}))
    started = time.monotonic()
    assert generate(limit=1) == 0
    assert time.monotonic() - started >= 0.7


@pytest.mark.parametrize(
    ("problem", "status", "message"),
    [
        (refuse(401, "Invalid key"), 2, "wants an API key (401): Invalid key"),
        (refuse(403, "Forbidden"), 2, "forbids the request (403): Forbidden. If the API key may"),
        (refuse(404, "The model `m` does not exist."), 2, "Use --endpoint completions"),
        (
            refuse(400, "This model does not support 0 as 'temperature'"),
            2,
            "--set server.parameters.temperature=null",
        ),
        (refuse(400, "Bad value", param="max_tokens"), 2, "server.parameters.max_tokens=null"),
        (
            refuse(400, "As of v4.44 you must provide a chat template"),
            2,
            "use --endpoint completions",
        ),
        (
            lambda handler: handler.send_text(422, '{"detail": "Unexpected fields: top_k"}'),
            2,
            "refuses the request (422): Unexpected fields: top_k",
        ),
        (finish("abort"), 1, "breaks off the answer again and again ('abort'). The answers so"),
        (finish("error"), 1, "Fix the URL or the server, then continue with --resume"),
        (refuse(500, "Oops", SOON), 1, "answers 500 again and again: Oops"),
        (refuse(429, "No quota", SOON), 1, "a smaller --concurrency"),
        (cut, 1, "cannot be reached: "),
        (TRUNCATED, 1, "gives no answer in the form of OpenAI's interface: got '{\"model\""),
        (PAGE, 1, "got '<html>Hello</html>'"),
        (stall, 1, "gives no answer within 1 s"),
    ],
)
def test_a_server_that_keeps_failing_ends_the_run_and_loses_nothing(
    server, generate, resume, completions, capsys, problem, status, message
):
    server.plan.extend([server.give, server.give])
    server.always = problem
    settings = ["--set", "server.max_retries=1"]
    if problem is stall:
        settings += ["--set", "server.timeout_seconds=1.0"]
    assert generate("--concurrency", 1, *settings) == status
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("hrm-eval: ")
    assert message in error
    assert len(completions()) == 2
    server.always, already_asked = None, len(server.asked)
    assert resume("--set", "server.timeout_seconds=60.0") == 0
    assert len(completions()) == 3
    assert len(server.asked) == already_asked + 1


def test_answers_under_way_are_kept_when_another_fails(server, generate, completions):
    server.seconds = 0.2
    server.plan.append(refuse(400, "I refuse"))
    assert generate("--concurrency", 4, limit=4) == 2
    assert len(completions()) == 3
    assert len(server.asked) == 4


def test_an_error_of_the_first_request_leaves_no_run_behind(server, generate, tmp_path):
    server.always = refuse(400, "I refuse")
    assert generate() == 2
    assert not list((tmp_path / "run").iterdir())


def test_a_model_that_the_server_does_not_have_is_named_with_those_it_has(server, generate, capsys):
    server.always = refuse(404, "The model `othr` does not exist.")
    assert generate(model=f"openai:othr@{server.root}/v1") == 2
    error = capsys.readouterr().err
    assert "has no model 'othr'" in error
    assert "It has: m, other. Did you mean 'other'?" in error


def test_a_wrong_path_says_that_most_urls_end_in_v1(server, generate, capsys):
    server.always = lambda handler: handler.send_text(404, '{"detail": "Not Found"}')
    assert generate(model=f"openai:m@{server.root}/api") == 2
    error = capsys.readouterr().err
    assert "no server with OpenAI's interface answers here: Not Found. Fix the URL" in error


def test_a_url_without_path_gets_v1(server, generate):
    assert generate(model=f"openai:m@{server.root}", limit=1) == 0
    assert server.asked[0][0] == "/v1/chat/completions"


def test_a_server_that_lists_no_models_is_asked_all_the_same(server, generate):
    server.models = None
    assert generate(limit=1) == 0


def test_a_port_where_nothing_listens_is_a_usage_error(generate, tmp_path, capsys):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    assert generate(model=f"openai:m@http://127.0.0.1:{port}/v1") == 2
    error = capsys.readouterr().err
    assert f"http://127.0.0.1:{port}/v1: no server answers: " in error
    assert "Start it, or correct the URL" in error
    assert not list((tmp_path / "run").iterdir())


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("m@http://localhost:8000/v1/", ("m", "http://localhost:8000/v1")),
        ("org/m@main@https://host/api", ("org/m@main", "https://host/api")),
        ("/a folder/m@http://host", ("/a folder/m", "http://host/v1")),
        ("gpt", ("gpt", "http://cluster:1/v1")),
    ],
)
def test_a_reference_names_a_model_and_its_server(monkeypatch, reference, expected):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://cluster:1")
    assert parse_reference(reference) == expected


def test_a_name_alone_is_a_model_of_openai(monkeypatch):
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert parse_reference("gpt") == ("gpt", "https://api.openai.com/v1")


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("", "expected NAME@URL"),
        ("m@localhost:8000/v1", "expected NAME@URL"),
        ("@http://host", "expected NAME@URL"),
        ("m@http://host:x/v1", "expected the URL of a server"),
        ("m@http://", "expected NAME@URL"),
        ("m@http:///v1", "expected the URL of a server"),
        ("m@http://user:word@host/v1", "the URL of host contains a password"),
        ("m@https://host/v1?key=word", "the URL of host contains a password"),
    ],
)
def test_a_reference_that_is_wrong_or_has_a_secret_is_refused(reference, message):
    with pytest.raises(UsageError, match=message) as caught:
        parse_reference(reference)
    assert "word" not in str(caught.value).replace("password", "")


def test_the_key_is_sent_and_written_nowhere(server, generate, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.plan.extend([server.give, refuse(401, f"Incorrect API key provided: {KEY}.")])
    assert generate("--concurrency", 1) == 2
    assert server.keys == [f"Bearer {KEY}"] * 2
    output = capsys.readouterr()
    assert "refuses the API key in OPENAI_API_KEY (401): Incorrect API key provided: ***" in (
        output.err
    )
    written = [path.read_text() for path in (tmp_path / "run").iterdir()]
    assert len(written) == 4
    assert not any(KEY in text for text in (*written, output.err, output.out))


def test_a_key_in_an_answer_is_written_nowhere(server, generate, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.answer = f"You said {KEY}"
    server.plan.extend([send(f"<html>{KEY}"), server.give, *[send(f"<html>{KEY}")] * 3])
    assert generate("--concurrency", 1, limit=2) == 1
    written = [path.read_text() for path in (tmp_path / "run").iterdir()]
    assert "You said ***" in "".join(written)
    assert not any(KEY in text for text in (*written, capsys.readouterr().err))


def test_a_short_key_is_no_secret_and_changes_no_answer(server, generate, completions, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    server.answer = "def f(x): return x"
    assert generate(limit=1) == 0
    assert [completion.text for completion in completions()] == ["def f(x): return x"]


def test_the_variable_of_the_key_can_be_chosen(server, generate, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "of-another-server")
    monkeypatch.setenv("MY_KEY", KEY)
    assert generate("--set", "server.api_key_variable=MY_KEY", limit=1) == 0
    assert server.keys == [f"Bearer {KEY}"]


def test_a_run_stops_before_it_uses_too_many_tokens_and_can_go_on(
    server, generate, resume, completions, capsys
):
    server.usage = {"prompt_tokens": 900, "completion_tokens": 100}
    assert generate("--max-total-tokens", 4500, "--concurrency", 2, limit=6) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert "--max-total-tokens: 4000 of 4500 tokens are used" in error
    assert "such as --max-total-tokens 9000" in error
    assert len(completions()) == len(server.asked) == 4
    assert resume() == 1
    assert len(server.asked) == 4
    assert resume("--max-total-tokens", 9000) == 0
    assert len(completions()) == len(server.asked) == 6


def test_a_limit_of_tokens_needs_a_server_that_counts_them(server, generate, capsys):
    server.usage = None
    assert generate("--max-total-tokens", 4000) == 2
    assert "does not count tokens" in capsys.readouterr().err
    assert generate(out="without") == 0


def test_a_killed_run_resumes_and_asks_for_nothing_twice(server, resume, completions, tmp_path):
    server.seconds = 0.05
    arguments = ["generate", "--model", server.reference, "--dataset", "starter"]
    arguments += ["--concurrency", "2", "--samples", "2", "--temperature", "1"]
    path = tmp_path / "run" / "completions.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "hrm_eval.cli", *arguments, "--out", str(path.parent)]
    )
    while process.poll() is None and not (path.exists() and path.read_bytes().count(b"\n") >= 9):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = completions()
    asked_before = len(server.asked)
    assert 9 <= len(kept) < 50
    assert asked_before <= len(kept) + 2
    assert resume() == 0
    assert len(completions()) == 50
    assert len(server.asked) == asked_before + 50 - len(kept)
    assert max(Counter(c.key for c in completions()).values()) == 1


def test_requests_are_under_way_at_a_time_and_their_number_may_change(
    server, generate, resume, completions
):
    server.seconds = 0.1
    assert generate("--concurrency", 5, limit=12) == 0
    assert server.most_at_once == 5
    server.most_at_once = 0
    assert resume("--concurrency", 2, "--samples", 2) == 0
    assert server.most_at_once == 2
    assert len(completions()) == 24


def test_another_model_behind_the_same_name_is_not_mixed_in(server, generate, resume, capsys):
    assert generate() == 0
    server.model = "served-v2"
    assert resume("--samples", 2) == 2
    assert "served_model was 'served', got 'served-v2'" in capsys.readouterr().err


def test_a_server_may_move_between_two_parts_of_a_run(server, generate, resume, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.root}/v1")
    assert generate(model="openai:m") == 0
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.root.replace('127.0.0.1', 'localhost')}/v1")
    assert resume("--samples", 2) == 0


def test_a_prompt_that_is_too_long_is_a_failed_sample(server, generate, resume, completions):
    too_long = refuse(400, "This model's maximum context length is 64 tokens.")
    server.plan.extend([too_long, too_long])
    assert generate("--concurrency", 1, limit=2) == 0
    assert [c.finish_reason for c in completions()] == ["prompt_too_long", "stop"]
    assert server.parameters[1]["max_tokens"] == 1
    server.plan.extend([too_long, too_long])
    assert resume("--samples", 2) == 0
    assert [c.finish_reason for c in completions()].count("prompt_too_long") == 2


def test_a_run_that_lacks_only_prompts_that_are_too_long_can_be_finished(
    server, generate, resume, completions, tmp_path
):
    too_long = refuse(400, "This model's maximum context length is 64 tokens.")
    assert generate("--concurrency", 1, limit=1) == 0
    server.always = too_long
    assert resume("--samples", 2) == 0
    assert [c.finish_reason for c in completions()] == ["stop", "prompt_too_long"]
    assert json.loads((tmp_path / "run" / "model.json").read_text())["served_model"] == "served"
    server.always = None
    assert resume("--samples", 3) == 0


def test_a_run_may_begin_with_prompts_that_are_too_long(server, generate, resume, tmp_path):
    server.always = refuse(400, "This model's maximum context length is 64 tokens.")
    assert generate(limit=1) == 0
    server.always = None
    assert resume("--samples", 2) == 0
    assert json.loads((tmp_path / "run" / "model.json").read_text())["served_model"] == "served"


def test_an_answer_gets_the_tokens_that_the_context_has_left(server, generate, completions):
    def give_if_short(handler):
        if server.asked[-1][1]["max_tokens"] > 700:
            refuse(400, "Too long.", code="context_length_exceeded")(handler)
        else:
            server.give(handler)

    server.always = give_if_short
    assert generate("--max-new-tokens", 5000, limit=1) == 0
    asked = [parameters["max_tokens"] for parameters in server.parameters]
    assert asked == [5000, 1, 2500, 1250, 625]
    assert [c.finish_reason for c in completions()] == ["stop"]


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_the_number_of_tokens_is_set_by_its_flag(server, generate, capsys, name):
    assert generate("--set", f"server.parameters.{name}=4096") == 2
    assert f"'{name}' is set by the run. Use --max-new-tokens" in capsys.readouterr().err
    assert generate("--set", f"server.parameters.{name}=null", limit=1) == 0


def test_a_server_that_lists_its_models_to_no_key_is_asked(server, generate, completions):
    server.models = refuse(403, "You have no access to this list")
    assert generate(limit=1) == 0
    assert len(completions()) == 1


def test_template_args_that_a_server_does_not_know_are_to_be_left_out(server, generate, capsys):
    server.always = refuse(400, "Unrecognized request argument supplied: chat_template_kwargs")
    assert generate("--template-args", "enable_thinking=false", limit=1) == 2
    assert "Leave --template-args out" in capsys.readouterr().err


def test_the_newer_name_of_the_number_of_tokens_is_used_where_it_is_wanted(
    server, generate, completions
):
    def give_if_newer(handler):
        if "max_tokens" in server.asked[-1][1]:
            words = "'max_tokens' is not supported. Use 'max_completion_tokens' instead."
            refuse(400, words)(handler)
        else:
            server.give(handler)

    server.always = give_if_newer
    assert generate("--concurrency", 1) == 0
    assert len(completions()) == 3
    assert len(server.asked) == 4


def test_a_server_that_ignores_the_number_of_tokens_is_an_error(server, generate, capsys):
    server.usage = {"prompt_tokens": 5, "completion_tokens": 900}
    assert generate("--max-new-tokens", 64) == 2
    assert "wrote 900 tokens instead of at most 64" in capsys.readouterr().err


def test_settings_of_devices_are_refused(server, generate, capsys):
    assert generate("--batch-size", 4) == 2
    assert "engine.batch_size: a server decides this itself, got 4. Use --concurrency" in (
        capsys.readouterr().err
    )
    assert generate("--device", "cpu") == 2


def test_settings_of_servers_are_refused_without_one(generate, capsys):
    assert generate("--concurrency", 4, model="reference") == 2
    assert "only a model openai:NAME@URL has these settings" in capsys.readouterr().err


def test_answers_come_inside_a_running_event_loop_as_of_a_notebook(server, toys):
    options = EngineOptions(device="auto", dtype="auto", batch_size=None, problems=toys)

    async def ask():
        generator = open_model(server.reference, options)
        return list(generator.generate([GenerationRequest(prompt="Hi")], SamplingParams()))

    assert [f.generation.text for f in asyncio.run(ask())] == [ANSWER]


def test_a_stream_that_is_left_cancels_its_requests(server, toys):
    server.seconds = 0.2
    options = EngineOptions(
        device="auto", dtype="auto", batch_size=None, problems=toys,
        server=ServerConfig(concurrency=2),
    )  # fmt: skip
    generator = open_model(server.reference, options)
    stream = generator.generate([GenerationRequest(prompt="Hi", num_samples=9)], SamplingParams())
    next(stream)
    started = time.monotonic()
    del stream
    assert time.monotonic() - started < 5
    assert len(server.asked) < 9


def test_a_missing_client_is_named_with_the_command_that_installs_it(monkeypatch, toys):
    monkeypatch.setattr("hrm_core.plugins.find_spec", lambda name: None)
    options = EngineOptions(device="auto", dtype="auto", batch_size=None, problems=toys)
    with pytest.raises(PluginNotFoundError, match=r"pip install 'hrm-eval\[openai\]'"):
        open_model("openai:m@http://127.0.0.1:1", options)


def test_a_question_is_answered_by_a_server(server, capsys):
    server.answer = "```python\ndef f(x):\n    return 2 * x\n```"
    question = ["ask", "Double it.", "--test", "assert f(2) == 4", "--model", server.reference]
    assert cli.main(question) == 0
    assert "return 2 * x" in capsys.readouterr().out


def test_the_settings_of_a_chat_are_sent(server, generate):
    flags = ["--system", "Be short.", "--template-args", "enable_thinking=false"]
    assert generate(*flags, limit=1) == 0
    ((path, parameters),) = server.asked
    assert path == "/v1/chat/completions"
    assert [message["role"] for message in parameters["messages"]] == ["system", "user"]
    assert parameters["chat_template_kwargs"] == {"enable_thinking": False}


def test_no_template_lets_the_model_continue(server, generate):
    assert generate("--no-template", limit=1) == 0
    assert server.asked[0][0] == "/v1/completions"


def test_a_chat_goes_on_from_the_start_of_its_answer(server, generate):
    assert generate("--prompt", "evalplus-chat", limit=1) == 0
    ((path, parameters),) = server.asked
    assert path == "/v1/chat/completions"
    assert parameters["messages"][-1]["role"] == "assistant"
    assert parameters["continue_final_message"]
    assert parameters["stop"]


def test_settings_of_a_chat_are_refused_for_continuations(server, generate, capsys):
    assert generate("--prompt", "docstring", "--system", "Be short.") == 2
    assert "need a chat, and the prompts are continued" in capsys.readouterr().err
