"""The contract of a language model, as checks for any architecture.

Each check takes a small model in float32 with random weights and a context of at least 24 tokens,
and raises `AssertionError` if the model breaks the contract. To check your own architecture:

    @pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
    def test_my_model_keeps_the_contract(check):
        check(my_model())

Rows are padded on the right, never on the left. So the positions of a row do not depend on the
lengths of its neighbors, and a finished row can be replaced in place.

Not covered: devices other than the CPU, and speed. `torch.compile` is tested with the backend
`aot_eager`, which traces and differentiates as inductor does but needs no C++ compiler.

Shapes: B batch, T tokens, V vocabulary.
"""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
import torch.nn.functional as F
from safetensors import torch as safetensors
from torch import Tensor

from hrm_core.decoding import Decoder
from hrm_core.errors import ContextLengthError
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.losses import IGNORED_LABEL, cross_entropy
from hrm_core.model import LanguageModel, TrainingBatch
from hrm_core.packing import Packing
from hrm_core.shared_weights import load_weights
from hrm_core.stepping import StackModel

_LENGTH = 12
_TOLERANCE = 1e-4
_TRAINING_STEPS = 12
# Root mean square error over all logits, in standard deviations of the logits.
_BFLOAT16_ERROR = 0.1


def random_tokens(model: LanguageModel, batch: int, length: int, seed: int = 0) -> Tensor:
    """Return token ids (batch, length) that depend on the seed alone."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(model.config.vocab_size, (batch, length), generator=generator)


def _changed_positions(
    model: LanguageModel, tokens_BT: Tensor, position: int, prefix_lengths_B: Tensor | None = None
) -> Tensor:
    """Return for each position whether its logits change with the token at `position`."""
    other_BT = tokens_BT.clone()
    other_BT[:, position] = (other_BT[:, position] + 1) % model.config.vocab_size
    before = model(tokens_BT, prefix_lengths_B)
    after = model(other_BT, prefix_lengths_B)
    return (before != after).any(dim=-1).any(dim=0)


@torch.inference_mode()
def check_no_position_sees_the_future(model: LanguageModel) -> None:
    """Changing a token changes the logits at its position and after, and none before."""
    tokens_BT = random_tokens(model, 1, _LENGTH)
    for position in range(_LENGTH):
        changed = _changed_positions(model, tokens_BT, position)
        assert not changed[:position].any(), f"token {position} changes logits before it"
        assert changed[position:].all(), (
            f"token {position} does not change all logits from its position on"
        )


@torch.inference_mode()
def check_the_prefix_sees_itself_and_nothing_after_it(model: LanguageModel) -> None:
    """Attention is bidirectional within the prefix and causal after it; only if `prefix_lm`."""
    if not model.prefix_lm:
        return
    tokens_BT = random_tokens(model, 1, _LENGTH)
    prefix = _LENGTH // 2
    for position in range(_LENGTH):
        changed = _changed_positions(model, tokens_BT, position, torch.tensor([prefix]))
        first_seen = 0 if position < prefix else position
        case = f"prefix of {prefix}: token {position}"
        assert not changed[:first_seen].any(), f"{case} changes logits before it"
        assert changed[first_seen:].all(), (
            f"{case} does not change all logits from position {first_seen} on"
        )


def _prefixes(model: LanguageModel, lengths_B: Tensor) -> Tensor | None:
    return lengths_B if model.prefix_lm else None


@torch.inference_mode()
def check_cached_logits_equal_uncached_ones(model: LanguageModel) -> None:
    """Reading a sequence in pieces through the cache gives the logits of a single pass."""
    tokens_BT = random_tokens(model, 2, _LENGTH)
    prefix_B = _prefixes(model, torch.tensor([4, 4]))
    expected = model(tokens_BT, prefix_B)
    cache = model.new_cache(2, _LENGTH)
    pieces = [model(tokens_BT[:, :4], prefix_B, cache)]
    for start, end in ((4, 5), (5, 6), (6, 9), (9, _LENGTH)):
        pieces.append(model(tokens_BT[:, start:end], None, cache))
    _assert_close(torch.cat(pieces, dim=1), expected)


@torch.inference_mode()
def check_padding_and_neighbors_do_not_change_logits(model: LanguageModel) -> None:
    """A row of a padded batch has the logits that it has alone, with and without a cache."""
    lengths = [3, _LENGTH, 7]
    tokens_BT = random_tokens(model, len(lengths), _LENGTH)
    lengths_B = torch.tensor(lengths)
    cache = model.new_cache(len(lengths), _LENGTH + 2)
    batched = model(tokens_BT, _prefixes(model, lengths_B), cache, lengths_B)
    next_BT = random_tokens(model, len(lengths), 2, seed=1)
    steps = [model(next_BT[:, [step]], None, cache) for step in range(2)]
    for row, length in enumerate(lengths):
        alone = torch.cat((tokens_BT[[row], :length], next_BT[[row]]), dim=1)
        expected = model(alone, _prefixes(model, torch.tensor([length])))[0]
        _assert_close(batched[row, :length], expected[:length])
        _assert_close(torch.cat([step[row] for step in steps]), expected[length:])


@torch.inference_mode()
def check_row_order_does_not_change_logits(model: LanguageModel) -> None:
    """Reordering rows, of a batch or of a cache, does not change their logits."""
    tokens_BT = random_tokens(model, 3, _LENGTH)
    order = torch.tensor([2, 0, 0])
    _assert_close(model(tokens_BT[order]), model(tokens_BT)[order])
    cache, other = model.new_cache(3, _LENGTH), model.new_cache(4, _LENGTH)
    model(tokens_BT[:, :-1], None, cache)
    other.keep([])
    other.extend(cache, order[:2].tolist())
    other.extend(cache, order[2:].tolist())
    moved = model(tokens_BT[order, -1:], None, other)
    _assert_close(moved, model(tokens_BT)[order, -1:])
    cache.keep([2, 1])
    logits = model(tokens_BT[[2, 1], -1:], None, cache)
    _assert_close(logits, model(tokens_BT)[[2, 1], -1:])


def check_greedy_generation_matches_uncached_argmax(model: LanguageModel) -> None:
    """Greedy decoding of prompts of unequal length gives the argmax of uncached passes."""
    _check_greedy(model, prompt_lengths=(2, 5, 3), batch_size=2, max_new_tokens=_LENGTH - 5)


def check_every_row_can_fill_the_context(model: LanguageModel) -> None:
    """A row can grow to the context limit after longer rows have finished."""
    limit = model.config.max_position_embeddings
    lengths = (limit - 2, limit - 6, limit - 4)
    _check_greedy(model, prompt_lengths=lengths, batch_size=3, max_new_tokens=limit)


def check_batch_size_and_order_do_not_change_generation(model: LanguageModel) -> None:
    """A request gets the same tokens in any batch and any order, greedy or sampled."""
    prompts = _prompts(model, (2, 5, 3, 5))
    for temperature in (0.0, 1.0):
        params = SamplingParams(temperature=temperature, max_new_tokens=_LENGTH - 5)
        alone = _generate(model, prompts, params, batch_size=1)
        batched = _generate(model, prompts, params, batch_size=3)
        assert batched == alone, f"temperature {temperature}: a batch of 3 changes the tokens"
        reordered = _generate(model, prompts, params, batch_size=8, order=(3, 1, 0, 2))
        assert reordered == alone, f"temperature {temperature}: another order changes the tokens"


def _check_greedy(
    model: LanguageModel,
    *,
    prompt_lengths: Sequence[int],
    batch_size: int,
    max_new_tokens: int,
) -> None:
    prompts = _prompts(model, prompt_lengths)
    expected = {}
    for n, prompt in enumerate(prompts):
        remaining = model.config.max_position_embeddings - len(prompt)
        tokens = _greedy_without_cache(model, prompt, min(remaining, max_new_tokens))
        expected[n, 0] = _join(tokens)
    params = SamplingParams(max_new_tokens=max_new_tokens)
    actual = _generate(model, prompts, params, batch_size=batch_size)
    assert actual == expected, "greedy decoding differs from the argmax of uncached passes"


def _prompts(model: LanguageModel, lengths: Sequence[int]) -> list[list[int]]:
    return [random_tokens(model, 1, n, seed=seed)[0].tolist() for seed, n in enumerate(lengths)]


def _join(tokens: Sequence[int]) -> str:
    return "".join(f"{token} " for token in tokens)


def _generate(
    model: LanguageModel,
    prompts: Sequence[list[int]],
    params: SamplingParams,
    *,
    batch_size: int,
    order: Sequence[int] | None = None,
) -> dict[tuple[int, int], str]:
    """Return the texts by prompt and sample: two samples per prompt if the temperature is not 0."""
    order = range(len(prompts)) if order is None else order
    decoder = Decoder(
        model=StackModel(model),
        encode_prompt=lambda text: prompts[int(text)],
        decode_tokens=_join,
        eos_token_ids=frozenset(),
        context_length=model.config.max_position_embeddings,
        batch_size=batch_size,
    )
    num_samples = 2 if params.temperature else 1
    requests = [GenerationRequest(prompt=str(n), seed=n, num_samples=num_samples) for n in order]
    return {
        (order[finished.request], finished.sample): finished.generation.text
        for finished in decoder.generate(requests, params)
    }


@torch.inference_mode()
def _greedy_without_cache(model: LanguageModel, prompt: list[int], count: int) -> list[int]:
    tokens = list(prompt)
    prefix_B = _prefixes(model, torch.tensor([len(prompt)]))
    for _ in range(count):
        tokens.append(int(model(torch.tensor([tokens]), prefix_B)[0, -1].argmax()))
    return tokens[len(prompt) :]


@torch.inference_mode()
def check_saving_and_loading_give_the_same_model(model: LanguageModel) -> None:
    """The config and weights of a checkpoint give a model with the same config and logits."""
    published = json.loads(json.dumps(model.config.to_published()))
    config = type(model.config).from_published(published)
    assert config == model.config, f"{model.config!r} is loaded as {config!r}"
    # A copy of each, since the format has no shared tensors.
    state = {name: tensor.clone().contiguous() for name, tensor in model.state_dict().items()}
    with torch.device("meta"):
        loaded = type(model)(config)
    tensors = type(model).from_published(safetensors.load(safetensors.save(state)))
    load_weights(loaded, tensors)
    tokens_BT = random_tokens(model, 2, _LENGTH)
    _assert_close(loaded.eval()(tokens_BT), model(tokens_BT))


@torch.inference_mode()
def check_the_context_limit_is_exact(model: LanguageModel) -> None:
    """Sequences up to the context limit work; one more token is a `ContextLengthError`."""
    limit = model.config.max_position_embeddings
    for length in (1, limit):
        assert model(random_tokens(model, 1, length)).shape[1] == length
    too_long = random_tokens(model, 1, limit + 1)
    cache = model.new_cache(1, limit)
    model(too_long[:, :limit], None, cache)
    for tokens_BT, full_cache in ((too_long, None), (too_long[:, -1:], cache)):
        try:
            model(tokens_BT, None, full_cache)
        except ContextLengthError:
            continue
        case = "without a cache" if full_cache is None else "with a cache"
        raise AssertionError(f"{limit + 1} tokens were read in a context of {limit}, {case}")


def check_training_reaches_every_weight(model: LanguageModel) -> None:
    """Every weight gets a gradient, and a few optimizer steps lower the cross-entropy."""
    trained = copy.deepcopy(model).train()
    batch = _next_tokens(random_tokens(model, 2, _LENGTH))
    optimizer = torch.optim.AdamW(trained.parameters(), lr=1e-2)
    before = _inference_loss(trained, batch)
    for step in range(_TRAINING_STEPS):
        optimizer.zero_grad()
        loss = trained.training_loss(batch)
        assert loss.isfinite(), f"the loss is {loss} in step {step}"
        loss.backward()  # type: ignore[no-untyped-call]
        for name, parameter in trained.named_parameters():
            has_gradient = parameter.grad is not None and bool(parameter.grad.any())
            # Weights that start at 0 may keep the gradients of others at 0 in the first step.
            assert has_gradient or step == 0 or not parameter.requires_grad, (
                f"{name} has no gradient in step {step}"
            )
        optimizer.step()
    after = _inference_loss(trained, batch)
    assert after < before - 0.1, (
        f"{_TRAINING_STEPS} optimizer steps change the cross-entropy from {before} to {after}"
    )


@torch.no_grad()
def _inference_loss(model: LanguageModel, batch: TrainingBatch) -> float:
    return float(cross_entropy(model(batch.tokens_BT), batch.labels_BT))


def _next_tokens(tokens_BT: Tensor) -> TrainingBatch:
    """Return a batch that labels each token with the next one."""
    return TrainingBatch(tokens_BT[:, :-1], tokens_BT[:, 1:].clone())


def check_ignored_labels_do_not_count(model: LanguageModel) -> None:
    """The loss is the mean over the labels that are not ignored, and padding does not change it."""
    batch = _next_tokens(random_tokens(model, 2, _LENGTH))
    batch.labels_BT[:, : _LENGTH // 2] = IGNORED_LABEL
    loss = model.training_loss(batch)
    padded = TrainingBatch(
        F.pad(batch.tokens_BT, (0, 3)), F.pad(batch.labels_BT, (0, 3), value=IGNORED_LABEL)
    )
    _assert_close(model.training_loss(padded), loss)
    rows = [TrainingBatch(batch.tokens_BT[[n]], batch.labels_BT[[n]]) for n in range(2)]
    _assert_close(loss, torch.stack([model.training_loss(row) for row in rows]).mean())


def check_packed_sequences_do_not_see_one_another(model: LanguageModel) -> None:
    """Packed sequences have the loss and the gradient that they have in rows of their own.

    If `can_pack` is false, a packed batch must be a `ValueError`.
    """
    packing = Packing.of([[5, 3], [9]], [[2, 0], [4]], _LENGTH)
    batch = replace(_next_tokens(random_tokens(model, 2, _LENGTH + 1)), packing=packing)
    batch.labels_BT[0, 8:], batch.labels_BT[1, 9:] = IGNORED_LABEL, IGNORED_LABEL
    if not model.can_pack:
        try:
            model.training_loss(batch)
        except ValueError:
            return
        raise AssertionError("can_pack is False, but training_loss accepts a packed batch")
    pieces = [(0, 0, 5, 2), (0, 5, 8, 0), (1, 0, 9, 4)]
    together, apart = copy.deepcopy(model), copy.deepcopy(model)
    loss = together.training_loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    losses = []
    for row, start, end, prefix in pieces:
        place = (slice(row, row + 1), slice(start, end))
        prefix_B = _prefixes(model, torch.tensor([prefix]))
        piece = TrainingBatch(batch.tokens_BT[place], batch.labels_BT[place], prefix_B)
        losses.append(apart.training_loss(piece) * (end - start))
    expected = torch.stack(losses).sum() / sum(end - start for _, start, end, _ in pieces)
    expected.backward()  # type: ignore[no-untyped-call]
    _assert_close(loss.detach(), expected.detach())
    for (name, packed), single in zip(together.named_parameters(), apart.parameters(), strict=True):
        assert (packed.grad is None) == (single.grad is None), (
            f"{name} has a gradient either packed or unpacked, but not both"
        )
        if packed.grad is not None and single.grad is not None:
            _assert_close(packed.grad, single.grad)


def check_compiling_does_not_change_training(model: LanguageModel) -> None:
    """With `torch.compile`, the training loss and its gradients are the same."""
    batch = _next_tokens(random_tokens(model, 2, _LENGTH))
    results = []
    for is_compiled in (False, True):
        trained = copy.deepcopy(model).train()
        training_loss = trained.training_loss
        if is_compiled:
            torch.compiler.reset()
            training_loss = torch.compile(training_loss, backend="aot_eager")
        loss = training_loss(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [p.grad.flatten() for p in trained.parameters() if p.grad is not None]
        results.append((loss.detach(), torch.cat(gradients)))
    for plain, compiled in zip(*results, strict=True):
        _assert_close(compiled, plain)


@torch.inference_mode()
def check_bfloat16_gives_nearly_the_same_logits(model: LanguageModel) -> None:
    """Logits in bfloat16 are close to those in float32, with and without a cache."""
    rounded = copy.deepcopy(model).bfloat16()
    tokens_BT = random_tokens(model, 2, _LENGTH)
    prefix_B = _prefixes(model, torch.tensor([4, 4]))
    expected = model(tokens_BT, prefix_B)
    cache = rounded.new_cache(2, _LENGTH)
    pieces = [rounded(tokens_BT[:, :4], prefix_B, cache)]
    pieces += [rounded(tokens_BT[:, [t]], None, cache) for t in range(4, _LENGTH)]
    for actual in (rounded(tokens_BT, prefix_B), torch.cat(pieces, dim=1)):
        assert actual.dtype == torch.bfloat16, f"the logits are {actual.dtype}"
        _assert_close_in_bfloat16(actual, expected)


def check_prompts_can_be_read_in_bfloat16(model: LanguageModel) -> None:
    """Products over prompts in bfloat16 give nearly the same logits, there and in later steps."""
    prompts = _prompts(model, [4, _LENGTH, 7])
    next_tokens_B = random_tokens(model, 1, len(prompts), seed=9)[0]
    results = []
    for dtype in (None, torch.bfloat16):
        stack_model = StackModel(model, prompt_dtype=dtype)
        logits_BV, read = stack_model.prefill(prompts)
        cache = stack_model.new_batch(len(prompts), _LENGTH + 1)
        cache.extend(read, range(len(prompts)))
        after_BV = stack_model.step(next_tokens_B, cache)
        assert after_BV.dtype == torch.float32, f"the logits of a step are {after_BV.dtype}"
        results.append(torch.stack((logits_BV, after_BV)))
    _assert_close_in_bfloat16(results[1], results[0])


def _assert_close_in_bfloat16(actual: Tensor, expected: Tensor) -> None:
    error = (actual.float() - expected).pow(2).mean().sqrt() / expected.std()
    assert error < _BFLOAT16_ERROR, (
        f"the error in bfloat16 is {error:.3f} standard deviations of the logits, allowed "
        f"{_BFLOAT16_ERROR}"
    )


def _assert_close(actual: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(actual, expected, atol=_TOLERANCE, rtol=_TOLERANCE)


CONTRACT: tuple[Callable[[LanguageModel], None], ...] = (
    check_no_position_sees_the_future,
    check_the_prefix_sees_itself_and_nothing_after_it,
    check_cached_logits_equal_uncached_ones,
    check_padding_and_neighbors_do_not_change_logits,
    check_row_order_does_not_change_logits,
    check_greedy_generation_matches_uncached_argmax,
    check_every_row_can_fill_the_context,
    check_batch_size_and_order_do_not_change_generation,
    check_saving_and_loading_give_the_same_model,
    check_the_context_limit_is_exact,
    check_training_reaches_every_weight,
    check_ignored_labels_do_not_count,
    check_packed_sequences_do_not_see_one_another,
    check_compiling_does_not_change_training,
    check_bfloat16_gives_nearly_the_same_logits,
    check_prompts_can_be_read_in_bfloat16,
)
