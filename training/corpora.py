"""Training and test documents for spaCy, built from the treebanks and the entity files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.agency import agency_docs
from training.clearnlp import to_clearnlp
from training.conllu import ROOT, Sentence, read_conllu
from training.iob import TaggedSentence, read_iob
from training.text import group_sentences, typeset_quotes

SEED = 20
TYPESET_SHARE = 0.25
REGROUPED_SHARE = 0.5
AGENCY_PARAGRAPHS, AGENCY_SEED, SHUFFLE_SEED = 2600, 7, 3
"""Sentences of agency prose come to about a fifth of all words that the parser settles on."""

# The news half of PUD is never trained on: it is the test on unseen news.
TREE_TRAIN = (("en_ewt-train", ""), ("en_gum-open-train", ""), ("en_pud-test", "w"))
TREE_DEV = (("en_ewt-dev", ""), ("en_gum-open-dev", ""))

# Repetitions, not copies: the small sets that look like news weigh as much as the large ones.
NER_TRAIN = {
    "wikigold-train": 1,
    "crossner-politics-train": 2,
    "crossner-science-train": 1,
    "crossner-literature-train": 1,
    "crossner-music-train": 1,
    "uner-ewt-train": 1,
    "uner-pudwiki-train": 1,
    "gum-open-train": 1,
    "re3d-open-train": 3,
    "silver-pdnews-train": 1,
}
NER_DEV = ("wikigold-dev", "gum-open-dev")


def tagged_doc(vocab: Vocab, group: Sequence[TaggedSentence], typeset: bool = False) -> Doc:
    """One document with the entity annotation of `group`; unknown tokens stay unset."""
    words = list(chain.from_iterable(sentence.words for sentence in group))
    spaces = list(chain.from_iterable(sentence.spaces for sentence in group))
    tags = list(chain.from_iterable(sentence.tags for sentence in group))
    if typeset:
        words = typeset_quotes(words, spaces)
    return Doc(vocab, words=words, spaces=spaces, ents=tags)


def ner_docs(vocab: Vocab, path: Path, repeat: int = 1, augment: bool = False) -> Iterator[Doc]:
    """The documents of an entity file, in paragraphs; `augment` typesets a share of them.

    Each repetition draws new paragraph borders, so repeated text is not seen in the same frame.
    """
    rng = random.Random(SEED)
    documents = read_iob(path)
    for _ in range(repeat):
        for document in documents:
            for group in group_sentences(document, rng):
                typeset = augment and rng.random() < TYPESET_SHARE
                yield tagged_doc(vocab, group, typeset)


def parsed_doc(vocab: Vocab, group: Sequence[Sentence], typeset: bool = False) -> Doc:
    """One document with the tags and trees of `group`, in the ClearNLP-like label scheme."""
    trees = [to_clearnlp(sentence) for sentence in group]
    words = list(chain.from_iterable(tree.words for tree in trees))
    spaces = list(chain.from_iterable(tree.spaces for tree in trees))
    offsets = accumulate((len(tree.words) for tree in trees), initial=0)
    return Doc(
        vocab,
        words=typeset_quotes(words, spaces) if typeset else words,
        spaces=spaces,
        tags=list(chain.from_iterable(tree.tags for tree in trees)),
        pos=list(chain.from_iterable(tree.upos for tree in trees)),
        morphs=["" if f == "_" else f for tree in trees for f in tree.feats],
        heads=[
            offset + (i if head == ROOT else head)
            for tree, offset in zip(trees, offsets, strict=False)
            for i, head in enumerate(tree.heads)
        ],
        deps=list(chain.from_iterable(tree.labels for tree in trees)),
        sent_starts=[i == 0 for tree in trees for i in range(len(tree.words))],
    )


def paragraphs(document: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """The runs of sentences between the paragraph marks of a treebank document."""
    paragraph: list[Sentence] = []
    for sentence in document:
        if sentence.opens_paragraph and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def tree_docs(vocab: Vocab, path: Path, prefix: str = "", seed: int | None = None) -> Iterator[Doc]:
    """The documents of a treebank whose sentence ids begin with `prefix`, in paragraphs.

    Without a seed paragraphs are those marked in the treebank. With one, half of the documents are
    cut anew and a share is typeset: the parser sees its sentences in more than one frame.
    """
    rng = random.Random(seed)
    augment = seed is not None
    for document in read_conllu(path):
        chosen = [sentence for sentence in document if sentence.id.startswith(prefix)]
        if augment and rng.random() < REGROUPED_SHARE:
            groups: Iterable[Sequence[Sentence]] = group_sentences(chosen, rng)
        else:
            groups = paragraphs(chosen)
        for group in groups:
            yield parsed_doc(vocab, group, augment and rng.random() < TYPESET_SHARE)


def write_docs(docs: Iterable[Doc], path: Path) -> int:
    """Store `docs` at `path` in spaCy's binary format; returns their number."""
    bin_ = DocBin(store_user_data=False)
    for doc in docs:
        bin_.add(doc)
    path.parent.mkdir(parents=True, exist_ok=True)
    bin_.to_disk(path)
    return len(bin_)


def write_ner_corpus(folder: Path, out: Path) -> None:
    """Write ``ner-train.spacy`` and ``ner-dev.spacy`` from the entity files in `folder`."""
    vocab = Vocab()
    train = chain.from_iterable(
        ner_docs(vocab, folder / f"{name}.iob2", repeat, augment=True)
        for name, repeat in NER_TRAIN.items()
    )
    write_docs(train, out / "ner-train.spacy")
    dev = chain.from_iterable(ner_docs(vocab, folder / f"{name}.iob2") for name in NER_DEV)
    write_docs(dev, out / "ner-dev.spacy")


def write_tree_corpus(folder: Path, out: Path) -> None:
    """Write ``parser-train``, ``parser-dev``, ``refine-train`` (both, regrouped) and ``settle-train`` (the same with
    sentences of agency prose) to `out`."""
    vocab = Vocab()
    for name, banks, seed in (
        ("parser-train", TREE_TRAIN, SEED),
        ("refine-train", (*TREE_TRAIN, *TREE_DEV), SEED + 1),
        ("parser-dev", TREE_DEV, None),
    ):
        docs = chain.from_iterable(
            tree_docs(vocab, folder / f"{bank}.conllu", prefix, seed) for bank, prefix in banks
        )
        write_docs(docs, out / f"{name}.spacy")
    refining = DocBin().from_disk(out / "refine-train.spacy").get_docs(vocab)
    told = [*agency_docs(vocab, _treebank(folder), AGENCY_PARAGRAPHS, AGENCY_SEED), *refining]
    random.Random(SHUFFLE_SEED).shuffle(told)
    write_docs(told, out / "settle-train.spacy")


def _treebank(folder: Path) -> Iterator[Sentence]:
    for bank, prefix in TREE_TRAIN:
        if not prefix:
            for document in read_conllu(folder / f"{bank}.conllu"):
                yield from document
