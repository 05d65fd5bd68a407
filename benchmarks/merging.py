"""How long merging takes as mentions grow: seeded synthetic news, one core.

python -m benchmarks.merging --sizes 1000 10000 100000
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from math import log
from random import Random

from timeline.merge import merge_mentions
from timeline.model import (
    Actor,
    ActorKind,
    Analysis,
    Argument,
    Basis,
    Document,
    Event,
    EventMention,
    EventType,
    Modality,
    Precision,
    Role,
    When,
)

_VERBS = {
    "attack": EventType.ASSAULT,
    "kill": EventType.ASSAULT,
    "arrest": EventType.COERCE,
    "protest": EventType.PROTEST,
    "meet": EventType.CONSULT,
    "vote": EventType.POLITICS,
    "withdraw": EventType.RETREAT,
    "sign": EventType.AGREE,
}
_FIRST_DAY = date(2000, 1, 1)
_A_DOCUMENT = 10
_TOLD = 4
"""Mentions of an event, on average."""
_SYLLABLES = [
    first + vowel + last for first in "bdgklmnprtvz" for vowel in "aeiou" for last in "nrlm"
]
_VOCABULARY, _FILLERS = 5_000, 6
"""Words that say nothing: without them all articles would be copies of one another."""
_A_DAY = 20
"""Events of a day: an archive grows by its years and by nothing else."""


def make_news(size: int, seed: int = 1) -> tuple[list[Analysis], list[Actor]]:
    """Documents of ten mentions each, of events that several documents tell, and the actors in them."""
    random = Random(seed)
    actors = [
        Actor(actor_id=f"actor-{number}", name=_word(number).title(), kind=ActorKind.ORGANISATION)
        for number in range(max(20, size // 200))
    ]
    events = [_event(random, number, actors) for number in range(size // _TOLD)]
    return [_document(random, number, events) for number in range(size // _A_DOCUMENT)], actors


def _word(number: int) -> str:
    """A made-up word: another for each number."""
    syllables = ""
    while number or len(syllables) < 6:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables += _SYLLABLES[rest]
    return syllables


def _filler(random: Random) -> str:
    return " ".join(_word(10_000 + random.randrange(_VOCABULARY)) for _ in range(_FILLERS))


def _event(random: Random, number: int, actors: Sequence[Actor]) -> tuple[str, Actor, Actor, date]:
    verb = random.choice(sorted(_VERBS))
    actor, recipient = random.sample(list(actors), 2)
    return verb, actor, recipient, _FIRST_DAY + timedelta(days=number // _A_DAY)


def _document(
    random: Random, number: int, events: Sequence[tuple[str, Actor, Actor, date]]
) -> Analysis:
    centre = random.randrange(len(events))
    near = events[max(0, centre - _A_DAY) : centre + _A_DAY]
    told = [random.choice(near) for _ in range(_A_DOCUMENT)]
    sentences = [
        f"{a.name} {verb} {b.name} {_filler(random)} on {day} ." for verb, a, b, day in told
    ]
    name = f"document-{number}"
    document = Document(
        doc_id=name, doc=name, text="\n".join(sentences), published=max(e[3] for e in told)
    )
    mentions, offset = [], 0
    for sentence, event in zip(sentences, told, strict=True):
        mentions.append(_mention(name, sentence, offset, event))
        offset += len(sentence) + 1
    return Analysis(
        document=document, names=(), antecedents=(), timexes=(), mentions=tuple(mentions)
    )


def _mention(
    name: str, sentence: str, offset: int, event: tuple[str, Actor, Actor, date]
) -> EventMention:
    verb, actor, recipient, day = event
    start = offset + sentence.index(f" {verb} ") + 1
    place = offset + sentence.index(recipient.name, len(actor.name))
    when = When(
        edtf=day.isoformat(),
        earliest=day,
        latest=day,
        precision=Precision.DAY,
        basis=Basis.EXPLICIT,
    )
    return EventMention(
        mention_id=f"{name}:{offset}",
        doc_id=name,
        doc=name,
        start=start,
        end=start + len(verb),
        sentence=(offset, offset + len(sentence)),
        quote=sentence,
        trigger=verb,
        lemma=verb,
        event_type=_VERBS[verb],
        mode="",
        modality=Modality.ASSERTED,
        arguments=(
            _argument(Role.ACTOR, offset, actor),
            _argument(Role.RECIPIENT, place, recipient),
        ),
        when=when,
    )


def _argument(role: Role, start: int, actor: Actor) -> Argument:
    end = start + len(actor.name)
    return Argument(
        role=role, start=start, end=end, text=actor.name, head=(start, end), actor_id=actor.actor_id
    )


def _truth(mention: EventMention) -> tuple[str, ...]:
    """What was really told: its event, by deed, parties and day."""
    return mention.lemma, mention.when.edtf, *(str(item.actor_id) for item in mention.arguments)


def told_and_mixed(analyses: Sequence[Analysis], events: Sequence[Event]) -> tuple[int, int]:
    """Events that the articles tell, and events found that mix several of them: counts alone would hide that a wrong
    merge makes up for a split."""
    told = {_truth(mention) for one in analyses for mention in one.mentions}
    mixed = sum(len({_truth(mention) for mention in event.mentions}) > 1 for event in events)
    return len(told), mixed


def main() -> int:
    """Prints a line a size: seconds, against n·log n from the first size, and the peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    first = 0.0
    print(
        "| mentions | told | found | mixed | seconds | µs/(n·ln n) | times the first | MiB at most |"
    )
    print("|" + "---:|" * 8)
    for size in asked.sizes:
        analyses, actors = make_news(size, asked.seed)
        begun = time.process_time()
        events = merge_mentions(analyses, actors, None)
        spent = time.process_time() - begun
        told, mixed = told_and_mixed(analyses, events)
        each = 1e6 * spent / (size * log(size))
        first = first or each
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"| {size:,} | {told:,} | {len(events):,} | {mixed:,} | {spent:.1f} | {each:.1f} | {each / first:.2f} "
            f"| {peak:,} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
