"""Whatever tree the parser makes of whatever words, what the rules make of it is one tree a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from timeline.mentions import syntax
from timeline.mentions.mending import MENDING, mend
from timeline.mentions.rehanging import REHANGING, rehang
from timeline.mentions.repairing import repair
from timeline.mentions.reparsing import REPARSING, reparse
from timeline.mentions.rewriting import Pass, each_dependent, each_sentence, rewrite
from timeline.mentions.stranded import RESCUING, rescue
from timeline.words import Stretch, Word, Words, read_words

_GARDEN_PATHS = {
    "_tell_the_time_alone": "resigned/VBD/0/ROOT on/IN/0/prep Thursday/NNP/4/compound amid/NN/4/compound protests/NNS/1/pobj",
    "_give_the_participle_its_noun": "warplane/NN/1/compound shot/VBN/2/nsubj crashed/VBD/2/ROOT",
    "_date_the_deed": "approved/VBD/0/ROOT bill/NN/0/dobj extending/VBG/1/acl term/NN/2/dobj on/IN/2/prep Thursday/NNP/4/pobj",
    "_say_of_what": "acquitted/VBD/0/ROOT/acquit president/NN/0/dobj of/IN/1/prep crimes/NNS/2/pobj",
    "_go_on_telling": "said/VBD/0/ROOT coup/NN/3/nsubjpass been/VBN/3/auxpass defeated/VBN/0/ccomp and/CC/3/cc promoted/VBD/3/conj generals/NNS/5/dobj",
    "_tell_by_whom": "destroyed/VBN/0/ROOT by/IN/0/prep retreating/VBG/1/pcomp/retreat militants/NNS/2/dobj",
    "_begin_with_whom": "Guaido/NNP/4/npadvmod ,/,/0/punct 35/CD/0/appos ,/,/0/punct swore/VBD/4/ROOT himself/PRP/4/dobj",
    "_name_whom": "extradited/VBD/0/ROOT drug/NN/0/dobj lord/NN/3/compound Joaquin/NNP/1/appos",
    "_tell_the_outcome": "shot/VBD/0/ROOT/shoot dead/JJ/2/amod demonstrators/NNS/0/dobj",
    "_say_how_long_after": "imposed/VBD/0/ROOT on/IN/0/prep Catalonia/NNP/3/compound hours/NNS/4/npadvmod later/RB/0/advmod",
    "_bind_with_the_hyphen": "Korea/NNP/1/compound test/NN/3/npadvmod -/HYPH/3/punct fired/VBD/3/ROOT missile/NN/3/dobj",
    "_describe_the_subject": "Troops/NNS/1/nsubj loyal/JJ/4/nsubj to/IN/1/prep president/NN/2/pobj surrounded/VBD/4/ROOT",
    "_count_from_the_day": "Miners/NNS/1/nsubj trapped/VBD/1/ROOT since/IN/5/mark Monday/NNP/5/nsubjpass were/VBD/5/auxpass brought/VBN/1/advcl",
    "_give_the_verb_its_subject": "Duterte/NNP/1/compound Tuesday/NNP/2/nsubj vowed/VBD/2/ROOT",
    "_join_the_subjects": "Hours/NNS/5/nsubj after/IN/0/prep army/NN/1/pobj and/CC/2/cc rebels/NNS/5/nsubj agreed/VBD/5/ROOT",
    "_join_like_with_like": "attacks/NNS/5/nsubj in/IN/0/prep Kenya/NNP/1/pobj and/CC/0/cc Tanzania/NNP/0/conj killed/VBD/5/ROOT",
    "_carry_the_list_on": "talk/VB/0/ROOT to/IN/0/prep guards/NNS/1/pobj who/WP/4/nsubj survived/VBD/2/relcl and/CC/4/cc meet/VB/4/conj",
    "_tell_the_auxiliary_again": "people/NNS/2/nsubjpass were/VBD/2/auxpass killed/VBN/2/ROOT/kill and/CC/2/cc dozens/NNS/5/nsubj injured/VBD/2/conj/injure",
    "_make_a_clause_of": "killed/VBN/0/ROOT when/WRB/2/advmod bus/NN/0/advcl overturned/VBN/2/acl",
    "_give_who_to_people": "fighters/NNS/5/nsubj from/IN/0/prep Bamako/NNP/1/pobj who/WP/4/nsubj joined/VBD/2/relcl were/VBD/5/ROOT",
    "_call_it_a_participle": "free/VB/0/ROOT pilots/NNS/0/dobj captured/VBD/1/acl",
    "_give_the_noun_its_day": "charged/VBN/0/ROOT in/IN/0/prep the/DT/4/det Dec/NNP/4/compound 21/CD/1/pobj ,/,/4/punct 1988/CD/4/nummod ,/,/4/punct bombing/NN/0/dep",
    "_tag_the_past": "Maduro/NNP/1/nsubj swore/VB/1/ROOT/swore",
    "_as_verb": "gunmen/NNS/1/compound shot/NN/1/ROOT and/CC/1/cc killed/VBD/1/conj mayor/NN/3/dobj",
    "_as_past": "supporters/NNS/1/nsubj clashed/VBN/1/ROOT/clash with/IN/1/prep",
    "_as_suffered": "People/NNS/1/nsubj killed/VBD/1/ROOT/kill in/IN/1/prep attack/NN/2/pobj",
    "_as_purpose": "flew/VBD/0/ROOT to/TO/0/prep press/VB/1/pobj",
    "stranded._as_clause": "died/VBD/0/ROOT after/IN/0/prep ferry/NN/1/pobj sank/VBD/2/acl",
    "_as_opened": "missing/VBD/0/ROOT after/IN/0/prep dam/NN/3/compound burst/VBD/1/pobj",
    "_as_described": "Militants/NNS/1/nsubj loyal/JJ/1/ROOT to/TO/1/prep group/NN/2/pobj claimed/VBD/1/conj attack/NN/4/dobj",
    "_date_what_follows": "crippling/VBG/5/advcl Iraq/NNP/0/dobj ,/,/5/punct premier/NN/5/nsubj today/NN/0/npadvmod met/VBD/5/ROOT",
    "_bind_the_noun": "undermine/VB/0/ROOT grassroots/NNS/0/dobj protest/NN/0/parataxis movement/NN/2/dobj",
    "_complete_the_verb": "ordered/VBD/0/ROOT/order mission/NN/0/dobj to/TO/3/aux leave/VB/0/advcl",
    "_name_the_title": "extradited/VBD/0/ROOT the/DT/2/det drug/NN/0/dobj lord/NN/0/dobj Guzman/NNP/3/dobj",
    "_say_what_killed": "resigned/VBD/0/ROOT/resign after/IN/3/mark ferry/NN/3/nsubj sank/VBD/0/advcl/sink ,/,/0/punct killing/VBG/0/advcl/kill people/NNS/5/dobj",
    "_say_at_whom": "condemned/VBD/0/ROOT attack/NN/0/dobj on/IN/0/prep embassy/NN/2/pobj",
    "_as_acting": "generals/NNS/1/nsubj dissolved/VBN/2/amod parliament/NN/2/ROOT ././2/punct",
    "_as_what_befell": "Protesters/NNS/1/nsubj freed/VBD/4/ccomp on/IN/1/prep Monday/NNP/2/pobj told/VBD/4/ROOT reporters/NNS/4/dative",
    "_shot_dead": "Police/NN/1/compound shot/NN/1/ROOT dead/JJ/1/amod people/NNS/2/dobj",
    "_as_subordinate": "Relatives/NNS/4/nsubj clashed/VBN/0/acl/clash after/IN/0/prep ferry/NN/2/pobj sank/VBD/4/ROOT",
    "_as_main": "Dockers/NNS/0/ROOT clashed/VBN/0/acl/clash at/IN/1/prep port/NN/2/pobj ././0/punct",
    "_as_transitive": "Officials/NNS/0/ROOT blamed/VBN/2/amod rebels/NNS/0/conj ././0/punct",
    "_off_a_place": "sank/VBD/0/ROOT/sink off/RP/0/prt island/NN/0/dobj",
    "_retag": "held/VBD/0/ROOT a/DT/4/det sit/NN/4/compound -/HYPH/4/punct in/RP/0/prep",
    "reparsing._as_clause": "party/NN/2/compound rejected/VBN/2/amod calls/NNS/2/ROOT ././2/punct",
    "_as_reduced": "bomb/NN/1/nsubj planted/VBD/1/ROOT in/IN/1/prep car/NN/2/pobj killed/VBD/1/conj three/CD/4/dobj",
    "_as_list": "Norway/NNP/5/npadvmod ,/,/5/punct Ireland/NNP/5/nsubj and/CC/2/cc Spain/NNP/2/conj recognised/VBD/5/ROOT",
    "_as_gerund": "Fighting/VBG/0/ROOT between/IN/0/prep parties/NNS/1/pobj killed/VBD/0/conj",
    "_as_parties": "clashes/NNS/0/ROOT between/IN/0/prep army/NN/1/pobj and/CC/0/cc rebels/NNS/0/conj killed/VBN/4/acl 17/CD/5/dobj",
    "_as_outcome": "fired/VBD/0/ROOT trying/VBG/0/advcl/try storm/VB/1/xcomp ,/,/2/punct killing/VBG/2/advcl/kill",
    "_as_hostages": "took/VBD/0/ROOT guards/NNS/2/compound hostage/NN/0/dobj",
    "_as_speech": "army/NN/1/nsubj struck/VBD/4/advcl ,/,/4/punct rebels/NNS/4/nsubj said/VBD/4/ROOT/say",
    "_as_measured": "magnitude/NN/3/nsubj 6.3/CD/0/nummod earthquake/NN/3/dobj killed/VBD/3/ROOT",
}  # fmt: skip
"""By rule, a parse that it mends: word/tag/head/label, and the lemma where the word's own form is none."""
_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "prep", "appos", "compound", "conj", "cc", "advcl", "ccomp", "acl",
         "relcl", "amod", "npadvmod", "mark", "dep", "pcomp", "prt", "xcomp", "advmod", "agent", "auxpass")  # fmt: skip
