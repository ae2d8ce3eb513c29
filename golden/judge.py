"""Hold an edition to its gold, finding by finding (the rules are in GUIDE.md).

python golden/judge.py sample          what is met, and every finding that is not
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

import variorum
from variorum.model import Article, Conflict, Edition, Quantity, Span, Statement
from variorum.text.normalise import flat_quotes, fold

HERE: Final = Path(__file__).parent
#: Each collection: where its texts are and where its gold is.
COLLECTIONS: Final = {
    "sample": (HERE.parent / "src/variorum/data/sample", HERE / "sample/gold.yaml"),
    "ferry": (HERE / "ferry/texts", HERE / "ferry/gold.yaml"),
}
#: Ten more, of which five are kept: who tunes the comparison sees of them only how many findings are met.
OPEN: Final = ("accident", "strike", "verdict", "storm", "transfer")
#: Three more on other kinds of event, open like the first: of an edition only claims and conflicts.
FRESH: Final = ("derailment", "ballot", "theft")
KEPT: Final = ("election", "outbreak", "merger", "protest", "ceasefire")
MORE: Final = {
    name: (HERE / "collections" / name / "texts", HERE / "collections" / name / "gold.yaml")
    for name in (*OPEN, *FRESH, *KEPT)
    if (HERE / "collections" / name / "gold.yaml").exists()
}
#: Chrome of these kinds may also be absent from the text of a page: extraction has left it out already.
ABSENT_OK: Final = {"boilerplate", "related", "byline", "dateline", "caption", "credit", "title", "standfirst"}

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding of the gold: its id, whether the output has it, and what stands there instead."""

    id: str
    met: bool
    found: str = ""


def load(name: str) -> Gold:
    """The gold of a collection."""
    gold: Gold = yaml.safe_load((COLLECTIONS | MORE)[name][1].read_text("utf-8"))
    return gold


@cache
def collated(name: str) -> Edition:
    """The edition of a collection; made once a process."""
    return variorum.collate([(COLLECTIONS | MORE)[name][0]])


