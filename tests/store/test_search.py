"""Searching finds the same on both databases, and never runs what is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_store import article

from variorum.errors import UsageError
from variorum.model import Article
from variorum.ports import Store
from variorum.store.query import found_in, read_query
from variorum.store.words import words

QUAY = article(1, "The crane burst into flames at night. Missiles of intermediate-range were not meant.")
PIER = article(2, "At night the Crane was calm; the flames, Mayor Åsa Öberg's office said, burst later.", title="Pier",
               publisher="Velda Courier", authors=("Anna Kowalska",))  # fmt: skip
EAST = article(
    3, "東京の桟橋で火災。 Пожар на причале. E\u0301te\u0301 difficile.", title="Feu au quai", publisher="Le Quai"
)
LATE = replace(article(4, "Nothing burned.", title=None), published=None)


@pytest.fixture
def filled(store: Store) -> Store:
    """A library of four reports."""
    store.create("quay")
    store.add("quay", [QUAY, PIER, EAST, LATE])
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("crane", "12"),  # the title of 2 says Pier, but its text says Crane
        ("CRANE flames", "12"),
        ('"burst into flames"', "1"),
        ('"flames burst"', ""),
        ("missile", "1"),
        ("missiles", "1"),
        ("intermediate-range", "1"),
        ('"range intermediate"', ""),
        ("title:pier", "2"),
        ("title:night", ""),
        ('publisher:"velda courier"', "2"),
        ("author:kowalska", "2"),
        ("author:anna -night", ""),
        ("night -calm", "1"),
        ("-night", "34"),
        ("asa oberg", "2"),
        ("Öberg's", "2"),
        ("inter*", "1"),
        ("при*", "3"),
        ("пожар", "3"),
        ("東京", "3"),
        ("京東", ""),
        ("ete", "3"),
        ("crane from:2031-05-02", "2"),
        ("crane to:2031-05-01", "1"),
        ("from:2031-05 to:2031-05", "123"),
        ("to:2030", ""),
        ("burned", "4"),
        ("12:30", ""),
    ],
)
def test_what_is_found(filled: Store, query: str, found: str) -> None:
    """Words, phrases, fields, dates, and what is left out."""
    assert sorted(hit.card.id[-1] for hit in filled.search(query).rows) == list(found)


def test_hits_are_marked(filled: Store) -> None:
    """Marks are exact spans of the text, and of the snippet."""
    (hit,) = filled.search('"burst into flames" night').rows
    assert [QUAY.text[b:e] for b, e in hit.marks] == ["burst into flames", "night"]
    assert [hit.snippet[b:e] for b, e in hit.snippet_marks] == ["burst into flames", "night"]
    assert QUAY.text[slice(*hit.snippet_span)] == hit.snippet


def test_pages_of_hits(filled: Store) -> None:
    """Newest first, in pages."""
    page = filled.search("-xyz", limit=3)
    assert [h.card.id[-1] for h in page.rows] == ["3", "2", "1"]
    assert [h.card.id[-1] for h in filled.search("-xyz", cursor=page.next).rows] == ["4"]


def test_removed_articles_are_not_found(filled: Store) -> None:
    """Neither their words nor, for one that comes after, the words of its place's former owner."""
    filled.remove("quay", [LATE.id])
    assert not filled.search("burned").rows
    filled.add("quay", [article(5, "A new number.")])
    assert not filled.search("burned").rows
    filled.drop("quay")
    assert not filled.search("crane").rows


@pytest.mark.parametrize(
    "query", ["", '""', "   ", "***", "from:x", "from:2031-13", "to:31", "a " * 40, "x" * 1001, "-"]
)
def test_queries_that_cannot_be_meant(store: Store, query: str) -> None:
    """Are refused with a word on what to write."""
    with pytest.raises(UsageError, match="search:"):
        store.search(query)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@example("\u037a")  # a letter that folds to nothing
@given(st.text(st.sampled_from("abn\"'*:;()-^&|!<>\\%_{}[]$ \x00\n東é") | st.characters(), max_size=40))
def test_nothing_typed_breaks_out(filled: Store, query: str) -> None:
    """Whatever is typed finds something, finds nothing, or is refused."""
    try:
        filled.search(query)
    except UsageError:
        return


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("abcs東é\u0301 -'.\n"), max_size=30), min_size=1, max_size=4), st.data())
def test_a_text_is_found_by_its_own_words(texts: list[str], data: st.DataObject) -> None:
    """Any stretch of words of a text is a phrase found in it, where it stands."""
    text = data.draw(st.sampled_from(texts))
    held = words(text)
    if held:
        begin = data.draw(st.integers(0, len(held) - 1))
        end = data.draw(st.integers(begin + 1, len(held)))
        terms = read_query('"' + text.replace('"', " ") + '"').terms if end - begin == len(held) else ()
        marks = found_in(text, terms)
        assert not terms or words(text[slice(*marks[0])]) == held


def test_a_very_long_text(store: Store) -> None:
    """Two megabytes on one line, most of them different words, are indexed as far as the database can."""
    store.create("quay")
    text = "harbour " + " ".join(f"w{n}" for n in range(280_000)) + " the" * 5000
    long = Article(id="art-long", source="long", text=text)
    assert store.add("quay", [long]).new
    assert store.search("harbour w77").rows[0].card.id == "art-long"
    assert store.remove("quay", ["art-long"]) == 1
