import pytest

from hrm_core import load_checkpoint
from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, UsageError
from hrm_train import run
from hrm_train.starting_point import starting_point
from hrm_train.train_config import TrainRunConfig


def test_a_checkpoint_is_fine_tuned_from_its_own_weights(train_toy, settings, tmp_path):
    first = train_toy(tmp_path / "first").path / "last"
    values = {**settings(), "model": {}, "model_reference": str(first)}
    config = from_mapping(TrainRunConfig, values)
    checkpoint = starting_point(config)
    expected = dict(load_checkpoint(first).model.named_parameters())
    for name, weight in checkpoint.model.named_parameters():
        assert weight.equal(expected[name])
    run.train(config, tmp_path / "second", resume=False)
    tuned = load_checkpoint(tmp_path / "second" / "last")
    assert tuned.tokenizer.vocab_size == checkpoint.tokenizer.vocab_size
    assert not tuned.model.embed.weight.equal(expected["embed.weight"])


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"model": {"hidden_size": 8}}, ConfigError, "has a shape already; leave the section out"),
        ({"model_stack": "others"}, UsageError, "belongs to 'toys'"),
        ({"model_reference": "nowhere/at-all/here"}, UsageError, "nowhere/at-all/here"),
    ],
)
def test_a_checkpoint_that_cannot_be_fine_tuned_is_an_error(
    train_toy, settings, tmp_path, changes, error, message
):
    first = train_toy(tmp_path / "first", num_steps=1).path / "last"
    values = {**settings(), "model": {}, "model_reference": str(first), **changes}
    with pytest.raises(error, match=message):
        starting_point(from_mapping(TrainRunConfig, values))
