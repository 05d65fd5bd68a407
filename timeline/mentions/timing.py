"""When a mention happened: which time expression of its sentence is its own, or what it is counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from timeline.annotated import Paragraph
from timeline.mentions import syntax
from timeline.mentions.phrases import is_definite
from timeline.mentions.triggers import Candidate
from timeline.model import EventType, Precision, Timex, TimexType
from timeline.ontology import ModalityCues
from timeline.words import Stretch, Word, Words

_SHARING = ("conj", "acl", "xcomp", "pcomp", "advcl", "relcl", "prep", "pobj", "dobj", "nsubj", "nsubjpass", "agent",
            "acomp")  # fmt: skip
"""Links over which a clause's date also holds for what hangs below it."""
_TEMPORAL = frozenset({"after", "before", "since", "until", "if", "when", "as", "while", "once"})
_COUNTING = frozenset({"after", "before", "following"})
_REMARKS = frozenset(
    {EventType.STATEMENT, EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.REQUEST,
     EventType.CONCEDE, EventType.THREATEN}
)  # fmt: skip
"""What is said of an event; the day of saying it is not the event's."""
_OCCASIONS = frozenset({"at", "in", "during"})
"""Where something is said is there on the same day: "at a news conference yesterday"."""
WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"]
)  # fmt: skip
"""Days that are named from the day of the speaker."""
_PARTS_OF_A_DAY = frozenset(
    ["hour", "hours", "morning", "evening", "afternoon", "night", "dawn", "eve", "course", "day"]
)
_FAR = 99
_DAYS = frozenset({Precision.DAY, Precision.TIME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A time expression and the word of the sentence that carries it."""

    timex: Timex
    token: Word
    words: tuple[int, ...]
    """Indices of all tokens of the expression."""
    path: tuple[Word, ...]
    """The way from the expression up to the root of its sentence."""


def locate(timexes: Sequence[Timex], paragraph: Paragraph, words: Words) -> tuple[Anchored, ...]:
    """The time expressions of a paragraph with the top word of each."""
    found = []
    for timex in timexes:
        start, end = timex.start - paragraph.start, timex.end - paragraph.start
        if start >= 0 and end <= len(paragraph.text):
            aligned = paragraph.doc.char_span(start, end, alignment_mode="expand")
            if aligned is not None:
                span = words[aligned.start : aligned.end]
                top = words[aligned.root.i]
                path = tuple(_path(timex, span, top))
                inside = tuple(word.i for word in span)
                found.append(Anchored(timex=timex, token=top, words=inside, path=path))
    return tuple(found)


def _path(timex: Timex, span: Stretch, top: Word) -> Iterator[Word]:
    """From the expression upwards; "five days after the vote" hangs on what happened then, and not on the vote."""
    time = top
    following = span.doc[span.end] if span.end < len(span.doc) else None
    if timex.anchor == "event" and following is not None and following.lower_ in _COUNTING:
        clause = following.head if following.dep_ == "mark" else following
        yield following
        time = clause.head
    above = [head for _, head in syntax.ancestors(time)]
    if _opens_a_sentence(span, top):
        # "On 5 February protesters stormed …", "Last week soldiers …": parsers join such a date to the noun beside it.
        above = list(dropwhile(lambda token: not syntax.is_verbal(token), above)) or above
    yield time
    yield from above


def _opens_a_sentence(span: Stretch, top: Word) -> bool:
    first = top.sent.start
    before, after = span.doc[first : span.start], span.doc[span.end : span.end + 1]
    opening = not before or (
        len(before) == 1 and before[0].pos_ in ("ADP", "SCONJ") and before[0].is_title
    )
    return opening and not any(token.tag_ == "POS" for token in after)


def choose_timex(
    candidate: Candidate,
    anchored: Sequence[Anchored],
    rivals: Mapping[int, Candidate],
    cues: ModalityCues,
) -> Anchored | None:
    """The expression that dates this candidate, or None.

    `rivals` are the candidates of the paragraph by token index: an expression that hangs below another event
    dates that one.
    """
    sentence = candidate.sentence
    best: tuple[int, bool, int] | None = None
    chosen: Anchored | None = None
    for item in anchored:
        if not (sentence.start <= item.token.i < sentence.end) or not _dates(item.timex):
            continue
        if candidate.is_noun and _reckons_up_to(item):
            continue
        cost = -1 if _is_then(candidate, item) else _cost(candidate, item.path, rivals, cues)
        if _is_of_what_is_spoken_of(candidate, item, rivals, cues):
            continue
        # "the revolt that won 42 years ago gathered Wednesday night": of two, the day.
        rank = (
            cost,
            item.timex.precision not in _DAYS,
            abs(item.token.i - candidate.token.i),
        )
        if cost < _FAR and (best is None or rank < best):
            best, chosen = rank, item
    return chosen


def _reckons_up_to(item: Anchored) -> bool:
    """ "the figures as of Monday": when it was counted, and not when it happened."""
    first = item.words[0]
    before = item.token.doc[max(0, first - 2) : first]
    return [word.lower_ for word in before] == ["as", "of"]


def _is_then(candidate: Candidate, item: Anchored) -> bool:
    """ "on 13 November, when soldiers killed two rebels"."""
    when = [
        child.i
        for child in syntax.children(candidate.token, "advmod", "mark")
        if child.lower_ == "when"
    ]
    return bool(when) and 0 < when[0] - item.words[-1] <= 2


def _dates(timex: Timex) -> bool:
    """Names a place on the calendar, or one that is counted from another event, or a weekday still to be placed."""
    if timex.type is TimexType.SET or timex.value in ("PRESENT_REF", "FUTURE_REF", "PAST_REF"):
        return False
    return bool(timex.earliest or timex.latest or timex.shift or timex.value.startswith("XXXX"))


def _cost(
    candidate: Candidate, path: Sequence[Word], rivals: Mapping[int, Candidate], cues: ModalityCues
) -> int:
    """How far the expression is from being this event's: 0 its own modifier; _FAR belongs to something else."""
    if candidate.token in path[1:]:
        return _steps_down(candidate, path[: path.index(candidate.token)], rivals)
    return _from_above(candidate.token, path, rivals, cues)


def _qualifies_a_noun(path: Sequence[Word]) -> bool:
    """ "the 2018 agreement", "the embargo of the 1990s": the date of a thing, not of what is done with it."""
    time, *above = path
    if not above:
        return False
    if time.dep_ in ("compound", "amod", "nmod", "poss", "nummod"):
        return True
    if above[0].lower_ != "of" or len(above) < 2 or above[1].lower_ in _PARTS_OF_A_DAY:
        return False
    return above[1].pos_ in ("NOUN", "PROPN")


def _steps_down(candidate: Candidate, path: Sequence[Word], rivals: Mapping[int, Candidate]) -> int:
    """From the trigger down to the time word: free, unless another event stands between."""
    if len(path) > 1 and _qualifies_a_noun(path):
        return _FAR
    cost = 0
    for token in path[1:]:
        if token.i in rivals and not _shares_its_date(candidate, rivals[token.i]):
            return _FAR
        if token.dep_ == "relcl" and (candidate.is_verb or token.head != candidate.token):
            return _FAR  # "waved flags on the shore where rebels landed in 1956"
        if token.i in rivals or token.dep_ in ("relcl", "ccomp", "acl", "parataxis"):
            cost += 4
        elif syntax.is_verbal(token):
            cost += 2
    return cost


def _shares_its_date(candidate: Candidate, other: Candidate) -> bool:
    """What it is completed by, or done for: "invaded to topple the ruler in 2003"."""
    verb = other.token
    below = verb.tag_ == "VB" and verb.head == candidate.token
    purpose = below and (verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and _harms(candidate)))
    return purpose or _is_own_complement(candidate, other) or _is_its_further_harm(candidate, other)


def _is_its_further_harm(candidate: Candidate, other: Candidate) -> bool:
    """ "Ten have been killed and many more injured today"."""
    joined = other.token.dep_ == "conj" and other.token.head == candidate.token
    return joined and candidate.trigger.casualty is not None and other.trigger.casualty is not None


def _harms(candidate: Candidate) -> bool:
    """What is done by force needs no complement, so that an infinitive below it tells what it is done for."""
    return candidate.trigger.event_type is EventType.ASSAULT


def _is_own_complement(candidate: Candidate, other: Candidate) -> bool:
    """ "is convening for a session on Sunday": verb and noun tell one event, and share its date."""
    return (
        candidate.is_verb
        and other.is_noun
        and other.trigger.event_type is candidate.trigger.event_type
        and other.token.dep_ in ("dobj", "pobj")
    )


def _from_above(
    trigger: Word, path: Sequence[Word], rivals: Mapping[int, Candidate], cues: ModalityCues
) -> int:
    """The trigger hangs below a clause that the expression dates: "stormed the embassy on Tuesday, killing two"."""
    cost, node = 1, trigger
    while node.head != node:
        if node.dep_ not in _SHARING or _keeps_its_own_time(node, trigger, rivals, cues):
            return _FAR
        if _is_taken_up(node, rivals, cues) and not _names_its_day(node, path[0]):
            return _FAR
        node = node.head
        if node in path:
            return cost + _side_branch(path[: path.index(node)], rivals)
        cost += 1 if not syntax.is_verbal(node) else 2
    return _FAR


def _keeps_its_own_time(
    node: Word, trigger: Word, rivals: Mapping[int, Candidate], cues: ModalityCues
) -> bool:
    """Links over which a date does not carry: relative clauses that add something else, temporal clauses, what is
    said, planned or alleged."""
    if node.dep_ == "relcl":
        # "the strike that killed ten" is dated with the strike; "talks that were interrupted by a bombing" are not.
        interrupts = trigger.head.dep_ == "agent" and trigger.head.head == node
        return node.head.i not in rivals or interrupts
    if node.dep_ in ("conj", "advcl") and syntax.stray_subject(node) is not None:
        return True
    if node.dep_ == "conj" and _is_true_by_now(node):
        return True
    if node.dep_ == "advcl" and any(
        child.lower_ in _TEMPORAL for child in syntax.children(node, "mark", "advmod")
    ):
        return True
    if node.dep_ == "pobj" and _is_left(node, rivals):
        return True
    if node.dep_ in ("pobj", "pcomp") and (_orders(node.head) or _is_inside_a_phrase(node, rivals)):
        return True
    if node.dep_ == "acl" and node.head.i not in rivals:
        return True
    if node.dep_ == "advcl" and (node.tag_ == "VBN" or node.i < node.head.i):
        # "Undeterred by the sanctions, …": what opens a sentence sets the scene for it, at a time of its own.
        return True
    governor = node.head.head if node.dep_ == "pcomp" else node.head
    if node.dep_ in ("xcomp", "pcomp", "acl", "advcl") and syntax.is_verbal(node):
        lemma = syntax.lemma_of(governor)
        if lemma in cues.trying and node.dep_ == "xcomp":
            return False  # "In 2015 soldiers tried to seize power": that was when they tried it
        return lemma in cues.reporting or (
            lemma in cues.governors and lemma not in cues.implicatives
        )
    return False


def _is_true_by_now(clause: Word) -> bool:
    """ "A truce was agreed in 1994, but talks *have* stalled": the present perfect tells of no day that is past."""
    has = any(helper.lower_ in ("has", "have") for helper in syntax.children(clause, "aux"))
    return has and bool(syntax.children(clause, *syntax.SUBJECT, *syntax.PASSIVE_SUBJECT))


def _is_left(noun: Word, rivals: Mapping[int, Candidate]) -> bool:
    """ "his withdrawal from the deal in 2018", "their return to the talks": the day is not that of what was there before."""
    holder = rivals.get(_governor_of(noun).i)
    apart = noun.head.lower_ in ("from", "to") and holder is not None and holder.is_noun
    return apart and is_definite(noun)


def _is_taken_up(noun: Word, rivals: Mapping[int, Candidate], cues: ModalityCues) -> bool:
    """ "On Saturday Rome condemned the bombing", "mourned the victims of the raid": what is spoken of was before."""
    if noun.dep_ not in ("dobj", "nsubjpass", "pobj") or noun.head.lower_ in _OCCASIONS:
        return False
    verb = _governor_of(noun)
    remark = rivals.get(verb.i)
    if remark is not None and not remark.is_verb:
        return False
    lemma = syntax.lemma_of(verb)
    if lemma == "call" and is_definite(noun) and noun.dep_ == "dobj":
        return True  # "On Friday he called the agreement void"
    speaks = (
        lemma in cues.reporting
        or lemma in cues.retrospective
        or (remark is not None and remark.trigger.event_type in _REMARKS)
    )
    return speaks and lemma not in cues.light


def _names_its_day(noun: Word, time: Word) -> bool:
    """ "condemned the invasion on 2 August": a day that comes after the noun is its own, unless it is a weekday, which
    may as well be that of the speech."""
    return time.i > noun.i and time.lower_ not in WEEKDAYS


def _is_of_what_is_spoken_of(
    candidate: Candidate, item: Anchored, rivals: Mapping[int, Candidate], cues: ModalityCues
) -> bool:
    """ "condemned the invasion on 2 August and criticised …": that is when it was invaded."""
    verb = syntax.first_conjunct(candidate.token)
    if not candidate.is_verb or item.token.i < verb.i:
        return False
    return any(
        noun.i in rivals
        and noun.i < item.token.i
        and _is_taken_up(noun, rivals, cues)
        and _names_its_day(noun, item.token)
        for noun in syntax.children(verb, "dobj")
    )


def _governor_of(noun: Word) -> Word:
    head = noun.head
    while head.pos_ == "ADP" and head.dep_ == "prep":
        head = head.head
    return head


def _is_inside_a_phrase(node: Word, rivals: Mapping[int, Candidate]) -> bool:
    """ "met victims of the shelling", "a leader accused of killing": part of a thing's name or story, not of the deed."""
    prep = node.head
    while prep.dep_ == "prep" and prep.head.pos_ == "ADP":
        prep = prep.head
    holder = prep.head
    if node.lower_ in _PARTS_OF_A_DAY or holder.lower_ in _PARTS_OF_A_DAY:
        return False  # "in the early hours of Thursday morning"
    return holder.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and holder.i not in rivals


def _side_branch(path: Sequence[Word], rivals: Mapping[int, Candidate]) -> int:
    """The way from the shared head down to the time word must not lead through another event."""
    if len(path) > 1 and _qualifies_a_noun(path):
        return _FAR
    for token in path[1:]:
        if token.i in rivals or token.dep_ in ("relcl", "ccomp", "advcl", "acl", "conj"):
            return _FAR
    return 0


def _orders(prep: Word) -> bool:
    """Prepositions that set two events apart in time."""
    while prep.dep_ == "prep" and prep.head.pos_ == "ADP":
        prep = prep.head
    words = {
        prep.lower_,
        *(child.lower_ for child in prep.children if child.pos_ in ("ADP", "NOUN")),
    }
    return bool(words & {"after", "before", "following", "since", "until", "despite", "ahead", "response", "aftermath",
                         "amid", "over", "about", "against"})  # fmt: skip


def begins_with(candidate: Candidate, time: Word, cues: ModalityCues) -> bool:
    """The expression dates the beginning of something that lasts ("protests, which began in October")."""
    if not candidate.trigger.durative or candidate.is_verb:
        return False
    return any(
        syntax.lemma_of(head) in cues.aspect_begin
        for _, head in syntax.ancestors(time)
        if syntax.is_verbal(head)
    )


def is_own_modifier(candidate: Candidate, time: Word) -> bool:
    """ "the 2003 invasion", "Friday's strike"."""
    return time.head == candidate.token and time.dep_ in (
        "compound",
        "amod",
        "nmod",
        "poss",
        "nummod",
    )
