"""What strict readers said of what was shown of real stories (`golden/real`): ids, offsets and verdicts, never text.

A line that does not fit is refused, with its number and why.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import msgspec

FILE: Final = Path(__file__).parent / "real/verdicts.jsonl"

Kind = Literal["corroborated", "conflict", "brief", "timeline"]
Say = Literal["right", "too_high", "soft", "wrong"]
#: Words of an article: its id, and the offsets in its text as it is ingested.
Place = tuple[str, int, int]

#: Why something is not right, by kind; what each means stands in `real/README.md`.
CAUSES: Final[dict[Kind, tuple[str, ...]]] = {
    "corroborated": (
        *("one_source", "copied", "says_more", "not_same", "other_value"),
        *("no_claim", "hoax", "stray", "torn", "repeats"),
    ),
    "conflict": (
        *("wrong_sentence", "other_matter", "not_same", "wrong_holder"),
        *("hoax", "misread", "relation", "repeats"),
    ),
    "brief": ("repeats", "dangling", "off_topic", "untrue", "superseded", "other_event", "torn"),
    "timeline": (
        *("wrong_date", "wrong_status", "off_topic", "repeats"),
        *("dangling", "superseded", "hoax", "torn"),
    ),
}
#: Causes that depend on what else is shown: without it, the same thing may be right.
BESIDE: Final = frozenset({"repeats", "dangling", "superseded"})
#: Causes that lie in where reports have it from, whatever else stands beside them.
OF_ORIGIN: Final = frozenset({"one_source", "copied"})
#: Faults that a conflict may have and be one.
MILD: Final = frozenset({"relation", "wrong_holder"})


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One verdict of one reader on one thing shown: on the statements that were made one claim, the readings of a
    conflict (``readings``: which ``spans`` are of each), a sentence of the brief (wherever it stands in these words)
    or an entry of the timeline.

    ``sha`` are the first twelve digits of the SHA-256 of what each span held. Of a claim, ``shown`` is the span whose
    words were its text, ``stray`` those that do not tell it, ``support`` how many stood behind it: articles, and least
    and most newsrooms and roots.
    """

    corpus: Literal["fnc", "ecb"]
    story: str
    batch: str
    kind: Kind
    spans: tuple[Place, ...]
    sha: tuple[str, ...]
    verdict: Say
    reader: str
    cause: str | None = None
    shown: int | None = None
    stray: tuple[int, ...] = ()
    support: tuple[int, ...] = ()
    readings: tuple[tuple[int, ...], ...] = ()
    relation: str | None = None
    begin: str | None = None
    status: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Its story."""
        return self.corpus, self.story

    @property
    def stands(self) -> bool:
        """Whether what was shown is so, be its count too high."""
        return self.verdict in {"right", "too_high"}


def read_verdicts(path: Path = FILE) -> list[Verdict]:
    """All verdicts of a file.

    Raises:
        ValueError: a line is not of the form, or breaks a rule of its kind.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            verdict = msgspec.json.decode(line, type=Verdict)
        except msgspec.ValidationError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
        if wrong := fault(verdict):
            raise ValueError(f"{path.name}, line {number}: {wrong}")
        found.append(verdict)
    return found


def fault(verdict: Verdict) -> str | None:
    """What rule a verdict breaks, if any."""
    count = len(verdict.spans)
    indices = {*verdict.stray, *(n for side in verdict.readings for n in side), verdict.shown or 0}
    prefix = verdict.corpus + verdict.story + "-"
    rules = {
        "no spans": count == 0,
        "a span is empty or of another story": any(
            not a.startswith(prefix) or not 0 <= begin < end for a, begin, end in verdict.spans
        ),
        "a hash is not twelve hex digits, or one is missing": len(verdict.sha) != count
        or any(len(sha) != 12 or set(sha) - set("0123456789abcdef") for sha in verdict.sha),
        "names a span that is not there": not indices <= set(range(count)),
        "a cause that its kind does not have": verdict.cause is not None and verdict.cause not in CAUSES[verdict.kind],
        "right, and a cause": verdict.verdict == "right"
        and verdict.cause is not None
        and not (verdict.kind == "conflict" and verdict.cause in MILD),
        "too high or soft, and no claim": verdict.verdict in {"too_high", "soft"} and verdict.kind != "corroborated",
        "a claim without its support, or another kind with one": (len(verdict.support) == 5)
        != (verdict.kind == "corroborated"),
        "a conflict without relation and two readings": verdict.kind == "conflict"
        and (verdict.relation is None or len(verdict.readings) < 2 or not all(verdict.readings)),
        "an entry of the timeline without day and status": verdict.kind == "timeline"
        and (verdict.begin is None or verdict.status is None),
    }
    return next((rule for rule, broken in rules.items() if broken), None)
