"""What an agency report tells is shown, dated and titled as it tells it; what it only refers to, sums up or remarks is not."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.model import Chronology, Event, EventType, Role
from timeline.pipeline import analyse, chronicle
from timeline.sources import document_from_text

DCT = date(2021, 3, 18)  # a Thursday


def events_of(text: str, nlp: Language) -> tuple[Event, ...]:
    read: Chronology = chronicle(
        analyse([document_from_text(text, doc="x", dct=DCT)], nlp),
        lambda document: next(iter(analyse([document], nlp))),
    )
    return read.events


def titles(text: str, nlp: Language) -> list[str]:
    return [event.title for event in events_of(text, nlp)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The metro system has been shut down.", "Metro system shut down"),
        ("The flight was redirected to Accra.", "Flight redirected to Accra"),
        ("Norway suspended the permit of the airline on Monday.", "Norway suspends the permit of the airline"),
        ("A small group broke into the parliament building on Monday.", "Small group breaks into the parliament building"),
        ("Gunmen stormed a beach resort on Palawan island before dawn on Sunday.", "Gunmen storm a beach resort on Palawan island"),
        ("The airline has also cut all flights to Ghana.", "Airline cuts all flights to Ghana"),
        ("Mutinous soldiers closed the borders on Monday.", "Mutinous soldiers close the borders"),
        ("Schools in Accra were closed on Monday.", "Schools closed in Accra"),
        ("Pablo Aguirre was placed under house arrest.", "Pablo Aguirre placed under house arrest"),
        ("Pablo Aguirre was arrested in Lima in 2019 and extradited last year.", "Pablo Aguirre extradited"),
        ("Rebels who snatched 20 people from a resort in the western islands threatened on Monday to kill them.",
         "Rebels snatch 20 people from a resort in the western islands"),
        ("President Kofi Mensah cancelled a trip to Canada on Monday and flew to the island.", "Kofi Mensah cancels a trip to Canada"),
        ("The clashes broke out on Sunday afternoon.", "Clashes break out"),
        ("Boxer Sam Boateng was given a two-year ban for doping.", "Sam Boateng banned"),
        ("Police arrested the general at the airport in the early hours of Monday morning.", "Police arrest the general at the airport"),
        ("Police shot dead at least nine people in a slum on Monday.", "Police shoot dead at least nine people in a slum"),
        ("Markets were shut on Monday by order of the mayor.", "Markets shut"),
        ("Britain pledged $48 million on Monday and the United States sent six helicopters.", "United Kingdom pledges $48 million"),
        ("A villager was killed by artillery fire on Monday.", "Artillery fire kills villager"),
        ("The editor was led away by police on Monday.", "Police lead away editor"),
    ],
)  # fmt: skip
def test_shown(text: str, title: str, nlp: Language) -> None:
    assert title in titles(text, nlp)


@pytest.mark.parametrize(
    "text",
    [
        "The landlocked country has seen several coups since independence in 1960.",
        "Ghana denied the charge on Monday.",
        "For weeks the government of Ghana has held such rallies almost daily.",
        "The ban will take effect once the 27 governments have approved its wording.",
        "The restaurant's owner yesterday told police he left a stove on and stepped outside.",
        "Firefighters remained wary yesterday.",
        "Investigators unearthed a rifle buried behind the home.",
        "The harbour is not believed to have had such a tremor in living memory.",
        "The ferry was licensed to carry 645 passengers.",
        "The president of Ghana condemned the shooting.",
    ],
)
def test_not_shown(text: str, nlp: Language) -> None:
    assert titles(text, nlp) == []


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("In 2015, soldiers tried to seize power but were forced to give up.", "seize", "2015"),
        ("Police arrested the general at the airport in the early hours of Monday morning.", "arrested", "2021-03-15"),
        ("At least 26 people have been killed and many more have been injured today.", "killed", "2021-03-18"),
        ("A truce was agreed in 1994, but peace talks have stalled.", "stalled", ""),
        ("A bomb killed nine people in Oslo on Wednesday. The metro has been shut down.", "shut down", "2021-03-17/2021-03-18"),
        ("A bomb killed nine people in Oslo on Wednesday. More than 300 people have been detained.", "detained", ""),
    ],
)  # fmt: skip
def test_when(text: str, trigger: str, edtf: str, nlp: Language) -> None:
    (analysis,) = analyse([document_from_text(text, doc="x", dct=DCT)], nlp)
    told = next(item for item in analysis.mentions if item.trigger == trigger)
    assert told.when.edtf.strip("[]").replace("..", "/") == edtf


def test_what_went_before_a_plan_was_done(nlp: Language) -> None:
    told = events_of(
        "Leaders agreed on Monday to ban the airline, a day after a jet was forced to land and a journalist was arrested.",
        nlp,
    )
    assert "Journalist arrested" in [event.title for event in told]


def test_more_who_were_hurt_are_counted(nlp: Language) -> None:
    (event,) = events_of("Many more were injured in Oslo on Monday.", nlp)
    assert [(item.kind.value, item.low) for item in event.casualties] == [("wounded", 2)]


@pytest.mark.parametrize(
    ("text", "title", "passages"),
    [
        ("Ghana expelled five men over the bombing of two embassies in Kenya. "
         "Nearly simultaneous bombings at the embassies in Nairobi, Kenya, killed 258 people on 7 March.",
         "Nearly simultaneous bombings kill 258 people in Nairobi", 3),
        ("A man was held over last year's deadly embassy blasts in Kenya. "
         "He is held responsible for the bombings which killed 224 people on 7 August 2020.",
         "Bombings kill 224 people in Kenya", 3),
        ("Norwegian forces launched missile strikes against two camps in Sudan on Monday.",
         "Norwegian forces strike two camps in Sudan", 1),
    ],
)  # fmt: skip
def test_told_twice_shown_once(text: str, title: str, passages: int, nlp: Language) -> None:
    violent = [item for item in events_of(text, nlp) if item.event_type.value == "ASSAULT"]
    assert [(item.title, len(item.mentions)) for item in violent] == [(title, passages)]


@pytest.mark.parametrize(
    "text",
    [
        "A bombing at the market in Kano killed 20 people on Monday. Another bombing at the market in Kano killed three people.",
        "A bombing at an embassy in Nairobi killed 20 people on Monday. A bombing at a church in Lagos killed three people on Monday.",
    ],
)
def test_two_stay_two(text: str, nlp: Language) -> None:
    assert len(events_of(text, nlp)) == 2


def test_who_is_doubted_to_have_done_it_did_not(nlp: Language) -> None:
    text = "A Kenyan man denied on Monday that he had planned the bombings which killed 224 people on 7 August 2020."
    killed = next(item for item in events_of(text, nlp) if item.casualties)
    assert killed.title == "224 people killed in bombing"
    assert all(actor.alleged for actor in killed.actors if actor.role is Role.ACTOR)


def test_what_a_disaster_does_besides_is_its_toll(nlp: Language) -> None:
    text = "Two dams burst on Sunday, sending water through the streets and killing 53 people."
    assert {event.event_type for event in events_of(text, nlp)} == {EventType.DISASTER}


def test_a_house_is_no_parliament(nlp: Language) -> None:
    (event,) = events_of("Protesters set fire to the house of the mayor on Monday.", nlp)
    assert [actor.name for actor in event.actors] == ["protesters"]
