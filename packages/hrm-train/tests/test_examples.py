import gzip
import json
import os

import pytest

from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_train.examples import Example, problem_examples, read_examples, read_file
from hrm_train.train_config import DataConfig, ProblemsConfig


@pytest.mark.parametrize(
    ("row", "prompt", "response"),
    [
        ({"prompt": "a", "response": "b"}, "a", "b"),
        ({"instruction": "a", "response": "b"}, "a", "b"),
        ({"prompt": "", "response": "b"}, "", "b"),
        ({"text": "b"}, "", "b"),
        ({"prompt": "a", "response": "b", "id": 7}, "a", "b"),
        ({"prompt": "a", "response": "2026-01-01"}, "a", "2026-01-01"),
    ],
)
def test_a_row_of_json_lines_becomes_an_example(write_rows, row, prompt, response):
    path = write_rows("rows.jsonl", [row])
    examples = list(read_file(path))
    assert examples == [Example("rows.jsonl:1", prompt, response)]


def test_rows_with_different_fields_may_be_mixed(write_rows):
    rows = [{"prompt": "a", "response": "b"}, {"text": "c"}, {"instruction": "d", "response": "e"}]
    path = write_rows("rows.jsonl", rows)
    texts = [(e.prompt, e.response) for e in read_file(path)]
    assert texts == [("a", "b"), ("", "c"), ("d", "e")]


def test_a_compressed_file_is_read_like_a_plain_one(tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": "a"}).encode()))
    assert list(read_file(path)) == [Example("rows.jsonl.gz:1", "", "a")]


ROW = json.dumps({"text": "a"})


@pytest.mark.parametrize(
    "name",
    [
        *("rows.jsonlines", "rows.ndjson", "rows.NDJSON", "rows.txt", "rows", "rows.jsonl.bak"),
        *("rows-00001", "rows.data", "rows.py"),
    ],
)
@pytest.mark.parametrize("start", ["", "\n \n", "\ufeff"], ids=["at once", "blank lines", "mark"])
def test_a_file_whose_first_line_is_an_object_is_json_lines(tmp_path, name, start):
    path = tmp_path / name
    path.write_text(f"{start}{ROW}\n{ROW}\n", encoding="utf-8")
    first = 1 + start.count("\n")
    assert list(read_file(path)) == [
        Example(f"{name}:{first}", "", "a"),
        Example(f"{name}:{first + 1}", "", "a"),
    ]


@pytest.mark.parametrize(
    "text", ['{\n  "text": "a"\n}\n', "[1]\n", '"a"\n', "{x}\n", "# {}\n", "[" * 99_999]
)
def test_other_first_lines_are_plain_text(tmp_path, text):
    path = tmp_path / "notes.txt"
    path.write_text(text)
    assert list(read_file(path)) == [Example("notes.txt", "", text)]


@pytest.mark.parametrize(
    ("name", "text", "responses"),
    [
        ("rows.json.gz", f"[{ROW}, {ROW}]", ["a", "a"]),
        ("rows.json.gz", f"{ROW}\n{ROW}\n", ["a", "a"]),
        ("rows.ndjson.gz", ROW, ["a"]),
        ("rows.txt.gz", ROW, ["a"]),
        ("rows.JSONL.GZ", ROW, ["a"]),
        ("notes.md.gz", "\ufeffone\ntwo\n", ["one\ntwo\n"]),
    ],
)
def test_any_file_may_be_compressed(tmp_path, name, text, responses):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()))
    assert [example.response for example in read_file(path)] == responses


