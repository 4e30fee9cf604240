from dataclasses import replace

import pytest

from hrm_core.errors import UsageError
from hrm_datasets import Asserts, Case, InputOutput, Problem, ProblemSet, load_problems

ADD = Problem(
    task_id="toy/1", text="Add.", entry_point="add", tests=("assert add(1, 2) == 3",), setup=""
)
TOY = ProblemSet(
    name="toy",
    split="test",
    problems=(ADD, replace(ADD, task_id="toy/2"), replace(ADD, task_id="toy/10")),
)


def test_a_set_iterates_in_order_and_has_a_length():
    assert [problem.task_id for problem in TOY] == ["toy/1", "toy/2", "toy/10"]
    assert len(TOY) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"task_id": "toy/9"},
        {"text": "Add"},
        {"entry_point": "plus"},
        {"tests": ("assert add(1, 2) == 3", "")},
        {"setup": "x = 1"},
        {"reference": "def add"},
        {"stub": "def add"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_fingerprint_depends_on_every_field(change):
    changed = replace(TOY, problems=(replace(ADD, **change), *TOY.problems[1:]))
    assert changed.fingerprint != TOY.fingerprint


def test_the_fingerprint_depends_on_the_order_and_not_on_the_name():
    assert replace(TOY, problems=TOY.problems[::-1]).fingerprint != TOY.fingerprint
    assert replace(TOY, name="other", split="dev").fingerprint == TOY.fingerprint


def test_the_fingerprint_is_the_same_on_every_machine():
    assert TOY.fingerprint == "7df132ce566813c11ab2d75e9be9a1fc92e834d087c16fe08ecc6c1b4cefc623"


@pytest.mark.parametrize("task_id", [2, "2", " 2 ", "toy/2", "Toy/2", "TOY/2"])
def test_a_problem_is_found_by_every_spelling_of_its_id(task_id):
    assert TOY.find(task_id).task_id == "toy/2"


@pytest.mark.parametrize("task_id", ["Toy_2", "TOY-2", "toy 2", "toy/002", "toy_2"])
def test_a_problem_is_found_by_the_spelling_of_other_harnesses(task_id):
    assert TOY.find(task_id).task_id == "toy/2"


@pytest.mark.parametrize(
    ("own_id", "task_id"),
    [
        ("mbpp-sanitized/11", "Mbpp/11"),
        ("mbpp-sanitized/11", "MBPP_11"),
        ("mbpp-sanitized/11", "mbpp_sanitized/11"),
        ("humaneval/0", "HumanEval/0"),
        ("humaneval/0", "HumanEval_0"),
        ("humaneval/0", "human-eval/0"),
        ("own/set/7", "own/set/7"),
        ("own/set/7", "7"),
        ("own/first", "first"),
    ],
)
def test_a_problem_is_found_by_other_names_of_its_dataset(own_id, task_id):
    problems = ProblemSet(name="x", split="test", problems=(replace(ADD, task_id=own_id),))
    assert problems.find(task_id).task_id == own_id


@pytest.mark.parametrize(
    "task_id", [3, "toy/3", "mbpp/1", "", "-2", "/2", "toys/2", "to/2", "toy/2/2", "2.5", "x" * 999]
)
def test_an_unknown_id_is_a_usage_error(task_id):
    with pytest.raises(UsageError, match=r"unknown task id .* in toy/test"):
        TOY.find(task_id)


def test_ids_in_groups_are_found_by_all_but_the_name_of_the_dataset():
    ids = ("own/a/1", "own/b/1", "own/HumanEval/0")
    problems = ProblemSet(
        name="own", split="test", problems=tuple(replace(ADD, task_id=one) for one in ids)
    )
    assert [problems.find(one.removeprefix("own/")).task_id for one in ids] == list(ids)
    with pytest.raises(UsageError, match="unknown task id '1'"):
        problems.find("1")


def test_one_text_is_no_list_of_ids():
    for act in (TOY.select, TOY.without):
        with pytest.raises(TypeError, match=r"expected a list, such as \['11'\], got '12'"):
            act("12")


def test_ids_that_differ_in_case_only_are_told_apart():
    upper, lower, other = (replace(TOY.problems[0], task_id=f"own/{name}") for name in "AaB")
    problems = ProblemSet(name="own", split="test", problems=(upper, lower, other))
    assert problems.find("own/A") is upper
    assert problems.find("a") is lower
    assert problems.find("OWN/b") is other
    with pytest.raises(UsageError, match="unknown task id"):
        problems.find("OWN/A")
    assert problems.select(("own/A",)).problems == (upper,)


def test_an_id_that_a_set_may_lack_needs_no_error():
    problems = load_problems("starter")
    assert problems.get("1") is problems.find("starter/1")
    assert problems.get("starter/99") is None


def test_a_selection_keeps_the_order_of_the_set():
    assert [p.task_id for p in TOY.select(("10", "1"))] == ["toy/1", "toy/10"]
    assert [p.task_id for p in TOY.select(limit=2)] == ["toy/1", "toy/2"]
    assert [p.task_id for p in TOY.select(("10", "2"), limit=1)] == ["toy/2"]
    assert TOY.select() == TOY


def test_a_selection_of_none_or_of_unknown_ids_is_a_usage_error():
    with pytest.raises(UsageError, match="limit must be at least 1, got 0"):
        TOY.select(limit=0)
    with pytest.raises(UsageError, match="unknown task id '7'"):
        TOY.select(("1", "7"))


def test_a_single_text_is_no_sequence_of_tests():
    with pytest.raises(TypeError, match="tests: expected a sequence of strings, got 'assert True'"):
        replace(ADD, tests="assert True")


def test_a_single_text_is_no_sequence_of_asserts_or_cases():
    with pytest.raises(TypeError, match="expected a sequence of strings, got 'assert f'"):
        Asserts("assert f")
    with pytest.raises(TypeError, match="expected pairs of input and output, got '12'"):
        InputOutput(["12", "34"])


def test_a_plain_sequence_of_tests_means_asserts():
    assert type(ADD.tests) is Asserts
    assert ADD.tests == ("assert add(1, 2) == 3",)
    assert ADD.tests.kind == "asserts"
    assert replace(ADD, tests=["assert True"]).tests == Asserts(["assert True"])


def test_pairs_of_input_and_output_keep_their_kind():
    tests = InputOutput([("1 2\n", "3\n"), ("3 4\n", "7\n", True)])
    problem = replace(ADD, tests=tests)
    assert problem.tests is tests
    assert problem.tests.kind == "input_output"
    assert problem.tests.cases == (Case("1 2\n", "3\n"), Case("3 4\n", "7\n", is_public=True))
    assert replace(TOY, problems=(problem,)).fingerprint != TOY.fingerprint


@pytest.mark.parametrize("count", [1, 2, 3])
def test_shards_share_out_the_problems_and_keep_their_order(count):
    shards = [TOY.shard(number, count) for number in range(1, count + 1)]
    assert shards[0].problems == TOY.problems[::count]
    assert sorted(p.task_id for s in shards for p in s) == sorted(p.task_id for p in TOY)
    assert {shard.fingerprint for shard in shards} == {TOY.fingerprint}


def test_a_shard_without_a_problem_is_a_usage_error():
    with pytest.raises(UsageError, match=r"--shard: expected at most 3 shards, .* got 4"):
        TOY.shard(1, 4)
    with pytest.raises(ValueError, match=r"number must be in 1\.\.2, got 3"):
        TOY.shard(3, 2)


def test_only_public_inputs_and_outputs_have_a_text():
    tests = InputOutput([("1 2\n", "3\n"), ("3 4\n", "7\n", True)], time_limit_seconds=2)
    assert len(tests) == 2
    assert tests.texts == ("Input:\n3 4\nOutput:\n7",)
    assert tests.public == InputOutput([("3 4\n", "7\n", True)], time_limit_seconds=2)


@pytest.mark.parametrize(
    "change",
    [
        {"cases": [("1", "2", True)]},
        {"time_limit_seconds": 1.0},
        {"memory_limit_mb": 64},
        {"tolerance": 0.0},
        {"ignores_case": True},
    ],
)
def test_the_fingerprint_depends_on_the_limits_of_programs(change):
    tests = InputOutput([("1", "2")])
    one, other = (replace(ADD, tests=t) for t in (tests, replace(tests, **change)))
    fingerprints = {replace(TOY, problems=(problem,)).fingerprint for problem in (one, other)}
    assert len(fingerprints) == 2


def test_problems_can_be_left_out():
    assert [p.task_id for p in TOY.without(("1",))] == [p.task_id for p in TOY.problems[1:]]
    with pytest.raises(UsageError, match="unknown task id '99'"):
        TOY.without(("99",))
    assert TOY.without(("99",), may_lack=True) == TOY
    with pytest.raises(UsageError, match="no problem of toy/test is left"):
        TOY.without(tuple(problem.task_id for problem in TOY))
