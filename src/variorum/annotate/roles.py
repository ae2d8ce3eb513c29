"""What happened to what a number counts: its role, from the predicate that governs it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from variorum.annotate.numerals import alternatives
from variorum.annotate.tokens import Token
from variorum.text import vocabulary

_PHRASE_BEFORE = 32  # characters before a number in which a set phrase stands
_PATIENT = ("dobj", "nsubjpass", "obj", "attr", "dative")


class RoleWords(msgspec.Struct, frozen=True):
    """One role of `data/roles.toml`."""

    patient: tuple[str, ...]
    subject: tuple[str, ...]
    noun: tuple[str, ...]
    adjective: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


class Predicates(msgspec.Struct, frozen=True):
    """Roles by word: verbs by patient, by a patient that is people and by subject, nouns, adjectives, and things that
    give their role where they are taken."""

    patient: dict[str, str]
    people: dict[str, str]
    subject: dict[str, str]
    noun: dict[str, str]
    adjective: dict[str, str]
    taken: dict[str, str]


class _Counting(msgspec.Struct, frozen=True):
    bearing: tuple[str, ...]
    including: tuple[str, ...]
    tallies: tuple[str, ...]
    helpers: tuple[str, ...]
    lives: tuple[str, ...]
    taking: tuple[str, ...]
    bodies: tuple[str, ...]
    persons: frozenset[str]
    person_endings: tuple[str, ...]
    thing_words: frozenset[str]
    raising: tuple[str, ...]
    figures: tuple[str, ...]
    groups: tuple[str, ...]
    captors: tuple[str, ...]
    deadly: tuple[str, ...]
    company: tuple[str, ...]
    telling_parts: tuple[str, ...]
    presuming: tuple[str, ...]
    pasts: dict[str, str]
    finding: tuple[str, ...]
    states: tuple[str, ...]


@cache
def _counting() -> _Counting:
    loaded: _Counting = vocabulary.load("counting", _Counting)
    return loaded


@cache
def predicates() -> Predicates:
    """Which role each verb, noun and adjective gives."""
    table: dict[str, RoleWords] = vocabulary.load("roles", dict[str, RoleWords])
    return Predicates(
        *(
            {word: role for role, entry in table.items() for word in getattr(entry, field)}
            for field in ("patient", "people", "subject", "noun", "adjective", "taken")
        )
    )


@cache
def _set_phrases() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Words right before a number, words right after what it counts, and the role of each."""
    table: dict[str, RoleWords] = vocabulary.load("roles", dict[str, RoleWords])
    before = {phrase: role for role, entry in table.items() for phrase in entry.before}
    after = {phrase: role for role, entry in table.items() for phrase in entry.after}
    helpers = alternatives(_counting().helpers)
    return (
        re.compile(rf"(?i)\b(?P<phrase>{alternatives(before)}):? (?:the |about |some |another |a further |of )?\Z"),
        re.compile(
            rf"(?i)(?: \((?:aged )?\d+\))? (?:(?:{helpers}|[a-z]+ly) ){{0,5}}(?P<phrase>{alternatives(after)})(?![\w-])"
        ),
        before | after,
    )


def is_inner(head: Token) -> bool:
    """Whether a noun only tells more of another: "members of [one family] died"."""
    over = head.head.head if head.dep_ == "pobj" else head
    return (
        head.dep_ == "pobj"
        and over.pos_ in ("NOUN", "PROPN")
        and not (over.lemma_.lower() in _counting().groups or over.lower_ in _counting().tallies)
    )


def role_by_phrase(text: str, start: int, end: int, *, inner: bool = False) -> str | None:
    """The role by a set phrase right before or after the words at ``[start, end)``: "the loss of [19 lives]", "[two
    people] lost their lives". These hold whatever the parse makes of them."""
    before, after, roles = _set_phrases()
    match = before.search(text[max(0, start - _PHRASE_BEFORE) : start]) or (None if inner else after.match(text, end))
    if match is None:
        return None
    role = roles[match["phrase"].lower()]
    if role == "carried" and (finite := _role_of_those_aboard(text, start, match.end())):
        return finite
    acts = match.start() >= end and match["phrase"].lower() in _ACTING and _OBJECT.match(text, match.end())
    return None if acts else role


_VESSEL = re.compile(
    r" (?:an?|the|his|her|its|their|one of) (?:[\w'’-]+ ){1,5}?(?=(?:was|were|are|is|died|perished)\b)"
)


