"""What happened to what a number counts: its role, from the predicate that governs it."""

from __future__ import annotations

from variorum.annotate.quantities.rolephrases import role_by_phrase
from variorum.annotate.quantities.rolewords import Kind, chosen, is_person, kind_of, pick, predicates, suits
from variorum.annotate.quantities.rolewords import counting_words as _counting
from variorum.annotate.tokens import Token

_PATIENT = ("dobj", "nsubjpass", "obj", "attr", "dative")


def is_inner(head: Token) -> bool:
    """Whether a noun only tells more of another: "members of [one family] died"."""
    over = head.head.head if head.dep_ == "pobj" else head
    return (
        head.dep_ == "pobj"
        and head.head.lower_ not in ("with", "by")
        and over.pos_ in ("NOUN", "PROPN")
        and not (over.lemma_.lower() in _counting().groups or over.lower_ in _counting().tallies)
    )


def role_of(head: Token) -> str | None:
    """The role of the thing that ``head`` (the noun counted, or the number that stands for it) names."""
    whole, kind = _whole(head), kind_of(head)
    # "two of the 19 injured died": what befell the part, not what is said of the whole
    is_part = head.pos_ == "NUM" and head.i + 1 < len(head.doc) and head.nbor(1).lower_ == "of"
    if is_part and (role := _by_predicate(_first_conjunct(whole))):
        return role
    finite = _by_predicate(_first_conjunct(whole), whole)
    if finite == "killed":  # "miners trapped since Monday were found dead"
        return finite
    beside = head.nbor(1) if head.i + 1 < len(head.doc) else head
    bare = beside.tag_ == "VBN" and beside.head.i == head.i and not _is_auxiliary(whole)
    if bare and (role := patient_role(beside, head)) and suits(role, kind):
        return role  # "two clerks kidnapped in riot, crowd of 700 dispersed"
    readings = (_by_life, _by_event, lambda _: finite, _by_participle, _by_noun, _by_neighbour, _by_last)
    return next((role for read in readings if (role := read(head)) and suits(role, kind)), None)


def _is_auxiliary(head: Token) -> bool:
    """Whether the verb over ``head`` is a finite one with an auxiliary."""
    return any(c.dep_ in ("aux", "auxpass") for c in _first_conjunct(head).head.children)


def _by_last(head: Token) -> str | None:
    """What is said after the last of several of them all: "[a man] and a woman with gunshot wounds"."""
    last = head
    for _ in range(6):
        last = next((c for c in last.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "NUM")), last)
    return role_by_phrase(head.doc.flat, last.idx, last.idx + len(last)) if last is not head else None


def adjective_role(token: Token, kind: Kind = "either") -> str | None:
    """The role of an adjective, with the word after it where both are one ("shot dead")."""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return pick(predicates().adjective, (f"{token.lower_} {after}", token.lower_), kind)


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
    if head.lemma_.lower() in words.bodies and head.tag_ == "NNS":
        return "killed"
    if head.dep_ not in _PATIENT:
        return None
    if head.dep_ == "nsubjpass" and head.lemma_.lower() == "victim":
        return None  # "four victims were taken to hospital"
    return "killed" if head.lemma_.lower() in words.lives and verb.lemma_.lower() in words.taking else None


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


def verb_names(verb: Token) -> list[str]:
    """What a verb may be called, the fullest first: with its goal ("take to hospital"), with its particle ("shoot
    down"), alone."""
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
    words, kind = predicates(), kind_of(of)
    if any(c.lower_ in _counting().deadly for c in verb.children) or _ends_dead(verb):
        return "killed"
    role = pick(words.patient, verb_names(verb), kind)
    if role is None and of is not None:
        lemma = verb.lemma_.lower()
        if lemma in _TAKING and of.lemma_.lower() in words.taken:
            return chosen(words.taken[of.lemma_.lower()], "either")
        role = pick(words.people, verb_names(verb)) if kind == "person" else None
    if role in ("detained", "arrested") and _by_captors(verb):
        return "kidnapped"
    return role


_TAKING = ("take", "seize", "secure", "hold", "gain")


def _ends_dead(verb: Token) -> bool:
    """ "were brought out [dead]", "was found [lifeless]"."""
    for token in verb.doc[verb.i + 1 : verb.i + 4]:
        if token.lower_ in ("dead", "lifeless"):
            return True
        if token.pos_ not in ("ADP", "ADV", "PART", "ADJ") and token.dep_ != "prt":
            return False
    return False


