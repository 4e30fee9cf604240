"""Seccomp: the system calls that a program may not make, as one classic BPF filter.

Refused calls fail with EPERM, which is a `PermissionError` in Python. All other calls are allowed:
files, memory and processes are limited by other layers.

Source: the kernel's documentation, userspace-api/seccomp_filter.
"""

import ctypes
import errno
from struct import Struct

from hrm_eval._sandbox import syscalls

# No sockets except local ones, no reading or signaling of other processes, no mounts, no
# namespaces, and no kernel interfaces that programs have used to escape from other sandboxes.
_REFUSED = (
    "acct", "add_key", "bpf", "chroot", "clock_adjtime", "clock_settime", "delete_module",
    "fanotify_init", "finit_module", "fsconfig", "fsmount", "fsopen", "fspick", "init_module",
    "io_uring_enter", "io_uring_register", "io_uring_setup", "kcmp", "kexec_file_load",
    "kexec_load", "keyctl", "lookup_dcookie", "memfd_create", "memfd_secret", "migrate_pages",
    "mount", "mount_setattr", "move_mount", "move_pages", "mq_open", "msgctl", "msgget",
    "msgrcv", "msgsnd", "name_to_handle_at", "open_by_handle_at", "open_tree",
    "perf_event_open", "pidfd_getfd", "pivot_root", "process_madvise", "process_vm_readv",
    "process_vm_writev", "ptrace", "quotactl", "reboot", "request_key", "semctl", "semget",
    "semop", "semtimedop", "setdomainname", "sethostname", "setns", "settimeofday", "shmat",
    "shmctl", "shmget", "swapoff", "swapon", "syslog", "umount2", "unshare", "userfaultfd",
    "vhangup",
)  # fmt: skip

# Attributes, flags, locks and watches of files would outlast a program, or be seen by others.
_STATE_OF_FILES = (
    "file_setattr", "flock", "fremovexattr", "fsetxattr", "inotify_add_watch", "inotify_init",
    "inotify_init1", "lremovexattr", "lsetxattr", "removexattr", "removexattrat", "setxattr",
    "setxattrat",
)  # fmt: skip
# FS_IOC_SETFLAGS twice, FS_IOC_FSSETXATTR.
_SET_FLAGS = (0x40086602, 0x40046602, 0x401C5820)
# F_SETLEASE, F_NOTIFY.
_LEASES = (1024, 1026)
_SOCKETS = ("accept", "accept4", "bind", "connect", "listen", "socket")
_SIGNALS_BY_PID = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
_SIGNALS_BY_DESCRIPTOR = ("pidfd_open", "pidfd_send_signal")

# Landlock does not protect modes, owners and times of the user's files.
_CHANGES_OF_MODES = (
    "chmod", "chown", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchownat", "futimesat",
    "lchown", "utime", "utimensat", "utimes",
)  # fmt: skip

# Allowed only for the caller itself, which is process 0. In the first group, the first argument is
# the process. In the second group, the second argument is the target, and the first argument says
# what kind of target that is; the number given here stands for a process.
_FOR_ITSELF = ("sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler")
_FOR_ITSELF_SECOND = (("setpriority", 0), ("ioprio_set", 1))

_NEW_NAMESPACES = (
    syscalls.CLONE_NEWNS | syscalls.CLONE_NEWUTS | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWCGROUP
)  # fmt: skip
_AF_UNIX = 1
_SOCK_DGRAM = 2
_SOCKET_TYPES = 0xF

_ARCHITECTURES = {
    "x86_64": 0xC000003E,
    "amd64": 0xC000003E,
    "aarch64": 0xC00000B7,
    "arm64": 0xC00000B7,
    "riscv64": 0xC00000F3,
}
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_ERRNO = 0x00050000

# Offsets of the call and the architecture in `struct seccomp_data`; see `_argument` for arguments.
_CALL, _ARCHITECTURE = 0, 4

_SET_MODE_FILTER = 1
_NO_SPECULATION_PENALTY = 4

