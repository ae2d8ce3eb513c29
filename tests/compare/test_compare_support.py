"""Support counts newsrooms and roots, each as a range, never more than is certain at its low end."""

from dataclasses import replace

from desk import Desk, claim_of
from hypothesis import given
from hypothesis import strategies as st

from variorum.compare import CompareConfig
from variorum.compare.claims.newsrooms import Newsrooms
from variorum.compare.claims.ranges import distinct_range
from variorum.model import Credit, Lineage, Link, Location, Origin, Passage

SENTENCE = "The dam above Velm gave way on Monday night."
#: The same, written by somebody else.
OTHERWISE = "On Monday night the dam above Velm gave way."


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm")
    desk.knows("organisation", "Norwegian Interior Ministry", "Norwegian Coast Guard", "Rowing Club")
    return desk


def test_two_newsrooms_on_their_own_authority_corroborate() -> None:
    """Independent reports count each."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE)
    desk.report("Tarn Echo").says(OTHERWISE)
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((2, 2), (2, 2), "corroborated")


def test_words_too_alike_are_perhaps_one_report() -> None:
    """Two outlets that print one sentence had one text before them, even where no link was found."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE)
    desk.report("Tarn Echo").says("At dusk, the dam above Velm gave way on Monday night.")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((1, 2), (1, 2), "single_origin")
    assert "worded too alike to be told apart: Velm Post and Tarn Echo" in claim.support.reasons


def test_short_words_that_are_all_alike_are_perhaps_one_report() -> None:
    """A short sentence that two print alike but for its spelling is no proof that both know; one in other words is."""
    desk = _desk()
    a = desk.report("Velm Post").says("The Velm harbour reopened at noon.")
    desk.report("Tarn Echo").says("The Velm harbor reopened at noon.")
    assert claim_of(desk.story(), a).support.roots == (1, 2)
    desk.report("Orra Herald").says("At noon, Velm reopened the harbour.")
    assert claim_of(desk.story(), a).support.roots == (2, 3)


def test_the_coast_guard_of_the_country_is_the_coast_guard() -> None:
    """One root, told once; that of a neighbour by name is another."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="country's coast guard")
    desk.report("Tarn Echo").says(OTHERWISE, by="coast guard")
    support = claim_of(desk.story(), a).support
    assert support.roots == (1, 1)
    assert "root source: country's coast guard" in support.reasons
    desk.report("Orra Herald").says("Above Velm, Monday night saw the dam give way.", by="Norwegian Coast Guard")
    assert claim_of(desk.story(), a).support.roots[1] == 2


def test_words_printed_as_a_newsrooms_own_may_be_those_it_took_from_a_source() -> None:
    """What one puts down to a ministry and another prints word for word without a source has one root."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Norwegian Interior Ministry")
    desk.report("Tarn Echo").says(SENTENCE)
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((2, 2), (1, 2), "single_origin")


def test_what_is_only_heard_may_be_another_newsrooms_report() -> None:
    """ "Reportedly" names nobody: it may repeat the report beside it. An official who is spoken of is somebody."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE)
    heard = desk.report("Tarn Echo").says(OTHERWISE, by="unnamed sources", kind="unnamed")
    (row,) = heard.attribution
    for span, roots in ((None, (1, 2)), ((0, 3), (2, 2))):
        desk.reports["r01"].statements[0] = replace(heard, attribution=(replace(row, span=span),))
        assert claim_of(desk.story(), a).support.roots == roots


def test_a_writing_that_nobody_names_may_be_another_newsrooms_report() -> None:
    """ "According to a report", beside the outlet's own. A report that has a name is a source."""
    for writing, roots in (("a report", (1, 2)), ("the Orlan inquiry", (2, 2))):
        desk = _desk()
        desk.knows("document", "the Orlan inquiry")
        a = desk.report("Velm Post").says(SENTENCE)
        desk.report("Tarn Echo").says(OTHERWISE, by=writing, kind="document")
        assert claim_of(desk.story(), a).support.roots == roots


