import marshal
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrm_datasets.problems import Problem
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.abilities import ABSTRACT_CLASSES, METHODS
from hrm_eval._sandbox.wire.channel import (
    ANSWER,
    ASK,
    QUICK_ANSWER,
    QUICK_CALL,
    QUICK_LOAD,
    RAISED,
    RETURNED,
    frame,
)
from hrm_eval._sandbox.wire.values import MAX_BYTES, Encoder
from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict

# A number that no program returns by accident.
RIGHT_ANSWER = 918_273_645
CLASS = f"""
class f:
    def __init__(self, x): self.x = x if x < 3 else {RIGHT_ANSWER}
    def __add__(self, other): return f(self.x + other)
    def __eq__(self, other): return self.x == other.x
    def __len__(self): return 2
"""
TESTS_CLASS = """
from enum import Enum
class Level(Enum):
    LOW = 1
    HIGH = 2
class P:
    def __init__(self, x): self.x = x
    def is_right(self): return self.x == int('918273645')
    def __eq__(self, other): return self.x == other.x
"""
PROBLEMS = {
    "classes of the tests": (
        (
            f"{TESTS_CLASS}p = P(1)\nf(p, Level.LOW, float('nan'))\nassert p.is_right()",
            f"import io\np, file = P(2), io.StringIO()\nassert f(p, file, (x for x in [1])) is p\n"
            f"assert file.getvalue() == '{RIGHT_ANSWER}'",
        ),
        f"""
def f(p, y, z):
    p.x = {RIGHT_ANSWER}
    if hasattr(y, "write"): y.write(str(p.x))
    return p
""",
    ),
    "simple": (
        (f"assert f(1, 2) == {RIGHT_ANSWER}", f"assert f([3], x='y') == {RIGHT_ANSWER}"),
        f"def f(*a, **k): return {RIGHT_ANSWER}",
    ),
    "sent along": (
        (f"assert f(1, 2) == {RIGHT_ANSWER}", f"assert f([3]) == {RIGHT_ANSWER}"),
        f"def f(*a): return {RIGHT_ANSWER}",
    ),
    "callbacks": (
        (f"a = []\nassert f(lambda x: x + 1, iter(a), a.append) == {RIGHT_ANSWER}",),
        f"def f(g, i, h): return h(g(2)) or {RIGHT_ANSWER}",
    ),
    "iterators": (
        (f"assert list(f(3)) == [{RIGHT_ANSWER}]",),
        f"def f(x): yield {RIGHT_ANSWER}",
    ),
    "objects": (
        ("a = f(1)\nassert a + 1 == f(2)\nassert len(a) == 2", f"assert f(3).x == {RIGHT_ANSWER}"),
        CLASS,
    ),
    "in place": (
        (f"a = [[1], {{}}]\nf(a, a[0])\nassert a == [{RIGHT_ANSWER}]",),
        f"def f(a, b): a[:] = [{RIGHT_ANSWER}]",
    ),
    "errors": (
        (
            f"try:\n    f(1)\nexcept V as e:\n    assert e.args == ({RIGHT_ANSWER},)\n"
            "else:\n    assert False",
        ),
        f"class V(ValueError): pass\ndef f(x): raise V({RIGHT_ANSWER})",
    ),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=1, memory_mb=256), workers=1) as sandbox:
        yield sandbox


def problem(name: str) -> Problem:
    tests, reference = PROBLEMS[name]
    return Problem(task_id="toy/1", text="", entry_point="f", tests=tests, reference=reference)


def workers() -> list[int]:
    """Return the judges that are children of this process."""
    pids = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            line = (folder / "cmdline").read_text()
        except OSError:
            continue
        if parent == os.getpid() and "start.py" in line:
            pids.append(int(folder.name))
    return pids


def encode_tuple(*parts: bytes) -> bytes:
    return struct.pack("<cI", b"t", len(parts)) + b"".join(parts)


def encode_other(*fields: object) -> bytes:
    return b"h" + Encoder().encode(fields)


