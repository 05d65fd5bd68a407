"""How rules rewrite a dependency tree: one after the other, each on the tree as the last change has left it, and never
into anything else than a tree.

A rule is written for the slip that it mends; on a parse that is wrong in another way as well, the same moves may hang a
word below itself. All that climbs a tree would then climb for ever, so what a rule did to such a sentence is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from timeline.words import Stretch, Word, Words, relink

Site = TypeVar("Site", Word, Stretch)
_REACH = 4
"""Words beyond its sentence's ends that a rule may look at or move, by way of a word's neighbours."""
_STATE = attrgetter("head", "dep_", "tag_", "pos_", "lemma_", "lemma")


@dataclass(frozen=True, slots=True)
class Pass(Generic[Site]):
    """Rules, in order, and where they apply. A rule changes heads and labels about its site, and says whether it did."""

    sites: Callable[[Words], Sequence[Site]]
    rules: tuple[Callable[[Site], bool], ...]

    def apply(self, trees: Trees) -> None:
        """Apply the rules one after the other, each to all sites in reading order."""
        sites = self.sites(trees.words)
        for rule in self.rules:
            for site in sites:
                if rule(site):
                    trees.settle(site.sent if isinstance(site, Word) else site)
                    sites = self.sites(trees.words)


def each_word(words: Words) -> Sequence[Word]:
    """All words, in reading order."""
    return words.items


def each_dependent(words: Words) -> Sequence[Word]:
    """All words but the roots of sentences."""
    return [word for word in words.items if word.head is not word]


def each_sentence(words: Words) -> Sequence[Stretch]:
    """All sentences, in reading order."""
    return words.sents


def rewrite(words: Words, passes: Iterable[Pass[Word] | Pass[Stretch]]) -> Words:
    """`words` after all rules; the same object. Where every sentence was one tree, every sentence still is."""
    trees = Trees(words)
    for one in passes:
        one.apply(trees)
    return words


def put_in_place_of(word: Word, other: Word) -> None:
    """Hang `word` where `other` hangs, which may be nowhere: then `word` is the root."""
    word.head, word.dep_ = (word if other.head is other else other.head), other.dep_


@dataclass(slots=True)
class Trees:
    """The trees of a paragraph, each kept as it was before the rule that is at work."""

    words: Words
    kept: list[tuple[Word, str, str, str, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.kept = list(map(_STATE, self.words.items))

    def settle(self, sentence: Stretch) -> None:
        """Keep what a rule did about a sentence, or undo it."""
        near = self.around(sentence)
        before = self.kept[near[0].i : near[-1].i + 1]
        if any(word.head is not kept[0] for word, kept in zip(near, before, strict=True)):
            roots = sum(word is kept[0] for word, kept in zip(near, before, strict=True))
            if not _relinked(near, roots):
                _restore(near, before)
        self.kept[near[0].i : near[-1].i + 1] = map(_STATE, near)

    def around(self, sentence: Stretch) -> Sequence[Word]:
        """The words of the sentence, and of those that a rule may have reached from it."""
        items = self.words.items
        first = items[max(0, sentence.start - _REACH)].sent.start
        last = items[min(len(items), sentence.end + _REACH) - 1].sent.end
        return items[first:last]


def _relinked(words: Sequence[Word], roots: int) -> bool:
    """Whether whole sentences still are as many trees as there were; if so, their words know their children."""
    if any(word.head.sent is not word.sent for word in words):
        return False
    relink(words)
    tops = [word for word in words if word.head is word]
    # What hangs in a ring hangs below no root.
    return len(tops) == roots and sum(1 for top in tops for _ in top.subtree) == len(words)


def _restore(words: Sequence[Word], states: Iterable[tuple[Word, str, str, str, str, str]]) -> None:
    for word, state in zip(words, states, strict=True):
        word.head, word.dep_, word.tag_, word.pos_, word.lemma_, word.lemma = state
    relink(words)
