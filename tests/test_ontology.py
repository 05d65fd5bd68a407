"""The ontology: what is in it, which sense of a word wins, and what is said when a file is broken."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from timeline import paths
from timeline.errors import DataError
from timeline.model import CasualtyKind, EventType, Modality, Role
from timeline.ontology import Ontology, Trigger, load_examples, load_ontology, read_ontology
from timeline.ontology.__main__ import describe
from timeline.ontology.examples import parse_example
from timeline.ontology.inflection import participle, third_person


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.ONTOLOGY, tmp_path / "ontology"))


# Content


def test_coverage_is_broad(ontology: Ontology) -> None:
    words = Counter(pos for pos, _ in ontology.triggers)
    assert words["verb"] >= 900
    assert words["noun"] >= 600


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_type_is_defined_and_can_be_found(ontology: Ontology, event_type: EventType) -> None:
    definition = ontology.types[event_type]
    assert definition.definition
    assert definition.example.event_type is event_type
    assert any(t.event_type is event_type for group in ontology.triggers.values() for t in group)


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_mode_has_a_trigger(ontology: Ontology, event_type: EventType) -> None:
    triggers = (t for group in ontology.triggers.values() for t in group)
    found = {t.mode for t in triggers if t.event_type is event_type}
    assert set(ontology.types[event_type].modes) <= found


def test_every_entry_has_an_example(ontology: Ontology) -> None:
    entries = {t.id for group in ontology.triggers.values() for t in group}
    assert entries == {example.entry for example in load_examples()}


def test_examples_point_at_their_trigger() -> None:
    for example in load_examples():
        assert example.text[example.start :].startswith(example.trigger)
        assert not set("{}[]*") & set(example.text)


def test_page_in_docs_is_up_to_date(ontology: Ontology) -> None:
    page = paths.ROOT / "docs" / "ontology.md"
    assert page.read_text(encoding="utf-8").strip() == describe(ontology).strip(), (
        "run `python -m timeline.ontology > docs/ontology.md`"
    )


# Which sense of a word is tried first


@pytest.mark.parametrize(
    ("pos", "lemma", "entry"),
    [
        ("verb", "fire", "assault.fire-weapon"),
        ("verb", "fire", "politics.dismiss-person"),
        ("verb", "strike", "agree.strike-deal"),
        ("verb", "strike", "assault.strike-any"),
        ("verb", "strike", "protest.strike-work"),
        ("verb", "meet", "consult.meet"),
        ("verb", "meet", "concede.meet-demand"),
        ("verb", "kill", "politics.kill-bill"),
        ("verb", "pass", "politics.pass-law"),
        ("verb", "storm", "protest.crowd-storms"),
        ("noun", "strike", "assault.strike-on"),
        ("noun", "strike", "protest.labour-strike"),
        ("noun", "procession", "other.procession"),
    ],
)
def test_a_word_has_its_senses(ontology: Ontology, pos: str, lemma: str, entry: str) -> None:
    assert entry in {trigger.id for trigger in ontology.candidates(pos, lemma)}


def _index(triggers: tuple[Trigger, ...], entry: str) -> int:
    return [trigger.id for trigger in triggers].index(entry)


@pytest.mark.parametrize(
    ("pos", "lemma", "first", "later"),
    [
        ("verb", "kill", "politics.kill-bill", "assault.kill"),
        ("verb", "storm", "protest.crowd-storms", "assault.storm-embassy"),
        ("verb", "shoot", "assault.shoot-film", "assault.shoot"),
        ("verb", "withdraw", "sanction.withdraw-deal", "retreat.withdraw"),
        ("noun", "attack", "assault.airstrike", "assault.attack-noun"),
    ],
)
def test_the_most_specific_sense_comes_first(
    ontology: Ontology, pos: str, lemma: str, first: str, later: str
) -> None:
    candidates = ontology.candidates(pos, lemma)
    assert _index(candidates, first) <= _index(candidates, later)


def test_unknown_words_are_no_triggers(ontology: Ontology) -> None:
    assert ontology.candidates("verb", "photosynthesise") == ()
    assert ontology.candidates("noun", "table") == ()


def test_a_plural_that_was_taken_for_a_name_is_found(ontology: Ontology) -> None:
    assert ontology.candidates("noun", "riots") == ontology.candidates("noun", "riot")
    assert ontology.candidates("verb", "riots") == ()


@pytest.mark.parametrize(
    ("value", "lemma", "label", "expected"),
    [
        ("missile", "missile", "", True),
        ("missile", "rocket", "", False),
        ("@weapon", "rocket", "", True),
        ("@person", "nurse", "", True),
        ("@person", "vance", "PERSON", True),
        ("@weapon", "vance", "PERSON", False),
        ("LOC", "lima", "GPE", True),
        ("LOC", "lima", "PERSON", False),
        ("@human", "protesters", "", True),
        ("@human", "raiders", "ORG", False),
    ],
)
def test_in_class(ontology: Ontology, value: str, lemma: str, label: str, expected: bool) -> None:
    assert ontology.in_class(value, lemma, label) is expected


def _trigger(ontology: Ontology, entry: str, lemma: str) -> Trigger:
    groups = (ontology.candidates(pos, lemma) for pos in ("verb", "noun", "adjective"))
    return next(t for group in groups for t in group if t.id == entry)


def test_roles_start_from_the_defaults_of_the_part_of_speech(ontology: Ontology) -> None:
    assert _trigger(ontology, "assault.kill", "kill").roles["object"] is Role.RECIPIENT
    assert _trigger(ontology, "assault.kill-nouns", "killing").roles["by"] is Role.ACTOR
    fire = _trigger(ontology, "assault.fire-weapon", "fire").roles
    assert fire["object"] is Role.INSTRUMENT
    assert fire["at"] is Role.RECIPIENT
    assert "object" not in _trigger(ontology, "assault.open-fire", "open").roles


def test_casualty_kinds(ontology: Ontology) -> None:
    assert _trigger(ontology, "assault.kill", "kill").casualty is CasualtyKind.KILLED
    assert _trigger(ontology, "coerce.arrest", "detain").casualty is CasualtyKind.DETAINED


@pytest.mark.parametrize(
    ("entry", "lemma", "active", "passive"),
    [
        ("assault.kill", "kill", "kills", "killed"),
        ("assault.shoot-down", "shoot", "shoots down", "shot down"),
        ("assault.airstrike", "strike", "strikes", ""),
        ("politics.resign", "resign", "resigns", "resigned"),
        ("coerce.arrest", "arrest", "arrests", "arrested"),
    ],
)
def test_headlines(ontology: Ontology, entry: str, lemma: str, active: str, passive: str) -> None:
    trigger = _trigger(ontology, entry, lemma)
    assert (trigger.headline, trigger.headline_passive) == (active, passive)


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("kill", "kills"), ("veto", "vetoes"), ("bury", "buries"), ("carry out", "carries out"),
     ("buy", "buys"), ("clash", "clashes")],
)  # fmt: skip
def test_third_person(lemma: str, form: str) -> None:
    assert third_person(lemma) == form


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("kill", "killed"), ("stab", "stabbed"), ("bury", "buried"), ("raid", "raided"),
     ("shoot down", "shot down"), ("fix", "fixed"), ("expel", "expelled"), ("deploy", "deployed")],
)  # fmt: skip
def test_participle(lemma: str, form: str) -> None:
    assert participle(lemma, {"shoot": "shot"}, frozenset({"expel"})) == form


# Modality


@pytest.mark.parametrize(
    ("table", "word", "modality"),
    [
        ("governors", "plan", Modality.PLANNED),
        ("governors", "threaten", Modality.POSSIBLE),
        ("governors", "urge", Modality.DEMANDED),
        ("governors", "deny", Modality.DENIED),
        ("governors", "accuse", Modality.ALLEGED),
        ("modals", "will", Modality.PLANNED),
        ("modals", "might", Modality.POSSIBLE),
        ("modals", "must", Modality.DEMANDED),
        ("adverbs", "allegedly", Modality.ALLEGED),
        ("adjectives", "attempted", Modality.DENIED),
        ("adjectives", "upcoming", Modality.PLANNED),
        ("markers", "if", Modality.POSSIBLE),
    ],
)
def test_modality_cues(ontology: Ontology, table: str, word: str, modality: Modality) -> None:
    assert getattr(ontology.modality, table)[word] is modality


def test_modality_word_sets(ontology: Ontology) -> None:
    cues = ontology.modality
    assert "manage" in cues.implicatives
    assert {"not", "no", "without"} <= cues.negators
    assert {"carry", "stage"} <= cues.light
    assert "say" in cues.reporting


# Examples as they are written


def test_marks_of_an_example() -> None:
    example = parse_example("  {Rebels} *fired* missiles at [a depot] => alleged", "a.b", "x")
    assert example.text == "Rebels fired missiles at a depot"
    assert (example.trigger, example.start) == ("fired", 7)
    assert (example.actors, example.recipients) == (("Rebels",), ("a depot",))
    assert example.modality is Modality.ALLEGED
    assert parse_example("They *shot* a film => none", "a.b", "x").none


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Nothing is marked.", "0 triggers"),
        ("Two *are* *marked*.", "2 triggers"),
        ("This {is *open*.", "not closed"),
        ("It *fell* => sometimes", "no modality"),
    ],
)
def test_broken_examples_are_named(line: str, fault: str) -> None:
    with pytest.raises(DataError, match=fault):
        parse_example(line, "a.b", "assault.yaml, entry kill")


# Broken files

_GOOD = "- id: x\n  verbs: bedevil\n  examples: '{Rebels} *bedevilled* [us].'\n"


def test_an_entry_of_ones_own_is_read(folder: Path) -> None:
    (folder / "triggers" / "assault.yaml").write_text(_GOOD, encoding="utf-8")
    (found,) = read_ontology(folder).candidates("verb", "bedevil")
    assert (found.id, found.event_type, found.headline) == (
        "assault.x",
        EventType.ASSAULT,
        "bedevils",
    )


@pytest.mark.parametrize(
    ("content", "fault", "where"),
    [
        ("- id: x\n  verbs: [harm", "no valid YAML", "assault.yaml, line"),
        ("verbs: harm\n", "no list", "assault.yaml"),
        ("- verbs: harm\n", "no id", "assault.yaml, entry 1"),
        (_GOOD + _GOOD, "taken", "entry x"),
        (_GOOD + "  colour: red\n", "unknown key 'colour'", "entry x"),
        ("- id: x\n  examples: 'They *harm* us.'\n", "no trigger words", "entry x"),
        ("- id: x\n  verbs: harm\n", "no example", "entry x"),
        (_GOOD + "  mode: polka\n", "mode 'polka'", "entry x"),
        (_GOOD + "  object: '@nosuch'\n", "no class @nosuch", "entry x"),
        (_GOOD + "  object: PLANET\n", "no label PLANET", "entry x"),
        (_GOOD + "  object: Missile\n", "'Missile' is no lemma", "entry x"),
        (_GOOD + "  object: [1]\n", "1 is no word", "entry x"),
        (_GOOD + "  roles: {object: victim}\n", "'victim' is unknown", "entry x"),
        (_GOOD + "  salience: 7\n", "out of range", "entry x"),
        (_GOOD + "  salience: high\n", "no number", "entry x"),
        (_GOOD + "  no_object: maybe\n", "not a truth value", "entry x"),
        (_GOOD + "  casualty: bored\n", "'bored' is unknown", "entry x"),
    ],
)
def test_broken_trigger_files_are_named(folder: Path, content: str, fault: str, where: str) -> None:
    (folder / "triggers" / "assault.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=fault) as caught:
        read_ontology(folder)
    assert where in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("classes.yaml", "a: '@b'\nb: '@a'\n", "contains itself"),
        ("classes.yaml", "a: '@b'\n", "@b is not defined"),
        ("types.yaml", "AGREE: {}\n", "no definition"),
        ("modality.yaml", "governors: {}\n", "missing or unknown"),
        ("triggers/polka.yaml", _GOOD, "'POLKA' is unknown"),
    ],
)
def test_other_broken_files_are_named(folder: Path, name: str, content: str, fault: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        read_ontology(folder)


def test_a_word_under_two_modalities_is_an_error(folder: Path) -> None:
    path = folder / "modality.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("adverbs:\n", "adverbs:\n  asserted: allegedly\n"), encoding="utf-8"
    )
    with pytest.raises(DataError, match="'allegedly' stands under"):
        read_ontology(folder)


def test_a_missing_file_is_an_error(folder: Path) -> None:
    (folder / "classes.yaml").unlink()
    with pytest.raises(DataError, match="cannot be read"):
        read_ontology(folder)
