"""Two programs in a row share nothing: the second sees the same with and without the first."""

from collections.abc import Iterator

import pytest

from hrm_datasets import Problem
from hrm_eval.sandbox import Limits, Sandbox

# Tries to change everything that it can reach; each failure is fine.
CHANGE = """
import fcntl, os, resource, signal, socket, struct, sys, time

def attempt(function, *arguments):
    try:
        return function(*arguments)
    except (OSError, ValueError, AttributeError, struct.error):
        return None

folders = [".", os.environ["HOME"], "/tmp", "/dev/shm"]
for descriptor in (0, 1, 2):
    attempt(os.write, descriptor, b"x" * 5000)
    attempt(os.lseek, descriptor, 17, os.SEEK_SET)
    for flags in (os.O_APPEND, os.O_NONBLOCK, os.O_ASYNC):
        old = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        attempt(fcntl.fcntl, descriptor, fcntl.F_SETFL, old | flags)
    attempt(fcntl.fcntl, descriptor, fcntl.F_SETOWN, os.getpid())
    attempt(fcntl.fcntl, descriptor, 10, signal.SIGURG)  # F_SETSIG
    attempt(fcntl.fcntl, descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    attempt(fcntl.fcntl, descriptor, 1033, 15)  # F_ADD_SEALS
    attempt(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    attempt(fcntl.lockf, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    attempt(os.fchmod, descriptor, 0o4711)
    attempt(os.setxattr, descriptor, "user.state", b"x" * 4000)
    attempt(os.utime, descriptor, (5, 5))
for folder in folders:
    attempt(os.utime, folder, (12345, 12345))
    attempt(os.setxattr, folder, "user.state", b"x" * 4000)
    attempt(os.chmod, folder, 0o1770)
    attempt(os.mkdir, folder + "/left")
    attempt(os.symlink, "x", folder + "/link")
    descriptor = attempt(os.open, folder, os.O_RDONLY)
    if descriptor is not None:
        for request in (0x40086602, 0x401C5820):
            attempt(fcntl.ioctl, descriptor, request, struct.pack("q", 0x40) + bytes(24))
        attempt(fcntl.flock, descriptor, fcntl.LOCK_EX)
        attempt(fcntl.fcntl, descriptor, fcntl.F_NOTIFY, fcntl.DN_CREATE)
os.umask(0o777)
attempt(os.nice, 3)
attempt(os.sched_setaffinity, 0, {0})
attempt(resource.setrlimit, resource.RLIMIT_NOFILE, (64, 64))
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
attempt(socket.sethostname, "changed")
os.environ["STATE"] = "1"
for name in ("/proc/self/oom_score_adj", "/proc/self/comm", "/proc/sys/kernel/hostname"):
    try:
        with open(name, "w") as file:
            file.write("7")
    except OSError:
        pass
sys.modules["json"] = None
if os.fork() == 0:
    os.setsid()
    time.sleep(99)

def f():
    return ""
"""

