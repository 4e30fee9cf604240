"""Families of exercises: functions that draw a task with its wordings, solutions and arguments."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One drawn task, before one of its wordings, names and solutions is chosen.

    Attributes:
        texts: Wordings, 3 or more. One that starts in lower case continues "Write a function to",
            without a final period: "find the sum of the digits of a number". One that starts with
            a capital letter is the whole text. `<k>` in a wording becomes the name of the
            parameter `k` of the chosen solution.
        names: Names for the function or class, such as `digit_sum`.
        solutions: Whole programs that do the same in different styles. The function or class is
            called `solve`. The text is dedented. Names of parameters and variables that
            `naming.SYNONYMS` lists, such as `numbers` or `total`, are varied.
        arguments: Arguments of calls, 3 or more; at least 3 become tests, preferably those with
            distinct results. Edge cases belong here.
        calls: Further tests that a call with literals cannot express: an expression that uses
            `solve`, such as "list(solve(3))", possibly after lines of statements.
        synonyms: More names for parameters and variables of the solutions, by the name there.
        setup: Code that the tests need, such as "import math".
    """

    texts: Sequence[str]
    names: Sequence[str]
    solutions: Sequence[str]
    arguments: Sequence[tuple[Any, ...]] = ()
    calls: Sequence[str] = ()
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    setup: str = ""


@dataclass(frozen=True)
class Family:
    """A function that draws exercises, and the tasks that it knows.

    Attributes:
        draw: Draws an exercise of one task; its keyword arguments are one value of each option.
        options: The values of each keyword argument; their combinations are the tasks.
    """

    draw: Callable[..., Exercise]
    options: Mapping[str, Sequence[Any]]

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.draw.__name__

    @property
    def topic(self) -> str:
        """Name of the module that defines the function."""
        return self.draw.__module__.rpartition(".")[2]

    @cached_property
    def tasks(self) -> tuple[Mapping[str, Any], ...]:
        """The keyword arguments of each task; without options, one task that has none."""
        combinations = itertools.product(*self.options.values())
        return tuple(dict(zip(self.options, values, strict=True)) for values in combinations)


def family(**options: Sequence[Any]) -> Callable[[Callable[..., Exercise]], Family]:
    """Make a family of a function that draws exercises.

    Args:
        options: The values of each keyword argument of the function, as literals. Each combination
            is a task of its own.

    Examples:
        >>> @family(power=(2, 3))
        ... def sum_of_powers(choose: Chooser, power: int) -> Exercise:
        ...     noun = {2: "squares", 3: "cubes"}[power]
        ...     return Exercise(
        ...         texts=(
        ...             f"find the sum of the {noun} of a list of numbers",
        ...             f"add up the {noun} of all elements of a list",
        ...             f"Given a list of integers, return the sum of their {noun}.",
        ...         ),
        ...         names=(f"sum_of_{noun}", f"{noun}_sum", f"add_{noun}"),
        ...         solutions=(
        ...             f'''
        ...             def solve(numbers):
        ...                 return sum(number ** {power} for number in numbers)
        ...             ''',
        ...         ),
        ...         arguments=[(choose.integers((0, 6), -9, 9),) for _ in range(5)],
        ...     )
        >>> len(sum_of_powers.tasks)
        2
    """

    def wrap(draw: Callable[..., Exercise]) -> Family:
        return Family(draw, options)

    return wrap
