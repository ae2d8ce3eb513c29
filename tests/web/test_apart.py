"""Jobs in a process of their own: readers do not wait for them, and their process may be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from reports import fire, vote
from variorum.library import Library
from variorum.model import Job
from variorum.pipeline import Config
from variorum.store import open_store
from variorum.web import Worker
from variorum.web.work import Upload, Wanted


def _opened(url: str) -> Library:
    return Library(open_store(url), Config(embedder="none"))


@pytest.fixture
def apart(new_url: Callable[[], str]) -> Iterator[tuple[Library, Worker]]:
    """A library, and a worker whose process holds the same one."""
    url = new_url()
    library = _opened(url)
    worker = Worker(library, partial(_opened, url))
    worker.start()
    yield library, worker
    worker.stop()
    library.store.close()
    assert _nobody_left()


def _nobody_left() -> bool:
    until = time.monotonic() + 60
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.02)
    return not multiprocessing.active_children()


def _ended(library: Library, job: Job) -> Job:
    until = time.monotonic() + 300
    while (found := library.store.job(job.id)).state in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.02)
    return found


def test_reports_are_added_collated_and_removed(apart: tuple[Library, Worker]) -> None:
    """Its process does what a thread would, with progress and problems on record."""
    library, worker = apart
    broken = Upload("notes.pdf", b"%PDF-1.4 no more than this")
    added = _ended(library, worker.add("desk", Wanted((broken,), tuple(fire()))))
    assert (added.state, [p.stage for p in added.problems]) == ("done", ["ingest"])
    held = library.store.collection("desk")
    assert (held.articles, held.collated) == (len(fire()), held.version)
    first = next(iter(library.store.articles("desk"))).id
    assert _ended(library, worker.remove("desk", [first])).state == "done"
    assert library.store.collection("desk").articles == len(fire()) - 1


def test_a_killed_process_costs_one_job(apart: tuple[Library, Worker]) -> None:
    """Who waits is told, and the next job has a new process, which goes on with what was acknowledged."""
    library, worker = apart
    _ended(library, worker.add("desk", Wanted(articles=tuple(fire()))))
    cut = worker.add("desk", Wanted(articles=tuple(vote())))
    while library.store.job(cut.id).state == "waiting":
        time.sleep(0.001)
    (child,) = multiprocessing.active_children()
    os.kill(child.pid or 0, signal.SIGKILL)
    ended = _ended(library, cut)
    assert ended.state == "failed"
    assert "what was added is safe" in ended.problems[0].reason
    assert _ended(library, worker.add("desk", Wanted(articles=tuple(vote())))).state == "done"
    held = library.store.collection("desk")
    assert (held.articles, held.collated) == (len(fire()) + len(vote()), held.version)


def test_a_server_that_is_stopped_takes_its_process_along(new_url: Callable[[], str]) -> None:
    """Nothing is left that would go on writing."""
    url = new_url()
    library = _opened(url)
    worker = Worker(library, partial(_opened, url))
    worker.start()
    _ended(library, worker.add("desk", Wanted(articles=tuple(fire()))))
    assert multiprocessing.active_children()
    worker.stop()
    assert _nobody_left()
    library.store.close()
