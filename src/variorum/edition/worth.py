"""What a sentence would add to a brief, to those that it tells already."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from math import log, sqrt
from typing import Final

from variorum.edition.candidates import Candidate
from variorum.edition.core import Core, kin
from variorum.edition.material import Material
from variorum.model import Claim, ClaimStatus

_STATUS_WEIGHT: Final[dict[ClaimStatus, float]] = {
    "corroborated": 1.3, "disputed": 1.2, "denied": 1.1, "planned": 1.0, "single_origin": 0.8, "unclear": 0.6,
    "superseded": 0.0,
}  # fmt: skip
_WORD_SHARE: Final = 2.5  # what all content words together weigh beside one well-supported claim
_NEWEST: Final = 1.7  # the later state of a thing against what was never in doubt
_UNMET: Final = 0.5  # a person by surname, or a thing as known, of whom nothing has been told
_AGAIN: Final = 0.5  # a sentence that tells anew what has been told, beside what it adds
_KNOWN: Final = 0.55  # of what a sentence says, by how many reports have the word: what is left are other words for it
_A_FEW: Final = 2  # the least words in common that are a content
_MOSTLY: Final = 0.8  # of a sentence is told by the others
_PART: Final = 0.25  # of its words must be told too, for a name that all reports have is not yet a content
_MOST: Final = 0.6  # of the other reports have a word of what all tell
_OF_MOST: Final = 1.0  # of such words: what is not told again
_OF_STORY: Final = 0.5  # shared words, on the average: what has fewer tells of something else too
_FEW: Final = 3  # fewer words in common are no common content
_DAY: Final = len("2031-05-10")


def is_of_days(material: Material) -> bool:
    """Whether each of its reports may have news: they are known to be of several days, or too few to tell what is
    every report's and what is one writer's."""
    if len(material.articles) <= _FEW:
        return True
    stamps = [a.published for a in material.articles if a.published and a.published.basis != "inferred"]
    return len({stamp.value[:_DAY] for stamp in stamps}) > 1


class Worth:
    """What a sentence would add to those already told."""

    def __init__(self, material: Material, core: Core, candidates: list[Candidate]) -> None:
        self._core, self._newest, self._of_days = core, material.newest, is_of_days(material)
        self._claims = {
            c.id: claim_weight(c) * (_NEWEST if c.id in material.newest else 1.0) for c in material.story.claims
        }
        self._shares, self._alone = material.shares, 1.5 / max(1, len(material.articles))
        self._terms = _term_weights(material, candidates)
        self._covered_claims: set[str] = set()
        self._covered_terms: set[str] = set()
        self._covered_kin: set[str] = set()
        self.outcomes: set[int] = set()
        self.decided: set[int] = set()
        self.introduced: set[str] = set()

    def understood(self, one: Candidate) -> bool:
        """Whether what it takes for granted has been told."""
        return all(words & self._covered_terms or kin(words) & self._covered_kin for words in one.needs.words)

    def unmet(self, one: Candidate) -> bool:
        """Whether it names by surname alone somebody who has not been named in full."""
        return bool(one.needs.persons - self.introduced)

    def anew(self) -> Worth:
        """The same where nothing is told yet."""
        worth = copy(self)
        worth._covered_claims, worth._covered_terms, worth.introduced = set(), set(), set()
        worth._covered_kin, worth.outcomes, worth.decided = set(), set(), set()
        return worth

    def gain(self, one: Candidate) -> float:
        """Weight of the claims and words that are new, times its standing. Each further claim of one sentence counts
        less, so that a sentence is not worth more for being read in smaller pieces."""
        claims = sorted((self._claims[c] for c in one.claims if c not in self._covered_claims), reverse=True)
        words = sum(self._terms.get(t, 0.0) for t in sorted(one.terms - self._covered_terms))
        again = _AGAIN if self.share(one) > 0 else 1.0
        again *= _UNMET if self.unmet(one) else 1.0
        return again * one.standing * (sum(w / (i + 1) for i, w in enumerate(claims)) + words)

    def news(self, one: Candidate) -> float:
        """How much of what the reports share is in it and has not been told, times its standing."""
        again = _UNMET if self.unmet(one) else 1.0
        return again * one.standing * self._core.news(one.kin, self._covered_kin)

    def density(self, one: Candidate) -> float:
        """How much of what it says other reports have too."""
        return self._core.density(one.kin)

    def known(self, one: Candidate) -> bool:
        """Whether all its claims have been told, or nearly all that it says of the story."""
        if self._covered_claims.issuperset(one.claims):
            return True
        if any(c in self._newest and c not in self._covered_claims for c in one.claims):
            return False
        if not self._of_days and self.has_of_most(one):
            return False
        if one.outcomes - self.outcomes:
            return False
        if len(one.kin & self._covered_kin) < max(_A_FEW, _PART * len(one.kin)):
            return False
        return self._core.told(one.kin, self._covered_kin) >= _KNOWN

    def is_told_by(self, one: Candidate, others: Iterable[Candidate]) -> bool:
        """Whether hardly anything of it is new beside ``others``, which tell all that it decides."""
        beside = self.anew()
        for other in others:
            beside.cover(other)
        decides = one.outcomes - beside.outcomes or one.decisive - beside.decided
        return not decides and self._core.told(one.kin, beside._covered_kin) >= _MOSTLY

    def is_elsewhere(self, one: Candidate) -> bool:
        """Whether nobody and nothing that it names is named by another report: it tells of another matter."""
        named = {m.entity for s in one.sentence.statements for m in s.mentions}
        return bool(named) and not any(self._shares.get(name, 0.0) > self._alone for name in named)

    def has_of_most(self, one: Candidate) -> bool:
        """Whether it has words that most reports have and that have not been told: with those it is no repetition."""
        if self.density(one) < _OF_STORY or self.is_elsewhere(one):
            return False
        new = (self._core.shared.get(word, 0.0) for word in sorted(one.kin - self._covered_kin))
        return sum(share for share in new if share >= _MOST) >= _OF_MOST

    def share(self, one: Candidate) -> float:
        """How many of its claims have been told, by weight, in [0, 1]."""
        whole = sum(self._claims[c] for c in one.claims)
        return sum(self._claims[c] for c in one.claims if c in self._covered_claims) / whole if whole else 0.0

    def cover(self, one: Candidate) -> None:
        """Count it as told."""
        self._covered_claims.update(one.claims)
        self._covered_terms.update(one.terms)
        self._covered_kin.update(one.kin)
        self.outcomes.update(one.outcomes)
        self.decided.update(one.decisive)
        self.introduced.update(one.introduces)


def _term_weights(material: Material, candidates: list[Candidate]) -> dict[str, float]:
    """Content words by how early each article has them, those of headlines twice; a story's words together weigh the
    same however many they are, but for a root of their number."""
    total: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    for candidate in candidates:
        article = candidate.sentence.article.id
        for term in candidate.terms:
            if (article, term) not in seen:
                seen.add((article, term))
                total[term] = total.get(term, 0.0) + 1 / (1 + candidate.sentence.place / 5)
    headlines = material.headlines
    weighed = {term: value * (2.0 if term in headlines else 1.0) for term, value in sorted(total.items())}
    whole = sum(weighed.values()) or 1.0
    return {term: _WORD_SHARE * value * sqrt(len(weighed)) / whole for term, value in weighed.items()}


def claim_weight(claim: Claim) -> float:
    support = claim.support
    # Whom a claim may have besides counts by half: a low end is low where it cannot be told, not where nobody is.
    roots = (support.roots[0] + min(support.roots[1], support.roots[0] + 1)) / 2
    size = 0.6 + log(1 + support.articles) + 0.8 * (support.newsrooms[0] - 1) + 0.8 * (roots - 1)
    return float(_STATUS_WEIGHT[claim.status] * max(size, 0.1))
