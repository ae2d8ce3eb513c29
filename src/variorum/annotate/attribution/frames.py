"""What one clause says of whom: predicate and arguments, how sure, whether it happened, whether it is denied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from variorum.annotate.attribution.clauses import Clause, is_finite
from variorum.annotate.attribution.passage import SUBJECTS, Range
from variorum.annotate.lexicon import lexicon
from variorum.annotate.parse import Tree
from variorum.model import Argument, ArgumentRole, Certainty, Frame, Mention, Polarity, Reality

_PLACE_TYPES: Final = frozenset({"GPE", "LOC", "FAC"})
_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_PRESENT: Final = frozenset({"VBZ", "VBP"})
_MODIFIERS: Final = frozenset({"amod", "compound", "nummod", "poss", "nmod", "quantmod"})
#: Words behind a "never" within which the word of degree stands that makes it one of praise.
_WITHIN: Final = 8


def frame_of(tree: Tree, clause: Clause, mentions: Sequence[Mention]) -> Frame:
    """The frame of a clause; a passive is turned, so that its subject is the patient. Of a plan the deed is what is
    planned: "expects to reopen", "is due to be held"."""
    head, deed = clause.head, _planned_deed(tree, clause.head)
    found: list[Argument] = []
    passive = bool(tree.kids(head, "nsubjpass", "auxpass") if deed == head else tree.kids(deed, "auxpass"))
    if clause.subject and not _own_subject(tree, head):
        role: ArgumentRole = "patient" if passive or tree.tag[head] == "VBN" else "agent"
        found.append(_argument(tree, role, _head(tree, clause.subject), mentions, clause.subject))
    for child in (*tree.children[head], *(tree.children[deed] if deed != head else ())):
        found.extend(_arguments(tree, clause, child, passive, mentions))
    if not any(a.role == ("patient" if passive else "agent") for a in found) and is_finite(tree, head):
        found = [*_misplaced_subject(tree, clause, passive, mentions), *found]
    terms = dict.fromkeys(
        tree.lemma[i]
        for first, last in clause.own
        for i in range(first, last + 1)
        if tree.pos[i] in _CONTENT and tree.lemma[i][:1].isalnum()
    )
    return Frame(tree.lemma[deed], tree.span(deed, deed), tuple(found), tuple(terms))


def _planned_deed(tree: Tree, head: int) -> int:
    """The verb of what is only said to be planned, else the verb itself: to want something is a deed of its own."""
    words = lexicon().reality.planning
    adjectives = [a for a in tree.kids(head, "acomp", "oprd") if tree.word[a] in words]
    plan = adjectives[0] if adjectives and tree.lemma[head] == "be" else head
    said = plan != head or tree.lemma[head] in words or (tree.lemma[head] == "be" and _may_be_to_do(tree, head))
    for verb in tree.kids(plan, "xcomp") if said else ():
        if any(tree.word[t] == "to" for t in tree.kids(verb, "aux")) and not tree.kids(verb, *SUBJECTS):
            return verb
    return head


def _misplaced_subject(tree: Tree, clause: Clause, passive: bool, mentions: Sequence[Mention]) -> list[Argument]:
    """The noun right before a finite verb that the parser gave no subject ("According to X, Y and Z will meet")."""
    first = min(i for i in (clause.head, *tree.kids(clause.head, "aux", "auxpass", "neg", "advmod")))
    before = first - 1
    inside = any(a <= before <= b for a, b in clause.own)
    if not inside or tree.pos[before] not in ("NOUN", "PROPN"):
        return []
    noun = before
    while tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] in ("NOUN", "PROPN"):
        noun = tree.head[noun]
    return [_argument(tree, "patient" if passive else "agent", noun, mentions, (min(noun, tree.left[noun]), before))]


def _own_subject(tree: Tree, head: int) -> bool:
    """Whether a verb names its subject by more than a relative pronoun."""
    return any(tree.tag[c] not in ("WDT", "WP") for c in tree.kids(head, *SUBJECTS))


def _arguments(tree: Tree, clause: Clause, child: int, passive: bool, mentions: Sequence[Mention]) -> list[Argument]:
    dep = tree.dep[child]
    if dep in SUBJECTS and dep != "expl":
        if clause.subject and tree.tag[child] in ("WDT", "WP"):
            return []
        return [_argument(tree, "patient" if passive or dep == "nsubjpass" else "agent", child, mentions)]
    if dep in ("dobj", "dative", "attr", "oprd", "acomp"):
        if dep == "dative" and tree.pos[child] == "ADP":
            return [_argument(tree, "recipient", o, mentions) for o in tree.kids(child, "pobj")]
        roles: dict[str, ArgumentRole] = {"dobj": "patient", "dative": "recipient"}
        return [_argument(tree, roles.get(dep, "other"), child, mentions)]
    if dep in ("prep", "agent"):
        return [_argument(tree, _prep_role(tree, child, o, passive), o, mentions) for o in tree.kids(child, "pobj")]
    return []


def _prep_role(tree: Tree, preposition: int, noun: int, passive: bool) -> ArgumentRole:
    if tree.dep[preposition] == "agent" or (passive and tree.word[preposition] == "by"):
        return "agent"
    if tree.word[preposition] in lexicon().places and tree.ent[noun] in _PLACE_TYPES:
        return "place"
    return "other"


def _argument(
    tree: Tree, role: ArgumentRole, noun: int, mentions: Sequence[Mention], words: Range | None = None
) -> Argument:
    first, last = words or (tree.left[noun], _close_right(tree, noun))
    span = tree.span(first, last)
    begin, end = tree.start[noun], tree.end[noun]
    entity = next((m.entity for m in mentions if m.span[0] < end and begin < m.span[1]), None)
    modifiers = tuple(tree.word[c] for c in tree.children[noun] if tree.dep[c] in _MODIFIERS and first <= c <= last)
    return Argument(role, tree.lemma[noun], span, modifiers, entity)


def _close_right(tree: Tree, noun: int) -> int:
    """The end of a noun phrase before any clause that hangs on it."""
    last = noun
    for child in tree.children[noun]:
        if child > noun:
            if tree.dep[child] in ("relcl", "acl", "punct", "advcl", "appos"):
                break
            last = tree.right[child]
    return last


def _head(tree: Tree, words: Range) -> int:
    first, last = words
    return next((i for i in range(first, last + 1) if not first <= tree.head[i] <= last or tree.head[i] == i), last)


# --- polarity, certainty, reality ---------------------------------------------------------------------------------


def polarity_of(tree: Tree, clause: Clause) -> Polarity:
    """Negated by a negating word beside the verb or before its subject or object, or by a verb that negates."""
    words, head = lexicon().reality, clause.head
    near = [head, *tree.children[head], *(c for a in tree.kids(head, "acomp", "attr") for c in tree.children[a])]
    beside = [i for i in near if tree.dep[i] in ("neg", "preconj", "det", "cc", "advmod", "aux")]
    # A "nor" behind the verb negates the next one: "neither signed nor paid", "did not sign, nor did it pay".
    beside = [i for i in beside if not _sets_against(tree, i, head)]
    no = {i for i in beside if _says_no(tree, i) and (i < head or tree.dep[i] != "cc")}
    for child in tree.kids(head, "nsubj", "nsubjpass", "dobj", "attr"):
        before = (c for n in (child, *tree.kids(child, "compound")) for c in (n, *tree.children[n]))
        said = (c for c in before if c == child or not _sets_against(tree, c, head))
        no |= {c for c in said if _says_no(tree, c) and _negates(tree, c, child)}
        ones = [c for c in tree.kids(child, "nummod") if tree.word[c] == "one"]
        no |= {n for c in ones for n in tree.kids(c, "neg") if _says_no(tree, n)}  # "not one boat"
    for noun in (o for p in tree.kids(head, "prep") for o in tree.kids(p, "pobj") if tree.lemma[o] in words.no_time):
        no |= {c for c in tree.kids(noun, "det") if _says_no(tree, c)}  # "at no time", "in no way"
    no = {i for i in no if not _calls_him_none(tree, i)}
    # Each word counts once: the "no" of "there was no fire" stands both beside the verb and before its noun.
    count = len(no) + ("nor" in _joining(tree, head))
    lemma = tree.lemma[head]
    # "They have yet to find him."
    count += (
        lemma == "have" and bool(tree.kids(head, "xcomp")) and any(tree.word[c] == "yet" for c in tree.children[head])
    )
    count += lemma in words.negating_verbs and bool(tree.kids(head, "xcomp", "ccomp"))
    return "negated" if count % 2 else "affirmed"


def _calls_him_none(tree: Tree, no: int) -> bool:
    """ "Not one to give up, she went on": the doer is called so, and what he does is done."""
    behind = [tree.word[i] for i in range(no + 1, min(no + 3, len(tree.word)))]
    return behind in (["one", "to"], ["one", "for"])


def _negates(tree: Tree, token: int, noun: int) -> bool:
    """Whether a word is a noun, or stands before it as one that may say no of it: "nobody", "no boat"."""
    return token == noun or tree.dep[token] in ("det", "neg", "preconj")


def is_negated(tree: Tree, verb: int) -> bool:
    """Whether somebody does not do what a verb says: "did not deny", "neither confirmed nor denied", "refused to deny
    it"."""
    if any(not _sets_against(tree, no, verb) for no in tree.kids(verb, "neg")) or any(
        tree.word[i] in ("neither", "nor") for i in tree.children[verb] if i < verb
    ):
        return True
    above, joined = tree.head[verb], _joining(tree, verb)
    if tree.dep[verb] == "xcomp":
        return tree.lemma[above] in lexicon().reality.negating_verbs
    shares = "or" in joined and not tree.kids(verb, "nsubj", "nsubjpass")
    return "nor" in joined or (shares and is_negated(tree, above))


