"""Who did what to whom, and when: accuracy on the TimeSET development articles, by the scorer beside the corpora; of all
mentions that tell an incident, and of the events that the timeline shows.

python -m benchmarks.events --corpora ../shared
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from benchmarks.scorers import load_scorer
from timeline.model import (
    Analysis,
    Chronology,
    Document,
    EventMention,
    EventType,
    Modality,
    Role,
    When,
)
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse, chronicle
from timeline.sources import document_from_text

Answer = dict[str, Any]
"""An event in the scorer's form."""

FLOORS = Path(__file__).with_name("floors.yaml")
DEEDS = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.ALLEGED, Modality.DENIED})


class Readings:
    """The product's reading of each article, made once: its salient mentions, and the events that it shows."""

    def __init__(self) -> None:
        self._nlp = load_pipeline()
        self._read: dict[str, tuple[Analysis, Chronology]] = {}

    def mentions(self, title: str, published: date | None, text: str) -> list[Answer]:
        """Every mention that tells of an incident."""
        analysis, chronology = self._reading(title, published, text)
        return [
            _answer(mention, mention.when, analysis)
            for mention in chronology.mentions
            if _is_salient(mention)
        ]

    def events(self, title: str, published: date | None, text: str) -> list[Answer]:
        """Every event on the timeline, once, where the article tells it first; with the event's date."""
        analysis, chronology = self._reading(title, published, text)
        told = ([*filter(_is_salient, event.mentions)] for event in chronology.events)
        return [
            _answer(min(mentions, key=lambda mention: mention.start), event.when, analysis)
            for event, mentions in zip(chronology.events, told, strict=True)
            if mentions
        ]

    def _reading(
        self, title: str, published: date | None, text: str
    ) -> tuple[Analysis, Chronology]:
        if text not in self._read:
            document = document_from_text(text, doc=title, dct=published)
            (analysis,) = analyse([document], self._nlp)
            self._read[text] = analysis, chronicle([analysis], self._read_again)
        return self._read[text]

    def _read_again(self, document: Document) -> Analysis:
        return next(analyse([document], self._nlp))


def _is_salient(mention: EventMention) -> bool:
    return (
        mention.incident
        and mention.modality in DEEDS
        and mention.event_type is not EventType.STATEMENT
    )


def _answer(mention: EventMention, when: When, analysis: Analysis) -> Answer:
    day = when.earliest if when.earliest == when.latest else None
    return {
        "trigger": (mention.start, mention.end),
        "who": _named(mention, Role.ACTOR, analysis),
        "whom": _named(mention, Role.RECIPIENT, analysis),
        "date": day.isoformat() if day else "",
    }


def _named(mention: EventMention, role: Role, analysis: Analysis) -> str:
    """The first participant in a role: as the text names it, and for a pronoun what it stands for."""
    antecedents = dict(analysis.antecedents)
    for argument in mention.arguments:
        if argument.role is role:
            start, end = antecedents.get(argument.head, (argument.start, argument.end))
            return analysis.document.text[start:end]
    return ""


def _measured(scorer: ModuleType, system: Callable[..., list[Answer]]) -> dict[str, float]:
    measures, _ = scorer.score(system, list(scorer.load()))
    precision, recall, f1 = measures["event"]
    return {
        "precision": precision,
        "recall": recall,
        "event_f1": f1,
        "who": measures["who_acc"],
        "whom": measures["whom_acc"],
        "date": measures["date_acc"][0],
    }


def main() -> int:
    """Prints the measures; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    scorer = load_scorer(parser.parse_args().corpora, "score_timeset")
    floors = yaml.safe_load(FLOORS.read_text("utf-8")) or {}
    readings, below = Readings(), False
    for name, system in (("timeset", readings.mentions), ("timeset_shown", readings.events)):
        print(f"TimeSET development articles, {name}")
        for measure, value in _measured(scorer, system).items():
            floor = floors.get(name, {}).get(measure, 0)
            below |= value < floor
            print(
                f"  {measure:9} {value:5.1f}   floor {floor}{'   BELOW' if value < floor else ''}"
            )
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
