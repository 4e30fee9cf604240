"""`hrm-eval describe` with the installed stacks, and the tables in the documents that quote it."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import yaml

from hrm_core import load_checkpoint
from hrm_core.config import from_mapping
from hrm_core.plugins import DEFAULT_STACK, Group, installed_plugins, load_plugin
from hrm_eval import cli, describe
from hrm_eval.run_config import RunConfig


@pytest.fixture
def described(capsys):
    """Run the command and return what it prints as JSON."""

    def call(*arguments):
        capsys.readouterr()
        assert cli.main(["describe", *map(str, arguments), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return call


def test_a_config_a_preset_and_a_checkpoint_of_one_shape_are_described_alike(
    described, tiny_checkpoint, tmp_path
):
    shape = json.loads((tiny_checkpoint / "config.json").read_text())
    fields = ("hidden_size", "num_attention_heads", "num_layers_per_stack", "vocab_size")
    path = tmp_path / "tiny.yaml"
    path.write_text(yaml.safe_dump({"model": {field: shape[field] for field in fields}}))
    description = described(tiny_checkpoint)
    assert description == described(path)
    assert description == described(*[f"--set=model.{field}={shape[field]}" for field in fields])
    assert (description["stack"], description["architecture"]) == ("sapient", "hrm_text")


def test_the_numbers_are_those_of_the_checkpoint_that_is_loaded(described, tiny_checkpoint):
    description = described(tiny_checkpoint, "--context", 64)
    model = load_checkpoint(tiny_checkpoint, dtype=torch.float32).model
    assert description["context_length"] == 64
    assert description["parameters"] == sum(p.numel() for p in model.parameters())
    assert description["weight_bytes"]["float32"] == sum(p.nbytes for p in model.parameters())
    assert description["weight_bytes"]["bfloat16"] * 2 == description["weight_bytes"]["float32"]
    assert description["vocabulary_parameters"] == 2 * model.lm_head.weight.numel()
    assert description["cache_bytes_per_row"] == model.new_cache(1, 64).num_bytes
    assert description["cache_bytes_per_token"] * 64 == description["cache_bytes_per_row"]


def test_only_the_config_of_a_checkpoint_is_read(described, tiny_checkpoint, tmp_path):
    (tmp_path / "config.json").write_bytes((tiny_checkpoint / "config.json").read_bytes())
    assert described(tmp_path) == described(tiny_checkpoint)


def test_the_table_shows_the_numbers(capsys):
    assert cli.main(["describe", "--context", "256"]) == 0
    printed = capsys.readouterr().out
    for text in ("hrm_text", "7,602,176", "5,505,024", "29.0 MiB", "256 tokens", "48.0 KiB"):
        assert text in printed


@pytest.mark.parametrize("plugin", installed_plugins(Group.STACKS), ids=lambda plugin: plugin.name)
def test_every_architecture_that_is_installed_can_be_described(described, plugin):
    for architecture in plugin.load().architectures:
        description = described(
            "--set", f"model_stack={plugin.name}", "--set", f"model.architecture={architecture}",
            "--context", 64,
        )  # fmt: skip
        assert description["training_flops"] > description["forward_flops"] > 0
        assert 0 < description["vocabulary_parameters"] < description["parameters"]


def test_a_checkpoint_with_the_training_of_transformers_is_described_without_its_costs(
    described, tiny_checkpoint, tmp_path, capsys
):
    values = json.loads((tiny_checkpoint / "config.json").read_text())
    # What transformers writes for a config without this field.
    (tmp_path / "config.json").write_text(json.dumps({**values, "L_bp_cycles": [2]}))
    expected = described(tiny_checkpoint, "--context", 64)
    description = described(tmp_path, "--context", 64, "--controls")
    assert set(description.pop("controls")) == {"parameters"}
    assert description == {**expected, "training_flops": None}
    assert cli.main(["describe", str(tmp_path), "--context", "64"]) == 0
    assert "the training is not implemented" in capsys.readouterr().out


@pytest.mark.parametrize("plugin", installed_plugins(Group.STACKS), ids=lambda plugin: plugin.name)
def test_controls_cost_within_1_percent_of_the_model(described, plugin):
    description = described("--set", f"model_stack={plugin.name}", "--context", 64, "--controls")
    assert set(description["controls"]) == {"parameters", "training_flops"}
    for quantity, control in description["controls"].items():
        assert control["architecture"] == "transformer"
        assert control[quantity] == pytest.approx(description[quantity], rel=0.01)


def test_the_lines_of_a_control_can_be_pasted_into_a_config(described, capsys, tmp_path):
    arguments = ["describe", "--controls", "--context", "64", "--set", "model.vocab_size=300"]
    assert cli.main(arguments) == 0
    lines = capsys.readouterr().out.partition("# parameters")[2]
    expected = described(*arguments[1:])
    for text, quantity in zip(lines.split("# training_flops"), expected["controls"], strict=True):
        path = tmp_path / f"{quantity}.yaml"
        path.write_text(f"#{text}")
        description = described(path, "--context", 64)
        assert description == {key: expected["controls"][quantity][key] for key in description}
        assert description[quantity] == expected[quantity]


def test_a_stack_without_controls_uses_those_of_the_default_stack(monkeypatch, capsys):
    sapient = load_plugin(Group.STACKS, DEFAULT_STACK)
    description = describe.describe_config(from_mapping(RunConfig, {}), 32)
    bare = SimpleNamespace(name="own", controls=None)
    other = describe.Description(bare, description.config, description.costs)
    matched = describe.find_controls(other)
    assert [control.stack for control in matched.values()] == [sapient, sapient]
    monkeypatch.setattr(describe, "_load_stack", lambda name: bare)
    with pytest.raises(describe.UsageError, match="'own' has no plain transformers"):
        describe.find_controls(other)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--context", "2048"], 2, "--context: expected at most 1024 tokens, the context of this"),
        (["--set", "model.hiden_size=3"], 2, "model.hiden_size: unknown key. Did you mean"),
        (["--set", "model.preset=nanno"], 2, "Did you mean 'nano'?"),
        (["llama"], 2, "no HRM stack reads 'llama'"),
        (["broken"], 5, "broken/config.json: num_attention_heads: missing"),
    ],
)
def test_bad_input_has_a_message_and_its_exit_status(
    tmp_path, monkeypatch, capsys, arguments, status, message
):
    monkeypatch.chdir(tmp_path)
    folders = {
        "llama": {"model_type": "llama"},
        "broken": {"model_type": "hrm_text", "vocab_size": 9, "hidden_size": 8},
    }
    for name, values in folders.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text(json.dumps(values))
    assert cli.main(["describe", *arguments]) == status
    assert message in capsys.readouterr().err


def table_rows():
    """Return the rows of both tables of presets in docs/benchmarks.md."""
    text = (Path(__file__).parent.parent / "docs" / "benchmarks.md").read_text()
    tables = re.findall(
        r"(?:^\|.*\|\n)+", text.partition("## Costs of the presets")[2], re.MULTILINE
    )
    costs, controls = (
        {(stack, preset): cells for stack, preset, *cells in map(_cells, table.splitlines()[2:])}
        for table in tables[:2]
    )
    assert controls.keys() <= costs.keys()
    return [
        pytest.param(*names, cells, controls.get(names), id=" ".join(names), marks=_marks(names))
        for names, cells in costs.items()
    ]


def _cells(row):
    return [cell.strip(" `") for cell in row.split("|")[1:-1]]


def _marks(names):
    return [pytest.mark.slow] if names[1] in ("l", "xl") else []


@pytest.mark.parametrize(("stack", "preset", "costs", "controls"), table_rows())
def test_the_tables_of_presets_agree_with_the_command(described, stack, preset, costs, controls):
    model = ("--set", f"model_stack={stack}", "--set", f"model.preset={preset}")
    description = described(*model, *(["--controls"] if controls else []))
    assert costs == [
        description["architecture"],
        f"{description['context_length']:,}",
        f"{description['parameters'] / 1e6:,.1f}",
        f"{(description['parameters'] - description['vocabulary_parameters']) / 1e6:,.1f}",
        f"{description['forward_flops'] / 1e6:,.0f}",
        f"{description['training_flops'] / 1e6:,.0f}",
        f"{description['cache_bytes_per_token'] / 1024:,.0f}",
    ]
    if controls:
        same_parameters, same_training = (
            description["controls"][name] for name in ("parameters", "training_flops")
        )
        shapes = [control["config"]["model"] for control in (same_parameters, same_training)]
        assert controls == [
            *(f"{shape['num_hidden_layers']}, {shape['intermediate_size']:,}" for shape in shapes),
            f"{same_training['parameters'] / 1e6:,.1f}",
        ]
