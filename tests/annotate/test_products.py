"""Products whose rows do not depend on each other."""

from __future__ import annotations

import numpy as np
import pytest

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.products import product
from variorum.model import Annotation, Article

TEXTS = [
    "The quay was closed, harbour master Ilse Korn said on Monday.",
    "“Nobody was hurt,” Korn told reporters.\n\nThe ferry company denied that its ship had been too fast.",
    "Two cranes fell, according to the port.\n\n“We heard a bang”, said a docker who asked not to be named.",
    "A spokesman for the line, Arne Voss, called the claims “nonsense” and promised figures by Friday.",
]


@pytest.mark.parametrize(("inputs", "outputs", "tile"), [(96, 384, 16), (64, 2, 16), (288, 288, 64), (192, 64, 16)])
def test_a_row_is_the_same_wherever_it_stands(inputs: int, outputs: int, tile: int) -> None:
    """Alone, among others and in another order: to the last digit."""
    dice = np.random.default_rng(inputs)
    matrix = dice.standard_normal((inputs, outputs)).astype(np.float32)
    rows = dice.standard_normal((151, inputs)).astype(np.float32)
    whole = product(rows, matrix, tile)
    assert np.allclose(whole, rows @ matrix, atol=1e-3)
    order = dice.permutation(len(rows))
    assert np.array_equal(product(rows[order], matrix, tile), whole[order])
    for number in range(0, len(rows), 10):
        assert np.array_equal(product(rows[number : number + 1], matrix, tile), whole[number : number + 1])
        assert np.array_equal(product(rows[number : number + 23], matrix, tile), whole[number : number + 23])


def test_what_is_read_along_does_not_show(annotator: Annotator) -> None:
    """Neither in what the networks say to the last digit, nor in what is remembered of them."""
    articles = [Article(str(n), str(n), text, language="en") for n, text in enumerate(TEXTS)]
    tagger = annotator._tagger
    assert tagger is not None

    def likely(given: list[Article]) -> dict[str, list[tuple[float, float]]]:
        tagger._known.clear()
        drafts = list(annotator._corrected(_drafts(annotator, given)))
        return {
            d.article.id: [(t.likely, t.reports) for tags in tagger.tag(d.paragraphs) for t in tags] for d in drafts
        }

    together = likely(articles)
    assert any(together.values())
    assert likely(articles[::-1]) == together
    for article in articles:
        assert likely([article])[article.id] == together[article.id]


def test_same_words_between_other_marks_are_read_again() -> None:
    """A paragraph within a quotation that runs over several is not the same paragraph."""
    alone = "The pump failed, Korn said."
    quoted = "“We were warned twice.\n\n“The pump failed, Korn said."
    with Annotator(AnnotateConfig(processes=1)) as annotator:
        (first,) = annotator.annotate([Article("a", "a", alone, language="en")])
        list(annotator.annotate([Article("b", "b", quoted, language="en")]))
        known = annotator._tagger._known if annotator._tagger else {}
        assert len(known) == 3
        (again,) = annotator.annotate([Article("a", "a", alone, language="en")])
    assert isinstance(first, Annotation)
    assert first == again


def _drafts(annotator: Annotator, articles: list[Article]):  # type: ignore[no-untyped-def]
    from variorum.annotate.annotator import _drafted
    from variorum.annotate.parse import paragraphs

    blocks = [paragraphs(a, annotator.config.longest_paragraph) for a in articles]
    trees = annotator.parser.parse(list(zip(articles, blocks, strict=True)))
    return (_drafted(a, t) for a, t in zip(articles, trees, strict=True))
