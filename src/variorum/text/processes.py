"""Processes of ours: they stay out of each other's way, and neither outlive nor detain who began them."""

from __future__ import annotations

import atexit
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, Final, NamedTuple

from variorum.errors import WorkerError

#: What one process uses must be one thread, or several processes stand in each other's way.
_ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Job(NamedTuple):
    """``work(*given)``, and where its result goes."""

    work: Callable[..., Any]
    given: tuple[Any, ...]
    answer: Future[Any]


#: What servants do; None ends one of them.
Jobs = SimpleQueue[Job | None]


class Servant:
    """One process that does what ``jobs`` holds, one after another; several may share a queue.

    The pools of the standard library wait for ever, at the latest when Python ends, for a process that is killed while
    it sends or is sent something: this end of a pipe holds both ends open. Here the process alone has the other end,
    so that its death is heard at once, by a thread that nobody waits for.
    """

    def __init__(
        self, jobs: Jobs, begin: Callable[..., None] | None = None, *given: object, nested: bool = False
    ) -> None:
        """Begins with ``begin(*given)``, in the process. Returns at once. With ``nested`` it may begin processes of its
        own."""
        # Spawned, not forked: the caller may have threads, and a fork would copy their locks as they stand.
        context = get_context("spawn")
        self._jobs = jobs
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, begin, given), daemon=not nested)
        with _one_thread_each():
            self._process.start()
        if nested:  # Python would wait for it at the end, where nobody ended it
            atexit.register(self._process.kill)
        other.close()
        threading.Thread(target=self._pass_on, daemon=True).start()

    def end(self) -> None:
        """Ends it, whatever it is doing; what it was doing, and what still waits in a queue of its own, gets a
        `WorkerError`. All servants of a shared queue are ended together."""
        self._process.kill()
        self._jobs.put(None)

    def _pass_on(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)
            del job  # nor what came of it is held while there is nothing to do
        self._process.join()
        atexit.unregister(self._process.kill)
        self._pipe.close()

    def _do(self, job: Job) -> None:
        if not job.answer.set_running_or_notify_cancel():
            return
        try:
            self._pipe.send_bytes(ForkingPickler.dumps((job.work, job.given)))
            done, result = self._pipe.recv()
        except (EOFError, OSError):
            done, result = False, WorkerError("a process has died")
        except BaseException as exc:  # cannot be sent: who waits for the answer must be told
            done, result = False, exc
        if done:
            job.answer.set_result(result)
        else:
            job.answer.set_exception(result)


def submit(jobs: Jobs, work: Callable[..., Any], *given: object) -> Future[Any]:
    """The result of ``work(*given)``, which one of the servants of ``jobs`` does: its exception if it raised one, and a
    `WorkerError` if the process died."""
    answer: Future[Any] = Future()
    jobs.put(Job(work, given, answer))
    return answer


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """The environment in which processes start; it is as it was again afterwards."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# --- in the process -------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for its parent
    threading.Thread(target=_follow, daemon=True).start()
    if begin is not None:
        begin(*given)
    while True:
        try:
            work, arguments = pipe.recv()
        except EOFError:
            return
        pipe.send_bytes(_answered(work, arguments))


def _answered(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return ForkingPickler.dumps((True, work(*arguments)))
    except BaseException as exc:
        try:
            return ForkingPickler.dumps((False, exc))
        except Exception:  # an exception may hold anything
            return ForkingPickler.dumps((False, RuntimeError(repr(exc))))


def _follow() -> None:
    """It does not outlive its parent."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
