"""Mentions of all articles that mean the same thing, merged into events and dated by one another."""

from timeline.merge.events import is_telling, merge_mentions
from timeline.merge.explanation import explain_merge
from timeline.merge.keys import Keys, find_keys
from timeline.merge.published import infer_published
from timeline.merge.showing import select_events

__all__ = [
    "Keys",
    "explain_merge",
    "find_keys",
    "infer_published",
    "is_telling",
    "merge_mentions",
    "select_events",
]
