"""When a page says that it was published: only where it declares so. Any other date on a page may be anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from trafilatura import load_html

from timeline.sources.dates import byline_date, parse_date

_JSON_LD = re.compile(r'"(?:datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]{8,40})"')
_NAMES = frozenset(
    {
        *("article:published_time", "og:published_time", "og:article:published_time", "datepublished"),
        *("article:published", "published_time", "article.published", "rnews:datepublished"),
        *("date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "article_date_original"),
        *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "dc.date.created"),
        *("parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime"),
        *("originalpublicationdate", "article:pubdate", "bt:pubdate", "analyticsattributes.articledate"),
    }
)  # fmt: skip
_IN_PATH = re.compile(r"/([12]\d{3}/[01]?\d/[0-3]?\d)(?:/|$)")
_SIGNED = re.compile(
    r"byline|dateline|pub(?:lish|-?date)|posted|timestamp|entry-date|article-?date", re.I
)
_ELSEWHERE = frozenset({"footer", "aside", "nav"})
_MOST = 2000
"""Elements looked at: a page of a million tags must not cost a minute."""


def find_page_date(page: str, url: str = "") -> date | None:
    """The publication date that a page declares in its metadata, its byline or its address; else None."""
    tree: Any = load_html(page)
    if tree is None:
        return None
    steps: tuple[Callable[[Any], Iterator[str]], ...] = (_structured, _meta, _marked_times)
    for step in steps:
        for text in step(tree):
            day = parse_date(text)
            if day:
                return day
    path = _IN_PATH.search(url)
    return _signed(tree) or (parse_date(path[1]) if path else None)


def _structured(tree: Any) -> Iterator[str]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        yield from _JSON_LD.findall(script.text or "")[:1]


def _meta(tree: Any) -> Iterator[str]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.lower() in _NAMES:
            yield element.get("content") or ""


def _marked_times(tree: Any) -> Iterator[str]:
    """Times marked as that of publication; or the only one within the article."""
    within: set[str] = set()
    for element in tree.iter("time"):
        stamp = element.get("datetime") or element.get("content") or element.text_content()
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield stamp
        elif any(above.tag == "article" for above in element.iterancestors()):
            within.add(stamp)
    days = {parse_date(stamp) for stamp in within}
    if len(days) == 1:
        yield within.pop()


def _signed(tree: Any) -> date | None:
    """The date of the only byline outside of the page's margins."""
    found: set[date] = set()
    for element, _ in zip(tree.iterfind(".//*[@class]"), range(_MOST), strict=False):
        above = {parent.tag for parent in element.iterancestors()}
        if _SIGNED.search(element.get("class")) and not above & _ELSEWHERE:
            dated = byline_date(" ".join(element.text_content()[:400].split()))
            if dated and not dated[1]:
                found.add(dated[0])
    return found.pop() if len(found) == 1 else None
