"""The wire format of values that cross between candidate and judge.

Plain values are written out and rebuilt as exact builtin types, or types of `library`, so no
subclass or `__eq__` of the program crosses. Lists, dicts, sets, deques, bytearrays and whatever
else can change in place are numbered in the order of their first occurrence. A container that
occurs again, in the same message or in the answer to it, is sent as its number, which keeps aliases
and cycles. Each end decides about values that are not plain; see `Encoder.put_other`.

A decoder reads hostile bytes. It runs no code of the program and raises `DamagedError` for bytes
that no encoder writes. A message has at most `MAX_BYTES` bytes and `MAX_CONTAINERS` containers, and
values nest at most `MAX_DEPTH` levels.

Not covered: attributes that a subclass adds to its values, and the order in which a set iterates.
"""

import builtins
import re
from abc import ABC, abstractmethod
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Iterable
from functools import partial
from struct import Struct, pack, unpack
from struct import error as struct_error
from types import EllipsisType, NoneType, NotImplementedType
from typing import Any

from hrm_eval._sandbox.wire.library import KINDS, class_named, name_of, name_of_class

MAX_BYTES = 16 * 2**20
MAX_DEPTH = 200
MAX_CONTAINERS = 200_000
MAX_NUMBER_BYTES = 10_000

_TOO_LARGE = f"nested more than {MAX_DEPTH} deep, or more than {MAX_CONTAINERS} containers"

# A dict or set with at least this many keys is refused if many keys share a hash: building it would
# take quadratic time.
_MANY_KEYS = 1_000
_MOST_KEYS_PER_HASH = 64

# A list of at least this many integers, or floats, is sent as one array.
_MANY_NUMBERS = 16

_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]{0,40}(?:/[A-Z][A-Za-z0-9_+-]{0,40}){0,2}")

_ONE = Struct("<cI")
_INT = Struct("<cq")
_FLOAT = Struct("<cd")
_COMPLEX = Struct("<cdd")
_NAN = Struct("<cBI")
_COUNT = Struct("<I")
_INT64 = Struct("<q")
_DOUBLE = Struct("<d")
_TWO_DOUBLES = Struct("<dd")

_CONSTANTS: dict[type, bytes] = {
    NoneType: b"N",
    EllipsisType: b"E",
    NotImplementedType: b"M",
}
_FACTORIES: dict[Any, type] = {
    kind.__name__: kind
    for kind in (
        int, float, complex, str, bytes, bytearray, bool, list, dict, set, frozenset, tuple, deque,
        Counter, OrderedDict, defaultdict,
    )
}  # fmt: skip
_KINDS: tuple[type, ...] = (
    int, float, complex, str, bytes, bytearray, bool, list, tuple, dict, set, frozenset, range,
    slice, object, type, NoneType, deque, Counter, OrderedDict, defaultdict,
    *(
        kind
        for kind in vars(builtins).values()
        if isinstance(kind, type) and issubclass(kind, BaseException)
    ),
)  # fmt: skip
_TYPES = {kind.__name__: kind for kind in _KINDS}


class DamagedError(ValueError):
    """The bytes are not what an encoder writes."""


class TooLargeError(ValueError):
    """A value does not fit into a message, or is nested too deeply."""


