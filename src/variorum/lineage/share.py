"""Phase 3, per pair: how many words two articles share that speak of copying, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from variorum.lineage.candidates import Indices
from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Sheet
from variorum.lineage.kinship import Member, member
from variorum.model import Article
from variorum.text.shingle import Hashes, Mask, among, bulk_words, grams, mix


class Titles:
    """The words of the titles of some articles, by number."""

    def __init__(self, articles: Sequence[Article], numbers: Sequence[int]) -> None:
        self._place = {number: place for place, number in enumerate(numbers)}
        self._words = bulk_words([articles[number].title or "" for number in numbers])

    def __getitem__(self, number: int) -> Hashes:
        return self._words.words(self._place[number])[0]


class Masks(Sequence[Mask]):
    """For each article which of its words count: those outside chrome. Made when asked for."""

    def __init__(self, sheets: Sequence[Sheet], chrome: Hashes, config: LineageConfig) -> None:
        self._sheets, self._chrome, self._config = sheets, chrome, config
        self._made: dict[int, Mask] = {}

    def __len__(self) -> int:
        return len(self._sheets)

    def __getitem__(self, number: int) -> Mask:  # type: ignore[override]
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = counted(self._sheets[number], self._chrome, self._config)
        return found


def counted(sheet: Sheet, chrome: Hashes, config: LineageConfig) -> Mask:
    """Words outside ``chrome``: those between two chrome fingerprints that follow closely are chrome too."""
    mask = np.ones(len(sheet), np.bool_)
    if not len(chrome) or not len(sheet.prints):
        return mask
    at = sheet.at[among(sheet.prints, chrome)]
    near = np.append(np.diff(at) < config.gram + config.window, False)
    reach = np.where(near, np.append(at[1:], 0), at + config.gram)
    for here, end in zip(at.tolist(), reach.tolist(), strict=True):
        mask[here:end] = False
    return mask


def related(sheets: Sequence[Sheet], pairs: Indices, masks: Sequence[Mask], config: LineageConfig) -> Indices:
    """The candidate ``pairs`` that share enough (n x 2)."""
    keep = np.zeros(len(pairs), np.bool_)
    # In order of the first of each pair, whose runs of words are ranked once.
    for group in np.split(np.arange(len(keep)), np.flatnonzero(np.diff(pairs[:, 0])) + 1) if len(keep) else ():
        a = int(pairs[group[0], 0])
        ranked, size_a = np.sort(grams(sheets[a].ids, config.gram)), int(masks[a].sum())
        for row in group.tolist():
            b = int(pairs[row, 1])
            sheet, mask = sheets[b], masks[b]
            cover = _spread(among(grams(sheet.ids, config.gram), ranked), config.gram)
            telling = int((cover & mask & ~sheet.quoted).sum())
            smaller = min(size_a, int(mask.sum()))
            enough = telling >= min(config.least_words, max(12, 0.6 * smaller))
            keep[row] = enough and telling >= min(config.many_words, config.least_share * smaller)
    return pairs[keep]


def _spread(hits: Mask, size: int) -> Mask:
    """The words that runs of ``size`` words cover."""
    steps = np.zeros(len(hits) + size, np.int64)
    steps[: len(hits)] += hits
    steps[size:] -= hits
    return np.cumsum(steps)[:-1] > 0


def viewed(article: Article, title: Hashes, sheet: Sheet, mask: Mask, own: str | None) -> Member:
    """The article as the scorer looks at it; ``title`` are the words of its title."""
    points = np.frombuffer(article.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    marks = points.astype(np.uint64)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(marks * marks * marks)))
    lines = np.concatenate(([0], np.cumsum(points == 0x0A)))
    begin, end = sheet.ends[:-1], sheet.starts[1:]
    near = mask[:-1] & mask[1:] & (np.diff(sheet.sections) == 0)
    between = sums[end] - sums[begin]
    broken = (lines[end] > lines[begin]) & near
    pairs = grams(sheet.ids, 2)
    joints = mix(pairs + between)[near] if len(pairs) else pairs
    breaks = pairs[broken] if len(pairs) else pairs
    return member(article, title, sheet.ids[mask], joints, breaks, sheet.quoted[mask], own)
