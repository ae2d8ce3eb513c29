"""What all exports share: JSON as bytes, characters that no file can hold, dates, libraries that may be absent."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, Final

from variorum.errors import MissingDependencyError
from variorum.model import Stamp
from variorum.text.stamps import interval

# Characters that XML 1.0 cannot hold in any spelling, and halves of surrogate pairs, which no file can.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISO: Final = re.compile(
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
)


def json_bytes(value: object) -> bytes:
    """``value`` as JSON. Keys keep their order. ``<`` is written as an escape, so that the text can stand in the script
    element of a page whatever the reports say. Half a surrogate pair becomes a question mark, as in edition.json."""
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f"{text}\n".encode("utf-8", "replace")


def writable(text: str) -> str:
    """The text with U+FFFD for each character that neither XML nor UTF-8 can hold; the length stays."""
    return _UNWRITABLE.sub("\ufffd", text)


def urn(identity: str) -> str:
    """The name of a record outside its edition. Ids are hashes of content, so it is the same in every edition."""
    return f"urn:variorum:{re.sub(r'[^A-Za-z0-9._~-]', lambda m: ''.join(f'%{b:02X}' for b in _utf8(m[0])), identity)}"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def web(url: str | None) -> str | None:
    """``url`` if it leads to the web and can stand as an IRI."""
    return url if url and re.fullmatch(r"(?i)https?://[^\s<>\"{}|\\^`\x00-\x20]+", url) else None


def date_parts(value: str | None) -> dict[str, int]:
    """What an ISO date or time states, by name: ``year``, ``month``, ``day``, ``hour``, ``minute``, ``second``; nothing
    of what is no date, such as the 31st of June."""
    match = _ISO.fullmatch(value or "") if instant(value) else None
    names = ("year", "month", "day", "hour", "minute", "second")
    return {n: int(v) for n, v in zip(names, match.groups(), strict=True) if v is not None} if match else {}


def instant(value: str | None) -> datetime | None:
    """The first moment that an ISO date or time may mean, in UTC; a time without a zone is taken as UTC."""
    found = interval(Stamp(value, "day", "stated")) if value else None
    return datetime.fromtimestamp(found[0], UTC) if found else None


def value_of(stamp: Stamp | None) -> str | None:
    """The date of an article, if it has one."""
    return stamp.value if stamp else None


def library(name: str, form: str, extra: str) -> Any:
    """The module ``name``. Raises `MissingDependencyError`, which says how to install what ``form`` needs."""
    try:
        return import_module(name)
    except ImportError as exc:
        package = name.partition(".")[0]
        raise MissingDependencyError(
            f"{form} needs the package {package}: pip install 'variorum[{extra}]' (or: pip install {package})"
        ) from exc