class Encoder:
    """Writes one value.

    Args:
        memo: Containers that both ends know already, in the order of their numbers. New ones are
            appended.
    """

    max_bytes = MAX_BYTES

    def __init__(self, memo: list[Any] | None = None) -> None:
        self.memo: list[Any] = [] if memo is None else memo
        self._numbers = {id(container): number for number, container in enumerate(self.memo)}
        self._parts: list[bytes] = []
        self._depth = 0
        self._num_containers = 0

    def encode(self, value: object) -> bytes:
        """Return the bytes of a value.

        Raises:
            TooLargeError: If the value does not fit into a message.
        """
        self.put(value)
        return self.finish()

    def finish(self) -> bytes:
        """Return the bytes of all values that were put so far.

        Raises:
            TooLargeError: If they do not fit into a message.
        """
        data = b"".join(self._parts)
        if len(data) > self.max_bytes:
            raise TooLargeError(f"a value of {len(data)} bytes; at most {self.max_bytes} cross")
        return data

    def put(self, value: Any) -> None:
        """Append a value of any kind."""
        kind = type(value)
        if kind is int:
            self._put_int(value)
        elif kind is str:
            self._put_bytes(b"s", value.encode("utf-8", "surrogatepass"))
        elif kind is bool:
            self._parts.append(b"T" if value else b"F")
        elif kind is float:
            self._put_float(value)
        elif kind in _CONSTANTS:
            self._parts.append(_CONSTANTS[kind])
        else:
            self._depth += 1
            self._num_containers += 1
            if self._depth > MAX_DEPTH or self._num_containers > MAX_CONTAINERS:
                raise TooLargeError(_TOO_LARGE)
            put = _PUT.get(kind, Encoder._put_rare)
            put(self, value)
            self._depth -= 1

    def put_other(self, value: Any) -> None:
        """Append a value that is not plain.

        Overrides call `write_other` with fields that `Decoder.get_other` of the other end reads.

        Raises:
            TypeError: If the value cannot cross.
        """
        raise TypeError(f"a value of type {type(value).__name__} cannot cross")

    def write_other(self, *fields: object) -> None:
        """Append the fields of a value that is not plain."""
        self._parts.append(b"h")
        self.put(fields)

    def begin_other(self, num_fields: int) -> None:
        """Append the head of a value that is not plain, whose fields are then put one by one."""
        self._parts.append(b"h")
        self._parts.append(_ONE.pack(b"t", num_fields))

    def _put_int(self, value: int) -> None:
        if -(2**63) <= value < 2**63:
            self._parts.append(_INT.pack(b"i", value))
        else:
            size = value.bit_length() // 8 + 1
            self._put_bytes(b"I", value.to_bytes(size, "little", signed=True))

    def _put_float(self, value: float) -> None:
        if value == value:
            self._parts.append(_FLOAT.pack(b"f", value))
        else:
            self.put_nan(value)

    def put_nan(self, value: Any) -> None:
        """Append a number that is unequal to itself.

        Overrides keep which object it is: `[nan] == [nan]` is true if it is the same.
        """
        if type(value) is float:
            self._parts.append(_FLOAT.pack(b"f", value))
        elif type(value) is complex:
            self._parts.append(_COMPLEX.pack(b"c", value.real, value.imag))
        else:
            name = name_of(value)
            split: Any = KINDS[name].split if name in KINDS else _SPLITTERS[name]
            self._put_extra(name, split(value))

    def write_nan(self, owner: int, number: int) -> None:
        """Append what `Decoder.get_nan` of the other end reads."""
        self._parts.append(_NAN.pack(b"n", owner, number))

    def _put_bytes(self, tag: bytes, data: bytes) -> None:
        self._parts.append(_ONE.pack(tag, len(data)))
        self._parts.append(data)

    def _put_items(self, tag: bytes, items: Any) -> None:
        if len(items) > self.max_bytes:
            raise TooLargeError(f"{len(items)} items")
        self._parts.append(_ONE.pack(tag, len(items)))
        put = self.put
        for item in items:
            put(item)

    def _is_known(self, container: object) -> bool:
        number = self._numbers.setdefault(id(container), len(self.memo))
        if number < len(self.memo):
            self._parts.append(_ONE.pack(b"r", number))
            return True
        self.memo.append(container)
        return False

    def _put_list(self, value: list[Any]) -> None:
        if self._is_known(value):
            return
        if len(value) >= _MANY_NUMBERS and (packed := _pack_numbers(value)):
            self._put_bytes(*packed)
        else:
            self._put_items(b"l", value)

    def _put_tuple(self, value: tuple[Any, ...]) -> None:
        self._put_items(b"t", value)

    def _put_set(self, value: set[Any]) -> None:
        if not self._is_known(value):
            self._put_items(b"S", value)

    def _put_frozenset(self, value: frozenset[Any]) -> None:
        self._put_items(b"Z", value)

    def _put_deque(self, value: deque[Any]) -> None:
        if not self._is_known(value):
            self._parts.append(b"q")
            self.put(value.maxlen)
            self._put_items(b"l", value)

    def _put_dict(self, value: dict[Any, Any]) -> None:
        if not self._is_known(value):
            self._put_pairs(b"d", value)

    def _put_counter(self, value: Counter[Any]) -> None:
        if not self._is_known(value):
            self._put_pairs(b"C", value)

    def _put_ordered(self, value: OrderedDict[Any, Any]) -> None:
        if not self._is_known(value):
            self._put_pairs(b"O", value)

    def _put_default(self, value: defaultdict[Any, Any]) -> None:
        if not self._is_known(value):
            factory = value.default_factory
            name = getattr(factory, "__name__", None) if isinstance(factory, type) else None
            self._parts.append(b"D")
            self.put(name if _FACTORIES.get(name) is factory else factory)
            self._put_pairs(b"d", value)

    def _put_pairs(self, tag: bytes, value: dict[Any, Any]) -> None:
        self._parts.append(_ONE.pack(tag, len(value)))
        put = self.put
        for key, item in value.items():
            put(key)
            put(item)

    def _put_raw(self, value: bytes) -> None:
        self._put_bytes(b"b", value)

    def _put_bytearray(self, value: bytearray) -> None:
        if not self._is_known(value):
            self._put_bytes(b"B", bytes(value))

    def _put_complex(self, value: complex) -> None:
        if value == value:
            self._parts.append(_COMPLEX.pack(b"c", value.real, value.imag))
        else:
            self.put_nan(value)

    def _put_range(self, value: range) -> None:
        fields = (value.start, value.stop, value.step)
        _check_sizes(fields)
        self._put_extra("range", fields)

    def _put_slice(self, value: slice) -> None:
        self._put_extra("slice", (value.start, value.stop, value.step))

    def _put_extra(self, name: str, fields: tuple[Any, ...]) -> None:
        self._parts.append(b"x")
        self.put(name)
        self._put_items(b"t", fields)

    def _put_rare(self, value: Any) -> None:
        kind = type(value)
        if kind in _VIEWS:
            self._put_extra(*_VIEWS[kind](value))
            return
        if kind is type and _TYPES.get(value.__name__) == value:
            self._put_extra("type", (value.__name__,))
            return
        if isinstance(value, type) and (class_name := name_of_class(value)):
            self._put_extra("type", (class_name,))
            return
        name = name_of(value)
        if name in _MAYBE_NAN and _is_nan(value):
            self.put_nan(value)
            return
        if name in KINDS:
            self._put_library(name, value)
            return
        split = _SPLITTERS.get(name)
        if split is not None:
            fields = split(value)
            _check_sizes(fields)
            self._put_extra(name, fields)
        else:
            self.put_other(value)

    def _put_library(self, name: str, value: Any) -> None:
        kind = KINDS[name]
        if id(value) in self._numbers:
            self._is_known(value)
        elif (fields := kind.split(value)) is None:
            # For example an array whose items have fields.
            self.put_other(value)
        elif kind.refill is None:
            self._put_extra(name, fields)
        else:
            self._is_known(value)
            self._parts.append(b"m")
            self.put(name)
            self._put_items(b"t", fields)


