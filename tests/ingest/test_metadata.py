"""Title, publisher, authors, agencies, dates and language as the text states them."""

from __future__ import annotations

import pytest

from variorum.ingest import Ingest
from variorum.model import Article

LEAD = "The river had fallen two metres by Tuesday, and people began to go home, the mayor said."


def read(text: str, **fields: str) -> Article:
    """The article of ``text``."""
    return Ingest.from_json({"text": text, **fields})


# --- title --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("River falls at last", "River falls at last"),
        ("# River falls at last", "River falls at last"),
        ("**River falls at last**", "River falls at last"),
        ("River falls at last - Alder Gazette", "River falls at last"),
        ("River falls at last | The Alder Gazette", "River falls at last"),
        ("Mayor – ‘people first’ – promises boats", "Mayor – ‘people first’ – promises boats"),
        ("Will the river fall?", "Will the river fall?"),
        ("The river that broke three bridges had begun to fall on Monday, the army said.", None),
    ],
)
def test_title(first: str, title: str | None) -> None:
    """The headline alone, as written; a sentence is none."""
    assert read(f"{first}\n\n{LEAD}").title == title


def test_given_title_is_kept_and_not_prepended() -> None:
    """The record's title wins; the text stays as it is."""
    article = read(LEAD, title="River falls")
    assert article.title == "River falls"
    assert article.text == LEAD
    assert [b.kind for b in article.blocks] == ["body"]


# --- an outlet and a date in one line -----------------------------------------------------------------------------

