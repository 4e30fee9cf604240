import array
import datetime
import io
import ipaddress
import pathlib
import struct
import time
import uuid
from collections import (
    ChainMap,
    Counter,
    OrderedDict,
    UserDict,
    UserList,
    UserString,
    defaultdict,
    deque,
)
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrm_eval._sandbox.wire.values import (
    MAX_BYTES,
    MAX_CONTAINERS,
    MAX_DEPTH,
    DamagedError,
    Decoder,
    Encoder,
    TooLargeError,
    contents,
    refill,
)

HASH_MODULUS = 2**61 - 1
FACTORIES = (None, int, float, str, bool, list, dict, set, tuple, deque, Counter)
PLAIN_TYPES = (
    int, float, complex, str, bytes, bytearray, bool, list, tuple, dict, set, frozenset, range,
    slice, object, type, type(None), deque, Counter, OrderedDict, defaultdict,
)  # fmt: skip
VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
TAGS = b"NTFEMifIscbBltSZqdCODaerxmhn"

EMPTY = {
    "list": list,
    "dict": dict,
    "set": set,
    "bytearray": bytearray,
    "deque": deque,
    "Counter": Counter,
    "OrderedDict": OrderedDict,
    "defaultdict": lambda: defaultdict(list),
}


def _without_fold(moment):
    """Return the moment as it is compared: which of two equal hours it means does not cross."""
    return moment.replace(fold=0)


large_integers = st.builds(
    lambda power, offset, sign: sign * (2**power + offset),
    st.integers(0, 3000),
    st.integers(-2, 2),
    st.sampled_from([1, -1]),
)
text = st.text(st.characters(exclude_categories=()))
time_zones = st.none() | st.builds(
    datetime.timezone,
    st.timedeltas(datetime.timedelta(hours=-23), datetime.timedelta(hours=23)),
)
hashable_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    large_integers,
    st.floats(),
    st.complex_numbers(),
    text,
    st.binary(),
    st.just(...),
    st.sampled_from(PLAIN_TYPES),
    st.fractions(),
    st.decimals(allow_nan=False),
    st.dates(),
    st.times().map(_without_fold),
    st.datetimes(timezones=time_zones).map(_without_fold),
    st.timedeltas(),
    st.builds(range, st.integers(), st.integers(), st.integers(1) | st.integers(max_value=-1)),
)
keys = st.recursive(
    hashable_scalars, lambda inner: st.lists(inner).map(tuple) | st.frozensets(inner), max_leaves=4
)
scalars = hashable_scalars | st.one_of(
    st.decimals(allow_nan=True),
    st.builds(bytearray, st.binary()),
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=16),
    st.lists(st.floats(), min_size=16),
    st.lists(st.integers() | st.booleans() | st.floats(), min_size=16),
)


def containers_of(inner):
    dicts = st.dictionaries(keys, inner, max_size=5)
    lists = st.lists(inner, max_size=5)
    return st.one_of(
        lists,
        lists.map(tuple),
        dicts,
        st.sets(keys, max_size=5),
        st.frozensets(keys, max_size=5),
        st.builds(deque, lists, st.none() | st.integers(0, 5)),
        st.builds(Counter, dicts),
        st.builds(OrderedDict, dicts),
        st.builds(defaultdict, st.sampled_from(FACTORIES), dicts),
        st.builds(slice, inner, inner, inner),
        dicts.map(dict.keys),
        dicts.map(dict.values),
        dicts.map(dict.items),
    )


values = st.recursive(scalars, containers_of, max_leaves=12)
containers = containers_of(scalars).filter(lambda value: type(value).__name__ in EMPTY)

messages = values.map(lambda value: Encoder().encode(value))
pieces = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: bytes([tag])),
    st.builds(struct.Struct("<cI").pack, st.sampled_from([bytes([t]) for t in TAGS]), st.just(1)),
    st.builds(struct.Struct("<cI").pack, st.sampled_from([b"t", b"l"]), st.integers(0, 8)),
    st.builds(struct.Struct("<cq").pack, st.just(b"i"), st.integers(-(2**63), 2**63 - 1)),
    st.integers(0, 2**32 - 1).map(struct.Struct("<I").pack),
    hashable_scalars.map(lambda value: Encoder().encode(value)),
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


