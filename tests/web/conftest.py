"""A room over a small library, asked in memory or by a real browser over a real server."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from reports import fire, vote
from variorum.library import Library
from variorum.model import Job
from variorum.pipeline import Config
from variorum.store import open_store
from variorum.web import Access, Limits, Room, Worker, create_app

HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def filled_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library file with a fire and a vote, to copy."""
    folder = tmp_path_factory.mktemp("filled")
    store = open_store(str(folder / "library.db"))
    Library(store, Config(embedder="none")).add("desk", [*fire(), *vote()])
    store.backup(folder / "library.backup")
    store.close()
    return folder / "library.backup"


@dataclass
class Served:
    """A room and somebody who asks it."""

    room: Room
    client: TestClient

    @property
    def stories(self) -> dict[str, str]:
        """The story of the fire and that of the vote, by id."""
        rows = self.room.library.store.stories("desk").rows
        return {"fire" if "silo" in card.title.lower() else "vote": card.id for card in rows}

    def seal(self, path: str) -> str:
        """The seal of the forms of a page."""
        found = re.search(r'name="seal" value="(\w+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def send(self, page: str, path: str, **fields: Any) -> Any:
        """Send a form of a page, as a browser does."""
        return self.client.post(path, data={"seal": self.seal(page), **fields}, follow_redirects=False)

    def ended(self, job: str, seconds: float = 60) -> Job:
        """A job when it has come to its end."""
        until = time.monotonic() + seconds
        while (found := self.room.library.store.job(job)).state in ("waiting", "running"):
            assert time.monotonic() < until
            time.sleep(0.05)
        return found

    def settled(self) -> None:
        """Wait for all jobs."""
        for job in self.room.library.store.jobs():
            self.ended(job.id)


@pytest.fixture
def new_room(filled_library: Path, new_url: Callable[[], str]) -> Iterator[Callable[..., Room]]:
    """Makes rooms over copies of the library, on each kind of database."""
    opened = []

    def made(access: Access | None = None, limits: Limits | None = None) -> Room:
        store = open_store(new_url())
        store.restore(filled_library)
        opened.append(store)
        library = Library(store, Config(embedder="none"))
        return Room(library, Worker(library), access or Access(), limits or Limits(), author="Ana")

    yield made
    for store in opened:
        store.close()


@pytest.fixture
def serve(new_room: Callable[..., Room]) -> Iterator[Callable[..., Served]]:
    """Makes rooms that are asked in memory."""
    clients = []

    def made(access: Access | None = None, limits: Limits | None = None, **more: Any) -> Served:
        room = new_room(access, limits)
        client = TestClient(create_app(room), base_url=HERE, **more)
        client.__enter__()
        clients.append(client)
        return Served(room, client)

    yield made
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    """A room of somebody at this machine."""
    return serve()


@pytest.fixture
def listen() -> Iterator[Callable[[Room], str]]:
    """Starts real servers; gives the address of each."""
    ends: list[Callable[[], object]] = []

    def started(served: Room | ASGIApp) -> str:
        app = create_app(served) if isinstance(served, Room) else served
        config = uvicorn.Config(app, port=0, access_log=False, log_level="warning")
        listening = config.bind_socket()
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        ends.extend([partial(setattr, server, "should_exit", True), partial(thread.join, 10), listening.close])
        return f"{HERE}:{listening.getsockname()[1]}"

    yield started
    for end in ends:
        end()


@pytest.fixture
def address(new_room: Callable[..., Room], listen: Callable[[Room], str]) -> tuple[str, Room]:
    """A real server, and its room."""
    room = new_room(limits=Limits(reads=1_000_000, writes=1_000_000))
    return listen(room), room


@pytest.fixture
def visit(browser: Any, address: tuple[str, Room]) -> Iterator[Callable[..., Any]]:
    """Opens a page of the server; afterwards no dialog, error, breach of policy or foreign request was seen."""
    seen: list[str] = []
    contexts = []
    home = address[0]

    def opened(path: str = "/", width: int = 1280, height: int = 900, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **more)
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda d: (seen.append(f"dialog {d.message}"), d.dismiss()))
        page.on("pageerror", lambda e: seen.append(f"error {e}"))
        page.on("console", lambda m: seen.append(f"console {m.text}") if m.type in {"error", "warning"} else None)
        page.on("request", lambda r: None if r.url.startswith((home, "data:")) else seen.append(f"request {r.url}"))
        page.goto(home + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []
