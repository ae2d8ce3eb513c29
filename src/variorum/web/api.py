"""The API under /api/v1. Records are those of `variorum.edition/1` and of the library, as they are in `model`."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from hashlib import sha256
from typing import Annotated, Any, Final, Generic, Literal, TypeVar
from urllib.parse import urlencode

import anyio
from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from variorum.edition.exports import FORMATS, without_texts
from variorum.errors import InputError, NotFoundError, UsageError
from variorum.ingest import Ingest
from variorum.model import (
    ENDED,
    Answer,
    Article,
    ArticleCard,
    Block,
    Claim,
    ClaimStatus,
    Collection,
    Conflict,
    Decision,
    DecisionKind,
    Edition,
    Hit,
    Job,
    Lineage,
    Link,
    Outcome,
    Page,
    Relation,
    Statement,
    StoryCard,
)
from variorum.web import feeds
from variorum.web.answers import answer, asked, author_of, claim_in, encoded, needs, room_of, ruled, story_part
from variorum.web.pages import raw_answer
from variorum.web.safety import SANDBOX, Right
from variorum.web.work import Upload, Wanted

router = APIRouter(prefix="/api/v1", default_response_class=Response)
_FOLLOWED: Final = 3600  # seconds that one stream of events lasts; a client asks again
_FAR: Final = 2**31 - 1  # beyond every text
Row = TypeVar("Row")
Asked = Annotated[str, Query(description="As `variorum search` takes it.", examples=['"grain silo" from:2031'])]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows of a page.")]


class Rows(BaseModel, Generic[Row]):
    """A page of a list; `next` is the cursor of the one after it, null at the end."""

    rows: list[Row]
    next: str | None


class Given(BaseModel):
    """Articles as records (as in JSONL files), and addresses to fetch."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "articles": [{"title": "Ferry sinks", "text": "The ferry Alda sank off Osmund.", "publisher": "Post"}],
                "urls": ["https://news.example/ferry"],
            }
        }
    )
    articles: list[dict[str, Any]] = Field(default=[], max_length=1000)
    urls: list[str] = Field(default=[], max_length=500)


class Sentence(BaseModel):
    """A sentence to hold against a collection, or one of its stories."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"sentence": "Two workers were killed.", "collection": "desk", "story": None}}
    )
    sentence: str = Field(max_length=2000)
    collection: str
    story: str | None = None


class Ruling(BaseModel):
    """A decision to put on record; see `Decision` for what each kind is about. Ids of stories and claims will do."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "claim_status", "subjects": ["claim-1"], "others": [], "value": "disputed",
                "author": "Ana", "reason": "the chief says thirty",
            }
        }
    )  # fmt: skip
    kind: DecisionKind
    subjects: list[str] = Field(min_length=1, max_length=1000)
    others: list[str] = Field(default=[], max_length=1000)
    value: str | None = None
    author: str = Field(default="", description="With a token, its owner stands here whatever is given.")
    reason: str = Field(max_length=1000)


class Undoing(BaseModel):
    """Why a decision is taken back."""

    model_config = ConfigDict(json_schema_extra={"example": {"author": "Ana", "reason": "misheard"}})
    author: str = ""
    reason: str = Field(max_length=1000)


class Ruled(BaseModel):
    """A decision, and what became of it in the last run; null while it waits for that."""

    decision: Decision
    outcome: Outcome | None


def _gives(model: Any, media: str = "application/json", status: int = 200) -> dict[int | str, dict[str, Any]]:
    """What an operation answers, for its description."""
    return {status: {"model": model, "description": "As asked."}} if media == "application/json" else {
        status: {"content": {media: {"schema": {"type": "string"}}}, "description": "As asked."}
    }  # fmt: skip


def _takes(right: Right, model: Any, status: int = 200) -> dict[str, Any]:
    """What an operation that changes something asks for, and answers."""
    return {
        "status_code": status, "responses": _gives(model, status=status), "dependencies": [Depends(needs(right))]
    }  # fmt: skip


def _rows(request: Request, page: Page[Any]) -> Response:
    return answer(request, encoded({"rows": page.rows, "next": page.next}))


def _some(request: Request, rows: Sequence[Row], cursor: str | None, limit: int, key: Callable[[Row], str]) -> Response:
    """A page of a list that is there as a whole; its cursor is the row that the page before ended with."""
    begin = 0
    if cursor is not None:
        begin = next((n for n, row in enumerate(rows, 1) if _mark(key(row)) == cursor), 0)
        if begin == 0:
            raise UsageError("cursor: not one that this list gave, or the list has changed; begin it again")
    page = rows[begin : begin + limit]
    more = begin + limit < len(rows)
    return _rows(request, Page(tuple(page), _mark(key(page[-1])) if more else None))


