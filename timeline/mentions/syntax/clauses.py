"""Clauses and phrases as they stand in the tree: what is a verb, what is passive, what is joined to what."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.mentions.syntax.classes import FINITE, NOMINALS, NOUNS, PASSIVE_SUBJECT, SUBJECT
from timeline.mentions.verbs import DITRANSITIVE
from timeline.words import Word

_MEANS = frozenset(
    ["phone", "telephone", "video", "letter", "email", "force", "air", "sea", "land", "boat", "plane", "helicopter", "road",
     "mistake", "order", "decree", "nightfall", "dawn", "dusk", "noon", "midnight", "midday", "morning", "evening", "daybreak"]
)  # fmt: skip
"""By what means, on whose word or until when something was done, and not who did it."""
_SINGLING = frozenset({"among", "including"})
"""What they open is part of what was named before: "16 civilians, among them five children"."""
_REPORTS = frozenset({"report", "fear", "believe", "presume", "confirm", "think", "feel"})


def children(token: Word, *deps: str) -> list[Word]:
    """Children of `token` whose dependency label is among `deps`, in text order."""
    below = token.children
    return [child for child in below if child.dep_ in deps] if below else []


def is_verbal(token: Word) -> bool:
    """A verb form that heads a clause (finite, participle or infinitive), also where it is tagged as a noun
    ("Could the army attack the city?")."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    clause = token.pos_ == "NOUN" and token.dep_ in ("ROOT", "ccomp", "advcl")
    return clause and bool(children(token, "aux", "mark", "nsubj")) and not children(token, "det")


def is_passive(token: Word) -> bool:
    """A passive verb, reduced passives ("the strike blamed on…") included."""
    if (token.tag_ == "VBG" and not children(token, "auxpass")) or is_main_after_all(token):
        return False
    if children(token, "nsubjpass", "csubjpass", "auxpass"):
        return True
    if token.tag_ == "VBN" and (
        children(token, "agent") or _is_second_passive(token) or _is_small_clause(token)
    ):
        return True
    if _is_told_by_report(token):
        return True
    if token.tag_ == "VBD" and children(token, "agent") and not children(token, "dobj"):
        return True  # "the raid, carried out by commandos", tagged as if it were finite
    return (
        token.tag_ == "VBN" and token.dep_ in ("acl", "amod") and not children(token, "aux", "dobj")
    )


def _is_told_by_report(participle: Word) -> bool:
    """ "were reported killed": they did not report, and killed nobody."""
    head = participle.head
    if participle.tag_ != "VBN" or head.lemma not in _REPORTS or participle.dep_ == "conj":
        return False
    if not 0 < participle.i - head.i <= 2 or children(participle, "aux", "dobj", *SUBJECT):
        return False
    return bool(children(head, "auxpass") and children(head, *PASSIVE_SUBJECT))


def _is_small_clause(participle: Word) -> bool:
    """ "(with) ten people killed": a subject, and neither an auxiliary nor an object."""
    opened = any(mark.lower_ == "with" for mark in children(participle, "mark", "prep"))
    opened = opened or participle.head.lower_ == "with"
    return (
        opened and bool(children(participle, *SUBJECT)) and not children(participle, "aux", "dobj")
    )


def _is_second_passive(token: Word) -> bool:
    """ "was shot and killed": the auxiliary of the first verb is that of the second."""
    first = token.head
    if token.dep_ != "conj" or children(token, "aux", "dobj", *SUBJECT):
        return False
    if first.lemma_ == "be" and children(first, "attr", "acomp"):
        return True  # "was a member of or expelled from it"
    return is_verbal(first) and first.tag_ == "VBN" and is_passive(first)


def is_main_after_all(token: Word) -> bool:
    """ "A bridge collapsed in Genoa.", read by the parser as "a bridge that was collapsed": a full stop ends a sentence,
    and a sentence has a finite verb."""
    if token.dep_ != "acl" or token.tag_ != "VBN" or token.head.dep_ != "ROOT":
        return False
    if children(token, "agent") or not token.lower_.endswith("ed"):
        return False
    sentence = token.sent
    finite = any(other.tag_ in FINITE and not _is_in_relative_clause(other) for other in sentence)
    return not finite and sentence.text.rstrip("\"'”’) ").endswith(".")


def _is_in_relative_clause(word: Word) -> bool:
    return word.dep_ == "relcl" or any(head.dep_ == "relcl" for _, head in ancestors(word))


def is_clause_after_all(token: Word) -> bool:
    """ "Voting was delayed in some states and gunmen attacked a station", where the parser joins "gunmen" to "states" and
    takes the finite verb for a participle: a participle that is passive takes no object."""
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD") or not token.lower_.endswith("ed"):
        return False
    before = token.nbor(-1) if token.i else token
    told = is_verbal(token.sent.root) and token.sent.root.i < token.i
    joined = told and before.dep_ == "conj" and before.pos_ in NOMINALS
    return joined and bool(children(token, "dobj")) and token.lemma_ not in DITRANSITIVE


def conjuncts(token: Word) -> list[Word]:
    """The token and the chain of conjuncts that hangs below it."""
    found = [token]
    for child in children(token, "conj"):
        if child.left_edge.lower_ not in _SINGLING:
            found += conjuncts(child)
    return found


def first_conjunct(token: Word) -> Word:
    """The head of the coordination that `token` belongs to: itself when there is none."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def prep_objects(token: Word) -> Iterator[tuple[str, Word]]:
    """Prepositions below `token` with each of their objects, complex ones joined ("because of", "out of")."""
    for prep in children(token, "prep", "agent", "dative"):
        yield from _objects_of(prep, prep.lower_)


def _objects_of(prep: Word, name: str) -> Iterator[tuple[str, Word]]:
    for child in prep.children:
        if child.lower_ in _MEANS and name == "by":
            yield from prep_objects(child)  # "spoke by phone with the envoy"
        elif child.lower_ == "whom":
            yield name, _named_before(prep) or child
        elif child.dep_ in ("pobj", "pcomp"):
            for conjunct in conjuncts(child):
                yield name, conjunct
        elif child.dep_ in ("prep", "conj") and child.pos_ == "ADP":
            yield from _objects_of(
                child, name if child.dep_ == "conj" else f"{name} {child.lower_}"
            )


def _named_before(prep: Word) -> Word | None:
    """ "the general, with *whom* he met": who stands right before the clause."""
    before = prep.i - 1
    if before > 0 and prep.doc[before].lower_ == ",":
        before -= 1
    named = prep.doc[before] if before >= 0 else prep
    return named if named.pos_ in NOUNS else None


def ancestors(token: Word) -> Iterator[tuple[Word, Word]]:
    """Pairs ``(node, head)`` from the token up to the root."""
    for _ in range(len(token.doc)):  # however the words hang together
        if token.head == token:
            return
        yield token, token.head
        token = token.head


def lemma_of(token: Word) -> str:
    """Lower-case lemma."""
    return token.lemma
