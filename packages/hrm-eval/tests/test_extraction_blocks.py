"""Where the code of an answer is: every case is judged by running its program."""

import pytest

RIGHT = "def twice(x):\n    return 2 * x\n"
WRONG = "def twice(x):\n    return x\n"

DOCSTRING_WITH_FENCE = '''def twice(x):
    """Double.

{indent}{fence}
{indent}twice(2)
{indent}```
    """
    return 2 * x
'''


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("fence", ["```", "```python"])
@pytest.mark.parametrize(
    "form", ["```python\n{}```", "```python\n{}", "Here:\n\n{}", "````\n{}````", "~~~py\n{}~~~\n"]
)
def test_a_fence_in_a_docstring_is_code(judge_answer, form, fence, indent):
    program = DOCSTRING_WITH_FENCE.format(indent=indent, fence=fence)
    assert judge_answer(form.format(program))


@pytest.mark.parametrize(
    "answer",
    [
        f"```python\nFENCE = '```'\n{RIGHT}```",
        f"```python\nTEXT = '''\n```\nabc\n```\n'''\n{RIGHT}```",
        f"```python\nimport re\nBLOCK = re.compile(r'```(.*?)```')\n{RIGHT}```\nDone.",
        "```python\ndef twice(x):\n    y = x  # see ```\n    return x + y\n```",
        f"~~~markdown\nHere:\n```python\n{RIGHT}```\n~~~",
        f"````markdown\nHere:\n```python\n{RIGHT}```\n````",
        f"```markdown\nHere:\n```python\n{RIGHT}```\n```",
        "```python\r\ndef twice(x):\r\n    return 2 * x\r\n```\r\n",
        f'```python title="a.py"\n{RIGHT}```',
        f"```{{.python .lines}}\n{RIGHT}```",
        "1. Do:\n\n   ```python\n   def twice(x):\n       return 2 * x\n   ```\n2. Done.",
        "* Do:\n\t```python\n\tdef twice(x):\n\t    return 2 * x\n\t```\n",
        "Here:\n\n    def twice(x):\n        return 2 * x\n\nDone.",
        "Here:\n\n\timport math\n\n\tdef twice(x):\n\t\treturn 2 * x\n\nDone.",
        "> ```python\n> def twice(x):\n>     return 2 * x\n> ```\n",
        "Sure:\n\n> ```\n> import math\n>\n> def twice(x):\n>     return 2 * x\n> ```\n\nDone.",
        ">> ```\n>> def twice(x):\n>>     return 2 * x\n>> ```\n",
        f"```text\npip install x\n```\n```python\n{RIGHT}```",
        f"```bash\npip install x\n```python\n{RIGHT}```",
        f"Answer: ```python\n{RIGHT}```\nOr worse:\n```python\n{WRONG}```",
        "```python\ndef twice(x):\n    return 2 * x```\nDone.",
        "Use `twice = lambda x: 2 * x`.",
        "Use ```python def twice(x): return 2 * x```",
        f"Here: ```\n{RIGHT}```\nDone.",
        f"```python\n{RIGHT}``` Done.\n",
        f"'''python\n{RIGHT}'''",
        f"```\npython\n{RIGHT}```",
        f"<answer>\n{RIGHT}</answer>",
        f"Sure, here\n{RIGHT}",
        f"Time: O(n)\n{RIGHT}",
        f"1. Double it.\n\n{RIGHT}\n2. Done.",
        f"Example:\n\n>>> twice(2)\n4\n\n{RIGHT}",
        f"Use:\n```python\nfrom solution import twice\ntwice(2)\n```\nCode:\n```\n{RIGHT}```",
        # Output after the code, in the same block.
        f"```python\n{DOCSTRING_WITH_FENCE.format(indent='    ', fence='```')}\nOutput:\n4\n```",
    ],
)
def test_the_code_is_found_in_markdown(judge_answer, answer):
    assert judge_answer(answer)


GLUED = "import math\n\ndef twice(x):\n    return math.prod([2, x])"


