import gc
import json

import pytest

from hrm_core import load_checkpoint
from hrm_core.config import from_mapping, read_config
from hrm_core.errors import ConfigError, DataError, HrmError
from hrm_train import data, processes, run
from hrm_train.reader import RowReader
from hrm_train.sequences import TokenSequence
from hrm_train.starting_point import trained_tokenizer
from hrm_train.train_config import TrainingConfig, TrainRunConfig


def training(**values):
    return from_mapping(TrainingConfig, values)


def test_a_run_writes_settings_log_and_checkpoints(train_toy, tmp_path, capsys):
    folder = train_toy(tmp_path / "run")
    assert read_config(folder.config)["training"]["num_steps"] == 6
    lines = [json.loads(line) for line in folder.log.read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, 7))
    assert lines[-1]["loss"] < lines[0]["loss"]
    assert [path.name for path in folder.checkpoints()] == ["step-000004", "step-000006"]
    assert load_checkpoint(folder.path / "last").stack == "toys"
    printed = capsys.readouterr().err
    assert "device: cpu, float32, 1 process\n" in printed
    assert "data: 20 sequences, " in printed
    assert "step 6/6  loss " in printed


def test_the_same_seed_gives_the_same_run_and_another_seed_does_not(train_toy, result, tmp_path):
    expected = result(train_toy(tmp_path / "a"))
    assert result(train_toy(tmp_path / "b")) == expected
    assert result(train_toy(tmp_path / "c", seed=1))[0] != expected[0]


def test_split_texts_are_reported(train_toy, tmp_path, capsys):
    text = tmp_path / "book.txt"
    text.write_text("12345" * 30)
    train_toy(tmp_path / "run", data={"files": [str(text)]}, num_steps=1, packed=False)
    printed = capsys.readouterr().err
    assert "data: 4 sequences, 151 tokens, 151 of them trained on" in printed
    assert "data: rows are not packed, so 21 % of them is padding.\n" in printed
    assert "data: 1 texts are longer than a row of 48 tokens and are split" in printed


@pytest.mark.parametrize("packed", [True, False])
def test_examples_that_are_too_long_are_reported_and_left_out(
    train_toy, write_rows, tmp_path, capsys, packed
):
    rows = [{"prompt": "a", "response": "b"}, {"prompt": "a", "response": "12345" * 18}]
    path = write_rows("more.jsonl", rows)
    train_toy(tmp_path / "run", data={"files": [str(path)]}, num_steps=1, packed=packed)
    printed = capsys.readouterr().err
    assert "data: 1 sequences, " in printed
    assert "data: 1 left out, longer than a row of 48 tokens: more.jsonl:2 (93)" in printed
    assert ("so 92 % of them is padding. The longest sequence has 4 tokens" in printed) != packed


def test_the_validation_loss_of_files_is_measured(train_toy, write_rows, tmp_path):
    rows = write_rows("held.jsonl", [{"prompt": "count", "response": "one two"}])
    options = {"num_steps": 2, "validate_every_steps": 1}
    folder = train_toy(tmp_path / "run", data={"validation_files": [str(rows)]}, **options)
    assert [line["validation_loss"] > 0 for line in folder.read_log()] == [True, True]
    assert (folder.path / "best").exists()


def test_validation_on_training_data_is_told(train_toy, write_rows, mbpp_file, capsys, tmp_path):
    source = str(mbpp_file("mbpp/train.jsonl", {601: "f"}))
    split = {"name": "mbpp", "split": "train", "source": source}
    data = {
        "problems": [split],
        "validation": [split, {**split, "source": str(mbpp_file("other.jsonl", {602: "g"}))}],
        "validation_files": [
            str(tmp_path / "folder" / ".." / "rows.jsonl"),
            str(write_rows("folder/held.jsonl")),
        ],
        "held_out": [],
    }
    train_toy(tmp_path / "run", data=data, num_steps=1)
    told = [line for line in capsys.readouterr().err.splitlines() if "is trained on too" in line]
    assert [line.partition(" is trained")[0] for line in told] == [
        "training.data.validation: mbpp/train",
        f"training.data.validation_files: {tmp_path}/folder/../rows.jsonl",
    ]


def test_validation_examples_that_are_too_long_are_reported(train_toy, tmp_path, capsys):
    validation = [{"name": "starter", "split": "test"}]
    with pytest.raises(DataError, match=r"data.validation: nothing fits into a row of 48"):
        train_toy(tmp_path / "run", data={"validation": validation})
    assert "validation: 25 left out, longer than a row" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_run_in_which_nothing_fits_leaves_no_folder(train_toy, tmp_path):
    with pytest.raises(DataError, match="no example fits into a row of 2 tokens"):
        train_toy(tmp_path / "run", sequence_length=2)
    assert not (tmp_path / "run").exists()


