"""What a correction notice repeats only to take it back: "An earlier version said that twelve were hurt"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from variorum.compare.facts.vocabulary import words
from variorum.model import Article, Span, Statement
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

#: Opens a paragraph that takes something back.
_CORRECTION: Final = re.compile(r"\W*(correction|corrigendum|erratum|clarification)\b", re.IGNORECASE)


def notice_of(statement: Statement, article: Article) -> Span | None:
    """The paragraph of a notice in which a statement stands, if it stands in one."""
    begin = statement.span[0]
    return next(
        (
            b.span
            for b in article.blocks
            if b.span[0] <= begin < b.span[1]
            and (b.kind == "correction" or _CORRECTION.match(article.text, *b.span) is not None)
        ),
        None,
    )


def takes_back(statement: Statement) -> bool:
    """Whether a statement of a notice only says what the report had said: by its source ("an earlier version", "we"),
    or by its words ("this article originally gave …", "was wrongly given as …"). What a report should have said, or
    says now, stands."""
    text = fold(statement.text)
    if _stands().search(text):
        return False
    sources = [fold(row.name or "").split() for row in statement.attribution]
    return _names_report(sources) or _told_wrongly().search(text) is not None


def _names_report(sources: Sequence[Sequence[str]]) -> bool:
    """Whether one of the sources is what was published ("an earlier version"), not "the coroner's report"."""
    published = words().notices.published | words().notices.ourselves
    return any(
        word.strip(".,:;()\"'") in published and not any(before.endswith(("'s", "s'")) for before in name[:place])
        for name in sources
        for place, word in enumerate(name)
    )


@cache
def _told_wrongly() -> re.Pattern[str]:
    known = words().notices
    report, told, wrong = (longest_first(sorted(group)) for group in (known.published, known.told, known.wrongly))
    return re.compile(rf"\b(?:{report})\b[^.;]{{0,160}}\b(?:{told})\b|\b(?:{wrong})\b|\bwe (?:\w+ ){{0,2}}(?:{told})\b")


@cache
def _stands() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(sorted(words().notices.standing))})\b")
