"""A compared story gets its title, places and people, its timeline and its brief."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.edition.brief import write_brief
from variorum.edition.likeness import Likeness
from variorum.edition.material import Material
from variorum.edition.timeline import draw_timeline
from variorum.model import Article, Entity, Lineage, Statement, Story
from variorum.ports import Embedder
from variorum.text.normalise import fold, squeeze

_AKIN: Final = 0.1  # words that a headline shares with all others, as shares of the words of both
_SHOUTED: Final = 4  # letters of a word in capitals that is no abbreviation
_QUOTES: Final = "\"“‘'"


@dataclass(frozen=True, slots=True)
class EditConfig:
    """``sentences`` bounds the brief's length, ``words`` that of one sentence. Sentences (and events of one date)
    that share at least ``same`` of the smaller one's terms tell the same thing. A conflict counts from
    ``min_confidence`` on."""

    sentences: int = 12
    words: tuple[int, int] = (5, 48)
    same: float = 0.6
    min_confidence: float = 0.7


def edit(
    story: Story,
    articles: Sequence[Article],
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    lineage: Lineage,
    config: EditConfig = EditConfig(),
    embedder: Embedder | None = None,
) -> Story:
    """The compared ``story`` with ``timeline`` and ``brief``, and ``title``, ``places`` and ``people`` if it has none.
    A title with a figure that was revised later gives way to a headline without one.

    ``places`` are names and ``people`` entity ids, those of most articles first. Without
    ``embedder`` only words tell that two sentences say the same.
    """
    material = Material(story, articles, statements, entities, lineage, config.min_confidence)
    timeline, held = draw_timeline(material, config.same)
    brief = write_brief(material, held, config.sentences, config.words, config.same, Likeness(embedder))
    return replace(
        story,
        title=_kept_title(material) or _title(material) or (brief[0].text if brief else ""),
        places=story.places or tuple(e.name for e in _most_told(material, "place")),
        people=story.people or tuple(e.id for e in _most_told(material, "person")),
        timeline=timeline,
        brief=brief,
    )


def _title(material: Material) -> str:
    """The headline that shares most words with the others, of the last reports of several days if it shares any; of
    equal ones the first. One that gives a figure which was revised later, or that is none or a loud one, comes after
    all others."""
    titled = [(a, a.title) for a in material.articles if a.title]
    words = [frozenset(fold(t).split()) for _, t in titled]

    def weight(number: int) -> tuple[bool, bool, bool, float]:
        mine, (article, title) = words[number], titled[number]
        shared = sum(len(mine & other) / max(1, len(mine | other)) for other in words) - 1.0
        late = material.is_late(article.id) and shared >= _AKIN
        return not material.outdated_words & mine, not _is_loud(title), late, shared

    return titled[max(range(len(titled)), key=weight)][1] if titled else ""


def _is_loud(title: str) -> bool:
    """Whether it asks, shouts or quotes, or is a paper's name and no headline: "SUNK BY A BOMB? What they hide"."""
    shouted = [w for w in re.findall(r"[^\W\d_]+", title) if len(w) >= _SHOUTED and w.isupper()]
    return "?" in title or len(shouted) > 1 or title[:1] in _QUOTES


def _kept_title(material: Material) -> str:
    """The story's own title, unless it gives a figure that was revised and another headline does not, or is the
    headline of a report that others came long after."""
    title = material.story.title
    early = [a for a in material.articles if title and squeeze(a.title or "") == title and not material.is_late(a.id)]
    dated = any(material.is_dated(a.id) for a in early)
    if not dated and not (title and material.outdated_words.intersection(fold(title).split())):
        return title
    other = _title(material)
    return title if material.outdated_words.intersection(fold(other).split()) else other


def _most_told(material: Material, kind: str) -> list[Entity]:
    members = material.by_article.keys()

    def told(entity: Entity) -> tuple[int, int]:
        there = [m.article for m in entity.mentions if m.article in members]
        return len(set(there)), len(there)

    found = [(e, told(e)) for e in material.entities if e.kind == kind]
    return [e for e, count in sorted(found, key=lambda pair: (-pair[1][0], -pair[1][1], pair[0].name)) if count[0]]
