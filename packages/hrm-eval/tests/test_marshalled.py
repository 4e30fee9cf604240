import marshal
import struct
import time
from collections import Counter, deque

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrm_eval._sandbox.wire.marshalled import MarshalDecoder
from hrm_eval._sandbox.wire.protocol import MARSHAL_VERSION
from hrm_eval._sandbox.wire.values import MAX_CONTAINERS, MAX_DEPTH, DamagedError, TooLargeError

HASH_MODULUS = 2**61 - 1
PLAIN_TYPES = {
    type(None), bool, int, float, complex, str, bytes, type(...), list, tuple, dict, set, frozenset,
}  # fmt: skip

# All tags of all versions, for plain values or not, with and without the reference flag.
TAGS = [bytes([tag + flag]) for tag in b"0NFTS.IilfgxyurRstaAzZ()[]{}<>c?:" for flag in (0, 128)]

text = st.text(st.characters(exclude_categories=()))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 3000).map(lambda power: -(2**power)),
    st.floats(),
    st.complex_numbers(),
    text,
    st.binary(),
    st.just(...),
)
keys = st.recursive(
    scalars, lambda inner: st.lists(inner).map(tuple) | st.frozensets(inner), max_leaves=4
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.lists(inner, max_size=6).map(tuple),
        st.dictionaries(keys, inner, max_size=6),
        st.sets(keys, max_size=6),
        st.frozensets(keys, max_size=6),
    ),
    max_leaves=15,
)
messages = values.map(lambda value: marshal.dumps(value, MARSHAL_VERSION))
pieces = st.one_of(
    st.sampled_from(TAGS),
    st.builds(struct.Struct("<ci").pack, st.sampled_from(TAGS), st.integers(-2, 3)),
    st.integers(-(2**31), 2**31 - 1).map(struct.Struct("<i").pack),
    scalars.map(lambda value: marshal.dumps(value, MARSHAL_VERSION)),
    st.binary(max_size=20),
)


@st.composite
def mutated_messages(draw):
    """Return a message with some bytes changed, left out or put in."""
    data = bytearray(draw(messages))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 8))
        data[start:end] = draw(st.one_of(st.just(b""), st.binary(max_size=8), pieces))
    return bytes(data)


def examples(number: int) -> settings:
    """Try this many examples, however slow the machine is."""
    return settings(
        max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


def decode(value, version: int = MARSHAL_VERSION):
    return MarshalDecoder(marshal.dumps(value, version)).decode()


def exact(value):
    """Return a form that is equal only if the values and all types inside them are equal."""
    match value:
        case dict():
            inner = [(exact(key), exact(item)) for key, item in value.items()]
        case list() | tuple():
            inner = [exact(item) for item in value]
        case set() | frozenset():
            inner = sorted(repr(exact(item)) for item in value)
        case int():
            inner = hex(value)
        case _:
            # For floats, this also shows the sign of zero.
            inner = repr(value)
    return type(value), inner


def types_in(value):
    """Return the types of a value and of all in it."""
    match value:
        case dict():
            inner = [*value.keys(), *value.values()]
        case list() | tuple() | set() | frozenset():
            inner = [*value]
        case _:
            inner = []
    return {type(value)}.union(*map(types_in, inner))


def is_plain(data: bytes) -> bool:
    """Return whether bytes are read as a value and not refused; the value must be plain."""
    try:
        value = MarshalDecoder(data).decode()
    except (DamagedError, TooLargeError):
        return False
    assert types_in(value) <= PLAIN_TYPES
    return True


@examples(200)
@given(values)
def test_a_marshalled_value_is_read_with_its_exact_types(value) -> None:
    assert exact(decode(value)) == exact(value)


@pytest.mark.parametrize("power", [0, 14, 15, 16, 29, 30, 31, 32, 45, 62, 63, 64, 1000, 20_000])
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_integers_of_any_size_are_read(power: int, offset: int) -> None:
    number = 2**power + offset
    assert (decode(number), decode(-number)) == (number, -number)


def test_aliases_become_separate_values() -> None:
    inner = [1]
    found = decode([inner, inner])
    assert found == [[1], [1]]
    assert found[0] is not found[1]


@examples(300)
@given(st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=12).map(b"".join)))
def test_bytes_of_any_kind_are_a_plain_value_or_refused(data: bytes) -> None:
    is_plain(data)