def _sets_against(tree: Tree, no: int, verb: int) -> bool:
    """Whether a "not" behind a comma only tells what else it is not: "bought a ferry, not a bridge"."""
    return no > verb + 1 and tree.word[no] == "not" and tree.word[no - 1] == ","


def _joining(tree: Tree, verb: int) -> frozenset[str]:
    """The words that join a verb to the one before it, if it is joined to one."""
    above = tree.head[verb]
    between = (i for i in tree.kids(above, "cc", "preconj") if above < i < verb)
    return frozenset(tree.word[i] for i in between) if tree.dep[verb] == "conj" else frozenset()


def _says_no(tree: Tree, token: int) -> bool:
    """Whether a token negates, and does not open a phrase like "nothing more than"."""
    words = lexicon().reality
    if tree.word[token] not in words.negations:
        return False
    following = " ".join(tree.word[token : token + 3]) + " "
    return not (any(following.startswith(f"{phrase} ") for phrase in words.no_negations) or _outdoes(tree, token))


def _outdoes(tree: Tree, token: int) -> bool:
    """Whether a "never" says that it was more so than ever: "has never felt so safe", "have never been more afraid"."""
    if tree.word[token] != "never" or not token or tree.lemma[token - 1] not in ("have", "'ve", "’ve"):
        return False
    last = min(token + _WITHIN, len(tree.word) - 1)
    degrees = (i for i in range(token + 1, last) if tree.word[i] in ("so", "such", "more"))
    return any(tree.pos[i + 1] in ("ADJ", "ADV") or tree.word[i : i + 2] == ["such", "a"] for i in degrees)