def test_what_is_told_as_untrue_is_denied() -> None:
    """A report that repeats a claim to call it a hoax is no support for it, but a denial."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE)
    debunks = desk.report("Tarn Echo").says("It is a hoax that the dam above Velm gave way on Monday night.")
    claim = claim_of(desk.story(), a)
    assert debunks.id in claim.denied_by
    assert claim.status == "denied"


def test_a_denial_in_other_words_keeps_a_claim_from_being_corroborated() -> None:
    """Two reports that the board was warned of the crack in the sluice do not settle what its head denies."""
    desk = _desk()
    a = desk.report("Velm Post").says("The harbour board was warned of the crack in the sluice.", does="warn")
    desk.report("Tarn Echo").says("Of the crack in the sluice the harbour board was warned.", does="warn")
    report = desk.report("Dunmark Star")
    words = "the harbour board ever ignored a letter that warned of the sluice"
    report.says(words, by="Ada Quell", stance="deny", polarity="negated", does="ignore")
    assert claim_of(desk.story(), a).status == "denied"


def test_a_claim_about_a_hoax_is_not_denied() -> None:
    """Where all say that something is fake, that is what they claim."""
    desk = _desk()
    a = desk.report("Velm Post").says("The posting about the dam above Velm was a hoax.")
    desk.report("Tarn Echo").says("The posting about the dam above Velm, then, was a hoax.")
    assert claim_of(desk.story(), a).denied_by == ()


def test_one_agency_in_two_outlets_is_one_newsroom() -> None:
    """A byline puts the report down to the agency."""
    desk = _desk()
    a = desk.report("Velm Post", agency="Nordwire").says(SENTENCE)
    desk.report("Tarn Echo", agency="Nordwire").says(SENTENCE)
    claim = claim_of(desk.story(), a)
    assert (claim.support.articles, claim.support.newsrooms, claim.status) == (2, (1, 1), "single_origin")
    assert "Nordwire, carried by Velm Post" in claim.support.reasons[0]


def test_a_ministry_in_two_reports_is_two_newsrooms_and_one_root() -> None:
    """Separately written, one root."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Norwegian Interior Ministry")
    desk.report("Tarn Echo").says(SENTENCE, by="Norwegian Interior Ministry")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((2, 2), (1, 1), "single_origin")


def test_organs_of_one_government_may_be_one_root() -> None:
    """The low end falls, the high end stays, and the reason names both."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Norwegian Interior Ministry")
    desk.report("Tarn Echo").says(SENTENCE, by="Norwegian Coast Guard")
    claim = claim_of(desk.story(), a)
    assert (claim.support.roots, claim.status) == ((1, 2), "single_origin")
    assert any("organs of one government (Norway)" in reason for reason in claim.support.reasons)


def test_a_club_is_no_organ() -> None:
    """A ministry and a club are two."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Norwegian Interior Ministry")
    desk.report("Tarn Echo").says(OTHERWISE, by="Rowing Club")
    assert claim_of(desk.story(), a).support.roots == (2, 2)


def test_the_very_words_of_one_speaker_are_no_two_speakers_words() -> None:
    """One sentence that two reports put down to two: one of them misread, or was misread."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Norwegian Interior Ministry")
    desk.report("Tarn Echo").says(SENTENCE, by="Rowing Club")
    assert claim_of(desk.story(), a).support.roots == (1, 2)


def test_unnamed_sources_of_two_outlets_may_be_one() -> None:
    """Nobody can tell whether two outlets heard the same official."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="officials", kind="unnamed")
    desk.report("Tarn Echo").says(SENTENCE, by="a diplomat", kind="unnamed")
    assert claim_of(desk.story(), a).support.roots == (1, 2)