# Besides `float` and `complex`.
_MAYBE_NAN = ("numpy.generic", "decimal.Decimal")


def may_be_nan(value: Any) -> bool:
    """Whether a value is of a class that has numbers unequal to themselves."""
    return type(value) in (float, complex) or name_of(value) in _MAYBE_NAN


def _is_nan(value: Any) -> bool:
    return bool(value.is_nan()) if hasattr(value, "is_nan") else bool(value != value)


def _check_sizes(fields: tuple[Any, ...]) -> None:
    for field in fields:
        bits = field.bit_length() if type(field) is int else 0
        if bits > 8 * MAX_NUMBER_BYTES or (type(field) is str and len(field) > MAX_NUMBER_BYTES):
            raise TooLargeError(f"a number of more than {MAX_NUMBER_BYTES} bytes")


def _pack_numbers(value: list[Any]) -> tuple[bytes, bytes] | None:
    """Return tag and bytes of a list of 64-bit integers, or of floats without NaN, or None."""
    kinds = set(map(type, value))
    try:
        if kinds == {int}:
            return b"a", pack(f"<{len(value)}q", *value)
    except struct_error:
        return None
    # One NaN makes the sum NaN.
    if kinds != {float} or (total := sum(value)) != total:
        return None
    return b"e", pack(f"<{len(value)}d", *value)


