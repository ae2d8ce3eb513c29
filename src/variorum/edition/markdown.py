"""The edition as Markdown that reads well in a terminal, and as a summary of at most twenty-five lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from variorum.edition.wording import (
    LEFT_OUT,
    RELATION,
    STATUS,
    Wording,
    basename,
    by_words,
    clause,
    count,
    dated,
    headline,
    ledger,
    line,
    percent,
    period,
    ranked,
    readings,
    shortened,
    support,
    visible,
)
from variorum.model import Edition, Location, Story

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])|^([#+-]|\d+[.)])(?=\s)", re.M)
_WIDTH: Final = 100
_STORIES: Final = 3  # in the summary


def to_markdown(edition: Edition) -> str:
    """Brief with numbered citations and their exact words, claims, conflicts, timeline, sources and problems."""
    wording = Wording(edition)
    lines = [f"*{_md(LEFT_OUT)}*", ""] if wording.without_texts else []
    lines += [line for story in edition.stories for line in _story(wording, story)]
    lines += _sources(wording)
    lines += _problems(edition)
    return "\n".join(lines).strip() + "\n"


def _story(wording: Wording, story: Story) -> Iterator[str]:
    yield from (f"# {_md(line(story.title)) or 'Untitled story'}", "", f"*{_md(_counts(wording, story))}*", "")
    if titles := [line(other.title) or "Untitled story" for _, other in wording.related(story)]:
        yield from (f"Of the same affair: {_md('; '.join(titles))}", "")
    yield from _brief(wording, story)
    yield from _conflicts(wording, story)
    yield from _claims(wording, story)
    yield from _timeline(wording, story)
    if story.checks:
        yield from ("## Checks", "")
        for check in story.checks:
            yield f"- {_HOLDS[check.holds]} ({check.kind}): {_md(line(check.explanation))}"
        yield ""


_HOLDS: Final = {True: "✓ holds", False: "✗ does not hold", None: "? cannot be told"}


def _counts(wording: Wording, story: Story) -> str:
    parts = [count(len(story.articles), "article"), count(len(wording.origins_of(story.articles)), "origin")]
    if story.begin or story.end:
        parts.append(period(story.begin, story.end))
    return " · ".join(parts + [line(", ".join(story.places[:4]))] * bool(story.places))


def _brief(wording: Wording, story: Story) -> Iterator[str]:
    if not story.brief:
        return
    yield from ("## Brief", "")
    notes: list[str] = []
    for sentence in story.brief:
        marks = ""
        for place in sentence.citations:
            notes.append(f"[{wording.numbers.get(place.article, '?')}: {place.span[0]}–{place.span[1]}] "
                         f"“{_md(line(wording.words(place)))}”{_live(wording, place)}")  # fmt: skip
            marks += f"[{len(notes)}]"
        yield f"- {_md(visible(sentence.text))} {marks}{_standing(wording, sentence.claims)}"
    yield from ("", "Words cited (article: from–to):", "")
    yield from (f"{number}. {note}" for number, note in enumerate(notes, 1))
    yield ""


def _live(wording: Wording, place: Location) -> str:
    address = wording.live(place)
    return f" ([on its page](<{address}>))" if address else ""


def _standing(wording: Wording, claims: tuple[str, ...]) -> str:
    known = [wording.claims[c] for c in claims if c in wording.claims]
    if not known:
        return ""
    worst = next((c for c in known if c.status in {"denied", "disputed"}), known[0])
    return f" – *{STATUS[worst.status][0].lower()}: {support(worst)}*"


def _claims(wording: Wording, story: Story) -> Iterator[str]:
    if story.claims:
        yield from ("## Claims", "")
    for claim in ledger(story.claims):
        word, shape, _ = STATUS[claim.status]
        yield f"- {shape} **{word}** ({support(claim)}): {_md(clause(wording.told(claim)))}"
        for group in by_words(wording.said(claim.statements)):
            places = (f"{wording.numbers.get(s.article, '?')}: {s.span[0]}–{s.span[1]}" for s in group)
            chains = dict.fromkeys(" → ".join(wording.chain(s)) for s in group)
            yield f"  - [{'; '.join(places)}] {_md('; '.join(chains))}"
        yield from (f"  - because {_md(visible(reason))}" for reason in claim.support.reasons)
    yield ""


def _conflicts(wording: Wording, story: Story) -> Iterator[str]:
    if story.conflicts:
        yield from ("## Conflicts and updates", "")
    for conflict in ranked(story):
        word, shape = RELATION[conflict.relation]
        yield f"### {shape} {word}: {_md(headline(conflict))} ({percent(conflict.confidence)} sure)"
        yield from ("", _md(line(conflict.explanation)), "")
        for reading in conflict.readings:
            yield f"- **{_md(line(reading.value))}**"
            for first, *others in by_words(wording.said(reading.statements)):
                article = wording.articles.get(first.article)
                when = dated(article.published) if article else "undated"
                also = f" (also in {_md(wording.outlets(others))})" if others else ""
                yield f"  - {_md(' → '.join(wording.chain(first)))}, {when}: “{_md(clause(first.text))}”{also}"
        yield ""


def _timeline(wording: Wording, story: Story) -> Iterator[str]:
    if story.timeline:
        yield from ("## Timeline", "")
    for entry in story.timeline:
        planned = " (planned)" if entry.status == "planned" else ""
        yield f"- **{period(entry.begin, entry.end)}**{planned}: {_md(clause(entry.text))}"
    yield ""


def _sources(wording: Wording) -> Iterator[str]:
    yield from ("## Sources", "")
    for number, article in enumerate(wording.edition.articles, 1):
        title = f"“{_md(line(article.title))}”, " if article.title else ""
        credit = f", credits {_md(line(', '.join(article.agencies)))}" if article.agencies else ""
        copied = f"; {_md(wording.copied[article.id])}" if article.id in wording.copied else ""
        yield f"{number}. {title}{_md(wording.outlet(article.id))}, {dated(article.published)}{credit}{copied}"
        yield f"   {_md(visible(article.url or basename(article.source)))}"
    yield ""


def _problems(edition: Edition) -> Iterator[str]:
    if edition.problems:
        yield from ("## Problems", "")
    for problem in edition.problems:
        yield f"- {_md(visible(basename(problem.source)))} ({problem.stage}): {_md(line(problem.reason))}"


def _md(text: str) -> str:
    return _SPECIAL.sub(lambda m: "\\" + m[0], text)


def summary(edition: Edition) -> str:
    """At most 25 plain lines for a terminal: counts, and of each of the first stories how its brief begins and what the
    reports disagree on or have revised."""
    wording = Wording(edition)
    origins = wording.origins_of(wording.articles)
    head = [
        f"{count(len(edition.articles), 'article')} · {count(len(origins), 'origin')} · "
        f"{len(edition.stories)} stor{'y' if len(edition.stories) == 1 else 'ies'}"
        + (f" · {count(len(edition.problems), 'problem')}" if edition.problems else "")
    ]
    shown = sorted(edition.stories, key=lambda s: -len(s.articles))[:_STORIES]
    most = 3 if len(shown) == 1 else 1  # sentences of a brief
    for story in shown:
        head += ["", *_short_story(wording, story, most)]
    if len(shown) < len(edition.stories):
        head += ["", f"and {len(edition.stories) - len(shown)} more; the edition holds them all"]
    return "\n".join(head)


def _short_story(wording: Wording, story: Story, most: int) -> Iterator[str]:
    yield shortened(line(story.title).upper(), _WIDTH)
    yield _counts(wording, story)
    for sentence in story.brief[:most]:
        yield from _short(visible(sentence.text), 3 if most > 1 else 2)
    found = [c for c in ranked(story) if c.relation in {"contradiction", "update"}]
    room = 9 if most > 1 else 2
    for conflict in found[:room]:
        word, shape = RELATION[conflict.relation]
        title = headline(conflict)
        told = "" if conflict.kind == "quantity" and ": " in title else f": {readings(conflict)}"
        yield shortened(f"  {shape} {word}, {title}{told}", _WIDTH)
    if len(found) > room and most > 1:
        yield f"  and {len(found) - room} more"


def _short(text: str, most: int) -> list[str]:
    """At most ``most`` lines, the last one cut where words are left out."""
    lines = wrap(text, _WIDTH - 2)
    if len(lines) > most:
        lines[most - 1 :] = [shortened(f"{lines[most - 1]} {lines[most]}", _WIDTH - 2)]
    return [f"  {words}" for words in lines]
