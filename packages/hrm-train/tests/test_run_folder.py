import errno
import json
import shutil
import subprocess
import sys
import time

import pytest

from hrm_core.config import read_config
from hrm_core.errors import DataError, UsageError
from hrm_train.run_folder import STATE_FILE, SaveError, TrainingFolder


@pytest.fixture
def folder(tmp_path):
    new = TrainingFolder(tmp_path / "run")
    new.claim({"seed": 1})
    return new


def fill(folder):
    (folder / STATE_FILE).write_text(folder.name)


def fail(folder):
    (folder / "weights").write_text("half")
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder):
    return [path.name for path in folder.checkpoints()]


def test_a_new_run_writes_its_settings(folder):
    assert read_config(folder.config) == {"seed": 1}
    names_in_folder = {path.name for path in folder.path.iterdir()}
    assert names_in_folder == {".lock", "checkpoints", "config.yaml", "run.json"}


def test_a_process_that_sees_the_folder_of_the_main_one_continues(folder):
    TrainingFolder(folder.path).check_seen(folder.run_id, seconds=0)


def test_a_folder_that_another_machine_does_not_share_is_a_usage_error(folder, tmp_path):
    elsewhere = TrainingFolder(tmp_path / "elsewhere")
    message = rf"--out: {elsewhere.path} is not visible on machine .*folder that all machines share"
    with pytest.raises(UsageError, match=message):
        elsewhere.check_seen(folder.run_id, seconds=0)
    elsewhere.claim({})
    with pytest.raises(UsageError, match=message):
        elsewhere.check_seen(folder.run_id, seconds=0)


def test_a_run_of_an_earlier_version_must_be_seen_too(folder, tmp_path):
    (folder.path / "run.json").unlink()
    folder.check_seen(None, seconds=0)
    with pytest.raises(UsageError, match="is not visible on machine"):
        TrainingFolder(tmp_path / "elsewhere").check_seen(None, seconds=0)


def test_a_folder_that_appears_late_is_waited_for(folder, monkeypatch, tmp_path):
    late = TrainingFolder(tmp_path / "late")
    monkeypatch.setattr(time, "sleep", lambda _: shutil.copytree(folder.path, late.path))
    late.check_seen(folder.run_id, seconds=60)


def test_a_folder_with_a_run_is_refused(folder):
    with pytest.raises(UsageError, match=r"contains a run already. Continue it with --resume"):
        folder.claim({"seed": 2})
    assert read_config(folder.config) == {"seed": 1}


