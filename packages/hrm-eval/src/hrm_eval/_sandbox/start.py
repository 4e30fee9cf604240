"""Starts a judge or a box in a fresh interpreter: `start.py {judge|box} DESCRIPTOR`.

The interpreter runs without site-packages and without the environment, and finds this package by
where this file lies. What runs in a candidate keeps `builtins` of its own, which a program cannot
empty.
"""

import builtins
import importlib.util
import os
import sys

_PACKAGE = "hrm_eval._sandbox"
_IN_CANDIDATES = (
    "wire.values",
    "wire.channel",
    "wire.protocol",
    "candidate.candidate",
)


def _import_with_own_builtins(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    vars(module)["__builtins__"] = dict(vars(builtins))
    sys.modules[name] = module
    spec.loader.exec_module(module)


def main() -> None:
    """Find the package, and run the process that is asked for until it ends."""
    role, descriptor = sys.argv[1:]
    folder = os.path.dirname(os.path.abspath(__file__))
    for _ in _PACKAGE.split("."):
        folder = os.path.dirname(folder)
    sys.path.append(folder)
    if role == "box":
        for name in _IN_CANDIDATES:
            _import_with_own_builtins(f"{_PACKAGE}.{name}")
    module = importlib.import_module(f"{_PACKAGE}.{role}.{role}")
    sys.path.remove(folder)
    module.main(int(descriptor))


if __name__ == "__main__":
    main()
