"""Actors that are described, not named: "US troops", "the Iraqi parliament", "pro-Iran militias", "a gunman"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.actors.story import Referent, Story
from timeline.gazetteer import Body, Description, Gazetteer, slug_of
from timeline.model import Actor, ActorKind, Name, Span

_STANCE = re.compile(
    r"\b(?:(?P<side>pro|anti)[- ](?P<for>[A-Z][\w.]*)"
    r"|(?P<by>[A-Z][\w.]*)-(?:backed|supported|sponsored|allied|aligned|related|linked|leaning|funded|trained|armed))\b"
)
_WORD = re.compile(r"\w[\w.’'\-]*")
_OF = re.compile(r"\s+of\s+(?:the\s+|a\s+)?(?:[\w\-]+\s+){0,2}?(?=[A-Z])")
_COUNT_OF = re.compile(r"\s+of\s+")
_COUNTS = frozenset(
    [
        "hundreds", "thousands", "dozens", "scores", "tens", "total", "millions", "crowd",
        "crowds", "group", "groups", "number", "majority", "mob", "handful", "couple",
        "pair", "team", "band", "part", "most", "many", "some", "several", "two", "three",
        "four", "five", "six", "seven", "eight", "nine", "ten", "half", "one", "members",
        "member", "wave", "throng", "gang",
    ]
)  # fmt: skip
_NUMERALS = frozenset({"hundreds", "thousands", "dozens", "scores", "tens", "millions", "total"})
_ADMINISTRATION = re.compile(r"[A-Z]\w+\s+administration")
_NO_LONGER = frozenset({"former", "ex", "late", "would-be"})
_KNOWN = frozenset({"the", "these", "those", "that", "its", "his", "her", "their"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_ANYBODYS = frozenset({"armed-forces", "air-force", "navy", "delegation", "embassy", "judiciary"})
_WHOLE = frozenset({"army", "military", "armed forces", "navy", "air force"})
_DEPUTY = frozenset({"deputy", "vice", "assistant", "junior"})
_LONGEST_NOUN = 4
_ACTS_AS_ONE = frozenset(
    {
        ActorKind.ARMED_GROUP,
        ActorKind.ORGANISATION,
        ActorKind.PARTY,
        ActorKind.GOVERNMENT,
        ActorKind.MOVEMENT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Either a name's referent (its people act for it), or an actor made from the description."""

    referent: Referent | None = None
    actor: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noun:
    """The noun that names who acts, and what it can mean."""

    start: int
    text: str
    body: Body | None
    description: Description | None


@dataclass(slots=True)
class _Modifiers:
    """What stands with the noun."""

    stance: str = ""
    states: list[Actor] = field(default_factory=list)
    peoples: list[Actor] = field(default_factory=list)
    owner: Referent | None = None
    owner_known: bool = False
    owned: bool = False
    local: bool = False
    """Of a town or province: "Florida lawmakers" are no country's parliament."""
    pronoun: bool = False
    """"his forces": whose they are is told, though not by name."""
    new: bool = False
    """"three soldiers", "soldiers": not as if it were known which."""


def describe(story: Story, start: int, head: Span, end: int = 0) -> Described | None:
    """The actor that a common noun names; None if nobody acts there.

    Args:
        story: the document's names.
        start: where the noun's phrase begins.
        head: the noun.
        end: where the phrase ends, with what "of" adds to the noun.
    """
    end = max(end, head[1])
    measured = _measured(story, start, head, end)
    if measured is not None:
        return measured
    numeral = story.text[head[0] : head[1]].lower() in _NUMERALS
    if numeral and _COUNT_OF.match(story.text, head[1], end):
        return None  # "hundreds of homes"
    known = _known_phrase(story, start, head)
    if known is not None:
        return Described(actor=known)
    noun = _noun(story, start, head)
    if noun is None:
        return None
    before = _WORD.findall(story.text[start : noun.start])
    if any(word.lower() in _NO_LONGER for word in before):
        return None
    modifiers = _modifiers(story, start, noun, head[1], end)
    modifiers.states += _owner_by_pronoun(story, start, noun.start)
    modifiers.pronoun = any(word.lower() in _POSSESSIVES for word in before)
    modifiers.new = not any(word.lower() in _KNOWN for word in before)
    if _acts_for_owner(noun, modifiers):
        return Described(referent=modifiers.owner)
    return _of_states(
        story, noun, modifiers, deputy=any(word.lower() in _DEPUTY for word in before)
    )


