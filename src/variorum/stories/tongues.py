"""Reports in other languages: groups of texts that no words could bring together, held against each other by vectors.

Names and numbers carry most translated reports into their story. What is left over – another script, names spelt
otherwise – is undecided, and only for that are vectors computed: of one text of each language in a group, from its
headline and first sentences. Vectors of one model all point nearly the same way, so what sentences of news have in
common (``data/tongues.toml``) is taken off first; then one cut separates (see docs/decisions/0031).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from variorum.model import Article
from variorum.ports import Embedder
from variorum.stories.config import StoriesConfig
from variorum.text import vocabulary
from variorum.text.languages import language
from variorum.text.normalise import squeeze
from variorum.text.sounds import latin, sound
from variorum.text.stamps import interval

_READ: Final = 300  # characters of headline and lead; more made it no better
_LOOKED_AT: Final = 20  # groups held against one, those with most hints in common
_APART: Final = 5 * 86400.0  # seconds between reports of one event; later ones are told by words or not at all
_TONGUES: Final = 3  # languages of a group that are looked at
_HINT: Final = re.compile(r"\d[\d.,]*\d|[^\W\d_]{4,}")
_STEM: Final = 5  # letters of a name's sound: endings differ by language and case


@dataclass(frozen=True, slots=True)
class _Panel:
    """Sentences by language that have nothing in common but that they are news."""

    panel: dict[str, tuple[str, ...]]


@cache
def _panel() -> tuple[str, ...]:
    found: _Panel = vocabulary.load("tongues", _Panel)
    return tuple(sentence for sentences in found.panel.values() for sentence in sentences)


@dataclass(frozen=True)
class Lead:
    """How a text begins, what language it names as its own, and when it was published (seconds, NaN if unknown)."""

    text: str
    named: str | None
    time: float

    @cached_property
    def language(self) -> str:
        """The language it names, else that it is in."""
        return self.named or language(self.text)

    @cached_property
    def hints(self) -> frozenset[str]:
        """What survives translation: numbers, and the stems of the sounds of capitalised words."""
        found = set()
        for word in _HINT.findall(self.text):
            if word[0].isdigit():
                found.add(re.sub(r"\D", "", word))
            elif word[0].isupper():
                found.add(sound(latin(word))[:_STEM])
        return frozenset(found)


def lead_of(article: Article) -> Lead:
    """The beginning of an article."""
    title = article.title if article.title and article.title not in article.text[:2000] else ""
    when = interval(article.published)
    named = article.language[:2].lower() if article.language else None
    return Lead(squeeze(f"{title} {article.text[:2000]}")[:_READ], named, sum(when) / 2 if when else np.nan)


class Tongues:
    """Finds groups in other languages that are of one event; ``computed`` counts the vectors that it took."""

    def __init__(self, embedder: Embedder, config: StoriesConfig) -> None:
        self.computed = 0
        self._embedder, self._config = embedder, config
        self._held: dict[str, NDArray[np.float32]] = {}
        self._centre: NDArray[np.float32] | None = None

    def joined(self, groups: Sequence[Sequence[Lead]]) -> list[tuple[int, int]]:
        """Pairs of groups (their texts, the most central first) that are of one event, each a group and the one that
        it joins. Only such as have no text in the language that most groups have are held against others."""
        spoken = [_spoken(group) for group in groups]
        common = Counter(tongue for each in spoken for tongue in each)
        main = max(common, key=lambda tongue: (common[tongue], tongue), default="")
        strangers = [g for g in range(len(groups)) if spoken[g] and main not in spoken[g]]
        found = []
        left = self._config.vectors
        for g in sorted(strangers, key=lambda g: (-len(groups[g]), g)):
            near = [h for h in _candidates(g, spoken) if spoken[h].keys().isdisjoint(spoken[g])]
            before = self.computed
            sure = {h: self._alike(spoken[g], spoken[h]) for h in near} if left > 0 else {}
            left -= self.computed - before
            best = max(sure, key=lambda h: (sure[h], -h), default=None)
            if best is not None and sure[best] >= self._config.abroad:
                found.append((g, best))
        return found

    def _alike(self, one: Mapping[str, Lead], other: Mapping[str, Lead]) -> float:
        """The greatest centred cosine between texts of two groups."""
        return max(float(self._vector(a) @ self._vector(b)) for a in one.values() for b in other.values())

    def _vector(self, lead: Lead) -> NDArray[np.float32]:
        if self._centre is None:
            self._centre = self._embedder.embed(_panel()).mean(axis=0)
        held = self._held.get(lead.text)
        if held is None:
            if len(self._held) > self._config.window:
                self._held.clear()
            self.computed += 1
            off = self._embedder.embed([lead.text])[0] - self._centre
            held = self._held[lead.text] = off / max(float(np.linalg.norm(off)), 1e-9)
        return held


def _spoken(group: Sequence[Lead]) -> dict[str, Lead]:
    """The most central text of each language of a group."""
    found: dict[str, Lead] = {}
    for lead in group:
        if lead.text and len(found) < _TONGUES:
            found.setdefault(lead.language, lead)
    return found


def _candidates(g: int, spoken: Sequence[Mapping[str, Lead]]) -> list[int]:
    """The groups that may be of one event with ``g``: not far in time, those with most hints in common, then those
    nearest in time."""
    mine = list(spoken[g].values())
    ranked = []
    for h, other in enumerate(spoken):
        if h == g or not other:
            continue
        theirs = list(other.values())
        hints = max(len(a.hints & b.hints) for a in mine for b in theirs)
        gap = min(np.nan_to_num(abs(a.time - b.time), nan=_APART) for a in mine for b in theirs)
        if gap <= _APART:
            ranked.append((-hints, gap, h))
    return [h for _, _, h in sorted(ranked)[:_LOOKED_AT]]
