"""Whose figure it is: a rival's is no later state, one source's newer one is no dispute. Read from invented reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.compare.editions import claim_with, edition

from variorum.model import Edition

_REPORTS = (
    (
        "Ostrand Post\n4 March 2031",
        """Shells hit the grain harbour of Ostrand on Tuesday, killing two soldiers, the Harbour Ministry said. About
        1,200 residents had been moved out of their homes, fire chief Lene Vark said. Two cranes were damaged.

        The council voted on aid for the harbour. Ayes 58, noes 61.
        """,
    ),
    (
        "The Ostrand Herald\n5 March 2031",
        """The Northern Front claimed that at least 12 soldiers were killed in the shelling of the grain harbour of
        Ostrand. The owner of the harbour, Granex, said around 800 residents were asked to leave their homes.

        Those who are for the harbour are weak in the council. They have 58.

        In the dockers' ballot those for a walkout led with 41 percent of the vote, according to their clerk, who had
        counted slips from 60 percent of the quays.

        A port worker put the grain lost at 9,000 tonnes, half as much again as the 6,000 tonnes of the ministry.
        """,
    ),
    (
        "Vale Radio\n7 March 2031",
        """A third serviceman has died of wounds suffered in the shelling of the grain harbour of Ostrand, the Harbour
        Ministry said on Friday. The roughly 1,200 evacuated residents returned home on Thursday, fire chief Lene Vark
        said.

        The Harbour Ministry now says 8,500 tonnes of grain were lost. On Tuesday it had reported the loss of 6,000
        tonnes of grain.
        """,
    ),
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on the harbour."""
    return edition(tmp_path_factory.mktemp("harbour"), "The shelling of the grain harbour", _REPORTS)


def _told(found: Edition, relation: str) -> list[set[str]]:
    return [
        {reading.value for reading in conflict.readings}
        for story in found.stories
        for conflict in story.conflicts
        if conflict.relation == relation
    ]


def test_what_a_rival_claims_is_no_later_state(harbour: Edition) -> None:
    """Its figure is disputed; the toll goes on with those who count."""
    assert any("12" in "".join(told) and "2" in "".join(told) for told in _told(harbour, "contradiction"))
    assert not any("12" in value for told in _told(harbour, "update") for value in told)
    assert any({"2", "3"} <= {value.split(" ")[0] for value in told} for told in _told(harbour, "update"))


def test_a_figure_that_comes_back_is_disputed(harbour: Edition) -> None:
    """1,200, 800 and 1,200 again are two sides."""
    assert any("1,200" in "".join(told) and "800" in "".join(told) for told in _told(harbour, "contradiction"))
    assert not any("800" in value for told in _told(harbour, "update") for value in told)


def test_one_report_that_recalls_a_figure_tells_two_states(harbour: Edition) -> None:
    """ "It now says 8,500; it had reported 6,000"."""
    updates = [" ".join(sorted(told)) for told in _told(harbour, "update")]
    assert any("6,000" in told and "8,500" in told for told in updates)
    disputes = [" ".join(sorted(told)) for told in _told(harbour, "contradiction")]
    assert not any("6,000" in told and "8,500" in told for told in disputes)
    assert not any("9,000" in told and "8,500" in told for told in updates)  # the worker's figure and the ministry's


def test_what_is_counted_from_is_no_earlier_figure(harbour: Edition) -> None:
    """ "With 41 percent, according to the clerk, who had counted slips from 60 percent of the quays"."""
    assert not any("60 percent" in told for told in _told(harbour, "update"))


def test_a_small_figure_alone_joins_nothing(harbour: Edition) -> None:
    """Votes cast, and seats held."""
    assert claim_with(harbour, "They have 58").id != claim_with(harbour, "Ayes 58").id


_FEVER = (
    (
        "Lorn Daily\n4 March 2031",
        """Nine people have died of marsh fever in the villages along the Lorn since mid-February, the health ministry
        said on Tuesday. A total of 140 cases have been confirmed.
        """,
    ),
    (
        "The Aldmoor Wire\n7 March 2031",
        """At least 31 people have died of marsh fever along the Lorn, the aid group Open Ward said on Friday. The
        ministry's own tally rose to 12 deaths and 210 confirmed cases on Friday.
        """,
    ),
    (
        "Lorn Daily\n13 March 2031",
        """Fewer villagers along the Lorn fall ill with marsh fever, the health ministry said on Thursday. The ministry
        has recorded 16 deaths.
        """,
    ),
)


@pytest.fixture(scope="module")
def fever(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on the fever."""
    return edition(tmp_path_factory.mktemp("fever"), "Marsh fever along the Lorn", _FEVER)


def test_a_rival_count_that_others_never_reach_is_disputed(fever: Edition) -> None:
    """The ministry counts on, from 9 to 12 to 16, past the 31 of those who dispute it."""
    updates = _told(fever, "update")
    assert {"9 people killed", "12 deaths", "16 deaths"} in updates
    assert not any("31" in value for told in updates for value in told)
    assert {"at least 31 people killed", "16 deaths"} in _told(fever, "contradiction")


def test_cases_beside_deaths_are_of_those_who_fell_ill(fever: Edition) -> None:
    """ "12 deaths and 210 confirmed cases"."""
    assert {"140 cases", "210 cases"} in _told(fever, "update")


def test_a_fifth_is_not_one(tmp_path: Path) -> None:
    """ "A fifth person has died" tells a later state of four, and disputes nothing."""
    found = edition(
        tmp_path,
        "The fire at Corl House",
        (
            (
                "Marlen Times\n4 March 2031 06:30",
                "Four people, two of them children, died in a fire at an apartment building on Dock Row overnight, fire"
                " officials said. The flames broke out in the cellar, the chief, Ada Moss, said. The council met on"
                " Tuesday about the harbour tolls. Trams to the north were late.\n",
            ),
            (
                "Radio Marlen\n4 March 2031 12:10",
                "A fifth person has died following a fire that tore through a Dock Row apartment building"
                " early Tuesday. Tenants said no bell rang. The mayor spoke of a sad day for Marlen.\n",
            ),
        ),
    )
    assert not _told(found, "contradiction")
