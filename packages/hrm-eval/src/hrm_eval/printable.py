"""Text from models and programs, made safe to show or to store."""


def printable(text: str) -> str:
    """Return the text with control characters and lone surrogates escaped, as `repr` does.

    Windows' line ends become those of Unix.
    """
    return "".join(
        c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text.replace("\r\n", "\n")
    )


def escape_surrogates(text: str) -> str:
    """Return the text with lone surrogates escaped, so that a file in UTF-8 can hold it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
