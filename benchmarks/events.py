"""Who did what to whom, and when: accuracy on the TimeSET development articles, by the scorer beside the corpora.

python -m benchmarks.events --corpora ../shared
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.scorers import load_scorer
from timeline.actors import resolve_actors
from timeline.gazetteer import load_gazetteer
from timeline.model import Argument, EventMention, EventType, Modality, Role
from timeline.nlp import load_pipeline
from timeline.pipeline import analyse
from timeline.sources import document_from_text

FLOORS = Path(__file__).with_name("floors.yaml")
DEEDS = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.ALLEGED, Modality.DENIED})


def system(title: str, published: date | None, text: str) -> list[dict[str, Any]]:
    """The salient mentions of an article in the scorer's form."""
    document = document_from_text(text, doc=title, dct=published)
    analyses = tuple(analyse([document], load_pipeline()))
    (analysis,), _ = resolve_actors(analyses, load_gazetteer())
    return [_scored(m) for m in analysis.mentions if _is_salient(m)]


def _is_salient(mention: EventMention) -> bool:
    return (
        mention.incident
        and mention.modality in DEEDS
        and mention.event_type is not EventType.STATEMENT
    )


def _scored(mention: EventMention) -> dict[str, Any]:
    day = mention.when.earliest if mention.when.earliest == mention.when.latest else None
    return {
        "trigger": (mention.start, mention.end),
        "who": _first(mention.arguments, Role.ACTOR),
        "whom": _first(mention.arguments, Role.RECIPIENT),
        "date": day.isoformat() if day else "",
    }


def _first(arguments: Sequence[Argument], role: Role) -> str:
    return next((argument.text for argument in arguments if argument.role is role), "")


def main() -> int:
    """Prints the measures; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared"))
    scorer = load_scorer(parser.parse_args().corpora, "score_timeset")
    measures, _ = scorer.score(system, list(scorer.load()))
    found = {
        "event_f1": measures["event"][2],
        "who": measures["who_acc"],
        "whom": measures["whom_acc"],
        "date": measures["date_acc"][0],
    }
    floors = (yaml.safe_load(FLOORS.read_text("utf-8")) or {}).get("timeset", {})
    print(f"TimeSET development articles: precision, recall, F1 of events {measures['event']}")
    below = False
    for name, value in found.items():
        floor = floors.get(name, 0)
        below |= value < floor
        print(f"  {name:9} {value:5.1f}   floor {floor}{'   BELOW' if value < floor else ''}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
