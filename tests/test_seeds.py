"""What must be found in the five real reports. Their texts stay outside the project: findings are named by who, what
kind and which numbers, never by sentences."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import variorum
from variorum.model import Article, Claim, Conflict, Edition, Entity, Statement, Story


@cache
def _collated(folder: Path) -> Edition:
    return variorum.collate([folder])


@pytest.fixture
def edition(seeds: Path) -> Edition:
    """The edition of the five reports, collated once."""
    return _collated(seeds)


def article(edition: Edition, number: str) -> Article:
    """One of 000 … 004."""
    return next(a for a in edition.articles if Path(a.source).name.startswith(number))


def said(edition: Edition, number: str, root: str, *words: str) -> list[Statement]:
    """Statements of one article whose root source is ``root`` and which hold all ``words``."""
    aid = article(edition, number).id
    return [
        s
        for s in edition.statements
        if s.article == aid and root in (s.root.name or "") and all(w in s.text.replace("’", "'") for w in words)
    ]


def only_story(edition: Edition) -> Story:
    """All five are one story."""
    (story,) = edition.stories
    assert len(story.articles) == 5
    return story


def claims(edition: Edition, *statements: Statement) -> set[str]:
    """The claims that hold the statements."""
    ids = {s.id for s in statements}
    return {c.id for c in only_story(edition).claims if ids & set(c.statements)}


def conflicts(edition: Edition, relation: str, kind: str) -> Iterator[Conflict]:
    """The conflicts of one relation and kind."""
    return (c for c in only_story(edition).conflicts if c.relation == relation and c.kind == kind)


def entity(edition: Edition, name: str) -> Entity:
    """The one entity with that name or alias."""
    (found,) = [e for e in edition.entities if name in (e.name, *e.aliases)]
    return found


def test_one_text_three_origins(edition: Edition) -> None:
    """000 and 001 are one text; both and 003 rest on AFP, 002 on AP, both absent; 004 on neither."""
    ids = {n: article(edition, n).id for n in ("000", "001", "002", "003", "004")}
    (copy,) = [k for k in edition.lineage.links if k.kind == "copy"]
    assert {copy.parent, copy.child} == {ids["000"], ids["001"]}
    assert copy.share_of_child > 0.95
    origins = {o.label.removesuffix(" dispatch"): o for o in edition.lineage.origins if o.kind == "agency"}
    assert origins.keys() == {"AFP", "AP"}
    assert set(origins["AFP"].articles) == {ids["000"], ids["001"], ids["003"]}
    assert set(origins["AP"].articles) == {ids["002"]}
    assert not any(o.in_collection for o in origins.values())


def test_talks_have_two_newsroom_origins(edition: Edition) -> None:
    """Three articles say that the talks will be held: two newsrooms, AFP and AP."""
    talks = [
        s
        for number, root, word in (("000", "diplomats", "talks"), ("001", "diplomats", "talks"), ("002", "", "convene"))
        for s in said(edition, number, root, word)
    ]
    claim = next(c for c in only_story(edition).claims if {s.id for s in talks} <= set(c.statements))
    assert claim.support.articles == 3
    assert claim.support.newsrooms == (2, 2)


def test_tuesday_is_26_november(edition: Edition) -> None:
    """The weekday in 000 and 001 is the day that 002 names."""
    for number, root in (("000", "officials"), ("001", "officials"), ("002", "")):
        days = {s.event_time.begin for s in said(edition, number, root, "convene") if s.event_time}
        assert days == {"2024-11-26"}


def test_planned_then_held_is_an_update(edition: Edition) -> None:
    """The meeting that was planned is held in 003: a later state, no contradiction."""
    held = {s.id for s in said(edition, "003", "", "met in")}
    planned = {s.id for n in ("000", "001", "002") for s in said(edition, n, "", "con")}
    found = [c for c in conflicts(edition, "update", "status") if held & set(c.readings[-1].statements)]
    assert any(planned & set(c.readings[0].statements) for c in found)
    for conflict in only_story(edition).conflicts:
        touched = {s for r in conflict.readings for s in r.statements}
        assert conflict.relation == "update" or not (held & touched and conflict.kind in {"status", "date"})


@pytest.mark.parametrize(
    ("number", "root", "words"),
    [
        ("000", "NATO spokesperson", ["neither change the course"]),
        ("000", "United States", ["escalating at every turn"]),
        ("001", "Peskov", ["30 minutes"]),
        ("002", "Putin", ["Sooner or later"]),
        ("002", "regional officials", ["killing two"]),
        ("003", "Bauer", ["I cannot imagine"]),
        ("004", "Western officials", ["denied"]),
        ("004", "Russian Defense Ministry", ["fired six"]),
    ],
)
def test_who_said_it(edition: Edition, number: str, root: str, words: list[str]) -> None:
    """The sentence has its root source."""
    assert said(edition, number, root, *words)


def test_denied_accusation_is_two_statements(edition: Edition) -> None:
    """The accuser affirms, the unnamed officials deny."""
    denied = said(edition, "004", "Western officials", "intercontinental")
    assert {s.polarity for s in denied} == {"negated"}
    assert {s.root.kind for s in denied} == {"unnamed"}
    accused = [s for s in said(edition, "004", "Ukraine", "intercontinental") if s.root.name == "Ukraine"]
    assert {s.polarity for s in accused} == {"affirmed"}


def test_relay_keeps_its_chain(edition: Edition) -> None:
    """Reuters passes on what the spokesman of the British Prime Minister said."""
    (statement,) = [s for s in said(edition, "004", "spokesman", "very worrying") if len(s.attribution) == 2]
    assert (statement.attribution[0].name, statement.attribution[0].relay) == ("Reuters", True)


def test_range_class_is_disputed(edition: Edition) -> None:
    """Intercontinental against intermediate-range, with the denial; medium-range is not a third side."""
    disputes = conflicts(edition, "contradiction", "category")
    (dispute,) = [c for c in disputes if any("intercontinental" in r.value for r in c.readings)]
    (other,) = [r for r in dispute.readings if "intercontinental" not in r.value]
    assert "intermediate" in other.value
    sides = {s.id: s for s in edition.statements}
    roots = {sides[s].root.name for r in dispute.readings for s in r.statements}
    assert any("Air Force Command" in (name or "") for name in roots)
    by_denier = {s.id for s in said(edition, "004", "Western officials", "denied")}
    everywhere = {s for c in only_story(edition).conflicts for r in c.readings for s in r.statements}
    assert by_denier & everywhere


def test_no_false_contradiction(edition: Edition) -> None:
    """Nothing else contradicts anything: the denial and the range class are all there is."""
    for conflict in only_story(edition).conflicts:
        if conflict.relation == "contradiction":
            assert conflict.kind in {"denial", "category"}
            assert "cruise" not in {r.value.split()[0] for r in conflict.readings}
    assert len([c for c in only_story(edition).conflicts if c.relation == "contradiction"]) <= 2


def test_two_spellings_one_person(edition: Edition) -> None:
    """Zelensky and Zelenskyy are one; so is the capital with its two spellings."""
    assert {"Volodymyr Zelensky", "Volodymyr Zelenskyy"} <= {
        n for e in [entity(edition, "Volodymyr Zelenskyy")] for n in (e.name, *e.aliases)
    }
    kyiv = entity(edition, "Kyiv")
    assert {"Kyiv", "Kiev"} <= {kyiv.name, *kyiv.aliases}


def test_designations_are_no_numbers(edition: Edition) -> None:
    """RS-24, Kh-101 and ATACMS are names: nothing counts 24 or 101, and entities bear the names."""
    counted = {q.low for s in edition.statements for q in s.quantities}
    assert not counted & {24, 101}
    names = " ".join(n for e in edition.entities for n in (e.name, *e.aliases))
    assert all(name in names for name in ("Kh-101", "ATACMS"))


def test_six_is_five_and_one(edition: Edition) -> None:
    """Six fired are five shot down and one damaged."""
    sums = [c for c in only_story(edition).checks if c.kind == "sum"]
    assert any(c.holds and "six" in c.explanation.lower().replace("6", "six") for c in sums)


def test_chrome_is_nobody(edition: Edition) -> None:
    """The appeal, related links, captions and counters are nobody's statements."""
    chrome = ("Dear readers", "support us", "Related article", "Screenshot", "flickr", "Comment (0)", "minute read")
    for statement in edition.statements:
        assert not [words for words in (*chrome, "Leave a review", "Photo: Tass") if words in statement.text]


