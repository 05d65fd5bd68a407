"""Mentions of several articles become events: what is one, what never is, and laws of the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    make_actor,
    make_argument,
    make_casualty,
    make_document,
    make_event,
    make_mention,
    make_when,
    span_of,
)
from timeline.merge import explain_merge, infer_published, merge_mentions, select_events
from timeline.model import (
    Actor,
    ActorKind,
    Analysis,
    Basis,
    Document,
    Event,
    EventMention,
    EventType,
    Modality,
    Precision,
    PublishedBasis,
    Role,
    Status,
    Timex,
    TimexType,
    When,
)

FREEDONIA = make_actor("Freedonia", kind=ActorKind.STATE, country="FRE")
NAVY = make_actor("Freedonian Navy", member_of=("freedonia",), kind=ActorKind.ORGANISATION)
FRONT = make_actor("River Front")
MIRA = make_actor("Mira Sol", kind=ActorKind.PERSON, member_of=("river-front",))
ORAN = make_actor("Oran Dell", kind=ActorKind.PERSON, member_of=("river-front",))
SENATE = make_actor("Senate of Freedonia", kind=ActorKind.GOVERNMENT, member_of=("freedonia",))
ACTORS = (FREEDONIA, NAVY, FRONT, MIRA, ORAN, SENATE)
MARCH_3 = date(2015, 3, 3)
MARCH_8 = date(2015, 3, 8)


def article(name: str, text: str, published: date | None = date(2015, 3, 10)) -> Document:
    basis = PublishedBasis.HEADER if published else PublishedBasis.UNKNOWN
    return make_document(
        text, doc=name, publisher=f"The {name}", published=published, published_basis=basis
    )


def mention(
    document: Document,
    trigger: str,
    *,
    by: Actor | str | None = None,
    to: tuple[Actor, ...] = (),
    killed: tuple[str, int] | None = None,
    day: date | None = None,
    **given: Any,
) -> EventMention:
    """A mention whose participants are looked up in the text by their full names."""
    arguments = [
        make_argument(document, actor.name, role, actor_id=actor.actor_id)
        for role, actors in (
            (Role.ACTOR, (by,) if isinstance(by, Actor) else ()),
            (Role.RECIPIENT, to),
        )
        for actor in actors
    ]
    casualties = ()
    if killed:
        phrase, number = killed
        casualties = (make_casualty(document, phrase, low=number, high=number),)
    defaults: dict[str, Any] = {
        "when": make_when(day),
        "arguments": tuple(arguments),
        "casualties": casualties,
        "lemma": trigger.lower(),
    }
    return make_mention(document, trigger, **defaults | given)


def merge(*mentions: EventMention, documents: tuple[Document, ...]) -> tuple[Event, ...]:
    return merge_mentions(analyses(documents, mentions), ACTORS, None)


def analyses(documents: tuple[Document, ...], mentions: Any) -> tuple[Analysis, ...]:
    return tuple(
        Analysis(
            document=document,
            mentions=tuple(item for item in mentions if item.doc_id == document.doc_id),
        )
        for document in documents
    )


def groups(events: tuple[Event, ...]) -> set[frozenset[str]]:
    """Events as the sets of their triggers."""
    return {frozenset(f"{item.doc}:{item.trigger}" for item in event.mentions) for event in events}


POST = article("post", "Freedonia killed Mira Sol and Oran Dell in a raid on 3 March.")
MAIL = article(
    "mail", "The killing of Oran Dell shook the coast. Critics spoke of the murder of Mira Sol."
)
STAR = article(
    "star", "Freedonia struck the harbour, and 25 fighters died. A strike on 8 March followed."
)
KILLED = mention(POST, "killed", by=FREEDONIA, to=(MIRA, ORAN), day=MARCH_3, lemma="kill")
RAID = mention(POST, "raid", by=FREEDONIA, day=MARCH_3)
KILLING = mention(MAIL, "killing", to=(ORAN,))
MURDER = mention(MAIL, "murder", to=(MIRA,))
STRUCK = mention(
    STAR, "struck", by=FREEDONIA, day=MARCH_3, lemma="strike", killed=("25 fighters", 25)
)
STRIKE = mention(STAR, "strike", day=MARCH_8)
ALL = (KILLED, RAID, KILLING, MURDER, STRUCK, STRIKE)
DOCUMENTS = (POST, MAIL, STAR)


def test_a_killing_of_two_is_one_event_however_it_is_told() -> None:
    events = merge(*ALL, documents=DOCUMENTS)
    assert groups(events) == {
        frozenset({"post:killed", "post:raid", "mail:killing", "mail:murder"}),
        frozenset({"star:struck"}),
        frozenset({"star:strike"}),
    }


def test_different_victims_are_different_events_unless_one_passage_names_both() -> None:
    events = merge(KILLING, MURDER, documents=DOCUMENTS)
    assert groups(events) == {frozenset({"mail:killing"}), frozenset({"mail:murder"})}


def test_two_strikes_are_not_chained_by_an_undated_third() -> None:
    vague = article("echo", "The strikes by Freedonia on River Front made headlines.")
    first = mention(POST, "raid", by=FREEDONIA, day=MARCH_3, lemma="strike", to=())
    second = mention(STAR, "strike", day=MARCH_8, lemma="strike")
    third = mention(vague, "strikes", by=FREEDONIA, to=(FRONT,), lemma="strike")
    events = merge(first, second, third, documents=(POST, STAR, vague))
    for event in events:
        assert not {"post:raid", "star:strike"} <= {f"{m.doc}:{m.trigger}" for m in event.mentions}


def test_an_army_acts_for_its_state() -> None:
    one = article("one", "Freedonia shelled River Front on 3 March.")
    two = article("two", "The Freedonian Navy shelled River Front.")
    events = merge(
        mention(one, "shelled", by=FREEDONIA, to=(FRONT,), day=MARCH_3, lemma="shell"),
        mention(two, "shelled", by=NAVY, to=(FRONT,), lemma="shell"),
        documents=(one, two),
    )
    assert len(events) == 1
    assert {actor.name for actor in events[0].actors} == {
        "Freedonia",
        "Freedonian Navy",
        "River Front",
    }


def test_an_undated_mention_takes_the_date_and_says_so() -> None:
    events = merge(KILLED, KILLING, documents=DOCUMENTS)
    filled = next(item for item in events[0].mentions if item.trigger == "killing")
    assert (filled.when.edtf, filled.when.basis) == ("2015-03-03", Basis.MERGED)
    assert filled.when.anchor == f"event:{events[0].event_id}"


@pytest.mark.parametrize("modality", [Modality.POSSIBLE, Modality.DEMANDED])
def test_what_is_only_possible_makes_no_event_and_gives_no_fact(modality: Modality) -> None:
    text = article("maybe", "A killing of Mira Sol by River Front would cost 40 lives.")
    maybe = mention(
        text, "killing", by=FRONT, to=(MIRA,), killed=("40 lives", 40), modality=modality
    )
    assert merge(maybe, documents=(text,)) == ()
    (event,) = merge(KILLED, maybe, documents=(POST, text))
    assert not event.casualties
    assert "River Front" not in {actor.name for actor in event.actors}


def test_habits_make_no_event() -> None:
    text = article("habit", "River Front attacks ships.")
    assert merge(mention(text, "attacks", by=FRONT, incident=False), documents=(text,)) == ()


def test_a_planned_session_that_took_place_has_occurred() -> None:
    before = article("before", "The Senate of Freedonia will vote on 8 March to expel River Front.")
    after = article("after", "The Senate of Freedonia voted to expel River Front.")
    planned = mention(
        before,
        "vote",
        by=SENATE,
        day=MARCH_8,
        modality=Modality.PLANNED,
        event_type=EventType.POLITICS,
    )
    told = mention(
        after, "voted", by=SENATE, day=MARCH_8, lemma="vote", event_type=EventType.POLITICS
    )
    (event,) = merge(planned, told, documents=(before, after))
    assert event.status is Status.OCCURRED
    (event,) = merge(planned, documents=(before,))
    assert event.status is Status.PLANNED


def test_a_denial_is_a_disagreement() -> None:
    one = article("one", "River Front shelled Freedonia.")
    two = article("two", "River Front denied that it shelled Freedonia.")
    told = mention(one, "shelled", by=FRONT, to=(FREEDONIA,), day=MARCH_3, lemma="shell")
    denied = mention(
        two,
        "shelled",
        by=FRONT,
        to=(FREEDONIA,),
        day=MARCH_3,
        lemma="shell",
        modality=Modality.DENIED,
        attribution="river-front",
    )
    (event,) = merge(told, denied, documents=(one, two))
    assert event.status is Status.OCCURRED
    (found,) = event.disagreements
    assert {claim.value: claim.mention_ids for claim in found.claims} == {
        "it happened": (told.mention_id,),
        "denied": (denied.mention_id,),
    }


def test_tolls_are_kept_apart_never_averaged() -> None:
    one = article("one", "Freedonia shelled River Front, killing 20 people.")
    two = article("two", "Freedonia shelled River Front, killing 24 people.")
    pair = [
        mention(
            text,
            "shelled",
            by=FREEDONIA,
            to=(FRONT,),
            day=MARCH_3,
            lemma="shell",
            killed=(f"{number} people", number),
        )
        for text, number in ((one, 20), (two, 24))
    ]
    (event,) = merge(*pair, documents=(one, two))
    (toll,) = event.casualties
    assert (toll.low, toll.high) == (20, 24)
    (found,) = event.disagreements
    assert (found.field, [claim.value for claim in found.claims]) == (
        "casualties",
        ["20 killed", "24 killed"],
    )


def test_a_person_is_killed_once_so_other_days_are_a_disagreement() -> None:
    text = article("other", "Freedonia killed Mira Sol on 4 March.")
    other = mention(text, "killed", by=FREEDONIA, to=(MIRA,), day=date(2015, 3, 4), lemma="kill")
    (event,) = merge(KILLED, other, documents=(POST, text))
    assert [(item.field, len(item.claims)) for item in event.disagreements] == [("date", 2)]


def test_copied_text_counts_as_one_source() -> None:
    copy = article("copy", POST.text)
    again = mention(copy, "killed", by=FREEDONIA, to=(MIRA, ORAN), day=MARCH_3, lemma="kill")
    (event,) = merge(KILLED, again, documents=(POST, copy))
    assert (event.sources, len(event.mentions)) == (1, 2)
    (event,) = merge(KILLED, KILLING, documents=DOCUMENTS)
    assert event.sources == 2


def test_the_decision_is_explained() -> None:
    reasons = explain_merge(KILLED, MURDER, analyses(DOCUMENTS, ALL), ACTORS, None)
    assert any(reason.startswith("the same victim") for reason in reasons)
    reasons = explain_merge(STRUCK, STRIKE, analyses(DOCUMENTS, ALL), ACTORS, None)
    assert reasons == ("different dates (never one event)",)


@settings(max_examples=30, deadline=None)
@given(st.permutations(DOCUMENTS), st.permutations(ALL))
def test_the_order_of_articles_and_mentions_is_of_no_consequence(
    documents: list[Document], mentions: list[EventMention]
) -> None:
    assert merge(*mentions, documents=tuple(documents)) == merge(*ALL, documents=DOCUMENTS)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(DOCUMENTS), min_size=1), st.sampled_from(DOCUMENTS))
def test_a_copy_of_an_article_changes_no_event_but_its_mentions_and_sources(
    held: set[Document], copied: Document
) -> None:
    documents = tuple(held | {copied})
    copy = replace(copied, doc_id="copy", doc="copy")
    doubles = [
        replace(item, doc_id="copy", doc="copy", mention_id=f"copy-{item.mention_id}")
        for item in ALL
        if item.doc_id == copied.doc_id
    ]
    before = merge(*ALL, documents=documents)
    after = merge(*ALL, *doubles, documents=(*documents, copy))
    assert [bare(event) for event in after] == [bare(event) for event in before]


def bare(event: Event) -> Event:
    return replace(event, mentions=(), sources=0, disagreements=())


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(DOCUMENTS), min_size=1))
def test_an_article_on_something_else_changes_nothing(held: set[Document]) -> None:
    other = article("other", "An earthquake shook Sylvania on 3 March.")
    quake = mention(other, "earthquake", day=MARCH_3, event_type=EventType.DISASTER)
    before = merge(*ALL, documents=tuple(held))
    after = merge(*ALL, quake, documents=(*held, other))
    assert set(before) < set(after)


def test_every_telling_mention_is_in_exactly_one_event() -> None:
    found = [
        item.mention_id for event in merge(*ALL, documents=DOCUMENTS) for item in event.mentions
    ]
    assert sorted(found) == sorted(item.mention_id for item in ALL)


def undated(text: str, *weekdays: str) -> tuple[Document, tuple[Timex, ...]]:
    document = article("undated", text, None)
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    found = []
    for name in weekdays:
        start, end = span_of(document, name)
        value = f"XXXX-WXX-{names.index(name) + 1}"
        found.append(
            Timex(doc="undated", start=start, end=end, text=name, type=TimexType.DATE, value=value)
        )
    return document, tuple(found)


def test_an_undated_article_is_dated_from_a_shared_event_and_its_weekdays() -> None:
    dated = article("dated", "The Senate of Freedonia voted on 8 March to expel River Front.")
    vote = mention(
        dated, "voted", by=SENATE, day=MARCH_8, lemma="vote", event_type=EventType.POLITICS
    )
    document, timexes = undated(
        "On Sunday the Senate of Freedonia voted to expel River Front. On Tuesday the Front left.",
        "Sunday",
        "Tuesday",
    )
    told = mention(
        document,
        "voted",
        by=SENATE,
        lemma="vote",
        event_type=EventType.POLITICS,
        when=When(phrase="Sunday", phrase_span=span_of(document, "Sunday")),
    )
    found = infer_published(
        [Analysis(document=document, timexes=timexes, mentions=(told,))],
        [Analysis(document=dated, mentions=(vote,))],
    )
    day, note = found[document.doc_id]
    assert day == date(2015, 3, 10)
    assert "Sunday, 8 March 2015" in note


def test_an_undated_article_that_shares_nothing_stays_undated() -> None:
    document, timexes = undated("On Sunday a bank in Sylvania failed.", "Sunday")
    told = mention(document, "failed", event_type=EventType.OTHER, day=None)
    shared = infer_published(
        [Analysis(document=document, timexes=timexes, mentions=(told,))],
        [Analysis(document=POST, mentions=(KILLED, RAID))],
    )
    assert shared == {}


def test_precision_survives() -> None:
    month = make_when(
        date(2015, 3, 1), edtf="2015-03", latest=date(2015, 3, 31), precision=Precision.MONTH
    )
    (event,) = merge(replace(KILLED, when=month), documents=DOCUMENTS)
    assert (event.when.edtf, event.when.precision) == ("2015-03", Precision.MONTH)


def test_what_is_not_shown_is_followed_by_nobody() -> None:
    """A bare phrase in one passage makes no event of its own, and no link leads to it."""
    bare = make_event(event_id="bare", when=When(), casualties=(), salience=0.5)
    told = make_event(event_id="told", salience=0.9, follows=("bare",))
    assert select_events((bare, told)) == (replace(told, follows=()),)


BARE_ONE = article(
    "one", "The council sold the old harbour crane to a museum. The sale angered many."
)
BARE_TWO = article(
    "two", "Why did the council sell the old harbour crane? The crane went to a museum."
)
BARE = (mention(BARE_ONE, "sold", lemma="sell"), mention(BARE_TWO, "sell"))


def test_words_alone_make_one_event_of_two_passages_on_one_story() -> None:
    (event,) = merge(*BARE, documents=(BARE_ONE, BARE_TWO))
    assert len(event.mentions) == 2


def test_words_alone_do_not_choose_between_two_dated_events_of_their_kind() -> None:
    first = article("first", "Freedonia struck the harbour on 3 March.")
    second = article("second", "Freedonia struck the harbour on 8 March.")
    vague = article("vague", "Before the strike the harbour of Freedonia was calm.")
    again = article("again", "Since the strike the harbour of Freedonia is calm.")
    told = (
        mention(first, "struck", by=FREEDONIA, day=MARCH_3, lemma="strike"),
        mention(second, "struck", by=FREEDONIA, day=MARCH_8, lemma="strike"),
        mention(vague, "strike"),
        mention(again, "strike"),
    )
    events = merge(*told, documents=(first, second, vague, again))
    assert frozenset({"vague:strike", "again:strike"}) not in groups(events)


def test_a_plan_is_not_taken_for_a_deed_that_has_no_date() -> None:
    plan = article("plan", "River Front will march on the Senate.")
    deed = article("deed", "River Front marched on the Senate.")
    told = (
        mention(plan, "march", by=FRONT, modality=Modality.PLANNED, event_type=EventType.PROTEST),
        mention(deed, "marched", by=FRONT, lemma="march", event_type=EventType.PROTEST),
    )
    assert len(merge(*told, documents=(plan, deed))) == 2


@pytest.mark.parametrize(("published", "events"), [(date(2014, 3, 1), 2), (date(2015, 3, 20), 1)])
def test_what_is_told_as_done_has_happened_by_then(published: date, events: int) -> None:
    dated = article("Post", "The Freedonian Navy attacked the River Front on 8 March.")
    other = article("News", "The Freedonian Navy attacked the River Front.", published)
    found = merge(
        mention(dated, "attacked", by=NAVY, to=(FRONT,), day=MARCH_8),
        mention(other, "attacked", by=NAVY, to=(FRONT,)),
        documents=(dated, other),
    )
    assert len(found) == events


@pytest.mark.parametrize(("day", "events"), [(date(2013, 3, 8), 2), (date(2015, 3, 7), 1)])
def test_a_date_by_context_may_miss_by_days_not_by_years(day: date, events: int) -> None:
    dated = article("Post", "The Freedonian Navy attacked the River Front on 8 March.")
    other = article("News", "The Freedonian Navy attacked the River Front.", date(2015, 3, 20))
    found = merge(
        mention(dated, "attacked", by=NAVY, to=(FRONT,), day=MARCH_8),
        mention(
            other,
            "attacked",
            by=NAVY,
            to=(FRONT,),
            when=replace(make_when(day), basis=Basis.CONTEXT),
        ),
        documents=(dated, other),
    )
    assert len(found) == events


def test_who_meets_one_meets_not_the_other() -> None:
    one = article("one", "Freedonia met River Front on 3 March.")
    other = article("other", "Freedonia met Nora Quill on 3 March.")
    quill = make_actor("Nora Quill", kind=ActorKind.PERSON)
    told = tuple(
        mention(text, "met", by=FREEDONIA, to=(whom,), day=MARCH_3, lemma="meet", event_type=EventType.CONSULT)
        for text, whom in ((one, FRONT), (other, quill))
    )  # fmt: skip
    events = merge_mentions(analyses((one, other), told), (*ACTORS, quill), None)
    assert len(events) == 2


@given(st.permutations(BARE + ALL))
def test_what_was_merged_is_merged_alike_again(mentions: list[EventMention]) -> None:
    documents = (*DOCUMENTS, BARE_ONE, BARE_TWO)
    once = merge(*mentions, documents=documents)
    again = [item for event in once for item in event.mentions]
    assert groups(merge(*again, documents=documents)) == groups(once)


@pytest.mark.parametrize(
    ("kind", "published", "events"),
    [
        (EventType.THREATEN, date(2015, 3, 12), 1),
        (EventType.THREATEN, date(2017, 3, 12), 2),
        (EventType.ASSAULT, date(2017, 3, 12), 1),
    ],
)
def test_remarks_of_other_years_are_other_remarks(
    kind: EventType, published: date, events: int
) -> None:
    told = "Mira Sol {} Freedonia over the river tolls, {} said."
    one = article("one", told.format("threatened", "officials"), date(2015, 3, 10))
    other = article("other", told.format("threatened", "diplomats"), published)
    both = [
        mention(document, "threatened", by=MIRA, to=(FREEDONIA,), lemma="threaten", event_type=kind)
        for document in (one, other)
    ]
    assert len(merge(*both, documents=(one, other))) == events


def test_a_described_person_may_be_the_one_whom_others_name() -> None:
    general = make_actor("Freedonian general", kind=ActorKind.GOVERNMENT)
    one = article("one", "Freedonia killed Mira Sol on 3 March, and the coast mourned Mira Sol.")
    other = article(
        "other", "The killing of the Freedonian general by Freedonia, mourned on the coast."
    )
    told = (
        mention(one, "killed", by=FREEDONIA, to=(MIRA,), day=MARCH_3, lemma="kill"),
        mention(
            other,
            "killing",
            by=FREEDONIA,
            to=(general,),
            lemma="killing",
            killed=("the Freedonian general", 1),
        ),
    )
    found = merge_mentions(analyses((one, other), told), (*ACTORS, general), None)
    assert len(found) == 1


def test_who_is_only_accused_of_a_deed_is_marked_and_not_in_its_title() -> None:
    one = article("one", "Oran Dell was killed on 3 March.")
    two = article("two", "River Front is accused of killing Oran Dell.")
    told = mention(one, "killed", to=(ORAN,), day=MARCH_3, lemma="kill")
    alleged = mention(
        two, "killing", by=FRONT, to=(ORAN,), day=MARCH_3, lemma="kill", modality=Modality.ALLEGED
    )
    (event,) = merge(told, alleged, documents=(one, two))
    assert event.status is Status.OCCURRED
    assert "River Front" not in event.title
    assert {actor.name: actor.alleged for actor in event.actors} == {
        "Oran Dell": False,
        "River Front": True,
    }
