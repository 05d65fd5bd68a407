"""Who did what to whom, where and with what: arguments read from syntax by the roles of the trigger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from timeline.annotated import Paragraph
from timeline.mentions import syntax
from timeline.mentions.apposition import (
    is_apposed,
    is_second_party,
    person_called,
    stand_together,
)
from timeline.mentions.carriers import Filler, carried_parts, fill
from timeline.mentions.circumstances import find_circumstances, is_place, says_where
from timeline.mentions.frames import belongs
from timeline.mentions.phrases import noun_phrase
from timeline.mentions.scene import Scene
from timeline.mentions.triggers import DEALINGS, Candidate, possessors
from timeline.model import Argument, EventType, Role, Span
from timeline.ontology import Ontology
from timeline.words import Word

_OF_THE_OBJECT = frozenset({"subject", "object", "agent", "by", "of", "in", "from", "for"})
_BY = frozenset({"agent", "by"})
_COMITATIVE = frozenset({"alongside", "along with", "together with", "as well as"})
_MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
_VIOLENT = frozenset({EventType.ASSAULT, EventType.DISASTER})
_NO_PARTICIPANT = frozenset(
    [
        "this", "that", "these", "those", "there", "which", "what", "itself", "who", "whom",
        "more", "most", "less", "much", "nobody", "none", "nothing",
    ]
)  # fmt: skip


_UNTOLD = frozenset({"members", "others", "ones"})
"""Who says nothing without the words that say of what, or which."""


def find_arguments(candidate: Candidate, scene: Scene) -> tuple[Argument, ...]:
    """Arguments of one candidate: actors and recipients first, then places and instruments, each in text order."""
    fillers = list(_participants(candidate, scene))
    recipients = [filler.head for filler in fillers if filler.role is Role.RECIPIENT]
    fillers += find_circumstances(candidate, recipients, scene)
    seen: set[tuple[Role, int]] = set()
    found = []
    for filler in fillers:
        key = (filler.role, filler.head.i)
        if key not in seen and not scene.tells_time(candidate.paragraph, filler.head):
            seen.add(key)
            found.append(_argument(candidate.paragraph, filler, scene))
    return tuple(_without_double_parts(found))


def _without_double_parts(found: list[Argument]) -> Iterator[Argument]:
    """One phrase plays one part: who acts is not also who suffers; a place may be what is attacked, too."""
    acting = {argument.head for argument in found if argument.role is Role.ACTOR}
    for argument in found:
        if argument.role is Role.ACTOR or argument.head not in acting:
            yield argument


def _argument(paragraph: Paragraph, filler: Filler, scene: Scene) -> Argument:
    first, last = noun_phrase(filler.head)
    while first.i < filler.head.i and first.dep_ != "poss" and scene.tells_time(paragraph, first):
        first = (
            first.nbor()
        )  # "On Tuesday gunmen looted": parsers join such a date to the noun beside it
    start, end = paragraph.span(first)[0], paragraph.span(last)[1]
    text = paragraph.text[start - paragraph.start : end - paragraph.start]
    return Argument(
        role=filler.role, start=start, end=end, text=text, head=paragraph.span(filler.head)
    )


def _participants(candidate: Candidate, scene: Scene) -> Iterator[Filler]:
    found = [named for filler in _told_participants(candidate, scene) for named in _named(filler)]
    if candidate.trigger.event_type is EventType.DISASTER and candidate.is_verb:
        found = list(_stricken(found, scene.ontology))
    yield from found
    if candidate.is_verb and not any(filler.role is not Role.ACTOR for filler in found):
        yield from _themes(candidate, {filler.head.i for filler in found}, scene)


def _named(filler: Filler) -> Iterator[Filler]:
    """ "an attorney, Alex Spiro", "three countries, Mali, Chad and Niger": the names say who it is."""
    head = filler.head
    person = person_called(head)
    if person is not None:
        yield Filler(filler.role, person)
        return
    names = [
        name
        for apposed in syntax.children(head, "appos")
        if apposed.i > head.i and stand_together(head, apposed)
        for name in syntax.conjuncts(apposed)
        if name.pos_ == "PROPN" and name.ent_type_ in syntax.ACTING_LABELS
    ]
    # One name is no "children", several are no "group".
    agreed = (len(names) > 1) == (head.tag_ == "NNS")
    if head.pos_ != "NOUN" or head.ent_type_ or not names or not agreed:
        yield filler
    else:
        yield from (Filler(filler.role, name) for name in names)


def _stricken(found: Collection[Filler], ontology: Ontology) -> Iterator[Filler]:
    """ "A helicopter went down", "a girl fell ill": nobody did it, it is what they suffered."""
    acts_on = any(filler.role is Role.RECIPIENT for filler in found)
    for filler in found:
        suffers = not acts_on and not belongs("@disaster", filler.head, ontology)
        acted = filler.role is Role.ACTOR and suffers
        yield Filler(Role.RECIPIENT, filler.head) if acted else filler


def _themes(candidate: Candidate, acting: Collection[int], scene: Scene) -> Iterator[Filler]:
    """What a verb is done to that the ontology gives no part, unless it only completes the verb ("declared *war*")."""
    heads = list(candidate.objects)
    if candidate.trigger.event_type is EventType.REQUEST:
        heads += [obj for prep, obj in syntax.prep_objects(candidate.token) if prep == "for"]
    for head in heads:
        if syntax.lemma_of(head) in candidate.trigger.headline.split():
            continue  # "claimed *responsibility*": its headline has it already
        theme = Filler(Role.RECIPIENT, head)
        tells = scene.ontology.candidates("noun", syntax.lemma_of(head))
        wields = belongs("@weapon", head, scene.ontology)
        if not (tells or wields or head.i in acting) and _can_take_part(theme, scene.ontology):
            yield theme


def _told_participants(candidate: Candidate, scene: Scene) -> Iterator[Filler]:
    told = list(_verb_parts(candidate) if not candidate.is_noun else _noun_parts(candidate, scene))
    told += _parts_of_subject(candidate, scene)
    if candidate.is_verb and not any(filler.role is Role.ACTOR for filler in told):
        for harm in harm_of(candidate, scene):
            if not _parties(
                harm.token
            ):  # "killed in clashes between …": by which of them, nobody says
                yield from _actors_behind(harm, scene)
    for filler in (_striking(filler, candidate, scene) for filler in told):
        event = scene.event_at(candidate.paragraph, filler.head)
        if event is not None and event is not candidate:
            # "the strike killed …": who struck is who killed.
            if filler.role is Role.ACTOR and event.trigger.event_type is EventType.ASSAULT:
                behind = list(_actors_behind(event, scene))
                yield from behind or ([filler] if event.is_noun else [])
            elif not event.is_verb:
                yield filler
        elif filler.role is Role.ACTOR and belongs("@weapon", filler.head, scene.ontology):
            yield from _wielders(filler.head)
        elif _can_take_part(filler, scene.ontology):
            yield filler


def _striking(filler: Filler, candidate: Candidate, scene: Scene) -> Filler:
    """ "The bombings at two embassies, which have killed 250": the bombings did, and not the embassies."""
    clause = syntax.first_conjunct(candidate.token)
    if (
        filler.role is not Role.ACTOR
        or candidate.trigger.casualty is None
        or clause.dep_ != "relcl"
        or clause.head != filler.head
    ):
        return filler
    pronouns = [
        child for child in syntax.children(clause, "nsubj") if child.lower_ in ("which", "that")
    ]
    if not pronouns:
        return filler
    near = [*filler.head.doc[filler.head.i + 1 : pronouns[0].i]][::-1]
    for word in (*near, *_phrase_above(filler.head)):
        event = scene.event_at(candidate.paragraph, word)
        if event is not None and event.is_noun and event.trigger.event_type in _VIOLENT:
            return Filler(Role.ACTOR, word)
    return filler


def _phrase_above(noun: Word) -> Iterator[Word]:
    """The nouns that it completes: "bombing" of "the bombing of a clinic"; who stands after "by" completes none."""
    while noun.dep_ in ("pobj", "conj", "appos", "compound") and noun.head.lower_ != "by":
        noun = noun.head
        yield noun
        if noun.pos_ == "ADP":
            prep, noun = noun, noun.head
            # "assessed the bombings at two embassies, which …": parsers hang the place on the verb as often.
            yield from (child for child in syntax.children(noun, "dobj") if child.i < prep.i)
            yield noun


def _parts_of_subject(candidate: Candidate, scene: Scene) -> Iterator[Filler]:
    """ "Talks between A and B collapsed": what the verb's frame asks for says whose they were."""
    for event in dealings_of(candidate, scene):
        yield from _noun_parts(event, scene)


