"""Events dated by one another: counted from, bounded by, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import (
    make_argument,
    make_document,
    make_mention,
    make_when,
    sentence_of,
    span_of,
)
from timeline.merge import merge_mentions
from timeline.model import (
    Analysis,
    Argument,
    Basis,
    Document,
    Event,
    EventMention,
    EventType,
    Precision,
    Role,
    When,
)

TEXT = (
    "Rockets hit the depot in May. Jets bombed the hills in response to it. "
    "A mob stormed the mission in the aftermath of the raids. They left a day later."
)
POST = make_document(TEXT, doc="post", published=date(2016, 6, 20))
MAY = make_when(
    date(2016, 5, 1), edtf="2016-05", latest=date(2016, 5, 31), precision=Precision.MONTH
)
UNTOLD = make_when(None)


def at(trigger: str, when: When = UNTOLD, **given: object) -> EventMention:
    return make_mention(POST, trigger, lemma=trigger.lower(), when=when, **given)


def counted(trigger: str, other: EventMention, shift: str, phrase: str) -> EventMention:
    when = When(
        basis=Basis.RELATIVE,
        anchor=f"mention:{other.mention_id}",
        shift=shift,
        phrase=phrase,
        phrase_span=span_of(POST, phrase),
    )
    return at(trigger, when, event_type=EventType.RETREAT)


def parts(document: Document) -> tuple[Argument, ...]:
    return (
        make_argument(document, "Rockets", actor_id="rocketeers"),
        make_argument(document, "depot", Role.RECIPIENT, actor_id="depot"),
    )


ROCKETS = at("hit", MAY)
JETS = at("bombed", follows=(ROCKETS.mention_id,))
STORMED = at("stormed", make_when(date(2016, 5, 31)), event_type=EventType.PROTEST)
STORMED = replace(STORMED, follows=(JETS.mention_id,))


def events(*mentions: EventMention, document: Document = POST) -> dict[str, Event]:
    """Events by the trigger of their first mention."""
    found = merge_mentions([Analysis(document=document, mentions=mentions)], (), None)
    return {event.mentions[0].trigger: event for event in found}


def test_what_comes_between_two_events_lies_in_the_window_between_them() -> None:
    found = events(ROCKETS, JETS, STORMED)["bombed"]
    assert (found.when.edtf, found.when.precision) == (
        "[2016-05-01..2016-05-31]",
        Precision.WINDOW,
    )
    assert (found.when.basis, found.when.anchor[:6]) == (Basis.RELATIVE, "event:")
    assert found.follows == (events(ROCKETS, JETS, STORMED)["hit"].event_id,)


@pytest.mark.parametrize(
    "loose",
    [
        make_when(date(2016, 6, 17), basis=Basis.CONTEXT),
        make_when(
            date(2016, 5, 30),
            latest=date(2016, 6, 5),
            edtf="2016-05-30/2016-06-05",
            precision=Precision.WEEK,
            basis=Basis.RELATIVE,
        ),
    ],
    ids=["inherited from the sentence before", "last week"],
)
def test_a_loose_date_does_not_override_the_bounds(loose: When) -> None:
    found = events(ROCKETS, replace(JETS, when=replace(loose, phrase="last week")), STORMED)[
        "bombed"
    ]
    assert not found.when.phrase, "what gave way is not given as the reason"
    assert found.when.edtf == "[2016-05-01..2016-05-31]"


@pytest.mark.parametrize(
    ("shift", "day"),
    [("P1D", date(2016, 6, 1)), ("-P2D", date(2016, 5, 29)), ("P1W", date(2016, 6, 7))],
)
def test_a_day_later_is_counted_from_the_event_before(shift: str, day: date) -> None:
    left = counted("left", STORMED, shift, "a day later")
    found = events(ROCKETS, JETS, STORMED, left)["left"]
    assert (found.when.earliest, found.when.latest) == (day, day)
    assert found.when.basis is Basis.RELATIVE
    assert found.when.anchor == f"event:{events(ROCKETS, JETS, STORMED, left)['stormed'].event_id}"
    assert found.when.phrase == "a day later"


def test_a_day_later_than_an_undated_event_is_undated() -> None:
    left = counted("left", replace(STORMED, when=UNTOLD), "P1D", "a day later")
    found = events(replace(STORMED, when=UNTOLD, follows=()), left)["left"]
    assert found.when.precision is Precision.UNKNOWN


def test_the_date_to_count_from_may_come_from_another_article() -> None:
    other = make_document(
        "The mission was stormed by a mob on 31 May.", doc="other", published=date(2016, 6, 21)
    )
    told = make_mention(
        other,
        "stormed",
        lemma="stormed",
        event_type=EventType.PROTEST,
        when=make_when(date(2016, 5, 31)),
    )
    mob = make_argument(other, "mob", actor_id="mob")
    told = replace(told, arguments=(mob,))
    undated = replace(STORMED, when=UNTOLD, arguments=(replace(mob, start=0, end=3),))
    left = counted("left", STORMED, "P1D", "a day later")
    found = merge_mentions(
        [
            Analysis(document=POST, mentions=(undated, left)),
            Analysis(document=other, mentions=(told,)),
        ],
        (),
        None,
    )
    assert [(event.when.edtf, len(event.mentions)) for event in found] == [
        ("2016-05-31", 2),
        ("2016-06-01", 1),
    ]


def test_an_event_with_a_lower_bound_happened_before_it_was_published() -> None:
    found = events(ROCKETS, JETS)["bombed"]
    assert found.when.edtf == "[2016-05-01..2016-06-20]"


def test_bounds_too_far_apart_are_no_date() -> None:
    old = replace(ROCKETS, when=make_when(date(2011, 5, 1)))
    found = events(old, JETS)["bombed"]
    assert found.when.precision is Precision.UNKNOWN


def test_a_contradiction_leaves_the_date_as_told_and_is_reported() -> None:
    early = replace(JETS, when=make_when(date(2016, 4, 2)))
    found = events(ROCKETS, early)["bombed"]
    assert found.when.edtf == "2016-04-02"
    (disagreement,) = found.disagreements
    assert disagreement.field == "date"
    assert {claim.value for claim in disagreement.claims} == {"2016-04-02", "not before 2016-05"}


def test_events_told_to_follow_each_other_bound_nothing() -> None:
    circle = replace(ROCKETS, when=UNTOLD, follows=(JETS.mention_id,))
    found = events(circle, JETS)
    assert {event.when.precision for event in found.values()} == {Precision.UNKNOWN}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((MAY, make_when(date(2016, 5, 9))), "2016-05-09"),
        ((make_when(date(2016, 5, 9), basis=Basis.CONTEXT), MAY), "2016-05"),
        ((MAY, UNTOLD), "2016-05"),
        ((UNTOLD, make_when(date(2016, 5, 9), basis=Basis.CONTEXT)), "2016-05-09"),
    ],
)
def test_the_best_supported_date_is_taken(told: tuple[When, When], expected: str) -> None:
    other = make_document("Rockets hit the depot.", doc="other", published=date(2016, 6, 21))
    casual = make_mention(other, "hit", lemma="hit", when=told[1], arguments=parts(other))
    mine = replace(at("hit"), when=told[0], arguments=parts(POST))
    found = merge_mentions(
        [Analysis(document=POST, mentions=(mine,)), Analysis(document=other, mentions=(casual,))],
        (),
        None,
    )
    assert [event.when.edtf for event in found] == [expected]


def test_the_sentence_of_a_mention_is_its_own() -> None:
    assert POST.text[slice(*sentence_of(POST, JETS.start))] == JETS.quote


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        (MAY, "2016-05/.."),
        (make_when(date(2016, 1, 1), edtf="2016", latest=date(2016, 12, 31)), "2016"),
    ],
)
def test_what_began_in_may_and_is_told_to_go_on_since_goes_on(began: When, expected: str) -> None:
    assert began.earliest
    since = make_when(
        began.earliest,
        edtf="2016-05/..",
        latest=None,
        precision=Precision.RANGE,
        ongoing=True,
    )
    other = make_document("Rockets hit the depot.", doc="other", published=date(2016, 6, 21))
    told = make_mention(other, "hit", lemma="hit", when=began, arguments=parts(other))
    again = make_document("Rockets hit the depot daily.", doc="again", published=date(2016, 6, 22))
    daily = make_mention(again, "hit", lemma="hit", when=began, arguments=parts(again))
    mine = replace(at("hit"), when=since, arguments=parts(POST))
    found = merge_mentions(
        [
            Analysis(document=POST, mentions=(mine,)),
            Analysis(document=other, mentions=(told,)),
            Analysis(document=again, mentions=(daily,)),
        ],
        (),
        None,
    )
    assert [event.when.edtf for event in found] == [expected]