HEADLINE = "Dam gates jam in the night and flood the lower meadows"
DATED = [  # line, publisher, authors, published, precision
    ("Radio Keld online | 17.10.2030", "Radio Keld online", (), "2030-10-17", "day"),
    ("17.10.2030 | Radio Keld online", "Radio Keld online", (), "2030-10-17", "day"),
    ("Keld Dispatch - 17 October 2030", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch – Thursday, 17 October 2030", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch, 17/10/2030", "Keld Dispatch", (), "2030-10-17", "day"),
    ("The Republic, Tuesday 17 October 2030", "The Republic", (), "2030-10-17", "day"),
    ("The Keld Republic | Thursday, October 17, 2030", "The Keld Republic", (), "2030-10-17", "day"),
    ("Keld Dispatch, October 17, 2030", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch (17 October 2030)", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch • 17 Oct 2030 • 14:05", "Keld Dispatch", (), "2030-10-17T14:05", "minute"),
    ("Keld Dispatch | Published 17 October 2030, 14:05 CET", "Keld Dispatch", (), "2030-10-17T14:05+01:00", "minute"),
    ("Published: 17.10.2030 | Keld Dispatch", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch | World | 17 October 2030", "Keld Dispatch", (), "2030-10-17", "day"),
    ("Keld Dispatch | 2030-10-17 | 3 min read", "Keld Dispatch", (), "2030-10-17", "day"),
    ("The Vestra Lantern - 17 October 2030", "The Vestra Lantern", (), "2030-10-17", "day"),
    ("Voice of the Dike | 17 October 2030", "Voice of the Dike", (), "2030-10-17", "day"),
    ("Vestra 24 | 17.10.2030, 06:30", "Vestra 24", (), "2030-10-17T06:30", "minute"),
    ("Dikewatch (blog), 17 October 2030", "Dikewatch", (), "2030-10-17", "day"),
    ("Tarn Coast Agency (TCA), 17 October 2030", None, ("Tarn Coast Agency",), "2030-10-17", "day"),
    ("17 October 2030 - National Mail", "National Mail", (), "2030-10-17", "day"),
    ("Il Messaggio, 17 October 2030", "Il Messaggio", (), "2030-10-17", "day"),
    ("Tarnmouth Oggi - 17 October 2030", "Tarnmouth Oggi", (), "2030-10-17", "day"),
    ("Tarnmouth Live | 17 October 2030", "Tarnmouth Live", (), "2030-10-17", "day"),
    ("Posted 17.10.2030 on tarnwire.example", "tarnwire.example", (), "2030-10-17", "day"),
    ("Imke van der Velde | 17 October 2030", None, ("Imke van der Velde",), "2030-10-17", "day"),
    ("17 October 2030 – Kanal 5", "Kanal 5", (), "2030-10-17", "day"),
    ("Vestrabladet | 17. oktober 2030", "Vestrabladet", (), "2030-10-17", "day"),
    ("Tageblatt Vestra | 17. Oktober 2030", "Tageblatt Vestra", (), "2030-10-17", "day"),
    ("Diario de Vestra | 17 de octubre de 2030", "Diario de Vestra", (), "2030-10-17", "day"),
    ("vestra-lantern.example | 17.10.2030", "vestra-lantern.example", (), "2030-10-17", "day"),
    ("www.vestra.example, 17.10.2030", "www.vestra.example", (), "2030-10-17", "day"),
    ("BBC | 17 October 2030", "BBC", (), "2030-10-17", "day"),
    ("Ada Orrin | Keld Dispatch | 17.10.2030", "Keld Dispatch", ("Ada Orrin",), "2030-10-17", "day"),
    ("Keld Dispatch | Ada Orrin | 17.10.2030", "Keld Dispatch", ("Ada Orrin",), "2030-10-17", "day"),
    ("17.10.2030 | Ada Orrin", None, ("Ada Orrin",), "2030-10-17", "day"),
    ("World | 17.10.2030", None, (), "2030-10-17", "day"),
    ("Tarnmouth | 17.10.2030", None, (), "2030-10-17", "day"),  # a place: the report is from there
    ("Tarnmouth, 17 October 2030", None, (), "2030-10-17", "day"),
]


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize(("line", "publisher", "authors", "when", "precision"), DATED)
def test_an_outlet_and_a_date_in_a_line(
    line: str, publisher: str | None, authors: tuple[str, ...], when: str, precision: str, above: bool
) -> None:
    """Under a headline or over it, a line of names and a date is no prose and no headline; nobody claims it."""
    body = "The gates at Tarnmouth jammed at midnight, and forty farms were under water by dawn, the warden said."
    head = f"{line}\n{HEADLINE}" if above else f"{HEADLINE}\n{line}"
    article = read(f"{head}\n\n{body}\n\n{LEAD}")
    assert (article.title, article.publisher, article.authors) == (HEADLINE, publisher, authors)
    stamp = article.published
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.basis) == (when, precision, "stated")
    kinds = {article.text[slice(*b.span)]: b.kind for b in article.blocks}
    assert kinds[line] in ("dateline", "byline")
    assert (kinds[line] == "byline") == bool(authors)
    assert [k for k in kinds.values() if k == "body"] == ["body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "The gates were last opened on 17 October 2030",
        "The gates were last opened, on 17 October 2030, by hand.",
        "Nobody has opened the gates – 17 October 2030 was the last time",
        "What we know on 17 October 2030",
        "Warden: gates to open on 17 October 2030",
        "Gates jam, 17 October 2030",
        "Gates jam | 17 October 2030",
        "The day the gates jammed | 17 October 2030",
        "From 17 October 2030, ferries run hourly",
        "A timeline – 17 October 2030",
        "How The Gates Jammed - 17 October 2030",
        "See you on 17 October 2030, Vestra",
    ],
)
def test_prose_with_a_date_names_no_outlet(line: str) -> None:
    """A date in a sentence, a standfirst or a second headline gives neither publisher nor date."""
    article = read(f"{HEADLINE}\n{line}\n\n{LEAD}\n\n{LEAD.replace('Tuesday', 'noon')}")
    assert (article.title, article.publisher, article.authors, article.published) == (HEADLINE, None, (), None)
    kinds = {article.text[slice(*b.span)].rstrip("."): b.kind for b in article.blocks}
    assert kinds[line.rstrip(".")] in ("standfirst", "body", "title")