def cut(data):
    return data[: len(data) // 2]


def flip(data):
    """Change a byte of the checksum."""
    return data[:-6] + bytes([data[-6] ^ 1]) + data[-5:]


def spoil(data):
    """Change the compressed data itself."""
    return data[:20] + bytes(byte ^ 0x5A for byte in data[20:40]) + data[40:]


def replace(data):
    return b"not compressed at all\n"


@pytest.mark.parametrize("damage", [cut, flip, spoil, replace])
@pytest.mark.parametrize("name", ["rows.jsonl.gz", "rows.json.gz", "rows.data.gz", "notes.txt.gz"])
def test_a_damaged_compressed_file_is_named(tmp_path, name, damage):
    words = [f"{number} {number * number}" for number in range(4000)]
    rows = [json.dumps({"text": word}) for word in words]
    text = "\n".join(words if name == "notes.txt.gz" else rows)
    path = tmp_path / name
    path.write_bytes(damage(gzip.compress(text.encode())))
    with pytest.raises(DataError, match=f"{name}: cut or damaged: .*Copy or download it again"):
        list(read_file(path))


@pytest.mark.parametrize("name", ["rows.jsonl.zst", "rows.jsonl.xz", "all.zip", "ROWS.BZ2"])
def test_files_packed_in_another_way_are_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x28\xb5\x2f\xfd")
    with pytest.raises(DataError, match=f"{name}: of packed files, only .gz is supported. Unpack"):
        list(read_file(tmp_path / name))


PAIR = {"prompt": "a", "response": "b"}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**PAIR, "context": "c"}, "context"),
        ({**PAIR, "input": "c"}, "input"),
        ({"instruction": "a", "input": "c", "response": "b", "output": "b"}, "input"),
        ({**PAIR, "system": "c"}, "system"),
        ({**PAIR, "system_prompt": "c"}, "system_prompt"),
        ({**PAIR, "systemMessage": "c"}, "systemMessage"),
        ({**PAIR, "history": [["q", "a"]]}, "history"),
        ({**PAIR, "messages": [{"role": "user", "content": "c"}]}, "messages"),
        ({**PAIR, "conversations": [{"from": "human", "value": "c"}]}, "conversations"),
        ({**PAIR, "Context": {"file": "c"}}, "Context"),
        ({**PAIR, "instruction": "c"}, "instruction"),
        ({**PAIR, "text": "c"}, "text"),
        ({**PAIR, "few_shot_examples": ["c"]}, "few_shot_examples"),
        ({**PAIR, "source_document": "c"}, "source_document"),
        ({"text": "a", "context": "c"}, "context"),
        ({"text": "a", "prefix": "c"}, "prefix"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_field_that_seems_to_belong_to_the_prompt_is_refused(write_rows, row, field):
    path = write_rows("rows.jsonl", [PAIR, row])
    with pytest.raises(DataError, match=f"rows.jsonl:2: '{field}' seems to belong to the prompt"):
        list(read_file(path))


@pytest.mark.parametrize("field", ["code", "completion", "target"])
def test_a_row_of_a_dataset_is_not_read_as_its_question_alone(write_rows, field):
    path = write_rows("rows.jsonl", [{"text": "Write a function.", field: "def f(): pass"}])
    with pytest.raises(DataError, match=rf"rows.jsonl:1: '{field}' .*training\.data\.problems"):
        list(read_file(path))
    [example] = read_file(write_rows("pair.jsonl", [{**PAIR, field: "def f(): pass"}]))
    assert example.response == "b"


def test_a_blank_response_is_refused(write_rows):
    with pytest.raises(DataError, match="expected non-empty texts"):
        list(read_file(write_rows("rows.jsonl", [{"prompt": "a", "response": " \n"}])))


@pytest.mark.parametrize(
    "more",
    [
        *({"input": empty} for empty in ("", None, [], {})),
        {
            "id": 7,
            "source": "web",
            "language": "python",
            "url": "x",
            "score": 0.5,
            "license": "MIT",
        },
        {"prompt_id": "x", "message_id": "y", "context_length": 9, "document_url": "z"},
        {
            "is_system": True,
            "num_turns": 2,
            "input_tokens": 5,
            "question_type": "how",
            "tags": ["a"],
        },
    ],
)
def test_empty_fields_and_metadata_are_ignored(write_rows, more):
    [example] = read_file(write_rows("rows.jsonl", [{**PAIR, **more}]))
    assert (example.prompt, example.response) == ("a", "b")


def test_files_of_one_name_are_told_apart_by_their_folders(write_rows):
    first, second = (write_rows(f"{folder}/rows.jsonl", [PAIR]) for folder in "xy")
    other, again = write_rows("other.jsonl", [PAIR]), str(write_rows("z.jsonl", [PAIR]))
    config = DataConfig(
        files=[str(first), str(other), again, again], validation_files=[str(second)]
    )
    names = [example.name for example in read_examples(config)]
    assert names == [f"{first}:1", "other.jsonl:1", "z.jsonl:1", "z.jsonl:1"]
    second.write_text("{")
    config = DataConfig(files=[str(first), str(second)])
    with pytest.raises(DataError, match=f"{second}:1: not JSON"):
        list(read_examples(config))


def test_a_plain_text_is_one_example(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("one\ntwo\n", encoding="utf-8")
    assert list(read_file(path)) == [Example("notes.md", "", "one\ntwo\n")]


@pytest.mark.parametrize("start", ["", "\ufeff\n "])
def test_a_json_file_may_be_one_list(tmp_path, start):
    path = tmp_path / "rows.json"
    rows = [{"prompt": "a", "response": "b"}, {"text": "c"}]
    path.write_text(start + json.dumps(rows, indent=2), encoding="utf-8")
    assert list(read_file(path)) == [
        Example("rows.json[0]", "a", "b"),
        Example("rows.json[1]", "", "c"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"text": "a"}, 3]', r"rows.json\[1\]: expected a JSON object, got 3"),
        ('[{"text": "a"}, {}]', r"rows.json\[1\]: expected non-empty texts"),
        ('[{"text": "a"}', r"rows.json:1: not JSON"),
        ("[]", r"rows.json: the file is empty"),
    ],
)
def test_a_broken_list_is_an_error(tmp_path, text, message):
    path = tmp_path / "rows.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        list(read_file(path))


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "a"},
        {"response": "b"},
        {"prompt": "a", "response": ""},
        {"prompt": 1, "response": "b"},
        {"prompt": "a", "response": ["b"]},
        {"question": "a", "answer": "b"},
        {"text": ""},
    ],
)
def test_a_row_without_its_texts_is_named(write_rows, row):
    path = write_rows("rows.jsonl", [row])
    with pytest.raises(DataError, match=r"rows.jsonl:1: expected non-empty texts: 'prompt'"):
        list(read_file(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a"}\n\n{"text": \n', r"rows.jsonl:3: not JSON: "),
        (b"plain words\n", r"rows.jsonl:1: not JSON: "),
        (b'[{"text": "a"}]', r"rows.jsonl:1: expected an object, got list. Write one object per"),
        (b"[" * 100_000, r"rows.jsonl:1: not JSON: "),
        (b'{"text": "\xff"}\n', r"rows.jsonl: cannot be read: .*utf-8"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, content, message):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        list(read_file(path))


def test_only_line_feeds_separate_lines(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a\u2028b\x0cc"}\r\n\n{"text": "d"}'.replace("\x0c", "\\f"))
    responses = [(e.name, e.response) for e in read_file(path)]
    assert responses == [("rows.jsonl:1", "a\u2028b\x0cc"), ("rows.jsonl:3", "d")]


@pytest.mark.parametrize("folder", ["runs [2]", "a*"])
@pytest.mark.parametrize("name", ["data[1].jsonl", "what?.JSONL", "d\u00e9j\u00e0 vu.json"])
def test_special_characters_in_a_file_name_are_no_pattern(tmp_path, folder, name):
    (tmp_path / folder).mkdir()
    path = tmp_path / folder / name
    for other in ("data1.jsonl", "whatX.JSONL"):
        (tmp_path / folder / other).write_text('{"text": "other"}\n')
    path.write_text('{"text": "own"}\n')
    assert list(read_file(path)) == [Example(f"{name}:1", "", "own")]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a::b.jsonl", r"reads '::' as a chain of archives. Rename the file"),
        ("rows.CSV", "tables are not supported. Write JSON Lines"),
        ("folder", r"training.data: .*folder is a folder. List its files"),
    ],
)
def test_a_file_that_cannot_be_training_data_is_named(tmp_path, name, message):
    path = tmp_path / name
    path.mkdir() if name == "folder" else path.write_text("a,b\n")
    with pytest.raises(DataError, match=message):
        list(read_file(path))


@pytest.mark.parametrize("name", ["rows.jsonl", "notes.py"])
def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path, name):
    path = tmp_path / name
    path.write_text('{"text": "a"}' if name == "rows.jsonl" else "a", encoding="utf-8-sig")
    assert [example.response for example in read_file(path)] == ["a"]


