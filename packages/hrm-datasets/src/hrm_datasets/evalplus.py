"""MBPP+ and HumanEval+: the problems of MBPP and HumanEval with the inputs of EvalPlus.

A problem needs no expected results: its reference solution gives them, see `Plus`. The rows are
those of EvalPlus' releases (`MbppPlus.jsonl`, `HumanEvalPlus.jsonl`), or those on the Hugging Face
hub, which have the inputs in the source text of a test.

Not covered: which inputs on the hub are the original ones. For MBPP+ they are taken to be those up
to the last one in `test_list`; for HumanEval+ nothing tells, so it has no base score. Nor does the
hub have EvalPlus' own prompts of MBPP+, only their words.

Source: Liu et al. (2023), arXiv:2305.01210.
"""

import ast
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets.dataset import Dataset
from hrm_datasets.evalplus_inputs import convert_mbpp, read_literal
from hrm_datasets.hub import HubSource
from hrm_datasets.plus import Arguments, Plus, Rule
from hrm_datasets.problems import Problem
from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_datasets.rows import Row

_MBPP_RULES = {
    **dict.fromkeys(
        (
            "similar_elements", "find_char_long", "common_in_nested_lists", "extract_singly",
            "larg_nnum", "intersection_array", "find_dissimilar", "Diff",
        ),
        Rule.SAME_ELEMENTS,
    ),
    **dict.fromkeys(("check_str", "text_match_three", "text_starta_endb"), Rule.NOT_NONE),
    "are_equivalent": Rule.ANYTHING,
    "sum_div": Rule.OR_ZERO,
    "surface_Area": Rule.OR_SURFACE,
    "digit_distance_nums": Rule.OR_DIGIT_DISTANCE,
}  # fmt: skip
_HUMANEVAL_RULES = {"find_zero": Rule.ROOT}

# What the tests on the hub have: the inputs in one line, and the call with the tolerance.
_INPUTS = re.compile(r"^ *inputs = (.*)$", re.MULTILINE)
CALL_WITH_INPUTS = re.compile(r"(?:assertion\(|_poly\(\*)(\w+)\(\*inp\)")
_TOLERANCE = re.compile(r"(?:, |<= ?)([\d.e-]+)\)?\s*$")


def mbpp_plus_problem(row: Row) -> Problem:
    """Make a problem from a row of MBPP+, as EvalPlus has released it or as it is on the hub.

    Raises:
        DataError: If a field is missing or wrong.
    """
    number = _number(row, "Mbpp")
    if "plus_input" not in row.values:
        return _mbpp_plus_from_hub(row, number)
    entry_point = row.get("entry_point", str)
    tests = _released_tests(
        row,
        rule=_MBPP_RULES.get(entry_point, Rule.EQUAL),
        convert=partial(convert_mbpp, number),
        asserts=_asserts(row.get("assertion", str)) if "assertion" in row.values else (),
        prompt=row.get("prompt", str),
    )
    return Problem(
        task_id=f"mbpp-plus/{number}",
        text=_text(tests.prompt),
        entry_point=entry_point,
        tests=tests,
        reference=row.get("canonical_solution", str),
    )


def humaneval_plus_problem(row: Row) -> Problem:
    """Make a problem from a row of HumanEval+, as EvalPlus has released it or as it is on the hub.

    Raises:
        DataError: If a field is missing or wrong.
    """
    number = _number(row, "HumanEval")
    prompt, entry_point = row.get("prompt", str), row.get("entry_point", str)
    rule = _HUMANEVAL_RULES.get(entry_point, Rule.EQUAL)
    if "plus_input" in row.values:
        tests = _released_tests(row, rule=rule, convert=tuple)
    else:
        inputs, _, tolerance = _read_test(row)
        tests = Plus(base=(), plus=inputs, rule=rule, tolerance=tolerance)
    return Problem(
        task_id=f"humaneval-plus/{number}",
        text=prompt,
        entry_point=entry_point,
        tests=tests,
        reference=prompt + row.get("canonical_solution", str),
        stub=prompt,
    )


def _mbpp_plus_from_hub(row: Row, number: int) -> Problem:
    asserts = row.get_strings("test_list")
    inputs, entry_point, tolerance = _read_test(row)
    num_base = _count_base(inputs, asserts, entry_point)
    return Problem(
        task_id=f"mbpp-plus/{number}",
        text=row.get("prompt", str),
        entry_point=entry_point,
        tests=Plus(
            base=inputs[:num_base],
            plus=inputs[num_base:],
            rule=_MBPP_RULES.get(entry_point, Rule.EQUAL),
            tolerance=tolerance,
            asserts=asserts,
        ),
        reference=row.get("code", str),
    )


