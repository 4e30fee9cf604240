import subprocess
import sys

import pyarrow
import pyarrow.parquet
import pytest

from hrm_core.errors import DataError
from hrm_datasets import Plus, Problem, ProblemSet, Rule
from hrm_datasets.evalplus import HUMANEVAL_PLUS, MBPP_PLUS
from hrm_datasets.evalplus_inputs import convert_mbpp, read_literal
from hrm_datasets.overlap import HeldOut

MBPP_ROW = {
    "task_id": "Mbpp/2",
    "prompt": '"""\nWrite a function to find shared elements.\nassert similar([1]) == 1\n"""\n',
    "entry_point": "similar_elements",
    "canonical_solution": "\ndef similar_elements(a, b):\n    return tuple(set(a) & set(b))\n",
    "base_input": [[[3, 4], [5, 4]]],
    "plus_input": [[[], []], [[1], [1, 2]]],
    "atol": 0,
    "contract": "\n  assert isinstance(a, tuple) # $_CONTRACT_$\n",
    "assertion": "\nimport math\nassert similar_elements((3, 4), (5, 4)) == (4,)\n",
}
HUMANEVAL_ROW = {
    "task_id": "HumanEval/32",
    "prompt": 'def find_zero(xs: list):\n    """Find x such that poly(x) = 0."""\n',
    "entry_point": "find_zero",
    "canonical_solution": "    return -xs[0] / xs[1]\n",
    "base_input": [[[1, 2]]],
    "plus_input": [[[-10, 5]]],
    "atol": 1e-4,
    "contract": "",
}
HUB_TEST = """import numpy as np
from math import inf

def is_floats(x) -> bool:
    return isinstance(x, float)

def assertion(out, exp, atol):
    assert out == exp

inputs = [[(3, 4), (5, 4)], [(-inf, 2), {1}]]
results = [(4,), ()]
for i, (inp, exp) in enumerate(zip(inputs, results)):
    assertion(similar_elements(*inp), exp, 0)
"""
MBPP_HUB_ROW = {
    "task_id": 2,
    "code": "def similar_elements(a, b):\n    return tuple(set(a) & set(b))",
    "prompt": "Write a function to find shared elements.",
    "source_file": "x.ipynb",
    "test_imports": [],
    "test_list": ["assert set(similar_elements((3, 4), (5, 4))) == set((4,))"],
    "test": HUB_TEST,
}
HUMANEVAL_HUB_ROW = {
    "task_id": "HumanEval/32",
    "prompt": HUMANEVAL_ROW["prompt"],
    "entry_point": "find_zero",
    "canonical_solution": HUMANEVAL_ROW["canonical_solution"],
    "test": "import math\ndef check(candidate):\n    inputs = [[[1, 2]], [[-10, 5]]]\n"
    "    results = [-0.5, 2.0]\n    for i, (inp, exp) in enumerate(zip(inputs, results)):\n"
    "        assert _poly(*candidate(*inp), inp) <= 0.0001\n",
}


@pytest.fixture
def load(write_rows):
    def load(dataset, *rows):
        return dataset.load(source=write_rows("plus.jsonl", rows))

    return load


def test_a_released_row_of_mbpp_plus_becomes_a_problem(load):
    (problem,) = load(MBPP_PLUS, MBPP_ROW)
    assert problem.task_id == "mbpp-plus/2"
    assert problem.text == "Write a function to find shared elements."
    assert problem.entry_point == "similar_elements"
    assert problem.reference == MBPP_ROW["canonical_solution"]
    assert problem.stub == problem.setup == ""
    assert problem.tests == Plus(
        base=(((3, 4), (5, 4)),),
        plus=(((), ()), ((1,), (1, 2))),
        rule=Rule.SAME_ELEMENTS,
        tolerance=0.0,
        contract=MBPP_ROW["contract"],
        asserts=("assert similar_elements((3, 4), (5, 4)) == (4,)",),
        prompt=MBPP_ROW["prompt"],
    )
    assert len(problem.tests) == 3


def test_a_released_row_of_humaneval_plus_becomes_a_problem(load):
    (problem,) = load(HUMANEVAL_PLUS, HUMANEVAL_ROW)
    assert problem.task_id == "humaneval-plus/32"
    assert problem.text == problem.stub == HUMANEVAL_ROW["prompt"]
    assert problem.reference == HUMANEVAL_ROW["prompt"] + "    return -xs[0] / xs[1]\n"
    assert problem.tests == Plus(
        base=(([1, 2],),), plus=(([-10, 5],),), rule=Rule.ROOT, tolerance=1e-4
    )


