"""Judging on a Ray cluster gives the verdicts of this machine, also if processes are lost."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import count, islice

import pytest

# Otherwise Ray prints every process that is lost; RaySandbox sets it too, but later.
os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".")
ray = pytest.importorskip("ray", reason="ray is not installed")
psutil = pytest.importorskip("psutil", reason="psutil is not installed")

from hrm_core.errors import DataError  # noqa: E402
from hrm_datasets import load_problems  # noqa: E402
from hrm_eval.executors.ray import RaySandbox  # noqa: E402
from hrm_eval.run_folder import RunFolder  # noqa: E402
from hrm_eval.sandbox import Limits, Sandbox, SandboxError, Status  # noqa: E402

# Ray leaves files open.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

LIMITS = Limits(test_timeout_seconds=0.5)
# Besides the reference solution; each gets another verdict, or another message.
PROGRAMS = (
    "{reference}",
    "def {name}(*values):\n    return 'nothing'\n",
    "def {name}(*values):\n    raise ValueError(len(values))\n",
    "def {name}(*values):\n    return values[\n",
    "import sys\nprint('bye')\nsys.exit(3)\n",
    "x = 1\n",
    "{reference}\nprint('done')\n",
)
ENDLESS = "def {name}(*values):\n    while True:\n        pass\n"


@pytest.fixture(scope="module")
def cluster():
    """A cluster with two machines of one CPU each; its head judges nothing."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(head_node_args={"num_cpus": 0, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    cluster.add_node(num_cpus=1)
    yield cluster
    cluster.shutdown()


@pytest.fixture
def joined(cluster, monkeypatch):
    """Name the cluster in the environment."""
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)
    return cluster


@pytest.fixture(scope="module")
def jobs():
    """200 programs for the starter problems, with all kinds of verdicts."""
    problems = list(load_problems("starter"))
    made = []
    for number in range(200):
        template = PROGRAMS[number % len(PROGRAMS)] if number % 50 else ENDLESS
        problem = problems[number % len(problems)]
        program = template.format(name=problem.entry_point, reference=problem.reference)
        made.append((number, program, problem))
    return made


@pytest.fixture(scope="module")
def local(jobs):
    """The verdicts of this machine."""
    with Sandbox(LIMITS, workers=2) as sandbox:
        return dict(sandbox.judge_all(jobs))


def outcome(verdict):
    """Return a verdict without what differs from time to time."""
    message = re.sub(r"[\d.]+ s of CPU", "some CPU", verdict.message)
    return replace(verdict, seconds=0, cpu_seconds=0, peak_memory_bytes=0, message=message)


