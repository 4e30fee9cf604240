import base64
import contextlib
import json
import os
import pickle
import random
import zlib

import pytest

from hrm_core.errors import DataError
from hrm_datasets import Row, livecodebench
from hrm_datasets.livecodebench import LIVECODEBENCH


def cases_of(*pairs, testtype="stdin"):
    return json.dumps([{"input": i, "output": o, "testtype": testtype} for i, o in pairs])


def packed(value, protocol=None):
    return compressed(pickle.dumps(value, protocol))


def compressed(data):
    return base64.b64encode(zlib.compress(data)).decode()


ROW = {
    "question_id": "abc301_a",
    "question_content": "Print twice the number.",
    "starter_code": "",
    "public_test_cases": cases_of(("1", "2")),
    "private_test_cases": cases_of(("21", "42")),
}


@pytest.fixture
def load(tmp_path):
    """Return a function that loads rows, each a change of `ROW`, from a file."""

    def load(*changes):
        path = tmp_path / "test.jsonl"
        path.write_text("".join(json.dumps({**ROW, **change}) + "\n" for change in changes))
        return LIVECODEBENCH.load(source=path)

    return load


@pytest.mark.parametrize("private", [ROW["private_test_cases"], packed(ROW["private_test_cases"])])
def test_both_editions_become_the_same_problem(load, private):
    (problem,) = load({"private_test_cases": private})
    assert problem.task_id == "livecodebench/abc301_a"
    assert problem.tests.cases == (("1", "2", True), ("21", "42", False))
    assert problem.tests.tolerance == 0
    assert problem.reference == ""


def test_problems_that_call_a_function_are_left_out_and_counted(load):
    functional = {
        "question_id": "2777",
        "starter_code": "class Solution:\n    pass\n",
        "public_test_cases": cases_of(("1", "2"), testtype="functional"),
    }
    problems = load({}, functional)
    assert len(problems) == 1
    assert "1 of 2 rows are left out, because they need calls of a function" in problems.notes[0]


def test_a_folder_is_read_with_all_its_releases_in_their_order(tmp_path):
    folder = tmp_path / "lite"
    folder.mkdir()
    names = ["test", *(f"test{number}" for number in range(2, 11))]
    for number, name in enumerate([*names, "tests", "train"]):
        row = json.dumps({**ROW, "question_id": f"{name}-{number}"})
        (folder / f"{name}.jsonl").write_text(row + "\n")
    (folder / "test2.md").write_text("# Notes\n")
    expected = [f"{name}-{number}" for number, name in enumerate(names)]
    for source in (folder, tmp_path):
        problems = LIVECODEBENCH.load(source=source)
        assert [p.task_id.removeprefix("livecodebench/") for p in problems] == expected


def test_a_folder_that_lacks_a_release_is_refused(tmp_path):
    for name in ("test", "test3", "test5"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(ROW) + "\n")
    with pytest.raises(DataError, match="expected all releases of 'test', got no test2, test4"):
        LIVECODEBENCH.load(source=tmp_path)


def test_a_folder_with_the_newest_release_alone_is_read(tmp_path):
    (tmp_path / "test6.jsonl").write_text(json.dumps(ROW) + "\n")
    assert len(LIVECODEBENCH.load(source=tmp_path)) == 1


class Attack:
    def __reduce__(self):
        return os.system, ("false",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"private_test_cases": packed(Attack())}, r"packed \(it holds more than a text: STACK_GL"),
        ({"private_test_cases": packed([1])}, r"packed \(it holds more than a text: EMPTY_LIST\)"),
        ({"private_test_cases": compressed(b".")}, r"packed \(it holds no text\)"),
        ({"private_test_cases": compressed(b"r\xff\xff\xff\x7f.")}, r"packed \(it holds no text\)"),
        (
            {"private_test_cases": compressed(b"\x8d" + b"\xff" * 8)},
            "private_test_cases: expected a",
        ),
        ({"private_test_cases": compressed(b"\x8a\x08" + b"\x7f" * 8 + b".")}, "a text: LONG1"),
        ({"private_test_cases": packed("[" * 200_000)}, "private_test_cases: expected a JSON list"),
        ({"public_test_cases": "[" * 200_000}, r"public_test_cases: .* packed \(maximum recursion"),
        ({"private_test_cases": packed("[]")[:12]}, r"packed \(it is cut off\)"),
        ({"private_test_cases": "?"}, "private_test_cases: expected a JSON list of tests"),
        ({"public_test_cases": "[1"}, "public_test_cases: expected a JSON list of tests"),
        ({"public_test_cases": '[{"input": "1"}]'}, "test 1 has no text as 'output'"),
        ({"public_test_cases": "[3]"}, "test 1 has no text as 'input'"),
        ({"public_test_cases": cases_of(("1", "2"), testtype="x")}, "test 1 has the testtype 'x'"),
    ],
)
def test_broken_tests_are_named(load, change, message):
    with pytest.raises(DataError, match=message):
        load(change)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("length", [1, 300, 100_000])
def test_a_text_that_is_packed_by_any_protocol_is_read(load, protocol, length):
    text = "\u00e9\n" * length
    case = {"input": text, "output": "\U0001f600", "testtype": "stdin"}
    private = json.dumps([case], ensure_ascii=False)
    (problem,) = load({"private_test_cases": packed(private, protocol)})
    assert problem.tests.cases[1] == (text, "\U0001f600", False)


def test_tests_that_unpack_to_too_much_are_named(load, monkeypatch):
    monkeypatch.setattr(livecodebench, "_MAX_BYTES", 1000)
    assert len(load({"private_test_cases": packed(cases_of(("1", "2" * 900)))})) == 1
    with pytest.raises(DataError, match=r":1: private_.* packed \(it has more than 1,000 bytes\)"):
        load({"private_test_cases": packed(cases_of(("1", "2" * 1000)))})


def test_any_damage_to_packed_tests_is_a_broken_row():
    draw = random.Random(0)
    data = pickle.dumps(ROW["private_test_cases"])
    for _ in range(2000):
        damaged = bytearray(data)
        for place in draw.sample(range(len(data)), 3):
            damaged[place] = draw.randrange(256)
        row = Row("row", {**ROW, "private_test_cases": compressed(bytes(damaged))})
        with contextlib.suppress(DataError):
            livecodebench.to_problem(row)


def test_without_a_source_the_error_asks_for_one():
    with pytest.raises(DataError, match="--source PATH"):
        LIVECODEBENCH.load()
