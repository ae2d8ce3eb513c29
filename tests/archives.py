"""Archives of any size, recombined from invented sentences on invented events: dispatches with their copies, cuts and
rewrites, reports of one's own, furniture, undated and foreign ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PEOPLE = ("Edda Rosling", "Piet Alvar", "Juna Halvorsen", "Tor Belgrave", "Mina Castellan", "Oskar Venn", "Ruta Dahl")
_FIRST = ("Edda", "Piet", "Juna", "Tor", "Mina", "Oskar", "Ruta")
_SYLLABLES = ("bra", "kel", "mor", "tan", "vel", "os", "rin", "dal", "fer", "gor", "hal", "jas", "lun", "pet", "wex")
_PAPERS = ("Harwick Herald", "Coast Courier", "Inland Times", "Velda Post", "Orrin Valley News", "Lowen Echo")
_EVENTS = (
    ("fire in the {thing} warehouse", "The blaze began in a {thing} store at {hour} a.m.", "killed", "firefighters"),
    (
        "collapse of the {thing} bridge",
        "Engineers had found cracks in its {thing} beams in March.",
        "injured",
        "divers",
    ),
    ("flood at the {thing} mill", "The river rose {n} metres within {hour} hours.", "missing", "soldiers"),
    ("vote on the {thing} bill", "The bill would cost {n} million crowns a year.", "arrested", "deputies"),
)
_THINGS = ("grain", "timber", "copper", "salt", "paper", "wool", "glass", "amber", "barley", "cotton", "slate", "coal")
_OWN = (
    "Residents of {place} said they had heard nothing from the council.",
    "“We were told to wait,” said {person}, who lives across the road.",
    "The {thing} works had been inspected twice since spring, according to the audit office.",
    "{person} called for an inquiry into how the {thing} had been stored.",
    "A spokeswoman for the port authority denied that the warning had come late.",
    "Shops in {place} stayed closed on {day}.",
    "It was the worst accident in {place} since {year}, the historian {person} said.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FURNITURE = "Read more stories like this one every morning with the newsletter of the {paper}."
_FOREIGN = (
    "Die Feuerwehr war in der Nacht mit vierzig Leuten im Einsatz und konnte das Lager nicht mehr retten. "
    "Nach Angaben der Hafenbehörde wurden zwei Arbeiter verletzt, einer davon schwer. Die Ursache ist nicht bekannt. "
)


def archive(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many records, of about a fifth as many events."""
    dice = random.Random(seed)
    return [record for record, _ in zip(_records(dice), range(count), strict=False)]


def _name(dice: random.Random) -> str:
    return ("".join(dice.sample(_SYLLABLES, 2)) + dice.choice(("den", "stow", "vik", "ford"))).capitalize()


def _records(dice: random.Random) -> Iterator[dict[str, Any]]:
    number = 0
    while True:
        number += 1
        yield from _event(dice, number)


def _event(dice: random.Random, number: int) -> Iterator[dict[str, Any]]:
    what, detail, harm, crowd = dice.choice(_EVENTS)
    day = dice.randint(1, 28)
    slots = {
        "thing": dice.choice(_THINGS), "place": _name(dice), "hour": dice.randint(2, 6), "year": 2000 + day,
        "n": dice.randint(2, 90), "day": dice.choice(_DAYS), "person": f"{dice.choice(_FIRST)} {_name(dice)}",
    }  # fmt: skip
    what, detail = what.format(**slots), detail.format(**slots)
    toll, place, person = dice.randint(2, 40), slots["place"], slots["person"]
    dispatch = [
        f"{toll} people were {harm} in the {what} in {place} on {slots['day']}, the regional hospital said.",
        f"{detail} {person}, who leads the works council, said that {dice.randint(3, 9)} {crowd} had come to {place}.",
        f"“Nobody could have known it, number {number} on the list in {place},” {person} told reporters.",
        f"Officials in {place} said the {slots['thing']} would be moved within {dice.randint(2, 9)} weeks.",
    ]
    stamp = f"2031-{dice.randint(1, 12):02d}-{day:02d}"
    own = [dice.choice(_OWN).format(**{**slots, "person": dice.choice(_PEOPLE)}) for _ in range(3)]
    yield _record(
        dice,
        number,
        0,
        "Meridian Press",
        stamp,
        what,
        [f"{place.upper()} (Meridian Press) — {dispatch[0]}", *dispatch[1:]],
    )
    for copy in range(1, dice.randint(2, 5)):
        paper = dice.choice(_PAPERS)
        body = list(dispatch) if copy == 1 else dispatch[: dice.randint(2, 3)] + own[:1]
        body[0] = f"{place} (Meridian Press) — {body[0]}" if dice.random() < 0.6 else body[0]
        dated = None if dice.random() < 0.2 else stamp
        yield _record(dice, number, copy, paper, dated, what, [*body, _FURNITURE.format(paper=paper)])
    later = f"The number of people {harm} in the {what} in {place} rose to {toll + 3}, {person} said on {slots['day']}."
    yield _record(dice, number, 8, dice.choice(_PAPERS), stamp, what, [later, *own])
    if dice.random() < 0.2:
        yield _record(dice, number, 9, "Hafenblatt", stamp, what, [_FOREIGN + place, f"{what} {number}."])


def _record(
    dice: random.Random, event: int, number: int, paper: str, stamp: str | None, what: str, body: list[str]
) -> dict[str, Any]:
    host = paper.lower().replace(" ", "")
    found = {
        "url": f"https://{host}.example/{event}/{number}", "publisher": paper,
        "title": f"{what.capitalize()}: {dice.choice(_DAYS)}", "text": "\n\n".join(body),
    }  # fmt: skip
    return found | ({"published": stamp} if stamp else {})


def write(records: list[dict[str, Any]], path: Path) -> Path:
    """The records as JSONL."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path
