"""Parses that cannot be are put right before events are read: who did what to whom, and who says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.actors import resolve_actors
from timeline.gazetteer import load_gazetteer
from timeline.mentions.reparsing import reparse
from timeline.model import Analysis, EventMention, EventType, Role
from timeline.pipeline import analyse, chronicle
from timeline.sources import document_from_text
from timeline.words import read_words

DCT = date(2024, 5, 17)  # a Friday


def analysis_of(text: str, nlp: Language) -> Analysis:
    return next(iter(analyse([document_from_text(text, doc="x", dct=DCT)], nlp)))


def told(text: str, trigger: str, nlp: Language) -> EventMention:
    return next(item for item in analysis_of(text, nlp).mentions if trigger in item.trigger)


def parts(mention: EventMention, role: Role) -> str:
    return " / ".join(item.text for item in mention.arguments if item.role is role)


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        # A sentence has a finite verb.
        ("The ruling generals dissolved parliament and suspended the constitution.", "dissolved", "generals", "parl"),
        ("Georgia's ruling party rejected calls for new elections.", "rejected", "party", ""),
        ("Beijing imposed export controls on rare earths.", "imposed", "Beijing", ""),
        # Nothing joins two verbs: the first is a participle.
        ("A bomb planted in a motorcycle killed three policemen in Quetta.", "killed", "", "policemen"),
        ("Protesters freed on Monday told reporters they had been beaten.", "freed", "", "Protesters"),
        ("Ten protesters freed by the army returned home.", "freed", "army", "protesters"),
        # A list.
        ("Norway, Ireland and Spain recognised a Palestinian state on Tuesday.", "recognised", "Norway", "state"),
        # Parties.
        ("Clashes between the army and the Rapid Support Forces killed 12 people.", "killed", "army / the Rapid", "12"),
        ("Clashes between the army and the rebels killed at least 17 people in Goma.", "killed", "the rebels", "17"),
        ("Fighting between Armenia and Azerbaijan killed 49 Armenian soldiers.", "killed", "Azerbaijan", "soldiers"),
        ("Talks between Egypt and Ethiopia collapsed on Tuesday.", "collapsed", "Egypt / Ethiopia", ""),
        # Harm belongs to the deed, not to the attempt.
        ("Police fired on men trying to storm the parliament, killing five people.", "killing", "Police", "five people"),
        ("Inmates rioted in six prisons and took more than 130 guards hostage.", "took", "Inmates", "130 guards"),
        ("A magnitude 6.3 earthquake killed 40 people.", "killed", "earthquake", "40 people"),
        # Phrases hung on the wrong word.
        ("Police stopped a march by students on Monday.", "march", "students", ""),
        ("The boxer was given a two-year ban for doping by the UK Anti-Doping agency.", "ban", "agency", "boxer"),
        ("The Houthis claimed responsibility for an attack on an oil terminal.", "attack", "Houthis", "terminal"),
        ("Moroccan police broke up a sit-in by graduates in Rabat.", "broke up", "police", "sit-in"),
        ("U.S. Secretary of State Antony Blinken met the envoy in Cairo.", "met", "Blinken", "envoy"),
        ("Sixteen civilians, among them five children, died in a raid by rebels.", "died", "rebels", "civilians"),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(
    text: str, trigger: str, actor: str, recipient: str, nlp: Language
) -> None:
    mention = told(text, trigger, nlp)
    acting = parts(mention, Role.ACTOR)
    assert actor in acting if actor else not acting
    assert recipient in parts(mention, Role.RECIPIENT)


@pytest.mark.parametrize(
    ("text", "trigger", "source"),
    [
        (
            "The Houthis claimed responsibility for an attack on an oil terminal.",
            "attack",
            "houthi",
        ),
        ("Russia said it had shot down 20 Ukrainian drones overnight.", "shot down", "russia"),
    ],
)
def test_who_claims_a_deed_is_its_source(
    text: str, trigger: str, source: str, nlp: Language
) -> None:
    (resolved,), _ = resolve_actors([analysis_of(text, nlp)], load_gazetteer())
    mention = next(item for item in resolved.mentions if trigger in item.trigger)
    actors = [item.actor_id for item in mention.arguments if item.role is Role.ACTOR]
    assert source in (mention.attribution or "")
    assert source in (actors[0] or "")


def test_tear_gas_is_no_heavy_weapon(nlp: Language) -> None:
    assert told("Police fired tear gas at protesters in Nairobi.", "fired", nlp).mode == "beat"


@pytest.mark.parametrize(
    "text",
    [
        "Jets bombed the port of Hodeida on Thursday, a spokesman said.",
        "The ministry said that jets had bombed the port of Hodeida on Thursday.",
    ],
)
def test_the_news_is_what_was_said(text: str, nlp: Language) -> None:
    incidents = {item.event_type for item in analysis_of(text, nlp).mentions if item.incident}
    assert incidents == {EventType.ASSAULT}


STORY = """BAMAKO, May 15 - {0} on Wednesday.

Mali has fought insurgents since 2012. {1} on Thursday. The United Nations voiced concern."""


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("Gunmen raided a village in Mali", "The army killed 20 fighters", "mal"),
        ("Gunmen raided a village in Mali", "Soldiers killed 20 fighters", None),
        ("Mali and Niger signed a pact against Chad", "The army killed 20 fighters", None),
        ("The European Parliament met in Mali", "Parliament approved the pact", None),
    ],
)
def test_a_body_is_that_of_the_state_an_article_is_about(
    first: str, then: str, expected: str | None, nlp: Language
) -> None:
    text = STORY.format(first, then)
    analysis = analysis_of(text, nlp)
    chronology = chronicle([analysis], lambda document: analysis)
    mention = next(m for m in chronology.mentions if m.trigger in ("killed", "approved"))
    acting = next(item.actor_id for item in mention.arguments if item.role is Role.ACTOR)
    if expected is None:
        assert "-" not in (acting or "") or "mal" not in (acting or "")
    else:
        assert (acting or "").startswith(expected)


WORDS = st.sampled_from(
    [
        "police",
        "rebels",
        "the",
        "of",
        "killed",
        ",",
        "and",
        "between",
        "was",
        "seized",
        "town",
        "by",
        "on",
        "Monday",
        "fled",
        "clashes",
        ".",
        "talks",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14))
def test_the_tree_stays_a_tree(nlp: Language, words: list[str]) -> None:
    """Whatever is changed, each word leads up to a root, and is among the children of its head."""
    doc = nlp(" ".join(words))
    table = reparse(read_words(doc, doc.text))
    for word in table.items:
        steps, node = 0, word
        while node.head is not node:
            assert node in node.head.children
            node, steps = node.head, steps + 1
            assert steps <= len(words)
