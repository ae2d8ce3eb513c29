"""Why a link is drawn, in words: the numbers that moved the scorer most, each as a sentence that a reader can check."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from variorum.lineage.arguments import argued_words
from variorum.lineage.evidence import credit_words_for, time_words
from variorum.lineage.forest import Forest
from variorum.lineage.kinship import NAMES
from variorum.lineage.relations import first_table
from variorum.lineage.tree import Choice
from variorum.model import Article

_LEAST = 0.15  # log-odds: less did not decide
_MOST = 6

#: What each column is about: the first topic whose beginning it has, ``over_least_`` and ``under_most_`` aside.
_TOPICS = (
    ("time", ("time", "gap", "tied", "before", "between")),
    ("credit", ("names_", "credits_", "common_credits", "lost_credits", "new_credits", "mentions_", "same_newsroom",
                "parent_is_agency", "child_is_agency", "same_address")),
    ("strange", ("c_words", "c_strange", "p_words", "p_strange")),
    ("title", ("title", "lead_in_title", "c_title", "p_title")),
    ("layout", ("c_joint", "p_joint", "c_break", "p_break")),
    ("others", ("c_missing", "c_edited_known", "c_block_known", "containers", "rank", "behind_best")),
    ("only", ("c_only", "p_only")),
    ("parent_own", ("p_edited", "p_edits", "p_novel", "p_missing")),
    ("lost", ("p_block", "p_share", "p_lead", "c_lead_fits", "p_lead_fits", "p_tail", "size_ratio", "parent_size")),
    ("added", ("c_novel", "c_edit", "c_block", "c_share", "c_lead", "c_tail", "odd_differences", "differences",
               "child_size")),
)  # fmt: skip


@cache
def _topic_of() -> tuple[str | None, ...]:
    topics: list[str | None] = []
    for name in NAMES:
        bare = name.removeprefix("over_least_").removeprefix("under_most_")
        topics.append(next((topic for topic, begins in _TOPICS if bare.startswith(begins)), None))
    return tuple(topics)


def reasons(
    forest: Forest, choices: Sequence[Choice], articles: Sequence[Article], own: Sequence[str | None]
) -> list[tuple[str, ...]]:
    """What decided each choice, the weightiest first. ``own`` names the agency whose dispatch an article is."""
    if not choices:
        return []
    added = forest.reasons(np.stack([first_table(choice.kin)[choice.row] for choice in choices]))
    topics = _topic_of()
    names = sorted({topic for topic in topics if topic})
    belongs = np.array([[topic == name for name in names] for topic in topics], np.float32)
    out = []
    for choice, weights in zip(choices, (added @ belongs).tolist(), strict=True):
        p, c = choice.parent, choice.child
        sentences = _sentences(choice, articles[p], articles[c], own[p])
        told = []
        for topic, weight in sorted(zip(names, weights, strict=True), key=lambda item: -abs(item[1])):
            words = sentences.get(topic)
            if words and abs(weight) >= _LEAST:
                told.append(words if weight > 0 else f"against it: {words}")
        told = [*argued_words(choice.kin, choice.row), *told]
        out.append((("a human has ruled so",) if choice.ruled else ()) + tuple(told[:_MOST]))
    return out


def _sentences(choice: Choice, parent: Article, child: Article, agency: str | None) -> dict[str, str]:
    """What can be said on each topic."""
    one = choice.kin
    p, c = one.pairs[choice.row].tolist()
    here, there = one.full.runs[c, p], one.full.runs[p, c]
    layout = one.full.joints[c, p]
    said = {
        "time": time_words(parent, child),
        "credit": credit_words_for(parent, child, agency),
        "title": _title(one.family.members[p].title, one.family.members[c].title),
        "lost": _count(there[12], "lacks {} of the parent") or "lacks no passage of the parent",
        "added": _count(here[12] + here[9], "has {} that the parent lacks") or "has nothing that the parent lacks",
        "parent_own": _count(there[9], "departs from the parent in {}") or "keeps the parent's wording throughout",
    }
    odd, whole = here[15], there[15]
    if max(odd, whole) >= 1:
        said["strange"] = f"where they differ, words that stand nowhere else: {odd:.0f}, in the parent {whole:.0f}"
    if len(one.numbers) > 2:
        said["others"] = (
            _count(here[2], "{} that it shares with others are not in this parent")
            or "all that it shares with any other article stands in this parent"
        )
        said["only"] = _count(here[3], "{} stand in these two and in no other") or "nothing stands in these two alone"
    if layout[0]:
        same = 100 * layout[1] / layout[0]
        said["layout"] = f"{same:.0f}% of its words are set and marked as in the parent"
    return {topic: words for topic, words in said.items() if words}


def _count(runs: float, words: str) -> str:
    count = round(float(runs))
    return words.format(f"{count} runs of words" if count != 1 else "one run of words") if count else ""


def _title(one: frozenset[int], other: frozenset[int]) -> str:
    if not one or not other:
        return ""
    if one == other:
        return "has the parent's headline"
    both = len(one & other) / len(one | other)
    return "has a headline like the parent's" if both > 0.4 else "has another headline"


def share_words(share: float, others: Sequence[str] = ()) -> str:
    """The first reason of every link: how much of the child stands there."""
    where = f" in {', '.join(others)}" if others else " in the parent"
    return f"{share:.0%} of its body stands{where}"
