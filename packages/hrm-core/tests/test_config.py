import re

import pytest
from pydantic import Field

from hrm_core.config import (
    Section,
    flatten,
    from_mapping,
    merge,
    parse_overrides,
    read_config,
    to_yaml,
)
from hrm_core.errors import ConfigError


class Inner(Section):
    renamed = {"temp": "temperature"}

    temperature: float = 0.0
    count: int = Field(default=1, ge=1)


class Outer(Section):
    inner: Inner = Inner()
    name: str
    tags: list[str] = []


def write(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


class Deeper(Outer):
    ignored = ("other", "depth")

    depth: int = 0


def test_keys_of_other_programs_are_left_out_unless_the_section_has_them():
    section = from_mapping(Deeper, {"name": "x", "other": {"any": [1]}, "depth": 2})
    assert section == Deeper(name="x", depth=2)
    with pytest.raises(ConfigError, match=r"othr: unknown key"):
        from_mapping(Deeper, {"name": "x", "othr": 1})


class Holder(Section):
    maybe: Inner | None = None
    several: list[Inner] = []
    ids: int | list[int] | None = None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"maybe": {"temp": 1.0}}, "maybe.temp: unknown key. Use 'temperature'."),
        ({"several": [{}, {"cout": 1}]}, "several.1.cout: unknown key. Did you mean 'count'?"),
        ({"ids": "abc"}, "ids: expected int, got 'abc' (str)."),
    ],
)
def test_errors_in_optional_sections_and_lists_name_the_right_keys(values, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        from_mapping(Holder, values)


def test_a_file_extends_others_and_mappings_merge(tmp_path):
    write(tmp_path, "one.yaml", "name: one\ninner: {temperature: 0.5, count: 2}\ntags: [a, b]\n")
    write(tmp_path, "two.yaml", "inner: {count: 3}\n")
    top = write(tmp_path, "top.yaml", "extends: [one.yaml, two.yaml]\ntags: [c]\n")
    assert read_config(top) == {
        "name": "one",
        "inner": {"temperature": 0.5, "count": 3},
        "tags": ["c"],
    }


def test_extends_is_relative_to_the_file_it_appears_in(tmp_path):
    (tmp_path / "deep").mkdir()
    write(tmp_path, "base.yaml", "name: base\n")
    write(tmp_path / "deep", "middle.yaml", "extends: ../base.yaml\n")
    top = write(tmp_path, "top.yaml", "extends: deep/middle.yaml\n")
    assert read_config(top) == {"name": "base"}


def test_a_byte_order_mark_is_ignored(tmp_path):
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfname: x\n")
    assert read_config(tmp_path / "bom.yaml") == {"name": "x"}


def test_an_empty_file_is_an_empty_config(tmp_path):
    assert read_config(write(tmp_path, "empty.yaml", "# nothing\n")) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: top.yaml\n", "extends itself"),
        ("extends: 3\n", "extends: expected a path or a list of paths, got 3"),
        ("extends: mising.yaml\n", "no such config file"),
        ("a: [1\n", "not valid YAML"),
        ("- 1\n", "expected a mapping of names to values, got list"),
        ("1: 2\n", "expected a mapping of names to values"),
        ("a: 1\na: 2\n", "the key 'a' occurs twice"),
        ("b:\n  a: 1\n  a: 2\n", "the key 'a' occurs twice"),
        ("a: 2024-13-45\n", "not valid YAML: month must be in 1..12"),
        ("a: !!bool maybe\n", "not valid YAML"),
        ("[" * 5000, "not valid YAML"),
    ],
)
def test_a_bad_file_is_an_error_that_names_it(tmp_path, text, message):
    path = write(tmp_path, "top.yaml", text)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert message in str(caught.value)
    assert ".yaml: " in str(caught.value)


def test_a_misspelled_file_name_gets_a_suggestion(tmp_path):
    write(tmp_path, "mbpp_dev.yaml", "")
    with pytest.raises(ConfigError, match=r"Did you mean 'mbpp_dev\.yaml'\?"):
        read_config(tmp_path / "mbpp_dv.yaml")


