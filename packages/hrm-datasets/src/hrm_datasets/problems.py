"""A programming problem, and a set of them with a fingerprint.

Not covered: problems in languages other than Python.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from hrm_core.errors import UsageError, beginning, suggest
from hrm_datasets.plus import Plus

# An id as harnesses write it: the name of the dataset, a separator, and a number.
_NUMBERED = re.compile(r"(?P<name>[^/]+)[/_ -]0*(?P<number>\d+)")


class Asserts(tuple[str, ...]):
    """Tests that are Python statements; each raises if the program is wrong.

    A program passes if nothing raises when, in one namespace, the program runs first, then
    `Problem.setup`, then each statement. hrm-eval imitates this with the program and the tests in
    separate processes.
    """

    __slots__ = ()
    kind: ClassVar[str] = "asserts"

    def __new__(cls, tests: Iterable[str] = ()) -> "Asserts":
        """Raise a TypeError for a single text, which would become a test for each character."""
        if isinstance(tests, str):
            raise TypeError(f"tests: expected a sequence of strings, got {tests!r}")
        return super().__new__(cls, tests)

    @property
    def texts(self) -> tuple[str, ...]:
        """Each test as text, for prompts, messages and comparisons."""
        return self


class Case(NamedTuple):
    """One run of a program that reads standard input.

    Attributes:
        stdin: What the program reads.
        stdout: What it should print.
        is_public: Whether prompts may show it.
    """

    stdin: str
    stdout: str
    is_public: bool = False

    @property
    def text(self) -> str:
        """The case as prompts show it."""
        return f"Input:\n{self.stdin.rstrip()}\nOutput:\n{self.stdout.rstrip()}"


@dataclass(frozen=True)
class InputOutput:
    """Tests for programs that read standard input and print: one run of the program for each case.

    What a program prints is compared with the expected output token by token. Space between tokens
    does not count. There is no program that checks outputs, so problems with several right answers
    are not covered.

    Attributes:
        cases: Inputs and outputs; plain pairs of strings become cases.
        time_limit_seconds: CPU seconds of each run; None for that of the sandbox.
        memory_limit_mb: Memory in MiB, besides that of the bare interpreter; None for that of the
            sandbox.
        tolerance: Largest difference of two numbers that count as equal; 0 compares numbers by
            their value, so that 1.0 is 1. None compares them like other tokens, as text.
        ignores_case: Whether `YES` is the same as `Yes`.
    """

    kind: ClassVar[str] = "input_output"

    cases: tuple[Case, ...]
    _: KW_ONLY
    time_limit_seconds: float | None = None
    memory_limit_mb: float | None = None
    tolerance: float | None = None
    ignores_case: bool = False

    def __post_init__(self) -> None:
        if texts := [case for case in self.cases if isinstance(case, str)]:
            raise TypeError(f"cases: expected pairs of input and output, got {texts[0]!r}")
        object.__setattr__(self, "cases", tuple(Case(*case) for case in self.cases))

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def public(self) -> "InputOutput":
        """The cases that prompts may show, with the same limits."""
        return replace(self, cases=tuple(case for case in self.cases if case.is_public))

    @property
    def texts(self) -> tuple[str, ...]:
        """Each public case as text, for prompts, reports and comparisons."""
        return tuple(case.text for case in self.cases if case.is_public)


Tests = Asserts | InputOutput | Plus


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One task with the tests that judge a program for it.

    Attributes:
        task_id: Name of the dataset and of the task in it, such as `mbpp/11`.
        text: The task in words; for HumanEval, the signature with its docstring.
        entry_point: The function (or class) that the tests call; empty where a whole program is
            run.
        tests: `Asserts`, `InputOutput` or `Plus`; a plain sequence of strings becomes `Asserts`.
        setup: Code that the tests need; runs after the program and before the tests.
        reference: A whole program that passes the tests; empty if the dataset has none.
        stub: Source that a bare completion continues (HumanEval's prompt); empty where a completion
            is a whole program.

    Examples:
        >>> add = Problem(task_id="toy/1", text="Add.", entry_point="add",
        ...               tests=Asserts(["assert add(1, 2) == 3"]))
        >>> add.tests.kind
        'asserts'
        >>> double = Problem(task_id="toy/2", text="Print twice the number.",
        ...                  tests=InputOutput([("1", "2"), ("4", "8")]))
        >>> len(double.tests)
        2
    """

    task_id: str
    text: str
    tests: Tests
    entry_point: str = ""
    setup: str = ""
    reference: str = ""
    stub: str = ""

    def __post_init__(self) -> None:
        tests: Any = self.tests
        if not isinstance(tests, Tests):
            object.__setattr__(self, "tests", Asserts(tests))

    @property
    def stub_with_task(self) -> str:
        """The stub as prompts show it: below the text, as a docstring, unless it contains that."""
        if not self.stub or "".join(self.text.split()) in "".join(self.stub.split()):
            return self.stub
        return f'"""\n{self.text.strip()}\n"""\n{self.stub}'


