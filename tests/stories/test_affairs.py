"""Keywords of invented stories, and which of them belong to one longer affair."""

from dataclasses import replace

from variorum.edition import to_markdown
from variorum.model import Article, Edition, Producer, Stamp, Story
from variorum.parts import parts
from variorum.stories import affairs, gather
from variorum.stories.keywords import keywords

#: A fraud and, months later, the trial; in between nobody wrote.
FRAUD = (
    "Dunmarrow Savings closed its doors on Friday after auditors found that 40 million crowns were missing. Chairman "
    "Aurel Vintila had left for the coast. Savers queued in front of the branch at Orlec until night.",
    "Police in Orlec searched the villa of Aurel Vintila, the chairman of Dunmarrow Savings, from which 40 million "
    "crowns are missing. Savers gathered outside with candles; the auditors go on counting.",
)
TRIAL = (
    "Aurel Vintila, once chairman of Dunmarrow Savings, pleaded not guilty as his trial opened in Sankt Veiten. Judge "
    "Ottoline Brehm allowed him to sit, because of his knee. The prosecutor wants eleven years in prison.",
    "Judge Ottoline Brehm sent Aurel Vintila to prison for nine years in Sankt Veiten, two fewer than the prosecutor "
    "wanted. The defendant, once head of Dunmarrow Savings, limped out without looking at anybody.",
)
#: The country, the kind of crime and the court are the same; the people are not.
OTHER = (
    "A court in Sankt Veiten fined the baker Lothar Kemp for selling bread by candlelight after hours. Kemp said that "
    "he would bake on; the prosecutor had asked for twice as much.",
    "Baker Lothar Kemp must pay for bread that he sold after hours, a court in Sankt Veiten ruled. His customers had "
    "brought candles, and paid half of the fine on the spot.",
)


def _articles() -> list[Article]:
    days = {"f": "2031-02-07", "t": "2031-11-18", "o": "2031-11-19"}
    return [
        Article(f"{kind}{n}", "test", text, published=Stamp(days[kind], "day", "stated"))
        for kind, texts in zip("fto", (FRAUD, TRIAL, OTHER), strict=True)
        for n, text in enumerate(texts)
    ]


def _stories() -> list[Story]:
    """The three, each found by itself: in a collection of six reports an affair is one story."""
    return [story for kind in "fto" for story in gather([a for a in _articles() if a.id[0] == kind])]


def test_stories_of_one_affair_are_related_and_no_others() -> None:
    """The names at the heart of both say so; the court town alone does not."""
    stories = _stories()
    of = {story.id: story.articles[0][0] for story in stories}
    assert len(stories) == 3
    (affair,) = affairs(stories, _articles())
    assert {of[i] for i in affair.stories} == {"f", "t"}
    assert {"Aurel", "Vintila", "Dunmarrow"} <= set(affair.names)
    assert 0 < affair.alike < 1


def test_a_digest_relates_nothing() -> None:
    """That one page tells both is no affair."""
    digest = Article("d", "test", f"{FRAUD[0]}\n\n{OTHER[0]}")
    cut = len(FRAUD[0])
    spans = {"f": (0, cut), "t": (0, 0), "o": (cut + 2, len(digest.text))}
    stories = [replace(s, articles=(*s.articles, "d"), passages={"d": (spans[s.articles[0][0]],)}) for s in _stories()]
    assert affairs(stories, [*_articles(), digest])[0].names == affairs(_stories(), _articles())[0].names
    assert len(affairs(stories, [*_articles(), digest])) == 1


def test_the_affair_is_told_beside_each_story() -> None:
    """Markdown names the other story under the title."""
    articles, stories = tuple(_articles()), tuple(_stories())
    edition = Edition(Producer("0", {}, {}), articles, stories=stories, affairs=affairs(stories, articles))
    told = [line for line in to_markdown(edition).splitlines() if line.startswith("Of the same affair: ")]
    assert len(told) == 2


def test_a_part_has_the_affairs_of_its_story() -> None:
    """Cut into stories, each keeps the pairs it is one of."""
    articles, stories = tuple(_articles()), tuple(_stories())
    mine = affairs(stories, articles)
    strange = replace(mine[0], stories=("story-x", "story-y"))
    edition = Edition(Producer("0", {}, {}), articles, stories=stories, affairs=(*mine, strange))
    assert {part.stories[0].id: part.affairs for part in parts(edition)} == {
        s.id: tuple(a for a in mine if s.id in a.stories) for s in stories
    }


def test_keywords_are_the_story_s_own_and_do_not_depend_on_other_stories() -> None:
    """Names as they are written and rare words, no forms of one word twice; the same in a collection of one story."""
    fraud = _stories()[0]
    assert {"Dunmarrow Savings", "Orlec", "Aurel Vintila"} <= set(fraud.keywords)
    assert len({word.casefold() for word in fraud.keywords}) == len(fraud.keywords) <= 8
    text = " ".join(FRAUD).casefold()
    assert all(word.casefold() in text for word in fraud.keywords)
    others = [Article(f"n{i}", "test", f"{name} won the regatta of Hollis Bay.") for i, name in enumerate(_THINGS)]
    (again,) = (story for story in gather([*_articles()[:2], *others]) if "f0" in story.articles)
    assert again.keywords == fraud.keywords


def test_a_word_that_most_reports_have_comes_before_one_of_a_single_report() -> None:
    """What one of many mentions is no keyword."""
    texts = (*FRAUD, TRIAL[1])
    many = [Article(f"m{n}", "test", f"{text} Somebody saw a {_THINGS[n]}.") for n, text in enumerate(texts)]
    told = {word.casefold() for word in keywords(many)}
    assert "dunmarrow savings" in told
    assert not told & set(_THINGS)


_THINGS = ("narwhal", "periscope", "zither", "marmalade", "trombone", "haystack")
