"""Judging all answers of a run again, such as after a change of limits.

The new verdicts are collected in a folder inside that of the run, and replace the old ones when all
of them are there. So nothing is lost if this is cut, and it can be resumed, too.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import UsageError
from hrm_core.model_folder import read_json
from hrm_datasets import ProblemSet
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.records import explained, write_whole
from hrm_eval.run_folder import RunFolder


@dataclass(frozen=True, kw_only=True)
class JudgedAgain:
    """What changed when all answers were judged again; `judged_again` in `summary.json`.

    Attributes:
        settings: The old and the new value of each limit that changed.
        num_answers: Number of answers that had a verdict before.
        num_changed: How many of them have a verdict with another status now.
        num_passed_before: How many of them passed before.
        num_passed: How many of them pass now.
    """

    settings: Mapping[str, Sequence[Any]]
    num_answers: int
    num_changed: int
    num_passed_before: int
    num_passed: int


def read_judged_again(folder: RunFolder) -> JudgedAgain | None:
    """Return what changed when the verdicts of a run were replaced; None if they never were."""
    if not folder.judged_again.exists():
        return None
    return JudgedAgain(**read_json(folder.judged_again))


def refuse_missing(
    completions: Sequence[Completion], problems: ProblemSet, num_samples: int, path: Path
) -> None:
    """Refuse to judge again before all answers are there.

    Raises:
        UsageError: If an answer is missing.
    """
    total = len(problems) * num_samples
    if len(completions) < total:
        raise UsageError(
            f"--judge-only: {path} has {len(completions)} of {total} answers. Generate the others "
            f"first with: hrm-eval generate --resume --out {path}"
        )


def open_draft(folder: RunFolder, values: Mapping[str, Any]) -> RunFolder:
    """Return the folder for new verdicts; those that are there stay if their limits are the same.

    Args:
        folder: Folder of the run.
        values: The config with the new limits.

    Raises:
        WriteError: If the folder cannot be written.
    """
    draft = folder.draft
    if draft.stored_config() is None or draft.changes(values):
        with explained(draft.path):
            _discard(draft)
            draft.path.mkdir()
    # Also for a draft that goes on: settings on which no verdict depends may have changed.
    draft.claim(values)
    return draft


def _discard(draft: RunFolder) -> None:
    """Delete a draft, if there is one.

    It gets another name first. If the deletion is cut, a draft that has lost its config would be
    taken for one that `finish_replacing` has to move.
    """
    discarded = draft.path.with_name(f"{draft.path.name}.discarded")
    # What is left of a deletion that was cut.
    shutil.rmtree(discarded, ignore_errors=True)
    if draft.path.exists():
        draft.path.replace(discarded)
        shutil.rmtree(discarded, ignore_errors=True)


def replace_verdicts(
    folder: RunFolder, values: Mapping[str, Any], judgements: Sequence[Judgement]
) -> None:
    """Let the verdicts of the draft replace those of the run, and note what has changed.

    Args:
        folder: Folder of the run.
        values: The config with the new limits.
        judgements: All new verdicts.

    Raises:
        WriteError: If the folder cannot be written.
    """
    old = {judgement.key: judgement for judgement in read_judgements(folder.verdicts)}
    pairs = [(old[new.key], new) for new in judgements if new.key in old]
    if pairs:
        changes = JudgedAgain(
            settings={key: list(pair) for key, pair in folder.changes(values).items()},
            num_answers=len(pairs),
            num_changed=sum(before.verdict.status != now.verdict.status for before, now in pairs),
            num_passed_before=sum(before.verdict.passed for before, _ in pairs),
            num_passed=sum(now.verdict.passed for _, now in pairs),
        )
        write_whole(folder.draft.judged_again, json.dumps(asdict(changes), indent=2) + "\n")
    with explained(folder.path):
        folder.summary.unlink(missing_ok=True)
        if not folder.draft.prompt_verdicts.exists():
            folder.prompt_verdicts.unlink(missing_ok=True)
        folder.draft.config.replace(folder.config)
    finish_replacing(folder)


def finish_replacing(folder: RunFolder) -> None:
    """Move what a draft has left to move; nothing unless `replace_verdicts` has begun.

    The config moves first, so a draft without one is to be moved.

    Raises:
        WriteError: If the folder cannot be written.
    """
    draft = folder.draft
    if not draft.path.exists() or draft.config.exists():
        return
    with explained(folder.path):
        for source, target in (
            (draft.judged_again, folder.judged_again),
            (draft.prompt_verdicts, folder.prompt_verdicts),
            (draft.isolation, folder.isolation),
            (draft.verdicts, folder.verdicts),
        ):
            if source.exists():
                source.replace(target)
        shutil.rmtree(draft.path)
