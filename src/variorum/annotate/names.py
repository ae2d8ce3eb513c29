"""What names look like, which words tell their kind, and which spellings are one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Generic, Literal, TypeVar

from rapidfuzz.distance import Levenshtein

from variorum.annotate.spellings import (
    alike,
    arabic_bare,
    same_chinese,
    same_given,
    same_surname,
    similar,
    skeleton,
    surname_keys,
    variants,
    vowels_mixed,
)
from variorum.model import EntityKind
from variorum.text.agencies import Agency, known_agencies
from variorum.text.normalise import fold
from variorum.text.sounds import BARRED, sound
from variorum.text.vocabulary import load

Gender = Literal["male", "female"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its names."""

    name: str
    names: list[str]
    adjectives: list[str]
    capitals: list[str]


@dataclass(frozen=True, slots=True)
class Countries:
    """``data/countries.toml``."""

    country: list[Country]


@dataclass(frozen=True, slots=True)
class Titles:
    """``data/titles.toml``."""

    male: list[str]
    female: list[str]
    address: list[str]
    roles: list[str]
    kept: list[str]
    kin: list[str]
    offices: list[str]
    leaders: list[str]
    many: list[str]
    male_roles: list[str]
    female_roles: list[str]
    same: list[list[str]]
    qualifiers: list[str]
    over: list[str]
    to_come: list[str]


@dataclass(frozen=True, slots=True)
class SameNames:
    """Names of one thing that no rule relates."""

    kind: EntityKind
    names: list[str]


@dataclass(frozen=True, slots=True)
class Known:
    """Names whose kind the small pipeline gets wrong."""

    outlet: list[str]
    organisation: list[str]
    place: list[str]
    product: list[str]


@dataclass(frozen=True, slots=True)
class Given:
    """Given names by gender."""

    male: list[str]
    female: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """``data/names.toml``."""

    particles: list[str]
    suffixes: list[str]
    generations: list[str]
    organisations: list[str]
    heads_with_for: list[str]
    places: list[str]
    surnames: list[str]
    compass: list[str]
    ship_letters: list[str]
    products: list[str]
    events: list[str]
    named_events: list[str]
    club_starts: list[str]
    club_ends: list[str]
    laws: list[str]
    numbered_laws: list[str]
    outlets: list[str]
    outlet_cues: list[str]
    agency_cues: list[str]
    organisation_nouns: list[str]
    offices_of_state: list[str]
    firms: list[str]
    of_firms: list[str]
    any_firm: list[str]
    never: list[str]
    abbreviations: list[str]
    same: list[SameNames]
    states: dict[str, str]
    known: Known
    given: Given


@dataclass(frozen=True, slots=True)
class Lore:
    """The tables, keyed by folded name or lower-case word."""

    countries: dict[str, str]
    country_names: dict[str, tuple[str, ...]]
    adjectives: dict[str, str]
    known: dict[str, EntityKind]
    articled: frozenset[str]
    canonical: dict[str, str]
    agencies: frozenset[str]
    loose: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    kept: frozenset[str]
    kin: frozenset[str]
    qualifiers: frozenset[str]
    qualifying: frozenset[str]
    over: frozenset[str]
    to_come: frozenset[str]
    offices: frozenset[str]
    leaders: frozenset[str]
    many: frozenset[str]
    role_class: dict[str, str]
    gender_of_word: dict[str, Gender]
    gender_of_name: dict[str, Gender]
    particles: frozenset[str]
    suffixes: frozenset[str]
    generations: frozenset[str]
    organisations: frozenset[str]
    heads_with_for: frozenset[str]
    places: frozenset[str]
    surnames: frozenset[str]
    compass: frozenset[str]
    ship_letters: frozenset[str]
    products: frozenset[str]
    events: frozenset[str]
    named_events: frozenset[str]
    club_starts: frozenset[str]
    club_ends: frozenset[str]
    laws: frozenset[str]
    numbered_laws: frozenset[str]
    outlets: frozenset[str]
    outlet_cues: frozenset[str]
    agency_cues: frozenset[str]
    organisation_nouns: frozenset[str]
    offices_of_state: frozenset[str]
    firms: frozenset[str]
    of_firms: frozenset[str]
    any_firm: frozenset[str]
    never: frozenset[str]
    abbreviations: frozenset[str]


