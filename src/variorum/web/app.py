"""The server: the door, the pages, the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from variorum import __version__
from variorum.errors import VariorumError
from variorum.web import api, pages
from variorum.web.answers import Room
from variorum.web.description import describe
from variorum.web.faults import problem, status_of
from variorum.web.safety import Guard, TooLargeError

_ABOUT = (
    "Many reports, one story: what was copied, who said it, what agrees, what does not. Every finding rests on spans "
    "`[start, end)` of an article's text, in Unicode code points. Lists come in pages: pass `next` as `cursor`."
)


def create_app(room: Room) -> FastAPI:
    """The application; its worker lives as long as the server does."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        room.worker.start()
        yield
        room.worker.stop()

    app = FastAPI(
        title="Variorum", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None, lifespan=life
    )
    app.state.room = room
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's own way to do so
    app.include_router(pages.router)
    app.include_router(api.router)
    app.add_exception_handler(VariorumError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(TooLargeError, _large)
    app.add_exception_handler(Exception, _fault)
    app.add_middleware(Guard, access=room.access, limits=room.limits)
    return app


def _ours(request: Request, exc: Exception) -> Response:
    status = status_of(exc) if isinstance(exc, VariorumError) else 500
    # What the database said may name hosts and users: it goes to the log's reader, not to the web.
    told = str(exc) if status != 503 else "The library cannot be read or written just now."
    return problem(request.scope, status, told)


def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    return problem(request.scope, exc.status_code, str(exc.detail), exc.headers)


def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()[:5])
    return problem(request.scope, 422, told)


def _large(request: Request, _: Exception) -> Response:
    return problem(request.scope, 413, "More bytes than may be sent at once.")


def _fault(request: Request, _: Exception) -> Response:
    return problem(request.scope, 500, "A fault of Variorum itself; please report it.")
