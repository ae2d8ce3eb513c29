"""Clauses to statements: what is asserted, on whose account, when, and how firmly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import Final

from variorum.annotate.attribution.attribute import Said, quote_kind
from variorum.annotate.attribution.clauses import Clause, clauses, is_finite
from variorum.annotate.attribution.drafts import trim
from variorum.annotate.attribution.frames import certainty_of, frame_of, polarity_of, reality_of
from variorum.annotate.attribution.passage import SUBJECTS, Range, chars
from variorum.annotate.attribution.quotes import Quotation
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.annotate.times.eventtimes import as_of, held, is_as_of, names_day
from variorum.annotate.times.ties import tie_of
from variorum.model import (
    Article,
    Attribution,
    Certainty,
    Mention,
    Period,
    Polarity,
    Quantity,
    Quote,
    Reality,
    Root,
    Span,
    Statement,
    Timex,
)
from variorum.text.agencies import is_partial
from variorum.text.ids import content_id
from variorum.text.issuers import is_body

_CREDIT_PLACES: Final = frozenset({"byline", "dateline", "credit", "lead"})
#: Farther back than this a source stays out of the statement's own words.
_REACH: Final = 240
#: Days back to which a report tells news.
_NEWS: Final = 7
#: Relations through which a time belongs to something else than the verb above.
_REMOTE: Final = frozenset({"poss", "dobj", "nsubj", "nsubjpass", "xcomp", "acl", "relcl", "attr", "ccomp"})
_BULLET: Final = re.compile(r"\W*?[•‣◦▪●*–-]\s+(?=\S)")
_TAIL: Final = re.compile(r"[.!?…]*[\"'”’»)]*[.!?…]*")


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything else that was read out of the article, for the statements to refer to; ``entry`` is when the entry
    of a running page was written in which they stand."""

    times: tuple[Timex, ...]
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    entry: Period | None = None


@dataclass(frozen=True, slots=True)
class _Assertion:
    """One assertion in the making."""

    clause: Clause
    content: tuple[Span, ...]
    said: Said | None
    denied: bool = False


def read_statements(
    article: Article,
    tree: Tree,
    said: Sequence[Said],
    announced: Sequence[Said],
    quotations: Sequence[Quotation],
    findings: Findings,
) -> Iterator[Statement]:
    """The statements of one paragraph, in order. ``said`` are its rows, ``announced`` those of the paragraph before
    whose words stand here."""
    reader = _Reader(article, tree, [*announced, *said], quotations, findings)
    for number in range(len(tree.sentences)):
        yield from reader.sentence(number)


def _root(chain: Sequence[Attribution]) -> Root:
    """The innermost source. What somebody says is expected or known, and leaves open by whom, rests on him."""
    open_ = chain[-1].kind == "unnamed" and chain[-1].span is None
    row = next((r for r in reversed(chain) if r.kind in ("person", "organisation")), chain[-1]) if open_ else chain[-1]
    return Root(row.name, row.entity, row.kind)


def default_root(article: Article) -> Root:
    """Who answers for what the article says without naming a source."""
    for credit in article.credits:
        if credit.place in _CREDIT_PLACES and not is_partial(article, credit):
            return Root(credit.agency, None, "agency")
    return Root(article.publisher, None, "organisation" if is_body(article.publisher or "") else "outlet")