@cache
def lore() -> Lore:
    """The tables; read once. Raises `errors.VocabularyError`."""
    countries, titles, names = load("countries", Countries).country, load("titles", Titles), load("names", Names)
    agencies = known_agencies()
    known, canonical = _known(names, countries, agencies)
    return Lore(
        countries={fold(n): c.name for c in countries for n in (c.name, *c.names)},
        country_names={c.name: (c.name, *c.names) for c in countries},
        adjectives={fold(a): c.name for c in countries for a in c.adjectives},
        known=known,
        articled=frozenset(plain(o) for o in names.known.outlet if o.startswith("The ") and o.count(" ") == 1),
        canonical=canonical,
        agencies=frozenset(n for a in agencies if not a.loose for n in (a.name, *a.also)),
        loose=frozenset(n for a in agencies if a.loose for n in (a.name, *a.also)),
        titles=frozenset([*titles.male, *titles.female, *titles.address]),
        roles=frozenset(form for r in titles.roles for form in (r, r.removesuffix("."))),
        kept=frozenset(titles.kept),
        kin=frozenset(titles.kin),
        qualifiers=frozenset(titles.qualifiers),
        qualifying=frozenset([*titles.qualifiers, *titles.over, *titles.to_come]) - {"of", "for", "the", "a", "an"},
        over=frozenset(titles.over),
        to_come=frozenset(titles.to_come),
        offices=frozenset(titles.offices),
        leaders=frozenset(titles.leaders),
        many=frozenset(titles.many),
        role_class={word: group[0] for group in titles.same for word in group},
        gender_of_word=_genders([*titles.male, *titles.male_roles], [*titles.female, *titles.female_roles]),
        gender_of_name=_genders(names.given.male, names.given.female),
        **{
            field: frozenset(getattr(names, field))
            for field in (
                "heads_with_for", "particles", "suffixes", "generations", "named_events", "club_starts", "club_ends",
                "organisations", "places", "surnames", "compass", "products", "events", "laws", "numbered_laws",
                "ship_letters", "outlets", "outlet_cues", "agency_cues", "organisation_nouns", "offices_of_state",
                "firms", "of_firms", "any_firm", "never", "abbreviations",
            )
        },
    )  # fmt: skip


def _known(
    names: Names, countries: list[Country], agencies: Sequence[Agency]
) -> tuple[dict[str, EntityKind], dict[str, str]]:
    known: dict[str, EntityKind] = {}
    canonical: dict[str, str] = {}
    lists: tuple[tuple[EntityKind, list[str]], ...] = (
        ("organisation", names.known.organisation), ("place", names.known.place),
        ("product", names.known.product), ("outlet", names.known.outlet),
    )  # fmt: skip
    for kind, listed in lists:
        known.update((plain(n), kind) for n in listed)
    for country in countries:
        known.update((plain(c), "place") for c in country.capitals)
        canonical.update((fold(n), fold(country.name)) for n in (country.name, *country.names, *country.adjectives))
    for group in names.same:
        known.update((plain(n), group.kind) for n in group.names)
        canonical.update((plain(n), plain(group.names[0])) for n in group.names)
    for name, first in variants().places.items():
        for form in (plain(name), plain(name).replace("-", " ")):
            canonical.setdefault(form, canonical.get(plain(first), plain(first)))
    for short, state in names.states.items():
        known.update({fold(short): "place", fold(state): "place"})
        canonical.update({fold(short): fold(state), fold(state): fold(state)})
    for agency in agencies:
        canonical.update((plain(n), plain(agency.name)) for n in (agency.name, *agency.also))
    return known, canonical


