"""Plug-ins: stacks, datasets, engines and shipped checkpoints, found through entry points.

A plug-in that is missing, misspelt, provided twice or broken is four different errors, each with
its cure. Nothing is imported before it is asked for, and nothing stands in for what is not there.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from typing import Any

from hrm_core.errors import (
    PluginConflictError,
    PluginLoadError,
    PluginNotFoundError,
    UnknownPluginError,
    listing,
    suggest,
)


class Group(StrEnum):
    """The entry-point groups; the value is the group's name in a `pyproject.toml`."""

    STACKS = "hrm.stacks"
    DATASETS = "hrm.datasets"
    ENGINES = "hrm.engines"
    MODELS = "hrm.models"

    @property
    def noun(self) -> str:
        """What one plug-in of this group is called in messages."""
        return _NOUNS[self]


_NOUNS = {
    Group.STACKS: "model stack",
    Group.DATASETS: "dataset",
    Group.ENGINES: "engine",
    Group.MODELS: "shipped model",
}

# The stack that is meant where a config names none.
DEFAULT_STACK = "sapient"

# The stacks of this project: what to install when one of them is asked for and absent.
_FIRST_PARTY = {Group.STACKS: {"sapient": "hrm-sapient", "native": "hrm-native"}}

# What an import can raise when a distribution is incomplete, too old or wrongly built.
_IMPORT_FAILURES = (
    ImportError,
    AttributeError,
    SyntaxError,
    TypeError,
    ValueError,
    RuntimeError,
    OSError,
)


@dataclass(frozen=True)
class Plugin:
    """An installed plug-in that may not have been imported yet.

    Attributes:
        group: Where it is registered.
        name: What users type.
        target: `module:attribute` that it stands for.
        distribution: Name and version of what provides it, such as `hrm-sapient 0.1.0`.
    """

    group: Group
    name: str
    target: str
    distribution: str

    def load(self) -> Any:
        """Import the plug-in and return what it registers.

        Raises:
            PluginLoadError: If the import fails for any reason.
        """
        entry_point = metadata.EntryPoint(self.name, self.target, self.group.value)
        try:
            return entry_point.load()
        except _IMPORT_FAILURES as error:
            package = self.distribution.split(" ")[0]
            raise PluginLoadError(
                f"{self.group.noun} {self.name!r} ({self.distribution}) is installed, but "
                f"{self.target!r} cannot be imported: {error}\n"
                f"Repair it with: pip install --upgrade --force-reinstall {package}"
            ) from error


def installed_plugins(group: Group) -> list[Plugin]:
    """Return all plug-ins of a group, sorted by name; one provided twice stands there twice."""
    return sorted(
        (
            Plugin(
                group,
                entry_point.name,
                entry_point.value,
                f"{entry_point.dist.name} {entry_point.dist.version}"
                if entry_point.dist
                else "unknown distribution",
            )
            for entry_point in metadata.entry_points(group=group.value)
        ),
        key=lambda plugin: (plugin.name, plugin.distribution),
    )


def find_plugin(group: Group, name: str) -> Plugin:
    """Return the one plug-in with this name, without importing it.

    Raises:
        PluginNotFoundError: If a stack of this project is not installed.
        UnknownPluginError: If nothing, here or in this project, has that name.
        PluginConflictError: If two distributions provide it.
    """
    plugins = installed_plugins(group)
    found = [plugin for plugin in plugins if plugin.name == name]
    if len(found) == 1:
        return found[0]
    installed = {plugin.name for plugin in plugins}
    if found:
        owners = " and ".join(plugin.distribution for plugin in found)
        raise PluginConflictError(
            f"{group.noun} {name!r} is provided twice, by {owners}. Uninstall one of them."
        )
    first_party = _FIRST_PARTY.get(group, {})
    if name in first_party:
        raise PluginNotFoundError(
            f"{group.noun} {name!r} is not installed (installed: {listing(installed)}).\n"
            f"Install it with: pip install {first_party[name]}"
        )
    raise UnknownPluginError(
        f"unknown {group.noun} {name!r} (installed: {listing(installed)})."
        f"{suggest(name, installed | set(first_party))}"
    )


def load_plugin(group: Group, name: str) -> Any:
    """Find a plug-in and import it; `find_plugin` and `Plugin.load` say what they raise."""
    return find_plugin(group, name).load()


def require_module(module: str, *, needed_by: str, install: str) -> None:
    """Check, without importing it, that an optional library is there.

    Raises:
        PluginNotFoundError: If it is not; the message says `pip install <install>`.
    """
    if find_spec(module) is None:
        raise PluginNotFoundError(
            f"{needed_by} needs {module!r}, which is not installed.\n"
            f"Install it with: pip install '{install}'"
        )
