"""Mentions of all articles that mean the same thing, merged into events and dated by one another."""

from timeline.merge.events import explain_merge, is_telling, merge_mentions
from timeline.merge.published import infer_published
from timeline.merge.showing import select_events

__all__ = ["explain_merge", "infer_published", "is_telling", "merge_mentions", "select_events"]
