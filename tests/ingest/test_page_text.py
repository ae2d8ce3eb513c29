"""Which paragraphs of a page are its text, and what markup says of their kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from variorum.ingest.article import Hints
from variorum.ingest.page import read_page
from variorum.model import Article, Problem
from variorum.text.normalise import squeeze

PARAGRAPHS = (
    "The ferry turned back at noon because the swell at the bar was higher than her master liked, the line said.",
    "Ninety people waited on the quay at Orsund, most of them with tickets for the evening train to the capital.",
    "No boat will sail before Thursday, and the shop on the outer island has bread for one more day, said its owner.",
)


def read(body: str, head: str = "", **known: str) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of a page."""
    found = list(read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), Hints("p", **known)))  # type: ignore[arg-type]
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def kinds(body: str, head: str = "") -> dict[str, str]:
    """Every block of the page's article and its kind."""
    (article,), _ = read(body, head)
    return {article.text[slice(*b.span)]: b.kind for b in article.blocks}


def around(box: str, wrap: str = "<article><h1>Ferry turns back at the bar</h1>{}</article>") -> str:
    """A page with ``box`` between its paragraphs."""
    first, *others = (f"<p>{p}</p>" for p in PARAGRAPHS)
    return wrap.format(first + box + "".join(others))


@pytest.mark.parametrize(
    "box",
    [
        "<div class='newsletter-signup'><p>Get the five things to know before you sail, every day at six.</p></div>",
        "<div class='c-related-articles'><p>Master of the ferry retires after thirty years on the strait.</p></div>",
        "<p><strong>READ MORE:</strong> <a href='/a'>The bar at Orsund has claimed eleven boats since the war</a></p>",
        "<p><a href='/a'>The bar at Orsund has claimed eleven boats since the war, says a new book on it</a></p>",
        "<p>The strait is dear to us and you. <a href='/subscribe'>Subscribe for three crowns</a> and keep us.</p>",
        "<p>Lesen Sie auch: Die Barre von Orsund hat seit dem Krieg elf Boote gekostet.</p>",
        "<div class='PullQuote_x'>The swell was higher than her master liked</div>",
        "<div class='share-bar'><span>Share this report with all of your friends on the outer islands.</span></div>",
    ],
)
def test_boxes_inside_the_text(box: str) -> None:
    """What stands in a box, points elsewhere or asks for something is none of the article's own; nothing is lost."""
    found = kinds(around(box))
    assert [found[p] for p in PARAGRAPHS] == ["body"] * 3
    (words,) = [squeeze(html.fromstring(box).text_content())]
    assert found.get(words, "boilerplate") in ("boilerplate", "related")


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<ul><li>The 12.40 from Orsund is off.</li><li>Tickets stay good.</li></ul>", "list"),
        ("<blockquote>I have seen worse, but not from a ferry.</blockquote>", "quote"),
        ("<figure><img><figcaption>The quay at noon</figcaption></figure>", "caption"),
        ("<div class='bildunterschrift'>The quay at noon</div>", "caption"),
        ("<div class='correction'>An earlier version gave the wrong day.</div>", "correction"),
        ("<h2>Bread for a day</h2>", "title"),
    ],
)
def test_kinds_of_markup(part: str, kind: str) -> None:
    """Lists, quotations, captions, notes and headings among the paragraphs, whatever the extractor makes of them."""
    found = kinds(around(part))
    words = {squeeze(e.text_content()) for e in html.fragments_fromstring(part) for e in e.iter("li") or ()} or {
        squeeze(html.fromstring(part).text_content())
    }
    assert {found.get(w) for w in words} == {kind}
    assert [found[p] for p in PARAGRAPHS] == ["body"] * 3


def test_names_of_parts_that_hold_everything_say_nothing() -> None:
    """Classes of the whole page speak of ads and newsletters."""
    wrap = "<div class='page has-ads newsletter-on'><div class='share content'><h1>Ferry turns back</h1>{}</div></div>"
    found = kinds(around("", wrap))
    assert [found[p] for p in PARAGRAPHS] == ["body"] * 3
    assert found["Ferry turns back"] == "title"


def test_a_name_that_every_paragraph_has_says_nothing() -> None:
    """A theme that calls each paragraph "no-print" does not call it chrome."""
    page = "".join(f"<div class='no-print ad-free'><p>{p}</p></div>" for p in PARAGRAPHS)
    found = kinds(f"<article><h1>Ferry turns back at the bar</h1>{page}</article>")
    assert [found[p] for p in PARAGRAPHS] == ["body"] * 3