def test_a_newsroom_rests_on_the_source_it_names_for_the_same() -> None:
    """A lead without a source and the ministry below it are one root; who names no source is a second one."""
    desk = _desk()
    report = desk.report("Velm Post")
    a = report.says("The dam above Velm gave way on Monday night and flooded the valley.")
    report.says("The dam above Velm gave way on Monday night and flooded the valley.", by="Norwegian Interior Ministry")
    claim = claim_of(desk.story(), a)
    assert (claim.support.roots, claim.status) == ((1, 1), "single_origin")
    assert any("rests on the source it names for the same" in reason for reason in claim.support.reasons)
    desk.report("Tarn Echo").says("On Monday night the dam above Velm gave way, and the valley was flooded.")
    assert claim_of(desk.story(), a).support.roots == (2, 2)


def test_titles_of_one_owner_are_one_newsroom() -> None:
    """The user's file of owners extends the known ones."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE)
    desk.report("Tarn Echo").says(SENTENCE)
    story = desk.story(CompareConfig(owners=(("Velm Post", "Valley Media"), ("Tarn Echo", "Valley Media"))))
    assert claim_of(story, a).support.newsrooms == (1, 1)


def test_a_copied_passage_has_the_newsroom_of_its_origin() -> None:
    """A copy is no second source; what the copier adds is its own."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(SENTENCE)
    copier = desk.report("Tarn Echo", "2031-04-11")
    copier.says(SENTENCE)
    own = copier.says("Volunteers carried sandbags through the night.")
    passage = Passage(a.span, a.span, 1.0)
    places = (Location("r00", a.span), Location("r01", a.span))
    origin = Origin("o", "Velm Post report", "newsroom", True, ("r00", "r01"), places)
    desk.lineage = Lineage((Link("r00", "r01", "copy", 0.4, 1.0, 0.97, (passage,)),), (origin,))
    story = desk.story()
    assert claim_of(story, a).support.newsrooms == (1, 1)
    assert "Tarn Echo (copy, 40%)" in claim_of(story, a).support.reasons[0]
    assert claim_of(story, own).support.reasons[0] == "Tarn Echo on its own authority"


def test_what_stands_beside_a_copy_is_perhaps_the_copy_reworded() -> None:
    """A report that is mostly another's text is no independent voice for the rest of it."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(SENTENCE)
    desk.report("Tarn Echo", "2031-04-11").says(OTHERWISE)
    desk.lineage = Lineage((Link("r00", "r01", "excerpt", 0.6, 1.0, 0.97),))
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.status) == ((1, 2), "single_origin")
    assert "Tarn Echo, perhaps after Velm Post, of which most is taken" in claim.support.reasons


def test_reports_of_unknown_outlets_count_each() -> None:
    """Nothing says that two separately written reports without a publisher are one newsroom's."""
    desk = _desk()
    a = desk.report(None).says(SENTENCE)
    desk.report(None).says(OTHERWISE)
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.status) == ((2, 2), "corroborated")


@given(st.integers(min_value=1, max_value=5))
def test_duplicates_never_raise_support(copies: int) -> None:
    """The same report of the same outlet, however often."""
    desk = _desk()
    for _ in range(copies):
        a = desk.report("Velm Post", "2031-04-10").says(SENTENCE, by="Norwegian Interior Ministry")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots) == ((1, 1), (1, 1))


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3), max_size=6))
def test_the_range_holds_every_way_to_choose(options: list[frozenset[str]]) -> None:
    """Whatever key each statement really stands for, the number of distinct keys lies in the range."""
    low, high = distinct_range(options)
    first, last = {min(o) for o in options}, {max(o) for o in options}
    assert low <= len(first) <= high
    assert low <= len(last) <= high


def test_a_caption_credit_covers_no_sentence() -> None:
    """The agency that took the picture did not write the report."""
    desk = Desk()
    report = desk.report("Velm Post", "2031-04-10")
    statement = report.says("The weir at the mill gave way before dawn.")
    article = replace(report.article(), credits=(Credit("AFP", (0, 3), "caption"),))
    room = Newsrooms([article], Lineage()).of(statement)
    assert (room.label, room.how) == ("Velm Post", "")