@examples(300)
@given(mutated_messages())
def test_a_changed_message_is_a_plain_value_or_refused(data: bytes) -> None:
    is_plain(data)


@examples(50)
@given(messages, st.data())
def test_a_message_that_is_too_short_or_too_long_is_damaged(data: bytes, drawn) -> None:
    for damaged in (
        data[: drawn.draw(st.integers(0, len(data) - 1))],
        data + drawn.draw(st.binary(min_size=1)),
    ):
        with pytest.raises(DamagedError):
            MarshalDecoder(damaged).decode()


@examples(50)
@given(values, st.integers(3, marshal.version))
def test_a_later_version_of_the_format_is_never_misread(value, version: int) -> None:
    data = marshal.dumps(value, version)
    if is_plain(data):
        assert exact(MarshalDecoder(data).decode()) == exact(value)


SHARED = "shared"
REFUSED = {
    "code": marshal.dumps(compile("1", "<code>", "eval"), MARSHAL_VERSION),
    "code in a list": marshal.dumps([compile("1", "<code>", "eval")], MARSHAL_VERSION),
    "the class StopIteration": marshal.dumps(StopIteration, MARSHAL_VERSION),
    "values that refer to others": marshal.dumps([SHARED, SHARED], 4),
    "a reference": b"r\0\0\0\0",
    "a reference to a list from inside it": b"\xdb\1\0\0\0r\0\0\0\0",
    "interned text": b"t\1\0\0\0a",
    "a reference to interned text": b"R\0\0\0\0",
    "short text": b"z\1a",
    "short interned text": b"Z\1a",
    "a short tuple": b")\0",
    "an old float": b"f\x030.5",
    "an old complex number": b"x\x030.5\x030.5",
    "an old integer": b"I" + bytes(8),
    "an unknown value": b"?",
    "null": b"0",
    "nothing": b"",
    "text that is not UTF-8": b"u\1\0\0\0\xff",
    "a set of lists": b"<\1\0\0\0[\0\0\0\0",
    "a dict with a list for a key": b"{[\0\0\0\0N0",
    "a dict without an end": b"{NN",
    "a key without a value": b"{N0",
    "a list of -1 items": b"[\xff\xff\xff\xff",
    "a list of 2**31 - 1 items": b"[\xff\xff\xff\x7f",
    "a number of -2**31 digits": b"l\0\0\0\x80",
    "a digit of 16 bits": b"l\1\0\0\0\xff\xff",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_bytes_that_no_plain_value_has_are_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        MarshalDecoder(data).decode()


@pytest.mark.parametrize("kind", [int, float, str, list, tuple, dict, set, frozenset])
def test_a_subclass_is_never_written_as_a_plain_value(kind) -> None:
    for value in (type("Sub", (kind,), {})(), Counter(), deque()):
        with pytest.raises(ValueError, match="unmarshallable"):
            decode([value])


COLLISIONS = [number * HASH_MODULUS for number in range(1, 30_001)]
SAME_HASHES = {
    "set": b"<" + marshal.dumps(COLLISIONS, MARSHAL_VERSION)[1:],
    "frozenset": b">" + marshal.dumps(COLLISIONS, MARSHAL_VERSION)[1:],
    "dict": b"{"
    + b"".join(marshal.dumps(key, MARSHAL_VERSION) + b"N" for key in COLLISIONS)
    + b"0",
}


@pytest.mark.parametrize("data", SAME_HASHES.values(), ids=SAME_HASHES)
def test_keys_that_share_their_hashes_are_refused_quickly(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(DamagedError, match="share"):
        MarshalDecoder(data).decode()
    assert time.process_time() - began < 1


@pytest.mark.parametrize("head", [b"[\1\0\0\0", b"(\1\0\0\0", b"{N", b">\1\0\0\0"])
def test_a_value_that_nests_deeper_than_allowed_is_too_large(head: bytes) -> None:
    tail = b"0" if head == b"{N" else b""
    assert is_plain(head * MAX_DEPTH + b"N" + tail * MAX_DEPTH)
    for depth in (MAX_DEPTH + 1, 100_000):
        with pytest.raises(TooLargeError, match="nested more than"):
            MarshalDecoder(head * depth + b"N" + tail * depth).decode()


def test_a_value_of_more_containers_than_allowed_is_too_large() -> None:
    most = [[]] * (MAX_CONTAINERS - 1)
    assert decode(most) == most
    with pytest.raises(TooLargeError, match="containers"):
        decode([*most, ()])
