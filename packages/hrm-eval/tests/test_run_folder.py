import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from hrm_core.errors import DataError, UsageError
from hrm_eval.run_folder import (
    RunFolder,
    make_run_folder,
    open_existing,
    open_folder,
    refuse_record,
)

CONFIG = {"dataset": {"name": "toys"}, "sandbox": {"workers": 2}}


def test_a_new_folder_is_created_with_its_config(tmp_path):
    folder = RunFolder(tmp_path / "a" / "b")
    folder.check(CONFIG, resume=False)
    assert folder.stored_config() is None
    folder.claim(CONFIG)
    assert folder.stored_config() == CONFIG


@pytest.mark.parametrize("name", ["config.yaml", "completions.jsonl", "verdicts.jsonl"])
def test_a_folder_with_the_files_of_another_run_is_refused_and_unchanged(tmp_path, name):
    (tmp_path / name).write_text("{}")
    with pytest.raises(UsageError, match=f"contains the files of another run: {name}"):
        RunFolder(tmp_path).check(CONFIG, resume=False)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "{}"


def test_unrelated_files_do_not_matter(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    RunFolder(tmp_path).check(CONFIG, resume=False)


def test_a_resumed_run_must_have_the_same_settings_except_the_workers(tmp_path):
    folder = RunFolder(tmp_path)
    folder.path.mkdir(exist_ok=True)
    folder.claim(CONFIG)
    folder.check({**CONFIG, "sandbox": {"workers": 8}}, resume=True)
    with pytest.raises(UsageError, match=r"dataset\.name was 'toys' in .*, got 'mbpp'"):
        folder.check({**CONFIG, "dataset": {"name": "mbpp"}}, resume=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"server": {"max_total_tokens": 9000, "timeout_seconds": 60.0}},
        {"trackers": ["trackio"], "rerank": "prompt-tests"},
        {"training": {"steps": 3}},
        {"completions": "moved.jsonl"},
    ],
)
def test_what_no_answer_depends_on_may_change(tmp_path, changes):
    folder = RunFolder(tmp_path)
    folder.claim(CONFIG)
    folder.check({**CONFIG, **changes}, resume=True)


def test_how_a_server_is_asked_may_change_but_not_what(tmp_path):
    folder = RunFolder(tmp_path)
    folder.claim(CONFIG)
    with pytest.raises(UsageError, match=r"server\.endpoint was None"):
        folder.check({**CONFIG, "server": {"endpoint": "chat"}}, resume=True)


@pytest.mark.parametrize("key", ["server.parameters", "template_args"])
def test_a_parameter_of_null_is_not_the_same_as_none_at_all(tmp_path, key):
    section, _, name = key.partition(".")
    with_null = {"top_p": None} if not name else {name: {"top_p": None}}
    without = {} if not name else {name: {}}
    folder = RunFolder(tmp_path)
    folder.claim({**CONFIG, section: without})
    with pytest.raises(UsageError, match=rf"{key}\.top_p was 'not set' .* got None"):
        folder.check({**CONFIG, section: with_null}, resume=True)


def test_resuming_in_an_empty_folder_starts_a_new_run(tmp_path):
    folder = RunFolder(tmp_path / "new")
    folder.check(CONFIG, resume=True)
    assert folder.stored_config() is None


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        RunFolder(tmp_path / "file" / "run").check(CONFIG, resume=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_usage_error(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        RunFolder(tmp_path).check(CONFIG, resume=False)


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("/models/my model.gguf", "my-model"),
        ("Qwen/Qwen2.5-Coder-7B", "Qwen2-5-Coder-7B"),
        ("openai:Qwen/Qwen3-8B@http://localhost:8000/v1", "Qwen3-8B"),
        ("openai:gpt@http://localhost:8000/v1", "openai-gpt"),
    ],
)
def test_the_default_folder_is_named_after_the_dataset_and_the_model(
    reference, name, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    path = make_run_folder("mbpp", reference)
    assert path.parts[0] == "runs"
    assert path.name.endswith(f"-mbpp-{name}")


def test_runs_that_start_in_the_same_second_get_folders_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        folders = list(pool.map(lambda _: make_run_folder("mbpp"), range(24)))
    assert len(set(folders)) == 24
    assert all(folder.is_dir() for folder in folders)


def test_a_new_folder_is_gone_after_a_run_that_wrote_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError), open_folder(None, "mbpp"):
        raise UsageError("refused")
    assert list(tmp_path.iterdir()) == []
    with open_folder(None, "mbpp") as folder:
        folder.claim(CONFIG)
    assert folder.stored_config() == CONFIG


def test_a_new_folder_is_gone_after_a_run_that_locked_it_and_wrote_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with (
        pytest.raises(UsageError, match="refused"),
        open_folder(None, "mbpp") as folder,
        folder.locked(),
    ):
        raise UsageError("refused")
    assert list(tmp_path.iterdir()) == []


