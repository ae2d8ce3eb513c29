"""An article that kills whoever annotates it, and a record whoever reads it, for tests of what becomes of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from variorum.batch.trail import Trail
from variorum.batch.works import Annotate, Batches, Read, Rows, annotator
from variorum.ingest import reader as reading
from variorum.ingest.records import Record
from variorum.model import Article

#: A file to which each dying process adds a line; its folder is the poisoned run's.
DEATHS = "VARIORUM_TEST_DEATHS"


def die() -> None:
    """Be killed, and leave a line."""
    with Path(os.environ[DEATHS]).open("a") as file:
        file.write("died\n")
    os.kill(os.getpid(), signal.SIGKILL)


class PoisonedRead(Read):
    """`Read` that is killed, as by the system, at a record with the word "poison"."""

    __slots__ = ()

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        """As `Read.rows`, as long as it lives."""
        read_record = reading.read_record

        def deadly(record: Record, *more: Any) -> Any:
            if b"poison" in record.data:
                die()
            return read_record(record, *more)

        reading.read_record = deadly  # type: ignore[assignment]
        try:
            yield from Read.rows(self, batches, part, trail)
        finally:
            reading.read_record = read_record


class Poisoned(Annotate):
    """`Annotate` that is killed, as by the system, when it comes to an article with the word "poison"."""

    __slots__ = ()

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        """As `Annotate.rows`, as long as it lives."""
        reader = annotator(self.config)
        each = type(reader).each

        def deadly(window: Sequence[Article]) -> object:
            if any("poison" in article.text for article in window):
                die()
            return each(reader, window)

        reader.each = deadly  # type: ignore[method-assign, assignment]
        yield from Annotate.rows(self, batches, part, trail)
