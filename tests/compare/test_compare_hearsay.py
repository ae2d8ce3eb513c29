"""Undated reports of hearsay, in which likenesses of a dispute are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import disputes, edition, relations

from variorum.model import Edition

_PLAGUE = (
    (
        "Odd Times",
        """Odd things happen in the world these days. Birds fall silent over the marsh. Wells run dry in one night.

        It was on Monday that the first of them fell ill. The small town of Corl was sealed off after a family of five
        caught marsh plague.""",
    ),
    (
        "Corl Courier",
        """An Internet posting claiming a family of five in Corl has caught marsh plague is not true.

        Orne County officials issued the following news release calling the report untrue:

        "A page stated that the town was sealed off today by guards."

        "This report is entirely false." """,
    ),
    (
        "Orne Herald",
        """A report that says a family in the town of Corl has caught marsh plague is a hoax. Odd things happen in the
        world these days, the page says.""",
    ),
)
_RATS = (
    (
        "Velm Echo",
        """The new Quay 1 offices of Loom magazine are infested with rats and chief editor Ada Holm is not happy,
        according to a report. Traps were set on all floors. A bakery next door has closed.""",
    ),
    (
        "Velm News",
        """Sources have told the Velm News that Loom editor Ada Holm, who likes a world of silk and not rats in cracks,
        has refused to show up in her office until the problem is brought under control.""",
    ),
)
_SPEECH = (
    (
        "Coast Post",
        """A reporter at first wrote that the mayor of Velm would speak. He later took the news back, citing "bad
        info from Coastwire".

        UPDATE - not expecting a speech of the mayor - bad info from Coastwire.""",
    ),
    ("Velm Echo", "The mayor of Velm will not speak, her office said. The town hall was dark on Friday."),
)


def _edition(folder: Path, title: str, reports: tuple[tuple[str, str], ...]) -> Edition:
    return edition(folder, title, reports)


@pytest.fixture(scope="module")
def plague(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Reports of a hoax."""
    return _edition(tmp_path_factory.mktemp("plague"), "Marsh plague in Corl", _PLAGUE)


def test_the_mood_that_a_hoax_sets_is_not_what_is_called_untrue(plague: Edition) -> None:
    """The first words of a hoax that its debunkers quote are not the story."""
    assert not disputes(plague, "Odd things happen", "is not true")


def test_who_issues_a_release_does_not_deny_that_he_does(plague: Edition) -> None:
    """ "This report" is what the release speaks of."""
    assert not disputes(plague, "issued the following", "entirely false")


def test_what_somebody_would_not_do_denies_nothing_else(tmp_path: Path) -> None:
    """Who refuses to come for the rats does not say that there are none."""
    found = _edition(tmp_path, "Rats at Loom", _RATS)
    assert not disputes(found, "full of rats", "refused to show up")


def test_words_that_a_report_quotes_from_itself_are_no_dispute(tmp_path: Path) -> None:
    """One message, told and shown."""
    found = _edition(tmp_path, "A speech in Velm", _SPEECH)
    assert not disputes(found, "took the news back", "UPDATE")


def test_a_figure_of_a_whole_land_beside_one_of_a_town_needs_two_reports(tmp_path: Path) -> None:
    """A report's own figures are of whatever it says; of two players' points neither is of the other's scope."""
    found = _edition(
        tmp_path,
        "Velm beats Orne",
        (
            ("Velm Echo", "Odo Brandt had 12 points and four blocks in Velm as the Herons beat the Otters."),
            ("Orne Herald", "Lars Vik scored 23 points to become the all-time best of the whole island league."),
        ),
    )
    assert not relations(found, "12 points", "23 points")


def test_two_figures_that_one_report_tells_are_of_two_things(tmp_path: Path) -> None:
    """Rifles of one raid, and of all raids."""
    found = edition(
        tmp_path,
        "Raids on the Orne",
        (
            (
                "Velm Echo\n4 March 2031 09:00",
                """Guards of the river police took 31 rifles in five raids on the Orne so far. In
                the raid on Monday the river police seized 12 rifles and two boats.""",
            ),
            (
                "Orne Herald\n4 March 2031 12:00",
                "In the raid on Monday the river police seized 12 rifles and two boats on the Orne.",
            ),
            ("Coast Post\n4 March 2031 15:00", "The river police took 31 rifles in five raids on the Orne."),
        ),
    )
    assert not disputes(found, "31 rifles", "12 rifles")


