import os
import subprocess
import sys
from importlib import metadata

import pytest
import yaml

from hrm_train import cli, trainer
from hrm_train.run_folder import TrainingFolder


@pytest.fixture
def config_file(settings, tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(settings()))
    return path


@pytest.fixture
def hrm_train(capsys, config_file):
    """Run the command with the config; return its exit status and what it printed."""

    def call(command, *arguments, config=config_file):
        given = [] if config is None else ["--config", config]
        status = cli.main([command, *map(str, given), *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.err + captured.out

    return call


def test_a_run_ends_with_the_folder_of_its_last_checkpoint(hrm_train, tmp_path):
    status, printed = hrm_train("run", "--out", tmp_path / "run")
    assert status == 0
    assert printed.endswith(f"Trained: {tmp_path / 'run' / 'last'}\n")
    assert TrainingFolder(tmp_path / "run").last_checkpoint().name == "step-000006"


def test_settings_on_the_command_line_override_the_file(hrm_train, tmp_path):
    out = tmp_path / "run"
    assert hrm_train("run", "--out", out, "--set", "training.num_steps=2")[0] == 0
    assert TrainingFolder(out).last_checkpoint().name == "step-000002"
    assert hrm_train("run", "--out", out, "--resume", "--set", "training.num_steps=3",
                     config=None)[0] == 0  # fmt: skip
    assert TrainingFolder(out).last_checkpoint().name == "step-000003"


def bad(name, *arguments, status=2, message=""):
    return pytest.param(arguments, status, message, id=name)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        bad("tokenizers", "--set", "tokenizer={text: [a], file: b}", message="text and file: give"),
        bad("typo", "--set", "training.num_step=3", message="num_step: unknown key. Did you mean"),
        bad("section", "--set", "trainig.num_steps=3", message="trainig: unknown key."),
        bad("type", "--set", "training.num_steps=many", message="training.num_steps: expected"),
        bad("stack", "--set", "model_stack=toy", message="unknown model stack 'toy'"),
        bad("shape", "--set", "model.hidden_size=15", message="hidden_size 15 is not a multiple"),
        bad("vocabulary", "--set", "model.vocab_size=99", message="model.vocab_size: must be at"),
        bad("context", "--set", "training.sequence_length=99", message="context of the model is"),
        bad("micro", "--set", "training.micro_batch_size=3", message="3 does not divide the 4"),
        bad("flags", "--drop-overlap", "--allow-overlap", message="give only one of them"),
        bad(
            "no data",
            "--set",
            "training.data.files=[]",
            status=5,
            message="there is no training data",
        ),
        bad("file", "--set", "training.data.files=[gone.jsonl]", status=5, message="no such file"),
        bad("too long", "--set", "training.sequence_length=2", status=5, message="no example fits"),
        bad("octal", "--set", "training.num_steps=010", message="YAML reads 010 as 8, in base 8"),
        bad("base 60", "--set", "training.num_steps=1:30", message="as 90, in base 60. Write 90"),
        bad("seed", "--set", f"training.seed={2**63}", message="training.seed: expected less than"),
        bad("rate", "--set", "training.optimizer.lr=3", message="optimizer.lr: expected less than"),
        bad("resume", "--resume", status=5, message="contains no run to continue"),
        bad("tokenizer", "--set", "tokenizer.file=gone.json", status=5, message="gone.json"),
        bad("text", "--set", "tokenizer.text=[gone.txt]", status=5, message="tokenizer.text: gone"),
        bad("tracker", "--set", "training.trackers=[no]", message="training.trackers.0: expected"),
    ],
)
def test_bad_input_is_a_clear_error(hrm_train, tmp_path, arguments, status, message):
    exit_status, printed = hrm_train("run", "--out", tmp_path / "run", *arguments)
    assert exit_status == status
    assert message in printed
    assert "Traceback" not in printed
    line = next(line for line in printed.splitlines() if message in line)
    assert line.startswith("hrm-train: ")
    assert "step 1/" not in printed


def test_files_are_checked_before_anything_is_read(hrm_train, tmp_path):
    wrong = "training.data.validation_files=[nope.jsonl]"
    status, printed = hrm_train("run", "--out", tmp_path / "run", "--set", wrong)
    assert status == 5
    assert "hrm-train: training.data.validation_files: no such file: nope.jsonl" in printed
    assert "20 sequences" not in printed
    (tmp_path / "file").touch()
    status, printed = hrm_train("run", "--out", tmp_path / "file")
    assert (status, "file is a file. Name a folder" in printed) == (2, True)


