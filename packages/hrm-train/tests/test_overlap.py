import json
import os
from pathlib import Path

import pytest

from hrm_core.errors import ConfigError, DataError
from hrm_datasets import Dataset, Split, registry
from hrm_datasets.evalplus import MBPP_PLUS
from hrm_datasets.overlap import HeldOut
from hrm_train import splits
from hrm_train.data import load_data, warn_if_not_compared
from hrm_train.examples import Example, read_examples
from hrm_train.overlap import check_overlap, find_overlap, held_out_splits, load_held_out
from hrm_train.train_config import DataConfig, ProblemsConfig, SplitConfig, TrainingConfig


def example(response, prompt="", name="rows.jsonl:1"):
    return Example(name, prompt, response)


@pytest.fixture
def config(mbpp_file):
    """A training split that shares one function name with its test split."""
    folder = mbpp_file("mbpp/train.jsonl", {601: "first", 602: "second", 603: "third"}).parent
    mbpp_file("mbpp/test.jsonl", {11: "second", 12: "other"})
    return DataConfig(
        problems=[ProblemsConfig(name="mbpp", split="train", source=str(folder))],
    )


def test_overlaps_are_refused_with_their_names_and_what_to_do(config):
    with pytest.raises(DataError) as caught:
        check_overlap(read_examples(config), config, load_held_out(config))
    message = str(caught.value)
    assert "1 of 3 examples overlap with held-out problems:" in message
    assert "mbpp/602 shares the function 'second' with mbpp/11" in message
    assert message.endswith("with --allow-overlap, which makes test results invalid")


@pytest.mark.parametrize(("policy", "left_out"), [("drop", {1}), ("allow", set())])
def test_overlaps_are_left_out_or_kept_and_reported_either_way(config, policy, left_out):
    chosen = config.model_copy(update={"overlap": policy})
    excluded, overlaps = check_overlap(read_examples(chosen), chosen, load_held_out(chosen))
    assert excluded == left_out
    assert [overlap.example for overlap in overlaps] == ["mbpp/602"]


def test_only_the_first_of_many_overlaps_are_shown(make_problem, monkeypatch):
    from hrm_train import overlap

    monkeypatch.setattr(overlap, "load_split", lambda split: [make_problem()])
    config = DataConfig(held_out=[SplitConfig(name="toys", split="test")])
    rows = [example("def add(): pass", name=f"rows.jsonl:{n}") for n in range(1, 10)]
    with pytest.raises(DataError, match=r"rows.jsonl:5 shares.*\n  and 4 more\n"):
        check_overlap(rows, config, load_held_out(config))
    dropping = config.model_copy(update={"overlap": "drop"})
    with pytest.raises(DataError, match="every example overlaps"):
        check_overlap(rows, dropping, load_held_out(dropping))


def test_examples_with_the_same_name_are_told_apart(make_problem, monkeypatch):
    from hrm_train import overlap

    monkeypatch.setattr(overlap, "load_split", lambda split: [make_problem()])
    config = DataConfig(held_out=[SplitConfig(name="toys", split="test")], overlap="drop")
    rows = [example("def add(): pass"), example("nothing"), example("def add(): pass")]
    left_out, overlaps = check_overlap(rows, config, load_held_out(config))
    assert left_out == {0, 2}
    assert len(overlaps) == 2


def test_a_function_defined_in_the_prompt_counts_too(make_problem):
    begun = example("    return a - b", prompt="def add(a, b):")
    assert find_overlap(HeldOut([make_problem()]), begun).shared == "the function 'add'"


@pytest.mark.parametrize("form", ["{}", "```python\n{}```", "I would write:\n~~~\n{}~~~\nDone."])
def test_a_response_that_solves_a_held_out_problem_is_an_overlap(make_problem, form):
    solution = """def add(values):
    total = 0
    for value in values:
        if value % 3 == 1 and value > 4:
            total += value * 2
    return total
"""
    held_out = HeldOut([make_problem(reference=solution)])
    for name, other in {"add": "collect", "value": "n", "total": "t"}.items():
        solution = solution.replace(name, other)
    answer = example(form.format(solution), prompt="Collect.")
    assert find_overlap(held_out, answer).shared == "the code of 'collect'"


def test_unreadable_held_out_problems_name_their_config_key(config, tmp_path):
    source = str(tmp_path / "mbpp" / "train.jsonl")
    config = DataConfig(problems=[config.problems[0].model_copy(update={"source": source})])
    with pytest.raises(DataError) as caught:
        check_overlap(read_examples(config), config, load_held_out(config))
    message = str(caught.value)
    assert message.startswith("training.data.held_out: the split 'test' of mbpp cannot be read")
    assert message.endswith("or write held_out: [] to skip the comparison")


TRAIN = ProblemsConfig(name="mbpp", split="train", source="here")
TEST = SplitConfig(name="mbpp", split="test", source="here")
OTHER = SplitConfig(name="starter", split="test")