def _by_captors(verb: Token) -> bool:
    """Whether those who take or hold people are no police."""
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    doers += [g for c in verb.children if c.dep_ == "agent" for g in c.children]
    if any(d.lower_ in ("they", "it", "who") for d in doers):  # "the guerrillas say they hold three"
        doers += [c for c in verb.head.children if c.dep_ == "nsubj"]
    return any(d.lemma_.lower() in _counting().captors for d in doers)


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
        forced = child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VB" and verb.lemma_.lower() in _FORCING
        if forced and (role := pick(predicates().subject, verb_names(child), "person")):
            return role
    return None


#: Verbs after which an infinitive says what their object does: "forced 350 people to evacuate".
_FORCING = (
    "force",
    "order",
    "tell",
    "ask",
    "urge",
    "oblige",
    "advise",
    "compel",
    "cause",
    "lead",
    "prompt",
    "send",
    "allow",
)


def _as_subject(verb: Token, kind: Kind = "either") -> str | None:
    role = pick(predicates().subject, verb_names(verb), kind)
    return role or ("infected" if suits("infected", kind) and _falls_ill(verb) else None)


def _falls_ill(verb: Token) -> bool:
    """ "four tenants caught legionnaires' disease"."""
    words = _counting()
    if verb.lemma_.lower() not in words.falling_ill:
        return False
    taken = [c for c in verb.children if c.dep_ == "dobj"]
    return any(t.lemma_.lower() in words.diseases or t.lower_ in words.diseases for t in taken)


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
    nouns, kind = predicates().noun, kind_of(head)
    if role := _by_own_noun(head) or _by_case(head):
        return role
    over = _over(head)
    if over is None:
        return None
    if over.pos_ in ("VERB", "AUX"):
        told = [c for c in over.children if c.dep_ in ("nsubj", "dobj", "nsubjpass")]
        over = next((c for c in told if c.lemma_.lower() in _counting().tallies), told[0] if told else over)
    if over.lemma_.lower() in _counting().tallies:
        return _tally(over)
    return pick(nouns, [over.lemma_.lower()], kind)


def _by_event(head: Token) -> str | None:
    """ "no deaths", "14 arrests": what has happened is named, whatever is said of it."""
    return None if is_person(head) else _by_own_noun(head)


def _by_own_noun(head: Token) -> str | None:
    role = pick(predicates().noun, (head.lemma_.lower(), head.lower_))
    return None if role in _counting().of_money_alone else role  # "nineteen settlements", "two fines"


def _by_case(head: Token) -> str | None:
    """ "5,410 cases of dengue", "three confirmed cases": who has a disease that the sentence names."""
    words = _counting()
    if head.lemma_.lower() not in words.cases or head.i == 0:
        return None
    near = head.doc[max(0, head.i - 24) : head.i + 16]
    return "infected" if any(t.lower_ in words.diseases or t.lemma_.lower() in words.diseases for t in near) else None


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
    roles = (
        pick(words.adjective, [t.lower_]) or pick(words.noun, [t.lemma_.lower()]) or _by_case(t) or _by_participle(t)
        for t in told
    )
    return next((role for role in roles if role), None)


def _by_participle(head: Token) -> str | None:
    """ "two wounded soldiers", "people killed in the blast", "five dead", "six missiles fired at"."""
    kind = kind_of(head)
    for child in head.children:
        if child.dep_ in ("amod", "acl") and (role := adjective_role(child, kind)):
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
        return _of_subject(verb, subject, kind_of(verb.head))
    taken = [c for c in verb.children if c.dep_ == "dobj" and c.tag_ not in ("WP", "WDT")]
    return patient_role(verb, verb.head) if subject.dep_ == "nsubj" and not taken else None


def _by_predicate(head: Token, thing: Token | None = None) -> str | None:
    """The role by the verb that governs ``head``, the first of several of which ``thing`` may be another."""
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lower_ in _counting().company:
        over = next((a for a in verb.head.ancestors if a.pos_ in ("VERB", "AUX")), None)
        if over is not None:
            return (_of_passive(over, head) if _is_passive(over) else None) or _as_subject(over, kind_of(head))
    if head.dep_ == "pobj" and verb.lower_ == "with" and kind_of(head) == "person":
        return _with_another(verb.head, head)
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.i < head.i and _is_group(head.head.head):
        # "hundreds of people were killed", "dozens of missiles"
        head = head.head.head
        verb = head.head
    if verb.pos_ not in ("VERB", "AUX") or verb.i == head.i:
        return None
    if head.dep_ == "nsubjpass":
        return _of_passive(verb, head)
    if head.dep_ in (*_PATIENT, "attr") and verb.lemma_.lower() in _counting().telling_parts:
        whole = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if whole is not None and head.i > verb.i and (role := pick(predicates().adjective, [whole.lower_])):
            return role
    if head.dep_ == "dative" and patient_role(verb) == "paid":
        return None
    if head.dep_ in _PATIENT and verb.lemma_ != "be":
        return patient_role(verb, thing or head) or _complement(verb)
    if head.dep_ in ("nsubj", "attr", "npadvmod"):
        return _of_subject(verb, head, kind_of(thing or head))
    return None


