"""The inputs of EvalPlus as Python values.

JSON has no tuples, sets and complex numbers, so its release of MBPP+ writes them as lists and text.
Which arguments of which task they are is known by the number of the task. The rows on the Hugging
Face hub have their inputs as source text instead.
"""

import ast
import math
from collections.abc import Callable, Iterable
from typing import Any

from hrm_datasets.plus import Arguments

_Convert = Callable[[list[Any]], Iterable[Any]]


def _deep_tuple(value: Any) -> Any:
    return tuple(map(_deep_tuple, value)) if isinstance(value, list) else value


def _tuples_in(values: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(value) for value in values]


def _set_of(value: Any) -> Any:
    # EvalPlus makes an empty list an empty dict.
    return set(value) if isinstance(value, list) and value else {}


# How the arguments of a call are made of what JSON has, and the numbers of the tasks.
_CONVERSIONS: tuple[tuple[_Convert, tuple[int, ...]], ...] = (
    # Every argument is a tuple.
    (
        lambda args: map(tuple, args),
        (2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616, 630,
         726, 740, 744, 809),
    ),
    # Every argument is a list of tuples.
    (
        lambda args: map(_tuples_in, args),
        (63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780),
    ),
    # Every argument is a tuple of tuples.
    (lambda args: (tuple(_tuples_in(arg)) for arg in args), (259, 401, 445)),
    # Every list is a tuple, at any depth.
    (_deep_tuple, (580, 615, 791)),
    # The first argument is a list of tuples, a tuple, or a tuple that may contain tuples.
    (lambda args: (_tuples_in(args[0]), *args[1:]), (75, 413, 444, 753)),
    (lambda args: (tuple(args[0]), *args[1:]), (250, 307, 405, 446, 617, 720, 763, 808)),
    (
        lambda args: (tuple(tuple(x) if isinstance(x, list) else x for x in args[0]), *args[1:]),
        (278,),
    ),
    # The second argument is a tuple.
    (lambda args: (args[0], tuple(args[1]), *args[2:]), (106, 750)),
    # A list of sets, a dict of tuples, complex numbers.
    (lambda args: ([_set_of(value) for value in args[0]],), (115,)),
    (lambda args: ({k: tuple(v) for k, v in args[0].items()}, *args[1:]), (722,)),
    (lambda args: (float(args[0]), complex(args[1])), (124,)),
    (lambda args: (complex(args[0]),), (252,)),
)  # fmt: skip
_CONVERT = {number: convert for convert, numbers in _CONVERSIONS for number in numbers}


def convert_mbpp(number: int, arguments: list[Any]) -> Arguments:
    """Return the arguments of a call as Python values.

    Args:
        number: Number of the task in MBPP.
        arguments: The arguments as EvalPlus' release has them.

    Raises:
        TypeError, ValueError, AttributeError, IndexError: If they have another form.
    """
    return tuple(_CONVERT.get(number, tuple)(arguments))


class _Numbers(ast.NodeTransformer):
    """Replaces the names `inf` and `nan` by the numbers."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return the number of a name."""
        return ast.Constant(getattr(math, node.id)) if node.id in ("inf", "nan") else node


def read_literal(source: str) -> Any:
    """Return the value of a Python literal, in which `inf` and `nan` are numbers.

    Raises:
        ValueError: If the source is no literal.
    """
    try:
        tree = ast.parse(source.strip(), mode="eval")
        return ast.literal_eval(_Numbers().visit(tree))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(f"not a Python literal ({error})") from error
