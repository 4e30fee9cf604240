"""How varied problems are, and how near they come to the topics of other problems."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hrm_datasets import Problem
from hrm_datasets.functions import normal_functions
from hrm_exercises.drawing import Drawn

_WORD = re.compile(r"[a-z]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LITERAL = re.compile(r"'[^']*'|\d+(?:\.\d+)?")

# Words of every text; they say nothing about its topic.
_STOP_WORDS = frozenset(
    _WORD.findall(
        "a an the of to in on for and or is are be with from by that this which it its write "
        "python function find given return check whether create code program using use all each "
        "if as"
    )
)


@dataclass(frozen=True)
class Stats:
    """Figures about a sample of problems.

    Attributes:
        num_problems: Size of the sample.
        num_distinct: Number of problems with distinct text, solution and tests.
        num_texts: Number of distinct texts.
        num_solutions: Number of distinct solutions, whatever their names.
        num_skeletons: Number of distinct texts, with numbers and quoted text left out.
        num_families: Number of families that occur.
        num_tasks: Number of distinct tasks of families that occur.
        num_compositions: Number of distinct chains of steps that occur.
        num_words: Number of distinct words in the texts.
        tokens_per_problem: Mean number of words and punctuation marks of text, tests and solution.
        tokens_per_solution: The same for the solution alone.
    """

    num_problems: int
    num_distinct: int
    num_texts: int
    num_solutions: int
    num_skeletons: int
    num_families: int
    num_tasks: int
    num_compositions: int
    num_words: int
    tokens_per_problem: float
    tokens_per_solution: float


def measure(problems: Iterable[Drawn]) -> Stats:
    """Return figures about a sample."""
    distinct: dict[str, set[object]] = defaultdict(set)
    num = num_tokens = num_solution_tokens = 0
    for drawn in problems:
        problem = drawn.problem
        tests = "\n".join(problem.tests.texts)
        num += 1
        solution = len(_TOKEN.findall(problem.reference))
        num_solution_tokens += solution
        num_tokens += len(_TOKEN.findall(problem.text)) + len(_TOKEN.findall(tests)) + solution
        distinct["problem"].add(hash((problem.text, problem.reference, tests)))
        distinct["text"].add(hash(problem.text))
        distinct["skeleton"].add(hash(_LITERAL.sub("#", problem.text.lower())))
        distinct["solution"].add(_solution(drawn.source))
        distinct["words"].update(_WORD.findall(problem.text.lower()))
        is_composed = drawn.family == "compositions"
        distinct["composition" if is_composed else "task"].add((drawn.family, drawn.task))
        distinct["family"].add(drawn.family)
    return Stats(
        num_problems=num,
        num_distinct=len(distinct["problem"]),
        num_texts=len(distinct["text"]),
        num_solutions=len(distinct["solution"]),
        num_skeletons=len(distinct["skeleton"]),
        num_families=len(distinct["family"] - {"compositions"}),
        num_tasks=len(distinct["task"]),
        num_compositions=len(distinct["composition"]),
        num_words=len(distinct["words"]),
        tokens_per_problem=num_tokens / max(num, 1),
        tokens_per_solution=num_solution_tokens / max(num, 1),
    )


@lru_cache(maxsize=100_000)
def _solution(source: str) -> int:
    trees = normal_functions(source, min_nodes=0)
    return hash(tuple(tree for _, tree in trees) or source)


@dataclass(frozen=True)
class Neighbor:
    """The nearest exercise to a problem, by the words of their texts.

    Attributes:
        problem: The problem.
        exercise: The nearest of the exercises.
        similarity: Cosine of their word counts, weighted by how rare a word is: 0 to 1.
    """

    problem: Problem
    exercise: Problem
    similarity: float


def nearest(problems: Sequence[Problem], exercises: Sequence[Problem]) -> list[Neighbor]:
    """Return the nearest exercise to each problem.

    Args:
        problems: Problems of another dataset, such as the training split of MBPP.
        exercises: A sample of exercises; one is kept of those with the same words.
    """
    kept = list({tuple(sorted(_words(p.text).items())): p for p in exercises}.values())
    counts = [_words(problem.text) for problem in kept]
    frequency = Counter(word for count in counts for word in count)
    weights = {word: math.log(1 + len(kept) / number) for word, number in frequency.items()}
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, count in enumerate(counts):
        for word, value in _unit_vector(count, weights).items():
            places[word].append((number, value))
    neighbors = []
    for problem in problems:
        scores: dict[int, float] = defaultdict(float)
        for word, value in _unit_vector(_words(problem.text), weights).items():
            for number, other in places[word]:
                scores[number] += value * other
        best = max(scores, key=lambda number: scores[number], default=0)
        neighbors.append(Neighbor(problem, kept[best], scores.get(best, 0.0)))
    return neighbors


def _words(text: str) -> Counter[str]:
    words = (word.removesuffix("s") for word in _WORD.findall(text.lower()))
    return Counter(word for word in words if word not in _STOP_WORDS)


def _unit_vector(count: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    """Return weighted counts of length 1; a word that no exercise has counts as rare."""
    rare = max(weights.values(), default=1.0)
    vector = {word: number * weights.get(word, rare) for word, number in count.items()}
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}