@pytest.mark.parametrize("code", [GLUED, RIGHT.rstrip(), f"@staticmethod\n{RIGHT.rstrip()}"])
@pytest.mark.parametrize(
    "form",
    [
        "<answer>{}</answer>",
        "<answer>{}\n</answer>",
        "<answer>\n{}</answer>\n",
        "<Solution>{}</Solution>",
        "<code>{}</code>\n\nIt doubles.",
        'Sure:\n\n<pre><code class="language-python">{}\n</code></pre>\n\nIt doubles.',
        "<answer>```python\n{}\n```</answer>",
        "<answer>\n```python\n{}\n```</answer>",
        "```{}\n```",
        "``` {}```",
        "```python {}\n```\nIt doubles.",
        "Sure:\n```{}\n```\nOr:\n```python\ndef twice(x):\n    return 0\n```\n",
    ],
)
def test_code_that_is_glued_to_a_mark_is_found(judge_answer, form, code):
    assert judge_answer(form.format(code))


def test_what_looks_like_a_mark_in_a_program_is_code(judge_answer):
    tests = ("assert twice(2) == '\\n<code>def 4</code>'",)
    program = "def twice(x):\n    return f'''\n<code>def {2 * x}</code>'''\n"
    assert judge_answer(program, tests=tests)
    assert judge_answer(f"```python\n{program}```", tests=tests)
    assert judge_answer("Use\n```def twice(x): return 2 * x```\nto double.")


@pytest.mark.parametrize(
    "answer",
    [
        f"```python\n{WRONG}```\n```python\n{RIGHT}```",
        '```python\ndef twice(x):\n    """\n    ```\n    def twice(x):\n        return 2 * x\n'
        '    ```\n    """\n    return x\n```',
    ],
    ids=["second block", "docstring"],
)
def test_a_wrong_program_is_not_replaced_by_another(judge_answer, answer):
    assert not judge_answer(answer)


CPP = "#include <iostream>\nint main() {\n    int twice;\n    std::cin >> twice;\n}\n" * 5
BROKEN = "def twice(x):\n    y = (x\n" + "    y += 1\n" * 12 + "    return y\n"
LONG_BROKEN = "import math\n" + "y = 1\n" * 400 + "y = (2\n"
WORDS = "The function twice takes a number, here 3.\n" * 6


@pytest.mark.parametrize(
    ("language", "block", "count"),
    [
        ("cpp", CPP, 40),
        ("C++", CPP, 40),
        ("text", WORDS, 200),
        ("", WORDS, 60),
        ("", CPP, 40),
        ("python", BROKEN, 100),
        ("python", LONG_BROKEN, 20),
    ],
)
def test_many_blocks_that_are_no_python_do_not_hide_the_last_one(
    judge_answer, language, block, count
):
    others = f"```{language}\n{block}```\nThat is not it.\n" * count
    assert judge_answer(f"{others}So:\n```python\n{RIGHT}```")


@pytest.mark.parametrize("language", ["cpp", "text", "bash", "{.java}"])
def test_a_block_in_another_language_counts_if_there_is_no_other(judge_answer, language):
    assert judge_answer(f"So:\n```{language}\n{RIGHT}```")
    assert judge_answer(f"```{language}\n{WRONG}```\n```python\n{RIGHT}```")


HELPER = "def double(v):\n    return v * 2\n"
CALLER = "def twice(x):\n    return double(x)\n"


