"""Which of the things that a page says of itself to believe: for every field the value chosen, all others kept beside
it with what speaks against them.

Sources disagree on the web: the title for search engines is not the headline, the author in the metadata is the account
that pressed the button, the date is that of the last export. What a page shows its readers and repeats in its metadata
is believed before what only one of them has; a title is the headline alone; a date that lies after the page was
fetched, or a change before the publication, is never believed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from variorum.ingest.bylines import is_agency, kind_of
from variorum.ingest.markup import page_words
from variorum.ingest.metadata import domain_of, url_stamp
from variorum.ingest.pagedata import PageData, Said
from variorum.ingest.visible import Heading, Shown, dates_in
from variorum.ingest.words import mastheads
from variorum.model import DateBasis, MetadataField, Metadatum, Stamp
from variorum.text.normalise import fold, squeeze
from variorum.text.stamps import interval

_SEPARATOR: Final = re.compile(r"\s+(?:[|¦»«•·●▪◆★~<>—–:-]|::|‹|›|/)\s+|\s*\|\s*|:\s+")
_GUILLEMETS: Final = re.compile(r"[«»]")
_ELLIPSIS: Final = re.compile(r"\s*(?:\.\.\.|…)\Z")
_H1: Final = 3  # the weight of a headline's markup
_HEADLINE: Final = 4  # words that make a headline of a title's beginning
_LONG_NAME: Final = 50  # characters of an outlet's name
_NAME_WORDS: Final = 5
_SHOUTED: Final = 4  # letters of a name of one word, all of them large
_MAX_VALUE: Final = 300  # characters of a value that is kept
_SLACK: Final = timedelta(days=1).total_seconds()  # clocks and zones differ: later than fetched by more is the future
_RANK: Final = {"record": 0, "profile": 1, "json-ld": 2, "microdata": 3, "rdfa": 3, "meta": 4, "visible": 5, "url": 6}
#: How much one source's day of publication counts against another's.
_WEIGHT: Final = {
    "json-ld": 3.0,
    "microdata": 2.5,
    "rdfa": 2.5,
    "meta": 2.5,
    "visible": 2.0,
    "url": 2.0,
    "profile": 3.0,
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The values chosen, and all that was said."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    publisher: str | None = None
    canonical_url: str | None = None
    section: str | None = None
    language: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    metadata: tuple[Metadatum, ...] = ()
    headline: Heading | None = None


def weigh(data: PageData, seen: Shown, url: str | None, retrieved: Stamp | None, words: str) -> Weighed:
    """The metadata of a page; ``words`` are what it shows, in small letters, to see which names stand there."""
    said = [*data.said, *seen.said]
    url = url if _is_address(url) else None  # an archive may hold anything for one
    canonical = _canonical(said, url)
    sites = _Sites(said, canonical or url, [h.text for h in seen.headings if h.weight == _H1])
    headline, title = _title(said, seen.headings, sites)
    title = squeeze(_INVISIBLE.sub("", title)) if title else None
    authors, agencies = _authors(said, sites, words)
    language = next((s.value for s in said if s.field == "language"), "")
    dated, flags = _dates(said, canonical, url, retrieved, _month_first(language, canonical or url))
    found = Weighed(
        title=title,
        authors=authors,
        agencies=agencies,
        publisher=sites.name,
        canonical_url=canonical,
        section=_section(said, sites, title),
        language=_language(language),
        published=dated.get("published"),
        modified=dated.get("modified"),
        headline=headline,
    )
    return replace(found, metadata=tuple(_kept(said, seen.headings, found, flags)))


# --- addresses ----------------------------------------------------------------------------------------------------


def _canonical(said: Sequence[Said], url: str | None) -> str | None:
    """The address that the page gives as its own, made whole; that of a home page is nobody's."""
    for item in sorted((s for s in said if s.field == "canonical_url"), key=lambda s: s.place):
        address = _absolute(item.value, url)
        if address and (urlsplit(address).path.strip("/") or urlsplit(address).query or not _has_path(url)):
            return address
    return None


def _is_address(url: str | None) -> bool:
    try:
        return bool(url and urlsplit(url))
    except ValueError:  # "https://keld].example/"
        return False


def _has_path(url: str | None) -> bool:
    return bool(url and urlsplit(url).path.strip("/"))


def _absolute(href: str, url: str | None) -> str | None:
    try:
        address = urljoin(url, href) if url else href
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


