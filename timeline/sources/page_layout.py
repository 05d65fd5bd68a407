"""Undoes what pages do to their text for the sake of looks, before the article is looked for in them."""

from __future__ import annotations

import re
from typing import Any

_CELLS = frozenset({"table", "tbody", "thead", "tr", "td", "th", "center"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "section", "figure", "span"})
_PROSE = 400
"""Characters of a cell that no table of figures holds: the table is there to place things."""
_LONGEST_LINK = 160
_CAPTION = re.compile(r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-](?!group|track))", re.IGNORECASE)
_PULL_QUOTE = re.compile(r"(?:^|[\s_-])pull-?quote(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_CAPTION = 600
_MOST = 50_000
"""Elements looked at: more is no article."""


def arrange(tree: Any) -> Any:
    """The same tree, changed: tables that only place things and items of several blocks become blocks, and lines that
    are nothing but a link to something else are gone."""
    _unfold_tables(tree)
    _part_spans(tree)
    _drop_pull_quotes(tree)
    for element, _ in zip(list(tree.iter("li", "p", "div")), range(_MOST), strict=False):
        if element.tag == "li" and sum(child.tag in _BLOCKS for child in element) > 1:
            _unfold_item(element)
        elif _is_link_alone(element):
            element.getparent().remove(element) if not element.tail else element.clear(
                keep_tail=True
            )
    return tree


def take_captions(tree: Any) -> frozenset[str]:
    """The captions that a page declares; they become paragraphs, so that they are read, and known for what they are."""
    found: set[str] = set()
    for element in list(tree.iter("figcaption", "p", "div", "span")):
        named = _CAPTION.search(element.get("class") or "") is not None
        text = " ".join(_text(element).split()) if named or element.tag == "figcaption" else ""
        if 0 < len(text) <= _LONGEST_CAPTION:
            found.add(text)
            element.clear(keep_tail=True)
            element.tag, element.text = "p", text
            _open_figure(element)
    return frozenset(found)


def _open_figure(element: Any) -> None:
    for above in element.iterancestors("figure"):
        above.tag = "div"


def _unfold_tables(tree: Any) -> None:
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td") if len(_text(cell)) > _PROSE]
        if any(_own_text(cell) > _PROSE for cell in cells):
            for element in list(table.iter()):
                if element.tag in _CELLS:
                    element.tag = "div"


def _part_spans(tree: Any) -> None:
    """A blank between spans that are set apart by style alone: a name, and the minutes that reading takes."""
    for span in tree.iter("span"):
        following = span.getnext()
        apart = not span.tail and following is not None and following.tag == "span"
        if apart and len(_text(span).split()) > 1:
            span.tail = " "


def _drop_pull_quotes(tree: Any) -> None:
    """What is set large in the margin stands in the text as well."""
    for element in list(tree.iter("blockquote", "aside", "div", "p", "figure")):
        if (
            _PULL_QUOTE.search(element.get("class") or "")
            and len(_text(element)) <= _LONGEST_CAPTION
        ):
            element.clear(keep_tail=True)


def _own_text(cell: Any) -> int:
    """Characters of a cell without those of tables within it."""
    return len(_text(cell)) - sum(len(_text(inner)) for inner in cell.iterfind(".//table"))


def _unfold_item(item: Any) -> None:
    item.tag = "div"
    for child in item:
        if child.tag == "span":
            child.tag = "p"


def _is_link_alone(element: Any) -> bool:
    """A line such as the headline of another article: one link, no sentence."""
    if len(element) != 1 or element[0].tag != "a" or element.getparent() is None:
        return False
    text = _text(element)
    sentence = text.endswith((".", "!", "?", "”", '"'))
    return 0 < len(text) <= _LONGEST_LINK and text == _text(element[0]) and not sentence


def _text(element: Any) -> str:
    return " ".join(element.itertext()).strip()
