"""Addresses among the sources: fetched ahead, many at a time, and read by what they turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import IO, Final
from urllib.parse import urlsplit

from variorum.errors import InputError
from variorum.ingest.article import Hints, given_stamp
from variorum.ingest.markup import page_words
from variorum.ingest.profiles import Profile
from variorum.model import Article, Problem, Stamp
from variorum.ports import Fetched, Fetcher

_AHEAD: Final = 32  # addresses fetched at a time: their pages are held in memory
_HTML: Final = ("text/html", "application/xhtml")
_STARTS: Final = (b"<!doctype html", b"<html")

ReadBytes = Callable[[IO[bytes], str], Iterator[Article | Problem]]


def is_address(source: object) -> bool:
    """Whether a source is the address of something on the web."""
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Online:
    """Reads addresses. ``read_bytes`` reads what is no page as if it were a file of that name."""

    fetcher: Fetcher
    read_bytes: ReadBytes
    keep_short: bool = False
    plain: bool = False
    profiles: tuple[Profile, ...] = ()

    def read(self, urls: Iterable[str]) -> Iterator[Article | Problem]:
        """Articles and problems of ``urls`` in their order, each address once."""
        waiting, seen = iter(urls), set[str]()
        while batch := list(islice(waiting, _AHEAD)):
            fresh = [u for u in dict.fromkeys(batch) if u not in seen]
            for url in {u for u in batch if u in seen or batch.count(u) > 1}:
                yield Problem(url, "ingest", "the same address was given before; fetched once")
            seen.update(fresh)
            for url, found in zip(fresh, self.fetcher.fetch_all(fresh), strict=True):
                if isinstance(found, InputError):
                    yield Problem(url, "ingest", found.reason)
                else:
                    yield from self._read(url, found)

    def _read(self, url: str, found: Fetched) -> Iterator[Article | Problem]:
        retrieved = given_stamp(found.retrieved)
        if _asks_first(url, found.url):
            yield Problem(
                url, "ingest", f"sent on to {found.url[:100]}, which asks for consent in place of the article"
            )
        elif _is_page(found):
            from variorum.ingest.page import read_page

            hints = Hints(source=url, url=found.url, retrieved=retrieved)
            charset = found.content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
            yield from read_page(
                found.data,
                hints,
                declared=charset,
                keep_short=self.keep_short,
                plain=self.plain,
                profiles=self.profiles,
            )
        else:
            for item in self.read_bytes(BytesIO(found.data), url):
                yield _placed(item, found.url, retrieved) if isinstance(item, Article) else item


def _placed(article: Article, url: str, retrieved: Stamp | None) -> Article:
    return replace(article, url=article.url or url, retrieved=article.retrieved or retrieved)


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
