"""Addresses among the sources: fetched ahead, many at a time, and read by what they turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO, Final
from urllib.parse import urlsplit

from variorum.errors import InputError
from variorum.ingest.article import Hints, given_stamp
from variorum.ingest.markup import page_words
from variorum.ingest.records import Found, Record, problem
from variorum.model import Stamp
from variorum.ports import Fetched, Fetcher

_HTML: Final = ("text/html", "application/xhtml")
_STARTS: Final = (b"<!doctype html", b"<html")

ReadBytes = Callable[[IO[bytes], str], Found]


def is_address(source: object) -> bool:
    """Whether a source is the address of something on the web."""
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Online:
    """Reads addresses. ``read_bytes`` takes apart what is no page, as if it were a file of that name."""

    fetcher: Fetcher
    read_bytes: ReadBytes

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Found | InputError]]:
        """Each of ``urls``, which are all fetched at once, in their order with its records and problems, or with why it
        could not be fetched."""
        for url, found in zip(urls, self.fetcher.fetch_all(urls), strict=True):
            yield url, found if isinstance(found, InputError) else self._read(url, found)

    def _read(self, url: str, found: Fetched) -> Found:
        retrieved = given_stamp(found.retrieved)
        if _asks_first(url, found.url):
            yield problem(url, f"sent on to {found.url[:100]}, which asks for consent in place of the article")
        elif _is_page(found):
            charset = found.content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
            yield Record(found.data, Hints(url, url=found.url, retrieved=retrieved), "page", charset)
        else:
            for item in self.read_bytes(BytesIO(found.data), url):
                yield _placed(item, found.url, retrieved) if isinstance(item, Record) else item


def _placed(record: Record, url: str, retrieved: Stamp | None) -> Record:
    hints = record.hints
    return replace(record, hints=replace(hints, url=hints.url or url, retrieved=hints.retrieved or retrieved))


def _is_page(found: Fetched) -> bool:
    if found.content_type:
        return found.content_type.lower().startswith(_HTML)
    return found.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_STARTS)


def _asks_first(url: str, end: str) -> bool:
    """Whether an address was sent on to a place where consent is asked: "consent.…", "…/collectConsent"."""
    if end == url:
        return False
    parts = urlsplit(end)
    return bool(page_words().consent_urls.search(f"{parts.hostname}{parts.path}"))