@pytest.mark.parametrize(
    "name",
    [
        "checkpoints/step-000001/x",
        "checkpoints/.step-000001.new/x",
        "log.jsonl",
        "data.json",
        "evaluations/step-000001/x",
        "hrm-train/events",
        "last/x",
        "best/x",
    ],
)
def test_what_another_run_has_left_is_refused_and_kept(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    new = TrainingFolder(tmp_path)
    shown = name.split("/")[0]
    for act in (new.check_free, lambda: new.claim({})):
        with pytest.raises(UsageError, match=f"contains what another run has written: {shown}. Re"):
            act()
    assert path.read_text() == "x"
    assert not new.config.exists()


def test_a_file_in_place_of_the_checkpoints_is_a_usage_error(tmp_path):
    (tmp_path / "checkpoints").write_text("")
    with pytest.raises(UsageError, match=r"cannot be written: File exists"):
        TrainingFolder(tmp_path).claim({})


def test_a_dead_link_is_refused_too(tmp_path):
    (tmp_path / "last").symlink_to("checkpoints/step-000001")
    with pytest.raises(UsageError, match="another run has written: last"):
        TrainingFolder(tmp_path).check_free()


def test_a_new_run_may_use_a_folder_with_other_files(tmp_path):
    for name in ("rows.jsonl", "tokenizer.json", ".lock", "run.json"):
        (tmp_path / name).write_text("")
    (tmp_path / "checkpoints").mkdir()
    new = TrainingFolder(tmp_path)
    new.claim({})
    assert new.run_id


def other_run(tmp_path, step):
    """Return a checkpoint of another run."""
    other = TrainingFolder(tmp_path / f"other-{step}")
    other.claim({})
    return other.save(step, fill, keep_last=1)


def test_checkpoints_of_another_run_are_neither_resumed_nor_removed(folder, tmp_path):
    folder.save(1, fill, keep_last=1)
    for step in (1, 3, 9):
        copy = folder.path / "checkpoints" / f"step-{step:06d}"
        if not copy.exists():
            shutil.copytree(other_run(tmp_path, step), copy)
    assert folder.resume_point().name == "step-000001"
    for step in (2, 3, 4):
        folder.save(step, fill, keep_last=1)
    assert names(folder) == ["step-000004"]
    assert folder.last_checkpoint().name == "step-000004"
    left = {path.name.partition("-of-")[0] for path in (folder.path / "checkpoints").iterdir()}
    assert left == {"step-000003", "step-000004", "step-000009"}


def test_a_run_file_that_does_not_fit_its_checkpoints_is_an_error(folder, tmp_path):
    folder.save(1, fill, keep_last=1)
    (folder.path / "run.json").unlink()
    with pytest.raises(
        DataError, match=r"step-000001 belongs to another run than .*run.json names"
    ):
        folder.resume_point()
    (folder.path / "run.json").write_text("[]")
    with pytest.raises(DataError, match=r"run.json: id: expected the id of a run, got \[\]"):
        folder.resume_point()


def make_older(folder):
    """Make the folder one of an earlier version, which had no ids."""
    for path in folder.path.rglob("run.json"):
        path.unlink()


@pytest.mark.parametrize("is_older", [True, False], ids=["without ids", "with ids"])
def test_a_copy_that_follows_links_gets_its_links_back(folder, tmp_path, is_older):
    for step in (1, 2, 3):
        folder.save(step, fill, keep_last=1, is_best=step == 1)
    if is_older:
        make_older(folder)
    copy = TrainingFolder(tmp_path / "copy")
    shutil.copytree(folder.path, copy.path, symlinks=False)
    assert not (copy.path / "best").is_symlink()
    assert copy.resume_point() == copy.path / "checkpoints" / "step-000003"
    copy.restore_links()
    targets = {name: (copy.path / name).readlink().name for name in ("best", "last")}
    assert targets == {"best": "step-000001", "last": "step-000003"}
    copy.save(4, fill, keep_last=1)
    assert names(copy) == ["step-000001", "step-000004"]
    assert not list(copy.path.glob(".*.copy"))


def test_a_folder_in_place_of_a_link_that_is_no_copy_is_kept(folder):
    folder.save(1, fill, keep_last=1)
    (folder.path / "best").mkdir()
    (folder.path / "best" / STATE_FILE).write_text("mine")
    with pytest.raises(UsageError, match=r"best is a folder, but not a copy of a checkpoint"):
        folder.restore_links()
    assert (folder.path / "best" / STATE_FILE).read_text() == "mine"


def test_a_run_of_an_earlier_version_keeps_and_removes_its_checkpoints(folder):
    folder.save(1, fill, keep_last=1)
    make_older(folder)
    assert folder.resume_point().name == "step-000001"
    folder.save(2, fill, keep_last=1)
    assert names(folder) == ["step-000002"]
    assert folder.run_id is None


@pytest.mark.parametrize("act", ["claim({})", "lock()"])
def test_a_locked_folder_is_refused(folder, act):
    code = (
        "import pathlib, sys\n"
        "from hrm_core.errors import UsageError\n"
        "from hrm_train.run_folder import TrainingFolder\n"
        "try:\n"
        f"    TrainingFolder(pathlib.Path(sys.argv[1])).{act}\n"
        "except UsageError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(folder.path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.startswith(f"--out: another process uses {folder.path}. Wait for it")


def test_a_folder_that_cannot_be_locked_is_a_usage_error(folder):
    (folder.path / ".lock").unlink()
    (folder.path / ".lock").mkdir()
    with pytest.raises(UsageError, match=r"--out: .*run cannot be locked: Is a directory"):
        folder.lock()


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"--out: .*file/run cannot be written: Not a directory"):
        TrainingFolder(tmp_path / "file" / "run").claim({})


def test_resuming_a_folder_without_a_run_is_an_error(tmp_path):
    with pytest.raises(DataError, match=r"--resume: .*gone contains no run to continue"):
        TrainingFolder(tmp_path / "gone").resume_point()


def test_resuming_a_run_that_has_lost_its_settings_is_an_error(folder):
    folder.save(1, fill, keep_last=1)
    folder.config.unlink()
    with pytest.raises(DataError, match=r"--resume: .*run has lost its config.yaml. Copy it back"):
        folder.resume_point()


def test_a_run_without_checkpoints_resumes_from_its_start(folder):
    assert folder.resume_point() is None
    with pytest.raises(DataError, match="there is no complete checkpoint"):
        folder.last_checkpoint()


def test_a_run_resumes_from_its_newest_complete_checkpoint(folder):
    for step in (2, 10):
        folder.save(step, fill, keep_last=9)
    (folder.path / "checkpoints" / "step-000011").mkdir()
    (folder.path / "checkpoints" / ".step-000012.new").mkdir()
    assert folder.resume_point() == folder.path / "checkpoints" / "step-000010"
    assert folder.last_checkpoint() == folder.resume_point()


def test_steps_are_ordered_by_their_numbers(folder):
    for step in (999_999, 1_000_000, 5):
        folder.save(step, fill, keep_last=9)
    assert names(folder) == ["step-000005", "step-999999", "step-1000000"]


def test_the_last_and_the_best_checkpoints_are_kept(folder):
    for step in range(1, 7):
        folder.save(step, fill, keep_last=2, is_best=step == 2)
    assert names(folder) == ["step-000002", "step-000005", "step-000006"]
    assert (folder.path / "best").resolve().name == "step-000002"
    assert (folder.path / "last").resolve().name == "step-000006"
    folder.save(7, fill, keep_last=1, is_best=True)
    assert names(folder) == ["step-000007"]
    assert (folder.path / "best").resolve().name == "step-000007"


def test_links_to_checkpoints_move_with_the_folder(folder, tmp_path):
    folder.save(1, fill, keep_last=1, is_best=True)
    moved = folder.path.rename(tmp_path / "elsewhere")
    assert (moved / "last" / STATE_FILE).is_file()
    assert (moved / "best" / STATE_FILE).is_file()


@pytest.mark.parametrize(
    ("step", "kept"), [(2, "step-000001 is kept"), (1, "There is no earlier one")]
)
def test_a_full_disk_leaves_the_checkpoint_before_and_no_draft(tmp_path, step, kept):
    folder = TrainingFolder(tmp_path)
    folder.claim({})
    if step > 1:
        folder.save(1, fill, keep_last=1)
    with pytest.raises(SaveError, match=f"step {step}: .*No space left on device.*{kept}"):
        folder.save(step, fail, keep_last=1)
    left = [path.name for path in (folder.path / "checkpoints").iterdir()]
    assert left == ["step-000001"][: step - 1]


def test_remains_of_a_killed_checkpoint_do_no_harm(folder):
    draft = folder.path / "checkpoints" / ".step-000001.new"
    draft.mkdir()
    (draft / "weights").write_text("half")
    (folder.path / ".last.new").symlink_to("nowhere")
    saved = folder.save(1, fill, keep_last=1)
    assert {path.name for path in saved.iterdir()} == {STATE_FILE, "run.json"}
    assert not draft.exists()


def test_other_processes_write_their_files_next_to_a_checkpoint(folder):
    part = folder.parts(1) / "more"
    folder.add(part, lambda path: path.write_text("more"))
    assert part.read_text() == "more"
    assert folder.checkpoints() == []
    with pytest.raises(SaveError, match=r"parts/more: cannot be written: No space left"):
        folder.add(part, fail_to_write)
    folder.save(1, fill, keep_last=1)
    assert not part.exists()


def test_an_incomplete_checkpoint_does_not_count_as_kept(folder):
    folder.save(1, fill, keep_last=1)
    (folder.path / "checkpoints" / "step-000002").mkdir()
    folder.update_links(folder.last_checkpoint(), keep_last=1, is_best=False)
    assert folder.last_checkpoint().name == "step-000001"


def fail_to_write(path):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_resumed_run_removes_what_a_kill_left_of_checkpoints(folder):
    saved = folder.save(1, fill, keep_last=1)
    (folder.path / "checkpoints" / ".step-000002.new").mkdir()
    folder.add(folder.parts(2) / "process-1.pt", lambda path: path.write_text("part"))
    folder.prepare_resume({}, 1)
    assert [*(folder.path / "checkpoints").iterdir()] == [saved]


def test_a_resumed_log_loses_later_steps_and_damaged_lines(folder):
    for step in range(1, 6):
        folder.append_log({"step": step, "loss": 1 / step})
    with folder.log.open("a") as file:
        file.write('{"step": 6, "lo')
    folder.prepare_resume({}, 3)
    assert [line["step"] for line in folder.read_log()] == [1, 2, 3]
    folder.append_log({"step": 4})
    assert [json.loads(line)["step"] for line in folder.log.read_text().splitlines()] == [
        1,
        2,
        3,
        4,
    ]


def test_damaged_lines_of_the_log_are_skipped(folder):
    folder.log.write_bytes(b'{"step": 1}\n[1]\n{"loss": 2}\n\xff\xfe\n{"step": 2}\n')
    assert list(folder.read_log()) == [{"step": 1}, {"step": 2}]
    folder.prepare_resume({}, 1)
    assert list(folder.read_log()) == [{"step": 1}]


def test_a_missing_log_has_no_lines(folder):
    assert list(folder.read_log()) == []
    folder.prepare_resume({}, 0)
    assert list(folder.read_log()) == []


def test_a_log_that_cannot_be_written_is_an_error_with_a_cure(folder):
    folder.log.mkdir()
    with pytest.raises(
        SaveError, match=r"log.jsonl: cannot be written: Is a directory. Free some space"
    ):
        folder.append_log({"step": 1})
