"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Article, Story
from variorum.ports import Embedder
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.keywords import keywords
from variorum.stories.linkage import noted, outline
from variorum.stories.passages import Telling, tellings
from variorum.stories.profile import Profile, Weights, profile
from variorum.stories.resemblance import Pairs, resembling
from variorum.stories.scorer import scorer, sureness
from variorum.stories.sharing import Part, Told, grouped, shared_out
from variorum.stories.spelling import chosen_spellings, respelt
from variorum.stories.tongues import Tongues, lead_of
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval

_LEADS = 12  # texts of a group whose languages are looked at, the most central


def gather(
    articles: Sequence[Article], config: StoriesConfig | None = None, embedder: Embedder | None = None
) -> tuple[Story, ...]:
    """The stories of ``articles``, by their first article. Each article is in one, but for those that tell several
    events: they are in each with a share.

    Works without dates, parsing or blocks. A story's id is made of its articles', its title is that of the article
    nearest to its centre; claims and what follows are left empty. With an ``embedder`` reports in other languages join
    where their words alone did not bring them.
    """
    config = config or StoriesConfig()
    profiles = [profile(article) for article in articles]
    spelling = chosen_spellings(profiles)
    profiles = [respelt(one, spelling) for one in profiles]
    texts = distinct_texts(profiles)
    pairs = resembling(profiles, texts, config)
    tongues = Tongues(embedder, config) if embedder else None
    found = sorted_out(
        profiles, spelling, texts, pairs, lambda n: tellings(articles[n]), articles.__getitem__, config, tongues
    )
    return tuple(one.story(articles.__getitem__) for one in found)


@dataclass(frozen=True, slots=True)
class Group:
    """A story by the numbers of its articles: its ``members``, its texts, the one most like the others first, and the
    ``parts`` that it has of those that tell other events too."""

    members: list[int]
    central: list[int]
    parts: dict[int, Part]

    def story(self, article: Callable[[int], Article]) -> Story:
        """The story; ``article`` gives an article with its title, the beginning of its text and its dates."""
        parts = {article(i).id: part for i, part in self.parts.items()}
        return story_of([article(i) for i in self.members], [article(i) for i in self.central], parts)


def sorted_out(
    profiles: Sequence[Profile],
    spelling: dict[int, int],
    texts: dict[int, list[int]],
    pairs: Pairs,
    told_by: Callable[[int], Sequence[Telling]],
    article: Callable[[int], Article],
    config: StoriesConfig,
    tongues: Tongues | None,
) -> list[Group]:
    """The stories by their first article. ``texts`` are an article each, with its copies and itself; ``told_by`` gives
    the tellings of one, ``article`` one with its title, the beginning of its text, its language and its dates."""
    by = scorer()
    usual = pairs.usual(by.signs)
    sure = sureness(pairs.signals(usual, by.signs), by.signs, by.bias)
    likeness = noted(pairs.heads, pairs.ones, pairs.others, sure, config)
    outlines = {head: outline(profiles[head]) for head in likeness}
    told: Mapping[int, Told] = {
        head: [(t, _sure_of(respelt(t.profile, spelling), pairs, usual) if t.profile else {}) for t in found]
        for head in pairs.heads
        if (found := told_by(head))
    }
    found_groups, told = grouped(likeness, outlines, told, config)
    groups = [_central_first(group, likeness) for group in found_groups]
    if tongues is not None:
        groups = _across_languages(groups, article, tongues)
    stories = []
    for group, shares in shared_out(groups, told, config):
        heads = sorted(_central_first(group, likeness), key=lambda head: head in shares)
        members = sorted(i for head in group for i in texts[head])
        part = {i: shares[head] for head in group if head in shares for i in texts[head]}
        stories.append(Group(members, heads, part))
    return sorted(stories, key=lambda one: one.members)


def _central_first(group: Sequence[int], likeness: Mapping[int, Mapping[int, float]]) -> list[int]:
    """The texts of a group, those most like the others first."""
    return sorted(group, key=lambda head: (-sum(likeness[head].get(other, 0.0) for other in group), head))


def _across_languages(groups: list[list[int]], article: Callable[[int], Article], tongues: Tongues) -> list[list[int]]:
    """The groups, those in other languages with that which they are of one event with."""
    now = [list(group) for group in groups]
    place = list(range(len(groups)))  # where the texts of each group are by now
    for g, h in tongues.joined([[lead_of(article(i)) for i in group[:_LEADS]] for group in groups]):
        one, other = sorted((place[g], place[h]))
        if one != other:
            now[one] += now[other]
            now[other] = []
            place = [one if at == other else at for at in place]
    return [group for group in now if group]


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
        keywords=keywords(central),
    )


def _titles(central: Sequence[Article]) -> Iterator[str]:
    """Titles in the articles' own words: the headline of each text, else its first line."""
    for article in central:
        if article.title and article.title.strip():
            yield squeeze(article.title)
        line = squeeze(next((part for part in article.text[:5000].splitlines() if part.strip()), ""))
        if line:
            yield line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"