_TAGS = ("NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VB", "JJ", "IN", "CD", "RB")
_POS = {
    "N": "NOUN",
    "V": "VERB",
    "J": "ADJ",
    "I": "ADP",
    "T": "ADP",
    "C": "NUM",
    "R": "ADV",
    "P": "PRON",
}
_VOCAB = spacy.blank("en").vocab

Row = tuple[str, int, str, str, str, str, str]
"""Word, head, label, tag, part of speech, lemma and entity of a token."""


def _row(told: str) -> Row:
    word, tag, head, dep, *lemma = told.split("/")
    pos = "PROPN" if tag == "NNP" else _POS.get(tag[0], "PUNCT")
    return word, int(head), dep, tag, pos, "".join(lemma) or word.lower(), "LOC" * (tag == "NNP")


_PARSES = [[_row(told) for told in tree.split()] for tree in _GARDEN_PATHS.values()]


def _joined(*trees: list[Row]) -> list[Row]:
    """One sentence behind the other."""
    rows: list[Row] = []
    for tree in trees:
        start = len(rows)
        rows += [(word, head + start, *rest) for word, head, *rest in tree]
    return rows


def _is_below(row: int, above: int, heads: Sequence[int]) -> bool:
    while row != above and heads[row] != row:
        row = heads[row]
    return row == above


