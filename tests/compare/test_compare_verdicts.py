"""What a report tells only to say in the next breath that it is not so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition

Told = Callable[..., Edition]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The edition of two reports of an accident in a harbour, of two days and outlets: beside what is told of it, the
    first says ``first`` and the second ``second``."""

    def of(first: str, second: str, outlet: str = "Quay Observer") -> Edition:
        before = """A crane fell over in the harbour of Marn on Monday evening and crushed a warehouse.

            {}

            The harbour was closed for the night. Ships had to wait in the roads."""
        after = """Engineers looked at the crane that fell over in the harbour of Marn on Monday evening.

            {}

            The wreck is to be cut up by Friday."""
        reports = [
            ("Marn Herald\n2 March 2032", before.format(first)),
            (f"{outlet}\n4 March 2032", after.format(second)),
        ]
        return edition(tmp_path, "Crane falls over in Marn", reports)

    return of


def test_what_was_said_and_is_called_untrue_is_not_told(told: Told) -> None:
    """The next sentence denies what the one before hands on, and whoever tells the same."""
    found = told(
        "The director of the harbour, Ilse Varn, has resigned.",
        "It was claimed on the internet that the director, Ilse Varn, had resigned and that a diver had drowned."
        " Neither is true, the harbour office said.",
    )
    claim = claim_with(found, "Ilse Varn, has resigned")
    assert (claim.status, claim.support.articles) == ("denied", 1)
    assert relations(found, "Ilse Varn, has resigned", "Neither is true") == ["contradiction"]
    assert relations(found, "a diver had drowned", "Neither is true") == ["contradiction"]
    assert not relations(found, "Ilse Varn, has resigned", "a diver had drowned")


def test_quoted_words_that_are_called_false_bear_nothing_out(told: Told) -> None:
    """Words in quotation marks are of whoever is quoted, and not of who says otherwise."""
    found = told(
        '"We have never saved on ropes," harbour master Ole Brandt said.',
        '"We have never saved on ropes." Two former crane drivers tell us a different story.',
    )
    claim = claim_with(found, "harbour master Ole Brandt")
    assert (claim.status, claim.support.articles) == ("denied", 1)
    assert "Two former" not in claim.text
    assert relations(found, "Ole Brandt said", "tell us a different story") == ["contradiction"]


def test_a_bare_no_behind_a_quotation(told: Told) -> None:
    """One word is enough, behind a quotation."""
    found = told(
        "The warehouse was empty, the harbour office said.", '"The warehouse was empty." Wrong. Three men slept there.'
    )
    assert claim_with(found, "warehouse was empty, the").status == "denied"
    assert relations(found, "the harbour office said", "Wrong.") == ["contradiction"]


def test_a_no_behind_what_was_denied_may_agree(told: Told) -> None:
    """ "No" behind a "no" is no denial."""
    found = told("No ship was damaged, the harbour office said.", '"No ship was damaged." No.')
    assert claim_with(found, "No ship was damaged, the").status != "denied"


def test_somebody_wants_it_believed(told: Told) -> None:
    """Who is said to want it believed tells it; the report does not."""
    found = told(
        "The 300 jobs are safe, the board said on Monday.", "The 300 jobs are safe. So the board would have us believe."
    )
    claim = claim_with(found, "The 300 jobs are safe, the board")
    assert (claim.status, claim.support.articles) == ("denied", 1)


@pytest.mark.parametrize(
    "second",
    [
        "Reports according to which the pier has been closed to visitors are incorrect, police said.",
        "There is no truth in reports that the pier has been closed to visitors, police said.",
        "That is hard to square with the statement of the mayor that the pier has been closed to visitors.",
        "Contrary to reports that the pier has been closed to visitors, anglers stood there on Tuesday.",
    ],
)
def test_a_clause_of_its_own_that_is_called_untrue(told: Told, second: str) -> None:
    """A sentence that holds what it denies."""
    found = told("The pier has been closed to visitors.", second)
    claim = claim_with(found, "The pier has been closed")
    assert (claim.status, claim.support.articles) == ("denied", 1)
    assert relations(found, "The pier has been closed", "pier has been closed to visitors") == ["contradiction"]