def test_an_outlet_and_a_date_below_the_text() -> None:
    """At the end a word of outlets must tell; and a text whose only head line is one has no headline."""
    below = read(f"{HEADLINE}\n\n{LEAD}\n\n{LEAD}\n\nRadio Keld online, 17.10.2030")
    assert (below.publisher, below.published and below.published.value) == ("Radio Keld online", "2030-10-17")
    assert below.blocks[-1].kind == "dateline"
    alone = read(f"Radio Keld online | 17.10.2030\n\n{LEAD}")
    assert (alone.title, alone.publisher) == (None, "Radio Keld online")


# --- publisher ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"River falls\nBy The Alder Gazette\n{LEAD}", "The Alder Gazette"),
        (
            f"River falls\nBy Ane Voss, The Alder Gazette\n{LEAD}\nSource: https://www.other.example/a",
            "The Alder Gazette",
        ),
        (f"River falls\nBy AFP\n{LEAD}", None),
        (
            f"River falls\nBy AFP\n{LEAD}\nOriginal url:\n<https://www.aldergazette.com/2031/05/09/a>",
            "aldergazette.com",
        ),
        (f"{LEAD}\nThe mayor told the Alder Gazette so.\nSource: https://aldergazette.com/a", "Alder Gazette"),
        (f"{LEAD}\nSource: Alder Gazette", "Alder Gazette"),
        (f"{LEAD}\nSource: Reuters", None),
        (f"{LEAD}\nSource: https://one.example/a\nOriginal url: https://two.example/b", "two.example"),
        (LEAD, None),
    ],
)
def test_publisher(text: str, publisher: str | None) -> None:
    """The byline's outlet, else that of the original's address, else the source line's; an agency is no outlet."""
    assert read(text).publisher == publisher


def test_publisher_of_the_address_it_was_fetched_from() -> None:
    """With nothing in the text, the registrable domain; a publisher in the record wins over all."""
    assert read(LEAD, url="https://news.alder.co.uk/2031/river").publisher == "alder.co.uk"
    assert read(f"By The Alder Gazette\n{LEAD}", publisher="Selby Post").publisher == "Selby Post"


def test_canonical_address() -> None:
    """An address on the line after its label, or that opens the text, is the original's."""
    assert read(f"{LEAD}\n\nOriginal url:\n\n<https://a.example/b>").canonical_url == "https://a.example/b"
    assert read(f"https://a.example/b\nRiver falls\n{LEAD}").canonical_url == "https://a.example/b"
    assert read(f"{LEAD}\nThe report is at https://a.example/b on the web, he said.").canonical_url is None


# --- authors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ane Voss", ("Ane Voss",)),
        ("by ANE VOSS and Tom Reed in Alder", ("Ane Voss", "Tom Reed")),
        ("By Ane Voss, Per Lund & Ida van der Berg | The Alder Gazette", ("Ane Voss", "Per Lund", "Ida van der Berg")),
        ("Written by Ane Voss, Political Correspondent", ("Ane Voss",)),
        ("*By [Ane Voss](https://a.example/ane)* | 2031-05-09", ("Ane Voss",)),
        ("Ane Voss", ("Ane Voss",)),
        ("Ane Voss, Reuters", ("Ane Voss",)),
        ("By Staff Writer", ()),
        ("By AFP", ()),
        ("By The Alder Gazette", ()),
        ("By admin", ()),
    ],
)
def test_authors(line: str, authors: tuple[str, ...]) -> None:
    """People only, under their names as elsewhere written."""
    article = read(f"River falls at last\n{line}\n{LEAD}")
    assert article.authors == authors
    assert article.title == "River falls at last"
    assert article.blocks[1].kind == "byline"


