"""Marks what is no prose in a text: menus, bylines, credits, prompts; and captions and headings, which are prose of a kind.

Patterns are data (``data/rules/furniture.yaml``); here is what depends on the lines around.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from timeline.model import Span
from timeline.sources.dates import byline_date
from timeline.sources.lines import SHORT, Line, split_lines
from timeline.sources.rules import FurnitureRules, load_furniture_rules

_TOP = 15
"""Lines in which a title and a byline are looked for."""
_BOTTOM = 3
_LIST = 12
"""Longest list of links to other articles, in lines."""
_GALLERY = 4
"""Most lines between a gallery's counter and its credit."""


class Kind(StrEnum):
    """What a marked span is."""

    HEADER = "header"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    COUNTER = "counter"
    PROMPT = "prompt"
    MENU = "menu"
    NOTICE = "notice"
    LIST = "list"
    MARKUP = "markup"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of the text and what it is."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The lines of a text, what each is (None: prose), and which one is the title."""

    lines: tuple[Line, ...]
    kinds: tuple[Kind | None, ...]
    top: int
    """Number of lines above the running text."""
    title: int | None
    datelines: tuple[Span, ...]

    def marks(self) -> Iterator[Mark]:
        """All marks, by start."""
        for line, kind in zip(self.lines, self.kinds, strict=True):
            if line.markup:
                yield Mark(start=line.markup[0], end=line.markup[1], kind=Kind.MARKUP)
            if kind:
                yield Mark(start=line.start, end=line.end, kind=kind)
            yield from (
                Mark(start=start, end=end, kind=Kind.DATELINE)
                for start, end in self.datelines
                if start == line.start
            )

    def edge(self) -> Iterator[Line]:
        """The lines above the running text, and the last few: where pages say who published what when."""
        yield from self.lines[: self.top]
        yield from self.lines[max(self.top, len(self.lines) - _BOTTOM) :]


def find_layout(
    text: str, start: int = 0, *, markdown: bool = False, captions: frozenset[str] = frozenset()
) -> Layout:
    """What each line of the text from offset `start` on is; `captions` are lines that are known to be some."""
    rules = load_furniture_rules()
    lines = split_lines(text, start, markdown=markdown)
    kinds = [Kind.CAPTION if line.text in captions else _kind_alone(line, rules) for line in lines]
    top = _top(lines, kinds)
    _mark_dates(lines, kinds, top)
    _mark_menus(lines, kinds)
    _mark_galleries(lines, kinds)
    _mark_lists(lines, kinds)
    title = _title(lines, kinds, top)
    _mark_byline_blocks(lines, kinds, top, title)
    _mark_captions(lines, kinds, top, title)
    return Layout(
        lines=tuple(lines),
        kinds=tuple(kinds),
        top=top,
        title=title,
        datelines=tuple(_datelines(lines, kinds, title, rules)),
    )


