"""Remembers who is mentioned, how prominently, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.coreference.discourse import (
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    SEVERAL,
    UNRESOLVED,
    Candidate,
    Discourse,
)
from timeline.gazetteer import Gazetteer
from timeline.model import ActorKind, Name
from timeline.words import Word

_WEIGHTS = {
    "nsubj": 1.0,
    "nsubjpass": 0.95,
    "dobj": 0.6,
    "attr": 0.6,
    "appos": 0.6,
    "agent": 0.6,
    "poss": 0.5,
}
_OTHER_WEIGHT = 0.45
_SUBORDINATE = 0.85
"""What the subject of a subordinate clause weighs against that of a main one."""
_UNNAMED = 0.8
"""What an unnamed person weighs against a named one."""
_THING = 0.6
"""What a plural noun for things weighs against one for people."""
_COUNTS = frozenset(
    [
        "hundreds", "thousands", "dozens", "scores", "tens", "millions", "crowds", "groups",
        "mob", "crowd", "group", "gang", "band", "handful", "throng",
    ]
)  # fmt: skip
_PLURAL_KINDS = frozenset({ActorKind.PEOPLE, ActorKind.ARMED_GROUP, ActorKind.GOVERNMENT})


def note(token: Word, discourse: Discourse) -> None:
    """Remember a name or description for what comes after it."""
    name = discourse.heads.get(token.i)
    if name is not None:
        _note_name(token, name, discourse)
    elif _is_someone(token, discourse):
        _note_description(token, ActorKind.PERSON, token.lower_, _UNNAMED, discourse)
    elif _is_plural(token, discourse.gazetteer):
        # Plural things are candidates too: "they" may be the talks, and is then nobody.
        known = discourse.gazetteer.description(token.text) or discourse.gazetteer.body(token.text)
        if known is not None:
            _note_description(token, known.kind, token.lower_, 1.0, discourse)
        else:
            _note_description(token, ActorKind.OTHER, UNRESOLVED, _THING, discourse)


def note_again(token: Word, found: Candidate, discourse: Discourse) -> None:
    """A resolved pronoun keeps who it stands for in mind, and tells the gender."""
    discourse.candidates.append(
        Candidate(
            key=found.key,
            span=found.span,
            sentence=discourse.sentence,
            weight=_weight(token),
            kind=found.kind,
            gender=found.gender,
            plural=found.plural,
            token=token,
            quoted=discourse.quotation[token.i],
            named=found.named,
        )
    )
    gender = GENDER_OF_PRONOUN.get(token.lower_)
    if gender and found.kind is ActorKind.PERSON:
        discourse.genders.setdefault(found.key, gender)


def note_unresolved(token: Word, discourse: Discourse) -> None:
    """A pronoun that stands for nobody known may be taken up by the next one."""
    plural = token.lower_ in PLURAL_PRONOUNS
    if plural or token.lower_ in GENDER_OF_PRONOUN:
        discourse.candidates.append(
            Candidate(
                key=UNRESOLVED,
                span=(0, 0),
                sentence=discourse.sentence,
                weight=_weight(token),
                kind=ActorKind.OTHER if plural else ActorKind.PERSON,
                gender=GENDER_OF_PRONOUN.get(token.lower_, ""),
                plural=plural,
                token=token,
                quoted=discourse.quotation[token.i],
            )
        )


def _note_name(token: Word, name: Name, discourse: Discourse) -> None:
    kind = _kind(name, discourse.gazetteer)
    if kind is None:
        return
    key = discourse.key_of(name)
    gender = discourse.genders.get(key) or discourse.gazetteer.gender_of_name(name.text)
    if gender:
        discourse.genders[key] = gender
    candidate = Candidate(
        key=key,
        span=(name.start, name.end),
        sentence=discourse.sentence,
        weight=_weight(token),
        kind=kind,
        gender=gender,
        plural=kind in _PLURAL_KINDS,
        token=token,
        quoted=discourse.quotation[token.i],
        named=True,
    )
    # Two joined are "they", and neither is singled out by it.
    if any(child.dep_ == "conj" and child.ent_type_ for child in token.children):
        _note_description(token, ActorKind.PEOPLE, SEVERAL, 1.0, discourse)
    discourse.candidates.append(candidate)
    if kind is ActorKind.PERSON:
        _note_roles(token, name, candidate, discourse)


def _note_description(
    token: Word, kind: ActorKind, key: str, share: float, discourse: Discourse
) -> None:
    start = discourse.paragraph.span(_first_modifier(token))[0]
    discourse.candidates.append(
        Candidate(
            key=key,
            span=(start, discourse.paragraph.span(token)[1]),
            sentence=discourse.sentence,
            weight=_weight(token) * share,
            kind=kind,
            plural=kind is not ActorKind.PERSON,
            token=token,
            quoted=discourse.quotation[token.i],
        )
    )


def _first_modifier(token: Word) -> Word:
    left = [child for child in token.lefts if child.dep_ in ("amod", "compound", "poss", "nmod")]
    return left[0].doc[left[0].left_edge.i] if left else token


def _is_plural(token: Word, gazetteer: Gazetteer) -> bool:
    """A plural noun; one that only counts others ("hundreds of refugees") leaves the place to them."""
    counts = token.lower_ in _COUNTS and any(child.lower_ == "of" for child in token.children)
    if token.ent_type_ or counts:
        return False
    if token.tag_ == "NNS":
        return True
    # At the start of a sentence a noun is easily taken for a name.
    opening = token.tag_ in ("NNP", "NNPS") and bool(token.is_sent_start)
    return (
        opening
        and token.lower_.endswith(("s", "men"))
        and gazetteer.description(token.text) is not None
    )


def _is_someone(token: Word, discourse: Discourse) -> bool:
    """An unnamed person: "a gunman", "every politician"; not the title or apposition of a named one."""
    modifies = token.dep_ in ("compound", "appos", "attr", "nmod", "amod")
    if token.tag_ != "NN" or token.ent_type_ or modifies:
        return False
    if any(child.dep_ == "appos" for child in token.children):
        return False
    following = token.doc[token.i + 1 : token.i + 2]
    if following and following[0].ent_type_:
        return False
    title = discourse.gazetteer.title(token.text)
    return title is not None and title.kind in ("calling", "office", "rank")


def _kind(name: Name, gazetteer: Gazetteer) -> ActorKind | None:
    """What a name is of; None for places and adjectives, which no pronoun for people takes up."""
    if name.label == "PERSON":
        return ActorKind.PERSON
    if name.label == "EVENT":
        return None
    if name.label == "NORP":
        return None if gazetteer.is_adjective(name.text) else ActorKind.PEOPLE
    actors = gazetteer.candidates(name.text)
    if actors:
        return actors[0].kind
    return ActorKind.ORGANISATION if name.label == "ORG" else None


def _weight(token: Word) -> float:
    """How prominent a mention is by its grammatical role."""
    head = token
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _COUNTS:
        head = head.head.head
    while head.dep_ in ("compound", "flat", "conj") and head.head.i != head.i:
        head = head.head
    if head.dep_ == "ROOT" and head.lower_ in _COUNTS:
        return _WEIGHTS["nsubj"]  # The parser sees no verb, and makes its subject the root.
    weight = _WEIGHTS.get(head.dep_, _OTHER_WEIGHT)
    main = head.head.dep_ in ("ROOT", "ccomp", "parataxis", "conj")
    return weight if main or head.dep_ not in ("nsubj", "nsubjpass") else weight * _SUBORDINATE


def _note_roles(token: Word, name: Name, candidate: Candidate, discourse: Discourse) -> None:
    """What the article calls a person: by title before the name, apposition, or "X is a cleric"."""
    offset = discourse.paragraph.start
    first = discourse.paragraph.doc.char_span(
        name.start - offset, name.end - offset, alignment_mode="expand"
    )
    roles = discourse.titles_ending(first.start) if first else []
    roles += _titles_within(name, discourse.gazetteer)
    for noun in _predicates(token):
        roles += discourse.titles_ending(noun.i + 1) or [noun.lower_]
    for role in roles:
        title = discourse.gazetteer.title(role)
        if title is not None and title.gender:
            discourse.genders.setdefault(candidate.key, title.gender)
        discourse.roles.setdefault(discourse.role_key(role), {})[candidate.key] = candidate


def _titles_within(name: Name, gazetteer: Gazetteer) -> list[str]:
    """The title that is part of the name: "President Sarkozy"."""
    words = name.text.split()
    sizes = range(min(_LONGEST_TITLE, len(words) - 1), 0, -1)
    found = (" ".join(words[:size]) for size in sizes)
    return [title.lower() for title in found if gazetteer.is_title(title)][:1]


_LONGEST_TITLE = 3


def _predicates(token: Word) -> Iterator[Word]:
    """Nouns in apposition to a name or said of it."""
    for child in token.children:
        if child.dep_ == "appos" and child.tag_ in ("NN", "NNP"):
            yield child
    if token.dep_ == "appos" and token.head.tag_ == "NN":
        yield token.head
    if token.dep_ == "nsubj" and token.head.lemma_ in ("be", "become", "remain"):
        for child in token.head.children:
            if child.dep_ == "attr" and child.tag_ == "NN":
                yield child
