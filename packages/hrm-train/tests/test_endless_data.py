import itertools
import shutil

import pytest

from hrm_core.config import from_mapping, merge
from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_datasets import Dataset, Split
from hrm_train import examples, splits
from hrm_train.data import load_data
from hrm_train.examples import read_examples
from hrm_train.overlap import held_out_splits
from hrm_train.run import train
from hrm_train.splits import load_split
from hrm_train.train_config import (
    DataConfig,
    ProblemsConfig,
    SplitConfig,
    TrainingConfig,
    TrainRunConfig,
)


@pytest.fixture(autouse=True)
def counting(monkeypatch, make_problem):
    """Register a dataset whose split `train` counts; the seed is the first number."""

    def stream(seed, start=0, easy_first=None):
        for number in itertools.count(start):
            name = "add" if number == 7 else f"f{seed}_{number}"
            yield make_problem(
                task_id=f"counting/{seed}-{number}",
                entry_point=name,
                text="a" if easy_first is None else f"easy {easy_first}",
                tests=[f"assert {name}() == {number}"],
                reference=f"def {name}(): return {number}",
            )

    dataset = Dataset(
        name="counting",
        to_problem=lambda row: make_problem(),
        splits={"train": Split(stream=stream), "test": Split()},
    )
    found = splits.find_dataset
    monkeypatch.setattr(
        splits, "find_dataset", lambda name: dataset if name == "counting" else found(name)
    )
    monkeypatch.setattr(splits, "load_problems", lambda *_, **__: [make_problem()])
    return dataset


def counted(**values):
    return ProblemsConfig(name="counting", split="train", **values)


def training(**data):
    return TrainingConfig.model_validate({"data": data})


def ids(problems):
    return [problem.task_id for problem in problems]


def test_each_epoch_of_an_endless_split_has_the_next_problems():
    config = counted(limit=3, seed=5)
    assert ids(load_split(config)) == ["counting/5-0", "counting/5-1", "counting/5-2"]
    assert ids(load_split(config, epoch=2)) == ["counting/5-6", "counting/5-7", "counting/5-8"]


def test_problems_without_end_are_mixed_with_files(write_rows):
    files = [str(write_rows("a.jsonl", [{"text": "x"}] * 3))]
    config = DataConfig(problems=[counted(limit=30)], files=files, streaming=True)
    for epoch in (0, 1):
        names = [example.name for example in read_examples(config, epoch)]
        assert [names.index(f"a.jsonl:{number}") for number in (1, 2, 3)] == [5, 16, 27]
        assert names[0] == f"counting/0-{30 * epoch}"
        assert len(names) == 33


def test_difficulty_rises_over_the_first_epoch():
    assert next(iter(load_split(counted(limit=3, easy_first=True)))).text == "easy 3"


def test_an_order_by_difficulty_needs_data_that_is_streamed():
    problems = [counted(limit=3), counted(limit=3, easy_first=True)]
    with pytest.raises(ValueError, match=r"problems\.1\.easy_first: .* Set streaming: true"):
        DataConfig(problems=problems)
    problems[1] = counted(limit=10_000, easy_first=True)
    with pytest.raises(ValueError, match="10,000 problems are shuffled together, got limit 10000"):
        DataConfig(problems=problems, streaming=True)
    problems[1] = counted(limit=50_000, easy_first=True)
    assert DataConfig(problems=problems, streaming=True).problems[1].easy_first


def test_an_endless_split_needs_a_limit():
    with pytest.raises(UsageError, match=r"'train' of 'counting' has no end. .*limit: 100000"):
        load_split(counted())


ENDLESS = {"name": "counting", "split": "train"}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"data": {"validation": [ENDLESS]}}, "training.data.validation.0.split"),
        (
            {"data": {"held_out": [{"name": "counting", "split": "test"}, ENDLESS]}},
            "training.data.held_out.1.split",
        ),
        (
            {"pass_at_1": {"dataset": ENDLESS, "every_steps": 1}},
            "training.pass_at_1.dataset.split",
        ),
    ],
)
def test_an_endless_split_is_neither_measured_nor_held_out(settings, changes, where):
    config = from_mapping(TrainRunConfig, settings(**changes)).training
    with pytest.raises(ConfigError) as caught:
        load_data(config)
    assert str(caught.value) == (
        f"{where}: expected a split with a fixed number of problems, but 'train' of 'counting' has "
        "no end. Name a fixed split: test"
    )