@st.composite
def _misparsed(draw: st.DrawFn) -> list[Row]:
    """A sentence or two with some words hung elsewhere in their sentence, or labelled or tagged otherwise."""
    rows = list(
        map(list, _joined(*draw(st.lists(st.sampled_from(_PARSES), min_size=1, max_size=2))))
    )
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
        st.sampled_from([row[0] for tree in _PARSES for row in tree]),
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
        spaces=["-" not in pair for pair in zip(words, (*words[1:], ""), strict=True)],
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


def _watched(rule: Callable[[Any], bool], seen: set[str], words: Words) -> Callable[[Any], bool]:
    """The rule, which must not change what it says that it has not changed; its names are `seen` where it did."""

    def watched(site: Any) -> bool:
        before = _shape(words)
        did = rule(site)
        assert did or _shape(words) == before, rule.__name__
        if did:
            seen.update((rule.__name__, f"{rule.__module__.split('.')[-1]}.{rule.__name__}"))
        return did

    return watched


def _rules_at_work(words: Words) -> set[str]:
    """The names of the rules that changed something."""
    seen: set[str] = set()
    passes = (*REHANGING, *MENDING, *RESCUING, *REPARSING)
    watched = [
        Pass(one.sites, tuple(_watched(rule, seen, words) for rule in one.rules)) for one in passes
    ]
    rewrite(words, watched)
    return seen


@pytest.mark.parametrize("rule", _GARDEN_PATHS)
def test_each_rule_mends_its_garden_path(rule: str) -> None:
    words = _words([_row(told) for told in _GARDEN_PATHS[rule].split()])
    assert rule in _rules_at_work(words)
    _check(words)
    once = [row[:3] for row in _shape(words)]
    assert [row[:3] for row in _shape(repair(words))] == once


def test_there_is_a_garden_path_for_each_rule() -> None:
    passes = (*REHANGING, *MENDING, *RESCUING, *REPARSING)
    rules = [rule.__name__ for one in passes for rule in one.rules]
    assert sorted(rules) == sorted(name.split(".")[-1] for name in _GARDEN_PATHS)


@settings(max_examples=300)
@given(data=st.data())
def test_a_wrong_parse_stays_a_tree(data: st.DataObject) -> None:
    rows = data.draw(_misparsed())
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
def test_what_breaks_a_tree_is_undone(wrong: Pass[Word] | Pass[Stretch]) -> None:
    for first, second in pairwise(_PARSES):
        rows = _joined(first, second)
        words = rewrite(_words(rows), (wrong,))
        assert _shape(words) == _shape(_words(rows))
        _check(words)


def test_what_the_next_rule_breaks_leaves_what_the_first_one_did() -> None:
    def mark(word: Word) -> bool:
        word.tag_ = "YY"
        return True

    words = rewrite(_words(_PARSES[0]), (Pass(each_dependent, (mark, _ring)),))
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
def test_a_rule_that_says_it_did_nothing_did_nothing(data: st.DataObject) -> None:
    _rules_at_work(_words(data.draw(_misparsed())))
