"""Text from models and programs, made safe to show on a terminal or a page."""


def printable(text: str) -> str:
    """Return the text with control characters and lone surrogates escaped, as `repr` does.

    Windows' line ends become those of Unix.
    """
    return "".join(
        c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text.replace("\r\n", "\n")
    )
