"""Resuming a run: samples that are done are replaced by placeholders of the same length.

Which samples share a batch decides how sums are rounded, so a resumed run must decode in the same
batches as an unbroken one. Steps in which the whole batch consists of placeholders are skipped.
After that, placeholders are decoded with the other samples and their results are dropped.

Not covered: batches that were halved when the memory ran out. A resumed run starts with the full
batch size again. Needs no torch.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hrm_core.generation import Finished
from hrm_core.schedule import Sample, Schedule


class _Placeholder(Sample):
    """A sample that is done. Only the number of its tokens matters."""


def with_placeholders(
    samples: Sequence[Sample], done: Mapping[tuple[int, int], int]
) -> list[Sample]:
    """Return the samples, with placeholders for those that are done.

    Args:
        samples: All samples of the run.
        done: Number of tokens by (request, sample); see `hrm_core.generation.Generator`.
    """
    lengths = [done.get((sample.request_index, sample.number)) for sample in samples]
    return [
        sample if length is None else _placeholder(sample, length)
        for sample, length in zip(samples, lengths, strict=True)
    ]


def _placeholder(sample: Sample, num_tokens: int) -> Sample:
    """Return a placeholder, which ends after `num_tokens` tokens and for no other reason."""
    return _Placeholder(
        request_index=sample.request_index,
        number=sample.number,
        prompt=sample.prompt,
        params=sample.params,
        seed=sample.seed,
        max_tokens=num_tokens,
    )


def skip_known_steps(schedule: Schedule) -> None:
    """Advance a schedule to the step in which the first sample joins that is not a placeholder."""
    while schedule.waiting and all(isinstance(s, _Placeholder) for s in schedule.joining()):
        schedule.admit()
        for sample in schedule.active:
            sample.tokens.append(0)
        schedule.retire([sample.is_full for sample in schedule.active])


def count_wanted(samples: Sequence[Sample]) -> int:
    """Return how many of some samples are not placeholders."""
    return sum(not isinstance(sample, _Placeholder) for sample in samples)


def without_done(
    stream: Iterator[Finished], done: Collection[tuple[int, int]], num_wanted: int
) -> Iterator[Finished]:
    """Yield the generations that are not done yet, and stop after the last of them.

    Args:
        stream: Generations of all samples, placeholders included.
        done: The (request, sample) pairs to leave out.
        num_wanted: Number of generations to yield.
    """
    if not num_wanted:
        return
    for finished in stream:
        if (finished.request, finished.sample) not in done:
            yield finished
            num_wanted -= 1
            if not num_wanted:
                return
