"""What can be set about stories. One default for all collections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """Settings of `gather` and `StoryStream`; likenesses are cosines in [0, 1].

    ``alike`` is the mean likeness between the articles of two groups from which `gather` makes them one story,
    ``certain`` that from which it does so although they hardly share a rare name, ``join`` the likeness of an article
    with a story's centre from which `StoryStream` adds it. From ``copy`` on two articles are taken for one text, which
    counts once in a centre. ``terms`` are kept of each article, the heaviest.
    """

    alike: float = 0.17
    certain: float = 0.25
    join: float = 0.26
    copy: float = 0.85
    terms: int = 250
