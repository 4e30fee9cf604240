"""Building and loading the decoding kernel. Needs no torch.

The source is compiled for this very processor at first use, with the first C++ compiler that can,
and kept in the user's cache folder, if nobody else can write there. `HRM_KERNEL=off` does without;
`CXX` names a compiler.
"""

import ctypes
import hashlib
import os
import platform
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

_SOURCE = files("hrm_core.kernels") / "decode.cpp"
_FLAGS = ("-O3", "-std=c++17", "-fPIC", "-shared", "-fno-math-errno")
_NATIVE = "-mcpu=native" if platform.machine() in ("arm64", "aarch64") else "-march=native"
# Torch's OpenMP has the same name as the compiler's where both are GNU's, and is then shared.
_EXTRAS = ((_NATIVE, "-fopenmp"), ("-fopenmp",), (_NATIVE,), ())
_COMPILERS = ("c++", "g++", "clang++")
_FUNCTIONS = (
    "hrm_has_threads",
    "hrm_panel_width",
    "hrm_scratch_floats",
    "hrm_run_blocks",
    "hrm_linear",
)
_SWITCH = "HRM_KERNEL"
_SECONDS = 300

_FAILURES = (OSError, subprocess.SubprocessError, AttributeError, IndexError)


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
    named = shlex.split(os.environ.get("CXX", ""))
    found = [[path] for path in map(shutil.which, _COMPILERS) if path is not None]
    compilers = [named] if named else found
    state = "off: no C++ compiler found. Install one, such as g++, for fast CPUs"
    for compiler in compilers:
        try:
            return _load(compiler)
        except _FAILURES as error:
            reason = str(getattr(error, "stderr", None) or error).strip()
            state = f"off: {' '.join(compiler)} cannot build it: {reason[-300:]}"
    return Kernel(None, state)


def _load(compiler: list[str]) -> Kernel:
    """Load the library of a compiler from the cache, or build it."""
    version = _run(*compiler, "--version").splitlines()[0]
    parts = (_SOURCE.read_bytes(), version.encode(), " ".join(compiler).encode())
    digest = hashlib.sha256(b"|".join((*parts, _processor().encode()))).hexdigest()[:20]
    folder = _cache_folder()
    for path in sorted(folder.glob(f"decode-{digest}-*.so")) if folder else ():
        if _is_whole(path):
            return _opened(path, version)
        path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        draft = _compiled(compiler, Path(scratch))
        # Loaded before it is kept; a loaded library may be removed.
        kernel = _opened(draft, version)
        if folder:
            threads = "many" if _is_threaded(kernel) else "one"
            # Its size is in its name: a library that was cut off would end the process.
            draft.replace(folder / f"decode-{digest}-{threads}-{draft.stat().st_size}.so")
        return kernel


def _is_whole(path: Path) -> bool:
    found = path.lstat()
    size = int(path.stem.rpartition("-")[2])
    return stat.S_ISREG(found.st_mode) and found.st_size == size and _is_private(found)


def _opened(path: Path, version: str) -> Kernel:
    library = ctypes.CDLL(str(path))
    for name in _FUNCTIONS:
        getattr(library, name)
    note = "" if _is_threaded(Kernel(library, "")) else ", one thread for lack of OpenMP"
    return Kernel(library, f"on, built by {version}{note}")


def _is_threaded(kernel: Kernel) -> bool:
    return bool(kernel.library and kernel.library.hrm_has_threads())


def _compiled(compiler: list[str], folder: Path) -> Path:
    """Compile with as many of the extra flags as the compiler knows."""
    draft, code = folder / "decode.so", folder / "decode.cpp"
    code.write_bytes(_SOURCE.read_bytes())
    for extra in _EXTRAS:
        try:
            _run(*compiler, *_FLAGS, *extra, str(code), "-o", str(draft))
        except subprocess.CalledProcessError:
            if not extra:
                raise
        else:
            break
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    return draft


def _run(*command: str) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return done.stdout


def _processor() -> str:
    """Return what the compiler may rely on: another processor needs another build."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() + platform.machine()
    return next((line for line in lines if line.startswith(("flags", "Features"))), "")


def _cache_folders() -> Iterator[Path]:
    if root := os.environ.get("XDG_CACHE_HOME"):
        yield Path(root)
        return
    try:
        yield Path.home() / ".cache"
    except RuntimeError:
        # A user without a home.
        return


def _cache_folder() -> Path | None:
    """Return a folder that this user alone can write; None if there is none."""
    for root in _cache_folders():
        folder = root / "hrm-core"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and _is_private(found) and os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return None


def _is_private(found: os.stat_result) -> bool:
    return found.st_uid == os.getuid() and not found.st_mode & 0o022
