"""Cues in one parsed paragraph: the word that attributes, whom it names as the source and which words it attributes.

Rules over dependency relations after Almeida et al. (2014) and Newell et al. (2018): a clause below a verb of speech,
"according to" and its like, nouns of speech, passives without an agent, adverbs. Quotation marks are harder evidence
than the parse of a small pipeline: what lies between marks is never torn apart, and a quotation that touches a cue
is what it attributes.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import Final

from variorum.annotate.attribution.frames import is_negated
from variorum.annotate.attribution.headlines import read_headline
from variorum.annotate.attribution.passage import CLAUSAL, FINITE, PUNCTUATION, SUBJECTS, Passage, Range, Reading
from variorum.annotate.attribution.speakers import speaker_of
from variorum.annotate.lexicon import Construction, VerbCue
from variorum.annotate.names import lore
from variorum.model import Stance

_TAGS: Final = frozenset({"VBD", "VBZ", "VBN"})
#: How many tokens may follow a tag in its sentence ("told reporters on Monday."), and how long its source may be.
_TAG_END: Final = 8
_LONGEST_SOURCE: Final = 14
#: Words of a person's name.
_NAME: Final = 4
#: How many tokens may stand between "put" and the figure.
_FAR: Final = 9
#: Parts of speech that may stand before a figure ("at about $40"), and what makes a number a time of day.
_ABOUT: Final = frozenset({"ADV", "ADJ", "ADP", "SYM"})
_CLOCK: Final = frozenset({"a.m.", "p.m.", "am", "pm", "o'clock"})
_MARKS: Final = frozenset({'"', "''", "``", "'"})
#: Words that a phrase before a source has at most.
_OPENING: Final = 4
_PHRASE: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADP"})
_BODIES: Final = frozenset({"organisation", "outlet", "agency"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})


class CueReader(Passage):
    """Reads the cues of one paragraph."""

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
                reading = self._read_phrase(token) or self._read_clear(token)
            reading = reading and self._spoken(reading)
            if reading and (reading.content or reading.form == "verb"):
                found.append(reading)
            found += self._after_colon(token)
        headline = read_headline(self)
        return sorted([headline, *found], key=lambda r: r.token) if headline else found

    def _spoken(self, reading: Reading) -> Reading | None:
        """A reading with the one who speaks for its source, if anybody does: "nobody said a word"."""
        if reading.mention is None:
            return reading
        speaker = speaker_of(self.tree, reading.mention)
        return replace(reading, mention=self.strip(*speaker)) if speaker is not None else None

    def _after_colon(self, verb: int) -> list[Reading]:
        """ "The insurer contradicts this: no van had been ordered": what stands behind the colon is the insurer's."""
        tree, cue = self.tree, self.lexicon.verbs.get(self.tree.lemma[verb])
        answers = tree.lemma[verb] in self.lexicon.answering or (cue is not None and cue.stance == "deny")
        if not answers or tree.tag[verb] not in FINITE or self.inside[verb] >= 0 or is_negated(tree, verb):
            return []
        colon, who = self._colon_behind(verb), self._subject(verb)
        if colon is None or who is None or verb < tree.head[verb] < colon:
            return []
        mention = self.mention(who, verb)
        if mention is None or speaker_of(tree, mention) is None:
            return []
        reading = Reading(tree, colon, (colon, colon), ":", "report", "headline", mention)
        content = self.settle(self._told_behind(colon), replace(reading, mention=None))
        return [replace(reading, content=content)] if content else []

    def _read_clear(self, token: int) -> Reading | None:
        """ "For the engineer Bo Ask the matter is clear: …", "to her it is obvious that …"."""
        tree = self.tree
        if tree.word[token] not in ("for", "to") or token != tree.sentences[tree.sentence[token]][0]:
            return None
        who, be = next(iter(tree.kids(token, "pobj")), None), tree.head[token]
        clear = next((a for a in tree.kids(be, "acomp", "attr") if tree.word[a] in self.lexicon.clear), None)
        if who is None or clear is None or tree.lemma[be] != "be" or not self._may_judge(who):
            return None
        reading = Reading(tree, token, (token, token), tree.word[token], "report", "headline", self.noun_range(who))
        that = [c for v in (be, clear) for c in tree.kids(v, "ccomp", "csubj") if c > clear and self._is_that(c)]
        colon = self._colon_behind(clear)
        content = [(tree.left[that[0]], tree.right[that[0]])] if that else self._told_behind(colon) if colon else []
        return replace(reading, content=self.settle(content, replace(reading, mention=None)))

    def _may_judge(self, noun: int) -> bool:
        tree = self.tree
        return self._is_person(noun) or tree.pos[noun] == "PROPN" or self.lexicon.kinds.get(tree.lemma[noun]) in _BODIES

    def _colon_behind(self, token: int) -> int | None:
        """The colon that closes the clause of ``token``, outside marks."""
        tree, end = self.tree, self.tree.sentences[self.tree.sentence[token]][1]
        return next((i for i in range(token + 1, end) if tree.word[i] == ":" and self.inside[i] < 0), None)

    def _told_behind(self, colon: int) -> list[Range]:
        """The sentence or quotation behind a colon."""
        tree, first = self.tree, colon + 1
        if first >= len(tree.word):
            return []
        if self.inside[first] >= 0:
            return [self.bounds[self.inside[first]]]
        last = tree.sentences[tree.sentence[first]][1] - 1
        return [(first, last)] if any(tree.tag[i] in FINITE for i in range(first, last + 1)) else []

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _verb_cue(self, token: int, lemma: str) -> VerbCue | None:
        particle = self.lexicon.particles.get(lemma)
        if particle and any(
            self.tree.word[c] in particle.words and self.tree.dep[c] in ("prt", "prep")
            for c in self.tree.children[token]
        ):
            frames: frozenset[Construction] = frozenset(("speech", "object"))
            return VerbCue(particle.stance, frames, False)
        if lemma in self.lexicon.retracting:
            taken_back = any(self.tree.lemma[o] in self.lexicon.nouns for o in self.tree.kids(token, "dobj"))
            return VerbCue("deny", frozenset(("object",)), False) if taken_back else None
        cue = self.lexicon.verbs.get(lemma)
        if cue is None and (lemma in self.lexicon.manners or self._inverted(token) is not None):
            return VerbCue("report", frozenset(("speech",)), False) if self._tags_quotation(token) else None
        spoken = (cue is None or "speech" not in cue.frames) and self._ends_tag(token) is not None
        if spoken or (cue is None and self.quoted(token) is not None):
            return VerbCue("report", frozenset(("speech",)), False)
        if self.is_deed(token):
            return None
        stated = cue is None and (self._quotes(token) or self._puts_figure(token))
        return VerbCue("report", frozenset(("object",)), False) if stated else cue

    def is_deed(self, verb: int) -> bool:
        """ "Called the match off", "called up reserves": with a particle a deed, and nothing called something; nor is
        anything said where lives or titles are claimed."""
        tree, cue = self.tree, self.lexicon.verbs.get(self.tree.lemma[verb])
        if cue is not None and self._carries_off(verb, cue):
            return True
        beside = tree.dep[verb + 1 : verb + 2] == ["prep"] and tree.word[verb + 1] in ("off", "up")
        return cue is not None and cue.frames == {"object"} and (beside or bool(tree.kids(verb, "prt")))

    def _puts_figure(self, verb: int) -> bool:
        """ "The union put participation at 60 percent", "gave the number as 40", "the police put it at 2,000", "put the
        fuel lost at 9,000 tonnes": whoever puts something at a figure states it."""
        tree = self.tree
        at_or_as = {"put": "at", "give": "as"}.get(tree.lemma[verb])
        if at_or_as is None or not tree.kids(verb, "nsubj"):
            return False
        things = [o for o in tree.kids(verb, "dobj") if tree.lemma[o] in self.lexicon.figured]
        preps = [at for v in (verb, *things) for at in tree.kids(v, "prep") if things and tree.word[at] == at_or_as]
        figures = [o for at in preps for o in tree.kids(at, "pobj")]
        parsed = any(tree.pos[i] == "NUM" for o in figures for i in range(tree.left[o], tree.right[o] + 1))
        return parsed or (at_or_as == "at" and self._at_number(verb))

    def _at_number(self, verb: int) -> bool:
        """Whether "at" and a number follow close on what is put, whatever the parse hangs them on: "put the fuel lost
        at 9,000 tonnes"."""
        tree = self.tree
        behind = range(verb + 1, min(verb + _FAR, len(tree.word)))
        at = next((i for i in behind if tree.word[i] == "at" or tree.pos[i] in ("NUM", "PUNCT")), 0)
        if at <= verb + 1 or tree.word[at] != "at":
            return False
        first = next((i for i in range(at + 1, len(tree.word)) if tree.pos[i] not in _ABOUT), at)
        clock = tree.word[first + 1 : first + 2]
        return first > at and tree.pos[first] == "NUM" and not set(clock) & _CLOCK

    def _ends_tag(self, verb: int) -> Range | None:
        """The noun phrase that alone stands between a verb and a quotation that a comma closes, where the verb ends
        the sentence or is followed by its particle: '"…," one of the prisoners called out.'"""
        tree = self.tree
        if tree.tag[verb] not in _TAGS or self.inside[verb] >= 0 or tree.kids(verb, "aux", "auxpass"):
            return None
        first = verb
        while first > 0 and self.inside[first - 1] < 0 and tree.pos[first - 1] in _PHRASE and verb - first <= 8:
            first -= 1
        closed = 1 < first < verb and self.inside[first - 1] >= 0 and tree.word[first - 1] in _MARKS
        after = verb + 1 + (tree.dep[verb + 1 : verb + 2] == ["prt"])
        ends = after >= len(tree.word) or tree.word[after] in (".", ",") or after > verb + 1
        return (first, verb - 1) if closed and ends and tree.word[first - 2] == "," else None

    def quoted(self, verb: int) -> Range | None:
        """Who is quoted in 'the daily quoted X: "…"', where the quotation stands behind."""
        tree = self.tree
        if tree.lemma[verb] != "quote" or not tree.kids(verb, "nsubj"):
            return None
        for noun in tree.kids(verb, "dobj"):
            behind = tree.right[noun] + 1
            if self.opens(behind) or (tree.word[behind : behind + 1] in ([":"], [","]) and self.opens(behind + 1)):
                return self.noun_range(noun)
        return None

    def _quotes(self, verb: int) -> bool:
        """ "…, the broadcaster said, quoting two drivers"."""
        tree = self.tree
        beside = tree.lemma[verb] == "quote" and tree.tag[verb] == "VBG" and tree.dep[verb] == "advcl"
        return beside and self.speaking_object(verb) is not None

    def _tags_quotation(self, verb: int) -> bool:
        """Whether a finite verb outside marks, alone or after its subject, follows the end of a quotation."""
        tree = self.tree
        if tree.tag[verb] not in ("VBD", "VBZ") or self.inside[verb] >= 0:
            return False
        first = min([verb, *(tree.left[c] for c in tree.kids(verb, "nsubj") if verb - c <= 8 and self.inside[c] < 0)])
        before = first - 1
        while before >= 0 and self.inside[before] < 0 and tree.word[before] in PUNCTUATION:
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
            self._stance(verb, cue),
            "verb",
            self.mention(who, verb),
            recipient=self._recipient(verb),
            opinion=cue.opinion,
            negated=is_negated(tree, verb),
        )
        if self._asks_for_no_name(verb) or self._telephones(verb):
            return None
        if (tree.lemma[verb] == "agree" and self._strikes_bargain(verb)) or self._carries_off(verb, cue):
            return None
        if (source := self._ends_tag(verb)) is not None and not tree.kids(verb, *SUBJECTS):
            quoted = self.bounds[self.inside[source[0] - 1]]
            return replace(reading, mention=source, content=self.settle([quoted], reading))
        if "speech" in cue.frames and (tag := self._read_tag(reading)):
            return tag
        if reading.stance == "deny" and (self._refuses(verb) or self._sends_off(verb, cue)):
            return None
        if self._is_passive(verb):
            return self._read_passive(reading, cue)
        content = self._nested_content(reading) if "speech" in cue.frames else []
        content = content or self._clause_content(reading, cue)
        if content and not cue.frames & {"speech", "object", "directive"} and not self._has_verb(content):
            return None  # "showed no emotion", "are expecting him": nothing is told
        if not content and "speech" in cue.frames:
            content = self._host_content(reading)
        if not content and cue.frames & {"object", "directive"}:
            content = self._object_content(reading, cue)
        return replace(reading, content=self.settle(content, reading))

    def _asks_for_no_name(self, verb: int) -> bool:
        """ "He asked not to be named": this tells of the source, and nothing that he said."""
        tree = self.tree
        return any(
            tree.lemma[named] in self.lexicon.naming and bool(tree.kids(named, "auxpass"))
            for named in tree.kids(verb, "xcomp")
        )

    def _telephones(self, verb: int) -> bool:
        """ "She called the school twice": nothing is called something."""
        tree = self.tree
        if tree.lemma[verb] != "call" or tree.kids(verb, "oprd", "attr", "acomp", "ccomp", "xcomp", "prt", "auxpass"):
            return False
        told = tree.kids(verb, "dobj")
        return len(told) == 1 and not any(
            self.inside[i] >= 0 for i in range(tree.left[told[0]], tree.right[told[0]] + 1)
        )

    def _strikes_bargain(self, verb: int) -> bool:
        """ "Agreed to sell it", "agreed on a price", "agreed a truce": a deed, and nothing said to be so."""
        tree = self.tree
        bargain = any(tree.word[p] in ("on", "upon", "to") for p in tree.kids(verb, "prep")) or tree.kids(verb, "dobj")
        to = any(tree.tag[c] == "TO" for x in tree.kids(verb, "xcomp") for c in tree.children[x])
        return bool(to or (bargain and not tree.kids(verb, "ccomp")))

    def _carries_off(self, verb: int, cue: VerbCue) -> bool:
        """Whether what is claimed is taken, and nothing said: "the storm claimed four lives", "claimed the title"."""
        tree = self.tree
        return cue.stance == "claim" and any(tree.lemma[noun] in self.lexicon.taken for noun in tree.kids(verb, "dobj"))

    def _refuses(self, verb: int) -> bool:
        """Whether what is rejected is a wish or an offer, and nothing that was said to be so."""
        tree = self.tree
        subjects = tree.kids(verb, *SUBJECTS) if self._is_passive(verb) else []
        return any(tree.lemma[noun] in self.lexicon.refusable for noun in (*tree.kids(verb, "dobj"), *subjects))

    def _sends_off(self, verb: int, cue: VerbCue) -> bool:
        """Whether it is somebody who is dismissed or rejected, not what was said: "will not dismiss the director". Whom
        one dismisses "as a liar" one contradicts."""
        tree = self.tree
        if cue.frames != {"object"} or any(tree.word[p] == "as" for p in tree.kids(verb, "prep")):
            return False
        return any(self._is_person(noun) for noun in tree.kids(verb, "dobj"))

    def _is_person(self, noun: int) -> bool:
        tree, sources = self.tree, self.lexicon.sources
        called = tree.lemma[noun] in {*sources.holders, *sources.speakers, *sources.strangers} | lore().roles
        return called or tree.ent[noun] == "PERSON" or tree.word[noun] in ("him", "her")

    def _has_verb(self, content: list[Range]) -> bool:
        return any(self.tree.pos[i] in ("VERB", "AUX") for first, last in content for i in range(first, last + 1))

    def _stance(self, verb: int, cue: VerbCue) -> Stance:
        """What a verb says of its content, changed by what stands beside it: "called the report a lie" denies, "told
        residents to leave" asks."""
        tree = self.tree
        verdicts = tree.kids(verb, "oprd", "attr", "acomp", "dobj")
        verdicts += [o for p in tree.kids(verb, "prep") if tree.word[p] == "as" for o in tree.kids(p, "pobj", "amod")]
        verdicts += [o for o in tree.kids(verb, "advcl") if tree.word[tree.left[o]] == "as"]
        if cue.stance == "report" and "object" in cue.frames and len(verdicts) > 1:
            denied = any(tree.lemma[v] in self.lexicon.denials for v in verdicts[1:])
            return "deny" if denied else cue.stance
        orders = tree.lemma[verb] in self.lexicon.telling and bool(tree.kids(verb, "dobj"))
        to = any(tree.tag[c] == "TO" for x in tree.kids(verb, "xcomp") for c in tree.children[x])
        return "ask" if cue.stance == "report" and orders and to else cue.stance

    def _read_tag(self, reading: Reading) -> Reading | None:
        """ "…, her brother Jan Brod said." at a sentence's end, its subject hung on a noun before it by the parser."""
        tree, verb = self.tree, reading.token
        begin, end = tree.sentences[tree.sentence[verb]]
        first = reading.cue[0]
        if tree.tag[verb] not in _TAGS or tree.kids(verb, "aux", "auxpass") or self.inside[verb] >= 0:
            return None
        subjects = tree.kids(verb, *SUBJECTS)
        behind = None if subjects else self._after_tag(verb)
        if behind is None and any(tree.dep[c] == "ccomp" and c > verb for c in tree.children[verb]):
            return None
        if subjects:
            return self._set_off_tag(reading, subjects)
        if first > begin and tree.word[first - 1] == "," and behind is not None:
            source = self.mention(behind, verb)
            reading = replace(reading, mention=source and self._with_name_behind(source), recipient=None)
            told = any(tree.tag[i] in FINITE for i in range(begin, first))
            return replace(reading, content=self.settle([(begin, first - 1)], reading)) if told else None
        ends = self._tag_end(verb, end) - verb <= _TAG_END and tree.tag[verb] != "VBN"
        source = self._before_tag(begin, first) if ends else None
        if source is None:
            return None
        named = tree.word[first - 1] == "," and source[0] - begin > 3  # a name set off on both sides says enough
        if not named and not any(tree.tag[i] in FINITE for i in range(begin, source[0])):
            return None
        reading = replace(reading, mention=source)
        return replace(reading, content=self.settle([(begin, source[0] - 1)], reading))

    def _tag_end(self, verb: int, end: int) -> int:
        """Where a tag ends, at the sentence's end or at a comma: "…, the insurer said on Friday, in what …"."""
        return next((i for i in range(verb + 1, end) if self.tree.word[i] == "," and self.inside[i] < 0), end)

    def _set_off_tag(self, reading: Reading, subjects: list[int]) -> Reading | None:
        """ "Its crew swam ashore, the harbour master, Ada Quell, said.", where the parser made all before the comma the
        subject: a description and a name set off on both sides are who said it."""
        tree, verb = self.tree, reading.token
        begin, end = tree.sentences[tree.sentence[verb]]
        source = self._before_tag(begin, reading.cue[0]) if end - verb <= _TAG_END else None
        if source is None or tree.word[reading.cue[0] - 1] != "," or any(s >= source[0] for s in subjects):
            return None
        if tree.word[source[1] + 1 : source[1] + 2] != [","] or source[0] - begin < 3:
            return None
        reading = replace(reading, mention=source)
        return replace(reading, content=self.settle([(begin, source[0] - 1)], reading))

    def _after_tag(self, verb: int) -> int | None:
        """ "…, reported the agency Norda", parsed as a verb and its object: the object, if it is one who speaks."""
        tree = self.tree
        for noun in tree.kids(verb, "dobj", "oprd", "attr"):
            if tree.left[noun] == verb + 1 and self._may_tell(noun):
                return noun
        return self._alone_behind(verb)

    def _with_name_behind(self, source: Range) -> Range:
        """A description with the name that is set off behind it, whatever the parser takes that for: "reckoned the
        conductor, Per Holm, who …"."""
        tree, comma = self.tree, source[1] + 1
        last = comma
        while last + 1 < len(tree.word) and tree.doc[last + 1].text[:1].isupper():
            last += 1
        ends = last + 1 >= len(tree.word) or tree.word[last + 1] in (",", ";", ".")
        named = tree.word[comma : comma + 1] == [","] and 2 <= last - comma <= _NAME and ends
        return (source[0], last) if named and tree.pos[source[1]] == "NOUN" else source

    def _alone_behind(self, verb: int) -> int | None:
        """The head of the noun phrase between a verb and the next mark, whatever the parser hung it on: "…, said its
        lawyer, Imre Vogt; damages were sought"."""
        tree, last = self.tree, verb
        while last + 1 < len(tree.word) and tree.pos[last + 1] in _PHRASE | {"PART"} and last - verb < _LONGEST_SOURCE:
            last += 1
        ends = last + 1 >= len(tree.word) or tree.word[last + 1] in (",", ";", ".")
        if last == verb or not ends or tree.pos[verb + 1] == "ADP":
            return None
        head = next((i for i in range(verb + 1, last + 1) if not verb < tree.head[i] <= last), last)
        return head if self._may_tell(head) else None

    def _may_tell(self, noun: int) -> bool:
        """Whether a noun behind a verb is rather who speaks than who is told ("told residents")."""
        tree, sources = self.tree, self.lexicon.sources
        called = tree.lemma[noun] in sources.holders or self.lexicon.kinds.get(tree.lemma[noun]) in _BODIES
        return called or tree.pos[noun] == "PROPN"

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
        placed = tree.ent[last] == "GPE" and not any(self.lexicon.kinds.get(tree.lemma[i]) in _BODIES for i in words)
        who = opens and tree.pos[last] in ("NOUN", "PROPN") and tree.ent[last] not in ("DATE", "TIME") and not placed
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
        if agent is None and clause is not None and self._is_state(clause):
            return None  # "The car was found burnt out": how it was found
        reading = replace(reading, mention=self.mention(agent, verb), recipient=None)
        if agent is None and clause is None and patient is not None and tree.word[patient] == "it":
            # "The gate, it is reported, has cracked."
            return replace(reading, content=self.settle(self._around_tag(reading), reading))
        if patient is None or (agent is None and (clause is None or tree.dep[verb] == "acl")):
            return None
        if clause is None and cue.stance == "promise":
            return None  # "Deposits are guaranteed by the state": a deed too
        if clause is None and not cue.frames & {"speech", "object", "directive"}:
            return None  # "The leak was discovered by an angler": a deed
        if tree.word[patient] == "it" or tree.dep[patient] == "expl":
            content = [(tree.left[clause], tree.right[clause])] if clause is not None else []
        elif clause is not None and tree.lemma[verb] in self.lexicon.telling and tree.kids(clause, "mark"):
            # "The workers have been promised that …": the patient is who was told.
            content = [(tree.left[clause], tree.right[clause])]
        elif clause is not None:
            content = [self.noun_range(patient), (tree.left[clause], tree.right[clause])]
        else:
            charge = self._charge(verb, agent)
            if reading.mention and charge and reading.mention[0] < charge[0][0] <= reading.mention[1]:
                reading = replace(reading, mention=(reading.mention[0], charge[0][0] - 1))
            content = [self.noun_range(patient), *charge]
        return replace(reading, content=self.settle(content, reading))

    def _is_state(self, clause: int) -> bool:
        """Whether a passive verb's complement is a bare participle or adjective, without "to", "that" or a subject."""
        tree = self.tree
        bare = not tree.kids(clause, "aux", "auxpass", "mark", *SUBJECTS)
        return bare and tree.tag[clause] in ("VBN", "VBD", "JJ") and tree.left[clause] > tree.head[clause]

    def _charge(self, verb: int, agent: int | None) -> list[Range]:
        """ "X is accused of fraud by …", "X is accused by prosecutors of selling …", hung on the prosecutors by the
        parser."""
        tree = self.tree
        charges = [c for c in tree.kids(verb, "prep") if c > verb and tree.word[c] == "of"]
        charges += [] if agent is None else [c for c in tree.kids(agent, "prep") if tree.kids(c, "pcomp")]
        return [(tree.left[c], tree.right[c]) for c in charges]

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
                told = tree.pos[child] in _NOMINAL or self.is_agency(child)
                if child > verb and told and self.inside[child] == self.inside[verb]:
                    return self.noun_range(child)
        for to in tree.kids(verb, "prep", "dative"):
            if tree.word[to] == "to" and verb < to <= verb + 2 and self.inside[to] == self.inside[verb]:
                media = [o for o in tree.kids(to, "pobj") if self._is_medium(o)]
                return self._with_name(self.noun_range(media[0])) if media else None
        return None

    def _with_name(self, told: Range) -> Range:
        """ "confirmed to the news agency Norda that …": the parser makes the name an object of its own."""
        first, last = told
        while self.tree.pos[last] in ("NOUN", "PROPN") and self.tree.pos[last + 1 : last + 2] == ["PROPN"]:
            last += 1
        return first, last

    def _is_medium(self, noun: int) -> bool:
        """Whether a noun may be a medium that is told something: "confirmed to AFP", "to the agency Norda"."""
        tree = self.tree
        called = tree.lemma[noun] == "agency" or self.lexicon.kinds.get(tree.lemma[noun]) in ("agency", "outlet")
        return called or tree.pos[noun] == "PROPN" or self.is_agency(noun)

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

    def speaking_object(self, verb: int) -> Range | None:
        """The object of "citing": one who speaks, or a document; no reason ("citing concerns")."""
        tree, sources = self.tree, self.lexicon.sources
        for noun in tree.kids(verb, "dobj"):
            inner = [o for p in tree.kids(noun, "prep") for o in tree.kids(p, "pobj")]
            heads = {tree.lemma[i] for i in (noun, *(inner if tree.tag[noun] == "CD" else ()))}
            spoken = heads & {*self.lexicon.kinds, *sources.holders, *sources.strangers, *sources.speakers}
            if spoken or tree.pos[noun] == "PROPN":
                return self.noun_range(noun)
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
        mention = self.mention(who, verb)
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

    def _nested_content(self, reading: Reading) -> list[Range]:
        """The quotation within a quotation that follows a cue in it: "She told me 'never again' and meant it"."""
        tree = self.tree
        if not self.nested or self.inside[reading.token] < 0:
            return []
        offset, end = tree.block.span[0], tree.end[reading.extent[1]]
        number = bisect_left(self.nested, end, key=lambda q: q.span[0])
        following = self.nested[number : number + 1]
        if not following or tree.flat[end - offset : following[0].span[0] - offset].strip(" ,:"):
            return []
        begin, stop = following[0].inner
        return [(bisect_left(tree.start, begin), bisect_left(tree.start, stop) - 1)]

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
            if to and tree.kids(verb, "dobj") and tree.lemma[verb] in self.lexicon.telling:
                return clause > verb
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
        while edge < first and tree.word[edge] in PUNCTUATION:
            edge += 1
        begin, end = tree.sentences[tree.sentence[verb]]
        set_off = edge == begin or tree.word[edge - 1] in PUNCTUATION or self.inside[edge - 1] >= 0
        if not set_off or self.inside[verb] >= 0:
            return []
        before = (max(begin, tree.left[above]), edge - 1)
        after = (max(last, verb, tree.right[verb]) + 1, min(tree.right[above], end - 1))
        return [r for r in (before, after) if r[0] <= r[1]]

    def _object_content(self, reading: Reading, cue: VerbCue) -> list[Range]:
        """Object and what follows it: "Russia of escalating", "the strike as a step too far". A purpose alone is no
        object: "had been blasting to win time"."""
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
        purpose = [tree.dep[c] == "xcomp" and tree.word[tree.left[c]] == "to" for c in parts if tree.dep[c] != "prep"]
        if purpose and all(purpose) and not cue.frames & {"infinitive", "directive"}:
            return []
        first = tree.left[parts[0]]
        if tree.dep[parts[0]] == "prep" and reading.cue[1] != parts[0]:
            return []
        last = parts[0]
        for part in parts[1:]:
            between = range(tree.right[last] + 1, tree.left[part])
            if any(tree.word[i] not in _MARKS for i in between) or self._is_when(part):
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
            mention = self._before_figure(self._before_subject(self.noun_range(who)))
            reading = Reading(tree, token, (token, last), " ".join(words), phrase.stance, "phrase", mention)
            return replace(reading, content=self.settle(self._around(token, mention[1]), reading))
        return None

    def _is_set_off(self, token: int, who: int) -> bool:
        """Whether a phrase stands at a sentence's head or behind a comma, before one who speaks: "…, per the board",
        no rate ("per hour")."""
        tree = self.tree
        first = tree.sentences[tree.sentence[token]][0]
        named = token > first and tree.doc[token].text[:1].isupper()  # "the conductor, Per Holm"
        begins = (token == first or tree.word[token - 1] == ",") and not named
        return begins and (tree.pos[who] == "PROPN" or tree.word[tree.left[who]] in self.lexicon.sources.definite)

    def _before_subject(self, mention: Range) -> Range:
        """ "According to X, Y and Z will meet": the parser takes Y for X's apposition; a verb without a subject right
        after the mention says that it is not."""
        tree, (first, last) = self.tree, mention
        after = last + 1
        while after < len(tree.word) and tree.dep[after] in ("aux", "auxpass", "advmod", "neg"):
            after += 1
        commas = [i for i in range(first, last) if tree.word[i] == ","]
        begin, end = tree.sentences[tree.sentence[first]]
        if commas and first - begin <= _OPENING and all(tree.word[i] in PUNCTUATION for i in range(last + 1, end)):
            return (first, commas[0] - 1)  # all the sentence for its source: the parser found no main verb
        if not commas or after >= len(tree.word) or tree.pos[after] not in ("VERB", "AUX"):
            return mention
        return (first, commas[-1] - 1) if not tree.kids(after, *SUBJECTS) else mention

    def _before_figure(self, mention: Range) -> Range:
        """ "According to police 12 000, according to the unions 30 000 people": no source has a number of two words, or
        one before another noun, behind its own noun; it is what the source says."""
        tree, (first, last) = self.tree, mention
        for i in range(first + 1, last):
            if tree.pos[i] == "NUM" and tree.pos[i - 1] == "NOUN" and tree.pos[i + 1] in ("NUM", "NOUN"):
                return first, i - 1
        return mention

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
        if all(tree.word[i] in PUNCTUATION for i in range(last + 1, end)):
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
        if tree.pos[tree.head[before]] in ("NOUN", "PROPN") and not self._begins_or_set_off(before):
            return None  # "the hole in the bank's accounts"
        reading = Reading(
            tree, noun, (noun, noun), tree.word[noun], "report", "phrase", self.possessor(who), negated=False
        )
        return replace(reading, content=self.settle(self._around(before, noun), reading))

    def _begins_or_set_off(self, token: int) -> bool:
        tree = self.tree
        begin = tree.sentences[tree.sentence[token]][0]
        return token == begin or tree.word[token - 1] in PUNCTUATION

    def _read_noun(self, noun: int) -> Reading | None:
        """ "X's claim that …", "the accusation by X that …", "a warning from X of …"."""
        tree = self.tree
        clause = next((c for c in tree.kids(noun, "acl", "ccomp", "relcl") if self._is_that(c)), None)
        who = next(iter(tree.kids(noun, "poss")), None)
        if who is None:
            matter = [o for p in tree.kids(noun, "prep") if tree.word[p] == "of" for o in tree.kids(p, "pobj")]
            by = [c for n in (noun, *matter) for c in tree.kids(n, "prep") if tree.word[c] in ("by", "from")]
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
        mention = self.possessor(who) if who is not None else None
        reading = Reading(tree, noun, (noun, noun), tree.lemma[noun], stance, "noun", mention)
        if mention is None and tree.dep[noun] in ("nsubj", "dobj", "attr") and not self.is_abroad(noun):
            return None
        return replace(reading, content=self.settle(content, reading))

    def _matter(self, noun: int) -> list[Range]:
        """What an accusation, warning or promise is "of"."""
        tree = self.tree
        matter = [o for p in tree.kids(noun, "prep") if tree.word[p] == "of" for o in tree.kids(p, "pobj", "pcomp")]
        ends = [tree.left[c] - 1 for o in matter for c in tree.kids(o, "prep") if tree.word[c] in ("by", "from")]
        return [(tree.left[o], min([tree.right[o], *ends])) for o in matter]

    def is_abroad(self, noun: int) -> bool:
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

    def _read_adverb(self, token: int) -> Reading | None:
        tree = self.tree
        entry = self.lexicon.adverbs[tree.word[token]]
        governor = tree.head[token]
        reading = Reading(tree, token, (token, token), tree.word[token], entry.stance, "adverb")
        if governor == token:
            return None
        first, last = tree.left[governor], tree.right[governor]
        content = [r for r in ((first, token - 1), (token + 1, last)) if r[0] <= r[1]]
        return replace(reading, content=self.settle(content, reading))
