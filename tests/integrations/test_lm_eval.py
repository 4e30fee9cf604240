"""The sandbox in a task of lm-evaluation-harness, as docs/python.md has it."""

import pytest

import hrm_eval

pytest.importorskip("lm_eval", reason="lm-eval is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def block(documented):
    text = documented("python.md", "lm_eval.simple_evaluate")
    dataset = 'load_problems("mbpp", split="validation")'
    assert dataset in text
    return text.replace(dataset, 'load_problems("starter")')


def test_the_task_of_the_documents_runs_with_a_tiny_model(block, llama):
    model = "Qwen/Qwen2.5-Coder-0.5B-Instruct"
    assert model in block
    block = block.replace(model, str(llama)).replace('"max_gen_toks": 512', '"max_gen_toks": 4')
    names = {}
    exec(block.replace("tasks=[task]", "tasks=[task], limit=2, device='cpu'"), names)
    assert names["results"]["results"]["mbpp_judged"]["pass_at_1,none"] == 0.0


def test_pass_at_1_of_the_task_is_ours(block, answers, tmp_path):
    import lm_eval
    from lm_eval.api.model import LM

    class Answering(LM):
        """A model with an answer to each problem."""

        def generate_until(self, requests, disable_tqdm=False):
            return [answers[request.doc["task_id"]] for request in requests]

        def loglikelihood(self, requests, disable_tqdm=False):
            raise NotImplementedError

        loglikelihood_rolling = loglikelihood

    names = {}
    exec(block.partition("with Sandbox(")[0], names)
    with hrm_eval.Sandbox(workers=2) as names["sandbox"]:
        results = lm_eval.simple_evaluate(Answering(), tasks=[names["task"]], bootstrap_iters=0)
    run = hrm_eval.score(answers, "starter", out=tmp_path / "run", extract=True)
    assert results["results"]["mbpp_judged"]["pass_at_1,none"] == run.pass_at_k[1] == 0.4
    theirs = {
        sample["doc"]["task_id"]: sample["pass_at_1"]
        for sample in results["samples"]["mbpp_judged"]
    }
    assert theirs == {sample.completion.task_id: sample.passed for sample in run.samples}
