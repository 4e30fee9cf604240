from types import SimpleNamespace
from typing import ClassVar

import pytest
import torch
from torch import nn

from hrm_core import plugins
from hrm_core.model import Cache, LanguageModel, ModelConfig
from hrm_core.stack import Stack


class BagConfig(ModelConfig):
    architecture: ClassVar[str] = "bag"

    hidden_size: int = 8


class BagCache:
    """Remembers the running sum of embeddings of each row."""

    def __init__(self, sums: torch.Tensor, lengths: torch.Tensor, capacity: int) -> None:
        self.sums, self.lengths, self.capacity = sums, lengths, capacity

    @property
    def num_bytes(self) -> int:
        return self.sums.nbytes

    def keep(self, rows) -> None:
        self.sums, self.lengths = self.sums[list(rows)], self.lengths[list(rows)]

    def extend(self, other: "BagCache", rows) -> None:
        self.sums = torch.cat((self.sums, other.sums[list(rows)]))
        self.lengths = torch.cat((self.lengths, other.lengths[list(rows)]))


class BagModel(LanguageModel):
    """The smallest causal model there is: the head sees the running sum of the embeddings."""

    config_type: ClassVar[type[ModelConfig]] = BagConfig

    def __init__(self, config: BagConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab_size, config.hidden_size)
        self.head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)

    def forward(self, tokens_BT, prefix_lengths_B=None, cache=None, lengths_B=None):
        batch, length = tokens_BT.shape
        num_cached = int(cache.lengths.max()) if cache is not None else 0
        self.check_length(num_cached + length)
        sums_BTD = self.embed(tokens_BT).cumsum(dim=1)
        if cache is not None:
            sums_BTD = sums_BTD + cache.sums[:, None]
            new = torch.full((batch,), length) if lengths_B is None else lengths_B
            cache.sums = sums_BTD[torch.arange(batch), new - 1]
            cache.lengths = cache.lengths + new
        return self.head(torch.tanh(sums_BTD))

    def new_cache(self, batch: int, capacity: int) -> Cache:
        self.check_length(capacity)
        width = self.config.hidden_size
        sums = self.head.weight.new_zeros(batch, width)
        return BagCache(sums, torch.zeros(batch, dtype=torch.int64), capacity)

    def init_weights(self, generator: torch.Generator) -> None:
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(torch.randn(parameter.shape, generator=generator))


BAG = Stack(
    name="toys",
    architectures={"bag": BagModel},
    default_architecture="bag",
    presets={"small": {"vocab_size": 300, "max_position_embeddings": 64}},
    default_presets={"bag": "small"},
    special_tokens=("<pad>", "<begin>", "<end>"),
    token_roles={"pad_token_id": "<pad>", "eos_token_id": "<end>"},
)


@pytest.fixture
def toy_stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    """Install the stack `toys` for the duration of a test."""
    from hrm_core import checkpoint

    real = checkpoint.load_stack

    def load(name):
        return BAG if name == "toys" else real(name)

    monkeypatch.setattr(checkpoint, "load_stack", load)
    return BAG


@pytest.fixture
def bag_model() -> LanguageModel:
    return BAG.build(BAG.parse({"vocab_size": 17}), seed=0)


@pytest.fixture
def install(monkeypatch):
    """Make these the only entry points: (name, target, distribution), all of one group."""

    def replace(*entries, group="hrm.stacks"):
        entry_points = [
            SimpleNamespace(
                name=name, value=target, dist=SimpleNamespace(name=distribution, version="9.1")
            )
            for name, target, distribution in entries
        ]
        monkeypatch.setattr(
            plugins.metadata,
            "entry_points",
            lambda group, wanted=group: entry_points if group == wanted else [],
        )

    return replace
