"""Invented reports of two invented events, as records."""

from __future__ import annotations

from variorum.ingest import Ingest
from variorum.model import Article

FIRE = [
    ("Harwick Herald", "2031-05-03T08:00", "Fire at Harwick grain silo kills two",
     "HARWICK — Two workers were killed when fire swept through the grain silo at Harwick docks on Saturday, the port "
     "authority said.\n\nThe blaze began in a conveyor at 3 a.m., said harbour master Edda Rosling. Forty firefighters "
     "fought the flames until noon. Mayor Piet Alvar said the silo had passed an inspection in March."),
    ("Coast Courier", "2031-05-03T11:00", "Two dead in Harwick silo blaze",
     "Two workers were killed when fire swept through the grain silo at Harwick docks on Saturday, the port authority "
     "said.\n\nThe blaze began in a conveyor at 3 a.m., said harbour master Edda Rosling. Forty firefighters fought "
     "the flames until noon. Unions called for a strike at the docks."),
    ("Inland Times", "2031-05-04T07:00", "Three dead after Harwick silo fire",
     "Three workers have died after the fire in the grain silo at Harwick docks, the regional hospital said on Sunday. "
     "A third man died of his burns overnight.\n\nMayor Alvar denied that the silo had failed an inspection. The fire "
     "began in a conveyor, the port authority said."),
]  # fmt: skip
VOTE = [
    ("Velda Post", "2031-05-10T09:00", "Velda parliament rejects tunnel bill",
     "VELDA — The parliament of Velda rejected the Orrin Pass tunnel bill on Friday by 61 votes to 58. Transport "
     "minister Juna Halvorsen said the government would bring a new bill in autumn.\n\nThe tunnel would cost 4.2 "
     "billion crowns, according to the audit office. Farmers of the Orrin valley had protested for weeks."),
    ("Orrin Valley News", "2031-05-10T15:00", "Tunnel bill falls by three votes",
     "The Orrin Pass tunnel bill fell in the parliament of Velda on Friday, by 61 votes to 58. Minister Halvorsen "
     "promised a new bill.\n\nFarmers of the Orrin valley had not protested, a farmer said. The audit office puts the "
     "tunnel at 4.2 billion crowns, but opponents say that it would cost six billion crowns."),
]  # fmt: skip


def report(publisher: str, published: str, title: str, text: str) -> Article:
    """One report as an article."""
    record = {"publisher": publisher, "published": published, "title": title, "text": text}
    return Ingest.from_json(record, source=f"{publisher}.jsonl:1")


def fire() -> list[Article]:
    """Three reports of a fire: an original, its copy, and a later one with another toll."""
    return [report(*row) for row in FIRE]


def vote() -> list[Article]:
    """Two reports of a vote."""
    return [report(*row) for row in VOTE]
