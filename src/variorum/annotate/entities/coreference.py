"""Whom a pronoun or a description stands for: narrow rules that would rather say nothing than guess.

Last speaking subject, agreement in gender when known, role nouns matched to the roles seen, and the discourse of a
paragraph, in which a run of quotes keeps its speaker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from variorum.annotate.entities.callings import called_by_its_name, read_callings
from variorum.annotate.lexicon import lexicon
from variorum.annotate.names import Gender, country_in, lore
from variorum.annotate.tokens import Doc, Token
from variorum.model import Block, Entity, Mention, Span
from variorum.text.normalise import fold

_PRONOUNS: Final[dict[str, Gender]] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_REACH: Final = 3  #: how many blocks back a pronoun may look
_SENTENCES: Final = 5  #: among how many sentences what is called "the company" is sought
_NEXT: Final = 2  #: sentences, its own among them, whose company it is whatever else is told
_LEAD: Final = 3  #: sentences that bring in what the report is about
_MARKS: Final = {'"': 0, "“": 1, "„": 1, "«": 1, "”": -1, "»": -1}


class Facts(Protocol):
    """What the gathering of names learned about an entity."""

    roles: list[str]
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class _Act:
    """A person named, or meant by a pronoun, at a place of the discourse."""

    start: int
    doc: int
    sentence: int
    entity: str
    subject: bool
    speaks: bool
    quoted: bool


class Coreference:
    """Answers `resolve` for one article."""

    def __init__(
        self,
        entities: Sequence[Entity],
        mentions: Sequence[Mention],
        facts: Mapping[str, Facts],
        docs: Sequence[tuple[Block, Doc]],
    ) -> None:
        self._by_id = {e.id: e for e in entities}
        self._mentions = list(mentions)
        self._starts = [m.span[0] for m in mentions]
        self._places = {e.id: [m.span[0] for m in e.mentions] for e in entities}
        self._docs = docs
        self._doc_starts = [block.span[0] for block, _ in docs]
        self._roles = {i: [Description.read(r) for r in f.roles] for i, f in facts.items()}
        self._gender = {i: f.gender for i, f in facts.items()}
        self._callings = read_callings(docs, mentions, self._by_id)
        self._quoted = [_quoted(doc) for _, doc in docs]
        self._acts: list[_Act] = []
        self._pronouns: dict[int, str] = {}
        self._walk()

    def resolve(self, span: Span) -> Entity | None:
        """See `LocalEntities.resolve`."""
        at = self._head(span)
        if at is None:
            return None
        index, head = at
        start = self._doc_starts[index] + head.idx
        mention = self._mention_at(start)
        if mention is not None:
            return self._by_id[mention.entity]
        if head.lower_ in _PRONOUNS:
            return self._by_id.get(self._pronouns.get(start, ""))
        entity = self._apposed(index, head) or self._set_off(index, head) or self._described(index, head)
        return self._by_id[entity] if entity else None

    # --- finding the words ------------------------------------------------------------------------------------------

    def _head(self, span: Span) -> tuple[int, Token] | None:
        """The doc and the token that heads the words of ``span``: the one whose parent lies outside."""
        index = bisect_right(self._doc_starts, span[0]) - 1
        if index < 0:
            return None
        doc, offset = self._docs[index][1], self._doc_starts[index]
        words = doc.covering(span[0] - offset, span[1] - offset)
        if words is None or not len(words):
            return None
        root = words.root
        if root.is_punct or root.text == "'s":
            root = next((t for t in words if not t.is_punct), root)
        return index, root

    def _mention_at(self, start: int) -> Mention | None:
        i = bisect_right(self._starts, start) - 1
        return self._mentions[i] if i >= 0 and self._mentions[i].span[1] > start else None

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def _walk(self) -> None:
        """Goes through the discourse once: every naming of a person and every pronoun, in order."""
        persons = {m.span[0]: m for m in self._mentions if self._by_id[m.entity].kind == "person"}
        for index, (_, doc) in enumerate(self._docs):
            offset, sentence = self._doc_starts[index], 0
            for token in doc:
                sentence += bool(token.is_sent_start)
                start = offset + token.idx
                mention = persons.get(start)
                if mention is not None:
                    head = _root(doc, mention, offset)
                    self._act(index, sentence, start, mention.entity, head or token)
                elif token.lower_ in _PRONOUNS:
                    self._pronoun(index, sentence, start, token)

    def _act(self, index: int, sentence: int, start: int, entity: str, head: Token) -> None:
        quoted = self._quoted[index][head.i]
        self._acts.append(_Act(start, index, sentence, entity, head.dep_ in _SUBJECTS, _speaks(head), quoted))

    def _pronoun(self, index: int, sentence: int, start: int, token: Token) -> None:
        quoted = self._quoted[index][token.i]
        entity = self._antecedent(index, sentence, _PRONOUNS[token.lower_], quoted, token)
        if entity is None:
            return
        self._pronouns[start] = entity
        if self._gender.get(entity) is None:
            self._gender[entity] = _PRONOUNS[token.lower_]
        self._act(index, sentence, start, entity, token)

    def _antecedent(self, index: int, sentence: int, gender: Gender, quoted: bool, token: Token) -> str | None:
        """The last sentence that holds a fitting person decides: its subject, or its only person."""
        near = self._near(index, gender, quoted)
        while near:
            place = (near[-1].doc, near[-1].sentence)
            group = [a for a in near if (a.doc, a.sentence) == place]
            near = near[: -len(group)]
            if (
                place == (index, sentence)
                and token.dep_ not in _SUBJECTS
                and token.dep_ != "poss"
                and len({a.entity for a in group}) == 1
            ):
                continue  # "Smith told him": the object is somebody else
            speakers = [a.entity for a in group if a.speaks]
            if speakers and _speaks(token):
                return speakers[-1]
            subjects = list(dict.fromkeys(a.entity for a in group if a.subject))
            people = list(dict.fromkeys(a.entity for a in group))
            if len(subjects) >= 1:
                return subjects[-1] if place == (index, sentence) else subjects[0]
            if len(people) == 1:
                return people[0]
            return None
        return None

    def _near(self, index: int, gender: Gender, quoted: bool) -> list[_Act]:
        found: list[_Act] = []
        for act in reversed(self._acts):
            if act.doc < index - _REACH or len(found) > 30:
                break
            if act.quoted == quoted and self._gender.get(act.entity) in (gender, None):
                found.append(act)
        return found[::-1]

    # --- descriptions ----------------------------------------------------------------------------------------------

    def _apposed(self, index: int, head: Token) -> str | None:
        """The person named in apposition to a description: "the line's chief executive, Anna Smith"."""
        offset = self._doc_starts[index]
        behind = [c.i for c in head.rights if c.dep_ == "appos"]
        if head.lower_ in lore().roles and head.i + 2 < len(head.doc) and head.nbor(1).text == ",":
            behind.append(head.i + 2)
        for i in behind:
            mention = self._mention_at(offset + head.doc[i].idx)
            if mention is not None and self._by_id[mention.entity].kind == "person":
                return mention.entity
        return None

    def _set_off(self, index: int, head: Token) -> str | None:
        """The body named right before a comma and its description: "Merle Credit, the largest lender of Ostia"."""
        first = min((t.i for t in head.lefts), default=head.i)
        if first < 2 or head.doc[first].lower_ != "the" or head.doc[first - 1].text != ",":
            return None
        mention = self._mention_at(self._doc_starts[index] + head.doc[first - 2].idx)
        fits = mention is not None and head.lower_ in self._callings.get(mention.entity, ())
        return mention.entity if mention is not None and fits else None

    def _described(self, index: int, head: Token) -> str | None:
        start = self._doc_starts[index] + head.idx
        if head.tag_ in ("NNS", "NNPS") or any(c.lower_ in _INDEFINITE for c in head.lefts):
            return None
        named = self._mention_at(start + len(head) + 1)
        if named is not None and named.span[0] == start + len(head) + 1 and head.whitespace_ and _classes(head):
            # "the advocacy group Clean Harbours"
            return named.entity if self._by_id[named.entity].kind in _ACTORS else None
        words = [t for t in head.subtree if t.i <= head.i or _of_phrase(t, head)]
        if not words or words[-1].i - words[0].i > _LONGEST:
            return None
        text = " ".join(t.text for t in words)
        if fold(head.text) in lore().roles and fold(head.text) not in lore().kin:
            known = not any(c.dep_ == "poss" and c.lower_ in _OWN for c in head.lefts)
            return self._by_role(Description.read(text), index, start, known)
        if not any(c.dep_ in ("det", "poss") for c in head.lefts) and not head.text[0].isupper():
            return None
        return self._organisation(head, text, start, self._doc_starts[index] + words[0].idx)

    def _by_role(self, wanted: Description, index: int, start: int, known: bool) -> str | None:
        """The person seen with that role; of several the last named before. What many may be at once ("candidate",
        "senator") counts only for the person named last, or a recent one. "Their spokesman" is nobody named later,
        whose body may be another, and no spokesman a woman."""
        fitting = [i for i, roles in self._roles.items() if any(wanted.fits(r) for r in roles)]
        fitting = [i for i in fitting if wanted.gender in (None, self._gender[i] or wanted.gender)]
        if not known:
            fitting = [i for i in fitting if self._places[i] and self._places[i][0] < start]
        only = len(fitting) == 1 and wanted.head not in lore().many
        if only or wanted.country or (wanted.words and wanted.head not in lore().many):
            return self._last_named(fitting, start)
        for act in reversed(self._acts[: bisect_left(self._acts, start, key=lambda a: a.start)]):
            if act.doc < index - _REACH:
                break
            if act.entity in fitting:
                return act.entity
            if wanted.head in lore().many:
                break
        return None

    def _organisation(self, head: Token, words: str, start: int, begin: int) -> str | None:
        word, table, fitting = head.lower_, lore(), list[str]()
        if any(c.dep_ == "poss" and c.ent_type_ not in _LANDS for c in head.lefts):
            return None  # "her party" may be any
        inner = self._named_between(begin, start)
        if inner is not None:
            return inner.id if inner.kind == "outlet" and word in table.outlet_cues else None
        if word in table.agency_cues:
            fitting = [e.id for e in self._by_id.values() if e.kind == "agency" or word in fold(e.name).split()]
            narrowed = Description.read(words).words - {word} - frozenset(lexicon().sources.agency_makers)
            # "The civil protection agency" sends no news.
            fitting = [e for e in fitting if narrowed <= set(fold(self._by_id[e].name).split())]
            fitting = fitting or self._only_office()
        elif word in table.outlet_cues:
            fitting = [e.id for e in self._by_id.values() if e.kind == "outlet"]
        elif word in table.organisations:
            country = country_in(words)
            narrowed = Description.read(words).words - {word}
            fitting = [e.id for e in self._by_id.values() if _is_organ(e, word, country, narrowed)]
        if [c.lower_ for c in head.lefts] == ["the"] and word not in table.agency_cues | table.outlet_cues:
            fitting += [e for e, nouns in self._callings.items() if word in nouns and e not in fitting]
            if not fitting and word in table.firms:
                return self._firm(head, start)
        return None if word in table.many and len(fitting) > 1 else self._last_named(fitting, start)

    def _firm(self, head: Token, start: int) -> str | None:
        """What "the company" stands for: the company that its sentence, or else the nearest before, names; of several
        the subject, and nothing behind "a company" that is another. One that is called something else gives way to
        that of the report's first sentences."""
        index = bisect_right(self._doc_starts, start) - 1
        apposed = self._firm_apposed(index, head)
        if apposed is not None:
            return apposed
        lead = self._lead_firm(start, head.lower_)
        for back, (doc, sentence) in enumerate(islice(self._back_from(index, head.doc.sentence[head.i]), _SENTENCES)):
            if named := self._companies(doc, sentence, start, head.lower_):
                found = _one_of(named)
                near = doc == index and back < _NEXT
                return found if near or not self._outranks(lead, found, head.lower_) else lead
            if self._brings_in_a_firm(doc, sentence):
                return None
        return lead

    def _outranks(self, lead: str | None, found: str | None, word: str) -> bool:
        """Whether a report calls the body of its first sentences a company, and the one named last something else or
        nothing."""
        nouns = self._callings.get(found or "", frozenset())
        called = self._callings.get(lead or "", frozenset()) & (lore().firms | lore().any_firm)
        return lead is not None and word not in nouns and bool(called or nouns)

    def _lead_firm(self, end: int, word: str) -> str | None:
        """The one company that the first sentences of a report name, or the one of several that it calls so."""
        places = islice(((d, n) for d, (_, doc) in enumerate(self._docs) for n in range(len(doc.sentences))), _LEAD)
        named: dict[str, bool] = {}
        for doc, sentence in places:
            named |= self._companies(doc, sentence, end, word)
        called = [e for e in named if self._callings.get(e, frozenset()) & (lore().firms | lore().any_firm)]
        return next(iter(named)) if len(named) == 1 else called[0] if len(called) == 1 else None

    def _named_otherwise(self, entity: str | None, word: str) -> frozenset[str]:
        """The nouns by which a report calls a body, if ``word`` is none of them: no noun for any company counts."""
        nouns = self._callings.get(entity or "", frozenset())
        return frozenset() if word in nouns else nouns - lore().any_firm

    def _may_be(self, entity: Entity, word: str) -> bool:
        """Whether a body may be called "the insurer": a company, and no other by what the report calls it."""
        nouns = self._named_otherwise(entity.id, word)
        if word in lore().any_firm:
            nouns -= lore().firms
        if not nouns <= called_by_its_name(entity) & lore().of_firms:
            return False
        return _may_be_company(entity)

    def _firm_apposed(self, index: int, head: Token) -> str | None:
        """The company named between commas behind its description: "the operator, Lidoway, said"."""
        if head.i + 2 >= len(head.doc) or head.nbor(1).text != ",":
            return None
        begin = self._doc_starts[index]
        mention = self._mention_at(begin + head.doc[head.i + 2].idx)
        if mention is None or not _may_be_company(self._by_id[mention.entity]):
            return None
        closing = (t.text for t in head.doc.tokens[head.i + 2 :] if begin + t.idx >= mention.span[1])
        return mention.entity if next(closing, "") == "," else None

    def _back_from(self, index: int, sentence: int) -> Iterator[tuple[int, int]]:
        """The places of a sentence and of those before it, as doc and number."""
        for doc in range(index, -1, -1):
            last = sentence if doc == index else len(self._docs[doc][1].sentences) - 1
            yield from ((doc, number) for number in range(last, -1, -1))

    def _brings_in_a_firm(self, index: int, sentence: int) -> bool:
        doc = self._docs[index][1]
        firms = (t for t in doc.tokens[slice(*doc.sentences[sentence])] if t.lower_ in lore().firms)
        return any(c.lower_ in _INDEFINITE for t in firms for c in t.lefts)

    def _companies(self, index: int, sentence: int, end: int, word: str) -> dict[str, bool]:
        """The companies that a sentence names before ``end`` and that may be called ``word``, each with whether it is a
        subject there."""
        doc, offset = self._docs[index][1], self._doc_starts[index]
        found: dict[str, bool] = {}
        begin, stop = doc.sentences[sentence]
        first, last = doc[begin].idx + offset, min(doc[stop - 1].idx + offset, end - 1)
        for mention in self._mentions[bisect_left(self._starts, first) : bisect_right(self._starts, last)]:
            if self._may_be(self._by_id[mention.entity], word):
                root = _root(doc, mention, offset)
                found[mention.entity] = found.get(mention.entity, False) or (
                    root is not None and root.dep_ in _SUBJECTS
                )
        return found

    def _only_office(self) -> list[str]:
        """The one government office of the article: what "the agency" means where no agency is called one."""
        heads = lore().offices_of_state
        found = [e.id for e in self._by_id.values() if e.kind == "organisation" and heads & set(fold(e.name).split())]
        return found if len(found) == 1 else []

    def _named_between(self, begin: int, end: int) -> Entity | None:
        """Another thing than a place that is named inside a description."""
        for mention in self._mentions[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]:
            if self._by_id[mention.entity].kind != "place":
                return self._by_id[mention.entity]
        return None

    def _last_named(self, entities: Sequence[str], start: int) -> str | None:
        """Of these the one named last before ``start``; the only one, if it is named later."""
        before = [(places[i - 1], e) for e in entities if (i := bisect_left(places := self._places[e], start))]
        if before:
            return max(before)[1]
        return entities[0] if len(entities) == 1 else None


