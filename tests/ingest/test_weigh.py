"""Which of the things that a page says of itself are believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from variorum.ingest.article import Hints
from variorum.ingest.page import read_page
from variorum.ingest.weigh import people_in
from variorum.model import Article, Stamp

BODY = "".join(
    f"<p>{words}</p>"
    for words in (
        "The dredger lay across the channel for eleven hours on Tuesday before two tugs pulled her free at high water.",
        "Nobody was hurt, said the harbour master, Ulla Brandvik, who had watched from the pier with a flask of tea.",
        "Nineteen ships waited outside, among them a liner whose passengers had been promised lunch in the town.",
        "An inquiry will look at the buoy that should have been lit, and at the pilot who says that it was not.",
    )
)
HEADLINE = "Dredger blocks harbour for eleven hours"


def article(
    head: str = "", top: str = f"<h1>{HEADLINE}</h1>", url: str = "https://www.soundpost.example/a/1", **known: Any
) -> Article:
    """The article of a page with this head and this beginning."""
    page = f"<!doctype html><html lang='en-GB'><head>{head}</head><body><main>{top}{BODY}</main></body></html>"
    (found,) = [f for f in read_page(page.encode(), Hints("p", url=url, **known)) if isinstance(f, Article)]
    return found


def linked(**fields: Any) -> str:
    """A JSON-LD element of a news article."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def og(**fields: str) -> str:
    """Meta elements of Open Graph."""
    return "".join(f'<meta property="og:{name}" content="{value}">' for name, value in fields.items())


# --- title --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        (f"<title>{HEADLINE} | Sound Post</title>", "", HEADLINE),
        (f"<title>{HEADLINE} | World | Sound Post</title>", "", HEADLINE),
        (f"<title>Sound Post: {HEADLINE}</title>", "", HEADLINE),
        (f"<title>{HEADLINE} - Kittiwake Gazette</title>", "", HEADLINE),
        (og(title=f"{HEADLINE} – The Sound Post", site_name="The Sound Post"), "", HEADLINE),
        (og(title="Ship stuck: what we know so far", site_name="Sound Post"), f"<h1>{HEADLINE}</h1>", HEADLINE),
        (og(title="Sound Post", site_name="Sound Post"), f"<h1>{HEADLINE}</h1>", HEADLINE),
        (linked(headline="Dredger blocks harbour for…"), f"<h1>{HEADLINE}</h1>", HEADLINE),
        (linked(headline="Mayor&#8217;s &amp; pilot&#039;s tale"), "", "Mayor’s & pilot's tale"),
        (linked(headline=HEADLINE), f"<h1><span>Shipping</span><span>{HEADLINE}</span></h1>", HEADLINE),
        (linked(headline=HEADLINE), f"<h1>Sound Post</h1><h2>{HEADLINE}</h2>", HEADLINE),
        ("<title>Home</title>", f"<h1><a href='/'>Sound Post</a></h1><h1>{HEADLINE}</h1>", HEADLINE),
        (og(title="Dredger: « une nuit de trop » au port"), "", "Dredger: « une nuit de trop » au port"),
        (
            og(title="Rovers sink United - Match Report"),
            "<h1>Rovers sink United - Match Report</h1>",
            "Rovers sink United - Match Report",
        ),
        (og(title="Harbour - a love story"), "<h1>Harbour - a love story</h1>", "Harbour - a love story"),
        ("", f"<h1><span class='sr-only'>Article:</span> {HEADLINE}</h1>", HEADLINE),
        (f"<title>{HEADLINE}</title>", f"<h1><span>SHIPPING</span><br>{HEADLINE}</h1>", HEADLINE),
        *(
            (f"<title>{HEADLINE}{mark}Sound Post</title>" + og(site_name="Sound Post"), "", HEADLINE)
            for mark in (" : ", " ~ ", " ● ", " ¦ ", " &lt; ", " :: ", " · ", " / ")
        ),
        (f"<title>{HEADLINE} | Sound Post - All of the coast</title>" + og(site_name="Sound Post"), "", HEADLINE),
        (f"<title>{HEADLINE}: a day on the quay | Sound Post</title>", "", f"{HEADLINE}: a day on the quay"),
    ],
)
def test_title(head: str, top: str, title: str) -> None:
    """The headline alone, as the page shows it where it does."""
    assert article(head, top).title == title