def test_a_row_of_mbpp_plus_on_the_hub_becomes_a_problem(load):
    (problem,) = load(MBPP_PLUS, MBPP_HUB_ROW)
    assert problem.task_id == "mbpp-plus/2"
    assert problem.text == MBPP_HUB_ROW["prompt"]
    assert problem.reference == MBPP_HUB_ROW["code"]
    assert problem.tests == Plus(
        base=(((3, 4), (5, 4)),),
        plus=(((float("-inf"), 2), {1}),),
        rule=Rule.SAME_ELEMENTS,
        asserts=tuple(MBPP_HUB_ROW["test_list"]),
    )


def test_an_added_input_on_the_hub_that_repeats_an_original_one_is_not_original(load):
    test = HUB_TEST.replace("{1}]]", "{1}], [(3, 4), (5, 4)]]")
    (problem,) = load(MBPP_PLUS, MBPP_HUB_ROW | {"test": test})
    assert problem.tests.base == (((3, 4), (5, 4)),)
    assert problem.tests.plus == (((float("-inf"), 2), {1}), ((3, 4), (5, 4)))


def test_a_row_of_humaneval_plus_on_the_hub_has_no_base_inputs(load):
    (problem,) = load(HUMANEVAL_PLUS, HUMANEVAL_HUB_ROW)
    assert problem.tests == Plus(
        base=(), plus=(([1, 2],), ([-10, 5],)), rule=Rule.ROOT, tolerance=1e-4
    )


def test_a_copy_of_the_repository_on_the_hub_is_a_source(tmp_path):
    (tmp_path / "data").mkdir()
    table = pyarrow.Table.from_pylist([MBPP_HUB_ROW])
    file = tmp_path / "data" / "test-00000-of-00001-d5781c9c51e02795.parquet"
    pyarrow.parquet.write_table(table, file)
    assert [problem.task_id for problem in MBPP_PLUS.load(source=tmp_path)] == ["mbpp-plus/2"]


def test_a_test_on_the_hub_that_calls_the_reference_is_read(load):
    test = HUB_TEST.replace("exp, 0)", "ref_func(*inp), 1e-06)")
    (problem,) = load(MBPP_PLUS, MBPP_HUB_ROW | {"test": test})
    assert problem.tests.tolerance == 1e-6


@pytest.mark.parametrize(
    ("dataset", "path", "revision"),
    [
        (MBPP_PLUS, "evalplus/mbppplus", "b2d74c91837c3f2a20c1299ae98133cbe7cfa077"),
        (HUMANEVAL_PLUS, "evalplus/humanevalplus", "d32357cf319e50e9c8d8dab5ea876c72b0fd321b"),
    ],
)
def test_the_hub_is_asked_for_the_pinned_revision(hub, dataset, path, revision):
    hub.rows = [MBPP_HUB_ROW if dataset is MBPP_PLUS else HUMANEVAL_HUB_ROW]
    assert len(dataset.load()) == 1
    assert hub.requests == [(path, None, "test", revision)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"base_input": None}, "base_input: expected list, got None"),
        ({"base_input": []}, "base_input: expected at least one list of arguments"),
        ({"base_input": [3]}, r"base_input\[0\]: expected the arguments of a call"),
        ({"plus_input": [[[], []], [1, 2]]}, r"plus_input\[1\]: expected the arguments of a call"),
        ({"atol": "0"}, "atol: expected number, got '0'"),
        ({"contract": None}, "contract: expected str, got None"),
        ({"task_id": "HumanEval/2"}, "task_id: expected 'Mbpp/<number>'"),
    ],
)
def test_a_released_row_that_cannot_be_used_is_named(load, changes, message):
    with pytest.raises(DataError, match=f"plus.jsonl:1: {message}"):
        load(MBPP_PLUS, MBPP_ROW | changes)


@pytest.mark.parametrize(
    "field", ["entry_point", "canonical_solution", "base_input", "atol", "contract", "prompt"]
)
def test_a_released_row_without_a_field_names_it(load, field):
    row = {name: value for name, value in MBPP_ROW.items() if name != field}
    with pytest.raises(DataError, match=rf"plus.jsonl:1: no field '{field}', got the fields "):
        load(MBPP_PLUS, row)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("inputs = [1]", r"test: expected a line 'inputs = \[...\]' and a call"),
        (HUB_TEST.replace("-inf", "exit()"), r"test: the inputs are wrong: not a Python literal"),
        (HUB_TEST.replace("inputs = [", "inputs = [7, "), "test: the inputs are wrong: 'int' obj"),
    ],
)
def test_a_row_of_the_hub_whose_test_has_another_form_is_named(load, test, message):
    with pytest.raises(DataError, match=f"plus.jsonl:1: {message}"):
        load(MBPP_PLUS, MBPP_HUB_ROW | {"test": test})


