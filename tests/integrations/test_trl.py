"""The sandbox as a reward of TRL's GRPOTrainer, as docs/python.md has it."""

import asyncio

import pytest

from hrm_eval import Sandbox

pytest.importorskip("trl", reason="trl is not installed")


@pytest.fixture
def block(documented, llama, tmp_path):
    """The block of the documents with a tiny model and two steps."""
    text = documented("python.md", "GRPOTrainer")
    replacements = {
        'load_problems("mbpp", split="train")': 'load_problems("starter")',
        "Qwen/Qwen2.5-Coder-0.5B-Instruct": str(llama),
        'output_dir="grpo", num_generations=8, max_completion_length=256': (
            f"output_dir={str(tmp_path)!r}, num_generations=2, max_completion_length=8, "
            "per_device_train_batch_size=4, max_steps=2, logging_steps=1, use_cpu=True, "
            "report_to='none', save_strategy='no', disable_tqdm=True"
        ),
    }
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.filterwarnings("ignore")
def test_two_steps_of_grpo_get_their_rewards_from_the_sandbox(block):
    names = {}
    exec(block, names)
    logs = [line for line in names["trainer"].state.log_history if "reward" in line]
    assert len(logs) == 2
    assert all(line["rewards/reward_tests/mean"] == 0.0 for line in logs)


def test_the_reward_is_that_of_the_verdicts(block, problems):
    definitions = block.partition("with Sandbox(")[0]
    names = {}
    exec(definitions, names)
    problem = problems.find(1)
    one_of_three = "def greet_person(name):\n    return 'Hello, Ada!'\n"
    texts = [f"```python\n{problem.reference}```", one_of_three, "import sys\nsys.exit(0)\n"]
    completions = [[{"role": "assistant", "content": text}] for text in texts]
    with Sandbox(workers=2) as names["sandbox"]:
        rewards = asyncio.run(
            names["reward_tests"](completions, task_id=3 * [problem.task_id], prompts=[])
        )
    assert rewards == pytest.approx([1.0, 0.5 / 3, 0.0])
