"""Everything about one event, as plain text in pieces: the page puts each piece in as text, never as markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from timeline.dashboard.disagreeing import disagreements
from timeline.dashboard.figures import colour_of
from timeline.dashboard.passages import Piece, mention_marks, paragraph_of, pieces
from timeline.dashboard.wording import (
    MODALITY_LABELS,
    STATUS_LABELS,
    TYPE_LABELS,
    actors_by_role,
    casualty_text,
    counted,
    published_text,
    short_day,
    when_text,
    why_text,
)
from timeline.model import Document, Event, EventMention, Modality, Span, When
from timeline.naming import article_title, teller_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What an event's details are looked up in. Shared among visitors: nothing here changes."""

    documents: Mapping[str, Document]
    events: Mapping[str, Event]
    actors: Mapping[str, str]
    """Names by id."""
    event_of: Mapping[str, str]
    """Event ids by mention id."""
    followers: Callable[[str], Sequence[Event]]
    """The events that follow the event of that id."""
    told_by: Callable[[str], Sequence[Event]]
    """The events of which the document of that id tells."""


def event_details(event: Event, sources: Sources) -> dict[str, Any]:
    """An event with its passages, as the details panel shows it."""
    return {
        "id": event.event_id,
        "title": event.title,
        "type": _type_text(event),
        "colour": colour_of(event),
        "status": STATUS_LABELS[event.status],
        "status_key": event.status.value,
        "says": _who_says(event, sources),
        "date": when_text(event.when, weekday=True),
        "dated": bool(event.when.earliest or event.when.latest),
        "disputed": [item.field for item in event.disagreements],
        "why": why_of(event, sources),
        "actors": [
            {
                "part": part,
                "names": [
                    {"id": actor.actor_id, "name": actor.name, "note": note} for actor, note in told
                ],
            }
            for part, told in actors_by_role(event).items()
        ],
        "place": event.place.name if event.place else "",
        "casualties": list(dict.fromkeys(casualty_text(casualty) for casualty in event.casualties)),
        "sources": counted(event.sources, "independent source"),
        "disagreements": disagreements(event, sources.documents),
        "articles": _articles(event, sources),
        "follows": _links(event.follows, sources),
        "followed": _linked_events(sources.followers(event.event_id)),
    }


def _type_text(event: Event) -> str:
    label = TYPE_LABELS[event.event_type]
    mode = event.mode.replace("_", " ").replace("-", " ")
    return f"{label} · {mode}" if mode and mode.casefold() != label.casefold() else label


def _who_says(event: Event, sources: Sources) -> str:
    """Who is behind the claim, where every passage leaves it to somebody else."""
    named = [mention.attribution for mention in event.mentions]
    if not named or not all(named):
        return ""
    return "Who says so: " + ", ".join(
        dict.fromkeys(sources.actors.get(name, name) for name in named if name)
    )


def _told(anchor: str, sources: Sources) -> str:
    kind, _, value = anchor.partition(":")
    event = sources.events.get(sources.event_of.get(value, value) if kind == "mention" else value)
    if event is None:
        return ""
    return f"“{event.title}” ({when_text(event.when)})"


def _links(event_ids: Iterable[str], sources: Sources) -> list[dict[str, str]]:
    events = (sources.events.get(event_id) for event_id in event_ids)
    return _linked_events(event for event in events if event)


def _linked_events(events: Iterable[Event]) -> list[dict[str, str]]:
    return [
        {"id": event.event_id, "title": event.title, "date": when_text(event.when)}
        for event in events
    ]


def why_of(event: Event, sources: Sources) -> str:
    """Why the event has its date, in one sentence."""
    teller = teller_of(event, sources.documents)
    return why_text(event.when, lambda anchor: _told(anchor, sources), teller)


def _articles(event: Event, sources: Sources) -> list[dict[str, Any]]:
    """The event's passages by article, the earliest published first."""
    grouped: dict[str, list[EventMention]] = defaultdict(list)
    for mention in event.mentions:
        grouped[mention.doc_id].append(mention)
    known = [
        (sources.documents[doc_id], told)
        for doc_id, told in grouped.items()
        if doc_id in sources.documents
    ]
    known.sort(key=lambda pair: (pair[0].published or date.max, pair[0].doc))
    return [
        {
            **article_head(document),
            "passages": [
                _passage(document, span, mentions, event, sources)
                for span, mentions in _by_paragraph(document, told)
            ],
        }
        for document, told in known
    ]


