"""What the labelled blocks say of the article: title, publisher, authors, addresses, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from variorum.ingest.bylines import Byline, kind_of, names_of
from variorum.ingest.paragraphs import Paragraph
from variorum.ingest.words import DOMAIN, languages, mastheads, patterns
from variorum.model import Credit, Span, Stamp
from variorum.text.dates import WrittenDate, written_dates
from variorum.text.normalise import flat_markup, fold, squeeze

_URL: Final = re.compile(r"https?://[^\s<>\"'()\[\]]+|\bwww\.[^\s<>\"'()\[\]]+", re.I)
_URL_DATE: Final = re.compile(r"/((?:19|20|21)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/\-_.]|\D|$)")
_URL_MONTH: Final = re.compile(r"/((?:19|20|21)\d\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_SITE_IN_TITLE: Final = re.compile(r"^(?P<title>.{8,}?)\s+(?P<mark>[|»•·—–-]|::)\s+(?P<site>[^|]{2,60})$", re.S)
_COPYRIGHT_YEAR: Final = re.compile(r"(?:©|\(c\)|copyright)\D{0,20}((?:19|20|21)\d\d)", re.I)
_MONTH_FIRSTDOMAINS: Final = (".us", ".gov", ".mil")
_DAY: Final = 10  # characters of a day in ISO form
_DIGIT: Final = re.compile(r"\d")
_PLAINLY_ENGLISH: Final = 0.2  # of the words; English news has 0.3 to 0.45, other languages below 0.1
_LANGUAGE_SAMPLE, _LANGUAGE_MINIMUM = 400, 40  # characters: more change nothing, fewer decide nothing
_LABELLED: Final = re.compile(r"\A(?:title|headline) ?: ?(?=\S)", re.I)  # what a record calls its headline
_COPYRIGHT: Final = re.compile(r"\W*(?:©|\(c\)|copyright)", re.I)
#: What stands above and below an agency's own text: "SNA 0417 4 dom 0541", "(SNA/cab/mz/1852)".
_SLUG: Final = re.compile(r"(?P<name>[A-Z][A-Za-z]{1,5})[ -]?\d{2,5}\b(?: [\w/-]{1,8}){0,6}")
_DESK: Final = re.compile(r"\((?P<name>[A-Z][A-Za-z]{1,5})(?:/[a-z]{1,4}){0,3}/\d{4}\)")
_EDGE_MARKS: Final = ".,;:)]}>*_'\""


# --- title --------------------------------------------------------------------------------------------------------


def title_of(parts: Sequence[Paragraph], known: Sequence[str | None]) -> str | None:
    """The headline alone: the first title block without Markdown and without the site's name."""
    first = next((p for p in parts if p.kind == "title"), None)
    body = next((i for i, p in enumerate(parts) if p.kind == "body"), len(parts))
    if first is None or first not in parts[: body + 1]:
        return None
    return clean_title(_LABELLED.sub("", squeeze(flat_markup(first.raw)).strip("#*_ ")), known)


def clean_title(title: str, known: Sequence[str | None]) -> str:
    """``title`` without the name of the site at its end; ``known`` are names and domains of the outlet."""
    match = _SITE_IN_TITLE.match(title)
    if not match:
        return title
    site, names = fold(match["site"]), [_letters(n.split(".")[0] if "." in n else n) for n in known if n]
    is_site = _letters(site) in names or kind_of(match["site"]) == "outlet"
    return match["title"] if is_site or (match["mark"] == "|" and len(site.split()) <= 3) else title


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name)).removeprefix("the")


# --- addresses and publisher --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """What source lines give: the address of the original and the outlet they name."""

    url: str | None = None
    outlet: str | None = None


def origin_of(parts: Sequence[Paragraph]) -> Origin:
    """`Original url` lines before `Source:` lines; a label may stand on the line before its address. An address that
    opens the text is its own."""
    words, original, source, outlet = patterns(), None, None, None
    label: str | None = None
    for index, part in enumerate(parts):
        if part.kind != "credit":
            label = None
            continue
        line = part.plain.strip("*_ ()")
        match_original, match_source = words.original.match(line), words.source.match(line)
        url = _URL.search(part.raw)
        if url and (match_original or label == "original" or index == 0):
            original = original or url[0].rstrip(_EDGE_MARKS)
        elif url and (match_source or label == "source"):
            source = source or url[0].rstrip(_EDGE_MARKS)
        if match_source and not match_original:
            outlet = outlet or _outlet_named(line[match_source.end() :])
        label = "original" if match_original else "source" if match_source else None
    return Origin(original or source, outlet)


def _outlet_named(rest: str) -> str | None:
    name = _URL.sub("", rest).strip(" ()<>[]*_|,;:.-–—")
    first = re.split(r"\s*[/,;|]\s*", name)[0]
    if (
        not first
        or len(first.split()) > 6
        or kind_of(first) in ("agency", "nobody", "person")
        or not (first[0].isupper() or DOMAIN.fullmatch(first))
    ):
        return None
    return first


