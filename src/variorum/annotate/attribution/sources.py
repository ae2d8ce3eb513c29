"""Whom a source names and what kind of source it is: a person, a body, a medium, a document or somebody unnamed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from variorum.annotate.attribution.passage import SUBJECTS, Range, Reading, chars
from variorum.annotate.attribution.speakers import head_of
from variorum.annotate.lexicon import lexicon
from variorum.annotate.names import lore
from variorum.annotate.parse import Tree
from variorum.model import Article, Attribution, Entity, SourceKind, Span
from variorum.text.ids import content_id
from variorum.text.issuers import is_body
from variorum.text.normalise import squeeze

#: Brackets with a figure or without a capital, closed or cut off.
_ASIDE: Final = re.compile(r"\s*\((?:[^()]*\d[^()]*|[^()A-Z]*)(?:\)|\Z)")

Resolve = Callable[[Span], Entity | None]

Named = tuple[str, SourceKind, str | None]
"""Name, kind and entity id of a source."""

_ARTICLES: Final = frozenset({"the", "a", "an"})
#: Words before a noun for a medium that make it the one that publishes this report.
_OWN: Final = frozenset({"this", "our"})
#: Sentences that a quotation runs on before it is said whose it is.
_SPEECH: Final = 3
_SUBJECTIVE: Final = {"him": "he", "her": "she", "them": "they"}
#: What a pronoun stands for that nobody cited before agrees with.
_KIND_OF_PRONOUN: Final[dict[str, SourceKind]] = {
    **dict.fromkeys(("he", "him", "she", "her"), "person"),
    "it": "organisation",
}
UNNAMED: Final = "unnamed sources"
_LONGEST_NAME: Final = 4
#: Tags of words with which what a comma sets off begins.
_LEAVING: Final = frozenset({"WP", "WDT", "WP$", "IN"})
_ELSEWHERE: Final = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
_NARROWING: Final = frozenset({"NOUN", "PROPN", "ADJ"})
_BODIES: Final = frozenset({"organisation", "outlet", "agency"})
_SOURCE_KIND: Final[dict[str, SourceKind]] = {
    "person": "person",
    "organisation": "organisation",
    "place": "organisation",
    "outlet": "outlet",
    "agency": "agency",
    "law": "document",
    "product": "organisation",
    "event": "document",
    "other": "organisation",
}


class Namer:
    """Names and types the sources of an article, asked in their order: pronouns and descriptions that no entity
    stands behind ("it said", "the spokesman") are whoever was cited before and agrees; a second "a diplomat" is
    another one."""

    def __init__(self, article: Article, resolve: Resolve) -> None:
        self._article = article
        self._resolve = resolve
        self._words = lexicon()
        self._cited: dict[str, Named] = {}
        self._strangers: Counter[str] = Counter()
        self._named: dict[int, Named] = {}
        self._last: Named | None = None
        self._last_at: tuple[Tree, int] | None = None

    def name(self, reading: Reading) -> Named:
        """Name, kind and entity id."""
        if reading.mention is None:
            return UNNAMED, "unnamed", None
        tree, mention = reading.tree, _antecedent(reading.tree, reading.mention)
        place = tree.start[head_of(tree, mention)]
        if place not in self._named:
            # One mention may be the source of several cues ("said …, adding …").
            named = self._teller_of_itself(reading, mention) or self._cite(tree, mention, self._passes_on(reading))
            self._named[place] = self._last = named
            self._last_at = tree, tree.sentence[mention[0]]
        return self._named[place]

    def _teller_of_itself(self, reading: Reading, mention: Range) -> Named | None:
        """For "The council pays for the rooms, it said" the council, unless a body was cited just before."""
        tree, (first, last) = reading.tree, mention
        if first != last or tree.word[first] != "it" or (self._last and self._last == self._cited.get("it")):
            return None
        begin = tree.sentences[tree.sentence[first]][0]
        told = [i for a, b in reading.content if begin <= a and b < first for i in range(a, b + 1)]
        subject = next((i for i in told if tree.dep[i] in SUBJECTS), None)
        if subject is None or tree.word[tree.left[subject]] in self._words.sources.indefinite:
            return None
        entity = self._resolve(chars(tree, (tree.left[subject], subject)))
        body = entity.kind in _BODIES if entity else self._class(tree.lemma[subject]) in _BODIES
        return self._cite(tree, (tree.left[subject], subject), relays=False) if body else None

    def _passes_on(self, reading: Reading) -> bool:
        return reading.lemma in self._words.relaying

    def _cite(self, tree: Tree, mention: Range, relays: bool) -> Named:
        if self._article.publisher and self._is_itself(tree, mention):
            return self._article.publisher, "organisation" if is_body(self._article.publisher) else "outlet", None
        named = self._name(tree, mention, relays)
        head = head_of(tree, mention)
        if (said := self._just_cited(tree, head)) is not None:
            return said
        definite = tree.word[mention[0]] in self._words.sources.definite
        if named[1] == "outlet" and named[2] is None and definite and mention[1] - mention[0] == 1:
            return self._cited.get("outlet", named)
        owner = _owner(tree, head)
        if named[2] is None and owner is not None:
            return self._name(tree, owner, relays)
        if named[2] is None and tree.word[head] == "it" and (told := self._subject_before(tree, head)) is not None:
            return self._cite(tree, told, relays)
        if named[2] is None and tree.pos[head] == "PRON":
            return self._cited.get(_SUBJECTIVE.get(tree.word[head], tree.word[head]), named)
        if named[2] is None and definite and mention[0] < head:
            before = self._cited.get(tree.lemma[head], named)
            named = named if _is_another(tree, mention, head, before) else before
        else:
            named = self._told_apart(tree, mention, named)
        medium = ("outlet",) if named[1] == "outlet" else ()
        for key in (tree.lemma[head], *medium, *self._pronouns(tree, head, named[1])):
            self._cited[key] = named
        return named

    def _just_cited(self, tree: Tree, head: int) -> Named | None:
        """Of "he" and "she" the one without a name who was cited last in the paragraph: nearer than any name."""
        last, at = self._last, self._last_at
        if last is None or at is None or tree.word[head] not in ("he", "she"):
            return None
        nameless = last[1] == "unnamed" and last[2] is None and self._cited.get(tree.word[head]) == last
        return last if nameless and at[0] is tree and 0 < tree.sentence[head] - at[1] <= _SPEECH else None

    def _subject_before(self, tree: Tree, it: int) -> Range | None:
        """The body or document that the sentence before tells of, for an "it" that opens one: "The bulletin gave level
        4. It had warned …"."""
        number = tree.sentence[it]
        if it != tree.sentences[number][0] or not number:
            return None
        begin, end = tree.sentences[number - 1]
        root = next((i for i in range(begin, end) if tree.head[i] == i), begin)
        subject = next(iter(tree.kids(root, "nsubj", "nsubjpass")), None)
        if subject is None or tree.pos[subject] == "PRON" or tree.tag[subject] in ("NNS", "NNPS"):
            return None
        entity = self._resolve(chars(tree, (tree.left[subject], subject)))
        told = entity.kind in _BODIES if entity else self._class(tree.lemma[subject]) in _BODIES | {"document"}
        definite = entity is not None or tree.word[tree.left[subject]] in self._words.sources.definite
        return (tree.left[subject], _close(tree, subject)) if told and definite else None

    def _is_itself(self, tree: Tree, mention: Range) -> bool:
        """Whether the report speaks of itself: "this newspaper", "we"."""
        first, last = mention
        if first == last:
            return tree.word[first] in self._words.sources.oneself and tree.word[first] != "you"
        return tree.word[first] in _OWN and self._words.kinds.get(tree.lemma[last]) == "outlet"

    def _told_apart(self, tree: Tree, mention: Range, named: Named) -> Named:
        """The second "a diplomat" of an article is numbered: the indefinite article brings in somebody new."""
        words, kind, entity = named
        if kind != "unnamed" or entity is not None or tree.word[mention[0]] not in ("a", "an"):
            return named
        self._strangers[words.casefold()] += 1
        number = self._strangers[words.casefold()]
        return named if number == 1 else (f"{words} ({number})", kind, entity)

    def _pronouns(self, tree: Tree, head: int, kind: SourceKind) -> tuple[str, ...]:
        """The pronouns that may take up a source."""
        if tree.tag[head] in ("NNS", "NNPS"):
            return ("they",)
        if kind in ("organisation", "document", "outlet", "agency"):
            return ("it",)
        gender = lore().gender_of_word.get(tree.lemma[head])
        return {"male": ("he",), "female": ("she",)}.get(gender or "", ("he", "she"))

    def _name(self, tree: Tree, mention: Range, relays: bool) -> Named:
        apposed = _name_in(tree, mention) or self._person_behind_comma(tree, mention)
        said_to_be = self._said_to_be(tree, mention, apposed, relays)
        for words in (mention, apposed) if apposed else (mention,):
            entity = self._resolve(chars(tree, words))
            if entity is None:
                continue
            kind = _SOURCE_KIND[entity.kind]
            title = self._is_title(entity.name) or self._is_station(entity.name)
            if relays and kind in ("organisation", "person") and title:
                kind = "outlet"
            wrong = said_to_be is not None and (kind == "person") != (said_to_be == "person")
            if wrong and not _is_named(entity, chars(tree, mention)):
                continue  # "the prosecutor" is no agency, though the parser has them in apposition
            if kind == "organisation" and (agency := self._news_agency(tree, mention)):
                return agency, "agency", entity.id
            medium = (said_to_be == "agency" and kind != "outlet") or (said_to_be == "outlet" and kind != "agency")
            return entity.name, said_to_be if said_to_be and (wrong or medium) else kind, entity.id
        span = chars(tree, apposed or _described(tree, mention))
        named_so = apposed or tree.pos[head_of(tree, mention)] == "PROPN"
        called = _without_asides(without_article(squeeze(self._article.text[slice(*span)])))
        called = self._of_owner(tree, mention) or called
        kind = said_to_be if said_to_be and named_so else self._kind(tree, mention)
        if agency := self._news_agency(tree, mention):
            return agency, "agency", None
        if relays and kind in ("organisation", "unnamed") and self._is_station(called):
            kind = "outlet"
        return called, kind, None

    def _of_owner(self, tree: Tree, mention: Range) -> str | None:
        """ "The club, whose president denied it": the president of the club."""
        first, last = mention
        verb = tree.head[head_of(tree, mention)]
        owner = tree.head[verb]
        if tree.tag[first] != "WP$" or first == last or tree.dep[verb] != "relcl" or owner >= first:
            return None
        entity = self._resolve(chars(tree, (tree.left[owner], owner)))
        begin = tree.start[tree.left[owner]]
        words = (
            entity.name
            if entity
            else self._article.text[begin].lower() + self._article.text[begin + 1 : tree.end[owner]]
        )
        return f"{self._article.text[tree.start[first + 1] : tree.end[last]]} of {words}"

    def _person_behind_comma(self, tree: Tree, mention: Range) -> Range | None:
        """The name at the end of "the director of Harvik, Unni Lie", if it is a full one behind a post, or the article
        knows it as a person's."""
        head, last = head_of(tree, mention), _described(tree, mention)[1]
        comma = next((i for i in range(last, head, -1) if tree.word[i] == ","), None)
        one = tree.word[head] == "one"
        if comma is None or not (one or tree.pos[head] == "NOUN") or not 1 < last - comma <= _LONGEST_NAME:
            return None
        tail = (comma + 1, last)
        if (one or tree.lemma[head] in self._words.sources.holders) and self._is_full_name(tree, tail):
            return tail
        entity = self._resolve(chars(tree, tail))
        return tail if entity is not None and entity.kind == "person" and _is_named(entity, chars(tree, tail)) else None

    def _is_full_name(self, tree: Tree, words: Range) -> bool:
        """Whether two words or more have capitals each, and are no place's or day's as far as the pipeline knows."""
        first, last = words
        capitals = all(self._article.text[tree.start[i]].isupper() for i in range(first, last + 1))
        given = tree.word[first] in lore().gender_of_name
        return first < last and capitals and (given or tree.ent[last] not in _ELSEWHERE)

    def _is_title(self, name: str) -> bool:
        """Whether a name is made like that of a paper or a broadcaster: "Capital Post"."""
        *front, last = name.casefold().split()
        return bool(front) and last in self._words.sources.media_names

    def _news_agency(self, tree: Tree, mention: Range) -> str | None:
        """What a news agency that is called one is called: "the student SINA news agency" is SINA."""
        last = mention[1] - 1
        if last <= mention[0] or tree.word[last : last + 2] != ["news", "agency"]:
            return None
        first = last
        while first > mention[0] and self._article.text[tree.start[first - 1]].isupper():
            first -= 1
        first += tree.word[first] in _ARTICLES
        return self._article.text[tree.start[first] : tree.end[last - 1]] if first < last else None

    def _is_station(self, words: str) -> bool:
        """Whether words are the call letters of a broadcaster: "WCCO-TV"."""
        letters, _, last = words.rpartition("-")
        return letters.isalpha() and words[:1].isupper() and last.casefold() in self._words.sources.media_names

    def _said_to_be(self, tree: Tree, mention: Range, apposed: Range | None, relays: bool) -> SourceKind | None:
        """What the description before a name says that its bearer is: "pilot Ada Quell", "the agency Norda"."""
        head = head_of(tree, mention)
        name = apposed[0] if apposed else head
        if tree.pos[head] != "PROPN" and not apposed:
            return self._class(tree.lemma[head])
        if relays and self._is_news_agency(tree, mention[0], name):
            return "agency"
        if apposed:
            return self._words.kinds.get(tree.lemma[head], "person")
        first = name
        while first > mention[0] and tree.pos[first - 1] == "PROPN" and not self._is_common(tree, first - 1):
            first -= 1
        return self._class(tree.lemma[first - 1]) if first > mention[0] and self._is_common(tree, first - 1) else None

    def _is_common(self, tree: Tree, token: int) -> bool:
        """Whether a token is a common noun, which the tagger takes for a name at times."""
        return tree.pos[token] in ("NOUN", "PROPN") and self._article.text[tree.start[token]].islower()

    def _class(self, lemma: str) -> SourceKind | None:
        """What a noun makes of its bearer, where it is one of the nouns for those who are cited."""
        sources = self._words.sources
        person = lemma in sources.holders or lemma in sources.speakers or lemma in sources.strangers
        return "person" if person else self._words.kinds.get(lemma)

    def _is_news_agency(self, tree: Tree, first: int, name: int) -> bool:
        """ "the state agency Norda": an agency that reports and is said to be nothing else."""
        sources = self._words.sources
        words = [tree.word[i] for i in range(first, name) if tree.word[i] not in sources.definite]
        end = next((n for n, word in enumerate(words) if word == "agency"), None)
        return end is not None and set(words[:end]) <= set(sources.agency_makers)

    def _kind(self, tree: Tree, mention: Range) -> SourceKind:
        head = head_of(tree, mention)
        if without_article(squeeze(self._article.text[slice(*chars(tree, mention))])) in lore().agencies:
            return "agency"
        if tree.pos[head] == "PRON":
            return _KIND_OF_PRONOUN.get(tree.word[head], "unnamed")
        known = self._class(tree.lemma[head]) is not None or tree.word[head] in self._words.sources.bodies
        # A bare capitalised singular is a name, whatever the tagger makes of it at a sentence's head.
        alone = mention[0] == mention[1] and tree.tag[head] in ("JJ", "NN", "VB")
        if not known and (tree.pos[head] == "PROPN" or (alone and self._article.text[tree.start[head]].isupper())):
            return "person" if tree.ent[head] == "PERSON" else "organisation"
        return self._kind_of_noun(tree, mention, head)

    def _kind_of_noun(self, tree: Tree, mention: Range, head: int) -> SourceKind:
        """A holder of one office is a person, though no name is given; strangers and crowds are unnamed."""
        sources, lemma, word = self._words.sources, tree.lemma[head], tree.word[head]
        plural = tree.tag[head] in ("NNS", "NNPS")
        if lemma in sources.speakers or word in sources.speakers:
            return "unnamed" if plural else "person"
        if word in sources.bodies:
            return "organisation"
        kind = self._words.kinds.get(lemma) or self._words.kinds.get(word)
        if kind == "outlet" and any(tree.dep[c] == "acl" and tree.tag[c] == "VBN" for c in tree.children[head]):
            return "document"  # "an internal paper obtained by the Post" is no newspaper
        if kind:
            return kind
        # Headlines leave the article out: "Lesk army chief: …".
        unique = not plural and tree.word[mention[0]] not in sources.indefinite and lemma not in sources.strangers
        return "person" if unique and lemma in sources.holders else "unnamed"

    def relay(self, reading: Reading, row: Attribution) -> Attribution | None:
        """The medium that was told: "officials told AFP"."""
        if reading.recipient is None or not row.cue or self._is_itself(reading.tree, reading.recipient):
            return None
        span = chars(reading.tree, reading.recipient)
        name, kind, entity = self._name(reading.tree, reading.recipient, relays=True)
        last = reading.tree.word[reading.recipient[1]]
        if kind not in ("person", "agency") and last in self._words.sources.media_names and name[:1].isupper():
            kind = "outlet"
        if kind not in ("agency", "outlet") or self._is_own(name):
            return None
        return replace(
            row,
            id=content_id("att", self._article.id, span, row.cue, row.content),
            name=name,
            kind=kind,
            entity=entity,
            span=span,
            stance="report",
            within=None,
            continues=None,
            relay=True,
        )

    def _is_own(self, name: str) -> bool:
        """Whether a medium is the one that publishes this report: it relays nothing to itself."""
        publisher, words = (self._article.publisher or "").casefold().split(), name.casefold().split()
        words = words[1:] if words[0] in _ARTICLES else words
        return bool(words) and publisher[-len(words) :] == words


