"""Merging by blocks of time, so that it takes no more memory for an archive of decades than for one of months.

Mentions are put in order by the day that they tell of, and cut into blocks of equal number. Every other block is merged
first, each together with half of the block on either side of it; what events leave over is then merged in the blocks
between. No two blocks of a turn share a mention, so they can be merged at the same time, in any order, on any machine;
and an event that lies across a border is found by the one block that sees both sides of it. An archive of one block is
merged as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline.gazetteer import load_gazetteer
from timeline.merge import is_telling, merge_mentions, select_events
from timeline.model import Actor, Analysis, Event, EventMention
from timeline.workspace import Homes, Key, Workspace

BLOCK = 10_000
"""Mentions that tell an incident (the others cost little). Twice as many are in memory at once, at about 25 kB each."""
_UNDATED = 10**7
"""Home of what neither text nor publication dates: after all days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Mentions to be merged by themselves, with the articles that tell them and the actors in them."""

    number: int
    analyses: tuple[Analysis, ...]
    actors: tuple[Actor, ...]
    own: frozenset[str] | None
    """Ids of the mentions that the block is about; events without any are left to other blocks. None: all."""


Merged = tuple[int, tuple[Event, ...]]
"""Number of a block, and the events found in it."""
MapBlocks = Callable[[Callable[[Block], Merged], Iterable[Block]], Iterable[Merged]]
"""Does something to each block, here or elsewhere; answers in the order of the blocks."""


def by_home(analysis: Analysis) -> Homes:
    """The mentions of a document by the day that they are looked for under (a proleptic ordinal): the first day of what
    they tell, of what counts from another mention that one's, and for lack of a date the day of publication. With how
    many of them tell an incident."""
    mentions = {mention.mention_id: mention for mention in analysis.mentions}
    published = analysis.document.published
    default = published.toordinal() if published else _UNDATED
    homes: dict[int, list[EventMention]] = defaultdict(list)
    for mention in analysis.mentions:
        homes[_home(mention, mentions, default)].append(mention)
    return {day: (sum(map(is_telling, told)), tuple(told)) for day, told in homes.items()}


def _home(mention: EventMention, mentions: Mapping[str, EventMention], default: int) -> int:
    seen: set[str] = set()
    while mention.when.anchor.startswith("mention:") and mention.mention_id not in seen:
        seen.add(mention.mention_id)
        mention = mentions.get(mention.when.anchor.removeprefix("mention:"), mention)
    day = mention.when.earliest or mention.when.latest
    return day.toordinal() if day else default


def merge_by_blocks(
    workspace: Workspace,
    actors: Sequence[Actor],
    map_blocks: MapBlocks = map,
    *,
    size: int = BLOCK,
    done: Callable[[int], None] = lambda mentions: None,
) -> None:
    """Merge all mentions of a workspace into events, and put these into it. `done` is told how many that tell an incident were
    merged."""
    halves, left = _halves(workspace, size), workspace.told_count()
    known = {actor.actor_id: actor for actor in actors}
    for turn in (0, 1):
        for number, events in map_blocks(merge_block, _blocks(workspace, halves, turn, known)):
            shown = {event.event_id: event for event in select_events(events)}
            for event in events:
                workspace.add_event(event, shown.get(event.event_id), number)
                done(told := sum(map(is_telling, event.mentions)))
                left -= told
    done(left)


def _halves(workspace: Workspace, size: int) -> list[Key]:
    """Where each half of a block begins. An archive that fits into one block is not cut."""
    half = size if workspace.told_count() <= size else size // 2
    halves: list[Key] = []
    room = 0
    for key, count in workspace.places():
        if room <= 0:
            halves.append(key)
            room = half
        room -= count
    return halves


def _blocks(
    workspace: Workspace, halves: Sequence[Key], turn: int, actors: Mapping[str, Actor]
) -> Iterator[Block]:
    """The blocks of one turn, each made when it is asked for."""
    for number in range(turn, (len(halves) + 1) // 2, 2):
        first, end = 2 * number, 2 * number + 2
        own = _told(workspace, halves, first, end)
        around = [] if turn else _told(workspace, halves, first - 1, first)
        around += [] if turn else _told(workspace, halves, end, end + 1)
        yield Block(
            number=number,
            analyses=_analyses(workspace, (*own, *around)),
            actors=_acting((*own, *around), actors),
            own=frozenset(mention.mention_id for mention in own) if around else None,
        )


def _told(workspace: Workspace, halves: Sequence[Key], first: int, end: int) -> list[EventMention]:
    """Mentions of halves that no event has taken yet."""
    if first < 0 or first >= len(halves):
        return []
    told = workspace.told_between(halves[first], halves[end] if end < len(halves) else None)
    return [mention for mention in told if workspace.taken_by(mention.mention_id) is None]


def _analyses(workspace: Workspace, mentions: Iterable[EventMention]) -> tuple[Analysis, ...]:
    """The articles of these mentions, with these alone."""
    told: dict[str, list[EventMention]] = defaultdict(list)
    for mention in mentions:
        told[mention.doc_id].append(mention)
    return tuple(
        replace(workspace.article(doc_id), mentions=tuple(told[doc_id])) for doc_id in sorted(told)
    )


def _acting(mentions: Sequence[EventMention], actors: Mapping[str, Actor]) -> tuple[Actor, ...]:
    """The actors of these mentions, and all that they belong to."""
    named = [argument.actor_id for mention in mentions for argument in mention.arguments]
    waiting = {actor_id for actor_id in named if actor_id}
    found: dict[str, Actor] = {}
    while waiting:
        actor_id = waiting.pop()
        if actor_id in actors and actor_id not in found:
            found[actor_id] = actors[actor_id]
            waiting.update(actors[actor_id].member_of)
    return tuple(found[actor_id] for actor_id in sorted(found))


def merge_block(block: Block) -> Merged:
    """The events of a block that are its own, also those that are not worth showing: their mentions are spoken for."""
    events = merge_mentions(block.analyses, block.actors, load_gazetteer())
    own = block.own
    return block.number, tuple(
        event
        for event in events
        if own is None or any(mention.mention_id in own for mention in event.mentions)
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
