"""Clustering: pairs are looked for within blocks only, the best-founded are joined first, and what a cluster as a whole
cannot be is never joined to it. The result does not depend on the order of the input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from heapq import heapify, heappop, heappush
from itertools import islice, product

from timeline.merge.blocking import (
    blocks_of,
    in_order,
    kinds_of,
    months_of,
    pairs_within,
    stories_of,
)
from timeline.merge.bonds import Bond, Pair, is_definite, read_discourse
from timeline.merge.context import Context, OnDemand, Remembered
from timeline.merge.evidence import clash, conflict, facts, score, shared_words, story, told_apart
from timeline.merge.joining import join
from timeline.merge.resemblance import Wording, resemblance
from timeline.merge.traits import FOREVER, Days, Traits, is_bare, number_of, passage_key, traits_of
from timeline.merge.wording import load_rules
from timeline.model import Document, EventMention

Group = tuple[EventMention, ...]
"""Copies of one passage, in canonical order."""
TERMS = 5
"""Words that an article is looked for by."""
_ASKED = 8
"""Members of a cluster that are asked: enough for an average, and a famous event costs no more than another."""
_SURE = 4.0
"""Log-odds beyond which one pair says no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """What is clustered: passages (with all their copies), their traits, and what the texts say of pairs of them."""

    groups: tuple[Group, ...]
    traits: tuple[Traits, ...]
    bonds: Mapping[Pair, Bond]
    likeness: Callable[[str, str], float]
    overlap: Callable[[str, str], float]
    definite: tuple[bool, ...]
    causes: tuple[frozenset[int], ...]
    """Events (by their number in the round before) that each passage answers or follows, as it says itself."""
    docs: tuple[str, ...]
    numbers: tuple[str, ...]
    """Of each passage, see `number_of`."""
    wordings: tuple[Wording, ...]
    repeated: tuple[bool, ...]
    """Whether several events of its kind, on days that exclude each other, are told of its months."""
    terms: Mapping[str, tuple[str, ...]]
    """doc_id -> what the article is about: its few most telling words."""
    before: Remembered
    """What rounds before this one found of the same passages."""

    def aside(self, a: int, b: int) -> float:
        """What speaks for a pair of passages besides their traits: their words, and the texts that hold them."""
        if not is_bare(self.traits[a], self.traits[b]):
            return self.texts(a, b) + shared_words(self.wordings[a], self.wordings[b])
        x, y = in_order(self.docs[a], self.docs[b])
        total = resemblance(self.wordings[a], self.wordings[b], self.likeness(x, y))
        if x != y and self.repeated[a] and self.repeated[b]:
            total += load_rules().weights["repeated"]
        return total + self._discourse(a, b)

    def texts(self, a: int, b: int) -> float:
        """What the articles of two passages say, of which one tells more than words: all of `aside` but their own words."""
        total = self._discourse(a, b)
        if self.docs[a] == self.docs[b]:
            return total
        x, y = in_order(self.docs[a], self.docs[b])
        return total + story(self.overlap(x, y))[1] + self._taken_up(a, b)

    def _discourse(self, a: int, b: int) -> float:
        weights = load_rules().weights
        bond = self.bonds.get((a, b))
        total = bond.weight if bond else 0.0
        one, other = self.numbers[a], self.numbers[b]
        if one and other and one != other:
            total += weights["other_number"]
        if self.docs[a] != self.docs[b] and not self.causes[a].isdisjoint(self.causes[b]):
            total += weights["same_cause"]
        return total

    def _taken_up(self, a: int, b: int) -> float:
        """ "The vote", of an article that takes its readers to know which: more likely the one that others report."""
        known = self.definite[a] or self.definite[b]
        same = known and not self.traits[a].words.isdisjoint(self.traits[b].words)
        return load_rules().weights["definite"] if same else 0.0


