"""Frequencies of elements, modes, occurrences and counts."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    ask_for,
    ask_to,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family


def _few_values(choose: Chooser, num: int = 5) -> list[list[object]]:
    """Return lists with repeated numbers, letters or words."""
    kind = choose.integer(0, 4)
    if kind == 3:
        return [list(choose.letters((4, 9), "abcd")) for _ in range(num)]
    if kind == 4:
        pool = sorted(set(choose.words(4)))
        return [[choose.one_of(pool) for _ in range(choose.integer(3, 7))] for _ in range(num)]
    return [[*choose.integers((4, 10), 1, 5)] for _ in range(num)]


_FREQUENCIES = {
    "dict": Task(
        (
            "the frequency of each element as a dictionary",
            "a dictionary that maps each element of {} to the number of its occurrences",
            "how often each element of {} occurs, as a dictionary",
        ),
        ("frequencies", "count_elements", "frequency_dict"),
        (
            """
            def solve(items):
                counts = {}
                for item in items:
                    counts[item] = counts.get(item, 0) + 1
                return counts
            """,
            """
            from collections import Counter

            def solve(items):
                return dict(Counter(items))
            """,
            """
            def solve(items):
                counts = {}
                for item in items:
                    if item in counts:
                        counts[item] += 1
                    else:
                        counts[item] = 1
                return counts
            """,
            returns("items", "{item: items.count(item) for item in items}"),
        ),
    ),
    "pairs": Task(
        (
            "a list of tuples (element, count) in order of first appearance",
            "each distinct element of {} with its number of occurrences, as a list of tuples",
        ),
        ("count_pairs", "element_counts", "frequency_pairs"),
        (
            """
            from collections import Counter

            def solve(items):
                return list(Counter(items).items())
            """,
            """
            def solve(items):
                result = []
                seen = []
                for item in items:
                    if item not in seen:
                        seen.append(item)
                        result.append((item, items.count(item)))
                return result
            """,
        ),
    ),
    "sorted": Task(
        (
            "a sorted list of tuples (element, count)",
            "the distinct elements of {} in ascending order, each as a tuple with its count",
        ),
        ("sorted_counts", "sorted_frequencies", "counts_in_order"),
        (
            """
            from collections import Counter

            def solve(items):
                return sorted(Counter(items).items())
            """,
            returns("items", "[(item, items.count(item)) for item in sorted(set(items))]"),
        ),
    ),
    "aligned": Task(
        (
            "a list that has, for each element of {}, the number of its occurrences",
            "the list in which every element of {} is replaced by its frequency",
        ),
        ("replace_by_count", "count_for_each", "frequency_of_each"),
        (
            returns("items", "[items.count(item) for item in items]"),
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                return [counts[item] for item in items]
            """,
        ),
    ),
    "indexes": Task(
        (
            "a dictionary that maps each element of {} to the list of its indexes",
            "for each distinct element of {} the list of indexes where it occurs, as a dictionary",
        ),
        ("index_lists", "positions_of_each", "group_indexes"),
        (
            """
            def solve(items):
                result = {}
                for index, item in enumerate(items):
                    result.setdefault(item, []).append(index)
                return result
            """,
            """
            def solve(items):
                result = {}
                for index, item in enumerate(items):
                    if item not in result:
                        result[item] = []
                    result[item].append(index)
                return result
            """,
        ),
    ),
    "by_count": Task(
        (
            "a dictionary that maps each frequency to the sorted list of the elements of {} that "
            "occur so often",
        ),
        ("group_by_frequency", "elements_by_count", "frequency_groups"),
        (
            """
            def solve(items):
                result = {}
                for item in sorted(set(items)):
                    result.setdefault(items.count(item), []).append(item)
                return result
            """,
        ),
    ),
    "relative": Task(
        (
            "the share of each element of {} (its count divided by the length) rounded to 2 "
            "digits, as a dictionary",
        ),
        ("relative_frequencies", "shares", "proportions"),
        (
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                return {item: round(counts[item] / len(items), 2) for item in counts}
            """,
            """
            def solve(items):
                result = {}
                for item in items:
                    result[item] = round(items.count(item) / len(items), 2)
                return result
            """,
        ),
    ),
}


@family(result=tuple(_FREQUENCIES))
def frequencies_of_elements(choose: Chooser, result: str) -> Exercise:
    """Count how often each element occurs."""
    task = _FREQUENCIES[result]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "in"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in _few_values(choose)] + [([7],), ([],)],
    )


_OCCURRENCES = {
    "value": (
        "count how often <item> occurs in {}",
        "count the occurrences of a value in {}",
        "number == item",
        "count_occurrences",
    ),
    "not": (
        "count the elements of {} that are not equal to <item>",
        "find how many elements of {} differ from <item>",
        "number != item",
        "count_others",
    ),
    "greater": (
        "count the elements of {} that are greater than <item>",
        "find how many numbers of {} are above <item>",
        "number > item",
        "count_greater",
    ),
    "at_least": (
        "count the elements of {} that are at least <item>",
        "find how many numbers of {} are not less than <item>",
        "number >= item",
        "count_at_least",
    ),
    "less": (
        "count the elements of {} that are less than <item>",
        "find how many numbers of {} are below <item>",
        "number < item",
        "count_less",
    ),
    "multiple": (
        "count the elements of {} that are divisible by <item>",
        "find how many numbers of {} are multiples of <item>",
        "number % item == 0",
        "count_multiples",
    ),
    "not_multiple": (
        "count the elements of {} that are not divisible by <item>",
        "find how many numbers of {} are no multiples of <item>",
        "number % item != 0",
        "count_non_multiples",
    ),
    "near": (
        "count the elements of {} that differ from <item> by at most 1",
        "find how many numbers of {} are <item> or a neighbour of it",
        "abs(number - item) <= 1",
        "count_near",
    ),
}


@family(which=tuple(_OCCURRENCES))
def count_compared_with_a_value(choose: Chooser, which: str) -> Exercise:
    """Count the elements that are equal to, greater than ... a value."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    one, two, condition, name = _OCCURRENCES[which]
    solutions = [
        returns("numbers, item", f"sum(1 for number in numbers if {condition})"),
        f"""
        def solve(numbers, item):
            count = 0
            for number in numbers:
                if {condition}:
                    count += 1
            return count
        """,
        returns("numbers, item", f"len([number for number in numbers if {condition}])"),
    ]
    if which == "value":
        solutions.append(returns("numbers, item", "numbers.count(item)"))
    lists = number_lists(choose, 6, (4, 9), 0, 12)
    return Exercise(
        texts=ask_to(given, (one, two)),
        names=(name, f"{name}_in_list", f"how_many_{name[6:]}"),
        solutions=solutions,
        arguments=as_given(
            given, [(numbers, choose.one_of(numbers) or 3) for numbers in lists] + [([], 4)]
        ),
        synonyms={"item": ("x", "k", "value", "target")},
    )


_KINDS = {
    "even": ("even numbers", "number % 2 == 0"),
    "odd": ("odd numbers", "number % 2 != 0"),
    "positive": ("positive numbers", "number > 0"),
    "negative": ("negative numbers", "number < 0"),
    "zero": ("zeros", "number == 0"),
    "two_digits": ("positive two-digit numbers", "10 <= number <= 99"),
    "square": ("perfect squares", "number >= 0 and math.isqrt(number) ** 2 == number"),
    "five": ("multiples of 5", "number % 5 == 0"),
    "end": ("numbers that end in 3", "abs(number) % 10 == 3"),
}


@family(kind=tuple(_KINDS))
def count_numbers_of_a_kind(choose: Chooser, kind: str) -> Exercise:
    """Count the even, odd, positive ... elements."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    noun, condition = _KINDS[kind]
    imports = "import math\n\n" if "math" in condition else ""
    solutions = (
        imports + returns("numbers", f"sum(1 for number in numbers if {condition})"),
        imports + returns("numbers", f"len([number for number in numbers if {condition}])"),
        imports + "def solve(numbers):\n    count = 0\n    for number in numbers:\n"
        f"        if {condition}:\n            count += 1\n    return count\n",
    )
    lists = number_lists(choose, 5, (4, 9), -12, 40)
    if kind == "zero":
        lists = [choose.integers((4, 9), -2, 2) for _ in range(5)]
    chosen, arguments = sized(
        choose, solutions, [(numbers,) for numbers in lists] + [([0, 3, 25, -7],), ([],)]
    )
    return Exercise(
        texts=ask_to(
            given,
            (
                f"count the {noun} in {{}}",
                f"find the number of {noun} in {{}}",
                f"find how many {noun} {{}} contains",
            ),
        ),
        names=(f"count_{kind}", f"{kind}_count", f"number_of_{kind}"),
        solutions=chosen,
        arguments=as_given(given, arguments),
    )


_MODES = {
    "first": Task(
        (
            "the most frequent element of {} (the one that occurs first if there are several)",
            "the element that occurs most often in {}; of equally frequent ones the first in the "
            "list",
        ),
        ("most_frequent", "most_common_element", "mode"),
        (
            """
            from collections import Counter

            def solve(items):
                return Counter(items).most_common(1)[0][0]
            """,
            returns("items", "max(items, key=items.count)"),
            """
            def solve(items):
                best = items[0]
                for item in items:
                    if items.count(item) > items.count(best):
                        best = item
                return best
            """,
        ),
    ),
    "smallest": Task(
        (
            "the most frequent element of {} (the smallest one if there are several)",
            "the mode of {}; if several values are equally frequent, the smallest of them",
        ),
        ("smallest_mode", "mode_of_list", "most_frequent_smallest"),
        (
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                return min(counts, key=lambda item: (-counts[item], item))
            """,
            """
            def solve(items):
                most = max(items.count(item) for item in items)
                return min(item for item in items if items.count(item) == most)
            """,
        ),
    ),
    "count": Task(
        ("how often the most frequent element of {} occurs", "the highest frequency of an element"),
        ("highest_frequency", "max_count", "mode_count"),
        (
            returns("items", "max(items.count(item) for item in items)"),
            """
            from collections import Counter

            def solve(items):
                return max(Counter(items).values())
            """,
        ),
    ),
    "all": Task(
        (
            "all elements with the highest frequency, in ascending order",
            "a sorted list of the modes",
        ),
        ("modes", "all_modes", "most_frequent_elements"),
        (
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                most = max(counts.values())
                return sorted(item for item in counts if counts[item] == most)
            """,
            """
            def solve(items):
                most = max(items.count(item) for item in items)
                return sorted({item for item in items if items.count(item) == most})
            """,
        ),
    ),
    "pair": Task(
        (
            "the most frequent element and its count as a tuple (the first such element of the "
            "list)",
        ),
        ("most_common_with_count", "mode_and_count", "top_element"),
        (
            """
            from collections import Counter

            def solve(items):
                return Counter(items).most_common(1)[0]
            """,
            """
            def solve(items):
                best = max(items, key=items.count)
                return (best, items.count(best))
            """,
        ),
    ),
    "least": Task(
        (
            "the least frequent element of {} (the one that occurs first if there are several)",
            "the rarest element of {}; of equally rare ones the first in the list",
        ),
        ("least_frequent", "rarest_element", "least_common"),
        (
            returns("items", "min(items, key=items.count)"),
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items)
                return min(counts, key=lambda item: counts[item])
            """,
        ),
    ),
    "least_count": Task(
        ("the lowest frequency of an element", "how often the rarest element of {} occurs"),
        ("lowest_frequency", "min_count", "rarest_count"),
        (
            returns("items", "min(items.count(item) for item in items)"),
            """
            from collections import Counter

            def solve(items):
                return min(Counter(items).values())
            """,
        ),
    ),
    "difference": Task(
        ("the difference between the highest and the lowest frequency of an element",),
        ("frequency_difference", "frequency_range", "count_spread"),
        (
            """
            from collections import Counter

            def solve(items):
                counts = Counter(items).values()
                return max(counts) - min(counts)
            """,
            """
            def solve(items):
                counts = [items.count(item) for item in items]
                return max(counts) - min(counts)
            """,
        ),
    ),
}


