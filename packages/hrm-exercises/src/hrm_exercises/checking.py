"""Checks of families: a family of one's own, or all of them before a release."""

import contextlib
import importlib.util
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrm_core.errors import DataError
from hrm_exercises.benchmarks import find_overlap
from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import Drawn, FamilyError, TooFewTestsError, draw
from hrm_exercises.families import families_of
from hrm_exercises.family import Family

_SECONDS = 10
_MAX_ATTEMPTS = 20


@dataclass(frozen=True)
class FamilyCheck:
    """What a check of a family found.

    Attributes:
        family: The family.
        num_drawn: Number of problems drawn.
        num_distinct: Number of distinct problems among them.
        num_texts: Number of distinct texts.
        num_constant: Number of problems whose tests all expect the same value. A stream draws them
            again.
        error: What is wrong; None if nothing is.
    """

    family: Family
    num_drawn: int
    num_distinct: int
    num_texts: int
    num_constant: int
    error: FamilyError | None


def read_families(path: Path) -> list[Family]:
    """Return the families that a Python file defines.

    Raises:
        DataError: If the file cannot be imported, or defines no family, or one without tasks.
    """
    if not path.is_file():
        raise DataError(f"{path}: no such file. Pass a Python file that defines families")
    # The name of a module of others, such as `random`, stays theirs.
    name = f"hrm_exercises_own_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise DataError(f"{path}: not a Python file. Its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        sys.modules.pop(name, None)
        raise DataError(f"{path}: cannot be imported: {type(error).__name__}: {error}") from error
    families = families_of(module)
    if not families:
        raise DataError(f"{path}: defines no family. Decorate a function with hrm_exercises.family")
    for family in families:
        for option, values in family.options.items():
            if not values:
                raise DataError(
                    f"{path}: family {family.name!r} has no tasks: its option {option!r} has no "
                    f"values, got {values!r}. Give it one, or leave it out"
                )
    return families


def check_family(family: Family, num: int) -> FamilyCheck:
    """Draw problems of each task of a family.

    A problem has a time limit of 10 s, which works in the main thread of Linux and macOS only.

    Args:
        family: The family.
        num: Number of problems of each task.
    """
    problems: set[tuple[str, str, tuple[str, ...]]] = set()
    texts: set[str] = set()
    num_drawn = num_constant = 0
    error: FamilyError | None = None
    try:
        for drawn in _draw_all(family, num):
            problem = drawn.problem
            num_drawn += 1
            num_constant += drawn.num_results < 2
            problems.add((problem.text, problem.reference, problem.tests.texts))
            texts.add(problem.text)
    except FamilyError as caught:
        error = caught
    return FamilyCheck(family, num_drawn, len(problems), len(texts), num_constant, error)


def draw_own(families: Sequence[Family], seed: int, start: int, num: int) -> Iterator[Drawn]:
    """Yield problems of families of one's own, which are not part of the dataset.

    What coincides with a benchmark, or expects the same value in all of its tests, is drawn again.

    Args:
        families: The families; each is as likely.
        seed: Seed of the problems.
        start: Number of the first problem.
        num: Number of problems.

    Raises:
        FamilyError: If a family is at fault, or no problem of it can be kept.
    """
    for index in range(start, start + num):
        choose = Chooser(f"own/{seed}/{index}")
        family = choose.one_of(families)
        task = choose.integer(0, len(family.tasks) - 1)
        yield _draw_kept(family, task, f"own-{seed}-{index}")


def _draw_all(family: Family, num: int) -> Iterator[Drawn]:
    for task in range(len(family.tasks)):
        for number in range(num):
            yield _draw_one(family, task, f"check-{task}-{number}")


def _draw_kept(family: Family, task: int, seed: str) -> Drawn:
    """Draw a problem, again while a stream would not keep it."""
    reason = ""
    for attempt in range(_MAX_ATTEMPTS):
        drawn = _draw_one(family, task, f"{seed}-{attempt}" if attempt else seed)
        shared = find_overlap(drawn)
        if shared is not None:
            reason = f"shares {shared.what} with {shared.problem}. Word it in another way"
        elif drawn.num_results < 2:
            reason = "expects the same result in all of its tests. Draw more varied arguments"
        else:
            return drawn
    raise FamilyError(f"family {family.name!r}: each of {_MAX_ATTEMPTS} draws {reason}")


def _draw_one(family: Family, task: int, seed: str) -> Drawn:
    """Draw a problem, again if by chance its tests are too few."""
    for attempt in range(_MAX_ATTEMPTS):
        choose = Chooser(f"{family.name}/{seed}/{attempt}")
        with contextlib.suppress(TooFewTestsError), _time_limit(family.name):
            return draw(family, task, choose, f"exercises/{seed}")
    with _time_limit(family.name):
        return draw(family, task, Chooser(f"{family.name}/{seed}"), f"exercises/{seed}")


@contextlib.contextmanager
def _time_limit(name: str) -> Iterator[None]:
    """Raise a `FamilyError` in the block after `_SECONDS`."""
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(*_: object) -> None:
        raise FamilyError(
            f"family {name!r}: a problem takes longer than {_SECONDS:g} s. Look for a loop without "
            "end, or draw smaller arguments"
        )

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
