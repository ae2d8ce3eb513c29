"""What ordinary reports of one event are full of and what is no finding: stumps of sentences, what others are, what
both say, what came before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk, between, claim_of
from editions import edition, relations

from variorum.model import Edition, Period


def desk() -> Desk:
    """One that knows who speaks in these tests."""
    made = Desk()
    made.knows("place", "Velm")
    made.knows("organisation", "Harbour Board", "Rowing Club")
    made.knows("person", "Ada Holm", "Rolf Brand")
    return made


@pytest.fixture(scope="module")
def prize(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A ferry pilot is honoured, in three reports with stumps, a plan, prizes and dates."""
    reports = [
        (
            "Velm Post - 12 May 2031",
            """Pilot Ada Holm received the Harbour Medal in 2028, the board said.

            The three passengers who refused to leave the ferry were fined, the harbour police said.""",
        ),
        (
            "Tarn Echo - 13 May 2031",
            """Pilot Ada Holm received the Lifeboat Prize in 2026, the club said.

            The skipper told the court that the three passengers had refused to leave.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("prize"), "Ferry pilot Ada Holm honoured in Velm", reports)


@pytest.mark.parametrize(("roles", "status"), [({}, "unclear"), ({"agent": "Ada Holm"}, "corroborated")])
def test_a_stump_is_not_corroborated(roles: dict[str, str], status: str) -> None:
    """Two reports have one heading: nobody says anything in it."""
    here = desk()
    a = here.report("Velm Post").says("Ada Holm, harbour master of Velm.", does="master", **roles)
    here.report("Tarn Echo").says("Harbour master Ada Holm at Velm today.", does="master", **roles)
    assert claim_of(here.story(), a).status == status


def test_two_prizes_are_no_dispute_about_a_day(prize: Edition) -> None:
    """One pilot received one in 2028 and another in 2026."""
    assert relations(prize, "Harbour Medal", "Lifeboat Prize") == []


def test_a_verb_that_says_no_denies_nothing_that_has_it_too(prize: Edition) -> None:
    """Who refused to leave is said to have refused to leave."""
    assert relations(prize, "refused to leave the ferry", "had refused to leave") == []


@pytest.mark.parametrize(("other", "found"), [("2032-03-02", 0), ("2031-03-05", 1)])
def test_a_date_that_both_write_is_not_disputed(other: str, found: int) -> None:
    """ "March 2" in both: only its year was resolved in two ways."""
    here = desk()
    words = ("March 2", "March 2" if not found else "March 5")
    a = here.report("Velm Post", "2031-04-10").says(
        f"The Harbour Board dismissed Ada Holm on {words[0]}.", by="Rowing Club", day="2031-03-02",
        times=((words[0], "DATE", "2031-03-02"),), does="dismiss", agent="Harbour Board", patient="Ada Holm",
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        f"On {words[1]} the Harbour Board dismissed Ada Holm.", by="Rolf Brand", day=other,
        times=((words[1], "DATE", other),), does="dismiss", agent="Harbour Board", patient="Ada Holm",
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("whom", "found"), [("Rolf Brand", 0), ("Ada Holm", 1)])
def test_one_is_dead_and_another_alive(whom: str, found: int) -> None:
    """That one person was killed does not dispute that another is alive."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        f"{whom} was killed in the storm off Velm, where Ada Holm rowed.", by="Rowing Club", does="kill", patient=whom
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "Ada Holm is alive after the storm off Velm.", by="Harbour Board", does="be", agent="Ada Holm"
    )
    assert bool(between(here.story(), a, b)) == bool(found)


@pytest.mark.parametrize(("said", "found"), [("will", 1), ("asks", 0)])
def test_what_is_asked_for_is_not_said_to_be_so(said: str, found: int) -> None:
    """A call to open the gates is not denied by those who keep them shut."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "The Harbour Board opens the lock gates at Velm to anglers tonight.", by="Rowing Club", does="open",
        stance="ask" if said == "asks" else "report", reality="ongoing",
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        "The Harbour Board opens no lock gates at Velm to anglers tonight.", by="Harbour Board", polarity="negated",
        does="open", reality="ongoing",
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


def test_one_sentence_that_copies_put_down_to_two_sources_has_one() -> None:
    """ "Medics say" and "medical staff say", in the very sentence of one outlet."""
    here = desk()
    words = "the child has a rare fever and is treated every ten days at the clinic in Velm"
    a = here.report("Velm Post", "2031-04-10").says(f"Dr Ada Holm says {words}.", by="Ada Holm", kind="person")
    here.report("Velm Post", "2031-04-10").says(f"Rolf Brand says {words}.", by="Rolf Brand", kind="person")
    claim = claim_of(here.story(), a)
    assert (claim.support.roots[0], claim.status) == (1, "single_origin")


def test_a_vote_that_has_to_be_unanimous_was_not_said_to_be(jury: Edition) -> None:
    """A rule of the court is no account of how it went."""
    assert relations(jury, "deadlocked at 9-3", "requires a unanimous decision") == []


@pytest.fixture(scope="module")
def jury(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A trial whose jury could not agree."""
    reports = [
        (
            "Velm Post - 12 May 2031",
            "The jury was deadlocked at 9-3 on Monday, with nine for a conviction, the clerk said.",
        ),
        ("Tarn Echo - 12 May 2031", "A verdict in Velm requires a unanimous decision by the jury, the judge said."),
    ]
    return edition(tmp_path_factory.mktemp("jury"), "Jury in Velm deadlocked", reports)


@pytest.mark.parametrize(
    ("after", "does", "reality", "found"),
    [
        ("Ada Holm opened the new bridge at Velm.", "open", "happened", 1),
        ("Ada Holm previously opened the new bridge at Velm.", "open", "happened", 0),
        ("Ada Holm is glad to open the new bridge at Velm.", "be", "ongoing", 0),
    ],
)
def test_a_plan_is_not_followed_by_what_was_before_it_or_is_said_of_it(
    after: str, does: str, reality: str, found: int
) -> None:
    """Neither an earlier opening nor the joy about the coming one is the opening."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "Ada Holm will open the new bridge at Velm.", reality="planned", does="open", agent="Ada Holm"
    )
    b = here.report("Tarn Echo", "2031-04-12").says(after, reality=reality, does=does, agent="Ada Holm")
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("clause", "found"), [("taken when Brand was arrested", 0), ("were detained", 1)])
def test_the_state_of_a_clause_is_not_that_of_what_it_dates(clause: str, found: int) -> None:
    """Brand was arrested, the suspects released; or they were not."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        f"The suspects {clause} at Velm.", does="show", by="Rowing Club", agent="suspects"
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "The suspects were released at Velm on Monday.", does="release", by="Harbour Board", patient="suspects"
    )
    assert bool(between(here.story(), a, b)) == bool(found)


