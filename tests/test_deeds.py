"""What a passage only hopes for, asks about, expects or describes is shown as no deed; what it takes for granted is."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.model import EventMention, Modality, Role
from timeline.pipeline import analyse
from timeline.sources import document_from_text

DCT = date(2021, 3, 18)  # a Thursday
TELLING = {Modality.ASSERTED, Modality.PLANNED, Modality.ALLEGED, Modality.DENIED}


def told(text: str, trigger: str, nlp: Language) -> EventMention:
    (analysis,) = analyse([document_from_text(text, doc="x", dct=DCT)], nlp)
    return next(item for item in analysis.mentions if item.trigger == trigger)


def makes_an_event(mention: EventMention) -> bool:
    return mention.incident and mention.modality in TELLING


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway has 300 troops deployed in the valley.", "deployed"),
        ("Foreigners are banned from the two provinces.", "banned"),
        ("Ghana hopes that the rebels will leave the town.", "leave"),
        ("Peru will not lift the embargo until the army withdraws from the port.", "withdraws"),
        ("The president said Chad would respond to an attack on its embassy.", "attack"),
        ("The two ministers agreed on expelling the diplomats.", "expelling"),
        ("The senator has not resigned.", "resigned"),
        ("Guards barred the crowd from storming the palace.", "storming"),
        ("Officials knew of the man's plan to kill the mayor.", "kill"),
        ("The party won 13 percent of the vote.", "vote"),
        ("The rebels vowed to attack the port.", "attack"),
        ("The embassy had to evacuate more.", "evacuate"),
        ("He shot himself when police came to detain him.", "detain"),
        ("She heads a team that is prosecuting the gang.", "prosecuting"),
    ],
)
def test_makes_no_event(text: str, trigger: str, nlp: Language) -> None:
    try:
        mention = told(text, trigger, nlp)
    except StopIteration:
        return
    assert not makes_an_event(mention)


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("The gunmen kept their promise to kill the hostage.", "kill", Modality.ASSERTED),
        ("Chad will release the rebels captured during the war.", "captured", Modality.ASSERTED),
        ("A panel will find out who bombed the mosque on 3 March.", "bombed", Modality.ASSERTED),
        ("The army said it had not bombed the school.", "bombed", Modality.DENIED),
        (
            "Soldiers said that they had removed President Ousmane Diarra from office.",
            "removed",
            Modality.ASSERTED,
        ),
        ("The deposed king was being held at a military base.", "held", Modality.ASSERTED),
        ("Organisers called off Sunday's march after threats.", "march", Modality.DENIED),
        ("The talks due to start on Monday were called off.", "talks", Modality.DENIED),
        ("The union called off a strike planned for Friday.", "strike", Modality.DENIED),
        ("The premier's visit was meant to calm the capital.", "visit", Modality.ASSERTED),
        ("A goal of the king's visit was to win new loans.", "visit", Modality.ASSERTED),
        ("At least 40 people were reported killed in the valley.", "killed", Modality.ASSERTED),
        ("The envoy is expected to meet the general on Sunday.", "meet", Modality.PLANNED),
    ],
)
def test_makes_one(text: str, trigger: str, modality: Modality, nlp: Language) -> None:
    mention = told(text, trigger, nlp)
    assert makes_an_event(mention)
    assert mention.modality is modality


@pytest.mark.parametrize(
    ("text", "trigger", "role", "expected"),
    [
        ("Soldiers were aided by fighters from Bamako, who have joined the front.", "joined", Role.ACTOR, ["fighters"]),
        ("At least 40 people were reported killed in clashes between the army and the rebels.", "killed", Role.ACTOR, []),
        ("Critics recalled the French-led invasion of the island in 1997.", "invasion", Role.ACTOR, ["French"]),
        ("Italian security forces clashed in Turin with students who were protesting the cuts.", "clashed", Role.ACTOR, ["Italian security forces"]),
        ("Ghana, worried about the war next door, urged both armies to stop.", "urged", Role.ACTOR, ["Ghana"]),
        ("She saw the general, with whom the king had met on Monday.", "met", Role.RECIPIENT, ["the general"]),
        ("Three rebels were killed when the Russians invaded the island.", "invaded", Role.ACTOR, ["the Russians"]),
    ],
)  # fmt: skip
def test_who_takes_part(
    text: str, trigger: str, role: Role, expected: list[str], nlp: Language
) -> None:
    mention = told(text, trigger, nlp)
    assert [item.text for item in mention.arguments if item.role is role] == expected


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Rome had condemned the raid on the port on 4 March.", "condemned", ""),
        ("Rome had condemned the raid on the port on 4 March.", "raid", "2021-03-04"),
        ("He was hurt by his exit from the grain deal in 2018.", "deal", ""),
        ("Thousands marched on Sunday to protest the killing of two boys.", "killing", ""),
    ],
)
def test_whose_day_it_is(text: str, trigger: str, day: str, nlp: Language) -> None:
    assert told(text, trigger, nlp).when.edtf == day
