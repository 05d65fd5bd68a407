"""What an article has told so far: who may be referred to, what they were called, and where the reader stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from timeline.annotated import Paragraph
from timeline.gazetteer import Gazetteer, core_of, plain, same_word
from timeline.model import ActorKind, Name, Span
from timeline.words import Word, Words, read_words

WINDOW = 4
"""Sentences that a pronoun may look back, its own included."""
UNRESOLVED = "?"
"""Key of what stands for nobody known: what follows may be the same."""
SEVERAL = "several"
"""Key of two persons named together: "they", and neither of them alone."""
GENDER_OF_PRONOUN = dict.fromkeys(("he", "him", "his", "himself"), "m") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "f"
)
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
_QUOTES = frozenset('"“”')
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One mention that something later may refer to."""

    key: str
    """Who it is: the same for all mentions of one person or group."""
    span: Span
    sentence: int
    weight: float
    kind: ActorKind
    gender: str = ""
    plural: bool = False
    token: Word
    """The head word."""
    quoted: bool = False
    named: bool = False


@dataclass(slots=True, kw_only=True)
class Discourse:
    """The state of reading one article, token by token."""

    gazetteer: Gazetteer
    persons: Sequence[tuple[str, ...]]
    """The persons of the text by their full names, each once."""
    short: Mapping[str, Name] = field(default_factory=dict)
    """Short forms of the article with the names that they stand for."""
    candidates: list[Candidate] = field(default_factory=list)
    roles: dict[str, dict[str, Candidate]] = field(default_factory=dict)
    """Title or description -> who was called so, by key."""
    genders: dict[str, str] = field(default_factory=dict)
    sentence: int = 0
    subject: Candidate | None = None
    """The state, body or group that was the subject of the sentence before."""
    paragraph: Paragraph = field(init=False)
    words: Words = field(init=False)
    """Those of the paragraph."""
    heads: Mapping[int, Name] = field(default_factory=dict)
    """Names of the paragraph by the index of their head word."""
    quotation: Sequence[bool] = ()
    """For each token of the paragraph, whether it stands between quotation marks."""

    def enter(self, paragraph: Paragraph, names: Iterable[Name]) -> None:
        """Go on to the next paragraph."""
        self.paragraph = paragraph
        self.words = read_words(paragraph.doc, paragraph.text)
        self.heads = _heads(paragraph, names)
        self.quotation = _quotation(self.words)

    def recent(self) -> list[Candidate]:
        """Candidates within the window, the latest first."""
        found = []
        for candidate in reversed(self.candidates):
            if self.sentence - candidate.sentence >= WINDOW:
                break
            found.append(candidate)
        return found

    def key_of(self, name: Name) -> str:
        """One key for all forms of a name: the full name that it ends, if there is one."""
        if name.label != "PERSON":
            full = self.short.get(plain(name.text), name).text
            known = self.gazetteer.candidates(full)
            return known[0].actor_id if len(known) == 1 else " ".join(core_of(full))
        words = core_of(name.text)
        longer = [full for full in self.persons if len(full) > len(words)]
        hosts = [full for full in longer if all(map(same_word, full[-len(words) :], words))]
        return " ".join(hosts[0] if len(hosts) == 1 else words)

    def role_key(self, role: str) -> str:
        """One key for words that say the same of a person: "cleric" and "clergyman"."""
        title, described = self.gazetteer.title(role), self.gazetteer.description(role)
        return described.lemma if described and (title is None or title.kind == "calling") else role

    def titles_ending(self, end: int) -> list[str]:
        """Titles whose last word stands right before token `end`, longest first, in lower case."""
        found = []
        for size in range(min(_LONGEST_TITLE, end), 0, -1):
            words = self.words[end - size : end].text
            if self.gazetteer.is_title(words):
                found.append(words.lower())
        return found


def _heads(paragraph: Paragraph, names: Iterable[Name]) -> dict[int, Name]:
    found = {}
    for name in names:
        tokens = paragraph.doc.char_span(
            name.start - paragraph.start, name.end - paragraph.start, alignment_mode="expand"
        )
        if tokens is not None:
            found[tokens.root.i] = name
    return found


def _quotation(words: Words) -> list[bool]:
    inside, found = False, []
    for token in words.items:
        if token.text in _QUOTES:
            inside = token.text == "“" or (token.text == '"' and not inside)
        found.append(inside)
    return found
