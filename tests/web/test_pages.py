"""The pages, asked in memory."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from crowd import crowd, shelve


def test_stories_are_listed_disputed_first_with_origins_beside_articles(served: Any) -> None:
    """And filtered by what stands in the address."""
    page = served.client.get("/").text
    assert page.count('class="counted"') == 2
    assert "3</b> articles from <b>2</b> origins" in page
    fire = served.stories["fire"]
    assert f"/c/desk/stories/{fire}" in page
    only = served.client.get("/", params={"q": "tunnel"}).text
    assert f"/c/desk/stories/{fire}" not in only
    assert only.count('class="counted"') == 1
    assert "No story fits" in served.client.get("/", params={"person": "nobody at all"}).text


def test_a_story_is_the_edition_in_the_room(served: Any) -> None:
    """Brief, conflicts, claims, copies and texts are there, and ways to decide."""
    page = served.client.get(f"/c/desk/stories/{served.stories['fire']}").text
    for section in ("brief", "claims", "timeline", "copies"):
        assert f'id="y1-{section}"' in page
    assert "decide?claim=" in page
    assert "decide?parent=" in page
    assert "Forty firefighters" in page


def test_an_article_has_its_marks_and_its_margin(served: Any) -> None:
    """Every statement in the margin leads to a mark that is there."""
    card = served.room.library.store.cards("desk").rows[0]
    page = served.client.get(f"/c/desk/articles/{card.id}").text
    margin = re.findall(r'<li id="s-[^"]+"><a href="#(a\d+-\d+-\d+)">', page)
    assert margin
    assert all(f'id="{place}"' in page for place in margin)
    text = served.client.get(f"/c/desk/articles/{card.id}/text")
    assert text.text == served.room.library.store.article("desk", card.id).text
    assert text.headers["content-type"].startswith("text/plain")


def test_two_articles_are_compared(served: Any) -> None:
    """The copy beside its original."""
    store = served.room.library.store
    ids = {c.publisher: c.id for c in store.cards("desk").rows}
    asked = {"one": ids["Harwick Herald"], "other": ids["Coast Courier"]}
    page = served.client.get("/c/desk/compare", params=asked).text
    assert "shared passage" in page
    assert "Two workers were killed" in page


def test_search_marks_what_it_found(served: Any) -> None:
    """Only where it stands; a query that cannot be meant is told."""
    page = served.client.get("/search", params={"q": '"audit office" publisher:orrin'}).text
    assert "<mark>" in page
    assert page.count('class="hits"') == 1
    assert served.client.get("/search", params={"q": "from:yesterday x"}).status_code == 422


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [("The parliament of Velda rejected the tunnel bill.", "supported"), ("A ferry sank off Osmund.", "silent")],
)
def test_a_sentence_is_checked(served: Any, sentence: str, verdict: str) -> None:
    """With the words, which can be followed."""
    page = served.client.get("/check", params={"q": sentence, "collection": "desk"}).text
    assert f"verdict-{verdict}" in page
    assert ("/c/desk/articles/" in page) == (verdict == "supported")


def test_what_is_not_there_is_told_on_a_page(served: Any) -> None:
    """With its status."""
    for path in ("/c/desk/stories/story-0", "/c/nowhere/stories/x", "/c/desk/articles/x", "/none", "/static/../x"):
        answer = served.client.get(path)
        assert answer.status_code == 404
        assert "<h1>Not Found</h1>" in answer.text


def test_pages_are_not_sent_twice(served: Any) -> None:
    """An ETag says that nothing changed."""
    first = served.client.get("/")  # the first visit gets a session, which is in the forms
    first = served.client.get("/")
    again = served.client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_citations_lead_to_the_very_words(served: Any) -> None:
    """On the page of their article; a story's page holds no text of any."""
    page = served.client.get(f"/c/desk/stories/{served.stories['fire']}").text
    assert 'class="text"' not in page
    cited = re.findall(r'class="words cite" href="(/c/desk/articles/[^"#]+)#(a[\d-]+)"', page)
    assert cited
    assert all(f'id="{place}"' in served.client.get(article).text for article, place in cited)


def test_a_story_of_200_reports_is_a_light_page(served: Any) -> None:
    """Under 300 kB, whatever part of it is asked for; yet every claim, conflict, event, link and report can be reached,
    and every link to a claim leads to where it stands."""
    edition = crowd(served.room.library.store.edition("desk"))
    story = shelve(served.room.library.store, "crowd", edition)
    assert (len(edition.articles), len(edition.statements)) == (200, 3000)
    ids: dict[str, set[str]] = {name: set() for name in ("claims", "conflicts", "timeline", "articles", "people")}
    first = served.client.get(f"/c/crowd/stories/{story}").text
    for name, met in ids.items():
        address: str | None = f"/c/crowd/stories/{story}"
        while address:
            answer = served.client.get(address)
            assert len(answer.content) < 300_000, address
            begins = re.split(r'<section id="(?:y1-)?(\w+)"', answer.text)
            section = dict(zip(begins[1::2], begins[2::2], strict=True))[name]
            met.update(re.findall(r'<(?:tr|article|li)[^>]* id="([^"]+)"', section))
            after = re.search(r'rel="next" href="([^"#]+)', section)
            address = html.unescape(after[1]) if after else None
    told = edition.stories[0]
    assert ids["claims"] == {c.id for c in told.claims}
    assert ids["conflicts"] == {c.id for c in told.conflicts}
    assert ids["articles"] == {f"a{n}" for n in range(1, 201)}
    elsewhere = re.findall(rf'href="(/c/crowd/stories/{story}\?[^"#]*claims=[^"#]+)#(c-[^"]+)"', first)
    assert elsewhere
    for address, claim in elsewhere[:10]:
        assert f'id="{claim}"' in served.client.get(html.unescape(address)).text


def test_the_matrix_of_200_reports_is_a_light_page(served: Any) -> None:
    """And its pages together hold every claim once, beside every origin."""
    edition = crowd(served.room.library.store.edition("desk"))
    story = shelve(served.room.library.store, "crowd", edition)
    claims, origins = [], set()
    for number in range(1 + len(edition.stories[0].claims) // 40):
        answer = served.client.get(f"/c/crowd/stories/{story}/matrix", params={"page": number})
        assert len(answer.content) < 300_000
        claims += re.findall(r'<tr role="row" id="([^"]+)"', answer.text)
    for left in range(0, 100, 12):
        answer = served.client.get(f"/c/crowd/stories/{story}/matrix", params={"left": left})
        origins |= set(re.findall(r'<a href="\?[^"]*sort=(origin-[0-9a-f]+)"', answer.text))
    assert sorted(claims) == sorted(c.id for c in edition.stories[0].claims)
    assert origins == {o.id for o in edition.lineage.origins}
