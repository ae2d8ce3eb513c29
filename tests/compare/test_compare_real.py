"""What real reports were found to be told wrongly: text taken from one report that stands for two, and statements of
one topic that bear each other out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk, between, claim_of

from variorum.compare.claims.kindred import Kindred
from variorum.model import Lineage, Link, Location, Origin, Quote, Statement

_WHOLE = "The taverns are run with Guild Nine, a branch of the Orlan fleet, which uses them to raise money overseas."
_ALTERED = "They are run with Guild Nine, a hidden branch of the Orlan fleet, which uses them to raise money overseas."


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm")
    desk.knows("person", "Ada Holm")
    return desk


def _only(statement: Statement, begin: str) -> Statement:
    """The clause that opens with some words, told in the whole sentence."""
    at = statement.span[0] + statement.text.index(begin)
    return replace(statement, content=((at, statement.span[1]),))


def test_a_clause_of_a_sentence_that_two_print_has_one_text_behind_it() -> None:
    """The clause is short and differs; the sentence it stands in was copied."""
    desk = _desk()
    for outlet, text, clause in (("Velm Post", _WHOLE, "which uses"), ("Tarn Echo", _ALTERED, "Orlan fleet, which")):
        report = desk.report(outlet)
        report.says(text)
        report.statements[0] = _only(report.statements[0], clause)
    claim = claim_of(desk.story(), desk.reports["r00"].statements[0])
    assert len(claim.statements) == 2
    assert claim.support.roots == (1, 2)


def test_what_stands_beside_a_copy_of_a_missing_original_may_be_that() -> None:
    """Two took most of their text from one report that is not here: what only one of the copies keeps, the other may
    tell in other words."""
    desk = _desk()
    a = desk.report("Velm Post").says("The dam above Velm gave way on Monday night.")
    b = desk.report("Tarn Echo").says("On Monday night the dam above Velm gave way.")
    origin = Origin("o", "missing original", "unknown", False, ("r00", "r01"), (Location("r00", a.span),))
    other = Origin("o", "missing original", "unknown", False, ("r00", "r01"), (Location("r01", (900, 901)),))
    links = tuple(Link("o", child, "copy", 0.8, 1.0, 0.97) for child in ("r00", "r01"))
    desk.lineage = Lineage(links, (origin, other))
    claim = claim_of(desk.story(), b)
    assert claim.support.newsrooms == (1, 2)
    assert "Tarn Echo, perhaps after a missing original, of which most is taken" in claim.support.reasons


def test_what_a_newsroom_puts_down_to_a_medium_elsewhere_it_has_from_there() -> None:
    """One report tells it twice, once as another outlet's: that is one root; another outlet is one more."""
    desk = _desk()
    post = desk.report("Velm Post")
    a = post.says("Nobody at Velm bought the old barge in four hours.", does="bought")
    post.says("In four hours nobody bought the old barge at Velm.", by="Orra Herald", kind="outlet", does="bought")
    assert claim_of(desk.story(), a).status == "single_origin"
    desk.report("Tarn Echo").says("At Velm the old barge was bought by nobody in four hours.", does="bought")
    assert claim_of(desk.story(), a).support.roots[0] == 2


def test_words_put_down_to_a_medium_may_be_those_of_an_outlet_that_is_not_known() -> None:
    """A report without a publisher that has the very words may be that medium's own."""
    desk = _desk()
    text = "The fat harbour master of Velm is looking for new places to open his taverns."
    a = desk.report(None).says(text)
    desk.report("Tarn Echo").says(text, by="Orra Herald", kind="outlet")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((1, 2), (1, 2), "single_origin")


