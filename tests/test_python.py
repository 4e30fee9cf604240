"""Models in memory, evaluated from Python."""

import shutil

import pytest
import torch

import hrm_eval
from hrm_core.checkpoint import load_checkpoint
from hrm_core.errors import DataError, UsageError
from hrm_eval.engines.transformers import make_generator

SETTINGS = {"limit": 2, "max_new_tokens": 12, "workers": 1, "progress": False}


def texts(run):
    return [sample.completion.text for sample in run.samples]


@pytest.fixture
def checkpoint(tiny_checkpoint):
    return load_checkpoint(tiny_checkpoint)


def evaluate(model, out, **options):
    return hrm_eval.evaluate(model, "starter", out=out, **{**SETTINGS, **options})


def test_a_checkpoint_in_memory_answers_as_from_its_folder(checkpoint, tiny_checkpoint, tmp_path):
    run = evaluate(checkpoint, tmp_path / "memory")
    assert texts(run) == texts(evaluate(tiny_checkpoint, tmp_path / "folder"))
    assert run.model == "hrm_text in memory"
    assert run.summary["engine"]["stack"] == "sapient"


def test_a_model_in_training_stays_in_training_and_can_go_on(checkpoint, tmp_path):
    model = checkpoint.model.train()
    run = evaluate(checkpoint, tmp_path / "before")
    assert all(module.training for module in model.modules())
    for parameter in model.parameters():
        parameter.requires_grad_()
    model(torch.tensor([[1, 2, 3]])).sum().backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.sub_(parameter.grad.sign())
    assert texts(evaluate(checkpoint, tmp_path / "after")) != texts(run)


def test_a_run_is_not_resumed_with_other_weights(checkpoint, tmp_path):
    out = tmp_path / "run"
    evaluate(checkpoint, out, temperature=0.8)
    assert len(evaluate(checkpoint, out, resume=True, samples=2).samples) == 4
    with torch.no_grad():
        next(checkpoint.model.parameters()).add_(1)
    with pytest.raises(UsageError, match="the model's weights was"):
        evaluate(checkpoint, out, resume=True, samples=3)


def test_a_checkpoint_without_a_tokenizer_is_refused(tiny_checkpoint, tmp_path):
    folder = shutil.copytree(tiny_checkpoint, tmp_path / "model")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(DataError, match=r"hrm_text in memory: there is no tokenizer.json"):
        evaluate(load_checkpoint(folder), tmp_path / "run")


def test_a_model_of_transformers_in_memory_answers_as_from_its_folder(llama, tmp_path):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(llama)
    tokenizer = AutoTokenizer.from_pretrained(llama)
    run = evaluate(make_generator(model, tokenizer, name="step 100"), tmp_path / "memory")
    assert texts(run) == texts(evaluate(f"transformers:{llama}", tmp_path / "folder"))
    assert run.model == "step 100"
    with pytest.raises(TypeError, match=r"got LlamaForCausalLM. Wrap a model of transformers"):
        evaluate(model, tmp_path / "bare")
    with pytest.raises(UsageError, match=r"step 100: the model is in training mode.*model.eval"):
        make_generator(model.train(), tokenizer, name="step 100")


def test_the_block_of_the_documents_evaluates_a_model_of_transformers(
    llama, documented, tmp_path, monkeypatch
):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    monkeypatch.chdir(tmp_path)
    model = AutoModelForCausalLM.from_pretrained(llama).train()
    names = {
        "hrm_eval": hrm_eval,
        "model": model,
        "tokenizer": AutoTokenizer.from_pretrained(llama),
    }
    block = documented("python.md", "make_generator").replace('"starter"', '"starter", limit=1')
    exec(block, names)
    assert (names["run"].model, len(names["run"].samples)) == ("step 100", 1)
    assert model.training


def test_a_split_without_end_gives_other_problems_for_another_seed(tmp_path):
    def run(name, seed):
        config = {"dataset": {"name": "exercises", "split": "train", "limit": 3, "seed": seed}}
        return hrm_eval.evaluate("reference", config=config, out=tmp_path / name)

    first, second, again = run("first", 5), run("second", 6), run("again", 5)
    assert first.pass_at_k == second.pass_at_k == {1: 1.0}
    programs = [[s.completion.completion for s in r.samples] for r in (first, second, again)]
    assert programs[0] == programs[2] != programs[1]
    assert first.problems().fingerprint != second.problems().fingerprint
