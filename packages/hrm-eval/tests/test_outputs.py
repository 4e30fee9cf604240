import pytest

from hrm_eval._sandbox.judge.outputs import find_difference


def differs(printed, expected, tolerance=None, *, ignores_case=False):
    return find_difference(
        printed.encode(), expected, tolerance=tolerance, ignores_case=ignores_case
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ""),
        ("\n \n", ""),
        ("1 2\n3\n", "1 2\n3\n"),
        ("1  2 \n 3", "1 2\n3\n\n"),
        ("1\r\n2\r\n", "1\n2\n"),
        ("1\n2\n3", "1 2 3"),
        ("Größe 5", "Größe 5"),
    ],
)
def test_space_between_tokens_does_not_count(printed, expected):
    assert differs(printed, expected) is None


@pytest.mark.parametrize(
    ("printed", "expected", "message"),
    [
        ("1 2\n", "1 3\n", "Token 2 is '2', expected '3'."),
        ("1\n2\n4\n", "1\n2\n3\n", "Token 3 (line 3) is '4', expected '3'."),
        ("1", "1 2 3", "It printed only 1 tokens; token 2 is missing, expected '2'."),
        (" \n", "5", "It printed nothing; token 1 is missing, expected '5'."),
        ("1\n2", "1", "It printed more than expected: token 2 (line 2) is '2'."),
        ("12", "1 2", "Token 1 is '12', expected '1'."),
        ("1.0", "1", "Token 1 is '1.0', expected '1'."),
        ("yes", "YES", "Token 1 is 'yes', expected 'YES'."),
        ("x" * 99, "y", f"Token 1 is '{'x' * 60}...', expected 'y'."),
        ("\x00", "0", r"Token 1 is '\x00', expected '0'."),
    ],
)
def test_the_first_token_that_differs_is_named(printed, expected, message):
    assert differs(printed, expected) == message


def test_bytes_that_are_no_text_differ():
    assert find_difference(b"\xff", "1", tolerance=0.0, ignores_case=True) == (
        r"Token 1 is '\\xff', expected '1'."
    )


@pytest.mark.parametrize(
    ("printed", "expected", "tolerance", "is_equal"),
    [
        ("1.0", "1", 0.0, True),
        ("1e3", "1000", 0.0, True),
        ("0.1000001", "0.1", 0.0, False),
        ("50000000000000000", "50000000000000001", 0.0, False),
        ("0.333334", "0.333333", 1e-5, True),
        ("0.33335", "0.333333", 1e-5, False),
        ("-0.0", "0", 1e-5, True),
        ("1.000001", "1", 1e-5, True),
        ("50000000000000000", "50000000000000001", 1e-5, False),
        ("nan", "1", 1e-5, False),
        ("inf", "1", 1e-5, False),
        ("inf", "inf", 1e-5, True),
        ("1e999", "1e998", 1e-5, False),
        ("1_0", "10", 1e-5, False),
        ("one", "1", 1e-5, False),
    ],
)
def test_numbers_are_compared_by_value_where_the_problem_says_so(
    printed, expected, tolerance, is_equal
):
    assert (differs(printed, expected, tolerance) is None) is is_equal


def test_case_is_ignored_where_the_problem_says_so():
    assert differs("yes No", "YES NO", ignores_case=True) is None
    assert differs("yes", "NO", ignores_case=True) is not None


def test_long_outputs_are_compared_fast():
    printed = " ".join(f"{n}.0" for n in range(50_000))
    assert differs(printed, "\n".join(map(str, range(50_000))), 0.0) is None
