"""Clauses to statements: text, content, chain, root, polarity, certainty, reality, time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate import Annotator
from variorum.model import Annotation, Article, Block, Credit, Problem, Stamp, Statement

Read = Callable[..., Annotation]


def contents(text: str, statements: tuple[Statement, ...]) -> list[list[str]]:
    """The words that each statement asserts."""
    return [[text[slice(*s)] for s in statement.content] for statement in statements]


def chain(statement: Statement) -> list[str]:
    """Names of a statement's sources, outermost first."""
    return [row.name for row in statement.attribution]


def test_coordinated_clauses_are_statements_of_their_own(read: Read) -> None:
    """Two facts joined by "and" are two statements; the second keeps its subject."""
    text = "Tolmar fired six rockets and hit a mill."
    assert contents(text, read(text).statements) == [["Tolmar fired six rockets"], ["Tolmar", "hit a mill"]]


def test_both_halves_of_what_is_said_keep_the_source(read: Read) -> None:
    """A coordinated clause below a cue is said by the same source."""
    found = read("The warden said that the gates were closed and the town was safe.").statements
    assert [s.root.name for s in found] == ["warden", "warden"]
    assert found[0].text == "The warden said that the gates were closed"


def test_relative_and_participial_clauses_tell_their_own_fact(read: Read) -> None:
    """A relative clause after a comma and a participle of result are statements that read as full clauses."""
    text = "The flood, which began on Monday, reached the mill, killing two."
    found = read(text).statements
    assert len(found) == 3
    assert ["The flood, which began on Monday"] in contents(text, found)
    assert all("flood" in s.text for s in found)


def test_a_restrictive_clause_is_none(read: Read) -> None:
    """What only says which one is meant tells no fact of its own."""
    assert len(read("The clerk who keeps the keys opened the gate.").statements) == 1


def test_the_span_takes_in_cue_and_source_where_they_touch(read: Read) -> None:
    """A statement's text is the clause with "officials said" and its closing mark."""
    (only,) = read("The dam will hold, officials said on Monday.").statements
    assert only.text == "The dam will hold, officials said on Monday."


def test_a_denied_accusation_gives_two_statements(read: Read) -> None:
    """The accuser affirms, the denier negates; neither stands in the other's chain."""
    found = read("Unnamed officials have denied Vendria's accusation that Tolmar opened the gates.").statements
    told = {(s.root.name, s.polarity): chain(s) for s in found}
    assert told[("Unnamed officials", "negated")] == ["Unnamed officials"]
    assert told[("Vendria", "affirmed")] == ["Vendria"]


def test_the_chain_runs_from_the_agency_to_the_spokesman(read: Read) -> None:
    """Outermost first; the innermost is the root."""
    (only,) = read("According to Reuters, a spokesman for the canton said the dam was badly cracked.").statements
    assert chain(only) == ["Reuters", "spokesman for the canton"]
    assert only.root.name == "spokesman for the canton"
    (told,) = read("The dam will hold, officials told AFP.").statements
    assert chain(told) == ["AFP", "officials"]


def test_without_a_source_the_credited_agency_answers_else_the_publisher(read: Read) -> None:
    """The root of the newsroom's own words."""
    text = "The dam broke on Monday."
    (plain,) = read(text).statements
    assert (plain.root.name, plain.root.kind) == ("Tolmar Post", "outlet")
    (credited,) = read(text, credits=(Credit("AFP", (0, 3), "byline"),)).statements
    assert (credited.root.name, credited.root.kind) == ("AFP", "agency")
    (elsewhere,) = read(text, credits=(Credit("AFP", (0, 3), "body"),)).statements
    assert elsewhere.root.name == "Tolmar Post"


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The rescuers have yet to find the boat.", "negated"),
        ("The light on the pier is nothing more than a lamp.", "affirmed"),
        ("No wonder the pier is full.", "affirmed"),
        ("The dam broke.", "affirmed"),
        ("The dam did not break.", "negated"),
        ("No dam broke.", "negated"),
        ("Not one dam broke.", "negated"),
        ("Not one to give up, the miller closed the dam.", "affirmed"),
        ("There was no fire at the dam.", "negated"),
        ("The miller has never felt so safe at the dam.", "affirmed"),
        ("The miller has never been to more than two dams.", "negated"),
        ("It was no dam.", "negated"),
        ("No flood warning was issued.", "negated"),
        ("The gates were at no time opened.", "negated"),
        ("The warden denied that the dam broke.", "negated"),
        ("The warden refused to open the gates.", "negated"),
        ("The warden said that the dam had not broken.", "negated"),
        ("The warden did not deny that the dam broke.", "affirmed"),
        # What a thing is not, behind what it is, denies nothing of the verb.
        ("The council of Velm bought a ferry, not a bridge.", "affirmed"),
    ],
)
def test_polarity(read: Read, text: str, polarity: str) -> None:
    """Negation by adverb, determiner, verb and denial."""
    assert [s.polarity for s in read(text).statements] == [polarity]


