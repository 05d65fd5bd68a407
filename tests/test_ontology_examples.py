"""The sentences of data/ontology, read by the real pipeline: a floor that no change may lower unseen.

They are short and stand without context, so the parser, not the ontology, is what most failures come from.
`pytest -s` prints the figures; `-rA` the sentences that fail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from timeline import paths
from timeline.annotated import AnnotatedText
from timeline.mentions import find_mentions
from timeline.model import Document, EventMention, Role
from timeline.nlp import annotate, load_pipeline
from timeline.ontology import Example, load_examples, load_ontology
from timeline.timex import find_timexes

pytestmark = pytest.mark.skipif(
    not (paths.PIPELINE / "meta.json").exists(), reason="run `make pipeline` first"
)

FLOORS = {"found": 0.88, "type": 0.85, "mode": 0.82, "roles": 0.8, "modality": 0.88, "all": 0.75}


def _examples() -> tuple[Example, ...]:
    types = load_ontology().types.values()
    return load_examples() + tuple(
        definition.example for each in types for definition in (each, *each.modes.values())
    )


def _document(number: int, example: Example) -> Document:
    return Document(
        doc_id=str(number), doc=str(number), text=example.text, published=date(2024, 5, 15)
    )


def _mention(example: Example, text: AnnotatedText) -> EventMention | None:
    end = example.start + len(example.trigger)
    mentions = find_mentions(text, find_timexes(text), load_ontology())
    return next((m for m in mentions if m.start < end and example.start < m.end), None)


def _fills(mention: EventMention, role: Role, phrases: tuple[str, ...]) -> bool:
    found = [argument.text.lower() for argument in mention.arguments if argument.role is role]
    return all(any(p.lower() in f or f in p.lower() for f in found) for p in phrases)


def _judged(example: Example, mention: EventMention | None) -> dict[str, bool]:
    if example.none or mention is None:
        right = example.none and mention is None
        return dict.fromkeys(FLOORS, right)
    same_type = mention.event_type is example.event_type
    judged = {
        "found": True,
        "type": same_type,
        # A type's own example has no mode to find.
        "mode": same_type and (mention.mode == example.mode or "." not in example.entry),
        "roles": _fills(mention, Role.ACTOR, example.actors)
        and _fills(mention, Role.RECIPIENT, example.recipients),
        "modality": mention.modality is example.modality,
    }
    return judged | {"all": all(judged.values())}


@pytest.fixture(scope="module")
def judgements() -> list[tuple[Example, dict[str, bool]]]:
    def judge() -> Iterator[tuple[Example, dict[str, bool]]]:
        examples = _examples()
        documents = [_document(number, example) for number, example in enumerate(examples)]
        texts = annotate(load_pipeline(), documents)
        for example, text in zip(examples, texts, strict=True):
            yield example, _judged(example, _mention(example, text))

    return list(judge())


@pytest.mark.parametrize("measure", list(FLOORS))
def test_share_of_examples(judgements: list[tuple[Example, dict[str, bool]]], measure: str) -> None:
    right = Counter(judged[measure] for _, judged in judgements)[True]
    for example, judged in judgements:
        if not judged[measure]:
            print(f"{measure}: {example.entry}: {example.text}")
    print(f"{measure}: {right} of {len(judgements)}, {right / len(judgements):.1%}")
    assert right / len(judgements) >= FLOORS[measure]