def test_overrides_become_one_nested_mapping_of_yaml_values():
    values = parse_overrides(["a.b=1", "a.c=[x, 2]", "d=0.5", "a.b=2", "e=text=with=signs"])
    assert values == {"a": {"b": 2, "c": ["x", 2]}, "d": 0.5, "e": "text=with=signs"}


@pytest.mark.parametrize(
    "assignment", ["a.b", "=1", "a..b=1", "a=[1", "a=2024-13-45", "a=" + "[" * 5000]
)
def test_a_bad_override_is_an_error(assignment):
    with pytest.raises(ConfigError, match="--set"):
        parse_overrides([assignment])


def test_a_position_in_a_key_changes_one_item_of_a_list():
    values = {"problems": [{"name": "a", "limit": 1}, {"name": "b"}], "tags": ["x", "y"]}
    overrides = parse_overrides(["problems.1.limit=5", "tags.0=z"])
    assert merge(values, overrides) == {
        "problems": [{"name": "a", "limit": 1}, {"name": "b", "limit": 5}],
        "tags": ["z", "y"],
    }
    assert values["tags"] == ["x", "y"]


@pytest.mark.parametrize("position", ["2", "10", "01"])
def test_a_position_after_the_end_of_a_list_is_an_error(position):
    message = f"problems.{position}: no such item; the list has 2, counted from 0"
    with pytest.raises(ConfigError, match=re.escape(message)):
        merge({"problems": [1, 2]}, parse_overrides([f"problems.{position}=3"]))


@pytest.mark.parametrize("value", [5, 0, "null"])
def test_setting_a_value_and_a_key_inside_it_is_an_error(value):
    with pytest.raises(ConfigError, match=r"--set a\.b\.c=1: contradicts --set a\.b="):
        parse_overrides([f"a.b={value}", "a.b.c=1"])
    assert parse_overrides(["a.b={d: 2}", "a.b.c=1"]) == {"a": {"b": {"d": 2, "c": 1}}}


def test_merging_replaces_lists_and_leaves_its_arguments_alone():
    below, above = {"a": {"b": [1], "c": 1}}, {"a": {"b": [2]}}
    assert merge(below, above) == {"a": {"b": [2], "c": 1}}
    assert below == {"a": {"b": [1], "c": 1}}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "run.name: missing. It has no default; set it."),
        ({"name": 3}, "run.name: expected str, got 3 (int)."),
        ({"name": "x", "nam": 1}, "run.nam: unknown key. Did you mean 'name'?"),
        ({"name": "x", "zzz": 1}, "run.zzz: unknown key. Known keys: inner, name, tags."),
        ({"name": "x", "inner": 3}, "run.inner: expected mapping, got 3 (int)."),
        (
            {"name": "x", "inner": {"temprature": 1}},
            "run.inner.temprature: unknown key. Did you mean 'temperature'?",
        ),
        (
            {"name": "x", "inner": {"temp": 1}},
            "run.inner.temp: unknown key. Use 'temperature'.",
        ),
        (
            {"name": "x", "inner": {"count": "1e3"}},
            "run.inner.count: expected int, got '1e3' (str). YAML reads 1e3 as text; write 1000",
        ),
        (
            {"name": "x", "inner": {"temperature": "8e-1"}},
            "run.inner.temperature: expected float, got '8e-1' (str). YAML reads 8e-1 as text; "
            "write 8.0e-1",
        ),
        ({"name": "x", "inner": {"count": 1.5}}, "run.inner.count: expected int, got 1.5 (float)."),
        (
            {"name": "x", "inner": {"count": True}},
            "run.inner.count: expected int, got True (bool).",
        ),
        (
            {"name": "x", "inner": {"count": 0}},
            "run.inner.count: expected greater than or equal to 1, got 0.",
        ),
        ({"name": "x", "tags": [1]}, "run.tags.0: expected str, got 1 (int)."),
    ],
)
def test_a_bad_value_is_an_error_with_its_dotted_path(values, message):
    with pytest.raises(ConfigError) as caught:
        from_mapping(Outer, values, where="run")
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["5e-5", "1E+9", "-2e3"])
def test_the_suggested_spelling_of_a_number_is_read_as_a_float(text):
    import yaml

    with pytest.raises(ConfigError) as caught:
        from_mapping(Inner, {"temperature": text})
    proposed = str(caught.value).rpartition("write ")[2]
    assert yaml.safe_load(proposed) == float(text)


