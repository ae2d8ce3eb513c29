"""What several tests share."""

import faulthandler
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from databases import new_database, postgres_folder, postgres_server
from variorum.ports import Store
from variorum.store import open_store

SHARED = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parent.parent.parent / "shared"))


#: The same examples on every run, here and where the change is judged; VARIORUM_EXPLORE=1 looks for new ones.
#: How long they take to make is no matter of health: the machine may do other things.
settings.register_profile(
    "repeatable", derandomize=not os.environ.get("VARIORUM_EXPLORE"), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_unconfigure() -> None:
    """Nothing that a test left behind keeps Python from ending: after two minutes it says where it waits, and fails."""
    faulthandler.dump_traceback_later(120, exit=True)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five real reports; their text stays outside the project."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the five real reports are not at {folder} (set VARIORUM_SHARED)")
    return folder


# --- libraries: every test that asks for one runs on both databases -----------------------------------------------


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


# --- a real browser --------------------------------------------------------------------------------------------------

CHROMIUM = next((p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p)), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium found; install the package chromium to run the browser tests")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        started = p.chromium.launch(executable_path=shutil.which(CHROMIUM), args=FLAGS)
        yield started
        started.close()
