"""The page in a real browser: words in view, keys, hostile texts, small screens, dark mode, accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from invented_edition import article, edition

from variorum.edition import to_html
from variorum.model import (
    BriefSentence,
    Edition,
    Entity,
    Lineage,
    Location,
    Origin,
    Place,
    Problem,
    Producer,
    Role,
    Story,
)

EVIL = (
    "</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "\u202eright to left\u202c {{ 7 * 7 }} {% raw %} <a href='javascript:alert(4)'>x</a> &lt; \x00\x1b "
    "\"' onclick=alert(5)"
)


# --- without a browser ---


def hostile() -> Edition:
    """Every string that a report could set is hostile, and one line is 2 MB long."""
    page = article("evil", [("title", EVIL), ("body", EVIL), ("body", "y" * 2_000_000), ("related", EVIL)], EVIL, EVIL)
    page = replace(
        page, url="javascript:alert(6)", source=EVIL, authors=(EVIL,), agencies=(EVIL,), language='"><script>'
    )
    place = Location(page.id, (0, len(EVIL)))
    story = Story("y-1", EVIL, (page.id,), {}, EVIL, EVIL, (EVIL,), brief=(BriefSentence(EVIL, (place,), ()),))
    origin = Origin("o-1", EVIL, "unknown", True, (page.id,))
    return Edition(
        Producer(EVIL, {}, {EVIL: EVIL}), (page,),
        (Entity("e-1", EVIL, "person", (EVIL,), EVIL, (place,), (Role(EVIL, EVIL, "former", EVIL, EVIL),)),), (),
        Lineage((), (origin,)), (story,), (Problem(EVIL, EVIL, EVIL),),
    )  # fmt: skip


def test_the_page_asks_for_nothing() -> None:
    """No script, style, image, font or frame from anywhere; links only where a reader may click."""
    html = to_html(edition())
    assert not re.search(r"<(?:script|link|img|iframe|object|embed|base|form)\b[^>]*\b(?:src|href|action|data)=", html)
    assert "@import" not in html
    assert "url(" not in html


def test_names_show_their_offices_and_where_they_lie() -> None:
    """With dates, and with coordinates where the place is told."""
    roles = (Role("minister", "Peru", "former", "2031-03-04", "2031-03-06"),)
    told = Place(2988507, 48.85341, 2.3488, "FR", "city", 0.99, "by far the largest of 3 that bear the name")
    untold = Place(None, None, None, None, None, 0.0, "nothing here decides")
    people = (Entity("e-1", "Ana Ruiz", "person", roles=roles),)
    places = (Entity("e-2", "Paris", "place", place=told), Entity("e-3", "Salem", "place", place=untold))
    html = to_html(replace(edition(), entities=people + places))
    assert "former minister, Peru (4–6 Mar 2031)" in html
    assert "FR 48.85, 2.35" in html
    assert html.count("<small><bdi>") == 2


def test_no_handler_or_inline_style() -> None:
    """The policy forbids them, so none may be there to be blocked."""
    tags = re.findall(r"<[a-z][^>]*>", to_html(edition()))
    assert not [t for t in tags if re.search(r"\s(?:style|on\w+)=", t)]


def test_the_policy_names_script_and_style_by_hash() -> None:
    """Nothing else may run."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', to_html(edition()))
    assert policy is not None
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; "
        r"base-uri 'none'; form-action 'none'",
        policy[1].replace("&#39;", "'"),
    )


def test_the_page_is_deterministic() -> None:
    """Same edition, same bytes."""
    assert to_html(edition()) == to_html(edition())


def test_ids_are_unique() -> None:
    """Every citation leads to one place."""
    html = to_html(edition())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids)


def test_a_page_grows_with_its_articles_only() -> None:
    """Sixteen times the articles are at most sixteen times the bytes, script and style aside."""

    def size(copies: int) -> int:
        made = edition()
        many = tuple(replace(a, id=f"{a.id}-{n}") for n in range(copies) for a in made.articles)
        return len(to_html(replace(made, articles=many, stories=(), statements=(), lineage=Lineage(), entities=())))

    one, sixteen = size(1) - size(0), size(16) - size(0)
    assert sixteen <= 16.5 * one


@pytest.mark.parametrize("made", [Edition(Producer("0", {}, {})), hostile()], ids=["empty", "hostile"])
def test_anything_is_shown(made: Edition) -> None:
    """No edition is a crash, and no page is huge for one long line."""
    html = to_html(made)
    assert "alert(1)</script>" not in html
    assert "\u202e" not in html
    assert len(html) < 400_000


# --- with one ---

Open = Callable[..., Any]


@pytest.fixture
def open_page(open_html: Open) -> Open:
    """Opens an edition from disk."""

    def opened(made: Edition, width: int = 1400, height: int = 900, **more: Any) -> Any:
        return open_html(to_html(made), width, height, **more)

    return opened


def in_view(page: Any, selector: str) -> bool:
    """Whether the first match lies wholly in the window and nothing covers its middle."""
    return bool(
        page.evaluate(
            """selector => {
                const piece = document.querySelector(selector);
                if (!piece) return false;
                const box = piece.getClientRects()[0];
                const over = document.elementFromPoint(box.left + Math.min(5, box.width / 2), box.top + box.height / 2);
                return box.top >= 0 && box.bottom <= innerHeight && piece.contains(over);
            }""",
            selector,
        )
    )


