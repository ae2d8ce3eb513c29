"""The stage: one story's statements in, its claims, conflicts and checks out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from variorum.compare.checks import find_checks
from variorum.compare.claims.align import Alignment, align, homes, refinements
from variorum.compare.claims.altered import altered_copies
from variorum.compare.claims.echoes import nothing_own
from variorum.compare.claims.newsrooms import Newsrooms
from variorum.compare.claims.retold import retold
from variorum.compare.claims.ruled import regrouped, restated
from variorum.compare.claims.shown import Passage, Reports, fit_to_show, passages
from variorum.compare.claims.support import weigh
from variorum.compare.claims.twice import tellings, told_by_two
from variorum.compare.config import CompareConfig
from variorum.compare.conflicts.beginnings import begun_in
from variorum.compare.conflicts.findings import about_the_category, find_conflicts
from variorum.compare.conflicts.plausible import plausible
from variorum.compare.conflicts.reach import Reach
from variorum.compare.conflicts.tell import tell_conflicts
from variorum.compare.facts.asserting import asserts
from variorum.compare.facts.doubt import denials_about, is_denial, told_as_untrue
from variorum.compare.facts.fact import Fact, place_of, read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.organs import governments
from variorum.compare.facts.stance import is_mentioned, with_stances
from variorum.compare.facts.verdicts import is_untrue, with_verdicts
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import Article, Claim, ClaimStatus, Decision, Entity, Lineage, Outcome, Statement, Story, Support
from variorum.ports import Embedder
from variorum.text.ids import content_id


def compare(
    story: Story,
    articles: Sequence[Article],
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    lineage: Lineage,
    config: CompareConfig,
    embedder: Embedder | None,
) -> Story:
    """``story`` with its claims, conflicts and checks. Records of articles outside the story are ignored; without an
    ``embedder`` structure decides alone. The order of the input does not matter."""
    return compare_ruled(story, articles, statements, entities, lineage, config, embedder, ())[0]


def compare_ruled(
    story: Story,
    articles: Sequence[Article],
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    lineage: Lineage,
    config: CompareConfig,
    embedder: Embedder | None,
    decisions: Sequence[Decision],
) -> tuple[Story, tuple[Outcome, ...]]:
    """As `compare`, where humans have ruled about claims; and what the machine had found about what they ruled on."""
    members = [article for article in in_order(articles) if article.id in story.shares or article.id in story.articles]
    names = Names(entities, governments())
    facts = with_stances(with_verdicts(read_facts(members, statements, names), members), members)
    alignment = align(facts, lineage, names, config, embedder)
    outcomes = regrouped(alignment, decisions)
    titles = {article.id: outlet(article) for article in members}
    altered = altered_copies(alignment.copied, facts, titles, frozenset(a.id for a in members if credited(a)))
    found = find_conflicts(alignment, config, Reach(alignment, embedder, config.reach), altered, titles)
    findings = [f for f in found if f.b in altered.alone or plausible(f, facts, names)]
    grouped = [[facts[i] for i in group] for group in alignment.groups]
    nobodys = frozenset(article.id for article in members if not (article.publisher or credited(article)))
    rooms = Newsrooms(members, lineage, config.owners, statements, retold(grouped, nobodys))
    told = _by_group(findings, alignment)
    taken_back = frozenset(
        finding.a for finding in findings if finding.kind == "denial" and finding.relation == "update"
    )
    denials = list(filter(is_denial, facts))
    wrong = frozenset(f.value_a for f in findings if f.corrected and f.kind == "agent")
    reports = Reports(alignment)
    known = nothing_own(grouped, facts)
    claims = [
        _claim(
            n,
            alignment,
            [f for f in told.get(n, ()) if f.b not in altered.alone or f.b in group],
            denials,
            taken_back,
            wrong,
            *_weighed(group, alignment, lambda told: weigh(told, rooms, names, titles, known)),
            reports,
        )
        for n, group in enumerate(alignment.groups)
    ]
    for specific, generals in refinements(alignment).items():
        claims[specific] = replace(claims[specific], refines=tuple(claims[n].id for n in generals))
    conflicts = tell_conflicts(findings, alignment, [claim.id for claim in claims], titles, altered)
    outcomes += restated(claims, decisions)
    checks = tuple(find_checks(facts, members, names))
    return replace(story, claims=tuple(claims), conflicts=tuple(conflicts), checks=checks), tuple(outcomes)


def outlet(article: Article) -> str:
    """What to call the one whose report an article is."""
    return article.publisher or credited(article) or f"an unnamed outlet ({article.source.rsplit('/', 1)[-1]})"


def credited(article: Article) -> str | None:
    """The agency whose text it says it carries."""
    return next((c.agency for c in article.credits if c.place in ("byline", "dateline", "credit")), None)


def in_order(articles: Sequence[Article]) -> list[Article]:
    """The same whatever order they came in."""
    return sorted(articles, key=place_of)


def _weighed(
    group: Sequence[int],
    alignment: Alignment,
    weigh_them: Callable[[Sequence[Fact]], tuple[Support, Sequence[frozenset[str]]]],
) -> tuple[Sequence[int], Support, Sequence[frozenset[str]]]:
    """The statements of a claim that bear it out best, and how well."""
    found = [(told, *weigh_them([alignment.facts[n] for n in told])) for told in tellings(group, alignment)]
    return max(found, key=lambda one: (one[1].roots[0], one[1].newsrooms[0], one[1].articles))


def _claim(
    group: int,
    alignment: Alignment,
    findings: Sequence[Finding],
    denials: Sequence[Fact],
    taken_back: frozenset[int],
    wrong: frozenset[str],
    witnesses: Sequence[int],
    backing: Support,
    roots: Sequence[frozenset[str]],
    reports: Reports,
) -> Claim:
    members = alignment.groups[group]
    facts = [alignment.facts[n] for n in members]
    dates = sorted(fact.reported for fact in facts if fact.reported)
    ids = tuple(fact.id for fact in facts)
    denied_by = _denied_by(set(members), findings, denials, alignment)
    # A denial that its own side took back later makes nothing disputed.
    standing = [f for f in findings if not (f.denial and f.b in taken_back)]
    gone = {alignment.facts[n].id for n in taken_back}
    told = told_by_two(witnesses, roots, alignment) if backing.roots[0] >= 2 else frozenset()
    shown = fit_to_show(told, alignment)
    told_of = passages(shown, told, dict(zip(witnesses, roots, strict=True)), alignment, reports)
    shown = [n for n in shown if not told_of[alignment.facts[n].id].alone]
    best = clearest([alignment.facts[n] for n in shown] or facts, _denials(findings, alignment), wrong, told_of)
    status = _status(set(members), alignment, standing, [no for no in denied_by if no not in gone], backing, shown)
    return Claim(
        id=content_id("claim", *sorted(ids)),
        # What the reader takes for borne out is what two tell, and not what stands beside it.
        text=told_of[best.id].text if status == "corroborated" else best.statement.text,
        statements=ids,
        status=status,
        support=backing,
        denied_by=denied_by,
        first_reported=dates[0] if dates else None,
        last_reported=dates[-1] if dates else None,
    )


def clearest(
    facts: Sequence[Fact],
    denials: Sequence[Fact] = (),
    wrong: Collection[str] = (),
    told_of: Mapping[str, Passage] = MappingProxyType({}),
) -> Fact:
    """The statement that is best read alone: not the sentence that denies it or has a name that was ``wrong``, opens
    with no pointing word, names things, neither curt nor long, says little beside what is claimed, in the newsroom's
    own words, the earliest among equals. ``told_of``: what may be shown of some of them, by their ids."""

    def worth(fact: Fact) -> float:
        denied = any(fact.statement.article == no.statement.article and _meet(fact, no) for no in denials)
        misnamed = is_untrue(fact) or any(name in fact.statement.text for name in wrong)
        part = told_of.get(fact.id)
        clear = _clarity(fact, part.text if part else fact.statement.text)
        return clear - (4.0 if denied or misnamed else 0.0) - (part.cost if part else 0.0)

    by_id = sorted(facts, key=lambda fact: fact.id, reverse=True)
    return max(sorted(by_id, key=lambda fact: fact.rank), key=worth)


def _denials(findings: Sequence[Finding], alignment: Alignment) -> list[Fact]:
    return [alignment.facts[n] for n in sorted({f.b for f in findings if f.denial})]


def _meet(a: Fact, b: Fact) -> bool:
    """Whether two statements of one article share words."""
    return a.statement.span[0] < b.statement.span[1] and b.statement.span[0] < a.statement.span[1]


def _clarity(fact: Fact, text: str) -> float:
    opening = text.lstrip("\"'“‘ ").split(" ", 1)[0].strip(",.;:").lower()
    score = -2.0 if opening in words().pointing else 0.0
    score -= 1.0 if text[:1].islower() else 0.0
    score -= 1.0 if fact.statement.certainty == "unknown" else 0.0  # "has not denied that it was", beside who says so
    score += 0.3 * min(3, len(fact.names))
    score -= 0.0 if 50 <= len(text) <= 240 else min(2.0, 0.01 * max(50 - len(text), len(text) - 240))
    return (
        score
        + (0.3 if not fact.statement.attribution else 0.0)
        - (0.3 if fact.statement.quote.kind == "direct" else 0.0)
    )


def _by_group(findings: Sequence[Finding], alignment: Alignment) -> dict[int, list[Finding]]:
    """The findings that each group has a part in."""
    group_of = homes(alignment.groups)
    told: dict[int, list[Finding]] = {}
    for finding in findings:
        for group in {group_of[finding.a], group_of[finding.b]}:
            told.setdefault(group, []).append(finding)
    return told


def _denied_by(
    members: set[int], findings: Sequence[Finding], denials: Sequence[Fact], alignment: Alignment
) -> tuple[str, ...]:
    """Statements that deny the claim, and those that repeat it only to say that it is not so, with the sentence behind
    that does."""
    deniers = sorted({f.b for f in findings if f.denial and f.a in members})
    facts = [alignment.facts[n] for n in sorted(members)]
    about = () if any(map(is_denial, facts)) else denials_about(facts, denials)
    untrue = told_as_untrue(facts)
    found = (*(alignment.facts[n].id for n in deniers), *(f.id for f in (*untrue, *about)))
    return tuple(dict.fromkeys((*found, *(f.untrue_by for f in untrue if f.untrue_by))))


def _status(
    members: set[int],
    alignment: Alignment,
    findings: Sequence[Finding],
    denied_by: Sequence[str],
    backing: Support,
    told: Sequence[int],
) -> ClaimStatus:
    """The first that fits, by the low ends of the support; ``told`` are the statements that two sources tell, and not
    by the way."""
    ordered = sorted(members)
    facts = [alignment.facts[n] for n in ordered]
    if all(fact.withdrawn for fact in facts):
        return "superseded"
    if denied_by:
        return "denied"
    if any(_disputed(finding, members, alignment) for finding in findings):
        return "disputed"
    if any(f.relation == "update" and f.a in members and not f.passing for f in findings):
        return "superseded"
    if all(fact.statement.reality == "planned" for fact in facts):
        return "planned"
    if all(map(is_mentioned, facts)):
        return "unclear"
    if backing.roots[0] >= 2:
        return "corroborated" if told and any(map(asserts, facts)) else "unclear"
    return "single_origin" if _known(facts) else "unclear"


def _disputed(finding: Finding, members: set[int], alignment: Alignment) -> bool:
    """Whether a claim is contradicted in what it is about, not in what it names in passing."""
    found = members & {finding.a, finding.b}
    if finding.relation != "contradiction" or not found:
        return False
    if finding.kind == "place":  # where it began, which is not in dispute of what tells that it was
        return all(begun_in(alignment.facts[n].words) for n in members)
    return finding.kind != "category" or any(about_the_category(alignment.facts[n], finding.about) for n in found)


def _known(facts: Sequence[Fact]) -> bool:
    """Whether anybody says that it is or was so, and not only asks or supposes."""
    return any(f.statement.certainty != "unknown" or f.statement.reality != "unknown" for f in facts)
