"""Stories put together or taken apart by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from variorum.model import Article, Story
from variorum.stories.gather import story_of
from variorum.stories.sharing import Part


def merged(stories: Sequence[Story], articles: Sequence[Article], together: Collection[str]) -> tuple[Story, ...]:
    """The stories, those that hold any of the articles ``together`` made one."""
    meant = [story for story in stories if not set(together).isdisjoint(story.articles)]
    if len(meant) < 2:
        return tuple(stories)
    members = {i for story in meant for i in story.articles}
    largest = max(meant, key=lambda story: (len(story.articles), story.id))
    return _ordered([*(s for s in stories if s not in meant), _made(members, articles, largest.title, meant)], articles)


def parted(
    stories: Sequence[Story], articles: Sequence[Article], ones: Collection[str], others: Collection[str]
) -> tuple[Story, ...]:
    """The stories, with the articles ``ones`` taken out of each that also holds any of ``others``, into one of their
    own; what else it holds stays with the others."""
    found: list[Story] = []
    taken: set[str] = set()
    left: list[Story] = []
    for story in stories:
        mine = set(ones).intersection(story.articles)
        if mine and not set(others).isdisjoint(story.articles):
            taken |= mine
            left.append(story)
            found.append(_made(set(story.articles) - mine, articles, story.title, [story]))
        else:
            found.append(story)
    return _ordered([*found, _made(taken, articles, None, left)], articles) if taken else tuple(stories)


def _made(members: Collection[str], articles: Sequence[Article], title: str | None, stories: Sequence[Story]) -> Story:
    """A story of ``members``, with what ``stories`` have of those that tell several events."""
    held = [article for article in articles if article.id in members]
    central = [article for article in held if article.title == title] or held
    return story_of(held, central, _parts(members, stories))


def _parts(members: Collection[str], stories: Sequence[Story]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for i in members:
        there = [story for story in stories if i in story.articles]
        if there and all(i in story.passages for story in there):
            spans = sorted(span for story in there for span in story.passages[i])
            found[i] = Part(sum(story.shares[i] for story in there), tuple(spans))
    return found


def _ordered(stories: Sequence[Story], articles: Sequence[Article]) -> tuple[Story, ...]:
    place = {article.id: number for number, article in enumerate(articles)}
    return tuple(sorted(stories, key=lambda story: min(place[i] for i in story.articles)))
