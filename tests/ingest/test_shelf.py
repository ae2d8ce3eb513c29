"""A folder of articles: raw records that prove them, and runs that are stopped and go on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.errors import InputError, UsageError
from variorum.ingest import Ingest, IngestConfig, RawStore, Shelf, raw_span
from variorum.ingest.anchors import words_at
from variorum.model import Article, Problem
from variorum.ports import Fetched

SENTENCE = "The ferry to Holm was late on Monday, number {}, and the mayor of Holm, who waited for it, was late too."


def page(number: int) -> str:
    """A page of two paragraphs."""
    text = SENTENCE.format(number)
    body = f"<article><p>{text}</p><p>{text} Again.</p></article>"
    return f"<html><head><title>Late again {number}</title></head><body>{body}</body></html>"


def filled(folder: Path) -> Path:
    """Reports of several kinds: a table with a broken line, pages, a feed, an archive."""
    folder.mkdir()
    lines = [json.dumps({"text": SENTENCE.format(n)}) for n in range(40)]
    (folder / "a.jsonl").write_text("\n".join([*lines[:20], "broken", *lines[20:]]))
    for number in range(100, 104):
        (folder / f"p{number}.html").write_text(page(number))
    entries = "".join(
        f"<item><guid>{n}</guid><description>{SENTENCE.format(n) * 3}</description></item>" for n in (7, 8, 9)
    )
    (folder / "f.xml").write_text(f"<rss><channel>{entries}</channel></rss>")
    with (folder / "w.warc.gz").open("wb") as out:
        for number in range(200, 210):
            body = page(number).encode()
            head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://h.example/{number}\r\n"
            head += f"Content-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
            out.write(gzip.compress(head.encode() + body + b"\r\n\r\n"))
    return folder


def lines(path: Path) -> list[str]:
    """The lines of a file that are whole."""
    return path.read_text().splitlines() if path.exists() else []


def run(folder: Path, source: Path, stop: int | None = None, cut: bytes = b"") -> int:
    """Read into ``folder``, stopping dead after ``stop`` items with ``cut`` half written; how many there were."""
    count = 0
    shelf = Shelf(folder)
    for _ in shelf.take([source]):
        count += 1
        if count == stop:
            shelf._journal._next = 0  # a checkpoint whenever one is due
        if stop is not None and count > stop:
            for file in shelf._files.values():
                file.write(cut)
                file.close()
            shelf._journal.close()
            return count
    shelf.__exit__(None, None, None)
    return count


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports above."""
    return filled(tmp_path_factory.mktemp("in") / "reports")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> Path:
    """What a run that nobody stops writes."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    run(folder, reports)
    return folder


@settings(max_examples=25, deadline=None)
@given(stops=st.lists(st.integers(0, 60), max_size=4), cut=st.sampled_from([b"", b'{"id": "half', b"\n\n"]))
def test_a_stopped_run_goes_on(
    tmp_path_factory: pytest.TempPathFactory, reports: Path, undisturbed: Path, stops: list[int], cut: bytes
) -> None:
    """However often and wherever a run is stopped, the end is the same bytes as of one that was not."""
    folder = tmp_path_factory.mktemp("out") / "out"
    for stop in stops:
        run(folder, reports, stop, cut)
    run(folder, reports)
    for name in ("articles.jsonl", "problems.jsonl"):
        assert (folder / name).read_bytes() == (undisturbed / name).read_bytes()


def test_a_finished_folder_takes_only_what_is_new(tmp_path: Path) -> None:
    """Again gives nothing; a new file gives its articles; one that was read before under another name is a problem."""
    source = filled(tmp_path / "in")
    assert run(tmp_path / "out", source) == 58
    assert run(tmp_path / "out", source) == 0
    (source / "new.txt").write_text("Something else happened at Holm on Tuesday.")
    (source / "old.html").write_text(page(100))
    with Shelf(tmp_path / "out") as shelf:
        assert shelf.before == 57
        found = list(shelf.take([source]))
    assert [type(f) for f in found] == [Article, Problem]
    assert len(lines(tmp_path / "out" / "articles.jsonl")) == 58


def test_what_could_not_be_fetched_is_asked_for_again(tmp_path: Path) -> None:
    """An address that failed is no record that is done; one that was read is not fetched a second time."""
    asked: list[list[str]] = []

    class Site:
        """Answers for its second page from the second time on."""

        def fetch(self, url: str) -> Fetched:
            """What is at ``url``."""
            if url.endswith("2") and len(asked) == 1:
                raise InputError(url, "the server cannot be reached")
            return Fetched(page(int(url[-1])).encode(), url, "text/html", "2031-05-03T10:00:00+00:00")

        def fetch_all(self, urls: Sequence[str]) -> Iterator[Fetched | InputError]:
            """What is at each."""
            asked.append(list(urls))
            for url in urls:
                try:
                    yield self.fetch(url)
                except InputError as exc:
                    yield exc

    one, two = "https://holm.example/1", "https://holm.example/2"
    for run_number in range(3):
        with Shelf(tmp_path / "out", fetcher=Site()) as shelf:
            found = list(shelf.take([one, two]))
        assert [type(f) for f in found] == [[Article, Problem], [Article], []][run_number]
    assert asked == [[one, two], [two], []]
    assert len(lines(tmp_path / "out" / "articles.jsonl")) == 2


def test_every_article_is_proven_by_its_raw_record(undisturbed: Path, reports: Path) -> None:
    """The record is there under its digest, and every block's words are in it at the bytes that are said."""
    import msgspec

    store = RawStore(undisturbed / "raw")
    articles = [msgspec.json.decode(line, type=Article) for line in lines(undisturbed / "articles.jsonl")]
    assert len(articles) == 57
    for article in articles:
        assert article.raw is not None
        data = store.get(article.raw.sha256)
        assert sha256(data).hexdigest() == article.raw.sha256
        if article.source.endswith(".html") or "warc" in article.source:
            for block in article.blocks:
                place = raw_span(article, block.span, data)
                assert place is not None
                assert words_at(data, place, "utf-8") == "".join(article.text[slice(*block.span)].split())
        if article.raw.at is not None and "warc" in article.source:
            member = (reports / "w.warc.gz").read_bytes()[slice(*article.raw.at)]
            assert data in gzip.decompress(member)


