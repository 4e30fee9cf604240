"""Building and loading the decoding kernel. Needs no torch.

The source is compiled for this very processor at first use, with the first C++ compiler found, and
kept in the user's cache folder. `HRM_KERNEL=off` does without.
"""

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

_SOURCE = files("hrm_core.kernels") / "decode.cpp"
_FLAGS = ("-O3", "-std=c++17", "-fPIC", "-shared", "-fno-math-errno")
_COMPILERS = ("c++", "g++", "clang++")
_SWITCH = "HRM_KERNEL"
_SECONDS = 300


@dataclass(frozen=True)
class Kernel:
    """What came of building.

    Attributes:
        library: The loaded kernel, or None.
        state: What to tell a user: how it was built, or why it was not and what helps.
    """

    library: ctypes.CDLL | None
    state: str


@cache
def load_kernel() -> Kernel:
    """Return the kernel, built if need be; the same for the life of the process."""
    if os.environ.get(_SWITCH) == "off":
        return Kernel(None, f"off: {_SWITCH}=off is set")
    compiler = os.environ.get("CXX") or next(filter(None, map(shutil.which, _COMPILERS)), "")
    if not compiler:
        return Kernel(None, "off: no C++ compiler found. Install one, such as g++, for fast CPUs")
    try:
        version = _run(compiler, "--version").splitlines()[0]
        return Kernel(ctypes.CDLL(str(_built(compiler, version))), f"on, built by {version}")
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        reason = getattr(error, "stderr", None) or error
        return Kernel(None, f"off: {compiler} cannot build it: {str(reason).strip()[-300:]}")


def _built(compiler: str, version: str) -> Path:
    """Return the compiled library, from the cache if its source, compiler and processor match."""
    source = _SOURCE.read_bytes()
    parts = (source, version.encode(), " ".join(_FLAGS).encode(), _processor().encode())
    name = f"decode-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:20]}.so"
    folder = _cache_folder()
    target = folder / name
    if target.exists():
        return target
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        draft, code = Path(scratch) / name, Path(scratch) / "decode.cpp"
        code.write_bytes(source)
        _compile(compiler, code, draft)
        draft.replace(target)
    return target


def _compile(compiler: str, code: Path, draft: Path) -> None:
    native = "-mcpu=native" if platform.machine() in ("arm64", "aarch64") else "-march=native"
    command = [compiler, *_FLAGS, native, str(code), "-o", str(draft)]
    try:
        # The SONAME is that of torch's own OpenMP, so that both share its threads.
        _run(*command, "-fopenmp")
    except subprocess.CalledProcessError:
        # Apple's clang has no OpenMP: one thread then.
        _run(*command)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
    return done.stdout


def _processor() -> str:
    """Return what the compiler may rely on: another processor needs another build."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() + platform.machine()
    return next((line for line in lines if line.startswith(("flags", "Features"))), "")


def _cache_folder() -> Path:
    """Return a folder of this user alone; a fresh one where the home cannot be written."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(root) / "hrm-core"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="hrm-core-"))
