"""Drawing problems: each solution is run, and the solutions of a task are compared, on every draw.

Not covered: solutions that read files, the clock or the network, or that need a package.
"""

import keyword
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import CodeType
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets import Asserts, Problem
from hrm_exercises import literals, naming
from hrm_exercises.chooser import Chooser
from hrm_exercises.compositions import Composition, make_exercise
from hrm_exercises.family import Exercise, Family
from hrm_exercises.wording import write_text

_BRANCH = re.compile(r"\b(?:if|for|while|and|or|except|elif|else)\b")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class FamilyError(DataError):
    """A family drew something that cannot become a problem."""


class TooFewTestsError(FamilyError):
    """By chance, fewer than 3 of the drawn calls differ; another draw may do better."""


@dataclass(frozen=True)
class Drawn:
    """A problem with its origin.

    Attributes:
        problem: The problem.
        family: Name of the family, or `compositions`.
        task: The options of the family, such as `kind=even`, or the steps of a composition.
        source: The solution before its names were varied.
        num_results: Number of distinct values that the tests expect.
    """

    problem: Problem
    family: str
    task: str
    source: str
    num_results: int

    @property
    def difficulty(self) -> int:
        """Number of tokens of the solution, plus 10 for each branch or loop."""
        return difficulty(self.problem.reference)


def draw(family: Family, task: int, choose: Chooser, task_id: str) -> Drawn:
    """Draw a problem of one task of a family.

    Args:
        family: The family.
        task: Index of the task in `family.tasks`.
        choose: Makes all choices.
        task_id: Id of the problem.

    Raises:
        FamilyError: If the family, a wording or a solution is at fault.
    """
    options = family.tasks[task]
    label = ", ".join(f"{name}={value}" for name, value in options.items())
    where = f"family {family.name!r}" + (f" ({label})" if label else "")
    try:
        exercise = family.draw(choose, **options)
    except FamilyError:
        raise
    except Exception as error:
        raise FamilyError(f"{where}: raises {type(error).__name__}: {error}. Fix it") from error
    return _Writer(exercise, where, choose).write(family.name, label, task_id)


def draw_composed(choose: Chooser, composition: Composition, task_id: str) -> Drawn:
    """Draw a problem that asks for a chain of steps; see `compositions`."""
    exercise = make_exercise(choose, composition)
    where = f"composition {composition.label!r}"
    return _Writer(exercise, where, choose).write("compositions", composition.label, task_id)


def difficulty(solution: str) -> int:
    """Return the number of tokens of a program, plus 10 for each branch or loop."""
    return len(_TOKEN.findall(solution)) + 10 * len(_BRANCH.findall(solution))


@dataclass(frozen=True)
class _Test:
    """A call of `solve` with its result.

    Attributes:
        statements: What runs before the call; usually empty.
        call: The call, as an expression.
        value: Its result.
        literal: The result as Python source.
        is_exact: Whether all solutions have this result to the last digit.
    """

    statements: str
    call: str
    value: Any
    literal: str
    is_exact: bool = True

    @classmethod
    def of(cls, call: str, value: Any, statements: str = "") -> "_Test":
        return cls(statements, call, literals.copy(value), literals.write(value))


