"""Text and what is known about it to an `Article`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from variorum.errors import InputError
from variorum.ingest import metadata
from variorum.ingest.blocks import label
from variorum.ingest.bylines import Byline
from variorum.ingest.credits import credits_of, short_name
from variorum.ingest.metadata import own_agency
from variorum.ingest.outlets import named_at_edges, outlets_apart
from variorum.ingest.paragraphs import Paragraph, flatten, paragraphs
from variorum.model import Anchor, Article, Block, Metadatum, Stamp
from variorum.text.dates import written_dates
from variorum.text.ids import content_id

_MOST_LINES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of an article before its text is read: from the record or the markup it came in. ``headline_alone``
    is true of a title that has nothing of the site in it any more."""

    source: str
    id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    headline_alone: bool = False
    publisher: str | None = None
    site_name: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    language: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    retrieved: Stamp | None = None
    section: str | None = None
    stated_language: str | None = None
    metadata: tuple[Metadatum, ...] = ()


def build(text: str, hints: Hints, *, plain: bool = False, parts: list[Paragraph] | None = None) -> Article:
    """The article that ``text`` is: blocks found, credits, names and dates read off them. ``plain`` takes the text as
    all body; ``parts`` are its paragraphs where markup has given them. Raises `InputError` for what is too long."""
    if text.count("\n") > _MOST_LINES:
        raise InputError(hints.source, f"over {_MOST_LINES} lines, more than any article; a log or a list of words?")
    flat = flatten(text)
    parts = paragraphs(text, flat) if parts is None else parts
    if plain:
        for part in parts:
            part.kind = "body"
    else:
        outlets = tuple(name for name in (hints.publisher, hints.site_name) if name)
        parts = label(parts, text, flat, hints.title, outlets)
    return _assembled(text, hints, parts)


def _assembled(text: str, hints: Hints, parts: Sequence[Paragraph]) -> Article:
    bylines = metadata.bylines_of(parts)
    origin = metadata.origin_of(parts)
    canonical = hints.canonical_url or origin.url
    bylines = [outlets_apart(b, text) for b in bylines]
    stamps = metadata.stamps_of(parts, (canonical, hints.url), text)
    credits = credits_of(parts)
    publisher = (
        hints.publisher
        or _publisher(parts, bylines, origin, hints, text)
        or own_agency(parts, bylines, credits)
        or _at_edges(parts, hints)
    )
    authors = hints.authors or tuple(dict.fromkeys(name for b in bylines for name in b.authors))
    names = (publisher, hints.site_name, metadata.domain_of(canonical or hints.url))
    return Article(
        id=hints.id or content_id("art", hints.url or "", text),
        source=hints.source,
        text=text,
        url=hints.url,
        canonical_url=canonical,
        title=_title(hints, parts, names),
        publisher=publisher,
        authors=authors,
        agencies=tuple(dict.fromkeys([*(short_name(a) for a in hints.agencies), *(c.agency for c in credits)])),
        credits=credits,
        language=hints.language or metadata.language_of(parts) or hints.stated_language,
        published=metadata.finer_of(hints.published, stamps.published),
        modified=hints.modified or stamps.modified,
        retrieved=hints.retrieved,
        blocks=tuple(Block((p.start, p.end), p.kind or "body", Anchor(p.path) if p.path else None) for p in parts),
        domain=metadata.domain_of(canonical or hints.url),
        section=hints.section,
        metadata=hints.metadata,
    )


def _at_edges(parts: Sequence[Paragraph], hints: Hints) -> str | None:
    """The outlet that stands behind the headline, or in the lines below the text."""
    title = hints.title or next((p.plain.strip("#*_ ") for p in parts if p.kind == "title"), None)
    last = max((n for n, p in enumerate(parts) if p.kind == "body"), default=len(parts))
    end = [
        p.plain for p in parts[max(0, last) :] if p.kind in ("boilerplate", "credit") or p.plain.startswith("About ")
    ]
    return named_at_edges(title, end)


def _title(hints: Hints, parts: Sequence[Paragraph], names: Sequence[str | None]) -> str | None:
    if hints.title is None:
        return metadata.title_of(parts, names)
    return hints.title if hints.headline_alone else metadata.clean_title(hints.title, names)


def _publisher(
    parts: Sequence[Paragraph], bylines: Sequence[Byline], origin: metadata.Origin, hints: Hints, text: str
) -> str | None:
    masthead = next((p.outlet for p in parts if p.outlet), None)
    found = metadata.publisher_of(bylines, origin, masthead, hints.canonical_url, hints.url, text)
    by_name = any(b.outlets for b in bylines) or (found is not None and found == origin.outlet)
    return hints.site_name if hints.site_name and not by_name else found


# --- records ------------------------------------------------------------------------------------------------------


def from_record(record: Any, source: str, *, plain: bool) -> Article:
    """The article of one JSONL record; raises `InputError`."""
    if not isinstance(record, Mapping):
        raise InputError(source, "not a JSON object; each line must be one record with a text")
    if record.get("blocks"):
        return _as_read_before(record, source)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(source, 'no text; a record needs a "text" that is a string and not blank')
    hints = Hints(
        source,
        id=_string(record, "id", source),
        url=_string(record, "url", source),
        title=_string(record, "title", source),
        publisher=_string(record, "publisher", source),
        language=_string(record, "language", source),
        published=given_stamp(_string(record, "published", source)),
    )
    return build(text, hints, plain=plain)


def unread_date(record: Mapping[str, Any]) -> str | None:
    """Why the date of a record that became an article was not taken, if it has one."""
    value = record.get("published")
    if value in (None, "") or isinstance(value, Mapping) or given_stamp(str(value)):
        return None
    shown = str(value)[:40]
    return f'"published" {shown!r} is no date that can be read; the article is kept without it; write 2031-05-03'


def given_stamp(value: str | None) -> Stamp | None:
    """A date that a record or a page gives, whatever its form; None where no date can be read in it."""
    date = next((d for d in written_dates(value) if d.year), None) if value else None
    if date is None:
        return Stamp(value, "year", "metadata") if value and len(value) == 4 and value.isdigit() else _month(value)
    return Stamp(date.iso(), date.precision, "metadata")


def _month(value: str | None) -> Stamp | None:
    if value and len(value) == 7 and value[4] == "-" and value[:4].isdigit() and "01" <= value[5:] <= "12":
        return Stamp(value, "month", "metadata")
    return None


def _string(record: Mapping[str, Any], key: str, source: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise InputError(source, f'"{key}" must be a string')
    return str(value)


def _as_read_before(record: Mapping[str, Any], source: str) -> Article:
    try:
        return msgspec.convert({"source": source, **record}, Article)
    except msgspec.ValidationError as exc:
        raise InputError(source, f"an article record that breaks its own shape: {exc}") from exc
