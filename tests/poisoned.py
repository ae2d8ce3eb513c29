"""An article that kills whoever annotates it, for tests of what becomes of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from variorum.batch.trail import Trail
from variorum.batch.works import Annotate, Batches, Rows, annotator
from variorum.model import Article

#: A file to which each dying process adds a line; its folder is the poisoned run's.
DEATHS = "VARIORUM_TEST_DEATHS"


class Poisoned(Annotate):
    """`Annotate` that is killed, as by the system, when it comes to an article with the word "poison"."""

    __slots__ = ()

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        """As `Annotate.rows`, as long as it lives."""
        reader = annotator(self.config)
        each = type(reader).each

        def deadly(window: Sequence[Article]) -> object:
            if any("poison" in article.text for article in window):
                with Path(os.environ[DEATHS]).open("a") as file:
                    file.write("died\n")
                os.kill(os.getpid(), signal.SIGKILL)
            return each(reader, window)

        reader.each = deadly  # type: ignore[method-assign, assignment]
        yield from Annotate.rows(self, batches, part, trail)
