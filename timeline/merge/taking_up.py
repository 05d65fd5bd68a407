"""What is told without day or doer ("1,700 were injured", "the blasts") where an article tells of one great event that it
can mean. One passage says too little for that; how often the articles tell of the event says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from timeline.merge.bonds import brings_about, takes_up
from timeline.merge.clusters import Nodes
from timeline.merge.evidence import conflict, facts
from timeline.merge.joining import join
from timeline.merge.traits import Traits
from timeline.merge.wording import families_of, load_rules

Cluster = tuple[int, ...]
"""Nodes, sorted."""


def take_up(nodes: Nodes, clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """The clusters, those that take up an event joined to it; by their first node."""
    grown = {number: list(cluster) for number, cluster in enumerate(clusters)}
    for number, main in taken_up(nodes, clusters).items():
        grown[main] += grown.pop(number)
    return tuple(sorted(tuple(sorted(cluster)) for cluster in grown.values()))


def taken_up(nodes: Nodes, clusters: Sequence[Cluster]) -> Mapping[int, int]:
    """Numbers of the clusters that take up an event, each with that of the event."""
    families = [_families(nodes, cluster) for cluster in clusters]
    open_ones = [number for number, cluster in enumerate(clusters) if _is_open(nodes, cluster)]
    told = _told_in(nodes, clusters, {doc for n in open_ones for doc in _docs(nodes, clusters[n])})
    wholes: dict[int, Traits] = {}
    taken: dict[int, int] = {}
    for number in open_ones:
        main = _main(number, nodes, clusters, families, told)
        if main is None:
            continue
        one = wholes.get(main) or _whole(nodes, clusters[main])
        other = _whole(nodes, clusters[number])
        if _may_be_one(one, other):
            wholes[main] = join(one, other)
            taken[number] = main
    return taken


def _is_open(nodes: Nodes, cluster: Cluster) -> bool:
    """Whether all its passages leave open which event they tell, and most of them take it to be known."""
    if any(nodes.traits[node].firm or nodes.traits[node].agents.ids for node in cluster):
        return False
    return 2 * sum(takes_up(nodes.groups[node][0]) for node in cluster) > len(cluster)


def _docs(nodes: Nodes, cluster: Cluster) -> Iterator[str]:
    return (mention.doc_id for node in cluster for mention in nodes.groups[node])


def _families(nodes: Nodes, cluster: Cluster) -> frozenset[str]:
    return frozenset[str]().union(*(families_of(nodes.groups[n][0].lemma) for n in cluster))


def _told_in(
    nodes: Nodes, clusters: Sequence[Cluster], docs: set[str]
) -> Mapping[str, frozenset[int]]:
    """Dated clusters by the documents that tell of them."""
    told: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        if any(nodes.traits[node].firm for node in cluster):
            for doc in docs.intersection(_docs(nodes, cluster)):
                told[doc].add(number)
    return {doc: frozenset(numbers) for doc, numbers in told.items()}


def _main(
    number: int,
    nodes: Nodes,
    clusters: Sequence[Cluster],
    families: Sequence[frozenset[str]],
    told: Mapping[str, frozenset[int]],
) -> int | None:
    """The event that all its articles tell of far more than of any other that it could mean."""
    found = {
        _greatest(
            (n for n in told.get(doc, ()) if brings_about(families[n], families[number])), clusters
        )
        for doc in _docs(nodes, clusters[number])
    }
    return found.pop() if len(found) == 1 else None


def _greatest(numbers: Iterable[int], clusters: Sequence[Cluster]) -> int | None:
    thresholds = load_rules().thresholds
    ranked = sorted(numbers, key=lambda number: (-len(clusters[number]), clusters[number]))
    sizes = [len(clusters[number]) for number in ranked]
    if not sizes or sizes[0] < thresholds["great"]:
        return None
    return ranked[0] if len(sizes) == 1 or sizes[0] >= thresholds["greater"] * sizes[1] else None


def _whole(nodes: Nodes, cluster: Cluster) -> Traits:
    return reduce(join, (nodes.traits[node] for node in cluster))


def _may_be_one(one: Traits, other: Traits) -> bool:
    """Whether nothing that is told of them speaks against it."""
    against = load_rules().thresholds["against"]
    return not conflict(one, other) and all(weight > against for _, weight in facts(one, other))
