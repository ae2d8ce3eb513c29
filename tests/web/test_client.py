"""The client over the real application: what it gives are the records that the library holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import variorum
from variorum import Client
from variorum.errors import NotFoundError, UsageError, VariorumError
from variorum.model import Job
from variorum.web import Access, Tokens


@pytest.fixture
def desk(address: tuple[str, Any]) -> Iterator[Client]:
    """A client of a real server on this machine."""
    with Client(address[0]) as client:
        yield client


def test_records_are_those_of_the_library(desk: Client, address: tuple[str, Any]) -> None:
    """Lists come whole, however many pages they have; a story is the edition that the store holds."""
    store = address[1].library.store
    assert [c.name for c in desk.collections()] == ["desk"]
    assert desk.collection("desk") == store.collection("desk")
    cards = list(desk.articles("desk"))
    assert cards == list(store.cards("desk").rows)
    assert [desk.article("desk", c.id) for c in cards] == [store.article("desk", c.id) for c in cards]
    for card in desk.stories("desk", order="disputed"):
        edition = desk.story("desk", card.id)
        assert isinstance(edition, variorum.Edition)
        (story,) = edition.stories
        assert tuple(desk.claims("desk", card.id)) == story.claims
        assert tuple(desk.conflicts("desk", card.id)) == story.conflicts
        assert desk.lineage("desk", card.id) == edition.lineage
        said = {s.id: s for s in edition.statements}
        for claim in story.claims:
            assert desk.claim("desk", card.id, claim.id) == claim
            assert {s.id for s in desk.evidence("desk", card.id, claim.id)} == set(claim.statements)
        statement = said[story.claims[0].statements[0]]
        assert statement in list(desk.statements("desk", statement.article, statement.span))
    assert {hit.card.id for hit in desk.search("silo")} == {hit.card.id for hit in store.search("silo").rows}
    assert desk.export("desk", "md").startswith(b"#")


def test_a_list_is_read_page_by_page(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row a page gives the same list."""
    whole = list(desk.articles("desk"))
    monkeypatch.setattr("variorum.client._PAGE", 1)
    assert list(desk.articles("desk")) == whole
    assert len(whole) > 3


def test_what_has_not_changed_is_not_sent_again(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server answers 304 and the client gives what it had."""
    answers: list[int] = []
    ask = desk._asked

    def told(*args: Any, **given: Any) -> Any:
        answers.append((answer := ask(*args, **given)).status_code)
        return answer

    monkeypatch.setattr(desk, "_asked", told)
    first = desk.collection("desk")
    assert desk.collection("desk") == first
    assert answers == [200, 304]


def test_adding_tells_its_progress_and_a_decision_is_recorded(desk: Client, tmp_path: Path) -> None:
    """Records and files go in, a job is followed to its end, a decision is made and taken back."""
    seen: list[Job] = []
    job = desk.add("sea", [{"title": "Ferry sinks", "text": "The ferry Alda sank off Osmund."}], progress=seen.append)
    assert (job.state, job.problems) == ("done", ())
    assert seen[-1] == job
    file = tmp_path / "bridge.txt"
    file.write_text("Bridge falls\n\nThe bridge at Orrin fell on Monday, police said.\n", "utf-8")
    assert desk.upload("sea", [file]).state == "done"
    titles = {card.title for card in desk.articles("sea")}
    assert titles == {"Ferry sinks", "Bridge falls"}
    story = next(iter(desk.stories("desk")))
    claim = next(desk.claims("desk", story.id))
    made = desk.decide(
        "desk", "claim_status", [claim.id], value="disputed", reason="the chief says thirty", author="Ana"
    )
    assert made.author == "Ana"
    assert made.id in {decision.id for decision, _ in desk.decisions("desk")}
    assert desk.undo(made.id, reason="misheard", author="Ana").id == made.id
    card = next(c for c in desk.articles("sea") if c.title == "Ferry sinks")
    assert desk.remove("sea", card.id).state == "done"
    assert {c.title for c in desk.articles("sea")} == {"Bridge falls"}


def test_what_goes_wrong_is_an_error_of_ours(desk: Client, tmp_path: Path) -> None:
    """With the server's words; nobody at the address is said too."""
    with pytest.raises(NotFoundError, match="story-0"):
        desk.story("desk", "story-0")
    with pytest.raises(NotFoundError):
        desk.collection("a/b ?")
    with pytest.raises(UsageError, match=r"article 1"):
        desk.add("sea", [{"title": "x"}])
    with pytest.raises(UsageError, match=r"none\.txt"):
        desk.upload("sea", [tmp_path / "none.txt"])
    with pytest.raises(VariorumError, match="variorum serve"), Client("http://127.0.0.1:9", timeout=2) as nobody:
        nobody.collection("desk")


def test_a_token_opens_what_its_right_is_for(
    new_room: Callable[..., Any], listen: Callable[[Any], str], tmp_path: Path
) -> None:
    """Without one nothing is told; one that may read may not add."""
    tokens = Tokens(tmp_path / "tokens.json")
    token = tokens.add("ana", "read")
    url = listen(new_room(Access(tokens)))
    with pytest.raises(UsageError), Client(url) as nobody:
        nobody.collection("desk")
    with Client(url, token=token) as ana:
        assert ana.collection("desk").articles > 3
        with pytest.raises(UsageError, match="admin"):
            ana.add("desk", [{"title": "x", "text": "y z"}])