_PUT: dict[type, Callable[[Encoder, Any], None]] = {
    list: Encoder._put_list,
    tuple: Encoder._put_tuple,
    dict: Encoder._put_dict,
    set: Encoder._put_set,
    frozenset: Encoder._put_frozenset,
    bytes: Encoder._put_raw,
    bytearray: Encoder._put_bytearray,
    complex: Encoder._put_complex,
    range: Encoder._put_range,
    slice: Encoder._put_slice,
    deque: Encoder._put_deque,
    Counter: Encoder._put_counter,
    OrderedDict: Encoder._put_ordered,
    defaultdict: Encoder._put_default,
}

_SPLITTERS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "fractions.Fraction": lambda v: (v.numerator, v.denominator),
    "decimal.Decimal": lambda v: (str(v),),
    "datetime.date": lambda v: (v.year, v.month, v.day),
    "datetime.time": lambda v: (v.hour, v.minute, v.second, v.microsecond, v.fold, _zone(v)),
    "datetime.datetime": lambda v: (
        v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond, v.fold, _zone(v),
    ),
    "datetime.timedelta": lambda v: (v.days, v.seconds, v.microseconds),
}  # fmt: skip


_VIEWS: dict[type, Callable[[Any], tuple[str, tuple[Any, ...]]]] = {
    type({}.keys()): lambda view: ("keys", (tuple(view),)),
    type({}.values()): lambda view: ("values", (tuple(view),)),
    type({}.items()): lambda view: ("items", (tuple(view),)),
}


def _zone(moment: Any) -> Any:
    """Return the time zone of a moment: None, the key of a `ZoneInfo`, or a `timezone`."""
    zone = moment.tzinfo
    key = getattr(zone, "key", None)
    if zone is None or type(key) is str:
        return key
    if name_of(zone) == "datetime.timezone":
        return zone
    import datetime

    return datetime.timezone(moment.utcoffset(), moment.tzname())


class Reader(ABC):
    """Reads one value from bytes that are not trusted.

    Args:
        data: A complete message.
    """

    # A message has this many levels of tuples around a value.
    levels_around = 4

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = len(data)
        self._at = 0
        self._depth = 0
        self._num_containers = 0

    def decode(self) -> Any:
        """Return the value.

        Raises:
            DamagedError: If the bytes are not exactly one value.
            TooLargeError: If the value has too many levels or containers.
        """
        value = self.decode_next()
        if not self.is_at_end:
            raise DamagedError(f"{self._size - self._at} bytes follow the value")
        return value

    def decode_next(self) -> Any:
        """Return the next of several values; raises like `decode`."""
        try:
            return self.get()
        except (DamagedError, TooLargeError):
            raise
        except (struct_error, TypeError, ValueError, ArithmeticError) as error:
            raise DamagedError(f"not a value: {error}") from error

    @property
    def is_at_end(self) -> bool:
        """Whether all bytes have been read."""
        return self._at == self._size

    @abstractmethod
    def get(self) -> Any:
        """Read the next value."""

    def _enter(self, tag: bytes, known: Collection[bytes]) -> None:
        """Count a container that begins; the caller decreases `_depth` when it ends."""
        if tag not in known:
            raise DamagedError(f"no value begins with {tag!r}")
        self._depth += 1
        self._num_containers += 1
        around = self.levels_around
        if self._depth > MAX_DEPTH + around or self._num_containers > MAX_CONTAINERS + around:
            raise TooLargeError(_TOO_LARGE)

    def _take(self, count: int) -> bytes:
        start = self._at
        self._at = end = start + count
        if end > self._size:
            raise DamagedError("cut off")
        return self._data[start:end]

    def _count(self) -> int:
        count: int = _COUNT.unpack(self._take(4))[0]
        if count > self._size:
            raise DamagedError(f"a count of {count}")
        return count

    def _items(self) -> list[Any]:
        get = self.get
        return [get() for _ in range(self._count())]


