"""From Universal Dependencies to the ClearNLP-like scheme of spaCy's English pipelines.

UD makes content words heads; spaCy's English scheme, its `noun_chunks` and its users' matcher
patterns expect function words there: a preposition governs its object, the copula its complement,
each conjunct the next. The conversion is a sequence of passes over one mutable tree; every pass
keeps it a tree. The order matters: names first, so that later passes see the final head of a name;
relabelling last, because the passes decide by UD labels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from training.conllu import ROOT, Sentence

_POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})
_NEGATIONS = frozenset({"n't", "n’t", "nt", "not", "never"})
_NAME_POS = frozenset({"PROPN", "NOUN", "X"})
_NOMINAL_POS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})

_CLAUSE_LEVEL = frozenset(
    {"nsubj", "csubj", "expl", "aux", "mark", "discourse", "vocative", "parataxis", "dislocated"}
)
"""Dependents of a nominal predicate that belong to its clause, hence to the copula."""

_LEFT_OF_CLAUSE = frozenset({"advmod", "punct", "cc", "mark", "discourse", "advcl", "obl", "aux"})
"""What moves to the copula when the predicate is itself a clause ("the idea is that it works")."""

_SENTENCE_ADVERBS = frozenset({"not", "never", "n't", "also", "still", "now", "already"})
"""Adverbs between copula and adjective that modify the clause rather than the adjective."""

_PREPOSITIONAL = frozenset(
    {
        "nmod", "obl", "advcl", "acl", "conj", "root", "ROOT", "xcomp", "ccomp", "appos",
        "parataxis", "dep", "list", "orphan", "dislocated", "advmod", "attr", "pobj", "prepcop",
    }
)  # fmt: skip
"""Relations whose `case` dependent becomes the head: objects and subjects keep theirs below."""

_FINITE_AUXILIARY_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})

_LABELS = {
    "acl:relcl": "relcl",
    "advcl:relcl": "advcl",
    "aux:pass": "auxpass",
    "cc:preconj": "preconj",
    "compound:prt": "prt",
    "cop": "aux",
    "csubj:outer": "csubj",
    "csubj:pass": "csubjpass",
    "det:predet": "predet",
    "discourse": "intj",
    "dislocated": "dep",
    "flat": "compound",
    "flat:foreign": "compound",
    "goeswith": "dep",
    "iobj": "dative",
    "list": "dep",
    "nmod:desc": "compound",
    "nmod:npmod": "npadvmod",
    "nmod:poss": "poss",
    "nmod:tmod": "npadvmod",
    "nmod:unmarked": "npadvmod",
    "nsubj:outer": "nsubj",
    "nsubj:pass": "nsubjpass",
    "obj": "dobj",
    "obl": "npadvmod",
    "obl:agent": "npadvmod",
    "obl:npmod": "npadvmod",
    "obl:tmod": "npadvmod",
    "obl:unmarked": "npadvmod",
    "orphan": "dep",
    "reparandum": "dep",
    "root": "ROOT",
    "vocative": "npadvmod",
}

_FIXED_LABELS = {
    "ADP": "prep",
    "SCONJ": "mark",
    "ADV": "advmod",
    "ADJ": "advmod",
    "CCONJ": "cc",
}
"""Labels of the later words of fixed expressions ("because of"), by their part of speech."""


@dataclass(slots=True, kw_only=True)
class Tree:
    """A sentence under conversion: `heads` and `labels` change, the words do not."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    tags: tuple[str, ...]
    heads: list[int]
    labels: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def children(self, head: int) -> list[int]:
        """The dependents of a word, in text order."""
        return [i for i, h in enumerate(self.heads) if h == head]

    def relation(self, word: int) -> str:
        """The label of a word without its subtype."""
        return self.labels[word].partition(":")[0]

    def promote(self, word: int, label: str | None = None) -> int:
        """Put `word` into the place of its head, which then hangs below it; returns that head.

        It takes over the head's label unless given one of its own.
        """
        old = self.heads[word]
        self.heads[word] = self.heads[old]
        self.labels[word] = "ROOT" if self.heads[old] == ROOT else label or self.labels[old]
        self.heads[old] = word
        return old


def to_clearnlp(sentence: Sentence) -> Sentence:
    """The same sentence under heads and labels of the ClearNLP-like scheme."""
    tree = Tree(
        words=sentence.words,
        lemmas=sentence.lemmas,
        upos=sentence.upos,
        tags=sentence.tags,
        heads=list(sentence.heads),
        labels=list(sentence.labels),
    )
    for convert in (
        _head_names_by_last_word,
        _head_predicates_by_copula,
        _head_objects_by_preposition,
        _head_gerunds_by_preposition,
        _chain_conjuncts,
        _relabel,
    ):
        convert(tree)
    return sentence.relabelled(tree.heads, tree.labels)


