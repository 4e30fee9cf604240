"""Generators that go through lists, texts or other iterables."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.generators import generator_texts
from hrm_exercises.family import Exercise, family

_OVER_LISTS = {
    "running_sum": (
        "the running sums of a list",
        "goes through a list and gives the sum of the elements so far",
        "yield the sums of the first 1, 2, 3, ... elements of a list",
        ("running_sums", "cumulative", "prefix_sums"),
    ),
    "running_max": (
        "the largest number so far for each number of a list",
        "gives the maximum of the elements up to each position",
        "yield the running maximum of a list",
        ("running_max", "maxima", "prefix_max"),
    ),
    "pairs": (
        "the pairs of neighbouring elements of a list, as tuples",
        "gives (first, second), (second, third) and so on for a list",
        "yield all tuples of two consecutive elements",
        ("pairwise", "neighbours", "adjacent_pairs"),
    ),
    "chunks": (
        "lists of k elements of a list, the last one possibly shorter",
        "cuts a list into chunks of k elements",
        "yield the chunks of length <k> of a list",
        ("chunks", "batches", "in_chunks"),
    ),
    "windows": (
        "all sublists of k neighbouring elements of a list",
        "slides a window of length k over a list",
        "yield each contiguous sublist of <k> elements",
        ("windows", "sliding_window", "sublists_of_length"),
    ),
    "unique": (
        "the elements of a list without repetitions, in order",
        "skips elements that it has given before",
        "yield each different element of a list once",
        ("unique", "distinct", "without_repeats"),
    ),
    "reverse": (
        "the elements of a list from last to first",
        "goes through a list backwards",
        "yield the elements of a list in reverse order",
        ("backwards", "reverse_order", "from_the_end"),
    ),
    "every_other": (
        "every second element of a list, beginning with the first",
        "skips every other element of a list",
        "yield the elements at the even indices of a list",
        ("every_other", "every_second", "even_indices"),
    ),
    "repeat": (
        "each element of a list k times in a row",
        "repeats every element of a list k times",
        "yield every element <k> times before the next one",
        ("repeat_each", "stutter", "repeat_elements"),
    ),
    "interleave": (
        "the elements of two lists of equal length in turn",
        "takes an element of the first list, then one of the second, and so on",
        "yield the elements of two equally long lists alternately",
        ("interleave", "alternate", "zip_flat"),
    ),
    "flatten": (
        "all elements of the lists in a list of lists",
        "goes through a list of lists element by element",
        "yield the elements of all sublists",
        ("flatten", "all_elements", "chain_lists"),
    ),
    "differences": (
        "the differences of each element of a list and the one before it",
        "gives second minus first, third minus second and so on",
        "yield the differences between consecutive elements",
        ("differences", "deltas", "steps_between"),
    ),
    "positions": (
        "the indices at which a value occurs in a list",
        "searches a list for a value and gives every index where it is",
        "yield all positions of <k> in a list",
        ("positions", "find_all", "indices_of"),
    ),
    "deep": (
        "the numbers of a list that may contain lists at any depth",
        "flattens nested lists recursively",
        "yield all numbers of a nested list in order",
        ("deep_flatten", "flatten_deep", "all_numbers"),
    ),
}


@family(task=tuple(_OVER_LISTS))
def generators_over_lists(choose: Chooser, task: str) -> Exercise:
    """Go through a list and yield something."""
    thing, does, also, names = _OVER_LISTS[task]
    solutions = {
        "running_sum": (
            """
            def solve(numbers):
                total = 0
                for number in numbers:
                    total += number
                    yield total
            """,
            """
            from itertools import accumulate


            def solve(numbers):
                yield from accumulate(numbers)
            """,
        ),
        "running_max": (
            """
            def solve(numbers):
                best = None
                for number in numbers:
                    if best is None or number > best:
                        best = number
                    yield best
            """,
            """
            def solve(numbers):
                for i in range(1, len(numbers) + 1):
                    yield max(numbers[:i])
            """,
        ),
        "pairs": (
            """
            def solve(numbers):
                for i in range(len(numbers) - 1):
                    yield (numbers[i], numbers[i + 1])
            """,
            """
            def solve(numbers):
                yield from zip(numbers, numbers[1:])
            """,
        ),
        "chunks": (
            """
            def solve(numbers, k):
                for i in range(0, len(numbers), k):
                    yield numbers[i:i + k]
            """,
            """
            def solve(numbers, k):
                chunk = []
                for number in numbers:
                    chunk.append(number)
                    if len(chunk) == k:
                        yield chunk
                        chunk = []
                if chunk:
                    yield chunk
            """,
        ),
        "windows": (
            """
            def solve(numbers, k):
                for i in range(len(numbers) - k + 1):
                    yield numbers[i:i + k]
            """,
        ),
        "unique": (
            """
            def solve(numbers):
                seen = set()
                for number in numbers:
                    if number not in seen:
                        seen.add(number)
                        yield number
            """,
            """
            def solve(numbers):
                yield from dict.fromkeys(numbers)
            """,
        ),
        "reverse": (
            """
            def solve(numbers):
                for i in range(len(numbers) - 1, -1, -1):
                    yield numbers[i]
            """,
            """
            def solve(numbers):
                yield from reversed(numbers)
            """,
        ),
        "every_other": (
            """
            def solve(numbers):
                for i in range(0, len(numbers), 2):
                    yield numbers[i]
            """,
            """
            def solve(numbers):
                yield from numbers[::2]
            """,
            """
            def solve(numbers):
                for index, number in enumerate(numbers):
                    if index % 2 == 0:
                        yield number
            """,
        ),
        "repeat": (
            """
            def solve(numbers, k):
                for number in numbers:
                    for _ in range(k):
                        yield number
            """,
            """
            def solve(numbers, k):
                for number in numbers:
                    yield from [number] * k
            """,
        ),
        "interleave": (
            """
            def solve(first, second):
                for a, b in zip(first, second):
                    yield a
                    yield b
            """,
            """
            def solve(first, second):
                for i in range(len(first)):
                    yield first[i]
                    yield second[i]
            """,
        ),
        "flatten": (
            """
            def solve(lists):
                for row in lists:
                    for number in row:
                        yield number
            """,
            """
            def solve(lists):
                for row in lists:
                    yield from row
            """,
        ),
        "differences": (
            """
            def solve(numbers):
                for i in range(1, len(numbers)):
                    yield numbers[i] - numbers[i - 1]
            """,
            """
            def solve(numbers):
                for first, second in zip(numbers, numbers[1:]):
                    yield second - first
            """,
        ),
        "positions": (
            """
            def solve(numbers, k):
                for index, number in enumerate(numbers):
                    if number == k:
                        yield index
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    if numbers[i] == k:
                        yield i
            """,
        ),
        "deep": (
            """
            def solve(items):
                for item in items:
                    if isinstance(item, list):
                        yield from solve(item)
                    else:
                        yield item
            """,
            """
            def solve(items):
                for item in items:
                    if isinstance(item, list):
                        for inner in solve(item):
                            yield inner
                    else:
                        yield item
            """,
        ),
    }[task]
    calls = []
    for place in range(6):
        numbers = choose.integers((3, 7), 1, 9 if task in ("unique", "positions") else 30)
        if task in ("chunks", "windows", "repeat"):
            calls.append(f"list(solve({numbers}, {choose.integer(2, 3)}))")
        elif task == "positions":
            calls.append(f"list(solve({numbers}, {choose.one_of(numbers) if place else 0}))")
        elif task == "interleave":
            calls.append(f"list(solve({numbers}, {choose.integers(len(numbers), 40, 60)}))")
        elif task == "flatten":
            rows = [choose.integers((0, 3), 1, 30) for _ in range(choose.integer(1, 4))]
            calls.append(f"list(solve({rows}))")
        elif task == "deep":
            nested = [numbers[0], [numbers[1], [numbers[2]]], *numbers[3:]]
            calls.append(f"list(solve({choose.one_of((nested, nested[1:], nested[1]))}))")
        else:
            calls.append(f"list(solve({numbers}))")
    if task not in ("chunks", "windows", "repeat", "positions", "interleave"):
        calls.append("list(solve([]))")
    return Exercise(
        texts=generator_texts(does, also, thing),
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={"k": ("n", "size", "m") if task != "positions" else ("value", "x", "target")},
    )


_OVER_TEXTS = {
    "words": (
        "the words of a sentence one by one",
        "splits a text at spaces and gives its words",
        "yield each word of a sentence",
        ("words_of", "word_generator", "each_word"),
    ),
    "vowels": (
        "the vowels of a lowercase text in order",
        "goes through a text and gives only its vowels",
        "yield the vowels of a text of small letters",
        ("vowels", "only_vowels", "vowel_generator"),
    ),
    "prefixes": (
        "all prefixes of a word, from the first letter to the whole word",
        "gives the first letter, the first two letters and so on",
        "yield every prefix of a word, from short to long",
        ("prefixes", "growing", "prefix_generator"),
    ),
    "suffixes": (
        "all suffixes of a word, from the whole word to the last letter",
        "gives the word, the word without its first letter and so on",
        "yield every suffix of a word, from long to short",
        ("suffixes", "shrinking", "suffix_generator"),
    ),
    "runs": (
        "tuples (character, length) for the runs of equal characters of a text",
        "goes through a text and gives each run of equal characters with its length",
        "yield the characters of a text with the lengths of their runs",
        ("runs", "run_lengths", "encode_runs"),
    ),
    "rotations": (
        "all rotations of a word, beginning with the word itself",
        "gives the word, then the word with the first letter moved to the end, and so on",
        "yield each rotation of a word, one letter further each time",
        ("rotations", "rotate_word", "all_rotations"),
    ),
    "substrings": (
        "all non-empty substrings of a word, by start and then by end",
        "gives every piece of a word, those from the first letter on first and shorter ones "
        "before longer ones",
        "yield the substrings of a word in the order of their start and length",
        ("substrings", "all_substrings", "pieces"),
    ),
    "lines": (
        "the lengths of the words of a sentence",
        "goes through a sentence and gives the number of letters of each word",
        "yield the length of every word of a sentence",
        ("word_lengths", "lengths", "length_generator"),
    ),
    "capitals": (
        "the words of a sentence with a capital first letter",
        "gives each word of a sentence, capitalized",
        "yield the words of a sentence with their first letters in upper case",
        ("capitalized_words", "title_words", "capitals"),
    ),
}


@family(task=tuple(_OVER_TEXTS))
def generators_over_texts(choose: Chooser, task: str) -> Exercise:
    """Go through a text and yield something."""
    thing, does, also, names = _OVER_TEXTS[task]
    solutions = {
        "words": (
            """
            def solve(text):
                for word in text.split():
                    yield word
            """,
            """
            def solve(text):
                yield from text.split()
            """,
        ),
        "vowels": (
            """
            def solve(text):
                for char in text:
                    if char in "aeiou":
                        yield char
            """,
        ),
        "prefixes": (
            """
            def solve(word):
                for end in range(1, len(word) + 1):
                    yield word[:end]
            """,
            """
            def solve(word):
                prefix = ""
                for char in word:
                    prefix += char
                    yield prefix
            """,
        ),
        "suffixes": (
            """
            def solve(word):
                for start in range(len(word)):
                    yield word[start:]
            """,
            """
            def solve(word):
                while word:
                    yield word
                    word = word[1:]
            """,
        ),
        "runs": (
            """
            from itertools import groupby


            def solve(text):
                for char, group in groupby(text):
                    yield (char, len(list(group)))
            """,
            """
            def solve(text):
                count = 0
                for i, char in enumerate(text):
                    count += 1
                    if i + 1 == len(text) or text[i + 1] != char:
                        yield (char, count)
                        count = 0
            """,
        ),
        "rotations": (
            """
            def solve(word):
                for i in range(len(word)):
                    yield word[i:] + word[:i]
            """,
            """
            def solve(word):
                for _ in range(len(word)):
                    yield word
                    word = word[1:] + word[0]
            """,
        ),
        "substrings": (
            """
            def solve(word):
                for start in range(len(word)):
                    for end in range(start + 1, len(word) + 1):
                        yield word[start:end]
            """,
        ),
        "lines": (
            """
            def solve(text):
                for word in text.split():
                    yield len(word)
            """,
            """
            def solve(text):
                yield from map(len, text.split())
            """,
        ),
        "capitals": (
            """
            def solve(text):
                for word in text.split():
                    yield word.capitalize()
            """,
            """
            def solve(text):
                for word in text.split():
                    yield word[0].upper() + word[1:]
            """,
        ),
    }[task]
    texts = [choose.word() for _ in range(5)] + ["a"]
    if task in ("words", "vowels", "lines", "capitals"):
        texts = [choose.sentence((1, 5)) for _ in range(6)]
    elif task == "runs":
        texts = [
            "".join(c * choose.integer(1, 4) for c in choose.letters((2, 4))) for _ in range(6)
        ]
    elif task == "substrings":
        texts = [choose.letters((1, 4)) for _ in range(7)]
    calls = [f"list(solve({text!r}))" for text in texts] + ["list(solve(''))"]
    if task != "vowels":
        calls.append(f"next(solve({texts[0]!r}))")
    return Exercise(
        texts=generator_texts(does, also, thing), names=names, solutions=solutions, calls=calls
    )


@family(
    task=(
        "take", "take_while", "map", "filter", "chain", "cycle_n", "enumerate", "zip", "steps",
        "accumulate",
    )
)  # fmt: skip
def generators_over_generators(choose: Chooser, task: str) -> Exercise:
    """Write a generator that uses another iterable."""
    thing, does, also, names, solutions = {
        "take": (
            "the first n elements of an iterable (fewer if it ends before)",
            "passes on only the first n elements of any iterable",
            "yield at most <n> elements of an iterable",
            ("take", "first_n", "limit_to"),
            (
                """
                def solve(items, n):
                    for index, item in enumerate(items):
                        if index == n:
                            return
                        yield item
                """,
                """
                from itertools import islice


                def solve(items, n):
                    yield from islice(items, n)
                """,
            ),
        ),
        "take_while": (
            "the elements of an iterable until one of them is negative",
            "passes on elements of an iterable and stops before the first negative one",
            "yield the elements before the first negative number of an iterable",
            ("until_negative", "leading_non_negative", "stop_at_negative"),
            (
                """
                def solve(items):
                    for item in items:
                        if item < 0:
                            break
                        yield item
                """,
                """
                def solve(items):
                    for item in items:
                        if item < 0:
                            return
                        yield item
                """,
            ),
        ),
        "map": (
            "the results of a function for the elements of an iterable",
            "applies a function to each element of an iterable; the function is the first "
            "argument",
            "apply a function to the elements of an iterable and yield the results",
            ("lazy_map", "apply_each", "mapped"),
            (
                """
                def solve(function, items):
                    for item in items:
                        yield function(item)
                """,
                """
                def solve(function, items):
                    yield from map(function, items)
                """,
            ),
        ),
        "filter": (
            "the elements of an iterable for which a function is true",
            "passes on the elements that satisfy a condition; the condition (a function) is the "
            "first argument",
            "yield the elements of an iterable on which a function returns a true value",
            ("lazy_filter", "only_if", "filtered"),
            (
                """
                def solve(function, items):
                    for item in items:
                        if function(item):
                            yield item
                """,
                """
                def solve(function, items):
                    yield from (item for item in items if function(item))
                """,
            ),
        ),
        "chain": (
            "the elements of any number of iterables, one iterable after the other",
            "goes through all iterables that are passed as arguments",
            "yield the elements of the first argument, then those of the second and so on",
            ("chain", "concatenate", "one_after_another"),
            (
                """
                def solve(*lists):
                    for items in lists:
                        for item in items:
                            yield item
                """,
                """
                def solve(*lists):
                    for items in lists:
                        yield from items
                """,
            ),
        ),
        "cycle_n": (
            "the elements of a list over and over, n times in all",
            "goes through a list n times",
            "yield all elements of a list, <n> times from start to end",
            ("repeat_list", "cycle_n_times", "n_rounds"),
            (
                """
                def solve(items, n):
                    for _ in range(n):
                        for item in items:
                            yield item
                """,
                """
                def solve(items, n):
                    for _ in range(n):
                        yield from items
                """,
            ),
        ),
        "enumerate": (
            "tuples of a number, starting with a given one, and an element of an iterable",
            "numbers the elements of an iterable, beginning with a given number",
            "yield (number, element) tuples, with numbers from <start> on",
            ("numbered", "my_enumerate", "count_elements"),
            (
                """
                def solve(items, start):
                    number = start
                    for item in items:
                        yield (number, item)
                        number += 1
                """,
                """
                def solve(items, start):
                    yield from enumerate(items, start)
                """,
            ),
        ),
        "zip": (
            "tuples of the elements at equal positions of two iterables, up to the end of the "
            "shorter one",
            "works like zip for two iterables",
            "yield pairs of an element of each of two iterables",
            ("my_zip", "pair_up", "side_by_side"),
            (
                """
                def solve(first, second):
                    one, two = iter(first), iter(second)
                    while True:
                        try:
                            yield (next(one), next(two))
                        except StopIteration:
                            return
                """,
                """
                def solve(first, second):
                    yield from zip(first, second)
                """,
            ),
        ),
        "steps": (
            "numbers from start in steps of a given size, as long as they are below an end "
            "(works for decimals, too)",
            "is like range(start, end, step) for a positive step, but is written with yield",
            "yield <start>, <start> + <step>, ... while the numbers are less than <end>",
            ("my_range", "steps", "float_range"),
            (
                """
                def solve(start, end, step):
                    number = start
                    while number < end:
                        yield number
                        number += step
                """,
                """
                def solve(start, end, step):
                    while start < end:
                        yield start
                        start += step
                """,
            ),
        ),
        "accumulate": (
            "the running products of an iterable of numbers",
            "gives the product of all numbers so far after each number of an iterable",
            "yield the products of the first 1, 2, 3, ... numbers",
            ("running_product", "cumulative_product", "products"),
            (
                """
                def solve(numbers):
                    result = 1
                    for number in numbers:
                        result *= number
                        yield result
                """,
                """
                import operator
                from itertools import accumulate


                def solve(numbers):
                    yield from accumulate(numbers, operator.mul)
                """,
            ),
        ),
    }[task]  # fmt: skip
    functions = ("lambda x: x * x", "lambda x: x + 1", "str", "abs")
    conditions = ("lambda x: x > 3", "lambda x: x % 2", "bool")
    calls = []
    for place in range(6):
        numbers = choose.integers((2, 6), -4 if task == "take_while" else 1, 12)
        source = f"range({choose.integer(3, 9)})" if place % 3 == 2 else str(numbers)
        argument = {
            "take": f"{source}, {choose.integer(0, 5)}",
            "take_while": source,
            "map": f"{choose.one_of(functions)}, {source}",
            "filter": f"{choose.one_of(conditions)}, {source}",
            "chain": f"{source}, {choose.integers((0, 3), 1, 9)}, {choose.word()[:3]!r}",
            "cycle_n": f"{numbers[:3]}, {choose.integer(0, 3)}",
            "enumerate": f"{choose.words((1, 4))}, {choose.integer(0, 5)}",
            "zip": f"{source}, {choose.words((1, 5))}",
            "steps": f"{choose.integer(-3, 5)}, {choose.integer(6, 14)}, {choose.integer(1, 4)}",
            "accumulate": source.replace("range(", "range(1, "),
        }[task]
        calls.append(f"list(solve({argument}))")
    if task == "steps":
        calls += ["list(solve(0, 2, 0.5))", "list(solve(4, 4, 1))"]
    return Exercise(
        texts=generator_texts(does, also, thing),
        names=names,
        solutions=solutions,
        calls=calls,
        synonyms={
            "function": ("func", "f", "fn"),
            "start": ("begin", "low"),
            "end": ("stop", "high"),
            "lists": ("iterables", "sequences", "args"),
        },
    )
