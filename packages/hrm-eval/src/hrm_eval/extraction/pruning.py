"""What of a program is needed, so that a model's own demonstrations cannot fail a right function.

After the entry point only what it reaches is kept; before it, all but asserts and prints. A
statement is reached if it defines, imports, assigns or changes a name that the entry point or the
tests use, directly or through others. So `sys.setrecursionlimit(10**6)`, `Node.size = size`,
`table.append(1)`, `Table.build(9)` and a call of a function that fills a table stay; a call of the
entry point, a loop over it and `if __name__ == "__main__":` go, and so does what reads input.

Not covered: names in strings. A program that looks them up (`globals()`, `eval`) keeps all its
definitions and imports.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import compress
from operator import not_

from hrm_datasets import Problem
from hrm_eval.extraction.definitions import is_stub
from hrm_eval.extraction.names import BUILTINS, Names, bound_names, names_of, root_name
from hrm_eval.extraction.parsing import Parser, Program

_ACTIONS = (ast.Call, ast.Await, ast.NamedExpr, ast.Lambda)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)

_STREAMS = frozenset({"stdin", "stdout", "stderr", "argv"})

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
        program = Parser().parse(text)
        for statement in program.tree.body if program else ():
            names = names_of(statement)
            reads |= names.reads
            binds |= names.binds
    return frozenset(reads - binds - BUILTINS | {problem.entry_point})


class Reach:
    """Which statements of a module are reached from some names.

    Only statements that matter are looked into, because that takes time.

    Args:
        statements: The statements of a module.
        roots: The names that are needed.
        entry_point: Statements that call it, or read input, are demonstrations; empty if none are.
        start: Index of the first statement that may be dropped.

    Attributes:
        names: The names that are needed in the end.
        statements: Indices of the statements that are reached, of those that may be dropped.
    """

    def __init__(
        self,
        statements: Sequence[ast.stmt],
        roots: Iterable[str],
        entry_point: str,
        *,
        start: int = 0,
    ) -> None:
        self._all = statements
        self._bound = [bound_names(statement) for statement in statements]
        self._names: dict[int, Names] = {}
        self._entry_point = entry_point
        self._optional = range(start, len(statements))
        self.names: set[str] = set()
        self.statements: set[int] = set()
        # By name: the statements to keep for its sake, those that call it when they run, those that
        # only mention it, the functions that change it, and the functions that call it.
        self._keepers: dict[str, list[int]] = defaultdict(list)
        self._calls: dict[str, list[int]] = defaultdict(list)
        self._mentions: dict[str, list[int]] = defaultdict(list)
        self._changers: dict[str, set[str]] = defaultdict(set)
        self._callers: dict[str, set[str]] = defaultdict(set)
        # What calls the entry point or reads input, and the functions that change what is needed.
        self._demonstrations: set[str] = set()
        self._builders: set[str] = set()
        # Such as `thread` in `thread = Thread(target=fill)`, for `thread.start()`.
        self._followed: list[str] = []
        self._index()
        self._follow([*roots, *self._names_in_settings()])

    def _names_of(self, index: int) -> Names:
        if index not in self._names:
            self._names[index] = names_of(self._all[index])
        return self._names[index]

    def _index(self) -> None:
        for index in self._optional:
            if _runs_code(self._all[index]):
                calls = self._names_of(index).calls | self._classes_used(index)
                for name in calls:
                    self._calls[name].append(index)
                for name in (self._names_of(index).reads & self._defined) - calls:
                    self._mentions[name].append(index)
        self._index_functions()
        if self._entry_point:
            self._add_callers([self._entry_point, "input"], self._demonstrations)
        for index in range(len(self._all)):
            for name in self._wanted_for(index):
                self._keepers[name].append(index)

    def _index_functions(self) -> None:
        """Find out which functions change and call what, if one is called when the module runs."""
        functions = [k for k, node in enumerate(self._all) if isinstance(node, _DEFINITIONS)]
        bound = {name for k in functions for name in self._bound[k]} - {self._entry_point}
        if bound.isdisjoint(self._calls.keys() | self._mentions.keys()):
            return
        for index in functions:
            names = self._names_of(index)
            for name in names.changes_later:
                self._changers[name] |= names.binds
            for name in names.calls_later:
                self._callers[name] |= names.binds

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

    def _wanted_for(self, index: int) -> set[str]:
        """Return the names for whose sake a statement is kept."""
        statement = self._all[index]
        if is_self_test(statement) or _is_guard(statement):
            return set()
        if isinstance(statement, ast.Delete):
            deletes_name = any(isinstance(target, ast.Name) for target in statement.targets)
            return set() if deletes_name else _roots(statement.targets)
        names = set(self._bound[index])
        if isinstance(statement, _ASSIGNMENTS):
            # `max = max_of_three(1, 2, 3)` would replace what the function calls.
            is_replacing = not names.isdisjoint(BUILTINS | {self._entry_point})
            if is_replacing and index in self._optional and self._is_demonstration(index):
                return set()
            names |= _roots(t for t in _targets(statement) if not _is_stream(t))
        elif isinstance(statement, _DEFINITIONS):
            names |= _roots(_owners(statement)) - self._imported
        elif index in self._optional and not isinstance(statement, _IMPORTS):
            if self._is_demonstration(index):
                return set()
            own = self._names_of(index)
            objects = own.changes | _roots(_objects(statement))
            names |= ((objects | own.hands_over) & self._data) - {self._entry_point}
            # `Table.build(9)` and `f.memo.clear()`, but not `Solution().add(1, 2)`
            names |= (objects & self._defined) - own.calls
        return names

    def _is_demonstration(self, index: int) -> bool:
        calls = self._names_of(index).calls | self._classes_used(index)
        return not calls.isdisjoint(self._demonstrations)

    def _classes_used(self, index: int) -> set[str]:
        """Return the class whose method a statement calls, other than the entry point."""
        return (_roots(_objects(self._all[index])) & self._classes) - {self._entry_point}

    def _bound_by(self, *kinds: type[ast.stmt]) -> set[str]:
        pairs = zip(self._all, self._bound, strict=True)
        return {name for node, names in pairs if isinstance(node, kinds) for name in names}

    @cached_property
    def _imported(self) -> set[str]:
        return self._bound_by(*_IMPORTS)

    @cached_property
    def _defined(self) -> set[str]:
        """The names of functions and classes, and the entry point, whatever it is."""
        return self._bound_by(*_DEFINITIONS) | {self._entry_point}

    @cached_property
    def _classes(self) -> set[str]:
        return self._bound_by(ast.ClassDef)

    @cached_property
    def _data(self) -> set[str]:
        """The names that hold data, not functions, classes or modules."""
        bound: set[str] = set()
        other: set[str] = set()
        for statement, names in zip(self._all, self._bound, strict=True):
            (other if isinstance(statement, _DEFINITIONS + _IMPORTS) else bound).update(names)
        return bound - other

    def _names_in_settings(self) -> Iterator[str]:
        """Add the statements that change a setting, and yield the names that they need."""
        for index, statement in enumerate(self._all):
            if index in self._optional and _is_setting(statement):
                self.statements.add(index)
                yield from self._names_of(index).reads
            elif _names_settings(statement):
                yield from self._bound[index]

    def _follow(self, pending: list[str]) -> None:
        """Add what is needed until nothing new is."""
        reached: set[int] = set()
        while pending:
            name = pending.pop()
            if name not in self.names:
                self.names.add(name)
                new = set(self._statements_for(name)) - reached
                reached |= new
                pending += self._followed
                self._followed.clear()
                for index in new:
                    pending += self._names_of(index).reads
        self.statements |= {index for index in reached if index in self._optional}
        self._add_star_imports()

    def _statements_for(self, name: str) -> Iterator[int]:
        yield from self._keepers[name]
        for builder in self._add_callers(self._changers[name], self._builders):
            yield from self._calls_of(builder)
        if name in _LOOKUPS:
            for index, statement in enumerate(self._all):
                if isinstance(statement, _DEFINITIONS + _IMPORTS):
                    yield index

    def _calls_of(self, builder: str) -> Iterator[int]:
        """Yield the statements that call a function, or hand it over, and demonstrate nothing."""
        for index in self._calls[builder]:
            is_definition = isinstance(self._all[index], _DEFINITIONS)
            if is_definition or not self._is_demonstration(index):
                yield index
        for index in self._mentions[builder]:
            if self._names_of(index).reads.isdisjoint(self._demonstrations):
                yield index
                if isinstance(self._all[index], _ASSIGNMENTS):
                    self._followed += self._bound[index]

    def _add_star_imports(self) -> None:
        """Add `from module import *` if it may bind a name that nothing else does."""
        bound = {name for names in self._bound for name in names}
        if self.names - bound - BUILTINS:
            self.statements.update(k for k in self._optional if "*" in self._bound[k])


def _runs_code(node: ast.stmt) -> bool:
    """Return whether a statement may call functions of the program when it runs."""
    if isinstance(node, _DEFINITIONS):
        return bool(node.decorator_list)
    return not isinstance(node, _IMPORTS) and not is_self_test(node) and not _is_guard(node)


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


def _is_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)
    )


def _is_setting(node: ast.stmt) -> bool:
    """Return whether a statement changes a setting of a module, such as the recursion limit."""
    if isinstance(node, _ASSIGNMENTS):
        # `getcontext().prec = 50` and `globals()["limit"] = 50`
        return any(
            isinstance(target, ast.Attribute | ast.Subscript)
            and isinstance(target.value, ast.Call)
            and (isinstance(target, ast.Attribute) or root_name(target) in _LOOKUPS)
            for target in _targets(node)
        )
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    function = node.value.func
    name = function.attr if isinstance(function, ast.Attribute) else root_name(function)
    return name in _SETTERS


def _names_settings(node: ast.stmt) -> bool:
    """Return whether a statement gives settings a name, as in `context = getcontext()`."""
    if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
        return False
    function = node.value.func
    name = function.attr if isinstance(function, ast.Attribute) else root_name(function)
    return name == "getcontext"


def _roots(nodes: Iterable[ast.expr]) -> set[str]:
    return {root for root in map(root_name, nodes) if root}


def _targets(statement: ast.stmt) -> list[ast.expr]:
    assert isinstance(statement, _ASSIGNMENTS)
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _is_stream(target: ast.expr) -> bool:
    """Return whether a target is `sys.stdin` or the like, which only demonstrations replace."""
    return isinstance(target, ast.Attribute) and target.attr in _STREAMS


def _owners(statement: ast.stmt) -> list[ast.expr]:
    """Return what may remember a definition: its bases, and objects whose method decorates it."""
    assert isinstance(statement, _DEFINITIONS)
    bases = statement.bases if isinstance(statement, ast.ClassDef) else []
    functions = [d.func if isinstance(d, ast.Call) else d for d in statement.decorator_list]
    return [*bases, *(f for f in functions if isinstance(f, ast.Attribute))]


def _objects(statement: ast.stmt) -> list[ast.expr]:
    """Return the object whose method a statement calls, as in `solver.prepare()`."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
            return [method]
    return []