def _head_names_by_last_word(tree: Tree) -> None:
    """Flat names are headed by their last word: "Abu Mahdi al-Muhandis" by "Muhandis"."""
    for first in range(len(tree)):
        parts = [
            i for i in tree.children(first) if i > first and tree.labels[i] in ("flat", "flat:name")
        ]
        if not parts:
            continue
        if {tree.upos[first], tree.upos[parts[-1]]} <= _NAME_POS:
            _head_name(tree, first, parts)
        else:
            for part in parts:
                tree.labels[part] = _flat_label(tree.upos[part])


def _head_name(tree: Tree, first: int, parts: list[int]) -> None:
    last = parts[-1]
    dependents = tree.children(first)
    tree.promote(last)
    tree.labels[first] = "compound"
    for word in dependents:
        if word == last:
            continue
        tree.heads[word] = last
        if word in parts:
            tree.labels[word] = "punct" if tree.upos[word] == "PUNCT" else "compound"


def _flat_label(upos: str) -> str:
    if upos in ("PROPN", "NOUN"):
        return "compound"
    return "nummod" if upos == "NUM" else "dep"


def _head_predicates_by_copula(tree: Tree) -> None:
    """The copula heads its clause: "Soleimani was a general" by "was"."""
    for copula in range(len(tree)):
        if tree.labels[copula] == "cop" and tree.heads[copula] != ROOT:
            _head_predicate(tree, copula)


def _head_predicate(tree: Tree, copula: int) -> None:
    dependents = [i for i in tree.children(tree.heads[copula]) if i != copula]
    predicate = tree.promote(copula)
    label = _predicate_label(tree, predicate, dependents)
    # A predicate with a preposition keeps a provisional label until that takes over as head.
    prepositional = any(
        tree.labels[i] == "case" and copula < i < predicate and tree.tags[i] != "POS"
        for i in dependents
    )
    tree.labels[predicate] = "prepcop" if prepositional else label
    for word in dependents:
        if _moves_to_copula(tree, word, copula, predicate):
            tree.heads[word] = copula


def _predicate_label(tree: Tree, predicate: int, dependents: list[int]) -> str:
    upos, tag = tree.upos[predicate], tree.tags[predicate]
    if upos == "ADJ" or (upos == "VERB" and tag in ("VBN", "VBG", "JJ")):
        return "acomp"
    if upos in ("VERB", "AUX"):
        infinitive = tag == "VBG" or any(tree.tags[i] == "TO" for i in dependents)
        return "xcomp" if infinitive else "ccomp"
    return "advmod" if upos == "ADV" else "attr"


def _moves_to_copula(tree: Tree, word: int, copula: int, predicate: int) -> bool:
    """Whether a dependent of a predicate belongs to its clause rather than to its phrase."""
    relation = tree.relation(word)
    if tree.labels[word] == "cop":
        return False
    if tree.labels[predicate] in ("ccomp", "xcomp"):
        left = word < copula and relation in _LEFT_OF_CLAUSE
        return left or tree.labels[word].endswith(":outer")
    if rule := _COPULA_RULES.get(relation):
        return rule(tree, word, copula, predicate)
    return relation in _CLAUSE_LEVEL or tree.labels[word].endswith(":outer")


def _left_of_copula(_tree: Tree, word: int, copula: int, _predicate: int) -> bool:
    return word < copula


def _outside_predication(_tree: Tree, word: int, copula: int, predicate: int) -> bool:
    return word < copula or word > predicate


def _adverb_of_clause(tree: Tree, word: int, copula: int, predicate: int) -> bool:
    if tree.upos[predicate] != "ADJ":
        return True
    return word < predicate and (word < copula or tree.lemmas[word] in _SENTENCE_ADVERBS)


def _adverbial_of_clause(tree: Tree, word: int, copula: int, predicate: int) -> bool:
    return word < copula or tree.upos[predicate] != "ADJ"


def _oblique_of_clause(tree: Tree, word: int, copula: int, predicate: int) -> bool:
    return word < copula or tree.upos[predicate] not in ("ADJ", "VERB")


def _conjoined_clause(tree: Tree, word: int, _copula: int, _predicate: int) -> bool:
    if tree.upos[word] in ("VERB", "AUX"):
        return True
    return any(tree.relation(child) in ("cop", "nsubj") for child in tree.children(word))


_COPULA_RULES: dict[str, Callable[[Tree, int, int, int], bool]] = {
    "punct": _outside_predication,
    "advmod": _adverb_of_clause,
    "advcl": _adverbial_of_clause,
    "obl": _oblique_of_clause,
    "ccomp": _left_of_copula,
    "xcomp": _left_of_copula,
    "cc": _left_of_copula,
    "conj": _conjoined_clause,
}


def _head_objects_by_preposition(tree: Tree) -> None:
    """Prepositions head their objects: "an attack on the base" by "on" (prep), "base" (pobj)."""
    preposition_of: dict[int, int] = {}
    for word in range(len(tree)):
        prepositions = [i for i in tree.children(word) if i < word and _is_preposition(tree, i)]
        movable = tree.relation(word) in _PREPOSITIONAL and tree.labels[word] != "nmod:poss"
        if prepositions and movable:
            _head_object(tree, word, prepositions, preposition_of)
    tree.labels[:] = ["attr" if label == "prepcop" else label for label in tree.labels]


