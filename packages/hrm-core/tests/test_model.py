import pytest
import torch

from hrm_core.model import TrainingBatch
from hrm_core.packing import Packing

TOKENS = torch.zeros(1, 5, dtype=torch.int64)
PACKING = Packing.of([[2, 3]], [[1, 0]], 5)


def test_a_packed_batch_takes_its_prefixes_from_its_packing():
    with pytest.raises(ValueError, match="prefix_lengths_B was given with packing"):
        TrainingBatch(TOKENS, TOKENS, torch.tensor([1]), PACKING)


def test_a_batch_moves_to_a_device_with_all_its_tensors():
    for batch in (
        TrainingBatch(TOKENS, TOKENS, torch.tensor([1])),
        TrainingBatch(TOKENS, TOKENS, packing=PACKING),
    ):
        moved = batch.to("meta")
        tensors = [moved.tokens_BT, moved.labels_BT]
        if moved.packing is None:
            assert moved.prefix_lengths_B is not None
            tensors.append(moved.prefix_lengths_B)
        else:
            tensors += (v for k, v in vars(moved.packing).items() if k != "spans")
        assert all(tensor.is_meta for tensor in tensors)


def test_a_model_that_cannot_pack_refuses_a_packed_batch(bag_model):
    packed = TrainingBatch(TOKENS, TOKENS, packing=PACKING)
    for call in (
        bag_model.training_loss,
        bag_model.validation_loss,
        lambda batch: bag_model.training_step(batch, None, 1.0, torch.Generator()),
    ):
        with pytest.raises(ValueError, match="BagModel takes one sequence per row"):
            call(packed)


def test_a_model_that_only_claims_to_pack_refuses_a_packed_batch(bag_model):
    class ClaimingModel(type(bag_model)):
        can_pack = True

    bag_model.__class__ = ClaimingModel
    with pytest.raises(ValueError, match="ClaimingModel takes one sequence per row"):
        bag_model.training_loss(TrainingBatch(TOKENS, TOKENS, packing=PACKING))


def test_a_prefix_ends_with_its_row():
    batch = TrainingBatch(TOKENS, TOKENS, torch.tensor([9]))
    assert [span.prefix for span in batch.spans] == [5]
