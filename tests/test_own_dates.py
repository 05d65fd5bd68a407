"""Which date of a sentence is whose: an event takes the day that the sentence gives it, and no other event's."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.pipeline import analyse
from timeline.sources import document_from_text

DCT = date(2021, 3, 18)  # a Thursday


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        # What is condemned, mourned or tried has a day of its own.
        ("On Wednesday Ghana condemned the bombing of two mosques.", "condemned", "2021-03-17"),
        ("On Wednesday Ghana condemned the bombing of two mosques.", "bombing", ""),
        ("The council condemned the bombing of the mosque on Thursday.", "bombing", ""),
        ("Peru condemned the invasion of its neighbour on 2 August 1990.", "invasion", "1990-08-02"),
        ("The general was convicted on Monday of the 1998 bombing of a bridge.", "bombing", "1998"),
        ("The envoy described the attack at a news conference on Tuesday.", "news conference", "2021-03-16"),
        ("The envoy resumed talks on Monday that were interrupted by the shelling.", "shelling", ""),
        ("These are the figures as of Monday for the injured in the bombings of the bridges.", "bombings", ""),
        # A relative clause keeps its date.
        ("Marchers gathered in the square where rebels landed on 2 December 1956.", "gathered", ""),
        ("Veterans of the revolt that toppled the king 42 years ago gathered on Tuesday.", "gathered", "2021-03-16"),
        # A plan looks ahead, an attempt back.
        ("Unions planned a strike for Monday.", "strike", "2021-03-22"),
        ("Protesters planned a demonstration in the port on Saturday.", "demonstration", "2021-03-20"),
        ("Protesters tried to storm the parliament on Tuesday.", "storm", "2021-03-16"),
    ],
)  # fmt: skip
def test_an_event_has_its_own_date(text: str, trigger: str, edtf: str, nlp: Language) -> None:
    (analysis,) = analyse([document_from_text(text, doc="x", dct=DCT)], nlp)
    told = [item for item in analysis.mentions if item.trigger == trigger]
    assert told, [item.trigger for item in analysis.mentions]
    assert told[0].when.edtf == edtf
