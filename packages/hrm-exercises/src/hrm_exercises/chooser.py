"""Random choices for a problem; the same seed gives the same choices on every version of Python.

Only `random.Random.random` is used, since its sequence is the one that Python promises to keep.
"""

import bisect
import random
from collections.abc import Sequence
from typing import TypeVar

from hrm_exercises import vocabulary

_T = TypeVar("_T")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Chooser:
    """Draws the parts of a problem: words, numbers, lists, one of several wordings."""

    def __init__(self, seed: str) -> None:
        """Start the sequence of choices that belongs to a seed."""
        self._random = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        """Return true with this probability."""
        return self._random() < probability

    def one_of(self, options: Sequence[_T]) -> _T:
        """Return one of the options; each is equally likely."""
        return options[int(self._random() * len(options))]

    def weighted(self, running_sums: Sequence[float]) -> int:
        """Return an index; the running sums of the weights give how likely each is."""
        place = bisect.bisect(running_sums, self._random() * running_sums[-1])
        return min(place, len(running_sums) - 1)

    def integer(self, low: int, high: int) -> int:
        """Return an integer from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def decimal(self, low: float, high: float, digits: int = 1) -> float:
        """Return a number from low to high with this many digits after the point."""
        return round(low + self._random() * (high - low), digits)

    def integers(self, num: int | tuple[int, int], low: int, high: int) -> list[int]:
        """Return a list of integers from low to high, possibly with repetitions.

        Args:
            num: Length of the list, or its smallest and largest length.
            low: Smallest value.
            high: Largest value.
        """
        return [self.integer(low, high) for _ in range(self._length(num))]

    def decimals(
        self, num: int | tuple[int, int], low: float, high: float, digits: int = 1
    ) -> list[float]:
        """Return a list of numbers with this many digits after the point; see `integers`."""
        return [self.decimal(low, high, digits) for _ in range(self._length(num))]

    def sample(self, options: Sequence[_T], num: int | tuple[int, int]) -> list[_T]:
        """Return distinct places of a sequence, in random order; at most all of them."""
        return self.shuffled(options)[: self._length(num)]

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """Return the items in random order."""
        shuffled = list(items)
        for last in range(len(shuffled) - 1, 0, -1):
            place = int(self._random() * (last + 1))
            shuffled[last], shuffled[place] = shuffled[place], shuffled[last]
        return shuffled

    def word(self) -> str:
        """Return an English word in lower case."""
        return self.one_of(vocabulary.WORDS)

    def words(self, num: int | tuple[int, int]) -> list[str]:
        """Return a list of English words in lower case; see `integers` for `num`."""
        return [self.word() for _ in range(self._length(num))]

    def sentence(self, num: int | tuple[int, int] = (3, 7)) -> str:
        """Return words with single spaces between them, in lower case and without punctuation."""
        return " ".join(self.words(num))

    def person(self) -> str:
        """Return a first name, such as `Ada`."""
        return self.one_of(vocabulary.PEOPLE)

    def thing(self) -> str:
        """Return a noun for a thing that one can count or buy, such as `apple`."""
        return self.one_of(vocabulary.THINGS)

    def letters(self, num: int | tuple[int, int], alphabet: str = _LETTERS) -> str:
        """Return a string of letters of an alphabet; see `integers` for `num`."""
        return "".join(self.one_of(alphabet) for _ in range(self._length(num)))

    def _length(self, num: int | tuple[int, int]) -> int:
        return num if isinstance(num, int) else self.integer(*num)
