"""Media that are known by letters, under whatever longer name: "KVLM-TV" and "KVLM 4 News", "CBC" and "CBC Radio One".
A network and its station, a channel and its site are one house: who repeats the one repeats the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from variorum.text.vocabulary import load, longest_first

#: The call sign of an American station, alone or before what it sends.
_CALL_SIGN: Final = re.compile(r"(?:the )?([KW][A-Z]{2,3})(?:[-\s](?:TV|FM|AM|DT|LD|News|Radio|Channel|\d+)\b.*)?")
#: To whom something was told, or who reported it, by name.
_NAMED_AFTER: Final = re.compile(
    r"\b(?:told|tells|telling|spoke (?:to|with)|speaking (?:to|with)|interview with|reported by|according to|via)"
    r" (?:the )?((?:[A-Z][\w&'’-]*|\d+)(?: (?:[A-Z][\w&'’-]*|\d+)){0,4})"
)

_REPORT_OF: Final = re.compile(
    r"\b(?:report|story|article|piece)\b(?: [a-z]+){0,3} (?:from|by|in)"
    r" (?:the )?([A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*)*)$"
)


class _Bylines(msgspec.Struct, frozen=True):
    """`data/bylines.toml`, as far as it is needed here."""

    title_nouns: frozenset[str]
    initials: tuple[str, ...]


class _Media(msgspec.Struct, frozen=True):
    """`data/media.toml`, as far as it is needed here."""

    titles: frozenset[str]
    states: frozenset[str]


def station(name: str) -> str | None:
    """The letters by which a medium is known, in small letters."""
    found = _CALL_SIGN.fullmatch(name) or _network().match(name)
    return found[1].lower() if found else None


def media_told(text: str) -> Iterator[str]:
    """The media to whom, by a text, something was told, or who reported it, as they are named there."""
    for found in _NAMED_AFTER.finditer(text):
        name = found[1].removesuffix("'s").removesuffix("’s")
        if station(name) or name.rsplit(" ", 1)[-1].lower() in _titles():
            yield name


def medium_of(source: str) -> str | None:
    """The medium whose report a source is: "a report today from the Tarn Insider"."""
    found = _REPORT_OF.search(source)
    return found[1] if found else None


@cache
def _network() -> re.Pattern[str]:
    media: _Media = load("media", _Media)
    names = [name for name in _bylines().initials if name not in media.states]
    return re.compile(rf"(?:the )?({longest_first(names)})(?![\w/])")


@cache
def _titles() -> frozenset[str]:
    media: _Media = load("media", _Media)
    return _bylines().title_nouns | media.titles


@cache
def _bylines() -> _Bylines:
    known: _Bylines = load("bylines", _Bylines)
    return known
