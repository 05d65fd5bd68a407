"""Who acts: names in a text, and the actors that names, pronouns and descriptions stand for across texts."""

from timeline.actors.linking import Survey, link_referents
from timeline.actors.names import find_names
from timeline.actors.resolving import Resolution, resolve_actors, survey_names, with_parents
from timeline.actors.story import Referent

__all__ = [
    "Referent",
    "Resolution",
    "Survey",
    "find_names",
    "link_referents",
    "resolve_actors",
    "survey_names",
    "with_parents",
]
