"""Finds out whether a program returned a value without elements.

numpy compares such a value with anything, by broadcasting, and `all` of no comparisons is true. So
`np.allclose(f(4), [0, 1])` passes if `f` returns `[]`. A test that passes with an empty value,
while the reference returns none, has compared nothing; see `Judge`.
"""

from enum import IntEnum
from typing import Any

from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.library import name_of

# A value with more parts is not looked through to its end.
_MAX_PARTS = 10_000


class Level(IntEnum):
    """How empty a value is, from what numpy compares to what it does not."""

    # Neither the value nor a part of it is empty.
    FULL = 0
    # It is or holds something empty, or None, but nothing that numpy would broadcast.
    EMPTY = 1
    # It is or holds something without elements, with which numpy compares nothing.
    BROADCASTS = 2


class Emptiness:
    """Looks for empty values among the answers of a program.

    Args:
        counts_lists: Whether the tests pass lists, tuples and iterators to numpy.

    Attributes:
        level: The highest level since this was last set.
    """

    def __init__(self, *, counts_lists: bool) -> None:
        self._list_level = Level.BROADCASTS if counts_lists else Level.EMPTY
        self._used_iterators: set[Any] = set()
        self.level = Level.FULL

    def look(self, answer: Any) -> None:
        """Look through an answer."""
        self.level = max(self.level, self._level_of(answer))

    def note_item(self, request: tuple[object, ...], *, is_end: bool) -> None:
        """Note that an iterator gave an item, or came to its end; it is empty if that was first."""
        if request[0] == protocol.NEXT:
            if is_end and request[1] not in self._used_iterators:
                self.level = max(self.level, self._list_level)
            self._used_iterators.add(request[1])

    def _level_of(self, answer: Any) -> Level:
        pending, num_parts, level = [answer], 0, Level.FULL
        while pending and num_parts < _MAX_PARTS:
            part = pending.pop()
            num_parts += 1
            if isinstance(part, list | tuple):
                level = max(level, Level.FULL if part else self._list_level)
                pending += part
            elif isinstance(part, dict | set | frozenset | str | bytes | type(None)):
                level = max(level, Level.FULL if part else Level.EMPTY)
                pending += part.values() if isinstance(part, dict) else ()
            elif name_of(part).startswith(("numpy.", "pandas.")) and getattr(part, "size", 1) == 0:
                level = Level.BROADCASTS
        return level