def test_prompts_without_room_for_an_answer_are_told_before_the_first_step(hrm_train, tmp_path):
    pytest.importorskip("hrm_eval")
    section = "training.pass_at_1={dataset: {name: starter, split: test}, every_steps: 1}"
    status, printed = hrm_train("run", "--out", tmp_path / "run", "--set", section)
    assert status == 2
    assert "hrm-train: training.pass_at_1: 10 of 10 prompts leave no room for an answer" in printed
    assert "step 1/" not in printed


def test_a_diverged_run_says_what_to_change(hrm_train, monkeypatch, tmp_path):
    monkeypatch.setattr(trainer, "lr_factor", lambda *_: 1e30)
    status, printed = hrm_train("run", "--out", tmp_path / "run")
    assert status == 1
    assert "hrm-train: step 2: training diverged" in printed
    assert "Lower training.optimizer.lr" in printed


@pytest.mark.parametrize("name", ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"])
def test_processes_that_are_not_joined_do_not_train(hrm_train, monkeypatch, tmp_path, name):
    monkeypatch.setenv(name, "4")
    started_itself = ("--set", "training.processes=4")
    for arguments in ((), started_itself):
        status, printed = hrm_train("run", "--out", tmp_path / "run", *arguments)
        assert status == 2
    assert "has started 4 processes that are not joined, so each would train the same" in printed
    assert not (tmp_path / "run").exists()


def test_a_long_warm_up_is_told_before_the_first_step(hrm_train, tmp_path):
    warmup = ("--set", "training.schedule.warmup_steps=7")
    status, printed = hrm_train("run", "--out", tmp_path / "run", *warmup)
    assert status == 0
    assert (
        0
        <= printed.index("the warm-up of 7 steps is longer than the run of 6")
        < printed.index("step 1/6")
    )


def test_an_empty_dataset_is_named(hrm_train, tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    out = tmp_path / "run"
    status, printed = hrm_train("run", "--set", f"training.data.files=[{path}]", "--out", out)
    assert status == 5
    assert "empty.jsonl: the file is empty" in printed
    assert not out.exists()


def test_a_folder_with_a_run_is_not_overwritten(hrm_train, tmp_path):
    out = tmp_path / "run"
    assert hrm_train("run", "--out", out)[0] == 0
    before = (out / "log.jsonl").read_text()
    status, printed = hrm_train("run", "--out", out)
    assert status == 2
    assert "contains a run already. Continue it with --resume" in printed
    assert (out / "log.jsonl").read_text() == before


def test_overlapping_examples_stop_a_run_unless_a_flag_permits_them(hrm_train, mbpp_file, tmp_path):
    folder = mbpp_file("mbpp/train.jsonl", {601: "a", 602: "b"}).parent
    mbpp_file("mbpp/test.jsonl", {11: "b"})
    problems = f"[{{name: mbpp, split: train, source: {folder}}}]"
    shape = ["--set", "model.max_position_embeddings=256", "--set", "training.num_steps=1"]
    data = ["--set", f"training.data.problems={problems}", "--set", "training.data.files=[]"]
    status, printed = hrm_train("run", *data, *shape, "--out", tmp_path / "refused")
    assert status == 5
    assert "mbpp/602 shares the function 'b' with mbpp/11" in printed
    assert not (tmp_path / "refused").exists()
    for flag, count, what in (("--drop-overlap", 1, "left out"), ("--allow-overlap", 2, "kept")):
        status, printed = hrm_train("run", *data, *shape, flag, "--out", tmp_path / flag)
        assert status == 0
        assert f"data: {count} sequences" in printed
        assert f"data: 1 overlapping with held-out problems, {what}" in printed
        # A resumed run keeps the choice.
        longer = ("--set", "training.num_steps=2", "--out", tmp_path / flag)
        status, printed = hrm_train("run", "--resume", *longer, config=None)
        assert (status, f"data: {count} sequences" in printed) == (0, True)
    status, printed = hrm_train("data", *data)
    assert status == 0
    assert printed.startswith("mbpp/602 shares the function 'b' with mbpp/11\nmbpp/601, prompt:\n")
    assert "mbpp/601, response:\ndef a(a):\n    return a\n" in printed
    assert printed.endswith("\n2 examples, 1 overlap with held-out problems\n")


def test_data_that_are_compared_with_nothing_are_said_to_be(hrm_train):
    nothing = ("--set", "training.data.held_out=[]")
    warning = "data: not compared with any held-out problems."
    assert warning in hrm_train("data", *nothing)[1]
    held_out = ("--set", "training.data.held_out=[{name: starter, split: test}]")
    assert warning not in hrm_train("data", *held_out, "--set", "training.data.overlap=allow")[1]


def test_a_tokenizer_is_trained_on_the_training_data(hrm_train, tmp_path):
    from hrm_core.tokenizer import Tokenizer

    out = tmp_path / "new" / "tokenizer.json"
    status, printed = hrm_train("tokenizer", "--out", out)
    assert (status, printed) == (0, f"{out}: {Tokenizer.load(out).vocab_size} tokens\n")
    assert Tokenizer.load(out).token_id("<end>") == 3
    status, _ = hrm_train("run", "--set", f"tokenizer.file={out}", "--out", tmp_path / "run")
    assert status == 0
    stored = Tokenizer.load(tmp_path / "run" / "last" / "tokenizer.json")
    assert stored.encode("count to") == Tokenizer.load(out).encode("count to")


def test_a_tokenizer_is_trained_on_named_texts_without_training_data(hrm_train, tmp_path):
    from hrm_core.tokenizer import Tokenizer

    text, out = tmp_path / "text.txt", tmp_path / "tokenizer.json"
    text.write_text("once upon a time " * 20)
    texts = ("--set", "training.data.files=[]", "--set", f"tokenizer.text=[{text}]")
    status, printed = hrm_train("tokenizer", *texts, "--out", out)
    assert (status, printed) == (0, f"{out}: {Tokenizer.load(out).vocab_size} tokens\n")
    assert len(Tokenizer.load(out).encode(" upon")) == 1


def test_training_a_tokenizer_is_refused_where_the_config_names_one(hrm_train, tmp_path):
    for key in ("tokenizer.file", "model_reference"):
        status, printed = hrm_train("tokenizer", "--set", f"{key}=there", "--out", tmp_path / "new")
        assert status == 2
        assert "tokenizer: there provides one already" in printed
    assert not (tmp_path / "new").exists()


def test_a_tokenizer_that_cannot_be_written_is_a_usage_error(hrm_train, tmp_path):
    status, printed = hrm_train("tokenizer", "--out", tmp_path)
    assert status == 2
    assert f"hrm-train: --out: {tmp_path} cannot be written: Is a directory" in printed


def test_an_interrupted_command_exits_with_status_130(hrm_train, monkeypatch, tmp_path):
    from hrm_train import run

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "train", interrupt)
    assert hrm_train("run", "--out", tmp_path / "run")[0] == 130


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "2>&1 | head -1", id="head"),
        pytest.param("", "2>&1 | true", id="no reader", marks=pytest.mark.slow),
        pytest.param("", ">&- 2>&-", id="closed", marks=pytest.mark.slow),
        pytest.param("trap '' INT HUP;", "| cat", id="ignored signals"),
    ],
)
def test_a_run_goes_on_without_its_reader_and_after_ignored_signals(
    environment, write_config, tmp_path, before, after
):
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import os, signal, sys\n"
        "from hrm_train import cli\n"
        "from hrm_train.trainer import Trainer\n"
        "real = Trainer.step\n"
        "def step(trainer, *arguments):\n"
        "    for number in (signal.SIGINT, signal.SIGHUP):\n"
        "        if signal.getsignal(number) == signal.SIG_IGN:\n"
        "            os.kill(os.getpid(), number)\n"
        "    return real(trainer, *arguments)\n"
        "Trainer.step = step\n"
        "sys.exit(cli.main())\n"
    )
    folder = TrainingFolder(tmp_path / "run")
    run = f"{sys.executable} {entry} run --config {write_config()} --out {folder.path}"
    line = f"set -o pipefail; {before} {run} {after}"
    subprocess.run(["bash", "-c", line], env=environment, check=True, capture_output=True)
    assert [entry["step"] for entry in folder.read_log()] == [1, 2, 3, 4, 5, 6]
    assert folder.last_checkpoint().name == "step-000006"


COMMANDS = {one.name or one.callback.__name__ for one in cli.app.registered_commands}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command):
    assert cli.main([command, "--help"]) == 0


def test_the_version_is_that_of_the_package(hrm_train):
    version = metadata.version("hrm-train")
    assert hrm_train("--version", config=None) == (0, f"hrm-train {version}\n")


def test_a_shell_completes_commands_and_flags_without_torch():
    code = (
        "import sys; from hrm_train import cli; cli.main([]); "
        "print({'torch', 'numpy', 'datasets', 'accelerate', 'yaml'} & set(sys.modules))"
    )
    environment = {
        **os.environ,
        "COMP_WORDS": "hrm-train run --res",
        "COMP_CWORD": "2",
        "_HRM_TRAIN_COMPLETE": "complete_bash",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "--resume\nset()\n"


def test_help_needs_no_torch():
    code = (
        "import sys; from hrm_train import cli; status = cli.main(['--help']); "
        "heavy = {'torch', 'numpy', 'datasets', 'accelerate', 'yaml'} & set(sys.modules); "
        "sys.exit(status or bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "hrm-train" in done.stdout
