"""Titles read like headlines, and say what their passage says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_actor, make_argument, make_document, make_mention, make_when
from timeline.merge import merge_mentions
from timeline.model import Actor, ActorKind, Analysis, EventType, Modality, Role, When

FREEDONIA = make_actor("Freedonia", kind=ActorKind.STATE)
FRONT = make_actor("River Front")
MIRA = make_actor("Mira Sol", kind=ActorKind.PERSON)
ORAN = make_actor("Oran Dell", kind=ActorKind.PERSON)
SENATE = make_actor("Senate of Freedonia", kind=ActorKind.GOVERNMENT)
ACTORS = (FREEDONIA, FRONT, MIRA, ORAN, SENATE)
NAMED = {actor.name: actor for actor in ACTORS}
ASSAULT, POLITICS, PROTEST = EventType.ASSAULT, EventType.POLITICS, EventType.PROTEST


def title(text: str, trigger: str, lemma: str, kind: EventType, **given: Any) -> str:
    """The title of the only event of a text; `by` and `to` name its participants as the text does."""
    document = make_document(text)
    arguments = [
        make_argument(document, name, role, actor_id=actor_id(name))
        for role, names in (
            (Role.ACTOR, given.pop("by", ())),
            (Role.RECIPIENT, given.pop("to", ())),
        )
        for name in names
    ]
    mention = make_mention(
        document,
        trigger,
        lemma=lemma,
        event_type=kind,
        arguments=tuple(arguments),
        **{"when": make_when(None)} | given,
    )
    (event,) = merge_mentions([Analysis(document=document, mentions=(mention,))], ACTORS, None)
    return event.title


def actor_id(name: str) -> str | None:
    actor: Actor | None = NAMED.get(name)
    return actor.actor_id if actor else None


@pytest.mark.parametrize(
    ("text", "trigger", "lemma", "kind", "given", "expected"),
    [
        (
            "Freedonia killed Mira Sol and Oran Dell on Friday.",
            "killed",
            "kill",
            ASSAULT,
            {"by": ["Freedonia"], "to": ["Mira Sol", "Oran Dell"]},
            "Freedonia kills Mira Sol and Oran Dell",
        ),
        (
            "Mira Sol was killed near the harbour, which was closed.",
            "killed",
            "kill",
            ASSAULT,
            {"to": ["Mira Sol"]},
            "Mira Sol killed",
        ),
        (
            "The Senate of Freedonia voted to expel all foreign troops, a spokesman said.",
            "voted",
            "vote",
            POLITICS,
            {"by": ["Senate of Freedonia"]},
            "Senate of Freedonia votes to expel all foreign troops",
        ),
        (
            "The Senate of Freedonia will vote to expel all foreign troops.",
            "vote",
            "vote",
            POLITICS,
            {"by": ["Senate of Freedonia"], "modality": Modality.PLANNED},
            "Senate of Freedonia to vote to expel all foreign troops",
        ),
        (
            "Mira Sol resigned amid protests.",
            "resigned",
            "resign",
            POLITICS,
            {"by": ["Mira Sol"]},
            "Mira Sol resigns",
        ),
        (
            "Thousands of dockers marched through the old town while it rained.",
            "marched",
            "march",
            PROTEST,
            {"by": ["Thousands of dockers"]},
            "Thousands of dockers march through the old town",
        ),
        (
            "It stormed the harbour, killing 1,200 people.",
            "stormed",
            "storm",
            ASSAULT,
            {"to": ["the harbour"]},
            "Harbour stormed",
        ),
        (
            "River Front shelled Freedonia.",
            "shelled",
            "shell",
            ASSAULT,
            {"by": ["River Front"], "to": ["Freedonia"], "modality": Modality.ALLEGED},
            "Alleged: River Front shells Freedonia",
        ),
        (
            "River Front shelled Freedonia.",
            "shelled",
            "shell",
            ASSAULT,
            {"by": ["River Front"], "to": ["Freedonia"], "modality": Modality.DENIED},
            "Denied: River Front shells Freedonia",
        ),
        (
            "Many welcomed the non-binding resolution on ports that passed.",
            "resolution",
            "resolution",
            POLITICS,
            {},
            "Non-binding resolution on ports",
        ),
    ],
)
def test_title(
    text: str, trigger: str, lemma: str, kind: EventType, given: dict[str, Any], expected: str
) -> None:
    assert title(text, trigger, lemma, kind, **given) == expected


def test_the_date_is_left_to_the_date() -> None:
    text = "Mira Sol resigned on Monday as head of the port."
    start = text.index("Monday")
    when = When(phrase="Monday", phrase_span=(start, start + len("Monday")))
    found = title(text, "resigned", "resign", POLITICS, by=["Mira Sol"], when=when)
    assert found == "Mira Sol resigns"


def test_no_title_is_longer_than_a_line() -> None:
    text = "Freedonia shelled " + "the harbour of the old town by the sea and " * 9 + "the hills."
    found = title(text, "shelled", "shell", ASSAULT, by=["Freedonia"])
    assert len(found) <= 120
    assert not found.endswith((" the", " of", " and", " by"))
