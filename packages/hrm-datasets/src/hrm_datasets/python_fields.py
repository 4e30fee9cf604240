"""Fields of a row that hold Python."""

import ast

from hrm_core.errors import DataError, beginning
from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_datasets.rows import Row


def parse_field(row: Row, field: str, code: str) -> ast.Module:
    """Return the tree of the code in a field of a row.

    Raises:
        DataError: If it is not Python.
    """
    try:
        return parse(code)
    except NOT_PYTHON as error:
        reason = f"{error.msg}, line {error.lineno}" if isinstance(error, SyntaxError) else error
        raise DataError(
            f"{row.where}: {field}: expected Python ({reason}), got {beginning(code)}."
        ) from error
