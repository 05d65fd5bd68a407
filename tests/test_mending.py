"""Slips of the parser in agency prose are mended before events are read: by sentence, what must come out."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.mentions.mending import mend
from timeline.model import EventMention, Role
from timeline.pipeline import analyse
from timeline.sources import document_from_text
from timeline.words import Words, read_words

DCT = date(2021, 3, 18)  # a Thursday


def mentions_of(text: str, nlp: Language) -> tuple[EventMention, ...]:
    return next(iter(analyse([document_from_text(text, doc="x", dct=DCT)], nlp))).mentions


def told(mentions: tuple[EventMention, ...], trigger: str) -> EventMention:
    return next(item for item in mentions if item.trigger == trigger)


def parts(mention: EventMention, role: Role) -> list[str]:
    return [item.text for item in mention.arguments if item.role is role]


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "day"),
    [
        ("President Rodrigo Duterte Tuesday vowed to punish the raiders.", "vowed", "Duterte", "2021-03-16"),
        ("Peru Wednesday condemned the shelling of two schools.", "condemned", "Peru", "2021-03-17"),
        ("The defence ministry Monday denied the report.", "denied", "ministry", "2021-03-15"),
    ],
)  # fmt: skip
def test_a_day_before_the_verb_is_not_its_subject(
    text: str, trigger: str, actor: str, day: str, nlp: Language
) -> None:
    mention = told(mentions_of(text, nlp), trigger)
    assert any(actor in part for part in parts(mention, Role.ACTOR))
    assert mention.when.edtf == day


@pytest.mark.parametrize(
    ("text", "trigger", "low"),
    [
        ("Nine people were killed and dozens injured when a bus overturned.", "injured", 24),
        ("At least 30 people were killed and 1,200 wounded there, doctors said.", "wounded", 1200),
        ("Four miners were killed and six others injured in the collapse.", "injured", 6),
    ],
)
def test_an_auxiliary_told_once_holds_for_both_verbs(
    text: str, trigger: str, low: int, nlp: Language
) -> None:
    mention = told(mentions_of(text, nlp), trigger)
    assert [item.low for item in mention.casualties] == [low]
    assert not parts(mention, Role.ACTOR)


def test_what_when_opens_is_a_clause(nlp: Language) -> None:
    mention = told(
        mentions_of("Ten people were killed and dozens injured when a bus overturned.", nlp),
        "overturned",
    )
    assert parts(mention, Role.RECIPIENT) == ["a bus"]


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Hundreds were feared dead after a dam burst.", "dead", "possible"),
        ("Twelve people were found dead after a dam burst.", "dead", "asserted"),
    ],
)
def test_whoever_is_feared_dead_may_live(
    text: str, trigger: str, modality: str, nlp: Language
) -> None:
    assert told(mentions_of(text, nlp), trigger).modality.value == modality


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        ("The court acquitted the former president of war crimes.", "acquitted", ["The court"], ["the former president"]),
        ("Prosecutors accused the president of Peru of fraud.", "accused", ["Prosecutors"], ["the president of Peru"]),
        ("The militants released a video showing the beheading of a hostage.", "beheading", [], ["a hostage"]),
        ("Thousands of refugees staged a rally in the camp.", "staged", ["Thousands of refugees"], []),
        ("Mexico extradited the drug lord Joaquin Guzman to the United States.", "extradited", ["Mexico"], ["the drug lord Joaquin Guzman"]),
        ("The Nobel laureate was stabbed on stage in New York.", "stabbed", [], ["The Nobel laureate"]),
        ("The rebels captured the town before government forces retook it.", "retook", ["government forces"], ["it"]),
        ("The coalition's planes struck a wedding party by mistake.", "struck", ["The coalition's planes"], ["a wedding party"]),
        ("Guaido, 35, swore himself in as president.", "swore", ["Guaido"], ["himself"]),
        ("Youths burned a statue of the late leader Hugo Chavez.", "burned", ["Youths"], ["a statue of the late leader Hugo Chavez"]),
        ("The Organization of American States met in Washington.", "met", ["The Organization of American States"], []),
        ("Washington froze Venezuelan assets.", "froze", ["Washington"], ["Venezuelan assets"]),
        ("Trucks were set ablaze on a bridge.", "set ablaze", [], ["Trucks"]),
        ("Militants shot dead at least 40 civilians in the city of Mosul, the United Nations said.", "shot dead", ["Militants"], ["at least 40 civilians"]),
        ("The bridge was destroyed by retreating militants.", "destroyed", ["retreating militants"], ["The bridge"]),
        ("The minister is due to meet his French counterpart in Paris.", "meet", ["The minister"], ["his French counterpart"]),
        ("The explosions at embassies in Nairobi, Kenya, and Dar-es-Salaam, Tanzania, killed at least 110 people.", "killed", ["The explosions"], ["at least 110 people"]),
        ("Maduro said the coup attempt had been defeated and promoted several generals.", "promoted", ["Maduro"], ["several generals"]),
        ("Regulators fined two banks.", "fined", ["Regulators"], ["two banks"]),
        ("The gunmen shot and killed the mayor.", "killed", ["The gunmen"], ["the mayor"]),
    ],
)  # fmt: skip
def test_who_did_it_to_whom(
    text: str, trigger: str, actor: list[str], recipient: list[str], nlp: Language
) -> None:
    mention = told(mentions_of(text, nlp), trigger)
    assert parts(mention, Role.ACTOR) == actor
    assert parts(mention, Role.RECIPIENT) == recipient


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Eight miners were killed when a tunnel collapsed.", "DISASTER"),
        ("Twelve people were killed after a ferry capsized.", "DISASTER"),
        ("Two soldiers were killed when a bomb exploded.", "ASSAULT"),
    ],
)
def test_what_a_clause_tells_is_the_cause_of_harm(text: str, kind: str, nlp: Language) -> None:
    assert told(mentions_of(text, nlp), "killed").event_type.value == kind


def test_a_village_is_nobody(nlp: Language) -> None:
    text = "The dam collapse buried a village and killed at least 110 people."
    mentions = mentions_of(text, nlp)
    assert not told(mentions, "buried").casualties
    assert [item.low for item in told(mentions, "killed").casualties] == [110]


def test_nobody_claims_nothing(nlp: Language) -> None:
    mentions = mentions_of("Nobody claimed responsibility for the attack.", nlp)
    assert not any(mention.incident for mention in mentions)
    assert not any(parts(mention, Role.ACTOR) for mention in mentions)


def test_an_offensive_on_a_town_is_an_attack(nlp: Language) -> None:
    mention = told(
        mentions_of("Haftar's forces launched an offensive on Tripoli.", nlp), "offensive"
    )
    assert mention.event_type.value == "ASSAULT"
    assert parts(mention, Role.ACTOR) == ["Haftar's forces"]


def test_whoever_tells_of_an_outbreak_has_not_broken_out(nlp: Language) -> None:
    text = "The World Health Organization declared the outbreak a global emergency."
    assert not parts(told(mentions_of(text, nlp), "outbreak"), Role.ACTOR)


TEXTS = (
    "President Rodrigo Duterte Tuesday vowed to punish the raiders.",
    "Nine people were killed and dozens injured when a bus overturned.",
    "She was to lay flowers, talk to guards who survived the blast and meet the president.",
    "Monday was quiet. On Tuesday the army shelled the town.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_mending_twice_is_mending_once_and_leaves_a_tree(text: str, nlp: Language) -> None:
    doc = nlp(text)
    words = mend(read_words(doc, doc.text))
    once = shape(words)
    assert shape(mend(words)) == once
    for word in words.items:
        above = word
        for _ in words.items:
            above = above.head
        assert above.head is above, f"{word} hangs in a ring"
        assert all(child.head is word for child in word.children)


def shape(words: Words) -> list[tuple[int, str, str]]:
    return [(word.head.i, word.dep_, word.tag_) for word in words.items]