def test_raw_records_are_no_input(tmp_path: Path) -> None:
    """A folder below the input that holds raw records is not walked again."""
    (tmp_path / "a.txt").write_text(SENTENCE.format(1))
    RawStore(tmp_path / "out" / "raw").put(b"The words of another article, kept as proof.")
    assert [a.source for a in Ingest().read([tmp_path]) if isinstance(a, Article)] == [str(tmp_path / "a.txt")]


def test_raw_records_can_be_left_out_and_not_be_forged(tmp_path: Path) -> None:
    """Without them the articles are the same; a record that was changed is refused, and so is a path."""
    with Shelf(tmp_path / "bare", raw=False) as shelf:
        list(shelf.take([filled(tmp_path / "in")]))
    assert not (tmp_path / "bare" / "raw").exists()
    store = RawStore(tmp_path / "raw")
    digest = store.put(b"words")
    assert store.get(digest) == b"words"
    next((tmp_path / "raw").rglob("*.gz")).write_bytes(gzip.compress(b"other words"))
    with pytest.raises(InputError, match="changed"):
        store.get(digest)
    with pytest.raises(InputError, match="digest"):
        store.get("../../etc/passwd")


def test_other_settings_need_another_folder(tmp_path: Path) -> None:
    """Articles of two makings do not mix, and nobody else's files are written over."""
    Shelf(tmp_path / "a").__exit__(None, None, None)
    with pytest.raises(UsageError, match="other settings"):
        Shelf(tmp_path / "a", IngestConfig(plain=True))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "articles.jsonl").write_text("mine")
    with pytest.raises(UsageError, match="another"):
        Shelf(tmp_path / "b")
    assert (tmp_path / "b" / "articles.jsonl").read_text() == "mine"
