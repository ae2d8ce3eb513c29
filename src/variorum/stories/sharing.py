"""Which of the stories found an article that tells several events belongs to, and by which passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from variorum.model import Span
from variorum.stories.config import StoriesConfig
from variorum.stories.linkage import Outline, linked, within_reach
from variorum.stories.passages import Telling

_SOME: Final = 3  # texts of a story, those surest of a telling, that must be sure of it together
_RIVAL: Final = 0.15  # of how sure the best story is of a telling another may be at most

Told = Sequence[tuple[Telling, Mapping[int, float]]]


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a text belongs to a story, and where."""

    share: float
    spans: tuple[Span, ...]


def grouped(
    likeness: dict[int, dict[int, float]],
    texts: Mapping[int, Outline],
    told: Mapping[int, Told],
    config: StoriesConfig,
) -> tuple[list[list[int]], Mapping[int, Told]]:
    """Groups of texts, and ``told`` without what round-ups say of each other. A round-up would make one group of all
    that it tells, so it stays outside until the others are grouped; what turns out to be none is put back."""
    outside = {head for head, found in told.items() if _bridges(found, likeness, config)}
    groups = _without(outside, likeness, texts, config)
    if outside:
        alone = _by_others(told, outside)
        mixed = {head for _, parts in shared_out(groups, {h: alone[h] for h in outside}, config) for head in parts}
        changed = within_reach(sorted(outside - mixed), likeness, config)
        again = {i: likeness[i] for i in sorted(changed)}
        groups = [group for group in groups if group[0] not in changed] + _without(mixed, again, texts, config)
        outside = mixed
    return groups, _by_others(told, outside)


def _by_others(told: Mapping[int, Told], but: Collection[int]) -> dict[int, Told]:
    return {
        head: [(one, {i: value for i, value in sure.items() if i not in but}) for one, sure in found]
        for head, found in told.items()
    }


def _without(
    outside: Collection[int],
    likeness: dict[int, dict[int, float]],
    texts: Mapping[int, Outline],
    config: StoriesConfig,
) -> list[list[int]]:
    """Groups of the texts in ``likeness``, those ``outside`` alone."""
    inside = {i: {j: v for j, v in row.items() if j not in outside} for i, row in likeness.items() if i not in outside}
    return linked(inside, texts, config) + [[head] for head in likeness if head in outside]


def shared_out(
    groups: Sequence[Sequence[int]], told: Mapping[int, Told], config: StoriesConfig
) -> Iterator[tuple[list[int], dict[int, Part]]]:
    """The groups of texts, those that tell several events in each of theirs, and the parts that these have in it.

    ``told`` has, for each text that may be one, its tellings and how sure each is of other texts. It is one if its
    tellings belong to two groups or more. What belongs to none stays where the text was; if that is one of those
    groups, it is a group of its own.
    """
    home = {text: n for n, group in enumerate(groups) for text in group}
    sizes = [len(group) for group in groups]
    now = [list(group) for group in groups]
    parts: defaultdict[int, dict[int, Part]] = defaultdict(dict)
    for text, found in told.items():
        divided = parts_of(text, found, home, sizes, config, own=len(now))
        if divided:
            now.append([])
            now[home[text]].remove(text)
        for n, part in divided.items():
            now[n].append(text)
            parts[n][text] = part
    yield from ((sorted(group), parts[n]) for n, group in enumerate(now) if group)


def _bridges(found: Told, likeness: Mapping[int, Mapping[int, float]], config: StoriesConfig) -> bool:
    """Whether tellings are surely of texts that are not of one event for all that these say themselves."""
    sure = [{i for i, value in row.items() if value >= config.certain} for _, row in found]
    for one, other in combinations([texts for texts in sure if texts], 2):
        ones, others = one - other, other - one
        if ones and others:
            alike = sum(likeness[i].get(j, 0.0) for i in ones for j in others) / (len(ones) * len(others))
            if alike < config.alike:
                return True
    return False


def parts_of(
    text: int, found: Told, home: Mapping[int, int], sizes: Sequence[int], config: StoriesConfig, own: int
) -> dict[int, Part]:
    """The parts that groups have in ``text``, by group; none if it tells but one event. ``home`` has the group of each
    text, ``sizes`` how many each group has, ``own`` is to be the group of what belongs to none."""
    where = [_surest(text, one, home, sizes, config) for one in found]
    if len({n for n in where if n is not None}) < 2:
        return {}
    rest = own if home[text] in where else home[text]
    return _parts([one for one, _ in found], where, rest)


def _surest(
    text: int,
    told: tuple[Telling, Mapping[int, float]],
    home: Mapping[int, int],
    sizes: Sequence[int],
    config: StoriesConfig,
) -> int | None:
    """The group that a telling of ``text`` belongs to, if any."""
    telling, sure = told
    if telling.profile is None:
        return None
    values: defaultdict[int, list[float]] = defaultdict(list)
    for other, value in sure.items():
        if other != text:
            values[home[other]].append(value)
    means = {}
    for n, each in values.items():
        some = min(_SOME, sizes[n] - (home[text] == n))
        means[n] = sum(sorted(each)[-some:]) / some
    if not means:
        return None
    best, *others = sorted(means, key=lambda n: (-means[n], n))
    if means[best] < config.certain:
        return None
    # Where all events have one cast a passage is like several of them, and tells none.
    return best if all(means[n] <= _RIVAL * means[best] for n in others[:1]) else None


def _parts(tellings: Sequence[Telling], where: Sequence[int | None], rest: int) -> dict[int, Part]:
    """What each group has of a text. A telling too short to tell anything goes with the one before it."""
    found: defaultdict[int, list[Telling]] = defaultdict(list)
    last = next(n for n in where if n is not None)
    for telling, n in zip(tellings, where, strict=True):
        if n is not None or telling.profile is not None:
            last = rest if n is None else n
        found[last].append(telling)
    return {
        n: Part(sum(one.share for one in ones), tuple(sorted(span for one in ones for span in one.spans)))
        for n, ones in found.items()
    }
