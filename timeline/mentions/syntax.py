"""Deep grammatical relations read off a dependency tree in the scheme of spaCy's English pipelines.

Passives, relative and participial clauses, control and conjunction are undone here, once, so that the other modules
of this stage speak of subjects and objects only.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.mentions.verbs import DITRANSITIVE, HARMS, NEEDING_OBJECT
from timeline.words import Word

SUBJECT = ("nsubj", "csubj")
PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
_RELATIVE = ("who", "that", "which", "whom")
_STRAY = ("pobj", "dobj", "conj")
_MEANS = frozenset({"phone", "telephone", "video", "letter", "email", "force", "air", "sea", "land"})  # fmt: skip
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_BEFORE_CLAUSES = ("since", "after", "before", "until")
_OPENERS = frozenset(
    ["that", "when", "where", "while", "as", "if", "because", "since", "after", "before", "until", "although", "though",
     "once", "whether", "unless"]
)  # fmt: skip
"""What opens a clause, and not a phrase: "the ambassador *to* Peru said"."""
_COPULAS = frozenset({"be", "become", "remain", "seem", "appear"})
_ACTING = frozenset({"NORP", "ORG", "LOC", "GPE", "PERSON"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SINGLING = frozenset({"among", "including"})
"""What they open is part of what was named before: "16 civilians, among them five children"."""


def children(token: Word, *deps: str) -> list[Word]:
    """Children of `token` whose dependency label is among `deps`, in text order."""
    below = token.children
    return [child for child in below if child.dep_ in deps] if below else []


def is_verbal(token: Word) -> bool:
    """A verb form that heads a clause (finite, participle or infinitive), also where it is tagged as a noun
    ("Could the army attack the city?")."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    clause = token.pos_ == "NOUN" and token.dep_ in ("ROOT", "ccomp", "advcl")
    return clause and bool(children(token, "aux", "mark", "nsubj")) and not children(token, "det")


def is_passive(token: Word) -> bool:
    """A passive verb, reduced passives ("the strike blamed on…") included."""
    if (token.tag_ == "VBG" and not children(token, "auxpass")) or is_main_after_all(token):
        return False
    if children(token, "nsubjpass", "csubjpass", "auxpass"):
        return True
    if token.tag_ == "VBN" and (
        children(token, "agent") or _is_second_passive(token) or _is_small_clause(token)
    ):
        return True
    if _is_told_by_report(token):
        return True
    if token.tag_ == "VBD" and children(token, "agent") and not children(token, "dobj"):
        return True  # "the raid, carried out by commandos", tagged as if it were finite
    return (
        token.tag_ == "VBN" and token.dep_ in ("acl", "amod") and not children(token, "aux", "dobj")
    )


def _is_told_by_report(participle: Word) -> bool:
    """ "were reported killed": they did not report, and killed nobody."""
    head = participle.head
    if participle.tag_ != "VBN" or head.lemma not in _REPORTS or participle.dep_ == "conj":
        return False
    if not 0 < participle.i - head.i <= 2 or children(participle, "aux", "dobj", *SUBJECT):
        return False
    return bool(children(head, "auxpass") and children(head, *PASSIVE_SUBJECT))


_REPORTS = frozenset({"report", "fear", "believe", "presume", "confirm", "think", "feel"})


def _is_small_clause(participle: Word) -> bool:
    """ "(with) ten people killed": a subject, and neither an auxiliary nor an object."""
    opened = any(mark.lower_ == "with" for mark in children(participle, "mark", "prep"))
    opened = opened or participle.head.lower_ == "with"
    return (
        opened and bool(children(participle, *SUBJECT)) and not children(participle, "aux", "dobj")
    )


