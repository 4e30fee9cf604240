"""Lists cut into parts, and pieces of lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_to,
    item_lists,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_AT_INDEX = {
    "tuple": Task(
        (
            "split {} at index <k> and return both parts as a tuple",
            "cut {} into its first <k> elements and the rest; return a tuple of the two lists",
        ),
        ("split_at", "split_list", "cut_at"),
        (returns("items, k", "(items[:k], items[k:])"),),
    ),
    "list": Task(
        (
            "split {} into two parts, where the first part has length <k>; return a list of both",
            "divide {} into the first <k> elements and the remaining ones, as a list of two lists",
        ),
        ("split_two_parts", "split_in_two", "divide_list"),
        (returns("items, k", "[items[:k], items[k:]]"),),
    ),
    "swap": Task(
        (
            "split {} after the first <k> elements and put the first part behind the second",
            "cut {} at index <k> and exchange the two parts",
        ),
        ("split_and_swap", "exchange_parts", "cut_and_swap"),
        (
            returns("items, k", "items[k:] + items[:k]"),
            """
            def solve(items, k):
                head = items[:k]
                tail = items[k:]
                return tail + head
            """,
        ),
    ),
    "three": Task(
        (
            "split {} into the first <k> elements, the last <k> elements and what is between; "
            "return the tuple (first, middle, last)",
        ),
        ("split_three", "head_middle_tail", "three_parts"),
        (
            """
            def solve(items, k):
                end = len(items) - k
                return (items[:k], items[k:end], items[end:])
            """,
        ),
    ),
}


@family(result=tuple(_AT_INDEX))
def split_at_an_index(choose: Chooser, result: str) -> Exercise:
    """Cut a list at an index."""
    task = _AT_INDEX[result]
    lists = item_lists(choose, 6, (4, 9))
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(1, len(items) // 2)) for items in lists]
        + [([1, 2, 3], 0)],
    )


_HALVES = {
    "halves": Task(
        (
            "split {} into two halves (the second one is longer if the length is odd) and return "
            "them as a tuple",
            "cut {} in the middle and return a tuple of both halves; an extra element goes to the "
            "second half",
        ),
        ("split_halves", "cut_in_half", "two_halves"),
        (
            """
            def solve(items):
                middle = len(items) // 2
                return (items[:middle], items[middle:])
            """,
            returns("items", "(items[:len(items) // 2], items[len(items) // 2:])"),
        ),
    ),
    "alternating": Task(
        (
            "deal the elements of {} alternately to two lists and return both as a tuple",
            "split {} into the elements at even indexes and those at odd indexes, as a tuple",
        ),
        ("deal_two", "split_alternating", "split_by_index_parity"),
        (
            returns("items", "(items[::2], items[1::2])"),
            """
            def solve(items):
                first = []
                second = []
                for index, item in enumerate(items):
                    if index % 2 == 0:
                        first.append(item)
                    else:
                        second.append(item)
                return (first, second)
            """,
        ),
    ),
    "head_tail": Task(
        (
            "split {} into its first element and the list of all others, as a tuple",
            "return a tuple of the first element of {} and the rest",
        ),
        ("head_and_tail", "first_and_rest", "split_head"),
        (
            returns("items", "(items[0], items[1:])"),
            """
            def solve(items):
                head, *tail = items
                return (head, tail)
            """,
        ),
    ),
    "singles": Task(
        (
            "turn {} into a list of lists with one element each",
            "wrap each element of {} in a list of its own",
        ),
        ("singletons", "wrap_elements", "split_into_singles"),
        (
            returns("items", "[[item] for item in items]"),
            returns("items", "list(map(lambda item: [item], items))"),
        ),
    ),
    "prefixes": Task(
        (
            "return all non-empty prefixes of {}, the shortest first",
            "list all beginnings of {} with 1, 2, 3 ... elements",
        ),
        ("prefixes", "all_prefixes", "list_beginnings"),
        (
            returns("items", "[items[:index] for index in range(1, len(items) + 1)]"),
            """
            def solve(items):
                result = []
                for index in range(len(items)):
                    result.append(items[:index + 1])
                return result
            """,
        ),
    ),
    "suffixes": Task(
        (
            "return all non-empty suffixes of {}, the longest first",
            "list all endings of {} from the whole list down to the last element",
        ),
        ("suffixes", "all_suffixes", "list_endings"),
        (returns("items", "[items[index:] for index in range(len(items))]"),),
    ),
}


@family(way=tuple(_HALVES))
def split_without_a_number(choose: Chooser, way: str) -> Exercise:
    """Halves, alternate elements, head and tail, prefixes, suffixes."""
    task = _HALVES[way]
    size = (2, 5) if way in ("prefixes", "suffixes") else (2, 9)
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in item_lists(choose, 5, size)] + [([3],)],
    )


_CHUNKS = {
    "all": Task(
        (
            "split {} into chunks of size <k>; the last chunk may be shorter",
            "divide {} into sublists of length <k> (the last one may have fewer elements)",
            "break {} into consecutive pieces of <k> elements",
        ),
        ("chunks", "split_into_chunks", "chunk_list"),
        (
            returns("items, k", "[items[index:index + k] for index in range(0, len(items), k)]"),
            """
            def solve(items, k):
                result = []
                for index in range(0, len(items), k):
                    result.append(items[index:index + k])
                return result
            """,
            """
            def solve(items, k):
                result = []
                while items:
                    result.append(items[:k])
                    items = items[k:]
                return result
            """,
        ),
    ),
    "full": Task(
        (
            "split {} into chunks of size <k> and leave out an incomplete last chunk",
            "divide {} into sublists of exactly <k> elements; elements that are left over are "
            "dropped",
        ),
        ("full_chunks", "complete_chunks", "exact_groups"),
        (
            returns(
                "items, k",
                "[items[index:index + k] for index in range(0, len(items) - k + 1, k)]",
            ),
            """
            def solve(items, k):
                result = []
                for index in range(len(items) // k):
                    result.append(items[index * k:(index + 1) * k])
                return result
            """,
        ),
    ),
    "dealt": Task(
        (
            "deal the elements of {} to <k> lists in turn, like cards",
            "split {} into <k> lists so that the i-th list has every <k>-th element from index i "
            "on",
        ),
        ("deal", "distribute", "round_robin"),
        (
            returns("items, k", "[items[index::k] for index in range(k)]"),
            """
            def solve(items, k):
                result = [[] for _ in range(k)]
                for index, item in enumerate(items):
                    result[index % k].append(item)
                return result
            """,
        ),
    ),
    "parts": Task(
        (
            "split {} into <k> consecutive parts whose lengths differ by at most 1, longer ones "
            "first",
            "divide {} into <k> parts of nearly equal length; the first parts get the extra "
            "elements",
        ),
        ("split_evenly", "equal_parts", "divide_into_parts"),
        (
            """
            def solve(items, k):
                size, extra = divmod(len(items), k)
                result = []
                start = 0
                for index in range(k):
                    end = start + size + (1 if index < extra else 0)
                    result.append(items[start:end])
                    start = end
                return result
            """,
        ),
    ),
    "windows": Task(
        (
            "return all runs of <k> consecutive elements of {}",
            "list all sublists of {} that consist of <k> neighbouring elements",
        ),
        ("windows", "consecutive_groups", "sublists_of_length"),
        (
            returns("items, k", "[items[index:index + k] for index in range(len(items) - k + 1)]"),
            """
            def solve(items, k):
                result = []
                for index in range(len(items) - k + 1):
                    result.append(items[index:index + k])
                return result
            """,
        ),
    ),
}


@family(kind=tuple(_CHUNKS))
def split_into_chunks_of_k(choose: Chooser, kind: str) -> Exercise:
    """Cut a list into chunks, parts or windows."""
    task = _CHUNKS[kind]
    return Exercise(
        texts=ask_to(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items, choose.integer(2, 4)) for items in item_lists(choose, 6, (4, 9))]
        + [([1, 2, 3, 4], 1)],
        synonyms={"size": ("length", "width"), "k": ("n", "m", "num")},
    )


_CHUNK_VALUES = {
    "sum": ("sum", "sums", "sum({})"),
    "max": ("largest element", "maxima", "max({})"),
    "min": ("smallest element", "minima", "min({})"),
    "first": ("first element", "first_elements", "{}[0]"),
    "length": ("length", "lengths", "len({})"),
}


@family(value=tuple(_CHUNK_VALUES))
def value_of_each_chunk(choose: Chooser, value: str) -> Exercise:
    """Sum, maximum ... of each chunk of k elements."""
    noun, name, expression = _CHUNK_VALUES[value]
    inline = expression.format("numbers[index:index + k]")
    return Exercise(
        texts=ask_to(
            choose.one_of(NUMBERS),
            (
                f"split {{}} into chunks of <k> elements and return the {noun} of each chunk",
                f"return a list with the {noun} of every block of <k> elements of {{}} (the last "
                "block may be shorter)",
                f"find the {noun} of each group of <k> consecutive elements of {{}}, where groups "
                "do not overlap",
            ),
        ),
        names=(f"chunk_{name}", f"{name}_of_chunks", f"group_{name}"),
        solutions=(
            returns("numbers, k", f"[{inline} for index in range(0, len(numbers), k)]"),
            f"""
            def solve(numbers, k):
                result = []
                for index in range(0, len(numbers), k):
                    chunk = numbers[index:index + k]
                    result.append({expression.format("chunk")})
                return result
            """,
        ),
        arguments=[
            (numbers, choose.integer(2, 4)) for numbers in number_lists(choose, 5, (4, 10), 0, 40)
        ]
        + [([], 2), ([5, 3, 8], 1)],
    )


_PARTITIONS = {
    "even": ("even", "odd", "number % 2 == 0", "number % 2 != 0"),
    "negative": ("negative", "non-negative", "number < 0", "number >= 0"),
    "positive": ("positive", "remaining", "number > 0", "number <= 0"),
    "small": ("one-digit", "larger", "number < 10", "number >= 10"),
}


@family(kind=tuple(_PARTITIONS), result=("lists", "sums", "counts"))
def separate_two_kinds(choose: Chooser, kind: str, result: str) -> Exercise:
    """Separate even and odd, negative and other numbers."""
    one, other, condition, opposite = _PARTITIONS[kind]
    low = 0 if kind == "small" else -15
    if result == "lists":
        first, second = (f"[number for number in numbers if {c}]" for c in (condition, opposite))
        asks = (
            f"split {{}} into its {one} and its {other} numbers and return both lists as a tuple",
            f"separate the {one} from the {other} numbers of {{}}; return a tuple of two lists",
            f"return a tuple of two lists: the {one} numbers and the {other} numbers of {{}}",
        )
        start, step = "[]", ".append(number)"
    elif result == "sums":
        first, second = (f"sum(number for number in numbers if {c})" for c in (condition, opposite))
        asks = (
            f"find the sum of the {one} and the sum of the {other} numbers of {{}}, as a tuple",
            f"add up the {one} numbers and the {other} numbers of {{}} separately",
            f"return a tuple with the sum of all {one} and the sum of all {other} numbers of {{}}",
        )
        start, step = "0", " += number"
    else:
        first, second = (f"sum(1 for number in numbers if {c})" for c in (condition, opposite))
        asks = (
            f"count the {one} and the {other} numbers of {{}} and return both counts as a tuple",
            f"find how many numbers of {{}} are {one} and how many are {other}; return a tuple",
            f"return a tuple with the number of {one} and the number of {other} elements of {{}}",
        )
        start, step = "0", " += 1"
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), asks),
        names=(f"{kind}_and_other_{result}", f"separate_{kind}_{result}", f"split_{kind}_{result}"),
        solutions=(
            f"""
            def solve(numbers):
                first = {first}
                second = {second}
                return (first, second)
            """,
            f"""
            def solve(numbers):
                first = {start}
                second = {start}
                for number in numbers:
                    if {condition}:
                        first{step}
                    else:
                        second{step}
                return (first, second)
            """,
        ),
        arguments=[(choose.integers((3, 9), low, 30),) for _ in range(5)] + [([],), ([4, 7],)],
        synonyms={"first": ("one", "a", "group1"), "second": ("two", "b", "group2")},
    )


_SPLITS_AT_VALUE = {
    "zero": (
        (
            "split {} at the zeros, which are not part of any piece; empty pieces are dropped",
            "cut {} at each 0 and return the non-empty pieces between the zeros",
        ),
        "",
        "0",
    ),
    "value": (
        (
            "split {} at every occurrence of <item>; the separators and empty pieces are left out",
            "return the non-empty sublists of {} that lie between the occurrences of <item>",
        ),
        ", item",
        "item",
    ),
}


@family(at=tuple(_SPLITS_AT_VALUE))
def split_at_a_value(choose: Chooser, at: str) -> Exercise:
    """Cut a list at separators."""
    asks, parameter, value = _SPLITS_AT_VALUE[at]
    extra = (choose.integer(1, 9),) if at == "value" else ()
    mark = extra[0] if extra else 0
    lists = [
        [mark if choose.chance(0.3) else choose.integer(1, 9) for _ in range(num)]
        for num in (5, 6, 7, 8)
    ]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), asks),
        names=("split_at_value", f"split_at_{at}", "split_by_separator"),
        solutions=(
            f"""
            def solve(numbers{parameter}):
                result = []
                part = []
                for number in numbers:
                    if number == {value}:
                        if part:
                            result.append(part)
                        part = []
                    else:
                        part.append(number)
                if part:
                    result.append(part)
                return result
            """,
        ),
        arguments=[(numbers, *extra) for numbers in lists]
        + [([mark, mark], *extra), ([1, mark, 2, 3], *extra), ([], *extra)],
    )


_PIVOTS = {
    "three": (
        "three lists with the elements smaller than, equal to and greater than <k>",
        "three_way_partition",
        """
        def solve(numbers, k):
            smaller = [number for number in numbers if number < k]
            equal = [number for number in numbers if number == k]
            greater = [number for number in numbers if number > k]
            return (smaller, equal, greater)
        """,
    ),
    "two": (
        "two lists: the elements below <k> and those that are at least <k>",
        "partition_by_limit",
        """
        def solve(numbers, k):
            smaller = [number for number in numbers if number < k]
            rest = [number for number in numbers if number >= k]
            return (smaller, rest)
        """,
    ),
    "counts": (
        "three counts: how many elements are smaller than, equal to and greater than <k>",
        "compare_counts",
        """
        def solve(numbers, k):
            smaller = sum(1 for number in numbers if number < k)
            greater = sum(1 for number in numbers if number > k)
            return (smaller, numbers.count(k), greater)
        """,
    ),
}


@family(result=tuple(_PIVOTS))
def separate_by_a_pivot(choose: Chooser, result: str) -> Exercise:
    """Separate smaller, equal and greater elements."""
    wanted, name, comprehensions = _PIVOTS[result]
    start, step = ("0", " += 1") if result == "counts" else ("[]", ".append(number)")
    loop = f"""
        def solve(numbers, k):
            smaller = {start}
            equal = {start}
            greater = {start}
            for number in numbers:
                if number < k:
                    smaller{step}
                elif number == k:
                    equal{step}
                else:
                    greater{step}
            return (smaller, equal, greater)
        """
    two = """
        def solve(numbers, k):
            smaller = []
            rest = []
            for number in numbers:
                if number < k:
                    smaller.append(number)
                else:
                    rest.append(number)
            return (smaller, rest)
        """
    lists = number_lists(choose, 6, (4, 9), 0, 12)
    return Exercise(
        texts=(
            f"compare each element of a list with a number <k> and return a tuple of {wanted}",
            f"Given a list of numbers and a number <k>, return a tuple of {wanted}.",
            f"split a list of numbers: return a tuple of {wanted}",
            f"return a tuple of {wanted}, for a given list",
        ),
        names=(name, "partition", "split_by_pivot"),
        solutions=(comprehensions, two if result == "two" else loop),
        arguments=[(numbers, choose.one_of(numbers)) for numbers in lists] + [([], 3)],
        synonyms={"k": ("pivot", "limit", "x", "n")},
    )


_LENGTH_SPLITS = {
    "lengths": Task(
        (
            "pieces of the first list whose lengths are given by the second list",
            "consecutive parts of the first list, where the second list says how long each part is",
        ),
        ("split_by_lengths", "cut_into_lengths", "take_pieces"),
        (
            """
            def solve(first, second):
                result = []
                start = 0
                for length in second:
                    result.append(first[start:start + length])
                    start += length
                return result
            """,
            """
            def solve(first, second):
                rest = iter(first)
                return [[next(rest) for _ in range(length)] for length in second]
            """,
        ),
    ),
    "indexes": Task(
        (
            "the parts of the first list when it is cut before each index of the second list",
            "all pieces of the first list that result from cutting it at the indexes in the second",
        ),
        ("split_at_indexes", "cut_at_all", "split_at_positions"),
        (
            """
            def solve(first, second):
                result = []
                start = 0
                for end in second:
                    result.append(first[start:end])
                    start = end
                result.append(first[start:])
                return result
            """,
        ),
    ),
}


@family(by=tuple(_LENGTH_SPLITS))
def split_by_a_second_list(choose: Chooser, by: str) -> Exercise:
    """Cut a list into pieces of given lengths or at given indexes."""
    task = _LENGTH_SPLITS[by]
    arguments = []
    for _ in range(5):
        lengths = choose.integers((2, 4), 1, 3)
        numbers = choose.integers(sum(lengths), 0, 20)
        cuts = sorted(choose.sample(range(1, len(numbers)), (1, 2)))
        arguments.append((numbers, lengths if by == "lengths" else cuts))
    return Exercise(
        texts=tuple(
            text.format(ask)
            for ask in task.asks
            for text in (
                "return {}",
                "find {}",
                "Given two lists, return {}.",
                "take two lists and return {}",
                "I have two lists. I want {}.",
            )
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=arguments,
        synonyms={
            "first": ("numbers", "items", "lst", "values"),
            "second": (by, "sizes" if by == "lengths" else "positions", "other"),
        },
    )
