"""Every rule of data/rules/timex_*.yaml does what its own examples say, and every rule has some."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_timex import read
from timeline.errors import DataError
from timeline.timex.reckoning import RECKONERS
from timeline.timex.rules import NOTHING, Example, Rule, load_rules

RULES = load_rules()
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"),
    EXAMPLES,
    ids=[f"{rule.rule_id}: {example.text}" for rule, example in EXAMPLES],
)
def test_example(rule: Rule, example: Example) -> None:
    found = {timex.text: timex for timex in read(example.text, example.dct)}
    if not example.span:
        assert not found
        return
    timex = found[example.span]
    assert rule.rule_id in timex.rule.split("+")
    assert (timex.type, timex.value) == (example.type, example.value)
    assert example.edtf is None or timex.edtf == example.edtf
    assert example.mod is None or timex.mod == example.mod


def test_every_rule_has_examples_and_an_id_of_its_own() -> None:
    assert all(rule.examples for rule in RULES)
    assert len({rule.rule_id for rule in RULES}) == len(RULES)


def test_every_meaning_is_known() -> None:
    assert {rule.means for rule in RULES} <= {*RECKONERS, NOTHING}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- {id: x, pattern: '{moon}', means: fixed, examples: []}", "unknown piece {moon}"),
        ("- {id: x, pattern: '(', means: fixed, examples: []}", "bad pattern"),
        ("- {id: x, means: fixed, examples: []}", "malformed rule"),
        ("- {id: x, pattern: y, means: fixed, needs: [moon], examples: []}", "unknown class moon"),
        ("- {id: x", "not YAML"),
    ],
)
def test_faulty_rules_are_named_with_their_place(
    content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "timex_bad.yaml").write_text(content, encoding="utf-8")
    load_rules()  # the lexicon is read from the real folder before it is hidden
    monkeypatch.setattr("timeline.paths.RULES", tmp_path)
    with pytest.raises(DataError, match=message) as error:
        load_rules.__wrapped__()
    assert "timex_bad.yaml" in str(error.value)