class Judge:
    """Looks findings of one gold file up in one edition."""

    def __init__(self, edition: Edition, gold: Gold) -> None:
        self.edition, self.gold = edition, gold
        self.articles = {_file(a): a for a in edition.articles}
        self.names = {a.id: file for file, a in self.articles.items()}
        self.statements: dict[str, list[Statement]] = {}
        for statement in edition.statements:
            self.statements.setdefault(statement.article, []).append(statement)
        self.claims = [claim for story in edition.stories for claim in story.claims]
        self.conflicts = [conflict for story in edition.stories for conflict in story.conflicts]
        self.claim_of = {s: claim for claim in self.claims for s in claim.statements}

    def verdicts(self) -> Iterator[Verdict]:
        """Every finding of the gold, in its order; a finding whose id was there before gets a number."""
        seen: Counter[str] = Counter()
        for verdict in self._all():
            seen[verdict.id] += 1
            times = seen[verdict.id]
            yield verdict if times == 1 else replace(verdict, id=f"{verdict.id} ({times})")

    def _all(self) -> Iterator[Verdict]:
        for part in (
            self._articles, self._chrome, self._blocks, self._entities, self._designations, self._statements,
            self._groups, self._links, self._not_linked, self._origins, self._stories, self._claims,
            self._conflicts, self._not_conflicts, self._not_same, self._checks, self._timeline, self._brief,
            self._problems,
        ):  # fmt: skip
            yield from part()

    def alignment(self) -> tuple[int, int, int]:
        """Pairs of the gold's words, each in another article: joined as the gold has them, joined though it has them
        apart, and parted though it has them together. Words of two claims that one sentence says are not set apart."""
        refs = [
            (number, ref["file"], [self.claim_of[s.id].id for s in self._covering(ref)[:2] if s.id in self.claim_of])
            for number, gold in enumerate(self.gold.get("claims", ()))
            for ref in gold["words"]
        ]
        right = wrong = missed = 0
        for n, (claim, file, found) in enumerate(refs):
            for other, where, told in refs[n + 1 :]:
                joined = bool(set(found) & set(told))
                if claim == other:
                    right, missed = right + joined, missed + (not joined)
                elif file != where:
                    wrong += bool(set(found[:1]) & set(told[:1]))
        return right, wrong, missed

    # --- words to spans ---

    def _where(self, ref: Gold) -> tuple[Article, Span] | None:
        article = self.articles.get(ref["file"])
        if article is None:
            return None
        pattern = r"\s+".join(re.escape(w) for w in flat_quotes(ref["words"]).split())
        found = re.search(pattern, flat_quotes(article.text))
        return (article, found.span()) if found else None

    def _covering(self, ref: Gold) -> list[Statement]:
        """The statements that cover at least half of the words, those that fit them most closely first."""
        place = self._where(ref)
        if place is None:
            return []
        article, span = place
        fits = [
            (common / max(_length(s.span), _length(span)), s)
            for s in self.statements.get(article.id, ())
            if 2 * (common := _overlap(s.span, span)) >= _length(span)
        ]
        return [s for _, s in sorted(fits, key=lambda pair: -pair[0])]

    # --- articles ---

    def _articles(self) -> Iterator[Verdict]:
        for gold in self.gold.get("articles", ()):
            article = self.articles.get(gold["file"])
            for field in ("title", "publisher", "authors", "agencies", "published"):
                if field in gold:
                    found = getattr(article, field, None)
                    met = article is not None and _field_met(field, gold[field], found)
                    yield Verdict(f"article/{gold['file']}/{field}", met, f"{gold[field]!r} ≠ {found!r}")

    def _chrome(self) -> Iterator[Verdict]:
        for gold in self.gold.get("articles", ()):
            for words in gold.get("chrome", ()):
                place = self._where({"file": gold["file"], "words": words})
                said = place and [s for s in self.statements.get(place[0].id, ()) if _overlap(s.span, place[1])]
                yield Verdict(f"chrome/{gold['file']}/{words[:50]}", not said, str(said and said[0].text))

    def _blocks(self) -> Iterator[Verdict]:
        for gold in self.gold.get("articles", ()):
            for block in gold.get("blocks", ()):
                place = self._where({"file": gold["file"], **block})
                kinds = _kinds(*place) if place else []
                met = block["kind"] in kinds if place else block["kind"] in ABSENT_OK and ".txt" not in gold["file"]
                yield Verdict(f"block/{gold['file']}/{block['kind']}/{block['words'][:40]}", met, str(kinds))

    def _entities(self) -> Iterator[Verdict]:
        for gold in self.gold.get("entities", ()):
            wanted = {fold(n) for n in [gold["name"], *gold.get("aliases", ())]}
            best = max(
                self.edition.entities, key=lambda e: len(wanted & {fold(n) for n in (e.name, *e.aliases)}), default=None
            )
            names = {fold(n) for n in (best.name, *best.aliases)} if best else set()
            met = best is not None and all(_has_name(n, names) for n in wanted)
            met = met and best is not None and gold.get("kind", best.kind) == best.kind
            if met and best and gold.get("role"):
                met = _same_name(gold["role"], best.role)
            found = best and wanted & names and (best.kind, best.name, best.aliases, best.role)
            yield Verdict(f"entity/{gold['name']}", met, f"{gold} ≠ {found}")

    def _designations(self) -> Iterator[Verdict]:
        for ref in self.gold.get("not_names_as_numbers", ()):
            place = self._where(ref)
            held = place and [q for s in self.statements.get(place[0].id, ()) for q in s.quantities]
            digits = {float(d) for d in re.findall(r"\d+", ref["words"])}
            wrong = [q for q in held or () if place and _overlap(q.span, place[1]) and {q.low, q.high} & digits]
            yield Verdict(f"name/{ref['file']}/{ref['words']}", place is not None and not wrong, str(wrong))

    # --- statements ---

    def _statements(self) -> Iterator[Verdict]:
        for gold in self.gold.get("statements", ()):
            tried = [(self._misses(gold, s), s) for s in self._covering(gold)]
            misses, best = min(tried, key=lambda pair: len(pair[0]), default=(["no statement"], None))
            found = f"{'; '.join(misses)} in {best.text[:150]!r}" if best else "no statement there"
            yield Verdict(f"statement/{gold['file']}/{gold['words'][:60]}", not misses, found)

    def _misses(self, gold: Gold, s: Statement) -> list[str]:
        misses = [
            f"{name} {gold[name]!r} ≠ {found!r}"
            for name, found in (("polarity", s.polarity), ("certainty", s.certainty), ("reality", s.reality))
            if name in gold and gold[name] != found
        ]
        if "root" in gold and not self._is_root(gold["root"], s):
            misses.append(f"root {gold['root']!r} ≠ {s.root.name!r}")
        if "root_kind" in gold and gold["root_kind"] != s.root.kind:
            misses.append(f"root_kind {gold['root_kind']} ≠ {s.root.kind}")
        if "quote" in gold and gold["quote"] != s.quote.kind:
            misses.append(f"quote {gold['quote']} ≠ {s.quote.kind}")
        if "stance" in gold and s.attribution and gold["stance"] != s.attribution[-1].stance:
            misses.append(f"stance {gold['stance']} ≠ {s.attribution[-1].stance}")
        if "chain" in gold and not self._is_chain(gold["chain"], s):
            misses.append(f"chain {gold['chain']} ≠ {[a.name for a in s.attribution]}")
        if gold.get("event_time"):
            found = s.event_time and {"begin": s.event_time.begin, "end": s.event_time.end}
            if not found or any((found[k] or "")[:10] != v for k, v in gold["event_time"].items()):
                misses.append(f"event_time {gold['event_time']} ≠ {found}")
        misses += [f"quantity {q}" for q in gold.get("quantities", ()) if not _has_quantity(q, s.quantities)]
        return misses

    def _is_root(self, name: str, s: Statement) -> bool:
        return self._is_named(name, s.root.name, s.root.entity)

    def _is_named(self, wanted: str, name: str | None, entity_id: str | None) -> bool:
        """By its name or any that its entity goes by."""
        entity = next((e for e in self.edition.entities if e.id == entity_id), None)
        return any(_same_name(wanted, n) for n in (name, *((entity.name, *entity.aliases) if entity else ())))

    def _is_chain(self, names: Sequence[str], s: Statement) -> bool:
        """An agency of the byline or dateline covers the whole report; it may be left out of a chain or stand in it."""
        credited = {c.agency for article in self.edition.articles if article.id == s.article for c in article.credits}
        if len(names) > len(s.attribution) and any(_same_name(names[0], agency) for agency in credited):
            names = names[1:]
        return len(names) == len(s.attribution) and all(
            self._is_named(n, a.name, a.entity) for n, a in zip(names, s.attribution, strict=True)
        )

    # --- lineage and stories ---

    def _groups(self) -> Iterator[Verdict]:
        component = self._components()
        for group in self.gold.get("lineage", {}).get("groups", ()):
            found = {component.get(file) for file in group}
            yield Verdict(f"lineage/group/{'+'.join(group)}", len(found) == 1 and None not in found, str(found))

    def _components(self) -> dict[str, str]:
        parent = {**{i: i for i in self.names}, **{o.id: o.id for o in self.edition.lineage.origins}}

        def top(i: str) -> str:
            while parent.setdefault(i, i) != i:
                i = parent[i]
            return i

        for link in self.edition.lineage.links:
            parent[top(link.child)] = top(link.parent)
        return {file: top(article.id) for file, article in self.articles.items()}

    def _links(self) -> Iterator[Verdict]:
        links = self.edition.lineage.links
        labels = {o.id: o.label for o in self.edition.lineage.origins} | self.names
        for gold in self.gold.get("lineage", {}).get("links", ()):
            of_child = [(labels.get(k.parent, ""), k.kind) for k in links if self.names.get(k.child) == gold["child"]]
            met = any(
                (p == gold["parent"] or ("." not in gold["parent"] and _same_name(gold["parent"], p)))
                and gold.get("kind", kind) == kind
                for p, kind in of_child
            )
            yield Verdict(f"lineage/link/{gold['parent']}→{gold['child']}/{gold.get('kind', '')}", met, str(of_child))

    def _not_linked(self) -> Iterator[Verdict]:
        linked = {
            frozenset((self.names.get(k.parent), self.names.get(k.child))): k.kind
            for k in self.edition.lineage.links
            if k.kind != "credit"
        }
        for pair in self.gold.get("lineage", {}).get("not_linked", ()):
            kind = linked.get(frozenset(pair))
            yield Verdict(f"lineage/not_linked/{'+'.join(pair)}", kind is None, str(kind))

    def _origins(self) -> Iterator[Verdict]:
        found = [
            (o.label, o.kind, o.in_collection, {self.names.get(a, a) for a in o.articles})
            for o in self.edition.lineage.origins
        ]
        for gold in self.gold.get("lineage", {}).get("origins", ()):
            met = any(
                _same_name(gold["label"], label)
                and gold.get("kind", kind) == kind
                and gold.get("in_collection", there) == there
                and set(gold.get("articles", files)) <= files
                for label, kind, there, files in found
            )
            near = [f for f in found if set(gold.get("articles", ())) & f[3]]
            yield Verdict(f"lineage/origin/{gold['label']}", met, f"{gold} ≠ {near}")

    def _stories(self) -> Iterator[Verdict]:
        found = [{self.names.get(a, a) for a in story.articles} for story in self.edition.stories]
        for number, files in enumerate(self.gold.get("stories", ()), 1):
            yield Verdict(f"story/{number}", set(files) in found, str(found))

    # --- claims and conflicts ---

    def _claims(self) -> Iterator[Verdict]:
        for number, gold in enumerate(self.gold.get("claims", ()), 1):
            per_ref = [{self.claim_of[s.id].id for s in self._covering(ref)[:2] if s.id in self.claim_of}
                       for ref in gold["words"]]  # fmt: skip
            common = set.intersection(*per_ref) if per_ref else set()
            key = f"claim/{number} {gold['words'][0]['words'][:50]}"
            yield Verdict(f"{key}/aligned", bool(common), str([sorted(p) for p in per_ref]))
            candidates = [c for c in self.claims if c.id in (common or set().union(*per_ref))]
            for field in ("status", "newsrooms", "roots"):
                if field in gold:
                    found = [c.status if field == "status" else list(getattr(c.support, field)) for c in candidates]
                    yield Verdict(f"{key}/{field}", gold[field] in found, f"{gold[field]} ≠ {found}")

    def _conflicts(self) -> Iterator[Verdict]:
        for number, gold in enumerate(self.gold.get("conflicts", ()), 1):
            readings = [{s.id for ref in r["words"] for s in self._covering(ref)} for r in gold["readings"]]
            near = [c for c in self.conflicts if _touches(c, readings)]
            met = any(
                c.relation == gold["relation"]
                and gold.get("kind", c.kind) == c.kind
                and _has_readings(c, readings, gold["relation"] == "update")
                for c in near
            )
            values = " | ".join(r["value"] for r in gold["readings"])
            found = [(c.relation, c.kind, [r.value for r in c.readings]) for c in near]
            yield Verdict(f"conflict/{number} {gold['relation']} {values[:70]}", met, str(found))

    def _not_conflicts(self) -> Iterator[Verdict]:
        for number, pair in enumerate(self.gold.get("not_conflicts", ()), 1):
            sides = [{s.id for s in self._covering(ref)[:1]} for ref in pair]
            wrong = [
                c
                for c in self.conflicts
                if c.relation in {"contradiction", "update"} and _has_readings(c, sides, False)
            ]
            yield Verdict(
                f"not_conflict/{number} {pair[0]['words'][:50]}", not wrong, str([c.explanation for c in wrong])
            )

    def _not_same(self) -> Iterator[Verdict]:
        for number, pair in enumerate(self.gold.get("not_same", ()), 1):
            first, second = (
                {self.claim_of[s.id].id for s in self._covering(r)[:1] if s.id in self.claim_of} for r in pair
            )
            yield Verdict(f"not_same/{number} {pair[0]['words'][:50]}", not first & second, str(first & second))

    # --- checks, timeline, brief, problems ---

    def _checks(self) -> Iterator[Verdict]:
        checks = [check for story in self.edition.stories for check in story.checks]
        for number, gold in enumerate(self.gold.get("checks", ()), 1):
            over = {s.id for s in self._covering(gold)}
            near = [c for c in checks if over & set(c.statements)]
            met = any(c.kind == gold["kind"] and c.holds == gold["holds"] for c in near)
            yield Verdict(
                f"check/{number} {gold['words'][:50]}", met, str([(c.kind, c.holds, c.explanation) for c in near])
            )

    def _timeline(self) -> Iterator[Verdict]:
        entries = [entry for story in self.edition.stories for entry in story.timeline]
        for number, gold in enumerate(self.gold.get("timeline", ()), 1):
            ids = {self.claim_of[s.id].id for r in gold["words"] for s in self._covering(r) if s.id in self.claim_of}
            near = [e for e in entries if ids & set(e.claims)]
            met = any(
                e.begin[:10] == gold["begin"]
                and (gold.get("end") is None or (e.end or "")[:10] == gold["end"])
                and gold.get("status", e.status) == e.status
                for e in near
            )
            found = [(e.begin, e.end, e.status) for e in near]
            yield Verdict(f"timeline/{number} {gold['begin']} {gold['words'][0]['words'][:40]}", met, str(found))

    def _brief(self) -> Iterator[Verdict]:
        text = fold(" ".join(b.text for story in self.edition.stories for b in story.brief))
        gold = self.gold.get("brief", {})
        for number, item in enumerate(gold.get("must_say", ()), 1):
            met = any(fold(words) in text for words in item["any_of"])
            yield Verdict(f"brief/says/{number} {item['any_of'][0][:40]}", met, text if number == 1 else "")
        for words in gold.get("must_not_say", ()):
            yield Verdict(f"brief/not/{words[:50]}", fold(words) not in text)

    def _problems(self) -> Iterator[Verdict]:
        for gold in self.gold.get("problems", ()):
            near = [p.reason for p in self.edition.problems if gold["source"] in p.source]
            met = any(fold(gold.get("reason", "")) in fold(reason) for reason in near)
            yield Verdict(f"problem/{gold['source']}", met, str(near))


