"""Words that problems are made of, one a line in `words/*.txt`."""

from pathlib import Path


def _read(name: str) -> tuple[str, ...]:
    path = Path(__file__).with_name("words") / f"{name}.txt"
    return tuple(path.read_text(encoding="ascii").split())


WORDS = _read("words")
PEOPLE = _read("people")
THINGS = _read("things")
