"""The output is held to every gold edition, finding by finding.

Findings that are not met yet stand in ``golden/NAME/unmet.txt``, one id a line. A finding outside that list that is
missed fails; so does one inside it that is met, for then it has to leave the list.
"""

from functools import cache
from pathlib import Path

import pytest
from judge import COLLECTIONS, Judge, Verdict, collated, load


@cache
def verdicts(name: str) -> tuple[Verdict, ...]:
    """The verdicts on one collection; collated once for all tests."""
    return tuple(Judge(collated(name), load(name)).verdicts())


def unmet(name: str) -> set[str]:
    """The ids that are known to be missed."""
    path = Path(COLLECTIONS[name][1]).with_name("unmet.txt")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_every_finding(name: str) -> None:
    """No finding is lost, and the list of what is missed tells the truth."""
    known = unmet(name)
    missed = {v.id: v.found for v in verdicts(name) if not v.met}
    lost = {key: found for key, found in missed.items() if key not in known}
    assert not lost, "\n".join(f"{key}: {found[:300]}" for key, found in lost.items())
    assert not known - missed.keys(), "met now: take these out of unmet.txt"


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_gold_is_not_empty(name: str) -> None:
    """The judge does judge: every kind of finding is there, and ids are unique."""
    ids = [v.id for v in verdicts(name)]
    kinds = {i.split("/")[0] for i in ids}
    assert {"article", "entity", "statement", "lineage", "claim", "conflict", "timeline", "brief"} <= kinds
    assert len(ids) == len(set(ids))
