"""Who says what: cues of every form, quotations given to their speakers, nesting, relays and names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.model import Attribution

Rows = Callable[[str], list[tuple[Attribution, str, list[str]]]]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The dam will hold, engineers said on Monday.", "engineers", ["The dam will hold"]),
        ("The mayor said the dam would hold.", "The mayor", ["the dam would hold"]),
        ("The dam, the mayor said, would hold until spring.", "the mayor", ["The dam", "would hold until spring"]),
        ("According to the mayor, the dam will hold.", "the mayor", ["the dam will hold"]),
        ("The dam will hold, according to the mayor.", "the mayor", ["The dam will hold"]),
        ('"The dam will hold," said Marta Quell.', "Marta Quell", ["The dam will hold"]),
        ('"The dam," Marta Quell said, "will hold."', "Marta Quell", ["The dam", "will hold"]),
        ('Marta Quell said: "The dam will hold."', "Marta Quell", ["The dam will hold"]),
        ("As the mayor put it on Monday, nobody said a word.", "", []),
        ("The mayor accused the builders of hiding the cracks.", "The mayor", ["the builders of hiding the cracks"]),
        ("The mayor vowed to rebuild the dam.", "The mayor", ["to rebuild the dam"]),
        ("The mayor called for a new inquiry.", "The mayor", ["a new inquiry"]),
        ("Boat owners speak of 90 wrecks.", "Boat owners", ["90 wrecks"]),
        ("The pilots give the number of wrecks as 40.", "The pilots", ["the number of wrecks as 40"]),
        ("The pilots give the boy a boat.", "", []),
        ("The band called off the concert in Velm.", "", []),
        ("The band called the concert off.", "", []),
        ("The cracks were first reported by a diver.", "a diver", ["The cracks"]),
    ],
)
def test_cue_forms(rows: Rows, text: str, source: str, content: list[str]) -> None:
    """Cues before, after and inside what they attribute, prepositions, objects, infinitives, passives."""
    found = [(span, words) for _, span, words in rows(text)]
    assert found == ([(source, content)] if source else [])


def test_a_figure_behind_a_source_is_no_part_of_it(rows: Rows) -> None:
    """ "According to police 12 000": a number with a space in it, as other languages write."""
    text = "On the march went according to police 12 000, according to the unions 30 000 persons."
    assert {span for _, span, _ in rows(text)} == {"police", "the unions"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A report on ferry fares (3 March, page 4) said that fares would rise.", "report on ferry fares"),
        ("The mayor (left) said the bridge was closed.", "mayor"),
        ("According to a letter (4 March, seen by the Post) the roof was never inspected.", "letter"),
        ("A spokesman for the firm (3 March) denied that the roof was unsafe.", "spokesman for the firm"),
        ("Marta Quell (Greens) said the bridge was closed.", "Marta Quell"),
    ],
)
def test_brackets_with_a_date_or_a_page_name_nobody(rows: Rows, text: str, name: str) -> None:
    """They stay out of a source's name."""
    assert [row.name for row, _, _ in rows(text)] == [name]


def test_a_quotation_goes_on_after_its_tag(rows: Rows) -> None:
    """Sentences quoted after "he said" belong to the speaker named before; adjacent ones are one span."""
    ((row, source, content),) = rows('"The dam held," Otto Brand said. "We slept. Nobody rang."')
    assert source == "Otto Brand"
    assert content == ["The dam held", "We slept. Nobody rang"]
    assert row.quote == "direct"


def test_a_quotation_that_the_paragraph_before_announces(rows: Rows) -> None:
    """A cue at the end of a paragraph speaks in the next one, even where scraping lost the opening mark."""
    found = rows("Warden Ilse Korn praised the divers, stating,\n\nI cannot think of a braver crew anywhere.”")
    stated = [content for row, _, content in found if row.cue_lemma == "state"]
    assert stated == [["I cannot think of a braver crew anywhere"]]


def test_a_speech_over_several_paragraphs_continues(rows: Rows) -> None:
    """A re-opened quotation is a row of its own that continues the first and keeps its name."""
    first, second = rows("“The water came at night,” said Ilse Korn. “We ran.\n\n“Nobody rang a bell for us.”")
    assert second[0].continues == first[0].id
    assert second[0].name == first[0].name
    assert (second[0].span, second[0].cue) == (None, None)


