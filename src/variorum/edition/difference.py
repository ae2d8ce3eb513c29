"""What changed between two editions of a story.

Claims are the same where they share statements, whose ids are hashes of what they say and where: a claim that grew is
still that claim. Conflicts are the same where they share a question and statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from variorum.edition.wording import RELATION, STATUS, Wording, clause, headline, is_minor, ranged, visible
from variorum.model import Change, ChangeKind, Claim, ClaimStatus, Conflict, Difference, Edition, Statement

_ORDER: Final[tuple[ChangeKind, ...]] = ("status", "conflict", "reading", "settled", "claim", "support", "gone")
_TITLE: Final[dict[ChangeKind, str]] = {
    "status": "Stands otherwise",
    "conflict": "New conflicts and updates",
    "reading": "New readings",
    "settled": "No longer in conflict",
    "claim": "New claims",
    "support": "More, or fewer, say so",
    "gone": "No longer told",
}
#: The graver a claim's new status, the earlier it is told.
_GRAVE: Final[tuple[ClaimStatus, ...]] = (
    "denied", "disputed", "superseded", "corroborated", "planned", "single_origin", "unclear",
)  # fmt: skip


def difference(old: Edition, new: Edition) -> Difference:
    """What is otherwise in ``new``."""
    before, after = {a.id for a in old.articles}, {a.id for a in new.articles}
    fresh = {s.id: s for s in new.statements if s.article not in before}
    changes = [*_claims(old, new, fresh), *_conflicts(old, new, fresh)]
    return Difference(
        added=tuple(a.id for a in new.articles if a.id not in before),
        gone=tuple(a.id for a in old.articles if a.id not in after),
        changes=tuple(sorted(changes, key=lambda c: _ORDER.index(c.kind))),
    )


# --- claims -------------------------------------------------------------------------------------------------------


def _claims(old: Edition, new: Edition, fresh: dict[str, Statement]) -> Iterator[Change]:
    """Each claim against the one it grew from; the gravest status first."""
    earlier, later = _all_claims(old), _all_claims(new)
    home = {s: claim for claim in earlier for s in claim.statements}
    told = {s for claim in later for s in claim.statements}
    for claim in sorted(later, key=lambda c: (_GRAVE.index(c.status), -c.support.newsrooms[0], c.id)):
        was = _most_shared(claim, home)
        brought = tuple(s for s in claim.statements if s in fresh)
        if was is None:
            if not is_minor(claim):
                yield Change("claim", claim.text, None, _standing(claim), brought or claim.statements)
        elif was.status != claim.status:
            yield Change("status", claim.text, _standing(was), _standing(claim), brought)
        elif (was.support.newsrooms, was.support.roots) != (claim.support.newsrooms, claim.support.roots):
            yield Change("support", claim.text, _standing(was), _standing(claim), brought)
    for claim in earlier:
        if not told & {*claim.statements} and not is_minor(claim):
            yield Change("gone", claim.text, _standing(claim), None, claim.statements)


def _all_claims(edition: Edition) -> list[Claim]:
    return list(chain.from_iterable(story.claims for story in edition.stories))


def _most_shared(claim: Claim, home: dict[str, Claim]) -> Claim | None:
    """The earlier claim that most of its statements were in."""
    found = [home[s] for s in claim.statements if s in home]
    return max(found, key=lambda c: (len({*c.statements} & {*claim.statements}), c.id), default=None)


def _standing(claim: Claim) -> str:
    backing = claim.support
    return (
        f"{STATUS[claim.status][0].lower()}: {ranged(backing.newsrooms, 'newsroom')}, {ranged(backing.roots, 'root')}"
    )


# --- conflicts ----------------------------------------------------------------------------------------------------


def _conflicts(old: Edition, new: Edition, fresh: dict[str, Statement]) -> Iterator[Change]:
    earlier, later = _all_conflicts(old), _all_conflicts(new)
    for conflict in later:
        brought = tuple(s for s in _statements(conflict) if s in fresh)
        was = next((c for c in earlier if _one_question(c, conflict)), None)
        if was is None:
            yield Change("conflict", _about(conflict), None, _values(conflict), brought or _statements(conflict))
        elif {r.value for r in conflict.readings} - {r.value for r in was.readings} and brought:
            yield Change("reading", _about(conflict), _values(was), _values(conflict), brought)
    for conflict in earlier:
        if not any(_one_question(conflict, c) for c in later):
            yield Change("settled", _about(conflict), _values(conflict), None, _statements(conflict))


def _all_conflicts(edition: Edition) -> list[Conflict]:
    return list(chain.from_iterable(story.conflicts for story in edition.stories))


def _statements(conflict: Conflict) -> tuple[str, ...]:
    return tuple(chain.from_iterable(reading.statements for reading in conflict.readings))


def _one_question(one: Conflict, other: Conflict) -> bool:
    same = (one.kind, one.relation) == (other.kind, other.relation)
    return same and not set(_statements(one)).isdisjoint(_statements(other))


def _about(conflict: Conflict) -> str:
    return f"{RELATION[conflict.relation][0]}: {headline(conflict)}"


def _values(conflict: Conflict) -> str:
    return (" → " if conflict.relation == "update" else " ≠ ").join(reading.value for reading in conflict.readings)


# --- in words -----------------------------------------------------------------------------------------------------


def told(change: Difference, old: Edition, new: Edition) -> str:
    """The difference as Markdown, with the words that brought each change."""
    wording = Wording(new)
    lines = ["# What changed", ""]
    lines += _articles("New reports", change.added, wording)
    lines += _articles("No longer among the reports", change.gone, Wording(old))
    for kind in _ORDER:
        found = [c for c in change.changes if c.kind == kind]
        if found:
            lines += [f"## {_TITLE[kind]}", "", *chain.from_iterable(_change(c, wording) for c in found), ""]
    if len(lines) == 2:
        lines.append("Nothing.")
    return "\n".join(lines).rstrip() + "\n"


def _articles(title: str, ids: Sequence[str], wording: Wording) -> list[str]:
    if not ids:
        return []
    shown = [
        f"- [{wording.numbers[i]}] {wording.outlet(i)}: {visible(wording.articles[i].title or 'untitled')}" for i in ids
    ]
    return [f"## {title}", "", *shown, ""]


def _change(change: Change, wording: Wording) -> Iterator[str]:
    about = visible(change.about) if change.kind in ("conflict", "reading", "settled") else clause(change.about)
    states = " ⟶ ".join(visible(state) for state in (change.before, change.after) if state)
    yield f"- {about}"
    yield f"  - {states}" if change.before or change.kind != "claim" else f"  - {visible(change.after or '')}"
    yield from (f"  - {line}" for line in _words(wording.said(change.statements)[:3], wording))


def _words(statements: Iterable[Statement], wording: Wording) -> Iterator[str]:
    for statement in statements:
        chain_of = " → ".join(wording.chain(statement))
        place = f"[{wording.numbers[statement.article]}: {statement.span[0]}–{statement.span[1]}]"
        yield f"{place} {chain_of}: “{clause(statement.text)}”"
