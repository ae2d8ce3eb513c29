"""The room in a real browser over a real server: keys, phones, dark, hostile reports, accessibility."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports import report
from variorum.web import Room

EVIL = (
    "</title></style><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)> "
    "\u202eright to left\u202c {{ 7 * 7 }} <a href='javascript:alert(4)'>x</a> \"' onclick=alert(5) "
)


def paths(room: Room) -> list[str]:
    """A page of each kind."""
    store = room.library.store
    story = next(c.id for c in store.stories("desk").rows if "silo" in c.title.lower())
    articles = {c.publisher: c.id for c in store.cards("desk").rows}
    claim = store.edition("desk").stories[0].claims[0].id
    home = next(s.id for s in store.edition("desk").stories if claim in [c.id for c in s.claims])
    one, other = articles["Harwick Herald"], articles["Coast Courier"]
    return [
        "/", f"/c/desk/stories/{story}", f"/c/desk/articles/{one}", f"/c/desk/compare?one={one}&other={other}",
        "/search?q=fire", "/check?collection=desk&q=The+parliament+of+Velda+rejected+the+tunnel+bill.",
        f"/c/desk/stories/{home}/decide?claim={claim}", f"/c/desk/stories/{story}/decide", "/decisions", "/add",
        f"/c/desk/stories/{story}/matrix",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_every_width_and_are_accessible(
    visit: Callable[..., Any], address: tuple[str, Room], scheme: str
) -> None:
    """Nothing sticks out at 360 px; axe finds no serious fault. VARIORUM_SHOTS keeps pictures of them all."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    shots = os.environ.get("VARIORUM_SHOTS")
    for number, path in enumerate(paths(address[1])):
        for width in (360, 768, 1280):
            page = visit(path, width, color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if shots:
                page.screenshot(path=Path(shots) / f"{number:02}-{scheme}-{width}.png", full_page=number != 1)
            if width != 768:
                found = axe.run(page).response["violations"]
                assert [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in found] == [], (path, width)
            page.context.close()


def test_everything_is_there_without_a_script(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Brief, claims, an article's margin, and the way to decide."""
    _, story, article, *_ = paths(address[1])
    page = visit(story, java_script_enabled=False)
    page.locator(".cite").first.click()
    assert page.locator(".text i:target").count() == 1
    page.locator(".ledger summary").first.click()
    page.locator(".ledger .desk a").first.click()
    assert page.locator("h1").inner_text() == "Decide"
    page = visit(article, java_script_enabled=False)
    page.locator(".margin li > a").first.click()
    assert page.locator(".text i:target").count() == 1


def test_a_citation_opens_the_article_beside_the_story(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """By keys alone; Escape goes back to where the reader was."""
    page = visit(paths(address[1])[1])
    page.locator(".cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("#reader").wait_for(state="visible")
    assert page.locator("#reader .hit").count() > 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("words cite")


def test_a_link_to_a_span_shows_it_on_the_articles_page(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """The words are marked, in sight, and their note is told to the keyboard."""
    page = visit(paths(address[1])[2])
    place = page.locator(".margin li > a").last.get_attribute("href")
    page = visit(paths(address[1])[2] + place, 360, 500)
    hit = page.locator(".hit").first
    hit.wait_for(state="visible")
    assert 0 <= hit.bounding_box()["y"] < 500
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#note").is_visible()


def test_the_matrix_is_sorted_and_filtered_in_its_address(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """With plain links and a form; copies are folded under their origin; a mark leads to the very words."""
    matrix = paths(address[1])[-1]
    page = visit(matrix, java_script_enabled=False)
    rows = page.locator(".matrix tbody tr")
    everything = rows.count()
    heads = page.locator(".matrix thead th")
    assert heads.count() == 3  # the claim, and two origins of three reports
    page.locator(".matrix thead summary").first.click()
    assert page.locator(".matrix thead details a:visible").count() == 2
    heads.nth(2).locator("> a").first.click()
    assert "sort=" in page.url
    marks = page.locator(".matrix tbody tr td:nth-child(3)").evaluate_all("all => all.map(c => c.className.slice(3))")
    assert marks == sorted(marks, key=["says", "both", "denies", "otherwise", "silent"].index)
    assert {"says", "silent"} <= set(marks)
    page.get_by_role("searchbox", name="Words").fill("conveyor")
    page.get_by_role("button", name="Show").click()
    assert "q=conveyor" in page.url
    assert "sort=" in page.url
    assert 0 < rows.count() < everything
    page.locator(".matrix td a").first.click()
    assert "/articles/" in page.url
    assert page.locator(".text i:target").count() == 1


def test_the_matrix_is_walked_by_keys(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Arrows go from mark to mark; a choice acts at once; typing narrows what is shown."""
    page = visit(paths(address[1])[-1])
    marks = page.locator(".matrix td a")
    marks.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") > 1
    assert page.evaluate("document.activeElement.closest('td').cellIndex") == 1
    page.get_by_role("searchbox", name="Words").fill("firefighters")
    assert page.locator(".matrix tbody tr:visible").count() == 1
    page.get_by_role("searchbox", name="Words").fill("")
    vote = next(c.id for c in address[1].library.store.stories("desk").rows if "tunnel" in c.title)
    page.goto(f"{address[0]}/c/desk/stories/{vote}/matrix")
    page.get_by_text("By status or origin").click()
    page.locator("select[name=stance]").select_option("otherwise")
    page.wait_for_url("**stance=otherwise*")
    assert "q=" not in page.url
    assert page.locator(".matrix td.is-otherwise").count() > 0


def test_the_matrix_is_read_on_a_phone(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Each claim stands over the origins that tell it, by name; wide, the claim stays in sight beside them."""
    page = visit(paths(address[1])[-1], 360, 740)
    chip = page.locator(".matrix td.is-says a").first
    assert chip.evaluate("e => getComputedStyle(e, '::after').content").strip('"') == chip.get_attribute("data-origin")
    assert page.locator(".matrix td.is-silent:visible").count() == 0
    assert page.locator(".silent-here:visible").count() > 0
    page.set_viewport_size({"width": 768, "height": 740})
    scroll = page.locator(".scroll")
    scroll.evaluate("e => { e.firstElementChild.style.width = '3000px'; e.scrollLeft = 900; }")
    assert page.locator(".matrix tbody th").first.bounding_box()["x"] >= 0


def test_a_hostile_report_does_nothing(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """No code of it runs, no direction leaks, and a line of 2 MB does not break its page (see `visit`)."""
    room = address[1]
    text = f"{EVIL}.\n\nFire killed nine people in Osmund on Monday, {EVIL} said.\n\n" + "y" * 2_000_000
    added = room.library.add("evil", [report(EVIL, "2031-06-01", EVIL, text)])
    assert len(added.new) == 1
    card = room.library.store.cards("evil").rows[0]
    for path in (
        "/", f"/c/evil/articles/{card.id}", f"/c/evil/stories/{card.story}", f"/c/evil/stories/{card.story}/decide",
        f"/c/evil/stories/{card.story}/matrix",
        "/search?q=osmund", "/check?collection=evil&q=Fire+killed+nine+people+in+Osmund.", "/decisions", "/add",
    ):  # fmt: skip
        page = visit(path)
        assert "\u202e" not in page.content(), path
        assert "49" not in page.title()
        assert page.locator("[onclick], [onload], [onerror], main script, a[href^='javascript']").count() == 0
        assert len(page.content()) < 300_000, path


def test_a_form_is_filled_by_keys_and_a_report_is_added(
    visit: Callable[..., Any], address: tuple[str, Room], tmp_path: Path
) -> None:
    """An upload, its progress, its end, and the story that it makes."""
    file = tmp_path / "ferry.txt"
    file.write_text("Ferry sinks off Osmund\n\nThe ferry Alda sank off Osmund on Monday, the coast guard said.\n")
    page = visit("/add")
    page.get_by_label("Collection").fill("sea")
    page.get_by_label("Files").set_input_files(str(file))
    page.get_by_role("button", name="Add").press("Enter")
    page.wait_for_url("**/jobs/*")
    page.get_by_text("done").wait_for(timeout=60_000)
    page.get_by_role("link", name="To the stories").press("Enter")
    page.get_by_role("link", name="Ferry sinks off Osmund").wait_for()
