import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from hrm_core import load_checkpoint
from hrm_core.checkpoint import new_checkpoint
from hrm_core.errors import DataError, PluginNotFoundError, UsageError
from hrm_core.testing import check_saving_and_loading_give_the_same_model
from hrm_core.tokenizer import Tokenizer

TEXT = "def add(first, second):\n    return first + second\n" * 20


@pytest.fixture
def folder(toy_stack, tmp_path):
    new_checkpoint("toys", {}, [TEXT], seed=3).save(tmp_path / "model")
    return tmp_path / "model"


def change_config(folder, **changes):
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_saved_checkpoint_is_the_same_when_loaded(folder, tmp_path):
    loaded = load_checkpoint(folder)
    loaded.save(tmp_path / "again")
    again = load_checkpoint(tmp_path / "again")
    tokens = torch.tensor([[5, 6, 7]])
    assert torch.equal(loaded.model(tokens), again.model(tokens))
    assert loaded.config == again.config
    assert loaded.encode_prompt("return") == again.encode_prompt("return")
    assert again.stack == "toys"


def test_a_checkpoint_folder_contains_the_documented_files_only(folder):
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    assert json.loads((folder / "config.json").read_text())["model_type"] == "bag"


@pytest.mark.parametrize(
    ("stored", "named", "expected"),
    [
        pytest.param(2, None, 2, id="config-alone"),
        pytest.param(2, 2, 2, id="the-same"),
        pytest.param(2, [2, 7], [2, 7], id="more"),
        pytest.param(None, 7, 7, id="generation-alone"),
        pytest.param([2, 5], [7, 5], [2, 5, 7], id="both"),
    ],
)
def test_end_tokens_of_both_configs_end_an_answer(folder, tmp_path, stored, named, expected):
    change_config(folder, eos_token_id=stored)
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": named}))
    loaded = load_checkpoint(folder)
    assert loaded.config.eos_token_id == loaded.model.config.eos_token_id == expected
    loaded.save(tmp_path / "again")
    assert load_checkpoint(tmp_path / "again").config.eos_token_id == expected
    new_checkpoint("toys", {}, [TEXT]).save(folder)
    assert load_checkpoint(folder).config.eos_token_id == 2, "old end tokens are still read"


@pytest.mark.parametrize("named", [300, -1, "2", [2, True]])
def test_an_invalid_end_token_of_the_generation_config_is_a_data_error(folder, named):
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": named}))
    with pytest.raises(
        DataError, match=r"generation_config\.json: eos_token_id: expected ids from"
    ):
        load_checkpoint(folder)


@pytest.mark.parametrize(
    ("ends", "pad", "expected"),
    [
        pytest.param([0, 2], 0, 2, id="pad-first"),
        pytest.param([2, 0], 0, 2, id="pad-last"),
        pytest.param([0, 7, 2], 0, 2, id="named-by-the-stack"),
        pytest.param([0, 9, 7], 0, 9, id="first-that-is-no-pad"),
        pytest.param([9, 7], None, 9, id="no-pad"),
        pytest.param(0, 0, 0, id="only-the-pad"),
        pytest.param(None, 0, None, id="none"),
    ],
)
def test_the_end_of_an_answer_is_not_the_padding(folder, tmp_path, ends, pad, expected):
    change_config(folder, eos_token_id=ends, pad_token_id=pad)
    loaded = load_checkpoint(folder)
    assert loaded.answer_end_id == expected
    loaded.save(tmp_path / "again")
    exported = json.loads((tmp_path / "again" / "tokenizer_config.json").read_text())
    end = None if expected is None else loaded.tokenizer.token(expected)
    assert exported.get("eos_token") == end


def test_weights_can_be_loaded_in_another_dtype(folder):
    assert load_checkpoint(folder, dtype=torch.bfloat16).model.head.weight.dtype == torch.bfloat16


def test_the_prompt_format_of_the_folder_is_used(folder):
    change_config(folder, prompt_format={"begin": ["<begin>"], "end": ["<end>"]})
    checkpoint = load_checkpoint(folder)
    inner = checkpoint.tokenizer.encode("return")
    assert checkpoint.encode_prompt("  return \n") == [1, *inner, 2]


def test_a_checkpoint_without_a_tokenizer_loads_but_encodes_no_text(folder):
    (folder / "tokenizer.json").unlink()
    checkpoint = load_checkpoint(folder)
    assert checkpoint.tokenizer is None
    with pytest.raises(DataError, match=r"no tokenizer\.json"):
        checkpoint.encode_prompt("x")


