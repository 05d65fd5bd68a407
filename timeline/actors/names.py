"""Finds names: what the entity recogniser saw, mended by the gazetteer and by names seen in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from timeline.annotated import AnnotatedText, Paragraph
from timeline.gazetteer import Gazetteer, core_of, fold_word, misspelt_word, same_word
from timeline.model import ActorKind, Name

_LABELS = {"PERSON": "PERSON", "ORG": "ORG", "NORP": "NORP", "EVENT": "EVENT"} | dict.fromkeys(
    ("LOC", "GPE", "FAC"), "LOC"
)
_LABEL_OF_KIND = {
    ActorKind.STATE: "LOC",
    ActorKind.PERSON: "PERSON",
    ActorKind.PEOPLE: "NORP",
}
_ARTICLES = frozenset({"al", "el", "the"})
_HYPHENS = frozenset("-‐‑–")
_ENDINGS = frozenset({"'s", "’s", "'", "’", '"', "”", ",", ".", "-"})
_QUOTES = frozenset("\"“”'‘’")
_BEFORE_PLACES = frozenset(
    [
        "in", "at", "near", "from", "outside", "inside", "around", "toward", "towards", "into",
        "visited", "entered", "left", "reached", "captured", "seized", "recaptured", "retook",
        "shelled", "bombed", "besieged",
    ]
)  # fmt: skip
"""Words after which a name that is a town's is that of the town."""
_ALWAYS_PLACES = frozenset({"in", "near", "outside", "inside"})
_LONGEST_TITLE = 4

Found = tuple[int, int, str]
"""First and last token (half-open) and label."""

Repeated = Mapping[str, Mapping[tuple[str, ...], str]]
"""First word -> words of a name seen in full -> label."""