@dataclass(frozen=True, slots=True)
class Description:
    """A role or description as compared: the class of its head, its country and the other words that narrow it."""

    head: str
    country: str | None
    words: frozenset[str]
    gender: Gender | None = None

    @classmethod
    def read(cls, text: str) -> Description:
        table = lore()
        bare = [w.strip("'’") for w in fold(text).replace("-", " ").replace("'s", " ").split()]
        front = bare[: bare.index("of")] if "of" in bare[1:] else bare
        head = next((w for w in reversed(front) if w in table.roles), bare[-1])
        rest = frozenset(
            w
            for w in bare
            if w != head
            and w not in table.qualifiers
            and w not in table.adjectives
            and w not in table.countries
            and w not in _OWN
        )
        return cls(table.role_class.get(head, head), country_in(text), rest, table.gender_of_word.get(head))

    def fits(self, seen: Description) -> bool:
        """Whether this description can mean a holder of ``seen``: nothing that it says is missing there."""
        if self.country not in (None, seen.country):
            return False
        if self.head in _LEADER and self.country and not self.words:
            return seen.head in _LEADER or (
                seen.head in lore().leaders and (seen.head != "minister" or "prime" in seen.words)
            )
        return self.head == seen.head and self.words <= seen.words


_ACTORS: Final = frozenset({"person", "organisation", "outlet", "agency"})
_LANDS: Final = frozenset({"GPE", "NORP", "LOC"})
_LEADER: Final = frozenset({"leader"})
_INDEFINITE: Final = frozenset({"a", "an", "another", "one", "some", "any", "each", "every", "no"})
_LONGEST: Final = 15  #: words that a description may have; longer ones are misread sentences
_OWN: Final = frozenset({"its", "his", "her", "their", "our", "this", "that"})


