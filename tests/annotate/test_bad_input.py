"""Input that no newspaper would print: annotated as far as is honest, and never a crash."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum import collate
from variorum.annotate import Annotator
from variorum.edition import to_json
from variorum.lineage import LineageConfig, trace
from variorum.model import Annotation, Article, Problem, Span, Stamp
from variorum.pipeline import Config
from variorum.stories import gather

NEWS = (
    "The harbour master, Ada Quell, said on Tuesday that at least {n} boats had left the bay of Veldan.",
    '"We have no fuel for {n} days," a spokesman for the Tolmar Port Authority told the Evening Wire.',
    "Officials in Veldan denied claims by the opposition that {n} people were injured.",
    "According to the ministry, the mayor will meet President Iva Rusk of Morland next week.",
)
FOREIGN = {
    "de": "Der Damm über der Stadt ist am Montag gebrochen, sagte die Sprecherin der Behörde. Niemand wurde verletzt. ",
    "fr": "Le barrage a cédé lundi au-dessus de la ville, a déclaré la porte-parole. Personne n'a été blessé. ",
    "ru": "Плотина над городом прорвалась в понедельник, сообщила представитель ведомства. Никто не пострадал. ",
    "es": "La presa cedió el lunes por encima de la ciudad, dijo la portavoz. Nadie resultó herido, según el informe. ",
    "uk": "Гребля над містом прорвалася у понеділок, повідомила речниця відомства. Ніхто не постраждав, сказала вона. ",
}
ODD = (
    "\"'“”‘’«»„`*_#[](){}<>|\\/.,:;!?…-–— \t\n\r\x0b\u2028"
    "\u200b\u202e\u202c\u2066\u00ad\ufeff\x00\x07\x1b\ud800\udfff\u0301"
)


def news(sentences: int, joint: str = "\n\n") -> str:
    """Invented sentences of four kinds, no two alike."""
    return joint.join(NEWS[i % 4].format(n=i + 2) for i in range(sentences))


def drawn(characters: str, count: int) -> str:
    """So many of some characters, the same ones every time."""
    return "".join(random.Random(7).choices(characters, k=count))


def read(annotator: Annotator, text: str, language: str | None = "en") -> Annotation:
    """The one annotation of a text, with all that must hold of any."""
    article = Article("a", "a.txt", text, language=language, published=Stamp("2032-03-12", "day", "stated"))
    *problems, found = annotator.annotate([article])
    assert all(isinstance(p, Problem) and p.reason.startswith("numbers were left: ") for p in problems)
    assert isinstance(found, Annotation)
    holds(found, text)
    return found


def holds(found: Annotation, text: str) -> None:
    """Every span lies inside the text, statements say what stands there, mentions are in order and apart."""
    spans: list[Span | None] = []
    for row in found.attributions:
        spans += [row.span, row.cue, *row.content]
    for statement in found.statements:
        assert statement.text == text[slice(*statement.span)]
        spans += [statement.span, *statement.content, *statement.quote.spans]
        spans += [] if statement.frame is None else [a.span for a in statement.frame.arguments]
    spans += [t.span for t in found.times] + [q.span for q in found.quantities] + [m.span for m in found.mentions]
    assert all(0 <= s[0] < s[1] <= len(text) for s in spans if s is not None)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found.mentions))
    assert {m.entity for m in found.mentions} <= {e.id for e in found.entities}


# --- other languages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_told_and_listed(annotator: Annotator, language: str) -> None:
    """A text that states no language is recognised; one problem says why nothing was read of it."""
    article = Article("a", "a.txt", FOREIGN[language] * 3)
    problem, found = annotator.annotate([article])
    assert isinstance(problem, Problem)
    assert isinstance(found, Annotation)
    assert f"language {language!r}, not English" in problem.reason
    assert (problem.source, found.statements, found.entities) == ("a.txt", (), ())


def test_other_languages_go_through_all_other_stages() -> None:
    """Copies of a text in German are linked and make one story with blocks, beside a report in English."""
    texts = [FOREIGN["de"] * 6, FOREIGN["de"] * 6 + "Mehr in Kürze.", news(4)]
    articles = [Article(f"a{i}", f"a{i}.txt", text) for i, text in enumerate(texts)]
    assert [(link.kind, {link.parent, link.child}) for link in trace(articles, LineageConfig()).links] == [
        ("copy", {"a0", "a1"})
    ]
    assert {"a0", "a1"} in [set(story.articles) for story in gather(articles)]
    edition = collate(articles, Config(embedder="none"))
    assert [p.source for p in edition.problems] == ["a0.txt", "a1.txt"]
    assert {s.article for s in edition.statements} == {"a2"}
    assert to_json(edition)


# --- odd English ------------------------------------------------------------------------------------------------------


def test_all_capitals(annotator: Annotator) -> None:
    """Shouted text is still read: its numbers and its times are there."""
    found = read(annotator, news(8).upper())
    assert len(found.statements) >= 6
    assert [t.value for t in found.times if t.type == "DATE"].count("2032-03-09") == 2
    assert {2, 3, 4, 6, 7, 8} <= {q.low for q in found.quantities}


def test_no_punctuation(annotator: Annotator) -> None:
    """Words without a single mark are read as what they may be."""
    found = read(annotator, "".join(c for c in news(40, " ") if c.isalnum() or c == " "))
    assert found.statements
    assert found.mentions


def test_one_sentence(annotator: Annotator) -> None:
    """One sentence is an article like any other."""
    found = read(annotator, NEWS[0].format(n=4))
    assert [row.name for row in found.attributions] == ["Ada Quell"]
    assert [(s.root.name, s.quantities[0].low) for s in found.statements] == [("Ada Quell", 4)]


def test_a_hundred_thousand_words(annotator: Annotator) -> None:
    """The length of a book: read to its last sentence."""
    text = news(6_500)
    assert len(text.split()) > 100_000
    found = read(annotator, text)
    assert found.statements[-1].span[1] > len(text) - 200
    assert len(found.statements) > 6_500


def test_ten_thousand_quotation_marks(annotator: Annotator) -> None:
    """As many quotations as there are pairs of marks, and each with its speaker."""
    text = "\n".join(f'"He left pier {i}," Ada Quell said.' for i in range(5_000))
    found = read(annotator, text)
    direct = [row for row in found.attributions if row.quote == "direct"]
    assert len(direct) == 5_000
    assert {row.name for row in direct} == {"Ada Quell"}
    read(annotator, drawn("\"'“”‘’«»„`", 10_000))


@pytest.mark.parametrize(
    "text",
    [
        '"The dam broke, Ada Quell said. "Nobody saw it.',
        'The dam broke," Ada Quell said. Nobody saw it."',
        "“The dam “broke”, Ada Quell said. «Nobody” saw it.",
        "Ada Quell said: \"The 6' wall broke at 5'10\".",
        '" " " " "',
    ],
)
def test_unbalanced_marks(annotator: Annotator, text: str) -> None:
    """A mark too many or too few costs no words."""
    found = read(annotator, text)
    assert not any(c.isalpha() for c in text) or found.statements


def test_tables_of_numbers(annotator: Annotator) -> None:
    """A table has quantities and says nothing."""
    found = read(annotator, "\n".join(f"{i} | {i * 7},000 | {i}.5 % | ${i}m | -{i}" for i in range(1, 300)))
    assert not found.attributions
    assert any(q.unit_code for q in found.quantities)
    assert all(q.unit_code for q in found.quantities)


@pytest.mark.parametrize(
    ("text", "wanted", "reason"),
    [
        ("The blast killed2people and injured14others.", [(2, "killed"), (14, "injured")], None),
        ("The foo12bar was seen by 3 men.", [(3, None)], "'foo12bar' at 4: glued to words that are not known"),
        ("There are 10^400 stars and 10^6 moons.", [(1e6, None)], "a number past all bounds at 10"),
        ("Velm 3 2 1 0 7", [], "a row of a table at 0"),
        ("Henry VIII met Louis XIV in chapter IV of volume II.", [], None),
        (
            "Some 1 056 men paid 1.000,50 euros and 1,000.50 dollars.",
            [(1056, None), (1000.5, "paid"), (1000.5, "paid")],
            None,
        ),
        (
            "In all, ١٢ men and १२ women died, and 1٬234 fled.",
            [(12, "killed"), (12, "killed"), (1234, "displaced")],
            None,
        ),
    ],
)
def test_odd_numbers(
    annotator: Annotator, text: str, wanted: list[tuple[float, str | None]], reason: str | None
) -> None:
    """Numbers are read with their value or left with a reason; none is made up."""
    *problems, found = annotator.annotate([Article("a", "a.txt", text, language="en")])
    assert isinstance(found, Annotation)
    assert [(q.low, q.role) for q in found.quantities] == wanted
    assert [p.reason for p in problems if isinstance(p, Problem)] == (
        [f"numbers were left: {reason}; all else was read"] if reason else []
    )


def test_one_endless_word(annotator: Annotator) -> None:
    """Fifty thousand letters without a space are no name and no statement."""
    assert not read(annotator, drawn("abcdefgh", 50_000)).mentions
    read(annotator, "A" * 50_000)
    read(annotator, "9" * 50_000)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\t\n", "\x00", "\ud800", "\u200b\u202e\ufeff", ".", "?!…", '"', "—" * 3_000]
)
def test_nothing_to_read(annotator: Annotator, text: str) -> None:
    """From no words nothing is read."""
    found = read(annotator, text)
    assert not (*found.attributions, *found.mentions, *found.times, *found.quantities)


def test_five_thousand_one_word_paragraphs(annotator: Annotator) -> None:
    """A list of words is read like any text, and no word gets lost on the way."""
    read(annotator, "\n\n".join(f"Word{i}" for i in range(5_000)))


def test_invisible_characters_hide_nothing(annotator: Annotator) -> None:
    """Zero-width, bidirectional and control characters inside a sentence change nothing in what it says."""
    found = read(
        annotator, "\u202aAda Quell\u202c \x07said\u200b on Tuesday\ufeff that\x00 the \u2066dam\u2069 broke.\u200f"
    )
    assert [(row.name, row.cue_lemma) for row in found.attributions] == [("Ada Quell", "say")]
    assert [t.value for t in found.times] == ["2032-03-09"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([s.format(n=7) for s in NEWS]),
            st.text(st.sampled_from(ODD), max_size=6),
            st.sampled_from(
                ("12", "$5m", "and up", "1/2", "9-year-old", "'s", "Mr.", "U.S.", "http://a.b/c", "A" * 90, "(", "said")
            ),
            st.text(max_size=6),
        ),
        max_size=14,
    ),
    st.sampled_from(("", " ", "\n", "\n\n")),
)
def test_any_mixture(annotator: Annotator, parts: list[str], joint: str) -> None:
    """Sentences, marks, numbers and characters of all sorts, in any order: read or left, with spans that hold."""
    read(annotator, joint.join(parts))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_damaged_characters(annotator: Annotator, seed: int, blows: int) -> None:
    """A report in which some characters were replaced by any others."""
    text, chance = list(news(4)), random.Random(seed)
    for _ in range(blows):
        text[chance.randrange(len(text))] = chance.choice(ODD)
    read(annotator, "".join(text))