@pytest.mark.parametrize(("surname", "status"), [("Hollman", "single_origin"), ("Brandt", "corroborated")])
def test_a_misspelt_name_is_no_second_source(surname: str, status: str) -> None:
    """ "Holman" and "Hollman" may be one; a low end is earned."""
    here = desk()
    here.knows("person", "Ada Holman", f"Ada {surname}")
    a = here.report("Velm Post").says("The lifeboat at Velm had no radio on Monday.", by="Ada Holman", kind="person")
    here.report("Tarn Echo").says("On Monday the Velm lifeboat had no radio.", by=f"Ada {surname}", kind="person")
    assert claim_of(here.story(), a).status == status


def test_figures_of_two_kinds_and_means_are_no_dispute() -> None:
    """What one costs, and what all cost on average."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "A berth in the harbour at Velm costs 500 crowns.",
        by="Rowing Club",
        counts=((500, "crown", "cost"),),
        does="cost",
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "On average a berth in the harbour at Velm costs 700 crowns.", by="Harbour Board",
        counts=((700, "crown", "cost"),), does="cost",
    )  # fmt: skip
    c = here.report("Dorn Mail", "2031-04-10").says(
        "A berth in the harbour at Velm costs 900 crowns.",
        by="Rolf Brand",
        counts=((900, "crown", "cost"),),
        does="cost",
    )
    story = here.story()
    assert between(story, a, b) == []
    assert [x.kind for x in between(story, a, c)] == ["quantity"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("Ada Holm died on Monday of pneumonia at her home in Velm.", 1),
        ("Ada Holm died at home in Velm of natural causes.", 0),
        ("Ada Holm died of a kidney failure brought on by a weak heart.", 0),
        ("Ada Holm died of acute heart failure in Velm.", 0),
        ("Rolf Brand died of pneumonia in Velm.", 0),
    ],
)
def test_two_causes_of_one_death_are_set_side_by_side(other: str, found: int) -> None:
    """Two things that one person died of; what may be any cause disputes none."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "The rower Ada Holm died of a heart attack.", by="Rowing Club", does="die", agent="Ada Holm"
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        other, by="Harbour Board", does="die", agent=other[: other.index(" died")]
    )
    assert [x.about for x in between(here.story(), a, b)] == ["the cause of death"] * found


