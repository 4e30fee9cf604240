"""Equality of instances of the program's classes, decided by the judge where it can.

A program's `__eq__` could say that all values are equal, or look up what its constructor was given
last. So where the reference solution has a class of the same name with an `__eq__`, that one
decides. It runs in the judge, on objects that have the attributes of the program's instances:

1. An instance that a test makes, such as an expected value, is made of the reference's class first.
   The program learns about it when it has to: when a test uses the instance in another way, or at
   the end of the test.
2. The reference's `__eq__` compares the attributes of the two. A program may have attributes of the
   same names with other content, for example tuples instead of lists. So if they differ, the
   reference's constructor builds both anew, from the attributes that have the names of its
   parameters. At last the program makes the expected value too, and like is compared with like.
3. If the program's class has not the attributes, all attributes are compared. If those differ too,
   or if the reference has no `__eq__`, the program's own decides, and `asked_program` says so.

What the reference calls equal has to be so for the program's `__eq__` too. If the tests are about
the class, that one must not call equal what the reference does not.

Not covered: a program that guesses which of the values that it has been given is the expected one.
"""

import inspect
from collections.abc import Callable, Collection, Iterator
from types import MemberDescriptorType
from typing import Any, NamedTuple

from hrm_eval._sandbox.judge import standins
from hrm_eval._sandbox.judge.standins import Remote, RemoteClass
from hrm_eval._sandbox.wire import protocol

_SCALARS = (bool, int, float, complex, str, bytes, type(None))
_CONTAINERS = (list, tuple, dict, set, frozenset)
_PLAIN = frozenset({*_SCALARS, *_CONTAINERS})


class NoAttributeError(Exception):
    """The program's instance lacks an attribute that the reference's `__eq__` reads."""


class _Pending(NamedTuple):
    """An instance that the program does not have yet, and the reference's instance like it."""

    instance: Remote
    kind: RemoteClass
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    expected: Any


