"""The edition as Markdown that reads well in a terminal, and as a summary of some twenty-five lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from variorum.edition.wording import (
    RELATION,
    STATUS,
    Wording,
    clause,
    count,
    dated,
    line,
    newest_first,
    percent,
    period,
    readings,
    shortened,
    support,
    visible,
)
from variorum.model import Claim, Conflict, Edition, Story

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])|^([#+-]|\d+[.)])(?=\s)", re.M)
_WIDTH: Final = 100
_TOP: Final = 5  # claims of a story in the summary


def to_markdown(edition: Edition) -> str:
    """Brief with numbered citations and their exact words, claims, conflicts, timeline, sources and problems."""
    wording = Wording(edition)
    lines = [line for story in edition.stories for line in _story(wording, story)]
    lines += _sources(wording)
    lines += _problems(edition)
    return "\n".join(lines).strip() + "\n"


def _story(wording: Wording, story: Story) -> Iterator[str]:
    yield from (f"# {_md(line(story.title)) or 'Untitled story'}", "", f"*{_md(_counts(wording, story))}*", "")
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
                         f"“{_md(line(wording.words(place)))}”")  # fmt: skip
            marks += f"[{len(notes)}]"
        yield f"- {_md(visible(sentence.text))} {marks}{_standing(wording, sentence.claims)}"
    yield from ("", "Words cited (article: from–to):", "")
    yield from (f"{number}. {note}" for number, note in enumerate(notes, 1))
    yield ""


def _standing(wording: Wording, claims: tuple[str, ...]) -> str:
    known = [wording.claims[c] for c in claims if c in wording.claims]
    if not known:
        return ""
    worst = next((c for c in known if c.status in {"denied", "disputed"}), known[0])
    return f" – *{STATUS[worst.status][0].lower()}: {support(worst)}*"


def _claims(wording: Wording, story: Story) -> Iterator[str]:
    if story.claims:
        yield from ("## Claims", "")
    for claim in newest_first(story.claims):
        word, shape, _ = STATUS[claim.status]
        yield f"- {shape} **{word}** ({support(claim)}): {_md(clause(claim.text))}"
        for statement in wording.said(claim.statements):
            where = f"{wording.numbers.get(statement.article, '?')}: {statement.span[0]}–{statement.span[1]}"
            yield f"  - [{where}] {_md(' → '.join(wording.chain(statement)))}"
        yield from (f"  - because {_md(visible(reason))}" for reason in claim.support.reasons)
    yield ""


def _conflicts(wording: Wording, story: Story) -> Iterator[str]:
    if story.conflicts:
        yield from ("## Conflicts and updates", "")
    for conflict in _ranked(story):
        word, shape = RELATION[conflict.relation]
        yield f"### {shape} {word}: {_md(line(conflict.about))} ({percent(conflict.confidence)} sure)"
        yield from ("", _md(line(conflict.explanation)), "")
        for reading in conflict.readings:
            yield f"- **{_md(line(reading.value))}**"
            for statement in wording.said(reading.statements):
                article = wording.articles.get(statement.article)
                when = dated(article.published) if article else "undated"
                yield f"  - {_md(' → '.join(wording.chain(statement)))}, {when}: “{_md(clause(statement.text))}”"
        yield ""


def _ranked(story: Story) -> list[Conflict]:
    """Contradictions first, then updates; the surest first."""
    order = list(RELATION)
    return sorted(story.conflicts, key=lambda c: (order.index(c.relation), -c.confidence, c.id))


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
        yield f"   {_md(visible(article.url or article.source))}"
    yield ""


def _problems(edition: Edition) -> Iterator[str]:
    if edition.problems:
        yield from ("## Problems", "")
    for problem in edition.problems:
        yield f"- {_md(visible(problem.source))} ({problem.stage}): {_md(line(problem.reason))}"


def _md(text: str) -> str:
    return _SPECIAL.sub(lambda m: "\\" + m[0], text)


def summary(edition: Edition) -> str:
    """Plain lines for a terminal: counts, and of each of the first stories its brief, best-supported claims and what
    they disagree on."""
    wording = Wording(edition)
    origins = wording.origins_of(wording.articles)
    head = [
        f"{count(len(edition.articles), 'article')} · {count(len(origins), 'origin')} · "
        f"{len(edition.stories)} stor{'y' if len(edition.stories) == 1 else 'ies'}"
        + (f" · {count(len(edition.problems), 'problem')}" if edition.problems else "")
    ]
    shown = sorted(edition.stories, key=lambda s: -len(s.articles))[:3]
    for number, story in enumerate(shown):
        head += ["", *_short_story(wording, story, number == 0)]
    if len(shown) < len(edition.stories):
        head += ["", f"and {len(edition.stories) - len(shown)} more; the edition holds them all"]
    return "\n".join(head)


def _short_story(wording: Wording, story: Story, full: bool) -> Iterator[str]:
    yield shortened(line(story.title).upper(), _WIDTH)
    yield _counts(wording, story)
    for sentence in story.brief[: 4 if full else 1]:
        yield from wrap(visible(sentence.text), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if full:
        yield from (_short_claim(c) for c in newest_first(story.claims)[:_TOP])
    shown = [c for c in _ranked(story) if c.relation in {"contradiction", "update"}]
    for conflict in shown[: 6 if full else 2]:
        word, shape = RELATION[conflict.relation]
        yield shortened(f"  {shape} {word}, {line(conflict.about)}: {readings(conflict)}", _WIDTH)


def _short_claim(claim: Claim) -> str:
    word, shape, _ = STATUS[claim.status]
    head = f"  {shape} {word} ({support(claim)}): "
    return head + shortened(clause(claim.text), max(40, _WIDTH - len(head)))