@family(which=tuple(_MODES))
def most_or_least_frequent_element(choose: Chooser, which: str) -> Exercise:
    """Find the mode, its count, the rarest element."""
    task = _MODES[which]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks, choose.one_of(("of", "in"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in _few_values(choose, 6)] + [([7],)],
        synonyms={"key": ("key",), "most": ("highest", "maximum")},
    )


_TOP = {
    "pairs": Task(
        (
            "the <k> most frequent elements of {} with their counts as tuples (equally frequent "
            "ones in order of first appearance)",
        ),
        ("top_k_with_counts", "most_common_pairs", "k_most_common"),
        (
            """
            from collections import Counter

            def solve(items, k):
                return Counter(items).most_common(k)
            """,
            """
            from collections import Counter

            def solve(items, k):
                counts = Counter(items)
                return sorted(counts.items(), key=lambda pair: -pair[1])[:k]
            """,
        ),
    ),
    "elements": Task(
        (
            "the <k> most frequent elements of {}, equally frequent ones in ascending order",
            "a list of the <k> values that occur most often in {}; ties are broken by size, "
            "smaller first",
        ),
        ("top_k_elements", "k_most_frequent", "most_frequent_k"),
        (
            """
            from collections import Counter

            def solve(items, k):
                counts = Counter(items)
                return sorted(counts, key=lambda item: (-counts[item], item))[:k]
            """,
            returns(
                "items, k", "sorted(set(items), key=lambda item: (-items.count(item), item))[:k]"
            ),
        ),
    ),
    "at_least": Task(
        (
            "all elements that occur at least <k> times in {}, in ascending order",
            "a sorted list of the values of {} with <k> or more occurrences",
        ),
        ("at_least_k_times", "frequent_values", "values_with_count"),
        (
            returns("items, k", "sorted(item for item in set(items) if items.count(item) >= k)"),
            """
            from collections import Counter

            def solve(items, k):
                return sorted(item for item, count in Counter(items).items() if count >= k)
            """,
        ),
    ),
    "exactly": Task(
        (
            "all elements that occur exactly <k> times in {}, in order of first appearance",
            "the distinct values of {} that have <k> occurrences, in the order of the list",
        ),
        ("exactly_k_times", "occurring_k_times", "values_with_exact_count"),
        (
            """
            from collections import Counter

            def solve(items, k):
                return [item for item, count in Counter(items).items() if count == k]
            """,
            """
            def solve(items, k):
                result = []
                for item in items:
                    if items.count(item) == k and item not in result:
                        result.append(item)
                return result
            """,
        ),
    ),
    "count": Task(
        (
            "how many different values occur more than <k> times in {}",
            "the number of distinct elements with more than <k> occurrences",
        ),
        ("count_frequent_values", "values_more_than_k", "number_of_frequent"),
        (
            """
            from collections import Counter

            def solve(items, k):
                return sum(1 for count in Counter(items).values() if count > k)
            """,
            returns("items, k", "len({item for item in items if items.count(item) > k})"),
        ),
    ),
    "removed": Task(
        (
            "the elements of {} that occur at most <k> times, in their order",
            "what remains of {} when all values that occur more than <k> times are removed",
        ),
        ("remove_frequent", "drop_frequent", "keep_rare"),
        (
            returns("items, k", "[item for item in items if items.count(item) <= k]"),
            """
            from collections import Counter

            def solve(items, k):
                counts = Counter(items)
                return [item for item in items if counts[item] <= k]
            """,
        ),
    ),
}


