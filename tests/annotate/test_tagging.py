"""The learned taggers over the rules: what they add, what they may not take away, and how they fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.attribution.tagger import Tagger, Thresholds
from variorum.errors import UsageError, VocabularyError
from variorum.model import Annotation, Article, Problem


@pytest.fixture(scope="module")
def by_rules() -> Annotator:
    """The rules alone."""
    return Annotator(AnnotateConfig(attribution="rules"))


def said(annotator: Annotator, text: str) -> list[tuple[str, list[str]]]:
    """Each row's source and content."""
    (annotation,) = annotator.annotate([Article("a", "a.txt", text, language="en")])
    assert isinstance(annotation, Annotation)
    return [(r.name or "", [text[slice(*s)] for s in r.content]) for r in annotation.attributions]


def test_taggers_find_what_no_rule_reads(annotator: Annotator, by_rules: Annotator) -> None:
    """A cue that is in no list of ours."""
    text = "Mayor Ilse Korn is confident that the old bridge will outlive them all."
    assert said(by_rules, text) == []
    assert [content for _, content in said(annotator, text)] == [["that the old bridge will outlive them all"]]


@pytest.mark.parametrize(
    "text",
    [
        "Sarven told her that he saw no light on the reef, the lawyer said.",
        "The ministry was warned in writing that the wall was leaking and did nothing, two clerks told the Post.",
        "The gate has held since March, stated the harbour master Ada Quell.",
    ],
)
def test_words_before_a_tag_are_kept_whole(annotator: Annotator, by_rules: Annotator, text: str) -> None:
    """A tag behind its words takes the whole sentence, whatever is told within."""
    outer = said(by_rules, text)[-1]
    assert outer in said(annotator, text)
    assert text.startswith(outer[1][0])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The operator put participation at 60 percent.", "participation at 60 percent"),
        ("Officials put the death toll at more than 200.", "the death toll at more than 200"),
        ("The police put it at 2,000.", "it at 2,000"),
    ],
)
def test_who_puts_a_figure_states_it(annotator: Annotator, text: str, content: str) -> None:
    """A form that the taggers have seen too seldom."""
    assert [words for _, words in said(annotator, text)] == [[content]]


@pytest.mark.parametrize("text", ["The blast has claimed the lives of three people.", "She put it down at 3 p.m."])
def test_what_is_taken_or_put_down_is_not_said(annotator: Annotator, text: str) -> None:
    """Lives and titles are claimed without a word."""
    assert said(annotator, text) == []


def test_who_is_told_is_no_source(annotator: Annotator) -> None:
    """ "The ministry was warned" has a source that is not the ministry."""
    rows = said(annotator, "The Ministry of Tides was warned in May that the wall was leaking.")
    assert all("Ministry" not in name for name, _ in rows)


def test_who_wants_to_know_asserts_nothing(annotator: Annotator) -> None:
    """A question inside a sentence is nobody's statement of fact."""
    text = "The families want to know why no siren sounded."
    (annotation,) = annotator.annotate([Article("a", "a.txt", text, language="en")])
    assert isinstance(annotation, Annotation)
    assert [s.attribution for s in annotation.statements] == [()]


def test_nothing_to_read(annotator: Annotator) -> None:
    """Texts without a single word."""
    for text in ("", " \n\n ", "\u200b\u200b", "\x00", "…"):
        assert said(annotator, text) == []


def test_reading_does_not_depend_on_company(annotator: Annotator) -> None:
    """An article reads the same alone and among others."""
    texts = [f'"We have {n} boats," Ada Quell said. The mayor denied a claim that they leaked.' for n in range(5)]
    articles = [Article(str(n), "a", text, language="en") for n, text in enumerate(texts)]
    together = list(annotator.annotate(articles))
    alone = [item for article in articles for item in Annotator().annotate([article])]
    assert together == alone


WORDS = ["said", "told", '"', "“", "”", ",", ".", "that", "the", "mayor", "Korn", "denied", ":", "–", "(", "he", "\n"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_in_any_order(annotator: Annotator, words: list[str]) -> None:
    """Spans lie in the text, whatever the order of words and marks."""
    text = " ".join(words)
    for item in annotator.annotate([Article("a", "a", text, language="en")]):
        assert not isinstance(item, Problem)
        for row in item.attributions:
            assert all(0 <= a < b <= len(text) for a, b in row.content)


def test_thresholds_decide(annotator: Annotator) -> None:
    """With thresholds that nothing reaches, nothing is tagged."""
    shy = Annotator()
    shy._tagger = Tagger(thresholds=Thresholds(2.0, 2.0, 2.0))
    text = "Mayor Ilse Korn is confident that the old bridge will outlive them all."
    assert said(shy, text) == []
    assert said(annotator, text)


def test_damaged_weights_are_a_clear_error(tmp_path: Path) -> None:
    """Neither a file that is none nor one cut short is taken for weights."""
    path = tmp_path / "attribution.safetensors"
    path.write_bytes(b"not weights")
    with pytest.raises(VocabularyError, match="holds no weights"):
        Tagger(path)
    with pytest.raises(VocabularyError):
        Tagger(tmp_path / "nothing.safetensors")


def test_an_unknown_reader_is_a_usage_error() -> None:
    """The setting says what it knows."""
    with pytest.raises(UsageError, match="taggers, rules"):
        Annotator(AnnotateConfig(attribution="oracle"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The man was found in the cellar, said Det. J. P. Orlan of the Keld police. Nobody was hurt.", "J. P. Orlan"),
        ("The road is closed, Supt. Ole Brun told reporters. It opens at noon.", "Ole Brun"),
        ("Rescuers found three bodies, according to Insp. Hanne Lark. The search goes on.", "Hanne Lark"),
        ("The bridge will hold, said Brig. Gen. Ivo Stang. He left at once.", "Ivo Stang"),
    ],
)
def test_a_short_form_of_a_rank_ends_no_sentence(annotator: Annotator, text: str, name: str) -> None:
    """Who speaks is the person and not the rank, and what is said is one sentence."""
    (annotation,) = annotator.annotate([Article("a", "a.txt", text, language="en")])
    assert isinstance(annotation, Annotation)
    assert {row.name for row in annotation.attributions} == {name}
    assert name in min(annotation.statements, key=lambda s: s.span).text
