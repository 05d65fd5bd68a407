"""What several test modules build on: the trained pipeline and the bundled chronology, made once a session."""

from __future__ import annotations

import pytest
from spacy.language import Language

from timeline.model import Chronology, Document
from timeline.nlp import load_pipeline
from timeline.paths import ARTICLES
from timeline.pipeline import analyse, chronicle
from timeline.sources import load_sources


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


def build(nlp: Language, *sources: str) -> Chronology:
    """The chronology of these sources, all of which must be readable."""
    documents = list(load_sources(sources))
    assert all(isinstance(document, Document) for document in documents)
    return chronicle(analyse(documents, nlp), nlp)


@pytest.fixture(scope="session")
def bundled(nlp: Language) -> Chronology:
    """The chronology of the five articles that the project ships with."""
    return build(nlp, *map(str, sorted(ARTICLES.glob("*.txt"))))