def _with_another(verb: Token, head: Token) -> str | None:
    """ "kidnapped with [two aides]": those with whom someone met the same."""
    if verb.tag_ != "VBN" or not (
        _is_passive(verb) or any(c.dep_ == "agent" for c in verb.children) or verb.dep_ == "acl"
    ):
        return None
    role = patient_role(verb, head)
    return role if role in _SHARED_FATES else None


_SHARED_FATES = (
    "killed",
    "kidnapped",
    "released",
    "arrested",
    "detained",
    "rescued",
    "trapped",
    "charged",
    "missing",
    "evacuated",
)


def _is_group(over: Token) -> bool:
    return over.dep_ in (*_PATIENT, "nsubj") and (over.pos_ == "NUM" or over.lemma_.lower() in _counting().groups)


def _of_passive(verb: Token, head: Token) -> str | None:
    role = _deadliest(verb, head) or _complement(verb)
    joined = _by_joined(verb)
    return joined if role is None or joined == "killed" else role


def _of_subject(verb: Token, head: Token, kind: Kind = "either") -> str | None:
    words = predicates()
    if head.dep_ == "nsubj" and verb.lemma_.lower() in _counting().bearing:
        borne = (r for c in verb.children if c.dep_ == "dobj" and (r := pick(words.noun, [c.lemma_.lower()])))
        if role := next(borne, None):
            return role
    listed = head.dep_ == "npadvmod" and head.i < verb.i and head.nbor(1).text == ","  # "Three boys, a girl and …"
    if (head.dep_ == "nsubj" or listed) and (role := _as_subject(verb, kind)):
        return role
    done = head.dep_ == "nsubj" and verb.lemma_.lower() not in _counting().states
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in words.adjective and child.i != head.i:
            return None if done else adjective_role(child, kind)
    if head.dep_ == "nsubj" and verb.tag_ == "VBN" and _is_passive(verb):
        return _of_passive(verb, head)
    if head.dep_ == "nsubj":
        if head.lemma_.lower() in _counting().projectiles and verb.lemma_.lower() in _counting().landing:
            return "fired"
        raised = verb.lemma_.lower() in _counting().raising
        return (_complement(verb) if raised else None) or _by_joined(verb)
    return None


def _deadliest(verb: Token, of: Token | None = None) -> str | None:
    """The role of a passive, or of the one joined to it: "was shot and killed"."""
    joined = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN"]
    own = [c for c in joined if not _has_subject(c)]
    roles = [r for v in (verb, *own) if (r := patient_role(v, of))]
    return "killed" if "killed" in roles else roles[0] if roles else None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.lemma_ == "be" for c in verb.children)


def _by_neighbour(head: Token) -> str | None:
    """What the words beside say when the parse does not: "13 injured", "five dead", "two were hurt"."""
    doc, words, kind = head.doc, predicates(), kind_of(head)
    if head.i + 2 < len(doc) and doc[head.i + 1].pos_ == "ADV" and doc[head.i + 2].lower_ in words.adjective:
        return chosen(words.adjective[doc[head.i + 2].lower_], kind)
    if head.i + 1 < len(doc):
        after = doc[head.i + 1]
        acts = any(c.dep_ == "dobj" for c in after.children)  # "a gunman shot three"
        if (
            after.lower_ in words.adjective
            and not acts
            and not (after.i + 1 < len(doc) and doc[after.i + 1].pos_ in ("NOUN", "PROPN"))
        ):
            return adjective_role(after, kind)
        if after.lower_ in ("were", "was", "are") and after.i + 1 < len(doc):
            then = doc[after.i + 1]
            if then.tag_ == "VBN" and (role := patient_role(then, head)):
                return role
            if then.lower_ in words.adjective:
                return adjective_role(then, kind)
    return None