def _role_of_those_aboard(text: str, start: int, end: int) -> str | None:
    """ "All [22] aboard were killed", "all [six people] on board a helicopter died": the finite verb decides."""
    if vessel := _VESSEL.match(text, end):
        end = vessel.end() - 1
    after = _set_phrases()[1].match(text, end)
    found = role_by_words(text, start, end) or (_set_phrases()[2][after["phrase"].lower()] if after else None)
    return None if found == "carried" else found


_ACTING = ("shot dead", "died", "found dead", "arrested", "injured", "hurt", "wounded", "fled")
_OBJECT = re.compile(
    r"(?i) (?:his|her|their|its|the|an?|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|\d+|several|many|some|about|dozens|scores|hundreds|thousands|at least|more|as many) "
)


def role_of(head: Token) -> str | None:
    """The role of the thing that ``head`` (the noun counted, or the number that stands for it) names."""
    whole = _whole(head)
    # "two of the 19 injured died": what befell the part, not what is said of the whole
    is_part = head.pos_ == "NUM" and head.i + 1 < len(head.doc) and head.nbor(1).lower_ == "of"
    if is_part and (role := _by_predicate(_first_conjunct(whole))):
        return role
    finite = _by_predicate(_first_conjunct(whole), whole)
    if finite == "killed":  # "miners trapped since Monday were found dead"
        return finite
    return _by_life(head) or _by_participle(head) or finite or _by_noun(head) or _by_neighbour(head) or _by_last(head)


def _by_last(head: Token) -> str | None:
    """What is said after the last of several of them all: "[a man] and a woman with gunshot wounds"."""
    last = head
    for _ in range(6):
        last = next((c for c in last.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "NUM")), last)
    return role_by_phrase(head.doc.flat, last.idx, last.idx + len(last)) if last is not head else None


def headline_role(word: str) -> str | None:
    """The role that a bare participle gives in a headline: "Man [killed]", "driver [held]"."""
    return _participles().get(word)


@cache
def _participles() -> dict[str, str]:
    """Participles, as far as they are regular, of the verbs that have a patient, and words that follow a patient."""
    forms: dict[str, str] = {}
    for verb, role in predicates().patient.items():
        first, _, rest = verb.partition(" ")
        if first.isalpha() and len(first) > 2:
            past = _irregular().get(first) or _past(first)
            forms |= {f"{past} {rest}".strip(): role}
    entries = vocabulary.load("roles", dict[str, RoleWords])
    return forms | {
        word: role for role, entry in entries.items() for word in (*entry.after, *entry.adjective) if word.isalpha()
    }


@cache
def _actives() -> dict[str, str]:
    """Forms of the same verbs before their patient."""
    forms: dict[str, str] = {}
    for verb, role in predicates().patient.items():
        if verb.isalpha() and len(verb) > 2:
            stem = verb[:-1] if verb.endswith("e") else verb
            past = _past(verb)
            doubled = past[:-2] if not verb.endswith("e") else stem
            forms |= {_irregular().get(verb, past): role, f"{doubled}ing": role, f"{verb}s": role, verb: role}
    return forms


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    short = len(verb) > 2 and verb[-1] in "bgmnpt" and verb[-2] in "aeiou" and verb[-3] not in "aeiou" and len(verb) < 5
    return verb + verb[-1] + "ed" if short else verb + "ed"


@cache
def _irregular() -> dict[str, str]:
    return _counting().pasts


_PASSIVE = re.compile(
    r"(?i)(?: \(?(?:aged )?\d+\)?)?(?:, [^,;.:]{1,60},|,? including [^,;.:]{1,60}?)?"
    r" (?:(?:who|that|which|had|have|has|also|now|later|still|already|reportedly|since|to|could|have) ){0,3}"
    r"(?:was|were|been|is|are|being|be|got) (?:(?:[a-z]+ly|also|later|then|being|been) ){0,2}"
    r"(?P<verb>[a-z]+)(?: (?P<more>dead|down|out|up|to death|alive|from|off|by gunfire"
    r"|by (?:a |stray |a stray )?bullets?))?(?![\w-])"
)
_ACTIVE = re.compile(
    r"(?i)\b(?P<verb>[a-z]+)(?: (?P<more>dead|down|hostage))?(?: (?:another|a further"
    r"|the|all|an estimated|about|some))? \Z"
)


def role_of_form(form: str) -> str | None:
    """The role that a form of a verb gives its patient: "killed", "injuring"."""
    return _actives().get(form) or _participles().get(form)


