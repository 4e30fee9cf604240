"""The tests of EvalPlus: inputs, and a rule for comparing results with those of the reference."""

import marshal
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

Arguments = tuple[Any, ...]

# The last version of the format that does not keep which objects are the same.
_MARSHAL_VERSION = 2


class Rule(StrEnum):
    """When the result of a call is right.

    Attributes:
        EQUAL: It equals the reference's; floats, and lists and tuples of floats, about.
        SAME_ELEMENTS: It has the same elements, in any order and number.
        NOT_NONE: It is None where the reference's is, and only there; a truth value says which.
        ANYTHING: Always.
        OR_ZERO: It equals the reference's, or 0.
        OR_SURFACE: It equals the reference's, or the surface of a square pyramid.
        OR_DIGIT_DISTANCE: It equals the reference's, or the sum of the differences of the digits.
        ROOT: The polynomial whose coefficients are the argument is about 0 there.
    """

    EQUAL = "equal"
    SAME_ELEMENTS = "same_elements"
    NOT_NONE = "not_none"
    ANYTHING = "anything"
    OR_ZERO = "or_zero"
    OR_SURFACE = "or_surface"
    OR_DIGIT_DISTANCE = "or_digit_distance"
    ROOT = "root"


@dataclass(frozen=True, kw_only=True)
class Plus:
    """Tests that are inputs. A program must return what the reference solution returns.

    The base inputs are those of the original benchmark, and have a score of their own.

    Attributes:
        base: Arguments of each call in the original tests; empty if nobody knows which these are.
        plus: Arguments of each call that EvalPlus adds.
        rule: When a result is right.
        tolerance: Largest difference of numbers that count as equal; 0 for 1e-6 where the reference
            returns floats, and none elsewhere.
        contract: What EvalPlus asserts about the arguments, as source text. Nothing runs it.
        asserts: The original tests as source text, for prompts and comparisons. Nothing runs them.
        prompt: EvalPlus' own prompt; empty if it equals the problem's stub, or is not published.

    Examples:
        >>> Plus(base=((1, 2),), plus=((0, 0), (-1, 1))).parts
        ('base', 'plus')
    """

    kind: ClassVar[str] = "plus"
    parts: ClassVar[tuple[str, str]] = ("base", "plus")

    base: tuple[Arguments, ...]
    plus: tuple[Arguments, ...]
    rule: Rule = Rule.EQUAL
    tolerance: float = 0.0
    contract: str = ""
    asserts: tuple[str, ...] = ()
    prompt: str = ""

    def __hash__(self) -> int:
        # The arguments may be lists.
        return hash((len(self.base), len(self.plus), self.rule, self.contract, self.asserts))

    def __len__(self) -> int:
        return len(self.base) + len(self.plus)

    @property
    def texts(self) -> tuple[str, ...]:
        """The original tests as text, for prompts and comparisons; the inputs of EvalPlus never."""
        return self.asserts

    @property
    def labels(self) -> tuple[str, str]:
        """What each part of the tests is, for reports."""
        return f"{len(self.base)} base inputs", f"{len(self.plus)} plus inputs"

    @cached_property
    def marshalled(self) -> bytes:
        """The arguments of all calls, the original ones first, in the format of `marshal`.

        Calls share no arguments, whatever objects they are here.
        """
        return marshal.dumps((*self.base, *self.plus), _MARSHAL_VERSION)

    def to_json(self) -> dict[str, Any]:
        """Return the fields for JSON, the same in every process; without an empty prompt."""
        record = {field.name: getattr(self, field.name) for field in fields(self)}
        if not self.prompt:
            del record["prompt"]
        return record | {"base": _literal(self.base), "plus": _literal(self.plus)}


def _literal(value: Any) -> str:
    """Return a value as text; Python's own has the elements of a set in any order."""
    text = repr(value)
    return _sorted_literal(value) if "{" in text or "set(" in text else text


def _sorted_literal(value: Any) -> str:
    match value:
        case list() | tuple():
            return f"{type(value).__name__}({', '.join(map(_sorted_literal, value))})"
        case set() | frozenset():
            return f"{type(value).__name__}({', '.join(sorted(map(_sorted_literal, value)))})"
        case dict():
            items = (f"{_sorted_literal(k)}: {_sorted_literal(v)}" for k, v in value.items())
            return f"{{{', '.join(items)}}}"
    return repr(value)
