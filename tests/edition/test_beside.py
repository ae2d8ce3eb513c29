"""Two articles side by side: what is marked, what is not, and how the page bears hostile texts and small screens."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_edition import edition
from test_page import EVIL

from variorum.edition import to_html, to_side_by_side
from variorum.edition.beside import excerpts
from variorum.edition.exports import without_texts
from variorum.lineage import side_by_side
from variorum.model import Article, Link, Passage, SideBySide
from variorum.text.differ import changes, differences
from variorum.text.shingle import words

OLD = """The ferry to Lunholm ran aground on Monday night with forty people on board, the harbour master said.

Nobody was hurt, and the tide lifted the ship off the sandbank in the small hours of the morning."""
NEW = """Update. The ferry to Lunholm ran aground late on Monday night with thirty people on board, the harbour master
said.

Nobody was hurt, and the tide lifted the ship off the sandbank in the small hours."""
Open = Callable[..., Any]


def text(name: str, words: str, **more: Any) -> Article:
    """An article without blocks."""
    return Article(name, f"{name}.txt", words, **more)


def told(found: SideBySide, one: str, other: str) -> list[tuple[str, str, str]]:
    """Kind and words of each edit."""
    return [(e.kind, one[slice(*e.one)], other[slice(*e.other)]) for p in found.passages for e in p.edits]


def page(one: str, other: str, **more: Any) -> str:
    """The page of two texts."""
    pair = text("a", one, publisher="Ledger", **more), text("b", other, publisher="Courier", **more)
    return to_side_by_side(side_by_side(*pair), *pair)


# --- what differs -------------------------------------------------------------------------------------------------


def test_changed_added_and_dropped_words() -> None:
    """Each at its place; the last words of one, outside any passage, are no edit."""
    found = side_by_side(text("a", OLD), text("b", NEW))
    assert told(found, OLD, NEW) == [("added", "", "late"), ("changed", "forty", "thirty")]
    (passage,) = found.passages
    assert OLD[slice(*passage.one)].startswith("The ferry")
    assert NEW[slice(*passage.other)].endswith("small hours.")
    back = side_by_side(text("b", NEW), text("a", OLD))
    assert told(back, NEW, OLD) == [("dropped", "late", ""), ("changed", "thirty", "forty")]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Two words", "Two words", 1),
        ("Two words", "Other words", 0),
        ("", "", 0),
        (OLD, OLD, 1),
        (OLD, "Nothing of this has ever been told by anybody in any other place before", 0),
        ("na " * 100_000, "na " * 90_000 + "ba " + "na " * 4_000, 1),
    ],
    ids=["two words", "two other words", "empty", "identical", "nothing in common", "one word"],
)
def test_odd_pairs(one: str, other: str, count: int) -> None:
    """A page for each, with as many passages."""
    pair = text("a", one), text("b", other)
    found = side_by_side(*pair)
    assert len(found.passages) == count
    html = to_side_by_side(found, *pair)
    assert html.count('<li id="p') == count
    assert ("They share no passage" in html) == (count == 0)
    assert len(html) < 200_000


@given(st.lists(st.integers(0, 5), max_size=60), st.lists(st.integers(0, 5), max_size=60))
def test_edits_turn_one_into_the_other(one: list[int], other: list[int]) -> None:
    """What lies between two edits is the same on both sides, and they come in order."""
    a, b = np.array(one, np.uint64), np.array(other, np.uint64)
    made, at, bt = [], 0, 0
    for (a0, a1), (b0, b1) in changes(a, b):
        assert (a0, b0) >= (at, bt)
        assert a1 > a0 or b1 > b0
        made += [*one[at:a0], *other[b0:b1]]
        assert one[at:a0] == other[bt:b0]
        at, bt = a1, b1
    assert made + one[at:] == other
    assert one[at:] == other[bt:]


def test_long_passages_cost_time_in_line_with_their_length() -> None:
    """Window by window the same edits are found as at once, and a million words cost no table of a million squared."""
    pick = random.Random(2)
    ids = np.arange(300_000, dtype=np.uint64)
    other = ids.copy()
    places = sorted(pick.sample(range(10, 299_990, 10), 2000))
    other[places] = 0
    begin = time.perf_counter()
    assert [left for left, _ in changes(ids, other)] == [(p, p + 1) for p in places]
    assert time.perf_counter() - begin < 20
    assert next(changes(ids, ids[::-1].copy() + np.uint64(1_000_000))) == ((0, 300_000), (0, 300_000))


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_hold_words(one: str, other: str) -> None:
    """Every edit's span begins and ends with a word of its text, or is empty."""
    for edit in differences(one, other, ((0, len(one)), (0, len(other)))):
        for whole, (begin, end) in ((one, edit.one), (other, edit.other)):
            assert 0 <= begin <= end <= len(whole)
            assert begin == end or len(words(whole[begin:end]))
        assert edit.one[0] < edit.one[1] or edit.other[0] < edit.other[1]


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    """No script at all, the style by its hash, all words escaped, each link to something that is there."""
    html = page(f"{EVIL} {OLD} {EVIL}", f"{OLD} {EVIL}", title=EVIL, url="javascript:alert(1)", language='"><script>')
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html
    assert "script-src" not in html
    assert re.search(r"default-src &#39;none&#39;; style-src|default-src 'none'; style-src", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert html == page(
        f"{EVIL} {OLD} {EVIL}", f"{OLD} {EVIL}", title=EVIL, url="javascript:alert(1)", language='"><script>'
    )


def test_a_row_for_each_paragraph() -> None:
    """The same words stand beside each other; words that differ are marked on the side that has them."""
    html = page(OLD, NEW)
    assert html.count('<div class="row">') == 2
    assert html.count('<mark class="changed">') == 3  # with the key
    assert "<ins>late</ins>" in html
    assert "<del>late</del>" in page(NEW, OLD)


def test_links_in_an_edition_open_side_by_side() -> None:
    """As far as there is room, and never where words are left out."""
    made = edition()
    first, second = made.articles[0], made.articles[1]
    whole = Passage((0, len(first.text)), (0, len(second.text)), 0.5)
    link = Link(first.id, second.id, "copy", 0.5, 0.5, 0.9, (whole,))
    made = replace(made, lineage=replace(made.lineage, links=(link,)))
    html = to_html(made)
    assert html.count("<summary>side by side</summary>") == 1
    assert "variorum beside 1 2 --in edition.json" in html
    assert "<summary>side by side</summary>" not in to_html(without_texts(made))
    articles = {a.id: a for a in made.articles}
    many = [replace(link, passages=(whole,) * 50, confidence=n / 1000) for n in range(999)]
    shown = list(excerpts(many, articles))
    assert shown[0][1].left > 0
    assert sum(len(found.passages) for _, found in shown) * (len(first.text) + len(second.text)) <= 150_000


def test_it_reads_on_any_screen_by_keyboard_alone(open_html: Open) -> None:
    """No sideways scrolling; Tab goes to the skip link, then over the passages; a number leads to its other half."""
    pair = text("a", f"{EVIL} {OLD}"), text("b", f"{NEW} {EVIL} {'y' * 100_000}")
    shown = open_html(to_side_by_side(side_by_side(*pair), *pair), 360, 760, java_script_enabled=False)
    seen = open_html(to_side_by_side(side_by_side(*pair), *pair), 360, 760)
    for width in (360, 800, 1400):
        seen.set_viewport_size({"width": width, "height": 760})
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        boxes = [seen.locator(".row .side").nth(n).bounding_box() for n in (0, 1)]
        assert (boxes[0]["y"] == boxes[1]["y"]) == (width > 736)
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.className") == "skip"
    shown.get_by_role("link", name="Passage 1: see it in [2]").click()
    assert shown.locator(".passage:target").count() == 1
    assert shown.locator("#other-1:target").count() == 1


def test_right_to_left_stands_right(open_html: Open) -> None:
    """Both in the rows and in the full texts."""
    words = "בשעות הבוקר נפרץ הסכר שליד הכפר הקטן והמים שטפו את הרחוב הראשי ואת בית הספר החדש"
    pair = text("a", words, language="he"), text("b", words.replace("הקטן", "הגדול"), language="he")
    seen = open_html(to_side_by_side(side_by_side(*pair), *pair), 1200, 800)
    for selector in (".side p", ".both .block"):
        assert seen.evaluate(f"getComputedStyle(document.querySelector('{selector}')).direction") == "rtl"
    assert seen.locator(".row mark").count() == 2


def test_axe_finds_no_serious_fault(open_html: Open) -> None:
    """WCAG 2 A and AA and best practice, light and dark, wide and narrow."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    seen = open_html(page(OLD, NEW, language="en"), color_scheme="light")
    faults = list(axe.run(seen).response["violations"])
    seen.emulate_media(color_scheme="dark")
    seen.set_viewport_size({"width": 360, "height": 760})
    faults += axe.run(seen).response["violations"]
    serious = [f for f in faults if f["impact"] in {"serious", "critical"}]
    assert [(f["id"], [n["html"][:200] for n in f["nodes"]]) for f in serious] == []
