"""Deep grammatical relations read off a dependency tree in the scheme of spaCy's English pipelines.

Passives, relative and participial clauses, control and conjunction are undone here, once, so that the other modules
of this stage speak of subjects and objects only.
"""

from timeline.mentions.syntax.classes import (
    ACTING_LABELS,
    FINITE,
    NOMINALS,
    NOUNS,
    PASSIVE_SUBJECT,
    PLACE_LABELS,
    PRENOMINAL,
    SUBJECT,
    SUBJECTS,
    SUBORDINATORS,
    TEMPORAL_SUBORDINATORS,
)
from timeline.mentions.syntax.clauses import (
    ancestors,
    children,
    conjuncts,
    first_conjunct,
    is_clause_after_all,
    is_main_after_all,
    is_passive,
    is_verbal,
    lemma_of,
    prep_objects,
)
from timeline.mentions.syntax.objects import objects
from timeline.mentions.syntax.subjects import agents, stray_subject, subjects, surface_subjects

__all__ = [
    "ACTING_LABELS",
    "FINITE",
    "NOMINALS",
    "NOUNS",
    "PASSIVE_SUBJECT",
    "PLACE_LABELS",
    "PRENOMINAL",
    "SUBJECT",
    "SUBJECTS",
    "SUBORDINATORS",
    "TEMPORAL_SUBORDINATORS",
    "agents",
    "ancestors",
    "children",
    "conjuncts",
    "first_conjunct",
    "is_clause_after_all",
    "is_main_after_all",
    "is_passive",
    "is_verbal",
    "lemma_of",
    "objects",
    "prep_objects",
    "stray_subject",
    "subjects",
    "surface_subjects",
]
