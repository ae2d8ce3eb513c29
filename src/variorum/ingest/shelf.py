"""A folder that a long run of ingest writes, and goes on with when it was stopped.

    articles.jsonl   one article a line
    problems.jsonl   one problem a line
    raw/             the bytes every article was read from, under their digests
    journal.sqlite   what is done, and how long the two files were then

Articles and journal are committed together, so that however a run ends – power, kill, full disk – the next one cuts off
what was not committed and does no article twice and none never.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from variorum.errors import UsageError
from variorum.ingest.journal import Journal
from variorum.ingest.rawstore import RawStore
from variorum.ingest.reader import Ingest, Source
from variorum.ingest.records import IngestConfig
from variorum.model import Article, Problem
from variorum.ports import Fetcher
from variorum.text.ids import content_id


class Shelf:
    """Opens or makes the folder. Raises `UsageError` where it cannot be written, or was written with other settings."""

    def __init__(
        self,
        folder: Path,
        config: IngestConfig | None = None,
        fetcher: Fetcher | None = None,
        *,
        raw: bool = True,
    ) -> None:
        self.config = config or IngestConfig()
        self._fetcher = fetcher
        self.raw = RawStore(folder / "raw") if raw else None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._journal = Journal(folder / "journal.sqlite", self._flushed)
            self._check(folder)
            self._files = {name: self._opened(folder / name) for name in ("articles.jsonl", "problems.jsonl")}
        except OSError as exc:
            raise UsageError(f"{folder}: cannot be written ({exc.strerror}); give another folder") from exc
        self.before = self._journal.fact("articles") or 0
        self.problems_before = self._journal.fact("problems") or 0
        self._counts = {"articles": self.before, "problems": self.problems_before}
        self._encode = msgspec.json.Encoder().encode

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
        self._journal.close()

    def take(self, sources: Iterable[Source]) -> Iterator[Article | Problem]:
        """Read all ``sources`` that are not done yet, and write what comes of them before it is given on."""
        keep = self.raw.put if self.raw else None
        ingest = Ingest(self.config, self._fetcher, keep=keep, journal=self._journal)
        for item in ingest.read(sources):
            name = "articles" if isinstance(item, Article) else "problems"
            self._files[f"{name}.jsonl"].write(self._encode(item) + b"\n")
            self._counts[name] += 1
            yield item
        self._journal.checkpoint()

    def _flushed(self) -> Mapping[str, int]:
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        return self._counts | {name: file.tell() for name, file in self._files.items()}

    def _opened(self, path: Path) -> IO[bytes]:
        file, known = path.open("ab"), self._journal.fact(path.name) or 0
        if file.tell() < known:
            raise UsageError(f"{path}: it is shorter than it was when the last run ended; give another folder")
        file.truncate(known)
        file.seek(0, 2)
        return file

    def _check(self, folder: Path) -> None:
        config = self.config
        given = (config.plain, config.max_bytes, config.keep_short, config.columns, config.publishers)
        digest = int(content_id("c", *given)[2:], 16)
        known = self._journal.fact("settings")
        if known is not None and known != digest:
            raise UsageError(f"{folder}: it was begun with other settings; use those, or give another folder")
        if known is None and any((folder / n).exists() for n in ("articles.jsonl", "problems.jsonl")):
            raise UsageError(f"{folder}: it has articles of another making; give another folder")
        self._journal.note("settings", digest)
        self._journal.commit()  # before there is a file that could be taken for somebody else's
