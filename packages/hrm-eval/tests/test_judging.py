from dataclasses import replace

from hrm_eval.completions import Completion
from hrm_eval.judgements import read_judgements
from hrm_eval.judging import judge_completions
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Status, Verdict


class RemoteJudges:
    """Judges somewhere else: passes what is not empty, and answers in reverse order."""

    layers = {"container": True}

    def __init__(self):
        self.judged = []

    def judge_all(self, jobs):
        for key, program, _ in reversed(list(jobs)):
            self.judged.append(key)
            status = Status.PASSED if program else Status.WRONG_ANSWER
            yield (
                key,
                Verdict(
                    status=status,
                    seconds=0.1,
                    cpu_seconds=0.1,
                    peak_memory_bytes=0,
                    tests=(status,),
                    message="",
                ),
            )


def answers(*programs):
    return [
        Completion(task_id=f"toys/{number}", sample=0, completion=program)
        for number, program in enumerate(programs, start=1)
    ]


def test_any_judges_can_take_the_place_of_the_sandbox(toys, tmp_path):
    folder, judges = RunFolder(tmp_path), RemoteJudges()
    judgements = judge_completions(judges, toys, answers("x = 1", ""), folder.verdicts)
    assert [(j.task_id, j.verdict.passed) for j in judgements] == [
        ("toys/2", False),
        ("toys/1", True),
    ]
    assert read_judgements(folder.verdicts) == judgements


def test_only_new_and_changed_programs_are_judged(toys, tmp_path):
    folder, judges = RunFolder(tmp_path), RemoteJudges()
    judge_completions(judges, toys, answers("a", "b"), folder.verdicts)
    judges.judged.clear()
    judge_completions(judges, toys, answers("a", "changed", "c"), folder.verdicts)
    assert sorted(judges.judged) == [("toys/2", 0), ("toys/3", 0)]
    assert len(read_judgements(folder.verdicts)) == 3


def test_an_answer_without_room_fails_and_no_judge_sees_it(toys, tmp_path):
    folder, judges = RunFolder(tmp_path), RemoteJudges()
    first, second, third = answers("", "a", "b")
    too_long = replace(first, finish_reason="prompt_too_long")
    edited = replace(third, finish_reason="prompt_too_long")
    judgements = judge_completions(judges, toys, [too_long, second, edited], folder.verdicts)
    assert {j.task_id: j.verdict.status for j in judgements} == {
        "toys/1": Status.PROMPT_TOO_LONG,
        "toys/2": Status.PASSED,
        "toys/3": Status.PASSED,
    }
    assert ("toys/1", 0) not in judges.judged
    judges.judged.clear()
    assert (
        judge_completions(judges, toys, [too_long, second, edited], folder.verdicts) == judgements
    )
    assert judges.judged == []