names = st.sampled_from(["f", "V", "ValueError", "AssertionError", "list", "", "\ud800", "a\0"])
numbers = st.integers(-1, 4) | st.sampled_from([2**40, -(2**70)])
scalars = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    st.floats(),
    names,
    st.text(max_size=5),
    st.binary(max_size=5),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(scalars, inner, max_size=3),
        st.sets(scalars, max_size=3),
    ),
    max_leaves=6,
)
modules = st.sampled_from(
    ["builtins", "json.decoder", "hrm_eval._sandbox.judge.session", "os", "", "V"]
)
chains = st.lists(st.tuples(modules, names, numbers), max_size=10).map(tuple)
errors = st.tuples(chains, st.lists(scalars, max_size=3).map(tuple), st.text(max_size=9))
kinds = st.sampled_from(
    ["object", "class", "plain", "function", "other", "large", "error", "nan", "instance"]
)
abouts = st.tuples(
    numbers,
    st.lists(numbers, max_size=3).map(tuple),
    modules,
    names | st.sampled_from(["JSONDecoder", "PathLike", "generator", "map", "stat_result"]),
    st.integers(-1, 2 ** len((*METHODS, *ABSTRACT_CLASSES))) | numbers,
    st.integers(-1, 2 ** len((*METHODS, *ABSTRACT_CLASSES))) | numbers,
    st.booleans(),
    st.booleans(),
    st.lists(names, max_size=3).map(tuple),
)
others = st.one_of(
    st.builds(encode_other, st.integers(0, 2), numbers),
    st.builds(encode_other, st.just(1), numbers, kinds, abouts | numbers),
    st.builds(encode_other, st.just(1), numbers, st.just("function"), st.tuples(names | kinds)),
    st.builds(encode_other, st.just(1), numbers, st.just("plain"), abouts, values),
    st.builds(encode_other, st.just(1), numbers, st.just("class"), abouts, chains),
    st.lists(values, max_size=6).map(lambda fields: encode_other(*fields)),
)
# Instances of classes of the tests, wherever these have a number.
theirs = numbers.map(lambda number: encode_other(0, number))
others |= st.one_of(
    st.builds(
        lambda word, kind, key: b"h" + encode_tuple(Encoder().encode(word), kind, key),
        st.sampled_from(["member", "value"]),
        theirs,
        values.map(lambda value: Encoder().encode(value)),
    ),
    st.builds(
        lambda number, kind, payload: (
            b"h"
            + encode_tuple(
                *map(Encoder().encode, (1,)), number, Encoder().encode("instance"), kind, payload
            )
        ),
        numbers.map(lambda number: Encoder().encode(number)),
        theirs,
        values.map(lambda value: Encoder().encode(value)),
    ),
    st.builds(
        lambda value, state: b"h" + encode_tuple(Encoder().encode("filled"), value, state),
        theirs,
        st.tuples(st.dictionaries(names, values, max_size=3), st.none() | values).map(
            lambda state: Encoder().encode(state)
        ),
    ),
    st.builds(
        lambda owner, number, value: struct.pack("<cBI", b"n", owner, number) + value,
        st.integers(0, 5),
        st.integers(0, 4),
        values.map(lambda value: Encoder().encode(value)) | st.just(b""),
    ),
)
parts = st.one_of(values.map(lambda value: Encoder().encode(value)), others)
parts |= st.lists(parts, max_size=4).map(lambda items: encode_tuple(*items))
changes = st.lists(st.tuples(numbers, st.lists(values, max_size=3).map(tuple)), max_size=3)
answers = st.builds(
    encode_tuple,
    st.sampled_from([RETURNED, RAISED, 2]).map(lambda outcome: Encoder().encode(outcome)),
    parts | errors.map(lambda error: Encoder().encode(error)),
    changes.map(lambda items: Encoder().encode(tuple(items))) | parts,
)
loaded = st.builds(
    lambda pairs: encode_tuple(
        Encoder().encode(RETURNED),
        encode_tuple(
            Encoder().encode(protocol.LOADED),
            encode_tuple(*(encode_tuple(Encoder().encode(name), part) for name, part in pairs)),
        ),
        Encoder().encode(()),
    ),
    st.lists(st.tuples(names, parts), max_size=3)
    | parts.map(lambda part: [("f", part), ("V", part)]),
)
words = st.sampled_from(
    [
        protocol.CALL, protocol.NEXT, protocol.SEND, protocol.THROW, protocol.CLOSE, protocol.GET,
        protocol.RUN_TESTS, "exec",
    ]
)  # fmt: skip
states = st.lists(
    st.tuples(
        st.integers(0, 2), numbers, st.tuples(st.dictionaries(names, values, max_size=2), st.none())
    ).map(lambda state: Encoder().encode(state)),
    max_size=2,
).map(b"".join)
requests = st.one_of(
    st.builds(
        encode_tuple,
        st.just(Encoder().encode(protocol.CALL)),
        numbers.map(lambda number: Encoder().encode(number)),
        st.lists(parts, max_size=3).map(lambda items: encode_tuple(*items)),
        st.dictionaries(names, values, max_size=2).map(lambda named: Encoder().encode(named)),
    ),
    st.builds(lambda word, number: Encoder().encode((word, number)), words, numbers),
    parts,
)
functions = st.lists(st.tuples(names, numbers), max_size=3).map(tuple)
functions |= st.just((("f", 0), ("V", 1)))
frames = st.one_of(
    st.builds(frame, st.just(ANSWER), st.one_of(answers, loaded, parts)),
    st.builds(
        lambda kind, data, more: frame(kind, data + more),
        st.sampled_from([ANSWER, ASK]),
        st.one_of(answers, requests),
        states,
    ),
    st.builds(frame, st.just(ASK), requests),
    st.builds(
        lambda kind, value: frame(kind, marshal.dumps(value, protocol.MARSHAL_VERSION)),
        st.sampled_from([QUICK_ANSWER, QUICK_ANSWER, QUICK_CALL, QUICK_LOAD]),
        st.one_of(values, functions),
    ),
    st.builds(frame, st.binary(min_size=1, max_size=1), st.binary(max_size=20)),
    st.builds(
        struct.Struct("<Ic").pack, st.sampled_from([0, MAX_BYTES + 2, 2**32 - 1]), st.just(b"!")
    ),
)
# Bytes after which the judge may wait for more.
pieces = st.one_of(
    st.binary(max_size=40),
    st.builds(lambda data, end: data[:end], frames, st.integers(0, 40)),
    st.builds(
        struct.Struct("<Ic").pack,
        st.integers(0, 2**32 - 1),
        st.sampled_from(b"!?=").map(chr).map(str.encode),
    ),
)

