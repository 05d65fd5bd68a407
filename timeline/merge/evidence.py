"""What speaks for and against two mentions, or clusters of them, being one event: reasons with weights in log-odds."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, radians

from timeline.merge.resemblance import Wording, reasons
from timeline.merge.traits import FOREVER, Context, Days, Party, Traits, is_bare
from timeline.merge.wording import Reason, are_related, load_rules
from timeline.model import Place

_KM_A_DEGREE = 111.2
_LONGEST_SLACK = 92
"""Days by which a date by context may miss."""


def conflict(a: Traits, b: Traits) -> str:
    """Why the two can never be one event; empty where they can."""
    # Asked of every pair of a block: what is most often so comes first, and nothing is built to see it.
    if a.firm and b.firm and not _meet(a, b) and not _killed_once(a, b):
        return "different dates"
    if (_foretold(a, b) or _foretold(b, a)) and not _killed_once(a, b):
        return "told as done before its date"
    if _far_contexts(a, b) and not _killed_once(a, b):
        return "told of other times"
    if a.types.isdisjoint(b.types):
        compatible = load_rules().compatible
        if not any((x, y) in compatible for x in a.types for y in b.types):
            return "different types"
    if not a.nodes.isdisjoint(b.apart) or not b.nodes.isdisjoint(a.apart):
        return "the text tells them apart"
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


def evidence(a: Traits, b: Traits) -> Iterator[Reason]:
    """All reasons for and against a mention being one with a cluster, the prior first. Symmetric in its arguments."""
    yield "two mentions", load_rules().weights["prior"]
    yield from _wording(a, b)
    yield from facts(a, b)


def facts(a: Traits, b: Traits) -> Iterator[Reason]:
    """What type, time, harm, participants and places say, whatever the words. Symmetric in its arguments."""
    rules = load_rules()
    if a.types & b.types & rules.speech:
        yield "words are often repeated", rules.weights["speech_prior"]
    yield from _kinds(a, b)
    yield from _time(a, b)
    yield from _harm(a, b)
    yield from _parties(a, b)
    yield from _places(a, b)


def score(a: Traits, b: Traits) -> float:
    """The sum of all evidence, in log-odds."""
    return sum(weight for _, weight in evidence(a, b))


def _wording(a: Traits, b: Traits) -> Iterator[Reason]:
    weights = load_rules().weights
    if a.words & b.words:
        yield "the same word", weights["same_word"]
    elif a.families & b.families:
        yield "words for the same kind of event", weights["same_family"]
    elif are_related(a.families, b.families):
        yield "what is done and what comes of it", weights["related_family"]
    else:
        yield "words for different deeds", weights["other_word"]


def _kinds(a: Traits, b: Traits) -> Iterator[Reason]:
    weights = load_rules().weights
    if a.types & b.types:
        yield "the same type", weights["same_type"]
    else:
        yield "another type", weights["other_type"]
    if (a.denied and b.done and not b.denied) or (b.denied and a.done and not a.denied):
        yield "one says that it happened, the other that it did not", weights["denied"]


def _time(a: Traits, b: Traits) -> Iterator[Reason]:
    weights = load_rules().weights
    if _begin_together(a, b):
        yield "both go on, since the same time", weights["same_start"]
    elif a.spans != b.spans and a.days and b.days:
        yield "one goes on, the other happens once", weights["span_and_point"]
    elif a.firm and b.firm:
        yield from _overlap(_shared_days(a, b))
    elif a.days and b.days:
        apart = a.days[1] < b.days[0] or b.days[1] < a.days[0]
        day = a.days == b.days and a.days[0] == a.days[1]
        if apart or day:
            name = "context_apart" if apart else "context_day"
            yield "dates by context " + ("differ" if apart else "agree"), weights[name]
    yield from _weekdays(a, b)


def _begin_together(a: Traits, b: Traits) -> bool:
    """Both since October; or one since October, and of the other we hear that it began in October."""
    if not a.days or not b.days or a.days[0] != b.days[0] or not (a.spans or b.spans):
        return False
    return all(
        traits.spans or traits.days[1] - traits.days[0] > 7 for traits in (a, b) if traits.days
    )


def _overlap(shared: tuple[Days, Days] | None) -> Iterator[Reason]:
    weights = load_rules().weights
    longest = _width(shared) if shared else FOREVER
    if shared is None:
        yield "other dates, but a person is killed once", 0.0
    elif longest == 0:
        yield "the same day", weights["same_day"]
    elif longest <= load_rules().thresholds["near_days"] or _is_deadline(*shared):
        yield "about the same days", weights["near_dates"]
    elif longest <= 31:
        yield "the same month", weights["same_month"]
    elif longest < FOREVER / 2:
        yield "dates overlap", weights["same_span"]


def _is_deadline(x: Days, y: Days) -> bool:
    """ "By Sunday" and a day at the end of that week."""
    open_start = x[0] == 0 or y[0] == 0
    return open_start and abs(x[1] - y[1]) <= load_rules().thresholds["near_days"]


def _weekdays(a: Traits, b: Traits) -> Iterator[Reason]:
    """An undated article names the weekday of a dated event."""
    for undated, dated in ((a, b), (b, a)):
        day = dated.days if dated.firm else None
        if undated.weekday and day and not undated.firm and (day[0] == day[1] or day[0] == 0):
            same = (day[1] - 1) % 7 + 1 in undated.weekday
            name = "same_weekday" if same else "other_weekday"
            yield ("the same weekday" if same else "another weekday"), load_rules().weights[name]


def _harm(a: Traits, b: Traits) -> Iterator[Reason]:
    weights, telling = load_rules().weights, load_rules().thresholds["telling_toll"]
    if a.victims & b.victims:
        yield "the same victim", weights["victim"]
    elif (a.victims and b.tolls and not a.tolls) or (b.victims and a.tolls and not b.tolls):
        yield "named victims here, a number there", weights["crowd_and_named"]
    same = {toll for toll in a.tolls & b.tolls if toll[1] == toll[2]}
    pairs = [(x, y) for x in a.tolls for y in b.tolls if x[0] == y[0]]
    if same:
        large = max(toll[1] for toll in same) >= telling
        yield "the same number of casualties", weights["toll" if large else "small_toll"]
    elif pairs and all(_apart(x, y) for x, y in pairs):
        yield "other numbers of casualties", weights["toll_apart"]
    elif pairs:
        yield "numbers of casualties that agree", weights["toll_overlap"]


def _parties(a: Traits, b: Traits) -> Iterator[Reason]:
    weights = load_rules().weights
    for name, x, y in (("actor", a.agents, b.agents), ("recipient", a.patients, b.patients)):
        found = list(_party(name, x, y))
        yield from found
        if found and a.types & b.types & load_rules().symmetric and _with_others(x, y):
            yield "not the same parties", weights["parties_apart"]
        if not found and x.named and y.named:
            yield (
                f"another {name}",
                weights["agents_apart" if name == "actor" else "patients_apart"],
            )


def _with_others(x: Party, y: Party) -> bool:
    """Each side names somebody who has nothing to do with the other's."""
    return any(name not in y.circle for name in x.named) and any(
        name not in x.circle for name in y.named
    )


