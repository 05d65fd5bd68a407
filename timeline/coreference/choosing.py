"""Chooses whom a pronoun or description stands for among those mentioned before, or nobody."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.coreference.bodies import THINGS, find_body
from timeline.coreference.discourse import (
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    SEVERAL,
    UNRESOLVED,
    WINDOW,
    Candidate,
    Discourse,
)
from timeline.model import ActorKind, Name
from timeline.words import Word

_PLURAL_WINDOW = 2
"""Sentences that "they" may look back, its own included."""
_FADE = 0.55
"""What is left of a candidate's weight a sentence later."""
_CLEAR = 1.25
"""How many times heavier than the next the chosen one must be."""
_SUBJECT_BONUS = 1.6
"""For the subject of the clause that a pronoun is in or below: "Khazali, a member of Amiri's coalition, ordered his forces"."""
_SUBJECTS = ("nsubj", "nsubjpass")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "agent", "pobj")
_SPEAKING = frozenset(
    {"say", "tell", "add", "write", "warn", "ask", "argue", "note", "tweet", "state", "agree"}
)
_HARMING = frozenset(
    {"shoot", "stab", "kill", "wound", "attack", "beat", "hit", "strike", "poison", "murder"}
)
_DYING = frozenset({"die", "bleed", "succumb", "collapse"})
_LEADS = frozenset(
    {"chief", "head", "leader", "boss", "director", "commander", "president", "chairman", "founder"}
)
_FIGHTERS = frozenset(
    [
        "paramilitaries", "rebels", "militants", "insurgents", "militiamen", "guerrillas",
        "jihadists", "extremists", "separatists", "paramilitary",
    ]
)  # fmt: skip
_HELD = frozenset(
    [
        "charge", "arrest", "detain", "prosecute", "try", "sentence", "jail", "extradite",
        "deport", "question", "convict", "indict", "remand", "imprison", "interrogate",
    ]
)  # fmt: skip
_AUTHORITIES = frozenset(
    ["prosecutor", "police", "official", "authority", "court", "judge", "investigator", "officer"]
)
"""Who does those things to others, and says so."""
_GROUP_NOUNS = {
    "group": (ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.PARTY, ActorKind.MOVEMENT),
    "organization": (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP),
    "organisation": (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP),
    "agency": (ActorKind.ORGANISATION, ActorKind.GOVERNMENT),
    "militia": (ActorKind.ARMED_GROUP,),
    "insurgency": (ActorKind.ARMED_GROUP,),
    "movement": (ActorKind.MOVEMENT, ActorKind.ARMED_GROUP),
    "party": (ActorKind.PARTY,),
    "bloc": (ActorKind.PARTY, ActorKind.ORGANISATION),
    "alliance": (ActorKind.ORGANISATION, ActorKind.PARTY),
    "company": (ActorKind.ORGANISATION,),
    "firm": (ActorKind.ORGANISATION,),
    "bank": (ActorKind.ORGANISATION,),
    "airline": (ActorKind.ORGANISATION,),
    "union": (ActorKind.ORGANISATION,),
}


def find_antecedent(token: Word, discourse: Discourse) -> Candidate | None:
    """Whom a word stands for: None for words that stand for themselves, and where it is not clear."""
    if token.i in discourse.heads:
        return None
    word = token.lower_
    if word in GENDER_OF_PRONOUN:
        return _of_person(token, discourse)
    if word in PLURAL_PRONOUNS:
        return _of_people(token, discourse)
    if word in THINGS:
        return find_body(token, discourse)
    if word in _FIGHTERS and _is_definite(token):
        return _only_armed_group(discourse)
    nominal = token.tag_ in ("NN", "NNP") or (token.tag_ == "JJ" and token.dep_ in _ARGUMENTS)
    return _of_description(token, discourse) if nominal and _is_definite(token) else None


