"""The families of exercises, one module a topic."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from hrm_exercises.family import Family


@cache
def load_families() -> Mapping[str, Family]:
    """Return all families of this package by name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    families = [family for module in modules for family in families_of(module)]
    found = {family.name: family for family in families}
    assert len(found) == len(families), "two families have the same name"
    return dict(sorted(found.items()))


def families_of(module: ModuleType) -> list[Family]:
    """Return the families that a module defines, in their order."""
    values = vars(module).values()
    families = [value for value in values if isinstance(value, Family)]
    return [family for family in families if family.draw.__module__ == module.__name__]
