"""Recursion with many branches: permutations, subsets, strings, trees, nested dictionaries."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(items=("text", "list"))
def recursive_permutations(choose: Chooser, items: str) -> Exercise:
    """List all orders of some things."""
    is_text = items == "text"
    thing = "the characters of a string" if is_text else "a list"
    empty = '[""]' if is_text else "[[]]"
    name = "text" if is_text else "items"
    head = f"{name}[i]" if is_text else f"[{name}[i]]"
    return Exercise(
        texts=(
            f"list all permutations of {thing} using recursion",
            f"recursively generate all permutations of {thing}, those that start with the first "
            "element first",
            f"Return a list of all orders of {thing}; the elements are different. Take the "
            "elements as the first one in the given order, and order the rest in the same way.",
            f"find every permutation of {thing} with a recursive function",
        ),
        names=("permutations", "all_permutations", "permute", "get_permutations"),
        solutions=(
            f"""
            def solve({name}):
                if not {name}:
                    return {empty}
                result = []
                for i in range(len({name})):
                    for rest in solve({name}[:i] + {name}[i + 1:]):
                        result.append({head} + rest)
                return result
            """,
            f"""
            def solve({name}):
                if len({name}) <= 1:
                    return [{name}]
                return [
                    {head} + rest
                    for i in range(len({name}))
                    for rest in solve({name}[:i] + {name}[i + 1:])
                ]
            """,
        ),
        arguments=[
            ("".join(map(str, letters)) if is_text else letters,)
            for letters in (
                *(choose.sample("abcdexyz", choose.integer(2, 3)) for _ in range(3)),
                *(choose.sample(range(1, 20), 3) if not is_text else ["u", "v", "w"],),
                *(choose.sample("pqrst", 1),),
            )
        ],
    )


@family(task=("subsets", "size_k", "with_sum", "exists", "strings"))
def recursive_choices(choose: Chooser, task: str) -> Exercise:
    """Take each element or leave it."""
    texts, names, solutions = {
        "subsets": (
            (
                "list all subsets of a list using recursion, the empty one first; each further "
                "element doubles the list of subsets",
                "generate the power set of a list recursively: first the subsets without the last "
                "element, then the same subsets with it",
                "Return all sublists (subsets in the given order) of a list. Solve it for the "
                "list without its last element and then add that element to each subset.",
                "Power set by recursion: the subsets without the last element, then the same with"
                " it.",
            ),
            ("subsets", "power_set", "all_subsets"),
            (
                """
                def solve(items):
                    if not items:
                        return [[]]
                    smaller = solve(items[:-1])
                    return smaller + [subset + [items[-1]] for subset in smaller]
                """,
                """
                def solve(items):
                    result = [[]]
                    if items:
                        result = solve(items[:-1])
                        result += [subset + [items[-1]] for subset in result]
                    return result
                """,
            ),
        ),
        "size_k": (
            (
                "list all combinations of k elements of a list using recursion",
                "recursively choose <k> elements of a list in every possible way and return the "
                "list of the combinations, those with the first element first",
                "Return all sublists of exactly k elements (in the order of the list). First come "
                "those that contain the first element.",
                "All selections of k elements in the order of the list, with recursion.",
            ),
            ("combinations", "choose_k", "sublists_of_size_k"),
            (
                """
                def solve(items, k):
                    if k == 0:
                        return [[]]
                    if len(items) < k:
                        return []
                    with_first = [[items[0]] + rest for rest in solve(items[1:], k - 1)]
                    return with_first + solve(items[1:], k)
                """,
            ),
        ),
        "with_sum": (
            (
                "count the subsets of a list of positive numbers that add up to a target",
                "find in how many ways some numbers of a list can be chosen so that their sum is "
                "the target, using recursion",
                "Given a list of positive integers and a target, return the number of selections "
                "of elements with exactly this sum.",
                "Number of subsets with a given sum.",
            ),
            ("count_subset_sums", "subset_sum_count", "ways_to_sum"),
            (
                """
                def solve(numbers, target):
                    if target == 0:
                        return 1
                    if not numbers or target < 0:
                        return 0
                    return solve(numbers[1:], target) + solve(numbers[1:], target - numbers[0])
                """,
                """
                def solve(numbers, target):
                    if not numbers:
                        return 1 if target == 0 else 0
                    without = solve(numbers[1:], target)
                    return without + solve(numbers[1:], target - numbers[0])
                """,
            ),
        ),
        "exists": (
            (
                "check whether some numbers of a list of positive integers add up to a target, "
                "using recursion",
                "test recursively if a list has a subset with a given sum (the empty subset has "
                "the sum 0)",
                "Return True if a sum of distinct elements of the list can equal the target, "
                "else False. All numbers are positive.",
                "Subset sum: is there a selection of the numbers with the given sum?",
            ),
            ("has_subset_sum", "subset_sum", "can_make_sum"),
            (
                """
                def solve(numbers, target):
                    if target == 0:
                        return True
                    if not numbers or target < 0:
                        return False
                    return solve(numbers[1:], target) or solve(numbers[1:], target - numbers[0])
                """,
                """
                def solve(numbers, target):
                    if not numbers:
                        return target == 0
                    if solve(numbers[1:], target - numbers[0]):
                        return True
                    return solve(numbers[1:], target)
                """,
            ),
        ),
        "strings": (
            (
                "list all subsequences of a string using recursion; those without the first "
                "letter come first",
                "recursively return every string that remains when letters of a string are left "
                "out, first those without the first letter, then those with it",
                "Given a word, return the list of its subsequences, including the empty string, "
                "with a recursive function.",
                "All subsequences of a string, those without its first letter before those with "
                "it.",
            ),
            ("subsequences", "all_subsequences", "substrings_by_omission"),
            (
                """
                def solve(text):
                    if not text:
                        return [""]
                    rest = solve(text[1:])
                    return rest + [text[0] + tail for tail in rest]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]]
    if task == "strings":
        words = [choose.letters(n) for n in (1, 2, 2, 3, 3)]
        arguments = [(word,) for word in [*words, ""]]
    elif task == "subsets":
        arguments = [(choose.sample(range(1, 30), (2, 3)),) for _ in range(3)]
        arguments += [(choose.sample("abcdef", (1, 3)),), ([],)]
    elif task == "size_k":
        arguments = [(choose.sample(range(1, 20), (3, 4)), choose.integer(1, 3)) for _ in range(4)]
        arguments += [(choose.sample("abcdef", 3), 2), (choose.integers(2, 1, 9), 3)]
    else:
        arguments = []
        for hit in (True, True, True, False, False, False):
            numbers = choose.integers((3, 6), 1, 12)
            target = sum(choose.sample(numbers, (1, 3))) if hit else choose.integer(1, 30)
            even = [2 * number for number in numbers]
            arguments.append((numbers, target) if hit else (even, target * 2 - 1))
        if task == "with_sum":
            arguments[4:] = [(choose.integers(5, 1, 4), 6), (choose.integers(6, 1, 3), 5)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"target": ("total", "wanted", "goal"), "k": ("n", "size", "m")},
    )