# --- the site -----------------------------------------------------------------------------------------------------


class _Sites:
    """The names that the page's site goes by. ``name`` is the one to call it by, or None."""

    def __init__(self, said: Sequence[Said], address: str | None, headings: Sequence[str] = ()) -> None:
        host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
        domain = domain_of(address) if address else None
        self._hosts = {_letters(h) for h in (host, *host.split(".")[:-1], (domain or "").split(".")[0]) if len(h) > 2}
        self._hosts |= {_letters(h.replace("-", "")) for h in host.split(".")[:-1] if len(h) > 2}
        named = sorted((s for s in said if s.field == "publisher"), key=lambda s: (_RANK[s.source], s.place))
        names = [s.value.lstrip("@") for s in named if "://" not in s.value and len(s.value) < 80]
        titles = [s.value for s in said if s.field == "title"]
        from_titles = [t for title in titles for t in self._in_title(title)]
        from_titles += [t for t in titles if len(t.split()) < 7 and _is_outlet(t)]  # a site's name for a title
        if not (names or from_titles):
            from_titles = list(_behind_headline(titles, headings))
        self._known = {_letters(n) for n in (*names, *from_titles) if _letters(n)}
        self.name = self._called([n for n in names if not _is_domain(n)], from_titles, names)

    def _called(self, names: list[str], from_titles: list[str], all_names: list[str]) -> str | None:
        """The name most like the domain among those stated, else the first stated, else the one in the titles."""
        like = sorted((n for n in names if self._is_host(n)), key=lambda n: _letters(n) not in self._hosts)
        spaced = [n for n in (*like, *from_titles) if " " in n or "-" in n]
        if like and like[0] == like[0].lower() and spaced:  # a handle or a label; the words are written elsewhere
            return spaced[0]
        return next(iter((*like, *names, *from_titles)), None) or next(iter(all_names), None)

    def _is_host(self, name: str) -> bool:
        letters = _letters(name)
        return len(letters) > 3 and any(
            letters == h or (len(h) > 4 and letters in h) or _joined(h, letters) for h in self._hosts
        )

    def _in_title(self, title: str) -> Iterator[str]:
        """Parts of a title that the domain repeats."""
        marks = _marks(title)
        ends = zip([0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(title)], strict=True)
        pieces = [title[a:b].strip() for a, b in ends]
        for piece in pieces if len(pieces) > 1 else (title,):
            if piece and len(piece) < 60 and self._is_host(piece):
                yield piece

    def is_one(self, name: str, *, exactly: bool = False) -> bool:
        """Whether ``name`` is one of the site's own, ``exactly`` or with something added or left out."""
        letters = _letters(name)
        if not letters:
            return False
        return letters in self._known or letters in self._hosts or (not exactly and self._is_host(name))


def _joined(host: str, letters: str) -> bool:
    """Whether a host is a name with something added or left out: "thealderledgernews", "alderledger"."""
    return (
        len(host) > 5
        and len(letters) > 5
        and (host in letters or letters in host)
        and abs(len(host) - len(letters)) < 8
    )


def _marks(title: str) -> list[re.Match[str]]:
    """What stands between the parts of a title. A guillemet is such a mark only if it is no quotation's."""
    quoted = len(_GUILLEMETS.findall(title)) != 1
    return [m for m in _SEPARATOR.finditer(title) if not (quoted and _GUILLEMETS.search(m[0]))]


def _behind_headline(titles: Sequence[str], headings: Sequence[str]) -> Iterator[str]:
    """What stands at the end of a page's title behind its headline, "Dam breaks - Radio Velm": who publishes it, if it
    is more than a section's name."""
    known = {_letters(h) for h in (*headings, *titles) if len(h.split()) >= _HEADLINE}
    for title in titles:
        marks = [m for m in _marks(title) if ":" not in m[0] or m[0][0].isspace()]
        tail = title[marks[-1].end() :].strip() if marks else ""
        headline = any(_begins_like(_letters(title[: mark.start()]), known) for mark in marks)
        named = tail[:1].isupper() and len(tail) < _LONG_NAME and len(tail.split()) <= _NAME_WORDS
        if headline and named and (len(tail.split()) > 1 or (tail.isupper() and len(tail) >= _SHOUTED)):
            yield tail