def test_a_citation_opens_the_words_it_rests_on(open_page: Open) -> None:
    """Click, and the article stands beside with exactly the cited words marked and in view; the citation too."""
    made = edition()
    page = open_page(made, 1400, 760)
    for number, width in ((0, 1400), (3, 1400), (0, 800), (3, 360), (0, 360)):
        page.set_viewport_size({"width": width, "height": 760})
        place = made.stories[0].brief[number].citations[0]
        text = next(a.text for a in made.articles if a.id == place.article)
        link = page.locator(f".brief li:nth-child({number + 1}) a.cite").first
        link.click()
        marked = "".join(page.locator("#reader .hit").all_text_contents())
        assert marked == text[place.span[0] : place.span[1]]
        assert in_view(page, "#reader .hit")
        assert in_view(page, "a.cite.on")


def test_the_keyboard_does_it_all(open_page: Open) -> None:
    """Skip link first, Enter opens the words, arrows move between marks with their notes, Escape goes back."""
    page = open_page(edition())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "cite" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#reader .hit')")
    page.keyboard.press("ArrowRight")
    assert "Tuesday evening" in page.evaluate("document.activeElement.textContent")
    assert "time: 4 Mar 2031" in page.locator("#note").text_content()
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert "cite" in page.evaluate("document.activeElement.className")


def test_closing_puts_the_article_back(open_page: Open) -> None:
    """Nothing is lost from the list of articles."""
    page = open_page(edition())
    before = page.locator("#articles").inner_text()
    page.locator("a.cite").first.click()
    page.locator("#reader .close").click()
    assert page.locator("#articles").inner_text() == before


def test_an_address_with_words_opens_them(open_page: Open) -> None:
    """A copied link shows the same words."""
    page = open_page(edition())
    page.locator("a.cite").first.click()
    page.reload()
    assert in_view(page, "#reader .hit")


def test_marks_can_be_switched_off(open_page: Open) -> None:
    """Each layer by itself."""
    page = open_page(edition())
    piece = page.locator(".m.quantity").first
    assert piece.evaluate("e => getComputedStyle(e).fontWeight") == "650"
    page.locator("#layer-quantity").uncheck()
    assert piece.evaluate("e => getComputedStyle(e).fontWeight") == "400"


def test_the_ledger_filters_and_sorts(open_page: Open) -> None:
    """By words, by status, by number of newsrooms."""
    page = open_page(edition())
    rows = page.locator(".ledger tbody tr:visible")
    assert rows.count() == 12
    page.locator(".search input").fill("rudder")
    assert rows.count() == 2
    page.locator(".chip input[value=denied]").uncheck()
    assert rows.count() == 1
    assert page.locator(".shown").text_content() == "1 of 12 claims"
    page.locator(".search input").fill("")
    page.get_by_role("button", name="Newsrooms").click()
    assert rows.first.get_attribute("data-newsrooms") == "2.2"
    page.get_by_role("button", name="Newsrooms").click()
    assert rows.last.get_attribute("data-newsrooms") == "2.2"


def test_everything_reads_without_its_script(open_page: Open) -> None:
    """Citations are anchors to words that are there, every claim and article is shown."""
    made = edition()
    page = open_page(made, java_script_enabled=False)
    assert page.locator(".ledger tbody tr:visible").count() == len(made.stories[0].claims)
    assert page.locator(".source .text:visible").count() == len(made.articles)
    page.locator("a.cite").first.click()
    assert page.locator("i:target").count() == 1


@pytest.mark.parametrize("made", [edition(), hostile()], ids=["invented", "hostile"])
def test_no_page_scrolls_sideways(open_page: Open, made: Edition) -> None:
    """Not even with a line of 2 MB, with the reader closed and open."""
    page = open_page(made, 360, 760)
    widths = []
    for width in (360, 800):
        page.set_viewport_size({"width": width, "height": 760})
        widths.append(page.evaluate("document.documentElement.scrollWidth") <= width)
    page.locator("a.cite").first.click()
    for width in (800, 360):
        page.set_viewport_size({"width": width, "height": 760})
        widths.append(page.evaluate("document.documentElement.scrollWidth") <= width)
    assert all(widths)


def test_hostile_texts_run_nothing(open_page: Open) -> None:
    """No dialog, no error, no breach; the words are there to be read."""
    page = open_page(hostile())
    page.locator("a.cite").first.click()
    page.wait_for_timeout(200)
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert "<script>alert(1)</script>" in page.locator("h1").inner_text()
    assert "⟨U+202E⟩" in page.locator("h1").inner_text()


def test_dark_and_light_and_still(open_page: Open) -> None:
    """The page follows the reader's preferences of colour and of motion."""
    page = open_page(edition())

    def brightness(scheme: str) -> float:
        page.emulate_media(color_scheme=scheme)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", color)[:3])) / 3

    assert brightness("light") > 220
    assert brightness("dark") < 50
    for asked, found in (("reduce", "auto"), ("no-preference", "smooth")):
        page.emulate_media(reduced_motion=asked)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == found


def test_axe_finds_no_serious_fault(open_page: Open) -> None:
    """WCAG 2 A and AA and best practice, in light and dark, wide and narrow, closed and with everything open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(edition(), color_scheme="light")
    faults = list(axe.run(page).response["violations"])
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 760})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.locator("a.cite").first.click()
    faults += axe.run(page).response["violations"]
    serious = [f for f in faults if f["impact"] in {"serious", "critical"}]
    assert [(f["id"], [n["html"][:200] for n in f["nodes"]]) for f in serious] == []
