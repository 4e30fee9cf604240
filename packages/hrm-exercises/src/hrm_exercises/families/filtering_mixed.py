"""Words, lists, pairs and mixed elements kept or dropped by conditions."""

from collections.abc import Callable

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import Task, ask_for, ask_to, returns
from hrm_exercises.family import Exercise, family

_TYPES = {
    "int": ("integers", "isinstance(item, int)", "not isinstance(item, int)"),
    "str": ("strings", "isinstance(item, str)", "not isinstance(item, str)"),
    "list": ("lists", "isinstance(item, list)", "not isinstance(item, list)"),
    "tuple": ("tuples", "isinstance(item, tuple)", "not isinstance(item, tuple)"),
    "float": ("floats", "isinstance(item, float)", "not isinstance(item, float)"),
    "number": (
        "numbers (integers and floats)",
        "isinstance(item, (int, float))",
        "not isinstance(item, (int, float))",
    ),
}


def _mixed(choose: Chooser, num: int) -> list[object]:
    """Return a list of numbers, words, lists and tuples."""
    items: list[object] = []
    for _ in range(num):
        pool: tuple[object, ...] = (
            choose.integer(0, 99),
            choose.word(),
            choose.decimal(0, 9),
            choose.integers(2, 1, 9),
            (choose.integer(1, 9), choose.integer(1, 9)),
        )
        items.append(choose.one_of(pool))
    return items


@family(kind=tuple(_TYPES), action=("keep", "drop", "count"))
def elements_of_a_type(choose: Chooser, kind: str, action: str) -> Exercise:
    """Keep, drop or count the integers, strings ... of a mixed list."""
    noun, condition, opposite = _TYPES[kind]
    given = choose.one_of(
        ("a mixed list", "a given mixed list", "a list", "a list with elements of several types")
    )
    test = opposite if action == "drop" else condition
    plain = noun.partition(" (")[0]
    if action == "count":
        texts = ask_to(
            given,
            (
                f"count the {plain} in {{}}",
                f"find the number of {plain} in {{}}",
                f"find how many elements of {{}} are {plain}",
            ),
        )
        solutions: tuple[str, ...] = (
            returns("items", f"sum(1 for item in items if {test})"),
            f"""
            def solve(items):
                count = 0
                for item in items:
                    if {test}:
                        count += 1
                return count
            """,
        )
    else:
        if action == "keep":
            texts = ask_for(
                given,
                (
                    f"all {noun} of {{}}",
                    f"the {plain} in {{}}",
                    f"a list of the elements of {{}} that are {plain}",
                ),
            )
        else:
            texts = ask_to(
                given,
                (f"remove all {plain} from {{}}", f"drop the elements of {{}} that are {plain}"),
            )
        solutions = (
            returns("items", f"[item for item in items if {test}]"),
            returns("items", f"list(filter(lambda item: {test}, items))"),
            f"""
            def solve(items):
                result = []
                for item in items:
                    if {test}:
                        result.append(item)
                return result
            """,
        )
    return Exercise(
        texts=texts,
        names=(f"{action}_{plain}", f"{action}_by_type", f"{plain}_of_list"),
        solutions=solutions,
        arguments=[(_mixed(choose, num),) for num in (3, 5, 6, 7, 8)]
        + [([],), ([1, "a", 2.5, [3], (4, 5)],)],
    )


_EMPTY: dict[str, tuple[str, str, str, Callable[[Chooser], object]]] = {
    "strings": (
        "empty strings",
        "''",
        "item != ''",
        lambda choose: "" if choose.chance(0.4) else choose.word(),
    ),
    "lists": (
        "empty lists",
        "[]",
        "item != []",
        lambda choose: [] if choose.chance(0.4) else choose.integers((1, 2), 0, 9),
    ),
    "tuples": (
        "empty tuples",
        "()",
        "item != ()",
        lambda choose: () if choose.chance(0.4) else (choose.integer(0, 9),),
    ),
    "falsy": (
        "values that are false in a condition, such as 0, '' and None,",
        "",
        "item",
        lambda choose: choose.one_of((0, "", None, choose.integer(1, 9), choose.word())),
    ),
}


