"""Weights that a model uses in several places, such as an embedding that is also the output layer.

A file has them once for each name, and torch makes a parameter of each when it loads them.
"""

from collections.abc import Mapping

from torch import Tensor, nn


def shared_names(model: nn.Module) -> dict[str, str]:
    """Return the first name of each parameter that has several, by its other names."""
    first: dict[int, str] = {}
    return {
        name: first[id(parameter)]
        for name, parameter in model.named_parameters(remove_duplicate=False)
        if first.setdefault(id(parameter), name) != name
    }


def with_shared(model: nn.Module, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors of a model in which all names of a parameter have the tensor of the first."""
    return {**tensors, **{name: tensors[first] for name, first in shared_names(model).items()}}


def load_weights(model: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Make tensors the weights of a model, without a copy; what it shares stays shared.

    Args:
        model: The model; its own weights may be on the device `meta`.
        tensors: All weights by name.
    """
    shared = shared_names(model)
    model.load_state_dict(with_shared(model, tensors), assign=True)
    for name, first in shared.items():
        module, _, attribute = name.rpartition(".")
        setattr(model.get_submodule(module), attribute, model.get_parameter(first))