def dealings_of(verb: Candidate, scene: Scene) -> Iterator[Candidate]:
    """The talks or deals that a verb tells the fate of."""
    frame = verb.trigger
    if verb.is_verb and frame.subject and "subject" not in frame.roles:
        for subject in verb.subjects:
            event = scene.event_at(verb.paragraph, subject)
            if event is not None and event.is_noun and event.trigger.event_type in DEALINGS:
                yield event


def _wielders(weapon: Word) -> Iterator[Filler]:
    """ "U.S. cruise missiles struck a camp": the state acts, the missiles are its means."""
    for modifier in syntax.children(weapon, "compound", "amod", "nmod", "poss"):
        if modifier.ent_type_ in syntax.ACTING_LABELS:
            yield Filler(Role.ACTOR, modifier)
    yield Filler(Role.INSTRUMENT, weapon)


def _actors_behind(event: Candidate, scene: Scene) -> Iterator[Filler]:
    parts = _verb_parts(event) if not event.is_noun else _noun_parts(event, scene)
    for filler in parts:
        acts = filler.role is Role.ACTOR and _can_take_part(filler, scene.ontology)
        if acts and not scene.event_at(event.paragraph, filler.head):
            yield filler


def harm_of(candidate: Candidate, scene: Scene) -> Iterator[Candidate]:
    """ "killed in the strike": the event that did it."""
    if candidate.trigger.casualty is None:
        return
    for prep, obj in syntax.prep_objects(candidate.token):
        event = scene.event_at(candidate.paragraph, obj)
        if prep in ("in", "by", "during") and event is not None and not event.is_verb:
            yield event


