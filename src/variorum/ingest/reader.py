"""Sources to articles: walks folders, looks at what the bytes are, and keeps every failure as a `Problem`."""

from __future__ import annotations

import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile

from variorum.errors import InputError, MissingDependencyError
from variorum.ingest.agency import read_newsml
from variorum.ingest.archive import read_archive
from variorum.ingest.article import Hints, from_record
from variorum.ingest.feeds import read_feed
from variorum.ingest.journal import Journal
from variorum.ingest.mail import read_mail
from variorum.ingest.online import Online, is_address
from variorum.ingest.pdf import read_pdf
from variorum.ingest.rawstore import MARK
from variorum.ingest.reading import Keep, read_record
from variorum.ingest.records import Found, IngestConfig, Record, problem, said, too_large
from variorum.ingest.sniff import HEAD, Kind, kind_of_bytes
from variorum.ingest.tables import read_csv, read_json, read_jsonl, read_parquet
from variorum.ingest.unpack import buffered_head, is_gzip, unpacked
from variorum.ingest.zips import read_zip
from variorum.model import Article, Problem
from variorum.ports import Fetcher

Source = str | Path | IO[bytes] | IO[str] | Article
Result = Iterator[Article | Problem]
#: Why a record is to be left out, if it is.
Before = Callable[[Record], str | None]

_AHEAD: Final = 32  # addresses fetched at a time: their pages are held in memory
_DEEPEST: Final = 3  # containers within containers: a mail with a mail in it, with a table
_STREAMED: Final[dict[Kind, Callable[[IO[bytes], str, IngestConfig], Found]]] = {
    "warc": read_archive,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
}


class Ingest:
    """Reads anything that holds articles. One instance may read many times; nothing is kept between runs, except in
    the ``journal``, with which records that are done are passed over. ``keep`` is given the bytes of every record that
    an article was read from; ``before`` each record before it is read: a reason that it gives is a problem, and the
    record is left out."""

    def __init__(
        self,
        config: IngestConfig | None = None,
        fetcher: Fetcher | None = None,
        *,
        keep: Keep | None = None,
        journal: Journal | None = None,
        before: Before | None = None,
    ) -> None:
        self.config = config or IngestConfig()
        self._fetcher = fetcher
        self._keep = keep
        self._journal = journal
        self._before = before

    def read(self, sources: Iterable[Source]) -> Result:
        """Articles and problems in the order of ``sources``: paths of files and folders (walked, sorted), ``@FILE`` for
        a list of sources, ``-`` for standard input, addresses (fetched ahead where several follow each other), open
        files, and articles, which pass through. Never raises for what a source holds."""
        run = _Run(self.config, self._fetcher, self._keep, self._journal or Journal(), self._before)
        yield from run.read_all(sources)

    def files(self, sources: Iterable[str | Path]) -> Iterator[Path | Problem]:
        """The files that ``read`` would read, each once, unread: in its order."""
        run = _Run(self.config, self._fetcher, self._keep, Journal())
        yield from run.files(sources)

    @staticmethod
    def from_json(record: Mapping[str, Any], *, source: str = "record", plain: bool = False) -> Article:
        """The article of one JSONL record: ``text`` and any of ``id``, ``title``, ``published``, ``publisher``,
        ``url``, ``language``; a record that has ``blocks`` is an article that was read before and is kept as it is.

        Raises `InputError` where a field is missing or of the wrong type.
        """
        return from_record(record, source, plain=plain)


