"""Sorting algorithms written out, and their steps."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_ALGORITHMS = {
    "bubble": (
        "bubble sort",
        """
        def solve(numbers):
            for i in range(len(numbers)):
                for j in range(len(numbers) - 1 - i):
                    if numbers[j] > numbers[j + 1]:
                        numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
            return numbers
        """,
    ),
    "early_bubble": (
        "bubble sort that stops when a pass makes no swap",
        """
        def solve(numbers):
            swapped = True
            while swapped:
                swapped = False
                for j in range(len(numbers) - 1):
                    if numbers[j] > numbers[j + 1]:
                        numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
                        swapped = True
            return numbers
        """,
    ),
    "insertion": (
        "insertion sort",
        """
        def solve(numbers):
            for i in range(1, len(numbers)):
                current = numbers[i]
                j = i - 1
                while j >= 0 and numbers[j] > current:
                    numbers[j + 1] = numbers[j]
                    j -= 1
                numbers[j + 1] = current
            return numbers
        """,
    ),
    "selection": (
        "selection sort",
        """
        def solve(numbers):
            for i in range(len(numbers)):
                best = i
                for j in range(i + 1, len(numbers)):
                    if numbers[j] < numbers[best]:
                        best = j
                numbers[i], numbers[best] = numbers[best], numbers[i]
            return numbers
        """,
    ),
    "merge": (
        "merge sort",
        """
        def solve(numbers):
            if len(numbers) <= 1:
                return numbers
            middle = len(numbers) // 2
            left = solve(numbers[:middle])
            right = solve(numbers[middle:])
            result = []
            i = j = 0
            while i < len(left) and j < len(right):
                if left[i] <= right[j]:
                    result.append(left[i])
                    i += 1
                else:
                    result.append(right[j])
                    j += 1
            return result + left[i:] + right[j:]
        """,
    ),
    "quick": (
        "quicksort",
        """
        def solve(numbers):
            if len(numbers) <= 1:
                return numbers
            pivot = numbers[0]
            smaller = [number for number in numbers[1:] if number < pivot]
            others = [number for number in numbers[1:] if number >= pivot]
            return solve(smaller) + [pivot] + solve(others)
        """,
    ),
    "quick_three": (
        "quicksort with the middle element as pivot",
        """
        def solve(numbers):
            if len(numbers) <= 1:
                return numbers
            pivot = numbers[len(numbers) // 2]
            smaller = [number for number in numbers if number < pivot]
            equal = [number for number in numbers if number == pivot]
            greater = [number for number in numbers if number > pivot]
            return solve(smaller) + equal + solve(greater)
        """,
    ),
    "counting": (
        "counting sort",
        """
        def solve(numbers):
            if not numbers:
                return []
            counts = [0] * (max(numbers) + 1)
            for number in numbers:
                counts[number] += 1
            result = []
            for number, count in enumerate(counts):
                result.extend([number] * count)
            return result
        """,
    ),
    "radix": (
        "radix sort",
        """
        def solve(numbers):
            place = 1
            while numbers and max(numbers) // place > 0:
                buckets = [[] for _ in range(10)]
                for number in numbers:
                    buckets[number // place % 10].append(number)
                numbers = [number for bucket in buckets for number in bucket]
                place *= 10
            return numbers
        """,
    ),
    "shell": (
        "shell sort",
        """
        def solve(numbers):
            gap = len(numbers) // 2
            while gap > 0:
                for i in range(gap, len(numbers)):
                    current = numbers[i]
                    j = i
                    while j >= gap and numbers[j - gap] > current:
                        numbers[j] = numbers[j - gap]
                        j -= gap
                    numbers[j] = current
                gap //= 2
            return numbers
        """,
    ),
    "gnome": (
        "gnome sort",
        """
        def solve(numbers):
            index = 0
            while index < len(numbers):
                if index == 0 or numbers[index - 1] <= numbers[index]:
                    index += 1
                else:
                    numbers[index], numbers[index - 1] = numbers[index - 1], numbers[index]
                    index -= 1
            return numbers
        """,
    ),
    "cocktail": (
        "cocktail shaker sort",
        """
        def solve(numbers):
            start = 0
            end = len(numbers) - 1
            while start < end:
                for i in range(start, end):
                    if numbers[i] > numbers[i + 1]:
                        numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
                end -= 1
                for i in range(end, start, -1):
                    if numbers[i - 1] > numbers[i]:
                        numbers[i - 1], numbers[i] = numbers[i], numbers[i - 1]
                start += 1
            return numbers
        """,
    ),
    "comb": (
        "comb sort",
        """
        def solve(numbers):
            gap = len(numbers)
            swapped = True
            while gap > 1 or swapped:
                gap = max(1, gap * 10 // 13)
                swapped = False
                for i in range(len(numbers) - gap):
                    if numbers[i] > numbers[i + gap]:
                        numbers[i], numbers[i + gap] = numbers[i + gap], numbers[i]
                        swapped = True
            return numbers
        """,
    ),
    "heap": (
        "heap sort with the heapq module",
        """
        import heapq

        def solve(numbers):
            heapq.heapify(numbers)
            return [heapq.heappop(numbers) for _ in range(len(numbers))]
        """,
    ),
    "bucket": (
        "bucket sort with one bucket for each ten numbers",
        """
        def solve(numbers):
            buckets = {}
            for number in numbers:
                buckets.setdefault(number // 10, []).append(number)
            result = []
            for index in sorted(buckets):
                result.extend(sorted(buckets[index]))
            return result
        """,
    ),
}


@family(algorithm=tuple(_ALGORITHMS))
def sort_with_an_algorithm(choose: Chooser, algorithm: str) -> Exercise:
    """Sort a list with a given algorithm."""
    title, solution = _ALGORITHMS[algorithm]
    short = title.partition(" with")[0].partition(" that")[0]
    low = 0 if algorithm in ("counting", "radix", "bucket") else choose.one_of((0, -20))
    high = 20 if algorithm == "counting" else choose.one_of((60, 200))
    name = short.replace(" ", "_")
    given = choose.one_of(NUMBERS)
    return Exercise(
        texts=(
            f"sort {given} using {title}",
            f"sort {given} with {title}",
            f"implement {title} for a list of numbers",
            f"sort a list of elements using {title}",
            f"Given a list of integers, sort it in ascending order with {title}.",
            f"perform {title} on a list of integers and return the sorted list",
        ),
        names=(name, f"{name}_list", f"sort_with_{name}", f"my_{name}"),
        solutions=(solution,),
        arguments=[(choose.integers((4, 9), low, high),) for _ in range(5)] + [([],), ([3],)],
        synonyms={
            "pivot": ("p", "middle_value"),
            "swapped": ("changed", "moved"),
            "current": ("value", "temp", "item"),
            "buckets": ("bins", "groups"),
            "middle": ("mid", "m"),
            "gap": ("step", "h"),
            "left": ("first", "a", "part1"),
            "right": ("second", "b", "part2"),
        },
    )


@family(algorithm=("bubble", "insertion", "selection"))
def sort_descending_with_an_algorithm(choose: Chooser, algorithm: str) -> Exercise:
    """Sort in descending order with a simple algorithm."""
    title, solution = _ALGORITHMS[algorithm]
    turned = {
        "bubble": solution.replace("numbers[j] > numbers[j + 1]", "numbers[j] < numbers[j + 1]"),
        "insertion": solution.replace("numbers[j] > current", "numbers[j] < current"),
        "selection": solution.replace("numbers[j] < numbers[best]", "numbers[j] > numbers[best]"),
    }[algorithm]
    return Exercise(
        texts=(
            f"sort a list in descending order using {title}",
            f"use {title} to sort a list of numbers from largest to smallest",
            f"Given a list of integers, sort it in decreasing order with {title}.",
            f"implement {title} for descending order",
        ),
        names=(f"{algorithm}_sort_descending", f"descending_{algorithm}_sort", "sort_descending"),
        solutions=(turned,),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8))]
        + [([],), ([3, 3, 4],)],
    )


_STEPS = {
    "bubble_passes": Task(
        (
            "return {} after <k> passes of bubble sort from left to right (largest element to "
            "the end)",
            "make <k> passes of bubble sort over {} and return the list as it is then",
        ),
        ("bubble_passes", "after_k_passes", "partial_bubble_sort"),
        (
            """
            def solve(numbers, k):
                for _ in range(k):
                    for j in range(len(numbers) - 1):
                        if numbers[j] > numbers[j + 1]:
                            numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
                return numbers
            """,
        ),
    ),
    "selection_steps": Task(
        (
            "return {} after <k> steps of selection sort, where step i swaps the smallest "
            "remaining element to index i",
            "do <k> steps of selection sort on {}: exchange the minimum of the unsorted part with "
            "its first element",
        ),
        ("selection_steps", "after_k_selections", "partial_selection_sort"),
        (
            """
            def solve(numbers, k):
                for i in range(k):
                    best = i
                    for j in range(i + 1, len(numbers)):
                        if numbers[j] < numbers[best]:
                            best = j
                    numbers[i], numbers[best] = numbers[best], numbers[i]
                return numbers
            """,
            """
            def solve(numbers, k):
                for i in range(k):
                    best = numbers.index(min(numbers[i:]), i)
                    numbers[i], numbers[best] = numbers[best], numbers[i]
                return numbers
            """,
        ),
    ),
    "insertion_steps": Task(
        (
            "return {} after <k> steps of insertion sort, so that the first <k> + 1 elements are "
            "sorted",
            "do the first <k> steps of insertion sort on {}",
        ),
        ("insertion_steps", "after_k_insertions", "partial_insertion_sort"),
        (
            """
            def solve(numbers, k):
                for i in range(1, k + 1):
                    j = i
                    while j > 0 and numbers[j - 1] > numbers[j]:
                        numbers[j - 1], numbers[j] = numbers[j], numbers[j - 1]
                        j -= 1
                return numbers
            """,
            returns("numbers, k", "sorted(numbers[:k + 1]) + numbers[k + 1:]"),
        ),
    ),
    "flips": Task(
        (
            "reverse the first <k> elements of {}, as in one step of pancake sort",
            "flip the top <k> pancakes: reverse the first <k> numbers of {}",
        ),
        ("pancake_flip", "flip_first_k", "pancake_step"),
        (
            returns("numbers, k", "numbers[:k][::-1] + numbers[k:]"),
            """
            def solve(numbers, k):
                numbers[:k] = numbers[:k][::-1]
                return numbers
            """,
        ),
    ),
}


@family(steps=tuple(_STEPS))
def steps_of_a_sorting_algorithm(choose: Chooser, steps: str) -> Exercise:
    """Do only k steps of an algorithm."""
    task = _STEPS[steps]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (numbers, choose.integer(1, 3)) for numbers in number_lists(choose, 6, (5, 8), 0, 50)
        ]
        + [([3, 2, 1, 0], 0)],
    )


_COSTS = {
    "swaps": Task(
        (
            "the number of swaps that bubble sort makes",
            "how many swaps of neighbours bubble sort needs to sort {}",
        ),
        ("bubble_sort_swaps", "count_swaps", "number_of_swaps"),
        (
            """
            def solve(numbers):
                count = 0
                for i in range(len(numbers)):
                    for j in range(len(numbers) - 1 - i):
                        if numbers[j] > numbers[j + 1]:
                            numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
                            count += 1
                return count
            """,
            """
            def solve(numbers):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] > numbers[j]:
                            count += 1
                return count
            """,
        ),
    ),
    "passes": Task(
        (
            "the number of passes that bubble sort makes over {} until a pass without a swap, "
            "which counts too",
        ),
        ("bubble_sort_passes", "count_passes", "number_of_passes"),
        (
            """
            def solve(numbers):
                count = 0
                swapped = True
                while swapped:
                    swapped = False
                    count += 1
                    for j in range(len(numbers) - 1):
                        if numbers[j] > numbers[j + 1]:
                            numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
                            swapped = True
                return count
            """,
        ),
    ),
    "minimum": Task(
        (
            "the smallest number of swaps of any two elements that sorts {} (all elements differ)",
            "the minimum number of swaps that are needed to sort {}, a list of distinct numbers",
        ),
        ("min_swaps_to_sort", "fewest_swaps", "minimum_swaps"),
        (
            """
            def solve(numbers):
                wanted = sorted(numbers)
                count = 0
                for i in range(len(numbers)):
                    if numbers[i] != wanted[i]:
                        j = numbers.index(wanted[i])
                        numbers[i], numbers[j] = numbers[j], numbers[i]
                        count += 1
                return count
            """,
        ),
    ),
    "misplaced": Task(
        (
            "how many elements of {} are not at the index that they have in the sorted list",
            "the number of elements of {} that sorting moves to another place",
        ),
        ("count_misplaced", "out_of_place", "moved_elements"),
        (
            returns("numbers", "sum(1 for x, y in zip(numbers, sorted(numbers)) if x != y)"),
            """
            def solve(numbers):
                wanted = sorted(numbers)
                count = 0
                for index in range(len(numbers)):
                    if numbers[index] != wanted[index]:
                        count += 1
                return count
            """,
        ),
    ),
    "descents": Task(
        (
            "the number of elements that are smaller than the element just before them",
            "how many neighbours of {} are in the wrong order for an ascending list",
        ),
        ("count_descents", "wrong_neighbours", "falling_steps"),
        (
            returns("numbers", "sum(1 for x, y in zip(numbers, numbers[1:]) if x > y)"),
            """
            def solve(numbers):
                count = 0
                for index in range(1, len(numbers)):
                    if numbers[index] < numbers[index - 1]:
                        count += 1
                return count
            """,
        ),
    ),
    "unsorted_part": Task(
        (
            "the length of the shortest part of {} that must be sorted to make the whole list "
            "sorted",
            "how long the shortest sublist of {} is that has to be sorted so that {} is sorted",
        ),
        ("shortest_unsorted", "unsorted_length", "part_to_sort"),
        (
            """
            def solve(numbers):
                wanted = sorted(numbers)
                places = [i for i in range(len(numbers)) if numbers[i] != wanted[i]]
                return places[-1] - places[0] + 1 if places else 0
            """,
        ),
    ),
}


@family(cost=tuple(_COSTS))
def how_unsorted_a_list_is(choose: Chooser, cost: str) -> Exercise:
    """Count swaps, passes or misplaced elements."""
    task = _COSTS[cost]
    lists = [choose.sample(range(1, 30), (3, 7)) for _ in range(4)]
    almost = sorted(choose.sample(range(1, 30), 6))
    place = choose.integer(0, 4)
    almost[place], almost[place + 1] = almost[place + 1], almost[place]
    preposition = choose.one_of(("for", "on")) if cost == "swaps" else "in"
    asks = task.asks
    if cost == "unsorted_part":
        asks = (
            asks[0],
            "the length of the shortest sublist of {} that has to be sorted so that all is sorted",
        )
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks, preposition),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists] + [(almost,), ([4, 3, 2, 1],), ([1, 2, 3],)],
        synonyms={"x": ("a", "p"), "y": ("b", "q"), "wanted": ("ordered", "sorted_list")},
    )
