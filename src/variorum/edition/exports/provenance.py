"""The edition as PROV-JSON: what was taken from where, and who answers for it. https://www.w3.org/TR/prov-dm/"""

from __future__ import annotations

import json
from typing import Any, Final

from variorum.edition.exports.writing import json_bytes, library, value_of, web
from variorum.edition.wording import Wording, elided
from variorum.model import Claim, Edition, Link, Statement
from variorum.text.ids import content_id
from variorum.text.normalise import fold

_NAMES: Final = {"vr": "urn:variorum:", "schema": "https://schema.org/", "dct": "http://purl.org/dc/terms/"}


def to_prov(edition: Edition) -> bytes:
    """Articles, origins, root sources and claims as entities; newsrooms, agencies and other sources as agents.

    A copy or excerpt `wasQuotedFrom` its parent (in PROV a quotation may be of all of it), a rewrite `wasDerivedFrom`
    it, a revision `wasRevisionOf` it; what only credits it `hadPrimarySource` there. A claim `wasQuotedFrom` the
    articles that state it and `hadPrimarySource` the accounts of its root sources. Raises `MissingDependencyError`
    without the package prov.
    """
    model = library("prov.model", "PROV-JSON", "exports")
    writer = _Writer(Wording(edition), model.ProvDocument())
    writer.write()
    return json_bytes(json.loads(writer.document.serialize(format="json")))


class _Writer:
    """Adds the records of one edition to a document; relations have names of their own, which makes them the same on
    every run."""

    def __init__(self, wording: Wording, document: Any) -> None:
        self.document = document
        self._wording = wording
        self._there: set[str] = set()
        for prefix, uri in _NAMES.items():
            document.add_namespace(prefix, uri)

    def write(self) -> None:
        """All of it, in the order of the edition."""
        edition = self._wording.edition
        made = self._made()
        self._articles(made)
        for origin in edition.lineage.origins:
            entity = _name(origin.id)
            about = {"prov:type": "vr:Origin", "prov:label": origin.label, "vr:inCollection": origin.in_collection}
            self.document.entity(entity, self._known(about))
            if origin.kind in {"agency", "newsroom"}:
                self._attribute(entity, origin.label.removesuffix(" dispatch").removesuffix(" report"), origin.kind)
        for link in edition.lineage.links:
            self._link(link)
        for claim in self._wording.claims.values():
            self._claim(claim, made)

    def _made(self) -> str:
        """The activity that made the edition, and the software that did."""
        edition, document = self._wording.edition, self.document
        activity = "vr:" + content_id("run", *(a.id for a in edition.articles))
        software = {"prov:type": "prov:SoftwareAgent", "prov:label": "Variorum"}
        version = {"schema:softwareVersion": edition.producer.version}
        document.agent("vr:variorum", self._known(software | version))
        document.activity(activity, other_attributes=self._known({"prov:type": "vr:Collation"}))
        document.wasAssociatedWith(activity, "vr:variorum", identifier=f"{activity}-by")
        return activity

    def _articles(self, made: str) -> None:
        for article in self._wording.edition.articles:
            about = {
                "prov:type": "schema:NewsArticle",
                "prov:label": article.title,
                "dct:issued": value_of(article.published),
                "dct:modified": value_of(article.modified),
                "dct:language": article.language,
                "schema:url": web(article.canonical_url) or web(article.url),
            }
            entity = _name(article.id)
            self.document.entity(entity, self._known(about))
            self.document.used(made, entity, identifier="vr:" + content_id("u", article.id))
            if article.publisher:
                self._attribute(entity, article.publisher, "newsroom")

    def _link(self, link: Link) -> None:
        child, parent = _name(link.child), _name(link.parent)
        about = self._known(
            {
                "vr:kind": link.kind,
                "vr:shareOfChild": link.share_of_child,
                "vr:confidence": link.confidence,
                "vr:evidence": "; ".join(link.evidence) or None,
            }
        )
        relation = {
            "revision": self.document.wasRevisionOf,
            "credit": self.document.hadPrimarySource,
            "excerpt": self.document.wasQuotedFrom,
            "copy": self.document.wasQuotedFrom,
        }.get(link.kind, self.document.wasDerivedFrom)
        name = "vr:" + content_id("l", link.parent, link.child, link.kind)
        relation(child, parent, identifier=name, other_attributes=about)

    def _claim(self, claim: Claim, made: str) -> None:
        entity = _name(claim.id)
        about = {"prov:type": "schema:Claim", "prov:value": elided(claim.text), "vr:status": claim.status}
        self.document.entity(entity, self._known(about))
        self.document.wasGeneratedBy(entity, made, identifier="vr:" + content_id("g", claim.id))
        said = self._wording.said(claim.statements)
        for article in dict.fromkeys(s.article for s in said):
            quotation = "vr:" + content_id("q", claim.id, article)
            self.document.wasQuotedFrom(entity, _name(article), identifier=quotation)
        for name, kind, where in dict.fromkeys(map(_root, said)):
            if name:
                account = self._account(name, kind, where)
                self.document.hadPrimarySource(entity, account, identifier="vr:" + content_id("h", claim.id, account))

    def _account(self, name: str, kind: str, where: str) -> str:
        """What a root source said, by whomever it is passed on."""
        account = "vr:" + content_id("account", name, kind, where)
        if account not in self._there:
            self._there.add(account)
            about = {"prov:type": "vr:Account", "prov:label": f"What {name} said"}
            self.document.entity(account, self._known(about))
            self._attribute(account, name, kind, where)
        return account

    def _attribute(self, entity: str, name: str, kind: str, where: str = "") -> None:
        """``entity`` to the agent called ``name``, who is made once, however often and in whatever case named."""
        agent = "vr:" + content_id("agent", fold(name), where)
        if agent not in self._there:
            self._there.add(agent)
            person = "prov:Person" if kind == "person" else "prov:Organization"
            kinds = {} if kind in {"unnamed", "document"} else {"prov:type": person}
            self.document.agent(agent, self._known({"prov:label": name, "vr:kind": kind} | kinds))
        self.document.wasAttributedTo(entity, agent, identifier="vr:" + content_id("by", entity, agent))

    def _known(self, about: dict[str, Any]) -> dict[str, Any]:
        """What is known; types are names, not words."""
        values = {k: v for k, v in about.items() if v is not None}
        if "prov:type" in values:
            values["prov:type"] = self.document.valid_qualified_name(values["prov:type"])
        return values


def _root(said: Statement) -> tuple[str | None, str, str]:
    """Name, kind and, of a source that no report names, the article: two of them need not be one."""
    return said.root.name, said.root.kind, said.article if said.root.kind == "unnamed" else ""


def _name(identity: str) -> str:
    """A local name that holds of any id, also of those that users give their articles."""
    plain = identity.replace("-", "").replace("_", "")
    return "vr:" + (identity if plain.isascii() and plain.isalnum() else content_id("id", identity))