def _is_second_passive(token: Word) -> bool:
    """ "was shot and killed": the auxiliary of the first verb is that of the second."""
    first = token.head
    if token.dep_ != "conj" or children(token, "aux", "dobj", *SUBJECT):
        return False
    if first.lemma_ == "be" and children(first, "attr", "acomp"):
        return True  # "was a member of or expelled from it"
    return is_verbal(first) and first.tag_ == "VBN" and is_passive(first)


def is_main_after_all(token: Word) -> bool:
    """ "A bridge collapsed in Genoa.", read by the parser as "a bridge that was collapsed": a full stop ends a sentence,
    and a sentence has a finite verb."""
    if token.dep_ != "acl" or token.tag_ != "VBN" or token.head.dep_ != "ROOT":
        return False
    if children(token, "agent") or not token.lower_.endswith("ed"):
        return False
    sentence = token.sent
    finite = any(
        other.tag_ in ("VBD", "VBZ", "VBP", "MD") and not _is_in_relative_clause(other)
        for other in sentence
    )
    return not finite and sentence.text.rstrip("\"'”’) ").endswith(".")


def _is_in_relative_clause(word: Word) -> bool:
    return word.dep_ == "relcl" or any(head.dep_ == "relcl" for _, head in ancestors(word))


def is_clause_after_all(token: Word) -> bool:
    """ "Voting was delayed in some states and gunmen attacked a station", where the parser joins "gunmen" to "states" and
    takes the finite verb for a participle: a participle that is passive takes no object."""
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD") or not token.lower_.endswith("ed"):
        return False
    before = token.nbor(-1) if token.i else token
    told = is_verbal(token.sent.root) and token.sent.root.i < token.i
    joined = told and before.dep_ == "conj" and before.pos_ in _NOMINAL
    return joined and bool(children(token, "dobj")) and token.lemma_ not in DITRANSITIVE


def conjuncts(token: Word) -> list[Word]:
    """The token and the chain of conjuncts that hangs below it."""
    found = [token]
    for child in children(token, "conj"):
        if child.left_edge.lower_ not in _SINGLING:
            found += conjuncts(child)
    return found


