import pytest
import torch

from hrm_core.decoding import Decoder, StackModel
from hrm_core.errors import ContextLengthError
from hrm_core.generation import FinishReason, GenerationRequest, SamplingParams


class CountingModel:
    """Always wants the token after the last one; counts the prompts that it reads."""

    def __init__(self, vocab_size=100):
        self.vocab_size = vocab_size
        self.prompts_read = 0
        self.rows_per_step = []

    class Cache:
        capacity = 1000

        def select(self, rows_R):
            return self

    def logits(self, last_B):
        wanted = torch.tensor([(token + 1) % self.vocab_size for token in last_B])
        return torch.nn.functional.one_hot(wanted, self.vocab_size).float() * 9

    def prefill(self, prompts, capacity):
        self.prompts_read += len(prompts)
        return self.logits([prompt[-1] for prompt in prompts]), self.Cache()

    def step(self, tokens_B, cache):
        self.rows_per_step.append(len(tokens_B))
        return self.logits(tokens_B.tolist())


def letters(ids):
    return "".join(chr(ord("a") + token % 26) for token in ids)


def decoder(model, **changes):
    settings = {
        "model": model,
        "encode_prompt": lambda text: [int(part) for part in text.split()],
        "decode_tokens": letters,
        "eos_token_ids": frozenset({50}),
        "context_length": 64,
        "batch_size": 4,
    }
    return Decoder(**{**settings, **changes})


def generate(found, requests, **params):
    done = params.pop("done", ())
    stream = found.generate(requests, SamplingParams(**params), done=done)
    return {(f.request, f.sample): f.generation for f in stream}


def test_a_generation_ends_at_the_end_token_and_leaves_it_out():
    found = generate(decoder(CountingModel()), [GenerationRequest(prompt="46")])[0, 0]
    assert (found.text, found.num_tokens) == (letters([47, 48, 49]), 4)
    assert found.finish_reason is FinishReason.STOP


def test_a_generation_ends_when_it_is_as_long_as_allowed():
    found = generate(decoder(CountingModel()), [GenerationRequest(prompt="1")], max_new_tokens=3)
    assert found[0, 0].text == "cde"
    assert found[0, 0].finish_reason is FinishReason.LENGTH


def test_a_generation_ends_when_the_context_is_full():
    found = generate(decoder(CountingModel(), context_length=6), [GenerationRequest(prompt="0 1")])
    assert found[0, 0].num_tokens == 4
    assert found[0, 0].finish_reason is FinishReason.LENGTH


def test_a_stop_string_over_several_tokens_ends_a_generation_before_it():
    request = GenerationRequest(prompt="0", stop=("zz", "efg"))
    found = generate(decoder(CountingModel()), [request])[0, 0]
    assert (found.text, found.num_tokens) == ("bcd", 6)
    assert found.finish_reason is FinishReason.STOP


def test_samples_of_one_prompt_share_its_reading():
    model = CountingModel()
    requests = [GenerationRequest(prompt="1", num_samples=3), GenerationRequest(prompt="2")]
    found = generate(decoder(model), requests, max_new_tokens=2)
    assert model.prompts_read == 2
    assert sorted(found) == [(0, 0), (0, 1), (0, 2), (1, 0)]


def test_rows_leave_the_batch_when_they_finish():
    model = CountingModel()
    requests = [GenerationRequest(prompt=str(start)) for start in (49, 47, 1)]
    list(decoder(model).generate(requests, SamplingParams(max_new_tokens=5)))
    assert model.rows_per_step == [2, 2, 1, 1]


def test_a_resumed_run_makes_the_same_batches_and_yields_only_what_is_missing():
    requests = [GenerationRequest(prompt=str(start)) for start in range(6)]
    model = CountingModel()
    done = {(0, 0), (1, 0), (3, 0)}
    found = generate(decoder(model, batch_size=3), requests, max_new_tokens=2, done=done)
    assert sorted(found) == [(2, 0), (4, 0), (5, 0)]
    assert model.prompts_read == 6
    model = CountingModel()
    done = {(0, 0), (1, 0), (2, 0)}
    generate(decoder(model, batch_size=3), requests, max_new_tokens=2, done=done)
    assert model.prompts_read == 3


def test_a_prompt_that_fills_the_context_is_an_error_before_anything_is_generated():
    model = CountingModel()
    requests = [GenerationRequest(prompt="1"), GenerationRequest(prompt="1 2 3", task_id="t/2")]
    with pytest.raises(ContextLengthError, match=r"t/2: the prompt has 3 tokens .* context of 3"):
        decoder(model, context_length=3).generate(requests, SamplingParams())
    assert model.prompts_read == 0


def sampled(model, requests, *, batch_size, order):
    found = decoder(
        StackModel(model), batch_size=batch_size, eos_token_ids=frozenset({3}), context_length=40
    )
    result = generate(
        found, [requests[n] for n in order], temperature=1.0, top_p=0.95, max_new_tokens=12
    )
    return {(order[index], sample): g.text for (index, sample), g in result.items()}


def test_random_draws_depend_neither_on_the_batch_nor_on_the_order(bag_model):
    requests = [
        GenerationRequest(prompt=prompt, num_samples=3, seed=seed)
        for seed, prompt in enumerate(["1 2", "5", "7 8 9 1", "1 2"])
    ]
    expected = sampled(bag_model, requests, batch_size=1, order=[0, 1, 2, 3])
    assert sampled(bag_model, requests, batch_size=5, order=[0, 1, 2, 3]) == expected
    assert sampled(bag_model, requests, batch_size=12, order=[3, 1, 0, 2]) == expected
    assert len({expected[0, n] for n in range(3)}) > 1
    assert expected[0, 0] != expected[3, 0]
