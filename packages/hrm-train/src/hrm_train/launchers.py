"""Checks of how the processes of a run were started.

Processes are joined by `torchrun` or `accelerate launch`. Those that MPI or Slurm starts know
nothing of each other, so that each would train the same model. Settings of accelerate that the
config of the run decides are refused.
"""

from collections.abc import Mapping

from hrm_core.errors import UsageError

# Launchers by the variable in which they store the number of processes.
_LAUNCHERS = {
    "OMPI_COMM_WORLD_SIZE": "mpirun",
    "PMI_SIZE": "mpirun or srun",
    "MV2_COMM_WORLD_SIZE": "mpirun",
    "JSM_NAMESPACE_SIZE": "jsrun",
    "FLUX_JOB_SIZE": "flux run",
}

# Numbers from here on are no steps that srun has started, but a batch script or a shell.
_FIRST_SPECIAL_STEP = 0xFFFF_FFF0

# Keys of the config by the variable in which `accelerate launch` stores the same setting.
_DECIDED_BY_CONFIG = {
    "ACCELERATE_USE_FSDP": "training.sharding",
    "ACCELERATE_USE_DEEPSPEED": "training.sharding",
    "ACCELERATE_USE_MEGATRON_LM": "training.sharding",
    "ACCELERATE_USE_PARALLELISM_CONFIG": "training.sharding",
    "ACCELERATE_DYNAMO_BACKEND": "training.compile",
    "ACCELERATE_GRADIENT_ACCUMULATION_STEPS": "training.micro_batch_size",
}
_UNSET = ("", "0", "1", "false", "no")
_PRECISIONS = {"float32": "no", "bfloat16": "bf16"}


def check_launcher(variables: Mapping[str, str]) -> None:
    """Check that processes which were started together are joined.

    Args:
        variables: The environment.

    Raises:
        UsageError: If a launcher has started more processes than are joined, or accelerate has
            settings that the config of the run decides.
    """
    size = variables.get("WORLD_SIZE", "1")
    if not size.isdecimal():
        raise UsageError(f"WORLD_SIZE: expected a number of processes, got {size!r}. Unset it")
    joined = int(size)
    missing = [name for name in ("RANK", "MASTER_ADDR", "MASTER_PORT") if name not in variables]
    if joined > 1 and missing:
        raise UsageError(
            f"WORLD_SIZE: {joined} processes are to be joined, but {missing[0]} is not set. Start "
            "them with torchrun, or unset WORLD_SIZE"
        )
    for name, launcher in (*_LAUNCHERS.items(), ("SLURM_NTASKS", "srun")):
        is_slurm = name == "SLURM_NTASKS"
        count = _slurm_tasks(variables) if is_slurm else _number(variables, name)
        if count > joined:
            raise UsageError(
                f"{name}: {launcher} has started {count} processes that are not joined, so each "
                "would train the same model. Start one torchrun per machine instead; on one: "
                f"torchrun --standalone --nproc-per-node {count} -m hrm_train.cli run ..."
            )
    for name, key in _DECIDED_BY_CONFIG.items():
        value = variables.get(name, "")
        if value.lower() not in _UNSET:
            raise UsageError(
                f"{name}: {key} decides this, not accelerate, got {value!r}. Set {key}, and leave "
                "the option of accelerate launch out"
            )


def ignored_precision(variables: Mapping[str, str], dtype: str) -> str | None:
    """Return the precision of `accelerate launch` if it is another one than that of the config."""
    precision = variables.get("ACCELERATE_MIXED_PRECISION") or _PRECISIONS[dtype]
    return None if precision == _PRECISIONS[dtype] else precision


def _slurm_tasks(variables: Mapping[str, str]) -> int:
    """Return the number of processes that `srun` has started together with this one.

    A batch script is one process, whatever the number of tasks that its job asks for.
    """
    if "SLURM_STEP_NUM_TASKS" in variables:
        return _number(variables, "SLURM_STEP_NUM_TASKS")
    step = _number(variables, "SLURM_STEP_ID", _FIRST_SPECIAL_STEP)
    is_started_by_srun = step < _FIRST_SPECIAL_STEP or _number(variables, "SLURM_PROCID", 0) > 0
    return _number(variables, "SLURM_NTASKS") if is_started_by_srun else 1


def _number(variables: Mapping[str, str], name: str, default: int = 1) -> int:
    text = variables.get(name, "")
    return int(text) if text.isdecimal() else default
