"""A campaign as its reports tell it: polls, money of several, votes that come every other week. Little of it is one
question answered twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, disputes, edition, relations

from variorum.model import Edition

_REPORTS = [
    (
        "Velm Post - 12 May 2031",
        """A survey by the Tarn Institute showed that 46 percent of voters back Ada Holm.

        The margin of error was plus or minus 4.2 percentage points.

        The Dockers Union reported spending $1.1 million on leaflets against Ada Holm. The Millers Guild reported
        spending $1.8 million on leaflets against Ada Holm.

        "I strongly support the new ferry pier," Ada Holm told the council.

        Ada Holm will court the dockers of Brackwater before the vote on Wednesday, 14 May.""",
    ),
    (
        "Tarn Echo - 14 May 2031",
        """A survey by the Brack College showed that 52 percent of voters back Ada Holm.

        The margin of error was plus or minus 6 percentage points.

        "I fully support the new ferry pier," Rolf Brand told reporters.

        Rolf Brand talked to the dockers of Brackwater on Wednesday.""",
    ),
]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("campaign"), "Ada Holm and Rolf Brand contest the vote in Velm", _REPORTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("46 percent of voters", "52 percent of voters"),
        ("4.2 percentage points", "6 percentage points"),
        ("The Dockers Union reported", "The Millers Guild reported"),
        ("before the vote on Wednesday", "talked to the dockers"),
    ],
)
def test_what_is_of_other_polls_people_or_things_is_no_finding(campaign: Edition, one: str, other: str) -> None:
    assert disputes(campaign, one, other) == []


def test_what_two_say_of_themselves_bears_nothing_out(campaign: Edition) -> None:
    """Both support it: that is what each of them does, and not one deed told by two."""
    assert claim_with(campaign, "support the new ferry pier").status != "corroborated"


def test_two_who_speak_of_one_topic_in_one_report_do_not_bear_each_other_out(tmp_path: Path) -> None:
    text = """Witnesses said that the blaze spread from the kitchen of the inn to the barn.

    The landlord said that the blaze had spread within minutes through the roof of the barn."""
    told = edition(tmp_path, "Inn burns in Dunmoor", [("Velm Post - 12 May 2031", text)])
    assert claim_with(told, "from the kitchen").status != "corroborated"


_TWO_CANDIDATES = [
    (
        "Velm Post - 12 May 2031",
        """Ada Holm will file an appeal against the pier permit with the court in Brackwater, her lawyer said.

        The council will open the new ferry pier in Brackwater on Wednesday, 14 May.""",
    ),
    (
        "Tarn Echo - 15 May 2031",
        """Rolf Brand filed an appeal against the pier permit with the court in Brackwater on Thursday.

        The new ferry pier in Brackwater was opened on Wednesday.""",
    ),
]


def test_what_one_planned_is_not_come_of_what_another_does(tmp_path: Path) -> None:
    """Two who are named do one deed each; the deed of whoever planned it, or of nobody named, is an outcome."""
    told = edition(tmp_path, "Two appeals in Brackwater", _TWO_CANDIDATES)
    assert relations(told, "Ada Holm will file", "Rolf Brand filed") == []
    assert relations(told, "will open the new ferry pier", "was opened on Wednesday") == ["update"]
