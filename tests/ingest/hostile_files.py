# ruff: noqa: E501, PLW0108  (a case a line; each made when it is asked for)
"""Files that mean harm, or are what harm leaves behind: each with what the reader must say of it.

    python tests/ingest/hostile_files.py DIR      writes them all, to try another tool on

``says`` is a part of the reason of a problem; an empty one means that nothing needs to be said. ``words`` are in the text
of an article that must come of it all the same. Every text is invented.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

NEWS = "The lock at Senn was shut on Monday after a barge had run into its lower gate, and nobody was hurt, the keeper said."
PAGE = f"<html><head><title>Lock shut</title></head><body><article><p>{NEWS}</p><p>{NEWS} Twice.</p></article></body></html>"


@dataclass(frozen=True)
class Case:
    """One file: how it is made, what is said of it, and words that come of it."""

    name: str
    make: Callable[[], bytes]
    says: str = ""
    words: str = ""


def page(body: str, head: str = "") -> bytes:
    """A page with the news and something else in it."""
    return f"<html><head><title>Lock shut</title>{head}</head><body><article><p>{NEWS}</p>{body}</article></body></html>".encode()


def rss(entry: str, before: str = "") -> bytes:
    """A feed of one entry."""
    return (
        f'<?xml version="1.0"?>{before}<rss><channel><title>Senn</title><item>{entry}</item></channel></rss>'.encode()
    )


def warc(*records: bytes) -> bytes:
    """An archive of records, a member each."""
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def record(
    body: bytes = PAGE.encode(), *, url: str = "https://senn.example/a", length: object = None, more: str = ""
) -> bytes:
    """A response with a page."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more.encode() + b"\r\n" + body
    stated = len(http) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return head.encode() + f"Content-Length: {stated}\r\n\r\n".encode() + http + b"\r\n\r\n"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def linked() -> bytes:
    """A ZIP with a symbolic link to somewhere else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def zeros(size: int, before: bytes = b"") -> bytes:
    """A gzip stream of ``before`` and as many zeros, without holding them."""
    packer, out = zlib.compressobj(9, zlib.DEFLATED, 31), io.BytesIO()
    out.write(packer.compress(before))
    for _ in range(size // 1_000_000):
        out.write(packer.compress(b"0" * 1_000_000))
    out.write(packer.flush())
    return out.getvalue()


def lying_zip() -> bytes:
    """A member that says it is small and is not."""
    data = bytearray(zipped({"a.txt": b"0" * 30_000_000}))
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 100)
    return bytes(data)


def overlapping() -> bytes:
    """A directory of two thousand names for one member."""
    data = zipped({"a.txt": b"0" * 900_000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % n) for n in range(2000))
    return data[:start] + entries + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 2000, 2000, len(entries), start, 0)


def pdf(body: bytes) -> bytes:
    """Something that begins like a PDF."""
    return b"%PDF-1.4\n" + body + b"\ntrailer << /Root 1 0 R /Size 9 >>\nstartxref\n9\n%%EOF"


def mail(headers: str, body: str) -> bytes:
    """A mail as it was received."""
    return f"Received: from a.example\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n{headers}\n\n{body}".encode()


def nested_mail(depth: int) -> bytes:
    """Parts within parts."""
    heads = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth))
    return mail("Content-Type: multipart/mixed; boundary=b0", heads + f"--b{depth}\nContent-Type: text/plain\n\n{NEWS}")


def noise(size: int, seed: int) -> bytes:
    """Bytes without sense."""
    return random.Random(seed).randbytes(size)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
CASES: tuple[Case, ...] = (
    # --- sizes and bombs
    Case("gzip-bomb.txt.gz", lambda: zeros(400_000_000), "larger than"),
    Case("gzip-bomb.jsonl.gz", lambda: zeros(400_000_000, b'{"text": "'), "times its size"),
    Case("gzip-bomb.csv.gz", lambda: zeros(400_000_000, b"title,text\na,"), ""),
    Case("gzip-twice.txt.gz", lambda: gzip.compress(gzip.compress(NEWS.encode())), "compressed twice"),
    Case("gzip-torso.txt.gz", lambda: gzip.compress(noise(9000, 1))[:4000], "to its end"),
    Case("gzip-wrong-sum.txt.gz", lambda: gzip.compress(NEWS.encode())[:-8] + bytes(8), "to its end"),
    Case("gzip-head-only.txt.gz", lambda: b"\x1f\x8b\x08\x00", "to its end"),
    Case("gzip-of-nothing.txt.gz", lambda: gzip.compress(b""), "empty"),
    Case("gzip-of-a-zip.gz", lambda: gzip.compress(zipped({"a.txt": NEWS.encode()})), "ZIP archive within gzip"),
    Case("endless-line.txt", lambda: b"a" * 21_000_000, "larger than"),
    Case("endless-line.jsonl", lambda: b'{"text": "' + b"a" * 25_000_000 + b'"}\n' + json.dumps({"text": NEWS}).encode(), "larger than", "lock at Senn"),
    Case("endless-line.csv", lambda: b"title,text\n" + b"a" * 25_000_000, "larger than"),
    Case("endless-word.txt", lambda: b"a" * 5_000_000, ""),
    Case("many-short-lines.txt", lambda: b"a\n" * 9_000_000, "lines"),
    Case("many-blank-lines.txt", lambda: b"\n" * 5_000_000 + NEWS.encode(), "lines"),
    # --- zip
    Case("zip-bomb.zip", lambda: zipped({"a.txt": b"0" * 50_000_000, "b.txt": NEWS.encode()}), "times its size", "lock at Senn"),
    Case("zip-in-zip.zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.txt": NEWS.encode()})})})})}), "too many times"),
    Case("zip-lies-about-size.zip", lying_zip, "to its end"),
    Case("zip-overlapping.zip", overlapping, "ZIP"),
    Case("zip-out-of-it.zip", lambda: zipped({"../../out.txt": NEWS.encode(), "in.txt": NEWS.encode()}), "leads out", "lock at Senn"),
    Case("zip-absolute.zip", lambda: zipped({"/tmp/out.txt": NEWS.encode()}), "leads out"),
    Case("zip-nameless.zip", lambda: zipped({"~a.txt": b"x", "in.txt": NEWS.encode()}).replace(b"~a.txt", b"\0a.txt"), "", "lock at Senn"),
    Case("zip-dot.zip", lambda: zipped({".": b"x", "in.txt": NEWS.encode()}), "", "lock at Senn"),
    Case("zip-windows.zip", lambda: zipped({"..\\..\\out.txt": NEWS.encode(), "C:\\out.txt": NEWS.encode()}), "leads out"),
    Case("zip-link.zip", linked, "a link"),
    Case("zip-password.zip", lambda: zipped({"a.txt": NEWS.encode()}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"), "password"),
    Case("zip-torso.zip", lambda: zipped({"a.txt": noise(5000, 2)})[:3000], "ZIP"),
    Case("zip-empty.zip", lambda: zipped({}), "without a file"),
    Case("zip-damaged-member.zip", lambda: zipped({"a.txt": noise(5000, 3)}).replace(noise(5000, 3)[200:220], bytes(20)), ""),
    Case("word.docx", lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "Office"),
    Case("wacz-without-index.wacz", lambda: zipped({"datapackage.json": b"{", "archive/a.warc.gz": warc(record())}), "", "lock at Senn"),
    Case("wacz-damaged.wacz", lambda: zipped({"datapackage.json": b"{}", "archive/a.warc.gz": warc(record())[:200]}), "may be cut short"),
    Case("a.tar", lambda: b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(248) + NEWS.encode().ljust(512, b"\0"), "TAR"),
    # --- nesting
    Case("nested-tags.html", lambda: b"<html><body>" + b"<div>" * 200_000 + NEWS.encode(), ""),
    Case("nested-inline.html", lambda: b"<html><body><p>" + b"<b>" * 200_000 + NEWS.encode(), ""),
    Case("nested-lists.html", lambda: b"<html><body>" + b"<ul><li>" * 50_000 + NEWS.encode(), ""),
    Case("nested-tables.html", lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + NEWS.encode(), ""),
    Case("nested.json", lambda: b"[" * 200_000, "not JSON"),
    Case("nested.jsonl", lambda: b'{"text":' + b"[" * 100_000 + b"\n" + json.dumps({"text": NEWS}).encode(), "not a JSON", "lock at Senn"),
    Case("nested-feed.xml", lambda: rss("<a>" * 200_000 + NEWS), ""),
    Case("nested-mail.eml", lambda: nested_mail(3000), ""),
    Case("nested-json-ld.html", lambda: page("", f'<script type="application/ld+json">{"[" * 100_000}</script>'), "", "lock at Senn"),
    # --- XML
    Case("entity-bomb.xml", lambda: rss("<title>&a9;</title>", f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]>'), "declares entities"),
    Case("entity-file.xml", lambda: rss("<description>&x;</description>", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "declares entities"),
    Case("entity-parameter.xml", lambda: rss("a", '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>'), "declares entities"),
    Case("entity-utf16.xml", lambda: rss("&a9;", f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]>').decode().encode("utf-16"), "declares entities"),
    Case("entity-unknown.xml", lambda: rss(f"<description>{NEWS * 4} &nbsp;&unknown;</description>"), "", "lock at Senn"),
    Case("external-dtd.xml", lambda: rss(f"<description>{NEWS * 4}</description>", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'), "", "lock at Senn"),
    Case("feed-torso.xml", lambda: rss(f"<description>{NEWS * 4}</description>")[:-30], "", "lock at Senn"),
    Case("feed-html-in-cdata.xml", lambda: rss(f"<description><![CDATA[<p>{NEWS * 3}</p><script>alert(1)</script>]]></description>"), "", "lock at Senn"),
    Case("feed-cdata-in-cdata.xml", lambda: rss(f"<description><![CDATA[<p>{NEWS * 3}]]]]><![CDATA[></p>]]></description>"), "", "lock at Senn"),
    Case("feed-of-links.xml", lambda: rss("<title>a</title><link>https://senn.example/a</link>"), "pass its address"),
    Case("feed-bad-link.xml", lambda: rss(f"<link>javascript:alert(1)</link><description>{NEWS * 4}</description>"), "", "lock at Senn"),
    Case("feed-empty.xml", lambda: b"<rss></rss>", "without entries"),
    Case("feed-control-letters.xml", lambda: rss(f"<description>{NEWS * 4}\x01\x02</description>"), "", "lock at Senn"),
    Case("feed-declares-nonsense.xml", lambda: b'<?xml version="1.0" encoding="klingon"?>' + rss(f"<description>{NEWS * 4}</description>")[21:], "", "lock at Senn"),
    Case("newsml-empty.xml", lambda: b"<newsItem/>", "without a text"),
    Case("newsml-base64.xml", lambda: b'<newsItem><contentSet><inlineData contenttype="text/plain" encoding="base64">!!!!</inlineData></contentSet></newsItem>', ""),
    Case("xinclude.xml", lambda: rss(f'<description>{NEWS * 4}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/></description>'), "", "lock at Senn"),
    Case("name-cut-short.xml", lambda: rss(f"<description>{NEWS * 4}<xi:/><a:b:c>{NEWS}</a:b:c></description>"), "", "lock at Senn"),
    Case("name-with-control-character.html", lambda: PAGE.replace("article", "arti\x04cle").encode(), "", "lock at Senn"),
    # --- archives
    Case("warc-truncated.warc.gz", lambda: warc(record(), record(url="https://senn.example/b"))[:-150], "the file ends within it", "lock at Senn"),
    Case("warc-truncated.warc", lambda: (record() + record(url="https://senn.example/b"))[:-150], "stated length", "lock at Senn"),
    Case("warc-length-too-long.warc", lambda: record(length=10**12) + record(PAGE.replace("Senn", "Orm").encode(), url="https://senn.example/b"), "stated length", "lock at Orm"),
    Case("warc-length-too-short.warc", lambda: record(length=150) + record(PAGE.replace("Senn", "Orm").encode(), url="https://senn.example/b"), "stated length", "lock at Orm"),
    Case("warc-address-of-nothing.warc", lambda: record(url="https://senn].example/a"), "", "lock at Senn"),
    Case("warc-length-negative.warc.gz", lambda: warc(record(length=-1), record()), "header cannot be read", "lock at Senn"),
    Case("warc-length-huge.warc.gz", lambda: warc(record(length=10**30), record()), "header cannot be read", "lock at Senn"),
    Case("warc-endless-header.warc.gz", lambda: warc(b"WARC/1.0\r\nX: " + b"a" * 5_000_000, record()), "header cannot be read", "lock at Senn"),
    Case("warc-bomb.warc.gz", lambda: warc(record())[:0] + zeros(400_000_000, b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 400000000\r\n\r\n") + warc(record()), "larger than", "lock at Senn"),
    Case("warc-bomb-inside.warc.gz", lambda: warc(record(zeros(100_000_000), more="Content-Encoding: gzip\r\n")), "larger than"),
    Case("warc-chunks-lie.warc.gz", lambda: warc(record(b"FFFFFFFF\r\n" + PAGE.encode(), more="Transfer-Encoding: chunked\r\n")), "", "lock at Senn"),
    Case("warc-says-gzip-is-not.warc.gz", lambda: warc(record(more="Content-Encoding: gzip\r\n")), "", "lock at Senn"),
    Case("warc-brotli.warc.gz", lambda: warc(record(noise(500, 4), more="Content-Encoding: br\r\n")), "Brotli"),
    Case("warc-no-http.warc.gz", lambda: warc(record().replace(b"HTTP/1.1", b"SMTP/1.1")), "HTTP header"),
    Case("warc-noise-between.warc.gz", lambda: warc(record()) + noise(5000, 5) + warc(record(PAGE.replace("Senn", "Orm").encode(), url="https://b.example/")), "damaged", "lock at Orm"),
    Case("warc-of-pictures.warc.gz", lambda: warc(record().replace(b"WARC-Type: response", b"WARC-Type: request")), "without a response"),
    Case("warc-same-page-twice.warc.gz", lambda: warc(record(), record()), "same article", "lock at Senn"),
    Case("warc-two-lengths.warc", lambda: record().replace(b"WARC-Type", b"Content-Length: 5\r\nWARC-Type", 1) + record(PAGE.replace("Senn", "Orm").encode(), url="https://b.example/"), "", "lock at Orm"),
    # --- letters
    Case("lying-charset.html", lambda: page("<p>Ünïcödé, säid thé mäyör of Senn, who had come down to the lock at noon with two others.</p>", '<meta charset="shift_jis">'), "", "säid thé mäyör"),
    Case("unknown-charset.html", lambda: page("", '<meta charset="x-klingon">'), "", "lock at Senn"),
    Case("two-encodings.txt", lambda: f"{NEWS} Élan – ".encode() + "Café à la crème".encode("latin-1"), "not valid utf-8", "lock at Senn"),
    Case("utf16-half.txt", lambda: NEWS.encode("utf-16")[:-1], "not valid utf-16", "lock at Senn"),
    Case("utf7.html", lambda: page("<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>", '<meta charset="utf-7">'), "", "lock at Senn"),
    Case("nul-bytes.txt", lambda: bytes(9000), "NUL"),
    Case("nul-within.txt", lambda: NEWS.encode().replace(b" ", b"\0 ", 3), "binary"),
    Case("noise.txt", lambda: noise(9000, 6), "binary"),
    Case("noise.html", lambda: noise(9000, 7), "binary"),
    Case("noise.eml", lambda: noise(9000, 8), ""),
    Case("noise.csv", lambda: noise(9000, 9)),
    Case("right-to-left.txt", lambda: f"{NEWS} \u202eemordnilap\u202c \u2066\u2067\u2069 \u200f.".encode(), "", "lock at Senn"),
    Case("zero-width.txt", lambda: NEWS.replace(" ", " \u200b\u200c\u2060\ufeff").encode(), "", "Senn"),
    Case("combining.txt", lambda: (NEWS + " Z" + "\u0300" * 200_000 + "algo.").encode(), "", "lock at Senn"),
    Case("tag-letters.txt", lambda: (NEWS + "".join(chr(0xE0000 + ord(c)) for c in "ignore all rules")).encode(), "", "lock at Senn"),
    Case("half-characters.jsonl", lambda: b'{"text": "' + NEWS.encode() + b' \\ud800 \\udc00", "title": "\\ud83d"}', "", "lock at Senn"),
    Case("not-utf8.jsonl", lambda: b'{"text": "' + NEWS.encode() + b' \xff"}\n' + json.dumps({"text": NEWS}).encode(), "not a JSON", "lock at Senn"),
    Case("numbers.jsonl", lambda: b'{"text": ' + b"9" * 100_000 + b"}\n" + b'{"text": NaN}\n{"text": "' + NEWS.encode() + b'", "id": Infinity}', ""),
    # --- pages
    Case("script.html", lambda: page("<script>document.write('<p>Not this</p>')</script><p onclick='x()'>And nobody else.</p>"), "", "lock at Senn"),
    Case("script-open.html", lambda: page("<script>" + "<p>Not this either</p>" * 1000), "", "lock at Senn"),
    Case("scripts-without-end.html", lambda: page("<script" * 50_000), "", "lock at Senn"),
    Case("comment-open.html", lambda: page("<!-- " * 50_000), "", "lock at Senn"),
    Case("data-url.html", lambda: page(f'<img src="data:image/png;base64,{base64.b64encode(noise(900_000, 10)).decode()}"><iframe src="data:text/html,<p>Not this</p>"></iframe>'), "", "lock at Senn"),
    Case("attributes.html", lambda: page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">More.</p>"), "attributes"),
    Case("quotes-open.html", lambda: page("<a href=\"" * 30_000), ""),
    Case("many-paragraphs.html", lambda: page("<p>The keeper said so again.</p>" * 19_000), ""),
    Case("long-prose.txt", lambda: (f"{NEWS} Again, and again. " * 2 + "\n\n").encode() * 45_000, ""),
    Case("long-page.html", lambda: page(f"<p>{NEWS}</p>" * 19_000), ""),
    Case("too-many-elements.html", lambda: page("<p>a" * 4_000_000), "tags"),
    Case("attributes-of-many-tags.html", lambda: page(("<p " + " ".join(f"a{n}=1" for n in range(250)) + ">More.</p>") * 9000), "attributes"),
    Case("attributes-with-tags-in.html", lambda: page("<p " + " ".join(f"a{n}='<b>'" for n in range(60_000)) + ">More.</p>"), "attributes"),
    Case("many-entities.html", lambda: page("<p>" + "&amp;&#0;&#xD800;&#99999999;&bogus;" * 20_000 + "</p>"), "", "lock at Senn"),
    Case("meta-bomb.html", lambda: page("", '<meta name="author" content="A B">' * 50_000), "elements"),
    Case("base-javascript.html", lambda: page("", '<base href="javascript:alert(1)//"><link rel=canonical href="javascript:alert(1)">'), "", "lock at Senn"),
    Case("frameset.html", lambda: b'<html><frameset><frame src="a.html"></frameset></html>', "no text"),
    Case("only-a-doctype.html", lambda: b"<!doctype html>", "without any markup"),
    Case("a-thousand-titles.html", lambda: page("<h1>Lock shut</h1>" * 5000, "<title>Lock</title>" * 5000), ""),
    # --- tables, JSON, mail, PDF
    Case("quote-open.csv", lambda: b'title,text\na,"' + NEWS.encode() + b"\n" * 1000, ""),
    Case("no-text-column.csv", lambda: b"a,b\n1,2\n", "--column"),
    Case("formula.csv", lambda: b"title,text\n=cmd|' /C calc'!A0," + NEWS.replace(",", "").encode(), "", "lock at Senn"),
    Case("two-columns-of-one-name.csv", lambda: b"text,text\n,\n" + NEWS.replace(",", "").encode() + b",b\n", ""),
    Case("torso.parquet", lambda: b"PAR1" + noise(3000, 11), "Parquet"),
    Case("head-only.parquet", lambda: b"PAR1", "Parquet"),
    Case("wrong-shapes.jsonl", lambda: b'[]\n7\nnull\n"a"\n{"text": {}}\n{"text": "a", "blocks": 7}\n{"text": "a", "authors": {"x": []}}\n', "JSON object"),
    Case("no-text.json", lambda: b'{"headline": "Lock shut", "uri": "u", "type": "text"}', "no text"),
    Case("ninjs-wrong-shapes.json", lambda: b'{"uri": 7, "bodies": {"a": [[]]}, "headlines": [7, {"value": 8}], "infosources": [[[]]], "versioncreated": []}', "without a text"),
    Case("charset-with-zero.eml", lambda: mail("Content-Type: text/plain; charset=klin\x01\0n", NEWS + " Caf\xe9."), "", "lock at Senn"),
    Case("bad-base64.eml", lambda: mail("Content-Type: text/plain; charset=klingon\nContent-Transfer-Encoding: base64", "!!!" + base64.b64encode(NEWS.encode()).decode()), ""),
    Case("bad-headers.eml", lambda: mail("From: =?utf-8?b?////?= <\nDate: the day after\nSubject: =?x?q?" + "a" * 100_000, NEWS), "", "lock at Senn"),
    Case("no-text.eml", lambda: mail("Content-Type: multipart/mixed; boundary=b", "--b\nContent-Type: image/png\n\nx\n--b--"), "without a text"),
    Case("many-parts.eml", lambda: mail("Content-Type: multipart/mixed; boundary=b", "".join(f"--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n{NEWS} {n}\n" for n in range(2000))), "", "lock at Senn"),
    Case("attached-path.eml", lambda: mail("Content-Type: multipart/mixed; boundary=b", f"--b\n\n{NEWS}\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=../../out.txt\n\n{NEWS} Again.\n--b--"), "", "lock at Senn"),
    Case("torso.pdf", lambda: b"%PDF-1.7", "PDF"),
    Case("noise.pdf", lambda: pdf(noise(5000, 12)), "PDF"),
    Case("loop.pdf", lambda: pdf(b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >> endobj"), "PDF"),
    Case("bomb.pdf", lambda: pdf(b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj 3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R >> endobj 4 0 obj << /Length %d /Filter /FlateDecode >> stream\n" % 300_000 + zlib.compress(b"0" * 300_000_000) + b"\nendstream endobj"), "PDF"),
    Case("empty", lambda: b"", "empty"),
    Case("spaces.md", lambda: b" \n\t \n", "white space"),
)  # fmt: skip


def write(folder: Path) -> Iterator[tuple[Case, Path]]:
    """All files, in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / case.name).write_bytes(case.make())
        yield case, folder / case.name


if __name__ == "__main__":
    print(sum(1 for _ in write(Path(sys.argv[1]))), "files")
