"""The pages of docs/reference agree with the code."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "docs" / "_generate" / "reference.py"


@pytest.fixture(scope="module")
def reference():
    """The script that makes the pages, as a module."""
    spec = importlib.util.spec_from_file_location("reference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_page_of_the_reference_agrees_with_the_code(reference):
    for name, text in reference.pages().items():
        page = reference.FOLDER / name
        assert page.read_text() == text, f"{page} differs from the code. Run: nox -s reference"


def test_the_reference_names_each_key_and_each_option(reference):
    config, commands = (reference.pages()[name] for name in ("config.md", "commands.md"))
    for text in ("`temperature`", "`num_steps`", "`H_cycles`", "`timing_ratio`", "`act-nano`"):
        assert text in config
    for text in ("`hrm-eval score`", "`--require-isolation`", "`hrm-train run`", "| 5 |"):
        assert text in commands
    for text in ("draw --out OUT [OPTIONS]", "check [FILE] [OPTIONS]", "show FAMILY [OPTIONS]"):
        assert f"hrm-exercises {text}" in commands
    assert "| `--num` | Number of problems. Default: `10000`. | integer |" in commands


def test_a_key_without_a_description_is_an_error(reference):
    class Undescribed(reference.Section):
        """A section whose docstring lists nothing."""

        key: int = 1

    with pytest.raises(LookupError, match="key is missing under `Attributes:`"):
        reference._meaning(Undescribed, "key")