def _top(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> int:
    pairs = enumerate(zip(lines, kinds, strict=True))
    first = next((at for at, (line, kind) in pairs if kind is None and line.prose), len(lines))
    return min(first, _TOP)


def _kind_alone(line: Line, rules: FurnitureRules) -> Kind | None:
    if line.wrapped or len(line.text) > SHORT:
        return None
    if line.text.casefold().strip(" :.»>|") in rules.menu_words:
        return Kind.MENU
    return next((Kind(rule.kind) for rule in rules.lines if rule.matches(line.text)), None)


def _mark_dates(lines: Sequence[Line], kinds: list[Kind | None], top: int) -> None:
    """Lines that are a date and nothing else: the publication date, unless they are the headings of a chronology."""
    dated = [index for index, line in enumerate(lines) if byline_date(line.text)]
    heads = len(dated) > 2 and any(index >= top for index in dated)
    for index in dated:
        at_edge = index < top or index >= len(lines) - _BOTTOM
        if at_edge and not heads and not lines[index].wrapped:
            kinds[index] = Kind.BYLINE


def _mark_menus(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """Items between two menu words are menu items too."""
    for index in range(1, len(lines) - 1):
        between = kinds[index - 1] is Kind.MENU and kinds[index + 1] is Kind.MENU
        if between and kinds[index] is None and lines[index].words <= 3 and lines[index].label:
            kinds[index] = Kind.MENU


def _mark_galleries(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """After a counter such as ``1/35`` stand a caption of some lines and a credit."""
    counters = [index for index, kind in enumerate(kinds) if kind is Kind.COUNTER]
    for index, following in zip(counters, [*counters[1:], len(lines)], strict=False):
        limit = min(following, index + 1 + _GALLERY)
        ends = [at for at in range(index + 1, limit) if kinds[at] is Kind.CREDIT]
        known = bool(ends) or following < len(lines)
        end = ends[0] if ends else limit if known else min(index + 2, limit)
        for at in range(index + 1, end):
            kinds[at] = kinds[at] or Kind.CAPTION


def _mark_lists(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """Headlines of other articles, under a line that announces them."""
    for index in [index for index, kind in enumerate(kinds) if kind is Kind.LIST]:
        for at in range(index + 1, min(len(lines), index + 1 + _LIST)):
            if kinds[at] is not None or not _is_headline(lines[at]):
                break
            kinds[at] = Kind.LIST


def _is_headline(line: Line) -> bool:
    return line.label and line.words <= 25


def _title(lines: Sequence[Line], kinds: Sequence[Kind | None], top: int) -> int | None:
    """The first line of prose, if it stands above the text and does not end as a sentence does."""
    index = next((at for at, kind in enumerate(kinds) if kind is None), None)
    if index is None or index >= max(top, 1) or index + 1 == len(lines):
        return None
    line = lines[index]
    if line.markup:
        return index
    question = line.text.endswith(("?", "!")) and not line.wrapped
    named = line.words >= 3 or lines[index + 1].block != line.block
    return index if (line.label or question) and named and line.words <= 30 else None


def _mark_byline_blocks(
    lines: Sequence[Line], kinds: list[Kind | None], top: int, title: int | None
) -> None:
    """Names and places that stand in one block with a byline or a date, above the text."""
    blocks = {lines[at].block for at in range(top) if kinds[at] is Kind.BYLINE}
    for at in range(top):
        beside = kinds[at] is None and at != title and lines[at].block in blocks
        if beside and is_name(lines[at].text.partition(" in ")[0]):
            kinds[at] = Kind.BYLINE


def is_name(text: str) -> bool:
    """Up to four capitalised words and nothing else: a person, or a place."""
    words = text.split()
    return len(words) <= 4 and all(word[:1].isupper() and word[-1:].isalpha() for word in words)


def _mark_captions(
    lines: Sequence[Line], kinds: list[Kind | None], top: int, title: int | None
) -> None:
    """Lines between paragraphs that do not end as sentences do: captions of pictures, and headings of sections.

    Above the text, what stands before the byline is the title and the lines beneath it.
    """
    if not _is_punctuated(lines, kinds):
        return
    bylines = [at for at in range(top) if kinds[at] is Kind.BYLINE]
    head = max([0 if title is None else title, *bylines[:1]])
    for at, line in enumerate(lines):
        if kinds[at] is None and at > head and line.label:
            kinds[at] = Kind.CAPTION


def _is_punctuated(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> bool:
    """Whether paragraphs of this text end in full stops at all; in notes and tickers they do not."""
    body = [
        line for line, kind in zip(lines, kinds, strict=True) if kind is None and line.words >= 12
    ]
    ended = sum(line.closed or line.wrapped for line in body)
    return ended > 0 and ended * 2 >= len(body)


def _datelines(
    lines: Sequence[Line], kinds: Sequence[Kind | None], title: int | None, rules: FurnitureRules
) -> Iterator[Span]:
    """``BEIRUT –``: the place where an article was written is not where its events happened."""
    prose = (at for at, kind in enumerate(kinds) if kind is None and at != title)
    for at in [at for at, _ in zip(prose, range(_BOTTOM), strict=False)]:
        line = lines[at]
        for rule in rules.datelines:
            match = rule.pattern.match(line.text[:SHORT])
            if match and match.end() < len(line.text):
                yield line.start, line.start + len(match.group().rstrip())
                return
