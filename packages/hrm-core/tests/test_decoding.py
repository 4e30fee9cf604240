import random

import pytest
import torch

from hrm_core.decoding import Decoder
from hrm_core.errors import DataError, UsageError
from hrm_core.generation import (
    CountingGenerator,
    FinishReason,
    GenerationRequest,
    SamplingParams,
    StreamingGenerator,
)
from hrm_core.stepping import StackModel


class CountingModel:
    """Always wants the token after the last one; notes the prompts and the rows that it reads."""

    def __init__(self, vocab_size=100, *, can_refill=True, fits=1000):
        self.vocab_size = vocab_size
        self.can_refill = can_refill
        self.fits = fits
        self.prompts_read = []
        self.lengths_per_step = []

    class Cache:
        def __init__(self, lengths):
            self.lengths = lengths

        def keep(self, rows):
            self.lengths = [self.lengths[row] for row in rows]

        def extend(self, other, rows):
            self.lengths += [other.lengths[row] for row in rows]

    @property
    def rows_per_step(self):
        return [len(lengths) for lengths in self.lengths_per_step]

    def rows_that_fit(self, capacity):
        return 3

    def logits(self, last_B):
        wanted = torch.tensor([(token + 1) % self.vocab_size for token in last_B])
        return torch.nn.functional.one_hot(wanted, self.vocab_size).float() * 9

    def new_batch(self, batch, capacity):
        if batch > self.fits:
            raise torch.OutOfMemoryError
        return self.Cache([])

    def prefill(self, prompts):
        self.prompts_read += [tuple(prompt) for prompt in prompts]
        return self.logits([p[-1] for p in prompts]), self.Cache([len(p) for p in prompts])

    def step(self, tokens_B, cache):
        assert len(tokens_B) == len(cache.lengths)
        self.lengths_per_step.append(tuple(cache.lengths))
        cache.lengths = [length + 1 for length in cache.lengths]
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


def generate(engine, requests, **params):
    done = params.pop("done", {})
    stream = engine.generate(requests, SamplingParams(**params), done=done)
    return {(f.request, f.sample): f.generation for f in stream}


def test_a_generation_ends_at_the_end_token_and_leaves_it_out():
    result = generate(decoder(CountingModel()), [GenerationRequest(prompt="46")])[0, 0]
    assert (result.text, result.num_tokens) == (letters([47, 48, 49]), 4)
    assert result.finish_reason is FinishReason.STOP


def test_a_generation_ends_when_it_is_as_long_as_allowed():
    result = generate(decoder(CountingModel()), [GenerationRequest(prompt="1")], max_new_tokens=3)
    assert result[0, 0].text == "cde"
    assert result[0, 0].finish_reason is FinishReason.LENGTH


def test_a_generation_ends_when_the_context_is_full():
    result = generate(decoder(CountingModel(), context_length=6), [GenerationRequest(prompt="0 1")])
    assert result[0, 0].num_tokens == 4
    assert result[0, 0].finish_reason is FinishReason.LENGTH


def test_a_stop_string_over_several_tokens_ends_a_generation_before_it():
    request = GenerationRequest(prompt="0", stop=("zz", "efg"))
    result = generate(decoder(CountingModel()), [request])[0, 0]
    assert (result.text, result.num_tokens) == ("bcd", 6)
    assert result.finish_reason is FinishReason.STOP


@pytest.mark.parametrize("stop", [("ef", "cdef"), ("cdef", "ef"), ("f", "ef", "def", "cdef")])
def test_of_stop_strings_that_overlap_the_one_that_begins_first_counts(stop):
    result = generate(decoder(CountingModel()), [GenerationRequest(prompt="0", stop=stop)])[0, 0]
    assert result.text == "b"


def test_a_prompt_is_read_once_for_its_samples():
    model = CountingModel()
    requests = [GenerationRequest(prompt="1", num_samples=3), GenerationRequest(prompt="2")]
    result = generate(decoder(model), requests, max_new_tokens=2)
    assert model.prompts_read == [(1,), (2,)]
    assert sorted(result) == [(0, 0), (0, 1), (0, 2), (1, 0)]


def test_a_prompt_is_read_once_even_if_its_samples_exceed_the_batch():
    model = CountingModel()
    requests = [GenerationRequest(prompt="1", num_samples=7), GenerationRequest(prompt="2")]
    result = generate(decoder(model, batch_size=3), requests, max_new_tokens=4)
    assert model.prompts_read == [(1,), (2,)]
    assert len(result) == 8
    assert {generation.text for (request, _), generation in result.items() if request == 0} == {
        letters([2, 3, 4, 5])
    }


