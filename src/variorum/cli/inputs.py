"""What the commands read: articles, editions, and records that other commands wrote."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from variorum.cli.config import fetcher_of
from variorum.cli.stores import edition_of
from variorum.errors import InputError, UsageError

if TYPE_CHECKING:
    from variorum.model import Article, Edition, Problem
    from variorum.pipeline import Config


def sources(inputs: Iterable[str]) -> list[str | IO[bytes]]:
    """What is named; - is standard input."""
    return [sys.stdin.buffer if name == "-" else name for name in inputs]


def read_articles(inputs: Iterable[str], config: Config, listed: list[Problem]) -> Iterator[Article]:
    """The articles in what is named; what goes wrong is added to ``listed``."""
    from variorum.ingest import Ingest
    from variorum.model import Problem

    for item in Ingest(config.ingest, fetcher_of(config)).read(sources(inputs)):
        if isinstance(item, Problem):
            listed.append(item)
        else:
            yield item


def read_edition(path: Path) -> Edition:
    """The edition of a file, of the folder that `collate -o` wrote, of standard input (``-``), or of a library
    (``library:COLLECTION``, ``library:COLLECTION/STORY``)."""
    from variorum.edition import from_json

    if str(path).startswith("library:"):
        return edition_of(str(path).removeprefix("library:"))

    file = path / "edition.json" if path.is_dir() else path
    try:
        return from_json(sys.stdin.buffer.read() if str(path) == "-" else file.read_bytes(), str(file))
    except OSError as exc:
        raise UsageError(f"{file}: {exc.strerror}; `variorum collate … -o DIR` writes one") from exc
    except InputError as exc:
        raise UsageError(str(exc)) from exc


def read_records(path: Path, shape: type[Any]) -> list[Any]:
    """The records of a file, one a line; a line that is none is wrong usage."""
    import msgspec

    rows = []
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        rows.append(msgspec.json.decode(line, type=shape))
                    except msgspec.DecodeError as exc:
                        raise UsageError(f"{path}, line {number}: {exc}") from exc
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror}") from exc
    return rows
