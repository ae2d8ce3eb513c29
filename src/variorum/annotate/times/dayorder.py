"""Which of two numbers is the day: "04/05/2031" is 4 May in most countries and April 5 in some."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import msgspec

from variorum.annotate.times.lexer import numeric_dates
from variorum.model import Article
from variorum.text import vocabulary

_SPELT: Final = re.compile(
    r"(?P<day>\b\d{1,2}(?:st|nd|rd|th)?\s+)?\b[A-Z][a-z]{2,8}\b(?P<month>\.?\s+\d{1,2},\s+\d{4}\b)?"
)
_DOMAIN: Final = re.compile(r"(?:[a-z0-9-]+\.)+(?P<last>[a-z]{2,})")


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Whether the day comes first, and by what; the reason is that of every date that could be read both ways."""

    day_first: bool
    reason: str


class _Order(msgspec.Struct, frozen=True):
    month_first: tuple[str, ...]
    outlets: dict[str, tuple[str, ...]]


class _Shape(msgspec.Struct, frozen=True):
    order: _Order


@cache
def _words() -> _Order:
    shape: _Shape = vocabulary.load("time", _Shape)
    return shape.order


def order_of(text: str, country: str | None) -> DayOrder:
    """The order that an article writes: by a date of its own that can be read one way only, else by the country of its
    publisher (ISO 3166), else by how it spells dates out, else day first, as most of the world does."""
    either = "day and month could change places; read as {}, {}"
    for found in numeric_dates(text):
        written = re.findall(r"\d+", text[slice(*found.span)])
        if not found.ambiguous and len(written[0]) <= 2 and int(written[0]) != int(written[1]):
            day_first = int(written[0]) == found.day
            shown = f'as in "{text[slice(*found.span)]}"'
            return DayOrder(day_first, either.format(_name(day_first), shown))
    if country is not None:
        day_first = country not in _words().month_first
        return DayOrder(day_first, either.format(_name(day_first), f"as is usual in {country}"))
    spelt = [bool(m["day"]) for m in _SPELT.finditer(text) if bool(m["day"]) != bool(m["month"])]
    if spelt:
        day_first = sum(spelt) * 2 >= len(spelt)
        return DayOrder(day_first, either.format(_name(day_first), "as the text spells its dates out"))
    return DayOrder(True, either.format(_name(True), "as in most countries"))


def _name(day_first: bool) -> str:
    return "day/month" if day_first else "month/day"


def country_of(article: Article) -> str | None:
    """The country of an article's publisher, by the data's list of outlets or by the end of its address."""
    publisher = (article.publisher or "").casefold().removeprefix("the ")
    hosts = [urlsplit(url).hostname or "" for url in (article.canonical_url, article.url) if url]
    for name in (publisher, *(h.removeprefix("www.") for h in hosts)):
        for country, outlets in _words().outlets.items():
            if name in outlets:
                return country
    for name in (publisher, *hosts):
        domain = _DOMAIN.fullmatch(name)
        if domain and len(domain["last"]) == 2:
            return "GB" if domain["last"] == "uk" else domain["last"].upper()
    return None
