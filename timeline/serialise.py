"""The JSON forms of the domain types.

Two of them: the public one that exports and scripts rely on (`mention_json`, `event_json`, `timex_json`), and a lossless one
that the snapshot keeps (`dump`, `load`), from which equal objects come back.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from timeline.model import (
    Argument,
    Casualty,
    Disagreement,
    Event,
    EventActor,
    EventMention,
    Place,
    Timex,
    When,
)

Json = dict[str, Any]
T = TypeVar("T")


_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """The reader and writer of a type, made once: making it costs more than using it."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump(value: object) -> str:
    """A domain object as lossless JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[T], text: str) -> T:
    """The domain object that `dump` wrote. Raises ValueError when the text is not one."""
    value: T = _adapter(kind).validate_json(text)
    return value


def from_row(kind: type[T], row: Json) -> T:
    """A domain object from columns of the same names (lists stand for tuples). Raises ValueError."""
    value: T = _adapter(kind).validate_python(row)
    return value


def to_row(value: object) -> Json:
    """A domain object as columns of JSON values."""
    row: Json = _adapter(type(value)).dump_python(value, mode="python")
    return row


def timex_json(timex: Timex) -> Json:
    """A time expression as the `timex` command writes it."""
    return {
        "doc": timex.doc,
        "start": timex.start,
        "end": timex.end,
        "text": timex.text,
        "type": timex.type.value,
        "value": timex.value,
        "mod": timex.mod,
        "edtf": timex.edtf,
        "rule": timex.rule,
    }


def mention_json(mention: EventMention) -> Json:
    """A mention as the `mentions` command writes it and events carry it."""
    return {
        "mention_id": mention.mention_id,
        "doc_id": mention.doc_id,
        "doc": mention.doc,
        "start": mention.start,
        "end": mention.end,
        "sentence": list(mention.sentence),
        "quote": mention.quote,
        "trigger": mention.trigger,
        "event_type": mention.event_type.value,
        "mode": mention.mode,
        "modality": mention.modality.value,
        "attribution": mention.attribution,
        "arguments": [_argument_json(argument) for argument in mention.arguments],
        "when": when_json(mention.when),
        "casualties": [_casualty_json(casualty) for casualty in mention.casualties],
        "confidence": round(mention.confidence, 4),
    }


def event_json(event: Event) -> Json:
    """An event as the `events` command writes it, with all its mentions."""
    return {
        "event_id": event.event_id,
        "title": event.title,
        "event_type": event.event_type.value,
        "mode": event.mode,
        "status": event.status.value,
        "when": when_json(event.when),
        "actors": [_actor_json(actor) for actor in event.actors],
        "place": _place_json(event.place),
        "casualties": [_casualty_json(casualty) for casualty in event.casualties],
        "salience": round(event.salience, 4),
        "confidence": round(event.confidence, 4),
        "mentions": [mention_json(mention) for mention in event.mentions],
        "sources": event.sources,
        "disagreements": [_disagreement_json(entry) for entry in event.disagreements],
        "follows": list(event.follows),
    }


def when_json(when: When) -> Json:
    """When an event happened, dates as ISO 8601 strings or null."""
    return {
        "edtf": when.edtf,
        "earliest": _iso(when.earliest),
        "latest": _iso(when.latest),
        "precision": when.precision.value,
        "basis": when.basis.value,
        "phrase": when.phrase,
        "phrase_span": list(when.phrase_span) if when.phrase_span else None,
        "anchor": when.anchor,
        "rule": when.rule,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _argument_json(argument: Argument) -> Json:
    return {
        "role": argument.role.value,
        "start": argument.start,
        "end": argument.end,
        "text": argument.text,
        "actor_id": argument.actor_id,
    }


def _casualty_json(casualty: Casualty) -> Json:
    return {
        "kind": casualty.kind.value,
        "low": casualty.low,
        "high": casualty.high,
        "who": casualty.who,
        "start": casualty.start,
        "end": casualty.end,
        **({"approximate": True} if casualty.approximate else {}),
        **({"open_ended": True} if casualty.open_ended else {}),
    }


def _actor_json(actor: EventActor) -> Json:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "role": actor.role.value,
        **({"alleged": True} if actor.alleged else {}),
    }


def _place_json(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {"name": place.name, "lat": place.lat, "lon": place.lon, "country": place.country}


def _disagreement_json(disagreement: Disagreement) -> Json:
    claims = [
        {"value": claim.value, "mention_ids": list(claim.mention_ids)}
        for claim in disagreement.claims
    ]
    return {"field": disagreement.field, "claims": claims}
