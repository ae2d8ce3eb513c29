"""The edition as a STIX 2.1 bundle, for threat-intelligence platforms.

A story is a `report`, a claim a `note`, what its sources hold of it an `opinion`, a conflict a `grouping` of notes, a
newsroom or source an `identity`. Variorum itself has no opinion: it does not know what is true. The id of an object is
a version 5 UUID of all that it says, and times are those of the reports: the same finding is the same object on every
platform. https://docs.oasis-open.org/cti/stix/v2.1/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from variorum.edition.exports.writing import instant, json_bytes, library, value_of, web
from variorum.edition.wording import STATUS, Wording, elided, support
from variorum.model import Claim, Conflict, Edition, Root, Statement, Story
from variorum.text.normalise import fold

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:variorum:stix")
_CLASSES: Final = {"person": "individual", "unnamed": "group", "document": "unknown"}
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)  # where not one report has a date


def to_stix(edition: Edition) -> bytes:
    """The bundle. Raises `MissingDependencyError` without the package stix2, which checks every object."""
    objects = list(_Bundler(Wording(edition), library("stix2.v21", "STIX", "exports")).objects())
    record: dict[str, Any] = {"type": "bundle", "id": f"bundle--{_uuid('bundle', *(o['id'] for o in objects))}"}
    return json_bytes(record | ({"objects": objects} if objects else {}))


class _Bundler:
    """Makes the objects of one edition, each once."""

    def __init__(self, wording: Wording, stix: Any) -> None:
        self._wording = wording
        self._stix = stix
        self._made: dict[str, dict[str, Any]] = {}
        self._identities: dict[tuple[str, str | None], str] = {}
        dates = (instant(value_of(a.published)) for a in wording.edition.articles)
        self._first = min((d for d in dates if d), default=_UNDATED)
        self._software = self._identity("Variorum", "system")

    def objects(self) -> Iterator[dict[str, Any]]:
        """All objects: those referred to come first."""
        for story in self._wording.edition.stories:
            held = {claim.id: self._note(claim) for claim in story.claims}
            refs = list(held.values())
            refs += [ref for claim in story.claims for ref in self._opinions(claim, held[claim.id])]
            refs += [ref for conflict in story.conflicts if (ref := self._grouping(conflict, held))]
            self._report(story, refs)
        yield from self._made.values()

    def _report(self, story: Story, refs: list[str]) -> None:
        self._add(
            "Report",
            instant(story.begin),
            instant(story.end),
            name=elided(story.title) or "Untitled story",
            description=" ".join(elided(s.text) for s in story.brief) or None,
            published=instant(story.end) or instant(story.begin) or self._first,
            object_refs=refs or [self._software],
            external_references=self._references(story.articles),
        )

    def _note(self, claim: Claim) -> str:
        said = self._wording.said(claim.statements)
        newsrooms = [self._newsroom(article) for article in dict.fromkeys(s.article for s in said)]
        return self._add(
            "Note",
            instant(claim.first_reported),
            instant(claim.last_reported),
            abstract=f"{STATUS[claim.status][0]}: {support(claim)}",
            content=elided(claim.text) or "(no words)",
            authors=_names(said),
            labels=[claim.status],
            object_refs=list(dict.fromkeys(newsrooms)) or [self._software],
            external_references=self._references(s.article for s in said),
        )

    def _newsroom(self, article: str) -> str:
        return self._identity(self._wording.outlet(article), "organization")

    def _opinions(self, claim: Claim, note: str) -> Iterator[str]:
        """What each root source holds of a claim: it states it, or it denies it."""
        for opinion, ids in (("agree", claim.statements), ("strongly-disagree", claim.denied_by)):
            roots: dict[str, list[Statement]] = {}
            for statement in self._wording.said(ids):
                if statement.root.name:
                    roots.setdefault(self._source(statement.root, statement.article), []).append(statement)
            for holder, said in roots.items():
                yield self._opinion(note, opinion, holder, said)

    def _source(self, root: Root, article: str) -> str:
        """The identity of a root source; those that no report names are one only within a report."""
        where = f"as named in {self._wording.outlet(article)}, {article}" if root.kind == "unnamed" else None
        return self._identity(root.name or "", _CLASSES.get(root.kind, "organization"), where)

    def _opinion(self, note: str, opinion: str, holder: str, said: list[Statement]) -> str:
        words = (f"{' → '.join(self._wording.chain(s))}, [{s.span[0]}, {s.span[1]}): “{elided(s.text)}”" for s in said)
        dates = [d for s in said if (d := self._published(s.article))]
        return self._add(
            "Opinion",
            min(dates, default=None),
            max(dates, default=None),
            opinion=opinion,
            authors=_names(said),
            explanation="\n".join(words),
            object_refs=[note, holder],
            external_references=self._references(s.article for s in said),
        )

    def _grouping(self, conflict: Conflict, held: dict[str, str]) -> str | None:
        claims = [c for reading in conflict.readings for c in reading.claims if c in held]
        if not claims:
            return None
        said = self._wording.said(s for reading in conflict.readings for s in reading.statements)
        dates = [d for s in said if (d := self._published(s.article))]
        return self._add(
            "Grouping",
            min(dates, default=None),
            max(dates, default=None),
            name=f"{conflict.relation.replace('_', ' ').capitalize()}: {elided(conflict.about)}",
            description=elided(conflict.explanation),
            context="unspecified",
            confidence=round(100 * min(1.0, max(0.0, conflict.confidence))),
            labels=[conflict.relation, conflict.kind],
            object_refs=list(dict.fromkeys(held[c] for c in claims)),
        )

    def _published(self, article: str) -> datetime | None:
        record = self._wording.articles.get(article)
        return instant(value_of(record.published)) if record else None

    def _references(self, articles: Iterable[str]) -> list[dict[str, str]] | None:
        """The reports that it is taken from."""
        found = []
        for article in (self._wording.articles[a] for a in dict.fromkeys(articles) if a in self._wording.articles):
            url = web(article.canonical_url) or web(article.url)
            rest = {"description": article.title, "url": url, "external_id": article.id}
            found.append({"source_name": self._wording.outlet(article.id)} | {k: v for k, v in rest.items() if v})
        return found or None

    def _identity(self, name: str, kind: str, where: str | None = None) -> str:
        """One for each name, in whatever case it is written."""
        key = fold(name), where
        if key not in self._identities:
            about = {"name": name, "identity_class": kind, "description": where}
            self._identities[key] = self._add("Identity", self._first, None, **about)
        return self._identities[key]

    def _add(self, kind: str, created: datetime | None, modified: datetime | None, **values: Any) -> str:
        """Make an object unless it is there; its id."""
        first = created or self._first
        last = max(first, modified or first)
        known = {k: v for k, v in values.items() if v is not None}
        name = f"{kind.lower()}--{_uuid(kind, first, last, json.dumps(known, sort_keys=True, default=str))}"
        if name not in self._made:
            author = {"created_by_ref": self._software} if kind != "Identity" else {}
            made = getattr(self._stix, kind)(id=name, created=first, modified=last, **author, **known)
            self._made[name] = json.loads(made.serialize())
        return name


def _names(said: Iterable[Statement]) -> list[str] | None:
    return list(dict.fromkeys(s.root.name for s in said if s.root.name)) or None


def _uuid(*parts: object) -> UUID:
    return uuid5(_NAMESPACE, "\x1f".join(map(str, parts)))
