"""Whether a statement says something by itself: reports are full of stumps that are worded alike and tell nothing."""

from __future__ import annotations

from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.remembered import of_fact
from variorum.compare.facts.vocabulary import words
from variorum.model import Span

#: Terms up to which a sentence about "he" or "it" that names and counts nothing could be of anybody.
_FEW: Final = 2
#: Opens a sentence whose subject stands behind its verb.
_THERE: Final = "there"


@of_fact
def asserts(fact: Fact) -> bool:
    """Whether something is said of something, and of what can be told: no heading ("Regina Holm as mayor"), no stump of
    a sentence cut at a full stop ("Mr"), no question, and not only that "he was hired"."""
    if asks(fact):
        return False
    opening = fact.key.split(" ", 1)[0].removesuffix("'s")
    counted = any(count.slot.role for count in fact.counts)  # "two killed" tells it without a verb
    if not (counted or opening == _THERE or subject_before_verb(fact)):
        return False
    told = len(fact.terms) > _FEW or bool(fact.names) or bool(fact.counts)
    return told or opening not in words().pointing


@of_fact
def asks(fact: Fact) -> bool:
    """A question holds nothing."""
    return fact.statement.text.rstrip("\"'”’) ").endswith("?")


def subject_before_verb(fact: Fact) -> bool:
    """Whether somebody or something stands before a verb of what is said."""
    frame = fact.statement.frame
    if frame is None or not frame.predicate:
        return True  # not parsed
    verb = frame.span[0]
    told = fact.statement.content
    # Who asks for it is not who does it: "Holm said: 'Sell the barge'".
    return _begins_in(verb, told) and any(a.span[0] <= verb and _begins_in(a.span[0], told) for a in frame.arguments)


def _begins_in(place: int, content: tuple[Span, ...]) -> bool:
    return not content or any(begin <= place < end for begin, end in content)
