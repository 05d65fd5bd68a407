"""Composes the stages: documents in, a chronology out. Pure: no file is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from spacy.language import Language

from timeline.actors import find_names, resolve_actors
from timeline.annotated import AnnotatedText
from timeline.copies import find_copies
from timeline.coreference import resolve_antecedents
from timeline.gazetteer import load_gazetteer
from timeline.mentions import find_mentions
from timeline.merge import infer_published, merge_mentions, select_events
from timeline.model import Analysis, Chronology, Document, Failure, PublishedBasis
from timeline.nlp import annotate
from timeline.ontology import load_ontology
from timeline.timex import find_timexes


def analyse(documents: Iterable[Document], nlp: Language) -> Iterator[Analysis]:
    """What each document says by itself, in the order of the documents; parsing is batched."""
    return map(_analysed, annotate(nlp, documents))


def _analysed(text: AnnotatedText) -> Analysis:
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


Reading = Callable[[Document], Analysis]
"""Analyses one document."""


def chronicle(
    analyses: Iterable[Analysis], read: Reading, failures: Sequence[Failure] = ()
) -> Chronology:
    """The analyses of all documents, merged into events. The order of the analyses does not matter.

    Undated articles are first dated from the events that they share with dated ones, and read again by `read`.
    """
    gazetteer = load_gazetteer()
    found = tuple(sorted(analyses, key=_by_document))
    resolved, actors = resolve_actors(found, gazetteer)
    dates = _inferred_dates(resolved)
    if dates:
        found = tuple(_redated(analysis, dates, read) for analysis in found)
        resolved, actors = resolve_actors(found, gazetteer)
    resolved = _with_copies(resolved)
    return Chronology(
        documents=tuple(analysis.document for analysis in resolved),
        mentions=tuple(mention for analysis in resolved for mention in analysis.mentions),
        events=select_events(merge_mentions(resolved, actors, gazetteer)),
        actors=actors,
        failures=tuple(failures),
    )


def _with_copies(analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    copies = find_copies(analysis.document for analysis in analyses)
    return tuple(
        replace(analysis, document=replace(analysis.document, copy_of=original))
        if (original := copies.get(analysis.document.doc_id))
        else analysis
        for analysis in analyses
    )


def _inferred_dates(analyses: Sequence[Analysis]) -> Mapping[str, tuple[date, str]]:
    dated = [analysis for analysis in analyses if analysis.document.published]
    undated = [analysis for analysis in analyses if not analysis.document.published]
    return infer_published(undated, dated) if undated and dated else {}


def _redated(analysis: Analysis, dates: Mapping[str, tuple[date, str]], read: Reading) -> Analysis:
    """The analysis of a document that was undated, read again with the date inferred for it."""
    if analysis.document.doc_id not in dates:
        return analysis
    published, note = dates[analysis.document.doc_id]
    document = replace(
        analysis.document,
        published=published,
        published_basis=PublishedBasis.INFERRED,
        published_note=note,
    )
    return read(document)


def _by_document(analysis: Analysis) -> tuple[str, str]:
    return analysis.document.doc, analysis.document.doc_id