@dataclass(frozen=True, kw_only=True)
class ProblemSet:
    """The problems of one split, in the order of the dataset.

    Attributes:
        name: Name of the dataset.
        split: Name of the split.
        problems: The problems: at least one, with distinct ids.
        splits: Names of all splits of the dataset, for messages; empty if unknown.
        notes: Lines that a user should see, such as how many rows were left out.
        num_not_covered: Number of rows of the dataset that cannot be judged and are left out.
        shard_of: The problems that these are a shard of; None if they are not a shard.
    """

    name: str
    split: str
    problems: tuple[Problem, ...]
    splits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    num_not_covered: int = 0
    shard_of: "ProblemSet | None" = None

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over every field of every problem, in order, as 64 hexadecimal digits.

        All shards of the same problems have the same one, that of the whole.
        """
        if self.shard_of is not None:
            return self.shard_of.fingerprint
        digest = hashlib.sha256()
        for problem in self.problems:
            record = {field.name: getattr(problem, field.name) for field in fields(problem)}
            text = json.dumps(record, sort_keys=True, default=_to_json)
            digest.update(text.encode() + b"\n")
        return digest.hexdigest()

    @cached_property
    def _by_id(self) -> dict[str, Problem]:
        return {problem.task_id: problem for problem in self.problems}

    @cached_property
    def _by_folded_id(self) -> dict[str, Problem]:
        """Problems by lower-case id, without those whose ids differ only in case."""
        counts = Counter(map(str.casefold, self._by_id))
        by_folded = {task_id.casefold(): one for task_id, one in self._by_id.items()}
        return {folded: one for folded, one in by_folded.items() if counts[folded] == 1}

    @cached_property
    def _prefixes(self) -> list[str]:
        """What an id may leave out: the name of the dataset, and more that all ids begin with."""
        whole = {problem.task_id.rpartition("/")[0] for problem in self.problems}
        name = self.problems[0].task_id.partition("/")[0]
        return [name, *(whole - {name} if len(whole) == 1 else ())]

    def find(self, task_id: str | int) -> Problem:
        """Return the problem with this id.

        Args:
            task_id: `mbpp/11`, `11`, or the spelling of another harness, such as `Mbpp/11` or
                `MBPP_11`. An edition, such as mbpp-sanitized, takes the name of the dataset, too.

        Raises:
            UsageError: If this set has no such problem.
        """
        problem = self.get(task_id)
        if problem is not None:
            return problem
        key = str(task_id).strip()
        known = [problem.task_id for problem in self.problems]
        hint = suggest(key, known) if "/" in key else suggest(f"{self._prefixes[0]}/{key}", known)
        if "all" in self.splits and self.split != "all":
            hint = " Problems of every split: --split all"
        raise UsageError(f"unknown task id {beginning(key)} in {self.name}/{self.split}.{hint}")

    def get(self, task_id: str | int) -> Problem | None:
        """Return the problem with this id, or None if this set has no such problem; see `find`."""
        key = str(task_id).strip()
        names = [key, *(f"{prefix}/{key}" for prefix in self._prefixes)]
        if numbered := _NUMBERED.fullmatch(key):
            name = _letters(numbered["name"])
            dataset = self._prefixes[0]
            if name in (_letters(dataset), _letters(dataset.partition("-")[0])):
                names.append(f"{dataset}/{numbered['number']}")
        found = (self._by_id.get(name) or self._by_folded_id.get(name.casefold()) for name in names)
        return next((problem for problem in found if problem is not None), None)

    def select(self, task_ids: tuple[str, ...] = (), limit: int | None = None) -> "ProblemSet":
        """Return the problems with these ids, at most `limit` of them; without ids, all problems.

        Raises:
            UsageError: If an id is unknown, or `limit` is below 1.
            TypeError: If `task_ids` is a text.
        """
        refuse_one_text(task_ids)
        if limit is not None and limit < 1:
            raise UsageError(f"limit must be at least 1, got {limit}")
        selected = {self.find(task_id).task_id for task_id in task_ids}
        problems = [p for p in self.problems if not selected or p.task_id in selected]
        return replace(self, problems=tuple(problems[:limit]))

    def shard(self, number: int, count: int) -> "ProblemSet":
        """Return one of `count` shards: every `count`-th problem, from the `number`-th on.

        Args:
            number: Number of the shard, from 1.
            count: Number of shards, at most that of the problems, so that no shard is empty.

        Raises:
            UsageError: If there are more shards than problems.
            ValueError: If `number` is not between 1 and `count`.

        Examples:
            >>> [problem.task_id for problem in problems.shard(2, 3)]
            ['mbpp/602', 'mbpp/605', 'mbpp/608']
        """
        if not 1 <= number <= count:
            raise ValueError(f"number must be in 1..{count}, got {number}")
        if count > len(self):
            raise UsageError(
                f"--shard: expected at most {len(self)} shards, because {self.name}/{self.split} "
                f"has {len(self)} problems here, got {count}"
            )
        return replace(self, problems=self.problems[number - 1 :: count], shard_of=self)

    def without(self, task_ids: tuple[str, ...], *, may_lack: bool = False) -> "ProblemSet":
        """Return the problems but those with these ids.

        Args:
            task_ids: See `find`.
            may_lack: Whether the set may lack a problem that is to be left out.

        Raises:
            UsageError: If an id is unknown and `may_lack` is false, or no problem is left.
            TypeError: If `task_ids` is a text.
        """
        refuse_one_text(task_ids)
        find = self.get if may_lack else self.find
        excluded = {problem.task_id for problem in map(find, task_ids) if problem is not None}
        problems = tuple(p for p in self.problems if p.task_id not in excluded)
        if not problems:
            raise UsageError(
                f"no problem of {self.name}/{self.split} is left after these exclusions"
            )
        return replace(self, problems=problems)


def refuse_one_text(task_ids: object) -> None:
    """Raise a TypeError for a single text, of which each character would be an id."""
    if isinstance(task_ids, str):
        raise TypeError(f"task_ids: expected a list, such as ['11'], got {task_ids!r}")


def _to_json(tests: Any) -> dict[str, Any]:
    return tests.to_json() if isinstance(tests, Plus) else asdict(tests)


def _letters(name: str) -> str:
    """Return a name without what harnesses spell differently: case and punctuation."""
    return "".join(character for character in name.casefold() if character.isalnum())