def role_by_words(text: str, start: int, end: int) -> str | None:
    """The role by a passive after the words at ``[start, end)``, or by a verb right before them, where the parse gives
    none: "roughly fifteen people, half of them police, [were hurt]"."""
    forms = _participles()
    match = _PASSIVE.match(text, end)
    if match and match["verb"].lower() not in ("not", "no"):
        verb, more = match["verb"].lower(), (match["more"] or "").lower()
        if role := forms.get(f"{verb} {more}") or ("shot" if more.startswith("by ") else forms.get(verb)):
            return role
    match = _ACTIVE.search(text, max(0, start - 40), start)
    if match and not _PASSIVE_BEFORE.search(text, max(0, match.start() - 16), match.start()):
        verb = match["verb"].lower()
        return forms.get(f"{verb} {(match['more'] or '').lower()}") or _actives().get(verb)
    return None


_PASSIVE_BEFORE = re.compile(r"(?i)\b(?:was|were|been|is|are|be|being)(?: \w+ly)? \Z")


def adjective_role(token: Token) -> str | None:
    """The role of an adjective, with the word after it where both are one ("shot dead")."""
    table = predicates().adjective
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return table.get(f"{token.lower_} {after}") or table.get(token.lower_)


def role_of_life(head: Token) -> str | None:
    """The role that lives and bodies have: lost and found, both are people killed."""
    return _by_life(head)


def role_of_modified(head: Token) -> str | None:
    """The role that a noun's own modifiers give: "the 22 drones [launched overnight]", "of the 19 [injured]"."""
    after = head.nbor(1) if head.i + 1 < len(head.doc) else head
    return _by_participle(head) or (adjective_role(after) if head.pos_ == "NUM" else None)


def _by_life(head: Token) -> str | None:
    """ "claimed two lives", "with the loss of 19 lives", "five bodies were found"."""
    words, verb = _counting(), head.head
    if head.tag_ == "NN":
        return None
    if head.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_.lower() == "loss":
        return "killed" if head.lemma_.lower() in words.lives else None
    if head.lemma_.lower() in words.bodies and any(
        c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_.lower() in words.finding for c in head.children
    ):
        return "killed"
    if head.dep_ not in _PATIENT:
        return None
    taken = head.lemma_.lower() in words.lives and verb.lemma_.lower() in words.taking
    found = head.lemma_.lower() in words.bodies and verb.lemma_.lower() in words.finding
    return "killed" if taken or found else None


def _whole(head: Token) -> Token:
    """What ``head`` is included in: "twelve people, including three children"."""
    if (
        head.dep_ == "pobj"
        and head.head.lower_ in _counting().including
        and head.head.head.pos_ in ("NOUN", "PROPN", "NUM")
    ):
        return head.head.head
    return head


def _first_conjunct(token: Token) -> Token:
    for _ in range(8):
        if token.dep_ != "conj" or token.head.pos_ == "VERB":
            break
        token = token.head
    return token


def is_person(noun: Token) -> bool:
    """Whether a common noun names people, by the list or by its ending ("welder", "machinist")."""
    words, lemma = _counting(), noun.lemma_.lower()
    if lemma in words.persons or lemma in ("person", "people"):
        return True
    return lemma.endswith(words.person_endings) and lemma not in words.thing_words and len(lemma) > 4


def verb_names(verb: Token) -> list[str]:
    """What a verb may be called, the fullest first: with its goal ("take to hospital"), with its particle (""
    "shoot down"),
    alone."""
    lemma = verb.lemma_.lower()
    beside = [c for c in verb.children if c.dep_ in ("prt", "prep", "advmod", "dative", "oprd", "acomp")]
    objects = [f"{lemma} {c.lemma_.lower()}" for c in verb.children if c.dep_ == "dobj"]
    goals = [
        f"{lemma} {c.lower_} {g.lemma_.lower()}" for c in beside if c.dep_ in ("prep", "dative") for g in c.children
    ]
    particles = [f"{lemma} {c.lower_}" for c in beside]
    if verb.i + 1 < len(verb.doc):
        particles.append(f"{lemma} {verb.doc[verb.i + 1].lower_}")
    return [*goals, *objects, *particles, lemma]


def verb_name(verb: Token) -> str:
    """The fullest name of a verb that the table of roles has, else its lemma."""
    words = predicates()
    return next((n for n in verb_names(verb) if n in words.patient or n in words.subject), verb.lemma_.lower())