def test_copies_that_say_one_thing_do_not_bear_out_a_third_that_says_another() -> None:
    """Two copies tell one deed, and a third report tells of the same man that he was charged with it."""
    desk = _desk()
    text = "In 1957 Ada Holm was the gunman in the failed attempt at Velm."
    a = desk.report("Velm Post").says(text, does="be", agent="Ada Holm")
    desk.report("Tarn Echo").says(text, does="be", agent="Ada Holm")
    assert claim_of(desk.story(), a).status == "single_origin"
    desk.report("Orra Herald").says("In 1957 Ada Holm was charged with the attempt at Velm.", does="charge")
    claim = claim_of(desk.story(), a)
    assert len(claim.statements) == 3
    assert (claim.support.roots, claim.status) == ((2, 3), "unclear")


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (("Ada Holm, 63, was found guilty of fraud.", "find"), ("Ada Holm, 63, spoke at noon.", "speak"), None),
        (("One woman was killed at Velm by a driver who drank beer.", "drink"),
         ("Charges at Velm: one woman was killed by a driver in May.", "charge"), "unclear"),
        (("Ada Holm is guilty of fraud at Velm.", "be"),
         ("At Velm a court found Ada Holm guilty of fraud.", "find"), "corroborated"),
    ],
)  # fmt: skip
def test_whom_it_happened_to_is_not_what_happened(
    one: tuple[str, str], other: tuple[str, str], status: str | None
) -> None:
    """An age, or the one who was killed, tells of whom both speak; what is all said in the other is told by both."""
    desk = _desk()
    told = []
    for outlet, (text, deed) in (("Velm Post", one), ("Tarn Echo", other)):
        counts = ((63, "year", "age"),) if "63" in text else ((1, "woman", "killed"),) if "one woman" in text else ()
        done_to = {"patient" if deed == "find" else "agent": "Ada Holm"} if "Holm" in text else {}
        told.append(desk.report(outlet).says(text, does=deed, counts=counts, **done_to))
    claim = claim_of(desk.story(), told[0])
    assert len(claim.statements) == (1 if status is None else 2)
    assert status is None or claim.status == status


@pytest.mark.parametrize(
    ("yes", "no", "deed", "doers"),
    [
        ("Witnesses testified on the sunken ferry at Velm.", "He testified not on the sunken ferry at Velm.",
         "testified", ("Witnesses", "He")),
        ("Ada Holm calmly pleaded guilty to fraud at Velm.", "Ada Holm had pleaded not guilty to fraud at Velm.",
         "pleaded", ("Ada Holm", "Ada Holm")),
        ("Fog is preventing boats from landing sailors at Velm.", "Boats are not landing sailors at Velm for fog.",
         "landing", ("Fog", "Boats")),
        ("The board uses ferries of the guild at Velm.", "The board uses not its own ferries of the guild at Velm.",
         "uses", ("board", "board")),
    ],
)  # fmt: skip
def test_who_says_no_to_something_else_denies_nothing(yes: str, no: str, deed: str, doers: tuple[str, str]) -> None:
    """One man and many witnesses; a plea and the one before it; two that say that it is not done; and another's."""
    desk = _desk()
    told = []
    for outlet, text, doer, polarity in (
        ("Velm Post", yes, doers[0], "affirmed"),
        ("Tarn Echo", no, doers[1], "negated"),
    ):
        report = desk.report(outlet, "2031-05-12")
        told.append(_done_by(report.says(text, does=deed, polarity=polarity, agent=doer), doer))
        report.statements[0] = told[-1]
    assert between(desk.story(), *told) == []


def _done_by(statement: Statement, doer: str) -> Statement:
    """The statement with its doer where he stands in it."""
    frame = statement.frame
    assert frame is not None
    at = statement.span[0] + statement.text.index(doer)
    person = doer.lower() if doer == "Ada Holm" else None
    agents = tuple(replace(a, span=(at, at + len(doer)), entity=person) for a in frame.arguments)
    return replace(statement, frame=replace(frame, arguments=agents))


def test_who_quotes_less_of_it_quotes_the_same_words() -> None:
    """One speaker stands behind words that two quote, though one of them quotes more and calls him otherwise; and
    behind all that either puts down to him under one of these names."""
    desk = _desk()
    desk.knows("person", "Otto Lund")
    told = []
    for outlet, by, text in (
        ("Velm Post", "Ada Holm", "Buyers of the barge at Velm get two boats in one."),
        ("Tarn Echo", "Otto Lund", "I say that buyers of the barge at Velm get two boats in one."),
        ("Tarn Echo", "Otto Lund", "At Velm who buys the barge gets two boats in one."),
    ):
        report = next((r for r in desk.reports.values() if r.publisher == outlet), None) or desk.report(outlet)
        report.says(text, by=by, kind="person", does="get")
        report.statements[-1] = replace(report.statements[-1], quote=Quote("direct", (report.statements[-1].span,)))
        told.append(report.statements[-1])
    claim = claim_of(desk.story(), told[0])
    assert len(claim.statements) == 3
    assert claim.support.roots == (1, 2)