@family(kind=tuple(_EMPTY), action=("drop", "count"))
def empty_elements(choose: Chooser, kind: str, action: str) -> Exercise:
    """Remove or count empty strings, lists, tuples."""
    noun, literal, test, make = _EMPTY[kind]
    noun = noun.rstrip(",")
    given = {
        "strings": "a list of strings",
        "lists": "a list of lists",
        "tuples": "a list of tuples",
        "falsy": "a list",
    }[kind]
    if action == "drop":
        texts = ask_to(given, (f"remove all {noun} from {{}}", f"drop the {noun} in {{}}"))
        solutions = [
            returns("items", "[item for item in items if item]"),
            returns("items", "list(filter(None, items))"),
        ]
        if literal:
            solutions.append(returns("items", f"[item for item in items if {test}]"))
    else:
        texts = ask_to(given, (f"count the {noun} in {{}}", f"find the number of {noun} in {{}}"))
        solutions = [returns("items", "sum(1 for item in items if not item)")]
        if literal:
            solutions.append(returns("items", f"items.count({literal})"))
    return Exercise(
        texts=texts,
        names=(
            f"{action}_empty_{kind}" if literal else f"{action}_falsy",
            f"{action}_empty",
            "clean_list" if action == "drop" else "num_empty",
        ),
        solutions=solutions,
        arguments=[([make(choose) for _ in range(num)],) for num in (3, 4, 5, 6, 7)] + [([],)],
    )


_WORDS = {
    "longer": ("that are longer than <k> letters", "len(word) > k", "len(word) <= k", "k"),
    "shorter": ("that are shorter than <k> letters", "len(word) < k", "len(word) >= k", "k"),
    "exact": ("that have exactly <k> letters", "len(word) == k", "len(word) != k", "k"),
    "starts": (
        "that start with the letter <char>",
        "word.startswith(char)",
        "not word.startswith(char)",
        "char",
    ),
    "ends": (
        "that end with the letter <char>",
        "word.endswith(char)",
        "not word.endswith(char)",
        "char",
    ),
    "contains": ("that contain the letter <char>", "char in word", "char not in word", "char"),
    "twice": (
        "that contain the letter <char> at least twice",
        "word.count(char) >= 2",
        "word.count(char) < 2",
        "char",
    ),
    "vowel": ("that begin with a vowel", "word[0] in 'aeiou'", "word[0] not in 'aeiou'", ""),
    "same_ends": (
        "that begin and end with the same letter",
        "word[0] == word[-1]",
        "word[0] != word[-1]",
        "",
    ),
    "palindrome": ("that are palindromes", "word == word[::-1]", "word != word[::-1]", ""),
    "even": (
        "that have an even number of letters",
        "len(word) % 2 == 0",
        "len(word) % 2 != 0",
        "",
    ),
    "double": (
        "that have a letter more than once",
        "len(set(word)) < len(word)",
        "len(set(word)) == len(word)",
        "",
    ),
}


@family(condition=tuple(_WORDS), action=("keep", "drop", "count"))
def words_that_meet_a_condition(choose: Chooser, condition: str, action: str) -> Exercise:
    """Keep, drop or count words by length, letters ..."""
    told, test, opposite, parameter = _WORDS[condition]
    head = f"words, {parameter}" if parameter else "words"
    given = choose.one_of(
        (
            "a list of words",
            "a list of strings",
            "a given list of words",
            "the given list of strings",
        )
    )
    if action == "count":
        texts = ask_to(
            given,
            (f"count the words in {{}} {told}", f"find the number of words in {{}} {told}"),
        )
        solutions: tuple[str, ...] = (
            returns(head, f"sum(1 for word in words if {test})"),
            f"""
            def solve({head}):
                count = 0
                for word in words:
                    if {test}:
                        count += 1
                return count
            """,
        )
    else:
        if action == "keep":
            texts = ask_for(given, (f"all words of {{}} {told}", f"the elements of {{}} {told}"))
        else:
            texts = ask_to(
                given, (f"remove all words from {{}} {told}", f"drop the elements of {{}} {told}")
            )
            test = opposite
        solutions = (
            returns(head, f"[word for word in words if {test}]"),
            returns(head, f"list(filter(lambda word: {test}, words))"),
            f"""
            def solve({head}):
                result = []
                for word in words:
                    if {test}:
                        result.append(word)
                return result
            """,
        )
    arguments: list[tuple[object, ...]] = []
    for _ in range(6):
        words = choose.words((3, 7))
        if condition in ("palindrome", "same_ends", "double"):
            words[0] = choose.one_of(("level", "noon", "radar", "civic", "kayak"))
            words = choose.shuffled(words)
        some = choose.one_of(words)
        char = {"starts": some[0], "ends": some[-1]}.get(
            condition, choose.one_of((some[1], some[2]))
        )
        extra: tuple[object, ...] = ()
        if parameter:
            extra = (
                (len(some) if condition != "longer" else len(some) - 1,)
                if parameter == "k"
                else (char,)
            )
        arguments.append((words, *extra))
    return Exercise(
        texts=texts,
        names=(f"{action}_{condition}", f"{action}_words_{condition}", "filter_words"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"k": ("n", "length", "size")},
    )