def test_an_outlet_that_names_itself_shortly_is_no_other() -> None:
    """ "He told the Post" in the Velm Post, and in the paper that copies it."""
    desk = Desk()
    report = desk.report("Velm Post", "2031-04-10")
    statement = report.says("The weir was rotten, a carpenter told the Post.", by="Post", kind="outlet")
    assert Newsrooms([report.article()], Lineage()).of(statement).label == "Velm Post"


def test_a_spokesman_and_his_company_may_be_one_root() -> None:
    """Nobody says for whom the spokesman speaks: it may be the company that says the same."""
    desk = _desk()
    desk.knows("person", "Holm", role="spokesman")
    a = desk.report("Velm Post").says(SENTENCE, by="Rowing Club")
    desk.report("Tarn Echo").says(f"{SENTENCE} So much is known.", by="Holm", kind="person")
    claim = claim_of(desk.story(), a)
    assert (claim.support.articles, claim.support.roots, claim.status) == (2, (1, 2), "single_origin")


def test_the_initials_of_a_publisher_are_its_own() -> None:
    """The bureau that signs VNB is no second newsroom."""
    desk = _desk()
    a = desk.report("Velm News Bureau", agency="VNB").says(SENTENCE)
    desk.report("Tarn Echo", agency="VNB").says(SENTENCE)
    assert claim_of(desk.story(), a).support.newsrooms == (1, 1)


def test_what_goes_on_about_a_sources_words_may_rest_on_it() -> None:
    """A sentence without a source that points back to one with a source is no second root beside that source."""
    desk = _desk()
    a = desk.report("Velm Post").says("Two rowers were kept in the clinic overnight.", by="Rowing Club")
    echo = desk.report("Tarn Echo")
    echo.says("Five rowers were taken to the clinic on Monday.", by="Rowing Club")
    echo.says("Two of them were kept in the clinic overnight.")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((2, 2), (1, 2), "single_origin")
    assert "what goes on about a source's words may rest on that source" in claim.support.reasons


def test_what_points_back_to_nothing_that_has_a_source_stands_alone() -> None:
    """The sentence before is the newsroom's own: so is the one that goes on about it."""
    desk = _desk()
    a = desk.report("Velm Post").says("Two rowers were kept in the clinic overnight.", by="Rowing Club")
    echo = desk.report("Tarn Echo")
    echo.says("Five rowers were taken to the clinic on Monday.")
    echo.says("Two of them were kept in the clinic overnight.")
    assert claim_of(desk.story(), a).support.roots == (2, 2)


def test_own_words_may_rest_on_a_source_that_the_report_names_for_something_else() -> None:
    """Another report puts the same down to the club, and this one has spoken with the club too. Had it not, its words
    would be its own."""
    for cites, roots in ((True, (1, 2)), (False, (2, 2))):
        desk = _desk()
        a = desk.report("Velm Post").says("Two rowers were kept in the clinic overnight.", by="Rowing Club")
        echo = desk.report("Tarn Echo")
        echo.says("Overnight two rowers were kept in the clinic.")
        echo.says("The regatta is called off until the spring.", by="Rowing Club" if cites else None)
        claim = claim_of(desk.story(), a)
        assert claim.support.roots == roots


def test_what_is_put_down_to_an_outlet_has_the_root_of_that_outlets_report() -> None:
    """The Post has it from the club; who has it from the Post has no further root."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="Rowing Club")
    desk.report("Tarn Echo").says(OTHERWISE, by="Velm Post", kind="outlet")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots) == ((1, 1), (1, 1))


def test_an_agency_that_reports_are_credited_to_is_a_medium_wherever_it_is_named() -> None:
    """Nobody lists the Tarn Press Agency, and "TPA reported" may be read as any body's words."""
    desk = _desk()
    a = desk.report("Tarn Press Agency", agency="TPA").says(SENTENCE)
    desk.report("Velm Post").says(OTHERWISE, by="TPA")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots) == ((1, 1), (1, 1))


