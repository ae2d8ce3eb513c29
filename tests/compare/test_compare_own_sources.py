"""A report that names no source of its own may have all it tells from those before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition

_FIRST = """Two robbers broke into the museum of Torm on Sunday morning and drove off in a white van, police spokesman
    Ari Lund said. The alarm rang at 3 a.m.

    They were inside for less than five minutes. The museum's director, Hanna Brandt, said that a gold cup was gone.
    The cup is insured for 4 million crowns. Roads out of the town were blocked until noon."""
_ECHO = """Masked raiders cleared out the Torm museum in a five-minute blitz and sped away in a white van.

    The gang was inside for less than five minutes. A priceless cup has gone, sighed director Hanna Brandt. The cup is
    insured for more than 4 million crowns. Police spokesman Ari Lund said nobody was hurt. The town is in shock."""
_OWN = """Masked raiders cleared out the Torm museum in a five-minute blitz and sped away in a white van, a baker told
    the Lake Courier.

    The gang was inside for less than five minutes, said the baker, Otto Holm, who watched from his shop. A priceless
    cup has gone, sighed director Hanna Brandt. Ari Lund said nobody was hurt. The town is in shock."""


@pytest.mark.parametrize(("text", "least"), [pytest.param(_ECHO, 1, id="echo"), pytest.param(_OWN, 2, id="own")])
def test_who_asked_nobody_confirms_nothing(tmp_path: Path, text: str, least: int) -> None:
    """A second report is a second newsroom where it has a witness of its own."""
    reports = [("Torm Post, 12 May 2031", _FIRST), ("Lake Courier, 13 May 2031", text)]
    found = edition(tmp_path, "Museum robbed in Torm", reports)
    claim = claim_with(found, "less than five minutes")
    assert claim.support.articles == 2
    assert claim.support.newsrooms[0] == least
