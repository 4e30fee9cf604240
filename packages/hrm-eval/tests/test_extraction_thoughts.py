"""Thoughts before an answer: every case is judged by running its program."""

import pytest

RIGHT = "def twice(x):\n    return 2 * x\n"
DRAFT = "def twice(x):\n    return x\n"
FENCED_RIGHT = f"```python\n{RIGHT}```"
FENCED_DRAFT = f"```python\n{DRAFT}```"

TEMPLATE_MARKS = [
    ("<think>", "</think>"),
    ("<THINK>", "</THINK>"),
    ('<thinking budget="200">', "</thinking>"),
    ("<thought>", "</thought>"),
    ("<seed:think>", "</seed:think>"),
    ("<long_think>", "</long_think>"),
    ("<begin_of_thought>", "<end_of_thought>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|think|>", "<|/think|>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
]
OTHER_MARKS = [
    ("<Reasoning>", "</Reasoning>"),
    ('<reasoning effort="high">', "</reasoning>"),
    ("<reflection>", "</reflection>"),
    ("<thought_process>", "</thought_process>"),
    ("<|begin_of_reasoning|>", "<|end_of_reasoning|>"),
]
BRACKETS = [
    ("[reasoning]", "[/reasoning]"),
    ("[Thought]", "[/Thought]"),
    ("【Analysis】", "【/Analysis】"),
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
    "nested": ("{open}a{open}b{close}\n{draft}\n{close}\n{right}", True),
    "no answer after nested ones": ("{open}a{open}b{close}\n{right}\n{close}\nSorry.", False),
    "thoughts after the answer": ("{right}\n{open}\n{draft}\n{close}\nDone.", True),
    "thoughts at the end": ("{right}\n{open}It doubles.{close}", True),
    "thoughts on both sides": ("{open}a{close}{right}\n{open}\n{draft}\n{close}", True),
    "thoughts around a wrong answer": ("{open}\n{right}{close}\n{draft}\n{open}b{close}", False),
    "plain code before thoughts": (RIGHT + "{open}Let me see.\n{draft}\n{close}\nDone.", True),
    "closed after the answer": ("{open}a{close}\n{right}\n{close}", True),
    "closed after plain code": (RIGHT + "{close}\nIt doubles.", True),
    "closed within the block": ("```python\n" + RIGHT + "{close}\n```\nIt doubles.", True),
    "opening lost, closed again": ("So\n{draft}\n{close}\n{right}\n{close}\nDone.", True),
    "opening lost, broken answer": ("So\n{right}\n{close}\ndef twice(x)\n    return 2", False),
}
UNCLOSED = {
    "at the start": "{open}\n{right}\nbut",
    "after prose": "Sure! {open} Let me try.\n{right}\n",
    "after a word": "Sure {open} so\n{right}\n",
    "plain code": "{open}\n" + RIGHT,
    "opened again": "{open}a{close}\nSo\n{open}\n{right}\n",
}


def fill(template, marks):
    return template.format(open=marks[0], close=marks[1], right=FENCED_RIGHT, draft=FENCED_DRAFT)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "marks", TEMPLATE_MARKS + OTHER_MARKS + BRACKETS, ids=lambda marks: marks[0]
)
def test_only_the_answer_outside_of_the_thoughts_counts(judge_answer, marks, form):
    template, passes = FORMS[form]
    assert judge_answer(fill(template, marks)) is passes


@pytest.mark.parametrize("form", UNCLOSED)
@pytest.mark.parametrize("marks", TEMPLATE_MARKS, ids=lambda marks: marks[0])
def test_thoughts_that_a_template_opens_and_nothing_closes_are_no_answer(judge_answer, marks, form):
    assert not judge_answer(fill(UNCLOSED[form], marks))


