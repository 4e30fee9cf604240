import ast
import json

import pytest

from hrm_core.errors import DataError, UsageError
from hrm_datasets.overlap import HeldOut
from hrm_train import corpus
from hrm_train.cli import main
from hrm_train.corpus import Function, read_functions, write_corpus
from hrm_train.examples import read_file

SOURCE = '''
import os

def documented(first, second=2):
    """Add two numbers.

    They may be negative.
    """

    total = first + second
    if total > 10:
        total = 10
    return total


def plain(names):
    # a comment
    return [name.upper() for name in names if name and name[0] != "_"]


def tiny(): return 1


def only_a_docstring():
    """Nothing else."""


class Thing:
    def method(self):
        """Not read."""
        return [self, self, self, self, self, self]
'''


@pytest.fixture
def functions(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(SOURCE)
    return {function.name: function for function in read_functions(path)}


def test_top_level_functions_are_read_without_their_docstrings(functions):
    assert list(functions) == ["documented", "plain"]
    function = functions["documented"]
    assert function.line == 4
    assert function.signature == "documented(first, second=2)"
    assert function.docstring == "Add two numbers.\n\nThey may be negative."
    assert function.code.startswith("def documented(first, second=2):\n    total = first")
    assert "# a comment" in functions["plain"].code


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["\x0c", "\x1c", "\x85", "\u2028"])
def test_characters_that_end_no_line_of_python_cut_no_function(tmp_path, functions, mark, end):
    path = tmp_path / "marked.py"
    path.write_bytes(f"# {mark}\n{SOURCE}".replace("\n", end).encode())
    marked = list(read_functions(path))
    assert [(f.name, f.code) for f in marked] == [(f.name, f.code) for f in functions.values()]
    assert marked[0].line == functions["documented"].line + 1


@pytest.mark.parametrize("content", ["def f(:", "\x00"])
def test_a_file_that_is_not_python_has_no_functions(tmp_path, content):
    path = tmp_path / "module.py"
    path.write_text(content)
    assert list(read_functions(path)) == []


@pytest.fixture
def two_packages(monkeypatch):
    """A corpus of four functions, and a package that is not installed."""

    def function(package, name, code, docstring=""):
        origin = f"{package} 1.0, a.py:1"
        return Function(package, "MIT", origin, name, f"{name}(a)", docstring, code)

    code = "def {}(a):\n    return [x for x in a if x]\n"
    functions = [
        function("funcy", "keep", code.format("keep"), "Keep what is true."),
        function("funcy", "same", code.format("same").replace("x", "y")),
        function("toolz", "add", "def add(a, b):\n    return a + b\n", "Add."),
        function("boltons", "first", "def first(a):\n    return next(iter(a), None)\n"),
    ]

    def all_functions(missing):
        missing.append("pydash")
        yield from functions

    monkeypatch.setattr(corpus, "_all_functions", all_functions)
    monkeypatch.setattr(Function, "is_validation", property(lambda f: f.package == "boltons"))


def test_repeated_and_overlapping_functions_are_left_out(two_packages, make_problem, tmp_path):
    training, validation = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    counts = write_corpus(training, validation, HeldOut([make_problem()]))
    assert (counts.num_training, counts.num_validation) == (1, 1)
    assert (counts.num_repeated, counts.num_overlapping) == (1, 1)
    assert counts.missing == ("pydash",)
    (example,) = read_file(training)
    assert example.prompt == "Write a function `keep(a)`.\n\nKeep what is true.\n"
    assert example.response == "```python\ndef keep(a):\n    return [x for x in a if x]\n```"
    row = json.loads(training.read_text())
    assert (row["license"], row["origin"]) == ("MIT", "funcy 1.0, a.py:1")
    assert json.loads(validation.read_text())["text"].startswith("def first(a)")


def test_the_command_says_what_to_install(two_packages, tmp_path, capsys):
    assert main(["corpus", "--out", str(tmp_path / "corpus.jsonl")]) == 0
    printed = capsys.readouterr()
    assert "corpus.jsonl: 2 functions; " in printed.out
    assert "not installed: pip install pydash" in printed.out
    assert "not compared with any held-out problems" in printed.err
    assert (tmp_path / "corpus.validation.jsonl").is_file()


def test_a_corpus_that_cannot_be_written_names_the_file(two_packages, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="file: cannot be written: File exists"):
        write_corpus(tmp_path / "file" / "a", tmp_path / "b", HeldOut())
    write_corpus(tmp_path / "new" / "a", tmp_path / "b", HeldOut())
    assert (tmp_path / "new" / "a").is_file()


def test_a_corpus_is_written_whole_and_not_packed(two_packages, monkeypatch, tmp_path):
    with pytest.raises(UsageError, match=r"a\.jsonl\.gz: the corpus is not packed"):
        write_corpus(tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl", HeldOut())

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus, "_kind", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_corpus(tmp_path / "a.jsonl", tmp_path / "b.jsonl", HeldOut())
    assert not list(tmp_path.glob("*.jsonl*"))


def test_the_standard_library_is_read_without_its_tests():
    version, files = corpus._python_files("python")
    paths = {name: path for path, name in files}
    assert version.startswith("3.")
    assert "textwrap.py" in paths
    assert not [name for name in paths if name.startswith(("test/", "idlelib/"))]
    assert "insort_right" in {function.name for function in read_functions(paths["bisect.py"])}
    assert all(ast.parse(function.code) for function in read_functions(paths["textwrap.py"]))


def test_some_packages_are_for_validation(monkeypatch, tmp_path, capsys):
    functions = [Function(name, *[""] * 6) for name in corpus.PACKAGES]
    assert sum(function.is_validation for function in functions) == len(corpus._VALIDATION) == 3
    monkeypatch.setattr(corpus, "_all_functions", lambda missing: [])
    assert main(["corpus", "--out", str(tmp_path / "corpus.jsonl")]) == 0
    assert "corpus.validation.jsonl is empty, since no package" in capsys.readouterr().out


def test_a_corpus_is_compared_with_what_is_measured_during_training(
    two_packages, mbpp_file, tmp_path, capsys
):
    dataset = f"{{name: mbpp, split: test, source: {mbpp_file('test.jsonl', {11: 'keep'})}}}"
    measured = f"training.pass_at_1={{dataset: {dataset}, every_steps: 9}}"
    assert main(["corpus", "--out", str(tmp_path / "corpus.jsonl"), "--set", measured]) == 0
    assert "1 overlap with held-out problems" in capsys.readouterr().out
