"""Memory of a training run on the CPU, step by step.

Trains a small model with `hrm-train run` in one process, on made-up exercises of very different
lengths, which are packed into rows. Checkpoints, validation and TensorBoard are on, as in any run.
Prints the process's resident memory every 50 steps, and the largest growth after step 200.

    nox -s "bench(memory)"            # or, with everything installed:
    python benchmarks/memory.py
    python benchmarks/memory.py --set model.hidden_size=256 --set training.sequence_length=512
    PYTHONPATH=... python benchmarks/memory.py       # the packages of another commit

The exit status is 1 if the memory grows by more than `--most` percent after step 200. Linux only.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

_SHARED = {"num_attention_heads": 2, "vocab_size": 512, "max_position_embeddings": 512}
_SAPIENT = {"hidden_size": 64, **_SHARED}
MODELS: dict[str, dict[str, Any]] = {
    "hrm_text": {"num_layers_per_stack": 1, **_SAPIENT},
    "hrm_act": {"H_layers": 1, "L_layers": 1, **_SAPIENT},
    "transformer": {"num_hidden_layers": 2, **_SAPIENT},
    "hrm_native": {"num_hidden_layers": 2, "low_level_dim": 64, "high_level_dim": 64, **_SHARED},
}
STEPS_BETWEEN = 50
SETTLED_STEP = 200
NUM_EXERCISES = 3_000
NUM_VALIDATED = 40
_POLL_SECONDS = 0.01


def draw_exercises(count: int, draw: random.Random) -> Iterator[dict[str, str]]:
    """Yield prompts with responses; both are from a few to some hundred characters long."""
    for number in range(count):
        terms = [str(draw.randrange(1000)) for _ in range(draw.randint(1, 30))]
        steps = [f"    total += {term}" for term in terms[: draw.randint(1, len(terms))]]
        body = "\n".join(["def answer():", "    total = 0", *steps, "    return total"])
        yield {"prompt": f"Exercise {number}: add {', '.join(terms)}.", "response": body}


def write_lines(path: Path, rows: Iterator[dict[str, str]]) -> str:
    """Write rows as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def make_config(folder: Path, architecture: str, steps: int, seed: int) -> dict[str, Any]:
    """Write the data into a folder and return the config of the run."""
    draw = random.Random(seed)
    return {
        "model_stack": "native" if architecture == "hrm_native" else "sapient",
        "model": {"architecture": architecture, **MODELS[architecture]},
        "training": {
            "data": {
                "files": [write_lines(folder / "train.jsonl", draw_exercises(NUM_EXERCISES, draw))],
                "validation_files": [
                    write_lines(folder / "validation.jsonl", draw_exercises(NUM_VALIDATED, draw))
                ],
            },
            "num_steps": steps,
            "batch_size": 8,
            "sequence_length": 256,
            "dtype": "bfloat16",
            "device": "cpu",
            "seed": seed,
            "log_every_steps": STEPS_BETWEEN,
        },
    }


def memory_of(pid: int) -> tuple[float, float]:
    """Return the resident memory of a process in MB, and how much of it is no file's."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    resident, anonymous = (
        int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "RssAnon")
    )
    return resident, anonymous


def sample(process: "subprocess.Popen[bytes]", log: Path) -> Iterator[tuple[int, float, float]]:
    """Yield the step and the two figures of `memory_of` at each new line of the run's log."""
    num_seen = 0
    while process.poll() is None:
        time.sleep(_POLL_SECONDS)
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        for line in lines[num_seen:]:
            yield int(json.loads(line)["step"]), *memory_of(process.pid)
        num_seen = len(lines)


def main() -> None:
    """Train, print the table and exit with status 1 if the memory grows too much."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--architecture", choices=MODELS, default="hrm_text")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=float, default=5.0, help="allowed growth in percent")
    parser.add_argument("--set", action="append", default=[], help="as in hrm-train; repeatable")
    arguments = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} CPUs, {torch.get_num_threads()} threads, torch "
        f"{torch.__version__}"
    )
    figures: dict[int, float] = {}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "config.yaml"
        values = make_config(folder, arguments.architecture, arguments.steps, arguments.seed)
        config.write_text(json.dumps(values))
        command = [sys.executable, "-m", "hrm_train.cli", "run", "--config", str(config)]
        command += ["--out", str(folder / "run")]
        command += [word for value in arguments.set for word in ("--set", value)]
        errors = folder / "errors.txt"
        with errors.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(command, stdout=file, stderr=file)
        print(f"{'step':>6}{'MB':>8}{'without files':>15}{'seconds':>9}")
        for step, resident, anonymous in sample(process, folder / "run" / "log.jsonl"):
            figures[step] = resident
            seconds = time.perf_counter() - began
            print(f"{step:6}{resident:8.0f}{anonymous:15.0f}{seconds:9.0f}", flush=True)
        if process.wait():
            sys.exit(errors.read_text(encoding="utf-8"))
    settled = [megabytes for step, megabytes in figures.items() if step >= SETTLED_STEP]
    growth = 100 * (max(settled) / settled[0] - 1)
    print(f"growth after step {SETTLED_STEP}: {growth:.1f} %, allowed {arguments.most} %")
    sys.exit(growth > arguments.most)


if __name__ == "__main__":
    main()
