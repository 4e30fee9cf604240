"""A corpus of functions from the standard library and installed packages.

Only packages on a list of permissively licensed ones are read, and only what is installed: nothing
is downloaded. Each function becomes a row for `training.data.files`: its docstring is the prompt
and its code the response; a function without a docstring becomes plain text.

Not covered: methods, nested functions, tests, and files that do not parse.
"""

import ast
import json
import sysconfig
import textwrap
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from hrm_core.errors import DataError, UsageError
from hrm_core.files import replacing
from hrm_datasets.functions import normal_functions
from hrm_datasets.overlap import HeldOut
from hrm_datasets.python_source import NOT_PYTHON, parse

STANDARD_LIBRARY = "python"

# Packages with many small documented functions, by the name on PyPI, and their licenses.
PACKAGES: Mapping[str, str] = {
    STANDARD_LIBRARY: "PSF-2.0",
    "algorithms": "MIT",
    "boltons": "BSD-3-Clause",
    "cytoolz": "BSD-3-Clause",
    "funcy": "BSD-3-Clause",
    "inflection": "MIT",
    "more-itertools": "MIT",
    "networkx": "BSD-3-Clause",
    "pydash": "MIT",
    "python-utils": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "toolz": "BSD-3-Clause",
    "wcwidth": "MIT",
}

# Whole packages, so that no function is in both files.
_VALIDATION = frozenset({"funcy", "inflection", "sortedcontainers"})

_MAX_LINES = 60
_MIN_NODES = 12
_SKIPPED_FOLDERS = frozenset(
    {"test", "tests", "testing", "idlelib", "lib2to3", "site-packages", "benchmarks", "turtledemo"}
)


@dataclass(frozen=True)
class Function:
    """A function of a package.

    Attributes:
        package: Name of the package.
        license: Its license.
        origin: Version, file and line.
        name: Name of the function.
        signature: Its name and parameters, such as `chunked(iterable, n)`.
        docstring: Its docstring, dedented; empty if it has none.
        code: Its source without the docstring.
    """

    package: str
    license: str
    origin: str
    name: str
    signature: str
    docstring: str
    code: str

    @property
    def is_validation(self) -> bool:
        """Whether the package is one of those for validation."""
        return self.package in _VALIDATION

    def row(self) -> dict[str, str]:
        """Return the function as a row of `training.data.files`."""
        origin = {"package": self.package, "license": self.license, "origin": self.origin}
        if not self.docstring:
            return {"text": self.code, **origin}
        prompt = f"Write a function `{self.signature}`.\n\n{self.docstring}\n"
        return {"prompt": prompt, "response": f"```python\n{self.code}```", **origin}


@dataclass(frozen=True)
class CorpusCounts:
    """What was written, and what was left out and why.

    Attributes:
        num_training: Number of rows for training.
        num_validation: Number of rows for validation.
        num_repeated: Functions whose code occurred before, whatever their names.
        num_overlapping: Functions that overlap with held-out problems.
        missing: Packages of the list that are not installed.
    """

    num_training: int
    num_validation: int
    num_repeated: int
    num_overlapping: int
    missing: tuple[str, ...]


def write_corpus(training: Path, validation: Path, held_out: HeldOut) -> CorpusCounts:
    """Write the functions of all installed packages of the list as JSON Lines.

    Args:
        training: File for the functions to train on.
        validation: File for the functions of the packages for validation.
        held_out: Problems that no function may overlap with.

    Raises:
        DataError: If a file cannot be written.
        UsageError: If the name of a file ends in .gz.
    """
    for path in (training, validation):
        if path.suffix == ".gz":
            raise UsageError(f"{path}: the corpus is not packed. Name a .jsonl file")
    counts = {"training": 0, "validation": 0, "repeated": 0, "overlapping": 0}
    seen: set[int] = set()
    missing: list[str] = []
    try:
        for path in (training, validation):
            path.parent.mkdir(parents=True, exist_ok=True)
        with (
            replacing(training) as training_draft,
            replacing(validation) as validation_draft,
            training_draft.open("w", encoding="utf-8") as training_file,
            validation_draft.open("w", encoding="utf-8") as validation_file,
        ):
            for function in _all_functions(missing):
                kind = _kind(function, seen, held_out)
                counts[kind] += 1
                if kind in ("training", "validation"):
                    file = training_file if kind == "training" else validation_file
                    file.write(json.dumps(function.row()) + "\n")
    except OSError as error:
        where = error.filename or training
        raise DataError(f"{where}: cannot be written: {error.strerror}") from error
    return CorpusCounts(
        num_training=counts["training"],
        num_validation=counts["validation"],
        num_repeated=counts["repeated"],
        num_overlapping=counts["overlapping"],
        missing=tuple(missing),
    )


