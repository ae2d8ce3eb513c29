"""Figures and deeds that are of other things, though they share words: no dispute, no later state, and no one claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, claim_of
from editions import claim_with, edition, relations

import variorum
from variorum.compare.facts.counts import Count, Slot, none_at_all
from variorum.model import Edition, Quantity


@pytest.fixture(scope="module")
def regatta(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two counts of boats beside a pier's number, and what a mill can do."""
    reports = [
        (
            "Norra Dagen, 6 May 2034",
            """About 300 boats sailed up the Orm to Pier 48 in Norra on Saturday against the planned lock, the harbour
            office said. The sailing club has announced a blockade of the lock for 20 May.

            The excursion boat Perla ran aground with 87 people on board, the coast guard said. Twelve people were
            injured.

            The mill at Norra can grind 64,000 tonnes of rye a year.

            The rower Ada Brink, 24, has agreed a five-year contract with the club. Four masked intruders forced the
            door of the boathouse in Weir Lane at about 10.45 pm, the harbour office said. Samples from the well at Pier
            48 tested negative, the harbour office said. Otto Lund, who was known as the saver of the Perla's crew,
            died on Saturday at the age of 95. It is true that I would have welcomed a post as
            captain of the Perla when Falk left. It is not true that I was jealous of Brandt.

            Graham Toll, the owner of the mill, was cleared of murder on Friday, the court said.

            The boatman left the lock and returned to it ten minutes later. Divers cut a rope away from the rudder of
            the Perla with a saw. Another lock keeper broke his own arm in the crush. The old ferry lies in the
            northeast harbour of the town.""",
        ),
        (
            "Harbour Times, 7 May 2034",
            """More than 900 boats blocked the Orm at Pier 48 in Norra on Saturday. The sailing club on Sunday called
            off the blockade of the lock set for 20 May.

            There were 80 passengers and seven crew on board the excursion boat Perla. Nine of those injured are still
            being treated in hospital, the doctor Ida Falk said.

            The mill at Norra ground 51,000 tonnes of rye last year.

            The rower Ada Brink, 24, signed a four-year contract with the club. Three offenders entered the boathouse in
            Weir Lane at about 10.45 pm, the police said. Tests on the well at Pier 48 were positive, the police
            said. Otto Lund, the former keeper who named himself as the saver of the Perla's crew 30 years after he had
            pulled them out, has died. Graham Toll was acquitted of fraud on Friday, the prosecutor said.

            The boatman returned to the lock five minutes later. Divers cut two ropes away from the rudder of the Perla
            with a saw. A lock keeper broke his own arm in the crush. The old ferry lies in the northwest harbour
            of the town.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("regatta"), "Boats against the lock at Norra", reports)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ten minutes later", "five minutes later"),
        ("cut a rope", "cut two ropes"),
        ("Another lock keeper", "A lock keeper"),
        ("northeast harbour", "northwest harbour"),
    ],
)
def test_one_place_filled_with_two_things_makes_no_claim(regatta: Edition, one: str, other: str) -> None:
    assert claim_with(regatta, one).id != claim_with(regatta, other).id


def test_a_number_of_another_thing_makes_no_claim(regatta: Edition) -> None:
    """Three hundred boats are not nine hundred, though both name Pier 48."""
    assert claim_with(regatta, "About 300 boats").id != claim_with(regatta, "More than 900 boats").id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("five-year contract", "four-year contract"),  # her age is the same in both
        ("Four masked intruders", "Three offenders"),
        ("tested negative", "were positive"),
        ("cleared of murder", "acquitted of fraud"),
    ],
)
def test_what_cannot_both_be_so_is_no_one_claim(regatta: Edition, one: str, other: str) -> None:
    """However near the rest of the words is."""
    assert claim_with(regatta, one).id != claim_with(regatta, other).id


def test_years_since_are_no_age(regatta: Edition) -> None:
    """Who died at 95 and who died 30 years after something died at one age."""
    assert not relations(regatta, "age of 95", "30 years after")


def test_who_says_what_is_not_true_denies_that_alone(regatta: Edition) -> None:
    """And not the sentence before."""
    assert not relations(regatta, "welcomed a post", "jealous")


def test_what_is_announced_is_not_what_is_called_off(regatta: Edition) -> None:
    """The same doer, thing and day: the end of a plan is no word for it."""
    assert claim_with(regatta, "announced a blockade").id != claim_with(regatta, "called off").id


def test_passengers_and_crew_are_the_people_on_board(regatta: Edition) -> None:
    """Eighty and seven are 87."""
    assert not relations(regatta, "87 people on board", "80 passengers")


def test_who_is_still_in_hospital_is_not_everybody_hurt(regatta: Edition) -> None:
    """Twelve were hurt, of whom nine are left there: neither a dispute nor another count."""
    assert not relations(regatta, "Twelve people were injured", "Nine of those injured")


def test_what_can_be_done_is_not_what_was_done(regatta: Edition) -> None:
    """A mill grinds less than it can."""
    assert not relations(regatta, "can grind 64,000", "ground 51,000")


def test_a_cancellation_that_is_announced_is_one_claim() -> None:
    """To announce the end is to tell the end."""
    desk = Desk()
    desk.knows("organisation", "Norra Sailing Club")
    a = desk.report("Norra Dagen").says("The Norra Sailing Club cancelled the Orm regatta on Friday.", does="cancel")
    b = desk.report("Harbour Times").says(
        "The Norra Sailing Club announced the cancellation of the Orm regatta on Friday.", does="announce"
    )
    story = desk.story()
    assert claim_of(story, a) == claim_of(story, b)


def test_bare_numbers_are_no_parts_of_a_crowd(tmp_path: Path) -> None:
    """An age, the lines of a tram and "the other one" add up to nobody."""
    text = """More than 600 people stood on the quay in anger at work until 68. Exactly 500 people were counted at noon.

    Ferries 2, 5 and 7 were late. Pull the other one!"""
    (tmp_path / "1.txt").write_text(f"Quay is full\nHarbour Times, 7 May 2034\n\n{text}\n", encoding="utf-8")
    assert not [c for story in variorum.collate([tmp_path]).stories for c in story.checks if c.holds is False]


def test_one_figure_of_both_leaves_the_rest_to_other_things(tmp_path: Path) -> None:
    """The shaft is longer than the place where the lift stopped."""
    reports = [
        (
            "Norra Dagen, 6 May 2034",
            "The lift at the Orm mine stopped 340 metres down the shaft on Friday, the mine's board said.",
        ),
        (
            "Harbour Times, 8 May 2034",
            "The board puts the place where the lift stopped at 340 m down the shaft of 790 m.",
        ),
    ]
    assert not relations(edition(tmp_path, "Lift stops in Orm mine", reports), "340 metres", "790 m")


@pytest.fixture(scope="module")
def gale(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Counts of nobody that are not of nobody, sums that were asked for, shares that are no levels."""
    reports = [
        (
            "Norra Dagen, 6 May 2034",
            """Four people were hurt when a gale hit the fair at Norra on Saturday. No steam engine was insured.

            The mayor, Ida Falk, asked the state to declare 22 fishing harbours a disaster area.

            Four of the nine lifeboats were missing oars, the inspector said. The state wants to freeze harbour dues in
            Norra for two years.

            A ruling by the harbour court of Norra on the dues is expected within seven months.""",
        ),
        (
            "Harbour Times, 8 May 2034",
            """Nobody was seriously hurt in the gale at Norra, the clinic said. In all 31 engines were shown.

            Nine fishing harbours got the state's disaster status.

            The harbour court of Norra has seven months to rule on the dues. A freeze on harbour dues in Norra for two
            years is part of the programme.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("gale"), "Gale hits the fair at Norra", reports)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Four people were hurt", "Nobody was seriously hurt"),
        ("No steam engine", "31 engines were shown"),
        ("declare 22 fishing harbours", "Nine fishing harbours"),
        ("expected within seven months", "has seven months to rule"),
        ("wants to freeze harbour dues", "A freeze on harbour dues"),
    ],
)
def test_what_is_of_some_only_or_to_come_is_no_state(gale: Edition, one: str, other: str) -> None:
    """Neither a dispute nor a later state."""
    assert not relations(gale, one, other)


def test_the_rest_of_a_sentence_puts_no_figure_in_anothers_place(tmp_path: Path) -> None:
    """ "Oars were missing from four of nine boats" is not nine instead of four."""
    reports = [
        ("Norra Dagen, 6 May 2034", "Four boats were towed to Norra in the gale."),
        ("Harbour Times, 8 May 2034", "Oars were missing from four of the nine boats in Norra, the inspector said."),
    ]
    assert "update" not in relations(edition(tmp_path, "Gale hits Norra", reports), "Four boats", "four of the nine")


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Nobody was hurt.", True),
        ("Nobody was seriously hurt.", False),
        ("None of the dead wore a helmet.", False),
        ("Nobody on the quay was hurt.", True),
    ],
)
def test_nobody_at_all_and_none_of_some(text: str, *, nobody: bool) -> None:
    """A count of nobody is one of everybody, unless it is of some or of a degree."""
    count = Count(Slot("injured", "person"), 0, 0, Quantity((0, text.index(" ")), 0, 0, "exact", None))
    said = Desk().report("Norra Dagen").says(text)
    assert none_at_all(count, said) == nobody


def test_a_fair_that_is_moved_is_a_change_of_its_day(tmp_path: Path) -> None:
    """The day from which it is moved is the planned one, the other is when it will be."""
    reports = [
        ("Norra Dagen, 4 December 2034", "The winter fair in Norra will open on Saturday, the town said."),
        ("Harbour Times, 7 December 2034", "The winter fair in Norra has been moved from Saturday to 20 December."),
    ]
    found = edition(tmp_path, "Winter fair in Norra", reports)
    assert relations(found, "will open on Saturday", "has been moved") == ["update"]
    entries = {e.begin for story in found.stories for e in story.timeline if "has been moved" in e.text}
    assert entries <= {"2034-12-20"}


def test_a_denial_of_what_was_agreed_only_later_is_overtaken(tmp_path: Path) -> None:
    """Nobody denied on Thursday what came about on Sunday."""
    reports = [
        (
            "Norra Dagen, 4 May 2034",
            "The harbour board of Norra rejected that there would be a cut of the mooring fee to 40 crowns.",
        ),
        (
            "Harbour Times, 8 May 2034",
            "The strike in Norra is over since the harbour board agreed to cut the mooring fee to 40 crowns.",
        ),
    ]
    found = edition(tmp_path, "Strike over mooring fee in Norra", reports)
    assert "contradiction" not in relations(found, "board agreed to cut", "rejected that there would be")


def test_this_is_what_was_told_before_its_source_was_named(tmp_path: Path) -> None:
    """ "Called this an invention" denies the report and not where it comes from."""
    reports = [
        (
            "Norra Dagen, 4 May 2034",
            """The weekly Orm Bulletin writes that the town of Norra has paid a ransom of 20,000 crowns for its stolen
            bell. The weekly refers to a clerk of the town. The town of Norra calls this "pure invention".""",
        ),
        ("Harbour Times, 5 May 2034", "The bell of Norra hangs in its tower again, the sexton said."),
    ]
    found = edition(tmp_path, "The bell of Norra", reports)
    assert relations(found, "paid a ransom", "calls this") == ["contradiction"]
    assert not relations(found, "refers to a clerk", "calls this")