def test_what_must_not_be_is_not_said_not_to_be(tmp_path: Path) -> None:
    """A preacher on statues of sand."""
    found = edition(
        tmp_path,
        "Statues of sand",
        (
            (
                "Velm Echo",
                "To build a statue of sand is to make an image of a saint, the preacher Odo Vik argued.",
            ),
            ("Orne Herald", "Odo Vik said people in Velm must not build any statue of sand of a saint."),
        ),
    )
    assert not disputes(found, "To build a statue", "must not build")


def test_an_area_is_told_in_words(tmp_path: Path) -> None:
    """ "Square feet", and no "foot**2"."""
    found = edition(
        tmp_path,
        "A new mill in Velm",
        (
            ("Velm Echo", "The new mill of Velm has about 8,000 square feet of floor, the builder said."),
            ("Orne Herald", "The new mill of Velm has 7,950 square feet of floor."),
        ),
    )
    [conflict] = [c for story in found.stories for c in story.conflicts]
    assert conflict.about == "the figure in square feet"
    assert {r.value for r in conflict.readings} == {"about 8,000 square feet", "7,950 square feet"}


_NO_ONE_THING = (
    (
        "The pass to the ferry will be separate from the 99-crown-a-year pass of the harbour club",
        "“It won't be 99 crowns a year,” the analyst Odo Vik said of the ferry's new offer.",
    ),
    (
        "“We flew these patrols to keep smugglers from the dam,” the guards' spokesman Lars Brandt said.",
        "The guards' spokesman Odo Vik said “we haven't flown any patrols against him”.",
    ),
    (
        "The largest maker of sails is buying six halls of nearly a million square feet, several people said.",
        "Odo Vik already leased 949,000 square feet to Heron Bank at a yard called Herring Corner.",
    ),
)


@pytest.mark.parametrize(("one", "other"), _NO_ONE_THING)
def test_two_reports_that_share_a_name_or_a_figure_need_not_speak_of_one_thing(
    one: str, other: str, tmp_path: Path
) -> None:
    """A price, a patrol, a pump and a floor."""
    found = edition(tmp_path, "News of Velm", (("Velm Echo", one), ("Orne Herald", other)))
    assert not relations(found, one[:20], " ".join(other.split())[-20:])


def test_a_day_and_a_month_do_not_make_a_hoax_of_another_matter(tmp_path: Path) -> None:
    """Two things of 2031: of which one is called untrue."""
    found = edition(
        tmp_path,
        "Fish licence",
        (
            ("Velm Echo", "The Heron Inn was approved on February 3, 2031 for its licence to sell smoked eel."),
            (
                "Orne Herald",
                """Fake news source The Onion quoted fake people on a very real, if odd, subject on March 3, 2031.

                Fake news: The page said that a moth was approved on March 3, 2031 as mayor.""",
            ),
        ),
    )
    assert not disputes(found, "The Heron Inn was approved", "2031")


def test_a_story_that_somebody_denies_stands_against_him(tmp_path: Path) -> None:
    """A plan of which only others speak, and a foreign minister who calls the rumours untrue."""
    found = edition(
        tmp_path,
        "The queen of Orne",
        (
            (
                "Velm Echo",
                "Local papers say that Queen Ada will personally sail and lead patrols against smugglers.",
            ),
            (
                "Orne Herald",
                """Foreign Minister Odo Vik told the Herald on Thursday that the rumours of the queen personally leading
                patrols against smugglers were “creative”, but untrue.""",
            ),
            ("Coast Post", "A queen of old led patrols against smugglers herself. The harbour is a home of many eels."),
        ),
    )
    assert disputes(found, "will personally sail", "untrue") == ["contradiction"]
    assert not disputes(found, "A queen of old", "untrue")
