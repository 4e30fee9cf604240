"""Text as models and their tokenizers can read it."""


def without_surrogates(text: str) -> str:
    """Return the text with lone surrogates, which UTF-8 cannot encode, replaced by `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