def test_a_text_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"notes.txt: cannot be read: .*codec"):
        list(read_file(path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"training.data: no such file: .*gone.jsonl"):
        list(read_file(tmp_path / "gone.jsonl"))


@pytest.mark.parametrize("streaming", [True, False], ids=["streamed", "held"])
@pytest.mark.parametrize("content", ["", "\n \n"])
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "notes.txt"])
def test_an_empty_file_is_named(tmp_path, name, content, streaming):
    (tmp_path / name).write_text(content)
    config = DataConfig(files=[str(tmp_path / name)], streaming=streaming)
    with pytest.raises(DataError, match=f"{name}: the file is empty. Remove it from the config"):
        list(read_examples(config))


def test_no_data_at_all_is_an_error():
    with pytest.raises(DataError, match=r"training.data.problems"):
        list(read_examples(DataConfig()))


def test_problems_come_first_with_their_solutions_then_the_files(mbpp_file, write_rows):
    source = mbpp_file("train.jsonl", {601: "first", 602: "second"})
    problems = ProblemsConfig(name="mbpp", split="train", source=str(source))
    config = DataConfig(problems=[problems], files=[str(write_rows("rows.jsonl", [{"text": "a"}]))])
    examples = list(read_examples(config))
    assert [example.name for example in examples] == ["mbpp/601", "mbpp/602", "rows.jsonl:1"]
    assert examples[0].response == "def first(a):\n    return a"
    assert "Write first." in examples[0].prompt
    assert "assert first(601) == 601" in examples[0].prompt