# --- agencies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        (f"River falls\nBy AFP\n{LEAD}", [("AFP", "byline")]),
        (f"River falls\nAne Voss, Reuters\n{LEAD}", [("Reuters", "byline")]),
        (f"ALDER (Reuters) - {LEAD}", [("Reuters", "dateline")]),
        (f"ALDER, May 9 (NWS) – {LEAD}", [("NWS", "dateline")]),
        (f"{LEAD}\nHe left. (AP)", [("AP", "credit")]),
        (f"{LEAD}\nWith reporting by AFP and Reuters", [("AFP", "credit"), ("Reuters", "credit")]),
        (f"{LEAD}\nThe Associated Press contributed to this report.", [("AP", "credit")]),
        ("According to the Associated Press, the river had fallen two metres by Tuesday.", [("AP", "lead")]),
        ("The river had fallen two metres by Tuesday, AFP reports. People went home.", [("AFP", "lead")]),
        (f"{LEAD}\nOfficials told AFP so. Reuters reported the same.", [("AFP", "body"), ("Reuters", "body")]),
        (f"{LEAD}\nHe told the Tavra news agency so.", [("Tavra", "body")]),
        (f"{LEAD}\nState news agency Tavra said so.", [("Tavra", "body")]),
        (f"River falls\nBy Northern News Agency\n{LEAD}", [("Northern News Agency", "byline")]),
        (f"{LEAD}\nThe Russian news agency TASS said so.", [("TASS", "body")]),
        (f"River falls\nThe mill on Monday. (Photo: Tass)\n{LEAD}", [("TASS", "caption")]),
        (f"{LEAD}\nShares of Reuters rose, and the AP exam was hard.", []),
        (f"{LEAD}\nThe Russian news agency said so. PA is a state.", []),
        (f"River falls\nBy BBC News\n{LEAD}", []),
        (f"ALDER (Northern Wire) - {LEAD}", [("Northern Wire", "dateline")]),
        (f"ALDER (Alder Post) - {LEAD}", []),
        (f"{LEAD}\nHe left, reported the agency Northern Wire.", [("Northern Wire", "body")]),
        (f"{LEAD}\nNorthern Wire said that it would close its mill.", []),
        (f"River falls\nBy Petra Voss, Alder Post\n{LEAD}", []),
        (f"{LEAD}\nAdditional reporting: Alder Post, NWS", [("NWS", "credit")]),
        (f"{LEAD}\nAdditional reporting: ANE VOSS", []),
        (f"River falls\nPhoto: Reuters\n{LEAD}", [("Reuters", "caption")]),
        (f"{LEAD}\nThe AP said so.", [("AP", "body")]),
    ],
)
def test_agency_credits(text: str, credits: list[tuple[str, str]]) -> None:
    """Every agency that the text credits, in its short form, with the place; a bare mention is no credit."""
    article = read(text)
    assert [(c.agency, c.place) for c in article.credits] == credits
    assert article.agencies == tuple(dict.fromkeys(name for name, _ in credits))


def test_one_agency_under_two_names_is_one() -> None:
    """Initials and the long name they shorten are one agency."""
    known = read(f"{LEAD}\nHe told the Associated Press so. AP said more. Agence France-Presse reported it.")
    assert known.agencies == ("AP", "AFP")
    unknown = read(f"River falls\nBy Northern Wire Service\n{LEAD}\nThe Northern Wire Service (NWS) said so.")
    assert unknown.agencies == ("NWS",)


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("May 9, 2031", "2031-05-09", None),
        (" date 2031-05-09 Eng", "2031-05-09", None),
        ("25/05/2031", "2031-05-25", None),
        ("By Ane Voss | 9 May 2031 10:40 GMT", "2031-05-09T10:40+00:00", None),
        ("By AFP | Created at 2031-05-09 10:40:17 | Updated at 2031-05-10 1 day", "2031-05-09T10:40:17", "2031-05-10"),
        ("Updated: 10 May 2031, 16:20 | Published: 9 May 2031, 09:05", "2031-05-09T09:05", "2031-05-10T16:20"),
        ("Nobody knows the date of it", None, None),
    ],
)  # fmt: skip
def test_stamps(line: str, published: str | None, modified: str | None) -> None:
    """Date lines and bylines state when it was published and updated, and where they say so."""
    article = read(f"River falls at last\n{line}\n{LEAD}")
    assert (article.published and article.published.value, article.modified and article.modified.value) == (
        published,
        modified,
    )
    if article.published:
        assert article.published.basis == "stated"
        assert article.published.span is not None
        assert "31" in article.text[slice(*article.published.span)]