_LISTS = {
    "longer": ("that have more than <k> elements", "len(row) > k"),
    "exact": ("that have exactly <k> elements", "len(row) == k"),
    "sum": ("whose sum is greater than <k>", "sum(row) > k"),
    "contains": ("that contain <k>", "k in row"),
    "lacks": ("that do not contain <k>", "k not in row"),
    "all_greater": (
        "in which all elements are greater than <k>",
        "all(number > k for number in row)",
    ),
    "any_greater": (
        "in which some element is greater than <k>",
        "any(number > k for number in row)",
    ),
}


@family(condition=tuple(_LISTS))
def inner_lists_that_meet_a_condition(choose: Chooser, condition: str) -> Exercise:
    """Keep the inner lists with a length, a sum, an element."""
    told, test = _LISTS[condition]
    given = choose.one_of(
        ("a list of lists", "a given list of lists", "a nested list", "the given list of lists")
    )
    low, high = {"longer": (1, 3), "exact": (1, 3), "sum": (8, 16)}.get(condition, (3, 7))
    arguments = []
    for _ in range(6):
        rows = [choose.integers((1, 4), 1, 9) for _ in range(choose.integer(2, 5))]
        arguments.append((rows, choose.integer(low, high)))
    return Exercise(
        texts=(
            *ask_for(given, (f"the inner lists of {{}} {told}", f"all sublists of {{}} {told}")),
            f"keep only those lists of a list of lists {told}",
        ),
        names=(f"lists_{condition}", f"filter_lists_{condition}", f"sublists_{condition}"),
        solutions=(
            returns("rows, k", f"[row for row in rows if {test}]"),
            f"""
            def solve(rows, k):
                result = []
                for row in rows:
                    if {test}:
                        result.append(row)
                return result
            """,
            returns("rows, k", f"list(filter(lambda row: {test}, rows))"),
        ),
        arguments=[*arguments, ([], 2)],
        synonyms={"rows": ("lists", "nested", "matrix", "lst"), "k": ("n", "x", "limit")},
    )


_PAIRS = {
    "rising": ("whose first element is smaller than the second", "pair[0] < pair[1]"),
    "equal": ("whose two elements are equal", "pair[0] == pair[1]"),
    "even_sum": ("whose elements have an even sum", "sum(pair) % 2 == 0"),
    "both_even": ("in which both elements are even", "pair[0] % 2 == 0 and pair[1] % 2 == 0"),
    "any_zero": ("that contain a 0", "0 in pair"),
    "big_sum": ("whose sum is greater than 10", "sum(pair) > 10"),
    "divides": (
        "whose second element is divisible by the first",
        "pair[0] != 0 and pair[1] % pair[0] == 0",
    ),
    "near": ("whose elements differ by at most 1", "abs(pair[0] - pair[1]) <= 1"),
}


@family(condition=tuple(_PAIRS), action=("keep", "count"))
def pairs_that_meet_a_condition(choose: Chooser, condition: str, action: str) -> Exercise:
    """Keep or count pairs of numbers."""
    told, test = _PAIRS[condition]
    given = choose.one_of(
        (
            "a list of pairs",
            "a list of tuples with two numbers",
            "a given list of pairs",
            "a list of tuples",
        )
    )
    if action == "keep":
        texts = ask_for(given, (f"the pairs of {{}} {told}", f"all tuples of {{}} {told}"))
        solutions = (
            returns("pairs", f"[pair for pair in pairs if {test}]"),
            f"""
            def solve(pairs):
                result = []
                for pair in pairs:
                    if {test}:
                        result.append(pair)
                return result
            """,
        )
    else:
        texts = ask_for(
            given,
            (f"the number of pairs in {{}} {told}", f"the number of tuples in {{}} {told}"),
        )
        solutions = (
            returns("pairs", f"sum(1 for pair in pairs if {test})"),
            f"""
            def solve(pairs):
                count = 0
                for pair in pairs:
                    if {test}:
                        count += 1
                return count
            """,
        )
    lists = [
        [(choose.integer(0, 9), choose.integer(0, 9)) for _ in range(num)]
        for num in (3, 4, 5, 6, 5)
    ]
    return Exercise(
        texts=texts,
        names=(f"{action}_{condition}_pairs", f"{condition}_pairs", f"filter_{condition}"),
        solutions=solutions,
        arguments=[(pairs,) for pairs in lists] + [([],), ([(2, 4), (3, 3), (0, 5), (6, 1)],)],
        synonyms={"pair": ("p", "tup", "t")},
    )


