"""Who everybody is: the names of one article gathered into entities, then entities across articles into one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from variorum.annotate.entities.aliases import Aliases, Entry
from variorum.annotate.entities.evidence import CERTAIN, FAIR, STRONG, beside, is_agency_name
from variorum.annotate.entities.linking import link_entities
from variorum.annotate.entities.naming import find_laws, find_names, find_repeated
from variorum.annotate.entities.occurrence import Found
from variorum.annotate.entities.offices import read_roles
from variorum.annotate.entities.places import place_entities
from variorum.annotate.names import (
    Gender,
    ShortForms,
    gather,
    initials,
    lore,
    name_keys,
    name_parts,
    person_keys,
    plain,
    same_name,
    same_person_name,
)
from variorum.annotate.spellings import alike
from variorum.annotate.tokens import Doc
from variorum.model import Article, Block, BlockKind, Entity, EntityKind, Location, Mention, Span
from variorum.text.ids import content_id
from variorum.text.normalise import fold
from variorum.text.sounds import sound

if TYPE_CHECKING:
    from variorum.annotate.entities.coreference import Coreference

__all__ = ["LocalEntities", "link_entities", "read_entities"]

_GENDERS: Final[tuple[Gender | None, ...]] = (None, "male", "female")
#: Order in which kinds win when the evidence is even.
_RANK: Final[tuple[EntityKind, ...]] = (
    "person", "organisation", "place", "agency", "outlet", "product", "event", "law", "other",
)  # fmt: skip


#: Blocks that are never parsed and yet belong to the report.
_UNPARSED: Final[frozenset[BlockKind]] = frozenset({"title", "caption", "credit", "dateline"})
_FULL_LABELS: Final = 4  #: how many labels of one name count in full
_DOUBTFUL: Final[frozenset[EntityKind]] = frozenset({"organisation", "product", "event", "other"})


@dataclass(slots=True)
class Group:
    """Occurrences of names that name one thing, while they are being gathered."""

    found: list[Found]
    kind: EntityKind = "other"
    roles: list[str] = field(default_factory=list)
    gender: Gender | None = None
    fixed: bool = False
    entry: Entry | None = None
    epithet: str = ""

    _name: str = ""

    @property
    def name(self) -> str:
        """What the user's file calls it, else the fullest spelling: most words, then longest, then most often, then
        first. Countries have their usual name, outlets the article that the text gives them."""
        if not self._name:
            self._name = self.entry.name if self.entry else self._fullest() + self.epithet
        return self._name

    @property
    def names(self) -> frozenset[str]:
        """All its spellings, for the user's file."""
        return frozenset([self.name, *(f.text for f in self.found)])

    def _fullest(self) -> str:
        counts = Counter(f.text for f in self.found)
        country = _country(plain(self.found[0].text)) if self.kind == "place" else None
        if country:
            return country
        length = len if self.kind != "person" else _no_length  # a person's longer spelling is no fuller
        best = max(counts, key=lambda t: (len(t.split()), length(t), counts[t]))
        return f"The {best}" if self.kind == "outlet" and any(f.the for f in self.found) else best

    def absorb(self, other: Group) -> None:
        """Takes over all that is known of ``other``, the same thing."""
        self.found.extend(other.found)
        self.roles = _ordered_roles(list(dict.fromkeys([*self.roles, *other.roles])))
        self.gender = self.gender or other.gender
        self.fixed = self.fixed or other.fixed
        self.entry = self.entry or other.entry
        self.epithet = self.epithet or other.epithet
        self._name = ""


def _country(key: str) -> str | None:
    return lore().countries.get(key) or lore().adjectives.get(key)