class Decoder(Reader):
    """Reads one value of this module's format.

    Args:
        data: A complete message.
        memo: Containers that both ends know already; new ones are appended.
    """

    def __init__(self, data: bytes, memo: list[Any] | None = None) -> None:
        super().__init__(data)
        self.memo: list[Any] = [] if memo is None else memo

    def get(self) -> Any:
        """Read the next value."""
        at = self._at
        tag = self._data[at : at + 1]
        self._at = at + 1
        if tag == b"i":
            self._at = at + 9
            return _INT64.unpack_from(self._data, at + 1)[0]
        if tag == b"s":
            return self._take(self._count()).decode("utf-8", "surrogatepass")
        if tag in _SCALARS:
            return _SCALARS[tag](self)
        self._enter(tag, _GET)
        value = _GET[tag](self)
        self._depth -= 1
        return value

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return the value that fields of `Encoder.write_other` stand for.

        Raises:
            DamagedError: If they stand for no value.
        """
        raise DamagedError(f"nothing stands for {len(fields)} fields")

    def get_nan(self, owner: int, number: int) -> Any:
        """Return the NaN that `Encoder.write_nan` wrote.

        Raises:
            DamagedError: If there is none.
        """
        raise DamagedError(f"NaN {number} of {owner}")

    def _get_nan(self) -> Any:
        _, owner, number = _NAN.unpack(b"n" + self._take(_NAN.size - 1))
        return self.get_nan(owner, number)

    def _new(self, container: Any) -> Any:
        self.memo.append(container)
        return container

    def _pairs(self, target: Any) -> Any:
        self._new(target)
        get = self.get
        pairs = [(get(), get()) for _ in range(self._count())]
        check_hashes([key for key, _ in pairs])
        _fill(target, pairs)
        return target

    def _get_list(self) -> list[Any]:
        value: list[Any] = self._new([])
        value.extend(self._items())
        return value

    def _get_set(self) -> set[Any]:
        value: set[Any] = self._new(set())
        value.update(check_hashes(self._items()))
        return value

    def _get_deque(self) -> deque[Any]:
        number = len(self.memo)
        self.memo.append(None)
        maxlen = self.get()
        if maxlen is not None and (type(maxlen) is not int or not 0 <= maxlen < 2**31):
            raise DamagedError("a deque of no length")
        value: deque[Any] = deque(maxlen=maxlen)
        self.memo[number] = value
        if self._take(1) != b"l":
            raise DamagedError("a deque without items")
        value.extend(self._items())
        return value

    def _get_default(self) -> defaultdict[Any, Any]:
        number = len(self.memo)
        self.memo.append(None)
        factory = self.get()
        if type(factory) is str and factory in _FACTORIES:
            factory = _FACTORIES[factory]
        if factory is not None and not callable(factory):
            raise DamagedError("an unknown default")
        if self._take(1) != b"d":
            raise DamagedError("a defaultdict without pairs")
        value: defaultdict[Any, Any] = defaultdict(factory)
        self.memo[number] = value
        get = self.get
        pairs = [(get(), get()) for _ in range(self._count())]
        check_hashes([key for key, _ in pairs])
        _fill(value, pairs)
        return value

    def _get_numbers(self, code: str) -> list[Any]:
        data = self._take(self._count())
        value: list[Any] = self._new(list(unpack(f"<{len(data) // 8}{code}", data)))
        return value

    def _get_reference(self) -> Any:
        number = self._container_number()
        return self.memo[number]

    def _container_number(self) -> int:
        number: int = _COUNT.unpack_from(self._data, self._at)[0]
        self._at += 4
        if number >= len(self.memo):
            raise DamagedError(f"a reference to container {number} of {len(self.memo)}")
        return number

    def _get_float(self) -> float:
        value: float = _DOUBLE.unpack(self._take(8))[0]
        return value

    def _get_complex(self) -> complex:
        return complex(*_TWO_DOUBLES.unpack(self._take(16)))

    def _get_bytearray(self) -> bytearray:
        value: bytearray = self._new(bytearray(self._take(self._count())))
        return value

    def _get_extra(self) -> Any:
        name = self.get()
        fields = self.get()
        make = _MAKERS.get(name) if type(name) is str else None
        if make is None or type(fields) is not tuple:
            raise DamagedError("an unknown kind of value")
        return make(*fields)

    def _get_mutable(self) -> Any:
        number = len(self.memo)
        self.memo.append(None)
        name = self.get()
        fields = self.get()
        kind = KINDS.get(name) if type(name) is str else None
        if kind is None or kind.refill is None or type(fields) is not tuple:
            raise DamagedError("an unknown kind of value")
        value = self.memo[number] = _with_value_errors(kind.make)(*fields)
        return value

    def _get_other(self) -> Any:
        fields = self.get()
        if type(fields) is not tuple:
            raise DamagedError("fields that are no tuple")
        return self.get_other(fields)


def check_hashes(keys: list[Any]) -> list[Any]:
    """Return the keys of a dict or set, if building that takes linear time.

    Raises:
        DamagedError: If many keys share a hash.
    """
    if len(keys) >= _MANY_KEYS:
        most = max(Counter(map(hash, keys)).values())
        if most > _MOST_KEYS_PER_HASH:
            raise DamagedError(f"{most} keys that share a hash")
    return keys


def _check_numbers(*numbers: Any) -> None:
    for number in numbers:
        if type(number) is not int or number.bit_length() > 8 * MAX_NUMBER_BYTES:
            raise DamagedError(f"not a number of at most {MAX_NUMBER_BYTES} bytes")


def _make_fraction(numerator: Any, denominator: Any) -> Any:
    from fractions import Fraction

    _check_numbers(numerator, denominator)
    return Fraction(numerator, denominator)


def _make_decimal(text: Any) -> Any:
    from decimal import Decimal

    if type(text) is not str or len(text) > MAX_NUMBER_BYTES:
        raise DamagedError(f"not a decimal of at most {MAX_NUMBER_BYTES} digits")
    return Decimal(text)


def _make_moment(kind: str, *fields: Any) -> Any:
    import datetime

    if kind in ("date", "timedelta"):
        _check_numbers(*fields)
        return getattr(datetime, kind)(*fields)
    *numbers, fold, zone = fields
    _check_numbers(*numbers, fold)
    return getattr(datetime, kind)(*numbers, fold=fold, tzinfo=_make_zone(zone))


def _make_zone(zone: Any) -> Any:
    import datetime

    match zone:
        case None:
            return None
        case str() if _ZONE.fullmatch(zone):
            import zoneinfo

            return zoneinfo.ZoneInfo(zone)
        case datetime.timezone():
            return zone
    raise DamagedError("not a time zone")


def _make_range(*bounds: Any) -> range:
    _check_numbers(*bounds)
    return range(*bounds)


def _make_type(name: Any) -> type:
    kind = (_TYPES.get(name) or class_named(name)) if type(name) is str else None
    if kind is None:
        raise DamagedError("an unknown type")
    return kind


def _make_view(name: str, items: Any) -> Any:
    if type(items) is not tuple:
        raise DamagedError("a view of nothing")
    if name == "values":
        return dict(enumerate(items)).values()
    if name == "items":
        return dict(_check_pairs(items)).items()
    return dict.fromkeys(check_hashes(list(items))).keys()


def _with_value_errors(make: Callable[..., Any]) -> Callable[..., Any]:
    def make_or_refuse(*fields: Any) -> Any:
        try:
            return make(*fields)
        except ValueError as error:
            raise DamagedError(str(error)) from error

    return make_or_refuse


_MAKERS: dict[str, Callable[..., Any]] = {
    "range": _with_value_errors(_make_range),
    **{name: _with_value_errors(partial(_make_view, name)) for name in ("keys", "values", "items")},
    "slice": slice,
    "type": _with_value_errors(_make_type),
    "fractions.Fraction": _make_fraction,
    "decimal.Decimal": _make_decimal,
    **{
        f"datetime.{kind}": _with_value_errors(
            lambda *fields, kind=kind: _make_moment(kind, *fields)
        )
        for kind in ("date", "time", "datetime", "timedelta")
    },
    **{name: _with_value_errors(kind.make) for name, kind in KINDS.items() if kind.refill is None},
}

_SCALARS: dict[bytes, Callable[[Decoder], Any]] = {
    b"N": lambda _: None,
    b"T": lambda _: True,
    b"F": lambda _: False,
    b"E": lambda _: ...,
    b"M": lambda _: NotImplemented,
    b"I": lambda d: int.from_bytes(d._take(d._count()), "little", signed=True),
    b"f": Decoder._get_float,
    b"c": Decoder._get_complex,
    b"b": lambda d: d._take(d._count()),
    b"r": Decoder._get_reference,
    b"n": Decoder._get_nan,
}
_GET: dict[bytes, Callable[[Decoder], Any]] = {
    b"B": Decoder._get_bytearray,
    b"l": Decoder._get_list,
    b"t": lambda d: tuple(d._items()),
    b"S": Decoder._get_set,
    b"Z": lambda d: frozenset(check_hashes(d._items())),
    b"q": Decoder._get_deque,
    b"d": lambda d: d._pairs({}),
    b"C": lambda d: d._pairs(Counter()),
    b"O": lambda d: d._pairs(OrderedDict()),
    b"D": Decoder._get_default,
    b"a": lambda d: d._get_numbers("q"),
    b"e": lambda d: d._get_numbers("d"),
    b"x": Decoder._get_extra,
    b"m": Decoder._get_mutable,
    b"h": Decoder._get_other,
}


def contents(container: Any) -> tuple[Any, ...]:
    """Return the content of a numbered container, as a tuple for `refill`."""
    if isinstance(container, dict):
        return tuple(container.items())
    name = name_of(container)
    if name in KINDS:
        fields = KINDS[name].split(container)
        if fields is None:
            raise TypeError(f"a {name} that has become one that cannot cross")
        return fields
    return (bytes(container),) if isinstance(container, bytearray) else tuple(container)


def refill(container: Any, items: tuple[Any, ...]) -> None:
    """Replace the content of a numbered container.

    Raises:
        DamagedError: If `items` is not what `contents` returns for such a container.
    """
    try:
        if isinstance(container, dict):
            pairs = _check_pairs(items)
            container.clear()
            _fill(container, pairs)
        elif isinstance(container, set):
            check_hashes(list(items))
            container.clear()
            container.update(items)
        elif isinstance(container, bytearray):
            (data,) = items
            container[:] = bytes(memoryview(data))
        elif (kind := KINDS.get(name_of(container))) is not None:
            assert kind.refill is not None
            kind.refill(container, *items)
        else:
            container.clear()
            container.extend(items)
    except (TypeError, ValueError, BufferError) as error:
        raise DamagedError(str(error)) from error


def _fill(target: Any, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Set items singly: `Counter.update` would add counts, and `OrderedDict` tracks an order."""
    for key, value in pairs:
        target[key] = value


def _check_pairs(items: Iterable[Any]) -> list[tuple[Any, Any]]:
    pairs = [(key, value) for key, value in items]
    check_hashes([key for key, _ in pairs])
    return pairs
