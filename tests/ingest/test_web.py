"""Pages fetched from a server on this machine, which a setting permits; what it does wrong becomes a problem."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from variorum.cli import app
from variorum.errors import InputError
from variorum.ingest import Ingest, RawStore, Shelf
from variorum.ingest.addresses import Guard
from variorum.ingest.web import USER_AGENT, WebConfig, WebFetcher
from variorum.model import Article, Problem

PAGE = (
    "<!doctype html><html lang='en'><head><title>Otters return to the canal</title></head><body><article>"
    "<h1>Otters return to the canal</h1>"
    "<p>Two otters have been seen in the canal at Weir Bridge for the first time since the mill was built there.</p>"
    "<p>Anglers saw them on Tuesday night and again on Thursday, said the warden, Piet Haan, who keeps the count.</p>"
    "</article></body></html>"
)
ROBOTS = "User-agent: *\nDisallow: /secret\n\nUser-agent: variorum\nDisallow: /not-for-us\n"


class Site(BaseHTTPRequestHandler):
    """A site with every fault that a site has."""

    asked: ClassVar[list[tuple[str, float, dict[str, str]]]] = []
    robots: ClassVar[tuple[int, str]] = (200, ROBOTS)
    busy: ClassVar[int] = 0

    def do_GET(self) -> None:
        """Answer by path."""
        Site.asked.append((self.path, time.monotonic(), dict(self.headers)))
        getattr(self, "at_" + self.path.strip("/").split("?")[0].replace(".", "_").replace("-", "_"), self.at_missing)()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """One whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def at_robots_txt(self) -> None:
        self.reply(Site.robots[0], Site.robots[1].encode())

    def at_page(self) -> None:
        self.reply(200, PAGE.encode(), Content_Type="text/html; charset=utf-8")

    def at_latin(self) -> None:
        self.reply(200, PAGE.replace("Haan", "Hään").encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")

    def at_zipped(self) -> None:
        self.reply(200, gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip")

    def at_bomb(self) -> None:
        self.reply(200, gzip.compress(b"0" * 30_000_000), Content_Type="text/html", Content_Encoding="gzip")

    def at_torn(self) -> None:
        self.reply(200, gzip.compress(PAGE.encode())[:-40], Content_Type="text/html", Content_Encoding="gzip")

    def at_brotli(self) -> None:
        self.reply(200, b"xx", Content_Type="text/html", Content_Encoding="br")

    def at_liar(self) -> None:
        self.reply(200, b"x", Content_Length="1000", Content_Type="text/html")

    def at_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def at_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(60):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            pass

    def at_drip_headers(self) -> None:
        try:
            for letter in "HTTP/1.1 200 OK\r\nX-Slow: " + "y" * 60:
                self.wfile.write(letter.encode())
                time.sleep(0.05)
        except OSError:
            pass

    def at_moved(self) -> None:
        self.reply(301, Location="/page")

    def at_loop(self) -> None:
        self.reply(302, Location="/loop")

    def at_inward(self) -> None:
        self.reply(302, Location="http://127.0.0.1:1/admin")

    def at_consent(self) -> None:
        self.reply(302, Location="/collectConsent")

    def at_collectConsent(self) -> None:  # noqa: N802
        self.reply(200, PAGE.encode(), Content_Type="text/html")

    def at_tagged(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.reply(304)
        else:
            self.reply(200, PAGE.encode(), Content_Type="text/html", ETag='"v1"')

    def at_busy(self) -> None:
        Site.busy += 1
        self.reply(*((503,) if Site.busy == 1 else (200, PAGE.encode())), Retry_After="0", Content_Type="text/html")

    def at_paid(self) -> None:
        self.reply(402)

    def at_text(self) -> None:
        self.reply(
            200, b"Otters return\n\nTwo otters came back to the canal, the warden said.", Content_Type="text/plain"
        )

    def at_lines(self) -> None:
        self.reply(200, json.dumps({"text": "Two otters came back, the warden said."}).encode() + b"\n")

    def at_secret(self) -> None:
        self.at_page()

    def at_not_for_us(self) -> None:
        self.at_page()

    def at_missing(self) -> None:
        self.reply(404)


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked, Site.robots, Site.busy = [], (200, ROBOTS), 0
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def fetcher(site: str, **config: Any) -> WebFetcher:
    """One that may fetch from ``site``, without pauses unless told so."""
    settings = {"delay": 0.0, "timeout": 2.0, "max_bytes": 1_000_000, **config}
    return WebFetcher(WebConfig(**settings), Guard.naming(site.removeprefix("http://")))


def read(site: str, *paths: str) -> tuple[list[Article], list[Problem]]:
    """Articles and problems at these paths."""
    found = list(Ingest(fetcher=fetcher(site)).read([site + path for path in paths]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def test_a_page(site: str) -> None:
    """Its address, the time it was fetched, its text; and who asked for it."""
    (article,), problems = read(site, "/page")
    assert problems == []
    assert (article.source, article.url) == (f"{site}/page", f"{site}/page")
    assert article.title == "Otters return to the canal"
    assert article.retrieved is not None
    assert article.retrieved.value.endswith("+00:00")
    assert [path for path, _, _ in Site.asked] == ["/robots.txt", "/page"]
    assert {headers["User-Agent"] for _, _, headers in Site.asked} == {USER_AGENT}
    assert not {"Cookie", "Authorization", "Referer"} & {name for _, _, headers in Site.asked for name in headers}


def test_what_pages_turn_out_to_be(site: str) -> None:
    """Pages by their charset, plain text, lines of JSON, each read as what it is; redirects followed."""
    articles, problems = read(site, "/latin", "/zipped", "/text", "/lines", "/moved")
    assert problems == []
    assert ["Hään" in a.text for a in articles] == [True, False, False, False, False]
    assert [a.url for a in articles] == [f"{site}{p}" for p in ("/latin", "/zipped", "/text", "/lines", "/page")]
    assert all(a.retrieved for a in articles)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bomb", "larger than"), ("/endless", "larger than"), ("/torn", "damaged"), ("/brotli", "not asked for"),
        ("/liar", "does not answer as servers do"), ("/loop", "redirects"), ("/inward", "port 1"),
        ("/none", "no such page"), ("/paid", "paywall"), ("/secret", "robots.txt"),
        ("/not-for-us", "robots.txt"), ("/consent", "consent"),
    ],
)  # fmt: skip
def test_faults(site: str, path: str, reason: str) -> None:
    """What the server does wrong is a problem that says so, with the address; the run goes on."""
    if path == "/secret":
        Site.robots = (200, "User-agent: *\nDisallow: /secret\n")
    articles, (problem,) = read(site, path, "/page")
    assert problem.source == site + path
    assert reason in problem.reason
    assert [a.url for a in articles] == [f"{site}/page"]


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_slow_server_is_given_up(site: str, path: str) -> None:
    """A byte now and then keeps no connection open for ever."""
    began = time.monotonic()
    with pytest.raises(InputError, match="given up"):
        fetcher(site, deadline=0.5).fetch(site + path)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False)])