def _is_preposition(tree: Tree, word: int) -> bool:
    possessive = tree.tags[word] == "POS" or tree.words[word] in _POSSESSIVE_MARKS
    return tree.labels[word] == "case" and not possessive


def _head_object(
    tree: Tree, word: int, prepositions: list[int], preposition_of: dict[int, int]
) -> None:
    first, last = prepositions[0], prepositions[-1]
    dependents = [i for i in tree.children(word) if i not in prepositions]
    clausal = tree.relation(word) == "advcl" or _is_gerund(tree, word)
    governor = tree.heads[word]
    tree.promote(first, _preposition_label(tree, first, tree.labels[word]))
    # "in and around", "out of": further prepositions descend from the first.
    for upper, lower in pairwise(prepositions):
        tree.heads[lower], tree.labels[lower] = upper, "prep"
    tree.heads[word] = last
    tree.labels[word] = "pcomp" if clausal else "pobj"
    for child in dependents:
        if child < first and tree.relation(child) in ("advmod", "punct", "cc", "discourse"):
            tree.heads[child] = first
    # "in Iraq and in Syria": the second preposition is the conjunct of the first.
    if tree.labels[first] == "conj":
        tree.heads[first] = preposition_of.get(governor, governor)
    preposition_of[word] = first


def _is_gerund(tree: Tree, word: int) -> bool:
    return tree.upos[word] == "VERB" and tree.tags[word] == "VBG"


def _preposition_label(tree: Tree, preposition: int, replaced: str) -> str:
    if replaced == "conj":
        return "conj"
    agentive = replaced == "obl:agent" and tree.lemmas[preposition] == "by"
    return "agent" if agentive else "prep"


def _head_gerunds_by_preposition(tree: Tree) -> None:
    """UD's marker of a gerund is a preposition: "after attacking" by "after" (prep)."""
    for verb in range(len(tree)):
        if tree.relation(verb) not in ("advcl", "acl") or tree.tags[verb] != "VBG":
            continue
        markers = [
            i
            for i in tree.children(verb)
            if i < verb and tree.labels[i] == "mark" and tree.tags[i] == "IN"
        ]
        if markers and not _is_full_clause(tree, verb):
            marker = markers[0]
            tree.promote(marker, "prep")
            tree.labels[verb] = "pcomp"
            for child in tree.children(verb):
                if child < marker:
                    tree.heads[child] = marker


def _is_full_clause(tree: Tree, verb: int) -> bool:
    return any(
        tree.relation(i) in ("nsubj", "csubj")
        or (tree.relation(i) == "aux" and tree.tags[i] in _FINITE_AUXILIARY_TAGS)
        for i in tree.children(verb)
    )


def _chain_conjuncts(tree: Tree) -> None:
    """Each conjunct hangs below the one before, with the conjunction and comma between them."""
    for first in range(len(tree)):
        previous = first
        for conjunct in tree.children(first):
            if conjunct < first or tree.labels[conjunct] != "conj":
                continue
            for child in tree.children(conjunct):
                if child < conjunct and _joins_conjuncts(tree, child):
                    tree.heads[child] = previous
            tree.heads[conjunct] = previous
            previous = conjunct


def _joins_conjuncts(tree: Tree, word: int) -> bool:
    comma = tree.labels[word] == "punct" and tree.words[word] in (",", ";")
    return comma or tree.labels[word] == "cc"


def _relabel(tree: Tree) -> None:
    """Replace what is left of UD's labels by those of the ClearNLP-like scheme."""
    with_object = {
        head
        for head, label in zip(tree.heads, tree.labels, strict=True)
        if label in ("obj", "dobj")
    }
    tree.labels[:] = [
        "ROOT" if tree.heads[i] == ROOT else _clearnlp_label(tree, i, tree.heads[i] in with_object)
        for i in range(len(tree))
    ]


def _clearnlp_label(tree: Tree, word: int, beside_object: bool) -> str:
    label, upos, tag = tree.labels[word], tree.upos[word], tree.tags[word]
    if label == "mark" and tag == "TO":
        return "aux"
    if label == "advmod" and tree.words[word].lower() in _NEGATIONS:
        return "neg"
    if label == "case":
        return "case" if tag == "POS" or tree.words[word] in ("'s", "’s") else "prep"
    if label == "fixed":
        return _FIXED_LABELS.get(upos, "dep")
    if label == "xcomp":
        return _open_complement_label(upos, beside_object)
    mapped = _LABELS.get(label, label.partition(":")[0])
    return "dep" if mapped == "ROOT" else mapped


def _open_complement_label(upos: str, beside_object: bool) -> str:
    if upos != "ADJ" and upos not in _NOMINAL_POS:
        return "xcomp"
    if beside_object:
        return "oprd"
    return "acomp" if upos == "ADJ" else "attr"