def test_an_endless_split_without_its_place_in_the_config_is_refused_too():
    split = SplitConfig(**ENDLESS)
    with pytest.raises(ConfigError, match=r"^split: expected .* Name a fixed split: test$"):
        load_split(split)
    load_split(split.model_copy(update={"source": "rows.jsonl"}))


def test_fixed_problems_have_no_order_by_difficulty():
    with pytest.raises(UsageError, match="easy_first: the split 'test' of 'counting' has fixed"):
        load_split(ProblemsConfig(name="counting", split="test", easy_first=True))


@pytest.mark.parametrize(("streaming", "second"), [(True, "counting/0-2"), (False, "counting/0-0")])
def test_only_streamed_epochs_draw_anew(streaming, second):
    data = load_data(training(problems=[{"name": "counting", "split": "train", "limit": 2}],
                              streaming=streaming, held_out=[]))  # fmt: skip
    assert next(data.examples(1)).name == second


def test_the_first_epoch_is_drawn_once(monkeypatch):
    drawn = []
    split = load_split

    def counted_split(config, epoch=0):
        drawn.append(epoch)
        return split(config, epoch)

    monkeypatch.setattr(examples, "load_split", counted_split)
    problems = [{"name": "counting", "split": "train", "limit": 3}]
    held_out = [{"name": "counting", "split": "test"}]
    data = load_data(training(problems=problems, streaming=True, held_out=held_out, overlap="drop"))
    for epoch in (0, 0, 1, 0):
        assert len(list(data.examples(epoch))) == 3
    assert drawn == [0, 1]


@pytest.mark.parametrize("epoch_size", [10, 4])
def test_overlaps_are_dropped_in_every_epoch(epoch_size):
    problems = [{"name": "counting", "split": "train", "limit": epoch_size}]
    held_out = [{"name": "counting", "split": "test"}]
    data = load_data(training(problems=problems, streaming=True, held_out=held_out, overlap="drop"))
    names = [e.name for epoch in range(20 // epoch_size) for e in data.examples(epoch)]
    assert names == [f"counting/0-{number}" for number in range(20) if number != 7]


def test_later_epochs_cannot_be_refused_so_the_config_has_to_choose():
    problems = [{"name": "counting", "split": "train", "limit": 4}]
    held_out = [{"name": "counting", "split": "test"}]
    with pytest.raises(DataError, match="each epoch draws new problems, which can be compared"):
        load_data(training(problems=problems, streaming=True, held_out=held_out))


def test_an_endless_split_keeps_out_its_own_tests_by_itself(counting):
    problems = [{"name": "counting", "split": "train", "limit": 10}]
    assert load_data(training(problems=problems)).overlaps == []
    with pytest.raises(DataError, match="1 of 10 examples overlap"):
        load_data(training(problems=problems, held_out=[{"name": "counting", "split": "test"}]))


def test_a_file_of_drawn_problems_does_not_hold_out_a_part_of_itself(tmp_path):
    drawn = {"name": "counting", "split": "train", "source": str(tmp_path / "mine.jsonl")}
    assert held_out_splits(DataConfig(problems=[drawn])) == []


def test_a_resumed_run_on_an_endless_split_equals_an_unbroken_one(settings, tmp_path):
    data = {
        "problems": [{"name": "counting", "split": "train", "limit": 5}],
        "streaming": True,
        "held_out": [],
    }

    values = merge(settings(data=data), {"model": {"max_position_embeddings": 400}})
    config = from_mapping(TrainRunConfig, values)
    whole = train(config, tmp_path / "whole", resume=False)
    shutil.copytree(tmp_path / "whole", tmp_path / "cut", symlinks=True)
    shutil.rmtree(tmp_path / "cut" / "checkpoints" / "step-000006")

    cut = train(config, tmp_path / "cut", resume=True)
    weights = [(last / "model.safetensors").read_bytes() for last in (whole, cut)]
    assert weights[0] == weights[1]
