"""What the reading of one event knows of the events and times around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from timeline.annotated import Paragraph
from timeline.mentions.triggers import Candidate
from timeline.ontology import Ontology
from timeline.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the argument search knows of the rest of the text: other event words, and words that tell time."""

    events: Mapping[tuple[int, int], Candidate]
    """Candidates by (paragraph's start, token index)."""
    timed: Collection[tuple[int, int]]
    """(paragraph's start, token index) of the words of time expressions."""
    ontology: Ontology

    def event_at(self, paragraph: Paragraph, token: Word) -> Candidate | None:
        return self.events.get((paragraph.start, token.i))

    def tells_time(self, paragraph: Paragraph, token: Word) -> bool:
        return (paragraph.start, token.i) in self.timed