def _genders(male: list[str], female: list[str]) -> dict[str, Gender]:
    both = set(male) & set(female)
    found: dict[str, Gender] = {**dict.fromkeys(male, "male"), **dict.fromkeys(female, "female")}
    return {word: gender for word, gender in found.items() if word not in both}


# --- spellings ------------------------------------------------------------------------------------------------------

_POSSESSIVE: Final = re.compile(r"(?:'s|')$")
#: What stands before a name and is no part of it: an article, the letters before a ship's name.
_THE: Final = re.compile(rf"^(?:the\s+)?(?:(?:{'|'.join(load('names', Names).ship_letters)})\s+(?=\w))?")
_SAINT: Final = re.compile(r"^st\.? (?=\w)")
_ARTICLE: Final = re.compile(r"\b(?:al|el|ul)[- ](?=\w)")


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """The name folded, without article and possessive."""
    return _SAINT.sub("saint ", _THE.sub("", _POSSESSIVE.sub("", fold(name)))).translate(BARRED)


def name_parts(name: str) -> list[str]:
    """The words of a person's name without suffixes ("Jr.") and nicknames."""
    return list(_parts(name))


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str, ...]:
    bare = _ARTICLE.sub("", fold(name).replace(",", " "))
    bare = _generation().sub("", bare)
    words = [w for w in bare.split() if w not in lore().suffixes and w[0] not in "\"'("]
    return tuple(words or bare.split() or [name])


@cache
def _generation() -> re.Pattern[str]:
    return re.compile(rf" the ({'|'.join(sorted(lore().generations))})$")


@lru_cache(maxsize=20_000)
def generation(name: str) -> str | None:
    """What tells bearers of one name apart: "jr", "iii", "elder"."""
    folded = fold(name)
    match, last = _generation().search(folded), folded.split()[-1:]
    if match is not None:
        return match[1]
    return last[0].rstrip(".") if last and last[0] in lore().suffixes else None


def same_person_name(one: str, other: str) -> bool:
    """Whether two full names can be one person's: surnames alike, given names alike or one the other's initial."""
    if generation(one) and generation(other) and generation(one) != generation(other):
        return False
    a, b = name_parts(one), name_parts(other)
    if len(a) == 2 and a == b[::-1] and not lore().gender_of_name.keys() >= set(a):
        return True  # "Kovacs Istvan" and "Istvan Kovacs"; "James Thomas" and "Thomas James" are two
    if len(a) != len(b) and min(len(a), len(b)) > 1 and (a[-len(b) :] == b or b[-len(a) :] == a):
        return True  # "Suu Kyi" for "Aung San Suu Kyi"
    if len(a) < 2 or len(b) < 2:
        return False
    if same_chinese(one, other) or _listed_people(one, other):
        return True
    if _middles(a) and _middles(b) and _middles(a) != _middles(b):
        return False  # "George W. Bush" is not "George H. W. Bush"
    if len(a) != len(b) and a[-1] == b[-1] and similar("".join(a[:-1]), "".join(b[:-1])):
        return True  # "Abdel Fattah" and "Abdulfattah"
    first, second = a[0].rstrip("."), b[0].rstrip(".")
    if min(len(first), len(second)) == 1:
        return first[0] == second[0] and alike(a[-1], b[-1])
    return same_given(first, second) and same_surname(a[-1], b[-1], (first, second))


def respells(one: str, other: str) -> bool:
    """Whether a full name may be another one as a translation spells it ("Gvenda Praize" for "Gwenda Pryze"): both
    parts sound nearly alike. What does not even sound alike needs the other part to be respelt too, or "Mark Holt"
    were "Mark Holm"."""
    a, b = name_parts(one), name_parts(other)
    if len(a) != 2 or len(b) != 2 or a == b or not _sounds_like(a[0], b[0]):
        return False
    left, right = skeleton(a[1]), skeleton(b[1])
    if not left or not right or left[0] != right[0]:
        return False
    respelt = a[0] != b[0] and min(len(left), len(right)) > 2
    return left == right or (respelt and Levenshtein.distance(left, right) == 1)


