"""What routes share: the room they stand in, rights, ETags, and what was found looked up in a story's part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from variorum.errors import NotFoundError, UsageError
from variorum.library import Library
from variorum.model import Answer, Claim, Decision, Edition, Outcome
from variorum.pipeline import check
from variorum.web.safety import Access, Limits, Right, Visitor
from variorum.web.work import Worker

_TOGETHER: Final = 300  # articles of a collection that a sentence is held against at once


@dataclass(frozen=True, slots=True)
class Room:
    """What every route works with."""

    library: Library
    worker: Worker
    access: Access
    limits: Limits = field(default_factory=Limits)
    author: str = ""
    asking: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(1))  # a parser is heavy


def room_of(request: Request) -> Room:
    """The room that a request came to."""
    room: Room = request.app.state.room
    return room


def visitor_of(request: Request) -> Visitor:
    """Who asks. The guard has let them in."""
    visitor: Visitor | None = request.state.visitor
    return visitor or Visitor("read")


def author_of(request: Request, given: str) -> str:
    """Who decides: with a token always its owner, whatever is given."""
    return visitor_of(request).name or given or room_of(request).author


def ruled(room: Room, made: Sequence[Decision]) -> list[tuple[Decision, Outcome | None]]:
    """Decisions, each with what became of it in the last run."""
    store = room.library.store
    became = {o.decision: o for name in {d.collection for d in made} for o in store.outcomes(name)}
    return [(decision, became.get(decision.id)) for decision in made]


def needs(right: Right) -> Callable[[Request], None]:
    """A dependency: refuse who does not hold a right."""

    def allowed(request: Request) -> None:
        if request.state.visitor is None or not visitor_of(request).may(right):
            raise HTTPException(403, f"This takes a token with the right to {right}.")

    return allowed


def answer(
    request: Request,
    body: bytes | str,
    media: str = "application/json",
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The body with its ETag, or 304 for who has it already."""
    data = body.encode("utf-8", "replace") if isinstance(body, str) else body
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    more = {"etag": tag, **(headers or {})}
    seen = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if request.method in ("GET", "HEAD") and status == 200 and (tag in seen or "*" in seen):
        return Response(status_code=304, headers=more)
    return Response(data, status, more, media)


def encoded(record: Any) -> bytes:
    """A record as JSON."""
    return msgspec.json.encode(record)


def story_part(room: Room, collection: str, story: str) -> Edition:
    """The edition that one story is."""
    return decoded(room.library.store.story(collection, story))


@lru_cache(maxsize=16)
def decoded(data: bytes) -> Edition:
    """Stories are read again and again; they are frozen, and their bytes say all."""
    return msgspec.json.decode(data, type=Edition)


def claim_in(part: Edition, claim: str) -> Claim:
    """A claim of a story by its id. Raises `NotFoundError`."""
    found = next((c for story in part.stories for c in story.claims if c.id == claim), None)
    if found is None:
        raise NotFoundError(f"{claim}: no claim of this id in the story (it may have changed as reports came in)")
    return found


def one_sentence(sentence: str) -> None:
    """Refuse what is no sentence to check. Raises `UsageError`."""
    if not sentence.strip() or len(sentence) > 2000:
        raise UsageError("check: give one sentence of up to 2,000 characters")


def asked(room: Room, collection: str, sentence: str, story: str | None) -> tuple[Answer, Edition]:
    """What a story, or a whole collection of moderate size, says to a sentence; and the edition that was asked."""
    one_sentence(sentence)
    store = room.library.store
    if story:
        edition = story_part(room, collection, story)
    else:
        if store.collection(collection).articles > _TOGETHER:
            raise UsageError(f"check: the collection has more than {_TOGETHER} articles; name the story to look in")
        edition = store.edition(collection)
    with room.asking:
        return check(sentence, edition, room.library.config), edition


def none_if_blank(text: str | None) -> str | None:
    """A field of a form that was left empty."""
    return text.strip() or None if text else None