def test_titles_not_chosen_are_kept() -> None:
    """What another source says stands beside what was chosen."""
    found = article(og(title="Ship stuck: what we know so far") + linked(headline=HEADLINE))
    said = {(m.value, m.source, m.chosen) for m in found.metadata if m.field == "title"}
    assert said == {
        ("Ship stuck: what we know so far", "meta", False),
        (HEADLINE, "json-ld", True),
        (HEADLINE, "visible", True),
    }


# --- authors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "people", "agencies"),
    [
        ("By Ada Lund and Tor Vik", ["Ada Lund", "Tor Vik"], []),
        ("By Ada Lund, Tor Vik & Mia Roe", ["Ada Lund", "Tor Vik", "Mia Roe"], []),
        ("By Ada Lund, Staff Writer", ["Ada Lund"], []),
        ("By Ada Lund Associated Press", ["Ada Lund"], ["Associated Press"]),
        ("Political Editor Ada Lund", ["Ada Lund"], []),
        ("By Ada Lund in Port Hale", ["Ada Lund"], []),
        ("By Ada Lund for The Sound Post", ["Ada Lund"], []),
        ("ADA LUND", ["Ada Lund"], []),
        ("Von Ada Lund und Tor Vik, dpa", ["Ada Lund", "Tor Vik"], ["dpa"]),
        ("Par Ada Lund avec AFP", ["Ada Lund"], ["AFP"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"], []),
        ("Ada Lund/Reuters", ["Ada Lund"], ["Reuters"]),
        ("By Ada Lund | Published 3 May 2031, 10:00", ["Ada Lund"], []),
        ("By Ada Lund (now) and Tor Vik (earlier)", ["Ada Lund", "Tor Vik"], []),
        ("Ada Lund <ada.lund@soundpost.example>", ["Ada Lund"], []),
        ("Ada Lund, Health and Science Correspondent", ["Ada Lund"], []),
        ("Ada Lund PhD, Tor Vik, Jr.", ["Ada Lund PhD", "Tor Vik Jr."], []),
        ("April March", ["April March"], []),
        ("Maria da Conceição dos Santos", ["Maria da Conceição dos Santos"], []),
        ("王小明", ["王小明"], []),
        ("Иван Петров", ["Иван Петров"], []),
        ("Reuters Staff", [], []),
        ("admin", [], []),
        ("Redaktion", [], []),
        ("Staff Reporter", [], []),
        ("https://www.facebook.com/ada.lund", [], []),
        ("Kittiwake Evening News", [], []),
    ],
)
def test_people(line: str, people: list[str], agencies: list[str]) -> None:
    """People without what they are, agencies apart, and nobody for those who are nobody."""
    assert people_in(line, trusted=True) == (people, agencies)


def test_what_the_page_shows_is_believed_before_the_account_that_pressed_the_button() -> None:
    """Metadata names an account; the byline names the writer."""
    found = article(
        '<meta name="author" content="Web Producer Kim"><title>x</title>',
        f"<h1>{HEADLINE}</h1><div class='byline'>By Ada Lund</div>",
    )
    assert found.authors == ("Ada Lund",)


def test_the_longer_list_of_authors_is_taken() -> None:
    """Metadata has the first author only; the page shows both."""
    found = article(
        linked(author={"@type": "Person", "name": "Ada Lund"}),
        f"<h1>{HEADLINE}</h1><p class='byline'>By Ada Lund and Tor Vik</p>",
    )
    assert found.authors == ("Ada Lund", "Tor Vik")


def test_agencies_and_the_site_are_no_authors() -> None:
    """Organisations in the place of authors are credited or left out."""
    found = article(
        og(site_name="Sound Post")
        + linked(author=[{"@type": "Person", "name": "Sound Post"}, {"@type": "Organization", "name": "AFP"}])
    )
    assert (found.authors, found.agencies) == ((), ("AFP",))


# --- dates --------------------------------------------------------------------------------------------------------


def test_the_future_is_flagged_and_not_believed() -> None:
    """A date after the page was fetched gives way to another."""
    found = article(
        linked(datePublished="2035-01-01T00:00:00Z"),
        url="https://www.soundpost.example/2031/05/03/a",
        retrieved=Stamp("2031-05-04T10:00:00+00:00", "second", "metadata"),
    )
    assert found.published is not None
    assert (found.published.value, found.published.basis) == ("2031-05-03", "url")
    (flagged,) = [m for m in found.metadata if m.flag]
    assert (flagged.field, flagged.value, flagged.chosen) == ("published", "2035-01-01T00:00:00Z", False)
    assert "future" in (flagged.flag or "")


def test_an_impossible_order_is_flagged() -> None:
    """No article changes before it is published."""
    found = article(linked(datePublished="2031-05-03T10:00:00Z", dateModified="2031-05-01T10:00:00Z"))
    assert found.modified is None
    assert [m.flag for m in found.metadata if m.field == "modified"] == [
        "before the publication at 2031-05-03T10:00:00+00:00; not taken"
    ]


def test_two_that_agree_outweigh_one() -> None:
    """The metadata has the day of the last export; address and page agree on another."""
    found = article(
        '<meta name="date" content="2031-06-30">',
        f"<h1>{HEADLINE}</h1><time datetime='2031-05-03T09:00:00+02:00'>3 May</time>",
        url="https://www.soundpost.example/2031/05/03/a",
    )
    assert found.published is not None
    assert found.published.value == "2031-05-03T09:00:00+02:00"
    assert found.published.reason == "the sources disagree: meta has 2031-06-30"
    assert [m.value for m in found.metadata if m.flag == "the sources disagree: 2031-05-03 was chosen"] == [
        "2031-06-30"
    ]


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published 3 May 2031 at 10:05 | Updated 4 May 2031", "2031-05-03T10:05", "2031-05-04"),
        ("Veröffentlicht: 3. Mai 2031, 10:05 Uhr – Aktualisiert: 4. Mai 2031", "2031-05-03T10:05", "2031-05-04"),
        ("Publié le 03/05/2031 à 10h05, mis à jour le 04/05/2031 à 9h00", "2031-05-03T10:05", "2031-05-04T09:00"),
        ("Publicado el 3 de mayo de 2031", "2031-05-03", None),
        ("Pubblicato il 3 maggio 2031 alle 10:05", "2031-05-03T10:05", None),
        ("Опубликовано 3 мая 2031, 10:05", "2031-05-03T10:05", None),
        ("2031年5月3日", "2031-05-03", None),
    ],
)  # fmt: skip
def test_visible_dates(line: str, published: str, modified: str | None) -> None:
    """Dates with their labels in the languages of news."""
    found = article("", f"<h1>{HEADLINE}</h1><div class='article-date'>{line}</div>")
    assert found.published is not None
    assert (found.published.value, found.modified and found.modified.value) == (published, modified)