class _Writer:
    """Makes a problem of an exercise."""

    def __init__(self, exercise: Exercise, where: str, choose: Chooser) -> None:
        self._exercise = exercise
        self._where = where
        self._choose = choose

    def write(self, family: str, task: str, task_id: str) -> Drawn:
        """Return the problem."""
        self._check_size()
        exercise, choose = self._exercise, self._choose
        solutions = [_dedent(solution) for solution in exercise.solutions]
        chosen = choose.one_of(solutions)
        name = self._choose_name(chosen)
        names = naming.vary_names(choose, chosen, exercise.synonyms, kept=[name])
        solution = naming.rename(chosen, names | {naming.ENTRY_POINT: name})
        namespace = self._namespace(solution)
        tests = self._run(namespace, namespace.get(name), solution)
        for other in solutions:
            if other is not chosen:
                namespace = self._namespace(other)
                others = self._run(namespace, namespace.get(naming.ENTRY_POINT), other)
                tests = self._compare(tests, others)
        tests = self._choose_tests(tests)
        asserts = Asserts(self._asserts(tests, name, chosen))
        self._check_asserts(solution, asserts)
        problem = Problem(
            task_id=task_id,
            text=write_text(choose, choose.one_of(exercise.texts), names),
            entry_point=name,
            tests=asserts,
            setup=exercise.setup,
            reference=solution,
        )
        num_results = len({test.literal for test in tests})
        return Drawn(problem, family, task, chosen, num_results)

    def _choose_name(self, solution: str) -> str:
        """Choose a name for the function or class that the solution does not use itself."""
        names = self._exercise.names
        taken = naming.names_in(solution)
        free = [name for name in names if name not in taken]
        if not free:
            raise FamilyError(f"{self._where}: a solution uses all of the names. Add another name")
        is_class = naming.is_class(solution)
        name = (naming.class_name if is_class else naming.entry_point)(self._choose, free)
        return free[0] if name in taken or keyword.iskeyword(name) else name

    def _check_size(self) -> None:
        exercise = self._exercise
        if len(exercise.texts) < 3 or len(exercise.names) < 2 or not exercise.solutions:
            raise FamilyError(
                f"{self._where}: expected 3 wordings, 2 names and a solution or more, got "
                f"{len(exercise.texts)}, {len(exercise.names)} and {len(exercise.solutions)}. "
                "Add some"
            )
        if len(exercise.arguments) + len(exercise.calls) < 3:
            raise FamilyError(
                f"{self._where}: expected 3 arguments or calls or more, got "
                f"{len(exercise.arguments) + len(exercise.calls)}. Draw more"
            )

    def _run(self, namespace: Mapping[str, Any], solve: Any, source: str) -> list[_Test]:
        """Return the results of all calls.

        Args:
            namespace: Names that the program defined.
            solve: The function or class in it; None if it is missing.
            source: The program, for messages.
        """
        if solve is None:
            raise FamilyError(f"{self._where}: a solution defines no {naming.ENTRY_POINT!r}.")
        try:
            return [
                *self._run_arguments(solve),
                *self._run_calls({**namespace, naming.ENTRY_POINT: solve}),
            ]
        except FamilyError:
            raise
        except literals.NotLiteralError as error:
            raise FamilyError(
                f"{self._where}: {error.args[0]!r} is not a plain literal. Take and return "
                "numbers, text, lists, tuples, sets or dicts"
            ) from error
        except Exception as error:
            raise self._failure(error, source) from error

    def _run_arguments(self, solve: Callable[..., Any]) -> Iterator[_Test]:
        for arguments in self._exercise.arguments:
            call = f"{naming.ENTRY_POINT}({', '.join(map(literals.write, arguments))})"
            yield _Test.of(call, solve(*literals.copy(arguments)))

    def _run_calls(self, namespace: Mapping[str, Any]) -> Iterator[_Test]:
        for call in self._exercise.calls:
            statements, _, expression = call.rpartition("\n")
            own = {**namespace}
            exec(_compile(statements, "exec"), own)  # noqa: S102
            value = eval(_compile(expression, "eval"), own)  # noqa: S307
            yield _Test.of(expression, value, statements)

    def _failure(self, error: Exception, solution: str) -> FamilyError:
        return FamilyError(
            f"{self._where}: a solution raises {type(error).__name__}: {error}. Draw arguments "
            f"that it can handle, or mend it:\n{solution}"
        )

    def _namespace(self, solution: str) -> dict[str, Any]:
        namespace: dict[str, Any] = {"__name__": "exercise"}
        try:
            if self._exercise.setup:
                exec(_compile(self._exercise.setup, "exec"), namespace)  # noqa: S102
            exec(_compile(solution, "exec"), namespace)  # noqa: S102
        except Exception as error:
            raise self._failure(error, solution) from error
        return namespace

    def _compare(self, tests: Sequence[_Test], others: Sequence[_Test]) -> list[_Test]:
        """Return the tests, marked where another solution has another last digit."""
        compared = []
        for one, other in zip(tests, others, strict=True):
            if not literals.same(one.value, other.value):
                raise FamilyError(
                    f"{self._where}: two solutions disagree about {one.call}: {one.value!r} and "
                    f"{other.value!r}. Fix one of them, or draw no such arguments"
                )
            is_exact = one.is_exact and one.literal == other.literal
            compared.append(replace(one, is_exact=is_exact))
        return compared

    def _choose_tests(self, tests: Sequence[_Test]) -> list[_Test]:
        """Return 3 to 5 distinct tests in random order, with distinct results first."""
        num = 3 if self._choose.chance(0.8) else self._choose.integer(4, 5)
        shuffled = list({(t.statements, t.call): t for t in self._choose.shuffled(tests)}.values())
        new: list[_Test] = []
        repeated: list[_Test] = []
        values = set()
        for test in shuffled:
            (repeated if test.literal in values else new).append(test)
            values.add(test.literal)
        chosen = [*new, *repeated][:num]
        if len(chosen) < 3:
            raise TooFewTestsError(
                f"{self._where}: fewer than 3 distinct calls. Draw more arguments"
            )
        return self._choose.shuffled(chosen)

    def _asserts(self, tests: Sequence[_Test], name: str, solution: str) -> list[str]:
        """Write tests as statements, all in the same style.

        A fraction is compared with a tolerance, since another order of operations may give another
        last digit, unless the solution rounds. So is a whole number where it did.
        """
        is_rounded = "round(" in solution
        equals = "==" if self._choose.chance(0.3) else " == "
        texts = []
        for test in tests:
            value = test.value
            is_whole = type(value) is float and value.is_integer() and test.is_exact
            if type(value) is float and not (is_rounded or is_whole):
                # Not all digits: Python 3.12 sums fractions in another way than 3.11.
                check = f"abs({test.call} - {value:.10g}) < {max(1e-6, abs(value) * 1e-9):.0e}"
            elif type(value) is not float and literals.has_long_float(value):
                raise FamilyError(
                    f"{self._where}: {test.call} returns {value!r}, with long fractions inside. "
                    "Round them, and say so in the text"
                )
            else:
                check = f"{test.call}{equals}{test.literal}"
            text = f"assert {check}"
            if test.statements:
                text = f"{test.statements}\n{text}"
            texts.append(naming.rename(text, {naming.ENTRY_POINT: name}))
        return texts

    def _check_asserts(self, solution: str, asserts: Asserts) -> None:
        """Run the program and the tests as they are written."""
        namespace = self._namespace(solution)
        try:
            exec(compile("\n".join(asserts), "<tests>", "exec"), namespace)  # noqa: S102
        except Exception as error:
            raise FamilyError(
                f"{self._where}: the written solution does not pass the written tests: "
                f"{type(error).__name__}: {error}\n{solution}\n" + "\n".join(asserts)
            ) from error


@lru_cache(maxsize=50_000)
def _dedent(source: str) -> str:
    return textwrap.dedent(source).strip() + "\n"


@lru_cache(maxsize=20_000)
def _compile(source: str, mode: str) -> CodeType:
    return compile(source, "<exercise>", mode)