def test_the_20_published_problems_load(shared_mbpp):
    problems = MBPP_PLUS.load(source=shared_mbpp.parent / "mbpp_plus_sample.jsonl")
    assert len(problems) == 20
    for problem in problems:
        assert len(problem.tests.base) >= 3, problem.task_id
        assert len(problem.tests.plus) > 100, problem.task_id
        assert problem.tests.asserts
        assert all(problem.entry_point in text for text in problem.tests.texts)
        assert not problem.text.startswith(("'", '"'))
    assert problems.find("Mbpp/61").entry_point == "count_Substrings"
    assert problems.find(2).tests.base[0] == ((3, 4, 5, 6), (5, 7, 4, 10))


@pytest.mark.parametrize(
    ("number", "arguments", "converted"),
    [
        (3, [[1], 2], ([1], 2)),
        (116, [[1, 2]], ((1, 2),)),
        (63, [[[1, 2], [3, 4]]], ([(1, 2), (3, 4)],)),
        (259, [[[1, 2]], [[3]]], (((1, 2),), ((3,),))),
        (75, [[[1, 2]], 3], ([(1, 2)], 3)),
        (250, [[1, 2], 3], ((1, 2), 3)),
        (307, [[1, [2]], 3, 4], ((1, [2]), 3, 4)),
        (106, [[1], [2]], ([1], (2,))),
        (278, [[1, [2, 3], "x"]], ((1, (2, 3), "x"),)),
        (580, [[1, [2, [3]]]], ((1, (2, (3,))),)),
        (115, [[[1, 2], [], 3]], ([{1, 2}, {}, {}],)),
        (722, [{"a": [1, 2]}, 3, 4], ({"a": (1, 2)}, 3, 4)),
        (124, ["1", "2j"], (1.0, 2j)),
        (252, ["(1+2j)"], (1 + 2j,)),
    ],
)
def test_lists_become_what_the_task_takes(number, arguments, converted):
    assert repr(convert_mbpp(number, arguments)) == repr(converted)


def test_a_literal_may_have_infinities_sets_and_complex_numbers():
    assert read_literal(" [-inf, {1, 2}, set(), 1+2j, (3,)]") == [
        float("-inf"), {1, 2}, set(), 1 + 2j, (3,),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not a Python literal"):
        read_literal("[open('x')]")


FINGERPRINT = """
from hrm_datasets import Plus, Problem, ProblemSet
tests = Plus(base=(({'a', 'b', 'c'}, {'k': 1 + 2j}),), plus=((float('inf'), 'x'),))
problem = Problem(task_id='toy/1', text='', entry_point='f', tests=tests)
print(ProblemSet(name='toy', split='test', problems=(problem,)).fingerprint)
"""


def test_the_fingerprint_of_sets_is_the_same_in_every_process():
    run = [sys.executable, "-c", FINGERPRINT]
    prints = {subprocess.check_output(run) for _ in range(4)}
    assert len(prints) == 1


def test_a_problem_can_be_a_key(load):
    first, second = load(MBPP_PLUS, MBPP_ROW), load(MBPP_PLUS, MBPP_ROW)
    assert {*first, *second} == set(first)


def test_the_fingerprint_depends_on_the_inputs_and_their_types_and_on_the_prompt():
    def fingerprint(*arguments, prompt=""):
        tests = Plus(base=(arguments,), plus=(), prompt=prompt)
        problem = Problem(task_id="toy/1", text="", entry_point="f", tests=tests)
        return ProblemSet(name="toy", split="test", problems=(problem,)).fingerprint

    prints = {fingerprint(1), fingerprint(1.0), fingerprint([1]), fingerprint((1,)), fingerprint()}
    prints.add(fingerprint(1, prompt="Add."))
    assert len(prints) == 6


@pytest.mark.parametrize(("dataset", "row"), [(MBPP_PLUS, MBPP_ROW), (MBPP_PLUS, MBPP_HUB_ROW)])
def test_training_examples_that_share_something_are_found(load, dataset, row):
    held_out = HeldOut(load(dataset, row))
    assert held_out.find("def similar_elements(x): ...").problem == "mbpp-plus/2"
    shared = held_out.find_test(row.get("assertion") or row["test_list"][0])
    assert shared.problem == "mbpp-plus/2"
