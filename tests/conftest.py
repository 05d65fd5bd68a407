"""What several test modules build on: the trained pipeline and the bundled chronology, made once a session."""

from __future__ import annotations

import os

import pytest
from chronicles import build
from hypothesis import HealthCheck, settings
from spacy.language import Language

from timeline.model import Chronology
from timeline.nlp import load_pipeline
from timeline.paths import ARTICLES

# A slow machine is no fault of the program.
settings.register_profile("timeline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeline")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Analyses are kept from test to test, but not in the cache of whoever runs them."""
    os.environ["TIMELINE_CACHE"] = str(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def bundled(nlp: Language) -> Chronology:
    """The chronology of the five articles that the project ships with."""
    return build(nlp, *map(str, sorted(ARTICLES.glob("*.txt"))))
