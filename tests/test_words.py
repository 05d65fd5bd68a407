"""The plain words of a paragraph say what spaCy's tokens say."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.lemmas import mended_lemma
from timeline.pipeline import analyse
from timeline.sources import document_from_text
from timeline.words import read_words

TEXTS = (
    "Rebels attacked an army convoy near Goma on Tuesday, killing 1,200 men. “They left,” the U.N. said.",
    "What was it? Nobody -- not even the mayor's office -- knew;   two spaces, e.g. here.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_tokens(text: str, nlp: Language) -> None:
    doc = nlp(text)
    words = read_words(doc, doc.text)
    assert len(words) == len(doc)
    for token, word in zip(doc, words.items, strict=True):
        for name in ("text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "i", "idx"):
            assert getattr(word, name) == getattr(token, name), name
        for name in ("is_punct", "is_quote", "is_title", "is_alpha", "like_num"):
            assert getattr(word, name) == getattr(token, name), name
        assert word.head.i == token.head.i
        assert word.left_edge.i == token.left_edge.i
        assert [child.i for child in word.children] == [child.i for child in token.children]
        assert {below.i for below in word.subtree} == {below.i for below in token.subtree}


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_and_stretches(text: str, nlp: Language) -> None:
    doc = nlp(text)
    words = read_words(doc, doc.text)
    assert [(s.start, s.end, s.text, s.root.i) for s in words.sents] == [
        (s.start, s.end, s.text, s.root.i) for s in doc.sents
    ]
    for start in range(len(doc)):
        assert words[start : start + 4].text == doc[start : start + 4].text


@pytest.mark.parametrize(
    ("form", "told", "lemma"),
    [
        ("hoped", "hop", "hope"),
        ("hopped", "hop", "hop"),
        ("installing", "instal", "install"),
        ("agreed", "agree", "agree"),
    ],
)
def test_a_lemma_that_the_rules_get_wrong_is_mended(form: str, told: str, lemma: str) -> None:
    assert mended_lemma(form, told) == lemma


def test_whatever_reads_the_tense_of_a_verb_reads_its_mended_lemma(nlp: Language) -> None:
    """ "hoped for Friday" looks ahead, "hopped" would not."""
    text = document_from_text("The sides hoped to meet on Friday.", doc="x", dct=date(2024, 5, 15))
    (analysis,) = analyse([text], nlp)
    assert [timex.edtf for timex in analysis.timexes] == ["2024-05-17"]
