"""WARC archives, streamed: every response with a page or a text in it is a record. Memory is that of one record."""

from __future__ import annotations

import re
import zlib
from typing import IO, Final, Literal

from variorum.ingest.article import Hints
from variorum.ingest.records import Found, IngestConfig, Record, problem, stamp_of, too_large
from variorum.ingest.warcfile import WarcRecord, read_warc

_TYPES: Final[dict[str, Literal["page", "text"]]] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
}
_HTTP_END: Final = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE: Final = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\n]*\n")


def read_archive(stream: IO[bytes], name: str, config: IngestConfig) -> Found:
    """Records and problems of one archive in its order; ``source`` is ``name#url``."""
    responses = 0
    for record in read_warc(stream, _is_wanted, config.max_bytes):
        if isinstance(record, str):
            yield problem(name, record)
            continue
        kind = record.fields.get("warc-type", "").lower()
        if kind in ("response", "resource", "conversion"):
            responses += 1
            yield from _page(record, name, config.max_bytes)
    if not responses:
        yield problem(name, "a WARC archive without a response record; nothing to read")


def _page(record: WarcRecord, name: str, limit: int) -> Found:
    url = record.fields.get("warc-target-uri", "").strip("<> ")
    place = f"{name}#{url or record.at[0]}"
    http, payload = _http(record.fields, record.block)
    if http is None:
        if _is_http(record.fields):
            yield problem(place, record.fault or "a response without an HTTP header; left out")
        return
    form = _form(http)
    if form is None or not http.get(":status", "200").startswith("2"):
        return
    body = _decoded(payload, http, limit) if len(payload) <= limit else too_large("this page", limit)
    if isinstance(body, str):
        yield problem(place, body)
        return
    hints = Hints(place, url=url or None, retrieved=stamp_of(record.fields.get("warc-date")))
    if body.strip():
        yield Record(body, hints, form, _charset(http), at=record.at)
    if record.fault or not body.strip():
        yield problem(place, record.fault or "an empty page; nothing to read")


def _is_wanted(fields: dict[str, str], head: bytes) -> bool:
    if fields.get("warc-type", "").lower() not in ("response", "resource", "conversion"):
        return False
    http, _ = _http(fields, head)
    return http is not None and _form(http) is not None


def _is_http(fields: dict[str, str]) -> bool:
    return fields.get("content-type", "").lower().startswith("application/http")


def _http(fields: dict[str, str], block: bytes) -> tuple[dict[str, str] | None, bytes]:
    """The HTTP header fields of a block (``:status`` is the code) and what follows them; a block without HTTP has the
    content type of its record. None where HTTP was promised and there is none."""
    if not _is_http(fields):
        return {"content-type": fields.get("content-type", "")}, block
    end = _HTTP_END.search(block, 0, 1 << 16)
    if not block.startswith(b"HTTP/") or end is None:
        return None, block
    status, *lines = block[: end.start()].decode("latin-1").splitlines()
    http = {":status": [*status.split(None, 2), "", ""][1]}
    for line in lines:
        field, _, value = line.partition(":")
        http.setdefault(field.strip().lower(), value.strip())
    return http, block[end.end() :]


def _form(http: dict[str, str]) -> Literal["page", "text"] | None:
    return _TYPES.get(http.get("content-type", "").partition(";")[0].strip().lower())


def _charset(http: dict[str, str]) -> str | None:
    return http.get("content-type", "").lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None


def _decoded(payload: bytes, http: dict[str, str], limit: int) -> bytes | str:
    """The payload without its transfer and content encodings, or why it cannot be had."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        payload = _unchunked(payload)
    for encoding in reversed(http.get("content-encoding", "").lower().split(",")):
        kind = encoding.strip()
        if kind in ("", "identity", "none", "utf-8"):
            continue
        # Many crawlers take the encoding off and leave the header: then the bytes do not look like it.
        if kind in ("gzip", "x-gzip") and payload.startswith(b"\x1f\x8b"):
            unpacked = _inflated(payload, 31, limit)
        elif kind == "deflate" and not payload.lstrip().startswith(b"<"):
            unpacked = _inflated(payload, 15 if payload[:1] == b"\x78" else -15, limit)
        elif kind == "br" and not payload.lstrip().startswith(b"<"):
            return "a page packed with Brotli, which is not read; store it unpacked"
        elif kind not in ("gzip", "x-gzip", "deflate", "br") and b"<" not in payload[:1024]:
            return f"a page packed as {kind[:20]!r}, which is not read; store it unpacked"
        else:
            continue
        if len(unpacked) > limit:
            return too_large("this page", limit)
        payload = unpacked
    return payload


def _inflated(data: bytes, window: int, limit: int) -> bytes:
    """What ``data`` unpacks to, as far as it can be, and no further than one byte over ``limit``."""
    inflate, out = zlib.decompressobj(wbits=window), bytearray()
    for start in range(0, len(data), 1 << 16):
        piece = data[start : start + (1 << 16)]
        while piece and len(out) <= limit:
            try:
                out += inflate.decompress(piece, 1 << 20)
            except zlib.error:
                return bytes(out)
            piece = inflate.unconsumed_tail
    return bytes(out[: limit + 1])


def _unchunked(data: bytes) -> bytes:
    """The chunks of ``data`` joined; from where they break their own rules, the rest as it is."""
    pieces: list[bytes] = []
    place = 0
    while match := _CHUNK_SIZE.match(data, place):
        size = int(match[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(data[match.end() : match.end() + size])
        place = match.end() + size
        if data[place : place + 2] == b"\r\n":
            place += 2
        elif data[place : place + 1] != b"\n":
            break
    return b"".join([*pieces, data[place:]])
