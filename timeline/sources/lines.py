"""The lines of a text, with what can be told of each by looking at it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from timeline.model import Span

SHORT = 400
"""Characters: a longer line is a paragraph, whatever it says."""
_LINE = re.compile(r"[^\r\n]+")
_MARKUP = re.compile(r"(?:#{1,6}|>+)[ \t]+")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_OPEN_END = re.compile(r"[:;,–—-]$")
_ITEM = re.compile(r"(?:[-*•·–—▪●]|\(?\d{1,2}[.)])\s")
_SENTENCES = re.compile(r"[a-z0-9][.!?][\"”’]? +[\"“‘]?[A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank. `start`/`end` leave out surrounding white space and `markup` (a heading's hashes)."""

    start: int
    end: int
    text: str
    block: int
    """Number of the run of lines without a blank one between, that it stands in."""
    markup: Span | None = None
    wrapped: bool = False
    """Part of a paragraph that was broken into lines of about one length."""
    words: int = 0

    @property
    def closed(self) -> bool:
        """Ends as a sentence ends."""
        return _CLOSED.search(self.text[-8:]) is not None

    @property
    def label(self) -> bool:
        """Could be a title, heading or caption: one run of words that does not end as a sentence does."""
        return not (
            self.wrapped
            or self.closed
            or self.words > 45
            or _OPEN_END.search(self.text[-1:])
            or _ITEM.match(self.text)
            or (self.words >= 12 and self.text[-1:] in '"”')
            or _SENTENCES.search(self.text[:SHORT])
        )

    @property
    def prose(self) -> bool:
        """Is certainly running text."""
        return self.wrapped or self.words > 45 or (self.closed and self.words >= 12)


def split_lines(text: str, start: int = 0, *, markdown: bool = False) -> list[Line]:
    """The lines of a text from offset `start` on."""
    lines: list[Line] = []
    block, previous = 0, start
    for match in _LINE.finditer(text, start):
        stripped = match.group().strip()
        if not stripped:
            continue
        block += text.count("\n", previous, match.start()) > 1
        block += "\r" in text[previous : match.start()] and _blank_between(
            text, previous, match.start()
        )
        previous = match.end()
        begin = match.start() + len(match.group()) - len(match.group().lstrip())
        lines.append(_line(text, begin, begin + len(stripped), block, markdown))
    return [line for group in _blocks(lines) for line in _unwrapped(group)]


def _blank_between(text: str, start: int, end: int) -> bool:
    """Whether bare carriage returns (old Macintosh files) leave a line blank."""
    return "\n" not in text[start:end] and text.count("\r", start, end) > 1


def _line(text: str, start: int, end: int, block: int, markdown: bool) -> Line:
    markup = _MARKUP.match(text, start, end) if markdown else None
    begin = markup.end() if markup else start
    piece = text[begin:end]
    return Line(
        start=begin,
        end=end,
        text=piece,
        block=block,
        markup=(start, begin) if markup else None,
        words=len(piece.split()) if len(piece) <= 20 * SHORT else SHORT,
    )


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and line.block != group[0].block:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _unwrapped(group: list[Line]) -> list[Line]:
    """The lines of a block, marked if they are one paragraph broken at some width."""
    if not _is_wrapped(group):
        return group
    return [
        Line(
            start=line.start,
            end=line.end,
            text=line.text,
            block=line.block,
            wrapped=True,
            words=line.words,
        )
        for line in group
    ]


def _is_wrapped(group: list[Line]) -> bool:
    body = [line.end - line.start for line in group[:-1]]
    if not body or max(body) > 110 or max(body) - min(body) > 30 or min(body) < 30:
        return False
    running = sum(not line.closed or after.text[:1].islower() for line, after in pairwise(group))
    return running * 2 > len(body) and any(line.text[:1].islower() for line in group[1:])
