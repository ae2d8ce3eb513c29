"""One shape for everything that goes wrong: RFC 9457 for programs, the same words on a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from variorum.errors import InputError, MissingDependencyError, NotFoundError, UsageError, VariorumError

MEDIA: Final = "application/problem+json"


class Fault(BaseModel):
    """What went wrong and what to do about it (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "story-1: no story of this id in the collection 'harbour'",
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def status_of(error: VariorumError) -> int:
    """The HTTP status of an error of ours."""
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, MissingDependencyError):
        return 501
    if isinstance(error, UsageError | InputError):
        return 422
    return 503


def problem(scope: Scope, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer: as JSON under /api, as a plain page elsewhere; a reader who is not known is led to the login."""
    path = str(scope["path"])
    if path.startswith("/api/") or path == "/openapi.json":
        return as_json(status, detail, headers)
    if status == 401 and scope["method"] == "GET":
        return RedirectResponse("/login", 303)
    from variorum.web.rendering import fault_page

    return Response(fault_page(status, detail), status, dict(headers or {}), "text/html")


def as_json(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a program."""
    body: dict[str, Any] = Fault(title=title_of(status), status=status, detail=detail).model_dump()
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA)


def title_of(status: int) -> str:
    """The name of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