def prune(program: Program, problem: Problem) -> Program:
    """Return the program without what cannot be needed; what stays is unchanged and in order."""
    statements = program.tree.body
    entry = problem.entry_point
    first = next((k for k, node in enumerate(statements) if entry in bound_names(node)), None)
    if first is None:
        return program
    after = range(first + 1, len(statements))
    reached = set()
    if not all(is_self_test(statements[k]) or _is_guard(statements[k]) for k in after):
        reached = Reach(statements, names_in_tests(problem), entry, start=after.start).statements
    kept = [node for node in statements[: after.start] if not is_self_test(node)]
    return select(program, kept + [statements[k] for k in sorted(reached)])


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
    for number, text in enumerate(program.lines, start=1):
        nodes = on_line[number]
        chosen = [node for node in nodes if id(node) in kept_ids]
        if len(chosen) == len(nodes):
            lines.append(text)
        else:
            lines.append(_without_neighbors(text, nodes, chosen) if chosen else "")
    tree = ast.Module(body=list(kept), type_ignores=[])
    return replace(program, lines=lines, tree=tree)


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
    return "".join(program.lines[_first_line(node) - 1 : node.end_lineno])


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
    return insert_before(program, prelude + before) + after


def _needed_parts(
    program: Program, pieces: Sequence[Program], chosen: int, problem: Problem, prelude: str
) -> tuple[str, str]:
    """Return what a program needs from other pieces, to be put before it and after it.

    Of the pieces after it, only imports are put before it.
    """
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
        roots = missing
        if index > chosen:
            # A demonstration may assign any name, so that assignments do not count here.
            definitions = [node for node in statements if isinstance(node, _DEFINITIONS + _IMPORTS)]
            roots = missing & {name for node in definitions for name in bound_names(node)}
        reach = Reach(statements, roots, problem.entry_point)
        if reach.statements:
            found[index] = [statements[k] for k in sorted(reach.statements)]
            for node in found[index]:
                names = names_of(node)
                missing |= names.reads
                bound |= names.binds
            missing -= bound | BUILTINS
    before = after = ""
    for index in sorted(found):
        is_first = [index < chosen or isinstance(node, _IMPORTS) for node in found[index]]
        before += _source_of(pieces[index], compress(found[index], is_first))
        rest = _source_of(pieces[index], compress(found[index], map(not_, is_first)))
        after += f"\n{rest}" if rest else ""
    return before, after


