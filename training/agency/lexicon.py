"""Words, drawn at random and inflected, and the small trees that they make."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping

from timeline.ontology.inflection import participle, third_person
from training.agency.trees import Tree

_ADJECTIVES = frozenset(
    ["senior", "former", "local", "foreign", "young", "veteran", "prominent", "rival", "hardline", "far-right", "ethnic",
     "angry", "unarmed", "communist", "left-wing", "right-wing", "elite", "mutinous", "anti-government", "pro-government",
     "special", "main", "supreme", "central", "military", "national", "constitutional", "electoral", "prime", "presidential",
     "public", "high", "human", "heavy", "automatic", "live", "black", "explosive", "higher", "better", "unidentified",
     "direct"]
)  # fmt: skip
_PARTICIPLES = frozenset({"armed", "masked", "suspected", "wounded", "retired"})
_PARTICLES = {"part": ("NN", "dobj"), "fire": ("NN", "dobj")}
_DETERMINERS = {
    "his": ("PRP$", "poss"),
    "its": ("PRP$", "poss"),
    "their": ("PRP$", "poss"),
    "one": ("CD", "nummod"),
}


class Lexicon(ABC):
    """Draws words. What is drawn of them is declared here, since phrases hold clauses and clauses phrases."""

    def __init__(self, words: Mapping[str, object], seed: int) -> None:
        self._random = random.Random(seed)
        verbs = words["verbs"]
        assert isinstance(verbs, Mapping)
        self._words = {name: _listed(value) for name, value in words.items() if name != "verbs"}
        self._verbs = {name: _listed(value) for name, value in verbs.items()}
        forms = [line.split() for line in self._words["irregular"]]
        self._pasts = {base: past for base, past, _ in forms}
        self._participles = {base: done for base, _, done in forms}

    @abstractmethod
    def predicate(self, tag: str, depth: int) -> Tree:
        """A verb with what it takes, in the form of `tag`. `depth`: of how many clauses; deep ones stay short."""

    @abstractmethod
    def relative(self, pronoun: str) -> Tree:
        """A relative clause."""

    # Drawing

    @abstractmethod
    def doer(self, dep: str = "nsubj", *, plain: bool = False) -> Tree:
        """Whoever acts or suffers, with or without (`plain`) what tells more about them."""

    @abstractmethod
    def body(self, dep: str = "") -> Tree:
        """A state, an army, a court: who acts without being a person."""

    @abstractmethod
    def event(self, dep: str = "pobj") -> Tree:
        """What happens, as a noun."""

    @abstractmethod
    def suffered(self, kind: str = "person") -> Tree:
        """A participle of a verb of a kind, in the past."""

    @abstractmethod
    def doing(self) -> Tree:
        """A participle in the present tense."""

    def agent(self) -> Tree:
        """ "by the army"."""
        return Tree("by", "IN", "agent", (), (self.doer("pobj", plain=True),))

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self._random.random() < share

    def any_of(self, *choices: str) -> str:
        """One of some words."""
        return self._random.choice(choices)

    def draw(self, **weights: float) -> str:
        """One of some names, by weight."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def word(self, name: str) -> str:
        """A word of a list of `words.yaml`."""
        return self._random.choice(self._words[name])

    def verb(self, kind: str) -> str:
        """A verb of a kind, as `words.yaml` writes it."""
        return self._random.choice(self._verbs[kind])

    def form(self, verb: str, tag: str, dep: str = "") -> Tree:
        """A verb with its particle: "carried out"."""
        base, _, particle = verb.partition("+")
        regular = participle(base, {}, frozenset())
        word = {
            "VBZ": third_person(base),
            "VBD": self._pasts.get(base, regular),
            "VBN": self._participles.get(base, regular),
            "VBG": _gerund(base, regular),
        }.get(tag, base)
        right = (Tree(particle, *_PARTICLES.get(particle, ("RP", "prt"))),) if particle else ()
        return Tree(word, tag, dep, (), right)

    def noun(self, text: str, tag: str, dep: str = "", *left: Tree) -> Tree:
        """A noun with the words before it: "police~station", "state~of~emergency"."""
        first, of, last = text.partition("~of~")
        if of:
            return Tree(first, tag, dep, left, (prep("of", Tree(last, "NN")),))
        *before, last = text.split("~")
        return Tree(last, tag, dep, (*left, *map(modifier, before)))

    def the(self, text: str, dep: str = "", tag: str = "NN") -> Tree:
        """With the definite article."""
        return self.noun(text, tag, dep, Tree("the", "DT", "det"))

    def a(self, text: str, dep: str = "") -> Tree:
        """With an article or another determiner."""
        article = "an" if text[0] in "aeiou" else "a"
        word = (
            article
            if self.chance(0.65)
            else self.any_of("the", "another", "one", "the", "his", "its", "their")
        )
        tag, relation = _DETERMINERS.get(word, ("DT", "det"))
        return self.noun(text, "NN", dep, Tree(word, tag, relation))

    def name(self, text: str, dep: str = "") -> Tree:
        """A name of one or several words."""
        *first, last = text.replace(" ", "~").split("~")
        return Tree(last, "NNP", dep, tuple(Tree(word, "NNP", "compound") for word in first))


def comma() -> Tree:
    """A comma."""
    return Tree(",", ",", "punct")


def and_() -> Tree:
    """The conjunction."""
    return Tree("and", "CC", "cc")


def prep(word: str, object_: Tree) -> Tree:
    """A prepositional phrase; the object of the preposition may be a clause."""
    return Tree(
        word, "IN", "prep", (), (object_ if object_.dep == "pcomp" else object_.as_("pobj"),)
    )


def modifier(word: str) -> Tree:
    """What stands before a noun: "armed", "aid", "heavily armed"."""
    adverb, _, last = word.rpartition("~")
    if adverb:
        return Tree(last, "VBN", "amod", (Tree(adverb, "RB", "advmod"),))
    if word in _PARTICIPLES:
        return Tree(word, "VBN", "amod")
    if word in ("striking", "ruling"):
        return Tree(word, "VBG", "amod")
    if word in _ADJECTIVES or word[0].isupper():
        return Tree(word, "JJ", "amod")
    return Tree(word, "NN", "compound")


def _gerund(base: str, regular: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if regular == base + base[-1] + "ed" else base + "ing"


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split()
    assert isinstance(value, list)
    return [str(item) for item in value]
