"""What an edition says to a sentence, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from variorum.edition.wording import Wording, clause, count, day, ranged, shortened, visible
from variorum.model import Answer, Edition, Part, Verdict, Witness

_VERDICT: Final[dict[Verdict, str]] = {
    "supported": "● SUPPORTED",
    "denied": "✕ DENIED",
    "disputed": "≠ DISPUTED",
    "silent": "○ SILENT",
}
#: How many witnesses of one kind are shown; JSON has them all.
_MOST: Final = 6
_LONGEST: Final = 240


def answered(answer: Answer, edition: Edition) -> str:
    """The verdict, and for each thing that the sentence asserts who says so and who says otherwise, with the words."""
    wording = Wording(edition)
    lines = [f"{_VERDICT[answer.verdict]}: {visible(answer.sentence)}"]
    for part in answer.parts:
        lines += _part(part, wording, alone=len(answer.parts) == 1)
    return "\n".join(lines) + "\n"


def _part(part: Part, wording: Wording, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield from ("", f"{_VERDICT[part.verdict]}: {visible(part.text)}")
    backing = part.support
    counted = (
        f" · {ranged(backing.newsrooms, 'newsroom')}, {ranged(backing.roots, 'root')}, "
        f"{count(backing.articles, 'article')}"
        if backing
        else ""
    )
    yield f"{part.reason}{counted}"
    yield from (f"  because {visible(reason)}" for reason in (backing.reasons if backing else ()))
    yield from _listed("Says so", part.says_so, wording)
    yield from _listed("Says otherwise", part.says_otherwise, wording)
    yield from _listed("Later", part.later, wording)
    yield from _listed("Near", part.near, wording)


def _listed(title: str, witnesses: Sequence[Witness], wording: Wording) -> Iterator[str]:
    """The witnesses, each wording once, with all that carry it."""
    if not witnesses:
        return
    yield from ("", title)
    found = sorted(witnesses, key=lambda w: (clause(w.text), w.how))
    groups = [list(group) for _, group in groupby(found, key=lambda w: (clause(w.text), w.how))]
    groups.sort(key=lambda group: (-max(w.likeness for w in group), group[0].reported or "9", group[0].statement))
    for first, *others in groups[:_MOST]:
        chain = " → ".join(dict.fromkeys(visible(n) for n in (first.newsroom, first.root) if n))
        how = "" if first.how == "says so" else f" {visible(first.how)}"
        also = f" (also in {', '.join(_place(w, wording) for w in others)})" if others else ""
        yield f"  {_place(first, wording)} {chain}, {day(first.reported)}{how}:"
        yield f"      “{shortened(clause(first.text), _LONGEST)}”{also}"
    if len(groups) > _MOST:
        yield f"  and {len(groups) - _MOST} more"


def _place(witness: Witness, wording: Wording) -> str:
    return f"[{wording.numbers.get(witness.article, '?')}: {witness.span[0]}–{witness.span[1]}]"