def patient_role(verb: Token, of: Token | None = None) -> str | None:
    """The role of what the verb is done to, where ``of`` is named."""
    words = predicates()
    if any(c.lower_ in _counting().deadly for c in verb.children):
        return "killed"
    role = next((words.patient[n] for n in verb_names(verb) if n in words.patient), None)
    if role is None and of is not None:
        if verb.lemma_.lower() == "take" and of.lemma_.lower() in words.taken:
            role = words.taken[of.lemma_.lower()]
        elif is_person(of):
            role = words.people.get(verb.lemma_.lower())
            captors = [
                c for c in verb.children if c.dep_ in ("nsubj", "agent") and c.lemma_.lower() in _counting().captors
            ]
            role = "kidnapped" if role == "detained" and captors else role
    return role


def _complement(verb: Token) -> str | None:
    """ "found [dead]", "left [wounded]", "reported [missing]", "feared [to have drowned]", "found [shot to death]"."""
    for child in verb.children:
        if child.tag_ == "VBN" and child.i > verb.i and patient_role(child) == "killed":
            return "killed"
        if child.dep_ in ("acomp", "oprd", "xcomp", "attr") and child.i > verb.i:
            if role := adjective_role(child):
                return role
            if _has_subject(child):
                continue
            if child.tag_ == "VBN" and (role := _deadliest(child)):
                return role
            if child.tag_ == "VB" and verb.lemma_.lower() in _counting().presuming and (role := _as_subject(child)):
                return role
    return None


def _as_subject(verb: Token) -> str | None:
    words = predicates().subject
    return next((words[n] for n in verb_names(verb) if n in words), None)


def _by_joined(verb: Token) -> str | None:
    """What a verb with the same subject says: "fell from a scaffold and died", "was hit and died"."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not _has_subject(child):
            role = _deadliest(child) if _is_passive(child) else _as_subject(child)
            if role := role or _by_joined(child):
                return role
    return None


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _by_noun(head: Token) -> str | None:
    """ "five deaths", "the deaths of five", "the death toll rose to five", "the number of injured is at five"."""
    nouns = predicates().noun
    if role := nouns.get(head.lemma_.lower()) or nouns.get(head.lower_):
        return role
    over = _over(head)
    if over is None:
        return None
    if over.pos_ in ("VERB", "AUX"):
        told = [c for c in over.children if c.dep_ in ("nsubj", "dobj", "nsubjpass")]
        over = next((c for c in told if c.lemma_.lower() in _counting().tallies), told[0] if told else over)
    if over.lemma_.lower() in _counting().tallies:
        return _tally(over)
    return nouns.get(over.lemma_.lower())


def _over(head: Token) -> Token | None:
    """The noun or verb that a number is the figure of: "the deaths of five", "stands at five", "the price was five"."""
    if head.dep_ == "pobj" and head.head.lower_ in _counting().figures:
        over = head.head.head
        if over.dep_ == "prep" and over.head.pos_ == "VERB":
            over = over.head  # "rose from 5 to 7"
        if over.dep_ == "acl" and over.tag_ == "VBN":
            return over.head  # "damage estimated at 5"
        return over if over.pos_ in ("VERB", "AUX") or head.head.lower_ == "of" else None
    if head.dep_ == "attr" and head.head.lemma_ == "be":
        return head.head
    return None


def _tally(noun: Token) -> str | None:
    """What "the death toll" or "the number of dead" counts."""
    words = predicates()
    if noun.lemma_.lower() == "toll":
        return "killed"
    told = [g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    if any(t.lemma_.lower() in _counting().lives and t.tag_ == "NNS" for t in told):
        return "killed"  # "the number of lives lost", "the number of victims"
    roles = (words.adjective.get(t.lower_) or words.noun.get(t.lemma_.lower()) or _by_participle(t) for t in told)
    return next((role for role in roles if role), None)


def _by_participle(head: Token) -> str | None:
    """ "two wounded soldiers", "people killed in the blast", "five dead", "six missiles fired at"."""
    for child in head.children:
        if child.dep_ in ("amod", "acl") and (role := adjective_role(child)):
            return role
        if child.dep_ in ("amod", "acl") and child.tag_ == "VBN" and (role := patient_role(child, head)):
            return role
        if child.dep_ == "acl" and child.tag_ == "VBN":
            for deeper in child.children:
                if deeper.dep_ == "conj" and deeper.tag_ == "VBN" and (role := patient_role(deeper)):
                    return role
        if child.dep_ == "relcl" and (role := _relative(child)):
            return role
    return None


def _relative(verb: Token) -> str | None:
    """ "people who died", "those that were hurt", "the missiles that the army fired"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or any(
        c.dep_ == "prep" and any(g.lower_ == "which" for g in c.children) for c in subject.children
    ):
        return None
    if subject.tag_ in ("WP", "WDT"):
        if subject.dep_ == "nsubjpass":
            return _of_passive(verb, verb.head)
        return _of_subject(verb, subject)
    taken = [c for c in verb.children if c.dep_ == "dobj" and c.tag_ not in ("WP", "WDT")]
    return patient_role(verb, verb.head) if subject.dep_ == "nsubj" and not taken else None