def _party(name: str, x: Party, y: Party) -> Iterator[Reason]:
    weights = load_rules().weights
    shared = x.ids & y.ids
    if shared:
        persons, states = shared & (x.people | y.people), shared & (x.states | y.states)
        kind = "person" if persons else "body" if shared - states else "state"
        yield f"the same {name}", weights[kind]
    elif x.circle & y.circle and (x.ids & y.circle or y.ids & x.circle):
        yield f"{name}s of one side", weights["kin"]
    elif x.heads & y.heads:
        yield f"the same word for the {name}", weights["same_head"]


def _places(a: Traits, b: Traits) -> Iterator[Reason]:
    weights = load_rules().weights
    if any(x.name == y.name or _near(x, y) for x in a.places for y in b.places):
        yield "the same place", weights["same_place"]
    elif a.countries and b.countries and a.countries.isdisjoint(b.countries):
        yield "another country", weights["countries_apart"]
    elif a.places and b.places:
        yield "another place", weights["places_apart"]
    elif a.countries & b.countries:
        yield "the same country", weights["same_country"]


def _near(x: Place, y: Place) -> bool:
    if x.lat is None or y.lat is None or x.lon is None or y.lon is None:
        return False
    east = (x.lon - y.lon) * cos(radians((x.lat + y.lat) / 2))
    return hypot(x.lat - y.lat, east) * _KM_A_DEGREE <= load_rules().thresholds["near_km"]


def beside_facts(x: Wording, y: Wording, overlap: float) -> Iterator[Reason]:
    """What the words of two passages say where facts are known: little, for a crisis has many strikes, and it is who,
    when and whom that tells them apart. `overlap` is that of their articles' words, 0..1."""
    weights = load_rules().weights
    words = weights["content_word"] * len(x.content & y.content)
    yield "the sentences share words", min(words, weights["content_most"])
    if x.doc != y.doc:
        weight = weights["likeness"] * (overlap - weights["likeness_even"])
        bounded = max(weights["likeness_least"], min(weight, weights["likeness_most"]))
        yield (
            ("articles on the same story" if bounded > 0 else "articles on other stories"),
            bounded,
        )


def compare(a: Traits, b: Traits, x: Wording, y: Wording, articles: Context) -> Iterator[Reason]:
    """All reasons for and against two passages being one event: by wording alone where neither tells more than words."""
    if is_bare(a, b):
        yield from reasons(x, y, articles.likeness(x.doc, y.doc))
        yield from facts(a, b)
    else:
        yield from evidence(a, b)
        yield from beside_facts(x, y, articles.overlap(x.doc, y.doc))
