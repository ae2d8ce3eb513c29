"""When the entries of a running page were written: the page's day with the time of day that stamps each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from variorum.model import Article, Period
from variorum.text.clocks import clock_line, in_order

_FEWEST: Final = 2
_DAY: Final = 10  # characters of a day in ISO form


@dataclass(frozen=True, slots=True)
class Entries:
    """Where the entries of an article begin, in order, and when each was written."""

    begins: Sequence[int] = ()
    written: Sequence[Period] = ()

    def at(self, place: int) -> Period | None:
        """When the entry that holds a place was written; None above the first."""
        number = bisect_right(self.begins, place) - 1
        return self.written[number] if number >= 0 else None


def entries_of(article: Article) -> Entries:
    """The entries of a page of one known day that is nothing but entries; times that run on past midnight, or stand in
    a report as those of what happened, date nothing."""
    published = article.published
    if published is None or published.precision in ("year", "month"):
        return Entries()
    stamps = [
        (block.span[0], clock)
        for block in article.blocks
        if block.kind == "dateline" and (clock := clock_line(article.text[slice(*block.span)]))
    ]
    if len(stamps) < _FEWEST or _tells_before(article, stamps[0][0]) or not in_order([clock for _, clock in stamps]):
        return Entries()
    moments = [clock.on(published.value[:_DAY]) for _, clock in stamps]
    return Entries([begin for begin, _ in stamps], [Period(moment, moment, "stated") for moment in moments])


def _tells_before(article: Article, begin: int) -> bool:
    """Whether the report itself stands above a place."""
    return any(block.kind == "body" and block.span[0] < begin for block in article.blocks)
