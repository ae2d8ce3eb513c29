"""Quantities: numbers in digits and words with their bounds, their unit or what they count, and their role.

The numbers are found in the text, what they count in the noun phrase that follows (after CQE, Almasian et al. 2023,
but on the surface, where a small parser errs less), and the role in the parse: see `roles`. Designations ("Kh-101",
"Route 9"), ordinals, calendar dates and clock times are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from variorum.annotate.numerals import Numeral, alternatives, numerals
from variorum.annotate.quantities import units
from variorum.annotate.quantities.counted import NOUNS, Counted, Paragraph, counting, hyphened
from variorum.annotate.quantities.money import money_role
from variorum.annotate.quantities.rolephrases import (
    role_by_bare_participle,
    role_by_both_sides,
    role_by_label,
    role_by_phrase,
    role_by_words,
    role_past_modifiers,
)
from variorum.annotate.quantities.roles import is_inner, role_of, role_of_life, role_of_modified
from variorum.annotate.quantities.rolewords import (
    Kind,
    is_person,
    kind_of,
    participles,
    pick,
    predicates,
    role_of_form,
    suits,
)
from variorum.annotate.quantities.scraped import read_glued, table_rows
from variorum.annotate.quantities.singles import read_singles
from variorum.annotate.quantities.uncounted import uncounted
from variorum.annotate.quantities.units import Unit
from variorum.annotate.quantities.votes import read_sides, share_role, votes_role
from variorum.annotate.quantities.wholes import with_wholes
from variorum.annotate.tokens import Doc, Token
from variorum.model import Bound, Quantity, Span, Timex

_TOTAL_WINDOW = 60  # characters before a number in which it is called a total
_BOUND_WINDOW = 24  # characters before a number in which its bound stands


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number on its way to a quantity, with its unit if one is written."""

    span: Span
    low: float
    high: float
    unit: Unit | None
    numeral: Numeral
    bound: Bound = "exact"
    start: int = 0


def read_quantities(doc: Doc, offset: int, times: Sequence[Timex]) -> tuple[Quantity, ...]:
    """The quantities of one paragraph in order, with spans in the article.

    ``times`` are the article's (or the paragraph's) time expressions: no number is read out of one again, except that
    a DURATION is itself a quantity.
    """
    return tuple(counted.quantity for counted in read_counted(doc, offset, times))


def read_counted(doc: Doc, offset: int, times: Sequence[Timex]) -> tuple[Counted, ...]:
    """`read_quantities`, with the words counted."""
    reader = _Reader(doc, offset, times)
    numbers = reader.numbers()
    taken = [c.quantity.span for c in numbers]
    singles = [shown for c in read_singles(reader) if (shown := _beside(c, taken))]
    found = with_wholes(reader, sorted([*numbers, *singles], key=lambda c: c.quantity.span))
    return tuple(
        replace(c, quantity=replace(c.quantity, span=_moved(c.quantity.span, offset), of=_moved(c.quantity.of, offset)))
        for c in found
        if c.quantity.role or not c.tentative
    )


def _beside(single: Counted, taken: Sequence[Span]) -> Counted | None:
    """A count without a number that shares no words with one: of "a [50-year-old] man" the article alone."""
    start, end = single.quantity.span
    over = [a for a, b in taken if a < end and start < b]
    if not over:
        return single
    if min(over) <= start:
        return None
    return replace(single, quantity=replace(single.quantity, span=(start, min(over) - 1)))


def _moved(span: Span | None, offset: int) -> Span:
    return None if span is None else (span[0] + offset, span[1] + offset)  # type: ignore[return-value]


