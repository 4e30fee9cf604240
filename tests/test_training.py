"""Training of the real architectures; the tests of hrm-train itself use toy models."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import torch
import yaml
from accelerate.state import AcceleratorState, GradientState

import hrm_eval.cli
from hrm_core.checkpoint import load_checkpoint, new_checkpoint
from hrm_core.costs import measure_costs, measure_step
from hrm_core.model import TrainingBatch
from hrm_train import cli
from hrm_train.run_folder import TrainingFolder
from hrm_train.sequences import TokenSequence, make_batch, pack

SIZE = {"vocab_size": 320, "max_position_embeddings": 96, "intermediate_size": 48}
HEADS = {**SIZE, "hidden_size": 32, "num_attention_heads": 2}
MODELS = {
    "hrm_text": ("sapient", {**HEADS, "architecture": "hrm_text", "num_layers_per_stack": 1}),
    "transformer": ("sapient", {**HEADS, "architecture": "transformer", "num_hidden_layers": 2}),
    "hrm_act": ("sapient", {**HEADS, "architecture": "hrm_act", "H_layers": 1, "L_layers": 1}),
    "hrm_native": ("native", {**SIZE, "low_level_dim": 32, "high_level_dim": 16,
                              "num_attention_heads": 2, "timing_ratio": 4}),
}  # fmt: skip
MODELS["hrm_act with act"] = (
    "sapient",
    {**MODELS["hrm_act"][1], "act": True, "halt_exploration_prob": 0.5},
)


@pytest.fixture(autouse=True)
def one_process(monkeypatch, tmp_path):
    """Reset the state of accelerate before each run of the command."""
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "datasets")
    threads, state = torch.get_num_threads(), torch.get_rng_state()
    torch.set_num_threads(1)
    forget_processes()
    yield
    forget_processes()
    torch.set_num_threads(threads)
    torch.set_rng_state(state)


def forget_processes():
    AcceleratorState._reset_state(reset_partial_state=True)
    GradientState._reset_state()


@pytest.fixture
def config_file(tmp_path):
    """Write the config of a short run."""
    rows = tmp_path / "rows.jsonl"
    words = ("return", "the", "sum", "of", "all", "numbers", "that", "are", "even")
    with rows.open("w") as file:
        for number in range(24):
            prompt = " ".join(words[: 2 + number % 7])
            response = f"def f{number}(a):\n    return {' + '.join('a' * (1 + number % 4))}"
            file.write(json.dumps({"prompt": prompt, "response": response}) + "\n")

    def write(name, **training):
        stack, model = MODELS[name]
        settings = {
            "data": {"files": [str(rows)]},
            "num_steps": 60,
            "batch_size": 4,
            "log_every_steps": 1,
            "save_every_steps": 7,
            "optimizer": {"lr": 0.003, "average": 0.9},
            "schedule": {"warmup_steps": 3},
            "device": "cpu",
            "dtype": "float32",
            "trackers": [],
        }
        path = tmp_path / "config.yaml"
        values = {"model_stack": stack, "model": model, "training": {**settings, **training}}
        path.write_text(yaml.safe_dump(values))
        return path

    return write


def train(*arguments):
    forget_processes()
    return cli.main(["run", *map(str, arguments)])


def losses(folder):
    return {line["step"]: line["loss"] for line in folder.read_log()}


def exported(folder):
    return (folder.path / "last" / "model.safetensors").read_bytes()


def start(*arguments, num_processes=1):
    """Start the command in separate processes."""
    launcher = []
    if num_processes > 1:
        launcher = [
            "-m",
            "torch.distributed.run",
            "--standalone",
            f"--nproc-per-node={num_processes}",
        ]
    return subprocess.Popen(
        [sys.executable, *launcher, "-m", "hrm_train.cli", "run", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"},
        start_new_session=True,
    )


def wait_for(process):
    """Return the output of a run; kill it if it hangs."""
    try:
        return process.communicate(timeout=200)[0]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def kill_after(process, folder, num_lines):
    """Kill a run once it has logged a number of steps."""
    began = time.monotonic()
    while len(list(folder.read_log())) < num_lines:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() - began < 100
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("name", MODELS)
def test_bfloat16_gives_gradients_to_the_same_weights_as_float32(name):
    """Autocast must not reuse casts of calls without gradients in calls with gradients."""
    stack, model = MODELS[name]
    built = new_checkpoint(stack, model, ["abc"]).model.train()
    generator = torch.Generator().manual_seed(0)
    tokens_BT = torch.randint(20, 300, (2, 24), generator=generator)
    batch = TrainingBatch(tokens_BT, tokens_BT.roll(-1, 1))
    gradients = []
    for is_autocast in (False, True):
        built.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_autocast):
            step = built.training_step(batch, None, 1.0, torch.Generator().manual_seed(0))
        step.loss.backward()
        weights = built.named_parameters()
        gradients.append({key: w.grad.clone() for key, w in weights if w.grad is not None})
    exact, rounded = gradients
    assert exact.keys() == rounded.keys()
    for key, gradient in exact.items():
        likeness = torch.cosine_similarity(gradient.flatten(), rounded[key].flatten(), dim=0)
        assert likeness > 0.98 or not gradient.any(), key


def test_a_step_of_hrm_act_costs_one_segment_of_its_loss():
    stack, model = MODELS["hrm_act"]
    built = new_checkpoint(stack, {**model, "num_segments": 3}, ["abc"]).model
    step = measure_step(type(built), built.config, 24)
    costs = measure_costs(type(built), built.config, 24)
    assert step.flops == pytest.approx(costs.training_flops / 3, rel=0.01)
    head = 6 * built.config.hidden_size * built.config.vocab_size
    assert step.label_flops == head


@pytest.mark.parametrize(
    ("name", "num_lines"),
    [
        pytest.param("hrm_text", 2, marks=pytest.mark.slow),
        ("hrm_text", 9),
        pytest.param("hrm_native", 20, marks=pytest.mark.slow),
        pytest.param("hrm_act", 16, marks=pytest.mark.slow),
        ("hrm_act with act", 29),
    ],
)
def test_a_killed_run_ends_like_an_unbroken_one(config_file, tmp_path, name, num_lines):
    config = config_file(name)
    unbroken, killed = TrainingFolder(tmp_path / "unbroken"), TrainingFolder(tmp_path / "killed")
    assert train("--config", config, "--out", unbroken.path) == 0
    kill_after(start("--config", config, "--out", killed.path), killed, num_lines)
    assert len(losses(killed)) < 60, "killed too late"
    assert train("--resume", "--out", killed.path) == 0
    assert losses(killed) == losses(unbroken)
    assert len(losses(unbroken)) == 60
    assert exported(killed) == exported(unbroken)


@pytest.mark.parametrize(
    ("name", "sharding"),
    [
        pytest.param("hrm_text", "ddp", marks=pytest.mark.slow),
        pytest.param("hrm_text", "fsdp", marks=pytest.mark.slow),
        ("hrm_native", "fsdp"),
        pytest.param("hrm_act", "ddp", marks=pytest.mark.slow),
    ],
)
def test_two_processes_have_the_losses_of_one(config_file, tmp_path, name, sharding):
    options = {"num_steps": 20, "batch_size": 4, "save_every_steps": 20}
    one, two = TrainingFolder(tmp_path / "one"), TrainingFolder(tmp_path / "two")
    assert train("--config", config_file(name, **options), "--out", one.path) == 0
    config = config_file(name, **options, sharding=sharding, micro_batch_size=1)
    process = start("--config", config, "--out", two.path, num_processes=2)
    printed = wait_for(process)
    assert process.returncode == 0, printed
    assert list(losses(two)) == list(range(1, 21))
    assert list(losses(two).values()) == pytest.approx(list(losses(one).values()), rel=5e-3)
    longer = ["--set", "training.num_steps=22"]
    assert train("--resume", "--out", two.path, *longer) == 0
    assert two.last_checkpoint().name == "step-000022"


def test_the_config_of_a_run_serves_its_evaluation(config_file, tmp_path, capsys):
    folder = TrainingFolder(tmp_path / "run")
    longer = ["--set", "model.max_position_embeddings=512"]
    config = config_file("hrm_text", num_steps=1)
    assert train("--config", config, "--out", folder.path, *longer) == 0
    options = ["--set", "dataset.limit=1", "--set", "sampling.max_new_tokens=2"]
    arguments = ["run", "--config", folder.config, "--model", folder.path / "last", *options]
    named = ["--dataset", "starter", "--out", tmp_path / "evaluated"]
    assert hrm_eval.cli.main([str(argument) for argument in (*arguments, *named)]) == 0
    assert "1 problems, 1 samples" in capsys.readouterr().out


def test_a_model_that_sees_its_answer_is_refused(config_file, tmp_path, capsys):
    config, out = config_file("hrm_act"), tmp_path / "run"
    assert train("--config", config, "--out", out, "--set", "model.causal=false") == 2
    assert "model.causal: a model that sees the next tokens cannot learn" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "sharding"),
    [
        pytest.param("hrm_text", "ddp", marks=pytest.mark.slow),
        ("hrm_text", "fsdp"),
        pytest.param("hrm_act", "fsdp", marks=pytest.mark.slow),
    ],
)
def test_two_processes_have_the_gradients_of_one_in_bfloat16(config_file, tmp_path, name, sharding):
    """The weights do not move, so wrong gradients show before they change a loss."""
    options = {"num_steps": 4, "dtype": "bfloat16", "optimizer": {"lr": 1e-12}}
    one, two = TrainingFolder(tmp_path / "one"), TrainingFolder(tmp_path / "two")
    assert train("--config", config_file(name, **options), "--out", one.path) == 0
    config = config_file(name, **options, sharding=sharding)
    process = start("--config", config, "--out", two.path, num_processes=2)
    printed = wait_for(process)
    assert process.returncode == 0, printed
    norms = [[line["gradient_norm"] for line in folder.read_log()] for folder in (one, two)]
    assert norms[1] == pytest.approx(norms[0], rel=0.01)


@pytest.mark.parametrize("name", ["hrm_text", "transformer", "hrm_native"])
@pytest.mark.parametrize("progress", [0.0, 1.0])
def test_the_packed_loss_is_the_mean_over_its_sequences(name, progress):
    stack, section = MODELS[name]
    model = new_checkpoint(stack, section, ["some text"], seed=0).model.double()
    options = dict(model.training_options(progress))
    sequences = [
        TokenSequence(str(n), tuple(20 + (7 * n + k) % 90 for k in range(3 + n % 9)), 1 + n % 3)
        for n in range(16)
    ]
    rows = list(pack(sequences, 40))
    assert max(map(len, rows)) > 2
    make = {"prefix_lm": model.prefix_lm, "pad_id": 0}
    batch = make_batch(rows, 40, is_packed=True, **make)
    packed = model.training_loss(batch, **options)
    packed.backward()
    gradient = model.lm_head.weight.grad.clone()
    model.zero_grad()
    total, alone = sum(one.num_labels for one in sequences), 0.0
    for one in sequences:
        batch = make_batch([(one,)], one.length, is_packed=False, **make)
        loss = model.training_loss(batch, **options) * (one.num_labels / total)
        loss.backward()
        alone += loss.item()
    assert packed.item() == pytest.approx(alone, rel=1e-5)
    torch.testing.assert_close(gradient, model.lm_head.weight.grad, rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("name", list(MODELS))
def test_every_architecture_learns_and_can_be_fine_tuned(config_file, tmp_path, name):
    config = config_file(name, save_every_steps=60, optimizer={"lr": 0.01, "average": 0.9})
    first, second = TrainingFolder(tmp_path / "first"), TrainingFolder(tmp_path / "second")
    assert train("--config", config, "--out", first.path) == 0
    curve = list(losses(first).values())
    assert sum(curve[-5:]) < 0.8 * sum(curve[:5])
    values = yaml.safe_load(config.read_text()) | {"model_reference": str(first.path / "last")}
    del values["model"]
    values["training"]["num_steps"] = 2
    config.write_text(yaml.safe_dump(values))
    assert train("--config", config, "--out", second.path) == 0
    tuned = load_checkpoint(second.path / "last")
    assert type(tuned.model) is type(load_checkpoint(first.path / "last").model)
    assert losses(second)[1] < losses(first)[1]


@pytest.mark.parametrize("size", [1, 2])
def test_rows_that_are_carried_are_weighted_by_their_own_labels(config_file, tmp_path, size):
    options = {"num_steps": 20, "save_every_steps": 20, "optimizer": {"name": "adamw", "lr": 0.003}}
    curves = []
    for micro_batch_size in (4, size):
        folder = TrainingFolder(tmp_path / f"run-{micro_batch_size}")
        config = config_file("hrm_act", **options, micro_batch_size=micro_batch_size)
        assert train("--config", config, "--out", folder.path) == 0
        curves.append(list(losses(folder).values()))
    assert curves[1] == pytest.approx(curves[0], rel=1e-4)


@pytest.mark.parametrize("name", ["hrm_text", "hrm_native"])
@pytest.mark.parametrize(
    "changes",
    [{"micro_batch_size": 1}, {"checkpointing": True}, {"dtype": "bfloat16"}],
    ids=lambda changes: next(iter(changes)),
)
def test_other_ways_to_compute_give_the_same_first_losses(config_file, tmp_path, name, changes):
    options = {"num_steps": 3, "optimizer": {"name": "adamw", "lr": 1e-3}}
    curves = []
    for number, more in enumerate(({}, changes)):
        folder = TrainingFolder(tmp_path / str(number))
        config = config_file(name, **options, **more)
        assert train("--config", config, "--out", folder.path) == 0
        curves.append(list(losses(folder).values()))
    tolerance = 0.03 if "dtype" in changes else 1e-4
    assert curves[1] == pytest.approx(curves[0], rel=tolerance)
