"""Functions as keys: sorting, grouping, splitting and scanning lists with a given function."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.higher_order import (
    CONDITIONS,
    FUNCTION_NAMES,
    ON_NUMBERS,
    OPERATIONS,
    a_list,
)
from hrm_exercises.family import Exercise, family


@family(
    task=(
        "by_key", "max_by", "min_by", "group", "count_by", "index_by", "partition", "take_while",
        "drop_while", "zip_with", "scan", "map_values", "filter_values", "unique_by",
    )
)  # fmt: skip
def lists_with_a_key_function(choose: Chooser, task: str) -> Exercise:
    """Sort, group, split or scan by means of a given function."""
    texts: Sequence[str]
    names: Sequence[str]
    solutions: Sequence[str]
    texts, names, solutions = {
        "by_key": (
            (
                "sort a list by the values that a given function returns for its elements",
                "order the elements of a list by a key function",
                "Given a list and a function, return the list sorted by the results of the "
                "function.",
                "sort items by function(item)",
            ),
            ("sort_by", "order_by", "sorted_by_key"),
            (
                """
                def solve(items, function):
                    return sorted(items, key=function)
                """,
                """
                def solve(items, function):
                    result = list(items)
                    result.sort(key=function)
                    return result
                """,
            ),
        ),
        "max_by": (
            (
                "find the element of a list for which a given function is largest (the first of "
                "several)",
                "return the element with the greatest value of a key function",
                "Given a non-empty list and a function, return the first element where the "
                "function has its maximum.",
                "maximize a function over a list and return the element",
            ),
            ("max_by", "best_by", "argmax", "largest_by"),
            (
                """
                def solve(items, function):
                    return max(items, key=function)
                """,
                """
                def solve(items, function):
                    best = items[0]
                    for item in items[1:]:
                        if function(item) > function(best):
                            best = item
                    return best
                """,
            ),
        ),
        "min_by": (
            (
                "find the element of a list for which a given function is smallest (the first of "
                "several)",
                "return the element with the lowest value of a key function",
                "Given a non-empty list and a function, return the first element where the "
                "function has its minimum.",
                "minimize a function over a list and return the element",
            ),
            ("min_by", "argmin", "smallest_by", "lowest_by"),
            (
                """
                def solve(items, function):
                    return min(items, key=function)
                """,
                """
                def solve(items, function):
                    lowest = items[0]
                    for item in items[1:]:
                        if function(item) < function(lowest):
                            lowest = item
                    return lowest
                """,
            ),
        ),
        "group": (
            (
                "group the elements of a list by the results of a function, as a dictionary of "
                "lists",
                "return a dictionary that maps each result of a function to the list of elements "
                "with this result",
                "Given a list and a function, collect elements with the same function value in "
                "lists, and return them in a dictionary by this value.",
                "group items by function(item)",
            ),
            ("group_by", "group_elements", "classify"),
            (
                """
                def solve(items, function):
                    groups = {}
                    for item in items:
                        groups.setdefault(function(item), []).append(item)
                    return groups
                """,
                """
                from collections import defaultdict


                def solve(items, function):
                    groups = defaultdict(list)
                    for item in items:
                        groups[function(item)].append(item)
                    return dict(groups)
                """,
                """
                def solve(items, function):
                    groups = {}
                    for item in items:
                        name = function(item)
                        if name not in groups:
                            groups[name] = []
                        groups[name].append(item)
                    return groups
                """,
            ),
        ),
        "count_by": (
            (
                "count how often a function returns each of its results on a list, as a dictionary",
                "return a dictionary of the numbers of elements with each function value",
                "Given a list and a function, return {result: number of elements with this "
                "result}.",
                "count items by function(item)",
            ),
            ("count_by", "tally_by", "count_results"),
            (
                """
                def solve(items, function):
                    counts = {}
                    for item in items:
                        result = function(item)
                        counts[result] = counts.get(result, 0) + 1
                    return counts
                """,
                """
                from collections import Counter


                def solve(items, function):
                    return dict(Counter(map(function, items)))
                """,
            ),
        ),
        "index_by": (
            (
                "make a dictionary from a list, with the results of a function as keys and the "
                "elements as values; later elements replace earlier ones with the same key",
                "index the elements of a list by a function; of equal keys the last element stays",
                "Given a list and a function, return {function(element): element}; if a key "
                "occurs twice, the later element wins.",
                "build a lookup dictionary from a list and a key function",
            ),
            ("index_by", "make_lookup", "key_by"),
            (
                """
                def solve(items, function):
                    return {function(item): item for item in items}
                """,
                """
                def solve(items, function):
                    result = {}
                    for item in items:
                        result[function(item)] = item
                    return result
                """,
            ),
        ),
        "partition": (
            (
                "split a list into the elements for which a function is true and the others, as a "
                "tuple of two lists",
                "partition a list by a condition: return (matching, not matching)",
                "Given a list and a function, return a tuple with the list of elements that pass "
                "the test and the list of those that don't.",
                "separate a list in two by a predicate",
            ),
            ("partition", "split_by", "divide_list"),
            (
                """
                def solve(items, condition):
                    yes = [item for item in items if condition(item)]
                    no = [item for item in items if not condition(item)]
                    return (yes, no)
                """,
                """
                def solve(items, condition):
                    passed, failed = [], []
                    for item in items:
                        if condition(item):
                            passed.append(item)
                        else:
                            failed.append(item)
                    return passed, failed
                """,
            ),
        ),
        "take_while": (
            (
                "take elements from the start of a list as long as a function is true for them",
                "return the longest beginning of a list whose elements all satisfy a condition",
                "Given a list and a function, return the elements before the first one on which "
                "the function is false.",
                "take while a condition holds",
            ),
            ("take_while", "leading", "prefix_while"),
            (
                """
                def solve(items, condition):
                    result = []
                    for item in items:
                        if not condition(item):
                            break
                        result.append(item)
                    return result
                """,
                """
                from itertools import takewhile


                def solve(items, condition):
                    return list(takewhile(condition, items))
                """,
            ),
        ),
        "drop_while": (
            (
                "drop elements from the start of a list as long as a function is true for them, "
                "and return the rest",
                "remove the longest beginning of a list whose elements satisfy a condition",
                "Given a list and a function, return the part of the list from the first element "
                "on which the function is false.",
                "skip elements while a condition holds, and keep all that follow",
            ),
            ("drop_while", "skip_while", "strip_leading"),
            (
                """
                def solve(items, condition):
                    index = 0
                    while index < len(items) and condition(items[index]):
                        index += 1
                    return items[index:]
                """,
                """
                from itertools import dropwhile


                def solve(items, condition):
                    return list(dropwhile(condition, items))
                """,
            ),
        ),
        "zip_with": (
            (
                "combine two lists element by element with a function of two arguments (up to "
                "the end of the shorter list)",
                "apply a two-argument function to the pairs of elements at equal positions of two "
                "lists",
                "Given two lists and a function of two arguments, return the list of the results "
                "for corresponding elements; extra elements are ignored.",
                "zip two lists with a function",
            ),
            ("zip_with", "combine_lists", "map_pairs"),
            (
                """
                def solve(first, second, function):
                    return [function(a, b) for a, b in zip(first, second)]
                """,
                """
                def solve(first, second, function):
                    return list(map(function, first, second))
                """,
                """
                def solve(first, second, function):
                    result = []
                    for i in range(min(len(first), len(second))):
                        result.append(function(first[i], second[i]))
                    return result
                """,
            ),
        ),
        "scan": (
            (
                "return the list of all intermediate results when a list is combined from the "
                "left with a function of two arguments",
                "compute running results of a two-argument function over a list, beginning with "
                "the first element",
                "Given a list and a function of two arguments, return [a, f(a, b), f(f(a, b), c), "
                "...] for the elements a, b, c, ...",
                "accumulate a list with a function",
            ),
            ("scan", "running", "accumulate_with"),
            (
                """
                from itertools import accumulate


                def solve(items, function):
                    return list(accumulate(items, function))
                """,
                """
                def solve(items, function):
                    result = []
                    for item in items:
                        result.append(function(result[-1], item) if result else item)
                    return result
                """,
            ),
        ),
        "map_values": (
            (
                "apply a function to all values of a dictionary and keep the keys",
                "return a dictionary with the same keys, whose values are the results of a "
                "function on the old values",
                "Given a dictionary and a function, transform each value with the function.",
                "map a function over the values of a dictionary",
            ),
            ("map_values", "transform_values", "apply_to_values"),
            (
                """
                def solve(mapping, function):
                    return {name: function(number) for name, number in mapping.items()}
                """,
                """
                def solve(mapping, function):
                    result = {}
                    for name in mapping:
                        result[name] = function(mapping[name])
                    return result
                """,
            ),
        ),
        "filter_values": (
            (
                "keep the entries of a dictionary whose value satisfies a condition given as a "
                "function",
                "filter a dictionary by its values with a function",
                "Given a dictionary and a function, return a dictionary of the items on whose "
                "value the function is true.",
                "select dictionary items by a test of the value",
            ),
            ("filter_values", "select_items", "keep_values"),
            (
                """
                def solve(mapping, condition):
                    return {name: number for name, number in mapping.items() if condition(number)}
                """,
                """
                def solve(mapping, condition):
                    result = {}
                    for name, number in mapping.items():
                        if condition(number):
                            result[name] = number
                    return result
                """,
            ),
        ),
        "unique_by": (
            (
                "remove the elements of a list on which a function gives the same result as on an "
                "earlier element",
                "keep the first element for each result of a key function, in order",
                "Given a list and a function, return the elements whose function value did not "
                "occur before.",
                "remove duplicates by function(item)",
            ),
            ("unique_by", "distinct_by", "dedupe_by"),
            (
                """
                def solve(items, function):
                    seen = set()
                    result = []
                    for item in items:
                        if function(item) not in seen:
                            seen.add(function(item))
                            result.append(item)
                    return result
                """,
                """
                def solve(items, function):
                    found = {}
                    for item in items:
                        found.setdefault(function(item), item)
                    return list(found.values())
                """,
            ),
        ),
    }[task]  # fmt: skip
    words = [str(choose.words((3, 5))) for _ in range(3)]
    lists = [a_list(choose) for _ in range(3)]
    keys = choose.sample(
        ("lambda x: x % 3", "lambda x: x % 2 == 0", "lambda x: x * x", "abs", "lambda x: -x"), 3
    )
    calls = [f"solve({items}, {f})" for items, f in zip(lists, keys, strict=True)]
    calls += [
        f"solve({words[0]}, len)",
        f"solve({words[1]}, lambda word: word[0])",
        f"solve({words[2]}, lambda word: word[-1])",
    ]
    if task in ("partition", "take_while", "drop_while"):
        calls = [f"solve({a_list(choose)}, {c})" for c in choose.sample(CONDITIONS, 5)]
        calls.append(f"solve({words[0]}, lambda word: len(word) > 4)")
    elif task == "zip_with":
        calls = [
            f"solve({a_list(choose)}, {a_list(choose)}, {f})" for f in choose.sample(OPERATIONS, 5)
        ]
    elif task == "scan":
        calls = [f"solve({a_list(choose)}, {f})" for f in choose.sample(OPERATIONS, 5)]
    elif task in ("map_values", "filter_values"):
        functions = ON_NUMBERS if task == "map_values" else CONDITIONS
        calls = [
            f"solve({ {choose.thing(): choose.integer(-5, 12) for _ in range(3)} }, {f})"
            for f in choose.sample(functions, 5)
        ]
    return Exercise(
        texts=texts, names=names, solutions=solutions, calls=calls, synonyms=FUNCTION_NAMES
    )
