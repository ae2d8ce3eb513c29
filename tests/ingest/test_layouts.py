"""Thirty invented pages that imitate what common CMS themes produce, against gold written before the code."""

from __future__ import annotations

from pathlib import Path

import layouts as gold
import pytest

LAYOUTS = gold.layouts()
UNMET = set((gold.FOLDER / "unmet.txt").read_text("utf-8").splitlines())
ARTICLES = [layout for layout in LAYOUTS if "blocks" in layout.gold]


@pytest.mark.parametrize("layout", ARTICLES, ids=lambda layout: layout.name)
def test_layout(layout: gold.Layout) -> None:
    """Metadata, every paragraph with its kind, and no chrome among them; what is not met yet stands in unmet.txt."""
    article, _ = gold.read(layout)
    assert article is not None
    missed = {f"{layout.name}: {miss}" for miss in gold.misses(layout, article)}
    unmet = {line for line in UNMET if line.startswith(f"{layout.name}: ")}
    assert sorted(missed - unmet) == []
    assert sorted(unmet - missed) == [], "met now: take these lines out of unmet.txt"


def test_every_unmet_line_belongs_to_a_layout() -> None:
    """A layout that is renamed takes its lines along."""
    assert {line.split(": ", 1)[0] for line in UNMET if line} <= {layout.name for layout in LAYOUTS}
    assert len(LAYOUTS) >= 30
    assert all(Path(gold.FOLDER, f"{layout.name}.html").is_file() for layout in LAYOUTS)