def _sounds_like(one: str, other: str) -> bool:
    return same_given(one, other) or (
        len(one) > 3 and skeleton(one) == skeleton(other) and sound(one)[0] == sound(other)[0]
    )


def respelling_keys(name: str) -> list[Hashable]:
    """Keys of which two full names share one whenever `respells` holds."""
    bones = skeleton(name_parts(name)[-1])
    shorter = [bones[:n] + bones[n + 1 :] for n in range(1, len(bones))] if len(bones) > 2 else []
    return [("respelt", form) for form in (bones, *shorter)]


def person_keys(name: str) -> list[Hashable]:
    """Keys of which two full names share one whenever `same_person_name` holds; first that of the bare surname."""
    people = variants().people
    parts = name_parts(name)
    keys: list[Hashable] = [*surname_keys(parts[-1], name), ("listed", people.get(fold(name), fold(name)))]
    return [*keys, frozenset(parts)] if len(parts) == 2 else keys


def _listed_people(one: str, other: str) -> bool:
    people = variants().people
    return people.get(fold(one), one) == people.get(fold(other), other)


def _middles(parts: list[str]) -> list[str]:
    return [p.rstrip(".") for p in parts[1:-1] if len(p.rstrip(".")) == 1]


def initials(name: str) -> str:
    """The capital letters that an acronym of the name would have."""
    return "".join(w[0] for w in re.findall(r"\w+", name) if w[0].isupper())


_SPELT: Final = {"defense": "defence", "organization": "organisation", "center": "centre", "labor": "labour"}
_GLUE: Final = frozenset({"of", "the", "for", "and", "on", "in", "&", "'s", "s"})


@lru_cache(maxsize=20_000)
def organ_key(name: str) -> tuple[str | None, frozenset[str]]:
    """The country and the bare words of an organisation's name, so that "Russian Defense Ministry", "Russia's
    Defence Ministry" and "Ministry of Defence of Russia" agree."""
    table = lore()
    country = None
    text = f" {re.sub(r'[^a-z0-9&. ]+', ' ', plain(name))} "
    for form, owner in _country_forms():
        if f" {form} " in text:
            country, text = country or owner, text.replace(f" {form} ", " ", 1)
    words = frozenset(_SPELT.get(word, word) for word in text.split() if word not in _GLUE)
    return country, words or frozenset(table.canonical.get(plain(name), plain(name)).split())


def acronym_of(short: str, long: str) -> bool:
    """Whether ``short`` is made of the capitals of ``long``."""
    letters = short.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 6 and len(long.split()) >= 2 and initials(long) == letters


def shortens(short: str, long: str) -> bool:
    """Whether a name leaves out the end or, if it keeps two words, the start of a longer one: "Northlink" for
    "Northlink Airways", "Rail Authority" for "Veldan Rail Authority". Heads alone ("Ministry") name nothing."""
    few, many = plain(short).split(), plain(long).split()
    if (
        not 0 < len(few) < len(many)
        or not set(few) - lore().organisations
        or not lore().countries.keys().isdisjoint(few)
    ):
        return False
    return few == many[: len(few)] or (len(few) > 1 and few == many[-len(few) :])


def name_keys(kind: EntityKind, name: str) -> list[Hashable]:
    """Keys of which two names share one whenever `same_name` holds."""
    bare = plain(name)
    keys: list[Hashable] = [bare, lore().canonical.get(bare, bare), sound(bare), bare.translate(BARRED)]
    if kind == "place":
        keys.append(skeleton(arabic_bare(bare)))
    if kind in ("law", "event"):
        keys.append(organ_key(name)[1])
    if kind in ("organisation", "agency"):
        keys += [organ_key(name)[1], name.replace(".", "") if " " not in name else initials(name)]
    if kind == "outlet":
        keys.append(" ".join(bare.split()[-2:]))
    return keys


