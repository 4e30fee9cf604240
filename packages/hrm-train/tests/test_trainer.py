import math
from contextlib import nullcontext

import pytest
import torch

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
from hrm_core.kernels.build import load_kernel
from hrm_train.sequences import TokenSequence, make_batch
from hrm_train.train_config import TrainRunConfig
from hrm_train.trainer import DivergenceError, Trainer


def row(name, *lengths):
    """A row of sequences, each with two prompt tokens and the given numbers of response tokens."""
    return tuple(
        TokenSequence(f"{name}.{n}", tuple(range(4 + n, 6 + n + length)), 2)
        for n, length in enumerate(lengths)
    )


ROWS = [row("a", 3), row("b", 9), row("c", 1, 5), row("d", 2), row("e", 4, 4), row("f", 7)]


@pytest.fixture
def make_trainer(make_checkpoint, make_accelerator):
    def make(architecture="toy", **training):
        base = {"num_steps": 9, "batch_size": 6, "device": "cpu", "trackers": [],
                "schedule": {"warmup_steps": 0}}  # fmt: skip
        config = from_mapping(TrainRunConfig, {"training": {**base, **training}})
        precision = "bf16" if config.training.dtype == "bfloat16" else "no"
        accelerator = make_accelerator(mixed_precision=precision)
        shape = {} if architecture == "toy" else {"architecture": architecture}
        checkpoint = make_checkpoint(**shape)
        return Trainer(checkpoint, config, accelerator)

    return make


def weights(trainer):
    return {name: weight.detach().clone() for name, weight in trainer.model.named_parameters()}


def steps(trainer, count=3):
    return [trainer.step(ROWS).metrics["loss"] for _ in range(count)]


@pytest.mark.parametrize("micro_batch_size", [1, 2, 3])
def test_micro_batches_give_the_same_step_as_one_batch(make_trainer, micro_batch_size):
    options = {"optimizer": {"name": "adamw", "lr": 0.01, "clip": 0.5}}
    whole = make_trainer(**options)
    expected = steps(whole)
    parts = make_trainer(micro_batch_size=micro_batch_size, **options)
    assert parts.num_micro_batches == 6 // micro_batch_size
    assert steps(parts) == pytest.approx(expected, rel=1e-5)
    for name, weight in weights(parts).items():
        torch.testing.assert_close(weight, weights(whole)[name], rtol=1e-3, atol=1e-5)


def test_a_step_has_the_mean_loss_of_all_labels_and_moves_the_weights(make_trainer):
    trainer = make_trainer()
    before = weights(trainer)
    batch = make_batch(ROWS, trainer.row_length, is_packed=True, prefix_lm=False, pad_id=0)
    expected = trainer.model.training_loss(batch, has_late=False)
    metrics = trainer.step(ROWS).metrics
    assert metrics["step"] == 1
    assert metrics["loss"] == pytest.approx(expected.item(), rel=1e-6)
    assert metrics["batch_tokens"] == sum(one.length for row in ROWS for one in row)
    assert metrics["batch_labels"] == sum(one.num_labels for row in ROWS for one in row)
    assert metrics["gradient_norm"] > 0
    changed = {name for name, weight in weights(trainer).items() if not weight.equal(before[name])}
    assert changed == set(before) - {"late"}


def test_the_gradient_is_clipped_to_its_maximum_norm(make_trainer):
    sizes = []
    for clip in (None, 1e-3):
        trainer = make_trainer(optimizer={"name": "adamw", "clip": clip})
        trainer.optimizer.register_step_pre_hook(
            lambda optimizer, *_: sizes.append(
                math.hypot(
                    *(float(p.grad.norm()) for g in optimizer.param_groups for p in g["params"]
                      if p.grad is not None)
                )
            )
        )  # fmt: skip
        norm = trainer.step(ROWS).metrics["gradient_norm"]
    assert sizes[0] == pytest.approx(norm, rel=1e-5)
    assert sizes[1] == pytest.approx(1e-3, rel=1e-2)


@pytest.mark.parametrize("is_requested", [True, False])
def test_a_step_says_whether_a_process_was_asked_to_stop(make_trainer, is_requested):
    result = make_trainer().step(ROWS, lambda: is_requested)
    assert result.stop_agreed is is_requested
    assert result.metrics["step"] == 1


def test_the_learning_rate_follows_the_schedule(make_trainer):
    trainer = make_trainer(
        num_steps=6, optimizer={"lr": 0.1}, schedule={"warmup_steps": 2, "name": "constant"}
    )
    assert [trainer.step(ROWS).metrics["lr"] for _ in range(3)] == pytest.approx([0.05, 0.1, 0.1])


@pytest.mark.parametrize(
    ("options", "tolerance"),
    [
        ({"checkpointing": True}, 1e-6),
        ({"dtype": "bfloat16"}, 0.02),
        ({"packed": False}, 1e-6),
    ],
    ids=str,
)
def test_other_ways_to_compute_give_the_same_losses(make_trainer, options, tolerance):
    rows = [row("a", 3), row("b", 9), row("d", 2)]
    expected = [make_trainer(batch_size=3).step(rows).metrics["loss"]]
    trainer = make_trainer(batch_size=3, **options)
    assert [trainer.step(rows).metrics["loss"]] == pytest.approx(expected, rel=tolerance)
    assert next(trainer.model.parameters()).dtype == torch.float32


def test_checkpointing_computes_activations_again(make_trainer, monkeypatch):
    calls = []
    for is_on in (False, True):
        trainer = make_trainer(checkpointing=is_on)
        block = trainer.model.blocks.layers[0]
        count = []
        block.register_forward_pre_hook(lambda *_, count=count: count.append(1))
        trainer.step(ROWS)
        calls.append(len(count))
    assert calls == [1, 2]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
