"""Publisher profiles: what is known of one publisher's pages that general rules cannot find out.

An entry of `data/publishers.toml`, or of a file of the user's own, says where on the publisher's pages something stands
(as XPath) and what is not written there at all (its name, its time zone). Each comes with a golden page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from variorum.errors import UsageError, VocabularyError
from variorum.ingest.markup import text_of
from variorum.ingest.metadata import domain_of
from variorum.ingest.pagedata import Said
from variorum.model import MetadataField, Stamp
from variorum.text import vocabulary

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FIELDS: Final[tuple[tuple[str, MetadataField], ...]] = (
    ("title", "title"), ("authors", "author"), ("published", "published"), ("modified", "modified"),
    ("section", "section"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher. ``domains`` are its registrable ones. ``title`` to ``section`` are XPath expressions that give
    elements, attributes or strings; ``body`` gives the elements that hold the text, ``drop`` those in it that are no
    part of it. ``time_zone`` (IANA) is that of times without one."""

    name: str
    domains: tuple[str, ...]
    title: str | None = None
    authors: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    body: str | None = None
    drop: str | None = None
    time_zone: str | None = None

    def said(self, tree: HtmlElement) -> Iterator[Said]:
        """What the page says at the places that the profile names."""
        yield Said("publisher", self.name, "profile")
        for attribute, field in _FIELDS:
            path = getattr(self, attribute)
            for number, value in enumerate(_found(tree, path) if path else ()):
                text = value if isinstance(value, str) else value.get("datetime") or text_of(value, apart=True)
                if text.strip():
                    yield Said(field, text.strip(), "profile", 0 if field == "author" else number)

    def elements(self, tree: HtmlElement, path: str | None) -> list[HtmlElement]:
        """The elements that ``path`` (``body`` or ``drop``) gives."""
        return [e for e in _found(tree, path) if not isinstance(e, str)] if path else []

    def zoned(self, stamp: Stamp | None) -> Stamp | None:
        """``stamp`` with the publisher's offset on that day, if it is a time without one."""
        if stamp is None or self.time_zone is None or not re.search(r"T\d\d:\d\d(?::\d\d)?\Z", stamp.value):
            return stamp
        moment = datetime.fromisoformat(stamp.value).replace(tzinfo=ZoneInfo(self.time_zone))
        offset = moment.isoformat()[-6:]
        reason = stamp.reason or f"the zone is that of the publisher's profile ({self.time_zone})"
        return Stamp(stamp.value + offset, stamp.precision, stamp.basis, stamp.span, reason)


@dataclass(frozen=True, slots=True)
class _File:
    publisher: tuple[Profile, ...] = ()


@cache
def known_profiles() -> tuple[Profile, ...]:
    """The profiles of `data/publishers.toml`. Raises `VocabularyError`."""
    found: tuple[Profile, ...] = vocabulary.load("publishers", _File).publisher
    for profile in found:
        if reason := _wrong(profile):
            raise VocabularyError(f"data/publishers.toml: {profile.name}: {reason}")
    return found


def read_profiles(path: Path) -> tuple[Profile, ...]:
    """The profiles of a user's file. Raises `UsageError` naming the entry that is wrong."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
        found = msgspec.convert(entries, _File).publisher
    except (OSError, ValueError) as exc:  # msgspec's and TOML's errors are of the latter kind
        raise UsageError(f"{path}: cannot be read as publisher profiles: {exc}") from exc
    known = {field.name for field in fields(Profile)}
    for unknown in sorted({key for entry in entries.get("publisher", ()) for key in entry} - known):
        raise UsageError(f"{path}: {unknown!r} is nothing that a profile says; known are {', '.join(sorted(known))}")
    for profile in found:
        if reason := _wrong(profile):
            raise UsageError(f"{path}: {profile.name}: {reason}")
    return found


def _wrong(profile: Profile) -> str | None:
    """What breaks a profile's own rules."""
    from lxml import etree

    if not profile.domains or any(domain_of(d) != d for d in profile.domains):
        return 'domains must be registrable ones, such as "example.com"'
    if profile.time_zone:
        try:
            ZoneInfo(profile.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return f'time_zone: {profile.time_zone!r} is no IANA zone; write "Europe/Berlin"'
    for field in fields(profile):
        value = getattr(profile, field.name)
        if field.name in ("name", "domains", "time_zone") or value is None:
            continue
        try:
            etree.XPath(value)
        except etree.XPathError as exc:
            return f"{field.name}: {value!r} is no XPath ({exc})"
    return None


def profile_for(url: str | None, own: Sequence[Profile] = ()) -> Profile | None:
    """The profile of the publisher whose domain ``url`` has; the user's ``own`` come first."""
    domain = domain_of(url)
    return next((p for p in (*own, *known_profiles()) if domain in p.domains), None) if domain else None


def _found(tree: HtmlElement, path: str) -> list[HtmlElement | str]:
    from lxml import etree

    found = etree.XPath(path)(tree)
    if isinstance(found, str):
        return [found]
    listed: list[Any] = found if isinstance(found, list) else []
    return [str(e) if isinstance(e, str) else e for e in listed if isinstance(getattr(e, "tag", str(e)), str)]