def test_a_waiting_prompt_joins_as_soon_as_a_row_finishes():
    model = CountingModel()
    requests = [GenerationRequest(prompt=str(start)) for start in (47, 1, 48, 2)]
    result = generate(decoder(model, batch_size=2), requests, max_new_tokens=6)
    # In a step with one row, the prompt of the other is read.
    assert model.rows_per_step == [2, 2, 1, 2, 1, 1, 1, 1, 1, 1]
    assert [result[n, 0].num_tokens for n in range(4)] == [3, 6, 2, 6]


def test_a_model_that_cannot_refill_ends_a_batch_before_the_next():
    model = CountingModel(can_refill=False)
    requests = [GenerationRequest(prompt=str(start)) for start in (49, 47, 1, 48, 2)]
    result = generate(decoder(model, batch_size=3), requests, max_new_tokens=5)
    assert model.rows_per_step == [2, 2, 1, 1, 2, 1, 1, 1]
    assert len(result) == 5


@pytest.mark.parametrize("can_refill", [True, False])
@pytest.mark.parametrize("num_done", range(1, 15))
def test_a_resumed_run_decodes_in_the_batches_of_an_unbroken_one(num_done, can_refill):
    requests = [
        GenerationRequest(prompt=f"{start} {start}", num_samples=samples)
        for start, samples in ((48, 2), (1, 3), (44, 1), (46, 5), (2, 2), (49, 1), (45, 1))
    ]
    unbroken = CountingModel(can_refill=can_refill)
    result = generate(decoder(unbroken), requests, max_new_tokens=6)
    done = {key: result[key].num_tokens for key in list(result)[:num_done]}
    resumed = CountingModel(can_refill=can_refill)
    rest = generate(decoder(resumed), requests, max_new_tokens=6, done=done)
    assert {key: g.text for key, g in rest.items()} == {
        key: g.text for key, g in result.items() if key not in done
    }
    steps, all_steps = resumed.lengths_per_step, unbroken.lengths_per_step
    assert rest
    assert steps == all_steps[len(all_steps) - len(steps) :]
    assert num_done < 8 or len(steps) < len(all_steps)


def test_only_new_tokens_are_counted_and_also_those_of_answers_that_have_not_ended():
    requests = [GenerationRequest(prompt=str(start), num_samples=2) for start in (47, 1)]
    engine = decoder(CountingModel())
    assert isinstance(engine, CountingGenerator)
    stream = engine.generate(requests, SamplingParams(max_new_tokens=6))
    assert next(stream).generation.num_tokens == 3
    assert engine.num_tokens_drawn == 12
    assert sum(f.generation.num_tokens for f in stream) == 3 + 12
    assert engine.num_tokens_drawn == 18
    resumed = decoder(CountingModel())
    generate(resumed, requests, max_new_tokens=6, done={(0, 0): 3, (1, 1): 6})
    assert resumed.num_tokens_drawn == 3 + 6


def test_a_run_that_is_done_does_not_call_the_model():
    model = CountingModel()
    requests = [GenerationRequest(prompt="1", num_samples=2)]
    assert generate(decoder(model), requests, done={(0, 0): 5, (0, 1): 9}) == {}
    assert model.prompts_read == model.lengths_per_step == []


def test_a_batch_is_halved_until_it_fits_and_nothing_is_lost():
    requests = [GenerationRequest(prompt=str(start), num_samples=2) for start in (47, 1, 5)]
    expected = generate(decoder(CountingModel()), requests, max_new_tokens=6)
    model = CountingModel(fits=3)
    result = generate(decoder(model, batch_size=8), requests, max_new_tokens=6)
    assert {key: g.text for key, g in result.items()} == {k: g.text for k, g in expected.items()}
    assert max(model.rows_per_step) == 3


def test_running_out_of_memory_halfway_changes_no_result():
    class Leaky(CountingModel):
        def step(self, tokens_B, cache):
            if len(self.lengths_per_step) == 4 and len(tokens_B) > 1:
                raise RuntimeError("MPS backend out of memory")
            return super().step(tokens_B, cache)

    requests = [GenerationRequest(prompt=str(start), seed=start) for start in (48, 1, 5, 7, 9)]
    sampling = {"temperature": 3.0, "max_new_tokens": 9}
    expected = generate(decoder(CountingModel()), requests, **sampling)
    result = generate(decoder(Leaky()), requests, **sampling)
    assert {key: g.text for key, g in result.items()} == {k: g.text for k, g in expected.items()}


