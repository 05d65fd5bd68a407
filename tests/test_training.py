"""The training data's conversions: label scheme of the trees, entity files with unknown tokens."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from training.agency import agency_docs
from training.averaging import average_weights
from training.clearnlp import to_clearnlp
from training.conllu import ROOT, Sentence, read_conllu
from training.corpora import parsed_doc, tagged_doc
from training.evaluate import shortfalls
from training.iob import CorpusError, read_iob
from training.lemmas import closed_class_lemmas
from training.text import group_sentences, typeset_quotes

UPOS = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "ADP", "AUX", "PRON", "NUM", "PUNCT", "X")
TAGS = ("NN", "NNP", "VBG", "VBN", "VBD", "JJ", "RB", "IN", "TO", "POS", "CD", ",")
RELATIONS = (
    "nsubj", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "acl", "acl:relcl", "advcl", "case",
    "mark", "cop", "conj", "cc", "punct", "flat", "fixed", "xcomp", "ccomp", "appos", "advmod",
    "parataxis", "list", "nsubj:outer", "aux", "compound",
)  # fmt: skip


def sentence(rows: str) -> Sentence:
    """A tree from lines "word lemma UPOS TAG head relation", heads counted from 1, 0 for the root."""
    words, lemmas, upos, tags, heads, labels = zip(
        *(line.split() for line in rows.strip().splitlines()), strict=True
    )
    return Sentence(
        id="",
        opens_paragraph=True,
        words=words,
        spaces=(True,) * len(words),
        lemmas=lemmas,
        upos=upos,
        tags=tags,
        feats=("_",) * len(words),
        heads=tuple(int(head) - 1 for head in heads),
        labels=labels,
    )


def tree(converted: Sentence) -> str:
    """The arcs of a tree as "word<-label-head", in text order."""
    heads = ("" if head == ROOT else converted.words[head] for head in converted.heads)
    arcs = zip(converted.words, converted.labels, heads, strict=True)
    return " ".join(f"{word}<-{label}-{head}" for word, label, head in arcs)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            """
            Rebels rebel NOUN NNS 2 nsubj
            shelled shell VERB VBD 0 root
            a a DET DT 4 det
            base base NOUN NN 2 obj
            near near ADP IN 6 case
            Kirkuk Kirkuk PROPN NNP 4 nmod
            """,
            "Rebels<-nsubj-shelled shelled<-ROOT- a<-det-base base<-dobj-shelled "
            "near<-prep-base Kirkuk<-pobj-near",
            id="a preposition governs its object",
        ),
        pytest.param(
            """
            Guards guard NOUN NNS 3 nsubj:pass
            were be AUX VBD 3 aux:pass
            killed kill VERB VBN 0 root
            by by ADP IN 5 case
            gunmen gunman NOUN NNS 3 obl:agent
            yesterday yesterday NOUN NN 3 obl:unmarked
            """,
            "Guards<-nsubjpass-killed were<-auxpass-killed killed<-ROOT- by<-agent-killed "
            "gunmen<-pobj-by yesterday<-npadvmod-killed",
            id="the agent of a passive",
        ),
        pytest.param(
            """
            Haddad Haddad PROPN NNP 5 nsubj
            was be AUX VBD 5 cop
            not not PART RB 5 advmod
            a a DET DT 5 det
            general general NOUN NN 0 root
            . . PUNCT . 5 punct
            """,
            "Haddad<-nsubj-was was<-ROOT- not<-neg-was a<-det-general general<-attr-was .<-punct-was",
            id="the copula heads a nominal predicate",
        ),
        pytest.param(
            """
            Streets street NOUN NNS 4 nsubj
            are be AUX VBP 4 cop
            very very ADV RB 4 advmod
            quiet quiet ADJ JJ 0 root
            """,
            "Streets<-nsubj-are are<-ROOT- very<-advmod-quiet quiet<-acomp-are",
            id="an adverb of degree stays with its adjective",
        ),
        pytest.param(
            """
            Troops troops NOUN NNS 4 nsubj
            are be AUX VBP 4 cop
            in in ADP IN 4 case
            Mosul Mosul PROPN NNP 0 root
            """,
            "Troops<-nsubj-are are<-ROOT- in<-prep-are Mosul<-pobj-in",
            id="a prepositional predicate",
        ),
        pytest.param(
            """
            Omar Omar PROPN NNP 4 nsubj
            al al PROPN NNP 1 flat
            Haddad Haddad PROPN NNP 1 flat
            fled flee VERB VBD 0 root
            """,
            "Omar<-compound-Haddad al<-compound-Haddad Haddad<-nsubj-fled fled<-ROOT-",
            id="a name is headed by its last word",
        ),
        pytest.param(
            """
            shops shop NOUN NNS 0 root
            , , PUNCT , 3 punct
            banks bank NOUN NNS 1 conj
            and and CCONJ CC 5 cc
            schools school NOUN NNS 1 conj
            """,
            "shops<-ROOT- ,<-punct-shops banks<-conj-shops and<-cc-banks schools<-conj-banks",
            id="conjuncts form a chain",
        ),
        pytest.param(
            """
            raids raid NOUN NNS 0 root
            in in ADP IN 3 case
            Homs Homs PROPN NNP 1 nmod
            and and CCONJ CC 6 cc
            in in ADP IN 6 case
            Hama Hama PROPN NNP 3 conj
            """,
            "raids<-ROOT- in<-prep-raids Homs<-pobj-in and<-cc-in in<-conj-in Hama<-pobj-in",
            id="conjoined prepositional phrases",
        ),
        pytest.param(
            """
            They they PRON PRP 2 nsubj
            left leave VERB VBD 0 root
            after after SCONJ IN 4 mark
            burning burn VERB VBG 2 advcl
            files file NOUN NNS 4 obj
            """,
            "They<-nsubj-left left<-ROOT- after<-prep-left burning<-pcomp-after files<-dobj-burning",
            id="a preposition governs a gerund",
        ),
        pytest.param(
            """
            Jordan Jordan PROPN NNP 3 nmod:poss
            's 's PART POS 1 case
            king king NOUN NN 4 nsubj
            refused refuse VERB VBD 0 root
            to to PART TO 6 mark
            leave leave VERB VB 4 xcomp
            """,
            "Jordan<-poss-king 's<-case-Jordan king<-nsubj-refused refused<-ROOT- "
            "to<-aux-leave leave<-xcomp-refused",
            id="possessive and infinitive",
        ),
        pytest.param(
            """
            militia militia NOUN NN 0 root
            that that PRON WDT 3 nsubj
            took take VERB VBD 1 acl:relcl
            over over ADP RP 3 compound:prt
            """,
            "militia<-ROOT- that<-nsubj-took took<-relcl-militia over<-prt-took",
            id="relative clause and particle",
        ),
    ],
)
def test_trees_are_converted_to_the_clearnlp_scheme(rows: str, expected: str) -> None:
    assert tree(to_clearnlp(sentence(rows))) == expected


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Any tree over any labels, sensible or not: each word hangs on one placed before it."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads = [ROOT] * size
    for place, word in enumerate(order[1:], start=1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    labels = [draw(st.sampled_from(RELATIONS)) for _ in range(size)]
    labels[order[0]] = "root"
    return Sentence(
        id="",
        opens_paragraph=True,
        words=tuple(draw(st.sampled_from(("by", "not", ",", "'s", "x"))) for _ in range(size)),
        spaces=(True,) * size,
        lemmas=tuple(draw(st.sampled_from(("by", "be", "x"))) for _ in range(size)),
        upos=tuple(draw(st.sampled_from(UPOS)) for _ in range(size)),
        tags=tuple(draw(st.sampled_from(TAGS)) for _ in range(size)),
        feats=("_",) * size,
        heads=tuple(heads),
        labels=tuple(labels),
    )


@given(sentences())
def test_what_comes_out_is_always_a_tree(given_tree: Sentence) -> None:
    converted = to_clearnlp(given_tree)
    assert converted.heads.count(ROOT) == 1
    assert converted.labels[converted.heads.index(ROOT)] == "ROOT"
    assert converted.labels.count("ROOT") == 1
    for start in range(len(converted.words)):
        word, steps = start, 0
        while converted.heads[word] != ROOT:
            word, steps = converted.heads[word], steps + 1
            assert steps <= len(converted.words), "a cycle"


CONLLU = """\
# newdoc id = one
# newpar
# sent_id = one-1
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\twon't\t_\t_\t_\t_\t_\t_\t_\t_
2\two\twill\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newdoc id = two
# sent_id = two-1
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
"""


def test_a_treebank_reads_with_the_spacing_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    first, second = read_conllu(path)
    doc = parsed_doc(Vocab(), [*first, *second])
    assert doc.text == "They won't leave. Go "
    assert [sent.root.text for sent in doc.sents] == ["leave", "Go"]
    assert [token.dep_ for token in doc] == ["nsubj", "aux", "neg", "ROOT", "punct", "ROOT"]


def test_a_treebank_line_with_missing_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.conllu"
    path.write_text("1\tGo\tgo\tVERB\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"broken\.conllu.*ten columns"):
        list(read_conllu(path))


IOB = """\
# newdoc
I-way\tI-LOC\t_
Reuters\t-\tSpaceAfter=No
,\tO\t_
Sanaa\tI-LOC\t_

