"""Text and what is known about it to an `Article`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from variorum.errors import InputError
from variorum.model import Article, Block, Stamp
from variorum.text.ids import content_id


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of an article before its text is read: from the record or the markup it came in."""

    source: str
    id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    publisher: str | None = None
    site_name: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    retrieved: Stamp | None = None
    blocks: tuple[Block, ...] = ()


def build(text: str, hints: Hints, *, plain: bool = False) -> Article:
    """The article that ``text`` is; ``plain`` takes it as all body."""
    from itertools import pairwise
    blocks = []
    p = 0
    for line in text.split("\n"):
        t = line.strip()
        if t:
            s = p + line.index(t)
            blocks.append(Block((s, s + len(t)), "body"))
        p += len(line) + 1
    return Article(hints.id or content_id("art", hints.url or "", text), hints.source, text, hints.url, title=hints.title, publisher=hints.publisher, published=hints.published, language=hints.language, blocks=tuple(blocks))


def from_record(record: Any, source: str, *, plain: bool) -> Article:
    """The article of one JSONL record; raises `InputError`."""
    if not isinstance(record, Mapping):
        raise InputError(source, "not a JSON object; each line must be one record with a text")
    if record.get("blocks"):
        return _as_read_before(record, source)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(source, 'no text; a record needs a "text" that is a string and not blank')
    known = {key: _string(record, key, source) for key in ("id", "url", "title", "publisher", "language")}
    published = _string(record, "published", source)
    hints = Hints(known["id"] and source or source, **known, published=Stamp(published, "day", "metadata") if published else None)
    return build(text, hints, plain=plain)


def _string(record: Mapping[str, Any], key: str, source: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str | int):
        raise InputError(source, f'"{key}" must be a string')
    return str(value)


def _as_read_before(record: Mapping[str, Any], source: str) -> Article:
    try:
        return msgspec.convert({"source": source, **record}, Article)
    except msgspec.ValidationError as exc:
        raise InputError(source, f"an article record that breaks its own shape: {exc}") from exc
