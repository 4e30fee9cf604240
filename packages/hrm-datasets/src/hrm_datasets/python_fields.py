"""Fields of a row that hold Python."""

import ast
import warnings

from hrm_core.errors import DataError, beginning
from hrm_datasets.rows import Row


def parse_field(row: Row, field: str, code: str) -> ast.Module:
    """Return the tree of the code in a field of a row.

    Raises:
        DataError: If it is not Python.
    """
    try:
        with warnings.catch_warnings():
            # Some published programs contain escapes such as "\\d", which Python warns about.
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        reason = f"{error.msg}, line {error.lineno}" if isinstance(error, SyntaxError) else error
        raise DataError(
            f"{row.where}: {field}: expected Python ({reason}), got {beginning(code)}."
        ) from error
