"""Stories of invented events, at once and in a stream."""

import random
from dataclasses import replace

import pytest

from roundups import FERRY
from roundups import VOTE as ALL_OF_VOTE
from variorum.model import Article, Block, Stamp
from variorum.stories import StoriesConfig, StoryStream, gather

VOTE = ALL_OF_VOTE[:2]

#: One affair over a fortnight: each report has its own people and words, and names of the whole.
COLLAPSE = (
    (
        "02",
        "Part of the Vorrin viaduct fell onto the railway at Ostmark on Tuesday night, killing three people, the fire "
        "brigade of Ostmark said. Fire chief Maja Terlin said that two cars had been pulled from the rubble.",
    ),
    (
        "03",
        "Shopkeeper Anders Quill heard the viaduct groan before it fell on Ostmark. His street is closed; trains to "
        "Lenholm run by bus. Four people died, Terlin said on Wednesday, and nine are being treated for injuries.",
    ),
    (
        "05",
        "The works ministry had been told of rust in the Vorrin viaduct a year ago, two officials said. Minister Petra "
        "Aldane did not answer questions. Brukon, the firm that maintains the viaduct, spoke of normal wear.",
    ),
    (
        "09",
        "Shares of Brukon fell by a fifth after the firm admitted that it had skipped two inspections. Analysts at "
        "Lenholm Bank expect claims of 90 million crowns from the collapse at Ostmark, in which four people died.",
    ),
    (
        "16",
        "Minister Petra Aldane told a hearing in Lenholm that she had never seen a letter about the Vorrin viaduct. An "
        "engineer of Brukon, Samo Reddick, said that he had sent it by courier.",
    ),
)
#: One slide, told by two reports in one spelling and by a third that was translated.
QUARRY = (
    "A slope above the Doubrek quarry gave way on Tuesday and buried a canteen at Zhelnov, killing six workers, the "
    "mine inspectorate said. Foreman Taras Wehlichko was pulled out alive after nine hours. The quarry's owner, "
    "Korvadel, said that its gauges had shown no movement. Digging goes on by floodlight.",
    "Six workers died when the slope over the Doubrek quarry buried their canteen at Zhelnov on Tuesday. Taras "
    "Wehlichko, a foreman, spent nine hours under it. Korvadel, which runs the quarry, pointed to its gauges; the "
    "mine inspectorate wants to see them.",
    "In Jelnov stones came down on the dining room of labourers, says a neighbouring country's newspaper. Of those "
    "who were eating at the pit of Dubrek half a dozen are no longer living. The brigade leader Taras Velitchko lay "
    "there until the evening. The company Corvadel has not yet expressed itself to our paper; a wreath was sent.",
)
SLIDE = (
    "Rocks and mud from the Hornfluh came down on the village of Amsenried on Wednesday and crushed two barns, the "
    "fire brigade of Amsenried said. Farmer Leni Hubacher had led her children out minutes before; eleven cows were "
    "lost. The road to Oberlauch is closed and will stay so for a week. The canton had surveyed the Hornfluh in "
    "spring. Geologist Ruedi Stamm spoke of water under the turf after a wet autumn. It had nothing to do with the "
    "slope that buried workers of the Doubrek quarry at Zhelnov on Tuesday, Stamm said."
)
#: Two floods in one country, a year's news apart in everything but the country and the kind of thing.
FLOODS = (
    "The river Tolva broke its banks at Marnow in northern Estavia on Friday, flooding 300 houses. Mayor Lina Brask "
    "asked the army for help. Water stood a metre high in the streets, the rescue service said.",
    "Soldiers filled sandbags in Marnow after the Tolva flooded 300 houses in northern Estavia. Brask, the mayor, said "
    "the water was falling. Two people were injured, according to the rescue service.",
    "Heavy rain flooded the port of Quessel in southern Estavia on Friday; cellars and a hospital stood under water, "
    "the harbour master, Ivo Dunning, said. The rescue service sent pumps from the islands.",
    "In Quessel the hospital was without power after the rain had flooded its cellars. Dunning said the port of "
    "Quessel, in southern Estavia, would stay closed. The rescue service counted two people injured.",
)