def _by_predicate(head: Token, thing: Token | None = None) -> str | None:
    """The role by the verb that governs ``head``, the first of several of which ``thing`` may be another."""
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lower_ in _counting().company:
        over = next((a for a in verb.head.ancestors if a.pos_ in ("VERB", "AUX")), None)
        if over is not None:
            return (_of_passive(over, head) if _is_passive(over) else None) or _as_subject(over)
    if head.dep_ == "pobj" and head.head.lower_ == "of" and _is_group(head.head.head):
        # "hundreds of people were killed", "dozens of missiles"
        head = head.head.head
        verb = head.head
    if verb.pos_ not in ("VERB", "AUX") or verb.i == head.i:
        return None
    if head.dep_ == "nsubjpass":
        return _of_passive(verb, head)
    if head.dep_ in (*_PATIENT, "attr") and verb.lemma_.lower() in _counting().telling_parts:
        whole = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if whole is not None and head.i > verb.i and whole.lower_ in predicates().adjective:
            return predicates().adjective[whole.lower_]
    if head.dep_ == "dative" and patient_role(verb) == "paid":
        return None
    if head.dep_ in _PATIENT and verb.lemma_ != "be":
        return patient_role(verb, thing or head) or _complement(verb)
    if head.dep_ in ("nsubj", "attr", "npadvmod"):
        return _of_subject(verb, head)
    return None


def _is_group(over: Token) -> bool:
    return over.dep_ in (*_PATIENT, "nsubj") and (over.pos_ == "NUM" or over.lemma_.lower() in _counting().groups)


def _of_passive(verb: Token, head: Token) -> str | None:
    role = _deadliest(verb) or patient_role(verb, head) or _complement(verb)
    joined = _by_joined(verb)
    return joined if role is None or joined == "killed" else role


def _of_subject(verb: Token, head: Token) -> str | None:
    words = predicates()
    if head.dep_ == "nsubj" and verb.lemma_.lower() in _counting().bearing:
        borne = (r for c in verb.children if c.dep_ == "dobj" and (r := words.noun.get(c.lemma_.lower())))
        if role := next(borne, None):
            return role
    listed = head.dep_ == "npadvmod" and head.i < verb.i and head.nbor(1).text == ","  # "Three boys, a girl and …"
    if (head.dep_ == "nsubj" or listed) and (role := _as_subject(verb)):
        return role
    done = head.dep_ == "nsubj" and verb.lemma_.lower() not in _counting().states
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in words.adjective and child.i != head.i:
            return None if done else adjective_role(child)
    if head.dep_ == "nsubj" and verb.tag_ == "VBN" and _is_passive(verb):
        return _of_passive(verb, head)
    if head.dep_ == "nsubj":
        raised = verb.lemma_.lower() in _counting().raising
        return (_complement(verb) if raised else None) or _by_joined(verb)
    return None


def _deadliest(verb: Token) -> str | None:
    """The role of a passive, or of the one joined to it: "was shot and killed"."""
    joined = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN"]
    own = [c for c in joined if not _has_subject(c)]
    roles = [r for v in (verb, *own) if (r := patient_role(v))]
    return "killed" if "killed" in roles else roles[0] if roles else None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.lemma_ == "be" for c in verb.children)


def _by_neighbour(head: Token) -> str | None:
    """What the words beside say when the parse does not: "13 injured", "five dead", "two were hurt"."""
    doc, words = head.doc, predicates()
    if head.i + 2 < len(doc) and doc[head.i + 1].pos_ == "ADV" and doc[head.i + 2].lower_ in words.adjective:
        return words.adjective[doc[head.i + 2].lower_]
    if head.i + 1 < len(doc):
        after = doc[head.i + 1]
        acts = any(c.dep_ == "dobj" for c in after.children)  # "a gunman shot three"
        if (
            after.lower_ in words.adjective
            and not acts
            and not (after.i + 1 < len(doc) and doc[after.i + 1].pos_ in ("NOUN", "PROPN"))
        ):
            return adjective_role(after)
        if after.lower_ in ("were", "was", "are") and after.i + 1 < len(doc):
            then = doc[after.i + 1]
            if then.tag_ == "VBN" and (role := patient_role(then)):
                return role
            if then.lower_ in words.adjective:
                return adjective_role(then)
    return None
