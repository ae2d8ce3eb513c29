"""What a worker leaves behind when it dies: so the next one knows at which article, and in the end passes over it.

A worker that has died once goes through its part one article at a time and notes each before it begins. An article at
which three have died is set aside with that reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

Item = TypeVar("Item")
DEATHS: Final = 3  # of workers at one article before it is set aside
TRIES: Final = 60  # of one part, before the run gives up: at something that is no article
_MANY: Final = 16  # articles that a worker takes at once


class Trail:
    """The trail of one part, in a file that is there while somebody works on it. Another run begins anew."""

    def __init__(self, path: Path, run: str) -> None:
        self._path, self._run = path, run
        held = self._read()
        self._tries: int = held.get("tries", 0)
        self._fallen: dict[str, int] = held.get("fallen", {})
        self.careful = self._tries > 0
        if at := held.get("at"):
            # The first to die took several at once, and this one was among them.
            self._fallen[at] = self._fallen.get(at, 1) + 1
        self._tries += 1
        self._note(None)

    def windows(self, items: Iterable[Item], name: Callable[[Item], str]) -> Iterator[tuple[list[Item], list[Item]]]:
        """Items a few at a time (one, after a death), with those before them that are to be set aside."""
        taken: list[Item] = []
        aside: list[Item] = []
        for item in items:
            if self._fallen.get(name(item), 0) >= DEATHS:
                if taken:
                    yield taken, aside
                    taken, aside = [], []
                aside.append(item)
                continue
            taken.append(item)
            if self.careful:
                self._note(name(item))
            if self.careful or len(taken) == _MANY:
                yield taken, aside
                taken, aside = [], []
        if taken or aside:
            yield taken, aside

    def set_aside(self, name: str) -> bool:
        """Whether something is to be passed over; else it is begun, which is noted after a death."""
        if self._fallen.get(name, 0) >= DEATHS:
            return True
        if self.careful:
            self._note(name)
        return False

    def end(self) -> None:
        """The part is done."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            held = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) and held.get("run") == self._run else {}

    def _note(self, at: str | None) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        note = {"run": self._run, "tries": self._tries, "at": at, "fallen": self._fallen}
        unfinished = self._path.with_suffix(".note")
        unfinished.write_text(json.dumps(note), "utf-8")
        unfinished.replace(self._path)


def reason(doing: str) -> str:
    """Why an article was set aside."""
    return f"{DEATHS} processes died {doing} it; set aside, all else went on"