def _no_length(_: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class LocalEntities:
    """The entities of one article and their mentions in order; `resolve` also reads pronouns and descriptions."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    _coreference: Coreference

    def resolve(self, span: Span) -> Entity | None:
        """Whom a name, pronoun or description in ``span`` stands for; null rather than a guess."""
        return self._coreference.resolve(span)


def read_entities(article: Article, docs: Sequence[tuple[Block, Doc]], aliases: Aliases | None = None) -> LocalEntities:
    """Reads the names of an article from its parsed paragraphs: token offsets plus ``block.span[0]`` are the
    article's. What ``aliases`` says of a name goes before all else. Never raises for odd text; linear in its length
    but for the number of distinct names."""
    from variorum.annotate.entities.coreference import Coreference

    aliases = aliases or Aliases()
    found = find_names(docs)
    common = {f.key.rstrip("s") for f in found if _long_form_acronym(article.text, f)}
    found = [f for f in found if f.key.rstrip("s") not in common]
    parsed = {block.span for block, _ in docs}
    blocks = article.blocks or tuple(block for block, _ in docs)
    other = [b for b in blocks if b.kind in _UNPARSED and b.span not in parsed]
    found.extend(find_repeated(article.text, other, {f.text: f for f in reversed(found)}))
    laws = list(find_laws(article.text, blocks))
    found = [*_outside(found, laws), *laws]
    found = _with_listed(found, list(aliases.find(article.text, blocks)))
    taken = {f.span for f in found}
    found.extend(
        Found(-1, 0, 0, c.span, article.text[slice(*c.span)], firm=True) for c in article.credits if c.span not in taken
    )
    groups = _gather(found, article, aliases)
    records = place_entities([_record(group, article) for group in groups], article.text)
    entities = tuple(sorted((e for parts in records for e in parts), key=lambda e: e.mentions[0].span))
    mentions = sorted((Mention(e.id, place.span) for e in entities for place in e.mentions), key=lambda m: m.span)
    facts = {record.id: group for parts, group in zip(records, groups, strict=True) for record in parts}
    return LocalEntities(entities, tuple(mentions), Coreference(entities, tuple(mentions), facts, docs))


def _outside(found: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """Those of ``found`` that share no character with the ``others``, which are in order."""
    starts, ends = [o.span[0] for o in others], [o.span[1] for o in others]
    return [f for f in found if bisect_right(ends, f.span[0]) == bisect_left(starts, f.span[1])]


def _apart(one: Group, other: Group, aliases: Aliases) -> bool:
    """Whether the user's file keeps two groups apart."""
    return bool(aliases.entries) and aliases.part(one.names, other.names)


def _with_listed(found: Sequence[Found], listed: Sequence[Found]) -> list[Found]:
    """The names found, and those of the user's file in their stead: a listed name inside a longer one is part of that,
    one that overlaps another name otherwise goes before it, and one of the same words shares what is known of it."""
    if not listed:
        return list(found)
    spans = sorted(f.span for f in found)
    by_span = {f.span: f for f in found}
    fresh = []
    for one in listed:
        if twin := by_span.get(one.span):
            twin.votes.update(one.votes)
            continue
        at = bisect_right(spans, one.span[0], key=lambda s: s[0]) - 1
        if at < 0 or spans[at][1] < one.span[1]:
            fresh.append(one)
    return [*_outside(found, fresh), *fresh]


def _record(group: Group, article: Article) -> Entity:
    spans = sorted({f.span for f in group.found})
    name = group.name
    aliases = dict.fromkeys(f.text for f in sorted(group.found, key=lambda f: f.span) if f.text != name)
    # Persons are told apart by article until they are linked: one name may be two people's.
    owner = (article.id,) if group.kind == "person" else ()
    identity = content_id("ent", group.kind, plain(name), *owner)
    mentions = tuple(Location(article.id, s) for s in spans)
    if group.kind != "person":
        return Entity(identity, name, group.kind, tuple(aliases), None, mentions)
    told = [pair for f in sorted(group.found, key=lambda f: f.span) for pair in zip(f.roles, f.told, strict=True)]
    role = group.roles[0] if group.roles else group.entry.role if group.entry else None
    return Entity(identity, name, "person", tuple(aliases), role, mentions, read_roles(article, told))


def _long_form_acronym(text: str, found: Found) -> bool:
    """Whether the name only abbreviates common words: "intercontinental ballistic missile (ICBM)"."""
    start = found.span[0]
    if not found.text.rstrip("s").isupper() or text[start - 1 : start] != "(" or start < 8:
        return False
    before = text[max(0, start - 100) : start - 1].split()
    letters = found.text.rstrip("s").lower()
    words = [p for w in before for p in w.split("-") if p][-len(letters) :]
    return (
        all(w[0].islower() for w in words[1:])
        and "".join(w[0] for w in words).lower() == letters
        and words[-1][0].islower()
    )


# --- gathering --------------------------------------------------------------------------------------------------------


def _gather(found: Sequence[Found], article: Article, aliases: Aliases) -> list[Group]:
    by_key: dict[tuple[str, str], list[Found]] = defaultdict(list)
    surnames = {one.key.split()[-1] for one in found if " " in one.text and one.labels["person"] + one.votes["person"]}
    for one in found:
        entry = aliases.entry([one.text])
        key = plain(entry.name) if entry else lore().canonical.get(one.key, one.key)
        if one.key in surnames and key in lore().known and _about_a_person(one, article.text):
            one.votes = Counter[EntityKind]({"person": CERTAIN})
            key += " "  # the person, beside the town of that name
        by_key[key, _epithet(one, article.text)].append(one)
    groups = [
        _group(members, article, aliases.entry([members[0].text]), epithet) for (_, epithet), members in by_key.items()
    ]
    _judge_short_forms(groups)
    groups = _join_persons(groups, aliases)
    groups = gather(
        groups,
        _name_keys,
        lambda a, b: same_name(a.kind, a.name, b.name) and not _apart(a, b, aliases),
        Group.absorb,
    )
    groups = _adopt_short_forms(groups, aliases)
    surnames = {name_parts(g.name)[-1] for g in groups if g.kind == "person" and " " in g.name}
    kept = [
        g
        for g in groups
        if g.entry or (not _false_hit(g) and plain(g.name).removesuffix("s") not in surnames - {plain(g.name)})
    ]
    return _unique(kept)


def _about_a_person(found: Found, text: str) -> bool:
    """Whether the words beside a name are said of people alone: ", 41," and the like."""
    votes = beside(text, found.span)
    return votes["person"] >= STRONG and not votes["place"]


def _epithet(found: Found, text: str) -> str:
    """ " the Elder" behind a name, which tells its bearer from another."""
    match = _generations().match(text, found.span[1]) if " " in found.text else None
    return match[0] if match else ""


@cache
def _generations() -> re.Pattern[str]:
    return re.compile(rf" the (?:{'|'.join(word.capitalize() for word in sorted(lore().generations))})(?!\w)")


def _group(members: list[Found], article: Article, entry: Entry | None, epithet: str) -> Group:
    votes = _votes(members)
    name, credits = members[0].text, {c.span for c in article.credits}
    own = plain(article.publisher or "")
    if own == plain(name) or (" " not in name and own.endswith(f" {plain(name)}")):
        votes["agency" if is_agency_name(own) else "outlet"] += 2 * CERTAIN * len(members)
    if any(one.span in credits for one in members) or name in article.agencies:
        votes["agency"] += 2 * CERTAIN * len(members)
    kind = max(_RANK, key=lambda k: (votes[k], -_RANK.index(k)))
    roles = list(dict.fromkeys(r for f in members for r in f.roles))
    if entry is not None:
        kind = entry.kind
    group = Group(
        members,
        kind if votes[kind] else "other",
        _ordered_roles(roles),
        fixed=entry is not None or any(f.votes[kind] >= CERTAIN for f in members),
        entry=entry,
        epithet=epithet,
    )
    group.gender = _gender(group)
    return group


def _votes(members: Sequence[Found]) -> Counter[EntityKind]:
    """All evidence for the kind of one name. The pipeline's labels count less the more there are: it makes the same
    mistake again and again."""
    votes: Counter[EntityKind] = Counter()
    labels: Counter[EntityKind] = Counter()
    for one in members:
        votes.update(one.votes)
        labels.update(one.labels)
    share = min(1.0, (_FULL_LABELS + (len(members) - _FULL_LABELS) / 4) / len(members))
    for kind, count in labels.items():
        votes[kind] += round(count * share)
    heads = max((one.heads for one in members), key=Counter.total)
    votes.update({kind: 2 * count for kind, count in heads.items()})  # a name's own words tell the same every time
    return votes


def _judge_short_forms(groups: list[Group]) -> None:
    """Lets a short form tell the kind of its long one, and back. A two-word name taken up by its last word is a
    person's; capitals that spell a longer name are an organisation's."""
    keys = {plain(g.name) for g in groups}
    papers = Counter(plain(g.name).split()[-1] for g in groups if g.kind == "outlet" and " " in g.name)
    people = [(g, plain(g.name).split()) for g in groups if g.kind == "person"]
    tails = {" ".join(words[-n:]) for _, words in people for n in range(2, len(words))}
    families = {words[-1] for _, words in people if len(words) > 1}
    organs = (plain(g.name).split() for g in groups if g.kind == "organisation")
    firms = {words[0] for words in organs if len(words) == 2 and words[1] in lore().of_firms}
    acronyms = {initials(g.name): g for g in groups if g.kind in ("organisation", "other") and " " in g.name}
    for group in groups:
        words = plain(group.name).split()
        if group.fixed:
            if group.kind == "agency" and (long := acronyms.get(group.name.replace(".", ""))):
                long.kind = "agency"  # "Northern Press Bureau (NPB)", credited as NPB
            continue
        if group.kind in _DOUBTFUL and " ".join(words) in tails:
            group.kind = "person"  # "El Amrani" after "Youssef El Amrani"
        if 2 <= len(words) <= 3 and group.kind in (*_DOUBTFUL, "place") and _relative(group, words, families):
            group.kind = "person"
        common = set(words) & _heads()
        if 2 <= len(words) <= 3 and group.kind in _DOUBTFUL and words[-1] in keys and not (common or _told(group)):
            group.kind = "person"
        if len(words) == 1 and group.kind in ("person", "place") and words[0] in firms and not _shown(group):
            group.kind = "organisation"  # "Kelbrin" beside "Kelbrin Systems"
        if len(words) == 1 and words[0] in lore().outlets and papers[words[0]] == 1:
            group.kind = "outlet"  # "the Post" after one "... Post"
        long = acronyms.get(group.name.replace(".", ""))
        if len(words) == 1 and long is not None:
            group.kind = long.kind = "agency" if "agency" in (group.kind, long.kind) else "organisation"


def _told(group: Group) -> bool:
    """Whether the words beside the name show what kind of thing it names."""
    return any(f.votes[group.kind] >= STRONG for f in group.found)


def _shown(group: Group) -> bool:
    """Whether anything but the pipeline's label shows of what kind a name is, or it is a known one."""
    return bool(group.roles or plain(group.name) in lore().known or any(f.votes[group.kind] for f in group.found))


def _relative(group: Group, words: list[str], families: set[str]) -> bool:
    """Whether only the pipeline's label keeps a name from being that of one more bearer of a surname."""
    first = group.name.split()[0]
    if words[-1] not in families or not all(w.replace("-", "").isalpha() for w in words):
        return False
    known = words[0] in lore().known or (first.isupper() and not group.name.isupper())
    return not known and not any(f.votes or f.heads for f in group.found) and not set(words) & _heads()


def _heads() -> frozenset[str]:
    table = lore()
    return table.organisations | table.places | table.events | table.laws | table.outlets


def _adopt_short_forms(groups: list[Group], aliases: Aliases) -> list[Group]:
    """Gives an organisation's short form ("Northlink" for "Northlink Airways") to the only one that it can mean, and to
    an event or a ship its own name."""
    owners = ShortForms((g, g.name) for g in groups if g.kind == "organisation")
    events = {plain(g.name).partition(" ")[2]: g for g in groups if plain(g.name).split()[0] in lore().named_events}
    events |= {plain(g.name).split()[-1]: g for g in groups if g.kind == "product" and _told(g) and " " in g.name}
    kept = []
    for group in groups:
        longer = events.get(plain(group.name), group)
        if longer is not group and not group.fixed and not group.roles:
            longer.absorb(group)  # "Odette" after "Hurricane Odette", "the Linnet" after the ferry "Grey Linnet"
            continue
        owner = owners.owner(group.name) if group.kind in ("organisation", "other") and not group.fixed else None
        if owner is None or _apart(owner, group, aliases):
            kept.append(group)
        else:
            owner.absorb(group)
    return kept


def _ordered_roles(roles: list[str]) -> list[str]:
    """Offices before bare titles ("General") before kinship; otherwise as they come."""
    return sorted(roles, key=lambda r: (not lore().kin.isdisjoint(fold(r).split()), " " not in r))


def _gender(group: Group) -> Gender | None:
    table = lore()
    for one in group.found:
        for word in (one.address, *(w for role in one.roles for w in fold(role).split())):
            if word and word in table.gender_of_word:
                return table.gender_of_word[word]
    given = {name_parts(f.text)[0] for f in group.found if len(name_parts(f.text)) > 1}
    genders = {table.gender_of_name[g] for g in given if g in table.gender_of_name}
    return genders.pop() if len(genders) == 1 else None


def _false_hit(group: Group) -> bool:
    """A capitalised word that nothing shows to be a name, or a lone one in marks or brackets: a nickname."""
    single = all(" " not in f.text for f in group.found)
    if group.kind == "other" and not any(f.votes or f.labels or f.heads for f in group.found):
        return single or len(group.found) < 2
    quoted = all(f.bare for f in group.found) and group.kind in ("person", "other", "organisation")
    return single and quoted and not group.fixed


def _family(key: str, surnames: set[str]) -> bool:
    """Whether the name is the plural of a surname of the report: "the Clintons" are nobody in particular."""
    return key.endswith("s") and key not in surnames and key[:-1] in surnames


def _unique(groups: list[Group]) -> list[Group]:
    """Groups that would get the same id are one, unless they are homonyms, which the surname step kept apart."""
    seen: dict[tuple[str, str], Group] = {}
    for group in groups:
        twin = seen.setdefault((group.kind, plain(group.name)), group)
        if twin is not group:
            twin.absorb(group)
    return list(seen.values())


# --- persons ----------------------------------------------------------------------------------------------------------


def _join_persons(groups: list[Group], aliases: Aliases) -> list[Group]:
    """Full names first, then surnames (and lone given names) to the full name they shorten."""
    full: list[Group] = []
    rest: list[Group] = []
    for group in groups:
        long = group.kind == "person" and len(name_parts(group.name)) > 1
        (full if long else rest).append(group)
    full = gather(
        full,
        _surname_keys,
        lambda a, b: same_person_name(a.name, b.name) and not _apart(a, b, aliases),
        Group.absorb,
    )
    surnames: dict[str, list[Group]] = defaultdict(list)
    given: dict[str, list[Group]] = defaultdict(list)
    for group in full:
        surnames[sound(name_parts(group.name)[-1])].append(group)
        given[fold(name_parts(group.name)[0])].append(group)
    left = [g for g in rest if not _attach(g, surnames, given, aliases)]
    left = gather(
        left, _surname_keys, lambda a, b: a.kind == b.kind == "person" and alike(a.name, b.name), Group.absorb
    )
    return sorted([*full, *left], key=lambda g: g.found[0].span)


def _attach(group: Group, surnames: dict[str, list[Group]], given: dict[str, list[Group]], aliases: Aliases) -> bool:
    if len(name_parts(group.name)) > 1 or group.entry or (group.kind != "person" and (group.fixed or _placed(group))):
        return False
    owners = surnames.get(sound(name_parts(group.name)[-1]), [])
    if not owners and group.kind == "person" and not group.roles:
        owners = given.get(fold(group.name), [])
        owners = owners if len(owners) == 1 else []
    owners = [o for o in owners if not _apart(o, group, aliases)]
    if not owners:
        return False
    for owner, mentions in _by_bearer(group, owners).items():
        roles = [r for one in mentions for r in one.roles]
        owners[owner].absorb(Group(mentions, "person", list(dict.fromkeys(roles)), _gender(Group(mentions))))
    return True


def _placed(group: Group) -> bool:
    """Whether the words beside the name show it to be a place's, whoever else may bear it."""
    return group.kind == "place" and sum(f.votes["place"] for f in group.found) >= FAIR


def _by_bearer(group: Group, owners: list[Group]) -> dict[int, list[Found]]:
    """Which of several people of one surname each bare surname means: one whose gender fits the address, and of these
    the one just named in full in that paragraph, else the one named first."""
    full = [
        sorted(
            (f.doc, f.first, i) for i, o in enumerate(owners) for f in o.found if " " in f.text and _suits(o, gender)
        )
        for gender in _GENDERS
    ]
    shares: dict[int, list[Found]] = defaultdict(list)
    for one in group.found:
        gender = lore().gender_of_word.get(one.address or "")
        named = full[_GENDERS.index(gender)]
        at = bisect_left(named, (one.doc, one.first, 0)) - 1
        here = at >= 0 and named[at][0] == one.doc
        first = next((i for i, o in enumerate(owners) if _suits(o, gender)), 0)
        shares[named[at][2] if here else first].append(one)
    return shares


def _suits(owner: Group, gender: Gender | None) -> bool:
    return gender is None or owner.gender in (gender, None)


def _surname_keys(group: Group) -> list[Hashable]:
    return [(group.kind, key) for key in person_keys(group.name)]


def _name_keys(group: Group) -> list[Hashable]:
    return [(group.kind, key) for key in name_keys(group.kind, group.name)]
