"""The room in a real browser over a real server: keys, phones, dark, hostile reports, accessibility."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crowd import crowd, shelve
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


#: What a page looks like does not depend on the database.
once = pytest.mark.parametrize("new_url", ["sqlite"], indirect=True)


@once
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_every_width_and_are_accessible(
    visit: Callable[..., Any], address: tuple[str, Room], scheme: str
) -> None:
    """Nothing sticks out at 360 px; axe finds no serious fault. VARIORUM_SHOTS keeps pictures of them all."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    shots = os.environ.get("VARIORUM_SHOTS")
    for number, path in enumerate(paths(address[1])):
        page = visit(path, 1280, color_scheme=scheme)
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if shots:
                page.screenshot(path=Path(shots) / f"{number:02}-{scheme}-{width}.png", full_page=number != 1)
            if width != 768:
                found = axe.run(page).response["violations"]
                assert [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in found] == [], (path, width)
        page.context.close()


REACHABLE = """() => Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary,"
        + " [tabindex='0']"))
    .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.type !== "hidden" && !e.disabled)"""


#: The place of what has the focus, and whether it is in sight and marked; a date marks the part that is typed into.
SEEN = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const ring = getComputedStyle(at.closest(".chip") || at);
    const none = at === document.body || at.matches("#main");
    const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return [all.indexOf(at), none || (shown && (ring.outlineStyle !== "none" || at.type === "date"))];
}"""


@once
def test_all_of_it_is_reached_by_tab_and_seen(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Every link, field and fold of every page, in the order of the page, each shown when it has the focus."""
    for path in paths(address[1]):
        page = visit(path)
        page.evaluate(f"{{ window.all = ({REACHABLE})(); window.met = []; }}")
        for _ in range(2 * page.evaluate("all.length") + 5):
            page.keyboard.press("Tab")
            place, seen = page.evaluate(SEEN)
            assert seen, (path, page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
            if place >= 0:
                page.evaluate(f"met.includes({place}) || met.push({place})")
            if place == page.evaluate("all.length - 1"):
                break
        met = page.evaluate("met")
        missed = page.evaluate("all.filter((e, n) => !met.includes(n)).map(e => e.outerHTML.slice(0, 160))")
        assert missed == [], path
        assert met == sorted(met), path
        page.context.close()


MOVING = """() => Array.from(document.querySelectorAll("*"), (e) => getComputedStyle(e))
    .some((s) => s.animationName !== "none" || s.transitionDuration !== "0s")"""


@once
def test_motion_and_paper(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Nothing moves for who asks for rest; on paper stand the findings, not the ways to look for them."""
    for path in paths(address[1]):
        page = visit(path, 768)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert not page.evaluate(MOVING), path
        page.emulate_media(media="print")
        assert page.locator(".room").is_hidden()
        assert page.locator("form.ask:not(.card)").locator("visible=true").count() == 0, path
        assert page.locator("main").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 768, path
        page.context.close()


@once
def test_everything_is_there_without_a_script(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Brief, claims, an article's margin, and the way to decide."""
    _, story, article, *_ = paths(address[1])
    page = visit(story, java_script_enabled=False)
    page.locator(".cite").first.click()
    assert page.locator(".text i:target").count() == 1
    page = visit(story, java_script_enabled=False)
    page.locator(".ledger summary").first.click()
    page.locator(".ledger .desk a").first.click()
    assert page.locator("h1").inner_text() == "Decide"
    page = visit(article, java_script_enabled=False)
    page.locator(".margin li > a").first.click()
    assert page.locator(".text i:target").count() == 1


@once
def test_a_citation_opens_the_article_beside_the_story(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """By keys alone; Escape goes back to where the reader was."""
    page = visit(paths(address[1])[1])
    page.locator(".cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("#reader").wait_for(state="visible")
    assert page.locator("#reader .hit").count() > 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("words cite")


@once
def test_any_article_of_a_large_story_opens_beside_it(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Also one that the part of the list on the page does not hold; each is brought once, and goes home when closed."""
    store = address[1].library.store
    story = shelve(store, "crowd", crowd(store.edition("desk")))
    page = visit(f"/c/crowd/stories/{story}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    listed = "new Set(Array.from(document.querySelectorAll('[data-page]'), (a) => a.dataset.page))"
    near, away = (
        page.evaluate(
            f"""() => {{
                const here = {listed}, links = Array.from(document.querySelectorAll("a.words"));
                links.forEach((link, n) => {{ link.id = link.id || `w${{n}}`; }});
                return links.find((link) => here.has(link.pathname) === {there}).id;
            }}"""
        )
        for there in ("true", "false")
    )
    for link in (near, away, near, away):
        span = page.locator(f"#{link}").get_attribute("href").rpartition("#a1-")[2].split("-")
        article = page.locator(f"#{link}").evaluate("e => e.pathname").rpartition("/")[2]
        page.evaluate(f"document.getElementById('{link}').click()")
        page.locator("#reader .hit").first.wait_for()
        shown = "".join(page.locator("#reader .hit").all_text_contents())
        assert shown == store.article("crowd", article).text[int(span[0]) : int(span[1])]
        page.keyboard.press("Escape")
        assert page.locator(".text:visible").count() == 0
    assert len(asked) == 2


@once
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


@once
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


@once
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


@once
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


@once
def test_a_sentence_is_checked_and_its_words_are_followed(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Typed in, answered with the words on either side, and from there to where they stand."""
    page = visit("/check")
    page.get_by_label("Sentence").fill("The parliament of Velda rejected the tunnel bill.")
    page.keyboard.press("Enter")
    assert "Supported" in page.locator(".verdict").inner_text()
    page.locator(".said .words").first.click()
    page.locator(".text .hit").first.wait_for()
    assert "bill" in "".join(page.locator(".text .hit").all_text_contents())
    page.goto(f"{address[0]}/check?collection=desk&q=A+whale+sang+in+the+theatre+of+Orrin.")
    assert "Silent" in page.locator(".verdict").inner_text()


def test_stories_are_narrowed_by_what_is_seen(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """A name leads to the stories that have it, a choice acts at once, and the address says all of it."""
    page = visit("/")
    page.locator(".stories .quiet", has_text="Edda Rosling").click()
    assert page.locator(".stories > li").count() == 1
    assert "person=Edda+Rosling" in page.url
    page.goto(address[0])
    page.get_by_label("disputed only").check()
    page.wait_for_url("**disputed=1*")
    assert "person=" not in page.url
    assert page.locator(".stories > li").count() == 1
    page.locator("[name=from]").fill("2031-06-01")
    page.get_by_role("button", name="Show").press("Enter")
    page.get_by_text("No story fits").wait_for()
    bar = visit("/").locator(".bar").last
    assert bar.get_attribute("aria-label") == "3 articles from 2 origins"


@once
def test_any_words_can_be_linked_to(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """With `?at=` a span is marked that no finding has, with a script and without."""
    article = paths(address[1])[2]
    text = address[1].library.store.article("desk", article.rpartition("/")[2]).text
    begin = text.index("firefighters fought")
    span = f"{begin}-{begin + len('firefighters fought')}"
    for script in (True, False):
        page = visit(f"{article}?at={span}", java_script_enabled=script)
        number = page.locator("article.source").get_attribute("id")
        page.goto(f"{address[0]}{article}?at={span}#{number}-{span}")
        marked = page.locator(".text .hit") if script else page.locator(".text i:target ~ .m.citation")
        marked.first.wait_for()
        assert "".join(marked.all_text_contents()).startswith("firefighters fought")
        page.context.close()
    for nonsense in ("x", "5", "9-3", "0-99999999", "-1-5"):
        assert visit(f"{article}?at={nonsense}").locator(".text").count() == 1


@once
def test_the_margin_tells_what_the_words_hold(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Copied passages, quotes, times and numbers; a note and its words show each other, by pointer and by keys."""
    store = address[1].library.store
    copy = next(c.id for c in store.cards("desk").rows if c.publisher == "Coast Courier")
    page = visit(f"/c/desk/articles/{copy}")
    taken = page.locator(".margin .taken").first
    assert "Harwick Herald" in taken.inner_text()
    assert page.locator(".text .m.copied").count() > 0
    held = " ".join(page.locator(".margin .held").all_text_contents())
    assert "time: " in held
    assert "quantity: " in held
    taken.locator("a").first.focus()
    assert page.locator(".text .m.glow").count() > 0
    page.locator(".text .m.statement").last.hover()
    assert page.locator(".margin li.glow").count() == 1
    assert page.locator("#note").is_visible()
    page.locator("#layer-copied").uncheck()
    assert page.locator(".m.copied").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "none"
    taken.get_by_role("link", name="compare").click()
    assert page.locator(".parallels li").count() > 0


ARABIC = "قال وزير النقل إن الجسر أغلق يوم الإثنين."


@once
def test_text_from_right_to_left_is_shown_right(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """Its own way in every list and on its page, without turning what stands beside it; controls are written out."""
    room = address[1]
    turned = "The bridge\u202e closed\u202c and \u2067opened\u2069 again on Tuesday, the port of Orrin said."
    text = f"{ARABIC} {ARABIC}\n\n{turned}\n\n{ARABIC}"
    room.library.add("rtl", [report("جريدة الميناء", "2031-06-01", "إغلاق الجسر 25 يوما", text)])
    card = room.library.store.cards("rtl").rows[0]
    page = visit(f"/c/rtl/articles/{card.id}")
    ways = page.locator(".text .block").evaluate_all("all => all.map(p => getComputedStyle(p).direction)")
    assert ways == ["rtl", "ltr", "rtl"]
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"
    box, first = page.locator(".text").bounding_box(), page.locator(".text .block").first
    drawn = first.evaluate("e => { const r = document.createRange(); r.selectNodeContents(e); "
                           "return r.getClientRects()[0].right; }")  # fmt: skip
    assert abs(drawn - (box["x"] + box["width"])) < 2, "it begins at the right"
    shown = page.locator(".text").inner_text()
    assert "⟨U+202E⟩" in shown
    assert "⟨U+2067⟩" in shown
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page.content())
    for path in ("/?collection=rtl", f"/c/rtl/stories/{card.story}", f"/c/rtl/stories/{card.story}/matrix"):
        page.goto(address[0] + path)
        name = page.get_by_text("إغلاق الجسر").first
        assert name.evaluate("e => getComputedStyle(e).direction") == "rtl", path
        assert page.locator("main").evaluate("e => getComputedStyle(e).direction") == "ltr"
        around = name.evaluate("e => getComputedStyle(e).unicodeBidi + ' ' + (e.closest('bdi, [dir=auto]') !== null)")
        assert around.endswith("true"), path


@once
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


def test_reports_are_dropped_pasted_and_followed_to_their_end(
    visit: Callable[..., Any], address: tuple[str, Room]
) -> None:
    """Many files at once, one of them no report: progress is seen, and at the end what could not be read."""
    page = visit("/add")
    page.get_by_label("Collection").fill("sea")
    page.evaluate(
        """() => {
            const carried = new DataTransfer();
            for (let n = 0; n < 12; n += 1) {
                const text = `Ferry Alda ${n} sinks off Osmund\n\nThe ferry Alda ${n} sank off Osmund on Monday, the `
                    + `coast guard said. ${n + 3} people were saved by boats from pier ${n}, the harbour said.\n`;
                carried.items.add(new File([text], `ferry-${n}.txt`, { type: "text/plain" }));
            }
            carried.items.add(new File(["%PDF-1.4 none"], "broken.pdf", { type: "application/pdf" }));
            const form = document.querySelector("form.drop");
            for (const kind of ["dragenter", "dragover", "drop"]) {
                form.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
            }
        }"""
    )
    assert page.locator("#dropped").inner_text().startswith("13 files: ferry-0.txt")
    page.get_by_label("Text of one report").fill("The bridge at Orrin fell on Monday, the port of Orrin said.")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/jobs/*")
    seen = []
    while not (now := page.locator("main [role=status]").inner_text()).startswith("done"):
        assert not now.startswith("failed"), page.locator("main").inner_text()
        seen.append((now, page.locator("progress").count()))
        page.wait_for_timeout(20)
    assert seen[0][0].startswith(("waiting", "running"))
    assert all(bars <= 1 for _, bars in seen)
    # How far it is with which stage may go by between two looks on a busy machine.
    assert any(bars and text.startswith("running") for text, bars in seen), seen
    assert page.locator("progress").count() == 0
    assert "broken.pdf" in page.locator(".problems").inner_text()
    assert page.locator(".problems li").count() == 1
    assert address[1].library.store.collection("sea").articles == 13


def decided(page: Any, address: tuple[str, Room]) -> None:
    """Wait until what was decided has been applied, as a reader does: by looking at the list of decisions again."""
    page.goto(f"{address[0]}/decisions")
    while page.get_by_text("not applied yet").count() or page.get_by_text("being collated").count():
        page.wait_for_timeout(200)
        page.reload()


def test_a_decision_is_made_replayed_and_undone(visit: Callable[..., Any], address: tuple[str, Room]) -> None:
    """From the finding to its record and back, by way of the pages alone; another report in between changes nothing."""
    story = paths(address[1])[1]
    page = visit(story)

    def standing() -> str:
        page.goto(address[0] + story)  # an older id leads to the story that it has become
        row = page.locator(".ledger tbody tr", has_text="conveyor").first
        return str(row.get_attribute("data-status"))

    before = standing()
    assert before != "disputed"
    row = page.locator(".ledger tbody tr", has_text="conveyor").first
    row.locator("summary").first.click()
    row.get_by_role("link", name="Decide").click()
    form = page.locator("form", has=page.get_by_role("heading", name="Change: it stands otherwise"))
    form.get_by_label("It is").select_option("disputed")
    form.get_by_label("Reason").fill("I saw the motor burn")
    form.get_by_role("button").press("Enter")
    page.wait_for_url("**/decisions#*")
    decided(page, address)
    assert "holds against the machine" in page.locator("main").inner_text()
    assert standing() == "disputed"
    assert "I saw the motor burn" in page.locator("#hand").inner_text()

    page.goto(f"{address[0]}/add?collection=desk")
    again = "Two workers were killed when fire swept through the grain silo at Harwick docks, the port authority said. "
    page.get_by_label("Text of one report").fill(again + "Edda Rosling, the harbour master, will speak on Monday.")
    page.get_by_label("Its title").fill("Fire at Harwick grain silo kills two workers")
    page.get_by_label("Published").fill("2031-05-04")
    page.get_by_role("button", name="Add").click()
    page.locator("[role=status]", has_text="done").wait_for(timeout=60_000)
    assert standing() == "disputed"
    assert page.locator(".counts b").first.inner_text() == "4"
    assert "I saw the motor burn" in page.locator("#hand").inner_text()

    page.goto(f"{address[0]}/decisions")
    page.get_by_text("Undo", exact=True).click()
    page.get_by_label("Reason").fill("it was only smoke")
    page.get_by_role("button", name="Undo it").press("Enter")
    page.wait_for_url("**/decisions#*")
    decided(page, address)
    assert "it was only smoke" in page.locator("main").inner_text()
    address_jobs = address[1].library.store.jobs()
    while any(job.state in {"waiting", "running"} for job in address_jobs):
        page.wait_for_timeout(100)
        address_jobs = address[1].library.store.jobs()
    assert standing() == before


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
