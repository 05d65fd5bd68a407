"""Composes the stages: documents in, a chronology out. No file but the workspace's is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from spacy.language import Language

from timeline.acting import Acting, Kept, Reading
from timeline.actors import find_names
from timeline.annotated import AnnotatedText
from timeline.blocks import merge_by_blocks
from timeline.copies import Sketches, copies_among, shingles_of
from timeline.coreference import resolve_antecedents
from timeline.engine import Map, Progress, surely
from timeline.gazetteer import load_gazetteer
from timeline.mentions import find_mentions
from timeline.merge import infer_published
from timeline.model import Actor, Analysis, Chronology, Document, Failure, PublishedBasis
from timeline.nlp import annotate
from timeline.ontology import load_ontology
from timeline.timex import find_timexes
from timeline.timex.rules import load_rules
from timeline.workspace import PackedAnalysis, Workspace, unpack_analysis


def load_knowledge() -> None:
    """Read the data of all stages: workers that are forked afterwards have it, and need not read it each for itself."""
    load_gazetteer()
    load_ontology()
    load_rules()


def analyse(documents: Iterable[Document], nlp: Language) -> Iterator[Analysis]:
    """What each document says by itself, in the order of the documents; parsing is batched."""
    return map(analysed, annotate(nlp, documents))


def analysed(text: AnnotatedText) -> Analysis:
    """A parsed document through all stages that need no other document."""
    gazetteer = load_gazetteer()
    names = find_names(text, gazetteer)
    text.recognise(names)
    timexes = find_timexes(text)
    return Analysis(
        document=text.document,
        names=names,
        antecedents=resolve_antecedents(text, names, gazetteer),
        timexes=timexes,
        mentions=find_mentions(text, timexes, load_ontology()),
    )


_T = TypeVar("_T")

_MOST_ALIKE = 30
"""Dated articles that an undated one is dated from: those with which it shares the rarest actors."""


def chronicle(
    analyses: Iterable[Analysis],
    read: Callable[[Document], Analysis],
    failures: Sequence[Failure] = (),
) -> Chronology:
    """The analyses of all documents, merged into events, in memory. The order of the analyses does not matter.

    Undated articles are first dated from the events that they share with dated ones, and read again by `read`.
    """
    workspace, kept = Workspace(), {}
    for analysis in analyses:
        workspace.add_document(analysis.document)
        kept[analysis.document] = analysis
    reading = Reading(
        find=lambda document: kept.get(document) or read(document), load=as_it_was_found
    )
    actors = assemble(workspace, reading)
    return Chronology(
        documents=tuple(map(workspace.with_original, workspace.documents())),
        mentions=tuple(workspace.mentions()),
        events=tuple(workspace.events()),
        actors=actors,
        failures=tuple(failures),
    )


def as_it_was_found(document: Document, kept: Kept) -> Analysis:
    """For those who keep analyses as they are."""
    assert isinstance(kept, Analysis)
    return kept


def assemble(
    workspace: Workspace,
    reading: Reading,
    *,
    prepare: Callable[[], None] = lambda: None,
    map_over: Map = map,
    progress: Progress = lambda stage, length: lambda done: None,
) -> tuple[Actor, ...]:
    """Everything from the documents of a workspace to its events; returns the actors.

    Args:
        workspace: holds the documents, and afterwards mentions and events.
        reading: gives the analysis of a document.
        prepare: called before documents are read, so that it may be done for all of them at once.
        map_over: where actors are resolved, dates inferred and events merged.
        progress: is told how far it is.
    """
    load_knowledge()
    prepare()
    acting = Acting(workspace, reading, map_over, progress)
    acting.resolve()
    if dates := dict(_inferred_dates(workspace, map_over)):
        _redate(workspace, dates)
        prepare()
        acting.resolve_again(dates)
    workspace.keep_actors(acting.actors)
    del acting  # and with it all that was remembered of names
    _mark_copies(workspace, progress)
    merge_by_blocks(
        workspace,
        surely(map_over, lambda block: f"block {block.number} of passages"),
        done=progress("Merging", workspace.told_count()),
    )
    return tuple(workspace.actors())


def _mark_copies(workspace: Workspace, progress: Progress) -> None:
    sketches = Sketches()
    done = progress("Finding reprints", workspace.document_count())
    for order, sketch in _counted(workspace.sketches(), done):
        sketches.add(order, sketch)
    workspace.mark_copies(
        copies_among(sketches, lambda doc_id: shingles_of(workspace.article(doc_id).document))
    )


def _counted(items: Iterable[_T], done: Callable[[int], None]) -> Iterator[_T]:
    for item in items:
        yield item
        done(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dating:
    """An undated article, and dated ones that may tell the same."""

    doc: str
    undated: PackedAnalysis
    dated: tuple[PackedAnalysis, ...]


Inferred = tuple[date, str]
"""A date, and what it was reckoned from."""


def _inferred_dates(workspace: Workspace, map_over: Map) -> Iterator[tuple[str, Inferred]]:
    """``doc_id`` and date of undated articles, as far as dated ones tell of the same events."""
    undated = (document for document in workspace.documents() if not document.published)
    asked = (
        _Dating(
            doc=document.doc,
            undated=workspace.packed_analysis(document.doc_id),
            dated=tuple(map(workspace.packed_analysis, alike)),
        )
        for document in undated
        if (alike := workspace.most_alike(document.doc_id, _MOST_ALIKE))
    )
    for found in surely(map_over, lambda item: item.doc)(_infer, asked):
        yield from found.items()


def _infer(asked: _Dating) -> Mapping[str, Inferred]:
    return infer_published(
        [unpack_analysis(asked.undated)], tuple(map(unpack_analysis, asked.dated))
    )


def _redate(workspace: Workspace, dates: Mapping[str, Inferred]) -> None:
    for doc_id, (published, note) in sorted(dates.items()):
        document = replace(
            workspace.article(doc_id).document,
            published=published,
            published_basis=PublishedBasis.INFERRED,
            published_note=note,
        )
        workspace.add_document(document)
