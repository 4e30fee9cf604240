"""Steps of a composition: what can be done, one after another, with a list of numbers or words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["numbers", "words"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step from a list to a list, or, as the last step, to any value.

    Code and phrases may contain `{k}`, which becomes the step's number or letter.

    Attributes:
        name: Name in the label of a composition.
        takes: What the list holds before the step.
        gives: What it holds after the step; None for a last step.
        phrases: Ways to tell the step, as commands about "them": "square each of them".
        nouns: Ways to name the result, with `{}` for what goes in: "the sum of {}". Empty if that
            would be clumsy or ambiguous.
        condition: For a filter, the condition on `item`.
        change: For a change of each item, the new value from `item`.
        code: For any other step, the expression with `{}` for the list.
        loop: For a last step that a loop can do: the start value and the statement with `{}` for
            the item.
        k: Choices for `{k}`; empty if the step has no such value.
    """

    name: str
    takes: Kind
    gives: Kind | None
    phrases: Sequence[str]
    nouns: Sequence[str] = ()
    condition: str = ""
    change: str = ""
    code: str = ""
    loop: tuple[str, str] | None = None
    k: Sequence[Any] = ()


def _keep(name: str, takes: Kind, condition: str, *adjectives: str, k: Sequence[Any] = ()) -> Step:
    """Return a filter; an adjective that starts with "that" or "with" follows the noun."""
    phrases, nouns = [], []
    for adjective in adjectives:
        if adjective.startswith(("that ", "with ")):
            phrases += [f"keep only those {adjective}", f"keep the {takes} {adjective}"]
            nouns.append("{} " + adjective)
        else:
            phrases += [f"keep only the {adjective} ones", f"keep the {adjective} {takes}"]
            nouns.append(adjective + " {}")
    return Step(
        name=name,
        takes=takes,
        gives=takes,
        phrases=phrases,
        nouns=nouns,
        condition=condition,
        k=k,
    )


def _change(
    name: str,
    kinds: tuple[Kind, Kind],
    change: str,
    noun: str,
    *phrases: str,
    k: Sequence[Any] = (),
) -> Step:
    return Step(
        name=name,
        takes=kinds[0],
        gives=kinds[1],
        phrases=phrases,
        nouns=(noun,) if noun else (),
        change=change,
        k=k,
    )


def _whole(name: str, takes: Kind, code: str, *phrases: str, k: Sequence[Any] = ()) -> Step:
    """Return a step that orders, cuts or thins out the whole list."""
    return Step(name=name, takes=takes, gives=takes, phrases=phrases, code=code, k=k)


_NN: tuple[Kind, Kind] = ("numbers", "numbers")
_WW: tuple[Kind, Kind] = ("words", "words")
_WN: tuple[Kind, Kind] = ("words", "numbers")
_NW: tuple[Kind, Kind] = ("numbers", "words")
_LETTERS = "abcdeghilmnoprst"

FILTERS = (
    _keep("even", "numbers", "item % 2 == 0", "even", "that are even"),
    _keep("odd", "numbers", "item % 2 == 1", "odd", "that are odd"),
    _keep("positive", "numbers", "item > 0", "positive", "that are greater than zero"),
    _keep("negative", "numbers", "item < 0", "negative", "that are less than zero"),
    _keep("nonzero", "numbers", "item != 0", "nonzero", "that are not zero"),
    _keep(
        "above", "numbers", "item > {k}",
        "that are greater than {k}", "that are above {k}", "that are larger than {k}",
        k=range(-3, 15),
    ),
    _keep(
        "below", "numbers", "item < {k}",
        "that are less than {k}", "that are below {k}", "that are smaller than {k}",
        k=range(2, 25),
    ),
    _keep("at_least", "numbers", "item >= {k}", "that are at least {k}", k=range(-3, 15)),
    _keep(
        "multiple", "numbers", "item % {k} == 0",
        "that are divisible by {k}", "that are multiples of {k}",
        k=range(3, 9),
    ),
    _keep(
        "no_multiple", "numbers", "item % {k} != 0", "that are not divisible by {k}", k=range(3, 8)
    ),
    _keep("ends_in", "numbers", "abs(item) % 10 == {k}", "that end in {k}", k=range(10)),
    _keep(
        "two_digits", "numbers", "10 <= abs(item) <= 99", "two-digit", "with exactly two digits"
    ),
    _keep(
        "longer", "words", "len(item) > {k}",
        "that are longer than {k} letters", "with more than {k} letters",
        k=range(3, 7),
    ),
    _keep(
        "shorter", "words", "len(item) < {k}",
        "that are shorter than {k} letters", "with fewer than {k} letters",
        k=range(5, 9),
    ),
    _keep("of_length", "words", "len(item) == {k}", "with exactly {k} letters", k=range(4, 8)),
    _keep(
        "even_length", "words", "len(item) % 2 == 0",
        "that have an even length", "with an even number of letters",
    ),
    _keep(
        "odd_length", "words", "len(item) % 2 == 1",
        "that have an odd length", "with an odd number of letters",
    ),
    _keep(
        "starts_with", "words", "item.startswith('{k}')",
        "that start with '{k}'", "that begin with the letter '{k}'",
        k=_LETTERS,
    ),
    _keep(
        "ends_with", "words", "item.endswith('{k}')",
        "that end with '{k}'", "that end in the letter '{k}'",
        k="adeghlnrsty",
    ),
    _keep(
        "contains", "words", "'{k}' in item",
        "that contain '{k}'", "that contain the letter '{k}'", "with the letter '{k}' in them",
        k=_LETTERS,
    ),
    _keep(
        "lacks", "words", "'{k}' not in item",
        "that do not contain '{k}'", "that lack the letter '{k}'",
        k=_LETTERS,
    ),
    _keep("starts_vowel", "words", "item[0] in 'aeiou'", "that start with a vowel"),
    _keep("ends_vowel", "words", "item[-1] in 'aeiou'", "that end in a vowel"),
)  # fmt: skip

