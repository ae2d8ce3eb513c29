"""Sources to articles: walks folders, looks at what the bytes are, and keeps every failure as a `Problem`."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from typing import IO, Any, Final

from variorum.errors import InputError
from variorum.ingest.article import Hints, build, from_record, unread_date
from variorum.ingest.decode import decode
from variorum.ingest.online import Online, is_address
from variorum.ingest.profiles import Profile
from variorum.ingest.unpack import BoundedLines, buffered_head, is_gzip, unpacked
from variorum.model import Article, Problem
from variorum.ports import Fetcher

Source = str | Path | IO[bytes] | IO[str] | Article
Result = Iterator[Article | Problem]

_STAGE: Final = "ingest"
_HEAD: Final = 4096  # bytes that decide what a file is
_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF-"
_HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
_JSONL_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<div", b"<article", b"<p>")
_TAGS: Final = (b"</p>", b"</div>", b"</a>", b"<br", b"</span>", b"</html>", b"</head>", b"</title>", b"</script>")


@dataclass(frozen=True, slots=True)
class IngestConfig:
    """``plain`` takes each text as all body, with no blocks to find. ``max_bytes`` bounds one text, page or record,
    after decompression. ``keep_short`` keeps pages that have no paragraph over 20 words. ``publishers`` are
    profiles of the user's own."""

    plain: bool = False
    max_bytes: int = 20_000_000
    keep_short: bool = False
    publishers: tuple[Profile, ...] = ()


