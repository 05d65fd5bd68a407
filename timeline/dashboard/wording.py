"""The words of the dashboard: those of `timeline.wording`, and the families of types that its lanes stand for."""

from __future__ import annotations

from enum import StrEnum

from timeline.model import EventType
from timeline.wording import (
    MODALITY_LABELS,
    STATUS_LABELS,
    TYPE_LABELS,
    actors_by_role,
    casualty_text,
    counted,
    day_text,
    published_text,
    short_day,
    span_text,
    when_text,
    why_text,
)

__all__ = [
    "FAMILY",
    "MODALITY_LABELS",
    "STATUS_LABELS",
    "TYPE_LABELS",
    "Family",
    "actors_by_role",
    "casualty_text",
    "counted",
    "day_text",
    "published_text",
    "short_day",
    "span_text",
    "when_text",
    "why_text",
]


class Family(StrEnum):
    """Event types that share a lane and a colour: eight, as many as can be told apart."""

    FORCE = "Force"
    PROTEST = "Protest"
    POLITICS = "Politics"
    TALKS = "Talks and aid"
    DEMANDS = "Demands and threats"
    STATEMENTS = "Statements"
    DISASTER = "Disasters"
    OTHER = "Other"


_T = EventType
FAMILY: dict[EventType, Family] = {
    **dict.fromkeys((_T.ASSAULT, _T.COERCE, _T.MOBILIZE), Family.FORCE),
    _T.PROTEST: Family.PROTEST,
    _T.POLITICS: Family.POLITICS,
    **dict.fromkeys(
        (_T.AGREE, _T.CONSULT, _T.SUPPORT, _T.CONCEDE, _T.COOPERATE, _T.AID, _T.RETREAT),
        Family.TALKS,
    ),
    **dict.fromkeys((_T.REQUEST, _T.ACCUSE, _T.REJECT, _T.THREATEN, _T.SANCTION), Family.DEMANDS),
    _T.STATEMENT: Family.STATEMENTS,
    _T.DISASTER: Family.DISASTER,
    _T.OTHER: Family.OTHER,
}
