"""A dated pile of invented events for `bench/stories.py`: many small stories, each told by three outlets.

What makes such piles hard is kept: all events share one cast of politicians, one vocabulary and much filler, and events
of one kind come again and again. What tells them apart is a name or two, some numbers, a place and the date.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from variorum.model import Article, Stamp

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STARTS = (
    "Bra",
    "Kel",
    "Mor",
    "Tan",
    "Vel",
    "Os",
    "Rin",
    "Dal",
    "Fer",
    "Gor",
    "Hal",
    "Jas",
    "Lun",
    "Pet",
    "Sol",
    "Wex",
)
_MIDDLES = ("", "a", "e", "i", "o", "an", "er", "il")
_ENDS = ("den", "mar", "rick", "stow", "ley", "vik", "nik", "ford", "sen", "tham", "lund", "berg")
_FIRST = ("Ada", "Bruno", "Clara", "Dario", "Elin", "Felix", "Greta", "Hugo", "Iris", "Jonas", "Kira", "Leo")
_CAST = 24  # politicians of whom all reports speak


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened: its kind, its day and what fills the slots of its sentences."""

    kind: str
    day: date
    slots: dict[str, str]


def pile(seed: int, events: int = 100, years: float = 10) -> tuple[list[Article], dict[str, str]]:
    """Reports of so many events, three of each, and the event of each report by its id."""
    news = tomllib.loads((Path(__file__).parent / "pile.toml").read_text("utf-8"))
    dice = random.Random(seed)
    cast = [_person(dice) for _ in range(_CAST)]
    articles: list[Article] = []
    gold: dict[str, str] = {}
    for number in range(events):
        event = _event(dice, news, cast, years)
        for outlet in range(len(news["outlets"])):
            name = f"e{number}o{outlet}"
            articles.append(_report(dice, news, cast, event, name, outlet))
            gold[name] = f"e{number}"
    dice.shuffle(articles)
    return articles, gold


def _event(dice: random.Random, news: dict[str, object], cast: list[str], years: float) -> _Event:
    day = date(2031, 1, 1) + timedelta(days=dice.randrange(round(365 * years)))
    kinds, offices, countries = (list(news[key]) for key in ("kinds", "offices", "countries"))  # type: ignore[call-overload]
    p, q = dice.sample(cast, 2)
    numbers = {key: str(dice.randint(3, 300)) for key in "nmk"}
    named = {"p": p, "q": q, "o": dice.choice(offices), "c": dice.choice(countries), "t": _name(dice), "x": _name(dice)}
    return _Event(dice.choice(kinds), day, {**named, "y": _person(dice), "d": _DAYS[day.weekday()], **numbers})


def _report(
    dice: random.Random, news: dict[str, object], cast: list[str], event: _Event, name: str, outlet: int
) -> Article:
    """One outlet's: most of the facts in its own words and order, then what all say about politics, of anybody."""
    kind, filler, outlets = news["kinds"][event.kind], list(news["filler"]), list(news["outlets"])  # type: ignore
    lead, *others = kind["facts"]
    told = [lead[outlet], *(dice.choice(ways) for ways in dice.sample(others, 3))]
    text = [sentence.format(**event.slots) for sentence in told]
    for sentence in dice.sample(filler, 8):
        p, q = dice.sample(cast, 2)
        text.append(sentence.format(**{**event.slots, "p": p, "q": q}))
    day = event.day + timedelta(days=dice.choice((0, 0, 1, 2)))
    head = kind["head"][outlet].format(**event.slots)
    stamp = Stamp(day.isoformat(), "day", "metadata")
    return Article(name, "bench", "\n\n".join(text), title=head, publisher=outlets[outlet], published=stamp)


def _person(dice: random.Random) -> str:
    return f"{dice.choice(_FIRST)} {_name(dice)}"


def _name(dice: random.Random) -> str:
    return dice.choice(_STARTS) + dice.choice(_MIDDLES) + dice.choice(_ENDS)
