"""Values of the standard library, numpy and pandas that cross by their fields.

`split` takes a value of exactly such a class apart, and `make` builds an equal one from fields that
are not trusted. Values that can change in place also have `refill`, which gives an existing value
new fields. Nothing is imported to split a value.

Not covered: arrays with named fields, pandas values with a time zone, and attributes that somebody
adds to such a value.
"""

import re
import sys
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

Fields = tuple[Any, ...]

_DTYPE = re.compile(r"[<>|=]?(?:[biufc?]\d{0,2}|[SU][1-9]\d{0,6}|[mM]8(?:\[\d*[A-Za-zμ]{1,7}\])?)")
_EMPTY_TEXTS = {"<U0": "str_", "|S0": "bytes_"}
_OBJECT = "|O"
_PANDAS_DTYPE = re.compile(r"str|string|boolean|U?Int\d{1,2}|Float\d{1,2}")
_CATEGORY = "category"


# Classes that cross, besides those whose values are in `KINDS`.
_CLASSES = frozenset(
    {
        "fractions.Fraction", "decimal.Decimal", "datetime.date", "datetime.time",
        "datetime.datetime", "datetime.timedelta", "pathlib.Path", "pathlib.PurePath",
    }
)  # fmt: skip


_DICTS = (dict, defaultdict, OrderedDict, Counter)


class Kind(NamedTuple):
    """How values of a class cross.

    Attributes:
        split: Returns the fields of a value, or None if it cannot cross.
        make: Returns a value with such fields; raises `ValueError` or `TypeError` if there is none.
        refill: Gives a value the fields that it has in the other process; None if it never changes.
    """

    split: Callable[[Any], Fields | None]
    make: Callable[..., Any]
    refill: Callable[..., None] | None = None


def name_of(value: Any) -> str:
    """Return the name under which `KINDS` may have the class of a value, or an empty text."""
    kind = type(value)
    module = kind.__module__
    if type(module) is not str:
        return ""
    module = module.partition(".")[0]
    if module == "pandas" and kind.__qualname__ in ("NAType", "NaTType"):
        return f"pandas.{kind.__qualname__.removesuffix('Type')}"
    if getattr(sys.modules.get(module), kind.__qualname__, None) is not kind:
        return ""
    if module == "numpy" and isinstance(value, sys.modules["numpy"].generic):
        return "numpy.generic"
    if module == "pandas" and isinstance(value, sys.modules["pandas"].Index):
        return "pandas.MultiIndex" if kind.__qualname__ == "MultiIndex" else "pandas.Index"
    return f"{module}.{kind.__qualname__}"


def name_of_class(kind: type) -> str:
    """Return the name of a class of numbers, dates or arrays that crosses itself, or ""."""
    module = kind.__module__
    module = module.partition(".")[0] if type(module) is str else ""
    if getattr(sys.modules.get(module), kind.__qualname__, None) is not kind:
        return ""
    name = f"{module}.{kind.__qualname__}"
    is_scalar = module == "numpy" and issubclass(kind, sys.modules["numpy"].generic)
    return name if is_scalar or name in KINDS or name in _CLASSES else ""


def class_named(name: str) -> type | None:
    """Return the class with a name that `name_of_class` returns, or None.

    Raises:
        ValueError: If its module is not installed.
    """
    module, _, attribute = name.partition(".")
    if module not in ("numpy", "pandas") and name not in KINDS and name not in _CLASSES:
        return None
    kind = getattr(import_module(module), attribute, None)
    return kind if isinstance(kind, type) and name_of_class(kind) == name else None


def check_types(fields: Fields, *kinds: type | tuple[type, ...]) -> None:
    """Check that fields have exactly these types.

    Raises:
        TypeError: If one has another type, or their number is another.
    """
    if len(fields) != len(kinds):
        raise TypeError(f"{len(fields)} fields instead of {len(kinds)}")
    for field, allowed in zip(fields, kinds, strict=True):
        if type(field) not in (allowed if isinstance(allowed, tuple) else (allowed,)):
            raise TypeError(f"a field of type {type(field).__name__}")