def certainty_of(tree: Tree, clause: Clause) -> Certainty:
    """The lowest certainty that a hedge beside the verb or before one of its nouns leaves."""
    table, head = lexicon().certainty, clause.head
    near = tree.kids(head, "aux", "advmod", "acomp", "attr")
    for child in tree.kids(head, "nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd"):
        near += tree.kids(child, "amod", "advmod")
        # "There is evidence that they may be involved."
        near += [a for c in tree.kids(child, "acl", "ccomp") for a in tree.kids(c, "aux") if tree.dep[child] == "attr"]
    for child in tree.kids(head, "prep"):
        near += [m for o in tree.kids(child, "pobj") for m in tree.kids(o, "amod")]
    found: list[Certainty] = [table[tree.word[i]] for i in near if tree.word[i] in table]
    if tree.kids(head, "xcomp") and tree.lemma[head] in table:
        found.append(table[tree.lemma[head]])
    for level in ("unknown", "possible", "probable"):
        if level in found:
            return level
    return "certain"


def reality_of(tree: Tree, clause: Clause, reported: bool = False) -> Reality:
    """Tense and mood of the verb group: a plan, a condition, something going on or something that happened. In
    ``reported`` speech "would" is the future of the past."""
    words, head = lexicon().reality, clause.head
    auxiliaries = [tree.word[c] for c in tree.kids(head, "aux", "auxpass")]
    conditional = any(
        tree.word[m] in words.conditions
        for a in tree.kids(head, "advcl", "ccomp")
        for m in tree.kids(a, "mark", "advmod")
    )
    future = reported and "would" in auxiliaries and "have" not in auxiliaries
    if conditional or (not future and any(a in words.modals_conditional for a in auxiliaries)):
        return "conditional"
    if future:
        return "planned"
    if any(a in words.modals_planned for a in auxiliaries) or _is_plan(tree, head):
        return "planned"
    return _tense(tree, clause)