def _is_named(entity: Entity, span: Span) -> bool:
    """Whether an entity's own name stands in ``span``."""
    first = bisect_left(entity.mentions, span[0], key=lambda place: place.span[0])
    return first < len(entity.mentions) and entity.mentions[first].span[0] < span[1]


def _is_another(tree: Tree, mention: Range, head: int, cited: Named) -> bool:
    """Whether what narrows a noun for a body makes it another than the one cited before: "the teachers' union" is no
    union of miners, "the interior ministry" no Labour Ministry."""
    if cited[1] not in _BODIES:
        return False
    narrowing = {
        tree.lemma[i]
        for i in range(mention[0], mention[1] + 1)
        if i != head and tree.dep[i] in ("compound", "amod", "nmod", "poss") and tree.pos[i] in _NARROWING
    }
    called = {word for part in cited[0].casefold().split() for word in (part, part.strip("'’s"))}
    return bool(narrowing) and not {word.casefold() for word in narrowing} & called


def _antecedent(tree: Tree, mention: Range) -> Range:
    """For a relative pronoun the noun that it stands for: "the mayor, who denied it"."""
    first, last = mention
    if first != last or tree.tag[first] not in ("WP", "WDT"):
        return mention
    verb = tree.head[first]
    noun = tree.head[verb]
    if tree.dep[verb] != "relcl" or noun >= first:
        return mention
    end = noun
    while end + 1 < tree.left[verb] and tree.word[end + 1] not in (",", "-", "–", "—", "("):
        end += 1
    return tree.left[noun], end


