"""Heaps and priority queues: largest and smallest elements, merging, running values."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_KEPT = {"key": ("key",)}


@family(
    side=("largest", "smallest"), task=("list", "kth", "sum", "product", "pair_values", "words")
)
def heap_largest_or_smallest(choose: Chooser, side: str, task: str) -> Exercise:
    """Take the k largest or smallest elements with a heap."""
    order = "descending" if side == "largest" else "ascending"
    call = f"heapq.n{side}"
    texts, names, solutions = {
        "list": (
            (
                f"find the k {side} integers of a list of numbers using a heap, in {order} order",
                f"return the <k> {side} elements of a list with the heapq module, {side} first",
                f"Given a list and k, return a list of its k {side} elements in {order} order. Use "
                "a heap.",
                f"find the n {side} numbers from a list using heap queue algorithm",
                f"use heapq to get the {side} k items of a list ({order})",
            ),
            (f"k_{side}", f"heap_{side}", f"n_{side}", f"find_k_{side}"),
            (
                f"""
                import heapq


                def solve(numbers, k):
                    return {call}(k, numbers)
                """,
                """
                import heapq


                def solve(numbers, k):
                    heap = list(numbers)
                    heapq.heapify(heap)
                    return [heapq.heappop(heap) for _ in range(k)]
                """
                if side == "smallest"
                else """
                import heapq


                def solve(numbers, k):
                    heap = [-number for number in numbers]
                    heapq.heapify(heap)
                    return [-heapq.heappop(heap) for _ in range(k)]
                """,
                """
                import heapq


                def solve(numbers, k):
                    heap = []
                    for number in numbers:
                        heapq.heappush(heap, number)
                        if len(heap) > k:
                            heapq.heappop(heap)
                    return sorted(heap, reverse=True)
                """
                if side == "largest"
                else f"""
                from heapq import n{side}


                def solve(numbers, k):
                    return n{side}(k, numbers)
                """,
            ),
        ),
        "kth": (
            (
                f"find the k-th {side} element of a list using a heap (equal elements count "
                "separately)",
                f"return the <k>th {side} number in a list with heapq",
                f"Given a list and k from 1 to its length, return the k-th {side} value. Use a "
                "heap.",
                f"Kth {side} element of an array, duplicates counted.",
            ),
            (f"kth_{side}", f"find_kth_{side}", f"heap_kth_{side}"),
            (
                f"""
                import heapq


                def solve(numbers, k):
                    return {call}(k, numbers)[-1]
                """,
                """
                import heapq


                def solve(numbers, k):
                    heap = list(numbers)
                    heapq.heapify(heap)
                    for _ in range(k - 1):
                        heapq.heappop(heap)
                    return heapq.heappop(heap)
                """
                if side == "smallest"
                else """
                import heapq


                def solve(numbers, k):
                    heap = numbers[:k]
                    heapq.heapify(heap)
                    for number in numbers[k:]:
                        heapq.heappushpop(heap, number)
                    return heap[0]
                """,
            ),
        ),
        "sum": (
            (
                f"find the sum of the k {side} elements of a list using a heap",
                f"add up the <k> {side} numbers of a list with heapq",
                f"Given a list and k, return the total of its k {side} elements.",
                f"Sum of the {side} k numbers of an array.",
            ),
            (f"sum_of_{side}", f"sum_k_{side}", f"{side}_sum"),
            (
                f"""
                import heapq


                def solve(numbers, k):
                    return sum({call}(k, numbers))
                """,
                f"""
                from heapq import n{side}


                def solve(numbers, k):
                    total = 0
                    for number in n{side}(k, numbers):
                        total += number
                    return total
                """,
            ),
        ),
        "product": (
            (
                f"find the product of the k {side} elements of a list using a heap",
                f"multiply the <k> {side} numbers of a list, taken with heapq",
                f"Given a list and k >= 1, return the product of its k {side} elements.",
                f"Product of the {side} k numbers of an array.",
            ),
            (f"product_of_{side}", f"{side}_product", f"multiply_{side}"),
            (
                f"""
                import heapq
                from math import prod


                def solve(numbers, k):
                    return prod({call}(k, numbers))
                """,
                f"""
                import heapq


                def solve(numbers, k):
                    result = 1
                    for number in {call}(k, numbers):
                        result *= number
                    return result
                """,
            ),
        ),
        "pair_values": (
            (
                f"find the k (name, value) tuples of a list with the {side} values, in {order} "
                "order of the value, using a heap (ties in the order of the list)",
                f"return the <k> records with the {side} second elements with heapq",
                f"Given (name, number) tuples and k, return the k tuples with the {side} numbers, "
                f"{side} first.",
                f"Top k: the {side} k entries of a list of (name, score) tuples by score.",
            ),
            (f"k_{side}_records", f"{side}_by_value", f"top_k_{side}"),
            (
                f"""
                import heapq


                def solve(records, k):
                    return {call}(k, records, key=lambda record: record[1])
                """,
                f"""
                import heapq
                from operator import itemgetter


                def solve(records, k):
                    return {call}(k, records, key=itemgetter(1))
                """,
            ),
        ),
        "words": (
            (
                f"find the k {'longest' if side == 'largest' else 'shortest'} words of a list "
                "using a heap (words of equal length in the order of the list)",
                f"return the <k> words with the {side} lengths with heapq",
                f"Given a list of words and k, return the k "
                f"{'longest' if side == 'largest' else 'shortest'} ones, by length in {order} "
                "order; ties keep their order.",
                f"Use heapq.n{side} to get k words by length.",
            ),
            (
                f"k_{'longest' if side == 'largest' else 'shortest'}",
                f"{'longest' if side == 'largest' else 'shortest'}_words",
                "words_by_length",
            ),
            (
                f"""
                import heapq


                def solve(words, k):
                    return {call}(k, words, key=len)
                """,
                f"""
                from heapq import n{side}


                def solve(words, k):
                    return n{side}(k, words, key=lambda word: len(word))
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(3, 9)
        k = choose.integer(1, min(5, size))
        if task == "pair_values":
            arguments.append(([(choose.thing(), choose.integer(1, 99)) for _ in range(size)], k))
        elif task == "words":
            arguments.append((choose.words(size), k))
        else:
            low = 1 if task == "product" else -20
            arguments.append((choose.integers(size, low, 99 if task != "product" else 12), k))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**_KEPT, "records": ("pairs", "tuples", "items")},
    )


