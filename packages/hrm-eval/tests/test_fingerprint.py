import pytest

from hrm_eval.engines.fingerprint import fingerprint_tensors, fingerprint_weights

torch = pytest.importorskip("torch")


def some_tensors():
    return {
        "weight": torch.arange(10_000, dtype=torch.float32).reshape(100, 100) / 3,
        "half": torch.tensor([0.1, -2.5, 1e-7], dtype=torch.float16),
        "brain": torch.tensor([0.1, -2.5, 1e-7], dtype=torch.bfloat16),
        "count": torch.tensor(7),
    }


def test_the_fingerprint_of_tensors_is_that_of_earlier_versions():
    expected = "4ee5300b7243edb5dc2819ea9e7fed982a230c9c204c7648a2e83d60c9273c29"
    assert fingerprint_tensors(some_tensors()) == expected


def test_other_settings_give_another_fingerprint_of_tensors():
    tensors = some_tensors()
    assert fingerprint_tensors(tensors, "{}") != fingerprint_tensors(tensors, '{"cycles": 2}')


@pytest.mark.parametrize(
    "name", ["config.json", "chat_template.jinja", "tokenizer_config.json", "model.safetensors"]
)
def test_files_on_which_answers_depend_are_in_the_fingerprint(tmp_path, name):
    for file in ("model.safetensors", "config.json", "README.md"):
        (tmp_path / file).write_text("1")
    first = fingerprint_weights(tmp_path)
    (tmp_path / "README.md").write_text("2")
    assert fingerprint_weights(tmp_path) == first
    (tmp_path / name).write_text("2")
    assert fingerprint_weights(tmp_path) != first


@pytest.mark.parametrize("index", [0, -1])
def test_another_first_or_last_value_gives_another_fingerprint(index):
    tensors = some_tensors()
    tensors["weight"][index, index] += 1
    assert fingerprint_tensors(tensors) != fingerprint_tensors(some_tensors())
