"""The source of a page told into tags and words: no parser, and linear in whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from variorum.errors import InputError

_MARK: Final = re.compile(r"<(?:!--|[a-zA-Z/!?])|&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
# Quotes count only after "=", as in HTML; possessive, so that no page can make it go back.
_REST_OF_TAG: Final = re.compile(r"""(?>[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_NAME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
#: Elements whose content is no words of the page, in the scanner and in the tree alike.
UNSEEN: Final = frozenset({"script", "style", "title", "textarea", "template", "noscript", "iframe", "xmp"})
_CLOSE: Final = {name: re.compile(rf"</{name}[\s/>]", re.I) for name in UNSEEN}
_QUOTED: Final = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_TAGS: Final = 150_000
_LONG, _MOST, _IN_ALL = 1500, 500, 50_000  # characters and attributes of a tag, attributes of all such tags


def seen_words(source: str, name: str) -> Iterator[tuple[int, int | None, str]]:
    """The stretches of a page's source that are words: where each begins, where it ends if it is an entity, its text.

    Raises `InputError` for more tags than any article has, and for tags with so many attributes that no parser, which
    compares each with every other, comes to an end with them in time.
    """
    place, closed, attributes, tags = 0, True, 0, 0
    while (match := _MARK.search(source, place)) is not None:
        yield place, None, source[place : match.start()]
        mark = match[0]
        if mark.startswith("&"):
            place = match.end()
            yield match.start(), match.end(), unescape(mark)
        elif mark == "<!--":
            end = source.find("-->", match.end() - 2) if closed else -1
            closed = end >= 0
            place = end + 3 if closed else len(source)
        else:
            tags += 1
            if tags > _TAGS:
                raise InputError(name, f"a page of over {_TAGS} tags, more than any article; left out")
            rest = _REST_OF_TAG.match(source, match.end())
            end = rest.end() if rest else len(source)
            if end - match.end() > _LONG:
                count = len(_QUOTED.sub("= ", source[match.end() : end]).split())
                attributes += count
                if count > _MOST or attributes > _IN_ALL:
                    raise InputError(name, "a page of tags with thousands of attributes, made to stop its reader")
            place = _after_tag(source, match, end)
    yield place, None, source[place:]


def _after_tag(source: str, match: re.Match[str], end: int) -> int:
    """Where the words go on after a tag, which ends at ``end``, or after an element whose content is none."""
    name = _NAME.match(source, match.end() - 1)
    if name is None or (unseen := name[0].lower()) not in UNSEEN or source[end - 2 : end] == "/>":
        return end
    close = _CLOSE[unseen].search(source, end)
    if close is None:
        return len(source) if unseen in ("script", "style") else end
    after = source.find(">", close.end() - 1)
    return after + 1 if after >= 0 else len(source)