def _may_be_to_do(tree: Tree, head: int) -> bool:
    """Whether a form of "to be" before an infinitive says what is planned: in the past tense not of what somebody aims
    at ("his plan was to build"), nor what came later ("was to become") or whose fault it was."""
    if tree.tag[head] in _PRESENT:
        return True
    words = lexicon().reality
    about = [tree.lemma[s] for s in tree.kids(head, *SUBJECTS)]
    deeds = [tree.lemma[c] for c in tree.kids(head, "xcomp")]
    plain = tree.tag[head] == "VBD" and bool(about) and words.aims.isdisjoint(about)
    return plain and words.no_plans.isdisjoint(deeds) and not tree.kids(head, "neg")


def _is_plan(tree: Tree, head: int) -> bool:
    infinitives = [c for c in tree.kids(head, "xcomp") if any(tree.word[t] == "to" for t in tree.kids(c, "aux"))]
    if not infinitives and tree.tag[head] == "VB" and any(tree.word[c] == "to" for c in tree.kids(head, "aux")):
        return tree.lemma[tree.head[head]] in lexicon().reality.plans
    if tree.lemma[head] in lexicon().reality.planned and tree.tag[head] == "VBN":
        # "A march is planned", "the march, planned for Sunday, …"; but "the attack was planned abroad" is done.
        still = any(tree.tag[a] in ("VBZ", "VBP") for a in tree.kids(head, "auxpass"))
        for_a_day = any(tree.word[p] == "for" for p in tree.kids(head, "prep"))
        return (still or for_a_day or bool(infinitives)) and not tree.kids(head, "agent")
    if tree.lemma[head] == "be" and _may_be_to_do(tree, head) and infinitives and not tree.kids(head, "acomp", "attr"):
        # "The session is to be held in May."
        return infinitives[0] - head <= 3
    going = tree.lemma[head] != "go" or tree.tag[head] == "VBG"
    adjectives = [tree.word[a] for a in tree.kids(head, "acomp") if tree.kids(a, "xcomp")]
    plans = lexicon().reality.plans
    return (bool(infinitives) and going and tree.lemma[head] in plans) or any(a in plans for a in adjectives)


def _tense(tree: Tree, clause: Clause) -> Reality:
    head = clause.head
    auxiliaries = tree.kids(head, "aux", "auxpass")
    tags = {tree.tag[a] for a in auxiliaries}
    tag = tree.tag[head]
    if tag == "VBD" or "VBD" in tags:
        return "happened"
    if any(tree.lemma[a] == "have" for a in auxiliaries):
        return "ongoing" if tag == "VBG" else "happened"
    if tags & {"VBZ", "VBP", "MD"}:
        return "happened" if tag == "VBN" and not tree.kids(head, "auxpass") else "ongoing"
    if tag in ("VBZ", "VBP"):
        return "ongoing"
    if clause.kind == "participle":
        above = tree.head[head]
        if tree.pos[above] in ("VERB", "AUX") and above != head:
            bare = tree.tag[above] in ("VBG", "VBN") and not tree.kids(above, "aux", "auxpass")
            return _tense(tree, Clause(above, (), None, None, "participle" if bare else "main"))
        return "happened" if tag == "VBN" else "ongoing"
    return "unknown"
