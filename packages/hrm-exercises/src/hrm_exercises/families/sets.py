"""Sets, and lists and strings treated as sets."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import as_they, or_not
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_SETS: _Synonyms = {
    "first": ("a", "set1", "s1", "x"),
    "second": ("b", "set2", "s2", "y"),
    "third": ("c", "set3", "s3", "z"),
}

_WORDS: _Synonyms = {
    "first": ("a", "word1", "s1", "str1"),
    "second": ("b", "word2", "s2", "str2"),
}


def _numbers(
    choose: Chooser, low: int = 1, high: int = 10, num: tuple[int, int] = (1, 6)
) -> set[int]:
    """Return a set of integers."""
    return set(choose.sample(range(low, high + 1), num))


_OPERATIONS = {
    "union": ("first | second", "first.union(second)", "the union of two sets", "all elements of"),
    "intersection": (
        "first & second",
        "first.intersection(second)",
        "the intersection of two sets",
        "the common elements of",
    ),
    "difference": (
        "first - second",
        "first.difference(second)",
        "the difference of two sets (first minus second)",
        "the elements that are only in the first of",
    ),
    "symmetric": (
        "first ^ second",
        "first.symmetric_difference(second)",
        "the symmetric difference of two sets",
        "the elements that are in exactly one of",
    ),
}


@family(operation=tuple(_OPERATIONS), result=("set", "sorted", "size", "sum"))
def operation_on_two_sets(choose: Chooser, operation: str, result: str) -> Exercise:
    """Return the union, intersection or difference of two sets, its size or its sum."""
    sign, method, noun, elements = _OPERATIONS[operation]
    pattern, before, after = {
        "set": ("{}", "", ""),
        "sorted": ("sorted({})", "", " as a sorted list"),
        "size": ("len({})", "the size of ", ""),
        "sum": ("sum({})", "the sum of ", ""),
    }[result]
    number = "the number of " if result == "size" else before
    elements = elements.removeprefix("the ") if result == "size" else elements
    loop = {
        "union": "list(first) + [item for item in second if item not in first]",
        "intersection": "[item for item in first if item in second]",
        "difference": "[item for item in first if item not in second]",
        "symmetric": "[item for item in first if item not in second] + "
        "[item for item in second if item not in first]",
    }[operation]
    solutions = [
        f"def solve(first, second):\n    return {pattern.format(sign)}",
        f"def solve(first, second):\n    return {pattern.format(method)}",
    ]
    if result != "set":
        solutions.append(f"def solve(first, second):\n    return {pattern.format(loop)}")
    elif operation in ("intersection", "difference"):
        inside = "in" if operation == "intersection" else "not in"
        solutions.append(
            "def solve(first, second):\n    return "
            f"{{item for item in first if item {inside} second}}"
        )
    return Exercise(
        texts=(
            f"find {before}{noun}{after}",
            f"return {number}{elements} two given sets{after}".replace(
                "number of the", "number of"
            ),
            f"Given the sets <first> and <second>, return {before}{noun}{after}.".replace(
                "two sets", "both"
            ),
            f"compute {number}{elements} two sets{after}",
        ),
        names=(operation, f"set_{operation}", f"{operation}_{result}", f"{result}_of_{operation}"),
        solutions=solutions,
        arguments=[(_numbers(choose), _numbers(choose)) for _ in range(5)]
        + [(set(), _numbers(choose)), (_numbers(choose, 1, 5), _numbers(choose, 6, 9))],
        synonyms=_SETS,
    )


_OF_LISTS = {
    "common": ("in", "&", "the elements that two lists have in common"),
    "missing": ("not in", "-", "the elements of the first list that are not in the second"),
    "either": ("", "^", "the elements that are in only one of two lists"),
    "all": ("", "|", "the distinct elements of two lists"),
}


@family(kind=tuple(_OF_LISTS), result=("sorted", "ordered", "count"))
def set_operation_on_lists(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find common, missing or all elements of two lists."""
    word, sign, noun = _OF_LISTS[kind]
    of_both = noun.replace("two lists", "the lists")
    by_sets = f"set(first) {sign} set(second)"
    ordered = {
        "either": "[x for x in first if x not in second] + [x for x in second if x not in first]",
        "all": "first + [x for x in second if x not in first]",
    }.get(kind, f"[x for x in first if x {word} second]")
    texts: tuple[str, ...]
    if result == "count":
        noun = noun.removeprefix("the ")
        texts = (
            f"count the {noun}",
            f"find the number of {noun}",
            f"Given two lists, return how many {as_they(noun, 'two lists')} there are."
            if kind == "all"
            else "Given two lists of items, return the number of "
            f"{as_they(noun, 'two lists')}, each counted once.",
        )
        solutions = [
            f"def solve(first, second):\n    return len({by_sets})",
            f"def solve(first, second):\n    return len(set({ordered}))",
        ]
    elif result == "sorted":
        texts = (
            f"find {noun}, in sorted order and without duplicates",
            f"return a sorted list of {noun}, each of them only once",
            f"Given two lists, return {of_both} as a sorted list in which nothing is repeated.",
        )
        solutions = [
            f"def solve(first, second):\n    return sorted({by_sets})",
            f"def solve(first, second):\n    return sorted(set({ordered}))",
        ]
    else:
        texts = (
            f"find {noun}, in the order in which they come first",
            f"return a list of {noun}, keeping their order",
            f"Given two lists without repeated elements, return {of_both} in their order.",
        )
        solutions = [f"def solve(first, second):\n    return {ordered}"]
        if kind in ("common", "missing"):
            solutions.append(f"""
            def solve(first, second):
                result = []
                for item in first:
                    if item {word} second:
                        result.append(item)
                return result
            """)
        if kind == "all":
            solutions.append(
                "def solve(first, second):\n    return list(dict.fromkeys(first + second))"
            )
    arguments = []
    for index in range(6):
        one: list[Any] = choose.sample(range(1, 10), (1, 6))
        two: list[Any] = choose.sample(range(1, 10), (1, 6))
        if index % 3 == 0:
            words = choose.sample(
                ["blue", "red", "green", "brown", "orange", "purple", "yellow"], 6
            )
            one, two = words[: choose.integer(2, 5)], choose.sample(words, (1, 4))
        if result != "ordered":
            one = one + choose.sample(one, (0, 2))
        arguments.append((one, two))
    return Exercise(
        texts=texts,
        names=(f"{kind}_elements", f"{result}_{kind}", f"{kind}_of_lists", f"find_{kind}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("item", "el", "e")},
    )


_OF_TEXTS = {
    "common": ("&", "the letters that two words have in common"),
    "missing": ("-", "the letters of the first word that are not in the second"),
    "either": ("^", "the letters that are in only one of two words"),
    "all": ("|", "the different letters of two words taken together"),
}


@family(kind=tuple(_OF_TEXTS), result=("list", "text", "count"))
def set_operation_on_words(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find common, missing or all letters of two words."""
    sign, noun = _OF_TEXTS[kind]
    expression = f"set(first) {sign} set(second)"
    condition = {
        "common": "char in first and char in second",
        "missing": "char in first and char not in second",
        "either": "(char in first) != (char in second)",
        "all": "char in first or char in second",
    }[kind]
    pattern, shown = {
        "list": ("sorted({})", "{} as a sorted list"),
        "text": ("''.join(sorted({}))", "{} as a string in alphabetical order"),
        "count": ("len({})", "the number of {}"),
    }[result]
    shown = shown.format(noun.removeprefix("the ") if result == "count" else noun)
    by_hand = "char for char in 'abcdefghijklmnopqrstuvwxyz' if " + condition
    by_hand = {"list": f"[{by_hand}]", "text": f"''.join({by_hand})", "count": f"len([{by_hand}])"}[
        result
    ]
    return Exercise(
        texts=(
            f"find {shown}",
            f"return {shown}, each letter once" if result != "count" else f"return {shown}",
            "Given two words in lower case, return " + as_they(shown, "two words") + ".",
            f"compare two strings of small letters and return {as_they(shown, 'two words')}",
        ),
        names=(f"{kind}_letters", f"{kind}_chars", f"{result}_{kind}_letters", f"letters_{kind}"),
        solutions=(
            f"def solve(first, second):\n    return {pattern.format(expression)}",
            f"def solve(first, second):\n    return {by_hand}",
        ),
        arguments=[(choose.word(), choose.word()) for _ in range(6)],
        synonyms=_WORDS,
    )


_RELATIONS = {
    "subset": (
        "first <= second",
        "first.issubset(second)",
        "all(item in second for item in first)",
        "the first set is a subset of the second",
    ),
    "superset": (
        "first >= second",
        "first.issuperset(second)",
        "all(item in first for item in second)",
        "the first set contains all elements of the second",
    ),
    "disjoint": (
        "not first & second",
        "first.isdisjoint(second)",
        "not any(item in second for item in first)",
        "two sets have no element in common",
    ),
    "overlap": (
        "len(first & second) > 0",
        "not first.isdisjoint(second)",
        "any(item in second for item in first)",
        "two sets share at least one element",
    ),
    "equal": (
        "first == second",
        "first <= second and second <= first",
        "len(first) == len(second) and all(item in second for item in first)",
        "two sets have the same elements",
    ),
    "proper": (
        "first < second",
        "first <= second and first != second",
        "first.issubset(second) and len(first) < len(second)",
        "the first set is a proper subset of the second",
    ),
}


@family(relation=tuple(_RELATIONS), container=("set", "list", "text"))
def relation_of_two_sets(choose: Chooser, relation: str, container: str) -> Exercise:
    """Check how two sets, the elements of two lists or the letters of two words are related."""
    sign, method, by_hand, claim = _RELATIONS[relation]
    ways = [sign, method, by_hand]
    if container != "set":
        claim = claim.replace("two sets", {"list": "two lists", "text": "two words"}[container])
        claim = claim.replace(
            "the first set", f"the first {'list' if container == 'list' else 'word'}"
        )
        if container == "text":
            claim = claim.replace("element in", "letter in").replace("elements", "letters")
            claim = claim.replace("one element", "one letter")
        claim = {
            ("subset", "list"): "all elements of the first list are in the second",
            ("subset", "text"): "all letters of the first word occur in the second",
            (
                "proper",
                "list",
            ): "the elements of the first list are a proper subset of the second's",
            ("proper", "text"): "the letters of the first word are a proper subset of the second's",
            (
                "equal",
                "list",
            ): "two lists have the same elements, no matter how often and in what order",
            (
                "equal",
                "text",
            ): "two words consist of the same letters, no matter how often they occur",
        }.get((relation, container), claim)
        converted = "first, second = set(first), set(second)\n    return {}"
        solutions = [
            f"def solve(first, second):\n    {converted.format(method)}",
            "def solve(first, second):\n    return "
            + sign.replace("first", "set(first)").replace("second", "set(second)"),
        ]
        if relation not in ("equal", "proper"):
            solutions.append(f"def solve(first, second):\n    return {by_hand}")
    else:
        solutions = [f"def solve(first, second):\n    return {way}" for way in ways]
    return Exercise(
        texts=(
            f"check whether {claim}",
            f"check if {claim}{or_not(claim)}",
            f"return true if {claim}, else false",
            f"Return True if {claim}; otherwise return False.",
        ),
        names=(
            f"is_{relation}",
            f"check_{relation}",
            f"{relation}_{container}s",
            f"are_{relation}",
        ),
        solutions=solutions,
        arguments=[_related(choose, relation, container, yes=index % 2 == 0) for index in range(7)],
        synonyms={"set": _SETS, "text": _WORDS, "list": {}}[container],
    )


def _related(choose: Chooser, relation: str, container: str, *, yes: bool) -> tuple[Any, Any]:
    """Return two sets, lists or words of which a relation mostly holds if `yes`."""
    alphabet: Any = "abcdefgh" if container == "text" else range(1, 9)
    items = choose.sample(alphabet, 8)
    cut, more = choose.integer(1, 4), choose.integer(1, 3)
    small, large, rest = items[:cut], items[: cut + more], items[cut + more :]
    one, two = small, rest
    if (relation in ("subset", "proper", "overlap") and yes) or (
        relation == "disjoint" and not yes
    ):
        one, two = small, large
    elif relation == "superset" and yes:
        one, two = large, small
    elif relation == "equal" and yes:
        one, two = small, small
    elif relation in ("superset", "equal", "proper"):
        one, two = small, (small if relation == "proper" and choose.chance(0.5) else large)
    elif relation == "subset":
        one, two = [*small, rest[0]], large
    one, two = choose.shuffled(one), choose.shuffled(two)
    if container == "set":
        return set(one), set(two)
    one, two = one + choose.sample(one, (0, 2)), two + choose.sample(two, (0, 1))
    return ("".join(one), "".join(two)) if container == "text" else (one, two)


_CHANGED = {
    "add": ("items | {{item}}", "result.add(item)", "add an element to a set", "item"),
    "discard": (
        "items - {{item}}",
        "result.discard(item)",
        "remove an element from a set if it is there",
        "item",
    ),
    "toggle": (
        "items ^ {{item}}",
        "result.remove(item) if item in result else result.add(item)",
        "add an element to a set, or remove it if it is already there",
        "item",
    ),
    "even": ("{{x for x in items if x % 2 == 0}}", "", "keep the even numbers of a set", ""),
    "above": (
        "{{x for x in items if x > item}}",
        "",
        "keep the numbers of a set that exceed <item>",
        "item",
    ),
    "squares": (
        "{{x ** 2 for x in items}}",
        "",
        "return the set of the squares of a set of numbers",
        "",
    ),
    "without_extremes": (
        "items - {{min(items), max(items)}}",
        "result.remove(max(items))\n                result.remove(min(items))",
        "remove the smallest and the largest number from a set",
        "",
    ),
}


@family(change=tuple(_CHANGED))
def changed_copy_of_set(choose: Chooser, change: str) -> Exercise:
    """Add, remove, filter or map the elements of a set; a new set is returned."""
    expression, statement, does, parameter = _CHANGED[change]
    expression = expression.replace("{{", "{").replace("}}", "}")
    parameters = "items, item" if parameter else "items"
    if change == "toggle":
        statement = """if item in result:
                    result.remove(item)
                else:
                    result.add(item)"""
    if statement:
        loop = f"""
            def solve({parameters}):
                result = set(items)
                {statement}
                return result
            """
    else:
        value = "x ** 2" if change == "squares" else "x"
        condition = expression.partition(" if ")[2][:-1]
        body = (
            f"if {condition}:\n                        result.add(x)"
            if condition
            else f"result.add({value})"
        )
        loop = f"""
            def solve({parameters}):
                result = set()
                for x in items:
                    {body}
                return result
            """
    low = -6 if change == "squares" else 1
    arguments: list[tuple[Any, ...]] = []
    for _ in range(7):
        some = _numbers(choose, low, 15, (2, 6))
        item = choose.one_of(sorted(some)) if choose.chance(0.5) else choose.integer(1, 15)
        arguments.append((some, item) if parameter else (some,))
    given = does.replace("a set of numbers", "them").replace("a set", "this set")
    given = given.replace("an element", "<item>")
    returning = does if does.startswith("return") else f"{does} and return the new set"
    return Exercise(
        texts=(
            does,
            returning,
            f"Given a set of integers{' and a number <item>' if parameter else ''}, {given}.",
            f"I have a set of numbers. The function should {given}.",
        ),
        names=(f"{change}_set", f"set_{change}", f"{change}_elements", "change_set"),
        solutions=(f"def solve({parameters}):\n    return {expression}", loop),
        arguments=arguments,
        synonyms={"items": ("numbers", "s", "nums", "values"), "item": ("k", "value", "num")},
    )