def test_a_name_with_an_age_bears_nothing_out() -> None:
    """ "Ada Holm, 23" stands in what is told of her, and tells nothing."""
    desk = _desk()
    a = desk.report("Velm Post").says("The hearing of Ada Holm, 23, was held at Velm.", counts=((23, "year", "age"),))
    desk.report("Tarn Echo").says("Ada Holm, 23", counts=((23, "year", "age"),))
    assert claim_of(desk.story(), a).status != "corroborated"


#: Sentences that stand in two reports, beside what each tells in words of its own.
_SHARED = (
    "Nobody had looked at the gates since the frost.",
    "From the bakery one could hear how the water came.",
)


@pytest.mark.parametrize(("shared", "roots"), [(2, (1, 2)), (1, (2, 2))])
def test_reports_that_share_wording_elsewhere_may_have_one_origin(shared: int, roots: tuple[int, int]) -> None:
    """Who has two sentences from a report may have the rest from there; one sentence may be chance, and what both
    quote is another's."""
    desk = _desk()
    for outlet, text in (
        ("Velm Post", "The dam above Velm gave way on Monday night."),
        ("Tarn Echo", "Above Velm the dam broke late on Monday."),
    ):
        report = desk.report(outlet)
        report.says(text)
        for sentence in _SHARED[:shared]:
            report.says(sentence)
        report.says('"We have never seen so much water in our lives and hope we never will again," he said.')
    claim = claim_of(desk.story(), desk.reports["r00"].statements[0])
    assert (claim.support.newsrooms, claim.support.roots) == (roots, roots)
    wording = [line for line in claim.support.reasons if line.startswith("share wording elsewhere")]
    assert bool(wording) == (shared == 2)


def test_who_was_taken_from_rests_on_nobody_who_took() -> None:
    """The lineage knows that the Echo took from the Post, and what both tell with others is the Post's own."""
    desk = _desk()
    for outlet, text in (
        ("Velm Post", "The dam above Velm gave way on Monday night."),
        ("Tarn Echo", "On Monday night, AP said, the dam above Velm gave way."),
    ):
        report = desk.report(outlet, agency="AP" if outlet == "Tarn Echo" else None)
        for sentence in (text, *_SHARED):
            report.says(sentence)
    desk.lineage = Lineage((Link("r00", "r01", "excerpt", 0.4, 0.3, 0.97),))
    kindred = Kindred([report.article() for report in desk.reports.values()], desk.lineage.links)
    assert kindred.are_kin("r00", "r01")
    assert (kindred.may_rest("r00", "r01"), kindred.may_rest("r01", "r00")) == (False, True)


def test_who_quotes_a_report_has_what_it_tells_from_there() -> None:
    """What the Echo puts into quotation marks stands in the Post as its own: whom the Echo names as the one who says
    it wrote it. Of whom the Post itself speaks it is no author."""
    for speaks, roots in (("", (1, 2)), (" Ada Holm was there.", (2, 2))):
        desk = _desk()
        post = desk.report("Velm Post")
        post.says("The mill has seldom been at work since the frost.")
        for sentence in _SHARED:
            post.says(sentence + speaks)
        echo = desk.report("Tarn Echo")
        a = echo.says("Since the frost the mill has seldom been at work.", by="Ada Holm", kind="person")
        for sentence in _SHARED:
            echo.says(f'Holm writes: "{sentence}"')
        assert claim_of(desk.story(), a).support.roots == roots


