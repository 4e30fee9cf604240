"""The layers of isolation around a process; one that the machine does not offer is reported.

The order matters. First comes what needs the harness's user or view of the host: the cgroups and,
if the harness is root, the new root folder. Then come the change of user, the namespaces and the
other mounts, then limits, and last Landlock and seccomp. The box itself is under all layers too,
and candidates inherit them, provided that programs then cannot reach into the box. Otherwise each
candidate enters Landlock or seccomp itself.

A judge enters the same layers once it has started its box, since a test may run what a program
returned. It stays in the harness's process namespace and outside the cgroups of its programs.
"""

import itertools
import os
import resource
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from hrm_eval._sandbox import syscalls
from hrm_eval._sandbox.isolation import landlock, seccomp
from hrm_eval._sandbox.layer import NAMESPACES, Layer
from hrm_eval._sandbox.syscalls import IS_LINUX, lower_limit
from hrm_eval._sandbox.wire.control import Settings

_BOX = "/box"
# The folders that a program may write to, and their shares of the quota.
WRITABLE = {"tmp": 0.75, "shm": 0.25}

# Packages that lie in a temporary folder are mounted elsewhere, since a program has its own
# temporary folders.
_PACKAGES = "/packages"
_TEMPORARY = ("/tmp/", "/dev/shm/", f"{_BOX}/")

# The new root is built here, in a new mount namespace; programs need nothing from this folder.
_NEW_ROOT = "/sys"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/mime.types")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

# The user that programs run as: the number inside their namespace, and the first number outside,
# to which the box's process number is added. The latter is used where the harness is root.
_INSIDE_ID = 1000
_FIRST_UNPRIVILEGED_ID = 1_900_000_000

_MAX_OPEN_FILES = 256
MAX_INODES = 20_000

# Address space beyond the soft limit, so that a candidate whose program has used up all memory can
# still report that.
_RESERVE_BYTES = 64 * 2**20


class NamespaceError(OSError):
    """Entering namespaces failed half-way, so this process cannot be used any more."""