# Returns all that it can see of what the program before could have changed.
OBSERVE = """
import fcntl, os, resource, signal, socket, stat

def look(function, *arguments):
    try:
        return function(*arguments)
    except (OSError, ValueError, AttributeError) as error:
        return type(error).__name__

def describe(path):
    status = os.stat(path)
    return [status.st_mode, status.st_size, status.st_uid, status.st_gid, status.st_nlink,
            status.st_blocks]

def f(part):
    import json
    seen = {}
    for descriptor in (0, 1, 2):
        seen[f"descriptor {descriptor}"] = [
            describe(descriptor),
            look(os.lseek, descriptor, 0, os.SEEK_CUR),
            fcntl.fcntl(descriptor, fcntl.F_GETFL),
            look(fcntl.fcntl, descriptor, fcntl.F_GETOWN),
            look(fcntl.fcntl, descriptor, 11),  # F_GETSIG
            look(fcntl.fcntl, descriptor, fcntl.F_GETLEASE),
            look(fcntl.fcntl, descriptor, 1034),  # F_GET_SEALS
            look(os.listxattr, descriptor),
        ]
    is_private = os.environ["HOME"].startswith("/box")
    for folder in (".", "/tmp", "/dev/shm") if is_private else (".",):
        space = look(os.statvfs, folder)
        seen[folder] = [
            look(describe, folder), look(os.listdir, folder), look(os.listxattr, folder),
            os.stat(folder).st_mtime,
            # On the host's disk, looking changes it.
            [os.stat(folder).st_atime, space.f_bfree, space.f_ffree] if is_private else None,
        ]
        descriptor = look(os.open, folder, os.O_RDONLY)
        if isinstance(descriptor, int):
            seen[folder].append(str(look(fcntl.ioctl, descriptor, 0x80086601, bytes(8))))
            os.close(descriptor)
    old = os.umask(0)
    seen["process"] = [
        old, os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0)),
        [resource.getrlimit(n) for n in range(16)
         if n not in (resource.RLIMIT_AS, resource.RLIMIT_NPROC)],
        str(signal.getsignal(signal.SIGUSR1)), str(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        socket.gethostname(), dict(os.environ), os.getcwd(), look(os.listdir, "/dev/fd"),
    ]
    seen["processes"] = (
        sum(name.isdecimal() for name in os.listdir("/proc")) if os.getppid() == 1 else None
    )
    return json.dumps(seen.get(part))
"""


PARTS = [*(f"descriptor {n}" for n in range(3)), ".", "/tmp", "/dev/shm", "process", "processes"]


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(Limits(), workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


def observe(sandbox: Sandbox) -> dict[str, str]:
    seen = {}
    for part in PARTS:
        test = f"assert False, '[' '[' + f({part!r}) + ']' ']'"
        problem = Problem(task_id="toy/1", text="", entry_point="f", tests=(test,))
        message = sandbox.judge(OBSERVE, problem).message
        assert "[[" in message, message
        seen[part] = message[message.index("[[") : message.rindex("]]")]
    return seen


def test_what_a_program_changes_is_not_seen_by_the_next(sandbox: Sandbox) -> None:
    problem = Problem(task_id="toy/2", text="", entry_point="f", tests=("assert f() == ''",))
    before = observe(sandbox)
    assert sandbox.judge(CHANGE, problem).passed
    after = observe(sandbox)
    for part in PARTS:
        assert after[part] == before[part], part


POISON = {
    "attributes of the output": (
        "import os\n"
        "for i in range(2000):\n"
        "    try:\n"
        "        os.setxattr(1, f'user.{i}', b'x' * 60000)\n"
        "    except OSError:\n"
        "        break\n"
    ),
    "names of attributes": (
        "import os\n"
        "for i in range(400):\n"
        "    try:\n"
        "        os.setxattr('.', 'user.' + 'x' * 240 + str(i), b'')\n"
        "    except OSError:\n"
        "        break\n"
    ),
    "a long output": "print('x' * 10**7)\n",
    "many folders": (
        "import os\n"
        "try:\n"
        "    for i in range(300):\n"
        "        os.makedirs(f'{i}/a/b')\n"
        "except OSError:\n"
        "    pass\n"
    ),
    "shared memory": (
        "with open('/dev/shm/x' if __import__('os').path.isdir('/dev/shm') else 'x', 'wb') as f_:\n"
        "    f_.write(bytes(50 * 2**20))\n"
    ),
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_no_program_poisons_its_worker(sandbox: Sandbox, poison: str) -> None:
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f() == 1",))
    innocent = "data = bytearray(20 * 2**20)\ndef f():\n    return 1"
    jobs = []
    for number in range(5):
        jobs.append((("hostile", number), f"{poison}\ndef f():\n    return 1", problem))
        jobs.append((("innocent", number), innocent, problem))
    for (kind, number), verdict in sandbox.judge_all(jobs):
        assert kind == "hostile" or verdict.passed, (number, verdict.message)