def test_a_told_agency_is_a_relay_outside_the_source(rows: Rows) -> None:
    """ "officials told AFP" gives a relay row beside the officials' own."""
    found = rows("The dam will hold, officials told AFP.")
    assert [(row.name, row.relay) for row, _, _ in found] == [("AFP", True), ("officials", False)]


def test_an_agency_that_reports_holds_the_source_within(rows: Rows) -> None:
    """What a spokesman said according to an agency is nested in the agency's row."""
    found = rows("According to Reuters, a spokesman for the canton said the dam was badly cracked.")
    outer, inner = (row for row, _, _ in found)
    assert (outer.name, outer.kind, outer.relay) == ("Reuters", "agency", True)
    assert inner.within == outer.id


def test_a_denied_accusation_is_two_rows(rows: Rows) -> None:
    """The denier's row holds the accuser's."""
    found = rows("Unnamed officials have denied Vendria's accusation that Tolmar opened the gates.")
    denial, accusation = (row for row, _, _ in found)
    assert (denial.stance, accusation.stance) == ("deny", "claim")
    assert accusation.within == denial.id
    assert denial.name == "Unnamed officials"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The mayor claimed the dam was safe.", "claim"),
        ("The mayor denied that the dam was safe.", "deny"),
        ("The mayor confirmed that the dam was safe.", "confirm"),
        ("The mayor warned that the dam might break.", "warn"),
        ("The mayor asked whether the dam was safe.", "ask"),
        ("The mayor promised that the dam would be safe.", "promise"),
    ],
)
def test_stance_follows_from_the_cue(rows: Rows, text: str, stance: str) -> None:
    """Each stance has its cues."""
    assert [row.stance for row, _, _ in rows(text)] == [stance]


def test_a_nickname_in_marks_is_nobodys_words(rows: Rows) -> None:
    """Scare quotes and names between marks make no row."""
    assert rows("The gate, nicknamed “Old Bess”, was opened at noon.") == []


def test_a_second_cue_ends_the_words_of_the_first(rows: Rows) -> None:
    """ "said … but added …" is two rows of one source that do not overlap."""
    found = rows("The warden said the dam was safe but added that the gates were old.")
    assert [content for _, _, content in found] == [["the dam was safe"], ["that the gates were old"]]
    assert {source for _, source, _ in found} == {"The warden"}


def test_a_pronoun_keeps_its_place_and_takes_a_name(rows: Rows) -> None:
    """The span stays on the pronoun; the name is that of whom it stands for."""
    found = rows("Marta Quell opened the gate on Monday. “The dam will hold,” she said.")
    row, source, _ = found[-1]
    assert (source, row.name) == ("she", "Marta Quell")


def test_who_was_cited_before_is_taken_up(rows: Rows) -> None:
    """ "it said" and "the spokesman" are the statement and the spokesman cited before, though nobody has a name."""
    found = rows("The dam is safe, a council statement said. The gates are old, it said.")
    assert [row.name for row, _, _ in found] == ["council statement", "council statement"]
    found = rows("A canton spokesman said the dam was safe. The spokesman said the gates were old.")
    assert [row.name for row, _, _ in found] == ["canton spokesman", "canton spokesman"]


def test_a_quotation_after_indirect_speech_is_the_same_speakers(rows: Rows) -> None:
    """A quoted sentence without a tag goes on what the sentence before reported."""
    ((_, source, content),) = rows('Otto Brand said the gates were old. "We rang and nobody came."')
    assert (source, content) == ("Otto Brand", ["the gates were old", "We rang and nobody came"])


def test_what_speakers_think_of_themselves_is_their_own_speech(rows: Rows) -> None:
    """ "I think" between marks adds no source to the chain."""
    found = rows('"I think the gates are old," Otto Brand said.')
    assert [row.name for row, _, _ in found] == ["Otto Brand"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The bridge is safe, its spokeswoman, Ada Quell, said.", "Ada Quell", "person"),
        ("The bridge is safe, the fire inspectorate said.", "fire inspectorate", "organisation"),
        ("The bridge is safe, according to gauge readings.", "gauge readings", "document"),
        ("The bridge is safe, three officials in the ministry said.", "three officials in the ministry", "unnamed"),
        ("The bridge is safe, the presiding judge said.", "presiding judge", "person"),
        ("The bridge is safe, residents said.", "residents", "unnamed"),
    ],
)
def test_who_a_description_names(rows: Rows, text: str, name: str, kind: str) -> None:
    """A name in apposition gives a person; offices are persons, bodies organisations, strangers unnamed."""
    ((row, _, _),) = rows(text)
    assert (row.name, row.kind) == (name, kind)


