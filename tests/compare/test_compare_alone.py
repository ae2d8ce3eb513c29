"""What a story costs that one report tells alone: most of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import desk as desks
import pytest
from desk import Desk

from variorum.text.embed import WordHashEmbedder


class _Counting(WordHashEmbedder):
    """Remembers what it was asked for."""

    asked: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.asked = []

    def embed(self, texts: Sequence[str]) -> Any:
        """The vectors of `WordHashEmbedder`."""
        self.asked += texts
        return super().embed(texts)


SENTENCES = (
    "The Harbour Board closed the old bridge at Velm after the flood.",
    "Pumps from Tarn cleared the cellars of the school.",
    "A baker lost his oven.",
)


@pytest.mark.parametrize(("outlets", "asked"), [(("Velm Post",), 0), (("Velm Post", "Tarn Echo"), 2 * len(SENTENCES))])
def test_one_report_alone_needs_no_vectors(
    outlets: tuple[str, ...], asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else has to be found saying the same in other words."""
    embedder = _Counting()
    monkeypatch.setattr(desks, "WordHashEmbedder", lambda: embedder)
    desk = Desk()
    desk.knows("place", "Velm", "Tarn")
    desk.knows("organisation", "Harbour Board")
    for outlet in outlets:
        report = desk.report(outlet)
        for sentence in SENTENCES:
            report.says(sentence if outlet == "Velm Post" else f"In short: {sentence}")
    desk.story()
    ours = [text for text in embedder.asked if any(sentence in text for sentence in SENTENCES)]
    assert len(set(ours)) == asked
