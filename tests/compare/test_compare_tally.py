"""The toll of the event that an article reports, read over all its sentences."""

from __future__ import annotations

import pytest

from variorum.annotate import Annotator
from variorum.compare.toll import Tally, tally
from variorum.model import Annotation, Article, Block


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """One pipeline for all tests."""
    return Annotator()


def read(annotator: Annotator, text: str) -> Tally:
    """The toll of a text that is all body."""
    article = Article("a", "a.txt", text, language="en", blocks=(Block((0, len(text)), "body"),))
    (found,) = annotator.annotate([article])
    assert isinstance(found, Annotation)
    return tally(text, found.quantities)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Two men and a woman were killed in Velm.", (3, 3), None),
        ("Nine people were shot in Velm, one fatally.", (1, 1), (8, 8)),
        ("Fourteen people were hurt, two of them critically.", None, (14, 14)),
        ("At least 12 people died and 30 others were injured.", (12, None), (30, 30)),
        ("A 34-year-old man was killed. A 6-year-old was hurt.", (1, 1), (1, 1)),
        ("Ten guests died, including three children.", (10, 10), None),
        ("Two more died on Sunday, raising the death toll to 31.", (31, 31), None),
        ("Three people were killed. In 1998, when the same hall burned, 40 died.", (3, 3), None),
        ("Three people were killed. Last year, 16 people died in a similar crash.", (3, 3), None),
        (
            "Three people were killed. Last year a similar fire burned a hall in Ostby. It was a dance hall. They "
            "counted 40 dead there. The mayor said that 9 were injured.",
            (3, 3),
            (9, 9),
        ),
        ("The ministry denied that 60 people had died; four miners were killed.", (4, 4), None),
        ("No one was hurt when the crane fell.", None, (0, 0)),
        ("Four miners were killed. Read more: 80 killed in ferry fire", (4, 4), None),
        ("Five people died and 11 were hurt. Four of the injured are in critical condition.", (5, 5), (11, 11)),
        ("Five people with gunshot wounds were found. Two of them died. Three others are in hospital.", (2, 2), (3, 3)),
        ("One person is dead and four others were hospitalized with gunshot wounds.", (1, 1), (4, 4)),
        ("One man was hospitalized after the strike.", None, None),
        ("All six people on board a helicopter were killed.", (6, 6), None),
        ("Seven people were struck by bullets at the rally. Two of the victims have died.", (2, 2), (5, 5)),
        ("An argument ended in gunfire that killed three people and injured two more.", (3, 3), (2, 2)),
        ("Eight people were injured in Velm. One victim was in critical condition.", None, (8, 8)),
        ("Five people were found shot to death in Velm.", (5, 5), None),
        ("A motorcyclist died and his passenger was seriously injured.", (1, 1), (1, 1)),
        ("A husband and wife were killed when their car was swept away.", (2, 2), None),
        ("Seven sailors drowned. The seven sailors had been on leave.", (7, 7), None),
        ("A third person has died after the tram crash in Velm.", (3, 3), None),
        ("Ada Bo, 38, and Kit Bo, 6, died in the fire in Velm.", (2, 2), None),
        (
            "Three people were killed. The last such fire, two years after five people died in Ostby, hurt nobody.",
            (3, 3),
            None,
        ),
        ("Two people in the house, a man, 61, and a woman, 26, were injured.", None, (2, 2)),
        ("Nine sailors died. Two brothers among them died of cold.", (9, 9), None),
        ("Seven people died: four in Velm and three in Ostby.", (7, 7), None),
        ("A tests team has raised the number of people killed in the fire to 29.", (29, 29), None),
        ("17 bodies were recovered. Nine passengers were rescued with injuries.", (17, 17), (9, 9)),
        ("A gunman fired at a car. A woman was killed. Her brother was hit in the arm.", (1, 1), (1, 1)),
        ("Bus crash in Velm kills four\n\nThe bus left the road on Monday.", (4, 4), None),
        ("Three killed in Velm\n\nThree people died. More than 600 have died on the road since 2021.", (3, 3), None),
        ("A father of four was killed by a tree.", (1, 1), None),
    ],
)
def test_tolls(
    annotator: Annotator,
    text: str,
    killed: tuple[float, float | None] | None,
    injured: tuple[float, float | None] | None,
) -> None:
    """Victims summed, the whole rather than a part, other events, statistics, teasers and ages left out."""
    found = read(annotator, text)
    assert (found.killed and (found.killed.low, found.killed.high)) == killed
    assert (found.injured and (found.injured.low, found.injured.high)) == injured


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The ministry said 15 people were killed, while a medical network gave a toll of 40.", 15, 40),
        ("Three residents died, the mayor said. However, a doctor said six bodies had been brought in.", 3, 6),
        ("Up to 40 civilians were killed, villagers say.", 0, 40),
    ],
)
def test_disputed(annotator: Annotator, text: str, low: float, high: float) -> None:
    """Where others tell another figure, the toll lies between them and is not sure; "up to" may be nobody."""
    found = read(annotator, text)
    assert found.killed is not None
    assert (found.killed.low, found.killed.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "attacker", "killed"),
    [
        ("Ten people were killed, including the gunman.", "in", 10),
        ("Four guards were killed and the gunman was shot dead.", "out", 4),
        ("A gunman killed three clerks before turning the gun on himself.", "out", 3),
        ("The death toll of nine does not include the two attackers.", "out", 9),
        ("Three miners died in the mine.", None, 3),
    ],
)
def test_attackers(annotator: Annotator, text: str, attacker: str | None, killed: float) -> None:
    """Whether those who attacked are among the dead is said, or that nothing says so."""
    found = read(annotator, text)
    assert found.killed is not None
    assert (found.attacker, found.killed.low) == (attacker, killed)


def test_reports_that_differ_are_not_sure(annotator: Annotator) -> None:
    """Two numbers for one thing are a range, and the reader says that it is not sure."""
    found = read(annotator, "Police said 12 people had died in the blast. Medics spoke of 17 people killed.")
    assert found.killed is not None
    assert (found.killed.low, found.killed.high, found.killed.sure) == (12, 17, False)
