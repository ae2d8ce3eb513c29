"""Dead and injured by report and by incident, of the invented incidents of ``golden/incidents``; open and kept apart.

    python bench/incidents.py [--errors]

A report is read as a scraped text: headline, chrome, related links and all. A number is right where both ends are those
of the gold. An incident has the toll of its latest report that tells one; where its reports differ, the reader may
abstain: the scores in brackets are those of incidents whose reports agree. The peer is a regular expression that takes
the largest number beside a word for dead or hurt. ``--errors`` lists what is wrong in the open part.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from variorum.annotate import Annotator
from variorum.compare.toll import Setting, Tally, tally, together
from variorum.ingest import Ingest
from variorum.model import Annotation, Article, TollReading

FOLDER: Final = Path(__file__).parents[1] / "golden" / "incidents"
ROLES: Final = ("killed", "injured")
Row = dict[str, Any]

_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS: Final = {w: n for n, w in enumerate(_ONES, 1)} | {"a": 1, "an": 1, "no": 0}
_WORDS: Final = {"killed": r"dead|killed|died|deaths", "injured": r"injured|hurt|wounded|injuries"}


def regex_toll(text: str, role: str) -> float | None:
    """The largest number within four words of a word for dead or hurt."""
    number = rf"\b(\d[\d,]*|{'|'.join(_NUMBERS)})\b"
    found = re.findall(rf"(?i){number}(?: [\w'-]+){{0,4}}? (?:{_WORDS[role]})\b", text)
    found += re.findall(
        rf"(?i)\b(?:{_WORDS[role][:6]}\w*|killing|injuring|wounding) (?:[\w'-]+ ){{0,2}}?{number}", text
    )
    values = [_NUMBERS.get(x.lower()) if x[0].isalpha() else float(x.replace(",", "")) for x in found]
    return max((v for v in values if v is not None), default=None)


def article(row: Row) -> Article:
    """A report as ingest makes it of scraped text."""
    record = {"id": row["report"], "text": row["text"], "published": row["published"], "publisher": row["outlet"]}
    return Ingest.from_json(record, source=row["report"])


def of_part(row: Row) -> str:
    """Open, kept, or of the later open ones."""
    return "more" if row["incident"][0] in "uw" else row["part"]


class Score:
    """How often a number was told, wanted and right."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, told: Sequence[float | None] | None, wanted: Sequence[float | None] | None) -> bool:
        """Counts one number; whether it is as wanted. None of an end is open, None of all tells nothing."""
        if wanted is None and told is not None and list(told) == [0, 0]:
            return True  # "no one was hurt" beside a gold that says nothing
        right = told is not None and wanted is not None and list(told) == list(wanted)
        if told is None and list(wanted or ()) == [0, 0]:
            return True
        self.count.update({"told": told is not None, "wanted": wanted is not None, "right": right})
        return right or (told is None and wanted is None)

    def __str__(self) -> str:
        told, wanted, right = (self.count[k] for k in ("told", "wanted", "right"))
        return f"P {100 * right / max(1, told):.1f} R {100 * right / max(1, wanted):.1f} ({right}/{told}/{wanted})"


def ends(reading: TollReading | None) -> list[float | None] | None:
    """Both ends of a reading."""
    return None if reading is None else [reading.low, reading.high]


def main() -> None:
    """Print the scores of both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    reports = [json.loads(line) for name in ("reports", "more") for line in (FOLDER / f"{name}.jsonl").open()]
    incidents = [json.loads(line) for line in (FOLDER / "incidents.jsonl").open()]
    articles = [article(row) for row in reports]
    found = [a for a in Annotator().annotate(articles) if isinstance(a, Annotation)]
    read = [
        tally(a.text, n.quantities, Setting(r["published"], n.times))
        for a, n, r in zip(articles, found, reports, strict=True)
    ]
    for part in ("open", "more", "kept"):
        rows = [(r, a, t) for r, a, t in zip(reports, articles, read, strict=True) if of_part(r) == part]
        print(f"## {part}: {len(rows)} reports")
        show = options.errors and part != "kept"
        score_reports(rows, show=show)
        if part == "more":
            continue  # one report an incident
        score_incidents(rows, [i for i in incidents if i["part"] == part], show=show)


def score_reports(rows: Sequence[tuple[Row, Article, Tally]], *, show: bool) -> None:
    """Print what is right by report."""
    for role in ROLES:
        ours, sure, peer = Score(), Score(), Score()
        for row, made, read in rows:
            reading, wanted = getattr(read, role), row[role]
            right = ours.add(ends(reading), wanted)
            if reading is None or reading.sure:
                sure.add(ends(reading), wanted)
            guess = regex_toll(row["text"], role)
            peer.add(None if guess is None else [guess, guess], wanted)
            if show and not right:
                words = [made.text[slice(*s)] for s in reading.spans] if reading else []
                print(f"  {row['report']} {role}: {ends(reading)} {words} for {wanted}")
        print(f"report {role}: {ours}; sure {sure}; regex {peer}")


def score_incidents(rows: Sequence[tuple[Row, Article, Tally]], incidents: Sequence[Row], *, show: bool) -> None:
    """Print what is right by incident."""
    for role in ROLES:
        ours, sure = Score(), Score()
        for incident in incidents:
            mine = sorted(
                (r for r in rows if r[0]["incident"] == incident["incident"]), key=lambda r: r[0]["published"]
            )
            reading = together([getattr(t, role) for _, _, t in mine])
            wanted = [incident[role]] * 2
            right = ours.add(ends(reading), wanted)
            if reading is not None and reading.sure:
                sure.add(ends(reading), wanted)
            if show and not right:
                print(f"  {incident['incident']} {role}: {ends(reading)} for {wanted}")
        print(f"incident {role}: {ours}; where reports agree {sure}")


if __name__ == "__main__":
    main()