def _only_armed_group(discourse: Discourse) -> Candidate | None:
    """ "the paramilitaries", "the rebels": the one armed group of the article, told of lately."""
    named = [c for c in discourse.candidates if c.kind is ActorKind.ARMED_GROUP and c.named]
    lately = {c.key for c in discourse.recent() if c.named and c.kind in _GROUP_NOUNS["group"]}
    if len({c.key for c in named}) != 1 or len(lately) > 1:
        return None
    return named[-1] if discourse.sentence - named[-1].sentence < WINDOW else None


def _of_person(token: Word, discourse: Discourse) -> Candidate | None:
    fitting = [
        candidate
        for candidate in discourse.recent()
        if candidate.kind is ActorKind.PERSON
        and _agrees(token, candidate, discourse)
        and _is_heard(token, candidate, discourse)
        and not _bound(token, candidate)
        and not _outlives(token, candidate)
    ]
    return _heaviest(fitting, discourse.sentence, token)


def _outlives(token: Word, candidate: Candidate) -> bool:
    """ "Marten shot Holm. He died": not the one who shot."""
    harms = candidate.token.dep_ == "nsubj" and candidate.token.head.lemma_ in _HARMING
    return harms and token.dep_ in _SUBJECTS and token.head.lemma_ in _DYING


def _agrees(token: Word, candidate: Candidate, discourse: Discourse) -> bool:
    known = discourse.genders.get(candidate.key, candidate.gender)
    return known in ("", GENDER_OF_PRONOUN[token.lower_])


def _is_heard(token: Word, candidate: Candidate, discourse: Discourse) -> bool:
    """Whether quotation marks let the one refer to the other."""
    quoted = discourse.quotation[token.i]
    if quoted and not candidate.quoted:
        # In a quotation, "he" is not the one who speaks, and seldom one of long before it.
        return not _speaks(candidate.token) and discourse.sentence - candidate.sentence <= 1
    # "…, he said" takes up those outside the quotation.
    return quoted or not candidate.quoted or not _speaks(token)


def _speaks(token: Word) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in _SPEAKING


def _of_people(token: Word, discourse: Discourse) -> Candidate | None:
    recent = discourse.recent()
    here = {
        c.key for c in recent if c.sentence == discourse.sentence and c.kind is ActorKind.PERSON
    }
    if len(here - {UNRESOLVED}) > 1:
        return None  # "they" may be the persons just named.
    fitting = [
        candidate
        for candidate in recent
        if candidate.plural
        and discourse.sentence - candidate.sentence < _PLURAL_WINDOW
        and candidate.quoted == discourse.quotation[token.i]
        and not _bound(token, candidate)
        and not _is_authority_over(candidate, token)
    ]
    return _heaviest(fitting, discourse.sentence, token)


def _is_authority_over(candidate: Candidate, token: Word) -> bool:
    """ "Prosecutors said they would be charged": not the prosecutors."""
    held = token.dep_ == "nsubjpass" and token.head.lemma_ in _HELD
    return held and candidate.token.lemma_.lower() in _AUTHORITIES


def _bound(token: Word, candidate: Candidate) -> bool:
    """Whether grammar forbids it: "Trump met him" is not about Trump meeting himself."""
    if token.doc is not candidate.token.doc or token.lower_.endswith(("self", "selves")):
        return False
    if token.dep_ == "poss":
        return False
    if token.dep_ in _SUBJECTS:
        return token.head == candidate.token.head
    return candidate.token.dep_ in _SUBJECTS and candidate.token.head in _own_verbs(token)


def _own_verbs(token: Word) -> list[Word]:
    """The verbs whose subject cannot be an object pronoun's antecedent: those of its own clause."""
    head = token.head
    while head.dep_ in ("prep", "pobj", "dobj", "agent", "dative") and head.head.i != head.i:
        head = head.head
    verbs = [head]
    while verbs[-1].dep_ == "xcomp":
        verbs.append(verbs[-1].head)
    return verbs


