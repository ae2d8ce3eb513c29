"""Cues in one parsed paragraph: the word that attributes, whom it names as the source and which words it attributes.

Rules over dependency relations after Almeida et al. (2014) and Newell et al. (2018): a clause below a verb of speech,
"according to" and its like, nouns of speech, passives without an agent, adverbs. Quotation marks are harder evidence
than the parse of a small pipeline: what lies between marks is never torn apart, and a quotation that touches a cue
is what it attributes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from variorum.annotate.lexicon import Construction, VerbCue, lexicon
from variorum.annotate.names import lore
from variorum.annotate.parse import Tree
from variorum.annotate.quotes import Quotation
from variorum.model import Span, Stance

Range = tuple[int, int]
"""Tokens, first and last included."""

SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
CLAUSAL: Final = ("ccomp", "parataxis")
_PUNCTUATION: Final = frozenset(",:;-–—.\"'`…") | {"''", "``", "--", "..."}
_DASHES: Final = frozenset({"-", "–", "—", "--", ":"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAGS: Final = frozenset({"VBD", "VBZ", "VBN"})
#: How many tokens may follow a tag in its sentence ("told reporters on Monday."), and how long its source may be.
_TAG_END: Final = 8
_LONGEST_SOURCE: Final = 14
#: A headline has no more tokens.
_LONGEST_HEADLINE: Final = 30
_MARKS: Final = frozenset({'"', "''", "``", "'"})
_PHRASE: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADP"})
_HEADING: Final = frozenset({"PROPN", "ADJ", "NOUN", "PUNCT", "NUM", "PART"})
_BODIES: Final = frozenset({"organisation", "outlet", "agency"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One cue with what it attributes. ``mention`` are the words of the source. An "attitude" attributes no words
    ("backs the bill"): only the taggers read it."""

    tree: Tree
    token: int
    cue: Range
    lemma: str
    stance: Stance
    form: Literal["verb", "phrase", "noun", "adverb", "headline", "attitude"]
    mention: Range | None = None
    content: tuple[Range, ...] = ()
    recipient: Range | None = None
    opinion: bool = False
    negated: bool = False
    told: tuple[Quotation, ...] = ()

    @property
    def extent(self) -> Range:
        """Cue and source together."""
        parts = [self.cue, *([self.mention] if self.mention else []), *([self.recipient] if self.recipient else [])]
        return min(a for a, _ in parts), max(b for _, b in parts)


