"""Ordinary programs that do more than compute: they pass, as they would in a script."""

from collections.abc import Iterator

import pytest

from hrm_datasets import Problem
from hrm_eval.sandbox import Limits, Sandbox

# Each defines `f`, which returns 1.
PROGRAMS = {
    "help": """
def f():
    '''Doc.'''
    help(f)
    return 1
""",
    "copyright": """
def f():
    print(copyright, credits, license)
    return 1
""",
    "asks for its user": """
import getpass
def f():
    return 1 if getpass.getuser() else 0
""",
    "expanduser": """
import os
def f():
    return 1 if os.path.expanduser('~') else 0
""",
    "imports what it has written": """
def f():
    open('mod_x.py','w').write('X = 1')
    import mod_x
    return mod_x.X
""",
    "manager": """
import multiprocessing
def f():
    with multiprocessing.Manager() as m:
        d = m.dict(); d['x']=1
        return d['x']
""",
    "pool": """
import multiprocessing
def g(x):
    return x
def f():
    with multiprocessing.Pool(2) as p:
        return sum(p.map(g,[1,0]))
""",
    "processpool": """
from concurrent.futures import ProcessPoolExecutor
def g(x):
    return x
def f():
    with ProcessPoolExecutor(2) as p:
        return sum(p.map(g,[1,0]))
""",
    "queue": """
import multiprocessing
def g(q):
    q.put(1)
def f():
    q = multiprocessing.Queue()
    p = multiprocessing.Process(target=g, args=(q,))
    p.start()
    value = q.get(timeout=3)
    p.join()
    return value
""",
    "shared value": """
import multiprocessing
def g(v):
    for _ in range(500):
        with v.get_lock():
            v.value += 1
def f():
    v = multiprocessing.Value('i', 0)
    ps = [multiprocessing.Process(target=g, args=(v,)) for _ in range(3)]
    [p.start() for p in ps]; [p.join() for p in ps]
    return v.value - 1499
""",
    "condition and barrier": """
import multiprocessing
def g(c, b):
    b.wait()
    with c:
        c.notify_all()
def f():
    c, b = multiprocessing.Condition(), multiprocessing.Barrier(2)
    p = multiprocessing.Process(target=g, args=(c, b))
    with c:
        p.start()
        b.wait(3)
        woken = c.wait(3)
    p.join()
    return int(woken)
""",
    "lock with a timeout": """
import multiprocessing
def f():
    a = multiprocessing.Lock()
    a.acquire()
    return 0 if a.acquire(timeout=0.1) or a.acquire(block=False) else 1
""",
    "lock of its owner": """
import multiprocessing
def f():
    a = multiprocessing.RLock()
    with a, a:
        pass
    try:
        a.release()
    except AssertionError:
        return 1
""",
    "bounded semaphore": """
import multiprocessing
def f():
    a = multiprocessing.BoundedSemaphore(2)
    a.acquire(); a.release()
    try:
        a.release()
    except ValueError:
        return 1
""",
    "threadpool": """
from concurrent.futures import ThreadPoolExecutor
def f():
    with ThreadPoolExecutor(8) as p:
        return sum(p.map(int,'100'))
""",
    "forkserver": """
import multiprocessing
def f():
    c=multiprocessing.get_context('forkserver')
    q=c.Queue()
    p=c.Process(target=print,args=(1,))
    p.start(); p.join()
    return 1 if p.exitcode==0 else p.exitcode
""",
    "spawn": """
import multiprocessing
def f():
    c=multiprocessing.get_context('spawn')
    p=c.Process(target=print,args=(1,))
    p.start(); p.join()
    return 1 if p.exitcode==0 else p.exitcode
""",
    "100 threads": """
import threading,time
def f():
    ts=[threading.Thread(target=time.sleep,args=(0.2,)) for _ in range(100)]
    [t.start() for t in ts]; [t.join() for t in ts]
    return 1
""",
    "recurses 980 levels deep": """
def g(n):
    return 0 if n==0 else 1+g(n-1)
x = g(990)
def f():
    g(980)
    return 1
""",
    "recurses in a nested function": """
def f():
    def g(n):
        return 0 if n==0 else 1+g(n-1)
    return g(985)-984
""",
    "uses a stack of 512 MiB": """
import threading,sys
def f():
    threading.stack_size(512*2**20)
    sys.setrecursionlimit(10**6)
    r=[]
    def g(n):
        return 0 if n==0 else 1+g(n-1)
    t=threading.Thread(target=lambda: r.append(g(100000)))
    t.start(); t.join()
    return 1 if r==[100000] else 0
""",
    "prints 20 MB": """
def f():
    for _ in range(2000): print('x'*10000)
    return 1
""",
    "tempfile": """
import tempfile
def f():
    with tempfile.NamedTemporaryFile('w') as t:
        t.write('x')
    return 1
""",
    "sqlite": """
import sqlite3
def f():
    c = sqlite3.connect('x.db')
    c.execute('create table t(x)')
    c.execute('insert into t values(1)')
    c.commit()
    return c.execute('select x from t').fetchone()[0]
""",
    "shelve": """
import shelve
def f():
    with shelve.open('s') as s:
        s['a']=1
    with shelve.open('s') as s:
        return s['a']
""",
    "subprocess": """
import subprocess,sys
def f():
    command = [sys.executable, '-c', 'print(1)']
    return int(subprocess.run(command, capture_output=True, text=True).stdout)
""",
    "asyncio": """
import asyncio
async def g():
    await asyncio.sleep(0.01)
    return 1
def f():
    return asyncio.run(g())
""",
    "reads no input": """
def f():
    try:
        input()
    except EOFError:
        return 1
""",
    "logging": """
import logging
def f():
    logging.warning('x')
    return 1
""",
    "platform": """
import platform
def f():
    platform.node(); platform.platform()
    return 1
""",
    "socketpair": """
import socket
def f():
    a,b=socket.socketpair()
    a.send(b'x'); return len(b.recv(1))
""",
    "has a main guard": """
def f():
    return 1
if __name__ == '__main__':
    print(f())
""",
    "pickles its own class": """
import pickle
class A:
    pass
def f():
    return 1 if isinstance(pickle.loads(pickle.dumps(A())),A) else 0
""",
    "locale": """
import locale
def f():
    locale.setlocale(locale.LC_ALL,'')
    return 1
""",
    "locks its own file": """
import fcntl
def f():
    with open('x','w') as h:
        fcntl.lockf(h, fcntl.LOCK_EX)
    return 1
""",
}
# Need sockets or modes of files, which only namespaces make private.
NEED_NAMESPACES = {"manager", "forkserver", "shelve"}


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(Limits(), workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_ordinary_program_passes(sandbox: Sandbox, name: str) -> None:
    if name in NEED_NAMESPACES and "mount_namespace" in sandbox.missing:
        pytest.skip("needs namespaces")
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f() == 1",))
    verdict = sandbox.judge(PROGRAMS[name], problem)
    assert verdict.passed, verdict.message


def test_of_a_long_output_the_end_is_kept(sandbox: Sandbox) -> None:
    program = "def f():\n    for i in range(4000):\n        print(str(i) * 2000)\n    return 2"
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f() == 1",))
    assert sandbox.judge(program, problem).message.endswith("3999")
