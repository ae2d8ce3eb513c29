"""Stories put together or taken apart by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from variorum.model import Article, Story
from variorum.stories.gather import story_of


def merged(stories: Sequence[Story], articles: Sequence[Article], together: Collection[str]) -> tuple[Story, ...]:
    """The stories, those that hold any of the articles ``together`` made one."""
    meant = [story for story in stories if not set(together).isdisjoint(story.articles)]
    if len(meant) < 2:
        return tuple(stories)
    members = {i for story in meant for i in story.articles}
    largest = max(meant, key=lambda story: (len(story.articles), story.id))
    return _ordered([*(s for s in stories if s not in meant), _made(members, articles, largest.title)], articles)


def parted(
    stories: Sequence[Story], articles: Sequence[Article], ones: Collection[str], others: Collection[str]
) -> tuple[Story, ...]:
    """The stories, with the articles ``ones`` taken out of each that also holds any of ``others``, into one of their
    own; what else it holds stays with the others."""
    found: list[Story] = []
    taken: set[str] = set()
    for story in stories:
        mine = set(ones).intersection(story.articles)
        if mine and not set(others).isdisjoint(story.articles):
            taken |= mine
            found.append(_made(set(story.articles) - mine, articles, story.title))
        else:
            found.append(story)
    return _ordered([*found, _made(taken, articles, None)], articles) if taken else tuple(stories)


def _made(members: Collection[str], articles: Sequence[Article], title: str | None) -> Story:
    held = [article for article in articles if article.id in members]
    central = [article for article in held if article.title == title] or held
    return story_of(held, central)


def _ordered(stories: Sequence[Story], articles: Sequence[Article]) -> tuple[Story, ...]:
    place = {article.id: number for number, article in enumerate(articles)}
    return tuple(sorted(stories, key=lambda story: min(place[i] for i in story.articles)))
