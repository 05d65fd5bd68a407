"""What articles are called, whose words a date rests on, and how claims that differ are put."""

from __future__ import annotations

from collections.abc import Mapping

from timeline.edtf import parse_edtf
from timeline.errors import EdtfError
from timeline.model import Document, Event, Precision, When
from timeline.wording import when_text

LONGEST_TITLE = 64
"""Characters of the opening words that stand in for a title."""

MARKED_FIELDS = {
    "date": ("date",),
    "casualties": ("casualty",),
    "actor": ("actor",),
    "type": ("says",),
    "status": ("says",),
}
"""What is marked in a passage, beside the trigger, by the field on which it is quoted."""

_FIELDS = {
    "date": "When it happened",
    "casualties": "How many",
    "actor": "Who did it",
    "type": "What happened",
    "wording": "How it is put",
    "status": "Whether it happened",
}


def article_title(document: Document) -> str:
    """The title; without one, the article's opening words in quotation marks."""
    if document.title:
        return document.title
    opening = " ".join(_prose(document).split())
    if len(opening) > LONGEST_TITLE:
        opening = opening[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + " …"
    return f"“{opening}”" if opening else document.doc


def _prose(document: Document) -> str:
    """The beginning of what the article says, without header and menus."""
    start = 0
    for first, last in document.furniture:
        if document.text[start:first].strip():
            return document.text[start:first]
        start = max(start, last)
    return document.text[start : start + 20 * LONGEST_TITLE]


def teller_of(event: Event, documents: Mapping[str, Document]) -> str:
    """Who gives the event the words of its date: the publisher where it is known. `documents` by id."""
    when = event.when
    tellers = [
        item.doc_id
        for item in event.mentions
        if item.when.phrase == when.phrase and item.when.edtf == when.edtf
    ]
    document = documents.get(tellers[0]) if tellers else None
    if document and document.publisher:
        return document.publisher
    return (
        "The article" if len({mention.doc_id for mention in event.mentions}) < 2 else "An article"
    )


def field_name(field: str) -> str:
    """What the sources disagree on, in words."""
    return _FIELDS.get(field, field.capitalize())


def claim_text(value: str, field: str) -> str:
    """A claim in words: dates are spelt out, also behind a word (``not before 2019-12``); all else is left as it is."""
    lead, _, last = value.rpartition(" ")
    try:
        bounds = parse_edtf(last if field == "date" else "")
    except EdtfError:
        return value
    when = When(
        edtf=last,
        earliest=bounds.earliest,
        latest=bounds.latest,
        precision=Precision(bounds.precision),
    )
    return f"{lead} {when_text(when)}".strip()