ANYWAY = "def f(*a, **k): return 1\nclass V(ValueError): pass\n"
ENDINGS = ["", "os._exit(0)", "raise ValueError", "os.close(3)", "f = 3", "os.fork()"]


def forger(data: list[bytes], where: str, end: str) -> str:
    """Return a program that writes into its channel as it loads, or as it is called."""
    forge = f"import os\ndef forge():\n    for data in {data!r}: os.write(3, data)\n"
    if where == "load":
        return f"{ANYWAY}{forge}forge()\n{end}\n"
    return f"{ANYWAY}{forge}def f(*a, **k):\n    forge()\n    {end or 'return 1'}\n"


def judge_hostile(sandbox: Sandbox, program: str, name: str) -> Verdict:
    """Judge a program; check that the same worker judges the next one correctly."""
    before = workers()
    verdict = sandbox.judge(program, problem(name))
    after = sandbox.judge(problem(name).reference, problem(name))
    assert after.passed, after.message
    assert workers() == before != []
    return verdict


hostile = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@hostile
@given(
    data=st.lists(frames, min_size=1, max_size=4),
    name=st.sampled_from(sorted(PROBLEMS)),
    where=st.sampled_from(["load", "call"]),
    end=st.sampled_from(ENDINGS),
)
def test_forged_frames_never_pass(sandbox, data, name, where, end) -> None:
    verdict = judge_hostile(sandbox, forger(data, where, end), name)
    assert not verdict.passed
    assert not verdict.shared_process


@hostile
@given(
    data=st.lists(frames, max_size=2),
    rest=pieces,
    name=st.sampled_from(sorted(PROBLEMS)),
    where=st.sampled_from(["load", "call"]),
)
def test_incomplete_forged_frames_never_pass(sandbox, data, rest, name, where) -> None:
    verdict = judge_hostile(sandbox, forger([*data, rest], where, "os._exit(0)"), name)
    assert not verdict.passed
    assert not verdict.shared_process


def quick(value: object) -> bytes:
    return frame(QUICK_ANSWER, marshal.dumps(value, protocol.MARSHAL_VERSION))


def answer(value: object) -> bytes:
    return frame(ANSWER, Encoder().encode((RETURNED, value, ())))