class _Reader:
    def __init__(
        self,
        article: Article,
        tree: Tree,
        said: Sequence[Said],
        quotations: Sequence[Quotation],
        findings: Findings,
    ) -> None:
        self.article = article
        self.tree = tree
        self.quotations = quotations
        self.findings = findings
        self.verbs = [i for i, pos in enumerate(tree.pos) if pos in ("VERB", "AUX")]
        self._verb_set = frozenset(self.verbs)
        self.said = said = [s for s in said if not _is_event(s)]
        self.by_token = {s.reading.token: s for s in said if s.reading.tree is tree and s.repeats}
        self.given = dict.fromkeys((t for s in said for t in self._content_heads(s)), "reported")
        for token, cue in self.by_token.items():
            if cue.reading.form == "verb" and not self._is_infinitive(token) and not self._narrows(token):
                self.given.setdefault(token, "cue")
        self.last_time: Period | None = None

    def _is_infinitive(self, token: int) -> bool:
        return any(self.tree.tag[c] == "TO" for c in self.tree.children[token])

    def _narrows(self, token: int) -> bool:
        """Whether a cue only tells which one is meant ("the man who accused her")."""
        tree = self.tree
        return tree.dep[token] == "relcl" and tree.word[tree.left[token] - 1] not in (",", "-", "–", "—", "(")

    def _completes_object(self, token: int) -> bool:
        """ "mentioning missiles fired at them": a participle that the parser took for a clause of its own."""
        tree = self.tree
        bare = not tree.kids(token, "aux", "auxpass", *SUBJECTS)
        return bare and any(c < token for c in tree.kids(tree.head[token], "dobj"))

    def _verbs_in(self, spans: Sequence[Span]) -> Iterator[int]:
        for begin, end in spans:
            first = bisect_left(self.verbs, begin, key=self.tree.start.__getitem__)
            last = bisect_left(self.verbs, end, key=self.tree.start.__getitem__)
            yield from self.verbs[first:last]

    def _content_heads(self, said: Said) -> Iterator[int]:
        """Finite verbs at the top of what is attributed."""
        tree = self.tree
        if said.reading.form == "adverb":
            return
        for token in self._verbs_in(said.content):
            above = tree.head[token]
            outside = above == token or not said.covers(tree.start[above])
            noun_clause = said.reading.form == "noun" and above == said.reading.token
            bare = tree.dep[token] == "ccomp" and tree.tag[token] == "VB" and not self._is_infinitive(token)
            if tree.dep[token] == "ccomp" and self._completes_object(token):
                continue
            if (outside or noun_clause) and (is_finite(tree, token) or bare):
                yield token

    # --- one sentence ---------------------------------------------------------------------------------------------

    def sentence(self, number: int) -> Iterator[Statement]:
        tree = self.tree
        self.last_time = None
        found = clauses(tree, tree.sentences[number], self.given)
        heads = {c.head for c in found}
        made: list[_Assertion] = []
        for clause in map(self._completed, found, repeat(found)):
            made += self._assertions(clause, heads)
        if not made and found:
            main = next((c for c in found if c.kind == "main"), found[0])
            made = [_Assertion(main, self._own(main), self._innermost(main.head))]
        by_head = {c.head: c for c in found}
        for assertion in sorted(made, key=lambda a: a.clause.head):
            if statement := self._statement(assertion, by_head):
                yield statement

    def _assertions(self, clause: Clause, heads: set[int]) -> Iterator[_Assertion]:
        cue = self.by_token.get(clause.head)
        if cue is None:
            said = self._innermost(clause.head)
            content = self._own(clause)
            if said is not None and said.reading.form != "adverb":
                content = _intersect(content, said.content) or content
            if content:
                yield _Assertion(clause, content, said)
        elif not any(h != clause.head and cue.covers(self.tree.start[h]) for h in heads) and self._is_here(cue):
            yield _Assertion(self._proposition(clause, cue), cue.content, cue)
        if cue is not None and cue.reading.stance == "deny" and not cue.reading.negated:
            yield from self._denials(cue, clause)

    def _completed(self, clause: Clause, among: Sequence[Clause]) -> Clause:
        """ "The move comes after X did Y" says nothing without what it dates itself by."""
        if self.tree.lemma[clause.head] not in lexicon().dating:
            return clause
        below = [r for c in among if c.above == clause.head and c.kind == "adverbial" for r in c.own]
        return replace(clause, own=tuple(sorted([*clause.own, *below])))

    def _is_here(self, cue: Said) -> bool:
        begin, end = self.tree.block.span
        return all(begin <= a < end for a, _ in cue.content)

    def _denials(self, cue: Said, clause: Clause) -> Iterator[_Assertion]:
        """The denier's side of a denied accusation: what the accuser says, negated."""
        for inner in self.said:
            if inner.within is cue and inner.reading.form == "noun":
                head = next(self._content_heads(inner), None)
                below = Clause(head, (), None, clause.head, "reported") if head is not None else clause
                yield _Assertion(below, inner.content, cue, denied=True)

    def _proposition(self, clause: Clause, cue: Said) -> Clause:
        """For "vowed to end the war" the clause of the infinitive, with the vower as its subject; for "urged the town
        to leave" the town."""
        tree = self.tree
        for verb in tree.kids(clause.head, "xcomp", "ccomp"):
            if (
                not cue.covers(tree.start[verb])
                or tree.pos[verb] not in ("VERB", "AUX")
                or self._completes_object(verb)
            ):
                continue
            told = [c for c in tree.kids(clause.head, "dobj") if c < verb]
            subject = (tree.left[told[0]], told[0]) if told else cue.reading.mention
            subject = None if tree.kids(verb, "nsubj", "nsubjpass") else subject
            return Clause(verb, ((tree.left[verb], tree.right[verb]),), subject, clause.head, "infinitive")
        return clause

    def _innermost(self, head: int) -> Said | None:
        """The row that attributes a clause: the one that says least of those around its verb. An adverb speaks for its
        own verb only."""
        tree, position = self.tree, self.tree.start[head]
        around = [
            s
            for s in self.said
            if s.covers(position) and (s.reading.form != "adverb" or tree.head[s.reading.token] == head)
        ]
        return min(around, key=lambda s: (s.size, s.within is None)) if around else None

    def _own(self, clause: Clause) -> tuple[Span, ...]:
        tree, text = self.tree, self.article.text
        ranges = ([clause.subject] if clause.subject else []) + [self._unmarked(clause, r) for r in clause.own]
        spans = [s for s in (trim(text, *chars(tree, r)) for r in ranges) if s[0] < s[1]]
        for cue in self.by_token.values():
            if cue.reading.form in ("phrase", "adverb"):
                hole = chars(tree, cue.reading.extent)
                spans = [part for span in spans for part in _subtract(span, hole)]
        return _joined(text, [trim(text, *s) for s in spans])

    def _unmarked(self, clause: Clause, words: Range) -> Range:
        """Without the conjunction that tied the clause to another ("after", "that", "and")."""
        tree, (first, last) = self.tree, words
        ties = [c for c in tree.children[clause.head] if c == first and tree.dep[c] in ("mark", "cc")]
        adverb = clause.kind == "adverbial" and tree.word[first] in lexicon().facts
        return (first + 1, last) if (ties or adverb) and first < last and clause.kind != "main" else words

    # --- the record -----------------------------------------------------------------------------------------------

    def _statement(self, assertion: _Assertion, by_head: dict[int, Clause]) -> Statement | None:
        content = tuple(self._without_that(self._unbulleted(s)) for s in assertion.content if s[0] < s[1])
        if not any(map(str.isalnum, "".join(self.article.text[slice(*s)] for s in content))):
            return None  # a bullet that the parser took for a sentence
        tree, clause, said = self.tree, assertion.clause, assertion.said
        chain = self._chain(said)
        span = self._unbulleted(self._span(self._whole(clause, content, by_head), said, by_head))
        quote = self._quote(content, said)
        times = tuple(t for t in self.findings.times if self._is_in(t, content))
        reality = self._reality(assertion)
        event_time = self._event_time(clause, times, reality)
        return Statement(
            id=content_id("stm", self.article.id, span, content, [a.id for a in chain], assertion.denied),
            article=self.article.id,
            span=span,
            text=self.article.text[slice(*span)],
            content=content,
            attribution=chain,
            root=_root(chain) if chain else default_root(self.article),
            quote=quote,
            polarity=self._polarity(assertion),
            certainty=self._certainty(assertion),
            reality="planned" if reality == "ongoing" and self._is_to_come(event_time) else reality,
            times=times,
            event_time=event_time,
            as_of=as_of(self.article.text, span, times, self.article.published),
            reported=self._reported(said),
            quantities=tuple(
                q for q in self.findings.quantities if _mostly_inside(q.span, content) and self._counts(clause, q)
            ),
            mentions=tuple(m for m in self.findings.mentions if _inside(m.span, content)),
            frame=frame_of(tree, clause, self.findings.mentions),
        )

    def _is_in(self, time: Timex, content: Sequence[Span]) -> bool:
        """Whether a time stands in the content, if without the full stop that is its own too ("at 8 a.m.")."""
        begin, end = time.span
        return _inside((begin, end - self.article.text.endswith(".", begin, end)), content)

    def _unbulleted(self, span: Span) -> Span:
        """Without the mark of an item that opens the paragraph."""
        mark = _BULLET.match(self.article.text, *span) if span[0] == self.tree.block.span[0] else None
        return (mark.end(), span[1]) if mark else span

    def _without_that(self, span: Span) -> Span:
        begin, end = span
        return (begin + 5, end) if self.article.text.startswith("that ", begin, end) and end - begin > 20 else span

    def _chain(self, said: Said | None) -> tuple[Attribution, ...]:
        """From the outermost source to the innermost. Who denies an accusation is no link between it and us."""
        rows: list[Attribution] = []
        inner: Said | None = None
        while said is not None:
            denied = inner is not None and inner.reading.form == "noun" and said.reading.stance == "deny"
            if not denied and said.row is not None:
                rows.append(said.row)
                if said.relay is not None:
                    rows.append(said.relay)
            inner, said = said, said.within
        return tuple(reversed(rows))

    def _whole(self, clause: Clause, content: tuple[Span, ...], by_head: dict[int, Clause]) -> tuple[Span, ...]:
        """A participle or relative clause is read with the clause that it hangs on; alone it would be a fragment."""
        above = by_head.get(clause.above) if clause.above is not None else None
        for below in by_head.values():
            if below.above == clause.head and below.kind == "adverbial" and self._restricts(below):
                content = _joined(self.article.text, [*content, *self._own(below)])
        if clause.kind not in ("participle", "relative") or above is None or above.head in self.by_token:
            return content
        return _joined(self.article.text, [*content, *self._own(above)])

    def _restricts(self, clause: Clause) -> bool:
        """Whether a conjunction's clause goes on without a comma: "rose to two when a third man died"."""
        first = clause.own[0][0] if clause.own else 0
        return first > 0 and clause.head > first and self.tree.pos[first - 1] != "PUNCT"

    def _counts(self, clause: Clause, quantity: Quantity) -> bool:
        """Whether a number is the clause's own: of a subject that it borrows only the number of that subject."""
        if clause.subject is None:
            return True
        begin, end = chars(self.tree, clause.subject)
        if not begin <= quantity.span[0] < end:
            return True
        tree = self.tree
        token = max(0, bisect_right(tree.start, quantity.span[0]) - 1)
        while token != tree.head[token] and tree.dep[token] in ("nummod", "quantmod", "advmod", "compound", "amod"):
            token = tree.head[token]
        return not clause.subject[0] <= tree.head[token] <= clause.subject[1] or tree.head[token] == token

    def _quote(self, content: tuple[Span, ...], said: Said | None) -> Quote:
        kind = quote_kind(self.article.text, content, self.quotations)
        spans = [q.inner for q in self.quotations if any(a < q.inner[1] and q.inner[0] < b for a, b in content)]
        given = tuple(part for q in spans for part in _intersect((q,), content))
        if kind == "indirect":
            return Quote("none" if said is None else "indirect")
        return Quote(kind, given)

    def _span(self, content: tuple[Span, ...], said: Said | None, by_head: dict[int, Clause]) -> Span:
        """The content with cue and source where they touch it; a cue that touches it draws its source in."""
        begin, end = content[0][0], max(b for _, b in content)
        while said is not None:
            for low, high in self._extents(said, by_head):
                if high <= begin and self._adjoins(high, begin):
                    begin = low
                elif low >= end and self._adjoins(end, low):
                    end = high
                elif low < end and begin < high and low <= self._cue_at(said) < high:
                    begin, end = min(begin, low), max(end, high)
            begin, end = self._with_source(begin, end, said)
            said = said.within
        tail = _TAIL.match(self.article.text, end)
        return self._opening(begin), tail.end() if tail else end

    def _cue_at(self, said: Said) -> int:
        return said.reading.tree.start[said.reading.token]

    def _with_source(self, begin: int, end: int, said: Said) -> Span:
        """ "X did this, claiming that": a text without X would begin with a bare participle."""
        reading = said.reading
        if reading.tree is not self.tree or reading.mention is None or not said.repeats:
            return begin, end
        cue, source = chars(self.tree, reading.cue), chars(self.tree, reading.mention)
        sentence = self.tree.sentence
        near = sentence[reading.mention[0]] == sentence[reading.token] and begin - source[0] <= _REACH
        return (source[0], end) if begin <= cue[0] < end and source[0] < begin and near else (begin, end)

    def _opening(self, begin: int) -> int:
        mark = next((q for q in self.quotations if q.inner[0] == begin), None)
        return mark.span[0] if mark else begin

    def _extents(self, said: Said, by_head: dict[int, Clause]) -> list[Span]:
        """The words of the cue, its source and its circumstances."""
        clause = by_head.get(said.reading.token) if said.reading.tree is self.tree else None
        if clause is not None:
            return [trim(self.article.text, *chars(self.tree, r)) for r in clause.own][::-1]
        return [chars(said.reading.tree, said.reading.extent)] if said.repeats else []

    def _adjoins(self, low: int, high: int) -> bool:
        between = self.article.text[low:high] if high - low <= 40 else "far"
        return between.strip(" \n\t,:;-–—\"'“”‘’«»„`.") in ("", "that")

    # --- how firmly -----------------------------------------------------------------------------------------------

    def _polarity(self, assertion: _Assertion) -> Polarity:
        own = polarity_of(self.tree, assertion.clause)
        if assertion.said is None or assertion.said.reading.stance != "deny":
            return own
        reading = assertion.said.reading
        if reading.form == "noun" and not assertion.denied:
            return own
        if reading.form == "verb" and reading.negated:
            return own  # who will neither confirm nor deny it denies nothing
        if assertion.clause.head == reading.token:
            return "negated"
        return "affirmed" if own == "negated" else "negated"

    def _is_asked(self, assertion: _Assertion) -> bool:
        """Whether nothing is asserted: "asked whether the mill would reopen", "declined to say who had paid"."""
        tree, said = self.tree, assertion.said
        if said is None or said.reading.form != "verb" or said.reading.tree is not tree:
            return False
        cue = said.reading.token
        marks = [tree.word[m] for m in tree.kids(assertion.clause.head, "mark")]
        asks = said.reading.stance == "ask" and any(mark in lexicon().reality.conditions for mark in marks)
        return asks or (tree.dep[cue] == "xcomp" and tree.lemma[tree.head[cue]] in lexicon().reality.negating_verbs)

    def _certainty(self, assertion: _Assertion) -> Certainty:
        own = certainty_of(self.tree, assertion.clause)
        said = assertion.said
        if self._is_asked(assertion):
            return "unknown"
        if said is None or own in ("possible", "unknown"):
            return own
        if said.reading.negated:
            return "unknown"
        if said.reading.form == "adverb":
            return lexicon().adverbs[said.reading.lemma].certainty
        return "probable" if said.reading.opinion else own

    def _reality(self, assertion: _Assertion) -> Reality:
        if self._is_asked(assertion):
            return "unknown"
        if assertion.clause.kind == "infinitive":
            reading = assertion.said.reading if assertion.said else None
            to_come = reading and (reading.stance in ("promise", "warn") or reading.lemma in lexicon().reality.plans)
            return "planned" if to_come else "unknown"
        said = assertion.said
        if said and said.reading.stance == "promise" and said.reading.token == assertion.clause.head:
            return "planned"  # "has promised each family 20,000 crowns"
        reported = said is not None and said.reading.tree.tag[said.reading.token] in ("VBD", "VBN")
        position = self.tree.start[assertion.clause.head]
        reported = reported and not any(q.span[0] <= position < q.span[1] for q in self.quotations)
        return reality_of(self.tree, assertion.clause, reported)

    # --- when -----------------------------------------------------------------------------------------------------

    def _event_time(self, clause: Clause, times: Sequence[Timex], reality: Reality) -> Period | None:
        """The date nearest to the verb in what is asserted; else that of the clause that this one goes on from."""
        verb = self.tree.start[clause.head]
        text = self.article.text
        dated = [t for t in times if names_day(t) and not is_as_of(text, t)]
        own = [t for t in dated if self._is_own(t, clause.head)]
        if own:
            nearest = min(own, key=lambda t: (self._is_remote(t, clause.head), abs(t.span[0] - verb), t.span))
            self.last_time = held(text, nearest, times) if nearest.begin or nearest.end else None
            return self.last_time
        if dated:  # of an act told in passing, or in a name: near enough to be of this story, or of none
            near = next((t for t in dated if self._is_news(t)), None)
            return replace(held(text, near, times), basis="inferred") if near else None
        if reality == "happened" and (when := self._dated_by(clause)) is not None:
            return Period(when.begin, when.end, "inferred")
        # A clause after "because" or "who" has a time of its own, told or not; one that goes on has its neighbour's.
        if reality == "happened" and self.last_time is not None and clause.kind in ("conj", "participle", "cue"):
            return replace(self.last_time, basis="inferred")
        return None

    def _is_own(self, timex: Timex, head: int) -> bool:
        """Whether a time dates the verb; "the move comes after X did Y in May" has none but that."""
        tree = self.tree
        if tie_of(tree, timex, head) == "verb":
            return True
        told = [c for c in tree.kids(head, "advcl") if c > head] if tree.lemma[head] in lexicon().dating else []
        return any(tie_of(tree, timex, c) == "verb" and self._is_below(timex, c) for c in told)

    def _is_below(self, timex: Timex, head: int) -> bool:
        begin, end = chars(self.tree, (self.tree.left[head], self.tree.right[head]))
        return begin <= timex.span[0] < end

    def _is_to_come(self, period: Period | None) -> bool:
        """ "The trial opens on Monday": the present tense of a day after the report's is a future."""
        published = self.article.published
        if period is None or period.begin is None or published is None or published.precision in ("year", "month"):
            return False
        return period.basis == "stated" and period.begin[:10] > published.value[:10]

    def _reported(self, said: Said | None) -> Period | None:
        """When the source said it ("police said on Thursday that …"), else when the entry was written, or the article
        published."""
        if said is not None and said.reading.tree is self.tree:
            for timex in self.findings.times:
                dated = timex.type in ("DATE", "TIME") and timex.begin and not _inside(timex.span, said.content)
                if dated and self._hangs_on(timex, said.reading.token):
                    return Period(timex.begin, timex.end, "stated")
        published = self.article.published
        if self.findings.entry is not None:
            return self.findings.entry
        if published is None:
            return None
        return Period(published.value, published.value, "inferred" if published.basis == "inferred" else "stated")

    def _hangs_on(self, timex: Timex, head: int) -> bool:
        """Whether a time dates the very word ``head``, no verb or participant standing between."""
        tree = self.tree
        token = max(0, bisect_right(tree.start, timex.span[0]) - 1)
        for _ in range(6):
            if tree.dep[token] in _REMOTE or tree.head[token] == token:
                return False
            token = tree.head[token]
            if token == head:
                return True
        return False

    def _dated_by(self, clause: Clause) -> Timex | None:
        """The date in "… when the water came on Wednesday", which dates what stands before it too, with the verbs
        joined to it ("two died and six were hurt when …"). What comes "after" is of that day if it is news."""
        tree = self.tree
        for below in (b for verb in self._joined_to(clause.head) for b in tree.kids(verb, "advcl")):
            ties = {tree.word[c] for c in tree.kids(below, "advmod", "mark")} & {"when", "as", "after"}
            if not ties:
                continue
            span = chars(tree, (tree.left[below], tree.right[below]))
            for timex in self.findings.times:
                dated = timex.type in ("DATE", "TIME") and (timex.begin or timex.end)
                fits = "after" not in ties or self._is_news(timex)
                if dated and fits and _inside(timex.span, (span,)) and not self._is_remote(timex, below):
                    return timex
        return None

    def _joined_to(self, verb: int) -> list[int]:
        """A verb, and those that share the clauses hung on the last of them."""
        tree, joined = self.tree, [verb]
        while further := [c for c in tree.kids(joined[-1], "conj") if c > joined[-1] and c in self._verb_set]:
            joined.append(further[-1])
        return joined

    def _is_news(self, timex: Timex) -> bool:
        """Whether a time is of the days before the report."""
        published = self.article.published
        if published is None or not timex.begin or published.precision in ("year", "month"):
            return False
        try:
            days = (date.fromisoformat(published.value[:10]) - date.fromisoformat(timex.begin[:10])).days
        except ValueError:
            return False
        return 0 <= days <= _NEWS

    def _is_remote(self, timex: Timex, head: int) -> bool:
        """Whether a time dates a participant ("last week's strike") rather than the verb."""
        tree = self.tree
        token = max(0, bisect_right(tree.start, timex.span[0]) - 1)
        for _ in range(12):
            if token == head or tree.head[token] == token:
                return False
            if tree.dep[token] in _REMOTE:
                return True
            token = tree.head[token]
        return True


