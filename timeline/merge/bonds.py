"""What the text of one document says of two of its mentions: one is the outcome of the other, one takes the other up
again ("the strike"), or the two are told apart ("as well as")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from timeline.merge.dating import is_firm
from timeline.merge.wording import families_of, load_rules, stem
from timeline.model import Argument, EventMention, Modality, Role

Pair = tuple[int, int]
_GLUE = re.compile(
    r"""^[\s,]*((that|which)\s+)?((has|have|had|was|were|is|are|in|by|by\s+a|in\s+an?|in\s+the|when|and|who|of)\s+)*
        ([\w.'’-]+\s+){0,3}$""",
    re.X | re.I,
)
_RELATIVE = re.compile(r"^[^;:–—\"“”]{0,90}\b(?:that|which)\s+(?:(?:has|have|had)\s+)?$")
_APART = re.compile(
    r"\b(as well as|followed by|followed|then|after|before|in response to|in retaliation for|following|but|while(?!\s+\w+ing\b)|"
    r"another|more than(?!\s+(an?\b|half\b|scores\b|[\w-]*(\d|one|two|three|four|five|six|seven|eight|nine|ten|teen|ty|dozens?)\b))|"
    r"rather than|because of|since|until)\b",
    re.I,
)
"""Not "killed more than forty and wounded", which counts."""
_DEFINITE = re.compile(r"\b(the|this|that|these|those)\s+([\w'’-]+\s+){0,2}$", re.I)
_AND = re.compile(r"^(?:[^,;:.]|,(?=\d)){0,90}\b(and|or)\s*$", re.I)
_IN_IT = re.compile(
    r"^(?:[^,;:.]|,(?=\d)){0,70}\b(in|by|during|from|under)\s+((the|a|an|this|that|one)\s+)?([\w.'’-]+\s+){0,3}$",
    re.I,
)
_BARE = re.compile(r"\b(the|this|that|these|those)\s+$", re.I)
_ELSE = re.compile(
    r"\b(another|other|separate(ly)?|elsewhere|earlier|previous(ly)?|similar(ly)?|since|so far|(last|every|each|per) (year|month|week)|"
    r"(19|20)\d\d)\b",
    re.I,
)
"""What tells of more than one."""
_KNOWN = re.compile(
    r"\b(the|this|that|these|those|both)\s+"
    r"((?!(or|and|of|in|on|at|by|for|to|from|with|because|that|who|which|was|were|is|are)\b)[\w.'’-]+\s+){0,3}$",
    re.I,
)
_CLOSE, _FAR = 5.0, 1.2
_BEFORE_IT = 4.0
_SAME_AGAIN, _AGAIN, _AGAIN_FAR = 2.8, 1.8, 0.9
_REACH = 6
"""Mentions back to which a definite description looks for its antecedent."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A reason of the text itself."""

    reason: str
    weight: float


@dataclass(frozen=True, slots=True)
class Discourse:
    """Bonds by pair of positions (the lower first), and the pairs that the text tells apart."""

    bonds: Mapping[Pair, Bond]
    apart: frozenset[Pair]


def read_discourse(mentions: Sequence[EventMention], text: str) -> Discourse:
    """Bonds among the mentions of one document, which must be in text order; keys are positions in `mentions`."""
    bonds: dict[Pair, Bond] = {}
    apart = set(_followed(mentions))
    for right, mention in enumerate(mentions):
        for left in range(max(0, right - _REACH), right):
            if _told_apart(mentions[left], mention, text):
                apart.add((left, right))
    for pair, bond in (
        *_told_same(mentions),
        *_outcomes(mentions, text),
        *_anaphora(mentions, text),
        *_points_back(mentions, text),
        *_told_twice(mentions, text),
    ):
        if pair not in apart and (pair not in bonds or bonds[pair].weight < bond.weight):
            bonds[pair] = bond
    return Discourse(bonds=bonds, apart=frozenset(apart))


def _followed(mentions: Sequence[EventMention]) -> Iterator[Pair]:
    """No event follows itself."""
    positions = {mention.mention_id: position for position, mention in enumerate(mentions)}
    for position, mention in enumerate(mentions):
        anchor = mention.when.anchor.removeprefix("mention:")
        for other in (*mention.follows, anchor):
            if other in positions and positions[other] != position:
                pair = sorted((positions[other], position))
                yield pair[0], pair[1]


def _told_same(mentions: Sequence[EventMention]) -> Iterator[tuple[Pair, Bond]]:
    """What syntax says is one incident: an event noun and the harm that it did."""
    positions = {mention.mention_id: position for position, mention in enumerate(mentions)}
    for position, mention in enumerate(mentions):
        for other in mention.same_as:
            if positions.get(other, position) != position:
                left, right = sorted((positions[other], position))
                yield (left, right), Bond("its own clause tells them as one", _CLOSE)


def _told_apart(left: EventMention, right: EventMention, text: str) -> bool:
    """Two events of one kind on the two sides of "as well as", "then", "in response to"."""
    # With the trigger itself: "killing forty while wounding a thousand" is one blast.
    if left.sentence != right.sentence or not _APART.search(text, left.end, right.end):
        return False
    return bool(families_of(left.lemma) & families_of(right.lemma)) or _is_outcome(left, right)


def _is_outcome(left: EventMention, right: EventMention) -> bool:
    return _leads_to(left, right) or _leads_to(right, left)


def _leads_to(cause: EventMention, effect: EventMention) -> bool:
    pairs = product(families_of(cause.lemma), families_of(effect.lemma))
    return not load_rules().outcomes.isdisjoint(pairs)


def _outcomes(mentions: Sequence[EventMention], text: str) -> Iterator[tuple[Pair, Bond]]:
    """ "The strike that killed", "killed in a strike", "killed ten and wounded twenty": nearest neighbours only."""
    for right in range(1, len(mentions)):
        for left in range(right - 1, max(-1, right - 4), -1):
            a, b = mentions[left], mentions[right]
            if a.sentence != b.sentence or a.start == b.start:
                break
            gap = text[a.end : b.start]
            if _leads_to(a, b) and _RELATIVE.match(gap):
                near = True  # "the bombing of a clinic in Leeds, Ala., that killed an officer"
            elif _both_harm(a, b):
                near = bool(_AND.match(gap) or _GLUE.match(gap))
            elif _is_outcome(a, b):
                near = bool((_GLUE if _leads_to(a, b) else _IN_IT).match(gap))
            else:
                continue
            weight = _CLOSE if near and left == right - 1 else _FAR
            yield (left, right), Bond("one sentence tells it and its outcome", weight)
            break


def _points_back(mentions: Sequence[EventMention], text: str) -> Iterator[tuple[Pair, Bond]]:
    """ "At least 82 were killed", "the blast": without a day or a doer, by what the sentence before it tells."""
    for right, mention in enumerate(mentions):
        if not takes_up(mention):
            continue
        for left in range(right - 1, max(-1, right - 1 - _REACH), -1):
            other = mentions[left]
            if brings_about(families_of(other.lemma), families_of(mention.lemma)) and _is_next(
                other, mention, text
            ):
                yield (left, right), Bond("the sentence before tells what did it", _BEFORE_IT)
                break


def _told_twice(mentions: Sequence[EventMention], text: str) -> Iterator[tuple[Pair, Bond]]:
    """ "The bombing of two embassies in Kenya", "bombings at embassies in Nairobi, Kenya, killed …", "her visit to Kenya":
    an article tells of one such incident, unless it says that it tells of another."""
    told = (_Told.of(place, mention, text) for place, mention in enumerate(mentions))
    known = [item for item in told if item is not None]
    for right, later in enumerate(known):
        alike = [earlier for earlier in known[:right] if earlier.families & later.families]
        for earlier in alike:
            only = later.is_bare and len(alike) == 1
            if only or later.is_one_with(earlier):
                yield (
                    (earlier.place, later.place),
                    Bond("an article tells of one such incident", _ONLY if only else _TWICE),
                )


@dataclass(frozen=True, slots=True)
class _Told:
    """An incident that a noun names: its place in the document, its kind, whose it is, and the words around it."""

    place: int
    families: frozenset[str]
    doers: frozenset[str]
    parties: frozenset[str]
    words: frozenset[str]
    is_known: bool
    """ "the bombing", "these embassy attacks"."""
    is_new: bool
    """ "a bombing", "another visit"."""

    @classmethod
    def of(cls, place: int, mention: EventMention, text: str) -> _Told | None:
        """None where it tells no incident, or not by a noun."""
        if mention.modality is not Modality.ASSERTED or not mention.incident:
            return None
        families = families_of(mention.lemma) & (_outcome_families()[0] | _JOURNEYS)
        if not families or mention.trigger.lower().endswith("ed"):
            return None
        before = text[mention.sentence[0] : mention.start]
        around = [item.text.lower() for item in mention.arguments if item.role is not Role.ACTOR]
        return cls(
            place=place,
            families=families,
            doers=frozenset(
                item.actor_id
                for item in mention.arguments
                if item.actor_id and item.role is Role.ACTOR
            ),
            parties=frozenset(item.actor_id for item in mention.arguments if item.actor_id),
            words=frozenset(
                stem(word)
                for phrase in (*around, _before(before))
                for word in _WORD.findall(phrase)
                if word not in _VAGUE
            ),
            is_known=_THE.search(before) is not None,
            is_new=_NEW.search(before) is not None
            or _ELSE.search(mention.quote.replace(mention.when.phrase, "")) is not None,
        )

    def is_one_with(self, earlier: _Told) -> bool:
        """Whether nothing tells this one apart from an earlier one, and something joins them."""
        if self.is_new:
            return False
        shared = self.words & earlier.words
        if self.families & _JOURNEYS:
            return bool(self.doers & earlier.doers and (shared or not self.words))
        joined = self.is_known or bool(self.parties & earlier.parties)
        return len(shared) > 1 or (bool(shared) and joined)

    @property
    def is_bare(self) -> bool:
        """ "The bombings (which killed 224)": nothing but the noun says which."""
        return self.is_known and not self.is_new and not self.words and not self.doers


def _before(text: str) -> str:
    """The words of a noun phrase before its noun: "embassy (attacks)", "suicide (bombing)"."""
    told = _MODIFYING.search(text)
    return told[1].lower() if told else ""


_MODIFYING = re.compile(
    r"\b(?:the|these|those|a|an|two|three|deadly|that|this)\s+((?:[\w.'’-]+\s+){1,3})$", re.I
)
_THE = re.compile(r"\b(the|this|these|those|both)\s+([\w.'’-]+\s+){0,2}$", re.I)
"""Not "said that bombings"."""
_ONLY, _TWICE = 4.0, 3.0
_JOURNEYS = frozenset({"visit"})
_WORD = re.compile(r"[^\W\d_]{4,}")
_VAGUE = frozenset({"terrorist", "terrorists", "alleged", "suspected", "people", "deadly", "several", "their", "least"})  # fmt: skip
_NEW = re.compile(
    r"\b(an?|another|more|new|fresh|second|third|other|earlier|previous)\s+([\w.'’-]+\s+){0,2}$",
    re.I,
)


def takes_up(mention: EventMention) -> bool:
    """Whether neither day nor doer is told, but harm done, or an event that the reader is taken to know."""
    told = mention.modality is Modality.ASSERTED and mention.incident
    if not told or is_firm(mention.when) or mention.when.anchor.startswith("mention:"):
        return False
    if any(map(_is_doer, mention.arguments)) or _ELSE.search(mention.quote):
        return False
    families = families_of(mention.lemma)
    if mention.casualties:
        return not families.isdisjoint(_outcome_families()[1])
    if any(item.role is Role.RECIPIENT for item in mention.arguments):
        return False
    before = mention.quote[: mention.start - mention.sentence[0]]
    return not families.isdisjoint(_outcome_families()[0]) and bool(_KNOWN.search(before))


def _is_doer(argument: Argument) -> bool:
    """Whether somebody does it: "the bombings" that kill are what is done."""
    words = argument.text.lower().split()
    noun = words[-1] if words else ""
    families = families_of(noun) | families_of(noun.removesuffix("s"))
    return argument.role is Role.ACTOR and families.isdisjoint(_outcome_families()[0])


def brings_about(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of the families tells an attack, quake, crash, and one of the others the same or its harm."""
    causes, _ = _outcome_families()
    same = not causes.isdisjoint(one & other)
    return same or not load_rules().outcomes.isdisjoint(product(one, other))


def _is_next(left: EventMention, right: EventMention, text: str) -> bool:
    """Whether the one stands in the sentence right before that of the other."""
    between = text[left.sentence[1] : right.sentence[0]]
    return left.sentence[1] <= right.sentence[0] and not between.strip(" \n\"'`“”.")


@lru_cache(maxsize=1)
def _outcome_families() -> tuple[frozenset[str], frozenset[str]]:
    """(what does harm, harm done)."""
    outcomes = load_rules().outcomes
    return frozenset(cause for cause, _ in outcomes), frozenset(harm for _, harm in outcomes)


def _both_harm(a: EventMention, b: EventMention) -> bool:
    kinds = families_of(a.lemma) | families_of(b.lemma)
    return {"killing", "injury"} <= kinds


def is_definite(mention: EventMention, text: str) -> bool:
    """ "The strikes", "this vote": the reader is taken to know which."""
    before = text[mention.sentence[0] : mention.start]
    return bool(_DEFINITE.search(before)) and not mention.trigger.lower().endswith(("ed", "ing"))


def _anaphora(mentions: Sequence[EventMention], text: str) -> Iterator[tuple[Pair, Bond]]:
    """ "The strikes", told again: the nearest mention before it of the same kind."""
    for right, mention in enumerate(mentions):
        if not _BARE.search(text[mention.sentence[0] : mention.start]):
            continue
        for back, left in enumerate(range(right - 1, max(-1, right - 1 - _REACH), -1)):
            other = mentions[left]
            same = stem(other.lemma) == stem(mention.lemma)
            if is_firm(mention.when) and is_firm(other.when):
                continue
            if same or families_of(other.lemma) & families_of(mention.lemma):
                near = _SAME_AGAIN if same else _AGAIN
                weight = near if back < _REACH // 2 else _AGAIN_FAR
                yield (left, right), Bond("it is taken up again", weight)
                break