@family(task=("binary", "no_double_ones", "parentheses", "letters", "count_parentheses"))
def recursive_strings_of_length_n(choose: Chooser, task: str) -> Exercise:
    """List all strings of a kind and of a length."""
    texts, names, solutions = {
        "binary": (
            (
                "list all binary strings of length n in ascending order, using recursion",
                "recursively generate all strings of <n> bits, from all zeros to all ones",
                "Return a sorted list of all strings of zeros and ones with the given length.",
                "All bit strings of length n in order.",
            ),
            ("binary_strings", "all_binary_strings", "bit_strings"),
            (
                """
                def solve(n):
                    if n == 0:
                        return [""]
                    rest = solve(n - 1)
                    return ["0" + text for text in rest] + ["1" + text for text in rest]
                """,
                """
                def solve(n):
                    if n == 0:
                        return [""]
                    return [text + bit for text in solve(n - 1) for bit in "01"]
                """,
            ),
        ),
        "no_double_ones": (
            (
                "list all binary strings of length n without two ones in a row, in ascending "
                "order",
                "recursively generate the sorted list of strings of <n> bits in which no two "
                "neighbouring bits are 1",
                "Given n, return all strings of n zeros and ones that do not contain '11', sorted.",
                "All bit strings of length n without neighbouring ones, sorted.",
            ),
            ("strings_without_11", "no_consecutive_ones", "sparse_bit_strings"),
            (
                """
                def solve(n):
                    if n == 0:
                        return [""]
                    result = []
                    for text in solve(n - 1):
                        result.append(text + "0")
                        if not text.endswith("1"):
                            result.append(text + "1")
                    return result
                """,
                """
                def solve(n):
                    if n == 0:
                        return [""]
                    if n == 1:
                        return ["0", "1"]
                    starts_with_zero = ["0" + text for text in solve(n - 1)]
                    return starts_with_zero + ["10" + text for text in solve(n - 2)]
                """,
            ),
        ),
        "parentheses": (
            (
                "generate all balanced strings of n pairs of parentheses, sorted",
                "list every correct sequence of <n> opening and <n> closing brackets '(' and ')' "
                "in sorted order",
                "Return all valid combinations of n pairs of round parentheses; try an opening "
                "parenthesis before a closing one.",
                "All correct bracket sequences with n pairs, in sorted order.",
            ),
            ("generate_parentheses", "balanced_strings", "all_parentheses"),
            (
                """
                def solve(n):
                    result = []

                    def extend(text, opened, closed):
                        if len(text) == 2 * n:
                            result.append(text)
                            return
                        if opened < n:
                            extend(text + "(", opened + 1, closed)
                        if closed < opened:
                            extend(text + ")", opened, closed + 1)

                    extend("", 0, 0)
                    return result
                """,
                """
                def solve(n):
                    if n == 0:
                        return [""]
                    result = []
                    for k in range(n):
                        for inner in solve(k):
                            for rest in solve(n - 1 - k):
                                result.append("(" + inner + ")" + rest)
                    return sorted(result)
                """,
            ),
        ),
        "letters": (
            (
                "list all strings of length n over a given alphabet, using recursion",
                "recursively generate all words of <n> letters that can be written with the "
                "given letters, in the order of the letters",
                "Given a string of different letters and a length, return the list of all words "
                "of this length with these letters.",
                "All strings of length n over the given letters, ordered like the letters.",
            ),
            ("all_words", "strings_over_alphabet", "words_of_length"),
            (
                """
                def solve(letters, n):
                    if n == 0:
                        return [""]
                    return [char + rest for char in letters for rest in solve(letters, n - 1)]
                """,
                """
                def solve(letters, n):
                    if n == 0:
                        return [""]
                    result = []
                    for start in solve(letters, n - 1):
                        for char in letters:
                            result.append(start + char)
                    return result
                """,
            ),
        ),
        "count_parentheses": (
            (
                "count the balanced strings of n pairs of parentheses",
                "find in how many ways n opening and n closing parentheses can be arranged "
                "correctly",
                "Given n, return how many valid sequences of n pairs of parentheses there are.",
                "Number of balanced sequences with n opening and n closing parentheses.",
            ),
            ("count_parentheses", "num_balanced", "catalan"),
            (
                """
                def solve(n):
                    if n == 0:
                        return 1
                    return sum(solve(k) * solve(n - 1 - k) for k in range(n))
                """,
                """
                from math import comb


                def solve(n):
                    return comb(2 * n, n) // (n + 1)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [(n,) for n in (0, 1, 2, 3, 4)]
    if task in ("parentheses", "binary"):
        arguments.pop()
    if task == "count_parentheses":
        arguments = [(n,) for n in (0, 1, 2, 3, 4, 5, 6)]
    if task == "letters":
        arguments = [
            ("".join(choose.sample("abcdxyz", (1, 3))), choose.integer(1, 3)) for _ in "12"
        ]
        arguments += [("".join(choose.sample("lmnop", 2)), n) for n in (0, 2, 3)]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


def _tree(choose: Chooser, depth: int) -> Any:
    """Return a tree of (value, left, right), where a missing child is None."""
    if depth == 0 or choose.chance(0.25):
        return None
    return (choose.integer(1, 30), _tree(choose, depth - 1), _tree(choose, depth - 1))


_TREES = {
    "sum": (
        "the sum of all values",
        ("tree_sum", "sum_tree", "sum_of_values"),
        "0",
        "value + {} + {}",
    ),
    "size": ("the number of nodes", ("count_nodes", "tree_size", "num_nodes"), "0", "1 + {} + {}"),
    "height": (
        "the height, which is the number of nodes on the longest path from the root down",
        ("tree_height", "height", "max_depth"),
        "0",
        "1 + max({}, {})",
    ),
    "inorder": (
        "the values in order: first the left subtree, then the node, then the right subtree",
        ("inorder", "in_order", "inorder_values"),
        "[]",
        "{} + [value] + {}",
    ),
    "preorder": (
        "the values in preorder: first the node, then the left and the right subtree",
        ("preorder", "pre_order", "preorder_values"),
        "[]",
        "[value] + {} + {}",
    ),
    "postorder": (
        "the values in postorder: first the left and the right subtree, then the node",
        ("postorder", "post_order", "postorder_values"),
        "[]",
        "{} + {} + [value]",
    ),
    "mirror": (
        "the mirror image, in which left and right are swapped everywhere",
        ("mirror", "mirror_tree", "invert_tree"),
        "None",
        "(value, {1}, {0})",
    ),
    "double": (
        "the same tree with all values doubled",
        ("double_tree", "double_values", "times_two"),
        "None",
        "(2 * value, {}, {})",
    ),
}


@family(task=tuple(_TREES))
def binary_trees_as_tuples(choose: Chooser, task: str) -> Exercise:
    """Walk through a binary tree that is made of tuples."""
    thing, names, empty, step = _TREES[task]
    return Exercise(
        texts=(
            "take a binary tree, given as nested tuples (value, left, right) with None for a "
            f"missing subtree, and return {thing}",
            f"A node of a binary tree is a tuple (value, left, right), and an empty tree is None. "
            f"Return {thing}.",
            f"Given a binary tree as (value, left, right) tuples with None for no child, return "
            f"{thing}.",
            f"return {thing}, for a tree of tuples (value, left child, right child); None means "
            "that there is no child",
            f"A binary tree consists of tuples (value, left, right) and None. Find {thing}.",
        ),
        names=names,
        solutions=(
            f"""
            def solve(tree):
                if tree is None:
                    return {empty}
                value, left, right = tree
                return {step.format("solve(left)", "solve(right)")}
            """,
            f"""
            def solve(tree):
                if tree is None:
                    return {empty}
                return {step.replace("value", "tree[0]").format("solve(tree[1])", "solve(tree[2])")}
            """,
        ),
        arguments=[
            ((choose.integer(1, 30), _tree(choose, depth), _tree(choose, depth)),)
            for depth in (1, 2, 2, 2, 3)
        ]
        + [(None,), ((choose.integer(1, 9), None, None),)],
        synonyms={"tree": ("node", "root", "t")},
    )


def _nested_mapping(choose: Chooser, depth: int) -> dict[str, Any]:
    """Return a dictionary of numbers and of such dictionaries."""
    return {
        key: _nested_mapping(choose, depth - 1)
        if depth and choose.chance(0.55)
        else choose.integer(1, 50)
        for key in choose.sample("abcdefghxyz", (1, 3))
    }


@family(task=("sum", "count", "depth", "keys", "flatten", "max"))
def recursive_nested_dictionaries(choose: Chooser, task: str) -> Exercise:
    """Handle dictionaries in dictionaries at any depth."""
    does, other, names, solutions = {
        "sum": (
            "find the sum of all numbers in a nested dictionary",
            "add up all values of a dictionary whose values are numbers or further dictionaries",
            ("sum_nested_dict", "nested_values_sum", "deep_sum"),
            (
                """
                def solve(mapping):
                    total = 0
                    for value in mapping.values():
                        if isinstance(value, dict):
                            total += solve(value)
                        else:
                            total += value
                    return total
                """,
                """
                def solve(mapping):
                    return sum(solve(v) if isinstance(v, dict) else v for v in mapping.values())
                """,
            ),
        ),
        "count": (
            "count all keys of a nested dictionary at all levels",
            "find how many keys a dictionary and all dictionaries inside it have together",
            ("count_keys", "num_keys_nested", "deep_key_count"),
            (
                """
                def solve(mapping):
                    count = len(mapping)
                    for value in mapping.values():
                        if isinstance(value, dict):
                            count += solve(value)
                    return count
                """,
            ),
        ),
        "depth": (
            "find the depth of a nested dictionary, where a flat dictionary has depth 1",
            "find how many levels of dictionaries are nested, counting the outer one",
            ("dict_depth", "nesting_depth", "max_level"),
            (
                """
                def solve(mapping):
                    depth = 0
                    for value in mapping.values():
                        if isinstance(value, dict):
                            depth = max(depth, solve(value))
                    return depth + 1
                """,
                """
                def solve(mapping):
                    if not isinstance(mapping, dict):
                        return 0
                    return 1 + max(solve(value) for value in mapping.values())
                """,
            ),
        ),
        "keys": (
            "list all keys of a nested dictionary, each before the keys of its own dictionary",
            "collect the keys of a dictionary and of the dictionaries inside it in a list, in the "
            "order in which they are written",
            ("all_keys", "nested_keys", "list_keys"),
            (
                """
                def solve(mapping):
                    result = []
                    for key, value in mapping.items():
                        result.append(key)
                        if isinstance(value, dict):
                            result.extend(solve(value))
                    return result
                """,
                """
                def solve(mapping):
                    result = []
                    for key in mapping:
                        result.append(key)
                        if isinstance(mapping[key], dict):
                            result += solve(mapping[key])
                    return result
                """,
            ),
        ),
        "flatten": (
            "flatten a nested dictionary, with the keys of a path joined by a dot",
            "turn a dictionary of dictionaries into a flat one whose keys look like 'a.b.c'",
            ("flatten_dict", "flat_dict", "flatten_mapping"),
            (
                """
                def solve(mapping, prefix=""):
                    result = {}
                    for key, value in mapping.items():
                        if isinstance(value, dict):
                            result.update(solve(value, prefix + key + "."))
                        else:
                            result[prefix + key] = value
                    return result
                """,
                """
                def solve(mapping):
                    result = {}
                    for key, value in mapping.items():
                        if isinstance(value, dict):
                            for rest, inner in solve(value).items():
                                result[key + "." + rest] = inner
                        else:
                            result[key] = value
                    return result
                """,
            ),
        ),
        "max": (
            "find the largest number in a nested dictionary",
            "find the maximum of all values of a dictionary whose values are numbers or "
            "dictionaries again",
            ("max_nested_dict", "deep_max", "largest_value"),
            (
                """
                def solve(mapping):
                    return max(solve(v) if isinstance(v, dict) else v for v in mapping.values())
                """,
                """
                def solve(mapping):
                    found = []
                    for value in mapping.values():
                        found.append(solve(value) if isinstance(value, dict) else value)
                    return max(found)
                """,
            ),
        ),
    }[task]  # fmt: skip
    bare = does.replace("a nested dictionary", "it")
    return Exercise(
        texts=(
            f"{does}, using recursion",
            f"{other}, recursively",
            f"Given a dictionary that may contain other dictionaries, {bare}.",
            f"Use recursion to {other}.",
        ),
        names=names,
        solutions=solutions,
        arguments=[(_nested_mapping(choose, depth),) for depth in (0, 2, 2, 3, 3, 3)],
        synonyms={"prefix": ("path", "start")},
    )
