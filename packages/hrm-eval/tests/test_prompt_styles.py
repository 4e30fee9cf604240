import re

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, UsageError
from hrm_datasets import Problem
from hrm_datasets.prompts import EXAMPLE, PROMPT_STYLES, STUB_EXAMPLE, render_in_style
from hrm_eval import cli
from hrm_eval.generation import make_chat
from hrm_eval.prompt_styles import find_style, show_styles
from hrm_eval.run_config import RunConfig


@pytest.fixture
def write_prompt(tmp_path):
    """Write a prompt file and return its path."""

    def write(text, name="mine.jinja"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def render(path, problem=EXAMPLE, examples=()):
    return render_in_style(problem, path, find_style(path), examples)


def test_a_prompt_file_shows_the_fields_of_a_problem(write_prompt):
    path = write_prompt(
        "Task {{ task_id }}: {{ text | trim }}\n"
        "Write {{ entry_point }}.{% if stub %} Complete:\n{{ stub }}{% endif %}\n\n"
        "{% for test in tests %}\n- {{ test }}\n{% endfor %}\n"
    )
    tests = "".join(f"- {test}\n" for test in EXAMPLE.tests)
    assert render(path) == (
        f"Task example/1: Write a function to add two numbers.\nWrite add.\n{tests}"
    )


def test_white_space_of_a_prompt_file_is_kept_at_its_end(write_prompt):
    assert render(write_prompt("  {{ text }} \n\n")) == f"  {EXAMPLE.text} \n\n"


def test_a_prompt_file_does_not_see_solutions_or_hidden_tests(write_prompt):
    assert render(write_prompt("{{ tests | length }}"), STUB_EXAMPLE) == "0"
    with pytest.raises(UsageError, match="unknown field 'reference'"):
        find_style(write_prompt("{{ reference }}"))


def test_a_prompt_file_may_show_solved_examples(write_prompt):
    path = write_prompt(
        "{% for e in examples %}{{ e.text }}|{{ e.solution }}{% endfor %}{{ text }}"
    )
    assert find_style(path).needs_examples
    example = Problem(task_id="toys/1", text="One.", entry_point="f", tests=[], reference="f = 1")
    assert render(path, examples=(example,)) == f"One.|f = 1{EXAMPLE.text}"


def test_a_prompt_file_sets_stop_strings_and_the_start_of_answers(write_prompt):
    style = find_style(
        write_prompt(
            '{% set stop = ["\\n[DONE]", "\\nclass"] %}\n'
            '{% set answer_start = "def " %}\n{{ text }}'
        )
    )
    assert style.stop == style.chat_stop == ("\n[DONE]", "\nclass")
    assert (style.answer_start, style.needs_examples) == ("def ", False)
    assert style.render(EXAMPLE, ()) == EXAMPLE.text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n{{ txt }}", r"mine\.jinja: line 2: unknown field 'txt' .*Did you mean 'text'\?"),
        ("a\n\n{% for t in tests %}", r"mine\.jinja: line 3: Unexpected end of template"),
        ("{{ text", r"mine\.jinja: line 1: unexpected end of template"),
        ("{% set stop = text %}", r"mine\.jinja: line 1: stop: expected a list of texts"),
        ("{% set stop = [''] %}", "stop: expected a list of texts, such as"),
        ("\n{% set answer_start = 3 %}", "line 2: answer_start: expected a text"),
        ("{{ text }}{% include 'other.jinja' %}", "no loader"),
    ],
)
def test_a_wrong_prompt_file_is_refused_with_its_line(write_prompt, text, message):
    with pytest.raises(UsageError, match=message):
        render(write_prompt(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n{{ tests[7] }}", r"mine\.jinja: line 2: example/1: .* has no element 7"),
        ("{{ text.missing }}", "line 1: example/1: .*has no attribute 'missing'"),
        ("{{ text }}\n\n{{ 1 // 0 }}", "line 3: example/1: integer division"),
        ("{{ text.__class__.__mro__ }}", "line 1: example/1: .*unsafe"),
        ("{{ text + 1 }}", "line 1: example/1: can only concatenate str"),
    ],
)
def test_a_prompt_file_that_raises_is_an_error_with_its_line_and_the_task(
    write_prompt, text, message
):
    path = write_prompt(text)
    find_style(path)
    with pytest.raises(UsageError, match=message):
        render(path)


@pytest.mark.parametrize("text", ["", "Write a program.", "{% set x = 1 %}{{ x }}"])
def test_a_prompt_file_that_shows_nothing_of_the_problem_is_refused(write_prompt, text):
    with pytest.raises(UsageError, match=r"mine\.jinja: shows nothing of the problem"):
        find_style(write_prompt(text))


