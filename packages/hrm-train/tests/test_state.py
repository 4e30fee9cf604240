import pytest
import torch

from hrm_core.errors import DataError
from hrm_core.model import TrainingBatch
from hrm_train.optimizers import make_optimizer
from hrm_train.state import (
    check_state,
    copy_into,
    model_state,
    optimizer_state,
    read_state,
    set_model_state,
    set_optimizer_state,
    whole,
    whole_tensors,
    write_state,
)
from hrm_train.train_config import OptimizerConfig


@pytest.fixture
def model(make_checkpoint):
    return make_checkpoint().model


def stepped(model, config, has_late):
    """Run two optimizer steps; without `has_late`, one weight gets no gradient."""
    optimizer = make_optimizer(model.named_parameters(), config)
    tokens = torch.arange(4, 12)[None]
    for _ in range(2):
        optimizer.zero_grad()
        model.training_loss(TrainingBatch(tokens, tokens), has_late=has_late).backward()
        optimizer.step()
    return optimizer


@pytest.mark.parametrize("has_late", [True, False])
@pytest.mark.parametrize("name", ["adam_atan2", "adamw"])
def test_an_optimizer_continues_exactly_from_its_state(
    make_checkpoint, model, tmp_path, name, has_late
):
    config = OptimizerConfig(name=name, lr=0.01)
    optimizer = stepped(model, config, has_late)
    state = optimizer_state(model, optimizer, is_kept=True)
    assert ("late" in state) is has_late
    path = tmp_path / "state.pt"
    write_state(path, {"weights": model_state(model), "optimizer": state})
    other = make_checkpoint(seed=1).model
    resumed = make_optimizer(other.named_parameters(), config)
    stored = read_state(path, other, is_mapped=True)
    set_model_state(other, stored["weights"])
    set_optimizer_state(other, resumed, stored["optimizer"])
    # What was mapped is copied, so the file may go or change.
    path.write_bytes(bytes(path.stat().st_size))
    tokens = torch.arange(4, 12)[None]
    for trained, by in ((model, optimizer), (other, resumed)):
        by.zero_grad()
        trained.training_loss(TrainingBatch(tokens, tokens)).backward()
        by.step()
    for one, another in zip(model.parameters(), other.parameters(), strict=True):
        assert torch.equal(one, another)


def test_a_state_is_empty_in_processes_that_do_not_keep_it(model):
    optimizer = stepped(model, OptimizerConfig(), has_late=True)
    assert optimizer_state(model, optimizer, is_kept=False) == {}
    assert whole_tensors({"a": torch.ones(1)}, is_kept=False) == {}


def test_what_is_on_the_cpu_is_written_without_a_copy(model):
    optimizer = stepped(model, OptimizerConfig(), has_late=True)
    weights, state = model_state(model), optimizer_state(model, optimizer, is_kept=True)
    for name, weight in model.named_parameters():
        assert whole(weight).data_ptr() == weights[name].data_ptr() == weight.data_ptr()
        mean = optimizer.state[weight]["exp_avg"]
        assert state[name]["exp_avg"].data_ptr() == mean.data_ptr()
        assert not whole(weight).requires_grad


def test_a_tensor_is_copied_into_another_one():
    tensor = torch.zeros(2)
    copy_into(tensor, torch.ones(2))
    assert tensor.tolist() == [1.0, 1.0]


def test_a_state_is_written_whole_or_not_at_all(tmp_path, model):
    path = tmp_path / "state.pt"
    write_state(path, {"step": 1})
    with pytest.raises(AttributeError):
        write_state(path, {"step": lambda: 2})
    assert read_state(path, model) == {"step": 1}


class Code:
    """An object that executes code when it is unpickled."""

    def __reduce__(self):
        return (print, ("run",))


def damage(path, kind):
    content = path.read_bytes()
    if kind == "gone":
        path.unlink()
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "cut off":
        path.write_bytes(content[: len(content) // 2])
    elif kind == "one byte":
        path.write_bytes(content.replace(b"\x00\x00\x80\x3f", b"\x00\x00\x81\x3f", 1))
    elif kind == "text":
        path.write_text("no state at all")
    else:
        torch.save({"step": Code()}, path)


@pytest.mark.parametrize("is_mapped", [True, False])
@pytest.mark.parametrize("kind", ["gone", "empty", "cut off", "text", "code"])
def test_a_corrupt_state_is_named_and_its_code_is_not_executed(
    tmp_path, model, kind, is_mapped, capsys
):
    path = tmp_path / "state.pt"
    write_state(path, {"weights": {**model_state(model), "ones": torch.ones(1)}})
    damage(path, kind)
    with pytest.raises(DataError, match=r"state.pt: corrupt: .*Remove its folder"):
        read_state(path, model, is_mapped=is_mapped)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["gone", "empty", "cut off", "one byte", "text"])
def test_a_state_that_has_changed_is_found_by_its_checksums(tmp_path, model, kind):
    path = tmp_path / "state.pt"
    write_state(path, {"weights": {**model_state(model), "ones": torch.ones(1)}})
    check_state(path)
    damage(path, kind)
    with pytest.raises(DataError, match=r"state.pt: corrupt: .*Remove its folder"):
        check_state(path)