@dataclass(slots=True)
class _Forest:
    """Union-find whose roots carry the traits of their clusters."""

    traits: dict[int, Traits]
    parent: list[int]
    members: dict[int, list[int]] = field(default_factory=dict)

    def root(self, node: int) -> int:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def unite(self, a: int, b: int) -> None:
        self.traits[a] = join(self.traits[a], self.traits.pop(b))
        self.members[a] = sorted(self.members[a] + self.members.pop(b))
        self.parent[b] = a


def canonical_order(document: Document, mention: EventMention) -> tuple[int, str, int, str]:
    """Earliest publication first, undated last; then by document and place in it."""
    published = document.published.toordinal() if document.published else FOREVER
    return published, mention.doc, mention.start, mention.mention_id


def make_nodes(
    mentions: Iterable[EventMention],
    context: Context,
    event_of: Mapping[str, int],
    before: Remembered | None = None,
) -> Nodes:
    """One node a passage; copies of it in other articles fall into the same node.

    `event_of` numbers the events of the round before by mention id, of which `before` remembers what was read; in the
    first round both are empty. The nodes of all rounds are those of the same passages.
    """
    before = before or Remembered()
    groups: dict[str, list[EventMention]] = defaultdict(list)
    for mention in mentions:
        groups[passage_key(mention)].append(mention)
    for group in groups.values():
        group.sort(key=lambda item: canonical_order(context.documents[item.doc_id].document, item))
    keys = sorted(groups)
    ordered = tuple(tuple(groups[key]) for key in keys)
    bonds, apart = _discourse(ordered, context, before)
    alone = (
        before.of(("traits", node), group, partial(_group_traits, group, context, node))
        for node, group in enumerate(ordered)
    )
    traits = tuple(
        replace(whole, apart=frozenset(apart[node])) if node in apart else whole
        for node, whole in enumerate(alone)
    )
    definite = tuple(
        is_definite(group[0], context.documents[group[0].doc_id].document.text) for group in ordered
    )
    return Nodes(
        definite=definite,
        causes=tuple(_causes(group, event_of) for group in ordered),
        docs=tuple(group[0].doc_id for group in ordered),
        numbers=tuple(number_of(group[0]) for group in ordered),
        groups=ordered,
        traits=traits,
        bonds=bonds,
        likeness=lru_cache(None)(context.likeness),
        overlap=lru_cache(None)(context.overlap),
        wordings=tuple(context.wording(group[0]) for group in ordered),
        terms=OnDemand(lambda doc_id: tuple(islice(context.terms[doc_id], TERMS))),
        repeated=_repeated(traits),
        before=before,
    )


def _repeated(traits: Sequence[Traits]) -> tuple[bool, ...]:
    """Of each node: "the attack" may mean any of several, where several attacks are dated."""
    spans: dict[tuple[str, int], Days] = {}
    keys = [[(kind, month) for kind in kinds_of(one) for month in months_of(one)] for one in traits]
    for one, own in zip(traits, keys, strict=True):
        for key in own if one.firm else ():
            latest, earliest = spans.get(key, (0, FOREVER))
            first = max(latest, *(days[0] for days in one.firm))
            spans[key] = first, min(earliest, *(days[1] for days in one.firm))
    return tuple(_told_apart([spans[key] for key in own if key in spans]) for own in keys)


def _told_apart(spans: Sequence[Days]) -> bool:
    """Whether the last begins after the first has ended."""
    return bool(spans) and max(first for first, _ in spans) > min(last for _, last in spans)


def _causes(group: Group, event_of: Mapping[str, int]) -> frozenset[int]:
    return frozenset(
        event_of[cause] for mention in group for cause in mention.follows if cause in event_of
    )


def _group_traits(group: Group, context: Context, node: int) -> Traits:
    """Copies may stand in articles that resolve its participants differently well: their traits are joined."""
    whole = traits_of(group[0], context, node)
    for copy in group[1:]:
        whole = join(whole, traits_of(copy, context, node))
    return whole


