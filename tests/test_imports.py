"""The modules of a package do not import each other in a circle.

Imports count wherever they are: at the top, inside a function, or under `TYPE_CHECKING`.
"""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "packages").glob("*/src/*"))


def read_modules(source):
    """Return the syntax tree of each module of an import package, by its dotted name."""
    trees = {}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text(encoding="utf-8"))
    return trees


def imports_of(name, trees, packages):
    """Return the modules of the same package that a module imports.

    `from package import name` imports `package.name` if that is a module, else `package`.
    That Python imports `package` before each of its modules does not count.
    """
    targets = set()
    for node in ast.walk(trees[name]):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                # `from . import x` in a package means the package, in a module its parent.
                parts = name.split(".")
                kept = len(parts) - node.level + (name in packages)
                base = ".".join([*parts[:kept], *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                targets.add(inner if inner in trees else base)
    return sorted(target for target in targets if target in trees and target != name)


def circle_in(source):
    """Return the modules of one circle, the first of them twice, or an empty list."""
    trees = read_modules(source)
    packages = {
        ".".join(path.parent.relative_to(source.parent).parts)
        for path in source.rglob("__init__.py")
    }
    graph = {name: imports_of(name, trees, packages) for name in trees}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # The error lists each module before one that imports it.
        return error.args[1][::-1]
    return []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_modules_of_a_package_import_each_other_in_a_circle(source):
    circle = circle_in(source)
    assert not circle, " imports ".join(circle)


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        ({"a": "import made_up.b", "b": "import made_up.c", "c": "x = 1"}, []),
        ({"a": "from made_up import b", "b": "from made_up.a import x"}, ["a", "b"]),
        ({"a": "from made_up.b import x", "b": "def f():\n    import made_up.a"}, ["a", "b"]),
        (
            {
                "a": "from .b import x",
                "b": "if TYPE_CHECKING:\n    from . import c",
                "c": "from .a import y",
            },
            ["a", "b", "c"],
        ),
        ({"inner/__init__": "from . import one", "inner/one": "from .. import two", "two": ""}, []),
    ],
    ids=["none", "direct", "in_a_function", "for_types", "none_in_a_folder"],
)
def test_the_checker_finds_a_circle_in_a_made_up_package(tmp_path, files, circle):
    source = tmp_path / "made_up"
    for name, text in {"__init__": "", **files}.items():
        path = source / f"{name}.py"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    names = [name.removeprefix("made_up.") for name in circle_in(source)]
    assert sorted(set(names)) == circle
    assert names[:1] == names[-1:]
