"""The reading room: every page, each a plain request and answer, so that all of it works without a script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from variorum.edition import wording as words
from variorum.edition.beside import compared
from variorum.edition.matrix import STANCES, Asked, Matrix
from variorum.edition.page import shown
from variorum.errors import NotFoundError, UsageError
from variorum.ingest import Ingest
from variorum.lineage import side_by_side
from variorum.model import ENDED, Article, Decision, Edition, Location, Outcome, Producer
from variorum.web.answers import (
    Room,
    answer,
    asked,
    author_of,
    claim_in,
    needs,
    none_if_blank,
    room_of,
    ruled,
    story_part,
    visitor_of,
)
from variorum.web.rendering import STATIC, RoomDesk, page, part, static, whole
from variorum.web.safety import COOKIE, SANDBOX
from variorum.web.work import Upload, Wanted

_ROWS, _HEADS = 40, 12  # of the matrix on one page
router = APIRouter(include_in_schema=False, default_response_class=Response)


async def sent_form(request: Request) -> FormData:
    """The form that was sent. Raises a 403 for one that no page of ours was sent to this session with."""
    form = await request.form(max_files=1000, max_fields=2000)
    if not room_of(request).access.sealed(visitor_of(request).session, form.get("seal")):
        raise HTTPException(403, "This form is too old or comes from elsewhere; open its page again.")
    return form


# --- reading ------------------------------------------------------------------------------------------------------


@router.get("/")
def stories(request: Request) -> Response:
    """The stories, disputed first."""
    store, query = room_of(request).library.store, request.query_params
    order: Literal["newest", "disputed"] = "newest" if query.get("order") == "newest" else "disputed"
    found = store.stories(
        none_if_blank(query.get("collection")),
        words=query.get("q", ""),
        place=none_if_blank(query.get("place")),
        person=none_if_blank(query.get("person")),
        begin=none_if_blank(query.get("from")),
        end=none_if_blank(query.get("to")),
        disputed=True if query.get("disputed") else None,
        order=order,
        cursor=query.get("cursor"),
        limit=30,
    )
    return page(request, "stories.html.j2", page=found, collections=store.collections(), order=order)


@router.get("/c/{collection}/stories/{story}")
def story(request: Request, collection: str, story: str) -> Response:
    """A story: the edition's own page, in the room."""
    room = room_of(request)
    now = room.library.store.story_id(collection, story)
    if now != story:
        return RedirectResponse(part(collection, "stories", now), 307)
    found = story_part(room, collection, story)
    desk = RoomDesk(collection, story, request.query_params)
    return page(request, "story.html.j2", **shown(found, desk), decisions=_decided(room, collection, found))


