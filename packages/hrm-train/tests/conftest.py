"""A stack of tiny models, and fixtures that train them.

Subprocesses find the stack through an entry point that names this module.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import datasets
import pytest
import torch
import yaml
from accelerate import Accelerator
from accelerate.state import AcceleratorState, GradientState
from torch import nn

from hrm_core import checkpoint
from hrm_core.config import from_mapping, merge
from hrm_core.layers import BlockStack, init_linears
from hrm_core.losses import cross_entropy
from hrm_core.model import PromptFormat, TrainingStep
from hrm_core.stack import Stack
from hrm_core.transformer import TransformerConfig, TransformerModel
from hrm_datasets import Problem
from hrm_train import cpu_processes, peak_rate
from hrm_train.run_folder import TrainingFolder
from hrm_train.train_config import TrainRunConfig


@pytest.fixture(autouse=True)
def signals_that_are_not_ignored():
    """Undo what `nohup` or a shell's `&` has set, which a run respects."""
    before = {}
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) == signal.SIG_IGN:
            before[number] = signal.signal(number, handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class ToyConfig(TransformerConfig):
    architecture: ClassVar[str] = "toy"

    hidden_size: int

    @property
    def num_cache_slots(self) -> int:
        return 1


class ToyModel(TransformerModel):
    """A model of one block; the weight `late` has no gradient in the first half of the training."""

    config_type = ToyConfig
    prompt_format = PromptFormat(("<begin>",), ("<answer>",))

    def __init__(self, config):
        super().__init__(config)
        self.embed = nn.Embedding(config.vocab_size, config.hidden_size)
        self.late = nn.Parameter(torch.zeros(config.hidden_size))
        self.blocks = BlockStack(config.block_shape(), 1)

    def read(self, tokens_BT, context, has_late=True):
        states_BTD = self.embed(tokens_BT)
        if has_late:
            states_BTD = states_BTD + self.late
        return self.blocks(states_BTD, context, 0)

    def training_options(self, fraction_done=1.0):
        return {"has_late": fraction_done >= 0.5}

    def training_loss(self, batch, *, has_late=True):
        states_BTD = self.read(batch.tokens_BT, self.training_context(batch), has_late)
        return cross_entropy(self.lm_head(states_BTD), batch.labels_BT)

    @torch.no_grad()
    def init_weights(self, generator):
        init_linears(self, generator)
        self.embed.weight.copy_(torch.randn(self.embed.weight.shape, generator=generator))
        self.late.fill_(0.1)


class MoodConfig(ToyConfig):
    architecture: ClassVar[str] = "mood"


class MoodModel(ToyModel):
    """Its loss depends on random draws and on a carry from step to step."""

    config_type = MoodConfig

    @property
    def can_pack(self):
        return False

    def training_step(self, batch, carry, progress, generator):
        mood = 0.0 if carry is None else carry["mood"]
        step = super().training_step(batch, None, progress, generator)
        mood = 0.9 * mood + torch.rand((), generator=generator)
        return TrainingStep(step.loss * (1 + 0.1 * mood), {"mood": mood}, {"mood": mood})


class DropoutModel(ToyModel):
    """Draws from torch's global generator."""

    def read(self, tokens_BT, context, has_late=True):
        states_BTD = super().read(tokens_BT, context, has_late)
        return nn.functional.dropout(states_BTD, 0.3, self.training)


TOYS = Stack(
    name="toys",
    architectures={"toy": ToyModel, "mood": MoodModel, "dropout": DropoutModel},
    default_architecture="toy",
    presets={
        "small": {
            "vocab_size": 300,
            "hidden_size": 16,
            "num_attention_heads": 2,
            "intermediate_size": 24,
            "max_position_embeddings": 48,
        }
    },
    special_tokens=("<pad>", "<begin>", "<answer>", "<end>"),
    token_roles={"pad_token_id": "<pad>", "eos_token_id": "<end>"},
)
SHAPE = TOYS.presets["small"]

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def toy_rows(count=20):
    """Return questions with answers of different lengths."""
    return [
        {
            "prompt": f"count to {NUMBERS[number % 10]} {number}",
            "response": " ".join(NUMBERS[: 1 + number % 4]),
        }
        for number in range(count)
    ]


@pytest.fixture(autouse=True)
def installed_toys(monkeypatch):
    """Install the stack `toys` for the duration of a test."""
    real = checkpoint.load_stack

    def load(name):
        return TOYS if name == "toys" else real(name)

    monkeypatch.setattr(checkpoint, "load_stack", load)


@pytest.fixture(autouse=True)
def datasets_cache(tmp_path_factory, monkeypatch):
    """Keep the cache of the library `datasets` out of the home folder."""
    folder = tmp_path_factory.getbasetemp() / "datasets"
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", folder)


def forget_processes():
    """Reset the state that accelerate keeps per process, so that settings may change."""
    AcceleratorState._reset_state(reset_partial_state=True)
    GradientState._reset_state()


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """Reset the global state of accelerate and torch before and after a test."""
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    monkeypatch.delenv("ACCELERATE_MIXED_PRECISION", raising=False)
    threads, state = torch.get_num_threads(), torch.get_rng_state()
    torch.set_num_threads(1)
    forget_processes()
    yield
    forget_processes()
    torch.set_num_threads(threads)
    torch.set_rng_state(state)


@pytest.fixture(autouse=True)
def no_quota(monkeypatch):
    """Use as many cores as a test says, whatever the quota of the container."""
    monkeypatch.setattr(cpu_processes, "cpu_quota", lambda: sys.maxsize)


@pytest.fixture(autouse=True)
def small_product(monkeypatch):
    """Measure the peak rate with a small matrix, to save time."""
    monkeypatch.setattr(peak_rate, "_RATE_SIZE", {"cpu": 64})


@pytest.fixture
def make_accelerator():
    def make(**options):
        forget_processes()
        return Accelerator(cpu=True, **options)

    return make


@pytest.fixture
def make_checkpoint():
    """Make a toy model with random weights; keywords change its shape."""

    def make(seed=0, **shape):
        texts = [f"{row['prompt']} {row['response']}" for row in toy_rows()]
        section = {"preset": "small", **shape}
        if "architecture" in shape:
            section = {**SHAPE, **shape}
        return checkpoint.new_checkpoint("toys", section, texts, seed=seed)

    return make


@pytest.fixture
def write_rows(tmp_path):
    """Write rows as JSON Lines below `tmp_path`."""

    def write(name="rows.jsonl", rows=None):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        lines = [json.dumps(row) + "\n" for row in (toy_rows() if rows is None else rows)]
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def settings(write_rows):
    """Return the settings of a short run, with changes of `training`."""
    path = write_rows()

    def make(architecture="toy", **training):
        base = {
            "model_stack": "toys",
            "model": {**SHAPE, "architecture": architecture},
            "training": {
                "data": {"files": [str(path)]},
                "num_steps": 6,
                "batch_size": 4,
                "log_every_steps": 1,
                "save_every_steps": 2,
                "validate_every_steps": 1000,
                "schedule": {"warmup_steps": 2},
                "optimizer": {"average": 0.9, "lr": 0.01},
                "device": "cpu",
                "dtype": "float32",
                "trackers": [],
            },
        }
        return merge(base, {"training": training})

    return make


@pytest.fixture
def write_config(settings, tmp_path):
    """Write the settings of a run, with changes of `training`, and return the file."""

    def write(**training):
        path = tmp_path / "config.yaml"
        path.write_text(yaml.safe_dump(settings(**training)))
        return path

    return write


@pytest.fixture
def train_toy(settings):
    """Train in this process, and return the folder of the run."""
    from hrm_train.run import train

    def run(out, *, resume=False, architecture="toy", **training):
        forget_processes()
        config = from_mapping(TrainRunConfig, settings(architecture, **training))
        train(config, out, resume=resume)
        return TrainingFolder(out)

    return run


@pytest.fixture
def result():
    """Return the result of a run: its logged losses and its exported weights."""

    def read(folder):
        losses = {line["step"]: line["loss"] for line in folder.read_log()}
        return losses, (folder.path / "last" / "model.safetensors").read_bytes()

    return read


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory):
    """A folder that installs the stack `toys` for processes that have it on their path."""
    site = tmp_path_factory.mktemp("site")
    info = site / "toys-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[hrm.stacks]\ntoys = conftest:TOYS\n")
    return site