def domain_of(url: str | None) -> str | None:
    """The registrable domain of an address ("news.example.co.uk/a" gives "example.co.uk"), or its host."""
    if not url:
        return None
    address = url if "://" in url else f"https://{url}"
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or "." not in host:
        return host or None
    from tld import get_fld

    found = get_fld(address, fail_silently=True)
    return found or ".".join(host.split(".")[-2:])


def publisher_of(
    bylines: Sequence[Byline],
    origin: Origin,
    masthead: str | None,
    canonical: str | None,
    url: str | None,
    text: str,
) -> str | None:
    """The outlet whose text it is: that of the byline, else of the canonical address, the original's address, the
    source line, the masthead, else the domain it was fetched from."""
    for byline in bylines:
        if byline.outlets:
            return masthead if masthead and _are_staff(byline.outlets[0], masthead) else byline.outlets[0]
    for address in (canonical, origin.url):
        if domain := domain_of(address):
            return name_for(domain, text) or domain
    if origin.outlet or masthead:
        return origin.outlet or masthead
    domain = domain_of(url)
    return (name_for(domain, text) or domain) if domain else None


def _are_staff(name: str, masthead: str) -> bool:
    """Whether a byline names the outlet of the masthead and its staff: "Lantern Reporter" of The Evening Lantern."""
    *front, last = name.casefold().split()
    return bool(front) and last.rstrip("s") in mastheads().roles and set(front) <= set(masthead.casefold().split())


def name_for(domain: str, text: str) -> str | None:
    """The name by which ``text`` calls the owner of ``domain``: words whose letters are the domain's."""
    label = domain.split(".", maxsplit=1)[0].replace("-", "")
    if len(label) < 4 or not label.isascii() or not label.isalnum():
        return None
    spelt, shouted = r"[ '&-]{0,2}".join(map(re.escape, label)), None
    for match in re.finditer(rf"(?<![\w/.@-])(?:[Tt]he )?(?:{spelt})(?![\w@/-]|\.\w)", text, re.I):
        name = match[0]
        words = name.split()
        if words[0].lower() == "the" and label.startswith("the") is False:
            words = ["The", *words[1:]] if words[0] == "The" else words[1:]
        if words and all(w[0].isupper() or w in ("of", "the", "and", "&", "de", "la") for w in words):
            name = " ".join(words)
            if not name.isupper():
                return name
            shouted = shouted or name
    return shouted


def own_agency(parts: Sequence[Paragraph], bylines: Sequence[Byline], credits: Sequence[Credit]) -> str | None:
    """The agency whose own report it is: named by the source line or beside an author, and again by the dateline or
    behind a copyright sign; or by the slug above the text or the desk's signature below it, and by the dateline."""
    lines = [p.plain for p in parts if p.kind == "boilerplate" and _COPYRIGHT.match(p.plain)]
    sources = [p for p in parts if p.kind == "credit" and patterns().source.match(p.plain)]
    named = [name for b in bylines if b.authors for name, _ in b.agencies]
    named += [p.plain[patterns().source.match(p.plain).end() :].strip(" .*_)") for p in sources]  # type: ignore[union-attr]
    signed = [m["name"] for p, mark in ((parts[0], _SLUG), (parts[-1], _DESK)) if (m := mark.fullmatch(p.plain))]
    for name in signed:
        if any(c.agency == name and c.place in ("dateline", "lead") for c in credits):
            return name
    for name in named:
        agencies = {
            c.agency for c in credits if c.place in ("byline", "credit") and name in (c.agency, _words(c, parts))
        }
        again = any(c.agency in agencies and c.place == "dateline" for c in credits) or any(name in ln for ln in lines)
        if agencies and again:
            return name
    return None


def _words(credit: Credit, parts: Sequence[Paragraph]) -> str:
    part = next(p for p in parts if p.start <= credit.span[0] < p.end)
    return part.flat[credit.span[0] - part.start : credit.span[1] - part.start]


def bylines_of(parts: Sequence[Paragraph]) -> list[Byline]:
    """Every byline, in order."""
    found = []
    for part in parts:
        if part.kind == "byline":
            line = part.plain.strip("*_ ")
            byline = names_of(line)
            if byline:
                found.append(byline)
    return found


# --- dates --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamps:
    """The dates of the article itself."""

    published: Stamp | None = None
    modified: Stamp | None = None


def stamps_of(parts: Sequence[Paragraph], urls: Sequence[str | None], text: str) -> Stamps:
    """Dates of byline and date lines, then of the address; a date in running text is never one."""
    lines = [p for p in parts if p.kind in ("byline", "dateline", "credit", "boilerplate") and _has_digit(p.flat)]
    from_url = next((s for u in urls if u and (s := url_stamp(u))), None)
    if not lines:
        return Stamps(from_url)
    year = _year_known(lines, from_url, text)
    order, why = _day_order(lines, urls, from_url)
    published: Stamp | None = None
    modified: Stamp | None = None
    for part in lines:
        for date, is_update, labelled in _dated(part, order):
            if part.kind in ("credit", "boilerplate") and not labelled:
                continue
            stamp = _stamp(date, part, year, why)
            if stamp and is_update:
                modified = modified or stamp
            elif stamp and (published is None or _finer(stamp, published)):
                published = stamp
    return Stamps(published or from_url or _at_the_latest(modified, parts), modified)


