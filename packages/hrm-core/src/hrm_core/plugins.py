"""Plug-ins: stacks, datasets, engines and shipped checkpoints, found through entry points.

A plug-in can be missing, misspelled, provided twice or broken; each is a different error with a
different cure. A plug-in is imported only when it is loaded, and there is no fallback for a missing
one.
"""

import traceback
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from typing import Any, TypeVar

from hrm_core.errors import (
    PluginConflictError,
    PluginLoadError,
    PluginNotFoundError,
    UnknownPluginError,
    beginning,
    listing,
    suggest,
)

Kind = TypeVar("Kind")


class Group(StrEnum):
    """Entry-point groups; the value is the group's name in a `pyproject.toml`."""

    STACKS = "hrm.stacks"
    DATASETS = "hrm.datasets"
    ENGINES = "hrm.engines"
    MODELS = "hrm.models"

    @property
    def noun(self) -> str:
        """Name of a plug-in of this group in messages."""
        return _NOUNS[self]


_NOUNS = {
    Group.STACKS: "model stack",
    Group.DATASETS: "dataset",
    Group.ENGINES: "engine",
    Group.MODELS: "shipped model",
}

# The stack of a config without `model_stack`.
DEFAULT_STACK = "sapient"

# The plug-ins of this project that are installed on their own, with the package of each.
_FIRST_PARTY = {
    Group.STACKS: {"sapient": "hrm-sapient", "native": "hrm-native"},
    Group.DATASETS: {"exercises": "hrm-exercises", "chains": "hrm-exercises"},
    Group.MODELS: {"hrm-nano": "hrm-nano"},
}

# A failure of one of these is one of its installation, and not a mistake of its author.
_OWN_PACKAGES = {"hrm-datasets", "hrm-eval"} | {
    package for packages in _FIRST_PARTY.values() for package in packages.values()
}

# Errors that an import raises if a distribution is broken: incomplete, too old or wrongly built.
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
    """An installed plug-in, not necessarily imported.

    Attributes:
        group: The group it is registered in.
        name: The name that users type.
        target: What it registers, as `module:attribute`.
        distribution: Name and version of its distribution, such as `hrm-sapient 0.1.0`.
    """

    group: Group
    name: str
    target: str
    distribution: str

    def load(self) -> Any:
        """Import the plug-in and return what it registers.

        Raises:
            PluginLoadError: If the import fails with an error that a broken installation causes.
        """
        entry_point = metadata.EntryPoint(self.name, self.target, self.group.value)
        try:
            return entry_point.load()
        except _IMPORT_FAILURES as error:
            raise PluginLoadError(
                f"{self.group.noun} {self.name!r} ({self.distribution}) is installed, but "
                f"{self.target!r} cannot be imported: {error}\n{self._cure(error)}"
            ) from error

    @property
    def repair(self) -> str:
        """The line of a message that says how to repair a broken installation."""
        package = self.distribution.split(" ")[0]
        return f"Repair it with: pip install --upgrade --force-reinstall {package}"

    def _cure(self, error: Exception) -> str:
        """Return what to do about a failed import; the plug-in of a user may have a mistake."""
        if self.distribution.split(" ")[0] in _OWN_PACKAGES:
            return self.repair
        if isinstance(error, ModuleNotFoundError) and error.name is not None:
            return f"Install the package of the module {error.name!r}, or correct its name."
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "importlib" not in frame.filename]
        # The first frame is of this file.
        if own[1:]:
            return f"The error is in {own[-1].filename}, line {own[-1].lineno}."
        return "Fix the module, or the entry point in the pyproject.toml of the package."


def installed_plugins(group: Group) -> list[Plugin]:
    """Return all plug-ins of a group, sorted by name; one provided twice occurs twice."""
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


def known_plugins(group: Group) -> set[str]:
    """Return the names of all plug-ins of this project in a group, and of all installed ones."""
    return {plugin.name for plugin in installed_plugins(group)} | set(_FIRST_PARTY.get(group, {}))


def find_plugin(group: Group, name: str) -> Plugin:
    """Return the one plug-in with this name, without importing it.

    Raises:
        PluginNotFoundError: If the name is a plug-in of this project that is not installed.
        UnknownPluginError: If no plug-in that is installed or of this project has that name.
        PluginConflictError: If two distributions provide it.
    """
    plugins = installed_plugins(group)
    matches = [plugin for plugin in plugins if plugin.name == name]
    if len(matches) == 1:
        return matches[0]
    installed = {plugin.name for plugin in plugins}
    if matches:
        owners = " and ".join(plugin.distribution for plugin in matches)
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
        f"{suggest(name, known_plugins(group))}"
    )


def load_plugin(group: Group, name: str) -> Any:
    """Find a plug-in and import it. For errors, see `find_plugin` and `Plugin.load`."""
    return find_plugin(group, name).load()


def load_named(group: Group, name: str, kind: type[Kind]) -> Kind:
    """Import a plug-in that is an object with the name of its entry point.

    Args:
        group: The group it is registered in.
        name: The name that users type.
        kind: The type that it must have; its objects have a `name`.

    Raises:
        PluginLoadError: If it cannot be imported, or is not of this type and name.
        HrmError: If no installed package provides it, or two do; see `find_plugin`.
    """
    plugin = find_plugin(group, name)
    found = plugin.load()
    if not isinstance(found, kind) or getattr(found, "name", None) != name:
        expected = f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
        raise PluginLoadError(
            f"{group.noun} {name!r} ({plugin.distribution}): expected {plugin.target!r} to be a "
            f"{expected} with name={name!r}, got {beginning(found)}"
        )
    return found


def require_module(module: str, *, needed_by: str, install: str) -> None:
    """Check that an optional library is installed, without importing it.

    Raises:
        PluginNotFoundError: If it is not; the message contains `pip install '<install>'`.

    Examples:
        >>> require_module("torch", needed_by="engine 'local'", install="hrm-core[torch]")
    """
    if find_spec(module) is None:
        raise PluginNotFoundError(
            f"{needed_by} needs {module!r}, which is not installed.\n"
            f"Install it with: pip install '{install}'"
        )
