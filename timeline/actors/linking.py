"""Links the names of all documents: one actor for one person or body under several spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from timeline.actors.descriptions import body_actor
from timeline.actors.story import Office, Referent, Story
from timeline.gazetteer import Gazetteer, core_of, fold_word, same_word, skeleton_of, slug_of
from timeline.model import Actor, ActorKind, Name

Words = tuple[str, ...]

_KIND_OF_LABEL = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANISATION,
    "NORP": ActorKind.PEOPLE,
    "LOC": ActorKind.OTHER,
}
_MOST_SPELLINGS = 12


@dataclass(slots=True)
class Survey:
    """What the stories read so far say of who is named: all that linking needs to remember of them."""

    spellings: dict[Referent, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    offices: dict[Referent, set[Office]] = field(default_factory=lambda: defaultdict(set))
    meant: dict[Words, set[Referent]] = field(default_factory=lambda: defaultdict(set))
    """What articles say that a short form stands for."""

    def add(self, story: Story) -> None:
        """Read one more story, in any order."""
        for name in story.names:
            referent = story.referent(name)
            if referent is not None:
                self.spellings[referent][_spelt(name, referent), name.label] += 1
        for referent, offices in story.offices.items():
            self.offices[referent].update(offices)
        for short, name in story.abbreviations.items():
            if (referent := story.referent(name)) is not None:
                self.meant[core_of(short)].add(referent)

    def join(self, other: Survey) -> None:
        """Add what other stories say."""
        for referent, spellings in other.spellings.items():
            self.spellings[referent].update(spellings)
        for referent, offices in other.offices.items():
            self.offices[referent].update(offices)
        for short, told in other.meant.items():
            self.meant[short].update(told)


def _spelt(name: Name, referent: Referent) -> str:
    """As the text has it; a king with his title, for he has no other name."""
    titled = referent.words[1:] == core_of(name.text)
    return f"{referent.words[0].title()} {name.text}" if titled else name.text


def link_referents(survey: Survey, gazetteer: Gazetteer) -> Mapping[Referent, Actor]:
    """The actor of every referent of the stories."""
    spellings = survey.spellings
    linked: dict[Referent, Actor] = {}
    # For the articles that do not say what they mean by a short form.
    meant = {short: next(iter(told)) for short, told in survey.meant.items() if len(told) == 1}
    for group in _groups(sorted(spellings, key=_by_words), meant, gazetteer):
        counted = sum((spellings[referent] for referent in group), Counter())
        known = [referent.actor_id for referent in group if referent.actor_id]
        actor = gazetteer.actors[known[0]] if known else _new_actor(group, counted, gazetteer)
        linked |= dict.fromkeys(group, _with_aliases(actor, counted))
    offices = _by_actor(survey, linked)
    for referent, actor in linked.items():
        if referent.person and actor.actor_id not in gazetteer.actors:
            told = sorted(offices.get(actor.actor_id, ()), key=repr)
            linked[referent] = _with_offices(actor, told, linked, gazetteer)
    return linked


def _by_words(referent: Referent) -> tuple[str, Words, bool]:
    return referent.actor_id, referent.words, referent.person


def _by_actor(survey: Survey, linked: Mapping[Referent, Actor]) -> Mapping[str, set[Office]]:
    offices: dict[str, set[Office]] = defaultdict(set)
    for referent, told in survey.offices.items():
        offices[linked[referent].actor_id].update(told)
    return offices


def _groups(
    referents: Sequence[Referent], meant: Mapping[Words, Referent], gazetteer: Gazetteer
) -> Iterator[list[Referent]]:
    """Referents that are one: names whose words agree, short forms, and surnames that only one of the persons bears."""
    root = {referent: referent for referent in referents}
    blocks: dict[tuple[bool, str], list[Referent]] = defaultdict(list)
    for referent in referents:
        if len(referent.words) > 1:
            blocks[referent.person, skeleton_of(referent.words[-1])].append(referent)
    for block in blocks.values():
        for i, referent in enumerate(block):
            same = [other for other in block[:i] if _same_name(other, referent)]
            # Spellings that agree with two different persons are neither.
            if len({root[other] for other in same}) == 1:
                root[referent] = root[same[0]]
    for referent in referents:
        if not referent.person and (host := meant.get(referent.words)) in root and host:
            root[referent] = root[host]
    for referent, host in _hosts(referents, gazetteer):
        root[referent] = root[host]
    groups: dict[Referent, list[Referent]] = defaultdict(list)
    for referent in referents:
        groups[root[referent]].append(referent)
    yield from groups.values()


def _same_name(one: Referent, other: Referent) -> bool:
    """Whether two full names can be one: first and last words agree, and those between where both have them."""
    if not one.person:
        return len(one.words) == len(other.words) and all(map(same_word, one.words, other.words))
    if not same_word(one.words[-1], other.words[-1]) or not _same_given(
        one.words[0], other.words[0]
    ):
        return False
    if len(one.words) == len(other.words):
        return all(map(_same_given, one.words[1:-1], other.words[1:-1]))
    return min(len(one.words), len(other.words)) == 2


def _same_given(one: str, other: str) -> bool:
    return one[0] == other[0] if 1 in (len(one), len(other)) else same_word(one, other)


def _hosts(
    referents: Sequence[Referent], gazetteer: Gazetteer
) -> Iterator[tuple[Referent, Referent]]:
    """Bare surnames of one document, with the only person of any document whose last name they are."""
    by_last: dict[str, list[tuple[str, Referent]]] = defaultdict(list)
    for referent in referents:
        words = (
            core_of(gazetteer.actors[referent.actor_id].name)
            if referent.actor_id
            else referent.words
        )
        if referent.person and len(words) > 1:
            by_last[skeleton_of(words[-1])].append((words[-1], referent))
    for referent in referents:
        if referent.person and len(referent.words) == 1:
            bare = referent.words[0]
            hosts = [
                host for last, host in by_last.get(skeleton_of(bare), ()) if same_word(last, bare)
            ]
            if len(hosts) == 1:
                yield referent, hosts[0]


def _new_actor(
    group: Sequence[Referent], counted: Counter[tuple[str, str]], gazetteer: Gazetteer
) -> Actor:
    """An actor under its fullest name, then the most frequent one; its kind is what most of its labels say."""
    name = min(counted, key=lambda item: (-len(core_of(item[0])), -counted[item], item))[0]
    labels: Counter[str] = Counter()
    for (_, label), count in counted.items():
        labels[label] += count
    label = min(labels, key=lambda item: (-labels[item], item))
    if any(referent.person for referent in group):
        label = "PERSON"
    if label == "ORG":
        return _organisation(name, gazetteer)
    return Actor(actor_id=slug_of(name) or "unnamed", name=_tidy(name), kind=_KIND_OF_LABEL[label])


@lru_cache(maxsize=4096)
def _tidy(name: str) -> str:
    return " ".join(name.split())


def _organisation(name: str, gazetteer: Gazetteer) -> Actor:
    """An organisation; a body of a state where its name says so ("Iraqi Interior Ministry", "US Embassy")."""
    words = name.replace("’s", "").replace("'s", "").split()
    for size in (1, 2):
        state = gazetteer.state_of(" ".join(words[:size])) if len(words) > size else None
        body = gazetteer.body(" ".join(words[size:])) if state else None
        body = body or (gazetteer.body(words[size]) if state else None)
        if state is not None and body is not None:
            return body_actor(body, state, gazetteer)
    _, kind = gazetteer.name_words.get(fold_word(words[-1]), ("", ActorKind.ORGANISATION))
    kind = ActorKind.ORGANISATION if kind is ActorKind.OTHER else kind
    state = gazetteer.state_of(words[0])
    country = state.country if state else ""
    member_of = (state.actor_id,) if state and kind is ActorKind.GOVERNMENT else ()
    return Actor(
        actor_id=slug_of(name) or "unnamed",
        name=_tidy(name),
        kind=kind,
        country=country,
        member_of=member_of,
    )


def _with_aliases(actor: Actor, counted: Counter[tuple[str, str]]) -> Actor:
    """The actor with the spellings of the texts that it did not have yet."""
    known = {actor.name, *actor.aliases}
    new = sorted({_tidy(text) for text, _ in counted} - known)
    return replace(actor, aliases=(*actor.aliases, *new[:_MOST_SPELLINGS])) if new else actor


def _with_offices(
    actor: Actor, offices: Sequence[Office], linked: Mapping[Referent, Actor], gazetteer: Gazetteer
) -> Actor:
    """The actor as a member of what the texts say it holds an office in, where they agree."""
    states = {office.state_id for office in offices if office.state_id}
    bodies = {
        linked[found] for office in offices if (found := office.organisation) in linked and found
    }
    state = gazetteer.actors[states.pop()] if len(states) == 1 else None
    body = bodies.pop() if len(bodies) == 1 else None
    parents = [body.actor_id, *body.member_of] if body else []
    parents += [state.actor_id] if state and state.actor_id not in parents else []
    country = state.country if state else body.country if body else ""
    return replace(actor, country=actor.country or country, member_of=tuple(parents))