_SEPARATED = {
    "types": Task(
        (
            "split a mixed list of integers and strings into a tuple of two lists: the integers "
            "and the strings",
            "separate the integers of a mixed list from its strings and return both lists as a "
            "tuple",
            "Given a list of integers and strings, return a tuple with the list of integers and "
            "the list of strings.",
        ),
        ("separate_types", "split_by_type", "ints_and_strings"),
        (
            """
            def solve(items):
                numbers = [item for item in items if isinstance(item, int)]
                words = [item for item in items if isinstance(item, str)]
                return (numbers, words)
            """,
            """
            def solve(items):
                numbers = []
                words = []
                for item in items:
                    if isinstance(item, int):
                        numbers.append(item)
                    else:
                        words.append(item)
                return (numbers, words)
            """,
        ),
    ),
    "sum": Task(
        (
            "find the sum of all integers in a mixed list of integers and strings",
            "add up only the numbers of a list that contains integers and strings",
            "Given a list of integers and strings, return the sum of its integers.",
        ),
        ("sum_of_integers_in_mixed", "sum_numbers_only", "add_integers"),
        (
            returns("items", "sum(item for item in items if isinstance(item, int))"),
            """
            def solve(items):
                total = 0
                for item in items:
                    if isinstance(item, int):
                        total += item
                return total
            """,
        ),
    ),
    "lengths": Task(
        (
            "find the total length of all strings in a mixed list of integers and strings",
            "add up the lengths of the strings in a list of integers and strings",
            "Given a list of integers and strings, return how many characters its strings have "
            "together.",
        ),
        ("total_string_length", "length_of_strings", "count_characters_of_strings"),
        (
            returns("items", "sum(len(item) for item in items if isinstance(item, str))"),
            """
            def solve(items):
                total = 0
                for item in items:
                    if isinstance(item, str):
                        total += len(item)
                return total
            """,
        ),
    ),
    "joined": Task(
        (
            "join all strings of a mixed list of integers and strings with a space between them",
            "concatenate the strings in a list of integers and strings, separated by single spaces",
            "Given a list of integers and strings, return its strings joined by spaces.",
        ),
        ("join_strings_of_mixed", "concatenate_strings", "strings_to_sentence"),
        (
            returns("items", "' '.join(item for item in items if isinstance(item, str))"),
            """
            def solve(items):
                words = []
                for item in items:
                    if isinstance(item, str):
                        words.append(item)
                return ' '.join(words)
            """,
        ),
    ),
    "max": Task(
        (
            "find the largest integer in a mixed list of integers and strings (there is at least "
            "one)",
            "return the maximum of the integers in a list of integers and strings",
            "Given a list of integers and strings, return its largest integer.",
        ),
        ("largest_integer_in_mixed", "max_of_integers", "biggest_number_of_mixed"),
        (
            returns("items", "max(item for item in items if isinstance(item, int))"),
            """
            def solve(items):
                numbers = [item for item in items if isinstance(item, int)]
                return max(numbers)
            """,
        ),
    ),
    "digits": Task(
        (
            "convert all strings of digits in a mixed list to integers and leave the other "
            "elements alone",
            "turn those elements of a list that are strings of digits into integers",
            "Given a list of integers and strings, replace each string that consists of digits by "
            "its integer.",
        ),
        ("digits_to_integers", "convert_digit_strings", "parse_numbers"),
        (
            """
            def solve(items):
                result = []
                for item in items:
                    if isinstance(item, str) and item.isdigit():
                        result.append(int(item))
                    else:
                        result.append(item)
                return result
            """,
            """
            def solve(items):
                return [
                    int(item) if isinstance(item, str) and item.isdigit() else item
                    for item in items
                ]
            """,
        ),
    ),
}


@family(what=tuple(_SEPARATED))
def mixed_list_of_numbers_and_strings(choose: Chooser, what: str) -> Exercise:
    """Separate, add up, join the parts of a mixed list."""
    task = _SEPARATED[what]
    lists: list[list[object]] = []
    for num in (3, 4, 5, 6, 7):
        items: list[object] = [
            choose.word() if choose.chance(0.5) else choose.integer(0, 99) for _ in range(num)
        ]
        items.append(str(choose.integer(1, 99)) if what == "digits" else choose.integer(1, 99))
        lists.append(choose.shuffled(items))
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in lists] + [([5, "b", 17],)],
        synonyms={"numbers": ("ints", "integers"), "words": ("texts", "strings_", "parts")},
    )