def _owner_by_pronoun(story: Story, start: int, end: int) -> list[Actor]:
    """ "France withdrew its soldiers": the state that the possessive stands for."""
    for word in _WORD.finditer(story.text, start, end):
        owner = story.antecedent(word.span()) if word.group().lower() == "its" else None
        for name in story.names_in(*owner) if owner is not None else ():
            referent = story.referent(name)
            actor = story.gazetteer.actors.get(referent.actor_id) if referent else None
            if actor is not None and actor.kind is ActorKind.STATE:
                return [actor]
    return []


def _measured(story: Story, start: int, head: Span, end: int) -> Described | None:
    """ "hundreds of protesters", "a mob of militiamen": those who are counted, not the count."""
    counted = _COUNT_OF.match(story.text, head[1], end)
    if counted is None or story.text[head[0] : head[1]].lower() not in _COUNTS:
        return None
    for word in _WORD.finditer(story.text, counted.end(), end):
        if story.gazetteer.body(word.group()) or story.gazetteer.description(word.group()):
            return describe(story, counted.end(), word.span(), end)
    for name in story.names_in(counted.end(), end):
        if name.label == "NORP" and not story.gazetteer.is_adjective(name.text):
            return Described(referent=story.referent(name))
    return None


def _known_phrase(story: Story, start: int, head: Span) -> Actor | None:
    """A known actor whose name ends in a common noun: "the US-led coalition", "the Trump administration"."""
    words = list(_WORD.finditer(story.text, start, head[1]))
    for size in range(min(_LONGEST_NOUN, len(words)), 1, -1):
        phrase = story.text[words[-size].start() : head[1]]
        actor = story.gazetteer.actor(phrase) if phrase[0].isupper() else None
        if actor is not None and actor.kind is not ActorKind.PERSON:
            return actor
    return None


def _noun(story: Story, start: int, head: Span) -> _Noun | None:
    """The longest end of the phrase that is a noun for somebody."""
    words = list(_WORD.finditer(story.text, start, head[1]))
    for size in range(min(_LONGEST_NOUN, len(words)), 0, -1):
        begin = words[-size].start()
        text = story.text[begin : head[1]]
        body, description = story.gazetteer.body(text), story.gazetteer.description(text)
        if body is not None or description is not None:
            return _Noun(start=begin, text=text, body=body, description=description)
    return None


def _modifiers(story: Story, start: int, noun: _Noun, after: int, end: int) -> _Modifiers:
    found = _Modifiers()
    # An argument may begin late: "US | troops", where the parse took two words for two.
    adjacent = story.names_in(max(0, start - 2), start)
    if adjacent and adjacent[-1].end + 1 == start and adjacent[-1].label in ("LOC", "NORP"):
        start = adjacent[-1].start
    sided = _take_stance(story, start, noun.start, found)
    for name in story.names_in(start, noun.start):
        if not _inside(name, sided):
            _add_modifier(
                story, name, found, owned=story.text[name.end : name.end + 1] in ("'", "’")
            )
    if found.owner is None and _OF.match(story.text, after, end):
        _take_of(story, after, end, found)
    return found


def _take_of(story: Story, after: int, end: int, found: _Modifiers) -> None:
    """ "forces of Sudan"; where the state is told already, only whose they are: "Russian fighters of the Wagner Group"."""
    sided = _take_stance(story, after, end, _Modifiers())
    name = next((name for name in story.names_in(after, end) if not _inside(name, sided)), None)
    if name is None:
        return
    told = _Modifiers()
    _add_modifier(story, name, told, owned=False)
    if not found.states:
        found.states, found.peoples = told.states, found.peoples + told.peoples
        found.owner, found.owner_known = told.owner, told.owner_known
    elif told.owner_known:
        found.owner, found.owner_known = told.owner, True


