"""Who acts: names in a text, and the actors that names, pronouns and descriptions stand for across texts."""

from timeline.actors.names import find_names
from timeline.actors.resolving import Resolution, resolve_actors, survey_names

__all__ = ["Resolution", "find_names", "resolve_actors", "survey_names"]
