"""System calls that Python has no function for, with their numbers, and limits of a process.

Works on Linux only, except `lower_limit`; can be imported anywhere.
"""

import ctypes
import os
import platform
import resource
import sys
from typing import Any

IS_LINUX = sys.platform == "linux"

_libc = ctypes.CDLL(None, use_errno=True)
_syscall = _libc.syscall
_syscall.restype = ctypes.c_long

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
CLONE_NEWCGROUP = 0x02000000

MS_NOSUID = 2
MS_NODEV = 4
MS_NOATIME = 0x400
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_SET_CHILD_SUBREAPER = 36

MOUNT_ATTR_RDONLY = 1
MOUNT_ATTR_NOSUID = 2
_AT_RECURSIVE = 0x8000
_AT_FDCWD = -100

# Numbers of the system calls that this package makes or refuses: on x86-64, then on all newer
# architectures, which share them; -1 where a call does not exist.
MACHINE = platform.machine()
_COLUMNS = {"x86_64": 0, "amd64": 0, "aarch64": 1, "arm64": 1, "riscv64": 1}
_NUMBERS = {
    "accept": (43, 202), "accept4": (288, 242), "acct": (163, 89), "add_key": (248, 217),
    "bind": (49, 200), "bpf": (321, 280), "capset": (126, 91), "chmod": (90, -1),
    "chown": (92, -1), "chroot": (161, 51), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "fchown": (93, 55), "fchownat": (260, 54),
    "fremovexattr": (199, 16), "fsetxattr": (190, 7), "futimesat": (261, -1),
    "ioprio_set": (251, 30), "lchown": (94, -1), "lremovexattr": (198, 15),
    "lsetxattr": (189, 6), "removexattr": (197, 14), "removexattrat": (466, 466),
    "sched_setaffinity": (203, 122), "sched_setattr": (314, 274), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "setpriority": (141, 140), "setxattr": (188, 5),
    "setxattrat": (463, 463), "utime": (132, -1), "utimensat": (280, 88), "utimes": (235, -1),
    "clock_adjtime": (305, 266), "clock_settime": (227, 112), "clone": (56, 220),
    "clone3": (435, 435), "connect": (42, 203), "delete_module": (176, 106),
    "fanotify_init": (300, 262), "finit_module": (313, 273), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fsopen": (430, 430), "fspick": (433, 433),
    "init_module": (175, 105), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425), "kcmp": (312, 272), "kexec_file_load": (320, 294),
    "kexec_load": (246, 104), "keyctl": (250, 219), "kill": (62, 129),
    "landlock_add_rule": (445, 445), "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446), "listen": (50, 201), "lookup_dcookie": (212, 18),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "migrate_pages": (256, 238),
    "mount": (165, 40), "mount_setattr": (442, 442), "move_mount": (429, 429),
    "move_pages": (279, 239), "mq_open": (240, 180), "msgget": (68, 186),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "open_tree": (428, 428),
    "perf_event_open": (298, 241), "pidfd_getfd": (438, 438), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pivot_root": (155, 41), "prlimit64": (302, 261),
    "process_madvise": (440, 440), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "quotactl": (179, 60),
    "reboot": (169, 142), "request_key": (249, 218), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "seccomp": (317, 277), "semget": (64, 190),
    "setdomainname": (171, 162), "sethostname": (170, 161), "setns": (308, 268),
    "settimeofday": (164, 170), "shmget": (29, 194), "socket": (41, 198),
    "socketpair": (53, 199), "swapoff": (168, 225), "swapon": (167, 224),
    "syslog": (103, 116), "tgkill": (234, 131), "tkill": (200, 130), "umount2": (166, 39),
    "unshare": (272, 97), "userfaultfd": (323, 282), "vhangup": (153, 58),
    "fcntl": (72, 25), "file_setattr": (469, 469), "flock": (73, 32),
    "inotify_add_watch": (254, 27), "inotify_init": (253, -1), "inotify_init1": (294, 26),
    "ioctl": (16, 29), "msgctl": (71, 187), "msgrcv": (70, 188), "msgsnd": (69, 189),
    "semctl": (66, 191), "semop": (65, 193), "semtimedop": (220, 192), "shmat": (30, 196),
    "shmctl": (31, 195),
}  # fmt: skip


def number(name: str) -> int:
    """Return the number of a system call on this machine, or -1 if it has no such call.

    Raises:
        OSError: If the numbers for this machine are unknown.
    """
    if MACHINE not in _COLUMNS:
        raise OSError(f"the system calls of {MACHINE} are not known")
    return _NUMBERS[name][_COLUMNS[MACHINE]]


def call(name: str, *arguments: Any) -> int:
    """Make a system call and return its result.

    Raises:
        OSError: If the call fails.
    """
    return checked(name, _syscall(ctypes.c_long(number(name)), *arguments))


def checked(name: str, result: int) -> int:
    """Return the result of a call that sets `errno`.

    Raises:
        OSError: If the result is negative.
    """
    if result < 0:
        error = ctypes.get_errno()
        message = f"{name}: {os.strerror(error)}"
        raise OSError(error, message)
    return result


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process."""
    zeros = [ctypes.c_ulong(0)] * 3
    checked("prctl", _libc.prctl(option, ctypes.c_ulong(value), *zeros))


def unshare(flags: int) -> None:
    """Move this process into new namespaces."""
    checked("unshare", _libc.unshare(flags))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount a file system."""
    words = [ctypes.c_char_p(os.fsencode(w)) if w else None for w in (source, target, kind)]
    data = ctypes.c_char_p(options.encode()) if options else None
    checked(f"mount {target}", _libc.mount(*words, ctypes.c_ulong(flags), data))


def unmount(target: str) -> None:
    """Detach a mount; it disappears with its last user."""
    checked(f"umount {target}", _libc.umount2(ctypes.c_char_p(os.fsencode(target)), MNT_DETACH))


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]


def make_read_only(target: str, *, recursive: bool = True) -> None:
    """Make a mount, by default with all mounts below it, read-only and ignore set-user-id bits."""
    attributes = _MountAttributes(set=MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID)
    call(
        "mount_setattr",
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(target)),
        ctypes.c_uint(_AT_RECURSIVE if recursive else 0),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )


def pivot_root(folder: str) -> None:
    """Make a mounted folder the root, and unmount the old root."""
    os.chdir(folder)
    here = ctypes.c_char_p(b".")
    call("pivot_root", here, here)
    unmount(".")
    os.chdir("/")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


_V3 = _CapabilityHeader(version=0x20080522, pid=0)
_NO_CAPABILITIES = (ctypes.c_uint32 * 6)()
_CAPSET = number("capset") if MACHINE in _COLUMNS else -1


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    result = _syscall(ctypes.c_long(_CAPSET), ctypes.byref(_V3), ctypes.byref(_NO_CAPABILITIES))
    checked("capset", result)


def lower_limit(kind: int, soft: int, hard: int) -> None:
    """Set a resource limit of this process, but never above the hard limit that it already has."""
    _, present = resource.getrlimit(kind)
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    resource.setrlimit(kind, (soft, hard))
