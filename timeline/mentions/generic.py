"""Habits and kinds of things, told apart from incidents."""

from __future__ import annotations

from timeline.mentions import syntax
from timeline.mentions.links import came_first
from timeline.mentions.modality import Judgement
from timeline.mentions.phrases import is_definite
from timeline.mentions.triggers import Candidate
from timeline.words import Word

_SPANS = frozenset({"decade", "year", "month", "week", "century", "era", "history", "age"})
_AMOUNTS = frozenset({"more", "most", "some", "less", "much", "enough"})
_HABITS = frozenset({"daily", "weekly", "monthly", "yearly", "regularly", "often", "usually", "routinely",
                     "frequently", "traditionally", "always", "sometimes", "normally"})  # fmt: skip
_ENTITLING = frozenset({"license", "entitle", "qualify", "allow", "permit", "oblige", "bind"})
_UNDERGOING = frozenset({"see", "witness", "have", "experience", "know"})
_TURNING = frozenset({"become", "grow", "get", "turn", "remain", "stay", "be"})


def is_generic(candidate: Candidate, *, detailed: bool) -> bool:
    """A habit or a kind of thing rather than an incident, or a bare word for one told elsewhere: simple present, a
    plural without any detail, "the attack". `detailed`: some phrase tells who suffered or where."""
    token = candidate.token
    if candidate.is_verb:
        # "had to evacuate more": of whom, it does not say
        untold = candidate.objects and all(word.lower_ in _AMOUNTS for word in candidate.objects)
        return bool(untold) or _is_habitual(token)
    if candidate.is_noun:
        if _is_spread(token) or _is_only_judged(token) or is_summed_up(token):
            return True
        bare = _is_bare(token) and not came_first(candidate)
        return bare or (not detailed and _only_refers(candidate))
    return False


def _is_habitual(verb: Word) -> bool:
    """ "militias who carry out attacks"."""
    clause = verb
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.tag_ not in ("VBD", "VBN"):
        # "Exercise caution when visiting the capital."
        return any(child.lower_ == "when" for child in syntax.children(verb, "advmod", "mark"))
    if _is_state(verb) or any(
        child.lower_ in _HABITS for child in syntax.children(verb, "advmod", "npadvmod")
    ):
        return True
    auxiliaries = syntax.children(clause, "aux", "auxpass")
    if clause.tag_ == "VBG" and clause.dep_ in ("relcl", "acl") and auxiliaries[:1]:
        return auxiliaries[0].tag_ in ("VBZ", "VBP")  # "a team that is investigating the blasts"
    return (
        clause.tag_ in ("VBP", "VBZ")
        and not auxiliaries
        and clause.dep_ in ("relcl", "advcl", "ccomp")
    )


def is_mere_negation(candidate: Candidate, judgement: Judgement) -> bool:
    """ "has not announced his candidacy": what did not happen is news where somebody says so, and of the past."""
    negated = any(
        child.dep_ == "neg" or child.lower_ in ("never", "nobody", "none")
        for child in candidate.token.children
    )
    helpers = syntax.children(candidate.token, "aux", "auxpass")
    present = any(word.tag_ in ("VBZ", "VBP", "MD") for word in (*helpers, candidate.token)[:1])
    return candidate.is_verb and negated and (present or judgement.attribution is None)


def _is_state(verb: Word) -> bool:
    """ "Visitors are banned", "has 300 troops deployed": how things are; a date or toll makes it an incident again."""
    passive = syntax.children(verb, "auxpass")
    if passive:
        going_on = any(child.lower_ == "being" for child in passive)
        if verb.lemma in _ENTITLING and syntax.children(verb, "xcomp", "advcl"):
            return True  # "was licensed to carry 600 passengers"
        helpers = syntax.children(verb, "aux", "auxpass")
        return helpers[0].tag_ in ("VBZ", "VBP") and helpers[0].lemma == "be" and not going_on
    holder = verb.head if verb.dep_ in ("ccomp", "xcomp", "oprd") else verb.head.head
    if verb.tag_ != "VBN" or verb.dep_ not in ("acl", "ccomp", "xcomp", "oprd"):
        return False
    return holder.lemma == "have" and holder.tag_ in ("VBZ", "VBP")


def _is_spread(noun: Word) -> bool:
    """ "decades of air strikes", "years of protests": what goes on is no incident."""
    if noun.tag_ != "NNS" or noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    return syntax.lemma_of(noun.head.head) in _SPANS


def is_summed_up(noun: Word) -> bool:
    """ "The country has seen several coups since independence": a history, and none of them."""
    several = any(child.lower_ in _MANY for child in syntax.children(noun, "amod", "det", "nummod"))
    seen = noun.dep_ == "dobj" and syntax.lemma_of(noun.head) in _UNDERGOING
    repeated = (
        any(word.lower_ in ("each", "every") for word in (*noun.children, *noun.subtree))
        and noun.head.lower_ != "after"
    )
    return (noun.tag_ == "NNS" and several and seen) or repeated


_MANY = frozenset({"several", "many", "numerous", "countless", "repeated", "frequent", "various", "some"})  # fmt: skip


def _is_only_judged(noun: Word) -> bool:
    """ "Those calls became louder", "protests remain small": how they are, and not that they are."""
    if noun.dep_ != "nsubj" or noun.tag_ != "NNS":
        return False
    if noun.head.lemma == "be" and is_definite(noun) and syntax.children(noun.head, "attr"):
        return True  # "the protests were a sign of anger"
    return noun.head.lemma_.lower() in _TURNING and bool(syntax.children(noun.head, "acomp"))


def _only_refers(candidate: Candidate) -> bool:
    """ "condemned the attack", "after his assassinations": a definite noun takes up what is told elsewhere."""
    noun = candidate.token
    if noun.i + 1 < len(noun.doc) and noun.nbor().tag_ == "CD" and noun.nbor().head is noun:
        return True  # "Resolution 242"
    if not is_definite(noun) or noun.dep_ in ("nsubj", "nsubjpass"):
        return False
    acting = noun.tag_ == "NN" and bool(candidate.subjects)
    return not acting and not any(child.dep_ in ("relcl", "acl") for child in noun.children)


def _is_bare(noun: Word) -> bool:
    """ "tanker attacks", "attacks on bases": no article, owner, number, date or clause that says which."""
    if noun.tag_ not in ("NNS", "NN"):
        return False
    telling = ("det", "poss", "nummod", "relcl", "acl", "amod", "compound", "nmod")
    if any(
        child.dep_ in telling and child.lower_ not in ("any", "no", "all")
        for child in noun.children
    ):
        return any(
            child.dep_ in ("compound", "amod", "nmod") for child in noun.children
        ) and not _is_specified(noun)
    return True


def _is_specified(noun: Word) -> bool:
    telling = ("det", "poss", "nummod", "relcl", "acl")
    return any(child.dep_ in telling for child in noun.children) or any(
        child.ent_type_ for child in noun.subtree if child != noun
    )