def _mark(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:20]


# --- collections and articles -------------------------------------------------------------------------------------


@router.get("/collections", responses=_gives(Rows[Collection]))
def collections(request: Request, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """All collections, by name."""
    return _some(request, room_of(request).library.store.collections(), cursor, limit, lambda c: c.name)


@router.get("/collections/{collection}", responses=_gives(Collection))
def collection(request: Request, collection: str) -> Response:
    """One collection: how much is in it, and whether it is collated."""
    return answer(request, encoded(room_of(request).library.store.collection(collection)))


@router.get("/collections/{collection}/articles", responses=_gives(Rows[ArticleCard]))
def articles(
    request: Request, collection: str, story: str | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """Articles, newest first."""
    store = room_of(request).library.store
    return _rows(request, store.cards(collection, story, cursor=cursor, limit=limit))


@router.get("/collections/{collection}/articles/{article}", responses=_gives(Article))
def article(request: Request, collection: str, article: str) -> Response:
    """An article: text, blocks, and what it says of itself."""
    return answer(request, encoded(room_of(request).library.store.article(collection, article)))


@router.get("/collections/{collection}/articles/{article}/text", responses=_gives(None, "text/plain"))
def text(request: Request, collection: str, article: str) -> Response:
    """Its text alone, which all spans count in."""
    held = room_of(request).library.store.article(collection, article)
    return answer(request, held.text, "text/plain; charset=utf-8", {"content-security-policy": SANDBOX})


@router.get("/collections/{collection}/articles/{article}/blocks", responses=_gives(Rows[Block]))
def blocks(request: Request, collection: str, article: str, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Its headings, paragraphs and other blocks, in order."""
    held = room_of(request).library.store.article(collection, article)
    return _some(request, held.blocks, cursor, limit, lambda b: f"{b.span}")


@router.get("/collections/{collection}/articles/{article}/raw", responses=_gives(None, "application/octet-stream"))
def raw(request: Request, collection: str, article: str) -> Response:
    """The bytes that it was read from, where they were kept."""
    return raw_answer(request, collection, article)


@router.get("/collections/{collection}/articles/{article}/statements", responses=_gives(Rows[Statement]))
def statements(
    request: Request,
    collection: str,
    article: str,
    begin: Annotated[int, Query(ge=0, le=_FAR, description="Those that touch [begin, end).")] = 0,
    end: Annotated[int, Query(ge=0, le=_FAR)] = _FAR,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Its statements, or those that touch a span."""
    room = room_of(request)
    ids = room.library.store.statements(collection, article, (begin, end))
    card = room.library.store.card(collection, article)
    known = {s.id: s for s in story_part(room, collection, card.story).statements} if card.story else {}
    return _some(request, [known[i] for i in ids if i in known], cursor, limit, lambda s: s.id)


@router.get("/collections/{collection}/articles/{article}/links", responses=_gives(Rows[Link]))
def links(request: Request, collection: str, article: str, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Who it took from, and who took from it."""
    store = room_of(request).library.store
    found = store.links(collection, store.article(collection, article).id)
    return _some(request, found, cursor, limit, lambda link: f"{link.parent} {link.child}")


@router.post(
    "/collections/{collection}/articles",
    **_takes("admin", Job, 202),
)
def add(request: Request, collection: str, given: Given) -> Response:
    """Begin a job that adds articles. What is there already changes nothing."""
    wanted = Wanted((), tuple(map(_article, range(1, len(given.articles) + 1), given.articles)), tuple(given.urls))
    return answer(request, encoded(room_of(request).worker.add(collection, wanted)), status=202)


def _article(number: int, record: dict[str, Any]) -> Article:
    # A record that has blocks is kept as it is, with a source of its own: from outside, only what a report says.
    said = {name: value for name, value in record.items() if name not in ("blocks", "source")}
    try:
        return Ingest.from_json(said, source=f"api:{number}")
    except InputError as exc:
        raise UsageError(f"article {number}: {exc.reason}") from exc


@router.post(
    "/collections/{collection}/files",
    **_takes("admin", Job, 202),
)
def upload(
    request: Request, collection: str, files: Annotated[list[UploadFile], File(description="As a form sends them.")]
) -> Response:
    """Begin a job that adds files of any kind that `variorum add` reads."""
    wanted = Wanted(tuple(Upload(f.filename or "", f.file.read()) for f in files))
    return answer(request, encoded(room_of(request).worker.add(collection, wanted)), status=202)


@router.delete(
    "/collections/{collection}/articles/{article}",
    **_takes("admin", Job, 202),
)
def remove(request: Request, collection: str, article: str) -> Response:
    """Begin a job that removes an article with all that was read out of it."""
    room = room_of(request)
    held = room.library.store.article(collection, article)
    return answer(request, encoded(room.worker.remove(collection, [held.id])), status=202)


# --- what was found -----------------------------------------------------------------------------------------------


@router.get("/stories", responses=_gives(Rows[StoryCard]))
def stories(
    request: Request,
    collection: str | None = None,
    words: Annotated[str, Query(description="Words of the title.")] = "",
    place: str | None = None,
    person: str | None = None,
    begin: Annotated[str | None, Query(description="Stories that go on at this ISO date or later.")] = None,
    end: str | None = None,
    disputed: bool | None = None,
    order: Literal["newest", "disputed"] = "newest",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Stories of one collection or of all."""
    found = room_of(request).library.store.stories(
        collection, words=words, place=place, person=person, begin=begin, end=end, disputed=disputed, order=order,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    return _rows(request, found)


@router.get("/collections/{collection}/stories/{story}", responses=_gives(Edition))
def story(request: Request, collection: str, story: str) -> Response:
    """A story with all that was found about it: the part of the edition that it is."""
    return answer(request, encoded(story_part(room_of(request), collection, story)))


@router.get("/collections/{collection}/stories/{story}/claims", responses=_gives(Rows[Claim]))
def claims(
    request: Request, collection: str, story: str, status: ClaimStatus | None = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:  # fmt: skip
    """Its claims, or those of one status."""
    (found,) = story_part(room_of(request), collection, story).stories
    wanted = [c for c in found.claims if status is None or c.status == status]
    return _some(request, wanted, cursor, limit, lambda c: c.id)


@router.get("/collections/{collection}/stories/{story}/claims/{claim}", responses=_gives(Claim))
def claim(request: Request, collection: str, story: str, claim: str) -> Response:
    """One claim: its status, and by how many it is supported."""
    return answer(request, encoded(claim_in(story_part(room_of(request), collection, story), claim)))


@router.get("/collections/{collection}/stories/{story}/claims/{claim}/statements", responses=_gives(Rows[Statement]))
def claim_statements(
    request: Request, collection: str, story: str, claim: str, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """Who says a claim, with the words and their spans."""
    part = story_part(room_of(request), collection, story)
    wanted = set(claim_in(part, claim).statements)
    return _some(request, [s for s in part.statements if s.id in wanted], cursor, limit, lambda s: s.id)


@router.get("/collections/{collection}/stories/{story}/conflicts", responses=_gives(Rows[Conflict]))
def conflicts(
    request: Request, collection: str, story: str, relation: Relation | None = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:  # fmt: skip
    """Its contradictions, updates, roundings and other scopes, or those of one relation."""
    (found,) = story_part(room_of(request), collection, story).stories
    wanted = [c for c in found.conflicts if relation is None or c.relation == relation]
    return _some(request, wanted, cursor, limit, lambda c: c.id)


@router.get("/collections/{collection}/stories/{story}/lineage", responses=_gives(Lineage))
def lineage(request: Request, collection: str, story: str) -> Response:
    """Who copied whom in it, and the origins."""
    return answer(request, encoded(story_part(room_of(request), collection, story).lineage))


@router.get("/collections/{collection}/stories/{story}/feed", responses=_gives(None, feeds.MEDIA))
def story_feed(request: Request, collection: str, story: str) -> Response:
    """An Atom feed: the reports as they come into the story, and what they contradict each other in."""
    store = room_of(request).library.store
    part = story_part(room_of(request), collection, story)
    rows: list[ArticleCard] = []
    cursor: str | None = None
    while len(rows) < 1000:
        page = store.cards(collection, part.stories[0].id, cursor=cursor, limit=500)
        rows += page.rows
        cursor = page.next
        if cursor is None:
            break
    cards = {card.id: card for card in rows}
    return answer(request, feeds.story_feed(part, cards, _base(request), str(request.url), collection), feeds.MEDIA)


@router.get("/search/feed", responses=_gives(None, feeds.MEDIA))
def search_feed(request: Request, q: Asked, collection: str | None = None) -> Response:
    """An Atom feed of what a search finds."""
    found = room_of(request).library.store.search(q, collection, limit=50)
    page = f"/search?{urlencode({'q': q} | ({'collection': collection} if collection else {}))}"
    return answer(request, feeds.search_feed(q, found.rows, _base(request), page, str(request.url)), feeds.MEDIA)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


@router.get("/search", responses=_gives(Rows[Hit]))
def search(
    request: Request,
    q: Asked,
    collection: str | None = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Full text of all articles, newest first, with the spans of what was found."""
    return _rows(request, room_of(request).library.store.search(q, collection, cursor=cursor, limit=limit))


@router.post("/check", responses=_gives(Answer))
def check(request: Request, given: Sentence) -> Response:
    """Supported, denied, disputed or silent: by whom, with the words."""
    found, _ = asked(room_of(request), given.collection, given.sentence, given.story)
    return answer(request, encoded(found))


@router.get("/collections/{collection}/export", responses=_gives(None, "application/octet-stream"))
def export(request: Request, collection: str, format: str = "json", texts: bool = True) -> Response:
    """A collection in any format of `variorum export`; those of several files as a ZIP archive."""
    return _export(request, room_of(request).library.store.edition(collection), format, texts)


@router.get("/collections/{collection}/stories/{story}/export", responses=_gives(None, "application/octet-stream"))
def export_story(
    request: Request,
    collection: str,
    story: str,
    format: str = "json",
    texts: bool = True,
) -> Response:
    """A story in any format of `variorum export`."""
    return _export(request, story_part(room_of(request), collection, story), format, texts)


def _export(request: Request, edition: Edition, name: str, texts: bool) -> Response:
    form = FORMATS.get(name)
    if form is None:
        raise NotFoundError(f"{name}: no format; known are {', '.join(FORMATS)}")
    form.check()
    files = form.files(edition if texts else without_texts(edition))
    ((title, data),) = files.items() if len(files) == 1 else [(f"edition.{name}.zip", _zipped(files))]
    headers = {"content-disposition": f'attachment; filename="{title}"'}
    return answer(request, data, "application/octet-stream", headers)


def _zipped(files: Any) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # of no date: same bytes, same ETag
    return held.getvalue()


# --- decisions ----------------------------------------------------------------------------------------------------


@router.get("/decisions", responses=_gives(Rows[Ruled]))
def decisions(request: Request, collection: str | None = None, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """All decisions, those undone too, each with what became of it."""
    room = room_of(request)
    found = ruled(room, room.library.store.decisions(collection))
    rows = [{"decision": decision, "outcome": outcome} for decision, outcome in found]
    return _some(request, rows, cursor, limit, lambda row: str(getattr(row["decision"], "id", "")))


@router.post(
    "/collections/{collection}/decisions",
    **_takes("decide", Decision, 201),
)
def decide(request: Request, collection: str, given: Ruling) -> Response:
    """Put a decision on record; a job collates what it touches."""
    room = room_of(request)
    made = room.library.decide(
        collection, given.kind, given.subjects, given.others, given.value,
        author=author_of(request, given.author), reason=given.reason, collate=False,
    )  # fmt: skip
    room.worker.collate(collection)
    return answer(request, encoded(made), status=201)


@router.post("/decisions/{decision}/undo", **_takes("decide", Decision))
def undo(request: Request, decision: str, given: Undoing) -> Response:
    """Take a decision back. It stays on record."""
    room = room_of(request)
    undone = room.library.undo(decision, author=author_of(request, given.author), reason=given.reason, collate=False)
    room.worker.collate(undone.collection)
    return answer(request, encoded(undone))


# --- jobs ---------------------------------------------------------------------------------------------------------


@router.get("/jobs", responses=_gives(Rows[Job]))
def jobs(request: Request, collection: str | None = None, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The newest first."""
    return _some(request, room_of(request).library.store.jobs(collection), cursor, limit, lambda j: j.id)


@router.get("/jobs/{job}", responses=_gives(Job))
def job(request: Request, job: str) -> Response:
    """How far a job is."""
    return answer(request, encoded(room_of(request).library.store.job(job)))


@router.get("/jobs/{job}/events", responses=_gives(None, "text/event-stream"))
async def events(request: Request, job: str) -> Response:
    """Progress as server-sent events: `progress` whenever something changed, `end` when the job has."""
    store = room_of(request).library.store
    first = await run_in_threadpool(store.job, job)

    async def told() -> AsyncIterator[str]:
        now, before, until = first, None, time.monotonic() + _FOLLOWED
        while now.state not in ENDED and time.monotonic() < until and not await request.is_disconnected():
            yield _event("progress", now) if now != before else ": still here\n\n"
            before = now
            await anyio.sleep(0.3)
            now = await run_in_threadpool(store.job, job)
        if now.state in ENDED:
            yield _event("end", now)

    return StreamingResponse(told(), media_type="text/event-stream", headers={"cache-control": "no-store"})


def _event(name: str, now: Job) -> str:
    return f"event: {name}\ndata: {json.dumps(json.loads(encoded(now)))}\n\n"