def test_a_prompt_file_may_move_but_not_change(tmp_path):
    folder = RunFolder(tmp_path)
    values = {**CONFIG, "prompt": "a.jinja", "prompt_sha256": "1"}
    folder.claim(values)
    folder.check({**values, "prompt": "b/a.jinja"}, resume=True)
    with pytest.raises(UsageError, match=r"--resume: prompt was 'a\.jinja'"):
        folder.check({**values, "prompt": "b/a.jinja", "prompt_sha256": "2"}, resume=True)


@pytest.mark.parametrize(
    ("stored", "values"), [({}, {"completions_sha256": "a"}), ({"completions_sha256": "a"}, {})]
)
def test_scored_answers_and_those_of_a_model_do_not_mix(tmp_path, stored, values):
    folder = RunFolder(tmp_path)
    folder.claim({**CONFIG, **stored})
    with pytest.raises(UsageError, match=r"has .* Choose another folder"):
        folder.check({**CONFIG, **values}, resume=True)


def test_an_empty_folder_that_the_user_names_stays(tmp_path):
    with open_folder(tmp_path) as folder:
        assert folder == RunFolder(tmp_path)
    assert tmp_path.is_dir()


def test_a_new_folder_that_cannot_be_written_is_a_usage_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").write_text("")
    with pytest.raises(UsageError, match=r"runs/.*-mbpp cannot be written: "):
        make_run_folder("mbpp")


def test_an_unreadable_folder_is_a_usage_error(tmp_path, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.exists", refuse)
    with pytest.raises(UsageError, match="cannot be read: Permission denied"):
        RunFolder(tmp_path).check(CONFIG, resume=False)


def test_only_the_folder_of_a_run_can_be_opened(tmp_path):
    with pytest.raises(DataError, match="not the folder of a run"):
        open_existing(tmp_path)


def test_completions_without_a_config_are_not_resumed(tmp_path):
    (tmp_path / "completions.jsonl").write_text("{}\n")
    with pytest.raises(UsageError, match=r"has completions but no config\.yaml"):
        RunFolder(tmp_path).check(CONFIG, resume=True)


@pytest.mark.parametrize("resume", [False, True])
def test_a_run_that_could_write_nothing_but_an_empty_file_can_be_repeated(tmp_path, resume):
    (tmp_path / "completions.jsonl").write_text("")
    RunFolder(tmp_path).check(CONFIG, resume=resume)


def test_the_limits_of_programs_may_change_until_the_first_verdict(tmp_path):
    folder = RunFolder(tmp_path)
    folder.claim({"sandbox": {"timeout_seconds": 1.0}})
    changed = {"sandbox": {"timeout_seconds": 2.0}}
    folder.check(changed, resume=True)
    # An interrupt before the first verdict leaves an empty file.
    folder.verdicts.write_text("")
    folder.check(changed, resume=True)
    folder.verdicts.write_text("{}\n")
    with pytest.raises(
        UsageError,
        match=r"sandbox\.timeout_seconds was 1\.0 .* Judge all answers again with --judge",
    ):
        folder.check(changed, resume=True)
    folder.check(changed, resume=True, judge_again=True)


def test_only_the_limits_may_change_when_all_answers_are_judged_again(tmp_path):
    folder = RunFolder(tmp_path)
    folder.claim({"sampling": {"seed": 1}})
    with pytest.raises(UsageError, match=r"sampling\.seed was 1 .* Use the old value"):
        folder.check({"sampling": {"seed": 2}}, resume=True, judge_again=True)


def test_the_number_of_samples_and_the_k_may_change(tmp_path):
    folder = RunFolder(tmp_path)
    folder.claim({"sampling": {"num_samples": 10}, "k": None})
    folder.check({"sampling": {"num_samples": 20}, "k": [1, 5]}, resume=True)


def test_a_setting_that_changes_the_problems_is_named_instead_of_the_fingerprint(tmp_path):
    folder = RunFolder(tmp_path)
    folder.claim({"dataset": {"fingerprint": "a", "limit": 1}})
    assert folder.settings_to_resume() == {"dataset": {"limit": 1}}
    with pytest.raises(UsageError, match=r"dataset\.limit was 1 in"):
        folder.check({"dataset": {"fingerprint": "b", "limit": 2}}, resume=True)


@pytest.mark.parametrize(
    "name",
    ["config.yaml", "completions.jsonl", "prompt_verdicts.jsonl", "judged_again.json",
     "summary.json"],
)  # fmt: skip
def test_what_a_run_has_stored_is_not_written_over(tmp_path, name):
    (tmp_path / name).touch()
    (tmp_path / "config.yaml").touch()
    with pytest.raises(UsageError, match=r"is a file of a run\. Choose another name"):
        refuse_record(tmp_path / name)
    refuse_record(tmp_path / "report.html")


def test_a_run_whose_data_have_moved_can_be_resumed_if_they_are_the_same(tmp_path):
    folder = RunFolder(tmp_path)
    first = {"dataset": {"name": "toys", "source": "a.jsonl", "fingerprint": "1"}}
    folder.claim(first)
    folder.check({"dataset": {**first["dataset"], "source": "b.jsonl"}}, resume=True)
    with pytest.raises(UsageError, match=r"dataset\.fingerprint was '1'"):
        folder.check({"dataset": {**first["dataset"], "fingerprint": "2"}}, resume=True)
