"""What two runs do not have in common, apart from the model: settings, prompts and versions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hrm_eval.isolation import layers_in
from hrm_eval.run_folder import FREE_SETTINGS, missing_value
from hrm_eval.runs import Run

# The model, and what no verdict depends on.
_IGNORED = FREE_SETTINGS | {
    "model_reference",
    "model_stack",
    "model",
    "tokenizer",
    "completions_sha256",
    "rerank",
    "dataset.source",
    "dataset.fingerprint",
}


@dataclass(frozen=True, kw_only=True)
class SettingDifference:
    """A setting or a version that two runs do not have in common.

    Attributes:
        key: Dotted path in `config.yaml`; or `prompts`, `device`, `isolation.LAYER` or
            `versions.PACKAGE`.
        first: Value in the first run; None if it has none, as in a scored file.
        second: Value in the second run.
    """

    key: str
    first: Any
    second: Any


def find_differences(first: Run, second: Run, tasks: Iterable[str]) -> list[SettingDifference]:
    """Return what differs between two runs on these tasks.

    Device, isolation and versions are compared only if both runs are finished.
    """
    found = compare_configs(first.config, second.config)
    found += _compare_prompts(first, second, list(tasks))
    if first.summary is not None and second.summary is not None:
        found += _compare(_circumstances(first.summary), _circumstances(second.summary))
    return found


def compare_configs(
    first: Mapping[str, Any], second: Mapping[str, Any], *, ignored: Collection[str] = _IGNORED
) -> list[SettingDifference]:
    """Return the settings that differ.

    Args:
        first: A config.
        second: Another config.
        ignored: Keys that may differ; by default those that name the model, and those on which no
            verdict depends.
    """
    found = list(_compare(first, second, ignored))
    has_other_style = any(difference.key == "prompt" for difference in found)
    # The hash says something only where the name of the style does not.
    return [d for d in found if not (has_other_style and d.key == "prompt_sha256")]


def _compare(
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    ignored: Collection[str] = _IGNORED,
    prefix: str = "",
) -> Iterator[SettingDifference]:
    for name in {**first, **second}:
        key = prefix + name
        old, new = (values.get(name, missing_value(key)) for values in (first, second))
        if key in ignored or old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _compare(old, new, ignored, f"{key}.")
            continue
        # A scored file lacks the sections of the generation.
        old, new = (_relevant(value, ignored, f"{key}.") for value in (old, new))
        if {} not in (old, new):
            yield SettingDifference(key=key, first=old, second=new)


def _relevant(value: Any, ignored: Collection[str], prefix: str) -> Any:
    """Return a section without its keys that are ignored or not set; any other value as it is."""
    if not isinstance(value, Mapping):
        return value
    return {
        name: inner
        for name, inner in value.items()
        if prefix + name not in ignored and inner not in (None, {})
    }


def _compare_prompts(first: Run, second: Run, tasks: list[str]) -> list[SettingDifference]:
    pairs = [
        (first.by_task[task][0].completion.prompt, second.by_task[task][0].completion.prompt)
        for task in tasks
    ]
    num_different = sum(old != new for old, new in pairs if old and new)
    if not num_different:
        return []
    note = f"{num_different} of {len(tasks)} are different"
    return [SettingDifference(key="prompts", first="", second=note)]


def _circumstances(summary: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "device": summary["device"],
        "isolation": layers_in(summary),
        "versions": summary["versions"],
    }
