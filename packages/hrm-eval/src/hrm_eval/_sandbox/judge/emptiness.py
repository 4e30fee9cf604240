"""Finds out whether a program returned a value without elements.

numpy compares such a value with anything, by broadcasting, and `all` of no comparisons is true. So
`np.allclose(f(4), [0, 1])` passes if `f` returns `[]`. A test that passes with an empty value,
while the reference returns none, has compared nothing; see `Judge`.
"""

from typing import Any

from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.library import name_of

# A value with more parts is not looked through to its end.
_MAX_PARTS = 10_000


class Emptiness:
    """Looks for empty values among the answers of a program.

    Args:
        counts_lists: Whether lists and tuples count, besides arrays.

    Attributes:
        seen: Whether there was one since this was last set to false.
    """

    def __init__(self, *, counts_lists: bool) -> None:
        self._counts_lists = counts_lists
        self._used_iterators: set[Any] = set()
        self.seen = False

    def look(self, answer: Any) -> None:
        """Look through an answer."""
        self.seen = self.seen or self._has_empty(answer)

    def note_item(self, request: tuple[object, ...], *, is_end: bool) -> None:
        """Note that an iterator gave an item, or came to its end; it is empty if that was first."""
        if request[0] == protocol.NEXT:
            if is_end and request[1] not in self._used_iterators:
                self.seen = True
            self._used_iterators.add(request[1])

    def _has_empty(self, answer: Any) -> bool:
        pending, num_parts = [answer], 0
        while pending and num_parts < _MAX_PARTS:
            part = pending.pop()
            num_parts += 1
            if isinstance(part, list | tuple):
                if not part and self._counts_lists:
                    return True
                pending += part
            elif isinstance(part, dict):
                pending += part.values()
            elif name_of(part).startswith(("numpy.", "pandas.")) and getattr(part, "size", 1) == 0:
                return True
        return False
