import json
from dataclasses import replace
from math import inf

import pytest

from hrm_core.errors import DataError
from hrm_eval.completions import Completion, read_completions, read_own
from hrm_eval.records import RecordWriter

CODE = "def add(a, b):\n    return a + b\n"


def write(folder, *records, name="samples.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def programs(path, problems):
    return [(c.task_id, c.sample, c.completion) for c in read_completions(path, problems)]


def test_lines_of_hrm_eval_are_whole_programs(toys, tmp_path):
    path = write(
        tmp_path,
        {"task_id": "toys/2", "sample": 1, "completion": CODE},
        {"task_id": "toys/2", "sample": 0, "completion": ""},
    )
    assert programs(path, toys) == [("toys/2", 1, CODE), ("toys/2", 0, "")]


def test_lines_of_human_eval_continue_the_stub_and_are_numbered(humaneval_like, tmp_path):
    path = write(
        tmp_path,
        {"task_id": "HumanEval/0", "completion": "    return 0\n"},
        {"task_id": "HumanEval/0", "completion": "    return 1\n"},
    )
    stub = humaneval_like.problems[0].stub
    assert programs(path, humaneval_like) == [
        ("humaneval/0", 0, stub + "    return 0\n"),
        ("humaneval/0", 1, stub + "    return 1\n"),
    ]


def test_lines_of_evalplus_are_whole_programs(humaneval_like, tmp_path):
    path = write(tmp_path, {"task_id": "HumanEval/0", "solution": CODE})
    assert programs(path, humaneval_like) == [("humaneval/0", 0, CODE)]


def test_task_ids_may_be_numbers_or_spelled_as_in_other_harnesses(toys, tmp_path):
    path = write(
        tmp_path,
        {"task_id": 1, "completion": CODE},
        {"task_id": "2", "completion": CODE},
        {"task_id": "Toys/3", "solution": CODE},
    )
    assert [task_id for task_id, _, _ in programs(path, toys)] == ["toys/1", "toys/2", "toys/3"]


def test_lists_of_bigcode_are_in_the_order_of_the_problems(toys, tmp_path):
    path = tmp_path / "generations.json"
    path.write_text(json.dumps([["a", "b"], ["c"]]))
    assert programs(path, toys) == [
        ("toys/1", 0, "a"),
        ("toys/1", 1, "b"),
        ("toys/2", 0, "c"),
    ]


@pytest.mark.parametrize("as_text", [json.dumps, lambda rows: "\n".join(map(json.dumps, rows))])
def test_a_json_file_may_hold_the_objects_of_json_lines(toys, tmp_path, as_text):
    path = tmp_path / "generations.json"
    path.write_text(as_text([{"task_id": 1, "solution": "a"}, {"task_id": 2, "solution": "b"}]))
    assert programs(path, toys) == [("toys/1", 0, "a"), ("toys/2", 0, "b")]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([], "no completions in this file"),
        ([{"task_id": "toys/9", "completion": ""}], ":1: unknown task id 'toys/9' in toys/test"),
        ([{"completion": ""}], ":1: task_id: expected text or a number, got None"),
        ([{"task_id": "toys/1"}], ":1: completion: expected text, got None"),
        ([{"task_id": "toys/1", "completion": 3}], ":1: completion: expected text, got 3"),
        ([{"task_id": "toys/1", "sample": "0", "completion": ""}], "sample: expected a number"),
        (
            [{"task_id": 1, "sample": 0, "completion": "", "seconds": "x"}],
            "seconds: expected a number of at least 0, got 'x'",
        ),
        ([{"task_id": 1, "sample": 0, "completion": "", "seconds": inf}], "got inf"),
        ([{"task_id": 1, "sample": 0, "completion": "", "text": 5}], "text: expected text, got 5"),
        (
            [{"task_id": "toys/1", "sample": 0, "completion": ""}] * 2,
            "samples.jsonl:2: sample 0 of toys/1 is already at ",
        ),
    ],
)
def test_a_bad_line_is_an_error_that_names_it(toys, tmp_path, records, message):
    with pytest.raises(DataError) as caught:
        read_completions(write(tmp_path, *records), toys)
    assert message in str(caught.value)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", r"json:1: task_id: expected text or a number, got None"),
        ("[1]", r"json\[0\]: expected a JSON object, got 1"),
        ('[["a"], {}]', r"json\[0\]: expected a JSON object, got \['a'\]"),
        ("[[1]]", r"\[0\]\[0\]: expected text, got 1"),
        ("[[], [], [], [], []]", "5 lists for 4 problems"),
        ("[[]]", "no completions"),
        ("[", "json:1: not JSON"),
    ],
)
def test_a_bad_json_file_is_an_error(toys, tmp_path, content, message):
    path = tmp_path / "generations.json"
    path.write_text(content)
    with pytest.raises(DataError, match=message):
        read_completions(path, toys)


def test_a_missing_file_is_an_error(toys, tmp_path):
    with pytest.raises(DataError, match="no such completions file"):
        read_completions(tmp_path / "none.jsonl", toys)


def test_a_run_reads_its_file_except_an_incomplete_last_line(tmp_path):
    path = tmp_path / "completions.jsonl"
    written = Completion(task_id="toys/1", sample=0, completion="\ud800", text="t", seconds=0.5)
    with RecordWriter(path) as writer:
        writer.append(written.to_record())
    with path.open("a") as file:
        file.write('{"task_id": "toys/2", "sam')
    assert read_own(path) == [written]
    assert read_own(tmp_path / "none.jsonl") == []
    write(
        tmp_path, {"task_id": "toys/1", "sample": 0, "completion": "", "odd": 1}, name="odd.jsonl"
    )
    with pytest.raises(DataError, match=r"odd\.jsonl:1: odd: unknown field"):
        read_own(tmp_path / "odd.jsonl")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"task_id": "toys/1", "sample": 0, "completion": 5}', "completion: expected text, got 5"),
        ('{"task_id": "toys/1", "completion": ""}', "the field 'sample' is missing"),
        (
            '{"task_id": "toys/2", "sample": 0, "completion": ""}',
            r"sample 0 of toys/2 is already at .*:1\.",
        ),
    ],
)
def test_a_damaged_file_of_a_run_is_an_error_that_names_the_line(tmp_path, line, message):
    path = tmp_path / "completions.jsonl"
    path.write_text('{"task_id": "toys/2", "sample": 0, "completion": ""}\n' + line + "\n")
    with pytest.raises(DataError, match=f"jsonl:2: .*{message}"):
        read_own(path)


def test_lines_of_hrm_eval_keep_every_field(toys, tmp_path):
    record = {"task_id": "toys/1", "sample": 0, "completion": CODE, "text": "t", "prompt": "p",
              "num_tokens": 3, "finish_reason": "stop", "seconds": 0.5}  # fmt: skip
    (completion,) = read_completions(write(tmp_path, record), toys)
    assert completion.to_record() == record


def test_task_ids_of_evalplus_work_for_the_sanitized_edition(toys, tmp_path):
    problems = replace(
        toys,
        name="mbpp-sanitized",
        problems=(replace(toys.problems[0], task_id="mbpp-sanitized/11"),),
    )
    path = write(tmp_path, {"task_id": "Mbpp/11", "solution": CODE})
    assert programs(path, problems) == [("mbpp-sanitized/11", 0, CODE)]