def test_words_keep_their_order() -> None:
    """Inline elements in inline elements: "on <a><abbr>3 June</abbr></a> by"."""
    inner = f"<p>On <a href='/x'><b>Tuesday</b></a> at noon, {PARAGRAPHS[0]}</p>"
    assert f"On Tuesday at noon, {PARAGRAPHS[0]}" in kinds(around(inner))


def test_text_that_only_json_ld_vouches_for() -> None:
    """A first paragraph that the extractor passes over is in the body that JSON-LD repeats."""
    lead = "The strait was closed to all boats at noon."
    body = " ".join((lead, *PARAGRAPHS))
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    page = f"<div><h1>Ferry turns back</h1><div class='a9'>{lead}</div></div><div>{around('', '{}')}</div>"
    assert lead in kinds(page, head)


def test_a_table_of_data_and_one_of_layout() -> None:
    """Cells of data are cells; a column of the page is text."""
    table = "<table><tr><th>Day</th><th>Boats</th></tr><tr><td>Monday</td><td>14</td></tr></table>"
    found = kinds(around(table))
    assert [found.get(w) for w in ("Day", "Boats", "Monday", "14")] == ["table"] * 4
    layout = kinds(around("", "<table><tr><td>Menu</td><td><h1>Ferry turns back</h1>{}</td></tr></table>"))
    assert [layout[p] for p in PARAGRAPHS] == ["body"] * 3


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_consent_pages(language: str) -> None:
    """A page that asks for consent is no article, in any of the languages."""
    words = {
        "en": "By clicking accept you agree that we and our 340 partners store cookies and process personal data.",
        "de": "Wenn Sie akzeptieren, speichern wir und 340 Partner Cookies und verarbeiten personenbezogene Daten.",
        "fr": "Cliquez sur accepter pour autoriser nos 340 partenaires à lire des cookies et des données personnelles.",
        "es": "Al aceptar, usted permite que nosotros y nuestros 340 socios usemos cookies y datos personales.",
    }[language]
    articles, (problem,) = read(f"<div><h1>Before you go on</h1><p>{words}</p><p>{words}</p><button>OK</button></div>")
    assert articles == []
    assert "consent" in problem.reason


def test_reports_on_cookies_are_no_consent_pages() -> None:
    """The words alone do not make one."""
    said = "The court held that sites may not store cookies before readers accept, and fined two partners of the paper."
    articles, problems = read(around(f"<p>{said}</p>"))
    assert (len(articles), problems) == (1, [])


def test_paywalls_are_listed() -> None:
    """The opening is kept, and that it is no more is said; an article given whole is no teaser."""
    wall = "<div class='wall'><p>Already a subscriber? Log in to continue reading.</p></div>"
    page = around(wall)
    assert "paywall" in read(page)[1][0].reason
    assert len(read(page)[0]) == 1
    long = around(wall + "".join(f"<p>{p} And {n} more.</p>" for n in range(5) for p in PARAGRAPHS))
    assert read(long)[1] == []


def test_a_fragment_taken_whole() -> None:
    """What is nothing but text, such as an entry of a feed, is kept to the last word."""
    fragment = "<p>One.</p><ul><li>Two.</li></ul><p>Three <b>and four</b>.</p>"
    (article,) = (
        f for f in read_page(fragment.encode(), Hints("p"), whole=True, keep_short=True) if isinstance(f, Article)
    )
    assert article.text == "One.\n\nTwo.\n\nThree and four."


WORDS = st.sampled_from(
    [PARAGRAPHS[0], "The ferry turned back, the line said.", "By Ada Lund", "3 May 2031", "x", " ", "\u200f", "&amp;"]
)
TAGS = st.sampled_from(
    [
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "a",
        "br",
        "time",
        "b",
        "aside",
        "blockquote",
        "figcaption",
        "article",
        "form",
        "footer",
        "body",
    ]
)
NAMES = st.sampled_from(["", "byline", "date", "share", "related", "caption", "dek", "content", "paywall"])
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class='{name}'>{''.join(parts)}</{tag}>",
        TAGS,
        NAMES,
        st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_any_tree(tree: str) -> None:
    """Whatever the markup: no crash, blocks in order that cover all words, each with an element that has them."""
    page = f"<html><body>{tree}</body></html>"
    for article in (f for f in read_page(page.encode(), Hints("p"), keep_short=True) if isinstance(f, Article)):
        end = 0
        for block in article.blocks:
            assert block.span[0] >= end
            assert not article.text[end : block.span[0]].strip()
            end = block.span[1]
        assert not article.text[end:].strip()