def test_answers_that_have_ended_survive_a_lack_of_memory_for_the_others():
    class Crowded(CountingModel):
        class Cache(CountingModel.Cache):
            has_failed = False

            def keep(self, rows):
                if not Crowded.Cache.has_failed:
                    Crowded.Cache.has_failed = True
                    raise torch.OutOfMemoryError
                super().keep(rows)

    requests = [GenerationRequest(prompt=str(start)) for start in (48, 1, 5, 7, 9)]
    expected = generate(decoder(CountingModel()), requests, max_new_tokens=9)
    result = generate(decoder(Crowded()), requests, max_new_tokens=9)
    assert Crowded.Cache.has_failed
    assert {key: g.text for key, g in result.items()} == {k: g.text for k, g in expected.items()}


def test_too_little_memory_for_one_row_is_an_error_with_a_cure():
    with pytest.raises(UsageError, match=r"no memory for a single row.*--max-new-tokens"):
        generate(decoder(CountingModel(fits=0)), [GenerationRequest(prompt="1")])


def test_other_device_errors_are_raised():
    class Broken(CountingModel):
        def step(self, tokens_B, cache):
            raise RuntimeError("device-side assert")

    with pytest.raises(RuntimeError, match="device-side assert"):
        generate(decoder(Broken()), [GenerationRequest(prompt="1")])


def test_the_default_batch_size_fills_the_memory():
    model = CountingModel()
    engine = decoder(model, batch_size=None)
    generate(engine, [GenerationRequest(prompt="1", num_samples=9)], max_new_tokens=3)
    assert max(model.rows_per_step) == 3
    assert engine.description["batch_size"] == "3"


def test_a_request_can_have_its_own_settings():
    requests = [
        GenerationRequest(prompt="1"),
        GenerationRequest(prompt="1", params=SamplingParams(max_new_tokens=2)),
        GenerationRequest(prompt="1", params=SamplingParams(temperature=50.0, max_new_tokens=8)),
    ]
    endless = decoder(CountingModel(), eos_token_ids=frozenset())
    result = generate(endless, requests, max_new_tokens=4)
    assert [result[n, 0].num_tokens for n in range(3)] == [4, 2, 8]
    assert result[0, 0].text == letters([2, 3, 4, 5])
    assert result[2, 0].text != letters(range(2, 10))


def test_a_prompt_that_fills_the_context_gets_no_answer_and_the_others_do():
    model = CountingModel()
    requests = [
        GenerationRequest(prompt="1 2 3", num_samples=2),
        GenerationRequest(prompt="1"),
        GenerationRequest(prompt="1 2 3 4"),
    ]
    result = generate(decoder(model, context_length=3), requests)
    assert model.prompts_read == [(1,)]
    assert result[1, 0].text == "cd"
    too_long = [result.pop(key) for key in [(0, 0), (0, 1), (2, 0)]]
    assert {(g.text, g.num_tokens, g.finish_reason) for g in too_long} == {
        ("", 0, FinishReason.PROMPT_TOO_LONG)
    }
    assert list(result) == [(1, 0)]


def test_a_resumed_run_repeats_no_prompt_that_is_too_long():
    requests = [GenerationRequest(prompt="1 2 3", num_samples=2), GenerationRequest(prompt="1")]
    engine = decoder(CountingModel(), context_length=3)
    assert list(generate(engine, requests, done={(0, 1): 0})) == [(0, 0), (1, 0)]
    assert list(generate(engine, requests, done={(0, 0): 0, (0, 1): 0, (1, 0): 2})) == []


def test_a_model_all_of_whose_prompts_are_too_long_is_not_called():
    model = CountingModel()
    result = generate(decoder(model, context_length=1), [GenerationRequest(prompt="1")])
    assert result[0, 0].finish_reason is FinishReason.PROMPT_TOO_LONG
    assert model.prompts_read == []


def words(ids):
    """Decode as Llama 2 does: a space before each word, but none at the start of a text."""
    return "".join(" " + chr(ord("a") + token) for token in ids if token != SPECIAL).removeprefix(
        " "
    )


SPECIAL = 25


@pytest.mark.parametrize("prompt", ["0", "25 0 25", "0 1 2 3"])
def test_an_answer_keeps_the_space_that_its_decoder_strips_from_a_text(prompt):
    engine = decoder(CountingModel(), encode_prompt=lambda text: [3, *map(int, text.split()), 5],
                     decode_tokens=words)  # fmt: skip
    result = generate(engine, [GenerationRequest(prompt=prompt)], max_new_tokens=3)
    assert result[0, 0].text == " g h i"