def test_the_day_of_the_last_update_is_inferred_to_be_that_of_the_page() -> None:
    """Where a page states no other day above its text, and only there."""
    article = read(f"River falls at last\nUpdated: 10 May 2031, 16:20\n{LEAD}")
    assert article.published is not None
    assert (article.published.value, article.published.basis) == ("2031-05-10", "inferred")
    assert read(f"River falls at last\n{LEAD}\nLast updated: 10 May 2031").published is None


@pytest.mark.parametrize(
    "line",
    [
        "Friday 9 May 2031 | Print edition | Sign in",
        "(The Alder Post, 9 May 2031)",
        "Posted by Ane Voss on May 9, 2031",
    ],
)
def test_a_date_among_labels_and_names(line: str) -> None:
    """Labels of the page beside a date, and names, do not hide it."""
    published = read(f"The Alder Post\n{line}\n\nRiver falls at last, they say\n{LEAD}").published
    assert published is not None
    assert published.value == "2031-05-09"


def test_a_date_in_running_text_is_not_the_publication_date() -> None:
    """The day an event happened says nothing of the day it was reported."""
    assert read("On 9 May 2031 the river fell by two metres, and people began to go home.").published is None


def test_date_of_the_address() -> None:
    """With no date stated, that of the address."""
    published = read(f"{LEAD}\nSource: https://a.example/2031/05/09/river").published
    assert published is not None
    assert (published.value, published.basis, published.span) == ("2031-05-09", "url", None)


def test_given_date_wins() -> None:
    """The record's own date is metadata."""
    published = read(f"River falls\n9 May 2031\n{LEAD}", published="2031-05-10T08:00:00Z").published
    assert published is not None
    assert (published.value, published.basis, published.precision) == (
        "2031-05-10T08:00:00+00:00",
        "metadata",
        "second",
    )


def test_ambiguous_day_and_month() -> None:
    """Another date of the article decides, then the site's country, else the day comes first; the reason is given."""
    alone = read(f"River falls\n04/05/2031\n{LEAD}").published
    agreeing = read(f"date 2031-04-05\nRiver falls\n04/05/2031\n{LEAD}").published
    american = read(f"River falls\n04/05/2031\n{LEAD}", url="https://town.ca.us/a").published
    assert alone is not None
    assert agreeing is not None
    assert american is not None
    assert (alone.value, "could change places" in (alone.reason or "")) == ("2031-05-04", True)
    assert agreeing.value == "2031-04-05"
    assert (american.value, "American" in (american.reason or "")) == ("2031-04-05", True)


def test_dateline_lends_the_year_of_another_date() -> None:
    """A dateline without a year is dated where the article names one elsewhere."""
    published = read(f"ALDER, May 9 (NWS) – {LEAD}\n© 2031 NWS").published
    assert published is not None
    assert (published.value, published.reason) == ("2031-05-09", "the year is that of another date of the article")
    assert read(f"ALDER, May 9 (NWS) – {LEAD}").published is None


# --- language -----------------------------------------------------------------------------------------------------


def test_language() -> None:
    """The language of the body; none where there is too little of it."""
    assert read(LEAD).language == "en"
    assert (
        read("Der Fluss ist bis Dienstag um zwei Meter gefallen, und die Leute kehren nach Hause zurück.").language
        == "de"
    )
    assert read("River.").language is None