def _has_name(wanted: str, names: set[str]) -> bool:
    """A title before a surname may stand in an alias, or be left to the role."""
    return wanted in names or (wanted.count(" ") == 1 and wanted.split()[1] in names)


def _file(article: Article) -> str:
    path, _, url = article.source.partition("#")
    return Path(path).name + (f"#{url}" if url else "")


def _length(span: Span) -> int:
    return max(span[1] - span[0], 1)


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _kinds(article: Article, span: Span) -> list[str]:
    return [b.kind for b in article.blocks if 2 * _overlap(b.span, span) >= _length(span) or _inside(b.span, span)]


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


_SMALL: Final = frozenset(
    {"the", "a", "an", "of", "for", "by", "s", "and", "dispatch", "report", "agency", "news", "com"}
)


def _same_name(wanted: str | None, found: str | None) -> bool:
    """The same words but for small ones and order; or the shorter's all in the longer, making up half of it."""
    if wanted is None or found is None:
        return wanted == found
    a, b = ({w for w in re.findall(r"\w+", fold(n)) if w not in _SMALL} for n in (wanted, found))
    if not a or not b:
        return fold(wanted) == fold(found)
    small, large = sorted((a, b), key=len)
    squeezed = {"".join(re.findall(r"\w+", fold(n))) for n in (wanted, found)}
    return (small <= large and 2 * len(small) >= len(large)) or len(squeezed) == 1


