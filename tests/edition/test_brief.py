"""Which sentences a brief takes where reports carry no dates, repeat one another and write for their own page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from invented_edition import Newsroom, article, find, terms
from numpy.typing import NDArray

from variorum.edition import edit
from variorum.model import Argument, Frame, Lineage
from variorum.ports import Embedder


def brief(
    *reports: tuple[str, ...],
    people: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    denials: tuple[str, ...] = (),
    embedder: Embedder | None = None,
) -> list[str]:
    """The brief of undated reports of these sentences, each a claim of its own, without the sources in brackets."""
    n = Newsroom()
    n.articles = [article(f"r{k}", [("body", " ".join(words))], "Post", None) for k, words in enumerate(reports)]
    for name in people:
        n.entity(name, "person", aliases=(name.split()[-1],))
    for name in places:
        n.entity(name, "place")
    for made, words in zip(n.articles, reports, strict=True):
        for sentence in words:
            polarity = "negated" if sentence in denials else "affirmed"
            n.claim("single_origin", [n.say(made, sentence, polarity=polarity)])
    told = edit(n.story(), n.articles, n.statements, list(n.entities.values()), Lineage(), embedder=embedder).brief
    return [b.text.removesuffix(" (Post).") + "." * b.text.endswith(" (Post).") for b in told]


FERRY = (
    ("A ferry hit the pier of Lund on Monday and sank within minutes.", "Eleven sailors swam ashore in time."),
    ("Crowds at the pier cried when a ferry sank off Lund.", "Divers found the bell of the ship."),
    ("Lund woke on Monday to a ferry that sank with all its cars.", "Harbour fees rose by a third in April."),
    ("Lund lost a proud old ferry at its pier within minutes.", "Eleven sailors swam ashore in the dark."),
    ("Minutes after it hit stone, a ferry sank.", "Gulls are common along the whole of that coast."),
)


def test_what_several_sentences_told_is_not_told_again() -> None:
    """Five reports open with one event in five wordings: it is told once, and first."""
    told = brief(*FERRY)
    assert "ferry" in told[0]
    assert sum("ferry" in sentence for sentence in told) == 1
    assert sum("sailors" in sentence for sentence in told) == 1


@pytest.mark.parametrize(
    "words",
    [
        "The paper reported that the bridge in Lund was closed.",
        "After a long night, the company closed the bridge in Lund.",
        "The 58-year-old closed the bridge in Lund for a week.",
        "In early songs he told of the bridge in Lund.",
        "After hearing the noise, they closed the bridge in Lund.",
        "The bridge in Lund (pictured above) was closed for a week.",
        "Luckily for drivers, the bridge in Lund was closed.",
        "Some users were not amused by the bridge in Lund.",
        "If you like bridges, the one in Lund was closed.",
        ", 49, closed the bridge in Lund for a whole week.",
        "(The bridge in Lund was closed for a whole week.",
        "At the time, Lund closed its bridge for a week.",
        "Ada said: 'The bridge in Lund was closed for a week.",
        "Ada said: `` The bridge in Lund was closed for a week.",
        "Many are not happy that Lund closed the bridge.",
        "A clerk told the website nothing on a bridge in Lund.",
        "Lund closed the bridge, which had some supporters however.",
    ],
)
def test_what_wants_a_page_or_a_sentence_before_it_is_not_told(words: str) -> None:
    """Things as known of which nothing is told, pointers to a page, asides to the reader, torn pieces."""
    assert brief((words,)) == []


def test_what_has_been_told_may_be_taken_up() -> None:
    """ "The company" after a sentence of a company."""
    told = brief(("A company in Lund closed its bridge on Monday.", "The company pays all drivers nine crowns."))
    assert told == ["A company in Lund closed its bridge on Monday.", "The company pays all drivers nine crowns."]


def test_a_tie_and_a_place_of_report_are_trimmed() -> None:
    """ "As a result, …", "But the …", "Lund: A …"."""
    assert brief(("As a result, the bridge in Lund was closed.",)) == ["The bridge in Lund was closed."]
    assert brief(("But the bridge in Lund was closed.",)) == ["The bridge in Lund was closed."]
    for opening in ("Lund: ", "Velm, Nov 24 : "):
        assert brief((f"{opening}A bridge over the river was closed.",), places=("Lund",)) == [
            "A bridge over the river was closed."
        ]
    assert brief(("Police: Two bridges over the river were closed.",))[0].startswith("Police: ")


def test_a_full_name_comes_before_a_surname() -> None:
    """Whatever else is told between them."""
    told = brief(
        ("Lorne won a prize for her maps of Orne.", "Rain fell in Velm for nine whole weeks."),
        ("Ada Lorne teaches the drawing of maps at a school.",),
        people=("Ada Lorne",),
    )
    assert next(t for t in told if "Lorne" in t).startswith("Ada Lorne")


def test_what_most_reports_refute_is_told_as_refuted() -> None:
    """The report that repeats it is not told, the refutation comes first."""
    told = brief(
        ("The tower of Lund fell into the sea on Monday.", "Nine cows swam away from the tower of Lund."),
        ("The story that the tower of Lund fell is fake.", "A joke page spread the story of the tower."),
        ("Reports of a fall of the tower of Lund are a hoax.", "The mayor drank coffee in the tower at noon."),
    )
    assert any(word in told[0] for word in ("fake", "hoax"))
    assert not any("sea" in t or "cows" in t for t in told)


def test_a_state_that_has_ended_is_not_told() -> None:
    """Who is caught is not searched for; how it ended is told."""
    told = brief(
        ("Ada Lorne fled from a prison in Velm on Monday.", "Police are searching for Ada Lorne in the woods."),
        ("Ada Lorne was captured in a barn near Orne.", "Guards in Velm lost their keys."),
        people=("Ada Lorne",),
    )
    assert not any("searching" in t for t in told)
    assert any("captured" in t for t in told)


def test_a_charge_is_told_as_a_charge() -> None:
    """Where most reports say "accused of", one that tells the deed as done comes after them."""
    told = brief(
        ("A man who murdered a baker in Lund is in prison.",),
        ("A man accused of the murder of a baker in Lund is in prison.",),
        ("A man is in prison on a charge of murder of a Lund baker.",),
    )
    assert told
    assert "murdered" not in told[0]


def test_details_of_one_report_are_left_out() -> None:
    """Of undated reports each has the facts: what one alone tells in words of its own is no part of the story."""
    facts = (
        "A ferry sank at the pier of Lund.",
        "Eleven sailors swam ashore in time.",
        "Divers found a silver bell inside.",
        "Harbour fees rose by a third.",
        "Nine tugs came over from Velm.",
    )
    details = (
        "Gulls circled over grey clouds while women knitted striped woollen stockings beside bonfires.",
        "Lukewarm lemon water went round among bored bystanders who played cards behind parked buses.",
        "Choirs rehearsed forgotten harvest hymns, accompanied merely by mouth organs and fiddles.",
    )
    told = brief(*((detail, *facts) for detail in details), facts)
    assert len(told) == len(facts)
    assert not set(told) & set(details)


def test_a_death_is_told_though_its_words_are() -> None:
    """What decides a story is told, though the event was told in nearly these words; not the dead of an earlier one."""
    told = brief(
        ("A ferry hit the pier of Lund on Monday, two days after a storm that killed nine.", "Divers went down."),
        ("A ferry hit the pier of Lund with its sailors on Monday.", "Sailors of the ferry at Lund pier died."),
        ("The ferry that hit the pier of Lund had sailors and cars.", "Gulls are common along that coast."),
        ("Sailors saw the ferry hit the pier of Lund on Monday.", "Harbour fees rose by a third in April."),
    )
    assert "Sailors of the ferry at Lund pier died." in told


def test_the_words_that_most_reports_have_are_told() -> None:
    """A sentence with words that most reports have is no repetition before they are told."""
    told = brief(
        ("A cook from Lund drank a jug of milk for a bet at a party.", "Rain fell on all the hills of the coast."),
        ("A cook from Lund drank a jug of milk.", "Milk from the jug burned lungs and throat, nurses found."),
        ("A cook from Lund drank a jug of milk for a bet.", "Burned lungs and throat kept him ill for weeks."),
        ("A cook from Lund drank a jug of milk for a bet.", "Ill with burned lungs and throat he won a ham."),
    )
    assert any("lungs" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One porter of the mill is still missing.", "Divers found the last missing porter of the mill in a shaft."),
        ("Two porters of the mill were killed by the fall.", "A third porter of the mill has died of his wounds."),
        ("Reports are coming in of a fall at the mill.", "A roof fell in at the mill, police said."),
    ],
)
def test_a_state_that_another_report_has_overtaken_is_not_told(old: str, new: str) -> None:
    """ "Still missing" beside the last one found, two dead beside a third, first reports beside what was said."""
    assert old in brief((old,))
    assert old not in brief((old,), (new,))


def test_a_label_and_a_calibre() -> None:
    """A heading in the line is trimmed; what a full stop before a calibre tore off is not told."""
    assert brief(("Background: The bridge of Lund at Aln was closed.",)) == ["The bridge of Lund at Aln was closed."]
    assert brief(("She drew a .", "357 Magnum and went past the guards of Lund.")) == []


def test_what_decided_another_matter_is_not_told() -> None:
    """A death in a sentence that names none but a place of which no other report tells."""
    told = brief(
        ("A ferry hit the pier of Lund on Monday.", "A ferry hit a pier in Velm and sailors died."),
        ("A ferry with its sailors hit the pier of Lund on Monday.", "Rain fell on the hills."),
        ("The ferry that hit the pier of Lund had sailors and cars.", "Gulls are common there."),
        ("Sailors saw the ferry hit the pier of Lund on Monday.", "Fees rose by a third in April."),
        places=("Lund", "Velm"),
    )
    assert not any("Velm" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("A bridge builder sold his house in Lund on Monday.", True),
        ("A storm surge took his house in Lund on Monday.", False),
        ("Divers of Lund took the mayor to a museum on Monday.", True),
        ("Divers of Lund took the lantern to a museum on Monday.", False),
        ("Divers of Lund took the lantern of a ferry to a museum.", True),
        ("Divers of Lund made that known on Monday.", False),
        ("A US sailor closed the bridge in Lund.", True),
        ("Luck had it that the bridge in Lund was closed!", False),
    ],
)
def test_what_stands_for_itself(words: str, told: bool) -> None:
    """Whom a pronoun means is in the sentence; what its report brought in before and it takes up is told before; what a
    report names first with "the" everybody knows."""
    n = Newsroom()
    made = article("r", [("body", f"Was there a lantern? {words}")], "Post", None)
    n.articles = [made]
    n.say(made, "Was there a lantern?")
    things = {"A bridge builder": "builder", "A storm surge": "surge", "the mayor": "mayor", "the lantern": "lantern",
              "that": "that", "Divers": "diver", "A US sailor": "sailor", "Luck": "luck"}  # fmt: skip
    verb = next((v for v in ("sold", "took", "made", "closed") if v in words), "was")
    heads = (Argument("patient", head, find(made.text, thing)) for thing, head in things.items() if thing in words)
    frame = Frame(verb, find(made.text, verb), tuple(heads), terms(words))
    n.claim("single_origin", [n.say(made, words, frame=frame)])
    story = edit(n.story(), n.articles, n.statements, [], Lineage())
    assert bool(story.brief) == told


def test_the_lead_says_on_whose_word_it_is() -> None:
    """Where most reports hand on what they have from others, the brief does not open with it as a fact."""
    told = brief(
        ("A whale swims in the old canal of Lund.", "Rain fell on the hills."),
        ("A whale reportedly swims in a canal of Lund this week.", "Gulls are common there."),
        ("According to a blog, a whale swims in the canal of Lund.", "Fees rose by a third in April."),
        ("A whale of the canal of Lund is a rumour of some weeks.", "Nine tugs came over from Velm."),
    )
    assert "whale" in told[0]
    assert told[0] != "A whale swims in the old canal of Lund."


def test_a_refutation_may_only_deny() -> None:
    """Where most reports refute a story, "is not" may open the brief."""
    told = brief(
        ("Ada Lorne of Lund is dead.", "Rain fell on the hills."),
        ("Ada Lorne of Lund is not dead.", "A hoax made the round of the boats and of the whole long coast."),
        ("Ada Lorne of Lund is well.", "That a fisherman died at sea is a hoax of boys."),
        people=("Ada Lorne",),
        denials=("Ada Lorne of Lund is not dead.",),
    )
    assert told[0] == "Ada Lorne of Lund is not dead."


class Meanings:
    """Vectors that only know whether a sentence is of the bridge, of cows or of tolls."""

    name = "meanings"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        words = (("bridge", "span"), ("cow", "herd"), ("toll",))
        rows = [[float(any(w in text for w in row)) for row in words] + [1.0] for text in texts]
        return np.array([row / np.linalg.norm(row) for row in np.array(rows)], dtype=np.float32)


def test_what_is_told_in_other_words_is_not_told_again() -> None:
    """Nor what has nothing to do with the rest, for want of better."""
    reports = (
        ("A bridge in Lund fell into the river on Monday.", "Cows slept in a barn near Velm."),
        ("Masonry of an old span collapsed near the mill.",),
    )
    assert len(brief(*reports)) > 1
    assert len(brief(*reports, embedder=Meanings())) == 1
    denied = "Masonry of an old span did not collapse near the mill."
    assert denied in brief(reports[0][:1], (denied,), denials=(denied,), embedder=Meanings())
    untrue = "A video that appears to show an old span in the river is fake."
    assert untrue in brief(reports[0][:1], (untrue,), embedder=Meanings())


def test_a_quotation_without_its_marks_is_not_told() -> None:
    """Whether another report has the marks, or the line before announces it."""
    words = "Bridges that nobody paints for years will fall into the river."
    lead = "An engineer spoke of the bridge in Lund on Monday."
    assert words in brief((lead, words))
    assert words not in brief((lead, words), (f'"{words}" he said in Lund.',))
    assert words not in brief((lead, "He told the paper:\n", words))


def test_a_denial_that_says_of_what_opens_the_brief() -> None:
    """Whoever reads the rumour first takes it for the news."""
    told = brief(
        ("Lund could sell its bridge to the town of Velm.", "Gulls are common along the coast."),
        ("Lund denied rumours that it could sell its bridge to Velm.", "Rain fell in the night."),
        ("Lund may sell a bridge to Velm soon.", "Nine boats passed below the arch."),
    )
    assert told[0].startswith("Lund denied rumours")


def test_what_has_a_name_opens_the_brief_by_it() -> None:
    """ "The dam", where most reports write "the Orne dam"; a heading before it is left out."""
    told = brief(
        ("The dam broke at four after a night of rain and flood.", "Rain fell on the Orne dam for days."),
        ("Event: The Orne dam broke in a night of rain.", "Cows drowned in the fields of Velm."),
        ("The event: The Orne dam broke at four in a flood of mud.", "Nine mills stand below."),
    )
    assert told[0].startswith("The Orne dam")
