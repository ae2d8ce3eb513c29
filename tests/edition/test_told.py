"""What an edition tells first: no figure that has been replaced, no sentence that hangs in the air, no loud title."""

from __future__ import annotations

import pytest
from invented_edition import Newsroom, article

from variorum.edition import edit
from variorum.edition.sentences import Sentence, is_of_hours, stands_alone
from variorum.edition.standing import can_stand
from variorum.model import Lineage, Quantity, Story

NAMED = "Lund Ferries says that {} jars of its jam are affected by the fault."


def told(words: str) -> Sentence:
    """A report's one sentence."""
    made = article("one", [("body", words)], "Daily", "2031-05-02")
    begin = made.text.index(words)
    return Sentence(made, (begin, begin + len(words)), (), 0)


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("Two of them have left the clinic since then.", False),
        ("A fourth had been found in the cellar by noon.", False),
        ("The harbour office said this was not the case.", False),
        ("More than nine miners were killed in the same place.", False),
        ("The town had at first closed the quay until June.", False),
        ("The town had at first closed the quay until June but has opened it.", True),
        ("Two of the miners have left the clinic since Friday.", True),
        ("The harbour office said this quay was not in use.", True),
    ],
)
def test_what_takes_up_an_unnamed_noun_cannot_stand_alone(words: str, alone: bool) -> None:
    """A sentence whose subject, "this" or "same place" was named before it is not told for its own sake."""
    assert stands_alone(told(words), (4, 48)) is alone


def test_a_weekday_of_opening_hours_is_no_day() -> None:
    """A weekday in brackets with another is one on which something is open."""
    text = "Call 0800 (Monday to Friday, 9 a.m. to 5 p.m.). The fair (on Monday) drew many."
    assert is_of_hours(text, (text.index("Monday"), text.index("Monday") + 6))
    assert not is_of_hours(text, (text.rindex("Monday"), text.rindex("Monday") + 6))


def test_what_is_being_examined_did_not_happen() -> None:
    """A question is no entry of a timeline."""
    assert not can_stand("Whether frost on Sunday loosened the bolts is being examined.")


def of_two_days(first: str, second: str, unit: str | None) -> Story:
    """A story of two reports, the second of which has 900,000 for 400,000."""
    n = Newsroom()
    bodies = (first, second)
    n.articles = [article(str(d), [("body", b)], "Post", f"2031-05-0{d}") for d, b in enumerate(bodies, 1)]
    claims = []
    for made, body, count in zip(n.articles, bodies, (4e5, 9e5), strict=True):
        given = [(made.text.find(f"{v:,.0f}"), v, unit if v == count else None) for v in (4e5, 9e5)]
        figures = tuple(Quantity((at, at + 7), v, v, "exact", what) for at, v, what in given if at >= 0)
        claims.append(n.claim("single_origin", [n.say(made, body, quantities=figures)]))
    n.conflict("update", "quantity", "jars", "More.", ("400,000 jars", claims[0]), ("900,000 jars", claims[1]))
    return edit(n.story(), n.articles, n.statements, list(n.entities.values()), Lineage())


def test_a_sentence_that_gives_both_figures_is_told() -> None:
    """What replaces a figure may name it: "900,000 and not 400,000"."""
    last = "Lund Ferries says that 900,000 and not 400,000 jars of its jam are affected by the fault."
    made = of_two_days(NAMED.format("400,000"), last, "jar")
    assert [s.text for s in made.brief] == [last.replace(".", " (Post).")]


def test_a_loud_headline_gives_way() -> None:
    """A headline that asks or shouts heads a story only where there is no other."""
    n = Newsroom()
    heads = ("SUNK BY A BOMB? The ferry that sank off Lund", "The ferry sank off Lund", "Ferry off Lund found")
    bodies = ("The ferry sank off Lund on a calm night.", "The ferry sank off Lund.", "The ferry off Lund was found.")
    n.articles = [
        article(str(day), [("title", head), ("body", body)], "Post", f"2031-05-0{day}")
        for day, (head, body) in enumerate(zip(heads, bodies, strict=True), 1)
    ]
    for made, body in zip(n.articles, bodies, strict=True):
        n.claim("single_origin", [n.say(made, body)])
    story = edit(n.story(), n.articles, n.statements, [], Lineage())
    assert story.title != heads[0]