def copy_of(value):
    return Decoder(Encoder().encode(value)).decode()


def exact(value):
    """Return what is equal only for equal values of the same types all the way down."""
    kind = type(value)
    return kind, _INNER.get(kind, lambda plain: plain)(value)


def _exact_items(value):
    return [exact(item) for item in value]


def _exact_set(value):
    return sorted(repr(exact(item)) for item in value)


def _exact_pairs(value):
    return [(exact(key), exact(item)) for key, item in value.items()]


_INNER = {
    int: hex,
    float: struct.Struct("<d").pack,
    complex: lambda value: struct.pack("<dd", value.real, value.imag),
    list: _exact_items,
    tuple: _exact_items,
    set: _exact_set,
    frozenset: _exact_set,
    dict: _exact_pairs,
    Counter: _exact_pairs,
    OrderedDict: _exact_pairs,
    defaultdict: lambda value: (value.default_factory, _exact_pairs(value)),
    deque: lambda value: (value.maxlen, _exact_items(value)),
    **dict.fromkeys(VIEWS, _exact_items),
    slice: lambda value: _exact_items((value.start, value.stop, value.step)),
    range: lambda value: (value.start, value.stop, value.step),
    Decimal: str,
    datetime.datetime: lambda value: (value, value.utcoffset()),
}


