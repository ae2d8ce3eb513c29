"""Feeds, tables, agency items, mail, PDF, ZIP and lists of sources: each holds articles with what it says of them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from variorum.ingest import Ingest, IngestConfig
from variorum.model import Article, Problem

BODY = (
    "The old swing bridge at Tarnmouth was closed to lorries on Monday after divers found a crack in its centre pier.",
    "The harbour board said that the crack was as long as one arm and had not been there when the pier was last "
    "looked at, in the autumn of 2029.",
    "Mayor Ida Quell told reporters that cars could still cross, one at a time, until an engineer had measured the "
    "pier, and that the ferry would run every half an hour.",
)
MARKUP = "".join(f"<p>{p}</p>" for p in BODY)
TEXT = "\n\n".join(BODY)


def read(data: bytes | str | Path, name: str = "x", **config: object) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of one file."""
    source: object = data
    if not isinstance(data, Path):
        source = io.BytesIO(data.encode() if isinstance(data, str) else data)
        source.name = name  # type: ignore[attr-defined]
    found = list(Ingest(IngestConfig(**config)).read([source]))  # type: ignore[arg-type, list-item]
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


# --- feeds --------------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tarn Courier - Harbour</title><language>en-GB</language>
<item><title>Swing bridge closed to lorries</title><link>https://courier.example/bridge</link><guid>b-17</guid>
<pubDate>Mon, 02 Jun 2031 07:30:00 EST</pubDate><dc:creator>Lise Thorn</dc:creator><description>Short.</description>
<content:encoded><![CDATA[{MARKUP}]]></content:encoded></item>
<item><title>Only a teaser</title><link>https://courier.example/teaser</link><description>More&nbsp;soon.</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tarn Courier</title>
<entry><id>urn:b-17</id><title type="html">Swing bridge closed &lt;b&gt;to lorries&lt;/b&gt;</title>
<link rel="self" href="https://courier.example/api/1"/><link href="https://courier.example/bridge"/>
<published>2031-06-02T07:30:00Z</published><updated>2031-06-02T09:00:00Z</updated>
<author><name>Lise Thorn</name><email>lise@courier.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{MARKUP}</div></content></entry></feed>"""


def test_rss() -> None:
    """The whole content of an entry, not its summary; an entry without one is listed with its address."""
    (article,), (problem,) = read(RSS, "feed.xml")
    assert article.text == TEXT
    assert article.title == "Swing bridge closed to lorries"
    assert (article.url, article.publisher, article.authors) == (
        "https://courier.example/bridge",
        "Tarn Courier",
        ("Lise Thorn",),
    )
    assert article.published is not None
    assert article.published.value == "2031-06-02T07:30:00-05:00"
    assert article.source == "feed.xml#b-17"
    assert "https://courier.example/teaser" in problem.reason


def test_atom() -> None:
    """Content as XHTML, two dates, and the link to the page."""
    (article,), problems = read(ATOM, "feed")
    assert problems == []
    assert article.text == TEXT
    assert article.url == "https://courier.example/bridge"
    assert article.published is not None
    assert article.modified is not None
    assert (article.published.value[:16], article.modified.value[:16]) == ("2031-06-02T07:30", "2031-06-02T09:00")


def test_a_feed_in_another_encoding() -> None:
    """What the XML header declares is read, and what it gets wrong is not believed."""
    accented = ATOM.replace("Ida Quell", "Ida Quéll")
    header = '<?xml version="1.0" encoding="iso-8859-1"?>'
    for data in ((header + accented).encode("latin-1"), (header + accented).encode(), accented.encode("utf-16")):
        assert "Quéll" in read(data, "feed.xml")[0][0].text


@pytest.mark.parametrize("cut", [200, 700, 1200])
def test_a_damaged_feed(cut: int) -> None:
    """What can be read is read; what cannot is listed, and nothing is raised."""
    articles, problems = read(RSS[:cut], "feed.xml")
    assert articles or problems


# --- tables -------------------------------------------------------------------------------------------------------

ROWS = [
    {"Headline": "Bridge closed", "Body": TEXT, "Link": "https://courier.example/b", "Publish Date": "2031-06-02"},
    {"Headline": "Ferry, again", "Body": BODY[0], "Link": "https://courier.example/f", "Publish Date": "1937900000"},
]


def as_csv(delimiter: str = ",") -> str:
    """The rows as a table."""
    import csv

    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(delimiter: str) -> None:
    """Columns are known by their usual names; cells keep their line ends; times since 1970 are dates."""
    articles, problems = read(as_csv(delimiter), "t.csv")
    assert problems == []
    assert [(a.title, a.text) for a in articles] == [("Bridge closed", TEXT), ("Ferry, again", BODY[0])]
    assert [a.published and a.published.value[:10] for a in articles] == ["2031-06-02", "2031-05-30"]
    assert [a.source for a in articles] == ["t.csv:6", "t.csv:7"]


def test_csv_on_standard_input_is_told_by_its_header() -> None:
    """Without a suffix, the names of the columns say that it is a table."""
    assert len(read(f'id,title,text\n7,Bridge,"{BODY[0]}"\n', "-")[0]) == 1
    assert read("Bridge, ferry and text\nThe bridge was closed.", "-")[0][0].text.startswith("Bridge, ferry")


def test_columns_can_be_named() -> None:
    """Other names are mapped; a name that is not there is a problem that says what is."""
    table = "kopf,inhalt\nBridge," + BODY[0].replace(",", "") + "\n"
    assert "--column" in read(table, "t.csv")[1][0].reason
    (article,), _ = read(table, "t.csv", columns=(("text", "Inhalt"), ("title", "kopf")))
    assert article.title == "Bridge"
    assert "kopf" in read(table, "t.csv", columns=(("text", "body"),))[1][0].reason


def test_records_with_other_keys() -> None:
    """JSONL takes the same names as tables; pages in a column are read as pages."""
    page = f"<html><body><nav>Home</nav><article>{MARKUP}</article></body></html>"
    lines = [json.dumps(ROWS[0]), json.dumps({"id": "p", "html": page, "url": "https://courier.example/p"})]
    articles, problems = read("\n".join(lines), "r.jsonl")
    assert problems == []
    assert articles[0].text == TEXT
    assert (articles[1].id, articles[1].text, articles[1].url) == ("p", TEXT, "https://courier.example/p")


def test_parquet(tmp_path: Path) -> None:
    """A row is an article, whatever other columns there are."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [{"text": f"{p} ({n})", "n": n, "date": None} for n, p in enumerate(BODY * 50)]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    articles, problems = read(tmp_path / "t.parquet")
    assert [a.text for a in articles] == [r["text"] for r in rows]
    assert problems == []
    (tmp_path / "t.parquet").write_bytes((tmp_path / "t.parquet").read_bytes()[:-20])
    assert "Parquet" in read(tmp_path / "t.parquet")[1][0].reason