def _number(row: Row, name: str) -> int:
    """Return the number of a task, such as 2 of `Mbpp/2`."""
    task_id = row.values.get("task_id")
    if type(task_id) is int:
        return task_id
    number = row.get("task_id", str).removeprefix(f"{name}/")
    if not number.isdecimal():
        raise row.error(field="task_id", expected=f"'{name}/<number>'")
    return int(number)


def _released_tests(
    row: Row,
    *,
    rule: Rule,
    convert: Callable[[list[Any]], Arguments],
    asserts: tuple[str, ...] = (),
    prompt: str = "",
) -> Plus:
    return Plus(
        base=_inputs(row, "base_input", convert),
        plus=_inputs(row, "plus_input", convert),
        rule=rule,
        tolerance=row.get_number("atol"),
        contract=row.get("contract", str),
        asserts=asserts,
        prompt=prompt,
    )


def _inputs(
    row: Row, field: str, convert: Callable[[list[Any]], Arguments]
) -> tuple[Arguments, ...]:
    """Return the arguments of each call in a field of the release."""
    inputs = row.get_list(field)
    if field == "base_input" and not inputs:
        raise row.error(field=field, expected="at least one list of arguments")
    converted = []
    for index, arguments in enumerate(inputs):
        try:
            if not isinstance(arguments, list):
                raise TypeError(f"not a list of arguments: {arguments!r}"[:200])  # noqa: TRY301
            converted.append(convert(arguments))
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise DataError(
                f"{row.where}: {field}[{index}]: expected the arguments of a call, as in EvalPlus' "
                f"release: {error}. Fetch the file again."
            ) from error
    return tuple(converted)


def _read_test(row: Row) -> tuple[tuple[Arguments, ...], str, float]:
    """Return the inputs in the field `test` of the hub, the called name, and the tolerance."""
    test = row.get("test", str)
    inputs, checked = _INPUTS.search(test), CALL_WITH_INPUTS.search(test)
    tolerance = _TOLERANCE.search(test[checked.start() :].partition("\n")[0]) if checked else None
    if inputs is None or checked is None or tolerance is None:
        raise row.error(
            field="test", expected="a line 'inputs = [...]' and a call 'assertion(name(*inp), ...)'"
        )
    try:
        values = read_literal(inputs[1])
        arguments = tuple(map(tuple, values))
    except (TypeError, ValueError) as error:
        raise DataError(f"{row.where}: test: the inputs are wrong: {error}.") from error
    return arguments, checked[1], float(tolerance[1])


def _count_base(inputs: tuple[Arguments, ...], asserts: Iterable[str], name: str) -> int:
    """Return how many inputs are the original ones: those up to the last one in an assert.

    Of inputs that occur twice, the first counts, since the added ones repeat original ones. If no
    input is in an assert, there are as many as asserts.
    """
    asserts = tuple(asserts)
    called = [arguments for text in asserts for arguments in _calls(text, name)]
    places = [inputs.index(arguments) + 1 for arguments in called if arguments in inputs]
    return max(places, default=min(len(asserts), len(inputs)))


def _calls(source: str, name: str) -> Iterable[Arguments]:
    """Yield the arguments of each call of a name that has only literals."""
    for node in ast.walk(_parse_or_empty(source)):
        match node:
            case ast.Call(func=ast.Name(id=called), args=args, keywords=[]) if called == name:
                try:
                    yield tuple(ast.literal_eval(argument) for argument in args)
                except (ValueError, TypeError):
                    continue


def _text(prompt: str) -> str:
    """Return the words of a prompt, which is a docstring, without its asserts."""
    with suppress(ValueError, SyntaxError):
        prompt = ast.literal_eval(prompt.strip())
    lines = prompt.strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("assert ")).strip()


def _asserts(source: str) -> tuple[str, ...]:
    """Return the asserts in a text, each as its source; imports are left out."""
    return tuple(
        ast.get_source_segment(source, node) or ""
        for node in _parse_or_empty(source).body
        if isinstance(node, ast.Assert)
    )


def _parse_or_empty(source: str) -> ast.Module:
    """Return the tree of a text; an empty one if it is no Python."""
    try:
        return parse(source)
    except NOT_PYTHON:
        return ast.Module(body=[], type_ignores=[])


MBPP_PLUS = Dataset(
    name="mbpp-plus",
    to_problem=mbpp_plus_problem,
    hub=HubSource(
        path="evalplus/mbppplus",
        revision="b2d74c91837c3f2a20c1299ae98133cbe7cfa077",
    ),
)

HUMANEVAL_PLUS = Dataset(
    name="humaneval-plus",
    to_problem=humaneval_plus_problem,
    hub=HubSource(
        path="evalplus/humanevalplus",
        revision="d32357cf319e50e9c8d8dab5ea876c72b0fd321b",
    ),
)
