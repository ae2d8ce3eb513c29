"""What can be set about lineage. The defaults hold for every collection; lengths are in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineageConfig:
    """Settings of `trace`.

    ``gram`` and ``window``: any ``gram + window - 1`` words in a row that two articles share are seen.
    ``bucket``: a fingerprint of more articles than this is not paired all with all, but each with a few others.
    ``least_prints``: shared fingerprints, quoted speech and chrome left out, from which a pair is aligned.
    ``least_words``: same words outside quotations and chrome from which a pair is linked.
    ``least_share``: the part of the shorter body that these must make up, unless they are ``many_words``: a biography
    or an invitation to subscribe makes up less.
    ``strangers``: articles of so many unrelated groups repeating a passage make it chrome or a common statement.
    ``parents``: how many candidate parents of an article are weighed, best first.
    ``processes``: how many work; 0 is one for each processor, if there is enough to read. It changes no result.
    """

    gram: int = 6
    window: int = 8
    bucket: int = 24
    least_prints: int = 3
    least_words: int = 16
    least_share: float = 0.06
    many_words: int = 40
    strangers: int = 3
    parents: int = 12
    processes: int = 1
