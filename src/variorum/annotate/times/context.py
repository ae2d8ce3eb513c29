"""What an article has named so far, for the times that count from it: the time told last, the year that a history has
reached, the quarter that accounts are of."""

from __future__ import annotations

from datetime import date
from typing import Final

from variorum.annotate.times.dayorder import DayOrder, order_of
from variorum.annotate.times.games import in_quarters
from variorum.annotate.times.values import Moment

_FAR: Final = 1  # years between a told year and the year of writing from which the telling counts as history
_BACK: Final = 4  # months that a history may step back; a month further back is taken to be the next year's
_NEAR: Final = (
    5  # months that a month may lie after the one told last to be of its year, another year being named in passing
)
_AHEAD: Final = 3  # years that a history may move on in passing; a year further off is an aside


class TimeContext:
    """What the paragraphs read so far have named, and whether the article tells history or news.

    One for each article, handed to `read_times` paragraph by paragraph. ``country`` (ISO 3166) is its publisher's and
    ``text`` all of it; they decide dates in digits that can be read two ways.
    """

    __slots__ = (
        "_country",
        "_order",
        "_text",
        "ahead",
        "gone",
        "history",
        "news",
        "opened",
        "quarter",
        "reached",
        "told",
        "year",
    )

    def __init__(self, country: str | None = None, text: str = "") -> None:
        self._country = country
        self._text = text
        self._order: DayOrder | None = None
        self.told: Moment | None = None
        self.gone: Moment | None = None  # the day told last that is not after the day of writing
        self.ahead: Moment | None = None  # and the one that is not before it
        self.quarter: Moment | None = None
        self.reached: Moment | None = None  # the month and year that a history has come to
        self.year: int | None = None  # a year that it has come to since, no month being told
        self.opened = False
        self.history = 0
        self.news = 0

    def order(self, paragraph: str) -> DayOrder:
        """The order of day and month that the article writes, or the paragraph where its text is not given."""
        if self._order is None:
            self._order = order_of(self._text or paragraph, self._country)
        return self._order

    def tells_game(self, paragraph: str) -> bool:
        """Whether the article, or the paragraph where its text is not given, tells of a match played in quarters."""
        return in_quarters(self._text or paragraph)

    def tells_history(self, dated: bool) -> bool:
        """Whether a date without a year continues the one before it rather than count from the day of writing."""
        return self.history > self.news if dated else self.history >= 2 and self.history > self.news

    def note(
        self, moment: Moment, anchor: date | None, *, stated: bool, opens: bool = False, limit: bool = False
    ) -> None:
        """Take ``moment`` as the time told last; ``stated`` when its year was written, ``opens`` when it begins a
        sentence or stands in a heading, so that what follows is of its year, ``limit`` when it only says up to when
        something went on."""
        self.told = moment
        if moment.grain == "D" and moment.first:
            self.gone = moment if anchor is None or moment.first <= anchor else self.gone
            self.ahead = moment if anchor is not None and moment.first >= anchor else self.ahead
        if moment.grain == "Q" and self._is_account(moment, anchor):
            self.quarter = moment
        if moment.year is None:
            return
        if stated and (anchor is None or abs(moment.year - anchor.year) > _FAR):
            self.history += 1
        if not limit:
            self._move_on(moment, opens)

    def _is_account(self, quarter: Moment, anchor: date | None) -> bool:
        """Whether accounts may be of that quarter: it has ended, and is none that an earlier one is set beside."""
        last = quarter.last
        ended = anchor is None or last is None or last <= anchor
        return ended and (self.quarter is None or (quarter.year or 0) >= (self.quarter.year or 0))

    def _move_on(self, moment: Moment, opens: bool) -> None:
        if moment.grain in "CEL" or moment.year is None:
            return
        now = self.year if self.year is not None else self.reached.year if self.reached else None
        aside = now is not None and not -1 <= moment.year - now <= _AHEAD
        if aside and not opens:
            return
        if moment.month is not None:
            self.reached, self.year, self.opened = moment, None, opens
        elif moment.year != now:
            self.year, self.opened = moment.year, opens

    def year_of(self, month: int) -> int | None:
        """The year of a month in a history: that of the year told last, else the one that carries the history on."""
        on = None
        if self.reached and self.reached.year is not None and self.reached.month is not None:
            on = self.reached.year + (self.reached.month - month > _BACK)
            away = (on - self.reached.year) * 12 + month - self.reached.month
        if self.year is not None and (on is None or self.opened or not 0 <= away <= _NEAR):
            return self.year
        if on is not None:
            return on
        return self.told.year if self.told else None
