"""Where it happened and with what."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from timeline.mentions import syntax
from timeline.mentions.carriers import Filler
from timeline.mentions.frames import belongs
from timeline.mentions.scene import Scene
from timeline.mentions.triggers import Candidate, possessors
from timeline.model import Role
from timeline.ontology import Ontology
from timeline.words import Word

_PLACE_PREPOSITIONS = frozenset(
    [
        "in", "at", "near", "outside", "inside", "across", "around", "along", "throughout",
        "off", "on", "over", "within", "through", "between",
    ]
)  # fmt: skip


def find_circumstances(
    candidate: Candidate, recipients: list[Word], scene: Scene
) -> Iterator[Filler]:
    """Places and instruments, looked for below the trigger, what it is done to, and the verb that carries it."""
    carriers = [candidate.token, *recipients]
    carrier = syntax.first_conjunct(candidate.token)
    if (candidate.is_noun and carrier.dep_ in ("dobj", "nsubj", "nsubjpass")) or (
        carrier.dep_ in ("acl", "relcl") and scene.event_at(candidate.paragraph, carrier.head)
    ):
        carriers.append(carrier.head)
    for carrier in carriers:
        for prep, obj in syntax.prep_objects(carrier):
            yield from _places(prep, obj, scene.ontology)
            if prep in ("with", "using", "by") and belongs("@weapon", obj, scene.ontology):
                yield Filler(Role.INSTRUMENT, obj)
    for recipient in recipients:
        if recipient.ent_type_ in syntax.PLACE_LABELS and recipient.pos_ == "PROPN":
            yield Filler(Role.LOCATION, recipient)


def _places(prep: str, obj: Word, ontology: Ontology) -> Iterator[Filler]:
    """The place itself, and the place that it is in ("at a base in Kirkuk")."""
    if prep.rsplit(maxsplit=1)[-1] not in _PLACE_PREPOSITIONS:
        return
    if obj.ent_type_ in syntax.PLACE_LABELS or belongs("@place", obj, ontology):
        yield Filler(Role.LOCATION, obj)
        for inner_prep, inner in syntax.prep_objects(obj):
            yield from _places("in" if inner_prep == "of" else inner_prep, inner, ontology)
        for possessor in possessors(obj):
            if possessor.ent_type_ in syntax.PLACE_LABELS:
                yield Filler(Role.LOCATION, possessor)


def is_place(token: Word, ontology: Ontology) -> bool:
    return token.ent_type_ in syntax.PLACE_LABELS or belongs("@place", token, ontology)


def says_where(modifier: Word, own: Collection[Filler]) -> bool:
    """ "The Kenya embassy bombing", "the Atlanta attacks": the name of a place before the noun, other than short for a
    state ("US strikes"), says where as often as who, unless the noun has an aim ("an Israel strike on Gaza")."""
    short = modifier.text.isupper() or "." in modifier.text
    named = modifier.ent_type_ in syntax.PLACE_LABELS and modifier.tag_ in ("NNP", "NNPS")
    return named and not short and not any(filler.role is Role.RECIPIENT for filler in own)
