"""What the documents say of commands and keys is so."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from hrm_core.config import Section
from hrm_eval.cli import app
from hrm_eval.run_config import RunConfig

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("packages/*/README.md")]
)


def commands():
    for path in DOCUMENTS:
        for block in re.findall(r"```\n(.*?)```", path.read_text(), re.DOTALL):
            for line in re.findall(r"^hrm-eval .*$", block, re.MULTILINE):
                yield pytest.param(line.partition("#")[0], id=f"{path.parent.name}: {line[:50]}")


@pytest.mark.parametrize("line", list(commands()))
def test_a_command_in_the_documents_has_a_known_name_and_known_flags(line):
    _, name, *words = shlex.split(line)
    command = get_command(app).commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    used = {word for word in words if word.startswith("--")}
    assert used <= known


def fields(section, path=()):
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from fields(field.annotation, (*path, name))
        else:
            yield ".".join((*path, name))


def test_the_table_of_config_keys_is_complete():
    text = (ROOT / "docs" / "configs.md").read_text().partition("## The model")[0]
    documented = {
        key
        for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
        for key in re.findall(r"`([\w.]+)`", row)
    }
    documented = {"model" if key.startswith("model.") else key for key in documented}
    assert documented == set(fields(RunConfig))


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120