@pytest.mark.parametrize(
    ("lang", "value"), [("en-US", "2031-03-05"), ("en-GB", "2031-05-03"), ("de", "2031-05-03")]
)  # fmt: skip
def test_day_and_month(lang: str, value: str) -> None:
    """5 March or 3 May, as the page's country has it; the doubt is told."""
    page = (
        f"<html lang='{lang}'><body><main><h1>{HEADLINE}</h1><p class='date'>03/05/2031</p>{BODY}</main></body></html>"
    )
    (found,) = [f for f in read_page(page.encode(), Hints("p")) if isinstance(f, Article)]
    assert found.published is not None
    assert found.published.value == value
    assert "could change places" in (found.published.reason or "")


@pytest.mark.parametrize(("lang", "value"), [("en-US", "03/05/2031"), ("en-GB", "05/03/2031"), ("de", "05/03/2031")])
def test_day_and_month_as_another_date_of_the_page_has_them(lang: str, value: str) -> None:
    """A date of numbers alone is read so that it agrees with one that cannot be misread."""
    head, shown = f"<meta name='date' content='{value}'>", "<p class='date'>3 May 2031</p>"
    page = f"<html lang='{lang}'><head>{head}</head><body><main><h1>{HEADLINE}</h1>{shown}{BODY}</main></body></html>"
    (found,) = [f for f in read_page(page.encode(), Hints("p")) if isinstance(f, Article)]
    assert found.published is not None
    assert found.published.value == "2031-05-03"
    assert not any(m.flag for m in found.metadata if m.field == "published")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("20310503", "2031-05-03"), ("Sat May 03 12:00:00 2031", "2031-05-03T12:00:00"),
        ("2031-05-03T12:00:00.000+0200", "2031-05-03T12:00:00+02:00"), ("1935662400", "2031-05-04T12:00:00+00:00"),
        ("Sat, 03 May 2031 12:00:00 GMT", "2031-05-03T12:00:00+00:00"), ("today", None), ("", None),
    ],
)  # fmt: skip
def test_dates_of_machines(value: str, read: str | None) -> None:
    """Forms that only machines write."""
    found = article(linked(datePublished=value)).published
    assert (found and found.value) == read


