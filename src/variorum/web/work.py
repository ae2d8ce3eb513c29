"""Long work behind the pages: one worker, jobs on record, progress that anybody may follow."""

from __future__ import annotations

import io
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.errors import UsageError, VariorumError
from variorum.ingest.online import is_address
from variorum.library import Library
from variorum.library import now as clock
from variorum.model import Article, Job, Problem
from variorum.pipeline import Input
from variorum.ports import Progress

_EVERY: Final = 0.2  # seconds between two notes of progress
_LISTED: Final = 500  # problems that a job lists
_URLS: Final = 500  # addresses of one job
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
    """Does jobs one after another in a thread of its own; the library itself is safe to read meanwhile."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="variorum-worker", daemon=True)

    def start(self) -> None:
        """Begin, with what was cut off."""
        self._tasks.put(self._resume)
        self._thread.start()

    def stop(self) -> None:
        """End when the job at hand is done; those that wait are put on record as interrupted by the next start."""
        self._tasks.put(None)
        self._thread.join(timeout=10)

    def add(self, collection: str, wanted: Wanted) -> Job:
        """A job that adds."""
        return self._put(collection, "add", lambda tell: self._add(collection, wanted, tell))

    def collate(self, collection: str) -> Job:
        """A job that brings a collection up to date, as after a decision."""

        def work(tell: Progress) -> list[Problem]:
            self._library.collate(collection, progress=tell)
            return []

        return self._put(collection, "collate", work)

    def remove(self, collection: str, articles: Sequence[str]) -> Job:
        """A job that removes articles."""

        def work(tell: Progress) -> list[Problem]:
            self._library.remove(collection, articles, progress=tell)
            return []

        return self._put(collection, "remove", work)

    def _put(self, collection: str, kind: str, work: Callable[[Progress], list[Problem]]) -> Job:
        job = self._library.start(collection, kind)
        self._tasks.put(lambda: self._run(job, work))
        return job

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception:
                log.exception("a job could not be put on record")

    def _resume(self) -> None:
        behind = self._library.resume()
        if behind:
            log.info("went on with work that was cut off in %s collections", len(behind))

    def _run(self, job: Job, work: Callable[[Progress], list[Problem]]) -> None:
        store, last = self._library.store, [0.0]
        now = replace(job, state="running", updated=clock())
        store.progress(now)

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal now
            now = replace(now, stage=stage, done=done, total=total, updated=clock())
            if time.monotonic() - last[0] > _EVERY:
                last[0] = time.monotonic()
                store.progress(now)

        try:
            problems = work(tell)
            ended = replace(now, state="done", problems=tuple(problems[:_LISTED]), updated=clock())
        except VariorumError as exc:
            ended = replace(now, state="failed", problems=(Problem(job.id, job.kind, str(exc)),), updated=clock())
        except Exception as exc:  # a fault of ours must not end the worker; its text may hold words of an article
            log.error("job %s failed: %s", job.id, type(exc).__name__)  # noqa: TRY400
            told = Problem(job.id, job.kind, f"a fault of Variorum itself ({type(exc).__name__}); please report it")
            ended = replace(now, state="failed", problems=(told,), updated=clock())
        store.progress(ended)

    def _add(self, collection: str, wanted: Wanted, tell: Progress) -> list[Problem]:
        sources: list[Input] = [*wanted.articles, *wanted.files, *wanted.urls]
        done = self._library.add(collection, sources, keep_raw=True, progress=tell)
        if not done.new and not done.known and not done.problems:
            return [Problem("upload", "add", "there was nothing to add")]
        return list(done.problems)
