"""Starts a judge or a box in a fresh interpreter: `start.py {judge|box} DESCRIPTOR`.

The interpreter runs without site-packages and without the environment, and this script finds the
package by its own location. Modules that run in candidates get a private copy of `builtins`, which
a program cannot empty: all modules of the packages in `_PRIVATE_BUILTINS`, and no others.
"""

import builtins
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType

_PACKAGE = "hrm_eval._sandbox"
_PRIVATE_BUILTINS = (f"{_PACKAGE}.candidate.", f"{_PACKAGE}.wire.")


class _Loader(SourceFileLoader):
    """Runs a module with its own copy of `builtins`."""

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = dict(vars(builtins))
        super().exec_module(module)


class _Finder:
    """Finds the modules that get private builtins, whoever imports them first."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(_PRIVATE_BUILTINS) or not path:
            return None
        file = f"{path[0]}/{name.rpartition('.')[2]}.py"
        return importlib.util.spec_from_file_location(name, file, loader=_Loader(name, file))


def main() -> None:
    """Import the judge or the box, and run it until it ends."""
    role, descriptor = sys.argv[1:]
    folder = os.path.dirname(os.path.abspath(__file__))
    for _ in _PACKAGE.split("."):
        folder = os.path.dirname(folder)
    sys.path.append(folder)
    if role == "box":
        sys.meta_path.insert(0, _Finder)
        # The environment of programs forbids bytecode. Only the box imports its modules, so without
        # bytecode each start would compile them, and every program would inherit that memory.
        sys.dont_write_bytecode = False
    module = importlib.import_module(f"{_PACKAGE}.{role}.{role}")
    if role == "box":
        sys.meta_path.remove(_Finder)
        sys.dont_write_bytecode = True
    sys.path.remove(folder)
    module.main(int(descriptor))


if __name__ == "__main__":
    main()
