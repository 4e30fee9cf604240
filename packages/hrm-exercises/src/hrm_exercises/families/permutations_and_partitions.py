"""Partitions of numbers, derangements and the like, and single permutations."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(
    task=(
        "count_partitions",
        "list_partitions",
        "distinct",
        "compositions",
        "derangements",
        "catalan",
        "bell",
        "anagrams",
        "dice_sum",
    )
)
def partitions_and_famous_numbers(choose: Chooser, task: str) -> Exercise:
    """Count or list partitions, derangements and the like."""
    texts, names, solutions = {
        "count_partitions": (
            (
                "count the partitions of a non-negative integer: the ways to write it as a sum of "
                "positive integers without regard to order",
                "find in how many ways n is a sum of positive whole numbers, where 1 + 2 and 2 + "
                "1 are the same",
                "Given n, return the number of its integer partitions (1 for n = 0).",
                "number of integer partitions of n".replace("number", "compute the number", 1),
            ),
            ("count_partitions", "num_partitions", "partition_number"),
            (
                """
                def solve(n):
                    ways = [1] + [0] * n
                    for part in range(1, n + 1):
                        for total in range(part, n + 1):
                            ways[total] += ways[total - part]
                    return ways[n]
                """,
                """
                def solve(n, largest=None):
                    if n == 0:
                        return 1
                    if largest is None:
                        largest = n
                    return sum(solve(n - part, part) for part in range(1, min(n, largest) + 1))
                """,
            ),
        ),
        "list_partitions": (
            (
                "list all partitions of a positive integer as lists of numbers in descending "
                "order, those with the largest first number first",
                "find all ways to write n as a sum of positive integers; each way is a list with "
                "the largest number first, and the lists are in descending order too",
                "Given n, return the list of its partitions. Every partition is a non-increasing "
                "list, and [n] comes first.",
                "All integer partitions of n, largest parts first.",
            ),
            ("partitions", "list_partitions", "all_partitions"),
            (
                """
                def solve(n):
                    def split(rest, largest):
                        if rest == 0:
                            return [[]]
                        return [
                            [part] + others
                            for part in range(min(rest, largest), 0, -1)
                            for others in split(rest - part, part)
                        ]

                    return split(n, n)
                """,
                """
                def solve(n):
                    result = []

                    def extend(parts, rest, largest):
                        if rest == 0:
                            result.append(parts)
                            return
                        for part in range(min(rest, largest), 0, -1):
                            extend(parts + [part], rest - part, part)

                    extend([], n, n)
                    return result
                """,
            ),
        ),
        "distinct": (
            (
                "count the ways to write n as a sum of different positive integers, without "
                "regard to order",
                "find how many sets of different positive integers have the sum n",
                "Given n, return the number of partitions of n into distinct parts.",
                "Number of ways to write n as a sum of distinct positive integers.",
            ),
            ("distinct_partitions", "sums_of_different", "count_distinct_sums"),
            (
                """
                def solve(n):
                    ways = [1] + [0] * n
                    for part in range(1, n + 1):
                        for total in range(n, part - 1, -1):
                            ways[total] += ways[total - part]
                    return ways[n]
                """,
                """
                def solve(n, smallest=1):
                    if n == 0:
                        return 1
                    return sum(solve(n - part, part + 1) for part in range(smallest, n + 1))
                """,
            ),
        ),
        "compositions": (
            (
                "list all ways to write n as an ordered sum of positive integers, as lists in "
                "ascending order",
                "find all compositions of a positive integer, sorted; [1, 2] and [2, 1] are "
                "different",
                "Given n, return the sorted list of all lists of positive integers with the sum n.",
                "All ordered sums of positive integers that give n, as a sorted list of lists.",
            ),
            ("compositions", "ordered_sums", "all_compositions"),
            (
                """
                def solve(n):
                    if n == 0:
                        return [[]]
                    return [
                        [first] + rest for first in range(1, n + 1) for rest in solve(n - first)
                    ]
                """,
            ),
        ),
        "derangements": (
            (
                "count the permutations of n things in which nothing stays in its place",
                "find in how many ways n letters can be put into n envelopes so that all of them "
                "are wrong",
                "Given n, return the number of derangements of n elements.",
                "In how many orders of n people does nobody keep the own place?",
            ),
            ("derangements", "count_derangements", "subfactorial"),
            (
                """
                def solve(n):
                    if n == 0:
                        return 1
                    if n == 1:
                        return 0
                    return (n - 1) * (solve(n - 1) + solve(n - 2))
                """,
                """
                def solve(n):
                    result = 1
                    for i in range(1, n + 1):
                        result = i * result + (-1) ** i
                    return result
                """,
            ),
        ),
        "catalan": (
            (
                "find the n-th Catalan number, where C(0) = 1",
                "compute the Catalan number with index n (1, 1, 2, 5, 14, ...)",
                "Given n, return (2n)! / (n! (n + 1)!).",
                "count the binary trees with n nodes",
            ),
            ("catalan", "catalan_number", "nth_catalan", "count_trees"),
            (
                """
                from math import comb


                def solve(n):
                    return comb(2 * n, n) // (n + 1)
                """,
                """
                def solve(n):
                    numbers = [1]
                    for i in range(n):
                        numbers.append(numbers[-1] * 2 * (2 * i + 1) // (i + 2))
                    return numbers[n]
                """,
                """
                def solve(n):
                    if n <= 1:
                        return 1
                    return sum(solve(i) * solve(n - 1 - i) for i in range(n))
                """,
            ),
        ),
        "bell": (
            (
                "find the n-th Bell number: in how many ways a set of n elements can be divided "
                "into non-empty groups",
                "compute the number of partitions of a set with n elements (1, 1, 2, 5, 15, ...)",
                "Given n, return the Bell number B(n), with B(0) = 1.",
                "In how many ways can n different things be put into groups? No group is empty.",
            ),
            ("bell", "bell_number", "set_partitions_count"),
            (
                """
                def solve(n):
                    row = [1]
                    for _ in range(n):
                        following = [row[-1]]
                        for number in row:
                            following.append(following[-1] + number)
                        row = following
                    return row[0]
                """,
                """
                from math import comb


                def solve(n):
                    numbers = [1]
                    for i in range(n):
                        numbers.append(sum(comb(i, k) * numbers[k] for k in range(i + 1)))
                    return numbers[n]
                """,
            ),
        ),
        "anagrams": (
            (
                "count the ways to arrange the letters of a word, where equal letters are not "
                "distinguished",
                "find how many different anagrams a word has, itself included",
                "Given a word, return the number of distinct orders of its letters.",
                "number of distinct permutations of the letters in a word".replace(
                    "number", "compute the number", 1
                ),
            ),
            ("count_anagrams", "distinct_arrangements", "word_permutations"),
            (
                """
                from collections import Counter
                from math import factorial


                def solve(text):
                    result = factorial(len(text))
                    for repeated in Counter(text).values():
                        result //= factorial(repeated)
                    return result
                """,
                """
                from math import factorial


                def solve(text):
                    result = factorial(len(text))
                    for char in set(text):
                        result //= factorial(text.count(char))
                    return result
                """,
            ),
        ),
        "dice_sum": (
            (
                "count the ways to get a given sum with n dice of six sides",
                "find how many of the 6 to the power of n results of n dice have the sum <target>",
                "Given the number of dice and a target sum, return the number of ordered results "
                "with this sum.",
                "In how many ways can n distinguishable dice show a total of <target>?",
            ),
            ("dice_sum_ways", "count_dice_rolls", "ways_to_roll"),
            (
                """
                def solve(n, target):
                    if n == 0:
                        return 1 if target == 0 else 0
                    return sum(solve(n - 1, target - eyes) for eyes in range(1, 7))
                """,
                """
                from itertools import product


                def solve(n, target):
                    rolls = product(range(1, 7), repeat=n)
                    return sum(1 for roll in rolls if sum(roll) == target)
                """,
            ),
        ),
    }[task]  # fmt: skip
    high = {
        "list_partitions": 6,
        "compositions": 5,
        "derangements": 9,
        "bell": 9,
        "catalan": 8,
    }.get(task, 12)
    arguments: list[tuple[Any, ...]] = [
        (n,) for n in choose.sample(range(2, high + 1), min(5, high - 1))
    ]
    arguments.append((1,))
    if task not in ("list_partitions", "compositions"):
        arguments.append((0,))
    if task == "anagrams":
        repeated = ("banana", "level", "noon", "pepper", "letter", "coffee", "book", "ab", "aaa")
        arguments = [(word,) for word in choose.sample(repeated, 4)]
        arguments += [(choose.word()[:8],) for _ in range(3)]
    elif task == "dice_sum":
        arguments = [(n, choose.integer(n, 6 * n)) for n in (1, 2, 2, 3, 3)] + [(2, 1)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "n": ("n", "num") if task != "dice_sum" else ("n", "dice", "num_dice"),
            "target": ("total", "wanted", "s"),
        },
    )


@family(task=("next", "previous", "rank", "kth", "is_permutation", "inverse", "compose", "cycles"))
def single_permutations(choose: Chooser, task: str) -> Exercise:
    """Work with one permutation: the next one, its rank, its inverse."""
    texts, names, solutions = {
        "next": (
            (
                "find the next permutation of a list of numbers in ascending order, or the sorted "
                "list after the last one",
                "return the order that follows a given order of numbers in dictionary order; after "
                "the largest one comes the smallest",
                "Given a list of different numbers, return the lexicographically next order of "
                "them (the sorted list if there is none).",
                "compute the next permutation of a list; the sorted list follows the last one",
            ),
            ("next_permutation", "following_order", "next_order"),
            (
                """
                def solve(numbers):
                    result = list(numbers)
                    i = len(result) - 2
                    while i >= 0 and result[i] > result[i + 1]:
                        i -= 1
                    if i < 0:
                        return result[::-1]
                    j = len(result) - 1
                    while result[j] < result[i]:
                        j -= 1
                    result[i], result[j] = result[j], result[i]
                    return result[:i + 1] + result[:i:-1]
                """,
                """
                from itertools import permutations


                def solve(numbers):
                    orders = [list(order) for order in permutations(sorted(numbers))]
                    index = orders.index(numbers)
                    return orders[(index + 1) % len(orders)]
                """,
            ),
        ),
        "previous": (
            (
                "find the permutation that comes directly before a given list of different numbers "
                "in ascending order, or None if it is the first",
                "return the order that precedes a given order of numbers in dictionary order (None "
                "for the smallest)",
                "Given a list of different numbers, return the lexicographically previous order, "
                "None if the list is sorted.",
                "Previous permutation of a list in dictionary order, or None.",
            ),
            ("previous_permutation", "order_before", "previous_order"),
            (
                """
                from itertools import permutations


                def solve(numbers):
                    before = None
                    for order in permutations(sorted(numbers)):
                        if list(order) == numbers:
                            return before
                        before = list(order)
                """,
                """
                def solve(numbers):
                    result = list(numbers)
                    i = len(result) - 2
                    while i >= 0 and result[i] < result[i + 1]:
                        i -= 1
                    if i < 0:
                        return None
                    j = len(result) - 1
                    while result[j] > result[i]:
                        j -= 1
                    result[i], result[j] = result[j], result[i]
                    return result[:i + 1] + result[:i:-1]
                """,
            ),
        ),
        "rank": (
            (
                "find the position of a word of different letters in the sorted list of all "
                "orders of its letters, counted from 1",
                "compute the rank of a word among its anagrams in alphabetical order (the first "
                "has rank 1)",
                "Given a word without repeated letters, return its place in the alphabetical list "
                "of all permutations of its letters, starting with 1.",
                "Dictionary rank of a word among the permutations of its different letters, from "
                "1.",
            ),
            ("word_rank", "permutation_rank", "rank_of_word"),
            (
                """
                from itertools import permutations


                def solve(word):
                    return list(permutations(sorted(word))).index(tuple(word)) + 1
                """,
                """
                from math import factorial


                def solve(word):
                    rank = 1
                    for i, char in enumerate(word):
                        smaller = sum(1 for other in word[i + 1:] if other < char)
                        rank += smaller * factorial(len(word) - i - 1)
                    return rank
                """,
            ),
        ),
        "kth": (
            (
                "find the k-th permutation of the digits 1 to n in ascending order, as a string "
                "(k = 1 is the first)",
                "return the <k>th of all sorted strings that contain each digit from 1 to <n> "
                "once",
                "Given n and k, return the k-th number (as a string) that is made of the digits "
                "1, 2, ..., n, counted from 1 in ascending order.",
                "K-th permutation of '12...n' in sorted order.",
            ),
            ("kth_permutation", "get_permutation", "permutation_string"),
            (
                """
                from itertools import islice, permutations


                def solve(n, k):
                    digits = [str(digit) for digit in range(1, n + 1)]
                    return "".join(next(islice(permutations(digits), k - 1, None)))
                """,
                """
                from math import factorial


                def solve(n, k):
                    digits = [str(digit) for digit in range(1, n + 1)]
                    rank = k - 1
                    result = ""
                    for size in range(n - 1, -1, -1):
                        place, rank = divmod(rank, factorial(size))
                        result += digits.pop(place)
                    return result
                """,
            ),
        ),
        "is_permutation": (
            (
                "check whether a list contains each of the numbers 1 to n exactly once, where n "
                "is its length",
                "test if a list is a permutation of 1, 2, ..., len(list)",
                "Given a list of n integers, return True if it is a permutation of the first n "
                "positive integers, else False.",
                "Is every number from 1 to the length of the list there once?",
            ),
            ("is_permutation", "check_permutation", "contains_each_once"),
            (
                """
                def solve(numbers):
                    return sorted(numbers) == list(range(1, len(numbers) + 1))
                """,
                """
                def solve(numbers):
                    return set(numbers) == set(range(1, len(numbers) + 1))
                """,
            ),
        ),
        "inverse": (
            (
                "find the inverse of a permutation of 0 to n - 1: the list that says where each "
                "number stands",
                "invert a permutation, given as a list of the numbers 0 to n - 1",
                "Given a list with each number from 0 to n - 1 once, return a list whose element "
                "i is the index of i in the given list.",
                "compute the inverse permutation of a list of indices",
            ),
            ("inverse_permutation", "invert", "positions_of"),
            (
                """
                def solve(numbers):
                    result = [0] * len(numbers)
                    for index, number in enumerate(numbers):
                        result[number] = index
                    return result
                """,
                """
                def solve(numbers):
                    return [numbers.index(i) for i in range(len(numbers))]
                """,
            ),
        ),
        "compose": (
            (
                "rearrange a list by a permutation: element i of the result is the element at "
                "index order[i]",
                "apply an order, given as a list of indices, to a list",
                "Given a list of items and a list of all its indices in some order, return the "
                "items in this order.",
                "put items into the order of the given indices",
            ),
            ("apply_permutation", "rearrange", "reorder", "permute"),
            (
                """
                def solve(items, order):
                    return [items[i] for i in order]
                """,
                """
                def solve(items, order):
                    result = []
                    for place in order:
                        result.append(items[place])
                    return result
                """,
            ),
        ),
        "cycles": (
            (
                "count the cycles of a permutation of 0 to n - 1, where numbers[i] is the place "
                "after i",
                "find how many cycles a permutation has that is given as a list of the numbers 0 "
                "to n - 1 (a fixed point is a cycle of length 1)",
                "Start at an index, go to the index that stands there, and so on until you are "
                "back: that is a cycle. Return the number of different cycles of a permutation of "
                "0, 1, ..., n - 1.",
                "Number of cycles of a permutation given as a list of the numbers from 0.",
            ),
            ("count_cycles", "num_cycles", "cycles_of_permutation"),
            (
                """
                def solve(numbers):
                    seen = set()
                    count = 0
                    for start in range(len(numbers)):
                        if start not in seen:
                            count += 1
                            while start not in seen:
                                seen.add(start)
                                start = numbers[start]
                    return count
                """,
                """
                def solve(numbers):
                    visited = [False] * len(numbers)
                    count = 0
                    for i in range(len(numbers)):
                        if visited[i]:
                            continue
                        count += 1
                        j = i
                        while not visited[j]:
                            visited[j] = True
                            j = numbers[j]
                    return count
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 5)
        indices = choose.shuffled(list(range(size)))
        if task in ("next", "previous"):
            numbers = choose.sample(range(1, 20), choose.integer(2, 4))
            descending = task == "next"
            arguments.append((numbers if place else sorted(numbers, reverse=descending),))
        elif task == "rank":
            arguments.append(("".join(choose.sample("abcdelmt", choose.integer(2, 4))),))
        elif task == "kth":
            n = 2 + place % 3
            arguments.append((n, choose.integer(1, (0, 0, 2, 6, 24)[n])))
        elif task == "is_permutation":
            numbers = [index + 1 for index in indices]
            if place % 2:
                numbers[choose.integer(0, size - 1)] = choose.integer(1, size + 1)
            arguments.append((numbers,))
        elif task == "compose":
            things: list[Any] = choose.words(size) if place % 2 else choose.integers(size, 1, 50)
            arguments.append((things, indices))
        else:
            arguments.append((choose.shuffled(list(range(choose.integer(1, 8)))),))
    return Exercise(
        texts=[
            text.replace("numbers[i]", "<numbers>[i]").replace("order[i]", "<order>[i]")
            for text in texts
        ],
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"order": ("indices", "permutation", "p"), "n": ("n",), "k": ("k",)},
    )
