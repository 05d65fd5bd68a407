"""The crisis of winter 2019–20 from the five bundled articles: the chain of incidents that a reader expects to see.

Nothing in the program knows these articles; the table says what any careful reader would take from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from timeline.model import Chronology, Event, EventType, Status

DEC, NYE = (date(2019, 12, 1), date(2019, 12, 31)), (date(2019, 12, 31), date(2019, 12, 31))


def day(month: int, number: int, year: int = 2020) -> tuple[date, date]:
    return date(year, month, number), date(year, month, number)


@dataclass(frozen=True, slots=True)
class Link:
    """One incident: words of a passage that reports it, its type, the bounds of its date, its status."""

    name: str
    words: tuple[str, ...]
    types: frozenset[EventType]
    within: tuple[date, date]
    status: frozenset[Status] = frozenset({Status.OCCURRED})
    actors: frozenset[str] = frozenset()
    articles: int = 1


def kinds(*types: EventType) -> frozenset[EventType]:
    return frozenset(types)


T, S = EventType, Status
CHAIN = [
    Link("rocket attack on K1", ("K1 military base",), kinds(T.ASSAULT), DEC, articles=2),
    Link(
        "air strikes",
        ("killed 25",),
        kinds(T.ASSAULT),
        DEC,
        actors=frozenset({"united-states"}),
        articles=2,
    ),
    Link(
        "embassy stormed",
        ("storming the US Embassy",),
        kinds(T.ASSAULT, T.PROTEST),
        NYE,
        articles=2,
    ),
    Link("crowd leaves", ("They left a day later",), kinds(T.RETREAT), day(1, 1)),
    Link(
        "Soleimani killed",
        ("Soleimani",),
        kinds(T.ASSAULT),
        day(1, 3),
        actors=frozenset({"qasem-soleimani"}),
        articles=5,
    ),
    Link("funeral processions", ("procession",), kinds(T.PROTEST, T.OTHER), day(1, 4)),
    Link(
        "vote to expel",
        ("170 ballots",),
        kinds(T.POLITICS, T.SANCTION, T.COERCE),
        day(1, 5),
        articles=4,
    ),
    Link("letter leaked", ("leak",), kinds(T.OTHER, T.STATEMENT), day(1, 6)),
    Link("Esper's denial", ("no decision made",), kinds(T.REJECT, T.STATEMENT), day(1, 6)),
    Link("not the right time", ("right time",), kinds(T.STATEMENT, T.REJECT), day(1, 7)),
    Link(
        "resignation",
        ("resigned in November",),
        kinds(T.POLITICS),
        (date(2019, 11, 1), date(2019, 11, 30)),
    ),
    Link(
        "protests since October",
        ("October",),
        kinds(T.PROTEST),
        (date(2019, 10, 1), date(2020, 12, 31)),
        frozenset({Status.ONGOING}),
    ),
    Link("Trump meets Saleh", ("Trump met", "Saleh"), kinds(T.CONSULT), day(1, 22)),
    Link(
        "million-man march",
        ("million man",),
        kinds(T.PROTEST),
        day(1, 24),
        frozenset({Status.PLANNED}),
    ),
]


def matching(chronology: Chronology, link: Link) -> list[Event]:
    """Events with a passage that holds the link's words, and its type, date, status, actors and articles."""
    return [event for event in chronology.events if not faults(event, link)]


def faults(event: Event, link: Link) -> list[str]:
    """Why an event is not this link; empty when it is."""
    low, high = link.within
    quotes = " ".join(mention.quote for mention in event.mentions)
    bounds = event.when.earliest, event.when.latest
    checks = {
        "words": all(word in quotes for word in link.words),
        "type": event.event_type in link.types,
        "date": bounds[0] is not None
        and low <= bounds[0]
        and (event.when.ongoing or (bounds[1] is not None and bounds[1] <= high)),
        "status": event.status in link.status,
        "actors": link.actors <= {actor.actor_id for actor in event.actors},
        "articles": len({mention.doc_id for mention in event.mentions}) >= link.articles,
    }
    return [name for name, holds in checks.items() if not holds]


@pytest.mark.parametrize("link", CHAIN, ids=lambda link: link.name)
def test_chain(bundled: Chronology, link: Link) -> None:
    near = [
        (event.title, str(event.when.edtf), faults(event, link))
        for event in bundled.events
        if len(faults(event, link)) <= 2 and "words" not in faults(event, link)
    ]
    assert matching(bundled, link), f"nearest: {near}"


@pytest.mark.parametrize(
    "words",
    [
        "Join our commenting forum",
        "1/35",
        "Source link",
        "AFP via Getty",
        "Please refresh the page",
    ],
)
def test_furniture_yields_no_event(bundled: Chronology, words: str) -> None:
    assert not [event.title for event in bundled.events for m in event.mentions if words in m.quote]


@pytest.mark.parametrize(
    ("sentence", "lemma"),
    [
        ("there’s been no decision made to leave Iraq", "decision"),
        ("If it comes to a vote", "vote"),
    ],
)
def test_what_did_not_happen_is_no_deed(bundled: Chronology, sentence: str, lemma: str) -> None:
    deeds = [
        event.title
        for event in bundled.events
        for mention in event.mentions
        if sentence in mention.quote
        and lemma in mention.lemma.split()
        and event.status in (Status.OCCURRED, Status.ONGOING)
    ]
    assert not deeds


def test_undated_article_is_dated_from_what_it_shares(bundled: Chronology) -> None:
    undated = next(d for d in bundled.documents if d.doc.startswith("003"))
    assert undated.published is not None
    assert abs((undated.published - date(2020, 1, 7)).days) <= 1
    assert undated.published_basis == "inferred"
    assert undated.published_note
