"""The sandbox as a scorer of Inspect, as docs/python.md has it."""

import gc

import pytest

import hrm_eval

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def streams_are_closed():
    """Close what Inspect leaves open here, where its warnings are ignored."""
    yield
    gc.collect()


@pytest.fixture
def block(documented, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSPECT_DISPLAY", "none")
    text = documented("python.md", "inspect_ai")
    dataset = 'load_problems("mbpp", split="validation")'
    assert dataset in text
    return text.replace(dataset, 'load_problems("starter")')


def test_the_scorer_of_the_documents_runs_with_a_tiny_model(block, llama):
    model = 'model="hf/Qwen/Qwen2.5-Coder-0.5B-Instruct"'
    assert model in block
    tiny = f"model='hf/tiny', model_args={{'model_path': {str(llama)!r}, 'device': 'cpu'}}"
    names = {}
    exec(block.replace(model, f"{tiny}, max_tokens=4, limit=2"), names)
    assert names["log"].status == "success"
    assert names["log"].results.scores[0].metrics["accuracy"].value == 0.0


def test_accuracy_of_the_scorer_is_our_pass_at_1(block, answers, tmp_path):
    from inspect_ai import Task, eval
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    names = {}
    exec(block.partition("with Sandbox(")[0], names)
    task_ids = {sample.input: sample.id for sample in names["samples"]}

    def answer(messages, *_):
        output = ModelOutput.from_content("mockllm", answers[task_ids[messages[-1].text]])
        # Inspect would count the tokens with a tokenizer from the network.
        output.usage = ModelUsage()
        return output

    model = get_model("mockllm/model", custom_outputs=answer)
    with hrm_eval.Sandbox(workers=2) as names["sandbox"]:
        task = Task(names["samples"], scorer=names["passes_tests"]())
        (log,) = eval(task, model=model)
    run = hrm_eval.score(answers, "starter", out=tmp_path / "run", extract=True)
    assert log.results.scores[0].metrics["accuracy"].value == run.pass_at_k[1] == 0.4
    theirs = {sample.id: sample.scores["passes_tests"].metadata["status"] for sample in log.samples}
    ours = {s.completion.task_id: s.verdict.status.value for s in run.samples}
    assert theirs == ours