@family(
    task=(
        "sort",
        "sort_down",
        "pop_all_pairs",
        "merge_two",
        "merge_many",
        "heapify_root",
        "is_heap",
    )
)
def basic_heap_operations(choose: Chooser, task: str) -> Exercise:
    """Push, pop, merge and check heaps."""
    texts, names, solutions = {
        "sort": (
            (
                "sort a list of numbers with a heap",
                "implement heap sort with the heapq module, in ascending order",
                "Given a list, push all elements onto a heap and pop them again. Return the list "
                "of popped elements.",
                "sort a list using the heap queue algorithm",
            ),
            ("heap_sort", "heapsort", "sort_with_heap"),
            (
                """
                import heapq


                def solve(numbers):
                    heap = []
                    for number in numbers:
                        heapq.heappush(heap, number)
                    return [heapq.heappop(heap) for _ in range(len(heap))]
                """,
                """
                import heapq


                def solve(numbers):
                    heap = list(numbers)
                    heapq.heapify(heap)
                    result = []
                    while heap:
                        result.append(heapq.heappop(heap))
                    return result
                """,
            ),
        ),
        "sort_down": (
            (
                "sort a list of numbers in descending order with a heap",
                "implement a heap sort that puts the largest number first, using heapq",
                "Given a list of numbers, return it from largest to smallest. Use a heap of "
                "negated numbers.",
                "use a max heap to sort a list in reverse order",
            ),
            ("heap_sort_descending", "sort_descending", "max_heap_sort"),
            (
                """
                import heapq


                def solve(numbers):
                    heap = [-number for number in numbers]
                    heapq.heapify(heap)
                    result = []
                    while heap:
                        result.append(-heapq.heappop(heap))
                    return result
                """,
                """
                import heapq


                def solve(numbers):
                    return heapq.nlargest(len(numbers), numbers)
                """,
            ),
        ),
        "pop_all_pairs": (
            (
                "list the names of (priority, name) tuples in the order in which a priority queue "
                "returns them, lowest priority number first (equal ones by name)",
                "serve tasks by priority: given (number, name) tuples, return the names from the "
                "smallest number to the largest, and alphabetically for equal numbers",
                "Put all (priority, task) tuples into a heap and pop them. Return the list of "
                "tasks in this order.",
                "Return the order of patients in an emergency room from (urgency, name) tuples, "
                "where 1 is the most urgent and ties are served by name.",
            ),
            ("priority_order", "serve_by_priority", "process_tasks", "heap_order"),
            (
                """
                import heapq


                def solve(tasks):
                    heap = list(tasks)
                    heapq.heapify(heap)
                    result = []
                    while heap:
                        priority, name = heapq.heappop(heap)
                        result.append(name)
                    return result
                """,
                """
                from queue import PriorityQueue


                def solve(tasks):
                    queue = PriorityQueue()
                    for task in tasks:
                        queue.put(task)
                    return [queue.get()[1] for _ in tasks]
                """,
            ),
        ),
        "merge_two": (
            (
                "merge two sorted lists into one sorted list using the heapq module",
                "combine two lists that are in ascending order into one with heapq.merge",
                "Given two sorted lists, return a sorted list of all their elements.",
                "merge two sorted arrays using heap queue algorithm",
            ),
            ("merge_sorted", "merge_two", "heap_merge"),
            (
                """
                import heapq


                def solve(first, second):
                    return list(heapq.merge(first, second))
                """,
                """
                from heapq import merge


                def solve(first, second):
                    return list(merge(first, second))
                """,
            ),
        ),
        "merge_many": (
            (
                "merge any number of sorted lists into one sorted list with a heap",
                "combine a list of sorted lists into a single sorted list using heapq",
                "Given a list of lists that are each in ascending order, return all their numbers "
                "in ascending order.",
                "merge k sorted lists",
            ),
            ("merge_lists", "merge_k_sorted", "merge_all", "combine_sorted_lists"),
            (
                """
                import heapq


                def solve(lists):
                    return list(heapq.merge(*lists))
                """,
                """
                import heapq


                def solve(lists):
                    heap = [(row[0], i, 0) for i, row in enumerate(lists) if row]
                    heapq.heapify(heap)
                    result = []
                    while heap:
                        value, i, j = heapq.heappop(heap)
                        result.append(value)
                        if j + 1 < len(lists[i]):
                            heapq.heappush(heap, (lists[i][j + 1], i, j + 1))
                    return result
                """,
            ),
        ),
        "heapify_root": (
            (
                "find what remains as a sorted list when the smallest element of a heap is popped "
                "k times, given the elements in any order",
                "pop the minimum <k> times from a heap made of a list, and return the rest in "
                "ascending order",
                "Given a list and a number k, remove its k smallest elements with a heap. Return "
                "the other elements sorted.",
                "Pop k times from a min heap and list what is left, sorted.",
            ),
            ("pop_smallest", "remove_k_smallest", "rest_of_heap"),
            (
                """
                import heapq


                def solve(numbers, k):
                    heap = list(numbers)
                    heapq.heapify(heap)
                    for _ in range(k):
                        heapq.heappop(heap)
                    return sorted(heap)
                """,
                """
                import heapq


                def solve(numbers, k):
                    heap = []
                    for number in numbers:
                        heapq.heappush(heap, number)
                    while k > 0:
                        heapq.heappop(heap)
                        k -= 1
                    return sorted(heap)
                """,
            ),
        ),
        "is_heap": (
            (
                "check whether a list is a min heap: no element is larger than its children at "
                "the indices 2i + 1 and 2i + 2",
                "test if a list satisfies the heap property (each parent is at most as large as "
                "its children)",
                "Given a list that stores a binary tree level by level, return True if it is a "
                "min-heap, else False.",
                "Is numbers[i] <= numbers[2i + 1] and numbers[i] <= numbers[2i + 2] wherever "
                "these exist? Return True or False.".replace("numbers", "<numbers>"),
            ),
            ("is_min_heap", "is_heap", "check_heap"),
            (
                """
                def solve(numbers):
                    return all(
                        numbers[(i - 1) // 2] <= numbers[i] for i in range(1, len(numbers))
                    )
                """,
                """
                def solve(numbers):
                    n = len(numbers)
                    for i in range(n):
                        for child in (2 * i + 1, 2 * i + 2):
                            if child < n and numbers[i] > numbers[child]:
                                return False
                    return True
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        numbers = choose.integers((3, 8), -9, 40)
        if task == "pop_all_pairs":
            people = list(dict.fromkeys(choose.person() for _ in numbers))
            arguments.append(([(choose.integer(1, 4), person) for person in people],))
        elif task == "merge_two":
            arguments.append((sorted(numbers), sorted(choose.integers((2, 6), -9, 40))))
        elif task == "merge_many":
            lists = [sorted(choose.integers((0, 4), 0, 30)) for _ in range(choose.integer(2, 4))]
            arguments.append((lists,))
        elif task == "heapify_root":
            arguments.append((numbers, choose.integer(0, len(numbers))))
        elif task == "is_heap" and place % 2:
            # A sorted list is a heap, also after swaps of siblings.
            heap = sorted(numbers)
            heap[1:3] = heap[1:3][::-1]
            arguments.append((heap,))
        else:
            arguments.append((numbers,))
    empty = {"merge_two": ([], [1, 2]), "heapify_root": ([3], 1)}
    arguments.append(empty.get(task, ([],)))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "tasks": ("jobs", "pairs", "entries"),
            "lists": ("arrays", "list_of_lists", "rows"),
        },
    )
