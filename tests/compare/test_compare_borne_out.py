"""What passes for corroborated has two roots that tell it, and what is shown of it is what both tell."""

from dataclasses import replace

import pytest
from desk import Desk, Report, claim_of

from variorum.compare.claims.cuts import parts
from variorum.compare.claims.owners import name_key
from variorum.model import Argument, Claim, Frame, Quote, Statement

SENTENCE = "The dam above Velm gave way on Monday night."
OTHERWISE = "On Monday night the dam above Velm gave way."


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm")
    desk.knows("person", "Ada Holm", "Otto Lund")
    desk.knows("organisation", "Weir Union", "Mill Company")
    return desk


def _quotes(report: Report, who: str, *sentences: str) -> None:
    for sentence in sentences:
        report.says(sentence, by=who, kind="person")


def test_what_a_report_tells_beside_its_one_source_may_be_the_sources_word() -> None:
    """Two reports that let one woman speak, and nobody else, have from her what they tell as their own; with a second
    speaker in one of them, that is open."""
    desk = _desk()
    post, echo = desk.report("Velm Post"), desk.report("Tarn Echo")
    told = post.says(SENTENCE)
    echo.says(OTHERWISE)
    _quotes(post, "Ada Holm", "Seventy cows drowned.", "Nobody had warned the farm.")
    _quotes(echo, "Ada Holm", "A calf was found in a tree.", "My barn is a lake.")
    support = claim_of(desk.story(), told).support
    assert support.roots == (1, 2)
    assert "what a report tells as its own may rest on the one who speaks in most of it: Ada Holm" in support.reasons
    _quotes(echo, "Otto Lund", "The siren was silent.", "The valve had rusted shut.")
    assert claim_of(desk.story(), told).support.roots == (2, 2)


def test_he_said_after_another_has_spoken_may_be_the_other() -> None:
    """Whom "he" was read as is no second root where somebody else spoke last."""
    for before, roots in (("Otto Lund", (1, 2)), ("Ada Holm", (2, 2))):
        desk = _desk()
        told = desk.report("Velm Post").says(
            "The dam above Velm gave way on Monday night, Lund said.", "Otto Lund", "person"
        )
        echo = desk.report("Tarn Echo")
        _quotes(echo, before, f"{before} said that the valve had rusted shut.")
        named = echo.statements[-1]
        echo.statements[-1] = replace(
            named, attribution=(replace(named.attribution[0], span=(named.span[0], named.span[0] + len(before))),)
        )
        said = echo.says("He said the dam above Velm had given way on Monday night.", "Ada Holm", "person")
        row = replace(said.attribution[0], span=(said.span[0], said.span[0] + 2))
        echo.statements[-1] = replace(said, attribution=(row,))
        assert claim_of(desk.story(), told).support.roots == roots


@pytest.mark.parametrize(
    ("post", "roots"),
    [
        ("In the clip, the dam above Velm gives way on Monday night.", (1, 2)),
        (SENTENCE, (2, 2)),
    ],
)
def test_whoever_describes_one_recording_has_it_from_there(post: str, roots: tuple[int, int]) -> None:
    """A clip that two describe is one root."""
    desk = _desk()
    told = desk.report("Velm Post").says(post)
    desk.report("Tarn Echo").says("The video shows how the dam above Velm gives way on Monday night.")
    assert claim_of(desk.story(), told).support.roots == roots


def test_who_tells_of_an_ad_that_another_names_has_it_from_there() -> None:
    """One says that it is in the ad, the other speaks of the ad elsewhere; who speaks of none may know by himself."""
    for beside, roots in (("Nobody has answered the ad so far.", (1, 2)), ("Nobody has come so far.", (2, 2))):
        desk = _desk()
        told = desk.report("Velm Post").says("The ad says that the mill at Velm wants two hundred bakers.")
        echo = desk.report("Tarn Echo")
        echo.says("Two hundred bakers are wanted at the mill at Velm.")
        echo.says(beside)
        assert claim_of(desk.story(), told).support.roots == roots


def test_the_body_that_a_sentence_names_is_whom_it_then_calls_the_union() -> None:
    """ "According to the union" is no second root beside the union that the sentence names."""
    desk = _desk()
    told = desk.report("Velm Post").says("Nine of ten weirmen walked out on Monday.", by="Weir Union")
    desk.report("Tarn Echo").says("Nine of ten weirmen walked out on Monday with the Weir Union.", by="union")
    assert claim_of(desk.story(), told).support.roots == (1, 1)


def test_its_dispatch_is_of_another() -> None:
    """Who passes on "its dispatch" is neither a newsroom nor a root of its own."""
    desk = _desk()
    told = desk.report("Velm Post").says(SENTENCE, by="Mill Company")
    desk.report("Tarn Echo").says(OTHERWISE, by="its dispatch", kind="document")
    support = claim_of(desk.story(), told).support
    assert (support.newsrooms, support.roots) == ((1, 1), (1, 1))


def test_unsigned_reports_that_tell_one_story_in_one_order_may_be_one() -> None:
    """Nobody says whose they are, and the shorter has nothing else."""
    first = [SENTENCE, "Four barns were swept away.", "Divers searched the mill until dawn.", "The school stays shut."]
    other = [
        OTHERWISE,
        "The water swept four barns away.",
        "Until dawn divers searched the mill.",
        "Shut stays the school.",
    ]
    for order, roots in ((1, (1, 2)), (-1, (2, 2))):
        desk = _desk()
        one, two = desk.report(None), desk.report(None)
        told = [one.says(sentence) for sentence in first]
        for sentence in other[::order]:
            two.says(sentence)
        assert claim_of(desk.story(), told[0]).support.roots == roots


