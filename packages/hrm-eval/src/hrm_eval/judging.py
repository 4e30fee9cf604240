"""The stage that runs programs: completions in, `verdicts.jsonl` out."""

from collections.abc import Mapping, Sequence

from hrm_datasets import Problem, ProblemSet
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.progress import StageProgress
from hrm_eval.records import RecordWriter, write_records
from hrm_eval.run_config import SandboxConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Sandbox


def judge_completions(
    config: SandboxConfig,
    problems: ProblemSet,
    completions: Sequence[Completion],
    folder: RunFolder,
) -> tuple[list[Judgement], dict[str, bool]]:
    """Write the verdicts that are not there yet; return all, and which layers of isolation hold.

    A verdict that is there counts if it was given on the program that is there now.

    Raises:
        SandboxError: If programs cannot be run; the verdicts that are written stay.
    """
    programs = {completion.key: completion.program_sha256 for completion in completions}
    held = read_judgements(folder.verdicts)
    by_key = {j.key: j for j in held if programs.get(j.key) == j.program_sha256}
    judgements = list(by_key.values())
    if len(judgements) < len(held):
        # Verdicts on other programs than those that are there now.
        write_records(folder.verdicts, judgements)
    keys = by_key.keys()
    waiting = [completion for completion in completions if completion.key not in keys]
    by_id: Mapping[str, Problem] = {problem.task_id: problem for problem in problems}
    jobs = ((c.key, c.completion, by_id[c.task_id]) for c in waiting)
    with (
        Sandbox(config, workers=config.workers, require=config.require_isolation) as isolated,
        RecordWriter(folder.verdicts) as writer,
        StageProgress("judged", total=len(completions), done=len(keys)) as progress,
    ):
        for (task_id, sample), verdict in isolated.judge_all(jobs):
            judgement = Judgement(
                task_id=task_id,
                sample=sample,
                program_sha256=programs[task_id, sample],
                verdict=verdict,
            )
            writer.append(judgement.to_record())
            judgements.append(judgement)
            progress.advance(f"{task_id} {verdict.status.value}")
        layers = isolated.layers
    return judgements, layers
