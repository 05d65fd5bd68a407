"""What speaks for and against two mentions, or clusters of them, being one event: reasons with weights in log-odds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import cos, hypot, radians

from timeline.merge.context import Context
from timeline.merge.party import Party
from timeline.merge.resemblance import Wording, reasons
from timeline.merge.traits import FOREVER, Days, Traits, is_bare
from timeline.merge.wording import Reason, are_related, load_rules
from timeline.model import Place

Reasons = tuple[Reason, ...]
_KM_A_DEGREE = 111.2
_LONGEST_SLACK = 92
"""Days by which a date by context may miss."""


def conflict(a: Traits, b: Traits) -> str:
    """Why the two can never be one event; empty where they can."""
    return told_apart(a, b) or clash(a, b)


def told_apart(a: Traits, b: Traits) -> str:
    """By when, and by which article, they are told."""
    if (_foretold(a, b) or _foretold(b, a)) and not _killed_once(a, b):
        return "told as done before its date"
    if (b.apart and not a.nodes.isdisjoint(b.apart)) or (
        a.apart and not b.nodes.isdisjoint(a.apart)
    ):
        return "the text tells them apart"
    return "remarks of other times" if _other_remarks(a, b) else ""


def _other_remarks(a: Traits, b: Traits) -> bool:
    """What is said is said again and again: without a date, the news of another season tells another remark."""
    far = _LONGEST_SLACK < abs(a.published - b.published) < FOREVER - date.max.toordinal()
    speech = load_rules().speech if far else frozenset()
    return a.types <= speech and b.types <= speech and not (a.firm and b.firm)


def clash(a: Traits, b: Traits) -> str:
    """Why they cannot be one event by what is told of them, whoever tells it; empty where they can."""
    # Asked of very many pairs: what is most often so comes first, and nothing is built to see it.
    if a.firm and b.firm and not _meet(a, b) and not _killed_once(a, b):
        return "different dates"
    if _far_contexts(a, b) and not _killed_once(a, b):
        return "told of other times"
    if a.types.isdisjoint(b.types):
        compatible = load_rules().compatible
        if not any((x, y) in compatible for x in a.types for y in b.types):
            return "different types"
    if a.victims and b.victims and a.victims.isdisjoint(b.victims):
        return "different victims"
    if ((a.planned and b.done) or (b.planned and a.done)) and not _come_true(a, b):
        return "a plan and a deed"
    return "different numbers of casualties" if _far_tolls(a, b) else ""


def _foretold(a: Traits, b: Traits) -> bool:
    """Whether one is told as done in an article older than the other. An article may be dated a day early: time zones."""
    return bool(b.firm) and a.told + 1 < b.firm[0][0]


def _far_contexts(a: Traits, b: Traits) -> bool:
    """Dates of which one is the context's may differ by days or weeks, not by a season."""
    if not (a.days and b.days) or (a.firm and b.firm):
        return False
    return max(a.days[0] - b.days[1], b.days[0] - a.days[1]) > _LONGEST_SLACK


def _come_true(a: Traits, b: Traits) -> bool:
    """Whether what was planned was done: both tell its date."""
    return _meet(a, b)


def _meet(a: Traits, b: Traits) -> bool:
    """Whether a date of one overlaps a date of the other."""
    for first, last in a.firm:
        for other_first, other_last in b.firm:
            if first <= other_last and other_first <= last:
                return True
    return False


def _shared_days(a: Traits, b: Traits) -> tuple[Days, Days] | None:
    """A date of each that overlap, the narrowest; None where there are none."""
    if len(a.firm) == 1 and a.firm == b.firm:
        return a.firm[0], b.firm[0]
    pairs = [(x, y) for x in a.firm for y in b.firm if x[0] <= y[1] and y[0] <= x[1]]
    return min(pairs, key=_width, default=None)


def _width(pair: tuple[Days, Days]) -> int:
    return max(last - first for first, last in pair)


def _killed_once(a: Traits, b: Traits) -> bool:
    """A person is killed once: other dates are a disagreement of the sources, or a misreading, of one event."""
    return "killing" in a.families & b.families and not a.victims.isdisjoint(b.victims)


def _far_tolls(a: Traits, b: Traits) -> bool:
    """Counts of the same kind of which none overlap and none is within twice another."""
    if not (a.tolls and b.tolls):
        return False
    if not a.victims.isdisjoint(b.victims):
        return False
    pairs = [(x, y) for x in a.tolls for y in b.tolls if x[0] == y[0]]
    return bool(pairs) and all(
        _apart(x, y) and max(x[1], y[1]) > 2 * min(x[2], y[2]) for x, y in pairs
    )


def _apart(x: tuple[str, int, int], y: tuple[str, int, int]) -> bool:
    return x[2] < y[1] or y[2] < x[1]


def evidence(a: Traits, b: Traits) -> Reasons:
    """All reasons for and against a mention being one with a cluster, the prior first. Symmetric in its arguments."""
    return (("two mentions", load_rules().weights["prior"]), *_wording(a, b), *facts(a, b))


