"""Pages: templates of the edition and of the room, filled and sent with the session that their forms carry."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from variorum.edition import wording as words
from variorum.edition.web import environment as edition_environment
from variorum.edition.web import template
from variorum.web.answers import answer, room_of, visitor_of
from variorum.web.faults import title_of
from variorum.web.safety import COOKIE

#: The files of ours that pages ask for, by name.
STATIC: Final = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "room.css": "text/css",
    "room.js": "text/javascript",
}


@cache
def environment() -> Environment:
    """The edition's templates and filters, and those of the room."""
    loader = ChoiceLoader([PackageLoader("variorum.web"), PackageLoader("variorum.edition")])
    found = edition_environment().overlay(loader=loader)
    found.filters = found.filters | {
        "part": part,
        "marked": marked,
        "with_cursor": _with_cursor,
        "asking": _asking,
        "query": urlencode,
        "state": lambda o: _STATE[o.state],
    }
    return found


def static(name: str) -> str:
    """A file of ours. Raises a 404 for every other name, so that none leads anywhere."""
    if name not in STATIC:
        raise HTTPException(404, "There is no such file.")
    if name.startswith("room."):
        return files("variorum.web").joinpath("static", name).read_text("utf-8")
    return template(name)


def page(
    request: Request, name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> Response:
    """A page with its ETag. Who has no session gets one, for the forms of the page are sealed with it."""
    room, visitor = room_of(request), visitor_of(request)
    session = visitor.session or secrets.token_urlsafe(24)
    body = environment().get_template(name).render(
        seal=room.access.seal(session),
        visitor=visitor,
        author=visitor.name or room.author,
        asked=request.query_params,
        here=request.url.path,
        guarded=room.access.tokens is not None,
        **values,
    )  # fmt: skip
    response = answer(request, body, "text/html", headers, status)
    if not visitor.session:
        response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


def fault_page(status: int, detail: str) -> str:
    """What a reader sees when something went wrong."""
    return environment().get_template("fault.html.j2").render(
        title=title_of(status), detail=detail, visitor=None, here="", guarded=False
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoomDesk:
    """`edition.page.Desk` of a story in a collection."""

    collection: str
    story: str
    asked: QueryParams

    def leaf(self, section: str) -> int:
        """See `edition.page.Desk`."""
        return whole(self.asked.get(section))

    def turned(self, section: str, leaf: int) -> str:
        """See `edition.page.Desk`."""
        return f"{part(self.collection, 'stories', self.story)}?{_asking(self.asked, **{section: leaf or None})}"

    def told_by(self, words: str) -> str:
        """See `edition.page.Desk`."""
        return part(self.collection, "stories", self.story, "matrix") + (f"?{urlencode({'q': words})}" if words else "")

    def article(self, article: str) -> str:
        """See `edition.page.Desk`."""
        return part(self.collection, "articles", article)

    def about_story(self) -> str:
        """See `edition.page.Desk`."""
        return f"{part(self.collection, 'stories', self.story)}/decide"

    def about_claim(self, claim: str) -> str:
        """See `edition.page.Desk`."""
        return f"{self.about_story()}?{urlencode({'claim': claim})}"

    def about_link(self, parent: str, child: str) -> str:
        """See `edition.page.Desk`."""
        asked = urlencode({"parent": parent, "child": child})
        return f"{self.about_story()}?{asked}"

    def beside(self, one: str, other: str) -> str:
        """See `edition.page.Desk`."""
        return f"{part(self.collection, 'compare')}?{urlencode({'one': one, 'other': other})}"


def whole(text: str | None) -> int:
    """A number in an address, 0 for what is none."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 0


def part(collection: str, *rest: str) -> str:
    """The path of something in a collection."""
    return "/c/" + "/".join(quote(one, safe="") for one in (collection, *rest))


def marked(hit: Any) -> list[tuple[bool, str]]:
    """The snippet of a hit in pieces, those that were found told apart."""
    pieces, at = [], 0
    for begin, end in hit.snippet_marks:
        pieces += [(False, hit.snippet[at:begin]), (True, hit.snippet[begin:end])]
        at = end
    return [(found, words.visible(text)) for found, text in [*pieces, (False, hit.snippet[at:])] if text]


def _with_cursor(asked: QueryParams, cursor: str) -> str:
    return urlencode([*((k, v) for k, v in asked.multi_items() if k != "cursor"), ("cursor", cursor)])


def _asking(asked: QueryParams, **changed: object) -> str:
    """The query of an address with some of it changed; null takes a part out."""
    kept = [(k, v) for k, v in asked.multi_items() if k not in changed and v]
    return urlencode([*kept, *((k, str(v)) for k, v in changed.items() if v is not None)])


_STATE: Final = {
    "agrees": "the machine agrees",
    "overrides": "holds against the machine",
    "disagrees": "holds, but the reports now say something else than when it was made: look again",
    "lost": "what it is about is not here any more",
}
