"""Every form of attribution is held to invented probes, ``golden/cues/probes.yaml``, with and without the taggers.

Probes that are not met yet stand in ``golden/cues/unmet.txt``, one ``reader/id`` a line. One outside that list that is
missed fails; so does one inside it that is met, for then it has to leave the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.annotator import READERS
from variorum.model import Annotation, Article, Attribution

GOLD = Path(__file__).parents[2] / "golden" / "cues"
Probe = Mapping[str, Any]


@cache
def probes() -> tuple[Probe, ...]:
    """All probes."""
    return tuple(yaml.safe_load((GOLD / "probes.yaml").read_text("utf-8")))


@cache
def misses(reader: str) -> dict[str, str]:
    """The probes that one reader misses, with what it says instead."""
    articles = [Article(p["id"], p["id"], p["text"], language="en") for p in probes()]
    annotations = [
        a for a in Annotator(AnnotateConfig(attribution=reader)).annotate(articles) if isinstance(a, Annotation)
    ]
    return {
        probe["id"]: "; ".join(wrong)
        for probe, read in zip(probes(), annotations, strict=True)
        if (wrong := list(faults(probe, read)))
    }


def faults(probe: Probe, read: Annotation) -> Iterator[str]:
    """What is wrong with the rows, their sources' identities and the chain of one text."""
    text, wanted, free = probe["text"], probe["rows"], list(read.attributions)
    found: list[Attribution | None] = []
    for row in wanted:
        match = next((r for r in free if is_like(key(text, r), key_of(row))), None)
        found.append(match)
        if match is None:
            yield f"no row {key_of(row)}"
        else:
            free.remove(match)
            yield from traits(row, match, found)
    yield from (f"a row too many {key(text, row)}" for row in free)
    named = [(row.name, row.entity) if row else None for row in found]
    yield from (f"{named[a]} is not {named[b]}" for a, b in probe.get("same", []) if named[a] != named[b])
    yield from (f"{named[a]} twice" for a, b in probe.get("apart", []) if named[a] == named[b])
    if "chain" in probe and probe["chain"] not in (
        chains := [[a.name for a in s.attribution] for s in read.statements]
    ):
        yield f"chains {chains}"


def traits(wanted: Mapping[str, Any], row: Attribution, found: list[Attribution | None]) -> Iterator[str]:
    """Traits of one row that are not as wanted; ``found`` are the rows matched so far."""
    places = {r.id: number for number, r in enumerate(found) if r is not None}
    have = {
        "stance": row.stance,
        "relay": row.relay,
        "in": places.get(row.within or "", row.within),
        "goes_on": places.get(row.continues or "", row.continues),
        "kind": row.kind,
        "name": row.name,
        "quote": row.quote,
    }
    usual = {"stance": "report", "relay": False, "in": None, "goes_on": None}
    for trait, value in {**usual, **{t: wanted[t] for t in have if t in wanted}}.items():
        if have[trait] != value:
            yield f"{wanted['cue']}: {trait} {have[trait]!r}, not {value!r}"


Key = tuple[str | None, str | None, list[str]]


def is_like(ours: Key, wanted: Key) -> bool:
    """Whether source and content are the same and the cue holds the wanted one: ours has its auxiliaries."""
    cues = (ours[1] or "", wanted[1] or "")
    return (ours[0], ours[2]) == (wanted[0], wanted[2]) and cues[1] in cues[0]


def key(text: str, row: Attribution) -> Key:
    """Source, cue and content of one of our rows."""
    who, cue = (text[slice(*span)] if span else None for span in (row.span, row.cue))
    return who, cue, plain(text[slice(*span)] for span in row.content)


def key_of(row: Mapping[str, Any]) -> Key:
    """Source, cue and content of a wanted row."""
    return row["who"], row["cue"], plain(row["says"])


def plain(content: Iterable[str]) -> list[str]:
    """Stretches without the "that" that opens them, which PolNeAR keeps and other gold leaves out."""
    return [words.removeprefix("that").lstrip(", ") for words in content]


@pytest.mark.parametrize("reader", READERS)
def test_every_probe(reader: str) -> None:
    """No form is lost, and the list of what is missed tells the truth."""
    lines = (GOLD / "unmet.txt").read_text("utf-8").splitlines()
    known = {line.split("/")[1] for line in lines if line.startswith(f"{reader}/")}
    lost = {name: wrong for name, wrong in misses(reader).items() if name not in known}
    assert not lost, "\n".join(f"{name}: {wrong}" for name, wrong in lost.items())
    assert not known - misses(reader).keys(), "met now: take these out of unmet.txt"


def test_probes_are_sound() -> None:
    """Ids are unique and every stretch that is wanted stands in its text, so that each probe can be met."""
    assert len({p["id"] for p in probes()}) == len(probes()) > 120
    for probe in probes():
        for row in probe["rows"]:
            assert all(words in probe["text"] for words in (row["who"], row["cue"], *row["says"]) if words is not None)