@pytest.mark.parametrize("stop", [" g h", " i", "g", " l m n o p"])
def test_a_stop_string_may_begin_with_a_space_that_the_decoder_strips(stop):
    engine = decoder(CountingModel(), decode_tokens=words)
    result = generate(engine, [GenerationRequest(prompt="5", stop=(stop,))])[0, 0]
    before, found, _ = " g h i j k l m n o p".partition(stop)
    assert (result.text, result.num_tokens) == (before, (before + found).count(" "))
    assert result.finish_reason is FinishReason.STOP


class ScriptedModel(CountingModel):
    """Draws these tokens, one after the other."""

    def __init__(self, tokens):
        super().__init__(vocab_size=256)
        self.script = iter(tokens)

    def logits(self, last_B):
        return super().logits([next(self.script) - 1])


@pytest.mark.parametrize(
    ("prompt", "answer", "text"),
    [
        pytest.param(b"ab", "é b".encode(), "é b", id="whole"),
        pytest.param(b"a\xc3", b"\xa9 b", "é b", id="split"),
        pytest.param(b"a\xf0\x9f", b"\x98\x80 b", "\U0001f600 b", id="split-after-two"),
        pytest.param(b"a\xc3", b"bc", "bc", id="never-completed"),
        pytest.param(b"a", b"b\xc3", "b\ufffd", id="cut-off"),
    ],
)
def test_a_character_whose_bytes_begin_in_the_prompt_belongs_to_the_answer(prompt, answer, text):
    engine = decoder(
        ScriptedModel(answer),
        encode_prompt=lambda _: list(prompt),
        decode_tokens=lambda ids: bytes(ids).decode(errors="replace"),
        eos_token_ids=frozenset(),
    )
    result = generate(engine, [GenerationRequest(prompt="")], max_new_tokens=len(answer))
    assert result[0, 0].text == text


def test_special_tokens_inside_a_stop_string_do_not_hide_it():
    pause = [SPECIAL] * 40
    model = ScriptedModel([1, *pause, 2, *pause, 3, *pause, 4, 5, 6])
    visible = lambda ids: letters(token for token in ids if token != SPECIAL)  # noqa: E731
    engine = decoder(model, decode_tokens=visible, context_length=512)
    result = generate(engine, [GenerationRequest(prompt="0", stop=("cde",))])[0, 0]
    assert (result.text, result.num_tokens) == ("b", 3 * 41 + 1)
    assert result.finish_reason is FinishReason.STOP


@pytest.mark.parametrize(("is_chat", "text"), [(False, "bc"), (True, "bcdefg")])
def test_stop_strings_end_a_continuation_but_not_an_answer_of_a_chat(is_chat, text):
    engine = decoder(CountingModel(), is_chat=is_chat)
    request = GenerationRequest(prompt="0", stop=("de",))
    assert generate(engine, [request], max_new_tokens=6)[0, 0].text == text


@pytest.mark.parametrize("stop", [("",), ("x", "")])
def test_an_empty_stop_string_is_refused_at_the_call(stop):
    request = GenerationRequest(prompt="1", task_id="t/1", stop=stop)
    with pytest.raises(ValueError, match="t/1: a stop string must have a character"):
        decoder(CountingModel()).generate([request], SamplingParams())


@pytest.mark.parametrize("temperature", [0.0, 0.7])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("at_step", [0, 2])
def test_logits_that_are_no_numbers_are_an_error_that_names_the_model(value, at_step, temperature):
    class Broken(CountingModel):
        def logits(self, last_B):
            logits_BV = super().logits(last_B)
            if len(self.lengths_per_step) == at_step:
                logits_BV[-1, 7] = value
            return logits_BV

    engine = decoder(Broken(), description={"name": "models/mine"})
    requests = [GenerationRequest(prompt="1"), GenerationRequest(prompt="2")]
    with pytest.raises(DataError, match="models/mine: the logits are NaN or infinite"):
        generate(engine, requests, temperature=temperature)


