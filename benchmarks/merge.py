"""How the time of merging grows with the number of mentions: synthetic articles, seeded, on one core.

python -m benchmarks.merge 1000 10000
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter

from timeline.merge import merge_mentions
from timeline.model import (
    Actor,
    ActorKind,
    Analysis,
    Argument,
    Basis,
    Document,
    EventMention,
    EventType,
    Modality,
    Precision,
    Role,
    When,
)

_VERBS = ("attack", "kill", "shell", "strike", "bomb", "arrest", "protest", "resign", "visit")
_AN_ARTICLE, _TELLERS, _AN_ACTOR = 10, 3, 20
"""Mentions an article, articles an event, events an actor: the archive grows in breadth, as archives do."""


def make_archive(mentions: int, seed: int = 0) -> tuple[list[Analysis], list[Actor]]:
    """Analyses with about that many mentions, each event told by some three articles of its week."""
    chance = random.Random(seed)
    events = max(1, mentions // _TELLERS)
    actors = [
        Actor(actor_id=f"group-{n}", name=f"Group{n}", kind=ActorKind.ARMED_GROUP)
        for n in range(events // _AN_ACTOR + 2)
    ]
    days = max(30, events // 20)
    told = sorted(_happening(chance, days, len(actors)) for _ in range(events))
    articles = [
        [chance.choice(told[max(0, at - 10) : at + 10]) for _ in range(_AN_ARTICLE)]
        for at in (chance.randrange(events) for _ in range(max(1, mentions // _AN_ARTICLE)))
    ]
    return [_article(n, stories, actors) for n, stories in enumerate(articles)], actors


def _happening(chance: random.Random, days: int, actors: int) -> tuple[date, int, int, str]:
    """A day, two actors by their numbers, and what the one did to the other."""
    day = date(1990, 1, 1) + timedelta(days=chance.randrange(days))
    one, other = chance.sample(range(actors), 2)
    return day, one, other, chance.choice(_VERBS)


def _article(
    number: int, stories: Sequence[tuple[date, int, int, str]], actors: Sequence[Actor]
) -> Analysis:
    name, text, mentions = f"article-{number}", "", []
    for day, one, other, verb in stories:
        quote = f"{actors[one].name} {verb} {actors[other].name} on {day}, source {number} said."
        mentions.append(_mention(name, len(text), quote, verb, day, (actors[one], actors[other])))
        text += quote + "\n"
    published = max(day for day, *_ in stories) + timedelta(days=1)
    return Analysis(
        document=Document(doc_id=name, doc=name, text=text, published=published),
        mentions=tuple(mentions),
    )


def _mention(  # noqa: PLR0917
    doc: str, start: int, quote: str, verb: str, day: date, parties: tuple[Actor, Actor]
) -> EventMention:
    at = start + quote.index(verb)
    arguments = []
    for role, actor in zip((Role.ACTOR, Role.RECIPIENT), parties, strict=True):
        first = start + quote.index(actor.name)
        span = first, first + len(actor.name)
        arguments.append(
            Argument(
                role=role,
                start=span[0],
                end=span[1],
                text=actor.name,
                head=span,
                actor_id=actor.actor_id,
            )
        )
    return EventMention(
        mention_id=f"{doc}:{at}",
        doc_id=doc,
        doc=doc,
        start=at,
        end=at + len(verb),
        sentence=(start, start + len(quote)),
        quote=quote,
        trigger=verb,
        lemma=verb,
        event_type=EventType.ASSAULT,
        mode="",
        modality=Modality.ASSERTED,
        arguments=tuple(arguments),
        when=When(
            edtf=day.isoformat(),
            earliest=day,
            latest=day,
            precision=Precision.DAY,
            basis=Basis.EXPLICIT,
        ),
    )


def main() -> None:
    """Prints a table: mentions, events, seconds, microseconds a mention."""
    print("| mentions | events | seconds | µs a mention |\n|---|---|---|---|")
    for size in [int(item) for item in sys.argv[1:]] or [1_000, 10_000]:
        analyses, actors = make_archive(size)
        started = perf_counter()
        events = merge_mentions(analyses, actors, None)
        spent = perf_counter() - started
        count = sum(len(analysis.mentions) for analysis in analyses)
        print(
            f"| {count:,} | {len(events):,} | {spent:.1f} | {spent / count * 1e6:.0f} |", flush=True
        )


if __name__ == "__main__":
    main()