CHANGES = (
    _change(
        "square", _NN, "item * item", "the squares of {}",
        "square each of them", "square them",
    ),
    _change("cube", _NN, "item ** 3", "the cubes of {}", "cube each of them", "cube them"),
    _change(
        "double", _NN, "item * 2", "the doubles of {}", "double each of them",
        "multiply them by two",
    ),
    _change("negate", _NN, "-item", "", "negate each of them", "flip the sign of each"),
    _change(
        "absolute", _NN, "abs(item)", "the absolute values of {}", "take their absolute values"
    ),
    _change(
        "add", _NN, "item + {k}", "", "add {k} to each of them", "add {k} to each", k=range(1, 11)
    ),
    _change(
        "subtract", _NN, "item - {k}", "", "subtract {k} from each of them", k=range(1, 11)
    ),
    _change(
        "times", _NN, "item * {k}", "", "multiply each of them by {k}", "multiply each by {k}",
        k=range(3, 11),
    ),
    _change(
        "remainder", _NN, "item % {k}", "the remainders of {} modulo {k}",
        "take the remainder of each when divided by {k}",
        "replace each by its remainder modulo {k}",
        k=range(3, 10),
    ),
    _change(
        "halve", _NN, "item // 2", "", "halve each of them, rounding down", "floor-divide each by 2"
    ),
    _change(
        "digit_sum", _NN, "sum(int(digit) for digit in str(abs(item)))", "the digit sums of {}",
        "replace each by the sum of its digits",
    ),
    _change(
        "last_digit", _NN, "abs(item) % 10", "the last digits of {}",
        "replace each by its last digit"
    ),
    _change("to_text", _NW, "str(item)", "", "turn each of them into a string"),
    _change(
        "binary", _NW, "format(item, 'b')" , "", "write each in binary, without a prefix"
    ),
    _change(
        "upper", _WW, "item.upper()", "", "convert each to upper case", "make them upper case"
    ),
    _change("capitalize", _WW, "item.capitalize()", "", "capitalize each of them"),
    _change("reverse_each", _WW, "item[::-1]", "", "reverse each of them", "spell each backwards"),
    _change(
        "first_letters", _WW, "item[:{k}]", "the first {k} letters of {}",
        "keep only the first {k} letters of each", k=(2, 3, 4),
    ),
    _change("initial", _WW, "item[0]", "the first letters of {}", "take the first letter of each"),
    _change(
        "repeat", _WW, "item * 2", "", "repeat each of them twice", "write each twice in a row"
    ),
    _change(
        "append", _WW, "item + '{k}'", "", "append '{k}' to each of them",
        "add '{k}' at the end of each",
        k=("s", "ing", "er", "ed", "ly", "y"),
    ),
    _change(
        "prefix", _WW, "'{k}' + item", "", "put '{k}' in front of each of them",
        k=("re", "un", "my", "over", "pre", "non"),
    ),
    _change(
        "length", _WN, "len(item)", "the lengths of {}",
        "take their lengths", "replace each by its length",
    ),
    _change(
        "num_vowels", _WN, "sum(char in 'aeiou' for char in item)", "the numbers of vowels of {}",
        "count the vowels in each of them",
    ),
    _change(
        "num_letter", _WN, "item.count('{k}')", "", "count how often '{k}' occurs in each of them",
        k="aeinorst",
    ),
)  # fmt: skip

WHOLES = (
    *(
        step
        for kind in ("numbers", "words")
        for step in (
            _whole("sort", kind, "sorted({})", "sort them in ascending order"
                   if kind == "numbers" else "sort them alphabetically", "sort them"),
            _whole("sort_down", kind, "sorted({}, reverse=True)",
                   "sort them in descending order"
                   if kind == "numbers" else "sort them in reverse alphabetical order"),
            _whole("reverse", kind, "{}[::-1]", "reverse their order", "reverse the list"),
            _whole("distinct", kind, "list(dict.fromkeys({}))",
                   "drop repeated ones, keeping the first of each",
                   "remove duplicates, keeping the original order"),
            _whole("first", kind, "{}[:{k}]", "take the first {k}", "keep only the first {k}",
                   k=(2, 3, 4)),
            _whole("last", kind, "{}[-{k}:]", "take the last {k}", "keep only the last {k}",
                   k=(2, 3, 4)),
            _whole("skip", kind, "{}[{k}:]", "skip the first {k}", "drop the first {k}",
                   k=(2, 3)),
            _whole("every_second", kind, "{}[::2]",
                   "take every second one, starting with the first"),
        )
    ),
    _whole("by_length", "words", "sorted({}, key=len)", "sort them by length, shortest first"),
    _whole("by_last", "words", "sorted({}, key=lambda item: item[-1])",
           "sort them by their last letter"),
    _whole("by_size", "numbers", "sorted({}, key=abs)", "sort them by absolute value"),
)  # fmt: skip