def test_what_one_quotes_and_another_tells_in_fewer_words_has_one_speaker() -> None:
    """A quotation that is told without its speaker is the speaker's."""
    desk = _desk()
    post = desk.report("Velm Post")
    told = post.says(
        '"Guests have so far been kept from entering the rooms below the dam at Velm," said Holm.', "Ada Holm", "person"
    )
    post.statements[-1] = replace(told, quote=Quote("direct"))
    desk.report("Tarn Echo").says("Guests are kept from entering the rooms at Velm.")
    assert claim_of(desk.story(), told).support.roots == (1, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("KVLM-TV", "KVLM 4 News", True),
        ("CBC", "the CBC Radio", True),
        ("KVLM", "KTRN", False),
        ("Kvelm Post", "KVELM Post", True),
        ("Wall Times", "W", False),
    ],
)
def test_a_station_is_known_by_its_letters(one: str, other: str, same: bool) -> None:
    """A channel, its site and its network's name are one house."""
    assert (name_key(one) == name_key(other)) == same


def _parsed(text: str, doer: str, verb: str, patient: str = "") -> Statement:
    report = _desk().report("Velm Post")
    return _framed(report.says(text), doer, verb, patient)


def _framed(said: Statement, doer: str, verb: str, patient: str = "") -> Statement:
    assert said.frame

    def place(words: str) -> tuple[int, int]:
        begin = said.span[0] + said.text.index(words)
        return begin, begin + len(words)

    held = [Argument("agent", doer.lower(), place(doer))]
    held += [Argument("patient", patient.lower(), place(patient))] if patient else []
    return replace(said, frame=Frame(verb, place(verb), tuple(held), said.frame.terms))


@pytest.mark.parametrize(
    ("text", "doer", "verb", "patient", "part"),
    [
        ("On Monday, Holm sold the mill after a long row.", "Holm", "sold", "mill", "Holm sold the mill"),
        ("Holm, who is 60, sold the mill for a song.", "Holm", "sold", "mill", "Holm, who is 60, sold the mill"),
        ("Holm sold the mill while it was raining.", "Holm", "sold", "mill", "Holm sold the mill"),
    ],
)
def test_what_stands_beside_the_deed_may_be_left_out(text: str, doer: str, verb: str, patient: str, part: str) -> None:
    """An opening, and what goes on behind it; what is left is one stretch of the report."""
    said = _parsed(text, doer, verb, patient)
    assert part in [said.text[slice(*kept)] for kept in parts(said)]


@pytest.mark.parametrize(
    "text",
    [
        "Holm sold the mill, if the deed is valid.",
        "Holm sold the mill, according to the clerk.",
        "Allegedly, Holm sold the mill.",
        "Holm sold the mill one year after the flood.",
        "Holm sold the mill, the barn and the weir.",
        "Holm sold the mill as “scrap”.",
    ],
)
def test_what_changes_the_sense_is_never_left_out(text: str) -> None:
    """A condition, a source, a hedge, the rest of a list and a quotation stay."""
    said = _parsed(text, "Holm", "sold", "mill")
    assert [said.text[slice(*kept)] for kept in parts(said)] == [said.text]


def _claim(desk: Desk, said: Statement) -> Claim:
    return claim_of(desk.story(), said)


def test_only_what_two_tell_is_shown() -> None:
    """What one adds to the sentence of the other is left out of a corroborated claim."""
    desk = _desk()
    post, echo = desk.report("Velm Post"), desk.report("Tarn Echo")
    post.says("Ada Holm sold the old mill at Velm to a baker, after many rows about drains.", does="sell")
    post.statements[-1] = _framed(post.statements[-1], "Holm", "sold", "mill")
    told = echo.says("Ada Holm sold a baker the old mill at Velm, whose wheel stands still.", does="sell")
    echo.statements[-1] = _framed(echo.statements[-1], "Holm", "sold", "mill")
    claim = _claim(desk, told)
    assert (claim.text, claim.status) == ("Ada Holm sold the old mill at Velm to a baker", "corroborated")


def test_a_figure_that_only_one_has_is_not_borne_out() -> None:
    """Two tell that the dam gave way; that it killed seven cows is told by one of them."""
    desk = _desk()
    told = desk.report("Velm Post").says(
        "Seven cows died as the dam above Velm gave way on Monday night.", counts=((7, "cow", None),)
    )
    desk.report("Tarn Echo").says(OTHERWISE)
    claim = _claim(desk, told)
    assert claim.text == OTHERWISE


def test_an_allegation_bears_out_no_fact() -> None:
    """Where one says that she did it and the other that she allegedly did, the reader is shown the allegation."""
    desk = _desk()
    told = desk.report("Velm Post").says("Ada Holm burnt down the old mill at Velm.", does="burn")
    desk.report("Tarn Echo").says("Ada Holm allegedly burnt the old mill at Velm down.", does="burn")
    claim = _claim(desk, told)
    assert claim.text == "Ada Holm allegedly burnt the old mill at Velm down."