Omar\tB-PERSON\t_
Haddad\tI-PERSON\tSpaceAfter=No
.\tO\t_
"""


def test_unknown_tokens_stay_unset_and_stray_continuations_begin(tmp_path: Path) -> None:
    path = tmp_path / "small.iob2"
    path.write_text(IOB, encoding="utf-8")
    (document,) = read_iob(path)
    doc = tagged_doc(Vocab(), document)
    assert doc.text == "I-way Reuters, Sanaa Omar Haddad. "
    assert [token.ent_iob_ for token in doc] == ["B", "", "O", "B", "B", "I", "O"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("I-way", "LOC"),
        ("Sanaa", "LOC"),
        ("Omar Haddad", "PERSON"),
    ]


@pytest.mark.parametrize("line", ["Omar B-PERSON", "Omar\tB-ALIEN\t_", "Omar\tperson\t_"])
def test_an_entity_line_outside_of_the_scheme_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "broken.iob2"
    path.write_text(f"# newdoc\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"broken\.iob2, line 2"):
        read_iob(path)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ('"_ No_ ,_ " he said', "“No,” he said"),
        ("the rebels_ ' flag", "the rebels’ flag"),
        ("It_ 's -- well -- was_ n't", "It’s — well — wasn’t"),
        ("they said '_ go_ '", "they said ‘go’"),
        ('( "_ O\'Neill_ " )', "( “O'Neill” )"),
    ],
)
def test_quotes_are_typeset_word_by_word(tokens: str, expected: str) -> None:
    words = [token.removesuffix("_") for token in tokens.split()]
    spaces = [not token.endswith("_") for token in tokens.split()]
    typeset = typeset_quotes(words, spaces)
    text = "".join(word + " " * space for word, space in zip(typeset, spaces, strict=True))
    assert text.strip() == expected


@given(st.lists(st.integers()), st.integers())
def test_grouping_keeps_every_sentence_in_order(items: list[int], seed: int) -> None:
    groups = list(group_sentences(items, random.Random(seed)))
    assert [item for group in groups for item in group] == items
    assert all(groups)


def test_closed_class_lemmas_are_learned_from_frequent_forms() -> None:
    known = sentence("was be AUX VBD 2 aux\nn't not PART RB 0 root")
    typo = sentence("wos be AUX VBD 0 root")
    lemmas = closed_class_lemmas([known] * 5 + [typo])
    assert lemmas["aux"] == {"was": ["be"]}
    assert lemmas["part"] == {"n't": ["not"], "n’t": ["not"]}


def tagger_with_weights(value: float) -> Language:
    """A tagger all of whose weights are `value`."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger")
    example = Example.from_dict(nlp.make_doc("Go now"), {"tags": ["VB", "RB"]})
    nlp.initialize(lambda: [example])
    for node in nlp.get_pipe("tagger").model.walk():
        for name in node.param_names:
            node.set_param(name, np.full_like(node.get_param(name), value))
    return nlp