def first_conjunct(token: Word) -> Word:
    """The head of the coordination that `token` belongs to: itself when there is none."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def prep_objects(token: Word) -> Iterator[tuple[str, Word]]:
    """Prepositions below `token` with each of their objects, complex ones joined ("because of", "out of")."""
    for prep in children(token, "prep", "agent", "dative"):
        yield from _objects_of(prep, prep.lower_)


def _objects_of(prep: Word, name: str) -> Iterator[tuple[str, Word]]:
    for child in prep.children:
        if child.lower_ in _MEANS and name == "by":
            yield from prep_objects(child)  # "spoke by phone with the envoy"
        elif child.lower_ == "whom":
            yield name, _named_before(prep) or child
        elif child.dep_ in ("pobj", "pcomp"):
            for conjunct in conjuncts(child):
                yield name, conjunct
        elif child.dep_ in ("prep", "conj") and child.pos_ == "ADP":
            yield from _objects_of(
                child, name if child.dep_ == "conj" else f"{name} {child.lower_}"
            )


def _named_before(prep: Word) -> Word | None:
    """ "the general, with *whom* he met": who stands right before the clause."""
    before = prep.i - 1
    if before > 0 and prep.doc[before].lower_ == ",":
        before -= 1
    named = prep.doc[before] if before >= 0 else prep
    return named if named.pos_ in ("NOUN", "PROPN") else None


def agents(token: Word) -> list[Word]:
    """Who did it in a passive or nominal by-phrase, conjuncts included."""
    holders = [token, *children(token, "acomp", "oprd")]  # "was shot dead by gunmen"
    return [
        obj
        for holder in holders
        for prep, obj in prep_objects(holder)
        if prep == "by" and obj.pos_ in _NOMINAL
    ]


def subjects(token: Word) -> list[Word]:
    """Deep subjects of a verb (who does it), with their conjuncts; empty when none is told."""
    if is_passive(token):
        return agents(token) or _shared_agents(token)
    return surface_subjects(token)


def _shared_agents(verb: Word) -> list[Word]:
    """ "was shot and killed by police": one by-phrase for both verbs, on whichever the parser hangs it."""
    near = [child for child in children(verb, "conj") if is_verbal(child)]
    if verb.dep_ == "conj" and is_verbal(verb.head):
        near.append(verb.head)
    shared = (agents(other) for other in near if is_passive(other))
    # "sponsored by Kenya and adopted unanimously": whoever stands before the verb did the other thing.
    return next((found for found in shared if found and found[0].i > verb.i), [])


def surface_subjects(token: Word) -> list[Word]:
    """The grammatical subjects of a verb, passive or not, with their conjuncts and their antecedents."""
    near = _subject_after_conjunction(token) or _subject_of_headless(token)
    if near is None and is_clause_after_all(token):
        near = token.nbor(-1)
    if near is not None:
        return conjuncts(near)
    own = _with_conjuncts(_own_subject(token, *SUBJECT, *PASSIVE_SUBJECT))
    if own:
        return _relative_antecedents(token, own)
    stray = stray_subject(token) or _opening_name(token)
    return conjuncts(stray) if stray is not None else _borrowed_subjects(token)


def _opening_name(verb: Word) -> Word | None:
    """ "Kyiv blamed Moscow", where the tagger takes the name that opens the sentence for an adverb."""
    if verb.tag_ not in _FINITE:
        return None
    found = [
        child
        for child in children(verb, "advmod", "npadvmod", "intj", "dep")
        if child.ent_type_ and child.left_edge.is_sent_start and child.i < verb.i
    ]
    return found[0] if found else None


def _own_subject(verb: Word, *deps: str) -> list[Word]:
    """The subject among a verb's children: where the parser gives it two, that of its own clause, after the
    subordinator; else the first."""
    found = children(verb, *deps)
    opening = (mark.i for mark in children(verb, "mark", "advmod") if mark.lower_ in _OPENERS)
    opened = max(opening, default=-1)
    return [child for child in found if child.i > opened][:1] or found[:1]


def _subject_after_conjunction(verb: Word) -> Word | None:
    """ "since Saddam Hussein invaded Kuwait", where the parser takes "since" for a preposition."""
    first = (children(verb, "aux", "auxpass") or [verb])[0]
    before = first.nbor(-1) if first.i else None
    top = first_conjunct(before) if before is not None else None
    if top is None or top.dep_ != "pobj" or first.tag_ not in _FINITE:
        return None
    return top if top.head.lower_ in _BEFORE_CLAUSES else None


def _subject_of_headless(verb: Word) -> Word | None:
    """ "A wave that hit five towns killed 40 people.", where the parser sees no main verb and takes "killed" for a
    participle of "towns": a passive participle takes no object, so it is the main verb, and the root its subject."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or not children(verb, "dobj"):
        return None
    root = verb.sent.root
    if root.pos_ not in _NOMINAL or children(root, "cop") or children(verb, "agent", "dative"):
        return None
    return root if root.i < verb.i and verb.lower_.endswith("ed") else None


def stray_subject(verb: Word) -> Word | None:
    """The noun right before a finite verb that the parser gave to a preposition or verb before it
    ("after the group had taken the town")."""
    auxiliaries = children(verb, "aux", "auxpass")
    first = auxiliaries[0] if auxiliaries else verb
    if verb.dep_ not in ("conj", "advcl", "ROOT") or first.tag_ not in _FINITE or first.i == 0:
        return None
    before = first.nbor(-1)
    if verb.dep_ != "ROOT" and before.pos_ in _NOMINAL and before.dep_ in _STRAY:
        return before
    return _set_off_subject(verb)


