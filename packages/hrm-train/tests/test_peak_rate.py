import pytest
import torch

from hrm_train.peak_rate import product_rate


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_rate_of_this_machine_is_measured(dtype):
    assert product_rate(torch.device("cpu"), dtype) > 1e6