class CueReader:
    """Reads the cues of one paragraph. ``quotations`` are its outer quotations, in order."""

    def __init__(self, tree: Tree, quotations: list[Quotation]) -> None:
        self.tree = tree
        self.quotations = quotations
        self.lexicon = lexicon()
        self.inside = _inside(tree, quotations)
        self.bounds = _bounds(self.inside)

    def read(self) -> list[Reading]:
        """All readings, in order of their cues."""
        tree, found = self.tree, []
        for token, lemma in enumerate(tree.lemma):
            reading = None
            if tree.pos[token] in ("VERB", "AUX") and (cue := self._verb_cue(token, lemma)):
                reading = self._read_verb(token, cue)
            elif tree.pos[token] == "NOUN" and lemma in self.lexicon.nouns:
                reading = self._read_noun(token)
            elif tree.pos[token] == "NOUN" and lemma in self.lexicon.owned:
                reading = self._read_owned(token)
            elif tree.word[token] in self.lexicon.adverbs:
                reading = self._read_adverb(token)
            if reading is None:
                reading = self._read_phrase(token)
            if reading and (reading.content or reading.form == "verb"):
                found.append(reading)
        headline = self._read_headline() or self._read_headline_end()
        return sorted([headline, *found], key=lambda r: r.token) if headline else found

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _verb_cue(self, token: int, lemma: str) -> VerbCue | None:
        particle = self.lexicon.particles.get(lemma)
        if particle and any(
            self.tree.word[c] in particle.words and self.tree.dep[c] in ("prt", "prep")
            for c in self.tree.children[token]
        ):
            frames: frozenset[Construction] = frozenset(("speech", "object"))
            return VerbCue(particle.stance, frames, False)
        cue = self.lexicon.verbs.get(lemma)
        if cue is None and (lemma in self.lexicon.manners or self._inverted(token) is not None):
            return VerbCue("report", frozenset(("speech",)), False) if self._tags_quotation(token) else None
        if cue is None and (self._ends_tag(token) or self._quotes_somebody(token)):
            return VerbCue("report", frozenset(("speech",)), False)
        return cue

    def _ends_tag(self, verb: int) -> bool:
        """Whether nothing but a noun phrase stands between a verb and a quotation that a comma closes, and the verb
        ends the sentence or is followed by its particle: '"…," one of the prisoners called out.'"""
        tree = self.tree
        if tree.tag[verb] not in _TAGS or self.inside[verb] >= 0 or tree.kids(verb, "aux", "auxpass"):
            return False
        first = verb
        while first > 0 and self.inside[first - 1] < 0 and tree.pos[first - 1] in _PHRASE and verb - first <= 8:
            first -= 1
        closed = 1 < first < verb and self.inside[first - 1] >= 0 and tree.word[first - 1] in _MARKS
        after = verb + 1 + (tree.dep[verb + 1 : verb + 2] == ["prt"])
        ends = after >= len(tree.word) or tree.word[after] in (".", ",") or after > verb + 1
        return closed and ends and tree.word[first - 2] == ","

    def _quotes_somebody(self, verb: int) -> bool:
        """ "The daily quoted X: "…"": whoever quotes, with the quotation behind the one who is quoted."""
        tree = self.tree
        if tree.lemma[verb] != "quote" or not tree.kids(verb, "nsubj"):
            return False
        behind = [tree.right[c] + 1 for c in tree.kids(verb, "dobj")]
        return any(self._opens(i) or (tree.word[i : i + 1] in ([":"], [","]) and self._opens(i + 1)) for i in behind)

    def _opens(self, token: int) -> bool:
        """Whether a quotation begins at ``token``."""
        return token < len(self.inside) and self.inside[token] >= 0 and self.bounds[self.inside[token]][0] == token

    def _tags_quotation(self, verb: int) -> bool:
        """Whether a finite verb outside marks, alone or after its subject, follows the end of a quotation."""
        tree = self.tree
        if tree.tag[verb] not in ("VBD", "VBZ") or self.inside[verb] >= 0:
            return False
        first = min([verb, *(tree.left[c] for c in tree.kids(verb, "nsubj") if verb - c <= 8 and self.inside[c] < 0)])
        before = first - 1
        while before >= 0 and self.inside[before] < 0 and tree.word[before] in _PUNCTUATION:
            before -= 1
        return before >= 0 and self.inside[before] >= 0 and first - before <= 3

    def _inverted(self, verb: int) -> int | None:
        """The head of whoever stands behind the verb after a quotation: '"…," sobbed Mara Brand'."""
        tree = self.tree
        if tree.tag[verb] not in ("VBD", "VBZ") or verb + 1 >= len(tree.word) or not self._tags_quotation(verb):
            return None
        if any(c < verb and self.inside[c] < 0 for c in tree.kids(verb, *SUBJECTS)):
            return None
        noun = tree.head[verb]
        if tree.dep[verb] == "amod" and noun > verb:
            noun = tree.head[noun] if tree.dep[noun] == "compound" and tree.head[noun] > noun else noun
            return noun if tree.pos[noun] == "PROPN" else None
        nouns = [c for c in tree.kids(verb, *SUBJECTS, "dobj", "attr", "oprd", "dep", "npadvmod") if c > verb]
        named = [
            c
            for c in nouns
            if tree.pos[c] == "PROPN" or tree.lemma[c] in self.lexicon.sources.holders or tree.word[c] in ("he", "she")
        ]
        return named[-1] if named else None

    def _read_verb(self, verb: int, cue: VerbCue) -> Reading | None:
        tree = self.tree
        if tree.dep[verb] in ("aux", "auxpass"):
            return None
        if tree.dep[verb] in ("amod", "compound") and not self._tags_quotation(verb):
            return None
        who = self._subject(verb)
        reading = Reading(
            tree,
            verb,
            self._cue_words(verb),
            self._cue_lemma(verb),
            cue.stance,
            "verb",
            self._mention(who, verb),
            recipient=self._recipient(verb),
            opinion=cue.opinion,
            negated=bool(tree.kids(verb, "neg")),
        )
        if "speech" in cue.frames and (tag := self._read_tag(reading)):
            return tag
        if self._is_passive(verb):
            return self._read_passive(reading, cue)
        content = self._clause_content(reading, cue)
        if not content and "speech" in cue.frames:
            content = self._host_content(reading)
        if not content and cue.frames & {"object", "directive"}:
            content = self._object_content(reading)
        return replace(reading, content=self._settle(content, reading))

    def _read_tag(self, reading: Reading) -> Reading | None:
        """ "…, her brother Jan Brod said." at a sentence's end, its subject hung on a noun before it by the parser."""
        tree, verb = self.tree, reading.token
        begin, end = tree.sentences[tree.sentence[verb]]
        first = reading.cue[0]
        if tree.tag[verb] not in _TAGS or tree.kids(verb, "aux", "auxpass", *SUBJECTS) or self.inside[verb] >= 0:
            return None
        if any(tree.dep[c] == "ccomp" and c > verb for c in tree.children[verb]):
            return None
        if first > begin and tree.word[first - 1] == "," and (behind := self._after_tag(verb)) is not None:
            source = self._mention(behind, verb)
            reading = replace(reading, mention=source, recipient=None)
            told = any(tree.tag[i] in FINITE for i in range(begin, first))
            return replace(reading, content=self._settle([(begin, first - 1)], reading)) if told else None
        source = self._before_tag(begin, first) if end - verb <= _TAG_END and tree.tag[verb] != "VBN" else None
        if source is None or not any(tree.tag[i] in FINITE for i in range(begin, source[0])):
            return None
        reading = replace(reading, mention=source)
        return replace(reading, content=self._settle([(begin, source[0] - 1)], reading))

    def _after_tag(self, verb: int) -> int | None:
        """ "…, reported the agency Norda", parsed as a verb and its object: the object, if it is one who speaks."""
        tree, sources = self.tree, self.lexicon.sources
        for noun in tree.kids(verb, "dobj", "oprd", "attr"):
            speaks = tree.lemma[noun] in sources.holders or self.lexicon.kinds.get(tree.lemma[noun]) in _BODIES
            if tree.left[noun] == verb + 1 and (speaks or tree.pos[noun] == "PROPN"):
                return noun
        return None

    def _before_tag(self, begin: int, cue: int) -> Range | None:
        """The noun phrase between the last comma and a cue, with the description that its name is set off from."""
        tree, last = self.tree, cue - 1
        closed = last > begin and tree.word[last] == ","
        last -= closed
        commas = [
            i for i in range(max(begin, last - _LONGEST_SOURCE), last) if tree.word[i] == "," and self.inside[i] < 0
        ]
        if not commas:
            return None
        first = commas[-1] + 1
        if closed:
            # "…, its chief executive, Ada Quell, told reporters": the name is set off on both sides.
            if len(commas) < 2 or tree.pos[last] != "PROPN":
                return None
            first = commas[-2] + 1
        words = range(first, last + 1)
        nominal = all(tree.pos[i] not in ("VERB", "AUX", "CCONJ", "SCONJ") and self.inside[i] < 0 for i in words)
        opens = tree.tag[first] in ("DT", "PRP$", "NNP") or tree.lemma[first] in self.lexicon.sources.holders
        who = opens and tree.pos[last] in ("NOUN", "PROPN") and tree.ent[last] not in ("DATE", "TIME", "GPE")
        return (first, last) if nominal and who else None

    def _is_passive(self, verb: int) -> bool:
        tree = self.tree
        reduced = (
            tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "advcl") and not tree.kids(verb, "aux", *SUBJECTS)
        )
        return reduced or bool(tree.kids(verb, "nsubjpass", "auxpass"))

    def _read_passive(self, reading: Reading, cue: VerbCue) -> Reading | None:
        """ "was first reported by X", "is said to …", "it was announced that …", "was told that …"."""
        tree, verb = self.tree, reading.token
        agent = self._agent(verb)
        patient = next(iter(tree.kids(verb, "nsubjpass", "nsubj")), None)
        if patient is None and tree.dep[verb] == "acl":
            patient = tree.head[verb]
        clause = next((c for c in tree.kids(verb, "ccomp", "xcomp", "oprd") if c > verb), None)
        if agent is None and clause is not None and tree.dep[clause] == "oprd":
            # "620 have been declared unsafe": nobody's words.
            return None
        reading = replace(reading, mention=self._mention(agent, verb), recipient=None)
        if agent is None and clause is None and patient is not None and tree.word[patient] == "it":
            # "The gate, it is reported, has cracked."
            return replace(reading, content=self._settle(self._around_tag(reading), reading))
        if patient is None or (agent is None and (clause is None or tree.dep[verb] == "acl")):
            return None
        if tree.word[patient] == "it" or tree.dep[patient] == "expl":
            content = [(tree.left[clause], tree.right[clause])] if clause is not None else []
        elif clause is not None and tree.lemma[verb] in self.lexicon.telling and tree.kids(clause, "mark"):
            # "The workers have been promised that …": the patient is who was told.
            content = [(tree.left[clause], tree.right[clause])]
        elif clause is not None:
            content = [self._noun_range(patient), (tree.left[clause], tree.right[clause])]
        else:
            content = [self._noun_range(patient), *self._charge(agent)]
        return replace(reading, content=self._settle(content, reading))

    def _charge(self, agent: int | None) -> list[Range]:
        """ "X is accused by prosecutors of selling …": what the parser hung on the prosecutors."""
        charges = [] if agent is None else [c for c in self.tree.kids(agent, "prep") if self.tree.kids(c, "pcomp")]
        return [(self.tree.left[c], self.tree.right[c]) for c in charges]

    def _subject(self, verb: int, depth: int = 4) -> int | None:
        """The head word of whoever does what ``verb`` says: its own subject, or that of the verb it leans on."""
        tree = self.tree
        own = [c for c in tree.children[verb] if tree.dep[c] in SUBJECTS and tree.dep[c] != "expl"]
        if own:
            # Inverted clauses give "said" two subjects at times: the nearer one speaks.
            return min(own, key=lambda c: abs(c - verb))
        behind = self._inverted(verb) if depth == 4 else None
        if behind is not None:
            return behind
        above, dep = tree.head[verb], tree.dep[verb]
        if not depth or above == verb:
            return self._dangling(verb)
        if dep in ("acl", "relcl") and tree.pos[above] in ("NOUN", "PROPN", "PRON"):
            return above
        if dep == "pcomp" and tree.word[above] == "as":
            return self._quoted_as(tree.head[above])
        if dep == "conj" and (teller := self._resumed(verb, above)) is not None:
            return self._subject(teller, depth - 1)
        if dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "oprd"):
            if tree.pos[above] in ("ADP", "SCONJ", "PART"):
                above = tree.head[above]
            if tree.pos[above] in ("NOUN", "PROPN") and dep == "advcl":
                return above
            return self._subject(above, depth - 1) if tree.pos[above] in ("VERB", "AUX") else None
        return None

    def _resumed(self, verb: int, above: int) -> int | None:
        """ "X said Y were searching the wood, and appealed for calm": a comma and a finite verb of speech beside an
        unfinite one go on with the teller."""
        tree, teller = self.tree, self.tree.head[above]
        joint = next((c for c in tree.kids(above, "cc") if above < c < verb), None)
        speech = tree.dep[above] == "ccomp" and "speech" in self.lexicon.verbs_of(tree.lemma[teller])
        known = tree.lemma[verb] in self.lexicon.verbs and tree.tag[verb] == tree.tag[teller] != tree.tag[above]
        set_off = joint is not None and tree.word[joint - 1] == ","
        return teller if speech and known and set_off else None

    def _quoted_as(self, verb: int) -> int | None:
        """ "X quoted Y as saying", "Y was quoted as saying": Y."""
        patients = self.tree.kids(verb, "nsubjpass") or self.tree.kids(verb, "dobj")
        return patients[0] if patients else None

    def _dangling(self, verb: int) -> int | None:
        """ "said X" at the root, parsed as verb and object."""
        tree = self.tree
        objects = [
            c for c in tree.kids(verb, "dobj", "attr", "npadvmod", "dep") if c > verb and tree.ent[c] == "PERSON"
        ]
        return objects[0] if objects and tree.tag[verb] in ("VBD", "VBZ") else None

    def _agent(self, verb: int) -> int | None:
        for by in self.tree.kids(verb, "agent", "prep"):
            if self.tree.word[by] == "by":
                return next(iter(self.tree.kids(by, "pobj")), None)
        return None

    def _recipient(self, verb: int) -> Range | None:
        """Whom it was told to."""
        tree = self.tree
        if tree.lemma[verb] in self.lexicon.telling:
            for child in tree.kids(verb, "dative", "dobj"):
                told = tree.pos[child] in _NOMINAL or self._is_agency(child)
                if child > verb and told and self.inside[child] == self.inside[verb]:
                    return self._noun_range(child)
        for to in tree.kids(verb, "prep", "dative"):
            if tree.word[to] == "to" and verb < to <= verb + 2 and self.inside[to] == self.inside[verb]:
                media = [o for o in tree.kids(to, "pobj") if self._is_medium(o)]
                return self._noun_range(media[0]) if media else None
        return None

    def _is_agency(self, token: int) -> bool:
        """Whether a word is the name of a known agency, in small letters too ("dpa")."""
        return self.tree.doc[token].text in lore().agencies

    def _is_medium(self, noun: int) -> bool:
        """Whether a noun may be a medium that is told something: "confirmed to AFP", "to the agency Norda"."""
        tree = self.tree
        called = tree.lemma[noun] == "agency" or self.lexicon.kinds.get(tree.lemma[noun]) in ("agency", "outlet")
        return called or tree.pos[noun] == "PROPN" or self._is_agency(noun)

    def _cue_words(self, verb: int) -> Range:
        tree = self.tree
        first = last = verb
        while first and tree.head[first - 1] == verb and tree.dep[first - 1] in ("aux", "auxpass", "neg", "advmod"):
            first -= 1
        while first < verb and tree.dep[first] == "advmod":
            first += 1
        following = verb + 1 < len(tree.word) and tree.head[verb + 1] == verb
        if following and (tree.dep[verb + 1] == "prt" or self._is_particle(verb + 1)):
            last = verb + 1
        return first, last

    def _is_particle(self, token: int) -> bool:
        """Whether ``token`` is the preposition that belongs to its verb as a cue ("called for", "pointed to")."""
        particle = self.lexicon.particles.get(self.tree.lemma[self.tree.head[token]])
        return particle is not None and self.tree.dep[token] == "prep" and self.tree.word[token] in particle.words

    def _cue_lemma(self, verb: int) -> str:
        last = self._cue_words(verb)[1]
        return " ".join([self.tree.lemma[verb], *self.tree.word[verb + 1 : last + 1]])

    def _mention(self, who: int | None, cue: int) -> Range | None:
        if who is None:
            return None
        first, last = self._noun_range(who)
        if first <= cue <= last:
            # A participle that modifies its own source ("a statement saying …").
            last = max(who, min(last, cue - 1)) if who < cue else last
            first = min(who, max(first, cue + 1)) if who > cue else first
        elif last + 1 == cue:
            first = self._after_stray_comma(first, who, last)
        return self._strip(first, last)

    def _after_stray_comma(self, first: int, who: int, last: int) -> int:
        """ "…, now Reyes, Okafor said": an apposition before a verb closes with a comma; without one, what stands
        before the comma is no part of the name."""
        tree = self.tree
        commas = [i for i in range(first, last) if tree.word[i] == ","]
        joined = any(tree.dep[i] == "cc" for i in range(first, last))
        lone = len(commas) == 1 and not joined and tree.pos[last] == "PROPN" and tree.dep[last] == "appos"
        return commas[0] + 1 if lone and who < commas[0] else first

    def _noun_range(self, head: int) -> Range:
        """The words of a noun phrase with its appositions, without clauses set off by commas."""
        tree = self.tree
        first, last = tree.left[head], tree.right[head]
        for child in tree.children[head]:
            cut = tree.dep[child] in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "conj", "dep", "cc")
            if child > head and cut and self._leaves(child, head):
                last = min(last, tree.left[child] - 1)
        first = max([first, *(i + 1 for i in range(first, head) if tree.word[i] in _DASHES)])
        where = self.inside[head]
        while self.inside[last] != where and last > head:
            last -= 1
        while self.inside[first] != where and first < head:
            first += 1
        return self._strip(first, last)

    def _leaves(self, child: int, head: int) -> bool:
        """Whether ``child`` begins something that is no part of the mention of ``head``."""
        tree = self.tree
        if tree.dep[child] == "punct":
            return tree.word[child] in (":", ";", "—", "–", "--")
        if tree.dep[child] in ("conj", "cc", "dep"):
            return tree.dep[child] == "conj" and tree.pos[child] in ("VERB", "AUX")
        before = tree.left[child] - 1
        return tree.dep[child] in ("ccomp", "parataxis", "advcl") or (before > head and tree.word[before] in (",", "-"))

    def _strip(self, first: int, last: int) -> Range:
        word = self.tree.word
        while last > first and (word[last] in _PUNCTUATION or word[last].isspace()):
            last -= 1
        while first < last and (word[first] in _PUNCTUATION or word[first].isspace()):
            first += 1
        return first, last

    def speaking_object(self, verb: int) -> Range | None:
        """The object of "citing": one who speaks, or a document; no reason ("citing concerns")."""
        tree, sources = self.tree, self.lexicon.sources
        for noun in tree.kids(verb, "dobj"):
            inner = [o for p in tree.kids(noun, "prep") for o in tree.kids(p, "pobj")]
            heads = {tree.lemma[i] for i in (noun, *(inner if tree.tag[noun] == "CD" else ()))}
            spoken = heads & {*self.lexicon.kinds, *sources.holders, *sources.strangers, *sources.speakers}
            if spoken or tree.pos[noun] == "PROPN":
                return self._noun_range(noun)
        return None

    def quoting(self, saying: int) -> Reading | None:
        """Who quotes in "X quoted Y as saying", "Y was quoted by X as saying", "Y, quoted by X, said"."""
        tree = self.tree
        verb = tree.head[tree.head[saying]]
        if tree.dep[saying] != "pcomp" or tree.lemma[verb] != "quote":
            beside = [saying, *tree.kids(saying, "nsubj")]
            told = [v for c in beside for v in tree.kids(c, "acl", "advcl") if tree.lemma[v] in ("quote", "cite")]
            verb = next((v for v in told if tree.tag[v] == "VBN" and self._agent(v) is not None), -1)
        if verb < 0:
            return None
        who = self._agent(verb) if self._is_passive(verb) else next(iter(tree.kids(verb, "nsubj")), None)
        mention = self._mention(who, verb)
        return Reading(tree, verb, (verb, verb), tree.lemma[verb], "report", "verb", mention) if mention else None

    # --- what a verb attributes -----------------------------------------------------------------------------------

    def _clause_content(self, reading: Reading, cue: VerbCue) -> list[Range]:
        tree, verb = self.tree, reading.token
        first, last = reading.extent
        content: list[Range] = []
        # "The gate will hold, the builders keep saying": the clause hangs on the verb above.
        keeps = tree.dep[verb] == "xcomp" and tree.tag[verb] == "VBG" and not tree.kids(verb, *CLAUSAL, "dobj")
        above = (
            [c for c in tree.kids(tree.head[verb], "ccomp") if c < first] if keeps and "speech" in cue.frames else []
        )
        for clause in [*above, *tree.children[verb]]:
            if clause not in above and not self._takes(clause, verb, cue):
                continue
            if clause < verb:
                begin = self._stretch_start(verb, clause)
                content.append((begin, min(x for x in (first, verb) if x > begin) - 1 if first > begin else verb - 1))
                if tree.right[clause] > last:
                    content.append((last + 1, tree.right[clause]))
            else:
                content.append((tree.left[clause], self._stretch_end(verb, clause)))
        return content

    def _takes(self, clause: int, verb: int, cue: VerbCue) -> bool:
        tree, dep = self.tree, self.tree.dep[clause]
        if dep in CLAUSAL:
            if tree.lemma[clause] in self.lexicon.verbs and clause < verb and tree.kids(clause, "mark"):
                return False
            without = not tree.kids(clause, "aux", "auxpass", *SUBJECTS)
            if clause > verb and self._is_tag_behind(clause):
                return False
            if self._are_apart(clause, verb):
                return False
            reduced = clause > verb and tree.tag[clause] in ("VBN", "VBD") and without
            if reduced and tree.kids(verb, "dobj"):
                return False
            return bool(cue.frames & {"speech", "clause"}) or (clause > verb and "directive" in cue.frames)
        if dep == "xcomp":
            to = any(tree.tag[c] == "TO" for c in tree.children[clause])
            if tree.kids(verb, "dobj") and "directive" in cue.frames:
                return False
            return clause > verb and bool(cue.frames & {"infinitive", "directive"} if to else cue.frames & {"object"})
        return False

    def _are_apart(self, clause: int, verb: int) -> bool:
        """Whether a semicolon outside marks stands between a clause and a verb: two sentences in one."""
        between = range(min(clause, verb), max(clause, verb))
        return any(self.tree.word[i] == ";" and self.inside[i] < 0 for i in between)

    def _is_tag_behind(self, clause: int) -> bool:
        """ "The firm asked for a delay, the daily reported": a tag to the whole, which the parser made an object."""
        tree = self.tree
        speaks = "speech" in self.lexicon.verbs_of(tree.lemma[clause]) and bool(tree.kids(clause, "nsubj"))
        comma = "," in tree.word[max(0, tree.left[clause] - 1) : tree.left[clause] + 1]
        return speaks and comma and self.inside[clause] < 0 and not tree.kids(clause, "ccomp", "dobj", "mark")

    def _stretch_start(self, verb: int, clause: int) -> int:
        tree = self.tree
        if tree.dep[verb] == "conj":
            return tree.left[clause]
        begin, _ = tree.sentences[tree.sentence[verb]]
        return max(begin, tree.left[verb]) if tree.left[verb] <= clause else tree.left[clause]

    def _stretch_end(self, verb: int, clause: int) -> int:
        """The clause's own end, and what the parser hung on the verb although it follows the clause and completes
        it: adverbial clauses with a conjunction, prepositional phrases."""
        tree = self.tree
        end = tree.right[clause]
        for child in tree.children[verb]:
            if child <= clause:
                continue
            if tree.dep[child] in ("cc", "punct"):
                continue
            joins = tree.dep[child] in ("prep", "advmod", "npadvmod") or (
                tree.dep[child] == "advcl" and bool(tree.kids(child, "mark", "advmod"))
            )
            joins = joins or (tree.dep[child] == "conj" and self._belongs_below(child, verb))
            if not joins or tree.left[child] > end + 2:
                break
            end = tree.right[child]
        return end

    def _belongs_below(self, conjunct: int, verb: int) -> bool:
        """Whether a verb joined to the cue goes on with what is said: "said the talks had begun and will go on"."""
        tree = self.tree
        if tree.kids(conjunct, *SUBJECTS) or tree.lemma[conjunct] in self.lexicon.verbs or tree.tag[verb] != "VBD":
            return False
        return any(tree.tag[c] == "MD" for c in tree.kids(conjunct, "aux")) or tree.tag[conjunct] in ("VBZ", "VBP")

    def _host_content(self, reading: Reading) -> list[Range]:
        """For a tag that the parser hung below the clause it reports ("…, officials said"; "as he put it"): the
        clause around the tag."""
        tree, verb = self.tree, reading.token
        if reading.mention is None:
            return []
        if tree.kids(verb, "dobj") and tree.lemma[verb] not in self.lexicon.telling:
            return []
        marks = [tree.word[c] for c in tree.kids(verb, "mark", "advmod") if c < verb]
        if tree.dep[verb] == "advcl" and not (marks and marks[0] == "as"):
            return []
        if tree.dep[verb] not in ("parataxis", "ccomp", "dep", "conj", "advcl", "appos", "relcl"):
            return []
        return self._around_tag(reading)

    def _around_tag(self, reading: Reading) -> list[Range]:
        """The clause around a tag that is set off, without the tag."""
        tree, verb = self.tree, reading.token
        above = tree.head[verb]
        if above == verb:
            return []
        if tree.pos[above] in ("NOUN", "PROPN", "PRON") and tree.dep[above] in SUBJECTS:
            # A tag between subject and verb hangs on the subject.
            above = tree.head[above]
        first, last = reading.extent
        edge = min(first, tree.left[verb])
        while edge < first and tree.word[edge] in _PUNCTUATION:
            edge += 1
        begin, end = tree.sentences[tree.sentence[verb]]
        set_off = edge == begin or tree.word[edge - 1] in _PUNCTUATION or self.inside[edge - 1] >= 0
        if not set_off or self.inside[verb] >= 0:
            return []
        before = (max(begin, tree.left[above]), edge - 1)
        after = (max(last, verb, tree.right[verb]) + 1, min(tree.right[above], end - 1))
        return [r for r in (before, after) if r[0] <= r[1]]

    def _object_content(self, reading: Reading) -> list[Range]:
        """Object and what follows it: "Russia of escalating", "the strike as a step too far"."""
        tree, verb = self.tree, reading.token
        parts = [
            c
            for c in tree.children[verb]
            if c > verb
            and (
                tree.dep[c] in ("dobj", "prep", "oprd", "xcomp", "ccomp", "acl", "attr", "dative", "pcomp")
                or (tree.dep[c] == "advcl" and tree.word[tree.left[c]] == "as")
            )
        ]
        if not parts or not any(tree.dep[c] in ("dobj", "oprd", "ccomp", "xcomp", "prep") for c in parts):
            return []
        first = tree.left[parts[0]]
        if tree.dep[parts[0]] == "prep" and reading.cue[1] != parts[0]:
            return []
        last = parts[0]
        for part in parts[1:]:
            if tree.left[part] > tree.right[last] + 1 or self._is_when(part):
                break
            last = part
        return [(max(first, reading.cue[1] + 1), tree.right[last])]

    def _is_when(self, part: int) -> bool:
        """Whether a prepositional phrase tells when it was said."""
        objects = self.tree.kids(part, "pobj") if self.tree.dep[part] == "prep" else []
        return bool(objects) and self.tree.ent[objects[0]] in ("DATE", "TIME")

    # --- the other cues -------------------------------------------------------------------------------------------

    def _read_phrase(self, token: int) -> Reading | None:
        tree = self.tree
        for phrase in self.lexicon.phrases:
            words = phrase.words
            if tree.word[token] != words[0] or tree.word[token : token + len(words)] != words:
                continue
            last = token + len(words) - 1
            who = self._object_of(token, last)
            if who is None or (phrase.set_off and not self._is_set_off(token, who)):
                continue
            mention = self._before_subject(self._noun_range(who))
            reading = Reading(tree, token, (token, last), " ".join(words), phrase.stance, "phrase", mention)
            return replace(reading, content=self._settle(self._around(token, mention[1]), reading))
        return None

    def _is_set_off(self, token: int, who: int) -> bool:
        """Whether a phrase stands at a sentence's head or behind a comma, before one who speaks: "…, per the board",
        no rate ("per hour")."""
        tree = self.tree
        begins = token == tree.sentences[tree.sentence[token]][0] or tree.word[token - 1] == ","
        return begins and (tree.pos[who] == "PROPN" or tree.word[tree.left[who]] in self.lexicon.sources.definite)

    def _before_subject(self, mention: Range) -> Range:
        """ "According to X, Y and Z will meet": the parser takes Y for X's apposition; a verb without a subject right
        after the mention says that it is not."""
        tree, (first, last) = self.tree, mention
        after = last + 1
        while after < len(tree.word) and tree.dep[after] in ("aux", "auxpass", "advmod", "neg"):
            after += 1
        commas = [i for i in range(first, last) if tree.word[i] == ","]
        if not commas or after >= len(tree.word) or tree.pos[after] not in ("VERB", "AUX"):
            return mention
        return (first, commas[-1] - 1) if not tree.kids(after, *SUBJECTS) else mention

    def _object_of(self, first: int, last: int) -> int | None:
        tree = self.tree
        for token in range(last, first - 1, -1):
            objects = [c for c in tree.children[token] if c > last and tree.pos[c] in _NOMINAL]
            if objects:
                return objects[0]
        return last + 1 if last + 1 < len(tree.word) and tree.pos[last + 1] in _NOMINAL else None

    def _around(self, first: int, last: int) -> list[Range]:
        """The clause around the tokens ``first`` to ``last``, without them: up to the relative or content clause they
        stand in, or the whole sentence."""
        tree = self.tree
        begin, end = tree.sentences[tree.sentence[first]]
        if all(tree.word[i] in _PUNCTUATION for i in range(last + 1, end)):
            return [(begin, first - 1)] if begin < first else []
        token = tree.head[first]
        for _ in range(12):
            if tree.dep[token] in ("relcl", "ccomp", "acl") and tree.left[token] <= first and tree.left[token] > begin:
                begin, end = tree.left[token], tree.right[token] + 1
                begin += tree.word[begin] == "that" and tree.dep[begin] == "mark"
                break
            if tree.head[token] == token:
                break
            token = tree.head[token]
        return [r for r in ((begin, first - 1), (last + 1, end - 1)) if r[0] <= r[1]]

    def _read_owned(self, noun: int) -> Reading | None:
        """ "In X's words, …"."""
        tree = self.tree
        who, before = next(iter(tree.kids(noun, "poss")), None), tree.head[noun]
        if who is None or tree.word[before] not in ("in", "by") or tree.dep[noun] != "pobj":
            return None
        reading = Reading(
            tree, noun, (noun, noun), tree.word[noun], "report", "phrase", self._possessor(who), negated=False
        )
        return replace(reading, content=self._settle(self._around(before, noun), reading))

    def _read_noun(self, noun: int) -> Reading | None:
        """ "X's claim that …", "the accusation by X that …", "a warning from X of …"."""
        tree = self.tree
        clause = next((c for c in tree.kids(noun, "acl", "ccomp", "relcl") if self._is_that(c)), None)
        who = next(iter(tree.kids(noun, "poss")), None)
        if who is None:
            by = [c for c in tree.kids(noun, "prep") if tree.word[c] in ("by", "from")]
            who = next((o for c in by for o in tree.kids(c, "pobj")), None)
        stance = self.lexicon.nouns[tree.lemma[noun]]
        named = who is not None
        if clause is not None:
            content = [(tree.left[clause], self._clause_end(noun, clause))]
        else:
            content = self._matter(noun) if named and stance != "report" else []
        if not content or (who is not None and tree.pos[who] not in _NOMINAL):
            return None
        who = self._speaker_above(noun) if who is None else who
        mention = self._possessor(who) if who is not None else None
        reading = Reading(tree, noun, (noun, noun), tree.lemma[noun], stance, "noun", mention)
        if mention is None and tree.dep[noun] in ("nsubj", "dobj", "attr") and not self._is_abroad(noun):
            return None
        return replace(reading, content=self._settle(content, reading))

    def _matter(self, noun: int) -> list[Range]:
        """What an accusation, warning or promise is "of"."""
        tree = self.tree
        matter = [o for p in tree.kids(noun, "prep") if tree.word[p] == "of" for o in tree.kids(p, "pobj", "pcomp")]
        ends = [tree.left[c] - 1 for o in matter for c in tree.kids(o, "prep") if tree.word[c] in ("by", "from")]
        return [(tree.left[o], min([tree.right[o], *ends])) for o in matter]

    def _is_abroad(self, noun: int) -> bool:
        """Whether words of nobody in particular are told of: "there were reports that …", "denied reports that …"."""
        tree = self.tree
        verb = tree.head[noun]
        cue = self.lexicon.verbs.get(tree.lemma[verb])
        answered = tree.dep[noun] == "dobj" and cue is not None and cue.stance in ("deny", "confirm")
        return answered or (tree.dep[noun] == "attr" and bool(tree.kids(verb, "expl")))

    def _clause_end(self, noun: int, clause: int) -> int:
        """The end of the clause of "the claim that …", before the sentence's own verb where the parser took that into
        the clause: then no verb is left above the noun."""
        tree = self.tree
        above = noun
        while tree.head[above] != above and tree.pos[above] not in ("VERB", "AUX"):
            above = tree.head[above]
        end = tree.right[clause]
        if tree.pos[above] in ("VERB", "AUX"):
            return end
        for token in range(clause + 1, end + 1):
            bare = not tree.kids(token, "aux", "auxpass", "mark", *SUBJECTS) and tree.pos[token - 1] != "CCONJ"
            finite = tree.tag[token] == "VBD" and tree.dep[token] in ("acl", "advcl", "ccomp", "dep")
            disguised = tree.tag[token] in ("JJ", "VBN", "VBD") and bool(tree.kids(token, "dobj"))
            if bare and (finite or disguised):
                return tree.left[token] - 1 if tree.left[token] > clause else token - 1
        return end

    def _speaker_above(self, noun: int) -> int | None:
        """ "The firm told reporters in a statement that …": the firm."""
        tree = self.tree
        verb = tree.head[tree.head[noun]]
        within = tree.dep[noun] == "pobj" and tree.word[tree.head[noun]] in ("in", "with", "through", "by")
        speaks = within and "speech" in self.lexicon.verbs_of(tree.lemma[verb]) and not tree.kids(verb, "ccomp")
        return self._subject(verb) if speaks else None

    def _is_that(self, clause: int) -> bool:
        tree = self.tree
        first = tree.left[clause]
        subject_is_that = any(
            tree.dep[c] in SUBJECTS and tree.word[c] in ("that", "which") for c in tree.children[clause]
        )
        return tree.word[first] == "that" and not subject_is_that

    def _possessor(self, who: int) -> Range:
        first, last = self._noun_range(who)
        while last > who and self.tree.word[last] in ("'s", "’s", "'", "’"):
            last -= 1
        return first, last

    def _read_adverb(self, token: int) -> Reading | None:
        tree = self.tree
        entry = self.lexicon.adverbs[tree.word[token]]
        governor = tree.head[token]
        reading = Reading(tree, token, (token, token), tree.word[token], entry.stance, "adverb")
        if governor == token:
            return None
        first, last = tree.left[governor], tree.right[governor]
        content = [r for r in ((first, token - 1), (token + 1, last)) if r[0] <= r[1]]
        return replace(reading, content=self._settle(content, reading))

    def _read_headline(self) -> Reading | None:
        """ "Name: words" at the head of a paragraph, as in interviews, tickers and headlines."""
        tree = self.tree
        colon = next((i for i in range(min(8, len(tree.word))) if tree.word[i] == ":"), None)
        if not colon or colon + 2 >= len(tree.word) or any(self.inside[i] >= 0 for i in range(colon)):
            return None
        if any(tree.pos[i] not in _HEADING for i in range(colon)) or not self._may_head(0, colon - 1):
            return None
        named = any(tree.ent[i] == "PERSON" for i in range(colon))
        quoted = self.inside[colon + 1] >= 0 and tree.pos[colon - 1] in ("PROPN", "NOUN")
        told = self._is_headline() and self._tells(colon + 1, len(tree.word) - 1)
        if not (named or quoted or (told and self._speaks(0, colon - 1))):
            return None
        reading = Reading(tree, colon, (colon, colon), ":", "report", "headline", self._strip(0, colon - 1))
        return replace(reading, content=self._settle([(colon + 1, len(tree.word) - 1)], reading))

    def _read_headline_end(self) -> Reading | None:
        """ "Words – source", a paragraph of its own without a full stop."""
        tree, last = self.tree, len(self.tree.word) - 1
        spaced = (i for i in range(last, max(2, last - 8), -1) if tree.word[i] in _DASHES and self._is_spaced(i))
        dash = next(spaced, None)
        if dash is None or dash == last or tree.word[dash] == ":" or not self._is_headline():
            return None
        nominal = all(tree.pos[i] in _HEADING and self.inside[i] < 0 for i in range(dash + 1, last + 1))
        if not (nominal and self._may_head(dash + 1, last) and self._speaks(dash + 1, last)):
            return None
        if not self._tells(0, dash - 1):
            return None
        mention = self._strip(dash + 1, last)
        reading = Reading(tree, dash, (dash, dash), tree.word[dash], "report", "headline", mention)
        return replace(reading, content=self._settle([(0, dash - 1)], reading))

    def _is_headline(self) -> bool:
        """Whether the paragraph is one line without a full stop."""
        words = self.tree.word
        return len(words) <= _LONGEST_HEADLINE and words[-1] not in (".", "!", "…", ";", ",", ":")

    def _is_spaced(self, token: int) -> bool:
        tree, offset = self.tree, self.tree.block.span[0]
        begin, end = tree.start[token] - offset, tree.end[token] - offset
        return tree.flat[begin - 1 : begin].isspace() and tree.flat[end : end + 1].isspace()

    def _tells(self, first: int, last: int) -> bool:
        """Whether a clause stands there: a finite verb, or the infinitive that headlines use for what is to come."""
        return any(self.tree.tag[i] in FINITE or self.tree.tag[i] == "TO" for i in range(first, last + 1))

    def _may_head(self, first: int, last: int) -> bool:
        """Whether the words are no label that says what kind of piece follows ("Photo: …")."""
        return not {*self.tree.lemma[first : last + 1]} & {*self.lexicon.sources.labels}

    def _speaks(self, first: int, last: int) -> bool:
        """Whether the last of some words, which head no sentence, is a name or a noun for one who is cited."""
        tree, sources = self.tree, self.lexicon.sources
        words = {tree.lemma[last], tree.word[last]}
        nouns = {*sources.holders, *sources.speakers, *sources.strangers, *sources.bodies, *self.lexicon.kinds}
        if words & nouns or self._is_agency(last):
            return True
        return tree.pos[last] == "PROPN" and tree.ent[last] in ("PERSON", "ORG", "NORP", "") and last - first < 4

    # --- surface evidence -----------------------------------------------------------------------------------------

    def _settle(self, content: list[Range], reading: Reading) -> tuple[Range, ...]:
        """``content`` corrected by marks: a quotation is taken whole or, where the cue itself stands in one, all
        content stays inside; stripped of punctuation, in order, without the cue and its source."""
        where = self.inside[reading.token]
        settled: list[Range] = []
        for piece in sorted(content):
            first, last = self._snap(*piece, where)
            for part in self._without(first, last, reading.extent if reading.form != "adverb" else reading.cue):
                first, last = self._strip(*part)
                if first <= last and self.tree.word[first] not in _PUNCTUATION:
                    settled.append((first, last))
        return tuple(settled)

    def _snap(self, first: int, last: int, where: int) -> Range:
        if where >= 0:
            low, high = self.bounds[where]
            return max(first, low), min(last, high)
        if self.inside[first] >= 0:
            first = min(first, self.bounds[self.inside[first]][0])
        if last < len(self.inside) and self.inside[last] >= 0:
            last = max(last, self.bounds[self.inside[last]][1])
        return first, last

    @staticmethod
    def _without(first: int, last: int, hole: Range) -> list[Range]:
        parts = [(first, min(last, hole[0] - 1)), (max(first, hole[1] + 1), last)]
        if hole[1] < first or hole[0] > last:
            return [(first, last)] if first <= last else []
        return [p for p in parts if p[0] <= p[1]]


def _inside(tree: Tree, quotations: list[Quotation]) -> list[int]:
    """For each token the number of the quotation it stands in, marks included, or -1."""
    inside = [-1] * len(tree.start)
    number = 0
    for token, start in enumerate(tree.start):
        while number < len(quotations) and quotations[number].span[1] <= start:
            number += 1
        if number < len(quotations) and quotations[number].span[0] <= start:
            inside[token] = number
    return inside


def _bounds(inside: list[int]) -> dict[int, Range]:
    bounds: dict[int, Range] = {}
    for token, number in enumerate(inside):
        if number >= 0:
            bounds[number] = (bounds.get(number, (token, token))[0], token)
    return bounds


def chars(tree: Tree, content: Range) -> Span:
    """Offsets of a token range."""
    return tree.start[content[0]], tree.end[content[1]]