def _field_met(field: str, wanted: Any, found: Any) -> bool:
    if field == "published":
        if wanted is None or found is None:
            return (wanted is None) == (found is None)
        value = str(wanted["value"])
        same = found.value.startswith(value) or value.startswith(found.value)
        return same and wanted.get("basis", found.basis) == found.basis
    if field in {"authors", "agencies"}:
        return len(wanted) == len(found) and all(any(_same_name(w, f) for f in found) for w in wanted)
    if field == "publisher":
        return _same_name(wanted, found) or bool(wanted and found and _same_site(wanted, found))
    return (wanted and fold(wanted)) == (found and fold(found))


def _same_site(a: str, b: str) -> bool:
    first, second = ("".join(re.findall(r"\w", fold(n).removeprefix("www.").rsplit(".", 1)[0])) for n in (a, b))
    return first.removeprefix("the") == second.removeprefix("the")


def _has_quantity(gold: Gold, found: Iterable[Quantity]) -> bool:
    def same(q: Quantity) -> bool:
        return all(
            _same_unit(gold[key], q.unit) if key == "unit" else gold[key] == getattr(q, key)
            for key in ("low", "high", "bound", "unit", "role")
            if key in gold
        )

    return any(map(same, found))


def _same_unit(wanted: str | None, found: str | None) -> bool:
    if wanted is None or found is None:
        return wanted == found
    return fold(found) in fold(wanted) or fold(wanted) in fold(found)