def facts(a: Traits, b: Traits) -> Reasons:
    """What type, time, harm, participants and places say, whatever the words. Symmetric in its arguments."""
    return (*_kinds(a, b), *_time(a, b), *_harm(a, b), *_parties(a, b), *_places(a, b))


def score(a: Traits, b: Traits) -> float:
    """The sum of all evidence, in log-odds."""
    return sum([weight for _, weight in evidence(a, b)])


def are_kindred(a: Traits, b: Traits) -> bool:
    """Whether their words may tell one deed."""
    if not (a.words.isdisjoint(b.words) and a.families.isdisjoint(b.families)):
        return True
    return are_related(a.families, b.families)


def _wording(a: Traits, b: Traits) -> Reasons:
    weights = load_rules().weights
    if not a.words.isdisjoint(b.words):
        return (("the same word", weights["same_word"]),)
    if not a.families.isdisjoint(b.families):
        return (("words for the same kind of event", weights["same_family"]),)
    if are_related(a.families, b.families):
        return (("what is done and what comes of it", weights["related_family"]),)
    return (("words for different deeds", weights["other_word"]),)


def _kinds(a: Traits, b: Traits) -> Reasons:
    rules = load_rules()
    weights = rules.weights
    other = "other_type" if are_kindred(a, b) else "other_deed"
    found: Reasons = (("another type", weights[other]),)
    if not a.types.isdisjoint(b.types):
        found = (("the same type", weights["same_type"]),)
        if not rules.speech.isdisjoint(a.types & b.types):
            found = (("words are often repeated", weights["speech_prior"]), *found)
    if (a.denied and b.done and not b.denied) or (b.denied and a.done and not a.denied):
        found = (
            *found,
            ("one says that it happened, the other that it did not", weights["denied"]),
        )
    return found


def _time(a: Traits, b: Traits) -> Reasons:
    weekdays = (*_weekdays(a, b), *_weekdays(b, a)) if a.weekday or b.weekday else ()
    return (*_days(a, b), *weekdays)


def _days(a: Traits, b: Traits) -> Reasons:
    if not (a.days and b.days):
        return ()
    weights = load_rules().weights
    if _begin_together(a, b):
        return (("both go on, since the same time", weights["same_start"]),)
    if a.spans != b.spans:
        return (("one goes on, the other happens once", weights["span_and_point"]),)
    if a.firm and b.firm:
        return _overlap(_shared_days(a, b))
    if a.days[1] < b.days[0] or b.days[1] < a.days[0]:
        return (("dates by context differ", weights["context_apart"]),)
    if a.days == b.days and a.days[0] == a.days[1]:
        return (("dates by context agree", weights["context_day"]),)
    return ()


def _begin_together(a: Traits, b: Traits) -> bool:
    """Both since October; or one since October, and of the other we hear that it began in October."""
    if not a.days or not b.days or a.days[0] != b.days[0] or not (a.spans or b.spans):
        return False
    return all(
        traits.spans or traits.days[1] - traits.days[0] > 7 for traits in (a, b) if traits.days
    )


def _overlap(shared: tuple[Days, Days] | None) -> Reasons:
    if shared is None:
        return (("other dates, but a person is killed once", 0.0),)
    rules = load_rules()
    longest = _width(shared)
    if longest == 0:
        return (("the same day", rules.weights["same_day"]),)
    if longest <= rules.thresholds["near_days"] or _is_deadline(*shared):
        return (("about the same days", rules.weights["near_dates"]),)
    if longest <= 31:
        return (("the same month", rules.weights["same_month"]),)
    if longest < FOREVER / 2:
        return (("dates overlap", rules.weights["same_span"]),)
    return ()


def _is_deadline(x: Days, y: Days) -> bool:
    """ "By Sunday" and a day at the end of that week."""
    open_start = x[0] == 0 or y[0] == 0
    return open_start and abs(x[1] - y[1]) <= load_rules().thresholds["near_days"]


def _weekdays(undated: Traits, dated: Traits) -> Reasons:
    """An undated article names the weekday of a dated event."""
    day = dated.days if dated.firm else None
    if not (undated.weekday and day) or undated.firm or not (day[0] == day[1] or day[0] == 0):
        return ()
    if (day[1] - 1) % 7 + 1 in undated.weekday:
        return (("the same weekday", load_rules().weights["same_weekday"]),)
    return (("another weekday", load_rules().weights["other_weekday"]),)


def _harm(a: Traits, b: Traits) -> Reasons:
    if not ((a.victims or a.tolls) and (b.victims or b.tolls)):
        return ()
    weights = load_rules().weights
    named: Reasons = ()
    if not a.victims.isdisjoint(b.victims):
        named = (("the same victim", weights["victim"]),)
    elif _is_crowd(a, b) or _is_crowd(b, a):
        named = (("named victims here, a number there", weights["crowd_and_named"]),)
    return (*named, *_tolls(a, b))