def _can_take_part(filler: Filler, ontology: Ontology) -> bool:
    head = filler.head
    if head.pos_ == "PROPN" and belongs("@disaster", head, ontology):
        return False  # "Earthquake kills hundreds": a headline's capital makes nobody of it
    if is_apposed(head) or (head.lower_ in _UNTOLD and not head.children):
        return False
    if head.lower_ in _NO_PARTICIPANT or head.pos_ in ("VERB", "AUX", "ADP", "ADV", "PUNCT"):
        return head.pos_ == "ADV" and bool(head.ent_type_)
    if head.pos_ == "ADJ" and not syntax.children(head, "det"):
        return head.ent_type_ in syntax.ACTING_LABELS or head.tag_ == "CD"
    return True


def _parties(token: Word) -> list[Word]:
    """ "Fighting between the army and the rebels entered a fourth day": both, also where the parser makes the second
    the subject of what follows."""
    if token.tag_ != "VBG" and token.pos_ not in ("NOUN", "PROPN"):
        return []
    found = [obj for prep, obj in syntax.prep_objects(token) if prep == "between"]
    joining = syntax.children(found[0], "cc") if len(found) == 1 else []
    after = [
        child
        for child in (syntax.children(token.head, "nsubj") if joining else [])
        if child.left_edge.i == joining[0].i + 1
    ]
    return [*found, *after]


def _verb_parts(candidate: Candidate) -> Iterator[Filler]:
    roles = candidate.trigger.roles
    parties = _parties(candidate.token)
    if parties:
        yield from fill(parties, Role.ACTOR)
        return
    subjects = [head for head in candidate.subjects if not is_second_party(head)]
    yield from fill(subjects, roles.get("subject"))
    yield from fill(candidate.objects, roles.get("object"))
    if not syntax.is_passive(candidate.token):
        # "stopped a march by students": nobody but a passive verb's subject suffers by somebody.
        roles = {position: role for position, role in roles.items() if position not in _BY}
    yield from _prepositional_parts(candidate.token, roles)
    yield from _companions(candidate)
    for dative in syntax.children(candidate.token, "dative"):
        if dative.pos_ != "ADP":
            yield Filler(Role.RECIPIENT, dative)
    for head in candidate.objects:
        # "fired missiles at a base", "sent food to Malawi": parsers hang the aim on the object as often as on the verb.
        yield from _prepositional_parts(
            head, {p: r for p, r in roles.items() if p not in _OF_THE_OBJECT}
        )