def cut_into_shards(folder):
    tensors = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = {name: f"part-{n}.safetensors" for n, name in enumerate(tensors)}
    for name, file in names.items():
        save_file({name: tensors[name]}, folder / file)
    write_index(folder, json.dumps({"weight_map": names}))
    return tensors


def write_index(folder, text):
    (folder / "model.safetensors").unlink(missing_ok=True)
    (folder / "model.safetensors.index.json").write_text(text)


def test_saved_files_are_as_readable_as_their_folder(folder):
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert set(modes.values()) == {folder.stat().st_mode & 0o666}, modes


def test_saving_without_a_tokenizer_removes_an_old_tokenizer(folder):
    checkpoint = load_checkpoint(folder)
    replace(checkpoint, tokenizer=None).save(folder)
    assert load_checkpoint(folder).tokenizer is None


def test_sharded_weights_are_combined(folder):
    tensors = cut_into_shards(folder)
    assert torch.equal(load_checkpoint(folder).model.head.weight, tensors["head.weight"])


def test_one_file_of_weights_goes_before_older_shards(folder):
    """As in transformers, which leaves the index when it writes one file."""
    checkpoint = load_checkpoint(folder)
    cut_into_shards(folder)
    weights = {name: torch.zeros_like(one) for name, one in checkpoint.model.state_dict().items()}
    save_file(weights, folder / "model.safetensors")
    assert not load_checkpoint(folder).model.head.weight.any()


def test_saving_removes_older_files_of_a_tokenizer(folder):
    for name in ("special_tokens_map.json", "added_tokens.json", "chat_template.jinja"):
        (folder / name).write_text("{}")
    replace(load_checkpoint(folder), tokenizer=None, chat_template=None).save(folder)
    assert {path.name for path in folder.iterdir()}.isdisjoint(
        {"special_tokens_map.json", "added_tokens.json", "chat_template.jinja"}
    )


def test_a_checkpoint_is_saved_below_the_home_folder(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    load_checkpoint(folder).save("~/saved")
    assert load_checkpoint("~/saved").stack == load_checkpoint(tmp_path / "saved").stack


def test_saving_over_sharded_weights_leaves_only_the_new_ones(folder):
    before = sorted(path.name for path in folder.iterdir())
    cut_into_shards(folder)
    checkpoint = load_checkpoint(folder)
    with torch.no_grad():
        checkpoint.model.head.weight.zero_()
    checkpoint.save(folder)
    assert not load_checkpoint(folder).model.head.weight.any()
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("index", ["{", '{"weight_map": {"a": "../kept.safetensors"}}'])
def test_saving_over_a_broken_index_removes_no_file_but_the_index(folder, index):
    (folder.parent / "kept.safetensors").write_text("")
    checkpoint = load_checkpoint(folder)
    write_index(folder, index)
    checkpoint.save(folder)
    load_checkpoint(folder)
    assert (folder.parent / "kept.safetensors").exists()


def test_weights_of_several_dtypes_are_loaded_only_with_a_named_dtype(folder):
    rewrite(folder, lambda t: t.update({"head.weight": t["head.weight"].half()}))
    model = load_checkpoint(folder, dtype=torch.float32).model
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}


def truncate(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-9])


def rewrite(folder, change):
    path = folder / "model.safetensors"
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)


