import pytest

from hrm_core.errors import UsageError
from hrm_train.launchers import check_launcher, ignored_precision

BATCH_SCRIPT = {"SLURM_JOB_ID": "7", "SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_LOCALID": "0"}
STEP = {**BATCH_SCRIPT, "SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "4"}


def torchrun(size):
    return {"WORLD_SIZE": str(size), "RANK": "0", "MASTER_ADDR": "first", "MASTER_PORT": "29500"}


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "0"}, "OMPI_COMM_WORLD_SIZE"),
        ({"PMI_SIZE": "4", "PMI_RANK": "2"}, "PMI_SIZE"),
        ({"MV2_COMM_WORLD_SIZE": "4"}, "MV2_COMM_WORLD_SIZE"),
        (STEP, "SLURM_NTASKS"),
        ({**BATCH_SCRIPT, "SLURM_STEP_ID": "0"}, "SLURM_NTASKS"),
        ({**BATCH_SCRIPT, "SLURM_PROCID": "3"}, "SLURM_NTASKS"),
        ({**STEP, **torchrun(1)}, "SLURM_NTASKS"),
        ({**torchrun(2), "PMI_SIZE": "4"}, "PMI_SIZE"),
    ],
    ids=["openmpi", "mpich", "mvapich", "srun", "older srun", "rank", "torchrun alone", "too few"],
)
def test_processes_that_are_not_joined_are_refused(variables, name):
    cure = "torchrun --standalone --nproc-per-node 4 -m hrm_train.cli run"
    with pytest.raises(UsageError, match=f"^{name}: .* has started 4 processes .* on one: {cure}"):
        check_launcher(variables)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"WORLD_SIZE": "1"},
        torchrun(4),
        {"OMPI_COMM_WORLD_SIZE": "1", "PMI_SIZE": ""},
        BATCH_SCRIPT,
        {**BATCH_SCRIPT, "SLURM_STEP_ID": "4294967291"},
        {**BATCH_SCRIPT, "SLURM_STEP_ID": "4294967290", "SLURM_STEP_NUM_TASKS": "1"},
        {**STEP, "SLURM_STEP_NUM_TASKS": "1"},
        {**STEP, **torchrun(16)},
        {"OMPI_COMM_WORLD_SIZE": "2", **torchrun(2)},
        {"ACCELERATE_USE_FSDP": "false", "ACCELERATE_DYNAMO_BACKEND": "NO"},
        {"ACCELERATE_GRADIENT_ACCUMULATION_STEPS": "1", "ACCELERATE_MIXED_PRECISION": "bf16"},
    ],
)
def test_one_process_and_joined_processes_are_accepted(variables):
    check_launcher(variables)


@pytest.mark.parametrize("size", ["", "four", "-1"])
def test_a_world_size_that_is_no_number_is_refused(size):
    with pytest.raises(UsageError, match=f"WORLD_SIZE: expected a number of .* got '{size}'"):
        check_launcher({"WORLD_SIZE": size})


@pytest.mark.parametrize("missing", ["RANK", "MASTER_ADDR", "MASTER_PORT"])
def test_processes_without_the_variables_to_join_are_refused(missing):
    variables = torchrun(2)
    del variables[missing]
    with pytest.raises(UsageError, match=f"WORLD_SIZE: 2 processes .* but {missing} is not set"):
        check_launcher(variables)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("ACCELERATE_USE_FSDP", "true", "training.sharding"),
        ("ACCELERATE_USE_DEEPSPEED", "True", "training.sharding"),
        ("ACCELERATE_USE_MEGATRON_LM", "true", "training.sharding"),
        ("ACCELERATE_DYNAMO_BACKEND", "INDUCTOR", "training.compile"),
        ("ACCELERATE_GRADIENT_ACCUMULATION_STEPS", "8", "training.micro_batch_size"),
    ],
)
def test_settings_of_accelerate_that_the_config_decides_are_refused(name, value, key):
    with pytest.raises(
        UsageError, match=f"{name}: {key} decides this, not accelerate, got '{value}'"
    ):
        check_launcher({name: value})


@pytest.mark.parametrize(
    ("variable", "dtype", "ignored"),
    [
        (None, "bfloat16", None),
        ("", "float32", None),
        ("no", "float32", None),
        ("bf16", "bfloat16", None),
        ("bf16", "float32", "bf16"),
        ("no", "bfloat16", "no"),
        ("fp16", "float32", "fp16"),
    ],
)
def test_another_precision_of_accelerate_is_ignored(variable, dtype, ignored):
    variables = {} if variable is None else {"ACCELERATE_MIXED_PRECISION": variable}
    assert ignored_precision(variables, dtype) == ignored
