"""Example sentences and their marks.

``{Rebels} *fired* missiles at [a depot] => alleged``: the trigger in asterisks, actors in braces, recipients in
brackets, and the modality after ``=>`` where it is not "asserted". ``=> none``: the marked word is no event.
"""

from __future__ import annotations

import re

from timeline.errors import DataError
from timeline.model import EventType, Modality
from timeline.ontology.definitions import Example

_MARK = re.compile(r"[{}\[\]*]")
_CLOSED_BY = {"{": "}", "[": "]", "*": "*"}
_REMEDY = "mark it as in {Rebels} *fired* missiles at [a depot] => alleged"


def parse_example(line: str, entry: str, where: str) -> Example:
    """One marked-up line; type and mode are for the caller to fill in.

    Raises:
        DataError: there is not exactly one trigger, a mark is not closed, or the modality is unknown.
    """
    marked, _, verdict = line.strip().partition("=>")
    text, spans = _unmark(marked.strip(), where)
    triggers = [span for mark, span in spans if mark == "*"]
    if len(triggers) != 1:
        raise DataError(
            f"{len(triggers)} triggers in {line.strip()!r}", where=where, remedy=_REMEDY
        )
    verdict = verdict.strip()
    return Example(
        entry=entry,
        text=text,
        trigger=text[slice(*triggers[0])],
        start=triggers[0][0],
        event_type=EventType.OTHER,
        mode="",
        actors=tuple(text[start:end] for mark, (start, end) in spans if mark == "{"),
        recipients=tuple(text[start:end] for mark, (start, end) in spans if mark == "["),
        modality=_modality(verdict, where),
        none=verdict == "none",
    )


def _modality(verdict: str, where: str) -> Modality:
    if verdict in ("", "none"):
        return Modality.ASSERTED
    try:
        return Modality(verdict)
    except ValueError:
        raise DataError(f"{verdict!r} is no modality", where=where, remedy=_REMEDY) from None


def _unmark(marked: str, where: str) -> tuple[str, list[tuple[str, tuple[int, int]]]]:
    """The bare text, and each marked span of it with its opening mark. Marks do not nest."""
    text, spans, last = "", [], 0
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if opened is None:
            opened = (match[0], len(text))
        elif match[0] == _CLOSED_BY.get(opened[0]):
            spans.append((opened[0], (opened[1], len(text))))
            opened = None
        else:
            raise DataError(
                f"{opened[0]!r} is not closed in {marked!r}", where=where, remedy=_REMEDY
            )
    if opened is not None:
        raise DataError(f"{opened[0]!r} is not closed in {marked!r}", where=where, remedy=_REMEDY)
    return text + marked[last:], spans
