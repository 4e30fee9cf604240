from collections import deque

from hrm_core.generation import Finished, FinishReason, Generation, SamplingParams
from hrm_core.replay import skip_known_steps, with_placeholders, without_done
from hrm_core.schedule import Sample, Schedule


def samples_of(*prompts):
    return [
        Sample(
            request_index=index,
            number=0,
            prompt=(prompt,),
            params=SamplingParams(),
            seed=0,
            max_tokens=9,
            eos_token_ids=frozenset({0}),
            stop=("x",),
        )
        for index, prompt in enumerate(prompts)
    ]


def finished(request):
    generation = Generation(text="", num_tokens=1, finish_reason=FinishReason.STOP, seconds=0.0)
    return Finished(request, 0, generation)


def test_a_placeholder_ends_after_the_known_number_of_tokens_and_not_before():
    first, second = with_placeholders(samples_of(1, 2), {(0, 0): 4})
    assert (first.max_tokens, first.eos_token_ids, first.stop) == (4, frozenset(), ())
    assert (second.max_tokens, second.eos_token_ids, second.stop) == (9, frozenset({0}), ("x",))


def test_steps_with_placeholders_only_are_skipped():
    samples = with_placeholders(samples_of(1, 2, 3, 4), {(0, 0): 4, (1, 0): 2, (2, 0): 5})
    schedule = Schedule(deque(samples), batch_size=2, can_refill=True)
    skip_known_steps(schedule)
    assert schedule.active == [samples[2]]
    assert len(samples[2].tokens) == 2
    assert schedule.joining() == [samples[3]]


def test_a_fresh_run_skips_no_step():
    schedule = Schedule(deque(samples_of(1, 2)), batch_size=2, can_refill=True)
    skip_known_steps(schedule)
    assert (schedule.active, len(schedule.waiting)) == ([], 2)


def test_a_resumed_run_stops_after_its_last_missing_generation():
    stream = map(finished, [0, 1, 2, 3])
    assert [f.request for f in without_done(stream, {(0, 0): 1}, 2)] == [1, 2]
    assert next(stream).request == 3
    assert list(without_done(stream, {}, 0)) == []