def test_missing_dates_are_inferred(edition: Edition) -> None:
    """004 is dated by its own words, 002 by its story; both say how."""
    for number, day in (("002", "2024-11-22"), ("004", "2024-11-21")):
        stamp = article(edition, number).published
        assert stamp is not None
        assert (stamp.value, stamp.basis) == (day, "inferred")
        assert stamp.reason


def test_spans_resolve(edition: Edition) -> None:
    """Every span lies in its article and holds the words it claims; every sentence that asserts is in a statement."""
    texts = {a.id: a.text for a in edition.articles}
    for s in edition.statements:
        assert texts[s.article][slice(*s.span)] == s.text
        for q in s.quantities:
            assert any(c.isalnum() or c in "$€£%" for c in texts[s.article][slice(*q.span)])
    for sentence in only_story(edition).brief:
        assert sentence.citations
        for place in sentence.citations:
            assert texts[place.article][slice(*place.span)].strip()


def test_one_root_is_not_corroboration(edition: Edition) -> None:
    """What only Putin says stays of one origin, however many newsrooms carry it."""
    putin = said(edition, "000", "Putin", "entitled") + said(edition, "003", "Putin", "entitled")
    found: list[Claim] = [c for c in only_story(edition).claims if c.id in claims(edition, *putin)]
    assert found
    assert all(c.status != "corroborated" and c.support.roots == (1, 1) for c in found)


def test_only_the_accusation_is_denied(edition: Edition) -> None:
    """What is denied is that the missile was intercontinental, and nothing beside it."""
    denied = [c for c in only_story(edition).claims if c.status == "denied"]
    assert len(denied) == 1
    assert "ICBM" in denied[0].text
