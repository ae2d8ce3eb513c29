"""The edition as Markdown and as a summary."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_edition import LEAD, edition

from variorum.edition import summary, to_html, to_markdown
from variorum.edition.wording import Wording, clause, day, live_address, percent, period, ranged, visible
from variorum.model import Edition, Lineage, Link, Producer, Root, Stamp


def test_markdown_holds_every_part() -> None:
    """Brief, words, conflicts, claims, timeline, checks, sources, problems."""
    text = to_markdown(edition())
    heads = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert heads == ["Brief", "Conflicts and updates", "Claims", "Timeline", "Checks", "Sources", "Problems"]


def test_markdown_lists_the_exact_words() -> None:
    """The first citation gives article, offsets and words."""
    text = to_markdown(edition())
    told = LEAD.replace("evening", "evening (4 Mar)")
    assert f"- {told} [1] – *corroborated: 2 newsrooms, 2 roots, 3 articles*" in text
    assert f"1. [1: 55–160] “{LEAD}”" in text


def test_a_copy_that_is_dated_before_its_parent_says_so() -> None:
    """Pages are dated anew, so the words may tell more than the dates; who reads shall know that they differ."""
    whole = edition()
    parent, child = (article.id for article in whole.articles[:2])
    link = Link(parent, child, "copy", 0.9, 0.9, 0.9)
    days = {parent: "2031-03-09", child: "2031-03-05"}
    for stamps, words in ((days, ", though dated earlier"), (dict.fromkeys(days, "2031-03-05"), "%")):
        articles = tuple(
            replace(a, published=Stamp(stamps[a.id], "day", "stated")) if a.id in stamps else a for a in whole.articles
        )
        held = replace(whole, articles=articles, lineage=replace(whole.lineage, links=(link,)))
        assert Wording(held).copied[link.child].endswith(words)


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("https://a.example/x", "two-way, a & b", "https://a.example/x#:~:text=two%2Dway%2C%20a%20%26%20b"),
        ("https://a.example/x#top", "Élan", "https://a.example/x#top:~:text=%C3%89lan"),
        (
            "https://a.example/",
            " ".join("abcdefghijklmno"),
            "https://a.example/#:~:text=a%20b%20c%20d%20e,k%20l%20m%20n%20o",
        ),
        ("javascript:alert(1)", "words", None),
        ("https://a.example/)[x](y", "words", None),
        ("https://a.example/", "▒▒▒", None),
        (None, "words", None),
    ],
)
def test_live_addresses(url: str | None, words: str, address: str | None) -> None:
    """A text fragment quotes short words whole and the ends of long ones; only addresses of the web get one."""
    assert live_address(url, words) == address


def test_citations_lead_to_the_live_page() -> None:
    """In Markdown and on the page, where the article has an address."""
    made = edition()
    made = replace(made, articles=tuple(replace(a, url="https://live.example/x") for a in made.articles))
    for shown in (to_markdown(made), to_html(made)):
        assert "https://live.example/x#:~:text=" in (shown if isinstance(shown, str) else shown.decode())


def test_markdown_shows_words_and_obeys_none() -> None:
    """Markup, controls and changes of direction in a report are only shown."""
    made = edition()
    evil = "<script>alert(1)</script> \x1b[31m*red*\u202e [x](javascript:y)"
    text = to_markdown(replace(made, articles=(replace(made.articles[0], title=evil), *made.articles[1:])))
    assert "<script>" not in text.replace("\\<", "")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_summary_is_short_and_counts() -> None:
    """Counts, how the brief begins, what disagrees – on a screen."""
    lines = summary(edition()).splitlines()
    assert lines[0] == "5 articles · 4 origins · 1 story · 1 problem"
    assert 10 <= len(lines) <= 25
    assert any("≠ Contradiction, People injured: nine ≠ 13" in line for line in lines)
    assert max(map(len, lines)) <= 102


def test_a_summary_of_many_stories_fits_a_screen() -> None:
    """However many there are and however long their sentences."""
    made = edition()
    (story,) = made.stories
    long = replace(story, brief=tuple(replace(b, text=b.text * 9) for b in story.brief), conflicts=story.conflicts * 5)
    for count in (1, 2, 3, 7):
        lines = summary(replace(made, stories=(long,) * count)).splitlines()
        assert len(lines) <= 25
        assert max(map(len, lines)) <= 102


def test_an_empty_edition_is_shown() -> None:
    """No story is no crash."""
    empty = Edition(Producer("0", {}, {}))
    assert summary(empty).startswith("0 articles")
    assert to_markdown(empty).startswith("## Sources")


def test_a_photo_credit_covers_no_sentence() -> None:
    """An agency in a caption is not the newsroom of the words."""
    made = edition()
    first, *others = made.articles
    photo = replace(first, credits=(replace(first.credits[0], place="caption"),))
    said = made.statements[0]
    assert Wording(made).chain(said) == ["Harbour Gazette", "KNA", "coastguard"]
    bare = replace(made, articles=(photo, *others), lineage=Lineage())
    assert Wording(bare).chain(said) == ["Harbour Gazette", "coastguard"]


def test_a_lead_credit_covers_what_has_no_other_source() -> None:
    """The agency of the lead stands behind what the report says itself, not behind what somebody tells it."""
    made = edition()
    first, *others = made.articles
    lead = replace(first, credits=(replace(first.credits[0], place="lead"),))
    bare = Wording(replace(made, articles=(lead, *others), lineage=Lineage()))
    said = made.statements[0]
    assert bare.chain(said) == ["Harbour Gazette", "coastguard"]
    for name in (None, "Harbour Gazette"):
        assert bare.chain(replace(said, attribution=(), root=Root(name, None, "outlet"))) == ["Harbour Gazette", "KNA"]


def test_an_outlet_without_a_name_is_called_by_its_file() -> None:
    """Never by its folders, which are those of somebody's disk."""
    made = edition()
    first, *others = made.articles
    bare = replace(first, publisher=None, source="/home/someone/texts/003.txt")
    shown = replace(made, articles=(bare, *others))
    assert Wording(shown).outlet(first.id) == "unnamed outlet (003.txt)"
    assert "/home/someone" not in to_markdown(shown) + summary(shown) + to_html(shown)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-03-05", "5 Mar 2031"),
        ("2031-03-05T09:40:00+01:00", "5 Mar 2031, 09:40"),
        ("2031-03", "Mar 2031"),
        ("2031", "2031"),
        (None, "undated"),
        ("2031-W12", "2031"),
        ("soon", "soon"),
    ],
)
def test_days_in_words(value: str | None, words: str) -> None:
    """An ISO date as a reader writes it."""
    assert day(value) == words


