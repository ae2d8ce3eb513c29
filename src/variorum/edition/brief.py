"""The story told in a few sentences of its own reports.

Which sentences: greedy choice under a budget, for a monotone submodular measure of what they cover together, divided
by a power of their cost (Lin and Bilmes 2011). What is covered are claims, weighed by support and status, and content
words, weighed by how early and in how many articles they stand (as Gillick and Favre 2009 weigh concepts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from variorum.edition.material import Material, overlap, terms
from variorum.edition.sentences import Sentence, is_whole, leans, sentences, stands_alone, trimmed
from variorum.model import BriefSentence, Claim, ClaimStatus, Location
from variorum.text.normalise import fold

_STATUS_WEIGHT: Final[dict[ClaimStatus, float]] = {
    "corroborated": 1.3, "disputed": 1.2, "denied": 1.1, "planned": 1.0, "single_origin": 0.8, "unclear": 0.6,
    "superseded": 0.0,
}  # fmt: skip
_COST_POWER: Final = 0.3  # 1 favours short sentences too much, 0 long ones
_WORD_SHARE: Final = 2.5  # what all content words together weigh beside one well-supported claim
_NEWEST: Final = 1.7  # the later state of a thing against what was never in doubt
_LEANS: Final = 0.6  # a sentence that is understood better after another one
_LEAST: Final = 5  # sentences, if there are as many
_WORTH: Final = 0.15  # of the best sentence's gain: what adds less is left out once there are enough


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence with what it covers; ``fair`` says that it can be chosen for its own sake and not only as the other
    reading of a dispute. ``standing`` is what its place and its independence of other sentences make of its worth, per
    power of its length."""

    sentence: Sentence
    text: str
    claims: tuple[str, ...]
    terms: frozenset[str]
    fair: bool
    standing: float


def write_brief(
    material: Material, held: frozenset[str], most: int, words: tuple[int, int], same: float
) -> tuple[BriefSentence, ...]:
    """At most ``most`` sentences: what happened, what is disputed (each reading beside the other), what is new, what
    is planned. Plans that were ``held`` are left out; ``words`` bounds a sentence's length; two that share ``same`` of
    their terms are not both told."""
    candidates = _candidates(material, held, words)
    alone = _Worth(material, candidates)
    groups = _chosen(material, candidates, most, same)
    ordered = sorted(groups, key=lambda group: (_kind(material, group[0]), -alone.gain(group[0])))
    return tuple(_told(material, c) for group in ordered for c in group)


def _candidates(material: Material, held: frozenset[str], words: tuple[int, int]) -> list[_Candidate]:
    by_article: dict[str, list[Sentence]] = {}
    for article in material.articles:
        own = [s for s in material.statements if s.article == article.id]
        by_article[article.id] = [trimmed(s) for s in sentences(article, own)]
    found = []
    for article in sorted(material.articles, key=lambda a: material.published.get(a.id, "9999")):
        for sentence in by_article[article.id]:
            claims = dict.fromkeys(c.id for s in sentence.statements if (c := material.claim_of.get(s.id)))
            if claims and is_whole(sentence) and not _outdated(material, claims, held):
                covered = frozenset().union(*map(terms, sentence.statements))
                fair, standing = stands_alone(sentence, words), _standing(sentence)
                found.append(_Candidate(sentence, sentence.text, tuple(claims), covered, fair, standing))
    return found


def _standing(sentence: Sentence) -> float:
    """News tells the main thing first, so early sentences count more; those that lean on others count less."""
    place = 0.7 + 0.6 / (1 + sentence.place / 2)
    length = max(1, len(sentence.text.split()))
    return float((_LEANS if leans(sentence) else 1.0) * place / length**_COST_POWER)


def _outdated(material: Material, claims: Iterable[str], held: frozenset[str]) -> bool:
    """Whether an older state is among them without the newer one, or a plan that was ``held``. A disputed claim can
    be an older state too, whatever its status says."""
    present = set(claims)
    older = (c for c in present if material.successors.get(c) or material.claims[c].status == "superseded")
    return bool(present & held) or any(not material.successors.get(c, frozenset()) & present for c in older)


def _chosen(material: Material, candidates: list[_Candidate], most: int, same: float) -> list[list[_Candidate]]:
    worth = _Worth(material, candidates)
    groups: list[list[_Candidate]] = []
    told: list[_Candidate] = []
    pool = [c for c in candidates if c.fair]
    first = 0.0
    while pool and len(told) < most:
        best = max(pool, key=worth.gain)
        gain = worth.gain(best)
        first = first or gain
        if gain <= 0 or (gain < _WORTH * first and len(told) >= _LEAST):
            break
        group = _in_order(material, [best, *_others(material, best, candidates, told, worth)])
        pool.remove(best)
        if len(told) + len(group) > most:
            continue
        groups.append(group)
        for member in group:
            told.append(member)
            worth.cover(member)
        pool = [c for c in pool if not _repeats(c, group, worth, same)]
    return groups


