import socket

import pytest

from hrm_eval._sandbox.wire.control import (
    Allowance,
    BrokenTests,
    Job,
    NamespacesFailed,
    Ready,
    Settings,
    TrialResult,
    pack,
    receive,
    send,
    unpack,
)

JOB = Job(
    program="def f(): return '\ud800'",
    entry_point="f",
    tests=("assert f()", "assert True"),
    setup="",
    reference="",
    stub="",
    allowance=Allowance(1.0, 0.5, 3.0, 2**30, 2**20),
    judge_seconds=11.0,
)
MESSAGES = [
    Settings(1, 2, 3, 4, 5, environment={"PATH": "/bin"}, cgroups=("/a", "/b"), folder="/x"),
    Ready({"cgroup": "not permitted"}),
    NamespacesFailed("no"),
    JOB,
    TrialResult(
        "wrong_answer", ["passed", "wrong_answer"], 2, "why", b"\xff", 0.1, 0.2, 3, True, False
    ),
    BrokenTests("SyntaxError"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_the_same_typed_object(message) -> None:
    here, there = socket.socketpair()
    with here, there:
        send(here, message)
        received = receive(there)
        assert received == message
        assert type(received) is type(message)
        here.close()
        assert receive(there) is None


def test_a_job_arrives_with_its_typed_allowance() -> None:
    ((job,), _) = unpack(pack(JOB))
    assert type(job.allowance) is Allowance


def test_tests_of_a_subclass_of_tuple_arrive_as_a_tuple() -> None:
    class Tests(tuple):
        pass

    ((job,), _) = unpack(pack(JOB._replace(tests=Tests(JOB.tests))))
    assert (job, type(job.tests)) == (JOB, tuple)


def test_messages_are_read_from_pieces_of_any_size() -> None:
    data = b"".join(map(pack, MESSAGES))
    messages, buffer = [], b""
    for start in range(0, len(data), 7):
        complete, buffer = unpack(buffer + data[start : start + 7])
        messages += complete
    assert (messages, buffer) == (MESSAGES, b"")