def _begins_like(letters: str, known: Collection[str]) -> bool:
    """Whether a title's beginning is a headline, or one with a word more: "MILL ROBBED: source"."""
    return letters in known or any(letters.startswith(k) and len(letters) < 2 * len(k) for k in known)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name)).removeprefix("the")


def _is_outlet(name: str) -> bool:
    """Whether a name is an outlet's by its last word; "The Salt Line" might be one, too, but is a title."""
    last = name.casefold().rsplit(maxsplit=1)[-1] if name.strip() else ""
    return kind_of(name) == "outlet" and (last in mastheads().outlets or not name.lower().startswith("the "))


def _is_domain(name: str) -> bool:
    return bool(re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?", name))


# --- title --------------------------------------------------------------------------------------------------------


def _title(said: Sequence[Said], headings: Sequence[Heading], sites: _Sites) -> tuple[Heading | None, str | None]:
    """The headline as the page shows it where its metadata says the same; else its one great heading; else as the
    metadata gives it."""
    raw = [s.value for s in sorted((s for s in said if s.field == "title"), key=lambda s: (_RANK[s.source], s.place))]
    stated = [t for t in (_without_site(r, sites) for r in raw) if t]
    if profiled := next((s.value for s in said if s.field == "title" and s.source == "profile"), None):
        return next((h for h in headings if h.text == profiled), None), profiled
    shown = [h for h in headings if not sites.is_one(h.text) and any(c.isalpha() for c in h.text)]
    for heading in sorted(shown, key=lambda h: (-h.weight, h.order)):
        for title in stated:
            if same := _same_title(heading, title):
                return heading, same
    great = [h for h in shown if h.weight == 3 and len(h.text.split()) > 2]
    great = great or [h for h in shown if h.weight == 2 and len(h.text.split()) > 2]
    if not stated and not great:
        great = [h for h in shown if len(h.text.split()) > 2][:1]
    if great and (not stated or great[0].element.tag != "div"):
        return great[0], _without_site(great[0].text, sites) or great[0].text
    return None, (stated[0] if stated else None)


def _same_title(heading: Heading, title: str) -> str | None:
    """The headline where a heading and a title from the metadata are one: the heading's words, without what stands over
    the headline in the same element; the longer where the other is cut short."""
    shown, stated = _key(heading.text), _key(title)
    if not shown or not stated:
        return None
    marks = _marks(title)
    inner = _key(title[marks[-1].end() :]) if marks else stated
    for part in heading.parts:  # "Kicker: Headline" in the metadata, each in its own element of the heading
        if _key(part) == stated or (_key(part) == inner and shown == stated):
            return part
    if shown == stated:
        return heading.text
    if len(stated) > 15 and shown.endswith(stated) and (over := _without_kicker(heading, shown, stated)):
        return over
    cut = _key(_ELLIPSIS.sub("", title))
    if len(cut) > 15 and (shown.startswith(cut) or cut in shown):
        return heading.text if len(shown) < 2.5 * len(cut) else None
    if len(shown) > 15 and shown in stated:
        return heading.text
    return heading.text if _alike(shown, stated) else None


def _without_kicker(heading: Heading, shown: str, stated: str) -> str | None:
    """The words of a heading behind those of an element in it that stand before the headline."""
    kicker = next((p for p in heading.parts if shown == f"{_key(p)} {stated}" and heading.text.startswith(p)), None)
    return heading.text[len(kicker) :].strip(" |•·—–:-") if kicker else None


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return len(one) > 15 and fuzz.token_sort_ratio(one, other) >= 80


_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # places to break a word, marks of direction


def _key(title: str) -> str:
    return " ".join(re.findall(r"\w+", fold(_INVISIBLE.sub("", title))))


def _without_site(title: str, sites: _Sites) -> str | None:
    """``title`` without the site's names, sections and page numbers at its ends; None if nothing else is left."""
    title = squeeze(title)
    if sites.is_one(title):
        return None
    marks = _marks(title)
    begin, end = 0, len(title)
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        following = marks[index + 1].start() if index + 1 < len(marks) else end
        if following < end and mark.start() > begin and sites.is_one(title[mark.end() : following]):
            end = mark.start()  # "Headline | Site - what it says of itself"
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        tail = title[mark.end() : end]
        if mark.start() >= end:
            continue
        if (mark[0].strip() == ":" and not (mark[0][0] == " " and sites.is_one(tail))) or mark.start() <= begin:
            break
        noise = page_words().title_noise.fullmatch(tail.strip()) or _is_outlet(tail.strip())
        if not (noise or sites.is_one(tail)):
            outer = end != len(title)
            if not (mark[0].strip() == "|" and (outer or len(tail.split()) <= 3) and len(tail) < 0.6 * mark.start()):
                break
        end = mark.start()
    for mark in marks:
        if mark.end() >= end or not sites.is_one(title[begin : mark.start()]):
            break
        begin = mark.end()
    if begin and begin < end:  # "Site | Section | Headline"
        inner = [m for m in marks if begin < m.start() and m.end() < end and m[0].strip() in ("|", "»", "›")]
        begin = inner[-1].end() if inner else begin
    kept = title[begin:end].strip(" |•·—–:-")
    return None if not kept or sites.is_one(kept) else kept


# --- people -------------------------------------------------------------------------------------------------------

_MAIL: Final = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_BRACKETS: Final = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_STRONGLY: Final = re.compile(r"\s*[|•·●\t]\s*|\s+[–—-]{1,2}\s+")  # a role or a place follows
_APART: Final = re.compile(r"\s*[;/&,]\s*")
_ELSEWHERE: Final = re.compile(r"\s+(?:in|from|for|at|aus|à|de notre|reporting from)\s+(?=[A-ZÀ-Þ]).*\Z")
_CLOCK_OR_STAMP: Final = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|published|updated|posted|on \w+day|last modified)\b.*\Z", re.I
)
_MAX_LINE: Final = 500  # characters of a line of names
_MAX_PEOPLE: Final = 12  # of one line
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|II|III|IV|MD|PhD|MBE|OBE)\b\.?")


