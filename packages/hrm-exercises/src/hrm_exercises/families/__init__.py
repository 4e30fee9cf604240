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
    found = {family.name: family for module in modules for family in families_of(module)}
    return dict(sorted(found.items()))


def families_of(module: ModuleType) -> list[Family]:
    """Return the families that a module defines, in their order."""
    return [value for value in vars(module).values() if isinstance(value, Family)]