def _heaviest(
    candidates: Iterable[Candidate], sentence: int, pronoun: Word | None = None
) -> Candidate | None:
    """The one who outweighs all others clearly, as last mentioned; None in a tie or for nobody known."""
    weights: dict[str, float] = {}
    latest: dict[str, Candidate] = {}
    for candidate in candidates:
        weight = candidate.weight * _FADE ** (sentence - candidate.sentence)
        if pronoun is not None and (
            _governs(candidate.token, pronoun) or _is_named_beside(candidate, pronoun, sentence)
        ):
            weight *= _SUBJECT_BONUS
        weights[candidate.key] = weights.get(candidate.key, 0.0) + weight
        latest.setdefault(candidate.key, candidate)
    ranked = sorted(weights, key=lambda key: (-weights[key], key))
    if not ranked or ranked[0] in (UNRESOLVED, SEVERAL):
        return None
    if len(ranked) > 1 and weights[ranked[0]] < _CLEAR * weights[ranked[1]]:
        return None
    return latest[ranked[0]]


def _is_named_beside(candidate: Candidate, pronoun: Word, sentence: int) -> bool:
    """ "In a debate with Vega, Lund attacked him": an object takes up who was named earlier in its sentence."""
    return candidate.named and candidate.sentence == sentence and pronoun.dep_ in ("dobj", "pobj")


def _governs(subject: Word, pronoun: Word) -> bool:
    """Whether a word is the subject of the clause that the pronoun is in or below."""
    if subject.doc is not pronoun.doc or subject.dep_ not in _SUBJECTS:
        return False
    return any(above == subject.head for above in pronoun.ancestors)


def _is_definite(token: Word) -> bool:
    """ "the cleric", "the Pentagon chief": a definite noun that nothing after it specifies."""
    following = token.doc[token.i + 1 : token.i + 3]
    if following and (
        following[0].ent_type_ or (following[0].text == "," and following[-1].ent_type_)
    ):
        return False  # "the prime minister, Adel Abdul Mahdi" says itself who it is.
    specified = any(
        (child.dep_ == "prep" and child.lower_ == "of") or child.dep_ in ("relcl", "acl", "appos")
        for child in token.children
        if child.i > token.i
    )
    return not specified and any(
        child.dep_ == "det" and child.lower_ in ("the", "this", "that") for child in token.children
    )


def _of_description(token: Word, discourse: Discourse) -> Candidate | None:
    heads = discourse.heads
    named = [heads[child.i] for child in token.children if child.i in heads and child.i < token.i]
    if named:
        return _leader(named[0], discourse) if token.lower_ in _LEADS else None
    kinds = _GROUP_NOUNS.get(token.lower_)
    if kinds is not None:
        fitting = [c for c in discourse.recent() if c.kind in kinds and c.named]
        return _heaviest(fitting, discourse.sentence)
    return _holder(token, discourse)


def _leader(organisation: Name, discourse: Discourse) -> Candidate | None:
    """ "the Pentagon chief": the one person of the article who is known to belong there."""
    body = discourse.gazetteer.actor(organisation.text)
    found: dict[str, Candidate] = {}
    for candidate in discourse.candidates:
        if body is not None and candidate.kind is ActorKind.PERSON:
            actors = discourse.gazetteer.candidates(candidate.key)
            if len(actors) == 1 and actors[0].member_of[:1] == (body.actor_id,):
                found[candidate.key] = candidate
    return next(iter(found.values())) if len(found) == 1 else None


def _holder(token: Word, discourse: Discourse) -> Candidate | None:
    """Who was called so before: the only one, or the only one lately."""
    if any(child.dep_ == "amod" and child.ent_type_ == "NORP" for child in token.children):
        return None  # "the Iraqi president": whose he is has a say, which actors look after.
    roles = discourse.titles_ending(token.i + 1) or [token.lower_]
    holders = discourse.roles.get(discourse.role_key(roles[0]), {})
    if len(holders) == 1:
        return next(iter(holders.values()))
    lately = [
        candidate
        for candidate in discourse.recent()
        if candidate.key in holders and candidate.kind is ActorKind.PERSON
    ]
    one = len({candidate.key for candidate in lately}) == 1
    if lately and discourse.sentence - lately[0].sentence > 1:
        return None  # Of several presidents, the last one named is no longer who is meant.
    return _heaviest(lately, discourse.sentence) if one else None