def _repeats(one: _Candidate, group: list[_Candidate], worth: _Worth, same: float) -> bool:
    return worth.known(one) or any(overlap(one.terms, other.terms) >= same for other in group)


class _Worth:
    """What a sentence would add to those already told."""

    def __init__(self, material: Material, candidates: list[_Candidate]) -> None:
        self._claims = {
            c.id: _claim_weight(c) * (_NEWEST if c.id in material.newest else 1.0) for c in material.story.claims
        }
        self._terms = _term_weights(material, candidates)
        self._covered_claims: set[str] = set()
        self._covered_terms: set[str] = set()

    def gain(self, one: _Candidate) -> float:
        """Weight of the claims and words that are new, times its standing. Each further claim of one sentence counts
        less, so that a sentence is not worth more for being read in smaller pieces."""
        claims = sorted((self._claims[c] for c in one.claims if c not in self._covered_claims), reverse=True)
        words = sum(self._terms.get(t, 0.0) for t in sorted(one.terms - self._covered_terms))
        return one.standing * (sum(w / (i + 1) for i, w in enumerate(claims)) + words)

    def known(self, one: _Candidate) -> bool:
        """Whether all its claims have been told."""
        return self._covered_claims.issuperset(one.claims)

    def cover(self, one: _Candidate) -> None:
        """Count it as told."""
        self._covered_claims.update(one.claims)
        self._covered_terms.update(one.terms)


def _term_weights(material: Material, candidates: list[_Candidate]) -> dict[str, float]:
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
    headlines = frozenset(word for a in material.articles for word in fold(a.title or "").split())
    weighed = {term: value * (2.0 if term in headlines else 1.0) for term, value in sorted(total.items())}
    whole = sum(weighed.values()) or 1.0
    return {term: _WORD_SHARE * value * sqrt(len(weighed)) / whole for term, value in weighed.items()}


def _claim_weight(claim: Claim) -> float:
    support = claim.support
    size = 0.6 + log(1 + support.articles) + 0.8 * (support.newsrooms[0] - 1) + 0.8 * (support.roots[0] - 1)
    return float(_STATUS_WEIGHT[claim.status] * max(size, 0.1))


def _others(
    material: Material, one: _Candidate, candidates: list[_Candidate], told: list[_Candidate], worth: _Worth
) -> list[_Candidate]:
    """For each reading that stands against one of its claims, the best sentence that gives it, unless it is told."""
    found: list[_Candidate] = []
    for reading in _against(material, one.claims):
        if any(reading & set(c.claims) for c in (one, *told, *found)):
            continue
        able = [c for c in candidates if reading & set(c.claims)]
        if able:
            found.append(max(able, key=lambda c: (c.fair, worth.gain(c))))
    return found


def _in_order(material: Material, group: list[_Candidate]) -> list[_Candidate]:
    """The newest state first; what is denied before its denial, which cannot be understood without it."""

    def place(one: _Candidate) -> tuple[bool, bool]:
        denied = any(material.claims[c].status == "denied" for c in one.claims)
        return _kind(material, one) != 0, not denied

    return sorted(group, key=place)


def _against(material: Material, claims: Iterable[str]) -> list[frozenset[str]]:
    mine = set(claims)
    against = [
        frozenset(reading.claims)
        for conflict in material.conflicts
        if conflict.relation == "contradiction" and any(mine & set(r.claims) for r in conflict.readings)
        for reading in conflict.readings
        if not mine & set(reading.claims)
    ]
    for claim in (material.claims[c] for c in claims):
        denials = {c.id for s in claim.denied_by if (c := material.claim_of.get(s))}
        against += [frozenset(denials)] if denials and not denials & mine else []
    return against


def _kind(material: Material, one: _Candidate) -> int:
    """Confirmed or newest state, before disputed, before told once, before planned."""
    claims = [material.claims[c] for c in one.claims]
    if all(c.status == "planned" for c in claims):
        return 3
    if any(c.status == "denied" or (c.status == "disputed" and c.id not in material.newest) for c in claims):
        return 1
    confirmed = max(claims, key=_claim_weight).status == "corroborated"
    return 0 if confirmed or any(c.id in material.newest for c in claims) else 2


def _told(material: Material, one: _Candidate) -> BriefSentence:
    article, span = one.sentence.article, one.sentence.span
    text = one.text
    citations = [Location(article.id, span)]
    name = _unsaid_source(material, one)
    if name and name.casefold() not in text.casefold():
        text = f"{text[:-1]} ({name})." if text.endswith(".") else f"{text} ({name})"
        _, credit = material.newsroom.get(article.id, ("", None))
        citations += [credit] if credit and name == material.newsroom[article.id][0] else []
    return BriefSentence(text, tuple(citations), one.claims)


def _unsaid_source(material: Material, one: _Candidate) -> str | None:
    """Whom to name where the words name nobody and only one root stands behind them."""
    for statement in one.sentence.statements:
        claim = material.claim_of.get(statement.id)
        if claim and not statement.attribution and claim.support.roots[1] <= 1:
            return statement.root.name or material.newsroom.get(statement.article, ("one report", None))[0]
    return None