def wrong_tokenizer(folder):
    text = " ".join(f"{a}{b}" for a in "abcdefghijklm" for b in "nopqrstuvwxyz") * 2
    Tokenizer.train([text], vocab_size=400, special_tokens=["<end>"]).save(
        folder / "tokenizer.json"
    )


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: (f / "model.safetensors").unlink(), "missing"),
        (truncate, "corrupt"),
        (lambda f: (f / "model.safetensors").write_bytes(b"x" * 99), "corrupt"),
        (lambda f: rewrite(f, lambda t: t.pop("head.weight")), "lacks head.weight"),
        (
            lambda f: rewrite(f, lambda t: t.update(odd=torch.zeros(1))),
            "has unexpected tensors: odd",
        ),
        (lambda f: change_config(f, hidden_size=9), r"expected shape \(300, 9\)"),
        (wrong_tokenizer, r"400 tokens, but the model's vocab_size is 300"),
        (lambda f: change_config(f, vocab_size="300"), "vocab_size: expected int, got '300'"),
        (lambda f: change_config(f, model_type="bog"), "Did you mean 'bag'"),
        (lambda f: change_config(f, model_type=None), "model_type is missing"),
        (lambda f: change_config(f, prompt_format=3), "prompt_format: expected mapping, got 3"),
        (
            lambda f: change_config(f, prompt_format={"begin": [6], "end": []}),
            "prompt_format.begin.0: expected str, got 6",
        ),
        (
            lambda f: change_config(f, prompt_format={"begin": "<begin>", "end": []}),
            "prompt_format.begin: expected list, got '<begin>'",
        ),
        (lambda f: change_config(f, prompt_format={"begin": []}), "prompt_format.end: missing"),
        (lambda f: change_config(f, eos_token_id=300), "eos_token_id: expected ids from 0 to 299"),
        (
            lambda f: change_config(f, eos_token_id=[2, -1]),
            "eos_token_id: expected ids from 0 to 299",
        ),
        (lambda f: write_index(f, "{"), "index.json: cannot be read as JSON"),
        (lambda f: write_index(f, "[]"), "index.json: weight_map: expected the names"),
        (lambda f: write_index(f, "{}"), "index.json: weight_map: expected the names"),
        (lambda f: write_index(f, '{"weight_map": {"a": []}}'), "weight_map: expected the names"),
        (
            lambda f: write_index(f, '{"weight_map": {"a": "../x.safetensors"}}'),
            "weight_map: expected the names",
        ),
        (
            lambda f: rewrite(f, lambda t: t.update({"head.weight": t["head.weight"].char()})),
            "head.weight: torch.int8 cannot be read. Store it as torch.float32",
        ),
        (
            lambda f: rewrite(f, lambda t: t.update({"head.weight": t["head.weight"].half()})),
            r"weights of several dtypes \(torch.float16, torch.float32\)",
        ),
        (lambda f: (f / "config.json").write_text("[" * 100_000), "cannot be read as JSON"),
        (lambda f: (f / "config.json").write_text("{"), "cannot be read as JSON"),
        (lambda f: (f / "config.json").unlink(), "no config.json"),
        (lambda f: (f / "tokenizer.json").write_text("{}"), "not a tokenizer.json"),
    ],
)
def test_a_damaged_folder_exits_with_status_5(folder, damage, message):
    damage(folder)
    with pytest.raises(DataError, match=message) as caught:
        load_checkpoint(folder)
    assert str(folder) in str(caught.value)
    assert caught.value.exit_code == 5


def test_a_checkpoint_of_a_stack_that_is_not_installed_says_what_to_install(folder, monkeypatch):
    from hrm_core import plugins

    monkeypatch.setattr(plugins.metadata, "entry_points", lambda group: [])
    change_config(folder, model_stack="native")
    with pytest.raises(PluginNotFoundError, match="pip install hrm-native"):
        load_checkpoint(folder)


def test_a_checkpoint_of_no_stack_or_an_unknown_model_is_a_usage_error(folder, tmp_path):
    change_config(folder, model_stack=None, model_type="llama")
    with pytest.raises(UsageError, match="no HRM stack reads 'llama'"):
        load_checkpoint(folder)
    with pytest.raises(UsageError, match="unknown model"):
        load_checkpoint(tmp_path / "nothing here")


def test_a_folder_that_cannot_be_written_is_a_usage_error(folder, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        load_checkpoint(folder).save(tmp_path / "file" / "below")


def test_an_unreachable_hub_is_a_data_error_with_both_cures(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(DataError, match="Name a local folder, or go online once"):
        load_checkpoint("sapientinc/HRM-Text-1B")


def test_tied_weights_are_saved_and_loaded(toy_stack, tmp_path):
    checkpoint = new_checkpoint("toys", {}, [TEXT], seed=3)
    model = checkpoint.model
    model.head.weight = model.embed.weight
    # Averages have one name of each parameter.
    averages = {name: 2 * weight for name, weight in model.named_parameters()}
    checkpoint.save(tmp_path / "tied", {**model.state_dict(), **averages})
    loaded = load_checkpoint(tmp_path / "tied").model
    assert torch.equal(loaded.head.weight, 2 * model.embed.weight)
    assert torch.equal(loaded.embed.weight, 2 * model.embed.weight)


def test_a_model_that_ties_weights_ties_them_when_it_is_loaded(toy_stack, monkeypatch, tmp_path):
    model_type = type(new_checkpoint("toys", {}, [TEXT]).model)
    untied = model_type.__init__

    def tied(model, config):
        untied(model, config)
        model.head.weight = model.embed.weight

    monkeypatch.setattr(model_type, "__init__", tied)
    checkpoint = new_checkpoint("toys", {}, [TEXT])
    checkpoint.save(tmp_path / "tied")
    loaded = load_checkpoint(tmp_path / "tied").model
    assert loaded.head.weight is loaded.embed.weight
    check_saving_and_loading_give_the_same_model(loaded)
