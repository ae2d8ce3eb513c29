"""The tolls of the stories of an edition: each report's own, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from variorum.compare.toll.elsewhere import Setting
from variorum.compare.toll.tally import tally
from variorum.model import Article, Edition, Quantity, ReportToll, Statement, Story, StoryToll, Timex, TollReading


def story_tolls(edition: Edition) -> Iterator[StoryToll]:
    """The toll of every story of which a report tells dead or injured."""
    articles = {a.id: a for a in edition.articles}
    said: dict[str, list[Statement]] = {}
    for statement in edition.statements:
        said.setdefault(statement.article, []).append(statement)
    for story in edition.stories:
        members = sorted((articles[i] for i in story.articles if i in articles), key=_when)
        reports = [report_toll(article, said.get(article.id, ())) for article in members]
        told = _together(
            story, [r for r in reports if r.killed or r.injured], ordered=all(a.published for a in members)
        )
        if told.reports:
            yield told


def report_toll(article: Article, statements: Iterable[Statement]) -> ReportToll:
    """The toll that one article tells, from the numbers of its statements."""
    quantities: dict[tuple[int, int], Quantity] = {}
    times: dict[tuple[int, int], Timex] = {}
    for statement in statements:
        quantities.update((q.span, q) for q in statement.quantities)
        times.update((t.span, t) for t in statement.times)
    setting = Setting(article.published.value if article.published else None, tuple(times[s] for s in sorted(times)))
    found = tally(article.text, [quantities[s] for s in sorted(quantities)], setting)
    return ReportToll(article.id, found.killed, found.injured, found.attacker)


def _when(article: Article) -> tuple[str, str]:
    return article.published.value if article.published else "", article.id


def _together(story: Story, reports: Sequence[ReportToll], *, ordered: bool) -> StoryToll:
    attackers = [r.attacker for r in reports if r.attacker]
    return StoryToll(
        story.id,
        story.title,
        killed=together([r.killed for r in reports], ordered=ordered),
        injured=together([r.injured for r in reports], ordered=ordered),
        attacker=attackers[-1] if attackers else None,
        reports=tuple(reports),
    )


def together(readings: Sequence[TollReading | None], *, ordered: bool = True) -> TollReading | None:
    """One toll of the reports of one event: of reports in order of time (``ordered``) that of the latest which tells
    one, of others the range of all; not `sure` where reports differ. The spans are those of the last report."""
    told = [r for r in readings if r is not None]
    if not told:
        return None
    latest = told[-1]
    if all((r.low, r.high) == (latest.low, latest.high) for r in told):
        return replace(latest, sure=all(r.sure for r in told))
    if ordered:
        return replace(latest, sure=False)
    ends = [r.high for r in told]
    high = None if None in ends else max(e for e in ends if e is not None)
    return TollReading(min(r.low for r in told), high, latest.spans, sure=False)