def find_names(text: AnnotatedText, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Named entities of a text, sorted, without overlaps; titles are not part of a person's name."""
    docs = [paragraph.doc for paragraph in text.paragraphs]
    written = [[token.text for token in doc] for doc in docs]
    seen = [list(_recognised(doc, gazetteer)) for doc in docs]
    repeated = _in_full(written, seen)
    found = [
        list(_found(doc, words, spans, repeated, gazetteer))
        for doc, words, spans in zip(docs, written, seen, strict=True)
    ]
    surnames = _surnames(text.paragraphs, found)
    names = []
    for paragraph, words, spans in zip(text.paragraphs, written, found, strict=True):
        for span in _with_surnames(paragraph.doc, words, spans, surnames, gazetteer):
            names.append(_name(paragraph, span))
    return tuple(sorted(names, key=lambda name: name.start))


def _name(paragraph: Paragraph, found: Found) -> Name:
    tokens = paragraph.doc[found[0] : found[1]]
    start, end = paragraph.span(tokens)
    return Name(start=start, end=end, text=tokens.text, label=found[2])


def _found(
    doc: Doc, words: Sequence[str], seen: Sequence[Found], repeated: Repeated, gazetteer: Gazetteer
) -> Iterator[Found]:
    """Spans of one paragraph: the recogniser's and the known ones, the longer winning where they overlap.

    `words`: the texts of the tokens, of which spaCy makes each anew at each look.
    """
    # The gazetteer wins a tie: it knows what a name is, where the recogniser guesses.
    known = [(0, found) for found in _known(doc, words, gazetteer)]
    ranked = [
        *known,
        *((1, found) for found in _again(words, repeated)),
        *((2, found) for found in seen),
    ]
    ranked = [*_with_nicknames(words, ranked), *ranked]
    taken = [False] * len(doc)
    for _, (start, end, label) in sorted(ranked, key=lambda item: (item[1][0] - item[1][1], item)):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            yield start, end, label


def _with_nicknames(
    words: Sequence[str], ranked: Sequence[tuple[int, Found]]
) -> Iterator[tuple[int, Found]]:
    """ "Jimmy "Barbecue" Cherizier": one person, whatever is quoted within the name."""
    persons = [found for _, found in ranked if found[2] == "PERSON"]
    ending = {end: start for start, end, _ in persons}
    for start, end, _ in persons:
        opened = start - 3
        quoted = opened > 0 and words[opened] in _QUOTES and words[start - 1] in _QUOTES
        if quoted and opened in ending and words[start - 2][:1].isupper():
            yield 0, (ending[opened], end, "PERSON")


def _in_full(written: Sequence[Sequence[str]], seen: Sequence[Sequence[Found]]) -> Repeated:
    """Names of several words, by their first word: seen once, they are names wherever they stand in the text."""
    full: dict[str, dict[tuple[str, ...], str]] = {}
    for texts, spans in zip(written, seen, strict=True):
        for start, end, label in spans:
            words = tuple(texts[start:end])
            if len(words) > 1 and label in ("PERSON", "ORG") and words[0][0].isupper():
                full.setdefault(words[0], {}).setdefault(words, label)
    return full


def _again(words: Sequence[str], repeated: Repeated) -> Iterator[Found]:
    for start, word in enumerate(words):
        for name, label in repeated[word].items() if word in repeated else ():
            end = start + len(name)
            if tuple(words[start:end]) == name:
                yield start, end, label


def _recognised(doc: Doc, gazetteer: Gazetteer) -> Iterator[Found]:
    for entity in doc.ents:
        label = _LABELS.get(entity.label_)
        if label is None:
            continue
        start, end = _trimmed(doc, entity.start, entity.end)
        if label == "PERSON":
            start = _after_titles(doc, start, end, gazetteer)
        elif label == "ORG":
            person = _after_titles(doc, start, end, gazetteer)
            if person > start and end - person > 1 and _is_plain(doc[person:end], gazetteer):
                start, label = person, "PERSON"
        elif label == "LOC":
            end = _before_titles(doc, start, end, gazetteer)
        if start < end and _is_name(doc[start:end], label, gazetteer):
            mended = _mended_label(doc[start:end], label, gazetteer)
            yield start, end, _as_told(doc[start:end], mended, gazetteer)


def _is_plain(tokens: SpacySpan, gazetteer: Gazetteer) -> bool:
    """Whether what follows a title can be a person's name: capitalised words, the last of no body or place."""
    if any(not token.text[:1].isupper() for token in tokens):
        return False
    return fold_word(tokens[-1].text) not in gazetteer.name_words


def _is_name(tokens: SpacySpan, label: str, gazetteer: Gazetteer) -> bool:
    """False for capitalised words that the recogniser took for a name: "Rivalry grew", "Caretaker", "the 2003 US-led"."""
    last = tokens[-1]
    if not any(token.text[:1].isupper() for token in tokens):
        return False
    if len(tokens) > 1:
        return not gazetteer.is_adjective(last.text) or bool(gazetteer.candidates(tokens.text))
    known = gazetteer.candidates(last.text) or gazetteer.place(last.text)
    if known or last.pos_ == "ADJ":
        return True
    common = gazetteer.is_title(last.text) or gazetteer.description(last.text) is not None
    return not common and last.pos_ in ("PROPN", "X", "NUM", "")


def _mended_label(tokens: SpacySpan, label: str, gazetteer: Gazetteer) -> str:
    """What the last word tells ("Tahrir Square" is no person), and what can only be a place."""
    if len(tokens) > 1 and label in ("PERSON", "NORP", "LOC", "ORG"):
        told, _ = gazetteer.name_words.get(fold_word(tokens[-1].text), ("", ActorKind.OTHER))
        return told or label
    if label in ("PERSON", "ORG") and any(char.isdigit() for char in tokens.text):
        return "LOC" if gazetteer.place(tokens.text) else label
    return label


def _as_told(tokens: SpacySpan, label: str, gazetteer: Gazetteer) -> str:
    """What the sentence says of a name that nobody knows: "Debretsion Gebremichael, the region's leader" is a person,
    and one is "in Bakhmut", not in a person."""
    name = tokens.text
    if gazetteer.candidates(name) or gazetteer.state_of(name) is not None:
        return label
    if label in ("ORG", "LOC") and len(tokens) > 1 and gazetteer.place(name) is None:
        plain = all(token.text.isalpha() and token.text.istitle() for token in tokens)
        return "PERSON" if plain and _has_office(tokens, gazetteer) else label
    if label == "PERSON" and len(tokens) == 1 and tokens.start:
        before = tokens.doc[tokens.start - 1].lower_
        town = before in _BEFORE_PLACES and gazetteer.place(name) is not None
        joined = tokens.root.dep_ == "conj" and tokens.root.head.ent_type_ in ("LOC", "GPE")
        return "LOC" if town or joined or before in _ALWAYS_PLACES else label
    return label


def _has_office(tokens: SpacySpan, gazetteer: Gazetteer) -> bool:
    """Whether an apposition follows that tells what the person is ("…, the region's leader, …")."""
    if fold_word(tokens[-1].text) in gazetteer.name_words:
        return False
    for apposed in tokens.root.children:
        alone = apposed.tag_ == "NN" and not any(c.dep_ == "compound" for c in apposed.children)
        if apposed.dep_ == "appos" and apposed.i > tokens.end and alone:
            title = gazetteer.title(apposed.text)
            return title is not None and title.kind in ("office", "calling", "rank")
    return False


def _before_titles(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where a state's name ends that the recogniser ran together with what follows: "US Ambassador"."""
    if (
        end - start < 2
        or not gazetteer.is_adjective(doc[start].text)
        or gazetteer.place(doc[start:end].text)
    ):
        return end
    rest = doc[start + 1 : end]
    titled = gazetteer.is_title(rest.text) or gazetteer.body(rest.text) is not None
    return start + 1 if titled or rest[0].pos_ not in ("PROPN", "") else end


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].lower_ == "the" or doc[start].is_punct):
        start += 1
    while end > start and doc[end - 1].text in _ENDINGS:
        end -= 1
    return start, end


