"""WARC archives, streamed: every response with a page in it is an article. Memory is that of one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from variorum.ingest.article import Hints, given_stamp
from variorum.ingest.page import read_page
from variorum.ingest.profiles import Profile
from variorum.model import Article, Problem

_PAGE_TYPES: Final = ("text/html", "application/xhtml")


def read_archive(
    stream: IO[bytes], name: str, max_bytes: int, keep_short: bool, plain: bool, profiles: tuple[Profile, ...] = ()
) -> Iterator[Article | Problem]:
    """Articles and problems of one archive in its order; ``source`` is ``name#url``."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource"):
                continue
            count += 1
            yield from _read_record(record, name, max_bytes, keep_short, plain, profiles)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as exc:
        yield Problem(name, "ingest", f"damaged after record {count} ({exc}); what came before it was kept")
        return
    if not count:
        yield Problem(name, "ingest", "a WARC archive without a response record; nothing to read")


def _read_record(
    record: Any, name: str, max_bytes: int, keep_short: bool, plain: bool, profiles: tuple[Profile, ...]
) -> Iterator[Article | Problem]:
    url = record.rec_headers.get_header("WARC-Target-URI")
    source = f"{name}#{url}"
    content_type = (record.http_headers and record.http_headers.get_header("Content-Type")) or record.content_type or ""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not str(content_type).lower().startswith(_PAGE_TYPES):
        return
    if status and not status.startswith("2"):
        return
    data = record.content_stream().read(max_bytes + 1)
    if len(data) > max_bytes:
        reason = f"this page is larger than {max_bytes / 1e6:g} MB; raise the limit with --max-bytes (now {max_bytes})"
        yield Problem(source, "ingest", reason)
        return
    hints = Hints(source, url=url, retrieved=given_stamp(record.rec_headers.get_header("WARC-Date")))
    charset = str(content_type).lower().partition("charset=")[2].strip(" \"';") or None
    yield from read_page(data, hints, declared=charset, keep_short=keep_short, plain=plain, profiles=profiles)
    if _cut_short(record):
        yield Problem(source, "ingest", "the record ends before its stated length; the text may be cut short")


def _cut_short(record: Any) -> bool:
    return bool(getattr(record.raw_stream, "limit", 0))
