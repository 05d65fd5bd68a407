"""Clauses and sentences of agency prose."""

from __future__ import annotations

from training.agency.lexicon import and_, comma, prep
from training.agency.people import People
from training.agency.trees import Tree

_HELPERS = {"had": "VBD", "has": "VBZ", "have": "VBP"}
_INTO = frozenset({"in", "into", "near", "at", "on", "through", "to"})
"""Prepositions that places follow."""


class Grammar(People):
    """Draws sentences: the same ones from the same seed."""

    def sentence(self) -> Tree:
        """A whole sentence with its full stop."""
        match self.draw(
            plain=8, joined=1.8, said=2, after=2.2, front=1.8, first=0.8, pair=0.9, according=0.8
        ):
            case "plain":
                root = self.clause(1)
            case "joined":
                root = self._joined()
            case "said":
                root = self._said()
            case "after":
                root = self._said_after()
            case "front":
                first = self.when() if self.chance(0.5) else self.where()
                root = self.clause(2).plus(
                    before=[first, comma()] if self.chance(0.75) else [first]
                )
            case "first":
                root = self.clause(2).plus(before=[self._subordinate(2), comma()])
            case "pair":
                root = self.clause(2).plus(comma(), and_(), self.clause(2, plain=True).as_("conj"))
            case _:
                to = prep("to", self.doer("pobj", plain=True))
                root = self.clause(2).plus(comma(), Tree("according", "VBG", "prep", (), (to,)))
        return root.as_("ROOT").plus(Tree(".", ".", "punct"))

    def clause(self, depth: int, *, plain: bool = False) -> Tree:
        """A finite clause; its root has no relation yet. `plain`: with a short subject, mostly."""
        match self.draw(
            active=10,
            passive=3.5,
            perfect=1.5,
            future=1,
            present=0.7,
            event=2,
            harm=3,
            vehicle=1.2,
            site=0.7,
            being=0.8,
        ):
            case "active":
                return self.predicate("VBD", depth).plus(before=[self._subject(plain)])
            case "passive":
                return self._suffering(depth, plain)
            case "perfect":
                subject = self._subject(plain)
                helper = "had" if self.chance(0.4) else "has" if is_singular(subject) else "have"
                return self._perfect(depth, helper).plus(before=[subject])
            case "future":
                modal = Tree(self.any_of("will", "would", "could", "may", "might"), "MD", "aux")
                return self.predicate("VB", depth).plus(before=[self._subject(plain), modal])
            case "present":
                subject = self._subject(plain)
                return self.predicate("VBZ" if is_singular(subject) else "VBP", depth).plus(
                    before=[subject]
                )
            case "event":
                verb = self.form(self.verb("beginning"), "VBD")
                return verb.plus(*self._circumstances(depth), before=[self.event("nsubj")])
            case "harm":
                return self._harming(depth)
            case "vehicle":
                subject = self.a(self.word("vehicles"), "nsubj")
                subject = subject.plus(self.doing()) if self.chance(0.3) else subject
                verb = self.form(self.verb("crashing"), "VBD").plus(self.where())
                return verb.plus(*self._circumstances(depth), before=[subject])
            case "site":
                verb = self.form(self.verb("opening"), "VBD")
                return verb.plus(*self._circumstances(depth), before=[self.site("nsubj")])
        return self._being().plus(*self._circumstances(depth))

    def _subject(self, plain: bool) -> Tree:
        return self.doer("nsubj", plain=plain and self.chance(0.75))

    def predicate(self, tag: str, depth: int) -> Tree:
        """A verb with what it takes, in the form of `tag`. `depth`: of how many clauses; deep ones stay short."""
        more = 0.0 if depth > 2 else 1.0
        kind = self.draw(person=4, thing=3, event=3, alone=3, prepositional=3.5, light=2.5, accusing=1.3, giving=0.5,
                         dead=0.3, willing=1.2 * more, ordering=1.6 * more)  # fmt: skip
        verb = self._complete(kind, tag, depth)
        return verb.plus(*self._circumstances(depth)) if depth < 2 or self.chance(0.3) else verb

    def _complete(self, kind: str, tag: str, depth: int) -> Tree:
        if kind == "dead":
            shot = self.form("shoot", tag)
            return shot.plus(Tree("dead", "JJ", "oprd"), self.undergoer("person"))
        name, _, word = self.verb(kind).partition("/")
        if kind == "light":
            return self._light(name, tag)
        head = self.form(name, tag)
        match kind:
            case "person" | "thing" | "event":
                return _with_object(head, self.undergoer(kind))
            case "prepositional":
                return head.plus(prep(word, self._beyond(word)))
            case "accusing":
                return head.plus(self.undergoer("person"), prep(word, self.matter(word)))
            case "giving":
                return head.plus(
                    self.undergoer("person", "dative"), self.goods("goods").as_("dobj")
                )
            case "willing":
                return head.plus(self._aim("xcomp", depth))
            case "ordering":
                return head.plus(self.undergoer("person"), self._aim("xcomp", depth))
        return head

    def _aim(self, dep: str, depth: int) -> Tree:
        return self.predicate("VB", depth + 1).plus(before=[Tree("to", "TO", "aux")]).as_(dep)

    def _beyond(self, word: str) -> Tree:
        if word in _INTO:
            return self.site()
        if word in ("for", "over", "against") and self.chance(0.6):
            return self.goods("demands") if word == "for" else self.event()
        return self.doer("pobj", plain=True)

    def _light(self, phrase: str, tag: str) -> Tree:
        """ "claimed responsibility for the attack", "carried out an attack on the base"."""
        verb, *rest, word = phrase.split("~")
        if rest[0] in ("out", "off"):
            verb, *rest = f"{verb}+{rest[0]}", *rest[1:]
        article = [Tree(rest.pop(0), "DT", "det")] if rest[0] in ("a", "an") else []
        noun = self.noun(
            "~".join(rest), "NNS" if rest[-1].endswith("s") else "NN", "dobj", *article
        )
        object_ = (
            self.event()
            if word in ("for", "in", "into") and self.chance(0.5)
            else self.doer("pobj", plain=True)
        )
        return self.form(verb, tag).plus(noun, prep(word, object_))

    def _harming(self, depth: int) -> Tree:
        """ "A series of blasts killed more than 250 people"."""
        verb = self.form(self.verb("harming"), "VBD")
        match self.draw(person=4, place=3):
            case "person":
                object_ = self.undergoer("person")
            case _:
                object_ = self.undergoer("thing")
        if verb.word in ("swept", "tore"):
            return self.form("sweep", "VBD").plus(
                prep("through", self.place()), before=[self.harm()]
            )
        return _with_object(verb, object_).plus(*self._circumstances(depth), before=[self.harm()])

    def _circumstances(self, depth: int) -> list[Tree]:
        """Where, when, to what end and with what result."""
        found = [self.where()] if self.chance(0.4) else []
        found += [self.when()] if self.chance(0.45) else []
        self._random.shuffle(found)
        if depth > 1:
            return found[:1]
        match self.draw(
            nothing=8,
            result=1.8,
            doing=1,
            aim=1.2,
            clause=2.4,
            gerund=0.7,
            protest=0.4,
            leaving=0.5,
        ):
            case "result":
                found += [comma(), self._result()]
            case "doing":
                found += [comma(), self.predicate("VBG", 2).as_("advcl")]
            case "aim":
                found.append(self._aim("advcl", 1))
            case "clause":
                found.append(self._subordinate(depth))
            case "gerund":
                found.append(
                    prep(
                        self.any_of("after", "for", "before", "by"),
                        self.predicate("VBG", 2).as_("pcomp"),
                    )
                )
            case "protest":
                found.append(prep("in", Tree("protest", "NN", "", (), (prep("at", self.event()),))))
            case "leaving":
                state = Tree(self.any_of("missing", "dead", "homeless", "wounded"), "JJ", "oprd")
                people = self.counted(Tree("people", "NNS", "dobj"))
                found += [comma(), Tree("leaving", "VBG", "advcl", (), (people, state))]
        return found

    def _result(self) -> Tree:
        """ "killing at least four people and wounding dozens"."""
        word = "people" if self.chance(0.4) else self.word("people")
        people = self.counted(self.noun(word, "NNS", "dobj"))
        verb = self.form(
            self.any_of("kill", "wound", "injure", "destroy", "damage", "trap"), "VBG", "advcl"
        ).plus(people)
        if not self.chance(0.3):
            return verb
        others = (
            Tree("dozens", "NNS", "dobj")
            if self.chance(0.5)
            else self.counted(Tree("others", "NNS", "dobj"))
        )
        return verb.plus(
            and_(), self.form(self.any_of("wound", "injure"), "VBG", "conj").plus(others)
        )

    def _subordinate(self, depth: int) -> Tree:
        """ "after a ferry sank off Yemen", "as rebels advanced", "when a bus crashed into a lorry"."""
        word = self.any_of(
            "after", "after", "when", "as", "before", "while", "since", "because", "until"
        )
        mark = Tree(word, "WRB", "advmod") if word == "when" else Tree(word, "IN", "mark")
        return self.clause(depth + 1, plain=True).plus(before=[mark]).as_("advcl")

    def relative(self, pronoun: str) -> Tree:
        """ "who seized the airport", "which had been besieged for weeks"."""
        tag = "WP" if pronoun == "who" else "WDT"
        if self.chance(0.3):
            return self._passive(3, Tree(pronoun, tag, "nsubjpass")).as_("relcl")
        verb = self.predicate("VBD", 3)
        if self.chance(0.2):
            verb = self._perfect(3, "had" if self.chance(0.5) else "have")
        return verb.plus(before=[Tree(pronoun, tag, "nsubj")]).as_("relcl")

    def _being(self) -> Tree:
        subject = self._subject(plain=False)
        verb = Tree("was" if is_singular(subject) else "were", "VBD", "", (subject,))
        match self.draw(adjective=2, among=1, noun=1):
            case "adjective":
                state = self.any_of("missing", "safe", "dead", "responsible", "unharmed", "guilty")
                return verb.plus(Tree(state, "JJ", "acomp"))
            case "among":
                return verb.plus(prep("among", self.many("pobj")))
        return verb.plus(self.one("attr"))

    def _suffering(self, depth: int, plain: bool) -> Tree:
        """ "Two nuns were abducted", "the bridge was blown up", "a deal was signed"."""
        match self.draw(person=6, thing=2.5, event=2.5):
            case "thing":
                return self._passive(depth, self.site("nsubjpass"), "thing")
            case "event":
                return self._passive(depth, self.event("nsubjpass"), "event")
        return self._passive(depth, self.doer("nsubjpass", plain=plain))

    def _passive(self, depth: int, subject: Tree, kind: str = "person") -> Tree:
        if kind == "person" and self.chance(0.3):
            name, _, word = self.verb("accusing").partition("/")
            verb = self.form(name, "VBN").plus(prep(word, self.matter(word)))
        else:
            verb = self.form(self.verb(kind), "VBN")
            verb = (
                verb.plus(Tree("dead", "JJ", "oprd"))
                if verb.word == "shot" and self.chance(0.5)
                else verb
            )
        if self.chance(0.3):
            verb = verb.plus(self.agent())
        verb = verb.plus(*self._circumstances(depth), before=[subject, *self._been(subject)])
        return verb.plus(*self._others_too()) if depth < 3 and self.chance(0.12) else verb

    def _been(self, subject: Tree) -> list[Tree]:
        if self.chance(0.2):
            helper = "had" if self.chance(0.4) else "has" if is_singular(subject) else "have"
            return [Tree(helper, _HELPERS[helper], "aux"), Tree("been", "VBN", "auxpass")]
        return [Tree("was" if is_singular(subject) else "were", "VBD", "auxpass")]

    def _others_too(self) -> list[Tree]:
        """ "(40 people were killed) and 850 detained", the auxiliary left out."""
        others = self.counted(self.noun(self.word("people"), "NNS", "nsubjpass"))
        if self.chance(0.5):
            others = Tree(self.any_of("dozens", "hundreds", "several"), "NNS", "nsubjpass")
        verb = self.form(
            self.any_of("wound", "injure", "arrest", "detain", "displace"), "VBN", "conj"
        )
        return [and_(), verb.plus(before=[others])]

    def _perfect(self, depth: int, helper: str) -> Tree:
        return self.predicate("VBN", depth).plus(before=[Tree(helper, _HELPERS[helper], "aux")])

    def _joined(self) -> Tree:
        """ "Gunmen stormed the hotel and took hostages"."""
        other = self.predicate("VBD", 2).as_("conj")
        return self.predicate("VBD", 2).plus(and_(), other, before=[self._subject(plain=False)])

    def _said(self) -> Tree:
        """ "The army said on Friday that it had retaken the town"."""
        clause = self.clause(2, plain=True).as_("ccomp")
        that = [Tree("that", "IN", "mark")]
        if self.chance(0.15):
            verb = self.form(self.verb("telling"), "VBD").plus(Tree("reporters", "NNS", "dative"))
            return verb.plus(clause.plus(before=that), before=[self.doer("nsubj")])
        when = self.when() if self.chance(0.25) else None
        clause = clause.plus(before=that) if self.chance(0.4) else clause
        return self.form(self.verb("saying"), "VBD").plus(when, clause, before=[self.doer("nsubj")])

    def _said_after(self) -> Tree:
        """ "Rebels advanced on Goma, officials said"."""
        clause = self.clause(2).as_("ccomp").plus(comma())
        verb = Tree("said", "VBD", "", (clause, self.doer("nsubj", plain=True)))
        return verb.plus(self.when() if self.chance(0.25) else None)


def _with_object(head: Tree, object_: Tree) -> Tree:
    """The particle of a pronoun's verb stands behind it: "locked them up"."""
    if object_.tag == "PRP":
        return Tree(head.word, head.tag, head.dep, head.left, (object_, *head.right))
    return head.plus(object_)


def is_singular(subject: Tree) -> bool:
    """Whether its verb is: "who" and "that" are taken for plurals here."""
    if subject.word in ("they", "who", "that") or subject.tag == "NNS":
        return False
    return not any(child.dep == "conj" for child in subject.right)
