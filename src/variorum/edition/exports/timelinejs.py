"""The timelines of an edition for TimelineJS, whose texts are HTML. https://timeline.knightlab.com/docs/json-format.html"""

from __future__ import annotations

from html import escape
from typing import Any

from variorum.edition.exports.writing import date_parts, json_bytes
from variorum.edition.wording import Wording, clause, count, line, period, shortened, support
from variorum.model import Edition, Story, TimelineEntry
from variorum.text.ids import content_id

_HEADLINE = 90  # characters


def to_timelinejs(edition: Edition) -> bytes:
    """All events of all stories; a story is a group when there are several, else planned and past events are."""
    wording = Wording(edition)
    titles = [line(story.title) or "Untitled story" for story in edition.stories]
    events = [
        _event(wording, story, entry, title if len(titles) > 1 else entry.status.capitalize())
        for story, title in zip(edition.stories, titles, strict=True)
        for entry in story.timeline
        if date_parts(entry.begin)
    ]
    title = {"title": {"text": _text("; ".join(titles), _sources(edition)), "autolink": False}} if titles else {}
    return json_bytes({**title, "events": events, "scale": "human"})


def _event(wording: Wording, story: Story, entry: TimelineEntry, group: str) -> dict[str, Any]:
    end = date_parts(entry.end)
    words = clause(entry.text)
    status = "Planned. " if entry.status == "planned" else ""
    return {
        "start_date": date_parts(entry.begin),
        **({"end_date": end} if end and entry.end != entry.begin else {}),
        "display_date": escape(period(entry.begin, entry.end)),
        "text": _text(shortened(words, _HEADLINE), status + words, *_backing(wording, entry)),
        "group": escape(group),
        "unique_id": content_id("v", story.id, entry.begin, entry.end, entry.text, *entry.claims),
        "autolink": False,
    }


def _backing(wording: Wording, entry: TimelineEntry) -> list[str]:
    """Who tells it, and how well the best claim behind it is supported."""
    claims = [wording.claims[c] for c in entry.claims if c in wording.claims]
    said = wording.said(s for claim in claims for s in claim.statements)
    outlets = ", ".join(dict.fromkeys(wording.outlet(s.article) for s in said))
    return [f"{outlets} – {support(claims[0])}"] if claims else []


def _sources(edition: Edition) -> str:
    return count(len(edition.articles), "report")


def _text(headline: str, *paragraphs: str) -> dict[str, str]:
    return {"headline": escape(headline), "text": "".join(f"<p>{escape(p)}</p>" for p in paragraphs if p)}
