"""What happens, how English news says it, and what the words around it decide: the ontology in ``data/ontology``."""

from timeline.ontology.definitions import (
    Example,
    ModalityCues,
    ModeDefinition,
    Ontology,
    PartOfSpeech,
    Trigger,
    TypeDefinition,
)
from timeline.ontology.loading import load_examples, load_ontology, read_ontology

__all__ = [
    "Example",
    "ModalityCues",
    "ModeDefinition",
    "Ontology",
    "PartOfSpeech",
    "Trigger",
    "TypeDefinition",
    "load_examples",
    "load_ontology",
    "read_ontology",
]