def import_module(name: str) -> Any:
    """Return a module.

    Raises:
        ValueError: If it is not installed.
    """
    try:
        return __import__(name)
    except ImportError as error:
        raise ValueError(f"{name} is not installed here") from error


def _check_dtype(dtype: Any) -> None:
    if type(dtype) is not str or not _DTYPE.fullmatch(dtype):
        raise ValueError("not a dtype")


def _split_scalar(value: Any) -> Fields | None:
    dtype = value.dtype.str
    is_known = dtype in _EMPTY_TEXTS or _DTYPE.fullmatch(dtype)
    return (dtype, value.tobytes()) if is_known else None


def _make_scalar(*fields: Any) -> Any:
    check_types(fields, str, bytes)
    dtype, data = fields
    numpy = import_module("numpy")
    if dtype in _EMPTY_TEXTS and not data.strip(b"\0"):
        return getattr(numpy, _EMPTY_TEXTS[dtype])()
    _check_dtype(dtype)
    (value,) = numpy.frombuffer(data, dtype=dtype)
    return value


def _split_array(value: Any) -> Fields | None:
    if value.dtype.str == _OBJECT:
        content: Any = tuple(value.ravel())
    elif _DTYPE.fullmatch(value.dtype.str):
        content = value.tobytes()
    else:
        return None
    return value.dtype.str, value.shape, bool(value.flags.writeable), content


def _make_array(*fields: Any) -> Any:
    check_types(fields, str, tuple, bool, (bytes, tuple))
    dtype, shape, is_writeable, content = fields
    check_types(shape, *[int] * len(shape))
    numpy = import_module("numpy")
    if type(content) is tuple:
        array = numpy.empty(len(content), dtype=object)
        for index, item in enumerate(content):
            array[index] = item
        array = array.reshape(shape)
    else:
        _check_dtype(dtype)
        array = numpy.frombuffer(content, dtype=dtype).reshape(shape).copy()
    array.flags.writeable = is_writeable
    return array


def _refill_array(array: Any, *fields: Any) -> None:
    new = _make_array(*fields)
    if new.dtype != array.dtype:
        raise ValueError("an array whose dtype changed")
    if not array.flags.writeable:
        return
    if new.shape != array.shape:
        array.resize(new.shape, refcheck=False)
    array[...] = new


def _split_typed(value: Any) -> Fields:
    return value.typecode, value.tobytes()


def _make_typed(*fields: Any) -> Any:
    check_types(fields, str, bytes)
    return import_module("array").array(*fields)


def _refill_typed(array: Any, *fields: Any) -> None:
    array[:] = _make_typed(*fields)


def _split_view(value: memoryview) -> Fields | None:
    return (value.format, value.shape, value.tobytes(), value.readonly)


def _make_memoryview(*fields: Any) -> memoryview:
    check_types(fields, str, tuple, bytes, bool)
    form, shape, data, is_readonly = fields
    check_types(shape, *[int] * len(shape))
    flat = memoryview(data if is_readonly else bytearray(data))
    view = flat if form == "B" and len(shape) == 1 else flat.cast(form, shape)
    if view.shape != shape:
        raise ValueError("a view of another shape")
    return view


def _refill_view(view: memoryview, *fields: Any) -> None:
    new = _make_memoryview(*fields)
    if not view.readonly:
        view.cast("B")[:] = new.cast("B")


def _make_uuid(*fields: Any) -> Any:
    check_types(fields, int)
    return import_module("uuid").UUID(int=fields[0])


def _split_zone(zone: Any) -> Fields:
    return zone.utcoffset(None), zone.tzname(None)


def _make_zone(*fields: Any) -> Any:
    datetime = import_module("datetime")
    check_types(fields, datetime.timedelta, str)
    plain = datetime.timezone(fields[0])
    return plain if plain.tzname(None) == fields[1] else datetime.timezone(*fields)


