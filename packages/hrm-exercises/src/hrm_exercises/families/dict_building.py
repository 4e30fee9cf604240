"""Making dictionaries: counting, grouping, from two lists and by a rule."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _labels(choose: Chooser, num: int) -> list[str]:
    """Return distinct words or letters."""
    if choose.chance(0.3):
        return choose.sample("abcdefgh", num)
    return list(dict.fromkeys(choose.words(num + 4)))[:num]


_COUNTED = {
    "items": ("items", "item", "item", "each element of a list"),
    "chars": ("text", "char", "char", "each character of a string"),
    "letters": (
        "text",
        "char",
        "char.lower()",
        "each letter of a string (ignoring case and all else)",
    ),
    "words": ("text.split()", "word", "word", "each word of a sentence"),
    "lengths": ("words", "word", "len(word)", "each word length in a list of words"),
    "initials": ("words", "word", "word[0]", "each first letter in a list of words"),
    "digits": ("str(number)", "digit", "int(digit)", "each digit of a number"),
    "nested": ("row", "item", "item", "each element of a list of lists"),
}


@family(what=tuple(_COUNTED))
def count_into_dict(choose: Chooser, what: str) -> Exercise:
    """Count elements, characters, words or a feature of them in a dict."""
    sequence, name, feature, noun = _COUNTED[what]
    parameter = {
        "items": "items",
        "nested": "matrix",
        "digits": "number",
        "lengths": "words",
        "initials": "words",
    }.get(what, "text")
    outer = "for row in matrix " if what == "nested" else ""
    condition = " if char.isalpha()" if what == "letters" else ""
    body = f"counts[{feature}] = counts.get({feature}, 0) + 1"
    inner = f"if char.isalpha():\n                        {body}" if what == "letters" else body
    loop = f"for {name} in {sequence}:\n                    {inner}"
    if what == "nested":
        loop = (
            "for row in matrix:\n                    for item in row:\n                        "
            + body
        )
    plain = feature == name and not outer
    comprehension = sequence if plain else f"{feature} {outer}for {name} in {sequence}{condition}"
    return Exercise(
        texts=(
            f"count how often {noun} occurs and return a dictionary",
            f"make a frequency dictionary of {noun}".replace("of each", "that counts each"),
            f"find the number of occurrences of {noun}, as a dictionary",
            f"Return a dictionary with the count of {noun}.",
        ),
        names=(f"count_{what}", f"{what}_frequency", "frequencies", f"{what}_counts"),
        solutions=(
            f"""
            def solve({parameter}):
                counts = {{}}
                {loop}
                return counts
            """,
            "from collections import Counter\n\n"
            f"def solve({parameter}):\n    return dict(Counter({comprehension}))",
        ),
        arguments=[_counted_argument(choose, what) for _ in range(6)],
        synonyms={"items": ("lst", "elements", "values", "data")},
    )


def _counted_argument(choose: Chooser, what: str) -> tuple[Any, ...]:
    """Return an argument for `count_into_dict`."""
    some = choose.words(3)
    words = [choose.one_of(some) for _ in range(choose.integer(2, 7))]
    argument: Any = {
        "items": words if choose.chance(0.4) else choose.integers((2, 9), 1, 5),
        "chars": choose.word() if choose.chance(0.5) else " ".join(words[:2]),
        "letters": f"{words[0].capitalize()}, {words[-1]}{choose.integer(1, 99)}!",
        "words": " ".join(words),
        "lengths": choose.words((2, 7)),
        "initials": choose.words((2, 7)),
        "digits": choose.integer(100, 10**7),
        "nested": [choose.integers((1, 4), 1, 5) for _ in range(choose.integer(1, 4))],
    }[what]
    return (argument,)


_GROUPS = {
    "length": ("len(item)", "length", "words"),
    "first": ("item[0]", "first letter", "words"),
    "last": ("item[-1]", "last letter", "words"),
    "parity": ("'even' if item % 2 == 0 else 'odd'", "parity ('even' or 'odd')", "numbers"),
    "sign": (
        "'negative' if item < 0 else 'positive'",
        "sign ('negative' or 'positive')",
        "numbers",
    ),
    "remainder": ("item % 3", "remainder when divided by 3", "numbers"),
    "digits": ("len(str(item))", "number of digits", "numbers"),
    "letters": ("''.join(sorted(item))", "letters (so that anagrams are together)", "words"),
    "tens": ("item // 10", "number of tens (the number without its last digit)", "numbers"),
}


@family(by=tuple(_GROUPS), kept=("lists", "counts"))
def group_items_by_feature(choose: Chooser, by: str, kept: str) -> Exercise:
    """Group words or numbers by a feature, or count the members of each group."""
    feature, noun, kind = _GROUPS[by]
    verb = "group" if kept == "lists" else "count"
    step = {
        "lists": "groups.setdefault(feature, []).append(item)",
        "counts": "groups[feature] = groups.get(feature, 0) + 1",
    }[kept]
    factory, default_step = {
        "lists": ("list", f"groups[{feature}].append(item)"),
        "counts": ("int", f"groups[{feature}] += 1"),
    }[kept]
    value = "list" if kept == "lists" else "number"
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        if "words" in kind:
            some = choose.words((2, 5))
            some += ["".join(choose.shuffled(word)) for word in some[: 2 if by == "letters" else 0]]
            arguments.append((some,))
        else:
            low = {"sign": -20, "parity": -20}.get(by, 1)
            numbers = choose.integers((2, 8), low, 400 if by == "digits" else 45)
            arguments.append(([number or 7 for number in numbers],))
    return Exercise(
        texts=(
            f"{verb} the {kind} of a list by their {noun} in a dictionary",
            f"{verb} {kind} by {noun}",
            f"Given a list of {kind}, return a dictionary that maps each "
            f"{noun.partition(' (')[0]} to the "
            f"{value} of {kind} that have it" + (f"; {_hint(by)}." if _hint(by) else "."),
            f"sort a list of {kind} into groups by {noun} and return a dict of the "
            + ("groups" if kept == "lists" else "sizes of the groups"),
        ),
        names=(f"{verb}_by_{by}", f"{by}_groups", f"{kept}_by_{by}", f"{verb}_items"),
        solutions=(
            f"""
            def solve(items):
                groups = {{}}
                for item in items:
                    feature = {feature}
                    {step}
                return groups
            """,
            f"""
            from collections import defaultdict

            def solve(items):
                groups = defaultdict({factory})
                for item in items:
                    {default_step}
                return dict(groups)
            """,
        ),
        arguments=arguments,
        synonyms={
            "items": ("words", "strings", "word_list", "lst")
            if kind == "words"
            else ("nums", "lst", "a"),
            "item": ("word", "w", "s") if kind == "words" else ("num", "x", "n"),
            "groups": ("result", "d", "res", "table"),
            "feature": ("group", "kind", "label"),
        },
    )


def _hint(by: str) -> str:
    """Return what the keys of a group look like where this is not clear."""
    return {
        "parity": "the keys are 'even' and 'odd'",
        "sign": "the keys are 'negative' and 'positive'",
        "letters": "the keys are the sorted letters",
        "tens": "33 belongs to 3",
    }.get(by, "")


_FROM_LISTS = {
    "two": ("dict(zip(first, second))", "two lists, one of keys and one of values"),
    "swapped": ("dict(zip(second, first))", "a list of values and a list of keys"),
    "sums": (
        "",
        "a list of keys that may repeat and a list of numbers (add up the numbers of a key)",
    ),
    "padded": ("", "a list of keys and a list of values that may be shorter (the rest gets None)"),
    "lists": (
        "",
        "a list of keys that may repeat and a list of values (collect those of a key in a list)",
    ),
}


@family(kind=tuple(_FROM_LISTS))
def dict_of_two_lists(choose: Chooser, kind: str) -> Exercise:
    """Make a dict of a list of keys and a list of values."""
    expression, noun = _FROM_LISTS[kind]
    solutions: tuple[str, ...]
    if kind in ("two", "swapped"):
        names, values = ("first", "second") if kind == "two" else ("second", "first")
        solutions = (
            f"def solve(first, second):\n    return {expression}",
            f"def solve(first, second):\n"
            f"    return {{{names}[index]: {values}[index] for index in range(len({names}))}}",
            f"""
            def solve(first, second):
                result = {{}}
                for name, value in zip({names}, {values}):
                    result[name] = value
                return result
            """,
        )
    elif kind == "padded":
        solutions = (
            """
            def solve(first, second):
                result = dict.fromkeys(first)
                result.update(zip(first, second))
                return result
            """,
            "from itertools import zip_longest\n\ndef solve(first, second):\n"
            "    return dict(zip_longest(first, second))",
            """
            def solve(first, second):
                result = {}
                for index, name in enumerate(first):
                    result[name] = second[index] if index < len(second) else None
                return result
            """,
        )
    else:
        step = {
            "sums": "result[name] = result.get(name, 0) + value",
            "lists": "result.setdefault(name, []).append(value)",
        }[kind]
        other = {"sums": ("int", "+= value"), "lists": ("list", ".append(value)")}[kind]
        between = " " if kind == "sums" else ""
        solutions = (
            f"""
            def solve(first, second):
                result = {{}}
                for name, value in zip(first, second):
                    {step}
                return result
            """,
            f"""
            from collections import defaultdict

            def solve(first, second):
                result = defaultdict({other[0]})
                for name, value in zip(first, second):
                    result[name]{between}{other[1]}
                return dict(result)
            """,
        )
    arguments = []
    for _ in range(6):
        labels = _labels(choose, choose.integer(1, 5))
        if kind in ("sums", "lists"):
            labels = [choose.one_of(labels) for _ in range(choose.integer(2, 6))]
        size = max(0, len(labels) - choose.integer(0, 2)) if kind == "padded" else len(labels)
        numbers = choose.integers(size, 1, 60)
        arguments.append((numbers, labels) if kind == "swapped" else (labels, numbers))
    return Exercise(
        texts=(
            f"create a dictionary from {noun}",
            f"combine {noun}, into a dictionary".replace("None,", "None:").replace(
                "None:", "None,"
            ),
            f"Build a dict out of {noun}.",
            f"make a dictionary: you are given {noun}",
        ),
        names=("lists_to_dict", "make_dict", f"dict_{kind}", "create_dict", "combine_lists"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("a", "list1", "l1", "one"),
            "second": ("b", "list2", "l2", "other"),
            "name": ("key", "k", "label"),
        },
    )


_MAPS = {
    "squares": (
        "range(1, n + 1)",
        "number",
        "number ** 2",
        "n",
        "each number from 1 to <n>",
        "its square",
    ),
    "cubes": (
        "range(1, n + 1)",
        "number",
        "number ** 3",
        "n",
        "each number from 1 to <n>",
        "its cube",
    ),
    "doubles": (
        "range(n)",
        "number",
        "2 * number",
        "n",
        "each number from 0 to <n> - 1",
        "its double",
    ),
    "parities": (
        "range(1, n + 1)",
        "number",
        "number % 2 == 0",
        "n",
        "each number from 1 to <n>",
        "True if it is even, else False",
    ),
    "divisors": (
        "range(1, n + 1)",
        "number",
        "[k for k in range(1, number + 1) if number % k == 0]",
        "n",
        "each number from 1 to <n>",
        "the list of its divisors",
    ),
    "lengths": ("words", "word", "len(word)", "words", "each word in a list", "its length"),
    "reversed": (
        "words",
        "word",
        "word[::-1]",
        "words",
        "each word in a list",
        "the reversed word",
    ),
    "upper": (
        "words",
        "word",
        "word.upper()",
        "words",
        "each word in a list",
        "its upper-case form",
    ),
    "indices": (
        "words",
        "word",
        "words.index(word)",
        "words",
        "each word in a list",
        "its first index",
    ),
    "vowels": (
        "words",
        "word",
        "sum(char in 'aeiou' for char in word)",
        "words",
        "each word in a list",
        "its number of vowels",
    ),
    "codes": ("text", "char", "ord(char)", "text", "each character of a string", "its code point"),
    "digit_sums": (
        "numbers",
        "number",
        "sum(int(digit) for digit in str(number))",
        "numbers",
        "each number in a list",
        "the sum of its digits",
    ),
}


@family(kind=tuple(_MAPS))
def dict_from_rule(choose: Chooser, kind: str) -> Exercise:
    """Map each number of a range or each item of a sequence to something computed from it."""
    sequence, name, value, parameter, noun, target = _MAPS[kind]
    drawn: dict[str, list[Any]] = {
        "n": choose.sample(range(1, 10), 6),
        "words": [choose.words((1, 5)) for _ in range(6)],
        "text": [choose.word() for _ in range(8)],
        "numbers": [choose.integers((1, 5), 1, 999) for _ in range(6)],
    }
    return Exercise(
        texts=(
            f"create a dictionary that maps {noun} to {target}",
            f"return a dictionary where {noun} is a key and its value is {target}",
            f"Return a dict with {noun} as a key and {target} as its value.",
            f"build a dictionary: the key is {noun}, the value is {target}",
        ),
        names=(f"map_{kind}", f"{kind}_dict", f"make_{kind}", f"dict_of_{kind}"),
        solutions=(
            f"def solve({parameter}):\n    return {{{name}: {value} for {name} in {sequence}}}",
            f"""
            def solve({parameter}):
                result = {{}}
                for {name} in {sequence}:
                    result[{name}] = {value}
                return result
            """,
        ),
        arguments=[(value,) for value in drawn[parameter]],
    )