def _is_organ(entity: Entity, word: str, country: str | None, narrowed: frozenset[str]) -> bool:
    """Whether a body may be meant by a noun of its name: not another by what narrows it ("the foreign ministry" is no
    Ministry of Labour)."""
    name = fold(entity.name).split()
    named = entity.kind == "organisation" and word in name and narrowed <= set(name)
    return named and country in (None, country_in(entity.name))


def _may_be_company(entity: Entity) -> bool:
    called = set(fold(entity.name).split())
    return entity.kind == "organisation" and not called & (lore().organisations - lore().of_firms)


def _one_of(named: Mapping[str, bool]) -> str | None:
    """The only one named, or the only one that is a subject."""
    subjects = [entity for entity, is_subject in named.items() if is_subject]
    return next(iter(named)) if len(named) == 1 else subjects[0] if len(subjects) == 1 else None


def _classes(head: Token) -> bool:
    """Whether the noun says what the name behind it is: "the advocacy group", "spokesman"."""
    table, word = lore(), head.lower_
    return word in table.roles | table.organisations | table.organisation_nouns | table.outlet_cues | table.agency_cues


def _root(doc: Doc, mention: Mention, offset: int) -> Token | None:
    words = doc.covering(mention.span[0] - offset, mention.span[1] - offset)
    return None if words is None else words.root


def _speaks(token: Token) -> bool:
    """Whether the token is the subject of a verb of speech."""
    if token.dep_ not in _SUBJECTS:
        return False
    cue = lexicon().verbs.get(token.head.lemma_)
    return cue is not None and not cue.opinion


def _of_phrase(token: Token, head: Token) -> bool:
    """Whether the token is in the "of ..." that follows the head."""
    for ancestor in (token, *token.ancestors):
        if ancestor.head == head:
            return ancestor.lower_ in ("of", "for") and ancestor.i > head.i
    return False


def _quoted(doc: Doc) -> list[bool]:
    """For each token whether it stands inside quotation marks that opened in the same paragraph."""
    inside, flags = False, []
    for token in doc:
        turn = _MARKS.get(token.text)
        if turn is not None:
            inside = not inside if turn == 0 else turn > 0
        flags.append(inside)
    return flags