def test_a_figure_called_wrong_gives_way_to_the_one_that_follows(told: Told) -> None:
    """What was first said is withdrawn, with whoever still carries it."""
    found = told(
        "Seventeen dockers were injured.",
        "Police first spoke of 17 injured dockers. This figure was not correct; 12 dockers were injured.",
    )
    assert claim_with(found, "Seventeen dockers").support.articles == 1
    assert relations(found, "Seventeen dockers", "12 dockers were injured") == ["update"]
    assert any(c.explanation.startswith("A correction withdraws") for s in found.stories for c in s.conflicts)


def test_an_earlier_version_without_a_heading_is_withdrawn(told: Told) -> None:
    """A report that says what its earlier version said does not say it."""
    found = told(
        "The fault was in the brake.",
        "An earlier version of this article said that the fault had been in the brake. The fault was in the gears.",
    )
    assert relations(found, "The fault was in the brake", "in the gears") == ["update"]
    assert claim_with(found, "The fault was in the brake").support.articles == 1


def test_a_paper_that_says_that_it_was_wrong(told: Told) -> None:
    """An outlet's own earlier report is withdrawn, though nothing stands in its place."""
    found = told(
        "The crane driver, Paul Aldous, was drunk.",
        "This newspaper reported on Monday that the crane driver, Paul Aldous, was drunk. That was wrong.",
        outlet="Marn Herald",
    )
    assert relations(found, "Paul Aldous, was drunk", "That was wrong") == ["update"]


def test_wrong_may_be_said_of_a_deed(told: Told) -> None:
    """Who calls a deed wrong does not say that it was not done."""
    found = told(
        "The harbour dismissed 40 crane drivers by text message.",
        "The harbour dismissed 40 crane drivers by text message. That was wrong, union leader Petra Holm said.",
    )
    assert claim_with(found, "dismissed 40 crane drivers").status != "denied"


@pytest.mark.parametrize(
    "second",
    [
        "The harbour office said that the road to the pier is open. That is correct, the road office confirmed.",
        "The harbour office said that the road to the pier is open. Whether that is untrue nobody knows.",
        "The harbour office said that the road to the pier is open. It is not the first time.",
    ],
)
def test_what_denies_nothing(told: Told, second: str) -> None:
    """Sentences that only look like verdicts."""
    found = told("The road to the pier is open, the harbour office said.", second)
    assert claim_with(found, "The road to the pier is open").status != "denied"


def test_a_brief_tells_it_only_with_its_verdict(told: Told) -> None:
    """What its own report calls untrue in the next sentence stands in no brief without that sentence."""
    found = told(
        "The crane was built in 1987.",
        "The online edition of a tabloid had reported that ten sailors had drowned and that the crane was stolen. “Both"
        " are untrue,” the police spokeswoman, Ines Keller, said.",
    )
    brief = [b.text for s in found.stories for b in s.brief]
    told_of = [n for n, text in enumerate(brief) if "ten sailors" in text]
    assert all("Both are untrue" in brief[n + 1] for n in told_of)


def test_what_was_put_to_somebody_is_what_he_denies(tmp_path: Path) -> None:
    """ "We put that to the company": the account before it is meant; and "assertions about his views were untrue" says
    itself what of."""
    report = """The kiln is old. "The gauge was broken for two weeks," said a man who works there. "It was broken when
        I came in April."

        We put that to the company on Monday. Its manager, Otto Lund, said it was 'simply untrue'.

        A fireman, Ada Holm, said that the kiln door was open at ten. The court found her credible. It added that
        assertions about Mr Lund's politics, which two papers had printed, were untrue."""
    reports = [("Velm Post, 3 May 2034", report), ("Velm Echo, 4 May 2034", "The kiln in Velm is cold since March.")]
    found = edition(tmp_path, "The kiln in Velm", reports)
    assert relations(found, "gauge was broken for two weeks", "simply untrue") == ["contradiction"]
    assert relations(found, "We put that", "simply untrue") == []
    assert relations(found, "found her credible", "were untrue") == []
