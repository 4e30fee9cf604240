"""Warms up the interpreter before it is forked, so that a program's process writes less memory.

A fork shares memory until it writes, and the first run of any code writes in many places: caches of
types, counters in the bytecode, tables of the compiler. So the box first sends itself requests like
those of a judge.
"""

import linecache
import marshal
import sys
from typing import Any

from hrm_eval._sandbox.candidate.candidate import Candidate
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.channel import ASK, QUICK_CALL, QUICK_LOAD, frame
from hrm_eval._sandbox.wire.values import Encoder

_ROUNDS = 12

_PROGRAM = '''
import re
from collections import Counter
from typing import List

LIMIT = 10

class Pair:
    """Two numbers."""
    def __init__(self, a, b=0):
        self.a = a
        self.b = b

def solve(numbers: List[int], text="ab", *rest):
    """Do a little of everything."""
    seen, found = {}, set()
    for i, number in enumerate(sorted(numbers, reverse=True)):
        if number % 2 == 0 and number not in seen:
            seen[number] = i
        elif number > LIMIT:
            continue
        else:
            found.add(str(number))
    total = sum(x * x for x in numbers if x) + len([c for c in text.split() if c.isalpha()])
    while total > LIMIT:
        total //= 2
    try:
        int(text)
    except ValueError as error:
        text = f"{text}:{error}"
    pair = Pair(total, max(numbers, default=0))
    matched = bool(re.search("a+", text))
    return (list(map(lambda x: x + 1, numbers)), tuple(found), dict(seen), pair.a, matched,
            "".join(reversed(text)), Counter(text).most_common(1), min(1.5, total), None)

def fail(x):
    return x[0] / 0
'''


class _WarmCandidate(Candidate):
    """A candidate that gets requests from its own process instead of from a judge."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: list[bytes] = []

    def answer(self, *request: object) -> None:
        """Answer a request as if it had come through the channel."""
        self._receive_frame(ASK, Encoder().encode(request))

    def answer_quick(self, kind: bytes, value: Any) -> None:
        """Answer a quick request."""
        self._receive_frame(kind, marshal.dumps(value))

    def _receive_frame(self, kind: bytes, data: bytes) -> None:
        self._buffer = frame(kind, data)
        self._serve_one(*self._read())


def warm_up() -> Candidate:
    """Send requests to candidates that are thrown away; return a new one for the programs."""
    modules = {name: sys.modules.get(name) for name in ("__main__", "solution")}
    for _ in range(_ROUNDS):
        candidate = _WarmCandidate()
        vars(candidate)["_send"] = candidate._answers.append
        candidate._pid = candidate._getpid()
        candidate.answer_quick(QUICK_LOAD, (_PROGRAM, ("solve", "fail")))
        for arguments in (([3, 1, 2],), ([4, 15, 6], "a 12", 7), ((1, 2), "")):
            candidate.answer_quick(QUICK_CALL, arguments)
            candidate.answer(protocol.CALL, 0, arguments, {})
        candidate.answer(protocol.CALL, 1, ([1],), {})
    candidate.answer_quick(QUICK_LOAD, ("def (", ("solve",)))
    for name, module in modules.items():
        if module is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = module
    linecache.cache.pop(protocol.PROGRAM_FILE, None)
    return Candidate()
