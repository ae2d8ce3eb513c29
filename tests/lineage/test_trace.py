"""Who copied whom among invented articles whose history is known."""

import random
import time
from dataclasses import replace

import pytest

from variorum.lineage import LineageConfig, find_origins, trace
from variorum.model import Article, Block, BlockKind, Credit, Lineage, Link, Stamp

WORDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("l", "n", "rs", "t", "m", "sh", "ck")]


def prose(seed: int, count: int = 120) -> str:
    """Invented sentences of ten words."""
    pick = random.Random(seed)
    words = [pick.choice(WORDS) for _ in range(count)]
    return " ".join(" ".join(words[i : i + 10]).capitalize() + "." for i in range(0, count, 10))


def article(name: str, text: str, day: str | None = None, **more: object) -> Article:
    """An article without blocks, published on ``day`` ("12" or "12T09:30")."""
    stamp = Stamp(f"2031-04-{day}", "minute" if "T" in day else "day", "stated") if day else None
    return Article(name, "test", text, published=stamp, **more)  # type: ignore[arg-type]


def with_blocks(name: str, *parts: tuple[BlockKind, str], **more: object) -> Article:
    """An article of the given blocks, a line each; credits are found by their words."""
    text, blocks = "", []
    for kind, words in parts:
        blocks.append(Block((len(text), len(text) + len(words)), kind))
        text += words + "\n"
    return Article(name, "test", text, blocks=tuple(blocks), **more)  # type: ignore[arg-type]


def credited(one: Article, agency: str, words: str, place: str) -> Article:
    """The article with a credit of ``agency`` by ``words``, which stand in it."""
    begin = one.text.index(words)
    credit = Credit(agency, (begin, begin + len(words)), place)  # type: ignore[arg-type]
    return replace(one, credits=(*one.credits, credit), agencies=(*one.agencies, agency))


def pairs(lineage: Lineage) -> set[tuple[str, str]]:
    """Parent and child of each link between articles."""
    return {(link.parent, link.child) for link in lineage.links if not link.parent.startswith("origin-")}


def labels(lineage: Lineage, name: str) -> set[str]:
    """The labels of an article's origins."""
    return {origin.label for origin in lineage.origins if name in origin.articles}


# --- links --------------------------------------------------------------------------------------------------------


def test_a_later_copy_is_the_child() -> None:
    """Same words, other day; the times decide and say so."""
    (link,) = trace([article("late", prose(1), "14"), article("early", prose(1), "12")]).links
    assert (link.parent, link.child, link.kind) == ("early", "late", "copy")
    assert (link.share_of_child, link.share_of_parent) == (1, 1)
    assert link.confidence > 0.8
    assert any("later" in reason for reason in link.evidence)


