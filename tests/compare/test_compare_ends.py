"""What was to last until a day, and what came of it."""

from __future__ import annotations

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition


@pytest.fixture(scope="module")
def lift(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A chairlift that two reports say is shut, and that ran again before."""
    reports = [
        (
            "Norra Dagen, 6 May 2034",
            """An avalanche buried two pylons of the chairlift at Norra on Friday night, the operator Skilift said.

            The lift will be closed until at least 20 May, Skilift said. Cows graze on the lower slope.""",
        ),
        (
            "Radio Velm, 7 May 2034",
            """The chairlift at Norra remains closed until at least 20 May after an avalanche on Friday, Skilift told
            Radio Velm. Some 150 hikers had to walk down, the police said.""",
        ),
        (
            "Harbour Times, 15 May 2034",
            """The chairlift at Norra ran again on Saturday, a week earlier than planned, the operator said. The repairs
            cost 300,000 crowns.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("lift"), "Avalanche hits chairlift", reports)


@pytest.mark.parametrize("plan", ["will be closed until", "remains closed until"])
def test_a_week_earlier_than_planned_overtakes_every_word_of_the_plan(lift: Edition, plan: str) -> None:
    """Both reports gave one end, which was not kept: the brief has neither, and tells what is so now."""
    assert relations(lift, plan, "ran again on Saturday") == ["update"]
    told = [s.text for story in lift.stories for s in story.brief]
    assert not any(plan in text for text in told)
    assert any("ran again" in text for text in told)


def test_what_lasts_until_a_day_is_not_what_began_it(lift: Edition) -> None:
    """ "Closed until 20 May after an avalanche" is another claim than the avalanche."""
    assert claim_with(lift, "An avalanche buried").id != claim_with(lift, "remains closed").id
