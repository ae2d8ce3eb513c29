"""Words of an article, of its page's tree and of its page's bytes are the same words."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from variorum.ingest import Ingest, IngestConfig, raw_span
from variorum.ingest.anchors import words_at
from variorum.model import Article

PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>The mill at Orrin burns | Dale Post</title></head>
<body><nav><a href="/">The mill at Orrin burns</a></nav><article><h1>The mill at Orrin burns</h1>
<p class=lead title='5 > 4'>Fire&nbsp;broke out in the old mill at Orrin on Friday night &mdash; the third in a year,
the Bürgermeister<!-- not <p>this</p> --> said <b>&quot;with&#160;regret&#x22;</b>, and nobody was hurt in it.</p>
<script>var a = "<p>Fire broke out in the old mill</p>";</script>
<p>By morning the roof had gone, <em>and</em> only the wheel stood; the fire brigade of Dale left at noon.<br>
It had pumped the mill pond dry, and then the brook, a spokeswoman said on the bank of what was left of it.</p>
<p>By morning the roof had gone, and only the wheel stood.</p>
<p>&ldquo;We&rsquo;ll build it again,&rdquo; said Ada Brück, who runs the caf&eacute; beside it &amp; owns a share.</p>
<p>By morning the roof had gone, and only the wheel stood.</p></article></body></html>"""


def read(data: bytes) -> Article:
    """The article of one page."""
    opened = io.BytesIO(data)
    opened.name = "page.html"
    (article,) = (a for a in Ingest(IngestConfig(keep_short=True)).read([opened]) if isinstance(a, Article))
    return article


def bare(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s+", "", text)


def held(article: Article, data: bytes, tree: html.HtmlElement) -> int:
    """How many blocks have both anchors; both must hold the block's words."""
    both = 0
    assert article.raw is not None
    assert article.raw.sha256 == sha256(data).hexdigest()
    for block in article.blocks:
        words = bare(article.text[slice(*block.span)])
        if block.raw is None:
            continue
        if block.raw.path and block.raw.span:
            (element,) = tree.xpath(block.raw.path)
            assert bare("".join(element.itertext())[slice(*block.raw.span)]) == words
        if block.raw.bytes:
            assert words_at(data, block.raw.bytes, article.raw.encoding or "") == words
        both += bool(block.raw.span and block.raw.bytes)
    return both


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_every_block_is_anchored_twice(charset: str) -> None:
    """In any encoding, with entities, comments, scripts and line breaks in the way."""
    source = PAGE.format(charset=charset)
    data = source.encode(charset)
    article = read(data)
    assert len(article.blocks) == 7
    assert held(article, data, html.document_fromstring(source, parser=html.HTMLParser(remove_comments=True))) == 7


def test_the_same_words_twice_have_two_places() -> None:
    """A paragraph that stands there twice is anchored at both, in order, and a headline not in the navigation."""
    data = PAGE.encode()
    article = read(data)
    places = [b.raw.bytes for b in article.blocks if b.raw and b.raw.bytes]
    assert places == sorted(places)
    assert places[0][0] > data.index(b"</nav>")
    assert len(set(places)) == len(article.blocks)


def test_any_span_can_be_proven() -> None:
    """From words of the text to bytes of the record, and nothing for what is no longer that record."""
    data = PAGE.encode()
    article = read(data)
    for words in ("Bürgermeister said", "“We’ll build it again,” said Ada", "café beside it & owns", "wheel"):
        begin = article.text.index(words)
        found = raw_span(article, (begin, begin + len(words)), data)
        assert found is not None
        assert words_at(data, found, "utf-8") == bare(words)
    assert raw_span(article, (0, 3), data.replace(b"mill", b"hall")) is None
    assert raw_span(replace(article, blocks=()), (0, 3), data) is None


def test_names_that_xpath_does_not_bear() -> None:
    """Elements with a prefix nobody declared, or with half of an attribute in their name, cost their path alone."""
    filler = "The brook at Orrin ran dry on Friday, and the mill beside it stood in a bed of mud, the miller said."
    odd = f'<fb:like><p>{filler} One.</p></fb:like><x="1"><p>{filler} Two.</p></x="1"><o:p>{filler} Three.</o:p>'
    data = f"<html><body><article><p>{filler}</p>{odd}</article></body></html>".encode()
    article = read(data)
    assert all(b.raw and b.raw.bytes for b in article.blocks)
    assert "Two." in article.text


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="<&"), max_size=30
)
_INLINE = st.sampled_from(
    ["<b>", "</b>", "<i class='a>b'>", "</i>", "<!-- x > y -->", "<br>", "<img alt=\"a > b\">", "&amp;", "&nbsp;",
     "&eacute;", "&#8212;", "&#x201c;", "<script>if (a<b) c()</script>", "<a href=x?a=1&b=2>", "</a>", "<span\n>",
     "</span>", "&", "< ", "<3"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(_WORDS | _INLINE, min_size=1, max_size=12).map("".join), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n", " ", ""]),
)
@example(
    ["000000\ud7fc000000000000000<3", "000000000000000000<a href=x?a=1&b=2>",
     "000<a href=x?a=1&b=2>000000000000000000", "0000000000&amp;"], "utf-8", "\n"
)  # fmt: skip
def test_whatever_the_markup(paragraphs: list[str], encoding: str, between: str) -> None:
    """Any paragraphs of words, tags, comments and entities: an anchor that is given holds the words it is given for."""
    filler = "The brook at Orrin ran dry on Friday, and the mill beside it, which had burned, stood in a bed of mud."
    body = between.join(f"<p>{p}</p>" for p in (filler, *paragraphs, filler + " Twice."))
    source = f"<html><body><article>{body}</article></body></html>"
    data = source.encode(encoding)
    article = read(data)
    clean = source.replace("\r\n", "\n")
    held(article, data, html.document_fromstring(clean, parser=html.HTMLParser(remove_comments=True, remove_pis=True)))
    first = article.text.index("The brook at Orrin")
    assert raw_span(article, (first, first + 20), data) is not None
