"""Archives are cut where it is least likely to tear an event."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.blocks import events_of
from benchmarks.made_up import Archive, analyses
from timeline.actors import resolve_actors
from timeline.blocks import as_kept, merge_by_blocks
from timeline.gazetteer import load_gazetteer
from timeline.merge import find_keys, is_telling
from timeline.model import Actor, Analysis, EventMention, When
from timeline.stories import cut
from timeline.workspace import Workspace


@pytest.fixture(scope="module")
def dense() -> tuple[tuple[Analysis, ...], tuple[Actor, ...]]:
    """A hundred and twenty articles of one day and a bit."""
    return resolve_actors(
        tuple(analyses(120, Archive(articles_a_day=100, passages=5))), load_gazetteer()
    )


def test_an_archive_of_many_articles_a_day_is_told_as_in_one_block(
    dense: tuple[tuple[Analysis, ...], tuple[Actor, ...]],
) -> None:
    """Cut by time alone, half of the events were told twice where a block held a day."""
    resolved, actors = dense
    telling = sum(is_telling(mention) for one in resolved for mention in one.mentions)
    whole, _ = events_of(resolved, actors, telling)
    found, blocks = events_of(resolved, actors, telling // 4)
    assert blocks > 3
    assert len(whole & found) >= 0.95 * len(whole)


def test_a_passage_and_its_copies_share_a_firm_key_and_so_does_what_counts_from_it() -> None:
    one, *_ = analyses(1)
    first, second = one.mentions[:2]
    counted = replace(second, when=When(anchor=f"mention:{first.mention_id}", shift="+1D"))
    copy = replace(first, mention_id="copy:0", doc_id="copy", doc="copy")
    told = replace(one, mentions=(first, counted))
    reprint = replace(
        one, document=replace(one.document, doc_id="copy", doc="copy"), mentions=(copy,)
    )
    (a, b), (c,) = (list(find_keys(each, (), None)) for each in (told, reprint))
    assert set(a.firm) & set(b.firm)
    assert set(a.firm) & set(c.firm)
    assert not set(b.firm) & set(c.firm)


def test_two_articles_on_one_deed_share_a_key_and_those_on_another_day_and_deed_do_not() -> None:
    articles = list(analyses(40, Archive(articles_a_day=20)))
    told = [(mention, keys) for one in articles for mention, keys in _keyed(one)]
    same = [
        (a, b)
        for at, (x, a) in enumerate(told)
        for y, b in told[:at]
        if x.lemma == y.lemma and x.when.earliest and x.when.earliest == y.when.earliest
    ]
    assert same
    assert all(a & b for a, b in same)
    other = [
        a & b
        for at, (x, a) in enumerate(told)
        for y, b in told[:at]
        if x.event_type != y.event_type and x.doc_id != y.doc_id
    ]
    assert sum(map(bool, other)) < 0.02 * len(other)


def _keyed(one: Analysis) -> list[tuple[EventMention, set[int]]]:
    return [
        (mention, set(keys.loose))
        for mention, keys in zip(one.mentions, find_keys(one, (), None), strict=True)
    ]


SHARED = st.lists(st.lists(st.integers(0, 29), min_size=2, max_size=8, unique=True), max_size=40)


@given(
    st.lists(st.integers(1, 10), min_size=30, max_size=30),
    st.lists(st.integers(0, 1), min_size=30, max_size=30),
    SHARED,
    st.integers(1, 12),
)
def test_no_block_holds_more_than_it_may_and_nothing_that_tells_is_left_out(
    days: list[int], telling: list[int], shared: list[list[int]], most: int
) -> None:
    ordered = sorted(shared, key=len)
    blocks = cut(days, telling, ((False, members) for members in ordered), most).tolist()
    counted = Counter(block for block, told in zip(blocks, telling, strict=True) if told)
    assert -1 not in counted
    assert max(counted.values(), default=0) <= most
    assert sorted(counted) == list(range(len(counted)))
    assert set(blocks) <= {-1, *counted}


@given(SHARED)
def test_who_must_not_be_parted_is_in_one_block_whatever_its_size(shared: list[list[int]]) -> None:
    blocks = cut([1] * 30, [1] * 30, ((True, members) for members in shared), 3)
    assert all(len({int(blocks[at]) for at in members}) == 1 for members in shared)


def test_a_document_that_is_dropped_leaves_nothing_to_be_merged() -> None:
    first, second = analyses(2)
    workspace = Workspace()
    for one in (first, second):
        workspace.add_document(one.document)
        workspace.add_resolved(as_kept(one, ()))
    workspace.drop_document(first.document)
    merge_by_blocks(workspace)
    assert {mention.doc_id for mention in workspace.mentions()} == {second.document.doc_id}
    told = {item.doc_id for event in workspace.events() for item in event.mentions}
    assert told == {second.document.doc_id}


def test_the_rarest_that_is_shared_decides() -> None:
    """Six of one day: a name that all share does not fit into a block of three, the two that pairs share do."""
    pairs = [(False, [0, 3]), (False, [1, 4]), (False, [0, 1, 2, 3, 4, 5])]
    blocks = cut([date(2020, 1, 1).toordinal()] * 6, [1] * 6, iter(pairs), 3).tolist()
    assert blocks[0] == blocks[3]
    assert blocks[1] == blocks[4]
    assert blocks[0] != blocks[1]


def test_what_only_passes_by_goes_where_the_one_is_that_it_shares_most_with() -> None:
    shared = [(False, [0, 4]), (False, [1, 3, 4]), (False, [2, 5])]
    blocks = cut([1, 9, 5, 9, 9, 5], [1, 1, 0, 1, 0, 0], iter(shared), 1).tolist()
    assert blocks[4] == blocks[0]
    assert blocks[2] == blocks[5] == -1
