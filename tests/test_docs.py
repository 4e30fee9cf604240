"""What the documents say of commands and keys is so."""

import re
import shlex
from pathlib import Path
from typing import get_args, get_origin

import pytest
from typer.main import get_command

from hrm_core.config import Section
from hrm_eval.cli import app as eval_app
from hrm_eval.run_config import RunConfig
from hrm_train.cli import app as train_app
from hrm_train.train_config import TrainRunConfig

ROOT = Path(__file__).parent.parent
COMMANDS = {"hrm-eval": get_command(eval_app), "hrm-train": get_command(train_app)}
MODULES = {"hrm_train.cli": "hrm-train"}
DOCUMENTS = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("packages/*/README.md")]
)


def commands():
    """Yield each command of the documents, from its name on."""
    for path in DOCUMENTS:
        for block in re.findall(r"```\n(.*?)```", path.read_text(), re.DOTALL):
            lines = re.sub(r"\\\n\s*", "", block).splitlines()
            for line in filter(re.compile("hrm-eval|hrm-train|hrm_train").search, lines):
                words = shlex.split(line, comments=True)
                starts = [n for n, word in enumerate(words) if word in {*COMMANDS, *MODULES}]
                if starts and (starts[0] == 0 or words[starts[0] - 1] == "-m"):
                    found = words[starts[0] :]
                    yield pytest.param(found, id=f"{path.parent.name}: {' '.join(found)[:50]}")


@pytest.mark.parametrize("words", list(commands()))
def test_a_command_in_the_documents_has_a_known_name_and_known_flags(words):
    program, name, *rest = words
    command = COMMANDS[MODULES.get(program, program)].commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    used = {word for word in rest if word.startswith("--")}
    assert used <= known


@pytest.mark.parametrize("words", list(commands()))
def test_a_config_in_a_command_of_the_documents_is_there(words):
    configs = [word for word in words if word.startswith("configs/")]
    assert all((ROOT / config).is_file() for config in configs)


def test_commands_of_both_programs_are_found_in_the_documents():
    programs = [parameter.values[0][0] for parameter in commands()]
    assert set(programs) == {*COMMANDS, *MODULES}


def fields(section, path=()):
    """Yield each key of a config with its default."""
    for name, field in section.model_fields.items():
        kinds = [field.annotation, *get_args(field.annotation)]
        inner = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section)]
        if inner and get_origin(field.annotation) is not list:
            yield from fields(inner[0], (*path, name))
        else:
            yield ".".join((*path, name)), field.default


def rows_of(table):
    """Yield the cells of each row of a table of keys, and the keys that it names."""
    for row in re.findall(r"^\| (`.*) \|$", table, re.MULTILINE):
        cells = row.split(" | ")
        yield re.findall(r"`([\w.]+)`", cells[0]), cells


def test_the_table_of_config_keys_is_complete():
    table = (ROOT / "docs" / "configs.md").read_text().partition("## The model")[0]
    documented = {key for keys, _ in rows_of(table) for key in keys}
    documented = {"model" if key.startswith("model.") else key for key in documented}
    assert documented == {key for key, _ in fields(RunConfig)}


def test_the_table_of_training_keys_is_complete_and_gives_the_defaults():
    table = (ROOT / "docs" / "configs.md").read_text().partition("## Training")[2]
    documented = {key: cells[1].strip("`") for keys, cells in rows_of(table) for key in keys}
    evaluation = {"dataset", "prompt", "sampling", "engine", "sandbox"}
    shared = {key for key, _ in fields(RunConfig)} | evaluation
    expected = {key: value for key, value in fields(TrainRunConfig) if key not in shared}
    assert documented.keys() == expected.keys()
    for key, value in expected.items():
        if isinstance(value, (bool, int, float, str)):
            assert documented[key] == (
                str(value).lower() if isinstance(value, bool) else str(value)
            )


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120
