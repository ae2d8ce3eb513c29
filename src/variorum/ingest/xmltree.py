"""XML that nobody vouches for: no entities expanded, nothing fetched, damage passed over."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING, Final

from variorum.errors import InputError
from variorum.ingest.decode import decode
from variorum.text.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding=["']([\w.-]{2,20})""")
_HEADER: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY: Final = re.compile(r"<!ENTITY", re.I)
_NAMED: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)")  # as HTML knows them, XML does not
_ILLEGAL: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(data: bytes, name: str) -> tuple[Element, str | None]:
    """The root element, and what to tell of damaged letters. Raises `InputError` for what is no XML and for documents
    that declare entities, which news has no use for and bombs are made of."""
    from lxml import etree

    declared = _DECLARED.match(data.lstrip())
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    if isinstance(decoded, str):
        raise InputError(name, decoded)
    text = _HEADER.sub("", decoded.text)
    if "<!DOCTYPE" in text and _ENTITY.search(text):
        raise InputError(name, "it declares entities, which can unfold without end; remove its DOCTYPE to read it")
    text = _NAMED.sub(lambda m: html5.get(m[1], m[0]), _ILLEGAL.sub("\ufffd", text))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as exc:
        raise InputError(name, f"XML that cannot be read ({squeeze(str(exc))[:200]})") from exc
    if root is None:
        raise InputError(name, "XML that cannot be read: it has no element")
    return root, decoded.warning


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Its children of these local names, in their order."""
    return (child for child in (() if element is None else element) if local(child) in names)


def first(element: Element | None, *path: str) -> Element | None:
    """The first element along ``path`` of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str | None:
    """The words of an element with what is in it, squeezed; None where there are none."""
    return squeeze(inner_text(element)) or None


def inner_text(element: Element | None) -> str:
    """All text in an element, as it stands."""
    return "" if element is None else "".join(map(str, element.itertext()))


def markup(element: Element) -> str:
    """What stands in an element, as markup without namespaces. The elements lose theirs."""
    from lxml import etree

    for inner in element.iter():
        if isinstance(inner.tag, str):
            try:
                inner.tag = local(inner)
            except ValueError:  # a damaged file gave it a name that no element may have ("xi:")
                inner.tag = "span"
    etree.cleanup_namespaces(element)
    pieces = [etree.tostring(child, encoding="unicode") for child in element]
    return "".join([escape(element.text or "", quote=False), *pieces])
