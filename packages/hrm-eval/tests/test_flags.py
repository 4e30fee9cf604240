import pytest

from hrm_core.errors import UsageError
from hrm_eval.flags import FLAGS, SCORE_FLAGS, to_settings
from hrm_eval.run_config import RunConfig

BY_OPTION = {flag.option: flag for flag in FLAGS}


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.option)
def test_a_flag_sets_a_key_of_the_config(flag):
    section = RunConfig
    for part in flag.key.split("."):
        assert part in section.model_fields
        section = section.model_fields[part].annotation


def test_only_the_flags_that_were_given_become_settings():
    values = dict.fromkeys(FLAGS) | {
        BY_OPTION["--model"]: "m",
        BY_OPTION["--top-p"]: 0.5,
        BY_OPTION["--seed"]: 0,
        BY_OPTION["--task-ids"]: "11, 12",
        BY_OPTION["--thought-marks"]: "[PLAN] [/PLAN] <a> </a>",
        BY_OPTION["--batch-size"]: "8",
        BY_OPTION["--require-isolation"]: "landlock,seccomp",
    }
    assert to_settings(values) == {
        "model_reference": "m",
        "sampling": {"top_p": 0.5, "seed": 0},
        "dataset": {"task_ids": ["11", "12"]},
        "thought_marks": [["[PLAN]", "[/PLAN]"], ["<a>", "</a>"]],
        "engine": {"batch_size": 8},
        "sandbox": {"require_isolation": ["landlock", "seccomp"]},
    }


def test_a_batch_size_in_words_is_left_to_the_config():
    assert to_settings({BY_OPTION["--batch-size"]: "auto"}) == {"engine": {"batch_size": "auto"}}


def test_a_list_without_task_ids_is_a_usage_error():
    with pytest.raises(UsageError, match="--task-ids: expected task ids, got ' , '"):
        to_settings({BY_OPTION["--task-ids"]: " , "})


def test_no_layer_of_isolation_is_a_usage_error():
    with pytest.raises(UsageError, match="--require-isolation all"):
        to_settings({BY_OPTION["--require-isolation"]: " ,"})
    with pytest.raises(UsageError, match="--trackers: expected names, got ','"):
        to_settings({BY_OPTION["--trackers"]: ","})


@pytest.mark.parametrize("ks", ["", ",", "1,x", "1.5", "-1", "²"])
def test_a_k_that_is_no_number_is_a_usage_error(ks):
    with pytest.raises(UsageError, match="--k: expected numbers of at least 1"):
        to_settings({BY_OPTION["--k"]: ks})


@pytest.mark.parametrize("marks", ["", "<plan>", "<a> </a> <b>"])
def test_marks_of_thoughts_without_their_partner_are_a_usage_error(marks):
    with pytest.raises(UsageError, match="--thought-marks: expected an opening and a closing mark"):
        to_settings({BY_OPTION["--thought-marks"]: marks})


def test_scoring_takes_the_flags_of_the_data_and_of_the_sandbox_and_needs_a_dataset():
    sections = {flag.key.split(".")[0] for flag in SCORE_FLAGS}
    assert sections == {"dataset", "sandbox", "thought_marks", "rerank", "k", "trackers"}
    assert [flag.option for flag in SCORE_FLAGS if flag.is_required] == ["--dataset"]
