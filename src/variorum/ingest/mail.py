"""Mail: alerts and newsletters as ``.eml``, the text of each and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final, cast

from variorum.ingest.article import Hints
from variorum.ingest.records import Record, problem, said, stamp_of
from variorum.model import Problem

_ENOUGH: Final = 60  # words of plain text; less is a note that the mail is best seen as a page
_TAG: Final = re.compile(rb"<[a-zA-Z!/][^>]*>")
_READABLE: Final = ("text/", "application/pdf", "application/json", "application/xml", "message/rfc822")


def read_mail(data: bytes, name: str) -> Iterator[Record | Problem | tuple[str, bytes]]:
    """The text of a mail as a record, then its readable attachments as names with bytes."""
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.default)
        yield _text(message, name)
        yield from _attached(message, name)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as exc:
        # the standard library's parser lets such errors through on headers that break the rules
        yield problem(name, f"a mail that cannot be read ({said(exc)})")


def _text(message: EmailMessage, name: str) -> Record | Problem:
    plain, page = (_part(message, kind) for kind in ("plain", "html"))
    if plain is None and page is None:
        return problem(name, "a mail without a text; nothing to read")
    chosen = plain if plain and (page is None or len(plain[0].split()) >= _ENOUGH) else page or plain
    assert chosen is not None
    sender = parseaddr(_header(message, "from") or "")[0]
    hints = Hints(
        name,
        title=_header(message, "subject"),
        site_name=sender or None,
        published=stamp_of(_header(message, "date")),
    )
    return Record(chosen[0], hints, "page" if chosen is page else "text", chosen[1])


def _part(message: EmailMessage, kind: str) -> tuple[bytes, str | None] | None:
    part = message.get_body((kind,))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return None
    return payload, part.get_content_charset()


def _header(message: EmailMessage, name: str) -> str | None:
    """A header as text; damaged bytes in it are marked, not kept as half characters."""
    try:
        value = message.get(name)
    except (ValueError, LookupError, TypeError, AttributeError):  # what breaks the rules of headers breaks their parser
        return None
    return str(value).encode("utf-8", "replace").decode("utf-8").strip() or None if value is not None else None


def _attached(message: EmailMessage, name: str) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.iter_attachments(), 1):
        if not part.get_content_type().startswith(_READABLE):
            continue
        payload = part.get_payload(decode=True)
        if payload is None and part.get_content_type() == "message/rfc822":
            payload = cast(list[EmailMessage], part.get_payload())[0].as_bytes()
        if isinstance(payload, bytes) and payload.strip():
            yield f"{name}#{part.get_filename() or number}", payload
