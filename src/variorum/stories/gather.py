"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from variorum.model import Article, Story
from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, weigh
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval

Indices = npt.NDArray[np.int64]
_FAINT = 0.04  # likenesses below this are taken for none
_CROWD = 2000  # a term of more articles than this, and of a tenth of them all, pairs nobody


def gather(articles: Sequence[Article], config: StoriesConfig | None = None) -> tuple[Story, ...]:
    """The stories of ``articles``, each article in one, by their first article.

    Works without dates, parsing or blocks. A story's id is made of its articles', its title is that of the article
    nearest to its centre; claims and what follows are left empty.
    """
    config = config or StoriesConfig()
    profiles = [profile(article) for article in articles]
    likeness = _likeness(profiles, config)
    groups = _linkage(len(articles), likeness, config)
    return tuple(_story([articles[i] for i in group], group, likeness, config) for group in groups)


def _likeness(profiles: Sequence[Profile], config: StoriesConfig) -> list[dict[int, float]]:
    """For each article the articles it resembles and how much."""
    terms, holders, weights, crowded = _vectors(profiles, config)
    order = np.argsort(terms, kind="stable")
    terms_by, holders_by, weights_by = terms[order], holders[order], weights[order]
    begins = np.searchsorted(terms_by, terms)
    sizes = np.searchsorted(terms_by, terms, side="right") - begins
    rows = np.searchsorted(holders, np.arange(len(profiles) + 1))
    likeness: list[dict[int, float]] = [{} for _ in profiles]
    for i in range(len(profiles)):
        part = slice(rows[i], rows[i + 1])
        size = np.where(sizes[part] > crowded, 0, sizes[part])
        offsets = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        found = np.repeat(begins[part], size) + offsets
        dots = np.bincount(holders_by[found], np.repeat(weights[part], size) * weights_by[found], len(profiles))
        for j in np.flatnonzero(dots > _FAINT).tolist():
            if j < i:
                value = float(dots[j]) * nearness(profiles[i].time, profiles[j].time)
                likeness[i][j] = likeness[j][i] = value
    return likeness


def _vectors(profiles: Sequence[Profile], config: StoriesConfig) -> tuple[Indices, Indices, Weights, int]:
    """Terms (numbered), the article each stands in (ascending), its weight there; and how many articles a term may
    stand in to count."""
    sizes = [len(p.terms) for p in profiles]
    every = np.concatenate([p.terms for p in profiles]) if profiles else np.zeros(0, np.uint64)
    known, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
    rare = rarity(known, counts.astype(np.float64), len(profiles))
    terms: list[Indices] = []
    holders: list[Indices] = []
    weights: list[Weights] = []
    begin = 0
    for i, (one, size) in enumerate(zip(profiles, sizes, strict=True)):
        mine = numbers[begin : begin + size]
        begin += size
        kept, weight = weigh(one.prominence, rare[mine], config.terms)
        terms.append(mine[kept])
        weights.append(weight)
        holders.append(np.full(len(kept), i))
    if not profiles:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), _CROWD
    crowd = max(_CROWD, len(profiles) // 10)
    return np.concatenate(terms), np.concatenate(holders), np.concatenate(weights), crowd


def _linkage(count: int, likeness: Sequence[dict[int, float]], config: StoriesConfig) -> list[list[int]]:
    """Groups of articles: the two groups with the greatest mean likeness between their texts become one, until none
    reaches ``config.alike``. Copies are one text from the start."""
    members = _texts(count, likeness, config)
    sums: dict[int, dict[int, float]] = {g: {} for g in members}
    for g, texts in members.items():
        for j, value in likeness[texts[0]].items():
            if j in members:
                sums[g][j] = value
    sizes = dict.fromkeys(members, 1)
    heap = [(-v, g, h) for g, row in sums.items() for h, v in row.items() if g < h and v >= config.alike]
    heapq.heapify(heap)
    while heap:
        value, g, h = heapq.heappop(heap)
        if h not in sums.get(g, {}) or -value != sums[g][h] / (sizes[g] * sizes[h]):
            continue  # one of the two has grown or gone since
        _merge(g, h, members, sums, sizes)
        for k, total in sums[g].items():
            mean = total / (sizes[g] * sizes[k])
            if mean >= config.alike:
                heapq.heappush(heap, (-mean, min(g, k), max(g, k)))
    return sorted(sorted(group) for group in members.values())


def _texts(count: int, likeness: Sequence[dict[int, float]], config: StoriesConfig) -> dict[int, list[int]]:
    """Articles that are copies of one another, by the first of them."""
    first = list(range(count))
    for i in range(count):
        copies = [j for j, value in likeness[i].items() if j < i and value >= config.copy]
        if copies:
            first[i] = first[min(copies)]
    members: dict[int, list[int]] = {}
    for i, head in enumerate(first):
        members.setdefault(head, []).append(i)
    return members


def _merge(
    g: int, h: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]], sizes: dict[int, int]
) -> None:
    """Make ``h`` part of ``g``, whichever is the lesser number staying."""
    members[g] += members.pop(h)
    sizes[g] += sizes.pop(h)
    del sums[g][h]
    for k, total in sums.pop(h).items():
        if k != g:
            del sums[k][h]
            sums[g][k] = sums[k][g] = sums[g].get(k, 0.0) + total


def _story(
    articles: Sequence[Article], group: Sequence[int], likeness: Sequence[dict[int, float]], config: StoriesConfig
) -> Story:
    ids = tuple(article.id for article in articles)
    central = max(range(len(group)), key=lambda k: (_centrality(group[k], group, likeness, config), -k))
    dates = sorted((span, a.published.value) for a in articles if a.published and (span := interval(a.published)))
    return Story(
        id=content_id("story", *sorted(ids)),
        title=next(_titles(articles, central), ""),
        articles=ids,
        shares=dict.fromkeys(ids, 1.0),
        begin=dates[0][1][:10] if dates else None,
        end=dates[-1][1][:10] if dates else None,
    )


def _centrality(
    article: int, group: Sequence[int], likeness: Sequence[dict[int, float]], config: StoriesConfig
) -> float:
    """Likeness to the others, copies of itself left out, so that the most copied text is not the centre for that."""
    near = (likeness[article].get(other, 0.0) for other in group)
    return sum(value for value in near if value < config.copy)


def _titles(articles: Sequence[Article], central: int) -> Iterator[str]:
    """The title of the central article, else its first line, else what another article offers."""
    for article in (articles[central], *articles):
        if article.title and article.title.strip():
            yield squeeze(article.title)
        line = squeeze(next((part for part in article.text[:5000].splitlines() if part.strip()), ""))
        if line:
            yield line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"