def test_json_documents() -> None:
    """A list of records, or one record over many lines."""
    assert [a.source for a in read(json.dumps([{"text": p} for p in BODY]), "a.json")[0]] == [
        "a.json:1",
        "a.json:2",
        "a.json:3",
    ]
    assert read(json.dumps({"text": TEXT}, indent=2), "b")[0][0].text == TEXT


# --- agencies -----------------------------------------------------------------------------------------------------

NINJS_1 = {
    "uri": "urn:newsml:agency.example:20310602:b17",
    "type": "text",
    "versioncreated": "2031-06-02T09:00:00Z",
    "firstcreated": "2031-06-02T07:30:00Z",
    "headline": "Swing bridge closed to lorries",
    "byline": "By Lise Thorn and Jon Berg",
    "language": "en-GB",
    "source": "Reuters",
    "body_xhtml": MARKUP,
    "pubstatus": "usable",
}
NINJS_2 = {
    "uri": "https://agency.example/b17",
    "standard": {"name": "ninjs", "version": "2.0"},
    "firstcreated": "2031-06-02T07:30:00Z",
    "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Swing bridge closed to lorries"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": TEXT},
        {"role": "main", "contenttype": "text/html", "value": MARKUP},
    ],
    "infosources": [{"name": "AFP"}],
    "by": "Lise Thorn",
}


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2])
@pytest.mark.parametrize("name", ["item.json", "items.jsonl"])
def test_ninjs(item: dict[str, object], name: str) -> None:
    """Both versions, alone and a line each: headline, people, agency, times, and the text of the body."""
    (article,), problems = read(json.dumps(item), name)
    assert problems == []
    assert article.text == TEXT
    assert article.title == "Swing bridge closed to lorries"
    assert "Lise Thorn" in article.authors
    assert article.agencies[0] in ("Reuters", "AFP")
    assert article.published is not None
    assert article.published.value == "2031-06-02T07:30:00+00:00"


def test_withdrawn_and_empty_items() -> None:
    """An item its agency has cancelled is left out, and so is a picture; both are listed."""
    assert "canceled" in read(json.dumps({**NINJS_1, "pubstatus": "canceled"}), "a.json")[1][0].reason
    picture = {"uri": "urn:p", "type": "picture", "versioncreated": "2031-06-02T07:30:00Z", "headline": "A crack"}
    assert "picture" in read(json.dumps(picture), "a.json")[1][0].reason


NEWSML = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="tag:agency.example,2031:b17" version="2"><itemMeta><provider literal="Reuters"/>
<versionCreated>2031-06-02T09:00:00Z</versionCreated><firstCreated>2031-06-02T07:30:00Z</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><by>By Lise Thorn</by><creditline>Reuters</creditline><headline>Swing bridge closed to lorries</headline>
<language tag="en"/></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{MARKUP}</body></html></inlineXML>
</contentSet></newsItem>
<newsItem guid="tag:agency.example,2031:b18"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
<newsItem guid="p"><contentSet><remoteContent href="https://agency.example/p.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""


