"""The library: adding in steps gives what adding at once gives, only what is touched is done again, and what humans
ruled holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from reports import fire, report, vote
from variorum.edition import from_json, to_json
from variorum.errors import InputError, NotFoundError, UsageError
from variorum.library import Library
from variorum.model import Claim, Decision, Edition, Outcome, Story
from variorum.pipeline import Config, collate
from variorum.ports import Fetched, Store
from variorum.store import open_store


class Watched:
    """A store that counts what is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.kept: dict[str, int] = {}

    def keep(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Count and keep."""
        self.kept[kind] = self.kept.get(kind, 0) + len(found)
        self._store.keep(kind, found)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def since(self) -> dict[str, int]:
        """What was kept since the last call."""
        found, self.kept = self.kept, {}
        return found


@pytest.fixture
def library(store: Store) -> Library:
    """A library that is empty; by structure alone."""
    return Library(store, Config(embedder="none"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library file with both events collated, to copy."""
    path = tmp_path_factory.mktemp("filled") / "library.db"
    store = open_store(str(path))
    Library(store, Config(embedder="none")).add("desk", [*fire(), *vote()])
    store.backup(path.with_suffix(".backup"))
    store.close()
    return path.with_suffix(".backup")


@pytest.fixture
def desk(library: Library, filled: Path) -> Library:
    """A library with both events collated in the collection "desk"."""
    library.store.restore(filled)
    return library


def test_in_steps_as_at_once(library: Library) -> None:
    """Whatever the order and the steps, the edition is that of collating all at once."""
    library.add("steps", vote()[1:])
    library.add("steps", [*fire()[1:], *fire()[1:]])
    library.add("steps", [fire()[0], vote()[0]])
    library.add("once", [*fire(), *vote()])
    steps, once = library.store.edition("steps"), library.store.edition("once")
    assert to_json(steps) == to_json(once)
    plain = collate(list(library.store.articles("once")), Config(embedder="none"))
    assert to_json(plain) == to_json(once)
    assert len(once.stories) == 2


def test_what_a_publisher_repeats_is_no_report_in_a_library_either(library: Library) -> None:
    """A paragraph under unrelated reports is known for chrome once there are enough of them, however they came; where
    one is taken out again, the others are as if it had never been there."""
    blurb = "The Harwick Herald has been printed at Harwick docks since 1908, said its owner Edda Rosling."
    silo, tunnel = fire()[0], vote()[0]
    choir = report("Harwick Herald", "2031-05-20T09:00", "Young conductor joins orchestra", "Musicians applauded when "
                   "Helena Brandt lifted her baton for the opening symphony. Critics wrote that nobody had heard the "
                   "violins sound so warm since the concert house reopened after its renovation.")  # fmt: skip
    given = [
        report("Harwick Herald", f"2031-05-{day}T09:00", a.title or "", f"{a.text}\n\n{blurb}")
        for day, a in (("03", silo), ("10", tunnel), ("20", choir))
    ]
    for article in given:
        library.add("steps", [article])
    steps = library.store.edition("steps")
    assert to_json(steps) == to_json(collate(given, Config(embedder="none")))
    assert not any("printed" in s.text for s in steps.statements)
    library.remove("steps", [given[2].id])
    steps = library.store.edition("steps")
    assert to_json(steps) == to_json(collate(given[:2], Config(embedder="none")))
    assert sum("printed" in s.text for s in steps.statements) == 2


def test_only_what_is_touched_is_done_again(library: Library) -> None:
    """A report of one event leaves the other event's story alone, and nothing is annotated twice."""
    watched = Watched(library.store)
    library.store = watched  # type: ignore[assignment]
    library.add("desk", [*fire()[:2], *vote()])
    assert watched.since() == {"annotation": 4, "outcomes": 2, "story": 2}
    untouched = next(c for c in library.store.stories("desk").rows if "unnel" in c.title)
    library.add("desk", fire()[2:])
    assert watched.since() == {"annotation": 1, "outcomes": 1, "story": 1}
    assert untouched in library.store.stories("desk").rows
    library.add("desk", fire())
    library.collate("desk", again=True)
    assert watched.since() == {}
    library.add("another", fire())  # annotated before, in another collection
    assert "annotation" not in watched.since()


def test_removing_is_as_if_it_had_never_been_there(library: Library) -> None:
    """Nothing of a removed report stays: not in findings, not in search, not in what is kept."""
    library.add("once", [*fire()[:2], *vote()])
    library.add("desk", [*fire(), *vote()])
    gone = fire()[2].id
    assert library.remove("desk", [gone, "art-none"]) == 1
    assert to_json(library.store.edition("desk")) == to_json(library.store.edition("once"))
    assert not library.store.search("overnight", "desk").rows
    with pytest.raises(NotFoundError):
        library.store.article("desk", gone)
    library.remove("desk", [a.id for a in [*fire(), *vote()]])
    assert library.store.edition("desk").stories == ()


def test_lists_and_parts(desk: Library) -> None:
    """What lists show is what the edition says; a story's part is an edition whose spans resolve."""
    store = desk.store
    edition = store.edition("desk")
    cards = {card.id: card for card in store.stories("desk").rows}
    assert list(cards) == [s.id for s in reversed(edition.stories)]  # the vote is newer
    for story in edition.stories:
        card = cards[story.id]
        assert (card.claims, card.articles) == (len(story.claims), len(story.articles))
        part = from_json(store.story("desk", story.id))
        assert part.stories == (story,)
        texts = {a.id: a.text for a in part.articles}
        assert all(texts[s.article][slice(*s.span)] == s.text for s in part.statements)
        assert all(m.article in texts for e in part.entities for m in e.mentions)
        assert [c.id for c in store.cards("desk", story.id).rows] == list(reversed(story.articles))
    fires = next(s for s in edition.stories if "ilo" in s.title)
    assert cards[fires.id].origins < cards[fires.id].articles  # a copy is no origin
    assert [c.id for c in store.stories(words="tunnel").rows] == [c for c in cards if c != fires.id]
    assert [c.id for c in store.stories(person="rosling").rows] == [fires.id]
    assert [c.id for c in store.stories(place="Harwick", end="2031-05-05").rows] == [fires.id]
    assert store.stories(begin="2031-06").rows == ()
    assert [c.id for c in store.stories(disputed=True, order="disputed").rows] == [
        c.id for c in sorted(cards.values(), key=lambda c: -c.disputed) if c.disputed
    ]


def test_findings_by_article(desk: Library) -> None:
    """Statements by span, links of an article, and articles by the people in them."""
    store = desk.store
    first, copy = (store.article("desk", a.id) for a in fire()[:2])
    said = {s.id: s for s in store.edition("desk").statements}
    at = first.text.index("Forty")
    found = [said[i] for i in store.statements("desk", first.id, (at, at + 5))]
    assert [s.text for s in found] == ["Forty firefighters fought the flames until noon."]
    assert len(store.statements("desk", first.id)) == sum(s.article == first.id for s in said.values())
    (link,) = store.links("desk", copy.id)
    assert {link.parent, link.child} == {first.id, copy.id}
    assert {h.card.id for h in store.search('person:"Edda Rosling"').rows} == {first.id, copy.id}
    assert len(store.search("person:alvar place:harwick from:2031-05-04").rows) == 1


def test_an_older_id_still_finds_its_story(library: Library) -> None:
    """A story's id is made of its articles; who kept an older one is led to what became of it."""
    library.add("desk", fire()[:2])
    (before,) = library.store.stories("desk").rows
    library.add("desk", fire()[2:])
    (now,) = library.store.stories("desk").rows
    assert before.id != now.id
    assert library.store.story_id("desk", before.id) == now.id
    assert library.store.story("desk", before.id) == library.store.story("desk", now.id)


# --- what humans ruled --------------------------------------------------------------------------------------------


def _by_title(library: Library, word: str) -> Story:
    return next(s for s in library.store.edition("desk").stories if word in s.title)


def _claim(story: Story, words: str) -> Claim:
    return next(c for c in story.claims if words in c.text)


def _outcome(library: Library, decision: Decision) -> Outcome:
    return next(o for o in library.store.outcomes("desk") if o.decision == decision.id)


def _undone_is_undone(library: Library, decision: Decision, before: Edition) -> None:
    library.undo(decision.id, author="Ben", reason="a mistake")
    assert to_json(library.store.edition("desk")) == to_json(before)
    assert library.store.decisions("desk")[-1].undone_by == "Ben"


def test_not_a_copy(desk: Library) -> None:
    """A copy that is none, by a human's word: the link is gone, support grows, on this run and on later ones."""
    before = desk.store.edition("desk")
    first, copy, later = (a.id for a in fire())
    made = desk.decide("desk", "not_copy", [first], [copy], author="Ana", reason="both were there")
    assert made.found == before.lineage.links[0].kind
    assert _outcome(desk, made).state == "overrides"
    assert first not in {link.parent for link in desk.store.links("desk", copy)}
    desk.remove("desk", [later])
    assert first not in {link.parent for link in desk.store.links("desk", copy)}
    desk.add("desk", fire())
    _undone_is_undone(desk, made, before)


def test_a_copy(desk: Library) -> None:
    """A copy that the machine did not see."""
    before = desk.store.edition("desk")
    first, _, later = (a.id for a in fire())
    made = desk.decide("desk", "copy", [first], [later], author="Ana", reason="the editor said so")
    assert (made.found, _outcome(desk, made).state) == ("no link", "overrides")
    assert any((x.parent, x.child) == (first, later) for x in desk.store.links("desk", later))
    _undone_is_undone(desk, made, before)


def test_stories_merged_and_split(desk: Library) -> None:
    """Two stories made one, and one made two; story ids stand for their articles."""
    before = desk.store.edition("desk")
    ids = [s.id for s in before.stories]
    made = desk.decide("desk", "merge_stories", ids, author="Ana", reason="one strike behind both")
    assert len(desk.store.edition("desk").stories) == 1
    assert _outcome(desk, made) == Outcome(made.id, "overrides", "several stories")
    _undone_is_undone(desk, made, before)
    parted = desk.decide("desk", "split_stories", [fire()[2].id], [fire()[0].id], author="Ana", reason="another fire")
    assert sorted(len(s.articles) for s in desk.store.edition("desk").stories) == [1, 2, 2]
    assert _outcome(desk, parted).found == "one story"
    _undone_is_undone(desk, parted, before)


def test_claims_merged_and_split(desk: Library) -> None:
    """Claim ids stand for their statements; support is counted again."""
    before = desk.store.edition("desk")
    story = _by_title(desk, "ilo")
    strike, denial = _claim(story, "strike"), _claim(story, "burns overnight")
    made = desk.decide("desk", "merge_claims", [strike.id, denial.id], author="Ana", reason="the same event")
    now = next(c for c in _by_title(desk, "ilo").claims if set(strike.statements) <= set(c.statements))
    assert set(now.statements) == {*strike.statements, *denial.statements}
    assert now.support.articles == 2
    _undone_is_undone(desk, made, before)
    shared = max(story.claims, key=lambda c: len(c.statements))
    parted = desk.decide("desk", "split_claims", shared.statements[:1], shared.statements[1:], author="A", reason="r")
    found = [c for c in _by_title(desk, "ilo").claims if set(c.statements) & set(shared.statements)]
    assert sorted(len(c.statements) for c in found) == sorted([1, len(shared.statements) - 1])
    _undone_is_undone(desk, parted, before)


def test_claim_status(desk: Library) -> None:
    """A status that was ruled is shown, the machine's stands beside it, and the claim keeps it as it grows."""
    before = desk.store.edition("desk")
    claim = _claim(_by_title(desk, "ilo"), "Forty firefighters")
    made = desk.decide(
        "desk", "claim_status", [claim.id], value="disputed", author="Ana", reason="the chief says thirty"
    )
    assert _claim(_by_title(desk, "ilo"), "Forty firefighters").status == "disputed"
    assert (made.found, _outcome(desk, made).state) == (claim.status, "overrides")
    more = report("Harwick Union", "2031-05-03T18:00", "Silo fire at Harwick docks",
                  "Forty firefighters fought the flames until noon at the grain silo at Harwick docks, the brigade "
                  "said. Two workers were killed in the fire at Harwick docks.")  # fmt: skip
    desk.add("desk", [more])
    now = _claim(_by_title(desk, "ilo"), "Forty firefighters")
    assert len(now.statements) > len(claim.statements)
    assert now.status == "disputed"
    desk.remove("desk", [more.id])
    _undone_is_undone(desk, made, before)


def test_attribution(desk: Library) -> None:
    """A statement given to somebody else, or to the newsroom."""
    before = desk.store.edition("desk")
    wrong = next(s for s in before.statements if "conveyor at 3" in s.text)
    made = desk.decide("desk", "attribution", [wrong.id], value="Piet Alvar", author="Ana", reason="heard the tape")
    now = next(s for s in desk.store.edition("desk").statements if s.id == wrong.id)
    assert (now.root.name, now.root.kind) == ("Piet Alvar", "person")
    assert now.root.entity is not None
    assert made.found == wrong.root.name
    _undone_is_undone(desk, made, before)
    made = desk.decide("desk", "attribution", [wrong.id], author="Ana", reason="their own reporter")
    now = next(s for s in desk.store.edition("desk").statements if s.id == wrong.id)
    assert (now.root.name, now.attribution) == ("Harwick Herald", ())
    _undone_is_undone(desk, made, before)


def test_same_and_other_person(desk: Library) -> None:
    """Two names made one person; one person's two names made two."""
    before = desk.store.edition("desk")
    made = desk.decide("desk", "same_entity", ["Edda Rosling"], ["Juna Halvorsen"], author="Ana", reason="she married")
    named = [e for e in desk.store.edition("desk").entities if "Edda Rosling" in (e.name, *e.aliases)]
    assert [("Juna Halvorsen" in (e.name, *e.aliases)) for e in named] == [True]
    assert made.found == "two"
    _undone_is_undone(desk, made, before)
    parted = desk.decide("desk", "other_entity", ["Piet Alvar"], ["Alvar"], author="Ana", reason="his brother")
    assert not any({"Piet Alvar", "Alvar"} <= {e.name, *e.aliases} for e in desk.store.edition("desk").entities)
    _undone_is_undone(desk, parted, before)


def test_news_that_speaks_against_a_ruling_is_told(desk: Library) -> None:
    """The ruling holds, and the desk hears that the reports now say something else than when it was made."""
    desk.remove("desk", [fire()[2].id])
    claim = _claim(_by_title(desk, "ilo"), "Two workers were killed")
    made = desk.decide("desk", "claim_status", [claim.id], value="corroborated", author="Ana", reason="three calls")
    assert (_outcome(desk, made).state, made.found) == ("overrides", "single_origin")
    assert desk.store.edition("desk").problems == ()
    desk.add("desk", fire()[2:])
    outcome = _outcome(desk, made)
    assert (outcome.state, outcome.found) == ("disagrees", "superseded")
    told = [p for p in desk.store.edition("desk").problems if p.stage == "decide"]
    assert len(told) == 1
    assert "look again" in told[0].reason
    assert (
        next(c for c in _by_title(desk, "ilo").claims if claim.statements[0] in c.statements).status == "corroborated"
    )


def test_a_ruling_whose_subject_is_gone_is_told(desk: Library) -> None:
    """And applies again when it comes back."""
    first, copy, _ = (a.id for a in fire())
    made = desk.decide("desk", "not_copy", [first], [copy], author="Ana", reason="both were there")
    desk.remove("desk", [copy])
    assert _outcome(desk, made).state == "lost"
    assert "not here any more" in desk.store.edition("desk").problems[-1].reason
    desk.add("desk", fire())
    assert _outcome(desk, made).state == "overrides"


@pytest.mark.parametrize(
    ("kind", "subjects", "others", "value", "said"),
    [
        ("copy", ["A"], [], None, "both sides"),
        ("copy", ["A"], ["A"], None, "stands on both sides"),
        ("merge_stories", ["A"], [], None, "two or more"),
        ("claim_status", ["S"], [], "certain", "no status"),
        ("merge_claims", ["S"], [], None, "two or more"),
        ("attribution", ["S"], [], " ", "empty"),
        ("same_entity", ["Ann"], ["Ann"], None, "both sides"),
        ("copy", ["art-none"], ["A"], None, "no article"),
        ("claim_status", ["claim-none"], [], "denied", "no claim"),
        ("nonsense", ["S"], [], None, "no kind"),
    ],
)
def test_decisions_that_cannot_be_meant(
    desk: Library, kind: str, subjects: list[str], others: list[str], value: str | None, said: str
) -> None:
    """Are refused, and nothing is on record."""
    real = {"A": fire()[0].id, "S": desk.store.statements("desk", fire()[0].id)[0]}
    ones, them = ([real.get(i, i) for i in side] for side in (subjects, others))
    with pytest.raises(UsageError, match=said):
        desk.decide("desk", kind, ones, them, value, author="Ana", reason="r")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="who decides"):
        desk.decide("desk", "copy", [real["A"]], [fire()[1].id], author=" ", reason="r")
    assert desk.store.decisions() == ()


