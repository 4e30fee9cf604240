"""The command `hrm-eval doctor`: shows what is installed, what works and which layers are on."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec

from hrm_core.errors import HrmError
from hrm_core.kernels.build import load_kernel
from hrm_core.model_folder import find_model_folder
from hrm_core.plugins import Group, Plugin, installed_plugins
from hrm_datasets import Asserts, Problem
from hrm_eval.sandbox import Limits, Sandbox, Status
from hrm_eval.summary import find_versions

_TRIAL = Problem(
    task_id="doctor/0", text="Add.", entry_point="add", tests=Asserts(["assert add(1, 2) == 3"])
)
_TRIAL_PROGRAMS = {
    "def add(a, b):\n    return a + b\n": Status.PASSED,
    "def add(a, b):\n    return a - b\n": Status.WRONG_ANSWER,
    "raise SystemExit(0)\n": Status.EXITED,
}


@dataclass(frozen=True, kw_only=True)
class PluginState:
    """Whether a plug-in works.

    Attributes:
        group: What it is, such as `engine`.
        name: The name that users type.
        distribution: Name and version of its package.
        error: Why it cannot be used; None if it can.
    """

    group: str
    name: str
    distribution: str
    error: str | None


@dataclass(frozen=True, kw_only=True)
class SandboxState:
    """Whether the sandbox works, and what it isolates by.

    Attributes:
        trials: The status that the sandbox gave to each program, by the status that is right.
        isolation: Why each layer is off, by its name; None if it is on.
        error: Why no program can be run; None if programs can be run.
    """

    trials: Mapping[str, str]
    isolation: Mapping[str, str | None]
    error: str | None


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """The state of this installation; the fields are the keys of `hrm-eval doctor --json`.

    Attributes:
        exit_status: 0, or the exit status of the worst problem.
        platform: The operating system and the machine.
        versions: Versions of Python and of those packages that are installed and may matter.
        devices: What torch can run on, the fastest first; None if torch is not installed.
        decoding_kernel: State of the kernel that decodes on a CPU; None if torch is not installed.
        plugins: The state of each plug-in.
        sandbox: The state of the sandbox.
    """

    exit_status: int
    platform: str
    versions: Mapping[str, str]
    devices: Sequence[str] | None
    decoding_kernel: str | None
    plugins: Sequence[PluginState]
    sandbox: SandboxState

    def to_json(self) -> str:
        """Return the findings as a JSON object."""
        return json.dumps(asdict(self), indent=2)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield what was examined, and its state."""
        yield "python", self.versions["python"]
        if self.devices is None:
            yield "machine", f"{self.platform}; torch not installed: scoring only"
        else:
            torch = f"torch {self.versions['torch']} on {', '.join(self.devices)}"
            yield "machine", f"{self.platform}; {torch}"
        if self.decoding_kernel is not None:
            yield "decoding kernel", self.decoding_kernel
        for plugin in self.plugins:
            yield f"{plugin.group} {plugin.name}", plugin.error or f"ok ({plugin.distribution})"
        for expected, status in self.sandbox.trials.items():
            yield f"sandbox trial: {expected}", "ok" if status == expected else status
        for layer, reason in self.sandbox.isolation.items():
            yield f"isolation: {layer}", "on" if reason is None else f"off: {reason}"
        if self.sandbox.error is not None:
            yield "sandbox trial", self.sandbox.error


def examine() -> Diagnosis:
    """Try everything that is installed here."""
    devices, kernel = None, None
    if find_spec("torch") is not None:
        devices, kernel = _find_devices(), load_kernel().state
    tried = [_try_plugin(plugin) for group in Group for plugin in installed_plugins(group)]
    sandbox, sandbox_status = _try_sandbox()
    return Diagnosis(
        exit_status=max([sandbox_status, *(status for _, status in tried)]),
        platform=platform.platform(),
        versions=find_versions(),
        devices=devices,
        decoding_kernel=kernel,
        plugins=[state for state, _ in tried],
        sandbox=sandbox,
    )


def _try_plugin(plugin: Plugin) -> tuple[PluginState, int]:
    """Return the state of a plug-in, and the exit status of its error or 0."""
    message, status = None, 0
    try:
        _load(plugin)
    except HrmError as error:
        message, status = str(error), error.exit_code
    state = PluginState(
        group=plugin.group.noun,
        name=plugin.name,
        distribution=plugin.distribution,
        error=message,
    )
    return state, status


def _try_sandbox() -> tuple[SandboxState, int]:
    """Return the state of the sandbox, and the exit status of its error or 0."""
    trials: dict[str, str] = {}
    isolation: dict[str, str | None] = {}
    message, exit_status = None, 0
    try:
        with Sandbox(Limits(), workers=1) as sandbox:
            for program, expected in _TRIAL_PROGRAMS.items():
                status = sandbox.judge(program, _TRIAL).status
                trials[expected.value] = status.value
                exit_status = exit_status if status == expected else 1
            isolation = {name: sandbox.missing.get(name) for name in sandbox.layers}
    except HrmError as error:
        message, exit_status = str(error), error.exit_code
    return SandboxState(trials=trials, isolation=isolation, error=message), exit_status


def _load(plugin: Plugin) -> None:
    """Load a plug-in as the commands do; a shipped model is only looked for."""
    if plugin.group is Group.MODELS:
        find_model_folder(plugin.name)
    else:
        plugin.load()


def _find_devices() -> list[str]:
    import torch

    from hrm_core.precision import available_devices

    return [
        f"cuda ({torch.cuda.get_device_name()})" if device == "cuda" else device
        for device in available_devices()
    ]
