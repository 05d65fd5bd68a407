"""Several articles on one crisis: which passages tell one event, when it was, how many independent publishers tell it,
where they differ, and when an undated article was published. What is expected stands beside the articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from chronicles import build
from spacy.language import Language

from timeline.model import Chronology, Event

CRISES = Path(__file__).parent / "crises"
EXPECTED: dict[str, Any] = yaml.safe_load((CRISES / "expected.yaml").read_text("utf-8"))


def _cases(rows: list[tuple[Any, ...]]) -> list[Any]:
    """Rows of crisis and names; those that name what is not yet right are expected to fail."""
    return [
        pytest.param(
            *row,
            marks=pytest.mark.xfail(strict=True)
            if not set(EXPECTED[row[0]]["not_yet"]).isdisjoint(map(str, row[1:]))
            else (),
        )
        for row in rows
    ]


EVENTS = _cases([(crisis, name) for crisis, data in EXPECTED.items() for name in data["events"]])
APART = _cases([(crisis, *pair) for crisis, data in EXPECTED.items() for pair in data["apart"]])
UNDATED = [
    (crisis, name, *told)
    for crisis, data in EXPECTED.items()
    for name, told in data.get("published", {}).items()
]
FIELDS = _cases(
    [(c, field) for c, data in EXPECTED.items() for field in data.get("disagreements", {})]
)


@pytest.fixture(scope="module")
def chronologies(nlp: Language) -> dict[str, Chronology]:
    return {crisis: build(nlp, str(CRISES / crisis)) for crisis in EXPECTED}


def events_of(chronologies: dict[str, Chronology], crisis: str, name: str) -> list[Event]:
    """The event of each passage, in the order of the expectation."""
    expected = EXPECTED[crisis]["events"][name]
    triggers = expected["trigger"]
    triggers = [triggers] if isinstance(triggers, str) else triggers
    found = []
    for article, words in expected["told"].items():
        these = [
            event
            for event in chronologies[crisis].events
            if any(
                mention.doc.startswith(article) and in_words(mention, words, triggers)
                for mention in event.mentions
            )
        ]
        assert these, f"{article} tells no event of “{words}”"
        found.append(these[0])
    return found


def in_words(mention: Any, words: str, triggers: list[str]) -> bool:
    """Whether the trigger of a mention is one of those, within the words."""
    start = mention.quote.find(words)
    place = mention.start - mention.sentence[0]
    named = any(trigger in mention.trigger for trigger in triggers)
    return bool(start >= 0 and named and start <= place < start + len(words))


@pytest.mark.parametrize(("crisis", "name"), EVENTS)
def test_passages_are_one_event(
    chronologies: dict[str, Chronology], crisis: str, name: str
) -> None:
    assert len({event.event_id for event in events_of(chronologies, crisis, name)}) == 1


@pytest.mark.parametrize(("crisis", "name"), EVENTS)
def test_it_is_dated(chronologies: dict[str, Chronology], crisis: str, name: str) -> None:
    event = events_of(chronologies, crisis, name)[0]
    days = EXPECTED[crisis]["events"][name]["days"]
    assert [event.when.earliest, event.when.latest] == days


@pytest.mark.parametrize(("crisis", "name"), EVENTS)
def test_publishers_are_counted_once(
    chronologies: dict[str, Chronology], crisis: str, name: str
) -> None:
    event = events_of(chronologies, crisis, name)[0]
    assert event.sources == EXPECTED[crisis]["events"][name]["sources"]


@pytest.mark.parametrize(("crisis", "one", "other"), APART)
def test_two_events_stay_two(
    chronologies: dict[str, Chronology], crisis: str, one: str, other: str
) -> None:
    ids = [
        {event.event_id for event in events_of(chronologies, crisis, name)} for name in (one, other)
    ]
    assert ids[0].isdisjoint(ids[1])


@pytest.mark.parametrize(("crisis", "article", "day", "misses"), UNDATED)
def test_an_undated_article_is_dated_by_what_it_tells(
    chronologies: dict[str, Chronology], crisis: str, article: str, day: Any, misses: int
) -> None:
    (document,) = [d for d in chronologies[crisis].documents if d.doc.startswith(article)]
    assert document.published is not None
    assert abs((document.published - day).days) <= misses


@pytest.mark.parametrize(("crisis", "field"), FIELDS)
def test_disagreements_name_who_says_which(
    chronologies: dict[str, Chronology], crisis: str, field: str
) -> None:
    claims: dict[str, set[str]] = {}
    for event in chronologies[crisis].events:
        names = {mention.mention_id: mention.doc.removesuffix(".txt") for mention in event.mentions}
        for item in event.disagreements:
            for claim in item.claims if item.field == field else ():
                claims.setdefault(claim.value, set()).update(names[m] for m in claim.mention_ids)
    expected = EXPECTED[crisis]["disagreements"][field]
    assert claims == {value: set(articles) for value, articles in expected.items()}
