"""A checkpoint of a training run becomes the folder that the package ships."""

import importlib.util
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from hrm_core import load_checkpoint
from hrm_core.checkpoint import new_checkpoint
from hrm_core.errors import DataError, UsageError

transformers = pytest.importorskip("transformers", reason="transformers is the peer here")

PATH = Path(__file__).parents[1] / "make" / "export.py"
RECORD = {"config.yaml": "model: {}\n", "data.json": "{}\n", "log.jsonl": '{"step": 1}\n'}


@pytest.fixture(scope="module")
def export():
    """The module `make/export.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("export", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(tmp_path):
    """A folder like that of a training run, with one checkpoint behind the link `best`."""
    folder = tmp_path / "run"
    saved = folder / "checkpoints" / "step-000001"
    section = {"hidden_size": 32, "num_attention_heads": 2, "num_layers_per_stack": 1}
    section |= {"vocab_size": 300, "max_position_embeddings": 64}
    new_checkpoint("sapient", section, ["def add(a, b):\n    return a + b\n"]).save(saved)
    (saved / "training.pt").write_bytes(b"the state of the training")
    (folder / "best").symlink_to(saved)
    for name, text in RECORD.items():
        (folder / name).write_text(text)
    return folder


def test_an_export_has_the_weights_in_bfloat16_the_config_and_the_tokenizer(
    export, run, tmp_path, capsys
):
    out, record = tmp_path / "model", tmp_path / "record"
    export.main([str(run / "best"), "--out", str(out), "--record", str(record)])
    files = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    assert {path.name for path in out.iterdir()} == files
    trained = load_file(run / "best" / "model.safetensors")
    exported = load_file(out / "model.safetensors")
    assert exported.keys() == trained.keys()
    for name, tensor in exported.items():
        assert torch.equal(tensor, trained[name].to(torch.bfloat16)), name
    assert json.loads((out / "config.json").read_text())["dtype"] == "bfloat16"
    assert (out / "tokenizer.json").read_bytes() == (run / "best/tokenizer.json").read_bytes()
    assert {path.name: path.read_text() for path in record.iterdir()} == RECORD
    assert str(out) in capsys.readouterr().out


def test_an_export_gives_the_same_logits_in_transformers(export, run, tmp_path):
    out = tmp_path / "model"
    export.export(run / "best", out, tmp_path / "record")
    tokens = torch.randint(300, (2, 20), generator=torch.Generator().manual_seed(0))
    prefix_lengths = torch.tensor([7, 12])
    types = (torch.arange(20) < prefix_lengths[:, None]).long()
    peer = transformers.AutoModelForCausalLM.from_pretrained(out, dtype=torch.float32).eval()
    with torch.inference_mode():
        ours = load_checkpoint(out, dtype=torch.float32).model(tokens, prefix_lengths)
        theirs = peer(tokens, token_type_ids=types, use_cache=False).logits
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=0)


def test_an_export_replaces_an_earlier_one(export, run, tmp_path):
    for value in (0.0, 1.0):
        checkpoint = load_checkpoint(run / "best")
        with torch.no_grad():
            checkpoint.model.lm_head.weight.fill_(value)
        checkpoint.save(run / "best")
        export.export(run / "best", tmp_path / "model", tmp_path / "record")
        weight = load_checkpoint(tmp_path / "model").model.lm_head.weight
        assert torch.equal(weight, torch.full_like(weight, value))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda run: (run / "log.jsonl").unlink(), r"run: no log\.jsonl, so it is no training run"),
        (lambda run: (run / "best").resolve().joinpath("tokenizer.json").unlink(), "tokenizer"),
        (lambda run: (run / "best" / "model.safetensors").write_bytes(b"\0" * 9), "corrupt"),
        (lambda run: (run / "best" / "config.json").unlink(), r"no config\.json in this folder"),
        (lambda run: (run / "best").unlink(), "unknown model"),
    ],
    ids=["no record", "no tokenizer", "damaged weights", "no config", "no checkpoint"],
)
def test_what_cannot_be_exported_leaves_the_model_as_it_is(export, run, tmp_path, damage, message):
    damage(run)
    with pytest.raises((DataError, UsageError), match=message):
        export.export(run / "best", tmp_path / "model", tmp_path / "record")
    assert not (tmp_path / "model").exists()
    assert not (tmp_path / "record").exists()


def test_a_record_that_cannot_be_written_leaves_the_model_as_it_is(export, run, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"--record: .* cannot be written"):
        export.export(run / "best", tmp_path / "model", tmp_path / "file" / "record")
    assert not (tmp_path / "model").exists()


def test_the_command_says_what_is_wrong_without_a_traceback(export, tmp_path):
    with pytest.raises(SystemExit, match=r"^export: .*nowhere: no config\.yaml, so it is no"):
        export.main([str(tmp_path / "nowhere" / "best"), "--out", str(tmp_path / "model")])