@pytest.mark.parametrize(
    ("blocks", "passes"),
    [
        ([HELPER, CALLER], True),
        ([CALLER, HELPER], True),
        (["import operator\n", "def twice(x):\n    return operator.mul(2, x)\n"], True),
        (["from operator import *\n", "def twice(x):\n    return mul(2, x)\n"], True),
        (
            [
                "import operator\n",
                "from __future__ import annotations\n\n"
                "def twice(x):\n    return operator.mul(2, x)",
            ],
            True,
        ),
        (["TWO = 2\n", "def double(v):\n    return v * TWO\n", CALLER], True),
        ([f"{HELPER}assert double(1) == 3\nsys.exit()\n", CALLER], True),
        (
            [
                "class Two:\n    value = 2\n",
                "two = Two()\n\ndef twice(x):\n    return x * two.value\n",
            ],
            True,
        ),
        (["result = twice(2)\nprint(result, undefined)\n", RIGHT], True),
        ([CALLER], False),
        (["def single(v):\n    return v\n", CALLER], False),
        (["def double(v):\n    return v\n", CALLER, HELPER], False),
        (["def twice(x):\n    return operator.mul(2, x)\n", "import operator\n"], True),
        (["def twice(x: Any):\n    return 2 * x\n", "from typing import Any\ntwice(2)\n"], True),
        (
            [
                "@lru_cache\ndef twice(x):\n    return double(x)\n",
                "from functools import lru_cache, no_such_name as double\n",
            ],
            False,
        ),
        (
            [
                "@lru_cache\ndef twice(x):\n    return double(x)\n",
                f"from functools import lru_cache\nimport no_such_package\n{HELPER}",
            ],
            True,
        ),
        # A demonstration may assign any name.
        (["def twice(x):\n    return n * x\n", "n = 2\nprint(twice(2))\n"], False),
        ([CALLER, f"N = 2\n{HELPER.replace('2', 'N')}print(twice(2))\n"], True),
        # A block that has the name does not change a program that has it, too.
        (
            ["def double(v):\n    return v * 2\n", f"def double(v):\n    return v\n\n{CALLER}"],
            False,
        ),
    ],
)
def test_code_is_joined_over_blocks_where_it_is_needed(judge_answer, blocks, passes):
    answer = "\nThen:\n".join(f"```python\n{block.rstrip()}\n```" for block in blocks)
    assert judge_answer(answer) is passes


def test_a_class_that_only_the_tests_use_is_joined(judge_answer):
    answer = (
        "```python\nclass Box:\n    def __init__(self, x):\n        self.x = x\n```\n"
        "```python\ndef twice(box):\n    return 2 * box.x\n```"
    )
    assert judge_answer(answer, tests=("assert twice(Box(2)) == 4",))


def test_a_class_of_fields_is_an_answer(judge_answer):
    right = "from typing import NamedTuple\n\n\nclass Point(NamedTuple):\n    x: int\n"
    wrong = "class Point:\n    def __init__(self):\n        self.x = 0\n"
    tests = ("assert Point(1).x == 1",)
    answer = f"```python\n{right}```\n```python\n{wrong}```"
    assert judge_answer(answer, entry_point="Point", tests=tests)


def test_an_import_before_the_block_is_joined(judge_answer):
    answer = "import operator\n\n```python\ndef twice(x):\n    return operator.mul(2, x)\n```"
    assert judge_answer(answer)


FIRST_LINES = {
    "tuple": "ONE, TWO = 1, 2",
    "tuple in brackets": "(ONE, TWO) = 1, 2",
    "starred": "*ONE, TWO = 1, 2",
    "constant": "TWO = 2",
    "typed": "TWO: int = 2",
    "chained": "ONE = TWO = 2",
    "subscript": "ONE = {}\nONE[0] = TWO = 2",
    "dict": "ONE = {\n    'two': 2,\n}\nTWO = ONE['two']",
    "try": "try:\n    import no_such_package\nexcept ImportError:\n    TWO = 2",
    "if": "if True:\n    TWO = 2\nelse:\n    TWO = 3",
    "for": "TWO = 0\nfor one in (1, 1):\n    TWO += one",
    "with": "import contextlib\nwith contextlib.nullcontext():\n    TWO = 2",
    "class": "class Two:\n    two = 2\nTWO = Two.two",
    "async": "async def one():\n    pass\nTWO = 2",
    "docstring": '"""Twice."""\nTWO = 2',
    "comment": "# Twice.\nTWO = 2",
}