def test_a_tag_whose_subject_the_parser_lost(rows: Rows) -> None:
    """What stands between the last comma and "said" at a sentence's end is the source."""
    ((_, source, content),) = rows(
        "The man who drowned was Karl Brod, 61, a carter from Elm, his sister Jana Brod said."
    )
    assert source == "his sister Jana Brod"
    assert content == ["The man who drowned was Karl Brod, 61, a carter from Elm"]


def test_any_verb_with_its_speaker_behind_a_quotation(rows: Rows) -> None:
    """Rare verbs of utterance attribute what stands between the marks before them."""
    ((_, source, content),) = rows("“I carried her home,” sobbed neighbour Mara Brand.")
    assert source.endswith("Mara Brand")
    assert content == ["I carried her home"]


def test_the_claim_of_it_is_its_subjects(rows: Rows) -> None:
    """ "Its statement" belongs to whoever does what the sentence tells."""
    found = rows("Norvia Rail repeated its statement that the bridge was safe.")
    assert {row.name for row, _, _ in found} == {"Norvia Rail"}


def test_those_who_pass_on_what_others_said(rows: Rows) -> None:
    """X speaks within the account of the daily that cites X or quotes X as saying."""
    cited = rows("The Norvian Courier reported that the dam was cracked, citing two officials.")
    assert [(source, row.within is not None) for row, source, _ in cited if not row.relay or row.within is None] == [
        ("The Norvian Courier", False),
        ("two officials", True),
    ]
    quoted = rows("The Norvian Courier quoted Mara Brand as saying that the dam was cracked.")
    assert [(source, row.within is not None) for row, source, _ in quoted] == [
        ("The Norvian Courier", False),
        ("Mara Brand", True),
    ]


def test_a_name_made_like_a_papers_is_an_outlet_where_it_reports(rows: Rows) -> None:
    """The Capital Post, wherever the article names it first."""
    ((row, _, content),) = rows("The minister resigned after the Capital Post revealed that he had owned the mill.")
    assert (row.kind, row.relay) == ("outlet", True)
    assert content == ["that he had owned the mill"]


def test_to_call_somebody_is_no_attribution(rows: Rows) -> None:
    """On the telephone; to call something something is one."""
    assert rows("Ilse Korn called the school three times.") == []
    ((row, _, _),) = rows("Ilse Korn called the plan a mistake.")
    assert row.cue_lemma == "call"


def test_a_name_behind_an_office_and_its_town_is_the_source(rows: Rows) -> None:
    """ "The education director of Harvik, Unni Lie, admitted …"."""
    found = rows("Unni Lie was calm. The education director of Harvik, Unni Lie, admitted that the boiler was old.")
    assert [row.name for row, _, _ in found] == ["Unni Lie"]


@pytest.mark.parametrize(
    "text",
    [
        "The boat was found drifting off the cape.",
        "The fares are guaranteed by the city until June.",
        "The gap in the club's accounts has grown.",
        "The navy withdrew its ships.",
    ],
)
def test_deeds_that_look_like_words(rows: Rows, text: str) -> None:
    """How a thing was found, what was blasted, what a state stands for, the books of a club: nothing is said."""
    assert rows(text) == []


def test_a_purpose_is_not_what_somebody_criticises(rows: Rows) -> None:
    """ "Blasting to meet its order": no words of the firm."""
    found = rows("The firm had been blasting to meet its order, Rune Brod said.")
    assert [row.name for row, _, _ in found] == ["Rune Brod"]


def test_who_takes_words_back_denies_them(rows: Rows) -> None:
    """ "Retracted the statement that …" says that it is not so."""
    ((row, source, content),) = rows("The warden retracted the statement that the gate had been shut.")
    assert (row.stance, source, content) == ("deny", "The warden", ["the statement that the gate had been shut"])


def test_another_body_of_the_same_kind_is_another_source(rows: Rows) -> None:
    """What narrows a noun tells two bodies apart; the bare noun is the one named before."""
    text = (
        "The Harbour Ministry said the pier was safe. The interior ministry said it had been shut. "
        "The pilots' union said it had warned them. The dockers' union said it would march. The ministry said it knew."
    )
    named = [row.name for row, _, _ in rows(text) if row.cue_lemma == "say"]
    assert named == ["Harbour Ministry", "interior ministry", "pilots' union", "dockers' union", "Harbour Ministry"]
