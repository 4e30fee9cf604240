"""What of a program is needed, so that a model's own demonstrations cannot fail a right function.

After the entry point only what it reaches is kept; before it, all but asserts and prints. A
statement is reached if it defines, imports, assigns or changes a name that the entry point or the
tests use, directly or through others. So `sys.setrecursionlimit(10**6)`, `Node.size = size`,
`table.append(1)` and a call of a function that fills a table stay; a call of the entry point, a
loop over it and `if __name__ == "__main__":` go.

Not covered: names in strings. A program that looks them up (`globals()`, `eval`) keeps all its
definitions and imports.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from hrm_datasets import Problem
from hrm_eval.extraction.definitions import is_stub
from hrm_eval.extraction.names import BUILTINS, Names, bound_names, names_of, root_name
from hrm_eval.extraction.parsing import Program, split_lines

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)

_LOOKUPS = frozenset({"globals", "locals", "vars", "eval", "exec", "__import__"})

# Functions of modules whose settings a program may need.
_SETTERS = frozenset(
    {
        *("filterwarnings", "seed", "set_int_max_str_digits", "setattr", "setcontext", "seterr"),
        *("setlocale", "setrecursionlimit", "simplefilter", "stack_size"),
    }
)


@lru_cache(maxsize=64)
def names_in_tests(problem: Problem) -> frozenset[str]:
    """Return the names that the tests of a problem take from the program; the entry point is one.

    A test that does not parse is not looked at.
    """
    reads, binds = {problem.entry_point}, set()
    for text in (problem.setup, *problem.tests.texts):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        for statement in tree.body:
            names = names_of(statement)
            reads |= names.reads
            binds |= names.binds
    return frozenset(reads - binds - BUILTINS | {problem.entry_point})


class Reach:
    """Which statements of a module are reached from some names.

    Args:
        statements: The statements of a module.
        roots: The names that are needed.
        entry_point: Statements that call it are demonstrations; empty if there is none.

    Attributes:
        names: The names that are needed in the end.
        statements: Indices of the statements that are reached.
    """

    def __init__(
        self, statements: Sequence[ast.stmt], roots: Iterable[str], entry_point: str = ""
    ) -> None:
        self._statements = statements
        self._names = [names_of(statement) for statement in statements]
        self._entry_point = entry_point
        self.names: set[str] = set()
        self.statements: set[int] = set()
        # The functions that call the entry point, and those that change what is needed.
        self._demonstrations: set[str] = set()
        self._builders: set[str] = set()
        # By name: the statements that are kept for its sake; those that call it; the functions
        # that change it, and those that call it.
        self._keepers: dict[str, list[int]] = defaultdict(list)
        self._calls: dict[str, list[int]] = defaultdict(list)
        self._changers: dict[str, set[str]] = defaultdict(set)
        self._callers: dict[str, set[str]] = defaultdict(set)
        self._index()
        self._follow([*roots, *self._names_in_settings()])

    def _index(self) -> None:
        for names in self._names:
            for name in names.changes_later:
                self._changers[name] |= names.binds
            for name in names.calls_later:
                self._callers[name] |= names.binds
        self._add_callers([self._entry_point], self._demonstrations)
        for index, names in enumerate(self._names):
            for name in self._wanted_for(self._statements[index], names):
                self._keepers[name].append(index)
            for name in names.calls:
                self._calls[name].append(index)

    def _add_callers(self, functions: Iterable[str], found: set[str]) -> list[str]:
        """Add to `found` these functions and those that call them, and return the new ones."""
        new = []
        pending = list(functions)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                new.append(name)
                pending += self._callers[name]
        return new

    def _names_in_settings(self) -> Iterator[str]:
        """Add the statements that change a setting, and yield the names that they need."""
        for index, statement in enumerate(self._statements):
            if _is_setting(statement):
                self.statements.add(index)
                yield from self._names[index].reads

    def _follow(self, pending: list[str]) -> None:
        """Add what is needed until nothing new is."""
        while pending:
            name = pending.pop()
            if name not in self.names:
                self.names.add(name)
                for index in self._statements_for(name):
                    if index not in self.statements:
                        self.statements.add(index)
                        pending += self._names[index].reads
        self._add_star_imports()

    def _statements_for(self, name: str) -> Iterator[int]:
        yield from self._keepers[name]
        for builder in self._add_callers(self._changers[name], self._builders):
            yield from (k for k in self._calls[builder] if not self._is_demonstration(k))
        if name in _LOOKUPS:
            for index, statement in enumerate(self._statements):
                if isinstance(statement, _DEFINITIONS + _IMPORTS):
                    yield index

    def _add_star_imports(self) -> None:
        """Add `from module import *` if it may bind a name that nothing else does."""
        bound = {name for names in self._names for name in names.binds}
        if self.names - bound - BUILTINS:
            stars = (k for k, names in enumerate(self._names) if names.has_star_import)
            self.statements.update(stars)

    @cached_property
    def _data(self) -> set[str]:
        """The names that hold data, not functions, classes or modules."""
        bound: set[str] = set()
        other: set[str] = set()
        for statement, names in zip(self._statements, self._names, strict=True):
            is_other = isinstance(statement, _DEFINITIONS + _IMPORTS)
            (other if is_other else bound).update(names.binds)
        return bound - other

    def _wanted_for(self, statement: ast.stmt, names: Names) -> set[str]:
        """Return the names for whose sake a statement is kept."""
        if is_self_test(statement) or _is_main_guard(statement):
            return set()
        if isinstance(statement, ast.Delete):
            return set()
        if isinstance(statement, _IMPORTS):
            return names.binds
        if isinstance(statement, _ASSIGNMENTS):
            return names.binds | _target_roots(statement)
        changes = names.changes & self._data - {self._entry_point}
        if isinstance(statement, _DEFINITIONS):
            roots = [root_name(node) for node in _decorators_and_bases(statement)]
            return names.binds | changes | {root for root in roots if root}
        if names.calls & self._demonstrations:
            return set()
        return names.binds | changes

    def _is_demonstration(self, index: int) -> bool:
        statement = self._statements[index]
        if isinstance(statement, _DEFINITIONS):
            return False
        return is_self_test(statement) or bool(self._names[index].calls & self._demonstrations)


def is_self_test(node: ast.stmt) -> bool:
    """Return whether a top-level statement only tests the code: an assert or a print."""
    if isinstance(node, ast.Assert):
        return True
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _is_main_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)
    )


def _is_setting(node: ast.stmt) -> bool:
    """Return whether a statement changes a setting of a module, such as the recursion limit."""
    if isinstance(node, ast.Assign):
        # `getcontext().prec = 50`
        targets = [target for target in node.targets if isinstance(target, ast.Attribute)]
        return any(isinstance(target.value, ast.Call) for target in targets)
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    function = node.value.func
    name = function.attr if isinstance(function, ast.Attribute) else root_name(function)
    return name in _SETTERS


def _target_roots(statement: ast.stmt) -> set[str]:
    assert isinstance(statement, _ASSIGNMENTS)
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    roots = [root_name(target) for target in targets]
    return {root for root in roots if root}


def _decorators_and_bases(statement: ast.stmt) -> list[ast.expr]:
    assert isinstance(statement, _DEFINITIONS)
    bases = statement.bases if isinstance(statement, ast.ClassDef) else []
    return [*statement.decorator_list, *bases]


def prune(program: Program, problem: Problem) -> Program:
    """Return the program without what cannot be needed; what stays is unchanged and in order."""
    statements = program.tree.body
    entry = problem.entry_point
    first = next((k for k, node in enumerate(statements) if entry in bound_names(node)), None)
    if first is None:
        return program
    before, after = statements[: first + 1], statements[first + 1 :]
    if all(is_self_test(node) or _is_main_guard(node) for node in after):
        reached = set()
    else:
        reached = Reach(statements, names_in_tests(problem), entry).statements
    kept = [node for node in before if not is_self_test(node)]
    kept += [node for k, node in enumerate(after, start=first + 1) if k in reached]
    return select(program, kept)


def select(program: Program, kept: Sequence[ast.stmt]) -> Program:
    """Return the program with only these of its top-level statements, and all comments."""
    if len(kept) == len(program.tree.body):
        return program
    kept_ids = {id(node) for node in kept}
    on_line: dict[int, list[ast.stmt]] = defaultdict(list)
    for node in program.tree.body:
        for line in range(_first_line(node), (node.end_lineno or node.lineno) + 1):
            on_line[line].append(node)
    lines: list[str] = []
    for number, text in enumerate(split_lines(program.source), start=1):
        nodes = on_line[number]
        chosen = [node for node in nodes if id(node) in kept_ids]
        if len(chosen) == len(nodes):
            lines.append(text)
        elif chosen:
            lines.append(_without_neighbors(text, nodes, chosen))
    tree = ast.Module(body=list(kept), type_ignores=[])
    return replace(program, source="".join(lines), tree=tree)


def _without_neighbors(line: str, nodes: Sequence[ast.stmt], chosen: Sequence[ast.stmt]) -> str:
    """Return a line such as `x = 1; main()` with only the chosen statements."""
    if any(node.lineno != node.end_lineno for node in nodes):
        return line
    encoded = line.encode(errors="surrogatepass")
    parts = [encoded[node.col_offset : node.end_col_offset] for node in chosen]
    return b"; ".join(parts).decode(errors="surrogatepass") + "\n"


def _first_line(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, _DEFINITIONS) else []
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def text_of(node: ast.stmt, program: Program) -> str:
    """Return the lines of a top-level statement."""
    return "".join(split_lines(program.source)[_first_line(node) - 1 : node.end_lineno])


def join(pieces: Sequence[Program], chosen: int, problem: Problem, prelude: str) -> str:
    """Return the source of a piece, pruned, with what it needs from the other pieces.

    Args:
        pieces: The pieces of an answer, in order.
        chosen: Index of the piece that defines the entry point.
        problem: The problem that it answers.
        prelude: Source that comes before all of it.
    """
    program = prune(pieces[chosen], problem)
    before = after = ""
    if len(pieces) > 1:
        before, after = _needed_parts(program, pieces, chosen, problem, prelude)
    return _insert_before(program, prelude + before) + after


def _needed_parts(
    program: Program, pieces: Sequence[Program], chosen: int, problem: Problem, prelude: str
) -> tuple[str, str]:
    """Return what a program needs from the pieces before it and after it."""
    missing = set(names_in_tests(problem))
    bound = {name for node in ast.parse(prelude).body for name in bound_names(node)}
    for node in program.tree.body:
        names = names_of(node)
        missing |= names.reads
        bound |= names.binds
    missing -= bound | BUILTINS
    order = [*range(chosen - 1, -1, -1), *range(chosen + 1, len(pieces))]
    found = {}
    for index in order:
        statements = pieces[index].tree.body
        reach = Reach(statements, missing, problem.entry_point)
        if reach.statements:
            part = select(pieces[index], [statements[k] for k in sorted(reach.statements)])
            found[index] = part.source.rstrip() + "\n"
            for node in part.tree.body:
                names = names_of(node)
                missing |= names.reads
                bound |= names.binds
            missing -= bound | BUILTINS
    before = "".join(found[index] for index in sorted(found) if index < chosen)
    after = "".join(f"\n{found[index]}" for index in sorted(found) if index > chosen)
    return before, after


def _insert_before(program: Program, prelude: str) -> str:
    """Return the source of a program with text before it, but after its `__future__` imports."""
    if not prelude:
        return program.source
    future = [
        node.end_lineno or 0
        for node in program.tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    lines = split_lines(program.source)
    start = max(future, default=0)
    return "".join([*lines[:start], prelude, *lines[start:]])


def without_cut_tail(program: Program) -> Program:
    """Return the program without a last statement that was cut off and redefines something.

    Where it is not known that the answer was cut off, a last definition must look like it: it is
    the beginning of an earlier definition of that name, only a signature, or, unlike that one,
    returns nothing.
    """
    if program.is_cut is False or not program.tree.body:
        return program
    *earlier, last = program.tree.body
    names = bound_names(last)
    if not names or not isinstance(last, _DEFINITIONS + _ASSIGNMENTS):
        return program
    replaced = [node for node in earlier if names <= bound_names(node)]
    if replaced and (program.is_cut or _looks_cut(last, replaced[-1], program)):
        return replace(select(program, earlier), is_cut=False)
    return program


def _looks_cut(last: ast.stmt, earlier: ast.stmt, program: Program) -> bool:
    text, whole = text_of(last, program).strip(), text_of(earlier, program).strip()
    if whole.startswith(text) and text != whole:
        return True
    if is_stub(last, program.source):
        return not is_stub(earlier, program.source)
    return _returns(earlier) and not _returns(last)


def _returns(node: ast.stmt) -> bool:
    return not isinstance(node, ast.FunctionDef) or any(
        isinstance(part, ast.Return | ast.Yield | ast.Raise) for part in ast.walk(node)
    )
