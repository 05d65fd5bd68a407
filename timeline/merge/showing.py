"""Which events a chronology shows: the rest stay in the table of mentions, where nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline.merge.wording import load_rules
from timeline.model import Event, EventType


def select_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events worth a reader's time, in their order, each following only what is shown, too."""
    shown = tuple(filter(_is_worth_showing, events))
    ids = {event.event_id for event in shown}
    return tuple(
        replace(event, follows=tuple(other for other in event.follows if other in ids))
        for event in shown
    )


def _is_worth_showing(event: Event) -> bool:
    """Remarks and plain verbs of one article stay in the table of mentions, and make no event."""
    thresholds = load_rules().thresholds
    dated = event.when.earliest or event.when.latest
    if not (dated or event.actors or event.place or event.casualties or len(event.mentions) > 1):
        # "Latest air strikes": neither when nor who nor where, and nobody else tells of it.
        return event.salience >= thresholds["shown_bare"]
    if event.event_type is EventType.OTHER and not event.mode and not event.actors:
        return event.salience >= thresholds["shown_nameless"]
    return event.salience >= thresholds["shown_dated" if dated else "shown_undated"]