@family(what=tuple(_TOP))
def elements_by_their_frequency(choose: Chooser, what: str) -> Exercise:
    """The k most frequent elements; elements that occur k times."""
    task = _TOP[what]
    return Exercise(
        texts=ask_for(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(1, 3)) for items in _few_values(choose, 6)]
        + [([4, 4, 2], 2)],
        synonyms={"key": ("key",), "pair": ("p", "t", "entry")},
    )


_LENGTHS = {
    "length": ("the number of elements", "length_of_list", ("len(items)", "sum(1 for _ in items)")),
    "without_len": (
        "the number of elements of {} without the function len",
        "count_without_len",
        (),
    ),
    "half": (
        "half the number of elements of {}, rounded down",
        "half_length",
        ("len(items) // 2",),
    ),
    "pairs": (
        "the number of pairs that can be made of different places",
        "number_of_possible_pairs",
        ("len(items) * (len(items) - 1) // 2",),
    ),
    "strings": (
        "the number of strings among the elements",
        "count_strings",
        (
            "sum(1 for item in items if isinstance(item, str))",
            "len([item for item in items if isinstance(item, str)])",
        ),
    ),
    "integers": (
        "the number of integers among the elements",
        "count_integers",
        (
            "sum(1 for item in items if isinstance(item, int))",
            "len([item for item in items if isinstance(item, int)])",
        ),
    ),
    "lists": (
        "the number of lists among the elements",
        "count_lists",
        (
            "sum(1 for item in items if isinstance(item, list))",
            "len([item for item in items if isinstance(item, list)])",
        ),
    ),
    "before_list": (
        "how many elements come before the first list among the elements (all if there is none)",
        "count_until_list",
        (),
    ),
}


