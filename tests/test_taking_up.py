"""What is told without day or doer means the one great event of its article, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import make_argument, make_casualty, make_document, make_mention, make_when
from timeline.merge import explain_merge, merge_mentions
from timeline.merge.bonds import read_discourse
from timeline.model import Analysis, CasualtyKind, Document, EventMention, Role

DAY = date(2015, 3, 3)
GREAT = [
    "A bomb exploded in Ostra on 3 March.",
    "The explosion in Ostra was heard for miles.",
    "In Ostra a car exploded at noon.",
    "A gas line exploded near the market of Ostra, police said.",
    "What exploded in Ostra weighed a ton.",
]
LATER = "The ministers met again. {} Schools stayed shut."


def article(name: str, text: str) -> Document:
    return make_document(text, doc=name, publisher=f"The {name}", published=date(2015, 3, 5))


def told(document: Document, trigger: str, *, day: date | None = DAY, **given: Any) -> EventMention:
    return make_mention(document, trigger, when=make_when(day), **given)


def great_event() -> list[tuple[Document, EventMention]]:
    """Five passages, each of its own article but the last, on one explosion; and an article that tells of it again."""
    return [
        (
            document,
            told(document, "explosion" if "explosion" in text else "exploded", lemma="explode"),
        )
        for number, text in enumerate(GREAT)
        for document in [article(f"a{number}", text)]
    ]


def analyses_with(text: str, *mentions: tuple[str, dict[str, Any]]) -> list[Analysis]:
    """The great event's articles, and one more that tells of the explosion and then `text`."""
    document = article("later", f"Ostra mourned. It exploded on 3 March. {LATER.format(text)}")
    pairs = [*great_event(), (document, told(document, "exploded", lemma="explode"))]
    for trigger, given in mentions:
        number = given.pop("number", None)
        if number:
            phrase, low, kind = number
            given["casualties"] = (make_casualty(document, phrase, low=low, high=low, kind=kind),)
        if whom := given.pop("whom", ""):
            given["arguments"] = (make_argument(document, whom, Role.RECIPIENT),)
        pairs.append((document, told(document, trigger, **{"day": None, **given})))
    by_document: dict[str, list[EventMention]] = {}
    documents = {one.doc_id: one for one, _ in pairs}
    for one, mention in pairs:
        by_document.setdefault(one.doc_id, []).append(mention)
    return [
        Analysis(document=documents[doc_id], mentions=tuple(found))
        for doc_id, found in by_document.items()
    ]


def events_with(text: str, *mentions: tuple[str, dict[str, Any]]) -> list[set[str]]:
    """Triggers, by event, of `analyses_with`."""
    events = merge_mentions(analyses_with(text, *mentions), (), None)
    return [{f"{m.doc}:{m.trigger}" for m in event.mentions} for event in events]


def reasons_with(text: str, mention: tuple[str, dict[str, Any]]) -> tuple[str, ...]:
    """Why the mention is, or is not, one with the great event's first passage."""
    analyses = analyses_with(text, mention)
    (first,) = analyses[0].mentions
    return explain_merge(first, analyses[-1].mentions[-1], analyses, (), None)


def test_the_great_event_is_one() -> None:
    assert len(events_with("Nothing else was told.")) == 1


@pytest.mark.parametrize(
    ("text", "trigger", "given"),
    [
        (
            "At least 40 people were killed.",
            "killed",
            {"lemma": "kill", "number": ("40 people", 40, "killed")},
        ),
        ("More than 900 were injured.", "injured", {"number": ("900", 900, "wounded")}),
        ("Friends of the dead came to see what the blast had done.", "blast", {}),
        ("The car bombing will set the town back.", "bombing", {}),
    ],
)
def test_what_is_told_without_day_or_doer_is_taken_up(
    text: str, trigger: str, given: dict[str, Any]
) -> None:
    (event,) = events_with(text, (trigger, dict(given)))
    assert f"later:{trigger}" in event


@pytest.mark.parametrize(
    ("text", "trigger", "given"),
    [
        (
            "Another 40 people were killed elsewhere.",
            "killed",
            {"lemma": "kill", "number": ("40 people", 40, "killed")},
        ),
        (
            "Since the war began 400 people were killed.",
            "killed",
            {"lemma": "kill", "number": ("400 people", 400, "killed")},
        ),
        (
            "He is wanted for the bombing of two mills.",
            "bombing",
            {"whom": "two mills"},
        ),
        ("She feared a blast.", "blast", {}),
        ("The blast came in May.", "blast", {"day": date(2014, 5, 4)}),
    ],
)
def test_what_may_be_another_event_is_not(text: str, trigger: str, given: dict[str, Any]) -> None:
    events = events_with(text, (trigger, dict(given)))
    assert {f"later:{trigger}"} in events


TAKEN_UP = "takes up the one event of which its articles tell most (6 passages)"


@pytest.mark.parametrize(
    ("text", "trigger", "given", "taken"),
    [
        ("More than 900 were injured.", "injured", {"number": ("900", 900, "wounded")}, True),
        ("The car bombing will set the town back.", "bombing", {}, True),
        ("She feared a blast.", "blast", {}, False),
    ],
)
def test_why_it_is_one_with_the_great_event_is_told(
    text: str, trigger: str, given: dict[str, Any], taken: bool
) -> None:
    reasons = reasons_with(text, (trigger, dict(given)))
    assert (f"“{trigger}”, told without day or doer, {TAKEN_UP}" in reasons) is taken


def test_of_two_great_events_none_is_chosen() -> None:
    events = events_with(
        "The blast is a riddle. On 8 March it blew up again.",
        ("blast", {}),
        ("blew up", {"day": date(2015, 3, 8), "lemma": "blow up"}),
    )
    assert {"later:blew up"} in events
    assert sum("later:blast" in event for event in events) == 1


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("The bombing killed more than 250 people and injured 5,000.", False),
        ("The bombing killed more than forty people and injured 5,000.", False),
        ("The bombing killed 40 people while injured men fled.", True),
        ("The bombing was worse than any, more than the mob that injured many.", True),
        ("The bombing shut the port before a mob injured many.", True),
    ],
)
def test_counting_the_harm_tells_nothing_apart(text: str, apart: bool) -> None:
    document = article("one", text)
    pair = [
        make_mention(document, "bombing"),
        make_mention(document, "injured", lemma="injure"),
    ]
    assert bool(read_discourse(pair, document.text).apart) is apart


def test_a_toll_is_that_of_the_attack_in_the_sentence_before() -> None:
    document = article("one", "Gunmen attacked a mill. At least 40 people were killed.")
    casualty = make_casualty(document, "40 people", low=40, high=None, kind=CasualtyKind.KILLED)
    pair = [
        make_mention(document, "attacked", lemma="attack"),
        make_mention(
            document, "killed", lemma="kill", when=make_when(None), casualties=(casualty,)
        ),
    ]
    assert set(read_discourse(pair, document.text).bonds) == {(0, 1)}