class _Reader(Paragraph):
    """The numbers of one paragraph being read."""

    def __init__(self, doc: Doc, offset: int, times: Sequence[Timex]) -> None:
        super().__init__(doc, offset, times)
        self.sides = {side.span[0]: side for side in read_sides(self.text)}

    # --- numbers -----------------------------------------------------------------------------------------------------

    def numbers(self) -> list[Counted]:
        rows = table_rows(self.doc.text)
        spoken = uncounted(self.text)
        told = (n for n in numerals(self.text) if not any(a <= n.span[0] < b for a, b in spoken))
        amounts = [a for n in told if (a := self.amount(n))]
        # Of a table only what says its unit is read: a bare number counts what its column says.
        amounts = [m for m in amounts if m.unit or not any(a <= m.span[0] < b for a, b in rows)]
        found: list[Counted] = list(read_glued(self.text))
        for amount in self.ranges(amounts):
            before = found[-1].quantity if found and found[-1].quantity.span < amount.span else None
            inside = before is not None and amount.unit is None and amount.span[0] < before.span[1]
            if before and inside and " of " not in self.text[before.span[0] : amount.span[0]]:
                continue  # "two 737 jets"
            if counted := self.counted(amount):
                found.append(replace(counted, quantity=self.settled(counted.quantity, before)))
        return list(self.shared_units(sorted(found, key=lambda c: c.quantity.span)))

    def shared_units(self, found: list[Counted]) -> Iterable[Counted]:
        """Both ends of a change have the unit and the role that only one of them is told with: "from 8,000 to 12,500
        taka a month"."""
        for i, this in enumerate(found):
            before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
            begins = after is not None and self.is_change(this, after)
            ends = before is not None and self.is_change(before, this)
            other = after if begins else before if ends else None
            if other is None:
                yield this
                continue
            told, shared = this.quantity, other.quantity
            total = told.cumulative or (None if begins else shared.cumulative)
            told = replace(told, role=told.role or shared.role, cumulative=total)
            if told.unit is None:
                yield Counted(replace(told, unit=shared.unit, unit_code=shared.unit_code), other.phrase)
            else:
                yield replace(this, quantity=told)

    def is_change(self, first: Counted, second: Counted) -> bool:
        """Whether two quantities are where a change starts and where it ends."""
        (start, end), (then, _) = first.quantity.span, second.quantity.span
        return bool(_FROM.search(self.text, max(0, start - 24), start) and _TO.fullmatch(self.text, end, then))

    def settled(self, told: Quantity, before: Quantity | None) -> Quantity:
        """A quantity beside the one before it: a whole has only the role that its own words give it ("14 of the 22
        drones launched")."""
        start = told.span[0]
        whole_of_none = _NONE_OF.search(self.text, max(0, start - _BOUND_WINDOW), start)
        if whole_of_none or (before and before.of and before.of[0] <= start < before.of[1]):
            return replace(told, role=self.role_of_whole(told))
        if told.unit_code and told.role in counting().tolls and told.unit_code != "percent":
            return replace(told, role=None)
        return told

    def role_of_whole(self, told: Quantity) -> str | None:
        """The role that the words of a whole alone give it: "of the 22 drones launched", "of the nine in custody"."""
        number = self.token(told.span[1] - 1)
        if number is None:
            return None
        head = self.phrase_head(number.i + 1) or number
        end = head.idx + len(head)
        if role := role_of_modified(head) or pick(predicates().adjective, [head.lower_]):
            return role
        beside = head.i + 1 < len(self.doc) and head.nbor(1).pos_ == "ADP"
        return role_by_phrase(self.text, end, end, kind=kind_of(head)) if beside else None

    def amount(self, numeral: Numeral) -> _Amount | None:
        start, end = numeral.span
        if any(a <= start < b for a, b in self.dates):
            return None
        sign = units.sign_before(self.text, start)
        value_low, value_high = numeral.low, numeral.high
        if sign and sign.money:
            numeral, end = self.scaled(numeral)
            value_low, value_high = numeral.low, numeral.high
        elif not sign and numeral.form == "digits" and (self.is_designation(numeral) or self.is_glued(numeral)):
            return None
        unit = self.unit_of(sign, end)
        if unit is None and _CONTINENTAL.fullmatch(self.text[start:end]) and self.counts_people(end):
            numeral = replace(numeral, low=numeral.low * 1000, high=numeral.high * 1000)
            value_low, value_high = numeral.low, numeral.high
        if numeral.form == "words" and _BRACKETED.search(self.text, max(0, start - _BRACKET), start):
            return None  # the scale of the sums before it
        if numeral.form == "words" and unit is None and (self.is_pronoun(numeral) or self.is_nth(start)):
            return None
        if self.is_negative(start, sign):
            value_low, value_high = -value_high, -value_low
        begin = sign.start if sign else start
        stop = max(end, unit.end if unit else end)
        return _Amount((begin, stop), value_low, value_high, unit, numeral)

    def unit_of(self, sign: Unit | None, end: int) -> Unit | None:
        """The unit before or after a number, with its rate unless that is part of a date ("$5 a year earlier")."""
        plain = units.postfixed(self.text, replace(sign, end=end)) if sign else units.unit_after(self.text, end)
        if plain is None:
            return None
        rated = units.rated(self.text, plain)
        return plain if any(a < rated.end <= b for a, b in self.dates) else rated

    def counts_people(self, end: int) -> bool:
        """Whether what follows a number cannot come in fractions: people."""
        token = self.token(end + 1)
        head = self.phrase_head(token.i) if token is not None and token.idx == end + 1 else None
        return head is not None and is_person(head)

    def scaled(self, numeral: Numeral) -> tuple[Numeral, int]:
        """Money with a short scale: "$13.6M", "£2.7m"; and with one that two currencies share: "$40 (£26) million"."""
        from variorum.annotate.numerals import words

        shared = _SHARED_SCALE.match(self.text, numeral.span[1])
        if shared and (factor := words().scales.get(shared["scale"].lower())):
            return replace(numeral, low=numeral.low * factor, high=numeral.high * factor), numeral.span[1]
        match = _MONEY_SCALE.match(self.text, numeral.span[1])
        if not match:
            return numeral, numeral.span[1]
        factor = words().money_suffixes[match[1].lower()]
        span = (numeral.span[0], match.end())
        return Numeral(span, numeral.low * factor, numeral.high * factor, numeral.form), match.end()

    def is_negative(self, start: int, sign: Unit | None) -> bool:
        before = self.text[max(0, start - 8) : start]
        return bool(_MINUS.search(before))

    def is_glued(self, numeral: Numeral) -> bool:
        """Part of a word, a version, an address or a score of digits: "F16", "3.5.1", "12/16", "M21 9AB8"."""
        start, end = numeral.span
        before, after = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        if before and (before[-1].isalnum() or before[-1] in "_#@&" or (before[-1] in "./:" and before[:1].isdigit())):
            return True
        if after[:1].isalpha() or after[:1] == "_":
            return not units.unit_after(self.text, end)
        return bool(after and after[0] in ":/" and after[1:].isdigit())

    def is_designation(self, numeral: Numeral) -> bool:
        """A number that is a name: by shape ("RS-24") or by the noun before it ("Route 9", "Boeing 737")."""
        start, end = numeral.span
        before_it = self.text[max(0, start - 24) : start]
        if _NAME_HYPHEN.search(before_it) or _NUMBERED.search(before_it):
            return True
        if start in self.sides or "," in self.text[start:end] or self.is_listed(start, end):
            return False
        token = self.token(start)
        if token is None or token.i == 0 or units.unit_after(self.text, end):
            return False
        before = token.nbor(-1)
        if self.text[before.idx + len(before) : start].strip():
            return False
        if before.lower_.rstrip(".") in units.words().designations["nouns"]:
            return not before.text.islower() or token.dep_ != "nummod" or token.head.i <= token.i
        return before.pos_ == "PROPN" and not self.counts_after(token)

    def is_listed(self, start: int, end: int) -> bool:
        """Whether a number ends one of several entries: "Unity 19, Civic List [14], Greens 8"."""
        ends = self.text[end : end + 1] in (",", ";", ".", "") and not self.text[end + 1 : end + 2].isdigit()
        return ends and bool(_LIST.search(self.text, max(0, start - 40), start))

    def counts_after(self, token: Token) -> bool:
        """Whether a plural noun follows that the number may count."""
        head = self.phrase_head(token.i + 1)
        return head is not None and head.tag_ in ("NNS", "NNPS")

    def is_figure(self, numeral: Numeral) -> bool:
        """Whether "one" stands where a figure does: "kills one, maims three", "up from one", "one abstained"."""
        start, end = numeral.span
        if _bounds_before().search(self.text[max(0, start - _BOUND_WINDOW) : start]) or _ONLY.search(
            self.text, max(0, start - _BOUND_WINDOW), start
        ):
            return True
        if _ONE_AFTER.match(self.text, end) and _ONE_BEFORE.search(self.text, max(0, start - 24), start):
            return True
        verb = _WORD_BEFORE.search(self.text, max(0, start - 20), start)
        ends = self.text[end : end + 1] in (",", ";", ".", "") or self.text.startswith((" and ", " in ", " more"), end)
        if ends and verb and role_of_form(verb[1].lower()):
            return True
        listed = _NUMBER_NEAR.search(self.text, max(0, start - 60), start)
        return bool(listed and _ONE_DID.match(self.text, end))

    def is_nth(self, start: int) -> bool:
        """ "on day two", "phase one"."""
        return bool(_NTH.search(self.text, max(0, start - 12), start))

    def is_pronoun(self, numeral: Numeral) -> bool:
        """ "one" that counts nothing: "one another", "no one", "one of these days"."""
        if self.text[slice(*numeral.span)].lower() != "one" or role_by_phrase(self.text, *numeral.span):
            return False
        token = self.token(numeral.span[0])
        if token is None:
            return True
        before = token.nbor(-1).lower_ if token.i else ""
        after = token.nbor(1).lower_ if token.i + 1 < len(self.doc) else ""
        if before == "not":
            return True
        if self.is_figure(numeral):
            return False
        start = numeral.span[0]
        if after == "of" and _COPULA.search(self.text, max(0, start - 32), start):
            following = token.nbor(2) if token.i + 2 < len(self.doc) else token
            return following.pos_ == "NUM" and following.i > token.i  # "she was one of 31 wounded"
        if before in ("no", "any", "every", "this", "that", "the", "which", "each", "some", "another", "day", "-"):
            return after != "of" or before != "the"
        if after in counting().pronoun_one or (after == "-" and not _COMPOUND.match(self.text, token.idx + 3)):
            return True
        if after == "of" or self.phrase_head(token.i + 1) is not None:
            return False
        return not (token.i + 1 < len(self.doc) and token.nbor(1).pos_ in ("VERB", "AUX") and role_of(token))

    # --- ranges ------------------------------------------------------------------------------------------------------

    def ranges(self, amounts: list[_Amount]) -> Iterable[_Amount]:
        """Neighbours that are the two ends of an interval made one."""
        pending: _Amount | None = None
        for amount in amounts:
            joined = self.joined(pending, amount) if pending else None
            if joined:
                pending = joined
                continue
            if pending:
                yield pending
            pending = amount
        if pending:
            yield pending

    def joined(self, first: _Amount, second: _Amount) -> _Amount | None:
        between = self.text[first.span[1] : second.span[0]]
        match = _RANGE_LINK.fullmatch(between)
        if not match or first.numeral.open or first.low != first.high or second.low != second.high:
            return None
        if first.numeral.span[0] in self.sides and second.numeral.span[0] in self.sides:
            return None
        link = match[0].strip(" ").lower()
        before = self.text[max(0, first.span[0] - 30) : first.span[0]].lower()
        if link == "and" and not _BETWEEN.search(before):
            return None
        if link == "to" and (
            (_BY.search(before) and (second.unit is None or self.is_total_after(first, second)))
            or (_FROM.search(before) and self.verb_of_change(first))
        ):
            return None
        if first.unit and second.unit and first.unit.code.split("/")[0] != second.unit.code.split("/")[0]:
            return None
        if first.unit and not second.unit and not first.unit.money:
            return None
        low = first.low
        if (
            not (first.unit and first.unit.money and first.numeral.span[1] != first.span[1])
            and low < 1000 <= second.low
            and self.has_scale(second)
            and not self.has_scale(first)
        ):
            low *= self.scale_of(second)
        if low >= second.high > first.low and first.unit and first.unit.money:
            low = first.low  # "from $200 to $4 million"
        if low >= second.high:
            return None
        return _Amount(
            (first.span[0], second.span[1]), low, second.high, self.fuller(first.unit, second.unit), second.numeral
        )

    def fuller(self, first: Unit | None, second: Unit | None) -> Unit | None:
        """The unit of an interval: "US$89 to $93 billion" are all US dollars."""
        return first if first and second and first.word.endswith(second.word) else second or first

    def is_total_after(self, first: _Amount, second: _Amount) -> bool:
        """ "increased by $43.6 billion to $419.2 billion": a change and what it comes to, each with its own unit and
        far apart; "by 1 to 1.5 degrees" is an interval."""
        own = first.unit is not None and second.unit is not None and first.unit.start != second.unit.start
        return own and second.low >= 2 * first.low and self.verb_of_change(first)

    def has_scale(self, amount: _Amount) -> bool:
        return self.scale_of(amount) > 1

    def scale_of(self, amount: _Amount) -> float:
        """What the word or letter after the digits multiplies by."""
        written = self.text[slice(*amount.numeral.span)]
        digits = re.match(r"[\d,]*\.?\d+", written)
        if not digits:
            return 1000 ** ((len(str(int(amount.low))) - 1) // 3) if amount.low >= 1000 else 1
        return amount.low / (float(digits[0].replace(",", "")) or 1)

    def verb_of_change(self, amount: _Amount) -> bool:
        token = self.token(amount.numeral.span[0])
        for _ in range(6):
            if token is None or token.head.i == token.i:
                break
            token = token.head
            if token.lemma_.lower() in counting().change:
                return True
        return token is not None and token.lemma_.lower() in counting().change

    # --- what it counts ----------------------------------------------------------------------------------------------

    def counted(self, amount: _Amount) -> Counted | None:
        number = self.token(amount.numeral.span[1] - 1)
        if number is None:
            return None
        age = self.age(amount)
        if age:
            return age
        bound, start = self.bound(amount)
        if bound == "exact" and (amount.numeral.open or amount.numeral.about):
            bound = "at_least" if amount.numeral.open else "about"
        head = None if amount.unit else self.counted_head(number)
        stray = head is None and self.is_stray(amount, number)
        if amount.unit is None and (self.is_address(amount, head) or stray) and not self.is_labelled(amount):
            return None
        word, phrase = self.unit_words(amount, number, head)
        counted = self.measured_thing(amount, number, head)
        end = head.idx + len(head) if head is not None and head.i > number.i else amount.span[1]
        of = self.whole(end, head, number)
        if of and head is not None and head.idx >= of[0]:
            end = amount.span[1]
        role = self.role(amount, counted, head, (start, end)) or (role_of(head) if of and head is not None else None)
        if _COMPOUND.match(self.text, amount.span[1]):
            role = None  # "a two-storey school collapsed"
        if head is None and word is None and _PARENT_OF.search(self.text, max(0, start - _BEFORE), start):
            word, phrase, role = "child", "child", None  # "a mother of 12 was killed"
        low, high = _bounded(amount, bound)
        quantity = Quantity(
            span=(start, end),
            low=low,
            high=high,
            bound=bound,
            unit=word,
            unit_code=amount.unit.code if amount.unit else None,
            role=role,
            of=of,
            cumulative=self.is_total(amount) or None,
        )
        return Counted(quantity, phrase)

    def role(self, amount: _Amount, counted: Token, head: Token | None, span: Span) -> str | None:
        side = self.sides.get(amount.numeral.span[0])
        if side:
            return side.role
        if amount.unit and amount.unit.code in units.words().times:
            return None
        if amount.unit and amount.unit.code == "percent" and (share := share_role(self.text, *amount.span)) is not None:
            return share or None
        if amount.numeral.form == "fraction" and (share := share_role(self.text, amount.span[0], amount.span[1])):
            return share
        if amount.unit is None and (cast := votes_role(self.text, *amount.span)):
            return cast
        inner, kind = head is not None and is_inner(head), self.kind(amount, head)
        role = role_of_life(head) if head is not None else None
        role = role or role_by_phrase(self.text, *span, inner=inner, kind=kind) or role_of(counted)
        if role is None or not suits(role, kind):
            role = self.role_beside(span, kind, inner=inner)
        if kind == "money" and (role is None or not suits(role, kind)):
            hourly = amount.unit is not None and amount.unit.code.endswith("/hour")
            role = "paid" if hourly else money_role(self.text, *amount.span)
        return role if role is not None and suits(role, kind) else None

    def kind(self, amount: _Amount, head: Token | None) -> Kind:
        """What a number counts or measures, as far as that decides its role."""
        if amount.unit is None:
            return kind_of(head)
        if amount.unit.code == "percent":
            return "share"
        pounds = amount.unit.word == "pound" and money_role(self.text, *amount.span)
        return "money" if amount.unit.money or pounds else "measure"

    def role_beside(self, span: Span, kind: Kind, *, inner: bool) -> str | None:
        """The role by the words around a number where neither a set phrase nor the parse gives one."""
        start, end = span
        if not inner and (role := role_by_words(self.text, start, end, kind)):
            return role
        if role := role_by_phrase(self.text, start, end, inner=inner, kind=kind, loosely=True):
            return role
        if role := role_by_label(self.text, start, end, kind):
            return role
        if role := role_by_both_sides(self.text, start, end, kind):
            return role
        if inner:
            return None
        return role_by_bare_participle(self.text, end, kind) or role_past_modifiers(self.text, start, end, kind)

    def is_stray(self, amount: _Amount, number: Token) -> bool:
        """A number beside nothing that it could count, and that no predicate of a toll governs: left out."""
        if amount.numeral.span[0] in self.sides:
            return False
        return number.pos_ not in ("NUM", "NOUN", "ADJ") and amount.numeral.form == "digits"

    def is_labelled(self, amount: _Amount) -> bool:
        """ "Killed: 4. Injured: 9." """
        return role_by_label(self.text, *amount.numeral.span, "either") is not None

    def is_address(self, amount: _Amount, head: Token | None) -> bool:
        """ "575 Acacia Road", "737 Max": digits that belong to the proper name after them."""
        if head is None or head.tag_ != "NNP" or amount.numeral.form != "digits" or head.text.isupper():
            return False
        return not _THOUSANDS.search(self.text, *amount.numeral.span)

    def counted_head(self, number: Token) -> Token | None:
        head = self.noun_after(number)
        while head is not None and self.text.startswith("-", head.idx + len(head)) and head.i + 2 < len(self.doc):
            if self.doc[head.i + 2].pos_ not in NOUNS or len(head) > 4:
                break
            head = self.doc[head.i + 2]  # "co-workers"
        if head is not None and head.lower_ in counting().moments and head.nbor(-1).lower_ in counting().pointing:
            return None  # "a majority of 22,010 last time"
        told = head is not None and head.i == number.i + 1 and head.tag_ == "NN" and number.lower_ not in ("one", "1")
        if told and head is not None and (head.lower_ in predicates().adjective or head.lower_ in participles()):
            return None  # "Nine shot"
        ends = head is not None and (head.i + 1 >= len(self.doc) or head.nbor(1).pos_ not in (*NOUNS, "PART"))
        if told and ends and head is not None and head.lemma_.lower() in predicates().subject:
            return None  # "Hundreds march"
        if head is not None and head.i > number.i + 1 and head.lower_ in ("shot", "hurt", "dead", "wounded", "missing"):
            before = head.nbor(-1)
            return before if before.pos_ in NOUNS and is_person(before) else head  # "one picket shot in foot"
        return head

    def noun_after(self, number: Token) -> Token | None:
        after = number.i + 1
        if _COMPOUND.match(self.text, number.idx + len(number)):
            return self.doc[after + 1] if after + 1 < len(self.doc) else None
        if after + 1 < len(self.doc) and self.doc[after].lower_ == "of" and self.doc[after + 1].lower_ in _PRONOUNS:
            return None
        if after < len(self.doc) and self.doc[after].lower_ == "of":
            near = self.phrase_head(after + 1, determined=True)
            told = next((c for c in self.doc[after].children if c.dep_ == "pobj"), None)
            joined = near is not None and told is not None and self.is_joined(near, told)
            return told if joined else near
        near, far = self.phrase_head(after), number.head
        if (
            number.dep_ == "nummod"
            and far.i > (near.i if near is not None else number.i)
            and self.is_phrase(after, far)
        ):
            return far
        return near

    def is_joined(self, near: Token, far: Token) -> bool:
        """Whether ``near`` is one of two names that narrow ``far``: "Fiat and Ford vans"."""
        after = near.i + 1
        return far.i > after and self.doc[after].tag_ == "CC" and self.is_phrase(after + 1, far)

    def unit_words(self, amount: _Amount, number: Token, head: Token | None) -> tuple[str | None, str]:
        if amount.unit:
            return amount.unit.word, amount.unit.rated or amount.unit.word
        if head is None:
            shared = _SUSPENDED.match(self.text, amount.span[1])
            return (shared["unit"], shared["unit"]) if shared else (None, "")
        if head.idx >= 2 and self.text[head.idx - 1] == "-" and not self.text[head.idx - 2].isspace():
            singular_prefix = re.search(r"(?<![\w-])[A-Za-z]{2,4}-\Z", self.text[max(0, head.idx - 6) : head.idx])
        else:
            singular_prefix = None
        phrase = self.text[number.idx + len(number) : head.idx].strip(" -")
        phrase = re.sub(r"^of\b(?: (?:an?|the|these|those|its|their|our)\b)?", "", phrase).strip()
        phrase = re.sub(r"^[\d.,]+ ?(?:(?:m|b|tr)illion\b ?|[kMm] )?", "", phrase)
        if head.lemma_.lower() in counting().no_units:
            return None, ""
        singular = _singular(head) if head.tag_ in ("NNS", "NNPS") or head.lower_ == "people" else head.text
        singular = "person" if singular.lower() in ("people", "persons") else singular
        if head.text[-1] == "s" and head.text[:-1].isupper() and len(head.text) > 2:
            singular = head.text[:-1]  # "MPs"
        elif head.lower_ in counting().singulars:
            singular = counting().singulars[head.lower_]
        elif head.tag_ in ("NNP", "NNPS") and amount.low > 1 and _DEMONYMS.search(head.text):
            singular = head.text[:-1]
        elif not head.text.isupper() and (head.pos_ != "PROPN" or head.tag_ == "NNS"):
            singular = singular.lower()
        elif head.text.isupper():
            singular = head.text
        if singular_prefix and number.idx + len(number) < head.idx - 3:
            singular = singular_prefix[0].lower() + singular
        singular = hyphened(self.text, head.idx + len(head), singular)
        counted = "people" if head.lower_ == "people" else head.text if head.tag_ == "NNPS" else singular
        return singular, f"{phrase} {counted}".strip()

    def measured_thing(self, amount: _Amount, number: Token, head: Token | None) -> Token:
        """The token whose predicate gives the role."""
        if head is not None:
            return number if self.text.startswith(" of ", number.idx + len(number)) else head
        if amount.unit:
            token = self.token(amount.unit.start) if not amount.unit.money or amount.unit.start > number.idx else number
            return figure(token if token is not None else number)
        return figure(number)

    def whole(self, end: int, head: Token | None, number: Token) -> Span | None:
        """What it is a part of: "five of [the missiles]", "two of [the six]"."""
        match = _OF_THE.match(self.text, number.idx + len(number))
        if not match:
            return None
        stop = head.idx + len(head) if head is not None and head.idx > match.start(1) else match.end(1)
        following = self.token(match.end() + 1)
        if stop <= match.end(1) and following is not None and following.pos_ == "NUM":
            stop = following.idx + len(following)
        return match.start(1), max(stop, match.end(1))

    def age(self, amount: _Amount) -> Counted | None:
        """ "a 50-year-old man", "aged 66", "Maddon, 66,"."""
        start, end = amount.numeral.span
        after = _AGE_AFTER.match(self.text, end)
        if after:
            word = after["unit"].lower().rstrip("s")
            old = f"{word}-old" if "-old" in after[0].replace(" ", "-") else word
            found = Quantity((start, after.end()), amount.low, amount.high, "exact", word, word)
            return Counted(found, old)
        if amount.unit or not 0 < amount.low < 120 or amount.low != int(amount.low):
            return None
        before = self.text[max(0, start - 30) : start]
        if _AGED.search(before) or (self.is_named(start) and _COMMA_AFTER.match(self.text, end)):
            found = Quantity((start, end), amount.low, amount.high, "exact", None, "year")
            return Counted(found, "")
        return None

    def is_named(self, start: int) -> bool:
        """Whether a name or one person stands before a comma: "Maddon, [66],", "a motorcyclist, [33],"."""
        match = _NAME_COMMA.search(self.text, max(0, start - 30), start)
        if match is None or match["noun"] is None:
            return match is not None
        noun = self.token(match.start("noun"))
        return noun is not None and noun.tag_ == "NN" and is_person(noun)

    # --- bounds ------------------------------------------------------------------------------------------------------

    def bound(self, amount: _Amount) -> tuple[Bound, int]:
        """The bound and where its words start."""
        start = amount.span[0]
        match = _bounds_before().search(self.text[max(0, start - _BOUND_WINDOW) : start])
        if match and not _GONE_UP.search(self.text, max(0, start - _BOUND_WINDOW), start):
            begin = max(0, start - _BOUND_WINDOW) + match.start("phrase")
            if self.is_period(amount, match["phrase"], begin):
                return "exact", start
            return _bound_of(match["phrase"]), begin
        after = _bounds_behind().match(self.text, amount.span[1])
        if after:
            return _bound_after(after["phrase"]), start
        return "exact", start

    def is_period(self, amount: _Amount, phrase: str, begin: int) -> bool:
        """Whether "over three years" tells when, not how much."""
        if phrase.lower() != "over" or amount.unit is None or amount.unit.code not in units.words().times:
            return False
        return not _LASTING.search(self.text[max(0, begin - 10) : begin])

    def is_total(self, amount: _Amount) -> bool:
        before = self.text[max(0, amount.span[0] - _TOTAL_WINDOW) : amount.span[0]].lower().rpartition(". ")[2]
        before = re.split(r"\d", before)[-1]
        return (
            bool(_RISEN.search(before))
            or any(phrase in before for phrase in counting().cumulative)
            or "so far" in self.text[amount.span[1] : amount.span[1] + 60].lower().split(".")[0]
        )


def _bounded(amount: _Amount, bound: Bound) -> tuple[float | None, float | None]:
    low, high = amount.low, amount.high
    if low != high:
        return low, high
    if bound == "at_least":
        return low, None
    if bound == "at_most":
        return None, high
    return low, high


_BEFORE = 24
_PARENT_OF = re.compile(r"\b(?:(?:grand)?(?:mother|father|parent)|mum|mom|dad)s? of \Z", re.I)
_PRONOUNS = ("them", "whom", "which", "us", "it", "you")
_COMPOUND = re.compile(r"-(?!(?:year|month|week|day|old|plus|odd|and|to|or|something)\b)[a-z]{3,}(?=[- ][a-z])")


def _singular(noun: Token) -> str:
    """The lemma of a plural, but for "dos" of "doses"."""
    plural = noun.lower_
    return plural[:-1] if plural.endswith("oses") and noun.lemma_.lower() + "es" == plural else noun.lemma_


def figure(number: Token) -> Token:
    """The token that stands for a number of several in the parse: "[$] 1.4 [billion]"."""
    while number.dep_ in ("compound", "nummod", "quantmod", "nmod") and number.head.pos_ in ("NUM", "SYM"):
        number = number.head
    return number


_NTH = re.compile(
    r"(?i)\b(?:day|week|phase|stage|round|chapter|part|page|night|year|episode|volume|number|gate|platform) \Z"
)
_COPULA = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|[Ii]t|who|[Tt]his|[Tt]hat|[A-Z][\w'-]+) (?:is|was|became|becomes|remains) "
    r"|[A-Z][\w'-]+, (?:\d+, )?)\Z"
)
_ONLY = re.compile(r"(?i)\b(?:only|just|but|exactly) \Z")
_ONE_BEFORE = re.compile(r"(?i)\b(?:from|majority of|margin of|total of|toll of|toll to|then|to|toll at|for|with) \Z")
_ONE_AFTER = re.compile(r"(?:[,;.)]|$| to (?:two|three|four|five|six|\d)| more\b)")
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+) \Z")
_NUMBER_NEAR = re.compile(
    r"(?i)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b[^.;]{0,50}(?:,"
    r"| and|;|,? while|,? but) \Z"
)
_ONE_DID = re.compile(
    r"(?i) (?:was|is|has|had|died|abstained|survived|against|voted|for\b|remains|later|escaped"
    r"|missing|dead|hurt|injured|wounded|critically|seriously|fatally|from|in|at|near|on|by|an?\b|of)"
)
_LIST = re.compile(r"(?:\d[,;:] |\)?: )(?:[A-Z][\w'-]+ ){0,4}(?:[A-Za-z][\w'-]+ )?\Z")
_THOUSANDS = re.compile(r",\d{3}|[a-z]")
_CONTINENTAL = re.compile(r"\d{1,3}\.\d{3}")
_MONEY_SCALE = re.compile(r"(?i) ?(k|m|b|t)\b(?!-)")
#: Behind a sum in one currency that is given in a second in brackets, before the scale of both.
_SHARED_SCALE = re.compile(r"(?: ?\([^()\d\s]{1,4} ?\d[\d.,]*)?\) ?(?P<scale>[A-Za-z]+illion)\b")
_BRACKETED = re.compile(r"[^()\w\s] ?\d[\d.,]* ?\([^()\d\s]{1,4} ?\d[\d.,]*\) ?\Z")
_BRACKET = 30
_SUSPENDED = re.compile(r"-,? (?:(?:and |or )?[\w.]+-,? )*(?:and |or )?[\w.]+-(?P<unit>[a-z]{3,})")
_RISEN = re.compile(
    r"\b(?:rose|risen|rises|rising|climb\w*|jump\w*|grew|grown|went up|increas\w*"
    r"|brings?|bringing|brought)\b[^.;,]{0,40} to (?:at least |about |more than )?\Z"
)
_DEMONYMS = re.compile(r"(?:ans|ards|ers|ites|nes|des|rks|les|eeks|ots|abs|rds|rbs|ats|chs|nns|ais|qis|lis|nis|shis)\Z")
_MINUS = re.compile(r"(?i)(?:\bminus[ -]|(?<![\w)-])[-−](?:[$€£] ?)?)\Z")
_NAME_HYPHEN = re.compile(r"(?:\b[Ll]ast|\b[A-Z][A-Za-z]*|\b[A-Za-z]*[A-Z]\w*|\b[A-Za-z]) ?-\Z")
_NUMBERED = re.compile(r"\b(?:[Nn]os?\.|№|Nr\.?) ?\Z")
_NONE_OF = re.compile(r"(?i)\b(?:none|neither) of (?:the |these |those |its |their |his |her )?\Z")
_RANGE_LINK = re.compile(r"(?i) ?(?:-|–|—)(?:to-)? ?| (?:to|or|and|to as many as|to about|or even)[ -]|-to-?| to-")
_BETWEEN = re.compile(r"\bbetween (?:\w+ ){0,3}[$€£]?\Z")
_FROM = re.compile(r"\bfrom (?:(?!the\b)\w+ ){0,2}[$€£]?\Z")
_TO = re.compile(r" (?:(?:in|last|a|the) [\w ]{2,16} )?to ")
_BY = re.compile(r"\bby (?:\w+ ){0,2}[$€£]?\Z")
_OF_THE = re.compile(r"(?i) of ((?:the|those|these|its|their|his|her|our|your|them|which|whom|all)\b|(?=\d))")
_LASTING = re.compile(r"(?i)\b(?:for|in|after|lasted|lasts|took|takes|of|by|is|was|were|are) \Z")
_AGE_AFTER = re.compile(r"(?i)[- ](?P<unit>years?|months?|weeks?|days?)[- ](?:old\b|of age\b)")
_GONE_UP = re.compile(r"(?i)\b(?:gone|went|goes|going|go|moved|revised|shot) (?:up|down) to \Z")
_AGED = re.compile(
    r"(?i)\b(?:(?:aged?|ages|aging|the (?:oldest|youngest|eldest)(?: of (?:them|whom))?,?(?: (?:is"
    r"|was|being|just|only))*"
    r"|(?:girl|boy|child|man|woman|son|daughter|toddler|youngster|pupil|baby) of"
    r"|at the age of)(?: (?:between|of|from|just|only|about))*"
    r"|\baged? (?:\d+|[a-z]+)(?:, \d+)*,? (?:and|to|or)) \Z"
)
_NAME_COMMA = re.compile(r"(?:[A-Z][\w'-]+|\b(?:he|she|(?P<noun>[a-z-]+)))(?:, | \(|, \()\Z")
_COMMA_AFTER = re.compile(r"[,.;)](?!\d)")


@cache
def _bounds_before() -> re.Pattern[str]:
    table = units.words().bounds
    phrases = alternatives(p for words in table.values() for p in words)
    return re.compile(rf"(?i)(?<![\w])(?P<phrase>{phrases})[ -]?(?:a |an |the |another |further |some )?\Z")


@cache
def _bounds_behind() -> re.Pattern[str]:
    phrases = alternatives(p for words in units.words().bounds_after.values() for p in words)
    return re.compile(rf"(?i)(?: \w+)?[ -]?(?P<phrase>{phrases})(?!\w)")


@cache
def _bound_kinds() -> tuple[dict[str, Bound], dict[str, Bound]]:
    tables = units.words().bounds, units.words().bounds_after
    before, after = ({p.lower(): kind for kind, words in t.items() for p in words} for t in tables)
    return before, after  # type: ignore[return-value]


def _bound_of(phrase: str) -> Bound:
    return _bound_kinds()[0][phrase.lower().replace("-", " ")]


def _bound_after(phrase: str) -> Bound:
    return _bound_kinds()[1][phrase.lower().replace("-", " ")]