def test_yaml_text_keeps_order_and_reads_back(tmp_path):
    values = {"name": "x", "inner": {"count": 2, "temperature": 1e-05}, "tags": ["ü"]}
    path = write(tmp_path, "out.yaml", to_yaml(values))
    assert read_config(path) == values
    assert path.read_text().startswith("name")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}}),
        ("a: &a {x: 1}\nb: {y: 3, <<: *a}", {"a": {"x": 1}, "b": {"x": 1, "y": 3}}),
        (
            "a: &a {x: 1}\nb: &b {y: 2}\nc: {<<: [*a, *b], x: 3}",
            {"a": {"x": 1}, "b": {"y": 2}, "c": {"x": 3, "y": 2}},
        ),
        (
            "a: {b: &a {x: 1}, c: &c {<<: *a, x: 2}}\nd: {<<: *c, y: 3}",
            {"a": {"b": {"x": 1}, "c": {"x": 2}}, "d": {"x": 2, "y": 3}},
        ),
        ("a: [&a {x: 1}, {<<: *a, y: 2}]", {"a": [{"x": 1}, {"x": 1, "y": 2}]}),
    ],
    ids=["override", "merge last", "list", "chain", "items"],
)
def test_merge_keys_of_yaml_are_read(tmp_path, text, values):
    assert read_config(write(tmp_path, "merge.yaml", text)) == values


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: {<<: {x: 1}, <<: {y: 2}}", "the key '<<' occurs twice"),
        ("a: &a {x: 1}\nb: {<<: *a, x: 1, x: 2}", "the key 'x' occurs twice"),
        ("a: 0100", "YAML reads 0100 as 64, in base 8. Write 100 or 64, or '0100' in quotes"),
        ("a: -0_10", "YAML reads -0_10 as -8, in base 8. Write -10 or -8, or"),
        ("a: [1, 010]", "YAML reads 010 as 8, in base 8. Write 10 or 8, or"),
        ("a: 1:30", "YAML reads 1:30 as 90, in base 60. Write 90, or '1:30' in quotes for a text"),
        ("a: {b: 12:30:45}", "YAML reads 12:30:45 as 45045, in base 60"),
        ("a: 1:30.5", "YAML reads 1:30.5 as 90.5, in base 60"),
    ],
)
def test_a_number_or_a_key_that_misleads_is_refused(tmp_path, text, problem):
    with pytest.raises(ConfigError, match=f"not valid YAML: {re.escape(problem)}"):
        read_config(write(tmp_path, "misleading.yaml", text))
    if text.startswith("a: ") and "\n" not in text:
        with pytest.raises(ConfigError, match=rf"--set a\.b: .*{re.escape(problem)}") as caught:
            parse_overrides([f"a.b={text.removeprefix('a: ')}"])
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0", 0), ("-0", 0), ("10", 10), ("1_000", 1000), ("0x10", 16), ("0b11", 3), ("007", 7)),
        *(("0.5", 0.5), ("00.5", 0.5), ("1.0e-4", 1e-4), ("a:1", "a:1")),
        *(("'0100'", "0100"), ("'1:30'", "1:30")),
    ],
)
def test_other_numbers_and_quoted_ones_are_read(text, value):
    assert parse_overrides([f"a={text}"]) == {"a": value}


def test_nested_settings_are_flattened_to_dotted_keys():
    values = {"a": {"b": {"c": 1}, "empty": {}}, "list": [{"d": 2}], "e": None}
    assert flatten(values) == {"a.b.c": 1, "list": [{"d": 2}], "e": None}
    assert flatten({"b": 1}, "a") == {"a.b": 1}