def _dated(day: str, name: str, text: str) -> Article:
    return Article(name, "test", text, published=Stamp(f"2031-06-{day}", "day", "stated"))


def _articles(*texts: str) -> list[Article]:
    return [Article(f"a{i}", "test", text) for i, text in enumerate(texts)]


def _groups(articles: list[Article], stories: dict[str, str]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for article in articles:
        found.setdefault(stories[article.id], set()).add(article.id)
    return {frozenset(group) for group in found.values()}


RIGHT = {frozenset({"a0", "a1", "a2"}), frozenset({"a3", "a4"})}


def test_two_events_are_two_stories_at_once() -> None:
    """Five short articles without dates, titles or blocks fall into their two events."""
    stories = gather(_articles(*FERRY, *VOTE))
    assert {frozenset(story.articles) for story in stories} == RIGHT


@pytest.mark.parametrize("seed", range(4))
def test_two_events_are_two_stories_in_any_order(seed: int) -> None:
    """The stream decides one by one and comes to the same."""
    articles = _articles(*FERRY, *VOTE)
    random.Random(seed).shuffle(articles)
    stream = StoryStream()
    assert _groups(articles, {a.id: stream.add(a) for a in articles}) == RIGHT


def test_a_story_grows_over_days() -> None:
    """Accident, witnesses, suspicion, shares and hearing are one story in a small collection, dated or not; another
    event told on the same days is not drawn in."""
    affair = [_dated(day, f"c{i}", text) for i, (day, text) in enumerate(COLLAPSE)]
    other = [_dated("03", f"f{i}", text) for i, text in enumerate(FERRY)]
    for given in ([*affair, *other], [replace(a, published=None) for a in (*other, *affair)]):
        found = {frozenset(story.articles) for story in gather(given)}
        assert found == {frozenset(a.id for a in affair), frozenset(a.id for a in other)}


def test_two_floods_in_one_country_are_two_stories() -> None:
    """Country, rescue service, water and day are the same; places and people are not."""
    articles = [_dated("06", f"a{i}", text) for i, text in enumerate(FLOODS)]
    found = {frozenset(story.articles) for story in gather(articles)}
    assert found == {frozenset({"a0", "a1"}), frozenset({"a2", "a3"})}


def test_a_translated_report_that_spells_every_name_differently_stays_with_its_story() -> None:
    """Other words, other spellings: what binds it is how the names of the lead sound."""
    articles = _articles(*QUARRY)
    assert len(gather(articles)) == 1


def test_an_event_that_only_mentions_another_of_its_kind_is_its_own_story() -> None:
    """One agency, one kind of event, and a last paragraph about the other."""
    *quarry, slide = _articles(*QUARRY, SLIDE)
    assert {story.articles for story in gather([*quarry, slide])} == {tuple(a.id for a in quarry), (slide.id,)}


def test_ids_do_not_depend_on_order() -> None:
    """The same articles in another order have the same story ids."""
    articles = _articles(*FERRY, *VOTE)
    assert {s.id for s in gather(articles)} == {s.id for s in gather(articles[::-1])}


def test_chrome_does_not_make_a_story() -> None:
    """What stands in boilerplate blocks is not what an article tells."""
    chrome = (
        " Support the Norvik Ledger: subscribe to the Norvik Ledger, the voice of Norvik, from 2 crowns a month." * 3
    )
    articles = []
    for i, text in enumerate((FERRY[0], VOTE[0])):
        whole = text + chrome
        blocks = (Block((0, len(text)), "body"), Block((len(text) + 1, len(whole)), "boilerplate"))
        articles.append(Article(f"a{i}", "test", whole, blocks=blocks))
    assert len(gather(articles)) == 2


def test_title_is_of_the_most_central_article_in_its_own_words() -> None:
    """A title is taken, never made up; a hundred copies of one text do not choose it."""
    articles = [replace(a, title=f"Title {a.id}") for a in _articles(*FERRY)]
    articles += [replace(articles[2], id=f"c{i}", title="Copied") for i in range(100)]
    (story,) = gather(articles)
    assert story.title in {"Title a0", "Title a1"}


def test_an_untitled_story_takes_a_first_line() -> None:
    """Without titles the first line stands in, shortened at a word."""
    (story,) = gather(_articles(FERRY[0]))
    assert FERRY[0].startswith(story.title.removesuffix("…"))
    assert len(story.title) <= 120


def test_begin_and_end_span_the_dates() -> None:
    """First and last day of publication, whatever the order; none without dates."""
    days = ("2031-04-14", "2031-04-12T22:00", "2031-04-13")
    articles = [
        replace(a, published=Stamp(day, "minute" if "T" in day else "day", "stated"))
        for a, day in zip(_articles(*FERRY), days, strict=True)
    ]
    (story,) = gather(articles)
    assert (story.begin, story.end) == ("2031-04-12", "2031-04-14")
    assert gather(_articles(FERRY[0]))[0].begin is None


def test_every_article_is_in_one_story_with_its_share() -> None:
    """Empty and one-word articles too; nobody is lost."""
    articles = _articles(*FERRY, "", "", "Storm", *VOTE)
    stories = gather(articles)
    members = [i for story in stories for i in story.articles]
    assert sorted(members) == sorted(a.id for a in articles)
    assert all(set(story.shares) == set(story.articles) for story in stories)
    stream = StoryStream()
    assert len({stream.add(a) for a in articles}) == 5


def test_copies_by_the_hundred_join_their_story() -> None:
    """Identical and nearly identical texts are one text: they neither split nor drown a story."""
    copies = [Article(f"k{i}", "test", f"{FERRY[1]} Report number {i}.") for i in range(150)]
    articles = [*_articles(*FERRY, *VOTE), *copies]
    stories = {i: s.id for s in gather(articles) for i in s.articles}
    assert len({stories[a.id] for a in (*copies, articles[0])}) == 1
    assert stories["a0"] != stories["a3"]
    stream = StoryStream()
    found = {a.id: stream.add(a) for a in articles}
    assert len({found[a.id] for a in copies}) == 1


def test_settings_decide() -> None:
    """The thresholds are those of the config."""
    articles = _articles(*FERRY)
    assert len(gather(articles, StoriesConfig(alike=1.0, certain=1.0))) == 3
    stream = StoryStream(StoriesConfig(join=0.9999))
    assert len({stream.add(a) for a in articles}) == 3


def test_a_stream_that_has_settled_does_not_depend_on_order_and_records_what_it_changed() -> None:
    """What an article was told first may be wrong; what changed is listed, and following the list leads to the end."""
    articles = _articles(*FERRY, *VOTE, *QUARRY[:2], *FLOODS)
    ends = set()
    for seed in range(3):
        stream = StoryStream()
        told = {a.id: stream.add(a) for a in random.Random(seed).sample(articles, len(articles))}
        stream.settle()
        for change in stream.changes:
            assert told[change.article] == change.was
            told[change.article] = change.now
        assert told == {a.id: stream.story(a.id) for a in articles}
        ends.add(frozenset(_groups(articles, told)))
    assert len(ends) == 1
    assert next(iter(ends)) > RIGHT


def test_an_article_added_again_is_where_it_is() -> None:
    """Nothing is counted twice."""
    stream = StoryStream()
    first = [stream.add(a) for a in _articles(*FERRY)]
    assert [stream.add(a) for a in _articles(*FERRY)] == first


def test_a_window_forgets_words_but_a_story_can_go_on() -> None:
    """Of texts outside the window only the last of each story is held; it is enough for the next report to join."""
    first, second, third = _articles(*FERRY)
    others = [Article(f"n{i}", "test", f"{'Zq' + 'abcdefghij'[i] * 5} won at chess.") for i in range(10)]
    stream = StoryStream(StoriesConfig(window=3))
    begun = stream.add(first)
    stream.add(second)
    for other in others:
        stream.add(other)
    assert stream.add(third) == begun


def test_nothing_is_no_story() -> None:
    """No articles, no stories."""
    assert gather([]) == ()