def test_a_report_that_says_a_story_is_not_true_means_what_the_story_told() -> None:
    """And not the sentence that stands between."""
    here = desk()
    post = here.report("Velm Post", "2031-04-10")
    told = post.says("Ada Holm drowned off Velm.", by="website", kind="document", does="drown", agent="Ada Holm")
    aside = post.says("The article has been shared by thousands.", does="share", agent="article")
    post.says("The report is untrue.", polarity="negated", does="be", agent="report")
    story = here.story()
    assert claim_of(story, told).status == "denied"
    assert claim_of(story, aside).status != "denied"


@pytest.mark.parametrize(("first", "last", "found"), [("", "", 1), ("the first ", "the last ", 0)])
def test_some_of_a_row_are_not_all(first: str, last: str, found: int) -> None:
    """ "The first 8 races", "the last 11 races"."""
    here = desk()
    words = f"Ada Holm won {first}8 races at Velm.", f"At Velm Ada Holm won {last}11 races."
    a = here.report("Velm Post", "2031-04-10").says(
        words[0], by="Rowing Club", counts=((8, "race", "won"),), does="win", agent="Ada Holm"
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        words[1], by="Harbour Board", counts=((11, "race", "won"),), does="win", agent="Ada Holm"
    )
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("years", "found"), [(37, 1), (16, 0)])
def test_ages_far_apart_are_those_of_two(years: int, found: int) -> None:
    """Reports get an age wrong by a few years."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "The rower Ada Holm, 34, was hurt at Velm.", by="Rowing Club", counts=((34, "year", "age"),), does="hurt",
        patient="Ada Holm",
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        f"Ada Holm, {years}, a rower, was hurt at Velm.", by="Harbour Board", counts=((years, "year", "age"),),
        does="hurt", patient="Ada Holm",
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("place", "found"), [("Velm", 1), ("Orra", 0)])
def test_a_list_gives_each_figure_of_something_else(place: str, found: int) -> None:
    """Of two shares only that of the same town is disputed."""
    here = desk()
    here.knows("place", "Orra")
    a = here.report("Velm Post", "2031-04-10").says(
        f"Traffic was down by 52 percent in {place} and 82 percent in Tarn.", by="Rowing Club", does="be",
        counts=((52, "percent", None), (82, "percent", None)), agent="traffic",
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        "Traffic was down by 65 percent in Velm.", by="Harbour Board", does="be", counts=((65, "percent", None),),
        agent="traffic",
    )  # fmt: skip
    told = [r.value for c in between(here.story(), a, b) for r in c.readings if r.value.startswith("52")]
    assert len(told) == found


def test_each_of_several_people_is_alive_or_dead_for_himself() -> None:
    """Where one man's death is disputed, a report on two others takes no side; "burnt alive" is no life sign."""
    here = desk()
    here.knows("person", "Ada Holm")
    post = here.report("Velm Post", "2031-04-10")
    a = post.says("Ada Holm was killed at Velm.", by="Rowing Club", does="kill", patient="Ada Holm")
    c = post.says("Two sailors were killed off Tarn.", by="Rowing Club", does="kill", patient="sailors")
    echo = here.report("Tarn Echo", "2031-04-10")
    b = echo.says("Ada Holm is alive at Velm.", by="Harbour Board", does="be", agent="Ada Holm")
    d = echo.says("The rebels burnt a pilot alive.", by="Harbour Board", does="burn", patient="pilot")
    told = {s for k in here.story().conflicts for r in k.readings for s in r.statements}
    assert {a.id, b.id} <= told
    assert not {c.id, d.id} & told


