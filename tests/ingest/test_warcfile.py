"""Our reader of WARC files beside warcio, which knows the format, and beside damage, which it does not survive."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from variorum.ingest.warcfile import WarcRecord, read_warc


def written(payloads: Sequence[bytes], gzipped: bool) -> bytes:
    """A WARC by warcio: a response and a request for each payload."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for number, payload in enumerate(payloads):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        for kind in ("response", "request"):
            body = io.BytesIO(payload if kind == "response" else b"")
            writer.write_record(
                writer.create_warc_record(f"https://a.example/{number}", kind, payload=body, http_headers=http)
            )
    return out.getvalue()


def read(data: bytes, limit: int = 1_000_000, seekable: bool = True) -> list[WarcRecord | str]:
    """All that our reader finds."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return seekable

    return list(read_warc(io.BufferedReader(Pipe(data)), lambda fields, head: True, limit))  # type: ignore[arg-type]


def uris(found: Sequence[WarcRecord | str]) -> list[str]:
    """Addresses of the whole responses found."""
    return [
        f.fields.get("warc-target-uri", "")
        for f in found
        if isinstance(f, WarcRecord) and f.fields.get("warc-type") == "response" and not f.fault
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=3000) | st.just(b"x" * 200_000), max_size=5), st.booleans(), st.booleans())
def test_the_same_records_as_warcio(payloads: list[bytes], gzipped: bool, seekable: bool) -> None:
    """Fields, blocks and places of every record, compressed and not, whatever the payload."""
    data = written(payloads, gzipped)
    theirs, iterator = [], ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    for record in iterator:
        block = record.content_stream().read()
        uri = record.rec_headers.get_header("WARC-Target-URI")
        theirs.append((record.rec_type, uri, block, iterator.get_record_offset()))
    ours = [r for r in read(data, seekable=seekable) if isinstance(r, WarcRecord)]
    assert [(r.fields["warc-type"], r.fields["warc-target-uri"], r.block, r.at[0]) for r in ours] == theirs
    assert all(r.fault is None for r in ours)
    if gzipped:  # each record can be cut out and read alone
        assert all(read(data[slice(*r.at)])[0].block == r.block for r in ours)  # type: ignore[union-attr]


PAGES = [b"<p>one</p>" * 40, b"<p>two</p>" * 40, b"<p>three</p>" * 40]
SOUND = {gzipped: written(PAGES, gzipped) for gzipped in (True, False)}
ALL = [f"https://a.example/{n}" for n in range(3)]


@pytest.mark.parametrize("seekable", [True, False])
@pytest.mark.parametrize("stated", [b"1", b"100", b"100000", b"999999999999", b"-5", b"many"])
def test_a_wrong_length_costs_one_record(stated: bytes, seekable: bool) -> None:
    """The records after it are found again."""
    data = written(PAGES, False)
    start = data.index(b"Content-Length: ", data.index(b"/1\r\n")) + 16
    end = data.index(b"\r\n", start)
    found = read(data[:start] + stated + data[end:], seekable=seekable)
    assert uris(found) == [ALL[0], ALL[2]]
    assert any(isinstance(f, str) or f.fault for f in found)


def test_a_damaged_member_costs_one_record() -> None:
    """Bytes changed within a member, and bytes between two."""
    data = bytearray(written(PAGES, True))
    members = [r.at for r in read(bytes(data)) if isinstance(r, WarcRecord)]
    begin, end = members[2]
    data[begin + 30 : end - 12] = b"\x00" * (end - begin - 42)
    assert uris(read(bytes(data))) == [ALL[0], ALL[2]]
    between = bytes(data[:begin]) + b"<html>garbage</html>" + bytes(data[end:])
    assert uris(read(between)) == [ALL[0], ALL[2]]


@pytest.mark.parametrize("gzipped", [True, False])
def test_cut_anywhere(gzipped: bool) -> None:
    """Whatever is missing at the end, what came before is there, and what is cut says so."""
    data = written(PAGES, gzipped)
    for cut in range(1, len(data), 37):
        found = read(data[:cut])
        assert uris(found) == ALL[: len(uris(found))]
        last = found[-1]
        assert isinstance(last, str) or last.fault or last.at[1] >= cut - 4


def test_one_gzip_member_for_all() -> None:
    """A WARC compressed as a whole breaks the rules and is read all the same."""
    assert uris(read(gzip.compress(written(PAGES, False)))) == ALL


def test_a_bomb_costs_one_record() -> None:
    """A record that unpacks to gigabytes is left before it does."""
    bomb = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 3000000000\r\n\r\n"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as out:
        out.write(bomb)
        for _ in range(300):
            out.write(b"a" * 1_000_000)
    good = written(PAGES, True)
    found = read(packed.getvalue() + good, limit=1000)
    assert uris(found) == ALL
    assert isinstance(found[0], WarcRecord)
    assert "times its size" in (found[0].fault or "")
    assert len(found[0].block) < 70_000


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=600), st.integers(0, 3000), st.booleans())
@example(b"\x00\x00\x00", 1203, False)  # the line ends between two records
def test_any_damage(noise: bytes, place: int, gzipped: bool) -> None:
    """Noise anywhere raises nothing, and every record outside of it is found."""
    data = SOUND[gzipped]
    place = 3 + place % (len(data) - 3)  # the first bytes tell that it is compressed
    end = place + len(noise)
    sound = [r for r in read(data) if isinstance(r, WarcRecord) and (r.at[1] <= place or r.at[0] >= end)]
    assert set(uris(sound)) <= set(uris(read(data[:place] + noise + data[end:])))