def _owner(tree: Tree, head: int) -> Range | None:
    """For "its claim" below a verb the subject of that verb: "the company repeated its claim that …"."""
    if tree.tag[head] != "PRP$":
        return None
    verb = tree.head[head]
    for _ in range(4):
        if tree.pos[verb] in ("VERB", "AUX"):
            break
        verb = tree.head[verb]
    subjects = tree.kids(verb, "nsubj")
    return (tree.left[subjects[0]], subjects[0]) if subjects and subjects[0] < head else None


def _name_in(tree: Tree, mention: Range) -> Range | None:
    """The name in a source that gives a description and a name: "its spokeswoman, Ada Quell"."""
    head = head_of(tree, mention)
    if tree.ent[head] == "PERSON":
        return None
    tail = _name_behind_comma(tree, mention, head)
    if tail is not None:
        return tail
    for noun in tree.kids(head, "appos"):
        if tree.pos[noun] != "PROPN" or not mention[0] <= noun <= mention[1] or tree.pos[head] == "PROPN":
            continue
        if tree.ent[noun] == "DATE" or not tree.doc[noun].text[:1].isupper():
            continue  # "the mayor (left)", "a letter (4 March)"
        known = tree.lemma[head] in lexicon().kinds or tree.lemma[head] in lexicon().sources.holders
        if known or tree.ent[noun] == "PERSON":
            first = noun
            while first - 1 > head and tree.head[first - 1] == noun and tree.dep[first - 1] == "compound":
                first -= 1
            return first, noun
    return None