def _set_off_subject(verb: Word) -> Word | None:
    """The noun between a fronted phrase and its verb that the parser takes for an apposition
    ("On Friday, the minister, under pressure, ordered …")."""
    fronted = verb.doc[verb.left_edge.i : verb.i]
    found = [
        token
        for token in fronted
        if token.dep_ == "appos" and token.pos_ in _NOMINAL and _after_comma(token)
    ]
    return found[0] if found else None


def _after_comma(token: Word) -> bool:
    first = token.left_edge.i
    # The comma may hang on the noun itself.
    return token.doc[first].lower_ == "," or (first > 0 and token.doc[first - 1].lower_ == ",")


def objects(token: Word) -> list[Word]:
    """Deep direct objects of a verb (what it is done to), with their conjuncts."""
    if is_passive(token):
        own = _with_conjuncts(_own_subject(token, *PASSIVE_SUBJECT, *SUBJECT))
        if own:
            return _relative_antecedents(token, own)
        if token.dep_ in ("acl", "amod"):
            return [token.head]
        borrows = token.dep_ in ("conj", "xcomp") or _is_told_by_report(token)
        return _borrowed_subjects(token) if borrows else []
    # A noun that the parser calls a predicate is an object, unless its verb is a copula.
    taken = ("dobj",) if token.lemma_ in _COPULAS else ("dobj", "attr")
    own = _with_conjuncts(children(token, *taken) or _object_after_all(token))
    if own:
        return _relative_antecedents(token, own)
    if token.dep_ == "relcl" and _is_object_relative(token):
        return [token.head]
    addressed = [child for child in children(token, "dative") if child.pos_ in _NOMINAL]
    found = _with_conjuncts(addressed) or _counted_up_to(token) or _behind_particle(token)
    return found or _shared_objects(token)


def _shared_objects(verb: Word) -> list[Word]:
    """ "killed and wounded five soldiers": one object behind two verbs, on whichever the parser hangs it."""
    if verb.lemma not in NEEDING_OBJECT:
        return []
    beside = [verb.head] if verb.dep_ == "conj" else children(verb, "conj")
    for other in beside:
        last = max(verb, other, key=lambda word: word.i)
        behind = [noun for noun in children(other, "dobj") if noun.left_edge.i == last.i + 1]
        if abs(verb.i - other.i) == 2 and behind:  # with nothing but "and" between them
            return _with_conjuncts(behind)
    return []


def _object_after_all(verb: Word) -> list[Word]:
    """ "The army detained Aung San Suu Kyi.", where the parser takes the name after the verb for an apposition."""
    apposed = children(verb.head, "appos") if is_main_after_all(verb) else []
    return [name for name in apposed if name.ent_type_ and name.left_edge.i == verb.i + 1]


def _behind_particle(verb: Word) -> list[Word]:
    """ "shot down a drone", where the parser takes "down" for a preposition."""
    nearest = [child for child in verb.children if child.lower_ == "down" and child.i == verb.i + 1]
    return _with_conjuncts([obj for child in nearest for obj in children(child, "pobj")])


def _counted_up_to(verb: Word) -> list[Word]:
    """ "killed up to 30 people", where the parser takes "up" for the verb's particle."""
    if not any(child.lower_ == "up" for child in children(verb, "prt", "advmod")):
        return []
    return [obj for prep, obj in prep_objects(verb) if prep == "to" and children(obj, "nummod")]


def _with_conjuncts(tokens: list[Word]) -> list[Word]:
    return [
        conjunct for token in tokens for conjunct in conjuncts(token) if conjunct.pos_ != "VERB"
    ]


def _relative_antecedents(verb: Word, found: list[Word]) -> list[Word]:
    """Relative pronouns replaced by the noun that the clause hangs on."""
    clause = first_conjunct(verb)
    if clause.dep_ not in ("relcl", "acl", "ccomp") or not any(
        t.lower_ in _RELATIVE for t in found
    ):
        return found
    if clause.head.pos_ not in _NOMINAL:
        return found
    return [clause.head if token.lower_ in _RELATIVE else token for token in found]


