"""All that is put right in a parse before events are read off it."""

from __future__ import annotations

from timeline.mentions.mending import MENDING
from timeline.mentions.rehanging import REHANGING
from timeline.mentions.reparsing import REPARSING
from timeline.mentions.rewriting import rewrite
from timeline.mentions.stranded import RESCUING
from timeline.words import Words

_PASSES = (*REHANGING, *MENDING, *RESCUING, *REPARSING)


def repair(words: Words) -> Words:
    """`words` with heads and labels put right; the same object. Every sentence stays a tree."""
    return rewrite(words, _PASSES)
