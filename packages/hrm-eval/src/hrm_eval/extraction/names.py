"""Which names the statements of a program bind, read and change.

Not covered: names in strings (`getattr`, `globals()["f"]`), and what other modules change.
"""

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field

BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}

# Methods that change their object, of lists, dicts, sets, deques and the like.
_CHANGING_METHODS = frozenset(
    {
        *("add", "append", "appendleft", "clear", "difference_update", "discard", "extend"),
        *("extendleft", "insert", "intersection_update", "move_to_end", "pop", "popitem"),
        *("popleft", "remove", "reverse", "rotate", "setdefault", "sort", "subtract"),
        *("symmetric_difference_update", "update"),
    }
)

# Functions of Python that change what they get.
_CHANGING_FUNCTIONS = frozenset({"delattr", "next", "setattr"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass
class Names:
    """The global names of one statement.

    Attributes:
        binds: Names that it assigns, defines or imports; `*` for `from module import *`.
        reads: Names that it uses, also those in the bodies of its functions.
        changes: Names whose objects it changes when it runs, such as `memo` in `memo[0] = 1`.
        hands_over: Names that it hands over to a function, which may change their objects.
        calls: Names that it calls when it runs, decorators included.
        changes_later: Names that its functions change or assign when they are called.
        calls_later: Names that its functions call.
    """

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    hands_over: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    changes_later: set[str] = field(default_factory=set)
    calls_later: set[str] = field(default_factory=set)


@dataclass
class _Scope:
    """What happens in one scope; the scope of a module has no `outer` names."""

    nodes: list[ast.AST]
    outer: frozenset[str] | None
    runs_later: bool
    is_class: bool = False
    stores: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    hands_over: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    inner: "list[_Scope]" = field(default_factory=list)

    def add_inner(self, nodes: list[ast.AST], *, runs_later: bool, is_class: bool = False) -> None:
        self.inner.append(_Scope(nodes, None, self.runs_later or runs_later, is_class=is_class))


def names_of(statement: ast.stmt) -> Names:
    """Return the global names that a statement of a module binds, reads and changes."""
    names = Names()
    pending = [_Scope([statement], None, runs_later=False)]
    while pending:
        scope = pending.pop()
        _Reader(scope).read()
        local = frozenset() if scope.outer is None else scope.outer | scope.stores
        local -= scope.globals
        names.reads |= scope.loads - local
        if scope.outer is None:
            names.binds |= scope.stores
        changed = (scope.changes | (scope.stores & scope.globals)) - local
        if scope.runs_later:
            names.changes_later |= changed | (scope.hands_over - local)
            names.calls_later |= scope.calls - local
        else:
            names.changes |= changed
            names.hands_over |= scope.hands_over - local
            names.calls |= scope.calls - local
        for inner in scope.inner:
            # The functions of a class do not see its names.
            inner.outer = scope.outer if scope.is_class else local
        pending += scope.inner
    return names


def bound_names(statement: ast.stmt) -> set[str]:
    """Return `Names.binds` of a statement, quickly."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {statement.name}
        case ast.Assign():
            nodes = [node for target in statement.targets for node in ast.walk(target)]
            return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        case ast.Expr(value=ast.Call() | ast.Constant() | ast.Name()) | ast.Assert():
            return set()
    return names_of(statement).binds


class _Reader:
    """Reads the nodes of one scope."""

    def __init__(self, scope: _Scope) -> None:
        self._scope = scope

    def read(self) -> None:
        pending = list(self._scope.nodes)
        while pending:
            node = pending.pop()
            pending += self._read(node)

    def _read(self, node: ast.AST) -> Iterator[ast.AST] | list[ast.AST]:
        """Note what a node does, and return its children that belong to the same scope."""
        scope = self._scope
        if isinstance(node, ast.Name):
            (scope.loads if isinstance(node.ctx, ast.Load) else scope.stores).add(node.id)
            return []
        if isinstance(node, _Function | ast.ClassDef):
            return self._read_definition(node)
        if isinstance(node, ast.Lambda):
            scope.add_inner([node.body, *_parameters(node.args)], runs_later=True)
            return _defaults(node.args)
        if isinstance(node, _Comprehension):
            scope.add_inner(list(ast.iter_child_nodes(node)), runs_later=False)
            return []
        self._read_effects(node)
        return ast.iter_child_nodes(node)

    def _read_definition(self, node: ast.AST) -> list[ast.AST]:
        scope = self._scope
        assert isinstance(node, _Function | ast.ClassDef)
        scope.stores.add(node.name)
        for decorator in node.decorator_list:
            root = root_name(decorator)
            if root:
                scope.calls.add(root)
                scope.changes.add(root)
        if isinstance(node, ast.ClassDef):
            scope.add_inner(list(node.body), runs_later=False, is_class=True)
            return [*node.bases, *node.keywords, *node.decorator_list]
        scope.add_inner([*_parameters(node.args), *node.body], runs_later=True)
        annotations = [a.annotation for a in _parameters(node.args) if a.annotation]
        returns = [node.returns] if node.returns else []
        return [*node.decorator_list, *_defaults(node.args), *annotations, *returns]

    def _read_effects(self, node: ast.AST) -> None:
        scope = self._scope
        match node:
            case ast.arg():
                scope.stores.add(node.arg)
            case ast.alias():
                scope.stores.add(node.asname or node.name.partition(".")[0])
            case ast.Global():
                scope.globals.update(node.names)
                scope.loads.update(node.names)
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
                scope.stores.add(node.name)
            case ast.AugAssign(target=ast.Name(id=name)):
                scope.loads.add(name)
            case ast.Subscript() | ast.Attribute() if not isinstance(node.ctx, ast.Load):
                root = root_name(node)
                scope.changes.update({root} if root else ())
            case ast.Call():
                self._read_call(node)

    def _read_call(self, call: ast.Call) -> None:
        scope = self._scope
        if isinstance(call.func, ast.Attribute):
            root = root_name(call.func)
            if root and call.func.attr in _CHANGING_METHODS:
                scope.changes.add(root)
        elif isinstance(call.func, ast.Name):
            scope.calls.add(call.func.id)
            if call.func.id in BUILTINS and call.func.id not in _CHANGING_FUNCTIONS:
                return
        # A function of the program may change what it gets.
        scope.hands_over.update(a.id for a in call.args if isinstance(a, ast.Name))


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    optional = [a for a in (arguments.vararg, arguments.kwarg) if a]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *optional]


def _defaults(arguments: ast.arguments) -> list[ast.AST]:
    return [*arguments.defaults, *(default for default in arguments.kw_defaults if default)]


def root_name(node: ast.AST) -> str | None:
    """Return `a` for `a`, `a.b`, `a[0].b` and `a.b(0)`; None for what starts otherwise."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None
