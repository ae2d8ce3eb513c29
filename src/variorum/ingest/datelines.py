"""Datelines ("TARNOV, April 12 (NWS) –") at the head of a sentence and credits ("(AP)", "— AFP") at its end."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from variorum.ingest.bylines import is_agency, kind_of
from variorum.ingest.words import mastheads
from variorum.text.dates import written_dates
from variorum.text.vocabulary import load

_WINDOW: Final = 140  # characters in which a dateline ends
_DASH: Final = r"(?:--+|[–—-]|:)"
_PLACE: Final = r"[^\W\d_][\w.'/-]*(?:\s[^\W\d_][\w.'-]*){0,4}(?:,\s?[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*){0,2}){0,2}"
_CREDITED: Final = re.compile(
    rf"\W*(?P<place>{_PLACE})?(?P<date>,?\s[^()]{{0,40}}?)??\s*\((?P<names>[^()]{{2,60}})\)"
    rf"(?P<behind>,\s[^()—–:]{{4,24}}?)?\s*(?:{_DASH}\s*|(?=[A-Z\"]))"
)
#: "VELM. 12 September. /KNA/. The mill …", "VELM, September 12. /KNA/. …"
_SLASHED: Final = re.compile(
    rf"\W*(?P<place>{_PLACE})[.,] (?P<date>[^/()]{{3,24}}?)[.,]? ?/(?P<names>[A-Z][\w .&-]{{1,40}})/[.,:;–—-]*\s*(?=\S)"
)
_UNCREDITED: Final = re.compile(
    rf"\W*(?P<place>{_PLACE})(?P<date>,\s[^()—–:]{{0,40}}?)?\s*(?P<dash>--+|\s[–-]\s|\s?[—–]\s?|:\s)\s*(?=\S)"
)
_WIRE: Final = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,3}")
_LEAD: Final = re.compile(r"(?P<name>[A-Z][\w]*(?: [A-Z]\w*)?)\s?[—–-]{1,2}\s+(?=[A-Z])")
_TAIL: Final = re.compile(
    r"(?<=[.!?\"'])\s*(?:\((?P<paren>[^()]{2,40})\)|(?:—|–|--?)\s*(?P<dash>[A-Z][\w /,&-]{1,40}))\.?\s*\Z"
)


def dateline(flat: str) -> int | None:
    """Where the dateline that opens ``flat`` ends, or None."""
    window = flat[:_WINDOW]
    if match := _CREDITED.match(window):
        shouted = (match["place"] or "").split(",")[0]
        named = shouted.isupper() and len(shouted) > 2 and shouted not in mastheads().labels
        sent = names_in(match["names"]) or (named and wires_in(match["names"]))
        credited = sent or kind_of(match["names"]) == "outlet"
        behind = not match["behind"] or any(date.day for date in written_dates(match["behind"]))
        if _is_place(match["place"] or "") and _is_date(match["date"]) and behind and credited:
            return match.end()
        return None
    if (match := _SLASHED.match(window)) and any(date.day for date in written_dates(match["date"])):
        return match.end()
    match = _UNCREDITED.match(window)
    if not match:
        return None
    place = match["place"]
    shouted = place.split(",")[0]
    if shouted.isupper() and len(shouted) > 2 and shouted not in mastheads().labels and _is_date(match["date"]):
        return match.end() if match["dash"] != ": " or len(shouted) > 3 else None
    if match["date"] and _is_place(place) and any(written_dates(match["date"])) and match["dash"] != ": ":
        return match.end()
    if is_agency(place) and match["dash"].strip() in ("-", "–", "—", "--"):
        return match.end()
    return None


def names_in(words: str) -> list[str]:
    """The agencies that the brackets of a dateline name; initials that no list knows are one too."""
    names = [n.strip() for n in re.split(r"[/,&]|\band\b", words)]
    return [n for n in names if is_agency(n) or (kind_of(n) == "agency")]


def wires_in(words: str) -> list[str]:
    """The agencies that the brackets of a dateline name, where its place is written in capitals: any name that is no
    country's and no outlet's is one ("SKARNESS, April 23 (Telepress) –")."""
    if known := names_in(words):
        return known
    kind = kind_of(words)
    wire = kind not in ("outlet", "nobody", "role") or (kind == "outlet" and words.endswith(" Press"))
    return [words] if wire and _WIRE.fullmatch(words) and words.casefold() not in _countries() else []


@cache
def _countries() -> frozenset[str]:
    known: _Countries = load("countries", _Countries)
    return frozenset(name.casefold() for land in known.country for name in (land.name, *land.names))


class _Country(msgspec.Struct, frozen=True):
    name: str
    names: tuple[str, ...]


class _Countries(msgspec.Struct, frozen=True):
    """`data/countries.toml`, as far as it is needed here."""

    country: tuple[_Country, ...]


def credit_at_end(flat: str) -> int | None:
    """Where the credit that closes ``flat`` begins, or None."""
    if flat[-1:] not in ")." and not flat[-1:].isalnum():
        return None
    tail = flat[-50:]
    if not ("(" in tail or "—" in tail or "–" in tail or "-" in tail):
        return None
    match = _TAIL.search(flat, max(0, len(flat) - 50))
    if not match or match.start() == 0:
        return None
    return match.start() if names_in(match["paren"] or match["dash"]) else None


def _is_place(words: str) -> bool:
    return all(w[0].isupper() or w in ("de", "la", "of", "the", "am", "sur") for w in words.replace(",", " ").split())


def _is_date(words: str | None) -> bool:
    return not words or not words.strip(" ,") or len(words.split()) <= 5
