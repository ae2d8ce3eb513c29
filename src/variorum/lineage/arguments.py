"""What of two texts alone argues for a direction, however few there are and whatever the record lacks.

The scorer weighs counts beside a family. In a family of two, without times, its counts say little; what an editor
would say then is said here.
"""

from __future__ import annotations

import numpy as np

from variorum.lineage.kinship import NAMES, Floats
from variorum.lineage.relations import Kin
from variorum.text.shingle import Mask

_CUT, _FITS = 2.0, 2.0  # log-odds; see `beginnings` and `headlines`
_TIME, _TELLS = NAMES.index("time") - NAMES.index("title_same"), 0.5  # column of `Kin.facts`; log-odds
_TOLD = 0.5  # of its weight, where times tell: these are wrong at times
_STRAY = 5  # runs of words: one edit
_WHOLE, _GONE = 0.9, 0.2  # of the runs at either end
_MUCH = 0.8  # of the longer: what is left by a cut
_OTHER = 0.5  # of the runs at the beginning: less, and the leads are not the same
_FIT = 0.2  # of the words of the headline


def argued(one: Kin) -> Floats:
    """For each pair what is to be added to the log-odds of its direction: less where times tell it."""
    parent, child = one.pairs.T
    worth = _CUT * beginnings(one).astype(np.float32) + _FITS * headlines(one).astype(np.float32)
    open_ = ~(np.abs(one.facts[:, _TIME]) > _TELLS)
    return np.asarray(np.where(open_, 1, _TOLD) * (worth - worth.T)[parent, child], np.float32)


def argued_words(one: Kin, row: int) -> list[str]:
    """The arguments for the direction of a pair."""
    p, c = one.pairs[row].tolist()
    said = []
    if beginnings(one)[p, c]:
        said.append("is the beginning of the parent and no more: cut from the end")
    if headlines(one)[p, c]:
        said.append("has the parent's headline, which is made of words of the parent's lead and not of its own")
    return said


def beginnings(one: Kin) -> Mask:
    """[p, c]: whether c is but the beginning of p, which goes on for long. Copies are cut from the end; who adds that
    much to another's report changes more than its end."""
    size, shared, lead, tail = (one.full.runs[:, :, i] for i in (0, 1, 5, 6))
    inside = (size - shared <= _STRAY).T & (lead > _WHOLE).T & (lead > _WHOLE) & (tail < _GONE)
    return np.asarray(inside & (_MUCH * size > size.T))


def headlines(one: Kin) -> Mask:
    """[p, c]: whether two have one headline over different leads and it is made of the words of p's: it was written
    for that one."""
    members = one.family.members
    lead = one.full.runs[:, :, 5]
    fit = np.array([len(m.title & m.lead) / max(1, len(m.title)) for m in members])
    same = np.array([[bool(m.title) and m.title == other.title for other in members] for m in members])
    return np.asarray(same & (np.maximum(lead, lead.T) < _OTHER) & (fit[:, None] - fit >= _FIT))
