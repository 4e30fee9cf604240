"""What values of a class can do, as one number: a bit for each special method and abstract class.

The candidate reads the abilities of a class; the judge makes stand-ins with the same.
"""

import sys
from collections import abc
from typing import Any

# Methods that a class has or has not. All have the others, such as `__repr__`; only exceptions
# have `__traceback__`.
METHODS = (
    "__traceback__",
    "__eq__", "__hash__", "__call__", "__len__", "__iter__", "__next__", "__contains__",
    "__reversed__", "__getitem__", "__setitem__", "__delitem__",
    "__bool__", "__int__", "__index__", "__float__", "__complex__", "__bytes__",
    "__round__", "__trunc__", "__floor__", "__ceil__",
    "__neg__", "__pos__", "__invert__", "__abs__",
    "__enter__", "__exit__", "__aenter__", "__aexit__", "__await__", "__aiter__", "__anext__",
    *(
        f"__{prefix}{operator}__"
        for operator in (
            "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift",
            "rshift", "and", "xor", "or",
        )
        for prefix in ("", "r", "i")
        if prefix + operator != "idivmod"
    ),
)  # fmt: skip

# Abstract classes that do not look for methods: a class derives from them or registers itself.
ABSTRACT_CLASSES = (
    *(
        ("collections.abc", name)
        for name in (
            "Sequence", "MutableSequence", "Set", "MutableSet", "Mapping", "MutableMapping",
            "MappingView", "KeysView", "ItemsView", "ValuesView",
        )
    ),
    *(("numbers", name) for name in ("Number", "Complex", "Real", "Rational", "Integral")),
)  # fmt: skip

_BITS = {name: 1 << bit for bit, name in enumerate(METHODS)}
HAS_OWN_EQ = _BITS["__eq__"]
IS_ERROR = _BITS["__traceback__"]
_DEFAULT_EQ = object.__dict__["__eq__"]


def abilities_of(kind: type) -> int:
    """Return the abilities of a class's instances."""
    members: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        members.update(vars(base))
    abilities = sum(bit for name, bit in _BITS.items() if members.get(name) is not None)
    if members["__eq__"] is _DEFAULT_EQ:
        abilities -= HAS_OWN_EQ
    bit = 1 << len(METHODS)
    for module, name in ABSTRACT_CLASSES:
        abstract = getattr(_loaded(module), name, None)
        if abstract is not None and issubclass(kind, abstract):
            abilities |= bit
        bit <<= 1
    return abilities


def _loaded(module: str) -> Any:
    # A class cannot belong to an abstract class that nobody has imported.
    return abc if module == "collections.abc" else sys.modules.get(module)


def methods_in(abilities: int) -> list[str]:
    """Return the names of the special methods among abilities."""
    return [name for name, bit in _BITS.items() if abilities & bit]


def abstract_classes_in(abilities: int) -> list[type]:
    """Return the abstract classes among abilities."""
    import numbers

    modules: dict[str, Any] = {"collections.abc": abc, "numbers": numbers}
    rest = abilities >> len(METHODS)
    return [
        getattr(modules[module], name)
        for bit, (module, name) in enumerate(ABSTRACT_CLASSES)
        if rest >> bit & 1
    ]