def test_averaged_weights_lie_between_those_they_come_from() -> None:
    pipelines = [tagger_with_weights(1), tagger_with_weights(2), tagger_with_weights(6)]
    averaged = average_weights(pipelines)
    nodes = list(averaged.get_pipe("tagger").model.walk())
    weights = [node.get_param(name) for node in nodes for name in node.param_names]
    assert weights
    assert all(np.allclose(weight, 3.0) for weight in weights)
    shared = average_weights([tagger_with_weights(1), tagger_with_weights(6)], (4, 1))
    nodes = list(shared.get_pipe("tagger").model.walk())
    weights = [node.get_param(name) for node in nodes for name in node.param_names]
    assert all(np.allclose(weight, 2.0) for weight in weights)
    assert [token.text for token in averaged("Go now")] == ["Go", "now"]


def test_figures_outside_of_their_bounds_are_named() -> None:
    scores = {"ewt": {"las": 0.8}, "megabytes": 17.0}
    floors = {"at_least": {"ewt.las": 0.83}, "at_most": {"megabytes": 20}}
    assert shortfalls(scores, floors) == ["ewt.las is 0.8, must be at least 0.83"]
    assert not shortfalls({**scores, "ewt": {"las": 0.83}}, floors)


TREEBANK = Sentence(
    id="",
    opens_paragraph=True,
    words=("was", "the", "as"),
    spaces=(True,) * 3,
    lemmas=("be", "the", "as"),
    upos=("AUX", "DET", "ADP"),
    tags=("VBD", "DT", "IN"),
    feats=("Tense=Past", "_", "_"),
    heads=(ROOT, 0, 0),
    labels=("root", "det", "case"),
)
ALL_TAGS = (
    "CC", "CD", "DT", "IN", "JJ", "JJR", "JJS", "MD", "NN", "NNP", "NNS", "POS", "PRP", "PRP$", "RB", "RP", "TO", "VB",
    "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WRB", ",", ".",
)  # fmt: skip
"""Tags that the grammar of agency prose gives."""


