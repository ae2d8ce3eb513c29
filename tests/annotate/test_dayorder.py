"""Which of two numbers is the day."""

from __future__ import annotations

import pytest

from variorum.annotate.times.dayorder import country_of, order_of
from variorum.model import Annotation, Article, Stamp


@pytest.mark.parametrize(
    ("text", "country", "day_first", "why"),
    [
        ("It lapsed on 04/05/2031.", "US", False, "as is usual in US"),
        ("It lapsed on 04/05/2031.", "IE", True, "as is usual in IE"),
        ("It lapsed on 04/05/2031, not on 04/25/2031.", "GB", False, 'as in "04/25/2031"'),
        ("It lapsed on 04/05/2031, not on 25/04/2031.", "US", True, 'as in "25/04/2031"'),
        ("It lapsed on 04/05/2031, as agreed on March 9, 2030.", None, False, "as the text spells its dates out"),
        ("It lapsed on 04/05/2031, as agreed on 9 March 2030.", None, True, "as the text spells its dates out"),
        ("It lapsed on 04/05/2031.", None, True, "as in most countries"),
    ],
)
def test_order(text: str, country: str | None, day_first: bool, why: str) -> None:
    """A date of the text's own that can be read one way only decides, else the country, else its spelling."""
    order = order_of(text, country)
    assert order.day_first is day_first
    assert order.reason.endswith(why)


@pytest.mark.parametrize(
    ("publisher", "url", "country"),
    [
        ("The New York Times", None, "US"),
        ("Tolmar Post", "https://www.tolmarpost.co.uk/a", "GB"),
        ("tolmarpost.ie", None, "IE"),
        ("Tolmar Post", "https://tolmarpost.example/a", None),
        (None, None, None),
    ],
)
def test_country(publisher: str | None, url: str | None, country: str | None) -> None:
    """A publisher's country is that of the list, else what its address ends in."""
    assert country_of(Article("a", "a", "", url=url, publisher=publisher)) == country


def test_flagged_in_an_article(annotator: object) -> None:
    """The times of an article say how an ambiguous date was read, and by what."""
    from variorum.annotate import Annotator

    assert isinstance(annotator, Annotator)
    text = "The decree of 04/05/2031 lapsed."
    stamp = Stamp("2031-06-13", "day", "stated")
    for publisher, value in (("USA Today", "2031-04-05"), ("tolmarpost.co.uk", "2031-05-04")):
        (found,) = annotator.annotate([Article("a", "a", text, publisher=publisher, language="en", published=stamp)])
        assert isinstance(found, Annotation)
        assert [(t.value, t.reason is not None) for t in found.times] == [(value, True)]