@pytest.fixture
def environment(toy_site, tmp_path):
    """Environment variables of the subprocesses of a test."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            [str(toy_site), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
        ),
        "OMP_NUM_THREADS": "1",
        "HF_DATASETS_CACHE": str(tmp_path / "datasets"),
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }


@pytest.fixture
def start(environment):
    """Start `hrm-train` in a subprocess, or in several under torchrun."""
    started = []

    def begin(*arguments, num_processes=1, entry=None):
        launcher = []
        if num_processes > 1:
            launcher = ["-m", "torch.distributed.run", "--standalone"]
            launcher.append(f"--nproc-per-node={num_processes}")
        program = ["-m", "hrm_train.cli"] if entry is None else [str(entry)]
        command = [sys.executable, *launcher, *program, *map(str, arguments)]
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def interrupt():
    """Send Ctrl-C to a process when its training has a log, and return what it printed."""

    def run(process, log):
        deadline = time.monotonic() + 100
        while not log.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=100)
        assert process.returncode == 130, printed
        return printed

    return run


@pytest.fixture
def call(start):
    """Run `hrm-train` in a subprocess; return its exit status and its output."""

    def run(*arguments, **options):
        process = start(*arguments, **options)
        printed, _ = process.communicate(timeout=200)
        return process.returncode, printed

    return run


def adder(task_id="toys/1", **changes):
    fields = {
        "task_id": task_id,
        "text": "Write a function to add two numbers.",
        "entry_point": "add",
        "tests": ("assert add(1, 2) == 3",),
        "reference": "def add(a, b):\n    return a + b",
    }
    return Problem(**{**fields, **changes})


@pytest.fixture
def make_problem():
    return adder


@pytest.fixture
def mbpp_file(write_rows):
    """Write a file in the format of MBPP from a mapping of task ids to function names."""

    def write(name, functions):
        rows = [
            {
                "task_id": task_id,
                "text": f"Write {function}.",
                "code": f"def {function}(a):\n    return a",
                "test_list": [f"assert {function}({task_id}) == {task_id}"],
                "test_setup_code": "",
                "challenge_test_list": [],
            }
            for task_id, function in functions.items()
        ]
        return write_rows(name, rows)

    return write