def judge_processes():
    """Return the processes of the cluster that judge a batch at this moment."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or [""]
        if command[0].startswith("ray::_Judge.judge"):
            found.append(process)
    return found


def kill_a_judge():
    deadline = time.monotonic() + 30
    while not (processes := judge_processes()):
        assert time.monotonic() < deadline, "no judge is busy"
        time.sleep(0.01)
    processes[0].kill()


def test_the_verdicts_are_those_of_this_machine(joined, jobs, local):
    with RaySandbox(LIMITS) as sandbox:
        verdicts = dict(sandbox.judge_all(jobs))
        with Sandbox(LIMITS, workers=1) as here:
            assert sandbox.layers == here.layers
    assert not ray.is_initialized()
    assert {v.status for v in local.values()} >= {Status.PASSED, Status.TIMEOUT, Status.EXITED}
    assert {key: outcome(v) for key, v in verdicts.items()} == {
        key: outcome(v) for key, v in local.items()
    }


def test_a_killed_judge_loses_no_verdict_and_gives_none_twice(joined, jobs, local):
    verdicts = []
    with RaySandbox(LIMITS) as sandbox:
        for number, pair in enumerate(sandbox.judge_all(jobs)):
            verdicts.append(pair)
            if number in (40, 100):
                kill_a_judge()
    assert len(verdicts) == len(jobs)
    assert {key: outcome(v) for key, v in verdicts} == {k: outcome(v) for k, v in local.items()}


def test_a_lost_machine_loses_no_verdict(joined, jobs, local):
    verdicts = []
    machine = joined.add_node(num_cpus=1)
    with RaySandbox(LIMITS, workers=3) as sandbox:
        for number, pair in enumerate(sandbox.judge_all(jobs)):
            verdicts.append(pair)
            if number == 60:
                joined.remove_node(machine, allow_graceful=False)
    assert len(verdicts) == len(jobs)
    assert {key: outcome(v) for key, v in verdicts} == {k: outcome(v) for k, v in local.items()}


def test_a_program_whose_judge_is_always_lost_has_crashed(joined, jobs):
    problem = jobs[0][2]
    program = "import time\ntime.sleep(2)\n" + problem.reference
    others = [(number, problem.reference, problem) for number in range(1, 4)]
    ended = threading.Event()

    def kill_judges_of_the_program():
        while not ended.wait(0.2):
            for process in judge_processes():
                process.kill()

    with RaySandbox(Limits(), workers=1) as sandbox:
        killer = threading.Thread(target=kill_judges_of_the_program)
        killer.start()
        try:
            ((key, verdict),) = sandbox.judge_all([(0, program, problem)])
        finally:
            ended.set()
            killer.join()
        assert (key, verdict.status) == (0, Status.CRASHED)
        assert "was lost, each of the 5 times" in verdict.message
        assert all(verdict.passed for _, verdict in sandbox.judge_all(others))


def test_jobs_are_read_as_judges_become_free(joined, jobs):
    num_read = 0

    def endless_jobs():
        nonlocal num_read
        for number in count():
            num_read += 1
            yield (number, *jobs[1][1:])

    with RaySandbox(LIMITS) as sandbox:
        verdicts = sandbox.judge_all(endless_jobs())
        given = list(islice(verdicts, 50))
        assert len(given) == 50
        assert num_read <= 50 + 5 * 64
        verdicts.close()
        # What was left is not answered later.
        assert [key for key, _ in sandbox.judge_all([("next", *jobs[1][1:])])] == ["next"]


def test_every_machine_must_have_the_required_layers(joined):
    with pytest.raises(SandboxError, match=r": --require-isolation: this machine does not give"):
        RaySandbox(LIMITS, use_namespaces=False, require=["user_namespace"])
    assert not ray.is_initialized()


def test_layers_are_those_of_all_machines(joined, jobs):
    with RaySandbox(LIMITS, use_namespaces=False) as sandbox:
        list(sandbox.judge_all(jobs[1:3]))
        assert sandbox.layers["user_namespace"] is False
        assert sandbox.layers["two_processes"] is True


def test_problems_that_cannot_be_judged_are_an_error(joined, jobs):
    problem = replace(jobs[0][2], tests=("assert (",))
    with RaySandbox(LIMITS) as sandbox, pytest.raises(DataError, match=problem.task_id):
        list(sandbox.judge_all([(1, "x = 1", problem)]))


def test_a_cluster_that_the_caller_has_joined_stays_joined(joined, jobs):
    ray.init(joined.address, log_to_driver=False)
    try:
        with RaySandbox(LIMITS, workers=1) as sandbox:
            assert len(list(sandbox.judge_all(jobs[1:9]))) == 8
        assert ray.is_initialized()
    finally:
        ray.shutdown()


@pytest.fixture
def score(tmp_path):
    """Return a function that starts `hrm-eval score` in a session of its own."""

    def start(jobs, *flags, **environment):
        path = tmp_path / "samples.jsonl"
        rows = [{"task_id": p.task_id, "completion": program} for _, program, p in jobs]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        variables = {k: v for k, v in os.environ.items() if not k.startswith("RAY_")}
        command = [sys.executable, "-m", "hrm_eval.cli", "score", str(path), "--dataset", "starter"]
        return subprocess.Popen(
            [*command, "--executor", "ray", "--out", str(tmp_path / "run"), *flags],
            env={**variables, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


def test_a_command_starts_ray_and_prints_nothing_of_it(score, jobs, tmp_path):
    process = score(jobs[1:40], "--workers", "1", RAY_ADDRESS="local")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert "39 samples" in out
    assert [line for line in err.splitlines() if "judged" not in line] == [
        "starting", "loading problems of starter", "starting the sandbox",
    ]  # fmt: skip
    assert "ray" not in (out + err).replace(str(tmp_path), "").lower()
    assert RunFolder(tmp_path / "run").summary.is_file()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_command_ends_everything_and_can_be_resumed(
    joined, score, jobs, local, tmp_path, number, status
):
    # The endless ones at the end take seconds, so that there is something to interrupt.
    jobs = [*jobs, *((len(jobs) + number, *jobs[0][1:]) for number in range(20))]
    flags = ("--test-timeout", "0.5")
    process = score(jobs, *flags, RAY_ADDRESS=joined.address)
    verdicts = tmp_path / "run" / "verdicts.jsonl"
    deadline = time.monotonic() + 120
    while not (verdicts.exists() and len(verdicts.read_text().splitlines()) > 20):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    # As Ctrl-C does, to every process of the terminal.
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status, err
    assert "Interrupted." in err
    assert "Traceback" not in err
    num_before = len(verdicts.read_text().splitlines())
    assert num_before < len(jobs)
    resumed = score(jobs, "--resume", *flags, RAY_ADDRESS=joined.address)
    _, err = resumed.communicate(timeout=300)
    assert resumed.returncode == 0, err
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert summary["num_samples"] == len(jobs) == len(verdicts.read_text().splitlines())
    assert summary["status_counts"]["passed"] == sum(v.passed for v in local.values())
