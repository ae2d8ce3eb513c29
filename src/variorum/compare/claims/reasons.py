"""Why a claim has the support that it has, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.compare.claims.newsrooms import Newsroom, Newsrooms
from variorum.compare.claims.voices import Voice, body_of
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.telling import listed


def newsroom_reasons(facts: Sequence[Fact], rooms: Sequence[Newsroom], titles: Mapping[str, str]) -> list[str]:
    """One line for each newsroom: who carried it and how."""
    lines: dict[frozenset[str], tuple[str, dict[str, str]]] = {}
    for fact, room in zip(facts, rooms, strict=True):
        carriers = lines.setdefault(room.keys, (room.label, {}))[1]
        carriers.setdefault(titles[fact.statement.article], room.how)
    return [_newsroom_line(label, carriers) for label, carriers in lines.values()]


def _newsroom_line(label: str, carriers: Mapping[str, str]) -> str:
    if all(how == "" for how in carriers.values()):
        return f"{listed(carriers)} on its own authority"
    if list(carriers) == [label]:
        return f"{label}, {carriers[label]}"
    return f"{label}, carried by " + listed(f"{c} ({how})" if how else c for c, how in carriers.items())


def root_reasons(voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[str]:
    """The root sources that are named, and what keeps them from being told apart."""
    lines = []
    named: dict[str, str] = {}
    for voice in voices:
        if not voice.own:
            named.setdefault(body_of(voice.label), voice.label)
    if named:
        lines.append(f"root {'source' if len(named) == 1 else 'sources'}: {listed(named.values())}")
    nameless = [
        (v.label, room.keys) for v, room in zip(voices, rooms, strict=True) if "unnamed" in v.keys and not v.own
    ]
    unnamed, houses = {label for label, _ in nameless}, {keys for _, keys in nameless}
    if len(unnamed) > 1 or len(houses) > 1:
        lines.append(f"unnamed sources may be one: {listed(label for label, _ in nameless)}")
    for state, organs in _organs(voices).items():
        lines.append(f"may be one root, as organs of one government{f' ({state})' if state else ''}: {listed(organs)}")
    if any(v.leans for v in voices):
        lines.append("what a newsroom says without a source rests on the source it names for the same elsewhere")
    if named and any(v.own and len(v.keys) > 1 and not v.leans for v in voices):
        lines.append("what a newsroom says without a source may rest on the source it names elsewhere")
    if any(fact.continues for fact in facts):
        lines.append("what goes on about a source's words may rest on that source")
    return lines


def _organs(voices: Sequence[Voice]) -> dict[str, list[str]]:
    """Sources that share a government, by its name."""
    found: dict[str, dict[str, str]] = {}
    for voice in voices:
        for key in sorted(k for k in voice.keys if k.startswith("government:") and not voice.own):
            found.setdefault(key.removeprefix("government:"), {}).setdefault(body_of(voice.label), voice.label)
    return {state: list(organs.values()) for state, organs in sorted(found.items()) if len(organs) > 1}


def kin_reasons(behind: Sequence[Sequence[int]], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[str]:
    """The newsrooms whose reports are kindred."""
    pairs = {
        tuple(sorted((facts[n].rank[0], facts[m].rank[0]))): (rooms[n].label, rooms[m].label)
        for n, others in enumerate(behind)
        for m in others
    }
    labels = dict.fromkeys(label for _, pair in sorted(pairs.items()) for label in pair)
    return [f"share wording elsewhere, so one may rest on the other: {listed(labels)}"] if labels else []


def media_reasons(media: Sequence[frozenset[str]], facts: Sequence[Fact], rooms: Newsrooms) -> list[str]:
    """The media that may stand behind two reports of a claim."""
    behind: dict[str, set[str]] = {}
    for fact, keys in zip(facts, media, strict=True):
        for key in keys:
            behind.setdefault(key, set()).add(fact.statement.article)
    named = {k: v for f in facts for k, v in rooms.media.behind(f.statement, True).items()}
    both = [named[k] for k in sorted(named) if len(behind.get(f"newsroom:{k}", ())) > 1]
    return [f"may rest on what is named beside it in more reports than one: {listed(both)}"] if both else []


def alike_reasons(rooms: Sequence[Newsroom], shared: Sequence[frozenset[str]]) -> list[str]:
    """The newsrooms whose words are alike from end to end."""
    alike = list({room.keys: room.label for room, words in zip(rooms, shared, strict=True) if words}.values())
    return [f"worded too alike to be told apart: {listed(alike)}"] if len(alike) > 1 else []


def spoken_reasons(spoken: Sequence[Sequence[int]]) -> list[str]:
    """One says what another quotes."""
    told = "one says what another quotes, or says it in the same words, so one speaker may be behind both"
    return [told] if any(spoken) else []


def chief_reasons(
    chiefs: Sequence[frozenset[str]], voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms
) -> list[str]:
    """The chief sources of reports, where two may rest on one."""
    resting: dict[str, set[str]] = {}
    for keys, voice, fact in zip(chiefs, voices, facts, strict=True):
        for key in keys if voice.own else voice.keys:
            resting.setdefault(key, set()).add(fact.statement.article)
    both = dict.fromkeys(
        chief.name
        for keys, voice, fact in zip(chiefs, voices, facts, strict=True)
        if voice.own and any(len(resting[key]) > 1 for key in keys)
        if (chief := rooms.chief(fact.statement.article)) and chief.name
    )
    names = listed(name for name in both if name)
    return [f"what a report tells as its own may rest on the one who speaks in most of it: {names}"] if both else []


def recording_reasons(recorded: Sequence[frozenset[str]], facts: Sequence[Fact]) -> list[str]:
    """Two describe one recording or writing."""
    articles: dict[str, set[str]] = {}
    for keys, fact in zip(recorded, facts, strict=True):
        for key in keys:
            articles.setdefault(key, set()).add(fact.statement.article)
    told = "describe one recording or writing, so whoever made it may be the one root"
    return [told] if any(len(found) > 1 for found in articles.values()) else []


def unsure_reasons(voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms) -> list[str]:
    """Who is only called "he", after another has spoken."""
    unsure = dict.fromkeys(
        voice.label for voice, fact in zip(voices, facts, strict=True) if rooms.is_unsure(fact.statement)
    )
    return [f"may be another's word, who speaks in the sentence before: {listed(unsure)}"] if unsure else []