def _data_kind(name: str, data_kind: type) -> Kind:
    """Return how `UserList`, `UserDict` or `UserString` crosses: by its attribute `data`."""

    def split(value: Any) -> Fields | None:
        fields = vars(value)
        return (fields["data"],) if fields.keys() == {"data"} else None

    def make(*fields: Any) -> Any:
        value = getattr(import_module("collections"), name)(data_kind())
        refill(value, *fields)
        return value

    def refill(value: Any, *fields: Any) -> None:
        check_types(fields, data_kind)
        value.data = fields[0]

    return Kind(split, make, refill)


def _make_chain_map(*fields: Any) -> Any:
    if not fields or any(type(part) not in _DICTS for part in fields):
        raise TypeError("not the dicts of a ChainMap")
    return import_module("collections").ChainMap(*fields)


def _refill_chain_map(value: Any, *fields: Any) -> None:
    value.maps = _make_chain_map(*fields).maps


def _make_namespace(*fields: Any) -> Any:
    check_types(fields, dict)
    return import_module("types").SimpleNamespace(**fields[0])


def _refill_namespace(value: Any, *fields: Any) -> None:
    new = vars(_make_namespace(*fields))
    vars(value).clear()
    vars(value).update(new)


def _make_text(module: str, name: str) -> Callable[..., Any]:
    """Return a function that makes an instance of a class from one text."""

    def make(*fields: Any) -> Any:
        check_types(fields, str)
        return getattr(import_module(module), name)(*fields)

    return make


def _split_column(array: Any) -> Fields | None:
    """Return dtype and content of a pandas array, or None."""
    dtype = str(array.dtype)
    if dtype == _CATEGORY:
        fields = array.codes, array.categories, bool(array.ordered)
        return (dtype, fields) if _crosses(array.categories) else None
    if _PANDAS_DTYPE.fullmatch(dtype):
        return dtype, array.to_numpy(dtype=object)
    is_plain = type(array).__name__ in ("NumpyExtensionArray", "PandasArray")
    if not is_plain and not isinstance(array.dtype, sys.modules["numpy"].dtype):
        return None
    values = array.to_numpy()
    return ("", values) if _split_array(values) is not None else None


def _make_column(column: Any) -> Any:
    check_types((column,), tuple)
    check_types(column[:1], str)
    dtype, content = column
    pandas, numpy = import_module("pandas"), import_module("numpy")
    if dtype == _CATEGORY:
        codes, categories, is_ordered = content
        if type(codes) is not numpy.ndarray or not issubclass(type(categories), pandas.Index):
            raise TypeError("not the fields of a category")
        return pandas.Categorical.from_codes(codes, categories, ordered=bool(is_ordered))
    if type(content) is not numpy.ndarray or content.ndim != 1:
        raise TypeError("not a column")
    if dtype:
        if not _PANDAS_DTYPE.fullmatch(dtype):
            raise ValueError("not a dtype")
        return pandas.array(content, dtype=dtype)
    return content


def _crosses(*indexes: Any) -> bool:
    """Whether all these pandas indexes can cross."""
    return all(
        name_of(index) in KINDS and KINDS[name_of(index)].split(index) is not None
        for index in indexes
    )


def _split_index(value: Any) -> Fields | None:
    if type(value).__name__ == "RangeIndex":
        return "range", (value.start, value.stop, value.step), value.name, None
    column = _split_column(value.array)
    freq = getattr(value, "freqstr", None)
    return None if column is None else ("array", column, value.name, freq)


def _make_index(*fields: Any) -> Any:
    check_types(fields[:1], str)
    form, content, name, freq = fields
    hash(name)
    pandas = import_module("pandas")
    if form == "range":
        check_types(content, int, int, int)
        return pandas.RangeIndex(*content, name=name)
    column = _make_column(content)
    is_object = str(getattr(column, "dtype", "")) == "object"
    index = pandas.Index(column, name=name, **({"dtype": object} if is_object else {}))
    if freq is not None:
        check_types((freq,), str)
        index.freq = freq
    return index


def _split_multi_index(value: Any) -> Fields | None:
    if not _crosses(*value.levels):
        return None
    return tuple(value.levels), tuple(value.codes), tuple(value.names)


def _make_multi_index(*fields: Any) -> Any:
    check_types(fields, tuple, tuple, tuple)
    levels, codes, names = fields
    return import_module("pandas").MultiIndex(levels=levels, codes=codes, names=names)


