"""What docs/threats.md promises, line by line."""

from __future__ import annotations

import logging
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from reports import report
from variorum.errors import UsageError
from variorum.web import Access, Limits, Tokens, create_app
from variorum.web.rendering import environment as web_environment
from variorum.web.safety import POLICY, Rates
from variorum.web.work import Upload, Wanted

ROOT = Path(__file__).parent.parent.parent
V1 = "/api/v1"
CLAIM = {"kind": "merge_stories", "subjects": ["a", "b"], "author": "x", "reason": "y"}


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    """An empty file of tokens."""
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def guarded(serve: Any, tokens: Tokens) -> Any:
    """A room that asks for tokens, and one token of each right."""
    made = {right: tokens.add(right, right) for right in ("read", "decide", "admin")}
    room = serve(Access(tokens, ["desk.example"]))
    return room, {right: {"authorization": f"Bearer {secret}"} for right, secret in made.items()}


def test_every_threat_has_its_test() -> None:
    """Each line of the page names a test that is there."""
    page = (ROOT / "docs/threats.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 12
    sources = {p.name: p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py")}
    for row in rows:
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
        assert named, row
        assert all(f"def {test}(" in sources[file] for file, test in named), row


# --- who comes in -------------------------------------------------------------------------------------------------


def test_a_foreign_name_does_not_reach_a_local_server(served: Any) -> None:
    """A page of another site whose name was pointed at this machine is refused."""
    for host in ("evil.example", "evil.example:8765", "10.0.0.8", ""):
        assert served.client.get("/", headers={"host": host}).status_code == 421
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765"):
        assert served.client.get("/", headers={"host": host}).status_code == 200


def test_a_stranger_sees_nothing_but_the_door(guarded: Any) -> None:
    """Neither pages nor API nor its description."""
    room, _ = guarded
    for path in (f"{V1}/collections", "/openapi.json"):
        answer = room.client.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    shut = room.client.get("/", follow_redirects=False)
    assert (shut.status_code, shut.headers["location"]) == (303, "/login")
    assert room.client.get(f"{V1}/collections", headers={"authorization": "Bearer vrm_x"}).status_code == 401


def test_each_right_opens_what_it_should_and_no_more(guarded: Any) -> None:
    """Read, decide, admin: each holds those before it."""
    room, as_ = guarded
    asks = {
        "read": lambda h: room.client.get(f"{V1}/collections", headers=h),
        "decide": lambda h: room.client.post(f"{V1}/collections/desk/decisions", json=CLAIM, headers=h),
        "admin": lambda h: room.client.post(f"{V1}/collections/x/articles", json={"urls": ["/"]}, headers=h),
    }
    order = list(asks)
    for held in order:
        for needed, ask in asks.items():
            allowed = order.index(held) >= order.index(needed)
            assert (ask(as_[held]).status_code == 403) != allowed, (held, needed)
    assert room.client.get("/add", headers=as_["decide"]).status_code == 403


def test_a_decision_bears_the_name_of_its_token(guarded: Any) -> None:
    """Whatever the request says."""
    room, as_ = guarded
    ids = [c.id for c in room.room.library.store.cards("desk").rows]
    ruling = {"kind": "merge_stories", "subjects": ids[:2], "author": "The editor in chief", "reason": "one"}
    made = room.client.post(f"{V1}/collections/desk/decisions", json=ruling, headers=as_["decide"])
    assert made.json()["author"] == "decide"


def test_tokens_are_kept_as_hashes_and_can_be_taken_back(guarded: Any, tokens: Tokens) -> None:
    """Only the owner can read the file; one that was taken back is refused at once, and so is its session."""
    room, as_ = guarded
    secret = as_["read"]["authorization"].removeprefix("Bearer ")
    assert secret not in tokens.path.read_text()
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    assert room.client.post("/login", data={"token": secret}).status_code == 200
    assert room.client.get(f"{V1}/collections").status_code == 200
    Tokens(tokens.path).remove("read")
    assert room.client.get(f"{V1}/collections", headers=as_["read"]).status_code == 401
    assert room.client.get(f"{V1}/collections").status_code == 401


def test_a_session_is_in_a_cookie_that_no_script_reads(guarded: Any) -> None:
    """It ends with the log-out; a wrong token opens none."""
    room, as_ = guarded
    assert room.client.post("/login", data={"token": "vrm_wrong"}).status_code == 401
    secret = as_["admin"]["authorization"].removeprefix("Bearer ")
    answer = room.client.post("/login", data={"token": secret}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert room.client.post("/logout", data={"seal": room.seal("/add")}, follow_redirects=False).status_code == 303
    assert room.client.get(f"{V1}/collections").status_code == 401


# --- requests from elsewhere --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_cannot_write(served: Any, headers: dict[str, str]) -> None:
    """Even with the seal of a page, and by the API too."""
    data = {"seal": served.seal("/add"), "collection": "x", "text": "Words."}
    assert served.client.post("/add", data=data, headers=headers).status_code == 403
    assert served.client.post(f"{V1}/collections/x/articles", json={"urls": []}, headers=headers).status_code == 403


def test_a_form_without_the_seal_of_its_session_is_refused(served: Any, serve: Any) -> None:
    """Neither none nor that of somebody else."""
    other = serve()
    for seal in ("", "0" * 64, other.seal("/add")):
        served.client.get("/add")
        sent = served.client.post("/add", data={"seal": seal, "collection": "x", "text": "Words."})
        assert sent.status_code == 403


def test_no_code_but_ours_may_run(served: Any) -> None:
    """The policy names neither inline code nor foreign hosts, on pages, faults and the API alike."""
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    story = f"/c/desk/stories/{served.stories['fire']}"
    for path in ("/", story, "/nowhere", f"{V1}/collections", "/static/page.js"):
        answer = served.client.get(path)
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
    page = served.client.get(story).text
    assert not re.findall(r"<script(?! src=\"/static/)|<style|\son\w+=|\sstyle=", page)


# --- how much -----------------------------------------------------------------------------------------------------


def test_rates_are_limited(serve: Any) -> None:
    """With the time to wait; each client has its own, and it fills up again."""
    room = serve(limits=Limits(reads=5, writes=2))
    answers = [room.client.get(f"{V1}/collections") for _ in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    rates = Rates()
    assert [rates.wait("a", "reads", 2, 0.0) for _ in range(3)] == [0, 0, 30]
    assert rates.wait("b", "reads", 2, 0.0) == 0
    assert rates.wait("a", "reads", 2, 31.0) == 0


def test_sizes_are_limited(serve: Any) -> None:
    """Of what is told in advance, and of what is not."""
    room = serve(limits=Limits(body=1000, form=500))
    small, large = {"urls": []}, {"articles": [{"text": "x" * 2000}]}
    assert room.client.post(f"{V1}/collections/x/articles", json=small).status_code == 422
    assert room.client.post(f"{V1}/collections/x/articles", json=large).status_code == 413

    def untold() -> Any:
        for _ in range(20):
            yield b" " * 100

    sent = room.client.post(
        f"{V1}/collections/x/articles", content=untold(), headers={"content-type": "application/json"}
    )
    assert sent.status_code in (400, 413)
    assert room.client.post("/undo", data={"reason": "x" * 600}).status_code == 413


def test_a_sentence_to_check_is_short(served: Any) -> None:
    """For each costs a parse."""
    assert served.client.get("/check", params={"q": "x" * 2001, "collection": "desk"}).status_code == 422


# --- what leads nowhere -------------------------------------------------------------------------------------------


def test_no_input_is_a_path(served: Any, tmp_path: Path) -> None:
    """Addresses are addresses, names of uploads and sources of records lead to no file, static files are a list."""
    for wrong in ("/etc/passwd", "file:///etc/passwd", "@/etc/hosts", "-", "..", "ftp://x/y"):
        with pytest.raises(UsageError):
            Wanted(urls=(wrong,))
    assert Upload("../../etc/pass\x00wd", b"").name == "upload:pass_wd"
    assert Upload("C:\\x\\..\\y.txt", b"").name == "upload:y.txt"
    assert served.client.get("/static/..%2f..%2fpyproject.toml").status_code == 404
    secret = tmp_path / "secret.txt"
    secret.write_text("The password of the desk is told to nobody, the keeper said on Monday.")
    # An address whose dots lead to the root, beside a record that claims to be a file of this machine.
    line = (
        '{"id": "art-x", "source": "%s", "text": "Words.", "blocks": [{"span": [0, 6], "kind": "body", "raw": null}]}'
    )
    data = {"seal": served.seal("/add"), "collection": "sea", "urls": "http://127.0.0.1:1/" + "../" * 40}
    files = {"files": ("a.jsonl", (line % secret).encode())}
    sent = served.client.post("/add", data=data, files=files, follow_redirects=False)
    served.ended(sent.headers["location"].removeprefix("/jobs/"))
    for card in served.room.library.store.cards("sea").rows:
        assert "password" not in served.client.get(f"/c/sea/articles/{card.id}/raw").text


def test_no_input_is_sql(served: Any) -> None:
    """Quotes and wildcards are words like others."""
    for evil in ("'; DROP TABLE articles; --", '" OR 1=1', "%", "a' UNION SELECT 1"):
        for path, name in ((f"{V1}/search", "q"), (f"{V1}/stories", "words"), (f"{V1}/stories", "person")):
            assert served.client.get(path, params={name: evil}).status_code in (200, 422)
        assert served.client.get(f"{V1}/collections/{evil}").status_code == 404
    assert len(served.client.get(f"{V1}/collections/desk/articles").json()["rows"]) == 5


def test_this_machines_networks_are_not_fetched_from(served: Any) -> None:
    """An address of them is a problem of the job, told without what is there."""
    from variorum.ingest.web import WebFetcher

    served.room.library._fetcher = WebFetcher()
    job = served.client.post(f"{V1}/collections/sea/articles", json={"urls": ["http://127.0.0.1:22/", "http://[::1]/"]})
    ended = served.ended(job.json()["id"])
    assert len(ended.problems) == 2
    assert served.room.library.store.cards("sea").rows == ()


def test_the_log_holds_neither_words_nor_tokens(guarded: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Routes by their pattern, statuses, times."""
    room, as_ = guarded
    with caplog.at_level(logging.INFO, "variorum"):
        room.client.get("/search", params={"q": "firefighters"}, headers=as_["read"])
        room.client.get(f"/c/desk/stories/{room.stories['fire']}", headers=as_["read"])
        room.client.post("/login", data={"token": "vrm_secret"})
        text = {"articles": [{"text": "Some private words about a ferry."}]}
        job = room.client.post(f"{V1}/collections/sea/articles", json=text, headers=as_["admin"])
        room.ended(job.json()["id"])
    lines = [record.getMessage() for record in caplog.records if record.name == "variorum"]
    assert any("GET /search 200" in line for line in lines)
    assert not [line for line in lines if re.search(r"firefighters|vrm_|private|story-\w", line)]


def test_a_fault_of_ours_tells_nothing(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No trace, no words of the database."""
    room = serve(raise_server_exceptions=False)

    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("secret words")

    monkeypatch.setattr(room.room.library.store, "collections", broken)
    for path in ("/", f"{V1}/collections"):
        answer = room.client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text


def test_the_app_can_be_made_without_a_network(new_room: Any) -> None:
    """The description names no host but invented ones, and Atom's name."""
    text = TestClient(create_app(new_room()), base_url="http://127.0.0.1").get("/openapi.json").text
    assert not re.findall(r"https?://(?![\w-]+\.example|www\.w3\.org/2005/Atom)[\w.]+", text)


# --- what reports bring -------------------------------------------------------------------------------------------


def test_no_markup_of_a_report_is_ever_rendered(served: Any) -> None:
    """So there is none to clean, and no cleaner. Templates escape everything but four strings of our own; a report that
    is all markup brings no element and no attribute into any page."""
    unescaped = set()
    for folder in ("edition", "web"):
        assert web_environment().autoescape is True
        for template in (ROOT / "src/variorum" / folder / "templates").glob("*.j2"):
            text = template.read_text("utf-8")
            unescaped |= set(re.findall(r'("[^"]*"|[\w.]+)\s*\|\s*safe', text))
            assert not re.search(r"autoescape|Markup", text.replace("passes autoescape", "")), template
    assert unescaped == {"style", "script", '"</a>"', '"</g>"'}
    mark, end = "<blink onclick=x()>", "</blink>"
    words = f"{mark}Nine{end} ferries sank off Osmund on Monday, {mark}the coast guard{end} said."
    given = report(f"{mark}Post{end}", "2031-06-01", f"{mark}Nine{end} ferries sink", f"{words}\n\n{words}")
    served.room.library.add("markup", [given])
    card = served.room.library.store.cards("markup").rows[0]
    for path in (f"articles/{card.id}", f"stories/{card.story}", f"stories/{card.story}/matrix"):
        elements = Elements()
        elements.feed(served.client.get(f"/c/markup/{path}").text)
        assert "ferries" in elements.text, path
        assert "main" in elements.names
        assert "blink" not in elements.names, path
        assert not [a for a in elements.attributes if a.startswith("on")], path


class Elements(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Words."""
        self.text += data


def test_our_scripts_make_no_markup_and_run_no_words() -> None:
    """What they show they set as text; what they bring is a page of ours, read without running it."""
    for path in (ROOT / "src/variorum").rglob("*.js"):
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc", text
        )
        assert not re.search(r"https?://", text), path
        fetched = re.findall(r"fetch\(([^)]*)\)", text)
        assert fetched in ([], ["url"]), path


def test_only_pages_of_articles_here_are_brought(served: Any) -> None:
    """The addresses that a story's page hands to its script lead to articles of the same collection."""
    page = served.client.get(f"/c/desk/stories/{served.stories['fire']}").text
    brought = re.findall(r'data-page="([^"]*)"', page)
    assert len(brought) == 3
    assert all(re.fullmatch(r"/c/desk/articles/art-[0-9a-f]+", address) for address in brought)