def agency(seed: int, count: int = 5) -> list[Doc]:
    """Paragraphs of agency prose, with a treebank that knows each tag."""
    tags = replace(
        TREEBANK,
        words=ALL_TAGS, spaces=(True,) * len(ALL_TAGS), lemmas=ALL_TAGS, upos=("X",) * len(ALL_TAGS), tags=ALL_TAGS,
        feats=("_",) * len(ALL_TAGS), heads=(ROOT,) * len(ALL_TAGS), labels=("root",) * len(ALL_TAGS),
    )  # fmt: skip
    return list(agency_docs(Vocab(), [TREEBANK, tags], count, seed))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_agency_prose_has_projective_trees_with_one_root_a_sentence(seed: int) -> None:
    for doc in agency(seed):
        for told in doc.sents:
            assert [word.dep_ for word in told].count("ROOT") == 1
            assert told.text.endswith(".")
            assert all(word.head in told and word.dep_ and word.tag_ and word.pos_ for word in told)
            # Whatever lies between a word and its head hangs below that head.
            for word in told:
                first, last = sorted((word.i, word.head.i))
                assert all(
                    word.head in {inner, *inner.ancestors} for inner in doc[first + 1 : last]
                )


def test_agency_prose_is_the_same_from_the_same_seed() -> None:
    first, again, other = ([doc.to_json()["tokens"] for doc in agency(seed)] for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_verbs_of_agency_prose_are_pasts_and_participles_alike() -> None:
    words = [word for doc in agency(1, 600) for word in doc]
    for form in ("attacked", "captured", "condemned", "seized"):
        tags = {word.tag_ for word in words if word.text == form}
        assert {"VBD", "VBN"} <= tags, form
