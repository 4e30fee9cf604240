"""Single jobs from many threads, judged at the same time by the workers of one pool."""

import threading
from collections import deque
from concurrent.futures import Future
from contextlib import closing

from hrm_eval._sandbox.harness.pool import AnyJob, Pool, PoolAnswer, PoolError

# How long the thread waits for the next job. It ends then, so that it keeps no process alive and
# no pool that everybody else has forgotten.
_IDLE_SECONDS = 1.0


class Dispatcher:
    """Gives jobs to a pool as they come, in a thread of its own that lives while there are any.

    Args:
        pool: The pool.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Future[PoolAnswer], AnyJob]] = deque()
        self._begun: set[Future[PoolAnswer]] = set()
        self._thread: threading.Thread | None = None
        # Whether the thread takes no more jobs.
        self._is_ending = False
        self._is_running = False

    def submit(self, job: AnyJob) -> Future[PoolAnswer]:
        """Return the future answer to a job.

        If the future is cancelled before a worker has the job, the program never runs. Later, the
        program runs within its limits, and its answer is dropped.

        Raises:
            PoolError: If the pool is closed. The future raises it if the pool fails.
        """
        future: Future[PoolAnswer] = Future()
        with self._changed:
            self._pool.check_open()
            self._waiting.append((future, job))
            self._changed.notify_all()
            if self._thread is None or self._is_ending or not self._thread.is_alive():
                name = "hrm-eval sandbox"
                self._is_ending = False
                self._thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._thread.start()
            self._pool.ring()
        return future

    def wait_until_idle(self) -> None:
        """Wait until the pool is free for somebody else."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_running)

    def close(self) -> None:
        """Stop the pool; all futures without an answer raise `PoolError`."""
        with self._changed:
            self._pool.stop()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while self._wait_for_job():
            failure: PoolError | None = PoolError("the thread that feeds its workers has broken")
            try:
                self._run()
                failure = None
            except PoolError as error:
                failure = error
            finally:
                self._end_run(failure)

    def _wait_for_job(self) -> bool:
        """Return whether there is a job to judge; if not, the thread has to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._pool.is_stopped, _IDLE_SECONDS)
            self._is_running = bool(self._waiting)
            self._is_ending = not self._is_running
            return self._is_running

    def _run(self) -> None:
        """Answer all jobs, also those that come meanwhile."""
        with closing(self._pool.run(self._next_job)) as answers:
            for future, answer in answers:
                self._begun.remove(future)
                future.set_result(answer)

    def _next_job(self) -> tuple[Future[PoolAnswer], AnyJob] | None:
        with self._changed:
            while self._waiting:
                future, job = self._waiting.popleft()
                if future.set_running_or_notify_cancel():
                    self._begun.add(future)
                    return future, job
        return None

    def _end_run(self, failure: PoolError | None) -> None:
        """Leave the pool to others; hand a failure to all who wait for an answer."""
        failed = []
        with self._changed:
            if failure is not None:
                waiting = [future for future, _ in self._waiting]
                failed = [*self._begun, *filter(Future.set_running_or_notify_cancel, waiting)]
                self._begun.clear()
                self._waiting.clear()
            self._is_running = False
            self._changed.notify_all()
        for future in failed:
            future.set_exception(failure)
