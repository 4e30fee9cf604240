"""Writes a file whole or not at all. Needs no torch.

A reader, or a run that is resumed after a kill, finds either the old file or the new one. Not
covered: a power failure, since nothing is forced to the disk.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield the path of a draft in the same folder; it replaces `path` when the block ends.

    If the block raises, the draft is deleted and the old file stays. Errors pass through as they
    are raised.

    Args:
        path: The file to write; its folder must exist.

    Examples:
        >>> with replacing(folder / "model.safetensors") as draft:
        ...     save_file(tensors, draft)

    Raises:
        OSError: If the draft cannot replace the file.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all; see `replacing`.

    Raises:
        OSError: If the file cannot be written; the old one stays.
    """
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8")
