"""Why two mentions are, or are not, one event, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from timeline.merge.bonds import Bond, is_definite, read_discourse
from timeline.merge.clusters import Nodes, find_clusters, make_nodes
from timeline.merge.context import Context, make_context
from timeline.merge.events import date_clusters, is_telling
from timeline.merge.evidence import compare, conflict
from timeline.merge.taking_up import Cluster, taken_up
from timeline.merge.traits import number_of, traits_of
from timeline.merge.wording import load_rules
from timeline.model import Actor, Analysis, EventMention

if TYPE_CHECKING:
    from timeline.gazetteer import Gazetteer


def explain_merge(
    a: EventMention,
    b: EventMention,
    analyses: Sequence[Analysis],
    actors: Sequence[Actor],
    gazetteer: Gazetteer | None,
) -> tuple[str, ...]:
    """Why two mentions are, or are not, one event: what the articles as a whole say of them, then the reasons of the two by
    themselves with their weights (log-odds), the heaviest first. Merges the articles anew, which takes as long as that does.
    """
    context = make_context(analyses, actors, gazetteer)
    told = [mention for item in analyses for mention in item.mentions if is_telling(mention)]
    return (*_taking_up(a, b, told, context), *reasons_for(a, b, context))


def reasons_for(a: EventMention, b: EventMention, context: Context) -> tuple[str, ...]:
    """A conflict alone, or all evidence, the heaviest first: ``"the same day (+2.2)"``."""
    x, y = traits_of(a, context, 0), traits_of(b, context, 1)
    bond, apart = _told(a, b, context)
    against = "the text tells them apart" if apart else conflict(x, y)
    if against:
        return (f"{against} (never one event)",)
    weights = load_rules().weights
    found = list(compare(x, y, context.wording(a), context.wording(b), context))
    found += [(bond.reason, bond.weight)] if bond else []
    if {number_of(a), number_of(b)} == {"one", "many"}:
        found.append(("one here, several there", weights["other_number"]))
    if a.doc_id != b.doc_id and not x.words.isdisjoint(y.words) and _is_known(a, b, context):
        found.append(("taken to be known", weights["definite"]))
    ranked = sorted(found, key=lambda reason: (-abs(reason[1]), reason[0]))
    return tuple(f"{reason} ({weight:+.1f})" for reason, weight in ranked if weight)


def _is_known(a: EventMention, b: EventMention, context: Context) -> bool:
    """Whether either passage takes its readers to know which event it means ("the vote")."""
    return any(is_definite(item, context.documents[item.doc_id].document.text) for item in (a, b))


def _told(a: EventMention, b: EventMention, context: Context) -> tuple[Bond | None, bool]:
    """What their document says of the two: a bond, or that they are apart."""
    if a.doc_id != b.doc_id:
        return None, False
    analysis = context.documents[a.doc_id]
    mentions = sorted(analysis.mentions, key=lambda item: (item.start, item.end, item.mention_id))
    places = {mention.mention_id: position for position, mention in enumerate(mentions)}
    pair = sorted((places[a.mention_id], places[b.mention_id]))
    found = read_discourse(mentions, analysis.document.text)
    return found.bonds.get((pair[0], pair[1])), (pair[0], pair[1]) in found.apart


def _taking_up(
    a: EventMention, b: EventMention, told: Sequence[EventMention], context: Context
) -> Iterator[str]:
    """That one of them, or each, takes up the one great event of its article, which the two by themselves do not tell."""
    event_of = {
        mention.mention_id: number
        for number, group in enumerate(date_clusters(told, context).clusters)
        for mention in group
    }
    if event_of.get(a.mention_id, -1) != event_of.get(b.mention_id, -2):
        return
    nodes = make_nodes(told, context, event_of)
    clusters = find_clusters(nodes)
    taken, found = taken_up(nodes, clusters), _clusters_of((a, b), nodes, clusters)
    mains = {taken.get(number, number) for number in found}
    for mention, number in zip((a, b), found, strict=True):
        if number in taken and len(mains) == 1:
            passages = len(clusters[taken[number]])
            yield f"“{mention.trigger}”, told without day or doer, takes up the one event of which its articles tell most ({passages} passages)"


def _clusters_of(
    mentions: Iterable[EventMention], nodes: Nodes, clusters: Sequence[Cluster]
) -> tuple[int, ...]:
    """Of each mention, the number of the cluster that it is found in before any is taken up."""
    holding: Mapping[str, int] = {
        mention.mention_id: number
        for number, cluster in enumerate(clusters)
        for node in cluster
        for mention in nodes.groups[node]
    }
    return tuple(holding[mention.mention_id] for mention in mentions)