def _is_object_relative(verb: Word) -> bool:
    """ "the convoy (that) the jets struck": a subject of its own, and no object."""
    return bool(children(verb, *SUBJECT)) and not any(
        token.lower_ in _RELATIVE for token in children(verb, *SUBJECT)
    )


def _borrowed_subjects(token: Word) -> list[Word]:
    """Subject of a clause that has none of its own: from the noun it modifies, its controller or its conjunct."""
    head = token.head
    if token.dep_ == "amod":
        # "a targeted strike" has an object, "the warring parties" a subject.
        return [head] if token.tag_ == "VBG" else []
    if head == token:
        return []
    if token.dep_ == "acl":
        # "Protesters called for …", where the parser takes the finite verb for a participle.
        finite = token.tag_ == "VBD" and head.dep_ == "ROOT"
        return [head] if finite or token.tag_ in ("VBG", "VBN") else _planners(head)
    if token.dep_ == "conj":
        return _subjects_of_first_clause(token)
    if token.dep_ == "xcomp" and is_verbal(head):
        asked = [child for child in children(head, "dative") if child.pos_ in _NOMINAL]
        return children(head, "dobj") or asked or surface_subjects(head)
    if token.dep_ == "xcomp" and head.dep_ == "acomp" and is_verbal(head.head):
        return surface_subjects(head.head)  # "is due to meet"
    if token.dep_ == "ccomp" and is_verbal(head) and token.tag_ in ("VB", "VBG"):
        return children(head, "dobj") or surface_subjects(head)
    if token.dep_ == "advcl" and is_verbal(head) and token.tag_ in ("VB", "VBG", "VBN"):
        return surface_subjects(_told_deed(token) or head)
    if token.dep_ == "pcomp":
        return _subjects_over_preposition(head)
    return []


def _told_deed(verb: Word) -> Word | None:
    """ "Baku said the army had shelled a town, killing two": what killed is what is told, not the telling."""
    told = [c for c in children(verb.head, "ccomp") if verb.head.i < c.i < verb.i]
    return told[-1] if told and verb.lemma_ in HARMS and is_verbal(told[-1]) else None


def _planners(noun: Word) -> list[Word]:
    """ "Turkey's plan to invade", "the group made an attempt to seize": whose plan it is, who made it."""
    named = [c for c in children(noun, "compound", "amod", "nmod") if c.ent_type_ in _ACTING]
    owners = children(noun, "poss") or named
    if not owners and noun.dep_ == "dobj" and is_verbal(noun.head):
        return surface_subjects(noun.head)
    return owners


def _subjects_of_first_clause(verb: Word) -> list[Word]:
    """ "shelled the village and bombed the bridge", also where the parser joins the second verb to the first's object."""
    for _, head in ancestors(verb):
        # "France, worried about a war, urged …": the parser joins the verb to the adjective.
        if is_verbal(head) or (head.pos_ == "ADJ" and children(head, *SUBJECT)):
            return surface_subjects(head)
    return []


def _subjects_over_preposition(prep: Word) -> list[Word]:
    """ "accused X of killing", "responded by storming"."""
    while prep.dep_ == "prep" and prep.head.pos_ == "ADP":
        prep = prep.head
    governor = prep.head
    if not is_verbal(governor):
        return [child for child in governor.children if child.dep_ == "poss"]
    if prep.lower_ in ("of", "from", "for") and children(governor, "dobj", "nsubjpass"):
        return _with_conjuncts(children(governor, "dobj", "nsubjpass"))
    return surface_subjects(governor)


def ancestors(token: Word) -> Iterator[tuple[Word, Word]]:
    """Pairs ``(node, head)`` from the token up to the root."""
    while token.head != token:
        yield token, token.head
        token = token.head


def lemma_of(token: Word) -> str:
    """Lower-case lemma."""
    return token.lemma