def test_streamed_sources_are_mixed_in_proportion_to_their_sizes(mbpp_file, write_rows):
    numbers = range(601, 607)
    source = mbpp_file("train.jsonl", {number: f"f{number}" for number in numbers})
    problems = ProblemsConfig(name="mbpp", split="train", source=str(source))
    files = [str(write_rows("a.jsonl", [{"text": "x"}] * 2)), str(write_rows("b.jsonl", [PAIR]))]
    config = DataConfig(problems=[problems], files=files, streaming=True)
    names = [example.name for example in read_examples(config)]
    assert [name.removeprefix("mbpp/") for name in names] == [
        "601",
        "602",
        "a.jsonl:1",
        "603",
        "b.jsonl:1",
        "604",
        "605",
        "a.jsonl:2",
        "606",
    ]


def test_a_problem_without_a_solution_is_an_error(monkeypatch, make_problem):
    from hrm_train import splits

    problem = make_problem(reference=" \n")
    monkeypatch.setattr(splits, "load_problems", lambda *_, **__: [problem])
    with pytest.raises(DataError, match="toys/1: the dataset has no solution to train on"):
        list(problem_examples(ProblemsConfig(name="mbpp", split="train"), DataConfig()))


def test_a_setting_that_does_not_fit_the_split_is_named():
    starter = ProblemsConfig(name="starter", split="test")
    config = DataConfig(problems=[starter, starter.model_copy(update={"seed": 3})])
    with pytest.raises(ConfigError, match=r"^training\.data\.problems\.1: seed: the split 'test'"):
        list(read_examples(config))


def test_a_registered_dataset_is_read_by_its_name():
    examples = list(
        read_examples(DataConfig(problems=[ProblemsConfig(name="starter", split="test")]))
    )
    assert len(examples) == 25
    with pytest.raises(UsageError, match="unknown dataset 'startr'"):
        list(read_examples(DataConfig(problems=[ProblemsConfig(name="startr", split="test")])))


def test_a_file_that_changed_and_kept_its_date_is_read_again(tmp_path):
    path = tmp_path / "rows.jsonl"
    for text in ("old", "new"):
        path.write_text(f'{{"text": "{text}"}}\n')
        os.utime(path, (1e9, 1e9))
        assert [example.response for example in read_file(path)] == [text]