def _discourse(
    groups: Sequence[Group], context: Context, before: Remembered
) -> tuple[Mapping[Pair, Bond], Mapping[int, set[int]]]:
    documents: dict[str, list[tuple[EventMention, int]]] = defaultdict(list)
    for node, group in enumerate(groups):
        for mention in group:
            documents[mention.doc_id].append((mention, node))
    bonds: dict[Pair, Bond] = {}
    apart: dict[int, set[int]] = defaultdict(set)
    for doc_id, placed in documents.items():
        placed.sort(key=lambda item: (item[0].start, item[0].end, item[0].mention_id))
        told = [mention for mention, _ in placed]
        text = context.documents[doc_id].document.text
        found = before.of(("discourse", doc_id), told, partial(read_discourse, told, text))
        for left, right in found.apart:
            a, b = placed[left][1], placed[right][1]
            if a != b:
                apart[a].add(b)
                apart[b].add(a)
        for (left, right), bond in found.bonds.items():
            pair = in_order(placed[left][1], placed[right][1])
            if pair[0] != pair[1] and (pair not in bonds or bonds[pair].weight < bond.weight):
                bonds[pair] = bond
    return bonds, apart


def find_clusters(nodes: Nodes) -> tuple[tuple[int, ...], ...]:
    """The nodes of each cluster, sorted; clusters by their first node.

    Average linkage: the best-founded pair of clusters is joined first, and how well a pair is founded is what its
    members say of one another on the average, and what the two say as wholes.
    """
    count = len(nodes.groups)
    forest = _Forest(
        traits=dict(enumerate(nodes.traits)),
        parent=list(range(count)),
        members={node: [node] for node in range(count)},
    )
    facts = nodes.before.of("facts", None, Facts)
    links = _Links(nodes, forest, facts, [facts.kind(one) for one in nodes.traits])
    waiting = [(-worth, a, b) for a, b, worth in links.worth_trying()]
    heapify(waiting)
    while waiting:
        negative, a, b = heappop(waiting)
        x, y = in_order(forest.root(a), forest.root(b))
        if x == y or conflict(forest.traits[x], forest.traits[y]):
            continue
        founded = links.linkage(x, y, (a, b))
        if founded < 0:
            continue
        if is_bare(forest.traits[x], forest.traits[y]) and founded < -negative:
            # Their clusters have less in common by now: others come first.
            heappush(waiting, (-founded, a, b))
        else:
            forest.unite(x, y)
    return tuple(sorted(tuple(sorted(members)) for members in forest.members.values()))


