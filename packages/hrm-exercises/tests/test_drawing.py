import pytest

from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import FamilyError, difficulty, draw
from hrm_exercises.family import Exercise, family
from hrm_exercises.wording import write_text

DOUBLE = "def solve(numbers):\n    return [number * 2 for number in numbers]"


def exercise(**changes):
    values = {
        "texts": ("double the numbers of a list", "multiply by two", "Return a doubled list."),
        "names": ("double_all", "doubled"),
        "solutions": (DOUBLE,),
        "arguments": [([1, 2],), ([],), ([-3, 0],), ([5],)],
    }
    return Exercise(**values | changes)


def draw_one(seed=0, **changes):
    @family()
    def doubling(choose):
        return exercise(**changes)

    return draw(doubling, 0, Chooser(str(seed)), "exercises/0")


def draw_all(num, **changes):
    return [draw_one(seed, **changes) for seed in range(num)]


@pytest.mark.parametrize(
    ("wording", "names", "expected"),
    [
        ("find the sum of a list", {}, "find sum of list"),
        ("solve a x^2 + b x = 0", {}, "solve a x^2 + b x = 0"),
        (
            "count a word where a counts 1 and a becomes e",
            {},
            "count word where a counts 1 and a becomes e",
        ),
        ("add <first> to the rest", {"first": "a"}, "add a to rest"),
        ("find <k> in a <kind>", {"k": "a", "kind": "set"}, "find a in set"),
    ],
)
def test_a_text_without_articles_keeps_letters_and_names(wording, names, expected):
    found = {write_text(Chooser(str(seed)), wording, names).lower() for seed in range(400)}
    assert any(expected in text for text in found)
    assert all(text.count(" a ") >= expected.count(" a ") for text in found)


def test_a_drawn_problem_has_text_name_tests_and_solution():
    problem = draw_one().problem
    assert problem.task_id == "exercises/0"
    assert len(problem.tests) >= 3
    namespace = {}
    exec("\n".join([problem.reference, *problem.tests]), namespace)
    assert callable(namespace[problem.entry_point])


def test_the_same_seed_draws_the_same_problem_and_others_differ():
    assert draw_one(3).problem == draw_one(3).problem
    assert len({draw_one(seed).problem.text for seed in range(50)}) > 20


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"texts": ("one", "two")}, "expected 3 wordings, 2 names and a solution or more, got 2"),
        ({"arguments": [([1],)]}, "expected 3 arguments or calls or more, got 1"),
        ({"arguments": [([1],)] * 4}, "fewer than 3 distinct calls. Draw more arguments"),
        ({"solutions": ("def other(a): return a",)}, "a solution defines no 'solve'"),
        ({"solutions": ("def solve(a)",)}, "raises SyntaxError"),
        ({"solutions": ("def solve(a): return 1 / 0",)}, "raises ZeroDivisionError"),
        ({"solutions": ("def solve(a): return map",)}, "is not a plain literal. Take and return"),
        ({"solutions": ("def solve(a): return float('nan')",)}, "nan is not a plain literal"),
        ({"arguments": [(range(n),) for n in range(4)]}, "is not a plain literal"),
        (
            {"solutions": (DOUBLE, "def solve(numbers):\n    return numbers + numbers")},
            r"two solutions disagree about solve\(\[1, 2\]\): \[2, 4\] and \[1, 2, 1, 2\]",
        ),
        (
            {"solutions": (DOUBLE, "def solve(a):\n    return tuple(n * 2 for n in a)")},
            "two solutions disagree",
        ),
        ({"solutions": ("def solve(a): return [n / 3 for n in a]",)}, "long fractions inside"),
    ],
)
def test_a_wrong_family_is_named_with_the_cure(changes, message):
    with pytest.raises(FamilyError, match=f"^family 'doubling': .*{message}"):
        draw_all(20, **changes)


def test_a_family_that_raises_is_named_with_its_task():
    @family(size=(1, 2))
    def broken(choose, size):
        return [][size]

    with pytest.raises(FamilyError, match=r"^family 'broken' \(size=2\): raises IndexError"):
        draw(broken, 1, Chooser("0"), "exercises/0")


def test_an_argument_that_a_solution_changes_is_written_as_it_was():
    append = "def solve(items):\n    items.append(1)\n    return len(items)"
    for seed in range(10):
        problem = draw_one(seed, solutions=(append, append + "  # the same")).problem
        exec("\n".join([problem.reference, *problem.tests]), {})


def test_a_long_fraction_is_compared_with_a_tolerance():
    third = "def solve(numbers):\n    return sum(numbers) / 3"
    tests = draw_one(1, solutions=(third,), arguments=[([n],) for n in (1, 2, 4, 5)]).problem.tests
    assert all("abs(" in test and "< 1e-06" in test for test in tests)


def test_a_whole_number_that_another_solution_misses_by_a_digit_is_compared_with_a_tolerance():
    solutions = [
        "def solve(x, p):\n    return x - x * p / 100",
        "def solve(x, p):\n    return x * (1 - p / 100)",
    ]
    arguments = [(280, 70), (280, 70), (200, 50), (100, 25), (7, 3)]
    for seed in range(20):
        drawn = draw_one(seed, solutions=solutions, arguments=arguments)
        for source in solutions:
            scope = {}
            exec(source, scope)
            scope[drawn.problem.entry_point] = scope["solve"]
            exec("\n".join(drawn.problem.tests), scope)
        exact = [test for test in drawn.problem.tests if "(200, 50)" in test]
        assert all(test.endswith("100.0") for test in exact)


def test_calls_may_have_statements_before_them():
    counter = """
        class solve:
            def __init__(self):
                self.count = 0

            def add(self):
                self.count += 1
        """
    calls = [f"c = solve()\nfor _ in range({n}): c.add()\nc.count" for n in (1, 2, 3)]
    changes = {"solutions": (counter,), "names": ("Counter", "Tally"), "arguments": ()}
    problem = draw_one(**changes, calls=calls).problem
    assert problem.entry_point[0].isupper()
    assert f"c = {problem.entry_point}()\n" in problem.tests[0]
    exec("\n".join([problem.reference, *problem.tests]), {})


def test_a_parameter_in_the_text_has_its_name_in_the_solution():
    source = "def solve(numbers, k):\n    return numbers[:k]"
    texts = ("take the first <k> items",) * 3
    arguments = [([1, 2, 3], n) for n in range(4)]
    for seed in range(30):
        problem = draw_one(seed, solutions=(source,), texts=texts, arguments=arguments).problem
        word = problem.text.partition("first ")[2].split()[0]
        assert f", {word}):" in problem.reference


def test_a_keyword_is_no_name(monkeypatch):
    monkeypatch.setattr("hrm_exercises.naming.entry_point", lambda choose, names: "None")
    assert draw_one().problem.entry_point == "double_all"


def test_difficulty_counts_tokens_and_branches():
    assert difficulty("def f(a):\n    return a\n") == 8
    assert difficulty("if a: b") == 14
