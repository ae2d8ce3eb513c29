"""Work that does not depend on other work, done here or in several processes: the same results in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import starmap
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from variorum.errors import WorkerError
from variorum.text.processes import Jobs, Servant, processors, submit

Result = TypeVar("Result")
_AHEAD = 2  # pieces of work that wait for each process
_WORTH = 4_000_000  # characters of text from which more processes are worth their start


class Crew:
    """``processes`` that work, in a ``with`` block; with one it is this one, and 0 is one for each processor if there
    are enough ``characters`` to read."""

    def __init__(self, processes: int, characters: int = 0) -> None:
        count = processes or (processors() if characters >= _WORTH else 1)
        self._jobs: Jobs = SimpleQueue()
        # they begin now, while there is other work to do
        self._servants = [Servant(self._jobs) for _ in range(count)] if count > 1 else []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        for servant in self._servants:  # all is done, or nobody waits for it
            servant.end()

    def map(self, work: Callable[..., Result], given: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """``work(*one)`` for each of ``given``, in order; no more of them are asked for than are soon worked on.
        Raises `WorkerError` when a process has died, and whatever the work raised."""
        if not self._servants:
            yield from starmap(work, given)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for one in given:
                waiting.append(submit(self._jobs, work, *one))
                if len(waiting) > _AHEAD * len(self._servants):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except WorkerError as exc:
            raise WorkerError(
                "a process that finds copies ended: killed, out of memory, or never begun (a script that asks for "
                "processes must do its work under `if __name__ == '__main__'`); try again with fewer processes"
            ) from exc