class Equality:
    """Compares instances of the program's classes.

    Args:
        ask: Requests an operation of the program.
        is_tested: Whether a value belongs to a class that the tests are about.

    Attributes:
        asked_program: Whether the program's own `__eq__` has decided anything.
    """

    def __init__(self, ask: Callable[..., Any], is_tested: Callable[[Remote], bool]) -> None:
        self._ask = ask
        self._is_tested = is_tested
        self._rules: dict[int, _Rule] = {}
        self._pending: dict[int, _Pending] = {}
        # The reference's objects that stand for the program's during a comparison.
        self._views: dict[int, tuple[Remote, Any]] = {}
        self._depth = 0
        self.asked_program = False

    def compare_like(self, kind: RemoteClass, reference: Any, *, can_wait: bool) -> None:
        """Compare instances of a class of the program as the reference's class does.

        Args:
            kind: The program's class.
            reference: The class of the reference solution; unused if it has no `__eq__`, or derives
                from a builtin class.
            can_wait: Whether constructors may be called later than the tests call them.
        """
        has_rule = reference.__eq__ is not object.__eq__ and reference.__new__ is object.__new__
        if has_rule and type(reference) is type:
            self._rules[kind._class_number] = _Rule(reference, self.likeness, can_wait=can_wait)

    def put_off(self, kind: RemoteClass, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return an instance that the program does not have yet; None if it cannot wait."""
        rule = self._rules.get(kind._class_number)
        if rule is None or not rule.can_wait or kind._about.is_plain:
            return None
        if not all(map(_may_be_read_twice, (*args, *kwargs.values()))):
            return None
        # Copies, since the constructor may change its arguments.
        own_args, own_kwargs = self.likeness(_copied(args)), self.likeness(_copied(kwargs))
        try:
            expected = rule.reference(*own_args, **own_kwargs)
        except Exception:  # noqa: BLE001 (the program's class then decides what happens)
            return None
        instance = standins.make_instance(kind, None)
        self._pending[id(instance)] = _Pending(instance, kind, args, kwargs, expected)
        return instance

    def is_pending(self, value: object) -> bool:
        """Whether the program does not have an instance yet."""
        return id(value) in self._pending

    def pending(self) -> Iterator[Remote]:
        """Yield the instances that the program does not have yet, the oldest first."""
        while self._pending:
            yield next(iter(self._pending.values())).instance

    def take_pending(self, instance: Remote) -> tuple[RemoteClass, tuple[Any, ...], dict[str, Any]]:
        """Return class and arguments of an instance, which is not pending from now on.

        Raises:
            RuntimeError: If it is not pending, since the program's class has refused to make it.
        """
        if not self.is_pending(instance):
            raise RuntimeError(f"the program has not made this {type(instance).__name__}")
        pending = self._pending.pop(id(instance))
        return pending.kind, pending.args, pending.kwargs

    def make_inside(self, value: Any) -> None:
        """Let the program make the pending instances that a value may contain."""
        if self._pending:
            parts = list(_parts(value))
            is_plain = all(type(p) in _PLAIN or isinstance(p, Remote) for p in parts)
            inside = [part for part in parts if self.is_pending(part)]
            for instance in inside if is_plain else self.pending():
                standins.number_of(instance)

    def are_equal(self, first: Remote, second: Remote) -> bool:
        """Whether two different values of the program are equal."""
        rule = self._rule_for(first, second)
        if rule is not None and not rule.covers(first, second, self._rules):
            return False
        self._depth += 1
        try:
            is_equal = self._compare(rule, first, second) if rule is not None else None
        finally:
            self._depth -= 1
            if not self._depth:
                self._views.clear()
                for each in self._rules.values():
                    each.forget_views()
        if is_equal is None:
            is_own = not (first._about.is_library and second._about.is_library)
            self.asked_program = self.asked_program or (is_own and _has_own_eq(first, second))
            return self._ask_program(first, second)
        if is_equal:
            # In Python the program's `__eq__` could still say no.
            return self._ask_program(first, second)
        if self._is_tested(first) and self._ask_program(first, second):
            # The tests may be about that, and expect that the two are unequal.
            raise AssertionError(
                f"__eq__ of {type(first).__name__} says yes where it has to say no"
            )
        return False

    def _rule_for(self, *values: Remote) -> "_Rule | None":
        numbers = (number for value in values for number in value._about.lineage)
        return next((self._rules[number] for number in numbers if number in self._rules), None)

    def _compare(self, rule: "_Rule", first: Remote, second: Remote) -> bool | None:
        """Compare by the judge's means; None if that is not possible."""
        old = [self.likeness(value) for value in (first, second)]
        results = [_equal(*old)]
        if True not in results:
            rebuilt = [
                likeness if self.is_pending(value) else rule.rebuild(likeness)
                for value, likeness in zip((first, second), old, strict=True)
            ]
            is_possible = all(likeness is not None for likeness in rebuilt)
            results.append(_equal(*rebuilt) if is_possible else None)
        if True not in results:
            # Read before the program knows the other value.
            contents = {id(v): _contents(v) for v in (first, second) if not self.is_pending(v)}
            self.make_inside((first, second))
            results.append(_equal(self.likeness(first), self.likeness(second)))
            if not any(result is not None for result in results):
                contents = {id(v): contents.get(id(v)) or _contents(v) for v in (first, second)}
                is_known = None not in contents.values()
                is_same = is_known and _equal(contents[id(first)], contents[id(second)])
                results.append(True if is_same else None)
        known = [result for result in results if result is not None]
        return any(known) if known else None

    def likeness(self, value: Any) -> Any:
        """Return a value with the reference's objects in place of the program's instances."""
        kind = type(value)
        if isinstance(value, Remote):
            return self._view(value)
        if kind in (list, tuple) and value:
            items = [self.likeness(item) for item in value]
            is_same = all(a is b for a, b in zip(items, value, strict=True))
            return value if is_same else kind(items)
        if kind is dict:
            return {key: self.likeness(item) for key, item in value.items()}
        return value

    def _view(self, value: Remote) -> Any:
        if self.is_pending(value):
            return self._pending[id(value)].expected
        rule = self._rule_for(value)
        if rule is None:
            return value
        if id(value) not in self._views:
            self._views[id(value)] = value, rule.view(value)
        return self._views[id(value)][1]

    def _ask_program(self, first: Remote, second: Remote) -> bool:
        return _has_own_eq(first, second) and self._ask(protocol.APPLY, "eq", first, second) is True


class _Rule:
    """Compares the program's instances as a class of the reference does.

    Args:
        reference: The class, which is changed: a `view` reads attributes of the program's instance.
        likeness: Replaces the program's instances in such an attribute.
        can_wait: Whether constructors may be called later than the tests call them.
    """

    def __init__(self, reference: Any, likeness: Callable[[Any], Any], *, can_wait: bool) -> None:
        self.reference = reference
        self.can_wait = can_wait
        self._likeness = likeness
        self._sources: dict[int, tuple[Any, Remote, dict[str, Any]]] = {}
        read_own = reference.__getattribute__

        def read(view: Any, name: str) -> Any:
            source = self._sources.get(id(view))
            if source is None or source[0] is not view or self._is_of_class(name):
                return read_own(view, name)
            return self._read(source, name)

        reference.__getattribute__ = read

    def covers(self, first: Remote, second: Remote, rules: "dict[int, _Rule]") -> bool:
        """Whether both values belong to the program's class of that name."""
        return all(
            any(rules.get(number) is self for number in value._about.lineage)
            for value in (first, second)
        )

    def view(self, remote: Remote) -> Any:
        """Return an object of the reference's class with the attributes of the program's."""
        view = object.__new__(self.reference)
        self._sources[id(view)] = view, remote, {}
        return view

    def forget_views(self) -> None:
        """Forget the views made so far, and what they have read."""
        self._sources.clear()

    def rebuild(self, view: Any) -> Any:
        """Return an object that the constructor makes of the attributes; None if it cannot."""
        try:
            parameters = inspect.signature(self.reference).parameters.values()
            if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
                return None
            args = [getattr(view, p.name) for p in parameters if p.kind is not p.KEYWORD_ONLY]
            named = {p.name: getattr(view, p.name) for p in parameters if p.kind is p.KEYWORD_ONLY}
            return self.reference(*args, **named)
        except Exception:  # noqa: BLE001 (the attributes come from the program)
            return None

    def _is_of_class(self, name: str) -> bool:
        """Whether an attribute is a method or another descriptor of the class, or special."""
        if name.startswith("__") and name != "__dict__":
            return True
        for base in self.reference.__mro__:
            if name in vars(base) and base is not object:
                member = vars(base)[name]
                is_slot = isinstance(member, MemberDescriptorType) or name == "__dict__"
                return hasattr(type(member), "__get__") and not is_slot
        return False

    def _read(self, source: tuple[Any, Remote, dict[str, Any]], name: str) -> Any:
        _, remote, seen = source
        if name not in seen:
            try:
                seen[name] = self._likeness(getattr(remote, name))
            except AttributeError as error:
                raise NoAttributeError(name) from error
        return seen[name]


def _has_own_eq(first: Remote, second: Remote) -> bool:
    """Whether equality of two values may be more than identity."""
    return first._about.has_own_eq or second._about.has_own_eq


def _equal(first: Any, second: Any) -> bool | None:
    """Compare two values; return None if that raises."""
    try:
        return bool(first == second)
    except Exception:  # noqa: BLE001 (the attributes come from the program)
        return None


def _contents(value: Remote) -> dict[str, Any] | None:
    try:
        fields = value.__dict__
    except AttributeError:
        return None
    return fields if type(fields) is dict and fields else None


def _may_be_read_twice(value: Any) -> bool:
    """Whether a value is plain data or of the program, so no iterator, and no function."""
    if type(value) in _CONTAINERS:
        parts: Collection[Any] = (*value, *value.values()) if type(value) is dict else value
        return all(map(_may_be_read_twice, parts))
    return type(value) in _SCALARS or isinstance(value, Remote)


def _copied(value: Any) -> Any:
    """Return a value with copies of the containers in it."""
    if type(value) is dict:
        return {key: _copied(item) for key, item in value.items()}
    return type(value)(map(_copied, value)) if type(value) in _CONTAINERS else value


def _parts(value: Any) -> Iterator[Any]:
    """Yield a value and what the containers in it contain, each container once."""
    pending, seen = [value], set()
    while pending:
        part = pending.pop()
        yield part
        if type(part) in _CONTAINERS and id(part) not in seen:
            seen.add(id(part))
            pending += (*part, *part.values()) if type(part) is dict else part
