"""Whatever tree the parser makes of whatever words, what the rules make of it is one tree a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from timeline.mentions import syntax
from timeline.mentions.mending import MENDING, mend
from timeline.mentions.rehanging import REHANGING, rehang
from timeline.mentions.repairing import repair
from timeline.mentions.reparsing import REPARSING, reparse
from timeline.mentions.rewriting import Pass, each_dependent, each_sentence, rewrite
from timeline.mentions.stranded import RESCUING, rescue
from timeline.words import Stretch, Word, Words, read_words

_EXAMPLES = (
    "Mexico extradited the drug lord Joaquin Guzman to the United States.",
    "Madrid imposed direct rule on Catalonia hours later.",
    "The president resigned on Thursday amid protests.",
    "A Syrian warplane shot down over Idlib crashed near the border.",
    "Parliament approved a bill extending the president's term on Thursday.",
    "The court acquitted the former president of war crimes.",
    "Maduro said the coup attempt had been defeated and promoted several generals.",
    "The bridge was destroyed by retreating militants.",
    "Guaido, 35, swore himself in as president.",
    "Soldiers shot dead two demonstrators in the town of Beni.",
    "North Korea test-fired a missile into the sea on Thursday.",
    "Troops loyal to the president surrounded parliament.",
    "Miners trapped underground since Sunday were brought to the surface.",
    "President Rodrigo Duterte Tuesday vowed to punish the raiders.",
    "Hours after the army and the rebels agreed, attacks in Kenya and Tanzania killed 74.",
    "She was to lay flowers, talk to guards who survived the blast and meet the president.",
    "Nine people were killed and dozens injured when a bus overturned.",
    "Fighters from Bamako, who have joined them, were charged in the Dec. 21, 1988, bombing.",
    "The gunmen shot and killed the mayor. Dockers struck at the port.",
    "Relatives of the victims clashed with police, three days after one of its ferries sank.",
    "Officials in the capital blamed rebels for the blast. People killed in the attack.",
    "Hundreds went missing after a dam burst. Envoys flew in to press for a release.",
    "A bomb planted in a car killed three. The ruling party rejected calls.",
    "Norway, Ireland and Spain recognised the state. Fighting between A and B killed 49.",
    "Clashes between the army and the rebels killed 17. They took 130 guards hostage.",
    "Police fired on people trying to storm it, killing five, rebels said.",
    "A magnitude 6.3 earthquake killed 40. A sit-in was held off the island.",
)
_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "prep", "appos", "compound", "conj", "cc", "advcl", "ccomp", "acl",
         "relcl", "amod", "npadvmod", "mark", "dep", "pcomp", "prt", "xcomp", "advmod", "agent", "auxpass")  # fmt: skip
_TAGS = ("NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VB", "JJ", "IN", "CD", "RB")
_POS = {"N": "NOUN", "V": "VERB", "J": "ADJ", "I": "ADP", "C": "NUM", "R": "ADV"}
_VOCAB = Vocab()

Row = tuple[str, int, str, str, str, str, str]
"""Word, head, label, tag, part of speech, lemma and entity of a token."""


@pytest.fixture(scope="module")
def parses(nlp: Language) -> list[list[Row]]:
    docs = nlp.pipe(_EXAMPLES)
    return [
        [(t.text, t.head.i, t.dep_, t.tag_, t.pos_, t.lemma_, t.ent_type_) for t in doc]
        for doc in docs
    ]


def _is_below(row: int, above: int, heads: Sequence[int]) -> bool:
    while row != above and heads[row] != row:
        row = heads[row]
    return row == above


@st.composite
def _misparsed(draw: st.DrawFn, parses: list[list[Row]]) -> list[Row]:
    """An example with some words hung elsewhere in their sentence, or labelled or tagged otherwise."""
    rows = [list(row) for row in draw(st.sampled_from(parses))]
    places = st.integers(0, len(rows) - 1)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(places)
        heads = [row[1] for row in rows]
        new = draw(places)
        kin = any(_is_below(new, i, heads) and _is_below(at, i, heads) for i in range(len(rows)))
        if kin and heads[at] == at:  # the root changes places with the word
            rows[at][1], rows[new][1], rows[new][2] = new, new, "ROOT"
        elif kin and not _is_below(new, at, heads):
            rows[at][1] = new
        if rows[at][1] != at:
            rows[at][2] = draw(st.sampled_from((rows[at][2], *_DEPS)))
        if draw(st.booleans()):
            rows[at][3] = draw(st.sampled_from(_TAGS))
            rows[at][4] = _POS[rows[at][3][0]]
    return [tuple(row) for row in rows]


_BUILDING_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(re.findall(r"[\w'-]+|[,.]", " ".join(_EXAMPLES))),
        st.integers(0, 11),
        st.sampled_from(_DEPS),
        st.sampled_from(_TAGS),
    ),
    min_size=1,
    max_size=12,
)


def _any_tree(drawn: list[tuple[str, int, str, str]]) -> list[Row]:
    """A tree of any shape: each word hangs on one before it in the list, which is then turned about."""
    size = len(drawn)
    turned = [(5 * i + 3) % size if size % 5 else size - 1 - i for i in range(size)]
    rows: dict[int, Row] = {}
    for i, (word, head, dep, tag) in enumerate(drawn):
        above, label = (turned[head % i], dep) if i else (turned[0], "ROOT")
        rows[turned[i]] = (word, above, label, tag, _POS[tag[0]], word.lower(), "")
    return [rows[i] for i in range(size)]


def _words(rows: list[Row]) -> Words:
    words, heads, deps, tags, pos, lemmas, ents = zip(*rows, strict=True)
    doc = Doc(
        _VOCAB,
        words=list(words),
        heads=list(heads),
        deps=list(deps),
        tags=list(tags),
        pos=list(pos),
        lemmas=list(lemmas),
        ents=[f"B-{label}" if label else "O" for label in ents],
    )
    return read_words(doc, doc.text)


def _shape(words: Words) -> list[tuple[int, str, str, str, str]]:
    return [(w.head.i, w.dep_, w.tag_, w.pos_, w.lemma_) for w in words.items]


def _check(words: Words) -> None:
    """Every sentence is one tree, and its words know their place in it."""
    for sentence in words.sents:
        assert sum(word.head is word for word in sentence) == 1
        assert {word.i for word in sentence.root.subtree} == set(
            range(sentence.start, sentence.end)
        )
    for word in words.items:
        assert word.head.sent is word.sent
        assert word.children == tuple(w for w in words.items if w.head is word and w is not word)
        assert word.left_edge.i == min(below.i for below in word.subtree)
        assert [head for _, head in syntax.ancestors(word)][-1:] in ([], [word.sent.root])


_CHAIN = (rehang, mend, rescue, reparse, repair)


@settings(max_examples=300)
@given(data=st.data())
def test_a_wrong_parse_stays_a_tree(data: st.DataObject, parses: list[list[Row]]) -> None:
    rows = data.draw(_misparsed(parses))
    for rules in _CHAIN:
        _check(rules(_words(rows)))


@settings(max_examples=200)
@given(drawn=_BUILDING_BLOCKS)
def test_any_tree_stays_a_tree(drawn: list[tuple[str, int, str, str]]) -> None:
    for rules in _CHAIN:
        _check(rules(_words(_any_tree(drawn))))


def _ring(word: Word) -> bool:
    """A rule that hangs a word and what it hangs on below each other."""
    if word.dep_ != "dobj":
        return False
    word.head.head, word.head.dep_, word.tag_ = word, "conj", "XX"
    return True


def _across(sentence: Stretch) -> bool:
    """A rule that hangs the last word of the sentence before on this one."""
    if not sentence.start:
        return False
    before = sentence[0].nbor(-1)
    before.head, sentence.root.tag_ = sentence.root, "XX"
    return True


@pytest.mark.parametrize(
    "wrong",
    [Pass(each_dependent, (_ring,)), Pass(each_sentence, (_across,))],
    ids=["ring", "across"],
)
def test_what_breaks_a_tree_is_undone(
    wrong: Pass[Word] | Pass[Stretch], parses: list[list[Row]]
) -> None:
    for rows in parses:
        words = rewrite(_words(rows), (wrong,))
        assert _shape(words) == _shape(_words(rows))
        _check(words)


def test_what_the_next_rule_breaks_leaves_what_the_first_one_did(parses: list[list[Row]]) -> None:
    def mark(word: Word) -> bool:
        word.tag_ = "YY"
        return True

    words = rewrite(_words(parses[0]), (Pass(each_dependent, (mark, _ring)),))
    assert [word.tag_ for word in words.items if word.head is not word] == ["YY"] * (len(words) - 1)
    _check(words)


def test_a_name_that_stands_for_a_whole_sentence() -> None:
    rows: list[Row] = [
        ("drug", 0, "ROOT", "NN", "NOUN", "drug", ""),
        ("lord", 2, "compound", "NN", "NOUN", "lord", ""),
        ("Joaquin", 0, "appos", "NNP", "PROPN", "Joaquin", "PERSON"),
    ]
    words = rehang(_words(rows))
    assert _shape(words) == [
        (1, "compound", "NN", "NOUN", "drug"),
        (2, "compound", "NN", "NOUN", "lord"),
        (2, "ROOT", "NNP", "PROPN", "Joaquin"),
    ]
    _check(words)


@settings(max_examples=150)
@given(data=st.data())
def test_a_rule_that_says_it_did_nothing_did_nothing(
    data: st.DataObject, parses: list[list[Row]]
) -> None:
    words = _words(data.draw(_misparsed(parses)))

    def honest(rule: Callable[[Any], bool]) -> Callable[[Any], bool]:
        def watched(site: Any) -> bool:
            before = _shape(words)
            did = rule(site)
            assert did or _shape(words) == before, rule.__name__
            return did

        return watched

    passes = (*REHANGING, *MENDING, *RESCUING, *REPARSING)
    rewrite(words, [Pass(one.sites, tuple(map(honest, one.rules))) for one in passes])
