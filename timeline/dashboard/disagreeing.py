"""What the sources disagree on: each claim with those who make it, in their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from timeline.dashboard.passages import mention_marks, pieces
from timeline.dashboard.wording import short_day
from timeline.model import Claim, Document, Event, EventMention, Span
from timeline.naming import MARKED_FIELDS, article_title, claim_text, field_name

MOST_VOICES = 4
"""Articles that are quoted for one of several claims."""
_AROUND = 90
"""Characters of a sentence that are quoted before and after the words that count."""


def disagreements(event: Event, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """The fields on which the sources differ. `documents` by id."""
    return [
        {
            "field": field_name(item.field),
            "claims": [_claim(claim, item.field, event, documents) for claim in item.claims],
        }
        for item in event.disagreements
    ]


def _claim(
    claim: Claim, field: str, event: Event, documents: Mapping[str, Document]
) -> dict[str, Any]:
    """A value, who gives it, and in which words: that of each article once, the earliest published first."""
    said: dict[str, EventMention] = {}
    for mention in event.mentions:
        if mention.mention_id in claim.mention_ids and mention.doc_id in documents:
            said.setdefault(mention.doc_id, mention)
    told = [(documents[doc_id], mention) for doc_id, mention in said.items()]
    told.sort(key=lambda pair: (pair[0].published or date.max, pair[0].doc))
    return {
        "value": claim_text(claim.value, field),
        "told": [_voice(document, mention, field) for document, mention in told[:MOST_VOICES]],
        "more": max(0, len(told) - MOST_VOICES),
    }


def _voice(document: Document, mention: EventMention, field: str) -> dict[str, Any]:
    kept = ("trigger", *MARKED_FIELDS.get(field, ()))
    marks = [(span, kind) for span, kind in mention_marks(mention) if kind in kept]
    covering = _covering(document.text, mention, marks)
    quoted = _shortened(document.text, covering, marks)
    return {
        "who": document.publisher or article_title(document),
        "published": short_day(document.published) if document.published else "undated",
        "passage": mention.mention_id,
        "pieces": pieces(document.text, quoted, marks),
        "cut": [quoted[0] > covering[0], quoted[1] < covering[1]],
    }


def _shortened(text: str, span: Span, marks: Sequence[tuple[Span, str]]) -> Span:
    """Of long sentences the words about the marks: what differs is to be seen side by side."""
    first, last = min(mark[0] for mark, _ in marks), max(mark[1] for mark, _ in marks)
    start, end = max(span[0], first - _AROUND), min(span[1], last + _AROUND)
    if start > span[0]:
        start = text.find(" ", start, first) + 1 or start
    if end < span[1]:
        end = max(text.rfind(" ", last, end), last)
    return start, end


def _covering(text: str, mention: EventMention, marks: Sequence[tuple[Span, str]]) -> Span:
    """The sentences from that of the trigger to those of the marks: the number may stand in the next one."""
    first = min(mention.sentence[0], *(span[0] for span, _ in marks))
    last = max(mention.sentence[1], *(span[1] for span, _ in marks))
    if first < mention.sentence[0]:
        first = max(text.rfind(end, 0, first) + len(end) for end in (". ", "\n"))
    if last > mention.sentence[1]:
        ends = (text.find(end, last) for end in (". ", ".\n", "\n"))
        last = min((end + 1 for end in ends if end >= 0), default=len(text))
    return first, last