@dataclass(slots=True)
class _Seen:
    """What one run has read already, to name the first of two that are the same."""

    paths: dict[str, str] = field(default_factory=dict)
    digests: dict[bytes, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


class Ingest:
    """Reads anything that holds articles. One instance may read many times; nothing is kept between runs."""

    def __init__(self, config: IngestConfig | None = None, fetcher: Fetcher | None = None) -> None:
        self.config = config or IngestConfig()
        self._fetcher = fetcher

    def read(self, sources: Iterable[Source]) -> Result:
        """Articles and problems in the order of ``sources``: paths of files and folders (walked, sorted), ``-`` for
        standard input, addresses (fetched ahead where several follow each other), open files, and articles, which pass
        through. Never raises for what a source holds."""
        seen = _Seen()
        for online, group in groupby(sources, is_address):
            if online:
                found: Iterable[Article | Problem] = self._online(seen).read(map(str, group))
            else:
                found = chain.from_iterable(self._any(source, seen) for source in group)
            for item in found:
                yield item if isinstance(item, Problem) else _once(item, seen)

    def _online(self, seen: _Seen) -> Online:
        if self._fetcher is None:  # nobody has handed one down: one that keeps to the public web
            from variorum.ingest.web import WebConfig, WebFetcher

            self._fetcher = WebFetcher(WebConfig(max_bytes=self.config.max_bytes))
        config = self.config
        read_bytes = partial(self._stream, seen=seen)
        return Online(self._fetcher, read_bytes, config.keep_short, config.plain, config.publishers)

    @staticmethod
    def from_json(record: Mapping[str, Any], *, source: str = "record", plain: bool = False) -> Article:
        """The article of one JSONL record: ``text`` and any of ``id``, ``title``, ``published``, ``publisher``,
        ``url``, ``language``; a record that has ``blocks`` is an article that was read before and is kept as it is.

        Raises `InputError` where a field is missing or of the wrong type.
        """
        return from_record(record, source, plain=plain)

    def _any(self, source: Source, seen: _Seen) -> Result:
        if isinstance(source, Article):
            return iter((source,))
        if isinstance(source, str | Path):
            return self._stream(sys.stdin.buffer, "-", seen) if str(source) == "-" else self._path(Path(source), seen)
        name = getattr(source, "name", None)
        return self._stream(source, name if isinstance(name, str) else "stream", seen)

    def _path(self, path: Path, seen: _Seen) -> Result:
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                yield from self._folder(path, seen)
            elif stat.S_ISREG(mode):
                yield from self._file(path, seen)
            else:
                yield _problem(path, "not a regular file; give a file or a folder")
        except FileNotFoundError:
            yield _problem(path, "no such file or folder; check the path")
        except PermissionError:
            yield _problem(path, "not allowed to read it; check its permissions")
        except (OSError, ValueError) as exc:
            yield _problem(path, f"cannot be read ({_said(exc)})")

    def _folder(self, folder: Path, seen: _Seen) -> Result:
        found = False
        for item in self._walk(folder, seen):
            found = found or isinstance(item, Article)
            yield item
        if not found:
            yield _problem(folder, "nothing readable in this folder; it needs .txt, .md, .html, .warc or .jsonl files")

    def _walk(self, folder: Path, seen: _Seen) -> Result:
        """Files in order of their paths; a folder reached a second time through a link is not entered again."""
        entered: set[str] = set()
        for base, folders, files in os.walk(folder, followlinks=True, onerror=None):
            real = os.path.realpath(base)
            folders[:] = [] if real in entered else sorted(f for f in folders if not f.startswith("."))
            if real in entered:
                yield _problem(Path(base), "a link that leads back to a folder already read; left out")
                continue
            entered.add(real)
            for name in sorted(f for f in files if not f.startswith(".")):
                yield from self._path(Path(base, name), seen)

    def _file(self, path: Path, seen: _Seen) -> Result:
        real = os.path.realpath(path)
        if real in seen.paths:
            yield _problem(path, f"the same file was read before as {seen.paths[real]}; left out")
            return
        seen.paths[real] = str(path)
        with path.open("rb") as stream:
            yield from self._stream(stream, str(path), seen)

    def _stream(self, stream: IO[bytes] | IO[str], name: str, seen: _Seen) -> Result:
        """What the bytes hold, decided by their beginning; the suffix decides only between kinds of text."""
        try:
            raw, head = buffered_head(stream, name, _HEAD)
            if head.startswith(b"WARC/"):  # compressed record by record: its reader takes the gzip off itself
                yield from self._archive(raw, name)
                return
            source = unpacked(raw)
            if _looks_like_jsonl(head, _suffix(name)):
                yield from self._lines(source, name)
            else:
                yield from self._whole(source.read(self.config.max_bytes + 1), name, seen)
        except InputError as exc:
            yield _problem(name, exc.reason)
        except (OSError, EOFError) as exc:
            yield _problem(name, f"cannot be read to its end ({_said(exc)}); what came before it was kept")

    def _whole(self, data: bytes, name: str, seen: _Seen) -> Result:
        if len(data) > self.config.max_bytes:
            yield _problem(name, self._too_large("this text"))
            return
        if reason := _unreadable(data):
            yield _problem(name, reason)
            return
        digest = sha256(data).digest()
        if digest in seen.digests:
            yield _problem(name, f"the same bytes as {seen.digests[digest]}; left out, so that it does not count twice")
            return
        seen.digests[digest] = name
        yield from self._page(data, name) if _looks_like_html(data, _suffix(name)) else self._text(data, name)

    def _text(self, data: bytes, name: str) -> Result:
        decoded = decode(data)
        if isinstance(decoded, str):
            yield _problem(name, decoded)
            return
        if not decoded.text.strip():
            yield _problem(name, "nothing but white space; give a file with text")
            return
        yield build(decoded.text, Hints(source=name), plain=self.config.plain)
        if decoded.warning:
            yield _problem(name, decoded.warning)

    def _page(self, data: bytes, name: str) -> Result:
        from variorum.ingest.page import read_page

        config = self.config
        yield from read_page(
            data, Hints(source=name), keep_short=config.keep_short, plain=config.plain, profiles=config.publishers
        )

    def _archive(self, source: IO[bytes], name: str) -> Result:
        from variorum.ingest.archive import read_archive

        config = self.config
        return read_archive(source, name, config.max_bytes, config.keep_short, config.plain, config.publishers)

    def _lines(self, source: IO[bytes], name: str) -> Result:
        for number, line in BoundedLines(source, self.config.max_bytes):
            place = f"{name}:{number}"
            if line is None:
                yield _problem(place, self._too_large("this line"))
            elif line.strip():
                yield from self._record(line, place)

    def _record(self, line: bytes, place: str) -> Result:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as exc:
            yield _problem(place, f"not a JSON object ({_said(exc)}); each line must be one record with a text")
            return
        try:
            yield self.from_json(record, source=place, plain=self.config.plain)
        except InputError as exc:
            yield _problem(place, exc.reason)
            return
        if reason := unread_date(record):
            yield _problem(place, reason)

    def _too_large(self, what: str) -> str:
        limit = self.config.max_bytes
        return f"{what} is larger than {limit / 1e6:g} MB; raise the limit with --max-bytes (now {limit}) to read it"


def _once(article: Article, seen: _Seen) -> Article | Problem:
    """Two articles of one id would share their spans and statements: the second is a problem."""
    first = seen.ids.setdefault(article.id, article.source)
    if first is article.source:
        return article
    return _problem(article.source, f"the same article (id {article.id}) as {first}; left out")


def _problem(source: object, reason: str) -> Problem:
    return Problem(str(source), _STAGE, reason)


def _said(exc: BaseException) -> str:
    return str(exc) or type(exc).__name__


def _suffix(name: str) -> str:
    path = Path(name.removesuffix(".gz"))
    return path.suffix.lower()


def _unreadable(data: bytes) -> str | None:
    if not data:
        return "the file is empty; nothing to read"
    if data.startswith(_ZIP):
        return "a ZIP archive (perhaps .docx or .wacz); unpack it and pass what is inside"
    if data.startswith(_PDF):
        return "a PDF file; save its text as .txt and pass that"
    return "compressed twice; unpack it first" if is_gzip(data) else None


def _looks_like_jsonl(head: bytes, suffix: str) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in _JSONL_SUFFIXES:
        return not start or b"\x00" not in start
    if not start.startswith(b"{"):
        return False
    first = start.split(b"\n", 1)[0].rstrip()
    return b'"text"' in first or (len(first) >= _HEAD - 16 and first.startswith((b'{"', b'{ "')))


def _looks_like_html(data: bytes, suffix: str) -> bool:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML_STARTS):
        return True
    tags = sum(data[: 16 * _HEAD].lower().count(tag) for tag in _TAGS)
    if suffix in _HTML_SUFFIXES:
        return tags > 0 or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.startswith(b"<") and tags > 2