def _after_titles(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where the name proper begins: "US Secretary of State Mike Pompeo" is named Mike Pompeo."""
    if gazetteer.candidates(doc[start:end].text):
        return start
    begun = doc[start - 2 : start + 1] if start > 1 and end - start > 1 else None
    if begun is not None and begun[1].lower_ == "of" and gazetteer.is_title(begun.text):
        start += 1  # "Secretary of | State Mike Pompeo"
    moved = True
    while moved and end - start > 1:
        moved = False
        for size in range(min(_LONGEST_TITLE, end - start - 1), 0, -1):
            words = doc[start : start + size].text
            title = gazetteer.title(words)
            if title is not None and not (title.kind == "regnal" and end - start - size == 1):
                start, moved = start + size, True
                break
            if (
                size == 1
                and gazetteer.is_adjective(words)
                and _title_follows(doc, start, end, gazetteer)
            ):
                start, moved = start + 1, True
    return start


def _title_follows(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    sizes = range(1, min(_LONGEST_TITLE, end - start - 1) + 1)
    return any(gazetteer.is_title(doc[start + 1 : start + 1 + size].text) for size in sizes)


def _known(doc: Doc, words: Sequence[str], gazetteer: Gazetteer) -> Iterator[Found]:
    """Names of the gazetteer, longest first, over the words that carry a name."""
    folded, places = _name_words(words)
    for first, last in gazetteer.matches(folded):
        start, end = places[first], places[last - 1] + 1
        while start > 0 and _is_article(words, start):
            start -= 1
        tokens = doc[start:end]
        if tokens[0].lower_ == "the":
            tokens = doc[start + 1 : end]
        label = _known_label(tokens.text, list(tokens), gazetteer)
        if label:
            yield tokens.start, tokens.end, label
    if not _shouts(words):
        yield from _acronyms(words, gazetteer)


def _name_words(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Folded words without hyphens and articles, and the token that each is."""
    folded, places = [], []
    for i, word in enumerate(words):
        for part in _name_parts(word):
            folded.append(part)
            places.append(i)
    return folded, places


@lru_cache(maxsize=1 << 16)
def _name_parts(word: str) -> tuple[str, ...]:
    if word in _HYPHENS or word.lower() in _ARTICLES:
        return ()
    return ("",) if _is_compound(word) else core_of(word) or ("",)


def _is_compound(word: str) -> bool:
    """ "anti-US", "Iran-backed": words that say something of another, and are no names themselves."""
    parts = word.split("-")
    if len(parts) == 1:
        return False
    return parts[-1].islower() or (parts[0].islower() and parts[0] not in _ARTICLES)


def _is_article(words: Sequence[str], start: int) -> bool:
    """Whether what stands before a name is its article: "al" and its hyphen, or "Al"."""
    before = words[start - 1]
    if before in _HYPHENS:
        return start > 1 and words[start - 2].lower() in ("al", "el")
    return before.lower() in ("al", "el")


def _shouts(words: Sequence[str]) -> bool:
    """A line in capitals, where acronyms and words look alike."""
    return not any(map(str.islower, words))


def _acronyms(words: Sequence[str], gazetteer: Gazetteer) -> Iterator[Found]:
    for i, word in enumerate(words):
        if word[0].isupper() and len(word) > 1 and word.replace(".", "").isupper():
            actors = gazetteer.candidates(word)
            if len(actors) == 1:
                yield i, i + 1, _label_of(actors[0].kind)


def _known_label(name: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> str:
    """The label of a gazetteer's name at this place, or empty where these words are no name here."""
    if not _looks_like_name(tokens):
        return ""
    state = gazetteer.state_of(name)
    if state is not None:
        nationality = gazetteer.is_adjective(name) or core_of(name) in gazetteer.peoples
        own_name = core_of(name) == core_of(state.name) or name.replace(".", "").isupper()
        return "NORP" if nationality and not own_name else "LOC"
    actors = gazetteer.candidates(name)
    single = len(core_of(name)) == 1
    opening = single and tokens[0].is_sent_start and tokens[0].tag_ and tokens[0].pos_ != "PROPN"
    if opening and not any(actor.kind is ActorKind.ARMED_GROUP for actor in actors):
        return ""  # "Apple prices rose": a capital at the start of a sentence says nothing.
    if actors and not (single and len(actors) > 1):
        return _label_of(actors[0].kind)
    if single:
        return ""  # A town's name alone may be anything: that is for the recogniser to say.
    return "LOC" if gazetteer.place(name) is not None else ""


def _looks_like_name(tokens: Sequence[Token]) -> bool:
    first, last = tokens[0], tokens[-1]
    hyphened = len(tokens) > 2 and tokens[-2].text in _HYPHENS  # Ban Ki-moon
    if not (last.text[:1].isupper() or last.text[:1].isdigit() or hyphened):
        return False
    return first.text[:1].isupper() or first.lower_ in _ARTICLES or first.text[:1].isdigit()


def _label_of(kind: ActorKind) -> str:
    return _LABEL_OF_KIND.get(kind, "ORG")


def _surnames(paragraphs: Iterable[Paragraph], found: Iterable[Iterable[Found]]) -> frozenset[str]:
    """Last words of the persons who are named in full somewhere in the text."""
    surnames = set()
    for paragraph, spans in zip(paragraphs, found, strict=True):
        for start, end, label in spans:
            words = core_of(paragraph.doc[start:end].text)
            if label == "PERSON" and len(words) > 1 and len(words[-1]) > 2:
                surnames.add(words[-1])
    return frozenset(surnames)


def _with_surnames(
    doc: Doc,
    words: Sequence[str],
    spans: Sequence[Found],
    surnames: frozenset[str],
    gazetteer: Gazetteer,
) -> Iterator[Found]:
    """The spans, and bare surnames that the recogniser missed or took for something else."""
    covered = {i for start, end, _ in spans for i in range(start, end)}
    for start, end, label in spans:
        name, capital = doc[start:end].text, words[end - 1][:1].isupper()
        is_surname = label != "PERSON" and len(core_of(name)) == 1 and capital
        if is_surname and _is_surname(doc[end - 1], surnames) and _unknown(name, gazetteer):
            yield start, end, "PERSON"
        else:
            yield start, end, label
    for i, word in enumerate(words):
        if word[0].isupper() and i not in covered and _is_surname(doc[i], surnames):
            start = i
            while start > 0 and start - 1 not in covered and _is_article(words, start):
                start -= 1
            yield start, i + 1, "PERSON"


def _is_surname(token: Token, surnames: frozenset[str]) -> bool:
    word = fold_word(token.text)
    if word in surnames:
        return True
    if token.pos_ != "PROPN" or len(word) < 5:
        return False
    return any(
        surname[0] == word[0] and (same_word(word, surname) or misspelt_word(word, surname))
        for surname in surnames
    )


def _unknown(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer has nothing but persons of that name."""
    if gazetteer.state_of(name) is not None:
        return False
    return all(actor.kind is ActorKind.PERSON for actor in gazetteer.candidates(name))
