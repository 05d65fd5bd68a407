"""``python -m timeline.ontology > docs/ontology.md``: the ontology as a page to read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from timeline.errors import TimelineError
from timeline.ontology.definitions import Example, Ontology, TypeDefinition
from timeline.ontology.loading import load_ontology

_HEAD = """\
# Event types

<!-- Written by `python -m timeline.ontology`; change data/ontology, not this page. -->

Sixteen types and their modes follow [PLOVER](https://github.com/openeventdata/PLOVER); POLITICS, STATEMENT, DISASTER
and OTHER are this project's own, for what PLOVER leaves out. Each event also carries the matching CAMEO root and ACLED
event type for export. *Weight* runs from -10 (conflict) to 10 (cooperation) on the Goldstein scale.
In the examples the **trigger** is bold, the actor is marked A and the recipient R. All examples are invented.
"""

_ENTRIES = """\
## How an entry is written

The words that report events are in `data/ontology/triggers`, one file a type. An entry lists words and the company
that they must keep; of the entries that match, the one with the most conditions wins. Lists are words with commas
between them: a lemma (`missile`), a class of `classes.yaml` (`@weapon`), or an entity label (`PERSON`, `ORG`, `LOC`,
`NORP`).

| key | means |
| --- | --- |
| `verbs`, `nouns`, `adjectives` | lemmas; nouns may each have their verb for titles: `{raid: raids}` |
| `mode` | a mode of the type |
| `subject`, `object`, `not_subject`, `not_object` | one of these must (not) stand there, passives undone; a noun's object is what "of", a possessive or a compound gives |
| `no_object`, `needs_object`, `complement`, `passive` | intransitive only; transitive only; with a clause; only (not) passive |
| `particle`, `preps` | one of these particles; one of these prepositions, and what may follow it |
| `modifier`, `not_modifier` | nouns: a compound or adjective before it |
| `idiom` | the expression is no event: "shot a film" |
| `roles` | position -> actor, recipient, location or instrument, over the defaults; an empty value takes one away |
| `casualty` | the number of the recipients is a count of people killed, wounded, detained or displaced |
| `salience`, `durative` | 0..1, how likely it is worth a place on a timeline; whether it may go on for long |
| `headline`, `headline_passive` | the title's verb; reckoned from the lemma where it is not given |
| `examples` | one a line: `{Rebels} *fired* missiles at [a depot] => alleged`; actor in braces, recipient in brackets, `=> none` for no event |
"""


def describe(ontology: Ontology) -> str:
    """The page, in Markdown."""
    return "\n".join((_HEAD, *_overview(ontology), *_types(ontology), _ENTRIES))


def _overview(ontology: Ontology) -> Iterator[str]:
    words: Counter[str] = Counter(pos for pos, _ in ontology.triggers)
    yield f"Words that report events: {words['verb']} verbs, {words['noun']} nouns, {words['adjective']} adjectives.\n"
    yield "| type | modes | CAMEO | ACLED | weight |\n| --- | --- | --- | --- | --- |"
    for name, definition in ontology.types.items():
        modes = ", ".join(definition.modes) or "—"
        acled = f"{definition.acled_event}: {definition.acled_sub_event}"
        yield f"| [{name}](#{name.lower()}) | {modes} | {definition.cameo_root or '—'} | {acled} | {definition.weight:g} |"
    yield ""


def _types(ontology: Ontology) -> Iterator[str]:
    lemmas = _lemmas_by_type(ontology)
    for definition in ontology.types.values():
        yield f"## {definition.event_type}\n"
        yield f"{definition.definition}\n"
        yield f"> {marked(definition.example)}\n"
        yield from _modes(definition)
        yield f"Words, among others: {', '.join(sorted(lemmas[definition.event_type])[:40])}.\n"


def _modes(definition: TypeDefinition) -> Iterator[str]:
    if definition.modes:
        yield "| mode | definition | example |\n| --- | --- | --- |"
        for mode in definition.modes.values():
            yield f"| {mode.name} | {mode.definition} | {marked(mode.example)} |"
        yield ""


def _lemmas_by_type(ontology: Ontology) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for (_, lemma), triggers in ontology.triggers.items():
        if triggers[-1].specificity < 3 and not triggers[-1].idiom:  # means this by itself
            found[triggers[-1].event_type].add(lemma)
    return found


def marked(example: Example) -> str:
    """An example with its trigger in bold and its participants marked."""
    text = example.text[: example.start] + f"**{example.trigger}**"
    text += example.text[example.start + len(example.trigger) :]
    for letter, phrases in (("A", example.actors), ("R", example.recipients)):
        text = _labelled(text, phrases, letter)
    return text


def _labelled(text: str, phrases: Iterable[str], letter: str) -> str:
    for phrase in phrases:
        text = text.replace(phrase, f"_{phrase}_<sub>{letter}</sub>", 1)
    return text


if __name__ == "__main__":
    try:
        print(describe(load_ontology()))
    except TimelineError as error:
        raise SystemExit(str(error)) from None
