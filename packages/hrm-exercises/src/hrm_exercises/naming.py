"""Names of functions, parameters and variables, varied as people vary them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hrm_exercises.chooser import Chooser

ENTRY_POINT = "solve"

# What people call the same thing. A family writes the key; "" stands for the key itself.
SYNONYMS: Mapping[str, Sequence[str]] = {
    "numbers": ("nums", "lst", "arr", "list1", "values", "array", "nums_list", "test_list", "a"),
    "items": ("lst", "elements", "list1", "values", "data", "arr", "input_list", "seq"),
    "words": ("word_list", "strings", "lst", "list1", "texts", "str_list", "tokens"),
    "matrix": ("grid", "mat", "m", "rows", "table"),
    "pairs": ("tuples", "tuple_list", "lst", "list_of_pairs", "data"),
    "record": ("tup", "test_tup", "t", "values", "tuple1"),
    "mapping": ("d", "dict1", "data", "dictionary", "test_dict", "table"),
    "text": ("s", "string", "str1", "test_str", "sentence", "input_string", "line", "string1"),
    "word": ("w", "s", "term", "token", "str1"),
    "first": ("a", "x", "list1", "left", "one", "l1"),
    "second": ("b", "y", "list2", "right", "other", "l2"),
    "number": ("num", "n", "x", "value", "val", "integer"),
    "item": ("x", "element", "el", "value", "i", "it"),
    "n": ("num", "m", "x"),
    "k": ("n", "m", "num"),
    "total": ("result", "sum_", "acc", "s", "total_sum", "res"),
    "result": ("res", "out", "output", "ans", "answer", "ret"),
    "count": ("cnt", "c", "counter", "total", "num_found"),
    "counts": ("freq", "counter", "frequency", "d", "tally"),
    "index": ("i", "idx", "pos", "j"),
    "char": ("c", "ch", "letter", "x"),
    "digit": ("d", "x", "dig"),
    "best": ("largest", "max_val", "current_best", "top"),
    "seen": ("visited", "found", "known", "used"),
    "row": ("r", "line", "sublist"),
    "key": ("k", "name", "label"),
    "value": ("v", "val", "x"),
}

# A string or a comment, which keeps its text, or an identifier that is not an attribute.
_TOKEN = re.compile(
    r"""(?P<kept>(?<!\w)[a-zA-Z]{0,2}(?:'''.*?'''|\"{3}.*?\"{3}|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")"""
    r"""|\#[^\n]*)|(?P<name>(?<![\w.])[A-Za-z_]\w*)(?P<keyword>=(?!=))?""",
    re.DOTALL,
)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class _Source:
    """A program, split into its names, at odd places of `pieces`, and the text between them.

    Attributes:
        pieces: The parts of the program.
        names: All names outside of strings.
        fixed: Names that cannot change, since a keyword argument or an f-string has them too.
    """

    pieces: tuple[str, ...]
    names: frozenset[str]
    fixed: frozenset[str]


@lru_cache(maxsize=50_000)
def _split(source: str) -> _Source:
    pieces: list[str] = []
    fixed: set[str] = set()
    end = 0
    for match in _TOKEN.finditer(source):
        if match["name"] is not None:
            pieces += [source[end : match.start()], match["name"]]
            end = match.end("name")
            if match["keyword"]:
                fixed.add(match["name"])
        elif match["kept"][0] in "fF":
            fixed.update(_IDENTIFIER.findall(match["kept"]))
    pieces.append(source[end:])
    return _Source(tuple(pieces), frozenset(pieces[1::2]), frozenset(fixed))


def rename(source: str, names: Mapping[str, str]) -> str:
    """Return a program with other names for some of its identifiers.

    Text in quotes, comments and attributes (after a point) stay as they are.
    """
    split = _split(source)
    if names.keys().isdisjoint(split.names):
        return source
    renamed = list(split.pieces)
    renamed[1::2] = [names.get(name, name) for name in split.pieces[1::2]]
    return "".join(renamed)


def vary_names(
    choose: Chooser, source: str, synonyms: Mapping[str, Sequence[str]], kept: Iterable[str]
) -> dict[str, str]:
    """Choose other names for some of the identifiers of a program, without collisions.

    A name that is also the name of a keyword argument, or stands in an f-string, keeps its name.

    Args:
        choose: Makes the choices.
        source: The program.
        synonyms: Further synonyms of a family; they replace those of `SYNONYMS`.
        kept: Names that must stay free.
    """
    split = _split(source)
    taken = {*split.names, *split.fixed, *kept}
    names: dict[str, str] = {}
    for name in sorted((split.names - split.fixed) & (SYNONYMS.keys() | synonyms.keys())):
        options = synonyms.get(name) or SYNONYMS[name]
        kept_name, chosen = choose.chance(0.35), choose.one_of(options)
        if name == "second" and "first" in split.names:
            # "list1" goes with "list2", "a" with "b", "first" with "second".
            firsts = synonyms.get("first") or SYNONYMS["first"]
            kept_name = "first" not in names
            chosen = options[min(firsts.index(names.get("first", firsts[0])), len(options) - 1)]
        if kept_name:
            continue
        if chosen not in taken:
            names[name] = chosen
            taken.add(chosen)
    return names


def names_in(source: str) -> frozenset[str]:
    """Return all names of a program: parameters, variables, functions and imported modules."""
    split = _split(source)
    return split.names | split.fixed


def entry_point(choose: Chooser, names: Sequence[str]) -> str:
    """Choose the name of a function: mostly one of `names`, else odd, as names sometimes are.

    One of eight is made of unrelated words, so that a model has to read the name in the tests; one
    of ten has capital letters in unusual places.
    """
    if choose.chance(0.125):
        name = "_".join(choose.words((1, 3)))
        name = f"{name}_{choose.integer(1, 99)}" if choose.chance(0.2) else name
    else:
        name = choose.one_of(names)
    if choose.chance(0.1):
        parts = name.split("_")
        style = choose.integer(0, 2)
        if style == 0:
            name = "_".join(part.capitalize() for part in parts)
        elif style == 1:
            name = parts[0] + "".join(part.capitalize() for part in parts[1:])
        else:
            place = choose.integer(0, len(parts) - 1)
            parts[place] = parts[place].capitalize()
            name = "_".join(parts)
    return name


def is_class(source: str) -> bool:
    """Return whether the entry point of a program is a class."""
    return f"class {ENTRY_POINT}" in source


def class_name(choose: Chooser, names: Sequence[str]) -> str:
    """Choose the name of a class: one of `names`, or one of eight times an unrelated noun."""
    if choose.chance(0.125):
        return "".join(word.capitalize() for word in choose.words((1, 2)))
    return choose.one_of(names)