@pytest.mark.parametrize("before", ["", "python\n", "Sure, here it is.\n", "Here is the code:\n\n"])
@pytest.mark.parametrize("first", FIRST_LINES)
def test_the_first_lines_of_unfenced_code_are_kept(judge_answer, first, before):
    program = f"{FIRST_LINES[first]}\n\ndef twice(x):\n    return TWO * x\n"
    assert judge_answer(f"{before}{program}\nThat's all!")


@pytest.mark.parametrize("before", ["", "Sure, here it is.\n"])
def test_a_decorator_on_the_first_line_is_kept(judge_answer, before):
    program = "@lambda f: lambda x: 2 * f(x)\ndef twice(x):\n    return x\n"
    assert judge_answer(f"{before}{program}\nThat's all!")


SIGNATURES = {
    "dots": "    ...",
    "pass": "    pass",
    "docstring": '    """Doubles."""',
    "docstring and pass": '    """Doubles."""\n    pass',
    "raise": "    raise NotImplementedError",
    "raise with text": "    raise NotImplementedError('later')",
    "return": "    return None",
    "todo and return": "    # TODO: implement\n    return None",
    "your code": "    # Your code here\n    return 0",
    "result": "    result = 0\n    # TODO: fill in\n    return result",
}


@pytest.mark.parametrize("body", SIGNATURES)
@pytest.mark.parametrize(
    ("form", "passes"),
    [
        ("The signature:\n```python\n{signature}```\nThe code:\n```python\n{right}```", True),
        ("The signature:\n\n{signature}\nFilled in:\n\n{right}", True),
        ("```python\n{signature}\n{right}```", True),
        ("```python\n{signature}```\n```python\n{right}```\n```python\n{wrong}```", True),
        ("```python\n{signature}```\n```python\n{wrong}```", False),
        ("```python\n{signature}```", False),
    ],
    ids=["blocks", "prose", "one block", "first body", "wrong body", "alone"],
)
def test_a_signature_is_no_answer(judge_answer, body, form, passes):
    signature = f"def twice(x):\n{SIGNATURES[body]}\n"
    answer = form.format(signature=signature, right=RIGHT, wrong=WRONG)
    assert judge_answer(answer) is passes


FIRST_LINE = "def twice(x):\n    result = [x, x]\n"
WHOLE = f"{FIRST_LINE}    result = sum(result)\n    return result\n"

OUTLINES = {
    "first lines": FIRST_LINE,
    "dots": f"{FIRST_LINE}    ...\n",
    "dots after a return": "def twice(x):\n    if not x:\n        return 1\n    ...\n",
    "not implemented": f"{FIRST_LINE}    raise NotImplementedError\n",
    "rest": f"{FIRST_LINE}    # ... rest of the code\n    pass\n",
    "rest after a return": (
        "def twice(x):\n    if not x:\n        return 1\n    # the rest of it\n    pass\n"
    ),
    "inner function": "def twice(x):\n    def add(y):\n        return x + y\n",
    "bare return": f"{FIRST_LINE}    return\n",
}


@pytest.mark.parametrize(
    ("form", "passes"),
    [
        ("Step 1:\n```python\n{outline}```\nThe code:\n```python\n{whole}```", True),
        ("Step 1:\n\n{outline}\nThe whole function:\n\n{whole}", True),
        ("```python\n{outline}```\n```python\n{wrong}```\n```python\n{whole}```", False),
        ("```python\n{outline}```\n```python\ntwice(2)\n```", False),
    ],
    ids=["blocks", "prose", "wrong body", "alone"],
)
@pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES)
def test_an_unfinished_function_is_no_answer(judge_answer, outline, form, passes):
    answer = form.format(outline=outline, whole=WHOLE, wrong=WRONG)
    assert judge_answer(answer) is passes


def test_a_function_that_rightly_returns_nothing_is_an_answer(judge_answer):
    right = "def twice(x):\n    x[0] *= 2\n"
    wrong = "def twice(x):\n    return [2 * x[0]]\n"
    tests = ("x = [2]\ntwice(x)\nassert x == [4]",)
    assert judge_answer(f"```python\n{right}```\n```python\n{wrong}```", tests=tests)


