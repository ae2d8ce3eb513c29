"""Words as numbers, fingerprints, alignment: offsets hold, and copies are found whatever the punctuation."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.align import align
from variorum.text.shingle import grams, winnow, words


def test_words_stand_where_they_say() -> None:
    """Offsets point at the words themselves, in scripts with and without spaces."""
    text = "The mayor’s café — 東京, 42 boats."
    found = words(text)
    shown = [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)]
    assert shown == ["The", "mayor", "s", "café", "東", "京", "42", "boats"]


def test_case_accents_and_marks_do_not_tell_words_apart() -> None:
    """Curly and straight quotation marks, hyphens, capitals and accents compare equal."""
    one = words("“Harbour” – the CAFÉ can’t re‑open")
    other = words('"harbour" - The cafe can\'t re-open')
    assert one.ids.tolist() == other.ids.tolist()


def test_markup_is_not_read_as_words() -> None:
    """The target of a leftover link adds no words; the offsets of what follows hold."""
    text = "By [Wire](https://example.org/long/path) today"
    found = words(text)
    assert [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)] == ["By", "Wire", "today"]


def test_quoted_words_are_known_line_by_line() -> None:
    """A mark left open ends with its line."""
    found = words('He said: "come now" and left\n"open to the end\nafter')
    assert found.quoted.tolist() == [False, False, True, True, False, False, True, True, True, True, False]


def test_names_are_capitals_inside_a_sentence() -> None:
    """The first word of a sentence or line says nothing by its capital."""
    text = "Ferry sinks. Captain Ada Brook swam.\nRescuers came"
    found = words(text)
    named = [text[s:e] for s, e, n in zip(found.starts, found.ends, found.named, strict=True) if n]
    assert named == ["Ada", "Brook"]


def test_no_words_is_no_error() -> None:
    """Empty text and text without letters give no words, no grams, no fingerprints."""
    for text in ("", "—…!", "\ud800"):
        found = words(text)
        assert len(found) == 0
        assert len(winnow(grams(found.ids, 6), 8)) == 0


@given(st.text(max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    """Words are in order, not empty, inside the text, and begin with a letter, digit or mark."""
    found = words(text)
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.lists(st.integers(0, 40), min_size=13, max_size=60), st.lists(st.integers(50, 90), max_size=40))
def test_thirteen_shared_words_share_a_fingerprint(run: list[int], around: list[int]) -> None:
    """The guarantee of winnowing: gram + window - 1 words in a row are seen wherever they stand."""
    one = np.array([*around, *run], np.uint64)
    other = np.array([*run, *reversed(around)], np.uint64)
    kept = [{int(h) for h in g[winnow(g, 8)]} for g in (grams(one, 6), grams(other, 6))]
    assert kept[0] & kept[1]


def _ids(text: str) -> np.ndarray:
    return words(text).ids


def test_alignment_bridges_an_edit() -> None:
    """A changed word and a lost one do not cut the passage; they lower its similarity."""
    numbers = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    edited = numbers.replace("eight", "acht").replace(" ten", "")
    (found,) = align(_ids(numbers), _ids(edited))
    assert (found.a, found.b) == ((0, 15), (0, 14))
    assert found.matched == 13
    assert found.similarity < 1


def test_alignment_follows_reordered_paragraphs() -> None:
    """Two blocks that changed places are two passages."""
    first = " ".join(f"red{i}" for i in range(20))
    second = " ".join(f"blue{i}" for i in range(20))
    found = align(_ids(f"{first} {second}"), _ids(f"{second} {first}"))
    assert [(s.a, s.b) for s in found] == [((0, 20), (20, 40)), ((20, 40), (0, 20))]


def test_no_stretch_crosses_a_section() -> None:
    """Where a block was left out the passage is two passages."""
    ids = _ids(" ".join(f"w{i}" for i in range(40)))
    sections = np.repeat([0, 1], 20)
    found = align(ids, ids, (sections, np.zeros(40, np.int64)))
    assert [s.a for s in found] == [(0, 20), (20, 40)]


@given(st.lists(st.integers(0, 5), max_size=80), st.lists(st.integers(0, 5), max_size=80))
def test_stretches_never_overlap_and_never_lie(a: list[int], b: list[int]) -> None:
    """On any two sequences: bounds hold, a similarity is at most one, the same words are no more than either side."""
    found = align(np.array(a, np.uint64), np.array(b, np.uint64), least=5)
    for s in found:
        assert 0 <= s.a[0] < s.a[1] <= len(a)
        assert 0 <= s.b[0] < s.b[1] <= len(b)
        assert 0 < s.similarity <= 1
