"""Reports that tell the old and the new state themselves, what is extended, cut or carried out, and counts of people in
words: read from invented reports, through the whole pipeline."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import variorum
from variorum.ingest import Ingest
from variorum.model import Edition

Told = tuple[str, str, str]


def _edition(*told: Told) -> Edition:
    """The edition of reports, each of an outlet and a day, opening with its headline."""
    return variorum.collate(
        [
            Ingest.from_json(
                {
                    "id": f"r{n}", "title": text.split("\n", 1)[0], "text": text, "language": "en",
                    "published": day, "publisher": outlet,
                }
            )
            for n, (outlet, day, text) in enumerate(told)
        ]
    )  # fmt: skip


def _updates(edition: Edition) -> list[list[str]]:
    """The readings of each update, in order, as the words of those who tell them."""
    said = {s.id: s.text for s in edition.statements}
    return [
        [" / ".join(said[s] for s in reading.statements) for reading in conflict.readings]
        for story in edition.stories
        for conflict in story.conflicts
        if conflict.relation == "update"
    ]


def _changes(edition: Edition, before: str, after: str) -> bool:
    """Whether the words of one stand on an earlier side of an update than those of the other."""
    return any(
        before in reading and any(after in later for later in readings[n + 1 :])
        for readings in _updates(edition)
        for n, reading in enumerate(readings)
    )


_BRIDGE = (
    "Dell Courier",
    "2031-04-10",
    "Bridge opens in May\nThe new bridge over the Dell will be opened on 4 May, the council announced on Thursday. "
    "Mayor Ina Rohl will cut the ribbon. Work began two years ago.",
)
_FINE = (
    "Capital Times",
    "2031-02-03",
    "Dear opera\nA ticket for the open-air opera in Ulm is to cost 90 crowns, the festival announced. "
    "Sales begin on Monday. The singer Lia Mont is to appear.",
)
_BEEF = (
    "Hollen Zeitung",
    "2031-05-02",
    "Ministry calms consumers\nNo beef from Orland was processed at the Hollen factory, the food ministry assured on "
    "Friday. Inspectors took forty samples. The results are expected next week.",
)
_BANK = (
    "Selm Observer",
    "2031-06-03",
    "Burglars in the bank's network\nStrangers broke into the network of the Selm savings bank at the weekend. No "
    "customer money was lost, the bank said on Tuesday. The branches remained shut for a day.",
)
_WATER = (
    "Lomm News",
    "2031-06-01",
    "Boil your water\nGerms were found in the water of Lomm on Sunday. The order to boil tap water applies until 6 "
    "June, the town said. Water is handed out at the school.",
)
_REACTOR = (
    "Nord Press",
    "2031-03-01",
    "Early end for reactor\nThe reactor at Brill is to be switched off at the end of 2034, the government decided. The "
    "plant has 600 workers.",
)
_BAKERS = (
    "Harl Post",
    "2031-02-03",
    "Bakers are angry\nThe bakers' guild of Harl warned that it would close its shops for a day. Flour has become "
    "dear. The ministry promises talks.",
)


@pytest.mark.parametrize(
    ("first", "second", "before", "after"),
    [
        pytest.param(
            _BRIDGE,
            (
                "Radio Dell",
                "2031-04-24",
                "Festive day is moved\nThe new bridge over the Dell will now be opened on 18 May and not, as originally"
                " announced, on 4 May. The paint needs more time to dry, engineer Tom Varn said.",
            ),
            "on 4 May, the council",
            "on 18 May",
            id="not, as first announced",
        ),
        pytest.param(
            _BEEF,
            (
                "The Beacon",
                "2031-05-09",
                "Beef from Orland in ready meals\nContrary to its earlier assurances, beef from Orland was processed at"
                " the Hollen factory, the food ministry admitted. The factory has stopped production.",
            ),
            "No beef",
            "Contrary",
            id="contrary to its assurances",
        ),
        pytest.param(
            _BANK,
            (
                "Market Letter",
                "2031-06-11",
                "Savings bank gives in\nThe Selm savings bank, which had said that no customer money was lost, now "
                "admits that customers lost three million crowns. Chairman Olav Grund apologised on Wednesday.",
            ),
            "the bank said on Tuesday",
            "three million",
            id="had said, now admits",
        ),
        pytest.param(
            _WATER,
            (
                "Lomm Echo",
                "2031-06-06",
                "Germs again\nThe town of Lomm has extended the order to boil tap water to 13 June. Two samples again "
                "contained germs. The mayor asked for patience.",
            ),
            "6 June",
            "13 June",
            id="extended",
        ),
        pytest.param(
            _REACTOR,
            (
                "Nord Press",
                "2031-03-22",
                "Reactor goes sooner\nThe government has brought the closure of the reactor at Brill forward to 2032. "
                "Cracks had been found in a pipe.",
            ),
            "2034",
            "2032",
            id="brought forward",
        ),
        pytest.param(
            _FINE,
            (
                "Ulm Daily",
                "2031-02-17",
                "Opera gets cheaper\nThe festival has lowered the price of a ticket for the open-air opera in Ulm to 70"
                " crowns. Hardly anybody had bought one.",
            ),
            "90 crowns",
            "70 crowns",
            id="lowered",
        ),
        pytest.param(
            _BAKERS,
            (
                "Harl Radio",
                "2031-02-10",
                "No bread in Harl\nThe bakers' guild of Harl closed its shops for a day on Monday. Queues formed at the"
                " supermarkets. The ministry regrets it.",
            ),
            "would close",
            "closed its shops",
            id="carried out",
        ),
    ],
)
def test_the_later_report_tells_what_its_object_was_before(first: Told, second: Told, before: str, after: str) -> None:
    """The earlier report stands on the earlier side, and nothing is in dispute."""
    edition = _edition(first, second)
    assert _changes(edition, before, after)
    assert not [c for s in edition.stories for c in s.conflicts if c.relation == "contradiction"]


def test_one_report_alone_tells_both() -> None:
    """Nobody else tells when the spill began."""
    edition = _edition(
        (
            "Orrin Post",
            "2031-03-28",
            "Paper mill revises its account\nThe paper mill Ostra has corrected its account of the spill. The lye had "
            "been running into the river since 12 March and not, as the firm had at first maintained, since 20 March, "
            "its manager Lea Brand said. Thousands of fish died.",
        ),
        ("Orrin Daily", "2031-03-29", "Fish die in the river\nAnglers found dead trout near Orrin on Friday."),
    )
    values = [[r.value for r in c.readings] for s in edition.stories for c in s.conflicts if c.relation == "update"]
    assert values == [["20 March", "12 March"]]
    assert not [c for s in edition.stories for c in s.claims if c.status == "superseded"]


@pytest.mark.parametrize(
    ("first", "second", "before", "after"),
    [
        pytest.param(
            ("Vell Times", "2031-05-02", "Festival invites\nThe harbour festival in Vell will be held from 6 June."),
            (
                "Vell Radio",
                "2031-05-20",
                "Bands and boats\nThe harbour festival in Vell begins on 6 June and not, as in other years, in May.",
            ),
            "6 June",
            "6 June",
            id="as in other years",
        ),
        pytest.param(
            ("Selm Observer", "2031-06-03", "Minister under fire\nRolf Aske will not resign, he said on Tuesday."),
            (
                "Market Letter",
                "2031-06-11",
                "Aske wants money\nRolf Aske, who had said that he would not resign, now says that the bridges need "
                "nine billion crowns.",
            ),
            "not resign",
            "nine billion",
            id="of something else",
        ),
        pytest.param(
            _WATER,
            (
                "Lomm Echo",
                "2031-06-06",
                "Books in the evening\nThe town of Lomm has extended the opening hours of its library to 20 June.",
            ),
            "6 June",
            "20 June",
            id="another thing",
        ),
        pytest.param(
            (
                "Harl Post",
                "2031-02-03",
                "Fine for Ostra\nThe court of Harl fined the paper maker Ostra nine million crowns for the spill.",
            ),
            (
                "The Beacon",
                "2031-02-24",
                "Ostra saves\nThe paper maker Ostra has reduced its spending on advertising to four million crowns.",
            ),
            "nine million",
            "four million",
            id="another sum",
        ),
    ],
)
def test_what_only_looks_like_a_turn(first: Told, second: Told, before: str, after: str) -> None:
    """Other years, other things, other sums."""
    assert not _changes(_edition(first, second), before, after)


_FERRY: Sequence[Told] = (
    (
        "Ferne News",
        "2031-08-02",
        "Boat sinks\nAn excursion boat sank on Lake Ferne on Saturday. Four people are missing. Nine children are in "
        "hospital. Divers searched until dark.",
    ),
    (
        "Ferne Echo",
        "2031-08-03",
        "Search on the lake\nDivers found three people alive on Sunday. A cook of 19 was still missing in "
        "the evening. The captain is being questioned.",
    ),
    (
        "Ferne Radio",
        "2031-08-05",
        "Sad certainty\nThe last missing person was found dead on Tuesday, two kilometres from the place where the boat"
        " sank. Nine children were taken to hospital. Five of them have left hospital.",
    ),
)


def test_the_last_of_the_missing_ends_the_count() -> None:
    """Four, then one, whose age is no count, then none; of nine in hospital five have left it."""
    edition = _edition(*_FERRY)
    values = [[r.value for r in c.readings] for s in edition.stories for c in s.conflicts if "missing" in c.about]
    assert values == [["4 people missing", "1 person missing", "no people missing"]]
    assert _changes(edition, "Nine children are in hospital", "Five of them have left")
    assert "5 hospitalized" not in str([c.readings for s in edition.stories for c in s.conflicts])


def test_parts_of_one_list_are_no_states() -> None:
    """Four in one clinic and one in another are the five of before."""
    edition = _edition(
        (
            "Ferne News",
            "2031-08-02",
            "Gas in the pool\nChlorine leaked at the indoor pool of Ferne on Friday. Five children are in hospital.",
        ),
        (
            "Ferne Echo",
            "2031-08-03",
            "Children in hospital\nFour children are being treated in the hospital of Ferne after the leak at the pool "
            "and one was flown to the children's hospital in Holm. A valve was defective.",
        ),
    )
    assert not [readings for readings in _updates(edition) if "Five children" in readings[0]]


def test_a_number_of_people_is_none_of_letters() -> None:
    """How many people there are takes the place of so many people, and of no letters."""
    edition = _edition(
        (
            "Selm Observer",
            "2031-06-03",
            "Letters to customers\nThe Selm savings bank sent out 30,000 letters after the burglary in its network. "
            "Data of 30,000 people were stolen, the bank said.",
        ),
        (
            "Market Letter",
            "2031-06-11",
            "More than thought\nThe number of people affected by the burglary at the Selm savings bank is 52,000 and "
            "not 30,000, as it had said at first, the bank announced on Wednesday.",
        ),
    )
    assert _changes(edition, "30,000 people", "52,000")
    assert not _changes(edition, "30,000 letters", "52,000")