def test_a_body_that_publishes_here_is_one_root_however_it_is_read() -> None:
    """Its own page, and a report that cites it."""
    desk = _desk()
    desk.knows("organisation", "Kolmar")
    a = desk.report("Kolmar").says(SENTENCE)
    desk.report("Velm Post").says(OTHERWISE, by="Kolmar")
    claim = claim_of(desk.story(), a)
    assert (claim.support.newsrooms, claim.support.roots, claim.status) == ((2, 2), (1, 1), "single_origin")


def test_descriptions_of_the_same_words_are_perhaps_one_source() -> None:
    """ "The seafarers' union" and "the union for seafarers"; a union of teachers is another."""
    others = {
        "the union for seafarers": (1, 1),
        "the union": (1, 2),
        "emergency services": (1, 2),
        "the teachers' union": (2, 2),
    }
    for other, roots in others.items():
        desk = _desk()
        a = desk.report("Velm Post").says(SENTENCE, by="the seafarers' union")
        desk.report("Tarn Echo").says(OTHERWISE, by=other)
        assert claim_of(desk.story(), a).support.roots == roots


def test_own_words_may_rest_on_the_body_whose_officer_the_report_cites() -> None:
    """The Post has it from the harbour operator, and the Echo speaks with the harbour's spokesman of something else;
    another body's spokesman proves nothing."""
    for office, roots in (("harbour spokesman", (1, 2)), ("police spokesman", (2, 2))):
        desk = _desk()
        desk.knows("person", "Hal Brod", role=office)
        a = desk.report("Velm Post").says("Two rowers were kept in the clinic overnight.", by="harbour operator")
        echo = desk.report("Tarn Echo")
        echo.says("Overnight two rowers were kept in the clinic.")
        echo.says("The regatta is called off until the spring.", by="Hal Brod", kind="person")
        assert claim_of(desk.story(), a).support.roots == roots


def test_what_a_source_told_an_outlet_here_is_that_outlets_report() -> None:
    """ "Brod told the Echo": nobody else has spoken with him. What he told the outlet itself is its own."""
    desk = _desk()
    desk.knows("person", "Hal Brod")
    a = desk.report("Tarn Echo").says("Hal Brod told the Echo that the weir was rotten.", by="Hal Brod", kind="person")
    post = desk.report("Velm Post")
    post.says("Hal Brod told Tarn Echo that the weir was a rotten one.", by="Hal Brod", kind="person")
    star = desk.report("Dunmark Star")
    star.says("In an interview with the Tarn Echo, Hal Brod said the weir was rotten.", by="Hal Brod", kind="person")
    support = claim_of(desk.story(), a).support
    assert support.newsrooms == (1, 1)
    assert (
        "Tarn Echo, carried by Tarn Echo, Velm Post (named as the source) and Dunmark Star (named as the source)"
        in support.reasons
    )


def test_a_name_that_is_an_outlets_here_is_no_person() -> None:
    """ "…, Sportblatt Norra reports", read as somebody's name."""
    desk = _desk()
    a = desk.report("Sportblatt Norra").says(SENTENCE, by="a groom", kind="unnamed")
    taken = desk.report("Velm Post").says(OTHERWISE, by="Sportblatt Norra", kind="person")
    row = replace(taken.attribution[0], cue_lemma="report")
    desk.reports["r01"].statements[0] = replace(taken, attribution=(row,))
    support = claim_of(desk.story(), a).support
    assert (support.newsrooms, support.roots) == ((1, 1), (1, 1))


