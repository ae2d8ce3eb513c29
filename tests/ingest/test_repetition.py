"""What a publisher repeats under unrelated reports is chrome; what it repeats under one story is background."""

from __future__ import annotations

from variorum.ingest import Ingest
from variorum.ingest.repetition import repeats_marked
from variorum.model import Article

BLURB = "The Alder Ledger has been printed in the lower valley since 1908 and belongs to those who read it."
REPORTS = (
    (
        "Ferry pier closes for winter",
        "Divers found rotten timber under the landing stage, engineers told the harbour board on Monday, and tickets "
        "will be sold elsewhere until spring, when replacement piles should arrive from the northern sawmill.",
    ),
    (
        "Orchestra hires young conductor",
        "Musicians applauded when Helena Brandt lifted her baton for the opening symphony; critics wrote that nobody "
        "had heard the violins sound so warm since the concert house reopened after its renovation.",
    ),
    (
        "Wheat prices sink after record crop",
        "Farmers brought in eleven percent more grain than last summer, according to the statistics office, whose "
        "economists expect bakeries to lower what they charge customers before Christmas.",
    ),
)
BACKGROUND = "The pier, which was built in 1931, carries forty boats a day and a third of the goods for the islands."


def article(title: str, *paragraphs: str, publisher: str = "The Alder Ledger") -> Article:
    """An article of these paragraphs."""
    return Ingest.from_json({"title": title, "text": "\n\n".join(paragraphs), "publisher": publisher})


def kinds(articles: list[Article], words: str) -> set[str]:
    """The kinds that a paragraph has in ``articles`` after marking."""
    return {b.kind for a in repeats_marked(articles) for b in a.blocks if a.text[slice(*b.span)] == words}


def test_repeated_under_different_reports() -> None:
    """It is marked and stays in the text; all else is what it was."""
    before = [article(title, text, BLURB) for title, text in REPORTS]
    after = repeats_marked(before)
    assert kinds(before, BLURB) == {"boilerplate"}
    assert [a.text for a in after] == [a.text for a in before]
    assert all(kinds(before, text) == {"body"} for _, text in REPORTS)


def test_twice_is_not_enough() -> None:
    """Two reports may share a paragraph by chance."""
    assert kinds([article(title, text, BLURB) for title, text in REPORTS[:2]], BLURB) == {"body"}


def test_of_another_publisher() -> None:
    """Copies among publishers are lineage's business."""
    names = ("The Alder Ledger", "Holm Post", "Kestrel Radio")
    found = [article(t, x, BLURB, publisher=p) for (t, x), p in zip(REPORTS, names, strict=True)]
    assert kinds(found, BLURB) == {"body"}


def test_background_of_one_story() -> None:
    """Reports of one thing repeat what readers have to know."""
    (_, text), *_ = REPORTS
    ends = ("Boats will land at the grain quay.", "The county pays half of it.", "A vote is due in August.")
    found = [article(f"Ferry pier: {end}", text, BACKGROUND, end) for end in ends]
    assert kinds(found, BACKGROUND) == {"body"}
