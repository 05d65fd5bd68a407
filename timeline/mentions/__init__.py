"""Annotated text and its time expressions -> event mentions: who did what to whom, when, and did it happen."""

from timeline.mentions.finding import find_mentions

__all__ = ["find_mentions"]
