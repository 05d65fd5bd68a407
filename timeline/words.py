"""The words of a parsed paragraph as plain Python objects: spaCy makes a new ``Token`` at each look, which is what the
reading of events would spend most of its time on. Names and meanings of the attributes are those of ``Token``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from spacy import attrs
from spacy.tokens import Doc

from timeline.lemmas import mended_lemma

_KEYS = [attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.TAG, attrs.POS, attrs.DEP, attrs.ENT_TYPE]
_NUMBERS = [attrs.HEAD, attrs.SENT_START, attrs.LENGTH, attrs.SPACY]


class Word:
    """A token with its place in the tree. Two are equal if they are the same one."""

    __slots__ = (
        *("text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "length"),
        "lemma",
        *("i", "idx", "doc", "sent", "head", "children", "left_edge"),
    )
    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    ent_type_: str
    lemma: str
    """Lower-case lemma; never empty."""
    length: int
    """In characters."""
    i: int
    idx: int
    """Offset in the paragraph's text."""
    doc: Words
    sent: Stretch
    head: Word
    """The word itself at the root of a sentence."""
    children: tuple[Word, ...]
    left_edge: Word

    def __len__(self) -> int:
        return self.length

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> tuple[Word, ...]:
        return tuple(child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> tuple[Word, ...]:
        return tuple(child for child in self.children if child.i > self.i)

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, in no particular order."""
        found = [self]
        while found:
            word = found.pop()
            yield word
            found.extend(word.children)

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above it, up to the root of its sentence."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def is_sent_start(self) -> bool:
        return self.i == self.sent.start

    @property
    def is_punct(self) -> bool:
        return _flag(self.doc.source, self.i, attrs.IS_PUNCT)

    @property
    def is_quote(self) -> bool:
        return _flag(self.doc.source, self.i, attrs.IS_QUOTE)

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def like_num(self) -> bool:
        return _flag(self.doc.source, self.i, attrs.LIKE_NUM)

    def nbor(self, step: int = 1) -> Word:
        """The word so many steps on; raises IndexError beyond the paragraph."""
        place, items = self.i + step, self.doc.items
        if not 0 <= place < len(items):
            raise IndexError(f"no word {step} from {self.i}")
        return items[place]


def _flag(doc: Doc, i: int, attribute: int) -> bool:
    return bool(doc.vocab[doc[i].orth].check_flag(attribute))


@dataclass(frozen=True, slots=True, eq=False)
class Stretch(Sequence[Word]):
    """Words ``start`` to ``end`` (exclusive) of a paragraph: a sentence, or any run of words."""

    doc: Words
    start: int
    end: int

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        return self.doc.items[self.start : self.end][index]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.items[self.start : self.end])

    def __reversed__(self) -> Iterator[Word]:
        return reversed(self.doc.items[self.start : self.end])

    @property
    def start_char(self) -> int:
        return self.doc.items[self.start].idx

    @property
    def end_char(self) -> int:
        last = self.doc.items[self.end - 1]
        return last.idx + len(last)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self else ""

    @property
    def root(self) -> Word:
        """The first word whose head lies outside, or that is its own head."""
        return next(
            word
            for word in self
            if word.head.i == word.i or not self.start <= word.head.i < self.end
        )


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A paragraph: its words and sentences."""

    source: Doc
    text: str
    items: list[Word] = field(default_factory=list)
    sents: list[Stretch] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Stretch: ...
    def __getitem__(self, index: int | slice) -> Word | Stretch:
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self.items))
            return Stretch(self, start, max(start, end))
        return self.items[index]


def read_words(doc: Doc, text: str) -> Words:
    """The words of a parsed `doc`, whose text is `text`, as its annotation stands now."""
    table = Words(doc, text)
    if len(doc) == 0:
        return table
    heads, marks, lengths, spaces = doc.to_array(_NUMBERS).astype(np.int64).T.tolist()
    at = 0
    for i, (row, length, space) in enumerate(zip(_rows(doc), lengths, spaces, strict=True)):
        word = Word()
        word.text, word.lower_, lemma, word.tag_, word.pos_, word.dep_, word.ent_type_ = row
        word.lemma_ = mended_lemma(word.lower_, lemma)
        word.lemma = word.lemma_.lower() or word.lower_
        word.i, word.idx, word.length, word.doc = i, at, length, table
        at += length + space
        table.items.append(word)
    _connect(table.items, heads)
    _join_stumps(table.items, marks)
    relink(table.items)
    _split(table, marks)
    return table


def _rows(doc: Doc) -> Iterator[tuple[str, ...]]:
    """Of each word the strings that `_KEYS` stand for."""
    columns, strings = doc.to_array(_KEYS).T.tolist(), doc.vocab.strings
    text = {key: strings[key] for key in set().union(*columns)}.__getitem__
    return zip(*(map(text, column) for column in columns), strict=True)


def _connect(words: list[Word], offsets: list[int]) -> None:
    """Heads from their offsets."""
    for word, offset in zip(words, offsets, strict=True):
        word.head = words[word.i + offset]


def relink(words: Sequence[Word]) -> None:
    """Children and left edges from the heads, as they stand now, of the words of one or more whole sentences."""
    below: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        word.left_edge, word.children = word, ()
        if word.head is not word:
            below[word.head.i].append(word)
    start = words[0].i if words else 0
    for i, children in below.items():
        words[i - start].children = tuple(children)
    for word in words:
        head = word.head
        while head.left_edge.i > word.i:
            head.left_edge = word
            head = head.head


def _join_stumps(words: Sequence[Word], marks: list[int]) -> None:
    """ "President Duterte | Tuesday vowed …": a name that no full stop follows, and no verb, is no sentence before a verb
    that has no subject but a day. It becomes what the verb is told of; `marks` are set to one sentence."""
    starts = [i for i, mark in enumerate(marks) if mark == 1 or i == 0]
    for first, second, end in zip(starts, starts[1:], [*starts[2:], len(marks)], strict=False):
        stump, rest = words[first:second], words[second:end]
        name = next(word for word in stump if word.head is word)
        verb = next(word for word in rest if word.head is word)
        day = rest[0]
        named = name is stump[-1] and name.pos_ == "PROPN" and not any(map(_is_finite, stump))
        if (
            named
            and _is_finite(verb)
            and day.head is verb
            and day.dep_ == "nsubj"
            and day.pos_ == "PROPN"
        ):
            name.head, name.dep_, marks[second] = day, "compound", 0


def _is_finite(word: Word) -> bool:
    return word.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _split(table: Words, marks: list[int]) -> None:
    """Sentences from spaCy's marks: 1 where one begins."""
    starts = [i for i, mark in enumerate(marks) if mark == 1 or i == 0]
    for start, end in zip(starts, [*starts[1:], len(marks)], strict=True):
        sentence = Stretch(table, start, end)
        table.sents.append(sentence)
        for word in table.items[start:end]:
            word.sent = sentence