def test_a_text_cut_to_a_third_is_found() -> None:
    """Containment, not likeness: a third of the text is all of the child."""
    (link,) = trace([article("whole", prose(1), "12"), article("cut", prose(1)[: len(prose(1)) // 3], "13")]).links
    assert (link.parent, link.child) == ("whole", "cut")
    assert link.share_of_child > 0.95
    assert link.share_of_parent == pytest.approx(1 / 3, abs=0.05)


def test_without_times_the_cut_text_is_the_child() -> None:
    """Text is lost more often than gained."""
    (link,) = trace([article("cut", prose(1)[:300]), article("whole", prose(1))]).links
    assert (link.parent, link.child) == ("whole", "cut")
    assert link.confidence < 0.95


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_a_beginning_is_cut_from_the_whole(seed: int, part: float) -> None:
    """Whatever the text, without times; the reason says so."""
    text = prose(seed, 160)
    (link,) = trace([article("a", text[: int(len(text) * part)]), article("b", text)]).links
    assert (link.parent, link.child) == ("b", "a")
    assert any("cut from the end" in reason for reason in link.evidence)


def test_a_headline_belongs_to_the_lead_that_it_is_made_of() -> None:
    """One headline over two leads, no times: who kept it has written the other lead."""
    rest, title = prose(2, 160), prose(1)[:50]
    old, new = (prose(seed, 60) + "\n" + rest for seed in (1, 3))
    (link,) = trace([article("a", new, title=title), article("b", old, title=title)]).links
    assert (link.parent, link.child) == ("b", "a")
    assert any("made of words of the parent's lead" in reason for reason in link.evidence)


@pytest.mark.parametrize("copies", [1, 3])
def test_articles_that_differ_in_nothing_may_each_be_the_parent(copies: int) -> None:
    """All of them are named, the one that is drawn and the alternatives."""
    text = prose(1)
    alike = {f"same{i}" for i in range(copies + 1)}
    links = trace([*(article(name, text) for name in sorted(alike)), article("cut", text[:400])]).links
    (link,) = [link for link in links if link.child == "cut"]
    assert {link.parent, *(other.parent for other in link.alternatives)} == alike
    assert all(0 < other.confidence <= link.confidence / 2 for other in link.alternatives)
    met = {frozenset((one.parent, one.child)) for one in links}
    met |= {frozenset((other.parent, one.child)) for one in links for other in one.alternatives}
    assert all(frozenset((a, b)) in met for a in alike for b in alike if a != b)


def test_a_few_words_more_are_a_sites_own() -> None:
    """Without times, a line added at the end makes the longer text the copy, unlike text cut by paragraphs."""
    (link,) = trace([article("a", prose(1) + " " + prose(2, 10)), article("b", prose(1))]).links
    assert (link.parent, link.child) == ("b", "a")
    assert any("that the parent lacks" in reason for reason in link.evidence)


def test_words_that_nobody_else_has_mark_the_copies() -> None:
    """Without times, two copies that each changed other words point at the text whose words both kept."""
    words = prose(1).split()
    first = [w if i % 20 else f"first{i}" for i, w in enumerate(words)]
    second = [w if i % 20 != 10 else f"second{i}" for i, w in enumerate(words)]
    texts = {"x": " ".join(first), "y": " ".join(words), "z": " ".join(second)}
    assert pairs(trace([article(n, t) for n, t in texts.items()])) == {("y", "x"), ("y", "z")}


def test_a_merge_has_two_parents() -> None:
    """Half from one report, half from another: two links, whatever the order of input."""
    merged = article("merged", prose(1)[:400] + "\n" + prose(2)[:400], "14")
    both = [article("one", prose(1), "12"), article("two", prose(2), "13"), merged]
    for given in (both, both[::-1]):
        assert pairs(trace(given)) == {("one", "merged"), ("two", "merged")}


def test_a_few_paragraphs_in_a_long_report_are_an_excerpt() -> None:
    """The kind says that the child is mostly its own text."""
    long = prose(3, 300) + "\n" + prose(1)[:450] + "\n" + prose(4, 200)
    (link,) = trace([article("source", prose(1), "12"), article("long", long, "13")]).links
    assert (link.parent, link.child, link.kind) == ("source", "long", "excerpt")
    assert link.share_of_child < 0.3


def test_passages_point_at_the_same_words_through_edits_and_quotation_marks() -> None:
    """Offsets hold in both; curly and straight marks, and a changed word, do not end a passage."""
    text = prose(1) + ' He said: "' + prose(5, 20) + '" and left.'
    changed = text.replace('"', "”").replace(text.split()[30], "otherwise", 1)
    (link,) = trace([article("a", text, "12"), article("b", "Preface here. " + changed, "13")]).links
    (passage,) = link.passages
    assert text[slice(*passage.parent)] == text
    assert ("Preface here. " + changed)[slice(*passage.child)] == changed
    assert 0.95 < passage.similarity < 1


def test_a_passage_does_not_run_through_chrome() -> None:
    """Where a related-articles block was left out, the child has two passages of one text."""
    halves = prose(1, 60), prose(2, 60)
    broken = with_blocks("b", ("body", halves[0]), ("related", "Read more: " + prose(9, 10)), ("body", halves[1]))
    (link,) = trace([article("a", " ".join(halves), "12"), broken]).links
    side = {"a": " ".join(halves), "b": broken.text}
    assert {side[link.child][slice(*p.child)] for p in link.passages} == set(halves)
    assert {side[link.parent][slice(*p.parent)] for p in link.passages} == set(halves)
    assert link.share_of_child == link.share_of_parent == 1


def test_reports_that_share_a_speech_are_not_copies() -> None:
    """A long quotation that both heard is a shared source."""
    speech = ' "' + prose(7, 80) + '" '
    found = trace([article("a", prose(1) + speech + prose(2), "12"), article("b", prose(3) + speech + prose(4), "13")])
    assert found.links == ()


def test_chrome_blocks_never_link() -> None:
    """The same appeal under two reports is not text of either."""
    appeal = prose(8, 200)
    one, other = (with_blocks(n, ("body", prose(i)), ("boilerplate", appeal)) for i, n in ((1, "a"), (2, "b")))
    assert trace([one, other]).links == ()


def test_unmarked_chrome_of_many_articles_does_not_link() -> None:
    """What stands under a dozen reports that share nothing else is chrome though no block says so."""
    appeal = prose(8, 60)
    assert trace([article(f"a{i}", prose(i + 10, 150) + "\n" + appeal) for i in range(12)]).links == ()


def test_an_appeal_glued_to_a_copy_is_not_an_addition() -> None:
    """Chrome counts in neither share nor direction."""
    appeal = with_blocks(
        "copy", ("body", prose(1)), ("boilerplate", prose(8, 200)), published=Stamp("2031-04-13", "day", "stated")
    )
    (link,) = trace([article("source", prose(1), "12"), appeal]).links
    assert (link.child, link.share_of_child) == ("copy", 1)


def test_alternatives_are_kept() -> None:
    """A child of one of two near twins names the other as the parent it may have had."""
    family = [
        article("a", prose(1), "12"),
        article("b", prose(1) + " Also this.", "12"),
        article("c", prose(1)[:500], "13"),
    ]
    links = {link.child: link for link in trace(family).links}
    others = {other.parent for other in links["c"].alternatives}
    assert {links["c"].parent} | others == {"a", "b"}


def test_a_later_version_at_one_address_is_a_revision() -> None:
    """What it added, dropped and corrected is told in spans."""
    old = prose(1)
    new = old.replace("Basil", "Basil").replace(old.split()[40], "corrected", 1) + " " + prose(2, 20)
    versions = [
        article("old", old, "12", url="https://www.example.org/ferry?utm_source=x"),
        article("new", new, "13", url="https://example.org/ferry"),
    ]
    (link,) = trace(versions).links
    assert (link.parent, link.child, link.kind) == ("old", "new", "revision")
    assert link.revision is not None
    assert [new[slice(*s)].strip(".") for s in link.revision.corrected] == ["corrected"]
    assert [new[slice(*s)] for s in link.revision.added] == [prose(2, 20)]
    assert link.revision.dropped == ()


def test_one_address_with_other_text_is_no_link() -> None:
    """A page that was given to another story is not a version of the first."""
    url = "https://example.org/live"
    assert trace([article("a", prose(1), "12", url=url), article("b", prose(2), "13", url=url)]).links == ()


@pytest.mark.parametrize("seed", range(3))
def test_links_never_form_a_circle_and_do_not_depend_on_order(seed: int) -> None:
    """A family of edited, cut and merged copies with wrong, equal and missing times."""
    pick = random.Random(seed)
    family = [article("s0", prose(1), "12"), article("s1", prose(2), "12")]
    for n in range(14):
        words = pick.choice(family).text.split()
        words = [w if pick.random() > 0.05 else pick.choice(WORDS) for w in words][: pick.randint(60, 130)]
        if pick.random() < 0.3:
            words += pick.choice(family).text.split()[:50]
        family.append(article(f"c{n}", " ".join(words), pick.choice([None, "11", "12", "13T10:00"])))
    found = trace(family)
    assert trace(family[::-1]) == found
    parents: dict[str, set[str]] = {}
    for parent, child in pairs(found):
        parents.setdefault(child, set()).add(parent)
    for start, direct in parents.items():
        above, seen = set(direct), set()
        while above:
            one = above.pop()
            assert one != start
            if one not in seen:
                seen.add(one)
                above |= parents.get(one, set())


# --- credits and origins ------------------------------------------------------------------------------------------


def test_every_article_has_an_origin() -> None:
    """Its own newsroom when nothing else is known; empty articles too."""
    found = trace([article("a", prose(1), publisher="The Norvik Ledger"), article("b", ""), article("c", "Two words")])
    assert labels(found, "a") == {"The Norvik Ledger report"}
    assert labels(found, "b") == labels(found, "c") == {"report without a publisher"}
    assert {o.kind for o in found.origins} == {"newsroom"}


def test_a_byline_agency_owns_the_report() -> None:
    """The agency is not in the collection: an inferred origin, a credit link with the words that name it."""
    one = credited(
        with_blocks("a", ("byline", "By AFP"), ("body", prose(1)), publisher="Ledger"), "AFP", "AFP", "byline"
    )
    found = trace([one])
    (link,) = found.links
    (origin,) = found.origins
    assert (link.parent, link.kind, link.share_of_child) == (origin.id, "credit", 1)
    assert link.evidence == ("byline 'By AFP' at [0, 6]",)
    assert (origin.label, origin.kind, origin.in_collection) == ("AFP dispatch", "agency", False)
    assert [one.text[slice(*p.span)] for p in origin.passages] == [prose(1)]


def test_a_copy_inherits_the_origin_of_its_parent() -> None:
    """Two copies, one with the credit: both rest on the agency, and the one that lost the credit is the child."""
    one = credited(
        with_blocks("a", ("byline", "By AFP"), ("body", prose(1)), publisher="Ledger"), "AFP", "AFP", "byline"
    )
    other = with_blocks("b", ("body", prose(1)), publisher="Courier")
    found = trace([other, one])
    assert pairs(found) == {("a", "b")}
    assert labels(found, "a") == labels(found, "b") == {"AFP dispatch"}


def test_two_outlets_with_one_agency_copy_the_dispatch_not_each_other() -> None:
    """Both credit it for the whole report: siblings of a dispatch that is not in the collection."""
    both = [
        credited(with_blocks(n, ("byline", "By AFP"), ("body", prose(1)), publisher=n), "AFP", "AFP", "byline")
        for n in ("Ledger", "Courier")
    ]
    found = trace(both)
    assert pairs(found) == set()
    assert {link.child: link.parent for link in found.links} == dict.fromkeys(
        ("Ledger", "Courier"), found.origins[0].id
    )
    assert "copy" in {link.kind for link in found.links}


def test_pages_of_unknown_publishers_may_have_copied_the_credit_too() -> None:
    """Who is no known client cannot be said to subscribe: what the texts and times say of the two stands, and both rest
    on the agency all the same."""
    early, late = (
        credited(
            with_blocks(n, ("byline", "By AFP"), ("body", text), published=Stamp(f"2031-04-{day}", "day", "stated")),
            "AFP",
            "AFP",
            "byline",
        )
        for n, text, day in (("early", prose(1, 200), 12), ("late", prose(1, 120), 15))
    )
    found = trace([late, early])
    assert pairs(found) == {("early", "late")}
    assert labels(found, "early") == labels(found, "late") == {"AFP dispatch"}


def client(name: str, words: list[str], day: str) -> Article:
    """A report of these words with the credit of an agency, at a day and time of April."""
    when = Stamp(f"2031-04-{day}", "minute", "stated")
    parts: tuple[tuple[BlockKind, str], ...] = (("byline", "By AFP"), ("body", " ".join(words)))
    return credited(with_blocks(name, *parts, publisher=name, published=when), "AFP", "AFP", "byline")


def changed(words: list[str], *places: int) -> list[str]:
    """The words, those at some places otherwise."""
    return [f"{word}z" if place in places else word for place, word in enumerate(words)]


def test_a_client_that_repeats_another_clients_changes_copied_that_client() -> None:
    """Of two outlets with one agency alone, the later may have the dispatch. Where a third shows how the dispatch ran,
    who has the changes of another has them from that one; nobody else is linked to it."""

    dispatch = prose(1, 200).split(" ")
    own = changed(dispatch, *range(12, 200, 23))
    ledger, herald = client("Ledger", own, "12T08:00"), client("Herald", dispatch, "12T07:00")
    courier = client("Courier", changed(own, 50, 101), "13T09:00")
    assert pairs(trace([ledger, courier])) == set()
    assert pairs(trace([ledger, courier, herald])) == {("Ledger", "Courier")}


def test_a_client_that_has_what_another_added_copied_that_client() -> None:
    """Others show that the dispatch had not the paragraphs that two clients have: the later of these copied the
    earlier. Of two alone nothing is said."""

    dispatch, more = prose(1, 240).split(" "), prose(2, 90).split(" ")
    own = [*dispatch[:80], *more[:45], *dispatch[80:], *more[45:]]
    ledger, courier = client("Ledger", own, "12T08:00"), client("Courier", changed(own, 50, 101, 170), "13T09:00")
    others = [client(f"Herald {i}", changed(dispatch, 20 + 31 * i), f"12T07:{i}0") for i in range(2)]
    assert pairs(trace([ledger, courier, *others])) == {("Ledger", "Courier")}
    assert pairs(trace([ledger, courier])) == set()


def test_a_lead_credit_covers_the_report_less_surely() -> None:
    """Who credits an agency in the lead rests on it as a whole, and no newsroom stands beside it."""
    lead = "According to AFP, " + prose(2, 30)
    one = credited(with_blocks("a", ("body", lead), ("body", prose(1)), publisher="Ledger"), "AFP", "AFP", "lead")
    found = trace([one])
    (origin,) = found.origins
    assert origin.label == "AFP dispatch"
    assert "".join(one.text[slice(*p.span)] for p in origin.passages) == one.text.rstrip("\n")
    assert (found.links[0].kind, found.links[0].share_of_child, found.links[0].confidence) == ("credit", 1, 0.7)


def dispatch(publisher: str | None = "Norvik Press Bureau", end: str = "") -> Article:
    """The dispatch of an agency that no list knows, with its initials in the dateline."""
    one = with_blocks(
        "wire",
        ("byline", "By Lena Osk, Norvik Press Bureau"),
        ("dateline", "HALM (NPB) -"),
        ("body", prose(1)),
        ("boilerplate", end or "-"),
        publisher=publisher,
    )
    return credited(one, "NPB", "NPB", "dateline")


def copy_of_dispatch(name: str, text: str, day: str | None = None) -> Article:
    """An outlet's copy that credits the agency in its dateline."""
    one = with_blocks(name, ("dateline", "HALM (NPB) -"), ("body", text), publisher=f"{name} Ledger")
    stamp = Stamp(f"2031-04-{day}", "day", "stated") if day else None
    return replace(credited(one, "NPB", "NPB", "dateline"), published=stamp)


def test_an_unlisted_agency_is_one_by_its_initials_and_by_its_name() -> None:
    """ "Coast Wire" in the last line of one report and "(CW)" in the dateline of another are one origin; letters that
    two agencies share are neither's."""
    one = with_blocks("Halm", ("body", prose(1)), ("credit", "Coast Wire, 14 April 2031"), publisher="Halm Ledger")
    other = with_blocks("Lodva", ("dateline", "ORR (CW) -"), ("body", prose(2)), publisher="Lodva Echo")
    both = [credited(one, "Coast Wire", "Coast Wire", "credit"), credited(other, "CW", "CW", "dateline")]
    assert [o.label for o in trace(both).origins] == ["CW dispatch"]
    third = with_blocks("Keld", ("body", prose(3)), ("credit", "City Wire"), publisher="Keld Post")
    assert len(trace([*both, credited(third, "City Wire", "City Wire", "credit")]).origins) == 3


@pytest.mark.parametrize(
    "wire", [dispatch(), dispatch(None, "\u00a9 2031 Norvik Press Bureau (NPB). All rights reserved.")]
)
def test_an_unlisted_agency_in_the_collection_is_the_origin(wire: Article) -> None:
    """Known by its initials, or without a publisher by its mark of copyright; equal copies are all its children."""
    cut = prose(1)[:500]
    copies = [copy_of_dispatch("Halm", cut, "12"), copy_of_dispatch("Lodva", cut, "13"), copy_of_dispatch("Keld", cut)]
    found = trace([*copies, wire])
    assert pairs(found) == {("wire", c.id) for c in copies}
    (origin,) = found.origins
    assert origin.in_collection
    assert origin.label in {"Norvik Press Bureau dispatch", "NPB dispatch"}


def test_additional_reporting_leaves_the_report_its_newsrooms() -> None:
    """A line that names an agency as a helper makes it no owner of all; what was copied from it stays its."""
    own = with_blocks(
        "own",
        ("body", prose(3)),
        ("body", prose(1)[:400]),
        ("credit", "Additional reporting by NPB"),
        publisher="Courier",
    )
    found = trace([dispatch(), credited(own, "NPB", "NPB", "credit")])
    assert labels(found, "own") == {"Courier report", "Norvik Press Bureau dispatch"}
    assert {(link.parent, link.kind) for link in found.links if link.child == "own"} == {("wire", "excerpt")}


RELAYED = (
    "The dam was to be blown up, the daily Zorna Vest reported on Friday, citing two engineers.",
    prose(5, 20),
    "The newspaper wrote that both had been turned down.",
    prose(6, 20),
)


def test_a_report_that_relays_one_absent_outlet_rests_on_it() -> None:
    """Introduced as a medium in the lead and credited again: an inferred newsroom, with the words that say so."""
    one = article("own", "\n".join(RELAYED), publisher="Papers Review")
    found = trace([one])
    (origin,) = found.origins
    assert (origin.label, origin.kind, origin.in_collection) == ("Zorna Vest report", "newsroom", False)
    (link,) = found.links
    assert (link.parent, link.kind) == (origin.id, "credit")
    assert "Zorna Vest" in link.evidence[0]


@pytest.mark.parametrize(
    "lines",
    [RELAYED[:2], RELAYED[1:], (*RELAYED, "The weekly Tolk said no."), (*RELAYED, *[prose(i, 10) for i in range(9)])],
    ids=["once", "nameless", "two outlets", "a source among others"],
)
def test_an_outlet_that_is_one_source_is_no_origin(lines: tuple[str, ...]) -> None:
    """Named once, or beside another, or in passing: the report is the newsroom's own."""
    assert labels(trace([article("own", "\n".join(lines), publisher="Courier")]), "own") == {"Courier report"}


def test_a_piece_of_a_long_report_is_an_excerpt() -> None:
    """A few of its paragraphs, and nothing else: all of the child, little of the parent."""
    whole = prose(1, 400)
    (link,) = trace([article("whole", whole, "12"), article("piece", whole[:450], "13")]).links
    assert (link.parent, link.child, link.kind) == ("whole", "piece", "excerpt")


def test_a_part_that_points_to_the_whole_is_an_excerpt() -> None:
    """Half of a report is a shortened copy, unless it sends its readers on."""
    text = prose(1, 240)
    half = text[: len(text) // 2]
    for end, kind in (("", "copy"), ("Read the full story at the Ledger", "excerpt")):
        later = Stamp("2031-04-13", "day", "stated")
        part = with_blocks("part", ("body", half), ("boilerplate", end or "-"), published=later)
        (link,) = trace([article("whole", text, "12"), part]).links
        assert (link.parent, link.kind) == ("whole", kind)


def test_a_sentence_credited_to_a_dispatch_at_hand_is_a_credit_link() -> None:
    """No text is shared, but the article names the agency whose one dispatch is in the collection."""
    text = prose(4) + " Two boats sank, NPB said."
    found = trace([dispatch(), credited(article("own", text, publisher="Courier"), "NPB", "NPB", "body")])
    (link,) = found.links
    assert (link.parent, link.child, link.kind, link.confidence) == ("wire", "own", "credit", 0.5)
    assert labels(found, "own") == {"Courier report"}


def test_help_credited_to_a_dispatch_at_hand_is_a_credit_link_to_it() -> None:
    """ "Additional reporting by NPB": the report is the newsroom's own, the helper the dispatch in the collection."""
    text = prose(4) + "\nAdditional reporting by NPB"
    found = trace([dispatch(), credited(article("own", text, publisher="Courier"), "NPB", "NPB", "credit")])
    (link,) = found.links
    assert (link.parent, link.child, link.kind) == ("wire", "own", "credit")
    assert labels(found, "own") == {"Courier report"}


def test_a_body_credit_makes_no_origin() -> None:
    """An agency named of one sentence is no origin of the article."""
    one = credited(
        article("a", prose(1) + " Officials told Reuters so.", publisher="Ledger"), "Reuters", "Reuters", "body"
    )
    found = trace([one])
    assert found.links == ()
    assert labels(found, "a") == {"Ledger report"}


@pytest.mark.parametrize("publisher", ["Reuters", "reuters.com", "https://www.reuters.com/world/x"])
def test_an_agency_in_the_collection_is_the_origin(publisher: str) -> None:
    """Known by name or domain; a copy that credits it is its child, however early its date."""
    wire = credited(
        with_blocks("w", ("dateline", "NORVIK (Reuters) -"), ("body", prose(1)), publisher=publisher),
        "Reuters",
        "Reuters",
        "dateline",
    )
    copy = credited(
        with_blocks("c", ("body", prose(1)), ("credit", "Source: Reuters"), publisher="Ledger"),
        "Reuters",
        "Reuters",
        "credit",
    )
    found = trace([copy, wire])
    assert pairs(found) == {("w", "c")}
    (origin,) = found.origins
    assert (origin.label, origin.in_collection, set(origin.articles)) == ("Reuters dispatch", True, {"w", "c"})


def test_own_text_in_a_copy_has_its_own_origin() -> None:
    """A report that adds paragraphs of its own rests on both."""
    found = trace(
        [
            article("a", prose(1), "12", publisher="Ledger"),
            article("b", prose(1) + "\n" + prose(2, 60), "13", publisher="Courier"),
        ]
    )
    assert labels(found, "b") == {"Ledger report", "Courier report"}
    (own,) = (o for o in found.origins if o.label == "Courier report")
    assert [p.article for p in own.passages] == ["b"]


def test_origins_follow_mended_links() -> None:
    """`find_origins` takes links as they are given, even in a circle."""
    both = [article("a", prose(1), publisher="Ledger"), article("b", prose(1), publisher="Courier")]
    assert all(len(o.articles) == 1 for o in find_origins(both, []))
    (link,) = trace(both).links
    back = replace(link, parent=link.child, child=link.parent)
    assert {i for o in find_origins(both, [link, back]) for i in o.articles} == {"a", "b"}
    unknown = Link("elsewhere", "a", "copy", 1.0, 1.0, 1.0)
    assert len(find_origins(both, [unknown])) == 2


# --- bad input ----------------------------------------------------------------------------------------------------


def test_two_that_credit_each_other() -> None:
    """One direction is chosen, and no circle."""
    one = credited(
        with_blocks("a", ("byline", "From the Courier"), ("body", prose(1)), publisher="Ledger"),
        "Courier",
        "Courier",
        "byline",
    )
    other = credited(
        with_blocks("b", ("byline", "From the Ledger"), ("body", prose(1)), publisher="Courier"),
        "Ledger",
        "Ledger",
        "byline",
    )
    found = trace([one, other])
    assert len(pairs(found)) <= 1
    assert all(labels(found, i) for i in "ab")


def test_an_agency_that_credits_itself_has_no_link() -> None:
    """The dispatch is its own origin."""
    wire = credited(article("w", "AFP " + prose(1), publisher="AFP"), "AFP", "AFP", "dateline")
    found = trace([wire])
    assert found.links == ()
    assert found.origins[0].in_collection


@pytest.mark.parametrize(
    "texts",
    [
        ["", "", ""],
        ["Two words", "Two words"],
        ["na " * 30000, "na " * 29000],
        ["na ba " * 20000, "na ba " * 19990],
        ['"' * 10000 + prose(1), '"' * 9999 + prose(1)],
        ["\ud800 " + prose(1), prose(1) + " \udfff"],
    ],
    ids=["empty", "two words", "one word", "two in turn", "quotation marks", "broken code points"],
)
def test_odd_texts_do_no_harm(texts: list[str]) -> None:
    """No crash; every article keeps an origin."""
    found = trace([article(f"a{i}", text) for i, text in enumerate(texts)])
    assert {i for o in found.origins for i in o.articles} == {f"a{i}" for i in range(len(texts))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("na " * 1_000_000, "na " * 1_000_000),
        ("na " * 1_000_000, "na " * 600_000 + "ba " + "na " * 399_999),
        ("na ba " * 200_000, "ba ba na " * 130_000),
        (prose(1, 30_000), prose(2, 40) + prose(1, 30_000).replace("a", "o", 500)),
        ("Two words", "Other words"),
        ("Two words", "Two words"),
    ],
    ids=["one word", "one word but one", "two words in turn", "a book", "two words", "two words again"],
)
def test_one_address_with_any_two_texts_costs_seconds(one: str, other: str) -> None:
    """A revision is compared in line with its length, and its spans lie in its texts."""
    url = "https://news.example/story"
    begin = time.perf_counter()
    found = trace([article("a", one, "12", url=url), article("b", other, "13", url=url)])
    assert time.perf_counter() - begin < 60
    for link in found.links:
        assert (link.parent, link.child, link.kind) == ("a", "b", "revision")
        assert link.revision is not None
        assert all(end <= len(other) for _, end in (*link.revision.added, *link.revision.corrected))
        assert all(end <= len(one) for _, end in link.revision.dropped)


@pytest.mark.parametrize("value", ["2931-01-01T00:00", "9999-12-31"])
def test_times_that_cannot_be_yet(value: str) -> None:
    """A copy dated in the far future is a copy; nothing overflows."""
    late = replace(article("b", prose(1)), published=Stamp(value, "minute" if "T" in value else "day", "metadata"))
    (link,) = trace([article("a", prose(1), "12"), late]).links
    assert (link.parent, link.child) == ("a", "b")


def test_a_thousand_identical_articles_are_one_star() -> None:
    """Each links to the first; none is dropped."""
    found = trace([article(f"a{i:04}", prose(1), None) for i in range(1000)])
    assert {link.parent for link in found.links} == {"a0000"}
    assert len(found.links) == 999
    assert all(len(link.alternatives) <= LineageConfig().parents for link in found.links)


def test_hundreds_of_edited_copies_hang_together() -> None:
    """A bucket too hot to pair all with all still leaves nobody out."""
    pick = random.Random(5)
    copies = [
        article(f"c{i}", " ".join(w if pick.random() > 0.03 else pick.choice(WORDS) for w in prose(1).split()), "13")
        for i in range(200)
    ]
    found = trace([article("source", prose(1), "12"), *copies])
    assert {link.child for link in found.links} == {c.id for c in copies}
    assert sum(link.parent == "source" for link in found.links) > 150


def test_a_paper_with_an_agencys_initials_is_no_agency() -> None:
    """The world's agencies go by letters that many titles have."""
    paper = with_blocks("paper", ("body", prose(1)), publisher="Tolm Advertiser Sunday Supplement")
    (origin,) = trace([paper]).origins
    assert origin.kind == "newsroom"
    assert origin.label == "Tolm Advertiser Sunday Supplement report"