@pytest.mark.parametrize("form", UNCLOSED)
@pytest.mark.parametrize("marks", OTHER_MARKS, ids=lambda marks: marks[0])
def test_other_unclosed_thoughts_are_no_answer_only_if_cut(judge_answer, marks, form):
    answer = fill(UNCLOSED[form], marks)
    assert judge_answer(answer)
    assert judge_answer(answer, was_cut=False)
    assert not judge_answer(answer, was_cut=True)


@pytest.mark.parametrize("was_cut", [False, True])
@pytest.mark.parametrize(
    "heading",
    [
        "[Analysis]\nAdd.\n\n[Code]\n",
        "[Thought] I should add.\n[Solution]\n",
        "[Reasoning]: add.\n\n",
        "**[Analysis]**\nAdd.\n\n**[Code]**\n",
        "[Analysis](#a)\n\n",
        "- [reasoning] add\n\n",
        "【Analysis】\nAdd.\n\n",
        "[Rationale]\nAdd.\n<think>So.</think>\n",
        "[Thinking]\nAdd.\n\n[Code]\n",
    ],
)
def test_a_heading_in_brackets_opens_no_thoughts(judge_answer, heading, was_cut):
    assert judge_answer(f"{heading}{FENCED_RIGHT}\n", was_cut=was_cut)


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        (f"<think>hm</think>\n{FENCED_RIGHT}\n</think>", True),
        (f"<answer>\n{FENCED_RIGHT}\n</answer>\n<reflection>ok</reflection>", True),
        (f"{FENCED_RIGHT}\n<think>let me verify</think>\nVerified.", True),
        (f"{FENCED_RIGHT}\n<think>let me verify", True),
        (f"<think>a<think>b</think>\n{FENCED_RIGHT}", True),
        (f"<think>So\n{FENCED_DRAFT}\n</reasoning>\n{FENCED_RIGHT}", True),
        (f"<think>\n<reasoning>\n{FENCED_DRAFT}\n</think>\n{FENCED_RIGHT}", True),
        (f"<reasoning>So.\n{FENCED_RIGHT}\n<think>\n{FENCED_DRAFT}\n</think>", True),
        (f"<think>\n{FENCED_RIGHT}\n</reasoning>\n{FENCED_RIGHT}\n</think>\nSorry.", False),
        (f"{FENCED_DRAFT}\n</think>\n    return 2 * x\n", False),
        ("<think>a</think>def twice(x):<think>b</think>\n    return 2 * x\n", True),
        (f"Sure:<think>\na</think>{RIGHT}", True),
    ],
)
def test_thoughts_may_stand_anywhere_and_their_marks_may_be_lost(judge_answer, answer, passes):
    assert judge_answer(answer) is passes


def test_a_draft_in_thoughts_that_the_prompt_opened_is_no_answer_if_cut(judge_answer):
    answer = f"So:\n{FENCED_RIGHT}\n</think>\nThe function"
    assert judge_answer(answer, was_cut=False)
    assert not judge_answer(answer, was_cut=True)


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
        (
            f"{ANALYSIS}So<|end|>{FINAL}Wait.<|end|><|start|>assistant{ANALYSIS}{FENCED_DRAFT}"
            f"<|end|>{FINAL}{FENCED_RIGHT}<|return|>",
            True,
        ),
        (
            f"{ANALYSIS}So<|end|>{FINAL}{RIGHT.rstrip()}<|end|><|start|>assistant{ANALYSIS}"
            f"{FENCED_DRAFT}<|end|>{FINAL}It doubles.<|return|>",
            True,
        ),
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
        (("<a>", "</a>"), f"{FENCED_RIGHT}\n<a>\n{FENCED_DRAFT}\n</a>\nDone.", True),
        (("#", "##"), f"#\n{FENCED_DRAFT}\n##\n{FENCED_RIGHT}", True),
        (("So I think", "</think>"), f"<think>\n{FENCED_RIGHT}\n</think>\nSorry.", False),
    ],
)
def test_thoughts_may_have_marks_of_ones_own(judge_answer, marks, answer, passes):
    assert judge_answer(answer, thought_marks=[marks]) is passes
