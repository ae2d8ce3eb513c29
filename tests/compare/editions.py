"""Editions of invented reports, read through the whole pipeline, and what they set side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import variorum
from variorum.model import Claim, Conflict, Edition


def edition(folder: Path, title: str, reports: Sequence[tuple[str, str]]) -> Edition:
    """The edition of reports: each a line or two that stand below the title, and its paragraphs."""
    for number, (head, text) in enumerate(reports):
        paragraphs = "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
        (folder / f"{number}.txt").write_text(f"{title}\n{head}\n\n{paragraphs}\n", encoding="utf-8")
    return variorum.collate([folder])


def claim_with(of: Edition, words: str) -> Claim:
    """The first claim with a statement that has these words."""
    ids = {s.id for s in of.statements if words in " ".join(s.text.split())}
    return next(c for story in of.stories for c in story.claims if ids & set(c.statements))


def relations(of: Edition, one: str, other: str) -> Sequence[str]:
    """What relations the output has between two statements; "reversed" where the later state is put first."""
    found = []
    for conflict in (c for story in of.stories for c in story.conflicts):
        left, right = _places(of, conflict, one), _places(of, conflict, other)
        if any(x != y for x in left for y in right):
            found.append(conflict.relation if conflict.relation != "update" or min(left) < max(right) else "reversed")
    return found


def disputes(of: Edition, one: str, other: str) -> Sequence[str]:
    """Of these relations those that say that the two do not hold together, in the order told."""
    return [relation for relation in relations(of, one, other) if relation in ("contradiction", "update")]


def _places(of: Edition, conflict: Conflict, words: str) -> list[int]:
    """The readings that hold a statement with these words."""
    text = {s.id: " ".join(s.text.split()) for s in of.statements}
    return [n for n, r in enumerate(conflict.readings) if any(words in text[s] for s in r.statements)]