def test_what_an_outlet_understands_it_has_from_somebody_unnamed() -> None:
    """ "The Star understands that …" beside a person whom another paper does not name."""
    desk = _desk()
    a = desk.report("Velm Star").says(SENTENCE, by="Star")
    desk.report("Tarn Echo").says(OTHERWISE, by="a clerk", kind="unnamed")
    assert claim_of(desk.story(), a).support.roots == (1, 2)


def test_a_report_that_tells_nothing_new_may_be_after_those_before_it() -> None:
    """Five sentences, each of which the Post had the day before; with two of its own it stands for itself."""
    told = [
        "The dam above Velm gave way on Monday night.",
        "Four barns were swept away.",
        "Divers searched the mill until dawn.",
        "The school will stay shut.",
        "The last inspection found no crack.",
    ]
    own = ["Our reporter counted ninety sandbags at the gate.", "A farmer lost all his bees."]
    for added, newsrooms in ((0, (1, 2)), (2, (2, 2))):
        desk = _desk()
        post, echo = desk.report("Velm Post", "2031-04-10"), desk.report("Tarn Echo", "2031-04-11")
        first, *_ = [post.says(sentence) for sentence in told]
        for sentence in [*told, *own[:added]]:
            echo.says(f"So far, {sentence[0].lower()}{sentence[1:]}" if sentence != told[0] else OTHERWISE)
        support = claim_of(desk.story(), first).support
        assert (support.newsrooms, support.roots) == (newsrooms, newsrooms)


def test_an_agency_named_at_the_head_has_its_report_under_its_credit() -> None:
    """The Post prints the agency's dispatch; who names the agency at the head may have the rest from it too."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10", agency="TPA").says(SENTENCE)
    echo = desk.report("Tarn Echo", "2031-04-11")
    echo.says("Nobody was hurt.", by="TPA", kind="agency")
    echo.says(OTHERWISE)
    assert claim_of(desk.story(), a).support.newsrooms == (1, 2)


def test_what_has_been_reported_may_be_any_report() -> None:
    """ "Volta is to close, it has been reported": no second newsroom."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="a clerk", kind="unnamed")
    heard = desk.report("Tarn Echo").says(OTHERWISE, by="unnamed sources", kind="unnamed")
    row = replace(heard.attribution[0], span=None, cue_lemma="report")
    desk.reports["r01"].statements[0] = replace(heard, attribution=(row,))
    assert claim_of(desk.story(), a).support.newsrooms == (1, 2)


def test_who_is_not_named_where_it_is_said_may_be_any_speaker() -> None:
    """ "The premier told the house that …" and "a day after telling the house that …"; "police say, and …"."""
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="premier", kind="person")
    heard = desk.report("Tarn Echo").says(OTHERWISE, by="unnamed sources", kind="unnamed")
    row = replace(heard.attribution[0], span=None, cue_lemma="tell")
    desk.reports["r01"].statements[0] = replace(heard, attribution=(row,))
    assert claim_of(desk.story(), a).support.roots == (1, 2)
    desk = _desk()
    a = desk.report("Velm Post").says(SENTENCE, by="authorities")
    desk.report("Tarn Echo").says(f"police say , and {OTHERWISE}")
    assert claim_of(desk.story(), a).support.roots == (1, 2)


def test_of_a_day_and_a_time_on_that_day_neither_is_later() -> None:
    """Whom an outlet names at noon may stand behind its report of that day; whom it names on the next may not."""
    desk = _desk()
    first = desk.report("Velm Post", "2031-07-09")
    first.says(SENTENCE)
    for published, by in (("2031-07-09T11:52", "Rowing Club"), ("2031-07-10T08:00", "Norwegian Coast Guard")):
        desk.report("Velm Post", published).says("The lock at Velm is shut.", by=by)
    statements = [s for report in desk.reports.values() for s in report.statements]
    rooms = Newsrooms([report.article() for report in desk.reports.values()], Lineage(), (), statements)
    assert [root.name for root in rooms.cited(first.id)] == ["Rowing Club"]
