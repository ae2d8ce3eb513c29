"""A report that names no source of its own may have all it tells from those before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition

_FIRST = """Two robbers broke into the museum of Torm on Sunday morning and drove off in a white van, police spokesman
    Ari Lund said. The alarm rang at 3 a.m.

    They were inside for less than five minutes. The museum's director, Hanna Brandt, said that a gold cup was gone.
    The cup is insured for 4 million crowns. Roads out of the town were blocked until noon."""
_ECHO = """Jewel thieves have made off with the pride of Torm in a raid fit for the pictures. Sirens, snow and not a
    soul about: the town will talk of nothing else this winter.

    The gang was inside for less than five minutes. Folk who file past the glass case on wet Sundays are heartbroken.
    There is not another one like it, director Hanna Brandt said. Nobody was hurt, said the police spokesman, Ari
    Lund. Try selling it on, lads. The town hall flew its flag at half mast, and schoolchildren laid snowdrops."""
_OWN = """Jewel thieves have made off with the pride of Torm in a raid fit for the pictures. Sirens, snow and not a
    soul about: the town will talk of nothing else this winter.

    The gang was inside for less than five minutes. A baker, Otto Holm, watched from his shop and told the Lake Courier
    that three men had run out. There is not another one like it, director Hanna Brandt said. Nobody was hurt, said
    the police spokesman, Ari Lund. The town hall flew its flag at half mast, and schoolchildren laid snowdrops."""


@pytest.mark.parametrize(("text", "least"), [pytest.param(_ECHO, 1, id="echo"), pytest.param(_OWN, 2, id="own")])
def test_who_asked_nobody_confirms_nothing(tmp_path: Path, text: str, least: int) -> None:
    """A second report is a second newsroom where it has a witness of its own."""
    reports = [("Torm Post, 12 May 2031", _FIRST), ("Lake Courier, 13 May 2031", text)]
    found = edition(tmp_path, "Museum robbed in Torm", reports)
    claim = claim_with(found, "less than five minutes")
    assert claim.support.articles == 2
    assert claim.support.newsrooms[0] == least