def test_robots_that_are_not_there(site: str, status: int, fetched: bool) -> None:
    """A site without rules may be read; one that cannot say what they are may not (RFC 9309)."""
    Site.robots = (status, "")
    articles, problems = read(site, "/page")
    assert (len(articles), len(problems)) == ((1, 0) if fetched else (0, 1))


def test_one_polite_queue(site: str) -> None:
    """Requests to a host come one after the other with a pause; robots.txt is asked for once and may ask for more."""
    Site.robots = (200, "User-agent: *\nCrawl-delay: 0.2\n")
    found = list(fetcher(site, delay=0.05).fetch_all([f"{site}/page", f"{site}/latin", f"{site}/none"]))
    assert [isinstance(f, InputError) for f in found] == [False, False, True]
    times = [at for _, at, _ in Site.asked]
    assert [path for path, _, _ in Site.asked] == ["/robots.txt", "/page", "/latin", "/none"]
    assert all(b - a >= 0.19 for a, b in pairwise(times[1:]))


def test_a_busy_server_is_asked_once_more(site: str) -> None:
    """After as long as it asks for."""
    assert len(read(site, "/busy")[0]) == 1
    assert Site.busy == 2


def test_pages_that_have_not_changed_are_not_sent_again(site: str, tmp_path: Path) -> None:
    """With a cache, conditional requests; the page is what it was."""
    first = fetcher(site, cache=tmp_path).fetch(f"{site}/tagged")
    again = fetcher(site, cache=tmp_path).fetch(f"{site}/tagged")
    assert first == again
    assert [h.get("If-None-Match") for p, _, h in Site.asked if p == "/tagged"] == [None, '"v1"']
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"damage")
    assert fetcher(site, cache=tmp_path).fetch(f"{site}/tagged").data == first.data


def test_the_same_address_twice(site: str) -> None:
    """It is fetched once."""
    articles, problems = read(site, "/page", "/page")
    assert (len(articles), len(problems)) == (1, 1)
    assert len(Site.asked) == 2


def test_addresses_in_a_list(site: str, tmp_path: Path) -> None:
    """A list of sources may name them among files."""
    (tmp_path / "a.txt").write_text("The otters were gone by Friday, said the warden, who had looked for them all day.")
    (tmp_path / "list.txt").write_text(f"a.txt\n{site}/page\n{site}/lines\n")
    found = list(Ingest(fetcher=fetcher(site)).read([f"@{tmp_path}/list.txt"]))
    assert [f.source for f in found] == [f"{tmp_path}/a.txt", f"{site}/page", f"{site}/lines:1"]
    assert all(isinstance(f, Article) for f in found)


def test_what_was_fetched_is_kept_and_not_fetched_again(site: str, tmp_path: Path) -> None:
    """A folder of articles has the bytes of their pages; a second run asks only for what is new."""
    paths = [f"{site}/page", f"{site}/lines"]
    with Shelf(tmp_path, fetcher=fetcher(site)) as shelf:
        first = [a for a in shelf.take(paths) if isinstance(a, Article)]
    assert len(first) == 2
    assert RawStore(tmp_path / "raw").get(first[0].raw.sha256) == PAGE.encode()  # type: ignore[union-attr]
    Site.asked.clear()
    with Shelf(tmp_path, fetcher=fetcher(site)) as shelf:
        again = list(shelf.take([*paths, f"{site}/text"]))
    assert [a.source for a in again] == [f"{site}/text"]
    assert [path for path, _, _ in Site.asked] == ["/robots.txt", "/text"]


def test_command_line(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``variorum ingest URL``: refused as it stands, done where the setting names the server."""
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(app, ["ingest", f"{site}/page"])
    assert refused.exit_code == 3
    assert "fetch_allow" in refused.output
    monkeypatch.setenv("VARIORUM_FETCH_ALLOW", site.removeprefix("http://"))
    monkeypatch.setenv("VARIORUM_FETCH_DELAY", "0")
    done = CliRunner().invoke(app, ["ingest", f"{site}/page"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["title"] == "Otters return to the canal"
