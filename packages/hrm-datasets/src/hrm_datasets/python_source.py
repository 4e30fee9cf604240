"""Parsing Python that may not be Python."""

import ast
import warnings

# What `parse` raises.
NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)


def parse(source: str) -> ast.Module:
    """Return the syntax tree of a program, without Python's warnings about it.

    Raises:
        SyntaxError: If it is not Python. Or one of the other `NOT_PYTHON`: ValueError for a null
            character, MemoryError or RecursionError if it is nested too deeply.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)
