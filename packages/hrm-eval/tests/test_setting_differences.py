import json

from hrm_eval.runs import load_run
from hrm_eval.setting_differences import find_differences

PASSED = {"toys/1": [True], "toys/2": [False]}


def differences(first, second):
    found = find_differences(load_run(first), load_run(second), PASSED)
    return {item.key: (item.first, item.second) for item in found}


def test_equal_runs_have_no_differences(write_run):
    assert differences(write_run("a", PASSED), write_run("b", PASSED)) == {}


def test_settings_limits_layers_and_versions_are_listed(write_run):
    first = write_run("a", PASSED)
    second = write_run(
        "b",
        PASSED,
        summary={"device": "cuda", "sandbox": {"landlock": False}, "versions": {"torch": "3"}},
        prompt="docstring",
        sampling={"temperature": 0.8},
        sandbox={"timeout_seconds": 5.0},
    )
    assert differences(first, second) == {
        "prompt": ("instruct", "docstring"),
        "sampling.temperature": (None, 0.8),
        "sandbox.timeout_seconds": (10.0, 5.0),
        "device": ("cpu", "cuda"),
        "isolation.landlock": (True, False),
        "versions.torch": ("2", "3"),
    }


def test_the_model_and_the_number_of_workers_are_not_listed(write_run):
    first = write_run("a", PASSED)
    second = write_run(
        "b",
        PASSED,
        summary={"sandbox": {"num_judged_in_shared_process": 3}},
        model_reference="another",
        model={"layers": 3},
        dataset={"source": "elsewhere"},
        sandbox={"workers": 8},
        k=[1],
    )
    assert differences(first, second) == {}


def test_a_section_that_one_run_lacks_is_listed_without_what_does_not_matter(write_run):
    first = write_run("a", PASSED)
    local = write_run("b", PASSED, server={"concurrency": 16, "endpoint": None, "parameters": {}})
    assert differences(first, local) == {}
    asked = write_run("c", PASSED, server={"concurrency": 16, "endpoint": "chat"})
    assert differences(first, asked) == {"server": (None, {"endpoint": "chat"})}


def test_the_hash_of_the_prompt_style_is_listed_only_if_its_name_is_the_same(write_run):
    first = write_run("a", PASSED, prompt_sha256="1")
    changed = write_run("b", PASSED, prompt_sha256="2")
    assert differences(first, changed) == {"prompt_sha256": ("1", "2")}
    other = write_run("c", PASSED, prompt_sha256="2", prompt="docstring")
    assert differences(first, other) == {"prompt": ("instruct", "docstring")}


def test_an_unfinished_run_is_compared_by_its_settings(write_run):
    second = write_run("b", PASSED, summary=None, prompt="docstring")
    assert differences(write_run("a", PASSED), second) == {"prompt": ("instruct", "docstring")}


def test_other_prompts_are_counted_and_unknown_ones_are_not(write_run):
    first, second = write_run("a", PASSED), write_run("b", PASSED)
    file = second / "completions.jsonl"
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    lines[0]["prompt"], lines[1]["prompt"] = "Another.", ""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    assert differences(first, second) == {"prompts": ("", "1 of 2 are different")}