@pytest.mark.parametrize(
    ("credit", "roots"),
    [
        ("The river had risen since noon, the Orlan Gazette reported.", (1, 2)),  # before it
        ("The river had risen since noon, the board said.", (2, 2)),
    ],
)
def test_two_that_name_one_medium_beside_it_may_have_it_from_there(credit: str, roots: tuple[int, int]) -> None:
    """A report says once where it has its news from, and goes on in its own voice."""
    desk = _desk()
    post, echo = desk.report("Velm Post"), desk.report("Tarn Echo")
    for report, told in ((post, "The ferryman counts {} gates."), (echo, "Letters tell of {} lost geese at home.")):
        for n in range(4):
            report.says(told.format(n))
    post.says(credit, by="Orlan Gazette", kind="outlet") if "Gazette" in credit else post.says(credit)
    a = post.says("The dam above Velm gave way on Monday night.")
    echo.says("Above Velm the dam broke late on Monday.")
    echo.says("The Orlan Gazette wrote that cattle had been seen in the water.", by="Orlan Gazette", kind="outlet")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots) == ((2, 2), roots)
    assert any("Orlan Gazette" in line for line in claim.support.reasons) == (roots == (1, 2))


@pytest.mark.parametrize(
    ("post", "echo", "roots"),
    [
        (
            'The barge would be "lucky to float by the summer".',
            "By the summer the barge will be lucky to float.",
            (1, 2),
        ),
        ('The barge would float "by the summer in Velm".', "By the summer in Velm the barge will float.", (2, 2)),
    ],
)
def test_what_one_quotes_and_the_other_says_has_one_speaker(post: str, echo: str, roots: tuple[int, int]) -> None:
    """A phrase is remembered; names and times are everybody's."""
    desk = _desk()
    a = desk.report("Velm Post").says(post, by="Rowing Club", kind="organisation")
    desk.report("Tarn Echo").says(echo, by="Orlan Gazette", kind="organisation")
    assert claim_of(desk.story(), a).support.roots == roots


@pytest.mark.parametrize(("junk", "text"), [("she", "she said it gave way"), ("Orlan", "Orlan: it gave way")])
def test_what_is_no_source_is_no_second_root(junk: str, text: str) -> None:
    """A pronoun may be anybody, and before a colon stands a place as often as a speaker."""
    desk = _desk()
    a = desk.report("Velm Post").says("The dam above Velm gave way on Monday night.")
    desk.report("Tarn Echo").says(f"{text}, the dam above Velm, on Monday night.", by=junk, kind="person")
    assert claim_of(desk.story(), a).support.roots == (1, 2)


@pytest.mark.parametrize(
    ("post", "echo", "roots"),
    [
        (("Rowing site Tarn.fr", "organisation"), ("News page Tarn.fr", "organisation"), (1, 2)),
        (("Rowing site Orlan.fr", "organisation"), ("News page Tarn.fr", "organisation"), (2, 2)),
    ],
)
def test_whose_name_holds_a_mediums_is_that_medium(
    post: tuple[str, str], echo: tuple[str, str], roots: tuple[int, int]
) -> None:
    """A domain is one root, whatever stands before it."""
    desk = _desk()
    a = desk.report("Velm Post").says("The dam above Velm gave way on Monday night.", by=post[0], kind=post[1])
    desk.report("Tarn Echo").says("Above Velm the dam broke late on Monday.", by=echo[0], kind=echo[1])
    assert claim_of(desk.story(), a).support.roots == roots


@pytest.mark.parametrize(
    ("title", "told", "roots"),
    [
        ("", "The dam gave way on Monday night and the meadows below it were flooded.", (1, 2)),
        ("Tarn Echo", "The dam gave way on Monday night and the meadows below it were flooded.", (2, 2)),
        ("", "The dam gave way late on Monday and the fields under it were flooded.", (2, 2)),
    ],
)
def test_of_whom_nobody_says_whose_he_is_may_be_the_one_retold(title: str, told: str, roots: tuple[int, int]) -> None:
    """A report without a title may be that of the medium from which another has it, if they share some words."""
    desk = _desk()
    post = desk.report("Velm Post")
    a = post.says("On Monday night the dam gave way and the meadows below it went under.")
    post.says("Cattle had been seen, the Orlan Gazette reported.", by="Orlan Gazette", kind="outlet")
    desk.report(title).says(told)
    assert claim_of(desk.story(), a).support.roots == roots