@pytest.mark.parametrize(
    ("fields", "measured", "splits"),
    [
        ({}, [], []),
        ({"problems": [TRAIN, TRAIN]}, [], [TEST]),
        ({"problems": [TRAIN], "held_out": [OTHER]}, [], [OTHER]),
        ({"problems": [TRAIN], "held_out": []}, [], []),
        ({"problems": [TRAIN]}, [TEST, OTHER], [TEST, OTHER]),
        ({"held_out": []}, [OTHER], [OTHER]),
    ],
)
def test_the_config_determines_the_held_out_splits(fields, measured, splits):
    assert held_out_splits(DataConfig(**fields), measured) == splits


def test_a_dataset_without_tests_holds_nothing_out(monkeypatch, make_problem, capsys):
    tested = Dataset(name="tested", to_problem=None, splits={"train": Split(), "test": Split()})
    bare = Dataset(name="bare", to_problem=None, splits={"train": Split()}, default_split="train")
    known = {"tested": tested, "bare": bare}
    monkeypatch.setattr(splits, "find_dataset", known.__getitem__)
    monkeypatch.setattr(splits, "load_problems", lambda *_, **__: [make_problem()])
    problems = [ProblemsConfig(name=name, split="train") for name in known]
    assert held_out_splits(DataConfig(problems=problems)) == [
        SplitConfig(name="tested", split="test")
    ]
    config = TrainingConfig(data=DataConfig(problems=problems[1:]))
    assert [one.name for one in load_data(config).examples()] == ["toys/1"]
    warn_if_not_compared(config)
    assert "data: not compared with any held-out problems" in capsys.readouterr().err


WRONG = {"name": "starter", "split": "tst"}


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"data": {"problems": [WRONG]}}, "training.data.problems.0"),
        ({"data": {"validation": [WRONG]}}, "training.data.validation.0"),
        ({"data": {"held_out": [OTHER.model_dump(), WRONG]}}, "training.data.held_out.1"),
        ({"pass_at_1": {"dataset": WRONG, "every_steps": 1}}, "training.pass_at_1.dataset"),
    ],
)
def test_a_split_that_does_not_exist_is_named_by_its_config_key(values, where):
    with pytest.raises(ConfigError) as caught:
        load_data(TrainingConfig.model_validate(values))
    assert str(caught.value) == (
        f"{where}: dataset 'starter' has no split 'tst' (splits: test). Did you mean 'test'?"
    )


def test_a_dataset_to_hold_out_that_does_not_exist_is_named_by_its_config_key():
    with pytest.raises(ConfigError, match=r"^training\.data\.held_out: unknown dataset 'startr'"):
        load_held_out(DataConfig(held_out=[SplitConfig(name="startr", split="test")]))


def test_the_training_split_of_the_real_mbpp_overlaps_with_its_test_split():
    if "HRM_SHARED" not in os.environ:
        pytest.skip("needs the real MBPP: set HRM_SHARED to the folder with data/mbpp")
    source = str(Path(os.environ["HRM_SHARED"]) / "data" / "mbpp")
    problems = [ProblemsConfig(name="mbpp", split="train", source=source)]
    config = DataConfig(problems=problems, overlap="drop")
    left_out, overlaps = check_overlap(read_examples(config), config, load_held_out(config))
    assert 0 < len(left_out) == len(overlaps) < 374
    config = DataConfig(problems=problems)
    with pytest.raises(DataError, match=f"{len(overlaps)} of 374 examples overlap"):
        check_overlap(read_examples(config), config, load_held_out(config))


PLUS_ROW = {
    "task_id": "Mbpp/602",
    "prompt": '"""\nWrite a function for the second.\n"""\n',
    "entry_point": "second",
    "canonical_solution": "def second(x):\n    return x\n",
    "base_input": [[1]],
    "plus_input": [[2]],
    "atol": 0,
    "contract": "",
    "assertion": "assert second([17, 4, 'seventeen', 'four']) == [17, 4, 'seventeen', 'four']",
}


@pytest.fixture
def mbpp_plus(tmp_path, monkeypatch):
    """MBPP+ with one problem, whatever packages are installed."""
    monkeypatch.setattr(registry, "find_dataset", lambda name: {"mbpp-plus": MBPP_PLUS}[name])
    source = tmp_path / "MbppPlus.jsonl"
    source.write_text(json.dumps(PLUS_ROW) + "\n")
    return str(source)


def test_examples_that_share_something_with_mbpp_plus_are_refused(mbpp_plus):
    held_out = [SplitConfig(name="mbpp-plus", split="test", source=mbpp_plus)]
    index = load_held_out(DataConfig(held_out=held_out))
    assert find_overlap(index, example("def second(x): ...")).problem == "mbpp-plus/602"
    test = example("assert f([17, 4, 'seventeen', 'four']) == [17, 4, 'seventeen', 'four']")
    assert find_overlap(index, test).problem == "mbpp-plus/602"
    assert find_overlap(index, example("def third(x): ...")) is None


def test_nobody_trains_on_mbpp_plus_by_accident(mbpp_plus):
    config = DataConfig(problems=[ProblemsConfig(name="mbpp-plus", split="test", source=mbpp_plus)])
    with pytest.raises(DataError, match="mbpp-plus/602 shares the function 'second' with mbpp-pl"):
        check_overlap(read_examples(config), config, load_held_out(config))
