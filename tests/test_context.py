"""Deeds whose sentences give no date: bounded by the story that they stand in, or left undated."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.model import Basis, When
from timeline.pipeline import analyse
from timeline.sources import document_from_text

DCT = date(2024, 3, 15)  # a Friday


def when_of(nlp: Language, text: str, trigger: str, dct: date | None = DCT) -> When:
    document = document_from_text(text, doc="report", dct=dct)
    (analysis,) = analyse([document], nlp)
    mention = next(one for one in analysis.mentions if one.trigger == trigger)
    return mention.when


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        # What is told next lies between the day told before and the publication.
        (
            "Protesters stormed the town hall on Tuesday. Police fired tear gas at the crowd.",
            "fired",
            "[2024-03-12..2024-03-15]",
        ),
        (
            "Gunmen attacked a convoy on Thursday.\n\nSix soldiers were killed near the bridge.",
            "killed",
            "[2024-03-14..2024-03-15]",
        ),
        # On the day of publication itself nothing is left to doubt.
        (
            "Rebels shelled the port on Friday. Two guards were killed in the harbour.",
            "killed",
            "2024-03-15",
        ),
        # A report opens with its news.
        (
            "Rebels seized the airport.\n\nThe army bombed the road on Thursday.",
            "seized",
            "[2024-03-12..2024-03-15]",
        ),
    ],
)
def test_a_story_bounds_what_it_tells_next(
    nlp: Language, text: str, trigger: str, edtf: str
) -> None:
    when = when_of(nlp, text, trigger)
    assert (when.edtf, when.basis) == (edtf, Basis.CONTEXT)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # Stepping back out of the story.
        (
            "Gunmen attacked a convoy on Thursday. Rebels had bombed the bridge.",
            "bombed",
        ),
        (
            "Gunmen attacked a convoy on Thursday. Rebels previously bombed the bridge.",
            "bombed",
        ),
        # History, told at another time, and what is told after it.
        (
            "Gunmen attacked a convoy on Thursday.\n\nIn 1998 the army seized power. "
            "Soldiers shot the president.",
            "shot",
        ),
        # A deed that is only talked of.
        ("Gunmen attacked a convoy on Thursday. The envoy condemned the killing.", "killing"),
        # Far from the day that was told.
        (
            "Gunmen attacked a convoy on Thursday.\n\nThe road is long.\n\nIt is in the hills.\n\n"
            "It is narrow.\n\nRebels bombed the bridge.",
            "bombed",
        ),
        # An analysis, whose dates are all old, opens with what is old.
        (
            "Rebels seized the airport.\n\nThe army bombed the road on 5 January 2024.",
            "seized",
        ),
    ],
)
def test_what_steps_out_of_the_story_stays_undated(nlp: Language, text: str, trigger: str) -> None:
    when = when_of(nlp, text, trigger)
    assert when.earliest is None
    assert when.latest is None


def test_without_a_publication_date_nothing_is_bounded(nlp: Language) -> None:
    text = "Gunmen attacked a convoy on 14 March 2024. Six soldiers were killed near the bridge."
    assert when_of(nlp, text, "killed", dct=None).earliest is None