def _name_behind_comma(tree: Tree, mention: Range, head: int) -> Range | None:
    """ "the chief engineer of Waterworks, Ada Quell": the parser hangs the name on the nearest noun."""
    comma = next((i for i in range(mention[1], head, -1) if tree.word[i] == ","), None)
    if comma is None or tree.pos[head] != "NOUN":
        return None
    first, last = comma + 1, mention[1]
    named = 1 < last - first + 1 <= 4 and all(tree.pos[i] == "PROPN" for i in range(first, last + 1))
    return (first, last) if named and tree.ent[last] == "PERSON" else None


def _close(tree: Tree, noun: int) -> int:
    """The end of a noun with the "of …" behind it."""
    of = [p for p in tree.kids(noun, "prep") if p == noun + 1 and tree.word[p] == "of"]
    return tree.right[of[0]] if of else noun


def _described(tree: Tree, mention: Range) -> Range:
    """A description without what a comma sets off: "the council, in a letter to parents", "One of them, Bo Ask, 22"."""
    first, last = mention
    commas = (i for i in range(first + 1, last) if tree.word[i] == ",")
    joints = (i for i in commas if tree.tag[i + 1] in _LEAVING and tree.doc[i + 1].text[:1].islower())
    last = next(joints, last + 1) - 1
    if last - first > 1 and tree.pos[last] == "NUM" and tree.word[last - 1] == ",":
        last -= 2
    while last > first and tree.word[last] in (",", "and", "or"):
        last -= 1  # "nurses who were there, and who spoke": the parser hangs the second clause elsewhere
    return first, last


def _without_asides(words: str) -> str:
    """A description without brackets that hold a date, a page or no name: "report on fares (3 March, page 4)"."""
    return _ASIDE.sub("", words) or words


def without_article(words: str) -> str:
    """The words of a mention without its leading article."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words
