import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from hrm_core.errors import DataError, PluginNotFoundError, UsageError
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_eval import engines
from hrm_eval.engines import EngineOptions, choose_engine, open_model
from hrm_eval.engines.devices import resolve_prompt_dtype


@pytest.fixture
def options(toys):
    return EngineOptions(device="auto", dtype="auto", batch_size=None, problems=toys)


def model_folder(path, **config):
    path.mkdir()
    (path / "config.json").write_text(json.dumps(config))
    return str(path)


def test_the_reference_engine_gives_the_solutions_of_the_dataset(options, toys):
    generator = open_model("reference", options)
    requests = [GenerationRequest(prompt="", task_id=p.task_id, num_samples=2) for p in toys]
    found = list(generator.generate(requests, SamplingParams(), done={(0, 0)}))
    assert len(found) == 7
    assert all(f.generation.text == toys.problems[f.request].reference for f in found)


def test_a_gguf_file_and_a_folder_of_no_stack_use_transformers(tmp_path):
    for name in ("model.gguf", "model.GGUF"):
        file = tmp_path / name
        file.write_bytes(b"")
        assert choose_engine(str(file)) == ("transformers", str(file))
    folder = model_folder(tmp_path / "llama", model_type="llama")
    assert choose_engine(folder) == ("transformers", folder)


def test_an_engine_can_be_named_before_the_model(only_engines):
    only_engines("mine", "transformers")
    assert choose_engine("mine:a:b") == ("mine", "a:b")


def test_a_checkpoint_of_an_absent_stack_says_what_to_install(tmp_path, monkeypatch):
    from hrm_core import plugins

    monkeypatch.setattr(plugins.metadata, "entry_points", lambda group: [])
    folder = model_folder(tmp_path / "model", model_type="hrm_text")
    with pytest.raises(PluginNotFoundError, match="pip install hrm-sapient") as caught:
        choose_engine(folder)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("prefix", ["", "local:"])
def test_a_checkpoint_of_another_stack_than_asked_for_is_refused(tmp_path, monkeypatch, prefix):
    monkeypatch.setattr(engines, "find_plugin", lambda group, name: None)
    folder = model_folder(tmp_path / "model", model_type="hrm_text")
    assert choose_engine(prefix + folder, "sapient") == ("local", folder)
    with pytest.raises(UsageError, match=r"config says 'native', but the checkpoint .* 'sapient'"):
        choose_engine(prefix + folder, "native")


def test_a_checkpoint_in_memory_of_another_stack_than_asked_for_is_refused(options):
    pytest.importorskip("torch")
    from hrm_eval.engines.local import open_checkpoint

    checkpoint = SimpleNamespace(stack="sapient", tokenizer="a")
    with pytest.raises(UsageError, match=r"but the checkpoint mine belongs to 'sapient'"):
        open_checkpoint(checkpoint, "mine", replace(options, model_stack="native"))


@pytest.mark.parametrize("prefix", ["", "transformers:"])
def test_a_model_of_transformers_belongs_to_no_stack(tmp_path, prefix):
    folder = model_folder(tmp_path / "llama", model_type="llama")
    with pytest.raises(UsageError, match=r"config says 'native', but .*llama is a model of trans"):
        choose_engine(prefix + folder, "native")


@pytest.mark.parametrize("reference", ["no-such-model", "/no/such/folder", "no/such.gguf"])
def test_an_unknown_model_is_a_usage_error(reference):
    with pytest.raises(UsageError, match="unknown model"):
        choose_engine(reference)


def test_a_folder_without_a_config_is_a_data_error(tmp_path):
    with pytest.raises(DataError, match=r"no config\.json"):
        choose_engine(str(tmp_path))


@pytest.mark.parametrize(
    ("dtype", "is_fast", "prompt_dtype"),
    [
        ("auto", True, "bfloat16"),
        ("auto", False, None),
        ("float32", True, None),
        ("bfloat16", True, None),
    ],
)
def test_auto_reads_prompts_in_bfloat16_where_the_cpu_is_fast(
    monkeypatch, dtype, is_fast, prompt_dtype
):
    torch = pytest.importorskip("torch")
    monkeypatch.setattr("hrm_core.precision.is_bfloat16_fast", lambda device_type: is_fast)
    expected = getattr(torch, prompt_dtype) if prompt_dtype else None
    assert resolve_prompt_dtype(dtype, torch.device("cpu")) is expected
    assert resolve_prompt_dtype(dtype, torch.device("cuda")) is None
