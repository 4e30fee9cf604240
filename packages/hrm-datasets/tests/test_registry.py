import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import hrm_datasets
from hrm_core.errors import PluginLoadError, UnknownPluginError
from hrm_datasets import load_problems
from hrm_datasets.registry import find_dataset

PACKAGE = Path(__file__).parents[1]


def blocks_of_readme(language):
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def install(folder, module, code, entry_points):
    """Put a package with entry points into a folder, as an installer would."""
    (folder / module).mkdir()
    (folder / module / "__init__.py").write_text(code)
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    lines = [f"{name} = {target}" for name, target in entry_points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[hrm.datasets]", *lines]))


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Make a folder on `sys.path` that holds the only datasets there are."""
    real = metadata.entry_points

    def entry_points(**wanted):
        found = real(**wanted)
        return [one for one in found if Path(str(one.dist.locate_file(""))) == tmp_path]

    monkeypatch.setattr(metadata, "entry_points", entry_points)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for module in ("squares", "broken"):
        sys.modules.pop(module, None)


def test_the_example_of_the_readme_installs_and_loads(site, write_rows):
    (code,) = (block for block in blocks_of_readme("python") if "SQUARES" in block)
    (project,) = (tomllib.loads(block) for block in blocks_of_readme("toml"))
    install(site, "squares", code, project["project"]["entry-points"]["hrm.datasets"])
    row = {"id": 4, "question": "Square a number.", "asserts": ["assert solve(3) == 9"]}
    write_rows("squares/squares.jsonl", [row])
    problems = load_problems("squares")
    assert [problem.task_id for problem in problems] == ["squares/4"]
    assert problems.find(4).tests == ("assert solve(3) == 9",)


def test_an_unknown_dataset_names_the_nearest(site):
    install(site, "squares", "", {"squares": "squares:SQUARES"})
    with pytest.raises(UnknownPluginError, match="Did you mean 'squares'"):
        load_problems("square")


@pytest.mark.parametrize(
    "code", ["DATA = 1", "from hrm_datasets import Dataset\nDATA = Dataset(name='x', to_problem=1)"]
)
def test_an_entry_point_that_is_no_dataset_of_that_name_is_refused(site, code):
    install(site, "broken", code, {"broken": "broken:DATA"})
    with pytest.raises(PluginLoadError, match=r"'broken' \(broken 1.0\): expected 'broken:DATA'"):
        find_dataset("broken")


def test_the_entry_points_of_this_package_are_datasets_of_their_names(monkeypatch):
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))
    registered = project["project"]["entry-points"]["hrm.datasets"]
    points = [metadata.EntryPoint(name, at, "hrm.datasets") for name, at in registered.items()]
    monkeypatch.setattr(metadata, "entry_points", lambda group: points)
    assert sorted(registered) == [
        "code-contests", "humaneval", "humaneval-plus", "livecodebench", "mbpp", "mbpp-plus",
        "mbpp-sanitized", "own", "starter",
    ]  # fmt: skip
    for name in registered:
        assert find_dataset(name).name == name
    assert len(load_problems("starter")) == 25


def test_import_needs_none_of_the_heavy_libraries():
    code = (
        "import sys\n"
        "import hrm_datasets, hrm_datasets.starter, hrm_datasets.humaneval\n"
        "hrm_datasets.starter.STARTER.load()\n"
        "heavy = {'datasets', 'pyarrow', 'numpy', 'pandas', 'torch', 'huggingface_hub'}\n"
        "print(heavy & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_package_exports_what_it_says():
    assert all(hasattr(hrm_datasets, name) for name in hrm_datasets.__all__)