def types_in(value, seen=None):
    """Return the types of a value and of all in it, which may lead back to itself."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return set()
    seen.add(id(value))
    match value:
        case dict():
            inner = [*value.keys(), *value.values()]
        case list() | tuple() | set() | frozenset() | deque():
            inner = [*value]
        case _ if type(value) in VIEWS:
            inner = [*value]
        case slice():
            inner = [value.start, value.stop, value.step]
        case _:
            inner = []
    return {type(value)}.union(*(types_in(item, seen) for item in inner))


ALL_TYPES = {
    *PLAIN_TYPES, type(...), type(NotImplemented), deque, Counter, OrderedDict, defaultdict,
    *VIEWS, Fraction, Decimal, datetime.date, datetime.time, datetime.datetime, datetime.timedelta,
}  # fmt: skip


def message_of(tag: bytes, *items: object, count: int) -> bytes:
    """Return a message that begins with a tag and a count, whatever they promise."""
    return struct.pack("<cI", tag, count) + Encoder().encode(items)[5:]


def _short_id(value) -> str:
    return hex(value)[:30] if type(value) is int else ascii(value)[:30]


@examples(200)
@given(values)
def test_a_plain_value_crosses_with_its_exact_types(value) -> None:
    assert exact(copy_of(value)) == exact(value)


@pytest.mark.parametrize(
    "value",
    [
        -0.0,
        float("nan"),
        float("-inf"),
        complex(-0.0, float("nan")),
        2**63 - 1,
        -(2**63),
        2**63,
        -(2**63) - 1,
        2**100_000,
        "\ud800",
        "\udc00\ud800",
        chr(0xD83D) + chr(0xDE00),
        "\0",
        True,
        [True] * 20,
        [0, True] * 20,
        [0, 0.0] * 20,
        [2**63] * 20,
        [-0.0] * 20,
        Decimal("-sNaN12"),
        Decimal("1E+999999"),
        NotImplemented,
        deque([1, 2, 3], maxlen=2),
        deque(maxlen=0),
        defaultdict(int, {"a": 1}),
        Counter({"a": -1}),
        slice(None, [1], "step"),
        range(2**70, 0, -3),
    ],
    ids=_short_id,
)
def test_a_value_at_the_edge_of_its_kind_crosses(value) -> None:
    assert exact(copy_of(value)) == exact(value)


CLASSES = [Decimal, Counter, deque, datetime.date, Fraction, uuid.UUID, pathlib.Path, ValueError]


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_of_plain_values_crosses(kind) -> None:
    assert copy_of([kind]) == [kind]


def test_classes_of_numpy_cross() -> None:
    numpy = pytest.importorskip("numpy")
    kinds = [numpy.float32, numpy.int64, numpy.bool_, numpy.ndarray]
    assert copy_of(kinds) == kinds


def _not_a_factory() -> None: ...


@pytest.mark.parametrize(
    "value",
    [object(), len, ValueError(), iter([]), io.StringIO, defaultdict(_not_a_factory)],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_not_plain_does_not_cross(value) -> None:
    for wrapped in (value, [value], {"key": value}):
        with pytest.raises(TypeError, match="cannot cross"):
            Encoder().encode(wrapped)


@pytest.mark.parametrize("kind", [int, float, str, bytes, list, tuple, dict, set, frozenset])
def test_a_subclass_is_not_taken_for_a_plain_value(kind) -> None:
    subclass = type(kind.__name__, (kind,), {"__module__": "builtins"})
    for value in (subclass(), [subclass()], subclass):
        with pytest.raises(TypeError, match="cannot cross"):
            Encoder().encode(value)


LIBRARY = {
    "Path": pathlib.Path("/a/b"),
    "PurePosixPath": pathlib.PurePosixPath("a"),
    "PureWindowsPath": pathlib.PureWindowsPath("c:/a"),
    "UUID": uuid.UUID(int=5),
    "array": array.array("d", [1.5, 2]),
    "memoryview": memoryview(b"abc"),
    "memoryview of numbers": memoryview(array.array("i", [1, 2])),
    "UserList": UserList([1, [2]]),
    "UserDict": UserDict({"a": 1}),
    "UserString": UserString("ab"),
    "ChainMap": ChainMap({"a": 1}, {"b": 2}),
    "SimpleNamespace": SimpleNamespace(a=1, b=[2]),
    "IPv4Address": ipaddress.ip_address("10.0.0.1"),
    "IPv6Network": ipaddress.ip_network("::/8"),
}


@pytest.mark.parametrize("value", LIBRARY.values(), ids=LIBRARY)
def test_a_value_of_the_standard_library_crosses(value) -> None:
    found = copy_of([value])[0]
    assert (type(found), found) == (type(value), value)
    assert repr(found).split(" at ")[0] == repr(value).split(" at ")[0]


IN_PLACE = {
    "array": (array.array("i", [1]), array.array("i", [5, 6])),
    "memoryview": (memoryview(bytearray(b"ab")), memoryview(b"cd")),
    "UserList": (UserList([1]), UserList([2, 3])),
    "UserDict": (UserDict({1: 2}), UserDict({3: 4})),
    "ChainMap": (ChainMap({1: 2}), ChainMap({3: 4}, {5: 6})),
    "SimpleNamespace": (SimpleNamespace(a=1), SimpleNamespace(b=2)),
}


@pytest.mark.parametrize(("old", "new"), IN_PLACE.values(), ids=IN_PLACE)
def test_a_value_of_the_standard_library_is_refilled_and_stays_one(old, new) -> None:
    first, second = copy_of([old, old])
    assert first is second
    refill(first, copy_of(contents(new)))
    assert (type(first), first) == (type(new), new)


def test_scalars_of_numpy_keep_their_types() -> None:
    numpy = pytest.importorskip("numpy")
    scalars = (
        numpy.float64(0.5),
        numpy.float32(0.1),
        numpy.float16(2),
        numpy.longdouble(3),
        numpy.int8(-3),
        numpy.uint64(2**64 - 1),
        numpy.True_,
        numpy.complex64(1 + 2j),
        numpy.str_("x"),
        numpy.str_(""),
        numpy.bytes_(b"x"),
        numpy.datetime64("2024-02-29"),
        numpy.datetime64("NaT"),
        numpy.timedelta64(5, "s"),
    )
    for scalar in scalars:
        found = copy_of(scalar)
        assert (type(found), found.dtype, repr(found)) == (type(scalar), scalar.dtype, repr(scalar))
    assert copy_of(numpy.True_) is numpy.True_


def test_an_array_of_numpy_is_refilled_and_stays_one() -> None:
    numpy = pytest.importorskip("numpy")
    first, second = copy_of([numpy.zeros((2, 2))] * 2)
    assert first is second
    refill(first, copy_of(contents(numpy.eye(2))))
    assert first.tolist() == [[1, 0], [0, 1]]
    refill(first, copy_of(contents(numpy.arange(3.0))))
    assert first.tolist() == [0, 1, 2]
    with pytest.raises(DamagedError, match="dtype"):
        refill(first, contents(numpy.arange(3)))


def test_values_of_pandas_cross() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"a": [1, 2], "b": ["x", None], "c": [0.5, float("nan")], "d": [1, "y"]}, index=[5, 7]
    )
    frame["e"] = pandas.Categorical(["u", "v"], ordered=True)
    frame["f"] = pandas.to_datetime(["2024-02-29", "2024-03-01"])
    frame["g"] = pandas.array([1, None], dtype="Int64")
    empty = pandas.DataFrame(columns=["a", "b"])
    for value in (frame, frame.T, empty, frame.groupby(["a", "b"], dropna=False).size().to_frame()):
        pandas.testing.assert_frame_equal(copy_of(value), value)
    for series in (*(frame[name] for name in frame), frame.a > 1, pandas.Series(dtype=object)):
        pandas.testing.assert_series_equal(copy_of(series), series)
    days = pandas.date_range("2024-01-01", periods=3, freq="D", name="day")
    for index in (frame.index, frame.columns, days, pandas.RangeIndex(3), pandas.Index(["a", 1])):
        pandas.testing.assert_index_equal(copy_of(index), index)
    for scalar in (pandas.Timestamp("2024-02-29 12:00"), pandas.Timedelta("1h")):
        assert (type(copy_of(scalar)), copy_of(scalar)) == (type(scalar), scalar)
    assert copy_of([pandas.NA, pandas.NaT])[0] is pandas.NA
    assert copy_of([pandas.NA, pandas.NaT])[1] is pandas.NaT
    first, second = copy_of([frame, frame])
    assert first is second
    refill(first, copy_of(contents(frame[["b"]])))
    pandas.testing.assert_frame_equal(second, frame[["b"]])


def test_arrays_of_numpy_cross() -> None:
    numpy = pytest.importorskip("numpy")
    for value in (
        numpy.arange(6, dtype="<i2").reshape(2, 3).T,
        numpy.array(5),
        numpy.zeros((0, 3)),
        numpy.array([True]),
        numpy.array([1 + 2j]),
        numpy.array([1], dtype=">i4"),
        numpy.array(["ab", "c"]),
        numpy.array([1, "c", None], dtype=object),
        numpy.array(["2024-02-29"], dtype="datetime64[D]"),
    ):
        found = copy_of([value])[0]
        assert (found.dtype, found.shape) == (value.dtype, value.shape)
        assert (found == value).all()
        found[...] = value
    fixed = numpy.zeros(1)
    fixed.flags.writeable = False
    assert not copy_of(fixed).flags.writeable


@examples(50)
@given(containers)
def test_a_container_that_occurs_twice_stays_one_container(value) -> None:
    first, (second, inner) = copy_of([value, (value, {"key": value})])
    assert first is second is inner["key"]
    assert exact(first) == exact(value)


def test_two_equal_containers_stay_two() -> None:
    first, second = copy_of([[1], [1]])
    assert first is not second


def _loop_of(kind: str):
    value = EMPTY[kind]()
    if isinstance(value, dict):
        value["self"] = value
    else:
        value.append(value)
    return value


@pytest.mark.parametrize("kind", ["list", "dict", "deque", "Counter", "OrderedDict", "defaultdict"])
def test_a_container_that_contains_itself_crosses(kind: str) -> None:
    found = copy_of(_loop_of(kind))
    assert type(found) is type(EMPTY[kind]())
    (inner,) = found.values() if isinstance(found, dict) else found
    assert inner is found


def test_a_longer_cycle_crosses() -> None:
    tree = {"children": [{"name": "leaf"}]}
    tree["children"][0]["parent"] = (tree,)
    found = copy_of(tree)
    assert found["children"][0]["parent"][0] is found


@examples(50)
@given(containers, values)
def test_an_answer_names_the_containers_of_its_request_by_number(value, other) -> None:
    asking, serving = Encoder(), Decoder(b"")
    request = Decoder(asking.encode((value, other)), serving.memo).decode()
    answer = Encoder(serving.memo).encode((request[0], [request[0]]))
    first, (second,) = Decoder(answer, asking.memo).decode()
    assert first is second is value


@examples(250)
@given(st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=12).map(b"".join)))
def test_bytes_of_any_kind_are_a_plain_value_or_refused(data: bytes) -> None:
    try:
        value = Decoder(data).decode()
    except (DamagedError, TooLargeError):
        return
    assert {t for t in types_in(value) if t.__module__ != "numpy"} <= ALL_TYPES


@examples(250)
@given(mutated_messages())
def test_a_changed_message_is_a_plain_value_or_refused(data: bytes) -> None:
    try:
        value = Decoder(data).decode()
    except (DamagedError, TooLargeError):
        return
    assert {t for t in types_in(value) if t.__module__ != "numpy"} <= ALL_TYPES


@examples(50)
@given(messages, st.data())
def test_a_message_that_is_too_short_or_too_long_is_damaged(data: bytes, drawn) -> None:
    for damaged in (
        data[: drawn.draw(st.integers(0, len(data) - 1))],
        data + drawn.draw(st.binary(min_size=1)),
    ):
        with pytest.raises(DamagedError):
            Decoder(damaged).decode()


DAMAGED = {
    "nothing": b"",
    "an unknown tag": b"?",
    "a count beyond the end": struct.pack("<cI", b"l", 2**32 - 1),
    "a reference to nothing": struct.pack("<cI", b"r", 0),
    "text that is not UTF-8": message_of(b"s", count=1) + b"\xff",
    "a set of lists": message_of(b"S", [], count=1),
    "a dict with a list for a key": message_of(b"d", [], 1, count=1),
    "numbers that are cut off": struct.pack("<cI", b"a", 7) + bytes(7),
    "a deque of length -1": b"q" + Encoder().encode(-1) + Encoder().encode([]),
    "a deque of length True": b"q" + Encoder().encode(True) + Encoder().encode([]),
    "a deque of a dict": b"q" + Encoder().encode(None) + Encoder().encode({}),
    "a default that is a function": b"D" + Encoder().encode("print") + Encoder().encode({}),
    "a default that is a list": b"D" + Encoder().encode([]) + Encoder().encode({}),
    "something that is not plain": b"h" + Encoder().encode((1, 0)),
    "fields that are no tuple": b"h" + Encoder().encode([]),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_bytes_that_no_encoder_writes_are_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        Decoder(data).decode()


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<cI", b"l", 1) * 300_000,
        struct.pack("<cI", b"t", 1) * 300_000,
        struct.pack("<cI", b"l", MAX_CONTAINERS + 9)
        + struct.pack("<cI", b"l", 0) * (MAX_CONTAINERS + 9),
        b"x" * 300_000,
        b"h" * 300_000,
    ],
    ids=["lists in lists", "tuples in tuples", "lists in a list", "extras", "others"],
)
def test_a_value_with_too_many_levels_or_containers_is_too_large(data: bytes) -> None:
    with pytest.raises(TooLargeError):
        Decoder(data).decode()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("os.system", ("true",)),
        ("type", ("code",)),
        ("type", ([],)),
        ([], ()),
        ("range", (0, 1, 0)),
        ("range", (0, 1.5)),
        ("range", ()),
        ("keys", ([1],)),
        ("keys", (([],),)),
        ("items", ((1,),)),
        ("values", ()),
        ("slice", ()),
        ("slice", (1, 2, 3, 4)),
        ("fractions.Fraction", (1, 0)),
        ("fractions.Fraction", ("1/3",)),
        ("fractions.Fraction", (True, 2)),
        ("decimal.Decimal", ("one",)),
        ("decimal.Decimal", ("\ud800",)),
        ("decimal.Decimal", (1.5,)),
        ("decimal.Decimal", ("1" * 100_000,)),
        ("datetime.date", (2023, 2, 29)),
        ("datetime.date", (2**70, 1, 1)),
        ("datetime.date", (b"\x07\xe7\x01\x01",)),
        ("datetime.time", (25, 0, 0, 0)),
        ("datetime.datetime", ()),
        ("datetime.datetime", (2023, 1, 1, 0, 0, 0, 0, 5)),
        ("datetime.datetime", (2023, 1, 1, 0, 0, 0, 0, datetime.timedelta(days=2))),
        ("datetime.timedelta", (10**12, 0, 0)),
        ("datetime.timedelta", (0.5, 0, 0)),
        ("type", ("os.system",)),
        ("type", ("subprocess.Popen",)),
        ("type", ("numpy.load",)),
        ("numpy.generic", ("|O", bytes(8))),
        ("numpy.generic", ("<i8", bytes(16))),
        ("numpy.generic", ("<U0", b"x")),
        ("numpy.generic", ("<i8,<i8", bytes(16))),
        ("uuid.UUID", (-1,)),
        ("uuid.UUID", ("5",)),
        ("pathlib.PosixPath", (5,)),
        ("pathlib.PosixPath", ("a", "b")),
        ("ipaddress.IPv4Address", ("10.0.0.256",)),
        ("pandas.Timestamp", ("2024",)),
        ("pandas.Index", ("range", (0, 1, 0), None, None)),
        ("pandas.Index", ("array", ("object", b""), None, None)),
        ("pandas.Index", ("array", 5, None, None)),
        ("pandas.Index", (1,)),
    ],
    ids=str,
)
def test_fields_that_make_no_value_are_damaged(name, fields) -> None:
    with pytest.raises(DamagedError):
        Decoder(b"x" + Encoder().encode(name) + Encoder().encode(fields)).decode()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("numpy.ndarray", ("O", (1,), True, bytes(8))),
        ("numpy.ndarray", ("|O", (2,), True, (1,))),
        ("numpy.ndarray", ("<i8", [1], True, bytes(8))),
        ("numpy.ndarray", ("<i8", (2,), True, bytes(8))),
        ("numpy.ndarray", ("<i8", (2**62, 2**62), True, bytes(8))),
        ("numpy.ndarray", ("<i8", (1,) * 99, True, bytes(8))),
        ("numpy.ndarray", ("<i3", (1,), True, bytes(3))),
        ("numpy.ndarray", ("<i8", (1,), True)),
        ("array.array", ("x", b"")),
        ("builtins.memoryview", ("i", (1,), b"x", True)),
        ("builtins.memoryview", ("B", (2**70,), b"x", True)),
        ("array.array", ("i", b"x")),
        ("collections.UserList", ((1,),)),
        ("collections.ChainMap", ()),
        ("types.SimpleNamespace", ({1: 2},)),
        ("pandas.Series", (("", b""), None, None)),
        ("pandas.DataFrame", ((("", 1),), None, None)),
        ("uuid.UUID", (5,)),
        ("os.system", ("true",)),
    ],
    ids=str,
)
def test_fields_that_make_no_mutable_value_are_damaged(name, fields) -> None:
    with pytest.raises(DamagedError):
        Decoder(b"m" + Encoder().encode(name) + Encoder().encode(fields)).decode()


COLLISIONS = tuple(number * HASH_MODULUS for number in range(1, 30_001))
PAIRS = tuple(part for number in COLLISIONS for part in (number, None))
SAME_HASHES = {
    "set": message_of(b"S", *COLLISIONS, count=len(COLLISIONS)),
    "frozenset": message_of(b"Z", *COLLISIONS, count=len(COLLISIONS)),
    "dict": message_of(b"d", *PAIRS, count=len(COLLISIONS)),
    "Counter": message_of(b"C", *PAIRS, count=len(COLLISIONS)),
    "OrderedDict": message_of(b"O", *PAIRS, count=len(COLLISIONS)),
    "defaultdict": b"D" + Encoder().encode("int") + message_of(b"d", *PAIRS, count=len(COLLISIONS)),
}


@pytest.mark.parametrize("data", SAME_HASHES.values(), ids=SAME_HASHES)
def test_keys_that_share_their_hashes_are_refused_quickly(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(DamagedError, match="share"):
        Decoder(data).decode()
    assert time.process_time() - began < 1


@pytest.mark.parametrize("kind", ["set", "dict", "Counter", "OrderedDict", "defaultdict"])
def test_contents_that_share_their_hashes_are_refused_quickly(kind: str) -> None:
    items = COLLISIONS if kind == "set" else tuple((number, None) for number in COLLISIONS)
    began = time.process_time()
    with pytest.raises(DamagedError, match="share"):
        refill(EMPTY[kind](), items)
    assert time.process_time() - began < 1


def test_many_keys_with_different_hashes_cross() -> None:
    many = {number: str(number) for number in range(50_000)}
    assert copy_of(many) == many
    assert copy_of(set(many)) == set(many)


def _nested(wrap, depth: int):
    value = wrap()
    for _ in range(depth - 1):
        value = wrap(value)
    return value


WRAPS = {
    "list": lambda *inner: [*inner],
    "tuple": lambda *inner: inner,
    "dict": lambda *inner: dict.fromkeys(range(len(inner)), *inner),
    "frozenset": lambda *inner: frozenset(inner),
    "deque": lambda *inner: deque(inner),
    "Counter": lambda *inner: Counter(dict.fromkeys("a"[: len(inner)], *inner)),
    "defaultdict": lambda *inner: defaultdict(int, dict.fromkeys("a"[: len(inner)], *inner)),
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_values_cross_up_to_the_allowed_depth(wrap) -> None:
    Decoder(Encoder().encode(_nested(wrap, MAX_DEPTH))).decode()
    with pytest.raises(TooLargeError, match="nested more than"):
        Encoder().encode(_nested(wrap, MAX_DEPTH + 1))


LARGE = {
    "bytes": bytes(MAX_BYTES),
    "text": "x" * MAX_BYTES,
    "a list of bytes": [bytes(2**20)] * 17,
    "a number": 1 << 8 * MAX_BYTES,
}


@pytest.mark.parametrize("value", LARGE.values(), ids=LARGE)
def test_a_value_larger_than_a_message_is_too_large(value) -> None:
    with pytest.raises(TooLargeError, match="at most"):
        Encoder().encode(value)


def test_a_value_as_large_as_a_message_crosses() -> None:
    largest = bytes(MAX_BYTES - 5)
    assert copy_of(largest) == largest


@examples(50)
@given(containers, containers)
def test_the_contents_of_a_container_refill_another(value, other) -> None:
    empty = deque(other, maxlen=value.maxlen) if isinstance(value, deque) else copy_of(value)
    empty.clear()
    refill(empty, contents(value))
    assert exact(empty) == exact(value)
    refill(empty, contents(value))
    assert exact(empty) == exact(value)


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("dict", (1,)),
        ("dict", ((1, 2, 3),)),
        ("dict", (([], 1),)),
        ("Counter", ("abc",)),
        ("OrderedDict", (None,)),
        ("defaultdict", ((1,),)),
        ("set", ([],)),
        ("bytearray", ()),
        ("bytearray", (1,)),
        ("bytearray", ("text",)),
        ("bytearray", (b"a", b"b")),
    ],
)
def test_contents_that_do_not_fit_a_container_are_damaged(kind: str, items) -> None:
    with pytest.raises(DamagedError):
        refill(EMPTY[kind](), items)


@examples(50)
@given(st.sampled_from(sorted(EMPTY)), st.lists(values, max_size=4).map(tuple))
def test_contents_of_any_kind_fit_or_are_damaged(kind: str, items) -> None:
    container = EMPTY[kind]()
    try:
        refill(container, items)
    except DamagedError:
        return
    assert len(contents(container)) <= max(1, len(items))