@pytest.mark.parametrize(
    ("text", "polarities"),
    [
        ("The warden neither opened nor closed the gates.", ["negated", "negated"]),
        ("The warden did not open the gates, nor did he ring the bell.", ["negated", "negated"]),
        ("The warden neither confirmed nor denied that the dam broke.", ["negated", "affirmed"]),
    ],
)
def test_polarity_of_joined_verbs(read: Read, text: str, polarities: list[str]) -> None:
    """A "nor" negates the verb behind it; who neither confirms nor denies denies nothing."""
    assert [s.polarity for s in read(text).statements] == polarities


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The dam broke.", "certain"),
        ("The dam may have broken.", "possible"),
        ("The dam reportedly broke on Monday.", "probable"),
        ("The dam probably broke.", "probable"),
        ("It is unclear whether the dam broke.", "unknown"),
        ("Engineers believe the dam broke.", "probable"),
        ("The alleged leak closed the road.", "possible"),
    ],
)
def test_certainty(read: Read, text: str, certainty: str) -> None:
    """Modals, adverbs, verbs of thought and hedged nouns lower it."""
    assert [s.certainty for s in read(text).statements] == [certainty]


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("The council met in Tolmar.", "happened"),
        ("The council has met in Tolmar.", "happened"),
        ("The council will meet in Tolmar.", "planned"),
        ("The council plans to meet in Tolmar.", "planned"),
        ("The council is meeting in Tolmar.", "ongoing"),
        ("The council governs the canton.", "ongoing"),
        ("The council would meet if the road were open.", "conditional"),
        ("The council vowed to rebuild the dam.", "planned"),
        ("It is unclear whether the council will meet.", "conditional"),
    ],
)
def test_reality(read: Read, text: str, reality: str) -> None:
    """Tense and mood tell what happened from what is to come; an open question is no plan."""
    assert [s.reality for s in read(text).statements] == [reality]


def test_event_time_is_that_of_the_verb_not_of_the_telling(read: Read) -> None:
    """ "said Friday" dates the saying, "last week's" a participant; the day beside the verb dates the event."""
    (only,) = read("On 9 March envoys met to discuss last week's flood, officials said Friday.").statements
    assert only.event_time is not None
    assert (only.event_time.begin, only.event_time.basis) == ("2032-03-09", "stated")


@pytest.mark.parametrize(
    ("text", "words", "begin"),
    [
        ("Since taking the town of Velm in June 2030, the band has robbed trains.", "has robbed", None),
        ("A man wanted in the 2019 killings of two women will meet the press.", "will meet", None),
        ("She has checked into a clinic as part of a sentence for a 2019 car crash case.", "checked", None),
        ("Rolf faces pressure to act against the band, which grew from a club that formed in 2004.", "faces", None),
        ("The link became plain after 2011.", "became", None),
        ('The story titled "Velm Will Be Dark For Six Days in May 2031!" spread fast.', "spread", None),
        ("At the 2030 harvest party, Rolf gave each clerk a coin.", "gave", None),
        ("In 2030 the team won the cup for the firm that left in 2029.", "won", "2030-01-01"),
        ("The ferry, carrying 214 people, sank on 9 March 2031.", "sank", "2031-03-09"),
        ("She was at home on 9 March 2031 after 6 p.m. and saw the fire.", "was at home", "2031-03-09"),
    ],
)
def test_a_date_of_something_else_gives_no_event_time(read: Read, text: str, words: str, begin: str | None) -> None:
    """What modifies a noun, a clause beside or a title does not date the verb."""
    found = [s.event_time for s in read(text).statements if words in s.text]
    assert [t.begin for t in found if t and t.basis == "stated"] == ([begin] if begin else [])


