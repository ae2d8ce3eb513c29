"""Attribution on PolNeAR's development part, by the scorer that all figures in the documentation use.

    python bench/attribution.py [--part dev|train] [--every N] [--out FILE] [--attribution taggers|rules]

Reads ``$VARIORUM_SHARED`` (default ``../shared``). PolNeAR is flat: rows inside another row and relays are not scored.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from variorum.annotate import AnnotateConfig, Annotator
from variorum.model import Annotation, Article, Attribution

BENCH = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parents[2] / "shared")) / "bench"
FILTERS = {
    "all": None,
    "direct+mixed": lambda quote: quote["kind"] != "indirect",
    "reporting": lambda quote: quote.get("reporting"),
}


def read(part: str, every: int) -> list[dict[str, Any]]:
    """The articles of a part, one in ``every``."""
    lines = (BENCH / "data" / f"attribution_polnear_{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[::every]]


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("attribution_score", BENCH / "score" / "attribution.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_quotes(rows: Iterable[Attribution]) -> list[dict[str, Any]]:
    """Rows in the scorer's shape. A continuation that names nobody is given the source of the row that it continues."""
    rows = list(rows)
    spans = {row.id: row.span for row in rows}
    return [
        {"span": [list(s) for s in row.content], "speaker": list(span) if span else None}
        for row in rows
        if row.within is None and not row.relay
        for span in [row.span or spans.get(row.continues or "")]
    ]


def main() -> None:
    """Annotate, score, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", default="dev")
    arguments.add_argument("--every", type=int, default=1)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--attribution", default="taggers")
    options = arguments.parse_args()
    gold = read(options.part, options.every)
    articles = [Article(id=g["id"], source=g["id"], text=g["text"], language="en") for g in gold]
    began = time.perf_counter()
    read_out = [
        a
        for a in Annotator(AnnotateConfig(attribution=options.attribution)).annotate(articles)
        if isinstance(a, Annotation)
    ]
    seconds = time.perf_counter() - began
    predicted = {a.id: as_quotes(a.attributions) for a in read_out}
    if options.out:
        lines = (json.dumps({"id": key, "quotes": quotes}) for key, quotes in predicted.items())
        options.out.write_text("\n".join(lines) + "\n", "utf-8")
    score = scorer().score
    print(f"{len(gold)} articles of {options.part} in {seconds:.1f} s")
    for name, keep in FILTERS.items():
        result = score(gold, predicted, keep)
        figures = " / ".join(f"{result[k]['F1']}" for k in ("exact", "partial", "e2e"))
        print(f"{name:13} exact / partial / e2e F1: {figures}   speaker {result['speaker_acc']}   {result['partial']}")


if __name__ == "__main__":
    main()