def same_name(kind: EntityKind, one: str, other: str) -> bool:
    """Whether two names of one kind, persons apart, are names of one thing. Countries and names that the data files
    list are the same only when these say so, so that Niger never becomes Nigeria."""
    a, b, table = plain(one), plain(other), lore()
    if a == b:
        return True
    if kind == "person" or (a in table.countries) != (b in table.countries):
        return False
    if a in table.canonical and b in table.canonical:
        return table.canonical[a] == table.canonical[b]
    if kind in ("organisation", "agency") and (acronym_of(one, other) or acronym_of(other, one)):
        return True
    if kind in ("organisation", "law", "event") and _same_organ(one, other):
        return True  # also "Treaty of Halden" and "Halden Treaty"
    if kind == "outlet":
        short, long = sorted((a, b), key=len)
        return " " in short and long.endswith(f" {short}")
    if {a, b} & variants().distinct:
        return False
    return a.translate(BARRED) == b.translate(BARRED) or (min(len(a), len(b)) >= 5 and same_sound(kind, a, b))


def same_sound(kind: EntityKind, one: str, other: str) -> bool:
    """Whether two names differ only as spellings do; places also in the vowels of romanisations."""
    if kind == "place":
        one, other = arabic_bare(one), arabic_bare(other)
    return sound(one) == sound(other) or (kind == "place" and vowels_mixed(one, other))


def _same_organ(one: str, other: str) -> bool:
    (land, words), (home, terms) = organ_key(one), organ_key(other)
    return words == terms and len(words) > 1 and (land == home or None in (land, home))


class ShortForms(Generic[T]):
    """Finds the only thing whose longer name a short one leaves words out of."""

    def __init__(self, named: Iterable[tuple[T, str]]) -> None:
        self._index: dict[str, list[tuple[T, str]]] = defaultdict(list)
        for thing, name in named:
            words = plain(name).split()
            if len(words) > 1:
                for key in dict.fromkeys((words[0], words[-1])):
                    self._index[key].append((thing, name))

    def owner(self, short: str) -> T | None:
        """The thing that ``short`` means, or null where none or several would do."""
        words = plain(short).split()
        keys = dict.fromkeys((words[0], words[-1])) if words else ()
        fitting = {n: t for key in keys for t, n in self._index.get(key, ()) if shortens(short, n)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None


def gather(
    things: Sequence[T],
    keys: Callable[[T], Iterable[Hashable]],
    same: Callable[[T, T], bool],
    absorb: Callable[[T, T], None],
) -> list[T]:
    """Merges things that share a key and that ``same`` relates, each into the first that fits: ``absorb(into, other)``.
    Keys keep the number of comparisons near the number of things."""
    kept: list[T] = []
    index: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        own = list(dict.fromkeys(keys(thing)))
        twin = next((t for key in own for t in index[key] if same(t, thing)), None)
        if twin is None:
            kept.append(thing)
        else:
            absorb(twin, thing)
        owner = thing if twin is None else twin
        for key in own:
            if not any(t is owner for t in index[key]):
                index[key].append(owner)
    return kept


@cache
def _country_forms() -> tuple[tuple[str, str], ...]:
    table = lore()
    forms = {**table.countries, **table.adjectives}
    return tuple(sorted(forms.items(), key=lambda f: (-len(f[0]), f[0])))


@lru_cache(maxsize=20_000)
def country_in(text: str) -> str | None:
    """The country that a role or description names, by name or adjective."""
    spaced = f" {re.sub(r'[^a-z0-9. ]+', ' ', fold(text))} "
    return next((owner for form, owner in _country_forms() if f" {form} " in spaced), None)
