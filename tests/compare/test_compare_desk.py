"""What a verification desk found on invented stories: notices of correction, and what is no denial."""

from __future__ import annotations

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition


@pytest.fixture(scope="module")
def kiln_fire(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A fire, told with a wrong toll by one outlet and whoever copied it, which takes it back on a page of notices."""
    folder = tmp_path_factory.mktemp("kiln")
    reports = [
        (
            "Tarn Courier\n4 March 2031",
            """Nine workers were killed on Tuesday in a fire at the tile works in Alder, the fire service said.

            Police evacuated 400 residents of the Millrace quarter. The mayor, Ida Holm, did not deny that the gate had
            been locked. The works has been owned by the Brenner family since 1961.""",
        ),
        (
            "Velm Post\n5 March 2031",
            """Fourteen workers were killed when the tile works in Alder burned down on Tuesday, firefighters said.

            A witness, Emil Strand, said that the gate of the tile works had been locked. The cause is not known.""",
        ),
        (
            "Orr Mail\n6 March 2031",
            """Fourteen workers died in the fire at the Alder tile works on Tuesday, the Velm Post reported.

            The cause is being looked into, prosecutor Anke Dorn said.

            Correction: An earlier version of this article said that 21 workers were in hospital. It was 12.""",
        ),
        (
            "Velm Echo\n8 March 2031",
            """The death toll of the fire at the tile works in Alder has risen to 11, firefighters said on Saturday.""",
        ),
    ]
    page = """Velm Post\nCorrections and clarifications\n7 March 2031

An article on Wednesday about the fire at the tile works in Alder said that 14 workers were killed. The fire service
gave the number as nine.

A report on ferry fares (3 March, page 4) said that fares would rise by 14 percent. They will rise by 4 percent.
"""
    (folder / "notice.txt").write_text(page, encoding="utf-8")
    return edition(folder, "Fire at tile works in Alder", reports)


def test_what_was_corrected_is_withdrawn(kiln_fire: Edition) -> None:
    """The version that a page of notices takes back is an earlier state, with whoever still carries it."""
    assert claim_with(kiln_fire, "Fourteen workers were killed").status == "superseded"
    told = [c for s in kiln_fire.stories for c in s.conflicts if c.explanation.startswith("A correction withdraws")]
    assert len(told) == 1
    assert {"Velm Post", "Orr Mail"} <= {a.publisher for a in kiln_fire.articles if a.publisher in told[0].explanation}
    assert relations(kiln_fire, "Fourteen workers died", "gave the number as nine") == ["update"]


def test_what_was_withdrawn_is_no_state_of_a_toll(kiln_fire: Edition) -> None:
    """Nine, then eleven: the fourteen of a notice is neither a state between them nor a newer one."""
    assert relations(kiln_fire, "Nine workers were killed", "has risen to 11") == ["update"]
    assert relations(kiln_fire, "Fourteen workers died", "has risen to 11") == []


def test_a_notice_is_no_witness_of_what_it_takes_back(kiln_fire: Edition) -> None:
    """It supports nothing, and neither the brief nor the timeline has it."""
    withdrawn = claim_with(kiln_fire, "said that 14 workers were killed")
    assert withdrawn.status == "superseded"
    assert len(withdrawn.statements) == 1
    told = " ".join(t.text for s in kiln_fire.stories for t in (*s.brief, *s.timeline))
    assert not any(words in told for words in ("14", "Fourteen", "fares", "21"))
    assert "has risen to 11" in told


def test_who_does_not_deny_it_denies_nothing(kiln_fire: Edition) -> None:
    """ "Did not deny that the gate had been locked" neither denies nor bears out that it was."""
    locked = claim_with(kiln_fire, "gate of the tile works had been locked")
    assert locked.status != "denied"
    assert not any(c.kind == "denial" for s in kiln_fire.stories for c in s.conflicts)
    assert locked.support.roots[0] < 2
