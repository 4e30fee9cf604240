"""Rebuilds the exceptions of a program, and their classes, from what its process says of them.

An exception gets a class of the standard library or of the tests if its class in the program is
one. Any other class gets a new one that stands for it, with the bases that it has in the program.

Not covered: attributes and arguments that are not simple values; they stay in the program.
"""

from collections.abc import Callable
from typing import Any

from hrm_eval._sandbox.judge.standins import make_error_class, rebuild_class
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.values import DamagedError

_MAX_TEXT = 8_000


class ErrorClasses:
    """Classes that stand for the exception classes of one program.

    Args:
        class_of_tests: Returns the exception class that the tests have under a number.

    Attributes:
        numbers: The program's numbers of its classes, by the addresses of what stands for them.
    """

    def __init__(self, class_of_tests: Callable[[int], type[BaseException]]) -> None:
        self._class_of_tests = class_of_tests
        self._classes: dict[int, type[BaseException]] = {}
        self.numbers: dict[int, int] = {}

    def find(self, chain: tuple[Any, ...]) -> type[BaseException]:
        """Return the first class of a chain of exception classes, each followed by its bases.

        Raises:
            DamagedError: If it is no such chain.
        """
        made: type[BaseException] = BaseException
        bases: list[type[BaseException]] = [BaseException]
        for entry in reversed(chain[: protocol.MAX_CHAIN]):
            match entry:
                case (str(), str(), int(number)) if number < -1:
                    # A class of the tests.
                    made = self._class_of_tests(-2 - number)
                    bases.append(made)
                case (str(module), str(name), int(number)):
                    made = (
                        self._classes.get(number)
                        or rebuild_class(module, name)
                        or make_error_class(name, bases)
                    )
                    bases.append(made)
                    if number >= 0:
                        self._classes[number] = made
                        self.numbers[id(made)] = number
                case _:
                    raise DamagedError("not a class")
        return made


def rebuild(
    kind: type[BaseException],
    arguments: tuple[Any, ...],
    attributes: tuple[Any, ...],
    text: str,
) -> BaseException:
    """Return an exception of a class.

    Args:
        kind: The class.
        arguments: Its arguments.
        attributes: Pairs of name and value; those that an exception should not have are left out.
        text: The program's own description of the exception.
    """
    error = _construct(kind, arguments)
    for attribute in attributes:
        _set_attribute(error, attribute)
    error._of_program = text[:_MAX_TEXT]  # type: ignore[attr-defined]
    return error


def _construct(kind: type[BaseException], arguments: tuple[Any, ...]) -> BaseException:
    """Return an exception, even if its class cannot be called with these arguments."""
    try:
        return kind(*arguments)
    except Exception:  # noqa: BLE001 (the arguments come from the program)
        pass
    try:
        error = kind.__new__(kind)
    except TypeError:
        # An exception group cannot be made without arguments.
        error = Exception(kind.__name__)
    error.args = arguments
    return error


def _set_attribute(error: BaseException, attribute: Any) -> None:
    match attribute:
        case (str(name), None | bool() | int() | float() | str() | bytes() as value) if (
            name.isidentifier() and not name.startswith("_")
        ):
            vars(error)[name] = value