def _touches(conflict: Conflict, readings: Sequence[set[str]]) -> bool:
    held = {s for reading in conflict.readings for s in reading.statements}
    return sum(bool(held & ids) for ids in readings) >= 1


def _has_readings(conflict: Conflict, readings: Sequence[set[str]], ordered: bool) -> bool:
    """Each gold reading stands in a reading of its own (in the same order, for an update)."""
    places = []
    for ids in readings:
        at = [i for i, r in enumerate(conflict.readings) if ids & set(r.statements) and i not in places]
        if not at:
            return False
        places.append(at[0])
    return places == sorted(places) if ordered else True


def main() -> None:
    """Judge collections from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", default=sorted(COLLECTIONS))
    parser.add_argument("--all", action="store_true", help="the ten more too; of the kept ones only the totals")
    options = parser.parse_args()
    tallies: dict[str, Counter[str]] = {}
    for name in [*options.collections, *(sorted(MORE) if options.all else ())]:
        judge = Judge(collated(name), load(name))
        verdicts = list(judge.verdicts())
        _add(tallies.setdefault(_half(name), Counter()), judge, verdicts)
        for verdict in verdicts:
            if not verdict.met and name not in KEPT and not options.all:
                print(f"- {verdict.id}\n      {verdict.found[:400]}")
        kinds = Counter(v.id.split("/")[0] for v in verdicts)
        met = Counter(v.id.split("/")[0] for v in verdicts if v.met)
        print(f"{name}: {sum(met.values())} of {len(verdicts)} findings met")
        print("  " + ", ".join(f"{kind} {met[kind]}/{total}" for kind, total in kinds.items()))
    for kind, tally in tallies.items():
        print(f"{kind}: {_figures(tally)}")


def _half(name: str) -> str:
    return "kept" if name in KEPT else "fresh" if name in FRESH else "open"


def _add(tally: Counter[str], judge: Judge, verdicts: Sequence[Verdict]) -> None:
    right, wrong, missed = judge.alignment()
    counts = [v.met for v in verdicts if v.id.startswith("claim/") and v.id.endswith(("/newsrooms", "/roots"))]
    tally.update(right=right, wrong=wrong, missed=missed, counted=sum(counts), counts=len(counts))


def _figures(tally: Counter[str]) -> str:
    """How well claims are aligned, by pairs, and how many support counts are right."""
    precision = tally["right"] / max(1, tally["right"] + tally["wrong"])
    recall = tally["right"] / max(1, tally["right"] + tally["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    share = tally["counted"] / max(1, tally["counts"])
    return (
        f"aligned P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({tally['right'] + tally['missed']} pairs), "
        f"support counts right {share:.3f} of {tally['counts']}"
    )


if __name__ == "__main__":
    sys.exit(main())
