"""Who acts in the documents of an archive: names are surveyed by workers, a batch of documents at a time, the surveys are
added up, and what each name stands for is sent back to the batches that hold it.

When documents change (their dates were inferred), only their batches are surveyed again, and only those are resolved
again that hold a name which now stands for somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from timeline.actors import (
    Referent,
    Resolution,
    Survey,
    link_referents,
    survey_names,
    with_parents,
)
from timeline.blocks import as_kept
from timeline.copies import Sketch, sketch_of
from timeline.engine import Map, Progress, surely
from timeline.gazetteer import load_gazetteer
from timeline.model import Actor, Analysis, Document
from timeline.workspace import Resolved, Workspace, pack, unpack

BATCH = 16
"""Documents that are sent to a worker together, at most."""
_BATCHES = 32
"""Batches that there are at least, that no worker is without work while others have a last one."""

Kept = Analysis | bytes
"""An analysis, or what one can be had from, and is quick to send to a worker."""
Load = Callable[[Document, Kept], Analysis]
Linked = Mapping[Referent, Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the analysis of a document is had."""

    find: Callable[[Document], Kept]
    """Asked where the build runs; of each document twice, or as often again as dates are inferred."""
    load: Load
    """Done by workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    number: int
    documents: tuple[Document, ...]
    kept: tuple[Kept, ...]
    linked: Linked
    """What the names in it stand for, once that is known."""
    parents: tuple[Actor, ...]
    """What these belong to."""


_Surveyed = tuple[int, tuple[Document, ...], bytes, Mapping[str, Sketch]]
_Done = tuple[int, tuple[Resolved, ...], tuple[Actor, ...]]


def batches(documents: Iterable[Document], count: int) -> Iterator[list[Document]]:
    """So many documents in lists of a size at which all workers are busy, and for some seconds if there are enough."""
    remaining, size = iter(documents), _size_of(count)
    while batch := list(islice(remaining, size)):
        yield batch


def _size_of(count: int) -> int:
    return max(1, min(BATCH, count // _BATCHES))


class Acting:
    """Who acts in the documents of a workspace."""

    def __init__(
        self, workspace: Workspace, reading: Reading, map_over: Map, progress: Progress
    ) -> None:
        self._workspace, self._reading, self._progress = workspace, reading, progress
        self._map: Map = surely(map_over, _names_in)
        self._linked: frozenset[int] = frozenset()
        self.actors: tuple[Actor, ...] = ()
        """Those met with those they belong to, sorted by id; empty before any document is resolved."""

    def resolve(self) -> None:
        """Resolve the actors of all documents, and put what they tell into the workspace."""
        count = self._workspace.document_count()
        documents = enumerate(batches(self._workspace.documents(), count))
        done = self._progress("Reading names", count)
        work = partial(_survey, self._reading.load)
        found: Iterable[_Surveyed] = self._map(work, (self._batch(*item) for item in documents))
        numbers: list[int] = []
        for number, batch, named, sketches in found:
            self._workspace.add_batch(number, batch, named)
            self._workspace.add_sketches(sketches)
            numbers.append(number)
            done(len(batch))
        self._resolve(frozenset(numbers), self._progress("Resolving who acts", count))

    def resolve_again(self, doc_ids: Collection[str]) -> None:
        """Resolve once more what depends on these documents, which are others now."""
        changed = self._workspace.batches_of(doc_ids)
        asked = (self._batch(number, self._workspace.batch(number)) for number in sorted(changed))
        work = partial(_survey, self._reading.load)
        found: Iterable[_Surveyed] = self._map(work, asked)
        for number, _, named, _ in found:
            self._workspace.add_named(number, named)
        self._resolve(changed, self._progress("Resolving who acts again", None))

    def _batch(self, number: int, documents: Sequence[Document]) -> _Batch:
        return _Batch(
            number=number,
            documents=tuple(documents),
            kept=tuple(map(self._reading.find, documents)),
            linked={},
            parents=(),
        )

    def _resolve(self, changed: Collection[int], done: Callable[[int], None]) -> None:
        """Resolve batches that changed, and those for which it changed who is who."""
        linked = self._link()
        before, self._linked = self._linked, frozenset(map(hash, linked.items()))
        named = ((number, _known(names, linked)) for number, names in self._workspace.named())
        waiting = (
            (number, known)
            for number, known in named
            if number in changed or not before.issuperset(map(hash, known.items()))
        )
        found: Iterable[_Done] = self._map(
            partial(_resolve, self._reading.load), self._with_actors(waiting, linked)
        )
        for number, articles, met in found:
            for article in articles:
                self._workspace.add_resolved(article)
            self._workspace.add_met(number, met)
            done(len(articles))
        met_all: dict[str, Actor] = {}
        for actor in self._workspace.met():
            met_all.setdefault(actor.actor_id, actor)
        self.actors = with_parents(met_all, _by_id(linked), load_gazetteer())

    def _link(self) -> Linked:
        survey = Survey()
        for _, named in self._workspace.named():
            survey.join(unpack(named))
        return link_referents(survey, load_gazetteer())

    def _with_actors(
        self, waiting: Iterable[tuple[int, Linked]], linked: Linked
    ) -> Iterator[_Batch]:
        by_id = _by_id(linked)
        for number, known in waiting:
            own = {actor.actor_id: actor for actor in known.values()}
            parents = with_parents(own, by_id, load_gazetteer())
            batch = self._batch(number, self._workspace.batch(number))
            yield replace(batch, linked=known, parents=parents)


def _names_in(batch: _Batch) -> str:
    return ", ".join(document.doc for document in batch.documents)


def _by_id(linked: Linked) -> Mapping[str, Actor]:
    return {actor.actor_id: actor for actor in linked.values()}


def _known(named: bytes, linked: Linked) -> Linked:
    """What the names of a batch stand for."""
    survey: Survey = unpack(named)
    return {referent: linked[referent] for referent in survey.spellings}


def _survey(load: Load, batch: _Batch) -> _Surveyed:
    analyses = tuple(map(load, batch.documents, batch.kept))
    survey = survey_names(analyses, load_gazetteer())
    sketches = {
        document.doc_id: sketch
        for document in batch.documents
        if (sketch := sketch_of(document)) is not None
    }
    return batch.number, batch.documents, pack(survey), sketches


def _resolve(load: Load, batch: _Batch) -> _Done:
    resolution = Resolution(batch.linked, load_gazetteer())
    resolved = [
        resolution.resolved(load(document, kept))
        for document, kept in zip(batch.documents, batch.kept, strict=True)
    ]
    met = resolution.met()
    own = {actor.actor_id: actor for actor in met}
    known = {actor.actor_id: actor for actor in (*batch.linked.values(), *batch.parents)}
    actors = with_parents(own, known, load_gazetteer())
    return batch.number, tuple(as_kept(analysis, actors) for analysis in resolved), met