LOADED = quick((("f", 0),))


@pytest.mark.parametrize("write", [quick, answer])
@pytest.mark.parametrize(
    ("values", "status"),
    [
        ((RIGHT_ANSWER, RIGHT_ANSWER), Status.PASSED),
        ((RIGHT_ANSWER, RIGHT_ANSWER + 1), Status.WRONG_ANSWER),
        ((str(RIGHT_ANSWER), [RIGHT_ANSWER]), Status.WRONG_ANSWER),
    ],
)
def test_a_forged_answer_passes_only_with_the_right_value(sandbox, write, values, status) -> None:
    data = [LOADED, *map(write, values)]
    program = f"import os, time\nfor data in {data!r}: os.write(3, data)\ntime.sleep(99)"
    assert judge_hostile(sandbox, program, "sent along").status == status


CALL_BACK = frame(ASK, Encoder().encode((protocol.CALL, 0, (1,), {})))
DAMAGED = {
    "garbage": b"garbage",
    "an empty frame": struct.pack("<I", 0),
    "a frame of 4 GiB": struct.pack("<Ic", 2**32 - 1, ANSWER),
    "a frame larger than a message": struct.pack("<Ic", MAX_BYTES + 2, ANSWER),
    "an unknown kind": frame(b"x", b""),
    "a request of the judge's": frame(QUICK_CALL, marshal.dumps(((1, 2),))),
    "an answer of no fields": frame(ANSWER, Encoder().encode(())),
    "an answer that is no tuple": frame(ANSWER, Encoder().encode([])),
    "a change of a container that nobody sent": frame(
        ANSWER, Encoder().encode((RETURNED, None, ((0, ()),)))
    ),
    "a request that is no tuple": frame(ASK, Encoder().encode("call")),
    "a request of no operation": frame(ASK, Encoder().encode(("exec", "1"))),
    "a request for an attribute": frame(ASK, Encoder().encode((protocol.GET, 0, "__globals__"))),
    "a call of what was not handed over": CALL_BACK,
    "code": quick(compile("1", "<code>", "eval")),
    "a state of nothing": frame(
        ANSWER, Encoder().encode((RETURNED, None, ())) + Encoder().encode((0, 0, ({}, None)))
    ),
    "a state that is none": frame(
        ANSWER, Encoder().encode((RETURNED, None, ())) + Encoder().encode(3)
    ),
    "an instance of no class": frame(
        ANSWER,
        encode_tuple(
            Encoder().encode(RETURNED),
            encode_other(1, 5, "instance", ValueError, None),
            Encoder().encode(()),
        ),
    ),
    "a member of no class": frame(
        ANSWER,
        encode_tuple(
            Encoder().encode(RETURNED), encode_other("member", int, 3), Encoder().encode(())
        ),
    ),
    "a change of what the program has no copy of": frame(
        ANSWER, Encoder().encode((RAISED, ("changed", 0), ()))
    ),
    "an error without a class": frame(ANSWER, Encoder().encode((RAISED, ((), (), (), ""), ()))),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_frame_that_no_candidate_writes_ends_the_program(sandbox, data: bytes) -> None:
    program = f"import os\nos.write(3, {data!r})\n{problem('simple').reference}"
    assert judge_hostile(sandbox, program, "simple").status == Status.CRASHED


PATIENT = {
    "a frame that never ends": "os.write(3, b'\\0\\0\\1\\0!')\ntime.sleep(99)",
    "a frame that comes in drops": """
os.write(3, b'\\0\\0\\1\\0!')
while True:
    os.write(3, b'x')
    time.sleep(0.01)""",
    "requests whose answers are never read": f"""
def f(*_):
    while True: os.write(3, {CALL_BACK!r})""",
}


@pytest.mark.parametrize("program", PATIENT.values(), ids=PATIENT)
def test_a_program_that_keeps_the_judge_waiting_times_out(sandbox, program: str) -> None:
    verdict = judge_hostile(sandbox, f"import os, time\n{program}", "callbacks")
    assert verdict.status == Status.TIMEOUT


def test_a_program_may_answer_more_often_than_it_is_asked(sandbox) -> None:
    program = f"import os\nwhile True: os.write(3, {LOADED!r})"
    assert judge_hostile(sandbox, program, "sent along").status == Status.WRONG_ANSWER
