"""Decisions by way of the pages: made, applied, shown, undone; and adding."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.edition import from_json


def claim_of(served: Any, story: str, words: str) -> Any:
    """A claim of a story with these words."""
    part = from_json(served.room.library.store.story("desk", served.stories[story]))
    return next(c for c in part.stories[0].claims if words in c.text)


def test_a_status_is_changed_shown_and_undone(served: Any) -> None:
    """The claim stands as decided until it is undone; both stay on record."""
    claim = claim_of(served, "fire", "conveyor")
    page = f"/c/desk/stories/{served.stories['fire']}/decide?claim={claim.id}"
    sent = served.send(
        page, "/c/desk/decide", kind="claim_status", subject=claim.id, value="disputed", author="Ana", reason="I saw it"
    )
    assert sent.status_code == 303
    served.settled()
    assert claim_of(served, "fire", "conveyor").status == "disputed"
    assert "I saw it" in served.client.get(f"/c/desk/stories/{served.stories['fire']}").text
    history = served.client.get("/decisions").text
    assert "I saw it" in history
    assert "holds against the machine" in history
    made = served.room.library.store.decisions("desk")[0]
    assert (made.author, made.kind) == ("Ana", "claim_status")

    served.send("/decisions", "/undo", decision=made.id, author="Ben", reason="it was smoke")
    served.settled()
    assert claim_of(served, "fire", "conveyor").status == claim.status
    history = served.client.get("/decisions").text
    assert "it was smoke" in history
    assert "undone" in history


def test_statements_are_taken_out_of_a_claim(served: Any) -> None:
    """What is not ticked stays together."""
    claim = claim_of(served, "fire", "Two workers were killed")
    assert len(claim.statements) > 1
    out = claim.statements[0]
    page = f"/c/desk/stories/{served.stories['fire']}/decide?claim={claim.id}"
    served.send(
        page, "/c/desk/decide", kind="split_claims", subject=out, rest_of=claim.id, back=served.stories["fire"],
        author="Ana", reason="another fire",
    )  # fmt: skip
    served.settled()
    part = from_json(served.room.library.store.story("desk", served.stories["fire"]))
    home = next(c for c in part.stories[0].claims if out in c.statements)
    assert not {*claim.statements[1:]} & {*home.statements}


def test_a_copy_is_refused(served: Any) -> None:
    """The link goes, and the story counts one origin more."""
    store = served.room.library.store
    before = store.stories("desk", words="silo").rows[0].origins
    ids = {c.publisher: c.id for c in store.cards("desk").rows}
    parent, child = ids["Harwick Herald"], ids["Coast Courier"]
    page = f"/c/desk/stories/{served.stories['fire']}/decide?parent={parent}&child={child}"
    served.send(page, "/c/desk/decide", kind="not_copy", subject=parent, other=child, author="A", reason="both there")
    served.settled()
    assert store.stories("desk", words="silo").rows[0].origins == before + 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "claim_status", "value": "disputed", "reason": ""}, 422),
        ({"kind": "claim_status", "value": "certain", "reason": "so"}, 422),
        ({"kind": "drop_tables", "reason": "so"}, 422),
        ({"kind": "claim_status", "value": "disputed", "reason": "so", "subject": "c-0"}, 404),
        ({"kind": "claim_status", "value": "disputed", "reason": "so", "seal": "0" * 64}, 403),
    ],
)
def test_what_cannot_be_meant_is_refused(served: Any, fields: dict[str, str], status: int) -> None:
    """Nothing is put on record."""
    claim = claim_of(served, "fire", "conveyor")
    page = f"/c/desk/stories/{served.stories['fire']}/decide"
    assert served.send(page, "/c/desk/decide", **{"subject": claim.id, "author": "Ana"} | fields).status_code == status
    assert served.room.library.store.decisions("desk") == ()


def test_a_text_is_pasted_and_a_file_is_kept(served: Any) -> None:
    """Both in one job; the file can be had again as it was, and acts nowhere."""
    page = "<html><body><p>The ferry Alda sank off Osmund on Monday with forty people on board, the coast guard of the "
    page += "island said, and all of them were saved by fishing boats from the port.</p></body></html>"
    data = {"seal": served.seal("/add"), "collection": "sea", "text": "The bridge at Orrin fell on Monday.", "urls": ""}
    sent = served.client.post(
        "/add", data=data, files={"files": ("../../ferry.html", page, "text/html")}, follow_redirects=False
    )
    job = served.ended(sent.headers["location"].removeprefix("/jobs/"))
    assert (job.state, job.problems) == ("done", ())
    cards = served.room.library.store.cards("sea").rows
    assert len(cards) == 2
    ferry = next(c for c in cards if c.source.startswith("upload:"))
    assert ferry.source == "upload:ferry.html"
    raw = served.client.get(f"/c/sea/articles/{ferry.id}/raw")
    assert raw.text == page
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in raw.headers["content-security-policy"]


def test_what_cannot_be_read_is_listed(served: Any) -> None:
    """The job ends, with the problem on its page."""
    data = {"seal": served.seal("/add"), "collection": "sea"}
    sent = served.client.post("/add", data=data, files={"files": ("x.pdf", b"%PDF-1.4 no pdf")}, follow_redirects=False)
    served.ended(sent.headers["location"].removeprefix("/jobs/"))
    assert "upload:x.pdf" in served.client.get(sent.headers["location"]).text
    for fields in ({}, {"urls": "/etc/passwd"}, {"urls": "file:///etc/passwd"}, {"urls": "@list"}):
        assert served.send("/add", "/add", collection="sea", **fields).status_code == 422
