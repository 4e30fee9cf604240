"""Makes wrong programs of right ones: the same programs with small changes, as in mutation testing.

Some changes make no difference to what a program does, so some of these programs are right.
"""

import ast
import copy
import random
from collections.abc import Iterator

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Div,
    ast.Div: ast.FloorDiv, ast.Mod: ast.Mult, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr,
}  # fmt: skip
_WRAPPED = (
    "list({})",
    "tuple({})",
    "str({})",
    "float({})",
    "bool({})",
    "({}) + 1e-9",
    "sorted({})",
)


def mutants(program: str, num: int, seed: int = 0) -> list[str]:
    """Return up to `num` different programs, each with one change.

    Args:
        program: Source text.
        num: Largest number of programs.
        seed: Chooses among the possible changes.
    """
    changed = list(dict.fromkeys(_changes(program)))
    random.Random(seed).shuffle(changed)
    return changed[:num]


def _changes(program: str) -> Iterator[str]:
    tree = ast.parse(program)
    for index, node in enumerate(ast.walk(tree)):
        for number in range(_num_changes(node)):
            other = copy.deepcopy(tree)
            target = next(n for i, n in enumerate(ast.walk(other)) if i == index)
            _change(target, number)
            yield ast.unparse(ast.fix_missing_locations(other))


def _num_changes(node: ast.AST) -> int:
    match node:
        case ast.Constant(value=bool()):
            return 1
        case ast.Constant(value=int() | float()):
            return 3
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in _SWAPPED:
            return 1
        case ast.Compare(ops=[op]) if type(op) in _SWAPPED:
            return 1
        case ast.Return(value=ast.expr()):
            return len(_WRAPPED) + 1
    return 0


def _change(node: ast.AST, number: int) -> None:
    """Make the change of this number to a node."""
    match node:
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=value):
            node.value = (value + 1, value - 1, -value)[number]
        case ast.Compare():
            node.ops = [_SWAPPED[type(node.ops[0])]()]
        case ast.Return() if number < len(_WRAPPED):
            node.value = ast.parse(_WRAPPED[number].format(ast.unparse(node.value))).body[0].value
        case ast.Return():
            node.value = ast.Constant(None)
        case _:
            node.op = _SWAPPED[type(node.op)]()
