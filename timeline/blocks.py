"""Merging by blocks, so that it takes no more memory for an archive of decades than for one of months.

A block holds mentions that may be one event (see `timeline.stories`), and every mention is in one block at most. So
they can be merged at the same time, in any order, on any machine. An archive of one block is merged as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline.gazetteer import load_gazetteer
from timeline.memory import give_back
from timeline.merge import find_keys, is_telling, merge_mentions, select_events
from timeline.model import Actor, Analysis, Event, EventMention
from timeline.stories import cut
from timeline.workspace import Found, Resolved, Told, Workspace, pack, unpack

BLOCK = 10_000
"""Mentions that tell an incident (the others cost little); they take some 40 kB each while they are merged."""
_UNDATED = 10**7
"""Day of what neither text nor publication dates: after all days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Mentions to be merged by themselves, with the articles that tell them and the actors in them: packed, that whoever
    hands it on need not look into it."""

    number: int
    articles: tuple[bytes, ...]
    mentions: tuple[bytes, ...]
    copies: Mapping[str, str]
    actors: bytes


Merged = tuple[int, tuple[Found, ...]]
"""Number of a block, and the events found in it."""
MapBlocks = Callable[[Callable[[Block], Merged], Iterable[Block]], Iterable[Merged]]
"""Does something to each block, here or elsewhere; answers in the order of the blocks."""


def as_kept(analysis: Analysis, actors: Sequence[Actor]) -> Resolved:
    """An article whose actors are resolved, as a workspace keeps it. `actors`: all in it, and what they belong to."""
    days, keys = _days(analysis), find_keys(analysis, actors, load_gazetteer())
    return Resolved(
        doc_id=analysis.document.doc_id,
        dated=analysis.document.published is not None,
        article=pack(replace(analysis, names=(), antecedents=(), mentions=())),
        mentions=tuple(
            Told(
                day=days[mention.mention_id],
                telling=is_telling(mention),
                actors=tuple(
                    sorted({item.actor_id for item in mention.arguments if item.actor_id})
                ),
                firm=shared.firm,
                loose=shared.loose,
                vague=shared.vague,
                body=pack(mention),
            )
            for mention, shared in zip(analysis.mentions, keys, strict=True)
        ),
    )


def _days(analysis: Analysis) -> Mapping[str, int]:
    """The day that each mention is looked for under (a proleptic ordinal), by id: the first day of what it tells, of what
    counts from another mention that one's, and for lack of a date the day of publication."""
    mentions = {mention.mention_id: mention for mention in analysis.mentions}
    published = analysis.document.published
    default = published.toordinal() if published else _UNDATED
    return {name: _day(mention, mentions, default) for name, mention in mentions.items()}


def _day(mention: EventMention, mentions: Mapping[str, EventMention], default: int) -> int:
    seen: set[str] = set()
    while mention.when.anchor.startswith("mention:") and mention.mention_id not in seen:
        seen.add(mention.mention_id)
        mention = mentions.get(mention.when.anchor.removeprefix("mention:"), mention)
    day = mention.when.earliest or mention.when.latest
    return day.toordinal() if day else default


def merge_by_blocks(
    workspace: Workspace,
    map_blocks: MapBlocks = map,
    *,
    size: int = BLOCK,
    done: Callable[[int], None] = lambda mentions: None,
) -> None:
    """Merge all mentions of a workspace, which also keeps their actors, into events, and put these into it. `done` is told how many that tell an incident were
    merged."""
    left = workspace.told_count()
    _place(workspace, size)
    give_back()  # before workers are forked, who would have it, too
    for number, events in map_blocks(merge_block, _blocks(workspace)):
        for event in events:
            workspace.add_event(event, number)
            left -= event.told
            done(event.told)
    done(left)


def _place(workspace: Workspace, size: int) -> None:
    """Put each mention into a block. What fits into one is not cut."""
    days, telling = workspace.days()
    if sum(telling) <= size:
        workspace.place(0 for _ in days)
    else:
        workspace.place(cut(days, telling, workspace.shared(), size))


def _blocks(workspace: Workspace) -> Iterator[Block]:
    """The blocks, each made when it is asked for."""
    for number in range(workspace.block_count()):
        articles, mentions = workspace.told_in(number)
        yield Block(
            number=number,
            articles=articles,
            mentions=mentions,
            copies=workspace.copies_of(number),
            actors=pack(_with_parents(workspace.acting_in(number), workspace)),
        )


def _with_parents(actor_ids: Iterable[str], workspace: Workspace) -> tuple[Actor, ...]:
    """The actors, and all that they belong to."""
    waiting = set(actor_ids)
    found: dict[str, Actor] = {}
    while waiting:
        actor_id = waiting.pop()
        actor = None if actor_id in found else workspace.actor(actor_id)
        if actor is not None:
            found[actor_id] = actor
            waiting.update(actor.member_of)
    return tuple(found[actor_id] for actor_id in sorted(found))


def merge_block(block: Block) -> Merged:
    """The events of a block, also those that are not worth showing: their mentions are spoken for."""
    analyses = tuple(_analyses(block))
    events = merge_mentions(analyses, unpack(block.actors), load_gazetteer())
    shown = {event.event_id: event for event in select_events(events)}
    found = tuple(_found(event, shown.get(event.event_id)) for event in events)
    del analyses, events, shown
    give_back()
    return block.number, found


def _analyses(block: Block) -> Iterator[Analysis]:
    """The articles of a block, with those of their mentions that are in it."""
    told: dict[str, list[EventMention]] = defaultdict(list)
    for mention in map(unpack, block.mentions):
        told[mention.doc_id].append(mention)
    for article in map(unpack, block.articles):
        document = article.document
        if original := block.copies.get(document.doc_id):
            document = replace(document, copy_of=original)
        yield replace(article, document=document, mentions=tuple(told[document.doc_id]))


def _found(event: Event, shown: Event | None) -> Found:
    first = event.when.earliest or event.when.latest
    return Found(
        event_id=event.event_id,
        first=str(first or "~"),
        body=pack(shown) if shown else None,
        mention_ids=tuple(mention.mention_id for mention in event.mentions),
        told=sum(map(is_telling, event.mentions)),
    )


def across_blocks(workspace: Workspace, event: Event) -> Event:
    """The event with what it follows in other blocks, as its passages say."""
    told = {other for mention in event.mentions for other in mention.follows}
    if not told:
        return event
    mine = workspace.taken_by(event.mentions[0].mention_id)
    assert mine  # it took them itself
    found = {at[0] for other in told if (at := workspace.taken_by(other)) and at[1] != mine[1]}
    follows = sorted({*event.follows, *found} - {"", event.event_id})
    return replace(event, follows=tuple(follows)) if found else event