def test_raw_is_kept_where_asked_for(library: Library, tmp_path: Path) -> None:
    """Of files and of streams that are one report each."""
    page = tmp_path / "a.html"
    page.write_text(f"<html><title>Silo</title><article><p>{fire()[0].text}</p></article></html>")
    with page.open("rb") as stream:
        added = library.add("files", [stream], keep_raw=True, collate=False)
    assert library.store.raw("files", added.new[0]).data == page.read_bytes()
    assert library.store.raw("files", added.new[0]).media == "text/html"
    assert library.store.collection("files").collated == 0
    assert library.resume() == ("files",)
    assert library.store.collection("files").stories == 1


class Site:
    """The same fire at every address, told on a page of its own."""

    def fetch(self, url: str) -> Fetched:
        """What is at ``url``, which is sent on."""
        return Fetched(page(url), f"{url}/full", "text/html", "2031-05-03T10:00:00+00:00")

    def fetch_all(self, urls: Sequence[str]) -> Iterator[Fetched | InputError]:
        """What is at each."""
        return map(self.fetch, urls)


def page(url: str) -> bytes:
    """A page that says where it is."""
    told = f"<article><p>{fire()[0].text}</p><p>The address was {url}, the keeper added on Monday.</p></article>"
    return f"<html><head><title>Silo</title></head><body>{told}</body></html>".encode()