@router.get("/c/{collection}/stories/{story}/matrix")
def matrix(request: Request, collection: str, story: str) -> Response:
    """The claims of a story by its origins: who says so, who denies it, who is silent."""
    room, query = room_of(request), request.query_params
    now = room.library.store.story_id(collection, story)
    if now != story:
        return RedirectResponse(f"{part(collection, 'stories', now, 'matrix')}?{query}", 307)
    found = story_part(room, collection, story)
    wording = words.Wording(found)
    made = Matrix(wording, found.stories[0])
    wanted = Asked(
        query.get("q", "")[:1000],
        frozenset(query.getlist("status")),
        none_if_blank(query.get("origin")),
        none_if_blank(query.get("stance")),
        query.get("sort") or "contested",
    )
    rows = made.asked(wanted)
    number = min(whole(query.get("page")), len(rows) // _ROWS)
    left = min(whole(query.get("left")), max(0, len(made.columns) - 1))
    return page(
        request,
        "matrix.html.j2",
        w=wording,
        statuses=words.STATUS,
        stances=STANCES,
        present={claim.status for claim in found.stories[0].claims},
        collection=collection,
        story=found.stories[0],
        ids=[a.id for a in found.articles],
        wanted=wanted,
        columns=made.columns,
        heads=made.columns[left : left + _HEADS],
        heads_most=_HEADS,
        left=left,
        rows=rows[number * _ROWS : (number + 1) * _ROWS],
        first=number * _ROWS,
        number=number,
        met=len(rows),
    )


@router.get("/c/{collection}/articles/{article}")
def article(request: Request, collection: str, article: str) -> Response:
    """An article with what was found in it, in its margin; ``?at=BEGIN-END`` makes any words a place to link to."""
    room = room_of(request)
    held = room.library.store.article(collection, article)
    card = room.library.store.card(collection, article)
    found = story_part(room, collection, card.story) if card.story else Edition(Producer("", {}, {}), (held,))
    values = shown(found, None, _sought(article, request.query_params.get("at"), len(held.text)))
    here = next(a for a in found.articles if a.id == article)
    return page(
        request,
        "article.html.j2",
        **values,
        collection=collection,
        article=here,
        n=1,  # not its number in the story, which changes as reports come in: links to its words last
        story=found.stories[0] if found.stories else None,
        kept=room.library.store.keeps_raw(collection, article),
        others=[a for a in found.articles if a.id != article],
        margin=sorted(
            [(s.span, s, None) for s in found.statements if s.article == article]
            + [(c.span, None, c) for c in values["sections"].copied(article)],
            key=lambda row: (row[0][0], row[1] is not None, row[0][1]),
        ),
    )


def _sought(article: str, at: str | None, length: int) -> Location | None:
    """The words that an address asks for; None for what is no span of the text."""
    match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", at or "")
    begin, end = map(int, match.groups()) if match else (0, 0)
    return Location(article, (begin, end)) if begin < end <= length else None


@router.get("/c/{collection}/articles/{article}/text")
def text(request: Request, collection: str, article: str) -> Response:
    """The text alone."""
    held = room_of(request).library.store.article(collection, article)
    return answer(request, held.text, "text/plain; charset=utf-8", {"content-security-policy": SANDBOX})


@router.get("/c/{collection}/articles/{article}/raw")
def raw(request: Request, collection: str, article: str) -> Response:
    """The bytes it was read from, to keep and never to be shown: whatever is in them acts nowhere."""
    return raw_answer(request, collection, article)


def raw_answer(request: Request, collection: str, article: str) -> Response:
    """The kept bytes as a download of no type."""
    found = room_of(request).library.store.raw(collection, article)
    headers = {"content-security-policy": SANDBOX, "content-disposition": 'attachment; filename="article.bin"'}
    return answer(request, found.data, "application/octet-stream", headers)


@router.get("/c/{collection}/compare")
def compare(request: Request, collection: str, one: str, other: str) -> Response:
    """Two articles side by side."""
    room = room_of(request)
    first, second = (room.library.store.article(collection, i) for i in (one, other))
    with room.asking:
        found = side_by_side(first, second, room.library.config.lineage)
    return page(request, "compare.html.j2", **compared(found, first, second))


@router.get("/search")
def search(request: Request) -> Response:
    """Full text."""
    store, query = room_of(request).library.store, request.query_params
    found, fault = None, ""
    if query.get("q", "").strip():
        try:
            found = store.search(query["q"], none_if_blank(query.get("collection")), cursor=query.get("cursor"))
        except NotFoundError:
            raise
        except UsageError as exc:
            fault = str(exc)
    values: dict[str, Any] = {"page": found, "fault": fault, "collections": store.collections()}
    return page(request, "search.html.j2", 422 if fault else 200, **values)


@router.get("/c/{collection}/check")
def check_story(request: Request, collection: str, story: str) -> Response:
    """Where a sentence is held against one story."""
    return RedirectResponse(f"/check?{urlencode({'collection': collection, 'story': story})}", 303)


@router.get("/check")
def check(request: Request) -> Response:
    """A sentence held against a story or a collection."""
    room, query = room_of(request), request.query_params
    collections = room.library.store.collections()
    collection = query.get("collection") or next((c.name for c in collections), "")
    chosen, sentence = none_if_blank(query.get("story")), query.get("q", "")
    values: dict[str, Any] = {"found": None, "fault": "", "w": None}
    if sentence.strip() and collection:
        try:
            found, edition = asked(room, collection, sentence, chosen)
            values |= {"found": found, "w": words.Wording(edition)}
        except NotFoundError:
            raise
        except UsageError as exc:
            values["fault"] = str(exc)
    status = 422 if values["fault"] else 200
    return page(
        request, "check.html.j2", status, collections=collections, collection=collection, story=chosen, **values
    )


# --- deciding -----------------------------------------------------------------------------------------------------


@router.get("/c/{collection}/stories/{story}/decide", dependencies=[Depends(needs("decide"))])
def decide_page(request: Request, collection: str, story: str) -> Response:
    """What can be decided of a claim, a statement, a copy, or the story."""
    room, query = room_of(request), request.query_params
    found = story_part(room, collection, story)
    wording = words.Wording(found)
    claim = claim_in(found, query["claim"]) if "claim" in query else None
    statement = wording.statements.get(query.get("statement", ""))
    if "statement" in query and statement is None:
        raise NotFoundError(f"{query['statement']}: no statement of this id in the story")
    return page(
        request,
        "decide.html.j2",
        w=wording,
        statuses=words.STATUS,
        collection=collection,
        story=found.stories[0],
        claim=claim,
        statement=statement,
        told=wording.said(claim.statements) if claim else [],
        claims=words.ledger(found.stories[0].claims)[:200],
        parent=query.get("parent"),
        child=query.get("child"),
        stories=room.library.store.stories(collection, limit=200).rows,
        decisions=_decided(room, collection, found),
    )


@router.post("/c/{collection}/decide", dependencies=[Depends(needs("decide"))])
def decide(request: Request, collection: str, form: FormData = Depends(sent_form)) -> Response:  # noqa: B008
    """Put a decision on record; the collection is collated in a job."""
    room = room_of(request)
    subjects = [str(s) for s in form.getlist("subject")]
    others = [str(o) for o in form.getlist("other")]
    if rest := form.get("rest_of"):
        others = _rest(room, collection, str(form.get("back")), str(rest), subjects)
    made = room.library.decide(
        collection,
        str(form.get("kind")),  # type: ignore[arg-type]  # the library refuses what is no kind
        subjects,
        others,
        none_if_blank(str(form.get("value") or "")),
        author=author_of(request, str(form.get("author") or "")),
        reason=str(form.get("reason") or ""),
        collate=False,
    )
    room.worker.collate(collection)
    return RedirectResponse(f"/decisions#{made.id}", 303)


@router.get("/decisions")
def decisions(request: Request) -> Response:
    """All decisions, the newest first."""
    room = room_of(request)
    rows = ruled(room, room.library.store.decisions())[::-1]
    return page(request, "decisions.html.j2", decisions=rows)


@router.post("/undo", dependencies=[Depends(needs("decide"))])
def undo(request: Request, form: FormData = Depends(sent_form)) -> Response:  # noqa: B008
    """Take a decision back."""
    room, named = room_of(request), str(form.get("decision"))
    author, reason = author_of(request, str(form.get("author") or "")), str(form.get("reason") or "")
    undone = room.library.undo(named, author=author, reason=reason, collate=False)
    room.worker.collate(undone.collection)
    return RedirectResponse(f"/decisions#{undone.id}", 303)


def _rest(room: Room, collection: str, story: str, whole: str, out: Sequence[str]) -> list[str]:
    """What stays of a claim or a story when some is taken out of it."""
    found = story_part(room, collection, story)
    held = found.stories[0].articles if whole == found.stories[0].id else claim_in(found, whole).statements
    return [one for one in held if one not in out]


def _decided(room: Room, collection: str, found: Edition) -> list[tuple[Decision, Outcome | None]]:
    """The decisions that are about something in a story, with what became of them."""
    here: set[str] = {a.id for a in found.articles} | {s.id for s in found.statements}
    here |= {name for e in found.entities for name in (e.name, *e.aliases)}
    made = room.library.store.decisions(collection)
    return ruled(room, [d for d in made if here & {*d.subjects, *d.others}])


# --- adding -------------------------------------------------------------------------------------------------------


@router.get("/add", dependencies=[Depends(needs("admin"))])
def add_page(request: Request) -> Response:
    """Where reports are given."""
    store = room_of(request).library.store
    return page(request, "add.html.j2", collections=store.collections(), jobs=store.jobs())


@router.post("/add", dependencies=[Depends(needs("admin"))])
def add(request: Request, form: FormData = Depends(sent_form)) -> Response:  # noqa: B008
    """Begin a job that adds."""
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    wanted = Wanted(
        tuple(Upload(f.filename or "", f.file.read()) for f in files),
        tuple(_pasted(form)),
        tuple(str(form.get("urls") or "").split()),
    )
    job = room_of(request).worker.add(str(form.get("collection") or ""), wanted)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _pasted(form: FormData) -> list[Article]:
    text = str(form.get("text") or "")
    if not text.strip():
        return []
    given = {name: str(form.get(name) or "") for name in ("title", "publisher", "published")}
    record = {"text": text.replace("\r\n", "\n")} | {name: value for name, value in given.items() if value.strip()}
    return [Ingest.from_json(record, source="pasted text")]


@router.get("/jobs/{job}")
def job_page(request: Request, job: str) -> Response:
    """How far a job is; the page asks again by itself, also without a script."""
    found = room_of(request).library.store.job(job)
    headers = {} if found.state in ENDED else {"refresh": "2"}
    return page(request, "job.html.j2", headers=headers, job=found)


# --- the door -----------------------------------------------------------------------------------------------------


@router.get("/login")
def login_page(request: Request) -> Response:
    """Where a token is shown."""
    return page(request, "login.html.j2", wrong=False)


@router.post("/login")
async def login(request: Request) -> Response:
    """A session for who shows a token."""
    form = await request.form()
    session = room_of(request).access.enter(str(form.get("token") or ""))
    if session is None:
        return page(request, "login.html.j2", 401, wrong=True)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


@router.post("/logout")
def logout(request: Request, form: FormData = Depends(sent_form)) -> Response:  # noqa: B008
    """End the session."""
    room_of(request).access.leave(visitor_of(request).session)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/static/{name}")
def static_file(request: Request, name: str) -> Response:
    """A file of ours."""
    return answer(request, static(name), STATIC[name], {"cache-control": "max-age=3600"})
