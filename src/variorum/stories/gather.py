"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Article, Story
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.linkage import linked, noted
from variorum.stories.passages import Telling, tellings
from variorum.stories.profile import Profile, Weights, profile
from variorum.stories.resemblance import Pairs, resembling
from variorum.stories.scorer import scorer, sureness
from variorum.stories.sharing import Part, shared_out
from variorum.stories.spelling import chosen_spellings, respelt
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval


def gather(articles: Sequence[Article], config: StoriesConfig | None = None) -> tuple[Story, ...]:
    """The stories of ``articles``, by their first article. Each article is in one, but for those that tell several
    events: they are in each with a share.

    Works without dates, parsing or blocks. A story's id is made of its articles', its title is that of the article
    nearest to its centre; claims and what follows are left empty.
    """
    config = config or StoriesConfig()
    profiles = [profile(article) for article in articles]
    spelling = chosen_spellings(profiles)
    profiles = [respelt(one, spelling) for one in profiles]
    texts = distinct_texts(profiles)
    pairs = resembling(profiles, texts, config)
    found = grouped(profiles, spelling, texts, pairs, lambda number: tellings(articles[number]), config)
    return tuple(one.story(lambda number: articles[number]) for one in found)


@dataclass(frozen=True, slots=True)
class Group:
    """A story by the numbers of its articles: its ``members``, its texts, the one most like the others first, and the
    ``parts`` that it has of those that tell other events too."""

    members: list[int]
    central: list[int]
    parts: dict[int, Part]

    def story(self, article: Callable[[int], Article]) -> Story:
        """The story; ``article`` gives an article with its title, its first line and its dates."""
        parts = {article(i).id: part for i, part in self.parts.items()}
        return story_of([article(i) for i in self.members], [article(i) for i in self.central], parts)


def grouped(
    profiles: Sequence[Profile],
    spelling: dict[int, int],
    texts: dict[int, list[int]],
    pairs: Pairs,
    told_by: Callable[[int], Sequence[Telling]],
    config: StoriesConfig,
) -> list[Group]:
    """The stories by their first article. ``texts`` are an article each, with its copies and itself; ``told_by`` gives
    the tellings of one."""
    by = scorer()
    sure = sureness(pairs.signals(by.signs), by.signs, by.bias)
    likeness = noted(pairs.heads, pairs.ones, pairs.others, sure)
    names = {head: frozenset(profiles[head].names.tolist()) for head in likeness}
    groups = linked(likeness, names, config)
    usual = pairs.usual(by.signs)
    told = {
        head: [(t, _sure_of(respelt(t.profile, spelling), pairs, usual) if t.profile else {}) for t in found]
        for head in pairs.heads
        if (found := told_by(head))
    }
    stories = []
    for group, shares in shared_out(groups, told, config):
        heads = sorted(group, key=lambda h: (h in shares, -sum(likeness[h].get(o, 0.0) for o in group), h))
        members = sorted(i for head in group for i in texts[head])
        part = {i: shares[head] for head in group if head in shares for i in texts[head]}
        stories.append(Group(members, heads, part))
    return sorted(stories, key=lambda one: one.members)


def _sure_of(telling: Profile, pairs: Pairs, usual: Sequence[Weights]) -> dict[int, float]:
    """How sure it is of each text that ``telling`` is of the same event."""
    by = scorer()
    near, found = pairs.probed(telling, usual, by.signs)
    return dict(zip((pairs.heads[n] for n in near.tolist()), sureness(found, by.signs, by.bias).tolist(), strict=True))


def story_of(articles: Sequence[Article], central: Sequence[Article], parts: Mapping[str, Part]) -> Story:
    """A story of ``articles``; ``central`` are its texts, the one most like the others first, ``parts`` what those that
    tell other events too have of it."""
    ids = tuple(article.id for article in articles)
    dates = sorted((span, a.published.value) for a in articles if a.published and (span := interval(a.published)))
    return Story(
        id=content_id("story", *sorted(ids)),
        title=next(_titles(central), ""),
        articles=ids,
        shares={i: parts[i].share if i in parts else 1.0 for i in ids},
        passages={i: parts[i].spans for i in ids if i in parts},
        begin=dates[0][1][:10] if dates else None,
        end=dates[-1][1][:10] if dates else None,
    )


def _titles(central: Sequence[Article]) -> Iterator[str]:
    """Titles in the articles' own words: the headline of each text, else its first line."""
    for article in central:
        if article.title and article.title.strip():
            yield squeeze(article.title)
        line = squeeze(next((part for part in article.text[:5000].splitlines() if part.strip()), ""))
        if line:
            yield line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"
