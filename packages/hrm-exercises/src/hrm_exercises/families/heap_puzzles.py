"""Heaps that are kept while reading numbers, and puzzles for priority queues."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_KEPT = {"key": ("key",)}


@family(task=("median", "maximum", "kth_largest", "top_k", "stones", "reduce", "combine"))
def running_values_with_a_heap(choose: Chooser, task: str) -> Exercise:
    """Keep a heap while reading numbers."""
    texts, names, solutions = {
        "median": (
            (
                "find the running median: the list of the medians of the first 1, 2, 3, ... "
                "numbers of a list, each as a float",
                "compute the median after each number of a stream and return the medians as "
                "floats",
                "Given a list of integers, return a list of floats whose element i is the median "
                "of the numbers up to index i.",
                "Running median of a list (floats).",
            ),
            ("running_median", "stream_median", "medians"),
            (
                """
                import heapq


                def solve(numbers):
                    low, high = [], []
                    result = []
                    for number in numbers:
                        heapq.heappush(high, -heapq.heappushpop(low, -number))
                        if len(high) > len(low):
                            heapq.heappush(low, -heapq.heappop(high))
                        if len(low) > len(high):
                            result.append(float(-low[0]))
                        else:
                            result.append((high[0] - low[0]) / 2)
                    return result
                """,
                """
                import bisect


                def solve(numbers):
                    ordered = []
                    result = []
                    for number in numbers:
                        bisect.insort(ordered, number)
                        n = len(ordered)
                        result.append((ordered[n // 2] + ordered[(n - 1) // 2]) / 2)
                    return result
                """,
                """
                from statistics import median


                def solve(numbers):
                    return [float(median(numbers[:i])) for i in range(1, len(numbers) + 1)]
                """,
            ),
        ),
        "maximum": (
            (
                "find for each prefix of a list the sum of its two largest elements, starting "
                "with the prefix of length 2",
                "compute, while reading a list, the sum of the two largest numbers so far, from "
                "the second number on",
                "Given a list of at least two numbers, return a list of the sums of the two "
                "largest among the first 2, 3, 4, ... elements.",
                "Sum of the two largest numbers of every prefix that has at least two numbers.",
            ),
            ("running_top_two", "top_two_sums", "prefix_top_two"),
            (
                """
                import heapq


                def solve(numbers):
                    result = []
                    for i in range(2, len(numbers) + 1):
                        result.append(sum(heapq.nlargest(2, numbers[:i])))
                    return result
                """,
                """
                import heapq


                def solve(numbers):
                    heap = sorted(numbers[:2])
                    result = [sum(heap)]
                    for number in numbers[2:]:
                        heapq.heappushpop(heap, number)
                        result.append(sum(heap))
                    return result
                """,
            ),
        ),
        "kth_largest": (
            (
                "find the k-th largest number so far after each number of a list, None while "
                "there are fewer than k numbers",
                "keep track of the <k>-th largest element of a stream: return a list with its "
                "value after every new number (None until there are enough)",
                "Given a list and k, return a list whose element i is the k-th largest of the "
                "first i + 1 numbers, or None if there are fewer than k.",
                "Kth largest of each prefix of a list, None for prefixes that are too short.",
            ),
            ("running_kth_largest", "kth_largest_stream", "stream_kth"),
            (
                """
                import heapq


                def solve(numbers, k):
                    heap = []
                    result = []
                    for number in numbers:
                        heapq.heappush(heap, number)
                        if len(heap) > k:
                            heapq.heappop(heap)
                        result.append(heap[0] if len(heap) == k else None)
                    return result
                """,
                """
                def solve(numbers, k):
                    result = []
                    for i in range(1, len(numbers) + 1):
                        ordered = sorted(numbers[:i], reverse=True)
                        result.append(ordered[k - 1] if i >= k else None)
                    return result
                """,
            ),
        ),
        "top_k": (
            (
                "find the k most frequent numbers of a list, most frequent first (of equally "
                "frequent ones the smaller first), using a heap",
                "return the <k> elements that occur most often, ordered by falling frequency and "
                "then by value",
                "Given a list of integers and k, return its k most common values. Ties go to the "
                "smaller value.",
                "Top k frequent elements of a list with heapq.",
            ),
            ("top_k_frequent", "most_frequent", "k_most_common"),
            (
                """
                import heapq
                from collections import Counter


                def solve(numbers, k):
                    counts = Counter(numbers)
                    heap = [(-count, number) for number, count in counts.items()]
                    heapq.heapify(heap)
                    return [heapq.heappop(heap)[1] for _ in range(k)]
                """,
                """
                import heapq
                from collections import Counter


                def solve(numbers, k):
                    counts = Counter(numbers)
                    return heapq.nsmallest(k, counts, key=lambda number: (-counts[number], number))
                """,
            ),
        ),
        "stones": (
            (
                "find the weight of the last stone if the two heaviest stones are smashed again "
                "and again, leaving their difference (0 if nothing is left)",
                "simulate smashing stones: take the two largest numbers, put back their "
                "difference if it is not 0, until at most one is left; return it, or 0",
                "Given stone weights, repeatedly replace the two heaviest by their difference (by "
                "nothing if they are equal). Return the last weight, or 0.",
                "Last stone weight: the two heaviest stones are replaced by their difference "
                "until one or none is left (0).",
            ),
            ("last_stone", "smash_stones", "last_stone_weight"),
            (
                """
                import heapq


                def solve(stones):
                    heap = [-stone for stone in stones]
                    heapq.heapify(heap)
                    while len(heap) > 1:
                        first = -heapq.heappop(heap)
                        second = -heapq.heappop(heap)
                        if first != second:
                            heapq.heappush(heap, second - first)
                    return -heap[0] if heap else 0
                """,
                """
                def solve(stones):
                    ordered = sorted(stones)
                    while len(ordered) > 1:
                        difference = ordered.pop() - ordered.pop()
                        if difference > 0:
                            ordered.append(difference)
                            ordered.sort()
                    return ordered[0] if ordered else 0
                """,
            ),
        ),
        "reduce": (
            (
                "halve the largest number of a list (rounded down) k times, and return the sum "
                "of the numbers at the end",
                "replace the maximum of a list by max // 2, <k> times in a row, and return the "
                "final sum",
                "Given a list of positive integers and k, do k times: take the largest and put "
                "back its half, rounded down. Return the remaining total.",
                "Halve the maximum (integer division) k times. What is the sum then?",
            ),
            ("halve_largest", "reduce_largest", "sum_after_halving"),
            (
                """
                import heapq


                def solve(numbers, k):
                    heap = [-number for number in numbers]
                    heapq.heapify(heap)
                    for _ in range(k):
                        largest = -heapq.heappop(heap)
                        heapq.heappush(heap, -(largest // 2))
                    return -sum(heap)
                """,
                """
                def solve(numbers, k):
                    values = list(numbers)
                    for _ in range(k):
                        index = values.index(max(values))
                        values[index] //= 2
                    return sum(values)
                """,
            ),
        ),
        "combine": (
            (
                "find the smallest number of times that the two smallest numbers of a list must "
                "be replaced by their sum until all numbers are at least k",
                "count the steps until no number is below <k>, where each step removes the two "
                "smallest numbers and adds their sum (-1 if that is impossible)",
                "Given positive integers and k, combine the two smallest into their sum until "
                "each number is k or more. Return the number of steps, or -1 if it can't be done.",
                "How often must the two smallest numbers be merged into their sum until all are "
                "at least k? Return -1 if it is impossible.",
            ),
            ("min_steps", "combine_smallest", "steps_to_reach"),
            (
                """
                import heapq


                def solve(numbers, k):
                    heap = list(numbers)
                    heapq.heapify(heap)
                    steps = 0
                    while heap[0] < k:
                        if len(heap) == 1:
                            return -1
                        heapq.heappush(heap, heapq.heappop(heap) + heapq.heappop(heap))
                        steps += 1
                    return steps
                """,
                """
                def solve(numbers, k):
                    values = sorted(numbers)
                    steps = 0
                    while len(values) > 1 and values[0] < k:
                        values = sorted(values[2:] + [values[0] + values[1]])
                        steps += 1
                    return steps if values[0] >= k else -1
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        numbers = choose.integers((3, 8), 1, 30)
        if task == "kth_largest":
            arguments.append((numbers, choose.integer(1, 3)))
        elif task == "top_k":
            values = choose.integers((5, 10), 1, 6)
            arguments.append((values, choose.integer(1, len(set(values)))))
        elif task == "reduce":
            arguments.append((numbers, choose.integer(0, 5)))
        elif task == "combine":
            arguments.append((numbers, choose.integer(5, 60)))
        else:
            arguments.append((numbers,))
    if task == "stones":
        arguments += [([4, 4],), ([7],)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**_KEPT, "stones": ("weights", "rocks", "nums")},
    )


@family(task=("closest", "points", "sums", "ugly", "row_sums", "reorganize"))
def heap_puzzles(choose: Chooser, task: str) -> Exercise:
    """Solve puzzles that a priority queue makes easy."""
    texts, names, solutions = {
        "closest": (
            (
                "find the k numbers of a list that are closest to a target, nearest first (the "
                "smaller of two that are equally near first)",
                "return the <k> elements with the smallest distance to <target>, sorted by the "
                "distance and then by value",
                "Given a list, a target and k, return the k nearest numbers in the order of their "
                "distance. If two are equally far away, the smaller one comes first.",
                "K closest elements to a value, ordered by closeness (ties: smaller first).",
            ),
            ("k_closest", "closest_numbers", "nearest_k"),
            (
                """
                import heapq


                def solve(numbers, target, k):
                    return heapq.nsmallest(k, numbers, key=lambda x: (abs(x - target), x))
                """,
                """
                def solve(numbers, target, k):
                    return sorted(numbers, key=lambda x: (abs(x - target), x))[:k]
                """,
            ),
        ),
        "points": (
            (
                "find the k points of a list that are closest to the origin, nearest first (in "
                "the order of the list if equally near)",
                "return the <k> (x, y) tuples with the smallest distance to (0, 0), sorted by "
                "distance",
                "Given points as tuples and k, return the k nearest to the origin, from near to "
                "far; equal distances keep their order.",
                "K closest points to the origin, nearest first.",
            ),
            ("k_closest_points", "nearest_points", "closest_to_origin"),
            (
                """
                import heapq


                def solve(points, k):
                    return heapq.nsmallest(k, points, key=lambda p: p[0] ** 2 + p[1] ** 2)
                """,
                """
                def solve(points, k):
                    return sorted(points, key=lambda p: p[0] * p[0] + p[1] * p[1])[:k]
                """,
            ),
        ),
        "sums": (
            (
                "find the k smallest sums of a number of one list and a number of another list, "
                "in ascending order",
                "return the <k> smallest values of a + b with a from <first> and b from <second>",
                "Given two lists and k, form all sums of one element of each. Return the k "
                "smallest sums, sorted.",
                "K smallest pair sums of two lists.",
            ),
            ("k_smallest_sums", "smallest_pair_sums", "k_sums"),
            (
                """
                import heapq


                def solve(first, second, k):
                    return heapq.nsmallest(k, (a + b for a in first for b in second))
                """,
                """
                def solve(first, second, k):
                    return sorted(a + b for a in first for b in second)[:k]
                """,
            ),
        ),
        "ugly": (
            (
                "find the n-th number whose only prime factors are 2, 3 and 5, where 1 is the "
                "first",
                "find the <n>th ugly number (1, 2, 3, 4, 5, 6, 8, ...)",
                "Ugly numbers have no prime factor other than 2, 3 and 5. Return the n-th of "
                "them, counting from 1 as the first.",
                "Return the n-th number of the form 2^a * 3^b * 5^c in ascending order.",
            ),
            ("ugly_number", "nth_ugly", "hamming_number"),
            (
                """
                import heapq


                def solve(n):
                    heap = [1]
                    seen = {1}
                    for _ in range(n - 1):
                        number = heapq.heappop(heap)
                        for factor in (2, 3, 5):
                            if number * factor not in seen:
                                seen.add(number * factor)
                                heapq.heappush(heap, number * factor)
                    return heap[0]
                """,
                """
                def solve(n):
                    numbers = [1]
                    i = j = k = 0
                    while len(numbers) < n:
                        smallest = min(2 * numbers[i], 3 * numbers[j], 5 * numbers[k])
                        numbers.append(smallest)
                        if smallest == 2 * numbers[i]:
                            i += 1
                        if smallest == 3 * numbers[j]:
                            j += 1
                        if smallest == 5 * numbers[k]:
                            k += 1
                    return numbers[-1]
                """,
            ),
        ),
        "row_sums": (
            (
                "find the k-th smallest element of a matrix whose rows and columns are sorted",
                "return the <k>th smallest number of a sorted matrix, where equal numbers count "
                "separately",
                "Given a matrix with ascending rows and columns and k, return its k-th smallest "
                "entry (k = 1 gives the smallest).",
                "Kth smallest element in a sorted matrix.",
            ),
            ("kth_in_matrix", "kth_smallest_in_matrix", "matrix_kth"),
            (
                """
                import heapq


                def solve(matrix, k):
                    return list(heapq.merge(*matrix))[k - 1]
                """,
                """
                import heapq


                def solve(matrix, k):
                    heap = [(row[0], i, 0) for i, row in enumerate(matrix)]
                    heapq.heapify(heap)
                    for _ in range(k - 1):
                        _, i, j = heapq.heappop(heap)
                        if j + 1 < len(matrix[i]):
                            heapq.heappush(heap, (matrix[i][j + 1], i, j + 1))
                    return heap[0][0]
                """,
                """
                def solve(matrix, k):
                    return sorted(number for row in matrix for number in row)[k - 1]
                """,
            ),
        ),
        "reorganize": (
            (
                "check whether the letters of a string can be arranged so that no two equal "
                "letters are neighbours",
                "test if a word can be rearranged without equal adjacent characters",
                "Given a string, return True if some order of its characters has no two equal "
                "ones side by side, else False.",
                "Can the characters be shuffled such that no character follows itself?",
            ),
            ("can_rearrange", "can_reorganize", "no_equal_neighbours_possible"),
            (
                """
                from collections import Counter


                def solve(text):
                    if not text:
                        return True
                    return max(Counter(text).values()) <= (len(text) + 1) // 2
                """,
                """
                import heapq
                from collections import Counter


                def solve(text):
                    heap = [(-count, char) for char, count in Counter(text).items()]
                    heapq.heapify(heap)
                    last = None
                    while heap:
                        count, char = heapq.heappop(heap)
                        if last:
                            heapq.heappush(heap, last)
                        last = (count + 1, char) if count < -1 else None
                    return last is None
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        numbers = choose.integers((3, 8), 1, 40)
        k = choose.integer(1, 3)
        if task == "closest":
            arguments.append((list(dict.fromkeys(numbers)), choose.integer(1, 40), k))
        elif task == "points":
            points = [(choose.integer(-9, 9), choose.integer(-9, 9)) for _ in numbers]
            arguments.append((points, k))
        elif task == "sums":
            arguments.append(
                (choose.integers((2, 4), 1, 20), choose.integers((2, 4), 1, 20), k + 1)
            )
        elif task == "row_sums":
            n = choose.integer(2, 4)
            matrix = [sorted(choose.integers(n, 1, 40)) for _ in range(n)]
            columns = [sorted(column) for column in zip(*matrix, strict=True)]
            matrix = [list(row) for row in zip(*columns, strict=True)]
            arguments.append((matrix, choose.integer(1, n * n)))
        elif task == "reorganize":
            letters = choose.letters((2, 7), "abc" if place % 2 else "aaab")
            arguments.append((letters,))
    if task == "ugly":
        arguments = [(n,) for n in choose.sample(range(2, 40), 5)] + [(1,)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**_KEPT, "target": ("x", "value", "goal"), "points": ("pts", "coordinates")},
    )