def test_periods_in_words() -> None:
    """Two dates share what they have in common."""
    assert period("2031-03-05", "2031-03-13") == "5–13 Mar 2031"
    assert period("2031-03-01", "2031-03-31") == "Mar 2031"
    assert period("1961-01-01", "1961-12-31") == "1961"
    assert period("2031-03-05", None) == "5 Mar 2031"
    assert period("2030-12-30", "2031-01-02") == "30 Dec 2030 – 2 Jan 2031"


def test_small_words() -> None:
    """Ranges, shares and hidden characters."""
    assert ranged((1, 1), "root") == "1 root"
    assert ranged((1, 2), "root") == "1–2 roots"
    assert (percent(0.999), percent(1.0), percent(0.004)) == ("99%", "100%", "0%")
    assert visible("a\u2066b\ud800") == "a⟨U+2066⟩b⟨U+D800⟩"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('"The pier did not fall.', '"The pier did not fall."'),
        ('The pier is safe," she said.', '"The pier is safe," she said.'),
        ("He called it “safe.", "He called it “safe.”"),
        ("The pier is “safe”.", "The pier is “safe”."),
    ],
)
def test_no_quotation_is_left_open(words: str, shown: str) -> None:
    """A piece of a quotation is shown with both its marks."""
    assert clause(words) == shown


def test_claims_of_one_sentence_are_told_apart() -> None:
    """Two claims that share a sentence: the one that it says most of keeps it, the other has its own clause."""
    made = edition()
    story = made.stories[0]
    whole = next(c for c in story.claims if c.text == LEAD)
    first = next(s for s in made.statements if s.id == whole.statements[0])
    begin, _ = first.span
    part = replace(first, id="part", content=((begin, begin + 12), (begin + 20, begin + 30)))
    other = replace(whole, id="other", statements=("part",))
    twice = replace(made, statements=(*made.statements, part), stories=(replace(story, claims=(*story.claims, other)),))
    wording = Wording(twice)
    assert wording.told(whole) == LEAD
    assert wording.told(other) == f"{LEAD[:12]} … {LEAD[20:30]}"
    assert f"): {clause(wording.told(other))}" in to_markdown(twice)