@pytest.mark.filterwarnings("ignore::UserWarning:torch")
@pytest.mark.skipif(load_kernel().library is None, reason="inductor needs a C++ compiler too")
def test_a_compiled_model_gives_the_same_losses(make_trainer):
    expected = steps(make_trainer(), 2)
    assert steps(make_trainer(compile=True), 2) == pytest.approx(expected, rel=1e-4)


def test_validation_uses_the_averaged_weights_and_restores_the_others(make_trainer):
    trainer = make_trainer(optimizer={"lr": 0.05, "average": 0.5})
    steps(trainer)
    own = weights(trainer)
    found = trainer.validate(ROWS)["validation_loss"]
    assert all(weight.equal(own[name]) for name, weight in weights(trainer).items())
    assert trainer.module.training
    assert trainer.position.step == 3
    with torch.no_grad():
        for name, weight in trainer.model.named_parameters():
            weight.copy_(trainer.average.tensors[name])
    trainer.average = None
    assert trainer.validate(ROWS)["validation_loss"] == pytest.approx(found, rel=1e-6)
    with torch.no_grad():
        for name, weight in trainer.model.named_parameters():
            weight.copy_(own[name])
    assert trainer.validate(ROWS)["validation_loss"] != pytest.approx(found, rel=1e-3)


def test_the_validation_loss_does_not_depend_on_the_batch(make_trainer):
    whole = make_trainer().validate(ROWS)["validation_loss"]
    one = make_trainer(batch_size=1).validate(ROWS)["validation_loss"]
    assert one == pytest.approx(whole, rel=1e-5)
    assert make_trainer().validate([]) == {}


def test_a_loss_that_is_nan_names_step_and_rows_and_changes_no_weight(make_trainer):
    trainer = make_trainer(optimizer={"lr": 0.01})
    steps(trainer, 2)
    trainer.model.lm_head.weight.data.fill_(math.nan)
    embed = trainer.model.embed.weight.detach().clone()
    with pytest.raises(DivergenceError) as caught:
        trainer.step(ROWS)
    message = str(caught.value)
    assert message.startswith("step 3: training diverged: the loss is nan (recent median ")
    assert "The batch: a.0, b.0, c.0, c.1, d.0, e.0, e.1, f.0" in message
    assert "Lower training.optimizer.lr" in message
    assert trainer.model.embed.weight.equal(embed)


def test_a_gradient_that_is_not_finite_changes_no_weight(make_trainer):
    trainer = make_trainer()
    trainer.model.embed.weight.register_hook(lambda gradient: gradient * math.inf)
    before = weights(trainer)
    with pytest.raises(DivergenceError, match=r"step 1: .*, the gradient norm (nan|inf)"):
        trainer.step(ROWS)
    assert all(weight.equal(before[name]) for name, weight in weights(trainer).items())


def test_a_loss_that_jumps_stops_the_run_once_the_median_is_known(make_trainer):
    trainer = make_trainer(num_steps=99, spike=2.0, optimizer={"lr": 1e-6})
    usual = trainer.step(ROWS).metrics["loss"]
    trainer.model.lm_head.weight.data.mul_(40)
    jumped = trainer.step(ROWS).metrics["loss"]
    assert jumped > 2 * usual, "too early to tell"
    trainer.model.lm_head.weight.data.div_(40)
    for _ in range(10):
        trainer.step(ROWS)
    trainer.model.lm_head.weight.data.mul_(40)
    with pytest.raises(DivergenceError, match=rf"step 13: .* \(recent median {usual:.2g}"):
        trainer.step(ROWS)


@pytest.mark.parametrize(("loss", "ends"), [(0.9, False), (1.1, True)])
def test_a_loss_near_zero_may_grow_many_times_over(make_trainer, loss, ends):
    trainer = make_trainer()
    trainer.position.recent = [0.002] * 10
    with pytest.raises(DivergenceError) if ends else nullcontext():
        trainer._check_divergence(loss, 0.5, ROWS)


def test_metrics_are_means_over_labels_like_the_loss(make_trainer):
    trainer = make_trainer("mood", batch_size=2, micro_batch_size=1)
    metrics = trainer.step([row("a", 3), row("b", 2)]).metrics
    moods = [float(carry["mood"]) for carry in trainer.carries]
    assert metrics["mood"] == pytest.approx((3 * moods[0] + 2 * moods[1]) / 5)
    assert moods[0] != moods[1]


def test_fine_tuning_counts_as_fully_trained_for_the_architecture(make_trainer):
    trainer = make_trainer(num_steps=10)
    assert [trainer.fraction_done(step) for step in (0, 5, 10)] == [0.0, 0.5, 1.0]
    trainer.is_fine_tuning = True
    assert trainer.fraction_done(0) == 1.0


def test_a_row_longer_than_the_context_is_a_config_error(make_trainer):
    message = "training.sequence_length: the context of the model is 48 tokens, got 49"
    with pytest.raises(ConfigError, match=message):
        make_trainer(sequence_length=49)


def test_each_micro_batch_has_a_carry_and_random_numbers(make_trainer):
    trainer = make_trainer("mood", batch_size=2, micro_batch_size=1)
    assert not trainer.is_packed
    moods = [trainer.step([row("a", 3), row("b", 2)]).metrics["mood"] for _ in range(3)]
    assert len(set(moods)) == 3
    assert len(trainer.carries) == 2
    assert trainer.carries[0] != trainer.carries[1]