def test_a_present_of_a_day_to_come_is_a_plan(annotator: Annotator) -> None:
    """ "The trial opens on Monday": told before, a plan; of a day that is past, or with no day, none."""
    published = Stamp("2031-05-09", "day", "metadata")

    def reality(text: str) -> str:
        article = Article("a", "a", text, published=published, blocks=(Block((0, len(text)), "body"),))
        (read,) = annotator.annotate([article])
        assert isinstance(read, Annotation)
        return read.statements[0].reality

    assert reality("Velm faces three days without trams from 12 May.") == "planned"
    assert reality("Velm has been without trams since 6 May.") != "planned"
    assert reality("Velm faces three days without trams.") == "ongoing"


def test_who_asks_for_no_name_has_said_nothing_by_it(read: Read) -> None:
    """ "He asked not to be named" is told of the source; to ask for a boat is asking."""
    found = read(
        "A clerk said the weir was rotten. He asked not to be named. He asked not to be left behind."
    ).statements
    assert [[row.stance for row in s.attribution] for s in found] == [["report"], [], ["ask"]]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Asked whether the mill would reopen, Ilse Korn said nothing was decided.", "the mill would reopen"),
        ("The firm refused to say whether the mill would reopen.", "the mill would reopen"),
        ("Ilse Korn declined to say who had paid for the weir.", "who had paid for the weir"),
    ],
)
def test_what_is_asked_or_kept_back_is_not_told(read: Read, text: str, asked: str) -> None:
    """The question is nobody's statement."""
    (found,) = (s for s in read(text).statements if text[slice(*s.content[0])] == asked)
    assert (found.certainty, found.reality) == ("unknown", "unknown")


def test_as_of(read: Read) -> None:
    """A count with "as of" says when it held."""
    (only,) = read("Five mills were flooded as of Thursday.").statements
    assert only.as_of is not None
    assert only.as_of.begin == "2032-03-11"


def test_a_passive_is_turned_in_the_frame(read: Read) -> None:
    """The subject of a passive is its patient, the by-phrase its agent."""
    (only,) = read("The mill was destroyed by rebels in Tolmar.").statements
    assert only.frame is not None
    roles = {a.role: a.head for a in only.frame.arguments}
    assert (only.frame.predicate, roles["patient"], roles["agent"]) == ("destroy", "mill", "rebel")


def test_every_sentence_belongs_to_a_statement(read: Read) -> None:
    """Fragments, tags and cues without words are covered too."""
    text = "Silence. He said. The dam broke. Nobody rang? Not even the warden, who slept."
    found = read(text).statements
    for word in ("Silence", "He said", "broke", "rang", "slept"):
        at = text.index(word)
        assert any(s.span[0] <= at < s.span[1] for s in found), word


def test_the_mark_of_an_item_is_no_word_of_it(read: Read) -> None:
    """A bullet is neither told nor a statement of its own."""
    found = read("• A report on ferry fares said that they would rise.\n\n• Bring a coat.").statements
    assert all(s.text[0].isalpha() for s in found)
    assert [s.text for s in found][-1] == "Bring a coat."


def test_titles_captions_and_chrome_say_nothing(annotator: Annotator) -> None:
    """Only blocks of text proper are read."""
    text = "Dam breaks in Tolmar\nThe dam broke on Monday.\nSupport us today."
    blocks = (Block((0, 20), "title"), Block((21, 45), "body"), Block((46, 63), "boilerplate"))
    (annotation,) = annotator.annotate([Article("a", "a", text, language="en", blocks=blocks)])
    assert isinstance(annotation, Annotation)
    assert [s.text for s in annotation.statements] == ["The dam broke on Monday."]
    assert annotation.blocks == blocks


def test_another_language_is_a_problem_and_keeps_its_blocks(annotator: Annotator) -> None:
    """A text that is not English gives blocks only, and the reason."""
    blocks = (Block((0, 10), "body"),)
    problem, annotation = annotator.annotate(
        [Article("a", "a.txt", "Der Damm ist gebrochen.", language="de", blocks=blocks)]
    )
    assert isinstance(problem, Problem)
    assert "'de'" in problem.reason
    assert annotation == Annotation("a", blocks)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("Ab “”\"'.,:()\n-é\u00a0\u200b")) | st.characters(), max_size=120))
def test_any_text_is_annotated_and_all_spans_resolve(text: str) -> None:
    """No text breaks the stage; every span lies inside it and says its words."""
    annotator = _shared()
    (annotation,) = [
        r for r in annotator.annotate([Article("a", "a", text, language="en")]) if isinstance(r, Annotation)
    ]
    spans = [s for row in annotation.attributions for s in row.content]
    spans += [s for statement in annotation.statements for s in (*statement.content, statement.span)]
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert all(s.text == text[slice(*s.span)] for s in annotation.statements)


_KEPT: list[Annotator] = []


