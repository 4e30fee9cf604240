"""The original HRM with a causal mask: a language model trained in segments.

The low level L and the high level H are stacks of post-norm transformer blocks. A segment computes

    x = sqrt(hidden_size) * Embed(tokens)
    repeat H_cycles times:
        repeat L_cycles times: z_L = L(z_L + z_H + x)
        z_H = H(z_H + z_L)

from the states (z_H, z_L) of the segment before, which are detached: no gradient flows from one
segment to another. The first segment starts from two frozen vectors, the same for all positions.
Within a segment, gradients flow through the last calls only; see `HrmActConfig.gradient`. The head
reads z_H. Inference always runs `num_segments` segments, as the published code does.

Training takes one optimizer step per segment (deep supervision). A row that has run its last
segment halts, and the next batch supplies another in its place:

    carry = model.initial_carry(batches[0])
    for batch in batches:
        carry, loss, metrics = model.train_segment(carry, batch)
        loss.backward()
        ...

With `act`, Q-learning decides when a row halts (adaptive computation time); see `q_learning`.

Not covered: puzzle embeddings, learned positions and halting at inference. Published checkpoints
cannot be loaded. The loss is the softmax cross-entropy instead of the published stablemax.

Shapes: B batch, T tokens, D width, V vocabulary, N labeled positions, Q the two actions (halt,
continue), X any.

Source: Wang et al. (2025), arXiv:2506.21734; https://github.com/sapientinc/HRM
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple, Self

import torch
from torch import Tensor, nn

from hrm_core.cache import AttentionCache, KVCache
from hrm_core.errors import ConfigError
from hrm_core.layers import (
    AttentionContext,
    BlockStack,
    init_linears,
    make_embedding,
    truncated_normal,
)
from hrm_core.losses import IGNORED_LABEL, cross_entropy, score_labels
from hrm_core.model import ModelConfig, PromptFormat, TrainingBatch, TrainingStep, last_of_each_row
from hrm_core.transformer import TransformerModel
from hrm_sapient.hrm_act_config import HrmActConfig
from hrm_sapient.q_learning import (
    draw_minimum_steps,
    exactly_right,
    q_losses,
    wants_to_halt,
)
from hrm_sapient.special_tokens import PROMPT_FORMAT

_INITIAL_Q = -5.0


class States(NamedTuple):
    """The states of both levels, each (B, T, D)."""

    high_BTD: Tensor
    low_BTD: Tensor

    def detach(self) -> "States":
        """Return the states without their gradients."""
        return States(self.high_BTD.detach(), self.low_BTD.detach())


@dataclass(frozen=True)
class Carry:
    """The state of training between two segments; each row is one sequence.

    Attributes:
        states: States after the last segment, detached.
        steps_B: Number of segments that the row has run, int64.
        halted_B: Whether the row has halted; the next segment replaces it.
        tokens_BT: Token ids of the row.
        labels_BT: Labels of the row.
        prefix_lengths_B: Prefix length of the row; None if no row has a prefix.
    """

    states: States
    steps_B: Tensor
    halted_B: Tensor
    tokens_BT: Tensor
    labels_BT: Tensor
    prefix_lengths_B: Tensor | None

    def take(self, initial: States, batch: TrainingBatch) -> Self:
        """Return the carry with each halted row replaced by the batch's row of the same index.

        Args:
            initial: The states of the new rows before their first segment.
            batch: The new rows.

        Raises:
            ValueError: If the batch has another shape than the carry.
        """
        for name in ("tokens_BT", "labels_BT"):
            new_BT = getattr(batch, name)
            if new_BT.shape != self.tokens_BT.shape:
                raise ValueError(
                    f"{name}: this carry has rows of shape {tuple(self.tokens_BT.shape)}, got "
                    f"{tuple(new_BT.shape)}. Pad the batch, or start again with initial_carry"
                )
        prefix_lengths_B = None
        if batch.prefix_lengths_B is not None or self.prefix_lengths_B is not None:
            zeros_B = torch.zeros_like(self.steps_B)
            new_B = zeros_B if batch.prefix_lengths_B is None else batch.prefix_lengths_B
            old_B = zeros_B if self.prefix_lengths_B is None else self.prefix_lengths_B
            prefix_lengths_B = self._where_halted(new_B, old_B)
        return replace(
            self,
            states=States(*map(self._where_halted, initial, self.states)),
            steps_B=self.steps_B.masked_fill(self.halted_B, 0),
            halted_B=torch.zeros_like(self.halted_B),
            tokens_BT=self._where_halted(batch.tokens_BT, self.tokens_BT),
            labels_BT=self._where_halted(batch.labels_BT, self.labels_BT),
            prefix_lengths_B=prefix_lengths_B,
        )

    def _where_halted(self, new_BX: Tensor, old_BX: Tensor) -> Tensor:
        halted = self.halted_B.view(-1, *[1] * (new_BX.dim() - 1))
        return torch.where(halted, new_BX, old_BX)


class Recurrence(nn.Module):
    """The embedding, both levels, and the cycles in which they run."""

    H_init: Tensor
    L_init: Tensor

    def __init__(self, config: HrmActConfig) -> None:
        super().__init__()
        self.config = config
        self.embed_tokens = make_embedding(config.vocab_size, config.hidden_size)
        shape = config.block_shape(gated=False, post_norm=True)
        self.L_module = BlockStack(shape, config.L_layers)
        self.H_module = BlockStack(shape, config.H_layers)
        self.register_buffer("H_init", torch.zeros(config.hidden_size))
        self.register_buffer("L_init", torch.zeros(config.hidden_size))

    def embed(self, tokens_BT: Tensor) -> Tensor:
        """Return the embedded tokens (B, T, D), which are added to the input of every low call."""
        return self.embed_tokens(tokens_BT) * self.config.hidden_size**0.5

    def initial_states(self, tokens_BT: Tensor) -> States:
        """Return the states before the first segment, the same for all tokens."""
        shape = (*tokens_BT.shape, self.config.hidden_size)
        return States(self.H_init.expand(shape), self.L_init.expand(shape))

    def forward(
        self, input_BTD: Tensor, states: States, context: AttentionContext, first_slot: int = 0
    ) -> States:
        """Return the states after one segment; its cache slots are numbered from `first_slot`."""
        high_BTD, low_BTD = states
        slot = first_slot
        for level, has_gradient in self._schedule():
            with nullcontext() if has_gradient else torch.no_grad():
                if level == "low":
                    low_BTD = self.L_module(low_BTD + (high_BTD + input_BTD), context, slot)
                    slot += self.config.L_layers
                else:
                    high_BTD = self.H_module(high_BTD + low_BTD, context, slot)
                    slot += self.config.H_layers
        return States(high_BTD, low_BTD)

    def _schedule(self) -> Iterator[tuple[str, bool]]:
        """Yield the level of each call, and whether gradients flow through that call."""
        config = self.config
        calls = (["low"] * config.L_cycles + ["high"]) * config.H_cycles
        num_with_gradient = 2 if config.gradient == "one_step" else config.L_cycles + 1
        for call, level in enumerate(calls):
            yield level, call >= len(calls) - num_with_gradient


class HrmAct(TransformerModel):
    """The original HRM as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = HrmActConfig
    carry_types: ClassVar[tuple[type, ...]] = (Carry, States)
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: HrmActConfig

    def __init__(self, config: HrmActConfig) -> None:
        """Create the modules; call `init_weights` or load weights before use."""
        super().__init__(config)
        self.model = Recurrence(config)
        if config.act:
            self.q_head = nn.Linear(config.hidden_size, 2)

    @property
    def is_causal(self) -> bool:
        """Whether attention is causal, except within a prefix."""
        return self.config.causal

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the high state (B, T, D) after all segments, with gradients of the last one."""
        input_BTD = self.model.embed(tokens_BT)
        states = self.model.initial_states(tokens_BT)
        for segment in range(self.config.num_segments):
            first_slot = segment * self.config.slots_per_segment
            states = self.model(input_BTD, states.detach(), context, first_slot)
        return states.high_BTD

    def forward(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: AttentionCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Score every next token; see `LanguageModel.forward`.

        Raises:
            ContextLengthError: If a row exceeds the context or the cache's capacity.
            ValueError: If a model that is not `causal` gets a prefix, a cache or lengths, or if a
                model without `prefix_lm` gets a prefix.
        """
        self._check_lengths(lengths_B)
        return super().forward(tokens_BT, prefix_lengths_B, cache, lengths_B)

    def next_logits(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: AttentionCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Return the logits (B, V) of the token after each row; see `forward`."""
        self._check_lengths(lengths_B)
        return super().next_logits(tokens_BT, prefix_lengths_B, cache, lengths_B)

    def attention_context(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: AttentionCache | None = None,
    ) -> AttentionContext:
        """Return the attention context; see `TransformerModel.attention_context`.

        Raises:
            ContextLengthError: If a row exceeds the context or the cache's capacity.
            ValueError: If the model gets a prefix or a cache that it cannot use.
        """
        if self.config.causal:
            return super().attention_context(tokens_BT, prefix_lengths_B, cache)
        if prefix_lengths_B is not None or cache is not None:
            raise ValueError(
                "a prefix or a cache was given, but every token sees all others (causal: false)"
            )
        return replace(super().attention_context(tokens_BT, None), is_causal=False)

    def new_cache(self, batch: int, capacity: int) -> KVCache:
        """Return a cache with one slot for each attention call of every segment.

        Raises:
            ConfigError: If the model is not causal.
        """
        if not self.config.causal:
            raise ConfigError(
                "causal: a model whose tokens see later ones cannot generate text, got False. "
                "Train one with causal: true"
            )
        return super().new_cache(batch, capacity)

    def initial_carry(self, batch: TrainingBatch) -> Carry:
        """Return a carry in which every row has halted, so the first segment reads a whole batch.

        Args:
            batch: Any batch with the shape of all further batches.
        """
        tokens_BT = batch.tokens_BT
        num_rows = len(tokens_BT)
        return Carry(
            states=self.model.initial_states(tokens_BT),
            steps_B=torch.zeros(num_rows, dtype=torch.int64, device=tokens_BT.device),
            halted_B=torch.ones(num_rows, dtype=torch.bool, device=tokens_BT.device),
            tokens_BT=tokens_BT,
            labels_BT=batch.labels_BT,
            prefix_lengths_B=batch.prefix_lengths_B,
        )

    def train_segment(
        self, carry: Carry, batch: TrainingBatch, generator: torch.Generator | None = None
    ) -> tuple[Carry, Tensor, dict[str, Tensor]]:
        """Run one segment of training and return its loss, for one optimizer step.

        Rows that have halted are replaced by the rows of the batch. The other rows continue with
        their own data, and the batch's rows at their indices are dropped.

        The loss is the mean cross-entropy over all labels. (The published loss uses stablemax, and
        averages over each row first.) Without `act`, a row halts after `num_segments` segments.

        With `act`, a row also halts when its Q-value of halting is higher than that of continuing.
        Some rows must run a random number of segments first; see `draw_minimum_steps`. The loss
        then also has the term 0.5 * (`q_halt_loss` + `q_continue_loss`), two binary cross-entropies
        averaged over the rows. The target of the halting value is 1 if the row predicts all its
        labels (or has none), otherwise 0. The target of the continuing value comes from the
        sigmoids of both Q-values after one more segment: it is the larger one, or that of halting
        if this was the last segment of the row. The extra segment runs without gradients and
        doubles the cost of the forward pass.

        Args:
            carry: From the previous call, or from `initial_carry`.
            batch: Of the carry's shape, not packed. If the model is not `causal`, a label is the
                token to predict at the same position instead of the next one.
            generator: Source of the random exploration, used on its own device. Required with
                `act`; not used without.

        Returns:
            The next carry, the loss, and scalars to log: `cross_entropy`; with `act` also
            `q_halt_loss`, `q_continue_loss`, and the fractions of rows that are `exactly_right`
            and `halted`.

        Raises:
            ValueError: If the batch is packed or has another shape than the carry, or if the
                generator is missing.

        Source: Wang et al. (2025), arXiv:2506.21734; `models/hrm/hrm_act_v1.py` and
        `models/losses.py` of the published code.
        """
        self.refuse_packing(batch)
        carry = carry.take(self.model.initial_states(batch.tokens_BT), batch)
        rows = TrainingBatch(carry.tokens_BT, carry.labels_BT, carry.prefix_lengths_B)
        context = self.training_context(rows)
        input_BTD = self.model.embed(carry.tokens_BT)
        states = self.model(input_BTD, carry.states, context)
        logits_NV, labels_N = score_labels(self.lm_head, states.high_BTD, carry.labels_BT)
        loss = cross_entropy(logits_NV, labels_N)
        metrics = {"cross_entropy": loss.detach()}
        steps_B = carry.steps_B + 1
        halted_B = steps_B >= self.config.num_segments
        if self.config.act:
            q_BQ = self._q_values(states, carry.labels_BT)
            with torch.no_grad():
                next_states = self.model(input_BTD, states.detach(), context)
                next_q_BQ = self._q_values(next_states, carry.labels_BT)
            right_B = exactly_right(logits_NV, carry.labels_BT)
            halt_loss, continue_loss = q_losses(q_BQ, next_q_BQ, right_B, is_last_B=halted_B)
            loss = loss + 0.5 * (halt_loss + continue_loss)
            minimum_B = draw_minimum_steps(self.config, len(steps_B), generator)
            halted_B = (halted_B | wants_to_halt(q_BQ)) & (steps_B >= minimum_B.to(steps_B.device))
            metrics |= {
                "q_halt_loss": halt_loss.detach(),
                "q_continue_loss": continue_loss.detach(),
                "exactly_right": right_B.float().mean(),
                "halted": halted_B.float().mean(),
            }
        carry = replace(carry, states=states.detach(), steps_B=steps_B, halted_B=halted_B)
        return carry, loss, metrics

    @property
    def can_pack(self) -> bool:
        """False: a row halts as a whole, so it contains a single sequence."""
        return False

    def training_step(
        self, batch: TrainingBatch, carry: Any, fraction_done: float, generator: torch.Generator
    ) -> TrainingStep:
        """Run one segment and return its loss; see `train_segment`."""
        del fraction_done
        if carry is None:
            carry = self.initial_carry(batch)
        carry, loss, metrics = self.train_segment(carry, batch, generator)
        num_labels = (carry.labels_BT != IGNORED_LABEL).sum()
        return TrainingStep(loss, carry, metrics, num_labels)

    def training_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean loss of all segments, from the initial states, with the same weights.

        This is for training loops that do not know segments. Each segment has the loss of
        `train_segment`, but no row halts early and nothing is random. With `act`, one segment more
        runs, because the targets of each segment are Q-values of the next one.

        Raises:
            ValueError: If the batch is packed.
        """
        context, labels_BT = self.training_context(batch), batch.labels_BT
        input_BTD = self.model.embed(batch.tokens_BT)
        states = self.model.initial_states(batch.tokens_BT)
        losses, q_values, right = [], [], []
        for _ in range(self.config.num_segments):
            states = self.model(input_BTD, states.detach(), context)
            logits_NV, labels_N = score_labels(self.lm_head, states.high_BTD, labels_BT)
            losses.append(cross_entropy(logits_NV, labels_N))
            if self.config.act:
                q_values.append(self._q_values(states, labels_BT))
                right.append(exactly_right(logits_NV, labels_BT))
        if self.config.act:
            with torch.no_grad():
                states = self.model(input_BTD, states, context)
                q_values.append(self._q_values(states, labels_BT))
            for segment, right_B in enumerate(right):
                is_last_B = torch.full_like(right_B, segment == len(right) - 1)
                halt_loss, continue_loss = q_losses(
                    q_values[segment], q_values[segment + 1], right_B, is_last_B=is_last_B
                )
                losses.append(0.5 * (halt_loss + continue_loss))
        return torch.stack(losses).sum() / self.config.num_segments

    def validation_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy after the last segment, whose logits inference uses."""
        return super().training_loss(batch)

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Initialize the weights as the published training code does.

        All are truncated normal. The standard deviation is `fan_in ** -0.5` (LeCun) for every
        matrix, `hidden_size ** -0.5` for the embedding, and 1 for the frozen initial states. The
        Q-head has weights 0 and biases -5, so that both Q-values start at -5. The other weights do
        not depend on `act`.
        """
        truncated_normal(self.model.embed_tokens.weight, self.config.hidden_size**-0.5, generator)
        truncated_normal(self.model.H_init, 1.0, generator)
        truncated_normal(self.model.L_init, 1.0, generator)
        init_linears(self, generator)
        if self.config.act:
            self.q_head.weight.zero_()
            self.q_head.bias.fill_(_INITIAL_Q)

    def _check_lengths(self, lengths_B: Tensor | None) -> None:
        if lengths_B is not None and not self.config.causal:
            raise ValueError(
                "lengths_B was given, but every token sees all others, padding too (causal: false)"
            )

    def _q_values(self, states: States, labels_BT: Tensor) -> Tensor:
        """Return the Q-values (B, Q) in float32, read at one position of each row.

        If the model is `causal`, that is the last labeled position, which sees the whole sequence
        (the last of all positions in a row without labels). Otherwise it is the first position, as
        published.
        """
        if self.config.causal:
            counts_T = torch.arange(1, labels_BT.shape[1] + 1, device=labels_BT.device)
            # 0 in a row without labels; `last_of_each_row` then reads index -1, the last position.
            ends_B = (counts_T * (labels_BT != IGNORED_LABEL)).amax(dim=1)
            high_BD = last_of_each_row(states.high_BTD, ends_B)
        else:
            high_BD = states.high_BTD[:, 0]
        return self.q_head(high_BD).float()