def _by_paragraph(
    document: Document, mentions: Iterable[EventMention]
) -> list[tuple[Span, list[EventMention]]]:
    """Mentions that share a paragraph are one passage: nobody reads the same words twice."""
    grouped: dict[Span, list[EventMention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: (mention.start, mention.end)):
        span = paragraph_of(document.text, mention.sentence)
        grouped[_without_header(document, span, mention.sentence[0])].append(mention)
    return sorted(grouped.items())


def _without_header(document: Document, span: Span, sentence: int) -> Span:
    """A header or dateline glued to the paragraph is no part of what the article says."""
    start, end = span
    for first, last in document.furniture:
        if first <= start < last <= sentence:
            start = last
    while start < sentence and document.text[start].isspace():
        start += 1
    return start, end


def article_head(document: Document) -> dict[str, Any]:
    """Title, publisher and date of an article, and how the date is known."""
    return {
        "doc_id": document.doc_id,
        "title": article_title(document),
        "publisher": document.publisher,
        "author": document.author,
        # Only web addresses become links: an article may claim to come from `javascript:…`.
        "url": document.url if document.url.startswith(("https://", "http://")) else "",
        "published": short_day(document.published) if document.published else "undated",
        "published_how": published_text(document.published_basis, document.published_note),
    }


def _passage(
    document: Document,
    span: Span,
    mentions: Sequence[EventMention],
    event: Event,
    sources: Sources,
) -> dict[str, Any]:
    marks = [mark for mention in mentions for mark in mention_marks(mention)]
    return {
        "id": mentions[0].mention_id,
        "pieces": pieces(document.text, span, marks),
        "cut": _is_cut(document.text, span),
        "notes": list(dict.fromkeys(_notes(mentions, event, sources))),
    }


def _is_cut(text: str, span: Span) -> list[bool]:
    """Whether the paragraph goes on before and behind the span."""
    before = text[text.rfind("\n", 0, span[0]) + 1 : span[0]]
    end = text.find("\n", span[1])
    return [bool(before.strip()), bool(text[span[1] : end if end >= 0 else len(text)].strip())]


def _notes(mentions: Iterable[EventMention], event: Event, sources: Sources) -> Iterable[str]:
    """Where a passage differs from the event as a whole: who says it, how sure it is, when it puts it."""
    for mention in mentions:
        if mention.modality is not Modality.ASSERTED:
            yield f"{MODALITY_LABELS[mention.modality]} here."
        if mention.attribution:
            yield f"Who says so: {sources.actors.get(mention.attribution, mention.attribution)}."
        if _days(mention.when) not in ((None, None, False), _days(event.when)):
            why = why_text(mention.when, lambda anchor: _told(anchor, sources))
            yield f"Dated here: {when_text(mention.when)}. {why}"


def _days(when: When) -> tuple[date | None, date | None, bool]:
    return when.earliest, when.latest, when.ongoing


def whole_article(event: Event, mention_id: str, sources: Sources) -> dict[str, Any] | None:
    """The article of a passage, paragraph by paragraph, every other event in it marked with its id and title."""
    mention = next(
        (mention for mention in event.mentions if mention.mention_id == mention_id), None
    )
    document = sources.documents.get(mention.doc_id) if mention else None
    if mention is None or document is None:
        return None
    others = sorted(_other_triggers(document, event, sources))
    # The event may be told more than once in the article: each time it is marked, and the chosen passage stands out.
    own = [
        mark
        for each in event.mentions
        if each.doc_id == document.doc_id
        for mark in mention_marks(each)
    ]
    own.append((mention.sentence, "sentence"))
    return {
        **article_head(document),
        "passage": mention_id,
        "paragraphs": list(_paragraphs(document, mention, own, others)),
    }


def _other_triggers(
    document: Document, event: Event, sources: Sources
) -> Iterable[tuple[Span, str]]:
    for other in sources.told_by(document.doc_id):
        if other.event_id != event.event_id:
            for mention in other.mentions:
                if mention.doc_id == document.doc_id:
                    yield (mention.start, mention.end), other.event_id


def _paragraphs(
    document: Document,
    mention: EventMention,
    own: Sequence[tuple[Span, str]],
    others: Sequence[tuple[Span, str]],
) -> Iterable[dict[str, Any]]:
    position = 0
    for line in document.text.split("\n"):
        span = position, position + len(line)
        position += len(line) + 1
        if line.strip():
            here = span[0] <= mention.start < span[1]
            links = {event_id for cut, event_id in others if span[0] <= cut[0] < span[1]}
            aside = [(cut, "aside") for cut in document.furniture]
            found = pieces(document.text, span, [*own, *others, *aside])
            yield {
                "here": here,
                "aside": _is_furniture(document, span),
                "pieces": [_linked(piece, links) for piece in found],
            }


def _linked(piece: Piece, links: set[str]) -> Piece:
    """Event ids among the kinds become the piece's link."""
    target = next((kind for kind in piece["kinds"] if kind in links), "")
    return {
        **piece,
        "kinds": [kind for kind in piece["kinds"] if kind not in links],
        "event": target,
    }


def _is_furniture(document: Document, span: Span) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in document.furniture)
