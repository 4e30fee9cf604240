"""Rules that hold between the packages."""

import ast
import re
import tomllib
from graphlib import TopologicalSorter

import pytest
import yaml
from packaging.requirements import Requirement

PACKAGES = (
    "hrm-core",
    "hrm-datasets",
    "hrm-eval",
    "hrm-exercises",
    "hrm-nano",
    "hrm-native",
    "hrm-sapient",
    "hrm-train",
)
STACKS = {"hrm_native", "hrm_sapient"}
IN_SESSION_ENGINES = {"test_small_models.py"}
MAY_SKIP = re.compile(r"^(?:\w+\.)*(?:importorskip|find_spec)\('(?:torch|gguf|hrm_\w+)'")


def project(root, package):
    return tomllib.loads((root / "packages" / package / "pyproject.toml").read_text())["project"]


def requirements(root, package):
    metadata = project(root, package)
    extras = [r for group in metadata.get("optional-dependencies", {}).values() for r in group]
    return [Requirement(text) for text in [*metadata["dependencies"], *extras]]


def test_the_list_of_packages_above_is_complete(root):
    assert tuple(sorted(path.name for path in (root / "packages").iterdir())) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_complete(root, package):
    folder = root / "packages" / package
    source = folder / "src" / package.replace("-", "_")
    for path in (folder / "README.md", folder / "tests", source / "py.typed"):
        assert path.exists()
    assert (folder / "LICENSE").read_bytes() == (root / "LICENSE").read_bytes()
    assert project(root, package)["license"] == "Apache-2.0"


@pytest.mark.parametrize("package", PACKAGES)
def test_internal_ranges_admit_the_one_version(root, package):
    version = (root / "VERSION").read_text().strip()
    for requirement in requirements(root, package):
        if requirement.name.startswith("hrm-"):
            assert version in requirement.specifier, requirement


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_packages_that_it_declares(root, package):
    declared = {r.name.replace("-", "_") for r in requirements(root, package)}
    module = package.replace("-", "_")
    for path in (root / "packages" / package / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            ours = {name.partition(".")[0] for name in names if name.startswith("hrm_")}
            assert ours <= declared | {module}, f"{path} imports {ours - declared}"
            assert not (package == "hrm-eval" and ours & STACKS), path


def test_packages_depend_only_downward(root):
    graph = {
        package: {r.name for r in requirements(root, package) if r.name in PACKAGES}
        for package in PACKAGES
    }
    order = list(TopologicalSorter(graph).static_order())  # a circle raises
    assert order[0] == "hrm-core"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_urls_of_a_package_start_with_the_address_of_the_site(root, package):
    site = yaml.safe_load((root / "mkdocs.yml").read_text())["site_url"]
    assert project(root, package)["urls"] == {
        "Homepage": site,
        "Documentation": f"{site}tutorial/",
        "Source": f"{site}source/packages/{package}",
        "Changelog": f"{site}changelog/",
        "Issues": f"{site}source/issues",
    }


def test_the_site_reads_the_docstrings_of_every_package(root):
    config = yaml.safe_load((root / "mkdocs.yml").read_text())
    handlers = next(p["mkdocstrings"] for p in config["plugins"] if isinstance(p, dict))["handlers"]
    assert handlers["python"]["paths"] == [f"packages/{package}/src" for package in PACKAGES]


def test_every_entry_point_can_be_imported():
    from hrm_core.plugins import Group, installed_plugins

    names = set()
    for group in Group:
        for plugin in installed_plugins(group):
            plugin.load()
            names.add(plugin.name)
    assert {"native", "sapient", "mbpp", "humaneval", "starter", "local", "reference"} <= names
    assert {"exercises", "hrm-nano"} <= names


def test_every_dependency_has_a_pinned_version(root):
    text = (root / "constraints.txt").read_text().lower()
    pinned = set(re.findall(r"^([\w-]+)==", text, re.MULTILINE))
    for package in PACKAGES:
        for requirement in requirements(root, package):
            if not requirement.name.startswith("hrm-"):
                assert requirement.name in pinned, f"{package} needs {requirement.name}"


def test_ci_runs_the_test_command_of_the_readme(root):
    commands = re.findall(
        r"^(pip install nox && nox.*)$", (root / "README.md").read_text(), re.MULTILINE
    )
    assert commands == ["pip install nox && nox -s quickstart", "pip install nox && nox"]
    assert commands[1] in (root / ".ci" / "run").read_text().splitlines()


def with_everything(root):
    """Return the tests that the session `workspace` adds to those of the workspace."""
    text = (root / "noxfile.py").read_text()
    found = re.search(r"^WITH_EVERYTHING = (\[.*?^\])", text, re.MULTILINE | re.DOTALL)
    return ast.literal_eval(found[1])


def skipped_tests(path):
    """Yield the functions that a test file skips without PyTorch or another package of ours."""
    for node in ast.parse(path.read_text()).body:
        calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
        if any(MAY_SKIP.search(ast.unparse(call)) for call in calls):
            yield node.name if isinstance(node, ast.FunctionDef) else ""


def test_tests_that_a_package_alone_skips_are_run_with_everything(root):
    chosen = with_everything(root)
    skipped = [
        (str(path.relative_to(root)), function)
        for path in sorted(root.glob("packages/*/tests/test_*.py"))
        if path.name not in IN_SESSION_ENGINES
        for function in skipped_tests(path)
    ]
    assert len(skipped) >= 6
    missing = [
        (path, function)
        for path, function in skipped
        if path not in chosen and f"{path}::{function}" not in chosen
    ]
    assert not missing


def test_the_tests_that_are_run_with_everything_exist(root):
    for name in with_everything(root):
        path, _, function = name.partition("::")
        assert f"def {function}" in (root / path).read_text()