def _source_of(program: Program, statements: Iterable[ast.stmt]) -> str:
    kept = list(statements)
    return select(program, kept).source.rstrip() + "\n" if kept else ""


def insert_before(program: Program, prelude: str) -> str:
    """Return the source of a program with text before it, but after its `__future__` imports."""
    if not prelude:
        return program.source
    future = [
        node.end_lineno or 0
        for node in program.tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    lines = program.lines
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
    if is_stub(last, program.lines):
        return not is_stub(earlier, program.lines)
    return _returns(earlier) and not _returns(last)


def _returns(node: ast.stmt) -> bool:
    return not isinstance(node, ast.FunctionDef) or any(
        isinstance(part, ast.Return | ast.Yield | ast.Raise) for part in ast.walk(node)
    )


def cleaned(program: Program) -> Program:
    """Return the program without words before it, such as `python`, and without a cut-off tail."""
    statements = program.tree.body
    start = 0
    while start < len(statements) and _is_words(statements[start]):
        start += 1
    return without_cut_tail(select(program, statements[start:]))


def without_words_after(program: Program) -> Program:
    """Return the program without words after it, such as `Explanation`, and what is among them."""
    statements = program.tree.body
    start = end = len(statements)
    while end and (_is_words(statements[end - 1]) or _is_constant(statements[end - 1])):
        end -= 1
        if _is_words(statements[end]):
            start = end
    return select(program, statements[:start])


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_words(statement: ast.stmt) -> bool:
    """Return whether a statement only mentions names, so that it can do nothing but fail."""
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return isinstance(statement.target, ast.Name)
    if not isinstance(statement, ast.Expr):
        return False
    nodes = list(ast.walk(statement.value))
    has_name = any(isinstance(node, ast.Name) and node.id not in BUILTINS for node in nodes)
    return has_name and not any(isinstance(node, _ACTIONS) for node in nodes)