def _split_series(value: Any) -> Fields | None:
    column = _split_column(value.array)
    is_known = column is not None and _crosses(value.index)
    return (column, value.index, value.name) if is_known else None


def _make_series(*fields: Any) -> Any:
    column, index, name = fields
    values = _make_column(column)
    pandas = import_module("pandas")
    if not issubclass(type(index), pandas.Index):
        raise TypeError("not an index")
    is_object = str(getattr(values, "dtype", "")) == "object"
    return pandas.Series(values, index, name=name, **({"dtype": object} if is_object else {}))


def _split_frame(value: Any) -> Fields | None:
    columns = tuple(_split_column(value.iloc[:, n].array) for n in range(value.shape[1]))
    is_known = all(column is not None for column in columns)
    is_known = is_known and _crosses(value.columns, value.index)
    return (columns, value.columns, value.index) if is_known else None


def _make_frame(*fields: Any) -> Any:
    columns, names, index = fields
    check_types((columns,), tuple)
    pandas = import_module("pandas")
    if not issubclass(type(names), pandas.Index):
        raise TypeError("not the names of columns")
    frame = pandas.DataFrame(
        {n: _make_series(column, index, None) for n, column in enumerate(columns)}, index=index
    )
    frame.columns = names
    return frame


def _refill_pandas(make: Callable[..., Any]) -> Callable[..., None]:
    def refill(value: Any, *fields: Any) -> None:
        value._update_inplace(make(*fields))

    return refill


def _make_moment(name: str) -> Callable[..., Any]:
    def make(*fields: Any) -> Any:
        (scalar,) = fields
        if not issubclass(type(scalar), import_module("numpy").generic):
            raise TypeError("not a moment")
        return getattr(import_module("pandas"), name)(scalar)

    return make


def _make_constant(name: str) -> Callable[..., Any]:
    def make(*fields: Any) -> Any:
        check_types(fields)
        return getattr(import_module("pandas"), name)

    return make


KINDS: dict[str, Kind] = {
    "numpy.generic": Kind(_split_scalar, _make_scalar),
    "numpy.ndarray": Kind(_split_array, _make_array, _refill_array),
    "array.array": Kind(_split_typed, _make_typed, _refill_typed),
    "builtins.memoryview": Kind(_split_view, _make_memoryview, _refill_view),
    **{
        f"pathlib.{name}": Kind(lambda path: (str(path),), _make_text("pathlib", name))
        for name in ("PosixPath", "PurePosixPath", "PureWindowsPath")
    },
    "datetime.timezone": Kind(_split_zone, _make_zone),
    "uuid.UUID": Kind(lambda value: (value.int,), _make_uuid),
    "collections.UserList": _data_kind("UserList", list),
    "collections.UserDict": _data_kind("UserDict", dict),
    "collections.UserString": _data_kind("UserString", str),
    "collections.ChainMap": Kind(
        lambda value: tuple(value.maps), _make_chain_map, _refill_chain_map
    ),
    "types.SimpleNamespace": Kind(
        lambda value: (dict(vars(value)),), _make_namespace, _refill_namespace
    ),
    **{
        f"ipaddress.{name}": Kind(lambda value: (str(value),), _make_text("ipaddress", name))
        for name in ("IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network")
    },
    "pandas.Index": Kind(_split_index, _make_index),
    "pandas.MultiIndex": Kind(_split_multi_index, _make_multi_index),
    "pandas.Series": Kind(_split_series, _make_series, _refill_pandas(_make_series)),
    "pandas.DataFrame": Kind(_split_frame, _make_frame, _refill_pandas(_make_frame)),
    **{
        f"pandas.{name}": Kind(
            lambda value: None if getattr(value, "tz", None) else (value.to_numpy(),),
            _make_moment(name),
        )
        for name in ("Timestamp", "Timedelta")
    },
    "pandas.NaT": Kind(lambda _: (), _make_constant("NaT")),
    "pandas.NA": Kind(lambda _: (), _make_constant("NA")),
}
