"""Executors judge programs: on this machine, or on a cluster. The config names one of them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from hrm_core.plugins import require_module
from hrm_eval.judging import Judges
from hrm_eval.run_config import SandboxConfig
from hrm_eval.sandbox import Sandbox


def check_executor(config: SandboxConfig) -> None:
    """Check that programs can be sent to the executor, before anything slow happens.

    Raises:
        PluginNotFoundError: If a library of the executor is not installed.
        UsageError: If nothing answers at the address of its cluster.
    """
    if config.executor == "ray":
        require_module("ray", needed_by="--executor ray", install="hrm-eval[ray]")
        from hrm_eval.executors.ray_address import check_address

        check_address()


def open_judges(
    config: SandboxConfig, hidden: Sequence[Path] = ()
) -> AbstractContextManager[Judges]:
    """Start the judges of a config; leave the `with` block to end them.

    Args:
        config: The executor, the limits of the programs and the isolation that they require.
        hidden: Files and folders that programs must not see.

    Raises:
        SandboxError: If programs cannot be run, or not with the required isolation.
        PluginNotFoundError: If a library of the executor is not installed.
        UsageError: If nothing answers at the address of its cluster.
    """
    require = config.require_isolation
    if config.executor == "local":
        return Sandbox(config, workers=config.workers, require=require, hidden=hidden)
    check_executor(config)
    from hrm_eval.executors.ray import RaySandbox

    return RaySandbox(config, workers=config.workers, require=require, hidden=hidden)
