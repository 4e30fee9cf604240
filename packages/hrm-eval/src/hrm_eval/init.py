"""The command `hrm-eval init`: new checkpoints with the shape that a config defines."""

import sysconfig
from collections.abc import Iterator
from pathlib import Path

from hrm_core.errors import DataError, UsageError
from hrm_core.plugins import DEFAULT_STACK, Group, find_plugin, require_module
from hrm_eval.run_config import RunConfig


def make_checkpoint(config: RunConfig, out: Path, *, seed: int) -> str:
    """Write a checkpoint with random weights and return a line that describes it.

    Args:
        config: Only the sections `model_stack`, `model` and `tokenizer` are used.
        out: A folder without a checkpoint.
        seed: Seed of the weights.

    Raises:
        UsageError: If the folder already contains a checkpoint or cannot be written.
        ConfigError: If the model section is impossible.
        DataError: If a text file cannot be read.
    """
    stack = config.model_stack or DEFAULT_STACK
    find_plugin(Group.STACKS, stack)
    require_module("torch", needed_by="hrm-eval init", install="hrm-core[torch]")
    from hrm_core.checkpoint import new_checkpoint
    from hrm_core.costs import count_parameters
    from hrm_core.tokenizer import Tokenizer

    if (out / "config.json").exists():
        raise UsageError(f"--out: {out} already contains a checkpoint. Choose another folder")
    section = config.tokenizer
    tokenizer = Tokenizer.load(Path(section.file).expanduser()) if section.file else None
    texts = _texts(section.text)
    checkpoint = new_checkpoint(stack, config.model, texts, seed=seed, tokenizer=tokenizer)
    checkpoint.save(out)
    count = count_parameters(checkpoint.model)
    source = ", ".join(section.text) or "the source files of Python's standard library"
    return (
        f"{out}: {stack}/{checkpoint.config.architecture}, {count:,} random parameters "
        f"(seed {seed}), tokenizer of {checkpoint.require_tokenizer().vocab_size} tokens "
        f"{f'from {section.file}' if section.file else f'trained on {source}'}"
    )


def _texts(files: list[str]) -> Iterator[str]:
    if not files:
        library = Path(sysconfig.get_path("stdlib"))
        for path in sorted(library.glob("*.py")):
            yield path.read_text(encoding="utf-8", errors="replace")
    for name in files:
        try:
            yield Path(name).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"--text: {name}: cannot be read: {error}") from error