def _take_stance(story: Story, start: int, end: int, found: _Modifiers) -> list[Span]:
    """Note "pro-Iran", "Iran-backed", "anti-US"; the spans in which names belong to that."""
    taken: list[Span] = []
    for match in _STANCE.finditer(story.text, start, end):
        sided = story.gazetteer.state_of(match["for"] or match["by"])
        found.stance = (
            f"{match['side'] or 'pro'}-{sided.name if sided else match['for'] or match['by']}"
        )
        taken.append(match.span())
    return taken


def _inside(name: Name, spans: Sequence[Span]) -> bool:
    return any(name.start < end and start < name.end for start, end in spans)


def _add_modifier(story: Story, name: Name, found: _Modifiers, *, owned: bool) -> None:
    referent = story.referent(name)
    if referent is None:
        return
    actor = story.gazetteer.actors.get(referent.actor_id)
    if actor is None:
        found.local = found.local or name.label == "LOC"
        if name.label == "ORG" and story.gazetteer.place(name.text) is None:
            found.owner, found.owned = referent, owned
    elif actor.kind is ActorKind.STATE:
        found.states.append(actor)
    elif actor.kind is ActorKind.PEOPLE:
        state = story.gazetteer.state_of(name.text)
        (found.states if state else found.peoples).append(state or actor)
    elif actor.kind in _ACTS_AS_ONE:
        found.owner, found.owner_known, found.owned = referent, True, owned
    elif actor.kind is ActorKind.PERSON and actor.member_of:
        state = story.gazetteer.actors[actor.member_of[-1]]
        found.states += [state] if state.kind is ActorKind.STATE else []


def _acts_for_owner(noun: _Noun, modifiers: _Modifiers) -> bool:
    """Whether those described are a part of the organisation named: "Hamas officials", not "Hamas supporters"."""
    if modifiers.owner is None or (noun.description is not None and noun.description.relation):
        return False
    kind = (
        noun.body.kind
        if noun.body is not None
        else noun.description.kind
        if noun.description
        else None
    )
    part = kind in (ActorKind.GOVERNMENT, ActorKind.ARMED_GROUP)
    if modifiers.owned or not modifiers.owner_known:
        return part
    return part or kind in (
        ActorKind.ORGANISATION,
        ActorKind.PEOPLE,
        ActorKind.PARTY,
        ActorKind.MOVEMENT,
    )


def _of_states(
    story: Story, noun: _Noun, modifiers: _Modifiers, *, deputy: bool
) -> Described | None:
    """A body of the state that is told; else all who are described so."""
    states = list(dict.fromkeys(modifiers.states))
    body = story.gazetteer.body("officials") if deputy else noun.body
    if (
        body is not None
        and not modifiers.stance
        and not modifiers.peoples
        and not modifiers.local
        and modifiers.owner is None
    ):
        alone = modifiers.pronoun or body.explicit
        found = (
            _body_of(story, body, states, "" if deputy else noun.text, new=modifiers.new)
            if states or not alone
            else None
        )
        if found is not None:
            return found
    description = noun.description
    if description is None and noun.body is not None:
        if not (states or modifiers.peoples or modifiers.stance or modifiers.owner):
            return (
                None
                if noun.body.explicit
                else Described(actor=body_actor(noun.body, None, story.gazetteer))
            )
        description = Description(lemma=noun.text.lower(), kind=noun.body.kind)
    if description is None:
        return None
    return Described(actor=_collective(description, modifiers, states, story.gazetteer))