def _shared() -> Annotator:
    """Hypothesis takes no fixtures of function scope; one annotator serves all examples."""
    if not _KEPT:
        _KEPT.append(Annotator())
    return _KEPT[0]


@pytest.mark.parametrize(
    ("text", "reality"),
    [
        ("The minister said the state would pay the families.", "planned"),
        ("The hearing is to be held in Elm.", "planned"),
        ("A march to the dam is planned.", "planned"),
        ("The minister has promised each family 4,000 crowns.", "planned"),
        ("The minister vowed that nobody had been told.", "happened"),
        ("“We would pay the families,” the minister said.", "conditional"),
        ("The minister said the state would pay if the courts agreed.", "conditional"),
    ],
)
def test_plans_and_conditions(read: Read, text: str, reality: str) -> None:
    """ "Would" in reported speech is a future, "is to" and "is planned" are plans."""
    assert read(text).statements[0].reality == reality


def test_a_warning_by_nobody_named_is_told_by_whoever_tells_of_it(read: Read) -> None:
    """ "X was warned that …, officials said": officials say that X was warned."""
    (only,) = read("The ministry was warned in May that the wall was cracked, officials said.").statements
    assert only.root.name == "officials"
    assert only.text.startswith("The ministry was warned")


def test_a_number_of_a_borrowed_subject_counts_once(read: Read) -> None:
    """What the subject carries is no number of the clause that borrows the subject."""
    found = read("A ferry carrying 214 people ran aground, killing one man and injuring 22 others.").statements
    assert [[q.low for q in s.quantities] for s in found] == [[214], [1], [22]]


@pytest.mark.parametrize(
    ("text", "asserted", "root", "polarity"),
    [
        (
            "Prosecutor Ada Quell said Brod had ordered the gates to be locked.",
            "Brod had ordered the gates to be locked",
            "Ada Quell",
            "affirmed",
        ),
        (
            '"My client did not order those gates to be locked," said Ada Quell, his lawyer.',
            "My client did not order those gates to be locked",
            "Ada Quell",
            "negated",
        ),
        (
            "The mills have agreed to sell the weir for 3 million crowns, two people close to them said on Friday.",
            "The mills have agreed to sell the weir for 3 million crowns",
            "two people close to them",
            "affirmed",
        ),
        (
            "Its crew of six swam ashore, the harbour master, Ada Quell, said.",
            "Its crew of six swam ashore",
            "Ada Quell",
            "affirmed",
        ),
        ("Four hundred are out, the warden reckoned.", "Four hundred are out", "warden", "affirmed"),
        (
            "The harbour master said the council would not dismiss the director.",
            "the council would not dismiss the director",
            "harbour master",
            "negated",
        ),
        (
            "The weir was found at noon by an angler, the club said.",
            "The weir was found at noon by an angler",
            "club",
            "affirmed",
        ),
        (
            "The mills have agreed a fee for the weir, a person close to the talks said.",
            "The mills have agreed a fee for the weir",
            "person close to the talks",
            "affirmed",
        ),
        ("Nine rafts were turned away, the airport said.", "Nine rafts were turned away", "airport", "affirmed"),
        (
            "A raft was found in Ostrel, the city's prosecutor said on Friday. Prosecutor Ada Quell was there.",
            "A raft was found in Ostrel",
            "city's prosecutor",
            "affirmed",
        ),
        (
            "The ministry met. Warden Ilse Korn said the weir was safe. The council is paying for rafts, it said.",
            "The council is paying for rafts",
            "council",
            "affirmed",
        ),
        (
            "The ministry said a note was due. The council had paid for rafts, it said.",
            "The council had paid for rafts",
            "ministry",
            "affirmed",
        ),
    ],
)
def test_whose_words_they_are(read: Read, text: str, asserted: str, root: str, polarity: str) -> None:
    """Deeds that a source tells of are no sources; a name set off on both sides is who said it."""
    found = next(s for s in read(text).statements if asserted in text[slice(*s.content[0])])
    assert (found.root.name, found.polarity) == (root, polarity)


