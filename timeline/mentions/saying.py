"""Who says so, when it is not the article: the subject of a reporting verb, or of an "according to"."""

from __future__ import annotations

from timeline.mentions import syntax
from timeline.mentions.carriers import claimants
from timeline.mentions.triggers import Candidate
from timeline.ontology import ModalityCues
from timeline.words import Word


def find_speaker(candidate: Candidate, cues: ModalityCues) -> Word | None:
    """Who says so: the subject of a reporting verb above the trigger, or of the "according to" beside it."""
    for node, head in syntax.ancestors(candidate.token):
        speakers = _subjects_of_saying(node, head, cues)
        if speakers:
            return speakers[0]
        inserted = _inserted_speaker(head, candidate.token, cues)
        if inserted is not None:
            return inserted
    claiming = claimants(candidate.token)
    if claiming:
        return claiming[0]
    return _inserted_speaker(candidate.token, candidate.token, cues)


def _subjects_of_saying(node: Word, head: Word, cues: ModalityCues) -> list[Word]:
    if syntax.lemma_of(head) not in cues.reporting or not syntax.is_verbal(head):
        return []
    if node.dep_ not in ("ccomp", "xcomp", "parataxis", "dep"):
        return []
    return syntax.agents(head) if syntax.is_passive(head) else syntax.surface_subjects(head)


def _inserted_speaker(token: Word, trigger: Word, cues: ModalityCues) -> Word | None:
    """ "…, officials said, …" and "according to the ministry"."""
    for child in token.children:
        if (
            child.dep_ in ("parataxis", "ccomp", "advcl")
            and syntax.lemma_of(child) in cues.reporting
        ):
            said = syntax.children(child, *syntax.SUBJECT)
            if (
                said
                and trigger not in child.subtree
                and not syntax.children(child, "ccomp", "dobj")
            ):
                return said[0]
    for prep, obj in syntax.prep_objects(token):
        if prep in ("according to", "according"):
            return obj
    return None