@pytest.mark.parametrize(
    "program",
    [
        "def twice(x):\n    if isinstance(x, int):\n        return 2 * x\n"
        "    raise NotImplementedError\n",
        "def twice(x):\n    for n in range(9):\n        if n == x:\n            return 2 * n\n"
        "    else:\n        return 2 * x\n    pass\n",
        "def twice(x):\n    # Not the rest of the numbers.\n    if x:\n        return 2 * x\n"
        "    return None\n",
    ],
)
def test_a_function_that_ends_in_an_error_or_pass_is_an_answer(judge_answer, program):
    assert judge_answer(f"```python\n{program}```\n```python\n{WRONG}```")


@pytest.mark.parametrize(
    "formula",
    [
        "twice = 2 * x",
        "twice = x + x  # for any x",
        "twice = -(-x - x)",
        "twice = [0, 2, 4]",
        "twice = sum([x, x])",
        "twice: int = math.prod([2, x])",
        "twice = values[0] + values[0]",
        "twice = values[x]",
        "half, twice = x / 2, 2 * x",
        "twice += x",
    ],
)
@pytest.mark.parametrize(
    ("form", "passes"),
    [
        ("The formula is\n\n```\n{formula}\n```\n\nIn Python:\n```python\n{right}```", True),
        ("Use\n\n{formula}\n\nSo:\n\n{right}\nThat works.", True),
        ("```\n{formula}\n```\n```python\n{wrong}```\n```python\n{right}```", False),
        ("```python\n{formula}\n```", False),
    ],
    ids=["blocks", "prose", "wrong body", "alone"],
)
def test_a_formula_is_no_answer(judge_answer, formula, form, passes):
    assert judge_answer(form.format(formula=formula, right=RIGHT, wrong=WRONG)) is passes


@pytest.mark.parametrize(
    "value",
    [
        "lambda x: 2 * x",
        "double",
        "Twice().of",
        "functools.partial(operator.mul, 2)",
        "functools.cache(double)",
        "{'twice': double}['twice']",
        "double if True else None",
    ],
)
def test_a_function_may_be_assigned(judge_answer, value):
    before = (
        "import functools, operator\n\ndef double(x):\n    return 2 * x\n\n"
        "class Twice:\n    def of(self, x):\n        return 2 * x\n\n"
    )
    assert judge_answer(f"```python\n{before}twice = {value}\n```\n```python\n{WRONG}```")
    assert judge_answer(f"```python\n{before}twice, k = {value}, 0\n```\n```python\n{WRONG}```")
    assert judge_answer(f"```python\n{before}```\nSo:\n```python\ntwice = {value}\n```")


STYLE_MARKS = ("[BEGIN]", "[DONE]")


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        (f"[BEGIN]\n{RIGHT}[DONE]\n", True),
        (f"{RIGHT}[DONE]\n\nYou are an expert\n[BEGIN]\n{WRONG}", True),
        (f"{RIGHT}\nYou are an expert\n[BEGIN]\n{WRONG}", True),
        (f"{WRONG}[DONE]\n\n[BEGIN]\n{RIGHT}", False),
        (
            "DONE = 0\ndef twice(x):\n    s = [x]\n    s[DONE] *= 2\n    return s[DONE]\n[DONE]\n",
            True,
        ),
        (f"MARK = '[DONE]'  # not [BEGIN]\n{RIGHT}[DONE]", True),
        (
            "DONE = 2\nALL = [\n    [DONE]\n]\ndef twice(x):\n    return ALL[0][0] * x\n[DONE]\n",
            True,
        ),
    ],
)
def test_the_marks_of_a_style_count_on_lines_of_their_own(judge_answer, answer, passes):
    assert judge_answer(answer, marks=STYLE_MARKS) is passes


def test_marks_of_another_style_are_code(judge_answer):
    assert judge_answer(f"DONE = 0\n[DONE]\n{RIGHT}")
    assert judge_answer(f"{RIGHT}\n[DONE]\n{WRONG}\n[DONE]\n{RIGHT}")
    assert not judge_answer(f"{RIGHT}\n[DONE]\n{WRONG}")
