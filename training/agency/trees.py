"""Trees as a grammar makes them, and the documents that they become."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.conllu import Sentence

_CLINGING = frozenset({",", ".", "'s", "'", "%"})
"""What no space stands before."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A word with what depends on it, in the order of the text. Labels are those of `training/clearnlp.py`."""

    word: str
    tag: str
    dep: str = ""
    left: tuple[Tree, ...] = ()
    right: tuple[Tree, ...] = ()

    def as_(self, dep: str) -> Tree:
        """The same under another relation."""
        return replace(self, dep=dep)

    def plus(self, *right: Tree | None, before: Sequence[Tree] = ()) -> Tree:
        """With more to its right (nothing for None), and `before` in front of all."""
        added = tuple(tree for tree in right if tree is not None)
        return replace(self, left=(*before, *self.left), right=(*self.right, *added))

    def laid_out(self) -> list[tuple[Tree, Tree]]:
        """Each word with its head, in the order of the text; the first of all is its own head."""
        return list(self._below(self))

    def _below(self, head: Tree) -> Iterator[tuple[Tree, Tree]]:
        for child in self.left:
            yield from child._below(self)
        yield self, head
        for child in self.right:
            yield from child._below(self)


class Features:
    """Part of speech and features of a word with a tag: those that treebanks give it most often."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._words: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        self._tags: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for sentence in sentences:
            columns = sentence.words, sentence.tags, sentence.upos, sentence.feats
            for word, tag, pos, feats in zip(*columns, strict=True):
                told = pos, "" if feats == "_" else feats
                self._words[word.lower(), tag][told] += 1
                self._tags[tag][told] += 1

    def of(self, tree: Tree) -> tuple[str, str]:
        """Those of the word, or of its tag where no treebank has the word; the tree tells what is but a conjunction."""
        if tree.dep == "mark":
            return "SCONJ", ""
        known = self._words.get((tree.word.lower(), tree.tag))
        helping = tree.dep in ("aux", "auxpass")
        told = [item for item, _ in (known or self._tags[tree.tag]).most_common()]
        # Most verbs of some tags are auxiliaries: a verb that no treebank has is none.
        fitting = [item for item in told if (item[0] == "AUX") is helping]
        return told[0] if known and not helping else [*fitting, *told][0]


def doc_of(vocab: Vocab, trees: Sequence[Tree], features: Features) -> Doc:
    """One paragraph of sentences."""
    rows: list[tuple[str, str, str, str, int, str, bool]] = []
    spaces: list[bool] = []
    for tree in trees:
        laid = _without_idle_commas(tree.laid_out())
        places = {id(item): len(rows) + i for i, (item, _) in enumerate(laid)}
        for i, (item, head) in enumerate(laid):
            word = item.word[:1].upper() + item.word[1:] if i == 0 else item.word
            if spaces and item.word in _CLINGING:
                spaces[-1] = False
            spaces.append(True)
            told = features.of(item)
            rows.append((word, item.tag, *told, places[id(head)], item.dep, i == 0))
    words, tags, pos, morphs, heads, deps, starts = map(list, zip(*rows, strict=True))
    return Doc(vocab, words=words, spaces=spaces, tags=tags, pos=pos, morphs=morphs, heads=heads, deps=deps,
               sent_starts=starts)  # fmt: skip


def _without_idle_commas(laid: list[tuple[Tree, Tree]]) -> list[tuple[Tree, Tree]]:
    """Without commas that another mark follows: an apposition may end where its clause does."""
    after = [tree.word for tree, _ in laid[1:]]
    pairs = zip(laid, [*after, ""], strict=True)
    return [item for item, following in pairs if item[0].word != "," or following not in (",", ".")]