def test_raw_is_kept_of_pages_rows_and_lists(store: Store, tmp_path: Path) -> None:
    """Of an address, also one that a list names, the page that was fetched; of a table the line; each is what the
    article says it was read from."""
    urls = [f"https://keld.example/{n}" for n in range(70)]  # more than one lot
    (tmp_path / "urls.txt").write_text("\n".join(urls), "utf-8")
    rows = [json.dumps({"text": f"{fire()[1].text} Row {n}."}) for n in range(3)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), "utf-8")
    library = Library(store, Config(), fetcher=Site())
    library.add("web", [f"@{tmp_path / 'urls.txt'}", tmp_path / "rows.jsonl"], keep_raw=True, collate=False)
    held = {a.source: (a, library.store.raw("web", a.id)) for a in library.store.articles("web")}
    assert len(held) == 73
    assert [held[url][1].data for url in urls] == [page(url) for url in urls]
    assert {held[url][1].media for url in urls} == {"text/html"}
    assert sorted(raw.data.decode().strip() for source, (_, raw) in held.items() if source not in urls) == rows
    assert all(a.raw and a.raw.sha256 == sha256(raw.data).hexdigest() for a, raw in held.values())


def test_raw_is_not_kept_unasked(store: Store) -> None:
    """Nothing is kept of a page without the option."""
    added = Library(store, Config(), fetcher=Site()).add("web", ["https://keld.example/1"], collate=False)
    with pytest.raises(NotFoundError):
        store.raw("web", added.new[0])


def test_a_record_cannot_have_a_file_kept_that_it_only_names(library: Library, tmp_path: Path) -> None:
    """Bytes are kept of what was given, and never of a file elsewhere that a record claims to come from."""
    secret, given = tmp_path / "secret.txt", tmp_path / "given"
    secret.write_text("The key to the harbour safe is under the third stone.", "utf-8")
    given.mkdir()
    (given / "fire.txt").write_text(fire()[0].text, "utf-8")
    claimed = replace(vote()[0], source=str(secret))
    library.add("desk", [claimed, str(given)], keep_raw=True, collate=False)
    with pytest.raises(NotFoundError):
        library.store.raw("desk", claimed.id)
    held = next(a for a in library.store.articles("desk") if a.id != claimed.id)
    assert library.store.raw("desk", held.id).data == (given / "fire.txt").read_bytes()