_Instruction = Struct("<HBBI")


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class Filter:
    """A filter that can be installed.

    Args:
        may_signal: Whether a program may signal any process that it sees, not only itself.
        may_change_modes: Whether a program may change modes, owners and times of files.
        may_make_files: Whether it may make files without names in memory.
        may_use_local_sockets: Whether it may use Unix sockets, because it cannot reach any outside.

    Raises:
        OSError: If the numbers of this machine's system calls are unknown.
    """

    def __init__(
        self,
        *,
        may_signal: bool,
        may_change_modes: bool,
        may_make_files: bool = False,
        may_use_local_sockets: bool = False,
    ) -> None:
        self._may_signal = may_signal
        self._may_change_modes = may_change_modes
        self._may_make_files = may_make_files
        self._may_use_local_sockets = may_use_local_sockets
        self._pid_positions: list[int] = []
        self._code: list[tuple[int, int, int, int]] = []
        self._write()
        self._memory = ctypes.create_string_buffer(8 * len(self._code))
        for position, instruction in enumerate(self._code):
            _Instruction.pack_into(self._memory, 8 * position, *instruction)
        self._program = _Program(len(self._code), ctypes.addressof(self._memory))

    def install(self, pid: int) -> None:
        """Filter the calls of this process, whose number is `pid`, and of all that it starts."""
        for position in self._pid_positions:
            code, yes, no, _ = self._code[position]
            _Instruction.pack_into(self._memory, 8 * position, code, yes, no, pid)
        syscalls.call(
            "seccomp",
            ctypes.c_uint(_SET_MODE_FILTER),
            ctypes.c_uint(_NO_SPECULATION_PENALTY),
            ctypes.byref(self._program),
        )

    def _write(self) -> None:
        emit = self._emit
        emit(_LOAD, value=_ARCHITECTURE)
        emit(_EQUAL, yes=1, value=_ARCHITECTURES[syscalls.MACHINE])
        emit(_RETURN, value=_KILL)
        emit(_LOAD, value=_CALL)
        # True on x86-64, where a process could also use the numbers of the x32 ABI.
        if syscalls.number("kill") == 62:
            emit(_AT_LEAST, no=1, value=_X32)
            emit(_RETURN, value=_KILL)
        self._write_conditions()
        # A jump reaches at most 255 instructions, which is more than the number of refused calls.
        names = [*_REFUSED, *_STATE_OF_FILES]
        names += () if self._may_use_local_sockets else _SOCKETS
        names += () if self._may_signal else _SIGNALS_BY_DESCRIPTOR
        names += () if self._may_change_modes else _CHANGES_OF_MODES
        if self._may_make_files:
            names.remove("memfd_create")
        names = [name for name in names if syscalls.number(name) >= 0]
        for left, name in zip(range(len(names), 0, -1), names, strict=True):
            emit(_EQUAL, yes=left, value=syscalls.number(name))
        emit(_RETURN, value=_ALLOW)
        emit(_RETURN, value=_ERRNO | errno.EPERM)

    def _write_conditions(self) -> None:
        """Write the rules that depend on arguments, and the one for clone3."""
        refuse = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
        # At ENOSYS, glibc falls back to clone, whose flags a filter can read.
        self._write_one("clone3", [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])
        allowed_if_zero = [(_EQUAL, 1, 0, 0), refuse]
        self._write_one(
            "clone",
            [self._argument(0), (_ANY_BIT, 0, 1, _NEW_NAMESPACES), refuse],
        )
        # Datagrams could be sent to any socket of the host by its path.
        for name in ("socketpair", *(("socket",) if self._may_use_local_sockets else ())):
            self._write_one(
                name,
                [
                    self._argument(0),
                    (_EQUAL, 1, 0, _AF_UNIX),
                    refuse,
                    self._argument(1),
                    (_AND, 0, 0, _SOCKET_TYPES),
                    (_EQUAL, 0, 1, _SOCK_DGRAM),
                    refuse,
                ],
            )
        for name, refused in (("ioctl", _SET_FLAGS), ("fcntl", _LEASES)):
            body = [self._argument(1)]
            for value in refused:
                body += [(_EQUAL, 0, 1, value), refuse]
            self._write_one(name, body)
        self._write_one("prlimit64", [self._argument(0), *allowed_if_zero])
        for name in _FOR_ITSELF:
            self._write_one(name, [self._argument(0), *allowed_if_zero])
        for name, process in _FOR_ITSELF_SECOND:
            same = [self._argument(0), (_EQUAL, 1, 0, process), refuse]
            self._write_one(name, [*same, self._argument(1), *allowed_if_zero])
        if not self._may_signal:
            for name in _SIGNALS_BY_PID:
                start = len(self._code)
                self._write_one(
                    name,
                    [
                        self._argument(0),
                        # Its own process group.
                        (_EQUAL, 2, 0, 0),
                        # Replaced by the process's own number.
                        (_EQUAL, 1, 0, 0),
                        refuse,
                    ],
                )
                self._pid_positions.append(start + 3)

    def _write_one(self, name: str, body: list[tuple[int, int, int, int]]) -> None:
        """Write the rule for one call: run `body`, and allow the call if `body` does not return."""
        self._emit(_EQUAL, no=len(body) + 1, value=syscalls.number(name))
        self._code += body
        self._emit(_RETURN, value=_ALLOW)

    @staticmethod
    def _argument(index: int) -> tuple[int, int, int, int]:
        """Return the instruction that loads the low half of an argument."""
        return (_LOAD, 0, 0, 16 + 8 * index)

    def _emit(self, code: int, *, yes: int = 0, no: int = 0, value: int = 0) -> None:
        self._code.append((code, yes, no, value))