class Facts:
    """What the facts of two passages say. Many passages of an archive tell the same facts, and most tell them again in the
    next round: each pair is asked once."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[object, ...], int] = {}
        self._traits: list[Traits] = []
        self._clash: dict[Pair, bool] = {}
        self._said: dict[Pair, float] = {}

    def kind(self, traits: Traits) -> int:
        """The same number for all that tell the same."""
        kind = self._kinds.setdefault(traits.facts(), len(self._traits))
        if kind == len(self._traits):
            self._traits.append(traits)
        return kind

    def clash(self, a: int, b: int) -> bool:
        """Whether what two kinds tell excludes each other."""
        key = (a, b) if a < b else (b, a)
        found = self._clash.get(key)
        if found is None:
            found = self._clash[key] = bool(clash(self._traits[key[0]], self._traits[key[1]]))
        return found

    def say(self, a: int, b: int) -> float:
        """Log-odds of two kinds."""
        key = (a, b) if a < b else (b, a)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = _traits_say(self._traits[key[0]], self._traits[key[1]])
        return found


@dataclass(slots=True)
class _Links:
    """What pairs of passages, and pairs of clusters, say for their being one; each pair is asked once."""

    nodes: Nodes
    forest: _Forest
    facts: Facts
    kinds: Sequence[int]
    """Of each node, see `Facts.kind`."""
    pairs: dict[Pair, tuple[float, float]] = field(default_factory=dict)
    """(by their wording and texts, by all that is known) of a pair, in log-odds."""

    def worth_trying(self) -> Iterator[tuple[int, int, float]]:
        """(node, node, log-odds) of the pairs that may be one; those below the threshold may gain by their clusters."""
        traits, kinds, retry = self.nodes.traits, self.kinds, load_rules().thresholds["retry"]
        told = traits, self.nodes.bonds
        for a, b in self.nodes.before.of("pairs", told, partial(_pairs, self.nodes)):
            if self.facts.clash(kinds[a], kinds[b]) or told_apart(traits[a], traits[b]):
                continue
            bare = is_bare(traits[a], traits[b])
            whole = self.pair(a, b)[1] if bare else self._founded(a, b, retry)
            if whole >= retry:
                yield a, b, round(whole - _least(traits[a], traits[b]), 6)

    def _founded(self, a: int, b: int, least: float) -> float:
        """The log-odds of two nodes in order of which one tells facts; some number below `least` where they are below
        it, whatever their words."""
        said, texts = self.facts.say(self.kinds[a], self.kinds[b]), self.nodes.texts(a, b)
        most = said + texts + load_rules().weights["content_most"]
        if most < least:
            return most
        aside = texts + shared_words(self.nodes.wordings[a], self.nodes.wordings[b])
        self.pairs[a, b] = aside, aside + said
        return aside + said

    def pair(self, a: int, b: int) -> tuple[float, float]:
        """Log-odds of two nodes, within bounds: one odd passage has no veto."""
        key = in_order(a, b)
        if key not in self.pairs:
            x, y = self.nodes.traits[key[0]], self.nodes.traits[key[1]]
            aside = self.nodes.aside(*key)
            whole = aside + self.facts.say(self.kinds[a], self.kinds[b])
            bare = is_bare(x, y)
            self.pairs[key] = (_bounded(aside), _bounded(whole)) if bare else (aside, whole)
        return self.pairs[key]

    def linkage(self, x: int, y: int, told: Pair) -> float:
        """Log-odds of two clusters, by their roots, above the threshold: half are those of the whole, and half those of
        the pair that told of them or, where words are all there is to go by, of their members on the average."""
        traits = self.forest.traits[x], self.forest.traits[y]
        aside, whole = self._average(x, y) if is_bare(*traits) else self.pair(*told)
        founded = (whole + aside + _traits_say(*traits)) / 2
        return round(founded - _least(*traits), 6)

    def _average(self, x: int, y: int) -> tuple[float, float]:
        members = self.forest.members
        told = [self.pair(a, b) for a, b in product(members[x][:_ASKED], members[y][:_ASKED])]
        aside, whole = (sum(item[part] for item in told) / len(told) for part in (0, 1))
        return aside, whole


def _traits_say(a: Traits, b: Traits) -> float:
    return sum(weight for _, weight in facts(a, b)) if is_bare(a, b) else score(a, b)


def _least(a: Traits, b: Traits) -> float:
    return load_rules().thresholds["merge_bare" if is_bare(a, b) else "merge"]


def _bounded(log_odds: float) -> float:
    return round(max(-_SURE, min(log_odds, _SURE)), 6)


def _pairs(nodes: Nodes) -> list[Pair]:
    """Pairs of passages that share a block and may lie on one day, sorted; and those that their texts tell of."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for node, traits in enumerate(nodes.traits):
        for key in (*blocks_of(traits), *_stories_of(nodes, node)):
            blocks[key].append(node)
    found = pairs_within(blocks.values(), nodes.traits)
    return sorted(found.union(nodes.bonds)) if nodes.bonds else sorted(found)


def _stories_of(nodes: Nodes, node: int) -> Iterator[tuple[object, ...]]:
    traits = nodes.traits[node]
    if is_bare(traits, traits):
        yield from stories_of(traits, nodes.wordings[node], nodes.terms[nodes.docs[node]])