class Layers:
    """The layers that are in force, and why the others are not.

    Args:
        settings: Settings of the worker.
        is_judge: Whether a judge enters the layers, and not a box.

    Attributes:
        missing: Layers that are not in force, with the reason.
        home: Folder that programs run in.
        may_signal: Whether programs may send signals, because these cannot leave the box.
        host_names: What the host has in its root folder.
    """

    # Not a dataclass: `dataclasses` imports `inspect`, which makes every fork slower.

    def __init__(self, settings: Settings, *, is_judge: bool = False) -> None:
        self.settings = settings
        self.missing: dict[str, str] = {}
        self.home = settings.judge_folder if is_judge else settings.folder
        self.may_signal = False
        self.host_names = os.listdir("/")
        self._is_judge = is_judge
        self._moved: dict[str, str] = {}
        self._ruleset = -1
        self._filter: Any = None
        self._state: list[int] | None = []
        self._folders: tuple[str, ...] = ()
        self._in_memory = False

    @contextmanager
    def _try(self, *layers: Layer) -> Iterator[None]:
        """Record the layers as missing, with the reason, if the block fails."""
        try:
            yield
        except NamespaceError:
            raise
        except (OSError, ValueError, AttributeError) as error:
            for layer in layers:
                self.missing.setdefault(layer.value, str(error))

    def enter(self) -> None:
        """Enter all layers except those that each candidate has to enter itself.

        With a process namespace, the calling process ends here, and a child continues as process 1;
        a judge stays itself.

        Raises:
            NamespaceError: If this process got stuck half-way; try again without namespaces.
        """
        if not self._is_judge:
            with self._try(Layer.CGROUP):
                self._join_cgroups()
        if not IS_LINUX:
            for layer in (
                *NAMESPACES,
                Layer.NO_NEW_PRIVILEGES,
                Layer.UNPRIVILEGED_USER,
                Layer.SECCOMP,
                Layer.LANDLOCK,
                Layer.MOUNT_NAMESPACE,
                Layer.FOLDER_QUOTA,
                Layer.HIDDEN_ANSWERS,
            ):
                self.missing[layer.value] = f"{sys.platform} has none"
        else:
            self._enter_namespaces()
            with self._try(Layer.NO_NEW_PRIVILEGES):
                syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
            with self._try(Layer.PID_NAMESPACE):
                syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
                syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
        if not self.home:
            # The harness makes a folder and starts another box.
            return
        os.chdir(self.home)
        with self._try(Layer.RLIMITS):
            self._set_limits()
        if IS_LINUX:
            with self._try(Layer.LANDLOCK):
                self._restrict_files()
            if {Layer.MOUNT_NAMESPACE, Layer.LANDLOCK} <= self.missing.keys():
                self.missing[Layer.HIDDEN_ANSWERS] = "needs mount_namespace or landlock"
            syscalls.drop_capabilities()
            with self._try(Layer.SECCOMP):
                self._filter_calls()
        if not self._is_judge:
            self._folders = self.writable_folders
            self._in_memory = Layer.MOUNT_NAMESPACE not in self.missing
            self._reset_times()

    @property
    def package_folders(self) -> list[str]:
        """Folders of the packages that programs may import."""
        return [self._moved.get(path, path) for path in self.settings.package_folders]

    @property
    def is_scoped(self) -> bool:
        """Whether Landlock keeps this process from signaling any but its own descendants."""
        is_restricted = self._is_judge and Layer.LANDLOCK not in self.missing
        return is_restricted and landlock.version() >= 6

    def confine(self) -> None:
        """Enter the remaining layers; called in each candidate."""
        if self._ruleset >= 0:
            landlock.restrict(self._ruleset)
        if self._filter is not None:
            self._filter.install(os.getpid())

    def renew(self) -> None:
        """Empty the writable folders, if the program left anything in them.

        Raises:
            OSError: If they cannot be emptied.
        """
        if self._read_state() != self._state:
            for folder in self._folders:
                _empty(folder)
            self._reset_times()

    def _reset_times(self) -> None:
        """Set the times of the writable folders, so that they tell nothing of earlier programs."""
        for folder in self._folders:
            os.utime(folder, (0, 0))
        self._state = self._read_state()

    def file_bytes(self) -> int:
        """Return the memory of the files in the writable folders; 0 if they lie on a disk."""
        if Layer.MOUNT_NAMESPACE in self.missing:
            return 0
        spaces = map(os.statvfs, self.writable_folders)
        return sum((space.f_blocks - space.f_bfree) * space.f_frsize for space in spaces)

    def remove_folder(self) -> None:
        """Remove the folder on the host's disk, as far as that is permitted."""
        os.chdir("/")
        try:
            _empty(self.home)
            os.rmdir(self.home)
        except OSError:
            return

    @property
    def writable_folders(self) -> tuple[str, ...]:
        """The folders that a program may write to."""
        if Layer.MOUNT_NAMESPACE in self.missing:
            return (self.home,)
        return self.home, f"{_BOX}/shm"

    def _read_state(self) -> list[int] | None:
        """Return a state that changes if the writable folders do; None if they cannot be read.

        A change within one tick of the clock leaves `st_ctime` as it is. The size of a folder in
        memory, or else the number of its files, tells whether anything is left in it.
        """
        state: list[int] = []
        try:
            for folder in self._folders:
                status = os.stat(folder)
                state += status[:7]
                state += (status.st_atime_ns, status.st_mtime_ns, status.st_ctime_ns)
                if not self._in_memory:
                    state.append(len(os.listdir(folder)))
        except PermissionError:
            return None
        return state

    def _join_cgroups(self) -> None:
        if not self.settings.cgroups:
            raise OSError("not permitted")
        for path in self.settings.cgroups:
            with open(path, "wb", buffering=0) as file:
                file.write(b"0")

    def _enter_namespaces(self) -> None:
        mounts = (Layer.MOUNT_NAMESPACE, Layer.FOLDER_QUOTA)
        has_root = False
        if not self.settings.has_namespaces:
            for layer in (*NAMESPACES, *mounts):
                self.missing[layer.value] = "namespaces are not permitted"
        elif os.geteuid() == 0:
            # The interpreter may lie in a folder that is closed to other users. Only root can mount
            # it so that programs reach it.
            with self._try(*mounts):
                syscalls.unshare(syscalls.CLONE_NEWNS)
                self._build_root()
                has_root = True
        with self._try(Layer.UNPRIVILEGED_USER):
            self._become_unprivileged(is_readable=has_root)
        if self.settings.has_namespaces:
            with self._try(*NAMESPACES):
                self._unshare()
                if not has_root:
                    self._clear_missing(*mounts)
                    with self._try(*mounts):
                        self._build_root()
                        has_root = True
                if has_root:
                    try:
                        self._mount_private()
                    except OSError as error:
                        raise NamespaceError(error.errno, str(error)) from error

    def _clear_missing(self, *layers: Layer) -> None:
        """Remove layers from `missing`, before another attempt."""
        for layer in layers:
            self.missing.pop(layer.value, None)

    def _become_unprivileged(self, *, is_readable: bool) -> None:
        """Change from root to an unprivileged user, if the interpreter stays readable."""
        if os.geteuid() != 0:
            return
        if not is_readable and not _is_open_to_all(self.settings.read_only):
            raise OSError("programs run as root: the interpreter's folder is closed to other users")
        user = _FIRST_UNPRIVILEGED_ID + os.getpid()
        if not is_readable:
            os.chown(self.home, user, user)
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)

    def _unshare(self) -> None:
        uid, gid = os.geteuid(), os.getegid()
        syscalls.unshare(
            syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWNS | syscalls.CLONE_NEWNET
            | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS
            | (0 if self._is_judge else syscalls.CLONE_NEWPID)
        )  # fmt: skip
        try:
            for name, text in (
                ("setgroups", b"deny"),
                ("uid_map", b"%d %d 1" % (_INSIDE_ID, uid)),
                ("gid_map", b"%d %d 1" % (_INSIDE_ID, gid)),
            ):
                with open(f"/proc/self/{name}", "wb", buffering=0) as file:
                    file.write(text)
            if self._is_judge:
                return
            if os.fork():
                os._exit(0)
        except OSError as error:
            raise NamespaceError(error.errno, f"user namespace: {error}") from error
        self.may_signal = True

    def _host_paths(self) -> list[str]:
        """Return the host's paths that programs may read or use; none lies inside another."""
        paths: list[str] = []
        wanted = (*_SYSTEM, *_SYSTEM_FILES, *_DEVICES, *sorted(self.settings.read_only))
        for path in wanted:
            is_inside = any(path == outer or path.startswith(f"{outer}/") for outer in paths)
            if os.path.exists(path) and not os.path.islink(path) and not is_inside:
                paths.append(path)
        return paths

    def _build_root(self) -> None:
        """Change to a new root that has only what programs may see, all of it read-only."""
        syscalls.mount("", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
        os.umask(0o022)
        syscalls.mount("root", _NEW_ROOT, "tmpfs", syscalls.MS_NOSUID, "size=1m,mode=755")
        try:
            self._fill_root(_NEW_ROOT)
            syscalls.pivot_root(_NEW_ROOT)
            syscalls.make_read_only("/", recursive=False)
        except OSError:
            os.chdir("/")
            syscalls.unmount(_NEW_ROOT)
            raise

    def _fill_root(self, root: str) -> None:
        for path in self._host_paths():
            place = path
            if path.startswith(_TEMPORARY) and path in self.settings.package_folders:
                place = f"{_PACKAGES}/{len(self._moved)}"
                self._moved[path] = place
            self._bind(path, root + place, is_device=path in _DEVICES)
        for path in self.settings.hidden:
            _cover(root + self._place(path))
        links = {path: os.readlink(path) for path in _SYSTEM if os.path.islink(path)}
        links["/tmp"] = f"{_BOX}/tmp"
        links["/dev/shm"] = f"{_BOX}/shm"
        links["/dev/fd"] = "/proc/self/fd"
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            links[f"/dev/{name}"] = f"/proc/self/fd/{number}"
        for path, target in links.items():
            os.makedirs(os.path.dirname(root + path), exist_ok=True)
            # Exists already if the interpreter lies in /tmp.
            if not os.path.lexists(root + path):
                os.symlink(target, root + path)
        for name in WRITABLE:
            os.makedirs(f"{root}{_BOX}/{name}")
        # The kernel permits a new /proc only where the process already sees one.
        os.mkdir(f"{root}/proc")
        syscalls.mount("/proc", f"{root}/proc", flags=syscalls.MS_BIND | syscalls.MS_REC)

    def _place(self, path: str) -> str:
        """Return where a path of the host lies in the new root."""
        for outer, place in self._moved.items():
            if path.startswith(f"{outer}/"):
                return place + path.removeprefix(outer)
        return path

    def _mount_private(self) -> None:
        """Mount /proc, which shows the processes of this box, and its folders."""
        flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
        try:
            syscalls.mount("proc", "/proc", "proc", flags)
        except OSError:
            # Refused where parts of the host's /proc are hidden, and to judges, which have no
            # process namespace; they then get an empty one.
            syscalls.mount("none", "/proc", "tmpfs", flags, "size=0,mode=555")
        self._mount_folders()
        self.home = f"{_BOX}/tmp"

    @staticmethod
    def _bind(source: str, target: str, *, is_device: bool) -> None:
        if os.path.isdir(source):
            os.makedirs(target, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
        syscalls.mount(source, target, flags=syscalls.MS_BIND | syscalls.MS_REC)
        if not is_device:
            syscalls.make_read_only(target)

    def _mount_folders(self) -> None:
        """Mount the folders that a program may write to; their parent is read-only."""
        flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOATIME
        for name, share in WRITABLE.items():
            size = int(share * self.settings.quota_bytes)
            options = f"size={size},nr_inodes={MAX_INODES},mode=700"
            syscalls.mount("box", f"{_BOX}/{name}", "tmpfs", flags, options)

    def _set_limits(self) -> None:
        """Set the resource limits that programs inherit; each candidate sets that of CPU time."""
        settings = self.settings
        if sys.platform != "darwin":
            size = _address_space() + settings.address_space_bytes
            lower_limit(resource.RLIMIT_AS, size, size + _RESERVE_BYTES)
        lower_limit(resource.RLIMIT_FSIZE, settings.file_bytes, settings.file_bytes)
        lower_limit(resource.RLIMIT_CORE, 0, 0)
        lower_limit(resource.RLIMIT_NOFILE, _MAX_OPEN_FILES, _MAX_OPEN_FILES)
        processes = settings.max_processes
        if Layer.USER_NAMESPACE in self.missing:
            processes += _count_processes()
        lower_limit(resource.RLIMIT_NPROC, processes, processes)

    def _filter_calls(self) -> None:
        """Filter the system calls of the box, and so of the candidates, which inherit the filter.

        Installing takes long, so it is done once. Only if the filter depends on the process number,
        or would forbid what the box itself has to do, each candidate installs it instead.
        """
        has_private_files = Layer.MOUNT_NAMESPACE not in self.missing
        call_filter = seccomp.Filter(
            may_signal=self.may_signal,
            may_change_modes=has_private_files,
            may_use_local_sockets=has_private_files and Layer.NETWORK_NAMESPACE not in self.missing,
        )
        if self._is_judge:
            # It ends its forks, which get the strict filter, and makes the outputs of programs.
            seccomp.Filter(
                may_signal=True, may_change_modes=has_private_files, may_make_files=True
            ).install(os.getpid())
            self._filter = call_filter
        elif self.may_signal and has_private_files:
            call_filter.install(os.getpid())
        else:
            self._filter = call_filter

    def _restrict_files(self) -> None:
        """Restrict the files of the box too, if programs under the same rules cannot attack it.

        Programs cannot attack process 1 of a namespace: they cannot signal it, and as it is not
        dumpable, they can neither trace nor read it. Any other box stays unrestricted, and each
        candidate restricts itself.

        A judge restricts itself, and each of its forks again, so that they cannot attack it.
        """
        self._make_ruleset()
        if self._is_judge:
            landlock.restrict(self._ruleset)
        elif Layer.PID_NAMESPACE not in self.missing:
            landlock.restrict(self._ruleset)
            os.close(self._ruleset)
            self._ruleset = -1

    def _make_ruleset(self) -> None:
        # In a new root, hidden paths are covered already.
        hidden = self.settings.hidden if Layer.MOUNT_NAMESPACE in self.missing else ()
        rules = [
            rule
            for path in (*_SYSTEM, *_SYSTEM_FILES, *self.settings.read_only)
            for rule in _rules_beneath(os.path.realpath(path), hidden)
        ]
        rules += [(path, landlock.USE_DEVICE) for path in _DEVICES]
        rules.append((self.home, landlock.WRITE))
        if Layer.MOUNT_NAMESPACE not in self.missing:
            rules += [(f"{_BOX}/shm", landlock.WRITE)]
            rules += [(path, landlock.READ) for path in ("/proc", _PACKAGES)]
        self._ruleset = landlock.make_ruleset(rules)
        if landlock.version() >= 6:
            self.may_signal = True


def _cover(path: str) -> None:
    """Cover a file or folder with an empty one."""
    if os.path.isdir(path):
        flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
        syscalls.mount("none", path, "tmpfs", flags, "size=4k,mode=555")
        syscalls.make_read_only(path)
    elif os.path.exists(path):
        syscalls.mount("/dev/null", path, flags=syscalls.MS_BIND)


def _rules_beneath(path: str, hidden: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield rules that permit to read everything beneath a path except hidden paths.

    Landlock can take no right away again, so the neighbors of hidden paths are named one by one.
    """
    if path in hidden or os.path.islink(path):
        return
    if not any(inner.startswith(f"{path}/") for inner in hidden):
        yield path, landlock.READ
        return
    yield path, landlock.READ_DIR
    for name in os.listdir(path):
        yield from _rules_beneath(f"{path}/{name}", hidden)


def _address_space() -> int:
    """Return the bytes of address space that this process uses, or 0 if unknown."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _count_processes() -> int:
    """Return how many processes this user has, or 0 if unknown."""
    uid, count = os.geteuid(), 0
    for name in os.listdir("/proc") if IS_LINUX else ():
        if name.isdecimal():
            try:
                count += os.stat(f"/proc/{name}").st_uid == uid
            except OSError:
                continue
    return count


def _is_open_to_all(folders: tuple[str, ...]) -> bool:
    """Whether every user may enter the folders and all folders above them."""
    for folder in folders:
        path = folder
        while True:
            if not os.stat(path).st_mode & 0o001:
                return False
            if path in ("/", ""):
                break
            path = os.path.dirname(path)
    return True


def _empty(folder: str) -> None:
    """Remove everything in a folder, at any depth and with any modes.

    Nested folders are moved into the outermost one, so that no path gets too long.
    """
    os.chmod(folder, 0o700)
    # Random, so that no program can have used the name.
    new_names = (f".{os.urandom(8).hex()}" for _ in itertools.count())
    while names := os.listdir(folder):
        for name in names:
            path = f"{folder}/{name}"
            if os.path.islink(path) or not os.path.isdir(path):
                os.unlink(path)
                continue
            os.chmod(path, 0o700)
            for inner in os.listdir(path):
                if not os.path.islink(f"{path}/{inner}") and os.path.isdir(f"{path}/{inner}"):
                    # Moving a folder needs the right to write into it.
                    os.chmod(f"{path}/{inner}", 0o700)
                os.rename(f"{path}/{inner}", f"{folder}/{next(new_names)}")
            os.rmdir(path)
