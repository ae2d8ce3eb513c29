"""Long work behind the pages: one worker, jobs on record, progress that anybody may follow."""

from __future__ import annotations

import io
import logging
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.errors import UsageError, VariorumError, WorkerError
from variorum.ingest.online import is_address
from variorum.library import Library
from variorum.library import now as clock
from variorum.model import Article, Job, Problem
from variorum.pipeline import Input
from variorum.ports import Progress
from variorum.text.processes import Jobs, Servant, submit

_EVERY: Final = 0.2  # seconds between two notes of progress
_LISTED: Final = 500  # problems that a job lists
_URLS: Final = 500  # addresses of one job
_NICE: Final = 5  # who reads goes first
_DIED: Final = (
    "the process that did it ended, perhaps for want of memory; what was added is safe, and is gone on with when the "
    "server starts or more is added"
)
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\:]+")
log = logging.getLogger("variorum")


class Upload(io.BytesIO):
    """The bytes of a file that somebody sent. Its name says where it came from and never leads anywhere."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = f"upload:{_UNSAFE.sub('_', name.rsplit('/', 1)[-1].rsplit(chr(92), 1)[-1])[:120] or 'unnamed'}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added. Raises `UsageError` for an address that is none: a path is never taken from outside."""

    files: tuple[Upload, ...] = ()
    articles: tuple[Article, ...] = ()
    urls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if wrong := [url for url in self.urls if not is_address(url)]:
            raise UsageError(f"{wrong[0][:100]!r} is no address; one begins with https:// or http://")
        if not (self.files or self.articles or self.urls):
            raise UsageError("there is nothing to add: give files, a text or addresses")
        if len(self.urls) > _URLS:
            raise UsageError(f"more than {_URLS} addresses at once; give fewer")


class Worker:
    """Does jobs one after another, in a thread of its own or, with ``apart``, in a process that holds the library which
    ``apart()`` opens: then readers do not wait for what is read out of texts. The library itself is safe to read
    meanwhile, and what was acknowledged survives the process."""

    def __init__(self, library: Library, apart: Callable[[], Library] | None = None) -> None:
        self._library = library
        self._hands: _Here | _Apart = _Here(library) if apart is None else _Apart(apart)
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="variorum-worker", daemon=True)

    def start(self) -> None:
        """Begin, with what was cut off."""
        self._library.interrupt()
        self._tasks.put(lambda: self._hands.do(_resume))
        self._thread.start()

    def stop(self) -> None:
        """End when the job at hand is done; those that wait are put on record as interrupted by the next start."""
        self._tasks.put(None)
        self._thread.join(timeout=10)
        self._hands.end()

    def add(self, collection: str, wanted: Wanted) -> Job:
        """A job that adds."""
        return self._put(collection, "add", wanted)

    def collate(self, collection: str) -> Job:
        """A job that brings a collection up to date, as after a decision."""
        return self._put(collection, "collate")

    def remove(self, collection: str, articles: Sequence[str]) -> Job:
        """A job that removes articles."""
        return self._put(collection, "remove", tuple(articles))

    def _put(self, collection: str, kind: str, given: Wanted | tuple[str, ...] = ()) -> Job:
        job = self._library.start(collection, kind)
        self._tasks.put(lambda: self._run(job, given))
        return job

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception:
                log.exception("a job could not be put on record")

    def _run(self, job: Job, given: Wanted | tuple[str, ...]) -> None:
        try:
            self._hands.do(_run, job, given)
        except WorkerError:
            log.error("job %s: its process ended", job.id)  # noqa: TRY400
            self._library.store.progress(_failed(job, _DIED))


# --- what a job is, wherever it is done -----------------------------------------------------------------------------


def _resume(library: Library) -> None:
    behind = library.resume()
    if behind:
        log.info("went on with work that was cut off in %s collections", len(behind))


def _run(library: Library, job: Job, given: Wanted | tuple[str, ...]) -> None:
    """Do a job, with notes of its progress and its end on record."""
    store, last = library.store, [0.0]
    now = replace(job, state="running", updated=clock())
    store.progress(now)

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal now
        now = replace(now, stage=stage, done=done, total=total, updated=clock())
        if time.monotonic() - last[0] > _EVERY:
            last[0] = time.monotonic()
            store.progress(now)

    try:
        problems = _done(library, job, given, tell)
        ended = replace(now, state="done", problems=tuple(problems[:_LISTED]), updated=clock())
    except VariorumError as exc:
        ended = _failed(now, str(exc))
    except Exception as exc:  # a fault of ours must not end the worker; its text may hold words of an article
        log.error("job %s failed: %s", job.id, type(exc).__name__)  # noqa: TRY400
        ended = _failed(now, f"a fault of Variorum itself ({type(exc).__name__}); please report it")
    store.progress(ended)


def _done(library: Library, job: Job, given: Wanted | tuple[str, ...], tell: Progress) -> list[Problem]:
    """The problems of what was done."""
    if isinstance(given, Wanted):
        sources: list[Input] = [*given.articles, *given.files, *given.urls]
        done = library.add(job.collection, sources, keep_raw=True, progress=tell)
        if not done.new and not done.known and not done.problems:
            return [Problem("upload", "add", "there was nothing to add")]
        return list(done.problems)
    if job.kind == "remove":
        library.remove(job.collection, given, progress=tell)
    else:
        library.collate(job.collection, progress=tell)
    return []


def _failed(job: Job, reason: str) -> Job:
    return replace(job, state="failed", problems=(Problem(job.id, job.kind, reason),), updated=clock())


# --- where it is done -----------------------------------------------------------------------------------------------


class _Here:
    """In this process."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def do(self, work: Callable[..., None], *given: object) -> None:
        work(self._library, *given)

    def end(self) -> None:
        pass


class _Apart:
    """In a process of its own, which begins with the first job and anew after it has died."""

    def __init__(self, opens: Callable[[], Library]) -> None:
        self._opens = opens
        self._jobs: Jobs = queue.SimpleQueue()
        self._servant: Servant | None = None

    def do(self, work: Callable[..., None], *given: object) -> None:
        """Raises `WorkerError` if the process dies."""
        if self._servant is None:
            self._servant = Servant(self._jobs, _begin, self._opens, nested=True)
        try:
            submit(self._jobs, _in_its_library, work, *given).result()
        except WorkerError:
            self.end()
            raise

    def end(self) -> None:
        if self._servant is not None:
            self._servant.end()
            self._servant, self._jobs = None, queue.SimpleQueue()


_held: list[Library] = []


def _begin(opens: Callable[[], Library]) -> None:
    os.nice(_NICE)
    _held.append(opens())


def _in_its_library(work: Callable[..., None], *given: object) -> None:
    work(_held[-1], *given)
