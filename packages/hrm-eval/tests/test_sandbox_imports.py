"""Which modules of the sandbox may import which others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrm_eval._sandbox

ROOT = Path(hrm_eval._sandbox.__path__[0])
PACKAGE = "hrm_eval._sandbox"
SHARED = {"wire", "layer", "syscalls"}
# What a folder or a module at the root may import, besides modules of its own folder.
ALLOWED = {
    "harness": SHARED,
    "judge": {*SHARED, "isolation"},
    "box": {*SHARED, "candidate", "isolation"},
    "isolation": SHARED,
    "candidate": SHARED,
    "wire": {"layer", "syscalls"},
    "layer": set(),
    "syscalls": set(),
    "start": set(),
}


def imports(source: str) -> Iterator[str]:
    """Yield the name after `hrm_eval._sandbox.` of each import in a source, at any level."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name == PACKAGE or name.startswith(f"{PACKAGE}."):
                yield name.removeprefix(PACKAGE).removeprefix(".")


def test_every_folder_and_module_has_a_rule() -> None:
    parts = {path.stem for path in ROOT.iterdir()} - {"__init__", "__pycache__"}
    assert parts == ALLOWED.keys()


@pytest.mark.parametrize("part", ALLOWED)
def test_the_parts_of_the_sandbox_import_only_what_they_may(part: str) -> None:
    folder = ROOT / part
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    assert files
    for file in files:
        targets = {name.partition(".")[0] for name in imports(file.read_text(encoding="utf-8"))}
        assert targets <= {part, *ALLOWED[part]}, file.relative_to(ROOT)


def test_the_check_sees_the_imports_of_every_process() -> None:
    seen = {
        part: {
            name
            for file in (ROOT / part).rglob("*.py")
            for name in imports(file.read_text(encoding="utf-8"))
        }
        for part in ("harness", "judge", "box", "candidate", "wire")
    }
    assert "wire.control" in seen["harness"]
    assert "judge.session.Session" in seen["judge"]
    assert "candidate.candidate.Candidate" in seen["box"]
    assert "wire.channel.Peer" in seen["candidate"]
    assert "wire.values.Decoder" in seen["wire"]


@pytest.mark.parametrize(
    "source",
    [
        "import hrm_eval._sandbox.box.box",
        "from hrm_eval._sandbox import box",
        "from hrm_eval._sandbox.box import isolation",
        "def f():\n    from hrm_eval._sandbox.box.box import Box",
        "if TYPE_CHECKING:\n    from hrm_eval._sandbox.box.box import Box",
    ],
)
def test_an_import_is_found_in_every_form(source: str) -> None:
    assert [name.partition(".")[0] for name in imports(source)] == ["box"]