class _Run:
    """One reading of some sources."""

    def __init__(
        self,
        config: IngestConfig,
        fetcher: Fetcher | None,
        keep: Keep | None,
        journal: Journal,
        before: Before | None = None,
    ) -> None:
        self.before = before
        self.config = config
        self.fetcher = fetcher
        self.keep = keep
        self.journal = journal
        self.paths = Journal()  # what was met in this run; what earlier ones met is passed over without a word

    # --- sources --------------------------------------------------------------------------------------------------

    def read_all(self, sources: Iterable[Source], listed: bool = False) -> Result:
        """Everything that the sources give; addresses that follow each other are fetched together."""
        for online, group in groupby(sources, is_address):
            if online:
                yield from self._addresses(map(str, group))
            else:
                for source in group:
                    yield from self._read(source, listed)

    def _read(self, source: Source, listed: bool) -> Result:
        if isinstance(source, Article):
            yield self._once(source)
        elif not isinstance(source, str | Path):
            name = getattr(source, "name", None)
            name = name if isinstance(name, str) else "stream"
            yield from self._made(None, self._stream(source, name, fresh=True))
        elif str(source) == "-" and not listed:
            yield from self._made(None, self._stream(sys.stdin.buffer, "-", fresh=True))
        elif str(source).startswith("@") and not listed:
            yield from self._list(Path(str(source)[1:]))
        else:
            yield from self._path(Path(source))

    def _list(self, path: Path) -> Result:
        """The sources that a file lists, one a line; relative paths count from where the list is."""
        try:
            lines = path.read_bytes().decode("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            yield problem(
                path,
                f"a list of sources that cannot be read ({said(exc)}); it needs one path or address a line, in UTF-8",
            )
            return
        named = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if not named:
            yield problem(path, "a list without a source; write one path or address a line")
        yield from self.read_all((n if "://" in n else path.parent / n for n in named), listed=True)

    def _addresses(self, urls: Iterator[str]) -> Result:
        """What is at each address that is not done yet, once."""
        if self.fetcher is None:  # nobody has handed one down: one that keeps to the public web
            from variorum.ingest.web import WebConfig, WebFetcher

            self.fetcher = WebFetcher(WebConfig(max_bytes=self.config.max_bytes))
        online = Online(
            self.fetcher, lambda stream, url: self._stream(stream, url, fresh=not self.journal.records(url))
        )
        while batch := list(islice(urls, _AHEAD)):
            waiting = []
            for url in batch:
                if self.paths.first(url.encode("utf-8", "surrogateescape"), url):
                    yield problem(url, "the same address was given before; fetched once")
                elif not self.journal.finished(url):
                    waiting.append(url)
            for url, found in online.read(waiting):
                if isinstance(found, InputError):  # not done: the next run asks for it again
                    yield problem(url, found.reason)
                else:
                    yield from self._made(url, found)

    def _path(self, path: Path) -> Result:
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                yield from self._folder(path)
            elif stat.S_ISREG(mode):
                yield from self._file(path)
            else:
                yield problem(path, "not a regular file; give a file or a folder")
        except FileNotFoundError:
            yield problem(path, "no such file or folder; check the path")
        except PermissionError:
            yield problem(path, "not allowed to read it; check its permissions")
        except (OSError, ValueError) as exc:
            yield problem(path, f"cannot be read ({said(exc)})")

    def _folder(self, folder: Path) -> Result:
        met = 0
        for item in self._walk(folder):
            met += isinstance(item, Path)
            if isinstance(item, Path):
                yield from self._path(item)
            else:
                yield item
        if not met:
            yield problem(folder, "nothing readable in this folder; it needs .txt, .md, .html, .warc or .jsonl files")

    def _walk(self, folder: Path) -> Iterator[Path | Problem]:
        """Files in order of their paths; a folder reached a second time through a link is not entered again."""
        entered: set[str] = set()
        for base, folders, files in os.walk(folder, followlinks=True, onerror=None):
            real = os.path.realpath(base)
            folders[:] = [] if real in entered else sorted(f for f in folders if not f.startswith("."))
            if real in entered:
                yield problem(base, "a link that leads back to a folder already read; left out")
                continue
            entered.add(real)
            if MARK in files:  # raw records of a run that wrote into a folder below its input
                folders[:] = []
                continue
            yield from (Path(base, name) for name in sorted(f for f in files if not f.startswith(".")))

    def files(self, sources: Iterable[str | Path]) -> Iterator[Path | Problem]:
        """Files below ``sources``, each once."""
        for source in sources:
            path = Path(source)
            try:
                found = self._walk(path) if path.is_dir() else iter((path,))
                for item in found:
                    if isinstance(item, Problem):
                        yield item
                    elif not stat.S_ISREG(item.stat().st_mode):
                        yield problem(item, "not a regular file; give a file or a folder")
                    elif first := self.paths.first(_real(item), str(item)):
                        yield problem(item, f"the same file was read before as {first}; left out")
                    else:
                        yield item
            except FileNotFoundError:
                yield problem(path, "no such file or folder; check the path")
            except OSError as exc:
                yield problem(path, f"cannot be read ({said(exc)})")

    def _file(self, path: Path) -> Result:
        real, before = os.path.realpath(path), path.stat()
        if first := self.paths.first(_real(path), str(path)):
            yield problem(path, f"the same file was read before as {first}; left out")
            return
        key = f"{real}|{before.st_size}|{before.st_mtime_ns}".encode("utf-8", "surrogateescape").hex()
        if self.journal.finished(key):
            return
        with path.open("rb") as stream:
            yield from self._made(key, self._stream(stream, str(path), fresh=not self.journal.records(key)))
            after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            yield problem(path, "it changed while it was read, so what was read may be of two minds; read it again")

    # --- records --------------------------------------------------------------------------------------------------

    def _made(self, key: str | None, records: Found) -> Result:
        """Articles of the records that are not done yet; of a stream, which has no ``key``, nobody can know."""
        done, number = (self.journal.records(key) if key else 0), 0
        for number, record in enumerate(records, 1):
            if number <= done:
                continue
            if isinstance(record, Problem):
                yield record
            elif self.before is not None and (reason := self.before(record)):
                yield problem(record.source, reason)
            else:
                for item in read_record(record, self.config, self.keep):
                    yield self._once(item) if isinstance(item, Article) else item
            if key:
                self.journal.advance(key, number)
        if key:
            self.journal.advance(key, number, finished=True)

    def _once(self, article: Article) -> Article | Problem:
        """Two articles of one id would share their spans and statements: the second is a problem."""
        first = self.journal.first(article.id.encode("utf-8", "surrogatepass"), article.source)
        if first is None:
            return article
        return problem(article.source, f"the same article (id {article.id}) as {first}; left out")

    def _stream(self, stream: IO[bytes] | IO[str], name: str, *, fresh: bool, depth: int = 0) -> Found:
        """What the bytes hold, decided by their beginning; the suffix decides only between kinds of text."""
        try:
            raw, head = buffered_head(stream, name, HEAD)
            kind = kind_of_bytes(head, name)
            if depth > _DEEPEST:
                yield problem(name, "packed into one another too many times; unpack it and pass what is inside")
            elif kind == "zip" and not is_gzip(raw.peek(2)[:2]):
                yield from self._zip(raw, name, fresh, depth)
            elif kind in _STREAMED and head.strip():
                # A WARC is compressed record by record: its reader takes the gzip off itself.
                source = raw if kind == "warc" else unpacked(raw, name)
                found = False
                for item in _STREAMED[kind](source, name, self.config):
                    found = True
                    yield item
                if not found:
                    yield problem(name, "not one record in it; nothing to read")
            else:
                data = unpacked(raw, name).read(self.config.max_bytes + 1)
                yield from self._whole(data, kind, name, fresh=fresh, depth=depth)
        except InputError as exc:
            yield problem(exc.source, exc.reason)
        except MissingDependencyError as exc:
            yield problem(name, str(exc))
        except (OSError, EOFError, zlib.error, BadZipFile, NotImplementedError) as exc:
            yield problem(name, f"cannot be read to its end ({said(exc)}); what came before it was kept")

    def _zip(self, stream: IO[bytes], name: str, fresh: bool, depth: int) -> Found:
        for member in read_zip(stream, name):
            if isinstance(member, Problem):
                yield member
            else:
                yield from self._stream(member[1], member[0], fresh=fresh, depth=depth + 1)

    def _whole(self, data: bytes, kind: Kind, name: str, *, fresh: bool, depth: int) -> Found:
        """The records of a file that is read as a whole; one that has the bytes of another is left out."""
        if len(data) > self.config.max_bytes:
            raise InputError(name, too_large("this text", self.config.max_bytes))
        if reason := _unreadable(data):
            raise InputError(name, reason)
        first = self.journal.first(sha256(data).digest(), name)
        if first is not None and (fresh or first != name):
            raise InputError(name, f"the same bytes as {first}; left out, so that it does not count twice")
        if kind == "feed":
            yield from read_feed(data, name, keep_short=self.config.keep_short)
        elif kind == "newsml":
            yield from read_newsml(data, name)
        elif kind == "json":
            yield from read_json(data, name)
        elif kind == "pdf":
            yield from read_pdf(data, name)
        elif kind == "mail":
            yield from self._mail(data, name, fresh, depth)
        else:
            yield Record(data, Hints(source=name), "page" if kind == "page" else "text")

    def _mail(self, data: bytes, name: str, fresh: bool, depth: int) -> Found:
        for item in read_mail(data, name):
            if isinstance(item, tuple):
                yield from self._stream(io.BytesIO(item[1]), item[0], fresh=fresh, depth=depth + 1)
            else:
                yield item


def _real(path: Path) -> bytes:
    return os.path.realpath(path).encode("utf-8", "surrogateescape")


def _unreadable(data: bytes) -> str | None:
    if not data:
        return "the file is empty; nothing to read"
    if data[257:262] == b"ustar":
        return "a TAR archive; unpack it and pass the folder"
    if data.startswith(b"PK\x03\x04"):
        return "a ZIP archive within gzip; unpack it first"
    return "compressed twice; unpack it first" if is_gzip(data) else None