# --- mastheads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"River falls at last, they say\nAlder Valley Post\n{LEAD}", "Alder Valley Post"),
        (f"Radio Alder\nRiver falls at last, they say\n{LEAD}", "Radio Alder"),
        (f"RiverPoint\nRiver falls at last, they say\nBy Ane Voss, RiverPoint\n{LEAD}", "RiverPoint"),
        (f"River falls at last, they say\nFloods\n{LEAD}", None),
        (f"River falls at last, they say\nSpecial Report\n{LEAD}", None),
        (
            f"River falls at last, they say\nBy Ane Voss, Alder Lantern\n{LEAD}\nHe told the Lantern so.",
            "Alder Lantern",
        ),
        (f"River falls at last, they say\nBy Ane Voss, Tom Reed\n{LEAD}\nHe told Reed so.", None),
        (f"River falls at last, they say\nFrom the Alder Post:\n{LEAD}\nRead the full story at the Alder Post", None),
        (
            f"River falls at last, they say\nBy Ane Voss, Northern Press Bureau\nALDER (NPB) – {LEAD}\n"
            "© 2031 Northern Press Bureau (NPB). All rights reserved.",
            "Northern Press Bureau",
        ),
        (f"River falls at last, they say\nBy Ane Voss, Reuters\n{LEAD}", None),
        (f"River falls at last, they say\nThe Beaver | World\n{LEAD}", "The Beaver"),
        (f"River falls at last, they say\nAlder Messenger Online / abroad\n{LEAD}", "Alder Messenger Online"),
        (f"River falls at last, they say\nAlder Messenger (in translation)\n{LEAD}", "Alder Messenger"),
        (f"River falls at last, they say\n\nalderweather.example > Alerts\n{LEAD}", "alderweather.example"),
        (f"River falls at last, they say\nSource: alderweather.example\n{LEAD}", "alderweather.example"),
        (f"VALLEYTALK\nAll that is whispered\n\nRiver falls at last, they say\nBy Ane Voss\n{LEAD}", "VALLEYTALK"),
        (f"FLASHLET News in brief\n\nRiver falls at last, they say\n{LEAD}\nGet the Flashlet app", "Flashlet"),
        (f"WET GROUND: for all who dig\n\nRiver falls at last, they say\n{LEAD}\nHe told Wet Ground so.", "Wet Ground"),
        (f"DRY GROUND: the farmers' weekly\n\nRiver falls at last, they say\n{LEAD}", "DRY GROUND"),
        (
            f"THE BEAVER\nAlder, Friday 9 May 2031\n\nRiver falls at last, they say\n{LEAD}\nHe told the Beaver.",
            "THE BEAVER",
        ),
        (f"RIVER\n\nRiver falls at last, they say\n{LEAD}", None),
        (f"FLOODED VALLEY\n\nRiver falls at last, they say\n{LEAD}\nIn the valley they are glad.", None),
        (f"River falls at last, they say\nDyke Blog, by Ane Voss\n{LEAD}", "Dyke Blog"),
        (f"River falls at last, they say\nby Norwire, via Alder Messenger\n{LEAD}", "Alder Messenger"),
    ],
)
def test_publisher_of_the_masthead(text: str, publisher: str | None) -> None:
    """A line that names the outlet gives the publisher; sections, labels and persons do not."""
    article = read(text)
    assert article.publisher == publisher
    assert article.title == "River falls at last, they say"