@family(what=tuple(_LENGTHS))
def count_elements_by_type(choose: Chooser, what: str) -> Exercise:
    """Count all elements, or those of a type, of a mixed list."""
    noun, name, expressions = _LENGTHS[what]
    loop = {
        "without_len": """
            def solve(items):
                count = 0
                for _ in items:
                    count += 1
                return count
            """,
        "before_list": """
            def solve(items):
                count = 0
                for item in items:
                    if isinstance(item, list):
                        break
                    count += 1
                return count
            """,
    }
    solutions = [returns("items", expression) for expression in expressions]
    if what in loop:
        solutions.append(loop[what])
    arguments: list[tuple[list[object]]] = []
    for num in (3, 4, 5, 6, 7):
        items: list[object] = []
        for _ in range(num):
            kind = choose.integer(0, 4)
            items.append(
                choose.word()
                if kind == 0
                else [choose.integer(1, 9)]
                if kind == 1
                else choose.integer(0, 99)
            )
        arguments.append((items,))
    return Exercise(
        texts=ask_for(
            choose.one_of(("a list", "a given list", "a mixed list")),
            (noun,),
            choose.one_of(("of", "in")),
        ),
        names=(name, f"{name}_of_items", f"get_{name}"),
        solutions=solutions,
        arguments=[*arguments, ([],), ([[1], "a"],)],
    )
