"""Pages and archives: the text of the page, its kinds, where they stand, and what the page says of itself."""

from __future__ import annotations

import io

import pytest
from lxml import html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from variorum.ingest import Ingest, IngestConfig
from variorum.model import Article, Problem
from variorum.text.normalise import squeeze

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Lighthouse keeper retires after 41 years | Harbour Post</title>
<link rel="canonical" href="https://www.harbourpost.example/2031/06/02/lighthouse-keeper">
<meta property="og:site_name" content="Harbour Post">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
 "headline": "Lighthouse keeper retires after 41 years", "datePublished": "2031-06-02T07:30:00+02:00",
 "dateModified": "2031-06-02T09:00:00+02:00", "author": [{"@type": "Person", "name": "Lise Thorn"}]}]}</script>
<script>var secret = "do not read me";</script></head><body>
<nav><a href="/">Home</a> <a href="/news">News of the whole coast</a></nav>
<main><article><h1>Lighthouse keeper retires after 41 years</h1>
<p class="standfirst">The last keeper on the coast hands over to a machine</p>
<div class="byline">By <a href="/lise">Lise Thorn</a> with AFP</div><time datetime="2031-06-02">2 June 2031</time>
<figure><img src="a.jpg"><figcaption>Jon Berg on the gallery on Sunday. Photo: Lise Thorn</figcaption></figure>
<p>Jon Berg climbed the 204 steps of the Skerry light for the last time on Sunday, and switched off the lamp that he
had kept for <b>41 years</b>.</p>
<p>The coast authority said the light would be run from a control room on the mainland, as all the others on the coast
have been since last year.</p>
<h2>A long watch</h2>
<p>Berg, who is 66, said he had missed only three nights in all that time, each of them for the birth of a child.</p>
<blockquote><p>"You learn to sleep when the fog does."</p></blockquote>
<ul><li>The light was built in 1871 by the harbour board.</li><li>Its lamp was electrified in 1936.</li></ul>
<p>A spokesman told AFP that two keepers would stay on as guides for visitors through the summer.</p>
<p><strong>Correction:</strong> An earlier version of this article gave the number of steps as 240.</p>
</article><aside><h3>Most read</h3><p>Storm takes the roof off a school in the lower town</p></aside></main>
<footer>&copy; 2031 Harbour Post. <a href="/privacy">Privacy</a></footer></body></html>"""


def read(data: bytes | str, name: str = "page.html", **config: bool) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of one file."""
    opened = io.BytesIO(data.encode() if isinstance(data, str) else data)
    opened.name = name
    found = list(Ingest(IngestConfig(**config)).read([opened]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


@pytest.fixture(scope="module")
def page() -> Article:
    """The article of the page above."""
    return read(PAGE)[0][0]


def test_kinds(page: Article) -> None:
    """The parts of a page keep their kinds and their order."""
    assert [b.kind for b in page.blocks] == [
        "title", "standfirst", "byline", "dateline", "caption", "body", "body",
        "title", "body", "quote", "list", "list", "body", "correction",
    ]  # fmt: skip


def test_only_the_article(page: Article) -> None:
    """Scripts, navigation, asides and footers are not in the text."""
    for words in ("secret", "News of the whole coast", "Storm takes", "Privacy", "Most read"):
        assert words not in page.text


def test_metadata(page: Article) -> None:
    """Title without the site's name, the outlet's name, people, agencies and dates with their zone."""
    assert page.title == "Lighthouse keeper retires after 41 years"
    assert page.publisher == "Harbour Post"
    assert page.authors == ("Lise Thorn",)
    assert page.agencies == ("AFP",)
    assert page.canonical_url == "https://www.harbourpost.example/2031/06/02/lighthouse-keeper"
    assert page.published is not None
    assert page.modified is not None
    assert (page.published.value, page.published.basis) == ("2031-06-02T07:30:00+02:00", "metadata")
    assert page.modified.value == "2031-06-02T09:00:00+02:00"


def test_every_block_says_where_it_stands(page: Article) -> None:
    """The element at a block's path has the block's words."""
    tree = html.document_fromstring(PAGE)
    for block in page.blocks:
        assert block.raw is not None
        (element,) = tree.xpath(block.raw.path)
        assert squeeze(element.text_content()) == page.text[slice(*block.span)]


def test_date_of_the_visible_text() -> None:
    """Without metadata, the date line between headline and text."""
    bare = PAGE.replace("ld+json", "nothing").replace("/2031/06/02", "")
    published = read(bare)[0][0].published
    assert published is not None
    assert (published.value, published.basis) == ("2031-06-02", "stated")


def test_declared_encoding_of_a_page() -> None:
    """The charset in a page's head is used."""
    text = (
        "Ein Turm, der über die Küste wachte, ist erloschen, und der Wärter geht nach 41 Jahren an Land und in Rente."
    )
    data = f'<html><head><meta charset="iso-8859-1"></head><body><p>{text}</p></body></html>'.encode("latin-1")
    assert read(data)[0][0].text == text


@pytest.mark.parametrize(
    "data",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<html><body>" + "<div>" * 200_000 + "<p>Hello</p></html>",
        "<html><body><p>Short.</p></body></html>",
        "<!doctype html>",
        "<html><script>" + "x" * 10_000,
        "<?xml version='1.0' encoding='utf-8'?><html><body></body></html>",
    ],
)
def test_pages_without_a_text(data: str) -> None:
    """Nothing to read is a problem that says how much was looked at, never a crash."""
    articles, problems = read(data)
    assert articles == []
    assert len(problems) == 1
    assert "page.html" in problems[0].source


def test_short_pages_can_be_kept() -> None:
    """The advice of the problem works."""
    page = "<html><body><article><p>The light went out on Sunday.</p></article></body></html>"
    assert "--keep-short" in read(page)[1][0].reason
    assert read(page, keep_short=True)[0][0].text == "The light went out on Sunday."


def archive(*pages: tuple[str, str], gzipped: bool = True) -> bytes:
    """A WARC file with one response a page, and one image."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for url, body in (*pages, ("https://a.example/i.png", "\x89PNG")):
        kind = "image/png" if url.endswith("png") else "text/html; charset=utf-8"
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body.encode()), http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


@pytest.mark.parametrize("gzipped", [True, False])
def test_archive(gzipped: bool) -> None:
    """Every response with a page is an article, with its address and the time it was fetched."""
    data = archive(
        ("https://a.example/1", PAGE), ("https://a.example/2", PAGE.replace("Skerry", "Holm")), gzipped=gzipped
    )
    articles, problems = read(data, "x.warc.gz" if gzipped else "x.warc")
    assert problems == []
    assert [a.source.split("#")[1] for a in articles] == ["https://a.example/1", "https://a.example/2"]
    assert [a.url for a in articles] == ["https://a.example/1", "https://a.example/2"]
    assert all(a.retrieved is not None and a.retrieved.basis == "metadata" for a in articles)


@pytest.mark.parametrize("gzipped", [True, False])
def test_truncated_archive(gzipped: bool) -> None:
    """What came before the end is kept, and the end is a problem."""
    data = archive(
        ("https://a.example/1", PAGE), ("https://a.example/2", PAGE.replace("Skerry", "Holm")), gzipped=gzipped
    )
    cut = data[: int(len(data) * 0.6)]
    articles, problems = read(cut, "x.warc")
    assert [a.url for a in articles][:1] == ["https://a.example/1"]
    assert problems
