"""The `tokenizer` section of a config, which evaluation and training share. Needs no torch."""

from hrm_core.config import Section


class TokenizerConfig(Section):
    """The tokenizer of a model with fresh weights.

    Attributes:
        text: Text files to train it on, relative to the current folder. Default: training uses its
            own data, and `hrm-eval init` the source files of Python's standard library.
        file: An existing `tokenizer.json` to use instead.
    """

    text: list[str] = []
    file: str | None = None
