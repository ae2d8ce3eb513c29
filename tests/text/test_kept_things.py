"""What was made of things that come again is taken only where the things are as they were, and is never too much."""

from __future__ import annotations

from variorum.text.shelf import Shelf


def test_what_has_the_name_of_another_is_not_taken_for_it() -> None:
    """Two editions in one process may give one id to two texts."""
    shelf: Shelf[str] = Shelf(100)
    shelf.put("r1", ("The mill burned down.", 1), "read")
    assert shelf.find("r1", ("The mill burned down.", 1)) == "read"
    assert shelf.find("r1", ("The mill was saved.", 1)) is None
    assert shelf.find("r2", ("The mill burned down.", 1)) is None


def test_what_is_put_in_place_of_another_is_counted_once() -> None:
    """The later one holds, and the parts of the one before are gone."""
    shelf: Shelf[list[int]] = Shelf(10)
    shelf.put("r1", 1, [1, 2, 3])
    shelf.put("r1", 2, [4])
    assert shelf.find("r1", 1) is None
    assert shelf.find("r1", 2) == [4]
    assert len(shelf) == 1


def test_what_was_put_there_first_leaves_first() -> None:
    """What is put back stays; what alone is too much does not."""
    shelf: Shelf[list[int]] = Shelf(4)
    for name in ("r1", "r2", "r1", "r3"):
        shelf.put(name, name, [0, 0])
    assert [name for name in ("r1", "r2", "r3") if shelf.find(name, name)] == ["r1", "r3"]
    shelf.put("long", 0, [0] * 5)
    assert len(shelf) == 0


def test_what_has_no_parts_takes_room_too() -> None:
    """Reports in which nothing was found must not pile up for weeks."""
    shelf: Shelf[list[int]] = Shelf(3)
    for n in range(10):
        shelf.put(f"r{n}", n, [])
    assert [n for n in range(10) if shelf.find(f"r{n}", n) is not None] == [7, 8, 9]