def _at_the_latest(modified: Stamp | None, parts: Sequence[Paragraph]) -> Stamp | None:
    """The day of the update that a page states above its text, where it states no other day."""
    first = next((p.start for p in parts if p.kind == "body"), 0)
    if modified is None or modified.span is None or modified.span[0] >= first or len(modified.value) < _DAY:
        return None
    reason = "the page states no day but that of its last update"
    return Stamp(modified.value[:_DAY], "day", "inferred", modified.span, reason)


def _has_digit(flat: str) -> bool:
    return len(flat) < 600 and bool(_DIGIT.search(flat))


def _dated(part: Paragraph, day_first: bool) -> list[tuple[WrittenDate, bool, bool]]:
    """Dates of a line with whether each is an update's and whether a word says what it is."""
    found, position = [], 0
    for date in written_dates(part.flat, day_first=day_first):
        label = part.flat[position : date.span[0]]
        words = patterns()
        labelled = bool(words.stamp_word.search(label)) and not part.flat.lstrip().lower().startswith(
            ("©", "copyright")
        )
        found.append((date, bool(words.modified_word.search(label)), labelled))
        position = date.span[1]
    return found


def _stamp(date: WrittenDate, part: Paragraph, year: int | None, why: str | None) -> Stamp | None:
    if (date.year is None and year is None) or (date.day is None):
        return None
    span: Span = (part.start + date.span[0], part.start + date.span[1])
    reason = why if date.ambiguous else None
    if date.year is None:
        reason = "the year is that of another date of the article"
    return Stamp(date.iso(year), date.precision, "stated", span, reason)


def _finer(one: Stamp, other: Stamp) -> bool:
    return one.value.startswith(other.value) and len(one.value) > len(other.value)


def finer_of(known: Stamp | None, read: Stamp | None) -> Stamp | None:
    """What is known of the publication, with the hour where the text states one of that day."""
    return read if known is None or (read is not None and _finer(read, known)) else known


def url_stamp(url: str) -> Stamp | None:
    """The day that an address has in its path: /2031/05/03/, /2031-05-03-, /20310503, /2031/may/03/."""
    match = _URL_DATE.search(url)
    if match:
        date = next(written_dates(f"{match[1]}-{match[2]}-{match[3]}"), None)
    elif match := _URL_MONTH.search(url):
        date = next(written_dates(f"{match[3]} {match[2].capitalize()} {match[1]}"), None)
    else:
        return None
    return Stamp(date.iso(), "day", "url") if date else None


def _year_known(lines: Sequence[Paragraph], from_url: Stamp | None, text: str) -> int | None:
    for part in lines:
        for date in written_dates(part.flat):
            if date.year:
                return date.year
    if from_url:
        return int(from_url.value[:4])
    match = _COPYRIGHT_YEAR.search(text, max(0, len(text) - 2000))
    return int(match[1]) if match else None


def _day_order(
    lines: Sequence[Paragraph], urls: Sequence[str | None], from_url: Stamp | None
) -> tuple[bool, str | None]:
    """Whether numeric dates put the day first, and why, for those that could be read both ways."""
    numeric = [(d, p) for p in lines for d in written_dates(p.flat) if d.ambiguous]
    if not numeric:
        return True, None
    sure = {d.iso()[:10] for p in lines for d in written_dates(p.flat) if not d.ambiguous and d.year and d.day}
    sure |= {from_url.value} if from_url else set()
    for date, part in numeric:
        if date.iso()[:10] in sure:
            return True, "read as day first: so it agrees with another date of the article"
        swapped = next((d for d in written_dates(part.flat, day_first=False) if d.span == date.span), date)
        if swapped.iso()[:10] in sure:
            return False, "read as month first: so it agrees with another date of the article"
    for domain in filter(None, map(domain_of, urls)):
        if domain.endswith(_MONTH_FIRSTDOMAINS):
            return False, f"day and month could change places; read as month first, as {domain} is American"
    return True, "day and month could change places; read as day first"


# --- language -----------------------------------------------------------------------------------------------------


def language_of(parts: Sequence[Paragraph]) -> str | None:
    """ISO 639-1 of the body; None for too few words to tell."""
    body = [p.plain for p in parts if p.kind in ("body", "quote", "list", "standfirst")]
    sample = " ".join(body[:4])[:_LANGUAGE_SAMPLE]
    if len(sample) < _LANGUAGE_MINIMUM:
        return None
    words = sample.lower().split()
    if sum(map(languages().english.__contains__, words)) >= _PLAINLY_ENGLISH * len(words) and "the" in words:
        return "en"
    from py3langid import classify

    code: str = classify(sample)[0]
    return code