def _body_of(
    story: Story, body: Body, states: Sequence[Actor], noun: str, *, new: bool
) -> Described | None:
    """The body of the one state that is told, here or throughout the article."""
    if len(states) > 1:
        return _composite(body, states)
    state = states[0] if states else only_state_of(story, body, noun)
    strange = state is not None and not states and state != story.home
    if strange and new and body.body in _ANYBODYS and noun.lower() not in _WHOLE:
        return None  # "soldiers", in an article that names Russia's but is about Venezuela
    if state is None:
        return None
    title = story.gazetteer.title(noun)
    holder = story.holder(title, state.actor_id) if title is not None else None
    if holder is not None:
        return Described(referent=holder)
    return Described(actor=body_actor(body, state, story.gazetteer))


def only_state_of(story: Story, body: Body, noun: str) -> Actor | None:
    """The state whose body an article means by "parliament" alone: the only one whose it names, or else the one that
    it is about. Soldiers and fighters of nobody may be anybody's."""
    states = story.bodies.get(body.body, frozenset())
    if noun.lower() == "administration" and _ADMINISTRATION.search(story.text):
        return None  # "the Clinton administration", and no other's government
    if noun.lower() == "police" and story.written_in is not None:
        # Those of the town that it was written in as likely as those of whom it tells.
        states = states & {story.written_in.actor_id}
    if len(states) == 1:
        return story.gazetteer.actors[next(iter(states))]
    home = None if body.body in _ANYBODYS and noun.lower() not in _WHOLE else story.home
    if home is None or body.body in story.other_bodies:
        return None
    return home if not states or home.actor_id in states else None


def body_actor(body: Body, state: Actor | None, gazetteer: Gazetteer) -> Actor:
    """A state's body: the known actor that it is, or one made from the state's name."""
    if state is None:
        return Actor(actor_id=slug_of(body.name), name=body.name, kind=body.kind)
    own = gazetteer.own_bodies.get((state.country, body.body))
    if own is not None:
        return gazetteer.actors[own]
    return Actor(
        actor_id=f"{state.actor_id}-{slug_of(body.name)}",
        name=f"{adjective_of(state, gazetteer)} {body.name}",
        kind=body.kind,
        country=state.country,
        member_of=(state.actor_id,),
    )


def _composite(body: Body | None, states: Sequence[Actor]) -> Described | None:
    """ "US and Iraqi soldiers": one actor that belongs to both."""
    if body is None or not states:
        return None
    ordered = sorted(states, key=lambda state: state.actor_id)
    name = " and ".join(state.name for state in ordered)
    return Described(
        actor=Actor(
            actor_id=slug_of(f"{name} {body.name}"),
            name=f"{name} {body.name}",
            kind=body.kind,
            member_of=tuple(state.actor_id for state in ordered),
        )
    )


def adjective_of(actor: Actor, gazetteer: Gazetteer) -> str:
    """What stands before a noun for a state or people: ``Iraqi``, ``US``, ``Kurdish``; else the name."""
    if actor.kind is ActorKind.PEOPLE:
        return actor.aliases[0] if actor.aliases else actor.name
    adjectives = [alias for alias in actor.aliases if gazetteer.is_adjective(alias)]
    short = [alias for alias in adjectives if alias.isupper()]
    return (short or adjectives or [actor.name])[0]


def _collective(
    description: Description, modifiers: _Modifiers, states: Sequence[Actor], gazetteer: Gazetteer
) -> Actor:
    """An unnamed group under one id for all who are described so: ``iraq-protesters``."""
    ordered = sorted({*states, *modifiers.peoples}, key=lambda actor: actor.actor_id)
    told = [modifiers.stance, *(actor.name for actor in ordered)]
    owner = [" ".join(modifiers.owner.words) or modifiers.owner.actor_id] if modifiers.owner else []
    parts = [part for part in (*told, *owner, description.lemma) if part]
    adjectives = [adjective_of(actor, gazetteer) for actor in ordered]
    shown = [
        part
        for part in (modifiers.stance, *adjectives, *map(_spaced, owner), description.lemma)
        if part
    ]
    return Actor(
        actor_id=slug_of(" ".join(parts)),
        name=" ".join(shown),
        kind=description.kind,
        country=states[0].country if len(states) == 1 else "",
    )


def _spaced(slug: str) -> str:
    return slug.replace("-", " ").title()