@pytest.mark.parametrize(
    ("above", "below", "publisher"),
    [
        ("ALDER LEDGER\nNews | Sport | Tides", "By Ane Voss, Chief Reporter", "ALDER LEDGER"),
        ("The Alder Ledger", "By Ane Voss, Shipping Reporter", "The Alder Ledger"),
        ("AlderNow!\nMenu  Log in  Newsletter", "AlderNow reporter | 9/5/2031 | 1:15 p.m.", "AlderNow"),
        ("The Mole and Quay\na blog about mud", "Posted by Ane Voss on May 9, 2031", "The Mole and Quay"),
        ("CHANNEL 4 NEWS", "Friday 9 May 2031", "CHANNEL 4 NEWS"),
        ("KLRD-TV 7\nEyewitness News", "Friday 9 May 2031", "KLRD-TV 7"),
        ("ALNA | Alder National Agency", "9 May 2031, 14:40", "ALNA"),
        ("GLOBE ONLINE - LIVE", "9 May 2031", "GLOBE ONLINE"),
        ("alderpost.example", "9 May 2031", "alderpost.example"),
        ("Alder Alerts (Telegram channel)", "9 May 2031", "Alder Alerts"),
        ("Alder Solvents plc\nPRESS RELEASE\nFor immediate release", "9 May 2031, 17:30", "Alder Solvents plc"),
        ("REPUBLIC OF ALDER\nMINISTRY OF WORKS\nPress Service", "Bulletin No. 18", "Ministry of Works"),
        ("GOVERNMENT OF ALDER\nOffice of the Premier\nMedia release 2031/3", "9 May 2031", "Office of the Premier"),
        ("STATEMENT FROM THE OFFICE OF THE MAYOR", "9 May 2031", "Office of the Mayor"),
        ("Alder Port Authority – Statement, 9 May 2031", "Contact: Ane Voss, 555-0100", "Alder Port Authority"),
    ],
)
def test_who_stands_above_the_headline(above: str, below: str, publisher: str) -> None:
    """No post in a byline is an outlet; whose page it is says a line above the headline, and who issues a release."""
    article = read(f"{above}\n\nRiver falls at last, they say\n{below}\n\n{LEAD}")
    assert article.publisher == publisher
    assert article.title == "River falls at last, they say"


@pytest.mark.parametrize(
    ("title", "end", "publisher"),
    [
        ("River falls at last - The Alder Post", "", "The Alder Post"),
        ("River falls at last", "(c) 2031 Alder Mercury. All rights reserved.", "Alder Mercury"),
        ("River falls at last", "© Alder24 2031", "Alder24"),
        ("River falls at last", "Copyright 2031 The Associated Press", None),
        ("River falls at last", "© 2031 Ane Voss", None),
        ("River falls at last | World News", "", None),
    ],
)
def test_whom_the_edges_of_a_page_name(title: str, end: str, publisher: str | None) -> None:
    """Where no masthead does, the headline's tail and the holder of the rights say whose page it is."""
    assert read(f"{title}\n\n{LEAD}\n\n{end}").publisher == publisher


def test_lines_of_names_credit_whom_they_name() -> None:
    """An outlet's own line names the writer, the agency whose report it is, or who passes it on."""
    assert read(f"River falls\n*Dyke Blog, by Ane Voss*\n{LEAD}").authors == ("Ane Voss",)
    passed_on = read(f"River falls\nby Norwire, via Alder Messenger\n{LEAD}")
    assert (passed_on.agencies, passed_on.authors) == (("Norwire",), ())
    both = read(f"River falls\nAlder Today / Two-Dykes Press\n{LEAD}")
    assert (both.publisher, both.agencies) == ("Alder Today", ("Two-Dykes Press",))
    assert read(f"River falls\nAgencies (NNA)\n{LEAD}\nHe told the Norvik News Agency.").agencies == ("NNA",)


def test_an_agency_that_running_text_calls_one_is_credited() -> None:
    """ "the agency Norwire" needs no other word beside it."""
    assert read(f"{LEAD} So reports the agency Norwire.").agencies == ("Norwire",)
    assert read(f"{LEAD} News agency Norwire says otherwise.").agencies == ("Norwire",)
    assert read(f"{LEAD} He left the agency Tuesday.").agencies == ()


def test_a_place_may_stand_before_the_day_of_the_issue() -> None:
    """ "Alder, Friday 9 May 2031" is the head of a newspaper."""
    article = read(f"THE BEAVER\nAlder, Friday 9 May 2031\n\nRiver falls at last\n{LEAD}\nHe told the Beaver so.")
    assert article.published is not None
    assert (article.title, article.published.value) == ("River falls at last", "2031-05-09")


def test_a_nickname_posts_at_a_date() -> None:
    """One word is a name where the line says that it posted something on a day."""
    article = read(f"River falls at last\nPosted by Dipper on May 9, 2031 - 12 comments\n{LEAD}")
    assert article.authors == ("Dipper",)
    assert article.published is not None
    assert article.published.value == "2031-05-09"


