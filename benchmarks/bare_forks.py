"""Judges programs without a sandbox: a warm interpreter forks for each program.

`scoring.py` starts one per worker, with the interpreter flags of the sandbox's box:
`bare_forks.py PATH [warm]`.
"""

import gc
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn


def main() -> None:
    """Read programs and tests, wait for a line of input, fork for each, and print which passed."""
    path, *words = sys.argv[1:]
    sys.path.extend(path.split(os.pathsep))
    from hrm_eval._sandbox.box.box import prepare_interpreter

    prepare_interpreter()
    if words:
        from hrm_eval._sandbox.box.warming import warm_up

        warm_up()
    jobs = json.loads(sys.stdin.readline())
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    passed = []
    for program, tests in jobs:
        pid = os.fork()
        if not pid:
            _run_and_exit(program, tests)
        passed.append(os.waitpid(pid, 0)[1] == 0)
    print(json.dumps(passed), flush=True)


def _run_and_exit(program: str, tests: Sequence[str]) -> NoReturn:
    status = 1
    try:
        namespace: dict[str, Any] = {"__name__": "solution"}
        exec(compile(program, "solution.py", "exec"), namespace)
        for test in tests:
            exec(compile(test, "test.py", "exec"), namespace)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