def _authors(said: Sequence[Said], sites: _Sites, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people of the first source that names any, or of a later one that has all of these and more; names that the
    page does not show give way to those that it does. With them the agencies that any of the sources names."""
    lists: list[list[str]] = []
    agencies: list[str] = []
    for group in _groups(s for s in said if s.field == "author"):
        people: list[str] = []
        for item in group:
            names, wires = people_in(item.value, trusted=item.kind == "person" or item.source != "visible", sites=sites)
            people += [] if item.kind == "organisation" else names
            agencies += wires
        if people:
            lists.append(list(dict.fromkeys(people)))
    lists = [_distinct(found) for found in lists]
    seen = [found for found in lists if all(n.casefold() in words for n in found)]
    chosen = next(iter(lists), [])
    if seen and not any(n.casefold() in words for n in chosen):
        chosen = seen[0]
    for found in lists:
        if len(found) > len(chosen) and {fold(n) for n in chosen} <= {fold(n) for n in found} and len(found) <= 6:
            chosen = found
    return tuple(chosen), tuple(dict.fromkeys(agencies))


def _groups(said: Iterable[Said]) -> list[list[Said]]:
    """Values that one source gives in one place. Visible lines stand each for themselves."""
    grouped: dict[tuple[object, ...], list[Said]] = {}
    for number, item in enumerate(said):
        own = number if item.source == "visible" else 0
        grouped.setdefault((_RANK[item.source], item.place, own), []).append(item)
    return [grouped[key] for key in sorted(grouped, key=lambda k: tuple(map(str, k[:1])) + k[1:])]


def _distinct(people: list[str]) -> list[str]:
    """Names once each, whatever their case."""
    return list({fold(n): n for n in reversed(people)}.values())[::-1]


def people_in(value: str, *, trusted: bool, sites: _Sites | None = None) -> tuple[list[str], list[str]]:
    """The people and the agencies that a line of names has: "By A and B, Reuters" gives A and B, and Reuters.
    ``trusted`` are lines that a page gives as its author, in which a name need not be told from other words."""
    line = _BRACKETS.sub(" ", _MAIL.sub(" ", value[:_MAX_LINE].replace("\xa0", " ")))
    opener = page_words().by.match(line)
    trusted = trusted or bool(opener)
    while opener:
        line = line[opener.end() :]
        opener = page_words().by.match(line)
    if date := next(iter(dates_in(line)), None):
        line = line[: date.span[0]]
    line = page_words().label_at_end.sub("", _CLOCK_OR_STAMP.sub("", line))
    people: list[str] = []
    agencies: list[str] = []
    for number, segment in enumerate(_STRONGLY.split(line)):
        if people:
            trusted = False
        found = _names_in(segment, trusted, number > 0, sites)
        if not people:
            people = found[0]
        agencies += found[1]
    return people, agencies


def _names_in(line: str, trusted: bool, later: bool, sites: _Sites | None) -> tuple[list[str], list[str]]:
    people: list[str] = []
    agencies: list[str] = []
    for number, piece in enumerate(p for part in _APART.split(line) for p in _between(part)):
        name, wire = _alone(_ELSEWHERE.sub("", piece).strip(" .,:;*_\"'<>-–—"), sites)
        kind = _kind(name, trusted and number < _MAX_PEOPLE, later or number > 0, sites)
        if kind == "person":
            people.append(_cased(name))
        elif people and (suffix := _SUFFIX.match(piece)):
            people[-1] = f"{people[-1]} {suffix[0]}"
        agencies += [n for n in (name if kind == "agency" else "", wire) if n]
    return people, agencies


def _between(part: str) -> list[str]:
    """The names of "A and B", but one of "José Ortega y Gasset"."""
    pieces = page_words().between.split(part)
    return pieces if all(len(p.split()) > 1 for p in pieces[1:]) or is_agency(pieces[-1]) else [part]


def _alone(name: str, sites: _Sites | None) -> tuple[str, str]:
    """A name without what its bearer is or works for, and the agency among those: "Political Editor Jane Doe",
    "Jane Doe Staff Writer", "Jane Doe Associated Press"."""
    words, roles = name.split(), mastheads().roles
    for cut in range(2, len(words)):
        rest = " ".join(words[cut:])
        if is_agency(rest):
            return " ".join(words[:cut]), rest
        if (sites and sites.is_one(rest, exactly=True)) or (kind_of(rest) == "outlet" and cut + 1 < len(words)):
            return " ".join(words[:cut]), ""
    while len(words) > 2 and words[-1].casefold() in roles:
        words.pop()
    while len(words) > 2 and words[0].casefold() in roles:
        words.pop(0)
    return " ".join(words), ""


def _kind(name: str, trusted: bool, later: bool, sites: _Sites | None) -> str:
    if not name or (sites and sites.is_one(name, exactly=True)) or page_words().nobody.fullmatch(name):
        return "nobody"
    if is_agency(name):
        return "agency"
    found = kind_of(name)
    if found in ("person", "agency", "nobody") or not trusted:
        return found
    return "person" if _may_be_person(name, later, found == "outlet") else found


def _may_be_person(name: str, later: bool, outlet: bool) -> bool:
    """Whether a name that is given as an author's may be a person's though its words are those of other things: two to
    six without digits, of which the last is no role, or a short one in a script that has no spaces. What stands
    ``later`` in the line may be a description, so none of its words may be common."""
    words, known = name.split(), mastheads()
    if any(c.isdigit() for c in name) or len(name) > 60:
        return False
    if len(words) == 1:
        return 2 <= len(name) <= 4 and all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in name)
    lower = [w.casefold().strip(".,'") for w in words]
    if len(words) > 6 or lower[0] in ("the", "our", "your", "a") or lower[-1] in known.roles:
        return False
    if " ".join(lower) in known.sections or any(w in known.nobody for w in lower):
        return False
    if outlet and (len(words) > 2 or lower[-1] not in page_words().surnames):
        return False
    if later and any(w in known.common | known.sections | known.roles for w in lower):
        return False
    return name.islower() or all(
        w[0].isupper() or w.casefold() in known.particles or not (w[0].isascii() and w[0].isalpha()) for w in words
    )


def _cased(name: str) -> str:
    name = " ".join(name.split())
    return name.title() if len(name) > 4 and (name.isupper() or name.islower()) else name


# --- dates --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dated:
    said: Said
    stamp: Stamp
    span: tuple[float, float]


def _dates(
    said: Sequence[Said], canonical: str | None, url: str | None, retrieved: Stamp | None, month_first: bool
) -> tuple[dict[str, Stamp], dict[Said, str]]:
    """Published and modified, and what speaks against those that were not taken."""
    flags: dict[Said, str] = {}
    dated = [d for s in said if s.field in ("published", "modified") and (d := _dated(s, month_first))]
    dated = _agreed(dated, [url_stamp(a) for a in (canonical, url) if a], month_first)
    for address in (canonical, url):
        if address and (stamp := url_stamp(address)) and (span := interval(stamp)):
            dated.append(_Dated(Said("published", stamp.value, "url"), stamp, span))
            break
    fetched = interval(retrieved)
    if fetched:
        late = [d for d in dated if d.span[0] > fetched[1] + _SLACK]
        flags |= {d.said: f"in the future: the page was fetched at {retrieved.value}" for d in late}  # type: ignore[union-attr]
        dated = [d for d in dated if d not in late]
    found: dict[str, Stamp] = {}
    published = _believed([d for d in dated if d.said.field == "published"])
    if published:
        found["published"] = _with_reason(published, dated)
        flags |= {
            d.said: f"the sources disagree: {published.stamp.value[:10]} was chosen" for d in _others(published, dated)
        }
    changes = [d for d in dated if d.said.field == "modified"]
    for change in sorted(changes, key=_order):
        if published and change.span[1] <= published.span[0]:
            flags[change.said] = f"before the publication at {published.stamp.value}; not taken"
        elif "modified" not in found:
            found["modified"] = change.stamp
    return found, flags


def _agreed(dated: list[_Dated], urls: list[Stamp | None], month_first: bool) -> list[_Dated]:
    """The dates with those whose day and month could change places read as the others, which cannot, have it."""
    sure = {d.stamp.value[:10] for d in dated if not d.stamp.reason} | {u.value for u in urls if u}
    read: list[_Dated] = []
    for item in dated:
        other = _dated(item.said, not month_first) if item.stamp.reason else None
        if other and item.stamp.value[:10] not in sure and other.stamp.value[:10] in sure:
            order = "day" if month_first else "month"
            reason = f"read as {order} first: so it agrees with another date of the page"
            other = replace(other, stamp=replace(other.stamp, reason=reason))
        else:
            other = item
        read.append(other)
    return read


def _dated(item: Said, month_first: bool) -> _Dated | None:
    stamp = read_stamp(item.value, month_first, "stated" if item.source == "visible" else "metadata")
    span = interval(stamp)
    return _Dated(item, stamp, span) if stamp and span and "1990" <= stamp.value[:4] <= "2199" else None


def _month_first(language: str, address: str | None) -> bool:
    """Whether the page writes 5/3 for the third of May: American ones do, and English ones that give no country and
    have an address without one."""
    tag = language.replace("_", "-").lower()
    if tag in ("en-us", "en-ph"):
        return True
    host = (urlsplit(address).hostname or "") if address else ""
    return tag == "en" and host.endswith((".com", ".org", ".net", ".us", ".gov", ".edu"))


def read_stamp(value: str, month_first: bool, basis: DateBasis) -> Stamp | None:
    """A date as machines and people write it; None where none can be read with its day."""
    value = value.strip()
    date = next((d for d in dates_in(value, day_first=not month_first) if d.year and d.day), None)
    if date is None:
        return _odd_stamp(value, basis)
    order = "month" if month_first else "day"
    reason = f"day and month could change places; read as {order} first, as the page's language has it"
    return Stamp(date.iso(), date.precision, basis, reason=reason if date.ambiguous else None)


def _odd_stamp(value: str, basis: DateBasis) -> Stamp | None:
    """Dates that only machines write: 20310503, 20310503T120000Z, "Sat May 03 12:00:00 CEST 2031"."""
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):  # seconds or milliseconds since 1970
        moment = datetime.fromtimestamp(int(value[:10]), UTC)
        return Stamp(moment.isoformat(), "second", basis)
    if not re.search(r"(?:19|20|21)\d\d", value) or len(value) > 60:
        return None
    if re.fullmatch(r"\d{4}(?:-\d\d)?", value):
        return Stamp(value, "month" if "-" in value else "year", basis)
    from dateutil import parser

    try:
        moment = parser.parse(value, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    if moment.year < 1990:
        return None
    timed = bool(re.search(r"\d:\d\d|T\d", value))
    return Stamp(moment.isoformat(), "second", basis) if timed else Stamp(moment.date().isoformat(), "day", basis)


def _order(item: _Dated) -> tuple[int, int]:
    return _RANK[item.said.source], item.said.place


def _believed(dated: Sequence[_Dated]) -> _Dated | None:
    """The date of the day for which most is said, each source once and times zones apart counted together; of it the
    one told most exactly by the best source."""
    if not dated:
        return None

    def weight(item: _Dated) -> float:
        agreeing = {}
        for other in dated:
            if abs(other.span[0] - item.span[0]) <= _SLACK:
                first = min((d for d in dated if d.said.source == other.said.source), key=_order)
                agreeing[other.said.source] = _WEIGHT[other.said.source] * (1.0 if other is first else 0.4)
        return sum(agreeing.values())

    best = max(dated, key=lambda d: (weight(d), -_order(d)[0], -_order(d)[1]))
    same = [d for d in dated if abs(d.span[0] - best.span[0]) <= _SLACK]
    timed = [d for d in same if d.stamp.precision in ("minute", "second")]
    if not timed:
        return min(same, key=_order)
    first = min(timed, key=_order)
    return min((d for d in timed if _is_zoned(d) and _only_zones_apart(d, first)), key=_order, default=first)


def _is_zoned(item: _Dated) -> bool:
    return bool(re.search(r"(?:Z|[+-]\d\d:\d\d)\Z", item.stamp.value))


def _only_zones_apart(one: _Dated, other: _Dated) -> bool:
    """Whether two times are one told in two zones: less than a day and whole quarters of an hour apart."""
    apart = abs(one.span[0] - other.span[0])
    return apart <= 14 * 3600 and min(apart % 900, 900 - apart % 900) < 60


def _others(chosen: _Dated, dated: Sequence[_Dated]) -> list[_Dated]:
    """Dates of publication that are another day's."""
    return [d for d in dated if d.said.field == "published" and abs(d.span[0] - chosen.span[0]) > _SLACK]


def _with_reason(chosen: _Dated, dated: Sequence[_Dated]) -> Stamp:
    others = _others(chosen, dated)
    if not others or chosen.stamp.reason:
        return chosen.stamp
    told = ", ".join(dict.fromkeys(f"{d.said.source} has {d.stamp.value[:10]}" for d in others))
    return replace(chosen.stamp, reason=f"the sources disagree: {told}"[:_MAX_VALUE])


# --- the rest -----------------------------------------------------------------------------------------------------


def _section(said: Sequence[Said], sites: _Sites, title: str | None) -> str | None:
    named = sorted((s for s in said if s.field == "section"), key=lambda s: (_RANK[s.source], s.place))
    values = [s.value for s in named if not sites.is_one(s.value) and 1 < len(s.value) < 60 and "://" not in s.value]
    values += [
        part for s in said if s.field == "title" and title for part in _between_title_and_site(s.value, title, sites)
    ]
    return next((v for v in values if fold(v) != fold(title or "")), None)


def _between_title_and_site(value: str, title: str, sites: _Sites) -> list[str]:
    """What stands between headline and site: "Ferry sinks | World | The Post"."""
    if not fold(value).startswith(fold(title)):
        return []
    rest = value[len(title) :]
    marks = _marks(rest)
    if len(marks) < 2 or not sites.is_one(rest[marks[-1].end() :]):
        return []
    between = rest[marks[0].end() : marks[1].start()].strip()
    return [between] if 0 < len(between.split()) <= 3 and not page_words().by.match(between) else []


def _language(value: str) -> str | None:
    match = re.match(r"([a-z]{2})(?:[-_]|\Z)", value.strip().lower())
    return match[1] if match else None


def _kept(
    said: Sequence[Said], headings: Sequence[Heading], found: Weighed, flags: dict[Said, str]
) -> Iterator[Metadatum]:
    """All that was said, each value once a source, with whether it was chosen."""
    shown = [Said("title", h.text, "visible") for h in headings if h.weight == 3 or h is found.headline]
    done: set[tuple[MetadataField, str, str]] = set()
    for item in [*said, *shown]:
        key = (item.field, item.source, item.value)
        if key not in done:
            done.add(key)
            yield Metadatum(item.field, item.value[:_MAX_VALUE], item.source, _is_chosen(item, found), flags.get(item))


def _is_chosen(item: Said, found: Weighed) -> bool:
    if item.field == "author":
        return any(fold(n) in fold(item.value) for n in found.authors)
    if item.field in ("published", "modified"):
        stamp: Stamp | None = getattr(found, item.field)
        read = read_stamp(item.value, False, "metadata")
        return bool(stamp and read and stamp.value == read.value)
    value = getattr(found, item.field)
    if item.field in ("canonical_url", "language"):
        return bool(value) and (
            item.value == value or item.value.lower().startswith(value) or unquote(item.value) in unquote(value)
        )
    return bool(value) and fold(str(value)) == fold(item.value)
