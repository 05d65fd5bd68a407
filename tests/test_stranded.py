"""Verbs that the parser strands as participles of a noun are told as what somebody did: who, to whom, and when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.mentions.stranded import rescue
from timeline.model import EventMention, EventType, Role
from timeline.pipeline import analyse
from timeline.sources import document_from_text
from timeline.words import read_words

DCT = date(2024, 5, 17)  # a Friday


def told(text: str, trigger: str, nlp: Language) -> EventMention:
    analysis = next(iter(analyse([document_from_text(text, doc="x", dct=DCT)], nlp)))
    return next(item for item in analysis.mentions if trigger in item.trigger)


def parts(mention: EventMention, role: Role) -> str:
    return " / ".join(item.text for item in mention.arguments if item.role is role)


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "actor", "recipient", "day"),
    [
        # The only verb of a sentence.
        ("Dockers struck at the port of Velm on 4 March.", "struck", "PROTEST", "Dockers", "", "2024-03-04"),
        ("Families of the missing gathered outside the ministry on Sunday.", "gathered", "OTHER", "Families of the missing", "", "2024-05-12"),
        ("A man charged with murder escaped from prison.", "escaped", "OTHER", "A man", "", ""),
        ("A man charged with murder escaped from prison.", "charged", "COERCE", "", "A man", ""),
        ("A bridge linking the two countries reopened after two years.", "reopened", "RETREAT", "", "A bridge", ""),
        ("Villagers fleeing the fighting crossed into Chad.", "crossed", "OTHER", "Villagers", "", ""),
        ("Supporters of the opposition leader clashed with police in Kampala on Monday.", "clashed", "ASSAULT", "Supporters of the opposition leader", "police", "2024-05-13"),
        ("Gunmen dressed as policemen abducted three engineers from a hotel.", "abducted", "ASSAULT", "Gunmen", "three engineers", ""),
        ("Officials in the capital blamed rebels for the blast.", "blamed", "ACCUSE", "Officials", "rebels", ""),
        # Behind "after".
        ("The minister resigned on Tuesday, two days after a ferry sank off Marenga.", "sank", "DISASTER", "", "a ferry", "2024-05-12"),
        ("The victims died after a bus plunged into a river.", "plunged", "DISASTER", "", "a bus", ""),
        ("Relatives of the victims clashed with police on Wednesday, three days after one of its ferries sank off Marenga.",
         "clashed", "ASSAULT", "Relatives of the victims", "police", "2024-05-15"),
        ("Relatives of the victims clashed with police on Wednesday, three days after one of its ferries sank off Marenga.",
         "sank", "DISASTER", "", "one of its ferries", "2024-05-12"),
        # Two verbs that nothing joins.
        ("The forces withdrawn from the border returned.", "returned", "OTHER", "The forces", "", ""),
        ("Two aid workers abducted last month walked free on Monday.", "abducted", "ASSAULT", "", "Two aid workers", "2024-04"),
        ("Lawmakers opposed to the deal walked out of the chamber.", "walked", "PROTEST", "Lawmakers", "", ""),
        ("Miners trapped underground since Sunday were brought to the surface on Wednesday.", "brought", "OTHER", "", "Miners", "2024-05-15"),
        # Who kills, kills somebody.
        ("People killed in the attack on the market.", "killed", "ASSAULT", "", "People", ""),
        # A finite verb is no noun, and what qualifies a noun is no verb.
        ("Hundreds went missing after a dam burst in southern Brazil.", "burst", "DISASTER", "", "a dam", ""),
        ("Militants loyal to Islamic State claimed responsibility for the bombing.", "claimed", "CONCEDE", "Militants", "", ""),
        ("Madrid imposed direct rule on Catalonia hours later.", "imposed", "COERCE", "Madrid", "Catalonia", ""),
        ("Soldiers shot dead two demonstrators in the town of Beni.", "shot dead", "ASSAULT", "Soldiers", "two demonstrators", ""),
        ("North Korea test-fired a missile into the sea on Thursday.", "fired", "MOBILIZE", "North Korea", "", "2024-05-16"),
        # A report's day is that of its finite verb.
        ("Parliament approved a bill extending the president's term on Thursday.", "approved", "POLITICS", "Parliament", "a bill", "2024-05-16"),
        # Words in between.
        ("The president resigned on Thursday amid protests.", "resigned", "POLITICS", "The president", "", "2024-05-16"),
        ("A Syrian warplane shot down over Idlib crashed near the border.", "crashed", "DISASTER", "", "A Syrian warplane", ""),
        ("Troops loyal to the president surrounded parliament.", "surrounded", "OTHER", "Troops", "parliament", ""),
    ],
)  # fmt: skip
def test_who_did_it_to_whom(
    text: str, trigger: str, kind: str, actor: str, recipient: str, day: str, nlp: Language
) -> None:
    mention = told(text, trigger, nlp)
    assert mention.event_type is EventType(kind)
    assert parts(mention, Role.ACTOR) == actor
    assert parts(mention, Role.RECIPIENT) == recipient
    assert mention.when.edtf == day


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A ferry sank off the island of Marenga on Sunday night.", "the island of Marenga"),
        ("Two boats capsized off the coast of Tunisia.", "the coast of Tunisia"),
    ],
)
def test_off_a_coast_is_where(text: str, place: str, nlp: Language) -> None:
    mention = told(text, "sank" if "sank" in text else "capsized", nlp)
    assert place in parts(mention, Role.LOCATION)
    assert mention.event_type is EventType.DISASTER


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        # What has a verb of its own is left alone.
        ("Prisoners released by the army on Monday went home.", "released", "the army", "Prisoners"),
        ("Rebels killed and wounded five soldiers.", "killed", "Rebels", "five soldiers"),
        ("The army said the town seized on Sunday was calm.", "seized", "", "the town"),
    ],
)  # fmt: skip
def test_a_real_participle_stays_one(
    text: str, trigger: str, actor: str, recipient: str, nlp: Language
) -> None:
    mention = told(text, trigger, nlp)
    assert parts(mention, Role.ACTOR) == actor
    assert parts(mention, Role.RECIPIENT) == recipient


_SENTENCES = st.lists(
    st.sampled_from(
        [
            "Dockers",
            "rebels",
            "a",
            "ferry",
            "sank",
            "struck",
            "clashed",
            "withdrew",
            "killed",
            "after",
            "before",
            "off",
            "at",
            "the",
            "port",
            "on",
            "Monday",
            "with",
            "police",
            ",",
            "and",
            "Families",
            "of",
            "missing",
            "gathered",
            ".",
        ]
    ),
    min_size=1,
    max_size=18,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=_SENTENCES)
def test_the_tree_stays_a_tree(text: str, nlp: Language) -> None:
    doc = nlp(text)
    words = rescue(read_words(doc, doc.text))
    for word in words.items:
        above, steps = word, 0
        while above.head is not above:
            above, steps = above.head, steps + 1
            assert steps <= len(words.items), "a word stands above itself"
        assert above.sent is word.sent