def sampled(model, requests, *, batch_size, order):
    engine = decoder(
        StackModel(model), batch_size=batch_size, eos_token_ids=frozenset({3}), context_length=40
    )
    result = generate(
        engine, [requests[n] for n in order], temperature=1.0, top_p=0.95, max_new_tokens=12
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


def test_an_empty_prompt_is_an_error():
    model = CountingModel()
    with pytest.raises(UsageError, match=r"t/1: the prompt has no tokens"):
        decoder(model).generate([GenerationRequest(prompt="", task_id="t/1")], SamplingParams())


def stream(engine, request, **params):
    """Return the pieces that are shown, and the generation."""
    pieces = []
    return pieces, engine.stream(request, SamplingParams(**params), pieces.append)


def test_a_stream_shows_each_token_before_the_next_one_is_computed():
    model, steps_at = CountingModel(), []
    engine = decoder(model)
    assert isinstance(engine, StreamingGenerator)
    engine.stream(
        GenerationRequest(prompt="46", num_samples=5),
        SamplingParams(),
        lambda piece: steps_at.append((piece, len(model.lengths_per_step))),
    )
    assert steps_at == [(letters([47]), 0), (letters([48]), 1), (letters([49]), 2)]


def test_a_streamed_generation_is_the_first_sample_of_its_request():
    request = GenerationRequest(prompt="1", seed=5, num_samples=2)
    sampling = {"temperature": 3.0, "max_new_tokens": 20}
    pieces, streamed = stream(decoder(CountingModel()), request, **sampling)
    expected = generate(decoder(CountingModel()), [request], **sampling)[0, 0]
    assert (streamed.text, streamed.num_tokens) == (expected.text, expected.num_tokens)
    assert "".join(pieces) == expected.text
    assert len(pieces) == 20


def test_what_may_become_a_stop_string_is_held_back_until_it_is_none():
    script = [1, 2, 3, 4, 1, 2, 3, 4, 5, 6]
    engine = decoder(ScriptedModel(script), eos_token_ids=frozenset())
    pieces, generation = stream(engine, GenerationRequest(prompt="0", stop=("zz", "cdefg")))
    assert pieces == ["b", "cdeb"]
    assert generation.text == "bcdeb"
    assert generation.finish_reason is FinishReason.STOP


@pytest.mark.parametrize(
    ("answer", "pieces"),
    [
        pytest.param("a\U0001f600é".encode(), ["a", "\U0001f600", "é"], id="whole"),
        pytest.param(b"a\xf0\x9f\x98", ["a", "\ufffd"], id="cut-off"),
        pytest.param(b"a\xf0\x9fb", ["a", "\ufffdb"], id="never-completed"),
    ],
)
def test_bytes_of_a_character_are_held_back_until_it_is_complete(answer, pieces):
    engine = bytes_decoder(answer)
    request = GenerationRequest(prompt="")
    assert stream(engine, request, max_new_tokens=len(answer))[0] == pieces


def bytes_decoder(answer, decode=lambda ids: bytes(ids).decode(errors="replace")):
    return decoder(
        ScriptedModel(answer),
        encode_prompt=lambda _: list(b"ask: "),
        decode_tokens=decode,
        eos_token_ids=frozenset(),
        context_length=512,
    )


def fall_back(ids):
    """Decode as with byte fallback: a run of bytes that is no text becomes a mark for each byte."""
    try:
        return bytes(ids).decode()
    except UnicodeDecodeError:
        return "\ufffd" * len(ids)


def test_text_that_a_decoder_takes_back_for_a_moment_is_shown_once():
    answer = "é\U0001f600é".encode()
    engine = bytes_decoder(answer, lambda ids: "ask: " + fall_back(ids[5:]))
    pieces, generation = stream(engine, GenerationRequest(prompt=""), max_new_tokens=len(answer))
    assert pieces == ["é", "\U0001f600", "é"]
    assert generation.text == "é\U0001f600é"


def test_the_pieces_of_any_bytes_join_to_the_text():
    draw = random.Random(0)
    for _ in range(200):
        answer = bytes(draw.choice(b"ab\n\xc3\xa9\xf0\x9f\x98\x80") for _ in range(30))
        request = GenerationRequest(prompt="", stop=("\nab", "é\n"))
        pieces, generation = stream(bytes_decoder(answer), request, max_new_tokens=len(answer))
        assert "".join(pieces) == generation.text
        assert all(pieces)


def test_a_prompt_that_fills_the_context_is_not_streamed():
    model = CountingModel()
    engine = decoder(model, context_length=1)
    pieces, generation = stream(engine, GenerationRequest(prompt="1"))
    assert (pieces, generation.finish_reason) == ([], FinishReason.PROMPT_TOO_LONG)
    assert model.prompts_read == []


def test_too_little_memory_to_stream_is_an_error_with_a_cure():
    with pytest.raises(UsageError, match=r"no memory for a single row.*--max-new-tokens"):
        stream(decoder(CountingModel(fits=0)), GenerationRequest(prompt="1"))
