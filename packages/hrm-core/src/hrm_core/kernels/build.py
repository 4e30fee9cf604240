"""Builds and loads the decoding kernel. Needs no torch.

The source is compiled for the current processor at first use, with the first C++ compiler that
succeeds. The library is kept in the user's cache folder if nobody else can write there.
`HRM_KERNEL=off` disables the kernel; `CXX` chooses a compiler.
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
# If torch's OpenMP and the compiler's are both GNU's, the process loads and shares one library.
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
    """Result of building.

    Attributes:
        library: The loaded kernel, or None.
        state: Text for the user: how it was built, or why there is none and how to get one.
    """

    library: ctypes.CDLL | None
    state: str


@cache
def load_kernel() -> Kernel:
    """Return the kernel, built if necessary; later calls return the same one."""
    switch = os.environ.get(_SWITCH, "")
    if switch.casefold() in ("off", "0", "false", "no"):
        return Kernel(None, f"off: {_SWITCH}={switch} is set")
    if os.name == "nt":
        return Kernel(None, "off: it is not built on Windows")
    try:
        named = shlex.split(os.environ.get("CXX", ""))
    except ValueError as error:
        return Kernel(None, f"off: CXX={os.environ['CXX']} is no command: {error}")
    installed = [[path] for path in map(shutil.which, _COMPILERS) if path is not None]
    compilers = [named] if named else installed
    state = "off: no C++ compiler found. Install one, such as g++, to decode faster"
    for compiler in compilers:
        try:
            return _load(compiler)
        except _FAILURES as error:
            reason = str(getattr(error, "stderr", None) or error).strip()
            state = f"off: {' '.join(compiler)} cannot build it: {reason[-300:]}"
    return Kernel(None, state)


def _load(compiler: list[str]) -> Kernel:
    """Load the library of a compiler from the cache folder, or build it."""
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
        # Whatever the umask: a library that others can write to is not loaded.
        draft.chmod(0o700)
        # Load the draft first: only a library that loads is kept.
        kernel = _opened(draft, version)
        if folder:
            threads = "many" if _is_threaded(kernel) else "one"
            # The name contains the size, because loading a truncated library kills the process.
            draft.replace(folder / f"decode-{digest}-{threads}-{draft.stat().st_size}.so")
        return kernel


def _is_whole(path: Path) -> bool:
    """Whether a library has the size in its name, and only this user can write to it."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        # Another process has just removed it.
        return False
    size = int(path.stem.rpartition("-")[2])
    return stat.S_ISREG(status.st_mode) and status.st_size == size and _is_private(status)


def _opened(path: Path, version: str) -> Kernel:
    library = ctypes.CDLL(str(path))
    for name in _FUNCTIONS:
        getattr(library, name)
    note = "" if _is_threaded(Kernel(library, "")) else ", one thread for lack of OpenMP"
    return Kernel(library, f"on, built by {version}{note}")


def _is_threaded(kernel: Kernel) -> bool:
    return bool(kernel.library and kernel.library.hrm_has_threads())


def _compiled(compiler: list[str], folder: Path) -> Path:
    """Compile with as many of the extra flags as the compiler supports."""
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
    """Return the features of the processor; another processor needs another build."""
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
    """Return a folder that only this user can write to, or None."""
    for root in _cache_folders():
        folder = root / "hrm-core"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.lstat()
            if stat.S_ISDIR(status.st_mode) and _is_private(status) and os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return None


def _is_private(status: os.stat_result) -> bool:
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
