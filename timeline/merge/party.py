"""Who takes part in one role, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Participants in one role: actor ids, those they belong to, and heads of phrases that name no known actor."""

    ids: frozenset[str] = frozenset()
    circle: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    """Those of `ids` who are persons."""
    states: frozenset[str] = frozenset()
    """Those of `ids` that are states or whole peoples."""
    described: frozenset[str] = frozenset()
    """Those of `ids` that the text describes without naming them ("Shiite militiamen")."""
    named: frozenset[str] = field(init=False)
    """Those that cannot be somebody else under another description."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", self.ids - self.described)

    def join(self, other: Party) -> Party:
        if other is self or not (other.ids or other.heads):
            return self
        if not (self.ids or self.heads):
            return other
        return Party(
            ids=self.ids | other.ids,
            circle=self.circle | other.circle,
            heads=self.heads | other.heads,
            people=self.people | other.people,
            states=self.states | other.states,
            described=self.described | other.described,
        )
