"""Headlines: who was killed, who was hurt."""

from __future__ import annotations

import pytest

from variorum.compare.toll.headline import headline_of, read_headline


@pytest.mark.parametrize(
    ("line", "killed", "injured"),
    [
        ("3 killed, 7 hurt in bus crash near Velm", 3, 7),
        ("Man, woman killed, 4 hurt in Ostby crash", 2, 4),
        ("Nine shot, one fatally, at Tolmar market", 1, 8),
        ("Third victim dies after Tolmar market shooting", 3, None),
        ("Father of three killed by falling tree", 1, None),
        ("Boy, 7, killed; sister hurt", 1, 1),
        ("Truck bomb kills 26 at Velm checkpoint", 26, None),
        ("Storm leaves 9 dead on Orvan coast", 9, None),
        ("Family of five found dead in Ostby flat", 5, None),
        ("Velm mine fire: toll climbs to 26", 26, None),
        ("Ostby man killed wife, daughter before crash, police say", 2, None),
        ("15 feared dead in Velm mine", None, None),
        ("Gunman dead, two deputies wounded in Velm standoff", None, 2),
        ("Mayor opens tram line in Ostby", None, None),
        ("17 bodies recovered after ferry sinks", 17, None),
        ("Driver among 18 killed as bus leaves bridge", 18, None),
        ("One killed, teen in critical condition after fire", 1, 1),
    ],
)
def test_headlines(line: str, killed: int | None, injured: int | None) -> None:
    """Numbers, single persons, ages, families, tolls, ordinals; attackers are no victims, fears no deaths."""
    found = read_headline(line)
    assert (found.killed, found.injured) == (killed, injured)


def test_which_line_is_a_headline() -> None:
    """The first line, if it is short, no sentence, and more follows."""
    assert headline_of("3 dead in crash\nA bus left the road.") == "3 dead in crash"
    assert headline_of("A bus left the road on Monday.\nThree died.") is None
    assert headline_of("3 dead in crash") is None
