"""Builds chronologies for tests, as `timeline build` does but without a file written."""

from __future__ import annotations

from spacy.language import Language

from timeline.model import Chronology, Document
from timeline.pipeline import analyse, chronicle
from timeline.sources import load_sources


def build(nlp: Language, *sources: str) -> Chronology:
    """The chronology of these sources, all of which must be readable."""
    documents = []
    for source in load_sources(sources):
        assert isinstance(source, Document), source
        documents.append(source)
    return chronicle(analyse(documents, nlp), lambda document: next(analyse([document], nlp)))
