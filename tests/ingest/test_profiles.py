"""Publisher profiles: one entry makes a page right that general rules get wrong."""

from __future__ import annotations

from pathlib import Path

import layouts as gold
import pytest

from variorum.errors import UsageError
from variorum.ingest import read_profiles
from variorum.ingest.profiles import known_profiles, profile_for

FOLDER = Path(__file__).parent / "profiles"
OWN = read_profiles(FOLDER / "publishers.toml")
PAGES = gold.layouts(FOLDER)


@pytest.mark.parametrize("layout", PAGES, ids=lambda layout: layout.name)
def test_golden_page(layout: gold.Layout) -> None:
    """With its profile every finding of the gold is there; without it several are not, or it were not needed."""
    with_profile, _ = gold.read(layout, OWN)
    without, _ = gold.read(layout)
    assert with_profile is not None
    assert without is not None
    assert list(gold.misses(layout, with_profile)) == []
    assert len(list(gold.misses(layout, without))) > 2


def test_every_profile_has_its_page() -> None:
    """One entry, one golden page."""
    addresses = [layout.gold["url"] for layout in PAGES]
    assert all(profile_for(address, OWN) for address in addresses)
    assert len(PAGES) == len(OWN)


def test_bundled_profiles_hold_their_own_rules() -> None:
    """The file that comes with the package is read, and its domains are found."""
    assert all(profile_for(f"https://www.{p.domains[0]}/a") == p for p in known_profiles())
    assert profile_for("https://nobody.example/a") is None
    assert profile_for(None) is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('name = "A"\ndomains = []', "domains"),
        ('name = "A"\ndomains = ["www.a.example"]', "domains"),
        ('name = "A"\ndomains = ["a.example"]\ntitle = "//["', "title: '//\\['"),
        ('name = "A"\ndomains = ["a.example"]\ntime_zone = "Mars/Olympus"', "Europe/Berlin"),
        ('name = "A"', "domains"),
        ("name = 3", "str"),
        ('name = "A"\ndomains = ["a.example"]\ntitel = "//h1"', "titel"),
    ],
)
def test_wrong_entries(tmp_path: Path, entry: str, words: str) -> None:
    """What breaks the shape is refused with the file and the place."""
    file = tmp_path / "own.toml"
    file.write_text(f"[[publisher]]\n{entry}\n")
    with pytest.raises(UsageError, match=words) as caught:
        read_profiles(file)
    assert "own.toml" in str(caught.value)
