"""What can be set about stories. One default for all collections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """Settings of `gather` and `StoryStream`; how sure it is that two articles are of one event is in [0, 1].

    ``alike`` is how sure it must be on average, between the articles of two groups, for them to be one story,
    ``unnamed`` the same where they hardly share a rare name; ``certain`` how sure three articles of a story must be of
    one that was left over, ``join`` how sure a story must be of an article that has just arrived. From the cosine
    ``copy`` on two articles are taken for one text, which counts once. ``terms`` are kept of each article, the
    heaviest. A stream looks again at what has changed every ``settle`` texts, and holds the words of ``window`` texts.
    """

    alike: float = 0.3
    unnamed: float = 0.8
    certain: float = 0.5
    join: float = 0.4
    copy: float = 0.85
    terms: int = 250
    settle: int = 500
    window: int = 100_000
    abroad: float = 0.54
    vectors: int = 1000