def test_a_clause_of_time_dates_all_verbs_before_it(annotator: Annotator) -> None:
    """ "Two died and six were hurt when …": both on the day of the clause; "after" dates news alone; the full stop of
    "a.m." belongs to the time."""
    published = Stamp("2031-05-09", "day", "metadata")

    def begins(text: str) -> list[str | None]:
        article = Article("a", "a", text, published=published, blocks=(Block((0, len(text)), "body"),))
        (read,) = annotator.annotate([article])
        assert isinstance(read, Annotation)
        return [s.event_time.begin[:10] if s.event_time and s.event_time.begin else None for s in read.statements]

    assert (
        begins("Two men were killed and six injured when a tram hit a van on Wednesday, police said.")[0]
        == "2031-05-07"
    )
    assert begins("Two men died after a tram hit a van on Wednesday.")[0] == "2031-05-07"
    assert begins("Two men died after a tram hit a van in 2024.")[0] is None
    assert begins("Cars queued for a mile at 8 a.m., according to police.") == ["2031-05-09"]


@pytest.mark.parametrize(
    ("text", "reality", "predicate", "roles"),
    [
        ("The market is due to open again on Thursday.", "planned", "open", {"agent": "market"}),
        ("The session is to be held in May.", "planned", "hold", {"patient": "session"}),
        ("The bank plans to cut 300 jobs.", "planned", "cut", {"agent": "bank", "patient": "job"}),
        ("The hospital expects to restore its systems by Wednesday.", "planned", "restore", {"patient": "system"}),
        ("The bridge was scheduled to be closed in June.", "planned", "close", {"patient": "bridge"}),
        ("The union threatens to strike.", "planned", "strike", {"agent": "union"}),
        ("She wants to leave.", "planned", "want", {"agent": "she"}),
    ],
)
def test_the_deed_of_a_plan_is_what_is_planned(
    read: Read, text: str, reality: str, predicate: str, roles: dict[str, str]
) -> None:
    """Two reports of one plan then tell one deed, however they say that it is one."""
    (only,) = read(text).statements
    assert only.frame is not None
    assert (only.reality, only.frame.predicate) == (reality, predicate)
    assert roles.items() <= {a.role: a.head for a in reversed(only.frame.arguments)}.items()


@pytest.mark.parametrize(
    "text",
    [
        "The mill and the union agreed on a rise of 4 percent on Thursday, ending a strike of two weeks.",
        "The mill and the union agreed a rise of 4 percent on Thursday.",
    ],
)
def test_who_strikes_a_bargain_says_nothing(read: Read, text: str) -> None:
    """To agree on something is a deed; to agree that it is so is to say it."""
    assert not any(s.attribution for s in read(text).statements)
    told = read("The mill agreed that the rise was too small.").statements
    assert [row.name for s in told for row in s.attribution] == ["mill"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Law-enforcement agents said that the ferry sank.", "Law-enforcement agents", "unnamed"),
        ("The Velm-based group watching the strait said the ferry sank.", "Velm-based group watching the strait", None),
        ("The ferry sank on Monday, WKZO-TV reported.", "WKZO-TV", "outlet"),
        ("According to the student TARN news agency, the ferry sank.", "TARN", "agency"),
    ],
)
def test_a_source_has_all_of_its_name(read: Read, text: str, name: str, kind: str | None) -> None:
    """A hyphen inside a word cuts no name, and what is called a news agency or by call letters is a medium."""
    root = read(text).statements[0].root
    assert root.name == name
    assert kind in (None, root.kind)


@pytest.mark.parametrize(
    ("stamps", "above", "written"),
    [
        (("18:12", "8.31am"), "", ["2032-03-12T18:12", "2032-03-12T08:31"]),
        (("19.15 GMT", "06.45 GMT"), "", ["2032-03-12T19:15+00:00", "2032-03-12T06:45+00:00"]),
        (("18:12", "08:31"), "The mill burnt.", ["2032-03-12"] * 3),
        (("18:12", "08:31", "18:40"), "", ["2032-03-12"] * 3),
    ],
)
def test_an_entry_of_a_running_page_is_dated_by_its_stamp(
    annotator: Annotator, stamps: tuple[str, ...], above: str, written: list[str]
) -> None:
    """The stamps of a page of one day date what stands below them; not those of a report, or past midnight."""
    lines = [(above, "body")] if above else []
    for stamp in stamps:
        lines += [(stamp, "dateline"), ("Police say that the mill is burning.", "body")]
    text, blocks = "", []
    for line, kind in lines:
        blocks.append(Block((len(text), len(text) + len(line)), kind))  # type: ignore[arg-type]
        text += f"{line}\n"
    article = Article("a", "a.txt", text, language="en", published=Stamp("2032-03-12", "day", "stated"))
    (annotation,) = annotator.annotate([replace(article, blocks=tuple(blocks))])
    assert isinstance(annotation, Annotation)
    assert [s.reported and s.reported.begin for s in annotation.statements] == written
