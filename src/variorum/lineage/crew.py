"""Work that does not depend on other work, done here or in several processes: the same results in the same order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import starmap
from multiprocessing import active_children, get_context
from types import TracebackType
from typing import Any, Self, TypeVar

from variorum.errors import WorkerError
from variorum.text.processes import one_thread_each, processors, stay_with_parent

Result = TypeVar("Result")
_AHEAD = 2  # pieces of work that wait for each process
_WORTH = 4_000_000  # characters of text from which more processes are worth their start


class Crew:
    """``processes`` that work, in a ``with`` block; with one it is this one, and 0 is one for each processor if there
    are enough ``characters`` to read."""

    def __init__(self, processes: int, characters: int = 0) -> None:
        count = processes or (processors() if characters >= _WORTH else 1)
        self._count, self._pids = count, list[Future[int]]()
        self._pool = _pool(count) if count > 1 else None
        if self._pool is not None:
            with one_thread_each():  # they begin now, while there is other work to do
                self._pids = [self._pool.submit(os.getpid) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is None:
            return
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        pids = {pid.result() for pid in self._pids if pid.done() and not pid.cancelled() and pid.exception() is None}
        for child in active_children():
            if child.pid in pids:  # whatever it is doing, nobody waits for it
                child.terminate()

    def map(self, work: Callable[..., Result], given: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """``work(*one)`` for each of ``given``, in order; no more of them are asked for than are soon worked on.
        Raises `WorkerError` when a process has died, and whatever the work raised."""
        if self._pool is None:
            yield from starmap(work, given)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for one in given:
                waiting.append(self._pool.submit(work, *one))
                if len(waiting) > _AHEAD * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as exc:
            raise WorkerError(
                "a process that finds copies ended: killed, out of memory, or never begun (a script that asks for "
                "processes must do its work under `if __name__ == '__main__'`); try again with fewer processes"
            ) from exc


def _pool(count: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the caller may have threads, and a fork would copy their locks as they stand.
    return ProcessPoolExecutor(count, get_context("spawn"), stay_with_parent)
