"""Thoughts before an answer: every case is judged by running its program."""

import pytest

RIGHT = "def twice(x):\n    return 2 * x\n"
DRAFT = "def twice(x):\n    return x\n"
FENCED_RIGHT = f"```python\n{RIGHT}```"
FENCED_DRAFT = f"```python\n{DRAFT}```"

MARKS = [
    ("<think>", "</think>"),
    ("<THINK>", "</THINK>"),
    ('<thinking budget="200">', "</thinking>"),
    ("<thought>", "</thought>"),
    ("<Reasoning>", "</Reasoning>"),
    ("<reflection>", "</reflection>"),
    ("<seed:think>", "</seed:think>"),
    ("<long_think>", "</long_think>"),
    ("<thought_process>", "</thought_process>"),
    ("<begin_of_thought>", "<end_of_thought>"),
    ("[THINK]", "[/THINK]"),
    ("[reasoning]", "[/reasoning]"),
    ("◁think▷", "◁/think▷"),
    ("<|think|>", "<|/think|>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
]

FORMS = {
    "pair": ("{open}\n{draft}\n{close}\n{right}", True),
    "mark within a line": ("{open}Let me try.\n{draft}\nDone.{close}\n\n{right}", True),
    "plain code": ("{open}\n" + DRAFT + "{close}\n" + RIGHT, True),
    "opening lost": ("So\n{draft}\n{close}\n{right}", True),
    "closed twice": ("{open}a{close} so\n{draft}\n{close}\n{right}", True),
    "thoughts twice": ("{open}a{close}\n{open}\n{draft}\n{close}\n{right}", True),
    "wrong answer after a right draft": ("{open}\n{right}\n{close}\n{draft}", False),
    "no answer after a right draft": ("{open}\n{right}\n{close}\nI cannot.", False),
    "never closed": ("{open}\n{right}\nbut", False),
    "never closed, after prose": ("Sure! {open} Let me try.\n{right}\n", False),
    "never closed, after a word": ("Sure {open} so\n{right}\n", False),
    "never closed, plain code": ("{open}\n" + RIGHT, False),
    "opened again": ("{open}a{close}\nSo\n{open}\n{right}\n", False),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marks", MARKS, ids=lambda marks: marks[0])
def test_only_the_answer_after_the_thoughts_counts(judge_answer, marks, form):
    template, passes = FORMS[form]
    answer = template.format(open=marks[0], close=marks[1], right=FENCED_RIGHT, draft=FENCED_DRAFT)
    assert judge_answer(answer) is passes


ANALYSIS = "<|channel|>analysis<|message|>"
FINAL = "<|start|>assistant<|channel|>final<|message|>"


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        (f"{ANALYSIS}So\n{FENCED_DRAFT}<|end|>{FINAL}{FENCED_RIGHT}<|return|>", True),
        (f"{ANALYSIS}So\n{DRAFT}<|end|>{FINAL}{RIGHT.rstrip()}<|return|>", True),
        (
            f"{ANALYSIS}So<|end|><|start|>assistant<|channel|>commentary<|message|>{FENCED_DRAFT}"
            f"<|end|>{FINAL}{FENCED_RIGHT}",
            True,
        ),
        (f"{ANALYSIS}So\n{FENCED_RIGHT}<|end|>{FINAL}{FENCED_DRAFT}", False),
        (f"{ANALYSIS}So\n{FENCED_RIGHT}", False),
        (f"analysis<|message|>So\n{FENCED_RIGHT}", False),
        (f"analysis\n{FENCED_DRAFT}\nassistantfinal\n{FENCED_RIGHT}", True),
        (f"analysisWe double it.\n{FENCED_DRAFT}\nDone.assistantfinalHere:\n{FENCED_RIGHT}", True),
        (f"analysisWe try.\n{FENCED_DRAFT}\nDoneassistantfinal{FENCED_RIGHT}", True),
        (f"analysisSo.assistantcommentary {FENCED_DRAFT}assistantfinal{FENCED_RIGHT}", True),
        (f"So\n{FENCED_DRAFT}\nassistantfinal\n{FENCED_RIGHT}", True),
        (f"analysis\n{FENCED_RIGHT}\nassistantfinal\n{FENCED_DRAFT}", False),
        (f"analysisWe double it.\n{FENCED_RIGHT}", False),
        (f"analysis\n{RIGHT}", False),
        # Ordinary words and names.
        (f"Analysis: the function doubles.\n{FENCED_RIGHT}", True),
        (f"analysis of the problem: the function doubles.\n{FENCED_RIGHT}", True),
        (f"analysis = 3\n{RIGHT}", True),
        (f"The assistant final answer is:\n{FENCED_RIGHT}", True),
        (f"```python\nanalysis = 1\nassistantfinal = 2\n{RIGHT}```", True),
    ],
)
def test_the_final_channel_of_the_harmony_format_counts(judge_answer, answer, passes):
    assert judge_answer(answer) is passes


@pytest.mark.parametrize(
    "answer",
    [
        f"```python\nimport re\nTHOUGHTS = re.compile(r'<think>.*?</think>')\n{RIGHT}```",
        f"def clean(s):\n    return s.replace('<think>', '').split('</think>')[-1]\n\n{RIGHT}",
        f"Here:\n\nCLOSE = '</think>'\n{RIGHT}\nDone.",
        f"```python\n# drops <think> and </think>\n{RIGHT}```",
        f"```python\nCLOSE = '</think>'\n{RIGHT}",
        '```python\ndef twice(x):\n    """Double.\n\n    </think>\n    """\n    return 2 * x\n```',
        "```python\ndef twice(x):\n    think = 3\n    x <think> x\n    return 2 * x\n```",
        "THINK = 0\n\ndef twice(x):\n    state = [x]\n    return 2 * state[THINK]\n",
        f"I drop `<think>` here.\n{FENCED_RIGHT}",
        f"I use no <think> tags here.\n{FENCED_RIGHT}\nAs between <think> and </think>.",
        f'<think>It says "</think>" ends it. It\'s so.\n{FENCED_DRAFT}\n</think>\n{FENCED_RIGHT}',
    ],
)
def test_a_mark_in_code_or_quotes_is_no_mark(judge_answer, answer):
    assert judge_answer(answer)


@pytest.mark.parametrize(
    ("marks", "answer", "passes"),
    [
        (("<plan>", "</plan>"), f"<plan>\n{FENCED_DRAFT}\n</plan>\n{FENCED_RIGHT}", True),
        (("<plan>", "</plan>"), f"<plan>\n{FENCED_RIGHT}\n", False),
        (("((", "))"), f"((\n{FENCED_DRAFT}\n))\n{FENCED_RIGHT}", True),
        (("## Plan", "## Code"), f"## Plan\n{FENCED_DRAFT}\n## Code\n{FENCED_RIGHT}", True),
        (("# Plan", "# Code"), f"# Plan\n{RIGHT}\n# Code\n{DRAFT}", False),
        (("# Plan", "# Code"), f"# Plan\n{RIGHT}", False),
    ],
)
def test_thoughts_may_have_marks_of_ones_own(judge_answer, marks, answer, passes):
    assert judge_answer(answer, thought_marks=[marks]) is passes
