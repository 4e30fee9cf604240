"""Our prompts of other harnesses are those that the harnesses themselves render."""

import asyncio
import importlib
import json
import os
from pathlib import Path

import pytest
import yaml

from hrm_datasets import load_problems
from hrm_datasets.prompts import PROMPT_STYLES, render_prompt

datasets = pytest.importorskip("datasets")

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def mbpp():
    """Return the folder of MBPP; of the problems, those of the split `train` are compared."""
    if "HRM_SHARED" not in os.environ:
        pytest.skip("needs the real MBPP: set HRM_SHARED to the folder with data/mbpp")
    return Path(os.environ["HRM_SHARED"]) / "data" / "mbpp"


@pytest.fixture(scope="module")
def rows(mbpp):
    return [json.loads(line) for line in (mbpp / "train.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def prompts(mbpp):
    """Return a function that renders all problems in a style, by task."""
    problems = load_problems("mbpp", split="train", source=mbpp)

    def render(style):
        return {int(p.task_id.partition("/")[2]): render_prompt(p, style) for p in problems}

    return render


def test_lm_evaluation_harness_gives_a_model_the_same_context(rows, prompts, tmp_path):
    lm_eval = pytest.importorskip("lm_eval", reason="lm-eval is not installed")
    from lm_eval.api.task import ConfigurableTask

    folder = Path(lm_eval.__file__).parent / "tasks" / "mbpp"

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!function", lambda loader, node: loader.construct_scalar(node))
    config = yaml.load((folder / "mbpp.yaml").read_text(), Loader)
    assert tuple(config["generation_kwargs"]["until"]) == PROMPT_STYLES["lm-eval-mbpp"].stop
    # The module of the examples needs a metric of the hub, so that only its function is run.
    source = (folder / "utils.py").read_text()
    scope = {}
    exec(source[source.index("def list_fewshot_samples") :], scope)
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    config |= {
        "dataset_path": "json", "dataset_name": None,
        "dataset_kwargs": {"data_files": {"test": str(path)}},
        "metric_list": [{"metric": "exact_match"}],
    }  # fmt: skip
    config["fewshot_config"]["samples"] = scope["list_fewshot_samples"]
    task = ConfigurableTask(config=config)
    ours = prompts("lm-eval-mbpp")
    for document in task.test_docs():
        context = task.fewshot_context(document, num_fewshot=config["num_fewshot"])
        assert ours[document["task_id"]] == context


def test_inspect_evals_sends_the_same_message(rows, mbpp, prompts, monkeypatch):
    pytest.importorskip("inspect_evals", reason="inspect-evals is not installed")
    from inspect_ai.dataset import MemoryDataset
    from inspect_ai.model import ChatMessageUser, ModelName
    from inspect_ai.solver import TaskState

    module = importlib.import_module("inspect_evals.mbpp.mbpp")
    solved = [json.loads(line) for line in (mbpp / "prompt.jsonl").read_text().splitlines()]
    monkeypatch.setattr(module, "load_dataset", lambda *_, **__: datasets.Dataset.from_list(solved))
    # The sanitized edition has other names for two fields.
    sanitized = [
        {**row, "prompt": row["text"], "source_file": "", "test_imports": []} for row in rows
    ]
    monkeypatch.setattr(
        module,
        "hf_dataset",
        lambda *, sample_fields, **_: MemoryDataset([sample_fields(row) for row in sanitized]),
    )
    task = module.mbpp()
    assert task.config.stop_seqs is None
    ours = prompts("inspect-mbpp")
    for sample in task.dataset:
        state = TaskState(
            model=ModelName("mockllm/model"), sample_id=sample.id, epoch=1, input=sample.input,
            messages=[ChatMessageUser(content=sample.input)], metadata=sample.metadata,
        )  # fmt: skip
        asked = asyncio.run(task.solver[0](state, None))
        assert asked.messages[0].content == ours[sample.id]


GEMMA_LIKE = (
    "<bos>{% for m in messages %}<turn>{{ m['role'] }}\n{{ m['content'] | trim }}<end>\n"
    "{% endfor %}{% if add_generation_prompt %}<turn>assistant\n{% endif %}"
)
PLAIN = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}</s>{% endfor %}"


@pytest.mark.parametrize("source", [GEMMA_LIKE, PLAIN], ids=["gemma", "plain"])
def test_evalplus_gives_a_model_the_same_text(rows, prompts, source):
    utility = pytest.importorskip("evalplus.provider.utility", reason="evalplus is not installed")
    import inspect

    from evalplus import codegen

    from hrm_core.chat import Chat, ChatTemplate

    style = PROMPT_STYLES["evalplus-chat"]
    assert style.chat_stop == (*utility.EOS, "\n```\n")
    texts = inspect.getsource(codegen.run_codegen)
    instruction, start = (
        texts.split(f'{name}_prefix = "')[1].split('"')[0] for name in ("instruction", "response")
    )
    template = ChatTemplate(source, {}, "x")

    class Tokenizer:
        chat_template = source

        def apply_chat_template(self, messages, *, tokenize):
            return template.render(messages, add_generation_prompt=False)

    ours = prompts("evalplus-chat")
    chat = Chat(answer_start=style.answer_start)
    for row in rows:
        # The form of the prompts of MBPP+.
        task = f'"""\n{row["text"]}\n{row["test_list"][0]}\n"""\n'
        theirs = utility.make_raw_chat_prompt(task.strip() + "\n", instruction, start, Tokenizer())
        assert chat.render(ours[row["task_id"]], template.render) == theirs
