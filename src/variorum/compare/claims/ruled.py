"""What humans ruled about claims, applied to those that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from variorum.compare.claims.align import Alignment, homes
from variorum.model import Claim, ClaimStatus, Decision, Outcome, OutcomeState

_GROUPING: Final = ("merge_claims", "split_claims")


def regrouped(alignment: Alignment, decisions: Sequence[Decision]) -> list[Outcome]:
    """Join and part the groups of an alignment as ruled, in the order of the rulings; what the machine had found."""
    number = {fact.id: n for n, fact in enumerate(alignment.facts)}
    by_machine = homes(alignment.groups)
    outcomes = []
    for decision in decisions:
        ones = [number[i] for i in decision.subjects if i in number]
        others = [number[i] for i in decision.others if i in number]
        if decision.kind not in _GROUPING or not ones or (decision.kind == "split_claims" and not others):
            continue
        merging = decision.kind == "merge_claims"
        if merging:
            ones = sorted({*ones, *others})
            apart = len({by_machine[n] for n in ones}) > 1
            _join(alignment.groups, ones)
        else:
            apart = not {by_machine[n] for n in ones} & {by_machine[n] for n in others}
            _part(alignment.groups, set(ones), set(others))
        state: OutcomeState = "agrees" if apart is not merging else "overrides"
        outcomes.append(Outcome(decision.id, state, "several claims" if apart else "one claim"))
    alignment.groups.sort(key=lambda group: group[0])
    return outcomes


def _join(groups: list[list[int]], members: Sequence[int]) -> None:
    home = homes(groups)
    meant = sorted({home[n] for n in members})
    groups[meant[0]] = sorted(n for g in meant for n in groups[g])
    for g in reversed(meant[1:]):
        del groups[g]


def _part(groups: list[list[int]], ones: set[int], others: set[int]) -> None:
    """Take ``ones`` out of every group that also holds any of ``others``; together they are a claim of their own."""
    taken: list[int] = []
    for g, group in enumerate(groups):
        if ones.intersection(group) and others.intersection(group):
            taken += [n for n in group if n in ones]
            groups[g] = [n for n in group if n not in ones]
    if taken:
        groups.append(sorted(taken))


def restated(claims: list[Claim], decisions: Sequence[Decision]) -> list[Outcome]:
    """Give claims the status that was ruled; what the machine had found. A ruling is of the claim that holds most of
    its statements."""
    home = {statement: n for n, claim in enumerate(claims) for statement in claim.statements}
    by_machine = [claim.status for claim in claims]
    outcomes = []
    for decision in decisions:
        held = Counter(home[i] for i in decision.subjects if i in home)
        if decision.kind != "claim_status" or not held:
            continue
        n = min(held, key=lambda n: (-held[n], n))
        claims[n] = replace(claims[n], status=cast("ClaimStatus", decision.value))
        state: OutcomeState = "agrees" if by_machine[n] == decision.value else "overrides"
        outcomes.append(Outcome(decision.id, state, by_machine[n]))
    return outcomes