def _is_event(said: Said) -> bool:
    """ "The ministry was warned that …": by nobody named, the warning itself is what is told; "the mayor backs the
    bill": the report tells it of her; "he had ordered the doors to be locked", says somebody else: a deed."""
    reading = said.reading
    if reading.form == "attitude" or (said.within is not None and _is_deed(said)):
        return True
    passive = bool(reading.tree.kids(reading.token, "nsubjpass"))
    return reading.form == "verb" and reading.mention is None and passive and reading.lemma in lexicon().telling


def _is_deed(said: Said) -> bool:
    """Whether somebody only did what another tells of: "told us that a technician had alerted the office to it"."""
    reading = said.reading
    if reading.lemma == "order":
        return True
    tree = reading.tree
    clause = any(is_finite(tree, i) for first, last in reading.content for i in range(first, last + 1))
    return reading.form == "verb" and reading.stance == "warn" and not clause


def _inside(span: Span, content: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in content)


def _mostly_inside(span: Span, content: Sequence[Span]) -> bool:
    """Whether a number stands in the content, be it that the end of its unit is cut off: "120 km/" of "120 km/h."."""
    return any(a <= span[0] < b and 2 * (b - span[0]) > span[1] - span[0] for a, b in content)


def _intersect(spans: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    found = [(max(a, c), min(b, d)) for a, b in spans for c, d in others if max(a, c) < min(b, d)]
    return tuple(sorted(found))


def _subtract(span: Span, hole: Span) -> list[Span]:
    if hole[1] <= span[0] or hole[0] >= span[1]:
        return [span]
    return [p for p in ((span[0], hole[0]), (hole[1], span[1])) if p[0] < p[1]]


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for begin, end in sorted(s for s in spans if s[0] < s[1]):
        if joined and not any(map(str.isalnum, text[joined[-1][1] : begin])):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)
