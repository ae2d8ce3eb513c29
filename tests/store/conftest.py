"""Every test of the store runs on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from databases import new_database, postgres_folder, postgres_server
from variorum.ports import Store
from variorum.store import open_store


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server."""
    if postgres_folder() is None:
        pytest.skip("no PostgreSQL server on this machine (apt-get install postgresql)")
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes URLs of new, empty libraries."""
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        return lambda: new_database(server)
    numbers = iter(range(100))
    return lambda: str(tmp_path / f"library-{next(numbers)}.db")


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """A new, empty library's URL."""
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new, empty library."""
    opened = open_store(url)
    yield opened
    opened.close()