@pytest.mark.parametrize("name", ["none.jinja", "no/such/style", "./x.j2"])
def test_a_prompt_file_that_is_missing_is_a_usage_error(name):
    with pytest.raises(UsageError, match=r"--prompt: .* cannot be read: No such file"):
        find_style(name)


def test_a_config_with_a_wrong_prompt_file_is_refused_before_anything_else(write_prompt):
    with pytest.raises(ConfigError, match=r"^prompt: .*mine\.jinja: line 1: unknown field 'x'"):
        from_mapping(RunConfig, {"prompt": write_prompt("{{ x }}")})


def test_the_hash_of_a_prompt_file_is_that_of_its_text(write_prompt):
    first, second = write_prompt("{{ text }}", "a.jinja"), write_prompt("{{ text }}!", "b.jinja")
    again = write_prompt("{{ text }}", "c.jinja")
    assert find_style(first).sha256 == find_style(again).sha256 != find_style(second).sha256


def test_every_style_can_be_shown_with_its_stop_strings_and_start():
    shown = show_styles(list(PROMPT_STYLES))
    for name, style in PROMPT_STYLES.items():
        assert f"===== {name}: {style.summary}\n" in shown
    assert shown.count(EXAMPLE.text) == len(PROMPT_STYLES)
    assert '----- stop strings: "[DONE]"\n' in shown
    assert "----- the answer begins with\nBelow is a Python script" in shown


def chat(**values):
    config = from_mapping(RunConfig, values)
    return make_chat(config, find_style(config.prompt))


@pytest.mark.parametrize(
    ("values", "template"),
    [
        ({}, None),
        ({"prompt": "lm-eval-mbpp"}, False),
        ({"prompt": "lm-eval-mbpp", "template": True}, True),
        ({"prompt": "evalplus-chat"}, True),
        ({"prompt": "evalplus-chat", "template": False}, False),
    ],
)
def test_the_config_goes_before_the_style_in_the_use_of_a_template(values, template):
    assert chat(**values).template is template


@pytest.mark.parametrize(
    "values", [{"prompt": "paper"}, {"template": False}], ids=["style", "config"]
)
def test_a_system_message_before_bare_prompts_is_refused(values):
    with pytest.raises(UsageError, match="--system: needs a chat template, but the prompts are"):
        chat(**values, system="Be short.")


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_list_prompts_shows_one_style_or_file(write_prompt, capsys):
    assert call("list", "prompts", "--prompt", "bigcode-mbpp") == 0
    out = capsys.readouterr().out
    assert '"""\nWrite a function to add two numbers.\nassert add(1, 2) == 3\n"""\n' in out
    assert "lm-eval" not in out
    assert call("list", "prompts", "--prompt", write_prompt("Hey {{ text }}")) == 0
    assert "Hey Write a function" in capsys.readouterr().out
    assert call("list", "prompts", "--show") == 0
    assert "===== inspect-mbpp" in capsys.readouterr().out
    assert call("list", "models", "--show") == 2


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("enable_thinking", "--template-args: expected NAME=VALUE, got 'enable_thinking'"),
        ("=3", "--template-args: expected NAME=VALUE"),
        ("a=[", "--template-args a: .* is not a YAML value"),
    ],
)
def test_a_wrong_template_argument_is_a_usage_error(argument, message, capsys, tmp_path):
    arguments = ["run", "--model", "reference", "--dataset", "starter", "--out", tmp_path / "run"]
    assert call(*arguments, "--template-args", argument) == 2
    assert re.search(message, capsys.readouterr().err)


def test_a_run_stores_the_style_and_the_hash_of_its_text(write_prompt, tmp_path, capsys):
    path, out = write_prompt("{{ text }}"), tmp_path / "run"
    arguments = ["--model", "reference", "--dataset", "starter", "--limit", 1]
    assert call("generate", *arguments, "--prompt", path, "--out", out) == 0
    assert f"prompt_sha256: {find_style(path).sha256}" in (out / "config.yaml").read_text()
    write_prompt("{{ text }}!")
    assert call("generate", "--resume", "--samples", 2, "--out", out) == 2
    assert "--resume: prompt_sha256 was " in capsys.readouterr().err
    stored = (out / "config.yaml").read_text()
    old = "".join(line for line in stored.splitlines(True) if "prompt_sha256" not in line)
    (out / "config.yaml").write_text(old)
    assert call("generate", "--resume", "--samples", 2, "--out", out) == 0
    pinned = ["--set", "prompt_sha256=123abc", "--out", tmp_path / "other"]
    assert call("generate", *arguments, "--prompt", path, *pinned) == 2
    assert "prompt_sha256: expected 123abc, got " in capsys.readouterr().err