def _is_crowd(counted: Traits, named: Traits) -> bool:
    """More were harmed than the other names, who gives no number: "a general" may be the one who is named."""
    if not named.victims or named.tolls or not counted.tolls:
        return False
    return max(toll[1] for toll in counted.tolls) > len(named.victims)


def _tolls(a: Traits, b: Traits) -> Reasons:
    weights, telling = load_rules().weights, load_rules().thresholds["telling_toll"]
    same = {toll for toll in a.tolls & b.tolls if toll[1] == toll[2]}
    if same:
        large = max(toll[1] for toll in same) >= telling
        return (("the same number of casualties", weights["toll" if large else "small_toll"]),)
    pairs = [(x, y) for x in a.tolls for y in b.tolls if x[0] == y[0]]
    if not pairs:
        return ()
    if all(_apart(x, y) for x, y in pairs):
        return (("other numbers of casualties", weights["toll_apart"]),)
    return (("numbers of casualties that agree", weights["toll_overlap"]),)


def _parties(a: Traits, b: Traits) -> Reasons:
    agents = _party("actor", a.agents, b.agents)
    patients = _party("recipient", a.patients, b.patients)
    rules = load_rules()
    if (agents or patients) and not rules.symmetric.isdisjoint(a.types & b.types):
        mixed = (agents and _with_others(a.agents, b.agents)) or (
            patients and _with_others(a.patients, b.patients)
        )
        apart = (("not the same parties", rules.weights["parties_apart"]),) if mixed else ()
        agents = (*agents, *apart)
    if not agents and a.agents.named and b.agents.named:
        agents = (("another actor", rules.weights["agents_apart"]),)
    if not patients and a.patients.named and b.patients.named:
        patients = (("another recipient", rules.weights["patients_apart"]),)
    return (*agents, *patients)


def _with_others(x: Party, y: Party) -> bool:
    """Each side names somebody who has nothing to do with the other's."""
    return any(name not in y.circle for name in x.named) and any(
        name not in x.circle for name in y.named
    )


def _party(name: str, x: Party, y: Party) -> Reasons:
    weights = load_rules().weights
    if not x.ids.isdisjoint(y.ids):
        shared = x.ids & y.ids
        persons, states = shared & (x.people | y.people), shared & (x.states | y.states)
        kind = "person" if persons else "body" if shared - states else "state"
        return ((f"the same {name}", weights[kind]),)
    if not (x.ids.isdisjoint(y.circle) and y.ids.isdisjoint(x.circle)):
        return ((f"{name}s of one side", weights["kin"]),)
    if not x.heads.isdisjoint(y.heads):
        return ((f"the same word for the {name}", weights["same_head"]),)
    return ()


def _places(a: Traits, b: Traits) -> Reasons:
    if not (a.countries or a.places) or not (b.countries or b.places):
        return ()
    weights = load_rules().weights
    if any(x.name == y.name or _near(x, y) for x in a.places for y in b.places):
        return (("the same place", weights["same_place"]),)
    if a.countries and b.countries and a.countries.isdisjoint(b.countries):
        return (("another country", weights["countries_apart"]),)
    if a.places and b.places:
        return (("another place", weights["places_apart"]),)
    if not a.countries.isdisjoint(b.countries):
        return (("the same country", weights["same_country"]),)
    return ()


def _near(x: Place, y: Place) -> bool:
    if x.lat is None or y.lat is None or x.lon is None or y.lon is None:
        return False
    east = (x.lon - y.lon) * cos(radians((x.lat + y.lat) / 2))
    return hypot(x.lat - y.lat, east) * _KM_A_DEGREE <= load_rules().thresholds["near_km"]


def beside_facts(x: Wording, y: Wording, overlap: float) -> Reasons:
    """What the words of two passages say where facts are known: little, for a crisis has many strikes, and it is who,
    when and whom that tells them apart. `overlap` is that of their articles' words, 0..1."""
    own = ("the sentences share words", shared_words(x, y))
    return (own,) if x.doc == y.doc else (own, story(overlap))


def shared_words(x: Wording, y: Wording) -> float:
    """At most the weight `content_most`, in log-odds."""
    weights = load_rules().weights
    words = weights["content_word"] * len(x.content & y.content)
    return min(words, weights["content_most"])


def story(overlap: float) -> Reason:
    """What it says that the articles of two passages share so many words, 0..1."""
    weights = load_rules().weights
    weight = weights["likeness"] * (overlap - weights["likeness_even"])
    bounded = max(weights["likeness_least"], min(weight, weights["likeness_most"]))
    return "articles on the same story" if bounded > 0 else "articles on other stories", bounded


def compare(a: Traits, b: Traits, x: Wording, y: Wording, articles: Context) -> Iterator[Reason]:
    """All reasons for and against two passages being one event: by wording alone where neither tells more than words."""
    if is_bare(a, b):
        yield from reasons(x, y, articles.likeness(x.doc, y.doc))
        yield from facts(a, b)
    else:
        yield from evidence(a, b)
        yield from beside_facts(x, y, articles.overlap(x.doc, y.doc))
