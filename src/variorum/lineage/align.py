"""Phase 3, per pair: the passages two articles share, and which of their words speak of copying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.candidates import Candidates
from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import Sheet
from variorum.text import align as stretches
from variorum.text.shingle import Hashes, Mask


@dataclass(frozen=True, slots=True)
class Match:
    """Two articles ``a`` < ``b`` and the stretches of words they share; ``telling`` counts the same words outside
    quotations and chrome."""

    a: int
    b: int
    shared: tuple[stretches.Stretch, ...]
    telling: int


def align(sheets: Sequence[Sheet], found: Candidates, config: LineageConfig) -> tuple[list[Match], list[Mask]]:
    """The pairs of ``found`` that do share text, and for each article which of its words count (not chrome)."""
    counted = [_counted(sheet, found.chrome, config) for sheet in sheets]
    matches = []
    for a, b in found.pairs.tolist():
        match = _match(a, b, sheets, counted, config)
        if match is not None:
            matches.append(match)
    return matches, counted


def _counted(sheet: Sheet, chrome: Hashes, config: LineageConfig) -> Mask:
    """Words outside chrome: those between two chrome fingerprints that follow closely are chrome too."""
    mask = np.ones(len(sheet), np.bool_)
    if not len(chrome):
        return mask
    at = np.sort(sheet.at[np.isin(sheet.prints, chrome)])
    near = np.append(np.diff(at) < config.gram + config.window, False)
    reach = np.where(near, np.append(at[1:], 0), at + config.gram)
    for here, end in zip(at.tolist(), reach.tolist(), strict=True):
        mask[here:end] = False
    return mask


def _match(a: int, b: int, sheets: Sequence[Sheet], counted: Sequence[Mask], config: LineageConfig) -> Match | None:
    one, other = sheets[a], sheets[b]
    shared = stretches.align(one.ids, other.ids, (one.sections, other.sections))
    shared = tuple(s for s in shared if counted[a][slice(*s.a)].mean() > 0.3)
    telling = sum(_telling(s, one, counted[a]) for s in shared)
    smaller = min(int(counted[a].sum()), int(counted[b].sum()))
    if telling < min(config.least_words, max(12, 0.6 * smaller)):
        return None
    if telling < min(config.many_words, config.least_share * smaller):
        return None
    return Match(a, b, shared, telling)


def _telling(stretch: stretches.Stretch, sheet: Sheet, counted: Mask) -> int:
    begin, end = stretch.a
    part = counted[begin:end] & ~sheet.quoted[begin:end]
    return int(part.sum() * stretch.matched / (end - begin))
