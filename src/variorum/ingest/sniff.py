"""What a file is, by its first bytes; its suffix decides only between kinds of text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

from variorum.ingest.columns import looks_like_header

Kind = Literal["warc", "zip", "parquet", "jsonl", "csv", "pdf", "json", "feed", "newsml", "mail", "page", "text"]

HEAD: Final = 8192  # bytes that decide
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
_JSONL_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
_CSV_SUFFIXES: Final = frozenset({".csv", ".tsv"})
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<div", b"<article", b"<p>")
_TAGS: Final = (b"</p>", b"</div>", b"</a>", b"<br", b"</span>", b"</html>", b"</head>", b"</title>", b"</script>")
_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"WARC/", "warc"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
)
_ROOTS: Final[dict[bytes, Kind]] = {
    b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"channel": "feed",
    b"newsitem": "newsml", b"newsmessage": "newsml", b"packageitem": "newsml",
}  # fmt: skip
_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})[\s/>]")
_PROLOGUE: Final = re.compile(rb"<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
_MAIL: Final = re.compile(
    rb"(?:From |(?:return-path|received|delivered-to|message-id|mime-version|dkim-signature|from|to|subject|date"
    rb"|x-[\w-]+|reply-to|list-[\w-]+):)[^\n]*\n(?:(?:[ \t][^\n]*|[\w-]+:[^\n]*)\r?\n){2,}",
    re.I,
)
_MAIL_SURE: Final = re.compile(rb"^(?:mime-version|message-id|received):", re.I | re.M)


def kind_of_bytes(head: bytes, name: str) -> Kind:
    """What begins with ``head`` (about `HEAD` bytes, gzip taken off) and is called ``name``."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    suffix = suffix_of(name)
    if _looks_like_jsonl(head, suffix):
        return "jsonl"
    if suffix in _CSV_SUFFIXES or (suffix not in _HTML_SUFFIXES and looks_like_header(head)):
        return "csv"
    start = head.lstrip(_SPACE)
    if start.startswith(b"{") or (suffix == ".json" and start.startswith(b"[")):
        return "json"
    if root := _root(head):
        return root
    if suffix == ".eml" or (_MAIL.match(start) and _MAIL_SURE.search(head)):
        return "mail"
    return "page" if looks_like_html(head, suffix) else "text"


def suffix_of(name: str) -> str:
    """The suffix that says what a file holds: ``.gz`` says nothing."""
    return Path(name.removesuffix(".gz")).suffix.lower()


def _root(head: bytes) -> Kind | None:
    """The kind of XML document that the first element makes it, if it is one of ours."""
    narrow = head.replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")) else head
    start = narrow.lstrip(_SPACE + b"\xff\xfe")
    if not start.startswith(b"<"):
        return None
    match = _ROOT.search(_PROLOGUE.sub(b"", start))
    return _ROOTS.get(match[1].lower()) if match else None


def _looks_like_jsonl(head: bytes, suffix: str) -> bool:
    start = head.lstrip(_SPACE)
    if suffix in _JSONL_SUFFIXES:
        return not start or b"\x00" not in start
    if not start.startswith(b"{"):
        return False
    first, *rest = start.split(b"\n", 1)
    if suffix == ".json" and not (rest and rest[0].lstrip().startswith(b"{")):
        return False
    line = first.rstrip()
    return line.endswith(b"}") or (len(line) >= HEAD - 16 and line.startswith((b'{"', b'{ "')))


def looks_like_html(data: bytes, suffix: str) -> bool:
    """Whether a text that is nothing else is a page."""
    head = data[:HEAD].lstrip(_SPACE).lower()
    if head.startswith(_HTML_STARTS):
        return True
    tags = sum(data[: 8 * HEAD].lower().count(tag) for tag in _TAGS)
    if suffix in _HTML_SUFFIXES:
        return tags > 0 or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.startswith(b"<") and tags > 2
