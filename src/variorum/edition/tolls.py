"""The tolls of an edition's stories, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from variorum.edition.wording import Wording, count, dated, shortened, visible
from variorum.model import Edition, ReportToll, StoryToll, TollReading

_LONGEST: Final = 60
_ATTACKER: Final = {"in": "attackers counted", "out": "attackers not counted"}


def told_tolls(tolls: Iterable[StoryToll], edition: Edition) -> str:
    """Each story with its dead and injured, and by report where they are not one figure."""
    wording = Wording(edition)
    lines: list[str] = []
    for toll in tolls:
        lines += ["", *_story(toll, wording)] if lines else list(_story(toll, wording))
    return "\n".join(lines or ["no report tells of dead or injured"]) + "\n"


def _story(toll: StoryToll, wording: Wording) -> Iterator[str]:
    yield f"{visible(toll.title)} · {count(len(toll.reports), 'report')}"
    for name, reading, each in (
        ("killed", toll.killed, [(r, r.killed) for r in toll.reports]),
        ("injured", toll.injured, [(r, r.injured) for r in toll.reports]),
    ):
        if reading is None:
            continue
        attacker = f", {_ATTACKER[toll.attacker]}" if toll.attacker and name == "killed" else ""
        yield f"  {name:8} {number(reading)}{attacker}{_standing(reading, each, wording)}"
        yield from _reports(each, wording)


def _standing(reading: TollReading, each: Sequence[tuple[ReportToll, TollReading | None]], wording: Wording) -> str:
    told = [r for _, r in each if r is not None]
    if len({(r.low, r.high) for r in told}) > 1:
        latest = (reading.low, reading.high) == (told[-1].low, told[-1].high)
        return " in the latest report; the reports differ" if latest else "; the reports differ"
    if not reading.sure:
        return "; not sure"
    origins = len(wording.origins_of(r.article for r, x in each if x is not None))
    rest = f" of {count(origins, 'origin')}" if 0 < origins < len(told) else ""  # copies say it once
    return f"; {count(len(told), 'report')}{rest} {'say' if len(told) > 1 else 'says'} so"


def _reports(each: Sequence[tuple[ReportToll, TollReading | None]], wording: Wording) -> Iterator[str]:
    for report, reading in each:
        if reading is None:
            continue
        article = wording.articles[report.article]
        words = shortened(" … ".join(visible(article.text[begin:end]) for begin, end in reading.spans), _LONGEST)
        who = f"[{wording.numbers.get(report.article, '?')}] {wording.outlet(report.article)}"
        yield f"           {who}, {dated(article.published)}: {number(reading)} “{words}”"


def number(reading: TollReading) -> str:
    """ "3", "at least 3", "3–5"."""
    if reading.high is None:
        return f"at least {reading.low:,.0f}"
    if reading.low == reading.high:
        return f"{reading.low:,.0f}"
    return f"{reading.low:,.0f}–{reading.high:,.0f}" if reading.low else f"up to {reading.high:,.0f}"