def test_soft_hyphens_are_no_part_of_a_title() -> None:
    """They stand in the heading for browsers to break it."""
    found = article(og(title="Hafenrundfahrt fällt aus"), "<h1>Hafen\u00adrund\u00adfahrt fällt aus</h1>")
    assert found.title == "Hafenrundfahrt fällt aus"
    assert found.blocks[0].kind == "title"


# --- publisher, address, section ----------------------------------------------------------------------------------


def test_publisher_is_the_name_that_the_domain_repeats() -> None:
    """Of a label, a domain and a name the name."""
    found = article(
        og(site_name="soundpost.example") + linked(publisher={"@type": "Organization", "name": "The Sound Post"})
    )
    assert (found.publisher, found.domain) == ("The Sound Post", "soundpost.example")


def test_canonical_address_of_a_home_page_is_nobodys() -> None:
    """Some pages give their site's address as their own."""
    assert article('<link rel="canonical" href="https://www.soundpost.example/">').canonical_url is None
    assert article('<link rel="canonical" href="/b/2">').canonical_url == "https://www.soundpost.example/b/2"


def test_names_of_json_ld_are_looked_up_by_their_ids() -> None:
    """Author and publisher stand elsewhere in the graph."""
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": HEADLINE, "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
            {"@type": "Person", "@id": "#p", "name": "Ada Lund"},
            {"@type": "Organization", "@id": "#o", "name": "Sound Post"},
        ]
    }
    found = article(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (found.authors, found.publisher) == (("Ada Lund",), "Sound Post")


@pytest.mark.parametrize(
    "raw",
    ["{", "[[[[", '{"@type": 3}', '{"@type": "NewsArticle", "author": [[1]], "headline": {}}', "null", "<!-- -->"],
)
def test_broken_json_ld(raw: str) -> None:
    """What cannot be read is passed over."""
    assert article(f'<script type="application/ld+json">{raw}</script>').title == HEADLINE


def test_a_page_without_an_address_names_its_publisher_behind_the_headline() -> None:
    """In the title, where nothing else says who it is: not the name of a section."""
    told = {"The Straight Wire": "The Straight Wire", "Radio Velm News": "Radio Velm News", "World": None}
    for tail, name in told.items():
        page = article(f"<title>{HEADLINE} | {tail}</title>", url="")
        assert (page.publisher, page.title) == (name, HEADLINE)
    assert article(f"<title>{HEADLINE} : Plain Speaking</title>", url="").publisher == "Plain Speaking"
    assert article(f"<title>{HEADLINE}: source | Daily Velm</title>", url="").publisher == "Daily Velm"
