"""A record to its article, or the reason why it gives none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from variorum.errors import InputError
from variorum.ingest.agency import is_ninjs, ninjs_record
from variorum.ingest.article import Hints, build, from_record, unread_date
from variorum.ingest.columns import columns_of, renamed
from variorum.ingest.decode import Decoded, decode
from variorum.ingest.page import read_page
from variorum.ingest.records import IngestConfig, Record, problem, said, stamp_of
from variorum.model import Article, Problem, RawRecord

#: Somebody who is given the bytes that an article was read from.
Keep = Callable[[bytes], object]

_HALF: Final = re.compile("[\ud800-\udfff]")


def read_record(record: Record, config: IngestConfig, keep: Keep | None = None) -> Iterator[Article | Problem]:
    """The article of a record with the digest of the bytes it was read from, and what is wrong with it. ``keep`` is
    given these bytes."""
    try:
        if record.form == "row":
            for item in _row(record, config, keep):
                yield _placed(item, record.hints) if isinstance(item, Article) else item
        else:
            read = _text if record.form == "text" else _page
            for item in read(record, config):
                yield _with_raw(item, record, keep) if isinstance(item, Article) else item
    except InputError as exc:
        yield problem(record.source, exc.reason)


def _with_raw(article: Article, record: Record, keep: Keep | None) -> Article:
    if keep is not None:
        keep(record.data)
    encoding = article.raw.encoding if article.raw else None
    return replace(article, raw=RawRecord(sha256(record.data).hexdigest(), record.at, encoding))


def _placed(article: Article, hints: Hints) -> Article:
    """A row says little of itself: where it came from, and when, is known of the file it stands in."""
    if hints.url is None and hints.retrieved is None:
        return article
    return replace(article, url=article.url or hints.url, retrieved=article.retrieved or hints.retrieved)


def _text(record: Record, config: IngestConfig) -> Iterator[Article | Problem]:
    decoded = Decoded(record.text) if record.text is not None else decode(record.data, record.charset)
    if isinstance(decoded, str):
        raise InputError(record.source, decoded)
    if not decoded.text.strip():
        raise InputError(record.source, "nothing but white space; give a file with text")
    yield build(decoded.text, record.hints, plain=config.plain)
    if decoded.warning:
        yield problem(record.source, decoded.warning)


def _page(record: Record, config: IngestConfig) -> Iterator[Article | Problem]:
    return read_page(
        record.data,
        record.hints,
        declared=record.charset,
        keep_short=config.keep_short,
        plain=config.plain,
        whole=record.form == "fragment",
        profiles=config.publishers,
    )


# --- rows ---------------------------------------------------------------------------------------------------------


def _row(record: Record, config: IngestConfig, keep: Keep | None) -> Iterator[Article | Problem]:
    try:
        row = json.loads(record.data)
    except (ValueError, RecursionError) as exc:
        reason = f"not a JSON object ({said(exc)}); each line must be one record with a text"
        raise InputError(record.source, reason) from exc
    if not isinstance(row, Mapping):
        raise InputError(record.source, "not a JSON object; each record must be one with a text")
    if row.get("blocks"):
        yield from_record(row, record.source, plain=config.plain)
    elif is_ninjs(row):
        yield from read_record(replace(ninjs_record(row, record.source), at=record.at), config, keep)
    else:
        yield from _fields(row, record, config, keep)


def _fields(
    given: Mapping[str, Any], record: Record, config: IngestConfig, keep: Keep | None
) -> Iterator[Article | Problem]:
    row = _whole({**given, **renamed(given, columns_of(given, config.columns))})
    if (published := row.get("published")) is not None and (stamp := stamp_of(str(published))) is not None:
        row["published"] = stamp.value
    text, page = row.get("text"), row.get("html")
    if isinstance(page, str) and page.strip() and not (isinstance(text, str) and text.strip()):
        blank = from_record({**row, "text": "."}, record.source, plain=True)  # checks its fields
        hints = Hints(
            record.source,
            id=blank.id if row.get("id") else None,
            url=blank.url,
            title=blank.title,
            publisher=row.get("publisher"),
            language=row.get("language"),
            published=blank.published,
        )
        page_record = Record(page.encode("utf-8", "replace"), hints, "page", "utf-8", at=record.at)
        yield from read_record(page_record, config, keep)
    else:
        yield _with_raw(from_record(row, record.source, plain=config.plain), record, keep)
    if reason := unread_date(row):
        yield problem(record.source, reason)


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """The row with halves of characters, which JSON can write and no file can hold, made whole or marked."""
    return {
        key: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, str) and not value.isascii() and _HALF.search(value)
        else value
        for key, value in row.items()
    }
