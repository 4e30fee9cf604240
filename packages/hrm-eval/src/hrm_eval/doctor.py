"""The command `hrm-eval doctor`: shows what is installed, what works and which layers are on."""

import platform
from importlib.util import find_spec

from hrm_core.errors import HrmError
from hrm_core.kernels.build import load_kernel
from hrm_core.model_folder import find_model_folder
from hrm_core.plugins import Group, Plugin, installed_plugins
from hrm_datasets import Asserts, Problem
from hrm_eval.console import print_table
from hrm_eval.sandbox import Limits, Sandbox, Status

_TRIAL = Problem(
    task_id="doctor/0", text="Add.", entry_point="add", tests=Asserts(["assert add(1, 2) == 3"])
)
_TRIAL_PROGRAMS = {
    "def add(a, b):\n    return a + b\n": Status.PASSED,
    "def add(a, b):\n    return a - b\n": Status.WRONG_ANSWER,
    "raise SystemExit(0)\n": Status.EXITED,
}


def examine() -> int:
    """Print the state of this installation; return 0, or the exit status of the worst problem."""
    rows: list[tuple[str, str]] = [
        ("python", platform.python_version()),
        ("machine", _devices()),
    ]
    if find_spec("torch") is not None:
        rows.append(("decoding kernel", load_kernel().state))
    worst = 0
    for group in Group:
        for plugin in installed_plugins(group):
            try:
                _load(plugin)
                state = f"ok ({plugin.distribution})"
            except HrmError as error:
                state, worst = str(error), max(worst, error.exit_code)
            rows.append((f"{group.noun} {plugin.name}", state))
    try:
        with Sandbox(Limits(), workers=1) as sandbox:
            for program, expected in _TRIAL_PROGRAMS.items():
                status = sandbox.judge(program, _TRIAL).status
                state = "ok" if status == expected else status
                rows.append((f"sandbox trial: {expected.value}", state))
                worst = worst if status == expected else max(worst, 1)
            rows += [
                (f"isolation: {name}", "on" if on else f"off: {sandbox.missing[name]}")
                for name, on in sandbox.layers.items()
            ]
    except HrmError as error:
        rows.append(("sandbox trial", str(error)))
        worst = max(worst, error.exit_code)
    print_table(("what", "state"), rows)
    return worst


def _load(plugin: Plugin) -> None:
    """Load a plug-in as the commands do; a shipped model is only looked for."""
    if plugin.group is Group.MODELS:
        find_model_folder(plugin.name)
    else:
        plugin.load()


def _devices() -> str:
    if find_spec("torch") is None:
        return f"{platform.platform()}; torch not installed: scoring only"
    import torch

    devices = ["cpu"]
    if torch.cuda.is_available():
        devices.insert(0, f"cuda ({torch.cuda.get_device_name()})")
    if torch.backends.mps.is_available():
        devices.insert(0, "mps")
    return f"{platform.platform()}; torch {torch.__version__} on {', '.join(devices)}"