def _companions(candidate: Candidate) -> Iterator[Filler]:
    """ "killed alongside his driver": they share the part of the grammatical subject."""
    passive = syntax.is_passive(candidate.token)
    role = candidate.trigger.roles.get("object" if passive else "subject")
    found = [obj for prep, obj in syntax.prep_objects(candidate.token) if prep in _COMITATIVE]
    yield from fill(found, role)


def _prepositional_parts(token: Word, roles: Mapping[str, Role]) -> Iterator[Filler]:
    for prep, obj in syntax.prep_objects(token):
        role = roles.get("agent" if prep == "by" and "by" not in roles else prep)
        if role is not None and role is not Role.LOCATION:
            yield Filler(role, obj)


def _noun_parts(candidate: Candidate, scene: Scene) -> Iterator[Filler]:
    token, roles = candidate.token, candidate.trigger.roles
    own = list(_prepositional_parts(token, {"agent": Role.ACTOR, **roles}))
    if roles.get("between"):
        own += fill(_parties(token), roles["between"])
    victim = candidate.trigger.casualty and not any(f.role is Role.RECIPIENT for f in own)
    for possessor in possessors(token):
        if victim and token.lower_.startswith("death") and is_place(possessor, scene.ontology):
            continue  # "the state's first death": where, not who
        # "the general's killing" has a victim; "Israel's killing of the general" has a killer, too.
        suffers = victim and _is_somebody(possessor, scene.ontology)
        does = roles.get("poss") is Role.RECIPIENT and not victim and bool(own)
        part = Role.RECIPIENT if suffers else Role.ACTOR if does else roles.get("poss")
        own += fill([possessor], part)
    for modifier in syntax.children(token, "compound", "amod", "nmod"):
        if modifier.ent_type_ in syntax.ACTING_LABELS and modifier.ent_type_ != "PERSON":
            role = roles.get("compound")
            doing = role is Role.ACTOR and candidate.trigger.event_type not in _MUTUAL
            if not (doing and says_where(modifier, own)):
                own += fill([modifier], role)
        elif (leader := _leading(modifier)) is not None:
            own.append(Filler(Role.ACTOR, leader))
        elif modifier.dep_ == "compound" and belongs("@weapon", modifier, scene.ontology):
            own.append(Filler(Role.INSTRUMENT, modifier))
    yield from own
    carried = list(carried_parts(token, scene.ontology))
    # Whoever "declared an outbreak" has not broken out.
    befalls = candidate.trigger.event_type is EventType.DISASTER
    for role in (Role.RECIPIENT,) if befalls else (Role.ACTOR, Role.RECIPIENT):
        if not any(filler.role is role for filler in own):
            yield from (filler for filler in carried if filler.role is role)


def _leading(modifier: Word) -> Word | None:
    """ "the US-led invasion", "the army-organised vote"."""
    if modifier.lower_ not in _LED or modifier.i < 2 or modifier.nbor(-1).text not in ("-", "‑"):
        return None
    leader = modifier.nbor(-2)
    return leader if leader.ent_type_ in syntax.ACTING_LABELS else None


_LED = frozenset({"led", "organised", "organized", "orchestrated", "run", "executed"})


def _is_somebody(token: Word, ontology: Ontology) -> bool:
    """A person, by name or by description."""
    if token.ent_type_:
        return token.ent_type_ == "PERSON"
    return token.tag_ == "PRP$" or any(
        belongs(name, token, ontology) for name in ("@person", "@official", "@fighter", "@crowd")
    )


def span_of(candidate: Candidate) -> Span:
    """Document offsets of the trigger."""
    first, last = candidate.extent()
    return candidate.paragraph.span(first)[0], candidate.paragraph.span(last)[1]
