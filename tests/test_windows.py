import json
import subprocess
import sys
from pathlib import Path

import pytest

OUT = "OUT"
COMMANDS = {
    "eval-help": (["hrm_eval.cli", "--help"], 0, "Generate answers"),
    "list-datasets": (["hrm_eval.cli", "list", "datasets"], 0, "starter"),
    "list-models": (["hrm_eval.cli", "list", "models"], 0, "shipped model"),
    "doctor": (["hrm_eval.cli", "doctor"], 1, "Run it"),
    "generate": (
        ["hrm_eval.cli", "generate", "--model=reference", "--dataset=starter", f"--out={OUT}/a"],
        0,
        "Files: ",
    ),
    "generate-again": (
        ["hrm_eval.cli", "generate", "--resume", f"--out={OUT}/a"],
        0,
        "Files: ",
    ),
    "generate-by-a-model": (
        ["hrm_eval.cli", "generate", "--model=MODEL", "--dataset=starter", "--limit=1",
         "--max-new-tokens=2", f"--out={OUT}/b"],
        0,
        "Files: ",
    ),
    "show": (["hrm_eval.cli", "show", f"{OUT}/a", "1"], 0, "not judged yet"),
    "run": (
        ["hrm_eval.cli", "run", "--model=reference", "--dataset=starter", f"--out={OUT}/c"],
        1,
        "Run it in WSL, or generate the answers here with: hrm-eval generate",
    ),
    "score": (
        ["hrm_eval.cli", "score", f"{OUT}/a/completions.jsonl", "--dataset=starter",
         f"--out={OUT}/d"],
        1,
        "Run it in WSL",
    ),
    "ask": (
        ["hrm_eval.cli", "ask", "Add.", "--model=MODEL", "--max-new-tokens=2"],
        0,
        "cut off after 2 tokens",
    ),
    "ask-with-a-test": (
        ["hrm_eval.cli", "ask", "Add.", "--model=MODEL", "--test=assert add(1, 2) == 3"],
        1,
        "Run it in WSL",
    ),
    "describe": (["hrm_eval.cli", "describe"], 0, "parameters"),
    "train-help": (["hrm_train.cli", "--help"], 0, "Train a model"),
    "train": (["hrm_train.cli", "run", f"--out={OUT}/e"], 2, "Run it in WSL"),
    "train-data": (
        ["hrm_train.cli", "data", "--set=training.data.problems=[{name: starter, split: test}]"],
        0,
        "25 examples",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory, tiny_checkpoint):
    """Run all commands in one process that looks like Windows."""
    out = str(tmp_path_factory.mktemp("windows"))
    commands = [
        [word.replace(OUT, out).replace("MODEL", str(tiny_checkpoint)) for word in words]
        for words, _, _ in COMMANDS.values()
    ]
    script = Path(__file__).with_name("windows.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(COMMANDS, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_on_windows_or_names_wsl(results, name):
    _, expected_status, message = COMMANDS[name]
    status, printed = results[name]
    assert "Traceback" not in printed
    assert message in printed
    assert status == expected_status
