"""What a disputed figure counts, in words of the reports where its unit says nothing: "the size of the party"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.vocabulary import words

_NOTHING: Final = "the number of things"
_COST: Final = re.compile(r"the cost in (.+)")
#: "A party of 12", "the party was closer to 25".
_SIZE: Final = re.compile(
    r"\b(?:an?|the|his|her|its|their) (?:[\w-]+ )??([a-z]{3,}) (?:of|(?:was|were|is) (?:\w+ )?to) "
    r"(?:closer to |about |around |some |nearly |almost |over |at least )?\d"
)
#: "Bottles of wine costing 90 pounds", "the bridge cost 3 million".
_PAID_FOR: Final = re.compile(r"\b([a-z]{3,})(?: that| which)? (?:cost|costs|costing|priced at|worth)\b[^.;]{0,25}\d")


def named(about: str, facts: Iterable[Fact]) -> str:
    """``about``, with the noun that was counted or paid for where it has none; the one that most reports use."""
    texts = {fact.id: fact.folded for fact in facts}.values()
    if about == _NOTHING:
        noun = _commonest(_SIZE, texts)
        return f"the size of the {noun}" if noun else about
    cost = _COST.fullmatch(about)
    noun = _commonest(_PAID_FOR, texts) if cost else None
    return f"the cost of {noun} in {cost[1]}" if cost and noun else about


def _commonest(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    found = Counter(noun[1] for text in texts if (noun := pattern.search(text)) and noun[1] not in _empty())
    return min(found, key=lambda noun: (-found[noun], noun), default=None)


def _empty() -> frozenset[str]:
    return words().empty | words().pointing | words().relative