@pytest.mark.parametrize(("open_too", "found"), [("happened", 1), ("conditional", 0)])
def test_what_nobody_says_for_sure_is_no_dispute(open_too: str, found: int) -> None:
    """ "Should be restored by Friday", "may not be restored before"."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "The line at Velm was restored by the Rowing Club.", by="Rowing Club", reality=open_too, does="restore",
        patient="line",
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        "The Rowing Club has not restored the line at Velm.", by="Harbour Board", reality=open_too, does="restore",
        polarity="negated", patient="line",
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


def test_a_thought_is_no_plan() -> None:
    """ "I thought they would win": what came is no outcome of that."""
    here = desk()
    post = here.report("Velm Post", "2031-04-10")
    a = post.says(
        "Ada Holm will win the race at Velm.", reality="planned", does="win", agent="Ada Holm", patient="race"
    )
    b = here.report("Tarn Echo", "2031-04-12").says(
        "Ada Holm won the race at Velm.", does="win", agent="Ada Holm", patient="race"
    )
    assert [c.relation for c in between(here.story(), a, b)] == ["update"]
    post.statements[0] = replace(a, certainty="probable")
    assert between(here.story(), a, b) == []


@pytest.mark.parametrize(("verb", "found"), [("arrested", 1), ("named", 0)])
def test_how_often_counts_one_deed(verb: str, found: int) -> None:
    """Arrested three times, named five times."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "Ada Holm was arrested 3 times in Velm.", by="Rowing Club", does="arrest", patient="Ada Holm",
        counts=((3, "count", None),),
    )  # fmt: skip
    b = here.report("Tarn Echo", "2031-04-10").says(
        f"Ada Holm was {verb} 5 times in Velm.", by="Harbour Board", does=verb, patient="Ada Holm",
        counts=((5, "count", None),),
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("day", "found"), [("2031-04-09", 1), (None, 0)])
def test_a_year_is_no_other_day(day: str | None, found: int) -> None:
    """Where a sentence only names a year, that is of something else in it."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "Ada Holm entered the clinic at Velm on Tuesday.", by="Rowing Club", does="enter", agent="Ada Holm",
        patient="clinic", day="2031-04-08", times=(("Tuesday", "DATE", "2031-04-08"),),
    )  # fmt: skip
    told = (("Wednesday", "DATE", "2031-04-09") if day else ("2029", "DATE", "2029"),)
    post = here.report("Tarn Echo", "2031-04-10")
    b = post.says(
        f"Ada Holm entered the clinic at Velm, {told[0][0]}, she said.", by="Harbour Board", does="enter",
        agent="Ada Holm", patient="clinic", day=day, times=told,
    )  # fmt: skip
    if not day:
        post.statements[0] = b = replace(b, event_time=Period("2029-01-01", "2029-12-31", "stated"))
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("verdict", "found"), [("the truth", 1), ("a hoax", 0)])
def test_who_calls_a_story_a_hoax_is_not_denied_by_who_denies_it(verdict: str, found: int) -> None:
    """Both say that it is not so."""
    here = desk()
    post = here.report("Velm Post", "2031-04-10")
    a = post.says(f"The tale that Ada Holm left Velm is {verdict}.", by="Rowing Club", does="be", agent="tale")
    b = post.says(
        "The board denied the tale.",
        by="Harbour Board",
        polarity="negated",
        stance="deny",
        does="deny",
        patient="story",
    )
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("subject", "found"), [("Ada Holm", 1), ("Rolf Brand", 0)])
def test_who_denies_that_he_did_it_says_nothing_of_another(subject: str, found: int) -> None:
    """ "She denied that she was the source": of what is told of somebody else she says nothing."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        f"{subject} was the source of the Velm papers.", by="Rowing Club", does="be", agent=subject
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "She was the source of the Velm papers.", by="Ada Holm", kind="person", polarity="negated", stance="deny",
        does="be", agent="she",
    )  # fmt: skip
    assert len(between(here.story(), a, b)) == found


@pytest.mark.parametrize(("rest", "found"), [("", 0), (" the flare gun at the Velm pier", 1)])
def test_one_word_is_not_enough_to_tell_what_is_denied(rest: str, found: int) -> None:
    """Anybody may have fired."""
    here = desk()
    post = here.report("Velm Post", "2031-04-10")
    a = post.says(f"He fired{rest}.", by="Rowing Club", does="fire", agent="he")
    b = post.says(
        "The board denied this.", by="Harbour Board", polarity="negated", stance="deny", does="deny", patient="this"
    )
    assert len(between(here.story(), a, b)) == found


def test_a_later_state_stands_last_whoever_told_it_first() -> None:
    """A nurse has on the first day what the clinic says days after: two became five, and not five two."""
    here = desk()
    treated = {"does": "treat", "kind": "person"}
    first = here.report("Alm Echo", "2031-04-10").says(
        "Five rowers were treated in the clinic at Velm, a nurse said.",
        by="a nurse", counts=((5, "person", "hospitalized"),), does="treat", kind="unnamed",
    )  # fmt: skip
    told = here.report("Velm Post", "2031-04-10").says(
        "Two rowers were taken to the clinic at Velm, Ada Holm said.",
        by="Ada Holm", counts=((2, "person", "hospitalized"),), **treated,
    )  # fmt: skip
    last = here.report("Tarn Echo", "2031-04-13").says(
        "Five rowers were treated in the clinic at Velm, Rolf Brand said.",
        by="Rolf Brand", counts=((5, "person", "hospitalized"),), **treated,
    )  # fmt: skip
    (update,) = [c for c in here.story().conflicts if c.relation == "update"]
    assert [set(r.statements) & {first.id, told.id, last.id} for r in update.readings] == [
        {told.id},
        {first.id, last.id},
    ]
