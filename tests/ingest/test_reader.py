"""Sources: files, folders, streams and records give articles; whatever cannot be read gives a problem that helps."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import InputError
from variorum.ingest import Ingest, IngestConfig
from variorum.ingest.decode import Decoded, decode
from variorum.model import Article, Problem

LEAD = "The river had fallen two metres by Tuesday, and people began to go home, the mayor said."


def read(*sources: object, **config: object) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of ``sources``."""
    found = list(Ingest(IngestConfig(**config)).read(sources))  # type: ignore[arg-type]
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def stream(data: bytes, name: str = "x.txt") -> io.BytesIO:
    """An open file with a name."""
    opened = io.BytesIO(data)
    opened.name = name
    return opened


# --- files and folders --------------------------------------------------------------------------------------------


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Files of all folders below, sorted, hidden ones left out; paths are the sources."""
    for name in ("b.txt", "a.md", "sub/c", ".hidden.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{LEAD} {name}")
    articles, problems = read(tmp_path)
    assert [a.source for a in articles] == [str(tmp_path / n) for n in ("a.md", "b.txt", "sub/c")]
    assert problems == []


def test_missing_path_and_empty_folder(tmp_path: Path) -> None:
    """Both are problems that name the path; the rest is read."""
    (tmp_path / "empty").mkdir()
    articles, problems = read(tmp_path / "nowhere.txt", tmp_path / "empty", stream(LEAD.encode()))
    assert len(articles) == 1
    assert [p.source for p in problems] == [str(tmp_path / "nowhere.txt"), str(tmp_path / "empty")]
    assert "no such file" in problems[0].reason
    assert "nothing readable" in problems[1].reason


def test_same_file_twice(tmp_path: Path) -> None:
    """By path, by link and by bytes: the second is a problem that names the first."""
    one, two, link = tmp_path / "one.txt", tmp_path / "two.txt", tmp_path / "three.txt"
    one.write_text(LEAD)
    two.write_text(LEAD)
    link.symlink_to(one)
    articles, problems = read(one, one, two, link)
    assert len(articles) == 1
    assert len(problems) == 3
    assert all(str(one) in p.reason for p in problems)


def test_same_text_in_other_bytes() -> None:
    """A copy with other line ends is the same article."""
    articles, problems = read(
        stream(b"River falls\r\n" + LEAD.encode(), "a"), stream(b"River falls\n" + LEAD.encode(), "b")
    )
    assert len(articles) == 1
    assert "same article" in problems[0].reason


def test_symlink_loop(tmp_path: Path) -> None:
    """A folder that holds a link to itself is walked once."""
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "loop").symlink_to(tmp_path)
    articles, problems = read(tmp_path)
    assert len(articles) == 1
    assert any("already read" in p.reason for p in problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is a problem, not a hang."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in read(tmp_path / "pipe.txt")[1][0].reason


# --- what bytes hold ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"  \n\n ", "white space"),
        (b"\x00" * 4096, "NUL"),
        (random.Random(7).randbytes(4096), "binary"),
        (b"PK\x03\x04 docx", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"x" * 3000, "--max-bytes"),
        (gzip.compress(b"a" * 10_000_000, mtime=0), "--max-bytes"),
        (gzip.compress(LEAD.encode(), mtime=0)[:-9], "to its end"),
    ],
)
def test_unreadable_bytes(data: bytes, part: str) -> None:
    """Each gives one problem with its source and what to do."""
    articles, problems = read(stream(data, "bad.txt"), max_bytes=2000 if b"xxx" in data else 1_000_000)
    assert articles == []
    assert [p.source for p in problems] == ["bad.txt"]
    assert part in problems[0].reason


def test_page_in_a_text_file_and_text_in_a_page_file() -> None:
    """Content decides where the suffix lies."""
    page = f"<!doctype html><html><body><p>{LEAD} {LEAD}</p></body></html>".encode()
    articles, _ = read(stream(page, "a.txt"), stream(LEAD.encode(), "b.html"))
    assert articles[0].text == f"{LEAD} {LEAD}"
    assert articles[1].text == LEAD


def test_streams_of_one_name_are_different_streams() -> None:
    """A name is no proof that two streams hold the same."""
    assert len(read(stream(b"One. " + LEAD.encode()), stream(b"Two. " + LEAD.encode()))[0]) == 2


def test_articles_pass_through() -> None:
    """An article given is an article got."""
    article = Article("x", "elsewhere", "words")
    assert read(article)[0] == [article]


def test_text_streams() -> None:
    """Streams of text work like streams of bytes, and a stream of records is told by its look."""
    assert read(io.StringIO(f"River falls\n{LEAD}"))[0][0].title == "River falls"
    assert read(io.StringIO(json.dumps({"id": "7", "text": LEAD})))[0][0].id == "7"


# --- encodings ----------------------------------------------------------------------------------------------------

WORDS = "The mayor’s café – “Élan” – was closed on Tuesday, and the naïve crowd went home, he said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    """Every encoding gives the same text, without a byte order mark."""
    data = WORDS.encode(encoding)
    assert decode(data) == Decoded(WORDS)


def test_other_alphabets() -> None:
    """Bytes that are neither UTF-8 nor western text are guessed."""
    text = "Мэр города сообщил во вторник, что река упала на два метра и люди возвращаются домой."
    assert decode(text.encode("cp1251")) == Decoded(text)


def test_declared_encoding() -> None:
    """What a page declares is believed where the bytes are not UTF-8."""
    assert decode("Łódź".encode("iso-8859-2"), "iso-8859-2") == Decoded("Łódź")
    assert decode("Łódź".encode(), "iso-8859-2") == Decoded("Łódź")


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"\xc3(", b"\x80\x81"])
def test_invalid_utf8_is_read_and_listed(damage: bytes) -> None:
    """The rest of the text is kept, the damage marked, and a problem says where."""
    articles, problems = read(stream(f"River falls\nThe mayor’s word – {LEAD} ".encode() + damage + b" end."))
    assert "\ufffd" in articles[0].text
    assert articles[0].text.endswith("end.")
    assert "line 2" in problems[0].reason


def test_line_ends() -> None:
    """CRLF and CR become LF and nothing else changes."""
    assert decode(b"a\r\nb\rc \t\n\nd\x0c") == Decoded("a\nb\nc \t\n\nd\x0c")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_round_trip(text: str) -> None:
    """Any text without control characters comes back as it was."""
    decoded = decode(text.encode())
    assert isinstance(decoded, Decoded)
    assert decoded.text == text.removeprefix("\ufeff")


# --- records ------------------------------------------------------------------------------------------------------


def test_records(tmp_path: Path) -> None:
    """One article a line, ids kept; broken lines are problems with their number, and the rest goes on."""
    lines = [
        json.dumps({"id": "a", "text": LEAD, "title": "T", "url": "https://a.example/x", "language": "xx"}),
        "not json",
        json.dumps({"id": "b"}),
        json.dumps([1]),
        json.dumps({"text": 5}),
        "",
        json.dumps({"id": "c", "text": LEAD}),
        json.dumps({"id": "a", "text": "Again."}),
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    articles, problems = read(tmp_path / "r.jsonl")
    assert [(a.id, a.title, a.language) for a in articles] == [("a", "T", "xx"), ("c", None, "en")]
    assert [p.source.rsplit(":", 1)[1] for p in problems] == ["2", "3", "4", "5", "8"]


def test_compressed_records(tmp_path: Path) -> None:
    """Gzip is taken off; a line over the limit is left out alone."""
    rows = [{"id": str(n), "text": LEAD * (50 if n == 1 else 1)} for n in range(3)]
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    articles, problems = read(tmp_path / "r.jsonl.gz", max_bytes=1000)
    assert [a.id for a in articles] == ["0", "2"]
    assert "--max-bytes" in problems[0].reason


def test_an_article_record_comes_back_as_it_was() -> None:
    """What `ingest` wrote can be read again, blocks and all."""
    import msgspec

    (article,), _ = read(stream(f"River falls\nBy AFP\n{LEAD}".encode(), "a.txt"))
    assert Ingest.from_json(json.loads(msgspec.json.encode(article))) == article


@pytest.mark.parametrize(
    "record", [{}, {"text": ""}, {"text": 5}, {"text": "a", "url": ["b"]}, {"text": "a", "blocks": [{"span": 1}]}]
)
def test_bad_records(record: dict[str, object]) -> None:
    """A record that breaks its shape says which field."""
    with pytest.raises(InputError):
        Ingest.from_json(record)


def test_ids_are_hashes_of_content() -> None:
    """The same text has the same id wherever it was read from; another address is another article."""
    one, two = Ingest.from_json({"text": LEAD}, source="a"), Ingest.from_json({"text": LEAD}, source="b")
    assert one.id == two.id
    assert one.id.startswith("art-")
    assert one.id != Ingest.from_json({"text": LEAD, "url": "https://a.example/"}).id


def test_a_date_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """The article is kept without a date, and the reason says what a date looks like."""
    path = tmp_path / "dates.jsonl"
    lines = [{"text": "The river fell.", "published": day} for day in ("some day", "2031-05-09", None, "")]
    path.write_text("\n".join(json.dumps({**line, "id": str(i)}) for i, line in enumerate(lines)), "utf-8")
    first, problem, *others = Ingest().read([path])
    assert isinstance(first, Article)
    assert first.published is None
    assert isinstance(problem, Problem)
    assert problem.source == f"{path}:1"
    assert "some day" in problem.reason
    assert [isinstance(o, Article) for o in others] == [True, True, True]