def _kind(function: Function, seen: set[int], held_out: HeldOut) -> str:
    """Return where a function goes, or why it goes nowhere."""
    trees = normal_functions(function.code, min_nodes=0)
    key = zlib.crc32(trees[0][1].encode()) if trees else zlib.crc32(function.code.encode())
    if key in seen:
        return "repeated"
    seen.add(key)
    if held_out.find(f"{function.docstring}\n{function.code}", code=function.code) is not None:
        return "overlapping"
    return "validation" if function.is_validation else "training"


def _all_functions(missing: list[str]) -> Iterator[Function]:
    for package, license_ in PACKAGES.items():
        found = _python_files(package)
        if found is None:
            missing.append(package)
            continue
        version, files = found
        for path, name in files:
            for function in read_functions(path):
                yield Function(
                    package=package,
                    license=license_,
                    origin=f"{package} {version}, {name}:{function.line}",
                    name=function.name,
                    signature=function.signature,
                    docstring=function.docstring,
                    code=function.code,
                )


def _python_files(package: str) -> tuple[str, Iterable[tuple[Path, str]]] | None:
    """Return the version of a package and its Python files, or None if it is not installed."""
    if package == STANDARD_LIBRARY:
        root = Path(sysconfig.get_path("stdlib"))
        paths = ((path, path.relative_to(root)) for path in sorted(root.rglob("*.py")))
        return sysconfig.get_python_version(), _wanted(paths)
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return None
    listed = sorted(distribution.files or [])
    files = ((Path(str(path.locate())), Path(path)) for path in listed if path.suffix == ".py")
    return distribution.version, _wanted(files)


def _wanted(files: Iterable[tuple[Path, Path]]) -> Iterator[tuple[Path, str]]:
    for path, name in files:
        folders = {part.lower() for part in name.parts[:-1]}
        if not folders & _SKIPPED_FOLDERS and not name.name.startswith("test_"):
            yield path, name.as_posix()


@dataclass(frozen=True)
class SourceFunction:
    """A top-level function in a file; see `Function`."""

    line: int
    name: str
    signature: str
    docstring: str
    code: str


def read_functions(path: Path) -> Iterator[SourceFunction]:
    """Yield the top-level functions of a Python file that are neither trivial nor long."""
    try:
        source = path.read_text(encoding="utf-8")
        module = parse(source)
    except (OSError, *NOT_PYTHON):
        return
    # Like the numbers of ast, and unlike splitlines, which also splits at form feeds. The line ends
    # are all alike after read_text.
    lines = source.split("\n")
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            function = _read_function(node, lines)
            if function is not None:
                yield function


def _read_function(node: ast.FunctionDef, lines: list[str]) -> SourceFunction | None:
    docstring = ast.get_docstring(node) or ""
    body = node.body[1:] if docstring else node.body
    is_trivial = sum(1 for _ in ast.walk(node)) < _MIN_NODES
    if not body or is_trivial or (node.end_lineno or 0) - body[0].lineno > _MAX_LINES:
        return None
    first = node.body[0]
    head = lines[node.lineno - 1 : first.lineno - 1]
    start = (first.end_lineno or 0) if docstring else first.lineno - 1
    rest = "\n".join(lines[start : node.end_lineno]).strip("\n")
    code = "\n".join([*head, rest]) + "\n"
    try:
        parse(textwrap.dedent(code))
    except NOT_PYTHON:
        return None
    signature = f"{node.name}({ast.unparse(node.args)})"
    return SourceFunction(node.lineno, node.name, signature, docstring.strip(), code)
