"""More stories that were written as a trial: outlets that lean on others, denials taken back, plans that move."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition


@pytest.fixture(scope="module")
def choir(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A conductor's departure, in three reports."""
    reports = [
        (
            "Ostra Courier, 3 May 2034",
            """The Ostra choir dismissed its conductor, Hanne Lark, on Tuesday after a quarrel over the summer tour.

            Lark is to receive a severance of 90,000 crowns, the Courier has learned. The choir's deputy, Piet Moor,
            will conduct Saturday's concert in the town hall.

            The choir's board had ignored three letters of complaint, according to two singers. The board denied
            that it had ignored any letters. The concert hall will stay closed until Friday, its manager said.""",
        ),
        (
            "Culture Glance, 4 May 2034",
            """According to the Ostra Courier, the 52-year-old heard of her dismissal by letter.

            She will receive a severance of 90,000 crowns. The choir's deputy, Piet Moor, is going to conduct the
            concert in the town hall on Saturday.

            The ministry of culture rejected a request to ban the summer tour. The tour is to begin on 2 July.""",
        ),
        (
            "Evening Sheet, 9 May 2034",
            """The choir's board acknowledged on Monday that it had ignored the letters of complaint.

            The concert hall will not reopen before 20 June, the city said. Local media reported that Lark will
            receive a severance of 90,000 crowns.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("choir"), "Ostra choir dismisses its conductor", reports)


def test_who_names_an_outlet_for_its_news_may_have_the_rest_from_there(choir: Edition) -> None:
    """A rewrite is not a second newsroom for what the outlet it names reports too; nor are "local media"."""
    claim = claim_with(choir, "Lark is to receive a severance")
    assert claim.support.articles > 1
    assert claim.support.newsrooms[0] == 1
    assert claim.support.roots[0] == 1


def test_according_to_is_read_where_no_verb_is_found(choir: Edition) -> None:
    """A subject that the parser takes for the source's apposition is none of its name."""
    (told,) = [s for s in choir.statements if "heard of her dismissal" in s.text]
    assert [row.name for row in told.attribution] == ["Ostra Courier"]


def test_who_rejects_a_request_denies_nothing(choir: Edition) -> None:
    """Nothing is said not to be so."""
    (told,) = [s for s in choir.statements if "rejected a request" in s.text]
    assert not told.attribution
    assert told.polarity == "affirmed"


def test_what_is_admitted_later_is_no_longer_denied(choir: Edition) -> None:
    """The denial is an earlier state, and what the singers said stands."""
    assert "update" in relations(choir, "The board denied", "acknowledged on Monday")
    assert claim_with(choir, "The board denied").status == "superseded"
    assert claim_with(choir, "according to two singers").status not in ("denied", "disputed")


def test_a_later_day_before_which_it_will_not_end_puts_it_off(choir: Edition) -> None:
    """ "Until Friday", then "not before 20 June"."""
    assert relations(choir, "closed until Friday", "not reopen before 20 June") == ["update"]


@pytest.fixture(scope="module")
def divers(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Divers lost in a lake, in three reports."""
    reports = [
        (
            "Lake Courier, 17 September 2034",
            """Two divers have been missing in Lake Orm since Friday, the water rescue said on Sunday.

            The man, 41, and the woman, 37, set out from the pier at Halden on Friday morning. His contract with the
            diving school runs until June 2035, the school said.""",
        ),
        (
            "Radio Halden, 18 September 2034",
            """The body of the 41-year-old lay at the bottom of the lake, said police spokesman Arne Vik.

            One diver remains missing, the mayor, Inga Toll, said. Boats are to search the northern bay from
            Wednesday.""",
        ),
        (
            "Orm Post, 22 September 2034",
            """The last missing diver was found dead on Thursday, the water rescue said.

            The head of the diving school, Bo Krantz, has a contract until 2037, the Orm Post has learned.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("divers"), "Divers missing in Lake Orm", reports)


def test_an_age_alone_makes_no_claim(divers: Edition) -> None:
    """ "The man, 41, and the woman" is not what is told of the body of the 41-year-old."""
    assert claim_with(divers, "The man, 41").id != claim_with(divers, "The body of the 41-year-old").id


def test_who_set_out_on_friday_did_so_last_friday(divers: Edition) -> None:
    """ "Set" before a particle is no plan."""
    entries = [e for story in divers.stories for e in story.timeline if "set out" in e.text]
    assert all(entry.begin.startswith("2034-09-15") and entry.status != "planned" for entry in entries)


def test_what_happened_after_the_report_is_a_later_state(divers: Edition) -> None:
    """Whoever was missing on Monday and was found on Thursday is no dispute."""
    assert "contradiction" not in relations(divers, "One diver remains missing", "The last missing diver")


def test_his_contract_is_not_anothers(divers: Edition) -> None:
    """Two people's contracts end when they end."""
    assert not relations(divers, "His contract with the", "has a contract until 2037")


def test_what_was_to_come_by_friday_and_will_not_before_february_is_put_off(tmp_path: Path) -> None:
    """A last day moves as the end of a closure does."""
    reports = [
        (
            "Norra Dagen, 12 January 2035",
            "New batches of the cough syrup will reach all pharmacies in Norra by Friday, the health agency said.",
        ),
        (
            "Harbour Times, 15 January 2035",
            """New batches of the cough syrup will not reach the pharmacies in Norra before 2 February, the agency for
            health said.""",
        ),
    ]
    vials = edition(tmp_path, "Cough syrup is late", reports)
    assert relations(vials, "by Friday", "before 2 February") == ["update"]


def test_the_news_is_no_claim_that_two_outlets_share(tmp_path: Path) -> None:
    """Two that confirm "the news" have said nothing that could be one thing; two that confirm a transfer have."""
    reports = [
        (
            "Norra Dagen, 12 January 2035",
            """Goalkeeper Ole Brun leaves the ice hockey club of Norra. The coach, Pia Sund, confirmed the news. The
            federation confirmed the transfer of Ole Brun.""",
        ),
        (
            "Harbour Times, 13 January 2035",
            """A tax on moorings is to rise in Norra. The treasurer, Arne Vik, confirmed the news. The club confirmed
            the transfer of Ole Brun.""",
        ),
    ]
    found = edition(tmp_path, "Brun leaves Norra", reports)
    for claim in (c for story in found.stories for c in story.claims):
        told = {s.article for s in found.statements if s.id in claim.statements and "confirmed the news" in s.text}
        assert len(told) <= 1
    assert claim_with(found, "confirmed the transfer of Ole Brun").support.articles == 2