def test_a_name_behind_an_author_that_is_called_the_is_no_author() -> None:
    """ "By Ane Voss, Alder Lantern": nobody is called "the Lantern"."""
    assert read(f"River falls\nBy Ane Voss, Alder Lantern\n{LEAD}\nHe told the Lantern so.").authors == ("Ane Voss",)


def test_a_stated_date_comes_before_that_of_the_address() -> None:
    """A date line with the reading time beside it states the day that the address has too."""
    url = "https://alder-post.example/2031/05/09/river"
    article = read(f"River falls at last, they say\nMay 9, 2031 | 1 min read\n{LEAD}\nOriginal url: {url}")
    assert article.published is not None
    assert (article.published.value, article.published.basis) == ("2031-05-09", "stated")


def test_the_authors_of_posts_below_a_text_date_nothing() -> None:
    """ "— Somebody (@handle) December 31, 2030" below a post is no byline of the report."""
    post = "Two barges burn in the harbour of Velm #Velm\n\n— Anna Velten (@anna_velten) December 31, 2030"
    assert read(f"{LEAD}\n\n{LEAD}\n\n{post}\n\n{post}").published is None


def test_a_caption_that_names_its_photographer_dates_nothing() -> None:
    """Its day is that of the picture."""
    caption = "The weir of Velm is seen on Monday, Aug. 11, 2031, from the north. Photographer: Anna Velten/Alder Press"
    assert [b.kind for b in read(f"{LEAD}\n\n{caption}\n\n{LEAD}").blocks] == ["body", "caption", "body"]


def test_an_agencys_own_text_is_known_by_slug_and_signature() -> None:
    """Above it "SNA 0417 4 dom", or below it "(SNA/cab/mz/1852)", beside its dateline; a copy has neither."""
    body = (
        "VELM, May 3, 2031 (SNA) - The mill at the lower lock burned down on Saturday, police said.\n\nNobody was hurt."
    )
    title = "Mill at the lower lock burns down"
    assert read(f"SNA 0417 4 dom 0541\nFire-Velm/2nd lead\n\n{title}\n\n{body}").publisher == "SNA"
    assert read(f"{title}\n\n{body}\n\n(SNA/cab/mz/1852)").publisher == "SNA"
    assert read(f"{title}\n\n{body}\n\n(SNA)").publisher is None


def test_a_byline_of_the_staff_is_no_other_outlet() -> None:
    """ "By Lantern Reporter" below "THE EVENING LANTERN" names that paper."""
    text = "THE EVENING LANTERN\n18 March 2031 - 12:20\n\nNurses pumped air by hand as hospital went dark\n\n"
    text += "by Lantern Reporter"
    article = read(f"{text}\n\nTwo patients lost their lives when the power went off in Port Velm on Tuesday evening.")
    assert article.publisher is not None
    assert article.publisher.casefold() == "the evening lantern"
    assert article.title == "Nurses pumped air by hand as hospital went dark"


def test_a_release_whose_headline_ends_in_a_body_keeps_it() -> None:
    """Its last line above the text is no issuer."""
    head = "VELM BAY HEALTH TRUST\n\nStatement for immediate release\nWednesday 18 March 2031, 11.00"
    title = "LOSS OF ELECTRICITY SUPPLY AT ST BRANN GENERAL HOSPITAL"
    article = read(f"{head}\n\n{title}\n\nThe Trust regrets that the supply of the hospital failed on Tuesday evening.")
    assert (article.publisher, article.title) == ("Velm Bay Health Trust", title)


def test_the_hour_is_taken_from_the_text_that_states_the_day_again() -> None:
    """A record or an address that has the day alone; no hour of another day."""
    text = f"River falls\nPublished 8.40 pm, Friday 9 May 2031\n{LEAD}"
    assert [getattr(read(text, published=day).published, "value", None) for day in ("2031-05-09", "2031-05-10")] == [
        "2031-05-09T20:40",
        "2031-05-10",
    ]