def test_a_training_that_a_model_does_not_implement_leaves_no_folder(
    train_toy, make_checkpoint, monkeypatch, capsys, tmp_path
):
    def refuse(model, progress):
        raise ConfigError(f"model.L_bp_cycles: not implemented, asked at {progress}")

    monkeypatch.setattr(type(make_checkpoint().model), "training_options", refuse)
    with pytest.raises(ConfigError, match=r"not implemented, asked at 0\.0"):
        train_toy(tmp_path / "run")
    assert "sequences" not in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": {}}, "model.vocab_size: missing"),
        ({"model": {}, "tokenizer": {"text": ["a.txt"]}}, "model.vocab_size: missing"),
        ({"tokenizer": {"file": "nowhere.json"}}, "nowhere"),
        ({"model_stack": "sapient", "model_reference": "nowhere", "model": {}}, "nowhere"),
    ],
    ids=["new tokenizer", "tokenizer of texts", "tokenizer of a file", "fine-tuning"],
)
def test_a_wrong_model_is_told_before_the_data_are_read(
    settings, monkeypatch, tmp_path, changes, message
):
    def refuse(*arguments):
        pytest.fail("the data were read")

    monkeypatch.setattr(run, "load_data", refuse)
    config = from_mapping(TrainRunConfig, {**settings(), **changes})
    with pytest.raises(HrmError, match=message):
        run.train(config, tmp_path / "run", resume=False)


def test_a_streamed_run_has_the_same_rows_in_each_epoch(train_toy, result, tmp_path):
    in_memory = train_toy(tmp_path / "held", num_steps=4)
    streamed = train_toy(tmp_path / "streamed", num_steps=4, data={"streaming": True})
    assert result(streamed) == result(in_memory), "all rows fit into the buffer"


def test_streamed_rows_are_read_again_for_each_epoch(train_toy, monkeypatch, tmp_path):
    passes = []
    real = data.read_examples

    def counted(config, epoch):
        passes.append(1)
        return real(config, epoch)

    monkeypatch.setattr(data, "read_examples", counted)
    monkeypatch.setattr(data, "SHUFFLE_BUFFER", 3)
    options = {"data": {"streaming": True}, "packed": False, "batch_size": 4, "num_steps": 15}
    folder = train_toy(tmp_path / "run", **options)
    epochs = 15 * 4 // 20
    # The tokenizer, the count, and the epochs; there are no held-out problems to compare with.
    assert len(passes) == 2 + epochs
    assert len(list(folder.read_log())) == 15


def test_only_the_main_process_trains_a_tokenizer_and_only_of_a_new_run(
    train_toy, monkeypatch, tmp_path
):
    is_main_only, trained = [False], []

    def mark(accelerator, act):
        is_main_only[0] = True
        try:
            return processes.in_main(accelerator, act)
        finally:
            is_main_only[0] = False

    def train_tokenizer(*given):
        trained.append(is_main_only[0])
        return trained_tokenizer(*given)

    monkeypatch.setattr(run, "in_main", mark)
    monkeypatch.setattr(run, "trained_tokenizer", train_tokenizer)
    train_toy(tmp_path / "run", num_steps=1)
    train_toy(tmp_path / "run", num_steps=2, resume=True)
    assert trained == [True]


def test_streamed_sequences_are_never_all_in_memory(make_checkpoint, settings, monkeypatch):
    config = from_mapping(TrainRunConfig, settings(data={"streaming": True}, packed=False))
    monkeypatch.setattr(data, "SHUFFLE_BUFFER", 3)
    checkpoint, loaded = make_checkpoint(), data.load_data(config.training)
    shape = {"row_length": 48, "is_packed": False}
    stream, *_ = data.load_rows(checkpoint, config.training, loaded, **shape, is_main=True)
    reader = RowReader(stream)
    for _ in range(3):
        reader.take(15)
        gc.collect()
        kept = [one.name for one in gc.get_objects() if type(one) is TokenSequence]
        assert sum(name.startswith("rows.jsonl") for name in kept) <= 3 + 2


@pytest.fixture
def overlapping(mbpp_file):
    folder = mbpp_file("mbpp/train.jsonl", {601: "a", 602: "b", 603: "c"}).parent
    mbpp_file("mbpp/test.jsonl", {11: "b"})
    return {"problems": [{"name": "mbpp", "split": "train", "source": str(folder)}]}


@pytest.mark.parametrize("streaming", [True, False])
def test_examples_that_overlap_are_left_out_of_each_pass(overlapping, streaming):
    rows = {**overlapping, "streaming": streaming}
    with pytest.raises(DataError, match="1 of 3 examples overlap"):
        data.load_data(training(data=rows))
    for policy, names in (("drop", [601, 603]), ("allow", [601, 602, 603])):
        loaded = data.load_data(training(data={**rows, "overlap": policy}))
        for _ in range(2):
            assert [e.name for e in loaded.examples()] == [f"mbpp/{number}" for number in names]
        assert len(loaded.overlaps) == 1