def _last(
    name: str,
    takes: Kind,
    code: str,
    phrases: Sequence[str],
    nouns: Sequence[str] = (),
    loop: tuple[str, str] | None = None,
) -> Step:
    return Step(
        name=name, takes=takes, gives=None, phrases=phrases, nouns=nouns, code=code, loop=loop
    )


LASTS = (
    *(
        step
        for kind in ("numbers", "words")
        for step in (
            _last("list", kind, "{}", ("return them as a list", "return the resulting list"),
                  ("{}",),
                  ("[]", "total.append({})")),
            _last("count", kind, "len({})", ("return how many are left", "count what is left"),
                  ("the number of {}",),
                  ("0", "total += 1")),
            _last("tuple", kind, "tuple({})", ("return them as a tuple",)),
            _last("first_or_none", kind, "next(iter({}), None)",
                  ("return the first one, or None if nothing is left",)),
        )
    ),
    _last("sum", "numbers", "sum({})",
          ("return their sum", "add up the results", "return the total"),
          ("the sum of {}", "the total of {}"), ("0", "total += {}")),
    _last("product", "numbers", "math.prod({})",
          ("return their product", "multiply the results together"),
          ("the product of {}",), ("1", "total *= {}")),
    _last("max", "numbers", "max({}, default=0)",
          ("return the largest, or 0 if nothing is left",),
          ("the largest of {}, or 0 if there are none",
           "the maximum of {}, or 0 if there are none")),
    _last("min", "numbers", "min({}, default=0)",
          ("return the smallest, or 0 if nothing is left",),
          ("the smallest of {}, or 0 if there are none",)),
    _last("spread", "numbers", "max({}, default=0) - min({}, default=0)",
          ("return the difference between the largest and the smallest, or 0 if nothing is left",)),
    _last("mean", "numbers", "sum({}) / len({}) if {} else 0",
          ("return their average, or 0 if nothing is left",)),
    _last("any_negative", "numbers", "any(item < 0 for item in {})",
          ("check whether any of them is negative",)),
    _last("all_even", "numbers", "all(item % 2 == 0 for item in {})",
          ("check whether all of them are even",)),
    _last("running", "numbers", "list(itertools.accumulate({}))",
          ("return the list of their running sums",)),
    _last("differences", "numbers", "[b - a for a, b in zip({}, {}[1:])]",
          ("return the differences between neighbors as a list",)),
    _last("count_each", "numbers", "dict(collections.Counter({}))",
          ("return a dictionary that maps each number to how often it occurs",)),
    _last("by_parity", "numbers",
          "[[item for item in {} if item % 2 == 0], [item for item in {} if item % 2 == 1]]",
          ("return two lists, first the even ones, then the odd ones",)),
    _last("join", "words", "' '.join({})",
          ("join them with spaces", "return them as one string, separated by spaces")),
    _last("join_comma", "words", "','.join({})", ("join them with commas",)),
    _last("concatenate", "words", "''.join({})",
          ("join them without a separator", "concatenate them into one string"), (),
          ("''", "total += {}")),
    _last("longest", "words", "max({}, key=len, default='')",
          ("return the longest (the first of several), or '' if nothing is left",)),
    _last("shortest", "words", "min({}, key=len, default='')",
          ("return the first of the shortest, or '' if nothing is left",)),
    _last("group_initial", "words",
          "{char: [item for item in {} if item[0] == char]"
          " for char in sorted({item[0] for item in {}})}",
          ("group them in a dictionary by their first letter",)),
    _last("group_length", "words",
          "{size: [item for item in {} if len(item) == size]"
          " for size in sorted(set(map(len, {})))}",
          ("group them in a dictionary by their length",)),
    _last("count_words", "words", "dict(collections.Counter({}))",
          ("return a dictionary that maps each to how often it occurs",)),
    _last("lengths", "words", "{item: len(item) for item in {}}",
          ("return a dictionary that maps each to its length",)),
    _last("enumerated", "words", "list(enumerate({}))",
          ("return a list of tuples, each with the position and the element",)),
)  # fmt: skip

BETWEEN: Mapping[Kind, Sequence[Step]] = {
    kind: [step for step in (*FILTERS, *CHANGES, *WHOLES) if step.takes == kind]
    for kind in ("numbers", "words")
}
FINAL: Mapping[Kind, Sequence[Step]] = {
    kind: [step for step in LASTS if step.takes == kind] for kind in ("numbers", "words")
}
