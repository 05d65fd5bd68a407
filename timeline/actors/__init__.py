"""Who acts: names in a text, and the actors that names, pronouns and descriptions stand for across texts."""

from timeline.actors.names import find_names
from timeline.actors.resolving import resolve_actors

__all__ = ["find_names", "resolve_actors"]