def test_newsml() -> None:
    """A message of three items: a text, one withdrawn, and a picture."""
    (article,), problems = read(NEWSML, "m.xml")
    assert article.text == TEXT
    assert article.title == "Swing bridge closed to lorries"
    assert (article.authors, article.agencies, article.publisher) == (("Lise Thorn",), ("Reuters",), "Reuters")
    assert article.modified is not None
    assert article.source == "m.xml#tag:agency.example,2031:b17"
    assert ["canceled" in problems[0].reason, "p.jpg" in problems[1].reason] == [True, True]


# --- mail and PDF -------------------------------------------------------------------------------------------------


def mail(text: str = TEXT, page: str | None = None) -> bytes:
    """An alert."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "Tarn Courier <alerts@courier.example>"
    message["Subject"] = "Swing bridge closed – to lorries"
    message["Date"] = "Mon, 02 Jun 2031 07:30:00 +0200"
    message["Message-ID"] = "<b17@courier.example>"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="crack.png")
    message.add_attachment(json.dumps({"text": BODY[1]}).encode(), maintype="application", subtype="json")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["alert.eml", "-"])
def test_mail(name: str) -> None:
    """Subject, sender and date; the text; and what is attached."""
    articles, problems = read(mail(), name)
    assert problems == []
    assert articles[0].text.strip() == TEXT
    assert (articles[0].title, articles[0].publisher) == ("Swing bridge closed – to lorries", "Tarn Courier")
    assert articles[0].published is not None
    assert articles[0].published.value == "2031-06-02T07:30:00+02:00"
    assert articles[1].text == BODY[1]


def test_mail_that_is_best_seen_as_a_page() -> None:
    """Where the plain part is a note, the page is read."""
    page = f"<html><body><article>{MARKUP}</article></body></html>"
    assert read(mail("See the page.", page), "a.eml")[0][0].text == TEXT


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with a text layer, or with none."""
    shown = b"".join(
        b"(" + line.encode("latin-1").replace(b"(", b"").replace(b")", b"") + b") Tj T*\n" for line in lines
    )
    content = b"BT /F1 10 Tf 12 TL 50 780 Td\n" + shown + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)


def test_pdf() -> None:
    """The words of the text layer, line by line."""
    pytest.importorskip("pypdf")
    (article,), problems = read(pdf(list(BODY)), "a.pdf")
    assert problems == []
    assert " ".join(article.text.split()) == " ".join(BODY)


@pytest.mark.parametrize(
    ("data", "part"), [(pdf([]), "no text layer"), (pdf(list(BODY))[:300], "PDF"), (b"%PDF-1.7", "PDF")]
)
def test_pdf_without_text(data: bytes, part: str) -> None:
    """A scan and a torso are problems."""
    pytest.importorskip("pypdf")
    articles, problems = read(data, "a.pdf")
    assert articles == []
    assert part in problems[0].reason


# --- archives of files, and lists ---------------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def warc(url: str = "https://courier.example/bridge") -> bytes:
    """A WARC of one page."""
    page = f"<html><head><title>Swing bridge closed</title></head><body><article>{MARKUP}</article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-06-02T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_wacz(tmp_path: Path) -> None:
    """The WARCs in it are read where they are; its indexes and lists of pages are not."""
    files = {"datapackage.json": b"{}", "pages/pages.jsonl": b'{"text": "no report"}', "archive/a.warc.gz": warc()}
    (tmp_path / "x.wacz").write_bytes(zipped(files))
    (article,), problems = read(tmp_path / "x.wacz")
    assert problems == []
    assert article.source == f"{tmp_path}/x.wacz/archive/a.warc.gz#https://courier.example/bridge"
    assert article.text == TEXT


def test_zip() -> None:
    """Files of any kind, none of them unpacked; names that lead out of it are listed."""
    files = {"a.txt": BODY[0].encode(), "b/c.jsonl": json.dumps({"text": BODY[1]}).encode(), "../d.txt": b"Out."}
    articles, problems = read(zipped(files), "x.zip")
    assert [a.source for a in articles] == ["x.zip/a.txt", "x.zip/b/c.jsonl:1"]
    assert "leads out" in problems[0].reason


def test_a_list_of_sources(tmp_path: Path) -> None:
    """Any mixture, paths from where the list is; what is not there is a problem with its path."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(BODY[0])
    (tmp_path / "t.csv").write_text(f'text\n"{BODY[1]}"\n')
    (tmp_path / "x.warc.gz").write_bytes(warc())
    (tmp_path / "list.txt").write_text("# this week\nsub\n\nt.csv\nx.warc.gz\nnowhere.txt\n")
    found = list(Ingest().read([f"@{tmp_path}/list.txt"]))
    assert [type(f) for f in found] == [Article, Article, Article, Problem]
    assert "no such file" in found[-1].reason  # type: ignore[union-attr]
