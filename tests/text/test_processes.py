"""A process does its work in order; whenever it is killed, whoever waits for it is told, and nothing hangs."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from variorum.errors import WorkerError
from variorum.text.processes import Jobs, Servant, submit

_MUCH = 50_000_000  # far more than a pipe holds


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """What a new process does, which is ready."""
    queue: Jobs = SimpleQueue()
    servant = Servant(queue)
    assert submit(queue, math.sqrt, 9).result(60) == 3
    yield queue
    servant.end()


def kill(number: int = signal.SIGKILL) -> None:
    """The newest process."""
    newest = max(child.pid or 0 for child in multiprocessing.active_children())
    os.kill(newest, number)


def test_results_and_faults(jobs: Jobs) -> None:
    """Each comes with the work it belongs to, large ones and what cannot be sent too."""
    work = [
        submit(jobs, *one) for one in ((pow, 2, 5), (math.sqrt, -1), (bytes, _MUCH), (lambda: 1,), (memoryview, b"a"))
    ]
    assert work[0].result(60) == 32
    assert isinstance(work[1].exception(60), ValueError)
    assert work[2].result(60) == bytes(_MUCH)
    assert "pickle" in repr(work[3].exception(60))
    assert "pickle" in repr(work[4].exception(60))
    assert submit(jobs, pow, 2, 6).result(60) == 64


def test_what_is_given_up_is_not_done(jobs: Jobs) -> None:
    """Work that nobody waits for any more is passed over."""
    first, *others = [submit(jobs, time.sleep, 2.0) for _ in range(300)]  # on a busy machine giving up takes a while
    assert all(other.cancel() for other in others)
    begin = time.perf_counter()
    first.result(60)
    assert submit(jobs, pow, 2, 6).result(60) == 64
    assert time.perf_counter() - begin < 60


def open_files() -> int:
    """Files and ends of pipes that this process holds; 0 where that cannot be seen."""
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0


def test_nothing_of_it_is_left() -> None:
    """Neither a thread nor a process nor an end of a pipe, however often some are begun and ended."""
    files = open_files()
    before = set(threading.enumerate())
    for _ in range(3):
        queue: Jobs = SimpleQueue()
        pair = [Servant(queue) for _ in range(2)]
        assert submit(queue, pow, 2, 5).result(60) == 32
        for servant in pair:
            servant.end()
    begin = time.perf_counter()
    while set(threading.enumerate()) - before and time.perf_counter() - begin < 60:
        time.sleep(0.02)
    assert set(threading.enumerate()) <= before
    assert multiprocessing.active_children() == []
    # Six were begun: an end of a pipe left by each would be six more. What else runs here may open one meanwhile.
    assert open_files() < files + 6


def test_killed_while_it_is_given_work(jobs: Jobs) -> None:
    """It took half of what it was sent; the rest has nowhere to go."""
    kill(signal.SIGSTOP)
    waiting = [submit(jobs, len, bytes(_MUCH)) for _ in range(3)]
    time.sleep(0.2)
    assert not any(one.done() for one in waiting)
    kill()
    assert all(isinstance(one.exception(30), WorkerError) for one in waiting)


@pytest.mark.parametrize("after", [0.0, 0.01, 0.02, 0.04, 0.08])
def test_killed_while_it_answers(jobs: Jobs, after: float) -> None:
    """Half of an answer is none."""
    waiting = [submit(jobs, bytes, _MUCH) for _ in range(5)]
    time.sleep(after)
    kill()
    assert isinstance(waiting[-1].exception(30), WorkerError)
    assert all(one.exception(30) is None or isinstance(one.exception(30), WorkerError) for one in waiting)
