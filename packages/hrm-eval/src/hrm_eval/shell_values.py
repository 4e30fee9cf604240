"""Values that a shell proposes after a flag; nothing heavy is imported."""

from collections.abc import Callable, Sequence

from hrm_core.plugins import Group, installed_plugins

# What `hrm-eval list` lists: the groups of plug-ins, the prompt styles, and the formats of exports.
LISTED = (*(group.value.partition(".")[2] for group in Group), "prompts", "formats")


def datasets() -> list[str]:
    """Return the names of the installed datasets."""
    return _names(Group.DATASETS)


def models() -> list[str]:
    """Return the names of the shipped models that are installed; any folder is a model, too."""
    return ["reference", *_names(Group.MODELS)]


def prompts() -> list[str]:
    """Return the names of the prompt styles."""
    from hrm_datasets.prompts import PROMPT_STYLES

    return list(PROMPT_STYLES)


def formats() -> list[str]:
    """Return the names of the formats of `hrm-eval export`."""
    from hrm_eval.exports.formats import FORMATS

    return list(FORMATS)


def one_of(*values: str) -> Callable[[], Sequence[str]]:
    """Return a function that returns these values."""
    return lambda: values


def _names(group: Group) -> list[str]:
    return sorted({plugin.name for plugin in installed_plugins(group)})
